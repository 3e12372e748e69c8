//! Words in another script than the language's: a voice reads them rightly only when their language is marked.

use std::collections::BTreeMap;

use crate::book::walk::Shape;
use crate::book::{Inline, InlineKind};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::language::Language;
use crate::source::Span;

/// From this many letters on, a run of another script is no name or sign any more.
const RUN: usize = 12;

/// A script and what to write for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Script {
    name: &'static str,
    tag: &'static str,
}

const SCRIPTS: [(Script, &[(u32, u32)]); 9] = [
    (Script { name: "Greek", tag: "el" }, &[(0x370, 0x3ff), (0x1f00, 0x1fff)]),
    (Script { name: "Cyrillic", tag: "ru" }, &[(0x400, 0x52f)]),
    (Script { name: "Hebrew", tag: "he" }, &[(0x590, 0x5ff)]),
    (Script { name: "Arabic", tag: "ar" }, &[(0x600, 0x6ff), (0x750, 0x77f)]),
    (Script { name: "Devanagari", tag: "hi" }, &[(0x900, 0x97f)]),
    (Script { name: "Thai", tag: "th" }, &[(0xe00, 0xe7f)]),
    (Script { name: "Korean", tag: "ko" }, &[(0x1100, 0x11ff), (0xac00, 0xd7af)]),
    (Script { name: "Japanese", tag: "ja" }, &[(0x3040, 0x30ff)]),
    (Script { name: "Chinese", tag: "zh" }, &[(0x4e00, 0x9fff)]),
];

fn script(letter: char) -> Option<Script> {
    let code = letter as u32;
    let inside = |ranges: &[(u32, u32)]| ranges.iter().any(|(first, last)| (*first..=*last).contains(&code));
    SCRIPTS.iter().find(|(_, ranges)| inside(ranges)).map(|(script, _)| *script)
}

/// Whether a language is written in a script.
fn writes(language: &Language, script: Script) -> bool {
    match script.tag {
        "ru" => matches!(language.primary(), "ru" | "uk" | "bg" | "sr" | "mk" | "be" | "kk" | "mn" | "ky" | "tg"),
        "ar" => matches!(language.primary(), "ar" | "fa" | "ur" | "ps" | "sd" | "ug" | "ckb"),
        "he" => matches!(language.primary(), "he" | "yi"),
        "hi" => matches!(language.primary(), "hi" | "mr" | "ne" | "sa"),
        "zh" => matches!(language.primary(), "zh" | "ja" | "ko"),
        tag => language.primary() == tag,
    }
}

/// The texts with a run of another script whose language is not marked: by script and by the language around, where the
/// first stands and how many there are.
pub(super) type Unmarked = BTreeMap<(&'static str, String), (Script, Option<Span>, usize)>;

/// Finds runs of another script whose language is not marked.
pub(super) fn find(content: &[Inline], around: Option<Span>, language: &Language, unmarked: &mut Unmarked) {
    for piece in content {
        let span = piece.span.or(around);
        let spoken = if let InlineKind::Foreign { language, .. } = &piece.kind { language } else { language };
        match piece.shape() {
            // Program text and addresses are in no language.
            Shape::Letters(text) if !piece.habits().fixed => {
                if let Some(script) = foreign_run(text, language) {
                    let key = (script.tag, language.to_string());
                    unmarked.entry(key).or_insert((script, span, 0)).2 += 1;
                }
            }
            Shape::Around(content) => find(content, span, spoken, unmarked),
            Shape::Letters(_) | Shape::Break | Shape::Sign => {}
        }
    }
}

/// Says it, once for a script.
pub(super) fn say(unmarked: Unmarked, diagnostics: &mut Diagnostics) {
    for ((tag, language), (script, span, count)) in unmarked {
        let name = script.name;
        let message = match count {
            1 => format!("{name} words stand in a text that is marked as {language}"),
            _ => format!(
                "{name} words stand in a text that is marked as {language}, here and in {} more places",
                count - 1
            ),
        };
        diagnostics.report(
            Diagnostic::new(&lints::EPUB_UNMARKED_LANGUAGE, message)
                .at(span)
                .hint(format!("mark their language, so that a voice can read them: [words]{{lang={tag}}}")),
        );
    }
}

/// The script of the first long run of another script.
fn foreign_run(text: &str, language: &Language) -> Option<Script> {
    // Latin letters, and signs of all scripts, which begin with E2: nothing else stands in most books.
    if text.bytes().all(|byte| byte < 0xcd || byte == 0xe2) {
        return None;
    }
    let mut run: Option<(Script, usize)> = None;
    for letter in text.chars() {
        match (script(letter).filter(|script| !writes(language, *script)), &mut run) {
            (Some(found), Some((script, count))) if found == *script => {
                *count += 1;
                if *count >= RUN {
                    return Some(found);
                }
            }
            (Some(found), _) => run = Some((found, 1)),
            (None, _) if letter.is_alphabetic() => run = None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_no_run_but_a_sentence_is() {
        let english = Language::english();
        assert_eq!(foreign_run("Putin (Владимир) said", &english), None);
        let found = foreign_run("he said: Всё смешалось в доме Облонских", &english);
        assert_eq!(found.map(|script| script.tag), Some("ru"));
        let bulgarian = Language::parse("bg").expect("a tag");
        assert_eq!(foreign_run("Всё смешалось в доме Облонских", &bulgarian), None);
    }
}
