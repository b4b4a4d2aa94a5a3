//! 10초 입력 — one line and the code of an answer: filed, received and answered in one sending, by keyboard alone (영16).

use super::Tabs;
use crate::view::{
    Filled, Message, View,
    desk::{Bar, Here},
};
use serde::Serialize;

/// A standard answer as the page offers it.
#[derive(Debug, Clone, Serialize)]
pub struct Offered {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// What to say.
    pub answer: String,
    /// Past its day of review.
    pub stale: bool,
}

/// What was done just now.
#[derive(Debug, Clone, Serialize)]
pub struct Last {
    /// 접수번호; `None` where the 처리부 was left out.
    pub reception: Option<String>,
    /// 신청번호, for the way to it.
    pub number: Option<String>,
    /// The answer to be told.
    pub title: String,
    /// Its words.
    pub answer: String,
}

/// 10초 입력. Fields: `line`, `answer`, `name`, `phone`, `entry`, `skip`.
#[derive(Debug, Clone, Serialize)]
pub struct Small {
    /// The menu.
    pub bar: Bar,
    /// The tabs.
    pub tabs: Tabs,
    /// The form.
    pub form: Filled,
    /// A new idempotency key.
    pub key: String,
    /// The answers to choose from.
    pub answers: Vec<Offered>,
    /// What was done just now.
    pub last: Option<Last>,
    /// How many of them today: with a line of the 처리부, and without.
    pub today: (u32, u32),
}

impl View for Small {
    const TEMPLATE: &'static str = "counter/small.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let offered = || Offered {
            code: "A001".into(),
            title: "운영시간".into(),
            answer: "평일 09:00부터 18:00까지 운영합니다.".into(),
            stale: true,
        };
        let last = |reception: Option<&str>| Last {
            reception: reception.map(str::to_owned),
            number: reception.map(|_| "20260914-7K3F2-QD2XA".into()),
            title: "운영시간".into(),
            answer: "평일 09:00부터 18:00까지 운영합니다.".into(),
        };
        let page = |form, last| Small {
            bar: Bar {
                here: Here::Counter,
                approvals: 0,
            },
            tabs: Tabs::sample("small"),
            form,
            key: "0197c0de".into(),
            answers: vec![offered()],
            last,
            today: (12, 30),
        };
        let wrong = Filled::of(&[("line", "<몇 시까지>"), ("answer", "A999")]).wrong(
            "answer",
            Message::new("error-choice").with("field", "@counter-answer-code"),
        );
        vec![
            ("empty", page(Filled::of(&[("entry", "phone")]), None)),
            ("done", page(Filled::default(), Some(last(Some("2026-004212"))))),
            ("done without a line", page(Filled::default(), Some(last(None)))),
            ("wrong", page(wrong, None)),
        ]
    }
}
