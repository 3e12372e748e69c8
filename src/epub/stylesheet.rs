//! The stylesheet, made from the theme.
//!
//! The reader owns size, face, line length, margins and colours: there is no size, colour or width on `body`, every
//! length is in `em` or `%`, and running text, rules and calls take the colour of the text around them. Titles, figures
//! to remember and the rules of boxes show the house's colour, by day one that can still be read on a dark page that
//! does not say that it is one, and another where it does. The theme gives the families of headings, their weights,
//! slants and sizes in proportion to the text, indents, alignment and small capitals.

use std::fmt::Write;

use super::accessibility::Facts;
use super::fonts::Embedded;
use crate::theme::screen::{NIGHT, by_day_and_night, by_night};
use crate::theme::{Alignment, Case, ChartColours, Edge, Family, Figures, Ink, Numbering, Role, Style, Theme};
use crate::units::Colour;

/// The stylesheet of a book.
pub(super) fn stylesheet(theme: &Theme, facts: &Facts, faces: &[Embedded]) -> String {
    let mut css = String::new();
    for face in faces {
        face.rule(&mut css);
    }
    css.push_str(GROUND);
    let sheet = Sheet { theme, faces: !faces.is_empty() };
    sheet.text(&mut css);
    sheet.headings(&mut css);
    sheet.pieces(&mut css);
    if facts.tables {
        css.push_str(TABLES);
        for (class, width) in RECORDS {
            css.push_str(&RECORD.replace("WIDTH", width).replace("table.wide", &format!("table.{class}")));
        }
        sheet.family(&mut css, "table", Role::TableCell);
    }
    css.push_str(PIECES);
    css.push_str(MARKS);
    sheet.openers(&mut css);
    sheet.colours(&mut css);
    if facts.charts {
        charts(theme, &mut css);
        sheet.family(&mut css, "svg.chart", Role::ChartLabel);
    }
    css
}

/// What the web edition has of it: the marks and colours of boxes, and what stands out by its face.
pub(super) fn pieces_of_the_web(theme: &Theme, css: &mut String) {
    let sheet = Sheet { theme, faces: false };
    css.push_str(MARKS);
    let mut dark = String::new();
    sheet.boxes(css, &mut dark);
    let _ = write!(css, "@media (prefers-color-scheme: dark) {{\n{dark}}}\n");
    if theme.style(Role::Opening).number == Numbering::Above {
        // A line of its own, as in print: "Chapter two" is no part of the title.
        let word = theme.style(Role::DivisionNumber).case != Case::AsWritten;
        let case = if word { " font-variant-caps: small-caps; letter-spacing: 0.1em;" } else { "" };
        let _ = writeln!(
            css,
            "main h1 .number {{ display: block; margin: 0 0 0.5rem; font: 400 1.25rem/1.75rem var(--subhead); color: var(--grey);{case} }}"
        );
    }
    for (selector, role) in [(".standfirst p", Role::Standfirst), (".key-figure .figure", Role::KeyFigure)] {
        let style = theme.style(role);
        let slant = if style.italic { "italic" } else { "normal" };
        let face = if style.family == Family::Headings { "sans" } else { "subhead" };
        let _ = writeln!(css, "{selector} {{ font-style: {slant}; font-family: var(--{face}); }}");
    }
}

/// The inks of charts: the theme's colours by day and by night. What must be seen in readers that turn the page dark
/// without saying so has the colour of the text, or an edge of it.
pub(super) fn charts(theme: &Theme, css: &mut String) {
    css.push_str(CHARTS);
    inks(&theme.palette.charts(Colour::WHITE), css, "");
    css.push_str("@media (prefers-color-scheme: dark) {\n");
    inks(&theme.palette.charts(NIGHT), css, "  ");
    css.push_str("}\n");
}

fn inks(colours: &ChartColours, css: &mut String, indent: &str) {
    for (at, ground) in colours.series.iter().enumerate().take(5) {
        let _ = writeln!(
            css,
            "{indent}svg.chart .s{at} {{ fill: {ground}; }} svg.chart .o{at} {{ fill: {}; }}",
            colours.on(at)
        );
    }
    for at in [1, 2, 4] {
        let (line, words) = (colours.lines[at], colours.beside(at));
        let _ = writeln!(
            css,
            "{indent}svg.chart .l{at} {{ stroke: {line}; }} svg.chart .d{at} {{ fill: {line}; }} svg.chart .t{at} {{ fill: {words}; }}"
        );
    }
}

struct Sheet<'a> {
    theme: &'a Theme,
    faces: bool,
}

impl Sheet<'_> {
    fn style(&self, role: Role) -> &Style {
        self.theme.style(role)
    }

    /// A size in proportion to the text, within bounds that a phone bears.
    fn size(&self, role: Role, least: f64, most: f64) -> f64 {
        let body = self.style(Role::Body).size.to_pt();
        let share = if body > 0.0 { self.style(role).size.to_pt() / body } else { 1.0 };
        (share.clamp(least, most) * 100.0).round() / 100.0
    }

    /// The families of a style, the generic one last; nothing for the text unless the book carries its faces.
    fn families(&self, family: Family) -> Option<String> {
        let name = self.theme.families.name(family).replace(['"', '\\', ';', '{', '}'], "");
        match family {
            Family::Text if !self.faces => None,
            Family::Text => Some(format!("\"{name}\", serif")),
            Family::Headings if name == self.theme.families.text => self.families(Family::Text),
            Family::Headings => Some(format!("\"{name}\", sans-serif")),
            Family::Mono => Some(format!("\"{name}\", monospace")),
        }
    }

    fn family(&self, css: &mut String, selector: &str, role: Role) {
        if let Some(families) = self.families(self.style(role).family) {
            let _ = writeln!(css, "{selector} {{ font-family: {families}; }}");
        }
    }

    /// Weight, slant, case and alignment of a style.
    fn looks(&self, role: Role) -> String {
        let style = self.style(role);
        let mut looks =
            format!("font-weight: {}; font-style: {};", style.weight, if style.italic { "italic" } else { "normal" });
        match style.case {
            Case::AsWritten => {}
            Case::SmallCapitals => looks.push_str(" font-variant-caps: small-caps;"),
            Case::Capitals => looks.push_str(" text-transform: uppercase;"),
        }
        if style.tracking != 0 {
            let _ = write!(looks, " letter-spacing: {}em;", f64::from(style.tracking) / 1000.0);
        }
        looks.push_str(match style.align {
            Alignment::Centred => " text-align: center;",
            Alignment::FlushEnd => " text-align: end;",
            Alignment::Flush => " text-align: start;",
            Alignment::Justified => "",
        });
        if let Some(families) = self.families(style.family) {
            let _ = write!(looks, " font-family: {families};");
        }
        looks
    }

    fn text(&self, css: &mut String) {
        let body = self.style(Role::Body);
        let indent = (body.first.to_pt() / body.size.to_pt().max(1.0) * 100.0).round() / 100.0;
        let _ = writeln!(css, "p.indent {{ text-indent: {indent}em; }}");
        if indent > 0.0 {
            // There the first paragraph of a section is indented like all others.
            for (tag, letters) in [("zh", 2), ("ja", 1), ("ko", 1)] {
                let first = "section:not(.copyright-page) > p:not([class])";
                let _ = writeln!(
                    css,
                    "{first}:lang({tag}), section > p.indent:lang({tag}) {{ text-indent: {letters}em; }}"
                );
            }
        }
        if body.hyphenate {
            css.push_str("p, li, dd { -webkit-hyphens: auto; hyphens: auto; }\n");
        }
        if body.figures == Figures::OldStyle {
            css.push_str("body { font-variant-numeric: oldstyle-nums; }\ntable, .number, .call { font-variant-numeric: lining-nums; }\n");
        }
        self.family(css, "body", Role::Body);
        self.family(css, "code, kbd, pre", Role::Code);
    }

    fn headings(&self, css: &mut String) {
        let rows = [
            ("h1", Role::Opening, 1.6, 1.9),
            ("section.part h1", Role::PartTitle, 1.7, 1.9),
            ("h2", Role::Heading2, 1.05, 1.2),
            ("h3", Role::Heading3, 1.0, 1.1),
            ("h4, h5, h6", Role::Heading4, 0.9, 1.0),
            ("section.notes h2", Role::NoteHeading, 0.9, 1.0),
            ("h2.index-letter", Role::IndexLetter, 0.9, 1.0),
            ("h1.book-title, .cover .book-title", Role::BookTitle, 1.8, 2.2),
            (".book-subtitle", Role::BookSubtitle, 1.1, 1.35),
            (".byline", Role::Byline, 1.0, 1.1),
            (".imprint, .date", Role::Imprint, 0.85, 0.95),
            ("figcaption, caption, .listing-title", Role::Caption, 0.9, 0.95),
            (".source", Role::Source, 0.8, 0.85),
            (".box-title", Role::BoxTitle, 0.95, 1.05),
            (".standfirst p", Role::Standfirst, 1.05, 1.2),
            (".key-figure .figure", Role::KeyFigure, 2.0, 2.6),
            (".key-figure p:not(.figure)", Role::KeyFigureLabel, 0.85, 0.95),
            (".contact", Role::BiographyAddress, 0.85, 0.95),
        ];
        for (selector, role, least, most) in rows {
            let _ =
                writeln!(css, "{selector} {{ font-size: {}em; {} }}", self.size(role, least, most), self.looks(role));
        }
    }

    /// The head of a section: its number, its rule, the first letter of its text.
    fn openers(&self, css: &mut String) {
        let opening = *self.style(Role::Opening);
        let title = self.size(Role::Opening, 1.6, 1.9);
        match opening.number {
            // A number above a title has a look of its own: one with a word is a line of small letters.
            Numbering::Above => {
                let word = self.style(Role::DivisionNumber).case != Case::AsWritten;
                let size = (if word { 0.74 } else { 1.0 } / title * 100.0f64).round() / 100.0;
                let looks = self.looks(Role::DivisionNumber);
                let align = if opening.align == Alignment::Centred { " text-align: center;" } else { "" };
                let _ = writeln!(
                    css,
                    "h1 .number {{ display: block; margin: 0 0 0.7em; font-size: {size}em; {looks}{align} }}"
                );
            }
            // One that hangs in print has a column of its own.
            Numbering::Hung => css.push_str(HUNG),
            Numbering::Before | Numbering::Unnumbered => {}
        }
        if self.theme.opener.ground.is_some() {
            // Readers drop grounds: the band is a rule.
            css.push_str("section.chapter h1, section.introduction h1, section.conclusion h1, section.recommendations h1 { border-block-start: 4px solid currentColor; padding-block-start: 0.7em; }\n");
        }
        if self.theme.opener.small_capitals {
            // The print's first words are a line's here: nobody knows how many of them it has.
            let _ = writeln!(css, "p.initial::first-line {{ font-variant-caps: small-caps; letter-spacing: 0.03em; }}");
        }
        let lines = self.theme.opener.drop_cap;
        if lines > 1 {
            let first = "p.initial::first-letter";
            let _ = writeln!(
                css,
                "{first} {{ -webkit-initial-letter: {lines}; initial-letter: {lines}; margin-inline-end: 0.08em; }}"
            );
            // A quotation mark before it stays small and hangs in the margin: what floats is no part of the letter.
            css.push_str(".opening-mark { float: left; width: 0.5em; margin-left: -0.5em; text-align: right; }\n");
            // Where a reader knows no such letters, one that floats.
            let high = f64::from(lines) * 1.08;
            let _ = writeln!(
                css,
                "@supports not ((initial-letter: {lines}) or (-webkit-initial-letter: {lines})) {{ {first} {{ float: left; font-size: {high}em; line-height: 0.9; padding-inline-end: 0.06em; }} }}"
            );
        }
    }

    /// What shows the colours of the house, by day and by night; black is the reader's own.
    fn colours(&self, css: &mut String) {
        let titles = [
            ("h1", Role::Opening),
            ("h1 .number", Role::DivisionNumber),
            ("h2", Role::Heading2),
            ("h3", Role::Heading3),
            ("h4, h5, h6", Role::Heading4),
            ("h1.book-title, .cover .book-title", Role::BookTitle),
            (".book-subtitle", Role::BookSubtitle),
            ("figcaption, caption, .listing-title", Role::Caption),
            (".standfirst p", Role::Standfirst),
            (".key-figure .figure", Role::KeyFigure),
            (".key-points > ol > li::marker", Role::BoxMarker),
            (".box-title", Role::BoxTitle),
        ];
        let mut dark = String::new();
        let hung = self.style(Role::Opening).number == Numbering::Hung;
        let numbers = hung.then_some(("section > h1 .number, h2 .number", Ink::Accent));
        let titles = titles.iter().map(|(selector, role)| (*selector, self.style(*role).ink)).chain(numbers);
        for (selector, ink) in titles {
            if let Some(colour) = self.house(ink) {
                let _ = writeln!(css, "{selector} {{ color: {}; }}", by_day_and_night(colour));
            }
            self.night(&mut dark, selector, "color", ink);
        }
        self.boxes(css, &mut dark);
        let _ = write!(css, "@media (prefers-color-scheme: dark) {{\n{dark}}}\n");
    }

    fn night(&self, rules: &mut String, selector: &str, property: &str, ink: Ink) {
        let Some(colour) = self.house(ink) else { return };
        let _ = writeln!(rules, "  {selector} {{ {property}: {}; }}", by_night(colour));
    }

    /// The rules of boxes, the titles of each kind, the rule of figures to remember.
    fn boxes(&self, css: &mut String, dark: &mut String) {
        let boxes = [
            ("note", Role::BoxNote),
            ("tip", Role::BoxTip),
            ("important", Role::BoxImportant),
            ("warning", Role::BoxWarning),
            ("caution", Role::BoxCaution),
            ("recommendation", Role::BoxRecommendation),
        ];
        let plain = self.style(Role::BoxText).frame;
        let side = if plain.rule == Edge::Top { "border-block-start" } else { "border-inline-start" };
        let edges = std::iter::once((".box".to_owned(), plain.ink))
            .chain(boxes.iter().map(|(class, role)| (format!(".box.{class}"), self.style(*role).frame.ink)));
        for (selector, ink) in edges {
            let colour = self.house(ink).map_or("currentColor".to_owned(), |ink| by_day_and_night(ink).to_string());
            let _ = writeln!(css, "{selector} {{ {side}: 0.2em solid {colour}; }}");
            self.night(dark, &selector, "border-color", ink);
        }
        for (class, role) in boxes {
            let ink = self.style(role).frame.ink;
            let selector = format!(".{class} > .box-title");
            let colour = self.house(ink).map_or("inherit".to_owned(), |ink| by_day_and_night(ink).to_string());
            let _ = writeln!(css, "{selector} {{ color: {colour}; }}");
            self.night(dark, &selector, "color", ink);
        }
        for (class, ink) in [("word", Ink::Deep), ("remark", Ink::Grey), ("said", Ink::Accent)] {
            if self.theme.code_colours {
                let colour = self.house(ink).map_or("inherit".to_owned(), |ink| by_day_and_night(ink).to_string());
                let selector = format!("pre .{class}");
                let _ = writeln!(css, "{selector} {{ color: {colour}; }}");
                self.night(dark, &selector, "color", ink);
            }
        }
        let key = self.style(Role::KeyFigure).frame.ink;
        let colour = self.house(key).map_or("currentColor".to_owned(), |ink| by_day_and_night(ink).to_string());
        let _ = writeln!(css, ".key-figure {{ border-block-start: 0.13em solid {colour}; }}");
        self.night(dark, ".key-figure", "border-color", key);
    }

    /// A colour of the house; `None` for what is the reader's: text, and what is nearly black or stands back.
    fn house(&self, ink: Ink) -> Option<Colour> {
        let colour = self.theme.palette.ink(ink);
        let shown = matches!(ink, Ink::Deep | Ink::Accent | Ink::Grey | Ink::Own(_));
        (shown && colour != Colour::BLACK).then_some(colour)
    }

    fn pieces(&self, css: &mut String) {
        let _ = writeln!(css, ".key-points > ol > li::marker {{ font-weight: 700; }}");
        let _ = writeln!(
            css,
            "blockquote.epigraph, section.dedication p, section.epigraph > blockquote {{ {} }}",
            self.looks(Role::Epigraph)
        );
        let _ = writeln!(css, "blockquote.verse p {{ {} }}", self.looks(Role::Verse));
        let _ = writeln!(css, "dt {{ {} }}", self.looks(Role::Term));
    }
}

/// What every book has: room for the reader's own settings.
const GROUND: &str = r#":root { color-scheme: light dark; }
body { margin: 0 4%; widows: 2; orphans: 2; overflow-wrap: break-word; }
section, nav, figure, figcaption, details, summary { display: block; }
summary { display: list-item; }
nav.machine { display: none; }
p { margin: 0; text-wrap: pretty; }
h1, h2, h3, h4, h5, h6, figcaption, caption, .listing-title, .standfirst p, .book-subtitle, .box-title, .key-figure p { text-wrap: balance; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; -webkit-hyphens: none; hyphens: none; break-after: avoid; page-break-after: avoid; break-inside: avoid; }
h1 { margin: 1.6em 0 1.1em; }
h2 { margin: 1.5em 0 0.3em; }
h3, h4, h5, h6 { margin: 1.2em 0 0.2em; }
a { color: inherit; }
a.citation { text-decoration: none; }
nav a, h2 a, a.noteref, a.back { text-decoration: none; }
ul.index, ul.index ul { list-style: none; margin: 0; padding: 0; }
ul.index ul { padding-inline-start: 1.2em; }
ul.index li { padding-inline-start: 1.2em; text-indent: -1.2em; -webkit-hyphens: none; hyphens: none; }
h2.index-letter { margin: 1em 0 0.2em; }
sup.call { font-size: 0.72em; line-height: 0; vertical-align: super; vertical-align: 0.45em; font-weight: normal; font-style: normal; font-variant-numeric: lining-nums; padding-inline-start: 0.06em; }
a.address { overflow-wrap: break-word; word-break: break-word; -webkit-hyphens: none; hyphens: none; }
img { max-width: 100%; }
span:lang(zh), span:lang(ja), span:lang(ko), span:lang(ar), span:lang(fa), span:lang(he), span:lang(hi), span:lang(th) { font-style: normal; }
body:lang(zh), body:lang(ja), section:lang(zh), section:lang(ja) { text-autospace: normal; text-spacing-trim: normal; }
em:lang(zh), em:lang(ja), em:lang(ko) { font-style: normal; -webkit-text-emphasis: dot; text-emphasis: dot; }
"#;

/// A wide table turns into records by the width of its own box: readers that page by columns give the document a
/// viewport of many pages, so that a question about the screen is never answered yes. Where a reader knows no
/// container queries the box scrolls, so that no cell is printed over the next page.
const TABLES: &str = r#".table { margin: 1.3em 0; overflow-x: auto; container-type: inline-size; break-inside: avoid; page-break-inside: avoid; }
table { border-collapse: collapse; width: 100%; font-size: 0.86em; line-height: 1.35; border-top: 0.12em solid currentColor; border-bottom: 0.12em solid currentColor; font-variant-numeric: lining-nums tabular-nums; }
table.narrow { width: auto; min-width: 16em; }
caption { text-align: start; margin-bottom: 0.4em; caption-side: top; }
th, td { padding: 0.35em 0.9em 0.35em 0; text-align: start; vertical-align: top; overflow-wrap: normal; -webkit-hyphens: none; hyphens: none; }
@supports (display: grid) { th, td { overflow-wrap: break-word; } }
th:last-child, td:last-child { padding-inline-end: 0; }
thead th, thead td { border-bottom: 0.06em solid currentColor; vertical-align: bottom; font-weight: 600; }
tbody tr + tr > * { border-top: 0.04em solid rgba(128, 128, 128, 0.5); }
tbody th { font-weight: 600; }
.right { text-align: right; }
.right.first { width: 0.1em; white-space: nowrap; }
.centre { text-align: center; }
"#;

/// How a table is a record a row, below the width at which it has no room.
const RECORDS: [(&str, &str); 2] = [("wide", "34em"), ("snug", "20em")];

/// The same for one kind of tables, which `wide` stands for.
const RECORD: &str = r#"@container (max-width: WIDTH) {
  table.wide, table.wide caption, table.wide tbody, table.wide tr, table.wide th, table.wide td { display: block; }
  table.wide thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table.wide { border-top: 0; }
  table.wide tbody { border-top: 0.12em solid currentColor; }
  table.wide tr { padding: 0.5em 0; }
  table.wide tbody tr + tr { border-top: 0.06em solid currentColor; }
  table.wide tbody tr + tr > * { border-top: 0; }
  table.wide th, table.wide td { padding: 0.1em 0; text-align: start; }
  table.wide td:empty { display: none; }
  table.wide td[data-head]::before { content: attr(data-head) ": "; font-weight: 600; }
  table.wide td[data-head]:lang(fr)::before { content: attr(data-head) "\00a0: "; }
}
"#;

const PIECES: &str = r#"h1 .number { font-variant-numeric: lining-nums; }
h1 .number, h2 .number, h3 .number { margin-inline-end: 0.35em; }
section.key-takeaways h1 { margin-bottom: 0.8em; }
body.cover-page { margin: 0; padding: 0; }
section.cover { text-align: center; margin: 0; padding: 0; }
section.cover img { max-width: 100%; max-height: 100vh; }
section.title-page, section.half-title { margin-top: 12%; text-align: start; }
section.dedication, section.epigraph { margin-top: 12%; }
section.epigraph > blockquote { margin-inline-start: 20%; }
section.epigraph .attribution { font-style: normal; text-wrap: balance; }
section.dedication p, section.dedication p.indent { text-align: center; text-indent: 0; margin-bottom: 0.6em; }
.series { font-size: 0.85em; letter-spacing: 0.08em; text-transform: uppercase; margin-bottom: 2.5em; }
h1.book-title { margin: 0 0 0.4em; }
.book-subtitle { margin: 0 0 1.6em; line-height: 1.3; -webkit-hyphens: none; hyphens: none; }
.byline { margin-top: 1.6em; }
.byline .name { display: inline-block; }
.imprint { margin-top: 2.5em; }
.date + .imprint { margin-top: 2.5em; }
.stamp { font-weight: 700; letter-spacing: 0.08em; }
p.colophon { font-size: 0.88em; margin: 0 0 0.5em; text-align: start; }
.group { margin: 0 0 1.3em; }
ul, ol { margin: 0.7em 0; padding-inline-start: 1.6em; }
li > ul, li > ol { margin: 0.2em 0; }
ul.loose > li, ol.loose > li { margin-bottom: 0.5em; }
li > p.indent, dd > p.indent { text-indent: 0; margin-top: 0.5em; }
tr.total > td, tr.total > th { font-weight: 600; border-top: 1px solid; }
.listing-title, .listing-file { margin: 0.6em 0 0.2em; text-indent: 0; }
ul.tasks { list-style: none; padding-inline-start: 0.4em; }
dl { margin: 0.8em 0; }
dt { margin-top: 0.5em; }
dd { margin: 0 0 0 1.6em; }
blockquote { margin: 0.9em 1.6em; }
blockquote.epigraph { margin: 0.9em 0 1.6em 25%; }
blockquote.verse p { margin-bottom: 0.8em; text-align: start; -webkit-hyphens: none; hyphens: none; }
.line { display: inline-block; padding-inline-start: 1.5em; text-indent: -1.5em; }
.in-1 { margin-inline-start: 1em; } .in-2 { margin-inline-start: 2em; } .in-3 { margin-inline-start: 3em; }
.in-4 { margin-inline-start: 4em; } .in-5 { margin-inline-start: 5em; } .in-6 { margin-inline-start: 6em; }
.attribution { text-align: end; margin-top: 0.3em; }
pre { white-space: pre-wrap; overflow-wrap: break-word; word-break: break-word; font-size: 0.84em; line-height: 1.4; margin: 0.9em 0; -webkit-hyphens: none; hyphens: none; tab-size: 4; text-align: start; }
pre .word { font-weight: 700; }
pre .remark { font-style: italic; }
code, kbd { -webkit-hyphens: none; hyphens: none; }
p code, li code, td code { font-size: 0.9em; overflow-wrap: break-word; word-break: break-word; }
kbd { border: 0.06em solid currentColor; border-radius: 0.2em; padding: 0 0.25em; font-size: 0.85em; }
.small-caps { font-variant-caps: small-caps; }
.upright { font-style: normal; font-weight: bold; }
.keep { white-space: nowrap; }
abbr { text-decoration: none; }
sub, sup { line-height: 0; font-size: 0.75em; }
figure { margin: 1.3em 0; break-inside: avoid; page-break-inside: avoid; }
figure img { display: block; height: auto; }
.panels { display: flex; flex-wrap: wrap; gap: 0.8em; }
.panels > * { flex: 1 1 8em; margin: 0; }
.panels > figure { display: flex; flex-direction: column; align-items: flex-start; }
.panels > figure > figcaption { order: 1; margin: 0.5em 0 0; }
.panels > figure > .source { order: 2; } .panels > figure > details { order: 3; }
.of-1 > * { flex-basis: 100%; } .of-2 > * { flex-basis: 40%; } .of-3 > * { flex-basis: 28%; } .of-4 > * { flex-basis: 20%; }
img.paper { background-color: #fff; }
figure img.paper { margin: 0.8em 0; box-shadow: 0 0 0 0.4em #fff; }
figcaption { margin-bottom: 0.5em; -webkit-hyphens: none; hyphens: none; break-after: avoid; page-break-after: avoid; }
.source { margin-top: 0.45em; opacity: 0.82; text-indent: 0; line-height: 1.35; -webkit-hyphens: none; hyphens: none; }
details { font-size: 0.9em; margin-top: 0.5em; }
img.inline { height: 1em; vertical-align: -0.12em; }
p.pictures { margin: 1.3em 0; text-indent: 0; text-align: start; }
img.natural { max-width: 100%; height: auto; }
img.logo { max-width: 8em; margin: 2em 0 0; }
.w-10 { width: 10%; } .w-15 { width: 15%; } .w-20 { width: 20%; } .w-25 { width: 25%; } .w-30 { width: 30%; }
.w-35 { width: 35%; } .w-40 { width: 40%; } .w-45 { width: 45%; } .w-50 { width: 50%; } .w-55 { width: 55%; }
.w-60 { width: 60%; } .w-65 { width: 65%; } .w-70 { width: 70%; } .w-75 { width: 75%; } .w-80 { width: 80%; }
.w-85 { width: 85%; } .w-90 { width: 90%; } .w-95 { width: 95%; } .w-100 { width: 100%; }
.box { margin: 1.2em 0; padding: 0.8em; background-color: rgba(128, 128, 128, 0.12); }
.box > :last-child { margin-bottom: 0; }
.standfirst { margin: 0 0 1.2em; }
.standfirst p { text-indent: 0; line-height: 1.35; -webkit-hyphens: none; hyphens: none; }
.key-figure { margin: 1.4em 0; padding-top: 0.3em; break-inside: avoid; page-break-inside: avoid; }
.key-figures { display: flex; flex-wrap: wrap; column-gap: 1.5em; margin: 1.4em 0; }
.key-figures > .key-figure { flex: 1 1 8em; margin: 0 0 1em; }
.key-figure p { text-indent: 0; -webkit-hyphens: none; hyphens: none; }
.key-figure .figure { line-height: 1.15; font-variant-numeric: lining-nums; }
.box p { text-align: start; text-indent: 0; }
.box p + p { margin-top: 0.5em; }
.box .box-title { margin-bottom: 0.4em; -webkit-hyphens: none; hyphens: none; }
.box .box-title + p { margin-top: 0; }
.key-points > ol, .key-points > ul { margin: 0; padding-inline-start: 1.5em; }
.key-points > ol > li, .key-points > ul > li { margin-bottom: 0.6em; }
.key-points > ol > li:last-child, .key-points > ul > li:last-child { margin-bottom: 0; }
hr.ornament { color: inherit; border: 0; margin: 1.4em 0; text-align: center; height: auto; overflow: visible; }
hr.ornament::before { content: "\2022\2003\2022\2003\2022"; }
.biography { margin: 0 0 1.6em; overflow: auto; }
.biography::after { content: ""; display: block; clear: both; }
img.portrait { width: 32%; max-width: 9em; float: inline-start; float: left; margin: 0.25em 1.1em 0.5em 0; }
img.square { aspect-ratio: 1; object-fit: cover; object-position: 50% 25%; }
.contact { margin-top: 0.4em; text-align: start; }
ul.works { list-style: none; padding: 0; margin: 0 0 1.2em; font-size: 0.95em; }
ul.works > li { margin: 0 0 0.5em; text-align: start; overflow-wrap: break-word; word-break: break-word; -webkit-hyphens: none; hyphens: none; }
ul.works.hanging > li { padding-inline-start: 1.8em; text-indent: -1.8em; }
ul.works.labelled > li { padding-inline-start: 2.4em; text-indent: -2.4em; }
ul.works.labelled > li > span.label { display: inline-block; min-width: 2em; text-indent: 0; }
ol.arabic-indic { list-style-type: arabic-indic; } ol.persian { list-style-type: persian; } ol.bengali { list-style-type: bengali; }
ol.devanagari { list-style-type: devanagari; } ol.myanmar { list-style-type: myanmar; }
ol.notes { font-size: 0.9em; padding-inline-start: 2.4em; margin: 0 0 1.2em; }
ol.notes > li { margin-bottom: 0.35em; text-align: start; }
ol.notes p { text-align: start; -webkit-hyphens: none; hyphens: none; }
section.notes h2 { margin: 1.2em 0 0.3em; }
a.back { padding: 0 0.2em; white-space: nowrap; }
a.back sup { font-size: 0.72em; line-height: 0; }
nav ol { list-style: none; padding-inline-start: 0; }
nav ol ol { padding-inline-start: 1.2em; margin: 0.15em 0 0.4em; font-size: 0.92em; }
nav li { margin: 0.35em 0; -webkit-hyphens: none; hyphens: none; text-align: start; }
"#;

/// The mark of each kind of box.
const MARKS: &str = r#".note > .box-title::before, .tip > .box-title::before, .important > .box-title::before, .warning > .box-title::before, .caution > .box-title::before, .recommendation > .box-title::before { content: ""; display: inline-block; width: 0.66em; height: 0.66em; margin-inline-end: 0.45em; background-color: currentColor; }
.tip > .box-title::before { -webkit-clip-path: polygon(36% 0, 64% 0, 64% 36%, 100% 36%, 100% 64%, 64% 64%, 64% 100%, 36% 100%, 36% 64%, 0 64%, 0 36%, 36% 36%); clip-path: polygon(36% 0, 64% 0, 64% 36%, 100% 36%, 100% 64%, 64% 64%, 64% 100%, 36% 100%, 36% 64%, 0 64%, 0 36%, 36% 36%); }
.important > .box-title::before { -webkit-clip-path: polygon(50% 0, 100% 50%, 50% 100%, 0 50%); clip-path: polygon(50% 0, 100% 50%, 50% 100%, 0 50%); }
.warning > .box-title::before { -webkit-clip-path: polygon(50% 0, 100% 100%, 0 100%); clip-path: polygon(50% 0, 100% 100%, 0 100%); }
.caution > .box-title::before { -webkit-clip-path: polygon(30% 0, 70% 0, 100% 30%, 100% 70%, 70% 100%, 30% 100%, 0 70%, 0 30%); clip-path: polygon(30% 0, 70% 0, 100% 30%, 100% 70%, 70% 100%, 30% 100%, 0 70%, 0 30%); }
.recommendation > .box-title::before { -webkit-clip-path: polygon(0 34%, 48% 34%, 48% 4%, 100% 50%, 48% 96%, 48% 66%, 0 66%); clip-path: polygon(0 34%, 48% 34%, 48% 4%, 100% 50%, 48% 96%, 48% 66%, 0 66%); }
"#;

/// Numbers of titles in a column of their own, over a rule.
const HUNG: &str = r#"section > h1 { border-block-end: 1px solid currentColor; padding-block-end: 0.35em; }
section > h1 .number { display: inline-block; min-width: 1.3em; margin-inline-end: 0.2em; font-weight: 400; }
h2 .number { display: inline-block; min-width: 2em; margin-inline-end: 0.2em; font-weight: 400; }
"#;

/// What charts have in every theme: what is not a colour of its own is that of the text.
const CHARTS: &str = r#"svg.chart { display: block; width: 100%; max-width: 31em; height: auto; overflow: visible; font-variant-numeric: lining-nums tabular-nums; }
svg.chart text { fill: currentColor; }
svg.chart .value { font-weight: 600; }
svg.chart .quiet { fill-opacity: 0.74; }
svg.chart polyline { fill: none; stroke: currentColor; stroke-linejoin: round; }
svg.chart circle { fill: currentColor; }
svg.chart .s0 { stroke: currentColor; stroke-width: 0.4; stroke-opacity: 0.7; }
svg.chart .s5 { fill: none; }
svg.chart .faint { fill-opacity: 0.3; }
svg.chart .tint { fill: currentColor; fill-opacity: 0.13; }
svg.chart .dq { fill: currentColor; fill-opacity: 0.5; }
svg.chart .lq { stroke-opacity: 0.5; }
svg.chart .l3 { stroke-opacity: 0.66; }
svg.chart .d3 { fill-opacity: 0.66; }
svg.chart .ltint { stroke-opacity: 0.25; }
svg.chart .edge { stroke-opacity: 0.6; }
svg.chart .grid { stroke-opacity: 0.24; }
svg.chart .zero { stroke-opacity: 0.7; }
svg.chart .paper { fill: #fff; fill: Canvas; }
svg.chart .lpaper { stroke: #fff; stroke: Canvas; }
details.data { margin-top: 0.6em; }
details.data .table { margin: 0.4em 0 0; max-width: 31em; }
"#;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::screen::contrast;
    use crate::theme::{Base, ThemeSpec};

    #[test]
    fn the_reader_owns_size_colour_and_width_of_the_text() {
        let theme = Theme::settle(&[]);
        let css = stylesheet(&theme, &Facts { tables: true, ..Facts::default() }, &[]);
        let body: Vec<&str> = css.lines().filter(|line| line.starts_with("body {")).collect();
        assert_eq!(body, ["body { margin: 0 4%; widows: 2; orphans: 2; overflow-wrap: break-word; }"]);
        let mut in_pixels = css.lines().filter(|line| line.contains("px;"));
        assert!(in_pixels.all(|line| line.contains("thead")), "only the hidden head is in pixels");
        assert!(css.contains(".box { border-inline-start: 0.2em solid #B8452F"), "{css}");
        assert!(css.contains("h2 { font-size: 1.18em; font-weight: 600;"), "{css}");
    }

    /// EPUB 3.3, 6.3.1: reading systems need not know them, and EPUBCheck refuses a book that has them.
    #[test]
    fn the_direction_of_words_is_said_in_the_markup_and_never_here() {
        for base in Base::ALL {
            let theme = Theme::settle(&[&ThemeSpec { extends: Some(base.name().to_owned()), ..ThemeSpec::default() }]);
            let css = stylesheet(&theme, &Facts { tables: true, ..Facts::default() }, &[]);
            let of_direction = |line: &&str| line.contains("unicode-bidi") || line.contains(" direction:");
            assert_eq!(css.lines().find(of_direction), None);
        }
    }

    /// The classes that a sheet speaks of.
    fn classes(css: &str) -> std::collections::BTreeSet<&str> {
        let begins = |rest: &&str| rest.starts_with(|letter: char| letter.is_ascii_lowercase());
        let named = |rest: &'_ str| -> usize {
            rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-').unwrap_or(rest.len())
        };
        css.split('.').skip(1).filter(begins).map(|rest| &rest[..named(rest)]).collect()
    }

    #[test]
    fn what_the_e_book_has_a_look_for_has_one_online() {
        // There covers and title pages are no pages, wide tables scroll, and what lists its sections is a menu.
        const ELSEWHERE: [&str; 16] = [
            "cover",
            "cover-page",
            "title-page",
            "half-title",
            "book-title",
            "book-subtitle",
            "byline",
            "imprint",
            "date",
            "series",
            "machine",
            "wide",
            "snug",
            "notes",
            "key-takeaways",
            "part",
        ];
        let theme = Theme::settle(&[]);
        let book = stylesheet(&theme, &Facts { tables: true, charts: true, ..Facts::default() }, &[]);
        let mut online = include_str!("web/read.css").to_owned();
        pieces_of_the_web(&theme, &mut online);
        charts(&theme, &mut online);
        let (book, online) = (classes(&book), classes(&online));
        let missing: Vec<_> = book.difference(&online).filter(|class| !ELSEWHERE.contains(class)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn letters_in_a_colour_can_be_read_by_day_and_by_night_said_or_not() {
        for base in Base::ALL {
            let spec = ThemeSpec { extends: Some(base.name().to_owned()), ..ThemeSpec::default() };
            let css = stylesheet(&Theme::settle(&[&spec]), &Facts { tables: true, ..Facts::default() }, &[]);
            let mut night = false;
            for line in css.lines() {
                night = line.starts_with("@media (prefers-color-scheme: dark)") || (night && !line.starts_with('}'));
                let Some((_, value)) = line.split_once(" color: ") else { continue };
                let value = value.split(';').next().unwrap_or_default();
                if matches!(value, "inherit" | "light dark") {
                    continue;
                }
                let colour = Colour::parse(value).expect("it is a colour");
                let (day, dark) = (contrast(colour, Colour::WHITE), contrast(colour, NIGHT));
                assert!(if night { dark >= 4.5 } else { day >= 4.5 && dark >= 3.0 }, "{line}: {day} {dark}");
            }
        }
    }
}
