//! Words of the trade by language: titles of made parts, captions, dates.
//!
//! A language that is not in `data/words/` gets English. The words are the usual ones of its book trade, not
//! translations.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::Language;
use super::facts::Facts;
use super::words::{self, NUMBERED, Words};

macro_rules! terms {
    ($($id:ident $key:literal $en:literal;)*) => {
        /// A word that recto says itself.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Term { $(#[doc = $en] $id,)* }

        impl Term {
            /// Every word.
            pub const ALL: &[Term] = &[$(Term::$id),*];

            /// Its name in the files of words.
            pub fn key(self) -> &'static str {
                match self { $(Term::$id => $key,)* }
            }

            fn english(self) -> &'static str {
                match self { $(Term::$id => $en,)* }
            }
        }
    };
}

terms! {
    Contents "contents" "Contents";
    Notes "notes" "Notes";
    Figure "figure" "Figure";
    Table "table" "Table";
    Box "box" "Box";
    Section "section" "Section";
    Figures "figures" "Figures";
    Tables "tables" "Tables";
    BoxList "boxes" "Boxes";
    Source "source" "Source";
    Credit "credit" "Credit";
    Cover "cover" "Cover";
    TitlePage "title-page" "Title page";
    CopyrightPage "copyright-page" "Copyright";
    BackCover "back-cover" "Back cover";
    Introduction "introduction" "Introduction";
    Conclusion "conclusion" "Conclusion";
    Recommendations "recommendations" "Recommendations";
    KeyTakeaways "key-takeaways" "Key takeaways";
    ExecutiveSummary "executive-summary" "Executive summary";
    Abstract "abstract" "Abstract";
    Abbreviations "abbreviations" "Abbreviations";
    Foreword "foreword" "Foreword";
    Preface "preface" "Preface";
    Acknowledgements "acknowledgements" "Acknowledgements";
    Dedication "dedication" "Dedication";
    Epigraph "epigraph" "Epigraph";
    Praise "praise" "Praise";
    Prologue "prologue" "Prologue";
    Epilogue "epilogue" "Epilogue";
    Part "part" "Part";
    Chapter "chapter" "Chapter";
    Appendix "appendix" "Appendix";
    Glossary "glossary" "Glossary";
    Bibliography "bibliography" "Bibliography";
    References "references" "References";
    Afterword "afterword" "Afterword";
    AboutTheAuthor "about-the-author" "About the author";
    AboutTheAuthors "about-the-authors" "About the authors";
    AboutTheInstitute "about-the-institute" "About the institute";
    HowToCite "how-to-cite" "How to cite";
    Funding "funding" "Funding";
    Disclaimer "disclaimer" "Disclaimer";
    Related "related" "Related";
    AlsoBy "also-by" "Also by the author";
    Excerpt "excerpt" "Excerpt";
    Colophon "colophon" "Colophon";
    ExtractFrom "extract-from" "Extract from";
    Draft "draft" "Draft";
    Version "version" "Version";
    Revised "revised" "Revised";
    EmbargoedUntil "embargoed-until" "Embargoed until";
    YourNotes "your-notes" "Your notes";
    Note "note" "Note";
    Tip "tip" "Tip";
    Important "important" "Important";
    Warning "warning" "Warning";
    Caution "caution" "Caution";
    PictureCredits "picture-credits" "Picture credits";
    And "and" "and";
    Link "link" "link";
    Number "number" "No.";
    Printed "printed" "print";
    Editing "editing" "Editor";
    Translation "translation" "Translation";
    Illustrations "illustrations" "Illustrations";
    Photographs "photographs" "Photographs";
    Design "design" "Design";
    CopyEditing "copy-editing" "Copy-editing";
    Review "review" "Review";
    Research "research" "Research";
    IntroductionBy "introduction-by" "Introduction";
    With "with" "With";
    CoverOf "cover-of" "Cover of";
    BackToCall "back-to-call" "Back to note reference";
    Landmarks "landmarks" "Landmarks";
    Pages "pages" "Pages";
    Description "description" "Description";
    AccessStructure "access-structure" "The book has a table of contents and headings by which it can be navigated, and its text can be enlarged and recoloured.";
    AccessPictures "access-pictures" "Pictures have alternative text.";
    AccessNotes "access-notes" "Notes are linked both ways.";
    AccessPages "access-pages" "The page numbers of the print edition are marked.";
    Index "index" "Index";
    Page "page" "page";
    NotesToPage "notes-to-page" "Notes to page";
    NotesToPages "notes-to-pages" "Notes to pages";
    SeveralFigures "several-figures" "Figures";
    SeveralTables "several-tables" "Tables";
    SeveralBoxes "several-boxes" "Boxes";
    SeveralSections "several-sections" "Sections";
    Listing "listing" "Listing";
    Equation "equation" "Equation";
    Recommendation "recommendation" "Recommendation";
    AskedOf "asked-of" "For {}";
    AskedBy "asked-by" "By {}";
    AskedOfBy "asked-of-by" "For {}, by {}";
    See "see" "see";
    SeeAlso "see-also" "see also";
    BarChart "bar-chart" "Bar chart";
    StackedChart "stacked-chart" "Stacked bar chart";
    GroupedChart "grouped-chart" "Grouped bar chart";
    LineChart "line-chart" "Line chart";
    AreaChart "area-chart" "Area chart";
    DotPlot "dot-plot" "Dot plot";
    SlopeChart "slope-chart" "Slope chart";
    ShareChart "share-chart" "Chart of shares";
    Lowest "lowest" "lowest";
    Highest "highest" "highest";
    Data "data" "Data";
    ShortChapter "short-chapter" "chap. {}";
    Continued "continued" "continued";
    Signs "signs" "Numbers and symbols";
    PrintHow "print-how" "How to print {}";
    PrintPaper "print-paper" "Paper: {}";
    PrintSheet "print-sheet" "1 sheet for {} pages";
    PrintSheets "print-sheets" "{} sheets for {} pages";
    PrintOneSide "print-one-side" "Sides: one";
    PrintShortEdge "print-short-edge" "Sides: both, flipped on the short edge";
    PrintLongEdge "print-long-edge" "Sides: both, flipped on the long edge";
    PrintSize "print-size" "Size: actual size (100 %), not fitted to the page";
    PrintStapled "print-stapled" "Binding: fold all sheets together in the middle, and staple twice in the fold";
    PrintSignatures "print-signatures" "Binding: {} signatures, each folded in the middle; sew or glue them in their order";
    PrintCorner "print-corner" "Binding: a staple in the corner";
    PrintNoColour "print-no-colour" "Colour: none; print in black and white";
    PrintColoured "print-coloured" "Colour: sides {} of {}; the others are black";
    PrintAllColoured "print-all-coloured" "Colour: all sides";
    PrintEdge "print-edge" "The edges: an office printer leaves a white edge where colour runs off the sheet";
    CopyOf "copy-of" "Copy {} of {}";
}

impl Term {
    /// Words that have been added and are not yet said in every language; until then English stands for them.
    pub const YOUNG: &[Term] = &[
        Term::BarChart,
        Term::StackedChart,
        Term::GroupedChart,
        Term::LineChart,
        Term::AreaChart,
        Term::DotPlot,
        Term::SlopeChart,
        Term::ShareChart,
        Term::Lowest,
        Term::Highest,
        Term::Data,
        Term::PrintHow,
        Term::PrintPaper,
        Term::PrintSheet,
        Term::PrintSheets,
        Term::PrintOneSide,
        Term::PrintShortEdge,
        Term::PrintLongEdge,
        Term::PrintSize,
        Term::PrintStapled,
        Term::PrintSignatures,
        Term::PrintCorner,
        Term::PrintNoColour,
        Term::PrintColoured,
        Term::PrintAllColoured,
        Term::PrintEdge,
        Term::CopyOf,
    ];

    /// The word in a language, else in English.
    pub fn word(self, language: &Language) -> &str {
        let own = || words::find(language, self.key()).unwrap_or_else(|| self.english_of(language));
        language.own_word(self.key()).unwrap_or_else(own)
    }

    /// What stands for the word in a language that lacks it: the house's English one, or recto's.
    fn english_of(self, language: &Language) -> &str {
        language.own_english(self.key()).unwrap_or(self.english())
    }

    /// Its words in all languages.
    pub fn all_words(self) -> impl Iterator<Item = &'static str> {
        let others = words::Words::all().iter().filter_map(move |words| words.get(self.key()));
        others.chain([self.english()])
    }

    /// The word with a number as the language sets them: "Figure 2", "2. ábra", "图2".
    pub fn numbered(self, language: &Language, number: &str) -> String {
        let pattern = format!("{}{NUMBERED}", self.key());
        let said = language.own_word(&pattern).or_else(|| language.own_word(self.key()));
        let own = said
            .or_else(|| Words::of(language).find_map(|words| words.get(&pattern).or_else(|| words.get(self.key()))));
        filled(own.unwrap_or_else(|| self.english_of(language)), &language.digits(number))
    }

    /// The parts around the numbers of several of a kind: before the first, after each, after the last. "Figures 1 and
    /// 2", "1. és 2. ábra", "第1节和第2节"; `None` where the language has no word for several.
    pub fn several(self, language: &Language) -> Option<Several> {
        let term = match self {
            Term::Figure => Term::SeveralFigures,
            Term::Table => Term::SeveralTables,
            Term::Box => Term::SeveralBoxes,
            Term::Section => Term::SeveralSections,
            _ => return None,
        };
        // A language without the word for several says each by itself, and a house that says one otherwise too.
        if words::find(language, self.key()).is_some() && words::find(language, term.key()).is_none() {
            return None;
        }
        let own = |term: Term| language.own_word(term.key());
        if (own(self).is_some() || language.own_word(&format!("{}{NUMBERED}", self.key())).is_some())
            && own(term).is_none()
        {
            return None;
        }
        let pattern = term.word(language).replace(' ', "\u{a0}");
        let several = |first: &str, each: [&str; 2], last: &str| Several {
            first: first.to_owned(),
            each: each.map(str::to_owned),
            last: last.to_owned(),
        };
        Some(match pattern.split_once("{}") {
            None => several(&format!("{pattern}\u{a0}"), ["", ""], ""),
            Some((before, "")) => several(before, ["", ""], ""),
            Some(("", after)) => {
                let (each, last) = after.split_at(after.find('\u{a0}').unwrap_or(0));
                several("", ["", each], last)
            }
            Some((before, after)) => several("", [before, after], ""),
        })
    }

    /// What a contributor did, by the MARC code.
    pub fn of_role(code: &str) -> Term {
        match code {
            "edt" => Term::Editing,
            "trl" => Term::Translation,
            "ill" => Term::Illustrations,
            "pht" => Term::Photographs,
            "bkd" => Term::Design,
            "cov" => Term::Cover,
            "cpe" | "pfr" => Term::CopyEditing,
            "rev" => Term::Review,
            "res" => Term::Research,
            "aui" => Term::IntroductionBy,
            "aft" => Term::Afterword,
            _ => Term::With,
        }
    }
}

/// The words that each file lacks, by its tag.
static LACKING: LazyLock<BTreeMap<&'static str, Vec<Term>>> = LazyLock::new(|| {
    let lacked = |words: &Words| Term::ALL.iter().copied().filter(|term| words.get(term.key()).is_none()).collect();
    Words::all().iter().map(|words| (words.tag, lacked(words))).collect()
});

/// The words that a language lacks, as it is written: those for which English stands.
pub(super) fn lacking(language: &Language) -> Vec<Term> {
    let mut files = Words::of(language).filter_map(|words| LACKING.get(words.tag));
    let Some(first) = files.next() else { return Term::ALL.to_vec() };
    let others: Vec<_> = files.collect();
    first.iter().copied().filter(|term| others.iter().all(|lacked| lacked.contains(term))).collect()
}

/// Whether words that recto adds in a language are English, because it has no word of its own for one of them.
pub(super) fn are_english(said: &str, language: &Language) -> bool {
    let lacks = |term: &Term| language.own_word(term.key()).is_none() && says(said, term.english_of(language));
    language.primary() != "en" && lacking(language).iter().any(lacks)
}

/// Whether a word, or every part of a phrase around its places, stands in a text by itself.
fn says(text: &str, phrase: &str) -> bool {
    let (text, phrase) = (text.to_lowercase().replace('\u{a0}', " "), phrase.to_lowercase());
    let alone = |part: &str| {
        text.match_indices(part).any(|(at, _)| {
            let (before, after) = (text[..at].chars().next_back(), text[at + part.len()..].chars().next());
            ![before, after].into_iter().flatten().any(char::is_alphabetic)
        })
    };
    let mut parts = phrase.split("{}").map(str::trim).filter(|part| part.contains(char::is_alphabetic));
    parts.all(alone)
}

/// What stands around the numbers of several figures.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Several {
    /// Before the first.
    pub first: String,
    /// Before and after every number.
    pub each: [String; 2],
    /// After the last.
    pub last: String,
}

/// A pattern with its number; a word alone stands before it. No line ends beside the number.
fn filled(pattern: &str, number: &str) -> String {
    match pattern.contains("{}") {
        true => pattern.replace(' ', "\u{a0}").replace("{}", number),
        false => format!("{pattern}\u{a0}{number}"),
    }
}

/// A date as a language writes it, as precise as it is given.
pub fn date(language: &Language, year: u16, month: Option<u8>, day: Option<u8>) -> String {
    Facts::of(language).date(year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(tag: &str) -> Language {
        Language::parse(tag).expect("a tag")
    }

    #[test]
    fn words_are_those_of_the_script_or_region_first() {
        let contents = |tag: &str| Term::Contents.word(&language(tag)).to_owned();
        assert_eq!(contents("pt-BR"), "Sumário");
        assert_eq!(contents("pt-AO"), "Índice");
        assert_eq!(contents("zh-TW"), "目錄");
        assert_eq!(contents("zh-Hans-SG"), "目录");
        assert_eq!(contents("sr-Latn-RS"), "Sadržaj");
        assert_eq!(contents("no"), "Innhold");
        assert_eq!(contents("ka"), "სარჩევი");
        assert_eq!(contents("my"), "Contents");
    }

    #[test]
    fn a_language_with_some_words_has_english_for_the_rest_and_says_so() {
        let georgian = language("ka");
        assert_eq!(Term::Figure.numbered(&georgian, "2"), "სურათი\u{a0}2");
        assert_eq!(Term::Figure.several(&georgian), None, "the word for several is not known");
        let of = |words: &str| georgian.of_words(words).tag().to_owned();
        assert_eq!(of(Term::Notes.word(&georgian)), "ka");
        assert_eq!(of(Term::AboutTheAuthor.word(&georgian)), "en");
        assert_eq!(of(&Term::NotesToPage.numbered(&georgian, "12")), "en");
        assert_eq!(of(&Term::AskedOf.numbered(&georgian, "Landlord")), "en");
        assert_eq!(language("de").of_words("By and for").tag(), "de", "German has all of them");
        assert_eq!(language("my").of_words("Contents").tag(), "en");
        assert!(!says("Notarise", "no.") && says("see\u{a0}also p. 2", "see also"));
    }

    #[test]
    fn numbers_stand_where_the_language_sets_them() {
        let figure = |tag: &str| Term::Figure.numbered(&language(tag), "2");
        assert_eq!(figure("en"), "Figure\u{a0}2");
        assert_eq!(figure("hu"), "2.\u{a0}ábra");
        assert_eq!(figure("zh"), "图2");
        assert_eq!(Term::Page.numbered(&language("ja"), "12"), "12ページ");
        assert_eq!(Term::NotesToPage.numbered(&language("en"), "12"), "Notes to page\u{a0}12");
    }

    #[test]
    fn the_word_for_several_stands_once_where_it_can() {
        let several = |tag: &str| {
            let found = Term::Section.several(&language(tag)).expect("all languages have it");
            format!(
                "{}{}1{}+{}2{}{}",
                found.first, found.each[0], found.each[1], found.each[0], found.each[1], found.last
            )
        };
        assert_eq!(several("en"), "Sections\u{a0}1+2");
        assert_eq!(several("hu"), "1.+2.\u{a0}szakasz");
        assert_eq!(several("zh"), "第1节+第2节");
        assert_eq!(several("lt"), "1+2\u{a0}skirsniai");
        assert_eq!(Term::Cover.several(&language("en")), None);
    }
}
