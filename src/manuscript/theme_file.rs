//! A layer of a theme as YAML: `theme.yaml`, `theme:`, and what an edition says of looks.

use super::keys;
use super::theme_styles;
use super::values::{bounded, length_within, one_of, share};
use crate::book::DivisionKind;
use crate::book::division::{CoverLayout, Numbered};
use crate::diagnostic::{Diagnostic, Diagnostics, lints, nearest};
use crate::language::Language;
use crate::language::wording::Wording;
use crate::source::Span;
use crate::theme::bounds::{self, Bounds};
use crate::theme::spec::{MarginsSpec, MicrotypeSpec};
use crate::theme::{Base, Figures, Hang, HangingCharacters, Opening, Role, Theme, ThemeSpec};
use crate::units::{Colour, Length, Size};
use crate::yaml::{Entry, Fields, Kind, Node, Written, text_of, wrong};

/// Reads a layer: a name, or a mapping.
pub(crate) fn read(node: &Node, d: &mut Diagnostics) -> Option<ThemeSpec> {
    if let Some(text) = node.text() {
        let mut spec = ThemeSpec::default();
        extends(&Written { text: text.to_owned(), span: node.span }, &mut spec);
        return Some(spec);
    }
    let fields = Fields::of(node, &keys::THEME, d)?;
    let mut spec = looks(&fields, d);
    cover(&fields, &mut spec, d);
    fields.finish(d);
    Some(spec)
}

/// The keys of a theme that stand in the metadata itself; `None` when there is none.
pub(crate) fn beside(fields: &Fields<'_>, d: &mut Diagnostics) -> Option<ThemeSpec> {
    // `cover` is the manuscript's own there.
    let looks_like = |key: &str| key != "cover" && keys::THEME.find(key).is_some();
    fields.entries().iter().any(|entry| looks_like(&entry.key)).then(|| looks(fields, d))
}

/// `cover: {layout: strip}`.
pub(crate) fn cover(fields: &Fields<'_>, spec: &mut ThemeSpec, d: &mut Diagnostics) {
    let Some(inner) = fields.take("cover").and_then(|node| Fields::of(node, &keys::THEME_COVER, d)) else { return };
    if let Some(layout) = inner.text("layout", d) {
        spec.cover = CoverLayout::find(&layout.text);
        if spec.cover.is_none() {
            one_of("layout", &layout.text, keys::LAYOUTS, layout.span, d);
        }
    }
    spec.cover_ground = theme_styles::ground(&inner, d);
    spec.scrim = inner.take("scrim").and_then(|node| share(node, "scrim", 90.0, 1000.0, d));
    inner.finish(d);
}

/// The looks among some fields; `trim`, `margins`, `size` and the like.
pub(crate) fn looks(fields: &Fields<'_>, d: &mut Diagnostics) -> ThemeSpec {
    let mut spec = ThemeSpec::default();
    if let Some(name) = fields.text("extends", d) {
        extends(&name, &mut spec);
    }
    fonts(fields, &mut spec, d);
    colours(fields, &mut spec, d);
    for key in ["paper", "trim"] {
        if let Some(written) = fields.text(key, d) {
            if key == "paper" && written.text == "both" {
                spec.both_papers = Some(true);
                continue;
            }
            spec.trim = Size::parse(&written.text).or(spec.trim);
            if Size::parse(&written.text).is_none() {
                let message = format!("\"{}\" is no size of paper", written.text);
                d.report(
                    Diagnostic::new(&lints::WRONG_VALUE, message)
                        .at(written.span)
                        .hint("write letter, a4, 6x9in or 148x210mm"),
                );
            }
        }
    }
    if let Some(node) = fields.take("margins") {
        spec.places.push(("margins".to_owned(), node.span));
    }
    spec.margins = margins(fields, d);
    spec.size = length_within(fields, "size", Bounds::SIZE, d);
    spec.leading = leading(fields, spec.size, d);
    spec.bleed = length_within(fields, "bleed", Bounds::BLEED, d);
    spec.justify = fields.flag("justify", d);
    spec.hyphenate = fields.flag("hyphenate", d);
    spec.number_headings = fields.flag("number_headings", d);
    spec.code_colours = fields.flag("code_colours", d);
    spec.number_sections = theme_styles::word(fields, "number_sections", Numbered::find, Numbered::WORDS, d);
    spec.note_pages = fields.flag("note_pages", d);
    spec.note_place = fields.text("note_place", d).and_then(|written| super::values::note_place(&written, d));
    spec.tabs = fields.flag("tabs", d);
    spec.words = words(fields, d);
    if let Some(numbers) = fields.text("note_numbers", d) {
        match numbers.text.as_str() {
            "hanging" => spec.note_numbers_hang = Some(true),
            "flush" => spec.note_numbers_hang = Some(false),
            other => one_of("note_numbers", other, &["hanging", "flush"], numbers.span, d),
        }
    }
    if let Some(figures) = fields.text("figures", d) {
        match figures.text.as_str() {
            "lining" => spec.figures = Some(Figures::Lining),
            "old-style" | "oldstyle" => spec.figures = Some(Figures::OldStyle),
            other => one_of("figures", other, &["lining", "old-style"], figures.span, d),
        }
    }
    spec.microtype = microtype(fields, d);
    if let Some(colour) = fields.text("colour", d) {
        match colour.text.as_str() {
            "grey" | "gray" => spec.greyscale = Some(true),
            "full" | "cmyk" | "rgb" => spec.greyscale = Some(false),
            "cover" => (spec.greyscale, spec.plain_grey) = (Some(false), Some(true)),
            other => one_of("colour", other, &["full", "grey", "cover"], colour.span, d),
        }
    }
    openings(fields, &mut spec, d);
    theme_styles::read(fields, &mut spec, d);
    variants(fields, &mut spec, d);
    spec
}

/// `words: {en: {figure: Chart}}`.
fn words(fields: &Fields<'_>, d: &mut Diagnostics) -> Wording {
    let mut wording = Wording::default();
    let Some(node) = fields.take("words") else { return wording };
    let Kind::Map(languages) = &node.kind else {
        wrong(node, "\"words\" says words of recto's otherwise, by language: {en: {figure: Chart}}", d);
        return wording;
    };
    for entry in languages {
        let Some(language) = Language::parse(&entry.key) else {
            let said = format!("\"{}\" is not a language tag", entry.key);
            d.report(Diagnostic::new(&lints::BAD_LANGUAGE, said).at(entry.key_span).hint("write en, fr, zh-Hans"));
            continue;
        };
        let Kind::Map(words) = &entry.value.kind else {
            wrong(&entry.value, "the words of a language stand by name: {figure: Chart, notes: Endnotes}", d);
            continue;
        };
        for entry in words {
            if let Some(word) = word(entry, d) {
                wording.say(&language, &entry.key, &word);
            }
        }
    }
    wording
}

/// One of them; a word that there is not, or that shows no number where it must, is said.
fn word(entry: &Entry, d: &mut Diagnostics) -> Option<String> {
    let Some(numbered) = Wording::knows(&entry.key) else {
        let said = Diagnostic::new(&lints::UNKNOWN_KEY, format!("recto has no word called \"{}\"", entry.key));
        d.report(said.at(entry.key_span).hint(match nearest(&entry.key, Wording::keys()) {
            Some(near) => format!("the nearest is \"{near}\"; `recto info --words` lists them"),
            None => "`recto info --words` lists them".to_owned(),
        }));
        return None;
    };
    let word = text_of(&entry.value, &entry.key, d)?;
    if numbered && !word.text.contains("{}") {
        let said = format!("\"{}\" does not show where the number stands", word.text);
        d.report(Diagnostic::new(&lints::WRONG_VALUE, said).at(word.span).hint("write {} there: \"{}. kép\""));
        return None;
    }
    (!word.text.trim().is_empty()).then(|| word.text.trim().to_owned())
}

/// `variants: {asia: {colours: …}}`, and `variant: asia`.
fn variants(fields: &Fields<'_>, spec: &mut ThemeSpec, d: &mut Diagnostics) {
    if let Some(node) = fields.take("variants") {
        let Kind::Map(entries) = &node.kind else {
            wrong(node, "\"variants\" names the looks of programmes: {asia: {colours: {brand: \"#8A1538\"}}}", d);
            return;
        };
        for entry in entries {
            let Some(inner) = Fields::of(&entry.value, &keys::VARIANT, d) else { continue };
            let mut looks = ThemeSpec::default();
            fonts(&inner, &mut looks, d);
            colours(&inner, &mut looks, d);
            looks.brand = colour(&inner, "brand", &mut looks.places, d).or(looks.brand);
            cover(&inner, &mut looks, d);
            theme_styles::styles(&inner, &mut looks, d);
            inner.finish(d);
            spec.variants.push((entry.key.clone(), looks));
        }
    }
    spec.variant = fields.text("variant", d).map(|written| (written.text, written.span));
}

/// The variant that is asked for is one of those that there are.
pub(super) fn check_variant(layers: &[&ThemeSpec], d: &mut Diagnostics) {
    let layers = crate::theme::spec::flat(layers);
    let Some((name, span)) = layers.iter().rev().find_map(|layer| layer.variant.as_ref()) else { return };
    let known: Vec<&str> = layers.iter().flat_map(|layer| &layer.variants).map(|(name, _)| name.as_str()).collect();
    if known.is_empty() {
        let message = format!("\"{name}\" is no variant: the theme has none");
        let hint = format!("name its looks: `variants: {{{name}: {{brand: \"#8A1538\"}}}}`");
        d.report(Diagnostic::new(&lints::WRONG_VALUE, message).at(*span).hint(hint));
    } else if !known.contains(&name.as_str()) {
        one_of("variant", name, &known, *span, d);
    }
}

/// `microtype: {expansion: 2%, tracking: 0.2%, protrusion: true}`.
fn microtype(fields: &Fields<'_>, d: &mut Diagnostics) -> MicrotypeSpec {
    let mut spec = MicrotypeSpec::default();
    let Some(inner) = fields.take("microtype").and_then(|node| Fields::of(node, &keys::MICROTYPE, d)) else {
        return spec;
    };
    spec.expansion = inner.take("expansion").and_then(|node| share(node, "expansion", 5.0, 1000.0, d));
    spec.tracking = inner.take("tracking").and_then(|node| share(node, "tracking", 1.0, 10_000.0, d));
    match inner.take("protrusion").map(|node| (node, &node.kind)) {
        Some((_, Kind::Bool(on))) => spec.protrusion = Some(*on),
        Some((_, Kind::Map(faces))) => {
            spec.protrusion = Some(true);
            for face in faces {
                hanging(face, &mut spec.hanging, d);
            }
        }
        Some((node, _)) => {
            wrong(
                node,
                "\"protrusion\" is true, false, or says by face what hangs: {Source Serif 4: {\".,\": [0%, 70%]}}",
                d,
            );
        }
        None => {}
    }
    inner.finish(d);
    spec
}

/// What hangs of a face: some characters, and how far over the start and the end of a line.
fn hanging(face: &Entry, hanging: &mut Vec<HangingCharacters>, d: &mut Diagnostics) {
    let Kind::Map(characters) = &face.value.kind else {
        wrong(&face.value, "a face's protrusion names characters and how far they hang: {\".,\": [0%, 70%]}", d);
        return;
    };
    for entry in characters {
        let shares = match &entry.value.kind {
            Kind::List(shares) => shares.as_slice(),
            _ => &[],
        };
        let [start, end] = shares else {
            wrong(&entry.value, "how far characters hang is written as two shares of their width: [0%, 70%]", d);
            continue;
        };
        let mut of = |node: &Node| share(node, "protrusion", 100.0, 1000.0, d);
        if let (Some(start), Some(end)) = (of(start), of(end)) {
            let hang = Hang { start, end };
            hanging.push(HangingCharacters { face: face.key.clone(), characters: entry.key.clone(), hang });
        }
    }
}

fn extends(name: &Written, spec: &mut ThemeSpec) {
    match Base::find(&name.text) {
        Some(_) => spec.extends = Some(name.text.clone()),
        // It may be a folder; who knows the files looks for it.
        None => spec.folder = Some((name.text.clone(), name.span)),
    }
}

fn fonts(fields: &Fields<'_>, spec: &mut ThemeSpec, d: &mut Diagnostics) {
    let Some(node) = fields.take("fonts") else { return };
    if let Kind::Bool(_) = node.kind {
        return;
    }
    if let Some(name) = node.text() {
        spec.text_family = Some(name.to_owned());
        return;
    }
    let Some(inner) = Fields::of(node, &keys::FONTS, d) else { return };
    let family = |key: &'static str, d: &mut Diagnostics| inner.text(key, d).map(|written| written.text);
    spec.text_family = family("text", d);
    spec.headings_family = family("headings", d);
    spec.mono_family = family("mono", d);
    inner.finish(d);
}

fn colours(fields: &Fields<'_>, spec: &mut ThemeSpec, d: &mut Diagnostics) {
    let Some(inner) = fields.take("colours").and_then(|node| Fields::of(node, &keys::COLOURS, d)) else { return };
    spec.brand = colour(&inner, "brand", &mut spec.places, d);
    let all = ["text", "ink", "accent", "ground", "grey", "rules"].map(|key| colour(&inner, key, &mut spec.places, d));
    [spec.text, spec.ink, spec.accent, spec.ground, spec.grey, spec.rules] = all;
    inner.finish(d);
}

/// A colour, and where it is written.
fn colour(
    fields: &Fields<'_>,
    key: &'static str,
    places: &mut Vec<(String, Span)>,
    d: &mut Diagnostics,
) -> Option<Colour> {
    let written = fields.text(key, d)?;
    let colour = Colour::parse(&written.text);
    match colour {
        Some(_) => places.push((key.to_owned(), written.span)),
        None => d.report(
            Diagnostic::new(&lints::WRONG_VALUE, format!("\"{}\" is no colour", written.text))
                .at(written.span)
                .hint("write it as \"#14304A\", in quotes"),
        ),
    }
    colour
}

fn margins(fields: &Fields<'_>, d: &mut Diagnostics) -> MarginsSpec {
    let Some(node) = fields.take("margins") else { return MarginsSpec::default() };
    if let Some(text) = node.text() {
        let written = Written { text: text.to_owned(), span: node.span };
        let all = bounded(&written, "margins", Bounds::MARGIN, d);
        return MarginsSpec { spine: all, fore_edge: all, head: all, foot: all };
    }
    let Some(inner) = Fields::of(node, &keys::MARGINS, d) else { return MarginsSpec::default() };
    let margins = MarginsSpec {
        spine: length_within(&inner, "spine", Bounds::MARGIN, d),
        fore_edge: length_within(&inner, "fore_edge", Bounds::MARGIN, d),
        head: length_within(&inner, "head", Bounds::MARGIN, d),
        foot: length_within(&inner, "foot", Bounds::MARGIN, d),
    };
    inner.finish(d);
    margins
}

/// The leading, which holds the letters of the size that stands beside it.
fn leading(fields: &Fields<'_>, size: Option<Length>, d: &mut Diagnostics) -> Option<Length> {
    let written = fields.text("leading", d)?;
    let leading = bounded(&written, "leading", Bounds::LEADING, d)?;
    if let Some(size) = size.filter(|size| !bounds::holds(leading, *size)) {
        let message = format!("lines of {size} run into each other at a leading of {leading}");
        d.report(
            Diagnostic::new(&lints::WRONG_VALUE, message)
                .at(written.span)
                .hint(format!("write {} or more", size.scale(4, 5))),
        );
        return None;
    }
    Some(leading)
}

/// Reports a name that is neither a theme of recto's nor a folder with one.
pub(super) fn no_theme(name: &str, span: Span, d: &mut Diagnostics) {
    let hint = match nearest(name, keys::THEMES.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("write {}, or the folder that holds a theme.yaml", keys::THEMES.join(", ")),
    };
    let message = format!("\"{name}\" is no theme: no built-in one, and no folder with a theme.yaml");
    d.report(Diagnostic::new(&lints::WRONG_VALUE, message).at(span).hint(hint));
}

/// What an edition's looks come to on its page must leave room for lines.
pub(super) fn check_room(layers: &[&ThemeSpec], theme: &Theme, edition: &str, at: Span, d: &mut Diagnostics) {
    let body = theme.style(Role::Body);
    if !bounds::holds(body.leading, body.size) {
        let message =
            format!("in \"{edition}\", lines of {} run into each other at a leading of {}", body.size, body.leading);
        let hint = format!("write a leading of {} or more", body.size.scale(4, 5));
        d.report(Diagnostic::new(&lints::WRONG_VALUE, message).at(at).hint(hint));
    } else if !bounds::has_room(&theme.page, body.leading) {
        // Said in the edition or in the theme; else the paper is too small for those that it has.
        let layers = crate::theme::spec::flat(layers);
        let mut said = layers.iter().rev().flat_map(|layer| &layer.places).filter(|(name, _)| name == "margins");
        let at = said.next().map_or(at, |(_, place)| *place);
        let message = format!("the margins of \"{edition}\" leave no room for text");
        d.report(Diagnostic::new(&lints::WRONG_VALUE, message).at(at).hint("make them smaller, or the paper larger"));
    }
}

fn openings(fields: &Fields<'_>, spec: &mut ThemeSpec, d: &mut Diagnostics) {
    let Some(node) = fields.take("openings") else { return };
    // One word is meant of the whole text.
    if let Some(opening) = node.text().and_then(Opening::find) {
        let body = DivisionKind::ALL.iter().filter(|kind| kind.matter() == crate::book::Matter::Body);
        spec.openings.extend(body.filter(|kind| **kind != DivisionKind::Part).map(|kind| (*kind, opening)));
        return;
    }
    let Kind::Map(entries) = &node.kind else {
        wrong(node, "\"openings\" says for kinds of section how they open: {part: recto}", d);
        return;
    };
    for entry in entries {
        let Some(kind) = DivisionKind::find(&entry.key) else {
            let kinds: Vec<&str> = DivisionKind::ALL.iter().map(|kind| kind.name()).collect();
            one_of("openings", &entry.key, &kinds, entry.key_span, d);
            continue;
        };
        match entry.value.text().and_then(Opening::find) {
            Some(opening) => spec.openings.push((kind, opening)),
            None => {
                one_of("openings", entry.value.text().unwrap_or("?"), Opening::WORDS, entry.value.span, d);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::book::DivisionKind;
    use crate::book::division::CoverLayout;
    use crate::diagnostic::Diagnostics;
    use crate::source::Sources;
    use crate::theme::{Base, Theme, ThemeSpec};
    use crate::units::Colour;
    use crate::yaml;

    fn said(text: &str) -> Vec<String> {
        let mut sources = Sources::new();
        let id = sources.add("theme.yaml", text.to_owned());
        let mut diagnostics = Diagnostics::new();
        let node = yaml::read(&sources, id, 0..text.len(), &mut diagnostics).expect("it can be read");
        super::read(&node, &mut diagnostics);
        diagnostics.iter().map(|d| d.message.clone()).collect()
    }

    #[test]
    fn a_variant_has_a_brand_and_a_cover() {
        let text = "variants: {asia: {brand: \"#8A1538\", cover: {layout: strip}}}\nvariant: asia\n";
        let mut sources = Sources::new();
        let id = sources.add("theme.yaml", text.to_owned());
        let mut diagnostics = Diagnostics::new();
        let node = yaml::read(&sources, id, 0..text.len(), &mut diagnostics).expect("it can be read");
        let spec = super::read(&node, &mut diagnostics).expect("it is a theme");
        assert_eq!(diagnostics.len(), 0);
        let theme = Theme::settle(&[&spec]);
        assert_eq!((theme.palette.ink, theme.cover), (Colour::hex(0x8A1538), CoverLayout::Strip));
    }

    #[test]
    fn a_theme_that_is_shown_reads_back_as_it_is() {
        for base in Base::ALL {
            let named = ThemeSpec { extends: Some(base.name().to_owned()), ..ThemeSpec::default() };
            let theme = Theme::settle(&[&named]);
            let shown = theme.show();
            let mut sources = Sources::new();
            let id = sources.add("theme.yaml", shown.clone());
            let mut diagnostics = Diagnostics::new();
            let node = yaml::read(&sources, id, 0..shown.len(), &mut diagnostics).expect("it can be read");
            let spec = super::read(&node, &mut diagnostics).expect("it is a theme");
            let said: Vec<String> = diagnostics.iter().map(|d| format!("{} {:?}", d.message, d.hints)).collect();
            assert_eq!(said, [] as [String; 0]);
            let back = Theme::settle(&[&spec]);
            assert_eq!(back.show(), shown);
            let openings =
                |theme: &Theme| DivisionKind::ALL.iter().map(|kind| theme.opening(*kind)).collect::<Vec<_>>();
            assert_eq!(openings(&back), openings(&theme));
        }
    }

    #[test]
    fn a_role_or_a_word_that_there_is_not_is_said_with_the_nearest() {
        assert_eq!(said("styles: {headin-2: {size: 12pt}}\n"), ["\"headin-2\" is no value of \"styles\""]);
        assert_eq!(said("styles: {heading-2: {face: heading}}\n"), ["\"heading\" is no value of \"face\""]);
        assert_eq!(said("styles: {heading-2: {colour: inc}}\n"), ["\"inc\" is no colour"]);
        assert_eq!(said("styles: {body: {size: 20pt, leading: 10pt}}\n").len(), 1);
        assert_eq!(said("furniture: {foot: {outer: \"folio | shorttitle\"}}\n").len(), 1);
        assert_eq!(said("styles: {box: {ground: none, rule: {side: top, width: 2pt, colour: accent}}}\n").len(), 0);
        assert_eq!(said("styles: {heading-2: {above: 2, below: 6pt, tracking: 0.08em, number: hung}}\n").len(), 0);
        assert_eq!(said("styles: {table: {size: 8pt}}\n"), ["\"table\" is no value of \"styles\""]);
        assert_eq!(said("styles: {body: {number: hung}}\n"), ["\"number\" means nothing in \"body\""]);
        assert_eq!(said("styles: {caption: {run_in: true}}\n"), ["\"run_in\" means nothing in \"caption\""]);
        assert_eq!(said("styles: {contents-1: {leader: true}, body: {run_in: false}}\n").len(), 0);
    }

    #[test]
    fn what_no_page_can_have_is_an_error_at_its_key() {
        assert_eq!(said("size: 0pt\n"), ["no page can have 0pt as \"size\""]);
        assert_eq!(said("leading: 0.001pt\n"), ["no page can have 0.001pt as \"leading\""]);
        assert_eq!(said("margins: {head: 100in}\n"), ["no page can have 100in as \"head\""]);
        assert_eq!(said("margins: 100in\n"), ["no page can have 100in as \"margins\""]);
        assert_eq!(said("margins: {spine: 0mm}\n"), ["no page can have 0mm as \"spine\""]);
        assert_eq!(said("furniture: {head_baseline: 0pt}\n"), ["no page can have 0pt as \"head_baseline\""]);
        assert_eq!(said("bleed: 1000in\n"), ["no page can have 1000in as \"bleed\""]);
        assert_eq!(said("size: 20pt\nleading: 14pt\n"), ["lines of 20 pt run into each other at a leading of 14 pt"]);
        assert_eq!(said("size: 100pt\nleading: 80pt\nbleed: 3mm\nmargins: {spine: 9pt}\n"), [] as [&str; 0]);
    }
}
