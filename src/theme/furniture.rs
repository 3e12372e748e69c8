//! Furniture: what stands in the lines above and below the text.
//!
//! A line has three slots: at the fore-edge, at the spine, in the middle. Each names fields, and may name others on
//! versos than on rectos.

use crate::units::{Length, Side};

/// Something that a slot shows.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Field {
    /// The number of the page.
    Folio,
    /// The title of the book.
    Title,
    /// Its short title, else its title.
    ShortTitle,
    /// The short title of the section.
    Section,
    /// The house.
    Publisher,
    /// The authors.
    Authors,
    /// The series.
    Series,
    /// The date.
    Date,
}

impl Field {
    /// Every field with its word.
    pub const ALL: [(Field, &'static str); 8] = [
        (Field::Folio, "folio"),
        (Field::Title, "title"),
        (Field::ShortTitle, "short_title"),
        (Field::Section, "section"),
        (Field::Publisher, "publisher"),
        (Field::Authors, "authors"),
        (Field::Series, "series"),
        (Field::Date, "date"),
    ];

    /// The field of that name.
    pub fn find(word: &str) -> Option<Field> {
        Field::ALL.iter().find(|(_, known)| *known == word).map(|(field, _)| *field)
    }

    /// As a theme spells it.
    pub fn word(self) -> &'static str {
        Field::ALL.iter().find(|(field, _)| *field == self).map_or("folio", |(_, word)| word)
    }
}

/// A place in a line of furniture.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Slot {
    /// What it shows on versos.
    pub verso: Vec<Field>,
    /// What it shows on rectos.
    pub recto: Vec<Field>,
}

impl Slot {
    /// The same on both sides.
    pub fn both(fields: &[Field]) -> Slot {
        Slot { verso: fields.to_vec(), recto: fields.to_vec() }
    }

    /// What it shows on a side.
    pub fn on(&self, side: Side) -> &[Field] {
        match side {
            Side::Verso => &self.verso,
            Side::Recto => &self.recto,
        }
    }

    fn shows(&self, field: Field) -> bool {
        self.verso.contains(&field) || self.recto.contains(&field)
    }

    fn without(&mut self, field: Field) {
        self.verso.retain(|own| *own != field);
        self.recto.retain(|own| *own != field);
    }
}

/// A line of furniture.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Line {
    /// At the fore-edge.
    pub outer: Slot,
    /// At the spine.
    pub inner: Slot,
    /// In the middle.
    pub centre: Slot,
    /// How thick the rule between it and the text is; zero without one.
    pub rule: Length,
}

impl Line {
    fn slots(&self) -> [&Slot; 3] {
        [&self.outer, &self.inner, &self.centre]
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.slots().iter().all(|slot| slot.verso.is_empty() && slot.recto.is_empty())
    }

    /// Whether some slot of it shows a field.
    pub fn shows(&self, field: Field) -> bool {
        self.slots().iter().any(|slot| slot.shows(field))
    }

    /// Takes away what another line shows.
    fn yield_to(&mut self, other: &Line) {
        for (field, _) in Field::ALL.iter().filter(|(field, _)| other.shows(*field)) {
            for slot in [&mut self.outer, &mut self.inner, &mut self.centre] {
                slot.without(*field);
            }
        }
        if self.is_empty() {
            self.rule = Length::ZERO;
        }
    }
}

/// Running heads and folios.
#[derive(Clone, PartialEq, Debug)]
pub struct Furniture {
    /// Above the text.
    pub head: Line,
    /// Below the text.
    pub foot: Line,
    /// Below the text of a page on which a section opens, in place of the other two.
    pub opening: Line,
    /// From the head of the page to the baseline of the line above.
    pub head_baseline: Length,
    /// From the outer edge of the page to what stands at the fore-edge.
    pub folio_edge: Length,
    /// From the foot of the page to the baseline of the line below.
    pub foot_baseline: Length,
}

/// What a layer says of a line.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct LineSpec {
    /// At the fore-edge.
    pub outer: Option<Slot>,
    /// At the spine.
    pub inner: Option<Slot>,
    /// In the middle.
    pub centre: Option<Slot>,
    /// The rule.
    pub rule: Option<Length>,
}

/// What a layer says of furniture.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct FurnitureSpec {
    /// Above the text.
    pub head: Option<LineSpec>,
    /// Below it.
    pub foot: Option<LineSpec>,
    /// On opening pages.
    pub opening: Option<LineSpec>,
    /// From the head of the page.
    pub head_baseline: Option<Length>,
    /// From the outer edge.
    pub folio_edge: Option<Length>,
    /// From the foot.
    pub foot_baseline: Option<Length>,
}

impl Line {
    fn lay(&mut self, spec: &LineSpec) {
        let slots = [(&mut self.outer, &spec.outer), (&mut self.inner, &spec.inner), (&mut self.centre, &spec.centre)];
        for (slot, given) in slots {
            if let Some(given) = given {
                slot.clone_from(given);
            }
        }
        self.rule = spec.rule.unwrap_or(self.rule);
    }
}

impl Furniture {
    /// Lays a layer over this. A field stands once on a page: what a layer puts below the text leaves the line above,
    /// unless the layer names both; and pages on which a section opens have the layer's foot if they have none of
    /// their own.
    pub(super) fn lay(&mut self, spec: &FurnitureSpec) {
        if let Some(head) = &spec.head {
            self.head.lay(head);
        }
        if let Some(foot) = &spec.foot {
            self.foot.lay(foot);
        }
        match (&spec.head, &spec.foot) {
            (None, Some(_)) => self.head.yield_to(&self.foot),
            (Some(_), None) => self.foot.yield_to(&self.head),
            _ => {}
        }
        match (&spec.opening, &spec.foot) {
            (Some(opening), _) => self.opening.lay(opening),
            // But no page loses its folio for that.
            (None, Some(_)) if self.opening.shows(Field::Folio) && !self.foot.shows(Field::Folio) => {}
            (None, Some(_)) if !self.foot.is_empty() => self.opening.clone_from(&self.foot),
            _ => {}
        }
        self.head_baseline = spec.head_baseline.unwrap_or(self.head_baseline);
        self.folio_edge = spec.folio_edge.unwrap_or(self.folio_edge);
        self.foot_baseline = spec.foot_baseline.unwrap_or(self.foot_baseline);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Theme;

    #[test]
    fn an_opening_keeps_its_folio_where_the_foot_has_none() {
        let mut furniture = Theme::settle(&[]).furniture;
        let foot = LineSpec { centre: Some(Slot::both(&[Field::Publisher])), ..LineSpec::default() };
        furniture.lay(&FurnitureSpec { foot: Some(foot), ..FurnitureSpec::default() });
        assert!(furniture.opening.shows(Field::Folio) && furniture.foot.shows(Field::Publisher));
    }

    #[test]
    fn what_a_layer_puts_at_the_foot_leaves_the_head() {
        let mut furniture = Theme::settle(&[]).furniture;
        let foot = LineSpec { outer: Some(Slot::both(&[Field::Folio])), ..LineSpec::default() };
        furniture.lay(&FurnitureSpec { foot: Some(foot), ..FurnitureSpec::default() });
        assert!(!furniture.head.shows(Field::Folio) && furniture.head.shows(Field::Section));
        assert_eq!(furniture.opening.outer, Slot::both(&[Field::Folio]));
    }
}
