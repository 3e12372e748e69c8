//! Reads styles and locales: CSL 1.0.2 in XML, as the repository of styles has them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::cite::piece::{Display, Face};
use crate::cite::style::*;
use crate::source::limits;
use crate::xml::read::{self as xml, Document, Node};

/// Why a style cannot be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// Its line, from 1.
    pub line: u32,
    pub what: String,
}

/// What a style file is.
#[derive(Clone, Debug)]
pub enum Read {
    Style(Box<Style>),
    /// It has no rules of its own: the address of the style that has.
    Depends(String),
}

/// Reads a style.
pub fn style(text: &str) -> Result<Read, Fault> {
    let document = &document(text)?;
    let root = document.root_element();
    let fault = |node: Node<'_, '_>, what: &str| Fault {
        line: document.text_pos_at(node.range().start).row,
        what: what.to_owned(),
    };
    if root.tag_name().name() != "style" {
        return Err(fault(root, &format!("this is no CSL style: it begins with <{}>", root.tag_name().name())));
    }
    let info = child(root, "info");
    let parent = info.and_then(|info| {
        info.children()
            .find(|node| node.has_tag_name_local("link") && node.attribute("rel") == Some("independent-parent"))
    });
    if let Some(parent) = parent.filter(|_| child(root, "citation").is_none()) {
        return Ok(Read::Depends(parent.attribute("href").unwrap_or("").to_owned()));
    }
    let mut names = BTreeMap::new();
    let macros: Vec<Node<'_, '_>> = root.children().filter(|node| node.has_tag_name_local("macro")).collect();
    for (at, node) in macros.iter().enumerate() {
        let name = node.attribute("name").ok_or_else(|| fault(*node, "a macro without a name"))?;
        names.insert(name, at);
    }
    let reader = Reader { document, macros: &names };
    let mut style = Style {
        title: info.and_then(|info| child(info, "title")).and_then(|node| node.text()).unwrap_or("").to_owned(),
        id: info.and_then(|info| child(info, "id")).and_then(|node| node.text()).unwrap_or("").to_owned(),
        notes: root.attribute("class") == Some("note"),
        default_locale: root.attribute("default-locale").map(str::to_owned),
        initialize_with_hyphen: root.attribute("initialize-with-hyphen") != Some("false"),
        page_range: root.attribute("page-range-format").and_then(page_range),
        demote: match root.attribute("demote-non-dropping-particle") {
            Some("never") => Demote::Never,
            Some("sort-only") => Demote::SortOnly,
            _ => Demote::DisplayAndSort,
        },
        ..Style::default()
    };
    for node in macros {
        let name = node.attribute("name").unwrap_or("").to_owned();
        style.macros.push(Macro { name, elements: reader.elements(node, 0)? });
    }
    circles(&style).map_or(Ok(()), |name| Err(fault(root, &format!("the macro \"{name}\" calls itself"))))?;
    for node in root.children().filter(|node| node.has_tag_name_local("locale")) {
        let language = node.attribute(("http://www.w3.org/XML/1998/namespace", "lang")).unwrap_or("").to_owned();
        style.locales.push((language, reader.locale(node)?));
    }
    let outer = name_options(root);
    let citation = child(root, "citation").ok_or_else(|| fault(root, "a style without <citation>"))?;
    style.citation = reader.part(citation, &outer)?;
    if let Some(node) = child(root, "bibliography") {
        style.bibliography = Some(reader.part(node, &outer)?);
    }
    Ok(Read::Style(Box::new(style)))
}

/// The tree of a file, or why there is none.
fn document(text: &str) -> Result<Document<'_>, Fault> {
    xml::read(text.trim_start_matches('\u{feff}')).map_err(|fault| match fault {
        xml::Fault::Deep(depth) => Fault { line: 1, what: format!("its elements nest {depth} deep") },
        xml::Fault::Large => Fault { line: 1, what: "it is too large".to_owned() },
        xml::Fault::Wrong { what, line } => Fault { line, what: format!("it is no XML: {what}") },
    })
}

/// Reads a locale.
pub fn locale(text: &str) -> Result<Locale, Fault> {
    let document = &document(text)?;
    let names = BTreeMap::new();
    let reader = Reader { document, macros: &names };
    let root = document.root_element();
    if root.tag_name().name() != "locale" {
        return Err(Fault {
            line: 1,
            what: format!("this is no CSL locale: it begins with <{}>", root.tag_name().name()),
        });
    }
    let mut locale = reader.locale(root)?;
    locale.language = root.attribute(("http://www.w3.org/XML/1998/namespace", "lang")).unwrap_or("").to_owned();
    Ok(locale)
}

trait Local {
    fn has_tag_name_local(&self, name: &str) -> bool;
}

impl Local for Node<'_, '_> {
    fn has_tag_name_local(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.has_tag_name_local(name))
}

fn page_range(word: &str) -> Option<PageRange> {
    Some(match word {
        "chicago" | "chicago-15" => PageRange::Chicago15,
        "chicago-16" => PageRange::Chicago16,
        "expanded" => PageRange::Expanded,
        "minimal" => PageRange::Minimal,
        "minimal-two" => PageRange::MinimalTwo,
        _ => return None,
    })
}

/// A macro that calls itself, directly or through others.
fn circles(style: &Style) -> Option<String> {
    fn calls(elements: &[Element], found: &mut Vec<usize>) {
        for element in elements {
            match element {
                Element::Text(_, Text::Macro(at)) => found.push(*at),
                Element::Names(names) => calls(&names.substitute, found),
                Element::Group { elements, .. } => calls(elements, found),
                Element::Choose(branches) => branches.iter().for_each(|branch| calls(&branch.elements, found)),
                Element::Text(..) | Element::Number { .. } | Element::Label { .. } | Element::Date(_) => {}
            }
        }
    }
    let called: Vec<Vec<usize>> = style
        .macros
        .iter()
        .map(|one| {
            let mut found = Vec::new();
            calls(&one.elements, &mut found);
            found.sort_unstable();
            found.dedup();
            found
        })
        .collect();
    // Kahn's order: what is never free of calls is in a circle, or calls one.
    let mut left: Vec<usize> = (0..called.len()).collect();
    loop {
        let before = left.len();
        let still = left.clone();
        left.retain(|at| called[*at].iter().any(|other| still.contains(other)));
        if left.is_empty() {
            return None;
        }
        if left.len() == before {
            return Some(style.macros[left[0]].name.clone());
        }
    }
}

struct Reader<'a, 'i> {
    document: &'a Document<'i>,
    macros: &'a BTreeMap<&'a str, usize>,
}

impl Reader<'_, '_> {
    fn fault(&self, node: Node<'_, '_>, what: impl Into<String>) -> Fault {
        Fault { line: self.document.text_pos_at(node.range().start).row, what: what.into() }
    }

    fn part(&self, node: Node<'_, '_>, outer: &NameOptions) -> Result<Part, Fault> {
        let said = |name: &str| node.attribute(name);
        let layout = child(node, "layout").ok_or_else(|| self.fault(node, "a part of a style without <layout>"))?;
        let number = |name: &str, other: usize| said(name).and_then(|value| value.parse().ok()).unwrap_or(other);
        let own = name_options(node).over(outer);
        let mut part = Part {
            names: own,
            look: look(layout),
            delimiter: layout.attribute("delimiter").unwrap_or("").to_owned(),
            elements: self.elements(layout, 0)?,
            add_names: said("disambiguate-add-names") == Some("true"),
            add_given: said("disambiguate-add-givenname") == Some("true"),
            given_rule: match said("givenname-disambiguation-rule") {
                Some("all-names") => GivenRule::AllNames,
                Some("all-names-with-initials") => GivenRule::AllNamesWithInitials,
                Some("primary-name") => GivenRule::PrimaryName,
                Some("primary-name-with-initials") => GivenRule::PrimaryNameWithInitials,
                _ => GivenRule::ByCite,
            },
            add_year_letter: said("disambiguate-add-year-suffix") == Some("true"),
            group_delimiter: said("cite-group-delimiter").map(str::to_owned),
            collapse: match said("collapse") {
                Some("citation-number") => Some(Collapse::CitationNumber),
                Some("year") => Some(Collapse::Year),
                Some("year-suffix") => Some(Collapse::YearSuffix),
                Some("year-suffix-ranged") => Some(Collapse::YearSuffixRanged),
                _ => None,
            },
            year_letter_delimiter: said("year-suffix-delimiter").map(str::to_owned),
            after_collapse_delimiter: said("after-collapse-delimiter").map(str::to_owned),
            near_note: number("near-note-distance", 5),
            hanging: said("hanging-indent") == Some("true"),
            second_field: match said("second-field-align") {
                Some("flush") => Some(SecondField::Flush),
                Some("margin") => Some(SecondField::Margin),
                _ => None,
            },
            line_spacing: u8::try_from(number("line-spacing", 1)).unwrap_or(1),
            entry_spacing: u8::try_from(number("entry-spacing", 1)).unwrap_or(1),
            substitute: said("subsequent-author-substitute").map(str::to_owned),
            substitute_rule: match said("subsequent-author-substitute-rule") {
                Some("complete-each") => SubstituteRule::CompleteEach,
                Some("partial-each") => SubstituteRule::PartialEach,
                Some("partial-first") => SubstituteRule::PartialFirst,
                _ => SubstituteRule::CompleteAll,
            },
            ..Part::default()
        };
        for key in
            child(node, "sort").into_iter().flat_map(|sort| sort.children()).filter(|key| key.has_tag_name_local("key"))
        {
            let by = match (key.attribute("variable"), key.attribute("macro")) {
                (Some(variable), _) => SortBy::Variable(variable.to_owned()),
                (None, Some(name)) => SortBy::Macro(self.macro_at(key, name)?),
                (None, None) => return Err(self.fault(key, "a sort key without a variable or a macro")),
            };
            let mut names = name_options(key);
            let count = |name: &str| key.attribute(name).and_then(|value| value.parse().ok());
            names.et_al_min = count("names-min").or(names.et_al_min);
            names.et_al_first = count("names-use-first").or(names.et_al_first);
            names.et_al_last = key.attribute("names-use-last").map(|value| value == "true").or(names.et_al_last);
            part.sort.push(Key { by, descending: key.attribute("sort") == Some("descending"), names });
        }
        Ok(part)
    }

    fn macro_at(&self, node: Node<'_, '_>, name: &str) -> Result<usize, Fault> {
        self.macros.get(name).copied().ok_or_else(|| self.fault(node, format!("there is no macro \"{name}\"")))
    }

    fn elements(&self, node: Node<'_, '_>, depth: usize) -> Result<Vec<Element>, Fault> {
        if depth > limits::STYLE {
            return Err(self.fault(node, "its elements lie too deep inside each other"));
        }
        let mut out = Vec::new();
        for node in node.children().filter(Node::is_element) {
            if let Some(element) = self.element(node, depth)? {
                out.push(element);
            }
        }
        Ok(out)
    }

    fn element(&self, node: Node<'_, '_>, depth: usize) -> Result<Option<Element>, Fault> {
        let variable = || {
            node.attribute("variable")
                .map(str::to_owned)
                .ok_or_else(|| self.fault(node, format!("<{}> without a variable", node.tag_name().name())))
        };
        Ok(Some(match node.tag_name().name() {
            "text" => Element::Text(look(node), self.text(node)?),
            "number" => {
                Element::Number { look: look(node), variable: variable()?, form: form(node).unwrap_or(Form::Numeric) }
            }
            "label" => Element::Label {
                look: look(node),
                variable: variable()?,
                form: form(node).unwrap_or_default(),
                plural: plural(node),
            },
            "names" => Element::Names(Box::new(self.names(node, depth)?)),
            "date" => Element::Date(Box::new(self.date(node)?)),
            "group" => Element::Group {
                look: look(node),
                delimiter: node.attribute("delimiter").unwrap_or("").to_owned(),
                elements: self.elements(node, depth + 1)?,
            },
            "choose" => Element::Choose(self.branches(node, depth)?),
            // What a newer version may have is passed over, as the specification asks.
            _ => return Ok(None),
        }))
    }

    fn text(&self, node: Node<'_, '_>) -> Result<Text, Fault> {
        let form = form(node).unwrap_or_default();
        Ok(if let Some(name) = node.attribute("macro") {
            Text::Macro(self.macro_at(node, name)?)
        } else if let Some(variable) = node.attribute("variable") {
            Text::Variable(variable.to_owned(), form)
        } else if let Some(name) = node.attribute("term") {
            Text::Term { name: name.to_owned(), form, plural: node.attribute("plural") == Some("true") }
        } else if let Some(value) = node.attribute("value") {
            Text::Value(value.to_owned())
        } else {
            return Err(self.fault(node, "<text> without anything to print"));
        })
    }

    fn branches(&self, node: Node<'_, '_>, depth: usize) -> Result<Vec<Branch>, Fault> {
        let mut branches = Vec::new();
        for node in node.children().filter(Node::is_element) {
            let mut conditions = Vec::new();
            if node.tag_name().name() != "else" {
                for attribute in node.attributes() {
                    let words = || attribute.value().split_whitespace().map(str::to_owned);
                    match attribute.name() {
                        "disambiguate" => conditions.push(Condition::Disambiguate(attribute.value() == "true")),
                        "is-numeric" => conditions.extend(words().map(Condition::Numeric)),
                        "is-uncertain-date" => conditions.extend(words().map(Condition::Uncertain)),
                        "locator" => conditions.extend(words().map(Condition::Locator)),
                        "type" => conditions.extend(words().map(Condition::Kind)),
                        "variable" => conditions.extend(words().map(Condition::Variable)),
                        "position" => {
                            conditions.extend(words().filter_map(|word| position(&word)).map(Condition::Position))
                        }
                        _ => {}
                    }
                }
                if conditions.is_empty() {
                    conditions.push(Condition::Disambiguate(true));
                }
            }
            let mode = match node.attribute("match") {
                Some("any") => Match::Any,
                Some("none") => Match::None,
                _ => Match::All,
            };
            branches.push(Branch { mode, conditions, elements: self.elements(node, depth + 1)? });
        }
        Ok(branches)
    }

    fn names(&self, node: Node<'_, '_>, depth: usize) -> Result<Names, Fault> {
        let mut names = Names {
            look: look(node),
            variables: node.attribute("variable").unwrap_or("").split_whitespace().map(str::to_owned).collect(),
            options: name_options(node),
            delimiter: node.attribute("delimiter").map(str::to_owned),
            ..Names::default()
        };
        for inner in node.children().filter(Node::is_element) {
            match inner.tag_name().name() {
                "name" => {
                    names.name = look(inner);
                    names.has_name = true;
                    let mut own = name_options(inner);
                    own.form = form(inner).or(own.form);
                    own.delimiter = inner.attribute("delimiter").map(Arc::from);
                    names.options = own.over(&names.options);
                    for part in inner.children().filter(|part| part.has_tag_name_local("name-part")) {
                        match part.attribute("name") {
                            Some("family") => names.family = Some(look(part)),
                            Some("given") => names.given = Some(look(part)),
                            _ => {}
                        }
                    }
                }
                "et-al" => names.et_al = Some((inner.attribute("term").unwrap_or("et-al").to_owned(), look(inner))),
                "label" => {
                    names.label = Some((look(inner), form(inner).unwrap_or_default(), plural(inner)));
                    names.label_first =
                        !names.has_name && inner.next_siblings().any(|later| later.has_tag_name_local("name"));
                }
                "substitute" => names.substitute = self.elements(inner, depth + 1)?,
                _ => {}
            }
        }
        Ok(names)
    }

    fn date(&self, node: Node<'_, '_>) -> Result<DateElement, Fault> {
        Ok(DateElement {
            look: look(node),
            variable: node.attribute("variable").unwrap_or("").to_owned(),
            form: form(node),
            shown: match node.attribute("date-parts") {
                Some("year") => DateShown::Year,
                Some("year-month") => DateShown::Month,
                _ => DateShown::Day,
            },
            delimiter: node.attribute("delimiter").unwrap_or("").to_owned(),
            parts: node
                .children()
                .filter(|part| part.has_tag_name_local("date-part"))
                .filter_map(|part| {
                    Some(DatePart {
                        kind: match part.attribute("name") {
                            Some("day") => PartKind::Day,
                            Some("month") => PartKind::Month,
                            Some("year") => PartKind::Year,
                            _ => return None,
                        },
                        form: form(part),
                        zeros: part.attribute("form") == Some("numeric-leading-zeros"),
                        look: look(part),
                        has_prefix: part.has_attribute("prefix"),
                        has_suffix: part.has_attribute("suffix"),
                        range: part.attribute("range-delimiter").map(str::to_owned),
                    })
                })
                .collect(),
        })
    }

    fn locale(&self, node: Node<'_, '_>) -> Result<Locale, Fault> {
        let mut locale = Locale::default();
        for node in node.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "style-options" => {
                    let said = |name: &str| node.attribute(name).map(|value| value == "true");
                    locale.punctuation_in_quote = said("punctuation-in-quote");
                    locale.first_day_only = said("limit-day-ordinals-to-day-1");
                }
                "date" => {
                    let date = self.date(node)?;
                    match date.form {
                        Some(Form::Numeric) => locale.numeric_date = Some(date),
                        _ => locale.text_date = Some(date),
                    }
                }
                "terms" => node
                    .children()
                    .filter(|term| term.has_tag_name_local("term"))
                    .for_each(|term| put(&mut locale, term)),
                _ => {}
            }
        }
        Ok(locale)
    }
}

/// Puts a term into its locale.
fn put(locale: &mut Locale, node: Node<'_, '_>) {
    let Some(name) = node.attribute("name") else { return };
    let of = |node: Node<'_, '_>| node.text().unwrap_or("").to_owned();
    let (one, many) = match (child(node, "single"), child(node, "multiple")) {
        (None, None) => (of(node), of(node)),
        (Some(one), None) => (of(one), of(one)),
        (None, Some(many)) => (of(many), of(many)),
        (Some(one), Some(many)) => (of(one), of(many)),
    };
    let gender = |name: &str| match node.attribute(name) {
        Some("feminine") => Some(Gender::Feminine),
        Some("masculine") => Some(Gender::Masculine),
        _ => None,
    };
    let rest = name.strip_prefix("ordinal").map(|rest| rest.trim_start_matches('-'));
    if let Some(rest) = rest.filter(|rest| rest.is_empty() || rest.bytes().all(|byte| byte.is_ascii_digit())) {
        let number = rest.parse().unwrap_or(0);
        let by = match (rest.is_empty(), node.attribute("match")) {
            (true, _) => OrdinalMatch::Any,
            (false, Some("whole-number")) => OrdinalMatch::Whole,
            (false, Some("last-two-digits")) => OrdinalMatch::LastTwo,
            (false, Some("last-digit")) => OrdinalMatch::LastDigit,
            (false, _) if number < 10 => OrdinalMatch::LastDigit,
            (false, _) => OrdinalMatch::LastTwo,
        };
        locale.put_ordinal(number, by, gender("gender-form"), &one);
        return;
    }
    let name = match gender("gender-form") {
        Some(Gender::Feminine) => format!("{name}/feminine"),
        Some(Gender::Masculine) => format!("{name}/masculine"),
        None => name.to_owned(),
    };
    locale.put(&name, form(node).unwrap_or_default(), Term { one, many, gender: gender("gender") });
}

/// What a look says, in the attributes of an element.
fn look(node: Node<'_, '_>) -> Look {
    let said = |name: &str| node.attribute(name).unwrap_or("");
    let mut faces = Vec::new();
    let mut face = |name: &str, value: &str, face: Face| {
        if said(name) == value {
            faces.push(face);
        }
    };
    face("vertical-align", "sup", Face::Superscript);
    face("vertical-align", "sub", Face::Subscript);
    face("vertical-align", "baseline", Face::Baseline);
    face("text-decoration", "underline", Face::Underline);
    face("text-decoration", "none", Face::NoUnderline);
    face("font-weight", "bold", Face::Bold);
    face("font-weight", "light", Face::Light);
    face("font-weight", "normal", Face::Medium);
    face("font-variant", "small-caps", Face::SmallCaps);
    face("font-variant", "normal", Face::NoCaps);
    face("font-style", "italic", Face::Italic);
    face("font-style", "oblique", Face::Oblique);
    face("font-style", "normal", Face::Upright);
    Look {
        faces,
        prefix: said("prefix").to_owned(),
        suffix: said("suffix").to_owned(),
        display: match said("display") {
            "block" => Some(Display::Block),
            "left-margin" => Some(Display::LeftMargin),
            "right-inline" => Some(Display::RightInline),
            "indent" => Some(Display::Indent),
            _ => None,
        },
        quotes: said("quotes") == "true",
        strip_periods: said("strip-periods") == "true",
        case: match said("text-case") {
            "lowercase" => Some(Case::Lower),
            "uppercase" => Some(Case::Upper),
            "capitalize-first" => Some(Case::CapitalizeFirst),
            "capitalize-all" => Some(Case::CapitalizeAll),
            "sentence" => Some(Case::Sentence),
            "title" => Some(Case::Title),
            _ => None,
        },
    }
}

fn form(node: Node<'_, '_>) -> Option<Form> {
    Some(match node.attribute("form")? {
        "short" => Form::Short,
        "symbol" => Form::Symbol,
        "verb" => Form::Verb,
        "verb-short" => Form::VerbShort,
        "count" => Form::Count,
        "numeric" | "numeric-leading-zeros" => Form::Numeric,
        "ordinal" => Form::Ordinal,
        "long-ordinal" => Form::LongOrdinal,
        "roman" => Form::Roman,
        "text" => Form::Text,
        _ => Form::Long,
    })
}

fn plural(node: Node<'_, '_>) -> Plural {
    match node.attribute("plural") {
        Some("always" | "true") => Plural::Always,
        Some("never" | "false") => Plural::Never,
        _ => Plural::Contextual,
    }
}

fn position(word: &str) -> Option<Position> {
    Some(match word {
        "first" => Position::First,
        "subsequent" => Position::Subsequent,
        "ibid" => Position::Ibid,
        "ibid-with-locator" => Position::IbidWithLocator,
        "near-note" => Position::NearNote,
        _ => return None,
    })
}

/// How names are written, in the attributes of any element that may say so.
fn name_options(node: Node<'_, '_>) -> NameOptions {
    let said = |name: &str| node.attribute(name);
    let number = |name: &str| said(name).and_then(|value| value.parse().ok());
    let precedes = |name: &str| match said(name) {
        Some("contextual") => Some(Precedes::Contextual),
        Some("after-inverted-name") => Some(Precedes::AfterInverted),
        Some("always") => Some(Precedes::Always),
        Some("never") => Some(Precedes::Never),
        _ => None,
    };
    NameOptions {
        and: match said("and") {
            Some("text") => Some(And::Text),
            Some("symbol") => Some(And::Symbol),
            _ => None,
        },
        delimiter: said("name-delimiter").map(Arc::from),
        names_delimiter: said("names-delimiter").map(Arc::from),
        precedes_et_al: precedes("delimiter-precedes-et-al"),
        precedes_last: precedes("delimiter-precedes-last"),
        et_al_min: number("et-al-min"),
        et_al_first: number("et-al-use-first"),
        et_al_last: said("et-al-use-last").map(|value| value == "true"),
        et_al_min_again: number("et-al-subsequent-min"),
        et_al_first_again: number("et-al-subsequent-use-first"),
        form: match said("name-form") {
            Some("short") => Some(Form::Short),
            Some("count") => Some(Form::Count),
            Some("long") => Some(Form::Long),
            _ => None,
        },
        initialize: said("initialize").map(|value| value == "true"),
        initialize_with: said("initialize-with").map(Arc::from),
        sort_order: match said("name-as-sort-order") {
            Some("first") => Some(SortOrder::First),
            Some("all") => Some(SortOrder::All),
            _ => None,
        },
        sort_separator: said("sort-separator").map(Arc::from),
    }
}
