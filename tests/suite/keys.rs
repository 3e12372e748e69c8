//! The keys that may be written: the manual's table and what `recto keys` and `recto explain` say.

use std::path::Path;

use recto::production::keys::{METADATA, TABLES};

use crate::support::{Desk, README};

/// The manual's table, from the code.
fn listed() -> String {
    let mut out = String::from("| key | value | |\n|---|---|---|\n");
    for key in METADATA.listed() {
        let takes = key.takes.words().replace('|', "\\|");
        out.push_str(&format!("| `{}` | {takes} | {} |\n", key.name, key.about));
    }
    out
}

#[test]
fn the_readme_lists_every_key_of_the_metadata() {
    const OPEN: &str = "<!-- keys -->\n";
    const CLOSE: &str = "<!-- /keys -->";
    let _alone = README.lock();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(&path).expect("it is there");
    let (before, rest) = readme.split_once(OPEN).expect("the README has the table");
    let (table, after) = rest.split_once(CLOSE).expect("the table ends");
    let listed = listed();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, format!("{before}{OPEN}{listed}{CLOSE}{after}")).expect("written");
    } else {
        assert_eq!(table, listed, "BLESS=1 rewrites the table");
    }
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
