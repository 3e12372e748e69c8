//! What is shown in some editions only, by their names: a name that is none hides its words from every book.

use crate::diagnostic::{Diagnostic, Diagnostics, lints, nearest};
use crate::markdown::parsed::{PBlock, PBlockKind, PKind, Test, When};
use crate::markdown::walk::{self, Inside};
use crate::source::Span;

/// Says of each name that is tested whether an edition has it.
pub(super) fn check<'a>(blocks: impl Iterator<Item = &'a PBlock>, editions: &[&str], diagnostics: &mut Diagnostics) {
    let mut found = Vec::new();
    blocks.for_each(|block| tested(block, &mut found));
    for (name, span) in found.into_iter().filter(|(name, _)| !editions.contains(name)) {
        let hint = match nearest(name, editions.iter().copied()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("the editions are {}", editions.join(", ")),
        };
        let message = format!("no edition is called \"{name}\"");
        diagnostics.report(Diagnostic::new(&lints::UNKNOWN_ATTRIBUTE, message).at(span).hint(hint));
    }
}

fn tested<'a>(block: &'a PBlock, found: &mut Vec<(&'a str, Span)>) {
    if let PBlockKind::When(when, _) = &block.kind {
        names(when, block.span, found);
    }
    block.inside(&mut |inside| match inside {
        Inside::Block(block) => tested(block, found),
        Inside::Text(text) => {
            for piece in walk::pieces(&text.content) {
                if let PKind::When(when, _) = &piece.kind {
                    names(when, piece.span, found);
                }
            }
        }
    });
}

fn names<'a>(when: &'a When, span: Span, found: &mut Vec<(&'a str, Span)>) {
    for (test, _) in &when.tests {
        if let Test::Edition(name) = test {
            found.push((name, span));
        }
    }
}
