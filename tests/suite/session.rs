//! A session: editions one after the other, what their files offer, and where it may be stopped.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use recto::book::{Claim, Feature};
use recto::production::{Finished, Request, Session, Step};
use recto::source::Memory;

const EDITIONS: &str = "title: Water
authors: [Ann Lee]
editions:
  print: {}
  ebook: {format: epub, pages_of: print}
  screen: {for: screen}
  kdp: {for: kdp, trim: 6x9in, margins: {spine: 5mm, fore_edge: 5mm, head: 15mm, foot: 15mm}}
  extract: {sections: [b.md]}
  notes: {notes: footnotes}
  again: {for: kdp, trim: 6x9in, margins: {spine: 5mm, fore_edge: 5mm, head: 15mm, foot: 15mm}, stamp: Second}
";

fn paper() -> Memory {
    let text = "Water is cheap until it is not.[^1] ".repeat(60);
    Memory::new()
        .with("metadata.yaml", EDITIONS)
        .with("a.md", format!("# Rain\n\n{text}\n\n[^1]: Town of Alder.\n"))
        .with("b.md", format!("# Rivers\n\n{text}\n\n[^1]: Town of Birch.\n"))
}

fn built(edition: Option<&str>) -> Vec<Finished> {
    let request = Request { edition: edition.map(str::to_owned), ..Request::default() };
    let mut session = Session::new();
    let built = session.build(&paper(), &request, &mut |_| ControlFlow::Continue(()));
    let said: Vec<&str> = session.diagnostics.iter().map(|said| said.message.as_str()).collect();
    built.unwrap_or_else(|_| panic!("it does not build: {said:?}"))
}

#[test]
fn an_edition_is_the_same_whatever_was_made_before_it() {
    let together = built(None);
    let names: BTreeSet<&str> = together.iter().map(|file| file.edition.as_str()).collect();
    assert_eq!(names.len(), 7);
    for name in names {
        let alone = built(Some(name));
        let same: Vec<&Finished> = together.iter().filter(|file| file.edition == name).collect();
        assert_eq!(alone.len(), same.len(), "{name}");
        for (one, other) in alone.iter().zip(same) {
            assert!(one.bytes == other.bytes && one.pages == other.pages, "{name} differs");
        }
    }
}

#[test]
fn files_say_what_they_offer_and_claim() {
    let files = built(None);
    let of = |ending: &str| files.iter().find(|file| file.file.ends_with(ending)).expect("it is made");
    let (print, ebook, kdp) = (of("water.pdf"), of(".epub"), of("-kdp.pdf"));
    assert!(print.features.contains(&Feature::ReadingOrder) && print.features.contains(&Feature::Contents));
    assert!(!print.features.contains(&Feature::Reflow) && !print.features.contains(&Feature::AlternativeText));
    assert_eq!(print.claims, [Claim::PdfUa1, Claim::PdfA2a]);
    assert!(ebook.features.contains(&Feature::Reflow) && ebook.features.contains(&Feature::PageList));
    assert_eq!(ebook.claims, [], "nobody certifies it");
    assert_eq!((kdp.features.len(), kdp.claims.as_slice()), (0, &[Claim::PdfX4][..]));
}

#[test]
fn a_session_that_is_told_to_stop_gives_what_is_finished() {
    let mut session = Session::new();
    let mut begun = 0;
    let files = session.build(&paper(), &Request::default(), &mut |step| match step {
        Step::Making(_) if begun == 2 => ControlFlow::Break(()),
        Step::Making(_) => {
            begun += 1;
            ControlFlow::Continue(())
        }
        _ => ControlFlow::Continue(()),
    });
    let editions: BTreeSet<String> = files.expect("no error").into_iter().map(|file| file.edition).collect();
    assert_eq!(editions, BTreeSet::from(["print".to_owned(), "ebook".to_owned()]));
    let nothing = session.build(&paper(), &Request::default(), &mut |_| ControlFlow::Break(()));
    assert!(nothing.is_ok_and(|files| files.is_empty()));
}
