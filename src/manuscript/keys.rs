//! Every key of the format, once: its name, what it takes, what it is for.
//!
//! The readers of metadata, people, editions, themes and sections take these and no others, a key that nobody knows is
//! held against them, and the manual's table, `recto keys` and its schema for editors are made of them ([`schema`]).

pub(super) mod distribution;
pub mod schema;

use crate::book::looked_at::QUESTIONS;
use distribution::{BINDINGS, CORRECTION, CROSSREF, DISTRIBUTION, FUNDING, PARTNER, SAFETY, TRANSLATION};

use crate::book::chart::ChartKind;
use crate::book::division::{NumberWord, Numbered};
use crate::theme::{Alignment, Case, Edge, Family, Figures, Ink, Numbering, Opening};
use crate::yaml::table::Takes::{Colour, Date, File, Flag, Length, List, Map, Named, Or, Same, Text, Word};
pub use crate::yaml::table::{Key, Table, Takes};

const fn key(name: &'static str, takes: Takes, about: &'static str) -> Key {
    Key { name, takes, about }
}

const fn table(of: &'static str, keys: &'static [Key]) -> Table {
    Table { of, keys, also: None }
}

/// A part that may be left to recto.
const AUTO: Takes = Word(&["true", "false", "auto"]);
/// A text, or several.
const TEXTS: Takes = Or(&[Text, List(&Text)]);
const PERSONS: Takes = Or(&[Text, List(&Or(&[Text, Map(&PERSON)])), Map(&PERSON)]);
const WITHOUT: Takes = Or(&[Text, Word(&["false"])]);

/// `metadata.yaml`.
pub static METADATA: Table = Table {
    of: "the metadata",
    also: Some(&THEME),
    keys: &[
        key("title", Text, "the only key that must stand; emphasis is allowed"),
        key("subtitle", Text, ""),
        key("short_title", Text, "for running heads and file names"),
        key("series", Or(&[Text, Map(&SERIES)]), ""),
        key("language", Text, "a tag of BCP 47: en, en-CA, fr, zh-Hans; en if it is left out"),
        key("lang", Same("language"), ""),
        key("date", Date, "shown as precisely as it is given"),
        key("revised", Date, ""),
        key("version", Text, "2.1, second edition"),
        key("edition", Text, "the number of the edition"),
        key("status", Word(&["final", "draft", "embargo"]), "stamped on cover and running heads"),
        key("embargo_until", Text, "when an embargo ends: 2026-11-26, or 2026-11-26 09:00 EST"),
        key("corrections", List(&Map(&CORRECTION)), "what was put right since it appeared"),
        key("translations", List(&Map(&TRANSLATION)), "the same work in other languages"),
        key("authors", PERSONS, "in order"),
        key("author", Same("authors"), ""),
        key("affiliations", List(&Map(&AFFILIATION)), "where people work, each with an id that they name"),
        key("contributors", PERSONS, "named on the copyright page by their role"),
        key("publisher", Or(&[Text, Map(&PUBLISHER)]), ""),
        key("identifiers", Map(&IDENTIFIERS), ""),
        key("identifier", Same("identifiers"), ""),
        key("rights", Or(&[Text, Map(&RIGHTS)]), ""),
        key("description", Text, "two or three sentences, for shops and libraries"),
        key("abstract", Text, "makes the section of that name, unless abstract.md is there"),
        key("subjects", List(&Or(&[Text, Map(&SUBJECT)])), "headings of a library or a shop"),
        key("subject", Same("subjects"), ""),
        key("keywords", TEXTS, "a list, or one text with commas"),
        key("cover", Or(&[File, Map(&COVER), Word(&["false"])]), "without an image the theme draws a plain one"),
        key("cover-image", Same("cover"), ""),
        key("epub-cover-image", Same("cover"), ""),
        key("contents", Or(&[Map(&CONTENTS), Flag]), "the contents page"),
        key("toc", Same("contents"), ""),
        key("toc-depth", Same("contents"), ""),
        key("toc-title", Same("contents"), ""),
        key("lof", Same("contents"), ""),
        key("lot", Same("contents"), ""),
        key("notes", Or(&[Word(NOTE_PLACES), Map(&NOTES)]), ""),
        key("parts", Map(&PARTS), "auto leaves out half title and title page under 24 pages"),
        key("images", Named(&Map(&IMAGE)), "what is said of pictures, by their paths"),
        key("how_to_cite", WITHOUT, "on the copyright page; false leaves it out"),
        key("bibliography", Or(&[File, List(&File)]), "the works that are cited: .bib, .json, .yaml"),
        key("references", List(&Named(&Text)), "works in place, as CSL has them"),
        key(
            "csl",
            Or(&[Text, File]),
            "the style of citations by name, such as apa or ieee; chicago-notes if it is left out",
        ),
        key("citation-style", Same("csl"), ""),
        key("nocite", TEXTS, "works that are listed without being cited: \"@key\", or \"@*\" for all"),
        key("citations", Map(&CITATIONS), ""),
        key("link-citations", Same("citations"), ""),
        key("notes-after-punctuation", Same("citations"), ""),
        key("disclaimer", WITHOUT, "whose views these are"),
        key("funding", FUNDING, "who paid, in words or one by one"),
        key("partners", List(&Map(&PARTNER)), "co-publishers and funders with their logos"),
        key("cataloguing", TEXTS, "the lines of a library's cataloguing, as given"),
        key("product_safety", Map(&SAFETY), "for a printed book in the European Union"),
        key(
            "index",
            Or(&[Flag, File, List(&Or(&[Text, Map(&INDEX_TERM)])), Map(&INDEX)]),
            "terms to look for; false leaves it out",
        ),
        key("distribution", Map(&DISTRIBUTION), "for shops, libraries and the landing page"),
        key("crossref", Map(&CROSSREF), "who deposits the DOI"),
        key("related", List(&Or(&[Text, Map(&RELATED)])), "works to read next"),
        key("back_cover", Map(&BACK_COVER), ""),
        key("hyphenation", Or(&[Named(&List(&Text)), List(&Text)]), "by language, words with their only divisions"),
        key("accessibility", Map(&ACCESSIBILITY), "what is said of the e-book's accessibility"),
        key("theme", Or(&[Word(THEMES), Map(&THEME)]), "looks by name, or what differs"),
        key("editions", Named(&Map(&EDITION)), "the files that the manuscript becomes"),
        key("sections", List(&Text), "the files of the text in their order"),
        key("allow", List(&Map(&ALLOWED)), "silences a warning, with the reason"),
        key("inherit", File, "a YAML file of the house, read first"),
    ],
};

/// How works are cited.
pub(super) static CITATIONS: Table = table(
    "what is said of citations",
    &[
        key("links", Flag, "whether a citation leads to its entry; true if it is left out"),
        key("entries", Word(&["cited", "all"]), "which works are listed"),
        key("pages", Flag, "whether an entry shows, in print, the pages that cite it; false if it is left out"),
        key("punctuation", Flag, "whether a note's call moves behind a stop or a comma; true in English"),
    ],
);

pub(super) static SERIES: Table =
    table("a series", &[key("name", Text, ""), key("number", Text, ""), key("issn", Text, "")]);

/// A person.
pub static PERSON: Table = table(
    "a person",
    &[
        key("name", Or(&[Text, Map(&NAME)]), "as printed"),
        key("given", Text, "where a name divides otherwise than at its last space"),
        key("family", Text, ""),
        key("file_as", Text, "as sorted: Orwell, George"),
        key("role", Text, "a word (editor, translator, photographer …) or a MARC code"),
        key("affiliation", Or(&[Text, Map(&AFFILIATION), List(&Or(&[Text, Map(&AFFILIATION)]))]), "under the name"),
        key("affiliations", Same("affiliation"), ""),
        key("photo", File, ""),
        key("bio", Or(&[Text, File]), "a text, or a file of Markdown"),
        key("email", Text, ""),
        key("url", Text, ""),
        key("orcid", Text, ""),
    ],
);

pub(super) static NAME: Table =
    table("a name", &[key("given", Text, ""), key("family", Text, ""), key("literal", Text, "")]);

pub(super) static AFFILIATION: Table = table(
    "an affiliation",
    &[
        key("name", Text, ""),
        key("ror", Text, "its number in the Research Organization Registry"),
        key("id", Text, "by which people name it"),
        key("ref", Text, "the id of one that is written elsewhere"),
    ],
);

pub(super) static PUBLISHER: Table = table(
    "a publisher",
    &[
        key("name", Text, ""),
        key("place", Text, ""),
        key("address", TEXTS, ""),
        key("email", Text, ""),
        key("url", Text, ""),
        key("logo", File, ""),
        key("about", Or(&[Text, File]), "makes the page about the institute"),
    ],
);

pub(super) static IDENTIFIERS: Table = table(
    "identifiers",
    &[
        key("isbn_print", Text, ""),
        key("isbn_epub", Text, ""),
        key("isbn_pdf", Text, ""),
        key("doi", Text, ""),
        key("issn", Text, ""),
        key("uri", Text, ""),
    ],
);

/// Pandoc's.
pub(super) static IDENTIFIER: Table = table("an identifier", &[key("scheme", Text, ""), key("text", Text, "")]);

pub(super) static RIGHTS: Table = table(
    "rights",
    &[
        key("holder", Text, ""),
        key("year", Text, ""),
        key("licence", Text, "an SPDX name such as CC-BY-4.0; written out with its address"),
        key("license", Same("licence"), ""),
        key("statement", Text, ""),
        key("text_mining", Word(&["reserved", "allowed"]), "of the European Union's directive on copyright"),
    ],
);

pub(super) static SUBJECT: Table =
    table("a subject", &[key("bisac", Text, ""), key("thema", Text, ""), key("jel", Text, ""), key("name", Text, "")]);

pub(super) static COVER: Table = table(
    "a cover",
    &[
        key("image", File, ""),
        key("alt", Text, "what the picture shows"),
        key("credit", Text, "whose it is"),
        key("layout", Word(LAYOUTS), "as the theme has it if it is left out"),
        key("focus", Text, "the point of the picture that every crop keeps: 60% 30%"),
        key("title_lines", TEXTS, "where the title parts"),
        key("images", Map(&COVER_IMAGES), "pictures of their own for other shapes"),
    ],
);

pub(super) static COVER_IMAGES: Table = table(
    "the pictures of a cover",
    &[
        key("strip", File, "for the layout `strip`"),
        key("og", File, "what a link to the book shows, 1200 by 630 pixels"),
    ],
);

pub(super) static CONTENTS: Table = table(
    "contents",
    &[key("depth", Word(&["1", "2", "3"]), ""), key("title", Text, ""), key("lists", List(&Word(LISTS)), "")],
);

pub(super) static NOTES: Table = table(
    "notes",
    &[
        key("place", Word(NOTE_PLACES), ""),
        key("numbering", Word(&["book", "chapter"]), ""),
        key("title", Text, ""),
        key("style", Word(&["ibid", "short-title"]), "how a source is named again"),
    ],
);

pub(super) static PARTS: Table = table(
    "parts",
    &[
        key("half_title", AUTO, ""),
        key("title_page", AUTO, ""),
        key("copyright_page", AUTO, ""),
        key("back_cover", AUTO, ""),
    ],
);

pub(super) static IMAGE: Table = table(
    "what is said of a picture",
    &[
        key("alt", Text, ""),
        key("caption", Text, ""),
        key("credit", Text, ""),
        key("source", Text, ""),
        key("decorative", Flag, "a picture that says nothing needs no alt"),
        key("long_description", Text, ""),
        key("large", Text, "path of the same drawn larger, for large print and narrow screens"),
    ],
);

pub(super) static INDEX: Table = table(
    "what is said of the index",
    &[
        key("terms", List(&Or(&[Text, Map(&INDEX_TERM)])), "words to look for in the text, once a paragraph"),
        key("see", Named(&TEXTS), "by entry, the one to look up in its place"),
        key("see_also", Named(&TEXTS), "by entry, others to look up too"),
        key("order", Word(&["letters", "words"]), "Newark before New York, or after it"),
        key("style", Word(&["indented", "run-in"]), "sub-entries on lines of their own, or after each other"),
        key("merge", Text, "so many pages in a row are joined; without it they are kept apart"),
        key(
            "figures",
            Word(&["plain", "italics", "letters"]),
            "how pages of figures and tables are shown: 47, in italics, 47f",
        ),
    ],
);

pub(super) static INDEX_TERM: Table = table(
    "a term of the index",
    &[
        key("entry", Text, "Water!price: ! goes one level down"),
        key("find", TEXTS, "the words, whole, their capitals as written if they have some"),
        key("sort", Text, "as what it is filed"),
        key("sections", List(&Text), "the only sections in which it is looked for"),
    ],
);

pub(super) static RELATED: Table = table("a related work", &[key("title", Text, ""), key("url", Text, "")]);

pub(super) static BACK_COVER: Table = table("the back cover", &[key("text", Text, ""), key("blurbs", TEXTS, "")]);

pub(super) static ACCESSIBILITY: Table = table(
    "accessibility",
    &[
        key("summary", Text, ""),
        key("certified_by", Text, ""),
        key("certified_on", Date, ""),
        key("report", Text, "where the certifier's report stands; the report of a release if it is left out"),
        key("answers", List(&Map(&ANSWER)), "what people found, for the report of a release"),
        key("tested", List(&Map(&TESTED)), "what other tools found"),
        key("exemption", Word(EXEMPTIONS), ""),
    ],
);

pub(super) static ANSWER: Table = table(
    "an answer",
    &[
        key("question", Word(QUESTIONS), ""),
        key("answer", Word(ANSWERS), ""),
        key("by", Text, "who looked"),
        key("on", Date, "the day"),
        key("note", Text, ""),
    ],
);

pub(super) static TESTED: Table = table(
    "what a tool found",
    &[
        key("tool", Text, "Ace by DAISY"),
        key("version", Text, ""),
        key("result", Word(RESULTS), ""),
        key("on", Date, "the day"),
        key("note", Text, ""),
    ],
);

pub(super) static ALLOWED: Table = table("an allowed lint", &[key("lint", Text, ""), key("reason", Text, "")]);

/// A theme.
pub static THEME: Table = table(
    "a theme",
    &[
        key("extends", Word(THEMES), "the theme from which this one differs"),
        key("fonts", Or(&[Text, Map(&FONTS)]), "families by name"),
        key("colours", Map(&COLOURS), ""),
        key("paper", Text, "letter, a4, 6x9in, 148x210mm; both: Letter and A4 with the same lines on the same pages"),
        key("trim", Text, "the same for a book that is cut"),
        key("margins", Or(&[Length, Map(&MARGINS)]), ""),
        key("size", Length, "of the type, 4pt to 100pt; without a leading it keeps the ratio"),
        key("leading", Length, "at least 0.8 of the size"),
        key("bleed", Length, "how far pictures at the edge reach over the trim"),
        key("justify", Flag, ""),
        key("hyphenate", Flag, ""),
        key("number_headings", Flag, ""),
        key("code_colours", Flag, "whether program text is told apart by its language"),
        key("number_sections", Word(Numbered::WORDS), "which have numbers where headings have none"),
        key("note_pages", Flag, "endnotes show the page of their call"),
        key("note_place", Word(NOTE_PLACES), "where notes stand, if the manuscript does not say"),
        key("words", Named(&Named(&Text)), "words that recto adds, said otherwise, by language"),
        key("note_numbers", Word(&["hanging", "flush"]), ""),
        key("figures", Word(&["lining", "old-style"]), ""),
        key("microtype", Map(&MICROTYPE), "how far letters and edges give"),
        key("colour", Word(&["full", "grey", "cover"]), "cover keeps it on covers and on pages with pictures"),
        key("tabs", Flag, "a tab at the fore-edge for each chapter, where pages bleed"),
        key("openings", Or(&[Word(OPENINGS), Named(&Word(OPENINGS))]), "how kinds of section open"),
        key("page", Map(&PAGE), "the column in the margin"),
        key("styles", Named(&Map(&STYLE)), "how the text of a role looks; `recto theme show` lists the roles"),
        key("opener", Map(&OPENER), "the head of a page on which a section opens"),
        key("furniture", Map(&FURNITURE), "what stands above and below the text"),
        key("cover", Map(&THEME_COVER), "how covers are laid out; a manuscript may say otherwise"),
        key("variants", Named(&Map(&VARIANT)), "the looks of a house's programmes, by name"),
        key("variant", Text, "the programme whose looks are taken"),
    ],
);

pub(super) static THEME_COVER: Table = table(
    "a theme's cover",
    &[
        key("layout", Word(LAYOUTS), ""),
        key("scrim", Text, "how much of the height the picture takes to run into ink, from the foot: 55%; 0% is none"),
        key("ground", INK, "the colour behind the words of a cover without a picture, or none"),
    ],
);

/// What differs between the programmes of a house.
pub(super) static VARIANT: Table = table(
    "a variant",
    &[
        key("brand", Colour, "the programme's colour, as `colours: {brand: …}` says it"),
        key("cover", Map(&THEME_COVER), ""),
        key("fonts", Or(&[Text, Map(&FONTS)]), ""),
        key("colours", Map(&COLOURS), ""),
        key("styles", Named(&Map(&STYLE)), ""),
    ],
);

pub(super) static PAGE: Table = table(
    "a page",
    &[
        key(
            "columns",
            Or(&[Word(&["1", "2", "3"]), Named(&Word(&["1", "2", "3"]))]),
            "columns of the text, or by kind of section: {text: 2, notes: 3}",
        ),
        key("gutter", Length, "between two columns"),
        key("margin_column", Length, "a column at the fore-edge for notes; 0pt is none"),
        key("margin_gap", Length, "between it and the text"),
    ],
);

pub(super) static OPENER: Table = table(
    "an opener",
    &[
        key("sink", Text, "lines left empty above the title, 0 to 30"),
        key("ground", INK, "the colour behind the title, or none"),
        key("depth", Length, "how far that reaches down"),
        key("standfirst_depth", Length, "the same with a standfirst on it"),
        key("number", Word(Numbering::WORDS), "where the number stands"),
        key("word", Word(NumberWord::WORDS), "what stands before a number above the title"),
        key("drop_cap", Word(&["1", "2", "3", "4", "5"]), "how many lines the first letter takes; 1 is none"),
        key("small_capitals", Flag, "whether the first words are in small capitals"),
    ],
);

pub(super) static FURNITURE: Table = table(
    "furniture",
    &[
        key("head", Map(&LINE), "above the text"),
        key("foot", Map(&LINE), "below it"),
        key("opening", Map(&LINE), "below it where a section opens"),
        key("head_baseline", Length, "from the head of the page"),
        key("foot_baseline", Length, "from its foot"),
        key("folio_edge", Length, "from the outer edge"),
    ],
);

/// Fields between bars, or others on either side.
const SLOT: Takes = Or(&[Text, Map(&SIDES)]);

pub(super) static LINE: Table = table(
    "a line of furniture",
    &[
        key("outer", SLOT, "at the fore-edge: fields between bars, \"folio | short_title\", or none"),
        key("inner", SLOT, "at the spine"),
        key("centre", SLOT, "in the middle"),
        key("rule", Length, "between it and the text; 0pt is none"),
    ],
);

pub(super) static SIDES: Table =
    table("the two sides of a leaf", &[key("verso", Text, "on left pages"), key("recto", Text, "on right pages")]);

/// A colour of the palette by name, or one by its digits.
const INK: Takes = Or(&[Word(Ink::WORDS), Colour]);

/// The style of a role.
pub static STYLE: Table = table(
    "a style",
    &[
        key("face", Word(Family::WORDS), "which family"),
        key("weight", Text, "100 to 900"),
        key("italic", Flag, ""),
        key("size", Length, "without a leading it keeps the ratio"),
        key("leading", Length, ""),
        key("colour", INK, ""),
        key("align", Word(Alignment::WORDS), ""),
        key("hyphenate", Flag, ""),
        key("first", Length, "indent of the first line"),
        key("start", Length, "indent at the start of all lines"),
        key("end", Length, "indent at their end"),
        key("above", SPACE, "space above: lines of the grid, or a length"),
        key("below", SPACE, "space below"),
        key("figures", Word(Figures::WORDS), ""),
        key("tabular", Flag, "figures of one width"),
        key("case", Word(Case::WORDS), ""),
        key("tracking", Text, "a share of the size: 8%, 0.08em"),
        key("number", Word(Numbering::WORDS), "where the number of a title stands"),
        key("keep", Flag, "stays with what follows"),
        key("across", Flag, "stands over all columns"),
        key("run_in", Flag, "a heading that the text goes on after in its first line"),
        key("beside", Flag, "a heading that stands in the column of the margin, where there is one"),
        key("leader", Flag, "dots lead to the folio: contents"),
        key("ground", INK, "the colour behind it, or none: boxes, code, headings, pulled quotes"),
        key("inside", Length, "how far the words keep from the ground's edge"),
        key("rule", Or(&[Length, Map(&RULE), Word(&["none"])]), ""),
    ],
);

/// Lines of the grid, or a length.
const SPACE: Takes = Or(&[Text, Length]);

pub(super) static RULE: Table = table(
    "a rule",
    &[
        key("side", Word(Edge::WORDS), ""),
        key("width", Length, "how thick it is"),
        key("length", Or(&[Length, Word(&["all"])]), ""),
        key("colour", INK, ""),
    ],
);

/// How a section may open.
const OPENINGS: &[&str] = Opening::WORDS;

pub(super) static FONTS: Table =
    table("fonts", &[key("text", Text, ""), key("headings", Text, ""), key("mono", Text, "")]);

pub(super) static COLOURS: Table = table(
    "colours",
    &[
        key("brand", Colour, "the others follow from it, as far as they are not named"),
        key("text", Colour, ""),
        key("ink", Colour, ""),
        key("accent", Colour, ""),
        key("ground", Colour, ""),
        key("grey", Colour, ""),
        key("rules", Colour, ""),
    ],
);

pub(super) static MARGINS: Table = table(
    "margins",
    &[key("spine", Length, ""), key("fore_edge", Length, ""), key("head", Length, ""), key("foot", Length, "")],
);

pub(super) static MICROTYPE: Table = table(
    "microtype",
    &[
        key("expansion", Text, "a share, 0% to 5%"),
        key("tracking", Text, "a share, 0% to 1%"),
        key("protrusion", Or(&[Flag, Named(&Named(&List(&Text)))]), "by face: {\".,\": [0%, 70%]}"),
    ],
);

/// An edition.
pub static EDITION: Table = Table {
    of: "an edition",
    also: Some(&THEME),
    keys: &[
        key("format", Word(&["pdf", "epub", "web"]), ""),
        key(
            "for",
            Or(&[Word(PURPOSES), List(&Word(PURPOSES))]),
            "who reads or prints it; several printers share one design, with a file for each",
        ),
        key("theme", Or(&[Word(THEMES), Map(&THEME)]), ""),
        key("notes", Word(NOTE_PLACES), ""),
        key("sections", List(&Text), "an extract: files or kinds; it keeps all its numbers"),
        key("head_band", Flag, "of an extract: a band at its head says what it is from, in place of the cover"),
        key("parts", Map(&PARTS), ""),
        key("stamp", Text, "words on cover and running heads"),
        key("line_numbers", Flag, ""),
        key("pages_of", Text, "the edition whose page numbers stand in an e-book, or at the fore-edge of a PDF"),
        key("impose", Word(IMPOSED), "pages folded or beside each other on sheets"),
        key("of", Text, "the edition whose pages are imposed, made smaller; without it they are set for the sheet"),
        key("sheet", Text, "letter, a4, tabloid, a3, 11x17in, or both (a file for Letter, one for A4)"),
        key("flip", Word(&["short", "long"]), "on which edge the printer turns the sheet"),
        key("stock", Or(&[Word(STOCKS), Map(&STOCK)]), "the paper, for creep and spine"),
        key("creep", Or(&[Flag, Length]), "how far pages move towards the fold from sheet to sheet"),
        key("signature", Text, "so many pages folded together, a multiple of four"),
        key("lines", Flag, "lines for notes beside the pages of 1-up and 3-up"),
        key("copies", Text, "so many numbered copies too, in one file; `recto copies` has names from a list"),
        key("spine_width", Length, "of a wrap, as the printer's template has it; else the stock says it"),
        key("spine_text", Or(&[Text, Word(&["false"])]), "on a wrap's spine; title and names if it is left out"),
        key(
            "art",
            Word(&["front", "whole"]),
            "how far a wrap's picture reaches: over the front, or over back and spine too",
        ),
        key("barcode", Word(&["own", "printer", "none"]), "on a wrap's back"),
        key("price", Text, "beside a wrap's barcode: USD 19.99, or none (90000)"),
        key("template", Flag, "a drawing of a wrap's folds and safe areas"),
        key("ticket", Flag, "a first sheet that says how the rest is printed"),
        key("standard", Word(STANDARDS), "of a file for a press; it has it anyway"),
        key("marks", Flag, "crop marks"),
        key("profile", File, "the colour profile of a press"),
        key("isbn", Text, ""),
        key("release", Flag, "whether `recto release` hands it on"),
        key("binding", Word(BINDINGS), "of its copies"),
        key("weight", Text, "of a copy: 310g, 11oz"),
        key("thickness", Length, "of a copy"),
    ],
};

pub(super) static STOCK: Table = table("a stock", &[key("caliper", Length, "how thick a leaf is")]);

/// A chart between its fences.
pub static CHART: Table = table(
    "a chart",
    &[
        key("type", Word(ChartKind::WORDS), "how it is drawn"),
        key(
            "data",
            Or(&[File, List(&List(&Text)), List(&Named(&Text)), Named(&Text)]),
            "rows, their heads first, or a .csv",
        ),
        key("x", Text, "the column of names; the first if it is left out"),
        key(
            "y",
            Or(&[TEXTS, Named(&Text)]),
            "the columns of numbers, all others if it is left out; or their names in the chart",
        ),
        key("series", Text, "a column that says to which series the number of its row belongs"),
        key("title", Text, "the caption: what the chart shows, as a sentence"),
        key("unit", Text, "what the numbers count, in a line above them"),
        key("alt", Text, "what it shows; made of series, unit and extremes if it is left out"),
        key("highlight", TEXTS, "the row or series that the chart is about"),
        key("events", Or(&[Named(&Text), List(&Map(&EVENT))]), "what happened, on lines and areas"),
        key(
            "range",
            Or(&[List(&Text), Named(&List(&Text))]),
            "the two columns between which a value lies, or by series",
        ),
        key("estimates", TEXTS, "rows that are estimates; one row of a line: from there on"),
        key("whole", Text, "what a full bar would be; the rest of it is shown in a tint"),
        key("from", Text, "where the axis begins; bars begin at zero"),
        key("to", Text, "where it ends"),
        key("upright", Flag, "bars stand on their names"),
        key("height", Length, "of the drawing without its names"),
        key("note", Text, "what must be known to read it"),
        key("source", Text, "where the numbers come from"),
        key("credit", Text, "who made the chart"),
    ],
);

pub(super) static EVENT: Table =
    table("an event", &[key("at", Text, "a row, or a year or day between two"), key("text", Text, "")]);

/// The front matter of a section.
pub static SECTION: Table = table(
    "the front matter",
    &[
        key("title", Text, "else its heading, else the usual name of its kind"),
        key("short_title", Text, "for running heads"),
        key("kind", Text, "else its file's name without the number: introduction, appendix, preface …"),
        key("level", Word(&["1", "2", "3"]), ""),
        key("matter", Word(&["front", "body", "back"]), ""),
        key("authors", PERSONS, "where they are not those of the book"),
        key("author", Same("authors"), ""),
        key("language", Text, ""),
        key("lang", Same("language"), ""),
        key("numbered", Flag, ""),
        key("draft", Flag, "true leaves it out"),
        key("edition", TEXTS, "the only editions that it is for"),
        key("editions", Same("edition"), ""),
        key("punctuation", Word(&["smart", "plain"]), "plain leaves quotes and dashes as typed"),
        key("indent", Word(&["paragraphs", "code"]), "what an indented block is, where its look does not say"),
    ],
);

/// The names of the built-in themes.
pub(super) const THEMES: &[&str] = &["policy-paper", "report", "book", "brief", "margin", "trade", "press"];
/// The places of notes.
/// The lists after the contents page.
pub(super) const LISTS: &[&str] = &["figures", "tables", "boxes"];

pub(super) const NOTE_PLACES: &[&str] = &["endnotes", "chapter", "footnotes", "margin"];
/// The layouts of covers.
pub(super) const LAYOUTS: &[&str] = crate::book::division::CoverLayout::WORDS;
/// Who reads or prints an edition.
pub(super) const PURPOSES: &[&str] = &["office", "screen", "large-print", "kdp", "ingram", "lulu", "offset"];
/// What files for a press can be.
pub(super) const STANDARDS: &[&str] = &["x-4"];
/// How pages are imposed.
pub(super) const IMPOSED: &[&str] = &["booklet", "1-up", "2-up", "3-up", "4-up", "6-up", "8-up", "wrap"];
/// Papers that have a name.
pub(super) const STOCKS: &[&str] =
    &["80gsm", "90gsm", "20lb", "50lb", "60lb", "70lb", "kdp-white", "kdp-cream", "kdp-premium-colour", "lulu"];
/// How a person's question is answered.
pub(super) const ANSWERS: &[&str] = &["yes", "no", "partly"];
/// What a tool's check came to.
pub(super) const RESULTS: &[&str] = &["passed", "failed"];
/// Why an e-book need not be accessible.
pub(super) const EXEMPTIONS: &[&str] =
    &["eaa-microenterprise", "eaa-disproportionate-burden", "eaa-fundamental-alteration"];

/// The tables that the manual shows: a name, the table, where it is written.
pub static TABLES: [(&str, &Table, &str); 5] = [
    ("metadata", &METADATA, "metadata.yaml, or the head of a paper in one file"),
    ("theme", &THEME, "theme.yaml, `theme:`, an edition, or the metadata itself"),
    ("section", &SECTION, "between lines of --- at the head of a section"),
    ("chart", &CHART, "a fence of the language `chart`"),
    ("edition", &EDITION, "under its name in `editions:`, beside the keys of a theme"),
];

/// The table of that name.
pub fn find(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|(known, _, _)| *known == name).map(|(_, table, _)| *table)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The files that read keys.
    const READERS: [&str; 15] = [
        include_str!("accessibility.rs"),
        include_str!("citing.rs"),
        include_str!("metadata.rs"),
        include_str!("people.rs"),
        include_str!("editions.rs"),
        include_str!("imposition.rs"),
        include_str!("theme_file.rs"),
        include_str!("theme_styles.rs"),
        include_str!("affiliations.rs"),
        include_str!("values.rs"),
        include_str!("distribution.rs"),
        include_str!("spine.rs"),
        include_str!("sections.rs"),
        include_str!("chart/mod.rs"),
        include_str!("index.rs"),
    ];

    fn all(table: &'static Table, found: &mut Vec<&'static Table>) {
        if found.iter().any(|known| std::ptr::eq(*known, table)) {
            return;
        }
        found.push(table);
        for key in table.all() {
            within(&key.takes, found);
        }
    }

    fn within(takes: &'static Takes, found: &mut Vec<&'static Table>) {
        match takes {
            Takes::Map(table) => all(table, found),
            Takes::List(inner) | Takes::Named(inner) => within(inner, found),
            Takes::Or(ways) => ways.iter().for_each(|way| within(way, found)),
            _ => {}
        }
    }

    #[test]
    fn every_key_is_read_stands_once_and_means_what_another_does_only_if_there_is_one() {
        let mut tables = Vec::new();
        TABLES.iter().for_each(|(_, table, _)| all(table, &mut tables));
        for table in tables {
            for (at, key) in table.keys.iter().enumerate() {
                assert!(table.keys[..at].iter().all(|other| other.name != key.name), "{} twice", key.name);
                let quoted = format!("\"{}\"", key.name);
                assert!(READERS.iter().any(|reader| reader.contains(&quoted)), "nobody reads {quoted}");
                if let Takes::Same(other) = key.takes {
                    assert!(table.find(other).is_some(), "{} is as {other}, which is no key", key.name);
                }
            }
        }
    }
}
