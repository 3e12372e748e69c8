//! Charts: a drawing as SVG in the page, its words as text, its data as a table that it names as its details.
//!
//! It is drawn as wide as a phone and grows with the page up to a bound, so that its letters stay near those of the
//! text. Inks are classes: the style sheet gives them the theme's colours, in the dark others; what has the colour of the
//! text around it is seen on any ground.

use super::Writer;
use crate::book::Block;
use crate::book::block::{Extent, Figure};
use crate::book::chart::Chart;
use crate::chart::{self, Align, Ink, Label, Letters, Role, Room, Shape, Tone};
use crate::font::{Fonts, Request};
use crate::language::Direction;
use crate::language::facts::Facts;
use crate::language::terms::Term;
use crate::theme::{self, Theme};
use crate::units::{Length, Point, Size};

/// How wide a drawing is, in units that are a little more than a pixel on most screens.
const WIDTH: Length = Length::sp(380 << 16);

/// How wide one for a broad screen is.
const BROAD: Length = Length::sp(560 << 16);

/// How wide one for a narrow screen is where there are both: no letter gets smaller than is to be read.
const NARROW: Length = Length::sp(330 << 16);

/// How large the letters of all are.
const LETTERS: Length = Length::sp(25 << 15);

/// How far their lines are apart.
const LEADING: Length = Length::sp(31 << 15);

/// Letters as far as the e-book's own faces go; readers have others, so that there is some room to spare.
struct Faces<'a> {
    theme: &'a Theme,
    fonts: &'a Fonts,
}

impl Letters for Faces<'_> {
    fn width(&self, words: &str, role: Role) -> Length {
        let role = match role {
            Role::Name => theme::Role::ChartLabel,
            Role::Value => theme::Role::ChartValue,
        };
        let style = self.theme.style(role);
        let family = self.theme.families.name(style.family);
        let request = Request { family, weight: style.weight, italic: style.italic, size: LETTERS };
        self.fonts.width(words, request).scale(116, 100)
    }

    fn size(&self, _: Role) -> Length {
        LETTERS
    }

    fn leading(&self, _: Role) -> Length {
        LEADING
    }
}

impl Writer<'_> {
    /// A chart and its data.
    pub(super) fn chart(&mut self, block: &Block, figure: &Figure, chart: &Chart) {
        let language = block.language.as_ref().unwrap_or(&self.page_language).clone();
        let facts = Facts::of(&language);
        let number = |value: i64, decimals: u8| facts.decimal_number(value, decimals);
        let letters = Faces { theme: self.theme, fonts: self.fonts };
        let from_the_right = language.direction() == Direction::RightToLeft;
        let width_class = match figure.width {
            Some(Extent::Share(share)) => format!("chart {}", super::blocks::share_class(share)),
            Some(Extent::Length(_)) | None => "chart".to_owned(),
        };
        self.facts.picture(figure.alt.as_deref());
        (self.facts.charts, self.facts.tables) = (true, true);
        let name = figure.number.as_deref().unwrap_or(Term::Figure.word(&language));
        let data = format!("h-chart-{}-data", self.labels + 1);
        // Online a broad screen shows one that fills the measure with letters no larger than those of the text.
        let sizes: &[(Length, &str)] =
            if self.web { &[(BROAD, " broad"), (NARROW, " narrow")] } else { &[(WIDTH, "")] };
        for (width, class) in sizes {
            let room = Room { width: *width, height: None, letters: &letters, number: &number, from_the_right };
            let drawing = chart::draw(chart, room);
            self.labels += 1;
            let id = |part: &str| format!("h-chart-{}-{part}", self.labels);
            let (title, said) = (id("title"), id("alt"));
            let Size { width, height } = drawing.size;
            self.markup
                .tag("svg")
                .attr("xmlns", "http://www.w3.org/2000/svg")
                .attr("class", &format!("{width_class}{class}"))
                .attr("viewBox", &format!("0 0 {} {}", units(width), units(height)))
                .attr("role", "img")
                .attr("aria-labelledby", &format!("{title} {said}"))
                .attr("aria-details", &data)
                .attr("font-size", &units(LETTERS))
                .begin();
            self.named("title", &title, name);
            self.named("desc", &said, figure.alt.as_deref().unwrap_or_default());
            drawing.shapes.iter().for_each(|shape| self.shape(shape));
            drawing.labels.iter().for_each(|label| self.label(label));
            self.markup.end();
        }
        self.data(chart, &data);
    }

    fn named(&mut self, name: &'static str, id: &str, words: &str) {
        self.markup.tag(name).attr("id", id).open();
        self.markup.text(words);
        self.markup.end();
    }

    fn shape(&mut self, shape: &Shape) {
        let points = |points: &[Point]| {
            let all: Vec<String> =
                points.iter().map(|point| format!("{},{}", units(point.x), units(point.y))).collect();
            all.join(" ")
        };
        match shape {
            Shape::Fill { rect, ink } => self
                .markup
                .tag("rect")
                .attr("class", &fill_class(*ink))
                .attr("x", &units(rect.origin.x))
                .attr("y", &units(rect.origin.y))
                .attr("width", &units(rect.size.width))
                .attr("height", &units(rect.size.height))
                .empty(),
            Shape::Area { corners, ink } => {
                self.markup.tag("polygon").attr("class", &fill_class(*ink)).attr("points", &points(corners)).empty();
            }
            Shape::Dot { at, radius, ink } => self
                .markup
                .tag("circle")
                .attr("class", &dot_class(*ink))
                .attr("cx", &units(at.x))
                .attr("cy", &units(at.y))
                .attr("r", &units(*radius))
                .empty(),
            Shape::Line { points: line, width, dashed, ink } => self
                .markup
                .tag("polyline")
                .attr("class", &line_class(*ink))
                .attr("points", &points(line))
                .attr("stroke-width", &units(*width))
                .maybe(
                    "stroke-dasharray",
                    dashed.then(|| format!("{} {}", units(*width * 3), units(*width * 2))).as_deref(),
                )
                .empty(),
        }
        self.markup.line();
    }

    fn label(&mut self, label: &Label) {
        let anchor = match label.align {
            Align::Left => "start",
            Align::Middle => "middle",
            Align::Right => "end",
        };
        // An anchor counts the way the words run.
        let anchor = match (label.align, self.page_language.direction()) {
            (Align::Left, Direction::RightToLeft) => "end",
            (Align::Right, Direction::RightToLeft) => "start",
            _ => anchor,
        };
        let tone = match label.tone {
            Tone::Text => None,
            Tone::Quiet => Some("quiet".to_owned()),
            Tone::Line(series) => Some(format!("t{series}")),
            Tone::On(series) => Some(format!("o{series}")),
        };
        let classes: Vec<&str> =
            tone.as_deref().into_iter().chain((label.role == Role::Value).then_some("value")).collect();
        let class = classes.join(" ");
        self.markup
            .tag("text")
            .maybe("class", (!class.is_empty()).then_some(class.as_str()))
            .attr("x", &units(label.at.x))
            .attr("y", &units(label.at.y))
            .maybe("text-anchor", (anchor != "start").then_some(anchor))
            .open();
        self.markup.text(&label.words);
        self.markup.end();
    }

    /// The data as a table, folded away where readers fold.
    fn data(&mut self, chart: &Chart, id: &str) {
        let language = self.page_language.clone();
        self.markup.tag("details").attr("class", "data").attr("id", id).begin();
        self.markup.leaf("summary", Term::Data.word(&language));
        self.markup.line();
        self.markup.tag("div").attr("class", "table").begin();
        self.markup.tag("table").begin();
        let head = &chart.table.head;
        if head.iter().any(|head| !head.is_empty()) {
            self.markup.tag("thead").begin();
            self.markup.tag("tr").open();
            for (at, name) in head.iter().enumerate() {
                let right = (at > 0).then_some("right");
                match name.is_empty() {
                    true => self.markup.tag("td").open(),
                    false => self.markup.tag("th").attr("scope", "col").maybe("class", right).open(),
                }
                self.markup.text(name);
                self.markup.close();
            }
            self.markup.end();
            self.markup.end();
        }
        self.markup.tag("tbody").begin();
        for row in &chart.table.rows {
            self.markup.tag("tr").open();
            for (at, cell) in row.iter().enumerate() {
                match at == 0 && !cell.is_empty() {
                    true => self.markup.tag("th").attr("scope", "row").open(),
                    false => self.markup.tag("td").maybe("class", (at > 0).then_some("right")).open(),
                }
                self.markup.text(cell);
                self.markup.close();
            }
            self.markup.end();
        }
        self.markup.end();
        self.markup.end();
        self.markup.end();
        self.markup.end();
    }
}

/// A length in the drawing's units, to the hundredth.
fn units(length: Length) -> String {
    let hundredths = length.scale(100, 65_536).to_sp();
    let (sign, size) = (if hundredths < 0 { "-" } else { "" }, hundredths.abs());
    match (size / 100, size % 100) {
        (whole, 0) => format!("{sign}{whole}"),
        (whole, part) => format!("{sign}{whole}.{part:02}").trim_end_matches('0').to_owned(),
    }
}

fn fill_class(ink: Ink) -> String {
    match ink {
        Ink::Series(number) => format!("s{number}"),
        Ink::Faint(number) => format!("s{number} faint"),
        Ink::Tint => "tint".to_owned(),
        Ink::Paper => "paper".to_owned(),
        Ink::Line(number) => format!("d{number}"),
        Ink::Quiet | Ink::Edge | Ink::Grid | Ink::Zero => "dq".to_owned(),
    }
}

fn dot_class(ink: Ink) -> String {
    match ink {
        Ink::Quiet => "dq".to_owned(),
        other => fill_class(other),
    }
}

fn line_class(ink: Ink) -> String {
    match ink {
        Ink::Series(number) | Ink::Faint(number) | Ink::Line(number) => format!("l{number}"),
        Ink::Quiet => "lq".to_owned(),
        Ink::Tint => "ltint".to_owned(),
        Ink::Edge => "edge".to_owned(),
        Ink::Grid => "grid".to_owned(),
        Ink::Zero => "zero".to_owned(),
        Ink::Paper => "lpaper".to_owned(),
    }
}
