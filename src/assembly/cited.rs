//! The works that the book cites, with what records of the book say of each.

use super::citations::Citations;
use crate::book::CitedWork;
use crate::book::metadata::{Doi, Isbn};
use crate::cite::join::{Signs, join};
use crate::cite::piece::{self, Display, Piece};
use crate::cite::rich;
use crate::cite::work::{Name, Work};
use crate::manuscript::bibliography::Bibliography;

/// What appears again and again, with volumes or days.
const SERIALS: &[&str] =
    &["article-journal", "article-magazine", "article-newspaper", "article", "review", "review-book", "periodical"];

/// The works that are cited or listed, in the order of the list; without a list, as a reader meets them.
pub(super) fn works(bibliography: &Bibliography, citations: &Citations) -> Vec<CitedWork> {
    let desk = Desk { bibliography, signs: Signs::of(&bibliography.locale) };
    if citations.entries.is_empty() {
        return citations.cited.iter().map(|at| desk.work(&bibliography.works[*at], None)).collect();
    }
    let listed = citations.entries.iter();
    listed.map(|entry| desk.work(&bibliography.works[entry.work], Some(&entry.pieces))).collect()
}

struct Desk<'a> {
    bibliography: &'a Bibliography,
    signs: Signs,
}

impl Desk<'_> {
    fn work(&self, work: &Work, entry: Option<&[Piece]>) -> CitedWork {
        let plain = |variable: &str| work.text(variable).map(|text| self.plain(text)).filter(|text| !text.is_empty());
        let name = ["author", "editor"].into_iter().find_map(|role| work.names(role)?.first().map(surname));
        CitedWork {
            key: work.key.clone(),
            title: plain("title"),
            container: plain("container-title"),
            serial: SERIALS.contains(&work.kind.as_str()),
            series: plain("collection-title"),
            name: name.filter(|name| !name.is_empty()),
            volume: plain("volume"),
            issue: plain("issue"),
            page: plain("page").map(|pages| first(&pages)).filter(|page| !page.is_empty()),
            edition: plain("edition").and_then(|edition| edition.parse().ok()),
            year: work.date("issued").and_then(|date| u16::try_from(date.start.year).ok()).filter(|year| *year > 0),
            doi: work.text("DOI").and_then(|doi| Doi::parse(doi).ok()),
            isbn: work.text("ISBN").and_then(|isbns| isbns.split([',', ';']).find_map(|isbn| Isbn::parse(isbn).ok())),
            issn: work.text("ISSN").and_then(|issns| issns.split([',', ';', ' ']).find_map(issn)),
            shown: entry.map(|pieces| self.shown(work, pieces)),
        }
    }

    /// A field in plain letters, its quotation marks those of the book.
    fn plain(&self, text: &str) -> String {
        spaced(&piece::letters(&join(&rich::read(text), &self.signs)))
    }

    /// An entry without its number, and with the names that a stroke stands for.
    fn shown(&self, work: &Work, pieces: &[Piece]) -> String {
        let text: Vec<&Piece> =
            pieces.iter().filter(|piece| !matches!(piece, Piece::Block(Display::LeftMargin, _))).collect();
        let text: String = text.into_iter().map(|piece| piece::letters(std::slice::from_ref(piece))).collect();
        let text = spaced(&text);
        let part = self.bibliography.style.bibliography.as_ref();
        let stroke = part.and_then(|part| part.substitute.as_deref()).filter(|sign| !sign.is_empty());
        match stroke.and_then(|sign| text.strip_prefix(sign)) {
            None => text,
            Some(rest) => {
                let names = work.names("author").or(work.names("editor")).unwrap_or_default();
                let names: Vec<String> = names.iter().map(whole).collect();
                format!("{}{rest}", names.join("; "))
            }
        }
    }
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn surname(name: &Name) -> String {
    match &name.literal {
        Some(literal) => literal.clone(),
        None => [name.non_dropping.as_str(), &name.family].join(" ").trim().to_owned(),
    }
}

fn whole(name: &Name) -> String {
    match name.literal.is_some() || name.given.is_empty() {
        true => surname(name),
        false => format!("{}, {}", surname(name), name.given),
    }
}

/// The first page of a span: "13–27" and "13, 27" begin with 13.
fn first(pages: &str) -> String {
    pages.split(['-', '–', '—', ',', '&']).next().unwrap_or_default().trim().to_owned()
}

/// An ISSN with its hyphen, if its check digit is right.
fn issn(written: &str) -> Option<String> {
    let digits: Vec<char> = written.chars().filter(|letter| *letter != '-').collect();
    let value = |(at, letter): (usize, &char)| match letter {
        'X' | 'x' if at == 7 => Some(10),
        letter => letter.to_digit(10),
    };
    let values: Vec<u32> = digits.iter().enumerate().map(value).collect::<Option<_>>()?;
    let sum: u32 = values.iter().zip((1..=8).rev()).map(|(value, weight)| value * weight).sum();
    let right = values.len() == 8 && sum.is_multiple_of(11);
    let text = |letters: &[char]| letters.iter().collect::<String>().to_uppercase();
    right.then(|| format!("{}-{}", text(&digits[..4]), text(&digits[4..])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issn_is_kept_if_its_check_digit_is_right() {
        assert_eq!(issn("03785955").as_deref(), Some("0378-5955"));
        assert_eq!(issn("2434-561x").as_deref(), Some("2434-561X"));
        assert_eq!(issn("0378-5954"), None);
        assert_eq!(issn("0378"), None);
    }

    #[test]
    fn the_first_of_some_pages_is_a_page() {
        assert_eq!(["13–27", "13, 27", "xii-xiv", "e104"].map(first), ["13", "13", "xii", "e104"]);
    }
}
