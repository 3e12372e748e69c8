//! What is read, row by row of the format's tables.

use super::parsed::PKind;
use super::*;
use crate::dice::{Dice, rounds};
use crate::source::Sources;

fn read(text: &str) -> (Parsed, Vec<String>) {
    read_with(text, false)
}

fn read_with(text: &str, bibliography: bool) -> (Parsed, Vec<String>) {
    let mut sources = Sources::new();
    let source = sources.add("a.md", text.to_owned());
    let mut diagnostics = Diagnostics::new();
    let parsed = parse(
        source,
        text,
        0..text.len(),
        Asked {
            bibliography,
            works: None,
            language: &Language::english(),
            indent: Indent::Guess,
            includes: &mut NoIncludes,
        },
        &mut Ids::default(),
        &mut diagnostics,
    );
    let said = diagnostics
        .iter()
        .map(|d| format!("{}:{}", d.span.map_or(0, |span| sources.start(span).column), d.message))
        .collect();
    (parsed, said)
}

/// The first paragraph's pieces, as a short form.
fn pieces(text: &str) -> String {
    first(read(text).0)
}

/// The same, of a manuscript with a list of works.
fn cited(text: &str) -> String {
    first(read_with(text, true).0)
}

fn first(parsed: Parsed) -> String {
    let block = parsed.divisions.into_iter().flat_map(|d| d.blocks).next().expect("there is a block");
    match block.kind {
        PBlockKind::Paragraph(text) => show(&text.content),
        other => format!("{other:?}"),
    }
}

fn show(content: &[PInline]) -> String {
    content
        .iter()
        .map(|piece| match &piece.kind {
            PKind::Text(text) => text.clone(),
            PKind::Emphasis(inner) => format!("<em>{}</em>", show(inner)),
            PKind::Strong(inner) => format!("<b>{}</b>", show(inner)),
            PKind::SmallCaps(inner) => format!("<sc>{}</sc>", show(inner)),
            PKind::Superscript(inner) => format!("<sup>{}</sup>", show(inner)),
            PKind::Subscript(inner) => format!("<sub>{}</sub>", show(inner)),
            PKind::Underline(inner) => format!("<u>{}</u>", show(inner)),
            PKind::Highlight(inner) => format!("<mark>{}</mark>", show(inner)),
            PKind::Place(label, inner) => format!("<place {label}>{}</>", show(inner)),
            PKind::Names(labels) => format!("<names {}>", labels.join(" ")),
            PKind::Number(label) => format!("<number {label}>"),
            PKind::Named(name, label, inner) => format!("<named {name} {label:?}>{}</>", show(inner)),
            PKind::File(path, label, inner) => format!("<file {path} {label:?}>{}</>", show(inner)),
            PKind::Strike(inner) => format!("<s>{}</s>", show(inner)),
            PKind::Keep(inner) => format!("<keep>{}</keep>", show(inner)),
            PKind::Foreign(language, inner) => format!("<{language}>{}</>", show(inner)),
            PKind::Link(url, inner) => format!("<a {url}>{}</a>", show(inner)),
            PKind::Address { url, shown } => format!("<{url}|{shown}>"),
            PKind::Name(label) => format!("<name {label}>"),
            PKind::Page(label) => format!("<page {label}>"),
            PKind::NoteNumber(label) => format!("<number of {label}>"),
            PKind::Document(path) => format!("<document {path}>"),
            PKind::When(_, inner) => format!("<when {}>", show(inner)),
            PKind::Words(label, inner) => format!("<words {label}>{}</>", show(inner)),
            PKind::NoteCall(label) => format!("<call {label}>"),
            PKind::Citation(citation) => {
                let one = |item: &super::parsed::PCited| {
                    let author = if item.without_author { "-" } else { "" };
                    format!("{}|{author}{}|{}", show(&item.before), item.key, show(&item.after))
                };
                let items: Vec<String> = citation.items.iter().map(one).collect();
                format!("<{:?} {}>", citation.manner, items.join("; "))
            }
            PKind::Mark(mark) => format!("<mark {}>", mark.entry[0].words),
            PKind::InlineNote(_, inner) => format!("<note {}>", show(inner)),
            PKind::LineBreak => "<br>".to_owned(),
            PKind::Code(text) => format!("<code {text}>"),
            other => format!("{other:?}"),
        })
        .collect()
}

#[test]
fn a_caption_in_quotes_is_markdown_at_its_place() {
    let caption = |text: &str| {
        let (parsed, said) = read(text);
        assert!(said.is_empty(), "{said:?}");
        match parsed.divisions.into_iter().flat_map(|d| d.blocks).next().map(|block| block.kind) {
            Some(PBlockKind::Figure(figure)) => {
                figure.caption.map(|caption| (show(&caption.content), caption.span.start))
            }
            other => panic!("{other:?}"),
        }
    };
    let read = caption("![A](a.png \"Real *words* of [page](#x)[^n]\")\n\n[^n]: N.\n");
    assert_eq!(read, Some(("Real <em>words</em> of <page x><call n>".to_owned(), 12)));
    assert_eq!(caption("![A](a.png){fig-cap=\"Salt\"}\n"), Some(("Salt".to_owned(), 21)));
    // What is escaped in the quotes does not stand there as it is meant: it is taken as words.
    let escaped = caption("![A](a.png \"A \\\"map\\\"\")\n").map(|(words, _)| words);
    assert_eq!(escaped.as_deref(), Some("A \"map\""));
}

#[test]
fn notes_are_called_by_label_or_written_on_the_spot() {
    assert_eq!(pieces("Reform.[^a]\n\n[^a]: A note.\n"), "Reform.<call a>");
    assert_eq!(pieces("Reform.[^nobody] And on.\n"), "Reform.<call nobody> And on.");
    assert_eq!(
        pieces("Reform.^[See *Smith*, [p. 3](https://a.org).] On.\n"),
        "Reform.<note See <em>Smith</em>, <a https://a.org>p. 3</a>.> On."
    );
    let (parsed, _) = read("A.[^a]\n\n::: box\nB.[^b]\n:::\n\n[^a]: One.\n\n    Two.\n\n[^b]: Three.\n");
    assert_eq!(parsed.notes.len(), 2);
    assert_eq!(parsed.notes[0].blocks.len(), 2, "a note of two paragraphs");
}

#[test]
fn references_have_two_spellings() {
    assert_eq!(pieces("See @fig-map, @tbl-trade.\n"), "See <name fig-map>, <name tbl-trade>.");
    assert_eq!(
        pieces("See [](#map), [page](#map), [the map](#map).\n"),
        "See <name map>, <page map>, <words map>the map</>."
    );
    assert_eq!(pieces("Write to me@fig-leaf.org or @nobody.\n"), "Write to me@fig-leaf.org or @nobody.");
}

#[test]
fn spans_and_raised_words() {
    assert_eq!(pieces("A [말]{lang=ko} and [Nato]{.smallcaps}.\n"), "A <ko>말</> and <sc>Nato</sc>.");
    assert_eq!(
        pieces("H~2~O, 10^th^, ~~gone~~, [a b]{.keep}\n"),
        "H<sub>2</sub>O, 10<sup>th</sup>, <s>gone</s>, <keep>a b</keep>"
    );
    assert_eq!(pieces("A list [of two] things and \\[one\\].\n"), "A list [of two] things and [one].");
}

#[test]
fn bare_addresses_are_linked_with_their_bytes_unchanged() {
    assert_eq!(
        pieces("See https://a.org/x--y_(z)?q=1&p='2'. Then www.b.org, and 10.1000/182.\n"),
        "See <https://a.org/x--y_(z)?q=1&p='2|https://a.org/x--y_(z)?q=1&p='2>'. Then <https://www.b.org|www.b.org>, and <https://doi.org/10.1000/182|10.1000/182>."
    );
}

#[test]
fn html_that_is_known_is_understood_and_the_rest_is_said() {
    assert_eq!(pieces("a<sub>2</sub><br>b <span lang=\"fr\">oui</span><!-- no -->\n"), "a<sub>2</sub><br>b <fr>oui</>");
    let (_, said) = read("a <font color=red>b</font>\n");
    assert_eq!(said, ["3:\"color\" of <font> is left out"]);
    let (_, said) = read("a <marquee>b</marquee>\n");
    assert_eq!(said, ["3:<marquee> is not set; its text is kept"]);
    let form = "<label for=\"a\"><input type=\"checkbox\" checked> b</label> <time>May</time>\n";
    assert_eq!((pieces(form), read(form).1), ("☑ b May".to_owned(), Vec::new()));
    // What is known is never said to be unknown, wherever it is cut.
    let (_, said) = read("a <b>b\n\nc</b> d\n");
    let ends = "2:this </b> ends nothing that began in its paragraph";
    assert_eq!(said, ["3:this <b> never ends and is left out; its text is kept", ends]);
    let (_, said) = read("<small>\n\nb\n\n</small>\n");
    assert_eq!(said.len(), 2);
    assert!(said.iter().all(|said| !said.contains("is not set")), "{said:?}");
}

#[test]
fn money_is_not_mathematics() {
    assert_eq!(pieces("From $5 to $10 and $x^2$.\n"), "From $5 to $10 and .");
    let (_, said) = read("From $5 to $10 and $x^2$.\n");
    assert_eq!(said, ["20:a formula, which recto does not set"]);
}

#[test]
fn a_formula_is_one_fault_whatever_it_holds_and_however_long_it_is() {
    for text in [
        "a $x_1 + y_2$ b\n",
        "a $\\frac{1}{2}$ *b*\n",
        "$$\na_1\n\n= b_2\n- c\n$$\n",
        "so \\(n_1\\) and\n",
        "\\[ a + b \\]\n",
        "\\begin{align}\na &= b \\\\\n\n# c\n\\end{align}\n",
    ] {
        let (_, said) = read(text);
        assert!(said.len() == 1 && said[0].ends_with(":a formula, which recto does not set"), "{text}{said:?}");
    }
    for text in [
        "Pay $5 or US$6_000.\n",
        "\\[one\\] \\(two words\\)\n",
        "\\[در <b>a = b</b>\\]\n",
        "`$x_1$`\n",
        "    $x_1$\n",
        "It costs \\$x_1\\$.\n",
    ] {
        assert_eq!(read(text).1, Vec::<String>::new(), "{text}");
    }
    let (_, said) = read("between $a and b$ here\n");
    assert_eq!(said, ["9:what stands between these dollar signs is printed as it is"]);
}

#[test]
fn what_only_looks_like_html_is_text() {
    for text in [
        "Press <Enter> now.",
        "Dear <First Name>, hi",
        "a<b and c>d",
        "<!NOTE> Text.",
        "<?x> Text",
        "<signature>",
        "Dear <title> Lee",
    ] {
        assert_eq!(pieces(&format!("{text}\n")), text);
        let (_, said) = read(&format!("{text}\n"));
        assert!(said.len() == 1 && said[0].contains("looks like HTML"), "{text}{said:?}");
    }
    assert_eq!(
        pieces("<ann@a.org> <https://a.org>\n"),
        "<a mailto:ann@a.org>ann@a.org</a> <https://a.org|https://a.org>"
    );
}

#[test]
fn html_in_a_line_is_understood_with_markdown_inside() {
    assert_eq!(
        pieces("<u>a *b*</u> <mark>c</mark> <b>d</b> <ins>e</ins>\n"),
        "<u>a <em>b</em></u> <mark>c</mark> <b>d</b> <u>e</u>"
    );
    assert_eq!(pieces("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>\n"), "漢(かん)");
    assert_eq!(
        pieces("<q>so</q> <code>x</code> <a href=\"https://a.org\">b</a>\n"),
        "\"so\" <code x> <a https://a.org>b</a>"
    );
    assert_eq!(pieces("a <i>b <b>c</i> d</b>\n"), "a <em>b c</em> d");
}

#[test]
fn references_of_quarto_and_pandoc_are_no_citations() {
    assert_eq!(pieces("@Fig-a, @fig:b and @lst-c\n"), "<name fig-a>, <name fig:b> and <name lst-c>");
    assert_eq!(pieces("[@fig-a; @tbl-b] [-@fig-a] [@sec:x]\n"), "<names fig-a tbl-b> <number fig-a> <name sec:x>");
    assert_eq!(pieces("@fig-a and -@fig-b. co-@fig-c\n"), "<name fig-a> and <number fig-b>. co-<name fig-c>");
    assert_eq!(
        pieces("[Figures @fig-a, @fig-b and -@tbl-c] [Figure @fig-a and @tbl-c]\n"),
        "Figures\u{a0}<number fig-a>, <number fig-b> and <number tbl-c> [Figure <name fig-a> and <name tbl-c>]"
    );
    assert_eq!(pieces("[see @fig-a, left] \\@ref(fig:map)\n"), "[see <name fig-a>, left] <number fig:map>");
    assert_eq!(pieces("[a](20-b.md#c) [](./b%20c.md)\n"), "<file 20-b.md Some(\"c\")>a</> <file ./b c.md None></>");
    assert_eq!(pieces("[Brine]{#brine} x\n"), "<place brine>Brine</> x");
}

#[test]
fn works_are_cited_as_pandoc_has_it() {
    assert_eq!(cited("A [@a; @b].\n"), "A <Apart |a|; |b|>.");
    assert_eq!(
        cited("[see @a, pp. 3-5, 9, *for* a survey; also @b_c.d:e/f, ch. 2]\n"),
        "<Apart see |a|, pp. 3-5, 9, <em>for</em> a survey; also |b_c.d:e/f|, ch. 2>"
    );
    assert_eq!(cited("@a says; @a [p. 33] says. (@b)\n"), "<InText |a|> says; <InText |a|p. 33> says. (<InText |b|>)");
    assert_eq!(cited("@a [p. 3; see @b] x\n"), "<InText |a|p. 3; see |b|> x");
    assert_eq!(cited("@a [@b] x\n"), "<InText |a|> <Apart |b|> x");
    assert_eq!(cited("He [-@a, 12] and -@b. co-@c\n"), "He <Apart |-a|, 12> and <Apart |-b|>. co-<InText |c|>");
    assert_eq!(
        cited("^[As @a [p. 3] shows; but see [@b].]\n"),
        "<note As <InText |a|p. 3> shows; but see <Apart |b|>.>"
    );
    assert_eq!(cited("[@a, {vol. 2; § 4} with] [@a{}, 99 x]\n"), "<Apart |a|, {vol. 2; § 4} with> <Apart |a|{}, 99 x>");
    assert_eq!(cited("[@{odd key}] @{https://a.org/?b=1}.\n"), "<Apart |odd key|> <InText |https://a.org/?b=1|>.");
    assert_eq!(cited("\\@name and a@b.org, @a's. [x]\n"), "@name and a@b.org, <InText |a|>'s. [x]");
    assert_eq!(cited("[@fig-a; @tbl-b] @sec-x [@a, @b]\n"), "<names fig-a tbl-b> <name sec-x> <Apart |a|; |b|>");
    assert_eq!(cited("*[see **also** @a]*\n"), "<em><Apart see <b>also</b> |a|></em>");
    let (parsed, said) = read_with("# R\n\n::: {#refs}\n:::\n", true);
    assert!(said.is_empty(), "{said:?}");
    assert!(matches!(parsed.divisions[0].blocks[0].kind, PBlockKind::Works));
}

#[test]
fn a_link_by_reference_needs_its_definition() {
    assert_eq!(read("See [the report][rep].\n").1, ["5:nothing defines \"[rep]\", to which this link leads"]);
    assert_eq!(read("See ![a map][] here.\n").1, ["6:nothing defines \"[a map]\", to which this picture leads"]);
    assert_eq!(read("a[i][j] and x [1][2] and [so] [it] is\n").1, Vec::<String>::new());
}

#[test]
fn a_backslash_is_a_letter_unless_tex_was_meant() {
    assert_eq!(pieces("C:\\Users\\ann and\\or \\n is\n"), "C:\\Users\\ann and\\or \\n is");
    for text in ["x \\today y\n", "a \\section{One}\n", "a \\includegraphics[width=1cm]{a.png} b\n"] {
        let (_, said) = read(text);
        assert!(said.len() == 1 && said[0].contains("TeX command"), "{text}{said:?}");
    }
    assert!(read("\\cite[p. 3]{a} b\n").1[0].contains("names no list of works"));
}

#[test]
fn chinese_needs_no_spaces_for_emphasis_and_lines() {
    assert_eq!(pieces("有**重点。**后**「引号」**之\n"), "有<b>重点。</b>后<b>「引号」</b>之");
    assert_eq!(pieces("夕方に\n帰った。\n船 and\nsalt\n"), "夕方に帰った。船 and salt");
    assert_eq!(pieces("한국\n사람은 **\"강조\"**는\n"), "한국 사람은 <b>\"강조\"</b>는");
}

#[test]
fn notes_on_the_spot_hold_brackets_links_and_lines() {
    assert_eq!(
        pieces("A^[b [c] [d](https://e.org)\n*f\ng*] h\n"),
        "A<note b [c] <a https://e.org>d</a> <em>f g</em>> h"
    );
    assert_eq!(pieces("A[^ 1] b\n\n[^1]: N.\n"), "A<call 1> b");
}

#[test]
fn markup_in_an_attribute_does_not_undo_the_braces() {
    let (parsed, said) = read("## The quay {#quay short=\"The *old* quay\"}\n\n[words]{.smallcaps lang=\"en\"} _x_\n");
    assert!(said.is_empty(), "{said:?}");
    assert_eq!(parsed.divisions[0].blocks[0].label.as_ref().map(|(label, _)| label.as_str()), Some("quay"));
}

#[test]
fn a_picture_alone_is_a_figure_with_what_follows_it() {
    let (parsed, said) = read(
        "![A map](images/a.png){#fig-map width=60%}\n\nFigure: The *new* caption[^a]\n\nSource: us.\n\nCredit: them.\n\n[^a]: x\n",
    );
    assert!(said.is_empty(), "{said:?}");
    let block = &parsed.divisions[0].blocks[0];
    assert_eq!(block.label.as_ref().map(|(label, _)| label.as_str()), Some("fig-map"));
    let PBlockKind::Figure(figure) = &block.kind else { panic!("{block:?}") };
    assert_eq!(figure.attributes.get("width"), Some("60%"));
    assert_eq!(figure.caption.as_ref().map(|c| show(&c.content)).as_deref(), Some("The <em>new</em> caption<call a>"));
    assert!(figure.source.is_some() && figure.credit.is_some());
    assert_eq!(parsed.divisions[0].blocks.len(), 1);
}

#[test]
fn a_table_takes_its_caption_from_before_or_after() {
    for text in [
        "Table: Trade {#tbl-trade widths=\"1 2\"}\n\n| a | b |\n| --- | --: |\n| 1 | 2 |\n\nSource: us.\n",
        "| a | b |\n| --- | --: |\n| 1 | 2 |\n\nTable: Trade {#tbl-trade widths=\"1 2\"}\n\nSource: us.\n",
        "| a | b |\n| --- | --: |\n| 1 | 2 |\n\n: Trade {#tbl-trade widths=\"1 2\"}\n\nSource: us.\n",
    ] {
        let (parsed, said) = read(text);
        assert!(said.is_empty(), "{said:?}");
        let block = &parsed.divisions[0].blocks[0];
        let PBlockKind::Table(table) = &block.kind else { panic!("{block:?}") };
        assert_eq!(table.caption.as_ref().map(|c| show(&c.content)).as_deref(), Some("Trade"), "{text}");
        assert_eq!(table.widths, [Some(1000), Some(2000)]);
        assert!(table.source.is_some());
        assert_eq!(block.label.as_ref().map(|(label, _)| label.as_str()), Some("tbl-trade"));
    }
}

#[test]
fn boxes_are_written_in_three_ways() {
    for text in [
        "> [!NOTE]\n> Text.\n",
        "::: {.callout-note title=\"Mind\"}\nText.\n:::\n",
        "::: callout-note\n## Mind\n\nText.\n:::\n",
    ] {
        let (parsed, said) = read(text);
        assert!(said.is_empty(), "{said:?}");
        assert!(
            matches!(
                &parsed.divisions[0].blocks[0].kind,
                PBlockKind::Box { kind: crate::book::block::BoxKind::Note, .. }
            ),
            "{text}"
        );
    }
}

#[test]
fn divs_nest_and_must_close() {
    let (parsed, said) = read("::: box\n::: pullquote\nBig.\n:::\nText.\n:::\n\nAfter.\n");
    assert!(said.is_empty(), "{said:?}");
    assert_eq!(parsed.divisions[0].blocks.len(), 2);
    let (_, said) = read("::: box\nText.\n");
    assert_eq!(said, ["1:this \":::\" block never ends"]);
    let (_, said) = read("Text.\n\n:::\n");
    assert_eq!(said, ["1:this \":::\" closes nothing"]);
}

#[test]
fn verse_keeps_its_lines() {
    for text in ["| The limerick packs\n|   laughs\n", "::: verse\nThe limerick packs\n  laughs\n:::\n"] {
        let (parsed, _) = read(text);
        let PBlockKind::Verse(stanzas) = &parsed.divisions[0].blocks[0].kind else { panic!("{text}") };
        assert_eq!(stanzas[0].len(), 2);
        assert_eq!(stanzas[0][1].0, 1, "{text}");
    }
}

#[test]
fn level_one_headings_open_divisions() {
    let (parsed, _) = read("Before.\n\n# One {#a .conclusion short=\"O\"}\n\nText.\n\n## Sub\n\n# Two\n");
    assert_eq!(parsed.divisions.len(), 3);
    let heading = parsed.divisions[1].heading.as_ref().expect("it has one");
    assert_eq!(show(&heading.title.content), "One");
    assert_eq!(heading.attributes.get("short"), Some("O"));
    assert!(heading.attributes.has("conclusion"));
}

#[test]
fn foreign_constructs_are_said_with_a_way_to_say_them_here() {
    for (text, message) in [
        ("See [@smith2020, p. 3].\n", "a work is cited, but the metadata names no list of works"),
        ("{{< include a.qmd >}}\n", "there is no file \"a.qmd\" to include"),
        ("```{=docx}\n\\foo\n```\n", "what is written for docx alone is left out"),
        ("```{python}\n1\n```\n", "the code cell \"python\" is not run"),
        ("A \\today b.\n", "the TeX command \"\\today\" is not understood"),
    ] {
        let (_, said) = read(text);
        assert!(said.iter().any(|said| said.ends_with(message)), "{text}: {said:?}");
    }
}

/// The blocks of a text, as a short form.
fn outline(blocks: &[PBlock]) -> String {
    let mut out = Vec::new();
    for block in blocks {
        out.push(match &block.kind {
            PBlockKind::Paragraph(text) => format!("p({})", show(&text.content)),
            PBlockKind::Heading(heading) => format!("h{}({})", heading.level, show(&heading.title.content)),
            PBlockKind::List { marker, items, .. } => {
                let items: Vec<String> = items
                    .iter()
                    .enumerate()
                    .map(|(at, item)| {
                        format!("{} {}", marker.label(at).unwrap_or("-".to_owned()), outline(&item.blocks))
                    })
                    .collect();
                format!("list({})", items.join("; "))
            }
            PBlockKind::Quote(_, blocks) => format!("quote({})", outline(blocks)),
            PBlockKind::Box { kind, title, blocks } => {
                let title = title.as_ref().map(|title| show(&title.content)).unwrap_or_default();
                format!("{kind:?}[{title}]({})", outline(blocks))
            }
            PBlockKind::Code { text, .. } => format!("code({})", show(&text.content)),
            PBlockKind::Table(table) => {
                let row = |row: &Vec<crate::markdown::parsed::PCell>| {
                    let cell = |cell: &crate::markdown::parsed::PCell| {
                        format!("{}x{} {}{}", cell.across, cell.down, show(&cell.text.content), outline(&cell.more))
                    };
                    row.iter().map(cell).collect::<Vec<_>>().join(" | ")
                };
                let rows: Vec<String> = table.above.iter().chain([&table.head]).chain(&table.rows).map(row).collect();
                format!("table({})", rows.join(" / "))
            }
            PBlockKind::Definitions(all) => {
                let one = |(terms, meanings): &(Vec<PText>, Vec<Vec<PBlock>>)| {
                    let terms: Vec<String> = terms.iter().map(|term| show(&term.content)).collect();
                    let meanings: Vec<String> = meanings.iter().map(|blocks| outline(blocks)).collect();
                    format!("{}: {}", terms.join(","), meanings.join(", "))
                };
                format!("terms({})", all.iter().map(one).collect::<Vec<_>>().join("; "))
            }
            PBlockKind::Ornament => "break".to_owned(),
            PBlockKind::Recommendations => "recommendations".to_owned(),
            other => format!("{other:?}"),
        });
    }
    out.join(" ")
}

fn blocks_of(text: &str) -> String {
    let (parsed, _) = read(text);
    parsed.divisions.iter().map(|division| outline(&division.blocks)).collect::<Vec<_>>().join(" # ")
}

#[test]
fn lettered_lists_are_lists_and_initials_are_not() {
    assert_eq!(blocks_of("(a) one\n(b) two\n"), "list((a) p(one); (b) p(two))");
    assert_eq!(blocks_of("i. one\nii. two\n\n    more\n"), "list(i. p(one); ii. p(two) p(more))");
    assert_eq!(blocks_of("A) one\n\nB) two\n"), "list(A) p(one); B) p(two))");
    assert_eq!(blocks_of("- x\n  a. one\n  b. two\n"), "list(- p(x) list(a. p(one); b. p(two)))");
    assert_eq!(blocks_of("• one\n• two\n"), "list(- p(one); - p(two))");
    for text in [
        "(C) 2024 Ann",
        "p. 5 is it",
        "I. Newton wrote",
        "A. Lee and\nB. Cee",
        "a. alone",
        "1986. A year",
        "2. Mai 1999",
    ] {
        assert_eq!(blocks_of(text), format!("p({})", text.replace('\n', " ")), "{text}");
    }
    assert_eq!(blocks_of("2. two\n\n3. three\n"), "list(2. p(two); 3. p(three))");
    assert_eq!(blocks_of("7. seven\n\n   more\n"), "list(7. p(seven) p(more))");
    assert_eq!(blocks_of("1986. A year\n1987. Another\n"), "list(1986. p(A year); 1987. p(Another))");
}

#[test]
fn the_lines_at_the_head_and_the_end_of_a_letter_stay() {
    let body = "I write to you of the nine districts, and of what was said in each of them\nwhen the bills came.";
    let text =
        format!("::: letter\nMill Lane\nLeeds\n\nDear Ada,\n\n{body}\nI am well.\n\nYours,\nA. R.\n:::\n\nOne\ntwo\n");
    let (parsed, _) = read(&text);
    let blocks = &parsed.divisions[0].blocks;
    let PBlockKind::Quote(_, letter) = &blocks[0].kind else { panic!("{:?}", blocks[0].kind) };
    let said: Vec<(bool, String)> = letter
        .iter()
        .map(|block| match &block.kind {
            PBlockKind::Flush(text) => (true, show(&text.content)),
            PBlockKind::Paragraph(text) => (false, show(&text.content)),
            other => panic!("{other:?}"),
        })
        .collect();
    let body = format!("{} I am well.", body.replace('\n', " "));
    let lines = [(true, "Mill Lane<br>Leeds"), (true, "Dear Ada,"), (false, &body), (true, "Yours,<br>A. R.")];
    assert_eq!(said, lines.map(|(flush, words)| (flush, words.to_owned())));
    assert_eq!(outline(&blocks[1..]), "p(One two)");
    // Sentences that are short are no signature.
    let text = "::: letter\nDear Ada,\n\nI am well.\nCome soon.\n\nAda\n:::\n";
    assert!(format!("{:?}", read(text).0.divisions[0].blocks).contains("I am well. Come soon."));
}

#[test]
fn examples_are_counted_through_and_named() {
    let text = "(@) One.\n(@good) Two.\n\nAs (@good) shows.\n\n(@) Three.\n";
    assert_eq!(blocks_of(text), "list((1) p(One.); (2) p(Two.)) p(As (2) shows.) list((3) p(Three.))");
    assert!(blocks_of("(@good) One.\n\n| a | b |\n|---|---|\n| (@good) | c |\n").contains("(1)"), "in a cell");
}

#[test]
fn html_is_read_with_the_markdown_in_it() {
    assert_eq!(blocks_of("<p>First.</p><p>*Second.*</p>\n"), "p(First.) p(<em>Second.</em>)");
    assert_eq!(blocks_of("<ul><li>One</li>\n<li>Two</ul>\n"), "list(- p(One); - p(Two))");
    assert_eq!(blocks_of("<ol start=3 type=a><li>One</ol>\n"), "list(c. p(One))");
    assert_eq!(blocks_of("<div>\n\n- a\n- b\n</div>\nx\n"), "list(- p(a); - p(b)) p(x)");
    assert_eq!(blocks_of("- x <blockquote>y</blockquote>\n- z\n"), "list(- p(x) quote(p(y)); - p(z))");
    assert_eq!(blocks_of("<dl><dt>A<dd>b</dl>\n"), "terms(A: p(b))");
    assert_eq!(blocks_of("<h2>T &amp; U</h2>\n"), "h2(T & U)");
    assert_eq!(blocks_of("<details><summary>S</summary>\n\nHid.\n</details>\n"), "Plain[S](p(Hid.))");
    assert_eq!(
        blocks_of("<pre><code>a &lt; b\n  c</code></pre>\n"),
        "code(<code a\u{a0}<\u{a0}b><br><code \u{a0}\u{a0}c>)"
    );
}

#[test]
fn tables_in_html_keep_their_spans() {
    let text = "<table><tr><th>A</th><th colspan=2>B</th></tr>\n<tr><td rowspan=\"2\">1</td><td>2</td><td>- 3</td></tr>\n<tr><td>4</td><td>5</td></tr></table>\n";
    assert_eq!(blocks_of(text), "table(1x1 A | 2x1 B | 0x1  / 1x2 1 | 1x1 2 | 1x1 - 3 / 0x1  | 1x1 4 | 1x1 5)");
}

#[test]
fn drawn_tables_are_tables() {
    let grid = "+---+---------+\n| A | B       |\n+===+=========+\n| 1 | - x     |\n|   | - *y*   |\n+---+---------+\n| wide        |\n+-------------+\n";
    assert_eq!(blocks_of(grid), "table(1x1 A | 1x1 B / 1x1 1 | 1x1 list(- p(x); - p(<em>y</em>)) / 2x1 wide | 0x1 )");
    let simple = "Right     Left\n-------     ------\n  12     12\n 123     one\n";
    assert!(blocks_of(simple).starts_with("table(1x1 Right"), "{}", blocks_of(simple));
    let several = "-----------------------\nOne        Two words\n---------- ------------\nfirst      goes on\nrow        here\n\nsecond     x\n-----------------------\n";
    assert_eq!(
        blocks_of(several),
        "table(1x1 One | 1x1 Two words / 1x1 first row | 1x1 goes on here / 1x1 second | 1x1 x)"
    );
}

#[test]
fn text_beside_a_comment_is_markdown() {
    assert_eq!(blocks_of("<!-- no -->\nThe *a*.\n"), "p(The <em>a</em>.)");
    assert_eq!(blocks_of("<!-- no --> The *a*.\n"), "p( The <em>a</em>.)".replace("( ", "("));
    assert_eq!(blocks_of("`<!-- yes -->` and <!-- no\nno --> on\n"), "p(<code <!-- yes -->> and  on)");
    assert_eq!(blocks_of("1. a\n\n<!-- -->\n\n2. b\n"), "list(1. p(a)) list(2. p(b))");
}

#[test]
fn colons_in_code_are_code() {
    assert_eq!(blocks_of("::: box\n```\n:::\n```\n:::\nx\n"), "Plain[](code(<code :::>)) p(x)");
    assert_eq!(
        blocks_of("x\n\n    ```\n    y\n\n::: box\nz\n:::\n"),
        "p(x) code(<code ```><br><code y>) Plain[](p(z))"
    );
    assert_eq!(blocks_of("- a\n\n  ::: tip\n  b\n  :::\n- c\n"), "list(- p(a) Tip[](p(b)); - p(c))");
}

#[test]
fn what_other_tools_write_over_and_under_lines_is_understood() {
    assert_eq!(blocks_of("A> # X\nA> y\n"), blocks_of("> [!BOX]\n> # X\n> y\n"));
    assert_eq!(blocks_of("```{note}\nMind.\n```\n"), "Note[](p(Mind.))");
    assert_eq!(blocks_of(":::{warning} Deep\nNo.\n:::\n"), "Warning[Deep](p(No.))");
    assert_eq!(blocks_of("> [!TIP]- Before {#t}\n> Taste.\n"), "Tip[Before](p(Taste.))");
    assert_eq!(blocks_of("#\n"), "break");
    assert_eq!(blocks_of("\tHe left the house.\n\n\tif x {\n"), "p(He left the house.) code(<code if\u{a0}x\u{a0}{>)");
}

#[test]
fn nothing_that_is_written_makes_the_parser_fall() {
    let snippets = [
        "^[",
        "[",
        "]",
        "{",
        "}",
        "{#a",
        "::: box\n",
        ":::\n",
        "\n\n",
        "| a | b |\n",
        "| --- |\n",
        "> ",
        "- ",
        "1. ",
        "[^a]",
        "[^a]: x\n",
        "$x$",
        "`",
        "```\n",
        "é",
        "“",
        "<br>",
        "<b>",
        "</b>",
        "@fig-",
        "https://",
        "10.1000/",
        "~",
        "^",
        "*",
        "_",
        "\\",
        "# ",
        "Table: ",
        "Figure: ",
        ": x\n",
        "\t",
        " ",
        "![a](b)",
        "{{<",
        ">}}",
        "---\n",
        "<!--",
        "-->",
        "&amp;",
        "\u{202e}",
        "\0",
    ];
    let mut dice = Dice::new(0x1234_5678_9ABC_DEF1);
    for _ in 0..rounds(3000) {
        let mut text = String::new();
        for _ in 0..12 {
            text.push_str(snippets[dice.throw(snippets.len())]);
        }
        let _ = read(&text);
    }
}

#[test]
fn commands_of_tex_say_what_they_say_there() {
    assert_eq!(
        pieces("a \\textbf{b *c*} \\emph{d \\textbf{e}} {\\it f}\n"),
        "a <b>b <em>c</em></b> <em>d <b>e</b></em> <em>f</em>"
    );
    assert_eq!(pieces("\\LaTeX{} and \\ldots{} on p.\\ 3\n"), "LaTeX and … on p.\u{a0}3");
    let (parsed, said) = read("a\\footnote{The *note*\nover lines.} b\n");
    assert!(said.is_empty(), "{said:?}");
    let PBlockKind::Paragraph(text) = &parsed.divisions[0].blocks[0].kind else { panic!() };
    assert!(matches!(text.content[1].kind, PKind::InlineNote(..)), "{text:?}");
    assert_eq!(cited("\\citep[see][p. 4]{a,b} \\citet{c}\n"), "<Apart see |a|; |b|, p. 4> <InText |c|>");
    assert_eq!(read("a \\noindent b \\vspace{1cm} c\n").1.len(), 1);
    assert_eq!(read("\\emph{Half *of it} and* more\n").1.len(), 1);
}

#[test]
fn what_never_ends_is_not_looked_for_to_the_end_of_the_text_each_time() {
    // Each end that is looked for is near: many of them cost no square of their number.
    for open in ["{{ b ", "{% b ", "\\( b ", "{#b ", "<a b "] {
        let (parsed, _) = read(&format!("{}\n", open.repeat(3_000)));
        assert_eq!(parsed.divisions[0].blocks.len(), 1, "{open}");
    }
}

#[test]
fn what_is_parsed_by_itself_is_numbered_as_in_its_turn() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases");
    let mut texts = vec![
        "A[^n] [@one, see @two]^[In *[it](#a)*.] [w]{.index entry=x}.\n\n[^n]: A note.\n\n    - of items^[deep]\n\n\
         ::: {.index entry=\"y\"}\nInside.\n:::\n\n![alt^[a]](p.png \"t\")\n\n| a^[b] |\n|---|\n| c |\n: d^[e]\n"
            .to_owned(),
    ];
    let mut folders = vec![std::path::PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = std::fs::read_to_string(path) {
                texts.push(text);
            }
        }
    }
    assert!(texts.len() > 300, "{} texts", texts.len());
    for text in texts {
        let source = Sources::new().add("a.md", text.clone());
        let parsed = |ids: &mut Ids| {
            let language = Language::english();
            let asked = Asked {
                bibliography: true,
                works: None,
                language: &language,
                indent: draft::Indent::Guess,
                includes: &mut NoIncludes,
            };
            parse(source, &text, 0..text.len(), asked, ids, &mut Diagnostics::new())
        };
        let (mut alone, mut turn) = (Ids::default(), Ids { next: 1000 });
        let (mut by_itself, in_its_turn) = (parsed(&mut alone), parsed(&mut turn));
        walk::renumber(&mut by_itself.divisions, &mut by_itself.notes, 1000);
        assert_eq!(alone.count() + 1000, turn.count());
        assert_eq!(format!("{by_itself:?}"), format!("{in_its_turn:?}"), "{text}");
    }
}
