//! Punctuation over a tree of inlines: one setter goes through the leaves in reading order.

use crate::book::inline::{Inline, InlineKind};
use crate::language::Language;
use crate::language::punctuation::Setter;

/// Sets quotes, dashes and spaces of a text for its language.
pub(crate) fn set(content: &mut [Inline], language: &Language) {
    let mut firsts = Vec::new();
    collect(content, &mut firsts);
    firsts.push(None);
    let mut at = 0;
    walk(content, &mut Setter::new(language), &firsts, &mut at);
}

/// The first letter of every leaf; `None` for one without letters.
fn collect(content: &[Inline], firsts: &mut Vec<Option<char>>) {
    for piece in content {
        match &piece.kind {
            InlineKind::Text(text) => firsts.push(text.chars().next()),
            InlineKind::Code(text) => firsts.push(text.chars().next()),
            InlineKind::Address { shown, .. } => firsts.push(shown.chars().next()),
            InlineKind::LineBreak => firsts.push(Some(' ')),
            InlineKind::NoteCall { .. } | InlineKind::Picture { .. } => firsts.push(None),
            InlineKind::PageReference { .. } => firsts.push(Some('x')),
            _ => collect(piece.content(), firsts),
        }
    }
}

fn walk(content: &mut [Inline], setter: &mut Setter, firsts: &[Option<char>], at: &mut usize) {
    for piece in content {
        let next = |at: usize| firsts[at..].iter().copied().find_map(|first| first);
        match &mut piece.kind {
            InlineKind::Text(text) => {
                *at += 1;
                *text = setter.set(text, next(*at));
            }
            InlineKind::Code(_) | InlineKind::Address { .. } | InlineKind::PageReference { .. } => {
                *at += 1;
                setter.pass('x');
            }
            InlineKind::LineBreak => {
                *at += 1;
                setter.pass(' ');
            }
            InlineKind::NoteCall { .. } | InlineKind::Picture { .. } => *at += 1,
            InlineKind::Foreign { language, content } => {
                let mut foreign = Setter::new(language);
                foreign.pass('(');
                walk(content, &mut foreign, firsts, at);
                setter.pass('x');
            }
            InlineKind::Emphasis(content)
            | InlineKind::Strong(content)
            | InlineKind::SmallCaps(content)
            | InlineKind::Strike(content)
            | InlineKind::Subscript(content)
            | InlineKind::Superscript(content)
            | InlineKind::Small(content)
            | InlineKind::Keyboard(content)
            | InlineKind::Cite(content)
            | InlineKind::Keep(content)
            | InlineKind::Abbreviation { content, .. }
            | InlineKind::Link { content, .. } => walk(content, setter, firsts, at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::inline::plain;

    #[test]
    fn a_quotation_may_begin_in_one_word_and_end_in_an_emphasised_one() {
        let emphasis = Inline { kind: InlineKind::Emphasis(vec![Inline::text("whole\"")]), span: None };
        let mut content = vec![Inline::text("the \"very "), emphasis, Inline::text(" of it -- 'yes'")];
        set(&mut content, &Language::english());
        assert_eq!(plain(&content), "the “very whole” of it\u{a0}– ‘yes’");
    }

    #[test]
    fn addresses_and_code_are_never_touched() {
        let code = Inline { kind: InlineKind::Code("a--\"b\"".to_owned()), span: None };
        let url = "https://a.org/x--y'z".to_owned();
        let address = Inline { kind: InlineKind::Address { url: url.clone(), shown: url.clone() }, span: None };
        let mut content = vec![code, Inline::text(" \"see "), address, Inline::text("\"")];
        set(&mut content, &Language::english());
        assert_eq!(plain(&content), format!("a--\"b\" “see {url}”"));
    }
}
