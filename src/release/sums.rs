//! `release.json` and `SHA256SUMS`: every file with its size and its sum, in the order of their names.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::File;
use super::record::Record;

/// The sum of some bytes, in hexadecimal digits.
pub(crate) fn sum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `release.json`.
pub(super) fn json(record: &Record<'_>, files: &[File]) -> Value {
    let files: Vec<Value> = files
        .iter()
        .map(|file| {
            let mut entry = json!({
                "path": file.path,
                "bytes": file.bytes.len(),
                "sha256": sum(&file.bytes),
                "type": file.media_type,
            });
            if let Some(edition) = &file.edition {
                entry["edition"] = json!(edition);
            }
            entry
        })
        .collect();
    json!({
        "recto": env!("CARGO_PKG_VERSION"),
        "slug": record.metadata.slug,
        "version": record.metadata.version.as_ref().map(|version| version.value.clone()),
        "files": files,
    })
}

/// `SHA256SUMS`, for `sha256sum -c`; `release.json` among them.
pub(super) fn list(files: &[File]) -> String {
    files.iter().map(|file| format!("{}  {}\n", sum(&file.bytes), file.path)).collect()
}
