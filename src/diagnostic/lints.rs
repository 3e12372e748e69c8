//! Every rule that can speak, by name: the names that `allow:` takes and that the manual lists.

use super::Severity;

/// A named rule.
#[derive(PartialEq, Eq, Debug)]
pub struct Lint {
    /// As `allow:` and the JSON report spell it.
    pub name: &'static str,
    /// Its usual severity.
    pub severity: Severity,
    /// One line for the manual.
    pub about: &'static str,
}

macro_rules! lints {
    ($($(#[$_:meta])* $id:ident $severity:ident $name:literal $about:literal;)*) => {
        $(#[doc = $about] pub static $id: Lint = Lint { name: $name, severity: Severity::$severity, about: $about };)*
        /// Every rule, in the order of the manual.
        pub static ALL: &[&Lint] = &[$(&$id),*];
    };
}

lints! {
    // reading the folder
    MISSING_FILE Error "missing-file" "a file that the manuscript names is not there";
    UNREADABLE_FILE Error "unreadable-file" "a file cannot be read, or is not of the kind that its name says";
    NOT_UTF8 Error "not-utf8" "a text file holds bytes that are not UTF-8";
    OUTSIDE_FOLDER Error "outside-folder" "a path leaves the manuscript folder, also through a symbolic link";
    NO_SECTIONS Error "no-sections" "the folder holds no section";
    LEFT_OUT Warning "left-out" "a file of the folder takes no part in the book";
    FOREIGN_PROJECT Warning "foreign-project" "a file of another tool's project, which recto does not read";
    UNTITLED Warning "untitled" "a section that begins without a heading";
    // metadata
    YAML_SYNTAX Error "yaml-syntax" "YAML that cannot be read";
    YAML_REMARK Warning "yaml-remark" "a `#` that makes the rest of its line a remark, where text was meant";
    UNKNOWN_KEY Error "unknown-key" "a key that recto does not know";
    FOREIGN_KEY Warning "foreign-key" "a key of another tool that has no meaning here";
    WRONG_VALUE Error "wrong-value" "a value of the wrong kind, or out of its range";
    MISSING_KEY Error "missing-key" "a required key is missing";
    ONE_PERSON Warning "one-person" "several names where the name of one person is wanted";
    BAD_ISBN Error "bad-isbn" "an ISBN whose digits or check digit are wrong";
    BAD_DOI Error "bad-doi" "a DOI that cannot be one";
    BAD_CHART Error "bad-chart" "the data of a chart do not fit its keys or each other, or hold a word where a number belongs";
    CROWDED_CHART Warning "crowded-chart" "a chart of more series than can be told apart";
    BAD_DATE Error "bad-date" "a date that is not in the calendar or not in the form 2026-11-23";
    BAD_LANGUAGE Error "bad-language" "a language tag that is not BCP 47";
    UNKNOWN_LINT Warning "unknown-lint" "`allow:` names a rule that does not exist";
    UNUSED_IMAGE_ENTRY Warning "unused-image-entry" "`images:` describes a picture that no section shows";
    // text
    FOREIGN_MARKUP Error "foreign-markup" "markup of another tool that recto does not understand";
    FOREIGN_HTML Warning "foreign-html" "an HTML element that recto does not set; its text is kept";
    UNKNOWN_ATTRIBUTE Warning "unknown-attribute" "an attribute that means nothing here";
    UNCLOSED_DIV Error "unclosed-div" "a `:::` block that never ends, or ends twice";
    UNCLOSED_FENCE Error "unclosed-fence" "a fence of program text that never ends";
    SUSPECT_MARKUP Warning "suspect-markup" "text that reads as if other markup was meant";
    CITATION Error "citation" "a work is cited by a key that no list of works has";
    BROKEN_WORK Error "broken-work" "an entry in the list of works that cannot be read as it stands, or a key given twice";
    DOUBTFUL_WORK Warning "doubtful-work" "something in the list of works that is worth a look";
    SPARSE_WORK Warning "sparse-work" "a work is cited whose entry says too little";
    NEVER_CITED Warning "never-cited" "a work that is never cited, where `entries: cited` asks for it";
    BAD_STYLE Error "bad-style" "a style of citations that is not there or cannot be used";
    DEPENDENT_STYLE Warning "dependent-style" "a style of citations that is another one by a second name";
    MATH Error "math" "a formula, which recto does not set";
    LITERAL_MARKUP Warning "literal-markup" "letters that look like markup are printed as they stand";
    UNDEFINED_NOTE Error "undefined-note" "a note is called but not defined";
    UNUSED_NOTE Warning "unused-note" "a note is defined but never called";
    EMPTY_NOTE Warning "empty-note" "a note has no text";
    LINK_OUTSIDE Warning "link-outside" "a link leads out of the manuscript folder, or to a file in it that is no section; its words are kept";
    LONG_ADDRESS Warning "long-address" "an address is longer than readers follow; its words are kept";
    DUPLICATE_LABEL Error "duplicate-label" "a label is defined twice";
    UNDEFINED_LABEL Error "undefined-label" "a reference to a label that nothing has";
    REFERENCE_RING Error "reference-ring" "a title refers to itself, or names too many others";
    HEADING_LEVEL Warning "heading-level" "a heading skips a level";
    EMPTY_SECTION Warning "empty-section" "a section without text";
    TABLE_SHAPE Warning "table-shape" "a table row has more cells than its head";
    LOST_TEXT Error "lost-text" "words that reached no book and that no message covers; allowed, it is a warning";
    ORPHAN_CAPTION Warning "orphan-caption" "a caption without its picture or table";
    // the index
    INDEX_ENTRY Error "index-entry" "a mark of the index that cannot be read: no words, too many levels";
    INDEX_RANGE Warning "index-range" "a stretch of the index that does not end, or does not begin";
    INDEX_SEE Warning "index-see" "a reference of the index that leads to no entry or in a circle, or whose entry has pages too";
    INDEX_ALIKE Warning "index-alike" "two entries of the index that differ in capitals or by a plural only";
    INDEX_LOCATORS Warning "index-locators" "more than nine locators after one entry of the index";
    INDEX_UNFOUND Warning "index-unfound" "a term of the index that stands nowhere in the text";
    // pictures
    NO_ALT Warning "no-alt" "a picture without alternative text that is not marked as decorative";
    UNKNOWN_PICTURE Error "unknown-picture" "a picture of a kind that recto cannot read";
    BAD_PICTURE Error "bad-picture" "a picture that is broken, or a drawing that reaches out of the book";
    REMOTE_PICTURE Error "remote-picture" "a picture on the network";
    CLEANED_PICTURE Warning "cleaned-picture" "a drawing with something that no still picture holds, left out: a link, a movement";
    PICTURE_ELSEWHERE Warning "picture-elsewhere" "a picture is not where the text says, and the only one so called is shown";
    PICTURE_IN_LINE Warning "picture-in-line" "a picture that is made to be looked at stands in a line, where it is small";
    LOW_RESOLUTION Warning "low-resolution" "a picture is placed with too few pixels to the inch";
    // editions and themes
    UNKNOWN_EDITION Error "unknown-edition" "an edition that the metadata does not have";
    UNKNOWN_FONT Error "unknown-font" "a face that is neither in the manuscript nor bundled nor on the machine";
    SYSTEM_FONT Warning "system-font" "a face of this machine is used; the book may look different elsewhere";
    MISSING_CUT Warning "missing-cut" "a family has no italic or no bold, and words that ask for it are set without";
    LOW_CONTRAST Warning "low-contrast" "a colour of a theme is too near to what is behind it to be read";
    PRINT_ONLY Warning "print-only" "something that only a printed edition can show";
    // pages
    MISSING_GLYPH Warning "missing-glyph" "no face has a character";
    OVERFULL_LINE Warning "overfull-line" "a line is wider than the measure";
    LOOSE_LINE Warning "loose-line" "a line whose spaces are more than twice their natural width";
    NO_SPREAD Warning "no-spread" "a figure was to stand over two facing pages, and does not";
    OVERFULL_PAGE Warning "overfull-page" "a block is higher than the page";
    OFF_PAGE Warning "off-page" "letters leave the page or the type area";
    OVERPRINT Warning "overprint" "a line stands over another, over the edge of a box or over a picture";
    STRANDED Warning "stranded" "a page holds a heading and nothing else";
    SMALL_TYPE Warning "small-type" "letters are smaller than the edition allows";
    WIDE_TABLE Warning "wide-table" "a table had to shrink to fit the measure";
    NEAR_TRIM Warning "near-trim" "text stands nearer to the trim than the printer allows";
    HAIRLINE Warning "hairline" "a rule is thinner than a press can hold";
    TOTAL_INK Warning "total-ink" "a picture has darker tones than the paper takes ink for";
    STRAY_COLOUR Warning "stray-colour" "pages of a press edition whose only colour is in letters and rules";
    NO_EMBEDDING Warning "no-embedding" "a face whose licence does not allow it to be put into a file";
    PAGE_COUNT Warning "page-count" "the printer does not bind so few or so many pages";
    TRIM_SIZE Warning "trim-size" "the printer does not cut to this size";
    IMPOSITION Error "imposition" "pages that cannot be brought onto the sheet that is asked for";
    WRAP_FOCUS Warning "wrap-focus" "the subject of a picture round a wrap does not come to the front";
    NEAR_EDGE Warning "near-edge" "ink stands where an office printer prints nothing";
    NOT_IN_EXTRACT Warning "not-in-extract" "an extract that stands alone refers to what it does not show";
    COPIES Error "copies" "a list of copies that cannot be read, or a row of it that is wrong";
    LONG_NAME Warning "long-name" "a name has no room at the foot of a copy and is cut there";
    SHRUNK_TYPE Warning "shrunk-type" "pages are made so small on their sheet that letters fall under 8 pt";
    MANY_SHEETS Warning "many-sheets" "more sheets than an office stapler takes";
    SHEET_SIZE Warning "sheet-size" "sheets of Letter for readers whose offices have A4";
    CREEP Warning "creep" "the margin at the fold is too narrow for the sheets inside a booklet";
    UNSETTLED Warning "unsettled" "page references still move after the last pass";
    // notes
    IBID Warning "ibid" "an \"Ibid.\" that may not mean the source of the note before";
    OP_CIT Warning "op-cit" "\"op. cit.\" or \"loc. cit.\" in a note";
    NOTE_STYLE Warning "note-style" "a source named again otherwise than `notes: {style: …}` asks";
    CALL_BEFORE_STOP Warning "call-before-stop" "in English, a call of a note before the punctuation";
    SPACE_BEFORE_CALL Warning "space-before-call" "a space before a call of a note";
    NOTE_LINK Warning "note-link" "a link in a note that is not `https`, or that is no address";
    DOUBLED_STOP Warning "doubled-stop" "two full stops in a note where one is meant";
    CITATION_SPELLING Warning "citation-spelling" "the same long citation spelt in two ways";
    // the house check of `policy-paper`
    NO_COVER_CREDIT Warning "no-cover-credit" "a cover picture without a credit";
    NO_REVISED Warning "no-revised" "an e-book of an old text, or of one with an ISBN or a DOI and no date, that does not say when it was changed: libraries keep the old copy until `revised` changes";
    NO_HYPHENS Warning "no-hyphens" "recto does not know where the words of the book's language are divided";
    NO_WORDS Warning "no-words" "recto has no words of its own (Contents, Notes …) in the book's language and uses English ones";
    NO_DATE Warning "no-date" "a paper without a date";
    NO_BYLINE Warning "no-byline" "a paper without an author";
    NO_BIO Warning "no-bio" "an author of whom nothing is told";
    NO_INSTITUTE Warning "no-institute" "a paper without a page about the institute";
    NO_DISCLAIMER Warning "no-disclaimer" "a paper without a disclaimer";
    NO_LICENCE Warning "no-licence" "a paper that does not say what may be done with it";
    NO_IDENTIFIER Warning "no-identifier" "a paper without DOI, ISBN or address";
    ISBN_FORM Warning "isbn-form" "an ISBN without its hyphens";
    DOI_FORM Warning "doi-form" "a DOI with letters that break in links";
    SUMMARY_LENGTH Warning "summary-length" "no description, or a summary longer than a page";
    SECTION_WITHOUT_NOTES Warning "section-without-notes" "a long section without a note";
    DEEP_HEADING Warning "deep-heading" "a heading deeper than level 3";
    LONG_TITLE Warning "long-title" "a title too long for the running head, without a short one";
    // the e-book
    EPUB_FAILED Error "epub-failed" "the e-book could not be put together";
    EPUB_BAD_LINK Error "epub-bad-link" "a link that leads nowhere, or to a file that is not part of the book";
    EPUB_LINK_WORDS Warning "epub-link-words" "a link whose words do not say where it leads";
    EPUB_POOR_ALT Warning "epub-poor-alt" "alternative text that does not say what the picture shows";
    EPUB_LONG_ALT Warning "epub-long-alt" "alternative text that is longer than a sentence or two";
    EPUB_ALT_IS_CAPTION Warning "epub-alt-is-caption" "alternative text that repeats the caption";
    EPUB_TABLE_HEAD Warning "epub-table-head" "a table whose columns have no names";
    EPUB_EMPTY_HEADING Error "epub-empty-heading" "a heading without words";
    EPUB_UNMARKED_LANGUAGE Warning "epub-unmarked-language" "words in another script whose language is not marked";
    EPUB_CONTROL Warning "epub-control" "a control character, which is left out of the e-book";
    EPUB_SAME_ISBN Warning "epub-same-isbn" "the printed book and the e-book have one ISBN";
    EPUB_NO_CLAIM Warning "epub-no-claim" "conformance is not claimed, since the book's checks are not clean";
    EPUB_FONT Warning "epub-font" "a face that may not or cannot be put into an e-book";
    SHOP_UNKNOWN Error "shop-unknown" "a shop whose rules recto does not know";
    SHOP_COVER Warning "shop-cover" "a cover that a shop does not take";
    SHOP_METADATA Warning "shop-metadata" "something that a shop wants to know of a book";
    SHOP_PICTURE Warning "shop-picture" "a picture that a shop does not take";
    SHOP_SIZE Warning "shop-size" "a file that is larger than a shop takes";
    SHOP_CONTENTS Warning "shop-contents" "contents of more levels than a shop shows";
    SHOP_NOTE Warning "shop-note" "a note that a shop's reader does not show in place";
    SHOP_RIVAL Warning "shop-rival" "a link to another shop";
    EPUB_WIDE_TABLE Warning "epub-wide-table" "a table of more than four columns, hard to read on a phone";
    // what changed since the last edition
    AGAINST_PAGES Warning "against-pages" "a new edition has another number of pages than the old one";
    AGAINST_SPINE Warning "against-spine" "a new edition is thicker or thinner than the old one, so that its cover no longer fits";
    // what is handed on
    RELEASE_NO_DATE Warning "release-no-date" "a title to hand on without a date: no record can be without one";
    RELEASE_NO_PUBLISHER Warning "release-no-publisher" "a title to hand on without a publisher";
    RELEASE_NO_AUTHOR Warning "release-no-author" "a title to hand on without an author";
    RELEASE_NO_DESCRIPTION Warning "release-no-description" "a title to hand on without a description, which shops and libraries show";
    RELEASE_NO_SUBJECT Warning "release-no-subject" "a title to hand on without a subject of BISAC or Thema, by which shops sort";
    RELEASE_NO_KEYWORDS Warning "release-no-keywords" "a title to hand on without words to search for";
    RELEASE_NO_ISBN Warning "release-no-isbn" "an e-book to hand on without an ISBN, which shops and libraries ask for";
    RELEASE_NO_DOI Warning "release-no-doi" "a title to hand on without a DOI, so that none can be deposited";
    RELEASE_NO_PAGE Warning "release-no-page" "a title to hand on without the address of its page, from which records lead to the files";
    RELEASE_NO_DEPOSITOR Warning "release-no-depositor" "a deposit with Crossref without the address to which it writes";
    RELEASE_NO_PRICE Warning "release-no-price" "a title for sale without a price: nothing is given away by a line that was forgotten";
    RELEASE_NO_NUMBER Warning "release-no-number" "a paper for RePEc without its number in the series";
    RELEASE_NO_HANDLE Error "release-no-handle" "a template for RePEc without its archive and series, which recto never makes up";
    RELEASE_NO_ISSN Warning "release-no-issn" "a series without an ISSN, which a deposit cannot name";
    RELEASE_DRAFT Error "release-draft" "a draft is not handed on";
    RELEASE_EMBARGO Error "release-embargo" "a title under embargo is handed on only when that is asked for";
    RELEASE_NOTHING Error "release-nothing" "no edition of the manuscript is handed on";
    RELEASE_NO_FILE Error "release-no-file" "a receiver takes a kind of file that no edition is";
    RELEASE_COVER Error "release-cover" "a receiver asks for a cover, and the title has none or another";
    RELEASE_SAME_ISBN Error "release-same-isbn" "two editions have one ISBN";
    RELEASE_SAME_NUMBER Error "release-same-number" "two titles of a catalogue have one ISBN or DOI";
}

/// The rule of that name.
pub fn find(name: &str) -> Option<&'static Lint> {
    ALL.iter().copied().find(|lint| lint.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_name_of_its_own() {
        for (index, lint) in ALL.iter().enumerate() {
            assert!(ALL[..index].iter().all(|other| other.name != lint.name), "{} twice", lint.name);
        }
    }
}
