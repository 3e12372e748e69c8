//! Each bound of `source::limits`: what keeps to it is read, one step more is answered at its place, on a thread of
//! 2 MiB.

use recto::cite::bibtex;
use recto::diagnostic::Diagnostics;
use recto::production::{self, Request};
use recto::source::{Memory, Sources, limits};

/// What is said of a manuscript of these files.
fn said(files: &[(&str, String)]) -> Vec<String> {
    let files: Vec<(String, String)> = files.iter().map(|(name, text)| ((*name).to_owned(), text.clone())).collect();
    let set = move || {
        let start = Memory::new().with("metadata.yaml", "title: T\ncover: false\neditions: {p: {format: pdf}}\n");
        let files = files.iter().fold(start, |all, (name, text)| all.with(name, text.clone()));
        let (mut sources, mut said) = (Sources::new(), Diagnostics::new());
        let built = production::build(&files, &Request::default(), &mut sources, &mut said, &mut |_| {});
        assert!(built.is_ok() || said.has_errors(), "what is refused is told");
        said.iter()
            .map(|one| {
                assert!(one.span.is_some(), "\"{}\" has a place", one.message);
                one.message.clone()
            })
            .collect()
    };
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(set).expect("a thread");
    thread.join().expect("it does not fall")
}

/// What is said of sections alone.
fn section(text: String) -> Vec<String> {
    said(&[("a.md", format!("# One\n\n{text}\n"))])
}

fn says(said: &[String], words: &str) -> bool {
    said.iter().any(|one| one.contains(words))
}

#[test]
fn blocks_nest_as_deep_as_they_may() {
    let quotes = |deep: usize| section("> ".repeat(deep) + "Words.");
    assert!(!says(&quotes(limits::MARKDOWN - 1), "deep"));
    assert!(says(&quotes(limits::MARKDOWN + 1), "nest more than 40 deep"), "{:?}", quotes(limits::MARKDOWN + 1));
    let elements = |deep: usize| section(format!("A {}word{}.", "<b>".repeat(deep), "</b>".repeat(deep)));
    assert!(!says(&elements(limits::MARKDOWN - 1), "deep"));
    assert!(says(&elements(limits::MARKDOWN + 1), "nest more than 40 deep"), "{:?}", elements(limits::MARKDOWN + 1));
}

#[test]
fn addresses_are_as_long_as_they_may() {
    let link =
        |bytes: usize| section(format!("[Words](https://a.org/{}).", "b".repeat(bytes - "https://a.org/".len())));
    assert!(!says(&link(limits::ADDRESS), "lead nowhere"));
    assert!(says(&link(limits::ADDRESS + 1), "the address has 8001 bytes"), "{:?}", link(limits::ADDRESS + 1));
}

#[test]
fn values_nest_as_deep_as_they_may() {
    let lists = |deep: usize| {
        said(&[
            ("metadata.yaml", format!("title: T\ncover: false\nkeywords: {}a{}\n", "[".repeat(deep), "]".repeat(deep))),
            ("a.md", "# One\n\nText.\n".to_owned()),
        ])
    };
    assert!(!says(&lists(limits::YAML - 2), "nests or repeats too much"));
    assert!(says(&lists(limits::YAML + 1), "nests or repeats too much"), "{:?}", lists(limits::YAML + 1));
}

#[test]
fn titles_name_each_other_as_often_as_they_may() {
    let titles = |count: usize| {
        let chapter = |at: usize| match at {
            0 => "# Last {#t0}\n\nText.\n\n".to_owned(),
            _ => format!("# [](#t{}) {{#t{at}}}\n\nText.\n\n", at - 1),
        };
        said(&[("a.md", (0..count).rev().map(chapter).collect())])
    };
    assert!(says(&titles(limits::TITLES + 3), "refer to each other in a row"), "{:?}", titles(limits::TITLES + 3));
}

#[test]
fn a_drawing_nests_as_deep_as_it_may() {
    let drawing = |deep: usize| {
        let groups: String = (0..deep).map(|at| format!("<g id=\"g{at}\" opacity=\"0.9\">")).collect();
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"40\">{groups}<path d=\"M0 0H9V9z\"/>{}</svg>",
            "</g>".repeat(deep)
        );
        said(&[("a.md", "# One\n\n![A path](p.svg)\n".to_owned()), ("p.svg", svg)])
    };
    assert!(!says(&drawing(26), "nests"));
    assert!(says(&drawing(limits::XML + 1), "nests"), "{:?}", drawing(limits::XML + 1));
}

#[test]
fn files_include_each_other_as_deep_as_they_may() {
    let includes = |deep: usize| {
        let mut files = vec![("a.md".to_owned(), "# One\n\n{{< include _0.md >}}\n".to_owned())];
        for at in 0..deep {
            files.push((format!("_{at}.md"), format!("Text {at}.\n\n{{{{< include _{}.md >}}}}\n", at + 1)));
        }
        files.push((format!("_{deep}.md"), "The last.\n".to_owned()));
        let files: Vec<(&str, String)> = files.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
        said(&files)
    };
    assert!(!says(&includes(limits::INCLUDES - 2), "deep"), "{:?}", includes(limits::INCLUDES - 2));
    assert!(says(&includes(limits::INCLUDES + 1), "include each other more than 8 deep"));
}

#[test]
fn a_bibliography_nests_as_deep_as_it_may() {
    let fields = |deep: usize| {
        let text = format!("@book{{a, title = {{{}word{}}}}}\n", "{".repeat(deep), "}".repeat(deep));
        bibtex::read(&text).works.len()
    };
    assert_eq!((fields(limits::TEX - 1), fields(20_000)), (1, 1), "one odd field loses no work");
    let chain: String = (0..40).map(|at| format!("@incollection{{w{at}, crossref = {{w{}}}}}\n", at + 1)).collect();
    assert_eq!(bibtex::read(&chain).works.len(), 40);
}
