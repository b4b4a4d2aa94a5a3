//! 보안민원실 화면 — the door, who is let in, what was handed in, and looks that two people allow.

use super::{Bar, Here, at};
use crate::view::{Filled, Message, View};
use domain::time::At;
use serde::Serialize;

/// 보안민원실의 문. Field: `password`.
#[derive(Debug, Clone, Serialize)]
pub struct RoomDoor {
    /// The menu.
    pub bar: Bar,
    /// What is wrong; never the password.
    pub form: Filled,
    /// Whether one is inside already.
    pub inside: bool,
    /// Whether one may say who is let in.
    pub administers: bool,
}

/// A seat inside.
#[derive(Debug, Clone, Serialize)]
pub struct SeatRow {
    /// Whose: name and title.
    pub person: String,
    /// The account, for the form.
    pub official: String,
    /// Its code.
    pub seat: &'static str,
    /// The department.
    pub unit: String,
    /// Its code, for the form.
    pub unit_code: String,
    /// First day.
    pub from: String,
    /// Last day; empty for until further notice.
    pub until: String,
    /// Whether it is held today.
    pub today: bool,
}

/// 보안민원 인가. Fields: `login`, `seat`, `unit`, `until`.
#[derive(Debug, Clone, Serialize)]
pub struct RoomSeats {
    /// The menu.
    pub bar: Bar,
    /// What was entered and what is wrong.
    pub form: Filled,
    /// Seats, those of today first.
    pub rows: Vec<SeatRow>,
    /// Seats that can be given: codes.
    pub seats: Vec<&'static str>,
    /// Departments: code, name.
    pub units: Vec<(String, String)>,
}

/// 보안민원을 넘겼습니다.
#[derive(Debug, Clone, Serialize)]
pub struct HandedIn {
    /// The menu.
    pub bar: Bar,
    /// 신청번호, for the petitioner.
    pub number: String,
}

/// A request for a look.
#[derive(Debug, Clone, Serialize)]
pub struct GlassRow {
    /// Its identity, for the form.
    pub id: String,
    /// 신청번호 as asked for.
    pub number: String,
    /// Why.
    pub reason: String,
    /// Who asks.
    pub asked_by: String,
    /// When.
    pub asked_at: At,
    /// `asked`, `allowed`, `declined`, `over`.
    pub state: &'static str,
    /// Who decided; empty before.
    pub decided_by: String,
    /// Until when it can be looked at, or decided.
    pub ends_at: At,
    /// Whether one who looks may decide it now.
    pub mine_to_decide: bool,
    /// Whether one who looks may open it now.
    pub mine_to_open: bool,
}

/// 긴급 열람. Fields: `number`, `reason`.
#[derive(Debug, Clone, Serialize)]
pub struct GlassDesk {
    /// The menu.
    pub bar: Bar,
    /// What was entered and what is wrong.
    pub form: Filled,
    /// Requests, newest first.
    pub rows: Vec<GlassRow>,
    /// The longest reason.
    pub max: usize,
}

/// A step of a petition seen through the glass.
#[derive(Debug, Clone, Serialize)]
pub struct GlassStep {
    /// When.
    pub at: At,
    /// What happened.
    pub what: String,
    /// What was written; may be empty.
    pub text: String,
}

/// 긴급 열람한 민원.
#[derive(Debug, Clone, Serialize)]
pub struct GlassCase {
    /// The menu.
    pub bar: Bar,
    /// 신청번호.
    pub number: String,
    /// 제목.
    pub title: String,
    /// 민원사무.
    pub service: String,
    /// 내용.
    pub body: String,
    /// 장소.
    pub place: String,
    /// Name and contacts, in full.
    pub petitioner: Vec<(String, String)>,
    /// What happened since.
    pub steps: Vec<GlassStep>,
}

fn bar(here: Here) -> Bar {
    Bar { here, approvals: 0 }
}

impl View for RoomDoor {
    const TEMPLATE: &'static str = "desk/room/door.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let outside = RoomDoor {
            bar: bar(Here::Room),
            form: Filled::default(),
            inside: false,
            administers: false,
        };
        vec![
            ("outside", outside.clone()),
            (
                "wrong",
                RoomDoor {
                    form: Filled::default().wrong("password", Message::new("room-not-let-in")),
                    ..outside.clone()
                },
            ),
            (
                "inside",
                RoomDoor {
                    inside: true,
                    administers: true,
                    ..outside
                },
            ),
        ]
    }
}

impl View for RoomSeats {
    const TEMPLATE: &'static str = "desk/room/seats.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let row = |person: &str, seat, today| SeatRow {
            person: person.into(),
            official: "a".repeat(32),
            seat,
            unit: "인권담당관".into(),
            unit_code: "human_rights".into(),
            from: "2026-09-01".into(),
            until: if today { String::new() } else { "2026-09-30".into() },
            today,
        };
        let whole = RoomSeats {
            bar: bar(Here::Room),
            form: Filled::default(),
            rows: vec![
                row("하말순 인권보호관", "handler", true),
                row("박은별 인권담당관", "approver", true),
                row("문춘식 인권조사관", "handler", false),
            ],
            seats: vec!["handler", "approver", "administrator"],
            units: vec![("human_rights".into(), "인권담당관".into())],
        };
        let wrong = RoomSeats {
            form: Filled::of(&[("login", "nobody")]).wrong("login", Message::new("room-seat-unknown")),
            ..whole.clone()
        };
        vec![("whole", whole), ("wrong", wrong)]
    }
}

impl View for HandedIn {
    const TEMPLATE: &'static str = "desk/room/handed_in.html";
    fn samples() -> Vec<(&'static str, Self)> {
        vec![(
            "number",
            HandedIn {
                bar: bar(Here::Counter),
                number: "20260917-ABCD-EFGH".into(),
            },
        )]
    }
}

impl View for GlassDesk {
    const TEMPLATE: &'static str = "desk/room/glass.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let row = |state, decide, open| GlassRow {
            id: "b".repeat(32),
            number: "20260917-ABCD-EFGH".into(),
            reason: super::HOSTILE.into(),
            asked_by: "한별 주무관".into(),
            asked_at: at(2026, 9, 17, 9, 30),
            state,
            decided_by: if state == "asked" {
                String::new()
            } else {
                "감사담당관 오수진".into()
            },
            ends_at: at(2026, 9, 17, 10, 30),
            mine_to_decide: decide,
            mine_to_open: open,
        };
        let none = GlassDesk {
            bar: bar(Here::Room),
            form: Filled::default(),
            rows: Vec::new(),
            max: 1_000,
        };
        vec![
            ("none", none.clone()),
            (
                "some",
                GlassDesk {
                    rows: vec![
                        row("asked", true, false),
                        row("allowed", false, true),
                        row("declined", false, false),
                        row("over", false, false),
                    ],
                    ..none.clone()
                },
            ),
            (
                "wrong",
                GlassDesk {
                    form: Filled::of(&[("number", "모릅니다")])
                        .wrong("number", Message::new("glass-number-form"))
                        .wrong(
                            "reason",
                            Message::new("error-required").with("field", "@glass-reason"),
                        ),
                    ..none
                },
            ),
        ]
    }
}

impl View for GlassCase {
    const TEMPLATE: &'static str = "desk/room/glass_case.html";
    fn samples() -> Vec<(&'static str, Self)> {
        vec![(
            "whole",
            GlassCase {
                bar: bar(Here::Room),
                number: "20260917-ABCD-EFGH".into(),
                title: super::HOSTILE.into(),
                service: "인권침해 신고".into(),
                body: super::endless(),
                place: String::new(),
                petitioner: vec![
                    ("성명".into(), "홍길동".into()),
                    ("전화".into(), "010-0000-1234".into()),
                ],
                steps: vec![GlassStep {
                    at: at(2026, 9, 17, 9, 30),
                    what: "접수".into(),
                    text: String::new(),
                }],
            },
        )]
    }
}
