//! The light table: where pictures lie while all their pixels are looked at.
//!
//! A photograph of forty megapixels is 120 MB once it is decoded, and a book may have a hundred that several threads
//! want at a time. The table has room for so many pixels; who comes when it is full waits until there is room. A picture
//! that is larger than the table lies there alone.

use std::sync::{Condvar, Mutex, MutexGuard};

/// Room for each thread of the pool, in pixels: what a telephone takes needs two of them.
const A_THREAD: u64 = 8_000_000;

static LYING: Mutex<u64> = Mutex::new(0);
static ROOM: Condvar = Condvar::new();

/// Does some work on a picture of so many pixels. It must not wait for other threads of the pool: one of them may stand
/// in front of the table.
pub(crate) fn with_room<T>(pixels: u64, work: impl FnOnce() -> T) -> T {
    let _place = Place::taken(pixels, A_THREAD * rayon::current_num_threads() as u64);
    work()
}

/// What the C library of Linux takes from the system apart from the heap, whatever was asked of it before (mallopt(3),
/// `M_MMAP_THRESHOLD`), and gives back as soon as it is let go of.
const APART: usize = (32 << 20) + 1;

/// Zeros for the samples of a picture. Those of a large one have room behind them, which is never touched: so they lie
/// apart from the heap, where the hole that they leave would be kept between smaller things.
pub(crate) fn samples(count: usize) -> Vec<u8> {
    let mut samples = vec![0; if count < 4 << 20 { count } else { count.max(APART) }];
    samples.truncate(count);
    samples
}

/// A place on the table, given back when it is dropped.
struct Place(u64);

impl Place {
    fn taken(pixels: u64, table: u64) -> Place {
        let mut lying = lying();
        while *lying > 0 && *lying + pixels > table {
            lying = ROOM.wait(lying).unwrap_or_else(|poisoned| poisoned.into_inner());
        }
        *lying += pixels;
        Place(pixels)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        *lying() -= self.0;
        ROOM.notify_all();
    }
}

/// What lies on the table now. A number is whole whoever fell beside it.
fn lying() -> MutexGuard<'static, u64> {
    LYING.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_the_table_takes_never_lies_on_it() {
        use std::sync::atomic::{AtomicU64, Ordering};
        let (now, most) = (AtomicU64::new(0), AtomicU64::new(0));
        let table = A_THREAD * rayon::current_num_threads() as u64;
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    with_room(table / 2 - 1, || {
                        most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        std::thread::yield_now();
                        now.fetch_sub(1, Ordering::SeqCst);
                    });
                });
            }
        });
        assert!(most.into_inner() <= 2);
        assert_eq!(with_room(table * 3, || 5), 5, "what is larger than the table lies there alone");
    }
}
