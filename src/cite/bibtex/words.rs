//! The words of BibTeX and BibLaTeX, and what they are in CSL: types, genres, languages, countries.

/// The type of a work; `whole_issue` is an issue of a journal with a title of its own, `heard` what was said at an event.
pub(super) fn kind(kind: &str, subtype: &str, whole_issue: bool, heard: bool) -> &'static str {
    match (kind, subtype) {
        ("article" | "suppperiodical", "newspaper") => "article-newspaper",
        ("article" | "suppperiodical", "magazine") => "article-magazine",
        ("article" | "suppperiodical", _) => "article-journal",
        (
            "book" | "mvbook" | "collection" | "mvcollection" | "proceedings" | "mvproceedings" | "reference"
            | "mvreference" | "manual",
            _,
        ) => "book",
        ("inbook" | "incollection" | "bookinbook" | "suppbook" | "suppcollection", _) => "chapter",
        ("inreference", _) => "entry-encyclopedia",
        ("inproceedings" | "conference", _) => "paper-conference",
        ("thesis" | "phdthesis" | "mastersthesis", _) => "thesis",
        ("report" | "techreport", _) => "report",
        ("online" | "electronic" | "www", _) => "webpage",
        ("unpublished", _) if heard => "speech",
        ("unpublished", _) => "manuscript",
        ("booklet", _) => "pamphlet",
        // An issue with a title of its own is shown as what stands in its journal.
        ("periodical", _) if whole_issue => "article-journal",
        ("periodical", _) => "periodical",
        ("patent", _) => "patent",
        ("standard", _) => "standard",
        ("dataset", _) => "dataset",
        ("software", _) => "software",
        ("review", _) => "review",
        ("video" | "movie", _) => "motion_picture",
        ("audio" | "music", _) => "song",
        ("artwork" | "image", _) => "graphic",
        ("performance", _) => "performance",
        ("legislation", _) => "legislation",
        ("legal", _) => "treaty",
        ("jurisdiction", _) => "legal_case",
        ("letter", _) => "personal_communication",
        // CSL has no word for `misc`; what styles do with a "document" is more than it says.
        _ => "",
    }
}

/// A genre that has a name of its own.
pub(super) fn genre(name: &str) -> Option<&'static str> {
    Some(match name {
        "phdthesis" => "PhD thesis",
        "mathesis" => "Master’s thesis",
        "techreport" => "technical report",
        "resreport" => "research report",
        "bathesis" => "Bachelor’s thesis",
        "candthesis" => "Candidate thesis",
        "software" => "Computer software",
        "datacd" => "Data CD",
        "audiocd" => "Audio CD",
        "patent" => "patent",
        "patentde" => "German patent",
        "patenteu" => "European patent",
        "patentfr" => "French patent",
        "patentuk" => "British patent",
        "patentus" => "U.S. patent",
        "patreq" => "patent request",
        "patreqde" => "German patent request",
        "patreqeu" => "European patent request",
        "patreqfr" => "French patent request",
        "patrequk" => "British patent request",
        "patrequs" => "U.S. patent request",
        _ => return None,
    })
}

/// The tag of a language by the name that babel has for it.
pub(super) fn language(name: &str) -> Option<&'static str> {
    const NAMES: &[(&str, &str)] = &[
        ("english", "en"),
        ("american", "en-US"),
        ("usenglish", "en-US"),
        ("british", "en-GB"),
        ("ukenglish", "en-GB"),
        ("german", "de-DE"),
        ("ngerman", "de-DE"),
        ("austrian", "de-AT"),
        ("naustrian", "de-AT"),
        ("swissgerman", "de-CH"),
        ("french", "fr-FR"),
        ("francais", "fr-FR"),
        ("spanish", "es-ES"),
        ("italian", "it-IT"),
        ("portuguese", "pt-PT"),
        ("brazilian", "pt-BR"),
        ("dutch", "nl-NL"),
        ("polish", "pl-PL"),
        ("russian", "ru-RU"),
        ("swedish", "sv-SE"),
        ("danish", "da-DK"),
        ("norsk", "nb-NO"),
        ("finnish", "fi-FI"),
        ("czech", "cs-CZ"),
        ("greek", "el-GR"),
        ("hungarian", "hu-HU"),
        ("turkish", "tr-TR"),
        ("ukrainian", "uk-UA"),
        ("latin", "la"),
        ("japanese", "ja-JP"),
        ("chinese", "zh-CN"),
        ("korean", "ko-KR"),
        ("hebrew", "he-IL"),
        ("arabic", "ar"),
    ];
    NAMES.iter().find(|(own, _)| *own == name).map(|(_, code)| *code)
}

/// The countries that BibLaTeX has words for.
pub(super) fn country(word: &str) -> Option<&'static str> {
    Some(match word {
        "countryde" => "Germany",
        "countryeu" => "European Union",
        "countryep" => "European Patent Office",
        "countryfr" => "France",
        "countryuk" => "United Kingdom",
        "countryus" => "United States of America",
        _ => return None,
    })
}
