//! What one receiver is sent: its files under the names and with the record that it takes, or what is missing for them.

use std::sync::Arc;

use super::gaps;
use super::onix::{self, ProductKind};
use super::receivers::{Files, Form, Names, Receiver, Want};
use super::record::Record;
use super::{File, Kind, Made, Picture};
use crate::book::metadata::Isbn;
use crate::diagnostic::{Diagnostic, Diagnostics, Lint, Reported, lints};
use crate::source::Span;

/// The pixels of the cover beside the files.
const COVER: (u32, u32) = (1600, 2560);

/// All files for a receiver, in the order of their names; what is missing is an error each.
pub(super) fn write(
    record: &Record<'_>,
    receiver: &Receiver,
    pictures: &[Picture],
    diagnostics: &mut Diagnostics,
) -> Result<Vec<File>, Reported> {
    let mark = diagnostics.len();
    let taken = taken(record, receiver);
    let mut check = Check { record, receiver, diagnostics };
    check.files(&taken);
    check.wants(&taken);
    let cover = check.cover(pictures);
    if receiver.onix.is_some() {
        gaps::refuse(record, Kind::Onix, receiver.called, diagnostics);
    }
    diagnostics.unless_errors_since(mark, ())?;
    let mut files: Vec<File> = Vec::new();
    for (form, made) in &taken {
        let isbn = isbn(record, *form).map(Isbn::digits);
        let path = match (receiver.names, isbn) {
            (Names::Isbn, Some(digits)) => format!("{digits}.{}", ending(*form)),
            _ => made.file.clone(),
        };
        files.push(File {
            path,
            bytes: Arc::clone(&made.bytes),
            media_type: made.media_type(),
            edition: Some(made.edition.name.clone()),
        });
        if let (Names::Isbn, Some(digits), Some(cover)) = (receiver.names, isbn, cover) {
            files.push(super::file(&format!("{digits}_frontcover.jpg"), "image/jpeg", cover.jpeg.clone()));
        }
    }
    if let (Names::Own, Some(cover)) = (receiver.names, cover) {
        files.push(super::file("cover.jpg", "image/jpeg", cover.jpeg.clone()));
    }
    if receiver.onix.is_some() {
        let kinds: Vec<ProductKind> = taken.iter().map(|(form, _)| kind(*form)).collect();
        files.push(super::file("onix.xml", "application/xml", onix::xml_of(record, &kinds).into_bytes()));
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files.dedup_by(|one, other| one.path == other.path);
    Ok(files)
}

/// The files that go there.
fn taken<'a>(record: &Record<'a>, receiver: &Receiver) -> Vec<(Form, &'a Made)> {
    let of = |form: Form| match form {
        Form::Epub => record.ebook().map(|made| (form, made)),
        Form::Pdf => record.pdf().map(|made| (form, made)),
    };
    let mut found: Vec<(Form, &Made)> = receiver.files.forms().iter().filter_map(|form| of(*form)).collect();
    if let Files::First(_) = receiver.files {
        found.truncate(1);
    }
    // A file that is known by its ISBN goes only with one, where another has it.
    if receiver.names == Names::Isbn && found.iter().any(|(form, _)| isbn(record, *form).is_some()) {
        found.retain(|(form, _)| isbn(record, *form).is_some());
    }
    found
}

fn isbn<'a>(record: &Record<'a>, form: Form) -> Option<&'a Isbn> {
    match form {
        Form::Epub => record.isbn_epub(),
        Form::Pdf => record.isbn_pdf(),
    }
}

fn ending(form: Form) -> &'static str {
    match form {
        Form::Epub => "epub",
        Form::Pdf => "pdf",
    }
}

fn kind(form: Form) -> ProductKind {
    match form {
        Form::Epub => ProductKind::Epub,
        Form::Pdf => ProductKind::Pdf,
    }
}

struct Check<'a> {
    record: &'a Record<'a>,
    receiver: &'a Receiver,
    diagnostics: &'a mut Diagnostics,
}

impl Check<'_> {
    fn refuse(&mut self, lint: &'static Lint, at: Option<Span>, missing: &str, hint: &str) {
        let message = format!("{missing}, and {} takes no title so", self.receiver.called);
        self.diagnostics.fail(Diagnostic::new(lint, message).at(at).hint(hint));
    }

    fn files(&mut self, taken: &[(Form, &Made)]) {
        if taken.is_empty() {
            let title = Some(self.record.metadata.title.span);
            let missing = format!("no edition that is handed on is the {} that it takes", self.receiver.files.words());
            let form = self.receiver.files.forms().first().map_or("epub", |form| ending(*form));
            self.refuse(
                &lints::RELEASE_NO_FILE,
                title,
                &missing,
                &format!("add an edition: {form}book: {{format: {form}}}"),
            );
        }
    }

    fn wants(&mut self, taken: &[(Form, &Made)]) {
        let record = self.record;
        let title = Some(record.metadata.title.span);
        let distribution = record.said.span.or(title);
        for want in self.receiver.wants {
            match want {
                Want::Isbn => {
                    let without = taken.iter().find(|(form, _)| isbn(record, *form).is_none());
                    if let Some((form, _)) = without {
                        let missing = format!("the {} has no ISBN", form.words());
                        let hint = format!("write `identifiers: {{isbn_{}: …}}`", ending(*form));
                        let at = record.metadata.identifiers.span.or(title);
                        self.refuse(&lints::RELEASE_NO_ISBN, at, &missing, &hint);
                    }
                }
                Want::Author if record.authors().next().is_none() => {
                    let hint = "write `authors: [Ann Lee]`";
                    self.refuse(&lints::RELEASE_NO_AUTHOR, title, "nothing says who wrote it", hint);
                }
                Want::Day if record.metadata.date.is_some_and(|date| date.day.is_none()) => {
                    let at = record.metadata.date.as_ref().map(|date| date.span);
                    let hint = "write the day too: `date: 2026-11-23`";
                    self.refuse(&lints::RELEASE_NO_DATE, at, "it is not known on which day it appeared", hint);
                }
                Want::Bisac if record.bisac().is_empty() => {
                    let hint = "write `subjects: [{bisac: POL011000}]`";
                    self.refuse(&lints::RELEASE_NO_SUBJECT, title, "no subject of BISAC is named", hint);
                }
                Want::Description if record.description().is_none() => {
                    let missing = "nothing says in a few sentences what it is about";
                    self.refuse(&lints::RELEASE_NO_DESCRIPTION, title, missing, "write `description: …`");
                }
                Want::Price if record.said.prices.is_empty() => {
                    let hint = "write `distribution: {prices: [{amount: 24.00, currency: CAD}]}`";
                    self.refuse(&lints::RELEASE_NO_PRICE, distribution, "it has no price", hint);
                }
                Want::Licence if record.open_licence().is_none() => {
                    let hint = "write `rights: {licence: CC-BY-4.0}`, if that is how it is given away";
                    self.refuse(&lints::NO_LICENCE, title, "no licence lets everybody pass it on", hint);
                }
                Want::Author | Want::Day | Want::Bisac | Want::Description | Want::Price | Want::Licence => {}
            }
        }
    }

    /// The cover, if it is as it is asked for; an error if there is none or it is not.
    fn cover<'p>(&mut self, pictures: &'p [Picture]) -> Option<&'p Picture> {
        let asked = self.receiver.cover?;
        let title = Some(self.record.metadata.title.span);
        let Some(cover) = pictures.iter().find(|picture| picture.file == "cover.jpg") else {
            let hint = "write `cover: {image: …, alt: …}`, or take `cover: false` out: then the theme draws one";
            self.refuse(&lints::RELEASE_COVER, title, "it has no cover", hint);
            return None;
        };
        let (short, long) = COVER;
        if short < asked.short || long < asked.long || (asked.most > 0 && long > asked.most) {
            let missing = format!("its cover has {short} × {long} pixels");
            self.refuse(&lints::RELEASE_COVER, title, &missing, &format!("asked for: {}", self.receiver.cover_words()));
        }
        if asked.bytes > 0 && cover.jpeg.len() > asked.bytes {
            let missing = format!("its cover has {} kB", cover.jpeg.len() / 1000);
            self.refuse(&lints::RELEASE_COVER, title, &missing, "give a quieter picture: `cover: {image: …}`");
        }
        Some(cover)
    }
}
