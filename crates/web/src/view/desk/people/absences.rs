//! 부재 — who is away when, who stands in, and the gaps.

use crate::view::{
    Filled, View,
    desk::{
        Bar, Here,
        act::{Choice, Group},
        at,
    },
};
use domain::{absence::AbsenceKind, time::At};
use serde::Serialize;

/// How an absence stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// 부재 중
    Now,
    /// 예정
    Coming,
    /// 지남
    Past,
    /// 취소
    Cancelled,
}

/// One absence.
#[derive(Debug, Clone, Serialize)]
pub struct AbsenceRow {
    /// Its identity, for forms.
    pub id: String,
    /// Who.
    pub who: String,
    /// 부서
    pub unit: String,
    /// 사유
    pub kind: AbsenceKind,
    /// The first moment away.
    pub from: At,
    /// The first moment back.
    pub to: At,
    /// 업무대행자; empty if none.
    pub stand_in: String,
    /// 대결자; empty if none.
    pub deputy: String,
    /// How it stands.
    pub standing: Standing,
    /// Whether the one who looks may end or cancel it.
    pub may_end: bool,
}

/// 공백 — an absence that leaves work without anybody.
#[derive(Debug, Clone, Serialize)]
pub struct GapRow {
    /// Who is away.
    pub who: String,
    /// From when.
    pub from: At,
    /// Until when.
    pub to: At,
    /// Open petitions without a 업무대행자.
    pub petitions: u32,
    /// Signatures without a 대결자.
    pub signatures: u32,
}

/// 부재 관리. Fields: `official`, `kind`, `from`, `from_time`, `to`, `to_time`, `stand_in`, `deputy`.
#[derive(Debug, Clone, Serialize)]
pub struct Absences {
    /// The menu.
    pub bar: Bar,
    /// As it was left, with errors.
    pub form: Filled,
    /// Whose absences may be entered, by unit.
    pub people: Vec<Group>,
    /// Who may stand in, by unit.
    pub substitutes: Vec<Group>,
    /// Absences.
    pub rows: Vec<AbsenceRow>,
    /// Gaps.
    pub gaps: Vec<GapRow>,
    /// Whether files may be brought in by the one who looks.
    pub administers: bool,
}

/// People for samples.
pub(super) fn people() -> Vec<Group> {
    let choice = |value: &str, text: &str| Choice {
        value: value.into(),
        text: text.into(),
    };
    vec![Group {
        name: "도로시설과".into(),
        choices: vec![choice("h1", "배도담 주무관"), choice("h2", "오미르 주무관")],
    }]
}

impl View for Absences {
    const TEMPLATE: &'static str = "desk/people/absences.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let row = |id: &str, who: &str, standing, deputy: &str| AbsenceRow {
            id: id.into(),
            who: who.into(),
            unit: "도로시설과".into(),
            kind: AbsenceKind::Leave,
            from: at(2026, 9, 15, 9, 0),
            to: at(2026, 9, 17, 0, 0),
            stand_in: if deputy.is_empty() {
                "오미르".into()
            } else {
                String::new()
            },
            deputy: deputy.into(),
            standing,
            may_end: matches!(standing, Standing::Now | Standing::Coming),
        };
        let full = Absences {
            bar: Bar {
                here: Here::People,
                approvals: 1,
            },
            form: Filled::of(&[("official", "h1"), ("kind", "leave")])
                .wrong("to", crate::view::Message::new("absence-unfit-backwards")),
            people: people(),
            substitutes: people(),
            rows: vec![
                row("a1", "배도담", Standing::Now, ""),
                row("a2", "한순덕", Standing::Coming, "하태양"),
                row("a3", "오미르", Standing::Past, ""),
                row("a4", "오미르", Standing::Cancelled, ""),
            ],
            gaps: vec![GapRow {
                who: "한순덕".into(),
                from: at(2026, 9, 15, 9, 0),
                to: at(2026, 9, 17, 0, 0),
                petitions: 7,
                signatures: 2,
            }],
            administers: true,
        };
        let empty = Absences {
            form: Filled::default(),
            rows: vec![],
            gaps: vec![],
            administers: false,
            ..full.clone()
        };
        vec![("four", full), ("none", empty)]
    }
}
