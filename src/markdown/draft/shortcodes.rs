//! Shortcodes: what Hugo, Quarto, Jekyll and Zola write between double braces, said as Markdown says it.
//!
//! What stands between two of them is text in any case: a box where their name means one here, else the text itself.
//! What recto has no answer for is left to the reader of lines, which says so.

use std::ops::Range;

use super::rewrite::Rewrite;
use super::tags::{Tag, tags};
use crate::book::block::BoxKind;
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::markdown::divs::box_kind;
use crate::markdown::fair::Fair;

/// The text with its shortcodes said otherwise; `None` where there are none.
pub(super) fn said_otherwise(raw: &Fair, diagnostics: &mut Diagnostics) -> Option<Fair> {
    if !raw.text.contains("{{") && !raw.text.contains("{%") {
        return None;
    }
    let tags = tags(&raw.text);
    let mut writer =
        Writer { copy: Rewrite::new(raw), tags: &tags, closing: vec![None; tags.len()], told: Vec::new(), diagnostics };
    for index in 0..tags.len() {
        writer.tag(index);
    }
    writer.copy.finish()
}

/// What stands in a tag's place.
enum Piece<'t> {
    Made(&'t str),
    Kept(Range<usize>),
}

use Piece::{Kept, Made};

/// What a tag means in a book.
enum Meaning<'t> {
    /// A box of a class.
    Box(&'static str, Option<Range<usize>>),
    /// Nothing: what it holds stands below each other.
    Stacked,
    Quote,
    /// Program text.
    Code(String),
    /// A picture: its path, its alternative text, its caption, its width.
    Picture(Range<usize>),
    /// Something that moves or sounds, by its address.
    Film(&'static str, Range<usize>),
    /// Keys.
    Keys(Range<usize>),
    /// A link whose words it holds.
    Button(Range<usize>),
    Hidden,
    /// Text that is no template.
    Raw,
    /// A tag that is shown as it would be written.
    Shown(Range<usize>),
    /// What recto makes itself.
    Made,
    /// Signs without words.
    Sign,
    /// What shows more than words: it is an error where it opens.
    Show,
    Other(&'t str),
}

struct Writer<'a> {
    copy: Rewrite<'a>,
    tags: &'a [Tag<'a>],
    /// What closes a tag that was opened, by the place of its other end.
    closing: Vec<Option<(String, bool)>>,
    /// What is said once.
    told: Vec<String>,
    diagnostics: &'a mut Diagnostics,
}

impl Writer<'_> {
    fn tag(&mut self, index: usize) {
        let tags = self.tags;
        let tag = &tags[index];
        if tag.range.start < self.copy.at {
            return;
        }
        if tag.closes {
            if let Some((words, block)) = self.closing[index].take() {
                self.put(tag, &[Made(&words)], block);
            }
            return;
        }
        if self.destination(tag) {
            return;
        }
        let block = self.begins_line(tag.range.start);
        let mut means = meaning(tag, &self.copy.raw.text);
        // Around a fence of its own it says no more than its title.
        if matches!(means, Meaning::Code(_)) && self.holds_a_fence(tag) {
            means = Meaning::Stacked;
        }
        match means {
            Meaning::Box(class, title) if block && tag.pair.is_some() => {
                let open = format!("::: {{.{class}");
                match title {
                    Some(title) => self.put(tag, &[Made(&open), Made(" title=\""), Kept(title), Made("\"}")], true),
                    None => self.put(tag, &[Made(&open), Made("}")], true),
                }
                self.close(tag, ":::", true);
            }
            Meaning::Stacked if tag.pair.is_some() && title_of(tag).is_none() => {
                self.put(tag, &[], false);
                self.close(tag, "", false);
            }
            Meaning::Quote if block && tag.pair.is_some() => {
                self.put(tag, &[Made("<blockquote>")], true);
                let author = tag
                    .get(&["author", "source", "cite", "attribution"])
                    .map(|range| self.copy.raw.text[range].to_owned());
                let lead = self.lead(tag.range.start);
                let close = author.map_or("</blockquote>".to_owned(), |author| {
                    format!("\n{lead}— {author}\n{lead}\n{lead}</blockquote>")
                });
                self.close(tag, &close, true);
            }
            Meaning::Code(language) if block && tag.pair.is_some() => {
                self.put(tag, &[Made(&format!("```{language}"))], true);
                self.close(tag, "```", true);
                self.skip_to(tag);
            }
            Meaning::Code(_) if tag.pair.is_some() => {
                self.put(tag, &[Made("`")], false);
                self.close(tag, "`", false);
                self.skip_to(tag);
            }
            Meaning::Picture(path) => self.picture(tag, path),
            Meaning::Film(before, address) => {
                self.said_once(
                    tag,
                    "a page cannot play this: its address is printed",
                    "write a link with words of its own: [words](https://…)",
                );
                self.put(tag, &[Made("<"), Made(before), Kept(address), Made(">")], false);
            }
            Meaning::Keys(keys) => self.put(tag, &[Made("<kbd>"), Kept(keys), Made("</kbd>")], false),
            Meaning::Button(address) if tag.pair.is_some() => {
                self.put(tag, &[Made("[")], false);
                let close = format!("](<{}>)", &self.copy.raw.text[address]);
                self.close(tag, &close, false);
            }
            Meaning::Hidden => {
                if let Some(other) = tag.pair {
                    self.put(tag, &[], false);
                    self.copy.skip_to(tags[other].range.end);
                }
            }
            Meaning::Raw => {
                self.put(tag, &[], false);
                self.close(tag, "", false);
                self.raw_to(tag);
            }
            Meaning::Made => {
                self.said_once(
                    tag,
                    "contents are made without being asked for",
                    "what they hold is said in metadata.yaml: `contents: {depth: 2}`",
                );
                self.put(tag, &[], false);
            }
            Meaning::Sign => {
                self.said_once(tag, "this sign is left out", "write the character itself, or a picture");
                self.put(tag, &[], false);
            }
            Meaning::Show => self.close(tag, "", false),
            Meaning::Box(..) | Meaning::Quote | Meaning::Code(_) | Meaning::Button(_) if tag.pair.is_some() => {
                self.words_kept(tag, tag.name);
            }
            // What has a title stands apart from what is around it.
            Meaning::Stacked | Meaning::Other(_) if block && tag.pair.is_some() && title_of(tag).is_some() => {
                let title = title_of(tag).map(Kept);
                let pieces: Vec<Piece<'_>> =
                    [Made("::: {.box title=\"")].into_iter().chain(title).chain([Made("\"}")]).collect();
                self.put(tag, &pieces, true);
                self.close(tag, ":::", true);
            }
            // A tab without text of its own says what the others are of.
            Meaning::Box(..) | Meaning::Stacked if tag.pair.is_none() && block && title_of(tag).is_some() => {
                let title = title_of(tag).map(Kept);
                let pieces: Vec<Piece<'_>> = [Made("**")].into_iter().chain(title).chain([Made("**\n")]).collect();
                self.put(tag, &pieces, true);
            }
            Meaning::Stacked if tag.pair.is_some() => self.words_kept(tag, tag.name),
            Meaning::Other(name) if tag.pair.is_some() => self.words_kept(tag, name),
            Meaning::Shown(range) => {
                let text = &self.copy.raw.text;
                let (open, close) = (&text[tag.range.start..][..3], &text[..tag.range.end][tag.range.end - 3..]);
                let (open, close) = (format!("`{open}"), format!("{close}`"));
                self.put(tag, &[Made(&open), Kept(range), Made(&close)], false);
            }
            _ => {}
        }
    }

    /// Whether a fence begins what a tag holds.
    fn holds_a_fence(&self, tag: &Tag<'_>) -> bool {
        let Some(other) = tag.pair else { return false };
        let inside = self.copy.raw.text[tag.range.end..self.tags[other].range.start].trim_start();
        inside.starts_with("```") || inside.starts_with("~~~")
    }

    /// Between tags that mean nothing here stand words.
    fn words_kept(&mut self, tag: &Tag<'_>, name: &str) {
        self.said_once(
            tag,
            &format!("the shortcode \"{name}\" means nothing here and is left out; its text is kept"),
            "a box is written > [!NOTE] Title, and > before each line of its text",
        );
        self.put(tag, &[], false);
        self.close(tag, "", false);
    }

    fn said_once(&mut self, tag: &Tag<'_>, message: &str, hint: &str) {
        if self.told.iter().any(|told| told == message) {
            return;
        }
        self.told.push(message.to_owned());
        let span = self.copy.raw.span(tag.range.clone());
        self.diagnostics.report(Diagnostic::new(&lints::SUSPECT_MARKUP, message).at(span).hint(hint));
    }

    /// What stands in the place of the other end.
    fn close(&mut self, tag: &Tag<'_>, words: &str, block: bool) {
        if let Some(other) = tag.pair {
            self.closing[other] = Some((words.to_owned(), block));
        }
    }

    /// Writes what stands before a tag, and pieces in its place; a block has lines of its own.
    fn put(&mut self, tag: &Tag<'_>, pieces: &[Piece<'_>], block: bool) {
        let raw = self.copy.raw;
        let place = tag.range.clone();
        self.copy.keep_to(place.start);
        let lead = self.lead(place.start);
        if block && !self.begins_line(place.start) {
            self.copy.made(&format!("\n{lead}"), place.start);
        }
        for piece in pieces {
            match piece {
                Made(words) => self.copy.made(words, place.start),
                Kept(range) => self.copy.kept(range.clone()),
            }
        }
        if block && !raw.text[place.end..].split('\n').next().unwrap_or("").trim().is_empty() {
            self.copy.made(&format!("\n{lead}"), place.end);
        }
        self.copy.skip_to(place.end);
    }

    /// Up to its other end all is program text.
    fn skip_to(&mut self, tag: &Tag<'_>) {
        if let Some(other) = tag.pair {
            let end = self.tags[other].range.start;
            self.copy.keep_to(end);
        }
    }

    /// Up to its other end braces are letters.
    fn raw_to(&mut self, tag: &Tag<'_>) {
        let Some(other) = tag.pair else { return };
        let end = self.tags[other].range.start;
        while let Some(length) = self.copy.raw.text[self.copy.at..end].find(['{', '}']) {
            let brace = self.copy.at + length;
            self.copy.keep_to(brace);
            self.copy.made("\\", brace);
            self.copy.keep_to(brace + 1);
        }
        self.copy.keep_to(end);
    }

    /// `[words]({{< ref "next.md" >}})`, `({% link next.md %})`: the path alone.
    fn destination(&mut self, tag: &Tag<'_>) -> bool {
        let path = match tag.name {
            "ref" | "relref" | "link" | "post_url" | "relative_url" | "absolute_url" => {
                tag.alone(0).or(tag.get(&["path"]))
            }
            // What a site puts before its paths.
            "site.baseurl" | "site.url" => Some(tag.range.end..tag.range.end),
            _ => None,
        };
        let Some(path) = path else { return false };
        let before = self.line_before(tag.range.start);
        let quoted = ["href=\"", "href='", "src=\"", "src='"].iter().any(|opening| before.ends_with(opening));
        let inside = quoted
            || before.rfind("](").is_some_and(|open| {
                let inner = &before[open + 2..];
                !inner.contains([')', '\n']) && (!inner.contains(' ') || inner.ends_with('}'))
            });
        if inside {
            self.put(tag, &[Kept(path)], false);
        }
        inside
    }

    fn picture(&mut self, tag: &Tag<'_>, path: Range<usize>) {
        let alt = tag.get(&["alt"]);
        let caption = tag.get(&["caption", "title"]).filter(|caption| Some(caption) != alt.as_ref());
        let width = tag
            .get(&["width"])
            .map(|range| self.copy.raw.text[range].to_owned())
            .filter(|width| width.starts_with(|c: char| c.is_ascii_digit()));
        let mut pieces = vec![Made("![")];
        pieces.extend(alt.map(Kept));
        pieces.push(Made("](<"));
        pieces.push(Kept(path));
        pieces.push(Made(">"));
        if let Some(caption) = caption {
            let quote = if self.copy.raw.text[caption.clone()].contains('"') { "'" } else { "\"" };
            pieces.extend([Made(" "), Made(quote), Kept(caption), Made(quote)]);
        }
        pieces.push(Made(")"));
        let width = width.map_or(String::new(), |width| format!("{{width={width}}}"));
        pieces.push(Made(&width));
        let credit = format!("\n{lead}\n{lead}Credit: ", lead = self.lead(tag.range.start));
        if let Some(words) = tag.get(&["attr", "credit"]).filter(|_| self.begins_line(tag.range.start)) {
            pieces.extend([Made(&credit), Kept(words)]);
        }
        self.put(tag, &pieces, false);
        self.close(tag, "", false);
    }

    /// The end of what stands before a place in its line.
    fn line_before(&self, at: usize) -> &str {
        const FAR: usize = 500;
        let text = &self.copy.raw.text[..at];
        let mut start = at.saturating_sub(FAR);
        while !text.is_char_boundary(start) {
            start += 1;
        }
        let near = &text[start..];
        near.rsplit('\n').next().unwrap_or(near)
    }

    /// Whether nothing but the signs of lists and quotations stands before a place in its line.
    fn begins_line(&self, at: usize) -> bool {
        let line = self.line_before(at);
        line.chars().all(|c| c == ' ' || c == '\t' || c == '>') || is_mark(line)
    }

    /// What stands before a line that goes on where the line of a place began.
    fn lead(&self, at: usize) -> String {
        let line = self.line_before(at);
        let length = line.len() - line.trim_start_matches([' ', '\t', '>']).len();
        let signs = line[length..].chars().take_while(|c| "-*+0123456789.) ".contains(*c)).count();
        let mark = is_mark(&line[..length + signs]);
        format!("{}{}", &line[..length], " ".repeat(if mark { signs } else { 0 }))
    }
}

/// Whether the mark of an item is all that stands in the beginning of a line.
fn is_mark(line: &str) -> bool {
    let mark = line.trim_start_matches([' ', '\t', '>']);
    let bare = mark.trim_end();
    mark.len() > bare.len()
        && (matches!(bare, "-" | "*" | "+")
            || bare
                .strip_suffix(['.', ')'])
                .is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())))
}

/// The keys under which a film's name or address is given.
const FILM: [&str; 7] = ["id", "src", "video", "videoid", "videoId", "url", "link"];

/// What a tag means, by its name.
fn meaning<'t>(tag: &Tag<'t>, text: &str) -> Meaning<'t> {
    let first = tag.alone(0);
    let title = || title_of(tag);
    let source = || tag.get(&["src", "source", "url", "link", "path", "file", "image", "video"]);
    let name = tag.name.rsplit('/').next().unwrap_or(tag.name).trim_end_matches(".html");
    match name.to_ascii_lowercase().as_str() {
        "alert" | "notice" | "callout" | "admonition" | "hint" | "admonish" | "message" | "banner" | "box" | "note"
        | "tip" | "warning" | "info" | "important" | "danger" | "caution" | "attention" | "question" | "success"
        | "example" | "pageinfo" | "jumbotron" | "aside" | "remark" | "deprecated" | "feature-state" => {
            let said = tag
                .get(&["type", "kind", "color", "style", "class", "level", "context"])
                .or(first.clone())
                .map(|range| &text[range]);
            let (class, is_kind) = match said.and_then(kind_of) {
                Some(class) => (class, true),
                None => (kind_of(name).unwrap_or("box"), false),
            };
            let second =
                tag.alone(usize::from(is_kind)).filter(|range| text[..range.start].ends_with(['"', '\'', '`']));
            Meaning::Box(class, title().or(second))
        }
        "tab" if tag.get(&["lang"]).is_some() => {
            let language = tag.get(&["lang"]).map_or("", |range| &text[range]);
            let named = title().map_or(String::new(), |range| format!(" {{filename=\"{}\"}}", &text[range]));
            Meaning::Code(format!("{language}{named}"))
        }
        "details" | "expand" | "collapse" | "accordion" | "spoiler" | "dropdown" | "toggle" | "accordion-item"
        | "tab" | "card" | "tab-item" | "tabitem" | "cardpane"
            if name != "cardpane" =>
        {
            Meaning::Box("box", title().or(first))
        }
        "tabs" | "tabpane" | "tabset" | "columns" | "column" | "cardpane" | "cards" | "steps" | "grid" | "section"
        | "row" | "col" | "center" | "rawhtml" | "wide" | "div" | "span" | "lead" | "small" | "markdown" | "md"
        | "blocks" | "nolink" | "accordion-group" | "panel" | "p" => Meaning::Stacked,
        "quote" | "blockquote" | "epigraph" | "pullquote" | "bquote" => Meaning::Quote,
        "highlight" | "code" | "sourcecode" | "codeblock" => Meaning::Code(
            tag.get(&["language", "lang"]).or(first).map_or(String::new(), |range| text[range].to_owned()),
        ),
        "mermaid" | "graphviz" | "plantuml" => Meaning::Code(name.to_owned()),
        "*" => Meaning::Shown(tag.alone(0).unwrap_or_default()),
        "figure" | "img" | "image" | "fig" | "picture" | "figurecap" => match source().or(first) {
            Some(path) => Meaning::Picture(path),
            None => Meaning::Other(tag.name),
        },
        "youtube" | "youtube-lite" | "yt" => match tag.get(&FILM).or(first) {
            Some(id) if text[id.clone()].contains("://") => Meaning::Film("", id),
            Some(id) => Meaning::Film("https://www.youtube.com/watch?v=", id),
            None => Meaning::Other(tag.name),
        },
        "vimeo" => match tag.get(&FILM).or(first) {
            Some(id) if text[id.clone()].contains("://") => Meaning::Film("", id),
            Some(id) => Meaning::Film("https://vimeo.com/", id),
            None => Meaning::Other(tag.name),
        },
        "video" | "iframe" | "embed" | "audio" | "tweet" | "x" | "instagram" => match source().or(first) {
            Some(address) if text[address.clone()].contains("://") => Meaning::Film("", address),
            _ => Meaning::Other(tag.name),
        },
        "kbd" | "key" if tag.pair.is_none() => match first {
            Some(keys) => Meaning::Keys(keys),
            None => Meaning::Other(tag.name),
        },
        "button" | "btn" => match tag.get(&["href", "relref", "url", "link"]).or(first) {
            Some(address) => Meaning::Button(address),
            None => Meaning::Other(tag.name),
        },
        "imgproc" | "gallery" | "carousel" | "slider" | "plot" | "map" | "gist" | "chart" | "swagger" | "swaggerui"
        | "asciinema" | "katex" | "math" | "latex" | "if" | "unless" | "case" | "for" | "capture" | "tablerow" => {
            Meaning::Show
        }
        "comment" | "ignore" => Meaning::Hidden,
        "raw" if tag.pair.is_some() => Meaning::Raw,
        "toc" | "table-of-contents" | "tableofcontents" | "children" => Meaning::Made,
        "icon" | "fa" | "fas" | "fab" | "iconify" | "bi" | "emoji" if tag.pair.is_none() => Meaning::Sign,
        _ => Meaning::Other(tag.name),
    }
}

/// The title that a tag gives to what it holds.
fn title_of(tag: &Tag<'_>) -> Option<Range<usize>> {
    tag.get(&["title", "header", "name", "summary", "label", "caption", "heading"])
}

/// The class of a box by the word that themes of sites have for it: their own here, the rest as boxes are called.
fn kind_of(word: &str) -> Option<&'static str> {
    let word = word.to_ascii_lowercase();
    let kind = match word.as_str() {
        "primary" | "secondary" | "remark" | "pageinfo" | "blue" => BoxKind::Note,
        "green" => BoxKind::Tip,
        "red" | "yellow" | "deprecated" | "error" => BoxKind::Warning,
        word => box_kind(word)?,
    };
    Some(match kind {
        BoxKind::Note => "callout-note",
        BoxKind::Tip => "callout-tip",
        BoxKind::Important => "callout-important",
        BoxKind::Warning => "callout-warning",
        BoxKind::Caution => "callout-caution",
        _ => return None,
    })
}
