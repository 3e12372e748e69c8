//! The report on a title's accessibility: each check with its tool, its version and its result; what other tools found;
//! and which questions a person answered, and when. For people as a page, for programs as JSON.
//!
//! It never claims what nobody certified: conformity stands there only with who said so, and the certifier's own report
//! is linked where there is one. A check that passed says that recto found nothing, and no more.

mod checks;

use serde_json::{Map, Value, json};

use super::Input;
use super::landing;
use super::record::Record;
use crate::book::looked_at::{Answer, Question, Told};
use crate::book::{Accessibility, Claim};
use crate::language::Direction;
use crate::language::terms;
use crate::language::web::Web;
use crate::theme::Theme;
use crate::xml::Markup;
use checks::{Outcome, Row};

/// The tool that made the checks.
const TOOL: &str = "recto";
/// Its version.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The report of a title.
pub(super) struct Report<'a> {
    record: &'a Record<'a>,
    rows: Vec<Row>,
}

impl<'a> Report<'a> {
    /// Of a title and what was found in it.
    pub fn of(record: &'a Record<'a>, input: &Input<'_>) -> Report<'a> {
        Report { record, rows: checks::rows(record, &input.found) }
    }

    /// The statement of the e-book, if somebody certified it.
    fn certified(&self) -> Option<(&'a Accessibility, &'a str, Option<&'a str>)> {
        let stated = self.record.accessibility()?;
        let (by, on) = stated.certified.as_ref()?;
        Some((stated, by.as_str(), on.as_deref()))
    }

    fn answer(&self, question: Question) -> Option<&'a Answer> {
        self.record.metadata.accessibility.answers.iter().rev().find(|answer| answer.question == question)
    }

    /// `accessibility-report.json`.
    pub fn json(&self) -> Value {
        let record = self.record;
        let files = record.made.iter().filter(|made| !made.is_press()).map(|made| {
            let features: Vec<&str> = made.features.iter().filter_map(|feature| feature.word()).collect();
            json!({
                "path": made.file,
                "type": made.media_type(),
                "states": made.claims.iter().map(|claim| standard(*claim)).collect::<Vec<_>>(),
                "features": features,
            })
        });
        let checks = self.rows.iter().map(|row| {
            let mut out = json!({
                "id": row.id, "criteria": row.criteria, "tool": TOOL, "version": VERSION, "result": row.outcome.name(),
            });
            if let Some(file) = &row.file {
                out["file"] = json!(file);
            }
            match &row.outcome {
                Outcome::Found(places) => out["places"] = json!(places),
                Outcome::Allowed(places, reason) => {
                    out["places"] = json!(places);
                    out["reason"] = json!(reason);
                }
                Outcome::Passed | Outcome::Nothing | Outcome::There(_) => {}
            }
            out
        });
        let others = record.metadata.accessibility.tested.iter().map(|tested| {
            let result = if tested.passed { "passed" } else { "failed" };
            let mut out = json!({ "tool": tested.tool, "result": result, "on": tested.on.iso() });
            put(&mut out, "version", tested.version.as_ref());
            put(&mut out, "note", tested.note.as_ref());
            out
        });
        let questions = Question::ALL.iter().map(|question| {
            let mut out = json!({ "id": question.name(), "criteria": question.criteria(), "answer": Value::Null });
            if let Some(answer) = self.answer(*question) {
                out["answer"] = json!(told(answer.told));
                out["by"] = json!(answer.by);
                out["on"] = json!(answer.on.iso());
                put(&mut out, "note", answer.note.as_ref());
            }
            out
        });
        let mut conformance = Map::new();
        conformance.insert("claimed".to_owned(), json!(self.certified().is_some()));
        if let Some((_, by, on)) = self.certified() {
            conformance.insert("standard".to_owned(), json!(standard(Claim::EpubAccessibility)));
            conformance.insert("certifier".to_owned(), json!(by));
            conformance.insert("on".to_owned(), json!(on));
            conformance.insert("report".to_owned(), json!(record.metadata.accessibility.report));
        }
        json!({
            "title": record.full_title(),
            "identifier": record.urn(),
            "version": record.metadata.version.as_ref().map(|version| version.value.clone()),
            "date": record.metadata.revised.or(record.metadata.date).map(|date| date.iso()),
            "wcag": "2.2",
            "files": files.collect::<Vec<_>>(),
            "checks": checks.collect::<Vec<_>>(),
            "tested": others.collect::<Vec<_>>(),
            "questions": questions.collect::<Vec<_>>(),
            "conformance": Value::Object(conformance),
        })
    }

    /// `accessibility-report.html`.
    pub fn html(&self, theme: &Theme, faces: &[super::Face]) -> String {
        let language = &self.record.metadata.language;
        let direction = (language.direction() == Direction::RightToLeft).then_some("rtl");
        let mut page = Page { html: Markup::default(), report: self };
        page.html.doctype();
        page.html.tag("html").attr("lang", language.tag()).maybe("dir", direction).begin();
        page.head(&landing::style(theme, faces));
        page.html.tag("body").attr("class", "report").begin();
        page.html.tag("a").attr("class", "skip").attr("href", "#main").open();
        page.word(Web::Skip);
        page.html.end();
        page.html.tag("main").attr("id", "main").attr("class", "wide").begin();
        page.opening();
        page.conformance();
        page.checked();
        page.tested();
        page.questions();
        page.files();
        page.html.end();
        page.html.finish()
    }
}

fn put(out: &mut Value, key: &str, text: Option<&String>) {
    if let Some(text) = text {
        out[key] = json!(text);
    }
}

fn told(told: Told) -> &'static str {
    match told {
        Told::Yes => "yes",
        Told::No => "no",
        Told::Partly => "partly",
    }
}

/// A standard by its name.
fn standard(claim: Claim) -> &'static str {
    match claim {
        Claim::PdfUa1 => "PDF/UA-1",
        Claim::PdfA2a => "PDF/A-2a",
        Claim::PdfX4 => "PDF/X-4",
        Claim::EpubAccessibility => "EPUB Accessibility 1.1 - WCAG 2.2 Level AA",
    }
}

/// Criteria in a cell.
fn criteria(all: &[&str]) -> String {
    if all.is_empty() { "–".to_owned() } else { all.join(", ") }
}

/// The words of a question.
fn asked(question: Question) -> Web {
    match question {
        Question::Alt => Web::AskAlt,
        Question::Structure => Web::AskStructure,
        Question::Order => Web::AskOrder,
        Question::Senses => Web::AskSenses,
        Question::Contrast => Web::AskContrast,
        Question::Links => Web::AskLinks,
        Question::Languages => Web::AskLanguages,
        Question::Listened => Web::AskListened,
    }
}

/// The page being written.
struct Page<'a> {
    html: Markup,
    report: &'a Report<'a>,
}

/// What stands in a cell.
enum Cell {
    Word(Web),
    /// Words with something in their place.
    Filled(Web, String),
    Text(String),
}

impl Page<'_> {
    fn word(&mut self, word: Web) {
        let (words, tag) = word.tagged(&self.report.record.metadata.language);
        match tag {
            Some(tag) => {
                self.html.tag("span").attr("lang", tag).open();
                self.html.text(words);
                self.html.close();
            }
            None => self.html.text(words),
        }
    }

    fn head(&mut self, style: &str) {
        let record = self.report.record;
        let title = Web::AccessReport.word(&record.metadata.language);
        self.html.tag("head").begin();
        self.html.tag("meta").attr("charset", "utf-8").empty();
        self.html.line();
        self.html.tag("meta").attr("name", "viewport").attr("content", "width=device-width, initial-scale=1").empty();
        self.html.line();
        self.html.leaf("title", &format!("{title} – {}", record.title));
        self.html.line();
        if record.embargoed() {
            self.html.tag("meta").attr("name", "robots").attr("content", "noindex").empty();
            self.html.line();
        }
        self.html
            .tag("link")
            .attr("rel", "alternate")
            .attr("type", "application/json")
            .attr("href", "accessibility-report.json")
            .empty();
        self.html.line();
        self.html.raw(&format!("<style>\n{style}{}</style>\n", include_str!("report.css")));
        self.html.end();
    }

    fn opening(&mut self) {
        let record = self.report.record;
        self.html.tag("p").attr("class", "kicker").open();
        self.html.tag("a").attr("href", "index.html").open();
        self.html.text(&record.title);
        self.html.close();
        self.html.end();
        self.html.tag("h1").open();
        self.word(Web::AccessReport);
        self.html.end();
        let mut parts: Vec<String> = Vec::new();
        if let Some(date) = record.metadata.revised.or(record.metadata.date) {
            parts.push(terms::date(&record.metadata.language, date.year, date.month, date.day));
        }
        parts.extend(record.metadata.version.as_ref().map(|version| version.value.clone()));
        parts.push(format!("{TOOL} {VERSION}"));
        parts.push("WCAG 2.2".to_owned());
        self.html.tag("p").attr("class", "small").open();
        self.html.text(&parts.join(" · "));
        self.html.end();
    }

    /// A section without a name of its own: the box of its table has that name.
    fn begin(&mut self, id: &str, word: Web) {
        self.html.tag("section").begin();
        self.html.tag("h2").attr("id", id).open();
        self.word(word);
        self.html.end();
    }

    fn conformance(&mut self) {
        self.begin("conformance", Web::Conformance);
        self.html.tag("p").open();
        match self.report.certified() {
            None => self.word(Web::NotClaimed),
            Some((_, by, on)) => {
                self.word(Web::MeetsStandards);
                self.html.text(&format!(" ({}). ", standard(Claim::EpubAccessibility)));
                self.word(Web::CertifiedBy);
                let on = on.map(|on| format!(", {on}")).unwrap_or_default();
                self.html.text(&format!(" {by}{on}."));
            }
        }
        self.html.end();
        let record = self.report.record;
        if let Some(report) =
            record.metadata.accessibility.report.as_ref().filter(|_| self.report.certified().is_some())
        {
            self.html.tag("p").open();
            self.html.tag("a").attr("href", report).open();
            self.word(Web::CertifierReport);
            self.html.close();
            self.html.end();
        }
        if let Some(summary) = record.accessibility().map(|stated| stated.summary.as_str()) {
            self.html.tag("p").open();
            self.html.text(summary);
            self.html.end();
        }
        self.html.end();
    }

    /// A table whose first column names its rows.
    fn table(&mut self, id: &str, heads: &[Web], rows: Vec<Vec<Cell>>) {
        let tag = self.html.tag("div").attr("class", "wide-table").attr("role", "region").attr("tabindex", "0");
        tag.attr("aria-labelledby", id).begin();
        self.html.tag("table").begin();
        self.html.tag("thead").begin();
        self.html.tag("tr").begin();
        for head in heads {
            self.html.tag("th").attr("scope", "col").open();
            self.word(*head);
            self.html.end();
        }
        self.html.end();
        self.html.end();
        self.html.tag("tbody").begin();
        for row in rows {
            self.html.tag("tr").begin();
            for (at, cell) in row.into_iter().enumerate() {
                let tag = if at == 0 { self.html.tag("th").attr("scope", "row") } else { self.html.tag("td") };
                tag.open();
                self.cell(cell);
                self.html.end();
            }
            self.html.end();
        }
        self.html.end();
        self.html.end();
        self.html.end();
    }

    fn cell(&mut self, cell: Cell) {
        match cell {
            Cell::Word(word) => self.word(word),
            Cell::Text(text) => self.html.text(&text),
            Cell::Filled(word, with) => {
                let language = &self.report.record.metadata.language;
                let (words, tag) = (word.filled(language, &with), word.tagged(language).1);
                self.html.tag("span").maybe("lang", tag).open();
                self.html.text(&words);
                self.html.close();
            }
        }
    }

    fn checked(&mut self) {
        self.begin("checked", Web::CheckedHere);
        let tool = format!("{TOOL} {VERSION}");
        let rows = self.report.rows.iter().map(|row| {
            let result = match &row.outcome {
                Outcome::Passed => Cell::Word(Web::NothingFound),
                Outcome::Found(places) => Cell::Filled(Web::FoundSome, places.to_string()),
                Outcome::Allowed(places, reason) => Cell::Filled(Web::AllowedSome, format!("{places} ({reason})")),
                Outcome::Nothing => Cell::Word(Web::NotInBook),
                Outcome::There(true) => Cell::Word(Web::There),
                Outcome::There(false) => Cell::Word(Web::NotThere),
            };
            vec![
                Cell::Word(row.about),
                result,
                Cell::Text(criteria(row.criteria)),
                Cell::Text(tool.clone()),
                Cell::Text(row.file.clone().unwrap_or_else(|| "–".to_owned())),
            ]
        });
        let rows: Vec<Vec<Cell>> = rows.collect();
        let heads = [Web::CheckOf, Web::ResultOf, Web::CriterionOf, Web::ToolOf, Web::FileOf];
        self.table("checked", &heads, rows);
        self.html.end();
    }

    fn tested(&mut self) {
        let tested = &self.report.record.metadata.accessibility.tested;
        if tested.is_empty() {
            return;
        }
        self.begin("tested", Web::CheckedElsewhere);
        let rows = tested.iter().map(|tested| {
            let tool = [Some(&tested.tool), tested.version.as_ref()].into_iter().flatten().cloned().collect::<Vec<_>>();
            let result = Cell::Word(if tested.passed { Web::Passed } else { Web::NotPassed });
            let when = self.report.day(&tested.on);
            vec![
                Cell::Text(tool.join(" ")),
                result,
                Cell::Text(when),
                Cell::Text(tested.note.clone().unwrap_or_default()),
            ]
        });
        let rows: Vec<Vec<Cell>> = rows.collect();
        self.table("tested", &[Web::ToolOf, Web::ResultOf, Web::WhenOf, Web::MoreOf], rows);
        self.html.end();
    }

    fn questions(&mut self) {
        self.begin("questions", Web::AskedOfPeople);
        let rows = Question::ALL.iter().map(|question| {
            let answer = self.report.answer(*question);
            let (told, who, note) = match answer {
                None => (Cell::Word(Web::Unanswered), "–".to_owned(), "–".to_owned()),
                Some(answer) => {
                    let word = match answer.told {
                        Told::Yes => Web::There,
                        Told::No => Web::NotThere,
                        Told::Partly => Web::InParts,
                    };
                    let who = format!("{}, {}", answer.by, self.report.day(&answer.on));
                    (Cell::Word(word), who, answer.note.clone().unwrap_or_else(|| "–".to_owned()))
                }
            };
            let criteria = Cell::Text(criteria(question.criteria()));
            vec![Cell::Word(asked(*question)), told, Cell::Text(who), criteria, Cell::Text(note)]
        });
        let rows: Vec<Vec<Cell>> = rows.collect();
        let heads = [Web::QuestionOf, Web::AnswerOf, Web::WhoAndWhen, Web::CriterionOf, Web::MoreOf];
        self.table("questions", &heads, rows);
        self.html.end();
    }

    fn files(&mut self) {
        let record = self.report.record;
        let shown: Vec<_> = record.made.iter().filter(|made| !made.is_press()).collect();
        if !shown.is_empty() {
            self.begin("files", Web::FilesOf);
            let rows = shown.iter().map(|made| {
                let stated: Vec<&str> = made.claims.iter().map(|claim| standard(*claim)).collect();
                let stated = if stated.is_empty() { "–".to_owned() } else { stated.join(", ") };
                vec![Cell::Text(made.file.clone()), Cell::Text(stated)]
            });
            let rows: Vec<Vec<Cell>> = rows.collect();
            self.table("files", &[Web::FileOf, Web::ClaimsOf], rows);
            self.html.end();
        }
        self.html.tag("p").attr("class", "ways").open();
        for (href, word) in [("index.html", Web::BackToTitle), ("accessibility-report.json", Web::ForPrograms)] {
            self.html.tag("a").attr("href", href).open();
            self.word(word);
            self.html.close();
            self.html.text(" ");
        }
        self.html.end();
    }
}

impl Report<'_> {
    fn day(&self, date: &crate::book::metadata::Date) -> String {
        terms::date(&self.record.metadata.language, date.year, date.month, date.day)
    }
}
