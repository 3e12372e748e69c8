//! Pages on sheets: what leads somewhere still does, what means something still means it, and who prints is told how.

use std::collections::BTreeSet;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use recto::pdf::raster;

use crate::pdf::{build, edition, manuscript};
use crate::support::{Desk, names};

/// The sample with the editions that a test asks for.
fn sample(editions: &str) -> recto::source::Memory {
    let files = manuscript("manuscript");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/manuscript/metadata.yaml");
    let metadata = std::fs::read_to_string(path).expect("the sample is there");
    files.with("metadata.yaml", format!("{metadata}\neditions:\n{editions}"))
}

/// What a file has of what imposing could lose.
#[derive(PartialEq, Eq, Debug)]
struct Kept {
    links: usize,
    entries: usize,
    places: usize,
    elements: usize,
    words: usize,
}

fn kept(document: &Document) -> Kept {
    let has = |dictionary: &Dictionary, key: &[u8], value: &[u8]| {
        dictionary.get(key).and_then(Object::as_name).is_ok_and(|name| name == value)
    };
    let all = || document.objects.values().filter_map(|object| object.as_dict().ok());
    let named = |dictionary: &&Dictionary| dictionary.has(b"Names") && dictionary.has(b"Limits");
    let pairs = |dictionary: &Dictionary| dictionary.get(b"Names").and_then(Object::as_array).map_or(0, Vec::len) / 2;
    Kept {
        links: all().filter(|dictionary| has(dictionary, b"Subtype", b"Link")).count(),
        entries: all().filter(|dictionary| dictionary.has(b"Title") && dictionary.has(b"Parent")).count(),
        places: all().filter(named).map(pairs).sum(),
        elements: all().filter(|dictionary| dictionary.has(b"S") && dictionary.has(b"P")).count(),
        words: all().map(|dictionary| marked(dictionary.get(b"K").ok())).sum(),
    }
}

/// How many marked-content sequences an element holds.
fn marked(kids: Option<&Object>) -> usize {
    match kids {
        Some(Object::Integer(_)) => 1,
        Some(Object::Array(kids)) => kids.iter().map(|kid| marked(Some(kid))).sum(),
        Some(Object::Dictionary(kid)) => usize::from(kid.has(b"MCID")),
        _ => 0,
    }
}

fn numbers(object: Option<&Object>) -> Vec<f32> {
    let array = object.and_then(|object| object.as_array().ok());
    array.into_iter().flatten().filter_map(|number| number.as_float().ok()).collect()
}

/// Every destination's page, wherever one stands.
fn destinations(object: &Object, found: &mut Vec<ObjectId>) {
    match object {
        Object::Array(items) => {
            if let [Object::Reference(page), Object::Name(kind), ..] = items.as_slice()
                && kind == b"XYZ"
            {
                found.push(*page);
            }
            items.iter().for_each(|item| destinations(item, found));
        }
        Object::Dictionary(dictionary) => dictionary.iter().for_each(|(_, value)| destinations(value, found)),
        _ => {}
    }
}

#[test]
fn an_imposed_file_keeps_every_link_entry_place_and_element() {
    let files = sample(
        "  print: {format: pdf}\n  \
         booklet: {format: pdf, of: print, impose: booklet, flip: long}\n  \
         four: {format: pdf, of: print, impose: 4-up}\n  \
         lined: {format: pdf, of: print, impose: 3-up}\n",
    );
    let (made, _) = build(&files, None);
    let pdf = |name: &str| {
        let file = made.iter().find(|file| file.edition == name && file.file.ends_with(".pdf"));
        Document::load_mem(&file.expect("it is made").bytes).expect("a PDF")
    };
    let before = kept(&pdf("print"));
    assert!(before.links > 100 && before.entries > 10 && before.places > 50 && before.words > 300, "{before:?}");
    for name in ["booklet", "four", "lined"] {
        let document = pdf(name);
        assert_eq!(kept(&document), before, "{name}");
        let pages: BTreeSet<ObjectId> = document.page_iter().collect();
        let mut found = Vec::new();
        document.objects.values().for_each(|object| destinations(object, &mut found));
        assert!(found.len() > 50 && found.iter().all(|page| pages.contains(page)), "{name}: a place is on no page");
        in_their_sheets(&document, name);
        forms_are_painted_once(&document, name);
    }
}

/// Links and figures lie on their sheets.
fn in_their_sheets(document: &Document, name: &str) {
    let boxed = |id: ObjectId| {
        let page = document.get_dictionary(id).expect("a page");
        numbers(page.get(b"MediaBox").ok())
    };
    let inside = |rect: &[f32], media: &[f32]| {
        rect.len() == 4 && rect[0] >= -0.1 && rect[1] >= -0.1 && rect[2] <= media[2] + 0.1 && rect[3] <= media[3] + 0.1
    };
    for id in document.page_iter() {
        let page = document.get_dictionary(id).expect("a page");
        let Ok(links) = page.get(b"Annots").and_then(Object::as_array) else { continue };
        assert_eq!(page.get(b"Tabs").and_then(Object::as_name).expect("an order"), b"S");
        for link in links.iter().filter_map(|link| link.as_reference().ok()) {
            let link = document.get_dictionary(link).expect("a link");
            let rect = numbers(link.get(b"Rect").ok());
            assert!(inside(&rect, &boxed(id)), "{name}: {rect:?}");
        }
    }
    let elements = document.objects.values().filter_map(|object| object.as_dict().ok());
    let mut figures = 0;
    for element in elements {
        let Some(bounds) = element.get(b"A").and_then(Object::as_dict).ok().and_then(|a| a.get(b"BBox").ok()) else {
            continue;
        };
        let page = element.get(b"Pg").and_then(Object::as_reference).expect("a figure is on a page");
        let rect = numbers(Some(bounds));
        assert!(inside(&rect, &boxed(page)), "{name}: {rect:?}");
        figures += 1;
    }
    assert!(figures > 3, "{name}: {figures} figures");
}

/// Each form is painted by one sheet, and marked content names the form that it is in.
fn forms_are_painted_once(document: &Document, name: &str) {
    let mut painted = Vec::new();
    for id in document.page_iter() {
        let page = document.get_dictionary(id).expect("a page");
        let forms = page.get(b"Resources").and_then(Object::as_dict).and_then(|all| all.get(b"XObject"));
        let forms = forms.and_then(Object::as_dict).expect("a sheet has forms");
        painted.extend(forms.iter().filter_map(|(_, form)| form.as_reference().ok()));
    }
    let once: BTreeSet<ObjectId> = painted.iter().copied().collect();
    assert_eq!(once.len(), painted.len(), "{name}: a form is painted twice");
    let mut named = 0;
    for object in document.objects.values().filter_map(|object| object.as_dict().ok()) {
        let kids = match object.get(b"K") {
            Ok(Object::Array(kids)) => kids.clone(),
            Ok(kid) => vec![kid.clone()],
            Err(_) => continue,
        };
        for kid in kids.iter().filter_map(|kid| kid.as_dict().ok()).filter(|kid| kid.has(b"MCID")) {
            let form = kid.get(b"Stm").and_then(Object::as_reference).expect("it names its form");
            assert!(once.contains(&form), "{name}");
            named += 1;
        }
    }
    assert!(named > 300, "{name}: {named}");
}

#[test]
fn under_each_link_stand_the_pixels_that_stood_there_before() {
    // At its full size a page is moved by whole points, so that letters fall on the same pixels.
    let files = sample(
        "  print: {format: pdf, trim: 5.5x8.5in}\n  folded: {format: pdf, of: print, impose: booklet, sheet: letter, creep: false}\n",
    );
    let (plain, folded) = (edition(&files, "print"), edition(&files, "folded"));
    let (before, after) = (Document::load_mem(&plain).expect("a PDF"), Document::load_mem(&folded).expect("a PDF"));
    let links = |document: &Document| -> Vec<(usize, i64, Vec<f32>)> {
        let mut all = Vec::new();
        for (at, id) in document.page_iter().enumerate() {
            let page = document.get_dictionary(id).expect("a page");
            let own = page.get(b"Annots").and_then(Object::as_array).cloned().unwrap_or_default();
            for link in own.iter().filter_map(|link| link.as_reference().ok()) {
                let link = document.get_dictionary(link).expect("a link");
                let key = link.get(b"StructParent").and_then(Object::as_i64).expect("a key");
                all.push((at, key, numbers(link.get(b"Rect").ok())));
            }
        }
        all.sort_by_key(|(_, key, _)| *key);
        all
    };
    let (old, new) = (links(&before), links(&after));
    assert!(old.len() > 100 && old.len() == new.len());
    let drawn = |pdf: &[u8], page: usize, width: u32| raster::page(pdf, page, width).expect("a picture");
    let crop = |picture: &raster::PagePicture, rect: &[f32]| -> Vec<u8> {
        // A thousandth of a point more or less is the same pixel.
        let pixel = |at: f32| (at + 0.01).floor() as usize;
        let (left, right) = (pixel(rect[0]) + 1, pixel(rect[2]));
        let (head, foot) = (pixel(612.0 - rect[3]) + 1, pixel(612.0 - rect[1]));
        let width = picture.width() as usize;
        (head..foot).flat_map(|y| picture.rgba()[(y * width + left) * 4..(y * width + right) * 4].to_vec()).collect()
    };
    let mut pages = std::collections::BTreeMap::new();
    let mut otherwise = 0;
    // In the order of their keys, which count from the number of pages.
    for ((page, _, rect), (side, _, moved)) in old.iter().zip(&new) {
        let (page, side) = (*page, *side);
        let one = pages.entry((0, page)).or_insert_with(|| drawn(&plain, page, 396)).clone();
        let other = pages.entry((1, side)).or_insert_with(|| drawn(&folded, side, 792)).clone();
        let (seen, found) = (crop(&one, rect), crop(&other, moved));
        assert!(seen.iter().any(|value| *value < 128), "a link stands over nothing");
        let apart: u64 = seen.iter().zip(&found).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
        assert_eq!(seen.len(), found.len());
        // A letter on the border between two parts of a pixel may be rounded to either.
        assert!(apart <= 4 * seen.len() as u64, "page {page}, side {side}: {rect:?} and {moved:?} differ by {apart}");
        otherwise += usize::from(apart > seen.len() as u64);
    }
    assert!(otherwise * 20 < old.len(), "{otherwise} of {} are drawn otherwise", old.len());
}

#[test]
fn a_booklet_is_set_at_half_the_sheet_padded_before_its_back_cover_and_told_how_to_print() {
    let desk = Desk::with(&[
        (
            "metadata.yaml",
            "title: The Price of Water\nlanguage: en-GB\neditions:\n  print: {format: pdf}\n  \
             booklet: {format: pdf, impose: booklet, sheet: both, parts: {back_cover: true}}\n",
        ),
        ("10-introduction.md", &format!("# Introduction\n\n{}\n", "Water is cheap until it is not. ".repeat(200))),
    ]);
    let ran = desk.run(&["build", "paper"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(
        names(&desk.path("out")),
        [
            "the-price-of-water-booklet-a4-print.txt",
            "the-price-of-water-booklet-a4.pdf",
            "the-price-of-water-booklet-letter-print.txt",
            "the-price-of-water-booklet-letter.pdf",
            "the-price-of-water.pdf",
        ]
    );
    let slip = String::from_utf8(desk.read("out/the-price-of-water-booklet-a4-print.txt")).expect("UTF-8");
    assert!(slip.starts_with("How to print “The Price of Water”\n"), "{slip}");
    for line in ["Paper: A4 (210 × 297 mm)", "Sides: both, flipped on the short edge"] {
        assert!(slip.contains(line) && ran.out.contains(&format!("  {line}\n")), "{slip}\n{}", ran.out);
    }
    let document = Document::load_mem(&desk.read("out/the-price-of-water-booklet-a4.pdf")).expect("a PDF");
    let catalogue = document.catalog().expect("a catalogue");
    let preferences = catalogue.get(b"ViewerPreferences").and_then(Object::as_dict).expect("preferences");
    assert_eq!(preferences.get(b"Duplex").and_then(Object::as_name).expect("a name"), b"DuplexFlipShortEdge");
    let first = document.page_iter().next().expect("a side");
    let media = numbers(document.get_dictionary(first).expect("a page").get(b"MediaBox").ok());
    assert!((media[2] - 841.89).abs() < 0.1 && (media[3] - 595.276).abs() < 0.1, "{media:?}");
    let labels = catalogue.get(b"PageLabels").and_then(Object::as_dict).expect("labels");
    let labels = labels.get(b"Nums").and_then(Object::as_array).expect("numbers");
    assert_eq!(labels.len(), document.page_iter().count() * 2, "each side has its label");
    let label = labels[1].as_dict().and_then(|label| label.get(b"P")).and_then(Object::as_str).expect("words");
    assert_eq!(String::from_utf8_lossy(label), "Back cover | Cover", "they stand on the outermost side");
}

#[test]
fn a_wrap_is_as_wide_as_two_pages_and_the_spine_that_the_printer_s_formula_gives() {
    let files = sample(
        "  press: {format: pdf, for: kdp, trim: 6x9in}\n  wrap: {format: pdf, impose: wrap, of: press, stock: kdp-cream, template: true}\n",
    );
    let (made, _) = build(&files, None);
    let pages = made[0].pages.expect("it has pages");
    assert_eq!(made.iter().map(|file| file.edition.as_str()).collect::<Vec<_>>(), ["press", "wrap", "wrap"]);
    for file in &made[1..] {
        let document = Document::load_mem(&file.bytes).expect("a PDF");
        let page = document.page_iter().next().and_then(|id| document.get_dictionary(id).ok()).expect("a page");
        let (media, trim) = (numbers(page.get(b"MediaBox").ok()), numbers(page.get(b"TrimBox").ok()));
        let spine = pages as f32 * 0.0025 * 72.0;
        assert!((trim[2] - trim[0] - (2.0 * 432.0 + spine)).abs() < 0.01, "{pages} pages: {trim:?}");
        assert!((media[2] - (2.0 * 432.0 + spine + 18.0)).abs() < 0.01, "an eighth of an inch bleeds: {media:?}");
        assert!((media[3] - (648.0 + 18.0)).abs() < 0.01, "{media:?}");
        assert!(String::from_utf8_lossy(&file.bytes).contains("PDF/X-4"), "it says what it is");
    }
}

#[test]
fn words_of_a_spine_begin_at_its_head_whichever_way_the_language_runs() {
    let turned = |language: &str| {
        let metadata = format!(
            "title: The Price of Water\nlanguage: {language}\nidentifiers: {{isbn_print: 978-0-306-40615-7}}\neditions:\n  \
             press: {{format: pdf, for: kdp, trim: 6x9in}}\n  \
             wrap: {{format: pdf, impose: wrap, of: press, spine_width: 0.5in, spine_text: Water}}\n"
        );
        let desk = Desk::with(&[("metadata.yaml", &metadata), ("10-a.md", "# A\n\nText.\n")]);
        let ran = desk.run(&["build", "paper"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(!ran.err.contains("stands over"), "{}", ran.err);
        let out = desk.path("out");
        let mut names: Vec<_> = std::fs::read_dir(out).expect("it is there").flatten().map(|e| e.path()).collect();
        names.retain(|path| path.to_string_lossy().ends_with("-wrap.pdf"));
        let document = Document::load(&names[0]).expect("a PDF");
        let id = document.page_iter().next().expect("a page");
        let content = Content::decode(&document.get_page_content(id)).expect("content").operations;
        let matrices = content.iter().filter(|op| op.operator == "cm");
        let matrices = matrices.map(|op| numbers(Some(&Object::Array(op.operands.clone()))));
        matrices.filter(|matrix| matrix[0] == 0.0).map(|matrix| matrix[1]).collect::<Vec<f32>>()
    };
    // Clockwise: its left end is at the head; the other way: its right end.
    assert_eq!(turned("en"), [-1.0]);
    assert_eq!(turned("he"), [1.0]);
    assert_eq!(turned("fr"), [1.0], "in French it runs upwards");
}

#[test]
fn a_wrap_s_picture_may_reach_over_back_and_spine_and_bleeds_on_every_side() {
    let desk = Desk::with(&[
        (
            "metadata.yaml",
            "title: The Price of Water\nback_cover: {text: Four towns.}\ncover: {image: art.svg, alt: Waves.}\neditions:\n  \
             press: {format: pdf, for: kdp, trim: 6x9in}\n  \
             whole: {format: pdf, impose: wrap, of: press, spine_width: 0.5in, spine_text: Water, art: whole}\n  \
             front: {format: pdf, impose: wrap, of: press, spine_width: 0.5in, spine_text: Water, art: front}\n",
        ),
        (
            "art.svg",
            "<svg xmlns='http://www.w3.org/2000/svg' width='900' height='600'><rect width='900' height='600' fill='#467'/></svg>",
        ),
        ("10-introduction.md", "# Introduction\n\nText.\n"),
    ]);
    let ran = desk.run(&["build", "paper"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let clip = |name: &str| {
        let document = Document::load_mem(&desk.read(&format!("out/the-price-of-water-{name}.pdf"))).expect("a PDF");
        let id = document.page_iter().next().expect("a page");
        let content = Content::decode(&document.get_page_content(id)).expect("content").operations;
        let clips = content.windows(2).filter(|pair| pair[0].operator == "re" && pair[1].operator == "W");
        let clips: Vec<Vec<f32>> = clips.map(|pair| numbers(Some(&Object::Array(pair[0].operands.clone())))).collect();
        let media = numbers(document.get_dictionary(id).expect("a page").get(b"MediaBox").ok());
        assert_eq!(clips.len(), 1, "one picture: {clips:?}");
        (clips[0][2].abs() - (media[2] - media[0]), clips[0][3].abs() - (media[3] - media[1]))
    };
    let (across, down) = clip("whole");
    assert!(across.abs() < 0.1 && down.abs() < 0.1, "as large as the sheet with its bleed: {across} {down}");
    let (across, _) = clip("front");
    assert!((across + 432.0 + 36.0 + 9.0).abs() < 0.1, "back, spine and a bleed less: {across}");
}

#[test]
fn a_ticket_is_a_sheet_before_the_others_and_numbered_copies_are_a_file_besides() {
    let text = "Water is cheap until it is not. ".repeat(300);
    let desk = Desk::with(&[
        (
            "metadata.yaml",
            "title: The Price of Water\neditions:\n  print: {format: pdf, copies: 12}\n  \
             booklet: {format: pdf, impose: booklet, sheet: letter, ticket: true, copies: 3}\n",
        ),
        ("10-introduction.md", &format!("# Introduction\n\n{text}\n")),
    ]);
    let ran = desk.run(&["build", "paper"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let made = names(&desk.path("out"));
    assert_eq!(
        made,
        [
            "the-price-of-water-booklet-copies-print.txt",
            "the-price-of-water-booklet-copies.pdf",
            "the-price-of-water-booklet-print.txt",
            "the-price-of-water-booklet.pdf",
            "the-price-of-water-copies.pdf",
            "the-price-of-water.pdf"
        ]
    );
    let pages = |name: &str| Document::load_mem(&desk.read(&format!("out/{name}"))).expect("a PDF").page_iter().count();
    let plain = pages("the-price-of-water.pdf");
    assert_eq!(pages("the-price-of-water-copies.pdf"), plain.next_multiple_of(2) * 12);
    let folded = Document::load_mem(&desk.read("out/the-price-of-water-booklet.pdf")).expect("a PDF");
    let sides: Vec<usize> = folded
        .page_iter()
        .map(|id| {
            let page = folded.get_dictionary(id).expect("a page");
            let forms = page.get(b"Resources").and_then(Object::as_dict).and_then(|all| all.get(b"XObject"));
            forms.and_then(Object::as_dict).map_or(0, Dictionary::len)
        })
        .collect();
    assert_eq!(sides[..4], [1, 0, 2, 2], "the ticket has a leaf of its own: {sides:?}");
    let run = pages("the-price-of-water-booklet-copies.pdf");
    assert_eq!(run, 2 + 3 * (sides.len() - 2), "and one before all copies of a print run");
}

#[test]
fn colour_may_stay_on_covers_and_pages_with_pictures() {
    let files = sample("  print: {format: pdf, colour: cover}\n");
    let pages = crate::pdf::pages_of(&files, "print").pages;
    let coloured = |page: &recto::page::Page| {
        page.marks.iter().any(|mark| match &mark.kind {
            recto::page::MarkKind::Text(run) => !run.colour.is_grey(),
            recto::page::MarkKind::Fill { colour, .. } => !colour.is_grey(),
            _ => false,
        })
    };
    let pictured = |page: &recto::page::Page| {
        page.marks.iter().any(|mark| matches!(mark.kind, recto::page::MarkKind::Picture { .. }))
    };
    assert!(coloured(&pages[0]), "the cover keeps its colours");
    let inside: Vec<_> = pages.iter().skip(1).collect();
    assert!(inside.iter().any(|page| pictured(page) && coloured(page)), "a page with a chart does");
    assert!(inside.iter().all(|page| pictured(page) || !coloured(page)), "the others are black and grey");
}

#[test]
fn tabs_stand_at_the_fore_edge_at_the_height_of_their_chapters_and_bleed() {
    let chapters: Vec<(String, String)> =
        (1..=4).map(|n| (format!("{n}0-chapter.md"), format!("# Chapter {n}\n\nWords.\n"))).collect();
    let mut files = recto::source::Memory::new().with(
        "metadata.yaml",
        "title: T\ntheme: book\neditions:\n  press: {format: pdf, for: offset, trim: 6x9in, tabs: true}\n",
    );
    for (name, text) in &chapters {
        files = files.with(name, text.as_str());
    }
    let pages = crate::pdf::pages_of(&files, "press").pages;
    let mut heights = Vec::new();
    for page in &pages {
        let tab = page.marks.iter().find_map(|mark| match &mark.kind {
            recto::page::MarkKind::Fill { rect, .. }
                if rect.right() > page.size.width || rect.origin.x < recto::units::Length::ZERO =>
            {
                Some(*rect)
            }
            _ => None,
        });
        heights.extend(tab.map(|tab| tab.foot()));
    }
    heights.dedup();
    assert_eq!(heights.len(), 4, "{heights:?}");
    assert!(heights.is_sorted(), "one below the other: {heights:?}");
}
