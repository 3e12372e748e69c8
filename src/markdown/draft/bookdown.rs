//! What bookdown's authors write: boxes and theorems between the fences of a chunk, and captions that are written elsewhere.

use std::ops::Range;

use super::rewrite::{Rewrite, plain_lines};
use crate::markdown::fair::Fair;

/// The engines of a chunk that holds words, with what begins their labels.
const THEOREMS: [(&str, &str); 12] = [
    ("theorem", "thm"),
    ("lemma", "lem"),
    ("corollary", "cor"),
    ("proposition", "prp"),
    ("conjecture", "cnj"),
    ("definition", "def"),
    ("example", "exm"),
    ("exercise", "exr"),
    ("hypothesis", "box"),
    ("remark", "rem"),
    ("proof", "box"),
    ("solution", "box"),
];

/// The attributes of the block that a chunk stands for, from what is between its braces: `block, type='rmdnote'`,
/// `theorem, pyth, name="Pythagoras"`.
pub(super) fn block(inner: &str) -> Option<String> {
    let inner = inner.trim();
    let end = inner.find([',', ' ']).unwrap_or(inner.len());
    let (engine, rest) = inner.split_at(end);
    let options = options(rest);
    let said = |names: &[&str]| options.iter().find(|(key, _)| names.contains(key)).map(|(_, value)| *value);
    if matches!(engine, "block" | "block2") {
        let class = said(&["type", "class"]).filter(|class| is_a_name(class)).unwrap_or("box");
        return Some(format!("{{.{class}}}"));
    }
    // Without options it is a directive of MyST.
    let (_, sign) = THEOREMS.iter().find(|(known, _)| *known == engine && !rest.is_empty())?;
    let class = if engine == "hypothesis" { "box" } else { engine };
    let mut written = format!("{{.{class}");
    let label = said(&["label"]).or(options.first().filter(|(key, _)| key.is_empty()).map(|(_, value)| *value));
    if let Some(label) = label.filter(|label| is_a_name(label)) {
        written.push_str(&format!(" #{sign}:{label}"));
    }
    if let Some(name) = said(&["name"]) {
        written.push_str(&format!(" title=\"{}\"", name.replace('"', "”")));
    }
    written.push('}');
    Some(written)
}

fn is_a_name(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || "-_:.".contains(c))
}

/// The options of a chunk; what has no key has an empty one.
fn options(rest: &str) -> Vec<(&str, &str)> {
    let mut out = Vec::new();
    let (mut quote, mut from) = (None, 0);
    for (at, sign) in rest.char_indices().chain([(rest.len(), ',')]) {
        match quote {
            Some(open) if sign == open => quote = None,
            None if matches!(sign, '"' | '\'') => quote = Some(sign),
            // An option whose quotation never ends goes to the end.
            None | Some(_) if sign == ',' && (quote.is_none() || at == rest.len()) => {
                let option = rest[from..at].trim();
                let (key, value) = option.split_once('=').unwrap_or(("", option));
                out.extend((!option.is_empty()).then(|| (key.trim(), value.trim().trim_matches(['"', '\'']))));
                from = at + 1;
            }
            _ => {}
        }
    }
    out
}

/// The text with the labels that begin captions, `(\#tab:bills)`, behind them in braces; `None` where there is none.
pub(super) fn labels_of_captions(raw: &Fair) -> Option<Fair> {
    let text = raw.text.as_str();
    if !text.contains("(\\#") {
        return None;
    }
    let lines = plain_lines(text);
    let mut copy = Rewrite::new(raw);
    for (at, line) in lines.iter().enumerate() {
        let words = &text[line.clone()];
        let Some(open) = words.find("(\\#") else { continue };
        let Some(close) = words[open..].find(')').map(|length| open + length) else { continue };
        let label = &words[open + 3..close];
        let before = words[..open].trim();
        let from = line.start + close + 1;
        let gap = text[from..line.end].len() - text[from..line.end].trim_start().len();
        if !is_a_name(label) {
            continue;
        }
        if before == ":" || before.ends_with(':') && !before.contains(' ') {
            let more = lines[at..].iter().take_while(|line| !text[(*line).clone()].trim().is_empty());
            let last = more.last().cloned().unwrap_or(line.clone());
            let end = last.start + text[last].trim_end().len();
            copy.keep_to(line.start + open);
            copy.skip_to(from + gap);
            copy.keep_to(end);
            copy.made(&format!(" {{#{label}}}"), end.saturating_sub(1));
        } else if before.ends_with("![")
            && let Some(path) = words[close..].find("](").map(|length| close + length + 2)
            && let Some(end) = words[path..].find(')').map(|length| line.start + path + length + 1)
        {
            copy.keep_to(line.start + open);
            copy.skip_to(from + gap);
            let braces = text[end..line.end].starts_with('{');
            copy.keep_to(end + usize::from(braces));
            copy.made(&if braces { format!("#{label} ") } else { format!("{{#{label}}}") }, end - 1);
        }
    }
    copy.finish()
}

/// The text with each `(ref:map)` as the words that a paragraph `(ref:map) The words` has, and without that paragraph;
/// `None` where there is none of it.
pub(super) fn said_otherwise(raw: &Fair) -> Option<Fair> {
    let text = raw.text.as_str();
    if !text.contains("(ref:") {
        return None;
    }
    let lines = plain_lines(text);
    let mut written: Vec<Words<'_>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let begins = at == 0 || text[lines[at - 1].clone()].trim().is_empty();
        let Some((label, words)) = reference(text, line.clone()).filter(|_| begins) else { continue };
        let words = words.start + (words.len() - text[words.clone()].trim_start().len())..words.end;
        if words.is_empty() || written.iter().any(|other| other.label == label) {
            continue;
        }
        let more = lines[at + 1..].iter().take_while(|line| !text[(*line).clone()].trim().is_empty()).cloned();
        let words: Vec<Range<usize>> = std::iter::once(words).chain(more).collect();
        written.push(Words { label, from: line.start, words });
    }
    // One that nothing names stays, and is said.
    let uses = |words: &Words<'_>| text.matches(&format!("(ref:{})", words.label)).count() > 1;
    written.retain(uses);
    let mut copy = Rewrite::new(raw);
    for line in lines {
        if line.start < copy.at {
            continue;
        }
        if let Some(own) = written.iter().find(|words| words.from == line.start) {
            copy.keep_to(line.start);
            copy.skip_to(own.words.last().map_or(line.end, |last| last.end));
            continue;
        }
        let mut at = line.start;
        while let Some(found) = text[at..line.end].find("(ref:") {
            at += found;
            match reference(text, at..line.end) {
                Some((label, rest)) => {
                    if let Some(words) = written.iter().find(|words| words.label == label) {
                        copy.keep_to(at);
                        for (nth, part) in words.words.iter().enumerate() {
                            if nth > 0 {
                                copy.made(" ", part.start);
                            }
                            copy.kept(part.start..part.start + text[part.clone()].trim_end().len());
                        }
                        copy.skip_to(rest.start);
                    }
                    at = rest.start;
                }
                None => at += 1,
            }
        }
    }
    copy.finish()
}

/// Words that stand elsewhere by their label.
struct Words<'t> {
    label: &'t str,
    /// Where its paragraph begins.
    from: usize,
    /// Its lines.
    words: Vec<Range<usize>>,
}

/// The label of the `(ref:map)` that a stretch begins with, and what follows it.
fn reference(text: &str, stretch: Range<usize>) -> Option<(&str, Range<usize>)> {
    let inner = text[stretch.clone()].strip_prefix("(ref:")?;
    let end = inner.find(')')?;
    let label = &inner[..end];
    is_a_name(label).then(|| (label, stretch.start + "(ref:)".len() + end..stretch.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chunk_of_words_is_the_block_that_it_names() {
        for (inner, attributes) in [
            ("block, type='rmdnote'", Some("{.rmdnote}")),
            ("block2, echo=TRUE, type=\"rmdtip\"", Some("{.rmdtip}")),
            ("block", Some("{.box}")),
            ("theorem, pyth, name=\"Of sides, squared\"", Some("{.theorem #thm:pyth title=\"Of sides, squared\"}")),
            ("lemma, label=\"a\"", Some("{.lemma #lem:a}")),
            ("r, block", None),
            ("python", None),
        ] {
            assert_eq!(block(inner).as_deref(), attributes, "{inner}");
        }
    }
}
