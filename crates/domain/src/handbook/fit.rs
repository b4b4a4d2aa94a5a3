//! 게재 심사 — what stands against publishing a row of the handbook, each with its clause (법 제10조, 제17조, 제30조).
//!
//! Needless papers above all: a certificate of the seal or a copy of an identity card is not asked for without a law that
//! says so (FEATURES A8), and what the office can see for itself is not asked for at all.

use super::part::Part;
use super::{Deemed, Online, Service, Supply, Surety};
use crate::due::Period;
use crate::search::fold;
use crate::terms::{Code, Kind, coded};
use std::collections::BTreeSet;

coded! {
    /// Why a row cannot be published as it is, or deserves a look.
    Why {
        /// 인감증명서나 신분증 사본을 근거 없이 요구함.
        NeedlessDocument = "needless_document",
        /// 복합민원은 법정민원이어야 함.
        CompoundNotStatutory = "compound_not_statutory",
        /// 사전심사는 법정민원에만 있음.
        ReviewNotStatutory = "review_not_statutory",
        /// 온라인으로 받는 법정민원에 확인된 처리기간이 없음.
        PeriodUnsure = "period_unsure",
        /// 법이 정한 처리기간보다 김.
        PeriodBeyondLaw = "period_beyond_law",
        /// 즉시민원의 처리기간이 즉시가 아님.
        NotImmediate = "not_immediate",
        /// 간주의 근거 조문이 없음.
        DeemedWithoutArticle = "deemed_without_article",
        /// 그런 처리절차가 없음.
        UnknownProcedure = "unknown_procedure",
        /// 그런 분류가 없음.
        UnknownGroup = "unknown_group",
        /// 시행일이 지난 날임.
        BeginsInPast = "begins_in_past",
        /// 그 사이 다른 사람이 새 판을 냄.
        Overtaken = "overtaken",
        /// 바뀐 것이 없음.
        Unchanged = "unchanged",
        /// 이미 폐지됨.
        ClosedAlready = "closed_already",
        /// (참고) 아직 시행되지 않은 판을 대신하게 됨.
        OvertakesPlanned = "overtakes_planned",
        /// (참고) 공동이용으로 확인할 수 있을 만한 서류.
        CouldBeLookedUp = "could_be_looked_up",
        /// (참고) 근거법령이 비어 있는 법정민원.
        BasisMissing = "basis_missing",
    }
}

impl Why {
    /// Whether it only deserves a look.
    pub const fn is_warning(self) -> bool {
        matches!(
            self,
            Why::OvertakesPlanned | Why::CouldBeLookedUp | Why::BasisMissing
        )
    }

    /// The clause behind it; empty where the house, not the law, draws the line.
    pub const fn clause(self) -> &'static str {
        match self {
            Why::NeedlessDocument => "민원 처리에 관한 법률 제10조제1항·제3항",
            Why::CouldBeLookedUp => "민원 처리에 관한 법률 제10조제3항",
            Why::CompoundNotStatutory => "민원 처리에 관한 법률 제2조제5호",
            Why::ReviewNotStatutory => "민원 처리에 관한 법률 제30조제1항",
            Why::PeriodUnsure => "민원 처리에 관한 법률 제17조제1항",
            Why::PeriodBeyondLaw => "민원 처리에 관한 법률 시행령 제14조·제15조·제17조",
            Why::NotImmediate => "민원 처리에 관한 법률 시행령 제19조",
            Why::BasisMissing => "민원 처리에 관한 법률 제2조제1호",
            Why::DeemedWithoutArticle
            | Why::UnknownProcedure
            | Why::UnknownGroup
            | Why::BeginsInPast
            | Why::Overtaken
            | Why::Unchanged
            | Why::ClosedAlready
            | Why::OvertakesPlanned => "",
        }
    }
}

/// One thing that stands against a row, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfit {
    /// Which part.
    pub part: Part,
    /// Why.
    pub why: Why,
    /// Of which document it speaks; empty for none.
    pub item: String,
}

impl Unfit {
    /// Of a whole part.
    pub fn of(part: Part, why: Why) -> Unfit {
        Unfit {
            part,
            why,
            item: String::new(),
        }
    }
}

/// What the office knows besides the handbook.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Procedures there are.
    pub procedures: BTreeSet<Code>,
    /// Groups there are.
    pub groups: BTreeSet<String>,
}

/// Papers that may not be asked for without a law that says so.
const NEEDLESS: &[&str] = &[
    "인감증명",
    "신분증사본",
    "주민등록증사본",
    "운전면허증사본",
    "여권사본",
    "신분증앞뒤",
];

/// Papers that offices commonly see for themselves by 행정정보 공동이용.
const SHAREABLE: &[&str] = &[
    "주민등록표",
    "주민등록등본",
    "주민등록초본",
    "주민등록등초본",
    "사업자등록증",
    "사업자등록증명",
    "법인등기부",
    "법인등기사항",
    "등기사항증명서",
    "등기부등본",
    "건축물대장",
    "토지대장",
    "임야대장",
    "지적도",
    "토지이용계획",
    "자동차등록원부",
    "자동차등록증",
    "건설기계등록원부",
    "장애인증명",
    "수급자증명",
    "납세증명",
    "출입국사실증명",
    "출입국에관한사실증명",
    "외국인등록사실증명",
    "병적증명",
];

/// Everything that stands against publishing, and what deserves a look, in the order of the parts.
pub fn faults(s: &Service, known: &Known) -> Vec<Unfit> {
    let mut all = Vec::new();
    let statutory = s.kind == Kind::Statutory;
    if !known.groups.contains(&s.group) {
        all.push(Unfit::of(Part::Group, Why::UnknownGroup));
    }
    if !known.procedures.contains(&s.procedure) {
        all.push(Unfit::of(Part::Procedure, Why::UnknownProcedure));
    }
    if statutory && s.online == Online::Yes && s.sure_period().is_none() {
        all.push(Unfit::of(Part::Period, Why::PeriodUnsure));
    }
    if s.period
        .as_ref()
        .is_some_and(|fact| beyond_law(s.kind, fact.value))
    {
        all.push(Unfit::of(Part::Period, Why::PeriodBeyondLaw));
    }
    if s.immediate
        && s.period
            .as_ref()
            .is_some_and(|fact| fact.value != Period::Immediately)
    {
        all.push(Unfit::of(Part::Period, Why::NotImmediate));
    }
    if statutory && s.basis.as_ref().is_none_or(|fact| fact.value.is_empty()) {
        all.push(Unfit::of(Part::Basis, Why::BasisMissing));
    }
    for document in s.documents.iter().flat_map(|fact| &fact.value) {
        let item = || document.name.clone();
        let tight: String = fold(&document.name).split_whitespace().collect();
        let named = |list: &[&str]| list.iter().any(|name| tight.contains(name));
        // What is shown and given back, or what the office sees for itself, is no demand for a paper.
        if document.supply != Supply::Petitioner {
            continue;
        }
        if document.basis.is_empty() && named(NEEDLESS) {
            let (part, why) = (Part::Documents, Why::NeedlessDocument);
            all.push(Unfit {
                part,
                why,
                item: item(),
            });
        } else if named(SHAREABLE) {
            let (part, why) = (Part::Documents, Why::CouldBeLookedUp);
            all.push(Unfit {
                part,
                why,
                item: item(),
            });
        }
    }
    let deemed = s.deemed.as_ref().is_some_and(|fact| fact.value != Deemed::None);
    if deemed && s.deemed_basis.is_empty() {
        all.push(Unfit::of(Part::DeemedBasis, Why::DeemedWithoutArticle));
    }
    if s.preliminary_review && !statutory {
        all.push(Unfit::of(Part::PreliminaryReview, Why::ReviewNotStatutory));
    }
    if s.compound && !statutory {
        all.push(Unfit::of(Part::Compound, Why::CompoundNotStatutory));
    }
    all
}

/// Whether a period is longer than the one set for the kind: 14 days for inquiries (영14, the longer of the two) and
/// suggestions (영15), 60 for grievances (the ombudsman's, 부패방지권익위법 시행령 제42조; 7 elsewhere, 영17①). The law leaves
/// statutory ones to their own laws, and lets an agency set others' (영16③).
fn beyond_law(kind: Kind, period: Period) -> bool {
    let most = match kind {
        Kind::Inquiry | Kind::Suggestion => 14,
        Kind::Grievance => 60,
        Kind::Statutory | Kind::Other | Kind::Disclosure => return false,
    };
    match period {
        Period::Immediately => false,
        Period::Hours(n) => n > most * 8,
        Period::Days(n) => n > most,
        Period::Weeks(n) => n * 7 > most,
        Period::Months(_) | Period::Years(_) => true,
    }
}

/// Whether anything of a row is still 확인 필요.
pub fn is_unsure(s: &Service, units: &super::part::Units) -> bool {
    Part::ALL
        .iter()
        .any(|part| part.cell(s, units).surety == Some(Surety::Unsure))
}
