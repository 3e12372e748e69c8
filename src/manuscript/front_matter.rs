//! Front matter: where it stands in a text, and what only looks like it.
//!
//! A line of dashes is a rule of Markdown too. It opens front matter only at the head of a file and when a key follows
//! at once, as in pandoc; text between two rules is text.

use std::ops::Range;

/// What stands at the head of a section.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Head {
    /// Text.
    Text,
    /// Front matter: the bytes of its YAML, and where the text begins after it.
    Front(Range<usize>, usize),
    /// Front matter that never ends: its opening line, and where its keys end.
    Unclosed(Range<usize>, usize),
    /// A title block of pandoc's: `% title`, `% authors`, `% date`.
    TitleBlock(Range<usize>),
    /// Front matter that is no YAML, or does not stand between three dashes: TOML, a block of another tool's; and where
    /// its title stands.
    Foreign(Range<usize>, Option<Range<usize>>),
}

/// Looks at the head of a text.
pub(super) fn head(text: &str) -> Head {
    let blank = text.len() - text.trim_start_matches([' ', '\t', '\n', '\u{feff}']).len();
    // What is indented is no line of dashes.
    let start = text[..blank].rfind('\n').map_or(0, |at| at + 1);
    let rest = text[start..].trim_start_matches('\u{feff}');
    let start = text.len() - rest.len();
    // Its first line may be empty, where the title is given elsewhere.
    if rest.starts_with("% ") || rest.starts_with("%\t") || rest.starts_with("%\n%") {
        return Head::TitleBlock(start..start + title_block(rest));
    }
    if let Some(length) = foreign(rest) {
        return Head::Foreign(start..start + length, foreign_title(text, start..start + length));
    }
    let mut lines = rest.split_inclusive('\n');
    let Some(opening) = lines.next().filter(|line| is_dashes(line)) else { return Head::Text };
    let from = start + opening.len();
    let mut at = from;
    let mut first = true;
    let mut blank = false;
    for line in lines {
        if is_dashes(line) || line.trim_end() == "..." {
            // A heading between two rules looks like a remark.
            return if first && at > from { Head::Text } else { Head::Front(from..at, at + line.len()) };
        }
        // A paragraph is none of its lines: what ends below it is a rule.
        let yaml =
            line.trim().is_empty() || line.starts_with([' ', '\t', '#', '-', '}', ']']) || begins_with_a_key(line);
        if !first && blank && !yaml {
            break;
        }
        blank = line.trim().is_empty();
        at += line.len();
        if first && line.starts_with('#') {
            continue;
        }
        // A tab before the first key is a fault of YAML, which says so.
        if first && !begins_with_a_key(line.trim_start_matches('\t')) {
            return Head::Text;
        }
        first = false;
    }
    if first {
        return Head::Text;
    }
    let opens = start..start + opening.trim_end().len();
    let keys: usize = text[from..].split_inclusive('\n').take_while(|line| !line.trim().is_empty()).map(str::len).sum();
    Head::Unclosed(opens, from + keys)
}

/// How long the front matter of another tool is that a text begins with: keys between lines of `+++`, `;;;`, braces or
/// more than three dashes, or lines of keys alone, as MultiMarkdown has them.
fn foreign(rest: &str) -> Option<usize> {
    let mut lines = rest.split_inclusive('\n');
    let first = lines.next()?;
    let mark = first.trim_end();
    let longer = mark.len() > 3 && mark.bytes().all(|byte| byte == b'-');
    let mut length = first.len();
    if mark == "{" {
        let quoted = |line: &str| line.trim_start().starts_with('"') && line.contains("\":");
        let mut keys = 0;
        for line in lines {
            length += line.len();
            keys += usize::from(quoted(line));
            match line.trim_end() {
                "}" => return (keys > 0).then_some(length),
                "" => return None,
                _ if keys == 0 => return None,
                _ => {}
            }
        }
        return None;
    }
    // All of it indented.
    let indent = &mark[..mark.len() - mark.trim_start_matches(' ').len()];
    if !indent.is_empty() && mark.trim_start() == "---" {
        let mut keys = 0;
        for line in lines {
            length += line.len();
            match line.strip_prefix(indent)? {
                line if is_dashes(line) || line.trim_end() == "..." => return (keys > 0).then_some(length),
                line => keys += usize::from(begins_with_a_key(line)),
            }
            if keys == 0 {
                return None;
            }
        }
        return None;
    }
    if matches!(mark, "+++" | ";;;") || longer {
        let mut keys = 0;
        for line in lines {
            length += line.len();
            if line.trim_end() == mark {
                return (keys > 0).then_some(length);
            }
            keys += usize::from(begins_with_a_key(line) || line.contains(" = ") || mark == ";;;");
            if keys == 0 && !line.starts_with('#') {
                return None;
            }
        }
        return None;
    }
    const KNOWN: [&str; 4] = ["title:", "author:", "date:", "layout:"];
    let known = |line: &str| KNOWN.iter().any(|key| line.to_ascii_lowercase().starts_with(key));
    if !known(first) || !begins_with_a_key(first) {
        return None;
    }
    let mut count = 1;
    for line in lines.take_while(|line| !line.trim().is_empty()) {
        // Only the line that opens it is missing.
        if is_dashes(line) {
            return Some(length + line.len());
        }
        if !begins_with_a_key(line) && !line.starts_with([' ', '\t']) {
            return None;
        }
        count += usize::from(known(line));
        length += line.len();
    }
    (count > 1).then_some(length)
}

/// Where the title stands in front matter of another tool.
fn foreign_title(text: &str, block: Range<usize>) -> Option<Range<usize>> {
    let mut at = block.start;
    for line in text[block].split_inclusive('\n') {
        let bare = line.trim_start_matches(['{', ' ', '"', '\'']);
        let key = bare.get(..5).filter(|key| key.eq_ignore_ascii_case("title"));
        let after = key.map(|_| bare[5..].trim_start_matches(['"', '\'', ' ']));
        if let Some(value) = after.and_then(|rest| rest.strip_prefix([':', '='])) {
            let value = value.trim().trim_end_matches([',', '}']).trim_matches(['"', '\'', ' ']);
            let start = at + line.find(value)?;
            return (!value.is_empty()).then_some(start..start + value.len());
        }
        at += line.len();
    }
    None
}

/// The bytes of the lines of a title block; a line that is indented goes on the one before.
fn title_block(text: &str) -> usize {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().map_or(0, str::len);
    first
        + lines.take_while(|line| line.starts_with(['%', ' ']) && !line.trim().is_empty()).map(str::len).sum::<usize>()
}

fn is_dashes(line: &str) -> bool {
    line.trim_end() == "---"
}

/// `title: …`, `"title": …`; what follows is parted by a space.
fn begins_with_a_key(line: &str) -> bool {
    let bare = line.trim_end().trim_start_matches(['"', '\'']);
    let key: usize =
        bare.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.')).map(char::len_utf8).sum();
    let rest = bare[key..].trim_start_matches(['"', '\'']);
    key > 0 && rest.strip_prefix(':').is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

/// Front matter in the middle of a text, where files were joined: keys between two lines of dashes, a title or an
/// author among them. In code it is code.
pub(super) fn second(text: &str, from: usize) -> Option<Range<usize>> {
    const KNOWN: [&str; 4] = ["title:", "author:", "authors:", "kind:"];
    let mut fence: Option<&str> = None;
    let mut opened: Option<(usize, bool)> = None;
    let mut toml = false;
    let (mut at, mut blank) = (from, true);
    for line in text[from..].split_inclusive('\n') {
        let start = at;
        at += line.len();
        let bare = line.trim();
        if let Some(mark) = ["```", "~~~"].into_iter().find(|mark| bare.starts_with(mark)) {
            fence = match fence {
                Some(open) if open == mark => None,
                Some(open) => Some(open),
                None => Some(mark),
            };
        }
        opened = match opened {
            _ if fence.is_some() => None,
            Some((open, true)) if toml && bare == "+++" => return Some(open..start + bare.len()),
            Some((open, true)) if !toml && (is_dashes(line) || line.trim_end() == "...") => {
                return Some(open..start + bare.len());
            }
            Some((open, known)) if toml && line.contains(" = ") => Some((open, known || line.starts_with("title"))),
            Some((open, known)) if !toml && begins_with_a_key(line) => {
                Some((open, known || KNOWN.iter().any(|key| line.starts_with(key))))
            }
            _ if (is_dashes(line) || line.trim_end() == "+++") && blank => {
                toml = bare == "+++";
                Some((start, false))
            }
            _ => None,
        };
        blank = bare.is_empty() || bare.ends_with("-->");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_may_follow_blank_lines_and_end_in_dots() {
        assert_eq!(head("---\ntitle: A\n---\nText"), Head::Front(4..13, 17));
        assert_eq!(head("--- \ntitle: A\n---  \n"), Head::Front(5..14, 20));
        assert_eq!(head("\n---\ntitle: A\n...\n"), Head::Front(5..14, 18));
        assert_eq!(head("---\n# remark\ntitle: A\n---\n"), Head::Front(4..22, 26));
        assert_eq!(head("---\n---\n"), Head::Front(4..4, 8));
        assert_eq!(head("---\ntitle:\tA\n---\n"), Head::Front(4..13, 17));
    }

    #[test]
    fn a_rule_opens_no_front_matter() {
        for text in [
            "",
            "---",
            "---\n",
            "---\n\nText.\n\n---\n",
            "---\nTwo words: text\n---\n",
            "---\n# A\n---\n",
            "---\n# A\n\nText.\n---\n",
            "    ---\ntitle: A\n---\n",
        ] {
            assert_eq!(head(text), Head::Text, "{text:?}");
        }
    }

    #[test]
    fn front_matter_without_an_end_ends_with_its_keys() {
        assert_eq!(head("---\ntitle: A\n\nText.\n"), Head::Unclosed(0..3, 13));
        assert_eq!(head("---\ntitle: A\n\n# B\n\nText.\n\n---\n"), Head::Unclosed(0..3, 13));
        assert_eq!(head("---\ntitle: A\n\nkind: b\n---\n"), Head::Front(4..22, 26));
    }

    #[test]
    fn a_title_block_is_seen() {
        assert_eq!(head("% The title\n% Ann\n% 2026\n\nText"), Head::TitleBlock(0..25));
    }

    #[test]
    fn front_matter_of_other_tools_is_seen_and_its_title_read() {
        for (text, title) in [
            ("+++\ntitle = \"Salt\"\ndraft = true\n+++\nText", "Salt"),
            ("----\ntitle: Salt\n----\nText", "Salt"),
            ("Title: Salt\nAuthor: Ann\n\nText", "Salt"),
            ("{\n\"title\": \"Salt\",\n\"weight\": 1\n}\n\nText", "Salt"),
            ("title: Salt\n---\nText", "Salt"),
            ("  ---\n  title: Salt\n  ---\n\nText", "Salt"),
            (";;;\n{\n  \"title\": \"Salt\"\n}\n;;;\nText", "Salt"),
        ] {
            let Head::Foreign(block, Some(at)) = head(text) else { panic!("{text:?} is text") };
            assert_eq!(&text[at], title);
            assert!(text[block.end..].trim_start() == "Text", "{text:?}");
        }
        for text in ["+++\n\nText\n\n+++\n", "Title: a word of the text\n\nText", "-----\n\na: b\n\n-----\n"] {
            assert_eq!(head(text), Head::Text, "{text:?}");
        }
    }

    #[test]
    fn a_second_front_matter_holds_a_title() {
        assert_eq!(second("Text.\n\n---\ntitle: A\n---\n", 0), Some(7..23));
        assert_eq!(second("<!-- a -->\n---\ntitle: A\n---\n", 0), Some(11..27));
        assert_eq!(second("Text.\n\n---\ntitle: A\n...\n", 0), Some(7..23));
        assert_eq!(second("Text.\n\n+++\ntitle = \"A\"\n+++\n", 0), Some(7..26));
        assert_eq!(second("Text.\n\n---\nlayout: a word\n---\n", 0), None);
        assert_eq!(second("```\n\n---\ntitle: A\n---\n```\n", 0), None);
        assert_eq!(second("title: A\n---\n", 0), None);
    }
}
