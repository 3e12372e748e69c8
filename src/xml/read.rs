//! Reading XML: roxmltree makes the tree, once a scan has seen that it does not nest too deeply.
//!
//! roxmltree was compiled in already (usvg reads drawings with it), reads entities without blowing up, and gives a tree
//! that can be walked both ways. An event reader would leave the balance of elements and the entities to us. What it
//! does not do is to bound its own recursion: 20,000 elements inside each other abort the program, so the depth is
//! counted first.

use crate::source::limits;

pub(crate) use roxmltree::{Document, Node};

/// Why a document cannot be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Fault {
    /// Its elements nest so deeply.
    Deep(usize),
    /// It has more than [`limits::XML_NODES`] nodes.
    Large,
    /// It is no XML, in the words of the reader.
    Wrong {
        /// What is wrong.
        what: String,
        /// Its line, from 1.
        line: u32,
    },
}

/// Reads a document.
pub(crate) fn read(text: &str) -> Result<Document<'_>, Fault> {
    let depth = depth(text);
    if depth > limits::XML {
        return Err(Fault::Deep(depth));
    }
    let options = roxmltree::ParsingOptions { allow_dtd: true, nodes_limit: limits::XML_NODES };
    Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => Fault::Large,
        error => {
            let (what, place) = (error.to_string(), error.pos());
            let at = format!(" at {}:{}", place.row, place.col);
            Fault::Wrong { what: what.trim_end_matches(&at).to_owned(), line: place.row.max(1) }
        }
    })
}

/// How deep the elements of a text nest at most, or deeper: markup inside the entities of a document type counts as if
/// it stood at the deepest place.
fn depth(text: &str) -> usize {
    let (mut depth, mut most, mut hidden) = (0_usize, 0, 0);
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        let skipped = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")]
            .into_iter()
            .find(|(open, _)| rest.starts_with(open))
            .map(|(open, close)| {
                rest[open.len()..].find(close).map_or(rest.len(), |end| open.len() + end + close.len())
            });
        if let Some(skipped) = skipped {
            rest = &rest[skipped..];
        } else if rest.starts_with("<!") {
            let length = doctype(rest);
            // Ten entities inside each other are the most that the reader follows.
            let subset = &rest[1..length];
            hidden += subset.matches('<').count().saturating_sub(subset.matches("<!").count()) * 10;
            rest = &rest[length..];
        } else {
            let (end, empty) = tag(rest);
            match (rest.as_bytes().get(1), empty) {
                (Some(b'/'), _) => depth = depth.saturating_sub(1),
                (_, true) => most = most.max(depth + 1),
                (_, false) => {
                    depth += 1;
                    most = most.max(depth);
                }
            }
            rest = &rest[end..];
        }
    }
    most + hidden
}

/// Where a tag ends, and whether it closes itself; quoted values may hold anything.
fn tag(text: &str) -> (usize, bool) {
    let bytes = text.as_bytes();
    let mut quote = None;
    for (at, byte) in bytes.iter().enumerate().skip(1) {
        match (byte, quote) {
            (byte, Some(open)) if *byte == open => quote = None,
            (_, Some(_)) => {}
            (b'"' | b'\'', None) => quote = Some(*byte),
            (b'>', None) => return (at + 1, bytes[at - 1] == b'/'),
            (_, None) => {}
        }
    }
    (text.len(), false)
}

/// Where a document type ends: its subset stands in brackets.
fn doctype(text: &str) -> usize {
    let mut quote = None;
    let mut subset = false;
    for (at, byte) in text.bytes().enumerate() {
        match (byte, quote) {
            (byte, Some(open)) if byte == open => quote = None,
            (_, Some(_)) => {}
            (b'"' | b'\'', None) => quote = Some(byte),
            (b'[', None) => subset = true,
            (b']', None) => subset = false,
            (b'>', None) if !subset => return at + 1,
            (_, None) => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_read_with_its_entities() {
        let text = "<!DOCTYPE a [<!ENTITY n \"b>c\">]><a x='<'><!-- <b><b> --><b t=\"/>\">&n;</b></a>"
            .replace("'<'", "'&lt;'");
        let document = read(&text).expect("it is XML");
        assert_eq!(document.root_element().first_element_child().and_then(|b| b.text()), Some("b>c"));
    }

    #[test]
    fn what_nests_too_deeply_is_said_and_does_not_abort() {
        let deep = |levels: usize| format!("{}{}", "<g>".repeat(levels), "</g>".repeat(levels));
        assert!(read(&deep(limits::XML)).is_ok());
        assert_eq!(read(&deep(20_000)).map(|_| ()), Err(Fault::Deep(20_000)));
        let hidden = format!("<!DOCTYPE g [<!ENTITY e '{}'>]><g>&e;</g>", deep(400));
        assert!(matches!(read(&hidden), Err(Fault::Deep(_))));
        assert!(matches!(read("<a><b></a>"), Err(Fault::Wrong { line: 1, .. })));
    }

    #[test]
    fn entities_that_multiply_are_refused() {
        let mut text = "<!DOCTYPE a [<!ENTITY e0 'ha'>".to_owned();
        for at in 1..9 {
            text += &format!("<!ENTITY e{at} '{}'>", format!("&e{};", at - 1).repeat(9));
        }
        assert!(read(&format!("{text}]><a>&e8;</a>")).is_err());
    }
}
