//! Filing: which entries there are, under which letters, in which order.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;

use super::alphabet::{Alphabet, Script};
use crate::book::mark::EntryName;
use crate::language::Language;
use crate::language::collation::Collation;

/// How words of several are compared.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Order {
    /// Letter by letter, up to the first comma or bracket (Chicago): Newark, New York.
    #[default]
    Letters,
    /// Word by word (British habit): New York, Newark.
    Words,
}

/// What stands above some entries.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Head {
    /// They begin with numbers or signs.
    Signs,
    /// A letter.
    Letter(String),
}

/// The entries of one letter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// What stands above them.
    pub head: Head,
    /// Them.
    pub nodes: Vec<Node>,
}

/// An entry with those below it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Node {
    /// Its words, as they were written first.
    pub words: String,
    /// Which of the entries that were given are it, in order.
    pub of: Vec<usize>,
    /// Its sub-entries.
    pub kids: Vec<Node>,
}

/// Files entries by the order of a language.
pub fn file(entries: &[Vec<EntryName>], language: &Language, order: Order) -> Vec<Group> {
    let mut root = Branch::default();
    for (at, entry) in entries.iter().enumerate() {
        root.add(entry, at);
    }
    let filer = Filer { collation: Collation::of(language), alphabet: Alphabet::of(language), language, order };
    filer.groups(root)
}

/// Words as they are told apart: in one Unicode form, with single spaces.
pub fn normal(words: &str) -> String {
    words.nfc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Entries by their words, before they are filed.
#[derive(Default)]
struct Branch {
    sort: Option<String>,
    of: Vec<usize>,
    kids: BTreeMap<String, Branch>,
}

impl Branch {
    fn add(&mut self, entry: &[EntryName], at: usize) {
        let mut here = self;
        for name in entry {
            here = here.kids.entry(normal(&name.words)).or_default();
            // The least of several, so that the order of the marks changes nothing.
            if let Some(sort) = name.sort.as_ref().filter(|sort| here.sort.as_ref().is_none_or(|known| *sort < known)) {
                here.sort = Some(sort.clone());
            }
        }
        here.of.push(at);
    }
}

struct Filer<'a> {
    collation: Collation,
    alphabet: Alphabet,
    language: &'a Language,
    order: Order,
}

/// As what an entry is filed.
struct Key {
    /// The place of its group.
    rank: u32,
    /// What is compared first: up to the first comma or bracket.
    head: String,
    /// What is compared where that is equal.
    rest: String,
}

impl Filer<'_> {
    fn groups(&self, root: Branch) -> Vec<Group> {
        let mut groups: Vec<(u32, String, Group)> = Vec::new();
        for (key, node) in self.sorted(root, true) {
            let same = groups.last().is_some_and(|(rank, first, _)| {
                *rank == key.rank
                    && (*rank != OWN || self.collation.bare_letters(first, &first_of(&key.head, self.language)).is_eq())
            });
            match groups.last_mut().filter(|_| same) {
                Some((_, _, group)) => group.nodes.push(node),
                None => {
                    let head = self.head(&key);
                    groups.push((key.rank, first_of(&key.head, self.language), Group { head, nodes: vec![node] }));
                }
            }
        }
        groups.into_iter().map(|(_, _, group)| group).collect()
    }

    fn sorted(&self, branch: Branch, main: bool) -> Vec<(Key, Node)> {
        let mut all: Vec<(Key, String, Branch)> = branch
            .kids
            .into_iter()
            .map(|(words, kid)| (self.key(kid.sort.as_deref().unwrap_or(&words), main), words, kid))
            .collect();
        all.sort_by(|(one, a, _), (other, b, _)| self.compare(one, other).then_with(|| a.cmp(b)));
        let node = |(key, words, mut kid): (Key, String, Branch)| {
            let of = std::mem::take(&mut kid.of);
            let kids = self.sorted(kid, false).into_iter().map(|(_, node)| node).collect();
            (key, Node { words, of, kids })
        };
        all.into_iter().map(node).collect()
    }

    fn key(&self, words: &str, main: bool) -> Key {
        let words = normal(words).replace(['*', '_'], "");
        let words = match main {
            true => words.as_str(),
            false => without_article(&words, self.language),
        };
        let start = words.find(|letter: char| letter.is_alphanumeric()).unwrap_or(0);
        let words = match self.order {
            // Quotes, brackets and hyphens do not count; what is a word of its own without them is one.
            Order::Words => words.chars().filter(|letter| letter.is_alphanumeric() || *letter == ' ').collect(),
            Order::Letters => words[start..].to_owned(),
        };
        let cut = match self.order {
            Order::Words => words.len(),
            Order::Letters => words.find([',', '(', '[', '、', '，', '（']).unwrap_or(words.len()),
        };
        let (head, rest) = words.split_at(cut);
        Key { rank: self.rank(head, main), head: head.trim().to_owned(), rest: rest.to_owned() }
    }

    /// The place of the group: signs and numbers, the letters of the language, other scripts.
    fn rank(&self, head: &str, main: bool) -> u32 {
        let Some(first) = head.chars().next().filter(|first| first.is_alphabetic()) else { return 0 };
        if !main {
            return OWN;
        }
        // In Japanese a word in Chinese characters is filed by them, unless it is said how it is read.
        let script = Script::of(first);
        if script != self.alphabet.script {
            return OTHERS + script as u32;
        }
        let letters = &self.alphabet.letters;
        if letters.is_empty() {
            return OWN;
        }
        1 + letters.partition_point(|(_, letter)| self.collation.bare_letters(letter, head).is_le()).saturating_sub(1)
            as u32
    }

    fn head(&self, key: &Key) -> Head {
        let own = || Head::Letter(first_of(&key.head, self.language));
        match key.rank {
            0 => Head::Signs,
            OWN => own(),
            rank if rank >= OTHERS => match Script::of(key.head.chars().next().unwrap_or(' ')).head() {
                Some(head) => Head::Letter(head.to_owned()),
                None => own(),
            },
            rank => {
                self.alphabet.letters.get(rank as usize - 1).map_or_else(own, |(shown, _)| Head::Letter(shown.clone()))
            }
        }
    }

    fn compare(&self, one: &Key, other: &Key) -> Ordering {
        let collation = &self.collation;
        let by_group = one.rank.cmp(&other.rank);
        match self.order {
            Order::Letters => by_group
                .then_with(|| collation.bare_letters(&one.head, &other.head))
                .then_with(|| collation.bare_letters(&one.rest, &other.rest))
                .then_with(|| collation.letters(&one.head, &other.head))
                .then_with(|| collation.letters(&one.rest, &other.rest)),
            Order::Words => by_group
                .then_with(|| collation.bare_words(&one.head, &other.head))
                .then_with(|| collation.words(&one.head, &other.head)),
        }
    }
}

/// Entries whose first letters are their groups.
const OWN: u32 = 500;
/// Entries of another script than the language's.
const OTHERS: u32 = 1000;

/// The first letter, as it stands above its entries.
fn first_of(head: &str, language: &Language) -> String {
    head.nfc().next().map(|first| language.capital(first)).unwrap_or_default()
}

/// Words without the article that they begin with.
fn without_article<'a>(words: &'a str, language: &Language) -> &'a str {
    let articles: &[&str] = match language.primary() {
        "en" => &["the ", "a ", "an "],
        "fr" => &["le ", "la ", "les ", "un ", "une ", "des ", "l’", "l'"],
        "de" => &["der ", "die ", "das ", "ein ", "eine "],
        "es" => &["el ", "la ", "los ", "las ", "un ", "una "],
        "it" => &["il ", "lo ", "la ", "i ", "gli ", "le ", "un ", "una ", "l’", "l'"],
        "pt" => &["o ", "a ", "os ", "as ", "um ", "uma "],
        "ca" => &["el ", "la ", "els ", "les ", "un ", "una ", "l’", "l'"],
        "nl" => &["de ", "het ", "een ", "’t ", "'t "],
        "sv" => &["en ", "ett ", "den ", "det ", "de "],
        "da" | "nb" | "nn" | "no" => &["en ", "et ", "ei ", "den ", "det ", "de "],
        "hu" => &["a ", "az ", "egy "],
        _ => &[],
    };
    let lower = words.to_lowercase();
    let article = articles.iter().find(|article| lower.starts_with(**article));
    article.and_then(|article| words.get(article.len()..)).filter(|rest| !rest.trim().is_empty()).unwrap_or(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(entry: &str) -> Vec<EntryName> {
        entry
            .split('!')
            .map(|part| match part.split_once('@') {
                Some((sort, words)) => EntryName { words: words.to_owned(), sort: Some(sort.to_owned()) },
                None => EntryName { words: part.to_owned(), sort: None },
            })
            .collect()
    }

    fn filed(tag: &str, order: Order, entries: &[&str]) -> Vec<Group> {
        let entries: Vec<Vec<EntryName>> = entries.iter().map(|entry| names(entry)).collect();
        file(&entries, &Language::parse(tag).expect("a tag"), order)
    }

    fn line(nodes: &[Node]) -> String {
        let one = |node: &Node| match node.kids.is_empty() {
            true => node.words.clone(),
            false => format!("{} [{}]", node.words, line(&node.kids)),
        };
        nodes.iter().map(one).collect::<Vec<_>>().join("; ")
    }

    /// The groups, each with its letter and its entries.
    fn shown(groups: &[Group]) -> Vec<String> {
        let head = |head: &Head| match head {
            Head::Signs => "#".to_owned(),
            Head::Letter(letter) => letter.clone(),
        };
        groups.iter().map(|group| format!("{}: {}", head(&group.head), line(&group.nodes))).collect()
    }

    fn words(tag: &str, order: Order, entries: &[&str]) -> String {
        filed(tag, order, entries).iter().map(|group| line(&group.nodes)).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn letter_by_letter_stops_at_the_first_comma_or_bracket() {
        let entries = ["New York", "Newark", "New, Zoë", "New"];
        assert_eq!(words("en", Order::Letters, &entries), "New; New, Zoë; Newark; New York");
        assert_eq!(
            words("en", Order::Letters, &["port authority", "port (wine)", "porter"]),
            "port (wine); port authority; porter"
        );
    }

    #[test]
    fn word_by_word_a_space_stands_before_letters() {
        let entries = ["Newark", "New York", "New", "New, Zoë"];
        assert_eq!(words("en", Order::Words, &entries), "New; New York; New, Zoë; Newark");
    }

    #[test]
    fn an_entry_that_begins_another_stands_before_it() {
        assert_eq!(words("en", Order::Letters, &["waters", "water", "water price"]), "water; water price; waters");
    }

    #[test]
    fn signs_quotes_hyphens_and_emphasis_do_not_count() {
        let entries = ["*Nation*, the", "“nation”", "co-operation", "cooper", "(un)fair"];
        assert_eq!(words("en", Order::Letters, &entries), "cooper; co-operation; “nation”; *Nation*, the; (un)fair");
    }

    #[test]
    fn a_leading_article_counts_in_main_entries_and_not_in_sub_entries() {
        let entries = ["press!the tabloids", "press!a weekly", "press!radio", "The Hague", "Sweden"];
        assert_eq!(words("en", Order::Letters, &entries), "press [radio; the tabloids; a weekly]; Sweden; The Hague");
    }

    #[test]
    fn numbers_stand_first_by_their_value_unless_it_is_said_how_they_are_read() {
        let entries = ["1984", "2 Live", "10 Downing Street", "Zeal", "nineteen@1914", "§ 3"];
        assert_eq!(
            shown(&filed("en", Order::Letters, &entries)),
            ["#: 2 Live; § 3; 10 Downing Street; 1984", "N: 1914", "Z: Zeal"]
        );
    }

    #[test]
    fn letters_are_those_of_the_language() {
        let entries = ["Ärger", "Zebra", "Arm", "Öl"];
        assert_eq!(shown(&filed("de", Order::Letters, &entries)), ["A: Ärger; Arm", "O: Öl", "Z: Zebra"]);
        assert_eq!(shown(&filed("sv", Order::Letters, &entries)), ["A: Arm", "Z: Zebra", "Ä: Ärger", "Ö: Öl"]);
        assert_eq!(
            shown(&filed("cs", Order::Letters, &["chata", "hora", "cena"])),
            ["C: cena", "H: hora", "Ch: chata"]
        );
        assert_eq!(shown(&filed("es", Order::Letters, &["ñandú", "nube"])), ["N: nube", "Ñ: ñandú"]);
        assert_eq!(shown(&filed("ko", Order::Letters, &["나라", "가람"])), ["ㄱ: 가람", "ㄴ: 나라"]);
        assert_eq!(shown(&filed("zh", Order::Letters, &["中国", "北京"])), ["B: 北京", "Z: 中国"]);
    }

    #[test]
    fn other_scripts_follow_each_as_a_group() {
        let entries = ["Москва", "Αθήνα", "Zürich", "Σπάρτη"];
        assert_eq!(shown(&filed("en", Order::Letters, &entries)), ["Z: Zürich", "Α–Ω: Αθήνα; Σπάρτη", "А–Я: Москва"]);
    }

    #[test]
    fn a_sort_form_is_what_is_compared() {
        let entries = ["Aethelred@Æthelred", "Alder", "Zeta", "water!0@first"];
        assert_eq!(words("en", Order::Letters, &entries), "Æthelred; Alder; water [first]; Zeta");
    }

    #[test]
    fn entries_are_one_when_they_are_equal_and_not_when_they_are_alike() {
        let groups =
            filed("en", Order::Letters, &["Caf\u{e9}", "Cafe\u{301}", "Water  price", "Water price", "water price"]);
        let of: Vec<Vec<usize>> = groups.iter().flat_map(|group| &group.nodes).map(|node| node.of.clone()).collect();
        assert_eq!(of, [vec![0, 1], vec![4], vec![2, 3]]);
    }

    #[test]
    fn what_is_equal_goes_with_its_capitals_last_whatever_came_first() {
        assert_eq!(words("en", Order::Letters, &["Polish", "polish"]), "polish; Polish");
        assert_eq!(words("en", Order::Letters, &["polish", "Polish"]), "polish; Polish");
        assert_eq!(words("en", Order::Words, &["co-op", "coop"]), words("en", Order::Words, &["coop", "co-op"]));
    }
}
