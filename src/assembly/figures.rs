//! Figures: what is said of each picture, in its brackets, in the lines below it and under `images:`, brought together
//! once. A figure has a number when it has a caption, and who shows or counts it does not ask again.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::slice;

use super::{lower, written};
use crate::book::BlockId;
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::language::terms::Term;
use crate::manuscript::bibliography::Bibliography;
use crate::manuscript::chart::{Charts, WrittenChart};
use crate::manuscript::metadata::WrittenImage;
use crate::manuscript::spine::Manuscript;
use crate::markdown::parsed::{PBlock, PBlockKind, PFigure, PInline, PText};
use crate::markdown::walk::Inside;
use crate::markdown::{Ids, letters};
use crate::picture::page_of;
use crate::source::{Sources, Span};
use crate::yaml::Written;

/// A line below a figure.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// What it says.
    pub text: PText,
    /// The word that opens it, where the author left that to recto.
    pub word: Option<Term>,
}

/// What is said of a figure.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    /// Its caption.
    pub caption: Option<PText>,
    /// What must be known to read it.
    pub note: Option<Line>,
    /// Where its facts come from.
    pub source: Option<Line>,
    /// Whose picture it is.
    pub credit: Option<Line>,
}

impl Said {
    /// Its texts, in the order in which they are read.
    pub fn texts(&self) -> impl Iterator<Item = &PText> {
        self.caption.iter().chain([&self.note, &self.source, &self.credit].into_iter().flatten().map(|line| &line.text))
    }
}

/// What is said of every figure of the sections and notes.
#[derive(Debug, Default)]
pub(super) struct Figures {
    by_block: BTreeMap<BlockId, Said>,
}

impl Figures {
    /// Brings together what is said.
    pub fn of(manuscript: &Manuscript, sources: &Sources, ids: &mut Ids, diagnostics: &mut Diagnostics) -> Figures {
        let mut reader = Reader {
            images: &manuscript.metadata.images,
            charts: &manuscript.charts,
            bibliography: manuscript.bibliography.as_deref(),
            sources,
            ids,
            diagnostics,
            found: BTreeMap::new(),
        };
        for chapter in &manuscript.divisions {
            reader.blocks(&chapter.parsed.blocks);
        }
        for note in manuscript.notes.iter().flatten() {
            reader.blocks(&note.blocks);
        }
        Figures { by_block: reader.found }
    }

    /// What is said of a figure; one that stands in the metadata, in somebody's life, says it itself.
    pub fn get(&self, block: BlockId, figure: &PFigure) -> Cow<'_, Said> {
        let line = |text: &Option<PText>| text.clone().map(|text| Line { text, word: None });
        match self.by_block.get(&block) {
            Some(said) => Cow::Borrowed(said),
            None => Cow::Owned(Said {
                caption: figure.caption.clone(),
                note: line(&figure.note),
                source: line(&figure.source),
                credit: line(&figure.credit),
            }),
        }
    }
}

/// The pictures that figures of some blocks show: their paths as they are written, and where.
pub(super) fn pictures<'a>(blocks: &'a [PBlock], found: &mut Vec<(&'a str, Span)>) {
    for block in blocks {
        if let PBlockKind::Figure(figure) = &block.kind
            && figure.chart.is_none()
        {
            found.push((&figure.path, figure.path_span));
        }
        block.inside(&mut |inside| {
            if let Inside::Block(inner) = inside {
                pictures(slice::from_ref(inner), found);
            }
        });
    }
}

struct Reader<'a> {
    images: &'a BTreeMap<String, WrittenImage>,
    charts: &'a Charts,
    bibliography: Option<&'a Bibliography>,
    sources: &'a Sources,
    ids: &'a mut Ids,
    diagnostics: &'a mut Diagnostics,
    found: BTreeMap<BlockId, Said>,
}

impl Reader<'_> {
    fn blocks(&mut self, blocks: &[PBlock]) {
        for block in blocks {
            if let PBlockKind::Figure(figure) = &block.kind {
                let said = match figure.chart {
                    Some(_) => self.said_of_chart(figure, self.charts.get(&block.id)),
                    None => self.said(figure, block.label.is_some()),
                };
                self.found.insert(block.id, said);
            }
            block.inside(&mut |inside| {
                if let Inside::Block(inner) = inside {
                    self.blocks(slice::from_ref(inner));
                }
            });
        }
    }

    fn said(&mut self, figure: &PFigure, labelled: bool) -> Said {
        let images = self.images;
        let said = image(images, &figure.path);
        let caption = match (&figure.caption, said.and_then(|image| image.caption.as_ref())) {
            (Some(caption), _) => Some(caption.clone()),
            (None, Some(caption)) => Some(self.text(caption)),
            // Pandoc's way: a figure with a label has its words in the brackets for its caption.
            (None, None) if labelled && !letters(&figure.alt).trim().is_empty() => {
                let mut content = figure.alt.clone();
                lower::words(self.bibliography, &mut content, self.ids);
                Some(PText { id: self.ids.next(), content, span: figure.path_span })
            }
            (None, None) => None,
        };
        let source = self.line(figure.source.as_ref(), said.and_then(|image| image.source.as_ref()), Term::Source);
        let credit = self.line(figure.credit.as_ref(), said.and_then(|image| image.credit.as_ref()), Term::Credit);
        let note = self.line(figure.note.as_ref(), None, Term::Note);
        Said { caption, note, source, credit }
    }

    /// What the lines below a chart say wins over what stands in it.
    fn said_of_chart(&mut self, figure: &PFigure, chart: Option<&WrittenChart>) -> Said {
        let caption = match (&figure.caption, chart.and_then(|chart| chart.title.as_ref())) {
            (Some(caption), _) => Some(caption.clone()),
            (None, title) => title.map(|title| self.text(title)),
        };
        Said {
            caption,
            note: self.line(figure.note.as_ref(), chart.and_then(|chart| chart.note.as_ref()), Term::Note),
            source: self.line(figure.source.as_ref(), chart.and_then(|chart| chart.source.as_ref()), Term::Source),
            credit: self.line(figure.credit.as_ref(), chart.and_then(|chart| chart.credit.as_ref()), Term::Credit),
        }
    }

    /// A source or credit: as written with its opening word, or from the metadata, which leaves that to recto.
    fn line(&mut self, written: Option<&PText>, said: Option<&Written>, term: Term) -> Option<Line> {
        match written {
            Some(text) => Some(Line { text: text.clone(), word: None }),
            None => Some(Line { text: self.text(said?), word: Some(term) }),
        }
    }

    fn text(&mut self, written: &Written) -> PText {
        let mut content = match self.bibliography {
            Some(_) => written::citing_inlines(written, self.sources, self.ids, self.diagnostics),
            None => written::inlines(written, self.sources, self.ids, self.diagnostics),
        };
        lower::words(self.bibliography, &mut content, self.ids);
        PText { id: self.ids.next(), content, span: written.span }
    }
}

/// What the metadata says of a picture.
pub(super) fn image<'a>(images: &'a BTreeMap<String, WrittenImage>, path: &str) -> Option<&'a WrittenImage> {
    let path = path.trim_start_matches("./");
    // What is said of a file is said of its pages.
    images.get(path).or_else(|| images.get(page_of(path).0))
}

/// The words for who cannot see a picture: those in its brackets, else what the metadata says; `None` when it is
/// decorative. A picture without any is reported.
pub(super) fn alt(
    image: Option<&WrittenImage>,
    brackets: &[PInline],
    (path, span): (&str, Span),
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let written = letters(brackets);
    let said = image.and_then(|image| image.alt.as_ref());
    let mut unused = |span: Span, why: &str, hint: &str| {
        let message = format!("this alternative text of {path} is not used: {why}");
        diagnostics.report(Diagnostic::new(&lints::UNUSED_IMAGE_ENTRY, message).at(span).hint(hint));
    };
    if image.is_some_and(|image| image.decorative) {
        let own = brackets.first().filter(|_| !written.trim().is_empty()).map(|first| first.span);
        for span in said.map(|alt| alt.span).into_iter().chain(own) {
            unused(span, "`images:` says that it is decorative", "take it out, or `decorative: true`");
        }
    } else if let Some(alt) = said.filter(|alt| !written.trim().is_empty() && written.trim() != alt.text.trim()) {
        unused(alt.span, "the picture has its own in the text", "take one of the two out");
    }
    match said {
        _ if image.is_some_and(|image| image.decorative) => None,
        _ if !written.trim().is_empty() => Some(written),
        Some(alt) => Some(alt.text.clone()),
        None => {
            // One that is written out in the text has a name of thousands of letters.
            let path = if path.starts_with("data:") { "data:…" } else { path };
            diagnostics.report(
                Diagnostic::new(&lints::NO_ALT, format!("the picture \"{path}\" has no alternative text"))
                    .at(span)
                    .hint("say in the brackets what it shows, or mark it `decorative: true` under `images:`"),
            );
            Some(String::new())
        }
    }
}
