//! What the pages of whole manuscripts look like, line by line.

use recto::diagnostic::Diagnostics;
use recto::page::{MarkKind, TextRun};
use recto::production::{self, Proof, Request};
use recto::source::{Memory, Sources};
use recto::theme::Role;
use recto::units::{Length, Side};

/// Sets a manuscript of one chapter.
fn set(metadata: &str, chapter: &str) -> (Proof, Diagnostics) {
    let metadata = format!("title: A Trial\n{metadata}");
    let files = Memory::new().with("metadata.yaml", metadata).with("10-chapter.md", format!("# One\n\n{chapter}"));
    let mut diagnostics = Diagnostics::new();
    let proof = production::proof(&files, &Request::default(), &mut Sources::new(), &mut diagnostics);
    (proof.expect("it is set").expect("there is a PDF edition"), diagnostics)
}

fn runs(proof: &Proof) -> Vec<&TextRun> {
    let marks = proof.pages.pages.iter().flat_map(|page| &page.marks);
    marks
        .filter_map(|mark| match &mark.kind {
            MarkKind::Text(run) => Some(run),
            _ => None,
        })
        .collect()
}

/// The words of the sample's kind in sentences, as many as fill some pages.
fn prose(sentences: usize) -> String {
    let words = "the partnership between governments and international institutions requires considerable \
                 administrative coordination while representatives of neighbouring municipalities understandably \
                 anticipate disproportionate responsibilities"
        .split_whitespace()
        .collect::<Vec<_>>();
    let mut text = String::new();
    for at in 0..sentences {
        for word in 0..7 + at % 11 {
            text.push_str(words[(at * 5 + word * 3) % words.len()]);
            text.push(' ');
        }
        text.push_str(if at % 6 == 5 { "indeed.\n\n" } else { "indeed. " });
    }
    text
}

#[test]
fn a_hyphen_stands_at_the_end_of_a_line_only() {
    let (proof, _) = set("theme: book", &prose(240));
    let mut seen = 0;
    for run in runs(&proof) {
        for (at, glyph) in run.glyphs.iter().enumerate() {
            if glyph.soft_hyphen {
                seen += 1;
                assert_eq!(at + 1, run.glyphs.len(), "a hyphen within a line: {}", run.text);
            }
        }
    }
    assert!(seen > 5, "the trial has too few hyphens: {seen}");
}

/// The right ends of the lines of text that reach the measure, in points, by the last letter.
fn line_ends(proof: &Proof) -> Vec<(char, f64)> {
    let size = proof.theme.style(Role::Body).size;
    let lines = runs(proof).into_iter().filter(|run| run.size == size);
    let end = |run: &TextRun| {
        let letters = run.text.trim_end();
        let set = run.glyphs.iter().filter(|glyph| (glyph.start as usize) < letters.len() || glyph.soft_hyphen);
        let width: Length = set.map(|glyph| glyph.advance()).sum();
        let soft = run.glyphs.iter().any(|glyph| glyph.soft_hyphen);
        let last = if soft { '-' } else { letters.chars().next_back().unwrap_or(' ') };
        (last, (run.origin.x + width).to_pt())
    };
    lines.map(end).collect()
}

#[test]
fn the_theme_says_how_far_letters_give_and_what_hangs() {
    let still = "theme: {extends: book, microtype: {expansion: 0%, tracking: 0%, protrusion: false}}";
    let (proof, _) = set(still, &prose(240));
    assert!(runs(&proof).iter().all(|run| run.expansion == 1000), "a line's letters give");
    let page = &proof.theme.page;
    let edges = [Side::Recto, Side::Verso].map(|side| (page.left(side) + page.measure()).to_pt());
    // How far the hyphen that hangs most is over its edge.
    let over = |proof: &Proof| {
        let ends = line_ends(proof).into_iter().filter(|(last, _)| *last == '-');
        let over = ends.flat_map(|(_, end)| edges.map(|edge| end - edge));
        over.filter(|over| over.abs() < 4.0).fold(0.0, f64::max)
    };
    assert!(over(&proof) < 0.05, "something hangs");

    let (proof, _) = set("theme: book", &prose(240));
    let hanging = over(&proof);
    assert!((1.0..4.0).contains(&hanging), "a hyphen hangs by {hanging} pt");
    let expanded = runs(&proof).iter().filter(|run| run.expansion != 1000).count();
    assert!(expanded > 20, "{expanded} runs give");

    let own = "theme: {extends: book, microtype: {protrusion: {Source Serif 4: {\"-\": [0%, 10%]}}}}";
    let (proof, _) = set(own, &prose(240));
    let less = over(&proof);
    assert!((0.1..hanging / 3.0).contains(&less), "a hyphen hangs by {less} pt");
}

#[test]
fn the_number_of_threads_does_not_matter() {
    let text: String = (0..8).map(|chapter| format!("{}\n\n# Chapter {chapter}\n\n", prose(60))).collect();
    let set_with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| format!("{:?}", set("theme: book", &text).0.pages))
    };
    let one = set_with(1);
    assert!(one.len() > 100_000);
    assert_eq!(one, set_with(2));
    assert_eq!(one, set_with(7));
}

#[test]
fn whatever_stands_in_an_extract_stands_within_its_indents() {
    let extract =
        "> Words.\n>\n> 1. one\n>\n> | alpha | beta |\n> |---|---|\n> | gamma | delta |\n>\n> ```\n> code\n> ```\n";
    let (proof, _) = set("theme: book", &format!("Text.\n\n{extract}\nAfter.\n"));
    let indent = proof.theme.style(Role::Extract).start;
    assert!(indent > Length::pt(10.0));
    let runs = runs(&proof);
    let left_of = |words: &str| {
        let run = runs.iter().find(|run| run.text.trim() == words).unwrap_or_else(|| panic!("{words} is set"));
        run.origin.x
    };
    let edge = left_of("After.");
    for words in ["Words.", "1.", "alpha", "gamma", "code"] {
        let off = (left_of(words) - edge - indent).to_pt();
        assert!(off.abs() < 1.0 || (words == "1." && (0.0..20.0).contains(&off)), "{words} stands {off} pt off");
    }
}
