//! 글 — what people wrote never enters the journal: only a reference and a commitment do.
//!
//! `Plain` marks the types that may stand in a column outside the vault. `String` is not among them, and cannot be
//! added from outside this crate: a name in an event is a compile error, not a review comment.

use crate::id::{
    AbsenceId, HandoverId, OfficialId, OutboxId, PersonId, PetitionId, SessionId, TextId, UnitId,
};
use crate::time::At;
use serde::{Deserialize, Serialize};

pub(crate) mod sealed {
    /// Keeps `Plain` closed to this crate.
    pub trait Sealed {}
}

/// A value without free text: an id, an enum, a number, a time, a reference. Journal, outbox, ledger and idempotency
/// columns hold nothing else.
pub trait Plain: sealed::Sealed {}

/// Marks types as `Plain`.
macro_rules! plain {
    ($($t:ty),* $(,)?) => {$(
        impl $crate::text::sealed::Sealed for $t {}
        impl $crate::text::Plain for $t {}
    )*};
}
pub(crate) use plain;

plain!(bool, u8, u16, u32, u64, i32, i64, [u8; 32]);
plain!(
    PetitionId, PersonId, OfficialId, UnitId, TextId, OutboxId, SessionId, AbsenceId, HandoverId, At, Text,
    Commitment
);
plain!(jiff::civil::Date);

impl<T: Plain> sealed::Sealed for Option<T> {}
impl<T: Plain> Plain for Option<T> {}
impl<T: Plain> sealed::Sealed for Vec<T> {}
impl<T: Plain> Plain for Vec<T> {}

/// 확약 — HMAC-SHA-256 of a text under a nonce that lies in the vault beside it. When the key dies, so does every way to
/// test a guess against it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Commitment(pub [u8; 32]);

/// A reference to a text in the vault, and the commitment that ties the journal to its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Text {
    /// Where it lies.
    pub id: TextId,
    /// What it said.
    pub commitment: Commitment,
}

impl std::fmt::Debug for Commitment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Commitment({})", hex(&self.0))
    }
}

impl Serialize for Commitment {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&hex(&self.0))
    }
}

impl<'de> Deserialize<'de> for Commitment {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        unhex(&text)
            .map(Commitment)
            .ok_or_else(|| serde::de::Error::custom("64 hexadecimal digits are expected"))
    }
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
}

/// 32 bytes from 64 hexadecimal digits.
pub fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut out = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (i, byte) in out.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[i * 2..i * 2 + 2], 16).ok()?;
    }
    Some(out)
}
