//! Flavours of the record for shops: one standard, and what each of those who read it stumbles over.

/// Which ONIX.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Version {
    /// 3.0.
    V30,
    /// 3.1.
    #[default]
    V31,
}

impl Version {
    /// "3.1".
    pub fn number(self) -> &'static str {
        match self {
            Version::V30 => "3.0",
            Version::V31 => "3.1",
        }
    }
}

/// What a record for shops leaves out, since a receiver stumbles over it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Leave {
    /// The DOI among the product's numbers, and the work that it names.
    Doi,
    /// That a file flows or is fixed (E200, E201).
    Layout,
    /// Thema's codes.
    Thema,
    /// Keywords.
    Keywords,
    /// The text "Open access".
    OpenAccess,
    /// The disclaimer.
    Disclaimer,
    /// How large a file is.
    Size,
    /// That a contributor is a body and no person.
    Bodies,
    /// That a PDF is PDF/A (E108): it is a PDF there.
    Archival,
    /// Who publishes it beside the house, and who paid.
    Partners,
    /// How many pages a file has, those without numbers among them.
    AllPages,
}

/// How a title is called that costs nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Free {
    /// Without a price, free of charge: what the standard says.
    #[default]
    Unpriced,
    /// A price of 0.00, which the standard forbids and who takes it asks for.
    Zero,
}

/// Which ONIX is read there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Flavour {
    /// Its version, unless another is asked for.
    pub version: Version,
    /// What it leaves out.
    pub without: &'static [Leave],
    /// How a free title is called.
    pub free: Free,
}

impl Leave {
    /// In a list of what is left out.
    pub(super) fn words(self) -> &'static str {
        match self {
            Leave::Doi => "DOI",
            Leave::Layout => "layout of files",
            Leave::Thema => "Thema",
            Leave::Keywords => "keywords",
            Leave::OpenAccess => "the words “Open access”",
            Leave::Disclaimer => "disclaimer",
            Leave::Size => "sizes of files",
            Leave::Bodies => "names of bodies as such",
            Leave::Archival => "PDF/A as such",
            Leave::Partners => "co-publishers and funders",
            Leave::AllPages => "the count of all pages",
        }
    }
}
