//! 개인정보 삭제 요청 — asking for it, and seeing what came of it (개인정보 보호법 제36조).

use super::at;
use crate::view::{Filled, Message, View};
use domain::retention::Basis;
use domain::retention::request::{No, State, Verdict, Wanted};
use domain::time::At;
use jiff::civil::{Date, date};
use serde::Serialize;

/// A request made before.
#[derive(Debug, Clone, Serialize)]
pub struct AskedRow {
    /// 요구 번호.
    pub number: String,
    /// What was asked.
    pub wanted: Wanted,
    /// When.
    pub at: At,
    /// The result is told by then.
    pub due: Date,
    /// Where it stands.
    pub state: State,
}

/// What the one who asked takes away.
#[derive(Debug, Clone, Serialize)]
pub struct Given {
    /// 요구 번호.
    pub number: String,
    /// 확인번호.
    pub code: String,
    /// The result is told by then.
    pub due: Date,
}

/// The page; `form` has `wanted`, `petition`, `text`.
#[derive(Debug, Clone, Serialize)]
pub struct ErasureAsk {
    /// Petitions to choose from: address and title.
    pub petitions: Vec<(String, String)>,
    /// Requests made before.
    pub asked: Vec<AskedRow>,
    /// Whether the contact was verified too long ago: it is verified anew before anything is asked.
    pub stale: bool,
    /// What was just asked for.
    pub given: Option<Given>,
    /// The idempotency key.
    pub once: String,
    /// The form.
    pub form: Filled,
}

impl View for ErasureAsk {
    const TEMPLATE: &'static str = "citizen/erasure.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |given: bool, form| ErasureAsk {
            petitions: vec![
                (String::new(), "선택하세요".into()),
                ("20260615-7K3F2-QD2XA".into(), "도로 점용 허가 신청".into()),
            ],
            asked: vec![AskedRow {
                number: "2026-12".into(),
                wanted: Wanted::Everything,
                at: at(2026, 6, 15, 10, 0),
                due: date(2026, 6, 25),
                state: State::Waiting,
            }],
            stale: false,
            given: given.then(|| Given {
                number: "2026-12".into(),
                code: "7K3FQD2X".into(),
                due: date(2026, 6, 25),
            }),
            once: "0f".repeat(16),
            form,
        };
        let wrong =
            Filled::of(&[("wanted", "petition")]).wrong("petition", Message::new("erasure-error-petition"));
        vec![
            ("asking", page(false, Filled::default())),
            ("wrong", page(false, wrong)),
            ("asked", page(true, Filled::default())),
            (
                "verified long ago",
                ErasureAsk {
                    stale: true,
                    ..page(false, Filled::default())
                },
            ),
            (
                "nothing yet",
                ErasureAsk {
                    petitions: vec![(String::new(), "선택하세요".into())],
                    asked: Vec::new(),
                    ..page(false, Filled::default())
                },
            ),
        ]
    }
}

/// What was decided about one thing.
#[derive(Debug, Clone, Serialize)]
pub struct ResultRow {
    /// 접수번호 or 신청번호; empty for name and contact.
    pub petition: String,
    /// What became of it.
    pub verdict: Verdict,
    /// The law it is kept by.
    pub basis: Option<Basis>,
    /// Until when.
    pub until: Option<Date>,
    /// Why not.
    pub no: Option<No>,
}

/// A result.
#[derive(Debug, Clone, Serialize)]
pub struct Shown {
    /// 요구 번호.
    pub number: String,
    /// When it was asked.
    pub at: At,
    /// The result is told by then.
    pub due: Date,
    /// Where it stands.
    pub state: State,
    /// When it was decided.
    pub decided: Option<At>,
    /// About each thing.
    pub rows: Vec<ResultRow>,
    /// Reasons.
    pub reasons: String,
    /// Numbers of the lines of the 파기대장.
    pub entries: Vec<String>,
    /// Whether something was destroyed: then this is a certificate.
    pub certificate: bool,
}

/// Looking up a result; `form` has `number` and `code`.
#[derive(Debug, Clone, Serialize)]
pub struct ErasureResult {
    /// The form.
    pub form: Filled,
    /// What was found.
    pub found: Option<Shown>,
}

impl View for ErasureResult {
    const TEMPLATE: &'static str = "citizen/erasure_result.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let row = |verdict, basis, until, no| ResultRow {
            petition: "2026-001234".into(),
            verdict,
            basis,
            until,
            no,
        };
        let whole = Shown {
            number: "2026-12".into(),
            at: at(2026, 6, 15, 10, 0),
            due: date(2026, 6, 25),
            state: State::Told,
            decided: Some(at(2026, 6, 18, 15, 20)),
            rows: vec![
                row(Verdict::Destroy, None, None, None),
                row(
                    Verdict::KeepApart,
                    Some(Basis::PublicRecords),
                    Some(date(2031, 12, 31)),
                    None,
                ),
                row(Verdict::KeepApart, Some(Basis::OtherAct), None, None),
                row(Verdict::Refuse, None, None, Some(No::Open)),
                ResultRow {
                    petition: String::new(),
                    ..row(Verdict::Destroy, None, None, None)
                },
            ],
            reasons: "「공공기록물 관리에 관한 법률」에 따라 보존기간이 끝날 때까지 분리하여 보관합니다."
                .into(),
            entries: vec!["2026-7".into()],
            certificate: true,
        };
        let wrong = Filled::of(&[("number", "2026-12")]).wrong("", Message::new("erasure-not-found"));
        vec![
            (
                "asking",
                ErasureResult {
                    form: Filled::default(),
                    found: None,
                },
            ),
            (
                "wrong",
                ErasureResult {
                    form: wrong,
                    found: None,
                },
            ),
            (
                "waiting",
                ErasureResult {
                    form: Filled::default(),
                    found: Some(Shown {
                        state: State::Waiting,
                        decided: None,
                        rows: Vec::new(),
                        reasons: String::new(),
                        entries: Vec::new(),
                        certificate: false,
                        ..whole.clone()
                    }),
                },
            ),
            (
                "decided",
                ErasureResult {
                    form: Filled::default(),
                    found: Some(whole),
                },
            ),
        ]
    }
}
