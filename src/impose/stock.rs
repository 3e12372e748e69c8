//! Stocks: how thick papers are, and how wide a spine is for it.
//!
//! Calipers of office papers are means of what mills give; those of printing papers are Patterson Printing's tables
//! (pages to the inch); KDP's are the widths a page that its help gives (G201953020), with nothing added; Lulu's is its
//! guide's: pages / 444 + 0.06 in. IngramSpark gives no formula: its template says how wide the spine is.

use crate::units::Length;

/// A paper.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stock {
    /// As it is written.
    pub name: &'static str,
    /// A page's share of a spine, in millionths of an inch: half a leaf.
    page: i64,
    /// What a spine has besides, in millionths of an inch: covers, glue.
    besides: i64,
    /// The least number of pages of a spine with words on it.
    least_for_words: usize,
}

const fn stock(name: &'static str, page: i64) -> Stock {
    Stock { name, page, besides: 0, least_for_words: 0 }
}

/// All stocks that have a name.
pub const STOCKS: [Stock; 10] = [
    stock("80gsm", 2_067),
    stock("90gsm", 2_264),
    stock("20lb", 1_950),
    stock("50lb", 1_942),
    stock("60lb", 2_299),
    stock("70lb", 2_532),
    Stock { least_for_words: 79, ..stock("kdp-white", 2_252) },
    Stock { least_for_words: 79, ..stock("kdp-cream", 2_500) },
    Stock { least_for_words: 79, ..stock("kdp-premium-colour", 2_347) },
    Stock { besides: 60_000, least_for_words: 80, ..stock("lulu", 2_252) },
];

const INCH: Length = Length::inches(1.0);

impl Stock {
    /// The stock of that name.
    pub fn find(name: &str) -> Option<Stock> {
        STOCKS.into_iter().find(|stock| stock.name == name)
    }

    /// A stock of a leaf so thick.
    pub fn of_caliper(caliper: Length) -> Stock {
        let page = Length::sp(500_000).scale(caliper.to_sp(), INCH.to_sp()).to_sp();
        stock("own", page)
    }

    /// How thick a leaf is.
    pub fn caliper(&self) -> Length {
        INCH.scale(self.page * 2, 1_000_000)
    }

    /// How wide the spine of so many pages is.
    pub fn spine(&self, pages: usize) -> Length {
        INCH.scale(self.page * pages as i64 + self.besides, 1_000_000)
    }

    /// Whether the printer takes words on the spine of so many pages.
    pub fn takes_words(&self, pages: usize) -> bool {
        pages >= self.least_for_words
    }
}
