//! 대장과 서식 — the page of the 민원 처리부, and the page where an administrator keeps templates, seal and settings of papers.

use super::{Bar, Here, at};
use crate::view::{Filled, Message, View};
use domain::time::At;
use serde::Serialize;

/// 민원 처리부.
#[derive(Debug, Clone, Serialize)]
pub struct RegisterPage {
    /// The menu.
    pub bar: Bar,
    /// `from`, `to`, `unit`, `reason`, `as`.
    pub form: Filled,
    /// Departments one may see: code, name.
    pub units: Vec<(String, String)>,
    /// 출력 사유: words keyed `reason-<code>`.
    pub reasons: Vec<&'static str>,
    /// Most days of one register.
    pub days: i32,
}

/// A paper with its template.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// Its code.
    pub code: &'static str,
    /// Its title.
    pub title: &'static str,
    /// 별지 제n호서식; `None` where no form is prescribed.
    pub annex: Option<u8>,
    /// The articles it rests on.
    pub basis: &'static str,
    /// How many fields, and their names.
    pub fields: Vec<&'static str>,
    /// What marks its template may hold; empty for registers, which have none.
    pub marks: Vec<String>,
    /// Versions laid down by the office, newest first.
    pub versions: Vec<Version>,
}

/// A version of a template or of the seal.
#[derive(Debug, Clone, Serialize)]
pub struct Version {
    /// 1, 2, …
    pub n: u32,
    /// When.
    pub at: At,
    /// By whom.
    pub by: String,
    /// Bytes; 0 where it went back to the program's own.
    pub size: u64,
    /// The first letters of its SHA-256.
    pub digest: String,
}

/// 서식 관리.
#[derive(Debug, Clone, Serialize)]
pub struct Keeping {
    /// The menu.
    pub bar: Bar,
    /// Of the settings: `seal`, `retention`, `ground`; of an upload: `file-<code>`.
    pub form: Filled,
    /// Whether the one who looks may change anything.
    pub keeper: bool,
    /// 관인의 표시: words keyed `seal-<code>`.
    pub seals: Vec<&'static str>,
    /// Versions of the seal, newest first.
    pub seal: Vec<Version>,
    /// The papers in the order of the table.
    pub papers: Vec<Row>,
    /// What the last request did.
    pub done: Option<Message>,
}

impl View for RegisterPage {
    const TEMPLATE: &'static str = "desk/register.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let whole = RegisterPage {
            bar: Bar {
                here: Here::Papers,
                approvals: 0,
            },
            form: Filled::of(&[("from", "2026-09-01"), ("to", "2026-09-30"), ("as", "pdf")]),
            units: vec![("road_facilities".into(), "도로시설과".into())],
            reasons: vec!["register_keeping", "register_inspection"],
            days: 366,
        };
        let wrong = RegisterPage {
            form: Filled::of(&[("from", "9월 1일"), ("to", "2026-09-30")])
                .wrong(
                    "from",
                    Message::new("register-day-form").with("field", "@register-from"),
                )
                .wrong(
                    "reason",
                    Message::new("error-required-choice").with("field", "@register-reason"),
                ),
            ..whole.clone()
        };
        vec![("whole", whole), ("faults", wrong)]
    }
}

impl View for Keeping {
    const TEMPLATE: &'static str = "desk/papers.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let version = |n: u32, size: u64| Version {
            n,
            at: at(2026, 9, 1, 10, 0),
            by: "시스템 관리자".into(),
            size,
            digest: "9f86d081884c".into(),
        };
        let keeper = Keeping {
            bar: Bar {
                here: Here::Papers,
                approvals: 0,
            },
            form: Filled::of(&[("seal", "omitted"), ("retention", "5"), ("ground", "6")]),
            keeper: true,
            seals: vec!["omitted", "by_hand", "printed"],
            seal: vec![version(1, 4_096)],
            papers: vec![
                Row {
                    code: "reminder",
                    title: "민원 처리 독촉장",
                    annex: Some(7),
                    basis: "영 제28조제2항, 규칙 제10조",
                    fields: vec!["독촉 번호", "받는 사람"],
                    marks: vec!["독촉 번호".into(), "받는 사람".into()],
                    versions: vec![version(2, 0), version(1, 48_000)],
                },
                Row {
                    code: "register",
                    title: "민원 처리부",
                    annex: Some(1),
                    basis: "영 제6조제2항",
                    fields: vec!["접수번호"],
                    marks: vec![],
                    versions: vec![],
                },
            ],
            done: Some(Message::new("papers-laid").with("name", "민원 처리 독촉장")),
        };
        let mut reader = keeper.clone();
        reader.keeper = false;
        reader.done = None;
        let mut wrong = keeper.clone();
        wrong.done = None;
        wrong.form = wrong.form.wrong(
            "file-reminder",
            Message::new("papers-unknown").with("marks", "접수번허, 민원멍"),
        );
        vec![("keeper", keeper), ("reader", reader), ("unknown marks", wrong)]
    }
}
