//! `index.html`: the page of a title. One file with relative links, complete without a script, and nothing is asked of
//! another host.
//!
//! The order in the file is the order on a phone; wide windows place the same parts in two columns by the stylesheet.

mod cite;
mod facts;
mod head;
mod sections;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::record::Record;
use super::{Face, File};
use crate::book::AssetId;
use crate::language::terms::Term;
use crate::language::web::Web;
use crate::language::{Direction, Language};
use crate::theme::Theme;
use crate::theme::screen::{face_rule, variables};
use crate::xml::Markup;

/// A page being written.
struct Page<'a> {
    html: Markup,
    record: &'a Record<'a>,
    language: &'a Language,
    /// Where the text can be read, if it can.
    read: Option<&'a str>,
}

/// The page.
pub(super) fn html(record: &Record<'_>, theme: &Theme, faces: &[Face], read: Option<&str>) -> String {
    let language = &record.metadata.language;
    let mut page = Page { html: Markup::default(), record, language, read };
    let direction = (language.direction() == Direction::RightToLeft).then_some("rtl");
    page.html.doctype();
    page.html.tag("html").attr("lang", language.tag()).maybe("dir", direction).begin();
    page.head(&style(theme, faces));
    page.html.tag("body").begin();
    page.html.tag("a").attr("class", "skip").attr("href", "#main").open();
    page.word(Web::Skip);
    page.html.end();
    page.masthead();
    page.html.tag("main").attr("id", "main").begin();
    page.opening();
    page.body();
    page.sections();
    page.html.end();
    page.foot();
    page.html.raw("<script>\n");
    page.html.raw(&script(language));
    page.html.raw("</script>\n");
    page.html.finish()
}

impl Page<'_> {
    /// Words; those that are English in a page of another language are tagged as such.
    fn word<'w>(&mut self, words: impl Into<Words<'w>>) {
        let (text, tag) = match words.into() {
            Words::Text(text) => (text, None),
            Words::Web(word) => word.tagged(self.language),
            Words::Term(term) => {
                let word = term.word(self.language);
                (word, self.language.tag_of_words(word))
            }
        };
        match tag {
            Some(tag) => {
                self.html.tag("span").attr("lang", tag).open();
                self.html.text(text);
                self.html.close();
            }
            None => self.html.text(text),
        }
    }

    /// An element with nothing but text in it, on a line of its own.
    fn line<'w>(&mut self, name: &'static str, class: &str, words: impl Into<Words<'w>>) {
        self.html.tag(name).maybe("class", (!class.is_empty()).then_some(class)).open();
        self.word(words);
        self.html.end();
    }

    fn link<'w>(&mut self, href: &str, words: impl Into<Words<'w>>) {
        self.html.tag("a").attr("href", href).open();
        self.word(words);
        self.html.close();
    }
}

/// What a page says: the author's words, or its own.
enum Words<'w> {
    Text(&'w str),
    Web(Web),
    Term(Term),
}

impl<'w> From<&'w str> for Words<'w> {
    fn from(text: &'w str) -> Words<'w> {
        Words::Text(text)
    }
}

impl<'w> From<&'w String> for Words<'w> {
    fn from(text: &'w String) -> Words<'w> {
        Words::Text(text)
    }
}

impl From<Web> for Words<'_> {
    fn from(word: Web) -> Self {
        Words::Web(word)
    }
}

impl From<Term> for Words<'_> {
    fn from(term: Term) -> Self {
        Words::Term(term)
    }
}

/// The file of a logo: by its place among the book's pictures, so that two of one name stay apart.
fn logo_file(record: &Record<'_>, asset: AssetId) -> String {
    format!("logos/{}.{}", asset.0 + 1, record.book.assets.get(asset).kind.ending())
}

/// The logos that the page shows, as their files.
pub(super) fn logos(record: &Record<'_>) -> Vec<File> {
    let house = record.metadata.publisher.as_ref().and_then(|house| house.logo.as_ref());
    let partners = record.said.partners.iter().filter_map(|partner| partner.logo.as_ref());
    let ids: BTreeSet<AssetId> = house.into_iter().chain(partners).map(|(asset, _)| *asset).collect();
    let file = |id: AssetId| {
        let asset = record.book.assets.get(id);
        let media_type = asset.kind.media_type();
        File { path: logo_file(record, id), bytes: Arc::clone(&asset.bytes), media_type, edition: None }
    };
    ids.into_iter().map(file).collect()
}

/// The colours and faces of the theme, then the rules that all pages of titles share.
pub(super) fn style(theme: &Theme, faces: &[Face]) -> String {
    let mut css = String::new();
    for face in faces {
        css.push_str(&face_rule(face.family, face.weight, face.italic, &format!("fonts/{}", face.file)));
    }
    css.push_str(&variables(theme));
    css.push_str(include_str!("landing.css"));
    css
}

/// Copying: the buttons are there only with a script, and what was copied is said aloud.
fn script(language: &Language) -> String {
    let text = |word: Web| serde_json::to_string(word.word(language)).unwrap_or_default();
    include_str!("landing.js").replace("COPIED", &text(Web::Copied)).replace("COPY", &text(Web::Copy))
}
