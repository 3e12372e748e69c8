//! Names as records want them: a person's parts in order, an organisation as it is.

use crate::book::metadata::Person;

/// A name, taken apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Name {
    /// As printed.
    pub printed: String,
    /// As sorted: "Lee, Ann".
    pub sorted: String,
    /// "Ann"; nothing for an organisation and for one name.
    pub given: Option<String>,
    /// "Lee"; the whole name of an organisation.
    pub family: String,
    /// Whether it is an organisation's.
    pub body: bool,
}

/// Words that only organisations have in their names, in lower case.
const BODIES: [&str; 40] = [
    "agency",
    "agence",
    "association",
    "bank",
    "banque",
    "bureau",
    "centre",
    "center",
    "collective",
    "commission",
    "committee",
    "company",
    "conseil",
    "contributors",
    "council",
    "department",
    "editors",
    "federation",
    "foundation",
    "fondation",
    "fund",
    "gmbh",
    "group",
    "institute",
    "institut",
    "instituto",
    "instytut",
    "ministry",
    "ministère",
    "ministerium",
    "network",
    "office",
    "organisation",
    "organization",
    "project",
    "society",
    "stiftung",
    "team",
    "university",
    "université",
];

impl Name {
    /// The name of a person or a body. Where its parts are not given it divides at its last space.
    pub fn of(person: &Person) -> Name {
        let printed = person.name.trim().to_owned();
        match &person.file_as {
            Some(sorted) => match sorted.split_once(',') {
                Some((family, given)) => Name::parted(&printed, given.trim(), family.trim()),
                None if is_one_word(&printed) => Name::whole(&printed, sorted.trim(), false),
                None => Name::whole(&printed, sorted.trim(), true),
            },
            None if is_body(&printed) => Name::whole(&printed, &printed, true),
            None => match divided(&printed) {
                Some((given, family)) => Name::parted(&printed, &given, &family),
                None => Name::whole(&printed, &printed, false),
            },
        }
    }

    fn parted(printed: &str, given: &str, family: &str) -> Name {
        Name {
            printed: printed.to_owned(),
            sorted: format!("{family}, {given}"),
            given: Some(given.to_owned()),
            family: family.to_owned(),
            body: false,
        }
    }

    fn whole(printed: &str, sorted: &str, body: bool) -> Name {
        Name { printed: printed.to_owned(), sorted: sorted.to_owned(), given: None, family: printed.to_owned(), body }
    }
}

fn is_one_word(name: &str) -> bool {
    !name.contains(char::is_whitespace)
}

/// Whether a name is an organisation's: by an article, a word that only they have, or capitals throughout.
fn is_body(name: &str) -> bool {
    let lower = name.to_lowercase();
    let capitals =
        name.chars().filter(|c| c.is_alphabetic()).count() > 2 && name.to_uppercase() == name && lower != name;
    lower.starts_with("the ")
        || lower.split(|c: char| !c.is_alphanumeric()).any(|word| BODIES.contains(&word))
        || (capitals && is_one_word(name))
}

/// Given and family name, a "Jr." left with the family.
fn divided(name: &str) -> Option<(String, String)> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let last = *words.last()?;
    let after = usize::from(["Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"].contains(&last));
    let at = words.len().checked_sub(1 + after).filter(|at| *at > 0)?;
    Some((words[..at].join(" "), words[at..].join(" ").replace(", ", " ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(printed: &str, file_as: Option<&str>) -> Name {
        Name::of(&Person {
            name: printed.to_owned(),
            file_as: file_as.map(str::to_owned),
            role: "aut".to_owned(),
            affiliation: None,
            photo: None,
            bio: Vec::new(),
            email: None,
            url: None,
            orcid: None,
        })
    }

    #[test]
    fn a_person_s_name_divides_and_an_organisation_s_does_not() {
        assert_eq!(name("Ann Lee", None).sorted, "Lee, Ann");
        assert_eq!(name("Ludwig van Beethoven", Some("Beethoven, Ludwig van")).family, "Beethoven");
        assert_eq!(name("Martin Luther King Jr.", None).sorted, "King Jr., Martin Luther");
        assert_eq!(name("Plato", None).sorted, "Plato");
        for body in ["The recto contributors", "Ministry of Food and Drink", "UNESCO"] {
            assert!(name(body, None).body, "{body}");
        }
        assert!(name("recto press", Some("recto press")).body);
        assert!(!name("Plato", Some("Plato")).body);
    }
}
