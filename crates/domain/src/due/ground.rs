//! 처리기간에 산입하지 않는 기간 — every ground on which the clock stands still (영 제20조, 행정절차법 시행령 제11조, 같은 법 시행규칙 제6조)

use super::{Clause, Clock, OtherEnds, Reading, Rules, Unfit};
use crate::terms::coded;
use crate::text::plain;
use jiff::civil::{Date, Time, date};
use serde::{Deserialize, Serialize};

coded! {
    /// A ground. Those of 행정절차법 시행규칙 제6조 (선행사무) hold only where what is waited for is a condition of handling.
    Ground {
        /// 보완: from the day it is sent to the day it arrives, both included.
        Supplement = "supplement",
        /// 문서의 이송 between agencies far apart.
        Transfer = "transfer",
        /// 대표자 선정.
        Representatives = "representatives",
        /// 의견청취.
        Hearing = "hearing",
        /// 실험·검사·감정, 전문적인 기술검토.
        Examination = "examination",
        /// 국회·지방의회의 동의.
        Assembly = "assembly",
        /// 국가안보·외교상 선행조치.
        Security = "security",
        /// 정부의 예산사정.
        Budget = "budget",
        /// 외국기관·재외공관 조회.
        Abroad = "abroad",
        /// 탈세조사·가격조사·수요조사·원가계산·경영분석·감정·기업진단.
        Inquest = "inquest",
        /// 시험.
        Test = "test",
        /// 신원조회: use `Ground::identity_check`, which asks whether it is a condition.
        IdentityCheck = "identity_check",
        /// 신체검사.
        Medical = "medical",
        /// 신청인의 귀책사유.
        PetitionerFault = "petitioner_fault",
        /// 고충민원의 현장조사: 14 days at most, beyond which time counts again.
        FieldInvestigation = "field_investigation",
        /// 현장조사의 연장: once, 7 days at most, joined to the first.
        FieldInvestigationMore = "field_investigation_more",
        /// 공동이용·전자적 확인에 걸리는 기간.
        SharedInformation = "shared_information",
        /// 통합접수 민원의 선행 민원.
        PriorPetition = "prior_petition",
        /// 정보시스템의 장애.
        Outage = "outage",
    }
}

/// 신원조회의 성격 — what an identity check means for the petition at hand; a property of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bearing {
    /// The petition cannot be handled without its result (시행규칙 제6조).
    Condition,
    /// It is only looked at.
    Reference,
}

impl Ground {
    /// 신원조회 as a ground, which it is only as a condition of handling.
    pub const fn identity_check(bearing: Bearing) -> Result<Ground, Unfit> {
        match bearing {
            Bearing::Condition => Ok(Ground::IdentityCheck),
            Bearing::Reference => Err(Unfit::NotACondition),
        }
    }

    /// The clause it rests on.
    pub const fn clause(self) -> Clause {
        match self {
            Ground::Supplement => Clause::Procedure11I1,
            Ground::Transfer => Clause::Procedure11I2,
            Ground::Representatives => Clause::Procedure11I3,
            Ground::Hearing => Clause::Procedure11I4,
            Ground::Examination => Clause::Procedure11I5,
            Ground::Assembly => Clause::ProcedureRule6I1,
            Ground::Security => Clause::ProcedureRule6I2,
            Ground::Budget => Clause::ProcedureRule6I3,
            Ground::Abroad => Clause::ProcedureRule6I4,
            Ground::Inquest => Clause::ProcedureRule6I5,
            Ground::Test | Ground::IdentityCheck | Ground::Medical => Clause::ProcedureRule6I6,
            Ground::PetitionerFault => Clause::ProcedureRule6I7,
            Ground::FieldInvestigation | Ground::FieldInvestigationMore => Clause::Decree17P5,
            Ground::SharedInformation => Clause::Decree7x2P3,
            Ground::PriorPetition => Clause::Decree12P9,
            Ground::Outage => Clause::Decree20I2,
        }
    }

    /// Since when it is in force, and what must not lie before that day; `None` for what is older than our oldest texts.
    pub const fn since(self) -> Option<(Date, Picked)> {
        match self {
            Ground::SharedInformation => Some((date(2022, 7, 12), Picked::ByReception)),
            Ground::Outage => Some((date(2026, 5, 6), Picked::ByStretch)),
            Ground::Supplement
            | Ground::Transfer
            | Ground::Representatives
            | Ground::Hearing
            | Ground::Examination
            | Ground::Assembly
            | Ground::Security
            | Ground::Budget
            | Ground::Abroad
            | Ground::Inquest
            | Ground::Test
            | Ground::IdentityCheck
            | Ground::Medical
            | Ground::PetitionerFault
            | Ground::FieldInvestigation
            | Ground::FieldInvestigationMore
            | Ground::PriorPetition => None,
        }
    }

    /// Whether the first day of a stretch is taken out of the period. The decree says so for the supplement only; for the
    /// others it is the agency's reading. The last day always is.
    pub const fn takes_first_day(self, reading: &Reading) -> bool {
        matches!(
            (self, reading.other_ends),
            (Ground::Supplement, _) | (_, OtherEnds::BothUncounted)
        )
    }

    /// Its name in Korean.
    pub const fn korean(self) -> &'static str {
        match self {
            Ground::Supplement => "보완",
            Ground::Transfer => "문서 이송",
            Ground::Representatives => "대표자 선정",
            Ground::Hearing => "의견청취",
            Ground::Examination => "실험·검사·감정·전문기술검토",
            Ground::Assembly => "국회·지방의회 심의",
            Ground::Security => "국가안보·외교상 선행조치",
            Ground::Budget => "정부 예산사정",
            Ground::Abroad => "외국기관·재외공관 조회",
            Ground::Inquest => "탈세·가격·수요 조사 등 선행조사",
            Ground::Test => "시험",
            Ground::IdentityCheck => "신원조회",
            Ground::Medical => "신체검사",
            Ground::PetitionerFault => "신청인 귀책사유",
            Ground::FieldInvestigation => "현장조사",
            Ground::FieldInvestigationMore => "현장조사 연장",
            Ground::SharedInformation => "구비서류 전자적 확인",
            Ground::PriorPetition => "선행 민원 처리",
            Ground::Outage => "정보시스템 장애",
        }
    }

    /// Its name in English.
    pub const fn english(self) -> &'static str {
        match self {
            Ground::Supplement => "supplement",
            Ground::Transfer => "transfer of documents",
            Ground::Representatives => "choice of representatives",
            Ground::Hearing => "hearing of opinions",
            Ground::Examination => "test, inspection, appraisal or expert review",
            Ground::Assembly => "deliberation of the National Assembly or a council",
            Ground::Security => "prior measures of security or diplomacy",
            Ground::Budget => "state of the government's budget",
            Ground::Abroad => "inquiry abroad",
            Ground::Inquest => "prior inquest (tax, prices, demand, costs, business)",
            Ground::Test => "test",
            Ground::IdentityCheck => "identity check",
            Ground::Medical => "medical examination",
            Ground::PetitionerFault => "delay by the petitioner",
            Ground::FieldInvestigation => "investigation on the spot",
            Ground::FieldInvestigationMore => "prolonged investigation on the spot",
            Ground::SharedInformation => "electronic check of documents",
            Ground::PriorPetition => "prior petition",
            Ground::Outage => "outage of an information system",
        }
    }
}

/// Which date picks the version of a ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picked {
    /// 접수일.
    ByReception,
    /// The first day of the stretch itself, as 대통령령 제36296호 부칙 제3조 has it for outages.
    ByStretch,
}

/// 산입하지 않는 기간 하나 — one uncounted stretch. Dates are Korean calendar days, ends included. Stretches may overlap: a day
/// is taken out once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stretch {
    /// Why the clock stands still.
    pub ground: Ground,
    /// The first day: 보완 요구를 발송한 날.
    pub from: Date,
    /// The last day: 보완되어 도달한 날; `None` while it lasts.
    pub to: Option<Date>,
    /// The clock time on the first day; used only in hour units under `SupplementHours::ExactInstants`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_time: Option<Time>,
    /// The clock time on the last day; used like `from_time`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_time: Option<Time>,
}

plain!(Stretch);

impl Stretch {
    /// A stretch of whole days.
    pub const fn new(ground: Ground, from: Date, to: Date) -> Stretch {
        Stretch {
            ground,
            from,
            to: Some(to),
            from_time: None,
            to_time: None,
        }
    }

    /// A stretch that still lasts.
    pub const fn open(ground: Ground, from: Date) -> Stretch {
        Stretch {
            ground,
            from,
            to: None,
            from_time: None,
            to_time: None,
        }
    }

    /// Whether this stretch may stand beside the others in a petition received on `received`.
    pub(super) fn check(&self, clock: Clock, received: Date, all: &[Stretch]) -> Result<(), Unfit> {
        let ground = self.ground;
        if self.to.is_some_and(|to| to < self.from) {
            return Err(Unfit::StretchReversed { ground });
        }
        match clock {
            Clock::Disclosure => return Err(Unfit::GroundNotHere { ground }),
            Clock::Petition | Clock::Preliminary { .. } | Clock::Grievance => {}
        }
        if let Some((since, picked)) = ground.since() {
            let day = match picked {
                Picked::ByReception => Rules::for_reception(received).effective_from,
                Picked::ByStretch => self.from,
            };
            if day < since {
                return Err(Unfit::GroundNotYet { ground, since });
            }
        }
        if matches!(
            ground,
            Ground::FieldInvestigation | Ground::FieldInvestigationMore
        ) {
            if clock != Clock::Grievance {
                return Err(Unfit::GroundNotHere { ground });
            }
            let of = |ground| all.iter().filter(move |other| other.ground == ground);
            if of(ground).count() > 1 {
                return Err(Unfit::InvestigationTwice);
            }
            let joined = of(Ground::FieldInvestigation)
                .any(|first| first.to.and_then(|to| to.tomorrow().ok()) == Some(self.from));
            if ground == Ground::FieldInvestigationMore && !joined {
                return Err(Unfit::InvestigationApart);
            }
        }
        Ok(())
    }

    /// Days after `from` that are taken out at most, where the law sets a cap: fourteen with the first day not reckoned
    /// (민법 제157조), and seven joined to them.
    pub(super) const fn cap(&self) -> Option<i32> {
        match self.ground {
            Ground::FieldInvestigation => Some(14),
            Ground::FieldInvestigationMore => Some(6),
            _ => None,
        }
    }
}
