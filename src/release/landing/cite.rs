//! "Cite this": four citations to copy, the first of them open.

use super::Page;
use crate::release::citation;
use crate::release::cited::{Cited, apa, chicago};

impl Page<'_> {
    /// The rows, each a `details`.
    pub(super) fn citations(&mut self) {
        let record = self.record;
        self.in_words("Chicago", &chicago(record), true);
        self.in_words("APA", &apa(record), false);
        self.as_text("BibTeX", &citation::bibtex(record), "cite.bib");
        self.as_text("RIS", &citation::ris(record).replace('\r', ""), "cite.ris");
    }

    fn in_words(&mut self, name: &str, cited: &Cited, open: bool) {
        self.html.tag("details").maybe("open", open.then_some("open")).attr("name", "cite").begin();
        self.html.leaf("summary", name);
        self.html.line();
        self.html.tag("div").attr("data-copy", "").begin();
        self.html.tag("p").attr("class", "cited").attr("lang", "en").open();
        for (words, italic) in &cited.0 {
            match italic {
                true => self.html.leaf("i", words),
                false => self.html.text(words),
            }
        }
        self.html.end();
        self.html.end();
        self.html.end();
    }

    fn as_text(&mut self, name: &str, text: &str, file: &str) {
        self.html.tag("details").attr("name", "cite").begin();
        self.html.leaf("summary", name);
        self.html.line();
        self.html.tag("div").attr("data-copy", "").begin();
        self.html
            .tag("pre")
            .attr("class", "cited")
            .attr("tabindex", "0")
            .attr("role", "region")
            .attr("aria-label", name)
            .open();
        self.html.text(text.trim_end());
        self.html.end();
        self.html.tag("p").attr("class", "file").open();
        self.html.tag("a").attr("href", file).attr("download", "").open();
        self.html.text(file);
        self.html.close();
        self.html.end();
        self.html.end();
        self.html.end();
    }
}
