//! 공개 민원 — what petitioners and the office left public, with names and numbers hidden: everybody may read it.

use super::at;
use crate::view::{Paging, View};
use domain::time::At;
use serde::Serialize;

/// A petition on the board.
#[derive(Debug, Clone, Serialize)]
pub struct Shown {
    /// 제목.
    pub title: String,
    /// 민원 내용.
    pub question: String,
    /// 답변.
    pub answer: String,
    /// 답변한 부서.
    pub unit: String,
    /// Since when it is shown.
    pub at: At,
}

/// The board, newest first.
#[derive(Debug, Clone, Serialize)]
pub struct Board {
    /// This page.
    pub shown: Vec<Shown>,
    /// Other pages.
    pub paging: Paging,
}

impl View for Board {
    const TEMPLATE: &'static str = "citizen/board.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let shown = |title: &str| Shown {
            title: title.into(),
            question: "가람로 12 앞 가로등이 켜지지 않습니다.\n<b>밤에</b> 어둡습니다.".into(),
            answer: "1. 귀하의 민원에 답변드립니다.\n2. 9월 16일에 고쳤습니다.".into(),
            unit: "도로시설과".into(),
            at: at(2026, 9, 18, 10, 0),
        };
        vec![
            (
                "some",
                Board {
                    shown: vec![shown("가로등이 꺼져 있습니다"), shown("보도블록")],
                    paging: Paging {
                        older: Some("x".into()),
                        newer: None,
                    },
                },
            ),
            (
                "none",
                Board {
                    shown: Vec::new(),
                    paging: Paging::default(),
                },
            ),
        ]
    }
}
