//! The lists and quotations that a line stands in, as CommonMark has them.

use super::{Draft, Line, is_rule, labels};
use crate::markdown::fair::Fair;

/// What a line may stand in.
#[derive(Clone, Copy, Debug)]
pub(super) enum Container {
    /// After `>`.
    Quote,
    /// An item of a list, a note, a meaning: what belongs to it begins at this column or after it.
    Item { column: usize },
}

/// A place in a line and its column.
#[derive(Clone, Copy)]
struct At {
    byte: usize,
    column: usize,
}

impl Draft<'_> {
    /// Reads the signs before a line's matter, and opens and ends containers by them.
    pub(super) fn open_line(&mut self) -> Line {
        let text = &self.raw.text;
        let start = self.at;
        let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
        let mut at = At { byte: start, column: 0 };
        let mut held = 0;
        for container in &self.containers {
            let first = spaces(text, at, end);
            match container {
                Container::Quote => {
                    if first.byte >= end || !text[first.byte..].starts_with('>') || first.column - at.column > 3 {
                        break;
                    }
                    at = after_sign(text, first);
                }
                Container::Item { .. } if first.byte == end => {}
                Container::Item { column } => {
                    if first.column < *column {
                        break;
                    }
                    while at.column < *column {
                        at = step(text, at);
                    }
                }
            }
            held += 1;
        }
        let first = spaces(text, at, end);
        if held < self.containers.len() {
            let fenced = self.fence.is_some_and(|fence| held >= fence.depth);
            let item = self.containers[held..].iter().any(|container| matches!(container, Container::Item { .. }));
            let lazy = self.para
                && self.fence.is_none()
                && first.byte < end
                && !self.interrupts(first, end)
                && !(item && self.next_item(first, end));
            if lazy && !fenced {
                return Line { start, end, content: at.byte, first: first.byte, indent: 0, lead: None, opens: false };
            }
            if !fenced {
                self.fence = None;
            }
            self.containers.truncate(held);
            self.para = false;
        }
        if self.fence.is_some() {
            let indent = first.column - at.column;
            return Line { start, end, content: at.byte, first: first.byte, indent, lead: None, opens: false };
        }
        self.open_containers(start, at, end)
    }

    /// Opens what begins on this line.
    fn open_containers(&mut self, start: usize, mut at: At, end: usize) -> Line {
        let mut lead: Option<Fair> = None;
        let mut copied = start;
        let mut opens = false;
        loop {
            let text = &self.raw.text;
            let first = spaces(text, at, end);
            let indent = first.column - at.column;
            let done = Line { start, end, content: at.byte, first: first.byte, indent, lead: None, opens };
            if first.byte >= end || indent >= 4 && !(self.elements > 0 && self.after_mark) {
                return self.with_lead(done, lead, copied);
            }
            let rest = &text[first.byte..end];
            if rest.starts_with('>') {
                self.containers.push(Container::Quote);
                at = after_sign(text, first);
            } else if let Some(end_of_label) = note_label(rest) {
                // What belongs to a note is indented by four columns, whatever its label.
                self.containers.push(Container::Item { column: first.column + 4 });
                at = spaces(text, At { byte: first.byte + end_of_label, column: first.column + 4 }, end);
            } else if let Some((length, width)) = self.sign(rest, first.byte, end) {
                // The label of a lettered list is written as a number of the same width.
                if let Some((words, label)) = self.label(first.byte, first.byte + length, end) {
                    let lead = lead.get_or_insert_with(Fair::default);
                    lead.keep(self.raw, copied..first.byte);
                    if let Some(label) = label {
                        lead.labels.insert(lead.text.len(), label);
                    }
                    lead.add(&words, self.raw, first.byte);
                    copied = first.byte + length;
                }
                let after = At { byte: first.byte + length, column: first.column + width };
                let words = spaces(&self.raw.text, after, end);
                let gap = words.column - after.column;
                // An empty item, or one that begins with program text, is indented by one space.
                let column = if words.byte >= end || gap > 4 { after.column + 1 } else { words.column };
                self.containers.push(Container::Item { column });
                at = if words.byte >= end { words } else { advance(&self.raw.text, after, column, end) };
            } else {
                return self.with_lead(done, lead, copied);
            }
            opens = true;
            self.para = false;
            self.after_blank = true;
            self.after_mark = false;
        }
    }

    fn with_lead(&self, mut line: Line, lead: Option<Fair>, copied: usize) -> Line {
        if let Some(mut lead) = lead {
            lead.keep(self.raw, copied..line.content);
            line.lead = Some(lead);
        }
        line
    }

    /// How long the sign of an item, note or meaning is at a line's start: bytes and columns.
    fn sign(&self, rest: &str, first: usize, end: usize) -> Option<(usize, usize)> {
        let after = |length: usize| rest[length..].chars().next();
        let spaced = |length: usize| after(length).is_none_or(|letter| letter == ' ' || letter == '\t');
        let sign = rest.chars().next()?;
        match sign {
            '-' | '+' | '*' if spaced(1) && !is_rule(rest) => (!self.para || rest.trim().len() > 1).then_some((1, 1)),
            _ if labels::is_tabbed_bullet(sign) && after(sign.len_utf8()) == Some('\t') => Some((sign.len_utf8(), 1)),
            _ if !labels::is_tabbed_bullet(sign) && labels::is_bullet(sign) && spaced(sign.len_utf8()) => {
                Some((sign.len_utf8(), 1))
            }
            ':' if spaced(1) && self.may_mean(first) => Some((1, 1)),
            '~' if labels::means(&rest[1..]) && self.may_mean(first) => Some((1, 1)),
            '0'..='9' => {
                let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                let stop = matches!(after(digits), Some('.' | ')')) && spaced(digits + 1) && digits <= 9;
                let number: u64 = rest[..digits].parse().ok()?;
                if !stop || self.para && (number != 1 || rest[digits + 1..].trim().is_empty()) {
                    return None;
                }
                // A year is no number of an item, unless the next one follows, nor is the day of "2. Mai 1999".
                // Neither is written with zeros before three digits.
                let padded = rest.starts_with('0') && digits >= 3;
                let alone = !padded && (digits >= 4 || number > 1 && self.stands_alone(first, end));
                if alone && !self.year_goes_on(number, first, end) {
                    return None;
                }
                Some((digits + 1, digits + 1))
            }
            _ => labels::sign(rest)
                .filter(|length| self.is_label(&rest[..*length], first, end))
                .map(|length| (length, length)),
        }
    }

    /// Whether a line whose mark stands at `first` may say what the term above means; below a table it is its caption.
    fn may_mean(&self, first: usize) -> bool {
        self.para && !self.is_below_a_table(self.raw.text[..first].rfind('\n').map_or(0, |at| at + 1))
    }

    /// The words of the line above a place.
    fn line_above(&self, at: usize) -> &str {
        let text = &self.raw.text;
        let start = text[..at].rfind('\n').unwrap_or(0);
        let above = text[..start].rfind('\n').map_or(0, |end| end + 1);
        text[above..start].trim_start_matches([' ', '\t', '>'])
    }

    /// Whether a line begins something that ends a paragraph.
    fn interrupts(&self, first: At, end: usize) -> bool {
        let rest = &self.raw.text[first.byte..end];
        let sign = rest.chars().next().unwrap_or(' ');
        let spaced = |length: usize| rest[length..].starts_with([' ', '\t']) && !rest[length..].trim().is_empty();
        match sign {
            '#' => rest.trim_start_matches('#').is_empty() || rest.trim_start_matches('#').starts_with([' ', '\t']),
            '>' => true,
            '`' | '~' if super::fence_length(rest, sign).is_some() => true,
            '~' => labels::means(&rest[1..]) && self.line_above(first.byte).starts_with("~ "),
            ':' => rest.starts_with(":::"),
            '-' | '+' | '*' => spaced(1) || is_rule(rest),
            _ if labels::is_bullet(sign) => {
                rest[sign.len_utf8()..].starts_with('\t')
                    || !labels::is_tabbed_bullet(sign) && rest[sign.len_utf8()..].starts_with(' ')
            }
            '_' => is_rule(rest),
            '<' => super::html::begins_with_element(rest),
            '1' => (rest.starts_with("1.") || rest.starts_with("1)")) && spaced(2),
            _ => false,
        }
    }

    /// Whether a line begins the next item of a list that is open.
    fn next_item(&self, first: At, end: usize) -> bool {
        let rest = &self.raw.text[first.byte..end];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let spaced = |length: usize| rest[length..].starts_with([' ', '\t']);
        (1..=9).contains(&digits) && rest[digits..].starts_with(['.', ')']) && spaced(digits + 1)
            || labels::sign(rest).is_some_and(|length| self.follows_item(&rest[..length]))
    }

    /// What stands before a line that goes on in the same containers.
    pub(super) fn prefix(&self) -> String {
        let mut prefix = String::new();
        for container in &self.containers {
            match container {
                Container::Quote => prefix.push_str("> "),
                Container::Item { column } => {
                    while prefix.len() < *column {
                        prefix.push(' ');
                    }
                }
            }
        }
        prefix
    }
}

/// How long `[^label]:` is at a line's start.
fn note_label(rest: &str) -> Option<usize> {
    let end = rest.strip_prefix("[^")?.find("]:")?;
    (end > 0 && !rest[2..2 + end].contains([' ', '\t', '[', ']'])).then_some(end + 4)
}

fn step(text: &str, at: At) -> At {
    let letter = text[at.byte..].chars().next().unwrap_or(' ');
    let column = if letter == '\t' { at.column / 4 * 4 + 4 } else { at.column + 1 };
    At { byte: at.byte + letter.len_utf8(), column }
}

/// Past the spaces.
fn spaces(text: &str, mut at: At, end: usize) -> At {
    while at.byte < end && matches!(text.as_bytes()[at.byte], b' ' | b'\t') {
        at = step(text, at);
    }
    // A line end of two signs.
    if at.byte < end && text[at.byte..end].trim().is_empty() {
        at.byte = end;
    }
    at
}

fn advance(text: &str, mut at: At, column: usize, end: usize) -> At {
    while at.byte < end && at.column < column {
        at = step(text, at);
    }
    at
}

/// Past `>` and the space after it.
fn after_sign(text: &str, first: At) -> At {
    let at = step(text, first);
    if text[at.byte..].starts_with(' ') { step(text, at) } else { at }
}
