//! The tables of keys as a JSON Schema (draft-07), by which editors complete and check YAML files.

use serde_json::{Map, Value, json};

use super::{Table, Takes};

/// The schema of a mapping; smaller ones that it holds stand inside it.
pub fn schema(table: &Table) -> String {
    let mut schema = mapping(table);
    if let Value::Object(root) = &mut schema {
        root.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
        root.insert("title".to_owned(), json!(format!("{} of a recto manuscript", table.of)));
        if table.keys.first().is_some_and(|key| key.name == "title" && key.about.contains("must")) {
            root.insert("required".to_owned(), json!(["title"]));
        }
    }
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

fn mapping(table: &Table) -> Value {
    let mut properties = Map::new();
    for key in table.all() {
        let takes = match key.takes {
            Takes::Same(other) => match table.find(other) {
                // Other tools put less into it, or more.
                Some(_) => json!({ "description": format!("as `{other}`") }),
                None => json!({}),
            },
            _ => value(&key.takes),
        };
        let mut takes = takes;
        if let (Value::Object(takes), false) = (&mut takes, key.about.is_empty()) {
            takes.insert("description".to_owned(), json!(key.about));
        }
        // What stands in both means what the mapping's own table says.
        properties.entry(key.name).or_insert(takes);
    }
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn value(takes: &Takes) -> Value {
    match takes {
        Takes::Text => json!({ "type": ["string", "number"] }),
        // YAML reads some of the words as other things than texts.
        Takes::Word(words) => {
            let words: Vec<Value> = words
                .iter()
                .map(|word| match *word {
                    "true" => json!(true),
                    "false" => json!(false),
                    word => word.parse::<u32>().map_or(json!(word), |number| json!(number)),
                })
                .collect();
            json!({ "enum": words })
        }
        Takes::Flag => json!({ "type": "boolean" }),
        Takes::Length => json!({ "type": "string", "pattern": "^[0-9.]+ ?(pt|in|mm|cm|pc)$" }),
        Takes::Date => {
            json!({ "type": ["string", "number"], "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" })
        }
        Takes::Colour => json!({ "type": "string", "pattern": "^#?[0-9A-Fa-f]{6}$" }),
        Takes::File => json!({ "type": "string" }),
        Takes::List(item) => json!({ "type": "array", "items": value(item) }),
        Takes::Map(table) => mapping(table),
        Takes::Named(inner) => json!({ "type": "object", "additionalProperties": value(inner) }),
        Takes::Or(ways) => json!({ "anyOf": ways.iter().map(value).collect::<Vec<Value>>() }),
        Takes::Same(_) => json!({}),
    }
}

#[cfg(test)]
mod tests {
    use super::super::TABLES;
    use super::*;

    #[test]
    fn a_schema_knows_every_key_and_its_words() {
        for (name, table, _) in TABLES {
            let schema: Value = serde_json::from_str(&schema(table)).expect("it is JSON");
            let properties = schema["properties"].as_object().expect("an object");
            assert!(table.all().all(|key| properties.contains_key(key.name)), "{name}");
            assert_eq!(schema["additionalProperties"], json!(false));
        }
        let schema: Value = serde_json::from_str(&schema(&super::super::METADATA)).expect("it is JSON");
        assert_eq!(schema["required"], json!(["title"]));
        assert_eq!(schema["properties"]["status"]["enum"], json!(["final", "draft", "embargo"]));
    }
}
