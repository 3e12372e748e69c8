//! Graphics states (ISO 32000-1, 8.4.5): whether ink is added to what lies below or takes its place, and how much of that
//! a veil hides.

/// The name of the state in which black is printed over what lies below.
pub(super) const OVERPRINT: &str = "OverprintOn";
/// The name of the state in which ink takes the place of what lies below.
pub(super) const KNOCK_OUT: &str = "OverprintOff";

/// The name of the state in which a colour hides so many thousandths of what lies below.
pub(super) fn veil(share: u16) -> String {
    format!("Veil{share}")
}
