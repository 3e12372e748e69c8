//! Long e-books, whose pages are parted, and what is counted in other digits.

use recto::page::MarkKind;
use recto::source::Memory;

use crate::ebook::{check_links, made};
use crate::ebook_reader::Ebook;

/// A section of so many paragraphs, each with a note, and the words of all of them.
fn long_section(paragraphs: usize) -> String {
    let words = "ten words that stand in every line of this section ".repeat(12);
    let body: String = (0..paragraphs).map(|at| format!("{words}{at}.[^n{at}]\n\n")).collect();
    let notes: String = (0..paragraphs).map(|at| format!("[^n{at}]: {words}in note {at}.\n")).collect();
    format!("# One\n\nSee [the end](#end).\n\n{body}## End {{#end}}\n\nIt ends.\n\n{notes}")
}

#[test]
fn long_pages_are_parted_and_no_note_or_link_is_lost() {
    let yaml = "title: Long\nlanguage: en\ndate: 2026\ncover: false\n";
    let files = Memory::new().with("metadata.yaml", yaml).with("10-one.md", long_section(700));
    let (bytes, proof) = made(&files);
    let ebook = Ebook::read(&bytes);
    for (name, bytes) in ebook.files.iter().filter(|(name, _)| name.ends_with(".xhtml")) {
        assert!(bytes.len() <= 250_000, "{name} has {} bytes", bytes.len());
    }
    let spine = ebook.spine();
    let at = |name: &str| spine.iter().position(|file| file == name).unwrap_or_else(|| panic!("{name} in {spine:?}"));
    assert!(at("one.xhtml") + 1 == at("one-2.xhtml") && at("notes.xhtml") + 1 == at("notes-2.xhtml"), "{spine:?}");
    check_links(&bytes);
    let all: Vec<&str> = spine.iter().map(|file| ebook.text(file)).collect();
    let all = all.join("\n");
    assert_eq!(all.matches("epub:type=\"noteref\"").count(), 700);
    assert_eq!(all.matches("epub:type=\"backlink\"").count(), 700);
    assert_eq!(all.matches("<li id=\"n-").count(), 700);
    assert_eq!(all.matches("<h1 id=\"h-1\">One</h1>").count(), 1);
    let marked = all.matches("role=\"doc-pagebreak\"").count();
    assert!(marked == ebook.page_list().len() && marked * 2 > proof.pages.pages.len(), "{marked}");
    // Each part of the notes goes on with the number at which it had come to.
    let second = ebook.text("notes-2.xhtml");
    let first = second.split("<li id=\"n-").nth(1).and_then(|rest| rest.split('"').next()).expect("a note");
    assert!(second.contains(&format!("<ol class=\"notes\" start=\"{first}\">")), "{first}");
}

#[test]
fn program_text_runs_from_the_left_in_a_book_from_the_right() {
    let text = "# באר\n\nמים `f(x)`.\n\n```python\nx = 1\n```\n";
    let yaml = "title: מים\nlanguage: he\ndate: 2026\ncover: false\nauthors: [אן]\n";
    let (bytes, _) = made(&Memory::new().with("metadata.yaml", yaml).with("10-one.md", text));
    let ebook = Ebook::read(&bytes);
    let pages: String = ebook.spine().iter().map(|file| ebook.text(file)).collect();
    assert!(pages.contains("<pre translate=\"no\" dir=\"ltr\">"), "{pages}");
    assert!(pages.contains("<code dir=\"ltr\">f(x)</code>"), "{pages}");
}

#[test]
fn what_is_counted_has_the_digits_of_the_language() {
    let yaml = "title: آب\nlanguage: fa\ndate: 2026\ncover: false\nauthors: [آن]\n";
    let table = "| سال | آب |\n|---|---|\n| 1 | 2 |\n\n: بها {#tbl-a}\n";
    let text = format!("# چاه\n\nآب گران است.[^a] @tbl-a را ببینید.\n\n1. یک\n2. دو\n\n{table}\n[^a]: در شهرها.\n");
    let files = Memory::new().with("metadata.yaml", yaml).with("10-one.md", text);
    let (bytes, proof) = made(&files);
    let ebook = Ebook::read(&bytes);
    let pages: String = ebook.spine().iter().map(|file| ebook.text(file)).collect();
    assert!(pages.contains("role=\"doc-noteref\">۱</a>"), "{pages}");
    assert!(pages.contains("<ol class=\"notes persian\">") && pages.contains("<ol class=\"persian\">"), "{pages}");
    assert!(pages.contains(">جدول\u{a0}۱") || pages.contains(">جدول ۱"), "{pages}");
    assert!(ebook.page_list().iter().all(|(folio, ..)| !folio.contains(|c: char| c.is_ascii_digit())));
    let printed: Vec<&str> = proof
        .pages
        .pages
        .iter()
        .flat_map(|page| &page.marks)
        .filter_map(|mark| if let MarkKind::Text(run) = &mark.kind { Some(&*run.text) } else { None })
        .collect();
    // What the author wrote in a cell is the author's, and a citation that of its style.
    let western: Vec<&&str> = printed.iter().filter(|text| text.contains(|c: char| c.is_ascii_digit())).collect();
    assert!(western.iter().all(|text| ["1", "2", "2026"].contains(&text.trim())), "{western:?}");
    assert!(printed.contains(&"۲"), "{printed:?}");
}

#[test]
fn text_around_the_notes_of_all_files_stands_above_and_below_them() {
    let files = Memory::new()
        .with("metadata.yaml", "title: Water\nlanguage: en\ndate: 2026\ncover: false\n")
        .with("10-one.md", "# One\n\nWater.[^a] See @sec-short.\n")
        .with("notes.md", "Before.\n\n## Short forms {#sec-short}\n\nWords.\n\n[^a]: A note.\n\nAfter.^[More.]\n");
    let (bytes, _) = made(&files);
    let ebook = Ebook::read(&bytes);
    let notes = ebook.text("notes.xhtml");
    // The notes are in no part of the text above them.
    let order = [
        ">Notes</h1>",
        "<p>Before.</p>",
        "<h2 id=\"sec-short\">Short forms</h2>",
        "<p>Words.</p>\n</section>",
        "<li id=\"n-1\"",
        "<li id=\"n-2\"",
        "<p>After.<sup",
    ];
    let places: Vec<Option<usize>> = order.iter().map(|part| notes.find(part)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}\n{notes}");
    assert!(ebook.text("one.xhtml").contains("<a href=\"notes.xhtml#sec-short\">Short forms</a>"));
}
