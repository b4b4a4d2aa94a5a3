//! 견본 — one sample of each paper, for the tests and for looking at.

use documents::advance_notice::AdvanceNotice;
use documents::authorization::Authorization;
use documents::erasure_certificate::ErasureCertificate;
use documents::extension_notice::{Extended, ExtensionNotice};
use documents::filing_confirmation::FilingConfirmation;
use documents::fonts::Fonts;
use documents::letter::{Authority, Disclosure, Letter, Petition, Seat, Signature};
use documents::objection::Objection;
use documents::parts::{Attestation, Examiner, ExaminerSeat, Officer, Party, Seal};
use documents::preliminary_request::PreliminaryRequest;
use documents::preliminary_result::{Finding, PreliminaryResult};
use documents::proceeding::ProceedingPaper;
use documents::progress_notice::ProgressNotice;
use documents::receipt::{Guidance, Receipt};
use documents::registers::{Pages, Register};
use documents::reminder::Reminder;
use documents::result_notice::{Outcome, Remedy, ResultNotice};
use documents::supplement_request::{Round, SupplementRequest};
use domain::time::At;
use jiff::civil::{date, datetime};

/// The fonts of Debian's fonts-noto-cjk, as the program loads them.
pub fn fonts() -> Fonts {
    let files = ["NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"].map(|name| {
        let path = format!("/usr/share/fonts/opentype/noto/{name}");
        std::fs::read(&path).unwrap_or_else(|e| panic!("{path}: {e}; apt-get install fonts-noto-cjk"))
    });
    Fonts::new(files.into()).unwrap_or_else(|e| panic!("{e}"))
}

pub fn officer() -> Officer {
    Officer {
        unit: "시민봉사담당관".into(),
        name: "이서연".into(),
        phone: "0221330000".into(),
    }
}

pub fn attestation() -> Attestation {
    Attestation {
        statement: "MINWON1.received.2026-001234.20260710T0915.9f2c41d07be8a35516e0c4b7.MEUCIQDk3v0m7rQyqVb1xJ8Zs2uYc9pTfA\
                    oNwLh4R6gXeKdBtgIgPzC5yM8iWnQaUsVv1lOjHrE7bTfDkGx3oNq2LpYcZw0"
            .into(),
        how: "누리집 minwon.example.kr/verify 에서 확인하시거나 민원실로 문의해 주시기 바랍니다.".into(),
    }
}

pub fn receipt() -> Receipt {
    Receipt {
        agency: "한빛특별시장".into(),
        seal: Seal::Omitted,
        reception_number: "2026-001234".into(),
        filing_number: "S2026-0710-00057".into(),
        service: "도로점용허가 신청".into(),
        applicant: "金䄷鎬".into(),
        others: 11,
        received_at: At::seoul(datetime(2026, 7, 10, 9, 15, 0, 0)),
        period: "7일".into(),
        due_at: At::seoul(datetime(2026, 7, 22, 0, 0, 0, 0)),
        lead_unit: "도로관리과".into(),
        officer: Some(officer()),
        guidance: Guidance {
            documents: "구비서류를 모두 갖추었습니다.".into(),
            procedure: "접수 → 현장확인 → 관계 부서 협의 → 결재 → 통지 (「도로법」 제61조)".into(),
            expected: "접수일부터 7일 (토요일과 공휴일은 계산하지 않습니다)".into(),
            visit: "2026. 7. 14.(화) 14:00".into(),
        },
        attestation: Some(attestation()),
    }
}

pub fn filing_confirmation() -> FilingConfirmation {
    FilingConfirmation {
        agency: "한빛특별시장".into(),
        filing_number: "S2026-0710-00057".into(),
        service: "보행로 가로등 고장 수리 요청".into(),
        applicant: "홍길동".into(),
        answers: vec![
            ("고장 종류".into(), "밤에 켜지지 않음".into()),
            (
                "자세한 내용".into(),
                "사흘 전부터 꺼져 있습니다.\n두 개입니다.".into(),
            ),
        ],
        filed_at: At::seoul(datetime(2026, 7, 10, 14, 5, 0, 0)),
        receive_by: At::seoul(datetime(2026, 7, 13, 14, 6, 0, 0)),
        period: "7일".into(),
        expected_due: At::seoul(datetime(2026, 7, 23, 0, 0, 0, 0)),
        law: documents::filing_confirmation::Law::Petitions,
        attestation: Some(attestation()),
    }
}

pub fn letter() -> Letter {
    Letter {
        agency: "한빛특별시".into(),
        to: "김철수 귀하 (우04524 한빛특별시 중앙구 세종대로 110, 101동 1203호)".into(),
        via: None,
        attachments: vec!["현장 사진 1부.".into(), "도로점용허가증 1부.".into()],
        sender: "한빛특별시장".into(),
        seal: Seal::Omitted,
        signatures: vec![
            sign(Seat::Drafter, "주무관", "이서연"),
            sign(Seat::Reviewer, "민원총괄팀장", "박준호"),
            sign(
                Seat::Approver(Authority::Delegated, date(2026, 7, 17)),
                "시민봉사담당관",
                "최민정",
            ),
            sign(Seat::Concurrer, "도로관리팀장", "정하늘"),
        ],
        number: "시민봉사담당관-16175".into(),
        issued: date(2026, 7, 17),
        postcode: "04524".into(),
        address: "한빛특별시 중앙구 세종대로 110".into(),
        homepage: "minwon.example.kr".into(),
        telephone: "0221330000".into(),
        fax: "0221330001".into(),
        email: "seoyeon.lee@example.kr".into(),
        disclosure: Disclosure::Partial("6".into()),
        retention_years: 5,
        petition: Petition {
            reception_number: "2026-001234".into(),
            service: "도로점용허가 신청".into(),
            received_at: At::seoul(datetime(2026, 7, 10, 9, 15, 0, 0)),
        },
        officer: officer(),
        attestation: Some(attestation()),
    }
}

fn sign(seat: Seat, position: &str, name: &str) -> Signature {
    Signature {
        seat,
        position: position.into(),
        name: name.into(),
    }
}

pub fn answered() -> ResultNotice {
    ResultNotice {
        letter: letter(),
        subject: "민원 처리결과 알림(도로점용허가)".into(),
        text: "1. 시정에 관심을 가져 주셔서 감사합니다.\n\
               2. 귀하께서 신청하신 도로점용허가(접수번호 2026-001234)를 검토한 결과를 다음과 같이 알려 드립니다.\n\
               가. 점용 장소: 중앙구 세종대로 110 앞 보도\n\
               나. 점용 기간: 2026. 8. 1.부터 2026. 8. 31.까지\n\
               다. 허가 조건\n\
               1) 보행자가 지나다닐 폭 2미터 이상을 비워 두고, 공사 중에는 안내원을 두어 보행자의 안전을 지켜 주시기 바랍니다.\n\
               2) 점용료 금 2,000원을 기한까지 납부해 주시기 바랍니다.\n\
               가) 납부 방법: 가상계좌\n\
               나) 납부 기한: 2026. 7. 31.(금)\n\
               3. 궁금하신 점은 시민봉사담당관(담당: 이서연)으로 문의해 주시기 바랍니다.  끝."
            .into(),
        outcome: Outcome::Answered,
    }
}

pub fn refused() -> ResultNotice {
    let mut letter = letter();
    letter.attachments.clear();
    letter.attestation = None;
    ResultNotice {
        letter,
        subject: "민원 처리결과 알림(도로점용 불허가)".into(),
        text: "1. 시정에 관심을 가져 주셔서 감사합니다.\n\
               2. 귀하께서 신청하신 도로점용허가를 검토한 결과, 아래의 이유로 허가해 드릴 수 없음을 알려 드립니다."
            .into(),
        outcome: Outcome::Refused {
            reasons: vec![
                "점용하려는 보도의 유효 폭이 1.5미터로, 점용 후 보행자가 지나다닐 폭 2미터를 확보할 수 없습니다.".into(),
                "같은 구간에 굴착 공사가 예정되어 있습니다(2026. 8. 3.부터).".into(),
            ],
            remedies: vec![
                Remedy::Objection { days: 60, to: "한빛특별시장".into() },
                Remedy::AdministrativeAppeal { days: 90, to: "한빛특별시행정심판위원회".into() },
                Remedy::Lawsuit { days: 90, to: "한빛행정법원".into() },
            ],
        },
    }
}

pub fn extension() -> ExtensionNotice {
    let mut letter = letter();
    letter.attachments.clear();
    ExtensionNotice {
        letter,
        of: Extended::Handling,
        due_before: At::seoul(datetime(2026, 7, 22, 0, 0, 0, 0)),
        due_now: At::seoul(datetime(2026, 7, 31, 0, 0, 0, 0)),
        reason: "관계 기관의 협조가 필요한 경우(경찰서의 교통안전 의견을 기다리고 있습니다)".into(),
    }
}

pub fn supplement() -> SupplementRequest {
    let mut letter = letter();
    letter.attachments.clear();
    SupplementRequest {
        letter,
        missing: vec![
            "점용 위치를 표시한 도면 1부".into(),
            "공사 시행 계획서의 대표자 서명".into(),
        ],
        due: At::seoul(datetime(2026, 7, 25, 0, 0, 0, 0)),
        round: Round::First,
    }
}

pub fn objection_extension() -> ExtensionNotice {
    ExtensionNotice {
        of: Extended::Objection,
        reason: "이의신청 심의를 위하여 관계 부서의 의견이 더 필요합니다.".into(),
        ..extension()
    }
}

pub fn progress() -> ProgressNotice {
    let mut letter = letter();
    letter.attachments.clear();
    ProgressNotice {
        letter,
        standing: "관계 부서(교통정책과)와 협의하고 있으며, 회신을 받는 대로 검토를 마칠 예정입니다.".into(),
        due_at: At::seoul(datetime(2026, 8, 22, 0, 0, 0, 0)),
    }
}

pub fn reminder() -> Reminder {
    Reminder {
        agency: "한빛특별시".into(),
        seal: Seal::Omitted,
        number: "2026-17".into(),
        to: "도로시설과장 신채움".into(),
        service: "도로점용허가 신청".into(),
        reception_number: "2026-001234".into(),
        received_at: At::seoul(datetime(2026, 7, 10, 9, 15, 0, 0)),
        period: "7일".into(),
        due_at: At::seoul(datetime(2026, 7, 22, 0, 0, 0, 0)),
        overdue_by: "2일".into(),
        handler: "도로시설과 주무관 배도담".into(),
        issued: date(2026, 7, 23),
        examiner: Examiner {
            seat: ExaminerSeat::Examiner,
            name: "최민정".into(),
        },
    }
}

pub fn advance_notice() -> AdvanceNotice {
    AdvanceNotice {
        agency: "한빛특별시".into(),
        number: "2026-120".into(),
        to: "도로시설과 주무관 배도담".into(),
        service: "도로점용허가 신청".into(),
        reception_number: "2026-001234".into(),
        received_at: At::seoul(datetime(2026, 7, 10, 9, 15, 0, 0)),
        period: "7일".into(),
        due_at: At::seoul(datetime(2026, 7, 22, 0, 0, 0, 0)),
        left: "1일".into(),
        issued: date(2026, 7, 20),
        examiner: Examiner {
            seat: ExaminerSeat::Deputy,
            name: "고은비".into(),
        },
    }
}

pub fn party() -> Party {
    Party {
        name: "김철수".into(),
        address: "한빛특별시 중앙구 세종대로 110, 101동 1203호".into(),
        contact: "01012345678".into(),
    }
}

fn drawn_up() -> At {
    At::seoul(datetime(2026, 7, 23, 10, 0, 0, 0))
}

pub fn authorization() -> Authorization {
    Authorization {
        service: "도로점용허가 신청".into(),
        principal: party(),
        agent: Party {
            name: "이영희".into(),
            ..party()
        },
        relation: "배우자".into(),
        entrusted: "도로점용허가의 신청, 보완, 허가증의 수령에 관한 일".into(),
        on: Some(date(2026, 7, 9)),
        ..Authorization::blank("한빛특별시장", drawn_up())
    }
}

pub fn authorization_blank() -> Authorization {
    Authorization::blank("한빛특별시장", drawn_up())
}

pub fn preliminary_request() -> PreliminaryRequest {
    PreliminaryRequest {
        reception: Some(("2026-001300".into(), drawn_up())),
        period: "30일".into(),
        applicant: party(),
        service: "궤도사업 허가".into(),
        asked: "남산 자락 1.2km에 궤도를 놓고자 합니다.\n노선과 정류장은 붙임 도면과 같습니다.".into(),
        documents: "사업계획서 1부, 노선도 1부".into(),
        on: Some(date(2026, 7, 23)),
        ..PreliminaryRequest::blank("한빛특별시장", drawn_up())
    }
}

pub fn preliminary_result() -> PreliminaryResult {
    let mut letter = letter();
    letter.attachments.clear();
    PreliminaryResult {
        letter,
        service: "궤도사업 허가".into(),
        finding: Finding::PossibleOnConditions,
        opinion: vec!["정류장은 문화재 보호구역 밖에 두어야 합니다.".into()],
    }
}

pub fn objection() -> Objection {
    Objection {
        reception: Some(("2026-001400".into(), drawn_up())),
        applicant: party(),
        petition: "도로점용허가 신청 (접수번호 2026-001234)".into(),
        refused_on: Some(date(2026, 7, 17)),
        refused: "보도의 유효 폭이 모자란다는 이유로 허가하지 않음".into(),
        reasons: "실제 유효 폭은 2.4미터입니다. 다시 재어 주시기 바랍니다.".into(),
        on: Some(date(2026, 7, 23)),
        ..Objection::blank("한빛특별시장", drawn_up())
    }
}

/// A register of so many lines; each value names its column, so that a mix-up is seen.
pub fn pages_of(register: Register, n: usize) -> Pages {
    let columns = register.form().fields.iter();
    let lines = (1..=n)
        .map(|line| {
            columns
                .clone()
                .map(|field| format!("{} {line}", field.ko))
                .collect()
        })
        .collect();
    Pages {
        register,
        agency: "한빛특별시".into(),
        from: date(2026, 7, 1),
        to: date(2026, 7, 31),
        of: "도로시설과".into(),
        lines,
        drawn_up: drawn_up(),
    }
}

pub fn erasure_certificate() -> ErasureCertificate {
    ErasureCertificate {
        agency: "한빛특별시".into(),
        sender: "한빛특별시장".into(),
        number: "2026-12".into(),
        asked: At::seoul(datetime(2026, 7, 6, 10, 0, 0, 0)),
        decided: At::seoul(datetime(2026, 7, 10, 15, 20, 0, 0)),
        entries: vec!["2026-7".into(), "2026-8".into()],
        destroyed: vec!["민원 2019-001234".into(), "성명과 연락처".into()],
        kept: vec![
            "민원 2026-001234: 분리 보관 — 「공공기록물 관리에 관한 법률」 제19조, 2031. 12. 31.까지".into(),
        ],
        check_at: "https://www.hanbit.example/erasure".into(),
    }
}

pub fn proceeding() -> ProceedingPaper {
    ProceedingPaper {
        agency: "한빛특별시".into(),
        sender: "한빛특별시장".into(),
        title: "민원배심법정 결정서".into(),
        number: "2026-ABCD-1234".into(),
        track: "민원배심법정".into(),
        lines: vec![
            ("주문".into(), "방음벽을 2미터 높인다.".into()),
            (
                "이유".into(),
                "밤의 소음이 기준을 넘는다.\n주민 열두 명이 같은 뜻을 밝혔다.".into(),
            ),
        ],
        basis: "2018 서울시 민원행정 및 제도개선 계획".into(),
        at: At::seoul(datetime(2026, 7, 10, 15, 20, 0, 0)),
    }
}

/// What templates are filled with, of each paper that has one.
pub fn every_value() -> Vec<(&'static str, documents::hwpx::Values)> {
    vec![
        ("receipt", receipt().values()),
        ("filing_confirmation", filing_confirmation().values()),
        ("result_notice", refused().values()),
        ("extension_notice", extension().values()),
        ("supplement_request", supplement().values()),
        ("progress_notice", progress().values()),
        ("reminder", reminder().values()),
        ("advance_notice", advance_notice().values()),
        ("authorization", authorization().values()),
        ("preliminary_request", preliminary_request().values()),
        ("preliminary_result", preliminary_result().values()),
        ("objection", objection().values()),
    ]
}
