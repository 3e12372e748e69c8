//! What may be written in a mapping: each key once, with what it takes and what it is for.
//!
//! Readers take only keys that stand in the table of their mapping; what is unknown, what the manual lists and what
//! editors are told about a file come from the same lines.

/// The keys of a mapping.
#[derive(Debug)]
pub struct Table {
    /// What the mapping is, in the author's words: "a person".
    pub of: &'static str,
    /// Its keys, in the order of the manual.
    pub keys: &'static [Key],
    /// Another table whose keys may stand there too.
    pub also: Option<&'static Table>,
}

/// A key.
#[derive(Debug)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// What it is for; empty where the name says it.
    pub about: &'static str,
}

/// What a key takes.
#[derive(Debug)]
pub enum Takes {
    /// A text, or a number as it is written.
    Text,
    /// One of these words.
    Word(&'static [&'static str]),
    /// True or false.
    Flag,
    /// A length: `11pt`, `20mm`.
    Length,
    /// A day, a month or a year: `2026-11-23`.
    Date,
    /// A colour: `"#14304A"`.
    Colour,
    /// The path of a file.
    File,
    /// A list.
    List(&'static Takes),
    /// A mapping.
    Map(&'static Table),
    /// A mapping whose keys are names of the author's.
    Named(&'static Takes),
    /// One or the other.
    Or(&'static [Takes]),
    /// What another key takes: how other tools spell it.
    Same(&'static str),
}

impl Table {
    /// Every key.
    pub fn all(&self) -> impl Iterator<Item = &'static Key> {
        self.keys.iter().chain(self.also.into_iter().flat_map(|table| table.keys))
    }

    /// The key of that name.
    pub fn find(&self, name: &str) -> Option<&'static Key> {
        self.all().find(|key| key.name == name)
    }

    /// The keys of this mapping whose own mappings take a key of that name.
    pub fn around(&self, name: &str) -> Vec<&'static str> {
        fn takes_it(takes: &Takes, name: &str) -> bool {
            match takes {
                Takes::Map(table) => table.keys.iter().any(|key| key.name == name),
                Takes::Or(ways) => ways.iter().any(|way| takes_it(way, name)),
                _ => false,
            }
        }
        self.keys.iter().filter(|key| takes_it(&key.takes, name)).map(|key| key.name).collect()
    }

    /// The keys that the manual names: other tools' spellings are understood, and no more.
    pub fn listed(&self) -> impl Iterator<Item = &'static Key> {
        self.keys.iter().filter(|key| !matches!(key.takes, Takes::Same(_)))
    }
}

/// What each of several values is, where one may stand alone as it does in a list.
fn one_or_several(ways: &'static [Takes]) -> Option<&'static Takes> {
    let item = ways.iter().find_map(|way| if let Takes::List(item) = way { Some(*item) } else { None })?;
    let of_item = match item {
        Takes::Or(ways) => ways,
        item => std::slice::from_ref(item),
    };
    let alone = ways.iter().filter(|way| !matches!(way, Takes::List(_)));
    let same = |way: &Takes| of_item.iter().any(|other| other.words() == way.words());
    (alone.clone().count() == of_item.len() && alone.clone().all(same)).then_some(item)
}

impl Takes {
    /// In words: `text, or {name, number, issn}`.
    pub fn words(&self) -> String {
        match self {
            Takes::Text => "text".to_owned(),
            Takes::Word(words) => words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "),
            Takes::Flag => "true or false".to_owned(),
            Takes::Length => "a length: 11pt, 20mm, 0.8in".to_owned(),
            Takes::Date => "a date: 2026-11-23, 2026-11 or 2026".to_owned(),
            Takes::Colour => "a colour: \"#14304A\"".to_owned(),
            Takes::File => "the path of a file".to_owned(),
            Takes::List(item) => format!("a list of: {}", item.words()),
            Takes::Map(table) => {
                let names: Vec<&str> = table.listed().map(|key| key.name).collect();
                format!("{{{}}}", names.join(", "))
            }
            Takes::Named(value) => format!("by name: {}", value.words()),
            Takes::Or(ways) => match one_or_several(ways) {
                Some(item) => format!("{}; one, or a list", item.words()),
                None => ways.iter().map(Takes::words).collect::<Vec<_>>().join(", or "),
            },
            Takes::Same(key) => format!("as `{key}`"),
        }
    }
}
