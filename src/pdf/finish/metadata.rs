//! What the file says of itself: XMP (ISO 16684-1), escaped, and the document information dictionary with the same.

use lopdf::{Dictionary, Object, Stream, dictionary};
use uuid::Uuid;

use super::{Input, Work, bytes, text};
use crate::book::metadata::{Date, Metadata, Rights, Subject};
use crate::book::plain;
use crate::pdf::standard::Standard;

/// Who made the file.
const MAKER: &str = concat!("recto ", env!("CARGO_PKG_VERSION"));

/// What is said, once for both places.
struct Said {
    title: String,
    authors: Vec<String>,
    description: Option<String>,
    keywords: Vec<String>,
    language: String,
    publisher: Option<String>,
    rights: Option<String>,
    licence: Option<String>,
    identifiers: Vec<String>,
    created: Option<Date>,
    modified: Option<Date>,
    document: Uuid,
    instance: Uuid,
    /// Whether every picture that means something says what it shows.
    described: bool,
    /// Whether text and data mining is reserved.
    mining: bool,
}

/// Writes both, and the file's identifier.
pub(super) fn write(work: &mut Work, input: &Input<'_>, fingerprint: &[u8; 16]) {
    let said = Said {
        described: input.pages.structure.describes_its_pictures(),
        ..Said::of(&input.book.metadata, fingerprint, input.plan.standard)
    };
    let mut said = said;
    if let Some(copy) = input.copy {
        let named = said.identifiers.first().map(|of| format!("{of} ({copy})")).unwrap_or_else(|| copy.to_owned());
        said.identifiers.insert(0, named);
    }
    let packet = packet(&said, input.plan.standard);
    let dictionary = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    // Uncompressed, so that tools that know no PDF can find it.
    let stream = Stream::new(dictionary, packet.into_bytes()).with_compression(false);
    let stream = work.add(stream);
    work.catalogue("Metadata", stream);
    let information = information(&said, input.plan.standard);
    let information = work.add(information);
    if let Ok(old) = work.raw.trailer.get(b"Info").and_then(Object::as_reference) {
        work.raw.objects.remove(&old);
    }
    work.raw.trailer.set("Info", information);
    let identifier = vec![bytes(said.document.as_bytes()), bytes(fingerprint)];
    work.raw.trailer.set("ID", identifier);
}

impl Said {
    fn of(metadata: &Metadata, fingerprint: &[u8; 16], standard: Standard) -> Said {
        let title = match &metadata.subtitle {
            Some(subtitle) => format!("{}: {}", plain(&metadata.title), plain(subtitle)),
            None => plain(&metadata.title),
        };
        let identifiers = &metadata.identifiers;
        let identifiers: Vec<String> = [
            identifiers.doi.as_ref().map(|doi| format!("doi:{}", doi.bare())),
            identifiers.isbn_print.as_ref().map(|isbn| format!("urn:isbn:{}", isbn.digits())),
            identifiers.uri.as_ref().map(|uri| uri.value.clone()),
        ]
        .into_iter()
        .flatten()
        .collect();
        let authors: Vec<String> = metadata.authors.iter().map(|person| person.name.clone()).collect();
        let basis = [title.as_str(), &authors.join("\n"), &identifiers.join("\n")].join("\n");
        // A press takes no file without dates; a manuscript without one gets the standard's own year.
        let usual = (standard != Standard::Accessible).then_some(Date { year: 2010, month: None, day: None });
        Said {
            title,
            authors,
            description: metadata.description.as_ref().map(|description| description.value.clone()),
            keywords: metadata
                .keywords
                .iter()
                .map(|keyword| keyword.value.clone())
                .chain(metadata.subjects.iter().filter_map(|subject| match &subject.value {
                    Subject::Words(words) => Some(words.clone()),
                    _ => None,
                }))
                .collect(),
            language: metadata.language.tag().to_owned(),
            publisher: metadata.publisher.as_ref().map(|publisher| publisher.name.clone()),
            rights: metadata.rights.as_deref().and_then(rights),
            licence: metadata
                .rights
                .as_ref()
                .and_then(|rights| rights.licence.as_ref())
                .and_then(|licence| licence.url.clone()),
            identifiers,
            created: metadata.date.as_deref().copied().or(usual),
            modified: metadata.revised.or(metadata.date).as_deref().copied().or(usual),
            document: Uuid::new_v5(&Uuid::NAMESPACE_URL, basis.as_bytes()),
            instance: Uuid::new_v5(&Uuid::NAMESPACE_OID, fingerprint),
            described: true,
            mining: metadata.distribution.mining_reserved,
        }
    }
}

fn rights(rights: &Rights) -> Option<String> {
    let mut words: Vec<String> = Vec::new();
    if let Some(holder) = &rights.holder {
        words.push(match &rights.year {
            Some(year) => format!("© {year} {holder}"),
            None => format!("© {holder}"),
        });
    }
    words.extend(rights.licence.as_ref().map(|licence| licence.name.clone()));
    words.extend(rights.statement.clone());
    (!words.is_empty()).then(|| words.join(". "))
}

/// `D:20261123000000Z`: Info has no place for a date without a day.
fn information_date(date: Date) -> String {
    format!("D:{:04}{:02}{:02}000000Z", date.year, date.month.unwrap_or(1), date.day.unwrap_or(1))
}

fn xmp_date(date: Date) -> String {
    format!("{:04}-{:02}-{:02}T00:00:00Z", date.year, date.month.unwrap_or(1), date.day.unwrap_or(1))
}

fn information(said: &Said, standard: Standard) -> Dictionary {
    let mut information =
        dictionary! { "Title" => text(&said.title), "Creator" => text(MAKER), "Producer" => text(MAKER) };
    if !said.authors.is_empty() {
        information.set("Author", text(&said.authors.join(", ")));
    }
    if let Some(description) = &said.description {
        information.set("Subject", text(description));
    }
    if !said.keywords.is_empty() {
        information.set("Keywords", text(&said.keywords.join(", ")));
    }
    for (key, date) in [("CreationDate", said.created), ("ModDate", said.modified)] {
        if let Some(date) = date {
            information.set(key, text(&information_date(date)));
        }
    }
    if standard == Standard::X4 {
        information.set("GTS_PDFXVersion", text("PDF/X-4"));
        information.set("Trapped", super::name("False"));
    }
    information
}

/// The XMP packet.
fn packet(said: &Said, standard: Standard) -> String {
    let mut body = String::new();
    let mut simple = |name: &str, value: &str| body.push_str(&format!("<{name}>{}</{name}>\n", escaped(value)));
    simple("dc:format", "application/pdf");
    match standard {
        Standard::Accessible => {
            simple("pdfaid:part", "2");
            simple("pdfaid:conformance", "A");
            // A picture that nobody described keeps the file from PDF/UA (ISO 14289-1, 7.3): it is not claimed then.
            if said.described {
                simple("pdfuaid:part", "1");
            }
        }
        Standard::Plain => {}
        Standard::X4 => {
            simple("pdfxid:GTS_PDFXVersion", "PDF/X-4");
            simple("pdf:Trapped", "False");
        }
    }
    simple("pdf:Producer", MAKER);
    simple("xmp:CreatorTool", MAKER);
    if let Some(date) = said.created {
        simple("xmp:CreateDate", &xmp_date(date));
    }
    if let Some(date) = said.modified {
        simple("xmp:ModifyDate", &xmp_date(date));
        simple("xmp:MetadataDate", &xmp_date(date));
    }
    simple("xmpMM:DocumentID", &format!("uuid:{}", said.document));
    simple("xmpMM:InstanceID", &format!("uuid:{}", said.instance));
    simple("xmpMM:VersionID", "1");
    simple("xmpMM:RenditionClass", "default");
    if !said.keywords.is_empty() {
        simple("pdf:Keywords", &said.keywords.join(", "));
    }
    if let Some(identifier) = said.identifiers.first() {
        simple("dc:identifier", identifier);
    }
    if let Some(licence) = &said.licence {
        simple("xmpRights:WebStatement", licence);
    }
    if said.rights.is_some() {
        simple("xmpRights:Marked", "True");
    }
    alternatives(&mut body, "dc:title", &said.title, &said.language);
    if let Some(description) = &said.description {
        alternatives(&mut body, "dc:description", description, &said.language);
    }
    if let Some(rights) = &said.rights {
        alternatives(&mut body, "dc:rights", rights, &said.language);
    }
    if said.mining {
        body.push_str("<tdm:reservation>1</tdm:reservation>\n");
    }
    let one = |word: &Option<String>| word.iter().cloned().collect::<Vec<String>>();
    list(&mut body, "dc:creator", "Seq", &said.authors);
    list(&mut body, "dc:publisher", "Bag", &one(&said.publisher));
    list(&mut body, "dc:subject", "Bag", &said.keywords);
    list(&mut body, "dc:language", "Bag", std::slice::from_ref(&said.language));
    if standard == Standard::Accessible {
        body.push_str("<pdfaExtension:schemas><rdf:Bag>");
        body.push_str(OF_ACCESS);
        body.push_str(if said.mining { OF_MINING } else { "" });
        body.push_str("</rdf:Bag></pdfaExtension:schemas>\n");
    }
    let mining = if said.mining { "xmlns:tdm=\"http://www.w3.org/ns/tdmrep/\"\n" } else { "" };
    format!(
        "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\"\n\
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n\
         xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n\
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n\
         xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\"\n\
         xmlns:xmpRights=\"http://ns.adobe.com/xap/1.0/rights/\"\n\
         xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"\n\
         xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\"\n\
         {mining}xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\"\n\
         xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"\n\
         xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\"\n\
         xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n\
         {body}</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>"
    )
}

/// PDF/A knows no schema for PDF/UA, so the file describes it (ISO 19005-2, 6.6.2.3.3).
const OF_ACCESS: &str = "<rdf:li rdf:parseType=\"Resource\">\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\
<pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of the PDF/UA standard</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li>";

/// Nor one for the reservation of text and data mining (TDM Reservation Protocol, final report of 2024).
const OF_MINING: &str = "<rdf:li rdf:parseType=\"Resource\">\
<pdfaSchema:schema>TDM Reservation Protocol</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.w3.org/ns/tdmrep/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>tdm</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\
<pdfaProperty:name>reservation</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>external</pdfaProperty:category>\
<pdfaProperty:description>Whether rights of text and data mining are reserved</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li>";

/// One text as the usual alternative and in its own language.
fn alternatives(body: &mut String, name: &str, words: &str, language: &str) {
    let words = escaped(words);
    body.push_str(&format!(
        "<{name}><rdf:Alt><rdf:li xml:lang=\"x-default\">{words}</rdf:li>\
         <rdf:li xml:lang=\"{language}\">{words}</rdf:li></rdf:Alt></{name}>\n"
    ));
}

fn list(body: &mut String, name: &str, kind: &str, words: &[String]) {
    if words.is_empty() {
        return;
    }
    let items: String = words.iter().map(|word| format!("<rdf:li>{}</rdf:li>", escaped(word))).collect();
    body.push_str(&format!("<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>\n"));
}

/// Text as XML has it; characters that XML has no place for are left out.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for character in words.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{0}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {}
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_of_any_letters_is_escaped() {
        assert_eq!(escaped("T & <b> \"Мир\"\u{1}"), "T &amp; &lt;b&gt; &quot;Мир&quot;");
    }
}
