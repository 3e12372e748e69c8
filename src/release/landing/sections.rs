//! What people read of the page, from its masthead to its foot. What a title lacks leaves no heading and no gap.

use super::facts::size;
use super::{Page, Words};
use crate::book::finished::REPORT;
use crate::book::metadata::{Date, Status};
use crate::book::{AssetId, Block, BlockKind, Division, DivisionKind, plain, walk};
use crate::edition::Format;
use crate::language::Direction;
use crate::language::Language;
use crate::language::terms::{self, Term};
use crate::language::web::Web;
use crate::release::Made;

/// The most letters of what the foot of the page says about the house.
const ABOUT: usize = 400;

impl Page<'_> {
    /// The house, and the languages in which the title can be read.
    pub(super) fn masthead(&mut self) {
        let record = self.record;
        self.html.tag("header").attr("class", "mast").begin();
        self.html.tag("div").attr("class", "wide").begin();
        if let Some(house) = &record.metadata.publisher {
            self.html.tag("p").attr("class", "house").open();
            if let Some((asset, _)) = &house.logo {
                self.logo(*asset);
            }
            match &house.url {
                Some(url) => self.link(url, &house.name),
                None => self.html.text(&house.name),
            }
            self.html.end();
        }
        if !record.said.translations.is_empty() {
            self.html.tag("nav").attr("aria-label", Web::Languages.word(self.language)).begin();
            self.html.tag("ul").begin();
            self.html.tag("li").attr("aria-current", "true").open();
            self.html.text(&own_name(self.language.tag()));
            self.html.end();
            for other in &record.said.translations {
                let href = other.url.clone().or(other.doi.as_ref().map(|doi| format!("https://doi.org/{doi}")));
                let Some(href) = href else { continue };
                let tag = other.language.tag();
                self.html.tag("li").open();
                self.html.tag("a").attr("href", &href).attr("hreflang", tag).attr("lang", tag).open();
                self.html.text(&own_name(tag));
                self.html.close();
                self.html.end();
            }
            self.html.end();
            self.html.end();
        }
        self.html.end();
        self.html.end();
    }

    /// A house's logo beside its name, which says the same. On dark ground it keeps the white that it was drawn for.
    fn logo(&mut self, asset: AssetId) {
        let file = super::logo_file(self.record, asset);
        self.html.tag("img").attr("class", "plate").attr("src", &file).attr("alt", "").empty();
    }

    /// The band: title, cover, names, what to do first.
    pub(super) fn opening(&mut self) {
        let record = self.record;
        self.html.tag("div").attr("class", "band").begin();
        self.html.tag("div").attr("class", "wide opening").begin();
        self.html.tag("div").attr("class", "names").begin();
        let kicker = self.kicker();
        if !kicker.is_empty() {
            self.line("p", "kicker", &kicker);
        }
        let long = if record.title.chars().count() > 40 { "long" } else { "" };
        self.line("h1", long, &record.title);
        if let Some(subtitle) = &record.subtitle {
            self.line("p", "subtitle", subtitle);
        }
        self.html.end();
        if record.cover_bytes.is_some() {
            let alt = format!("{} {}", self.cover_of(), record.title);
            self.html
                .tag("img")
                .attr("class", "cover")
                .attr("src", "cover.jpg")
                .attr("srcset", "cover-400.jpg 400w, cover.jpg 1600w")
                .attr("sizes", "(max-width: 600px) 116px, (max-width: 1100px) 248px, 376px")
                .attr("alt", &alt)
                .attr("width", "1600")
                .attr("height", "2560")
                .empty();
            self.html.line();
        } else {
            self.line("p", "cover drawn", &record.title);
        }
        self.html.tag("div").attr("class", "by").begin();
        self.byline();
        self.html.end();
        self.buttons();
        self.html.end();
        self.html.end();
    }

    /// "Policy Paper · No. 1", and the day of an embargo.
    fn kicker(&self) -> String {
        let record = self.record;
        let mut parts = Vec::new();
        if let Some(series) = &record.metadata.series {
            parts.push(series.name.clone());
            parts.extend(series.number.as_ref().map(|number| format!("{} {number}", Term::Number.word(self.language))));
        }
        if let Status::Embargo(until) = &record.metadata.status {
            let day = until.as_ref().map(|until| until.words(self.language)).unwrap_or_default();
            parts.push(format!("{} {day}", Term::EmbargoedUntil.word(self.language)).trim().to_owned());
        }
        parts.join(" · ")
    }

    fn date(&self, date: &Date) -> String {
        terms::date(self.language, date.year, date.month, date.day)
    }

    fn byline(&mut self) {
        let record = self.record;
        let names: Vec<&str> = record.authors().map(|hand| hand.name.printed.as_str()).collect();
        self.html.tag("p").open();
        if !names.is_empty() {
            self.html.tag("strong").open();
            let count = names.len();
            for (at, name) in names.into_iter().enumerate() {
                match at {
                    0 => {}
                    _ if at + 1 == count => self.html.text(&format!(" {} ", Term::And.word(self.language))),
                    _ => self.html.text(" "),
                }
                self.html.tag("span").attr("class", "name").open();
                self.html.text(name);
                self.html.text(if at + 2 < count { "," } else { "" });
                self.html.close();
            }
            self.html.close();
            self.html.text(" ");
        }
        if let Some(date) = record.metadata.date {
            self.html.tag("time").attr("datetime", &date.iso()).open();
            self.html.text(&self.date(&date));
            self.html.close();
        }
        self.html.end();
        if let Some(doi) = &record.metadata.identifiers.doi {
            self.html.tag("p").attr("class", "small").open();
            self.link(&doi.url(), doi.url().trim_start_matches("https://"));
            self.html.end();
        }
        if let Some(date) = record.metadata.revised {
            let words = format!("{} {}", Term::Revised.word(self.language), self.date(&date));
            self.line("p", "small", &words);
        }
    }

    fn buttons(&mut self) {
        let record = self.record;
        let pdf = record.pdf().filter(|_| record.is_open());
        let sold = !record.is_open() && !record.embargoed();
        if self.read.is_none() && pdf.is_none() && !sold {
            return;
        }
        self.html.tag("p").attr("class", "buttons").begin();
        if sold {
            self.button("first", "#get", Web::WhereToBuy, false);
        }
        if let Some(read) = self.read {
            let (class, word) = if sold { ("second", Web::ReadSample) } else { ("first", Web::ReadOnline) };
            self.button(class, read, word, true);
        }
        if let Some(made) = pdf {
            let class = if self.read.is_some() { "second" } else { "first" };
            self.html.tag("a").attr("class", &format!("button {class}")).attr("href", &made.file).open();
            self.word(Web::DownloadThe);
            self.html.text(" PDF ");
            self.html.leaf("span", &size(made.bytes.len()));
            self.html.end();
        }
        self.html.end();
    }

    fn button(&mut self, class: &str, href: &str, word: Web, arrow: bool) {
        self.html.tag("a").attr("class", &format!("button {class}")).attr("href", href).open();
        self.word(word);
        if arrow {
            self.html.text(" ");
            self.html.tag("span").attr("aria-hidden", "true").open();
            self.html.text(match self.record.metadata.language.direction() {
                Direction::LeftToRight => "→",
                Direction::RightToLeft => "←",
            });
            self.html.close();
        }
        self.html.end();
    }

    /// Summary, main points, subjects, files.
    pub(super) fn body(&mut self) {
        let record = self.record;
        self.html.tag("div").attr("class", "wide under").begin();
        self.html.tag("div").attr("class", "words").begin();
        if let Some(text) = record.description() {
            self.html.tag("section").attr("class", "summary").attr("aria-labelledby", "summary").begin();
            self.heading("summary", "unseen", Web::Summary);
            for paragraph in crate::release::paragraphs(text) {
                self.line("p", "", &paragraph);
            }
            self.html.end();
        }
        if record.is_open() {
            self.points();
        }
        let words = record.words();
        if !words.is_empty() {
            self.html.tag("p").attr("class", "subjects").open();
            self.html.tag("strong").open();
            self.word(Web::Subjects);
            self.html.close();
            self.html.text(&format!(" {}", words.join(", ")));
            self.html.end();
        }
        self.html.end();
        self.files();
        self.html.end();
    }

    /// An element in a line.
    fn line_in(&mut self, name: &'static str, word: Web) {
        self.html.tag(name).open();
        self.word(word);
        self.html.close();
    }

    fn heading<'w>(&mut self, id: &str, class: &str, words: impl Into<Words<'w>>) {
        self.html.tag("h2").attr("id", id).maybe("class", (!class.is_empty()).then_some(class)).open();
        self.word(words);
        self.html.end();
    }

    /// The key takeaways of the book, if they are a list.
    fn points(&mut self) {
        let Some(division) = self.record.book.first(DivisionKind::KeyTakeaways) else {
            return;
        };
        let points = points(division);
        if points.is_empty() {
            return;
        }
        self.html.tag("section").attr("class", "points").attr("aria-labelledby", "points").begin();
        self.heading("points", "", &division.name);
        self.html.tag("ol").begin();
        for point in points {
            self.line("li", "", &point);
        }
        self.html.end();
        self.html.end();
    }

    /// The files with their sizes; of a title for sale its editions with their prices.
    fn files(&mut self) {
        let record = self.record;
        let is_shown = |made: &&Made| !(made.edition.is_wrap() || record.is_open() && made.is_press());
        let shown: Vec<&Made> = record.made.iter().filter(is_shown).collect();
        if record.embargoed() || shown.is_empty() {
            return;
        }
        let title = if record.is_open() { Web::Downloads } else { Web::Editions };
        self.html.tag("section").attr("class", "files").attr("id", "get").attr("aria-labelledby", "files").begin();
        self.heading("files", "", title);
        self.html.tag("ul").begin();
        for made in shown {
            self.html.tag("li").open();
            match record.is_open() {
                true => self.open_file(made),
                false => self.sold(made),
            }
            self.html.end();
        }
        self.html.end();
        if record.is_open() {
            self.html.tag("p").attr("class", "small").open();
            if let Some(licence) = record.open_licence() {
                self.word(Web::FreeUnder);
                self.html.text(" ");
                let short = licence.spdx.replace('-', " ");
                match &licence.url {
                    Some(url) => self.link(url, &short),
                    None => self.html.text(&short),
                }
                self.html.text(". ");
            }
            self.link("SHA256SUMS", Web::Checksums);
            self.html.end();
        }
        self.html.end();
    }

    fn open_file(&mut self, made: &Made) {
        self.html.tag("a").attr("href", &made.file).attr("type", made.media_type()).open();
        self.line_in("b", self.name_of(made));
        self.html.text(" ");
        self.html.tag("span").attr("class", "size").open();
        self.html.text(&size(made.bytes.len()));
        self.html.close();
        self.html.close();
        self.html.leaf("small", &self.about(made));
    }

    fn sold(&mut self, made: &Made) {
        let record = self.record;
        self.line_in("b", self.name_of(made));
        let prices: Vec<String> = record
            .prices(&made.edition.name)
            .iter()
            .map(|price| format!("{}\u{a0}{}", price.amount, price.currency))
            .collect();
        if !prices.is_empty() {
            self.html.text(" ");
            self.html.tag("span").attr("class", "size").open();
            self.html.text(&prices.join(", "));
            self.html.close();
        }
        // Its own, else that of its kind if it is the one that this is meant for.
        let is = |other: Option<&Made>| other.is_some_and(|other| std::ptr::eq(other, made));
        let of_kind = match made.edition.format {
            Format::Epub if is(record.ebook()) => record.isbn_epub(),
            Format::Pdf if is(record.press()) => record.isbn_print(),
            Format::Pdf if is(record.pdf()) => record.isbn_pdf(),
            Format::Epub | Format::Pdf | Format::Web => None,
        };
        let isbn = made.edition.isbn.as_ref().map(|isbn| &isbn.value).or(of_kind);
        let isbn = isbn.map(|isbn| format!("ISBN\u{a0}{}", isbn.written()));
        let about: Vec<String> = [Some(self.about(made)), isbn].into_iter().flatten().collect();
        self.html.leaf("small", &about.join(", "));
    }

    /// Contents, citation, licence, accessibility and what follows.
    pub(super) fn sections(&mut self) {
        let record = self.record;
        if !record.contents.is_empty() {
            let open = record.contents.iter().any(|entry| entry.href.is_some()).then_some(Web::EachEntry);
            let paged = record.contents.iter().any(|entry| entry.folio.is_some()).then_some(Web::FiguresArePages);
            let notes: Vec<Web> = [open, paged].into_iter().flatten().collect();
            self.section("contents", Term::Contents, &notes, "large");
            self.contents();
            self.close();
        }
        self.section("cite", Web::CiteThis, &[], "large");
        self.citations();
        self.close();
        self.licence();
        self.accessibility();
        self.corrections();
        self.translations();
        self.partners();
        self.related();
    }

    fn section<'w>(&mut self, id: &str, title: impl Into<Words<'w>>, notes: &[Web], class: &str) {
        let class = format!("row {class}");
        self.html.tag("section").attr("class", class.trim()).attr("aria-labelledby", id).begin();
        self.html.tag("div").attr("class", "wide").begin();
        self.html.tag("div").attr("class", "side").begin();
        self.heading(id, "", title);
        if !notes.is_empty() {
            self.html.tag("p").attr("class", "small").open();
            for note in notes {
                self.word(*note);
                self.html.text(" ");
            }
            self.html.end();
        }
        self.html.end();
        self.html.tag("div").attr("class", "what").begin();
    }

    fn close(&mut self) {
        self.html.end();
        self.html.end();
        self.html.end();
    }

    fn contents(&mut self) {
        let record = self.record;
        self.html.tag("nav").attr("aria-labelledby", "contents").begin();
        self.html.tag("ol").attr("class", "contents").begin();
        for entry in record.contents.iter().filter(|entry| entry.depth <= 2) {
            let class = if entry.depth > 1 {
                "second"
            } else if entry.body {
                "first"
            } else {
                "first matter"
            };
            self.html.tag("li").attr("class", class).open();
            match &entry.href {
                Some(href) => self.link(href, &entry.words),
                None => self.html.leaf("span", &entry.words),
            }
            if let Some(folio) = entry.folio {
                self.html.text(" ");
                self.html.tag("span").attr("class", "folio").open();
                let [before, after] = self.language.around_page();
                self.unseen(&before);
                self.html.text(&self.language.digits(&folio.to_string()));
                self.unseen(&after);
                self.html.close();
            }
            self.html.end();
        }
        self.html.end();
        self.html.end();
    }

    /// Words that a voice says and no eye needs.
    fn unseen(&mut self, words: &str) {
        if !words.is_empty() {
            self.html.tag("span").attr("class", "unseen").open();
            self.html.text(words);
            self.html.close();
        }
    }

    fn licence(&mut self) {
        let record = self.record;
        let Some(rights) = &record.metadata.rights else { return };
        let title = if rights.licence.is_some() { Web::Licence } else { Web::RightsOf };
        self.section("licence", title, &[], "");
        self.html.tag("p").open();
        if let Some(holder) = &rights.holder {
            let year = record.year_of_rights().map(|year| format!("{year} ")).unwrap_or_default();
            self.html.text(&format!("© {year}{holder}. "));
        }
        if let Some(licence) = &rights.licence {
            match &licence.url {
                Some(url) => {
                    self.html.tag("a").attr("href", url).attr("rel", "license").open();
                    self.html.text(&licence.name);
                    self.html.close();
                }
                None => self.html.text(&licence.name),
            }
            self.html.text(".");
        }
        self.html.end();
        if let Some(statement) = &rights.statement {
            self.line("p", "", statement);
        }
        if record.said.mining_reserved {
            self.line("p", "", Web::MiningReserved);
        }
        if let Some(credit) = &record.metadata.cover_credit {
            self.line("p", "small", credit.as_str());
        }
        self.close();
    }

    fn accessibility(&mut self) {
        let rows = self.statement();
        let record = self.record;
        if rows.is_empty() {
            self.section("access", Web::Accessibility, &[], "");
            self.html.tag("p").open();
            self.link(REPORT, Web::AccessReport);
            self.html.end();
            self.close();
            return;
        }
        self.section("access", Web::Accessibility, &[Web::OfTheEbook], "");
        self.html.tag("dl").begin();
        for (title, lines) in rows {
            self.line("dt", "", title);
            self.html.tag("dd").open();
            for (at, (word, more)) in lines.into_iter().enumerate() {
                self.html.text(if at > 0 { " " } else { "" });
                self.word(word);
                self.html.text(&format!("{more}."));
            }
            if title == Web::Conformance {
                let certifier = record.metadata.accessibility.report.as_ref();
                let certifier =
                    certifier.filter(|_| record.accessibility().is_some_and(|said| said.certified.is_some()));
                if let Some(report) = certifier {
                    self.html.text(" ");
                    self.link(report, Web::CertifierReport);
                }
                self.html.text(" ");
                self.link(REPORT, Web::AccessReport);
            }
            self.html.end();
        }
        self.html.end();
        if let Some(summary) = record.metadata.accessibility.summary.as_ref() {
            self.line("p", "", summary);
        }
        if let Some(mail) = record.said.accessibility_contact.as_ref().or(record.said.contact.as_ref()) {
            self.html.tag("p").open();
            self.link(&format!("mailto:{}", mail.value), &mail.value);
            self.html.end();
        }
        self.close();
    }

    fn corrections(&mut self) {
        let record = self.record;
        if record.said.corrections.is_empty() {
            return;
        }
        self.section("corrections", Web::Corrections, &[], "");
        self.html.tag("dl").begin();
        for correction in &record.said.corrections {
            let date = correction.date.map(|date| self.date(&date));
            let version =
                correction.version.as_ref().map(|version| format!("{} {version}", Term::Version.word(self.language)));
            let when: Vec<String> = [date, version].into_iter().flatten().collect();
            let when = if when.is_empty() { "–".to_owned() } else { when.join(", ") };
            self.line("dt", "plain", &when);
            self.line("dd", "", &correction.text);
        }
        self.html.end();
        self.close();
    }

    fn translations(&mut self) {
        let record = self.record;
        if record.said.translations.is_empty() {
            return;
        }
        self.section("translations", Web::Translations, &[], "");
        self.html.tag("dl").begin();
        for other in &record.said.translations {
            let tag = other.language.tag();
            self.html.tag("dt").attr("class", "plain").attr("lang", tag).open();
            self.html.text(&own_name(tag));
            self.html.end();
            self.html.tag("dd").open();
            let href = other.url.clone().or(other.doi.as_ref().map(|doi| format!("https://doi.org/{doi}")));
            let words = other.title.clone().unwrap_or_else(|| own_name(tag));
            match href {
                Some(href) => {
                    self.html.tag("a").attr("href", &href).attr("hreflang", tag).attr("lang", tag).open();
                    self.html.text(&words);
                    self.html.close();
                }
                None => self.html.text(&words),
            }
            self.html.end();
        }
        self.html.end();
        self.close();
    }

    fn partners(&mut self) {
        let record = self.record;
        let said = record.said;
        if said.partners.is_empty() && said.funding.is_none() {
            return;
        }
        match said.partners.is_empty() {
            true => self.section("partners", Term::Funding, &[], ""),
            false => self.section("partners", Web::Partners, &[], ""),
        }
        if let Some(words) = &said.funding {
            self.line("p", "", words);
        }
        if !said.partners.is_empty() {
            self.html.tag("ul").attr("class", "partners").begin();
            for partner in &said.partners {
                self.html.tag("li").open();
                if let Some((asset, _)) = &partner.logo {
                    self.logo(*asset);
                }
                match &partner.url {
                    Some(url) => self.link(url, &partner.name),
                    None => self.html.text(&partner.name),
                }
                if let Some(statement) = &partner.statement {
                    self.html.leaf("small", statement);
                }
                self.html.end();
            }
            self.html.end();
        }
        self.close();
    }

    fn related(&mut self) {
        let related = &self.record.said.related;
        if related.is_empty() {
            return;
        }
        self.section("related", Term::Related, &[], "");
        self.html.tag("ul").attr("class", "related").begin();
        for (title, url) in related {
            self.html.tag("li").open();
            match url {
                Some(url) => self.link(url, title),
                None => self.html.text(title),
            }
            self.html.end();
        }
        self.html.end();
        self.close();
    }

    pub(super) fn foot(&mut self) {
        let record = self.record;
        self.html.tag("footer").begin();
        self.html.tag("div").attr("class", "wide").begin();
        if let Some(house) = &record.metadata.publisher {
            self.html.tag("p").attr("class", "house").open();
            if let Some((asset, _)) = &house.logo {
                self.logo(*asset);
            }
            self.html.text(&house.name);
            self.html.end();
            let about = record.book.first(DivisionKind::AboutTheInstitute).map(first_words).unwrap_or_default();
            if !about.is_empty() {
                self.line("p", "about", &about);
            }
            self.html.tag("p").open();
            let mut lines: Vec<String> = house.address.clone();
            if lines.is_empty() {
                lines.extend(house.place.clone());
            }
            self.html.text(&lines.join(", "));
            if let Some(url) = &house.url {
                self.html.tag("br").empty();
                self.link(url, url.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/'));
            }
            if let Some(email) = &house.email {
                self.html.tag("br").empty();
                self.link(&format!("mailto:{email}"), email);
            }
            if let Some(issn) = record.issn() {
                self.html.tag("br").empty();
                self.html.text(&format!("ISSN\u{a0}{issn}"));
            }
            self.html.end();
        }
        self.html.end();
        self.html.end();
    }
}

/// The paragraphs that a division begins with, as many as are few enough words for a foot.
fn first_words(division: &Division) -> String {
    let mut words = String::new();
    for block in &division.blocks {
        let more = crate::release::words_of(std::slice::from_ref(block));
        if words.chars().count() + more.chars().count() > ABOUT {
            break;
        }
        words = [words, more].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ");
    }
    words
}

/// The items of the first list of a division, wherever it stands, in plain words.
fn points(division: &Division) -> Vec<String> {
    let list = walk::blocks(&division.blocks).find_map(|block: &Block| match &block.kind {
        BlockKind::List(list) => Some(list),
        _ => None,
    });
    let words = |blocks: &[Block]| {
        let texts: Vec<String> = walk::texts(blocks).map(|(_, text)| plain(&text.content).trim().to_owned()).collect();
        texts.join(" ")
    };
    list.map(|list| list.items.iter().map(|item| words(&item.blocks)).collect()).unwrap_or_default()
}

/// A language by the name that it has in itself; its tag where that is not known here.
fn own_name(tag: &str) -> String {
    let language = Language::parse(tag).filter(|language| !language.own_name().is_empty());
    // A name that stands alone begins with a capital, where there are some.
    language.map_or_else(|| tag.to_owned(), |language| language.capitalised(language.own_name()))
}
