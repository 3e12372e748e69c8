//! The literal audit: letters that still look like markup after everything was read.
//!
//! It knows nothing of how Markdown is read. It goes through the settled texts, code and addresses left out, and where
//! one holds a sign of markup it looks at what the author wrote there: a sign that is there without a backslash was
//! meant as markup and became letters. Tried on books of plain prose it is silent.

use crate::book::walk::Shape;
use crate::book::{Book, Inline, InlineKind, TextBlock};
use crate::diagnostic::{Diagnostic, Diagnostics, lints};
use crate::source::{Sources, Span};

/// Letters without which a text holds no sign that is looked for.
const SIGNS: &[u8] = b"*_[]{}|+`~\\@#:%^!=";

/// What a byte may be the sign of: every letter of a book is looked up.
const BYTES: [u8; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < SIGNS.len() {
        table[SIGNS[at] as usize] = SIGN;
        at += 1;
    }
    at = 0;
    while at < TURNED.len() {
        // The last byte of the sign in UTF-8.
        table[TURNED[at] as usize & 0x3f | 0x80] |= TURN;
        at += 1;
    }
    table
};
/// Markup.
const SIGN: u8 = 1;
/// Letters that are turned round.
const TURN: u8 = 2;
/// The signs that turn letters round.
const TURNED: [char; 2] = ['\u{202d}', '\u{202e}'];

const fn is_sign(byte: u8) -> bool {
    BYTES[byte as usize] & SIGN != 0
}

/// Signs that stand at the start of lists pasted from a word processor.
const BULLETS: [char; 10] = ['•', '◦', '▪', '▫', '‣', '●', '○', '■', '□', '➢'];

/// Dashes that stand at the start of lines: of lists, and of what is said in a conversation.
const DASHES: [char; 4] = ['–', '—', '―', '−'];

/// What is said of lines that begin with dashes.
const RUNS_ON: &str = "a line's dash, which runs on from the line before,";

/// Looks at all texts of a book.
pub fn check(book: &Book, sources: &Sources, diagnostics: &mut Diagnostics) {
    let mut audit = Audit { sources, diagnostics, numbered: Vec::new(), calls: Vec::new(), apart: Vec::new() };
    for (kind, text) in book.texts() {
        if kind.is_own() {
            audit.text(text);
        }
    }
    audit.numbers();
}

struct Audit<'a> {
    sources: &'a Sources,
    diagnostics: &'a mut Diagnostics,
    /// Numbers in brackets that begin a text: "[1] Smith".
    numbered: Vec<(String, Span)>,
    /// Numbers in brackets after a word.
    calls: Vec<(String, Span)>,
    /// Numbers in brackets after a word and a space, as engineers cite.
    apart: Vec<(String, Span)>,
}

/// A sign that was found: where in what was written, how long, what it is and what to write.
struct Found {
    at: usize,
    length: usize,
    what: &'static str,
    hint: &'static str,
}

impl Audit<'_> {
    fn text(&mut self, text: &TextBlock) {
        let mut first = true;
        let mut said = Vec::new();
        self.pieces(&text.content, &mut first, &mut said);
    }

    fn pieces(&mut self, content: &[Inline], first: &mut bool, said: &mut Vec<&'static str>) {
        for piece in content {
            match piece.shape() {
                Shape::Letters(letters) if !piece.habits().fixed => self.letters(letters, piece.span, *first, said),
                Shape::Around(inner) if !matches!(piece.kind, InlineKind::Keyboard(_)) => {
                    self.pieces(inner, first, said)
                }
                Shape::Letters(_) | Shape::Around(_) | Shape::Sign | Shape::Break => {}
            }
            *first &= piece.shape() == Shape::Break;
        }
    }

    fn letters(&mut self, letters: &str, span: Option<Span>, first: bool, said: &mut Vec<&'static str>) {
        let seen = letters.bytes().fold(0, |seen, byte| seen | BYTES[usize::from(byte)]);
        let suspect = seen & SIGN != 0
            || (seen & TURN != 0 && letters.contains(TURNED))
            || (first
                && (letters.starts_with(BULLETS)
                    || letters.starts_with(DASHES)
                    || letters.starts_with("(ref:")
                    || letters.starts_with(['<', '┌', '╔', '┏', '´', '‘', '’'])
                    || of_another_tool(letters).is_some()));
        let Some(span) = span.filter(|_| suspect) else { return };
        let whole = &self.sources.file(span.source).text;
        // The letters of an escape begin after its backslash, which is what tells that they are meant.
        let escaped = whole.as_bytes().get(..span.start as usize).is_some_and(|before| before.ends_with(b"\\"));
        let span = Span { start: span.start - u32::from(escaped), ..span };
        let Some(written) = whole.get(span.start as usize..span.end as usize) else { return };
        let mut found = Vec::new();
        signs(written, letters, &mut found);
        found.extend(before_a_reference(written, &whole[span.end as usize..]));
        if first {
            // What was written may be more than these letters, where they have no place of their own.
            let lines = letters.chars().filter(|letter| DASHES.contains(letter)).count();
            let begins = beginning(letters) == beginning(written);
            found.extend(at_the_start(written).filter(|one| begins && (one.what != RUNS_ON || lines > 1)));
            self.number_at_the_start(written, span);
        }
        self.numbers_after_words(written, span, first);
        // What a site's generator is told to leave as it is.
        let before = &whole[..span.start as usize];
        let before = before.get(before.len().saturating_sub(4_000)..).unwrap_or(before);
        let raw = || before.rfind("{% raw").is_some_and(|at| !before[at..].contains("endraw"));
        for one in found {
            if said.contains(&one.what) || one.what == "a brace" && raw() {
                continue;
            }
            said.push(one.what);
            let start = span.start as usize + one.at;
            let place = Span::new(span.source, start, start + one.length);
            self.diagnostics.report(
                Diagnostic::new(&lints::LITERAL_MARKUP, format!("{} is printed as it stands", one.what))
                    .at(place)
                    .hint(one.hint),
            );
        }
    }

    fn number_at_the_start(&mut self, written: &str, span: Span) {
        if let Some(number) = number_in_brackets(written)
            && written[number.len() + 2..].starts_with([' ', '\t', '\u{a0}'])
        {
            let length = number.len() + 2;
            let start = span.start as usize;
            self.numbered.push((number.to_owned(), Span::new(span.source, start, start + length)));
        }
    }

    fn numbers_after_words(&mut self, written: &str, span: Span, first: bool) {
        for (at, _) in written.match_indices('[').filter(|(at, _)| *at > 0 || !first) {
            let before = written[..at].chars().next_back();
            let Some(number) = number_in_brackets(&written[at..]) else { continue };
            let start = span.start as usize + at;
            let found = (number.to_owned(), Span::new(span.source, start, start + number.len() + 2));
            match before {
                // A line of a list that runs together.
                Some('\n') if written[at + number.len() + 2..].starts_with(' ') => self.numbered.push(found),
                Some(' ') => self.apart.push(found),
                Some(letter) if letter.is_whitespace() || "[(\\".contains(letter) => {}
                Some(_) | None => self.calls.push(found),
            }
        }
    }

    /// "[1]" beside "[1] Smith": notes as a word processor or a web page writes them, and works as engineers cite them.
    fn numbers(&mut self) {
        let mut said: Vec<&str> = Vec::new();
        for (number, place) in &self.calls {
            let definition = self.numbered.iter().find(|(other, at)| other == number && at.source == place.source);
            let Some((_, definition)) = definition.filter(|_| !said.contains(&number.as_str())) else { continue };
            said.push(number);
            self.diagnostics.report(
                Diagnostic::new(&lints::LITERAL_MARKUP, format!("\"[{number}]\" is no call of a note here"))
                    .at(*place)
                    .label(*definition, "its note seems to stand here")
                    .hint(format!("write [^{number}] here, and [^{number}]: before the note's text")),
            );
        }
        let defined = |(number, place): &&(String, Span)| {
            self.numbered.iter().any(|(other, at)| other == number && at.source == place.source)
        };
        if let Some((number, place)) = self.apart.iter().find(defined).filter(|_| said.is_empty()) {
            let message = format!("\"[{number}]\" and others like it lead nowhere: they are printed as they stand");
            self.diagnostics.report(
                Diagnostic::new(&lints::LITERAL_MARKUP, message)
                    .at(*place)
                    .hint(format!("a note is called [^{number}] and written [^{number}]: …; a work is cited [@key] from a list that `bibliography:` names")),
            );
        }
    }
}

/// The digits of "[12]".
fn number_in_brackets(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('[')?;
    let digits = inner.bytes().take(4).take_while(u8::is_ascii_digit).count();
    ((1..=3).contains(&digits) && inner[digits..].starts_with(']')).then_some(&inner[..digits])
}

/// The first letter of a text; of quotation marks the one that is typed.
fn beginning(text: &str) -> Option<char> {
    text.trim_start().chars().next().map(|letter| match letter {
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        letter => letter,
    })
}

/// What the first line of a text is to another tool, and what to write for it.
fn of_another_tool(text: &str) -> Option<(&'static str, &'static str)> {
    // Few texts begin with a letter that any of these begins with.
    if !text.starts_with(|first: char| "=.#{<%@'´‘’".contains(first) || first.is_ascii_lowercase()) {
        return None;
    }
    let line = text.lines().next().unwrap_or("").trim_end();
    let equals = line.len() - line.trim_start_matches('=').len();
    let title = line[equals..].strip_prefix(' ').is_some_and(|title| title.starts_with(char::is_alphanumeric));
    if (1..=6).contains(&equals) && title {
        return Some(("a heading of AsciiDoc", "write # before a title, ## before the next level"));
    }
    if line.strip_prefix(".. ").is_some_and(|rest| rest.contains("::")) {
        return Some((
            "a directive of reStructuredText",
            "write what it means in Markdown: > [!NOTE], ![…](images/map.png)",
        ));
    }
    if line.strip_prefix("#+").is_some_and(|rest| rest.starts_with(|letter: char| letter.is_ascii_alphabetic())) {
        return Some(("a mark of Org", "write what it means in Markdown, and titles and authors in metadata.yaml"));
    }
    if ["image::", "include::", "toc::"].iter().any(|macro_name| line.starts_with(macro_name)) {
        return Some(("a macro of AsciiDoc", "write ![what it shows](images/map.png)"));
    }
    if line.starts_with("<<(") || line.starts_with("<<[") || line.starts_with("@@include") {
        return Some((
            "a file that another tool would put here",
            "put its text here, program text between ``` and ```",
        ));
    }
    let quotes = line.chars().take_while(|letter| "'´‘’".contains(*letter)).count();
    let info = line.trim_start_matches(['\'', '´', '‘', '’']);
    if quotes == 3 && !info.contains(' ') {
        return Some(("a fence of program text in other signs", "three backticks stand above it and below it: ```"));
    }
    if line.starts_with("<%") && line.contains("%>") {
        return Some(("a template", "write the words themselves"));
    }
    if line.strip_prefix("%%").is_some_and(|rest| rest.starts_with(' ') && !rest.contains("%%")) {
        return Some(("a comment", "write <!-- a comment -->, which is not printed"));
    }
    let key = |line: &str, mark: &str| {
        let word = line.split_once(mark).map(|(word, _)| word);
        word.is_some_and(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'))
    };
    if line.strip_prefix(".. ").is_some_and(|rest| key(rest, ": ")) || key(line, ":: ") {
        return Some((
            "a line of metadata",
            "write it in metadata.yaml, or in YAML between two lines of --- at the head",
        ));
    }
    let program = line.starts_with("import ")
        && (line.contains(" from '") || line.contains(" from \"") || line.contains(" from ‘"))
        || line.starts_with("export const ")
        || line.starts_with("export default ");
    if program {
        return Some(("a line of a program", "take it out; what it would show is written in Markdown"));
    }
    // Markua's blocks: `{blurb}`, `{aside, class: tip}`, `{/aside}`.
    let word = line.strip_prefix('{').map(|rest| rest.strip_prefix('/').unwrap_or(rest));
    let name = word.and_then(|word| word.split(['}', ',']).next()).unwrap_or("");
    let alone = line.ends_with('}') && line.matches('{').count() == 1;
    if alone && name.len() > 2 && name.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Some(("a mark in braces", "write a box: > [!TIP] Title, or ::: box … :::"));
    }
    None
}

/// What may stand only at the start of a text.
fn at_the_start(written: &str) -> Option<Found> {
    let found = |length: usize, what: &'static str, hint: &'static str| Found { at: 0, length, what, hint };
    if let Some(bullet) = written.chars().next().filter(|first| BULLETS.contains(first)) {
        let hint = "write a list with - and a space at the start of each line, after a blank line";
        return Some(found(bullet.len_utf8(), "a list's bullet", hint));
    }
    let dashed =
        |line: &str| line.strip_prefix(DASHES).is_some_and(|rest| rest.starts_with([' ', '\u{a0}', '\u{2009}']));
    if dashed(written) && written.lines().skip(1).any(|line| dashed(line.trim_start())) {
        let hint = "a list has - at the start of each line; what is said by turns has a blank line between";
        return Some(found('–'.len_utf8(), RUNS_ON, hint));
    }
    if let Some((what, hint)) = of_another_tool(written) {
        return Some(found(written.lines().next().unwrap_or("").len(), what, hint));
    }
    let line = written.lines().next().unwrap_or("");
    if let Some((term, meaning)) = line.split_once("::")
        && term.ends_with(char::is_alphanumeric)
        && term.split_whitespace().count() < 6
        && (meaning.starts_with(' ') || meaning.trim().is_empty() && written.contains('\n'))
    {
        let hint = "write the term on a line, and what it means on the next: \": Water with salt\"";
        return Some(found(line.len() - meaning.len(), "a definition of AsciiDoc", hint));
    }
    if let Some(end) = written.strip_prefix('<').and_then(|inner| inner.find("> ")).filter(|end| *end < 3)
        && written[1..=end].bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    {
        let hint = "it explains program text right above it, whose lines end in # <1>, # <2>";
        return Some(found(end + 2, "a callout", hint));
    }
    if written.starts_with("(ref:") {
        let hint = "write the caption with its picture or table: ![…](images/map.png \"Caption\")";
        return Some(found("(ref:".len(), "a text reference of bookdown", hint));
    }
    // One of dashes alone is said as a rule.
    let row = line.starts_with('|') && line.trim_end().ends_with('|') && line.len() > 2;
    if row && !line.trim_start_matches(['|', ' ', ':']).starts_with("--") {
        let hint = "a pipe table has a line | --- | --- | below its first, with a part for each column";
        return Some(found(line.trim_end().len(), "a row of a table", hint));
    }
    let barred = |line: &str| line.trim_start_matches([' ', '\t', '>']).starts_with("| ");
    if barred(line) && written.lines().count() > 1 && written.lines().all(barred) {
        let hint = "verse in an item stands in a paragraph of its own, after an empty line; or write ::: verse";
        return Some(found(1, "a line of verse", hint));
    }
    if line.starts_with(['┌', '╔', '┏']) || line.starts_with("{|") {
        let hint = "write a pipe table: | a | b | and | --- | --- | below";
        return Some(found(line.len(), "a line of a table", hint));
    }
    if let Some(label) = line.trim_end().strip_prefix('[').and_then(|rest| rest.strip_suffix("]:"))
        && !label.is_empty()
        && !label.contains(['[', ']'])
    {
        let hint = "write the address behind it, [map]: https://…, or take it out";
        return Some(found(line.trim_end().len(), "a definition without its address", hint));
    }
    // "% of all" goes on a sentence.
    if line.strip_prefix("% ").is_some_and(|rest| rest.starts_with(char::is_alphabetic) && !rest.starts_with("of ")) {
        let hint =
            "what is not to be printed stands between <!-- and -->; a percent sign at a line's start is written \\%";
        return Some(found(1, "the sign of a remark", hint));
    }
    if line.starts_with("::") {
        let hint = "a block opens with ::: and its kind at the start of a line, and closes with :::";
        return Some(found(line.len() - line.trim_start_matches(':').len(), "a block's line of colons", hint));
    }
    let signs = line.len() - line.trim_start_matches('#').len();
    let title = &line[signs..];
    if signs > 6 && title.starts_with(' ') {
        return Some(found(signs, "a heading's sign", "headings have six levels: # to ######"));
    }
    let numbered = title.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let numbered = title.len() > numbered.len() + 1 && numbered.starts_with(' ') && title.contains(". ");
    if (1..=6).contains(&signs)
        && (title.starts_with(char::is_alphabetic) || numbered)
        && written.trim_end().len() == line.trim_end().len()
        && line.len() < 100
        && !title.trim_end().ends_with(['.', ',', ';'])
    {
        return Some(found(signs, "a heading's sign", "write a space after #, and a blank line before it"));
    }
    None
}

/// A sign before a reference, with which filters of pandoc ask for its word or its number: `+@fig:map`, `{@fig:map}`.
fn before_a_reference(written: &str, after: &str) -> Option<Found> {
    let sign = written.chars().next_back().filter(|sign| "+*!{".contains(*sign))?;
    let at = written.len() - 1;
    let begins = written[..at].chars().next_back().is_none_or(|letter| letter.is_whitespace() || letter == '(');
    let refers = ["@fig", "@tbl", "@tab", "@eq", "@sec", "@lst"].iter().any(|kind| after.starts_with(kind));
    let hint = if sign == '!' { "for the number alone write [-@fig-map]" } else { "write @fig-map alone" };
    (begins && refers).then_some(Found { at, length: 1, what: "a sign before a reference", hint })
}

/// Signs that may stand anywhere in a text.
fn signs(written: &str, letters: &str, found: &mut Vec<Found>) {
    let bytes = written.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        // Letters and spaces, which nearly all are.
        if byte.is_ascii() && !matches!(byte, b'<' | b'\\') && !is_sign(byte) {
            at += 1;
            continue;
        }
        if written[at..].starts_with("<!--") {
            at += written[at..].find("-->").map_or(4, |end| end + 3);
            continue;
        }
        if written[at..].starts_with(TURNED) {
            let hint = "take it out: it is not seen, and what follows it is read backwards";
            let what = "a sign that turns the direction of letters";
            found.push(Found { at, length: 3, what, hint });
        }
        match byte {
            b'\\' if !written[at..].starts_with("\\begin") => {
                at += 1 + written[at + 1..].chars().next().map_or(0, char::len_utf8);
                continue;
            }
            byte if is_sign(byte) => {
                if let Some(one) = sign(written, at)
                    && letters.contains(&written[at..at + 1])
                {
                    at += one.length.max(1);
                    found.push(one);
                    continue;
                }
            }
            _ => {}
        }
        at += written[at..].chars().next().map_or(1, char::len_utf8);
    }
}

fn sign(written: &str, at: usize) -> Option<Found> {
    let rest = &written[at..];
    let before = written[..at].chars().next_back();
    let found = |length: usize, what: &'static str, hint: &'static str| Some(Found { at, length, what, hint });
    let first = rest.chars().next()?;
    match first {
        '~' if is_a_space_of_tex(rest, before) => {
            found(1, "a tilde", "the space that does not break is typed, or written &nbsp;")
        }
        '*' | '_' | '~' => emphasis(rest, before).and_then(|length| {
            let hint =
                "emphasis is closed as it opens, without spaces inside; a sign to print has a backslash before it";
            found(length, "a mark of emphasis", hint)
        }),
        '`' => found(1, "a backtick", "code begins and ends with as many backticks; one to print is written \\`"),
        ']' if rest.starts_with("](") => {
            found(2, "the address of a link", "write [words](address), an address with spaces as (<an address>)")
        }
        '[' if rest.starts_with("[^") => {
            found(2, "a note's call", "a label has no spaces: [^smith], and its text stands after [^smith]:")
        }
        '[' if is_a_box(rest) => {
            found(2, "a box's mark", "a box is a quotation of its own, after an empty line: > [!NOTE] Title")
        }
        '[' if rest.get(..5).is_some_and(|toc| toc.eq_ignore_ascii_case("[toc]")) => {
            found(5, "a mark for the contents", "take it out; the contents page is made by itself")
        }
        '!' if written[..at].ends_with("Error")
            && ["! Reference source not found", "! Bookmark not defined"].iter().any(|said| rest.starts_with(said)) =>
        {
            found(1, "what Word says of a lost reference", "write the reference anew: @fig-map, or [](#label)")
        }
        '=' if rest.starts_with("==")
            && before.is_none_or(char::is_whitespace)
            && rest[2..].starts_with(char::is_alphabetic)
            && !rest[2..].contains("==") =>
        {
            found(2, "a mark of a highlight", "what is marked ends as it begins: ==words==")
        }
        '{' if rest.starts_with("{/*") => {
            found(3, "a comment of MDX", "write <!-- a comment -->, which is not printed")
        }
        '{' if ["{ PAGE", "{ REF ", "{ SEQ ", "{ TOC", "{ HYPERLINK", "{ XE "].iter().any(|f| rest.starts_with(f)) => {
            found(1, "a field of Word", "take it out, or write what it showed")
        }
        '{' if rest[1..].starts_with(['#', '.', '{', '%']) && !rest.starts_with("{...") => {
            found(1, "a brace", "attributes stand right after [words], a heading, a picture or a caption: {#label}")
        }
        '{' if is_an_attribute(&rest[1..]) => {
            found(1, "a brace", "attributes stand right after [words], a heading, a picture or a caption: {width=50%}")
        }
        '|' if rest.starts_with("|--")
            || rest.starts_with("|:-")
            || rest.starts_with("| --")
            || rest.starts_with("| :-") =>
        {
            found(1, "a table's rule", "a pipe table has its names in the line above, with as many bars")
        }
        '+' if rest.starts_with("+--") || rest.starts_with("+==") => {
            found(1, "a table's rule", "write a pipe table: | a | b | and | --- | --- | below")
        }
        ':' if rest.starts_with(":::") => found(
            3,
            "a block's line of colons",
            "a block opens with ::: and its kind at the start of a line, and closes with :::",
        ),
        '\\' => found(1, "a command of TeX", "write the words in Markdown"),
        '%' if rest[1..].starts_with('%') && before.is_none_or(char::is_whitespace) && rest[2..].contains("%%") => {
            found(2, "a comment of Obsidian", "write <!-- a comment -->, which is not printed")
        }
        '^' if is_a_block_label(rest, before) => {
            found(rest.len(), "a label of Obsidian", "take it out; a label is written [words]{#label}")
        }
        '{' if is_ruby(&rest[1..]) => found(1, "a reading", "write <ruby>字<rt>じ</rt></ruby>"),
        '@' if rest.starts_with("@)") && before == Some('(') => {
            found(1, "the mark of a numbered example", "it begins a line of its own: (@) The first example")
        }
        '@' if before.is_none_or(|c| !c.is_alphanumeric()) => {
            let kind: String = rest[1..].chars().take(8).take_while(|c| !"-:".contains(*c)).collect();
            let kind = kind.to_ascii_lowercase();
            let label =
                rest[1..].len() > kind.len() && ["fig", "tbl", "sec", "lst", "eq", "box"].contains(&kind.as_str());
            label.then_some(()).and_then(|()| found(1, "a reference", "write @fig-map, or [](#label)"))
        }
        _ => None,
    }
}

/// `p.~12`, `Figure~3`, `Dr.~Smith`: TeX's space that does not break.
fn is_a_space_of_tex(rest: &str, before: Option<char>) -> bool {
    let next = rest[1..].chars().next();
    let number = next.is_some_and(|c| c.is_ascii_digit()) && before.is_some_and(|c| c.is_alphabetic() || c == '.');
    let name = before == Some('.') && next.is_some_and(char::is_alphabetic);
    number || name
}

/// `^b3f2a1` at the end of a paragraph, as Obsidian labels it.
fn is_a_block_label(rest: &str, before: Option<char>) -> bool {
    let label = rest[1..].trim_end();
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    before.is_none_or(char::is_whitespace) && label.len() > 2 && label.chars().all(plain)
}

/// `字|じ}`: a reading beside its letters.
fn is_ruby(inner: &str) -> bool {
    let eastern = |c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '|');
    let inner = inner.split_once('}').map(|(inner, _)| inner).filter(|inner| inner.chars().all(eastern));
    inner
        .and_then(|inner| inner.split_once('|'))
        .is_some_and(|(letters, reading)| !letters.is_empty() && !reading.is_empty())
}

/// `[!NOTE]`.
fn is_a_box(rest: &str) -> bool {
    let word = rest.strip_prefix("[!").and_then(|inner| inner.split_once(']'));
    word.is_some_and(|(word, _)| word.len() > 2 && word.chars().all(|c| c.is_ascii_uppercase()))
}

/// `width: 50%}`, as Leanpub has attributes.
fn is_an_attribute(inner: &str) -> bool {
    let key = inner.chars().take_while(|c| c.is_ascii_lowercase() || *c == '-').count();
    let value = inner.get(key..).and_then(|rest| rest.strip_prefix(": "));
    (1..=12).contains(&key)
        && value.and_then(|value| value.find('}').map(|end| &value[..end])).is_some_and(|value| !value.contains('\n'))
}

/// How long a run of marks is that was meant to open or close an emphasis; stars of significance and of notes in
/// tables are none.
fn emphasis(rest: &str, before: Option<char>) -> Option<usize> {
    let mark = rest.chars().next()?;
    let after = rest.trim_start_matches(mark);
    let length = rest.len() - after.len();
    let next = after.chars().next();
    let outside = before.is_none_or(|c| c.is_whitespace() || "([{\"'“‘«—–-".contains(c));
    let opens = outside && next.is_some_and(char::is_alphabetic) && !alone(after);
    // Between letters that stand without spaces Markdown takes `_` for a letter.
    if mark == '_' && length < 3 && next.is_some_and(char::is_alphanumeric) && before.is_some_and(is_unspaced) {
        return after.split_whitespace().next().is_some_and(|word| word.contains(&rest[..length])).then_some(length);
    }
    match (mark, length) {
        ('*', 1 | 3) | ('_', 1..=3) => opens.then_some(length),
        ('*', 2) => {
            let ended = before.is_some_and(|c| c.is_alphabetic() || ".,;:!?)”’»…".contains(c));
            let closes = ended && next.is_none_or(|c| !c.is_alphanumeric());
            let spaced = outside && next == Some(' ') && after.contains("**");
            let inside = before.is_some_and(char::is_alphabetic) && next.is_some_and(char::is_alphabetic);
            // What a word processor's empty bold line leaves.
            let alone = before.is_none() && after.trim().is_empty();
            (opens || closes || spaced || inside || alone).then_some(length)
        }
        ('~', 2) => opens.then_some(length),
        _ => None,
    }
}

/// A letter alone, as in "*p < 0.05".
fn alone(after: &str) -> bool {
    let mut letters = after.chars();
    let first = letters.next().filter(|letter| letter.is_alphabetic() && !is_unspaced(*letter));
    first.is_some() && letters.next().is_none_or(|c| !c.is_alphanumeric())
}

/// Letters of Chinese and Japanese, whose words stand without spaces.
fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{9fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(written: &str) -> Vec<&'static str> {
        let mut found = Vec::new();
        signs(written, written, &mut found);
        found.extend(at_the_start(written));
        found.into_iter().map(|one| one.what).collect()
    }

    #[test]
    fn what_was_meant_as_markup_is_found() {
        for (written, what) in [
            ("This is *not closed", "a mark of emphasis"),
            ("and **bold too", "a mark of emphasis"),
            ("Weigh it.** And so", "a mark of emphasis"),
            ("这里有_重点_后面", "a mark of emphasis"),
            ("┌──┬──┐\n│ a│ b│", "a line of a table"),
            ("{| class=\"wikitable\"", "a line of a table"),
            ("#1. Introduction", "a heading's sign"),
            ("####### Seven", "a heading's sign"),
            ("***bold and slanted", "a mark of emphasis"),
            ("a ==word", "a mark of a highlight"),
            ("Brine:: Water with salt", "a definition of AsciiDoc"),
            ("a ** bold** word", "a mark of emphasis"),
            ("an _open word", "a mark of emphasis"),
            ("see [words](a b", "the address of a link"),
            ("a call[^ of two words]", "a note's call"),
            ("• one", "a list's bullet"),
            ("|a|b|", "a row of a table"),
            ("#Title", "a heading's sign"),
            ("+---+", "a table's rule"),
            (":: box", "a block's line of colons"),
            ("see @Fig-", "a reference"),
            ("a `lone tick", "a backtick"),
            ("one [!TIP] Two", "a box's mark"),
            ("a {width: 50%} word", "a brace"),
            ("a {漢字|かんじ} word", "a reading"),
            ("%% a remark %%", "a comment of Obsidian"),
            ("a {/* remark */} word", "a comment of MDX"),
            ("a word ^b3f2a1", "a label of Obsidian"),
            ("== Section", "a heading of AsciiDoc"),
            (".. note:: Mind", "a directive of reStructuredText"),
            ("#+TITLE: Salt", "a mark of Org"),
            ("image::map.png[]", "a macro of AsciiDoc"),
            ("import Tabs from '@theme/Tabs';", "a line of a program"),
            ("{blurb}", "a mark in braces"),
            ("<<(code/a.rb)", "a file that another tool would put here"),
            ("%% A remark", "a comment"),
            ("'''python", "a fence of program text in other signs"),
            (".. title: Salt", "a line of metadata"),
            ("tags:: salt", "a line of metadata"),
            ("<%= title %>", "a template"),
            ("(ref:map) A caption", "a text reference of bookdown"),
            ("— One\n— Two", "a line's dash, which runs on from the line before,"),
            ("**", "a mark of emphasis"),
            ("Error! Reference source not found.", "what Word says of a lost reference"),
            ("{ PAGE \\* MERGEFORMAT }", "a field of Word"),
            ("| in a list\n  | two", "a line of verse"),
            ("a \u{202e}word", "a sign that turns the direction of letters"),
            ("on p.~12", "a tilde"),
            ("<1> What it calls", "a callout"),
            ("Dr.~Smith", "a tilde"),
        ] {
            assert_eq!(found(written).first().copied(), Some(what), "{written}");
        }
    }

    #[test]
    fn prose_is_silent() {
        for written in [
            "5 * 3 and 0.35** and 0.12*, *p < 0.05",
            "a\\*b \\[^x] \\#Title",
            "名_x 和 snake-case and snake_case and C:\\Users\\ann",
            "[sic] and [1], me@fig.org, @name",
            "either/or ~5 ~ 6: x; a|b",
            "if a ==b or x == y, std::vector, A :: B",
            "#1 is a number",
            "Group A* and the + sign: C++",
            "#MeToo changed the law, and much else.",
            "[!] and {X: a set}, {x}",
            "<!-- **x** --> y",
        ] {
            assert_eq!(found(written), Vec::<&str>::new(), "{written}");
        }
    }
}
