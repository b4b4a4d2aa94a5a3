//! 민원처리기준표 — period, documents, ways to file and fee of every service, in one table (법 제36조; FEATURES A9).

use super::service::Fact;
use crate::view::{Message, View};
use jiff::civil::Date;
use serde::Serialize;

/// A service in the table.
#[derive(Debug, Clone, Serialize)]
pub struct StandardRow {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// 처리기간.
    pub period: Option<Fact<Message>>,
    /// 구비서류 the petitioner brings or shows.
    pub documents: Fact<Vec<String>>,
    /// 신청방법: keys of words.
    pub ways: Vec<&'static str>,
    /// 수수료.
    pub fee: Option<Fact<String>>,
    /// 신청서식.
    pub sheets: Vec<String>,
    /// 주관부서.
    pub department: String,
}

/// The services of one group.
#[derive(Debug, Clone, Serialize)]
pub struct StandardGroup {
    /// Its word.
    pub name: String,
    /// Its services.
    pub rows: Vec<StandardRow>,
}

/// 민원처리기준표.
#[derive(Debug, Clone, Serialize)]
pub struct Standards {
    /// The day it is valid on.
    pub day: Date,
    /// own or all.
    pub scope: &'static str,
    /// Its services.
    pub groups: Vec<StandardGroup>,
    /// 고시본: number and day, the newest day first.
    pub editions: Vec<(String, Date)>,
}

impl View for Standards {
    const TEMPLATE: &'static str = "citizen/standards.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let row = |sure: bool| StandardRow {
            code: "S127".into(),
            name: "서울광장 <사용>신고".into(),
            period: Some(Fact {
                value: Message::new("period-days").with("n", 2),
                sure,
            }),
            documents: Fact {
                value: vec!["사용신고서".into(), "행사 계획서".into()],
                sure,
            },
            ways: vec!["how-online-short", "how-visit-short", "how-post-short"],
            fee: Some(Fact {
                value: "조례에 따름".into(),
                sure,
            }),
            sheets: vec!["조례 별지 제1호서식".into()],
            department: "총무과".into(),
        };
        let bare = StandardRow {
            period: None,
            documents: Fact {
                value: vec![],
                sure: true,
            },
            fee: None,
            sheets: vec![],
            department: String::new(),
            ..row(true)
        };
        let full = Standards {
            day: jiff::civil::date(2026, 11, 25),
            scope: "own",
            groups: vec![StandardGroup {
                name: "자치민원".into(),
                rows: vec![row(false), bare],
            }],
            editions: vec![("제2026-15호".into(), jiff::civil::date(2026, 9, 1))],
        };
        let none = Standards {
            scope: "all",
            groups: vec![],
            editions: vec![],
            ..full.clone()
        };
        vec![("own", full), ("none", none)]
    }
}
