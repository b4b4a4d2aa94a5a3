//! 보존과 파기 — how long a petition is kept as a record, when what is personal in it may be destroyed, and when not
//! (공공기록물법 제19조·제27조, 영 제26조·제43조; 개인정보 보호법 제21조·제36조).
//!
//! Two things that are not the same: 폐기 ends a record after its retention, by a board; 파기 destroys personal data that need
//! not be kept. Personal data inside a record that must be kept is kept apart until the retention is over.

pub mod disposal;
pub mod request;
pub mod shelf;

use crate::id::PetitionId;
use crate::terms::{Code, coded};
use crate::text::plain;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

coded! {
    /// 보존기간 (공공기록물법 영 제26조①).
    Term {
        /// 1년.
        One = "1",
        /// 3년.
        Three = "3",
        /// 5년.
        Five = "5",
        /// 10년.
        Ten = "10",
        /// 30년.
        Thirty = "30",
        /// 준영구.
        SemiPermanent = "semi_permanent",
        /// 영구.
        Permanent = "permanent",
    }
}

impl Term {
    /// How many years; `None` for what no calendar ends.
    pub const fn years(self) -> Option<i16> {
        match self {
            Term::One => Some(1),
            Term::Three => Some(3),
            Term::Five => Some(5),
            Term::Ten => Some(10),
            Term::Thirty => Some(30),
            Term::SemiPermanent | Term::Permanent => None,
        }
    }

    /// The last day a record concluded on `day` is kept: its years begin on the first of January after (영 제26조②).
    pub fn kept_until(self, day: Date) -> Option<Date> {
        Date::new(day.year().checked_add(self.years()?)?, 12, 31).ok()
    }
}

/// 보존기간표 — how long petitions are kept, by service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Where nothing else is said.
    #[serde(default = "five")]
    pub default: Term,
    /// By code of the service.
    #[serde(default)]
    pub services: BTreeMap<String, Term>,
}

const fn five() -> Term {
    Term::Five
}

impl Default for Terms {
    fn default() -> Terms {
        Terms {
            default: five(),
            services: BTreeMap::new(),
        }
    }
}

impl Terms {
    /// The term of a service.
    pub fn of(&self, service: &Code) -> Term {
        self.services
            .get(service.as_str())
            .copied()
            .unwrap_or(self.default)
    }
}

/// 파기 설정 — what an office decides about keeping and destroying.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keeping {
    /// So many days a back-up is kept at most; an epoch key dies so long after it wrapped its last key.
    #[serde(default = "horizon")]
    pub backup_days: u16,
    /// 보존기간.
    #[serde(default)]
    pub terms: Terms,
    /// The day on which the year's records are proposed for disposal: month and day.
    #[serde(default = "january")]
    pub propose_on: (i8, i8),
    /// So many whole years behind the present one stay at hand; what was concluded before goes to the archive.
    #[serde(default = "two")]
    pub years_at_hand: u16,
}

const fn two() -> u16 {
    2
}

const fn january() -> (i8, i8) {
    (1, 10)
}

const fn horizon() -> u16 {
    35
}

impl Default for Keeping {
    fn default() -> Keeping {
        Keeping {
            backup_days: horizon(),
            terms: Terms::default(),
            propose_on: january(),
            years_at_hand: two(),
        }
    }
}

impl Keeping {
    /// From when on a year's records are proposed; the tenth of January for a day there is not in every year.
    pub fn proposes_on(&self, year: i16) -> Option<Date> {
        let (month, day) = self.propose_on;
        Date::new(year, month, day)
            .or_else(|_| Date::new(year, 1, 10))
            .ok()
    }

    /// The horizon in milliseconds; a day at least.
    pub fn horizon(&self) -> i64 {
        i64::from(self.backup_days.max(1)) * 24 * 3_600_000
    }
}

coded! {
    /// 파기 정지의 사유 — why nothing may be destroyed for now.
    HoldGround {
        /// 소송.
        Lawsuit = "lawsuit",
        /// 행정심판.
        Appeal = "appeal",
        /// 감사.
        Audit = "audit",
        /// 수사.
        Investigation = "investigation",
        /// 그 밖의 사유.
        Other = "other",
    }
}

coded! {
    /// 보존 근거 — the law that orders to keep it in spite of a request (개인정보 보호법 제21조① 단서, 제36조① 단서).
    Basis {
        /// 공공기록물 관리에 관한 법률 제19조.
        PublicRecords = "public_records",
        /// 국세기본법 제85조의3.
        NationalTax = "national_tax",
        /// 지방세기본법 제144조.
        LocalTax = "local_tax",
        /// 지방회계법.
        Accounting = "accounting",
        /// 그 밖의 법령: named in the reasons.
        OtherAct = "other_act",
    }
}

/// What the rules ask about a petition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// When it was concluded; `None` while it is open.
    pub concluded: Option<Date>,
    /// Its 보존기간.
    pub term: Term,
    /// Whether a hold stands on it.
    pub held: bool,
}

coded! {
    /// 파기할 수 없는 이유.
    NotYet {
        /// 처리 중인 민원: it is needed for what it was given for.
        Open = "open",
        /// 파기가 정지된 민원.
        Held = "held",
    }
}

/// What may become of the personal data of a petition today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum May {
    /// 파기: nothing orders to keep it.
    Destroy,
    /// 분리 보관, until that day; `None` for a record without an end.
    KeepApart(Option<Date>),
    /// Neither.
    No(NotYet),
}

/// The rule (개인정보 보호법 제21조·제36조, 공공기록물법 제19조·제27조). A hold goes before everything else.
pub fn may(facts: &Facts, today: Date) -> May {
    let Some(concluded) = facts.concluded else {
        return May::No(NotYet::Open);
    };
    if facts.held {
        return May::No(NotYet::Held);
    }
    match facts.term.kept_until(concluded) {
        Some(last) if last < today => May::Destroy,
        until => May::KeepApart(until),
    }
}

/// What may become of name and contact of a person with these petitions. They are needed while one is open or held, kept apart as
/// long as one that must be kept names them, and destroyed otherwise.
pub fn may_person(petitions: &[Facts], today: Date) -> May {
    let mut answer = May::Destroy;
    for facts in petitions {
        answer = match (answer, may(facts, today)) {
            (May::No(why), _) | (_, May::No(why)) => return May::No(why),
            (May::KeepApart(None), _) | (_, May::KeepApart(None)) => May::KeepApart(None),
            (May::KeepApart(a), May::KeepApart(b)) => May::KeepApart(a.max(b)),
            (May::KeepApart(a), May::Destroy) | (May::Destroy, May::KeepApart(a)) => May::KeepApart(a),
            (May::Destroy, May::Destroy) => May::Destroy,
        };
    }
    answer
}

/// The day that stands for "without an end" where a day must stand.
pub const NO_END: Date = date(9999, 12, 31);

/// 영 제43조③: the petitioner is told within ten days of the request.
pub const TOLD_WITHIN: i64 = 10;

/// The last day to tell the result: ten days, the first not counted (민법 제157조), and a last day that is a Saturday or a holiday
/// gives way to the next working day (제161조). `None` past the table of holidays.
pub fn tell_by(asked: Date, calendar: &crate::calendar::Calendar) -> Option<Date> {
    let mut day = asked.checked_add(TOLD_WITHIN.days()).ok()?;
    while !calendar.works(day)? {
        day = day.tomorrow().ok()?;
    }
    Some(day)
}

coded! {
    /// 파기의 종류, in the 파기대장.
    DestructionKind {
        /// 개인정보 삭제 요구에 따른 파기 (개인정보 보호법 제36조).
        Request = "request",
        /// 삭제 요구에 따른 분리 보관 (제21조③).
        KeptApart = "kept_apart",
        /// 분리 보관 기간이 끝나 파기 (제21조①).
        ApartEnded = "apart_ended",
        /// 보존기간이 지난 기록물의 폐기 (공공기록물법 제27조).
        Disposal = "disposal",
        /// 백업 복원 뒤 다시 적용한 파기.
        Restored = "restored",
    }
}

/// 파기대장의 한 줄 — what was destroyed, how much, on what ground, by whom: nobody's data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Destruction {
    /// Identity.
    pub id: uuid::Uuid,
    /// 연도.
    pub year: i16,
    /// 번호, within the year.
    pub n: u32,
    /// When it was decided.
    pub at: crate::time::At,
    /// 종류.
    pub kind: DestructionKind,
    /// 민원, in 건.
    pub petitions: u32,
    /// Persons whose name and contact it was.
    pub persons: u32,
    /// Saved drafts.
    pub drafts: u32,
    /// 보존 근거, of what is kept apart.
    pub basis: Option<Basis>,
    /// Who decided.
    pub by: crate::terms::By,
    /// 검토자, who had reviewed it, where another one did.
    pub reviewer: Option<crate::id::OfficialId>,
    /// The request it carries out: year and number.
    pub request: Option<request::Number>,
    /// The disposal it carries out.
    pub disposal: Option<uuid::Uuid>,
}

/// A petition in a request or in a disposal, as the rules saw it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Which.
    pub petition: PetitionId,
    /// What may become of it.
    pub may: May,
}
plain!(May, Seen, Destruction);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn facts(concluded: Option<Date>, term: Term, held: bool) -> Facts {
        Facts {
            concluded,
            term,
            held,
        }
    }

    #[test]
    fn years_begin_on_the_first_of_january_after() {
        let day = date(2026, 6, 15);
        for (term, last) in [
            (Term::One, Some(date(2027, 12, 31))),
            (Term::Three, Some(date(2029, 12, 31))),
            (Term::Five, Some(date(2031, 12, 31))),
            (Term::Ten, Some(date(2036, 12, 31))),
            (Term::Thirty, Some(date(2056, 12, 31))),
            (Term::SemiPermanent, None),
            (Term::Permanent, None),
        ] {
            assert_eq!(term.kept_until(day), last, "{term}");
        }
        assert_eq!(
            Term::One.kept_until(date(2026, 12, 31)),
            Term::One.kept_until(date(2026, 1, 1))
        );
    }

    #[test]
    fn what_may_become_of_a_petition() {
        let (done, last) = (date(2026, 6, 15), date(2027, 12, 31));
        let after = date(2028, 1, 1);
        for (facts, today, wanted) in [
            (facts(None, Term::One, false), after, May::No(NotYet::Open)),
            (facts(None, Term::One, true), after, May::No(NotYet::Open)),
            (facts(Some(done), Term::One, true), after, May::No(NotYet::Held)),
            (
                facts(Some(done), Term::One, false),
                last,
                May::KeepApart(Some(last)),
            ),
            (facts(Some(done), Term::One, false), after, May::Destroy),
            (
                facts(Some(done), Term::Permanent, false),
                after,
                May::KeepApart(None),
            ),
        ] {
            assert_eq!(may(&facts, today), wanted, "{facts:?} on {today}");
        }
    }

    #[test]
    fn the_result_is_told_within_ten_days_by_the_calendar() {
        let calendar = crate::calendar::Calendar::parse(include_str!("../../../data/holidays.csv"), 1);
        let calendar = calendar.expect("the table is whole");
        for (asked, last) in [
            (date(2026, 6, 15), date(2026, 6, 25)),
            // A Saturday gives way to the Monday after.
            (date(2026, 6, 17), date(2026, 6, 29)),
            // 2026-02-16 to 18 is the New Year by the moon.
            (date(2026, 2, 6), date(2026, 2, 19)),
        ] {
            assert_eq!(tell_by(asked, &calendar), Some(last), "{asked}");
        }
        assert_eq!(tell_by(date(2999, 1, 1), &calendar), None);
    }

    proptest! {
        /// A person's data is never freer than the strictest of their petitions.
        #[test]
        fn a_person_is_kept_as_long_as_any_petition(
            years in proptest::collection::vec((0usize..7, 2015i16..2030, any::<bool>(), any::<bool>()), 0..6),
            today in 2016i16..2070,
        ) {
            let today = date(today, 6, 1);
            let all: Vec<Facts> = years.iter().map(|(term, year, open, held)| {
                facts((!open).then(|| date(*year, 3, 1)), Term::ALL[*term], *held)
            }).collect();
            let each: Vec<May> = all.iter().map(|f| may(f, today)).collect();
            match may_person(&all, today) {
                May::No(_) => prop_assert!(each.iter().any(|m| matches!(m, May::No(_)))),
                May::Destroy => prop_assert!(each.iter().all(|m| *m == May::Destroy)),
                May::KeepApart(until) => {
                    prop_assert!(!each.iter().any(|m| matches!(m, May::No(_))));
                    for m in each {
                        if let May::KeepApart(end) = m {
                            prop_assert!(until.is_none() || end.is_some_and(|end| Some(end) <= until));
                        }
                    }
                }
            }
        }
    }
}
