//! What the pages of whole manuscripts look like, line by line.

use recto::diagnostic::Diagnostics;
use recto::page::{MarkKind, TextRun};
use recto::production::{self, Proof, Request};
use recto::source::{Memory, Sources};

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
