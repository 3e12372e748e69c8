//! The page audit finds nothing on pages that recto makes: manuscripts are composed at random, the same way in every
//! run, and set in all themes, for all purposes and on papers of every size.

use std::collections::BTreeMap;

use recto::diagnostic::Diagnostics;
use recto::page::{MarkKind, Page};
use recto::production::{self, Request};
use recto::source::{Memory, Sources};
use recto::units::Length;

/// Random numbers without a state of the machine's (xorshift).
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }

    fn one_of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.throw(all.len())]
    }

    fn words(&mut self, most: usize) -> String {
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
            "Featherstonehaugh-Cholmondeley",
            "internationalisation",
            "https://example.org/a-long/path_to/something?q=1",
            "`code_without_a_space(in_it)`",
            "*stressed*",
            "**strong**",
            "1986",
            "€ 4,000",
            "H~2~O",
            "https://app.example.com/view?r=eyJrIjoiZDQ4YjA1ZTctYzRkMi00ZjY1LWE5ZjQtNzE1MDNhYzc0MmQ5IiwidCI6IjU1OWNh",
        ];
        let count = 1 + self.throw(most);
        (0..count).map(|_| self.one_of(WORDS)).collect::<Vec<_>>().join(" ")
    }

    /// Words of a title, which has no address that fills a page at its size.
    fn title(&mut self, most: usize) -> String {
        self.words(most)
            .split(' ')
            .filter(|word| !word.contains("://app"))
            .collect::<Vec<_>>()
            .join(" ")
            .replace('`', "")
    }

    fn block(&mut self, notes: &mut usize, depth: usize) -> String {
        let note = |dice: &mut Dice, notes: &mut usize| match dice.throw(3) {
            0 => {
                *notes += 1;
                format!(" with a note.[^n{notes}]")
            }
            _ => ".".to_owned(),
        };
        match self.throw(if depth == 0 { 20 } else { 11 }) {
            0..=4 => {
                let end = note(self, notes);
                format!("{}{end}", self.words(120))
            }
            5 => (0..1 + self.throw(5))
                .map(|at| format!("{}. {}", at + 1 + 990 * (depth + 1), self.words(30)))
                .collect::<Vec<_>>()
                .join("\n"),
            6 => (0..1 + self.throw(5)).map(|_| format!("- {}", self.words(40))).collect::<Vec<_>>().join("\n"),
            7 => {
                let lines = 1 + self.throw(30);
                let line = |dice: &mut Dice| format!("{}let {}", " ".repeat(dice.throw(12)), dice.words(12));
                let lines: Vec<String> = (0..lines).map(|_| line(self)).collect();
                format!("```\n{}\n```", lines.join("\n").replace('`', ""))
            }
            8 => {
                let end = note(self, notes);
                format!("> {}{end}\n>\n> — {}", self.words(60), self.words(3))
            }
            9 => {
                let (columns, rows) = (1 + self.throw(9), 1 + self.throw(24));
                let row = |dice: &mut Dice| -> String {
                    let cells: Vec<String> = (0..columns).map(|_| dice.words(5)).collect();
                    format!("| {} |", cells.join(" | "))
                };
                let mut lines = vec![row(self), format!("|{}", " --- |".repeat(columns))];
                lines.extend((0..rows).map(|_| row(self)));
                let place = self.one_of(&["", "", " {place=wide}", " {turn}"]);
                format!("{}\n\nTable: {}{place}", lines.join("\n"), self.words(8))
            }
            10 => format!("term {}\n: {}", self.words(3), self.words(30)),
            16 | 17 => {
                let file = self.one_of(&["wide.svg", "tall.svg"]);
                let place = self.one_of(&["", "here", "wide", "page", "spread", "margin"]);
                let place = if place.is_empty() { String::new() } else { format!(" place={place}") };
                let width = self.one_of(&["", " width=60%", " width=30%", " height=4in"]);
                let end = note(self, notes);
                format!("![]({file}){{alt=\"A block\"{place}{width}}}\n\nFigure: {}{end}", self.words(14))
            }
            18 => match self.throw(3) {
                0 => format!(
                    "::: {{.key-figure value=\"3.2 million\" label=\"{}\"}}\n:::",
                    self.words(6).replace(['`', '*', '~'], "")
                ),
                1 => format!("::: margin\n{}\n:::", self.words(20)),
                _ => format!("::: pullquote\n{}\n:::", self.words(20)),
            },
            19 => format!(
                "```{{.chart}}\ntype: {}\ntitle: A chart\nalt: Bars.\ndata:\n  - {{state: Upper, share: 41}}\n  - {{state: Lower, share: {}}}\n```",
                self.one_of(&["bar", "line", "dot", "share"]),
                self.throw(200)
            ),
            11 | 12 => format!("{} A {}", self.one_of(&["##", "###"]), self.title(12)),
            _ => {
                let open = self.one_of(&["::: box", "::: {.callout-note}", "::: {.callout-warning title=\"A title\"}"]);
                let inner: Vec<String> = (0..1 + self.throw(4)).map(|_| self.block(notes, depth + 1)).collect();
                format!("{open}\n{}\n:::", inner.join("\n\n"))
            }
        }
    }

    fn section(&mut self, name: &str) -> String {
        let mut notes = 0;
        let count = 2 + self.throw(22);
        let mut blocks = vec![format!("# {name} {}", self.title(9))];
        blocks.extend((0..count).map(|_| self.block(&mut notes, 0)));
        blocks.push("The end.".to_owned());
        for note in 1..=notes {
            let most = if self.throw(12) == 0 { 1500 } else { 60 };
            blocks.push(format!("[^n{note}]: {}", self.words(most)));
        }
        blocks.join("\n\n")
    }

    fn metadata(&mut self) -> String {
        let authors: Vec<String> = (0..1 + self.throw(7)).map(|at| format!("Bartholomew Cholmondeley {at}")).collect();
        let title = self.words(22).replace(['`', '*', ':', '~', '?', '/'], "");
        let subtitle = self.words(16).replace(['`', '*', ':', '~', '?', '/'], "");
        let purpose = self.one_of(&["office", "screen", "large-print", "kdp", "ingram", "lulu", "offset"]);
        let paper = match purpose {
            "office" | "screen" | "large-print" => self.one_of(&["letter", "a4", "a5", "6x9in", "both"]),
            _ => self.one_of(&["6x9in", "5.5x8.5in", "a5"]),
        };
        let (theme, place) = (
            self.one_of(&["policy-paper", "report", "book", "brief", "margin", "trade"]),
            self.one_of(&["endnotes", "chapter", "footnotes", "margin"]),
        );
        let status = self.one_of(&["final", "draft"]);
        format!(
            "title: \"{title}\"\nsubtitle: \"{subtitle}\"\nauthors: [{}]\ndate: 2026-11\nstatus: {status}\n\
             series: {{name: Papers of the Society for the Study of Salt, number: 4}}\n\
             publisher: {{name: The Society for the Study of Salt, place: Bergen}}\n\
             theme: {theme}\nnotes: {{place: {place}}}\n\
             editions: {{one: {{format: pdf, for: {purpose}, paper: {paper}}}}}\n",
            authors.join(", ")
        )
    }
}

/// A block of colour.
fn drawing(width: u32, height: u32) -> String {
    let size = format!("width=\"{width}\" height=\"{height}\"");
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {size}><rect {size} fill=\"#14304A\"/></svg>")
}

#[test]
fn the_page_audit_finds_nothing_on_pages_of_random_manuscripts() {
    // Beside the first, those in which notes stand behind columns and tables over all of them leave little of a page.
    let some: Vec<u64> = (0..3).chain([51, 66, 69]).collect();
    let asked: Option<u64> = std::env::var("RECTO_ROUNDS").ok().and_then(|rounds| rounds.parse().ok());
    let only: Option<u64> = std::env::var("RECTO_ROUND").ok().and_then(|round| round.parse().ok());
    let rounds = asked.map_or(some, |rounds| (0..rounds).collect());
    let (mut seen, mut faults) = (0, Vec::new());
    for round in rounds {
        if only.is_some_and(|only| only != round) {
            continue;
        }
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15 ^ (round + 1).wrapping_mul(0x2545_F491_4F6C_DD1D));
        let metadata = dice.metadata();
        let files = Memory::new()
            .with("metadata.yaml", metadata.clone())
            .with("wide.svg", drawing(400, 160))
            .with("tall.svg", drawing(200, 500))
            .with("10-one.md", dice.section("One"))
            .with("20-two.md", dice.section("Two"));
        let (mut sources, mut said) = (Sources::new(), Diagnostics::new());
        let made = production::build(&files, &Request::default(), &mut sources, &mut said, &mut |_| {});
        let all: Vec<String> = said.iter().map(|said| format!("{}: {}", said.lint.name, said.message)).collect();
        assert!(made.is_ok(), "round {round}: {all:#?}\n{metadata}");
        seen += made.map_or(0, |made| made.iter().filter_map(|output| output.pages).sum());
        let audit = ["off-page:", "overprint:", "stranded:", "small-type:", "overfull-page:"];
        let found: Vec<&String> = all.iter().filter(|said| audit.iter().any(|lint| said.starts_with(lint))).collect();
        if !found.is_empty() {
            faults.push(format!("round {round}: {found:#?}\n{metadata}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(only.is_some() || seen > 0, "pages were made");
}

/// The words of each page of the first PDF edition, and what was said.
fn pages(files: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
    let memory = files.iter().fold(Memory::new(), |memory, (name, text)| memory.with(name, *text));
    let (mut sources, mut said) = (Sources::new(), Diagnostics::new());
    let proof = production::proof(&memory, &Request::default(), &mut sources, &mut said).expect("it is sound");
    let proof = proof.expect("there is a PDF");
    let words = |page: &Page| -> String {
        let runs = page.marks.iter().filter_map(|mark| match &mark.kind {
            MarkKind::Text(run) => Some(run.text.trim()),
            _ => None,
        });
        runs.collect::<Vec<_>>().join(" ")
    };
    let said = said.iter().map(|said| format!("{}: {}", said.lint.name, said.message)).collect();
    (proof.pages.pages.iter().map(words).collect(), said)
}

#[test]
fn a_note_called_anywhere_is_at_the_foot_of_its_page() {
    let text = "# Salt[^a]\n\nText.\n\n> [!NOTE] Title[^b]\n> Words.[^c]\n\n::: {.key-points}\n- Point.[^d]\n:::\n\n\
                | A[^e] |\n| --- |\n| b[^f] |\n\n[^a]: lemur\n\n[^b]: zebra\n\n[^c]: giraffe\n\n[^d]: marten\n\n[^e]: heron\n\n[^f]: \
                salmon\n";
    let (pages, _) =
        pages(&[("metadata.yaml", "title: T\ncover: false\nnotes: {place: footnotes}\n"), ("10-a.md", text)]);
    let page = pages.iter().find(|page| page.contains("Text.")).expect("the text is on a page");
    for word in ["lemur", "zebra", "giraffe", "marten", "heron", "salmon"] {
        assert!(page.contains(word), "{word}: {page}");
    }
}

#[test]
fn a_note_beyond_a_thousand_stands_clear_of_its_number() {
    let mut text = String::from("# Salt\n\n");
    for note in 1..=1010 {
        let call = if note % 10 == 0 { format!("Salt.[^{note}]\n\n") } else { format!("Salt.[^{note}]\n") };
        text.push_str(&call);
    }
    (1..=1010).for_each(|note| text.push_str(&format!("[^{note}]: Weighed.\n\n")));
    let (pages, said) = pages(&[("metadata.yaml", "title: T\ncover: false\n"), ("10-a.md", &text)]);
    assert!(pages.iter().any(|page| page.contains("1010.")));
    assert!(!said.iter().any(|said| said.starts_with("overprint")), "{said:#?}");
}

#[test]
fn what_cannot_be_broken_is_broken_in_the_end_and_code_goes_on_below() {
    let address = format!("https://example.org/{}", "eyJrIjoiZDQ4YjA1ZTct".repeat(12));
    let code = format!("    {}\n", "call(argument, other) ".repeat(20));
    let text = format!("# A\n\nSee {address} here.\n\n```\n{code}```\n\nA {} end.\n", "word".repeat(200));
    let (pages, said) = pages(&[("metadata.yaml", "title: T\ncover: false\n"), ("10-a.md", &text)]);
    let whole: String = pages.concat().split_whitespace().collect();
    assert!(whole.contains(&address) && whole.contains(&"word".repeat(200)), "{whole}");
    assert!(!said.iter().any(|said| said.starts_with("overfull-line")), "{said:#?}");
}

#[test]
fn half_title_title_page_and_copyright_page_of_a_press_edition_are_on_their_sides() {
    let metadata = "title: The Long Campaign\nsubtitle: A Novel\nauthors: [Nora Vale]\ndate: 2026\n\
                    editions: {press: {format: pdf, for: kdp, paper: 5.5x8.5in}}\n";
    let (pages, _) = pages(&[("metadata.yaml", metadata), ("10-a.md", "# One\n\nText.\n")]);
    assert!(pages[0].contains("The Long Campaign") && !pages[0].contains("Nora Vale"), "half title: {:?}", pages[0]);
    assert_eq!(pages[1], "");
    assert!(pages[2].contains("A Novel") && pages[2].contains("2026"), "title page: {:?}", pages[2]);
    assert!(pages[3].contains("cite"), "copyright page: {:?}", pages[3]);
}

#[test]
fn lines_of_a_title_begin_at_the_right_where_the_language_does() {
    let title = "A long and winding question of water in four northern towns and all of their neighbours";
    let text = format!("# {title}\n\nText.\n");
    let metadata = format!(
        "title: {title}\nlanguage: he\ncover: false\neditions:\n  print: {{format: pdf, trim: 5.5x8.5in, parts: {{half_title: true}}}}\n"
    );
    let files = Memory::new().with("metadata.yaml", metadata).with("10-a.md", text);
    let request = Request::default();
    let proof = production::proof(&files, &request, &mut Sources::new(), &mut Diagnostics::new());
    let proof = proof.ok().flatten().expect("it can be set");
    let design = &proof.theme.page;
    let mut seen = 0;
    for page in &proof.pages.pages {
        let right = design.left(page.side) + design.measure();
        let mut ends: BTreeMap<Length, Length> = BTreeMap::new();
        for mark in &page.marks {
            if let MarkKind::Text(run) = &mark.kind
                && run.size > Length::pt(18.0)
            {
                let end = ends.entry(run.origin.y).or_default();
                *end = (*end).max(run.right());
            }
        }
        seen += ends.len();
        for end in ends.into_values() {
            assert!((right - end).abs() < Length::pt(3.0), "a line ends at {end}, the measure at {right}");
        }
    }
    assert!(seen >= 6, "a half title and an opening of several lines: {seen}");
}
