//! How long a division is, more or less, before it is set.

use crate::book::{Division, plain, walk};
use crate::theme::{Role, Theme};
use crate::units::Length;

/// Whether a division fills two pages, the first of which it opens with a band, but for a third of the second.
pub(super) fn fills_two_pages(division: &Division, theme: &Theme) -> bool {
    let page = &theme.page;
    let band = page.head.max(Length::ZERO).units_to_cover(page.grid);
    lines(division, theme) > page_lines(theme) * 5 / 3 - band
}

/// How many lines a division has, more or less, if they are as wide as the page. Letters are about nine twentieths of
/// their size wide.
pub(super) fn lines(division: &Division, theme: &Theme) -> i64 {
    let a_line = theme.page.measure().to_sp() * 20 / (theme.style(Role::Body).size.to_sp() * 9).max(1);
    walk::texts(&division.blocks).map(|(_, text)| plain(&text.content).chars().count() as i64 / a_line.max(1) + 1).sum()
}

/// How many lines a page has.
pub(super) fn page_lines(theme: &Theme) -> i64 {
    theme.page.lines(theme.style(Role::Body).size.scale(2, 3))
}
