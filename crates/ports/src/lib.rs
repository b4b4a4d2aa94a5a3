//! 항구 — traits of the outside world, and of the three things that must never be read globally: time, identity, chance.
//!
//! Only traits and the plain values they pass; what stands behind them is in `adapters`, a real one and a sandbox each.
//! No trait for our own database is here, and none will be.

pub mod delivery;
pub mod identity;
pub mod mail;
pub mod message;
pub mod objects;
pub mod records;
pub mod scan;
pub mod sharing;

use domain::time::At;
use uuid::Uuid;

/// 시계 — the one source of the present moment.
pub trait Clock: Send + Sync {
    /// Now, in milliseconds UTC.
    fn now(&self) -> At;
}

/// 식별자 발급 — makes identities ordered by time.
pub trait Ids: Send + Sync {
    /// A new identity, greater than every one made before at an earlier millisecond.
    fn next(&self, now: At) -> Uuid;
}

/// 우연 — the one source of randomness: nonces, keys, one-time codes.
pub trait Chance: Send + Sync {
    /// Fills `out` with unpredictable bytes.
    fn fill(&self, out: &mut [u8]);
}
