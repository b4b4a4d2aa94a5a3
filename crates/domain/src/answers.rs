//! 표준답변 — standard answers to what is asked every day: each has an owner unit and a day by which it is reviewed
//! (FEATURES, day one, 16).

use crate::access::Who;
use crate::id::UnitId;
use crate::terms::{Code, Seat};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Between two reviews pass at most so many days.
pub const REVIEW_DAYS: i64 = 366;

/// 표준답변. The office's own words, no citizen's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandardAnswer {
    /// Stable code: what the ten-second entry is keyed by.
    pub code: Code,
    /// Grows with every change.
    pub version: u32,
    /// 제목.
    pub title: String,
    /// 물음, in the words people use.
    pub question: String,
    /// 답변.
    pub answer: String,
    /// 담당 부서.
    pub unit: UnitId,
    /// The service it belongs to, if it belongs to one.
    pub service: Option<Code>,
    /// To be reviewed by.
    pub review_by: Date,
    /// When it was last reviewed.
    pub reviewed_on: Date,
    /// Out of use.
    pub retired: bool,
}

impl StandardAnswer {
    /// Whether its day of review has passed.
    pub fn is_stale(&self, today: Date) -> bool {
        self.review_by < today && !self.retired
    }
}

/// What a standard answer may not be, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerFault {
    /// Of another unit.
    NotYours,
    /// The day of review lies in the past, or too far ahead.
    ReviewDay,
}

/// Whether `who` may write, review and retire answers of `unit`: whoever holds a seat in it that answers citizens, and the
/// 통합접수자 and 민원심사관 for every unit.
pub fn may_keep(who: &Who, unit: UnitId) -> bool {
    let Who::Official(official) = who else {
        return false;
    };
    (official.posts.iter()).any(|post| match post.seat {
        Seat::IntegratedReceiver | Seat::Examiner => true,
        Seat::CounterClerk
        | Seat::OneStopClerk
        | Seat::DepartmentReceiver
        | Seat::Handler
        | Seat::Coordinator
        | Seat::TeamLead
        | Seat::DepartmentHead => post.unit == unit,
        _ => false,
    })
}

/// Whether the next review may be set on `day`.
pub fn review_day(day: Date, today: Date) -> Result<(), AnswerFault> {
    let far = today
        .until(day)
        .map_or(i64::MAX, |span| i64::from(span.get_days()));
    if (1..=REVIEW_DAYS).contains(&far) {
        Ok(())
    } else {
        Err(AnswerFault::ReviewDay)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Official, Post};
    use crate::id::OfficialId;
    use jiff::civil::date;
    use uuid::Uuid;

    #[test]
    fn an_answer_is_kept_by_its_unit() {
        let (own, other) = (UnitId(Uuid::from_u128(1)), UnitId(Uuid::from_u128(2)));
        for (seat, of_own, of_other) in [
            (Seat::Handler, true, false),
            (Seat::CounterClerk, true, false),
            (Seat::IntegratedReceiver, true, true),
            (Seat::Ombudsman, false, false),
        ] {
            let who = Who::Official(Official {
                id: OfficialId(Uuid::nil()),
                posts: vec![Post { seat, unit: own }],
                cover: Default::default(),
            });
            assert_eq!(
                (may_keep(&who, own), may_keep(&who, other)),
                (of_own, of_other),
                "{seat}"
            );
        }
        assert!(!may_keep(&Who::System, own));
    }

    #[test]
    fn the_next_review_lies_ahead_and_within_a_year() {
        let today = date(2026, 6, 15);
        for (day, fits) in [
            (date(2026, 6, 15), false),
            (date(2026, 6, 16), true),
            (date(2027, 6, 16), true),
            (date(2027, 6, 17), false),
        ] {
            assert_eq!(review_day(day, today).is_ok(), fits, "{day}");
        }
    }
}
