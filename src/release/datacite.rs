//! `datacite.json`: what DataCite wants to know of a DOI (metadata schema 4.5).

use serde_json::{Map, Value, json};

use super::marc::MINING;
use super::record::{Hand, Record, Work};

/// The record.
pub(super) fn json(record: &Record<'_>) -> Value {
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| {
        let empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        if !empty {
            out.insert(key.to_owned(), value);
        }
    };
    let metadata = record.metadata;
    put("schemaVersion", json!("http://datacite.org/schema/kernel-4"));
    put("doi", json!(record.doi()));
    let isbns = [record.isbn_epub(), record.isbn_print(), record.isbn_pdf()];
    let isbns: Vec<Value> = isbns
        .into_iter()
        .flatten()
        .map(|isbn| json!({ "alternateIdentifier": isbn.digits(), "alternateIdentifierType": "ISBN" }))
        .collect();
    put("alternateIdentifiers", Value::Array(isbns));
    put("creators", record.authors().map(creator).collect());
    let kind = |role: &str| match role {
        "edt" => "Editor",
        "res" => "Researcher",
        "com" => "DataCollector",
        _ => "Other",
    };
    put(
        "contributors",
        record
            .hands
            .iter()
            .filter(|hand| !hand.author)
            .map(|hand| {
                let mut creator = creator(hand);
                creator["contributorType"] = json!(kind(hand.role));
                creator
            })
            .collect(),
    );
    let mut titles = vec![json!({ "title": record.title, "lang": metadata.language.tag() })];
    titles.extend(record.subtitle.as_ref().map(|subtitle| json!({ "title": subtitle, "titleType": "Subtitle" })));
    let translated = record.said.translations.iter().filter_map(|other| Some((other.title.as_ref()?, &other.language)));
    titles.extend(
        translated.map(|(title, tag)| json!({ "title": title, "titleType": "TranslatedTitle", "lang": tag.tag() })),
    );
    put("titles", Value::Array(titles));
    put("publisher", json!({ "name": record.publisher() }));
    put("publicationYear", json!(metadata.date.map(|date| date.year.to_string())));
    let mut dates: Vec<Value> = Vec::new();
    dates.extend(metadata.date.map(|date| json!({ "date": date.iso(), "dateType": "Issued" })));
    dates.extend(metadata.revised.map(|date| json!({ "date": date.iso(), "dateType": "Updated" })));
    put("dates", Value::Array(dates));
    put("language", json!(metadata.language.tag()));
    let (general, own) = match record.work {
        Work::Report => ("Report", metadata.series.as_ref().map_or("Report", |series| series.name.as_str())),
        Work::Book => ("Book", "Book"),
    };
    put("types", json!({ "resourceTypeGeneral": general, "resourceType": own }));
    put("subjects", subjects(record));
    put("sizes", record.pages().map(|pages| json!([format!("{pages} pages")])).unwrap_or_default());
    let mut formats: Vec<&str> = record.made.iter().map(|made| made.media_type()).collect();
    formats.sort_unstable();
    formats.dedup();
    put("formats", json!(formats));
    put("version", json!(metadata.version.as_ref().map(|version| version.value.clone())));
    put("rightsList", rights(record));
    let description = record
        .description()
        .map(|text| json!({ "description": text, "descriptionType": "Abstract", "lang": metadata.language.tag() }));
    put("descriptions", description.into_iter().collect());
    put("fundingReferences", funding(record));
    let related = |doi: &str, relation: &str| json!({ "relatedIdentifier": doi, "relatedIdentifierType": "DOI", "relationType": relation });
    let translations = record.said.translations.iter().filter_map(|other| other.doi.as_ref());
    let cited = record.book.works.iter().filter_map(|work| work.doi.as_ref());
    let translations = translations.map(|doi| related(doi, "IsVariantFormOf"));
    put("relatedIdentifiers", translations.chain(cited.map(|doi| related(doi.bare(), "References"))).collect());
    put("url", json!(record.page()));
    Value::Object(out)
}

fn creator(hand: &Hand<'_>) -> Value {
    let mut out = json!({ "name": hand.name.sorted });
    match &hand.name.given {
        Some(given) => {
            out["nameType"] = json!("Personal");
            out["givenName"] = json!(given);
            out["familyName"] = json!(hand.name.family);
        }
        None if hand.name.body => {
            out["name"] = json!(hand.name.printed);
            out["nameType"] = json!("Organizational");
        }
        None => out["nameType"] = json!("Personal"),
    }
    if let Some(orcid) = &hand.person.orcid {
        out["nameIdentifiers"] = json!([{
            "nameIdentifier": format!("https://orcid.org/{orcid}"),
            "nameIdentifierScheme": "ORCID",
            "schemeUri": "https://orcid.org",
        }]);
    }
    if let Some(at) = &hand.person.affiliation {
        let mut affiliation = json!({ "name": at.name });
        if let Some(ror) = &at.ror {
            affiliation["affiliationIdentifier"] = json!(ror);
            affiliation["affiliationIdentifierScheme"] = json!("ROR");
        }
        out["affiliation"] = json!([affiliation]);
    }
    out
}

fn subjects(record: &Record<'_>) -> Value {
    let mut all: Vec<Value> = record.words().iter().map(|words| json!({ "subject": words })).collect();
    for (scheme, codes) in [("BISAC", record.bisac()), ("Thema", record.thema()), ("JEL", record.jel())] {
        all.extend(codes.iter().map(|code| json!({ "subject": code, "subjectScheme": scheme })));
    }
    Value::Array(all)
}

fn rights(record: &Record<'_>) -> Value {
    let mut all = Vec::new();
    if let Some(licence) = record.open_licence() {
        let mut entry = json!({
            "rights": licence.name,
            "rightsIdentifier": licence.spdx,
            "rightsIdentifierScheme": "SPDX",
            "schemeUri": "https://spdx.org/licenses/",
        });
        if let Some(url) = &licence.url {
            entry["rightsUri"] = json!(url);
        }
        all.push(entry);
    } else if let Some(holder) = record.holder() {
        let year = record.year_of_rights().map(|year| format!("{year} ")).unwrap_or_default();
        all.push(json!({ "rights": format!("© {year}{holder}") }));
    }
    if record.said.mining_reserved {
        all.push(json!({ "rights": MINING }));
    }
    Value::Array(all)
}

fn funding(record: &Record<'_>) -> Value {
    let entry = |funder: &crate::book::distribution::Funder| {
        let mut entry = json!({ "funderName": funder.name });
        if let Some(ror) = &funder.ror {
            entry["funderIdentifier"] = json!(ror);
            entry["funderIdentifierType"] = json!("ROR");
        }
        if let Some(award) = &funder.award {
            entry["awardNumber"] = json!(award);
        }
        entry
    };
    record.said.funders.iter().map(entry).collect()
}
