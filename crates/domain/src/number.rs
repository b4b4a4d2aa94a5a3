//! 번호 — 신청번호 (given at filing), 접수번호 (given at 접수) and 문서번호 are three things (FEATURES, day one, 2 and 6).
//!
//! A 신청번호 is handed to the citizen before anyone has looked, so it must not tell how many came before nor let a
//! stranger guess the next: a day and nine random letters, with a check letter for reading out on the phone. A 접수번호
//! is the line in the 처리부: consecutive within its series and year.

use crate::terms::Register;
use crate::text::plain;
use crate::time::At;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Letters that are not mistaken for one another when read out: no I, L, O, U.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// 신청번호: `20180717-7K3F9-QD2XA`, that is the day of filing, nine random letters, one check letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FilingNumber {
    /// Day of filing in Korea as `yyyymmdd`.
    day: u32,
    /// 45 random bits.
    chance: u64,
}
plain!(FilingNumber);

/// A text that is no number of ours: wrong form, or a mistyped letter that the check letter found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a number of this office")]
pub struct NotANumber;

impl FilingNumber {
    /// A number for a filing at `at`; of `chance` the lowest 45 bits are used. `None` outside the years of a civil calendar.
    pub fn new(at: At, chance: u64) -> Option<FilingNumber> {
        let date = at.date()?;
        let year = u32::try_from(date.year()).ok().filter(|y| *y <= 9999)?;
        Some(FilingNumber {
            day: year * 10_000 + date.month() as u32 * 100 + date.day() as u32,
            chance: chance & ((1 << 45) - 1),
        })
    }

    /// A cyclic check over GF(32) (x⁵+x²+1): finds every single wrong letter and every pair of letters exchanged.
    fn check(self) -> u64 {
        let digits = (0..8).rev().map(|i| u64::from(self.day) / 10_u64.pow(i) % 10);
        let letters = (0..9).rev().map(|i| self.chance >> (5 * i) & 31);
        digits.chain(letters).chain([0]).fold(0, |sum, value| {
            let shifted = sum << 1 ^ if sum & 16 == 0 { 0 } else { 0b10_0101 };
            shifted ^ value
        })
    }
}

impl fmt::Display for FilingNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = |n: u64| LETTERS[(n & 31) as usize] as char;
        write!(f, "{:08}-", self.day)?;
        for i in 0..9 {
            write!(f, "{}", letter(self.chance >> (40 - 5 * i)))?;
            if i == 4 {
                write!(f, "-")?;
            }
        }
        write!(f, "{}", letter(self.check()))
    }
}

impl FromStr for FilingNumber {
    type Err = NotANumber;
    /// Forgives what people do when they copy by hand: small letters, spaces, missing hyphens, O for 0, I and L for 1.
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        if text.len() > 64 {
            return Err(NotANumber);
        }
        let letters: Vec<u8> = text
            .bytes()
            .filter(|b| !matches!(b, b'-' | b' '))
            .map(|b| match b.to_ascii_uppercase() {
                b'O' => b'0',
                b'I' | b'L' => b'1',
                other => other,
            })
            .collect();
        if letters.len() != 18 {
            return Err(NotANumber);
        }
        let mut day = 0;
        for b in &letters[..8] {
            day = day * 10 + (*b as char).to_digit(10).ok_or(NotANumber)?;
        }
        let value = |b: u8| {
            LETTERS
                .iter()
                .position(|l| *l == b)
                .map(|n| n as u64)
                .ok_or(NotANumber)
        };
        let mut chance = 0;
        for b in &letters[8..17] {
            chance = chance << 5 | value(*b)?;
        }
        let number = FilingNumber { day, chance };
        if number.check() == value(letters[17])? {
            Ok(number)
        } else {
            Err(NotANumber)
        }
    }
}

impl Serialize for FilingNumber {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for FilingNumber {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

/// How the number of a request for disclosure begins: it is no line of the 민원 처리부.
const DISCLOSURE: &str = "공개-";

/// 접수번호: `2018-000123`, consecutive in its series and year, in the order of reception (법9②, 영6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ReceptionNumber {
    /// Year of reception in Korea.
    pub year: u16,
    /// Line of the register, from 1.
    pub n: u32,
    /// Which register.
    #[serde(default)]
    pub register: Register,
}
plain!(ReceptionNumber);

impl fmt::Display for ReceptionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = match self.register {
            Register::Petitions => "",
            Register::Disclosure => DISCLOSURE,
        };
        write!(f, "{head}{:04}-{:06}", self.year, self.n)
    }
}
impl FromStr for ReceptionNumber {
    type Err = NotANumber;
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let text = text.trim();
        let (register, text) = match text.strip_prefix(DISCLOSURE) {
            Some(rest) => (Register::Disclosure, rest),
            None => (Register::Petitions, text),
        };
        let (year, n) = text.split_once('-').ok_or(NotANumber)?;
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if year.len() != 4 || !(1..=9).contains(&n.len()) || !digits(year) || !digits(n) {
            return Err(NotANumber);
        }
        Ok(ReceptionNumber {
            year: year.parse().map_err(|_| NotANumber)?,
            n: n.parse().map_err(|_| NotANumber)?,
            register,
        })
    }
}

/// 문서번호의 일련번호: the running number of a unit's year; shown as 처리과명-일련번호 (TERMS 45).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DocumentNumber {
    /// The unit that issues it.
    pub unit: crate::id::UnitId,
    /// Running number, from 1.
    pub n: u32,
}
plain!(DocumentNumber);

/// 독촉장 번호: `2026-15`, consecutive within the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LetterNumber {
    /// Year of issue in Korea.
    pub year: u16,
    /// Running number, from 1.
    pub n: u32,
}
plain!(LetterNumber);

impl fmt::Display for LetterNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.year, self.n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filing_number_survives_being_read_out() {
        let number = FilingNumber::new(At(1_531_753_200_000), 0x1234_5678_9ABC).unwrap();
        let shown = number.to_string();
        assert_eq!(shown.len(), 20);
        assert!(shown.starts_with("20180717-"));
        assert_eq!(shown.parse(), Ok(number));
        assert_eq!(
            shown.to_lowercase().replace('-', " ").replace('0', "o").parse(),
            Ok(number)
        );
    }

    #[test]
    fn two_letters_exchanged_are_found() {
        let number = FilingNumber::new(At(1_531_753_200_000), 987_654_321_012)
            .unwrap()
            .to_string();
        for (i, j) in [
            (9, 10),
            (10, 11),
            (11, 12),
            (12, 13),
            (13, 15),
            (15, 16),
            (16, 17),
            (17, 18),
            (18, 19),
        ] {
            let mut wrong = number.clone().into_bytes();
            wrong.swap(i, j);
            let wrong = String::from_utf8(wrong).unwrap();
            assert!(
                wrong == number || wrong.parse::<FilingNumber>().is_err(),
                "{wrong} passed for {number}"
            );
        }
    }

    #[test]
    fn one_wrong_letter_is_found() {
        let number = FilingNumber::new(At(1_531_753_200_000), 987_654_321_012)
            .unwrap()
            .to_string();
        let mut missed = 0;
        for i in [9, 10, 11, 12, 13, 15, 16, 17, 18] {
            for letter in LETTERS {
                let mut wrong = number.clone().into_bytes();
                if wrong[i] == *letter {
                    continue;
                }
                wrong[i] = *letter;
                missed += usize::from(String::from_utf8(wrong).unwrap().parse::<FilingNumber>().is_ok());
            }
        }
        assert_eq!(missed, 0, "a single mistyped letter passed the check letter");
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "",
            "20180717",
            "20180717-AAAAA-AAAAU",
            &"9".repeat(100),
            "２０１８０７１７-AAAAA-AAAAA",
        ] {
            assert_eq!(text.parse::<FilingNumber>(), Err(NotANumber), "{text}");
        }
        for text in ["2018", "2018-", "18-1", "2018-+1", "2018-9999999999"] {
            assert_eq!(text.parse::<ReceptionNumber>(), Err(NotANumber), "{text}");
        }
        for (text, register) in [
            ("2018-000123", Register::Petitions),
            ("공개-2018-000123", Register::Disclosure),
        ] {
            let number = ReceptionNumber {
                year: 2018,
                n: 123,
                register,
            };
            assert_eq!(text.parse(), Ok(number));
            assert_eq!(number.to_string(), text);
        }
        // Found by fuzzing: a mistyped year lost its nought, and what was shown was no number any more.
        let mistyped: ReceptionNumber = "0202-4447".parse().unwrap();
        assert_eq!(mistyped.to_string(), "0202-004447");
    }
}
