//! Room: where large runs of bytes lie.

use std::sync::Arc;

/// What the C library of Linux takes from the system apart from the heap, whatever was asked of it before (mallopt(3),
/// `M_MMAP_THRESHOLD`), and gives back as soon as it is let go of.
const APART: usize = (32 << 20) + 1;

/// Shorter runs come from the heap, which is faster.
const SHORT: usize = 2 << 20;

/// From so many bytes on a hole in the heap would be seen.
const LARGE: usize = 4 << 20;

/// An empty list with room for so many bytes. One for many has room behind them, which is never touched: so they lie
/// apart from the heap, where the hole that they leave would be kept between smaller things, and others after them.
pub(crate) fn room(bytes: usize) -> Vec<u8> {
    Vec::with_capacity(if bytes < LARGE { bytes } else { bytes.max(APART) })
}

/// So many zeros, with the same room behind them.
pub(crate) fn zeros(bytes: usize) -> Vec<u8> {
    let mut zeros = vec![0; if bytes < LARGE { bytes } else { bytes.max(APART) }];
    zeros.truncate(bytes);
    zeros
}

/// Lets go of bytes that a library took. The C library of Linux remembers how long the longest run was that lay apart and
/// was given back, and takes all shorter ones from the heap from then on; so a long one is shortened first.
pub(crate) fn let_go(mut bytes: Vec<u8>) {
    bytes.truncate(SHORT);
    bytes.shrink_to(SHORT);
}

/// The same bytes for many to look at.
pub(crate) fn shared(bytes: Vec<u8>) -> Arc<[u8]> {
    let shared = Arc::from(&bytes[..]);
    let_go(bytes);
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_room_for_what_is_asked_and_no_more_is_there() {
        for bytes in [0, 1, LARGE - 1, LARGE, APART, APART + 1] {
            assert!(room(bytes).is_empty() && room(bytes).capacity() >= bytes);
            assert!(zeros(bytes).len() == bytes && zeros(bytes).iter().all(|byte| *byte == 0));
        }
    }
}
