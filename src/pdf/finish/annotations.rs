//! Links as annotations (ISO 32000-1, 12.5.6.5): indirect objects with a name, a flag to print and a place in the
//! structure.

use lopdf::{Object, ObjectId};

use super::{Input, Work, array, bytes, text};
use crate::language::terms::Term;
use crate::page::NodeId;
use crate::pdf::links::Goal;

/// A link annotation of the document.
#[derive(Clone, Copy)]
pub(super) struct Annotation {
    /// Its object.
    pub id: ObjectId,
    /// Its page's place in the file.
    pub page: usize,
    /// Its element.
    pub node: NodeId,
}

/// Completes the annotations that printpdf made, in the order of the pages' links.
pub(super) fn complete(work: &mut Work, input: &Input<'_>) -> Vec<Annotation> {
    let unnamed = Term::Link.word(&input.book.metadata.language);
    let mut all = Vec::new();
    for (page, links) in input.links.iter().enumerate() {
        let Some(dictionary) = work.page(page) else { continue };
        let made = match dictionary.remove(b"Annots") {
            Some(Object::Array(made)) => made,
            _ => Vec::new(),
        };
        let mut kept = Vec::with_capacity(made.len());
        for (link, made) in links.iter().zip(made) {
            let Object::Dictionary(mut annotation) = made else { continue };
            annotation.set("Rect", array(link.corners));
            annotation.set("F", 4);
            annotation.set("Contents", text(if link.name.is_empty() { unnamed } else { &link.name }));
            annotation.remove(b"C");
            if let Goal::Named(name) = &link.goal {
                annotation.remove(b"A");
                annotation.set("Dest", bytes(name.as_bytes()));
            }
            if input.plan.standard.is_tagged() {
                annotation.set("StructParent", (work.pages.len() + all.len()) as i64);
            }
            let id = work.add(annotation);
            kept.push(Object::Reference(id));
            all.push(Annotation { id, page, node: link.node });
        }
        if let (false, Some(dictionary)) = (kept.is_empty(), work.page(page)) {
            dictionary.set("Annots", kept);
        }
    }
    all
}
