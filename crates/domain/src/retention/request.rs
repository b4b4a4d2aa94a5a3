//! 개인정보 삭제 요구 — what a person asks to have erased, and what the privacy officer may answer (개인정보 보호법 제36조, 영 제43조).

use super::{Basis, May, NotYet};
use crate::id::{OfficialId, PersonId, PetitionId};
use crate::refusal::Refusal;
use crate::terms::{By, coded};
use crate::text::{Text, plain};
use crate::time::At;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

coded! {
    /// 삭제를 요구하는 범위.
    Wanted {
        /// 민원 한 건.
        Petition = "petition",
        /// 성명과 연락처, and what was saved but not filed.
        Contact = "contact",
        /// 전부.
        Everything = "everything",
    }
}

coded! {
    /// 요구한 방법.
    Way {
        /// 누리집, after a check of the contact.
        Web = "web",
        /// 창구의 서면, after a look at an identity card.
        Counter = "counter",
    }
}

coded! {
    /// 결정.
    Verdict {
        /// 파기.
        Destroy = "destroy",
        /// 분리 보관.
        KeepApart = "keep_apart",
        /// 거절.
        Refuse = "refuse",
    }
}

coded! {
    /// 거절 사유 (개인정보 보호법 제36조①·④).
    No {
        /// 처리 중인 민원에 필요.
        Open = "open",
        /// 소송·감사 등으로 파기 정지.
        Held = "held",
        /// 다른 법령에서 수집 대상으로 명시.
        CollectedByLaw = "collected_by_law",
        /// 다른 사람의 권리 보호에 필요.
        RightsOfOthers = "rights_of_others",
        /// 본인의 정보가 아님.
        NotTheirs = "not_theirs",
    }
}

coded! {
    /// 요구의 상태.
    State {
        /// 검토 중.
        Waiting = "waiting",
        /// 결정, not told yet.
        Decided = "decided",
        /// 통지.
        Told = "told",
    }
}

/// 요구 번호, like 2026-12: year and number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Number {
    /// 연도.
    pub year: i16,
    /// Within the year, from 1.
    pub n: u32,
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.year, self.n)
    }
}

impl std::str::FromStr for Number {
    type Err = crate::terms::UnknownCode;
    fn from_str(text: &str) -> Result<Number, Self::Err> {
        let (year, n) = text.split_once('-').ok_or(crate::terms::UnknownCode)?;
        match (year.parse(), n.parse()) {
            (Ok(year), Ok(n)) if n > 0 => Ok(Number { year, n }),
            _ => Err(crate::terms::UnknownCode),
        }
    }
}

/// What a request is about: a petition, or the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Thing {
    /// What was written in a petition.
    Petition(PetitionId),
    /// Name, contact, saved drafts.
    Person(PersonId),
}

/// What was decided about one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruled {
    /// About what.
    pub thing: Thing,
    /// What becomes of it.
    pub verdict: Verdict,
    /// The law that orders to keep it, and until when; `None` for no end.
    pub kept: Option<(Basis, Option<Date>)>,
    /// Why not, where it was refused.
    pub no: Option<No>,
}

/// 결정.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// When.
    pub at: At,
    /// By whom.
    pub by: OfficialId,
    /// About each thing.
    pub ruled: Vec<Ruled>,
    /// The words of it, under the key of the request.
    pub reasons: Option<Text>,
    /// The entries of the 파기대장 it made.
    pub entries: Vec<uuid::Uuid>,
}

/// 삭제 요구.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Identity, and owner of the key its words are sealed under.
    pub id: uuid::Uuid,
    /// Its state so far, counted.
    pub seq: u32,
    /// 번호.
    pub number: Number,
    /// Whose data.
    pub person: PersonId,
    /// What is asked.
    pub wanted: Wanted,
    /// About what.
    pub things: Vec<Thing>,
    /// How it came.
    pub way: Way,
    /// Who entered it.
    pub by: By,
    /// When.
    pub at: At,
    /// The last day to tell the result.
    pub due: Date,
    /// What was said, if anything.
    pub said: Option<Text>,
    /// Where the result is sent, under the key of the request: the contact itself may be destroyed by then.
    pub reach: Text,
    /// What was decided.
    pub decision: Option<Decision>,
    /// When the result was told.
    pub told: Option<At>,
}
plain!(Number, Thing, Ruled, Decision, Request);

impl Request {
    /// Where it stands.
    pub fn state(&self) -> State {
        match (&self.decision, self.told) {
            (None, _) => State::Waiting,
            (Some(_), None) => State::Decided,
            (Some(_), Some(_)) => State::Told,
        }
    }

    /// Decides. What the law does not allow today is refused to the officer: nothing is destroyed that must be kept, nothing is
    /// kept apart without a law that orders it, nothing is refused without a ground (개인정보 보호법 제21조①·③, 제36조).
    pub fn decide(&mut self, decision: Decision, may: &[(Thing, May)]) -> Result<(), Refusal> {
        if self.decision.is_some() {
            return Err(Refusal::NotNow);
        }
        for (thing, may) in may {
            let ruled = decision.ruled.iter().find(|ruled| ruled.thing == *thing);
            let ruled = ruled.ok_or(Refusal::BasisMissing)?;
            match (ruled.verdict, may) {
                (Verdict::Destroy, May::Destroy) => {}
                (Verdict::Destroy, _) => return Err(Refusal::MustBeKept),
                (Verdict::KeepApart, May::No(_)) => return Err(Refusal::StillNeeded),
                (Verdict::KeepApart, _) if ruled.kept.is_none() => return Err(Refusal::BasisMissing),
                (Verdict::KeepApart, _) => {}
                (Verdict::Refuse, _) if ruled.no.is_none() => return Err(Refusal::BasisMissing),
                (Verdict::Refuse, _) => {}
            }
        }
        if decision.ruled.len() != may.len() {
            return Err(Refusal::NotNow);
        }
        self.decision = Some(decision);
        self.seq += 1;
        Ok(())
    }
}

/// What a page proposes about a thing: the mildest that the law allows.
pub fn proposed(may: May) -> (Verdict, Option<Basis>, Option<No>) {
    match may {
        May::Destroy => (Verdict::Destroy, None, None),
        May::KeepApart(_) => (Verdict::KeepApart, Some(Basis::PublicRecords), None),
        May::No(NotYet::Open) => (Verdict::Refuse, None, Some(No::Open)),
        May::No(NotYet::Held) => (Verdict::Refuse, None, Some(No::Held)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn request() -> Request {
        let text = Text {
            id: crate::id::TextId(uuid::Uuid::nil()),
            commitment: crate::text::Commitment([0; 32]),
        };
        Request {
            id: uuid::Uuid::nil(),
            seq: 1,
            number: Number { year: 2026, n: 1 },
            person: PersonId(uuid::Uuid::nil()),
            wanted: Wanted::Everything,
            things: vec![thing()],
            way: Way::Web,
            by: By::System,
            at: At(0),
            due: date(2026, 6, 25),
            said: None,
            reach: text,
            decision: None,
            told: None,
        }
    }

    fn thing() -> Thing {
        Thing::Petition(PetitionId(uuid::Uuid::nil()))
    }

    fn ruled(verdict: Verdict, kept: bool, no: bool) -> Decision {
        Decision {
            at: At(1),
            by: OfficialId(uuid::Uuid::nil()),
            ruled: vec![Ruled {
                thing: thing(),
                verdict,
                kept: kept.then_some((Basis::PublicRecords, None)),
                no: no.then_some(No::Open),
            }],
            reasons: None,
            entries: Vec::new(),
        }
    }

    #[test]
    fn nothing_is_destroyed_that_must_be_kept_and_nothing_kept_or_refused_without_a_ground() {
        use Verdict::{Destroy, KeepApart, Refuse};
        let (free, kept) = (May::Destroy, May::KeepApart(Some(date(2031, 12, 31))));
        let (open, held) = (May::No(NotYet::Open), May::No(NotYet::Held));
        for (may, verdict, basis, no, wanted) in [
            (free, Destroy, false, false, Ok(())),
            (kept, Destroy, false, false, Err(Refusal::MustBeKept)),
            (open, Destroy, false, false, Err(Refusal::MustBeKept)),
            (held, Destroy, false, false, Err(Refusal::MustBeKept)),
            (kept, KeepApart, true, false, Ok(())),
            (free, KeepApart, true, false, Ok(())),
            (kept, KeepApart, false, false, Err(Refusal::BasisMissing)),
            (open, KeepApart, true, false, Err(Refusal::StillNeeded)),
            (held, KeepApart, true, false, Err(Refusal::StillNeeded)),
            (open, Refuse, false, true, Ok(())),
            (free, Refuse, false, true, Ok(())),
            (free, Refuse, false, false, Err(Refusal::BasisMissing)),
        ] {
            let mut asked = request();
            assert_eq!(
                asked.decide(ruled(verdict, basis, no), &[(thing(), may)]),
                wanted,
                "{may:?} {verdict}"
            );
            assert_eq!(asked.decision.is_some(), wanted.is_ok());
        }
        let mut asked = request();
        asked
            .decide(ruled(Refuse, false, true), &[(thing(), May::Destroy)])
            .unwrap();
        let again = asked.decide(ruled(Destroy, false, false), &[(thing(), May::Destroy)]);
        assert_eq!(again, Err(Refusal::NotNow), "once");
    }

    #[test]
    fn what_a_page_proposes_the_rules_accept() {
        for may in [
            May::Destroy,
            May::KeepApart(None),
            May::No(NotYet::Open),
            May::No(NotYet::Held),
        ] {
            let (verdict, basis, no) = proposed(may);
            let mut asked = request();
            asked
                .decide(ruled(verdict, basis.is_some(), no.is_some()), &[(thing(), may)])
                .unwrap();
        }
    }
}
