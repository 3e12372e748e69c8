//! What shops ask of an e-book beyond the standard, by shop.
//!
//! The rules are those that the shops publish (KDP's cover guidelines, Apple's and Draft2Digital's asset guides, Kobo's
//! EPUB guide, Google Play's help), as of November 2026; each is a value in the table below.

use std::collections::BTreeMap;

use crate::book::block::{BlockKind, Table};
use crate::book::{AssetId, Book, DivisionKind, PictureKind, TextBlock, plain, walk};
use crate::diagnostic::{Diagnostic, Diagnostics, Lint, lints};
use crate::epub::package::Resource;
use crate::epub::pictures::Served;
use crate::source::Span;

/// A shop.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shop {
    /// Amazon KDP.
    Kdp,
    /// Apple Books.
    Apple,
    /// Kobo Writing Life.
    Kobo,
    /// Google Play Books.
    Google,
    /// Draft2Digital.
    D2d,
}

/// The rules of a shop.
struct Rules {
    name: &'static str,
    /// Least and most pixels of the cover's shorter side, and of its longer one.
    cover: [u32; 4],
    /// Most bytes of a picture.
    picture: Option<usize>,
    /// Most bytes of a page's file.
    page: Option<usize>,
    /// Most bytes of the whole.
    whole: u64,
    /// Columns that a table may have.
    columns: Option<usize>,
    /// Levels of the contents.
    levels: Option<usize>,
    /// Hosts of other shops, which must not be linked to.
    rivals: &'static [&'static str],
}

const MIB: usize = 1 << 20;
const ANY_SIDE: u32 = 10_000;
const AMAZON: &[&str] = &["amazon.", "amzn.to", "kindle."];
const OTHERS: &[&str] = &["books.apple.com", "itunes.apple.com", "kobo.com", "play.google.com/store/books", "bn.com"];

impl Shop {
    /// The shop of that name.
    pub fn find(name: &str) -> Option<Shop> {
        Some(match name.to_ascii_lowercase().as_str() {
            "kdp" | "amazon" | "kindle" => Shop::Kdp,
            "apple" => Shop::Apple,
            "kobo" => Shop::Kobo,
            "google" => Shop::Google,
            "d2d" | "draft2digital" => Shop::D2d,
            _ => return None,
        })
    }

    /// The names that [`Shop::find`] knows.
    pub const NAMES: &'static str = "kdp, apple, kobo, google, d2d";

    fn rules(self) -> Rules {
        let open = Rules {
            name: "",
            cover: [0, ANY_SIDE, 0, ANY_SIDE],
            picture: None,
            page: None,
            whole: u64::MAX,
            columns: None,
            levels: None,
            rivals: &[],
        };
        match self {
            Shop::Kdp => Rules {
                name: "KDP",
                cover: [625, ANY_SIDE, 1000, ANY_SIDE],
                page: Some(30 * MIB),
                whole: 650 * MIB as u64,
                rivals: OTHERS,
                ..open
            },
            Shop::Apple => Rules {
                name: "Apple Books",
                cover: [1400, ANY_SIDE, 1400, ANY_SIDE],
                whole: 2048 * MIB as u64,
                rivals: AMAZON,
                ..open
            },
            Shop::Kobo => Rules {
                name: "Kobo",
                picture: Some(5 * MIB),
                page: Some(10 * MIB),
                whole: 1024 * MIB as u64,
                columns: Some(4),
                levels: Some(3),
                rivals: AMAZON,
                ..open
            },
            Shop::Google => Rules {
                name: "Google Play",
                cover: [640, 7200, 640, 7200],
                whole: 2048 * MIB as u64,
                rivals: AMAZON,
                ..open
            },
            Shop::D2d => Rules {
                name: "Draft2Digital",
                cover: [1400, ANY_SIDE, 1400, ANY_SIDE],
                picture: Some(5 * MIB),
                rivals: AMAZON,
                ..open
            },
        }
    }
}

/// Holds a book and its files against the rules of a shop.
pub(in crate::epub) fn check(
    shop: Shop,
    book: &Book,
    resources: &[Resource],
    served: &BTreeMap<AssetId, Served>,
    cover: Option<(u32, u32)>,
    levels: usize,
    diagnostics: &mut Diagnostics,
) {
    let mut check = Check { rules: shop.rules(), book, diagnostics };
    check.cover(shop, cover);
    check.metadata(shop);
    check.pictures(shop, served);
    check.files(resources);
    check.content();
    if let Some(most) = check.rules.levels
        && levels > most
    {
        let message = format!("the contents have {levels} levels, {} shows {most}", check.rules.name);
        check.say(&lints::SHOP_CONTENTS, None, message, "set `contents: {depth: …}` lower");
    }
}

struct Check<'a> {
    rules: Rules,
    book: &'a Book,
    diagnostics: &'a mut Diagnostics,
}

impl Check<'_> {
    fn say(&mut self, lint: &'static Lint, span: Option<Span>, message: String, hint: &str) {
        self.diagnostics.report(Diagnostic::new(lint, message).at(span).hint(hint));
    }

    fn cover(&mut self, shop: Shop, size: Option<(u32, u32)>) {
        let division = self.book.first(DivisionKind::Cover);
        let asset = division.and_then(|division| division.cover.as_ref()).and_then(|cover| cover.picture.as_ref());
        let span = asset.and_then(|(asset, _)| self.book.assets.get(*asset).span);
        let name = self.rules.name;
        let Some((width, height)) = size else {
            let message = format!("{name} wants a cover as a picture, and the book has none");
            return self.say(
                &lints::SHOP_COVER,
                span,
                message,
                "give one in the metadata: `cover: {image: …, alt: …}`",
            );
        };
        let (short, long) = (width.min(height), width.max(height));
        let [least_short, most_short, least_long, most_long] = self.rules.cover;
        if short < least_short || long < least_long {
            let message =
                format!("the cover has {width} × {height} pixels, {name} wants at least {least_short} × {least_long}");
            self.say(&lints::SHOP_COVER, span, message, "1,600 × 2,560 pixels serve every shop");
        }
        if short > most_short || long > most_long {
            let message = format!("the cover has {width} × {height} pixels, {name} takes at most {most_long} a side");
            self.say(&lints::SHOP_COVER, span, message, "1,600 × 2,560 pixels serve every shop");
        }
        let tall = f64::from(height) / f64::from(width.max(1));
        if shop == Shop::Kdp && !(1.3..=1.9).contains(&tall) {
            let message = format!("the cover is {tall:.2} times as high as wide, {name} shows 1.6");
            self.say(&lints::SHOP_COVER, span, message, "draw it at 5 : 8, 1,600 × 2,560 pixels");
        }
    }

    fn metadata(&mut self, shop: Shop) {
        let name = self.rules.name;
        let metadata = &self.book.metadata;
        if metadata.authors.is_empty() {
            self.say(
                &lints::SHOP_METADATA,
                None,
                format!("{name} lists books by author, and this one names none"),
                "add `authors:` to the metadata",
            );
        }
        if metadata.description.is_none() {
            self.say(
                &lints::SHOP_METADATA,
                None,
                format!("{name} shows a description, and the book has none"),
                "add `description:` to the metadata",
            );
        }
        if matches!(shop, Shop::Google | Shop::Kobo) && metadata.identifiers.isbn_epub.is_none() {
            self.say(
                &lints::SHOP_METADATA,
                None,
                format!("{name} files books by ISBN, and the e-book has none"),
                "add `identifiers: {isbn_epub: …}`",
            );
        }
    }

    /// What recto cannot mend by itself: it brings size and colours to what shops take.
    fn pictures(&mut self, shop: Shop, served: &BTreeMap<AssetId, Served>) {
        let book = self.book;
        for (id, picture) in served {
            let asset = book.assets.get(*id);
            let span = asset.span;
            let name = self.rules.name;
            if self.rules.picture.is_some_and(|most| picture.bytes.len() > most) {
                let message = format!("\"{}\" has {} MB, {name} takes 5", asset.path, picture.bytes.len() / MIB);
                self.say(&lints::SHOP_PICTURE, span, message, "save it smaller, photographs as JPEG");
            }
            if shop == Shop::Kobo && matches!(picture.kind, PictureKind::Png { alpha: true }) {
                let message = format!("\"{}\" is transparent, which {name} shows on black at night", asset.path);
                self.say(&lints::SHOP_PICTURE, span, message, "save it on a white ground");
            }
        }
    }

    fn files(&mut self, resources: &[Resource]) {
        let name = self.rules.name;
        let whole: u64 = resources.iter().map(|resource| resource.bytes.len() as u64).sum();
        if whole > self.rules.whole {
            let message = format!("the e-book has {} MB, {name} takes {}", whole >> 20, self.rules.whole >> 20);
            self.say(&lints::SHOP_SIZE, None, message, "make its pictures smaller");
        }
        for resource in resources.iter().filter(|resource| resource.media_type == "application/xhtml+xml") {
            if self.rules.page.is_some_and(|most| resource.bytes.len() > most) {
                let message = format!("the section \"{}\" is larger than {name} takes in one file", resource.path);
                self.say(&lints::SHOP_SIZE, None, message, "divide it: each level-1 heading opens a file");
            }
        }
    }

    fn content(&mut self) {
        let book = self.book;
        for block in book.blocks() {
            if let BlockKind::Table(table) = &block.kind {
                self.table(table, block.span);
            }
        }
        for (_, text) in book.texts() {
            self.links(text);
        }
        if self.rules.columns.is_some() {
            self.notes();
        }
    }

    fn table(&mut self, table: &Table, span: Option<Span>) {
        if self.rules.columns.is_some_and(|most| table.columns.len() > most) {
            let message =
                format!("a table of {} columns, hard to read on {} devices", table.columns.len(), self.rules.name);
            self.say(
                &lints::EPUB_WIDE_TABLE,
                span,
                message,
                "four columns fit; turn rows and columns round, or divide it",
            );
        }
    }

    /// Kobo shows a note in place when it has 9 to 5,000 letters.
    fn notes(&mut self) {
        let book = self.book;
        for note in &book.notes {
            let letters: usize = walk::texts(&note.blocks).map(|(_, text)| plain(&text.content).chars().count()).sum();
            if !(9..=5000).contains(&letters) {
                let message = format!(
                    "note {} has {letters} letters; {} shows 9 to 5,000 in place",
                    note.number, self.rules.name
                );
                self.say(
                    &lints::SHOP_NOTE,
                    note.span,
                    message,
                    "a longer note is better a part of the text or an appendix",
                );
            }
        }
    }

    fn links(&mut self, text: &TextBlock) {
        for piece in walk::pieces(&text.content) {
            let span = piece.span.or(text.span);
            if let Some(url) = piece.url() {
                let bare = url.split_once("://").map_or(url, |(_, rest)| rest).trim_start_matches("www.");
                if self.rules.rivals.iter().any(|rival| bare.to_ascii_lowercase().starts_with(rival)) {
                    let message = format!("a link to another shop, which {} sends back", self.rules.name);
                    self.say(&lints::SHOP_RIVAL, span, message, "link to the publisher's page of the book");
                }
            }
        }
    }
}
