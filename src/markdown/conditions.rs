//! What only some editions show: the classes and keys that say so, and headings that say it of all that stands under them.

use super::Parser;
use super::parsed::{Attributes, PBlock, PBlockKind, Test, When};
use crate::diagnostic::{Diagnostic, lints};
use crate::source::Span;

/// Classes of what only some editions show.
pub(super) const CONDITIONS: [&str; 2] = ["content-visible", "content-hidden"];

/// The condition of what pandoc puts into an output as it stands, by the name of its format; `None` for outputs that are
/// not made here.
pub(super) fn of_raw(format: &str) -> Option<&'static str> {
    match format.trim() {
        "latex" | "tex" => Some(".content-visible when-format=\"pdf\""),
        "html" | "html4" | "html5" => Some(".content-visible when-format=\"html\""),
        "epub" | "epub2" | "epub3" => Some(".content-visible when-format=\"epub\""),
        _ => None,
    }
}

impl Attributes {
    /// Whether they say that only some editions show what they stand at.
    pub(super) fn is_conditional(&self) -> bool {
        self.classes.iter().any(|class| CONDITIONS.contains(&class.as_str()))
    }
}

impl Parser<'_> {
    /// Takes each heading with a condition together with what stands under it, up to the next heading that is as high.
    pub(super) fn conditions_of_headings(&mut self, blocks: Vec<PBlock>) -> Vec<PBlock> {
        if !blocks.iter().any(|block| condition(block).is_some()) {
            return blocks;
        }
        let mut out = Vec::with_capacity(blocks.len());
        let mut rest = blocks.into_iter().peekable();
        while let Some(mut block) = rest.next() {
            let (span, Some((level, attributes))) = (block.span, condition(&block)) else {
                out.push(block);
                continue;
            };
            let at = attributes.span.unwrap_or(span);
            if level == 1 {
                self.diagnostics.report(
                    Diagnostic::new(
                        &lints::FOREIGN_MARKUP,
                        "a whole section is not shown or hidden by the class of its heading",
                    )
                    .at(at)
                    .hint("name the sections of an edition under it: editions: {press: {format: pdf, sections: [introduction]}}"),
                );
            }
            let mut said = attributes.clone();
            said.keys.retain(|(key, _)| !matches!(key.as_str(), "short" | "unnumbered"));
            if let PBlockKind::Heading(heading) = &mut block.kind {
                heading.attributes.classes.retain(|class| !CONDITIONS.contains(&class.as_str()));
            }
            let mut under = vec![block];
            while let Some(next) = rest.next_if(|next| !is_heading_up_to(next, level)) {
                under.push(next);
            }
            if level == 1 {
                out.extend(self.conditions_of_headings(under));
                continue;
            }
            self.conditional = true;
            let when = self.when(&said, at);
            let under = self.conditions_of_headings(under);
            out.push(self.block(PBlockKind::When(when, under), span));
        }
        out
    }

    /// Says that a heading in a block for some editions opens no chapter.
    pub(super) fn chapter_within(&mut self, blocks: &[PBlock]) {
        let chapter = |block: &&PBlock| matches!(&block.kind, PBlockKind::Heading(heading) if heading.level == 1);
        if let Some(block) = blocks.iter().find(chapter) {
            let message = "this heading opens no chapter: the block around it is not in every edition";
            self.diagnostics.report(
                Diagnostic::new(&lints::HEADING_LEVEL, message)
                    .at(block.span)
                    .hint("write the chapter in a file of its own, with `edition: print` between --- lines at its head, or ## here"),
            );
        }
    }

    /// `when-format="pdf" unless-edition="press"`.
    pub(super) fn when(&mut self, attributes: &Attributes, span: Span) -> When {
        let mut tests = Vec::new();
        for (key, value) in &attributes.keys {
            let test = match key.as_str() {
                "when-format" | "unless-format" => Test::Format(self.format_of(value, span)),
                "when-edition" | "unless-edition" | "when-profile" | "unless-profile" => Test::Edition(value.clone()),
                "lang" => continue,
                other => {
                    self.unknown_attribute(other, span);
                    continue;
                }
            };
            tests.push((test, key.starts_with("unless")));
        }
        When { hidden: attributes.classes.iter().any(|class| class == "content-hidden"), tests }
    }

    /// What a format is called here. Those of pandoc that become pages are the PDF's; what it writes for other programs is
    /// in no edition.
    fn format_of(&mut self, value: &str, span: Span) -> String {
        const KNOWN: [&str; 4] = ["pdf", "epub", "html", "web"];
        const OTHERS: [&str; 17] = [
            "docx",
            "odt",
            "rtf",
            "pptx",
            "revealjs",
            "markdown",
            "gfm",
            "commonmark",
            "hugo",
            "jats",
            "icml",
            "ipynb",
            "asciidoc",
            "rst",
            "org",
            "context",
            "dashboard",
        ];
        let name = value.trim().to_ascii_lowercase();
        match name.as_str() {
            "latex" | "tex" | "beamer" | "typst" => return "pdf".to_owned(),
            "epub2" | "epub3" => return "epub".to_owned(),
            "html4" | "html5" => return "html".to_owned(),
            "html:js" => return "web".to_owned(),
            _ => {}
        }
        if !KNOWN.contains(&name.as_str()) && !OTHERS.contains(&name.as_str()) {
            let near = crate::diagnostic::nearest(&name, KNOWN);
            let hint = near
                .map_or_else(|| "write pdf, epub, html or web".to_owned(), |near| format!("did you mean \"{near}\"?"));
            let said = Diagnostic::new(&lints::UNKNOWN_ATTRIBUTE, format!("no edition has the format \"{value}\""));
            self.diagnostics.report(said.at(span).hint(hint));
        }
        name
    }
}

/// The level and the attributes of a heading with a condition.
fn condition(block: &PBlock) -> Option<(u8, &Attributes)> {
    match &block.kind {
        PBlockKind::Heading(heading) if heading.attributes.is_conditional() => {
            Some((heading.level, &heading.attributes))
        }
        _ => None,
    }
}

fn is_heading_up_to(block: &PBlock, level: u8) -> bool {
    matches!(&block.kind, PBlockKind::Heading(heading) if heading.level <= level)
}
