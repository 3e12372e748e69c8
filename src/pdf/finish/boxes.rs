//! Page boxes (ISO 32000-1, 14.11.2), exact to a thousandth of a point.

use super::{Work, array};
use crate::pdf::sheet::Sheet;

/// Sets the boxes of every page. A box equal to its default is left out, but for the trim, which printers ask for.
pub(super) fn set(work: &mut Work, sheets: &[Sheet]) {
    for (at, sheet) in sheets.iter().enumerate() {
        let medium = sheet.medium();
        let Some(page) = work.page(at) else { continue };
        page.remove(b"CropBox");
        if sheet.turned {
            page.set("Rotate", 90);
        }
        page.set("MediaBox", array(sheet.corners(medium)));
        page.set("TrimBox", array(sheet.corners(sheet.trim)));
        page.set("BleedBox", array(sheet.corners(sheet.bleed)));
    }
}
