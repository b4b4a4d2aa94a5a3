//! 특별절차 — the officials' pages: one shown whole, the form of a move, and the list with its figures.

use super::{Bar, CaseHead, Here, case::head, list::Row};
use crate::view::{
    Message, Paging, View,
    proceeding::{Ended, MoveForm, Whole, form_samples, whole_samples},
};
use domain::{due::Left, life::Life, terms::Kind, time::At, track::Measure};
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

/// 목표 — a figure as it was, and as it is to be.
#[derive(Debug, Clone, Serialize)]
pub struct AimRow {
    /// Of what: words keyed `measure-<code>`.
    pub of: Measure,
    /// As it was.
    pub before: String,
    /// As it is to be.
    pub aim: String,
}

/// What somebody began in the month; figures as they are shown, “–” where there is none.
#[derive(Debug, Clone, Serialize)]
pub struct LoadRow {
    /// Whose; empty for all together.
    pub name: String,
    /// 부서; empty where there is none.
    pub unit: String,
    /// How many.
    pub begun: u64,
    /// How many on a working day.
    pub a_day: String,
    /// How many of them have ended.
    pub ended: u64,
    /// From beginning to end on average, in days.
    pub mean: String,
}

/// A bar of the chart, in the units of the drawing.
#[derive(Debug, Clone, Serialize)]
pub struct LoadBar {
    /// Whose.
    pub name: String,
    /// How many.
    pub begun: u64,
    /// The line the name stands on.
    pub y: u64,
    /// How long the bar is.
    pub width: u64,
}

/// Bars of a chart; the table beside it has every line.
const BARS: usize = 20;
/// The distance of its bars.
const STEP: u64 = 40;
/// The length of the longest.
const WIDE: u64 = 300;

impl LoadBar {
    /// The bars of those who began most, the longest as long as the chart has room for.
    pub fn draw(people: &[LoadRow]) -> Vec<LoadBar> {
        let most = people.iter().map(|row| row.begun).max().unwrap_or(0).max(1);
        (people.iter().take(BARS).zip(0..))
            .map(|(row, n)| LoadBar {
                name: row.name.clone(),
                begun: row.begun,
                y: 16 + n * STEP,
                width: (row.begun * WIDE).div_ceil(most),
            })
            .collect()
    }
}

/// Whose figures are shown beside the sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// Everybody's.
    All,
    /// Those of one's department.
    Unit,
    /// One's own.
    Own,
}

/// 이달의 부하 of one track.
#[derive(Debug, Clone, Serialize)]
pub struct Burden {
    /// “2026-06”
    pub month: String,
    /// Whose figures are shown.
    pub extent: Extent,
    /// All together.
    pub total: LoadRow,
    /// Person by person, those who began most first.
    pub people: Vec<LoadRow>,
    /// The same as bars.
    pub bars: Vec<LoadBar>,
    /// What the track is to reach.
    pub aims: Vec<AimRow>,
}

/// 설문 결과.
#[derive(Debug, Clone, Serialize)]
pub struct SurveyTable {
    /// Its name.
    pub name: String,
    /// What the mark 1 means.
    pub worst: String,
    /// What the best mark means.
    pub best: String,
    /// Question by question.
    pub rows: Vec<SurveyRow>,
}

/// 문항별 결과.
#[derive(Debug, Clone, Serialize)]
pub struct SurveyRow {
    /// The question.
    pub question: String,
    /// How many answered; `None` where too few did.
    pub answered: Option<u64>,
    /// The mean, to a hundredth.
    pub mean: String,
    /// How often each mark, from 1 on.
    pub counts: Vec<u64>,
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
    /// This month's figures of the track that is listed.
    pub burden: Option<Burden>,
    /// What was marked in its surveys in the year.
    pub surveys: Vec<SurveyTable>,
    /// How many run, by track and step.
    pub counts: Vec<CountRow>,
    /// The year of what ended.
    pub year: i16,
    /// What ended in it.
    pub finished: Vec<FinishedRow>,
}

fn burden(extent: Extent) -> Burden {
    let row = |name: &str, unit: &str, begun, ended| LoadRow {
        name: name.into(),
        unit: unit.into(),
        begun,
        a_day: "9.5".into(),
        ended,
        mean: if ended == 0 { "–" } else { "1.4" }.into(),
    };
    let people = vec![
        row("배도담", "도로시설과", 180, 171),
        row(super::HOSTILE, "도로시설과", 9, 0),
        row("민원인 신청·민원 접수", "", 1, 0),
    ];
    Burden {
        month: "2026-09".into(),
        extent,
        total: row("", "", 1_204, 1_100),
        bars: LoadBar::draw(&people),
        people,
        aims: vec![
            AimRow {
                of: Measure::Elapsed,
                before: "2~3일".into(),
                aim: "1~2일".into(),
            },
            AimRow {
                of: Measure::Load,
                before: "한 사람이 하루 80~110건".into(),
                aim: "담당자마다 하루 8~11건".into(),
            },
        ],
    }
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
            burden: None,
            surveys: vec![],
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
            burden: Some(burden(Extent::All)),
            ..running.clone()
        };
        let none = ProceedingList {
            rows: vec![],
            paging: Paging::default(),
            counts: vec![],
            finished: vec![],
            ..running.clone()
        };
        let of_unit = ProceedingList {
            track: "jury_court".into(),
            burden: Some(burden(Extent::Unit)),
            surveys: vec![SurveyTable {
                name: "만족도".into(),
                worst: "매우 불만족".into(),
                best: "매우 만족".into(),
                rows: vec![
                    SurveyRow {
                        question: super::HOSTILE.into(),
                        answered: Some(12),
                        mean: "4.25".into(),
                        counts: vec![0, 1, 1, 4, 6],
                    },
                    SurveyRow {
                        question: "알기 쉬웠습니까?".into(),
                        answered: None,
                        mean: String::new(),
                        counts: vec![],
                    },
                ],
            }],
            ..running.clone()
        };
        let own = ProceedingList {
            burden: Some(Burden {
                people: vec![],
                bars: vec![],
                aims: vec![],
                ..burden(Extent::Own)
            }),
            ..of_unit.clone()
        };
        vec![
            ("running", running),
            ("ended", over),
            ("none", none),
            ("of a track, department", of_unit),
            ("of a track, one's own", own),
        ]
    }
}
