//! Drawings: an SVG is read into a tree and written again from it, with what is allowed and nothing else.
//!
//! A list of what is forbidden is never whole: a script can be spelt in a hundred ways, an address in more. So what is
//! not known to be a part of a still picture is left out. What only moves, listens or links is left out with a word;
//! what an author would miss (a picture on the network, a script that may draw, a piece of a web page) is an error.
//! Comments, metadata and what drawing programs keep for themselves (names of people and of folders among it) go without
//! a word. Groups that say nothing go too, so that drawings of many layers stay flat.

use std::collections::{BTreeMap, BTreeSet};

use super::css;
use super::{Fault, Picture};
use crate::book::{Density, PictureKind};
use crate::source::limits;
use crate::xml::Markup;
use crate::xml::read::{self, Document, Node};

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Elements of a still picture (SVG 2, appendix F), without those that link, move or run.
const ELEMENTS: &[&str] = &[
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "feDisplacementMap",
    "feDistantLight",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feImage",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "fePointLight",
    "feSpecularLighting",
    "feSpotLight",
    "feTile",
    "feTurbulence",
    "filter",
    "g",
    "image",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "text",
    "textPath",
    "title",
    "tspan",
    "use",
];

/// Attributes of a still picture that are no properties of CSS.
const ATTRIBUTES: &[&str] = &[
    "amplitude",
    "azimuth",
    "baseFrequency",
    "bias",
    "class",
    "clipPathUnits",
    "cx",
    "cy",
    "d",
    "diffuseConstant",
    "divisor",
    "dx",
    "dy",
    "edgeMode",
    "elevation",
    "exponent",
    "filterUnits",
    "fr",
    "fx",
    "fy",
    "gradientTransform",
    "gradientUnits",
    "height",
    "id",
    "in",
    "in2",
    "intercept",
    "k1",
    "k2",
    "k3",
    "k4",
    "kernelMatrix",
    "kernelUnitLength",
    "lang",
    "lengthAdjust",
    "limitingConeAngle",
    "markerHeight",
    "markerUnits",
    "markerWidth",
    "maskContentUnits",
    "maskUnits",
    "method",
    "mode",
    "numOctaves",
    "offset",
    "operator",
    "order",
    "orient",
    "pathLength",
    "patternContentUnits",
    "patternTransform",
    "patternUnits",
    "points",
    "pointsAtX",
    "pointsAtY",
    "pointsAtZ",
    "preserveAlpha",
    "preserveAspectRatio",
    "primitiveUnits",
    "r",
    "radius",
    "refX",
    "refY",
    "requiredExtensions",
    "requiredFeatures",
    "result",
    "rotate",
    "rx",
    "ry",
    "scale",
    "seed",
    "side",
    "slope",
    "spacing",
    "specularConstant",
    "specularExponent",
    "spreadMethod",
    "startOffset",
    "stdDeviation",
    "stitchTiles",
    "surfaceScale",
    "systemLanguage",
    "tableValues",
    "targetX",
    "targetY",
    "textLength",
    "type",
    "values",
    "version",
    "viewBox",
    "width",
    "x",
    "x1",
    "x2",
    "xChannelSelector",
    "y",
    "y1",
    "y2",
    "yChannelSelector",
    "z",
];

/// The properties that a piece inherits from its groups: two groups around each other may be one for them.
const INHERITED: &[&str] = &[
    "clip-rule",
    "color",
    "direction",
    "dominant-baseline",
    "fill",
    "fill-opacity",
    "fill-rule",
    "font-family",
    "font-size",
    "font-style",
    "font-variant",
    "font-weight",
    "image-rendering",
    "letter-spacing",
    "shape-rendering",
    "stroke",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-opacity",
    "stroke-width",
    "text-anchor",
    "text-rendering",
    "visibility",
    "word-spacing",
    "writing-mode",
];

/// A drawing, as it is written again.
pub(super) fn read(bytes: &[u8]) -> Option<Result<Picture, Fault>> {
    let text = text(bytes)?;
    Some(drawn(&text))
}

/// The text of a drawing; `None` when it is none. One that was compressed (`.svgz`) is opened, one of UTF-16 decoded.
fn text(bytes: &[u8]) -> Option<String> {
    let text = match bytes {
        [0x1f, 0x8b, ..] => {
            use std::io::Read;
            let mut inner = Vec::new();
            flate2::read::GzDecoder::new(bytes).take(limits::DRAWING_BYTES as u64).read_to_end(&mut inner).ok()?;
            String::from_utf8(inner).ok()?
        }
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).ok()?,
        _ => match String::from_utf8(bytes.to_vec()) {
            Ok(text) => text,
            Err(_) => latin(bytes)?,
        },
    };
    // Whatever is said before the first element, a page of the web is none.
    let at = text.find("<svg").or_else(|| text.find(":svg"))?;
    let page = text[..at].to_ascii_lowercase();
    (!page.contains("<html") && text.trim_start().starts_with('<')).then_some(text)
}

/// The text of a drawing that says it is in the letters of Western Europe, a byte each (ISO 8859-1).
fn latin(bytes: &[u8]) -> Option<String> {
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let head: String = text.chars().take(200).collect::<String>().to_ascii_lowercase();
    let said = ["iso-8859-1", "iso8859-1", "latin1", "windows-1252", "us-ascii"];
    (head.starts_with("<?xml") && said.iter().any(|name| head.contains(name))).then_some(text)
}

fn utf16(bytes: &[u8], pair: fn([u8; 2]) -> u16) -> Option<String> {
    let letters: Vec<u16> = bytes.chunks_exact(2).map(|two| pair([two[0], two[1]])).collect();
    String::from_utf16(&letters).ok()
}

fn drawn(text: &str) -> Result<Picture, Fault> {
    let document = read::read(text).map_err(|fault| match fault {
        read::Fault::Deep(levels) => Fault::new(
            format!("nests its groups {levels} deep, recto takes {}", limits::XML),
            "ungroup it in the program that drew it, and save it again",
        ),
        read::Fault::Large => {
            Fault::new("holds more pieces than can be drawn".to_owned(), "save it as PNG, or simplify its paths")
        }
        read::Fault::Wrong { what, line } => Fault::new(
            format!("cannot be read as SVG: {what}, in line {line}"),
            "open it in the program that drew it, and export it again",
        ),
    })?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" || !is_svg(&root) {
        return Err(Fault::new(
            "is no SVG: its first element is another, or lacks xmlns=\"http://www.w3.org/2000/svg\"".to_owned(),
            "export it again as a plain SVG",
        ));
    }
    let (width, height) = size(&root).ok_or_else(|| {
        let shares =
            ["width", "height"].iter().any(|side| root.attribute(*side).is_some_and(|size| size.contains('%')));
        let what = match shares {
            true => "its width and height are shares of a page, and it has no viewBox",
            false => "it has neither a viewBox nor a width and a height",
        };
        Fault::new(
            format!("does not say how large it is: {what}"),
            "add width=\"…\" and height=\"…\" or a viewBox to its first tag, or export it again with its size",
        )
    })?;
    bounded(&document)?;
    let mut writer = Writer { markup: Markup::document(), left_out: BTreeSet::new(), missing: None };
    writer.root(&root);
    let Writer { markup, left_out, missing } = writer;
    match missing {
        Some(what) => Err(Fault::outside(format!("holds {what}, which no book may"))),
        None => Ok(Picture {
            kind: PictureKind::Svg,
            width,
            height,
            density: Some(Density::per_inch(96)),
            bytes: markup.finish().into_bytes().into(),
            left_out: left_out.into_iter().collect(),
        }),
    }
}

fn is_svg(node: &Node<'_, '_>) -> bool {
    node.tag_name().namespace().is_none_or(|space| space == SVG)
}

/// The size of a drawing in CSS pixels: as it says, else as its view box says.
fn size(root: &Node<'_, '_>) -> Option<(u32, u32)> {
    let view: Vec<f64> = root
        .attribute("viewBox")
        .map(|view| {
            view.split([' ', ',', '\n', '\t'])
                .filter(|part| !part.is_empty())
                .filter_map(|part| part.parse().ok())
                .collect()
        })
        .unwrap_or_default();
    let view = (view.len() == 4).then(|| (view[2], view[3])).filter(|(width, height)| *width > 0.0 && *height > 0.0);
    let said = |name: &str| root.attribute(name).and_then(pixels);
    let (width, height) = match (said("width"), said("height"), view) {
        (Some(width), Some(height), _) => (width, height),
        // One side is said: the other has the proportion of the view box.
        (Some(width), None, Some((across, down))) => (width, width * down / across),
        (None, Some(height), Some((across, down))) => (height * across / down, height),
        (None, None, Some(view)) => view,
        _ => return None,
    };
    let side = |side: f64| (side.is_finite() && (0.5..100_000.0).contains(&side)).then(|| (side.round() as u32).max(1));
    Some((side(width)?, side(height)?))
}

/// A length in CSS pixels; `None` for shares and for units of a type size.
fn pixels(value: &str) -> Option<f64> {
    let value = value.trim();
    let at = value.find(|c: char| c.is_ascii_alphabetic() && c != 'e' && c != 'E' || c == '%').unwrap_or(value.len());
    let number: f64 = value[..at].trim().parse().ok()?;
    let factor = match value[at..].trim().to_ascii_lowercase().as_str() {
        "" | "px" => 1.0,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        "in" => 96.0,
        "mm" => 96.0 / 25.4,
        "cm" => 96.0 / 2.54,
        _ => return None,
    };
    (number > 0.0).then_some(number * factor)
}

/// Whether what the `use` elements repeat stays within bounds: each may draw what holds ten others.
fn bounded(document: &Document<'_>) -> Result<(), Fault> {
    let by_id: BTreeMap<&str, Node<'_, '_>> =
        document.descendants().filter_map(|node| Some((node.attribute("id")?, node))).collect();
    let mut sizes = BTreeMap::new();
    match drawn_pieces(document.root_element(), &by_id, &mut sizes, 0) {
        Some(pieces) if pieces <= limits::DRAWN => Ok(()),
        _ => Err(Fault::new(
            "repeats its pieces more often than can be drawn".to_owned(),
            "save it as PNG, or draw fewer copies",
        )),
    }
}

/// How many pieces an element comes to; `None` when its copies lead to each other without end. Elements nest no deeper
/// than [`limits::XML`], copies than [`limits::DRAWN_COPIES`].
fn drawn_pieces<'a, 'i>(
    node: Node<'a, 'i>,
    by_id: &BTreeMap<&'a str, Node<'a, 'i>>,
    sizes: &mut BTreeMap<u32, u64>,
    uses: usize,
) -> Option<u64> {
    if let Some(known) = sizes.get(&node.id().get()) {
        return Some(*known);
    }
    if uses > limits::DRAWN_COPIES {
        return None;
    }
    let mut pieces = 1_u64;
    for inner in node.descendants().skip(1).filter(|inner| inner.is_element()) {
        pieces += 1;
        if let Some(target) = target(&inner).and_then(|id| by_id.get(id)) {
            pieces = pieces.saturating_add(drawn_pieces(*target, by_id, sizes, uses + 1)?);
        }
        if pieces > limits::DRAWN {
            return Some(pieces);
        }
    }
    sizes.insert(node.id().get(), pieces);
    Some(pieces)
}

/// What a `use` element repeats.
fn target<'a>(node: &Node<'a, '_>) -> Option<&'a str> {
    (node.tag_name().name() == "use").then_some(())?;
    let href = node.attribute("href").or_else(|| node.attribute((XLINK, "href")))?;
    href.trim().strip_prefix('#')
}

/// Writes what is allowed.
struct Writer {
    markup: Markup,
    /// What was left out that an author may ask for.
    left_out: BTreeSet<&'static str>,
    /// What cannot be left out: the drawing would not be the author's.
    missing: Option<&'static str>,
}

/// An attribute as it is written.
type Attribute = (&'static str, String);

impl Writer {
    fn root(&mut self, root: &Node<'_, '_>) {
        let attributes = self.attributes(root);
        let mut tag = self.markup.tag("svg").attr("xmlns", SVG);
        for (name, value) in &attributes {
            tag = tag.attr(name, value);
        }
        tag.open();
        self.children(root);
        self.markup.close();
    }

    /// Elements nest no deeper than [`limits::XML`], so this may call itself.
    fn children(&mut self, node: &Node<'_, '_>) {
        for child in node.children() {
            if child.is_text() {
                if matches!(node.tag_name().name(), "text" | "tspan" | "textPath" | "title" | "desc" | "a") {
                    self.markup.text(child.text().unwrap_or_default());
                }
            } else if child.is_element() && is_svg(&child) {
                self.element(&child);
            }
        }
    }

    fn element(&mut self, node: &Node<'_, '_>) {
        let name = node.tag_name().name();
        let Some(known) = ELEMENTS.iter().find(|known| **known == name) else { return self.unknown(node, name) };
        match *known {
            "style" => {
                let text: String = node.children().filter_map(|child| child.text()).collect();
                let sheet = css::sheet(&text, &mut |reaches| self.reaches(reaches));
                self.markup.leaf("style", &sheet);
            }
            "g" => self.group(node),
            // Of several ways the first that is a drawing: diagrams.net and its like write a piece of a web page first, and
            // letters for those that cannot show it.
            "switch" => {
                let inside = || node.children().filter(|child| child.is_element() && is_svg(child));
                let drawn = |child: &Node<'_, '_>| {
                    child.tag_name().name() != "foreignObject" && child.attribute("requiredExtensions").is_none()
                };
                if let Some(chosen) = inside().find(drawn).or_else(|| inside().next()) {
                    self.element(&chosen);
                }
            }
            "image" | "feImage" => {
                let attributes = self.attributes(node);
                if attributes.iter().any(|(name, _)| *name == "href") {
                    self.written(known, &attributes, node);
                }
            }
            _ => {
                let attributes = self.attributes(node);
                self.written(known, &attributes, node);
            }
        }
    }

    fn written(&mut self, name: &'static str, attributes: &[Attribute], node: &Node<'_, '_>) {
        let mut tag = self.markup.tag(name);
        for (name, value) in attributes {
            tag = tag.attr(name, value);
        }
        if !node.has_children() {
            return tag.empty();
        }
        tag.open();
        self.children(node);
        self.markup.close();
    }

    /// A group: one that says nothing is opened, and groups that hold nothing but a group become one with it where they
    /// say what is inherited and nothing that the inner one says.
    fn group(&mut self, node: &Node<'_, '_>) {
        let mut attributes = self.attributes(node);
        let mut inner = *node;
        while let Some(only) = only_group(&inner) {
            let more = self.attributes(&only);
            let free = |attributes: &[Attribute]| {
                attributes.iter().all(|(name, _)| *name == "transform" || INHERITED.contains(name))
            };
            if !free(&attributes) || !free(&more) {
                break;
            }
            for (name, value) in more {
                match attributes.iter_mut().find(|(known, _)| *known == name) {
                    Some((_, outer)) if name == "transform" => *outer = format!("{outer} {value}"),
                    Some((_, outer)) => *outer = value,
                    None => attributes.push((name, value)),
                }
            }
            inner = only;
        }
        match attributes.is_empty() {
            true => self.children(&inner),
            false => self.written("g", &attributes, &inner),
        }
    }

    /// What no still picture holds.
    fn unknown(&mut self, node: &Node<'_, '_>, name: &str) {
        match name {
            "script" | "handler" | "listener" => self.missing = self.missing.or(Some("a script")),
            "foreignObject" | "iframe" | "video" | "audio" | "canvas" | "embed" | "object" => {
                self.missing = self.missing.or(Some("a piece of a web page"));
            }
            // What a link holds is drawn; where it leads is left out: a picture in a page cannot be followed.
            "a" => {
                self.left_out.insert("a link");
                let attributes = self.attributes(node);
                let kept: Vec<Attribute> = attributes.into_iter().filter(|(name, _)| *name != "href").collect();
                let inside = node.parent().is_some_and(|parent| matches!(parent.tag_name().name(), "text" | "tspan"));
                self.written(if inside { "tspan" } else { "g" }, &kept, node);
            }
            "set" | "discard" => {
                self.left_out.insert("a movement");
            }
            _ if name.starts_with("animate") => {
                self.left_out.insert("a movement");
            }
            // Metadata, faces of SVG 1.1, cursors, views: nothing of it shows.
            _ => {}
        }
    }

    fn reaches(&mut self, what: css::Reaches) {
        match what {
            css::Reaches::Outside => self.missing = self.missing.or(Some("something on the network or the disk")),
            css::Reaches::Face => {
                self.left_out.insert("a face of its own");
            }
        }
    }

    fn attributes(&mut self, node: &Node<'_, '_>) -> Vec<Attribute> {
        let mut kept: Vec<Attribute> = Vec::new();
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            match attribute.namespace() {
                Some(XML) if name == "space" && matches!(value, "preserve" | "default") => {
                    kept.push(("xml:space", value.to_owned()));
                }
                Some(XML) if name == "lang" => kept.push(("xml:lang", value.to_owned())),
                None | Some(XLINK) if name == "href" => {
                    if let Some(value) = self.href(node, value)
                        && !kept.iter().any(|(name, _)| *name == "href")
                    {
                        kept.push(("href", value));
                    }
                }
                None if name == "style" => {
                    let value = css::declarations(value, &mut |reaches| self.reaches(reaches));
                    if !value.is_empty() {
                        kept.push(("style", value));
                    }
                }
                None if name.to_ascii_lowercase().starts_with("on") => {
                    self.left_out.insert("a script that waits for a click");
                }
                None => {
                    let known = ATTRIBUTES.iter().find(|known| **known == name).copied();
                    let property = || css::PROPERTIES.iter().find(|known| **known == name).copied();
                    if let Some(known) = known {
                        kept.push((known, value.to_owned()));
                    } else if let Some(known) = property()
                        && let Some(value) = css::value(value, &mut |reaches| self.reaches(reaches))
                    {
                        kept.push((known, value));
                    }
                }
                Some(_) => {}
            }
        }
        kept
    }

    /// Where an attribute may lead: to a piece of the same drawing, or for pictures to one that stands in it.
    fn href(&mut self, node: &Node<'_, '_>, value: &str) -> Option<String> {
        // What browsers leave out of addresses.
        let value: String = value.chars().filter(|c| !c.is_control()).collect();
        let value = value.trim();
        let name = node.tag_name().name();
        let picture = matches!(name, "image" | "feImage");
        if name == "a" || value.is_empty() {
            return None;
        }
        if let Some(id) = value.strip_prefix('#') {
            return (!id.is_empty()).then(|| format!("#{id}"));
        }
        match value.get(..5).filter(|start| picture && start.eq_ignore_ascii_case("data:")) {
            Some(_) => {
                let inner = super::embedded(value);
                if inner.is_none() {
                    self.missing = self.missing.or(Some("a picture that cannot be read"));
                }
                inner
            }
            None => {
                self.missing = self.missing.or(Some("something on the network or the disk"));
                None
            }
        }
    }
}

/// The group that a group holds alone.
fn only_group<'a, 'i>(node: &Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    let mut inner = node.children().filter(Node::is_element);
    let only = inner.next().filter(|only| only.tag_name().name() == "g" && is_svg(only))?;
    inner.next().is_none().then_some(only)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(inner: &str) -> Result<String, String> {
        let text = format!(
            "<svg xmlns=\"{SVG}\" xmlns:xlink=\"{XLINK}\" xmlns:i=\"http://www.inkscape.org/namespaces/inkscape\" width=\"90\" height=\"90\">{inner}</svg>"
        );
        match read(text.as_bytes()) {
            Some(Ok(picture)) => {
                let text = String::from_utf8_lossy(&picture.bytes).into_owned();
                let start = text.find("height=\"90\"").map_or(0, |at| at + "height=\"90\">".len());
                Ok(text[start..].trim_end_matches("</svg>").to_owned())
            }
            Some(Err(fault)) => Err(fault.message),
            None => Err("no drawing".to_owned()),
        }
    }

    #[test]
    fn what_listens_links_and_moves_is_left_out() {
        for (written, kept) in [
            ("<path onclick='alert(1)' ONLOAD='x' d='M0 0'/>", "<path d=\"M0 0\"/>"),
            ("<a href='javascript:alert(2)'><path d='M0'/></a>", "<g><path d=\"M0\"/></g>"),
            ("<a><set attributeName='href' to='javascript:alert(4)'/><path d='M0'/></a>", "<g><path d=\"M0\"/></g>"),
            (
                "<!-- a --><metadata><b>Ann</b></metadata><i:grid/><g i:label='/home/ann'><path d='M0'/></g>",
                "<path d=\"M0\"/>",
            ),
            (
                "<style>/* x */ path { fill: red; behavior: url(#x); -moz-binding: y } @media print { g { fill: blue } }</style>",
                "<style>path{fill:red}</style>",
            ),
            (
                "<rect style='fill:url( \"#a\" );fill:u\\72l(http://a.b)' fill='url(#a)'/>",
                "<rect style=\"fill:url(#a)\" fill=\"url(#a)\"/>",
            ),
        ] {
            assert_eq!(clean(written).as_deref(), Ok(kept), "{written}");
        }
    }

    #[test]
    fn what_an_author_would_miss_is_an_error_however_it_is_spelt() {
        for written in [
            "<image href = \"http://evil.example/a.png\"/>",
            "<image href='&#104;ttp://evil.example/a.png'/>",
            "<image xlink:href='//evil.example/a.png'/>",
            "<image href='  HtTp://evil.example/a.png'/>",
            "<image href='ht&#9;tp://evil.example/a.png'/>",
            "<image href='a.png'/>",
            "<image href='file:///etc/passwd'/>",
            "<use href='other.svg#a'/>",
            "<style>path{fill:url(\"http://evil.example/a#b\")}</style>",
            "<style>@import 'http://evil.example/a.css';</style>",
            "<path style='fill:url(//evil.example)'/>",
            "<path fill='url(&quot;http://evil.example&quot;)'/>",
            "<path filter='URL(evil.svg#f)'/>",
            "<style><![CDATA[path{mask:url('http://evil.example')}]]></style>",
            "<script>alert(1)</script>",
            "<script xlink:href='http://evil.example/a.js'/>",
            "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>a</p></foreignObject>",
        ] {
            let said = clean(written);
            assert!(said.as_ref().is_err_and(|said| said.starts_with("holds ")), "{written}: {said:?}");
        }
    }

    #[test]
    fn of_several_ways_the_one_that_is_drawn_is_taken() {
        let piece = "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>a</p></foreignObject>";
        let written = format!("<switch>{piece}<text>a</text></switch><switch><g/><text>cannot display</text></switch>");
        assert_eq!(clean(&written).as_deref(), Ok("<text>a</text>"));
        assert!(clean(&format!("<switch>{piece}</switch>")).is_err());
    }

    #[test]
    fn groups_that_say_nothing_are_opened_and_those_alone_become_one() {
        let deep = format!("{}<path d='M0'/>{}", "<g>".repeat(26), "</g>".repeat(26));
        assert_eq!(clean(&deep).as_deref(), Ok("<path d=\"M0\"/>"));
        let nested = "<g transform='scale(2)' fill='red'><g transform='rotate(3)' fill='blue'><path d='M0'/></g></g>";
        assert_eq!(
            clean(nested).as_deref(),
            Ok("<g transform=\"scale(2) rotate(3)\" fill=\"blue\"><path d=\"M0\"/></g>")
        );
        let kept = "<g opacity='0.5'><g opacity='0.5'><path d='M0'/></g></g>";
        assert_eq!(clean(kept).as_deref(), Ok("<g opacity=\"0.5\"><g opacity=\"0.5\"><path d=\"M0\"/></g></g>"));
    }

    #[test]
    fn copies_of_copies_and_deep_groups_are_answered() {
        let mut text = "<g id='a0'><path d='M0'/></g>".to_owned();
        for at in 1..12 {
            text += &format!("<g id='a{at}'>{}</g>", format!("<use href='#a{}'/>", at - 1).repeat(10));
        }
        assert!(clean(&format!("{text}<use href='#a11'/>")).is_err_and(|said| said.starts_with("repeats")));
        assert!(clean("<g id='a'><use href='#a'/></g>").is_err_and(|said| said.starts_with("repeats")));
        let deep = format!("{}{}", "<g opacity='.9'>".repeat(20_000), "</g>".repeat(20_000));
        assert!(clean(&deep).is_err_and(|said| said.starts_with("nests")));
    }

    #[test]
    fn a_drawing_says_its_size() {
        let size = |root: &str| match read(format!("<?xml version=\"1.0\"?>\n<svg xmlns=\"{SVG}\" {root}/>").as_bytes())
        {
            Some(Ok(picture)) => Ok((picture.width, picture.height)),
            Some(Err(fault)) => Err(fault.message),
            None => Err("no drawing".to_owned()),
        };
        assert_eq!(size("width=\"3in\" viewBox=\"0 0 300 200\" height=\"2in\""), Ok((288, 192)));
        assert_eq!(size("viewBox=\"0 0 300,200\""), Ok((300, 200)));
        assert_eq!(size("width='100%' viewBox='0 0 300 200'"), Ok((300, 200)));
        assert_eq!(size("width='600' viewBox='0 0 300 200'"), Ok((600, 400)));
        assert!(size("width=”3in” height=”2in”").is_err());
        assert!(size("").is_err_and(|said| said.contains("viewBox")));
    }
}
