//! Program text told apart: the words of its language, remarks, and texts in quotation marks.
//!
//! No grammar is known but what marks a remark or a text and which words a language keeps for itself: enough for an eye
//! that looks for its way, and never wrong in a way that changes what is read. A language that is not known stays as it
//! is.

use super::inline::{Inline, InlineKind};

/// What is known of a language.
struct Known {
    /// As authors write it behind a fence.
    names: &'static [&'static str],
    /// What begins a remark that its line ends.
    remarks: &'static [&'static str],
    /// What opens and closes longer remarks.
    longer: &'static [(&'static str, &'static str)],
    /// What opens and closes texts of several lines.
    texts: &'static [&'static str],
    /// What opens and closes texts in a line.
    quotes: &'static str,
    /// The words that it keeps for itself.
    words: &'static str,
    /// Whether they may be in capitals.
    any_case: bool,
}

const C_REMARKS: &[(&str, &str)] = &[("/*", "*/")];

const KNOWN: &[Known] = &[
    Known {
        names: &["python", "py", "python3"],
        remarks: &["#"],
        longer: &[],
        texts: &["\"\"\"", "'''"],
        quotes: "\"'",
        words: "and as assert async await break case class continue def del elif else except False finally for from global if import in is lambda match None nonlocal not or pass raise return True try while with yield",
        any_case: false,
    },
    Known {
        names: &["r"],
        remarks: &["#"],
        longer: &[],
        texts: &[],
        quotes: "\"'`",
        words: "break else FALSE for function if in Inf library NA NaN next NULL repeat require return TRUE while",
        any_case: false,
    },
    Known {
        names: &["julia", "jl"],
        remarks: &["#"],
        longer: &[("#=", "=#")],
        texts: &["\"\"\""],
        quotes: "\"",
        words: "abstract baremodule begin break catch const continue do else elseif end export false finally for function global if import in let local macro module mutable nothing quote return struct true try using where while",
        any_case: false,
    },
    Known {
        names: &["rust", "rs"],
        remarks: &["//"],
        longer: C_REMARKS,
        texts: &[],
        quotes: "\"",
        words: "as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut pub ref return self Self static struct super trait true type unsafe use where while",
        any_case: false,
    },
    Known {
        names: &["c", "cpp", "c++", "h", "hpp", "java", "csharp", "cs", "c#", "kotlin", "kt", "swift", "scala", "dart"],
        remarks: &["//"],
        longer: C_REMARKS,
        texts: &["\"\"\""],
        quotes: "\"'",
        words: "abstract as auto bool boolean break byte case catch char class const constexpr continue default delete do double else enum extends extern false final finally float for fun func if implements import in include inline int interface internal is let long namespace new null nullptr object operator override package private protected public return self short signed sizeof static struct super switch template this throw throws true try typedef typename union unsigned using val var virtual void volatile while",
        any_case: false,
    },
    Known {
        names: &["javascript", "js", "jsx", "typescript", "ts", "tsx", "mjs", "node"],
        remarks: &["//"],
        longer: C_REMARKS,
        texts: &["`"],
        quotes: "\"'",
        words: "as async await break case catch class const continue default delete do else enum export extends false finally for from function if implements import in instanceof interface let new null of private public readonly return static super switch this throw true try type typeof undefined var void while with yield",
        any_case: false,
    },
    Known {
        names: &["go", "golang"],
        remarks: &["//"],
        longer: C_REMARKS,
        texts: &["`"],
        quotes: "\"'",
        words: "break case chan const continue default defer else fallthrough false for func go goto if import interface map nil package range return select struct switch true type var",
        any_case: false,
    },
    Known {
        names: &["bash", "sh", "shell", "zsh", "console"],
        remarks: &["# "],
        longer: &[],
        texts: &[],
        quotes: "\"'",
        words: "case do done elif else esac export fi for function if in local return then until while",
        any_case: false,
    },
    Known {
        names: &["sql", "postgresql", "mysql", "sqlite"],
        remarks: &["--"],
        longer: C_REMARKS,
        texts: &[],
        quotes: "'\"",
        words: "add all alter and as asc between by case create cross default delete desc distinct drop else end exists from full group having in index inner insert into is join key left like limit not null on or order outer over partition primary references right select set table then union unique update values view when where with",
        any_case: true,
    },
    Known {
        names: &["yaml", "yml"],
        remarks: &["# "],
        longer: &[],
        texts: &[],
        quotes: "\"'",
        words: "true false null",
        any_case: false,
    },
    Known {
        names: &["toml", "ini"],
        remarks: &["#", ";"],
        longer: &[],
        texts: &["\"\"\"", "'''"],
        quotes: "\"'",
        words: "true false",
        any_case: false,
    },
    Known {
        names: &["json", "jsonc", "json5"],
        remarks: &["//"],
        longer: C_REMARKS,
        texts: &[],
        quotes: "\"",
        words: "true false null",
        any_case: false,
    },
    Known {
        names: &["html", "xml", "svg", "xhtml"],
        remarks: &[],
        longer: &[("<!--", "-->")],
        texts: &[],
        quotes: "\"",
        words: "",
        any_case: false,
    },
    Known {
        names: &["css", "scss", "less"],
        remarks: &[],
        longer: C_REMARKS,
        texts: &[],
        quotes: "\"'",
        words: "important inherit initial none auto",
        any_case: false,
    },
    Known {
        names: &["lua"],
        remarks: &["--"],
        longer: &[("--[[", "]]")],
        texts: &[],
        quotes: "\"'",
        words: "and break do else elseif end false for function goto if in local nil not or repeat return then true until while",
        any_case: false,
    },
    Known {
        names: &["ruby", "rb"],
        remarks: &["#"],
        longer: &[],
        texts: &[],
        quotes: "\"'",
        words: "alias and begin break case class def do else elsif end ensure false for if in module next nil not or redo rescue retry return self super then true undef unless until when while yield",
        any_case: false,
    },
    Known {
        names: &["haskell", "hs"],
        remarks: &["-- "],
        longer: &[("{-", "-}")],
        texts: &[],
        quotes: "\"",
        words: "case class data default deriving do else if import in infix instance let module newtype of then type where",
        any_case: false,
    },
];

/// How a piece of program text is told apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Tone {
    Plain,
    Word,
    Remark,
    Said,
}

/// Goes through a program text line by line.
pub struct Toner {
    known: &'static Known,
    /// What closes the remark or the text in which a line begins.
    inside: Option<(&'static str, Tone)>,
}

impl Toner {
    /// For a language as it is written behind a fence; `None` for one that is not known.
    pub fn of(language: Option<&str>) -> Option<Toner> {
        let language = language?.to_lowercase();
        let known = KNOWN.iter().find(|known| known.names.contains(&language.as_str()))?;
        Some(Toner { known, inside: None })
    }

    /// The pieces of a text with its line breaks: words of the language strong, remarks stressed, texts marked out.
    pub fn toned(&mut self, content: &[Inline]) -> Vec<Inline> {
        let mut all = Vec::with_capacity(content.len());
        for inline in content {
            let InlineKind::Code(text) = &inline.kind else {
                all.push(inline.clone());
                continue;
            };
            for (piece, tone) in self.line(text) {
                let code = Inline { kind: InlineKind::Code(piece.to_owned()), span: inline.span };
                let kind = match tone {
                    Tone::Plain => {
                        all.push(code);
                        continue;
                    }
                    Tone::Word => InlineKind::Strong(vec![code]),
                    Tone::Remark => InlineKind::Emphasis(vec![code]),
                    Tone::Said => InlineKind::Highlight(vec![code]),
                };
                all.push(Inline { kind, span: inline.span });
            }
        }
        all
    }

    fn line<'t>(&mut self, line: &'t str) -> Vec<(&'t str, Tone)> {
        let mut pieces: Vec<(&str, Tone)> = Vec::new();
        let (mut at, mut plain) = (0, 0);
        while at < line.len() {
            let (length, tone) = self.next(line, at);
            if tone != Tone::Plain {
                if plain < at {
                    pieces.push((&line[plain..at], Tone::Plain));
                }
                pieces.push((&line[at..at + length], tone));
                plain = at + length;
            }
            at += length;
        }
        if plain < line.len() {
            pieces.push((&line[plain..], Tone::Plain));
        }
        pieces
    }

    /// How long the next piece is, and what it is.
    fn next(&mut self, line: &str, at: usize) -> (usize, Tone) {
        let rest = &line[at..];
        if let Some((close, tone)) = self.inside {
            return self.up_to(rest, 0, close, tone);
        }
        for (open, close) in self.known.longer {
            if rest.starts_with(open) {
                return self.up_to(rest, open.len(), close, Tone::Remark);
            }
        }
        let remark = |mark: &&&str| rest.starts_with(**mark) || rest == mark.trim_end();
        if self.known.remarks.iter().find(remark).is_some() {
            return (rest.len(), Tone::Remark);
        }
        for open in self.known.texts {
            if rest.starts_with(open) {
                return self.up_to(rest, open.len(), open, Tone::Said);
            }
        }
        let first = rest.chars().next().expect("something is left");
        if self.known.quotes.contains(first) {
            let mut escaped = false;
            let end = rest.char_indices().skip(1).find(|(_, letter)| {
                let ends = *letter == first && !escaped;
                escaped = *letter == '\\' && !escaped;
                ends
            });
            return end.map_or((first.len_utf8(), Tone::Plain), |(end, _)| (end + first.len_utf8(), Tone::Said));
        }
        let is_of_word = |letter: char| letter.is_alphanumeric() || letter == '_';
        if is_of_word(first) {
            let end = rest.find(|letter| !is_of_word(letter)).unwrap_or(rest.len());
            let word = &rest[..end];
            let same = |own: &str| own == word || (self.known.any_case && own.eq_ignore_ascii_case(word));
            let tone = if self.known.words.split(' ').any(same) { Tone::Word } else { Tone::Plain };
            return (end, tone);
        }
        (first.len_utf8(), Tone::Plain)
    }

    /// Up to what closes, which may stand on a later line.
    fn up_to(&mut self, rest: &str, from: usize, close: &'static str, tone: Tone) -> (usize, Tone) {
        match rest[from..].find(close) {
            Some(end) => {
                self.inside = None;
                (from + end + close.len(), tone)
            }
            None => {
                self.inside = Some((close, tone));
                (rest.len(), tone)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tones(language: &str, lines: &[&str]) -> String {
        let mut toner = Toner::of(Some(language)).expect("it is known");
        let mut said = String::new();
        for line in lines {
            for (piece, tone) in toner.line(line) {
                said.push_str(&match tone {
                    Tone::Plain => piece.to_owned(),
                    Tone::Word => format!("<{piece}>"),
                    Tone::Remark => format!("({piece})"),
                    Tone::Said => format!("[{piece}]"),
                });
            }
            said.push('\n');
        }
        said
    }

    #[test]
    fn words_remarks_and_texts_are_told_apart() {
        assert_eq!(
            tones("py", &["def f(a): # so", "    \"\"\"A year's", "    bill.\"\"\" + 'x\\'y' if define"]),
            "<def> f(a): (# so)\n    [\"\"\"A year's]\n[    bill.\"\"\"] + ['x\\'y'] <if> define\n"
        );
        assert_eq!(
            tones("Rust", &["fn a<'a>(b: &'a str) /* c", "d */ {}"]),
            "<fn> a<'a>(b: &'a str) (/* c)\n(d */) {}\n"
        );
        assert_eq!(tones("sql", &["SELECT a FROM b -- all"]), "<SELECT> a <FROM> b (-- all)\n");
        assert_eq!(tones("bash", &["echo ${#a} # n"]), "echo ${#a} (# n)\n");
        assert!(Toner::of(Some("klingon")).is_none() && Toner::of(None).is_none());
    }

    #[test]
    fn no_letter_is_lost() {
        let text = "if \"ü\" – '𝒙 /* # \\\"";
        for known in KNOWN {
            let mut toner = Toner { known, inside: None };
            let pieces: String = toner.line(text).iter().map(|(piece, _)| *piece).collect();
            assert_eq!(pieces, text, "{:?}", known.names);
        }
    }
}
