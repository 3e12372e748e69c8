//! Protrusion: how far characters hang over the edges of lines, so that the edges look straight.
//!
//! A full stop or a hyphen at the edge looks like a dent in it, a round or slanted letter a little too. How far each
//! hangs is a share of its own width, by face: a comma of a sans takes more of it than one of a serif. What a theme
//! says of a face goes before what is said here of its family, and that before what is true of all faces.

/// How far a character hangs over the start and the end of a line, in thousandths of its width.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Hang {
    /// Over the start.
    pub start: u16,
    /// Over the end.
    pub end: u16,
}

/// What a layer of a theme says of some characters of a face.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HangingCharacters {
    /// The face: a family (`Source Serif 4`), or its italic (`Source Serif 4 Italic`).
    pub face: String,
    /// The characters.
    pub characters: String,
    /// How far each hangs.
    pub hang: Hang,
}

/// How far characters hang over the edges of lines.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Protrusion {
    /// Whether they do at all.
    pub on: bool,
    /// What the theme's layers say, the last one on top.
    pub own: Vec<HangingCharacters>,
}

impl Protrusion {
    /// How far a character of a face hangs.
    pub fn of(&self, family: &str, italic: bool, character: char) -> Hang {
        if !self.on {
            return Hang::default();
        }
        let names = |face: &str| match face.strip_suffix(" Italic") {
            Some(upright) if italic => upright == family || face == family,
            _ => face == family,
        };
        // Who names the hyphen of the keyboard means the one that the setting puts there too.
        let alike = if character == '\u{2010}' { '-' } else { character };
        let own = self.own.iter().filter(|known| known.characters.contains([character, alike]));
        // What is said of the italic goes before what is said of the family; of two, the last wins.
        let own = own.filter(|known| names(&known.face)).max_by_key(|known| known.face.len());
        match own {
            Some(known) => known.hang,
            None => bundled(family, italic, character).unwrap_or_else(|| any(character)),
        }
    }
}

fn hang(start: u16, end: u16) -> Option<Hang> {
    Some(Hang { start, end })
}

/// What differs in the bundled faces.
fn bundled(family: &str, italic: bool, character: char) -> Option<Hang> {
    match (family, italic) {
        // Columns of program text stay columns.
        ("Source Code Pro", _) => hang(0, 0),
        ("Source Sans 3", _) => match character {
            '.' | ',' => hang(0, 700),
            '-' | '\u{2010}' => hang(300, 650),
            'A' | 'T' | 'V' | 'Y' => hang(60, 60),
            'W' => hang(40, 40),
            _ => None,
        },
        ("Source Serif 4", true) => match character {
            // Slanted letters lean over the end, and stand back from the start at their foot.
            'A' => hang(70, 20),
            'T' | 'V' | 'W' | 'Y' => hang(20, 60),
            'f' | 'd' | 'l' => hang(0, 40),
            'p' | 'j' | 'g' | 'y' => hang(50, 0),
            _ => None,
        },
        _ => None,
    }
}

/// What holds for any face.
fn any(character: char) -> Hang {
    let (start, end) = match character {
        '.' | ',' => (0, 650),
        ';' | ':' | '·' => (0, 400),
        '-' | '\u{2010}' => (300, 600),
        '–' | '—' => (300, 300),
        '“' | '‘' | '"' | '\'' => (450, 450),
        '„' | '‚' | '«' | '‹' => (450, 0),
        '”' | '’' | '»' | '›' => (0, 450),
        '!' | '?' => (0, 150),
        '(' | '[' => (80, 0),
        ')' | ']' => (0, 80),
        'A' | 'T' | 'V' | 'W' | 'Y' => (50, 45),
        'Λ' | 'Т' | 'У' => (50, 0),
        'C' | 'G' | 'Q' | 'c' | 'О' | 'С' => (25, 0),
        'O' | 'o' | 'e' => (25, 25),
        'D' | 'b' | 'p' => (0, 25),
        'v' | 'w' | 'y' => (35, 35),
        'k' | 'x' => (0, 35),
        'K' | 'r' => (0, 45),
        _ => (0, 0),
    };
    Hang { start, end }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(face: &str, characters: &str, start: u16, end: u16) -> HangingCharacters {
        HangingCharacters { face: face.to_owned(), characters: characters.to_owned(), hang: Hang { start, end } }
    }

    #[test]
    fn the_face_goes_before_the_family_and_the_family_before_all() {
        let layers = vec![own("Garamond", ".,", 0, 500), own("Garamond Italic", ".", 0, 300)];
        let protrusion = Protrusion { on: true, own: layers };
        assert_eq!(protrusion.of("Garamond", false, '.').end, 500);
        assert_eq!(protrusion.of("Garamond", true, '.').end, 300);
        assert_eq!(protrusion.of("Garamond", true, ',').end, 500);
        assert_eq!(protrusion.of("Garamond", false, '-').end, 600);
        assert_eq!(protrusion.of("Source Code Pro", false, '.').end, 0);
    }

    #[test]
    fn a_layer_above_wins_and_nothing_hangs_when_it_is_off() {
        let layers = vec![own("Garamond", ".", 0, 500), own("Garamond", ".", 0, 100)];
        assert_eq!(Protrusion { on: true, own: layers.clone() }.of("Garamond", false, '.').end, 100);
        assert_eq!(Protrusion { on: false, own: layers }.of("Garamond", false, '.').end, 0);
    }
}
