//! Text in columns: nothing is lost, nothing leaves its column, and what is read after what stays.

use std::collections::BTreeMap;

use recto::diagnostic::Diagnostics;
use recto::page::{MarkKind, NodeId, Owner, Pages, Structure, TextRun};
use recto::production::{self, Proof, Request};
use recto::source::{Memory, Sources};

use crate::dice::{Dice, rounds};

const DRAWING: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="400" height="160"><rect width="400" height="160" fill="#14304A"/></svg>"##;

/// Sets a manuscript in so many columns; what the audits say comes with it.
fn set(columns: u8, metadata: &str, text: &str) -> (Proof, Vec<String>) {
    let theme =
        format!("theme: {{page: {{columns: {columns}, gutter: 20pt}}, margins: 54pt, size: 9.5pt, leading: 13pt}}");
    let metadata = format!("title: A Trial\ncontents: false\n{metadata}\n{theme}\n");
    let files = Memory::new().with("metadata.yaml", metadata).with("10-one.md", text).with("drawing.svg", DRAWING);
    let (mut sources, mut said) = (Sources::new(), Diagnostics::new());
    let proof = production::proof(&files, &Request::default(), &mut sources, &mut said);
    let said = said.iter().map(|said| format!("{}: {}", said.lint.name, said.message)).collect();
    (proof.expect("it is set").expect("there is a PDF edition"), said)
}

fn runs(pages: &Pages) -> impl Iterator<Item = (usize, Owner, &TextRun)> {
    let marks = pages.pages.iter().enumerate().flat_map(|(at, page)| page.marks.iter().map(move |mark| (at, mark)));
    marks.filter_map(|(at, mark)| match &mark.kind {
        MarkKind::Text(run) => Some((at, mark.owner, run)),
        _ => None,
    })
}

/// The letters of the book as its tree has them, without spaces and hyphens.
fn read(pages: &Pages) -> String {
    let mut texts: BTreeMap<NodeId, String> = BTreeMap::new();
    for (_, owner, run) in runs(pages) {
        if let Owner::Content(leaf) = owner {
            texts.entry(leaf).or_default().push_str(&run.text);
        }
    }
    fn visit(tree: &Structure, node: NodeId, texts: &BTreeMap<NodeId, String>, out: &mut String) {
        if let Some(text) = texts.get(&node) {
            out.extend(text.chars().filter(|letter| !letter.is_whitespace() && *letter != '\u{ad}'));
        }
        for kid in &tree.node(node).kids {
            visit(tree, *kid, texts, out);
        }
    }
    let mut out = String::new();
    visit(&pages.structure, Structure::ROOT, &texts, &mut out);
    out
}

fn words(dice: &mut Dice, most: usize) -> String {
    const WORDS: &[&str] = &[
        "salt",
        "the",
        "of",
        "harbour",
        "price",
        "measured",
        "a",
        "in",
        "winter",
        "customs",
        "ledger",
        "who",
        "internationalisation",
        "*stressed*",
        "1986",
        "H~2~O",
        "https://example.org/a-long/path_to/something?q=1",
    ];
    (0..1 + dice.throw(most)).map(|_| *dice.pick(WORDS)).collect::<Vec<_>>().join(" ")
}

/// A block of one kind or another.
fn block(dice: &mut Dice, notes: &mut usize, figures: &mut usize) -> String {
    match dice.throw(14) {
        0 => format!("{} {}", dice.pick(&["##", "###"]), words(dice, 8)),
        1 => (0..1 + dice.throw(4)).map(|_| format!("- {}", words(dice, 30))).collect::<Vec<_>>().join("\n"),
        2 => format!("> {}", words(dice, 60)),
        3 => {
            let columns = 2 + dice.throw(6);
            let mut row = || format!("| {} |", (0..columns).map(|_| words(dice, 4)).collect::<Vec<_>>().join(" | "));
            let mut lines = vec![row(), format!("|{}", " --- |".repeat(columns))];
            lines.extend((0..2 + columns).map(|_| row()));
            format!("{}\n\nTable: A table.", lines.join("\n"))
        }
        4 | 5 => {
            *figures += 1;
            let place = *dice.pick(&["", " place=wide", " place=wide", " place=here", " turn"]);
            format!("![A figure.](drawing.svg){{#fig-{figures}{place}}}")
        }
        6 => format!("::: box\n{}\n:::", words(dice, 60)),
        7 => format!("```\n{}\n```", words(dice, 20).replace('`', "")),
        _ if dice.throw(3) == 0 => {
            *notes += 1;
            format!("{}[^n{notes}]", words(dice, 150))
        }
        _ => words(dice, 150),
    }
}

fn manuscript(dice: &mut Dice) -> String {
    let (mut notes, mut figures) = (0, 0);
    let mut blocks = vec![format!("# One {}", words(dice, 6))];
    for _ in 0..4 + dice.throw(40) {
        blocks.push(block(dice, &mut notes, &mut figures));
    }
    blocks.push("The end.".to_owned());
    for note in 1..=notes {
        let most = if dice.throw(10) == 0 { 400 } else { 40 };
        blocks.push(format!("[^n{note}]: {}", words(dice, most)));
    }
    blocks.join("\n\n")
}

#[test]
fn what_is_set_in_columns_is_what_is_set_in_one() {
    let only: Option<u64> = std::env::var("RECTO_ROUND").ok().and_then(|round| round.parse().ok());
    for round in 0..rounds(12) {
        if only.is_some_and(|only| only != round) {
            continue;
        }
        let mut dice = Dice::seeded(round + 1);
        let metadata = format!("notes: {{place: {}}}", dice.pick(&["endnotes", "footnotes", "footnotes"]));
        let text = manuscript(&mut dice);
        let columns = 2 + dice.throw(2) as u8;
        let (one, _) = set(1, &metadata, &text);
        let (more, said) = set(columns, &metadata, &text);
        let audit = ["off-page:", "overprint:", "stranded:", "small-type:", "overfull-page:"];
        let found: Vec<&String> = said.iter().filter(|said| audit.iter().any(|lint| said.starts_with(lint))).collect();
        assert!(found.is_empty(), "round {round}, {columns} columns: {found:#?}");
        assert_eq!(read(&one.pages), read(&more.pages), "round {round}");
    }
}
