//! The facts of a title's files as its page says them: names of editions, sizes, prices, accessibility.

use super::Page;
use crate::book::Claim;
use crate::edition::{Format, Purpose};
use crate::language::terms::Term;
use crate::language::web::Web;
use crate::release::Made;
use crate::units::{Length, Size};

impl Page<'_> {
    /// "Cover of".
    pub(super) fn cover_of(&self) -> &str {
        Term::CoverOf.word(self.language)
    }

    /// "PDF to print".
    pub(super) fn name_of(&self, made: &Made) -> Web {
        match (made.edition.format, made.edition.purpose) {
            (Format::Epub, _) => Web::Ebook,
            (Format::Web, _) => Web::ReadOnline,
            (Format::Pdf, Purpose::Screen) => Web::PdfForScreen,
            (Format::Pdf, Purpose::LargePrint) => Web::PdfLargePrint,
            (Format::Pdf, Purpose::Press(_)) => Web::PrintedBook,
            (Format::Pdf, Purpose::Office) => Web::PdfToPrint,
        }
    }

    /// "Letter, 16 pages, tagged (PDF/UA)".
    pub(super) fn about(&self, made: &Made) -> String {
        if made.edition.format == Format::Epub {
            return Web::ForReaders.word(self.language).to_owned();
        }
        let paper = made.trim.map(paper);
        let size = made
            .size
            .filter(|_| made.edition.purpose == Purpose::LargePrint)
            .map(|size| format!("{} pt", points(size)));
        let pages = made.pages.map(|pages| format!("{pages} {}", Web::PagesOf.word(self.language)));
        let tagged = made.claims.contains(&Claim::PdfUa1).then(|| Web::Tagged.word(self.language).to_owned());
        let parts: Vec<String> = [paper, size, pages, tagged].into_iter().flatten().collect();
        parts.join(", ")
    }

    /// What the e-book offers, in rows of the statement: a heading and its sentences.
    pub(super) fn statement(&self) -> Vec<(Web, Vec<(Web, String)>)> {
        let Some(stated) = self.record.accessibility() else { return Vec::new() };
        let words = stated.words();
        let has = |feature: &str| words.contains(&feature);
        let said = |lines: Vec<(bool, Web)>| -> Vec<(Web, String)> {
            lines.into_iter().filter(|(shown, _)| *shown).map(|(_, word)| (word, String::new())).collect()
        };
        let aloud = stated.sufficient.contains(&"textual");
        let conformance = match &stated.certified {
            Some((by, _)) => vec![(Web::MeetsStandards, String::new()), (Web::CertifiedBy, format!(" {by}"))],
            None => vec![(Web::NoConformance, String::new())],
        };
        vec![
            (
                Web::WaysOfReading,
                said(vec![
                    (has("displayTransformability"), Web::AppearanceModifiable),
                    (aloud, Web::ReadAloud),
                    (!aloud, Web::NotReadAloud),
                    (has("alternativeText"), Web::HasAlternativeText),
                ]),
            ),
            (Web::Conformance, conformance),
            (
                Web::NavigationOf,
                said(vec![
                    (has("tableOfContents"), Web::NavContents),
                    (has("structuralNavigation"), Web::NavHeadings),
                    (has("pageNavigation"), Web::NavPages),
                ]),
            ),
            (Web::Hazards, said(vec![(stated.hazards == ["none"], Web::NoHazards)])),
            (Web::MoreAccess, said(vec![(has("pageBreakMarkers"), Web::PageBreaks), (has("ARIA"), Web::AriaRoles)])),
        ]
        .into_iter()
        .filter(|(_, lines)| !lines.is_empty())
        .collect()
    }
}

/// "508 kB".
pub(super) fn size(bytes: usize) -> String {
    match bytes {
        0..1_000_000 => format!("{}\u{a0}kB", bytes.div_ceil(1000)),
        _ => format!("{}.{}\u{a0}MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// The name of a paper, else its measures in millimetres.
fn paper(size: Size) -> String {
    const NAMED: [&str; 4] = ["letter", "a4", "a5", "legal"];
    let known = NAMED.iter().find(|name| Size::parse(name) == Some(size));
    let millimetres = |length: Length| (length.to_inches() * 25.4).round() as i64;
    match known {
        Some(name) => {
            name.chars().next().map(|c| c.to_ascii_uppercase()).into_iter().chain(name.chars().skip(1)).collect()
        }
        None => format!("{}\u{a0}×\u{a0}{}\u{a0}mm", millimetres(size.width), millimetres(size.height)),
    }
}

fn points(length: Length) -> i64 {
    length.to_pt().round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_papers_are_said_in_words() {
        assert_eq!([size(507_710), size(999_999), size(2_450_000)], ["508\u{a0}kB", "1000\u{a0}kB", "2.4\u{a0}MB"]);
        let of = |name: &str| paper(Size::parse(name).expect("a size"));
        assert_eq!([of("a4"), of("6x9in")], ["A4", "152\u{a0}×\u{a0}229\u{a0}mm"]);
    }
}
