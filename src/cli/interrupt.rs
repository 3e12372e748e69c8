//! Interrupts: a build that is told to end takes away what it has begun to write.
//!
//! signal-hook hears SIGINT, SIGTERM and SIGHUP without a line of unsafe code here, and asks for nothing but libc, which
//! is there already; ctrlc does the same on Windows too, but brings nix, and a libc of other features. On Windows the
//! next build clears up.
//!
//! Invariant: what is on the list exists only while it is on the list. While somebody holds the list nothing ends the
//! program: so files take their places with the list in hand.

use std::path::PathBuf;
#[cfg(unix)]
use std::sync::Once;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What must not be left behind.
#[derive(Debug, Default)]
pub(super) struct Begun {
    /// Files that are being written.
    pub files: Vec<PathBuf>,
    /// Folders that were made for them, the outermost first.
    pub folders: Vec<PathBuf>,
}

impl Begun {
    /// Takes it all away; folders only if nothing else came into them.
    pub fn clear(&mut self) {
        for file in self.files.drain(..) {
            let _ = std::fs::remove_file(file);
        }
        for folder in self.folders.drain(..).rev() {
            let _ = std::fs::remove_dir(folder);
        }
    }
}

static BEGUN: Mutex<Begun> = Mutex::new(Begun { files: Vec::new(), folders: Vec::new() });

/// The list, in hand.
pub(super) fn begun() -> MutexGuard<'static, Begun> {
    BEGUN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on the list is cleared when the program is told to end. Before there is anything on it the system's own way
/// of ending a program is the best one.
#[cfg(unix)]
pub(super) fn listen() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Where nothing can be heard the next build clears up.
        let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGHUP]) else { return };
        std::thread::spawn(move || {
            if let Some(signal) = signals.forever().next() {
                let mut begun = begun();
                begun.clear();
                // As shells have it.
                std::process::exit(128 + signal);
            }
        });
    });
}

/// There is nothing to listen to.
#[cfg(not(unix))]
pub(super) fn listen() {}
