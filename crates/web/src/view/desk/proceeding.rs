//! 특별절차 — the officials' pages: one shown whole, the form of a move, and the list with its figures.

use super::{Bar, CaseHead, Here, case::head, list::Row};
use crate::view::{
    Message, Paging, View,
    proceeding::{Ended, MoveForm, Whole, form_samples, whole_samples},
};
use domain::{due::Left, life::Life, terms::Kind, time::At};
use serde::Serialize;

/// One whole.
#[derive(Debug, Clone, Serialize)]
pub struct ProceedingPage {
    /// The menu.
    pub bar: Bar,
    /// Its petition.
    pub head: CaseHead,
    /// All of it.
    pub whole: Whole,
}

/// The form that begins one, or makes a move.
#[derive(Debug, Clone, Serialize)]
pub struct ProceedingMove {
    /// The menu.
    pub bar: Bar,
    /// Its petition.
    pub head: CaseHead,
    /// What is asked.
    pub ask: MoveForm,
}

/// A line of the list.
#[derive(Debug, Clone, Serialize)]
pub struct ProceedingRow {
    /// The petition.
    pub row: Row,
    /// Its number there.
    pub no: u32,
    /// The track.
    pub track: String,
    /// The step it stands in, or stood in last.
    pub step: String,
    /// The first moment that is late.
    pub due: Option<At>,
    /// Whether that has passed.
    pub late: bool,
    /// How it ended.
    pub ended: Option<Ended>,
}

/// How many run.
#[derive(Debug, Clone, Serialize)]
pub struct CountRow {
    /// The track.
    pub track: String,
    /// The step.
    pub step: String,
    /// How many.
    pub n: u64,
}

/// What ended, by how.
#[derive(Debug, Clone, Serialize)]
pub struct FinishedRow {
    /// The track.
    pub track: String,
    /// As what.
    pub ending: Message,
    /// How many.
    pub count: u64,
    /// From beginning to end on average, in days.
    pub mean: String,
}

/// 특별절차 현황.
#[derive(Debug, Clone, Serialize)]
pub struct ProceedingList {
    /// The menu.
    pub bar: Bar,
    /// Now.
    pub as_of: At,
    /// Whether what ended is listed.
    pub ended: bool,
    /// The track listed; empty for all.
    pub track: String,
    /// Code and name of every track.
    pub tracks: Vec<[String; 2]>,
    /// Its lines.
    pub rows: Vec<ProceedingRow>,
    /// Other pages.
    pub paging: Paging,
    /// How many run, by track and step.
    pub counts: Vec<CountRow>,
    /// The year of what ended.
    pub year: i16,
    /// What ended in it.
    pub finished: Vec<FinishedRow>,
}

fn bar(here: Here) -> Bar {
    Bar { here, approvals: 0 }
}

impl View for ProceedingPage {
    const TEMPLATE: &'static str = "desk/proceeding/page.html";
    fn samples() -> Vec<(&'static str, Self)> {
        (whole_samples().into_iter())
            .map(|(name, whole)| {
                let view = ProceedingPage {
                    bar: bar(Here::Proceedings),
                    head: head(Life::InHandling, Some(Left::Days(6))),
                    whole,
                };
                (name, view)
            })
            .collect()
    }
}

impl View for ProceedingMove {
    const TEMPLATE: &'static str = "desk/proceeding/move.html";
    fn samples() -> Vec<(&'static str, Self)> {
        (form_samples().into_iter())
            .map(|(name, ask)| {
                let view = ProceedingMove {
                    bar: bar(Here::Proceedings),
                    head: head(Life::InHandling, Some(Left::Days(6))),
                    ask,
                };
                (name, view)
            })
            .collect()
    }
}

impl View for ProceedingList {
    const TEMPLATE: &'static str = "desk/proceeding/list.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let of = head(Life::InHandling, Some(Left::Days(6)));
        let row = |no, due: Option<At>, late| ProceedingRow {
            row: Row {
                number: of.number.clone(),
                reception: (no == 1).then(|| "2026-004212".into()),
                title: super::endless(),
                service: of.service.clone(),
                kind: Kind::Grievance,
                life: Life::InHandling,
                outcome: None,
                due_at: None,
                remaining: of.remaining.clone(),
                unit: None,
                handler: (no == 1).then(|| "배도담".into()),
                flags: vec![],
            },
            no,
            track: "민원배심법정".into(),
            step: "배심원단 구성".into(),
            due,
            late,
            ended: None,
        };
        let running = ProceedingList {
            bar: bar(Here::Proceedings),
            as_of: super::at(2026, 9, 29, 9, 0),
            ended: false,
            track: String::new(),
            tracks: vec![
                ["jury_court".into(), "민원배심법정".into()],
                ["legal_counsel".into(), "법률상담".into()],
            ],
            rows: vec![
                row(1, Some(super::at(2026, 9, 29, 0, 0)), true),
                row(2, None, false),
            ],
            paging: Paging {
                older: Some("1-2-3".into()),
                newer: Some("first".into()),
            },
            counts: vec![CountRow {
                track: "민원배심법정".into(),
                step: "배심원단 구성".into(),
                n: 2,
            }],
            year: 2026,
            finished: vec![FinishedRow {
                track: "민원배심법정".into(),
                ending: Message::new("proc-with-petition"),
                count: 1_200,
                mean: "41.5".into(),
            }],
        };
        let ended = ProceedingRow {
            ended: Some(Ended {
                as_what: Message::new("proc-with-petition"),
                at: super::at(2026, 9, 29, 0, 0),
                then: String::new(),
            }),
            ..row(1, None, false)
        };
        let over = ProceedingList {
            ended: true,
            track: "jury_court".into(),
            rows: vec![ended],
            paging: Paging::default(),
            ..running.clone()
        };
        let none = ProceedingList {
            rows: vec![],
            paging: Paging::default(),
            counts: vec![],
            finished: vec![],
            ..running.clone()
        };
        vec![("running", running), ("ended", over), ("none", none)]
    }
}
