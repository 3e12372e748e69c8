//! Accessibility: what the finished pages hold, and the metadata that follows from it.
//!
//! Nothing is declared that was not found: `alternativeText` only when every picture that means something has words,
//! `textual` as sufficient only then, page features only with page marks. Conformance is claimed only when the author
//! names who certifies it, since tools decide perhaps a third of WCAG, and only when the book's own checks are clean.

use std::collections::BTreeSet;

use crate::book::metadata::Metadata;
use crate::book::{Accessibility, AssetId, Feature, NoteId, finished::REPORT};
use crate::language::Language;
use crate::language::terms::Term;

/// What the pages hold.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    /// Pictures with words for who cannot see them.
    pub described: usize,
    /// Pictures that mean something and have no words.
    pub undescribed: usize,
    /// Whether some picture has a longer description.
    pub long_descriptions: bool,
    /// Whether there is a chart.
    pub charts: bool,
    /// Whether there is a table.
    pub tables: bool,
    /// Whether there is an index.
    pub index: bool,
    /// Whether there is program text.
    pub code: bool,
    /// Languages other than the book's.
    pub languages: BTreeSet<Language>,
    /// Calls that were written.
    pub calls: BTreeSet<(NoteId, u16)>,
    /// Notes that were written.
    pub notes: BTreeSet<NoteId>,
    /// Pictures that some page shows.
    pub pictures_used: BTreeSet<AssetId>,
    /// The file of the cover's picture.
    pub cover: Option<String>,
    /// Whether the pages of a print edition are marked.
    pub page_marks: bool,
    /// Whether the book's own checks found nothing to mend.
    pub clean: bool,
}

impl Facts {
    /// Counts a picture; `None` is a decorative one.
    pub fn picture(&mut self, alt: Option<&str>) {
        match alt {
            Some(alt) if alt.trim().is_empty() => self.undescribed += 1,
            Some(_) => self.described += 1,
            None => {}
        }
    }
}

/// The statement that follows from what the pages hold.
pub(super) fn statement(facts: &Facts, metadata: &Metadata) -> Accessibility {
    let pictures = facts.described + facts.undescribed > 0;
    let all_described = facts.undescribed == 0;
    let mut modes = vec!["textual"];
    if pictures {
        modes.push("visual");
    }
    let mut sufficient = Vec::new();
    if all_described {
        sufficient.push("textual");
    }
    if pictures {
        sufficient.push("textual,visual");
    }
    let mut features = BTreeSet::from([
        Feature::Roles,
        Feature::Reflow,
        Feature::ReadingOrder,
        Feature::Structure,
        Feature::Contents,
        Feature::Languages,
    ]);
    if facts.described > 0 && all_described {
        features.insert(Feature::AlternativeText);
    }
    if facts.long_descriptions {
        features.insert(Feature::LongDescriptions);
    }
    if facts.page_marks {
        features.extend([Feature::PageMarks, Feature::PageList]);
    }
    if facts.index {
        features.insert(Feature::Index);
    }
    let said = &metadata.accessibility;
    let certified = said.certified_by.clone().filter(|_| facts.clean && all_described);
    Accessibility {
        modes,
        sufficient,
        features,
        hazards: vec!["none"],
        summary: said.summary.clone().unwrap_or_else(|| summary(facts, &metadata.language)),
        report: certified.as_ref().and_then(|_| report(metadata)),
        certified: certified.map(|by| (by, said.certified_on.map(|date| date.iso()))),
        exemption: said.exemption.clone(),
    }
}

/// Where the certifier's report stands: what is said, else the report that a release puts beside the title's page.
fn report(metadata: &Metadata) -> Option<String> {
    let beside = metadata.distribution.page.as_ref().map(|page| format!("{}{REPORT}", page.value));
    metadata.accessibility.report.clone().or(beside)
}

/// A summary that says what is there.
fn summary(facts: &Facts, language: &Language) -> String {
    let mut sentences = vec![Term::AccessStructure.word(language)];
    if facts.described > 0 && facts.undescribed == 0 {
        sentences.push(Term::AccessPictures.word(language));
    }
    if !facts.notes.is_empty() {
        sentences.push(Term::AccessNotes.word(language));
    }
    if facts.page_marks {
        sentences.push(Term::AccessPages.word(language));
    }
    sentences.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternative_text_is_claimed_only_when_every_picture_has_it() {
        let mut facts = Facts::default();
        facts.picture(Some("a map"));
        facts.picture(None);
        let said = statement(&facts, &crate::epub::tests::metadata("T"));
        assert!(said.features.contains(&Feature::AlternativeText));
        assert_eq!(said.sufficient, ["textual", "textual,visual"]);
        facts.picture(Some(" "));
        let said = statement(&facts, &crate::epub::tests::metadata("T"));
        assert!(!said.features.contains(&Feature::AlternativeText));
        assert_eq!(said.sufficient, ["textual,visual"]);
        assert!(!said.features.contains(&Feature::PageList));
    }

    #[test]
    fn conformance_is_claimed_only_with_a_certifier_and_a_clean_book() {
        let mut metadata = crate::epub::tests::metadata("T");
        metadata.accessibility.certified_by = Some("Ann".to_owned());
        let facts = Facts { clean: true, ..Facts::default() };
        assert!(statement(&facts, &metadata).certified.is_some());
        assert!(statement(&Facts::default(), &metadata).certified.is_none());
        metadata.accessibility.certified_by = None;
        assert!(statement(&facts, &metadata).certified.is_none());
    }
}
