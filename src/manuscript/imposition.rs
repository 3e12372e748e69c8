//! `impose:` and what stands beside it, as a typed imposition.

use super::keys;
use super::values::one_of;
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::edition::imposition::{Art, Barcode, Cover, Creep, Kind, Sheet, Spine};
use crate::edition::{Edition, Format, Imposition};
use crate::impose::{Flip, Stock};
use crate::source::Said;
use crate::units::Length;
use crate::yaml::{Fields, Kind as Yaml, Node, Written, nearest, wrong};

/// Keys that mean nothing without `impose`.
const BESIDE: [&str; 8] = ["of", "sheet", "flip", "stock", "creep", "signature", "lines", "ticket"];

/// Keys that mean something in a wrap only, and those that mean nothing there.
const OF_A_WRAP: [&str; 6] = ["spine_width", "spine_text", "art", "barcode", "price", "template"];
const OF_NO_WRAP: [&str; 10] =
    ["sheet", "flip", "creep", "signature", "lines", "ticket", "paper", "trim", "copies", "pages_of"];

/// Keys that mean nothing where the pages are those of another edition.
const OF_THE_OTHER: [&str; 16] = [
    "paper",
    "trim",
    "margins",
    "size",
    "leading",
    "theme",
    "colour",
    "notes",
    "sections",
    "parts",
    "stamp",
    "line_numbers",
    "bleed",
    "profile",
    "pages_of",
    "head_band",
];

/// The least side of a sheet, and the most.
const LEAST: Length = Length::inches(5.0);

/// Reads how an edition is imposed; `None` when it is not.
pub(super) fn read(fields: &Fields<'_>, format: Format, d: &mut Diagnostics) -> Option<Imposition> {
    let Some(node) = fields.take("impose") else {
        let known = |key: &str| BESIDE.contains(&key) || OF_A_WRAP.contains(&key);
        for entry in fields.entries().iter().filter(|entry| known(&entry.key)) {
            let message = format!("\"{}\" means nothing in an edition that is not imposed", entry.key);
            let hint = format!("add `impose:` with one of {}", keys::IMPOSED.join(", "));
            d.report(Diagnostic::new(&lints::WRONG_VALUE, message).at(entry.key_span).hint(hint));
        }
        return None;
    };
    let written = fields.text("impose", d)?;
    if format != Format::Pdf {
        d.report(
            Diagnostic::new(&lints::WRONG_VALUE, "only a PDF has pages that can be imposed")
                .at(node.span)
                .hint("write `format: pdf`"),
        );
        return None;
    }
    if written.text == "wrap" {
        return Some(wrap(&written, fields, d));
    }
    refuse(&OF_A_WRAP, "means nothing but in a wrap", "write `impose: wrap`", fields, d);
    let kind = kind(&written, fields, d)?;
    let mut imposition = Imposition::new(kind, written.span);
    imposition.of = fields.text("of", d).map(|of| Said::new(of.text, of.span));
    imposition.sheets = sheets(fields, d);
    imposition.trim = ["paper", "trim"].into_iter().rev().find_map(|key| fields.take(key)).map(|node| node.span);
    imposition.flip = fields.text("flip", d).and_then(|flip| match flip.text.as_str() {
        "short" => Some(Flip::Short),
        "long" => Some(Flip::Long),
        other => {
            one_of("flip", other, &["short", "long"], flip.span, d);
            None
        }
    });
    imposition.stock = fields.take("stock").and_then(|node| stock(node, d));
    imposition.creep = creep(fields, d);
    imposition.signature = signature(fields, d);
    imposition.ticket = fields.flag("ticket", d) == Some(true);
    if let Some(of) = &imposition.of {
        for entry in fields.entries().iter().filter(|entry| OF_THE_OTHER.contains(&entry.key.as_str())) {
            let message = format!("\"{}\" means nothing here: the pages are those of \"{}\"", entry.key, of.value);
            let hint = format!("leave out `of:` to set pages for this sheet, or say it in \"{}\"", of.value);
            d.report(Diagnostic::new(&lints::WRONG_VALUE, message).at(entry.key_span).hint(hint));
        }
    }
    Some(imposition)
}

/// Reports keys that mean nothing here.
fn refuse(keys: &[&str], why: &str, hint: &str, fields: &Fields<'_>, d: &mut Diagnostics) {
    for entry in fields.entries().iter().filter(|entry| keys.contains(&entry.key.as_str())) {
        let message = format!("\"{}\" {why}", entry.key);
        d.report(Diagnostic::new(&lints::WRONG_VALUE, message).at(entry.key_span).hint(hint));
    }
}

/// A cover of one sheet.
fn wrap(written: &Written, fields: &Fields<'_>, d: &mut Diagnostics) -> Imposition {
    refuse(
        &OF_NO_WRAP,
        "means nothing in a wrap",
        "it is as large as the pages of `of:` and the spine ask for",
        fields,
        d,
    );
    let mut imposition = Imposition::new(Kind::Wrap, written.span);
    imposition.of = fields.text("of", d).map(|of| Said::new(of.text, of.span));
    imposition.stock = fields.take("stock").and_then(|node| stock(node, d));
    let barcode = fields.text("barcode", d).map_or(Barcode::Own, |written| match written.text.as_str() {
        "own" | "true" => Barcode::Own,
        "printer" => Barcode::Printer,
        "none" | "false" => Barcode::Nobody,
        other => {
            one_of("barcode", other, &["own", "printer", "none"], written.span, d);
            Barcode::Own
        }
    });
    let spine = fields.text("spine_width", d).and_then(|written| {
        let width = Length::parse(&written.text).filter(|width| *width > Length::ZERO && *width <= WIDEST);
        if width.is_none() {
            let message = format!("\"{}\" is no width of a spine", written.text);
            let said = Diagnostic::new(&lints::WRONG_VALUE, message).at(written.span);
            d.report(said.hint("write what the printer's template says: 0.61in, 15mm; up to 4in"));
        }
        width.map(|width| Said::new(width, written.span))
    });
    let words = fields.text("spine_text", d).map(|written| match written.text.as_str() {
        "false" | "" => Said::new(Spine::Bare, written.span),
        _ => Said::new(Spine::Words(written.text.clone()), written.span),
    });
    let art = fields.text("art", d).and_then(|written| match written.text.as_str() {
        "front" => Some(Said::new(Art::Front, written.span)),
        "whole" => Some(Said::new(Art::Whole, written.span)),
        other => {
            one_of("art", other, &["front", "whole"], written.span, d);
            None
        }
    });
    let price = price(fields, barcode, d);
    let template = fields.flag("template", d) == Some(true);
    imposition.wrap = Cover { spine, words, art, barcode, price, template };
    imposition
}

/// A price as the five digits of its code: a digit for the currency, as the book trade has them, and the amount in
/// hundredths; 90000 says that there is none.
fn price(fields: &Fields<'_>, barcode: Barcode, d: &mut Diagnostics) -> Option<String> {
    const CURRENCIES: [(&str, u32); 5] = [("USD", 5), ("CAD", 6), ("GBP", 0), ("AUD", 3), ("NZD", 4)];
    let written = fields.text("price", d)?;
    if barcode != Barcode::Own {
        let said = Diagnostic::new(&lints::WRONG_VALUE, "a price stands beside a barcode of recto's own");
        d.report(said.at(written.span).hint("write `barcode: own`, or leave out the price"));
        return None;
    }
    if matches!(written.text.as_str(), "none" | "false") {
        return Some("90000".to_owned());
    }
    let mut parts = written.text.split_whitespace();
    let read = match (parts.next(), parts.next(), parts.next()) {
        (Some(currency), Some(amount), None) => {
            let digit = CURRENCIES.iter().find(|(name, _)| *name == currency).map(|(_, digit)| *digit);
            digit.zip(hundredths(amount))
        }
        _ => None,
    };
    match read {
        Some((digit, amount)) if amount < 10_000 => Some(format!("{digit}{amount:04}")),
        Some(_) => {
            let said = Diagnostic::new(&lints::WRONG_VALUE, "the code of a price holds less than 100").at(written.span);
            d.report(said.hint("write `price: none`, which is 90000"));
            None
        }
        None => {
            let message = format!("\"{}\" is no price that a barcode can hold", written.text);
            let said = Diagnostic::new(&lints::WRONG_VALUE, message).at(written.span);
            d.report(said.hint("write USD, CAD, GBP, AUD or NZD and the amount, such as USD 19.99, or none"));
            None
        }
    }
}

/// An amount of two decimals, in hundredths.
fn hundredths(amount: &str) -> Option<u32> {
    let (whole, part) = amount.split_once('.').unwrap_or((amount, "00"));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let right = !whole.is_empty() && whole.len() < 7 && part.len() == 2 && digits(whole) && digits(part);
    right.then(|| format!("{whole}{part}").parse().ok()).flatten()
}

/// The widest spine that a binder makes.
const WIDEST: Length = Length::inches(4.0);

fn kind(written: &Written, fields: &Fields<'_>, d: &mut Diagnostics) -> Option<Kind> {
    let lines = fields.flag("lines", d);
    if written.text == "booklet" {
        refuse_lines(lines, fields, d);
        return Some(Kind::Booklet);
    }
    let up = keys::IMPOSED.contains(&written.text.as_str()).then(|| written.text.trim_end_matches("-up").parse().ok());
    let Some(pages) = up.flatten() else {
        one_of("impose", &written.text, keys::IMPOSED, written.span, d);
        return None;
    };
    let ruled = matches!(pages, 1 | 3);
    if !ruled {
        refuse_lines(lines, fields, d);
    }
    if let Some(node) = fields.take("signature").or(fields.take("creep")) {
        d.report(Diagnostic::new(&lints::WRONG_VALUE, "only a booklet is folded").at(node.span).hint("leave this out"));
    }
    Some(Kind::Up { pages, lines: ruled && lines != Some(false) })
}

/// Lines have room beside one page or three.
fn refuse_lines(lines: Option<bool>, fields: &Fields<'_>, d: &mut Diagnostics) {
    if let (Some(true), Some(node)) = (lines, fields.take("lines")) {
        let said = Diagnostic::new(&lints::WRONG_VALUE, "lines for notes have no room here").at(node.span);
        d.report(said.hint("write `impose: 1-up` or `impose: 3-up`"));
    }
}

fn sheets(fields: &Fields<'_>, d: &mut Diagnostics) -> Vec<Sheet> {
    let Some(written) = fields.text("sheet", d) else { return Vec::new() };
    if written.text == "both" {
        return Sheet::both();
    }
    match Sheet::parse(&written.text) {
        Some(sheet) if sheet.size.width >= LEAST => vec![sheet],
        found => {
            let message = match found {
                Some(_) => format!("no pages can be imposed on a sheet as small as {}", written.text),
                None => format!("\"{}\" is no size of a sheet", written.text),
            };
            let said = Diagnostic::new(&lints::WRONG_VALUE, message).at(written.span);
            d.report(match nearest(&written.text, ["letter", "tabloid", "legal", "both"]) {
                Some(near) if found.is_none() => said.hint(format!("did you mean \"{near}\"?")),
                _ => said.hint("write letter, a4, tabloid, a3, 11x17in, or both"),
            });
            Vec::new()
        }
    }
}

/// How many numbered copies are made too.
pub(super) fn copies(fields: &Fields<'_>, format: Format, d: &mut Diagnostics) -> Option<u32> {
    let written = fields.text("copies", d)?;
    let count = written.text.parse::<u32>().ok().filter(|count| (1..=5_000).contains(count));
    if count.is_none() || format != Format::Pdf {
        let message = match format {
            Format::Pdf => format!("\"{}\" is no number of copies", written.text),
            _ => "only a PDF has copies that can be numbered".to_owned(),
        };
        let said = Diagnostic::new(&lints::WRONG_VALUE, message).at(written.span);
        d.report(said.hint("write how many: copies: 40; names come from a list, with `recto copies`"));
        return None;
    }
    count
}

/// A paper by its name or its thickness.
fn stock(node: &Node, d: &mut Diagnostics) -> Option<Stock> {
    if let Yaml::Map(_) = &node.kind {
        let fields = Fields::of(node, &keys::STOCK, d)?;
        let written = fields.text("caliper", d);
        fields.finish(d);
        let written = written?;
        let caliper = Length::parse(&written.text).filter(|length| (THINNEST..=THICKEST).contains(length));
        if caliper.is_none() {
            let message = format!("no leaf is {} thick", written.text);
            d.report(
                Diagnostic::new(&lints::WRONG_VALUE, message)
                    .at(written.span)
                    .hint("office paper of 80 g is 0.1mm thick: {caliper: 0.1mm}"),
            );
        }
        return caliper.map(Stock::of_caliper);
    }
    let name = node.text()?;
    let found = Stock::find(name);
    if found.is_none() {
        let said = Diagnostic::new(&lints::WRONG_VALUE, format!("recto knows no stock \"{name}\"")).at(node.span);
        let list = format!("it knows {}; any other is {{caliper: 0.1mm}}", keys::STOCKS.join(", "));
        d.report(match nearest(name, keys::STOCKS.iter().copied()) {
            Some(near) => said.hint(format!("did you mean \"{near}\"?")).hint(list),
            None => said.hint(list),
        });
    }
    found
}

/// The thinnest and the thickest leaf that is folded.
const THINNEST: Length = Length::mm(0.02);
const THICKEST: Length = Length::mm(2.0);

fn creep(fields: &Fields<'_>, d: &mut Diagnostics) -> Creep {
    let Some(node) = fields.take("creep") else { return Creep::Stock };
    match node.truth() {
        Some(true) => return Creep::Stock,
        Some(false) => return Creep::Off,
        None => {}
    }
    match node.text().and_then(Length::parse).filter(|length| *length <= THICKEST) {
        Some(length) => Creep::By(length),
        None => {
            wrong(node, "\"creep\" is true, false, or how far pages move from sheet to sheet: 0.12mm", d);
            Creep::Stock
        }
    }
}

fn signature(fields: &Fields<'_>, d: &mut Diagnostics) -> Option<usize> {
    let written = fields.text("signature", d)?;
    match written.text.parse::<usize>() {
        Ok(pages) if pages > 0 && pages.is_multiple_of(4) && pages <= 128 => Some(pages),
        _ => {
            let message = format!("no sheets fold into a signature of {} pages", written.text);
            d.report(
                Diagnostic::new(&lints::WRONG_VALUE, message)
                    .at(written.span)
                    .hint("a signature has 4, 8, 12, 16 … up to 128 pages; 16 is usual"),
            );
            None
        }
    }
}

/// Editions whose pages others are must be there, be PDFs, and have pages of their own.
pub(super) fn check_names(editions: &[Edition], d: &mut Diagnostics) {
    for edition in editions {
        let Some(of) = edition.imposition.as_ref().and_then(|imposition| imposition.of.as_ref()) else { continue };
        let other = editions.iter().find(|other| other.name == of.value);
        let names: Vec<&str> = editions
            .iter()
            .filter(|other| other.format == Format::Pdf && other.imposition.is_none())
            .map(|other| other.name.as_str())
            .collect();
        let message = match other {
            Some(other) if other.name == edition.name => "an edition cannot be made of its own pages".to_owned(),
            Some(other) if other.format != Format::Pdf => format!("\"{}\" is no PDF: it has no pages", other.name),
            Some(other) if other.imposition.is_some() => format!("the pages of \"{}\" are imposed already", other.name),
            Some(_) => continue,
            None => format!("there is no edition \"{}\"", of.value),
        };
        let said = Diagnostic::new(&lints::WRONG_VALUE, message).at(of.span);
        d.report(match nearest(&of.value, names.iter().copied()) {
            Some(near) if other.is_none() => said.hint(format!("did you mean \"{near}\"?")),
            _ if names.is_empty() => said.hint("leave out `of:` and the pages are set for the sheet"),
            _ => said.hint(format!("name one of {}", names.join(", "))),
        });
    }
}
