//! Marks of the index: spans, headings and divs of the class `index`, and `\index` of LaTeX.
//!
//! A mark stands in the text where it was written, without letters; that of a heading or a div is a stretch, whose end
//! stands in the last text that it holds.

use super::Parser;
use super::parsed::{Attributes, PBlock, PBlockKind, PInline, PKind, PMark, PMarkKind, PText, ParsedDivision};
use super::walk::Inside;
use crate::book::mark::{EntryName, Extent, Matter, Weight};
use crate::book::{BlockId, DivisionKind};
use crate::diagnostic::{Diagnostic, lints, nearest};
use crate::language::terms::Term;
use crate::source::Span;

/// The class of a mark.
pub(super) const CLASS: &str = "index";
/// What may be said of one.
pub(super) const KEYS: [&str; 7] = ["entry", "sort", "see", "see-also", "range", "mention", "index"];
/// How many levels an index has.
const LEVELS: usize = 3;
/// An argument of `\index` is no longer than this, in bytes, and its commands nest no deeper.
const LONGEST: usize = 2_000;
const DEEPEST: usize = 20;

impl Attributes {
    /// Whether they mark something for the index.
    pub(super) fn marks(&self) -> bool {
        self.classes.iter().any(|class| class == CLASS)
    }
}

/// Whether a heading's class `index` says that it heads the index itself, and not that it is an entry of it.
pub(crate) fn heads_the_index(attributes: &Attributes, title: &str) -> bool {
    let title = title.trim().to_lowercase();
    let own = KEYS.iter().all(|key| attributes.get(key).is_none());
    attributes.marks() && own && Term::Index.all_words().any(|word| word.to_lowercase() == title)
}

/// The kind of division that the classes of a heading name.
pub(crate) fn kind_of_heading(attributes: &Attributes, title: &str) -> Option<DivisionKind> {
    let kinds = attributes.classes.iter().filter(|class| *class != CLASS || heads_the_index(attributes, title));
    kinds.filter_map(|class| DivisionKind::find(class)).next()
}

impl Parser<'_> {
    /// The marks that a span's attributes stand for; `words` are those that it shows.
    pub(super) fn marks_of(&mut self, attributes: &Attributes, words: &[PInline], span: Span) -> Vec<PInline> {
        let at = attributes.span.unwrap_or(span);
        let entries = self.entries_of(attributes, words, at);
        let mut kinds = Vec::new();
        for (key, see) in [("see", true), ("see-also", false)] {
            if let Some(targets) = attributes.get(key) {
                let targets = self.paths(targets, at);
                kinds.push(if see { PMarkKind::See(targets) } else { PMarkKind::SeeAlso(targets) });
            }
        }
        if kinds.is_empty() {
            let extent = self.extent(attributes, at);
            let (weight, matter) = self.mention(attributes, at);
            kinds.push(PMarkKind::Place { extent, weight, matter, pair: None });
        }
        if attributes.get("index").is_some() {
            self.diagnostics.report(
                Diagnostic::new(&lints::INDEX_ENTRY, "recto makes one index, in which this entry stands too")
                    .at(at)
                    .hint("take `index=` out"),
            );
        }
        let mark = |(entry, kind): (&Vec<EntryName>, &PMarkKind)| PInline {
            kind: PKind::Mark(Box::new(PMark { entry: entry.clone(), kind: kind.clone() })),
            span: at,
        };
        entries.iter().flat_map(|entry| kinds.iter().map(move |kind| (entry, kind))).map(mark).collect()
    }

    /// The marks of a stretch that attributes stand for: those of its start, and those of its end.
    pub(super) fn stretch_marks(
        &mut self,
        attributes: &Attributes,
        words: &[PInline],
        span: Span,
    ) -> (Vec<PInline>, Vec<PInline>) {
        let mut starts = self.marks_of(attributes, words, span);
        let mut ends = Vec::new();
        for piece in &mut starts {
            let PKind::Mark(mark) = &mut piece.kind else { continue };
            let PMarkKind::Place { extent: extent @ Extent::Point, pair, weight, matter } = &mut mark.kind else {
                continue;
            };
            *extent = Extent::Start;
            *pair = Some(self.ids.next().0);
            let kind = PMarkKind::Place { extent: Extent::End, pair: *pair, weight: *weight, matter: *matter };
            let mark = PMark { entry: mark.entry.clone(), kind };
            ends.push(PInline { kind: PKind::Mark(Box::new(mark)), span: piece.span });
        }
        (starts, ends)
    }

    /// A div of the class: the blocks inside are a stretch.
    pub(super) fn mark_blocks(&mut self, attributes: &Attributes, blocks: &mut [PBlock], span: Span) {
        let (starts, ends) = self.stretch_marks(attributes, &[], span);
        let texts = texts_of(blocks);
        let (Some(first), Some(last)) = (texts.first().copied(), texts.last().copied()) else {
            self.diagnostics.report(
                Diagnostic::new(&lints::INDEX_ENTRY, "this block holds no text that could be marked")
                    .at(span)
                    .hint("put the mark into the text beside it: []{.index entry=\"…\"}"),
            );
            return;
        };
        with_text(blocks, first, &mut |text| {
            text.content.splice(0..0, starts.clone());
        });
        with_text(blocks, last, &mut |text| text.content.extend(ends.clone()));
    }

    /// `\index{a!b@c|see{d}}` at the start of a text: its length, and the mark, if it can be read.
    pub(super) fn index_command(
        &mut self,
        rest: &str,
        span: impl Fn(&Self, usize) -> Span,
    ) -> Option<(usize, Option<PInline>)> {
        let inner = rest.strip_prefix("\\index")?;
        let skipped = inner.len() - inner.trim_start_matches('*').len();
        let inner = &inner[skipped..];
        let end = balanced(inner)?;
        let length = "\\index".len() + skipped + end + 1;
        let span = span(self, length);
        let (entry, kind) = tex_entry(&inner[1..end]);
        if !self.is_sound(&entry, span) {
            return Some((length, None));
        }
        Some((length, Some(PInline { kind: PKind::Mark(Box::new(PMark { entry, kind })), span })))
    }

    fn entries_of(&mut self, attributes: &Attributes, words: &[PInline], at: Span) -> Vec<Vec<EntryName>> {
        let mut entries = match attributes.get("entry") {
            Some(entry) => self.paths(entry, at),
            None => {
                let words = words_of(words);
                let entry =
                    vec![EntryName { words: words.split_whitespace().collect::<Vec<_>>().join(" "), sort: None }];
                if self.is_sound(&entry, at) { vec![entry] } else { Vec::new() }
            }
        };
        if let Some(sort) = attributes.get("sort") {
            let forms: Vec<Vec<String>> = sort.split(';').map(|form| levels(form).collect()).collect();
            if forms.len() == 1 || forms.len() == entries.len() {
                for (at, entry) in entries.iter_mut().enumerate() {
                    let form = forms.get(at).unwrap_or(&forms[0]);
                    // One form alone is that of the last level.
                    let skipped = if form.len() == 1 { entry.len().saturating_sub(1) } else { 0 };
                    for (name, form) in entry.iter_mut().skip(skipped).zip(form) {
                        name.sort = Some(form.clone()).filter(|form| !form.is_empty());
                    }
                }
            } else {
                self.diagnostics.report(
                    Diagnostic::new(
                        &lints::INDEX_ENTRY,
                        format!("{} forms to sort by for {} entries", forms.len(), entries.len()),
                    )
                    .at(at)
                    .hint("write as many, with ; between"),
                );
            }
        }
        entries
    }

    /// `Water!price; Alder`.
    fn paths(&mut self, written: &str, at: Span) -> Vec<Vec<EntryName>> {
        let path = |written: &str| -> Vec<EntryName> {
            levels(written).map(|words| EntryName { words, sort: None }).collect()
        };
        let paths: Vec<Vec<EntryName>> = written.split(';').map(path).collect();
        let many = paths.len() > 1;
        let blank = |path: &[EntryName]| path.iter().all(|name| name.words.is_empty());
        paths.into_iter().filter(|path| !(many && blank(path)) && self.is_sound(path, at)).collect()
    }

    /// Whether an entry has words on each of its levels, and no more levels than an index has.
    fn is_sound(&mut self, entry: &[EntryName], at: Span) -> bool {
        let (message, hint) = if entry.iter().any(|name| name.words.is_empty()) {
            let message = match entry.len() {
                0 | 1 => "this mark names no entry".to_owned(),
                _ => "a level of this entry has no words".to_owned(),
            };
            (message, "write `entry=\"Water!price\"`: ! goes one level down, and !! is the sign itself")
        } else if entry.len() > LEVELS {
            let message = format!("an index entry of {} levels: an index has {LEVELS}", entry.len());
            (message, "make a main entry of the lower levels, with a reference to it: `see-also=\"…\"`")
        } else {
            return true;
        };
        self.diagnostics.report(Diagnostic::new(&lints::INDEX_ENTRY, message).at(at).hint(hint));
        false
    }

    fn extent(&mut self, attributes: &Attributes, at: Span) -> Extent {
        match attributes.get("range") {
            None => Extent::Point,
            Some("start") => Extent::Start,
            Some("end") => Extent::End,
            Some(other) => {
                self.no_word("range", other, &["start", "end"], at);
                Extent::Point
            }
        }
    }

    /// `mention="main figure"`: what the passage is to its entry, and in what it stands.
    fn mention(&mut self, attributes: &Attributes, at: Span) -> (Weight, Option<Matter>) {
        let (mut weight, mut matter) = (Weight::Plain, None);
        for word in attributes.get("mention").unwrap_or_default().split_whitespace() {
            match word {
                "main" => weight = Weight::Main,
                "figure" => matter = Some(Matter::Figure),
                "table" => matter = Some(Matter::Table),
                other => self.no_word("mention", other, &["main", "figure", "table"], at),
            }
        }
        (weight, matter)
    }

    fn no_word(&mut self, key: &str, word: &str, known: &[&str], at: Span) {
        let hint = match nearest(word, known.iter().copied()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("it is one of {}", known.join(", ")),
        };
        let message = format!("\"{word}\" is no value of `{key}` of an index mark");
        self.diagnostics.report(Diagnostic::new(&lints::INDEX_ENTRY, message).at(at).hint(hint));
    }
}

/// The levels of an entry: `!` goes one down, `!!` is the sign itself.
fn levels(written: &str) -> impl Iterator<Item = String> {
    let mut levels = vec![String::new()];
    let mut rest = written.chars().peekable();
    while let Some(letter) = rest.next() {
        let doubled = letter == '!' && rest.next_if_eq(&'!').is_some();
        match levels.last_mut() {
            Some(last) if letter != '!' || doubled => last.push(letter),
            _ => levels.push(String::new()),
        }
    }
    levels.into_iter().map(|level| level.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// An entry as `metadata.yaml` has it, by its levels.
pub(crate) fn entry_levels(written: &str) -> Vec<String> {
    levels(written).collect()
}

/// How many levels an index has at most.
pub(crate) fn most_levels() -> usize {
    LEVELS
}

/// The words of some pieces, emphasis between two `*`.
fn words_of(content: &[PInline]) -> String {
    let mut out = String::new();
    for piece in content {
        match (&piece.kind, piece.shape()) {
            (PKind::Emphasis(inner) | PKind::Cite(inner), _) => {
                out.push('*');
                out.push_str(&words_of(inner).replace('*', ""));
                out.push('*');
            }
            (_, super::walk::Shape::Letters(letters)) => out.push_str(&letters.replace('*', "")),
            (_, super::walk::Shape::Break) => out.push(' '),
            (_, super::walk::Shape::Around(inner)) => out.push_str(&words_of(inner)),
            (_, super::walk::Shape::Sign) => {}
        }
    }
    out
}

/// One space where a mark without words stands between two, and none after a mark that begins a text.
pub(super) fn close_up(content: &mut Vec<PInline>) {
    let mut open = true;
    for piece in content.iter_mut() {
        match &mut piece.kind {
            PKind::Mark(_) => {}
            PKind::Text(text) => {
                if open && text.starts_with(' ') {
                    text.remove(0);
                }
                open = text.ends_with(' ') || text.is_empty() && open;
            }
            _ => open = false,
        }
    }
    content.retain(|piece| !matches!(&piece.kind, PKind::Text(text) if text.is_empty()));
}

/// Where the brace closes with which a text begins.
fn balanced(text: &str) -> Option<usize> {
    if !text.starts_with('{') {
        return None;
    }
    let mut depth = 0;
    for (at, letter) in text.char_indices().take_while(|(at, _)| *at < LONGEST) {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// The argument of `\index`, as makeindex reads it: levels between `!`, each perhaps `sort@shown`, and after a bar what is
/// done with the page. A `"` makes the sign after it a letter.
fn tex_entry(argument: &str) -> (Vec<EntryName>, PMarkKind) {
    let mut parts: Vec<(String, Option<String>)> = vec![(String::new(), None)];
    let mut command: Option<String> = None;
    let mut letters = argument.chars();
    let mut depth = 0;
    while let Some(letter) = letters.next() {
        if let Some(command) = &mut command {
            command.push(letter);
            continue;
        }
        let last = parts.last_mut().expect("there is always one");
        match letter {
            // Behind a backslash it is an accent.
            '\\' => {
                last.0.push(letter);
                if letters.as_str().starts_with('"') {
                    last.0.extend(letters.next());
                }
            }
            '"' => last.0.extend(letters.next()),
            '!' if depth == 0 => parts.push((String::new(), None)),
            '@' if depth == 0 => last.1 = Some(std::mem::take(&mut last.0)),
            '|' if depth == 0 => command = Some(String::new()),
            '{' => {
                depth += 1;
                last.0.push(letter);
            }
            '}' => {
                depth -= 1;
                last.0.push(letter);
            }
            _ => last.0.push(letter),
        }
    }
    let name = |(words, sort): (String, Option<String>)| EntryName {
        words: plain_tex(&words),
        sort: sort.map(|sort| plain_tex(&sort)).filter(|sort| !sort.is_empty()),
    };
    let entry = parts.into_iter().map(name).collect();
    (entry, tex_command(command.as_deref().unwrap_or("").trim()))
}

/// What is done with the page: `see{…}`, `(`, `)`, `textbf`.
fn tex_command(command: &str) -> PMarkKind {
    let argument = |name: &str| command.strip_prefix(name)?.strip_prefix('{')?.strip_suffix('}');
    let target = |words: &str| {
        let path = plain_tex(words).split(',').next().unwrap_or("").trim().to_owned();
        vec![vec![EntryName { words: path, sort: None }]]
    };
    if let Some(words) = argument("see") {
        return PMarkKind::See(target(words));
    }
    if let Some(words) = argument("seealso") {
        return PMarkKind::SeeAlso(target(words));
    }
    let (extent, rest) = match command.chars().next() {
        Some('(') => (Extent::Start, &command[1..]),
        Some(')') => (Extent::End, &command[1..]),
        _ => (Extent::Point, command),
    };
    let weight = if rest.contains("bf") || rest.contains("bold") { Weight::Main } else { Weight::Plain };
    PMarkKind::Place { extent, weight, matter: None, pair: None }
}

/// Words of TeX without its commands; what is slanted stands between two `*`.
fn plain_tex(written: &str) -> String {
    let out: String = unicode_normalization::UnicodeNormalization::nfc(tex_letters(written, 0).as_str()).collect();
    let out = out.replace("---", "—").replace("--", "–");
    out.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The letters of TeX, so deep in its commands.
fn tex_letters(written: &str, depth: usize) -> String {
    let mut out = String::new();
    let mut rest = written;
    while let Some(letter) = rest.chars().next() {
        rest = &rest[letter.len_utf8()..];
        match letter {
            '\\' => {
                let name: String = rest.chars().take_while(char::is_ascii_alphabetic).collect();
                rest = &rest[name.len()..];
                if name.is_empty() {
                    // \& and the like, and accents.
                    let Some(sign) = rest.chars().next() else { break };
                    rest = &rest[sign.len_utf8()..];
                    match accent(sign) {
                        Some(accent) => rest = accented(&mut out, rest, accent),
                        None => out.push(sign),
                    }
                } else if let Some(letter) = tex_letter(&name) {
                    out.push_str(letter);
                    rest = rest.strip_prefix("{}").unwrap_or_else(|| rest.trim_start_matches(' '));
                } else if let (Some(accent), true) =
                    (name.chars().next().and_then(accent), name.len() == 1 && rest.starts_with(['{', ' ']))
                {
                    rest = accented(&mut out, rest.trim_start(), accent);
                } else if let Some(end) = balanced(rest) {
                    let inner = if depth < DEEPEST { tex_letters(&rest[1..end], depth + 1) } else { String::new() };
                    let slanted = matches!(name.as_str(), "emph" | "textit" | "textsl");
                    out.push_str(&if slanted { format!("*{inner}*") } else { inner });
                    rest = &rest[end + 1..];
                }
            }
            '{' | '}' => {}
            '~' => out.push('\u{a0}'),
            _ => out.push(letter),
        }
    }
    out
}

/// The accent of a command of TeX.
fn accent(sign: char) -> Option<char> {
    Some(match sign {
        '`' => '\u{300}',
        '\'' => '\u{301}',
        '^' => '\u{302}',
        '~' => '\u{303}',
        '=' => '\u{304}',
        'u' => '\u{306}',
        '.' => '\u{307}',
        '"' => '\u{308}',
        'r' => '\u{30a}',
        'H' => '\u{30b}',
        'v' => '\u{30c}',
        'c' => '\u{327}',
        'k' => '\u{328}',
        _ => return None,
    })
}

/// The letter that comes next with its accent; what is left after it.
fn accented<'a>(out: &mut String, rest: &'a str, accent: char) -> &'a str {
    let (braced, inner) = match rest.strip_prefix('{') {
        Some(inner) => (true, inner),
        None => (false, rest),
    };
    let mut rest = inner;
    // An i without its dot is an i with an accent.
    if let Some(after) = inner.strip_prefix("\\i") {
        out.push('i');
        rest = after;
    } else if let Some(letter) = inner.chars().next() {
        out.push(letter);
        rest = &inner[letter.len_utf8()..];
    }
    out.push(accent);
    if braced { rest.strip_prefix('}').unwrap_or(rest) } else { rest }
}

/// The letters that have a command of their own in TeX.
fn tex_letter(name: &str) -> Option<&'static str> {
    Some(match name {
        "AE" => "Æ",
        "ae" => "æ",
        "OE" => "Œ",
        "oe" => "œ",
        "O" => "Ø",
        "o" => "ø",
        "AA" => "Å",
        "aa" => "å",
        "L" => "Ł",
        "l" => "ł",
        "ss" => "ß",
        "i" => "ı",
        "dots" | "ldots" => "…",
        _ => return None,
    })
}

/// The texts of some blocks in reading order that every edition shows where they stand.
fn texts_of(blocks: &[PBlock]) -> Vec<BlockId> {
    let mut found = Vec::new();
    for block in blocks {
        collect(block, &mut found);
    }
    found
}

fn collect(block: &PBlock, found: &mut Vec<BlockId>) {
    match &block.kind {
        // What only some editions show may go, and the words of these stand elsewhere.
        PBlockKind::When(..) | PBlockKind::PullQuote(_) => {}
        // What is said of a picture in the metadata goes over its caption here.
        PBlockKind::Figure(_) | PBlockKind::Panels(_) => {}
        _ => block.inside(&mut |inside| match inside {
            Inside::Text(text) => found.push(text.id),
            Inside::Block(inner) => collect(inner, found),
        }),
    }
}

/// Changes the text of an id.
fn with_text(blocks: &mut [PBlock], id: BlockId, change: &mut dyn FnMut(&mut PText)) {
    for block in blocks {
        block.texts_mut(&mut |text| {
            if text.id == id {
                change(text);
            }
        });
        block.blocks_mut(&mut |inner| with_text(inner, id, change));
    }
}

/// Marks that stand alone in a paragraph move into the text beside it: those that end a stretch to what comes before, the
/// others to what comes after.
pub(super) fn settle(blocks: &mut Vec<PBlock>) {
    for block in blocks.iter_mut() {
        block.blocks_mut(&mut settle);
    }
    let mut at = 0;
    while at < blocks.len() {
        let Some(marks) = lone_marks(&blocks[at]) else {
            at += 1;
            continue;
        };
        let ends = marks.iter().all(|piece| extent_of(piece) == Some(Extent::End));
        let before = at.checked_sub(1).and_then(|before| texts_of(&blocks[before..at]).last().copied());
        let after = blocks.get(at + 1).and_then(|after| texts_of(std::slice::from_ref(after)).first().copied());
        match (before, after, ends) {
            (Some(before), _, true) | (Some(before), None, _) => {
                with_text(&mut blocks[at - 1..at], before, &mut |text| text.content.extend(marks.clone()));
            }
            (_, Some(after), _) => with_text(&mut blocks[at + 1..at + 2], after, &mut |text| {
                text.content.splice(0..0, marks.clone());
            }),
            (None, None, _) => {
                at += 1;
                continue;
            }
        }
        blocks.remove(at);
    }
}

fn extent_of(piece: &PInline) -> Option<Extent> {
    let PKind::Mark(mark) = &piece.kind else { return None };
    if let PMarkKind::Place { extent, .. } = &mark.kind { Some(*extent) } else { None }
}

/// The marks of a paragraph that holds nothing else.
fn lone_marks(block: &PBlock) -> Option<Vec<PInline>> {
    let PBlockKind::Paragraph(text) = &block.kind else { return None };
    let is_blank = |piece: &PInline| matches!(&piece.kind, PKind::Text(text) if text.trim().is_empty());
    let marks: Vec<PInline> =
        text.content.iter().filter(|piece| matches!(piece.kind, PKind::Mark(_))).cloned().collect();
    let alone = text.content.iter().all(|piece| is_blank(piece) || matches!(piece.kind, PKind::Mark(_)));
    (alone && !marks.is_empty()).then_some(marks)
}

/// Ends the stretches of headings: each in the last text before the next heading of its level or a higher one.
pub(super) fn close_sections(division: &mut ParsedDivision) {
    if let Some(heading) = &mut division.heading {
        let ends = ends_of(&heading.title.content);
        if !ends.is_empty() {
            match texts_of(&division.blocks).last().copied() {
                Some(last) => with_text(&mut division.blocks, last, &mut |text| text.content.extend(ends.clone())),
                None => heading.title.content.extend(ends),
            }
        }
    }
    let level = |block: &PBlock| match &block.kind {
        PBlockKind::Heading(heading) => Some(heading.level),
        _ => None,
    };
    for at in 0..division.blocks.len() {
        let PBlockKind::Heading(heading) = &division.blocks[at].kind else { continue };
        let (own, ends) = (heading.level, ends_of(&heading.title.content));
        if ends.is_empty() {
            continue;
        }
        let rest = &division.blocks[at + 1..];
        let length = rest.iter().position(|block| level(block).is_some_and(|level| level <= own)).unwrap_or(rest.len());
        let section = at..at + 1 + length;
        let last = texts_of(&division.blocks[section.clone()]).last().copied();
        if let Some(last) = last {
            with_text(&mut division.blocks[section], last, &mut |text| text.content.extend(ends.clone()));
        }
    }
}

/// The ends of the stretches that begin in a heading.
fn ends_of(title: &[PInline]) -> Vec<PInline> {
    let end = |piece: &PInline| {
        let PKind::Mark(mark) = &piece.kind else { return None };
        let PMarkKind::Place { extent: Extent::Start, weight, matter, pair: pair @ Some(_) } = &mark.kind else {
            return None;
        };
        let kind = PMarkKind::Place { extent: Extent::End, weight: *weight, matter: *matter, pair: *pair };
        let mark = PMark { entry: mark.entry.clone(), kind };
        Some(PInline { kind: PKind::Mark(Box::new(mark)), span: piece.span })
    };
    title.iter().filter_map(end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(argument: &str) -> String {
        let (entry, kind) = tex_entry(argument);
        let name = |name: &EntryName| match &name.sort {
            Some(sort) => format!("{sort}@{}", name.words),
            None => name.words.clone(),
        };
        let entry: Vec<String> = entry.iter().map(name).collect();
        let target = |paths: &[Vec<EntryName>]| paths[0][0].words.clone();
        let kind = match kind {
            PMarkKind::See(paths) => format!("see {}", target(&paths)),
            PMarkKind::SeeAlso(paths) => format!("see also {}", target(&paths)),
            PMarkKind::Place { extent, weight, .. } => format!("{extent:?} {weight:?}"),
        };
        format!("{}: {kind}", entry.join("!"))
    }

    #[test]
    fn the_argument_of_the_command_of_latex_is_read_as_makeindex_reads_it() {
        assert_eq!(shown("water!price"), "water!price: Point Plain");
        assert_eq!(shown("Aethelred@Æthelred"), "Aethelred@Æthelred: Point Plain");
        assert_eq!(shown("Nation@\\textit{Nation}, the|textbf"), "Nation@*Nation*, the: Point Main");
        assert_eq!(shown("war|("), "war: Start Plain");
        assert_eq!(shown("war|)"), "war: End Plain");
        assert_eq!(shown("tariffs|see{customs duties}"), "tariffs: see customs duties");
        assert_eq!(shown("water|seealso{rivers}"), "water: see also rivers");
        assert_eq!(shown("Godel@G\\\"odel"), "Godel@Gödel: Point Plain");
        assert_eq!(shown("\\AE{}thelred"), "Æthelred: Point Plain");
        assert_eq!(shown("Dvo\\v{r}\\'ak"), "Dvořák: Point Plain");
        assert_eq!(shown("Mart\\'{\\i}n \\L\\'od\\'z"), "Martín Łódź: Point Plain");
        assert_eq!(shown("fame\"!@{\\em x}|hyperpage"), "fame!@x: Point Plain");
    }

    #[test]
    fn a_doubled_sign_is_the_sign() {
        assert_eq!(entry_levels("Yahoo!!! shares"), ["Yahoo!", "shares"]);
        assert_eq!(entry_levels(" Water ! price  of "), ["Water", "price of"]);
    }
}
