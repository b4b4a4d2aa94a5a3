//! 발급 — certificates: copies, the line in the 발급대장, and the code by which anyone can check the paper (영30①).

use crate::fee::{Charge, Won};
use crate::number::NotANumber;
use crate::terms::Seat;
use crate::text::plain;
use crate::time::At;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// At most so many copies in one issue.
pub const MOST_COPIES: u32 = 999;

/// 발급번호: `2026-발급-000123`, consecutive within a year: the line of the 발급대장.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct IssueNumber {
    /// Year of issue in Korea.
    pub year: u16,
    /// Line of the register, from 1.
    pub n: u32,
}
plain!(IssueNumber);

impl fmt::Display for IssueNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-발급-{:06}", self.year, self.n)
    }
}

/// Letters that are not mistaken for one another: no I, L, O, U.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// 확인번호: `7K3F-9QD2-XA5T-M0BC`: fifteen random letters (75 bits) and one check letter. Whoever holds the paper holds
/// the code; nobody guesses one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CheckCode(u128);
plain!(CheckCode);

impl CheckCode {
    /// A code from chance; the lowest 75 bits are used.
    pub const fn new(chance: u128) -> CheckCode {
        CheckCode(chance & ((1 << 75) - 1))
    }

    /// A cyclic check over GF(32): finds every single wrong letter and every two exchanged ones.
    fn check(self) -> u128 {
        (0..15)
            .rev()
            .map(|i| self.0 >> (5 * i) & 31)
            .chain([0])
            .fold(0, |sum, value| {
                let shifted = sum << 1 ^ if sum & 16 == 0 { 0 } else { 0b10_0101 };
                shifted ^ value
            })
    }
}

impl fmt::Display for CheckCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letters = (0..15)
            .rev()
            .map(|i| self.0 >> (5 * i) & 31)
            .chain([self.check()]);
        for (n, value) in letters.enumerate() {
            if n > 0 && n % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{}", LETTERS[(value & 31) as usize] as char)?;
        }
        Ok(())
    }
}

impl FromStr for CheckCode {
    type Err = NotANumber;
    /// Forgives small letters, spaces, missing hyphens, O for 0, I and L for 1.
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        if text.len() > 64 {
            return Err(NotANumber);
        }
        let mut values = Vec::with_capacity(16);
        for b in text.bytes().filter(|b| !matches!(b, b'-' | b' ')) {
            let b = match b.to_ascii_uppercase() {
                b'O' => b'0',
                b'I' | b'L' => b'1',
                other => other,
            };
            values.push(LETTERS.iter().position(|l| *l == b).ok_or(NotANumber)? as u128);
        }
        let (check, letters) = values.split_last().ok_or(NotANumber)?;
        if letters.len() != 15 {
            return Err(NotANumber);
        }
        let code = CheckCode(letters.iter().fold(0, |code, value| code << 5 | value));
        if code.check() == *check {
            Ok(code)
        } else {
            Err(NotANumber)
        }
    }
}

impl Serialize for CheckCode {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for CheckCode {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

/// 발급할 것 — what the clerk orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order<T> {
    /// 통수.
    pub copies: u32,
    /// 수수료.
    pub charge: Charge,
    /// 증명 내용: what the certificate certifies.
    pub facts: T,
}

/// 발급된 것, as the petition keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// 발급번호.
    pub number: IssueNumber,
    /// 확인번호.
    pub code: CheckCode,
    /// 통수.
    pub copies: u32,
    /// What was charged for one.
    pub charge: Charge,
    /// What was paid.
    pub paid: Won,
    /// When.
    pub at: At,
}
plain!(Issue);

/// 전결로 혼자 결정하는 자리 — who decides on a service alone, in one sitting (FEATURES A0, A1).
pub const ALONE_ONE_STOP: &[Seat] = &[Seat::OneStopClerk];
/// The same for certificates issued at once.
pub const ALONE_CERTIFICATE: &[Seat] = &[Seat::CounterClerk, Seat::OneStopClerk];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_code_survives_being_copied_by_hand() {
        let code = CheckCode::new(0x1234_5678_9ABC_DEF0_1122);
        let shown = code.to_string();
        assert_eq!(shown.len(), 19);
        assert_eq!(shown.parse(), Ok(code));
        assert_eq!(
            shown.to_lowercase().replace('-', " ").replace('0', "o").parse(),
            Ok(code)
        );
        for wrong in ["", "7K3F", "7K3F-9QD2-XA5T-M0B!", &"7".repeat(40)] {
            assert_eq!(wrong.parse::<CheckCode>(), Err(NotANumber), "{wrong}");
        }
    }

    #[test]
    fn one_wrong_letter_and_two_exchanged_ones_are_found() {
        let shown = CheckCode::new(0x0BAD_CAFE_F00D_0042_1357).to_string();
        for at in (0..19).filter(|at| at % 5 != 4) {
            for letter in LETTERS {
                let mut wrong = shown.clone().into_bytes();
                if wrong[at] == *letter {
                    continue;
                }
                wrong[at] = *letter;
                let wrong = String::from_utf8(wrong).unwrap();
                assert!(wrong.parse::<CheckCode>().is_err(), "{wrong} passed for {shown}");
            }
            let next = if at % 5 == 3 { at + 2 } else { at + 1 };
            if next < 19 {
                let mut wrong = shown.clone().into_bytes();
                wrong.swap(at, next);
                let wrong = String::from_utf8(wrong).unwrap();
                assert!(wrong == shown || wrong.parse::<CheckCode>().is_err(), "{wrong}");
            }
        }
    }
}
