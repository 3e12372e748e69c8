//! The style sheets of drawings: rules and declarations that are known, written again; everything else is left out.
//!
//! Only so much of CSS is read as drawing programs write: selectors, declarations, comments, at-rules to be passed over.
//! An escape could spell anything, so a declaration with one is left out.

/// What a style would have fetched.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Reaches {
    /// Something that lies outside the drawing.
    Outside,
    /// A face of letters.
    Face,
}

/// The properties of a still picture (SVG 2, appendix G).
pub(super) const PROPERTIES: &[&str] = &[
    "alignment-baseline",
    "baseline-shift",
    "clip",
    "clip-path",
    "clip-rule",
    "color",
    "color-interpolation",
    "color-interpolation-filters",
    "direction",
    "display",
    "dominant-baseline",
    "enable-background",
    "fill",
    "fill-opacity",
    "fill-rule",
    "filter",
    "flood-color",
    "flood-opacity",
    "font",
    "font-family",
    "font-feature-settings",
    "font-kerning",
    "font-size",
    "font-size-adjust",
    "font-stretch",
    "font-style",
    "font-variant",
    "font-weight",
    "image-rendering",
    "isolation",
    "kerning",
    "letter-spacing",
    "lighting-color",
    "line-height",
    "marker",
    "marker-end",
    "marker-mid",
    "marker-start",
    "mask",
    "mask-type",
    "mix-blend-mode",
    "opacity",
    "overflow",
    "paint-order",
    "shape-rendering",
    "stop-color",
    "stop-opacity",
    "stroke",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-opacity",
    "stroke-width",
    "text-align",
    "text-anchor",
    "text-decoration",
    "text-rendering",
    "transform",
    "transform-origin",
    "unicode-bidi",
    "vector-effect",
    "visibility",
    "white-space",
    "word-spacing",
    "writing-mode",
];

/// A style sheet with what is known of it.
pub(super) fn sheet(text: &str, reaches: &mut dyn FnMut(Reaches)) -> String {
    let text = without_comments(text);
    let mut out = String::new();
    let mut rest = text.as_str();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ';' || c == '}');
        rest = ["<!--", "-->"].iter().find_map(|mark| rest.strip_prefix(mark)).unwrap_or(rest);
        if rest.is_empty() {
            return out;
        }
        if let Some(rule) = rest.strip_prefix('@') {
            let lower = rule.to_ascii_lowercase();
            if lower.starts_with("import") {
                reaches(Reaches::Outside);
            } else if lower.starts_with("font-face") {
                reaches(Reaches::Face);
            }
            rest = &rule[end_of_rule(rule)..];
            continue;
        }
        let Some(open) = rest.find('{') else { return out };
        let close = open + block(&rest[open..]);
        let selector = rest[..open].split_whitespace().collect::<Vec<_>>().join(" ");
        let inner = declarations(rest[open + 1..close].trim_end_matches('}'), reaches);
        if !inner.is_empty() && selector.chars().all(|c| c.is_alphanumeric() || " -_.#*,:>+~[]=\"'()^$|".contains(c)) {
            out.push_str(&format!("{selector}{{{inner}}}"));
        }
        rest = &rest[close..];
    }
}

/// The declarations of a rule or of a `style` attribute that are known.
pub(super) fn declarations(text: &str, reaches: &mut dyn FnMut(Reaches)) -> String {
    let text = without_comments(text);
    let mut kept: Vec<String> = Vec::new();
    for declaration in split(&text) {
        let Some((name, written)) = declaration.split_once(':') else { continue };
        let name = name.trim().to_ascii_lowercase();
        if !PROPERTIES.contains(&name.as_str()) {
            // What would have been fetched for a property that draws nothing is nothing that is missed.
            continue;
        }
        if let Some(value) = value(written, reaches) {
            kept.push(format!("{name}:{value}"));
        }
    }
    kept.join(";")
}

/// A value in which nothing leads out of the drawing.
pub(super) fn value(written: &str, reaches: &mut dyn FnMut(Reaches)) -> Option<String> {
    let written = written.trim();
    let lower = written.to_ascii_lowercase();
    let harmful = written.contains(['\\', '<', '{', '}', '@', ';'])
        || written.chars().any(|c| c.is_control() && !c.is_whitespace())
        || ["expression(", "javascript:", "image(", "image-set(", "src(", "attr(", "var("]
            .iter()
            .any(|word| lower.contains(word));
    if harmful {
        return None;
    }
    let mut out = String::new();
    let mut at = 0;
    while let Some(found) = lower[at..].find("url(") {
        let open = at + found + "url(".len();
        let close = open + lower[open..].find(')')?;
        let inner = written[open..close].trim().trim_matches(['"', '\'']).trim();
        let Some(id) = inner.strip_prefix('#').filter(|id| !id.is_empty() && !id.contains(['"', '\'', '('])) else {
            if !inner.is_empty() {
                reaches(Reaches::Outside);
            }
            return None;
        };
        out.push_str(&written[at..open - "url(".len()]);
        out.push_str(&format!("url(#{id})"));
        at = close + 1;
    }
    out.push_str(&written[at..]);
    Some(out)
}

fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("/*") {
        out.push_str(&rest[..at]);
        out.push(' ');
        rest = rest[at + 2..].find("*/").map_or("", |end| &rest[at + 2 + end + 2..]);
    }
    out.push_str(rest);
    out
}

/// Cuts at semicolons outside quotes and brackets.
fn split(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth, mut quote) = (Vec::new(), 0, 0_usize, None);
    for (at, character) in text.char_indices() {
        match (character, quote) {
            (c, Some(open)) if c == open => quote = None,
            (_, Some(_)) => {}
            ('"' | '\'', None) => quote = Some(character),
            ('(', None) => depth += 1,
            (')', None) => depth = depth.saturating_sub(1),
            (';', None) if depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            (_, None) => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

/// Where an at-rule ends: at its semicolon, or after its block.
fn end_of_rule(text: &str) -> usize {
    match text.find(['{', ';']) {
        Some(at) if text.as_bytes()[at] == b';' => at + 1,
        Some(at) => at + block(&text[at..]),
        None => text.len(),
    }
}

/// How long a block is, from its opening brace to after its closing one.
fn block(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth <= 1 => return at + 1,
            b'}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_drawing_programs_write_stays() {
        let written = "\n.st0 , #a > path{fill:#1D1D1B;stroke:none;font-family:'Lato-Bold';}\n.b:first-child{clip-path:url(#SVGID_2_);}";
        let kept = sheet(written, &mut |_| panic!("nothing reaches out"));
        assert_eq!(
            kept,
            ".st0 , #a > path{fill:#1D1D1B;stroke:none;font-family:'Lato-Bold'}.b:first-child{clip-path:url(#SVGID_2_)}"
        );
    }

    #[test]
    fn what_leads_out_is_left_out_and_said() {
        for (written, said) in [
            ("@import url(a.css);", Some(Reaches::Outside)),
            ("@font-face{font-family:x;src:url(x.woff)}", Some(Reaches::Face)),
            ("p{fill:url(/**/'http://a.b')}", Some(Reaches::Outside)),
            ("p{fill:u\\rl(http://a.b)}", None),
            ("p{background:url(http://a.b)}", None),
            ("p{fill:url(", None),
        ] {
            let mut found = None;
            assert_eq!(sheet(written, &mut |reaches| found = Some(reaches)), "", "{written}");
            assert_eq!(found, said, "{written}");
        }
    }
}
