//! No manuscript makes recto fall: sound ones are damaged at random, the same way in every run, and read, assembled and
//! set.

use std::path::Path;

use recto::diagnostic::Diagnostics;
use recto::production::{self, Request};
use recto::source::{Memory, Sources};

use crate::dice::{Dice, rounds};

/// What damage is done with: all that means something to the reader, and some that means nothing.
const SNIPPETS: &[&str] = &[
    "[",
    "]",
    "^[",
    "[^1]",
    "[^1]: ",
    "{",
    "}",
    "{#a .b c=d}",
    ":::",
    "\n::: box\n",
    "\n:::\n",
    "> ",
    "\n> [!NOTE] ",
    "- ",
    "1. ",
    "\n\n",
    "\n",
    "    ",
    "\t",
    "|",
    "| --- |\n",
    "\n| a | b |\n| --- | --: |\n",
    "```",
    "`",
    "$",
    "\\",
    "*",
    "**",
    "_",
    "~",
    "^",
    "<",
    ">",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "<span lang=ko>",
    "@fig-a",
    "[](#a)",
    "![",
    "](",
    ")",
    "![a](b.png)",
    "Table: ",
    "Figure: ",
    "Source: ",
    "# ",
    "\n## ",
    "\n# ",
    "---\n",
    "---",
    "...",
    "\"",
    "'",
    "“",
    "é",
    "한",
    "א",
    "\u{301}",
    "\u{200d}",
    "\u{202e}",
    "\u{ad}",
    "\0",
    "\u{feff}",
    "https://a.org/",
    "10.1000/1",
    "{{<",
    ">}}",
    "&amp;",
    "&#0;",
    ": ",
    "- [ ] ",
    "\n: ",
    "[[",
    "]]",
    "==",
    ":a:",
    "%",
    "title: ",
    "authors: [",
    "editions: {a: {format: pdf, ",
    "}}",
    "paper: a6, ",
    "margins: 400mm, ",
    "size: 90pt, ",
    "notes: footnotes\n",
    "sections: [",
    "&a ",
    "*a",
    "!!x ",
    "cover: ",
    "999999999999",
];

/// Who damages texts.
struct Vandal(Dice);

impl Vandal {
    fn throw(&mut self, sides: usize) -> usize {
        self.0.throw(sides)
    }

    fn place(&mut self, text: &str) -> usize {
        let mut at = self.throw(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// One to six wounds.
    fn damage(&mut self, text: &str) -> String {
        let mut text = text.to_owned();
        for _ in 0..=self.throw(6) {
            let (a, b) = (self.place(&text), self.place(&text));
            let (from, to) = (a.min(b), a.max(b).min(a.min(b) + 200));
            let to = (to..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
            match self.throw(4) {
                0 => text.replace_range(from..to, ""),
                1 => {
                    let piece = text[from..to].to_owned();
                    text.insert_str(a, &piece);
                }
                2 => {
                    let piece = SNIPPETS[self.throw(SNIPPETS.len())];
                    text.replace_range(from..to, piece);
                }
                _ => text.insert_str(a, SNIPPETS[self.throw(SNIPPETS.len())]),
            }
        }
        text
    }
}

/// Builds, and says with which seed it fell if it did.
fn build(files: &Memory, seed: u64) -> bool {
    let fell = std::panic::catch_unwind(|| {
        let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
        let built = production::build(files, &Request::default(), &mut sources, &mut diagnostics, &mut |_| {}).is_ok();
        assert!(built || diagnostics.has_errors(), "a build that fails says why");
        diagnostics.settle();
        for said in diagnostics.iter() {
            assert!(!said.message.is_empty() && !said.message.ends_with('.'), "{}", said.message);
            if let Some(span) = said.span {
                assert!(span.end >= span.start, "{}", said.message);
                let (from, to) = (sources.start(span), sources.end(span));
                assert!(from <= to, "{}", said.message);
            }
        }
        built
    });
    fell.unwrap_or_else(|_| panic!("seed {seed}: {files:?}"))
}

fn sample() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("manuscript");
    let mut files: Vec<(String, String)> = std::fs::read_dir(folder)
        .expect("the sample is there")
        .flatten()
        .filter_map(|entry| {
            let text = std::fs::read_to_string(entry.path()).ok()?;
            Some((entry.file_name().to_string_lossy().into_owned(), text))
        })
        .collect();
    files.sort();
    files
}

#[test]
fn no_damaged_manuscript_makes_recto_fall() {
    let sample = sample();
    let metadata = sample.iter().find(|(name, _)| name == "metadata.yaml").expect("it has one").1.clone();
    let sections: Vec<&(String, String)> = sample.iter().filter(|(name, _)| name.ends_with(".md")).collect();
    for seed in 1..=rounds(250) {
        let mut dice = Vandal(Dice::seeded(seed));
        let (name, section) = sections[dice.throw(sections.len())];
        let mut files = Memory::new().with(name, dice.damage(section));
        files = match dice.throw(3) {
            0 => files.with("metadata.yaml", dice.damage(&metadata)),
            1 => files.with("metadata.yaml", "title: T\ncover: false\n"),
            _ => files.with("metadata.yaml", dice.damage("title: T\neditions: {a: {format: pdf}}\n")),
        };
        build(&files, seed);
    }
}

/// Sound blocks, some of them odd.
const BLOCKS: &[&str] = &[
    "Plain words that go on for a line or two, so that there is something to break and to justify in the measure.\n\n",
    "Wort\u{ad}trennung Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle überall.\n\n",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW\n\n",
    "A note.^[On the spot, with *emphasis* and https://example.org/a/very/long/path/that/goes/on/and/on/index.html?q=1.]\n\n",
    "Two calls.[^n] Again.[^n]\n\n",
    "## A heading\n\n",
    "### A deeper one of many words that may well be too long for one line of the measure, whatever its size\n\n",
    "- one\n- two\n  - inner\n    - innermost\n\n      with a paragraph\n- three\n\n",
    "1. first\n\n   second paragraph\n2. second\n\n",
    "99999998. a number\n99999999. another\n\n",
    "> An extract.\n>\n> — Somebody\n\n",
    "> > > Deep quotes.\n\n",
    "> [!NOTE] A title\n> Words in a box.\n\n",
    "::: box\n## Its title\n\n- a list\n\n| a | b |\n| --- | --: |\n| 1 | 2.5 |\n:::\n\n",
    "::: {.key-points}\n1. One.\n2. Two.\n:::\n\n",
    "::: pullquote\nBig words.\n:::\n\n",
    "::: verse\nA line\n    another that is long enough to be turned over at the end of any measure that one could think of here\n\nlast\n:::\n\n",
    "::: letter\nDear Ann,\n\nyours.\n:::\n\n",
    "::: epigraph\nWise words.\n\n— Anon\n:::\n\n",
    "```\ncode that is wider than any measure could ever be, since it goes on and on and on and on and on and on and on\n\n  x\n```\n\n",
    "Term\n: meaning\n: another\n\n",
    "* * *\n\n",
    "| one | two | three | four | five | six | seven | eight | nine | ten |\n|---|---|---|---|---|---|---|---|---|---|\n| incomprehensibilities | a | b | c | d | e | f | g | h | unquestionably |\n| 1 | | | | | | | | | 1.000,5 |\n\n",
    "| a |\n| --- |\n\n",
    "Table: Words[^n] in *it* {#T widths=\"1 9\"}\n\n| a | b |\n| :-: | --: |\n| x | 10.5 |\n| y | 9 |\n\nSource: us.\n\n",
    "![Shown](p.svg \"Caption\"){width=60%}\n\nSource: us.\n\nCredit: them.\n\n",
    "![Shown](p.svg){#F turn}\n\n",
    "Words with a picture ![in line](p.svg) in the line.\n\n",
    "See [](#F), @sec-S and [page](#F), or [these](#T).\n\n",
    "Arabic مرحبا بالعالم and Hebrew שלום, 漢字かな交じり文, ไทย, 한국어, e\u{301}, 👩‍👩‍👧, \u{202e}turned\u{202c}.\n\n",
    "[말]{lang=ko} [Nato]{.smallcaps} [a b]{.keep} H~2~O 10^th^ ~~gone~~ `code` <kbd>Ctrl</kbd>\n\n",
    "hard  \nbreaks\\\n here\n\n",
    "- [ ] open\n- [x] done\n\n",
    "\\newpage\n\n",
    "\u{a0}\u{a0}\n\n",
    "*\u{200b}*\n\n",
];

const EDITIONS: &[&str] = &[
    "{a: {format: pdf}, b: {format: epub}}",
    "{a: {format: pdf, paper: a6, notes: footnotes}, b: {format: epub, pages_of: a}}",
    "{a: {format: pdf, for: large-print, notes: chapter}, b: {format: epub, notes: footnotes}}",
    "{a: {format: pdf, for: screen, theme: book, size: 30pt, leading: 31pt}}",
    "{a: {format: pdf, theme: report, margins: 5mm, justify: false}, b: {format: epub, theme: report}}",
    "{a: {format: pdf, trim: 2x2in, margins: 9mm, stamp: DRAFT, line_numbers: true}}",
    "{a: {format: pdf, sections: [a.md]}, b: {format: epub, sections: [b.md]}}",
];

/// A manuscript of sound blocks in any order.
fn odd(dice: &mut Dice) -> Memory {
    let some = |dice: &mut Dice| {
        let count = 2 + dice.throw(10);
        (0..count).map(|_| BLOCKS[dice.throw(BLOCKS.len())]).collect::<Vec<_>>()
    };
    let (first, second) = (some(dice), some(dice));
    of_blocks(&first, &second, EDITIONS[dice.throw(EDITIONS.len())])
}

/// A manuscript of all sound blocks, once for each of the editions.
pub fn edition_of_all() -> Vec<Memory> {
    // With words between, so that no caption belongs to two tables.
    let all: Vec<&str> = BLOCKS.iter().flat_map(|block| [*block, "Words between.\n\n"]).collect();
    EDITIONS.iter().map(|editions| of_blocks(&all, &all, editions)).collect()
}

fn of_blocks(first: &[&str], second: &[&str], editions: &str) -> Memory {
    let section = |blocks: &[&str]| {
        let mut text = String::new();
        let mut labels = (false, false);
        for block in blocks {
            // A label names one thing only.
            if (block.contains("{#T") && std::mem::replace(&mut labels.0, true))
                || (block.contains("{#F") && std::mem::replace(&mut labels.1, true))
            {
                continue;
            }
            text.push_str(block);
        }
        text
    };
    let (first, second) = (section(first), section(second));
    let has = |label: &str| first.contains(label);
    let mut rest = String::new();
    for (label, block) in [("{#F", "![Shown](p.svg){#F turn}\n\n"), ("{#T", "Table: T {#T}\n\n| a |\n| --- |\n\n")] {
        if !has(label) {
            rest.push_str(block);
        }
    }
    let second = second.replace("{#T ", "{").replace("{#F ", "{");
    let note = "\n[^n]: A note.\n\n    - with a list\n\n    > and a quotation.\n";
    let picture =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"400\" height=\"900\"><rect width=\"9\" height=\"9\"/></svg>";
    Memory::new()
        .with("metadata.yaml", format!("title: T\nauthors: [A]\ncover: false\neditions: {editions}\n"))
        .with("a.md", format!("# One {{#sec-S}}\n\n{first}{rest}{note}"))
        .with("b.md", format!("# Two\n\n{second}{note}"))
        .with("p.svg", picture)
}

#[test]
fn every_odd_manuscript_that_is_sound_is_built() {
    for seed in 1..=rounds(40) {
        let files = odd(&mut Dice::seeded(seed));
        assert!(build(&files, seed), "seed {seed} is sound: {files:?}");
    }
}

#[test]
fn what_nests_or_repeats_without_end_is_told_and_makes_nothing_fall() {
    let deep = |piece: &str| piece.repeat(20_000);
    let wide = |piece: &str| piece.repeat(1_000);
    let texts = [
        deep("> ") + "x\n",
        deep("- ") + "x\n",
        deep("[") + "x" + &deep("]{.keep}"),
        deep("^[") + "x" + &deep("]"),
        deep("::: box\n") + "x\n" + &deep(":::\n"),
        deep("![") + "x" + &deep("](a.png)"),
        deep("`"),
        deep("~a^b"),
        wide("*a **b ") + "\n",
        wide("<b>") + "x",
        wide("$x"),
        wide("{#a "),
        wide("[^1]: "),
        wide("| a "),
        // A paragraph over forty pages.
        "word ".repeat(16_000),
    ];
    for (seed, text) in texts.iter().enumerate() {
        let files = Memory::new()
            .with("metadata.yaml", "title: T\ncover: false\n")
            .with("a.md", format!("# One\n\nText.\n\n{text}"));
        build(&files, seed as u64);
    }
    let mut bomb = String::from("title: T\na: &a [x, x, x, x, x, x, x, x, x]\n");
    for (name, other) in
        ["b", "c", "d", "e", "f", "g", "h", "i", "j"].iter().zip(["a", "b", "c", "d", "e", "f", "g", "h", "i"])
    {
        let list = vec![format!("*{other}"); 9].join(", ");
        bomb.push_str(&format!("{name}: &{name} [{list}]\n"));
    }
    for metadata in [bomb, format!("title: {}", deep("[")), format!("title: {}", deep("{a: ")), deep("- ")] {
        let files = Memory::new().with("metadata.yaml", metadata).with("a.md", "# One\n\nText.\n");
        assert!(!build(&files, 0));
    }
}
