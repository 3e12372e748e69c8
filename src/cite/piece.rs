//! What a style makes: letters with faces, quotes and blocks around them.

/// A part of a rendered citation or entry.
#[derive(Clone, PartialEq, Debug)]
pub enum Piece {
    /// Letters as they are printed.
    Text(String),
    /// Pieces in another face.
    Styled(Face, Vec<Piece>),
    /// Pieces in quotation marks, whose signs depend on what they stand in.
    Quoted(Vec<Piece>),
    /// Pieces whose case nobody changes.
    Fixed(Vec<Piece>),
    /// Pieces in upright, plain letters, whatever they stand in.
    Plain(Vec<Piece>),
    /// Pieces that lead to an address.
    Address(String, Vec<Piece>),
    /// Pieces set apart in an entry.
    Block(Display, Vec<Piece>),
    /// Pieces that later steps look for.
    Marked(Mark, Vec<Piece>),
}

/// One change of the face.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Face {
    Italic,
    Oblique,
    Upright,
    SmallCaps,
    NoCaps,
    Bold,
    Light,
    Medium,
    Underline,
    NoUnderline,
    Superscript,
    Subscript,
    Baseline,
}

/// How a part of an entry is set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Display {
    Block,
    LeftMargin,
    RightInline,
    Indent,
}

/// What a marked piece is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
    /// The first names of a cite.
    Names,
    /// A year.
    Year,
    /// The letter after a year.
    YearLetter,
    /// The number of the work.
    Number,
    /// One name of a list, for what replaces it below others.
    Name,
    /// What is shown of a work in a citation, by its place among the works.
    Work(usize),
    /// What its author wrote and the caller shows by itself, by the number that the caller gave it.
    Own(usize),
    /// A title, in the language of the work.
    Title,
}

impl Mark {
    /// Whether who shows the pieces looks for it.
    pub fn lasts(self) -> bool {
        match self {
            Mark::Names | Mark::Work(_) | Mark::Own(_) | Mark::Title => true,
            Mark::Year | Mark::YearLetter | Mark::Number | Mark::Name => false,
        }
    }
}

impl Face {
    /// What undoes it inside itself.
    pub fn undone(self) -> Option<Face> {
        Some(match self {
            Face::Italic | Face::Oblique => Face::Upright,
            Face::Bold => Face::Light,
            Face::SmallCaps => Face::NoCaps,
            Face::Underline => Face::NoUnderline,
            Face::Upright | Face::NoCaps | Face::Light | Face::Medium | Face::NoUnderline => return None,
            Face::Superscript | Face::Subscript | Face::Baseline => return None,
        })
    }
}

impl Piece {
    /// The pieces inside.
    pub fn inside(&self) -> &[Piece] {
        match self {
            Piece::Text(_) => &[],
            Piece::Styled(_, pieces)
            | Piece::Quoted(pieces)
            | Piece::Fixed(pieces)
            | Piece::Plain(pieces)
            | Piece::Address(_, pieces)
            | Piece::Block(_, pieces)
            | Piece::Marked(_, pieces) => pieces,
        }
    }

    /// The pieces inside, to be changed.
    pub fn inside_mut(&mut self) -> Option<&mut Vec<Piece>> {
        match self {
            Piece::Text(_) => None,
            Piece::Styled(_, pieces)
            | Piece::Quoted(pieces)
            | Piece::Fixed(pieces)
            | Piece::Plain(pieces)
            | Piece::Address(_, pieces)
            | Piece::Block(_, pieces)
            | Piece::Marked(_, pieces) => Some(pieces),
        }
    }
}

/// The letters of pieces, without any sign that they would get.
pub fn letters(pieces: &[Piece]) -> String {
    let mut out = String::new();
    collect(pieces, &mut out);
    out
}

fn collect(pieces: &[Piece], out: &mut String) {
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            other => collect(other.inside(), out),
        }
    }
}

/// Whether pieces hold no letter.
pub fn is_empty(pieces: &[Piece]) -> bool {
    pieces.iter().all(|piece| match piece {
        Piece::Text(text) => text.is_empty(),
        other => is_empty(other.inside()),
    })
}

/// The first pieces with a mark.
pub fn find(pieces: &[Piece], mark: Mark) -> Option<&Piece> {
    pieces.iter().find_map(|piece| match piece {
        Piece::Marked(own, _) if *own == mark => Some(piece),
        other => find(other.inside(), mark),
    })
}
