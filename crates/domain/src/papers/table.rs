//! 서식 목록 — the table itself: forms 1 to 3 and 5 to 12 of the rule, and the papers for which no form is prescribed.

use super::{Field, Form, Part, Sheet};

/// Every paper, those of the rule first and in its order.
pub const FORMS: &[&Form] = &[
    &REGISTER,
    &RECEIPT,
    &AUTHORIZATION,
    &EXTENSION,
    &PROGRESS,
    &REMINDER,
    &PRELIMINARY_REQUEST,
    &PRELIMINARY_RESULT,
    &PRELIMINARY_REGISTER,
    &OBJECTION,
    &OBJECTION_REGISTER,
    &FILING,
    &RESULT,
    &SUPPLEMENT,
    &ADVANCE_NOTICE,
    &DISPATCH_REGISTER,
    &DESTRUCTION_REGISTER,
    &DISPOSAL_LIST,
];

const fn field(part: Part, ko: &'static str, en: &'static str, basis: &'static str) -> Field {
    Field { ko, en, basis, part }
}

const fn row(ko: &'static str, en: &'static str, basis: &'static str) -> Field {
    field(Part::Row, ko, en, basis)
}

const fn item(ko: &'static str, en: &'static str, basis: &'static str) -> Field {
    field(Part::Item, ko, en, basis)
}

const fn column(width: u8, ko: &'static str, en: &'static str, basis: &'static str) -> Field {
    field(Part::Column(width), ko, en, basis)
}

/// 담당자의 소속·성명·연락처, in the foot of every letter about a petition (영 제31조).
const OFFICER: Field = field(
    Part::Letter,
    "담당자",
    "Official in charge",
    "영 제31조(소속·성명·연락처)",
);

/// 민원 처리부.
pub static REGISTER: Form = Form {
    code: "register",
    annex: Some(1),
    title: ["민원 처리부", "Register of petitions"],
    basis: "영 제6조제2항, 규칙 제3조제1항",
    sheet: Sheet::Register,
    fields: &[
        column(13, "접수번호", "Number", "영 제6조제2항(접수 순서)"),
        column(16, "접수일시", "Received", "영 제6조제2항, 법 제19조"),
        column(30, "민원명", "Petition", "영 제6조제2항"),
        column(13, "민원인", "Petitioner", "영 제6조제2항"),
        column(17, "처리주무부서", "Department", "영 제13조제1항"),
        column(9, "처리기간", "Period", "법 제17조, 영 제14조~제17조"),
        column(16, "처리기한", "Due", "법 제19조, 영 제21조"),
        column(13, "처리 결과", "Outcome", "법 제27조제1항"),
        column(16, "처리 완료", "Completed", "법 제27조제1항"),
        column(16, "결과 통지", "Notified", "영 제29조제1항"),
    ],
};

/// 접수증.
pub static RECEIPT: Form = Form {
    code: "receipt",
    annex: Some(2),
    title: ["접수증", "Receipt"],
    basis: "법 제9조제2항, 영 제6조제2항~제4항, 규칙 제3조제2항·제3항",
    sheet: Sheet::Page,
    fields: &[
        row("접수번호", "Reception number", "영 제6조제2항"),
        row("신청번호", "Filing number", "영 제6조제8항"),
        row("민원명", "Petition", "법 제9조제2항"),
        row("신청인", "Applicant", "법 제9조제2항, 규칙 제3조제3항(대표자)"),
        row("접수일시", "Received", "법 제19조"),
        row("처리기간", "Handling period", "법 제17조, 영 제14조~제17조"),
        row("처리기한", "Due", "법 제19조"),
        row("처리주무부서", "Department in charge", "영 제6조제1항"),
        row("담당자", "Official in charge", "영 제31조"),
        field(
            Part::Guidance,
            "구비서류",
            "Required documents",
            "영 제6조제4항(구비서류의 완비 여부)",
        ),
        field(
            Part::Guidance,
            "처리 기준과 절차",
            "Standards and procedure",
            "영 제6조제4항",
        ),
        field(
            Part::Guidance,
            "예상 처리소요기간",
            "Expected time",
            "영 제6조제4항",
        ),
        field(
            Part::Guidance,
            "현장확인·조사 예정시기",
            "Visit or inspection",
            "영 제6조제4항",
        ),
    ],
};

/// 위임장.
pub static AUTHORIZATION: Form = Form {
    code: "authorization",
    annex: Some(3),
    title: ["위임장", "Power of attorney"],
    basis: "영 제6조제6항, 규칙 제4조",
    sheet: Sheet::Page,
    fields: &[
        row("민원명", "Petition", "영 제6조제6항"),
        row("위임하는 사람: 성명", "Principal: name", "규칙 제4조"),
        row("위임하는 사람: 주소", "Principal: address", "규칙 제4조"),
        row("위임하는 사람: 연락처", "Principal: contact", "규칙 제4조"),
        row("위임받는 사람: 성명", "Agent: name", "규칙 제4조(신원 확인)"),
        row("위임받는 사람: 주소", "Agent: address", "규칙 제4조(신원 확인)"),
        row("위임받는 사람: 연락처", "Agent: contact", "규칙 제4조(신원 확인)"),
        row(
            "위임하는 사람과의 관계",
            "Relation to the principal",
            "규칙 제4조",
        ),
        field(Part::Box(36), "위임 내용", "What is entrusted", "영 제6조제6항"),
        field(
            Part::Guidance,
            "신원 확인",
            "Proof of identity",
            "규칙 제4조(신분증명서)",
        ),
    ],
};

/// 민원 처리기간(이의신청 결정기간) 연장 통지서.
pub static EXTENSION: Form = Form {
    code: "extension_notice",
    annex: Some(5),
    title: [
        "민원 처리기간(이의신청 결정기간) 연장 통지",
        "Extension of the handling period (of the decision on an objection)",
    ],
    basis: "영 제21조제3항, 제40조제3항, 규칙 제6조제1항",
    sheet: Sheet::Letter,
    fields: &[
        item("민원명", "Petition", "영 제21조제3항"),
        item("접수번호", "Reception number", "영 제21조제3항"),
        item("접수일시", "Received", "법 제19조"),
        item("당초 처리기한", "Due before", "영 제21조제1항"),
        item("연장 사유", "Reason", "영 제21조제3항, 제40조제3항"),
        item(
            "처리완료 예정일",
            "To be completed by",
            "영 제21조제3항, 제40조제3항(기간)",
        ),
        OFFICER,
    ],
};

/// 민원처리진행상황 통지서.
pub static PROGRESS: Form = Form {
    code: "progress_notice",
    annex: Some(6),
    title: ["민원처리진행상황 통지", "How your petition stands"],
    basis: "영 제23조제1항·제2항, 규칙 제6조제2항",
    sheet: Sheet::Letter,
    fields: &[
        item("민원명", "Petition", "영 제23조제1항"),
        item("접수번호", "Reception number", "영 제23조제1항"),
        item("접수일시", "Received", "영 제23조제1항(접수된 날부터 30일)"),
        item("처리진행상황", "How it stands", "영 제23조제1항"),
        item("처리완료 예정일", "To be completed by", "영 제23조제1항"),
        OFFICER,
    ],
};

/// 민원 처리 독촉장.
pub static REMINDER: Form = Form {
    code: "reminder",
    annex: Some(7),
    title: ["민원 처리 독촉장", "Reminder of an overdue petition"],
    basis: "영 제28조제2항, 규칙 제10조",
    sheet: Sheet::Page,
    fields: &[
        row("독촉 번호", "Number", "규칙 제10조"),
        row("받는 사람", "To", "영 제28조제2항(처리주무부서의 장)"),
        row("민원명", "Petition", "영 제28조제2항"),
        row("접수번호", "Reception number", "영 제28조제2항"),
        row("접수일시", "Received", "법 제19조"),
        row("처리기간", "Handling period", "법 제17조"),
        row("처리기한", "Due", "영 제28조제2항(처리기간이 지난 민원)"),
        row("지난 기간", "Overdue by", "영 제28조제2항"),
        row("담당자", "Handler", "영 제28조제2항(관계 직원)"),
        field(Part::Box(24), "독촉 내용", "What is asked", "영 제28조제2항"),
    ],
};

/// 사전심사 청구서.
pub static PRELIMINARY_REQUEST: Form = Form {
    code: "preliminary_request",
    annex: Some(8),
    title: ["사전심사 청구서", "Request for a preliminary review"],
    basis: "법 제30조제1항, 규칙 제11조제1항",
    sheet: Sheet::Page,
    fields: &[
        row(
            "접수번호",
            "Reception number",
            "영 제34조제1항(영 제6조제2항 준용)",
        ),
        row("접수일시", "Received", "영 제34조제1항(영 제6조제2항 준용)"),
        row("처리기간", "Handling period", "영 제34조제2항"),
        row("청구인 성명(명칭)", "Applicant", "법 제30조제1항"),
        row("청구인 주소(소재지)", "Address", "법 제30조제1항"),
        row("청구인 연락처", "Contact", "법 제30조제1항"),
        row(
            "대상 민원명",
            "Petition to be reviewed",
            "법 제30조제1항, 영 제33조제1항",
        ),
        field(Part::Box(62), "청구 내용", "What is asked", "법 제30조제1항"),
        field(
            Part::Box(24),
            "구비서류",
            "Documents",
            "영 제34조제3항(최소한의 구비서류)",
        ),
    ],
};

/// 사전심사 결과 통지서.
pub static PRELIMINARY_RESULT: Form = Form {
    code: "preliminary_result",
    annex: Some(9),
    title: ["사전심사 결과 통지", "Result of the preliminary review"],
    basis: "법 제30조제3항, 규칙 제11조제2항",
    sheet: Sheet::Letter,
    fields: &[
        item("대상 민원명", "Petition reviewed", "법 제30조제3항"),
        item("접수번호", "Reception number", "영 제34조제1항"),
        item("접수일시", "Received", "영 제34조제1항"),
        item("심사 결과", "Result", "법 제30조제3항(가능 여부)"),
        field(Part::List, "심사 의견", "Opinion", "법 제30조제3항"),
        OFFICER,
    ],
};

/// 사전심사청구 접수 처리부.
pub static PRELIMINARY_REGISTER: Form = Form {
    code: "preliminary_register",
    annex: Some(10),
    title: ["사전심사청구 접수 처리부", "Register of preliminary reviews"],
    basis: "영 제34조제1항, 규칙 제11조제3항",
    sheet: Sheet::Register,
    fields: &[
        column(13, "접수번호", "Number", "영 제34조제1항(영 제6조제2항 준용)"),
        column(16, "접수일시", "Received", "영 제34조제1항(영 제6조제2항 준용)"),
        column(28, "대상 민원명", "Petition to be reviewed", "법 제30조제1항"),
        column(14, "청구인", "Applicant", "법 제30조제1항"),
        column(17, "처리주무부서", "Department", "영 제34조제1항"),
        column(16, "처리기한", "Due", "영 제34조제2항"),
        column(15, "심사 결과", "Result", "법 제30조제3항"),
        column(16, "결과 통지", "Notified", "법 제30조제3항"),
        column(
            15,
            "정식 신청",
            "Filed formally as",
            "법 제30조제3항, 영 제34조제3항",
        ),
    ],
};

/// 거부처분 이의신청서.
pub static OBJECTION: Form = Form {
    code: "objection",
    annex: Some(11),
    title: ["거부처분 이의신청서", "Objection to a refusal"],
    basis: "법 제35조제1항, 영 제40조제1항, 규칙 제12조제1항",
    sheet: Sheet::Page,
    fields: &[
        row("접수번호", "Reception number", "영 제40조제4항"),
        row("접수일시", "Received", "법 제35조제2항(받은 날부터 10일)"),
        row("신청인 성명(명칭·대표자)", "Applicant", "영 제40조제1항제1호"),
        row("신청인 주소(소재지)", "Address", "영 제40조제1항제1호"),
        row("신청인 연락처", "Contact", "영 제40조제1항제1호"),
        row("대상 민원", "Petition", "영 제40조제1항제2호"),
        row("거부처분을 받은 날", "Refusal received on", "영 제40조제1항제4호"),
        field(
            Part::Box(26),
            "거부처분의 내용",
            "What was refused",
            "영 제40조제1항제4호",
        ),
        field(
            Part::Box(52),
            "이의신청의 취지 및 이유",
            "Objection and its reasons",
            "영 제40조제1항제3호",
        ),
    ],
};

/// 이의신청처리대장.
pub static OBJECTION_REGISTER: Form = Form {
    code: "objection_register",
    annex: Some(12),
    title: ["이의신청처리대장", "Register of objections"],
    basis: "영 제40조제4항, 규칙 제12조제2항",
    sheet: Sheet::Register,
    fields: &[
        column(13, "접수번호", "Number", "영 제40조제4항"),
        column(16, "접수일시", "Received", "법 제35조제2항"),
        column(14, "신청인", "Applicant", "영 제40조제1항제1호"),
        column(28, "대상 민원", "Petition", "영 제40조제1항제2호"),
        column(
            15,
            "거부처분을 받은 날",
            "Refusal received on",
            "영 제40조제1항제4호",
        ),
        column(17, "처리주무부서", "Department", "영 제40조제4항"),
        column(16, "결정기한", "Due", "법 제35조제2항, 영 제40조제3항(연장)"),
        column(14, "결정 내용", "Decision", "법 제35조제2항(인용 여부)"),
        column(16, "결과 통지", "Notified", "법 제35조제2항, 영 제40조제2항"),
    ],
};

/// 신청 확인.
pub static FILING: Form = Form {
    code: "filing_confirmation",
    annex: None,
    title: ["신청 확인", "Confirmation of filing"],
    basis: "법 제9조, 영 제6조제8항",
    sheet: Sheet::Page,
    fields: &[
        row("신청번호", "Filing number", "영 제6조제8항"),
        row("민원명", "Petition", "법 제9조제1항"),
        row("신청인", "Applicant", "법 제9조제1항"),
        row("신청일시", "Filed", "행정절차법 제17조제2항"),
        row("접수 예정", "Reception by", "영 제6조제8항(8근무시간)"),
        row("처리기간", "Handling period", "법 제17조"),
        row("처리 예정", "Expected by", "영 제6조제4항"),
        row("신청 내용", "What was filed", "법 제8조(신청서)"),
        field(Part::Guidance, "접수", "Reception", "영 제6조제8항"),
        field(Part::Guidance, "처리기간 안내", "Period", "법 제19조"),
    ],
};

/// 처리결과 통지.
pub static RESULT: Form = Form {
    code: "result_notice",
    annex: None,
    title: ["민원 처리결과 알림", "Result of your petition"],
    basis: "법 제27조, 영 제29조",
    sheet: Sheet::Letter,
    fields: &[
        field(
            Part::List,
            "거부 이유",
            "Reasons for the refusal",
            "법 제27조제3항",
        ),
        field(Part::List, "구제절차", "Ways of redress", "법 제27조제3항"),
        OFFICER,
    ],
};

/// 보완 요구서.
pub static SUPPLEMENT: Form = Form {
    code: "supplement_request",
    annex: None,
    title: ["민원문서 보완 요구", "Request to supplement your petition"],
    basis: "법 제22조제1항, 영 제24조, 규칙 제9조",
    sheet: Sheet::Letter,
    fields: &[
        item("민원명", "Petition", "영 제24조제1항"),
        item("접수번호", "Reception number", "영 제24조제1항"),
        item("접수일시", "Received", "규칙 제9조제1항(8근무시간)"),
        item(
            "보완 기한",
            "Please answer by",
            "법 제22조제1항, 영 제24조제2항·제3항",
        ),
        field(Part::List, "보완할 사항", "What is needed", "법 제22조제1항"),
        OFFICER,
    ],
};

/// 예고장.
pub static ADVANCE_NOTICE: Form = Form {
    code: "advance_notice",
    annex: None,
    title: ["민원 처리 예고장", "Advance notice of a due date"],
    basis: "법 제25조제1항, 영 제28조제2항(수시 확인·점검)",
    sheet: Sheet::Page,
    fields: &[
        row("예고 번호", "Number", "영 제28조제2항"),
        row("받는 사람", "To", "영 제28조제2항(수시 확인·점검)"),
        row("민원명", "Petition", "영 제28조제2항"),
        row("접수번호", "Reception number", "영 제28조제2항"),
        row("접수일시", "Received", "법 제19조"),
        row("처리기간", "Handling period", "법 제17조"),
        row("처리기한", "Due", "법 제19조"),
        row("남은 기간", "Time left", "법 제19조"),
        field(Part::Box(24), "예고 내용", "What is asked", "영 제28조제2항"),
    ],
};

/// 발송대장.
pub static DISPATCH_REGISTER: Form = Form {
    code: "dispatch_register",
    annex: None,
    title: ["발송대장", "Register of dispatch"],
    basis: "영 제29조제1항(우편 통지), 제25조제2항(반송)",
    sheet: Sheet::Register,
    fields: &[
        column(13, "발송일", "Sent on", "영 제29조제1항"),
        column(20, "문서번호", "Document", "영 제29조제1항"),
        column(13, "접수번호", "Petition", "영 제29조제1항"),
        column(30, "제목", "Subject", "영 제29조제1항"),
        column(15, "받는 사람", "To", "영 제29조제1항"),
        column(12, "발송 방법", "By", "영 제29조제1항"),
        column(18, "등기번호", "Registration number", "영 제29조제1항(우편)"),
        column(
            13,
            "도달·반송일",
            "Arrived or returned",
            "영 제25조제2항, 행정절차법 시행령 제11조제1호",
        ),
        column(13, "상태", "State", "영 제25조제2항"),
    ],
};

/// 파기대장.
pub static DESTRUCTION_REGISTER: Form = Form {
    code: "destruction_register",
    annex: None,
    title: ["파기대장", "Register of destruction"],
    basis: "개인정보 보호법 제21조, 영 제16조",
    sheet: Sheet::Register,
    fields: &[
        column(10, "대장 번호", "Number", "개인정보 보호법 제21조제1항"),
        column(17, "결정 일시", "Decided", "개인정보 보호법 제21조제1항"),
        column(
            24,
            "종류",
            "Kind",
            "개인정보 보호법 제21조제1항·제3항, 제36조, 공공기록물법 제27조",
        ),
        column(9, "민원(건)", "Petitions", "개인정보 보호법 제21조제1항"),
        column(9, "사람(명)", "Persons", "개인정보 보호법 제21조제1항"),
        column(10, "임시저장(건)", "Drafts", "개인정보 보호법 제21조제1항"),
        column(20, "보존 근거", "Kept by", "개인정보 보호법 제21조제3항"),
        column(20, "파기 방법", "How", "개인정보 보호법 시행령 제16조제1항"),
        column(20, "처리자", "Decided by", "개인정보 보호법 제21조"),
        column(
            14,
            "요구·목록",
            "Request or list",
            "개인정보 보호법 제36조, 공공기록물법 제27조",
        ),
    ],
};

/// 기록물 폐기 목록. It names no person and quotes no title: it is kept when the records are gone.
pub static DISPOSAL_LIST: Form = Form {
    code: "disposal_list",
    annex: None,
    title: [
        "기록물 폐기 목록(평가심의서)",
        "Records to dispose of, for the appraisal board",
    ],
    basis: "공공기록물법 제27조·제27조의2, 영 제43조",
    sheet: Sheet::Register,
    fields: &[
        column(7, "연번", "No.", "공공기록물법 영 제43조"),
        column(15, "접수번호", "Petition", "공공기록물법 영 제43조"),
        column(28, "민원사무", "Service", "공공기록물법 영 제43조"),
        column(15, "종결일", "Concluded", "공공기록물법 영 제26조제2항"),
        column(10, "보존기간", "Retention", "공공기록물법 영 제26조제1항"),
        column(15, "보존 만료일", "Kept until", "공공기록물법 영 제26조제2항"),
        column(17, "처리과 의견", "Department", "공공기록물법 영 제43조"),
        column(17, "전문요원 심사", "Review", "공공기록물법 영 제43조"),
        column(17, "심의회 결정", "Board", "공공기록물법 제27조의2"),
    ],
};
