//! Join: brackets that belong together become spans and notes, and HTML tags what they stand for.

use super::Parser;
use super::conditions::CONDITIONS;
use super::marks;
use super::tex;
use super::token::{Line, Token, TokenKind};
use crate::diagnostic::{Diagnostic, lints};
use crate::language::Language;
use crate::markdown::parsed::{Attributes, PInline, PKind};
use crate::source::{Span, limits};

impl Parser<'_> {
    /// Joins what belongs together on one level of the tree.
    pub(super) fn join(&mut self, tokens: Vec<Token>) -> Line {
        let tokens = self.join_html(paired(tokens));
        let tokens = self.join_brackets(tokens);
        let mut line = self.settle_braces(tokens);
        if line.content.iter().any(|piece| matches!(piece.kind, PKind::Mark(_))) {
            marks::close_up(&mut line.content);
        }
        line
    }

    /// Tags that belong together become elements, whose content is joined as a level of its own.
    fn join_html(&mut self, tokens: Vec<Token>) -> Vec<Token> {
        if !tokens.iter().any(|token| matches!(token.kind, TokenKind::Html(_))) {
            return tokens;
        }
        let mut stack: Vec<(Token, Vec<Token>)> = Vec::new();
        let mut level: Vec<Token> = Vec::new();
        for token in tokens {
            let TokenKind::Html(tag) = &token.kind else {
                level.push(token);
                continue;
            };
            if tag.starts_with("<!--") {
                continue;
            }
            let (name, closing) = tag_name(tag);
            if let Some(void) = self.void_element(&name, tag, token.span) {
                level.extend(void);
            } else if !closing && stack.len() < limits::MARKDOWN {
                stack.push((token, std::mem::take(&mut level)));
            } else if !closing {
                self.too_deep(token.span);
            } else if let Some(at) = stack.iter().rposition(|(open, _)| opens(open, &name)) {
                while stack.len() > at + 1 {
                    self.unclosed(&mut stack, &mut level);
                }
                if let Some((open, before)) = stack.pop() {
                    let content = std::mem::replace(&mut level, before);
                    level.extend(self.html_element(open, content));
                }
            } else if tag.ends_with(tex::MARK) {
                // Said where its braces open.
            } else if INLINE.contains(&name.as_str()) {
                self.html_not_opened(&name, token.span);
            } else {
                self.foreign_html(&name, token.span);
            }
        }
        while !stack.is_empty() {
            self.unclosed(&mut stack, &mut level);
        }
        level
    }

    /// A tag that never finds its other end: words in angle brackets are text, an element of HTML is taken out.
    fn unclosed(&mut self, stack: &mut Vec<(Token, Vec<Token>)>, level: &mut Vec<Token>) {
        let Some((open, before)) = stack.pop() else { return };
        let content = std::mem::replace(level, before);
        if let TokenKind::Html(tag) = &open.kind {
            let name = tag_name(tag).0;
            if tag.ends_with(tex::MARK) {
                self.foreign(
                    "the braces of this command part what belongs together",
                    open.span,
                    "let emphasis, links and brackets end in the braces in which they began",
                );
            } else if !INLINE.contains(&name.as_str()) || has_words(tag, &name) {
                self.looks_like_html(tag, open.span);
                level.push(open.letters());
            } else {
                self.html_not_closed(&name, open.span);
            }
        }
        level.extend(content);
    }

    /// An element without content; `None` when it is none.
    fn void_element(&mut self, name: &str, tag: &str, span: Span) -> Option<Vec<Token>> {
        let piece = |kind: PKind| vec![Token { kind: TokenKind::Piece(kind), span }];
        match name {
            "br" => Some(piece(PKind::LineBreak)),
            "wbr" => Some(Vec::new()),
            "img" => {
                let mut attributes = Attributes::default();
                for key in ["width", "height", "style"] {
                    attributes.keys.extend(attribute(tag, key).map(|value| (key.to_owned(), value)));
                }
                let title = attribute(tag, "title").filter(|title| !title.is_empty());
                let alt = attribute(tag, "alt").filter(|alt| !alt.is_empty());
                let alt = alt.map(|alt| PInline { kind: PKind::Text(alt), span }).into_iter().collect();
                let path = attribute(tag, "src").unwrap_or_default();
                Some(piece(PKind::Picture { path, title, alt, attributes: Box::new(attributes) }))
            }
            "input" if attribute(tag, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("checkbox")) => {
                Some(piece(PKind::Text(checkbox(tag).to_owned())))
            }
            "hr" | "input" | "area" | "base" | "col" | "embed" | "link" | "meta" | "param" | "source" | "track" => {
                self.foreign_html(name, span);
                Some(Vec::new())
            }
            _ => None,
        }
    }

    /// `[text]{attributes}` and `^[note]`; other brackets are letters.
    fn join_brackets(&mut self, tokens: Vec<Token>) -> Vec<Token> {
        let tokens = links_with_notes(tokens);
        let mut stack: Vec<(Token, Vec<Token>)> = Vec::new();
        let mut level: Vec<Token> = Vec::new();
        let mut rest = tokens.into_iter().peekable();
        // Where the brackets before ended that were letters.
        let mut ended: Option<Span> = None;
        while let Some(token) = rest.next() {
            match token.kind {
                TokenKind::Open { .. } if stack.len() < limits::MARKDOWN => {
                    stack.push((token, std::mem::take(&mut level)));
                }
                TokenKind::Open { .. } => level.push(token.letters()),
                TokenKind::CloseTo(ref address) => {
                    let Some((open, before)) = stack.pop() else {
                        level.push(token.letters());
                        continue;
                    };
                    let content = std::mem::replace(&mut level, before);
                    let content = self.keys_in_text(content);
                    let line = self.settle_braces(content);
                    let content = self.without_braces(line);
                    let span = open.span.to(token.span);
                    // Nothing may be left of what held the address.
                    rest.next_if(|next| matches!(&next.kind, TokenKind::Piece(PKind::Text(text)) if text.is_empty()));
                    if let Some(sign) = sign_of_a_picture(&mut level) {
                        level.push(PInline { kind: picture(address, content), span: sign.to(span) }.into());
                        continue;
                    }
                    let kind = self.link(pulldown_cmark::LinkType::Inline, address, content, span);
                    level.push(PInline { kind, span }.into());
                }
                TokenKind::Close => {
                    let Some((open, before)) = stack.pop() else {
                        level.push(token.letters());
                        continue;
                    };
                    let content = std::mem::replace(&mut level, before);
                    let span = open.span.to(token.span);
                    let note = matches!(open.kind, TokenKind::Open { note: true });
                    let after = token.span.end;
                    let braces = rest
                        .next_if(|next| !note && matches!(next.kind, TokenKind::Braces(_)) && next.span.start == after);
                    if note {
                        let content = self.keys_in_text(content);
                        let line = self.settle_braces(content);
                        let content = self.without_braces(line);
                        if content
                            .iter()
                            .all(|piece| matches!(&piece.kind, PKind::Text(text) if text.trim().is_empty()))
                        {
                            self.diagnostics.report(
                                Diagnostic::new(&lints::EMPTY_NOTE, "this note on the spot has no text")
                                    .at(span)
                                    .hint("write it between the brackets: ^[the note]"),
                            );
                            continue;
                        }
                        let id = self.ids.next();
                        level.push(PInline { kind: PKind::InlineNote(id, content), span }.into());
                    } else if let Some(Token { kind: TokenKind::Braces(attributes), .. }) = braces {
                        let content = self.keys_in_text(content);
                        let line = self.settle_braces(content);
                        let content = self.without_braces(line);
                        level.extend(self.span_of(content, &attributes, span).into_iter().map(Token::from));
                    } else if let Some(key) = key_before(&mut level, &content, open.span) {
                        level.push(self.citation_with_brackets(key, content, token.span));
                    } else {
                        let content = match self.citation_in_brackets(content, span) {
                            Ok(citation) => {
                                level.push(citation);
                                continue;
                            }
                            Err(content) => content,
                        };
                        match ended.filter(|before| before.end == span.start) {
                            Some(before) => self.undefined_reference(before, span),
                            None => ended = Some(span),
                        }
                        level.push(open.letters());
                        level.extend(content);
                        level.push(token.letters());
                    }
                }
                _ => level.push(token),
            }
        }
        while let Some((open, before)) = stack.pop() {
            if matches!(open.kind, TokenKind::Open { note: true }) {
                self.diagnostics.report(
                    Diagnostic::new(&lints::FOREIGN_MARKUP, "a note on the spot is not closed")
                        .at(open.span)
                        .hint("write ^[the note] with both brackets in one paragraph"),
                );
            }
            let content = std::mem::replace(&mut level, before);
            level.push(open.letters());
            level.extend(content);
        }
        self.keys_in_text(level)
    }

    /// `[words][key]` whose key nobody defined; `a[i][j]` and `[1][2]` are letters.
    fn undefined_reference(&mut self, words: Span, key: Span) {
        let text = self.text;
        // Both where they stand in the fair copy.
        let (Some(words_at), Some(key_at)) = (self.fair.offsets(words), self.fair.offsets(key)) else { return };
        let start = words_at.start;
        let (Some(inner), Some(named)) =
            (text.get(start + 1..words_at.end - 1), text.get(key_at.start + 1..key_at.end - 1))
        else {
            return;
        };
        let code = text[..start].ends_with(|c: char| c.is_alphanumeric() || "])".contains(c));
        let number = !inner.is_empty() && inner.chars().all(|c| c.is_ascii_digit());
        let picture = text[..start].ends_with('!');
        if code || number || inner.trim().is_empty() && (!picture || named.trim().is_empty()) {
            return;
        }
        let named = if named.trim().is_empty() { inner } else { named };
        let defined = self.definitions.lines().filter_map(|line| line.strip_prefix('[')?.split_once("]:"));
        let near =
            crate::diagnostic::nearest(named, defined.map(|(label, _)| label).filter(|label| !label.starts_with('^')));
        let bare = |label: &str| {
            self.definitions.lines().any(|line| {
                line.strip_prefix('[')
                    .and_then(|rest| rest.split_once("]:"))
                    .is_some_and(|(of, address)| of == label && address.trim().is_empty())
            })
        };
        let hint = match near {
            Some(near) if near == named && bare(near) => {
                format!("\"[{near}]:\" has no address: write it behind, [{near}]: https://…")
            }
            Some(near) if near == named => {
                format!(
                    "\"[{near}]: …\" runs on from the line above: leave a blank line before it, and write an address alone"
                )
            }
            Some(near) => format!("[{near}] is defined; or write the address in round brackets after the words"),
            None => format!("define it: [{named}]: https://…, or write the address in round brackets after the words"),
        };
        let what = if picture { "picture" } else { "link" };
        self.diagnostics.report(
            Diagnostic::new(
                &lints::UNDEFINED_LABEL,
                format!("nothing defines \"[{named}]\", to which this {what} leads"),
            )
            .at(words.to(key))
            .hint(hint),
        );
    }

    /// `[text]{lang=ko .smallcaps .keep #label}`.
    fn span_of(&mut self, content: Vec<PInline>, attributes: &Attributes, span: Span) -> Vec<PInline> {
        let mut content = content;
        if attributes.marks() {
            self.marked = true;
            let marks = self.marks_of(attributes, &content, span);
            content.splice(0..0, marks);
        }
        let wrap = |kind: PKind| PInline { kind, span };
        let conditional = attributes.is_conditional();
        for (key, value) in &attributes.keys {
            match key.as_str() {
                "lang" => match Language::parse(value) {
                    Some(language) => content = vec![wrap(PKind::Foreign(language, content))],
                    None => self.bad_language(value, attributes.span.unwrap_or(span)),
                },
                // How a word is read, in brackets after it, as ruby is where there is no room above the line.
                "ruby" => content.push(wrap(PKind::Text(format!("({value})")))),
                _ if conditional || (attributes.marks() && marks::KEYS.contains(&key.as_str())) => {}
                _ => self.unknown_attribute(key, attributes.span.unwrap_or(span)),
            }
        }
        for class in &attributes.classes {
            content = match class.as_str() {
                "smallcaps" | "sc" => vec![wrap(PKind::SmallCaps(content))],
                marks::CLASS => content,
                "keep" | "nobreak" => vec![wrap(PKind::Keep(content))],
                "underline" | "ul" => vec![wrap(PKind::Underline(content))],
                "mark" | "highlight" => vec![wrap(PKind::Highlight(content))],
                condition if CONDITIONS.contains(&condition) => {
                    self.conditional = true;
                    vec![wrap(PKind::When(self.when(attributes, span), content))]
                }
                other => {
                    self.unknown_attribute(&format!(".{other}"), attributes.span.unwrap_or(span));
                    content
                }
            };
        }
        if let Some((label, _)) = &attributes.label {
            content = vec![wrap(PKind::Place(label.clone(), content))];
        }
        content
    }

    fn bad_language(&mut self, tag: &str, span: Span) {
        self.diagnostics.report(
            Diagnostic::new(&lints::BAD_LANGUAGE, format!("\"{tag}\" is not a language tag"))
                .at(span)
                .hint("a tag is written as in BCP 47: en, en-CA, ko, zh-Hans"),
        );
    }

    pub(super) fn unknown_attribute(&mut self, name: &str, span: Span) {
        self.diagnostics.report(
            Diagnostic::new(&lints::UNKNOWN_ATTRIBUTE, format!("\"{name}\" means nothing here"))
                .at(span)
                .hint("take it out; looks are a matter of the theme"),
        );
    }

    /// Braces that follow a picture or a link belong to it, those at the end to the block; others are reported.
    pub(super) fn settle_braces(&mut self, tokens: Vec<Token>) -> Line {
        let mut line = Line { content: Vec::with_capacity(tokens.len()), ..Line::default() };
        for token in tokens {
            if let Some(stray) = line.braces.take() {
                self.stray_braces(&stray, token.span);
            }
            let span = token.span;
            if let (TokenKind::Braces(attributes), Some(last)) = (&token.kind, line.content.last_mut())
                && last.span.end == span.start
                && let Some(own) = linked_picture(&mut last.kind)
            {
                own.label = own.label.take().or(attributes.label.clone());
                own.classes.extend(attributes.classes.iter().cloned());
                own.keys.extend(attributes.keys.iter().cloned());
                own.span = own.span.or(attributes.span);
                continue;
            }
            match (token.letters().kind, line.content.last_mut()) {
                (TokenKind::Braces(attributes), Some(PInline { kind: PKind::Picture { attributes: own, .. }, .. })) => {
                    let said = std::mem::replace(&mut **own, attributes);
                    own.keys.extend(said.keys);
                }
                (TokenKind::Braces(_), Some(last))
                    if matches!(
                        last.kind,
                        PKind::Link(..) | PKind::Words(..) | PKind::File(..) | PKind::Named(..) | PKind::Code(_)
                    ) && last.span.end == span.start => {}
                (TokenKind::Braces(attributes), _) => line.braces = Some(attributes),
                (TokenKind::Piece(PKind::Text(more)), Some(PInline { kind: PKind::Text(text), span: whole })) => {
                    text.push_str(&more);
                    *whole = whole.to(span);
                }
                (TokenKind::Piece(PKind::Code(code)), Some(PInline { kind: PKind::Text(before), .. }))
                    if role(before).is_some() =>
                {
                    let at = role(before).unwrap_or(before.len());
                    let name = before[at + 1..before.len() - 1].to_owned();
                    before.truncate(at);
                    let made = self.role(&name, &code, span);
                    line.content.extend(made);
                }
                (TokenKind::Piece(kind), _) => line.content.push(PInline { kind, span }),
                (
                    TokenKind::Html(_)
                    | TokenKind::Open { .. }
                    | TokenKind::Close
                    | TokenKind::CloseTo(_)
                    | TokenKind::Mark { .. }
                    | TokenKind::Key { .. },
                    _,
                ) => {}
            }
        }
        line
    }

    /// The pieces of a line whose block takes no braces.
    pub(super) fn without_braces(&mut self, line: Line) -> Vec<PInline> {
        if let Some(stray) = &line.braces {
            let end = line.content.last().map_or_else(|| Span::new(self.source, 0, 0), |piece| piece.span);
            self.stray_braces(stray, end);
        }
        line.content
    }

    /// Reports braces that nothing took up.
    pub(super) fn stray_braces(&mut self, attributes: &Attributes, near: Span) {
        // Without a label they can only say how something looks.
        if attributes.label.is_none() && attributes.keys.is_empty() {
            self.diagnostics.report(
                Diagnostic::new(&lints::UNKNOWN_ATTRIBUTE, "a class in braces belongs to nothing here and is left out")
                    .at(attributes.span.unwrap_or(near))
                    .hint("looks are a matter of the theme; a block of its own is written ::: box, with ::: below"),
            );
            return;
        }
        self.diagnostics.report(
            Diagnostic::new(&lints::FOREIGN_MARKUP, "attributes in braces belong to nothing here")
                .at(attributes.span.unwrap_or(near))
                .hint(
                    "they stand after a heading, a picture, a caption or [words in brackets]; a brace to print is \\{",
                ),
        );
    }
}

/// Takes the key of a work off the end of what was joined, if brackets right behind it, or after one space, say more of it
/// and cite nothing themselves.
fn key_before(level: &mut Vec<Token>, content: &[Token], open: Span) -> Option<Token> {
    let spaced = matches!(level.last(), Some(Token { kind: TokenKind::Piece(PKind::Text(text)), .. }) if text == " ");
    let at = level.len().checked_sub(1 + usize::from(spaced))?;
    let near = matches!(level[at].kind, TokenKind::Key { .. }) && open.start <= level[at].span.end + u32::from(spaced);
    let first_part = |token: &&Token| !matches!(&token.kind, TokenKind::Piece(PKind::Text(text)) if text.contains(';'));
    let cites = content.iter().take_while(first_part).any(|token| matches!(token.kind, TokenKind::Key { .. }));
    if !near || cites {
        return None;
    }
    level.truncate(at + 1);
    level.pop()
}

/// Finds `[words[^a]](address)`: to CommonMark the call is a link of its own, and what is around it letters.
fn links_with_notes(mut tokens: Vec<Token>) -> Vec<Token> {
    // Where brackets opened, and how many calls stand before each: one more at its end, and it has one in it.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut calls = 0;
    for at in 0..tokens.len() {
        match tokens[at].kind {
            TokenKind::Open { note } => {
                calls += usize::from(note);
                open.push((at, calls));
            }
            TokenKind::Piece(PKind::NoteCall(_)) => calls += 1,
            TokenKind::Close => {
                let words = open.pop().is_some_and(|(start, before)| {
                    before < calls && matches!(tokens[start].kind, TokenKind::Open { note: false })
                });
                if words && let Some(address) = take_address(&mut tokens, at + 1) {
                    tokens[at].kind = TokenKind::CloseTo(address);
                }
            }
            _ => {}
        }
    }
    tokens
}

/// Takes the `!` off the end of what was joined, and gives its place.
fn sign_of_a_picture(level: &mut Vec<Token>) -> Option<Span> {
    let Some(Token { kind: TokenKind::Piece(PKind::Text(text)), span }) = level.last_mut() else { return None };
    text.strip_suffix('!')?;
    text.pop();
    let sign = Span { start: span.end.saturating_sub(1).max(span.start), ..*span };
    span.end = sign.start;
    if text.is_empty() {
        level.pop();
    }
    Some(sign)
}

/// A picture whose brackets call a note: its path, and perhaps a title in quotes.
fn picture(address: &str, alt: Vec<PInline>) -> PKind {
    let (path, title) = match address.split_once(char::is_whitespace) {
        Some((path, title)) => (path, Some(title.trim().trim_matches(['"', '\'']).to_owned())),
        None => (address, None),
    };
    let path = path.trim_start_matches('<').trim_end_matches('>').to_owned();
    PKind::Picture { path, title, alt, attributes: Box::default() }
}

/// Takes `(address)` off the tokens at `at`; that of a picture may have a title in quotes.
fn take_address(tokens: &mut [Token], at: usize) -> Option<String> {
    let TokenKind::Piece(PKind::Text(text)) = &tokens.get(at)?.kind else { return None };
    let inner = text.strip_prefix('(')?;
    if let Some(end) = inner.find(')') {
        let address = inner[..end].to_owned();
        let titled = address.split_once(char::is_whitespace).is_some_and(|(_, rest)| {
            let title = rest.trim();
            title.len() > 1 && ['"', '\''].iter().any(|quote| title.starts_with(*quote) && title.ends_with(*quote))
        });
        if address.is_empty() || address.contains(char::is_whitespace) && !titled {
            return None;
        }
        let rest = inner[end + 1..].to_owned();
        tokens[at] = Token::text(rest, tokens[at].span);
        return Some(address);
    }
    let TokenKind::Piece(PKind::Address { shown, .. }) = &tokens.get(at + 1)?.kind else { return None };
    let TokenKind::Piece(PKind::Text(after)) = &tokens.get(at + 2)?.kind else { return None };
    let (address, rest) = (shown.clone(), after.strip_prefix(')').filter(|_| inner.is_empty())?.to_owned());
    tokens[at + 2] = Token::text(rest, tokens[at + 2].span);
    // Nothing is left of the two before.
    for taken in &mut tokens[at..at + 2] {
        *taken = Token::text(String::new(), taken.span);
    }
    Some(address)
}

/// `==` and `++` that find each other are elements; others are letters.
fn paired(mut tokens: Vec<Token>) -> Vec<Token> {
    let mut at = 0;
    while at < tokens.len() {
        if let TokenKind::Mark { sign, opens: true, .. } = tokens[at].kind {
            let end = tokens[at + 1..].iter().position(
                |token| matches!(token.kind, TokenKind::Mark { sign: other, closes: true, .. } if other == sign),
            );
            if let Some(end) = end.filter(|end| *end > 0) {
                let name = if sign == '=' { "mark" } else { "ins" };
                tokens[at].kind = TokenKind::Html(format!("<{name}>"));
                tokens[at + 1 + end].kind = TokenKind::Html(format!("</{name}>"));
            }
        }
        at += 1;
    }
    tokens
        .into_iter()
        .map(|token| if matches!(token.kind, TokenKind::Mark { .. }) { token.letters() } else { token })
        .collect()
}

/// The attributes of the picture that is all of a link.
fn linked_picture(kind: &mut PKind) -> Option<&mut Attributes> {
    let (PKind::Link(_, content) | PKind::Words(_, content) | PKind::File(_, _, content)) = kind else { return None };
    match content.as_mut_slice() {
        [PInline { kind: PKind::Picture { attributes, .. }, .. }] => Some(attributes),
        _ => None,
    }
}

fn tag_name(tag: &str) -> (String, bool) {
    let inner = tag.trim_start_matches('<');
    let closing = inner.starts_with('/');
    let name: String = inner.trim_start_matches('/').chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
    (name.to_ascii_lowercase(), closing)
}

/// Where `{ref}` begins that ends a text: a role of MyST, with code after it.
fn role(text: &str) -> Option<usize> {
    let inner = text.strip_suffix('}')?;
    let at = inner.rfind('{')?;
    let name = &inner[at + 1..];
    (!name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || "-:".contains(c))).then_some(at)
}

fn opens(token: &Token, name: &str) -> bool {
    matches!(&token.kind, TokenKind::Html(tag) if tag_name(tag).0 == name)
}

/// Elements that stand in a line.
pub(super) const INLINE: [&str; 36] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "q", "rb", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "center", "p",
];

/// The sign that items of a list have for `[ ]` and `[x]`, for the box of a form.
pub(super) fn checkbox(tag: &str) -> &'static str {
    let checked = tag.split(|c: char| c.is_whitespace() || "=/>".contains(c)).any(|word| word == "checked");
    if checked { "☑" } else { "☐" }
}

/// Whether a tag holds words in place of attributes: `<b and c>`.
fn has_words(tag: &str, name: &str) -> bool {
    let inner = tag.trim_start_matches('<').trim_end_matches(['>', '/']);
    inner.get(name.len()..).is_some_and(|rest| rest.split_whitespace().any(|word| !word.contains(['=', '"', '\''])))
}

/// The label that an element gives its place: its `id`, or the `name` that links had before there were any.
fn place_of(tag: &str, name: &str) -> Option<String> {
    let named = || (name == "a").then(|| attribute(tag, "name")).flatten();
    attribute(tag, "id").or_else(named).filter(|label| !label.trim().is_empty())
}

/// The value of an attribute of an HTML tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let sought = format!("{name}=");
    let begins = |at: &usize| tag[..*at].ends_with(char::is_whitespace);
    let at = tag.match_indices(&sought).map(|(at, _)| at).find(begins)?;
    let rest = &tag[at + name.len() + 1..];
    let quote = rest.chars().next()?;
    match quote {
        '"' | '\'' => rest[1..].split(quote).next().map(str::to_owned),
        _ => rest.split([' ', '>', '/']).next().map(str::to_owned),
    }
}

impl Parser<'_> {
    /// An element of a line that says only how it looks: left out, with one warning a text.
    fn looks_of_a_line(&mut self, tag: &str, name: &str, span: Span) {
        if self.looks.is_some() {
            return;
        }
        self.looks = Some(span);
        let said = tag.trim_start_matches(['<', '/']).trim_end_matches('>').trim_start_matches(name).trim();
        let message = match said.split('=').next().map(str::trim).filter(|key| !key.is_empty()) {
            Some(key) => format!("\"{key}\" of <{name}> is left out"),
            None => format!("<{name}> says nothing here and is left out; its text is kept"),
        };
        self.diagnostics.report(
            Diagnostic::new(&lints::FOREIGN_HTML, message)
                .at(span)
                .hint("looks are a matter of the theme; others in this file are left out too"),
        );
    }

    /// A command of TeX that says only how things look: left out, with one warning a text.
    pub(super) fn looks_of_tex(&mut self, name: &str, span: Span) {
        if self.looks.is_some() {
            return;
        }
        self.looks = Some(span);
        self.diagnostics.report(
            Diagnostic::new(
                &lints::UNKNOWN_ATTRIBUTE,
                format!("\"\\{name}\" says only how things look and is left out"),
            )
            .at(span)
            .hint("looks are a matter of the theme; others in this file are left out too"),
        );
    }

    fn html_element(&mut self, open: Token, content: Vec<Token>) -> Vec<Token> {
        let TokenKind::Html(tag) = &open.kind else { return vec![open] };
        let name = tag_name(tag).0;
        // Brackets for readers that know no ruby: there are ones already.
        if name == "rp" {
            return Vec::new();
        }
        if matches!(name.as_str(), "script" | "style") {
            self.foreign_html(&name, open.span);
            return Vec::new();
        }
        let tokens = self.join_brackets(content);
        let line = self.settle_braces(tokens);
        let content = self.without_braces(line);
        let whole = content.last().map_or(open.span, |last| open.span.to(last.span));
        let letter = |text: &str| PInline { kind: PKind::Text(text.to_owned()), span: whole };
        let between = |before: &str, after: &str, content: Vec<PInline>| {
            let pieces = std::iter::once(letter(before)).chain(content).chain([letter(after)]);
            pieces.map(Token::from).collect()
        };
        let kind = match name.as_str() {
            "sub" => PKind::Subscript(content),
            "sup" => PKind::Superscript(content),
            "small" => PKind::Small(content),
            "kbd" => PKind::Keyboard(content),
            "cite" => PKind::Cite(content),
            "strong" | "b" => PKind::Strong(content),
            "s" | "del" | "strike" => PKind::Strike(content),
            "em" | "i" | "dfn" | "var" => PKind::Emphasis(content),
            "u" | "ins" => PKind::Underline(content),
            "mark" => PKind::Highlight(content),
            "code" | "samp" => PKind::Code(super::letters(&content)),
            "smallcaps" => PKind::SmallCaps(content),
            "nobreak" => PKind::Keep(content),
            "note" => PKind::InlineNote(self.ids.next(), content),
            // The quotation marks of the language are set with the others.
            "q" => return between("\"", "\"", content),
            "rt" => return between("(", ")", content),
            // What stands apart on a screen.
            "button" | "option" | "select" | "textarea" => {
                self.foreign_html(&name, open.span);
                return between(" ", " ", content);
            }
            "abbr" if attribute(tag, "title").is_some() => {
                PKind::Abbreviation(attribute(tag, "title").unwrap_or_default(), content)
            }
            "a" if attribute(tag, "href").is_some() => {
                let url = attribute(tag, "href").unwrap_or_default();
                let link = self.link(pulldown_cmark::LinkType::Inline, &url, content, whole);
                match place_of(tag, &name) {
                    Some(place) => PKind::Place(place, vec![PInline { kind: link, span: whole }]),
                    None => link,
                }
            }
            "span" | "a" if place_of(tag, &name).is_some() => {
                PKind::Place(place_of(tag, &name).unwrap_or_default(), content)
            }
            "span" => match attribute(tag, "lang").map(|tag| (Language::parse(&tag), tag)) {
                Some((Some(language), _)) => PKind::Foreign(language, content),
                Some((None, language)) => {
                    self.bad_language(&language, open.span);
                    return content.into_iter().map(Token::from).collect();
                }
                None => {
                    self.looks_of_a_line(tag, &name, open.span);
                    return content.into_iter().map(Token::from).collect();
                }
            },
            // Looks of another age, and their like.
            "font" | "big" | "center" | "tt" => {
                self.looks_of_a_line(tag, &name, open.span);
                return content.into_iter().map(Token::from).collect();
            }
            // Their words are all that a page has of them.
            "abbr" | "ruby" | "rb" | "bdi" | "bdo" | "p" | "label" | "time" | "data" => {
                return content.into_iter().map(Token::from).collect();
            }
            _ => {
                self.foreign_html(&name, open.span);
                return content.into_iter().map(Token::from).collect();
            }
        };
        vec![PInline { kind, span: whole }.into()]
    }
}
