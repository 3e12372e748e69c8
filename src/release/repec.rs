//! `repec.rdf`: a ReDIF-Paper template for RePEc.
//!
//! RePEc reads `.rdf` as Windows-1252 unless it begins with a byte-order mark, so it does. A line that went on could
//! begin with a word and a colon, which starts a field; so none goes on.

use super::record::Record;

/// The template; `None` where the archive and the series are not said.
pub(super) fn redif(record: &Record<'_>) -> Option<String> {
    let repec = record.said.repec.as_ref()?;
    let mut out = String::from("\u{feff}");
    let mut put = |key: &str, value: &str| {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if !value.is_empty() {
            out.push_str(&format!("{key}: {}\r\n", plain(&value)));
        }
    };
    put("Template-Type", "ReDIF-Paper 1.0");
    for hand in record.authors() {
        put("Author-Name", &hand.name.printed);
        if let Some(given) = &hand.name.given {
            put("Author-Name-First", given);
            put("Author-Name-Last", &hand.name.family);
        }
        if let Some(email) = &hand.person.email {
            put("Author-Email", email);
        }
        let at = hand.person.affiliation.as_ref().map(|at| at.name.as_str());
        put("Author-Workplace-Name", at.or(record.publisher()).unwrap_or_default());
    }
    put("Title", &record.full_title());
    put("Abstract", record.description().unwrap_or_default());
    if let Some(pages) = record.pages() {
        put("Length", &format!("{pages} pages"));
    }
    if let Some(date) = record.metadata.date {
        put("Creation-Date", &date.iso());
    }
    if let Some(date) = record.metadata.revised {
        put("Revision-Date", &date.iso());
    }
    if let Some(series) = &record.metadata.series {
        put("Series", &series.name);
        put("Number", series.number.as_deref().unwrap_or_default());
    }
    put("Language", record.metadata.language.primary());
    put("Keywords", &record.words().join(", "));
    put("Classification-JEL", &record.jel().join(", "));
    put("DOI", record.doi().unwrap_or_default());
    for made in record.made.iter().filter(|made| !made.is_press()) {
        if let Some(address) = record.at(&made.file) {
            put("File-URL", &address);
            put("File-Format", made.media_type());
        }
    }
    let number = record.metadata.series.as_ref().and_then(|series| series.number.clone()).unwrap_or_default();
    let number: String = number.chars().filter(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c)).collect();
    put("Handle", &format!("RePEc:{}:{}:{number}", repec.archive, repec.series));
    Some(out)
}

/// Letters that search by words finds: ligatures are taken apart, angle brackets would be read as HTML.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            'ﬁ' => out.push_str("fi"),
            'ﬂ' => out.push_str("fl"),
            'ﬀ' => out.push_str("ff"),
            'ﬃ' => out.push_str("ffi"),
            'ﬄ' => out.push_str("ffl"),
            '<' => out.push('‹'),
            '>' => out.push('›'),
            other => out.push(other),
        }
    }
    out
}
