//! The styles of a layer of a theme, its columns, openers and furniture; and whether its colours can be read.

use super::keys;
use super::values::{bounded, length_within, one_of};
use crate::book::DivisionKind;
use crate::book::division::NumberWord;
use crate::diagnostic::{Diagnostic, Diagnostics, lints, nearest};
use crate::source::Span;
use crate::theme::bounds::{self, Bounds};
use crate::theme::colour::{self, GRAPHICS, TEXT};
use crate::theme::furniture::{FurnitureSpec, LineSpec};
use crate::theme::spec::{OpenerSpec, PageSpec, RuleSpec, Space, StyleSpec};
use crate::theme::{Alignment, Case, Edge, Family, Field, Figures, Ink, Numbering, Role, Slot, Theme, ThemeSpec};
use crate::units::{Colour, Length};
use crate::yaml::{Fields, Kind, Node, Written, wrong};

/// Reads them all.
pub(super) fn read(fields: &Fields<'_>, spec: &mut ThemeSpec, d: &mut Diagnostics) {
    spec.page = page(fields, d);
    spec.opener = opener(fields, d);
    spec.furniture = furniture(fields, d);
    styles(fields, spec, d);
}

/// The styles of roles.
pub(super) fn styles(fields: &Fields<'_>, spec: &mut ThemeSpec, d: &mut Diagnostics) {
    let Some(node) = fields.take("styles") else { return };
    let Kind::Map(entries) = &node.kind else {
        wrong(node, "\"styles\" names roles, each with what differs: {heading-2: {size: 12.5pt}}", d);
        return;
    };
    for entry in entries {
        let Some(role) = Role::find(&entry.key) else {
            let names: Vec<&str> = Role::ALL.iter().map(|role| role.name()).collect();
            one_of("styles", &entry.key, &names, entry.key_span, d);
            continue;
        };
        if let Some(given) = style(&entry.value, d) {
            idle(role, &given, &entry.value, d);
            if let Some(at) = colour_span(&entry.value) {
                spec.places.push((role.name().to_owned(), at));
            }
            spec.styles.push((role, given));
        }
    }
}

/// The titles that have numbers, or may stand in other places than on lines of their own.
const TITLES: [Role; 6] = [Role::Opening, Role::RunOn, Role::PartTitle, Role::Heading2, Role::Heading3, Role::Heading4];

/// Says what of a style means nothing in its role.
fn idle(role: Role, given: &StyleSpec, node: &Node, d: &mut Diagnostics) {
    let headings = &TITLES[3..];
    let across = [&TITLES[..], &[Role::PullQuote]].concat();
    let numbered = matches!(given.number, Some(Numbering::Above | Numbering::Hung));
    let keys: [(&str, bool, &[Role]); 5] = [
        ("number", numbered, &TITLES),
        ("across", given.across == Some(true), &across),
        ("run_in", given.run_in == Some(true), headings),
        ("beside", given.beside == Some(true), headings),
        ("leader", given.leader == Some(true), &[Role::Contents0, Role::Contents1, Role::Contents2]),
    ];
    for (key, asked, roles) in keys {
        let Kind::Map(entries) = &node.kind else { return };
        let Some(entry) = entries.iter().find(|entry| asked && !roles.contains(&role) && entry.key == key) else {
            continue;
        };
        let names: Vec<&str> = roles.iter().map(|role| role.name()).collect();
        let message = format!("\"{key}\" means nothing in \"{}\"", role.name());
        let hint = format!("it is for {}", names.join(", "));
        d.report(Diagnostic::new(&lints::WRONG_VALUE, message).at(entry.key_span).hint(hint));
    }
}

fn colour_span(node: &Node) -> Option<Span> {
    match &node.kind {
        Kind::Map(entries) => {
            let named = |entry: &&crate::yaml::Entry| matches!(entry.key.as_str(), "colour" | "ground");
            entries.iter().find(named).map(|entry| entry.value.span)
        }
        _ => None,
    }
}

fn style(node: &Node, d: &mut Diagnostics) -> Option<StyleSpec> {
    let fields = Fields::of(node, &keys::STYLE, d)?;
    let (ground, rule) = (ground(&fields, d), rule(&fields, d));
    let spec = StyleSpec {
        face: word(&fields, "face", Family::find, Family::WORDS, d),
        weight: whole(&fields, "weight", 100, 900, d).map(|weight| weight as u16),
        italic: fields.flag("italic", d),
        size: length_within(&fields, "size", Bounds::SIZE, d),
        leading: length_within(&fields, "leading", Bounds::LEADING, d),
        colour: ink(&fields, "colour", d),
        align: word(&fields, "align", Alignment::find, Alignment::WORDS, d),
        hyphenate: fields.flag("hyphenate", d),
        first: length_within(&fields, "first", Bounds::SPACE, d),
        start: length_within(&fields, "start", Bounds::SPACE, d),
        end: length_within(&fields, "end", Bounds::SPACE, d),
        above: space(&fields, "above", d),
        below: space(&fields, "below", d),
        figures: word(&fields, "figures", Figures::find, Figures::WORDS, d),
        tabular: fields.flag("tabular", d),
        case: word(&fields, "case", Case::find, Case::WORDS, d),
        tracking: tracking(&fields, d),
        number: word(&fields, "number", Numbering::find, Numbering::WORDS, d),
        keep: fields.flag("keep", d),
        across: fields.flag("across", d),
        run_in: fields.flag("run_in", d),
        beside: fields.flag("beside", d),
        leader: fields.flag("leader", d),
        ground,
        inside: length_within(&fields, "inside", Bounds::SPACE, d),
        rule,
    };
    if let (Some(size), Some(leading)) = (spec.size, spec.leading)
        && !bounds::holds(leading, size)
    {
        let message = format!("lines of {size} run into each other at a leading of {leading}");
        let hint = format!("write {} or more", size.scale(4, 5));
        d.report(Diagnostic::new(&lints::WRONG_VALUE, message).at(node.span).hint(hint));
    }
    fields.finish(d);
    Some(spec)
}

/// One of some words.
pub(super) fn word<T>(
    fields: &Fields<'_>,
    key: &'static str,
    find: impl Fn(&str) -> Option<T>,
    words: &[&str],
    d: &mut Diagnostics,
) -> Option<T> {
    let written = fields.text(key, d)?;
    // `none` and `false` are one.
    let text = if written.text == "false" { "none" } else { written.text.as_str() };
    let found = find(text);
    if found.is_none() {
        one_of(key, &written.text, words, written.span, d);
    }
    found
}

/// A whole number within bounds.
fn whole(fields: &Fields<'_>, key: &'static str, least: i64, most: i64, d: &mut Diagnostics) -> Option<i64> {
    let written = fields.text(key, d)?;
    let number = written.text.parse::<i64>().ok().filter(|number| (least..=most).contains(number));
    if number.is_none() {
        let message = format!("\"{}\" is no value of \"{key}\"", written.text);
        let hint = format!("write a whole number from {least} to {most}");
        d.report(Diagnostic::new(&lints::WRONG_VALUE, message).at(written.span).hint(hint));
    }
    number
}

/// Lines of the grid, or a length.
fn space(fields: &Fields<'_>, key: &'static str, d: &mut Diagnostics) -> Option<Space> {
    let written = fields.text(key, d)?;
    if let Ok(lines) = written.text.parse::<f64>()
        && (0.0..=30.0).contains(&lines)
    {
        return Some(Space::Lines((lines * 1000.0).round() as i64));
    }
    if written.text.parse::<f64>().is_ok() {
        let message = format!("\"{}\" is no value of \"{key}\"", written.text);
        let hint = "write lines of the grid, 0 to 30, or a length: 6pt";
        d.report(Diagnostic::new(&lints::WRONG_VALUE, message).at(written.span).hint(hint));
        return None;
    }
    bounded(&written, key, Bounds::SPACE, d).map(Space::Length)
}

/// `8%` or `0.08em` of the size, in thousandths; less than nothing brings letters closer.
fn tracking(fields: &Fields<'_>, d: &mut Diagnostics) -> Option<i16> {
    let written = fields.text("tracking", d)?;
    let text = written.text.trim();
    let number = |text: &str, parts: f64| text.trim().parse::<f64>().ok().map(|number| number * parts);
    let share = match (text.strip_suffix('%'), text.strip_suffix("em")) {
        (Some(share), _) => number(share, 10.0),
        (_, Some(ems)) => number(ems, 1000.0),
        _ => (text == "0").then_some(0.0),
    };
    let share = share.filter(|share| (-100.0..=500.0).contains(share));
    if share.is_none() {
        let message = format!("\"{text}\" is no value of \"tracking\"");
        let hint = "write a share of the size from -10% to 50%, or in ems: 0.08em";
        d.report(Diagnostic::new(&lints::WRONG_VALUE, message).at(written.span).hint(hint));
    }
    share.map(|share| share.round() as i16)
}

/// A colour of the palette by its name, or one by its digits.
fn ink(fields: &Fields<'_>, key: &'static str, d: &mut Diagnostics) -> Option<Ink> {
    let written = fields.text(key, d)?;
    let found = Ink::find(&written.text);
    if found.is_none() {
        let hint = match nearest(&written.text, Ink::WORDS.iter().copied()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("write {}, or a colour as \"#14304A\", in quotes", Ink::WORDS.join(", ")),
        };
        let message = format!("\"{}\" is no colour", written.text);
        d.report(Diagnostic::new(&lints::WRONG_VALUE, message).at(written.span).hint(hint));
    }
    found
}

/// The same, or none at all.
pub(super) fn ground(fields: &Fields<'_>, d: &mut Diagnostics) -> Option<Option<Ink>> {
    match fields.take("ground")? {
        node if node.truth() == Some(false) => Some(None),
        _ => ink(fields, "ground", d).map(Some),
    }
}

/// `{side: top, width: 2pt, colour: accent}`, a width, or none.
fn rule(fields: &Fields<'_>, d: &mut Diagnostics) -> Option<RuleSpec> {
    let node = fields.take("rule")?;
    if node.truth() == Some(false) {
        return Some(RuleSpec { side: Some(Edge::Unruled), ..RuleSpec::default() });
    }
    if let Some(text) = node.text() {
        let written = Written { text: text.to_owned(), span: node.span };
        return Some(RuleSpec { width: Some(bounded(&written, "rule", Bounds::SPACE, d)?), ..RuleSpec::default() });
    }
    let inner = Fields::of(node, &keys::RULE, d)?;
    let length = match inner.text("length", d) {
        Some(written) if written.text == "all" => Some(None),
        Some(written) => bounded(&written, "length", Bounds::SPACE, d).map(Some),
        None => None,
    };
    let spec = RuleSpec {
        side: word(&inner, "side", Edge::find, Edge::WORDS, d),
        width: length_within(&inner, "width", Bounds::SPACE, d),
        length,
        colour: ink(&inner, "colour", d),
    };
    inner.finish(d);
    Some(spec)
}

fn page(fields: &Fields<'_>, d: &mut Diagnostics) -> PageSpec {
    let Some(inner) = fields.take("page").and_then(|node| Fields::of(node, &keys::PAGE, d)) else {
        return PageSpec::default();
    };
    let (columns, columns_of) = columns(&inner, d);
    let spec = PageSpec {
        columns,
        columns_of,
        gutter: length_within(&inner, "gutter", Bounds::SPACE, d),
        margin_column: length_within(&inner, "margin_column", Bounds::SPACE, d),
        margin_gap: length_within(&inner, "margin_gap", Bounds::SPACE, d),
    };
    inner.finish(d);
    spec
}

/// `columns: 2`, or `columns: {text: 2, notes: 3}`.
fn columns(fields: &Fields<'_>, d: &mut Diagnostics) -> (Option<u8>, Vec<(DivisionKind, u8)>) {
    let Some(node) = fields.take("columns") else { return (None, Vec::new()) };
    let Kind::Map(entries) = &node.kind else { return (count(node, d), Vec::new()) };
    let (mut text, mut own) = (None, Vec::new());
    for entry in entries {
        match (entry.key.as_str(), DivisionKind::find(&entry.key)) {
            ("text", _) => text = count(&entry.value, d),
            (_, Some(kind)) => own.extend(count(&entry.value, d).map(|columns| (kind, columns))),
            (other, None) => {
                let kinds = DivisionKind::ALL.iter().map(|kind| kind.name());
                let kinds: Vec<&str> = std::iter::once("text").chain(kinds).collect();
                one_of("columns", other, &kinds, entry.key_span, d);
            }
        }
    }
    (text, own)
}

/// As many columns as a page can have.
fn count(node: &Node, d: &mut Diagnostics) -> Option<u8> {
    let count = node.text().and_then(|text| text.parse::<u8>().ok()).filter(|count| (1..=3).contains(count));
    if count.is_none() {
        wrong(node, "\"columns\" is 1, 2 or 3, or says so by kind of section: {text: 2, notes: 3}", d);
    }
    count
}

fn opener(fields: &Fields<'_>, d: &mut Diagnostics) -> OpenerSpec {
    let Some(inner) = fields.take("opener").and_then(|node| Fields::of(node, &keys::OPENER, d)) else {
        return OpenerSpec::default();
    };
    let spec = OpenerSpec {
        sink: whole(&inner, "sink", 0, 30, d),
        ground: ground(&inner, d),
        depth: length_within(&inner, "depth", Bounds::SPACE, d),
        standfirst_depth: length_within(&inner, "standfirst_depth", Bounds::SPACE, d),
        number: word(&inner, "number", Numbering::find, Numbering::WORDS, d),
        number_word: word(&inner, "word", NumberWord::find, NumberWord::WORDS, d),
        drop_cap: whole(&inner, "drop_cap", 1, 5, d).map(|lines| lines as u8),
        small_capitals: inner.flag("small_capitals", d),
    };
    inner.finish(d);
    spec
}

fn furniture(fields: &Fields<'_>, d: &mut Diagnostics) -> FurnitureSpec {
    let Some(inner) = fields.take("furniture").and_then(|node| Fields::of(node, &keys::FURNITURE, d)) else {
        return FurnitureSpec::default();
    };
    let spec = FurnitureSpec {
        head: inner.take("head").and_then(|node| line(node, d)),
        foot: inner.take("foot").and_then(|node| line(node, d)),
        opening: inner.take("opening").and_then(|node| line(node, d)),
        head_baseline: length_within(&inner, "head_baseline", Bounds::BASELINE, d),
        folio_edge: length_within(&inner, "folio_edge", Bounds::SPACE, d),
        foot_baseline: length_within(&inner, "foot_baseline", Bounds::BASELINE, d),
    };
    inner.finish(d);
    spec
}

/// A line of furniture; `none` is an empty one.
fn line(node: &Node, d: &mut Diagnostics) -> Option<LineSpec> {
    if node.truth() == Some(false) {
        let empty = || Some(Slot::default());
        return Some(LineSpec { outer: empty(), inner: empty(), centre: empty(), rule: Some(Length::ZERO) });
    }
    let inner = Fields::of(node, &keys::LINE, d)?;
    let spec = LineSpec {
        outer: inner.take("outer").and_then(|node| slot(node, d)),
        inner: inner.take("inner").and_then(|node| slot(node, d)),
        centre: inner.take("centre").and_then(|node| slot(node, d)),
        rule: length_within(&inner, "rule", Bounds::SPACE, d),
    };
    inner.finish(d);
    Some(spec)
}

fn slot(node: &Node, d: &mut Diagnostics) -> Option<Slot> {
    if !matches!(node.kind, Kind::Map(_)) {
        return Some(Slot::both(&words(node, d)?));
    }
    let inner = Fields::of(node, &keys::SIDES, d)?;
    let mut side = |key: &'static str| inner.take(key).and_then(|node| words(node, d)).unwrap_or_default();
    let slot = Slot { verso: side("verso"), recto: side("recto") };
    inner.finish(d);
    Some(slot)
}

/// Fields between bars.
fn words(node: &Node, d: &mut Diagnostics) -> Option<Vec<Field>> {
    if node.truth() == Some(false) {
        return Some(Vec::new());
    }
    let Some(text) = node.text() else {
        wrong(node, "a slot names fields between bars: \"folio | short_title\"", d);
        return None;
    };
    let mut fields = Vec::new();
    for word in text.split('|').map(str::trim) {
        match Field::find(word) {
            Some(field) => fields.push(field),
            None => one_of("furniture", word, &Field::ALL.map(|(_, word)| word), node.span, d),
        }
    }
    Some(fields)
}

/// Colours that the author named must be readable where they are used.
pub(super) fn check_contrast(layers: &[&ThemeSpec], theme: &Theme, d: &mut Diagnostics) {
    let layers = crate::theme::spec::flat(layers);
    let variant = layers.iter().rev().find_map(|layer| layer.variant.as_ref());
    let mut named: Vec<&(String, Span)> = Vec::new();
    for layer in &layers {
        named.extend(&layer.places);
        let asked = layer.variants.iter().filter(|(name, _)| variant.is_some_and(|(asked, _)| asked == name));
        named.extend(asked.flat_map(|(_, looks)| &looks.places));
    }
    let named = named.iter().enumerate();
    let named: Vec<&(String, Span)> = named
        .clone()
        .filter(|(at, (name, _))| !named.clone().any(|(later, (other, _))| later > *at && other == name))
        .map(|(_, named)| *named)
        .collect();
    // What is wrong with a colour of the palette is said of that, and not of each role that has it.
    let inks = named.iter().filter(|(name, _)| Role::find(name).is_none() && faint(name, theme).is_some());
    let inks: Vec<Ink> = inks.filter_map(|(name, _)| Ink::find(name)).collect();
    for (name, span) in named {
        if Role::find(name).is_some_and(|role| inks.contains(&theme.style(role).ink)) {
            continue;
        }
        if let Some(said) = faint(name, theme) {
            d.report(said.at(*span));
        }
    }
}

/// What is wrong with a colour of the palette, or of a role.
fn faint(name: &str, theme: &Theme) -> Option<Diagnostic> {
    let palette = &theme.palette;
    if let Some(role) = Role::find(name) {
        let style = theme.style(role);
        let (letters, behind) = (style.colour(palette), behind(role, theme));
        return weak(&format!("\"{name}\""), letters, behind, colour::needed(style), true);
    }
    if name == "ground" {
        let most = |ink: Colour| weak("text", ink, palette.ground, TEXT, false).map(|_| ink);
        let ink = most(palette.text).or_else(|| most(theme.style(Role::BoxTitle).colour(palette)))?;
        let said = format!("the ground {} leaves letters in {ink} too faint", palette.ground);
        let near = colour::readable(palette.ground, ink, TEXT);
        return Some(
            Diagnostic::new(&lints::LOW_CONTRAST, said).hint(format!("the nearest that passes is \"{near}\"")),
        );
    }
    let ink = Ink::find(name).filter(|ink| !matches!(ink, Ink::Own(_) | Ink::Paper | Ink::Ground))?;
    let of_role = Role::ALL.iter().copied().filter(|role| theme.style(*role).ink == ink);
    let said = of_role.clone().find_map(|role| {
        weak(&format!("\"{name}\""), palette.ink(ink), behind(role, theme), colour::needed(theme.style(role)), true)
    });
    // Thin rules may stand back; what is only seen, and never read, needs less.
    match ink {
        Ink::Accent if of_role.count() == 0 => weak("\"accent\"", palette.accent, Colour::WHITE, GRAPHICS, true),
        _ => said,
    }
}

/// What is behind the letters of a role.
fn behind(role: Role, theme: &Theme) -> Colour {
    let frame = match role {
        Role::BoxTitle | Role::BoxMarker => theme.style(Role::BoxText).frame,
        // Letters that cannot be read on a band are changed there: they need be right on one of the two.
        Role::Opening | Role::DivisionNumber => {
            let letters = theme.style(role).colour(&theme.palette);
            let band = theme.opener.ground.map(|ink| theme.palette.ink(ink));
            let clearer = |band: &Colour| colour::contrast(letters, *band) > colour::contrast(letters, Colour::WHITE);
            return band.filter(clearer).unwrap_or(Colour::WHITE);
        }
        Role::CoverSeries => return theme.palette.ink,
        _ => theme.style(role).frame,
    };
    frame.ground.map_or(Colour::WHITE, |ink| theme.palette.ink(ink))
}

fn weak(name: &str, letters: Colour, behind: Colour, least: i64, hint: bool) -> Option<Diagnostic> {
    let contrast = colour::contrast(letters, behind);
    if contrast >= least {
        return None;
    }
    let ratio = |hundredths: i64| format!("{}.{} : 1", hundredths / 100, hundredths % 100 / 10);
    let message = format!(
        "{name}, {letters} on {behind}, has a contrast of {}; it takes {} to be read",
        ratio(contrast),
        ratio(least)
    );
    let said = Diagnostic::new(&lints::LOW_CONTRAST, message);
    let near = colour::readable(letters, behind, least);
    Some(if hint { said.hint(format!("the nearest that passes is \"{near}\"")) } else { said })
}
