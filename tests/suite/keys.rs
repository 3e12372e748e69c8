//! The keys that may be written: the manual's table and what `recto keys` and `recto explain` say.

use recto::production::keys::TABLES;
use recto::production::{Hyphens, languages};

use crate::key_examples;
use crate::support::{Desk, made_part, plain};

/// The handbook's lists, from the code.
fn listed() -> String {
    let mut out = String::new();
    for (name, table, place) in TABLES {
        let capital = name[..1].to_uppercase() + &name[1..];
        let examples = key_examples::of(name);
        out.push_str(&format!("\n## {capital} {{#sec-keys-{name}}}\n\nWritten in {place}.\n"));
        for key in table.listed() {
            let takes = plain(&key.takes.words());
            let about = if key.about.is_empty() { String::new() } else { format!("; {}", plain(key.about)) };
            let example = examples.iter().find(|example| example.key == key.name).expect("every key has an example");
            out.push_str(&format!("\n`{}`\n:   {takes}{about}.\\\n    `{}`\n", key.name, example.line));
        }
    }
    out.push('\n');
    out
}

#[test]
fn the_handbook_lists_every_key() {
    made_part("handbook/80-keys.md", "keys", &listed());
}

/// What recto knows of each language, as a table.
fn tongues() -> String {
    let mut out = "\n| language | tag | words | of them in sources | hyphens |\n|---|---|--:|--:|---|\n".to_owned();
    for row in languages() {
        let hyphens = match row.hyphens {
            Hyphens::Patterns => "by patterns",
            Hyphens::None => "none are used",
            Hyphens::Unknown => "not known",
        };
        out.push_str(&format!("| {} | `{}` | {} | {} | {hyphens} |\n", row.english, row.tag, row.words, row.attested));
    }
    out.push_str("\n: What recto knows of each language {#tbl-languages}\n\n");
    out
}

#[test]
fn the_handbook_lists_every_language() {
    made_part("handbook/15-text.md", "languages", &tongues());
    let shown = Desk::with(&[]).run(&["info", "--languages"]);
    assert_eq!(shown.code, 0);
    assert!(shown.out.contains("2024. június 19."), "{}", shown.out);
    assert!(languages().iter().all(|row| shown.out.contains(row.own)), "{}", shown.out);
}

/// What each receiver of a release takes.
fn taken() -> String {
    let mut out = "\n| name | receiver | files | cover | ONIX | not without |\n|---|---|---|---|---|---|\n".to_owned();
    for receiver in recto::release::receivers::ALL {
        let [files, cover, onix, wants] = receiver.row();
        let wants = if wants.is_empty() { "–".to_owned() } else { wants };
        let (name, called) = (receiver.name, receiver.called);
        out.push_str(&format!("| `{name}` | {called} | {files} | {cover} | {onix} | {wants} |\n"));
    }
    out.push_str("\n: What receivers take {#tbl-receivers widths=\"2 3 3 4 4 4\" turn}\n\n");
    out
}

#[test]
fn the_handbook_lists_every_receiver() {
    made_part("handbook/60-publisher.md", "receivers", &taken());
    let desk = Desk::with(&[]);
    let list = desk.run(&["explain", "receivers"]);
    assert!(list.out.contains("google, Google Play Books"), "{}", list.out);
    let google = desk.run(&["explain", "google"]);
    assert!(google.out.contains("cover: 640 × 640 at least, 7200 a side at most"), "{}", google.out);
}

#[test]
fn every_table_of_keys_is_shown_and_is_a_schema_for_editors() {
    let desk = Desk::with(&[]);
    for (name, table, _) in TABLES {
        let shown = desk.run(&["keys", name]);
        assert_eq!(shown.code, 0);
        assert!(table.listed().all(|key| shown.out.contains(&format!("  {} ", key.name))), "{}", shown.out);
        let schema = desk.run(&["keys", name, "--schema"]);
        assert!(schema.out.contains("\"$schema\": \"http://json-schema.org/draft-07/schema#\""), "{}", schema.out);
    }
    let wrong = desk.run(&["keys", "metadatas"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("there is no table of keys \"metadatas\""), "{}", wrong.err);
}

#[test]
fn a_message_is_explained_and_a_wrong_name_has_the_nearest() {
    let desk = Desk::with(&[]);
    let shown = desk.run(&["explain", "no-alt"]);
    assert_eq!(shown.code, 0);
    assert!(shown.out.starts_with("no-alt (a warning"), "{}", shown.out);
    let wrong = desk.run(&["explain", "no-alts"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("did you mean \"no-alt\"?"), "{}", wrong.err);
}
