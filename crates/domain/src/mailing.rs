//! 우편 송달 — letters that go by post: which events owe one, how it is sent, whether it arrived or came back
//! (행정절차법14·15, 영29①, 영25②).

use crate::event::Event;
use crate::terms::coded;
use crate::text::plain;
use crate::time::At;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

coded! {
    /// 우편물 — what the letter says.
    Mail {
        /// 보완 요구서.
        Supplement = "supplement",
        /// 처리기간 연장 통지.
        Extension = "extension",
        /// 처리진행상황 통지.
        Progress = "progress",
        /// 처리결과 통지.
        Answer = "answer",
        /// 이송·이첩·전환·취하 간주의 통지.
        Ending = "ending",
        /// 이의신청 결정 통지.
        Objection = "objection",
        /// 추가답변.
        Further = "further",
    }
}

impl Mail {
    /// The letter an event owes to one who is written to by post.
    pub const fn owed(event: &Event) -> Option<Mail> {
        match event {
            Event::SupplementAsked { .. } => Some(Mail::Supplement),
            Event::Extended { .. } | Event::ExtensionProposed { .. } => Some(Mail::Extension),
            Event::ProgressTold { .. } => Some(Mail::Progress),
            Event::Answered { .. } => Some(Mail::Answer),
            Event::Transferred { .. }
            | Event::Referred { .. }
            | Event::Converted { .. }
            | Event::Merged { .. }
            | Event::DeemedWithdrawn {} => Some(Mail::Ending),
            Event::ObjectionExtended { .. } | Event::ObjectionDecided { .. } => Some(Mail::Objection),
            Event::FurtherAnswered { .. } => Some(Mail::Further),
            _ => None,
        }
    }
}

coded! {
    /// 우편의 종류.
    MailWay {
        /// 일반우편.
        Plain = "plain",
        /// 등기우편.
        Registered = "registered",
        /// 배달증명.
        Certified = "certified",
    }
}

impl MailWay {
    /// Whether the post gives it a registration number.
    pub const fn is_registered(self) -> bool {
        match self {
            MailWay::Plain => false,
            MailWay::Registered | MailWay::Certified => true,
        }
    }
}

coded! {
    /// 반송 사유, as the post writes it on the envelope.
    ReturnReason {
        /// 수취인불명.
        UnknownPerson = "unknown_person",
        /// 주소불명.
        UnknownAddress = "unknown_address",
        /// 이사불명.
        Moved = "moved",
        /// 폐문부재.
        Absent = "absent",
        /// 수취거절.
        Refused = "refused",
        /// 보관기간 경과.
        Unclaimed = "unclaimed",
    }
}

impl ReturnReason {
    /// Whether the address itself is in doubt, so that it is looked up first; only where it cannot be found by ordinary means
    /// does 행정절차법14④ let a public notice take the letter's place.
    pub const fn doubts_address(self) -> bool {
        match self {
            ReturnReason::UnknownPerson | ReturnReason::UnknownAddress | ReturnReason::Moved => true,
            ReturnReason::Absent | ReturnReason::Refused | ReturnReason::Unclaimed => false,
        }
    }
}

/// 등기번호: thirteen digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RegisteredNumber(u64);
plain!(RegisteredNumber);

/// Not thirteen digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a registration number has thirteen digits")]
pub struct NotRegistered;

impl FromStr for RegisteredNumber {
    type Err = NotRegistered;
    fn from_str(text: &str) -> Result<RegisteredNumber, NotRegistered> {
        let digits = crate::form::numbers::digits(text.trim()).ok_or(NotRegistered)?;
        if digits.len() != 13 || digits.iter().all(|d| *d == 0) {
            return Err(NotRegistered);
        }
        Ok(RegisteredNumber(
            digits.iter().fold(0, |n, d| n * 10 + u64::from(*d)),
        ))
    }
}

impl fmt::Display for RegisteredNumber {
    /// As the post prints it: 12345-6789-0123.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = format!("{:013}", self.0);
        write!(f, "{}-{}-{}", &digits[..5], &digits[5..9], &digits[9..])
    }
}

coded! {
    /// 우편물의 상태.
    MailState {
        /// 발송 대기.
        Waiting = "waiting",
        /// 발송.
        Sent = "sent",
        /// 도달.
        Arrived = "arrived",
        /// 반송.
        Returned = "returned",
    }
}

/// 발송.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sending {
    /// The day it was handed to the post.
    pub on: Date,
    /// How.
    pub way: MailWay,
    /// 등기번호, where it has one.
    pub number: Option<RegisteredNumber>,
}
plain!(Sending);

impl Sending {
    /// Whether a number stands exactly where the post gives one.
    pub const fn is_whole(&self) -> bool {
        self.way.is_registered() == self.number.is_some()
    }
}

/// 도달 또는 반송.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    /// 도달한 날 (행정절차법15①).
    #[serde(rename = "arrived")]
    Arrived(Date),
    /// 반송된 날, and why.
    #[serde(rename = "returned")]
    Returned(Date, ReturnReason),
}
plain!(Fate);

impl Fate {
    /// The day.
    pub const fn on(&self) -> Date {
        match self {
            Fate::Arrived(on) | Fate::Returned(on, _) => *on,
        }
    }
}

/// 우편물 하나 — a line of the 발송대장.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailing {
    /// 1, 2, … within its petition.
    pub no: u32,
    /// What it says.
    pub mail: Mail,
    /// Since when it waits.
    pub since: At,
    /// 발송, once it happened.
    pub sent: Option<Sending>,
    /// What became of it, once known.
    pub fate: Option<Fate>,
}

impl Mailing {
    /// Where it stands.
    pub const fn state(&self) -> MailState {
        match (self.sent, self.fate) {
            (None, _) => MailState::Waiting,
            (Some(_), None) => MailState::Sent,
            (Some(_), Some(Fate::Arrived(_))) => MailState::Arrived,
            (Some(_), Some(Fate::Returned(..))) => MailState::Returned,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registration_number_has_thirteen_digits_however_they_are_grouped() {
        for (text, shown) in [
            ("1234567890123", Some("12345-6789-0123")),
            (" 12345-6789-0123 ", Some("12345-6789-0123")),
            ("0000000000001", Some("00000-0000-0001")),
            ("123456789012", None),
            ("12345678901234", None),
            ("12345678901a3", None),
            ("0000000000000", None),
            ("", None),
        ] {
            let read = text.parse::<RegisteredNumber>().map(|n| n.to_string());
            assert_eq!(read.ok().as_deref(), shown, "{text}");
        }
    }

    #[test]
    fn only_registered_mail_has_a_number() {
        let number = "1234567890123".parse().ok();
        for way in MailWay::ALL {
            for given in [None, number] {
                let sending = Sending {
                    on: jiff::civil::date(2026, 6, 15),
                    way: *way,
                    number: given,
                };
                assert_eq!(
                    sending.is_whole(),
                    given.is_some() == (*way != MailWay::Plain),
                    "{way}"
                );
            }
        }
    }
}
