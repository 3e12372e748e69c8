//! `read/manifest.json`: the pages of the web edition for reading apps (Readium web publication manifest).

use serde_json::{Map, Value, json};

use super::Read;
use super::opds;
use super::record::Record;

/// How it is called.
pub(super) const NAME: &str = "read/manifest.json";

/// The manifest; `None` where nobody says where it will stand, which it has to name.
pub(super) fn json(record: &Record<'_>, read: &Read) -> Option<Value> {
    let href = record.at(NAME)?;
    let page = |(file, title): &(String, String)| json!({ "href": file, "type": "text/html", "title": title });
    let mut metadata = opds::metadata(record);
    if let Some(stated) = record.accessibility() {
        let mut said = Map::new();
        said.insert("accessMode".to_owned(), json!(stated.modes));
        // The pages have no list of the print's pages, only their marks.
        let words: Vec<&str> = stated.words().into_iter().filter(|word| *word != "pageNavigation").collect();
        said.insert("feature".to_owned(), json!(words));
        said.insert("hazard".to_owned(), json!(stated.hazards));
        metadata["accessibility"] = Value::Object(said);
    }
    let mut links = vec![json!({ "rel": "self", "href": href, "type": "application/webpub+json" })];
    if record.is_open() {
        let open = record.made.iter().filter(|made| !made.is_press());
        links.extend(
            open.map(
                |made| json!({ "rel": "alternate", "href": format!("../{}", made.file), "type": made.media_type() }),
            ),
        );
    }
    let listed = |name: &str| read.pages.iter().any(|(file, _)| file == name);
    let mut resources: Vec<Value> = Vec::new();
    if record.cover_bytes.is_some() {
        resources.push(json!({
            "rel": "cover", "href": "../cover.jpg", "type": "image/jpeg", "width": 1600, "height": 2560,
        }));
    }
    let others = read.files.iter().filter(|(name, _, _)| !listed(name));
    resources.extend(others.map(|(name, media_type, _)| json!({ "href": name, "type": media_type })));
    let toc: Vec<Value> = read.pages.iter().map(|(file, title)| json!({ "href": file, "title": title })).collect();
    Some(json!({
        "@context": "https://readium.org/webpub-manifest/context.jsonld",
        "metadata": metadata,
        "links": links,
        "readingOrder": read.pages.iter().map(page).collect::<Vec<_>>(),
        "resources": resources,
        "toc": toc,
    }))
}
