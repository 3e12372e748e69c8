//! Values that several files of YAML share: words of a list, dates, numbers of books, series and people.

use super::keys;
use crate::book::NotePlace;
use crate::book::metadata::{Date, Isbn};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::edition::Parts;
use crate::source::{Said, Span};
use crate::theme::bounds::Bounds;
use crate::units::Length;
use crate::yaml::{Fields, Kind, Node, Written, nearest, wrong};

/// Reports a word that is none of those that can stand here.
pub(super) fn one_of(key: &str, written: &str, words: &[&str], span: Span, d: &mut Diagnostics) {
    let begun: Vec<&str> = words.iter().copied().filter(|word| begins(word, written)).collect();
    let hint = match nearest(written, words.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None if !begun.is_empty() => format!("write {}", begun.join(", ")),
        None => format!("write {}", words.join(", ")),
    };
    d.report(
        Diagnostic::new(&lints::WRONG_VALUE, format!("\"{written}\" is no value of \"{key}\"")).at(span).hint(hint),
    );
}

/// Whether a word of a list begins with all of what was written and a hyphen: "table" and "table-head".
fn begins(word: &str, written: &str) -> bool {
    word.strip_prefix(written).is_some_and(|rest| rest.starts_with('-'))
}

/// What to say of a tag that is none.
pub(super) fn bad_language(written: &Written) -> Diagnostic {
    const NAMES: [(&str, &str); 12] = [
        ("english", "en"),
        ("british", "en-GB"),
        ("american", "en-US"),
        ("french", "fr"),
        ("german", "de"),
        ("deutsch", "de"),
        ("spanish", "es"),
        ("polish", "pl"),
        ("italian", "it"),
        ("portuguese", "pt"),
        ("korean", "ko"),
        ("japanese", "ja"),
    ];
    let lower = written.text.to_lowercase();
    let tag = NAMES.iter().find(|(name, _)| *name == lower).map(|(_, tag)| *tag);
    let said =
        Diagnostic::new(&lints::BAD_LANGUAGE, format!("\"{}\" is not a language tag", written.text)).at(written.span);
    match tag {
        Some(tag) => said.hint(format!("write {tag}")),
        // Systems call a language en_US.UTF-8.
        None if lower.contains('_') => {
            let bare = written.text.split('.').next().unwrap_or("").replace('_', "-");
            said.hint(format!("write {bare}"))
        }
        None => said.hint("a tag is written as in BCP 47: en, en-CA, fr, zh-Hans"),
    }
}

pub(super) fn date(fields: &Fields<'_>, key: &'static str, d: &mut Diagnostics) -> Option<Said<Date>> {
    let written = fields.text(key, d)?;
    match Date::parse(&written.text) {
        Ok(date) => Some(Said::new(date, written.span)),
        Err(why) => {
            d.report(
                Diagnostic::new(&lints::BAD_DATE, format!("\"{}\" is not a date: {why}", written.text))
                    .at(written.span)
                    .hint("write 2026-11-23, 2026-11 or 2026"),
            );
            None
        }
    }
}

pub(super) fn issn(fields: &Fields<'_>, d: &mut Diagnostics) -> Option<Said<String>> {
    let written = fields.text("issn", d)?;
    let bare: String = written.text.chars().filter(|c| *c != '-').collect();
    let digits: Option<Vec<u32>> = bare
        .chars()
        .enumerate()
        .map(|(at, c)| if at == 7 && matches!(c, 'X' | 'x') { Some(10) } else { c.to_digit(10) })
        .collect();
    let right = digits.is_some_and(|digits| {
        digits.len() == 8
            && digits.iter().zip((1..=8).rev()).map(|(digit, weight)| digit * weight).sum::<u32>().is_multiple_of(11)
    });
    if right {
        return Some(Said::new(format!("{}-{}", &bare[..4], &bare[4..]), written.span));
    }
    d.report(
        Diagnostic::new(&lints::BAD_ISBN, format!("\"{}\" is not an ISSN", written.text))
            .at(written.span)
            .hint("an ISSN has eight digits, the last of which checks the others: 0378-5955"),
    );
    None
}

pub(super) fn orcid(written: &Written, d: &mut Diagnostics) -> Option<String> {
    let bare = written.text.trim_start_matches("https://orcid.org/").trim_start_matches("http://orcid.org/");
    let digits: Vec<char> = bare.chars().filter(|c| *c != '-').collect();
    let valid = digits.len() == 16 && digits[..15].iter().all(char::is_ascii_digit) && {
        // ISO 7064 MOD 11-2.
        let total = digits[..15].iter().fold(0u32, |sum, c| (sum + c.to_digit(10).unwrap_or(0)) * 2 % 11);
        let check = (12 - total % 11) % 11;
        digits[15].to_digit(10).unwrap_or(10) == check
    };
    if !valid {
        d.report(
            Diagnostic::new(&lints::WRONG_VALUE, format!("\"{}\" is not an ORCID", written.text))
                .at(written.span)
                .hint("an ORCID has sixteen digits, the last of which checks the others: 0000-0002-1825-0097"),
        );
        return None;
    }
    let text: String = digits.iter().collect();
    Some(format!("{}-{}-{}-{}", &text[..4], &text[4..8], &text[8..12], &text[12..]))
}

/// An e-mail address.
pub(super) fn email(written: &Written, d: &mut Diagnostics) -> Option<Said<String>> {
    let text = written.text.trim();
    let right = text.split_once('@').is_some_and(|(name, host)| {
        let plain = |part: &str| !part.chars().any(|c| c.is_whitespace() || "@<>\"(),;:\\".contains(c));
        !name.is_empty()
            && plain(name)
            && plain(host)
            && host.split('.').count() > 1
            && host.split('.').all(|p| !p.is_empty())
    });
    if right {
        return Some(Said::new(text.to_owned(), written.span));
    }
    let said = Diagnostic::new(&lints::WRONG_VALUE, format!("\"{text}\" is no e-mail address")).at(written.span);
    d.report(said.hint("write it bare: books@example.org"));
    None
}

/// An ISBN with a right check digit.
pub(super) fn isbn(fields: &Fields<'_>, key: &'static str, d: &mut Diagnostics) -> Option<Said<Isbn>> {
    let written = fields.text(key, d)?;
    match Isbn::parse(&written.text) {
        Ok(isbn) => Some(Said::new(isbn, written.span)),
        Err(why) => {
            d.report(
                Diagnostic::new(&lints::BAD_ISBN, format!("\"{}\" is not an ISBN: {why}", written.text))
                    .at(written.span)
                    .hint("copy it from the agency's letter: 978-0-306-40615-7"),
            );
            None
        }
    }
}

/// A place of notes by its name.
pub(super) fn note_place(written: &Written, d: &mut Diagnostics) -> Option<NotePlace> {
    match written.text.as_str() {
        "endnotes" => Some(NotePlace::Endnotes),
        "chapter" => Some(NotePlace::Chapter),
        "footnotes" => Some(NotePlace::Footnotes),
        "margin" => Some(NotePlace::Margin),
        other => {
            one_of("place", other, &["endnotes", "chapter", "footnotes", "margin"], written.span, d);
            None
        }
    }
}

pub(super) fn parts(fields: &Fields<'_>, d: &mut Diagnostics) -> Parts {
    let Some(inner) = fields.take("parts").and_then(|node| Fields::of(node, &keys::PARTS, d)) else {
        return Parts::default();
    };
    let part = |key: &'static str, d: &mut Diagnostics| {
        let node = inner.take(key)?;
        match (node.truth(), &node.kind) {
            (Some(shown), _) => Some(shown),
            (None, Kind::Text(text)) if text == "auto" => None,
            _ => {
                wrong(node, &format!("\"{key}\" is true, false or auto"), d);
                None
            }
        }
    };
    let parts = Parts {
        half_title: part("half_title", d),
        title_page: part("title_page", d),
        copyright_page: part("copyright_page", d),
        back_cover: part("back_cover", d),
    };
    inner.finish(d);
    parts
}

/// A share of up to `most` per cent, in parts of one.
pub(super) fn share(node: &Node, key: &str, most: f64, parts: f64, d: &mut Diagnostics) -> Option<u16> {
    let text = node.text().unwrap_or_default().trim();
    let number = text.strip_suffix('%').map(str::trim_end).or(Some(text).filter(|text| *text == "0"));
    let share = number.and_then(|number| number.parse::<f64>().ok()).filter(|share| (0.0..=most).contains(share));
    if share.is_none() {
        let message = format!("\"{text}\" is no share for \"{key}\"");
        d.report(
            Diagnostic::new(&lints::WRONG_VALUE, message)
                .at(node.span)
                .hint(format!("write a share from 0% to {most}%")),
        );
    }
    share.map(|share| (share / 100.0 * parts).round() as u16)
}

/// A length with its unit, within its bounds.
pub(super) fn length_within(
    fields: &Fields<'_>,
    key: &'static str,
    bounds: Bounds,
    d: &mut Diagnostics,
) -> Option<Length> {
    bounded(&fields.text(key, d)?, key, bounds, d)
}

/// A length that somebody wrote, within its bounds.
pub(super) fn bounded(written: &Written, key: &str, bounds: Bounds, d: &mut Diagnostics) -> Option<Length> {
    let length = Length::parse(&written.text);
    let said = match length {
        Some(length) if length >= bounds.least && length <= bounds.most => return Some(length),
        Some(_) => Diagnostic::new(&lints::WRONG_VALUE, format!("no page can have {} as \"{key}\"", written.text))
            .hint(format!("write a length from {}", bounds.words)),
        None => Diagnostic::new(&lints::WRONG_VALUE, format!("\"{}\" is no length", written.text))
            .hint("write a number and its unit: 11pt, 0.8in, 20mm"),
    };
    d.report(said.at(written.span));
    None
}
