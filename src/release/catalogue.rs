//! A catalogue: what several titles that are released together say of themselves, brought into one page and one feed.
//!
//! Of each title only [`Listed`] is kept, a few lines: so a catalogue of a thousand titles takes no more room than they do.

use serde_json::Value;

use super::opds::{self, Feed};
use super::record::Record;
use super::{File, Moment, file, json, landing};
use crate::book::metadata::{Doi, Isbn};
use crate::language::terms::{self, Term};
use crate::language::web::Web;
use crate::language::{Direction, Language};
use crate::source::{Said, Span};
use crate::theme::Theme;
use crate::xml::Markup;

/// What a catalogue says of a title.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its folder.
    pub slug: String,
    /// The numbers that no other title has.
    pub numbers: Vec<Number>,
    /// Where its page lies in its folder: `""` or `site/`.
    below: &'static str,
    title: String,
    subtitle: Option<String>,
    names: String,
    /// The day for people and for programs.
    date: Option<(String, String)>,
    series: Option<String>,
    summary: Option<String>,
    language: Language,
    has_cover: bool,
    /// What stands for it in the feeds, if something does.
    feeds: Option<(Value, String)>,
    moment: Option<Moment>,
    owner: String,
    owner_url: Option<String>,
    page: Option<String>,
}

/// A number that the world knows one title by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Number {
    /// Which, as it is written: "ISBN 978-0-306-40615-7".
    pub name: String,
    /// Its digits or letters alone, by which two are the same.
    pub bare: String,
    /// Where it is said.
    pub place: Option<Span>,
}

/// The looks of a catalogue: those of one of its titles, whose folder has the faces.
#[derive(Clone, Debug)]
pub struct Looks {
    style: String,
    language: Language,
}

/// How many letters of a description are shown.
const SHOWN: usize = 280;

impl Listed {
    /// Of a title.
    pub(super) fn of(record: &Record<'_>) -> Listed {
        let language = &record.metadata.language;
        let names: Vec<&str> = record.authors().map(|hand| hand.name.printed.as_str()).collect();
        let date = record.metadata.date.as_ref();
        let series = record.metadata.series.as_ref().map(|series| match &series.number {
            Some(number) => format!("{} · {} {number}", series.name, Term::Number.word(language)),
            None => series.name.clone(),
        });
        let feeds = opds::has_a_way(record).then(|| (opds::publication(record), opds::entry_of(record)));
        Listed {
            slug: record.metadata.slug.clone(),
            numbers: numbers(record),
            below: if record.is_open() { "" } else { "site/" },
            title: record.title.clone(),
            subtitle: record.subtitle.clone(),
            names: names.join(", "),
            date: date.map(|date| (terms::date(language, date.year, date.month, date.day), date.iso())),
            series,
            summary: record.description().map(|text| super::onix::short(text, SHOWN)),
            language: language.clone(),
            has_cover: record.cover_bytes.is_some(),
            feeds,
            moment: record.moment,
            owner: opds::owner(record),
            owner_url: record.metadata.publisher.as_ref().and_then(|house| house.url.clone()),
            page: record.page().map(str::to_owned),
        }
    }
}

/// The ISBNs of a title and of its editions, and its DOI.
fn numbers(record: &Record<'_>) -> Vec<Number> {
    let ids = &record.metadata.identifiers;
    let own = [&ids.isbn_print, &ids.isbn_epub, &ids.isbn_pdf].into_iter().flatten();
    let isbns = own.chain(record.made.iter().filter_map(|made| made.edition.isbn.as_ref()));
    let isbn = |isbn: &Said<Isbn>| Number {
        name: format!("ISBN {}", isbn.written()),
        bare: isbn.digits().to_owned(),
        place: Some(isbn.span),
    };
    let doi = |doi: &Said<Doi>| Number {
        name: format!("DOI {}", doi.bare()),
        bare: doi.bare().to_lowercase(),
        place: Some(doi.span),
    };
    isbns.map(isbn).chain(ids.doi.iter().map(doi)).collect()
}

impl Looks {
    /// Of a theme, with the faces of the title that has it.
    pub(super) fn of(record: &Record<'_>, theme: &Theme, faces: &[super::Face]) -> Looks {
        let below = if record.is_open() { "" } else { "site/" };
        let fonts = format!("url({}/{below}fonts/", record.metadata.slug);
        let style = landing::style(theme, faces).replace("url(fonts/", &fonts);
        Looks { style, language: record.metadata.language.clone() }
    }
}

/// Where a catalogue stands, if the addresses of its titles' pages say so: the folder that all of them lie in.
pub fn address(titles: &[Listed]) -> Option<String> {
    let mut pages = titles.iter().filter_map(|title| title.page.as_deref());
    let mut common = pages.next()?.trim_end_matches('/').to_owned();
    common.truncate(common.rfind('/')? + 1);
    for page in pages {
        while !page.starts_with(&common) {
            common.truncate(common.trim_end_matches('/').rfind('/')? + 1);
        }
    }
    // Below the host, and no part of `https://`.
    (common.matches('/').count() > 2).then_some(common)
}

/// The files of a catalogue: its page, and its feeds where it is known at which address they stand.
pub fn catalogue(titles: &[Listed], looks: &Looks, address: Option<&str>) -> Vec<File> {
    let mut files = vec![file("index.html", "text/html", html(titles, looks).into_bytes())];
    let fed: Vec<&Listed> = titles.iter().filter(|title| title.feeds.is_some()).collect();
    if let (Some(base), Some(first)) = (address, fed.first()) {
        let moment = fed.iter().filter_map(|title| title.moment).max();
        let feed = |name: &str| Feed {
            owner: &first.owner,
            url: first.owner_url.as_deref(),
            language: &first.language,
            moment,
            address: format!("{base}{name}"),
        };
        let publications: Vec<Value> =
            fed.iter().filter_map(|title| title.feeds.as_ref()).map(|(json, _)| json.clone()).collect();
        let entries: String =
            fed.iter().filter_map(|title| title.feeds.as_ref()).map(|(_, xml)| xml.as_str()).collect();
        let whole = opds::feed(&feed("opds.json"), publications);
        files.push(file("opds.json", "application/opds+json", json(&whole)));
        let atom = opds::atom(&feed("opds.xml"), &entries);
        files.push(file("opds.xml", "application/atom+xml", atom.into_bytes()));
    }
    files
}

/// The newest first; those of one day by their names.
fn html(titles: &[Listed], looks: &Looks) -> String {
    let mut order: Vec<&Listed> = titles.iter().collect();
    let day = |title: &Listed| title.date.as_ref().map(|(_, iso)| iso.clone());
    order.sort_by(|one, other| day(other).cmp(&day(one)).then_with(|| one.title.cmp(&other.title)));
    let language = &looks.language;
    let owners: Vec<&str> = titles.iter().map(|title| title.owner.as_str()).collect();
    let shared = owners.first().filter(|first| owners.iter().all(|other| other == *first) && titles.len() > 1);
    let heading = shared.map_or(Web::Catalogue.word(language), |owner| owner);
    let mut html = Markup::default();
    html.doctype();
    let direction = (language.direction() == Direction::RightToLeft).then_some("rtl");
    html.tag("html").attr("lang", language.tag()).maybe("dir", direction).begin();
    html.tag("head").begin();
    html.tag("meta").attr("charset", "utf-8").empty();
    html.line();
    html.tag("meta").attr("name", "viewport").attr("content", "width=device-width, initial-scale=1").empty();
    html.line();
    let name = match shared {
        Some(owner) => format!("{} – {owner}", Web::Catalogue.word(language)),
        None => heading.to_owned(),
    };
    html.leaf("title", &name);
    html.line();
    if titles.iter().any(|title| title.feeds.is_some()) {
        for (kind, href) in [("application/opds+json", "opds.json"), (opds::ATOM, "opds.xml")] {
            html.tag("link").attr("rel", "alternate").attr("type", kind).attr("href", href).empty();
            html.line();
        }
    }
    html.raw(&format!("<style>\n{}{}</style>\n", looks.style, include_str!("catalogue.css")));
    html.end();
    html.tag("body").attr("class", "catalogue").begin();
    html.tag("a").attr("class", "skip").attr("href", "#main").open();
    word(&mut html, Web::Skip, language);
    html.end();
    html.tag("header").attr("class", "band").begin();
    html.tag("div").attr("class", "wide").begin();
    html.leaf("h1", heading);
    html.line();
    html.tag("p").attr("class", "small").open();
    html.text(&format!("{} ", titles.len()));
    word(&mut html, if titles.len() == 1 { Web::TitleOf } else { Web::TitlesOf }, language);
    html.end();
    html.end();
    html.end();
    html.tag("main").attr("id", "main").attr("class", "wide").begin();
    html.tag("ul").attr("class", "titles").begin();
    for title in order {
        card(&mut html, title, language);
    }
    html.end();
    html.end();
    html.finish()
}

fn word(html: &mut Markup, word: Web, language: &Language) {
    let (words, tag) = word.tagged(language);
    html.tag("span").maybe("lang", tag).open();
    html.text(words);
    html.close();
}

fn card(html: &mut Markup, title: &Listed, language: &Language) {
    let folder = format!("{}/{}", title.slug, title.below);
    let other = (title.language != *language).then_some(title.language.tag());
    html.tag("li").maybe("lang", other).begin();
    // The link of the heading is the one that is read and tabbed to; the cover leads there too.
    if title.has_cover {
        html.tag("a")
            .attr("class", "face")
            .attr("href", &format!("{folder}index.html"))
            .attr("tabindex", "-1")
            .attr("aria-hidden", "true")
            .open();
        html.tag("img")
            .attr("class", "cover")
            .attr("src", &format!("{folder}cover-400.jpg"))
            .attr("alt", "")
            .attr("loading", "lazy")
            .attr("width", "400")
            .attr("height", "640")
            .empty();
        html.end();
    } else {
        html.tag("p").attr("class", "face cover drawn").attr("aria-hidden", "true").open();
        html.text(&title.title);
        html.end();
    }
    html.tag("div").begin();
    if let Some(series) = &title.series {
        html.tag("p").attr("class", "small").open();
        html.text(series);
        html.end();
    }
    html.tag("h2").open();
    html.tag("a").attr("href", &format!("{folder}index.html")).open();
    html.text(&title.title);
    html.close();
    html.end();
    if let Some(subtitle) = &title.subtitle {
        html.tag("p").attr("class", "second").open();
        html.text(subtitle);
        html.end();
    }
    if !title.names.is_empty() || title.date.is_some() {
        html.tag("p").attr("class", "who").open();
        html.text(&title.names);
        if let Some((shown, iso)) = &title.date {
            html.text(if title.names.is_empty() { "" } else { " · " });
            html.tag("time").attr("datetime", iso).open();
            html.text(shown);
            html.close();
        }
        html.end();
    }
    if let Some(summary) = &title.summary {
        html.tag("p").open();
        html.text(summary);
        html.end();
    }
    html.end();
    html.end();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(page: &str) -> Listed {
        Listed {
            slug: String::new(),
            numbers: Vec::new(),
            below: "",
            title: String::new(),
            subtitle: None,
            names: String::new(),
            date: None,
            series: None,
            summary: None,
            language: Language::english(),
            has_cover: false,
            feeds: None,
            moment: None,
            owner: String::new(),
            owner_url: None,
            page: Some(page.to_owned()),
        }
    }

    #[test]
    fn a_catalogue_stands_where_all_its_pages_lie() {
        let at = |pages: &[&str]| address(&pages.iter().map(|page| listed(page)).collect::<Vec<_>>());
        assert_eq!(at(&["https://a.org/b/x/", "https://a.org/b/y/"]).as_deref(), Some("https://a.org/b/"));
        assert_eq!(at(&["https://a.org/b/x/", "https://a.org/c/"]).as_deref(), Some("https://a.org/"));
        assert_eq!(at(&["https://a.org/b/x/", "https://b.org/c/"]), None);
        assert_eq!(at(&["https://a.org/"]), None);
        assert_eq!(at(&[]), None);
    }
}
