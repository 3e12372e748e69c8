//! The rules of PDF/X-4 (ISO 15930-7:2010), as far as a program can hold a file against them, clause by clause; and
//! faults planted to see that the checker sees.

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use crate::pdf::{edition, press_manuscript};

/// What a file breaks, by the name of the rule.
fn broken(document: &Document) -> Vec<&'static str> {
    let mut rules: Vec<&'static str> = Vec::new();
    let mut hold = |rule: &'static str, holds: bool| {
        if !holds && !rules.contains(&rule) {
            rules.push(rule);
        }
    };
    // 6.1 File: syntax of 1.6, an identifier, no encryption.
    hold("version", matches!(document.version.as_str(), "1.3" | "1.4" | "1.5" | "1.6"));
    hold("identifier", document.trailer.get(b"ID").and_then(Object::as_array).is_ok_and(|id| id.len() == 2));
    hold("encryption", document.trailer.get(b"Encrypt").is_err());
    let catalogue = document.catalog().expect("a catalogue");
    // 6.2 Output intent: exactly one, with the profile of an output device, for as many inks as it says.
    let intents: Vec<&Dictionary> = catalogue
        .get(b"OutputIntents")
        .and_then(|intents| resolved(document, intents).as_array())
        .map(|intents| intents.iter().filter_map(|intent| resolved(document, intent).as_dict().ok()).collect())
        .unwrap_or_default();
    let press: Vec<&&Dictionary> = intents.iter().filter(|intent| is_name(intent, b"S", b"GTS_PDFX")).collect();
    hold("one intent", press.len() == 1);
    let profile = press.first().and_then(|intent| intent.get(b"DestOutputProfile").ok());
    let profile = profile.and_then(|profile| resolved(document, profile).as_stream().ok());
    let inks = profile.and_then(|profile| profile.dict.get(b"N").and_then(Object::as_i64).ok()).unwrap_or(0);
    let data = profile.and_then(|profile| profile.decompressed_content().ok()).unwrap_or_default();
    let space: &[u8] = if inks == 4 { b"CMYK" } else { b"GRAY" };
    hold("profile", data.get(12..16) == Some(b"prtr") && data.get(16..20) == Some(space));
    hold("condition", press.first().is_some_and(|intent| intent.get(b"OutputConditionIdentifier").is_ok()));
    // 6.7 Identification and metadata.
    let information = document.trailer.get(b"Info").ok().and_then(|info| resolved(document, info).as_dict().ok());
    let said = |key: &[u8]| information.and_then(|info| info.get(key).ok()).and_then(|value| value.as_str().ok());
    hold("version key", said(b"GTS_PDFXVersion") == Some(b"PDF/X-4"));
    hold("title", said(b"Title").is_some_and(|title| !title.is_empty()));
    hold("dates", said(b"CreationDate").is_some() && said(b"ModDate").is_some());
    let trapped = information.and_then(|info| info.get(b"Trapped").and_then(Object::as_name).ok());
    hold("trapped", matches!(trapped, Some(b"True" | b"False")));
    let packet = catalogue.get(b"Metadata").ok().and_then(|packet| resolved(document, packet).as_stream().ok());
    let packet = packet.map(|packet| String::from_utf8_lossy(&packet.content).into_owned()).unwrap_or_default();
    hold("xmp version", packet.contains("<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>"));
    for key in
        ["xmpMM:DocumentID", "xmpMM:VersionID", "xmpMM:RenditionClass", "pdf:Trapped", "xmp:CreateDate", "dc:title"]
    {
        hold("xmp", packet.contains(&format!("<{key}>")));
    }
    // 6.8 Nothing acts.
    hold("actions", catalogue.get(b"OpenAction").is_err() && catalogue.get(b"AA").is_err());
    for object in document.objects.values() {
        let dictionary = match object {
            Object::Stream(stream) => &stream.dict,
            Object::Dictionary(dictionary) => dictionary,
            _ => continue,
        };
        hold("actions", !is_name(dictionary, b"S", b"JavaScript") && !is_name(dictionary, b"S", b"Launch"));
        // 6.3 Fonts are in the file.
        if is_name(dictionary, b"Type", b"FontDescriptor") {
            let program = [&b"FontFile"[..], b"FontFile2", b"FontFile3"];
            hold("fonts", program.iter().any(|key| dictionary.get(key).is_ok()));
        }
        // 6.1.5 No LZW.
        let filters = dictionary.get(b"Filter").map(|filter| format!("{filter:?}")).unwrap_or_default();
        hold("lzw", !filters.contains("LZW"));
        // 6.2.5 Graphics states have no transfer curves and no halftones of their own.
        hold("transfer", !is_name(dictionary, b"Type", b"ExtGState") || dictionary.get(b"TR").is_err());
        hold("transfer", dictionary.get(b"TR").is_err() && dictionary.get(b"HTP").is_err());
        // 6.2.8 XObjects: no PostScript, no alternates, no proxies; images in the inks of the intent.
        hold("xobjects", !is_name(dictionary, b"Subtype", b"PS") && dictionary.get(b"Alternates").is_err());
        hold("xobjects", dictionary.get(b"OPI").is_err());
        if is_name(dictionary, b"Subtype", b"Image") {
            hold("colour", !is_name(dictionary, b"ColorSpace", b"DeviceRGB"));
            hold("colour", inks == 4 || !is_name(dictionary, b"ColorSpace", b"DeviceCMYK"));
        }
    }
    for id in document.get_pages().into_values() {
        page(document, id, inks, &mut hold);
    }
    rules
}

fn page(document: &Document, id: ObjectId, inks: i64, hold: &mut impl FnMut(&'static str, bool)) {
    let page = document.get_dictionary(id).expect("a page");
    let corners = |name: &[u8]| -> Option<[f32; 4]> {
        let corners = page.get(name).and_then(Object::as_array).ok()?;
        let all: Vec<f32> = corners.iter().filter_map(|corner| corner.as_float().ok()).collect();
        all.try_into().ok()
    };
    let inside = |inner: [f32; 4], outer: [f32; 4]| {
        inner[0] >= outer[0] - 0.01
            && inner[1] >= outer[1] - 0.01
            && inner[2] <= outer[2] + 0.01
            && inner[3] <= outer[3] + 0.01
    };
    // 6.4 Boxes: a trim or an art box, not both, in the bleed, in the medium.
    let medium = corners(b"MediaBox");
    let bleed = corners(b"BleedBox").or(medium);
    let trim = corners(b"TrimBox").xor(corners(b"ArtBox"));
    match (medium, bleed, trim) {
        (Some(medium), Some(bleed), Some(trim)) => hold("boxes", inside(trim, bleed) && inside(bleed, medium)),
        _ => hold("boxes", false),
    }
    // 6.5 No annotation on what is printed.
    let annotations = page.get(b"Annots").and_then(Object::as_array).map(Vec::len).unwrap_or(0);
    hold("annotations", annotations == 0);
    hold("actions", page.get(b"AA").is_err());
    // 6.2.4 Device colours are those of the intent.
    let content = Content::decode(&document.get_page_content(id)).expect("content");
    for operation in &content.operations {
        match operation.operator.as_str() {
            "rg" | "RG" => hold("colour", false),
            "k" | "K" => hold("colour", inks == 4),
            _ => {}
        }
    }
}

fn resolved<'a>(document: &'a Document, object: &'a Object) -> &'a Object {
    document.dereference(object).map_or(object, |(_, object)| object)
}

fn is_name(dictionary: &Dictionary, key: &[u8], value: &[u8]) -> bool {
    dictionary.get(key).and_then(Object::as_name).is_ok_and(|name| name == value)
}

#[test]
fn press_editions_keep_the_rules_of_pdf_x_4() {
    let files = press_manuscript();
    for name in ["kdp", "ingram", "offset", "grey"] {
        let document = Document::load_mem(&edition(&files, name)).expect("a PDF");
        assert_eq!(broken(&document), Vec::<&str>::new(), "{name}");
    }
}

/// A fault: the rule that it breaks, and how it is planted.
type Fault = (&'static str, fn(&mut Document));

fn information(document: &mut Document) -> &mut Dictionary {
    let id = document.trailer.get(b"Info").and_then(Object::as_reference).expect("Info");
    document.get_dictionary_mut(id).expect("a dictionary")
}

fn first_page(document: &mut Document) -> &mut Dictionary {
    let id = document.get_pages()[&1];
    document.get_dictionary_mut(id).expect("a page")
}

fn catalogue(document: &mut Document) -> &mut Dictionary {
    document.catalog_mut().expect("a catalogue")
}

/// Puts a stream in the place of the first page's contents.
fn paint(document: &mut Document, content: &[u8]) {
    let id = document.add_object(Stream::new(Dictionary::new(), content.to_vec()));
    first_page(document).set("Contents", id);
}

const FAULTS: &[Fault] = &[
    ("version", |document| document.version = "1.7".to_owned()),
    ("identifier", |document| {
        document.trailer.remove(b"ID");
    }),
    ("encryption", |document| document.trailer.set("Encrypt", Dictionary::new())),
    ("one intent", |document| {
        catalogue(document).remove(b"OutputIntents");
    }),
    ("condition", |document| {
        let intent = document.objects.values_mut().filter_map(|object| object.as_dict_mut().ok());
        intent.filter(|intent| is_name(intent, b"S", b"GTS_PDFX")).for_each(|intent| {
            intent.remove(b"OutputConditionIdentifier");
        });
    }),
    ("profile", |document| {
        let id = document.add_object(Stream::new(dictionary! { "N" => 4 }, vec![0; 200]));
        let intent = document.objects.values_mut().filter_map(|object| object.as_dict_mut().ok());
        intent
            .filter(|intent| is_name(intent, b"S", b"GTS_PDFX"))
            .for_each(|intent| intent.set("DestOutputProfile", id));
    }),
    ("version key", |document| {
        information(document).set("GTS_PDFXVersion", Object::string_literal("PDF/X-1a:2001"));
    }),
    ("title", |document| {
        information(document).remove(b"Title");
    }),
    ("dates", |document| {
        information(document).remove(b"ModDate");
    }),
    ("trapped", |document| information(document).set("Trapped", "Unknown")),
    ("xmp version", |document| {
        catalogue(document).remove(b"Metadata");
    }),
    ("actions", |document| {
        let action = dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.beep()") };
        let id = document.add_object(action);
        catalogue(document).set("OpenAction", id);
    }),
    ("fonts", |document| {
        for object in document.objects.values_mut() {
            if let Ok(descriptor) = object.as_dict_mut() {
                descriptor.remove(b"FontFile3");
            }
        }
    }),
    ("lzw", |document| {
        document.add_object(Stream::new(dictionary! { "Filter" => "LZWDecode" }, Vec::new()));
    }),
    ("transfer", |document| {
        document.add_object(dictionary! { "Type" => "ExtGState", "TR" => "Identity" });
    }),
    ("xobjects", |document| {
        document.add_object(Stream::new(dictionary! { "Type" => "XObject", "Subtype" => "PS" }, Vec::new()));
    }),
    ("boxes", |document| {
        first_page(document).set("TrimBox", vec![0.into(), 0.into(), 2000.into(), 2000.into()]);
    }),
    ("boxes", |document| {
        let trim = first_page(document).get(b"TrimBox").expect("a trim").clone();
        first_page(document).set("ArtBox", trim);
    }),
    ("annotations", |document| {
        let annotation = dictionary! { "Subtype" => "Link" };
        first_page(document).set("Annots", vec![Object::Dictionary(annotation)]);
    }),
    ("colour", |document| paint(document, b"1 0 0 rg 0 0 9 9 re f")),
    ("colour", |document| {
        let image = dictionary! { "Subtype" => "Image", "ColorSpace" => "DeviceRGB" };
        document.add_object(Stream::new(image, Vec::new()));
    }),
];

#[test]
fn the_checker_sees_every_planted_fault() {
    let whole = Document::load_mem(&edition(&press_manuscript(), "ingram")).expect("a PDF");
    assert!(FAULTS.len() >= 15);
    for (at, (rule, plant)) in FAULTS.iter().enumerate() {
        let mut document = whole.clone();
        plant(&mut document);
        assert!(broken(&document).contains(rule), "fault {at} against \"{rule}\" is not seen");
    }
}

#[test]
fn a_grey_edition_cannot_hold_four_inks() {
    let mut document = Document::load_mem(&edition(&press_manuscript(), "grey")).expect("a PDF");
    paint(&mut document, b"0 0 0 1 k 0 0 9 9 re f");
    assert!(broken(&document).contains(&"colour"));
}
