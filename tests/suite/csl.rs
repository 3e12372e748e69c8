//! The engine of citations against the test suite of CSL (github.com/citation-style-language/test-suite).
//!
//! `CSL_SUITE=DIR` names a checkout of it, `CSL_WORDS=1` prints what fails. The fixtures that pass stand in
//! `tests/suite/csl-passes.txt`, at commit 13724f99a9b253e4a363f72e55b90cf8889e92b8; the list may only grow (`BLESS=1`
//! adds to it). Without a checkout the test says so and passes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use recto::cite::cluster::{Citation, Cite, Manner, words};
use recto::cite::join::{Signs, join};
use recto::cite::piece::Piece;
use recto::cite::processor::Processor;
use recto::cite::style::Locale;
use recto::cite::style::{Position, Style};
use recto::cite::work::Work;
use recto::cite::{html, places, read_json, read_style, shipped};
use serde_json::Value;

const PASSES: &str = "tests/suite/csl-passes.txt";

/// The parts of a fixture by their names.
fn sections(text: &str) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    let mut open: Option<(String, Vec<&str>)> = None;
    for line in text.lines() {
        let bare = line.trim_start_matches('\u{feff}');
        if bare.starts_with(">>=") && open.is_none() {
            open = Some((bare.trim_matches(['>', '=', ' ']).to_owned(), Vec::new()));
        } else if bare.starts_with("<<=") {
            out.extend(open.take().map(|(name, lines)| (name, lines.join("\n"))));
        } else if let Some((_, lines)) = &mut open {
            lines.push(line);
        }
    }
    out
}

fn said(value: &Value, key: &str) -> Option<String> {
    let value = value.get(key)?;
    value.as_str().map(str::to_owned).or_else(|| value.as_i64().map(|number| number.to_string()))
}

fn holds(value: &Value, key: &str) -> bool {
    value.get(key).is_some_and(|value| value.as_bool() == Some(true) || value.as_i64() == Some(1))
}

fn position(value: &Value) -> (Position, bool) {
    let near = holds(value, "near-note");
    let position = match value.get("position").and_then(Value::as_i64) {
        Some(1) => Position::Subsequent,
        Some(2) => Position::Ibid,
        Some(3) => Position::IbidWithLocator,
        Some(_) => Position::First,
        None if near => Position::Subsequent,
        None => Position::First,
    };
    (position, near)
}

/// A fixture's style, works and what is cited.
struct Fixture {
    style: Style,
    locale: Locale,
    works: Vec<Work>,
    ids: BTreeMap<String, usize>,
}

impl Fixture {
    fn cite(&self, value: &Value, forced: bool) -> Option<Cite> {
        Some(Cite {
            work: *self.ids.get(&said(value, "id")?)?,
            prefix: words(&said(value, "prefix").unwrap_or_default()),
            suffix: words(&said(value, "suffix").unwrap_or_default()),
            locator: said(value, "locator")
                .filter(|locator| !locator.is_empty())
                .map(|locator| (said(value, "label").unwrap_or_else(|| "page".to_owned()), locator)),
            suppress_author: holds(value, "suppress-author"),
            forced: forced.then(|| position(value)),
            forced_first: said(value, "first-reference-note-number").and_then(|number| number.parse().ok()),
        })
    }

    fn citation(&self, items: &[Value], note: usize, forced: bool, mode: &str) -> Citation {
        let alone = mode == "author-only" || items.iter().any(|item| holds(item, "author-only"));
        Citation {
            cites: items.iter().filter_map(|item| self.cite(item, forced)).collect(),
            note,
            breaks: false,
            manner: match (alone, mode) {
                (true, _) => Manner::AuthorOnly,
                (false, "composite") => Manner::AuthorInText,
                (false, _) => Manner::Whole,
            },
        }
    }

    fn written(&self, pieces: &[Piece]) -> String {
        html::html(&join(pieces, &Signs::of(&self.locale)))
    }

    fn render(&self, citations: &[Citation], order: &[usize]) -> Vec<String> {
        let places = places::places(citations, self.style.citation.near_note);
        let mut again = vec![false; self.works.len()];
        for (citation, places) in citations.iter().zip(&places) {
            for (cite, place) in citation.cites.iter().zip(places) {
                again[cite.work] |= place.position != Position::First;
            }
        }
        let processor = Processor::new(&self.style, &self.locale, &self.works, order, again);
        citations
            .iter()
            .zip(&places)
            .map(|(citation, places)| self.written(&processor.citation(citation, places)))
            .collect()
    }

    /// Citations that are put into a document one by one; what the last one changed is marked.
    fn document(&self, steps: &[Value]) -> (String, Vec<Citation>) {
        let mut known: BTreeMap<String, Citation> = BTreeMap::new();
        let mut before: Vec<(String, String)> = Vec::new();
        let mut out = String::new();
        let mut last = Vec::new();
        for (at, step) in steps.iter().enumerate() {
            let own = &step[0];
            let id = said(own, "citationID").unwrap_or_else(|| format!("citation {at}"));
            let note = own["properties"]["noteIndex"].as_u64().unwrap_or(0) as usize;
            let mode = said(&own["properties"], "mode").unwrap_or_default();
            let items = own["citationItems"].as_array().cloned().unwrap_or_default();
            known.insert(id.clone(), self.citation(&items, note, false, &mode));
            let pairs = |value: &Value| -> Vec<(String, usize)> {
                let pair =
                    |pair: &Value| (pair[0].as_str().unwrap_or("").to_owned(), pair[1].as_u64().unwrap_or(0) as usize);
                value.as_array().into_iter().flatten().map(pair).collect()
            };
            let mut sequence = pairs(&step[1]);
            sequence.push((id.clone(), note));
            sequence.extend(pairs(&step[2]));
            let here: Vec<(String, Citation)> = sequence
                .into_iter()
                .filter_map(|(id, note)| known.get(&id).map(|known| (id, Citation { note, ..known.clone() })))
                .collect();
            let citations: Vec<Citation> = here.iter().map(|(_, citation)| citation.clone()).collect();
            let now: Vec<(String, String)> =
                here.iter().map(|(id, _)| id.clone()).zip(self.render(&citations, &first_cited(&citations))).collect();
            let changed = |(own, words): &(String, String)| {
                *own == id || !before.iter().any(|(other, old)| other == own && old == words)
            };
            let lines = now
                .iter()
                .enumerate()
                .map(|(at, one)| format!("{}[{at}] {}", if changed(one) { ">>" } else { ".." }, one.1));
            out = lines.collect::<Vec<_>>().join("\n");
            before = now;
            last = citations;
        }
        (out, last)
    }
}

fn first_cited(citations: &[Citation]) -> Vec<usize> {
    let mut order = Vec::new();
    for cite in citations.iter().flat_map(|citation| &citation.cites) {
        if !order.contains(&cite.work) {
            order.push(cite.work);
        }
    }
    order
}

/// Whether a fixture's list keeps a work.
fn listed(asked: &Value, work: &Work) -> bool {
    let test = |test: &Value| {
        let (field, value) = (said(test, "field").unwrap_or_default(), said(test, "value").unwrap_or_default());
        let own = if field == "type" { Some(work.kind.as_str()) } else { work.text(&field) };
        own.map_or(value.is_empty(), |own| own == value || own.split_whitespace().any(|word| word == value))
    };
    let all = |key: &str| asked.get(key).and_then(Value::as_array);
    if all("quash").is_some_and(|tests| tests.iter().all(test)) {
        return false;
    }
    match (all("include"), all("exclude"), all("select")) {
        (Some(tests), _, _) => tests.iter().any(test),
        (_, Some(tests), _) => !tests.iter().any(test),
        (_, _, Some(tests)) => tests.iter().all(test),
        _ => true,
    }
}

/// What a fixture wants and what it gets.
fn run(text: &str) -> Result<(String, String), String> {
    let parts = sections(text);
    let part = |name: &str| parts.get(name).map(|text| text.trim());
    let want = part("RESULT").ok_or("no result")?.to_owned();
    let style = match read_style::style(part("CSL").ok_or("no style")?) {
        Ok(read_style::Read::Style(style)) => *style,
        Ok(read_style::Read::Depends(_)) => return Err("a dependent style".to_owned()),
        Err(fault) => return Err(format!("line {}: {}", fault.line, fault.what)),
    };
    let json =
        |name: &str| part(name).map(|text| serde_json::from_str::<Value>(text).map_err(|error| error.to_string()));
    let input = json("INPUT").ok_or("no input")??;
    let works: Vec<Work> =
        input.as_array().into_iter().flatten().filter_map(Value::as_object).map(read_json::item).collect();
    let language = style.default_locale.clone().unwrap_or_else(|| "en-US".to_owned());
    let fixture = Fixture {
        locale: shipped::locale(&language, &style),
        ids: works.iter().enumerate().map(|(at, work)| (work.key.clone(), at)).collect(),
        style,
        works,
    };
    let bibliography = part("MODE").is_some_and(|mode| mode.starts_with("bibliography"));
    let mut order: Vec<usize> = (0..fixture.works.len()).collect();
    let mut citations = Vec::new();
    if let Some(steps) = json("CITATIONS") {
        let (words, last) = fixture.document(steps?.as_array().ok_or("no list")?);
        if !bibliography {
            return Ok((want, words));
        }
        order = first_cited(&last);
    } else if let Some(items) = json("CITATION-ITEMS") {
        let items = items?;
        let lists = items.as_array().into_iter().flatten().filter_map(Value::as_array);
        citations = lists.map(|items| fixture.citation(items, 0, true, "")).collect();
    } else {
        let cite = |work: usize| Cite { work, forced: Some((Position::First, false)), ..Cite::default() };
        citations.push(Citation { cites: order.iter().map(|work| cite(*work)).collect(), ..Citation::default() });
    }
    if let Some(entries) = json("BIBENTRIES") {
        let entries = entries?;
        let last = entries.as_array().and_then(|all| all.last()).and_then(Value::as_array).cloned().unwrap_or_default();
        order = last.iter().filter_map(Value::as_str).filter_map(|id| fixture.ids.get(id).copied()).collect();
    }
    if !bibliography {
        return Ok((want, fixture.render(&citations, &order).join("\n")));
    }
    let again = vec![false; fixture.works.len()];
    let processor = Processor::new(&fixture.style, &fixture.locale, &fixture.works, &order, again);
    let mut entries = processor.entries();
    if let Some(asked) = json("BIBSECTION") {
        let asked = asked?;
        entries.retain(|entry| listed(&asked, &fixture.works[entry.work]));
    }
    let line = |pieces: &[Piece]| format!("  <div class=\"csl-entry\">{}</div>\n", fixture.written(pieces));
    let body: String = entries.iter().map(|entry| line(&entry.pieces)).collect();
    Ok((want, format!("<div class=\"csl-bib-body\">\n{body}</div>")))
}

#[test]
fn fixtures_of_csl_that_passed_pass() {
    let Some(suite) = std::env::var_os("CSL_SUITE") else {
        eprintln!("skipped: CSL_SUITE names no checkout of citation-style-language/test-suite");
        return;
    };
    let folder = Path::new(&suite).join("processor-tests/humans");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .expect("CSL_SUITE is a checkout of the suite")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok()?.strip_suffix(".txt").map(str::to_owned))
        .collect();
    names.sort();
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join(PASSES);
    let known: BTreeSet<String> =
        std::fs::read_to_string(&list).unwrap_or_default().lines().map(str::to_owned).collect();
    let mut passed = BTreeSet::new();
    for name in &names {
        let text = std::fs::read(folder.join(format!("{name}.txt"))).expect("it can be read");
        let result = std::panic::catch_unwind(|| run(&String::from_utf8_lossy(&text))).expect("no fixture panics");
        match result {
            Ok((want, got)) if want == got.trim() => {
                passed.insert(name.clone());
            }
            other if std::env::var_os("CSL_WORDS").is_some() => println!("== {name}\n{other:#?}"),
            _ => {}
        }
    }
    println!("{} of {} fixtures pass", passed.len(), names.len());
    if std::env::var_os("BLESS").is_some() {
        let all: Vec<&str> = known.union(&passed).map(String::as_str).collect();
        std::fs::write(&list, all.join("\n") + "\n").expect("it can be written");
        return;
    }
    let lost: Vec<&String> = known.difference(&passed).collect();
    assert!(lost.is_empty(), "these passed before: {lost:#?}");
}
