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

/// 가리기 — a text as it may be shown to everybody: the names given, and whatever looks like a telephone, resident, card or
/// account number or a mail address, are replaced by asterisks. A person still reads it before it goes out: no rule knows
/// every secret.
pub fn mask(text: &str, names: &[&str]) -> String {
    let mut masked = text.to_owned();
    for name in names
        .iter()
        .map(|name| name.trim())
        .filter(|name| name.chars().count() > 1)
    {
        masked = masked.replace(name, &hidden(name));
    }
    let mut out = String::with_capacity(masked.len());
    for word in masked.split_inclusive(char::is_whitespace) {
        out.push_str(&mask_word(word));
    }
    out
}

/// The first letter of a name and asterisks.
fn hidden(name: &str) -> String {
    let mut letters = name.chars();
    let first: String = letters.next().into_iter().collect();
    first
        + &letters
            .map(|letter| if letter.is_whitespace() { letter } else { '*' })
            .collect::<String>()
}

/// A word with its mail address, or its digits where there are seven of them or more.
fn mask_word(word: &str) -> String {
    if let Some((before, after)) = word.split_once('@')
        && before.chars().last().is_some_and(char::is_alphanumeric)
        && after.contains('.')
    {
        let end = after.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
        let start = before
            .trim_end_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+'));
        return format!("{start}***@***{end}");
    }
    if word.chars().filter(char::is_ascii_digit).count() < 7 {
        return word.to_owned();
    }
    word.chars()
        .map(|c| if c.is_ascii_digit() { '*' } else { c })
        .collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_a_person_is_hidden() {
        for (text, shown) in [
            (
                "홍길동입니다. 010-1234-5678로 연락 주세요.",
                "홍**입니다. ***-****-****로 연락 주세요.",
            ),
            ("주민번호 900101-1234567,", "주민번호 ******-*******,"),
            ("메일은 hong.gd@example.kr입니다", "메일은 ***@***입니다"),
            ("2026. 9. 14. 접수번호 12번", "2026. 9. 14. 접수번호 12번"),
            ("계좌 110-234-567890\n둘째 줄", "계좌 ***-***-******\n둘째 줄"),
            ("@서울 모임", "@서울 모임"),
        ] {
            assert_eq!(mask(text, &["홍길동", ""]), shown, "{text}");
        }
    }
}
