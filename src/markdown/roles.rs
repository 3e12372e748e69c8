//! Roles: what MyST writes as ``{ref}`quay` `` in a line.

use super::Parser;
use crate::diagnostic::{Diagnostic, lints};
use crate::markdown::parsed::{PInline, PKind};
use crate::source::Span;

impl Parser<'_> {
    /// What a role says of the words after it.
    pub(super) fn role(&mut self, name: &str, written: &str, span: Span) -> Option<PInline> {
        let text = |words: &str| vec![PInline { kind: PKind::Text(words.to_owned()), span }];
        // `words <target>`, or the target alone.
        let (words, target) = match written.strip_suffix('>').and_then(|rest| rest.rsplit_once('<')) {
            Some((words, target)) => (words.trim(), target.trim()),
            None => ("", written.trim()),
        };
        let kind = match name.rsplit_once(':').map_or(name, |(_, name)| name) {
            "number" if words.is_empty() => PKind::Number(target.trim_start_matches('#').to_owned()),
            "ref" | "numref" | "eq" | "any" if words.is_empty() => {
                PKind::Name(target.trim_start_matches('#').to_owned())
            }
            "ref" | "numref" | "eq" | "any" => self.with_number(target.trim_start_matches('#').to_owned(), text(words)),
            "doc" | "download" if words.is_empty() => PKind::Document(target.to_owned()),
            "doc" => PKind::File(target.to_owned(), None, text(words)),
            "sub" | "subscript" => PKind::Subscript(text(written)),
            "sup" | "superscript" => PKind::Superscript(text(written)),
            "kbd" => PKind::Keyboard(text(written)),
            "del" | "strike" => PKind::Strike(text(written)),
            "u" | "underline" => PKind::Underline(text(written)),
            "sc" | "smallcaps" => PKind::SmallCaps(text(written)),
            "em" | "emphasis" | "dfn" => PKind::Emphasis(text(written)),
            "strong" | "guilabel" | "menuselection" => PKind::Strong(text(written)),
            "code" | "file" | "command" | "program" | "option" | "samp" | "envvar" | "func" | "meth" | "class"
            | "mod" | "attr" => PKind::Code(written.to_owned()),
            "term" if words.is_empty() => PKind::Text(written.to_owned()),
            "term" => PKind::Text(words.to_owned()),
            "abbr" => match written.strip_suffix(')').and_then(|rest| rest.split_once('(')) {
                Some((short, long)) => PKind::Abbreviation(long.trim().to_owned(), text(short.trim())),
                None => PKind::Text(written.to_owned()),
            },
            "cite" | "p" | "t" | "ps" | "footcite" => {
                let keys: Vec<String> = written.split(',').map(|key| format!("@{}", key.trim())).collect();
                let hint = format!("write [{}]", keys.join("; "));
                self.foreign(format!("the role {{{name}}} is not read"), span, &hint);
                return None;
            }
            "index" => {
                let said = Diagnostic::new(&lints::SUSPECT_MARKUP, "this mark for the index is left out");
                let hint = format!("write [{written}]{{.index}} around the word in the text");
                self.diagnostics.report(said.at(span).hint(hint));
                return None;
            }
            "math" => {
                self.foreign(
                    "a formula, which recto does not set",
                    span,
                    "write it in words with H~2~O and 10^6^ marks, or as a picture",
                );
                return None;
            }
            _ => {
                let message = format!("the role {{{name}}}`{written}` is not read");
                self.foreign(message, span, "write [](#label) for a reference, or the words themselves");
                return None;
            }
        };
        Some(PInline { kind, span })
    }
}
