//! Words of the parts that nobody wrote: usual titles, the byline, the copyright page, how to cite.

use crate::book::distribution::Correction;
use crate::book::division::DivisionKind;
use crate::book::metadata::{Metadata, Person};
use crate::book::{Block, BlockKind, Inline, InlineKind, Target, plain, walk};
use crate::language::Language;
use crate::language::facts::Facts;
use crate::language::terms::Term;
use crate::language::web::Web;

/// Kinds that show no title of their own.
pub(super) fn is_bare(kind: DivisionKind) -> bool {
    matches!(kind, DivisionKind::Dedication | DivisionKind::Epigraph)
}

/// The usual title of a kind; `None` for chapters, which have none.
pub(super) fn usual_title(kind: DivisionKind, language: &Language, authors: usize) -> Option<&str> {
    use DivisionKind as K;
    let term = match kind {
        K::Cover => Term::Cover,
        K::HalfTitle | K::TitlePage => Term::TitlePage,
        K::CopyrightPage => Term::CopyrightPage,
        K::Praise => Term::Praise,
        K::Dedication => Term::Dedication,
        K::Epigraph => Term::Epigraph,
        K::Contents => Term::Contents,
        K::ListOfFigures => Term::Figures,
        K::ListOfTables => Term::Tables,
        K::ListOfBoxes => Term::BoxList,
        K::Foreword => Term::Foreword,
        K::Preface => Term::Preface,
        K::Acknowledgements => Term::Acknowledgements,
        K::ExecutiveSummary => Term::ExecutiveSummary,
        K::KeyTakeaways => Term::KeyTakeaways,
        K::Abstract => Term::Abstract,
        K::Abbreviations => Term::Abbreviations,
        K::Prologue => Term::Prologue,
        K::Introduction => Term::Introduction,
        K::Part | K::Chapter => return None,
        K::Conclusion => Term::Conclusion,
        K::Recommendations => Term::Recommendations,
        K::Epilogue => Term::Epilogue,
        K::Appendix => Term::Appendix,
        K::Notes => Term::Notes,
        K::Glossary => Term::Glossary,
        K::Bibliography => Term::Bibliography,
        K::Afterword => Term::Afterword,
        K::AboutTheAuthor if authors > 1 => Term::AboutTheAuthors,
        K::AboutTheAuthor => Term::AboutTheAuthor,
        K::AboutTheInstitute => Term::AboutTheInstitute,
        K::HowToCite => Term::HowToCite,
        K::Funding => Term::Funding,
        K::Disclaimer => Term::Disclaimer,
        K::Related => Term::Related,
        K::AlsoBy => Term::AlsoBy,
        K::Excerpt => Term::Excerpt,
        K::Index => Term::Index,
        K::Colophon => Term::Colophon,
        K::BackCover => Term::BackCover,
    };
    Some(term.word(language))
}

/// "Ann Smith, Bob Jones and Cy Lee".
pub(super) fn byline(metadata: &Metadata, language: &Language) -> Option<String> {
    let names: Vec<&str> = metadata.authors.iter().map(|author| author.name.as_str()).collect();
    (!names.is_empty()).then(|| Facts::of(language).list(&names))
}

pub(super) fn address(url: &str) -> Inline {
    Inline { kind: InlineKind::Address { url: url.to_owned(), shown: url.to_owned() }, span: None }
}

/// The name, and under it where the person works, less strong than the name.
pub(super) fn with_affiliation(person: &Person) -> Vec<Inline> {
    let name = Inline { kind: InlineKind::Strong(vec![Inline::text(person.name.clone())]), span: None };
    let place = |at: &str| vec![Inline { kind: InlineKind::Small(vec![Inline::text(at)]), span: None }];
    let affiliation = person.affiliation.as_ref().map(|at| place(&at.name));
    lines([vec![name]].into_iter().chain(affiliation).collect())
}

/// One line under the other.
pub(super) fn lines(lines: Vec<Vec<Inline>>) -> Vec<Inline> {
    let mut content = Vec::new();
    for line in lines {
        if !content.is_empty() {
            content.push(Inline { kind: InlineKind::LineBreak, span: None });
        }
        content.extend(line);
    }
    content
}

/// "Label" in bold, then the words.
pub(super) fn labelled(label: &str, words: Vec<Inline>, language: &Language) -> Vec<Inline> {
    after(Inline::own(label, language), words, language)
}

/// Words of the web's, in English where the language has none.
fn of_web(word: Web, language: &Language) -> Inline {
    match word.tagged(language) {
        (words, None) => Inline::text(words),
        (words, Some(_)) => {
            let content = vec![Inline::text(words)];
            Inline { kind: InlineKind::Foreign { language: Language::english(), content }, span: None }
        }
    }
}

fn after(label: Inline, words: Vec<Inline>, language: &Language) -> Vec<Inline> {
    let mut content =
        vec![Inline { kind: InlineKind::Strong(vec![label]), span: None }, Inline::text(language.colon())];
    content.extend(words);
    content
}

pub(super) fn rights_lines(metadata: &Metadata) -> Vec<Vec<Inline>> {
    let mut lines = Vec::new();
    let Some(rights) = &metadata.rights else { return lines };
    let year = rights.year.clone().or_else(|| metadata.date.map(|date| date.year.to_string()));
    if let Some(holder) = &rights.holder {
        let year = year.map(|year| format!("{year} ")).unwrap_or_default();
        let year = metadata.language.digits(&year);
        lines.push(vec![Inline::text(format!("© {year}{holder}"))]);
    }
    if let Some(licence) = &rights.licence {
        let mut content = vec![Inline::text(format!("{} ({})", licence.name, licence.spdx))];
        if let Some(url) = &licence.url {
            content.push(Inline::text(metadata.language.colon()));
            content.push(address(url));
        }
        lines.push(content);
    }
    if let Some(statement) = &rights.statement {
        lines.push(vec![Inline::text(statement.clone())]);
    }
    if metadata.distribution.mining_reserved {
        lines.push(vec![of_web(Web::MiningReserved, &metadata.language)]);
    }
    lines
}

pub(super) fn house_lines(metadata: &Metadata) -> Vec<Vec<Inline>> {
    let Some(house) = &metadata.publisher else { return Vec::new() };
    let mut words = house.name.clone();
    if house.address.is_empty() {
        if let Some(place) = &house.place {
            words = format!("{words}{}{place}", metadata.language.comma_and_space());
        }
    } else {
        let comma = metadata.language.comma_and_space();
        words = format!("{words}{comma}{}", house.address.join(comma));
    }
    let mut lines = vec![vec![Inline::text(words)]];
    if let Some(url) = &house.url {
        lines.push(vec![address(url)]);
    }
    if let Some(email) = &house.email {
        let target = Target::Url(format!("mailto:{email}"));
        let link = InlineKind::Link { target, content: vec![Inline::text(email.clone())] };
        lines.push(vec![Inline { kind: link, span: None }]);
    }
    lines
}

/// What is said of the book where it is handed on: who answers for it in the European Union, with whom it is published,
/// what was put right, and the lines of a library, each in a group of its own.
pub(super) fn handing_lines(metadata: &Metadata, language: &Language) -> Vec<Vec<Vec<Inline>>> {
    let said = &metadata.distribution;
    let mut groups: Vec<Vec<Vec<Inline>>> = Vec::new();
    groups.push(
        said.responsible
            .iter()
            .map(|who| {
                let words = format!("{}, {}, {}", who.name, who.address, who.email);
                after(of_web(Web::EuResponsible, language), vec![Inline::text(words)], language)
            })
            .collect(),
    );
    let partners: Vec<Vec<Inline>> = said
        .partners
        .iter()
        .map(|partner| {
            let words = match &partner.statement {
                Some(statement) => format!("{}. {statement}", partner.name),
                None => partner.name.clone(),
            };
            vec![Inline::text(words)]
        })
        .collect();
    if let Some((first, others)) = partners.split_first() {
        let mut lines = vec![after(of_web(Web::Partners, language), first.clone(), language)];
        lines.extend(others.iter().cloned());
        groups.push(lines);
    }
    let corrected = |correction: &Correction| {
        let date = correction.date.map(|date| crate::language::terms::date(language, date.year, date.month, date.day));
        let words = date.map_or_else(|| correction.text.clone(), |date| format!("{date}. {}", correction.text));
        after(of_web(Web::Correction, language), vec![Inline::text(words)], language)
    };
    groups.push(said.corrections.iter().map(corrected).collect());
    groups.push(said.cataloguing.iter().map(|line| vec![Inline::text(line.clone())]).collect());
    groups
}

pub(super) fn identifier_lines(metadata: &Metadata, language: &Language) -> Vec<Vec<Inline>> {
    let ids = &metadata.identifiers;
    let mut lines = Vec::new();
    let names = [(&ids.isbn_print, Term::Printed.word(language)), (&ids.isbn_epub, "EPUB"), (&ids.isbn_pdf, "PDF")];
    for (isbn, what) in names {
        if let Some(isbn) = isbn {
            lines.push(vec![Inline::text(format!("ISBN\u{a0}{}{}", isbn.written(), language.bracketed(what)))]);
        }
    }
    let own = ids.issn.as_deref();
    let issn = own.or_else(|| metadata.series.as_ref().and_then(|series| series.issn.as_ref()));
    if let Some(issn) = issn {
        lines.push(vec![Inline::text(format!("ISSN\u{a0}{issn}"))]);
    }
    if let Some(doi) = &ids.doi {
        lines.push(vec![address(&doi.url())]);
    }
    if let (None, Some(uri)) = (&ids.doi, &ids.uri) {
        lines.push(vec![address(uri)]);
    }
    lines
}

/// Who else had a hand in it, by what they did; then the version and the day of the last change.
pub(super) fn making_lines(metadata: &Metadata, language: &Language) -> Vec<Vec<Inline>> {
    let mut roles: Vec<(&str, Vec<&str>)> = Vec::new();
    for person in &metadata.contributors {
        let word = Term::of_role(&person.role).word(language);
        match roles.iter_mut().find(|(known, _)| *known == word) {
            Some((_, names)) => names.push(&person.name),
            None => roles.push((word, vec![&person.name])),
        }
    }
    let mut lines: Vec<Vec<Inline>> = roles
        .iter()
        .map(|(word, names)| labelled(word, vec![Inline::text(names.join(language.comma_and_space()))], language))
        .collect();
    let mut words: Vec<Inline> = Vec::new();
    if let Some(version) = &metadata.version {
        // "2.1" is a version, "second edition" says so itself.
        let bare = version.starts_with(|c: char| c.is_ascii_digit());
        words.push(match bare {
            true => Inline::own(Term::Version.numbered(language, version).replace('\u{a0}', " "), language),
            false => Inline::text(version.value.clone()),
        });
    }
    if let Some(date) = metadata.revised {
        let date = crate::language::terms::date(language, date.year, date.month, date.day);
        let word = Term::Revised.word(language);
        let space = if word.ends_with('：') { "" } else { " " };
        words.extend((!words.is_empty()).then(|| Inline::text(" · ")));
        words.extend([Inline::own(word, language), Inline::text(format!("{space}{date}"))]);
    }
    if !words.is_empty() {
        lines.push(words);
    }
    lines
}

/// Authors, title, series, place and house, year, DOI.
pub(super) fn how_to_cite(metadata: &Metadata, language: &Language) -> Vec<Inline> {
    let mut content = Vec::new();
    if let Some(byline) = byline(metadata, language) {
        content.push(Inline::text(format!("{byline}{}", language.comma_and_space())));
    }
    let mut title = metadata.title.value.clone();
    if let Some(subtitle) = &metadata.subtitle {
        title.push(Inline::text(language.colon()));
        title.extend(subtitle.iter().cloned());
    }
    content.push(Inline { kind: InlineKind::Emphasis(title), span: None });
    let mut rest = String::new();
    if let Some(series) = &metadata.series {
        rest.push_str(&format!("{}{}", language.comma_and_space(), series.name));
        if let Some(number) = &series.number {
            rest.push_str(&format!(" {number}"));
        }
    }
    let place = metadata.publisher.as_ref().map(|house| match &house.place {
        Some(place) => format!("{place}{}{}", language.colon(), house.name),
        None => house.name.clone(),
    });
    let year = metadata.date.map(|date| date.year.to_string());
    let inside: Vec<String> = [place, year].into_iter().flatten().collect();
    if !inside.is_empty() {
        rest.push_str(&language.bracketed(&inside.join(language.comma_and_space())));
    }
    match &metadata.identifiers.doi {
        Some(doi) => {
            rest.push_str(language.comma_and_space());
            content.push(Inline::text(rest));
            content.push(address(&doi.url()));
            content.push(Inline::text("."));
        }
        // What ends in a mark of its own has no stop after it.
        None if rest.is_empty() && ends_itself(&content) => {}
        None => content.push(Inline::text(format!("{rest}{}", language.stop()))),
    }
    content
}

fn ends_itself(content: &[Inline]) -> bool {
    plain(content).trim_end().ends_with(['?', '!', '…', '.', '。', '？', '！', '؟', '।', '۔'])
}

/// A credit without its opening word, in the language of the book or in English, as captions may be written.
pub(super) fn without_word(content: &[Inline], term: Term, language: &Language) -> Vec<Inline> {
    let mut content = content.to_vec();
    if let Some(Inline { kind: InlineKind::Text(text), .. }) = content.first_mut() {
        for spoken in [language, &Language::english()] {
            let after = text.strip_prefix(term.word(spoken));
            let signs = [spoken.colon(), ": ", ":"];
            if let Some(rest) = after.and_then(|rest| signs.iter().find_map(|sign| rest.strip_prefix(sign))) {
                *text = rest.to_owned();
                break;
            }
        }
    }
    content
}

pub(super) fn trimmed_stop(mut content: Vec<Inline>) -> Vec<Inline> {
    if let Some(Inline { kind: InlineKind::Text(text), .. }) = content.last_mut() {
        text.truncate(text.trim_end_matches(['.', ' ']).len());
    }
    content
}

pub(super) fn lower_first(name: &str, lower: bool) -> String {
    let mut letters = name.chars();
    match letters.next() {
        Some(first) if lower => first.to_lowercase().chain(letters).collect(),
        _ => name.to_owned(),
    }
}

/// The name stands in bold at the start of the biography, written or added.
pub(super) fn name_first(blocks: &mut [Block], name: &str) {
    let Some(Block { kind: BlockKind::Paragraph(paragraph), .. }) = blocks.first_mut() else { return };
    let content = &mut paragraph.text.content;
    let bold = |name: &str| Inline { kind: InlineKind::Strong(vec![Inline::text(name)]), span: None };
    match content.first_mut() {
        Some(Inline { kind: InlineKind::Text(text), .. }) if starts_with(text, name) => {
            let rest: String = text.chars().skip(name.chars().count()).collect();
            *text = rest;
            content.insert(0, bold(name));
        }
        Some(Inline { kind: InlineKind::Strong(inner), .. }) if plain(inner).starts_with(name) => {}
        _ => {
            content.insert(0, Inline::text(" "));
            content.insert(0, bold(name));
        }
    }
}

/// Whether a text begins with a name; a space of it may be one that does not break.
fn starts_with(text: &str, name: &str) -> bool {
    let same = |(one, other): (char, char)| one == other || (one == '\u{a0}' && other == ' ');
    text.chars().count() >= name.chars().count() && text.chars().zip(name.chars()).all(same)
}

/// A line of a made list: words, number, level and what it names.
pub(super) type Entry = (Vec<Inline>, Option<String>, u8, Target);

/// What a list of figures, tables or boxes names, wherever it stands.
pub(super) fn listed(blocks: &[Block], list: DivisionKind) -> impl Iterator<Item = Entry> {
    walk::blocks(blocks).filter(move |block| block.habits().listed == Some(list)).filter_map(|block| {
        if let BlockKind::Box(boxed) = &block.kind {
            // Its title begins with its number.
            let title = walk::title(boxed.title.as_ref()?.content.get(1..).unwrap_or_default());
            return Some((title, Some(boxed.number.clone()?), 1, Target::Block(block.id)));
        }
        let (number, caption) = block.numbered()?;
        Some((walk::title(&caption.content), Some(number.to_owned()), 1, Target::Block(block.id)))
    })
}
