//! Random manuscripts of all constructs, one in the other, the foreign ones included: none makes recto fall, the ledger
//! balances, and every word is on the pages and in the e-book, or something was said of its section.

use crate::dice::{Dice, rounds};
use crate::every::{Combined, Form, WORD, build, combined, file_of, lines_of, parts_of};

/// What is put together.
struct Kit {
    inlines: Vec<Form>,
    places: Vec<Form>,
    blocks: Vec<Form>,
    holders: Vec<Form>,
}

impl Kit {
    fn read() -> Kit {
        let of_text = |name: &str| -> Vec<Form> {
            // What is in the metadata stands there once.
            parts_of(name).into_iter().filter(|form| !form.name.ends_with("(metadata)")).collect()
        };
        let mut blocks = of_text("blocks.txt");
        blocks.extend(of_text("foreign.txt"));
        // The e-book leaves pull quotes out, for they repeat; and what is meant for one output stands in no other.
        let repeats = |form: &Form| form.name == "pull quote" || form.text.contains("pullquote");
        blocks.retain(|form| !repeats(form) && !form.text.contains("{="));
        let mut places = of_text("places.txt");
        places.retain(|form| !repeats(form));
        Kit { inlines: lines_of("inlines.txt"), places, blocks, holders: of_text("holders.txt") }
    }

    /// A markup with another one in place of its word, and so on.
    fn inline(&self, dice: &mut Dice, depth: usize) -> String {
        let form = &dice.pick(&self.inlines).text;
        // A definition of a note holds for one call.
        if depth == 0 || form.contains("[^n]") || form.contains("https:") {
            return form.clone();
        }
        let inner = self.inline(dice, depth - 1);
        if inner.contains("[^n]") { form.clone() } else { form.replacen(WORD, &inner, 1) }
    }

    /// Something in a place, perhaps in another place.
    fn piece(&self, dice: &mut Dice, number: &mut usize) -> Combined {
        let depth = dice.throw(3);
        if dice.throw(2) == 0 {
            let form = Form { name: String::new(), text: self.inline(dice, depth) };
            return combined(dice.pick(&self.places), "INLINE", &form, number);
        }
        let mut text = dice.pick(&self.blocks).text.clone();
        for _ in 0..depth {
            let holder = dice.pick(&self.holders);
            if text.contains("[^x]") && holder.text.contains("[^x]") {
                continue;
            }
            text = nested(&holder.text, &text);
        }
        combined(
            &Form { name: String::new(), text: "BLOCK".to_owned() },
            "BLOCK",
            &Form { name: String::new(), text },
            number,
        )
    }
}

/// A block in a holder, its words not yet told apart.
fn nested(holder: &str, block: &str) -> String {
    let mut out = Vec::new();
    for line in holder.lines() {
        match line.split_once("BLOCK") {
            None => out.push(line.to_owned()),
            Some((before, _)) => {
                let further: String = before.chars().map(|letter| if letter == '>' { '>' } else { ' ' }).collect();
                for (at, inner) in block.lines().enumerate() {
                    let before = if at == 0 { before } else { &further };
                    out.push(format!("{before}{inner}").trim_end().to_owned());
                }
            }
        }
    }
    out.join("\n")
}

#[test]
fn whatever_is_composed_keeps_its_words_or_is_told() {
    let kit = Kit::read();
    for seed in 1..=rounds(4) {
        let mut dice = Dice::seeded(seed);
        let mut number = 0;
        let pieces: Vec<Combined> = (0..40).map(|_| kit.piece(&mut dice, &mut number)).collect();
        let outcome = build("", &pieces.iter().collect::<Vec<_>>(), true);
        for (at, piece) in pieces.iter().enumerate() {
            let said: Vec<&str> = outcome.said.get(&file_of(at)).into_iter().flatten().map(String::as_str).collect();
            assert!(!said.contains(&"!lost-text"), "seed {seed}: words are lost in\n{}", piece.text);
            if !said.is_empty() {
                continue;
            }
            let is_in = |word: &&String| outcome.print.contains_key(*word) && outcome.ebook.contains_key(*word);
            let lost: Vec<&String> = piece.words.iter().filter(|word| !is_in(word)).collect();
            assert!(lost.is_empty(), "seed {seed}: {lost:?} of\n{}", piece.text);
        }
    }
}
