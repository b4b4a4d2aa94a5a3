//! 첨부 보관소 — a store of sealed bytes beside the database: it knows names without meaning, and never what they hold.

use crate::delivery::Failed;
use domain::time::At;

/// An object as a store lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its name: 64 hexadecimal digits.
    pub name: String,
    /// When it was laid down, by the clock of the store.
    pub at: At,
}

/// 첨부 보관소.
#[async_trait::async_trait]
pub trait Objects: Send + Sync {
    /// Lays an object down. `Ok` means that it is there for good: on disk, or as the store promises. Again with the same bytes changes nothing.
    async fn put(&self, name: &str, bytes: Vec<u8>) -> Result<(), Failed>;

    /// The bytes; `None` where there is no such object.
    async fn get(&self, name: &str) -> Result<Option<Vec<u8>>, Failed>;

    /// Removes an object; one that is gone already is no failure.
    async fn remove(&self, name: &str) -> Result<(), Failed>;

    /// Objects whose names begin with these two digits.
    async fn list(&self, beginning: &str) -> Result<Vec<Listed>, Failed>;
}
