//! Commands of TeX in a line: their names, and what they take that is no text.

use std::ops::Range;

/// Commands whose argument names something: works, labels, addresses, lengths, colours.
#[rustfmt::skip]
const NAMING: [&str; 48] = [
    "cite", "citep", "citet", "parencite", "autocite", "footcite", "textcite", "smartcite", "Parencite", "Autocite",
    "Textcite", "Citet", "citeyear", "citeyearpar", "ref", "subref", "labelcref", "autoref", "cref", "Cref", "vref",
    "pageref", "cpageref", "label", "url", "nolinkurl", "path", "href", "textcolor", "colorbox", "vspace", "hspace",
    "pagestyle", "thispagestyle", "includegraphics", "bibliography", "bibliographystyle", "pagenumbering", "markright",
    "hypersetup", "end", "cline", "rowcolor", "cellcolor", "scalebox", "captionsetup", "addlinespace", "arrayrulecolor",
];

/// Commands with two such arguments, or more.
#[rustfmt::skip]
const NAMING_ALL: [&str; 11] = [
    "setlength", "addtolength", "linespread", "enlargethispage", "setcounter", "addtocounter", "markboth", "multicolumn",
    "multirow", "resizebox", "renewcommand",
];

/// Environments in which a percent sign begins a remark.
const WITH_REMARKS: [&str; 7] = ["table", "tabular", "tabularx", "longtable", "figure", "tabular*", "table*"];

/// Commands that stand without braces.
#[rustfmt::skip]
const ALONE: [&str; 70] = [
    "noindent", "indent", "smallskip", "medskip", "bigskip", "hfill", "vfill", "centering", "raggedright", "raggedleft",
    "sloppy", "fussy", "frenchspacing", "allowbreak", "nopagebreak", "nolinebreak", "samepage", "onecolumn", "twocolumn",
    "singlespacing", "onehalfspacing", "doublespacing", "tiny", "scriptsize", "footnotesize", "normalsize", "Large",
    "LARGE", "huge", "Huge", "bfseries", "itshape", "newline", "linebreak", "ldots", "dots", "textellipsis", "textbar",
    "copyright", "textendash",
    "item", "tightlist", "phantomsection", "frontmatter", "mainmatter", "backmatter", "appendix", "maketitle",
    "listoffigures", "listoftables", "printbibliography", "hrule", "addcontentsline", "hline", "toprule", "midrule",
    "bottomrule", "addlinespace", "cmidrule", "endhead", "endfirsthead", "endfoot", "endlastfoot", "tabularnewline",
    "hfil", "quad", "qquad", "small", "par", "textwidth",
];

/// The marks of the command that begins with the backslash at `at`, and where the line is read on.
pub(super) fn command(text: &str, at: usize, end: usize) -> (Vec<Range<usize>>, usize) {
    let name = &text[at + 1..end];
    let name = &name[..name.bytes().take_while(u8::is_ascii_alphabetic).count()];
    let after = at + 1 + name.len();
    let grouped = text[..at].ends_with('{');
    let marked = text[after..end].starts_with(['{', '[']) || text[after..end].starts_with("*{");
    // `\\\\[2pt]`: how far down the next line is.
    if let Some(skip) =
        text[at..end].strip_prefix("\\\\[").filter(|skip| skip.starts_with(|c: char| c.is_ascii_digit()))
        && let Some(length) = skip.find(']')
    {
        return (Vec::from([Range { start: at, end: at + 3 + length }]), at + 4 + length);
    }
    // `\@ref(fig:map)`, as bookdown refers.
    if text[at..end].starts_with("\\@ref(")
        && let Some(length) = text[at..end].find(')')
    {
        return (Vec::from([Range { start: at, end: at + length }]), at + length + 1);
    }
    if name.is_empty() || !(marked || grouped || ALONE.contains(&name)) {
        let letter = text[at + 1..].chars().next().map_or(0, char::len_utf8);
        return (Vec::new(), at + 1 + letter);
    }
    let mut marks = Vec::from([Range { start: at, end: after }]);
    if name == "cmidrule"
        && let Some(rest) = text[after..end].strip_prefix('(')
        && let Some(length) = rest.find(')')
    {
        // Which of its ends are cut, and its columns.
        let from = after + length + 2;
        let close = text[from..end].find('}').map_or(from, |length| from + length);
        return (Vec::from([Range { start: at, end: close }]), close);
    }
    if name == "begin" {
        return (Vec::from([Range { start: at, end: opening(text, after, end) }]), opening(text, after, end));
    }
    if name == "caption" && text[after..end].starts_with('[') {
        // For a list of figures.
        let close = text[after..end].find(']').map_or(after, |length| after + length);
        marks.push(after..close);
    }
    let count = if name == "addcontentsline" {
        3
    } else if NAMING_ALL.contains(&name) {
        2
    } else {
        usize::from(NAMING.contains(&name))
    };
    let mut from = after + usize::from(text[after..end].starts_with('*'));
    for _ in 0..count {
        while text[from..end].starts_with('[')
            && let Some(close) = text[from..end].find(']')
        {
            if name == "includegraphics" {
                marks.push(from..from + close);
            }
            from += close + 1;
        }
        let Some(close) = text[from..end].starts_with('{').then(|| text[from..end].find('}')).flatten() else { break };
        marks.push(from..from + close);
        from += close + 1;
    }
    (marks, after)
}

/// Where what is said of an environment ends: its name, and all in brackets and braces behind it.
fn opening(text: &str, from: usize, end: usize) -> usize {
    let mut at = from;
    while let Some(close) = match text[at..end].chars().next() {
        Some('{') => closing(&text[at..end]),
        Some('[') => text[at..end].find(']'),
        _ => None,
    } {
        at += close + 1;
    }
    at
}

/// The brace that closes the one a text begins with.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, letter) in text.char_indices() {
        depth += match letter {
            '{' => 1,
            '}' => -1,
            _ => 0,
        };
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// How a command changes the number of environments around it in which a percent sign begins a remark.
pub(super) fn with_remarks(command: &str) -> i32 {
    let of = |prefix: &str| command.strip_prefix(prefix).and_then(|rest| rest.split('}').next());
    match (of("\\begin{"), of("\\end{")) {
        (Some(name), _) if WITH_REMARKS.contains(&name) => 1,
        (_, Some(name)) if WITH_REMARKS.contains(&name) => -1,
        _ => 0,
    }
}
