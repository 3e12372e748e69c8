//! Words of the metadata, read as Markdown.

use std::ops::Range;

use crate::diagnostic::Diagnostics;
use crate::markdown::parsed::{PBlock, PInline};
use crate::markdown::{self, Ids, walk};
use crate::source::{SourceId, Sources, Span};
use crate::yaml::Written;

/// A value that is one text.
pub(super) fn inlines(written: &Written, sources: &Sources, ids: &mut Ids, said: &mut Diagnostics) -> Vec<PInline> {
    let line = Written { text: markdown::one_line(&written.text).into_owned(), span: written.span };
    read(&line, sources, ids, said, markdown::inlines, |found, span| walk::respan(found, span))
}

/// A value that is one text and may cite works.
pub(super) fn citing_inlines(
    written: &Written,
    sources: &Sources,
    ids: &mut Ids,
    said: &mut Diagnostics,
) -> Vec<PInline> {
    let line = Written { text: markdown::one_line(&written.text).into_owned(), span: written.span };
    read(&line, sources, ids, said, markdown::citing_inlines, |found, span| walk::respan(found, span))
}

/// A value of several paragraphs.
pub(super) fn blocks(written: &Written, sources: &Sources, ids: &mut Ids, said: &mut Diagnostics) -> Vec<PBlock> {
    read(written, sources, ids, said, markdown::blocks, |found, span| walk::respan_blocks(found, span))
}

/// A plain scalar stands in the file as it is; what is quoted, folded or indented there is read apart, and all of it,
/// what is wrong with it included, is where the value is.
fn read<T>(
    written: &Written,
    sources: &Sources,
    ids: &mut Ids,
    diagnostics: &mut Diagnostics,
    read: fn(SourceId, &str, Range<usize>, &mut Ids, &mut Diagnostics) -> Vec<T>,
    respan: fn(&mut Vec<T>, Span),
) -> Vec<T> {
    let (source, range) = (written.span.source, written.span.start as usize..written.span.end as usize);
    let whole = &sources.file(source).text;
    if whole.get(range.clone()) == Some(written.text.as_str()) {
        return read(source, whole, range, ids, diagnostics);
    }
    let mut said = Diagnostics::new();
    let mut found = read(source, &written.text, 0..written.text.len(), ids, &mut said);
    respan(&mut found, written.span);
    for mut diagnostic in said {
        diagnostic.span = Some(written.span);
        diagnostic.labels.clear();
        diagnostics.report(diagnostic);
    }
    found
}
