//! 평가 — how fast the office is: 지연율, 처리기간 준수율, 단축율 and 스피드지수 (계획 Ⅳ-2, Ⅳ-3; 민원 처리에 관한 법률 제42조).
//!
//! Whole numbers and fractions only; rounding happens where a figure is shown. Every choice the plan leaves open is a value of
//! [`Choices`], with the reading we recommend as its default. Time is working minutes, a working day is 480 of them, so that
//! periods in hours and in days can be added up.

pub mod ratio;
pub mod score;

use crate::terms::{Kind, Outcome, coded};
use ratio::Ratio;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// 1일: eight working hours.
pub const DAY: u64 = 480;

coded! {
    /// 단축율을 셈하는 방법.
    Shortening {
        /// Σ(P−A) ÷ ΣP: a long petition weighs as much as it is long.
        Sums = "sums",
        /// The mean of (P−A) ÷ P over petitions: each weighs the same.
        Cases = "cases",
    }
}

coded! {
    /// 평가 대상이 되는 가장 짧은 처리기간.
    Shortest {
        /// 1일 이상: 즉시민원 and hours below a day are left out.
        OneDay = "one_day",
        /// 6일 이상.
        SixDays = "six_days",
    }
}

coded! {
    /// 마감 시점에 처리하지 못한 기한 경과 민원.
    OpenLate {
        /// Counted as handled late.
        Counted = "counted",
        /// Left to the month in which they end.
        Left = "left",
    }
}

coded! {
    /// 평가 대상 민원.
    Part {
        /// 법정민원.
        Statutory = "statutory",
        /// 그 밖의 민원: 질의·건의·기타·고충.
        Everyday = "everyday",
        /// 모든 민원.
        All = "all",
    }
}

impl Part {
    /// Whether petitions of this kind belong to it.
    pub const fn takes(self, kind: Kind) -> bool {
        match (self, kind) {
            // A request for disclosure is no petition: it has a law and a clock of its own.
            (_, Kind::Disclosure) => false,
            (Part::All, _) | (Part::Statutory, Kind::Statutory) => true,
            (Part::Everyday, Kind::Inquiry | Kind::Suggestion | Kind::Other | Kind::Grievance) => true,
            (Part::Statutory, Kind::Inquiry | Kind::Suggestion | Kind::Other | Kind::Grievance)
            | (Part::Everyday, Kind::Statutory) => false,
        }
    }
}

/// 해석 — what the plan leaves open, with our recommended reading as the default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Choices {
    /// How the shortening is computed.
    pub shortening: Shortening,
    /// The shortest period that is measured.
    pub shortest: Shortest,
    /// What becomes of petitions that are overdue and open at the end of the time looked at.
    pub open_late: OpenLate,
}

impl Default for Choices {
    fn default() -> Self {
        Choices {
            shortening: Shortening::Sums,
            shortest: Shortest::OneDay,
            open_late: OpenLate::Counted,
        }
    }
}

impl Choices {
    /// The shortest period measured, in working minutes.
    pub const fn least(&self) -> u64 {
        match self.shortest {
            Shortest::OneDay => DAY,
            Shortest::SixDays => 6 * DAY,
        }
    }
}

/// Whether an end says anything about speed: 취하, 이송·이첩, 반복·중복 종결 and 병합 do not.
pub const fn measured(outcome: Outcome) -> bool {
    !matches!(
        outcome,
        Outcome::Withdrawn
            | Outcome::DeemedWithdrawn
            | Outcome::Transferred
            | Outcome::Referred
            | Outcome::ClosedRepeated
            | Outcome::Merged
            | Outcome::NotAPetition
    )
}

/// 처리된 민원의 한 묶음 — petitions that were given the same time. The store adds them up so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lot {
    /// P: the period of each, in working minutes.
    pub allowed: u64,
    /// How many.
    pub cases: u64,
    /// How many of them were late.
    pub late: u64,
    /// ΣA: the counted time they took together, in working minutes.
    pub used: u64,
}

/// 실적 — what was handled, added up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Work {
    /// Handled.
    pub cases: u64,
    /// Handled late.
    pub late: u64,
    /// Overdue and still open at the end of the time looked at.
    pub open_late: u64,
    /// ΣP, in working minutes.
    pub allowed: u64,
    /// ΣA, in working minutes.
    pub used: u64,
    /// Cases and ΣA by the time allowed.
    lots: BTreeMap<u64, (u64, u64)>,
}

impl Work {
    /// Takes in a lot; one whose period is shorter than what is measured is left out.
    pub fn add(&mut self, lot: Lot, choices: &Choices) {
        if lot.allowed < choices.least() || lot.cases == 0 {
            return;
        }
        self.cases += lot.cases;
        self.late += lot.late.min(lot.cases);
        self.allowed += lot.allowed * lot.cases;
        self.used += lot.used;
        let slot = self.lots.entry(lot.allowed).or_default();
        slot.0 += lot.cases;
        slot.1 += lot.used;
    }

    /// Takes in what another group of petitions came to.
    pub fn join(&mut self, other: &Work) {
        self.cases += other.cases;
        self.late += other.late;
        self.open_late += other.open_late;
        self.allowed += other.allowed;
        self.used += other.used;
        for (allowed, (cases, used)) in &other.lots {
            let slot = self.lots.entry(*allowed).or_default();
            slot.0 += cases;
            slot.1 += used;
        }
    }

    /// 지연율: late ÷ all, from 0 to 1; `None` where there was nothing.
    pub fn delayed(&self, choices: &Choices) -> Option<Ratio> {
        let open = match choices.open_late {
            OpenLate::Counted => self.open_late,
            OpenLate::Left => 0,
        };
        Ratio::new((self.late + open).into(), (self.cases + open).into())
    }

    /// 처리기간 준수율: 1 − 지연율.
    pub fn kept(&self, choices: &Choices) -> Option<Ratio> {
        self.delayed(choices).and_then(|late| Ratio::ONE.minus(late))
    }

    /// 단축율, which is the 스피드지수 when shown in hundredths: 1 when nothing was needed, below 0 when it took longer than
    /// allowed. `None` where nothing was handled.
    pub fn shortened(&self, choices: &Choices) -> Option<Ratio> {
        match choices.shortening {
            Shortening::Sums => Ratio::new(
                i128::from(self.allowed) - i128::from(self.used),
                self.allowed.into(),
            ),
            Shortening::Cases => {
                let mut sum = Ratio::ZERO;
                for (allowed, (cases, used)) in &self.lots {
                    let saved = i128::from(*allowed) * i128::from(*cases) - i128::from(*used);
                    sum = sum.plus(Ratio::new(saved, i128::from(*allowed))?)?;
                }
                sum.over(self.cases.into())
            }
        }
    }
}
