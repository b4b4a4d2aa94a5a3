//! 고르는 값 — the Korean words for the codes of the handbook, as sheets write and read them (TERMS).

use super::part::Part;

/// Codes with their Korean words.
pub type Choices = &'static [(&'static str, &'static str)];

/// 예·아니오.
pub const YES_NO: Choices = &[("yes", "예"), ("no", "아니오")];
/// 확인·확인 필요.
pub const SURETY: Choices = &[("sure", "확인"), ("unsure", "확인 필요")];
/// 구비서류를 누가.
pub const SUPPLY: Choices = &[
    ("petitioner", "제출"),
    ("shown", "제시"),
    ("own_records", "자체 확인"),
    ("shared", "공동이용"),
    ("issuer", "발급기관 확인"),
];
/// 처리 단계.
pub const STEP: Choices = &[
    ("whole", "전체"),
    ("receive", "접수"),
    ("review", "서류 검토"),
    ("supplement", "보완"),
    ("consult", "협의·조회"),
    ("inspect", "현장 확인"),
    ("decide", "기안·결재"),
    ("hand_out", "통지·교부"),
];
/// 편람 항목.
pub const ASPECT: Choices = &[("procedure", "절차"), ("method", "방법"), ("caution", "유의사항")];

const KIND: Choices = &[
    ("statutory", "법정민원"),
    ("inquiry", "질의민원"),
    ("suggestion", "건의민원"),
    ("other", "기타민원"),
    ("grievance", "고충민원"),
    ("disclosure", "정보공개"),
];
const LEVEL: Choices = &[
    ("city", "시"),
    ("city_and_district", "시·자치구"),
    ("district", "자치구"),
    ("other_agency", "다른 기관"),
    ("fire_station", "소방서"),
];
const APPROVER: Choices = &[
    ("handler", "담당자"),
    ("team_lead", "팀장"),
    ("department_head", "과장·담당관"),
    ("bureau_head", "국장·본부장"),
    ("deputy_mayor", "부시장"),
    ("mayor", "시장"),
];
const DEEMED: Choices = &[
    ("none", "없음"),
    ("accepted", "수리 간주"),
    ("granted", "허가 간주"),
];
const IDENTITY_CHECK: Choices = &[
    ("none", "하지 않음"),
    ("alongside", "기간에 산입"),
    ("condition", "처리 조건(불산입)"),
];

/// Whoever files on the pages has always shown a contact, so that less than that cannot be chosen.
const ASSURANCE: Choices = &[("contact", "연락처 확인"), ("verified", "본인확인")];

/// What a part may be, where it is one of few.
pub const fn of(part: Part) -> Option<Choices> {
    match part {
        Part::Kind => Some(KIND),
        Part::Level => Some(LEVEL),
        Part::Approver => Some(APPROVER),
        Part::Deemed => Some(DEEMED),
        Part::IdentityCheck => Some(IDENTITY_CHECK),
        Part::Assurance => Some(ASSURANCE),
        Part::OneStop
        | Part::Oral
        | Part::PreliminaryReview
        | Part::Immediate
        | Part::Compound
        | Part::VisitOnly
        | Part::Online => Some(YES_NO),
        Part::Code
        | Part::Name
        | Part::NameEn
        | Part::Family
        | Part::Group
        | Part::Procedure
        | Part::Period
        | Part::Basis
        | Part::Forms
        | Part::Sheets
        | Part::Documents
        | Part::Checks
        | Part::Fee
        | Part::Waivers
        | Part::LicenceTax
        | Part::Department
        | Part::Unit
        | Part::Supporting
        | Part::Via
        | Part::Steps
        | Part::Criteria
        | Part::DeemedBasis
        | Part::Alone
        | Part::Words
        | Part::Manual
        | Part::Example
        | Part::Refusals
        | Part::Notices
        | Part::Note
        | Part::ValidFrom => None,
    }
}

/// The code a cell means: the code itself or its Korean word, however it is spaced.
pub fn code_of(choices: Choices, text: &str) -> Option<&'static str> {
    let tight = |text: &str| text.split_whitespace().collect::<String>().to_lowercase();
    let wanted = tight(text);
    choices
        .iter()
        .find(|(code, korean)| tight(code) == wanted || tight(korean) == wanted)
        .map(|(code, _)| *code)
}

/// The Korean word of a code; the code itself where there is none.
pub fn korean_of(choices: Choices, code: &'static str) -> &'static str {
    choices
        .iter()
        .find(|(known, _)| *known == code)
        .map_or(code, |(_, korean)| korean)
}
