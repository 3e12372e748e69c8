//! A settled theme written out: a `theme.yaml` that says everything, with a comment a key.
//!
//! Read back it settles into the same theme, to the scaled point: lengths are written with as many decimals as tell
//! one scaled point from the next.

use std::fmt::Write;

use super::furniture::{Field, Line, Slot};
use super::style::{Edge, Frame, Ink, Role, Style};
use super::{Opening, Theme};
use crate::book::{DivisionKind, NotePlace};
use crate::language::wording::Wording;
use crate::units::Length;

/// The theme as YAML.
pub(super) fn show(theme: &Theme) -> String {
    let mut out = Sheet { out: String::new() };
    out.line("# A theme says what differs from the one that it extends; here everything is said.");
    out.key("", "extends", theme.base.name(), "the theme below");
    out.fonts(theme);
    out.colours(theme);
    out.page(theme);
    out.text(theme);
    out.opener(theme);
    out.furniture(theme);
    out.line("styles: # how the text of each role looks");
    for role in Role::ALL {
        out.style(*role, theme.style(*role));
    }
    out.out
}

/// A length to the scaled point, in the fewest digits that mean it: `15.5pt`.
fn exact(length: Length) -> String {
    let digits = |count: usize| format!("{:.count$}pt", length.to_pt());
    (0..5).map(digits).find(|text| Length::parse(text) == Some(length)).unwrap_or_else(|| digits(5))
}

struct Sheet {
    out: String,
}

impl Sheet {
    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn key(&mut self, indent: &str, key: &str, value: &str, about: &str) {
        let _ = writeln!(self.out, "{indent}{key}: {value} # {about}");
    }

    fn fonts(&mut self, theme: &Theme) {
        self.line("fonts: # families by name");
        let families = [
            ("text", &theme.families.text, "running text"),
            ("headings", &theme.families.headings, "headings, tables, running heads"),
            ("mono", &theme.families.mono, "program text"),
        ];
        for (key, name, about) in families {
            self.key("  ", key, &format!("\"{}\"", name.replace(['"', '\\'], "")), about);
        }
    }

    fn colours(&mut self, theme: &Theme) {
        let palette = &theme.palette;
        self.line("colours: # or one of them as `brand`, from which all follow");
        let colours = [
            ("text", palette.text, "text"),
            ("ink", palette.ink, "titles, bands"),
            ("accent", palette.accent, "marks that should be seen"),
            ("ground", palette.ground, "behind boxes"),
            ("grey", palette.grey, "what stands back"),
            ("rules", palette.rules, "thin rules"),
        ];
        for (key, colour, about) in colours {
            self.key("  ", key, &format!("\"{colour}\""), about);
        }
    }

    fn page(&mut self, theme: &Theme) {
        let page = &theme.page;
        let trim = format!("{} x {}", exact(page.trim.width), exact(page.trim.height));
        self.key("", "trim", &trim, "the page: letter, a4, 6x9in");
        self.line("margins: # of a page");
        let margins = [
            ("spine", page.spine, "at the binding"),
            ("fore_edge", page.fore_edge, "at the outer edge, the column in the margin with it"),
            ("head", page.head, "down to the capitals of the first line"),
            ("foot", page.foot, "up to the last baseline"),
        ];
        for (key, length, about) in margins {
            self.key("  ", key, &exact(length), about);
        }
        self.key("", "bleed", &exact(page.bleed), "how far pictures at the edge reach over the trim");
        self.line("page:");
        let columns = match theme.columns.as_slice() {
            [] => page.columns.to_string(),
            own => {
                let own = own.iter().map(|(kind, columns)| format!(", {}: {columns}", kind.name()));
                format!("{{text: {}{}}}", page.columns, own.collect::<String>())
            }
        };
        self.key("  ", "columns", &columns, "1 to 3, or by kind of section");
        self.key("  ", "gutter", &exact(page.gutter), "between two of them");
        self.key("  ", "margin_column", &exact(page.margin_column), "for notes beside the text; 0pt is none");
        self.key("  ", "margin_gap", &exact(page.margin_gap), "between it and the text");
    }

    fn text(&mut self, theme: &Theme) {
        let body = theme.style(Role::Body);
        self.key("", "size", &exact(body.size), "of the text");
        self.key("", "leading", &exact(theme.page.grid), "from baseline to baseline: the grid");
        self.key("", "number_headings", &theme.number_headings.to_string(), "1, 1.1");
        self.key(
            "",
            "code_colours",
            &theme.code_colours.to_string(),
            "whether program text is told apart by its language",
        );
        self.key("", "number_sections", theme.number_sections.word(), "none, chapters or all");
        let place = match theme.note_place {
            NotePlace::Endnotes => "endnotes",
            NotePlace::Chapter => "chapter",
            NotePlace::Footnotes => "footnotes",
            NotePlace::Margin => "margin",
        };
        self.key("", "note_place", place, "where notes stand, if the manuscript does not say");
        self.key("", "note_pages", &theme.note_pages.to_string(), "endnotes show the page of their call");
        self.words(&theme.words);
        let microtype = &theme.microtype;
        self.line("microtype: # how far letters and edges give");
        self.key("  ", "expansion", &share(u64::from(microtype.expansion), 10), "letters wider or narrower");
        self.key("  ", "tracking", &share(u64::from(microtype.tracking), 100), "letters closer or looser");
        self.key("  ", "protrusion", &microtype.protrusion.on.to_string(), "what hangs over the edges");
        self.line("openings: # recto, page, run-on or auto, by kind");
        for kind in DivisionKind::ALL {
            let opening: Opening = theme.opening(*kind);
            let _ = writeln!(self.out, "  {}: {}", kind.name(), opening.word());
        }
    }

    /// What recto says otherwise.
    fn words(&mut self, words: &Wording) {
        if words.is_empty() {
            return self.line("words: {} # {en: {figure: Chart}}: words that recto adds, said otherwise");
        }
        self.line("words: # that recto adds, said otherwise");
        let mut last = None;
        for (tag, key, word) in words.words() {
            if last != Some(tag) {
                self.line(&format!("  {tag}:"));
                last = Some(tag);
            }
            self.line(&format!("    {key}: {}", quoted(word)));
        }
    }

    fn opener(&mut self, theme: &Theme) {
        let opener = &theme.opener;
        self.line("opener: # the head of a page on which a section opens");
        self.key("  ", "sink", &opener.sink.to_string(), "lines left empty above the title");
        self.key("  ", "ground", &ground(opener.ground), "the colour behind it");
        self.key("  ", "depth", &exact(opener.depth), "how far that reaches down");
        self.key("  ", "standfirst_depth", &exact(opener.standfirst_depth), "the same with a standfirst on it");
        self.key("  ", "word", opener.number_word.word(), "none, chapter or section before the number above it");
        self.key("  ", "drop_cap", &opener.drop_cap.to_string(), "how many lines the first letter takes; 1 is none");
        let small = opener.small_capitals.to_string();
        self.key("  ", "small_capitals", &small, "whether the first words are in small capitals");
    }

    fn furniture(&mut self, theme: &Theme) {
        self.line("cover:");
        self.key(
            "  ",
            "layout",
            theme.cover.word(),
            "bleed, strip, foot, plain or whole, if the manuscript does not say",
        );
        let scrim = share(u64::from(theme.scrim), 10);
        self.key(
            "  ",
            "scrim",
            &scrim,
            "how much of the height the picture takes to run into ink, from the foot; 0% is none",
        );
        self.key("  ", "ground", &ground(theme.cover_ground), "the colour behind the words of one without a picture");
        let furniture = &theme.furniture;
        let known: Vec<&str> = Field::ALL.iter().map(|(_, word)| *word).collect();
        let _ = writeln!(self.out, "furniture: # of {}", known.join(", "));
        self.slots("head", &furniture.head, "above the text");
        self.slots("foot", &furniture.foot, "below it");
        self.slots("opening", &furniture.opening, "below it where a section opens");
        self.key("  ", "head_baseline", &exact(furniture.head_baseline), "from the head of the page");
        self.key("  ", "foot_baseline", &exact(furniture.foot_baseline), "from its foot");
        self.key("  ", "folio_edge", &exact(furniture.folio_edge), "from the outer edge");
    }

    fn slots(&mut self, key: &str, line: &Line, about: &str) {
        let _ = writeln!(self.out, "  {key}: # {about}");
        for (slot, at) in [("outer", &line.outer), ("inner", &line.inner), ("centre", &line.centre)] {
            let _ = writeln!(self.out, "    {slot}: {}", slot_words(at));
        }
        let _ = writeln!(self.out, "    rule: {}", exact(line.rule));
    }

    fn style(&mut self, role: Role, style: &Style) {
        let _ = writeln!(self.out, "  {}: # {}", role.name(), role.about().trim_end_matches('.').to_lowercase());
        let weight = style.weight.to_string();
        let tracking = share_of(style.tracking);
        let words = [
            ("face", style.family.word().to_owned()),
            ("weight", weight),
            ("italic", style.italic.to_string()),
            ("size", exact(style.size)),
            ("leading", exact(style.leading)),
            ("colour", style.ink.word()),
            ("align", style.align.word().to_owned()),
            ("hyphenate", style.hyphenate.to_string()),
            ("first", exact(style.first)),
            ("start", exact(style.start)),
            ("end", exact(style.end)),
            ("above", exact(style.above)),
            ("below", exact(style.below)),
            ("figures", style.figures.word().to_owned()),
            ("tabular", style.tabular.to_string()),
            ("case", style.case.word().to_owned()),
            ("tracking", tracking),
            ("number", style.number.word().to_owned()),
            ("keep", style.keep.to_string()),
            ("across", style.across.to_string()),
            ("run_in", style.run_in.to_string()),
            ("beside", style.beside.to_string()),
            ("leader", style.leader.to_string()),
            ("ground", ground(style.frame.ground)),
            ("inside", exact(style.frame.inside)),
            ("rule", rule(&style.frame)),
        ];
        for (key, value) in words {
            let _ = writeln!(self.out, "    {key}: {value}");
        }
    }
}

fn ground(ground: Option<Ink>) -> String {
    ground.map_or("none".to_owned(), Ink::word)
}

fn rule(frame: &Frame) -> String {
    let length = frame.length.map_or("all".to_owned(), exact);
    let side = if frame.rule == Edge::Unruled { "none" } else { frame.rule.word() };
    format!("{{side: {side}, width: {}, length: {length}, colour: {}}}", exact(frame.width), frame.ink.word())
}

/// Thousandths of the size as a share of it.
fn share_of(tracking: i16) -> String {
    let sign = if tracking < 0 { "-" } else { "" };
    format!("{sign}{}", share(u64::from(tracking.unsigned_abs()), 10))
}

fn share(parts: u64, of: u64) -> String {
    format!("{}.{:0width$}%", parts / of, parts % of, width = if of == 10 { 1 } else { 2 })
}

fn slot_words(slot: &Slot) -> String {
    let words = |fields: &[Field]| -> String {
        let all: Vec<&str> = fields.iter().map(|field| field.word()).collect();
        if all.is_empty() { "none".to_owned() } else { format!("\"{}\"", all.join(" | ")) }
    };
    if slot.verso == slot.recto {
        return words(&slot.verso);
    }
    format!("{{verso: {}, recto: {}}}", words(&slot.verso), words(&slot.recto))
}
/// A word as YAML has it between quotes.
fn quoted(word: &str) -> String {
    format!("\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\""))
}
