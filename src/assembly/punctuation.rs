//! Punctuation over a tree of inlines: one setter goes through the leaves in reading order.

use crate::book::walk::{self, Shape, ShapeMut};
use crate::book::{Inline, InlineKind};
use crate::language::Language;
use crate::language::punctuation::Setter;

/// Sets quotes, dashes and spaces of a text for its language.
pub(crate) fn set(content: &mut [Inline], language: &Language) {
    let mut firsts = Vec::new();
    collect(content, &mut firsts);
    firsts.push(None);
    let mut at = 0;
    set_in(content, &mut Setter::new(language), &firsts, &mut at);
}

/// The first letter of every leaf; `None` for one without letters.
fn collect(content: &[Inline], firsts: &mut Vec<Option<char>>) {
    for piece in walk::pieces(content) {
        firsts.push(match piece.shape() {
            Shape::Letters(text) => text.chars().next(),
            Shape::Break => Some(' '),
            Shape::Sign => piece.habits().as_word.then_some('x'),
            Shape::Around(_) => continue,
        });
    }
}

fn set_in(content: &mut [Inline], setter: &mut Setter, firsts: &[Option<char>], at: &mut usize) {
    for piece in content {
        let habits = piece.habits();
        let foreign =
            if let InlineKind::Foreign { language, .. } = &piece.kind { Some(language.clone()) } else { None };
        match piece.shape_mut() {
            ShapeMut::Letters(text) if !habits.fixed => {
                *at += 1;
                let next = firsts[*at..].iter().copied().find_map(|first| first);
                *text = setter.set(text, next);
            }
            ShapeMut::Letters(_) => {
                *at += 1;
                setter.pass('x');
            }
            ShapeMut::Sign => {
                *at += 1;
                if habits.as_word {
                    setter.pass('x');
                }
            }
            ShapeMut::Break => {
                *at += 1;
                setter.pass(' ');
            }
            ShapeMut::Around(content) => match foreign {
                Some(language) => {
                    let mut own = Setter::new(&language);
                    own.pass('(');
                    set_in(content, &mut own, firsts, at);
                    setter.pass('x');
                }
                None => set_in(content, setter, firsts, at),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::plain;

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
