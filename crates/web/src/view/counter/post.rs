//! 발송대장 — letters that go by post: those that wait, with a form to mark many as posted at once, and those under way.

use super::Tabs;
use crate::view::{
    Filled, Message, View,
    desk::{Bar, Here, at},
};
use domain::{
    mailing::{Mail, MailState},
    time::At,
};
use jiff::civil::{Date, date};
use serde::Serialize;

/// 우편물 하나.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// 신청번호, for the way to it.
    pub number: String,
    /// 접수번호; empty before reception.
    pub reception: String,
    /// Which letter: the end of the names of its fields.
    pub key: String,
    /// What it says.
    pub mail: Mail,
    /// 제목.
    pub title: String,
    /// 받는 사람.
    pub to: String,
    /// 주소; empty where none is known.
    pub address: Vec<String>,
    /// The paper to print; empty where the case holds all there is.
    pub paper: String,
    /// Since when it waits.
    pub since: At,
    /// Where it stands, in words.
    pub what: Message,
    /// 등기번호.
    pub registered: String,
    /// What is done next, for one that came back; its key.
    pub next: String,
}

/// 발송대장. Fields: `on`, `way`, and for each letter `pick-<key>` and `number-<key>`.
#[derive(Debug, Clone, Serialize)]
pub struct Post {
    /// The menu.
    pub bar: Bar,
    /// The tabs.
    pub tabs: Tabs,
    /// Where the letters shown stand.
    pub state: MailState,
    /// Owed since this day.
    pub from: Date,
    /// Owed up to this day.
    pub to: Date,
    /// The letters.
    pub rows: Vec<Row>,
    /// There are more than a page shows.
    pub more: bool,
    /// How many were just marked as posted.
    pub done: u32,
    /// The form.
    pub form: Filled,
    /// The key that makes a repeated sending the same sending.
    pub key: String,
}

impl View for Post {
    const TEMPLATE: &'static str = "counter/post.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let row = |key: &str, state: MailState| Row {
            number: "20260914-7K3F2-QD2XA".into(),
            reception: "2026-004212".into(),
            key: key.into(),
            mail: Mail::Answer,
            title: "도로점용 허가 <신청>".into(),
            to: "한빛건설 주식회사".into(),
            address: if key == "b" {
                vec![]
            } else {
                vec!["한빛시 가람구 한빛로 12".into(), "301호".into(), "06234".into()]
            },
            paper: "result_notice".into(),
            since: at(2026, 9, 14, 10, 0),
            what: match state {
                MailState::Waiting => Message::new("aside-mail-waiting").with("mail", "@mail-answer"),
                MailState::Sent => Message::new("aside-mail-sent")
                    .with("mail", "@mail-answer")
                    .with("on", "2026. 9. 15.")
                    .with("way", "@mail-way-registered"),
                MailState::Arrived => Message::new("aside-mail-arrived")
                    .with("mail", "@mail-answer")
                    .with("on", "2026. 9. 17."),
                MailState::Returned => Message::new("aside-mail-returned")
                    .with("mail", "@mail-answer")
                    .with("on", "2026. 9. 17.")
                    .with("reason", "@fate-moved"),
            },
            registered: "12345-6789-0123".into(),
            next: if state == MailState::Returned {
                "post-next-address".into()
            } else {
                String::new()
            },
        };
        let page = |state, form: Filled| Post {
            bar: Bar {
                here: Here::Counter,
                approvals: 0,
            },
            tabs: Tabs::sample("post"),
            state,
            from: date(2026, 8, 1),
            to: date(2026, 9, 30),
            rows: vec![row("a", state), row("b", state)],
            more: state == MailState::Waiting,
            done: 0,
            form,
            key: "0f".repeat(16),
        };
        let typed = Filled::of(&[
            ("on", "2026-09-15"),
            ("way", "registered"),
            ("pick-a", "yes"),
            ("number-a", "123"),
        ]);
        let wrong = typed
            .clone()
            .wrong("number-a", Message::new("post-error-number"))
            .wrong("", Message::new("post-error-none"));
        vec![
            (
                "waiting",
                Post {
                    done: 2,
                    ..page(MailState::Waiting, typed)
                },
            ),
            ("wrong", page(MailState::Waiting, wrong)),
            ("posted", page(MailState::Sent, Filled::default())),
            ("returned", page(MailState::Returned, Filled::default())),
            (
                "none",
                Post {
                    rows: vec![],
                    more: false,
                    ..page(MailState::Arrived, Filled::default())
                },
            ),
        ]
    }
}
