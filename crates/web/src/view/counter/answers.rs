//! 표준답변, 교부 대기, 발급대장 — lists the counter keeps.

use super::Tabs;
use crate::view::{
    Filled, Message, View,
    desk::{Bar, Here, at},
};
use domain::time::At;
use jiff::civil::{Date, date};
use serde::Serialize;

/// A paper that waits.
#[derive(Debug, Clone, Serialize)]
pub struct Waiting {
    /// 신청번호, for the way to it.
    pub number: String,
    /// 접수번호.
    pub reception: String,
    /// 제목.
    pub title: String,
    /// 민원사무.
    pub service: String,
    /// Ready since.
    pub since: At,
    /// Kept until this day.
    pub kept_until: Date,
    /// The petitioner was told.
    pub told: Option<At>,
    /// It may be destroyed now.
    pub lapsed: bool,
}

/// 교부 대기.
#[derive(Debug, Clone, Serialize)]
pub struct Claims {
    /// The menu.
    pub bar: Bar,
    /// The tabs.
    pub tabs: Tabs,
    /// The papers, the longest waiting first.
    pub rows: Vec<Waiting>,
}

impl View for Claims {
    const TEMPLATE: &'static str = "counter/claims.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let row = |told: bool, lapsed| Waiting {
            number: "20260914-7K3F2-QD2XA".into(),
            reception: "2026-004212".into(),
            title: "장례지도사 자격증 재발급".into(),
            service: "장례지도사 자격증 재발급".into(),
            since: at(2026, 9, 14, 10, 0),
            kept_until: date(2026, 9, 30),
            told: told.then(|| at(2026, 9, 24, 9, 0)),
            lapsed,
        };
        let page = |rows| Claims {
            bar: Bar {
                here: Here::Counter,
                approvals: 0,
            },
            tabs: Tabs::sample("claims"),
            rows,
        };
        vec![
            ("some", page(vec![row(false, false), row(true, true)])),
            ("none", page(vec![])),
        ]
    }
}

/// A line of the 발급대장.
#[derive(Debug, Clone, Serialize)]
pub struct IssuedRow {
    /// 발급번호.
    pub issue: String,
    /// 발급일시.
    pub at: At,
    /// 증명서.
    pub service: String,
    /// 신청인.
    pub name: String,
    /// 통수.
    pub copies: u32,
    /// 1통 수수료.
    pub per_copy: String,
    /// 감면 사유, as code; empty for none.
    pub waiver: String,
    /// 받은 수수료.
    pub paid: String,
    /// 확인번호.
    pub code: String,
    /// 발급자.
    pub by: String,
    /// 신청번호.
    pub number: String,
}

/// 발급대장.
#[derive(Debug, Clone, Serialize)]
pub struct Issued {
    /// The menu.
    pub bar: Bar,
    /// The tabs.
    pub tabs: Tabs,
    /// From.
    pub from: Date,
    /// To.
    pub to: Date,
    /// The lines.
    pub rows: Vec<IssuedRow>,
    /// Copies in all.
    pub copies: u32,
    /// Paid in all.
    pub paid: String,
}

impl View for Issued {
    const TEMPLATE: &'static str = "counter/issued.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let row = |waiver: &str| IssuedRow {
            issue: "2026-발급-000123".into(),
            at: at(2026, 9, 14, 10, 0),
            service: "국내거소신고 사실증명 발급".into(),
            name: "김<솔>".into(),
            copies: 2,
            per_copy: "2,000원".into(),
            waiver: waiver.into(),
            paid: "4,000원".into(),
            code: "7K3F-9QD2-XA5T-M0BC".into(),
            by: "최혜담".into(),
            number: "20260914-7K3F2-QD2XA".into(),
        };
        let page = |rows: Vec<IssuedRow>| Issued {
            bar: Bar {
                here: Here::Counter,
                approvals: 0,
            },
            tabs: Tabs::sample("issued"),
            from: date(2026, 9, 1),
            to: date(2026, 9, 30),
            copies: 2,
            paid: "4,000원".into(),
            rows,
        };
        vec![
            ("some", page(vec![row(""), row("disabled")])),
            ("none", page(vec![])),
        ]
    }
}

/// A standard answer in the list.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerRow {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// What is asked.
    pub question: String,
    /// 담당 부서.
    pub unit: String,
    /// To be reviewed by.
    pub review_by: Date,
    /// Past that day.
    pub stale: bool,
    /// Out of use.
    pub retired: bool,
    /// One's own to keep.
    pub own: bool,
}

/// 표준답변 목록.
#[derive(Debug, Clone, Serialize)]
pub struct Answers {
    /// The menu.
    pub bar: Bar,
    /// The tabs.
    pub tabs: Tabs,
    /// Stale ones first, then by code.
    pub rows: Vec<AnswerRow>,
    /// How many are stale.
    pub stale: u32,
    /// Whether one may write new ones.
    pub may_write: bool,
}

impl View for Answers {
    const TEMPLATE: &'static str = "counter/answers.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let row = |stale, retired, own| AnswerRow {
            code: "A001".into(),
            title: "운영시간".into(),
            question: "민원실 운영시간이 어떻게 되나요?".into(),
            unit: "시민봉사담당관".into(),
            review_by: date(2018, 12, 31),
            stale,
            retired,
            own,
        };
        let page = |rows: Vec<AnswerRow>, may_write| Answers {
            bar: Bar {
                here: Here::Counter,
                approvals: 0,
            },
            tabs: Tabs::sample("answers"),
            stale: 1,
            rows,
            may_write,
        };
        vec![
            (
                "some",
                page(vec![row(true, false, true), row(false, true, false)], true),
            ),
            ("none", page(vec![], false)),
        ]
    }
}

/// 표준답변 한 건. Fields: `code`, `title`, `question`, `answer`, `unit`, `service`, `review_by`, `version`; buttons `do` =
/// `keep` or `retire`.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerPage {
    /// The menu.
    pub bar: Bar,
    /// The tabs.
    pub tabs: Tabs,
    /// Its code; `None` for a new one.
    pub code: Option<String>,
    /// The version looked at.
    pub version: u32,
    /// The form.
    pub form: Filled,
    /// Units to choose from: id, name.
    pub units: Vec<(String, String)>,
    /// Services: code, name.
    pub services: Vec<(String, String)>,
    /// Whether one may change it.
    pub own: bool,
    /// Past its day of review.
    pub stale: bool,
    /// When it was last reviewed.
    pub reviewed_on: Option<Date>,
    /// Somebody else changed it meanwhile.
    pub overtaken: bool,
}

impl View for AnswerPage {
    const TEMPLATE: &'static str = "counter/answer.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |own, code: Option<&str>, overtaken| AnswerPage {
            bar: Bar {
                here: Here::Counter,
                approvals: 0,
            },
            tabs: Tabs::sample("answers"),
            code: code.map(str::to_owned),
            version: 1,
            form: Filled::of(&[("title", "운영시간"), ("answer", "평일 09:00부터")])
                .wrong("review_by", Message::new("counter-error-review")),
            units: vec![("u1".into(), "시민봉사담당관".into())],
            services: vec![("G002".into(), "단순 질의 즉시답변".into())],
            own,
            stale: true,
            reviewed_on: code.map(|_| date(2018, 6, 30)),
            overtaken,
        };
        vec![
            ("own", page(true, Some("A001"), false)),
            ("of another unit", page(false, Some("A001"), false)),
            ("new", page(true, None, false)),
            ("overtaken", page(true, Some("A001"), true)),
        ]
    }
}
