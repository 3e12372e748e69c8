//! Faults planted in a sound manuscript: what recto says of each, at which line, before an e-book is written.

use recto::diagnostic::Diagnostics;
use recto::production::{self, Request};
use recto::source::{Memory, Sources};

const METADATA: &str = "title: A paper\nlanguage: en\ndate: 2026-11\nauthors: [Ann Lee]\ndescription: About it.\ncover: {image: cover.png, alt: A plain blue ground.}\n";

/// A sound manuscript, with a picture, a table, a note, a link.
fn sound() -> Memory {
    Memory::new()
        .with("metadata.yaml", METADATA)
        .with("cover.png", png(1600, 2560))
        .with("images/a.png", png(40, 30))
        .with(
            "1-introduction.md",
            "# Introduction\n\nText.[^a] See [the institute](https://example.org/).\n\n[^a]: A note of some length.\n",
        )
}

/// A PNG file of one colour, as small as can be.
fn png(width: u32, height: u32) -> Vec<u8> {
    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
        })
    }
    fn chunk(out: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
        out.extend((data.len() as u32).to_be_bytes());
        let start = out.len();
        out.extend(kind);
        out.extend(data);
        out.extend(crc(&out[start..]).to_be_bytes());
    }
    use std::io::Write;
    let mut rows = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    let row = vec![0u8; 1 + (width as usize).div_ceil(8)];
    (0..height).for_each(|_| rows.write_all(&row).expect("memory"));
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = Vec::new();
    head.extend(width.to_be_bytes());
    head.extend(height.to_be_bytes());
    head.extend([1, 0, 0, 0, 0]);
    chunk(&mut out, b"IHDR", &head);
    chunk(&mut out, b"IDAT", &rows.finish().expect("memory"));
    chunk(&mut out, b"IEND", b"");
    out
}

/// What is said: `place: lint`.
fn said(files: &Memory, shop: Option<&str>) -> Vec<String> {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let request = Request { edition: Some("ebook".to_owned()), shop: shop.map(str::to_owned), ..Request::default() };
    let _ = production::build(files, &request, &mut sources, &mut diagnostics, &mut |_| {});
    diagnostics.settle();
    diagnostics
        .iter()
        .map(|found| {
            let place = found.span.map_or("-".to_owned(), |span| {
                let at = sources.start(span);
                format!("{}:{}", sources.file(span.source).path, at.line)
            });
            assert!(!found.hints.is_empty(), "{}: no hint", found.message);
            format!("{place}: {}", found.lint.name)
        })
        .collect()
}

/// A fault: what is written, and what is said of it.
struct Fault {
    about: &'static str,
    file: &'static str,
    text: &'static str,
    said: &'static str,
    shop: Option<&'static str>,
}

fn fault(about: &'static str, text: &'static str, said: &'static str) -> Fault {
    Fault { about, file: "2-chapter.md", text, said, shop: None }
}

fn metadata(about: &'static str, text: &'static str, said: &'static str) -> Fault {
    Fault { file: "metadata.yaml", ..fault(about, text, said) }
}

fn shop(name: &'static str, fault: Fault) -> Fault {
    Fault { shop: Some(name), ..fault }
}

fn faults() -> Vec<Fault> {
    vec![
        fault("a picture without words", "# C\n\n![](images/a.png)\n", "2-chapter.md:3: no-alt"),
        fault("a picture called by its kind", "# C\n\n![Chart](images/a.png)\n", "2-chapter.md:3: epub-poor-alt"),
        fault("a picture called by its file", "# C\n\n![trade.png](images/a.png)\n", "2-chapter.md:3: epub-poor-alt"),
        fault(
            "words that repeat the caption",
            "# C\n\n![Trade grew](images/a.png \"Trade grew\")\n",
            "2-chapter.md:3: epub-alt-is-caption",
        ),
        fault("a picture that is not there", "# C\n\n![A map](images/b.png)\n", "2-chapter.md:3: missing-file"),
        fault(
            "a picture on the network",
            "# C\n\n![A map](https://example.org/b.png)\n",
            "2-chapter.md:3: remote-picture",
        ),
        fault("a broken picture", "# C\n\n![A half of a map](images/cut.png)\n", "2-chapter.md:3: bad-picture"),
        fault(
            "a drawing with a script",
            "# C\n\n![A map that moves](images/script.svg)\n",
            "2-chapter.md:3: bad-picture",
        ),
        fault(
            "a drawing with a picture on the network",
            "# C\n\n![A map from afar](images/remote.svg)\n",
            "2-chapter.md:3: bad-picture",
        ),
        fault(
            "a table without a head",
            "# C\n\n|  |  |\n| --- | --- |\n| a | 1 |\n",
            "2-chapter.md:3: epub-table-head",
        ),
        fault(
            "a column without a name",
            "# C\n\n| a |  |\n| --- | --- |\n| b | 1 |\n",
            "2-chapter.md:3: epub-table-head",
        ),
        fault(
            "a heading that skips a level",
            "# C\n\n## D\n\nText.\n\n#### E\n\nText.\n",
            "2-chapter.md:7: heading-level",
        ),
        fault("a heading without words", "# C\n\nText.\n\n## &nbsp;\n\nText.\n", "2-chapter.md:5: epub-empty-heading"),
        fault("a link to a file", "# C\n\nSee [the data](data/table.html).\n", "2-chapter.md:3: undefined-label"),
        fault(
            "a link that runs a script",
            "# C\n\nSee [the data](javascript:void).\n",
            "2-chapter.md:3: epub-bad-link",
        ),
        fault("an address without a host", "# C\n\nSee [the data](https:///x).\n", "2-chapter.md:3: epub-bad-link"),
        fault(
            "a link called \"here\"",
            "# C\n\nThe data are [here](https://example.org/x).\n",
            "2-chapter.md:3: epub-link-words",
        ),
        fault(
            "a link to a label that is not there",
            "# C\n\nSee [the data](#tbl-none).\n",
            "2-chapter.md:3: undefined-label",
        ),
        fault("a note that is not defined", "# C\n\nText.[^none]\n", "2-chapter.md:3: undefined-note"),
        fault("one label twice", "# C {#one}\n\nText.\n\n## D {#one}\n\nText.\n", "2-chapter.md:5: duplicate-label"),
        fault(
            "a sentence in Russian, not marked",
            "# C\n\nHe wrote: Все счастливые семьи похожи.\n",
            "2-chapter.md:3: epub-unmarked-language",
        ),
        fault("a control character", "# C\n\nText\u{8}.\n", "2-chapter.md:3: epub-control"),
        fault("a section without text", "# C\n", "2-chapter.md:1: empty-section"),
        metadata("a bad language", "title: T\nlanguage: english\n", "metadata.yaml:2: bad-language"),
        metadata("a bad ISBN", "title: T\nidentifiers: {isbn_epub: 978-3-16-148410-1}\n", "metadata.yaml:2: bad-isbn"),
        metadata(
            "one ISBN for two editions",
            "title: T\nidentifiers: {isbn_epub: 978-3-16-148410-0, isbn_print: 978-3-16-148410-0}\n",
            "-: epub-same-isbn",
        ),
        metadata("no title", "language: en\n", "metadata.yaml:1: missing-key"),
        metadata(
            "an exemption that there is not",
            "title: T\naccessibility: {exemption: too-small}\n",
            "metadata.yaml:2: wrong-value",
        ),
        metadata("a cover without words", "title: T\ncover: {image: cover.png}\n", "metadata.yaml:2: no-alt"),
        shop(
            "kobo",
            fault(
                "a table of six columns",
                "# C\n\n| a | b | c | d | e | f |\n| - | - | - | - | - | - |\n| 1 | 2 | 3 | 4 | 5 | 6 |\n",
                "2-chapter.md:3: epub-wide-table",
            ),
        ),
        shop("kobo", fault("a note of two letters", "# C\n\nText.[^s]\n\n[^s]: ib\n", "2-chapter.md:5: shop-note")),
        shop(
            "apple",
            fault(
                "a link to another shop",
                "# C\n\nBuy [the book](https://www.amazon.com/dp/1).\n",
                "2-chapter.md:3: shop-rival",
            ),
        ),
        shop(
            "kdp",
            metadata(
                "a small cover",
                "title: T\nauthors: [A]\ndescription: D.\ncover: {image: images/a.png, alt: A ground., layout: whole}\n",
                "metadata.yaml:4: shop-cover",
            ),
        ),
        shop("google", metadata("no ISBN", METADATA, "-: shop-metadata")),
    ]
}

fn with(files: Memory, fault: &Fault) -> Memory {
    files
        .with("images/cut.png", &png(40, 30)[..60])
        .with("images/huge.png", png(6000, 4000))
        .with("images/script.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><script>1</script></svg>")
        .with("images/remote.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"9\" height=\"9\"><image xlink:href=\"https://example.org/a.png\" width=\"9\" height=\"9\"/></svg>")
        .with(fault.file, fault.text)
}

#[test]
fn a_sound_manuscript_has_nothing_to_mend_and_suits_every_shop() {
    let none: Vec<String> = Vec::new();
    assert_eq!(said(&sound(), None), none);
    for shop in ["kdp", "apple", "d2d"] {
        assert_eq!(said(&sound(), Some(shop)), none, "{shop}");
    }
}

#[test]
fn the_e_book_has_its_own_size_of_a_picture_of_24_megapixels() {
    let files =
        sound().with("images/huge.png", png(6000, 4000)).with("3-map.md", "# M\n\n![A map of all](images/huge.png)\n");
    for shop in ["kdp", "apple", "d2d", "kobo"] {
        let found = said(&files, Some(shop));
        assert!(!found.iter().any(|one| one.contains("shop-picture")), "{shop}: {found:?}");
    }
}

#[test]
fn every_planted_fault_is_said_at_its_line() {
    let all = faults();
    assert!(all.len() >= 30, "{} faults", all.len());
    let mut wrong = Vec::new();
    for fault in &all {
        let found = said(&with(sound(), fault), fault.shop);
        if !found.iter().any(|one| one == fault.said) {
            wrong.push(format!("{}: expected {}, said {found:?}", fault.about, fault.said));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_shop_that_recto_does_not_know_is_said() {
    assert_eq!(said(&sound(), Some("corner-shop")), ["-: shop-unknown"]);
}
