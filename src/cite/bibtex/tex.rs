//! TeX in the fields of a bibliography, as the letters and the little markup of CSL JSON.

use super::signs::{self, accented, sign};
use crate::source::limits;

/// A field as it is read.
pub(super) struct Read {
    pub text: String,
    /// Commands that nobody knows; their arguments are kept.
    pub unknown: Vec<String>,
}

/// Reads a field without regard to capitals.
pub(super) fn read(text: &str) -> Read {
    let mut reader = Reader { letters: text.chars().collect(), at: 0, unknown: Vec::new(), protect: false };
    let out = reader.run(0, false);
    Read { text: tidy(&out), unknown: reader.unknown }
}

/// Reads a title, in which braces protect capitals.
pub(super) fn title(text: &str) -> Read {
    let mut reader = Reader { letters: text.chars().collect(), at: 0, unknown: Vec::new(), protect: true };
    let out = reader.run(0, false);
    Read { text: tidy(&out), unknown: reader.unknown }
}

/// The letters of a field without markup.
pub(super) fn plain(text: &str) -> String {
    let read = read(text).text;
    crate::cite::piece::letters(&crate::cite::rich::read(&read))
}

/// White space as one space each.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        let space = letter.is_whitespace() && letter != '\u{a0}';
        if !space {
            out.push(letter);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.trim().to_owned()
}

/// English capitals of a title put down: words of letters that begin with a capital, but for the first one, what stands
/// after a stop, what braces protect, and a name behind the hyphen of a small word ("al-Tabari", "post-Soviet").
pub(super) fn sentence_case(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut first = true;
    let mut fixed = 0_usize;
    let mut behind_small = false;
    while let Some(letter) = rest.chars().next() {
        if letter == '<'
            && let Some(end) = rest.find('>')
        {
            let tag = &rest[..=end];
            if tag.starts_with("<span class=\"nocase\"") {
                fixed += 1;
            } else if tag == "</span>" {
                fixed = fixed.saturating_sub(1);
            }
            out.push_str(tag);
            rest = &rest[end + 1..];
            continue;
        }
        if !letter.is_alphanumeric() {
            if matches!(letter, ':' | '?' | '!' | '.') && rest[letter.len_utf8()..].starts_with([' ', '”', '’']) {
                first = true;
            }
            out.push(letter);
            rest = &rest[letter.len_utf8()..];
            continue;
        }
        let length = rest
            .find(|letter: char| !letter.is_alphanumeric() && letter != '’' && letter != '\'')
            .unwrap_or(rest.len());
        let (word, after) = rest.split_at(length);
        let mut letters = word.chars();
        let capital = letters.next().is_some_and(char::is_uppercase);
        let plain = capital && letters.all(|letter| letter.is_lowercase() || letter == '’' || letter == '\'');
        // "A" and "I": the one is an article, the other never small. What goes on after a brace is no word of its own.
        let single = word.chars().count() == 1 && word != "A";
        let joined = after.starts_with("<span") || out.ends_with("</span>");
        let small = word.chars().all(|letter| letter.is_lowercase() || letter == '’' || letter == '\'');
        if plain && fixed == 0 && !first && !single && !joined && !behind_small {
            out.extend(word.chars().flat_map(char::to_lowercase));
        } else if small && first && fixed == 0 && !joined && !out.trim_end().ends_with('.') {
            // A title begins with a capital, and so does what stands behind its colon.
            let mut letters = word.chars();
            out.extend(letters.next().into_iter().flat_map(char::to_uppercase).chain(letters));
        } else {
            out.push_str(word);
        }
        // "Day-to-Day": a small word between two others is no prefix of a name.
        let between = out.strip_suffix(word).is_some_and(|before| before.ends_with(['-', '\u{2011}']));
        behind_small = small && !between && word.chars().count() > 1 && after.starts_with(['-', '\u{2011}']);
        first = false;
        rest = after;
    }
    out
}

struct Reader {
    letters: Vec<char>,
    at: usize,
    unknown: Vec<String>,
    protect: bool,
}

impl Reader {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.letters.get(self.at + ahead).copied()
    }

    /// Reads to the end, or to the brace that closes.
    fn run(&mut self, depth: usize, math: bool) -> String {
        let mut out = String::new();
        while let Some(letter) = self.peek(0) {
            match letter {
                '}' => {
                    if depth > 0 {
                        return out;
                    }
                    self.at += 1;
                }
                '{' => {
                    self.at += 1;
                    out.push_str(&self.group(depth, math));
                }
                '\\' => {
                    self.at += 1;
                    let made = self.command(depth, math);
                    match math && signs::is_spaced(&made) {
                        true => spaced(&made, &mut out),
                        false => out.push_str(&made),
                    }
                }
                '$' => {
                    self.at += 1;
                    if math {
                        return out;
                    }
                    let inner = self.run(depth, true);
                    if self.peek(0) == Some('$') {
                        self.at += 1;
                    }
                    let inner = inner.trim();
                    // Signs of mathematics have no case that a title could change.
                    match self.protect && inner.contains(char::is_alphabetic) {
                        true => out.push_str(&format!("<span class=\"nocase\">{inner}</span>")),
                        false => out.push_str(inner),
                    }
                }
                '^' | '_' if math => {
                    self.at += 1;
                    let inner = self.argument(depth, true);
                    let tag = if letter == '^' { "sup" } else { "sub" };
                    out.push_str(&format!("<{tag}>{inner}</{tag}>"));
                }
                letter if math => {
                    self.at += 1;
                    formula(letter, &mut out);
                }
                '~' => {
                    self.at += 1;
                    out.push('\u{a0}');
                }
                '-' if self.peek(1) == Some('-') && !math => {
                    let em = self.peek(2) == Some('-');
                    self.at += if em { 3 } else { 2 };
                    out.push(if em { '—' } else { '–' });
                }
                '`' => {
                    let two = self.peek(1) == Some('`');
                    self.at += if two { 2 } else { 1 };
                    out.push(if two { '“' } else { '‘' });
                }
                '\'' => {
                    let two = self.peek(1) == Some('\'');
                    self.at += if two { 2 } else { 1 };
                    out.push(if two { '”' } else { '’' });
                }
                other => {
                    self.at += 1;
                    out.push(other);
                }
            }
        }
        out
    }

    /// What stands in braces, after the one that opens.
    fn group(&mut self, depth: usize, math: bool) -> String {
        if depth >= limits::TEX {
            return String::new();
        }
        // `{\"o}` is one letter; `{\em x}` has its face; any other pair protects capitals.
        let commanded = self.peek(0) == Some('\\');
        let protects = self.protect && !math && !commanded;
        let before = self.protect;
        if protects {
            self.protect = false;
        }
        let face = self.declared();
        let inner = self.run(depth + 1, math);
        self.protect = before;
        if self.peek(0) == Some('}') {
            self.at += 1;
        }
        let inner = match face {
            Some(tag) => format!("<{tag}>{}</{tag}>", inner.trim_start()),
            None => inner,
        };
        if protects && inner.chars().any(char::is_uppercase) && !inner.is_empty() {
            return format!("<span class=\"nocase\">{inner}</span>");
        }
        inner
    }

    /// A face that a group declares: `{\em …}`, `{\it …}`.
    fn declared(&mut self) -> Option<&'static str> {
        for (name, tag) in [
            ("\\em", "i"),
            ("\\it", "i"),
            ("\\itshape", "i"),
            ("\\bf", "b"),
            ("\\bfseries", "b"),
            ("\\sc", "sc"),
            ("\\sl", "i"),
        ] {
            let length = name.chars().count();
            let here: String = self.letters[self.at.min(self.letters.len())..].iter().take(length).collect();
            let ends = self.peek(length).is_none_or(|letter| !letter.is_ascii_alphabetic());
            if here == name && ends {
                self.at += length;
                return Some(tag);
            }
        }
        None
    }

    /// An argument: a group, a command, or one letter.
    fn argument(&mut self, depth: usize, math: bool) -> String {
        while self.peek(0).is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        match self.peek(0) {
            Some('{') => {
                self.at += 1;
                let before = std::mem::replace(&mut self.protect, false);
                let inner = if depth < limits::TEX { self.run(depth + 1, math) } else { String::new() };
                self.protect = before;
                if self.peek(0) == Some('}') {
                    self.at += 1;
                }
                inner
            }
            Some('\\') if depth < limits::TEX => {
                self.at += 1;
                self.command(depth + 1, math)
            }
            Some('}') | None => String::new(),
            Some(letter) => {
                self.at += 1;
                letter.to_string()
            }
        }
    }

    /// The braces of an address, as they stand.
    fn verbatim(&mut self) -> String {
        let mut out = String::new();
        if self.peek(0) != Some('{') {
            return out;
        }
        let mut depth = 0_usize;
        while let Some(letter) = self.peek(0) {
            self.at += 1;
            match letter {
                '{' => depth += 1,
                '}' => depth -= 1,
                '\\' if self.peek(0).is_some_and(|next| "%#&_~".contains(next)) => {}
                other => out.push(other),
            }
            if depth == 0 {
                break;
            }
        }
        out
    }

    /// A command, after its backslash.
    fn command(&mut self, depth: usize, math: bool) -> String {
        let Some(first) = self.peek(0) else { return String::new() };
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            return match first {
                '\'' | '`' | '^' | '"' | '~' | '=' | '.' => accented(first, &self.argument(depth, false)),
                '\\' | ' ' | '\n' | ',' | ';' | ':' => " ".to_owned(),
                '-' | '/' | '!' | '(' | ')' | '[' | ']' => String::new(),
                other => other.to_string(),
            };
        }
        let mut name = String::new();
        while let Some(letter) = self.peek(0).filter(char::is_ascii_alphabetic) {
            name.push(letter);
            self.at += 1;
        }
        if math && let Some(name) = signs::function(&name) {
            self.swallow();
            return format!("{name}\u{2009}");
        }
        if let Some(sign) = sign(&name) {
            self.swallow();
            return sign.to_owned();
        }
        if matches!(name.as_str(), "c" | "v" | "H" | "k" | "r" | "u" | "d" | "b" | "t") {
            return accented(name.chars().next().unwrap_or('v'), &self.argument(depth, false));
        }
        let face = match name.as_str() {
            "emph" | "textit" | "mkbibemph" | "textsl" | "mkbibitalic" => "i",
            "textbf" | "mkbibbold" => "b",
            "textsc" => "sc",
            "textsuperscript" | "mkbibsuperscript" | "sp" => "sup",
            "textsubscript" | "mkbibsubscript" | "sb" => "sub",
            _ => "",
        };
        if !face.is_empty() {
            let inner = self.argument(depth, math);
            return format!("<{face}>{inner}</{face}>");
        }
        match name.as_str() {
            "enquote" => format!("“{}”", self.argument(depth, math)),
            // A title within a title has its own capitals.
            "mkbibquote" if self.protect => {
                format!("“<span class=\"nocase\">{}</span>”", self.argument(depth, math))
            }
            "mkbibquote" => format!("“{}”", self.argument(depth, math)),
            "url" | "nolinkurl" | "path" => self.verbatim(),
            "href" => {
                self.verbatim();
                self.argument(depth, math)
            }
            "frac" | "tfrac" | "dfrac" if math => {
                let (over, under) = (self.argument(depth, true), self.argument(depth, true));
                format!("{over}/{under}")
            }
            "sqrt" if math => format!("√{}", self.argument(depth, true)),
            "left" | "right" | "big" | "Big" | "displaystyle" if math => String::new(),
            "mathrm" | "text" | "textrm" | "mbox" | "operatorname" if math => self.argument(depth, false),
            "textrm" | "textup" | "textnormal" | "text" | "mbox" | "hbox" | "uppercase" | "lowercase"
            | "MakeUppercase" | "mathrm" | "mathit" | "mathbf" | "ensuremath" | "texttt" | "textsf" | "noopsort"
            | "relax" | "protect" | "bibstring" | "autocap" | "foreignlanguage" | "textmd" | "bf" | "it" | "em"
            | "sc" | "rm" | "tt" | "sl" | "itshape" | "bfseries" | "scshape" | "upshape" | "mathcal" | "mathbb" => {
                if name == "noopsort" || name == "foreignlanguage" {
                    self.argument(depth, math);
                }
                self.swallow();
                if self.peek(0) == Some('{') { self.argument(depth, math) } else { String::new() }
            }
            _ => {
                self.unknown.push(name);
                self.swallow();
                if self.peek(0) == Some('{') { self.argument(depth, math) } else { String::new() }
            }
        }
    }

    /// The space, or the empty braces, that end a command's name.
    fn swallow(&mut self) {
        if self.peek(0) == Some('{') && self.peek(1) == Some('}') {
            self.at += 2;
            return;
        }
        while self.peek(0).is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }
}

/// A letter of a formula: variables slope, signs between two sides have space, and what was typed as space has none.
fn formula(letter: char, out: &mut String) {
    match letter {
        letter if letter.is_whitespace() => {}
        '~' => out.push('\u{a0}'),
        ',' => out.push_str(", "),
        '\'' => out.push('′'),
        '-' => spaced("−", out),
        '=' | '+' | '<' | '>' => spaced(&letter.to_string(), out),
        letter if letter.is_ascii_alphabetic() => match out.strip_suffix("</i>").map(str::len) {
            Some(length) => {
                out.truncate(length);
                out.push(letter);
                out.push_str("</i>");
            }
            None => out.push_str(&format!("<i>{letter}</i>")),
        },
        other => out.push(other),
    }
}

/// A sign with its two spaces; one that stands first, or behind a bracket, belongs to what follows.
fn spaced(sign: &str, out: &mut String) {
    let unary = out.is_empty() || out.ends_with(['(', '[', ' ']);
    match unary {
        true => out.push_str(sign),
        false => out.push_str(&format!(" {sign} ")),
    }
}
