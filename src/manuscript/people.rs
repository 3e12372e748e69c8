//! People: authors and contributors as written, in every form that people write them in.

use super::affiliations::Affiliations;
use super::foreign;
use super::keys;
use super::values::{email, one_of, orcid};
use super::written::WrittenPerson;
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::yaml::{Fields, Kind, Node, Written};

/// Everybody whom some keys name.
pub(super) fn people(
    fields: &Fields<'_>,
    keys: &[&'static str],
    role: &str,
    d: &mut Diagnostics,
) -> Vec<WrittenPerson> {
    let places = Affiliations::named(fields, keys);
    let mut found = Vec::new();
    for key in keys {
        let Some(node) = fields.take(key) else { continue };
        match &node.kind {
            Kind::List(items) => {
                for item in items {
                    // In a list a comma parts a name from what follows it: "Lee, Ann", "Bob Ray, PhD".
                    let marks = if item.text().is_some() { &MARKS[1..] } else { &MARKS };
                    several(item, key, marks, d);
                    found.extend(person(item, role, &places, d));
                }
            }
            _ => {
                several(node, key, &MARKS, d);
                found.extend(person(node, role, &places, d));
            }
        }
    }
    found
}

/// What stands between several persons: commas first, since they stand within a name as well.
const MARKS: [&[&str]; 2] = [
    &[", and ", ",", "，"],
    &[";", "；", "、", " and ", " & ", " und ", " et ", " y ", " e ", " i ", " en ", " og ", " och ", " и ", " และ "],
];

/// Says that several persons stand in one text: "Ann Lee, Bob Ray and Cy Twombly".
fn several(node: &Node, key: &str, marks: &[&[&str]], d: &mut Diagnostics) {
    let node = plain_name(node);
    let Some(text) = node.text() else { return };
    if inverted(text, d, node, key) {
        return;
    }
    let mut names = vec![text];
    for mark in marks.iter().copied().flatten() {
        names = names.iter().flat_map(|name| name.split(mark)).map(str::trim).collect();
    }
    // "Lee, Ann" is one person, and so is the Ministry of Food and Drink; Chinese names have no spaces.
    let unspaced = |name: &str| (2..=6).contains(&name.chars().count()) && name.chars().all(|c| c >= '\u{3040}');
    let whole =
        |name: &&str| name.split_whitespace().count() > 1 && name.starts_with(char::is_uppercase) || unspaced(name);
    if names.len() > 1 && names.iter().all(whole) {
        d.report(
            Diagnostic::new(&lints::ONE_PERSON, format!("\"{text}\" is taken as the name of one person"))
                .at(node.span)
                .hint(format!("write several as a list: {key}: [{}]", names.join(", "))),
        );
    }
}

/// The name in `{name: …}` that says nothing of how it is sorted; else the node itself.
fn plain_name(node: &Node) -> &Node {
    let Kind::Map(entries) = &node.kind else { return node };
    let sorted = entries.iter().any(|entry| entry.key == "file_as");
    entries.iter().find(|entry| entry.key == "name" && !sorted).map_or(node, |entry| &entry.value)
}

/// Says that names stand as lists of works have them, the family's name first: "Lee, Ann", "Lee, Ann; Ray, Bob", "Lee, Ann
/// and Ray, Bob". Whoever is "Bob Ray, PhD" is none.
fn inverted(text: &str, d: &mut Diagnostics, node: &Node, key: &str) -> bool {
    const TITLES: [&str; 12] = ["jr", "sr", "phd", "md", "ii", "iii", "esq", "mp", "obe", "dds", "cpa", "inc"];
    let turned = |name: &str| {
        let (family, given) = name.split_once(',')?;
        let (family, given) = (family.trim(), given.trim());
        let plain = |part: &str, words: usize| {
            let count = part.split_whitespace().count();
            (1..=words).contains(&count) && !part.contains(',') && part.starts_with(char::is_uppercase)
        };
        let title = given.trim_end_matches('.').replace('.', "").to_lowercase();
        let alone = plain(family, 1) && plain(given, 2) && !TITLES.contains(&title.as_str());
        alone.then(|| format!("{given} {family}"))
    };
    let parts: Vec<&str> = text.split([';', '；']).flat_map(|part| part.split(" and ")).map(str::trim).collect();
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        return false;
    }
    let Some(names) = parts.iter().map(|part| turned(part)).collect::<Option<Vec<String>>>() else { return false };
    let (message, hint) = match (names.as_slice(), parts.as_slice()) {
        ([name], [part]) => (
            format!("\"{text}\" is printed as it stands, the family's name first"),
            format!("write {{name: {name}, file_as: \"{part}\"}}"),
        ),
        _ => (
            format!("\"{text}\" is taken as the name of one person"),
            format!("write several as a list: {key}: [{}]", names.join(", ")),
        ),
    };
    d.report(Diagnostic::new(&lints::ONE_PERSON, message).at(node.span).hint(hint));
    true
}

/// Says that a name holds marks, which are printed: notes and raised figures lead to addresses in other tools.
fn marked(name: &Written, d: &mut Diagnostics) {
    const MARKS: [&str; 9] = ["^[", "[^", "](", "**", "\\", "<", "$^", "^1", "^*"];
    if MARKS.iter().any(|mark| name.text.contains(mark)) {
        d.report(
            Diagnostic::new(
                &lints::LITERAL_MARKUP,
                format!("the marks in \"{}\" are printed as they stand", name.text),
            )
            .at(name.span)
            .hint("write the name alone; where somebody works is said by {name: …, affiliation: …}"),
        );
    }
}

/// Says that a name holds where somebody works: "Bob Ray (School of Ports)", "Cy Poe, University of Ports".
fn with_a_place(name: &Written, d: &mut Diagnostics) {
    let text = name.text.as_str();
    let bracketed = text.strip_suffix(')').and_then(|inner| inner.split_once(" ("));
    let Some((who, place)) = bracketed.or_else(|| text.split_once(", ").filter(|(_, rest)| is_a_place(rest))) else {
        return;
    };
    let (who, place) = (who.trim(), place.trim());
    // "Li (Ann) Lee (Jr)" and "Plain Press (UK)" are names; so is that of a body, "Department of Brine, University of Ports".
    if place.split_whitespace().count() < 2 || is_a_place(who) || who.split_whitespace().count() < 2 {
        return;
    }
    let quoted = if place.contains([',', ':', '#']) { format!("\"{place}\"") } else { place.to_owned() };
    d.report(
        Diagnostic::new(&lints::ONE_PERSON, format!("\"{text}\" is taken as a name"))
            .at(name.span)
            .hint(format!("where somebody works stands by itself: {{name: {who}, affiliation: {quoted}}}")),
    );
}

/// Whether words name a place where people work, by the kinds that such places have.
fn is_a_place(words: &str) -> bool {
    const KINDS: [&str; 22] = [
        "universit",
        "institut",
        "department",
        "school",
        "college",
        "faculty",
        "ministry",
        "academy",
        "laborator",
        "centre",
        "center",
        "hochschule",
        "fakultät",
        "école",
        "ecole",
        "escuela",
        "facultad",
        "università",
        "hospital",
        "council",
        "research",
        "大学",
    ];
    let words = words.to_lowercase();
    KINDS.iter().any(|kind| words.contains(kind))
}

fn person(node: &Node, usual_role: &str, places: &Affiliations<'_>, d: &mut Diagnostics) -> Option<WrittenPerson> {
    let mut person = WrittenPerson {
        name: Written { text: String::new(), span: node.span },
        file_as: None,
        role: usual_role.to_owned(),
        affiliation: None,
        photo: None,
        bio: None,
        email: None,
        url: None,
        orcid: None,
    };
    if let Some(name) = node.text() {
        person.name.text = name.trim().to_owned();
        if person.name.text.is_empty() {
            return None;
        }
        marked(&person.name, d);
        with_a_place(&person.name, d);
        return Some(person);
    }
    let fields = Fields::of(node, &keys::PERSON, d)?;
    let plain = |key: &'static str, d: &mut Diagnostics| fields.text(key, d).map(|written| written.text);
    let (name, sorted) = name(&fields, d);
    person.file_as = plain("file_as", d).or(sorted);
    if let Some(role) = fields.text("role", d) {
        person.role = marc_role(&role, d).to_owned();
    }
    for key in ["affiliation", "affiliations"] {
        if let Some(node) = fields.take(key) {
            person.affiliation = places.read(node, d).or(person.affiliation);
        }
    }
    person.photo = fields.text("photo", d);
    person.bio = fields.text("bio", d);
    person.email = fields.text("email", d).and_then(|written| email(&written, d)).map(|mail| mail.value);
    person.url = fields.text("url", d);
    person.orcid = fields.text("orcid", d).and_then(|written| orcid(&written, d));
    fields.finish_with(foreign::person, d);
    match name {
        Some(name) => {
            marked(&name, d);
            with_a_place(&name, d);
            Some(WrittenPerson { name, ..person })
        }
        None => {
            d.report(
                Diagnostic::new(&lints::MISSING_KEY, "this person has no name").at(node.span).hint("write `name: …`"),
            );
            None
        }
    }
}

/// The name as printed, and as sorted where its parts are given: `name`, `given` and `family`, also inside `name`.
fn name(fields: &Fields<'_>, d: &mut Diagnostics) -> (Option<Written>, Option<String>) {
    let inside = fields.take("name").filter(|node| matches!(node.kind, Kind::Map(_)));
    if let Some(inner) = inside.and_then(|node| Fields::of(node, &keys::NAME, d)) {
        let literal = inner.text("literal", d);
        let (parts, sorted) = parts_of_a_name(&inner, d);
        inner.finish(d);
        return (literal.or(parts), sorted);
    }
    let whole = fields.text("name", d);
    let (parts, sorted) = parts_of_a_name(fields, d);
    (whole.or(parts), sorted)
}

fn parts_of_a_name(fields: &Fields<'_>, d: &mut Diagnostics) -> (Option<Written>, Option<String>) {
    match (fields.text("given", d), fields.text("family", d)) {
        (Some(given), Some(family)) => {
            let name = Written { text: format!("{} {}", given.text, family.text), span: given.span };
            (Some(name), Some(format!("{}, {}", family.text, given.text)))
        }
        (given, family) => (given.or(family), None),
    }
}

/// The MARC relator code of a role.
fn marc_role(written: &Written, d: &mut Diagnostics) -> &'static str {
    const ROLES: [(&str, &str); 19] = [
        ("author", "aut"),
        ("editor", "edt"),
        ("translator", "trl"),
        ("illustrator", "ill"),
        ("photographer", "pht"),
        ("contributor", "ctb"),
        ("designer", "bkd"),
        ("cover-designer", "cov"),
        ("foreword", "aui"),
        ("afterword", "aft"),
        ("introduction", "aui"),
        ("reviewer", "rev"),
        ("proofreader", "pfr"),
        ("publisher", "pbl"),
        ("researcher", "res"),
        ("compiler", "com"),
        ("narrator", "nrt"),
        ("copyeditor", "cpe"),
        ("series-editor", "edt"),
    ];
    let role = written.text.to_lowercase().replace([' ', '_'], "-");
    if let Some((_, code)) = ROLES.iter().find(|(word, code)| *word == role || *code == role) {
        return code;
    }
    let words: Vec<&str> = ROLES.iter().map(|(word, _)| *word).collect();
    one_of("role", &written.text, &words, written.span, d);
    "ctb"
}
