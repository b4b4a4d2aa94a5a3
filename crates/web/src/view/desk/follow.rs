//! 따라가기 — the conditions of the work list, and what changed since the last visit.

use super::{Bar, Here, at, list::Row, timeline};
use crate::view::{Message, View};
use domain::time::At;
use serde::Serialize;

/// One choice of a condition: a word of ours, or a name.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    /// What stands in the address.
    pub code: String,
    /// The key of its word; empty where it has a name.
    pub key: String,
    /// Its name.
    pub name: String,
}

/// One part of a condition.
#[derive(Debug, Clone, Serialize)]
pub struct Part {
    /// Its name in the form; its label is `filter-<name>`.
    pub name: &'static str,
    /// What can be chosen, besides everything.
    pub choices: Vec<Choice>,
    /// The code chosen; empty for everything.
    pub chosen: String,
}

/// 보관한 조건.
#[derive(Debug, Clone, Serialize)]
pub struct KeptRow {
    /// Its identity, for forms.
    pub id: String,
    /// As its owner calls it.
    pub name: String,
    /// The list it leads to.
    pub way: String,
    /// Whether the list begins with it.
    pub begins: bool,
    /// Whether it is the one shown.
    pub here: bool,
}

/// 조건 — above the work list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FilterForm {
    /// The parts.
    pub parts: Vec<Part>,
    /// Whether anything is asked for.
    pub narrowed: bool,
    /// How many lines it leaves; counted no further than a limit.
    pub count: Option<super::Count>,
    /// What is kept.
    pub kept: Vec<KeptRow>,
}

/// A petition that changed.
#[derive(Debug, Clone, Serialize)]
pub struct ChangedRow {
    /// The petition.
    pub row: Row,
    /// What others did, oldest first.
    pub entries: Vec<timeline::Entry>,
}

/// 지난번 이후 달라진 것.
#[derive(Debug, Clone, Serialize)]
pub struct News {
    /// The menu.
    pub bar: Bar,
    /// Since when.
    pub since: At,
    /// Read at, in milliseconds: what is confirmed.
    pub until: String,
    /// The newest change first.
    pub changed: Vec<ChangedRow>,
    /// Whether there is more.
    pub more: bool,
}

/// 새 소식 — a line that a page which lies open asks for now and then; not a page of its own.
#[derive(Debug, Clone, Serialize)]
pub struct Pulse {
    /// What is told; `None` while nothing happened.
    pub told: Option<Message>,
    /// Where the page is read anew.
    pub way: String,
}

/// The sample of the work list.
pub(super) fn sample() -> FilterForm {
    let word = |code: &str, key: &str| Choice {
        code: code.into(),
        key: key.into(),
        name: String::new(),
    };
    FilterForm {
        parts: vec![
            Part {
                name: "life",
                choices: vec![word("held", "life-held"), word("in_handling", "life-in_handling")],
                chosen: "held".into(),
            },
            Part {
                name: "unit",
                choices: vec![Choice {
                    code: "7".into(),
                    key: String::new(),
                    name: "도로시설과".into(),
                }],
                chosen: String::new(),
            },
        ],
        narrowed: true,
        count: Some(super::Count { n: 3, more: false }),
        kept: vec![
            KeptRow {
                id: "1".into(),
                name: super::HOSTILE.into(),
                way: "/desk?queue=mine&life=held".into(),
                begins: true,
                here: true,
            },
            KeptRow {
                id: "2".into(),
                name: "오늘까지".into(),
                way: "/desk?queue=unit&due=today".into(),
                begins: false,
                here: false,
            },
        ],
    }
}

impl View for News {
    const TEMPLATE: &'static str = "desk/news.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let full = News {
            bar: Bar {
                here: Here::Work,
                approvals: 1,
            },
            since: at(2026, 9, 14, 18, 2),
            until: "1789534800000".into(),
            changed: vec![ChangedRow {
                row: super::list::sample_row(),
                entries: timeline::sample().into_iter().take(3).collect(),
            }],
            more: true,
        };
        let none = News {
            changed: vec![],
            more: false,
            ..full.clone()
        };
        vec![("ordinary", full), ("nothing", none)]
    }
}

impl View for Pulse {
    const TEMPLATE: &'static str = "desk/pulse.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let told = Pulse {
            told: Some(Message::new("pulse-list").with("n", 3_u64)),
            way: "/desk?queue=mine".into(),
        };
        let none = Pulse {
            told: None,
            ..told.clone()
        };
        vec![("told", told), ("nothing", none)]
    }
}
