//! Copies: an edition numbered for those who get it, a file each or one for the print run.
//!
//! Pages are set once. A file of its own has its stamp among the marks of its pages and keeps its tags; the file of a
//! print run has every page and every stamp once. Files are named by number, never by person; a register beside them
//! says who has which.

mod list;

use std::collections::BTreeSet;

use super::imposed::{self, Ready};
use super::{Finished, Production, Request, Step, wanted};
use crate::diagnostic::{Diagnostic, Diagnostics, Reported, lints};
use crate::edition::imposition::Kind;
use crate::edition::{Edition, Format};
use crate::font::find::{self, Missing as Characters};
use crate::language::printing::copy_of;
use crate::page::{Mark, MarkKind, Page, PageKind, Pages};
use crate::release;
use crate::source::{Composed, Files, Sources};
use crate::units::Rect;
use crate::{layout, manuscript, pdf};
use list::Recipient;

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Copies {
    /// What stands in the list.
    pub list: Vec<u8>,
    /// How the list is called.
    pub name: String,
    /// One file for the print run, in place of one a copy.
    pub one_file: bool,
    /// Whether stamps stand across pages too.
    pub across: bool,
}

/// Makes the copies of an edition, the first PDF where none is named, and their register.
pub fn copies(
    files: &dyn Files,
    request: &Request,
    asked: &Copies,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
    step: &mut dyn FnMut(Step<'_>),
) -> Result<Vec<Finished>, Reported> {
    let files = &Composed::of(files);
    let recipients = list::read(&asked.name, &asked.list, sources, diagnostics)?;
    let manuscript = manuscript::read(files, sources, diagnostics)?;
    step(Step::Read(manuscript.left_out()));
    let named = wanted(&manuscript, request, diagnostics)?;
    let edition = match &request.edition {
        Some(_) => named.first().copied(),
        None => Edition::first(Format::Pdf, manuscript.editions()),
    };
    let of_paper = edition.filter(|edition| {
        edition.format == Format::Pdf && imposed::of(edition).is_none_or(|how| how.kind != Kind::Wrap)
    });
    let Some(edition) = of_paper else {
        let said = Diagnostic::new(&lints::COPIES, "only a PDF with the pages of the book has copies");
        return Err(diagnostics.fail(said.hint("name one with --edition")));
    };
    step(Step::Making(edition));
    let mut production = Production::new(files, request, &manuscript, sources, diagnostics);
    let made = production.copies(edition, &recipients, asked);
    diagnostics.retain(|diagnostic| !manuscript.allows(diagnostic));
    let mut made = made?;
    made.iter_mut().for_each(|file| step(Step::Made(file)));
    Ok(made)
}

impl Production<'_> {
    /// The print run of an edition that asks for numbered copies without names.
    pub(super) fn numbered(&mut self, edition: &Edition) -> Result<Vec<Finished>, Reported> {
        let Some(count) = edition.copies else { return Ok(Vec::new()) };
        let nobody = |number| Recipient { number, name: String::new(), note: String::new(), span: None };
        let recipients: Vec<Recipient> = (1..=count).map(nobody).collect();
        let mut made = self.copies(edition, &recipients, &Copies { one_file: true, ..Copies::default() })?;
        // Nobody's name stands in it.
        made.retain(|file| !file.file.ends_with(".csv"));
        Ok(made)
    }

    fn copies(
        &mut self,
        edition: &Edition,
        recipients: &[Recipient],
        asked: &Copies,
    ) -> Result<Vec<Finished>, Reported> {
        let mut files = Vec::new();
        for ready in self.ready(edition)? {
            files.extend(self.copies_of(edition, &ready, recipients, asked)?);
        }
        Ok(files)
    }

    fn copies_of(
        &mut self,
        edition: &Edition,
        ready: &Ready,
        recipients: &[Recipient],
        asked: &Copies,
    ) -> Result<Vec<Finished>, Reported> {
        let (book, theme) = (&self.books[&ready.book].1, &self.layouts[&ready.layout].theme);
        let Some(size) = ready.pages.pages.first().map(|page| page.size) else { return Ok(Vec::new()) };
        let largest = recipients.iter().map(|who| who.number).max().unwrap_or(0);
        let of = largest.max(recipients.len() as u32);
        let language = &book.metadata.language;
        let words: Vec<String> = recipients
            .iter()
            .map(|who| match copy_of(language, who.number, of) {
                copy if who.name.is_empty() => copy,
                copy => format!("{copy} · {}", who.name),
            })
            .collect();
        let (mut stamps, mut missing) = layout::stamps(book, theme, &self.fonts, size, &words, asked.across);
        let places = |missing: &mut Characters| {
            for ((character, _), span) in missing {
                *span = recipients.iter().find(|who| who.name.contains(*character)).and_then(|who| who.span);
            }
        };
        places(&mut missing.characters);
        if !missing.characters.is_empty()
            && find::ask_the_machine(&mut self.fonts, self.files, &missing.characters, self.diagnostics)
        {
            (stamps, missing) = layout::stamps(book, theme, &self.fonts, size, &words, asked.across);
            places(&mut missing.characters);
        }
        find::report_missing(&missing.characters, self.diagnostics);
        for (who, _) in recipients.iter().zip(&stamps).filter(|(_, stamp)| stamp.cut) {
            let said =
                Diagnostic::new(&lints::LONG_NAME, "the name is longer than the foot of a page, and is cut there");
            self.diagnostics.report(
                Diagnostic { span: who.span, ..said }
                    .hint("write a shorter one; the rest may stand in the column `note`"),
            );
        }
        if let Some(said) =
            stamps.iter().max_by_key(|stamp| stamp.field.size.height).and_then(|stamp| over_words(&ready.pages, stamp))
        {
            self.diagnostics.report(said);
        }
        let stem = ready.file.trim_end_matches(".pdf").to_owned();
        let mut files = Vec::new();
        if asked.one_file {
            let file = format!("{stem}-copies.pdf");
            let ticket = imposed::of(edition).filter(|imposition| imposition.ticket);
            let ticket = ticket.map(|imposition| self.how_to_print(imposition, ready, &file, recipients.len()));
            files.push(self.run(ready, &stamps, ticket, file)?);
        } else {
            let width = of.to_string().len();
            for (who, stamp) in recipients.iter().zip(&stamps) {
                let file = format!("{stem}-copy-{:0width$}.pdf", who.number);
                files.push(self.copy(ready, stamp, &format!("copy {} of {of}", who.number), file)?);
            }
        }
        let register = register(recipients, &files);
        if let (Some(imposition), Some(first)) = (imposed::of(edition), files.first()) {
            let names = match files.last() {
                Some(last) if last.file != first.file => format!("{} … {}", first.file, last.file),
                _ => first.file.clone(),
            };
            let printing = self.how_to_print(imposition, ready, &names, recipients.len());
            let told = Finished { file: format!("{stem}-copies.pdf"), printing: printing.clone(), ..first.clone() };
            if let Some(last) = files.last_mut() {
                last.printing = printing;
            }
            files.push(imposed::slip(&told));
        }
        files.push(Finished {
            edition: ready.edition.name.clone(),
            file: format!("{stem}-copies.csv"),
            bytes: register.into_bytes(),
            pages: None,
            features: BTreeSet::new(),
            claims: Vec::new(),
            accessibility: None,
            printing: Vec::new(),
        });
        Ok(files)
    }

    /// A copy as a file of its own: the stamp stands among the marks of each page.
    fn copy(&mut self, ready: &Ready, stamp: &layout::Stamp, name: &str, file: String) -> Result<Finished, Reported> {
        let mut pages = ready.pages.clone();
        for page in &mut pages.pages {
            page.marks.splice(0..0, stamp.under.iter().cloned());
            page.marks.extend(stamp.over.iter().cloned());
        }
        self.stamped(ready, &pages, Some(name), (&[], None), file)
    }

    /// All copies in one file: stamps are pages of their own, which the writer paints over and under the others. A ticket
    /// says before them how they are printed.
    fn run(
        &mut self,
        ready: &Ready,
        stamps: &[layout::Stamp],
        ticket: Option<Vec<String>>,
        file: String,
    ) -> Result<Finished, Reported> {
        let mut pages = ready.pages.clone();
        let lead = ready.imposed.as_ref().and_then(|imposed| imposed.sides.first()).zip(ticket).map(|(side, lines)| {
            let (book, theme) = (&self.books[&ready.book].1, &self.layouts[&ready.layout].theme);
            pages.pages.push(layout::ticket(book, theme, &self.fonts, side.size, &lines));
            pages.pages.len() - 1
        });
        let mut run = Vec::with_capacity(stamps.len());
        for stamp in stamps {
            let under = (!stamp.under.is_empty()).then(|| add(&mut pages, &stamp.under)).flatten();
            let Some(over) = add(&mut pages, &stamp.over) else { continue };
            run.push(pdf::Stamped { under, over });
        }
        self.stamped(ready, &pages, None, (&run, lead), file)
    }

    fn stamped(
        &mut self,
        ready: &Ready,
        pages: &Pages,
        copy: Option<&str>,
        (run, lead): (&[pdf::Stamped], Option<usize>),
        file: String,
    ) -> Result<Finished, Reported> {
        let job = pdf::Job {
            own: ready.own.as_deref(),
            imposed: ready.imposed.as_ref(),
            copy,
            run,
            lead,
            ..pdf::Job::plain(pages, &self.books[&ready.book].1, &self.fonts, &ready.edition)
        };
        let written = pdf::write(&job, self.diagnostics)?;
        let sides = ready.imposed.as_ref().map_or(ready.pages.pages.len(), |imposed| imposed.sides.len());
        let count = if run.is_empty() { sides } else { sides.next_multiple_of(2) * run.len() };
        let count = count + if lead.is_some() { 2 } else { 0 };
        Ok(Finished {
            edition: ready.edition.name.clone(),
            file,
            bytes: written.bytes,
            pages: Some(count),
            features: written.features,
            claims: written.claims,
            accessibility: written.accessibility,
            printing: Vec::new(),
        })
    }
}

/// Words of a page on which its stamp would stand: the first are said.
fn over_words(pages: &Pages, stamp: &layout::Stamp) -> Option<Diagnostic> {
    let under = |mark: &Mark| match &mark.kind {
        MarkKind::Text(run) if mark.transform.is_none() && !run.text.trim().is_empty() => {
            let rise = run.size.scale(7, 10);
            stamp.field.meets(&Rect::new(run.origin.x, run.origin.y - rise, run.right() - run.origin.x, rise))
        }
        _ => false,
    };
    let (page, mark) = pages.pages.iter().find_map(|page| Some((page, page.marks.iter().find(|mark| under(mark))?)))?;
    let MarkKind::Text(run) = &mark.kind else { return None };
    let words: String = run.text.trim().chars().take(40).collect();
    let place = page.folio.map_or("the cover".to_owned(), |folio| format!("page {folio}"));
    let said = Diagnostic::new(&lints::OVERPRINT, format!("the stamp of a copy stands over \"{words}\" on {place}"));
    Some(
        Diagnostic { span: run.span, ..said }
            .hint("widen the margin at the foot, `margins: {foot: 20mm}`, or write shorter names"),
    )
}

/// Adds a page of nothing but a stamp; its place.
fn add(pages: &mut Pages, marks: &[Mark]) -> Option<usize> {
    let first = pages.pages.first()?;
    let page = Page {
        kind: PageKind::Blank,
        folio: None,
        marks: marks.to_vec(),
        links: Vec::new(),
        areas: Vec::new(),
        ..*first
    };
    pages.pages.push(page);
    Some(pages.pages.len() - 1)
}

/// Who has which copy, as a table that a spreadsheet opens: its letters are known by their mark.
fn register(recipients: &[Recipient], files: &[Finished]) -> String {
    let mut lines = vec!["\u{feff}number,name,note,file,sha256".to_owned()];
    let sums: Vec<String> = files.iter().map(|file| release::sum(&file.bytes)).collect();
    for (at, who) in recipients.iter().enumerate() {
        // Of a print run all copies are in one file.
        let at = at.min(files.len().saturating_sub(1));
        let Some((file, sum)) = files.get(at).zip(sums.get(at)) else { continue };
        let number = who.number.to_string();
        let fields = [number.as_str(), &who.name, &who.note, &file.file, sum].map(quoted);
        lines.push(fields.join(","));
    }
    lines.join("\r\n") + "\r\n"
}

/// A field of a table; one that a spreadsheet would take for a formula has a quote before it.
fn quoted(field: &str) -> String {
    let field = match field.starts_with(['=', '+', '-', '@']) {
        true => format!("'{field}"),
        false => field.to_owned(),
    };
    match field.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", field.replace('"', "\"\"")),
        false => field,
    }
}
