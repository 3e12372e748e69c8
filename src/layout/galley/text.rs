//! Texts in a galley: as items whose lines the page kernel may cut, or as one strip.

use super::{Builder, Setting};
use crate::book::{Inline, InlineKind, PictureSize, TextBlock, walk};
use crate::language::Direction;
use crate::language::Language;
use crate::layout::strip::{Anchor, Strip};
use crate::layout::text::{Job, TextItem, signs};
use crate::page::NodeId;
use crate::theme::{Alignment, Role, Style};
use crate::units::{Length, Point};

impl<'a> Builder<'a> {
    /// Adds a text as an item whose lines the page kernel may cut. It is set with all others of the galley.
    pub(super) fn text(&mut self, text: &'a TextBlock, style: Style, indent: bool, node: NodeId, setting: Setting<'a>) {
        let first = if indent { style.first } else { Length::ZERO } + std::mem::take(&mut self.lead);
        let Setting { left, right, .. } = setting.indented(style.start, style.end);
        let width = self.measure() - left - right;
        let job = Job {
            content: &text.content,
            block: Some(text.id),
            style,
            width,
            first,
            deep: 1,
            language: setting.language,
        };
        let mut anchors = std::mem::take(&mut self.waiting);
        anchors.push(Anchor::Block(text.id));
        if has_pictures(text) {
            self.after_float = false;
            let alone = walk::is_of_pictures(&text.content);
            let (above, below) = match alone {
                true => (self.shop.style(Role::Caption).above, self.shop.style(Role::Source).below),
                false => (style.above, style.below),
            };
            let job = if alone { Job { first: first.min(Length::ZERO), ..job } } else { job };
            let strips = self.lines_with_pictures(&job, anchors, node);
            return self.stack(strips, left, above, below);
        }
        self.jobs.push(job);
        let at = self.jobs.len() - 1;
        let mut other = None;
        if std::mem::take(&mut self.after_float) && !indent && style.first > Length::ZERO {
            self.jobs.push(Job { first: first + style.first, deep: 1, ..job });
            other = Some(Box::new(Err(at + 1)));
        }
        let item = TextItem {
            set: Err(at),
            other,
            indented: false,
            block: Some(text.id),
            main: setting.main,
            node,
            style,
            left,
            beside: Strip::default(),
            anchors,
            skip: 0,
        };
        let shape = super::Shape::Text(Box::new(item));
        let item = super::Item { above: style.above, below: style.below, ..self.item(shape) };
        self.items.push(item);
    }

    /// A text in which pictures stand: its lines are not all of one height.
    fn lines_with_pictures(&mut self, job: &Job<'a>, anchors: Vec<Anchor>, node: NodeId) -> Vec<Strip> {
        let set = self.shop.set(job);
        self.shop.setter.report(&set, 0, 0..set.count(0), &mut self.diagnostics);
        let signs = signs(&set, 0);
        let mut strips = self.shop.lines(set, job, node, &mut self.structure);
        for (line, anchor) in signs {
            strips[line].anchors.push(anchor);
        }
        if let Some(first) = strips.first_mut() {
            first.anchors.extend(anchors);
        }
        strips
    }

    /// Adds a text whose first letter is as high as some lines, its first words in small capitals if the theme has them
    /// so; whether it could be: a script without capitals begins as any other. A text with no more lines than the letter
    /// has its first words in small capitals alone, and so has every one where the theme wants no large letter.
    pub(super) fn large_letter(
        &mut self,
        text: &'a TextBlock,
        style: Style,
        node: NodeId,
        setting: Setting<'a>,
    ) -> bool {
        if has_pictures(text) {
            return false;
        }
        let opener = self.shop.theme.opener;
        let parted = parted(&text.content, opener.small_capitals);
        let Some((letter, rest)) = parted.filter(|_| setting.language.direction() == Direction::LeftToRight) else {
            return false;
        };
        let lines = i64::from(opener.drop_cap);
        let high = style.leading * (lines - 1) + self.shop.setter.cap_height(&style);
        let plain = Self::flush(&style);
        let mut cap = Style { size: high, leading: high, ink: self.shop.style(Role::Opening).ink, ..plain };
        // A face has other proportions at other sizes.
        for _ in 0..2 {
            let own = self.shop.setter.cap_height(&cap).max(Length::sp(1));
            cap.size = cap.size.scale(high.to_sp(), own.to_sp());
        }
        // A quotation mark before it hangs beside its head, half as large.
        let marks = letter.char_indices().next_back().map_or(0, |(at, _)| at);
        let (marks, capital) = letter.split_at(marks);
        let size = cap.size / 2;
        let small = Style { size, leading: size, ..cap };
        let (marks, capital) = ([Inline::text(marks)], [Inline::text(capital)]);
        let across = self.shop.setter.extents(&capital, &cap, setting.language).1;
        let before = self.shop.setter.extents(&marks, &small, setting.language).1;
        let Setting { left, right, .. } = setting.indented(style.start, style.end);
        let width = self.measure() - left - right;
        let first = across + style.size / 8;
        let deep = u32::from(opener.drop_cap);
        let language = setting.language;
        let job = Job { content: &rest, block: Some(text.id), style, width, first, deep, language };
        let mut set = self.shop.set(&job);
        if first > width / 3 && deep > 1 {
            return false;
        }
        let (mut beside, mut skip) = (Strip::default(), letter.len() as u32);
        if set.count(0) <= deep as usize || deep <= 1 {
            if !opener.small_capitals {
                return false;
            }
            let whole: Vec<Inline> = [Inline::text(letter)].into_iter().chain(rest.iter().cloned()).collect();
            set = self.shop.set(&Job { content: &whole, first: Length::ZERO, deep: 1, ..job });
            skip = 0;
        } else {
            let job =
                |content, style| Job { content, block: None, style, width, first: Length::ZERO, deep: 1, language };
            let head = self.shop.setter.cap_height(&small) - self.shop.setter.cap_height(&style);
            let pieces = [
                (&marks, small, left - before.scale(8, 10), head - self.shop.baseline(&small)),
                (&capital, cap, left, style.leading * (lines - 1) - self.shop.baseline(&cap)),
            ];
            for (content, style, x, y) in pieces {
                let piece = self.shop.solid(&job(content, style), node, &mut self.structure, &mut self.diagnostics);
                beside.lay(piece, Point::new(x, y));
            }
            beside.height = Length::ZERO;
        }
        let mut anchors = std::mem::take(&mut self.waiting);
        anchors.push(Anchor::Block(text.id));
        let item = TextItem {
            set: Ok(set),
            other: None,
            indented: false,
            block: Some(text.id),
            main: setting.main,
            node,
            style,
            left,
            beside,
            anchors,
            skip,
        };
        let shape = super::Shape::Text(Box::new(item));
        let item = super::Item { above: style.above, below: style.below, ..self.item(shape) };
        self.items.push(item);
        true
    }

    /// A short text of the builder's own, as one strip without an item.
    pub(super) fn words(
        &mut self,
        text: &str,
        style: Style,
        width: Length,
        node: NodeId,
        language: &Language,
    ) -> Strip {
        let content = [Inline { kind: InlineKind::Text(text.to_owned()), span: None }];
        let job = Job { content: &content, block: None, style, width, first: Length::ZERO, deep: 1, language };
        self.shop.solid(&job, node, &mut self.structure, &mut self.diagnostics)
    }

    /// A text block as one strip.
    pub(super) fn solid_text(
        &mut self,
        text: &'a TextBlock,
        style: Style,
        width: Length,
        node: NodeId,
        language: &'a Language,
    ) -> Strip {
        let job = Job::block(text, style, width, language);
        let mut strip = self.shop.solid(&job, node, &mut self.structure, &mut self.diagnostics);
        strip.anchors.push(Anchor::Block(text.id));
        strip
    }

    /// A title as one strip, its lines as even as they can be.
    pub(super) fn title_text(
        &mut self,
        text: &'a TextBlock,
        style: Style,
        width: Length,
        node: NodeId,
        language: &'a Language,
    ) -> Strip {
        let job = Job::block(text, style, width, language);
        let mut strip = self.shop.balanced(&job, node, &mut self.structure, &mut self.diagnostics);
        strip.anchors.push(Anchor::Block(text.id));
        strip
    }

    /// A style for a text that must stand as one piece: flush, whatever the role says of edges.
    pub(super) fn flush(style: &Style) -> Style {
        Style { align: Alignment::Flush, hyphenate: false, first: Length::ZERO, ..*style }
    }
}

/// Whether pictures stand in a text that are higher than its letters.
fn has_pictures(text: &TextBlock) -> bool {
    walk::pieces(&text.content)
        .any(|piece| matches!(&piece.kind, InlineKind::Picture { size, .. } if *size != PictureSize::Letters))
}

/// The first letter of a text, with the quotation mark before it, and the rest; its first words in small capitals if
/// that is asked for. `None` where no letter with a capital comes first.
fn parted(content: &[Inline], small: bool) -> Option<(String, Vec<Inline>)> {
    let marks = content.iter().take_while(|piece| matches!(piece.kind, InlineKind::Mark(_))).count();
    let (marks, content) = content.split_at(marks);
    let (first, others) = content.split_first()?;
    let InlineKind::Text(text) = &first.kind else { return None };
    let mut end = 0;
    for letter in text.chars() {
        end += letter.len_utf8();
        match letter {
            '“' | '‘' | '"' | '\'' | '„' | '‚' | '«' | '‹' | '(' | '[' | '¿' | '¡' => {}
            letter if letter.is_uppercase() => break,
            _ => return None,
        }
    }
    let (letter, rest) = text.split_at(end);
    if !letter.ends_with(char::is_uppercase) {
        return None;
    }
    let phrase = if small { phrase(rest) } else { 0 };
    let text = |text: &str| Inline { kind: InlineKind::Text(text.to_owned()), span: first.span };
    let mut all = Vec::with_capacity(marks.len() + others.len() + 2);
    all.extend(marks.iter().cloned());
    if phrase > 0 {
        all.push(Inline { kind: InlineKind::SmallCaps(vec![text(&rest[..phrase])]), span: first.span });
    }
    all.push(text(&rest[phrase..]));
    all.extend(others.iter().cloned());
    Some((letter.to_owned(), all))
}

/// Where the first words end, in bytes: at a mark after the third of them, after the sixth at the latest, or after the
/// seventh or eighth if a mark follows that.
fn phrase(text: &str) -> usize {
    const STOPS: [char; 7] = [',', '.', ';', ':', '!', '?', '—'];
    const QUOTES: [char; 4] = ['”', '’', '"', '»'];
    let mut at = 0;
    let mut ends: Vec<(usize, bool)> = Vec::new();
    for word in text.split_inclusive(' ') {
        let bare = word.trim_end();
        let stops = bare.trim_end_matches(QUOTES).ends_with(STOPS);
        if !bare.is_empty() {
            ends.push((
                at + bare.trim_end_matches(|letter| STOPS.contains(&letter) || QUOTES.contains(&letter)).len(),
                stops,
            ));
        }
        at += word.len();
        if ends.len() == 8 {
            break;
        }
    }
    let stop = ends.iter().skip(2).find(|(_, stops)| *stops);
    stop.or(ends.get(5)).or(ends.last()).map_or(0, |(end, _)| *end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::plain;

    #[test]
    fn the_first_letter_takes_its_quotation_mark_along_and_nothing_is_lost() {
        let text = "“Well, Prince, so Genoa and Lucca are now just family estates.";
        let (letter, rest) = parted(&[Inline::text(text)], true).expect("it has a capital");
        assert_eq!(letter, "“W");
        assert_eq!(format!("{letter}{}", plain(&rest)), text);
        assert_eq!(plain(&rest[..1]), "ell, Prince, so Genoa and Lucca");
        let (_, rest) = parted(&[Inline::text("“Water is free until you want it,” runs a saying.")], true).expect("so");
        assert_eq!(plain(&rest[..1]), "ater is free until you want it");
        assert_eq!(parted(&[Inline::text("1984 was a year.")], true), None);
        assert_eq!(parted(&[Inline::text("水")], false), None);
    }
}
