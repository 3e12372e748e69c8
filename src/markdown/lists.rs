//! Lists: bullets, numbers, tasks, terms and what they mean.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Parser;
use super::events::Events;
use super::leaf::trimmed;
use crate::book::block::{Counts, ListMarker, Numerals, Stops};
use crate::diagnostic::{Diagnostic, lints};
use crate::markdown::parsed::{PBlock, PBlockKind, PItem, PText};

impl Parser<'_> {
    pub(super) fn list(&mut self, start: Option<u64>, place: Range<usize>, events: &mut Events<'_>) -> PBlockKind {
        // The mark of the first item, where it was no number that CommonMark knows.
        let label = self.fair.labels.range(place.clone()).next();
        let label = label.filter(|(at, _)| self.text[place.start..**at].trim().is_empty());
        let mut marker = match (start, label) {
            (Some(_), Some((_, label))) => {
                let counts = Counts::Up;
                ListMarker::Number { start: label.number, counts, numerals: label.numerals, stops: label.stops }
            }
            (Some(start), None) => {
                let bracket = self.text[place].trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
                let stops = if bracket.starts_with(')') { Stops::Bracket } else { Stops::Stop };
                ListMarker::Number { start, counts: Counts::Up, numerals: Numerals::Arabic, stops }
            }
            (None, _) => ListMarker::Bullet,
        };
        let end = TagEnd::List(start.is_some());
        let mut items = Vec::new();
        let mut typed = Vec::new();
        let mut tight = true;
        while let Some((event, at)) = events.next() {
            match event {
                Event::End(tag) if tag == end => break,
                Event::Start(Tag::Item) => {
                    typed.push(at);
                    let mut done = None;
                    if let Some(Event::TaskListMarker(checked)) = events.peek() {
                        done = Some(*checked);
                        events.at += 1;
                    }
                    tight &= !matches!(events.peek(), Some(Event::Start(Tag::Paragraph)));
                    let loose = matches!(events.peek(), Some(Event::Start(Tag::Paragraph)));
                    if loose && let Some((Event::TaskListMarker(checked), _)) = events.all.get(events.at + 1) {
                        done = Some(*checked);
                    }
                    let blocks = self.until(events, Some(TagEnd::Item));
                    items.push(PItem { blocks, done });
                }
                _ => {}
            }
        }
        if let Some(start) = start
            && self.numbers_as_typed(start, &typed) == Counts::Down
            && let ListMarker::Number { counts, .. } = &mut marker
        {
            *counts = Counts::Down;
        }
        PBlockKind::List { marker, tight, items }
    }

    /// Which way the numbers of items go; says that an item shows another number than was typed. The same number before all
    /// is a habit of Markdown's.
    fn numbers_as_typed(&mut self, start: u64, items: &[Range<usize>]) -> Counts {
        let numbers: Vec<(u64, Range<usize>)> = items
            .iter()
            .filter_map(|item| {
                let words = &self.text[item.clone()];
                let at = item.start + words.len() - words.trim_start().len();
                let digits = self.text[at..].bytes().take_while(u8::is_ascii_digit).count();
                Some((self.text[at..at + digits].parse().ok()?, at..at + digits + 1))
            })
            .collect();
        if numbers.len() != items.len() || numbers.iter().all(|(number, _)| *number == start) {
            return Counts::Up;
        }
        if numbers.iter().enumerate().all(|(at, (number, _))| number.checked_add(at as u64) == Some(start)) {
            return Counts::Down;
        }
        let other = numbers.iter().zip(start..).find(|((number, _), shown)| number != shown);
        if let Some(((number, place), shown)) = other {
            let span = self.span(place.clone());
            let column = |at: usize| at - self.text[..at].rfind('\n').map_or(0, |end| end + 1);
            let deeper = numbers.first().is_some_and(|(_, first)| column(place.start) > column(first.start));
            let hint = match deeper && *number == 1 {
                true => "a list in an item is indented as far as the item's words: three spaces below \"1. \"",
                false => {
                    "items of a list count on; if it is no item, write 20\\. with a backslash; a comment <!-- --> parts two lists"
                }
            };
            let message = format!("this item is number {number} and is printed as {shown}");
            self.diagnostics.report(Diagnostic::new(&lints::SUSPECT_MARKUP, message).at(span).hint(hint));
        }
        Counts::Up
    }

    pub(super) fn definition_list(&mut self, events: &mut Events<'_>) -> PBlockKind {
        let mut definitions: Vec<(Vec<PText>, Vec<Vec<PBlock>>)> = Vec::new();
        while let Some((event, place)) = events.next() {
            match event {
                Event::End(TagEnd::DefinitionList) => break,
                Event::Start(Tag::DefinitionListTitle) => {
                    let span = self.span(trimmed(self.text, place));
                    let content = self.inline(events, Some(TagEnd::DefinitionListTitle));
                    let term = self.text_block(content, span);
                    match definitions.last_mut() {
                        Some((terms, meanings)) if meanings.is_empty() => terms.push(term),
                        _ => definitions.push((vec![term], Vec::new())),
                    }
                }
                Event::Start(Tag::DefinitionListDefinition) => {
                    let blocks = self.until(events, Some(TagEnd::DefinitionListDefinition));
                    if let Some((_, meanings)) = definitions.last_mut() {
                        meanings.push(blocks);
                    }
                }
                _ => {}
            }
        }
        PBlockKind::Definitions(definitions)
    }
}
