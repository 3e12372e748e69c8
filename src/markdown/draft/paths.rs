//! Paths and addresses with spaces in them, which CommonMark ends at the first: `![Map](images/my map.png)`.
//!
//! They are written between angle brackets, as pandoc reads them; the size that some tools have after a picture's path
//! goes into braces.

/// How far the end of a path is looked for, in bytes.
const REACH: usize = 4_000;

/// Endings of files that are shown or led to.
const ENDINGS: [&str; 15] = [
    ".png",
    ".jpg",
    ".jpeg",
    ".svg",
    ".gif",
    ".webp",
    ".tif",
    ".tiff",
    ".pdf",
    ".md",
    ".markdown",
    ".qmd",
    ".html",
    ".htm",
    ".csv",
];

/// What stands for the destination that begins at a `](`, and how much of the text that takes; `None` where CommonMark
/// reads it as it is. `before` is the line before it.
pub(super) fn spaced(before: &str, rest: &str) -> Option<(String, usize)> {
    let inner = rest.strip_prefix("](")?;
    let line = &inner[..inner.find('\n').unwrap_or(inner.len())];
    let (length, end) = ends(line)?;
    let written = &line[..length];
    let (path, size) = match written.rsplit_once(" =") {
        Some((path, size)) if end == length && is_of_a_picture(before) => match width(size) {
            Some(width) => (path, Some(width)),
            None => (written, None),
        },
        _ => (written, None),
    };
    let path = path.trim();
    if size.is_none() && !path.contains(' ') || path.contains(['<', '>', '|']) || path.is_empty() {
        return None;
    }
    let lower = path.to_ascii_lowercase();
    let leads = ["http://", "https://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme))
        || ENDINGS.iter().any(|ending| lower.split(['#', '?']).next().unwrap_or("").ends_with(ending));
    if !leads {
        return None;
    }
    let made = format!("](<{path}>");
    match size {
        Some(width) => Some((format!("{made}){{width={width}px}}"), 2 + length + 1)),
        // A space stays before the title.
        None => Some((made, 2 + written.trim_end().len())),
    }
}

/// Where the address begins of a line that defines what a link leads to: `[map]: https://example.org/map`.
fn address(line: &str) -> Option<usize> {
    let inner = line.strip_prefix('[').filter(|inner| !inner.starts_with(['^', ']', '!']))?;
    let label = inner.find("]:").filter(|end| !inner[..*end].contains(['[', ']']))?;
    let behind = &inner[label + 2..];
    let start = line.len() - behind.trim_start().len();
    let leads = ["http://", "https://", "mailto:", "<", "#", "./"].iter().any(|begin| line[start..].starts_with(begin));
    (leads && start > label + 3).then_some(start)
}

/// Whether a line defines what a link leads to.
pub(super) fn is_definition(line: &str) -> bool {
    address(line.trim_end()).is_some()
}

/// What stands for the label and the address of a definition whose address has spaces, and how much of the line that takes.
pub(super) fn defined(line: &str) -> Option<(String, usize)> {
    let start = address(line)?;
    let written = line[start..].trim_end();
    let length = [" \"", " '", " ("].iter().find_map(|title| written.find(title)).unwrap_or(written.len());
    let path = written[..length].trim_end();
    let spaced = path.contains(' ') && !path.starts_with('<') && !path.contains(['<', '>']);
    spaced.then(|| (format!("{}<{path}>", &line[..start]), start + path.len()))
}

/// How far a path goes, before a title in quotes, and where its bracket closes.
fn ends(line: &str) -> Option<(usize, usize)> {
    let (mut depth, mut path) = (0, None);
    let mut quote: Option<char> = None;
    for (at, letter) in line.char_indices().take_while(|(at, _)| *at < REACH) {
        match (letter, quote) {
            ('\\', _) => return None,
            (c, Some(open)) if c == open => quote = None,
            (_, Some(_)) => {}
            ('"' | '\'', None) if at > 0 && line[..at].ends_with(' ') => {
                quote = Some(letter);
                path.get_or_insert(at);
            }
            ('(', None) => depth += 1,
            (')', None) if depth == 0 => return Some((path.unwrap_or(at), at)),
            (')', None) => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Whether the brackets that close at the end of `before` are those of a picture.
fn is_of_a_picture(before: &str) -> bool {
    let mut depth = 0;
    for (at, letter) in before.char_indices().rev() {
        match letter {
            ']' => depth += 1,
            '[' if depth == 0 => return before[..at].ends_with('!'),
            '[' => depth -= 1,
            _ => {}
        }
    }
    false
}

/// `300x`, `300x200`: the width.
fn width(size: &str) -> Option<&str> {
    let (width, height) = size.trim().split_once('x')?;
    let digits = |side: &str| side.len() <= 4 && side.bytes().all(|byte| byte.is_ascii_digit());
    (!width.is_empty() && digits(width) && digits(height)).then_some(width)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<String> {
        let at = line.find("](")?;
        let (made, length) = spaced(&line[..at], &line[at..])?;
        Some(format!("{}{made}{}", &line[..at], &line[at + length..]))
    }

    #[test]
    fn a_definition_has_an_address() {
        assert!(is_definition("[map]: https://example.org") && is_definition("[a b]: <x y> \"T\""));
        for line in [
            "[^1]: https://example.org",
            "[Ann]: Who is there?",
            "[a][b]: https://x.org",
            "[a]: x",
            "[x] https://x.org",
        ] {
            assert!(!is_definition(line), "{line}");
        }
        assert_eq!(
            defined("[map]: https://example.org/a map \"T\"").map(|(made, _)| made).as_deref(),
            Some("[map]: <https://example.org/a map>"),
        );
        assert_eq!(defined("[map]: https://example.org/map \"A map\""), None);
    }

    #[test]
    fn a_path_with_spaces_is_put_between_brackets() {
        for (line, made) in [
            ("![A](images/my map.png)", "![A](<images/my map.png>)"),
            (
                "![A](images/my map (old).png \"Old (map)\"){#fig-a}",
                "![A](<images/my map (old).png> \"Old (map)\"){#fig-a}",
            ),
            ("[A](https://example.org/a b)", "[A](<https://example.org/a b>)"),
            ("[A](20 next.md#prices)", "[A](<20 next.md#prices>)"),
            ("![A](a.png =300x)", "![A](<a.png>){width=300px}"),
        ] {
            assert_eq!(read(line).as_deref(), Some(made), "{line}");
        }
        for line in [
            "![A](a.png)",
            "[A](a.png \"Map\")",
            "[see](what he said)",
            "![A](<my map.png>)",
            "[A](a.png =300x)",
            "![A](a b.png",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
