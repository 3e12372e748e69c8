//! The bytes of a face's file.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// The bytes of a face's file. Those of the bundled faces are part of the program and are never copied.
#[derive(Clone)]
pub enum Data {
    /// Part of the program.
    Bundled(&'static [u8]),
    /// Read from a file.
    Read(Arc<[u8]>),
}

impl Deref for Data {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Data::Bundled(bytes) => bytes,
            Data::Read(bytes) => bytes,
        }
    }
}

impl AsRef<[u8]> for Data {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl From<Vec<u8>> for Data {
    fn from(bytes: Vec<u8>) -> Data {
        Data::Read(bytes.into())
    }
}

impl fmt::Debug for Data {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.len())
    }
}
