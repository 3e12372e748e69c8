//! Blocks as XHTML: paragraphs, lists, extracts, code, verse, figures, boxes, notes.

use super::Writer;
use crate::book::block::{
    Biography, BoxBlock, BoxKind, Counts, Definition, Extent, Figure, FigureBody, GroupRole, Heading, List, ListMarker,
    Notes, Numerals, Panels, Paragraph, ParagraphRole, Quote, QuoteKind, Stops, VerseLine, Works,
};
use crate::book::program::Toner;
use crate::book::{
    AssetId, Block, BlockId, BlockKind, DivisionKind, Inline, InlineKind, NoteId, PictureKind, PictureSize, Target,
    TextBlock, walk,
};
use crate::epub::plan::{Seat, note_id};
use crate::language::Language;
use crate::language::terms::Term;
use crate::language::web::Web;
use crate::units::Length;

/// Where a screen is too narrow for the letters of a broad drawing.
const NARROW: &str = "(max-width: 600px)";

/// A drawing of so many pixels across is no emblem: it is shown as wide as the text.
const DRAWN: u32 = 320;

impl Writer<'_> {
    /// Blocks of a division: every heading opens a section, closed by the next one of its level.
    pub(super) fn blocks_in_sections(&mut self, blocks: &[Block]) {
        let ground = self.markup.depth();
        let mut open: Vec<u8> = Vec::new();
        let mut indent = false;
        for (at, block) in blocks.iter().enumerate() {
            let heading = if let BlockKind::Heading(heading) = &block.kind { Some(heading) } else { None };
            let notes = if let BlockKind::Notes(notes) = &block.kind { Some(notes) } else { None };
            let title = heading.map(|heading| &heading.title).or(notes.and_then(|notes| notes.title.as_ref()));
            if let Some(title) = title {
                let level = heading.map_or(2, |heading| heading.level).min(self.level + 1).max(2);
                while open.last().is_some_and(|last| *last >= level) {
                    open.pop();
                }
                self.markup.close_to(ground + open.len());
                self.marks_at(Seat::Before(title.id));
                self.open_section(title, notes.is_some());
                open.push(level);
            }
            // Notes stand in no part that a text above them opened.
            if notes.is_some() && title.is_none() {
                open.clear();
                self.markup.close_to(ground);
            }
            self.initial &= heading.is_none();
            match heading {
                Some(heading) => self.heading(block, heading, heading.level.min(self.level + 1).max(2)),
                None => self.in_its_row(blocks, at, indent),
            }
            indent = block.habits().runs_on;
        }
        self.markup.close_to(ground);
    }

    /// A block; figures to remember that follow each other stand in a row.
    fn in_its_row(&mut self, blocks: &[Block], at: usize, indent: bool) {
        let figure = |at: Option<usize>| {
            let block = at.and_then(|at| blocks.get(at));
            block.is_some_and(|block| matches!(&block.kind, BlockKind::Box(boxed) if boxed.kind == BoxKind::KeyFigure))
        };
        let (before, own, after) = (figure(at.checked_sub(1)), figure(Some(at)), figure(Some(at + 1)));
        if own && after && !before {
            self.markup.tag("div").attr("class", "key-figures").begin();
        }
        // Only what comes first, or below a standfirst, begins a chapter.
        let block = &blocks[at];
        let begins = matches!(&block.kind, BlockKind::Paragraph(paragraph) if paragraph.role == ParagraphRole::Text);
        let leads = matches!(&block.kind, BlockKind::Group(group) if group.role == GroupRole::Standfirst);
        let initial = std::mem::take(&mut self.initial);
        self.initial = initial && begins;
        self.block(block, indent);
        self.initial = initial && leads;
        if own && before && !after {
            self.markup.end();
        }
    }

    /// A section below a heading; one that holds the chapter's notes says so.
    fn open_section(&mut self, title: &TextBlock, notes: bool) {
        let id = self.plan.id(title.id).map(str::to_owned);
        let tag = self.markup.tag("section");
        if notes {
            let id = id.as_deref().unwrap_or("notes");
            tag.attr("epub:type", "endnotes").attr("role", "doc-endnotes").attr("aria-labelledby", id).begin();
        } else {
            tag.begin();
        }
    }

    fn heading(&mut self, block: &Block, heading: &Heading, level: u8) {
        let name = ["h2", "h3", "h4", "h5", "h6"][usize::from(level.clamp(2, 6) - 2)];
        self.level = level;
        let id = self.plan.id(block.id).map(str::to_owned);
        self.language_of(block);
        self.tagged(name, block).maybe("id", id.as_deref()).open();
        if let Some(number) = &heading.number {
            self.markup.tag("span").attr("class", "number").open();
            self.markup.text(number);
            self.markup.close();
            self.markup.text(" ");
        }
        self.words(&heading.title.content);
        self.markup.end();
    }

    /// Blocks inside another block.
    pub(in crate::epub) fn blocks(&mut self, blocks: &[Block]) {
        let mut indent = false;
        for (at, block) in blocks.iter().enumerate() {
            self.in_its_row(blocks, at, indent);
            indent = block.habits().runs_on;
        }
    }

    /// An element for a block, with its language.
    fn tagged(&mut self, name: &'static str, block: &Block) -> crate::xml::Tag<'_> {
        let direction = block.language.as_ref().and_then(|language| self.direction(language));
        let tag = block.language.as_ref().map(|language| language.tag());
        self.markup.tag(name).maybe("lang", tag).maybe("xml:lang", tag).maybe("dir", direction)
    }

    /// The direction of what runs from the left in books that run from the right too: program text, numbers of notes.
    pub(super) fn left_to_right(&self) -> Option<&'static str> {
        (self.page_language.direction() == crate::language::Direction::RightToLeft).then_some("ltr")
    }

    fn language_of(&mut self, block: &Block) {
        if let Some(language) = &block.language {
            self.facts.languages.insert(language.clone());
        }
    }

    pub(super) fn block(&mut self, block: &Block, indent: bool) {
        self.language_of(block);
        let id = self.plan.id(block.id).map(str::to_owned);
        let id = id.as_deref();
        match &block.kind {
            BlockKind::Paragraph(paragraph) => self.paragraph(block, paragraph, indent),
            BlockKind::Heading(heading) => {
                self.marks_at(Seat::Before(block.id));
                let level = heading.level.min(self.level + 1).max(2);
                self.heading(block, heading, level);
            }
            BlockKind::List(list) => self.list(block, list),
            BlockKind::Definitions(definitions) => self.definitions(block, definitions),
            BlockKind::Quote(quote) => self.quote(block, quote),
            BlockKind::Code(code) => {
                let titled = code.number.is_some() || code.caption.is_some() || code.filename.is_some();
                if titled {
                    self.markup.tag("div").attr("class", "listing").begin();
                    if code.number.is_some() || code.caption.is_some() {
                        self.markup.tag("p").attr("class", "listing-title").open();
                        self.numbered(code.number.as_deref(), code.caption.as_ref());
                        self.markup.end();
                    }
                    if let Some(filename) = &code.filename {
                        self.markup.tag("p").attr("class", "listing-file").open();
                        self.text(filename);
                        self.markup.end();
                    }
                }
                let said = block.language.as_ref().is_some_and(|language| self.direction(language).is_some());
                let direction = self.left_to_right().filter(|_| !said);
                self.tagged("pre", block).maybe("id", id).attr("translate", "no").maybe("dir", direction).open();
                let language =
                    code.language.as_deref().map(crate::language::slug).map(|name| format!("language-{name}"));
                self.markup.tag("code").maybe("class", language.as_deref()).open();
                self.preformatted = true;
                match Toner::of(code.language.as_deref()).filter(|_| self.theme.code_colours) {
                    Some(mut toner) => {
                        let content = toner.toned(&code.text.content);
                        self.text(&TextBlock { content, ..code.text.clone() });
                    }
                    None => self.text(&code.text),
                }
                self.preformatted = false;
                self.markup.close();
                self.markup.end();
                if titled {
                    self.markup.end();
                }
                self.facts.code = true;
            }
            BlockKind::Verse(stanzas) => self.verse(block, stanzas),
            BlockKind::Table(table) => {
                self.marks_at(Seat::Before(block.id));
                self.table(block, table);
            }
            BlockKind::Figure(figure) => {
                self.marks_at(Seat::Before(block.id));
                self.figure(block, figure);
            }
            BlockKind::Panels(row) => {
                self.marks_at(Seat::Before(block.id));
                self.panels(block, row);
            }
            BlockKind::Box(boxed) => {
                self.marks_at(Seat::Before(block.id));
                self.boxed(block, boxed);
            }
            BlockKind::Ornament => {
                self.marks_at(Seat::Before(block.id));
                self.markup.tag("hr").maybe("id", id).attr("class", "ornament").empty();
                self.markup.line();
            }
            BlockKind::PullQuote(_) | BlockKind::PageBreak => {}
            BlockKind::Contents(entries) | BlockKind::ListOf(entries) => self.entries(entries),
            BlockKind::Notes(notes) => self.notes(notes),
            BlockKind::Works(works) => self.works(block, works),
            BlockKind::Index(index) => self.index(index),
            BlockKind::Biography(biography) => {
                self.marks_at(Seat::Before(block.id));
                self.biography(block, biography);
            }
            BlockKind::Group(group) => {
                let class = match group.role {
                    GroupRole::Colophon => Some("group"),
                    GroupRole::Standfirst => Some("standfirst"),
                    GroupRole::Plain => None,
                };
                self.tagged("div", block).maybe("id", id).maybe("class", class).begin();
                self.blocks(&group.blocks);
                self.markup.end();
            }
        }
    }

    fn paragraph(&mut self, block: &Block, paragraph: &Paragraph, indent: bool) {
        let class = match paragraph.role {
            ParagraphRole::Text if walk::is_of_pictures(&paragraph.text.content) => Some("pictures"),
            ParagraphRole::Text if indent => Some("indent"),
            ParagraphRole::Text | ParagraphRole::Continuation => None,
            ParagraphRole::Attribution => Some("attribution"),
            ParagraphRole::Colophon => Some("colophon"),
            ParagraphRole::BookTitle => Some("book-title"),
            ParagraphRole::BookSubtitle => Some("book-subtitle"),
            ParagraphRole::Byline => Some("byline"),
            ParagraphRole::Imprint => Some("imprint"),
            ParagraphRole::Work => None,
        };
        let id = self.plan.id(block.id).map(str::to_owned);
        let initial = std::mem::take(&mut self.initial).then(|| capital(&paragraph.text.content)).flatten();
        let class = if initial.is_some() { Some("initial") } else { class };
        self.tagged("p", block).maybe("id", id.as_deref()).maybe("class", class).open();
        self.opening_marks = initial.filter(|_| self.theme.opener.drop_cap > 1).unwrap_or(0);
        match paragraph.role {
            ParagraphRole::Byline if self.pages.at(Seat::In(paragraph.text.id)).is_empty() => {
                self.names(&paragraph.text.content)
            }
            _ => self.named_text(&paragraph.text),
        }
        self.markup.end();
    }

    /// The list of works. Outside a division of that kind it is one of its own.
    fn works(&mut self, block: &Block, works: &Works) {
        let apart = self.book.division(self.division).kind != DivisionKind::Bibliography;
        if apart {
            self.markup.tag("div").attr("epub:type", "bibliography").attr("role", "doc-bibliography").begin();
        }
        let labelled = works.entries.iter().any(|entry| entry.label.is_some());
        let class = match (labelled, works.hanging) {
            (true, _) => "works labelled",
            (false, true) => "works hanging",
            (false, false) => "works",
        };
        let id = self.plan.id(block.id).map(str::to_owned);
        self.tagged("ul", block).maybe("id", id.as_deref()).attr("class", class).begin();
        for entry in &works.entries {
            let id = self.plan.id(entry.block.id).map(str::to_owned);
            self.markup.tag("li").maybe("id", id.as_deref()).open();
            if let Some(label) = &entry.label {
                self.markup.tag("span").attr("class", "label").open();
                self.markup.text(label);
                self.markup.close();
                self.markup.text(" ");
            }
            if let BlockKind::Paragraph(paragraph) = &entry.block.kind {
                self.entry_of_works(&paragraph.text);
            }
            self.ways_to_citations(entry.block.id);
            self.markup.end();
        }
        self.markup.end();
        if apart {
            self.markup.end();
        }
    }

    fn list(&mut self, block: &Block, list: &List) {
        let id = self.plan.id(block.id).map(str::to_owned);
        let (name, start) = match list.marker {
            ListMarker::Bullet => ("ul", None),
            ListMarker::Number { start, counts: Counts::Down, .. } => ("ol", Some(start.to_string())),
            ListMarker::Number { start, .. } => ("ol", (start != 1).then(|| start.to_string())),
        };
        let down = matches!(list.marker, ListMarker::Number { counts: Counts::Down, .. });
        let (numerals, stops) = match list.marker {
            ListMarker::Bullet => (None, None),
            ListMarker::Number { numerals, stops, .. } => (numeral_type(numerals), stops_class(stops)),
        };
        let tasks = list.items.iter().any(|item| item.done.is_some());
        let counted = (name == "ol" && numerals.is_none()).then(|| digits_class(&self.page_language)).flatten();
        let loose = (!list.tight).then_some("loose");
        let classes: Vec<&str> = match tasks {
            true => vec!["tasks"],
            false => [loose, stops, counted].into_iter().flatten().collect(),
        };
        let class = (!classes.is_empty()).then(|| classes.join(" "));
        self.tagged(name, block)
            .maybe("id", id.as_deref())
            .maybe("class", class.as_deref())
            .maybe("start", start.as_deref())
            .maybe("reversed", down.then_some("reversed"))
            .maybe("type", numerals)
            .begin();
        for item in &list.items {
            self.markup.tag("li").open();
            match item.done {
                Some(true) => self.markup.text("☑ "),
                Some(false) => self.markup.text("☐ "),
                None => {}
            }
            match item.blocks.split_first() {
                Some((Block { kind: BlockKind::Paragraph(first), id, language: None, .. }, rest)) if list.tight => {
                    let anchor = self.plan.id(*id).map(str::to_owned);
                    match anchor {
                        Some(anchor) => {
                            self.markup.tag("span").attr("id", &anchor).open();
                            self.named_text(&first.text);
                            self.markup.close();
                        }
                        None => self.named_text(&first.text),
                    }
                    if !rest.is_empty() {
                        self.markup.line();
                    }
                    self.blocks(rest);
                }
                _ => self.blocks(&item.blocks),
            }
            self.markup.end();
        }
        self.markup.end();
    }

    fn definitions(&mut self, block: &Block, definitions: &[Definition]) {
        let id = self.plan.id(block.id).map(str::to_owned);
        self.tagged("dl", block).maybe("id", id.as_deref()).begin();
        for definition in definitions {
            for term in &definition.terms {
                let id = self.plan.id(term.id).map(str::to_owned);
                self.markup.tag("dt").maybe("id", id.as_deref()).open();
                self.named_text(term);
                self.markup.end();
            }
            for meaning in &definition.meanings {
                self.markup.tag("dd").begin();
                self.blocks(meaning);
                self.markup.end();
            }
        }
        self.markup.end();
    }

    fn quote(&mut self, block: &Block, quote: &Quote) {
        let class = match quote.kind {
            QuoteKind::Extract => None,
            QuoteKind::Epigraph => Some("epigraph"),
            QuoteKind::Letter => Some("letter"),
        };
        let id = self.plan.id(block.id).map(str::to_owned);
        self.tagged("blockquote", block).maybe("id", id.as_deref()).maybe("class", class).begin();
        self.blocks(&quote.blocks);
        self.markup.end();
    }

    fn verse(&mut self, block: &Block, stanzas: &[Vec<VerseLine>]) {
        let id = self.plan.id(block.id).map(str::to_owned);
        self.tagged("blockquote", block).maybe("id", id.as_deref()).attr("class", "verse").begin();
        for stanza in stanzas {
            self.markup.tag("p").open();
            for (at, line) in stanza.iter().enumerate() {
                if at > 0 {
                    self.markup.tag("br").empty();
                    self.markup.line();
                }
                let class = match line.indent {
                    0 => "line".to_owned(),
                    steps => format!("line in-{}", steps.min(6)),
                };
                self.markup.tag("span").attr("class", &class).open();
                self.text(&line.text);
                self.markup.close();
            }
            self.markup.end();
        }
        self.markup.end();
    }

    /// A figure: title, picture, longer description, source and credit.
    fn figure(&mut self, block: &Block, figure: &Figure) {
        let id = self.plan.id(block.id).map(str::to_owned);
        self.tagged("figure", block).maybe("id", id.as_deref()).begin();
        if figure.caption.is_some() || figure.number.is_some() {
            self.markup.tag("figcaption").open();
            self.numbered(figure.number.as_deref(), figure.caption.as_ref());
            self.markup.end();
        }
        match &figure.body {
            FigureBody::Picture(asset) => self.pictured(figure, *asset),
            FigureBody::Chart(chart) => self.chart(block, figure, chart),
        }
        self.source(figure.note.as_ref());
        self.source(figure.source.as_ref());
        self.source(figure.credit.as_ref());
        self.markup.end();
    }

    /// The picture of a figure, and what describes it at length.
    fn pictured(&mut self, figure: &Figure, asset: AssetId) {
        let width = match figure.width {
            Some(Extent::Share(share)) => Some(share_class(share)),
            Some(Extent::Length(_)) | None => None,
        };
        let pixels = self.pixels(asset, figure.width, figure.height);
        self.labels += 1;
        let details = figure.long_description.as_ref().map(|_| format!("h-long-{}", self.labels));
        // Online a narrow screen shows the one that is drawn larger.
        let large = figure.large.filter(|_| self.web);
        if let Some(large) = large {
            self.facts.pictures_used.insert(large);
            let source = self.plan.pictures[large.0 as usize].clone();
            self.markup.tag("picture").begin();
            self.markup.tag("source").attr("media", NARROW).attr("srcset", &source).empty();
            self.markup.line();
        }
        let class = width.or_else(|| self.is_drawn(figure, asset).then(|| "drawn".to_owned()));
        self.sized_picture(asset, figure.alt.as_deref(), class.as_deref(), pixels, details.as_deref());
        self.markup.line();
        if large.is_some() {
            self.markup.end();
        }
        if self.web {
            let source = self.plan.pictures[asset.0 as usize].clone();
            self.markup.tag("p").attr("class", "large").open();
            let (words, tag) = Web::OpenLarge.tagged(&self.page_language);
            self.markup.tag("a").attr("href", &source).maybe("lang", tag).open();
            self.markup.text(words);
            self.markup.close();
            self.markup.end();
        }
        if let (Some(long), Some(id)) = (&figure.long_description, &details) {
            self.facts.long_descriptions = true;
            self.markup.tag("details").attr("id", id).begin();
            self.markup.leaf("summary", Term::Description.word(&self.page_language));
            self.markup.line();
            self.markup.leaf("p", long);
            self.markup.line();
            self.markup.end();
        }
    }

    /// Whether a picture online is a drawing for the whole measure: its letters are as large as that lets them be.
    fn is_drawn(&self, figure: &Figure, asset: AssetId) -> bool {
        let picture = self.book.assets.get(asset);
        let said = figure.width.is_some() || figure.height.is_some();
        self.web && !said && picture.kind == PictureKind::Svg && picture.width >= DRAWN
    }

    /// Pictures side by side, where the screen is wide enough.
    fn panels(&mut self, block: &Block, row: &Panels) {
        let id = self.plan.id(block.id).map(str::to_owned);
        self.tagged("figure", block).maybe("id", id.as_deref()).begin();
        if row.caption.is_some() || row.number.is_some() {
            self.markup.tag("figcaption").open();
            self.numbered(row.number.as_deref(), row.caption.as_ref());
            self.markup.end();
        }
        self.markup.tag("div").attr("class", &format!("panels of-{}", row.columns)).begin();
        self.blocks(&row.panels);
        self.markup.end();
        row.below.iter().for_each(|text| self.source(Some(text)));
        self.markup.end();
    }

    /// "Figure 2. Words of the caption."
    pub(super) fn numbered(&mut self, number: Option<&str>, caption: Option<&TextBlock>) {
        if let Some(number) = number {
            let language = &self.book.metadata.language;
            let english = language.tag_of_words(number);
            // "(a)" needs no stop.
            let after = match caption {
                Some(_) if number.ends_with(')') => " ",
                Some(_) => language.after_number(),
                None => "",
            };
            self.markup.tag("span").attr("class", "number").maybe("lang", english).maybe("xml:lang", english).open();
            self.markup.text(number);
            self.markup.text(after.trim_end());
            self.markup.close();
            self.markup.text(if after.is_empty() { "" } else { " " });
        }
        if let Some(caption) = caption {
            self.text(caption);
        }
    }

    pub(super) fn source(&mut self, text: Option<&TextBlock>) {
        if let Some(text) = text {
            self.markup.tag("p").attr("class", "source").open();
            self.text(text);
            self.markup.end();
        }
    }

    /// A picture; one that carries no meaning says so.
    pub(super) fn picture(&mut self, asset: AssetId, alt: Option<&str>, class: Option<&str>, details: Option<&str>) {
        self.sized_picture(asset, alt, class, None, details);
    }

    /// How wide a picture is in CSS pixels, where its author said a length.
    fn pixels(&self, asset: AssetId, width: Option<Extent>, height: Option<Length>) -> Option<i64> {
        let pixel = Length::inches(1.0) / 96;
        let picture = self.book.assets.get(asset);
        let by_height =
            height.map(|height| height.scale(i64::from(picture.width.max(1)), i64::from(picture.height.max(1))));
        let by_width = match width {
            Some(Extent::Length(length)) => Some(length),
            Some(Extent::Share(_)) => return None,
            None => None,
        };
        let width = by_width.into_iter().chain(by_height).reduce(Length::min)?;
        Some(width.units_to_cover(pixel).max(1))
    }

    /// The class of a picture among words, and how wide it is in CSS pixels, where its author said a length.
    pub(super) fn picture_in_line(&self, asset: AssetId, size: PictureSize) -> (String, Option<i64>) {
        match size {
            PictureSize::Letters => ("inline".to_owned(), None),
            PictureSize::Natural { of: 0 | 1 } => ("natural".to_owned(), None),
            PictureSize::Natural { of } => (format!("natural {}", share_class(950 / u16::from(of))), None),
            PictureSize::Set { width: Some(Extent::Share(share)), .. } => (share_class(share), None),
            PictureSize::Set { width, height } => ("natural".to_owned(), self.pixels(asset, width, height)),
        }
    }

    pub(super) fn sized_picture(
        &mut self,
        asset: AssetId,
        alt: Option<&str>,
        class: Option<&str>,
        width: Option<i64>,
        details: Option<&str>,
    ) {
        let width = width.map(|width| width.to_string());
        self.facts.picture(alt);
        self.facts.pictures_used.insert(asset);
        let source = self.plan.pictures[asset.0 as usize].clone();
        let class = self.picture_class(asset, class);
        self.markup
            .tag("img")
            .attr("src", &source)
            .attr("alt", alt.unwrap_or_default())
            .maybe("class", class.as_deref())
            .maybe("width", width.as_deref())
            .maybe("aria-details", details)
            .maybe("role", alt.is_none().then_some("presentation"))
            .empty();
    }

    fn boxed(&mut self, block: &Block, boxed: &BoxBlock) {
        let (class, semantics) = match boxed.kind {
            BoxKind::Plain => ("box", None),
            BoxKind::KeyPoints => ("box key-points", None),
            BoxKind::KeyFigure => ("key-figure", None),
            BoxKind::Note => ("box note", Some(("notice", "doc-notice"))),
            BoxKind::Tip => ("box tip", Some(("tip", "doc-tip"))),
            BoxKind::Important => ("box important", Some(("notice", "doc-notice"))),
            BoxKind::Warning => ("box warning", Some(("notice", "doc-notice"))),
            BoxKind::Caution => ("box caution", Some(("notice", "doc-notice"))),
            BoxKind::Recommendation => ("box recommendation", None),
        };
        let id = self.plan.id(block.id).map(str::to_owned);
        self.tagged("div", block)
            .maybe("id", id.as_deref())
            .attr("class", class)
            .maybe("epub:type", semantics.map(|pair| pair.0))
            .maybe("role", semantics.map(|pair| pair.1))
            .begin();
        if let Some(title) = &boxed.title {
            let class = if boxed.kind == BoxKind::KeyFigure { "figure" } else { "box-title" };
            self.markup.tag("p").attr("class", class).open();
            self.text(title);
            self.markup.end();
        }
        self.blocks(&boxed.blocks);
        self.markup.end();
    }

    fn biography(&mut self, block: &Block, biography: &Biography) {
        let id = self.plan.id(block.id).map(str::to_owned);
        self.tagged("div", block).maybe("id", id.as_deref()).attr("class", "biography").begin();
        if let Some((asset, alt)) = &biography.picture {
            let class = if self.book.assets.get(*asset).is_cut_square() { "portrait square" } else { "portrait" };
            self.picture(*asset, alt.as_deref(), Some(class), None);
            self.markup.line();
        }
        self.blocks(&biography.blocks);
        for address in &biography.addresses {
            self.markup.tag("p").attr("class", "contact").open();
            self.text(address);
            self.markup.end();
        }
        self.markup.end();
    }

    /// Notes under the linked titles of their sections.
    fn notes(&mut self, notes: &Notes) {
        if let Some(title) = &notes.title {
            let id = self.plan.id(title.id).map(str::to_owned);
            self.level = 2;
            self.markup.tag("h2").maybe("id", id.as_deref()).open();
            self.words(&title.content);
            self.markup.end();
        }
        for group in notes.groups.iter().filter(|group| !group.notes.is_empty()) {
            if let Some((division, title)) = &group.heading {
                self.markup.tag("section").begin();
                self.marks_at(Seat::Before(title.id));
                let id = self.plan.id(title.id).map(str::to_owned);
                self.markup.tag("h2").maybe("id", id.as_deref()).open();
                match self.href(&Target::Division(*division)) {
                    Some(href) => {
                        self.markup.tag("a").attr("href", &href).open();
                        self.words(&title.content);
                        self.markup.close();
                    }
                    None => self.words(&title.content),
                }
                self.markup.end();
            }
            self.note_list(&group.notes);
            if group.heading.is_some() {
                self.markup.end();
            }
        }
    }

    fn note_list(&mut self, notes: &[NoteId]) {
        let first = notes.first().map_or(1, |note| self.book.note(*note).number);
        let start = (first != 1).then(|| first.to_string());
        let class = match digits_class(&self.book.metadata.language) {
            Some(digits) => format!("notes {digits}"),
            None => "notes".to_owned(),
        };
        self.markup.tag("ol").attr("class", &class).maybe("start", start.as_deref()).begin();
        let mut expected = first;
        for id in notes {
            let note = self.book.note(*id);
            let value = (note.number != expected).then(|| note.number.to_string());
            expected = note.number + 1;
            self.markup
                .tag("li")
                .attr("id", &note_id(*id))
                .attr("epub:type", "endnote")
                .maybe("value", value.as_deref())
                .begin();
            self.note(*id);
            self.markup.end();
            self.facts.notes.insert(*id);
        }
        self.markup.end();
    }

    /// The blocks of a note; the ways back stand at the end of its last paragraph.
    fn note(&mut self, id: NoteId) {
        let book = self.book;
        let blocks = &book.note(id).blocks;
        match blocks.split_last() {
            Some((Block { kind: BlockKind::Paragraph(last), .. }, before)) => {
                self.blocks(before);
                let (block, indent) =
                    (&blocks[blocks.len() - 1], before.last().is_some_and(|block| block.habits().runs_on));
                let anchor = self.plan.id(block.id).map(str::to_owned);
                self.tagged("p", block)
                    .maybe("id", anchor.as_deref())
                    .maybe("class", indent.then_some("indent"))
                    .open();
                self.named_text(&last.text);
                self.ways_back(id, true);
                self.markup.end();
            }
            _ => {
                self.blocks(blocks);
                self.markup.tag("p").attr("class", "back").open();
                self.ways_back(id, false);
                self.markup.end();
            }
        }
    }

    /// One way back for each place that cites a work: it is called as its note, or as the division that it is in.
    fn ways_to_citations(&mut self, work: BlockId) {
        let places = self.plan.citing(work).to_vec();
        let several = places.len() > 1;
        let mut shown = 0;
        for place in places {
            let Some(href) = self.href(&place) else { continue };
            let label = match &place {
                Target::Note(note) => {
                    format!("{} {}", Term::Notes.word(&self.page_language), self.book.note(*note).number)
                }
                Target::Block(block) => self.book.division(self.book.entry(*block).division).name.clone(),
                Target::Division(division) => self.book.division(*division).name.clone(),
                Target::Url(_) | Target::NoteCall(..) | Target::Mark(_) => continue,
            };
            self.markup.text("\u{a0}");
            self.markup
                .tag("a")
                .attr("class", "back")
                .attr("href", &href)
                .attr("role", "doc-backlink")
                .attr("aria-label", &label)
                .open();
            self.back_mark(several, shown);
            self.markup.close();
            shown += 1;
        }
    }

    /// What a way back shows: an arrow, and where there are several one arrow alone, with a letter for each.
    fn back_mark(&mut self, several: bool, at: usize) {
        if at == 0 {
            // U+FE0E keeps the arrow a letter where phones would draw an emoji.
            self.markup.text("↩\u{fe0e}");
        }
        if several {
            let letter = char::from(b'a' + (at % 26) as u8);
            self.markup.leaf("sup", &letter.to_string().repeat(at / 26 + 1));
        }
    }

    /// One way back for each call that the book shows.
    fn ways_back(&mut self, id: NoteId, space: bool) {
        let note = self.book.note(id);
        let word = Term::BackToCall.word(&self.page_language).to_owned();
        for call in 0..note.calls.len() as u16 {
            let Some(href) = self.href(&Target::NoteCall(id, call)) else { continue };
            let label = match call {
                0 => format!("{word} {}", note.number),
                more => format!("{word} {} ({})", note.number, more + 1),
            };
            let label = self.book.metadata.language.digits(&label);
            if space || call > 0 {
                self.markup.text("\u{a0}");
            }
            self.markup
                .tag("a")
                .attr("class", "back")
                .attr("href", &href)
                .attr("epub:type", "backlink")
                .attr("role", "doc-backlink")
                .attr("aria-label", &label)
                .open();
            self.back_mark(note.calls.len() > 1, usize::from(call));
            self.markup.close();
        }
    }
}

/// The value of `type` of a list; numbers need none.
fn numeral_type(numerals: Numerals) -> Option<&'static str> {
    match numerals {
        Numerals::Arabic => None,
        Numerals::Letters => Some("a"),
        Numerals::Capitals => Some("A"),
        Numerals::Roman => Some("i"),
        Numerals::RomanCapitals => Some("I"),
    }
}

/// The class by which the style sheet counts in the digits of a language; Western ones need none.
fn digits_class(language: &Language) -> Option<&'static str> {
    Some(match language.digits("0").as_str() {
        "٠" => "arabic-indic",
        "۰" => "persian",
        "০" => "bengali",
        "०" => "devanagari",
        "၀" => "myanmar",
        _ => return None,
    })
}

/// The class by which the style sheet sets brackets around numbers.
fn stops_class(stops: Stops) -> Option<&'static str> {
    match stops {
        Stops::Stop => None,
        Stops::Bracket => Some("bracket"),
        Stops::Brackets => Some("brackets"),
    }
}

/// The class of a share of the measure, in twentieths.
pub(super) fn share_class(share: u16) -> String {
    format!("w-{}", (share / 50 * 5).clamp(10, 100))
}

/// The bytes of the quotation marks before the capital that begins a text; `None` where it begins with something else.
fn capital(content: &[Inline]) -> Option<usize> {
    let mut pieces = content.iter().skip_while(|piece| matches!(piece.kind, InlineKind::Mark(_)));
    let InlineKind::Text(text) = &pieces.next()?.kind else { return None };
    let marks = text.find(|letter: char| !OPENING_MARKS.contains(letter))?;
    text[marks..].starts_with(char::is_uppercase).then_some(marks)
}

/// What may stand before the first letter of a text.
const OPENING_MARKS: &str = "“‘\"'„‚«‹([¿¡";
