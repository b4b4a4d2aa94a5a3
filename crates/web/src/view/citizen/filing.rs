//! 신청 — filing in steps: what it is, what it says, who files it, a last look, and the filing number (신청 확인).

use super::{
    at,
    sheet::{Part, Sheet, parts_sample},
};
use crate::view::{
    Filled, Message, View,
    shared::{OfferRow, Shares},
};
use domain::{
    petitioner::{Filer, Sort},
    time::At,
};
use serde::Serialize;

/// 신청 1단계 — what it is: `form` has `kind` (free, inquiry, suggestion, grievance, other).
#[derive(Debug, Clone, Serialize)]
pub struct Start {
    /// The form.
    pub form: Filled,
}

impl View for Start {
    const TEMPLATE: &'static str = "citizen/start.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let wrong = Filled::default()
            .wrong(
                "kind",
                Message::new("error-required-choice").with("field", "민원의 종류"),
            )
            .wrong("", Message::new("error-unknown-field"));
        vec![
            (
                "empty",
                Start {
                    form: Filled::default(),
                },
            ),
            ("nothing chosen", Start { form: wrong }),
        ]
    }
}

/// A file already kept with the draft.
#[derive(Debug, Clone, Serialize)]
pub struct FileRow {
    /// Its identity.
    pub id: String,
    /// Its name as the citizen gave it.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Whether place and time were taken out of it.
    pub cleaned: bool,
    /// Whether it can be opened: `waiting`, `unscanned`, `clean`, `infected`, `unscannable`, `released`, `destroyed`; `None`
    /// before it is filed.
    pub standing: Option<&'static str>,
}

/// What the agency takes, so that the page can say it beforehand.
#[derive(Debug, Clone, Serialize)]
pub struct Limits {
    /// Characters of a title.
    pub title: u32,
    /// Characters of a body.
    pub body: u32,
    /// Number of files.
    pub files: u32,
    /// Bytes of one file.
    pub file_size: u64,
    /// Kinds of files, as people name them: “PDF, HWPX, JPG …”.
    pub kinds: String,
}

impl Limits {
    /// Limits for samples.
    pub fn sample() -> Limits {
        Limits {
            title: 200,
            body: 20_000,
            files: 10,
            file_size: 20 * 1_048_576,
            kinds: "PDF, HWP, HWPX, DOCX, XLSX, JPG, PNG".into(),
        }
    }
}

/// 신청 2단계 — what it says: `form` has `title`, `body`, `place`, `public` (yes, no), `files`; buttons `next`, `save`.
#[derive(Debug, Clone, Serialize)]
pub struct Content {
    /// The draft's identity.
    pub draft: String,
    /// The chosen service's name; `None` for free writing.
    pub service: Option<String>,
    /// The chosen service's code, carried on by the form of a draft not yet saved; empty for free writing.
    pub code: String,
    /// The chosen kind.
    pub kind: String,
    /// The form.
    pub form: Filled,
    /// The typed form of the service; `None` where people write freely.
    pub sheet: Option<Sheet>,
    /// Files already kept.
    pub files: Vec<FileRow>,
    /// What the agency takes.
    pub limits: Limits,
}

impl View for Content {
    const TEMPLATE: &'static str = "citizen/content.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let file = FileRow {
            id: "f1".into(),
            name: "현장 사진 <1>.jpg".into(),
            size: 1_500_000,
            cleaned: true,
            standing: None,
        };
        let values = [
            ("title", "가로등이 꺼져 있습니다"),
            ("body", "밤길이 어둡습니다.\n\"고쳐\" 주십시오 <빨리>."),
            ("place", "한빛로 12"),
            ("public", "no"),
        ];
        let empty = Content {
            draft: "d1".into(),
            service: None,
            code: String::new(),
            kind: "free".into(),
            form: Filled::of(&[("public", "no")]),
            sheet: None,
            files: vec![],
            limits: Limits::sample(),
        };
        let full = Content {
            form: Filled::of(&values),
            files: vec![file],
            service: Some("도로점용 허가".into()),
            code: "S001".into(),
            kind: "statutory".into(),
            ..empty.clone()
        };
        let wrong = full
            .form
            .clone()
            .wrong(
                "title",
                Message::new("error-too-long")
                    .with("field", "제목")
                    .with("max", 200)
                    .with("now", 231),
            )
            .wrong("body", Message::new("error-required").with("field", "내용"))
            .wrong(
                "public",
                Message::new("error-required-choice").with("field", "공개 여부"),
            )
            .wrong(
                "files",
                Message::new("error-file-large")
                    .with("name", "동영상.mp4")
                    .with("max", "20 MB"),
            );
        let sheet = Content {
            form: Filled::of(&[
                ("f-kind", "other"),
                ("f-detail", "전선이 <늘어져> 있습니다"),
                ("f-danger-car", "car"),
                ("f-date", "2026-11-20"),
                ("public", "no"),
            ]),
            sheet: Some(Sheet::sample()),
            ..full.clone()
        };
        let fault = |key: &str| Message::new(key).with("field", "주소").with("limit", 10);
        let sheet_wrong = Content {
            form: (sheet.form.clone())
                .wrong("f-address", fault("form-fault-required"))
                .wrong("f-kind", fault("form-fault-not-chosen"))
                .wrong("f-danger", fault("form-fault-not-a-choice"))
                .wrong(
                    "f-register",
                    Message::new("error-file-empty").with("name", "등기.pdf"),
                ),
            ..sheet.clone()
        };
        vec![
            ("empty", empty),
            ("filled", full.clone()),
            ("wrong", Content { form: wrong, ..full }),
            ("typed form", sheet),
            ("typed form, wrong", sheet_wrong),
        ]
    }
}

/// 신청 3단계 — who files it: `form` has `name`, `reach` (phone, mail), `phone`, `mail`.
#[derive(Debug, Clone, Serialize)]
pub struct Contact {
    /// The draft's identity.
    pub draft: String,
    /// The contact already proven in this session, masked.
    pub verified: Option<String>,
    /// The name that a provider of 본인확인 gave, which stands as it is.
    pub named: Option<String>,
    /// The form.
    pub form: Filled,
}

impl View for Contact {
    const TEMPLATE: &'static str = "citizen/contact.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let wrong = Filled::of(&[("name", "김하늘"), ("reach", "phone"), ("phone", "010-12")])
            .wrong("phone", Message::new("error-phone-form"))
            .wrong("mail", Message::new("error-mail-form"))
            .wrong("name", Message::new("error-required").with("field", "이름"));
        vec![
            (
                "empty",
                Contact {
                    draft: "d1".into(),
                    verified: None,
                    named: None,
                    form: Filled::default(),
                },
            ),
            (
                "wrong",
                Contact {
                    draft: "d1".into(),
                    verified: None,
                    named: None,
                    form: wrong,
                },
            ),
            (
                "verified",
                Contact {
                    draft: "d1".into(),
                    verified: Some("010-****-1234".into()),
                    named: None,
                    form: Filled::of(&[("name", "김하늘")]),
                },
            ),
            (
                "named by a provider",
                Contact {
                    draft: "d1".into(),
                    verified: None,
                    named: Some("김<하늘>".into()),
                    form: Filled::of(&[("name", "김<하늘>")]),
                },
            ),
        ]
    }
}

/// One thing said about who asks.
#[derive(Debug, Clone, Serialize)]
pub struct Said {
    /// What.
    pub label: Message,
    /// Its value.
    pub value: Message,
}

/// 신청 3단계의 둘째 면 — who asks, where that is not a person in their own name: `form` has the names this kind needs, `may_end`
/// and `told`, and `files` for the 위임장.
#[derive(Debug, Clone, Serialize)]
pub struct Asking {
    /// The draft's identity.
    pub draft: String,
    /// 민원인 구분.
    pub sort: Sort,
    /// 신청하는 사람.
    pub filer: Filer,
    /// Letters go by post.
    pub post: bool,
    /// 위임장 already kept.
    pub power: Vec<String>,
    /// The form.
    pub form: Filled,
}

impl View for Asking {
    const TEMPLATE: &'static str = "citizen/party.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |sort, filer, post, form| Asking {
            draft: "d1".into(),
            sort,
            filer,
            post,
            power: vec![],
            form,
        };
        let typed = Filled::of(&[
            ("party_name", "한빛건설 <주식회사>"),
            ("business", "123-45-67890"),
        ])
        .wrong(
            "representative",
            Message::new("error-required").with("field", "대표자"),
        )
        .wrong("business", Message::new("party-error-business"))
        .wrong("zip", Message::new("party-error-zip"));
        let empty = Filled::default;
        vec![
            ("company", page(Sort::Company, Filer::Oneself, true, typed)),
            (
                "association",
                page(Sort::Association, Filer::Oneself, false, empty()),
            ),
            ("minor", page(Sort::Minor, Filer::Oneself, false, empty())),
            (
                "agent",
                Asking {
                    power: vec!["위임장.pdf".into()],
                    ..page(Sort::Person, Filer::Agent, false, Filled::of(&[("told", "both")]))
                },
            ),
            (
                "administrative agent",
                page(Sort::Company, Filer::AdministrativeAgent, true, empty()),
            ),
            ("only the post", page(Sort::Person, Filer::Oneself, true, empty())),
        ]
    }
}

/// 신청 4단계 — a last look before filing; the form carries the idempotency key `once`.
#[derive(Debug, Clone, Serialize)]
pub struct Preview {
    /// The draft's identity.
    pub draft: String,
    /// The chosen service's name.
    pub service: Option<String>,
    /// Its kind.
    pub kind: String,
    /// 제목.
    pub title: String,
    /// 내용.
    pub body: String,
    /// 장소; empty if none.
    pub place: String,
    /// The typed form as filled in; empty where there is none.
    pub parts: Vec<Part>,
    /// 구비서류 that are not there yet.
    pub missing: Vec<String>,
    /// Fields in which somebody seems to have written a 주민등록번호.
    pub residents: Vec<String>,
    /// 공개 — may others read it once it is answered?
    pub public: bool,
    /// 첨부.
    pub files: Vec<FileRow>,
    /// 신청인.
    pub name: String,
    /// 신청인 정보; empty where a person files in their own name.
    pub party: Vec<Said>,
    /// The proven contact in full: it is the citizen's own.
    pub contact: String,
    /// When an answer can be expected, if it is received at once.
    pub expected: Option<At>,
    /// The idempotency key of this filing.
    pub once: String,
    /// 행정정보 공동이용: what may be consented to; empty where nothing can be looked up.
    pub shareable: Vec<OfferRow>,
    /// 이용기관.
    pub agency: String,
    /// What was ticked, by code.
    pub ticked: Vec<String>,
    /// Errors that only filing finds.
    pub form: Filled,
}

impl View for Preview {
    const TEMPLATE: &'static str = "citizen/preview.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let full = Preview {
            draft: "d1".into(),
            service: Some("도로점용 허가".into()),
            kind: "statutory".into(),
            title: "가로등이 꺼져 있습니다".into(),
            body: "밤길이 어둡습니다.\n\n고쳐 주시기 바랍니다.".into(),
            place: "한빛로 12".into(),
            parts: vec![],
            missing: vec![],
            residents: vec![],
            public: false,
            files: vec![FileRow {
                id: "f1".into(),
                name: "현장 사진.jpg".into(),
                size: 1_500_000,
                cleaned: true,
                standing: None,
            }],
            name: "김하늘".into(),
            party: vec![],
            contact: "010-1234-5678".into(),
            expected: Some(at(2026, 12, 3, 0, 0)),
            once: "0f".repeat(16),
            shareable: vec![],
            agency: "한빛특별시".into(),
            ticked: vec![],
            form: Filled::default(),
        };
        let sharing = Preview {
            shareable: Shares::sample().offered,
            ..full.clone()
        };
        let unsigned = Preview {
            parts: parts_sample(),
            ticked: vec!["business".into()],
            form: Filled::of(&[("signature", "이다온")])
                .wrong("signature", Message::new("sharing-error-signature")),
            ..sharing.clone()
        };
        let bare = Preview {
            service: None,
            kind: "free".into(),
            place: String::new(),
            public: true,
            files: vec![],
            expected: None,
            form: Filled::default().wrong("", Message::new("error-409-text")),
            ..full.clone()
        };
        let said = |label: &str, value: Message| Said {
            label: Message::new(label),
            value,
        };
        let for_another = Preview {
            party: vec![
                said("party-sort", Message::new("sort-company")),
                said("party-filer", Message::new("filer-agent")),
                said("party-power", Message::new("power-missing")),
                said(
                    "party-name",
                    Message::new("plain-text").with("text", "한빛건설 주식회사"),
                ),
            ],
            ..full.clone()
        };
        let typed = Preview {
            parts: parts_sample(),
            missing: vec!["법인 등기사항증명서".into(), "정관".into()],
            residents: vec!["자세한 내용".into()],
            ..full.clone()
        };
        vec![
            ("full", full),
            ("bare, refused", bare),
            ("typed form", typed),
            ("for a company", for_another),
            ("to be looked up", sharing),
            ("not signed", unsigned),
        ]
    }
}

/// 신청 확인 — the filing number.
#[derive(Debug, Clone, Serialize)]
pub struct Filed {
    /// 신청번호.
    pub number: String,
    /// 제목.
    pub title: String,
    /// When it arrived.
    pub filed_at: At,
    /// By when it will be received (8 working hours, 영 제6조).
    pub received_by: Option<At>,
    /// When an answer can be expected.
    pub expected: Option<At>,
    /// Where news is sent, masked.
    pub contact: String,
}

impl View for Filed {
    const TEMPLATE: &'static str = "citizen/filed.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let full = Filed {
            number: "2026-신청-000123".into(),
            title: "가로등이 꺼져 있습니다".into(),
            filed_at: at(2026, 11, 23, 20, 8),
            received_by: Some(at(2026, 11, 24, 18, 1)),
            expected: Some(at(2026, 12, 3, 0, 0)),
            contact: "010-****-5678".into(),
        };
        vec![
            ("full", full.clone()),
            (
                "no dates",
                Filed {
                    received_by: None,
                    expected: None,
                    ..full
                },
            ),
        ]
    }
}

/// A saved draft in a list.
#[derive(Debug, Clone, Serialize)]
pub struct DraftRow {
    /// Its identity.
    pub id: String,
    /// Its title; empty if not written yet.
    pub title: String,
    /// The step to go on with: content, contact, preview.
    pub step: String,
    /// When it was last saved.
    pub saved_at: At,
    /// When it is deleted by itself.
    pub kept_until: At,
}

/// 임시저장 목록.
#[derive(Debug, Clone, Serialize)]
pub struct Drafts {
    /// Newest first.
    pub rows: Vec<DraftRow>,
    /// For how many days a draft is kept.
    pub keep_days: u32,
}

impl View for Drafts {
    const TEMPLATE: &'static str = "citizen/drafts.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let row = |id: &str, title: &str, step: &str| DraftRow {
            id: id.into(),
            title: title.into(),
            step: step.into(),
            saved_at: at(2026, 11, 22, 15, 30),
            kept_until: at(2026, 12, 22, 15, 30),
        };
        vec![
            (
                "two",
                Drafts {
                    rows: vec![
                        row("d1", "가로등이 꺼져 있습니다", "contact"),
                        row("d2", "", "content"),
                    ],
                    keep_days: 30,
                },
            ),
            (
                "none",
                Drafts {
                    rows: vec![],
                    keep_days: 30,
                },
            ),
        ]
    }
}
