//! Output intents (ISO 32000-1, 14.11.5): which colours the device colours are.

use lopdf::{Object, Stream, dictionary};

use super::{Work, compressed, name, text};
use crate::pdf::standard::Intent;
use crate::pdf::stream::deflated;

/// Writes an intent, its profile in the file.
pub(super) fn write(work: &mut Work, intent: &Intent) {
    let mut stream: Stream = compressed(deflated(&intent.profile));
    stream.dict.set("N", i64::from(intent.components));
    let profile = work.add(stream);
    let mut dictionary = dictionary! {
        "Type" => "OutputIntent",
        "S" => name(intent.subtype),
        "OutputConditionIdentifier" => text(&intent.identifier),
        "Info" => text(&intent.info),
        "DestOutputProfile" => profile,
    };
    if let Some(registry) = intent.registry {
        dictionary.set("RegistryName", text(registry));
    }
    let id = work.add(dictionary);
    work.catalogue("OutputIntents", vec![Object::Reference(id)]);
}
