//! 특별절차 — a citizen's own, and what everybody may read: the procedures there are, and the cases told without persons.

use super::at;
use crate::view::{
    Message, Paging, View,
    proceeding::{MoveForm, RoleRow, Whole, form_samples, whole_samples},
};
use domain::time::At;
use serde::Serialize;

/// One whole.
#[derive(Debug, Clone, Serialize)]
pub struct CitizenProceeding {
    /// 신청번호.
    pub number: String,
    /// 제목.
    pub title: String,
    /// All that its petitioner sees.
    pub whole: Whole,
}

/// The form that begins one, or makes a move.
#[derive(Debug, Clone, Serialize)]
pub struct CitizenMove {
    /// 제목.
    pub title: String,
    /// What is asked.
    pub ask: MoveForm,
}

/// A track in the list.
#[derive(Debug, Clone, Serialize)]
pub struct ProcedureRow {
    /// Its code, also the address.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub summary: String,
    /// Legal basis.
    pub basis: String,
    /// Whether that was read in the law.
    pub sure: bool,
}

/// 특별절차 안내.
#[derive(Debug, Clone, Serialize)]
pub struct Procedures {
    /// All but those for the protected room.
    pub rows: Vec<ProcedureRow>,
}

/// A step in words.
#[derive(Debug, Clone, Serialize)]
pub struct StepTold {
    /// Its name.
    pub name: String,
    /// Who moves it on.
    pub who: Vec<Message>,
    /// Within what time.
    pub limit: Option<Message>,
    /// The article that sets it; empty for a promise of the office.
    pub basis: String,
    /// Why there is none; empty where there is one.
    pub no_limit: String,
    /// Whether the petition's clock stands still meanwhile.
    pub holds: bool,
    /// What the petitioner is told, by what is done.
    pub told: Vec<[String; 2]>,
}

/// 특별절차 하나.
#[derive(Debug, Clone, Serialize)]
pub struct ProcedurePage {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub summary: String,
    /// Legal basis.
    pub basis: String,
    /// Whether that was read in the law.
    pub sure: bool,
    /// Who can begin it.
    pub begins: Vec<Message>,
    /// Code and name of the services that begin it by themselves.
    pub services: Vec<[String; 2]>,
    /// Who takes part.
    pub roles: Vec<RoleRow>,
    /// Whether the answer to the petition waits for it.
    pub waits: bool,
    /// Its steps.
    pub steps: Vec<StepTold>,
    /// How it can end.
    pub ends: Vec<String>,
    /// Whether its cases are published.
    pub published: bool,
}

/// 사례.
#[derive(Debug, Clone, Serialize)]
pub struct StoryRow {
    /// The track.
    pub track: String,
    /// How it ended; empty while it runs.
    pub ending: String,
    /// 제목.
    pub title: String,
    /// 쟁점.
    pub question: String,
    /// 결정 요지.
    pub holding: String,
    /// When it was published.
    pub at: At,
}

/// 사례집.
#[derive(Debug, Clone, Serialize)]
pub struct Casebook {
    /// The track shown; empty for all.
    pub track: String,
    /// Code and name of the tracks that publish cases.
    pub tracks: Vec<[String; 2]>,
    /// Newest first.
    pub stories: Vec<StoryRow>,
    /// Other pages.
    pub paging: Paging,
}

impl View for CitizenProceeding {
    const TEMPLATE: &'static str = "citizen/proceeding.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let of = |whole| CitizenProceeding {
            number: "2026-000123".into(),
            title: "보도가 좁습니다".into(),
            whole: Whole {
                official: false,
                ..whole
            },
        };
        whole_samples()
            .into_iter()
            .map(|(name, whole)| (name, of(whole)))
            .collect()
    }
}

impl View for CitizenMove {
    const TEMPLATE: &'static str = "citizen/proceeding_move.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let of = |ask| CitizenMove {
            title: "보도가 <b>좁습니다</b>".into(),
            ask: MoveForm { told: vec![], ..ask },
        };
        form_samples()
            .into_iter()
            .map(|(name, ask)| (name, of(ask)))
            .collect()
    }
}

impl View for Procedures {
    const TEMPLATE: &'static str = "citizen/procedures.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let row = |sure| ProcedureRow {
            code: "jury_court".into(),
            name: "민원배심법정".into(),
            summary: "시민과 전문가가 함께 듣고 결정합니다.".into(),
            basis: "서울특별시 옴부즈만 관련 조례".into(),
            sure,
        };
        vec![
            (
                "some",
                Procedures {
                    rows: vec![row(true), row(false)],
                },
            ),
            ("none", Procedures { rows: vec![] }),
        ]
    }
}

impl View for ProcedurePage {
    const TEMPLATE: &'static str = "citizen/procedure.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let step = |limit: bool, told| StepTold {
            name: "안건 적합 여부 검토".into(),
            who: vec![
                Message::new("hand-handler"),
                Message::new("hand-seat").with("seat", "@seat-ombudsman"),
            ],
            limit: limit.then(|| Message::new("period-days").with("n", 7)),
            basis: if limit {
                "시행령 제21조".into()
            } else {
                String::new()
            },
            no_limit: if limit {
                String::new()
            } else {
                "약속한 날마다 점검합니다.".into()
            },
            holds: limit,
            told,
        };
        let full = ProcedurePage {
            code: "jury_court".into(),
            name: "민원배심법정".into(),
            summary: "시민과 전문가가 함께 듣고 결정합니다.".into(),
            basis: "서울특별시 옴부즈만 관련 조례".into(),
            sure: false,
            begins: vec![Message::new("hand-petitioner")],
            services: vec![["S140".into(), "민원배심 신청".into()]],
            roles: vec![RoleRow {
                name: "시민 배심원".into(),
                least: 3,
                most: 6,
                people: vec![],
            }],
            waits: true,
            steps: vec![
                step(true, vec![["안건 채택".into(), "다루기로 하였습니다.".into()]]),
                step(false, vec![]),
            ],
            ends: vec!["양쪽이 받아들임".into(), "안건 부적합".into()],
            published: true,
        };
        let bare = ProcedurePage {
            sure: true,
            begins: vec![],
            services: vec![],
            roles: vec![],
            waits: false,
            published: false,
            ..full.clone()
        };
        vec![("full", full), ("bare", bare)]
    }
}

impl View for Casebook {
    const TEMPLATE: &'static str = "citizen/casebook.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let story = |ending: &str| StoryRow {
            track: "민원배심법정".into(),
            ending: ending.into(),
            title: "보도의 <b>폭</b>".into(),
            question: "다시 포장하여야 하는가".into(),
            holding: "포장한다.".into(),
            at: at(2026, 9, 18, 10, 0),
        };
        let some = Casebook {
            track: "jury_court".into(),
            tracks: vec![
                ["jury_court".into(), "민원배심법정".into()],
                ["grievance".into(), "고충민원".into()],
            ],
            stories: vec![story("양쪽이 받아들임"), story("")],
            paging: Paging {
                older: Some("1-2-3".into()),
                newer: Some("first".into()),
            },
        };
        let none = Casebook {
            track: String::new(),
            tracks: vec![],
            stories: vec![],
            paging: Paging::default(),
        };
        vec![("some", some), ("none", none)]
    }
}
