//! The structure tree: what the marks of the pages mean, in reading order.
//!
//! Layout emits it; writers of tagged files write it as it stands. A [`crate::page::Mark`] holds a leaf
//! ([`Tag::Content`]) or is an artifact, so nothing is inferred from the order of marks.

use crate::book::block::Numerals;
use crate::book::{AssetId, Target};
use crate::language::Language;
use crate::units::Rect;

/// An element of the tree.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NodeId(pub u32);

/// What an element is; the names are those of ISO 32000-1, 14.8.4.
#[derive(Clone, PartialEq, Debug)]
pub enum Tag {
    /// The root.
    Document,
    /// A part of a book.
    Part,
    /// A division.
    Sect,
    /// A heading, level 1 to 6.
    H(u8),
    /// A paragraph.
    P,
    /// A list.
    L {
        /// How its items are numbered; `None` for bullets.
        numerals: Option<Numerals>,
    },
    /// An item.
    LI,
    /// A label: a number, a mark, the number of a note.
    Lbl,
    /// The body of an item.
    LBody,
    /// A table.
    Table,
    /// The head rows.
    THead,
    /// The other rows.
    TBody,
    /// A row.
    TR,
    /// A head cell and what it heads.
    TH(Scope, CellSpan),
    /// A cell.
    TD(CellSpan),
    /// A picture.
    Figure {
        /// Which, for the e-book's parity and for messages; `None` for a drawing of the theme's own.
        asset: Option<AssetId>,
    },
    /// The title of a figure or table.
    Caption,
    /// Quoted matter.
    BlockQuote,
    /// Program text.
    Code,
    /// A note.
    Note,
    /// A reference to another place in the book; holds a `Link`.
    Reference,
    /// A link.
    Link(Target),
    /// The contents.
    Toc,
    /// An entry of the contents.
    Toci,
    /// The entries of the index.
    Index,
    /// A stretch of text with properties of its own (language, expansion, other text).
    Span,
    /// A group without meaning of its own.
    Div,
    /// A leaf: marks refer to it. It is no element in the file; its marks are content of its parent.
    Content,
}

impl Tag {
    /// The standard structure type. A heading has the one of its own level.
    pub fn name(&self) -> &'static str {
        match self {
            Tag::Document => "Document",
            Tag::Part => "Part",
            Tag::Sect => "Sect",
            Tag::H(1) => "H1",
            Tag::H(2) => "H2",
            Tag::H(3) => "H3",
            Tag::H(4) => "H4",
            Tag::H(5) => "H5",
            Tag::H(_) => "H6",
            Tag::P => "P",
            Tag::L { .. } => "L",
            Tag::LI => "LI",
            Tag::Lbl => "Lbl",
            Tag::LBody => "LBody",
            Tag::Table => "Table",
            Tag::THead => "THead",
            Tag::TBody => "TBody",
            Tag::TR => "TR",
            Tag::TH(..) => "TH",
            Tag::TD(_) => "TD",
            Tag::Figure { .. } => "Figure",
            Tag::Caption => "Caption",
            Tag::BlockQuote => "BlockQuote",
            Tag::Code => "Code",
            Tag::Note => "Note",
            Tag::Reference => "Reference",
            Tag::Link(_) => "Link",
            Tag::Toc => "TOC",
            Tag::Toci => "TOCI",
            Tag::Index => "Index",
            Tag::Span | Tag::Content => "Span",
            Tag::Div => "Div",
        }
    }
}

/// How many columns and rows a cell takes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct CellSpan {
    /// Columns.
    pub across: u16,
    /// Rows.
    pub down: u16,
}

/// What a head cell heads.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Scope {
    /// Its column.
    Column,
    /// Its row.
    Row,
}

/// One element.
#[derive(Clone, PartialEq, Debug)]
pub struct Node {
    /// What it is.
    pub tag: Tag,
    /// The element that holds it; `None` for the root.
    pub parent: Option<NodeId>,
    /// What it holds, in reading order.
    pub kids: Vec<NodeId>,
    /// What a picture shows.
    pub alt: Option<String>,
    /// The text that the glyphs stand for, where they do not say it themselves.
    pub actual_text: Option<String>,
    /// What an abbreviation stands for.
    pub expansion: Option<String>,
    /// Its language, where it differs from its parent's.
    pub language: Option<Language>,
    /// Where a figure or a formula stands: page in the file and place on it.
    pub bounds: Option<(u32, Rect)>,
}

/// The tree.
#[derive(Clone, PartialEq, Debug)]
pub struct Structure {
    nodes: Vec<Node>,
}

impl Default for Structure {
    fn default() -> Structure {
        Structure::new()
    }
}

impl Structure {
    /// The root element.
    pub const ROOT: NodeId = NodeId(0);

    /// A tree of nothing but the root.
    pub fn new() -> Structure {
        Structure { nodes: vec![Node::new(Tag::Document, None)] }
    }

    /// Adds an element as the last kid of `parent`.
    pub fn add(&mut self, parent: NodeId, tag: Tag) -> NodeId {
        let id = NodeId(self.nodes.len() as u32);
        self.nodes.push(Node::new(tag, Some(parent)));
        self.nodes[parent.0 as usize].kids.push(id);
        id
    }

    /// Adds a leaf for marks as the last kid of `parent`.
    pub fn content(&mut self, parent: NodeId) -> NodeId {
        self.add(parent, Tag::Content)
    }

    /// The element of an id that this tree gave.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// The same, to be changed.
    pub fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id.0 as usize]
    }

    /// Hangs another tree's elements under `parent`, after its kids. Returns what the other tree's ids become: its root
    /// is `parent`, the others are found by [`Grafted::id`].
    pub fn graft(&mut self, parent: NodeId, other: Structure) -> Grafted {
        let grafted = Grafted { parent, base: self.nodes.len() as u32 };
        for (at, mut node) in other.nodes.into_iter().enumerate() {
            for kid in &mut node.kids {
                *kid = grafted.id(*kid);
            }
            if at == 0 {
                self.nodes[parent.0 as usize].kids.extend(node.kids);
                continue;
            }
            node.parent = node.parent.map(|parent| grafted.id(parent));
            self.nodes.push(node);
        }
        grafted
    }

    /// Whether every picture says what it shows to who cannot see it.
    pub fn describes_its_pictures(&self) -> bool {
        let silent = |node: &&Node| node.alt.as_deref().is_none_or(|alt| alt.trim().is_empty());
        !self.nodes.iter().filter(|node| matches!(node.tag, Tag::Figure { .. })).any(|node| silent(&node))
    }

    /// How many elements and leaves there are; ids are below it.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Never: there is a root.
    pub fn is_empty(&self) -> bool {
        false
    }
}

/// Where a grafted tree's elements went.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Grafted {
    parent: NodeId,
    base: u32,
}

impl Grafted {
    /// The new id of an element of the grafted tree.
    pub fn id(self, old: NodeId) -> NodeId {
        if old == Structure::ROOT { self.parent } else { NodeId(self.base + old.0 - 1) }
    }
}

impl Node {
    fn new(tag: Tag, parent: Option<NodeId>) -> Node {
        Node {
            tag,
            parent,
            kids: Vec::new(),
            alt: None,
            actual_text: None,
            expansion: None,
            language: None,
            bounds: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_without_words_is_not_described() {
        let mut tree = Structure::new();
        let figure = tree.add(Structure::ROOT, Tag::Figure { asset: None });
        assert!(!tree.describes_its_pictures());
        tree.node_mut(figure).alt = Some(" ".to_owned());
        assert!(!tree.describes_its_pictures());
        tree.node_mut(figure).alt = Some("A map".to_owned());
        assert!(tree.describes_its_pictures());
    }
}
