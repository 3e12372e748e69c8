//! The structure tree (ISO 32000-1, 14.7 and 14.8), written as layout made it: nothing is inferred.
//!
//! An element holds its marked content by page and number, however many pages it goes over, and links by reference.
//! Elements that hold nothing are left out, but for cells, whose place in the row means something.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use super::annotations::Annotation;
use super::{Input, Work, array, bytes, name, text};
use crate::book::block::Numerals;
use crate::page::{CellSpan, Node, NodeId, Scope, Structure, Tag};

/// Writes the tree and what leads from pages and links into it.
pub(super) fn write(work: &mut Work, input: &Input<'_>, annotations: &[Annotation]) {
    let structure = &input.pages.structure;
    let mut tree = Tree {
        structure,
        content: vec![Vec::new(); structure.len()],
        links: vec![Vec::new(); structure.len()],
        ids: vec![None; structure.len()],
        ranks: vec![0; structure.len()],
        notes: 0,
    };
    for (page, written) in input.contents.iter().enumerate() {
        for (number, leaf) in written.leaves.iter().enumerate() {
            tree.content[leaf.0 as usize].push((page, number));
        }
    }
    for annotation in annotations {
        tree.links[annotation.node.0 as usize].push(*annotation);
    }
    tree.keep(work, Structure::ROOT);
    tree.rank(Structure::ROOT, &mut Vec::new());
    let Some(document) = tree.ids[0] else { return };
    let root = work.add(Dictionary::new());
    let mut names = BTreeMap::new();
    for at in 0..structure.len() {
        if let Some(id) = tree.ids[at] {
            let element = tree.element(work, input, NodeId(at as u32), root, &mut names);
            work.raw.set_object(id, element);
        }
    }
    let mut numbers = Vec::new();
    for (page, written) in input.contents.iter().enumerate() {
        let parents = written.leaves.iter().map(|leaf| tree.parent(*leaf)).collect::<Vec<Object>>();
        numbers.push(Object::Integer(page as i64));
        numbers.push(Object::Reference(work.add(parents)));
        if let Some(dictionary) = work.page(page) {
            dictionary.set("StructParents", page as i64);
            dictionary.set("Tabs", name("S"));
        }
    }
    for (at, annotation) in annotations.iter().enumerate() {
        numbers.push(Object::Integer((work.pages.len() + at) as i64));
        numbers.push(tree.ids[annotation.node.0 as usize].map_or(Object::Null, Object::Reference));
    }
    let parents = work.add(dictionary! { "Nums" => numbers });
    let mut dictionary = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => vec![Object::Reference(document)],
        "ParentTree" => parents,
        "ParentTreeNextKey" => (work.pages.len() + annotations.len()) as i64,
    };
    if !names.is_empty() {
        let ids = super::names::tree(work, names);
        dictionary.set("IDTree", ids);
    }
    work.raw.set_object(root, dictionary);
    work.catalogue("StructTreeRoot", root);
    work.catalogue("MarkInfo", dictionary! { "Marked" => true });
}

struct Tree<'a> {
    structure: &'a Structure,
    /// The marked content of each leaf: page, number.
    content: Vec<Vec<(usize, usize)>>,
    /// The links of each element.
    links: Vec<Vec<Annotation>>,
    /// The objects of the elements that are kept.
    ids: Vec<Option<ObjectId>>,
    /// Levels of headings, without gaps.
    ranks: Vec<u8>,
    notes: usize,
}

impl Tree<'_> {
    fn node(&self, id: NodeId) -> &Node {
        self.structure.node(id)
    }

    /// Gives objects to the elements that hold something; says whether this one does.
    fn keep(&mut self, work: &mut Work, id: NodeId) -> bool {
        let at = id.0 as usize;
        let structure = self.structure;
        let node = structure.node(id);
        if node.tag == Tag::Content {
            return !self.content[at].is_empty();
        }
        let mut holds = !self.links[at].is_empty() || matches!(node.tag, Tag::TD(_) | Tag::TH(..));
        for kid in &node.kids {
            holds |= self.keep(work, *kid);
        }
        if holds {
            self.ids[at] = Some(work.add(Object::Null));
        }
        holds
    }

    /// Numbers headings in reading order so that no level is passed over.
    fn rank(&mut self, id: NodeId, open: &mut Vec<u8>) {
        let structure = self.structure;
        let node = structure.node(id);
        if let (Tag::H(level), true) = (&node.tag, self.ids[id.0 as usize].is_some()) {
            while open.last().is_some_and(|above| above >= level) {
                open.pop();
            }
            open.push(*level);
            self.ranks[id.0 as usize] = open.len().min(6) as u8;
        }
        for kid in &node.kids {
            self.rank(*kid, open);
        }
    }

    /// The element that holds a leaf.
    fn parent(&self, leaf: NodeId) -> Object {
        let parent = self.node(leaf).parent.unwrap_or(Structure::ROOT);
        self.ids[parent.0 as usize].map_or(Object::Null, Object::Reference)
    }

    fn element(
        &mut self,
        work: &Work,
        input: &Input<'_>,
        id: NodeId,
        root: ObjectId,
        names: &mut BTreeMap<String, Object>,
    ) -> Dictionary {
        let structure = self.structure;
        let node = structure.node(id);
        let at = id.0 as usize;
        let role = match &node.tag {
            Tag::H(_) => Tag::H(self.ranks[at]).name(),
            tag => tag.name(),
        };
        let above = node.parent.and_then(|parent| self.ids[parent.0 as usize]).unwrap_or(root);
        let mut element = dictionary! { "S" => name(role), "P" => above };
        self.kids(work, id, &mut element);
        if let Some(language) = &node.language {
            element.set("Lang", text(language.tag()));
        }
        for (key, words) in [("Alt", &node.alt), ("ActualText", &node.actual_text), ("E", &node.expansion)] {
            if let Some(words) = words {
                element.set(key, text(words));
            }
        }
        if node.tag == Tag::Note {
            self.notes += 1;
            let name = format!("N{:05}", self.notes);
            element.set("ID", bytes(name.as_bytes()));
            if let Some(own) = self.ids[at] {
                names.insert(name, Object::Reference(own));
            }
        }
        if let Some(attributes) = attributes(node, input) {
            element.set("A", attributes);
        }
        element
    }

    /// What an element holds, in reading order, and the page of the first of it.
    fn kids(&self, work: &Work, id: NodeId, element: &mut Dictionary) {
        let mut own_page = None;
        let mut kids: Vec<Object> = Vec::new();
        for kid in &self.node(id).kids {
            if let Some(kid) = self.ids[kid.0 as usize] {
                kids.push(Object::Reference(kid));
            }
            for (page, number) in &self.content[kid.0 as usize] {
                let page_id = work.pages[*page];
                if *own_page.get_or_insert(page_id) == page_id {
                    kids.push(Object::Integer(*number as i64));
                } else {
                    kids.push(dictionary! { "Type" => "MCR", "Pg" => page_id, "MCID" => *number as i64 }.into());
                }
            }
        }
        for link in &self.links[id.0 as usize] {
            let page = work.pages[link.page];
            kids.push(dictionary! { "Type" => "OBJR", "Pg" => page, "Obj" => link.id }.into());
        }
        if let Some(page) = own_page {
            element.set("Pg", page);
        }
        match kids.len() {
            0 => {}
            1 => element.set("K", kids.remove(0)),
            _ => element.set("K", kids),
        }
    }
}

/// The attributes of a cell that takes several columns or rows.
fn spanning(mut attributes: Dictionary, span: CellSpan) -> Dictionary {
    if span.across > 1 {
        attributes.set("ColSpan", i64::from(span.across));
    }
    if span.down > 1 {
        attributes.set("RowSpan", i64::from(span.down));
    }
    attributes
}

/// The attributes of an element (ISO 32000-1, 14.8.5).
fn attributes(node: &Node, input: &Input<'_>) -> Option<Dictionary> {
    Some(match &node.tag {
        Tag::TH(scope, span) => {
            let scope = if *scope == Scope::Column { "Column" } else { "Row" };
            spanning(dictionary! { "O" => name("Table"), "Scope" => name(scope) }, *span)
        }
        Tag::TD(span) if span.across > 1 || span.down > 1 => spanning(dictionary! { "O" => name("Table") }, *span),
        Tag::L { numerals } => {
            let numbering = match numerals {
                None => "Disc",
                Some(Numerals::Arabic) => "Decimal",
                Some(Numerals::Letters) => "LowerAlpha",
                Some(Numerals::Capitals) => "UpperAlpha",
                Some(Numerals::Roman) => "LowerRoman",
                Some(Numerals::RomanCapitals) => "UpperRoman",
            };
            dictionary! { "O" => name("List"), "ListNumbering" => name(numbering) }
        }
        Tag::Figure { .. } => {
            let (page, rect) = node.bounds?;
            let sheet = input.sheets.get(page as usize)?;
            let mut rect = rect;
            rect.origin.x += sheet.trim.origin.x;
            rect.origin.y += sheet.trim.origin.y;
            dictionary! { "O" => name("Layout"), "Placement" => name("Block"), "BBox" => array(sheet.corners(rect)) }
        }
        _ => return None,
    })
}
