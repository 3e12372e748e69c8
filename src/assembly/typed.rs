//! Metadata as the book holds it: texts resolved, values as they were read.

use super::Assembler;
use crate::book::distribution::{Distribution, Partner};
use crate::book::metadata::{Affiliation, Identifiers, Metadata, Person, Publisher, Rights, Series, Status};
use crate::book::{DivisionId, Inline, plain};
use crate::language::file_name;
use crate::language::terms::Term;
use crate::manuscript::metadata::{Stated, WrittenPerson, WrittenPublisher, WrittenStatus};
use crate::source::Said;
use crate::yaml::Written;

impl Assembler<'_> {
    /// Words of the metadata, as plain letters.
    fn plain_words(&mut self, written: &Written) -> Said<String> {
        Said::new(plain(&self.resolver.words(written)), written.span)
    }

    fn said_words(&mut self, written: &Written) -> Said<Vec<Inline>> {
        Said::new(self.resolver.words(written), written.span)
    }

    /// The metadata. A handout's short title, which stands in running heads, says that it is one.
    pub(super) fn typed_metadata(&mut self) -> Metadata {
        let written = self.metadata;
        self.resolver.enter(DivisionId(0), &written.language);
        let title = self.said_words(&written.title);
        let subtitle = written.subtitle.as_ref().map(|subtitle| self.said_words(subtitle));
        let short_title = written.short_title.as_ref().map(|short| self.said_words(short));
        let stem = short_title.as_ref().map_or_else(|| plain(&title), |short| plain(short));
        let said = |written: &Written| Said::new(written.text.clone(), written.span);
        Metadata {
            series: written.series.as_ref().map(|series| {
                let typed = Series {
                    name: series.name.text.clone(),
                    number: series.number.clone(),
                    issn: series.issn.as_ref().map(|issn| issn.value.clone()),
                };
                Said::new(typed, series.span)
            }),
            language: written.language.clone(),
            date: written.date,
            revised: written.revised,
            revised_at: written.revised_at.clone(),
            version: written.version.as_ref().map(said),
            status: match &written.status {
                WrittenStatus::Final => Status::Final,
                WrittenStatus::Draft => Status::Draft,
                WrittenStatus::Embargo(until) => Status::Embargo(until.clone()),
            },
            status_place: written.status_place,
            authors: written.authors.iter().map(|person| self.person(person)).collect(),
            contributors: written.contributors.iter().map(|person| self.person(person)).collect(),
            publisher: written.publisher.as_ref().map(|house| self.house(house)),
            identifiers: Identifiers {
                isbn_print: self.content.isbn_print.clone().or_else(|| written.identifiers.isbn_print.clone()),
                isbn_epub: self.content.isbn_epub.clone().or_else(|| written.identifiers.isbn_epub.clone()),
                isbn_pdf: written.identifiers.isbn_pdf.clone(),
                doi: written.identifiers.doi.clone(),
                issn: written.identifiers.issn.clone(),
                uri: written.identifiers.uri.as_ref().map(said),
                span: written.identifiers.span,
            },
            rights: written.rights.as_ref().map(|rights| {
                let typed = Rights {
                    holder: rights.holder.clone(),
                    year: rights.year.clone(),
                    licence: rights.licence.clone(),
                    statement: rights.statement.as_ref().map(|statement| self.plain_words(statement).value),
                };
                Said::new(typed, rights.span)
            }),
            description: written.description.as_ref().or(written.summary.as_ref()).map(|text| self.plain_words(text)),
            subjects: written.subjects.clone(),
            subject_names: written.subject_names.clone(),
            keywords: written.keywords.iter().map(said).collect(),
            cover_image: written.cover.image.as_ref().filter(|_| !written.cover.none).map(said),
            cover_credit: written.cover.credit.as_ref().map(said),
            disclaimer: written.disclaimer.as_ref().map(said),
            accessibility: written.accessibility.clone(),
            distribution: self.distribution(),
            hyphenation: written.hyphenation.clone(),
            slug: [Some(stem.clone()), self.folder.clone()]
                .into_iter()
                .flatten()
                .find_map(|name| file_name(&name))
                .unwrap_or_else(|| "book".to_owned()),
            short_title: match self.choice.extract {
                true => {
                    let words = Term::ExtractFrom.word(&written.language);
                    let span = short_title.as_ref().map_or(title.span, |short| short.span);
                    Some(Said { value: vec![Inline::text(format!("{words} {stem}"))], span })
                }
                false => short_title,
            },
            title,
            subtitle,
        }
    }

    /// What is said for whoever is handed the book: texts in plain letters, pictures loaded.
    fn distribution(&mut self) -> Distribution {
        let written = self.metadata;
        let said = &written.distribution;
        let mut typed = said.typed.clone();
        typed.mining_reserved = written.rights.as_ref().is_some_and(|rights| rights.mining_reserved);
        for partner in &said.partners {
            typed.partners.push(Partner {
                name: partner.name.text.clone(),
                funder: partner.funder,
                logo: partner.logo.as_ref().and_then(|logo| self.picture(logo, &partner.name.text)),
                url: partner.url.clone(),
                statement: partner.statement.as_ref().map(|words| self.plain_words(words).value),
            });
        }
        typed.funding = said.funding.as_ref().map(|words| self.plain_words(words).value);
        typed.how_to_cite = match &written.how_to_cite {
            Stated::Words(words) => Some(self.plain_words(words).value),
            Stated::Unsaid | Stated::Without => None,
        };
        for (title, url) in &written.related {
            let title = self.plain_words(title).value;
            typed.related.push((title, url.as_ref().map(|url| url.text.clone())));
        }
        typed
    }

    fn house(&mut self, house: &WrittenPublisher) -> Said<Publisher> {
        let typed = Publisher {
            name: house.name.text.clone(),
            place: house.place.clone(),
            address: house.address.clone(),
            email: house.email.clone(),
            url: house.url.as_ref().map(|url| url.text.clone()),
            logo: house.logo.as_ref().and_then(|logo| self.picture(logo, &house.name.text)),
        };
        Said::new(typed, house.span)
    }

    fn person(&mut self, person: &WrittenPerson) -> Said<Person> {
        let typed = Person {
            name: person.name.text.clone(),
            file_as: person.file_as.clone(),
            role: person.role.clone(),
            affiliation: person
                .affiliation
                .as_ref()
                .map(|at| Affiliation { name: at.name.text.clone(), ror: at.ror.clone() }),
            photo: person.photo.as_ref().and_then(|photo| self.picture(photo, &person.name.text)),
            bio: person.bio.as_ref().map(|bio| self.blocks_of(bio)).unwrap_or_default(),
            email: person.email.clone(),
            url: person.url.as_ref().map(|url| url.text.clone()),
            orcid: person.orcid.clone(),
        };
        Said::new(typed, person.name.span)
    }
}
