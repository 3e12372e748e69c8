//! Parts: a page that is too long for old readers becomes several files, and every link finds its place again.
//!
//! Readers of the last decade load a file whole, and some stop at 250 or 300 kB. What is cut is the finished markup,
//! between two blocks that follow each other in nothing but sections and lists; so no table, figure, box or note is ever
//! parted, and nothing else of the e-book has to know. Where sections and lists go on they are opened again, a list with
//! the number at which it had come to.

use std::collections::BTreeMap;

use super::xhtml::XhtmlPage;

/// The most bytes of a file.
const MOST: usize = 240_000;

/// What may be closed and opened again.
const HOLDERS: &[&str] = &["html", "body", "section", "ol", "ul"];

/// What a cut may stand behind: a heading or a mark of a page stays with what follows it.
const ENDS: &[&str] =
    &["p", "ul", "ol", "dl", "div", "figure", "table", "blockquote", "section", "pre", "li", "aside", "details", "hr"];

/// The attributes that hold an address, as they end a text before its sign of equality.
const LINKS: [&str; 2] = [" href", " src"];

/// Names and roles that only the first part of an element has.
const ONCE: &[&str] = &["id", "role", "epub:type", "aria-labelledby", "aria-label", "start"];

/// Parts the pages that are too long. Links in `documents` and in `others` lead to the parts.
pub(super) fn part(documents: Vec<XhtmlPage>, others: &mut [&mut String]) -> Vec<XhtmlPage> {
    part_at(documents, others, MOST)
}

fn part_at(documents: Vec<XhtmlPage>, others: &mut [&mut String], most: usize) -> Vec<XhtmlPage> {
    if documents.iter().all(|page| page.text.len() <= most) {
        return documents;
    }
    let taken: Vec<String> = documents.iter().map(|page| page.file.clone()).collect();
    let mut moved = Moved::default();
    let mut parted = Vec::new();
    for page in documents {
        // The file of each part, and the first one's for what a cut does not find.
        let origin = page.file.clone();
        let texts = if page.text.len() > most { cut(&page.text, most) } else { vec![page.text] };
        for (at, text) in texts.into_iter().enumerate() {
            let file = if at == 0 { origin.clone() } else { free(&origin, at + 1, &taken) };
            if file != origin {
                ids(&text).for_each(|id| moved.insert(&origin, id, &file));
            }
            parted.push((origin.clone(), XhtmlPage { file, text }));
        }
    }
    for (origin, page) in &mut parted {
        page.text = moved.lead(&page.text, origin, &page.file);
    }
    for text in others.iter_mut() {
        **text = moved.lead(text, "", "");
    }
    parted.into_iter().map(|(_, page)| page).collect()
}

/// `notes-2.xhtml`, or with a letter if there is such a file.
fn free(origin: &str, part: usize, taken: &[String]) -> String {
    let stem = origin.trim_end_matches(".xhtml");
    let names = std::iter::once(String::new()).chain(('b'..='z').map(String::from));
    let mut names = names.map(|letter| format!("{stem}-{part}{letter}.xhtml"));
    names.find(|name| !taken.contains(name)).unwrap_or_else(|| format!("{stem}-part-{part}.xhtml"))
}

/// The ids that went into another file: by the file in which they were written, then by id.
#[derive(Default)]
struct Moved(BTreeMap<String, BTreeMap<String, String>>);

impl Moved {
    fn insert(&mut self, origin: &str, id: &str, file: &str) {
        self.0.entry(origin.to_owned()).or_default().insert(id.to_owned(), file.to_owned());
    }

    /// A text whose links lead to where things stand now. `origin` is the file in which it was written, `now` its own.
    fn lead(&self, text: &str, origin: &str, now: &str) -> String {
        let mut out = String::with_capacity(text.len() + 1024);
        let mut from = 0;
        for (at, sign) in text.match_indices("=\"") {
            let begin = at + sign.len();
            if begin < from || !LINKS.iter().any(|name| text[..at].ends_with(name)) {
                continue;
            }
            let Some(length) = text[begin..].find('"') else { break };
            out.push_str(&text[from..begin]);
            from = begin + length;
            out.push_str(&self.place(&text[begin..from], origin, now));
        }
        out.push_str(&text[from..]);
        out
    }

    fn place(&self, link: &str, origin: &str, now: &str) -> String {
        let Some((file, id)) = link.split_once('#') else { return link.to_owned() };
        let written = if file.is_empty() { origin } else { file };
        // Files lie side by side; what has a scheme or a folder is not ours.
        let there = match self.0.get(written).and_then(|ids| ids.get(id)) {
            Some(file) => file.as_str(),
            None if file.is_empty() && origin != now => origin,
            None => return link.to_owned(),
        };
        if there == now { format!("#{id}") } else { format!("{there}#{id}") }
    }
}

/// The ids in a text.
fn ids(text: &str) -> impl Iterator<Item = &str> {
    text.split(" id=\"").skip(1).filter_map(|rest| rest.split_once('"')).map(|(id, _)| id)
}

/// An element that is open where a cut may be.
#[derive(Clone)]
struct Open<'a> {
    name: &'a str,
    /// The whole tag.
    tag: &'a str,
    /// The number of the next item of a list.
    next: usize,
    /// What ended last in it.
    last: &'a str,
}

/// A place between two blocks.
struct Place<'a> {
    at: usize,
    open: Vec<Open<'a>>,
    /// Whether a section begins here, the highest first: its depth.
    rank: usize,
}

/// A page in parts of equal length, as far as there are places to cut it.
fn cut(text: &str, most: usize) -> Vec<String> {
    let head = text.find("<body").unwrap_or(0);
    let body = text[head..].find('>').map_or(head, |end| head + end + 1);
    let places = places(text);
    let count = text.len().div_ceil(most);
    let goal = text.len() / count;
    let mut parts = Vec::new();
    let mut begun: Option<&Place<'_>> = None;
    loop {
        let from = begun.map_or(0, |place| place.at);
        // What is written again at the head and the foot of a part counts.
        let room = most.saturating_sub(body + 512);
        let place = (text.len() - from > most).then(|| choose(&places, from, goal.min(room), room)).flatten();
        let end = place.map_or(text.len(), |place| place.at);
        let mut part = String::with_capacity(end - from + 2048);
        if let Some(begun) = begun {
            part.push_str(&text[..head]);
            begun.open.iter().filter(|open| open.name != "html").for_each(|open| again(open, &mut part));
        }
        part.push_str(&text[from..end]);
        if let Some(place) = place {
            place.open.iter().rev().for_each(|open| part.push_str(&format!("</{}>\n", open.name)));
        }
        parts.push(part);
        match place {
            Some(place) => begun = Some(place),
            None => return parts,
        }
    }
}

/// The best of the places: the beginning of a high section near the goal, else the last place before there is too much,
/// else the first after.
fn choose<'p, 'a>(places: &'p [Place<'a>], from: usize, goal: usize, most: usize) -> Option<&'p Place<'a>> {
    let begin = places.partition_point(|place| place.at <= from);
    let near = places[begin..].iter().take_while(|place| place.at - from <= most);
    let near: Vec<&Place<'_>> = near.collect();
    let good = near.iter().filter(|place| place.at - from >= goal * 3 / 5);
    let best = good.min_by_key(|place| (place.rank, (place.at - from).abs_diff(goal)));
    best.or(near.last()).copied().or(places.get(begin))
}

/// Opens an element again: what names it stands on its first part alone.
fn again(open: &Open<'_>, out: &mut String) {
    let notes = open.tag.contains("doc-endnotes");
    let mut rest = open.tag.trim_start_matches('<').trim_end_matches('>');
    out.push('<');
    rest = rest.strip_prefix(open.name).unwrap_or(rest);
    out.push_str(open.name);
    while let Some((name, after)) = rest.split_once("=\"") {
        let Some((value, after)) = after.split_once('"') else { break };
        let name = name.trim();
        // Readers ask whether a note stands among notes.
        let kept = !ONCE.contains(&name) || (notes && matches!(name, "role" | "epub:type")) || open.name == "body";
        if kept {
            out.push_str(&format!(" {name}=\"{value}\""));
        }
        rest = after;
    }
    if open.name == "ol" && open.next > 1 {
        out.push_str(&format!(" start=\"{}\"", open.next));
    }
    out.push_str(">\n");
}

/// Every place where a page can be cut.
fn places(text: &str) -> Vec<Place<'_>> {
    let mut places = Vec::new();
    let mut open: Vec<Open<'_>> = Vec::new();
    // How many of the open elements are no holders.
    let mut inside = 0;
    let mut at = 0;
    while let Some(found) = text[at..].find('<') {
        let start = at + found;
        let rest = &text[start..];
        let length = if rest.starts_with("<!--") {
            rest.find("-->").map(|end| end + 3)
        } else {
            rest.find('>').map(|end| end + 1)
        };
        let Some(length) = length else { break };
        let tag = &rest[..length];
        at = start + length;
        if tag.starts_with("<!") || tag.starts_with("<?") {
            continue;
        }
        if tag.starts_with("</") {
            let Some(closed) = open.pop() else { break };
            inside -= usize::from(!HOLDERS.contains(&closed.name));
            if let Some(holder) = open.last_mut() {
                holder.last = closed.name;
            }
            continue;
        }
        let name = tag[1..].split([' ', '>', '/', '\n']).next().unwrap_or_default();
        if let (0, Some(holder)) = (inside, open.last())
            && ENDS.contains(&holder.last)
        {
            let sections = open.iter().filter(|open| open.name == "section").count();
            let rank = if name == "section" { sections } else { open.len() + 8 };
            places.push(Place { at: start, open: open.clone(), rank });
        }
        let empty = tag.ends_with("/>");
        if let Some(holder) = open.last_mut() {
            if holder.name == "ol" && name == "li" {
                holder.next = number(tag, "value").unwrap_or(holder.next) + 1;
            }
            if empty {
                holder.last = name;
            }
        }
        if !empty {
            inside += usize::from(!HOLDERS.contains(&name));
            open.push(Open { name, tag, next: number(tag, "start").unwrap_or(1), last: "" });
        }
    }
    places
}

/// The number that an attribute of a tag says.
fn number(tag: &str, name: &str) -> Option<usize> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"')?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(file: &str, body: &str) -> XhtmlPage {
        let text = format!(
            "<?xml version=\"1.0\"?>\n<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<title>T</title>\n</head>\n<body \
             epub:type=\"bodymatter\">\n{body}</body></html>"
        );
        XhtmlPage { file: file.to_owned(), text }
    }

    /// Every element closed in its order, and the words.
    fn sound(text: &str) -> String {
        let mut open = Vec::new();
        let mut words = String::new();
        for piece in text.split('<').skip(1) {
            let (tag, after) = piece.split_once('>').expect("a tag ends");
            if let Some(name) = tag.strip_prefix('/') {
                assert_eq!(open.pop(), Some(name), "{text}");
            } else if !tag.starts_with(['!', '?']) && !tag.ends_with('/') {
                open.push(tag.split(' ').next().expect("a name"));
            }
            words.push_str(after.trim());
        }
        assert!(open.is_empty(), "{open:?}");
        words
    }

    #[test]
    fn a_long_page_is_parted_between_blocks_and_every_link_finds_its_place() {
        let mut body =
            "<section class=\"chapter\" role=\"doc-chapter\" aria-labelledby=\"h-1\">\n<h1 id=\"h-1\">One</h1>\n"
                .to_owned();
        for at in 0..40 {
            body.push_str(&format!("<section>\n<h2 id=\"s-{at}\">S{at}</h2>\n<p>Words <a id=\"nr-{at}\" href=\"notes.xhtml#n-{at}\">{at}</a>, see <a href=\"#s-{}\">there</a>.</p>\n</section>\n", 39 - at));
        }
        body.push_str("</section>\n");
        let items: String = (0..40)
            .map(|at| format!("<li id=\"n-{at}\"><p>Note <a href=\"one.xhtml#nr-{at}\">back</a></p>\n</li>\n"))
            .collect();
        let notes = format!(
            "<section epub:type=\"endnotes\" role=\"doc-endnotes\" aria-labelledby=\"h-1\">\n<h1 id=\"h-1\">N</h1>\n<ol class=\"notes\" start=\"3\">\n{items}</ol>\n</section>\n"
        );
        let pages = vec![page("one.xhtml", &body), page("notes.xhtml", &notes)];
        let words: Vec<String> = pages.iter().map(|page| sound(&page.text)).collect();
        let mut nav = "<a href=\"one.xhtml\">One</a><a href=\"one.xhtml#s-39\">S39</a>".to_owned();
        let parted = part_at(pages, &mut [&mut nav], 1600);
        let names: Vec<&str> = parted.iter().map(|page| page.file.as_str()).collect();
        assert!(names.starts_with(&["one.xhtml", "one-2.xhtml", "one-3.xhtml"]), "{names:?}");
        assert!(parted.iter().all(|page| page.text.len() <= 1600));
        let of = |stem: &'static str| parted.iter().filter(move |page| page.file.starts_with(stem));
        for (stem, words) in ["one", "notes"].into_iter().zip(words) {
            let all: String = of(stem).map(|page| sound(&page.text).trim_start_matches('T').to_owned()).collect();
            assert_eq!(all, words.trim_start_matches('T'), "{stem}");
        }
        for page in &parted {
            for link in page.text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                let (file, id) = link.split_once('#').expect("all have a place");
                let file = if file.is_empty() { page.file.as_str() } else { file };
                let there = parted.iter().find(|page| page.file == file).expect("a file");
                assert!(there.text.contains(&format!(" id=\"{id}\"")), "{link} in {}", page.file);
            }
        }
        assert!(nav.starts_with("<a href=\"one.xhtml\">") && !nav.contains("\"one.xhtml#s-39\""), "{nav}");
        let last = of("notes").next_back().expect("parts");
        let first = last.text.split("<li id=\"n-").nth(1).and_then(|rest| rest.split('"').next()).expect("a note");
        let first: usize = first.parse().expect("a number");
        assert!(last.text.contains(&format!("<ol class=\"notes\" start=\"{}\">", first + 3)), "{}", last.text);
        assert!(
            last.text.contains("role=\"doc-endnotes\">")
                && !of("one").next_back().expect("parts").text.contains("doc-chapter")
        );
    }

    #[test]
    fn what_cannot_be_parted_stays_whole_and_short_pages_stay_as_they_are() {
        let rows: String = (0..200).map(|at| format!("<tr><td>{at}</td></tr>\n")).collect();
        let table = format!(
            "<section>\n<h1>T</h1>\n<p>a</p>\n<div class=\"table\">\n<table>\n{rows}</table>\n</div>\n<p>b</p>\n</section>\n"
        );
        let parted = part_at(vec![page("t.xhtml", &table), page("u.xhtml", "<p>u</p>\n")], &mut [], 1000);
        let names: Vec<&str> = parted.iter().map(|page| page.file.as_str()).collect();
        assert_eq!(names, ["t.xhtml", "t-2.xhtml", "t-3.xhtml", "u.xhtml"]);
        parted.iter().for_each(|page| drop(sound(&page.text)));
        assert!(parted[1].text.contains("<td>0</td>") && parted[1].text.contains("<td>199</td>"));
        let short = vec![page("a.xhtml", "<p>a</p>\n")];
        assert_eq!(part_at(short.clone(), &mut [], 1000)[0].text, short[0].text);
    }
}
