//! Looks for scripts that have no capitals, and with them no italics: those of Arabic and Hebrew, of India and
//! South-East Asia, Chinese, Japanese and Korean.

use super::{Role, Theme};

/// The weight of a heading that a theme tells apart by its italics.
const BOLD: u16 = 700;

impl Theme {
    /// Sets every style upright and its letters as close as they were drawn: a slant is no letter of such a script, and
    /// what themes space out are capitals; where letters join, gaps between them would tear words apart. Headings that
    /// were known by their italics are bold.
    pub fn without_italics(&mut self) {
        for (role, style) in Role::ALL.iter().zip(&mut self.styles) {
            if style.italic && matches!(role, Role::Heading2 | Role::Heading3 | Role::Heading4 | Role::NoteHeading) {
                style.weight = style.weight.max(BOLD);
            }
            (style.italic, style.tracking) = (false, 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Base, ThemeSpec};
    use super::*;

    #[test]
    fn headings_in_italics_are_bold_and_nothing_is_spaced_out() {
        for base in Base::ALL {
            let mut theme =
                Theme::settle(&[&ThemeSpec { extends: Some(base.name().to_owned()), ..ThemeSpec::default() }]);
            let slanted = [Role::Heading3, Role::Heading4].map(|role| (role, theme.style(role).italic));
            theme.without_italics();
            for role in Role::ALL {
                let style = theme.style(*role);
                assert!(!style.italic && style.tracking == 0, "{base:?} {role:?}");
            }
            for (role, _) in slanted.into_iter().filter(|(_, italic)| *italic) {
                assert_eq!(theme.style(role).weight, BOLD, "{base:?} {role:?}");
            }
        }
    }
}
