//! How a file is printed, in the language of its book: who stands at the printer has the file and nothing else.

use super::punctuation::Setter;
use super::terms::Term;
use super::{Language, words};

/// What is to be known at the printer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Printing {
    /// What the paper is called.
    pub title: String,
    /// The name of the file.
    pub file: String,
    /// How many copies are in it, or in files like it.
    pub copies: usize,
    /// How many pages of the book.
    pub pages: usize,
    /// How many sides of sheets.
    pub sides: usize,
    /// The paper: its name and its measures.
    pub paper: String,
    /// Whether sheets are turned on their short edge; it says nothing of one side.
    pub short_edge: bool,
    /// How the sheets are brought together.
    pub binding: Binding,
    /// The sides with colour, from 1.
    pub coloured: Vec<usize>,
    /// Whether colour runs to the edge of the sheet.
    pub to_the_edge: bool,
}

/// How sheets are brought together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Binding {
    /// Folded in the middle, two staples in the fold.
    Stapled,
    /// Folded in so many signatures, sewn or glued.
    Signatures(usize),
    /// A staple in the corner.
    Corner,
}

impl Printing {
    /// What is to be done, a line a thing; the first is a title.
    pub fn lines(&self, language: &Language) -> Vec<String> {
        let said = |term: Term, with: &[&str]| filled(term.word(language), with);
        let plain = |term: Term| term.word(language).to_owned();
        let (sheets, pages) = (self.sides.div_ceil(2), self.pages.to_string());
        let mut lines = vec![
            said(Term::PrintHow, &[&quoted(&self.title, language)]),
            format!("PDF: {}", self.file),
            said(Term::PrintPaper, &[&self.paper]),
        ];
        let of_one = match sheets {
            1 => said(Term::PrintSheet, &[&pages]),
            _ => said(Term::PrintSheets, &[&sheets.to_string(), &pages]),
        };
        lines.push(match self.copies {
            0 | 1 => of_one,
            copies => format!("{copies} × {of_one}"),
        });
        lines.push(plain(match (self.sides, self.short_edge) {
            (0 | 1, _) => Term::PrintOneSide,
            (_, true) => Term::PrintShortEdge,
            (_, false) => Term::PrintLongEdge,
        }));
        lines.push(plain(Term::PrintSize));
        match self.binding {
            Binding::Stapled => lines.push(plain(Term::PrintStapled)),
            Binding::Signatures(count) => lines.push(said(Term::PrintSignatures, &[&count.to_string()])),
            Binding::Corner if sheets > 1 => lines.push(plain(Term::PrintCorner)),
            Binding::Corner => {}
        }
        lines.push(match self.coloured.len() {
            0 => plain(Term::PrintNoColour),
            all if all == self.sides => plain(Term::PrintAllColoured),
            _ => said(Term::PrintColoured, &[&ranges(&self.coloured), &self.sides.to_string()]),
        });
        if self.to_the_edge {
            lines.push(plain(Term::PrintEdge));
        }
        lines
    }
}

/// Whether a language can say how a file is printed; another one says it in English.
pub fn is_known(language: &Language) -> bool {
    language.primary() == "en" || words::find(language, Term::PrintHow.key()).is_some()
}

/// A title in the quotation marks of the language of the words around it.
fn quoted(title: &str, language: &Language) -> String {
    let around = if is_known(language) { language.clone() } else { Language::english() };
    Setter::new(&around).set(&format!("\"{title}\""), None)
}

/// What is stamped on a copy: "Copy 7 of 40".
pub fn copy_of(language: &Language, number: u32, of: u32) -> String {
    filled(Term::CopyOf.word(language), &[&number.to_string(), &of.to_string()])
}

/// A phrase with its places filled, in order.
fn filled(phrase: &str, with: &[&str]) -> String {
    let mut out = String::new();
    for (at, part) in phrase.split("{}").enumerate() {
        if let Some(word) = at.checked_sub(1).and_then(|at| with.get(at)) {
            out.push_str(word);
        }
        out.push_str(part);
    }
    out
}

/// Numbers that go up, those that follow each other as a range: "1, 3–5".
fn ranges(numbers: &[usize]) -> String {
    let runs = numbers.chunk_by(|one, next| one + 1 == *next);
    let shown = runs.map(|run| match run {
        [one] => one.to_string(),
        [one, other] => format!("{one}, {other}"),
        [first, .., last] => format!("{first}–{last}"),
        [] => String::new(),
    });
    shown.collect::<Vec<String>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn booklet() -> Printing {
        Printing {
            title: "The Price of Water".to_owned(),
            file: "water-booklet.pdf".to_owned(),
            copies: 1,
            pages: 16,
            sides: 8,
            paper: "A4 (210 × 297 mm)".to_owned(),
            short_edge: true,
            binding: Binding::Stapled,
            coloured: vec![1, 3, 4, 5],
            to_the_edge: false,
        }
    }

    #[test]
    fn a_booklet_is_described_for_who_stands_at_the_printer() {
        let lines = booklet().lines(&Language::parse("en-GB").expect("a tag"));
        assert!(lines.contains(&"4 sheets for 16 pages".to_owned()), "{lines:?}");
        let twelve = Printing { copies: 12, ..booklet() }.lines(&Language::english());
        assert!(twelve.contains(&"12 × 4 sheets for 16 pages".to_owned()), "{twelve:?}");
        assert!(lines.contains(&"Sides: both, flipped on the short edge".to_owned()), "{lines:?}");
        assert!(lines.contains(&"Colour: sides 1, 3–5 of 8; the others are black".to_owned()), "{lines:?}");
    }

    #[test]
    fn every_language_fills_every_place() {
        let places = |term: Term, word: &str| {
            word.matches("{}").count() == term.word(&Language::english()).matches("{}").count()
        };
        let known = words::Words::all().iter().filter(|words| words.get(Term::PrintHow.key()).is_some());
        let tags: Vec<&str> = known.map(|words| words.tag).chain(["en"]).collect();
        // The official languages of the European Union but Irish and Maltese, and those of the United Nations.
        let wanted = "bg cs da de el en es et fi fr hr hu it lt lv nl pl pt pt-PT ro sk sl sv ar ru zh";
        assert!(wanted.split(' ').all(|tag| tags.contains(&tag)), "{tags:?}");
        for tag in tags {
            let language = Language::parse(tag).expect("a tag");
            for term in Term::ALL.iter().filter(|term| term.key().starts_with("print-") || **term == Term::CopyOf) {
                let word = term.word(&language);
                assert!(places(*term, word), "{tag}: {word}");
                let own = words::find(&language, term.key());
                assert!(tag == "en" || own.is_some(), "{tag} lacks {}", term.key());
            }
            for binding in [Binding::Stapled, Binding::Signatures(3), Binding::Corner] {
                for coloured in [vec![], vec![2], (1..=8).collect()] {
                    let asked = Printing { binding, coloured, to_the_edge: true, ..booklet() };
                    let lines = asked.lines(&language);
                    assert!(lines.iter().all(|line| !line.contains("{}") && !line.is_empty()), "{lines:?}");
                }
            }
        }
    }
}
