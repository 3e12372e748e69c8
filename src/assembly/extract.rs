//! Extracts that stand alone: what they refer to and do not show.

use std::collections::{BTreeMap, BTreeSet};

use super::Assembler;
use crate::book::{BlockId, Division, DivisionId, Inline, Note, Target, walk};
use crate::diagnostic::{Diagnostic, lints};

impl Assembler<'_> {
    /// Says which numbered figures, tables and boxes, and which notes, the sections of an extract lead to without
    /// showing them.
    pub(super) fn unshown(&mut self, divisions: &[Division], notes: &[Note]) {
        let shown = |division: DivisionId| divisions.get(division.index()).is_some_and(|it| !it.is_left_out());
        let homes: BTreeMap<BlockId, DivisionId> =
            self.resolver.out.index.iter().map(|(id, entry)| (*id, entry.division)).collect();
        let called = |note: &Note| note.calls.iter().any(|call| shown(call.division));
        let numbers = &self.resolver.tables.numbers.blocks;
        let missing = |target: &Target| match target {
            Target::Block(id) if !homes.get(id).is_some_and(|home| shown(*home)) => {
                numbers.get(id).map(|number| format!("\"{number}\" is not in this extract"))
            }
            Target::Note(id) => {
                let note = notes.get(id.index())?;
                (!called(note)).then(|| format!("note {} is not in this extract", note.number))
            }
            _ => None,
        };
        let texts = divisions.iter().filter(|division| !division.is_left_out()).flat_map(Division::texts);
        let texts = texts.chain(notes.iter().filter(|note| called(note)).flat_map(|note| walk::texts(&note.blocks)));
        let pieces = texts.flat_map(|(_, text)| walk::pieces(&text.content));
        let mut said: BTreeSet<&Target> = BTreeSet::new();
        let mut found = Vec::new();
        for (target, piece) in pieces.filter_map(|piece: &Inline| piece.target().map(|target| (target, piece))) {
            let Some(message) = missing(target) else { continue };
            if said.insert(target) {
                let what = Diagnostic::new(&lints::NOT_IN_EXTRACT, message).at(piece.span);
                found.push(what.hint("add its section to `sections`, or say here what it shows"));
            }
        }
        found.into_iter().for_each(|what| self.resolver.out.diagnostics.report(what));
    }
}
