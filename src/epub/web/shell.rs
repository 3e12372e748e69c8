//! The page around a text: bar, contents, where it stands in print, the way on and back.

use super::title;
use crate::book::{Book, Division, DivisionKind, Matter};
use crate::epub::Print;
use crate::epub::nav::{self, Line};
use crate::epub::page_list::PageList;
use crate::epub::plan::Plan;
use crate::epub::xhtml::{division_words, title_of};
use crate::language::Direction;
use crate::language::Language;
use crate::language::terms::Term;
use crate::language::web::Web;
use crate::xml::Markup;

/// What all pages share.
pub(super) struct Shell<'a> {
    pub book: &'a Book,
    pub plan: &'a Plan,
    pub shown: &'a [&'a Division],
    /// The page of the title.
    pub home: Option<&'a str>,
    pub pages: &'a PageList,
    pub print: Option<&'a Print<'a>>,
}

impl Shell<'_> {
    fn language(&self) -> &Language {
        &self.book.metadata.language
    }

    fn word(&self, word: Web) -> &'static str {
        word.word(self.language())
    }

    /// Words, tagged where they are English in a page of another language.
    fn say(&self, html: &mut Markup, word: Web) {
        let (words, tag) = word.tagged(self.language());
        match tag {
            Some(tag) => {
                html.tag("span").attr("lang", tag).open();
                html.text(words);
                html.close();
            }
            None => html.text(words),
        }
    }

    /// The tag of words that are English in a page of another language.
    fn tag_of(&self, word: Web) -> Option<&'static str> {
        word.tagged(self.language()).1
    }

    /// The page of the division at a place of the order, with its text.
    pub fn page(&self, at: usize, text: &str) -> String {
        let division = self.shown[at];
        let language = division.language.as_ref().unwrap_or(self.language());
        let mut html = self.begin(&title_of(division), Some(at));
        html.tag("main").attr("id", "main").attr("lang", language.tag()).attr("class", division.kind.name()).begin();
        if let Some(words) = self.where_in_print(division) {
            html.tag("p").attr("class", "where").maybe("lang", self.tag_of(Web::PageInPrint)).open();
            html.text(&words);
            html.end();
        }
        html.raw(text);
        self.turn(&mut html, at);
        html.end();
        self.finish(html)
    }

    /// The list of all pages, to which the way back leads from everywhere.
    pub fn contents_page(&self) -> String {
        let book = self.book;
        let mut html = self.begin("", None);
        html.tag("main").attr("id", "main").attr("class", "index").begin();
        html.tag("h1").open();
        html.text(&title(book));
        html.end();
        if let Some(subtitle) = &book.metadata.subtitle {
            html.tag("p").attr("class", "subtitle").open();
            html.text(crate::book::plain(subtitle).trim());
            html.end();
        }
        let names: Vec<&str> = book.metadata.authors.iter().map(|author| author.name.as_str()).collect();
        if !names.is_empty() {
            html.tag("p").attr("class", "by").open();
            html.text(&names.join(", "));
            html.end();
        }
        html.tag("nav").attr("aria-label", self.word(Web::Menu)).begin();
        self.list(&mut html, None);
        html.end();
        html.end();
        self.finish(html)
    }

    fn begin(&self, words: &str, at: Option<usize>) -> Markup {
        let book = self.book;
        let language = self.language();
        let direction = (language.direction() == Direction::RightToLeft).then_some("rtl");
        let mut html = Markup::html();
        html.doctype();
        html.tag("html").attr("lang", language.tag()).maybe("dir", direction).begin();
        html.tag("head").begin();
        let name = title(book);
        html.tag("meta").attr("charset", "utf-8").empty();
        html.line();
        html.tag("meta").attr("name", "viewport").attr("content", "width=device-width, initial-scale=1").empty();
        html.line();
        if book.metadata.distribution.mining_reserved {
            html.tag("meta").attr("name", "tdm-reservation").attr("content", "1").empty();
            html.line();
        }
        html.leaf("title", &if words.is_empty() { name.clone() } else { format!("{words} – {name}") });
        html.line();
        for (rel, near) in [("prev", at.and_then(|at| at.checked_sub(1))), ("next", at.map(|at| at + 1))] {
            let near = near.and_then(|near| self.shown.get(near)).and_then(|division| self.plan.file(division.id));
            if let Some(file) = near {
                html.tag("link").attr("rel", rel).attr("href", file).empty();
                html.line();
            }
        }
        // A manifest says where it stands, so that there is none where nobody says that.
        let stands = self.home.is_some() && book.metadata.distribution.page.is_some();
        let manifest = stands.then_some(("manifest", "manifest.json"));
        for (rel, href) in [Some(("stylesheet", "style.css")), manifest].into_iter().flatten() {
            html.tag("link").attr("rel", rel).attr("href", href).empty();
            html.line();
        }
        html.end();
        html.tag("body").begin();
        html.tag("a").attr("class", "skip").attr("href", "#main").open();
        self.say(&mut html, Web::Skip);
        html.end();
        self.bar(&mut html);
        html.tag("div").attr("class", "sheet").begin();
        if at.is_some() {
            html.tag("nav").attr("class", "toc").attr("id", "toc").attr("aria-label", self.word(Web::Menu)).begin();
            html.tag("p").attr("class", "toc-title").open();
            self.say(&mut html, Web::Menu);
            html.end();
            self.list(&mut html, at);
            html.end();
        }
        html
    }

    fn finish(&self, mut html: Markup) -> String {
        html.end();
        html.raw("<script src=\"read.js\"></script>\n");
        html.finish()
    }

    fn bar(&self, html: &mut Markup) {
        let book = self.book;
        html.tag("header").attr("class", "bar").begin();
        html.tag("a").attr("class", "menu").attr("href", "index.html").open();
        self.say(html, Web::Menu);
        html.end();
        html.tag("p").attr("class", "book").open();
        html.tag("a").attr("href", self.home.unwrap_or("index.html")).open();
        html.text(&title(book));
        html.close();
        let names: Vec<&str> = book.metadata.authors.iter().map(|author| author.name.as_str()).collect();
        if !names.is_empty() {
            html.text(" ");
            html.leaf("span", &names.join(", "));
        }
        html.end();
        html.tag("form").attr("class", "search").attr("role", "search").attr("hidden", "hidden").begin();
        html.tag("input")
            .attr("type", "search")
            .attr("name", "q")
            .attr("autocomplete", "off")
            .attr("placeholder", self.word(Web::SearchThis))
            .attr("aria-label", self.word(Web::SearchThis))
            .empty();
        html.end();
        if let Some(home) = self.home {
            html.tag("a").attr("class", "out").attr("href", &format!("{home}#cite")).open();
            self.say(html, Web::CiteAndDownload);
            html.end();
        }
        html.end();
    }

    /// The pages, and the headings of the one that is read.
    fn list(&self, html: &mut Markup, at: Option<usize>) {
        let inner = nav::lines(self.book, self.plan);
        html.tag("ol").begin();
        for (place, division) in self.shown.iter().enumerate() {
            let Some(file) = self.plan.file(division.id) else { continue };
            let matter = match division.matter {
                Matter::Body => None,
                _ => Some("matter"),
            };
            let current = at == Some(place);
            html.tag("li").maybe("class", matter).open();
            html.tag("a").attr("href", file).maybe("aria-current", current.then_some("page")).open();
            html.text(&division_words(division));
            html.close();
            let below: Vec<&Line<'_>> =
                inner.iter().filter(|line| line.href.split_once('#').is_some_and(|(own, _)| own == file)).collect();
            if (current || at.is_none()) && !below.is_empty() {
                html.line();
                html.tag("ol").begin();
                for line in below {
                    html.tag("li").open();
                    html.tag("a").attr("href", &line.href).open();
                    html.text(&line.words);
                    html.close();
                    html.end();
                }
                html.end();
            }
            html.end();
        }
        html.end();
    }

    /// "Pages in print: 3–5".
    fn where_in_print(&self, division: &Division) -> Option<String> {
        if division.kind == DivisionKind::CopyrightPage {
            return None;
        }
        let first = self.print?.folio_of_division(division)?;
        let last = self.pages.pages.iter().rev().find(|page| page.division == division.id && page.written);
        let last = last.map_or(first, |page| page.folio);
        let words = match first == last {
            true => format!("{} {first}", self.word(Web::PageInPrint)),
            false => format!("{} {first}–{last}", self.word(Web::PagesInPrint)),
        };
        Some(self.language().digits(&words))
    }

    fn turn(&self, html: &mut Markup, at: usize) {
        // Arrows point the way in which pages are turned.
        let [back, on] = match self.language().direction() {
            Direction::LeftToRight => ["← ", " →"],
            Direction::RightToLeft => ["→ ", " ←"],
        };
        let near =
            [(at.checked_sub(1), "previous", Web::Previous, back, ""), (Some(at + 1), "next", Web::Next, "", on)];
        html.tag("nav").attr("class", "turn").attr("aria-label", Term::Pages.word(self.language())).begin();
        for (near, class, word, before, after) in near {
            let Some(division) = near.and_then(|near| self.shown.get(near)) else { continue };
            let Some(file) = self.plan.file(division.id) else { continue };
            html.tag("a")
                .attr("class", class)
                .attr("rel", if class == "next" { "next" } else { "prev" })
                .attr("href", file)
                .open();
            html.tag("small").maybe("lang", self.tag_of(word)).open();
            html.text(&format!("{before}{}{after}", self.word(word)));
            html.close();
            html.text(" ");
            html.leaf("b", &division_words(division));
            html.end();
        }
        html.end();
    }

    /// The script with the words that it says.
    pub fn script(&self) -> String {
        let mut script = include_str!("read.js").to_owned();
        for (name, word) in [
            ("WORD_CLOSE", Web::Close),
            ("WORD_NONE", Web::NoneFound),
            ("WORD_SIDEWAYS", Web::ScrollSideways),
            ("WORD_SEARCH", Web::Search),
        ] {
            let text = serde_json::to_string(self.word(word)).unwrap_or_default();
            script = script.replace(name, &text);
        }
        script
    }
}
