//! The parts that nobody wrote, as blocks: covers, title page, copyright page, the authors' lives, notes, contents.

use std::collections::BTreeMap;

use super::choose::Slot;
use super::made::{
    byline, handing_lines, house_lines, how_to_cite, identifier_lines, labelled, lines, listed, lower_first,
    making_lines, name_first, rights_lines, trimmed_stop, with_affiliation, without_word,
};
use super::{Assembler, names_a_file, own};
use crate::book::block::{Biography, ContentsEntry, Group, GroupRole, NoteGroup, Notes, ParagraphRole};
use crate::book::division::Cover;
use crate::book::division::CoverLayout;
use crate::book::metadata::{Metadata, Status};
use crate::book::{
    Block, BlockKind, Division, DivisionId, DivisionKind, Inline, InlineKind, Note, NoteId, NotePlace, Target, walk,
};
use crate::diagnostic::{Diagnostic, lints};
use crate::language::Language;
use crate::language::terms::{self, Term};
use crate::manuscript::metadata::Stated;
use crate::markdown;
use crate::picture::shades;
use crate::units::Colour;
use crate::yaml::Written;

impl Assembler<'_> {
    pub(super) fn front_cover(&mut self, metadata: &Metadata) -> Cover {
        let language = self.metadata.language.clone();
        let said = &self.metadata.cover;
        let picture = said.image.as_ref().and_then(|image| {
            let path = self.resolver.tables.sources.path_at(&image.text, image.span);
            let asset = self.resolver.out.loader.load(&path, image.span, self.resolver.out.diagnostics)?;
            if said.alt.is_none() {
                self.resolver.out.diagnostics.report(
                    Diagnostic::new(&lints::NO_ALT, "the cover's picture has no alternative text")
                        .at(image.span)
                        .hint("write `cover: {image: …, alt: …}`"),
                );
            }
            Some((asset, Some(said.alt.as_ref().map(|alt| alt.text.clone()).unwrap_or_default())))
        });
        let mut own = |image: &Option<Written>| {
            let image = image.as_ref()?;
            let path = self.resolver.tables.sources.path_at(&image.text, image.span);
            self.resolver.out.loader.load(&path, image.span, self.resolver.out.diagnostics)
        };
        let (strip, og) = (own(&said.strip), own(&said.og));
        let series = metadata.series.as_ref().map(|series| match &series.number {
            Some(number) => format!("{} · {}", series.name, Term::Number.numbered(&language, number)),
            None => series.name.clone(),
        });
        let date = metadata.date.map(|date| terms::date(&language, date.year, date.month, date.day));
        let byline = match self.unplaced_affiliations() {
            true => Some(lines(metadata.authors.iter().map(|author| with_affiliation(author)).collect())),
            false => byline(metadata, &language).map(|byline| vec![Inline::text(byline)]),
        };
        let parted: Vec<Vec<Inline>> = said.title_lines.iter().map(|line| self.resolver.words(line)).collect();
        let title = if parted.is_empty() { metadata.title.value.clone() } else { lines(parted) };
        Cover {
            picture,
            whole: said.layout == Some(CoverLayout::Whole),
            around: false,
            layout: said.layout,
            focus: said.focus,
            strip,
            og,
            series: series.map(|series| self.text(series)),
            title: Some(self.made_text(title)),
            subtitle: metadata.subtitle.clone().map(|subtitle| self.made_text(subtitle.value)),
            byline: byline.map(|byline| self.made_text(byline)),
            date: date.map(|date| self.text(date)),
            publisher: metadata.publisher.as_ref().map(|house| house.name.clone()).map(|name| self.text(name)),
            logo: metadata.publisher.as_ref().and_then(|house| house.logo.clone()),
            logo_shades: self.logo_shades(metadata),
            credit: None,
            stamp: self.cover_stamp(metadata).map(|stamp| self.text(stamp)),
            blocks: Vec::new(),
            isbn: None,
            price: None,
        }
    }

    /// What is stamped on the cover: what is stamped on the book, else that it is a handout.
    fn cover_stamp(&self, metadata: &Metadata) -> Option<String> {
        let handout = || self.choice.extract.then(|| Term::ExtractFrom.word(&metadata.language).to_owned());
        self.stamp(metadata).or_else(handout)
    }

    /// Whether an affiliation would stand nowhere but on the cover: no title page, and no life of its author.
    fn unplaced_affiliations(&self) -> bool {
        let own = self.manuscript.divisions.iter().any(|chapter| chapter.kind == DivisionKind::AboutTheAuthor);
        let authors = &self.metadata.authors;
        let unplaced = authors.iter().any(|author| author.affiliation.is_some() && (own || author.bio.is_none()));
        unplaced && !self.choice.slots.contains(&Slot::Made(DivisionKind::TitlePage))
    }

    pub(super) fn stamp(&self, metadata: &Metadata) -> Option<String> {
        let language = &self.metadata.language;
        if let Some(stamp) = &self.content.stamp {
            return Some(stamp.clone());
        }
        match &metadata.status {
            Status::Final => None,
            Status::Draft => Some(Term::Draft.word(language).to_owned()),
            Status::Embargo(until) => {
                let until = until.as_ref().map(|until| until.words(language)).unwrap_or_default();
                Some(format!("{} {until}", Term::EmbargoedUntil.word(language)).trim().to_owned())
            }
        }
    }

    pub(super) fn back_cover(&mut self, metadata: &Metadata) -> Cover {
        let mut blocks = Vec::new();
        let words: Vec<Written> = self.metadata.back_cover.clone();
        for written in &words {
            blocks.extend(self.blocks_of(written));
        }
        let publisher = metadata.publisher.as_ref().map(|house| {
            let mut lines = vec![house.name.clone()];
            lines.extend(house.address.iter().cloned());
            lines.extend(house.url.clone());
            lines.join("\n")
        });
        let publisher = publisher.map(|lines| {
            let mut content = Vec::new();
            for (at, line) in lines.split('\n').enumerate() {
                if at > 0 {
                    content.push(Inline { kind: InlineKind::LineBreak, span: None });
                }
                content.push(Inline::text(line));
            }
            self.made_text(content)
        });
        Cover {
            blocks,
            publisher,
            logo: metadata.publisher.as_ref().and_then(|house| house.logo.clone()),
            logo_shades: self.logo_shades(metadata),
            isbn: metadata.identifiers.isbn_print.as_ref().map(|isbn| isbn.digits().to_owned()),
            ..Cover::default()
        }
    }

    /// The colours of the house's logo.
    fn logo_shades(&self, metadata: &Metadata) -> Vec<Colour> {
        let logo = metadata.publisher.as_ref().and_then(|house| house.logo.as_ref());
        let asset = logo.map(|(logo, _)| self.resolver.out.loader.asset(*logo));
        asset.map(|asset| shades(asset.kind, &asset.bytes)).unwrap_or_default()
    }

    pub(super) fn title_page(&mut self, metadata: &Metadata) -> Vec<Block> {
        let language = self.metadata.language.clone();
        let mut blocks = vec![self.paragraph(ParagraphRole::BookTitle, metadata.title.value.clone())];
        if let Some(subtitle) = &metadata.subtitle {
            blocks.push(self.paragraph(ParagraphRole::BookSubtitle, subtitle.value.clone()));
        }
        if metadata.authors.iter().any(|author| author.affiliation.is_some()) {
            for author in &metadata.authors {
                blocks.push(self.paragraph(ParagraphRole::Byline, with_affiliation(author)));
            }
        } else if let Some(byline) = byline(metadata, &language) {
            blocks.push(self.paragraph(ParagraphRole::Byline, vec![Inline::text(byline)]));
        }
        if let Some(house) = &metadata.publisher {
            let mut words = house.name.clone();
            if let Some(place) = &house.place {
                words = format!("{words}{}{place}", language.comma_and_space());
            }
            blocks.push(self.paragraph(ParagraphRole::Imprint, vec![Inline::text(words)]));
        }
        if let Some(date) = metadata.date {
            let words = terms::date(&language, date.year, date.month, date.day);
            blocks.push(self.paragraph(ParagraphRole::Imprint, vec![Inline::text(words)]));
        }
        blocks
    }

    fn group(&mut self, paragraphs: Vec<Vec<Inline>>) -> Option<Block> {
        let blocks: Vec<Block> =
            paragraphs.into_iter().map(|content| self.paragraph(ParagraphRole::Colophon, content)).collect();
        (!blocks.is_empty()).then(|| self.block(BlockKind::Group(Group { role: GroupRole::Colophon, blocks })))
    }

    /// Rights, house, identifiers, how to cite, credits, disclaimer, funding.
    pub(super) fn copyright_page(&mut self, metadata: &Metadata, divisions: &[Option<Division>]) -> Vec<Block> {
        let language = self.metadata.language.clone();
        let written = |kind: DivisionKind| self.manuscript.divisions.iter().any(|chapter| chapter.kind == kind);
        let (own_cite, own_disclaimer, own_funding) =
            (written(DivisionKind::HowToCite), written(DivisionKind::Disclaimer), written(DivisionKind::Funding));
        let mut groups: Vec<Vec<Vec<Inline>>> = vec![
            rights_lines(metadata),
            house_lines(metadata),
            making_lines(metadata, &language),
            identifier_lines(metadata, &language),
        ];
        groups.extend(handing_lines(metadata, &language));
        if self.content.pages_marked {
            groups.push(vec![vec![Inline::own(Term::AccessPages.word(&language), &language)]]);
        }
        let cite = match &self.metadata.how_to_cite {
            _ if own_cite => None,
            Stated::Without => None,
            Stated::Words(written) => Some(self.resolver.words(written)),
            Stated::Unsaid => {
                let own = self.manuscript.bibliography.as_deref().and_then(|style| own::entry(style, metadata));
                Some(match own {
                    Some(pieces) => self.resolver.entry_of(&pieces),
                    None => how_to_cite(metadata, &language),
                })
            }
        };
        if let Some(words) = cite {
            groups.push(vec![labelled(Term::HowToCite.word(&language), words, &language)]);
        }
        let credits = self.credits(divisions, &language);
        if !credits.is_empty() {
            groups.push(credits);
        }
        let disclaimer = self.metadata.disclaimer.as_ref().filter(|_| !own_disclaimer);
        if let Some(disclaimer) = disclaimer {
            groups.push(vec![self.resolver.words(disclaimer)]);
        }
        let funding = self.metadata.distribution.funding.as_ref().filter(|_| !own_funding);
        if let Some(funding) = funding {
            let words = self.resolver.words(funding);
            groups.push(vec![labelled(Term::Funding.word(&language), words, &language)]);
        }
        groups.into_iter().filter_map(|paragraphs| self.group(paragraphs)).collect()
    }

    /// The credits of all pictures.
    fn credits(&mut self, divisions: &[Option<Division>], language: &Language) -> Vec<Vec<Inline>> {
        let mut lines = Vec::new();
        let cover = self.metadata.cover.credit.as_ref();
        if let Some(credit) = cover {
            let words = self.resolver.words(credit);
            lines.push((Term::Cover.word(language).to_owned(), words));
        }
        for division in divisions.iter().flatten() {
            for block in walk::blocks(&division.blocks) {
                if let BlockKind::Figure(figure) = &block.kind
                    && let Some(credit) = &figure.credit
                {
                    let name = figure.number.clone().unwrap_or_else(|| Term::Figure.word(language).to_owned());
                    let words = without_word(&credit.content, Term::Credit, language);
                    lines.push((name, words));
                }
            }
        }
        if lines.is_empty() {
            return Vec::new();
        }
        let mut content = Vec::new();
        for (at, (name, words)) in lines.into_iter().enumerate() {
            if at > 0 {
                content.push(Inline::text("; "));
            }
            content.push(Inline::own(format!("{}{}", lower_first(&name, at > 0), language.colon()), language));
            content.extend(trimmed_stop(words));
        }
        content.push(Inline::text("."));
        vec![labelled(Term::PictureCredits.word(language), content, language)]
    }

    pub(super) fn blocks_of(&mut self, written: &Written) -> Vec<Block> {
        match self.texts.files.get(&self.resolver.tables.sources.path_at(&written.text, written.span)) {
            Some((source, length)) => {
                let text = &self.resolver.tables.sources.file(*source).text;
                let out = &mut self.resolver.out;
                let parsed = markdown::blocks(*source, text, 0..*length, out.ids, out.diagnostics);
                self.resolver.blocks(&parsed)
            }
            None if names_a_file(&written.text) => Vec::new(),
            None => self.resolver.written_blocks(written),
        }
    }

    pub(super) fn biographies(&mut self, metadata: &Metadata) -> Vec<Block> {
        let mut blocks = Vec::new();
        for person in &metadata.authors {
            if person.bio.is_empty() {
                continue;
            }
            let mut words = person.bio.clone();
            name_first(&mut words, &person.name);
            let mut addresses = Vec::new();
            if let Some(at) = &person.affiliation {
                addresses.push(self.text(at.name.clone()));
            }
            if let Some(email) = &person.email {
                let target = Target::Url(format!("mailto:{email}"));
                let link = InlineKind::Link { target, content: vec![Inline::text(email.clone())] };
                addresses.push(self.made_text(vec![Inline { kind: link, span: None }]));
            }
            if let Some(url) = &person.url {
                let shown =
                    url.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/').to_owned();
                let address = InlineKind::Address { url: url.clone(), shown };
                addresses.push(self.made_text(vec![Inline { kind: address, span: None }]));
            }
            if let Some(orcid) = &person.orcid {
                let address = InlineKind::Address {
                    url: format!("https://orcid.org/{orcid}"),
                    shown: format!("orcid.org/{orcid}"),
                };
                addresses.push(self.made_text(vec![Inline { kind: address, span: None }]));
            }
            let kind = BlockKind::Biography(Biography { picture: person.photo.clone(), blocks: words, addresses });
            let block = self.block(kind);
            blocks.push(block);
        }
        blocks
    }

    pub(super) fn related(&mut self) -> Vec<Block> {
        let related = self.metadata.related.clone();
        let mut blocks = Vec::new();
        for (title, url) in &related {
            let words = self.resolver.words(title);
            let content = match url {
                Some(url) => {
                    let link = InlineKind::Link { target: Target::Url(url.text.clone()), content: words };
                    vec![Inline { kind: link, span: Some(url.span) }]
                }
                None => words,
            };
            let block = self.paragraph(ParagraphRole::Continuation, content);
            blocks.push(block);
        }
        blocks
    }

    /// The notes at the end, under the titles of their sections; those of sections that the edition does not show stay
    /// away, and those that stand whole beside their calls.
    pub(super) fn endnotes(&mut self, divisions: &[Option<Division>], notes: &[Note]) -> Vec<Block> {
        let margin = self.place == NotePlace::Margin;
        let mut groups: Vec<NoteGroup> = Vec::new();
        let mut last: Option<DivisionId> = None;
        let mut order: Vec<&Note> = notes.iter().collect();
        order.sort_by_key(|note| (note.calls.first().map(|call| call.division), note.id));
        for note in order {
            let division = note.calls.first().map(|call| call.division);
            if division.is_some_and(|id| !self.choice.kept[id.index()]) || (margin && !note.is_parted()) {
                continue;
            }
            if division != last || groups.is_empty() {
                let heading = division.and_then(|id| {
                    let title = divisions.get(id.index())?.as_ref()?.title.as_ref()?;
                    Some((id, walk::title(&title.content)))
                });
                let heading = heading.map(|(id, title)| (id, self.made_text(title)));
                groups.push(NoteGroup { heading, notes: Vec::new() });
                last = division;
            }
            if let Some(group) = groups.last_mut() {
                group.notes.push(note.id);
            }
        }
        if margin && groups.is_empty() {
            return Vec::new();
        }
        vec![self.block(BlockKind::Notes(Notes { title: None, groups }))]
    }

    /// Notes after each chapter.
    pub(super) fn notes_after_chapters(&mut self, divisions: &mut [Option<Division>], notes: &[Note]) {
        let language = self.metadata.language.clone();
        let mut own: BTreeMap<DivisionId, Vec<NoteId>> = BTreeMap::new();
        for note in notes {
            if let Some(call) = note.calls.first() {
                own.entry(call.division).or_default().push(note.id);
            }
        }
        for division in divisions.iter_mut().flatten().filter(|division| !division.is_left_out()) {
            let Some(notes) = own.remove(&division.id) else { continue };
            self.resolver.enter(division.id, &language);
            let own = self.metadata.notes.title.as_ref().map(|title| title.text.clone());
            let title = own.map_or_else(|| Inline::own(Term::Notes.word(&language), &language), Inline::text);
            let title = self.made_text(vec![title]);
            let groups = vec![NoteGroup { heading: None, notes }];
            let block = self.block(BlockKind::Notes(Notes { title: Some(title), groups }));
            division.blocks.push(block);
        }
    }

    /// Fills the contents page and the lists.
    pub(super) fn contents(&mut self, divisions: &mut [Division]) {
        let depth = self.metadata.contents.depth;
        let mut entries = Vec::new();
        let lists = [DivisionKind::ListOfFigures, DivisionKind::ListOfTables, DivisionKind::ListOfBoxes];
        let mut listings = lists.map(|kind| (kind, Vec::new()));
        for division in divisions.iter() {
            for (kind, entries) in &mut listings {
                entries.extend(listed(&division.blocks, *kind));
            }
            if !division.in_contents || lists.contains(&division.kind) {
                continue;
            }
            let title = division.title.as_ref().map(|title| walk::title(&title.content)).unwrap_or_default();
            let level = u8::from(division.kind != DivisionKind::Part || division.level > 1);
            entries.push((title, division.number.clone(), level, Target::Division(division.id)));
            for block in walk::top(&division.blocks) {
                if let BlockKind::Heading(heading) = &block.kind
                    && heading.level <= depth
                    && block.span.is_some()
                {
                    let title = walk::title(&heading.title.content);
                    entries.push((title, heading.number.clone(), heading.level, Target::Block(heading.title.id)));
                }
            }
        }
        for division in divisions.iter_mut().filter(|division| !division.is_left_out()) {
            self.resolver.enter(division.id, &self.metadata.language);
            let own = listings.iter().find(|(kind, _)| *kind == division.kind);
            let (found, list) = match (division.kind, own) {
                (DivisionKind::Contents, _) => (&entries, false),
                // A list of nothing is not shown.
                (_, Some((_, found))) if found.is_empty() => {
                    division.leave_out();
                    continue;
                }
                (_, Some((_, found))) => (found, true),
                _ => continue,
            };
            let found = found
                .iter()
                .map(|(title, number, level, target)| ContentsEntry {
                    text: self.made_text(title.clone()),
                    number: number.clone(),
                    level: *level,
                    target: target.clone(),
                })
                .collect();
            let kind = if list { BlockKind::ListOf(found) } else { BlockKind::Contents(found) };
            division.blocks = vec![self.block(kind)];
        }
    }
}
