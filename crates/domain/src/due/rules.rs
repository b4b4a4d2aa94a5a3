//! 적용 법령 — which text of the law a petition lives under, picked by its day of reception (대통령령 제36296호 부칙 제2조~제4조)

use super::{Clause, Clock, Period, Unfit};
use crate::terms::coded;
use jiff::civil::{Date, date};

/// One version of the rules of the clock.
#[derive(Debug, PartialEq, Eq)]
pub struct Rules {
    /// Receptions from this day on live under it; the oldest serves all earlier ones too.
    pub effective_from: Date,
    /// The promulgation, for the trace.
    pub text: &'static str,
    /// On what an extension may rest.
    pub extension: ExtensionLaw,
    /// Working hours from arrival to reception of an electronic petition; `None` before 2023.
    pub reception_hours: Option<u32>,
}

/// 연장 사유의 법문.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExtensionLaw {
    /// "부득이한 사유".
    Unavoidable,
    /// The four grounds of 영 제21조제1항, without those of 제2항.
    Listed,
}

coded! {
    /// 연장 사유 — on what an extension rests.
    Cause {
        /// 관계 기관·부서의 협조.
        Cooperation = "cooperation",
        /// 사실관계·현장 확인.
        FactFinding = "fact_finding",
        /// 천재지변·불가항력.
        ForceMajeure = "force_majeure",
        /// 이에 준하는 사유.
        Comparable = "comparable",
        /// 부득이한 사유: receptions before 2026-05-06 only.
        Unavoidable = "unavoidable",
        /// 단순 업무과중: forbidden for receptions since 2026-05-06.
        Workload = "workload",
        /// 담당자 지정 지연: forbidden likewise.
        LateDesignation = "late_designation",
        /// 담당자 부재: forbidden likewise.
        Absence = "absence",
    }
}

impl Cause {
    /// Its name in Korean.
    pub const fn korean(self) -> &'static str {
        match self {
            Cause::Cooperation => "관계 기관·부서의 협조",
            Cause::FactFinding => "사실관계·현장 확인",
            Cause::ForceMajeure => "천재지변 등 불가항력",
            Cause::Comparable => "그 밖에 이에 준하는 사유",
            Cause::Unavoidable => "부득이한 사유",
            Cause::Workload => "업무 과중",
            Cause::LateDesignation => "담당자 지정 지연",
            Cause::Absence => "담당자 부재",
        }
    }

    /// Its name in English.
    pub const fn english(self) -> &'static str {
        match self {
            Cause::Cooperation => "cooperation of other agencies or departments",
            Cause::FactFinding => "finding of facts, a look on the spot",
            Cause::ForceMajeure => "natural disaster or other force majeure",
            Cause::Comparable => "a comparable reason",
            Cause::Unavoidable => "an unavoidable reason",
            Cause::Workload => "too much work",
            Cause::LateDesignation => "a handler named late",
            Cause::Absence => "an absent handler",
        }
    }
}

static VERSIONS: [Rules; 4] = [
    Rules {
        effective_from: date(2017, 7, 26),
        text: "법률 제14839호, 대통령령 제28211호",
        extension: ExtensionLaw::Unavoidable,
        reception_hours: None,
    },
    Rules {
        effective_from: date(2022, 7, 12),
        text: "법률 제18748호, 대통령령 제32789호",
        extension: ExtensionLaw::Unavoidable,
        reception_hours: None,
    },
    Rules {
        effective_from: date(2023, 1, 1),
        text: "법률 제18748호, 대통령령 제32789호(2023년 시행분)",
        extension: ExtensionLaw::Unavoidable,
        reception_hours: Some(8),
    },
    Rules {
        effective_from: date(2026, 5, 6),
        text: "법률 제18748호, 대통령령 제36296호",
        extension: ExtensionLaw::Listed,
        reception_hours: Some(8),
    },
];

impl Rules {
    /// The version under which a petition received on that day lives. Earlier receptions get the oldest text (in force on
    /// 2018-07-17); `earlier` tells.
    pub fn for_reception(day: Date) -> &'static Rules {
        VERSIONS
            .iter()
            .rev()
            .find(|rules| rules.effective_from <= day)
            .unwrap_or(&VERSIONS[0])
    }

    /// Whether this text was not yet in force on that day and serves only because no older one is held.
    pub fn earlier(&self, day: Date) -> bool {
        day < self.effective_from
    }

    /// Whether an extension may rest on this.
    pub fn extension_cause(&self, cause: Cause) -> Result<(), Unfit> {
        match (self.extension, cause) {
            (ExtensionLaw::Unavoidable, _) => Ok(()),
            (
                ExtensionLaw::Listed,
                Cause::Cooperation | Cause::FactFinding | Cause::ForceMajeure | Cause::Comparable,
            ) => Ok(()),
            (
                ExtensionLaw::Listed,
                Cause::Unavoidable | Cause::Workload | Cause::LateDesignation | Cause::Absence,
            ) => Err(Unfit::CauseForbidden { cause }),
        }
    }
}

coded! {
    /// 처리기간이 법령에 정해진 민원 — what has a period by the decree itself.
    Term {
        /// 법령에 관한 질의민원.
        InquiryOnLaw = "inquiry_on_law",
        /// 그 밖의 질의민원.
        Inquiry = "inquiry",
        /// 건의민원.
        Suggestion = "suggestion",
        /// 기타민원, unless the agency sets another (영 제16조제3항).
        Other = "other",
        /// 고충민원.
        Grievance = "grievance",
        /// 정보공개 청구.
        Disclosure = "disclosure",
        /// 정보공개 이의신청.
        DisclosureObjection = "disclosure_objection",
    }
}

/// The period, the clock and the clause of each term set by the decree; statutory petitions have theirs in the catalogue.
pub const fn period_of_kind(term: Term) -> (Period, Clock, Clause) {
    match term {
        Term::InquiryOnLaw => (Period::Days(14), Clock::Petition, Clause::Decree14),
        Term::Inquiry => (Period::Days(7), Clock::Petition, Clause::Decree14),
        Term::Suggestion => (Period::Days(14), Clock::Petition, Clause::Decree15),
        Term::Other => (Period::Immediately, Clock::Petition, Clause::Decree16P1),
        Term::Grievance => (Period::Days(7), Clock::Grievance, Clause::Decree17P1),
        Term::Disclosure => (Period::Days(10), Clock::Disclosure, Clause::Disclosure11),
        Term::DisclosureObjection => (Period::Days(7), Clock::Disclosure, Clause::Disclosure18),
    }
}

/// 사전심사의 처리기간 — what the agency sets, or the most it may: the petition's own period when that is below thirty days,
/// else thirty days (영 제34조제2항).
pub fn preliminary_period(service: Period, chosen: Option<Period>) -> Result<Period, Unfit> {
    let most = if nominal_hours(service) < 30 * 8 {
        service
    } else {
        Period::Days(30)
    };
    match chosen {
        None => Ok(most),
        Some(chosen) if nominal_hours(chosen) <= nominal_hours(most) => Ok(chosen),
        Some(_) => Err(Unfit::PreliminaryTooLong { most }),
    }
}

/// A length for comparing periods of different units only: a day as eight hours, a month as thirty days.
const fn nominal_hours(period: Period) -> u64 {
    let n = period.number() as u64;
    match period {
        Period::Immediately | Period::Hours(_) => n,
        Period::Days(_) => n * 8,
        Period::Weeks(_) => n * 7 * 8,
        Period::Months(_) => n * 30 * 8,
        Period::Years(_) => n * 365 * 8,
    }
}

/// 증명서 대량 신청의 연장 — a day more for each further twenty copies begun after the first twenty (영 제12조제5항).
pub const fn days_for_copies(copies: u32) -> u32 {
    copies.saturating_sub(1) / 20
}
