//! 민원실 — numbers: the kiosk that gives them, the windows that call them, the board that shows them; and the check of a code.

use super::Tabs;
use crate::view::{
    Filled, Message, View,
    desk::{Bar, Here, at},
};
use domain::{
    queue::{Business, Waits},
    time::At,
};
use serde::Serialize;

/// A number at a window.
#[derive(Debug, Clone, Serialize)]
pub struct Called {
    /// “A012”.
    pub ticket: String,
    /// For what.
    pub business: Business,
    /// 창구.
    pub window: u32,
}

/// How one kind of business stands.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// For what.
    pub business: Business,
    /// Called so far today.
    pub called: u32,
    /// Waiting now.
    pub waiting: u32,
    /// Mean wait in minutes.
    pub mean: u32,
    /// Median.
    pub median: u32,
    /// Longest.
    pub longest: u32,
    /// Passed over.
    pub skipped: u32,
}

impl Line {
    /// Of these waits.
    pub fn of(business: Business, waits: Waits) -> Line {
        Line {
            business,
            called: waits.called,
            waiting: waits.waiting,
            mean: waits.mean,
            median: waits.median,
            longest: waits.longest,
            skipped: waits.skipped,
        }
    }
}

fn line() -> Line {
    let waits = Waits {
        called: 12,
        waiting: 3,
        mean: 6,
        median: 5,
        longest: 21,
        skipped: 1,
    };
    Line::of(Business::General, waits)
}

fn called() -> Called {
    Called {
        ticket: "A012".into(),
        business: Business::General,
        window: 3,
    }
}

/// 순번 호출 — fields `window`, `serves-…`, `ticket`, `do`.
#[derive(Debug, Clone, Serialize)]
pub struct Queue {
    /// The menu.
    pub bar: Bar,
    /// The tabs.
    pub tabs: Tabs,
    /// 창구 번호.
    pub window: u32,
    /// What this window serves.
    pub serves: Vec<Business>,
    /// Who stands at this window now.
    pub now: Option<Called>,
    /// Who was not there.
    pub skipped: Vec<Called>,
    /// How each business stands today.
    pub lines: Vec<Line>,
    /// What came of the last press.
    pub told: Option<Message>,
}

impl View for Queue {
    const TEMPLATE: &'static str = "counter/queue.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |now: Option<Called>, told| Queue {
            bar: Bar {
                here: Here::Counter,
                approvals: 0,
            },
            tabs: Tabs::sample("queue"),
            window: 3,
            serves: vec![Business::General],
            skipped: now.iter().cloned().collect(),
            now,
            lines: vec![line()],
            told,
        };
        vec![
            (
                "at work",
                page(
                    Some(called()),
                    Some(Message::new("counter-called").with("ticket", "A012")),
                ),
            ),
            ("idle", page(None, None)),
        ]
    }
}

/// 전광판.
#[derive(Debug, Clone, Serialize)]
pub struct Hall {
    /// The numbers called last, the newest first.
    pub called: Vec<Called>,
    /// How many wait for each business.
    pub lines: Vec<Line>,
    /// As of.
    pub as_of: At,
}

impl View for Hall {
    const TEMPLATE: &'static str = "counter/hall.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |called: Vec<Called>| Hall {
            called,
            lines: vec![line()],
            as_of: at(2026, 9, 14, 10, 0),
        };
        vec![("busy", page(vec![called(), called()])), ("empty", page(vec![]))]
    }
}

/// 번호표 발권기.
#[derive(Debug, Clone, Serialize)]
pub struct Kiosk {
    /// What can be chosen, and how many wait for it.
    pub lines: Vec<Line>,
}

impl View for Kiosk {
    const TEMPLATE: &'static str = "counter/kiosk.html";
    fn samples() -> Vec<(&'static str, Self)> {
        vec![("ordinary", Kiosk { lines: vec![line()] })]
    }
}

/// 번호표.
#[derive(Debug, Clone, Serialize)]
pub struct TicketPage {
    /// “A012”.
    pub ticket: String,
    /// For what.
    pub business: Business,
    /// How many wait before.
    pub before: u32,
    /// When it was taken.
    pub taken: At,
    /// The window, once called.
    pub window: Option<u32>,
}

impl View for TicketPage {
    const TEMPLATE: &'static str = "counter/ticket.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |before, window| TicketPage {
            ticket: "A012".into(),
            business: Business::General,
            before,
            taken: at(2026, 9, 14, 10, 0),
            window,
        };
        vec![
            ("waiting", page(3, None)),
            ("next", page(0, None)),
            ("called", page(0, Some(2))),
        ]
    }
}

/// What was found under a code.
#[derive(Debug, Clone, Serialize)]
pub struct Genuine {
    /// 증명서.
    pub service: String,
    /// 발급번호.
    pub issue: String,
    /// 신청인, masked.
    pub name: String,
    /// 발급일시.
    pub at: At,
    /// 통수.
    pub copies: u32,
    /// 발급 부서.
    pub unit: String,
}

/// 증명서 진위 확인. Field: `code`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Check {
    /// The form.
    pub form: Filled,
    /// What was found.
    pub found: Option<Genuine>,
    /// No such code was issued.
    pub unknown: bool,
    /// Too many tries: seconds to wait.
    pub wait: Option<u32>,
}

impl View for Check {
    const TEMPLATE: &'static str = "counter/check.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let genuine = Genuine {
            service: "국내거소신고 사실증명 발급".into(),
            issue: "2026-발급-000123".into(),
            name: "김*솔".into(),
            at: at(2026, 9, 14, 10, 0),
            copies: 2,
            unit: "열린민원팀".into(),
        };
        vec![
            ("empty", Check::default()),
            (
                "genuine",
                Check {
                    found: Some(genuine),
                    ..Check::default()
                },
            ),
            (
                "unknown",
                Check {
                    unknown: true,
                    ..Check::default()
                },
            ),
            (
                "wait",
                Check {
                    wait: Some(90),
                    ..Check::default()
                },
            ),
            (
                "wrong",
                Check {
                    form: Filled::default().wrong("code", Message::new("counter-error-code")),
                    ..Check::default()
                },
            ),
        ]
    }
}
