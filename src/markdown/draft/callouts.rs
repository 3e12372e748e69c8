//! Callouts: numbers at the ends of lines of program text, which a list below it explains.
//!
//! AsciiDoc writes `call() // <1>` and `<1> What it calls`, Quarto `call() # <1>` and a list from 1. The marks become
//! numbers in brackets behind the sign of a comment, so that what is copied still runs; where no list follows, program
//! text stays as it was typed.

use std::ops::Range;

use super::{Draft, Line};

/// Signs that begin a comment, and what ends it.
const COMMENTS: [(&str, &str); 9] =
    [("//", ""), ("#", ""), ("--", ""), ("%%", ""), ("%", ""), (";;", ""), (";", ""), ("/*", "*/"), ("<!--", "-->")];

impl Draft<'_> {
    /// Whether the program text whose first line begins at `self.at` is explained by a list below it.
    pub(super) fn is_called_out(&self, sign: char, length: usize) -> bool {
        let text = &self.raw.text;
        let mut at = self.at;
        let mut numbers: Vec<u32> = Vec::new();
        while at < text.len() {
            let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
            let line = &text[at..end];
            at = end + 1;
            let bare = line.trim_start_matches([' ', '\t', '>']).trim_end();
            if bare.len() >= length && bare.chars().all(|letter| letter == sign) {
                break;
            }
            for (_, number) in marks(line) {
                numbers.push(number.unwrap_or(numbers.iter().max().map_or(1, |last| last + 1)));
            }
        }
        let most = numbers.iter().copied().max().unwrap_or(0);
        let whole = most > 0 && (1..=most).all(|number| numbers.contains(&number));
        if !whole || at >= text.len() {
            return false;
        }
        let below =
            text[at..].lines().map(|line| line.trim_start_matches([' ', '\t', '>'])).find(|line| !line.is_empty());
        below.is_some_and(|line| item(line).is_some() || line.starts_with("1. ") || line.starts_with("1) "))
    }

    /// A line of program text with its marks as numbers in brackets; `false` if it has none.
    pub(super) fn called_out(&mut self, line: &Line) -> bool {
        let found = marks(&self.raw.text[line.content..line.end]);
        if found.is_empty() {
            return false;
        }
        self.lead(line);
        let mut at = line.content;
        for (place, number) in found {
            let Some(last) = self.fence.as_mut().and_then(|fence| fence.callouts.as_mut()) else { break };
            let number = number.unwrap_or(*last + 1);
            *last = number.max(*last);
            let (start, end) = (line.content + place.start, line.content + place.end);
            self.out.keep(self.raw, at..start);
            self.out.add(&format!("({number})"), self.raw, start);
            at = end;
        }
        self.out.keep(self.raw, at..line.end);
        self.newline(line.end);
        true
    }

    /// `<1> What it calls`, below program text or another such line: an item of a list.
    pub(super) fn explains(&mut self, line: &Line) -> bool {
        let rest = &self.raw.text[line.first..line.end];
        let Some((number, length)) = item(rest) else {
            // Another block ends what explains.
            self.explained = self.explained.filter(|_| !self.after_blank);
            return false;
        };
        let number = number.or(self.explained.map(|last| last + 1)).unwrap_or(1);
        self.explained = Some(number);
        self.lead(line);
        self.out.add(&format!("{number}. "), self.raw, line.first);
        self.out.keep(self.raw, line.first + length..line.end);
        self.newline(line.end);
        self.para = true;
        self.after_blank = false;
        self.after_mark = false;
        true
    }
}

/// The marks that end a line of program text, and their numbers; `None` for one that counts on.
fn marks(line: &str) -> Vec<(Range<usize>, Option<u32>)> {
    let whole = line.trim_end();
    if !whole.ends_with(['>', '/']) {
        return Vec::new();
    }
    // `<!--1-->`, as AsciiDoc has it in XML.
    if let Some(start) = whole.strip_suffix("-->").and_then(|rest| rest.rfind("<!--"))
        && let Ok(number) = whole[start + 4..whole.len() - 3].trim().parse()
    {
        let inside = start + 4..whole.len() - 3;
        return if spaced(whole, start) { vec![(inside, Some(number))] } else { Vec::new() };
    }
    let closed = COMMENTS.iter().find(|(_, close)| !close.is_empty() && whole.ends_with(close));
    let mut rest = closed.map_or(whole, |(_, close)| whole[..whole.len() - close.len()].trim_end());
    let mut found = Vec::new();
    while let Some(start) = rest.ends_with('>').then(|| rest.rfind('<')).flatten() {
        let inner = &rest[start + 1..rest.len() - 1];
        let number = inner.parse::<u32>().ok().filter(|number| inner.len() < 3 && *number > 0);
        if number.is_none() && inner != "." {
            break;
        }
        found.insert(0, (start..rest.len(), number));
        rest = &rest[..start];
        if rest.trim_end().ends_with('>') {
            rest = rest.trim_end();
        }
    }
    let before = rest.trim_end();
    let opened = match closed {
        Some((open, _)) => before.strip_suffix(open),
        None => COMMENTS.iter().filter(|(_, close)| close.is_empty()).find_map(|(open, _)| before.strip_suffix(open)),
    };
    let fits = match opened {
        Some(before) => spaced(whole, before.len()),
        // Without the sign of a comment a space tells them from `Vec<1>`.
        None => closed.is_none() && (rest.is_empty() || rest.ends_with([' ', '\t'])),
    };
    if fits { found } else { Vec::new() }
}

/// Whether nothing but a space, or what ends a statement, stands before a mark.
fn spaced(line: &str, at: usize) -> bool {
    let before = line[..at].chars().next_back();
    before.is_none_or(|letter| letter.is_whitespace() || ";{}(),>".contains(letter))
}

/// `<1> ` and `<.> `: the number, and how long the mark is.
fn item(line: &str) -> Option<(Option<u32>, usize)> {
    let inner = line.strip_prefix('<')?;
    let end = inner.find("> ").filter(|end| (1..3).contains(end))?;
    let number = inner[..end].parse::<u32>().ok().filter(|number| *number > 0);
    (number.is_some() || &inner[..end] == ".").then_some((number, end + 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Vec<(&str, Option<u32>)> {
        marks(line).into_iter().map(|(place, number)| (&line[place], number)).collect()
    }

    #[test]
    fn marks_end_a_line_behind_a_comment_or_a_space() {
        assert_eq!(read("x <- 1 # <1>"), [("<1>", Some(1))]);
        assert_eq!(read("f() do # <2> <3>  "), [("<2>", Some(2)), ("<3>", Some(3))]);
        assert_eq!(read("int b; /* <2> */"), [("<2>", Some(2))]);
        assert_eq!(read("<p>x</p> <!--1-->"), [("1", Some(1))]);
        assert_eq!(read("<p>x</p> <!-- <1> -->"), [("<1>", Some(1))]);
        assert_eq!(read("puts 1 <.>"), [("<.>", None)]);
        for code in ["let a: Vec<1>", "a > b", "<p>", "x = y<z>", "a //", "// <0>", "if a <b>", "a */"] {
            assert_eq!(read(code), [], "{code}");
        }
    }

    #[test]
    fn what_explains_begins_with_the_mark() {
        assert_eq!(item("<1> One"), Some((Some(1), 4)));
        assert_eq!(item("<.> One"), Some((None, 4)));
        assert_eq!(item("<b> One"), None);
    }
}
