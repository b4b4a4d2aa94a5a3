//! 교부 — papers that are handed out at the counter: to whom, on what evidence, and what happens to those nobody fetches
//! (법27④, 영25④).

use crate::event::Attached;
use crate::terms::coded;
use crate::text::{Text, plain};
use crate::time::At;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// 처리완료 예정일부터 15일이 지날 때까지 (영25④): from the sixteenth day on it may be destroyed.
pub const UNCLAIMED_DAYS: i64 = 15;
/// The petitioner is told so many days before the last day.
pub const TOLD_BEFORE: i64 = 7;

coded! {
    /// 수령인.
    Recipient {
        /// 본인.
        Petitioner = "petitioner",
        /// 수임인: with a 위임장.
        Agent = "agent",
        /// 법정대리인.
        LegalRepresentative = "legal_representative",
        /// 법인의 대표자·직원.
        OfCompany = "of_company",
    }
}

impl Recipient {
    /// Whether the paper is given only against a 위임장 that is kept (영25④, 별지 제3호서식).
    pub const fn needs_power(self) -> bool {
        match self {
            Recipient::Agent | Recipient::OfCompany => true,
            Recipient::Petitioner | Recipient::LegalRepresentative => false,
        }
    }
}

coded! {
    /// 확인한 신분증명서 (영6⑥): the kind that was looked at; its number is not kept.
    Evidence {
        /// 주민등록증.
        ResidentCard = "resident_card",
        /// 모바일 신분증.
        MobileId = "mobile_id",
        /// 운전면허증.
        DriverLicence = "driver_licence",
        /// 여권.
        Passport = "passport",
        /// 외국인등록증.
        ForeignerCard = "foreigner_card",
        /// 장애인등록증.
        DisabledCard = "disabled_card",
        /// 국가유공자증.
        VeteranCard = "veteran_card",
        /// 사원증 등 소속 확인.
        StaffCard = "staff_card",
    }
}

/// 교부 내용.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOut<T = Text> {
    /// Who took it.
    pub recipient: Recipient,
    /// What was looked at.
    pub evidence: Evidence,
    /// Name of the one who took it, where it was not the petitioner.
    pub name: Option<T>,
    /// 위임장.
    pub power: Option<Attached<T>>,
    /// 수령 서명.
    pub signature: Option<Attached<T>>,
}
plain!(HandOut);

impl<T> HandOut<T> {
    /// The same with each text turned by `lay`.
    pub fn lay<U, E>(self, lay: &mut impl FnMut(T) -> Result<U, E>) -> Result<HandOut<U>, E> {
        Ok(HandOut {
            recipient: self.recipient,
            evidence: self.evidence,
            name: self.name.map(&mut *lay).transpose()?,
            power: match self.power {
                Some(file) => Some(file.lay(lay)?),
                None => None,
            },
            signature: match self.signature {
                Some(file) => Some(file.lay(lay)?),
                None => None,
            },
        })
    }
}

impl HandOut {
    /// The texts it refers to.
    pub fn texts(&self) -> Vec<Text> {
        let files = self.power.iter().chain(&self.signature);
        self.name
            .into_iter()
            .chain(files.flat_map(|file| [file.content, file.name]))
            .collect()
    }
}

coded! {
    /// 교부의 상태.
    ClaimState {
        /// 교부 대기.
        Waiting = "waiting",
        /// 교부함.
        HandedOut = "handed_out",
        /// 폐기함.
        Discarded = "discarded",
    }
}

/// 교부할 문서 — how it stands with the paper of a concluded petition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// How it stands.
    pub state: ClaimState,
    /// When it was ready.
    pub since: At,
    /// The first day on which it may be destroyed, if nobody fetches it.
    pub discard_from: Date,
    /// When the petitioner was told of that day.
    pub told: Option<At>,
    /// When it was handed out or destroyed.
    pub ended: Option<At>,
}
plain!(Claim);

/// The first day on which an unclaimed paper may be destroyed: the 처리완료 예정일 (the extended one where the petitioner was
/// told of an extension), or the day it was ready where that was later, then fifteen days, then the next one.
pub fn discard_from(due: At, ready: At) -> Option<Date> {
    let promised = due.plus(-60_000).date()?;
    let from = promised.max(ready.date()?);
    from.checked_add((UNCLAIMED_DAYS + 1).days()).ok()
}

/// The day on which the petitioner is told that the paper will be destroyed.
pub fn tell_on(claim: &Claim) -> Option<Date> {
    claim.discard_from.checked_sub(TOLD_BEFORE.days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, datetime};

    #[test]
    fn fifteen_days_run_from_the_promised_day_or_from_when_it_was_ready() {
        for (name, due, ready, first) in [
            (
                "기한 안에 준비됨",
                datetime(2026, 6, 16, 0, 0, 0, 0),
                datetime(2026, 6, 10, 10, 0, 0, 0),
                date(2026, 7, 1),
            ),
            (
                "기한을 넘겨 준비됨",
                datetime(2026, 6, 16, 0, 0, 0, 0),
                datetime(2026, 6, 20, 10, 0, 0, 0),
                date(2026, 7, 6),
            ),
            (
                "시간 단위",
                datetime(2026, 6, 15, 13, 0, 0, 0),
                datetime(2026, 6, 15, 10, 0, 0, 0),
                date(2026, 7, 1),
            ),
        ] {
            assert_eq!(
                discard_from(At::seoul(due), At::seoul(ready)),
                Some(first),
                "{name}"
            );
        }
        let claim = Claim {
            state: ClaimState::Waiting,
            since: At(0),
            discard_from: date(2026, 7, 1),
            told: None,
            ended: None,
        };
        assert_eq!(tell_on(&claim), Some(date(2026, 6, 24)));
    }
}
