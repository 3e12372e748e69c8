//! OPDS: a feed of one title, or of many, that reading apps take: JSON (2.0) and Atom (1.2).
//!
//! The relation for what is free is `…/acquisition/open-access`, which the text of both versions, the JSON Schema of 2.0
//! and the readers of 1.2 know; 2.0's newer `download` is in its text only.

use serde_json::{Map, Value, json};

use super::Moment;
use super::record::{Record, Work};
use crate::book::distribution::Price;
use crate::language::Language;
use crate::xml::Markup;

const OPEN: &str = "http://opds-spec.org/acquisition/open-access";
const BUY: &str = "http://opds-spec.org/acquisition/buy";
pub(super) const ATOM: &str = "application/atom+xml;profile=opds-catalog;kind=acquisition";

/// A way to get it.
struct Way {
    rel: &'static str,
    href: String,
    media_type: &'static str,
    bytes: Option<usize>,
    price: Option<Price>,
}

/// How a reader gets the files: from the page's own folder, or by buying them there.
fn ways(record: &Record<'_>) -> Vec<Way> {
    let Some(page) = record.page() else { return Vec::new() };
    let mut files: Vec<_> = record.made.iter().filter(|made| !made.is_press()).collect();
    // An app takes the first that it can show.
    files.sort_by_key(|made| made.media_type() != "application/epub+zip");
    let mut ways = Vec::new();
    for made in files {
        if record.is_open() {
            let href = format!("{page}{}", made.file);
            ways.push(Way {
                rel: OPEN,
                href,
                media_type: made.media_type(),
                bytes: Some(made.bytes.len()),
                price: None,
            });
        } else if let Some(price) = record.prices(&made.edition.name).first() {
            let (href, price) = (page.to_owned(), Some((*price).clone()));
            ways.push(Way { rel: BUY, href, media_type: made.media_type(), bytes: None, price });
        }
    }
    ways
}

/// Whether a feed can say how to get it.
pub(super) fn has_a_way(record: &Record<'_>) -> bool {
    !ways(record).is_empty()
}

/// The owner's name of a feed: the house, else the title.
pub(super) fn owner(record: &Record<'_>) -> String {
    record.publisher().map_or_else(|| record.title.clone(), str::to_owned)
}

/// What a feed says of itself.
pub(super) struct Feed<'a> {
    /// Whose it is.
    pub owner: &'a str,
    /// Where they are at home.
    pub url: Option<&'a str>,
    pub language: &'a Language,
    /// When something in it last changed.
    pub moment: Option<Moment>,
    /// Where it stands.
    pub address: String,
}

/// The feed of one title.
fn alone<'a>(record: &Record<'a>, owner: &'a str, address: &str) -> Feed<'a> {
    let url = record.metadata.publisher.as_ref().and_then(|house| house.url.as_deref());
    let language = &record.metadata.language;
    Feed { owner, url, language, moment: record.moment, address: address.to_owned() }
}

/// `opds.json` of a title.
pub(super) fn json(record: &Record<'_>, address: &str) -> Value {
    feed(&alone(record, &owner(record), address), vec![publication(record)])
}

/// `opds.json` of some titles.
pub(super) fn feed(feed: &Feed<'_>, publications: Vec<Value>) -> Value {
    let modified = feed.moment.map(|moment| moment.full());
    json!({
        "metadata": { "title": feed.owner, "modified": modified, "numberOfItems": publications.len() },
        "links": [{ "rel": "self", "href": feed.address, "type": "application/opds+json" }],
        "publications": publications,
    })
}

/// A title in a feed.
pub(super) fn publication(record: &Record<'_>) -> Value {
    let links: Vec<Value> = ways(record)
        .iter()
        .map(|way| {
            let mut link = json!({ "rel": way.rel, "href": way.href, "type": way.media_type });
            if let Some(bytes) = way.bytes {
                link["size"] = json!(bytes);
            }
            if let Some(price) = &way.price {
                let value: f64 = price.amount.parse().unwrap_or_default();
                link["properties"] = json!({ "price": { "currency": price.currency, "value": value } });
            }
            link
        })
        .collect();
    let mut out = json!({ "metadata": metadata(record), "links": links });
    if let Some(href) = record.at("cover.jpg") {
        out["images"] = json!([{ "href": href, "type": "image/jpeg", "width": 1600, "height": 2560 }]);
    }
    out
}

/// What a manifest says of a title, in an `opds.json` or beside a web edition.
pub(super) fn metadata(record: &Record<'_>) -> Value {
    let mut out = Map::new();
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            out.insert(key.to_owned(), value);
        }
    };
    let kind = match record.work {
        Work::Report => "http://schema.org/Report",
        Work::Book => "http://schema.org/Book",
    };
    put("@type", Some(json!(kind)));
    put("title", Some(json!(record.title)));
    put("subtitle", record.subtitle.as_ref().map(|subtitle| json!(subtitle)));
    for (key, role) in [("author", "aut"), ("editor", "edt"), ("translator", "trl"), ("illustrator", "ill")] {
        let all: Vec<Value> = record
            .hands
            .iter()
            .filter(|hand| if role == "aut" { hand.author } else { !hand.author && hand.role == role })
            .map(|hand| {
                let mut person = json!({ "name": hand.name.printed, "sortAs": hand.name.sorted });
                if let Some(orcid) = &hand.person.orcid {
                    person["identifier"] = json!(format!("https://orcid.org/{orcid}"));
                }
                person
            })
            .collect();
        put(key, (!all.is_empty()).then_some(Value::Array(all)));
    }
    put("publisher", record.publisher().map(|name| json!(name)));
    put("identifier", Some(json!(record.urn())));
    put("language", Some(json!(record.metadata.language.tag())));
    let published = record.metadata.date.map(|date| super::Moment::of(date.value).full()[..10].to_owned());
    put("published", published.map(|day| json!(day)));
    put("modified", record.moment.map(|moment| json!(moment.full())));
    put("description", record.description().map(|text| json!(text)));
    put("numberOfPages", record.pages().map(|pages| json!(pages)));
    if let Some(series) = &record.metadata.series {
        let mut entry = json!({ "name": series.name });
        if let Some(number) = series.number.as_ref().and_then(|number| number.parse::<u32>().ok()) {
            entry["position"] = json!(number);
        }
        put("belongsTo", Some(json!({ "series": entry })));
    }
    let mut subjects: Vec<Value> = record.words().iter().map(|words| json!({ "name": words })).collect();
    for (scheme, codes) in
        [("https://www.bisg.org/#bisac", record.bisac()), ("https://ns.editeur.org/thema/", record.thema())]
    {
        subjects.extend(codes.iter().map(|code| json!({ "name": code, "code": code, "scheme": scheme })));
    }
    put("subject", (!subjects.is_empty()).then_some(Value::Array(subjects)));
    Value::Object(out)
}

/// `opds.xml` of a title.
pub(super) fn xml(record: &Record<'_>, address: &str) -> String {
    atom(&alone(record, &owner(record), address), &entry_of(record))
}

/// A title in `opds.xml`.
pub(super) fn entry_of(record: &Record<'_>) -> String {
    let mut xml = Markup::default();
    entry(&mut xml, record);
    xml.finish()
}

/// `opds.xml` of some titles, whose entries are written already.
pub(super) fn atom(feed: &Feed<'_>, entries: &str) -> String {
    let mut xml = Markup::document();
    let leaf = |xml: &mut Markup, name: &'static str, text: &str| {
        xml.leaf(name, text);
        xml.line();
    };
    xml.tag("feed")
        .attr("xmlns", "http://www.w3.org/2005/Atom")
        .attr("xmlns:dc", "http://purl.org/dc/terms/")
        .attr("xmlns:opds", "http://opds-spec.org/2010/catalog")
        .attr("xml:lang", feed.language.tag())
        .begin();
    leaf(&mut xml, "id", &feed.address);
    leaf(&mut xml, "title", feed.owner);
    leaf(&mut xml, "updated", &feed.moment.map(|moment| moment.full()).unwrap_or_default());
    xml.tag("author").begin();
    leaf(&mut xml, "name", feed.owner);
    if let Some(url) = feed.url {
        leaf(&mut xml, "uri", url);
    }
    xml.end();
    for rel in ["self", "start"] {
        xml.tag("link").attr("rel", rel).attr("href", &feed.address).attr("type", ATOM).empty();
        xml.line();
    }
    xml.raw(entries);
    xml.finish()
}

fn entry(xml: &mut Markup, record: &Record<'_>) {
    let leaf = |xml: &mut Markup, name: &'static str, text: &str| {
        xml.leaf(name, text);
        xml.line();
    };
    xml.tag("entry").begin();
    leaf(xml, "title", &record.full_title());
    leaf(xml, "id", &record.urn());
    leaf(xml, "updated", &record.moment.map(|moment| moment.full()).unwrap_or_default());
    for hand in record.authors() {
        xml.tag("author").begin();
        leaf(xml, "name", &hand.name.printed);
        xml.end();
    }
    leaf(xml, "dc:language", record.metadata.language.tag());
    if let Some(date) = record.metadata.date {
        leaf(xml, "dc:issued", &date.iso());
    }
    if let Some(house) = record.publisher() {
        leaf(xml, "dc:publisher", house);
    }
    leaf(xml, "dc:identifier", &record.urn());
    for (scheme, codes) in [
        ("http://www.bisg.org/standards/bisac_subject/index.html", record.bisac()),
        ("https://ns.editeur.org/thema/", record.thema()),
    ] {
        for code in codes {
            xml.tag("category").attr("scheme", scheme).attr("term", code).attr("label", code).empty();
            xml.line();
        }
    }
    for words in record.words() {
        xml.tag("category").attr("term", words).attr("label", words).empty();
        xml.line();
    }
    if let Some(text) = record.description() {
        leaf(xml, "summary", text);
    }
    if let Some(licence) = record.open_licence() {
        leaf(xml, "rights", &licence.name);
    }
    for (rel, file) in
        [("http://opds-spec.org/image", "cover.jpg"), ("http://opds-spec.org/image/thumbnail", "cover-400.jpg")]
    {
        if let Some(href) = record.at(file) {
            xml.tag("link").attr("rel", rel).attr("href", &href).attr("type", "image/jpeg").empty();
            xml.line();
        }
    }
    for way in ways(record) {
        let tag = xml.tag("link").attr("rel", way.rel).attr("href", &way.href).attr("type", way.media_type);
        match way.price {
            None => tag.empty(),
            Some(price) => {
                tag.open();
                xml.tag("opds:price").attr("currencycode", &price.currency).open();
                xml.text(&price.amount);
                xml.close();
                xml.close();
            }
        }
        xml.line();
    }
    xml.end();
}
