//! What a file conforms to, and what follows from it.

use super::ink::Ink;
use super::profile;
use crate::edition::{Edition, Purpose};

/// The standards of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Standard {
    /// PDF/UA-1 and PDF/A-2a in one file.
    Accessible,
    /// PDF/X-4.
    Press,
}

/// An output intent.
pub(super) struct Intent {
    /// `GTS_PDFA1` or `GTS_PDFX`.
    pub subtype: &'static str,
    /// What it is called.
    pub identifier: &'static str,
    /// In words.
    pub info: &'static str,
    /// Where the identifier is registered.
    pub registry: Option<&'static str>,
    /// How many components the profile has.
    pub components: u8,
    /// The ICC profile.
    pub profile: Vec<u8>,
}

impl Standard {
    /// What an edition conforms to.
    pub fn of(edition: &Edition) -> Standard {
        match edition.purpose {
            Purpose::Press(_) => Standard::Press,
            _ => Standard::Accessible,
        }
    }

    /// Whether marks say what they mean.
    pub fn is_tagged(self) -> bool {
        self == Standard::Accessible
    }

    /// Whether links and the outline are kept.
    pub fn has_links(self) -> bool {
        self == Standard::Accessible
    }

    /// The version of the file's syntax.
    pub fn version(self) -> &'static str {
        match self {
            Standard::Accessible => "1.7",
            Standard::Press => "1.6",
        }
    }

    /// Its output intent.
    pub fn intent(self) -> Intent {
        match self {
            Standard::Accessible => Intent {
                subtype: "GTS_PDFA1",
                identifier: "sRGB IEC61966-2.1",
                info: "sRGB IEC61966-2.1",
                registry: Some("http://www.color.org"),
                components: 3,
                profile: profile::srgb(),
            },
            Standard::Press => Intent {
                subtype: "GTS_PDFX",
                identifier: "Grey, gamma 2.2",
                info: "One black ink on white paper",
                registry: None,
                components: 1,
                profile: profile::grey(),
            },
        }
    }

    /// How colours are written.
    pub fn ink(self, edition: &Edition) -> Ink {
        match (self, edition.looks.greyscale) {
            (Standard::Accessible, Some(true)) => Ink::Grey,
            (Standard::Accessible, _) => Ink::Rgb,
            (Standard::Press, _) => Ink::Grey,
        }
    }
}
