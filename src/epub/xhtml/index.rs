//! The index: lists of entries, whose numbers are those of print and lead to the very word.

use std::collections::BTreeMap;

use super::Writer;
use crate::book::block::{Index, IndexEntry};
use crate::book::{DivisionId, MarkId, Target};
use crate::epub::plan::{Seat, mark_id};
use crate::index::{Level, Line, Locator, Piece, Rules, locators};

impl Writer<'_> {
    /// The place that a locator leads to.
    pub(super) fn index_mark(&mut self, mark: MarkId) {
        self.markup.tag("span").attr("id", &mark_id(mark)).open();
        self.markup.close();
    }

    pub(super) fn index(&mut self, index: &Index) {
        self.facts.index = true;
        let mut listed = false;
        for group in &index.groups {
            if let Some(letter) = &group.letter {
                if listed {
                    self.markup.end();
                }
                self.markup.tag("h2").attr("class", "index-letter").open();
                self.words(&letter.content);
                self.markup.end();
                listed = false;
            }
            if !listed {
                self.markup.tag("ul").attr("class", "index").begin();
                listed = true;
            }
            for entry in &group.entries {
                match index.style.run_in {
                    true => self.run_in_entry(entry, index),
                    false => self.index_entry(entry, Level::Main, index),
                }
            }
        }
        if listed {
            self.markup.end();
        }
    }

    fn index_entry(&mut self, entry: &IndexEntry, level: Level, index: &Index) {
        let language = self.page_language.clone();
        let apart = !entry.entries.is_empty();
        let found = self.index_locators(entry, index);
        let line = Line::of(entry, level, &found, apart, &language);
        let id = self.plan.id(entry.text.id).map(str::to_owned);
        self.markup.tag("li").maybe("id", id.as_deref()).open();
        for (_, page) in self.pages.at(Seat::In(entry.text.id)) {
            self.page_mark(page);
        }
        self.index_line(line);
        if apart {
            self.markup.tag("ul").begin();
            entry.entries.iter().for_each(|sub| self.index_entry(sub, Level::Sub, index));
            if !entry.see_also.is_empty() {
                self.markup.tag("li").open();
                self.index_line(Line::see_also(&entry.see_also, &language));
                self.markup.end();
            }
            self.markup.end();
        }
        self.markup.end();
    }

    /// An entry with its sub-entries after it, as print has them.
    fn run_in_entry(&mut self, entry: &IndexEntry, index: &Index) {
        let language = self.page_language.clone();
        let line = Line::run_in(entry, &mut |entry| self.index_locators(entry, index), &language);
        let all = entry.all();
        let ids: Vec<String> = all.iter().filter_map(|entry| self.plan.id(entry.text.id)).map(str::to_owned).collect();
        self.markup.tag("li").maybe("id", ids.first().map(String::as_str)).open();
        // References to sub-entries lead to their entry.
        for id in ids.iter().skip(1) {
            self.markup.tag("span").attr("id", id).open();
            self.markup.close();
        }
        for entry in all {
            for (_, page) in self.pages.at(Seat::In(entry.text.id)) {
                self.page_mark(page);
            }
        }
        self.index_line(line);
        self.markup.end();
    }

    fn index_line(&mut self, line: Line) {
        self.names = line.names.into_iter().collect::<BTreeMap<MarkId, String>>();
        self.words(&line.content);
        self.names.clear();
    }

    /// The locators of an entry: the pages of the print edition, else the sections, each once.
    fn index_locators(&self, entry: &IndexEntry, index: &Index) -> Vec<Locator> {
        if let Some(pages) = &self.print_marks {
            let rules = Rules::of(&self.page_language, index.style);
            return locators(&pages.stretches(&entry.cited), &rules);
        }
        let mut last: Option<DivisionId> = None;
        let mut found = Vec::new();
        for cited in &entry.cited {
            let Some(mark) = self.book.marks.get(cited.first.index()) else { continue };
            if last.replace(mark.division) == Some(mark.division) {
                continue;
            }
            let division = self.book.division(mark.division);
            let text = match &division.number {
                Some(number) => number.clone(),
                None => crate::book::plain(&division.running_title),
            };
            let text = if text.trim().is_empty() { division.name.clone() } else { text };
            let chief = cited.weight == crate::book::mark::Weight::Main;
            let pieces = vec![Piece { text, mark: Some(cited.first), spot: None }];
            found.push(Locator { pieces, chief, ..Locator::default() });
        }
        found
    }

    /// What a link is called for who hears it, if that is not what it shows.
    pub(super) fn link_name(&self, target: &Target) -> Option<String> {
        if let Target::Mark(mark) = target { self.names.get(mark).cloned() } else { None }
    }
}
