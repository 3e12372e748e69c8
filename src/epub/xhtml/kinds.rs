//! What each kind of division is called by EPUB's structural semantics and DPUB-ARIA.

use crate::book::DivisionKind;

/// The names of a kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::epub) struct Semantics {
    /// `epub:type`, where the vocabulary has a word.
    pub epub_type: Option<&'static str>,
    /// The role, where DPUB-ARIA has one; always there when the type has one that belongs to it.
    pub role: Option<&'static str>,
}

/// The names of a kind. Kinds for which neither vocabulary has a word (about the author, how to cite) have none.
pub(in crate::epub) fn kind(kind: DivisionKind) -> Semantics {
    use DivisionKind::*;
    let (epub_type, role) = match kind {
        Cover => ("cover", ""),
        HalfTitle => ("halftitlepage", ""),
        TitlePage => ("titlepage", ""),
        CopyrightPage => ("copyright-page", ""),
        Dedication => ("dedication", "doc-dedication"),
        Epigraph => ("epigraph", "doc-epigraph"),
        Contents => ("toc", "doc-toc"),
        ListOfFigures => ("loi", ""),
        ListOfTables => ("lot", ""),
        ListOfBoxes => ("", ""),
        Foreword => ("foreword", "doc-foreword"),
        Preface => ("preface", "doc-preface"),
        Acknowledgements => ("acknowledgments", "doc-acknowledgments"),
        ExecutiveSummary | Abstract => ("abstract", "doc-abstract"),
        Prologue => ("prologue", "doc-prologue"),
        Introduction => ("introduction", "doc-introduction"),
        Part => ("part", "doc-part"),
        Chapter | Recommendations => ("chapter", "doc-chapter"),
        Conclusion => ("conclusion", "doc-conclusion"),
        Epilogue => ("epilogue", "doc-epilogue"),
        Appendix => ("appendix", "doc-appendix"),
        Notes => ("endnotes", "doc-endnotes"),
        Glossary => ("glossary", "doc-glossary"),
        Bibliography => ("bibliography", "doc-bibliography"),
        Afterword => ("afterword", "doc-afterword"),
        Index => ("index", "doc-index"),
        Colophon => ("colophon", "doc-colophon"),
        Praise | KeyTakeaways | Abbreviations | AboutTheAuthor | AboutTheInstitute | HowToCite | Funding
        | Disclaimer | Related | AlsoBy | Excerpt | BackCover => ("", ""),
    };
    let some = |word: &'static str| (!word.is_empty()).then_some(word);
    Semantics { epub_type: some(epub_type), role: some(role) }
}
