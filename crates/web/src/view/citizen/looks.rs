//! 열람 내역 — which offices looked at a petition and when.

use crate::view::{View, citizen::at};
use domain::time::At;
use serde::Serialize;

/// What an office did on a day.
#[derive(Debug, Clone, Serialize)]
pub struct LookRow {
    /// The first time.
    pub first: At,
    /// The last time.
    pub last: At,
    /// The department; empty where it cannot be told any more.
    pub unit: String,
    /// The person; empty where the agency does not tell it.
    pub name: String,
    /// `look`, `open_file`, `contact`, `export`, `handle`.
    pub doing: &'static str,
    /// How often.
    pub n: u32,
}

/// 열람 내역.
#[derive(Debug, Clone, Serialize)]
pub struct Looks {
    /// 신청번호.
    pub number: String,
    /// The newest first.
    pub rows: Vec<LookRow>,
    /// The page with newer ones.
    pub newer: Option<u64>,
    /// The page with older ones.
    pub older: Option<u64>,
}

impl View for Looks {
    const TEMPLATE: &'static str = "citizen/looks.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let row = |doing, unit: &str, n| LookRow {
            first: at(2026, 9, 17, 9, 5),
            last: if n > 1 {
                at(2026, 9, 17, 17, 40)
            } else {
                at(2026, 9, 17, 9, 5)
            },
            unit: unit.into(),
            name: String::new(),
            doing,
            n,
        };
        let none = Looks {
            number: "20260917-ABCD-EFGH".into(),
            rows: Vec::new(),
            newer: None,
            older: None,
        };
        let named = LookRow {
            name: "이가람".into(),
            ..row("handle", "도로관리과", 2)
        };
        vec![
            ("none", none.clone()),
            (
                "some",
                Looks {
                    rows: vec![
                        row("look", "도로관리과", 3),
                        row("open_file", "도로관리과", 1),
                        row("contact", "시민봉사담당관", 1),
                        row("export", "시민봉사담당관", 1),
                        row("look", "", 1),
                        named,
                    ],
                    newer: Some(1),
                    older: Some(3),
                    ..none
                },
            ),
        ]
    }
}
