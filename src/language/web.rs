//! Words of pages on the web: of a title's own page, of its text to read there, of the report on its accessibility and
//! of a catalogue; one file a language in `data/web/`, in the form of those in `data/words/`.
//!
//! The statement of accessibility is in the sentences of W3C's Accessibility Metadata Display Guide 2.0 (the compact
//! ones), and in their translations. A word that a language lacks is English, and pages mark it as English.

use std::sync::LazyLock;

use super::Language;
use super::words::{self, Words};

macro_rules! words {
    ($($id:ident $key:literal $en:literal;)*) => {
        /// Words that a page on the web says itself.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Web { $(#[doc = $en] $id,)* }

        impl Web {
            /// Every word.
            pub const ALL: &[Web] = &[$(Web::$id),*];

            /// Its name in the files of words.
            pub fn key(self) -> &'static str {
                match self { $(Web::$id => $key,)* }
            }

            fn english(self) -> &'static str {
                match self { $(Web::$id => $en,)* }
            }
        }
    };
}

words! {
    Skip "skip" "Skip to the text";
    Languages "languages" "Languages";
    ReadOnline "read-online" "Read online";
    ReadSample "read-sample" "Read a sample";
    WhereToBuy "where-to-buy" "Where to buy";
    DownloadThe "download-the" "Download";
    Downloads "downloads" "Download";
    Editions "editions" "Editions";
    PdfToPrint "pdf-to-print" "PDF to print";
    PdfForScreen "pdf-for-screen" "PDF for the screen";
    PdfLargePrint "pdf-large-print" "Large print PDF";
    Ebook "ebook" "E-book";
    PrintedBook "printed-book" "Printed book";
    ForReaders "for-readers" "EPUB 3, for phones, tablets and e-readers";
    PagesOf "pages-of" "pages";
    Tagged "tagged" "tagged (PDF/UA)";
    FreeUnder "free-under" "Free under";
    Checksums "checksums" "Checksums";
    Summary "summary" "Summary";
    Subjects "subjects" "Subjects";
    CiteThis "cite-this" "Cite this publication";
    Copy "copy" "Copy";
    Copied "copied" "Copied";
    Licence "licence" "Licence";
    RightsOf "rights-of" "Rights";
    MiningReserved "mining-reserved" "Text and data mining is reserved.";
    Accessibility "accessibility" "Accessibility";
    OfTheEbook "of-the-ebook" "Of the e-book.";
    WaysOfReading "ways-of-reading" "Ways of reading";
    AppearanceModifiable "appearance-modifiable" "Appearance can be modified";
    ReadAloud "read-aloud" "Readable in read aloud or dynamic braille";
    NotReadAloud "not-read-aloud" "Not fully readable in read aloud or dynamic braille";
    HasAlternativeText "has-alternative-text" "Has alternative text";
    Conformance "conformance" "Conformance";
    MeetsStandards "meets-standards" "This publication meets accepted accessibility standards";
    CertifiedBy "certified-by" "This publication was certified by";
    NoConformance "no-conformance" "No information is available";
    NavigationOf "navigation-of" "Navigation";
    NavContents "nav-contents" "Table of contents";
    NavHeadings "nav-headings" "Headings";
    NavPages "nav-pages" "Go to page";
    Hazards "hazards" "Hazards";
    NoHazards "no-hazards" "No hazards";
    MoreAccess "more-access" "Additional accessibility information";
    PageBreaks "page-breaks" "Page breaks included";
    AriaRoles "aria-roles" "ARIA roles included";
    Correction "correction" "Correction";
    EuResponsible "eu-responsible" "Responsible in the European Union";
    Corrections "corrections" "Corrections";
    Translations "translations" "Translations";
    Partners "partners" "Partners";
    EachEntry "each-entry" "Each entry opens in the web edition.";
    FiguresArePages "figures-are-pages" "Figures give the page in print.";
    PageInPrint "page-in-print" "Page in print:";
    PagesInPrint "pages-in-print" "Pages in print:";
    Previous "previous" "Previous";
    Next "next" "Next";
    CiteAndDownload "cite-and-download" "Cite and download";
    Search "search" "Search";
    NoneFound "none-found" "Nothing found";
    Close "close" "Close";
    OpenLarge "open-large" "Open large";
    ScrollSideways "scroll-sideways" "Scroll sideways to see all columns";
    SearchThis "search-this" "Search this publication";
    Menu "menu" "Contents";
    AccessReport "access-report" "Accessibility report";
    FilesOf "files-of" "Files";
    CheckedHere "checked-here" "Checked by recto";
    CheckedElsewhere "checked-elsewhere" "Checked with other tools";
    AskedOfPeople "asked-of-people" "Questions that only a person can answer";
    CheckOf "check-of" "Check";
    CriterionOf "criterion-of" "Criterion";
    ToolOf "tool-of" "Tool";
    ResultOf "result-of" "Result";
    QuestionOf "question-of" "Question";
    AnswerOf "answer-of" "Answer";
    WhoAndWhen "who-and-when" "Who and when";
    WhenOf "when-of" "When";
    FileOf "file-of" "File";
    ClaimsOf "claims-of" "Standards that the file states";
    NothingFound "nothing-found" "nothing found";
    FoundSome "found-some" "found: {}";
    AllowedSome "allowed-some" "allowed: {}";
    NotInBook "not-in-book" "nothing of the kind in the text";
    There "there" "yes";
    NotThere "not-there" "no";
    InParts "in-parts" "partly";
    Passed "passed" "passed";
    NotPassed "not-passed" "failed";
    Unanswered "unanswered" "not answered";
    NotClaimed "not-claimed" "No conformance is claimed: nobody is named who certified it.";
    BackToTitle "back-to-title" "To the page of the title";
    ForPrograms "for-programs" "The same for programs";
    CertifierReport "certifier-report" "Report of the certifier";
    CheckAlt "check-alt" "Pictures that mean something have alternative text";
    CheckAltWords "check-alt-words" "Alternative texts are no file names and do not repeat the caption";
    CheckHeadings "check-headings" "Headings have words and skip no level";
    CheckTables "check-tables" "Tables name their columns";
    CheckLinks "check-links" "Links say where they lead";
    CheckScripts "check-scripts" "Words in another script have their language marked";
    CheckContrast "check-contrast" "Letters stand out from what is behind them";
    CheckLanguage "check-language" "The language of the text is stated";
    CheckContents "check-contents" "The table of contents leads into the text";
    CheckOrder "check-order" "There is one order of reading";
    CheckStructure "check-structure" "Headings, lists and tables are marked as such";
    CheckRoles "check-roles" "Parts are named by their roles (DPUB-ARIA)";
    CheckReflow "check-reflow" "Size, typeface and colours are the reader’s choice";
    CheckPages "check-pages" "The pages of the print are marked and listed";
    CheckHazards "check-hazards" "Nothing moves, flashes or sounds";
    CheckPdf "check-pdf" "The PDF is tagged (PDF/UA-1)";
    AskAlt "ask-alt" "Do the alternative texts say what the pictures say?";
    AskStructure "ask-structure" "Do headings, lists and tables stand for what they are?";
    AskOrder "ask-order" "Is the text read in the order that is meant?";
    AskSenses "ask-senses" "Is nothing said by colour, shape or place alone?";
    AskContrast "ask-contrast" "Can letters and lines in pictures be told from their ground?";
    AskLinks "ask-links" "Do headings and links say what they lead to?";
    AskLanguages "ask-languages" "Is each change of language marked?";
    AskListened "ask-listened" "Was it read from beginning to end with a screen reader?";
    MoreOf "more-of" "Remarks";
    Catalogue "catalogue" "Publications";
    TitleOf "title-of" "title";
    TitlesOf "titles-of" "titles";
}

macro_rules! files {
    ($($tag:literal)*) => {
        /// Every file, by its tag.
        const FILES: &[(&str, &str)] = &[$(($tag, include_str!(concat!("data/web/", $tag, ".txt")))),*];
    };
}

files! {
    "ar" "bg" "ca" "cs" "da" "de" "el" "es" "fi" "fr" "he" "hu" "id" "it" "ja" "ko" "nb" "nl" "pl" "pt" "pt-PT" "ro" "ru"
    "sv" "tr" "uk" "vi" "zh" "zh-Hant"
}

static WORDS: LazyLock<Vec<Words>> = LazyLock::new(|| FILES.iter().map(|(tag, text)| words::read(tag, text)).collect());

impl Web {
    /// The words in a language, else in English.
    pub fn word(self, language: &Language) -> &'static str {
        self.own(language).unwrap_or_else(|| self.english())
    }

    /// The same with their tag where they are English in a text that is not.
    pub fn tagged(self, language: &Language) -> (&'static str, Option<&'static str>) {
        match self.own(language) {
            Some(words) => (words, None),
            None => (self.english(), (language.primary() != "en").then_some("en")),
        }
    }

    /// The words with a number or another word in their place.
    pub fn filled(self, language: &Language, with: &str) -> String {
        self.word(language).replace("{}", with)
    }

    fn own(self, language: &Language) -> Option<&'static str> {
        if language.primary() == "en" {
            return Some(self.english());
        }
        let of = |tag: String| WORDS.iter().find(|words| words.tag == tag)?.get(self.key());
        language.forms().into_iter().find_map(of)
    }

    /// How many of the words a language lacks.
    pub fn lacking(language: &Language) -> usize {
        Web::ALL.iter().filter(|word| word.own(language).is_none()).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_words_is_read_and_names_words_that_there_are() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/language/data/web");
        let mut tags: Vec<String> = std::fs::read_dir(folder)
            .expect("the folder is in the package")
            .map(|entry| entry.expect("it can be read").file_name().to_string_lossy().replace(".txt", ""))
            .collect();
        tags.sort();
        assert_eq!(tags, FILES.iter().map(|(tag, _)| *tag).collect::<Vec<_>>());
        for words in WORDS.iter() {
            for (key, word) in words.entries() {
                let known = Web::ALL.iter().find(|known| known.key() == key);
                let known = known.unwrap_or_else(|| panic!("{}: {key} is no word of a page", words.tag));
                assert!(!word.trim().is_empty() && word.trim() == word, "{}: {key}", words.tag);
                assert_eq!(known.english().contains("{}"), word.contains("{}"), "{}: {key}", words.tag);
            }
        }
    }

    #[test]
    fn every_language_has_every_word_and_a_region_what_differs() {
        for words in WORDS.iter().filter(|words| words.tag != "pt-PT") {
            let language = Language::parse(words.tag).expect("a tag");
            let lacking = Web::ALL.iter().filter(|word| word.own(&language).is_none()).map(|word| word.key());
            assert_eq!(lacking.collect::<Vec<_>>(), Vec::<&str>::new(), "{}", words.tag);
        }
        assert!(WORDS.len() > 25);
    }

    #[test]
    fn words_that_a_language_lacks_are_tagged_as_english() {
        let tag = |tag: &str| Language::parse(tag).expect("a tag");
        assert_eq!(Web::Copy.tagged(&tag("de-AT")), ("Kopieren", None));
        assert_eq!(Web::Copy.tagged(&tag("en-CA")), ("Copy", None));
        assert_eq!(Web::Copy.tagged(&tag("mi")), ("Copy", Some("en")));
        assert_eq!(Web::lacking(&tag("mi")), Web::ALL.len());
        assert_eq!(Web::lacking(&tag("fr-CA")), 0);
    }
}
