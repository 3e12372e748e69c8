//! What a file conforms to, and what follows from it.

use super::ink::Ink;
use super::{offset, profile};
use crate::book::Claim;
use crate::edition::{Edition, PressColour, Purpose};

/// The standard of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Standard {
    /// PDF/UA-1 and PDF/A-2a in one file.
    Accessible,
    /// PDF/X-4.
    X4,
    /// Ready for a press that prefers sRGB, which PDF/X-4 does not allow as an output intent.
    Plain,
}

/// How a file is written.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Plan {
    /// What it conforms to.
    pub standard: Standard,
    /// How colours are written.
    pub ink: Ink,
    /// What its device colours are.
    pub intent: Option<Intent>,
    /// Whether there are crop marks.
    pub marks: bool,
    /// The most ink that a colour may have, in per cent.
    pub most_ink: Option<u16>,
}

/// An output intent.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Intent {
    /// `GTS_PDFA1` or `GTS_PDFX`.
    pub subtype: &'static str,
    /// What it is called.
    pub identifier: String,
    /// In words.
    pub info: String,
    /// Where the identifier is registered.
    pub registry: Option<&'static str>,
    /// How many components the profile has.
    pub components: u8,
    /// The ICC profile.
    pub profile: Vec<u8>,
}

impl Plan {
    /// How an edition is written. `own` is the printer's profile, `coloured` says whether the pages have any colour.
    pub fn of(edition: &Edition, own: Option<&[u8]>, coloured: bool) -> Plan {
        let grey = edition.looks.greyscale == Some(true);
        let Purpose::Press(printer) = edition.purpose else {
            let ink = if grey { Ink::Grey } else { Ink::Rgb };
            let marks = edition.marks.unwrap_or(false);
            return Plan { standard: Standard::Accessible, ink, intent: Some(Intent::srgb()), marks, most_ink: None };
        };
        let press = printer.press();
        let own = own.and_then(|profile| Intent::own(profile, edition));
        let ink = match (&own, grey || !coloured, press.colour) {
            (Some(intent), ..) if intent.components == 1 => Ink::Grey,
            (_, true, _) => Ink::Grey,
            (Some(_), ..) | (None, _, PressColour::Cmyk) => Ink::Cmyk,
            (None, _, PressColour::Rgb) => Ink::Rgb,
        };
        let standard = if ink == Ink::Rgb { Standard::Plain } else { Standard::X4 };
        let fits = |intent: &Intent| intent.components == if ink == Ink::Grey { 1 } else { 4 };
        let intent = match ink {
            Ink::Rgb => None,
            Ink::Grey => Some(own.filter(fits).unwrap_or_else(Intent::grey)),
            Ink::Cmyk => Some(own.filter(fits).unwrap_or_else(Intent::coated)),
        };
        let marks = edition.marks.unwrap_or(press.marks);
        Plan { standard, ink, intent, marks, most_ink: (ink == Ink::Cmyk).then_some(press.most_ink) }
    }
}

impl Plan {
    /// Without tags, links and what the file would claim for them.
    pub fn for_paper_only(&mut self) {
        if self.standard == Standard::Accessible {
            (self.standard, self.intent) = (Standard::Plain, None);
        }
    }
}

impl Intent {
    fn srgb() -> Intent {
        Intent {
            subtype: "GTS_PDFA1",
            identifier: "sRGB IEC61966-2.1".to_owned(),
            info: "sRGB IEC61966-2.1".to_owned(),
            registry: Some("http://www.color.org"),
            components: 3,
            profile: profile::srgb(),
        }
    }

    fn grey() -> Intent {
        Intent {
            subtype: "GTS_PDFX",
            identifier: "Grey gamma 2.2".to_owned(),
            info: "One black ink on white paper, gamma 2.2".to_owned(),
            registry: None,
            components: 1,
            profile: profile::grey(),
        }
    }

    fn coated() -> Intent {
        Intent {
            subtype: "GTS_PDFX",
            identifier: "Offset coated (model)".to_owned(),
            info: "Offset printing on coated paper, a model after ISO 12647-2".to_owned(),
            registry: None,
            components: 4,
            profile: offset::coated().to_vec(),
        }
    }

    /// A printer's profile: of an output device, for one ink or four.
    fn own(profile: &[u8], edition: &Edition) -> Option<Intent> {
        let components = profile::components(profile).filter(|components| *components != 3)?;
        if profile.get(12..16)? != b"prtr" {
            return None;
        }
        let path = &edition.profile.as_ref()?.path;
        let stem = path.rsplit('/').next().unwrap_or(path);
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem).to_owned();
        Some(Intent {
            subtype: "GTS_PDFX",
            identifier: stem.clone(),
            info: stem,
            registry: None,
            components,
            profile: profile.to_vec(),
        })
    }
}

impl Standard {
    /// Whether marks say what they mean.
    pub fn is_tagged(self) -> bool {
        self == Standard::Accessible
    }

    /// What the file says it keeps.
    pub fn claims(self) -> &'static [Claim] {
        match self {
            Standard::Accessible => &[Claim::PdfUa1, Claim::PdfA2a],
            Standard::X4 => &[Claim::PdfX4],
            Standard::Plain => &[],
        }
    }

    /// Whether links and the outline are kept.
    pub fn has_links(self) -> bool {
        self == Standard::Accessible
    }

    /// The version of the file's syntax.
    pub fn version(self) -> &'static str {
        match self {
            Standard::Accessible => "1.7",
            Standard::X4 | Standard::Plain => "1.6",
        }
    }
}

/// Whether a profile can be an output intent of a press.
pub(super) fn is_press_profile(profile: &[u8]) -> bool {
    let space = profile::components(profile);
    matches!(space, Some(1 | 4)) && profile.get(12..16) == Some(b"prtr")
}
