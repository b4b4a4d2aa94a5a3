//! 접속기록 점검 화면 — months, remarks with their explanations, what went out, and the figures.

use super::{Bar, Here};
use crate::view::{Filled, Message, View};
use domain::time::At;
use serde::Serialize;

/// A month in the list.
#[derive(Debug, Clone, Serialize)]
pub struct MonthRow {
    /// The month: “2026-09”.
    pub month: String,
    /// Lines of the access log.
    pub looks: u64,
    /// Officials who left any.
    pub officials: u64,
    /// What went out.
    pub exports: u64,
    /// When it was signed.
    pub signed_at: Option<At>,
    /// By whom.
    pub signed_by: String,
}

/// 접속기록 점검.
#[derive(Debug, Clone, Serialize)]
pub struct Reviews {
    /// The menu.
    pub bar: Bar,
    /// Months, the newest first.
    pub rows: Vec<MonthRow>,
    /// The figures as they are set, and what is wrong with what was typed. Fields: as in `FIGURES` of the handlers, and `names`.
    pub form: Filled,
    /// Their names, in order.
    pub figures: Vec<&'static str>,
    /// Whether they were set just now.
    pub set: bool,
}

/// A remark.
#[derive(Debug, Clone, Serialize)]
pub struct ItemRow {
    /// Its month.
    pub month: String,
    /// Its number.
    pub no: u32,
    /// On whom.
    pub person: String,
    /// A code of `domain::oversight::Remarkable`.
    pub kind: &'static str,
    /// The day; empty where it is of none.
    pub day: String,
    /// 신청번호; empty where it is of none.
    pub number: String,
    /// What was counted.
    pub n: u64,
    /// What would have been usual.
    pub usual: u64,
    /// A code of `domain::oversight::Settled`.
    pub state: &'static str,
    /// 소명 요청.
    pub question: String,
    /// 소명.
    pub answer: String,
    /// When it came.
    pub answered_at: Option<At>,
    /// 점검 의견.
    pub judgement: String,
    /// Who judged it.
    pub judged_by: String,
    /// Whether it is about the one who looks.
    pub own: bool,
}

/// What went out.
#[derive(Debug, Clone, Serialize)]
pub struct OutRow {
    /// When.
    pub at: At,
    /// 출력번호.
    pub serial: String,
    /// By whom.
    pub person: String,
    /// A code of `domain::gate::Export`.
    pub what: &'static str,
    /// As what.
    pub format: &'static str,
    /// How many people.
    pub subjects: u64,
    /// A code of `domain::gate::Purpose`.
    pub purpose: &'static str,
    /// Why, in words; may be empty.
    pub words: String,
}

/// 한 달의 점검. Fields: `words` of the item or the signature that is wrong.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewPage {
    /// The menu.
    pub bar: Bar,
    /// The month.
    pub row: MonthRow,
    /// What was entered and what is wrong.
    pub form: Filled,
    /// Remarks.
    pub items: Vec<ItemRow>,
    /// How many of them are not judged.
    pub open: u64,
    /// 점검 의견 of the whole month.
    pub text: String,
    /// Exports of the month, the newest page of them.
    pub outs: Vec<OutRow>,
    /// Where the next exports begin: a moment and an identity, in one word.
    pub next: Option<String>,
    /// The longest text.
    pub max: usize,
}

/// 소명. Field: `words-<month>-<no>`.
#[derive(Debug, Clone, Serialize)]
pub struct Explain {
    /// The menu.
    pub bar: Bar,
    /// What was entered and what is wrong.
    pub form: Filled,
    /// Remarks on the one who looks of which an explanation was asked.
    pub items: Vec<ItemRow>,
    /// The longest text.
    pub max: usize,
    /// Whether one was given just now.
    pub given: bool,
    /// Whether the one who looks is the privacy officer.
    pub officer: bool,
}

fn bar() -> Bar {
    Bar {
        here: Here::About,
        approvals: 0,
    }
}

fn month(signed: bool) -> MonthRow {
    MonthRow {
        month: "2026-09".into(),
        looks: 12_345,
        officials: 87,
        exports: 64,
        signed_at: signed.then(|| super::at(2026, 10, 6, 14, 5)),
        signed_by: if signed {
            "디지털도시국장 한가온".into()
        } else {
            String::new()
        },
    }
}

fn item(no: u32, kind: &'static str, state: &'static str) -> ItemRow {
    ItemRow {
        month: "2026-09".into(),
        no,
        person: "도로관리과 주무관 이가람".into(),
        kind,
        day: if no.is_multiple_of(2) {
            String::new()
        } else {
            "2026-09-17".into()
        },
        number: if no.is_multiple_of(2) {
            "20260917-ABCD-EFGH".into()
        } else {
            String::new()
        },
        n: 121,
        usual: 40,
        state,
        question: if state == "open" {
            String::new()
        } else {
            "담당이 아닌 민원을 열람한 사유를 적어 주시기 바랍니다.".into()
        },
        answer: if matches!(state, "answered" | "normal" | "measure") {
            super::HOSTILE.into()
        } else {
            String::new()
        },
        answered_at: matches!(state, "answered" | "normal" | "measure").then(|| super::at(2026, 10, 5, 9, 0)),
        judgement: if matches!(state, "normal" | "measure") {
            "업무 지원으로 확인".into()
        } else {
            String::new()
        },
        judged_by: if matches!(state, "normal" | "measure") {
            "한가온".into()
        } else {
            String::new()
        },
        own: false,
    }
}

impl View for Reviews {
    const TEMPLATE: &'static str = "desk/privacy/list.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let whole = Reviews {
            bar: bar(),
            rows: vec![month(false), month(true)],
            form: Filled::of(&[
                ("threshold", "100"),
                ("from-hour", "7"),
                ("to-hour", "21"),
                ("names", "department"),
            ]),
            figures: vec!["threshold", "from-hour", "to-hour"],
            set: true,
        };
        let wrong = Reviews {
            rows: Vec::new(),
            form: Filled::of(&[("threshold", "많이")]).wrong(
                "threshold",
                Message::new("privacy-figure-form").with("field", "@privacy-threshold"),
            ),
            set: false,
            ..whole.clone()
        };
        vec![("whole", whole), ("wrong", wrong)]
    }
}

impl View for ReviewPage {
    const TEMPLATE: &'static str = "desk/privacy/month.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let whole = ReviewPage {
            bar: bar(),
            row: month(false),
            form: Filled::default(),
            items: vec![
                item(1, "off_hours", "open"),
                item(2, "one_petition", "asked"),
                item(3, "burst", "answered"),
                item(4, "own", "normal"),
                item(5, "bulk", "measure"),
                item(6, "one_person", "open"),
                ItemRow {
                    own: true,
                    ..item(7, "searching", "open")
                },
            ],
            open: 5,
            text: String::new(),
            outs: vec![OutRow {
                at: super::at(2026, 9, 17, 9, 5),
                serial: "2026-41".into(),
                person: "시민봉사담당관 주무관 이가람".into(),
                what: "register",
                format: "csv",
                subjects: 1_200,
                purpose: "audit",
                words: super::HOSTILE.into(),
            }],
            next: Some("1-a".into()),
            max: 1_000,
        };
        let wrong = ReviewPage {
            form: Filled::default().wrong("words-1", Message::new("privacy-words-missing")),
            ..whole.clone()
        };
        let signed = ReviewPage {
            row: month(true),
            items: vec![item(4, "own", "normal")],
            open: 0,
            text: "이상 없음".into(),
            outs: Vec::new(),
            next: None,
            ..whole.clone()
        };
        let none = ReviewPage {
            items: Vec::new(),
            open: 0,
            outs: Vec::new(),
            next: None,
            ..whole.clone()
        };
        vec![
            ("whole", whole),
            ("wrong", wrong),
            ("signed", signed),
            ("none", none),
        ]
    }
}

impl View for Explain {
    const TEMPLATE: &'static str = "desk/privacy/explain.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let none = Explain {
            bar: bar(),
            form: Filled::default(),
            items: Vec::new(),
            max: 1_000,
            given: true,
            officer: true,
        };
        let some = Explain {
            items: vec![
                item(2, "one_petition", "asked"),
                item(3, "burst", "answered"),
                item(4, "own", "normal"),
            ],
            form: Filled::default().wrong("words-2026-09-2", Message::new("privacy-words-missing")),
            given: false,
            officer: false,
            ..none.clone()
        };
        vec![("none", none), ("some", some)]
    }
}
