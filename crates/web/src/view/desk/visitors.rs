//! 다른 이용자 화면 — what an external user was handed, conditions of external users, and service accounts.

use super::{Bar, HOSTILE, Here, at};
use crate::view::{Filled, Message, View};
use domain::time::At;
use jiff::civil::Date;
use serde::Serialize;

/// What an external user holds, in one line.
#[derive(Debug, Clone, Serialize)]
pub struct HeldRow {
    /// 신청번호.
    pub number: String,
    /// 제목.
    pub title: String,
    /// 민원사무.
    pub service: String,
    /// The last day.
    pub until: Date,
    /// Whether a field note is asked.
    pub notes: bool,
}

/// 맡은 민원.
#[derive(Debug, Clone, Serialize)]
pub struct Outside {
    /// The menu.
    pub bar: Bar,
    /// What is held, the one that ends first on top.
    pub rows: Vec<HeldRow>,
}

/// 맡은 민원 한 건. Fields: `no`, `what`, `once`.
#[derive(Debug, Clone, Serialize)]
pub struct OutsideCase {
    /// The menu.
    pub bar: Bar,
    /// What was entered and what is wrong.
    pub form: Filled,
    /// In one line.
    pub row: HeldRow,
    /// Which hand-out.
    pub no: u32,
    /// What is asked.
    pub what: String,
    /// 내용.
    pub body: String,
    /// 장소.
    pub place: String,
    /// What was written so far: when, what.
    pub notes: Vec<(At, String)>,
    /// What makes a repeat the same sending.
    pub once: String,
    /// The longest note.
    pub max: u32,
}

/// An external user with conditions.
#[derive(Debug, Clone, Serialize)]
pub struct ExternalRow {
    /// The account, for the form.
    pub id: String,
    /// 성명 and where from.
    pub person: String,
    /// The last day; `None` where no conditions are set.
    pub until: Option<Date>,
    /// From where.
    pub networks: Vec<String>,
    /// Days: 1 is Monday.
    pub days: Vec<i8>,
    /// From and to.
    pub hours: String,
}

/// 외부 접속자. Fields: `official`, `until`, `networks`, `day-1` … `day-7`, `from`, `to`.
#[derive(Debug, Clone, Serialize)]
pub struct Externals {
    /// The menu.
    pub bar: Bar,
    /// What was entered and what is wrong.
    pub form: Filled,
    /// External users.
    pub rows: Vec<ExternalRow>,
    /// To choose from: account, name.
    pub people: Vec<(String, String)>,
}

/// A service account.
#[derive(Debug, Clone, Serialize)]
pub struct AccountRow {
    /// Its identity, for the form.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The beginning of its key.
    pub prefix: String,
    /// What it opens: codes.
    pub scopes: Vec<&'static str>,
    /// From where; anywhere if there is none.
    pub networks: Vec<String>,
    /// The last day.
    pub until: Date,
    /// Why it reads in bulk; empty where it does not.
    pub reason: String,
    /// Who answers for it.
    pub answers: Option<String>,
    /// Last use.
    pub used_at: Option<At>,
    /// `open`, `over`, `revoked`.
    pub standing: &'static str,
}

/// 서비스 계정. Fields: `name`, `scope-…`, `until`, `networks`, `reason`, `do`, `id`.
#[derive(Debug, Clone, Serialize)]
pub struct ServiceAccounts {
    /// The menu.
    pub bar: Bar,
    /// What was entered and what is wrong.
    pub form: Filled,
    /// Accounts, the newest first.
    pub rows: Vec<AccountRow>,
    /// The key just made, shown this once: name, key.
    pub made: Option<(String, String)>,
    /// What can be opened: field name, code.
    pub scopes: Vec<(String, &'static str)>,
}

fn bar(here: Here) -> Bar {
    Bar { here, approvals: 0 }
}

fn held() -> HeldRow {
    HeldRow {
        number: "20260917-ABCD-EFGH".into(),
        title: HOSTILE.into(),
        service: "도로 파손 신고".into(),
        until: jiff::civil::date(2026, 9, 30),
        notes: true,
    }
}

impl View for Outside {
    const TEMPLATE: &'static str = "desk/visitors/outside.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let view = |rows| Outside {
            bar: bar(Here::Work),
            rows,
        };
        vec![
            (
                "some",
                view(vec![
                    held(),
                    HeldRow {
                        notes: false,
                        ..held()
                    },
                ]),
            ),
            ("none", view(Vec::new())),
        ]
    }
}

impl View for OutsideCase {
    const TEMPLATE: &'static str = "desk/visitors/outside_case.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let note = OutsideCase {
            bar: bar(Here::Work),
            form: Filled::default(),
            row: held(),
            no: 1,
            what: "현장을 확인하여 주십시오.".into(),
            body: HOSTILE.into(),
            place: "한빛로 12 앞 보도".into(),
            notes: vec![(at(2026, 9, 17, 9, 30), HOSTILE.into())],
            once: "a".repeat(32),
            max: 10_000,
        };
        let look = OutsideCase {
            row: HeldRow {
                notes: false,
                ..held()
            },
            notes: Vec::new(),
            place: String::new(),
            ..note.clone()
        };
        let wrong = OutsideCase {
            form: Filled::default().wrong(
                "what",
                Message::new("error-required").with("field", "@entrust-note"),
            ),
            ..note.clone()
        };
        vec![("note", note), ("look", look), ("wrong", wrong)]
    }
}

impl View for Externals {
    const TEMPLATE: &'static str = "desk/visitors/externals.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let row = |until| ExternalRow {
            id: "a".repeat(32),
            person: "노을 한빛시설관리공단".into(),
            until,
            networks: vec!["203.0.113.0/24".into()],
            days: vec![1, 2, 3, 4, 5],
            hours: "09:00–18:00".into(),
        };
        let none = Externals {
            bar: bar(Here::People),
            form: Filled::default(),
            rows: Vec::new(),
            people: Vec::new(),
        };
        let some = Externals {
            rows: vec![row(Some(jiff::civil::date(2026, 12, 31))), row(None)],
            people: vec![("a".repeat(32), "노을 한빛시설관리공단".into())],
            ..none.clone()
        };
        let wrong = Externals {
            form: Filled::of(&[
                ("until", "2028-01-01"),
                ("networks", "0.0.0.0/0"),
                ("day-1", "yes"),
            ])
            .wrong("until", Message::new("outside-until_unfit"))
            .wrong("networks", Message::new("outside-networks_unfit"))
            .wrong("day-1", Message::new("outside-hours_unfit")),
            ..some.clone()
        };
        vec![("some", some), ("none", none), ("wrong", wrong)]
    }
}

impl View for ServiceAccounts {
    const TEMPLATE: &'static str = "desk/visitors/service_accounts.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let row = |standing, used_at| AccountRow {
            id: "a".repeat(32),
            name: HOSTILE.into(),
            prefix: "mwk_0a1b2c3d".into(),
            scopes: vec!["statistics.read", "petitions.read"],
            networks: vec!["203.0.113.0/24".into()],
            until: jiff::civil::date(2026, 12, 31),
            reason: "상담 콜센터에서 처리 상태를 안내하려고 읽습니다.".into(),
            answers: Some("류춘식".into()),
            used_at,
            standing,
        };
        let none = ServiceAccounts {
            bar: bar(Here::People),
            form: Filled::default(),
            rows: Vec::new(),
            made: None,
            scopes: vec![
                ("scope-statistics_read".into(), "statistics.read"),
                ("scope-petitions_read".into(), "petitions.read"),
            ],
        };
        let some = ServiceAccounts {
            rows: vec![
                row("open", Some(at(2026, 9, 17, 9, 30))),
                row("over", None),
                AccountRow {
                    networks: Vec::new(),
                    ..row("revoked", None)
                },
            ],
            made: Some(("통계 누리집".into(), format!("mwk_0a1b2c3d_{}", "0".repeat(64)))),
            ..none.clone()
        };
        let wrong = ServiceAccounts {
            form: Filled::of(&[("name", "")])
                .wrong("name", Message::new("shut-name_unfit"))
                .wrong("until", Message::new("shut-until_unfit"))
                .wrong("scope-statistics_read", Message::new("shut-no_scope"))
                .wrong("reason", Message::new("shut-reason_unfit")),
            ..some.clone()
        };
        vec![("some", some), ("none", none), ("wrong", wrong)]
    }
}
