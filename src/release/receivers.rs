//! Receivers: what each shop and platform takes, in one table.
//!
//! A row says which files go there, what they are called, how large a cover has to be, which ONIX is read there and what
//! a title may not be without. It is what the receivers' own pages and the makers of feeds for them say (KDP's and Google
//! Play's help; Thoth's export flavours and the threads in which they were corrected); nothing was sent to any of them.
//! What they do with a title after that is theirs.

use super::flavour::{Flavour, Free, Leave, Version};
use crate::diagnostic::nearest;

/// A kind of file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// The e-book.
    Epub,
    /// The PDF to be read.
    Pdf,
}

/// Which files are taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Files {
    /// This one.
    One(Form),
    /// Those of them that there are, one at least.
    Any(&'static [Form]),
    /// The first of them that there is.
    First(&'static [Form]),
}

/// How files are called.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Names {
    /// As they are built.
    Own,
    /// By the ISBN of each file, with a cover for each.
    Isbn,
}

/// A cover, in pixels: what is asked at least of its shorter and its longer side, and what is taken at most.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cover {
    /// The shorter side.
    pub short: u32,
    /// The longer side.
    pub long: u32,
    /// The longest side; 0 for any.
    pub most: u32,
    /// The most bytes; 0 for any number.
    pub bytes: usize,
}

/// What a title may not be without.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Want {
    /// An ISBN of each file.
    Isbn,
    /// An author.
    Author,
    /// The whole day on which it appeared.
    Day,
    /// A code of BISAC.
    Bisac,
    /// A description.
    Description,
    /// A price above nothing.
    Price,
    /// A licence that lets everybody pass it on.
    Licence,
}

impl Want {
    /// In a list of what a receiver asks.
    fn words(self) -> &'static str {
        match self {
            Want::Isbn => "an ISBN of each file",
            Want::Author => "an author",
            Want::Day => "the day on which it appeared",
            Want::Bisac => "a subject of BISAC",
            Want::Description => "a description",
            Want::Price => "a price",
            Want::Licence => "an open licence",
        }
    }
}

/// A shop or a platform.
#[derive(Debug)]
pub struct Receiver {
    /// As it is asked for.
    pub name: &'static str,
    /// As it calls itself.
    pub called: &'static str,
    /// The files.
    pub files: Files,
    /// Their names.
    pub names: Names,
    /// The cover beside them.
    pub cover: Option<Cover>,
    /// The record beside them.
    pub onix: Option<Flavour>,
    /// What a title may not be without.
    pub wants: &'static [Want],
}

const MIB: usize = 1 << 20;

const fn cover(short: u32, long: u32, most: u32, bytes: usize) -> Option<Cover> {
    Some(Cover { short, long, most, bytes })
}

const fn onix(without: &'static [Leave], free: Free) -> Option<Flavour> {
    Some(Flavour { version: Version::V30, without, free })
}

/// A shop that is given the e-book and its cover by hand.
const fn by_hand(name: &'static str, called: &'static str, cover: Option<Cover>) -> Receiver {
    Receiver { name, called, files: Files::One(Form::Epub), names: Names::Own, cover, onix: None, wants: &[] }
}

/// Every receiver, in the order of their names.
pub const ALL: &[Receiver] = &[
    by_hand("apple", "Apple Books", cover(1400, 1400, 0, 0)),
    by_hand("bookbaby", "BookBaby", cover(0, 0, 2999, 0)),
    by_hand("d2d", "Draft2Digital", cover(1600, 2400, 0, 0)),
    Receiver {
        name: "doab",
        called: "the Directory of Open Access Books",
        files: Files::One(Form::Pdf),
        names: Names::Own,
        cover: None,
        onix: onix(&[], Free::Unpriced),
        wants: &[Want::Licence],
    },
    Receiver {
        name: "google",
        called: "Google Play Books",
        files: Files::Any(&[Form::Epub, Form::Pdf]),
        names: Names::Isbn,
        cover: cover(640, 640, 7200, 2048 * MIB),
        onix: onix(
            &[
                Leave::Doi,
                Leave::Layout,
                Leave::Thema,
                Leave::Keywords,
                Leave::OpenAccess,
                Leave::Disclaimer,
                Leave::Size,
                Leave::Bodies,
                Leave::Archival,
                Leave::Partners,
                Leave::AllPages,
            ],
            Free::Zero,
        ),
        wants: &[Want::Isbn, Want::Author, Want::Bisac],
    },
    Receiver {
        name: "jstor",
        called: "JSTOR",
        files: Files::One(Form::Pdf),
        names: Names::Own,
        cover: None,
        onix: onix(&[], Free::Unpriced),
        wants: &[Want::Day, Want::Bisac],
    },
    by_hand("kdp", "Kindle Direct Publishing", cover(625, 1000, 10_000, 50 * MIB)),
    by_hand("kobo", "Kobo", cover(0, 0, 0, 5 * MIB)),
    Receiver {
        name: "muse",
        called: "Project MUSE",
        files: Files::One(Form::Pdf),
        names: Names::Own,
        cover: None,
        onix: onix(&[Leave::Keywords], Free::Unpriced),
        wants: &[Want::Bisac],
    },
    Receiver {
        name: "oapen",
        called: "OAPEN",
        files: Files::One(Form::Pdf),
        names: Names::Own,
        cover: None,
        onix: onix(&[], Free::Unpriced),
        wants: &[Want::Licence],
    },
    Receiver {
        name: "overdrive",
        called: "OverDrive",
        files: Files::First(&[Form::Epub, Form::Pdf]),
        names: Names::Own,
        cover: cover(0, 0, 0, 0),
        onix: onix(&[], Free::Unpriced),
        wants: &[Want::Description, Want::Price],
    },
    by_hand("publishdrive", "PublishDrive", cover(800, 1280, 0, 0)),
];

/// Those that recto has nothing for, and why.
const OTHERS: &[(&str, &str)] = &[
    ("ebsco", "EBSCO reads ONIX 2.1, which recto does not write"),
    ("proquest", "ProQuest reads ONIX 2.1, which recto does not write"),
];

/// The receiver of that name; the error is for who asked: what is wrong, and what to write.
pub fn find(name: &str) -> Result<&'static Receiver, (String, String)> {
    let asked = name.trim().to_lowercase();
    if let Some(found) = ALL.iter().find(|receiver| receiver.name == asked) {
        return Ok(found);
    }
    if let Some((_, why)) = OTHERS.iter().find(|(known, _)| *known == asked) {
        return Err(((*why).to_owned(), "`recto release` writes ONIX 3.1 and 3.0".to_owned()));
    }
    let names = || ALL.iter().map(|receiver| receiver.name);
    let listed = format!("recto knows what is taken by {}", names().collect::<Vec<_>>().join(", "));
    let hint = match nearest(&asked, names()) {
        Some(near) => format!("did you mean \"{near}\"? {listed}"),
        None => listed,
    };
    Err((format!("nothing is known of a receiver \"{name}\""), hint))
}

impl Form {
    /// "EPUB".
    pub(super) fn words(self) -> &'static str {
        match self {
            Form::Epub => "EPUB",
            Form::Pdf => "PDF",
        }
    }
}

impl Files {
    /// The kinds that may go there, in their order.
    pub(super) fn forms(&self) -> &[Form] {
        match self {
            Files::One(form) => std::slice::from_ref(form),
            Files::Any(forms) | Files::First(forms) => forms,
        }
    }

    /// "EPUB, else PDF".
    pub(super) fn words(&self) -> String {
        let forms: Vec<&str> = self.forms().iter().map(|form| form.words()).collect();
        match self {
            Files::One(_) => forms.join(""),
            Files::Any(_) => format!("{}, one at least", forms.join(" and ")),
            Files::First(_) => forms.join(", else "),
        }
    }
}

impl Receiver {
    /// "by ISBN".
    fn names_words(&self) -> &'static str {
        match self.names {
            Names::Own => "as built",
            Names::Isbn => "by ISBN",
        }
    }

    /// "640 × 640 at least, 7200 a side at most".
    pub(super) fn cover_words(&self) -> String {
        let Some(cover) = self.cover else { return "none".to_owned() };
        let mut parts = Vec::new();
        if cover.long > 0 {
            parts.push(format!("{} × {} at least", cover.short, cover.long));
        }
        if cover.most > 0 {
            parts.push(format!("{} a side at most", cover.most));
        }
        if cover.bytes > 0 {
            parts.push(format!("{} MB at most", cover.bytes / MIB));
        }
        if parts.is_empty() { "any size".to_owned() } else { parts.join(", ") }
    }

    /// "3.0 without keywords".
    fn onix_words(&self) -> String {
        let Some(flavour) = self.onix else { return "none".to_owned() };
        let left: Vec<&str> = flavour.without.iter().map(|leave| leave.words()).collect();
        let mut words = flavour.version.number().to_owned();
        if !left.is_empty() {
            words.push_str(&format!(" without {}", left.join(", ")));
        }
        if flavour.free == Free::Zero {
            words.push_str("; what is free costs 0.00");
        }
        words
    }

    /// "an author, a subject of BISAC".
    fn wants_words(&self) -> String {
        self.wants.iter().map(|want| want.words()).collect::<Vec<_>>().join(", ")
    }

    /// What the manual has of it: files, cover, ONIX, what a title may not be without.
    pub fn row(&self) -> [String; 4] {
        let files = format!("{}, {}", self.files.words(), self.names_words());
        [files, self.cover_words(), self.onix_words(), self.wants_words()]
    }

    /// All of it, for who asks.
    pub fn explained(&self) -> String {
        let mut lines = vec![
            format!("{}: what `recto release --for {}` writes for {}", self.name, self.name, self.called),
            format!("  files: {}, {}", self.files.words(), self.names_words()),
            format!("  cover: {}", self.cover_words()),
            format!("  ONIX: {}", self.onix_words()),
        ];
        if !self.wants.is_empty() {
            lines.push(format!("  not without: {}", self.wants_words()));
        }
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn receivers_stand_in_the_order_of_their_names_and_each_is_found() {
        let names: Vec<&str> = ALL.iter().map(|receiver| receiver.name).collect();
        assert!(names.is_sorted());
        for receiver in ALL {
            assert_eq!(find(&receiver.name.to_uppercase()).map(|found| found.name), Ok(receiver.name));
        }
    }

    #[test]
    fn an_unknown_name_has_the_nearest_and_the_list() {
        let (message, hint) = find("googel").expect_err("nobody is called so");
        assert_eq!(message, "nothing is known of a receiver \"googel\"");
        assert!(hint.starts_with("did you mean \"google\"? recto knows what is taken by apple, "), "{hint}");
        assert!(find("ebsco").expect_err("2.1 is not written").0.contains("ONIX 2.1"));
    }
}
