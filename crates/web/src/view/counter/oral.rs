//! 구술민원 — written down by the clerk, read back in large print, signed (영10④).

use super::Tabs;
use crate::view::{
    Filled, Message, View,
    desk::{Bar, HOSTILE, Here},
};
use domain::{
    intake::{Interpreter, Tongue},
    refusal::Refusal,
    terms::Kind,
};
use serde::Serialize;

/// 구술민원 작성. Fields: see `counter::oral`.
#[derive(Debug, Clone, Serialize)]
pub struct Oral {
    /// The menu.
    pub bar: Bar,
    /// The tabs.
    pub tabs: Tabs,
    /// The form as it was left.
    pub form: Filled,
    /// Services posted as oral ones (영10③3): code, name.
    pub posted: Vec<(String, String)>,
    /// All others.
    pub others: Vec<(String, String)>,
    /// Where it is sent: a new sheet, or the draft that is being changed.
    pub draft: Option<String>,
}

impl View for Oral {
    const TEMPLATE: &'static str = "counter/oral.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |form, draft| Oral {
            bar: Bar {
                here: Here::Counter,
                approvals: 0,
            },
            tabs: Tabs::sample("oral"),
            form,
            posted: vec![("S036".into(), "국내거소신고 사실증명 발급".into())],
            others: vec![("S134".into(), "일반 질의".into())],
            draft,
        };
        vec![
            (
                "empty",
                page(
                    Filled::of(&[("tongue", "korean"), ("interpreter", "nobody")]),
                    None,
                ),
            ),
            (
                "wrong",
                page(
                    Filled::of(&[("name", "응우옌")]).wrong(
                        "body",
                        Message::new("error-required").with("field", "@counter-said"),
                    ),
                    Some("ab".repeat(16)),
                ),
            ),
        ]
    }
}

/// 읽어 드리기 — field `files` (the signature), hidden `read` and `key`.
#[derive(Debug, Clone, Serialize)]
pub struct ReadBack {
    /// The menu.
    pub bar: Bar,
    /// The tabs.
    pub tabs: Tabs,
    /// The draft.
    pub draft: String,
    /// 민원사무.
    pub service: String,
    /// Its kind: 기타민원 needs no signature.
    pub kind: Kind,
    /// 신청인.
    pub name: String,
    /// 연락할 곳.
    pub reach: String,
    /// Language it was spoken in.
    pub tongue: Tongue,
    /// Who interpreted.
    pub interpreter: Interpreter,
    /// 제목.
    pub title: String,
    /// What was said, one sentence a line.
    pub sentences: Vec<String>,
    /// Files of the form as they were left.
    pub form: Filled,
    /// A refusal on the last try, with its clause.
    pub refused: Option<(Refusal, String)>,
    /// What was read back, as a hash: only that is signed.
    pub read: String,
    /// 오늘.
    pub today: jiff::civil::Date,
}

impl View for ReadBack {
    const TEMPLATE: &'static str = "counter/read_back.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |kind, refused| ReadBack {
            bar: Bar {
                here: Here::Counter,
                approvals: 0,
            },
            tabs: Tabs::sample("oral"),
            draft: "ab".repeat(16),
            service: "국내거소신고 사실증명 발급".into(),
            kind,
            name: "응우옌 티 란".into(),
            reach: "010-1234-5678".into(),
            tongue: Tongue::Vietnamese,
            interpreter: Interpreter::Companion,
            title: HOSTILE.into(),
            sentences: vec![
                "은행에 낼 서류가 필요합니다.".into(),
                "두 통을 발급해 주십시오.".into(),
            ],
            form: Filled::default(),
            refused,
            read: "cd".repeat(32),
            today: jiff::civil::date(2026, 9, 14),
        };
        let signed = Refusal::MustBeSigned;
        vec![
            ("statutory", page(Kind::Statutory, None)),
            ("other", page(Kind::Other, None)),
            (
                "not signed",
                page(Kind::Inquiry, Some((signed, signed.clause().into()))),
            ),
        ]
    }
}
