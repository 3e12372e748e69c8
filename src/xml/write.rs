//! Markup: the one writer of XML, which escapes every text and closes every element.
//!
//! An own writer and not quick-xml's: nothing here can fail, so there is no `io::Result` to carry through the book,
//! and characters that XML 1.0 forbids (a stray form feed in a manuscript) are dropped at one place instead of making
//! a file that no reader opens.

/// An XML document being written.
#[derive(Debug, Default)]
pub(crate) struct Markup {
    out: String,
    open: Vec<&'static str>,
    /// Whether it is HTML, which has no attributes of namespaces.
    html: bool,
}

impl Markup {
    /// A document with the XML declaration.
    pub fn document() -> Markup {
        Markup { out: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(), open: Vec::new(), html: false }
    }

    /// A piece of HTML: attributes of namespaces (`epub:type`, `xml:lang`) are left out, for browsers know none.
    pub fn html() -> Markup {
        Markup { html: true, ..Markup::default() }
    }

    /// The document type of XHTML5, which EPUB 2 readers want to see.
    pub fn doctype(&mut self) {
        self.out.push_str("<!DOCTYPE html>\n");
    }

    /// Starts an element; it is finished with [`Tag::open`] or [`Tag::empty`].
    pub fn tag(&mut self, name: &'static str) -> Tag<'_> {
        self.out.push('<');
        self.out.push_str(name);
        Tag { markup: self, name }
    }

    /// An element with nothing but text in it.
    pub fn leaf(&mut self, name: &'static str, text: &str) {
        self.tag(name).open();
        self.text(text);
        self.close();
    }

    /// Closes the element opened last.
    pub fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
    }

    /// Closes the element opened last, and the line.
    pub fn end(&mut self) {
        self.close();
        self.line();
    }

    /// Markup of our own, as it stands.
    pub fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// Text, escaped.
    pub fn text(&mut self, text: &str) {
        escape(text, false, &mut self.out);
    }

    /// A line end, where one does no harm.
    pub fn line(&mut self) {
        self.out.push('\n');
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// Closes elements until `depth` are open.
    pub fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            self.end();
        }
    }

    /// The document, every element closed.
    pub fn finish(mut self) -> String {
        self.close_to(0);
        self.out
    }
}

/// An element whose attributes are being written.
pub(crate) struct Tag<'a> {
    markup: &'a mut Markup,
    name: &'static str,
}

impl Tag<'_> {
    /// An attribute.
    pub fn attr(self, name: &str, value: &str) -> Self {
        if self.markup.html && (name.starts_with("epub:") || name == "xml:lang") {
            return self;
        }
        let out = &mut self.markup.out;
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        escape(value, true, out);
        out.push('"');
        self
    }

    /// An attribute that may be absent.
    pub fn maybe(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// Opens the element.
    pub fn open(self) {
        self.markup.out.push('>');
        self.markup.open.push(self.name);
    }

    /// Opens the element and ends the line.
    pub fn begin(self) {
        self.markup.out.push_str(">\n");
        self.markup.open.push(self.name);
    }

    /// An element without content.
    pub fn empty(self) {
        self.markup.out.push_str("/>");
    }
}

fn escape(text: &str, attribute: bool, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if attribute => out.push_str("&quot;"),
            '\n' | '\t' if attribute => out.push(' '),
            '\n' | '\t' => out.push(character),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_escaped_and_every_element_closed() {
        let mut markup = Markup::default();
        markup.tag("p").attr("title", "a \"b\" & <c>").open();
        markup.text("x < y & z\u{c}");
        markup.tag("br").empty();
        markup.tag("em").open();
        assert_eq!(
            markup.finish(),
            "<p title=\"a &quot;b&quot; &amp; &lt;c&gt;\">x &lt; y &amp; z<br/><em></em>\n</p>\n"
        );
    }
}
