//! The kernel against a slow oracle that prints, turns, cuts, folds, nests and reads.

use super::*;
use crate::dice::{Dice, rounds};
use std::collections::BTreeMap;

const LETTER: Size = Size::new(Length::inches(8.5), Length::inches(11.0));

/// A leaf's side as it lies before a reader: the page on it, and whether its head is up.
type Read = Option<(usize, bool)>;

/// A sheet of paper with marks on it. Places on paper are those of the front, seen from the front; what is on the back
/// stands at the place behind which it lies.
struct Printed {
    /// By half (left, right): what the front shows, what the back shows when the sheet is turned like a leaf of a book.
    halves: [[Read; 2]; 2],
}

/// Prints two sides onto a sheet as a machine does that turns it on an edge.
fn print(front: &Side, back: &Side, flip: Flip) -> Printed {
    assert_eq!(front.size, back.size);
    let middle = front.size.width / 2;
    let mut halves = [[None; 2]; 2];
    for placed in &front.places {
        let at = (placed.rect.origin.x + placed.rect.right()) / 2;
        halves[usize::from(at > middle)][0] = Some((placed.page, !placed.upside_down));
    }
    let broadside = front.size.width > front.size.height;
    // Turned around its upright middle line, the back's left is behind the front's right. Turned around the line from
    // left to right, left stays left, and what was up is down for who turns it like a leaf.
    let like_a_leaf = broadside == (flip == Flip::Short);
    for placed in &back.places {
        let at = (placed.rect.origin.x + placed.rect.right()) / 2;
        let seen_right = at > middle;
        let behind_right = if like_a_leaf { !seen_right } else { seen_right };
        let upright = placed.upside_down != like_a_leaf;
        halves[usize::from(behind_right)][1] = Some((placed.page, upright));
    }
    Printed { halves }
}

/// Folds sheets laid into each other and reads the leaves from the first to the last.
fn read(signature: &[Printed], right_to_left: bool) -> Vec<Read> {
    // The half whose front is the first page seen.
    let outer = usize::from(!right_to_left);
    let mut pages = Vec::new();
    for sheet in signature {
        pages.extend([sheet.halves[outer][0], sheet.halves[outer][1]]);
    }
    // From the middle on, the other halves, the innermost first: their backs come before their fronts.
    for sheet in signature.iter().rev() {
        pages.extend([sheet.halves[1 - outer][1], sheet.halves[1 - outer][0]]);
    }
    pages
}

#[test]
fn a_folded_booklet_reads_from_the_first_page_to_the_last_with_every_head_up() {
    let mut dice = Dice::seeded(17);
    for _ in 0..rounds(2_000) {
        let pages = 1 + dice.throw(200);
        let signature = dice.pick(&[None, Some(4), Some(8), Some(16), Some(20), Some(32)]).to_owned();
        let flip = *dice.pick(&[Flip::Short, Flip::Long]);
        let right_to_left = dice.throw(2) == 0;
        let page = *dice.pick(&[half(LETTER), Size::new(Length::inches(4.0), Length::inches(6.0)), LETTER]);
        let broad = Size::new(Length::inches(8.5), Length::inches(5.5));
        let page = if dice.throw(5) == 0 { broad } else { page };
        let paper = Paper { sheet: LETTER, flip, right_to_left };
        let creep = Length::mm(0.1) * dice.throw(3) as i64;
        let scheme = Scheme::Booklet { signature, creep, most: Length::mm(3.0), shrink: true };
        let sides = impose(pages, page, &paper, &scheme);
        assert_eq!(sides.len() % 2, 0, "every sheet has two sides");
        let sheets: Vec<Printed> = sides.chunks(2).map(|pair| print(&pair[0], &pair[1], flip)).collect();
        assert_eq!(sheets.len(), pages.div_ceil(4), "no sheet too many");
        let mut book = Vec::new();
        // A signature ends where its sheets go out again: taken apart by trying all divisions that read in order.
        let mut left = sheets.as_slice();
        while !left.is_empty() {
            let most = signature.map_or(left.len(), |pages| (pages / 4).min(left.len()));
            let start = book.len();
            let reads = |count: &usize| {
                let read = read(&left[..*count], right_to_left);
                read.iter().enumerate().all(|(at, page)| match page {
                    Some((number, upright)) => *upright && *number == start + at,
                    None => start + at >= pages,
                })
            };
            let count = (1..=most).rev().find(reads);
            let count = count.unwrap_or_else(|| panic!("{pages} pages, {signature:?}, {flip:?}: page {start} is lost"));
            book.extend(read(&left[..count], right_to_left));
            left = &left[count..];
        }
        let whole: Vec<usize> = book.iter().flatten().map(|(page, _)| *page).collect();
        assert_eq!(whole, (0..pages).collect::<Vec<usize>>());
    }
}

#[test]
fn on_every_side_of_a_stapled_booklet_the_two_numbers_come_to_one_more_than_the_pages() {
    for pages in (4..=80).step_by(4) {
        let scheme = Scheme::Booklet { signature: None, creep: Length::ZERO, most: Length::ZERO, shrink: false };
        let paper = Paper { sheet: LETTER, flip: Flip::Short, right_to_left: false };
        for side in impose(pages, half(LETTER), &paper, &scheme) {
            let sum: usize = side.places.iter().map(|placed| placed.page + 1).sum();
            assert_eq!(sum, pages + 1);
        }
    }
}

#[test]
fn signatures_are_equal_to_a_sheet_and_none_is_larger_than_asked_for() {
    let mut dice = Dice::seeded(3);
    for _ in 0..rounds(500) {
        let (pages, signature) = (4 + dice.throw(900), 4 * (1 + dice.throw(8)));
        let scheme =
            Scheme::Booklet { signature: Some(signature), creep: Length::sp(1), most: Length::MAX, shrink: false };
        let paper = Paper { sheet: LETTER, flip: Flip::Short, right_to_left: false };
        let sides = impose(pages, half(LETTER), &paper, &scheme);
        // The outermost sheet of a signature is the one that is not moved.
        let moved = |side: &Side| {
            side.places.first().map_or(0, |placed| {
                let left = placed.rect.origin.x < LETTER.height / 2 - Length::sp(64);
                (if left { placed.rect.right() - LETTER.height / 2 } else { LETTER.height / 2 - placed.rect.origin.x })
                    .to_sp()
            })
        };
        let mut sizes: Vec<usize> = Vec::new();
        for sheet in sides.chunks(2) {
            match moved(&sheet[0]) {
                0 => sizes.push(1),
                _ => *sizes.last_mut().expect("the first sheet is not moved") += 1,
            }
        }
        let (least, most) = (sizes.iter().min().expect("one"), sizes.iter().max().expect("one"));
        assert!(most - least <= 1 && most * 4 <= signature, "{pages} in {signature}: {sizes:?}");
    }
}

#[test]
fn creep_moves_both_pages_towards_the_fold_and_none_over_it() {
    let creep = Length::mm(0.1);
    let scheme = Scheme::Booklet { signature: None, creep, most: Length::mm(0.5), shrink: false };
    let paper = Paper { sheet: LETTER, flip: Flip::Short, right_to_left: false };
    let sides = impose(40, half(LETTER), &paper, &scheme);
    let middle = LETTER.height / 2;
    for (at, side) in sides.iter().enumerate() {
        let shift = (creep * (at / 2) as i64).min(Length::mm(0.5));
        let [left, right] = side.places.as_slice() else { panic!("two pages") };
        assert_eq!((left.rect.right(), right.rect.origin.x), (middle + shift, middle - shift));
        assert_eq!((left.cell.right(), right.cell.origin.x), (middle, middle), "what is over the fold is cut off");
    }
}

#[test]
fn pages_of_a_grid_stand_once_in_reading_order_inside_the_sheet_and_over_no_other() {
    let mut dice = Dice::seeded(5);
    for _ in 0..rounds(1_000) {
        let pages = 1 + dice.throw(60);
        let on_a_side = *dice.pick(&[1, 2, 3, 4, 6, 8]);
        let lines = matches!(on_a_side, 1 | 3) && dice.throw(2) == 0;
        let right_to_left = dice.throw(2) == 0;
        let sheet = *dice.pick(&[LETTER, Size::new(Length::mm(210.0), Length::mm(297.0)), turned(LETTER)]);
        let page = Size::new(Length::mm(60.0 + dice.throw(300) as f64), Length::mm(60.0 + dice.throw(300) as f64));
        let paper = Paper { sheet, flip: Flip::Long, right_to_left };
        let sides = impose(pages, page, &paper, &Scheme::Grid { pages: on_a_side, lines });
        let mut seen = Vec::new();
        for side in &sides {
            let whole = Rect { origin: Point::default(), size: side.size };
            assert!(side.places.len() <= on_a_side);
            let mut rows: BTreeMap<Length, Vec<Length>> = BTreeMap::new();
            for (at, placed) in side.places.iter().enumerate() {
                assert!(whole.contains(&placed.rect), "{placed:?} on {:?}", side.size);
                assert!(!Scale::WHOLE.is_less_than(placed.scale), "nothing is made larger");
                for other in &side.places[at + 1..] {
                    assert!(!overlap(&placed.rect, &other.rect), "{placed:?} and {other:?}");
                }
                for line in &side.lines {
                    assert!(whole.contains(line) && !overlap(&placed.rect, line), "{placed:?} and {line:?}");
                }
                rows.entry(placed.rect.origin.y).or_default().push(placed.rect.origin.x);
                seen.push(placed.page);
            }
            for row in rows.values() {
                assert!(row.is_sorted_by(|a, b| if right_to_left { a > b } else { a < b }));
            }
            assert_eq!(side.lines.is_empty(), !lines);
        }
        assert_eq!(seen, (0..pages).collect::<Vec<usize>>());
    }
}

fn overlap(one: &Rect, other: &Rect) -> bool {
    one.origin.x < other.right()
        && other.origin.x < one.right()
        && one.origin.y < other.foot()
        && other.origin.y < one.foot()
}

#[test]
fn a_point_of_a_page_that_stands_on_its_head_is_counted_from_the_other_corner() {
    let scheme = Scheme::Booklet { signature: None, creep: Length::ZERO, most: Length::ZERO, shrink: false };
    let paper = Paper { sheet: LETTER, flip: Flip::Long, right_to_left: false };
    let sides = impose(4, half(LETTER), &paper, &scheme);
    let second = sides[1].places.iter().find(|placed| placed.page == 1).expect("it is on the back");
    assert!(second.upside_down);
    // Page 2 stands at the back's left when the sheet turns like a leaf, so at the right here.
    assert_eq!(second.point(Point::default()), Point::new(Length::inches(11.0), Length::inches(8.5)));
}

#[test]
fn spines_are_as_wide_as_the_printers_say() {
    let inches = |name: &str, pages: usize| {
        let spine = Stock::find(name).expect("a stock").spine(pages);
        (spine.to_inches() * 10_000.0).round() / 10_000.0
    };
    assert_eq!(inches("kdp-white", 120), 0.2702);
    assert_eq!(inches("kdp-white", 400), 0.9008);
    assert_eq!(inches("kdp-cream", 400), 1.0);
    assert_eq!(inches("kdp-premium-colour", 120), 0.2816);
    assert_eq!(inches("lulu", 444), 1.0599);
    let own = Stock::of_caliper(Length::mm(0.1));
    assert!((own.spine(200).to_inches() - 10.0 / 25.4).abs() < 0.0005);
    assert!(!Stock::find("kdp-white").expect("a stock").takes_words(78));
}

#[test]
fn a_wrap_has_its_front_where_the_book_opens() {
    let page = Size::new(Length::inches(6.0), Length::inches(9.0));
    let wrapped = wrap::wrap(page, Length::inches(0.5), false);
    assert_eq!(wrapped.trim.width, Length::inches(12.5));
    assert_eq!(wrapped.front.origin.x, wrapped.spine.right());
    assert_eq!(wrap::wrap(page, Length::inches(0.5), true).front.origin.x, Length::ZERO);
}
