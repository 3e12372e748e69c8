//! The light table: where pictures lie while all their pixels are looked at.
//!
//! A photograph of forty megapixels is 120 MB once it is decoded, and a book may have a hundred that several threads
//! want at a time. The table has room for so many pixels; who comes when it is full waits until there is room, and who
//! comes later waits behind. A picture that is larger than the table lies there alone.

use std::sync::{Condvar, Mutex, MutexGuard};

/// Room for each thread of the pool, in pixels: what a telephone takes needs two of them.
const A_THREAD: u64 = 8_000_000;

static TABLE: Mutex<Table> = Mutex::new(Table { lying: 0, last: 0, turn: 0 });
static ROOM: Condvar = Condvar::new();

/// The table and the queue in front of it.
struct Table {
    /// What lies on it, in pixels.
    lying: u64,
    /// The number that who comes next draws.
    last: u64,
    /// The number whose turn it is.
    turn: u64,
}

/// Does some work on a picture of so many pixels of three bytes. It must not wait for threads of the pool: they may stand
/// in front of the table.
pub(crate) fn with_room<T>(pixels: u64, work: impl FnOnce() -> T) -> T {
    let _place = Place::taken(pixels, A_THREAD * rayon::current_num_threads() as u64);
    work()
}

/// A place on the table, given back when it is dropped.
struct Place(u64);

impl Place {
    fn taken(pixels: u64, room: u64) -> Place {
        let mut table = table();
        let number = table.last;
        table.last += 1;
        while table.turn != number || (table.lying > 0 && table.lying + pixels > room) {
            table = ROOM.wait(table).unwrap_or_else(|poisoned| poisoned.into_inner());
        }
        table.turn += 1;
        table.lying += pixels;
        // There may be room for the next one too.
        ROOM.notify_all();
        Place(pixels)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        table().lying -= self.0;
        ROOM.notify_all();
    }
}

/// The table as it is now. Its numbers are whole whoever fell beside it.
fn table() -> MutexGuard<'static, Table> {
    TABLE.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
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
