//! 조직과 이 시스템 — who works where, and what the published roots say.

use super::{Bar, Here, Person, at};
use crate::view::View;
use domain::{terms::Seat, time::At};
use jiff::civil::Date;
use serde::Serialize;

/// An official with seats.
#[derive(Debug, Clone, Serialize)]
pub struct Member {
    /// Who.
    pub person: Person,
    /// The seats held today.
    pub seats: Vec<Seat>,
    /// 업무대행자; empty if none.
    pub stand_in: String,
}

/// A unit with its people.
#[derive(Debug, Clone, Serialize)]
pub struct Unit {
    /// Stable code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Above it; empty at the top.
    pub parent: String,
    /// Telephone.
    pub phone: String,
    /// Who works there.
    pub members: Vec<Member>,
}

/// 조직과 사람.
#[derive(Debug, Clone, Serialize)]
pub struct People {
    /// The menu.
    pub bar: Bar,
    /// Whether the one who looks administers the office.
    pub administers: bool,
    /// In the order of the organisation.
    pub units: Vec<Unit>,
}

impl View for People {
    const TEMPLATE: &'static str = "desk/people.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let member = |id: &str, name: &str, title: &str, seats: &[Seat], stand_in: &str| Member {
            person: Person::sample(id, name, title, ""),
            seats: seats.to_vec(),
            stand_in: stand_in.into(),
        };
        vec![(
            "two units",
            People {
                bar: Bar {
                    here: Here::People,
                    approvals: 0,
                },
                administers: true,
                units: vec![
                    Unit {
                        code: "petition_office".into(),
                        name: "시민봉사담당관".into(),
                        parent: "한빛특별시".into(),
                        phone: "02-000-1030".into(),
                        members: vec![
                            member(
                                "receiver1",
                                "강라온",
                                "주무관",
                                &[Seat::IntegratedReceiver],
                                "최가람",
                            ),
                            member(
                                "examiner",
                                "김진솔",
                                "시민봉사담당관",
                                &[Seat::Examiner, Seat::DepartmentHead, Seat::Approver],
                                "",
                            ),
                        ],
                    },
                    Unit {
                        code: "road_facilities".into(),
                        name: "도로시설과".into(),
                        parent: "안전총괄본부".into(),
                        phone: "02-000-1300".into(),
                        members: vec![],
                    },
                ],
            },
        )]
    }
}

/// One published root.
#[derive(Debug, Clone, Serialize)]
pub struct Root {
    /// 1, 2, …: each is chained to the one before.
    pub number: u64,
    /// The day it closes.
    pub day: Date,
    /// When it was signed.
    pub signed_at: At,
    /// How many events lie under it.
    pub events: u64,
    /// The root, in hexadecimal.
    pub root: String,
}

/// 이 시스템.
#[derive(Debug, Clone, Serialize)]
pub struct About {
    /// The menu.
    pub bar: Bar,
    /// The program's version.
    pub version: String,
    /// “SQLite” or “PostgreSQL”.
    pub engine: String,
    /// The text of the law in force today.
    pub rules: String,
    /// Version of the table of holidays.
    pub calendar: u32,
    /// The last day whose holidays are known.
    pub calendar_until: Date,
    /// The last roots, newest first.
    pub roots: Vec<Root>,
    /// 배부 추천, in numbers.
    pub suggestions: Suggestions,
    /// 문서시스템; `None` where our own series gives document numbers.
    pub records: Option<Records>,
}

/// How the outside document system stands.
#[derive(Debug, Clone, Serialize)]
pub struct Records {
    /// Approved answers that wait for their number.
    pub waiting: u32,
    /// Since when the oldest waits.
    pub since: Option<At>,
    /// Whether that is too long.
    pub slow: bool,
    /// Answers of the document system that fit nothing; `None` where this process cannot look.
    pub aside: Option<u32>,
}

/// 배부 추천, in numbers.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Suggestions {
    /// When the office last learnt.
    pub made_at: Option<At>,
    /// From how many petitions.
    pub lessons: u32,
    /// Sent to the first department suggested.
    pub first: u64,
    /// Sent to another one suggested.
    pub among: u64,
    /// Sent elsewhere.
    pub other: u64,
}

impl View for About {
    const TEMPLATE: &'static str = "desk/about.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let root = |number: u64, d: i8| Root {
            number,
            day: jiff::civil::date(2026, 9, d),
            signed_at: at(2026, 9, d, 23, 59),
            events: 12_345 + number,
            root: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
        };
        let full = About {
            bar: Bar {
                here: Here::About,
                approvals: 0,
            },
            version: "0.1.0".into(),
            engine: "SQLite".into(),
            rules: "법률 제20748호, 대통령령 제36296호".into(),
            calendar: 1,
            calendar_until: jiff::civil::date(2030, 12, 31),
            roots: vec![root(2, 15), root(1, 14)],
            suggestions: Suggestions {
                made_at: Some(at(2026, 9, 1, 3, 0)),
                lessons: 12_345,
                first: 812,
                among: 96,
                other: 141,
            },
            records: Some(Records {
                waiting: 3,
                since: Some(at(2026, 9, 14, 10, 0)),
                slow: true,
                aside: Some(1),
            }),
        };
        vec![
            ("two roots", full.clone()),
            (
                "none yet",
                About {
                    roots: vec![],
                    suggestions: Suggestions::default(),
                    records: None,
                    ..full
                },
            ),
        ]
    }
}
