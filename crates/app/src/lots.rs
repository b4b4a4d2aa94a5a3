//! 추첨 — members drawn so that nobody could have chosen them, and anybody can check it afterwards.
//!
//! Before the drawing the office fixes who can be drawn, how many are, and the SHA-256 of a secret number. At the drawing somebody else
//! calls out a word; the number is shown, and both together put the candidates in order. Whoever has the record needs nothing of ours to
//! check it: plain SHA-256 over lines of text (`docs/lot.md`).

use domain::id::{OfficialId, PetitionId};
use domain::proceeding::Lot;
use domain::text::{hex, unhex};
use serde::{Deserialize, Serialize};

/// 추첨 기록 — what anybody needs to check a lot. Candidates are named by identities of the office, not by names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// What it is.
    pub is: String,
    /// 신청번호 of the petition.
    pub petition: String,
    /// For which role.
    pub role: String,
    /// When candidates and commitment were fixed, in milliseconds since 1970 (UTC).
    pub committed_at: i64,
    /// SHA-256 over number, count and candidates, in hexadecimal digits.
    pub commitment: String,
    /// Who could be drawn, in order.
    pub candidates: Vec<String>,
    /// How many were to be drawn.
    pub wanted: u32,
    /// The secret number.
    pub seed: String,
    /// The word called out.
    pub word: String,
    /// Who was drawn, in the order drawn.
    pub drawn: Vec<String>,
}

/// The first line of what is hashed, and the mark of the record.
const IS: &str = "minwon lot 1";

/// What is wrong with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// It is not the record of a lot.
    #[error("this is not the record of a lot")]
    NotALot,
    /// Number, count and candidates are not those that were fixed before.
    #[error("number, count and candidates are not those that were fixed before the drawing")]
    Commitment,
    /// Others would have been drawn.
    #[error("by number and word others would have been drawn")]
    Drawn,
}

/// The commitment: SHA-256 over the lines `minwon lot 1`, number, count, and each candidate.
pub fn commitment(seed: &[u8; 32], wanted: u32, candidates: &[OfficialId]) -> [u8; 32] {
    let names: Vec<String> = candidates.iter().map(OfficialId::to_string).collect();
    committed(&hex(seed), wanted, &names)
}

fn committed(seed: &str, wanted: u32, candidates: &[String]) -> [u8; 32] {
    crypto::hash::plain_sha256(format!("{IS}\n{seed}\n{wanted}\n{}", candidates.join("\n")).as_bytes())
}

/// Who is drawn: the first of the candidates in the order of SHA-256 over the lines number, word, candidate.
pub fn draw(seed: &[u8; 32], word: &str, wanted: u32, candidates: &[OfficialId]) -> Vec<OfficialId> {
    let seed = hex(seed);
    let mut all: Vec<([u8; 32], OfficialId)> = candidates
        .iter()
        .map(|one| (place(&seed, word, &one.to_string()), *one))
        .collect();
    all.sort_unstable();
    all.into_iter()
        .take(wanted as usize)
        .map(|(_, one)| one)
        .collect()
}

fn place(seed: &str, word: &str, candidate: &str) -> [u8; 32] {
    crypto::hash::plain_sha256(format!("{seed}\n{word}\n{candidate}").as_bytes())
}

/// The record of a lot that was drawn with this word; `None` before the drawing.
pub fn record(petition: &str, lot: &Lot, word: &str) -> Option<Record> {
    let drawn = lot.drawn.as_ref()?;
    let names = |all: &[OfficialId]| all.iter().map(OfficialId::to_string).collect();
    Some(Record {
        is: IS.to_owned(),
        petition: petition.to_owned(),
        role: lot.role.to_string(),
        committed_at: lot.committed_at.0,
        commitment: hex(&lot.commitment),
        candidates: names(&lot.candidates),
        wanted: lot.wanted,
        seed: hex(&drawn.seed),
        word: word.to_owned(),
        drawn: names(&drawn.officials),
    })
}

/// Whether a record is what it says: nothing but itself is asked.
pub fn check(record: &Record) -> Result<(), Wrong> {
    if record.is != IS {
        return Err(Wrong::NotALot);
    }
    let fixed = unhex(&record.commitment).ok_or(Wrong::NotALot)?;
    if committed(&record.seed, record.wanted, &record.candidates) != fixed {
        return Err(Wrong::Commitment);
    }
    let mut all: Vec<([u8; 32], &String)> = (record.candidates.iter())
        .map(|one| (place(&record.seed, &record.word, one), one))
        .collect();
    all.sort_unstable();
    let drawn: Vec<&String> = all
        .into_iter()
        .take(record.wanted as usize)
        .map(|(_, one)| one)
        .collect();
    if drawn.into_iter().eq(&record.drawn) {
        Ok(())
    } else {
        Err(Wrong::Drawn)
    }
}

/// 신청번호 of a petition and the file name of a record.
pub fn file_name(petition: PetitionId, no: u32) -> String {
    format!("lot-{petition}-{no}.json")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::proceeding::Drawn;
    use domain::text::{Commitment, Text};
    use domain::time::At;

    fn lot() -> (Lot, &'static str) {
        let candidates: Vec<OfficialId> = (1..=9_u128)
            .map(|n| OfficialId(uuid::Uuid::from_u128(n)))
            .collect();
        let (seed, word) = ([9; 32], "봄바람 7");
        let text = Text {
            id: domain::id::TextId(uuid::Uuid::from_u128(1)),
            commitment: Commitment([0; 32]),
        };
        let lot = Lot {
            role: "juror".parse().unwrap(),
            commitment: commitment(&seed, 5, &candidates),
            wanted: 5,
            committed_at: At(1),
            drawn: Some(Drawn {
                seed,
                word: text,
                officials: draw(&seed, word, 5, &candidates),
                at: At(2),
            }),
            candidates,
        };
        (lot, word)
    }

    #[test]
    fn a_record_checks_and_no_other_does() {
        let (lot, word) = lot();
        let good = record("S-1", &lot, word).unwrap();
        assert_eq!(good.drawn.len(), 5);
        assert_eq!(check(&good), Ok(()));
        let changed = |change: &dyn Fn(&mut Record)| {
            let mut record = good.clone();
            change(&mut record);
            check(&record)
        };
        assert_eq!(changed(&|r| r.word = "봄바람 8".into()), Err(Wrong::Drawn));
        assert_eq!(changed(&|r| r.drawn.swap(0, 1)), Err(Wrong::Drawn));
        assert_eq!(changed(&|r| r.candidates.swap(0, 1)), Err(Wrong::Commitment));
        assert_eq!(changed(&|r| r.wanted = 4), Err(Wrong::Commitment));
        assert_eq!(changed(&|r| r.seed = hex(&[8; 32])), Err(Wrong::Commitment));
        assert_eq!(changed(&|r| r.is = "minwon lot 2".into()), Err(Wrong::NotALot));
    }

    #[test]
    fn another_word_draws_others() {
        let (lot, _) = lot();
        let words = (0..40).map(|n| draw(&[9; 32], &n.to_string(), 5, &lot.candidates));
        let distinct: std::collections::BTreeSet<Vec<OfficialId>> = words.collect();
        assert!(distinct.len() > 30, "{}", distinct.len());
    }
}
