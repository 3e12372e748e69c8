//! `recto release`: what a publisher hands on, and what is said of what is missing.

use crate::support::{Desk, Ran, golden, names};

/// Every key that records read, with a text of two sections.
const WHOLE: &str = r##"title: "The Price of Water: A Primer & More"
subtitle: What towns pay
series: {name: Policy Paper, number: 7, issn: 0378-5955}
edition: 2
date: 2026-03-05
revised: 2026-06-01
authors:
  - {name: Ann Lee, orcid: 0000-0002-1825-0097, affiliation: {name: Plain Institute, ror: 03yrm5c26}, bio: writes on trade.}
  - The Water Group
contributors: [{name: Bob Ray, role: translator}]
publisher: {name: Plain Press, place: Ottawa, address: "1 Example Street, Ottawa", email: books@example.org, url: https://example.org}
identifiers: {doi: 10.5555/water, isbn_print: 978-0-306-40615-7, isbn_epub: 978-3-16-148410-0}
rights: {holder: Ann Lee, year: 2026, licence: CC-BY-4.0, text_mining: reserved}
description: Who pays for water, and who <should>.
subjects: [{bisac: POL011000}, {thema: JPS}, {jel: "Q25, H41"}, Water policy]
keywords: [water, towns & prices]
corrections: [{date: 2026-06-01, text: The price on page 1 was wrong.}]
translations: [{language: fr, title: Le prix de l’eau, doi: 10.5555/eau}]
partners: [{name: Korea House, role: co-publisher, url: https://example.net}]
funding: [{funder: Science Fund, ror: 03yrm5c26, award: AB-12}]
related: [{title: Wells, url: https://example.org/wells/}]
accessibility: {certified_by: Plain Press, certified_on: 2026-05-30}
product_safety: {eu_responsible: {name: EU Rep, address: "1 Rue Example, Bruxelles", country: BE, email: safety@example.org}}
distribution:
  page: https://example.org/water/
  record: org.example
  contact: books@example.org
  accessibility_contact: access@example.org
  audience: scholarly
  repec: {archive: aaa, series: policy}
crossref: {depositor: Plain Press, email: deposits@example.org}
cover: false
"##;

const TEXT: &str = "# Wells\n\nWater is dear.[^a]\n\n[^a]: In towns.\n\n# Towers\n\nAnd it runs.\n";

fn whole() -> Desk {
    Desk::with(&[("metadata.yaml", WHOLE), ("10-water.md", TEXT)])
}

fn released(desk: &Desk, more: &[&str]) -> Ran {
    let mut arguments = vec!["release", "paper", "--sealed", "--out", "handed"];
    arguments.extend(more);
    desk.run(&arguments)
}

fn text(desk: &Desk, name: &str) -> String {
    String::from_utf8(desk.read(&format!("handed/{name}"))).expect("UTF-8")
}

/// Every file of a release, below a folder of it.
fn tree(desk: &Desk, below: &str) -> Vec<String> {
    let folder = desk.path(&format!("handed/{below}"));
    let inner = |name: String| match folder.join(&name).is_dir() {
        true => tree(desk, &format!("{below}{name}/")),
        false => vec![format!("{below}{name}")],
    };
    names(&folder).into_iter().flat_map(inner).collect()
}

/// Numbers that change with the bytes of the files, as signs.
fn steady(text: &str) -> String {
    let mut out = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let sized = ["\"size\":", "\"bytes\":", "\"sha256\":"].iter().any(|key| line.contains(key));
        match line.split_once(": ") {
            Some((key, rest)) if sized => {
                out.push_str(&format!("{key}: …{}\n", if rest.ends_with(',') { "," } else { "" }));
            }
            _ if line.contains("<ExtentType>22</ExtentType>") => {
                out.push_str(&format!("{line}\n<ExtentValue>…</ExtentValue>\n"));
                lines.next();
            }
            _ => out.push_str(&format!("{line}\n")),
        }
    }
    out
}

#[test]
fn a_title_with_every_key_has_every_record() {
    let desk = whole();
    let ran = released(&desk, &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(!ran.err.contains("left out"), "{}", ran.err);
    let page = text(&desk, "index.html");
    for part in [
        "<meta name=\"citation_author\" content=\"Lee, Ann\"/>",
        "<meta property=\"og:image\" content=\"https://example.org/water/og.jpg\"/>",
        "Lee, Ann, and The Water Group. <i>The Price of Water: A Primer &amp; More: What Towns Pay</i>. Policy Paper No. 7. 2nd ed. Translated by Bob Ray. Plain Press, 2026. https://doi.org/10.5555/water.",
        "Lee, A., &amp; The Water Group. (2026). <i>The Price of Water: A Primer &amp; More: What towns pay</i> (B. Ray, Trans.; Policy Paper No. 7; 2nd ed.). Plain Press. https://doi.org/10.5555/water",
        "<span class=\"name\">Ann Lee</span> and <span class=\"name\">The Water Group</span>",
        "Who pays for water, and who ‹should›.",
        "hreflang=\"fr\"",
        "The price on page 1 was wrong.",
        "This publication was certified by Plain Press",
        "<meta name=\"tdm-reservation\" content=\"1\"/>",
    ] {
        assert!(page.contains(part), "{part}");
    }
    // No other host is asked for anything: addresses stand in links and in what machines read.
    assert!(!page.contains("src=\"http") && !page.contains("url(http") && !page.contains("@import"));
    let records = [
        "cite.bib",
        "cite.json",
        "cite.ris",
        "crossref.xml",
        "datacite.json",
        "marc.xml",
        "onix.xml",
        "opds.json",
        "opds.xml",
        "release.json",
        "repec.rdf",
    ];
    for name in records {
        golden(&format!("records/{name}"), &steady(&text(&desk, name).replace('\r', "")));
    }
}

#[test]
fn a_release_is_the_same_bytes_twice_and_its_sums_hold() {
    let desk = whole();
    assert_eq!(released(&desk, &[]).code, 0);
    let first: Vec<(String, Vec<u8>)> =
        tree(&desk, "").into_iter().map(|name| (name.clone(), desk.read(&format!("handed/{name}")))).collect();
    assert_eq!(released(&desk, &[]).code, 0);
    for (name, bytes) in &first {
        assert!(*bytes == desk.read(&format!("handed/{name}")), "{name} differs");
    }
    let sums = text(&desk, "SHA256SUMS");
    assert_eq!(sums.lines().count() + 1, first.len(), "every file but the list itself");
    for line in sums.lines() {
        let (sum, name) = line.split_once("  ").expect("a sum and a name");
        use sha2::Digest;
        let own: String =
            sha2::Sha256::digest(desk.read(&format!("handed/{name}"))).iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(own, sum, "{name}");
    }
}

#[test]
fn a_title_with_the_fewest_keys_says_what_each_record_lacks() {
    let desk =
        Desk::with(&[("metadata.yaml", "title: Water\ncover: false\n"), ("10-water.md", "# Water\n\nIt runs.\n")]);
    let ran = released(&desk, &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for part in [
        "metadata.yaml:1:8: warning: it has no DOI; crossref.xml, datacite.json are left out",
        "it is for sale, and nothing says what it costs; onix.xml, opds.json, opds.xml are left out",
        "asked for by Google Play, OverDrive, JSTOR, Project MUSE",
    ] {
        assert!(ran.err.contains(part), "{part}\n{}", ran.err);
    }
    let there = tree(&desk, "");
    assert!(there.iter().all(|name| !name.contains("onix") && !name.contains("crossref")), "{there:?}");
    assert!(text(&desk, "site/cite.bib").starts_with("@misc{water,\n  title = {Water}\n}"));
    let page = text(&desk, "site/index.html");
    assert!(page.contains("\"@type\": \"Book\"") && !page.contains("\"@id\""), "what is known is said: {page}");
    assert!(page.contains("\"url\": \"./\""), "it is where its page is: {page}");
    let open = "title: Water\ncover: false\nrights: {licence: CC-BY-4.0}\n";
    std::fs::write(desk.path("paper/metadata.yaml"), open).expect("metadata");
    let ran = released(&desk, &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("opds.json, opds.xml, read/manifest.json are left out"), "{}", ran.err);
    assert!(
        !tree(&desk, "").iter().any(|name| name.ends_with("manifest.json")),
        "it would have to say where it stands"
    );
    let pages = ["index.html", "read/index.html", "read/water.html"].map(|name| text(&desk, name));
    assert!(pages.iter().all(|page| !page.contains("manifest")), "no page leads to what is not there");
}

#[test]
fn a_price_that_is_forgotten_where_something_is_said_of_the_sale_is_an_error() {
    let desk = Desk::with(&[("metadata.yaml", ""), ("10-water.md", "# Water\n\nIt runs.\n")]);
    for (said, code) in [("access: sale", 1), ("page: https://example.org/water/", 1), ("price: free", 0)] {
        let yaml = format!("title: Water\ncover: false\ndistribution: {{{said}}}\n");
        std::fs::write(desk.path("paper/metadata.yaml"), yaml).expect("metadata");
        let ran = released(&desk, &[]);
        assert_eq!(ran.code, code, "{said}: {}", ran.err);
        let error = "metadata.yaml:3:15: error: it is for sale, and nothing says what it costs";
        assert_eq!(ran.err.contains(error), code == 1, "{said}: {}", ran.err);
    }
}

#[test]
fn a_reservation_of_mining_stands_in_the_files_and_in_the_records() {
    let desk = whole();
    assert_eq!(released(&desk, &[]).code, 0);
    let meta = "<meta name=\"tdm-reservation\" content=\"1\"/>";
    let onix = "<EpubUsageType>11</EpubUsageType>\n<EpubUsageStatus>03</EpubUsageStatus>";
    for (file, part) in [
        ("index.html", meta),
        ("read/index.html", meta),
        ("onix.xml", onix),
        ("marc.xml", "Rights of text and data mining are reserved."),
        ("datacite.json", "Rights of text and data mining are reserved."),
    ] {
        assert!(text(&desk, file).contains(part), "{file} lacks {part}");
    }
    let files = tree(&desk, "");
    let ending = |ending: &str| files.iter().find(|name| name.ends_with(ending)).expect("a file").clone();
    let packet = String::from_utf8_lossy(&desk.read(&format!("handed/{}", ending(".pdf")))).into_owned();
    assert!(packet.contains("<tdm:reservation>1</tdm:reservation>"), "the PDF");
    assert!(packet.contains("<pdfaSchema:prefix>tdm</pdfaSchema:prefix>"), "PDF/A wants it described");
    let package = crate::ebook_reader::Ebook::read(&desk.read(&format!("handed/{}", ending(".epub"))));
    assert!(package.text("content.opf").contains("<meta property=\"tdm:reservation\">1</meta>"), "the e-book");
}

#[test]
fn a_gap_in_the_one_record_that_is_asked_for_is_an_error() {
    let desk =
        Desk::with(&[("metadata.yaml", "title: Water\ncover: false\n"), ("10-water.md", "# Water\n\nIt runs.\n")]);
    let ran = released(&desk, &["--only", "onix"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("error: nothing says who publishes it; onix.xml is left out"), "{}", ran.err);
    assert!(names(&desk.path("handed")).is_empty());
    let ran = released(&desk, &["--only", "onyx"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("there is no record \"onyx\""), "{}", ran.err);
    let desk = whole();
    assert_eq!(released(&desk, &["--only", "onix", "--onix", "3.0", "--sent", "2026-11-26T10:00:00Z"]).code, 0);
    assert_eq!(names(&desk.path("handed")), ["onix.xml"]);
    let onix = text(&desk, "onix.xml");
    assert!(onix.contains("release=\"3.0\"") && onix.contains("<SentDateTime>20261126T1000Z</SentDateTime>"), "{onix}");
}

#[test]
fn drafts_embargoes_and_one_isbn_for_two_editions_are_refused() {
    let with = |more: &str| {
        let yaml = format!("title: Water\ncover: false\n{more}");
        Desk::with(&[("metadata.yaml", &yaml), ("10-water.md", "# Water\n\nIt runs.\n")])
    };
    let ran = released(&with("status: draft\n"), &[]);
    assert!(ran.err.contains("status: draft\n"), "at its key: {}", ran.err);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("the manuscript is a draft"), "{}", ran.err);
    let embargoed = with("status: embargo\nembargo_until: 2026-12-01\n");
    assert!(released(&embargoed, &[]).err.contains("add --before-embargo"));
    assert_eq!(released(&embargoed, &["--before-embargo"]).code, 0);
    let isbns = "identifiers: {isbn_print: 978-0-306-40615-7, isbn_epub: 978-0-306-40615-7}\n";
    let ran = released(&with(isbns), &[]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("two editions have the ISBN 978-0-306-40615-7"), "{}", ran.err);
}

#[test]
fn a_price_makes_it_a_thing_for_sale_and_nothing_is_free_by_a_line_that_was_forgotten() {
    let yaml = WHOLE.replace(", licence: CC-BY-4.0", "").replace(
        "  audience: scholarly\n",
        "  prices: [{amount: 24, currency: cad, edition: ebook, territory: CA, tax: included, from: 2026-03-05}]\n",
    );
    let desk = Desk::with(&[("metadata.yaml", &yaml), ("10-water.md", TEXT)]);
    let ran = released(&desk, &["--only", "onix"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let onix = text(&desk, "onix.xml");
    for part in
        ["<PriceAmount>24</PriceAmount>", "<CountriesIncluded>CA</CountriesIncluded>", "<PriceType>02</PriceType>"]
    {
        assert!(onix.contains(part), "{part}\n{onix}");
    }
    assert!(!onix.contains("<UnpricedItemType>01</UnpricedItemType>") && !onix.contains("EpubLicense"), "{onix}");
}

#[test]
fn what_is_wrong_in_a_key_is_said_at_the_key() {
    let faults = [
        ("distribution: {page: https://example.org/water}", "the address of the page is that of a folder"),
        ("distribution: {contact: books at example.org}", "is no e-mail address"),
        ("distribution: {prices: [{amount: 0, currency: CAD}]}", "a price is more than nothing"),
        ("distribution: {prices: [{amount: 1, currency: dollars}]}", "is no currency"),
        ("distribution: {repec: {archive: a, series: policy}}", "an archive of RePEc has three small letters"),
        ("distribution: {on_sale: 2026-12}", "a book goes on sale on a day"),
        ("distribution: {territory: Canada}", "is neither WORLD nor a country"),
        ("distribution: {prices: [{amount: 9, currency: CAD, edition: prnt}]}", "there is no edition \"prnt\""),
        (
            "distribution: {prices: [{amount: 9, currency: CAD, from: 2026-05-01, until: 2026-01-01}]}",
            "this price ends before it begins",
        ),
        (
            "distribution: {prices: [{amount: 9, currency: CAD, territory: [CA, US]}, {amount: 8, currency: CAD, territory: US}]}",
            "two prices of one edition hold in the same place",
        ),
        ("subjects: [{thema: 123}]", "is not a Thema code"),
        ("price: free", "it stands within `distribution:`"),
        ("identifiers: {doi: 10.5555/water/}", "it ends in /, which Crossref refuses"),
        ("subjects: [{jel: Water}]", "is not a JEL code"),
        ("subjects: [{thema: politics}]", "is not a Thema code"),
        ("edition: second", "is not the number of an edition"),
        ("translations: [{title: Eau}]", "this translation does not say its language"),
        ("product_safety: {eu_responsible: {name: Rep}}", "who is responsible has a name"),
        ("crossref: {email: nobody}", "is no e-mail address"),
        ("publisher: {name: Plain Press, email: books}", "is no e-mail address"),
        ("authors: [{name: Ann Lee, email: ann at example.org}]", "is no e-mail address"),
    ];
    for (yaml, part) in faults {
        let yaml = format!("title: Water\n{yaml}\n");
        let desk = Desk::with(&[("metadata.yaml", &yaml), ("10-water.md", "# Water\n\nIt runs.\n")]);
        let ran = desk.run(&["check", "paper"]);
        assert_eq!(ran.code, 1, "{yaml}\n{}", ran.err);
        assert!(ran.err.contains(part) && ran.err.contains("metadata.yaml:2:"), "{yaml}\n{}", ran.err);
    }
}

#[test]
fn an_open_title_is_read_online_with_the_pages_of_the_print_and_its_notes_at_the_end_of_each_page() {
    let desk = whole();
    assert_eq!(released(&desk, &[]).code, 0);
    let page = text(&desk, "read/wells.html");
    for part in [
        "<h1 id=\"h-1\">Wells</h1>",
        "href=\"#n-1\"",
        "role=\"doc-endnotes\"",
        "data-folio=\"1\"",
        "<a aria-current=\"page\"",
        "rel=\"next\" href=\"towers.html\"",
        "<script src=\"read.js\"></script>",
    ] {
        let part = part.replace("<a aria-current=\"page\"", "aria-current=\"page\"");
        assert!(page.contains(&part), "{part}\n{page}");
    }
    assert!(!page.contains("epub:type") && !page.contains("xml:lang") && !page.contains("xhtml"), "{page}");
    assert!(text(&desk, "index.html").contains("href=\"read/wells.html\""));
    assert!(text(&desk, "read/search.js").contains("Water is dear."));
    let manifest: serde_json::Value = serde_json::from_str(&text(&desk, "read/manifest.json")).expect("JSON");
    let listed: Vec<&str> =
        manifest["readingOrder"].as_array().expect("a list").iter().filter_map(|page| page["href"].as_str()).collect();
    assert_eq!(listed[..2], ["wells.html", "towers.html"]);
    assert!(listed.iter().all(|name| desk.path(&format!("handed/read/{name}")).is_file()));
}

#[test]
fn a_division_is_one_page_online_however_long_it_is() {
    let long =
        format!("# Wells\n\n{}", "Water is drawn from wells, and what it costs is written down.\n\n".repeat(5000));
    let yaml = "title: Water\ncover: false\nrights: {licence: CC-BY-4.0}\n\
                distribution: {page: https://example.org/water/}\n";
    let desk = Desk::with(&[("metadata.yaml", yaml), ("10-wells.md", &long)]);
    assert_eq!(released(&desk, &[]).code, 0);
    // Readers' apps stop at a quarter of a megabyte; browsers do not, and whoever looks for a word finds it in one page.
    let page = text(&desk, "read/wells.html");
    assert!(page.len() > 300_000 && page.ends_with("</html>\n"), "{}", page.len());
    let pages = tree(&desk, "read/").into_iter().filter(|name| name.contains("wells"));
    assert_eq!(pages.count(), 1);
    let manifest: serde_json::Value = serde_json::from_str(&text(&desk, "read/manifest.json")).expect("JSON");
    let listed = manifest["readingOrder"].as_array().expect("a list").iter();
    assert_eq!(listed.filter(|page| page["href"].as_str().is_some_and(|name| name.contains("wells"))).count(), 1);
}

#[test]
fn of_a_title_for_sale_the_site_holds_no_text_but_its_sample() {
    let yaml = WHOLE
        .replace(", licence: CC-BY-4.0", "")
        .replace("  audience: scholarly\n", "  prices: [{amount: 24.00, currency: CAD}]\n  sample: [10-water.md]\n");
    let dry = "# Towers\n\nA secret stands in this tower.[^b]\n\n[^b]: And in this note.\n";
    let desk = Desk::with(&[
        ("metadata.yaml", &yaml),
        ("10-water.md", "# Wells\n\nWater is dear.\n"),
        ("20-towers.md", dry),
        ("key-takeaways.md", "1. A secret point.\n"),
    ]);
    let ran = released(&desk, &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let files = tree(&desk, "");
    assert!(
        files.iter().all(|name| name.starts_with("site/") || name.starts_with("trade/") || !name.contains('/')),
        "{files:?}"
    );
    for name in files.iter().filter(|name| name.starts_with("site/")) {
        let bytes = desk.read(&format!("handed/{name}"));
        let words = String::from_utf8_lossy(&bytes);
        assert!(!words.contains("secret") && !words.contains("in this note"), "{name}");
        assert!(!name.ends_with(".pdf") && !name.ends_with(".epub"), "{name}");
    }
    assert!(text(&desk, "site/read/wells.html").contains("Water is dear."));
    let page = text(&desk, "site/index.html");
    assert!(page.contains("24.00\u{a0}CAD") && page.contains("Read a sample") && !page.contains("citation_pdf_url"));
    assert!(
        files.contains(&"trade/onix.xml".to_owned())
            && files.contains(&"trade/the-price-of-water-a-primer-more.epub".to_owned())
    );
    let wrong = desk.path("paper/metadata.yaml");
    std::fs::write(&wrong, yaml.replace("sample: [10-water.md]", "sample: [10-fire.md]")).expect("it can be written");
    let ran = released(&desk, &[]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("no section is called \"10-fire.md\""), "{}", ran.err);
}

#[test]
fn a_title_under_embargo_is_announced_without_its_files_in_public() {
    let yaml = WHOLE.replace("date: 2026-03-05\n", "date: 2026-03-05\nstatus: embargo\nembargo_until: 2026-12-01\n");
    let desk = Desk::with(&[("metadata.yaml", &yaml), ("10-water.md", TEXT)]);
    assert_eq!(released(&desk, &["--before-embargo"]).code, 0);
    let onix = text(&desk, "trade/onix.xml");
    assert!(onix.contains("<NotificationType>02</NotificationType>") && onix.contains(">20261201<"), "{onix}");
    let page = text(&desk, "site/index.html");
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\"/>") && page.contains("Embargoed until"));
    assert!(!page.contains(".epub") && !desk.path("handed/site/read").exists());
}

#[test]
fn a_web_edition_is_built_alone() {
    let yaml = "title: Water\ncover: false\neditions:\n  web: {format: web}\n";
    let desk =
        Desk::with(&[("metadata.yaml", yaml), ("10-water.md", "# Wells\n\nWater is dear.[^a]\n\n[^a]: In towns.\n")]);
    let ran = desk.run(&["build", "paper", "--sealed", "--out", "made"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let page = String::from_utf8(desk.read("made/water-web/wells.html")).expect("UTF-8");
    assert!(page.contains("In towns.") && page.contains("href=\"style.css\""), "{page}");
    let css = String::from_utf8(desk.read("made/water-web/style.css")).expect("UTF-8");
    assert!(css.contains("url(fonts/SourceSans3-Regular.woff)"));
    assert!(desk.path("made/water-web/fonts/SourceSans3-Regular.woff").is_file());
    assert!(ran.out.contains("water-web/index.html") && !ran.out.contains("wells.html"), "{}", ran.out);
}

#[test]
fn the_copyright_page_prints_what_is_said_where_a_book_is_handed_on() {
    let yaml = WHOLE.replace("cover: false\n", "cataloguing: [\"LC record available\"]\ncover: false\n");
    let desk = Desk::with(&[("metadata.yaml", &yaml), ("10-water.md", TEXT)]);
    let ran = released(&desk, &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let page = text(&desk, "read/copyright-page.html");
    for part in [
        "Responsible in the European Union</strong>: EU Rep, 1 Rue Example, Bruxelles, safety@example.org",
        "Partners</strong>: Korea House",
        "Correction</strong>: 1 June 2026. The price on page 1 was wrong.",
        "LC record available",
        "mailto:books@example.org",
        "Text and data mining is reserved.",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
}

#[test]
fn several_titles_lie_beside_each_other_and_a_faulty_one_stops_no_other() {
    let desk = Desk::with(&[]);
    for (name, yaml) in [("wells", "title: Wells\ncover: false\n"), ("towers", "titel: Towers\n")] {
        desk.put(&format!("../shelf/{name}/metadata.yaml"), yaml);
        desk.put(&format!("../shelf/{name}/10-text.md"), "# One\n\nText.\n");
    }
    let ran = desk.run(&["release", "shelf", "--out", "handed", "--sealed"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(desk.path("handed/wells/release.json").is_file() && !desk.path("handed/towers").exists());
    assert!(ran.err.contains("shelf/towers:\n") && ran.err.contains("nothing of it was written"), "{}", ran.err);
    let page = text(&desk, "index.html");
    assert!(page.contains("href=\"wells/site/index.html\"") && !page.contains("towers"), "{page}");
    assert!(ran.err.contains("nothing says where the catalogue will stand"), "{}", ran.err);
    let ran = desk.run(&["release", "shelf/wells", "shelf/wells", "shelf/none", "--out", "two", "--sealed"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("shelf/wells and shelf/wells are both called \"wells\""), "{}", ran.err);
    assert!(ran.err.contains("there is no folder shelf/none") && desk.path("two/wells/release.json").is_file());
    let ran = desk.run(&["release", "shelf/wells", "--out", "one", "--depfile", "one.d", "--sealed"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let rule = String::from_utf8(desk.read("one.d")).expect("UTF-8");
    assert!(rule.starts_with("one/release.json: ") && rule.contains("shelf/wells/10-text.md"), "{rule}");
}

#[test]
fn a_number_of_another_title_of_a_catalogue_is_refused_at_its_key() {
    let desk = Desk::with(&[]);
    let shelf = [
        ("towers", "title: Towers\nidentifiers: {doi: 10.5555/Wells, isbn_epub: 978-3-16-148410-0}\n"),
        ("wells", "title: Wells\nidentifiers:\n  doi: 10.5555/wells\n  isbn_print: 978-3-16-148410-0\n"),
    ];
    for (name, yaml) in shelf {
        desk.put(&format!("../shelf/{name}/metadata.yaml"), format!("{yaml}cover: false\n"));
        desk.put(&format!("../shelf/{name}/10-text.md"), "# One\n\nText.\n");
    }
    let ran = desk.run(&["release", "shelf", "--out", "handed", "--sealed"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    for part in [
        "metadata.yaml:4:15: error: the ISBN 978-3-16-148410-0 is that of shelf/towers",
        "error: the DOI 10.5555/wells is that of shelf/towers",
        "nothing of it was written",
    ] {
        assert!(ran.err.contains(part), "{part}\n{}", ran.err);
    }
    assert!(desk.path("handed/towers/release.json").is_file() && !desk.path("handed/wells").exists());
}

/// Works with every part that a deposit names, and one that nobody finds.
const WORKS: &str = r#"
@article{petrova, author = {Petrova, Anna and de la Cruz, Juan}, title = {On \emph{Wells} & Towers}, journal = {Water},
  year = {2019}, volume = {3}, number = {2}, pages = {13--27}, doi = {10.5555/wells.1}, issn = {0378-5955}}
@article{petrova2, author = {Petrova, Anna and de la Cruz, Juan}, title = {More}, journal = {Water}, year = {2020},
  doi = {10.5555.1/parted}}
@book{lee, author = {Lee, Ann}, title = {Rain}, year = {2001}, edition = {2}, isbn = {0-306-40615-2}, publisher = {P}}
@incollection{roe, author = {{The Water Group}}, title = {Pipes}, booktitle = {Towns}, year = {1999}, editor = {Ray, Bob}}
@misc{never, title = {Never cited}, year = {1990}}
"#;

#[test]
fn a_deposit_lists_the_works_that_the_book_cites() {
    let yaml = WHOLE.replace("cover: false", "cover: false\nbibliography: works.bib\ncsl: apa");
    let text_of = "# Wells\n\nDear [@petrova, p. 14; @petrova2; @lee] and [@roe].\n";
    let desk = Desk::with(&[("metadata.yaml", &yaml), ("10-water.md", text_of), ("works.bib", WORKS)]);
    let ran = released(&desk, &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let deposit = text(&desk, "crossref.xml");
    let list =
        deposit.split("<citation_list>").nth(1).expect("a list").split("</citation_list>").next().expect("whole");
    assert_eq!(list.matches("<citation ").count(), 4, "{list}");
    for part in [
        "<citation key=\"petrova\">\n<issn>0378-5955</issn>\n<journal_title>Water</journal_title>\n<author>Petrova</author>\n\
         <volume>3</volume>\n<issue>2</issue>\n<first_page>13</first_page>\n<cYear>2019</cYear>\n<doi>10.5555/wells.1</doi>\n\
         <article_title>On wells &amp; towers</article_title>\n<unstructured_citation>Petrova, A., &amp; Cruz, J. de la. (2019).",
        "<isbn>9780306406157</isbn>\n<volume_title>Rain</volume_title>\n<edition_number>2</edition_number>",
        "<author>The Water Group</author>\n<cYear>1999</cYear>\n<volume_title>Towns</volume_title>\n<article_title>Pipes",
    ] {
        assert!(list.contains(part), "{part}\n{list}");
    }
    // Crossref's form of a DOI has no parts before its slash.
    assert!(!list.contains("10.5555.1") || list.contains("https://doi.org/10.5555.1"), "{list}");
    assert!(!list.contains("<doi>10.5555.1") && !list.contains("Never"), "{list}");
    let datacite = text(&desk, "datacite.json");
    assert!(datacite.contains("\"relationType\": \"References\""), "{datacite}");
}

#[test]
fn a_list_of_works_written_by_hand_is_deposited_as_it_is_written() {
    let works = "# Bibliography\n\nWhat was used:\n\n- Lee, Ann. *Rain*. 2001. <https://doi.org/10.5555/rain>\n- Roe. *Pipes*. 1999.\n";
    let desk = Desk::with(&[("metadata.yaml", WHOLE), ("10-water.md", TEXT), ("90-bibliography.md", works)]);
    let ran = released(&desk, &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let deposit = text(&desk, "crossref.xml");
    let list = deposit.split("<citation_list>").nth(1).expect("a list");
    assert!(list.contains("<doi>10.5555/rain</doi>\n<unstructured_citation>Lee, Ann. Rain. 2001."), "{list}");
    assert!(list.contains("<unstructured_citation>Roe. Pipes. 1999.</unstructured_citation>"), "{list}");
    assert!(!list.contains("What was used"), "{list}");
}

/// What pandoc reads in a file of citations, as CSL JSON; `None` where there is no pandoc (`RECTO_PANDOC`, else on the
/// path), or one so old that it does not know the form.
fn read_by_pandoc(desk: &Desk, form: &str, name: &str) -> Option<serde_json::Value> {
    let program = std::env::var_os("RECTO_PANDOC").unwrap_or_else(|| "pandoc".into());
    let known = std::process::Command::new(&program).arg("--list-input-formats").output().ok()?;
    if !String::from_utf8_lossy(&known.stdout).lines().any(|known| known == form) {
        return None;
    }
    let file = desk.path(&format!("handed/{name}"));
    let ran = std::process::Command::new(program).args(["-f", form, "-t", "csljson"]).arg(file).output().ok()?;
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    Some(serde_json::from_slice(&ran.stdout).expect("JSON"))
}

#[test]
fn another_program_reads_the_same_entry_from_each_file_of_citations() {
    let desk = whole();
    assert_eq!(released(&desk, &["--only", "cite"]).code, 0);
    for (form, name) in [("bibtex", "cite.bib"), ("ris", "cite.ris"), ("csljson", "cite.json")] {
        let Some(found) = read_by_pandoc(&desk, form, name) else {
            eprintln!("skipped: there is no pandoc that reads {form}");
            continue;
        };
        let entries = found.as_array().expect("a list");
        assert_eq!(entries.len(), 1, "{name}");
        let entry = &entries[0];
        for (key, wanted) in [
            ("type", "report"),
            ("title", "The Price of Water: A Primer & More: What towns pay"),
            ("DOI", "10.5555/water"),
            ("URL", "https://doi.org/10.5555/water"),
            ("publisher", "Plain Press"),
            ("edition", "2"),
        ] {
            assert_eq!(entry[key], wanted, "{name}: {key}");
        }
        assert_eq!(entry["issued"]["date-parts"][0][0], 2026, "{name}");
        let authors = entry["author"].as_array().expect("authors");
        assert_eq!(authors.len(), 2, "{name}");
        assert!(authors[0]["family"] == "Lee" && authors[0]["given"] == "Ann", "{name}: {}", authors[0]);
        // A body is one name, whatever it is called.
        let body = ["literal", "family"].iter().find_map(|key| authors[1][key].as_str());
        assert!(body == Some("The Water Group") && authors[1].get("given").is_none(), "{name}: {}", authors[1]);
    }
}

/// What is written for one receiver.
fn sent(desk: &Desk, name: &str) -> Ran {
    let folder = desk.path("handed");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).expect("it goes");
    }
    released(desk, &["--for", name])
}

#[test]
fn a_receiver_gets_exactly_what_it_takes() {
    let yaml = WHOLE.replace("cover: false\n", "");
    let desk = Desk::with(&[("metadata.yaml", &yaml), ("10-water.md", TEXT)]);
    let ran = sent(&desk, "google");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(names(&desk.path("handed")), ["9783161484100.epub", "9783161484100_frontcover.jpg", "onix.xml"]);
    let onix = text(&desk, "onix.xml");
    let left = ["E200", "<IDValue>10.5555/water", "<SubjectSchemeIdentifier>93<", "<SubjectSchemeIdentifier>20<"];
    for part in left.into_iter().chain(["<TextType>20<", "<ProductForm>BC<", "<PublishingRole>02<"]) {
        assert!(!onix.contains(part), "{part}\n{onix}");
    }
    assert!(onix.contains("<PriceAmount>0.00</PriceAmount>") && onix.contains("release=\"3.0\""), "{onix}");
    let slug = "the-price-of-water-a-primer-more";
    for (name, files) in [
        ("kdp", vec!["cover.jpg".to_owned(), format!("{slug}.epub")]),
        ("jstor", vec!["onix.xml".to_owned(), format!("{slug}.pdf")]),
        ("oapen", vec!["onix.xml".to_owned(), format!("{slug}.pdf")]),
    ] {
        let ran = sent(&desk, name);
        assert_eq!(ran.code, 0, "{name}: {}", ran.err);
        assert_eq!(names(&desk.path("handed")), files, "{name}");
    }
    assert!(text(&desk, "onix.xml").contains("<SubjectSchemeIdentifier>93<"));
    let ran = sent(&desk, "muse");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(!text(&desk, "onix.xml").contains("<SubjectSchemeIdentifier>20<"));
}

#[test]
fn a_receiver_is_refused_what_lacks_something_that_it_asks_for() {
    let bare = Desk::with(&[("metadata.yaml", "title: Water\ncover: false\n"), ("10-water.md", TEXT)]);
    for (name, part) in [
        ("google", "metadata.yaml:1:8: error: the EPUB has no ISBN, and Google Play Books takes no title so"),
        ("google", "nothing says who wrote it, and Google Play Books takes no title so"),
        ("google", "nothing says who publishes it, which the record for Google Play Books has to say"),
        ("jstor", "no subject of BISAC is named, and JSTOR"),
        ("kdp", "it has no cover, and Kindle Direct Publishing"),
        ("overdrive", "it has no price, and OverDrive"),
        ("oapen", "no licence lets everybody pass it on, and OAPEN"),
    ] {
        let ran = sent(&bare, name);
        assert_eq!(ran.code, 1, "{name}: {}", ran.err);
        assert!(ran.err.contains(part), "{part}\n{}", ran.err);
        assert!(!desk_has(&bare, "handed"), "{name}");
    }
    let yaml = "title: Water\nsubjects: [{bisac: POL011000}]\ndate: 2026-03\neditions: {ebook: {format: epub}}\n";
    let flowing = Desk::with(&[("metadata.yaml", yaml), ("10-water.md", TEXT)]);
    let ran = sent(&flowing, "jstor");
    assert!(ran.err.contains("no edition that is handed on is the PDF that it takes"), "{}", ran.err);
    assert!(ran.err.contains("it is not known on which day it appeared"), "{}", ran.err);
    let ran = sent(&bare, "gogle");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("did you mean \"google\"? recto knows what is taken by apple"), "{}", ran.err);
}

fn desk_has(desk: &Desk, name: &str) -> bool {
    desk.path(name).exists()
}

#[test]
fn a_proof_or_an_extract_is_never_the_book_of_the_records() {
    let editions = "editions:\n  proof: {format: pdf, stamp: DRAFT, release: true}\n  print: {format: pdf}\n  ebook: {format: epub}\n";
    let yaml = format!("{WHOLE}{editions}");
    let desk = Desk::with(&[("metadata.yaml", &yaml), ("10-water.md", TEXT)]);
    let ran = released(&desk, &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let page = text(&desk, "index.html");
    let pdf = "citation_pdf_url\" content=\"https://example.org/water/the-price-of-water-a-primer-more.pdf\"";
    assert!(page.contains(pdf), "{page}");
}

#[test]
fn a_series_without_an_issn_is_deposited_without_the_series_and_that_is_said() {
    let yaml = WHOLE.replace(", issn: 0378-5955", "");
    let desk = Desk::with(&[("metadata.yaml", &yaml), ("10-water.md", TEXT)]);
    let ran = released(&desk, &["--only", "crossref"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("warning: its series has no ISSN"), "{}", ran.err);
    assert!(!text(&desk, "crossref.xml").contains("<series_metadata>"));
    let ran = released(&desk, &[]);
    assert!(ran.err.contains("its series has no ISSN, so that the DOI is deposited without the series"), "{}", ran.err);
    assert!(ran.err.contains("metadata.yaml:3:9: warning"), "{}", ran.err);
}

/// What was looked at by people and by other tools.
const LOOKED: &str = "accessibility:
  certified_by: Plain Press
  certified_on: 2026-05-30
  report: https://example.org/audit.html
  answers:
    - {question: alternative-texts, answer: yes, by: Ann Lee, on: 2026-05-29, note: All of them.}
    - {question: screen-reader, answer: partly, by: Bob Ray, on: 2026-05-30}
  tested: [{tool: Ace by DAISY, version: 1.4.6, result: passed, on: 2026-05-28}]
";

#[test]
fn the_report_on_accessibility_says_each_check_its_tool_and_who_answered_what() {
    let old = "accessibility: {certified_by: Plain Press, certified_on: 2026-05-30}\n";
    let desk = Desk::with(&[("metadata.yaml", &WHOLE.replace(old, LOOKED)), ("10-water.md", TEXT)]);
    let ran = released(&desk, &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let report: serde_json::Value = serde_json::from_str(&text(&desk, "accessibility-report.json")).expect("JSON");
    let check = |id: &str| {
        let checks = report["checks"].as_array().expect("a list");
        checks.iter().find(|check| check["id"] == id).expect("it is there").clone()
    };
    assert_eq!((&check("contrast")["result"], &check("tables")["result"]), (&"passed".into(), &"inapplicable".into()));
    assert_eq!(check("tags")["tool"], "recto");
    assert_eq!(check("tags")["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(report["questions"][0]["by"], "Ann Lee");
    assert!(report["questions"][1]["answer"].is_null());
    assert_eq!(report["conformance"]["certifier"], "Plain Press");
    let page = text(&desk, "accessibility-report.html");
    for part in [
        "Ann Lee, 29 May 2026",
        "<td>Ace by DAISY 1.4.6</td>".replace("td", "th scope=\"row\"").replace("/th scope=\"row\"", "/th").as_str(),
        "partly",
        "certified by Plain Press, 2026-05-30",
        "href=\"https://example.org/audit.html\"",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    assert!(text(&desk, "index.html").contains("href=\"accessibility-report.html\""));
    let onix = text(&desk, "onix.xml");
    assert!(onix.contains("https://example.org/water/accessibility-report.html"), "{onix}");
    assert!(text(&desk, "SHA256SUMS").contains("  accessibility-report.json\n"));
}

#[test]
fn a_report_names_no_certifier_where_none_is_named_or_the_book_is_not_clean() {
    let allow = "allow: [{lint: epub-link-words, reason: the link is a joke}]\n";
    let link = format!("{TEXT}\nGo [here](https://example.org).\n");
    let desk = Desk::with(&[("metadata.yaml", &format!("{WHOLE}{allow}")), ("10-water.md", &link)]);
    assert_eq!(released(&desk, &[]).code, 0);
    assert!(text(&desk, "accessibility-report.html").contains("allowed: 1 (the link is a joke)"));
    assert!(!text(&desk, "accessibility-report.html").contains("certified by"));
    let yaml = WHOLE.replace("accessibility: {certified_by: Plain Press, certified_on: 2026-05-30}\n", "");
    let desk = Desk::with(&[("metadata.yaml", &yaml), ("10-water.md", TEXT)]);
    assert_eq!(released(&desk, &[]).code, 0);
    let page = text(&desk, "accessibility-report.html");
    assert!(page.contains("No conformance is claimed") && !page.contains("certified by"), "{page}");
    let report: serde_json::Value = serde_json::from_str(&text(&desk, "accessibility-report.json")).expect("JSON");
    assert_eq!(report["conformance"], serde_json::json!({ "claimed": false }));
    for (yaml, part) in [
        ("answers: [{question: links, answer: yes, by: Ann Lee}]", "an answer is somebody's, to a question, of a day"),
        ("answers: [{question: link, answer: yes, by: Ann, on: 2026}]", "link"),
        ("tested: [{tool: Ace, on: 2026}]", "what a tool found is its result, of a day"),
    ] {
        let yaml = format!("title: Water\naccessibility: {{{yaml}}}\n");
        let desk = Desk::with(&[("metadata.yaml", &yaml), ("10-water.md", TEXT)]);
        let ran = desk.run(&["check", "paper"]);
        assert_eq!(ran.code, 1, "{yaml}\n{}", ran.err);
        assert!(ran.err.contains(part) && ran.err.contains("metadata.yaml:2:"), "{yaml}\n{}", ran.err);
    }
}

#[test]
fn a_catalogue_merges_the_feeds_of_its_titles_whatever_was_finished_first() {
    let desk = Desk::with(&[]);
    for (name, date) in [("wells", "2026-03-05"), ("towers", "2026-06-01"), ("pumps", "2025-01-01")] {
        let yaml = WHOLE
            .replace("\"The Price of Water: A Primer & More\"", name)
            .replace("example.org/water/", &format!("example.org/books/{name}/"))
            .replace("date: 2026-03-05", &format!("date: {date}"))
            .replace("10.5555/water", &format!("10.5555/{name}"))
            .replace(", isbn_print: 978-0-306-40615-7, isbn_epub: 978-3-16-148410-0", "");
        desk.put(&format!("../shelf/{name}/metadata.yaml"), yaml);
        desk.put(&format!("../shelf/{name}/10-text.md"), TEXT);
    }
    let ran = desk.run(&["release", "shelf", "--out", "handed", "--sealed"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.find("handed/pumps").expect("told") < ran.out.find("handed/towers").expect("told"), "{}", ran.out);
    let feed: serde_json::Value = serde_json::from_str(&text(&desk, "opds.json")).expect("JSON");
    assert_eq!(feed["metadata"]["numberOfItems"], 3);
    assert_eq!(feed["links"][0]["href"], "https://example.org/books/opds.json");
    let own: serde_json::Value = serde_json::from_str(&text(&desk, "towers/opds.json")).expect("JSON");
    assert_eq!(feed["publications"][1], own["publications"][0]);
    let atom = text(&desk, "opds.xml");
    assert_eq!(atom.matches("<entry>").count(), 3);
    let page = text(&desk, "index.html");
    let at = |name: &str| page.find(&format!("href=\"{name}/index.html\"")).expect("it is listed");
    assert!(at("towers") < at("wells") && at("wells") < at("pumps"), "the newest first");
    assert!(page.contains("<h1>Plain Press</h1>") && page.contains("url(pumps/fonts/"), "{page}");
    let first = (page, atom);
    assert_eq!(desk.run(&["release", "shelf", "--out", "handed", "--sealed", "--quiet"]).code, 0);
    assert!(first == (text(&desk, "index.html"), text(&desk, "opds.xml")));
}

/// The lines of the handbook's chapter for houses between two others.
fn of_handbook(from: &str, to: &str) -> String {
    let chapter = include_str!("../../handbook/70-house.md");
    let rest = chapter.split_once(from).expect("it begins").1;
    rest.split_once(to).expect("it ends").0.to_owned()
}

#[test]
fn what_the_handbook_shows_for_many_titles_releases_them() {
    let desk = Desk::with(&[]);
    for name in ["water", "wells"] {
        desk.put(&format!("../titles/{name}/metadata.yaml"), format!("title: {name}\ncover: false\n"));
        desk.put(&format!("../titles/{name}/10-text.md"), "# One\n\nText.\n");
    }
    let program = env!("CARGO_BIN_EXE_recto");
    let shell = |line: &str| {
        let line = line.replacen("recto ", &format!("'{program}' "), 1);
        let ran = std::process::Command::new("sh").args(["-c", &line]).current_dir(desk.path("")).status();
        assert!(ran.expect("a shell").success(), "{line}");
    };
    let ninja = of_handbook("```ninja\n", "```");
    assert!(ninja.contains("build release/water/release.json: recto titles/water\n  dir = release/water\n"));
    let command = ninja.lines().find_map(|line| line.trim().strip_prefix("command = ")).expect("a command");
    let command = command.replace("$in", "titles/water").replace("$dir", "release/water");
    shell(&command.replace("$out", "release/water/release.json"));
    let rule = String::from_utf8(desk.read("release/water/release.json.d")).expect("UTF-8");
    assert!(rule.starts_with("release/water/release.json: ") && rule.contains("titles/water/10-text.md"), "{rule}");
    let matrix = of_handbook("```yaml\njobs:\n", "```");
    let line = matrix.lines().find_map(|line| line.trim().strip_prefix("- run: recto")).expect("a command");
    shell(&format!("recto{}", line.replace("${{ matrix.title }}", "wells")));
    assert!(desk.path("release/wells/release.json").is_file());
}

#[test]
fn pages_speak_the_language_of_their_title_or_mark_their_english_and_say_so_once() {
    let of = |tag: &str| {
        let yaml = WHOLE.replace("date: 2026-03-05", &format!("language: {tag}\ndate: 2026-03-05"));
        let desk = Desk::with(&[("metadata.yaml", &yaml), ("10-water.md", TEXT)]);
        let ran = released(&desk, &[]);
        assert_eq!(ran.code, 0, "{tag}: {}", ran.err);
        (text(&desk, "index.html"), text(&desk, "read/wells.html"), ran.err)
    };
    let (page, read, said) = of("it");
    assert!(page.contains("Come citare") && page.contains("Navigazione"), "{page}");
    assert!(read.contains("Cita e scarica") && !page.contains("lang=\"en\">Download"), "{read}");
    assert!(!said.contains("no words for pages on the web"), "{said}");
    let (page, read, said) = of("mi");
    assert!(page.contains("<span lang=\"en\">Cite this publication</span>"), "{page}");
    assert!(read.contains("<span lang=\"en\">Cite and download</span>"), "{read}");
    assert_eq!(said.matches("recto has no words for pages on the web in the language \"mi\"").count(), 1, "{said}");
}

#[test]
fn an_e_book_is_of_the_print_whose_page_numbers_it_gives() {
    let editions =
        "editions:\n  print: {format: pdf}\n  ebook: {format: epub}\n  press: {format: pdf, for: kdp, trim: 6x9in}\n";
    let open = |desk: &Desk| {
        let epub = tree(desk, "").into_iter().find(|name| name.ends_with(".epub")).expect("an e-book");
        crate::ebook_reader::Ebook::read(&desk.read(&format!("handed/{epub}"))).text("content.opf").to_owned()
    };
    let desk = whole();
    for (pages_of, codes, source) in [("", 0, 0), (", pages_of: press", 2, 1)] {
        let editions = editions.replace("{format: epub}", &format!("{{format: epub{pages_of}}}"));
        std::fs::write(desk.path("paper/metadata.yaml"), format!("{WHOLE}{editions}")).expect("metadata");
        let ran = released(&desk, &[]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let onix = text(&desk, "onix.xml");
        let found = ["13", "27"].map(|code| format!("<ProductRelationCode>{code}</ProductRelationCode>"));
        assert_eq!(found.iter().filter(|code| onix.contains(code.as_str())).count(), codes, "{pages_of}");
        let isbn = "<meta property=\"pageBreakSource\">urn:isbn:9780306406157</meta>";
        assert_eq!(open(&desk).matches(isbn).count(), source, "{pages_of}");
    }
}

#[test]
fn pages_are_laid_out_from_the_start_of_a_line_whichever_side_that_is() {
    let sheets = [
        include_str!("../../src/epub/web/read.css"),
        include_str!("../../src/release/landing/landing.css"),
        include_str!("../../src/release/catalogue.css"),
        include_str!("../../src/release/report/report.css"),
    ];
    for rule in sheets.iter().flat_map(|sheet| sheet.split(['{', '}', ';'])) {
        let (property, value) = rule.trim().split_once(':').unwrap_or((rule, ""));
        for sided in ["margin-left", "margin-right", "padding-left", "padding-right", "border-left", "border-right"] {
            assert!(!property.starts_with(sided), "{rule}: say -inline-start or -inline-end");
        }
        assert!(!matches!(property, "left" | "right"), "{rule}: say inset-inline-start or -end");
        let four: Vec<&str> = value.split(' ').collect();
        let lopsided = matches!(property, "margin" | "padding") && four.len() == 4 && !value.contains('(');
        assert!(!lopsided || four[1] == four[3], "{rule}: the sides differ, so that they have to be -inline");
    }
    let yaml = "title: מחיר המים\nlanguage: he\ncover: false\nrights: {licence: CC-BY-4.0}\n";
    let desk = Desk::with(&[("metadata.yaml", yaml), ("10-a.md", "# אחת\n\nמים.\n"), ("20-b.md", "# שתיים\n\nמים.\n")]);
    assert_eq!(released(&desk, &[]).code, 0);
    let pages = tree(&desk, "").into_iter().filter(|name| name.ends_with(".html"));
    let pages: Vec<String> = pages.map(|name| text(&desk, &name)).collect();
    assert!(pages.iter().any(|page| page.contains('←')), "arrows point the way in which pages are turned");
    assert!(pages.iter().all(|page| page.contains("dir=\"rtl\"")));
}
