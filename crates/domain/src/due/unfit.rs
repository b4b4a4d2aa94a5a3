//! 계산 거부 — why a due date is refused rather than guessed

use super::{Cause, Clause, Ground, Period};
use jiff::civil::Date;

/// A refusal of the clock. `Display` is English, `korean` Korean, `key` the translation key, `clause` what it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// The calculation leaves the years whose holidays are known.
    #[error("the calculation leaves the years whose holidays are known ({first} to {last})")]
    OutsideTable {
        /// The first day known.
        first: Date,
        /// The last day known.
        last: Date,
    },
    /// A moment that no calendar shows.
    #[error("the moment lies outside every calendar")]
    NoMoment,
    /// A period of nothing.
    #[error("a period must be at least one")]
    PeriodZero,
    /// An extension beyond the period itself.
    #[error("an extension of {extension} exceeds the period of {period}")]
    ExtensionTooLong {
        /// What was asked.
        extension: Period,
        /// The most there is.
        period: Period,
    },
    /// A third extension.
    #[error("a period can be extended once, and once more with consent; no third time")]
    ExtensionSpent,
    /// An extension on a ground the law does not admit.
    #[error("an extension cannot rest on this ground ({})", cause.code())]
    CauseForbidden {
        /// The ground.
        cause: Cause,
    },
    /// An uncounted stretch that ends before it begins.
    #[error("the uncounted stretch ({}) ends before it begins", ground.english())]
    StretchReversed {
        /// Its ground.
        ground: Ground,
    },
    /// A ground that was not yet law.
    #[error("this ground ({}) is in force only since {since}", ground.english())]
    GroundNotYet {
        /// The ground.
        ground: Ground,
        /// Its first day.
        since: Date,
    },
    /// A ground that this kind of clock does not know.
    #[error("this ground ({}) does not apply to this kind of petition", ground.english())]
    GroundNotHere {
        /// The ground.
        ground: Ground,
    },
    /// An identity check that is not a condition of handling.
    #[error("an identity check stops the clock only where it is a condition of handling")]
    NotACondition,
    /// A second investigation on the spot.
    #[error("an investigation on the spot is held once and prolonged once")]
    InvestigationTwice,
    /// A prolonged investigation that does not follow the first.
    #[error("a prolonged investigation must begin the day after the first ended")]
    InvestigationApart,
    /// A unit this clock does not count in.
    #[error("this clock counts in days")]
    UnitNotHere,
    /// A preliminary review longer than allowed.
    #[error("a preliminary review may take {most} at most")]
    PreliminaryTooLong {
        /// The most.
        most: Period,
    },
}

impl Unfit {
    /// The translation key.
    pub const fn key(self) -> &'static str {
        match self {
            Unfit::OutsideTable { .. } => "unfit_outside_table",
            Unfit::NoMoment => "unfit_no_moment",
            Unfit::PeriodZero => "unfit_period_zero",
            Unfit::ExtensionTooLong { .. } => "unfit_extension_too_long",
            Unfit::ExtensionSpent => "unfit_extension_spent",
            Unfit::CauseForbidden { .. } => "unfit_cause_forbidden",
            Unfit::StretchReversed { .. } => "unfit_stretch_reversed",
            Unfit::GroundNotYet { .. } => "unfit_ground_not_yet",
            Unfit::GroundNotHere { .. } => "unfit_ground_not_here",
            Unfit::NotACondition => "unfit_not_a_condition",
            Unfit::InvestigationTwice => "unfit_investigation_twice",
            Unfit::InvestigationApart => "unfit_investigation_apart",
            Unfit::UnitNotHere => "unfit_unit_not_here",
            Unfit::PreliminaryTooLong { .. } => "unfit_preliminary_too_long",
        }
    }

    /// The clause it rests on; none where arithmetic, not the law, draws the line.
    pub const fn clause(self) -> Option<Clause> {
        match self {
            Unfit::OutsideTable { .. } => Some(Clause::Holidays),
            Unfit::NoMoment | Unfit::StretchReversed { .. } => None,
            Unfit::PeriodZero => Some(Clause::Act19P1),
            Unfit::ExtensionTooLong { .. } | Unfit::ExtensionSpent => Some(Clause::Decree21P1),
            Unfit::CauseForbidden { cause } => Some(match cause {
                Cause::Workload | Cause::LateDesignation | Cause::Absence => Clause::Decree21P2,
                Cause::Cooperation
                | Cause::FactFinding
                | Cause::ForceMajeure
                | Cause::Comparable
                | Cause::Unavoidable => Clause::Decree21P1,
            }),
            Unfit::GroundNotYet { ground, .. } => Some(ground.clause()),
            Unfit::GroundNotHere { .. } => Some(Clause::Decree20),
            Unfit::NotACondition => Some(Clause::ProcedureRule6I6),
            Unfit::InvestigationTwice | Unfit::InvestigationApart => Some(Clause::Decree17P5),
            Unfit::UnitNotHere => Some(Clause::Disclosure29),
            Unfit::PreliminaryTooLong { .. } => Some(Clause::Decree34P2),
        }
    }

    /// The same in Korean.
    pub fn korean(self) -> String {
        match self {
            Unfit::OutsideTable { first, last } => {
                format!("공휴일을 알 수 있는 기간({first}부터 {last}까지)을 벗어나 계산할 수 없습니다.")
            }
            Unfit::NoMoment => "달력으로 나타낼 수 없는 시각입니다.".into(),
            Unfit::PeriodZero => "처리기간은 1 이상이어야 합니다.".into(),
            Unfit::ExtensionTooLong { extension, period } => format!(
                "연장 {}은(는) 처리기간 {}의 범위를 넘습니다.",
                extension.korean(),
                period.korean()
            ),
            Unfit::ExtensionSpent => {
                "처리기간은 한 차례, 민원인의 동의를 받아 한 차례 더 연장할 수 있으며 그 이상은 연장할 수 없습니다.".into()
            }
            Unfit::CauseForbidden { .. } => "법령에서 정한 연장 사유가 아니므로 연장할 수 없습니다.".into(),
            Unfit::StretchReversed { ground } => {
                format!("산입하지 않는 기간({})의 끝이 시작보다 빠릅니다.", ground.korean())
            }
            Unfit::GroundNotYet { ground, since } => {
                format!("{} 사유는 {since}부터 시행되어 적용할 수 없습니다.", ground.korean())
            }
            Unfit::GroundNotHere { ground } => {
                format!("{} 사유는 이 민원의 처리기간 계산에 적용되지 않습니다.", ground.korean())
            }
            Unfit::NotACondition => {
                "신원조회의 완결이 처리의 조건인 경우에만 그 기간을 산입하지 않습니다.".into()
            }
            Unfit::InvestigationTwice => "현장조사는 한 차례만 하고, 한 차례만 연장할 수 있습니다.".into(),
            Unfit::InvestigationApart => "현장조사 연장은 처음 조사가 끝난 다음 날부터 이어져야 합니다.".into(),
            Unfit::UnitNotHere => "이 기간은 일 단위로만 계산합니다.".into(),
            Unfit::PreliminaryTooLong { most } => {
                format!("사전심사의 처리기간은 {}을(를) 넘을 수 없습니다.", most.korean())
            }
        }
    }
}
