//! 인계·인수 — whose work can be handed over, what it is and to whom, how far it has come, who confirmed.

use super::absences::people;
use crate::view::{
    Filled, Message, View,
    desk::{
        Bar, Here, Person,
        act::{Group, HandlerChoice},
        at,
        list::{Row, rows},
    },
};
use domain::{
    handover::{ItemState, Part, State},
    time::At,
};
use serde::Serialize;

/// Somebody whose work may be handed over.
#[derive(Debug, Clone, Serialize)]
pub struct Giver {
    /// Who.
    pub person: Person,
    /// 처리 중인 민원
    pub cases: u64,
    /// 결재 대기
    pub signatures: u64,
}

/// One hand-over in a list.
#[derive(Debug, Clone, Serialize)]
pub struct HandoverRow {
    /// Its identity, for the link.
    pub id: String,
    /// 인계자
    pub giver: String,
    /// 인수자
    pub receivers: String,
    /// When it was ordered.
    pub made_at: At,
    /// How far it has come.
    pub state: State,
    /// How many petitions are done.
    pub done: u64,
    /// How many there are.
    pub all: u64,
    /// Whether the confirmation of the one who looks is awaited.
    pub mine: bool,
}

/// 인계·인수.
#[derive(Debug, Clone, Serialize)]
pub struct Handovers {
    /// The menu.
    pub bar: Bar,
    /// Hand-overs, newest first.
    pub rows: Vec<HandoverRow>,
    /// Whose work may be handed over.
    pub givers: Vec<Giver>,
}

/// 인계할 것과 인수자. Fields: `receiver-1` … `receiver-5`, `signer`, `witness`, `note`.
#[derive(Debug, Clone, Serialize)]
pub struct NewHandover {
    /// The menu.
    pub bar: Bar,
    /// 인계자
    pub giver: Person,
    /// 처리 중인 민원
    pub cases: Vec<Row>,
    /// 결재할 것
    pub signatures: Vec<Row>,
    /// Who may take the cases over.
    pub receivers: Vec<HandlerChoice>,
    /// Everybody, by unit.
    pub officials: Vec<Group>,
    /// As it was left, with errors.
    pub form: Filled,
}

/// One petition of a hand-over.
#[derive(Debug, Clone, Serialize)]
pub struct ItemRow {
    /// 처리 or 결재.
    pub part: Part,
    /// What stands in a list of it; `None` where it may not be seen any more.
    pub row: Option<Row>,
    /// 인수자
    pub receiver: String,
    /// How far.
    pub state: ItemState,
    /// Why it could not be handed over.
    pub refused: Option<Message>,
}

/// 인수 확인.
#[derive(Debug, Clone, Serialize)]
pub struct ReceiptRow {
    /// 인수자
    pub who: String,
    /// When it was confirmed.
    pub at: Option<At>,
}

/// 인계·인수 한 건. Field of the confirmation: `manuals`.
#[derive(Debug, Clone, Serialize)]
pub struct HandoverPage {
    /// The menu.
    pub bar: Bar,
    /// Its identity.
    pub id: String,
    /// 인계자
    pub giver: String,
    /// 확인자
    pub witness: String,
    /// Who ordered it, and when.
    pub made_by: String,
    /// When it was ordered.
    pub made_at: At,
    /// How far it has come.
    pub state: State,
    /// Waiting, done, refused.
    pub progress: [u64; 3],
    /// Its petitions.
    pub items: Vec<ItemRow>,
    /// Who confirmed.
    pub receipts: Vec<ReceiptRow>,
    /// 특이사항
    pub note: String,
    /// Whether the confirmation of the one who looks is awaited.
    pub mine: bool,
    /// As it was left, with errors.
    pub form: Filled,
}

fn bar() -> Bar {
    Bar {
        here: Here::People,
        approvals: 0,
    }
}

impl View for Handovers {
    const TEMPLATE: &'static str = "desk/people/handovers.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let row = |state, mine| HandoverRow {
            id: "0a".repeat(16),
            giver: "배도담".into(),
            receivers: "오미르".into(),
            made_at: at(2026, 9, 15, 9, 0),
            state,
            done: 7,
            all: 12,
            mine,
        };
        let full = Handovers {
            bar: bar(),
            rows: vec![
                row(State::Running, false),
                row(State::HandedOver, true),
                row(State::Confirmed, false),
            ],
            givers: vec![Giver {
                person: Person::sample("h1", "배도담", "주무관", "도로시설과"),
                cases: 12,
                signatures: 0,
            }],
        };
        let none = Handovers {
            rows: vec![],
            givers: vec![],
            ..full.clone()
        };
        vec![("three", full), ("none", none)]
    }
}

impl View for NewHandover {
    const TEMPLATE: &'static str = "desk/people/handover_new.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let full = NewHandover {
            bar: bar(),
            giver: Person::sample("h1", "배도담", "주무관", "도로시설과"),
            cases: rows(),
            signatures: rows().into_iter().take(1).collect(),
            receivers: vec![HandlerChoice {
                person: Person::sample("h2", "오미르", "주무관", "도로시설과"),
                open: 31,
                late: 2,
            }],
            officials: people(),
            form: Filled::of(&[("receiver-1", "h2")])
                .wrong("witness", Message::new("office-fault-official_unknown")),
        };
        let nothing = NewHandover {
            cases: vec![],
            signatures: vec![],
            form: Filled::default(),
            ..full.clone()
        };
        vec![("full", full), ("nothing", nothing)]
    }
}

impl View for HandoverPage {
    const TEMPLATE: &'static str = "desk/people/handover.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let item = |row: Option<Row>, state, refused: Option<Message>| ItemRow {
            part: Part::Case,
            row,
            receiver: "오미르".into(),
            state,
            refused,
        };
        let done = HandoverPage {
            bar: bar(),
            id: "0a".repeat(16),
            giver: "도로시설과 배도담".into(),
            witness: "도로시설과 신채움".into(),
            made_by: "도로시설과 신채움".into(),
            made_at: at(2026, 9, 15, 9, 0),
            state: State::HandedOver,
            progress: [0, 1, 1],
            items: vec![
                item(rows().into_iter().next(), ItemState::Done, None),
                item(
                    None,
                    ItemState::Refused,
                    Some(Message::new("refusal-handler_not_of_unit")),
                ),
            ],
            receipts: vec![
                ReceiptRow {
                    who: "오미르".into(),
                    at: None,
                },
                ReceiptRow {
                    who: "하태양".into(),
                    at: Some(at(2026, 9, 15, 11, 0)),
                },
            ],
            note: "도로점용 건은 현장 확인을 마쳤습니다.".into(),
            mine: true,
            form: Filled::default().wrong("manuals", Message::new("office-fault-manuals_unread")),
        };
        let running = HandoverPage {
            state: State::Running,
            progress: [5, 1, 0],
            items: vec![item(rows().into_iter().next(), ItemState::Waiting, None)],
            note: String::new(),
            mine: false,
            form: Filled::default(),
            ..done.clone()
        };
        let confirmed = HandoverPage {
            state: State::Confirmed,
            mine: false,
            form: Filled::default(),
            ..done.clone()
        };
        vec![
            ("to confirm", done),
            ("running", running),
            ("confirmed", confirmed),
        ]
    }
}
