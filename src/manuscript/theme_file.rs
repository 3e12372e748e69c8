//! A layer of a theme as YAML: `theme.yaml`, `theme:`, and what an edition says of looks.

use super::values::one_of;
use crate::book::DivisionKind;
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::theme::spec::{MarginsSpec, MicrotypeSpec};
use crate::theme::{Base, Figures, Hang, HangingCharacters, Opening, ThemeSpec};
use crate::units::{Colour, Length, Size};
use crate::yaml::{Entry, Fields, Kind, Node, Written, wrong};

/// The names of the built-in themes.
const THEMES: [&str; 3] = ["policy-paper", "report", "book"];

/// Reads a layer: a name, or a mapping.
pub(crate) fn read(node: &Node, d: &mut Diagnostics) -> Option<ThemeSpec> {
    if let Some(text) = node.text() {
        let mut spec = ThemeSpec::default();
        extends(&Written { text: text.to_owned(), span: node.span }, &mut spec, d);
        return Some(spec);
    }
    let fields = Fields::of(node, "a theme", d)?;
    let spec = looks(&fields, d);
    fields.finish(d);
    Some(spec)
}

/// The keys of a theme that stand in the metadata itself; `None` when there is none.
pub(crate) fn beside(fields: &Fields<'_>, d: &mut Diagnostics) -> Option<ThemeSpec> {
    const KEYS: [&str; 5] = ["extends", "fonts", "colours", "openings", "microtype"];
    fields.entries().iter().any(|entry| KEYS.contains(&entry.key.as_str())).then(|| looks(fields, d))
}

/// The looks among some fields; `trim`, `margins`, `size` and the like.
pub(crate) fn looks(fields: &Fields<'_>, d: &mut Diagnostics) -> ThemeSpec {
    let mut spec = ThemeSpec::default();
    if let Some(name) = fields.text("extends", d) {
        extends(&name, &mut spec, d);
    }
    fonts(fields, &mut spec, d);
    colours(fields, &mut spec, d);
    for key in ["paper", "trim"] {
        if let Some(written) = fields.text(key, d) {
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
    spec.margins = margins(fields, d);
    spec.size = length(fields, "size", d);
    spec.leading = length(fields, "leading", d);
    spec.bleed = length(fields, "bleed", d);
    spec.justify = fields.flag("justify", d);
    spec.hyphenate = fields.flag("hyphenate", d);
    spec.number_headings = fields.flag("number_headings", d);
    spec.note_pages = fields.flag("note_pages", d);
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
            other => one_of("colour", other, &["full", "grey"], colour.span, d),
        }
    }
    openings(fields, &mut spec, d);
    spec
}

/// `microtype: {expansion: 2%, tracking: 0.2%, protrusion: true}`.
fn microtype(fields: &Fields<'_>, d: &mut Diagnostics) -> MicrotypeSpec {
    let mut spec = MicrotypeSpec::default();
    let Some(inner) = fields.take("microtype").and_then(|node| Fields::of(node, "microtype", d)) else { return spec };
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

/// A share of up to `most` per cent, in parts of one.
fn share(node: &Node, key: &str, most: f64, parts: f64, d: &mut Diagnostics) -> Option<u16> {
    let text = node.text().unwrap_or_default().trim();
    let number = text.strip_suffix('%').map(str::trim_end).or(Some(text).filter(|text| *text == "0"));
    let share = number.and_then(|number| number.parse::<f64>().ok()).filter(|share| (0.0..=most).contains(share));
    if share.is_none() {
        let message = format!("\"{text}\" is no share for \"{key}\"");
        d.report(
            Diagnostic::new(&lints::WRONG_VALUE, message)
                .at(node.span)
                .hint(format!("write a share from 0% to {most}%")),
        );
    }
    share.map(|share| (share / 100.0 * parts).round() as u16)
}

fn extends(name: &Written, spec: &mut ThemeSpec, d: &mut Diagnostics) {
    match Base::find(&name.text) {
        Some(_) => spec.extends = Some(name.text.clone()),
        None => one_of("theme", &name.text, &THEMES, name.span, d),
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
    let Some(inner) = Fields::of(node, "fonts", d) else { return };
    let family = |key: &'static str, d: &mut Diagnostics| inner.text(key, d).map(|written| written.text);
    spec.text_family = family("text", d);
    spec.headings_family = family("headings", d);
    spec.mono_family = family("mono", d);
    inner.finish(d);
}

fn colours(fields: &Fields<'_>, spec: &mut ThemeSpec, d: &mut Diagnostics) {
    let Some(inner) = fields.take("colours").and_then(|node| Fields::of(node, "colours", d)) else { return };
    let colour = |key: &'static str, d: &mut Diagnostics| {
        let written = inner.text(key, d)?;
        let colour = Colour::parse(&written.text);
        if colour.is_none() {
            let message = format!("\"{}\" is no colour", written.text);
            d.report(
                Diagnostic::new(&lints::WRONG_VALUE, message)
                    .at(written.span)
                    .hint("write it as \"#14304A\", in quotes"),
            );
        }
        colour
    };
    spec.text = colour("text", d);
    spec.ink = colour("ink", d);
    spec.accent = colour("accent", d);
    spec.ground = colour("ground", d);
    spec.grey = colour("grey", d);
    spec.rules = colour("rules", d);
    inner.finish(d);
}

fn margins(fields: &Fields<'_>, d: &mut Diagnostics) -> MarginsSpec {
    let Some(node) = fields.take("margins") else { return MarginsSpec::default() };
    if let Some(text) = node.text() {
        let all = Length::parse(text);
        if all.is_none() {
            wrong(node, &format!("\"{text}\" is no length: write 20mm, 0.8in or 60pt"), d);
        }
        return MarginsSpec { spine: all, fore_edge: all, head: all, foot: all };
    }
    let Some(inner) = Fields::of(node, "margins", d) else { return MarginsSpec::default() };
    let margins = MarginsSpec {
        spine: length(&inner, "spine", d),
        fore_edge: length(&inner, "fore_edge", d),
        head: length(&inner, "head", d),
        foot: length(&inner, "foot", d),
    };
    inner.finish(d);
    margins
}

/// A length with its unit.
pub(crate) fn length(fields: &Fields<'_>, key: &'static str, d: &mut Diagnostics) -> Option<Length> {
    let written = fields.text(key, d)?;
    let length = Length::parse(&written.text);
    if length.is_none() {
        let message = format!("\"{}\" is no length", written.text);
        d.report(
            Diagnostic::new(&lints::WRONG_VALUE, message)
                .at(written.span)
                .hint("write a number and its unit: 11pt, 0.8in, 20mm"),
        );
    }
    length
}

fn openings(fields: &Fields<'_>, spec: &mut ThemeSpec, d: &mut Diagnostics) {
    let Some(node) = fields.take("openings") else { return };
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
                one_of(
                    "openings",
                    entry.value.text().unwrap_or("?"),
                    &["recto", "page", "run-on"],
                    entry.value.span,
                    d,
                );
            }
        }
    }
}
