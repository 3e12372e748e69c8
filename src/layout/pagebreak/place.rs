//! A block laid down from a state: whole, line by line or row by row, over page ends where that is legal.

use std::ops::Range;

use super::states::{Key, State};
use super::{Action, Body, Kernel, NONE, NoteCall};

/// How much dearer than a note that goes on overleaf notes are that begin there, each a page after its call.
const LATE: i64 = 40;

/// A text laid in part: the state, the first line that is not yet laid, where it goes.
pub(super) type Open = (State, usize, i32);

/// Takes the part that goes on earliest in the text: all ways that lead there are known by then.
fn earliest(open: &mut Vec<Open>) -> Option<Open> {
    let first = (0..open.len()).rev().min_by_key(|&at| open[at].1)?;
    Some(open.remove(first))
}

/// Adds a part, unless one as cheap goes on from the same line in the same state: a text over many pages would have as
/// many ways to be cut as there are powers of three.
fn keep(open: &mut Vec<Open>, part: Open) {
    let same = open.iter_mut().find(|other| other.1 == part.1 && other.0.key == part.0.key);
    match same {
        Some(other) if other.0.cost <= part.0.cost => {}
        Some(other) => *other = part,
        None => open.push(part),
    }
}

impl Kernel<'_> {
    /// Lays a block down from a state, in every length.
    pub(super) fn place(&mut self, state: State, at: usize) {
        let block = &self.flow.blocks[at];
        let mut state = state;
        if self.columns > 1 && block.float && (block.wide || state.key.waiting != NONE) {
            return match self.is_crowded(&state.key) && state.key.used > 0 {
                true => self.strand(state, at),
                false => self.place_wide(state, at),
            };
        }
        if self.columns == 1 && state.key.waiting != NONE && block.float {
            // Behind the one that waits, or on a page of its own below that. An empty page waits for a verso, and does not
            // end before one more does.
            if !self.is_crowded(&state.key) || state.key.used == 0 {
                self.place_wide(state, at);
            }
            self.strand(state, at);
            return;
        }
        if self.columns == 1 && state.key.waiting != NONE && block.barrier {
            self.strand(state, at);
            // What needs a verso cannot come before the rest of a recto.
            if state.key.used == 0 && !self.wants_a_verso(&state.key) {
                return;
            }
            state.cost += self.prices.pass;
        }
        if self.columns > 1 && state.key.waiting != NONE && block.opens {
            state.cost += self.prices.part;
        }
        if block.verso && (state.key.used > 0 || state.key.seat > 0) {
            return self.put_off(state, at);
        }
        let mut above = if state.key.used == 0 { 0 } else { self.space(at, &state.key) };
        if block.on_grid {
            above += (-(state.key.used + above)).rem_euclid(self.flow.line.max(1));
        }
        for variant in 0..block.variants.len() {
            let chosen = &block.variants[variant];
            let key = Key { due: false, ..state.key };
            let state = State { key, cost: state.cost + chosen.price, ..state };
            match &chosen.body {
                Body::Solid { height } => self.place_solid(state, at, variant, above, *height),
                Body::Lines { height, hyphens } => {
                    self.place_lines(state, at, variant, above, *height, hyphens);
                }
                Body::Rows { head, rows } => self.place_rows(state, at, variant, above, *head, rows),
            }
        }
        if block.float && state.key.used > 0 {
            self.put_off(state, at);
        }
    }

    /// A figure waits for the next page, if none does.
    fn put_off(&mut self, state: State, at: usize) {
        if state.key.waiting != NONE {
            return;
        }
        let key = Key { waiting: at as u32, ..state.key };
        let cost = state.cost + self.prices.wait;
        if let Some(seat) = self.next.seat(&key, cost) {
            self.next.put(seat, State { key, cost, ..state });
        }
    }

    /// Whether what waits can only stand on a verso.
    fn wants_a_verso(&self, key: &Key) -> bool {
        key.waiting != NONE && self.flow.blocks[key.waiting as usize].verso
    }

    /// A figure must not wait beyond a barrier: the page ends before it.
    fn strand(&mut self, state: State, at: usize) {
        if state.key.used > 0 {
            let fault = if self.is_kept(at, &state.key) { self.prices.fault } else { 0 };
            let turned = self.turn(State { cost: state.cost + fault, ..state });
            self.place(turned, at);
        }
    }

    /// The space between a block and the one before, the larger of what either asks for; a figure that waits leaves
    /// none where it would have stood.
    pub(super) fn space(&self, at: usize, key: &Key) -> i32 {
        // What stands over all columns stands elsewhere.
        let waits = |before: usize| self.waits(before, key) || self.flow.blocks[before].wide;
        let before = (0..at).rev().find(|before| !waits(*before)).map(|before| &self.flow.blocks[before]);
        let due = before.and_then(|before| before.closes).filter(|_| key.due).map_or(0, |closing| closing.below);
        // Spaces that meet do not add up: the larger holds.
        (before.map_or(0, |before| before.below) + due).max(self.flow.blocks[at].above)
    }

    /// Whether a block that is laid after a state from some line on closes matter that is parted or stands at the head.
    fn parted(&self, state: &State, at: usize, from: usize) -> bool {
        let Some(closing) = self.flow.blocks[at].closes else { return false };
        if from > 0 || closing.opened == at {
            return from > 0 || state.key.used == 0;
        }
        let mut step = state.step;
        while step != u32::MAX {
            match self.steps[step as usize].action {
                Action::Place { block, from, at_head, .. } if block as usize == closing.opened => {
                    return from > 0 || at_head;
                }
                Action::Place { .. } => step = self.steps[step as usize].parent,
                Action::Page { .. } | Action::Start => break,
            }
        }
        true
    }

    /// How high a page, or a column, is.
    pub(super) fn page(&self, key: &Key) -> i32 {
        self.flow.page - i32::from(key.head) - i32::from(key.foot)
    }

    /// The same where it may be a line long: not above what stands over all columns, nor close above a folio.
    pub(super) fn room(&self, key: &Key) -> i32 {
        if key.foot > 0 || self.flow.stops { self.page(key) } else { self.page(key) + self.flow.line }
    }

    /// Room for the notes of some lines that end at `used`, below those that the page has: the notes' height, what of
    /// them is left for the next page, and what that costs. `None` when they have no room.
    pub(super) fn notes(
        &self,
        used: i32,
        key: &Key,
        calls: &[NoteCall],
        lines: Range<usize>,
    ) -> Option<(i32, i32, i64)> {
        let before = key.notes;
        let room = (self.room(key) - used) * self.scale();
        if calls.is_empty() {
            return (before <= room).then_some((before, 0, 0));
        }
        let mut height = before;
        let mut called = calls.iter().filter(|call| lines.contains(&call.line)).peekable();
        while let Some(call) = called.next() {
            let rule = if height == 0 { self.flow.note_rule } else { 0 };
            let whole = height + rule + call.height;
            if whole > room {
                let page = (self.page(key) - used) * self.scale() - height - rule;
                let part = call.splits.iter().copied().filter(|part| *part <= page).max()?;
                // Notes that begin after one that fills the page begin a page late.
                let late: i32 = called.map(|call| call.height).sum();
                let price = self.prices.split_note * if late > 0 { LATE } else { 1 };
                return Some((height + rule + part, call.height - part + late, price));
            }
            height = whole;
        }
        (height <= room).then_some((height, 0, 0))
    }

    /// The same where they have no room and there is no better place: what fits, and the rest on the pages after.
    pub(super) fn forced(&self, used: i32, key: &Key, calls: &[NoteCall], lines: Range<usize>) -> (i32, i32, i64) {
        let before = key.notes;
        let called = calls.iter().filter(|call| lines.contains(&call.line));
        let own: i32 = called.map(|call| call.height).sum();
        let rule = if before == 0 && own > 0 { self.flow.note_rule } else { 0 };
        let room = ((self.page(key) - used) * self.scale()).max(before + rule);
        let whole = before + rule + own;
        (whole.min(room), (whole - room).max(0), self.prices.fault)
    }

    /// Whether a piece that has no room in an empty column has some on a later page: where what stands over all columns
    /// leaves little of them on this one.
    fn has_room_later(&self, key: &Key, height: i32) -> bool {
        let low = key.head > 0 || key.foot > 0;
        low && key.used == 0 && height <= self.flow.page && self.flow.bottom == 0
    }

    fn place_solid(&mut self, state: State, at: usize, variant: usize, above: i32, height: i32) {
        let y = state.key.used + above;
        let calls = &self.flow.blocks[at].variants[variant].notes;
        let fit = self.notes(y + height, &state.key, calls, 0..1);
        if fit.is_none() && self.has_room_later(&state.key, height) {
            let turned = self.turn(state);
            return self.place(turned, at);
        }
        let overfull = fit.is_none() && state.key.used == 0;
        if fit.is_none() && (!overfull || state.key.notes > 0) {
            return self.after_turn(state, at, variant);
        }
        let (notes, carry, price) = fit.unwrap_or_else(|| {
            let (notes, carry, price) = self.forced(y + height, &state.key, calls, 0..1);
            (notes, carry, price * 4)
        });
        // Where only its notes have no room, these go on overleaf.
        let overfull = overfull && y + height > self.room(&state.key);
        let used = (y + height).min(self.room(&state.key));
        let at_head = state.key.used == 0;
        let (block, variant, y) = (at as u32, variant as u8, y + i32::from(state.key.head));
        let action = Action::Place { block, variant, from: 0, to: 1, y, at_head, overfull, wide: false };
        // A piece without height at a page's head leaves it a head.
        let due = self.parted(&state, at, 0);
        self.offer(Key { used, notes, carry, due, ..state.key }, state.cost + price, state.step, action);
    }

    /// When a kept block leaves no room for this one, the page ends all the same, as a fault.
    fn after_turn(&mut self, state: State, at: usize, variant: usize) {
        if at > 0 && self.flow.blocks[at - 1].keep && state.key.used > 0 {
            let dear = State { cost: state.cost + self.prices.fault, ..state };
            let turned = self.turn(dear);
            match self.flow.blocks[at].variants[variant].body {
                Body::Solid { height } if turned.key.used == 0 => self.place_solid(turned, at, variant, 0, height),
                _ => {}
            }
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn place_lines(&mut self, state: State, at: usize, variant: usize, above: i32, height: i32, hyphens: &[bool]) {
        let mut open = std::mem::take(&mut self.open);
        open.push((state, 0, state.key.used + above));
        while let Some((state, from, y)) = earliest(&mut open) {
            let rest = hyphens.len() - from;
            let calls = &self.flow.blocks[at].variants[variant].notes;
            let end = y + height * rest as i32;
            let fit = self.notes(end, &state.key, calls, from..hyphens.len());
            if let Some((notes, carry, price)) = fit {
                let due = self.parted(&state, at, from);
                let key = Key { used: end, notes, carry, due, ..state.key };
                let action = piece(at, variant, from..hyphens.len(), y, &state.key);
                self.offer(key, state.cost + price, state.step, action);
            }
            if rest < 2 {
                if fit.is_none() {
                    self.force(&mut open, state, at, variant, from..from + 1, y, height, hyphens.len());
                }
                continue;
            }
            self.cut_lines(&mut open, state, at, variant, from, y, height, hyphens);
        }
        self.open = open;
    }

    /// Ends the page after some of the lines: the three best-filling places that are legal, else the least fault.
    #[allow(clippy::too_many_arguments)]
    fn cut_lines(
        &mut self,
        open: &mut Vec<(State, usize, i32)>,
        state: State,
        at: usize,
        variant: usize,
        from: usize,
        y: i32,
        height: i32,
        hyphens: &[bool],
    ) {
        let count = hyphens.len();
        let calls = &self.flow.blocks[at].variants[variant].notes;
        let fit = |kernel: &Self, lines: usize| {
            kernel.notes(y + height * lines as i32, &state.key, calls, from..from + lines)
        };
        let room = ((self.room(&state.key) - y) / height.max(1)).clamp(0, (count - from - 1) as i32) as usize;
        let most = (1..=room).rev().find(|lines| fit(self, *lines).is_some()).unwrap_or(0);
        // Below figures at its head a page has room for two lines or for none: one would be stranded there.
        if from > 0 && state.key.used > 0 && most < 2 {
            let turned = self.turn(state);
            return keep(open, (turned, from, turned.key.used));
        }
        // A page that would be long has others that are full.
        let fullest = Key { used: (y + height * most as i32).min(self.page(&state.key)), ..state.key };
        if calls.is_empty() && !self.may_end(&fullest, state.cost) {
            return;
        }
        // Of the places where a note goes on overleaf only the fullest is tried, beside three where none does.
        let (mut tried, mut split) = (0, false);
        // What the flow's last page lacks is taken from the page before.
        let last = at + 2 >= self.flow.blocks.len();
        let most_tried = if last { 3 + self.prices.few as usize } else { 3 };
        for lines in (1..=most).rev() {
            let to = from + lines;
            let legal = (lines >= 2 || from > 0 && state.key.used == 0) && count - to >= 2 && !hyphens[to - 1];
            let splits = legal && !calls.is_empty() && fit(self, lines).is_some_and(|(_, carry, _)| carry > 0);
            if legal && !(split && splits) {
                self.lay(open, state, at, variant, from..to, y, height, 0);
                split |= splits;
                tried += usize::from(!splits);
                if tried == most_tried {
                    return;
                }
            }
        }
        if tried == 0 && !split && most > 0 {
            self.lay(open, state, at, variant, from..from + most, y, height, self.prices.fault);
        }
    }

    /// Lays lines and turns the page; the rest stays open.
    #[allow(clippy::too_many_arguments)]
    fn lay(
        &mut self,
        open: &mut Vec<(State, usize, i32)>,
        state: State,
        at: usize,
        variant: usize,
        lines: Range<usize>,
        y: i32,
        height: i32,
        fault: i64,
    ) {
        let calls = &self.flow.blocks[at].variants[variant].notes;
        let used = y + height * lines.len() as i32;
        let fit = self.notes(used, &state.key, calls, lines.clone());
        let (notes, carry, price) = fit.unwrap_or((state.key.notes, 0, self.prices.fault));
        let key = Key { used, notes, carry, ..state.key };
        let wanted = self.flow.blocks[at].wanted;
        let missing = if wanted > 0 && lines.start == 0 { i64::from((wanted - lines.len() as i32).max(0)) } else { 0 };
        let cost = state.cost + fault + price + self.prices.thin * missing;
        if !self.may_end(&key, cost) {
            return;
        }
        let step = self.step(state.step, piece(at, variant, lines.clone(), y, &state.key));
        let laid = State { key, cost, step };
        let turned = self.turn(laid);
        keep(open, (turned, lines.end, turned.key.used));
    }

    /// A line that fits nowhere (its note is higher than a page) is laid all the same.
    #[allow(clippy::too_many_arguments)]
    fn force(
        &mut self,
        open: &mut Vec<(State, usize, i32)>,
        state: State,
        at: usize,
        variant: usize,
        line: Range<usize>,
        y: i32,
        height: i32,
        count: usize,
    ) {
        if state.key.used > 0 || state.key.notes > 0 {
            let turned = self.turn(State { cost: state.cost + self.prices.fault, ..state });
            keep(open, (turned, line.start, turned.key.used));
            return;
        }
        let cost = state.cost + self.prices.fault * 4;
        let calls = &self.flow.blocks[at].variants[variant].notes;
        let used = (y + height).max(1);
        let (notes, carry, _) = self.forced(used, &state.key, calls, line.clone());
        let key = Key { used, notes, carry, ..state.key };
        let action = piece(at, variant, line.clone(), y, &state.key);
        if line.end == count {
            self.offer(key, cost, state.step, action);
        } else {
            let laid = State { key, cost, step: self.step(state.step, action) };
            let turned = self.turn(laid);
            keep(open, (turned, line.end, turned.key.used));
        }
    }

    /// How far the rows of a flow's last block go on a page, so that what is left for the next is no fewer lines than
    /// its last page should have, and no fewer than three rows.
    fn left_for_the_last_page(&self, at: usize, from: usize, fit: usize, head: i32, rows: &[i32]) -> usize {
        let few = self.prices.few * self.flow.line * self.scale();
        let mut rest = head + rows[fit..].iter().sum::<i32>();
        let mut fit = fit;
        let last = at + 1 == self.flow.blocks.len();
        while last && (rest < few || rows.len() - fit < 3) && fit > from + self.prices.few as usize {
            fit -= 1;
            rest += rows[fit];
        }
        fit
    }

    fn place_rows(&mut self, state: State, at: usize, variant: usize, above: i32, head: i32, rows: &[i32]) {
        let mut open = vec![(state, 0usize, state.key.used + above)];
        while let Some((state, from, y)) = open.pop() {
            let at_head = state.key.used == 0;
            let (mut height, mut end) = (head, y + self.units(head));
            let mut fit = from;
            let calls = &self.flow.blocks[at].variants[variant].notes;
            let mut noted = (state.key.notes, 0, 0);
            while fit < rows.len() {
                let next = y + self.units(height + rows[fit]);
                let Some(notes) = self.notes(next, &state.key, calls, from..fit + 1) else { break };
                (height, end) = (height + rows[fit], next);
                fit += 1;
                noted = notes;
                if noted.1 > 0 {
                    break;
                }
            }
            let (notes, carry, price) = noted;
            if fit == rows.len() {
                let key = Key { used: end, notes, carry, ..state.key };
                self.offer(key, state.cost + price, state.step, piece(at, variant, from..fit, y, &state.key));
                continue;
            }
            let dear = if self.flow.blocks[at].dear { self.prices.part } else { 0 };
            let (mut cost, mut overfull) = (self.prices.cut_rows + dear, false);
            let (mut notes, mut carry, mut price) = (notes, carry, price);
            if rows.len() - fit == 1 && fit - from > 2 && carry == 0 {
                // The last row does not stand alone on the next page.
                fit -= 1;
                end = y + self.units(height - rows[fit]);
                let fewer = self.notes(end, &state.key, calls, from..fit);
                (notes, carry, price) = fewer.unwrap_or((notes, carry, price));
            }
            let left = self.left_for_the_last_page(at, from, fit, head, rows);
            if left < fit && carry == 0 && state.key.notes == notes {
                end = y + self.units(head + rows[from..left].iter().sum::<i32>());
                fit = left;
            }
            if fit - from == 1 && from == 0 && !self.flow.blocks[at].dear {
                cost += self.prices.lone_row;
            }
            if fit == from {
                if !at_head || state.key.notes > 0 {
                    // Not one row has room: the table begins on the next page, if that is allowed.
                    let kept = at > 0 && self.flow.blocks[at - 1].keep && from == 0;
                    if kept || (at_head && state.key.notes > 0) || from > 0 {
                        let turned = self.turn(State { cost: state.cost + self.prices.fault, ..state });
                        open.push((turned, from, turned.key.used));
                    }
                    continue;
                }
                if self.has_room_later(&state.key, self.units(head + rows[fit])) {
                    let turned = self.turn(state);
                    open.push((turned, from, turned.key.used));
                    continue;
                }
                end = y + self.units(height + rows[fit]);
                fit += 1;
                (notes, carry, price) = self.forced(end, &state.key, calls, from..fit);
                cost = self.prices.fault * 4;
                overfull = true;
            }
            let used = end.min(self.room(&state.key));
            let action = Action::Place {
                block: at as u32,
                variant: variant as u8,
                from: from as u32,
                to: fit as u32,
                y: y + i32::from(state.key.head),
                at_head,
                overfull,
                wide: false,
            };
            let key = Key { used, notes, carry, ..state.key };
            let cost = state.cost + cost + price;
            if fit == rows.len() {
                self.offer(key, cost, state.step, action);
            } else {
                let laid = State { key, cost, step: self.step(state.step, action) };
                let turned = self.turn(laid);
                open.push((turned, fit, turned.key.used));
            }
        }
    }
}

/// Lines or rows laid on the page of a state, so far below its head.
fn piece(at: usize, variant: usize, lines: Range<usize>, y: i32, key: &Key) -> Action {
    Action::Place {
        block: at as u32,
        variant: variant as u8,
        from: lines.start as u32,
        to: lines.end as u32,
        y: y + i32::from(key.head),
        at_head: key.used == 0,
        overfull: false,
        wide: false,
    }
}
