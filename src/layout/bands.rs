//! Bands: pages in columns, between what goes over all of them.
//!
//! A flow is a row of bands: stretches in columns, and titles, tables or whole divisions in one. Each band is cut by the
//! page kernel by itself, from where the one before ended on its page; what goes over all columns so ends those above
//! it and begins those below. The columns of a band's last page end level.

use std::collections::VecDeque;
use std::ops::Range;

use super::pagebreak::{self, Block, Body, Closing, Cut, CutPage, Flow, NoteCall, PagePrices, Piece, Variant};
use crate::units::Side;

/// Columns on a page have so many lines, or begin on the next: a title has no fewer below it.
const LEAST_LINES: i32 = 4;

/// How many heights beyond the first that holds a band's last page are tried for a better one.
const TRIALS: usize = 3;

/// A stretch of a flow.
#[derive(Clone, Debug)]
struct Band {
    blocks: Range<usize>,
    columns: u8,
    /// Whether it was put off: its figure no longer floats.
    put_off: bool,
}

/// Cuts a flow whose blocks stand in as many columns each as is said.
pub(super) fn cut(flow: &Flow, columns: &[u8], start: Side, prices: &PagePrices) -> Cut {
    let mut bands = bands(flow, columns);
    let mut sheet = Sheet { flow, prices, start, cut: Cut::default(), used: 0, below: 0, late: Vec::new() };
    while let Some(band) = bands.pop_front() {
        let next = bands.front().map_or(1, |next| next.columns);
        let begun = sheet.begins_before_titles(&band).then(|| sheet.clone());
        let waiting = sheet.lay(&band, next);
        if let (Some(begun), Some(title)) = (begun, sheet.passed_in_vain(&band, &waiting)) {
            sheet = begun;
            bands.push_front(Band { blocks: title..band.blocks.end, ..band });
            bands.push_front(Band { blocks: band.blocks.start..title, ..band });
            continue;
        }
        for waiting in waiting.into_iter().rev() {
            let columns = if flow.blocks[waiting].wide { 1 } else { band.columns };
            bands.push_front(Band { blocks: waiting..waiting + 1, columns, put_off: true });
        }
    }
    sheet.cut.used = sheet.used;
    sheet.cut
}

/// Blocks in as many columns each, up to the next forced page.
fn bands(flow: &Flow, columns: &[u8]) -> VecDeque<Band> {
    let mut bands: VecDeque<Band> = VecDeque::new();
    for (at, own) in columns.iter().enumerate() {
        match bands.back_mut() {
            Some(band) if band.columns == *own && !flow.blocks[at].new_page => band.blocks.end = at + 1,
            _ => bands.push_back(Band { blocks: at..at + 1, columns: *own, put_off: false }),
        }
    }
    bands
}

/// What was laid, and where the next band begins.
#[derive(Clone)]
struct Sheet<'a> {
    flow: &'a Flow,
    prices: &'a PagePrices,
    start: Side,
    cut: Cut,
    /// How much of the last page is taken, from its head.
    used: i32,
    /// The space below what stands last.
    below: i32,
    /// Notes of a title: they stand in the first column below it.
    late: Vec<NoteCall>,
}

impl Sheet<'_> {
    /// Lays a band; `next` is in how many columns the one behind it is. Returns what stands over all columns and still
    /// waits.
    fn lay(&mut self, band: &Band, next: u8) -> Vec<usize> {
        let blocks = &self.flow.blocks[band.blocks.clone()];
        let first = &blocks[0];
        let line = self.flow.line.max(1);
        let begun = !self.cut.pages.is_empty() && !first.new_page;
        let gap = if self.used > 0 { self.below.max(first.above) } else { 0 };
        // Columns stand on the grid, whatever is above them.
        let grid = if band.columns > 1 { line } else { 1 };
        let top = (self.used + gap + grid - 1) / grid * grid;
        let goes_on = begun && top < self.flow.page && self.has_room(band, top);
        let top = if goes_on { top } else { 0 };
        let mut own = self.part(band);
        own.top = top;
        let short = goes_on || band.columns == 1;
        let late = std::mem::take(&mut self.late);
        if let Some(first) = own.blocks.first_mut() {
            for variant in &mut first.variants {
                variant.notes.splice(0..0, late.iter().cloned());
            }
        }
        // Notes of a title, or of a figure, stand below the text that goes on under it.
        let whole = short && natural(&own.blocks, self.flow.note_scale) <= self.flow.page;
        let puts_off = band.columns == 1 && next > 1 && whole;
        if puts_off {
            for block in &mut own.blocks {
                let calls = block.variants[0].notes.iter().cloned();
                self.late.extend(calls.map(|call| NoteCall { line: 0, ..call }));
                block.variants.iter_mut().for_each(|variant| variant.notes.clear());
            }
        }
        let side = (0..self.pages()).fold(self.start, |side, _| side.opposite());
        let side = if goes_on { side.opposite() } else { side };
        let cut = pagebreak::cut(&own, side, self.prices);
        let mut pages = cut.pages;
        let mut foot = None;
        if band.columns > 1 {
            foot = self.level(&own, &mut pages);
        }
        self.used = foot.unwrap_or_else(|| self.end_of(&own, &pages));
        let noted =
            band.columns == 1 && own.blocks.iter().any(|block| block.variants.iter().any(|v| !v.notes.is_empty()));
        if noted {
            // Its own notes have the foot of the page.
            self.used = self.flow.page;
        }
        self.below = own.blocks.last().map_or(0, |last| last.below);
        for (at, page) in pages.iter_mut().enumerate() {
            page.goes_on = page.column > 0 || (at == 0 && goes_on);
            page.late = puts_off;
            page.pieces.iter_mut().for_each(|piece| piece.block += band.blocks.start);
        }
        self.cut.cost += cut.cost;
        self.cut.pages.append(&mut pages);
        cut.waiting.into_iter().map(|block| block + band.blocks.start).collect()
    }

    /// Where a band ends on its last page, whose columns do not end level: at its foot, if several stand there, or notes.
    fn end_of(&self, own: &Flow, pages: &[CutPage]) -> i32 {
        let from = pages.iter().rposition(|page| page.column == 0).unwrap_or(0);
        let carried = from.checked_sub(1).is_some_and(|before| pages[before].carry > 0);
        let noted = |piece: &Piece| !own.blocks[piece.block].variants[piece.variant].notes.is_empty();
        let noted = own.columns > 1 && pages[from..].iter().any(|page| page.pieces.iter().any(noted));
        match carried || noted || pages.len() > from + 1 {
            true => self.flow.page,
            false => end(own, pages.last()),
        }
    }

    /// Whether figures over all columns may pass titles in a band.
    fn begins_before_titles(&self, band: &Band) -> bool {
        let blocks = &self.flow.blocks[band.blocks.clone()];
        let wide = blocks.iter().position(|block| block.wide);
        band.columns > 1 && !band.put_off && wide.is_some_and(|wide| blocks[wide..].iter().any(|block| block.opens))
    }

    /// The first title that a figure over all columns passed to no end, since it has no room below the text either: it
    /// would stand alone on a page behind matter that it does not belong to.
    fn passed_in_vain(&self, band: &Band, waiting: &[usize]) -> Option<usize> {
        let first = *waiting.first()?;
        let block = &self.flow.blocks[first];
        let height = pagebreak::body_height(&block.variants[0].body, self.flow.note_scale.max(1));
        let fits = self.used + self.below.max(block.above) + height <= self.flow.page;
        let fills = height * 3 > self.flow.page * 2;
        if fits || fills {
            return None;
        }
        (first..band.blocks.end).find(|at| self.flow.blocks[*at].opens)
    }

    /// How many pages there are.
    fn pages(&self) -> usize {
        self.cut.pages.iter().filter(|page| !page.goes_on).count()
    }

    /// Whether a band can begin so far down its page: with lines of its own, or, if it is kept with what follows, with
    /// lines of that.
    fn has_room(&self, band: &Band, top: i32) -> bool {
        let least = LEAST_LINES * self.flow.line;
        let rest = self.flow.page - top;
        let blocks = &self.flow.blocks[band.blocks.clone()];
        if band.columns > 1 {
            // What is not parted has room whole, or begins on the next page.
            let whole = |block: &Block| match block.variants[0].body {
                Body::Solid { height } if !block.float || band.put_off => height.min(self.flow.page),
                _ => 0,
            };
            return rest >= blocks.first().map_or(0, whole).max(least);
        }
        let kept = blocks.last().is_some_and(|last| last.keep);
        let height = natural(blocks, self.flow.note_scale);
        match kept {
            true => rest >= height + blocks.last().map_or(0, |last| last.below) + least,
            false => height > self.flow.page || rest >= height.min(self.flow.page / 2),
        }
    }

    /// The blocks of a band as a flow of their own.
    fn part(&self, band: &Band) -> Flow {
        let start = band.blocks.start;
        let mut blocks = self.flow.blocks[band.blocks.clone()].to_vec();
        for (at, block) in blocks.iter_mut().enumerate() {
            if at == 0 {
                block.new_page = false;
            }
            if band.columns == 1 || band.put_off {
                (block.float, block.wide) = (false, false);
            }
            match block.closes {
                Some(Closing { opened, below }) if opened >= start => {
                    block.closes = Some(Closing { opened: opened - start, below });
                }
                _ => block.closes = None,
            }
        }
        Flow { blocks, columns: band.columns, ..self.bare() }
    }

    /// The measures of the flow without its blocks.
    fn bare(&self) -> Flow {
        let Flow { page, line, note_scale, note_rule, stops, .. } = *self.flow;
        Flow { page, line, note_scale, note_rule, stops, ..Flow::default() }
    }

    /// Makes the columns of a band's last page end level, and puts what stood over all of them at its foot under them;
    /// says where that ends. `None` where the page stays as it is.
    fn level(&self, own: &Flow, pages: &mut Vec<CutPage>) -> Option<i32> {
        let from = pages.iter().rposition(|page| page.column == 0)?;
        let before = from.checked_sub(1).map_or(0, |before| pages[before].carry);
        let head = pages[from].head;
        let last: Vec<CutPage> = pages[from..].to_vec();
        let (wide, pieces): (Vec<Piece>, Vec<Piece>) =
            last.iter().flat_map(|page| page.pieces.iter().cloned()).partition(|piece| piece.wide);
        if before > 0 || pieces.is_empty() {
            return None;
        }
        let (parts, blocks) = parts(own, &pieces);
        let (height, levelled) = self.levelled(&blocks, own.columns, head)?;
        pages.truncate(from);
        for (at, page) in levelled.into_iter().enumerate() {
            let whole = |piece: Piece| {
                let (block, variant, skipped) = parts[piece.block];
                let lines = piece.lines.start + skipped..piece.lines.end + skipped;
                Piece { block, variant, lines, ..piece }
            };
            let mut pieces: Vec<Piece> = page.pieces.into_iter().map(whole).collect();
            if at == 0 {
                let above = wide.iter().filter(|piece| piece.y < head).cloned();
                pieces.splice(0..0, above);
            }
            pages.push(CutPage { pieces, ..page });
        }
        let mut end = head + height;
        for piece in wide.into_iter().filter(|piece| piece.y >= head) {
            let block = &own.blocks[piece.block];
            let y = end + block.above.max(self.flow.line);
            end = y + piece_height(own, &piece);
            pages[from].pieces.push(Piece { y, ..piece });
        }
        Some(end)
    }

    /// Columns of equal height that hold some blocks, as low as can be.
    fn levelled(&self, blocks: &[Block], columns: u8, head: i32) -> Option<(i32, Vec<CutPage>)> {
        let line = self.flow.line.max(1);
        let scale = self.flow.note_scale.max(1);
        let notes: i32 = blocks.iter().flat_map(|block| &block.variants[0].notes).map(|call| call.height).sum();
        let whole = natural(blocks, scale) + notes / scale;
        let columns = columns.max(1);
        let mut height = (whole / i32::from(columns) / line).max(1) * line;
        let mut best: Option<(i64, i32, Vec<CutPage>)> = None;
        let mut found = 0;
        while head + height <= self.flow.page && found <= TRIALS {
            let bottom = self.flow.page - head - height;
            let flow = Flow { blocks: blocks.to_vec(), columns, top: head, bottom, ..self.bare() };
            let cut = pagebreak::cut(&flow, Side::Verso, self.prices);
            let on_one =
                cut.pages.len() <= usize::from(columns) && cut.pages.iter().skip(1).all(|page| page.column > 0);
            if on_one && cut.cost < self.prices.fault {
                let cost = cut.cost + self.prices.short * found as i64;
                if best.as_ref().is_none_or(|(least, _, _)| cost < *least) {
                    best = Some((cost, height, cut.pages));
                }
                found += 1;
            }
            height += line;
        }
        best.map(|(_, height, pages)| (height, pages))
    }
}

/// Which block a part is of, in which length, and how many lines of it stand before.
type Part = (usize, usize, usize);

/// What some pieces are of, as blocks of their own that float no more.
fn parts(flow: &Flow, pieces: &[Piece]) -> (Vec<Part>, Vec<Block>) {
    let mut parts: Vec<(Part, Range<usize>)> = Vec::new();
    for piece in pieces {
        // A figure that stood between the columns of a text does not part it: it follows.
        let of_text = parts.iter().rposition(|((block, _, _), _)| !flow.blocks[*block].float || *block == piece.block);
        match of_text.map(|at| &mut parts[at]) {
            Some(((block, _, _), lines)) if *block == piece.block => lines.end = piece.lines.end,
            _ => parts.push(((piece.block, piece.variant, piece.lines.start), piece.lines.clone())),
        }
    }
    let place = |block: usize| parts.iter().position(|((own, _, _), _)| *own == block);
    let blocks = parts.iter().map(|((block, variant, _), lines)| {
        let own = &flow.blocks[*block];
        let variants = vec![sliced(&own.variants[*variant], lines)];
        let mut block = Block { variants, float: false, wide: false, ..own.clone() };
        if let Some(Closing { opened, below }) = own.closes {
            match place(opened) {
                Some(opened) => block.closes = Some(Closing { opened, below }),
                // It was parted before.
                None => (block.closes, block.below) = (None, block.below + below),
            }
        }
        block
    });
    let blocks = blocks.collect();
    (parts.into_iter().map(|(part, _)| part).collect(), blocks)
}

/// Some lines of a length, or rows.
fn sliced(variant: &Variant, lines: &Range<usize>) -> Variant {
    let body = match &variant.body {
        Body::Lines { height, hyphens } => Body::Lines { height: *height, hyphens: hyphens[lines.clone()].to_vec() },
        Body::Solid { height } => Body::Solid { height: *height },
        Body::Rows { head, rows } => Body::Rows { head: *head, rows: rows[lines.clone()].to_vec() },
    };
    let called = variant.notes.iter().filter(|call| lines.contains(&call.line));
    let notes = called.map(|call| NoteCall { line: call.line - lines.start, ..call.clone() }).collect();
    Variant { price: 0, body, notes }
}

/// How high blocks are below each other, in their best lengths.
fn natural(blocks: &[Block], scale: i32) -> i32 {
    let mut height = 0;
    let mut below = 0;
    for (at, block) in blocks.iter().enumerate() {
        if at > 0 {
            height += block.above.max(below);
        }
        height += pagebreak::body_height(&block.variants[0].body, scale.max(1));
        below = block.below;
    }
    height
}

fn piece_height(flow: &Flow, piece: &Piece) -> i32 {
    let variant = sliced(&flow.blocks[piece.block].variants[piece.variant], &piece.lines);
    pagebreak::body_height(&variant.body, flow.note_scale.max(1))
}

/// Where the last piece of a page ends.
fn end(flow: &Flow, page: Option<&CutPage>) -> i32 {
    let pieces = page.into_iter().flat_map(|page| &page.pieces);
    pieces.map(|piece| piece.y + piece_height(flow, piece)).max().unwrap_or_default()
}
