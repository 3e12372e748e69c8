//! TeX: the commands that authors of LaTeX write among the words of Markdown.
//!
//! What means something here is read as what it says (`\emph{…}`, `\footnote{…}`, `\cite{…}`, `\ref{…}`); what says only
//! how things look is left out with a warning; the rest is an error with the way to say it here.

use std::ops::Range;

use crate::markdown::parsed::PKind;

/// What a command stands for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Command<'t> {
    /// An element of its words, which go on to the brace that closes it.
    Element(Element<'t>),
    /// Letters.
    Letters(&'static str),
    /// The end of a line.
    Break,
    /// Works that are cited, with what stands before and after their keys.
    Works { keys: Vec<&'t str>, before: &'t str, after: &'t str, manner: Manner },
    /// The labels that are referred to, and how.
    Reference(Vec<&'t str>, Reference),
    /// A label of what stands before it.
    Label(&'t str),
    /// An address, shown as it is.
    Address(&'t str),
    /// How things look.
    Looks,
    /// What is not understood.
    Unknown,
}

/// Elements that stand for commands, by the tags that open them.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Element<'t> {
    /// One of HTML's, by its name, or `smallcaps`, `nobreak` and `note`.
    Named(&'static str),
    /// A link.
    Link(&'t str),
    /// Words whose looks are left out.
    Looks,
}

/// How works are cited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// In brackets or a note.
    Apart,
    /// In the sentence.
    InText,
    /// Without the author.
    WithoutAuthor,
}

/// What a reference gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reference {
    /// `\ref`: the number.
    Number,
    /// `\autoref`: word and number.
    Name,
    /// `\pageref`: the page.
    Page,
}

impl Reference {
    /// The pieces that refer to labels.
    pub fn pieces(self, labels: &[&str]) -> Vec<PKind> {
        let of = |label: &&str| (*label).to_owned();
        match (self, labels) {
            (Reference::Name, [_, _, ..]) => vec![PKind::Names(labels.iter().map(of).collect())],
            (Reference::Name, _) => labels.iter().map(of).map(PKind::Name).collect(),
            (Reference::Number, _) => labels.iter().map(of).map(PKind::Number).collect(),
            (Reference::Page, _) => labels.iter().map(of).map(PKind::Page).collect(),
        }
    }
}

/// The words after which a mark closes an element are found by this tag's own attribute.
pub(super) const MARK: &str = " tex>";

impl Element<'_> {
    /// The tags that stand for it.
    pub fn tags(&self) -> (String, String) {
        match self {
            Element::Named(name) => (format!("<{name}{MARK}"), format!("</{name}{MARK}")),
            Element::Link(url) => (format!("<a href=\"{}\"{MARK}", url.replace('"', "%22")), format!("</a{MARK}")),
            Element::Looks => (format!("<bdi{MARK}"), format!("</bdi{MARK}")),
        }
    }
}

/// Commands whose words become an element.
const ELEMENTS: [(&str, &str); 25] = [
    ("textbf", "strong"),
    ("textit", "em"),
    ("textsl", "em"),
    ("emph", "em"),
    ("textsc", "smallcaps"),
    ("texttt", "code"),
    ("underline", "u"),
    ("uline", "u"),
    ("ul", "u"),
    ("sout", "s"),
    ("st", "s"),
    ("hl", "mark"),
    ("enquote", "q"),
    ("textsuperscript", "sup"),
    ("textsubscript", "sub"),
    ("tnote", "sup"),
    ("mbox", "nobreak"),
    ("footnote", "note"),
    ("endnote", "note"),
    ("textnormal", ""),
    ("textrm", ""),
    ("textsf", ""),
    ("textmd", ""),
    ("textup", ""),
    ("textlf", ""),
];

/// The same at the head of a group: `{\bf words}`.
const SWITCHES: [(&str, &str); 24] = [
    ("bf", "strong"),
    ("bfseries", "strong"),
    ("em", "em"),
    ("it", "em"),
    ("itshape", "em"),
    ("sl", "em"),
    ("sc", "smallcaps"),
    ("scshape", "smallcaps"),
    ("tt", "code"),
    ("ttfamily", "code"),
    ("rm", ""),
    ("sf", ""),
    ("rmfamily", ""),
    ("sffamily", ""),
    ("tiny", ""),
    ("scriptsize", ""),
    ("footnotesize", ""),
    ("small", ""),
    ("normalsize", ""),
    ("large", ""),
    ("Large", ""),
    ("LARGE", ""),
    ("huge", ""),
    ("Huge", ""),
];

/// Commands that stand for letters.
const LETTERS: [(&str, &str); 12] = [
    ("LaTeX", "LaTeX"),
    ("TeX", "TeX"),
    ("ldots", "…"),
    ("dots", "…"),
    ("textellipsis", "…"),
    ("textendash", "–"),
    ("textemdash", "—"),
    ("textbackslash", "\\"),
    ("textasciitilde", "~"),
    ("textbar", "|"),
    ("copyright", "©"),
    ("textregistered", "®"),
];

/// Commands that say how things look, with the number of their arguments in braces.
#[rustfmt::skip]
const LOOKS: [(&str, usize); 50] = [
    ("noindent", 0), ("indent", 0), ("smallskip", 0), ("medskip", 0), ("bigskip", 0), ("hfill", 0), ("vfill", 0),
    ("centering", 0), ("raggedright", 0), ("raggedleft", 0), ("sloppy", 0), ("fussy", 0), ("frenchspacing", 0),
    ("allowbreak", 0), ("nopagebreak", 0), ("nolinebreak", 0), ("samepage", 0), ("onecolumn", 0), ("twocolumn", 0),
    ("singlespacing", 0), ("onehalfspacing", 0), ("doublespacing", 0), ("tiny", 0), ("scriptsize", 0),
    ("footnotesize", 0), ("small", 0), ("normalsize", 0), ("large", 0), ("Large", 0), ("LARGE", 0), ("huge", 0),
    ("Huge", 0), ("bfseries", 0), ("mdseries", 0), ("itshape", 0), ("slshape", 0), ("scshape", 0), ("upshape", 0),
    ("ttfamily", 0), ("rmfamily", 0), ("sffamily", 0), ("normalfont", 0), ("vspace", 1), ("hspace", 1), ("pagestyle", 1), ("thispagestyle", 1), ("linespread", 1),
    ("enlargethispage", 1), ("setlength", 2), ("addtolength", 2),
];

/// Commands that stand without braces and are an error.
#[rustfmt::skip]
const ALONE: [&str; 18] = [
    "newpage", "pagebreak", "clearpage", "cleardoublepage", "par", "maketitle", "tableofcontents", "listoffigures",
    "listoftables", "item", "today", "appendix", "frontmatter", "mainmatter", "backmatter", "printbibliography", "hline",
    "quad",
];

/// The command that begins here and how long it is, to its opening brace where its words become an element; `None` when
/// it is none. `in_a_word` says that letters stand right before it, as in `C:\dots`.
pub(super) fn command(rest: &str, in_a_word: bool) -> Option<(usize, Command<'_>)> {
    let name = &rest[1..1 + rest[1..].bytes().take_while(u8::is_ascii_alphabetic).count()];
    if name.is_empty() {
        return None;
    }
    let star = usize::from(rest[1 + name.len()..].starts_with("*{") || rest[1 + name.len()..].starts_with("*["));
    let bare = 1 + name.len() + star;
    let (length, options) = optional(rest, bare);
    let braced = rest[length..].starts_with('{');
    if let Some((opening, element)) = element(rest, name, length).filter(|_| braced) {
        return Some((opening, Command::Element(element)));
    }
    let Some((end, inner)) = argument(rest, length).filter(|_| braced) else {
        return alone(name, in_a_word).map(|command| (bare, command));
    };
    let inner = inner.trim();
    let works = |manner| {
        let (before, after) = match options.as_slice() {
            [before, after, ..] => (*before, *after),
            [after] => ("", *after),
            [] => ("", ""),
        };
        Command::Works { keys: listed(inner), before: before.trim(), after: after.trim(), manner }
    };
    let command = match name {
        "cite" | "citep" | "parencite" | "autocite" | "footcite" | "footcitetext" | "footfullcite" | "smartcite"
        | "Autocite" | "Parencite" => works(Manner::Apart),
        "citet" | "textcite" | "Textcite" | "Citet" => works(Manner::InText),
        "citeyear" | "citeyearpar" => works(Manner::WithoutAuthor),
        "ref" | "subref" | "labelcref" => Command::Reference(listed(inner), Reference::Number),
        "autoref" | "cref" | "Cref" | "vref" => Command::Reference(listed(inner), Reference::Name),
        "pageref" | "cpageref" => Command::Reference(listed(inner), Reference::Page),
        "label" => Command::Label(inner),
        "url" | "nolinkurl" | "path" => Command::Address(inner),
        _ => match LOOKS.iter().find(|(known, _)| *known == name) {
            Some((_, count)) => return Some((arguments(rest, bare, *count), Command::Looks)),
            None => match LETTERS.iter().find(|(known, _)| *known == name) {
                // `\LaTeX{}`: the braces only end the name.
                Some((_, letters)) if inner.is_empty() => Command::Letters(letters),
                Some((_, letters)) => return Some((bare, Command::Letters(letters))),
                None => return Some((arguments(rest, bare, usize::MAX), Command::Unknown)),
            },
        },
    };
    let usable = match &command {
        Command::Works { keys, .. } | Command::Reference(keys, _) => {
            !keys.is_empty() && keys.iter().all(|key| !key.contains(char::is_whitespace))
        }
        Command::Label(label) | Command::Address(label) => !label.is_empty() && !label.contains(char::is_whitespace),
        _ => true,
    };
    Some((end, if usable { command } else { Command::Unknown }))
}

/// What a command without braces is.
fn alone(name: &str, in_a_word: bool) -> Option<Command<'static>> {
    if in_a_word {
        return None;
    }
    if matches!(name, "newline" | "linebreak") {
        return Some(Command::Break);
    }
    if let Some((_, letters)) = LETTERS.iter().find(|(known, _)| *known == name) {
        return Some(Command::Letters(letters));
    }
    if LOOKS.iter().any(|(known, count)| *known == name && *count == 0) {
        return Some(Command::Looks);
    }
    ALONE.contains(&name).then_some(Command::Unknown)
}

/// The element that a command's words become, and where they begin; `at` is where its last brackets ended.
fn element<'t>(rest: &'t str, name: &str, at: usize) -> Option<(usize, Element<'t>)> {
    if let Some((_, tag)) = ELEMENTS.iter().find(|(known, _)| *known == name) {
        return Some((at + 1, named(tag)));
    }
    // What should stand at the head of a group is often written as a command: `\large{words}`.
    if let Some((_, tag)) = SWITCHES.iter().find(|(known, _)| *known == name && !rest[at..].starts_with("{}")) {
        return Some((at + 1, named(tag)));
    }
    let (end, first) = argument(rest, at).filter(|(end, _)| rest[*end..].starts_with('{'))?;
    match name {
        "href" => Some((end + 1, Element::Link(first.trim()))),
        "textcolor" | "colorbox" => Some((end + 1, Element::Looks)),
        _ => None,
    }
}

fn named(tag: &'static str) -> Element<'static> {
    if tag.is_empty() { Element::Looks } else { Element::Named(tag) }
}

/// A group whose first word says what its words are: `{\bf words}`. Where the words begin.
pub(super) fn group(rest: &str) -> Option<(usize, Element<'static>)> {
    let inner = rest.strip_prefix("{\\")?;
    let length = inner.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (_, tag) = SWITCHES.iter().find(|(known, _)| *known == &inner[..length])?;
    let gap = inner[length..].len() - inner[length..].trim_start_matches([' ', '\n']).len();
    (gap > 0).then(|| (2 + length + gap, named(tag)))
}

/// Where the brace is that closes what was open at the beginning of `text`, in its paragraph and not too far off.
pub(super) fn closing(text: &str) -> Option<usize> {
    let bytes = &text.as_bytes()[..text.len().min(FARTHEST)];
    let mut depth = 1;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'{' => depth += 1,
            b'}' => depth -= 1,
            b'\n' if text[at + 1..].lines().next().is_none_or(|line| line.trim_matches([' ', '>']).is_empty()) => {
                return None;
            }
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// How far the words of a command may reach, in bytes, so that braces without end cost no more than their number.
const FARTHEST: usize = 16_000;

/// Arguments in brackets: `\cite[see][p. 3]`. Where they end, and what stands in them.
pub(super) fn optional(rest: &str, from: usize) -> (usize, Vec<&str>) {
    let mut at = from;
    let mut found = Vec::new();
    while rest[at..].starts_with('[') && found.len() < 2 {
        let Some(end) = rest[at..].find(']') else { break };
        found.push(&rest[at + 1..at + end]);
        at += end + 1;
    }
    (at, found)
}

/// The argument in braces that begins here: where it ends, and what stands in it.
pub(super) fn argument(rest: &str, at: usize) -> Option<(usize, &str)> {
    let inner = rest[at..].strip_prefix('{')?;
    let end = closing(inner)?;
    Some((at + end + 2, &inner[..end]))
}

/// Where up to `count` arguments of any kind end.
fn arguments(rest: &str, from: usize, count: usize) -> usize {
    let mut at = from;
    let mut taken = 0;
    while taken < count {
        at = optional(rest, at).0;
        let Some((end, _)) = argument(rest, at) else { break };
        at = end;
        taken += 1;
    }
    at
}

fn listed(inner: &str) -> Vec<&str> {
    inner.split(',').map(str::trim).filter(|item| !item.is_empty()).collect()
}

/// How far the end of an environment is looked for, in bytes: many that never end cost no square of their number.
const FARTHEST_END: usize = 100_000;

/// An environment: its name, what stands in it, and where it ends.
pub(super) struct Environment<'t> {
    pub name: &'t str,
    pub options: Range<usize>,
    pub inner: Range<usize>,
    pub end: usize,
}

/// The environment that begins at a place, if it ends before another.
pub(super) fn environment(text: &str, at: usize, limit: usize) -> Option<Environment<'_>> {
    let inner = text[at..].strip_prefix("\\begin{")?;
    let name = &inner[..inner.find('}').filter(|length| (1..=30).contains(length))?];
    if !name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'*') {
        return None;
    }
    let (open, close) = (format!("\\begin{{{name}}}"), format!("\\end{{{name}}}"));
    let from = at + open.len();
    let mut limit = limit.min(at + FARTHEST_END);
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let (mut place, mut depth) = (from, 1);
    let inner_end = loop {
        let end = place + text[place..limit].find(&close)?;
        depth += text[place..end].matches(&open).count();
        depth -= 1;
        if depth == 0 {
            break end;
        }
        place = end + close.len();
    };
    // What is said of it in brackets and braces.
    let mut options = from;
    loop {
        let after = optional(text, options).0;
        let after = argument(text, after).map_or(after, |(end, _)| end);
        if after == options || after > inner_end {
            break;
        }
        options = after;
    }
    Some(Environment { name, options: from..options, inner: options..inner_end, end: inner_end + close.len() })
}

/// The name of the command that begins at a backslash.
pub(super) fn name_at(text: &str, at: usize) -> &str {
    let rest = text.get(at + 1..).unwrap_or("");
    &rest[..rest.bytes().take_while(u8::is_ascii_alphabetic).count()]
}

/// Whether an environment of TeX holds formulas.
pub(super) fn is_of_formulas(name: &str) -> bool {
    let kinds =
        ["equation", "align", "gather", "multline", "eqnarray", "math", "displaymath", "split", "cases", "array"];
    let bare = name.trim_end_matches('*');
    kinds.iter().any(|kind| bare.starts_with(kind)) || bare.ends_with("matrix")
}

/// What to write in place of an environment.
pub(super) fn instead_of_environment(name: &str) -> &'static str {
    match name.trim_end_matches('*') {
        "quote" | "quotation" | "displayquote" => "write > and a space before each of its lines",
        "itemize" => "write its items as lines that begin with -",
        "enumerate" => "write its items as lines that begin with 1., 2., 3.",
        "description" => "write each term on a line of its own, and its meaning below after : and three spaces",
        "verse" => "write ::: verse above its lines and ::: below",
        "verbatim" | "lstlisting" | "minted" | "Verbatim" => "write ``` above its lines and ``` below",
        "figure" | "wrapfigure" => "write ![what it shows](images/map.png \"Caption\"){#fig-map}",
        "table" | "tabular" | "longtable" | "tabularx" => {
            "write a pipe table: | a | b | and | --- | --- | below, with Table: and its caption after it"
        }
        "abstract" => "write it in a file of its own, abstract.md",
        "center" | "flushleft" | "flushright" | "minipage" | "multicols" => {
            "take the two lines out; looks are a matter of the theme"
        }
        "thebibliography" => "name a list of works in metadata.yaml: `bibliography: works.bib`",
        _ => "write what stands in it in Markdown",
    }
}

/// What to write in place of a command.
pub(super) fn instead_of(name: &str) -> &'static str {
    match name {
        "newpage" | "pagebreak" | "clearpage" | "cleardoublepage" => "\\newpage stands alone in a paragraph",
        "ref" | "cref" | "Cref" | "autoref" | "eqref" | "pageref" | "label" | "nameref" | "hyperref" => {
            "a reference is @fig-map or [](#label), a label {#fig-map} in braces"
        }
        "part" => "write # Title {.part}",
        "chapter" => "write # Title",
        "section" => "write ## Title",
        "subsection" => "write ### Title",
        "subsubsection" | "paragraph" => "write #### Title",
        "begin" => "the environment that it begins never ends: write its \\end{…} below",
        "index" => "a mark of the index has its entry in braces: \\index{water!price}",
        "newcommand" | "renewcommand" | "def" | "DeclareMathOperator" => {
            "commands of one's own are not read: write what they stand for"
        }
        "input" | "include" | "subfile" => "write {{< include _part.md >}}, or make the file a section of its own",
        "includegraphics" => "write ![what it shows](images/map.png \"Caption\"){#fig-map}",
        "caption" => "a caption stands in the quotes of its picture, or in a paragraph Table: … beside its table",
        "item" => "an item of a list begins with -",
        "par" => "a blank line begins a paragraph",
        "today" => "write the day; that of the publication stands in metadata.yaml as `date:`",
        "maketitle" | "tableofcontents" | "listoffigures" | "listoftables" => {
            "title page, contents and lists are made by themselves: take it out"
        }
        "title" | "author" | "date" | "subtitle" => "this stands in metadata.yaml: `title:`, `authors:`, `date:`",
        "frontmatter" | "mainmatter" | "backmatter" | "appendix" => {
            "what a section is says its file's name (preface.md, appendix.md) or its front matter, `kind: appendix`"
        }
        "printbibliography" | "bibliography" | "addbibresource" | "bibliographystyle" => {
            "the list of works is made by itself of what metadata.yaml names: `bibliography: works.bib`"
        }
        "nocite" => "write `nocite:` and the keys in metadata.yaml",
        "cite" | "citep" | "citet" | "citeauthor" | "citetitle" | "fullcite" => "write [@key] or @key",
        _ => "write what it says in Markdown; a backslash that should be printed is written twice",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_read_by_what_they_say() {
        assert_eq!(command("\\emph{a}", true), Some((6, Command::Element(Element::Named("em")))));
        assert_eq!(
            command("\\href{https://a.org}{b}", false),
            Some((21, Command::Element(Element::Link("https://a.org"))))
        );
        let works = |keys, before, after, manner| Some(Command::Works { keys, before, after, manner });
        let read = |rest| command(rest, false).map(|(_, command)| command);
        assert_eq!(read("\\cite{a, b}"), works(vec!["a", "b"], "", "", Manner::Apart));
        assert_eq!(read("\\citep[see][p. 3]{a}"), works(vec!["a"], "see", "p. 3", Manner::Apart));
        assert_eq!(read("\\textcite[p. 3]{a}"), works(vec!["a"], "", "p. 3", Manner::InText));
        assert_eq!(read("\\ref{fig:a}"), Some(Command::Reference(vec!["fig:a"], Reference::Number)));
        assert_eq!(command("\\LaTeX{} is", false), Some((8, Command::Letters("LaTeX"))));
        assert_eq!(command("\\vspace*{1cm}x", false), Some((13, Command::Looks)));
        assert_eq!(command("\\section*{One {two}} x", false), Some((20, Command::Unknown)));
        assert_eq!(command("\\large{a b} c", false), Some((7, Command::Element(Element::Looks))));
        assert_eq!(command("\\bfseries{a} c", false), Some((10, Command::Element(Element::Named("strong")))));
        assert_eq!(command("\\Large{} c", false), Some((6, Command::Looks)));
        assert_eq!(command("\\small c", false), Some((6, Command::Looks)));
        assert_eq!(read("\\Users\\ann"), None);
        assert_eq!(command("\\dots", true), None);
        assert_eq!(group("{\\bf a}"), Some((5, Element::Named("strong"))));
        assert_eq!(closing("a {b} \\} c} d"), Some(10));
        assert_eq!(closing("a\n\nb}"), None);
    }
}
