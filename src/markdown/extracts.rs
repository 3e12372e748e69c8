//! Extracts: who said them.

use super::letters;
use crate::markdown::parsed::{PBlock, PBlockKind};

/// The last paragraph of an extract that begins with a dash says who said it.
pub(super) fn attributed(mut blocks: Vec<PBlock>) -> Vec<PBlock> {
    if blocks.len() > 1
        && let Some(last) = blocks.last_mut()
        && let PBlockKind::Paragraph(text) = &last.kind
        && ["—", "–", "--"].iter().any(|dash| letters(&text.content).starts_with(dash))
    {
        last.kind = PBlockKind::Attribution(text.clone());
    }
    blocks
}
