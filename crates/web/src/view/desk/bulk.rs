//! 함께 처리 — one act for many petitions: what fits them, what it asks for, what will happen, and what came of it.

use super::{
    Bar, Here,
    act::{Choice, Group, HandlerChoice},
    list::{Row, rows},
};
use crate::view::{Filled, Message, View};
use domain::{life::Deed, refusal::Refusal};
use serde::Serialize;

/// Which of its pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Which act.
    Choose,
    /// What the act asks for.
    Fill,
    /// What will happen.
    Check,
    /// What came of it.
    Done,
}

/// An act that is possible for some of what was chosen.
#[derive(Debug, Clone, Serialize)]
pub struct Offer {
    /// The act.
    pub deed: Deed,
    /// For how many.
    pub fits: u64,
}

/// What will become, or became, of one petition.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Fate {
    /// Nothing is known yet.
    Open,
    /// It will be done.
    Possible,
    /// It was done.
    Done,
    /// Refused, by which clause.
    Refused {
        /// Words keyed `refusal-<code>`.
        refusal: Refusal,
        /// The clause; may be empty.
        clause: String,
    },
    /// Others were first.
    Overtaken,
    /// Not there any more for the one who asks.
    Unknown,
    /// Still to be done.
    Waiting,
}

/// One of the chosen.
#[derive(Debug, Clone, Serialize)]
pub struct Chosen {
    /// What is sent: identity and the event it was looked at.
    pub mark: String,
    /// Its identity, for buttons that speak of it alone.
    pub id: String,
    /// 접수번호 or 신청번호; empty where it is not there for the one who asks.
    pub number: String,
    /// The petition, as far as it may be seen.
    pub row: Option<Row>,
    /// What becomes of it.
    pub fate: Fate,
    /// The department chosen for this one alone.
    pub own: Option<Choice>,
    /// 배부 추천 for this one; nothing is chosen by it.
    pub suggested: Option<Choice>,
}

/// How it stands with all of them.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Tally {
    /// How many were chosen.
    pub all: u64,
    /// Possible.
    pub possible: u64,
    /// Done.
    pub done: u64,
    /// Refused, overtaken or not there.
    pub not: u64,
    /// Still to be done.
    pub waiting: u64,
}

/// 함께 처리. Posts `csrf`, `key`, `act`, any number of `petition` and `own`, and `unit`, `handler` or `reader-1` … `reader-3`.
#[derive(Debug, Clone, Serialize)]
pub struct Bulk {
    /// The menu.
    pub bar: Bar,
    /// Which page.
    pub step: Step,
    /// The act, once chosen.
    pub deed: Option<Deed>,
    /// Acts to choose from.
    pub offers: Vec<Offer>,
    /// What was chosen.
    pub chosen: Vec<Chosen>,
    /// How it stands.
    pub tally: Tally,
    /// Departments to distribute to.
    pub units: Vec<Group>,
    /// Officials who may be designated.
    pub handlers: Vec<HandlerChoice>,
    /// Officials it may be circulated to.
    pub officials: Vec<Group>,
    /// Who or which department was entered, in words.
    pub to: String,
    /// What was entered.
    pub form: Filled,
    /// What makes a repeat the same call.
    pub key: String,
    /// What stopped the list before its end.
    pub trouble: Option<Message>,
}

impl View for Bulk {
    const TEMPLATE: &'static str = "desk/bulk.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let unit = |n: u8, text: &str| Choice {
            value: format!("{n:032x}"),
            text: text.into(),
        };
        let fates = [
            Fate::Possible,
            Fate::Refused {
                refusal: Refusal::UnitHasReceived,
                clause: Refusal::UnitHasReceived.clause().into(),
            },
        ];
        let chosen: Vec<Chosen> = (rows().into_iter().zip(1_u8..))
            .map(|(row, n)| Chosen {
                mark: format!("{n:032x}.3"),
                id: format!("{n:032x}"),
                number: row.reception.clone().unwrap_or_else(|| row.number.clone()),
                row: Some(row),
                fate: Fate::Open,
                own: (n == 2).then(|| unit(7, "공원녹지과")),
                suggested: (n < 4).then(|| unit(8, "도로시설과")),
            })
            .collect();
        let all = chosen.len() as u64;
        let start = Bulk {
            bar: Bar {
                here: Here::Work,
                approvals: 2,
            },
            step: Step::Choose,
            deed: None,
            offers: vec![
                Offer {
                    deed: Deed::Distribute,
                    fits: all,
                },
                Offer {
                    deed: Deed::UnitReceive,
                    fits: 1,
                },
            ],
            chosen,
            tally: Tally {
                all,
                ..Tally::default()
            },
            units: vec![Group {
                name: "도로국".into(),
                choices: vec![unit(8, "도로시설과"), unit(9, "도로관리과")],
            }],
            handlers: vec![],
            officials: vec![],
            to: String::new(),
            form: Filled::default(),
            key: "a".repeat(32),
            trouble: None,
        };
        let fill = Bulk {
            step: Step::Fill,
            deed: Some(Deed::Distribute),
            form: Filled::default().wrong("unit", Message::new("bulk-unit-missing")),
            ..start.clone()
        };
        let with = |of: &[Fate]| {
            let each = start.chosen.iter().zip(of.iter().cycle());
            each.map(|(one, fate)| Chosen {
                fate: fate.clone(),
                ..one.clone()
            })
            .collect::<Vec<_>>()
        };
        let designate = Bulk {
            deed: Some(Deed::Designate),
            handlers: vec![HandlerChoice {
                person: super::Person::sample("1", "배도담", "주무관", "도로시설과"),
                open: 12,
                late: 1,
            }],
            form: Filled::default(),
            ..fill.clone()
        };
        let circulate = Bulk {
            deed: Some(Deed::Circulate),
            officials: fill.units.clone(),
            ..designate.clone()
        };
        let check = Bulk {
            step: Step::Check,
            chosen: with(&fates),
            tally: Tally {
                all,
                possible: all / 2,
                not: all - all / 2,
                ..Tally::default()
            },
            to: "도로시설과".into(),
            form: Filled::of(&[("unit", "00000000000000000000000000000008")]),
            ..fill.clone()
        };
        let none = Bulk {
            chosen: with(&fates[1..]),
            tally: Tally {
                all,
                not: all,
                ..Tally::default()
            },
            ..check.clone()
        };
        let done = Bulk {
            step: Step::Done,
            chosen: with(&[Fate::Done, fates[1].clone(), Fate::Overtaken, Fate::Unknown]),
            tally: Tally {
                all,
                done: all / 2,
                not: all - all / 2,
                ..Tally::default()
            },
            ..check.clone()
        };
        let half = Bulk {
            chosen: with(&[Fate::Done, Fate::Waiting]),
            tally: Tally {
                all,
                done: all - all / 2,
                waiting: all / 2,
                ..Tally::default()
            },
            trouble: Some(Message::new("trouble-away")),
            ..done.clone()
        };
        let empty = Bulk {
            offers: vec![],
            chosen: vec![],
            tally: Tally::default(),
            ..start.clone()
        };
        let unfit = Bulk {
            offers: vec![],
            ..start.clone()
        };
        vec![
            ("which act", start),
            ("which department", fill),
            ("which handler", designate),
            ("which readers", circulate),
            ("what will happen", check),
            ("nothing possible", none),
            ("what came of it", done),
            ("half-way", half),
            ("nothing chosen", empty),
            ("no act fits", unfit),
        ]
    }
}

/// 글쇠 — what the keys do.
#[derive(Debug, Clone, Serialize)]
pub struct Keys {
    /// The menu.
    pub bar: Bar,
}

impl View for Keys {
    const TEMPLATE: &'static str = "desk/keys.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let bar = Bar {
            here: Here::About,
            approvals: 0,
        };
        vec![("ordinary", Keys { bar })]
    }
}
