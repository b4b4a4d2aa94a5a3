//! 격리된 파일 — attachments that are kept apart: the list, and the page on which one of them is decided about.

use super::{Bar, Here};
use crate::view::{Filled, Message, View};
use domain::time::At;
use serde::Serialize;

/// A file that is kept apart, or was.
#[derive(Debug, Clone, Serialize)]
pub struct HeldRow {
    /// Its identity.
    pub id: String,
    /// 신청번호.
    pub number: String,
    /// Its name; `None` for one who may not see the petition.
    pub name: Option<String>,
    /// Where it stands.
    pub standing: &'static str,
    /// What the scanner said.
    pub found: String,
    /// What the scanner knew.
    pub signatures: String,
    /// When it came in.
    pub came_at: At,
    /// When it was found.
    pub scanned_at: At,
    /// Who decided, and when.
    pub decided: Option<(String, At)>,
    /// Why.
    pub reason: Option<String>,
}

/// The scanner, as it is now.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Engine {
    /// None is set up.
    None,
    /// It does not answer.
    Silent,
    /// It answers, and knows this.
    Knows {
        /// In its own words.
        signatures: String,
    },
}

/// 격리된 파일의 목록.
#[derive(Debug, Clone, Serialize)]
pub struct HeldFiles {
    /// The menu.
    pub bar: Bar,
    /// The scanner.
    pub engine: Engine,
    /// How many files wait for it.
    pub waiting: u64,
    /// Whether the one who looks decides.
    pub decides: bool,
    /// Waiting for a decision.
    pub held: Vec<HeldRow>,
    /// Decided.
    pub decided: Vec<HeldRow>,
}

/// 격리된 파일 하나: what to do with it.
#[derive(Debug, Clone, Serialize)]
pub struct HeldFile {
    /// The menu.
    pub bar: Bar,
    /// The file.
    pub row: HeldRow,
    /// Whether the one who looks decides about it now.
    pub decides: bool,
    /// Reason and choice.
    pub form: Filled,
}

fn bar() -> Bar {
    Bar {
        here: Here::Supervision,
        approvals: 0,
    }
}

fn row() -> HeldRow {
    let at = |day: i8| At::seoul(jiff::civil::date(2026, 11, day).at(10, 5, 0, 0));
    HeldRow {
        id: "01890a5d-ac96-774b-bcce-b302099a8057".into(),
        number: "S-20261120-ABCDEFG".into(),
        name: Some("현장 <사진>.zip".into()),
        standing: "infected",
        found: "Eicar-Test-Signature".into(),
        signatures: "ClamAV 1.4.6/27400".into(),
        came_at: at(20),
        scanned_at: at(20),
        decided: None,
        reason: None,
    }
}

fn decided() -> HeldRow {
    HeldRow {
        standing: "released",
        decided: Some((
            "정민서 민원심사관".into(),
            At::seoul(jiff::civil::date(2026, 11, 23).at(9, 0, 0, 0)),
        )),
        reason: Some("백신 제조사에 문의한 결과 오탐으로 확인".into()),
        ..row()
    }
}

impl View for HeldFiles {
    const TEMPLATE: &'static str = "desk/files.html";
    fn samples() -> Vec<(&'static str, HeldFiles)> {
        let unknown = HeldRow {
            name: None,
            standing: "unscannable",
            found: "INSTREAM size limit exceeded. ERROR".into(),
            ..row()
        };
        let full = HeldFiles {
            bar: bar(),
            engine: Engine::Knows {
                signatures: "ClamAV 1.4.6/27400".into(),
            },
            waiting: 3,
            decides: true,
            held: vec![row(), unknown],
            decided: vec![
                decided(),
                HeldRow {
                    standing: "destroyed",
                    ..decided()
                },
            ],
        };
        let of = |engine: Engine| HeldFiles {
            engine,
            waiting: 0,
            decides: false,
            held: Vec::new(),
            decided: Vec::new(),
            ..full.clone()
        };
        vec![
            ("two are kept apart", full.clone()),
            ("none is kept apart and no scanner is set up", of(Engine::None)),
            ("the scanner is silent", of(Engine::Silent)),
        ]
    }
}

impl View for HeldFile {
    const TEMPLATE: &'static str = "desk/file.html";
    fn samples() -> Vec<(&'static str, HeldFile)> {
        let open = HeldFile {
            bar: bar(),
            row: row(),
            decides: true,
            form: Filled::default(),
        };
        vec![
            ("to be decided", open.clone()),
            (
                "without a reason",
                HeldFile {
                    form: (open.form.clone()).wrong(
                        "reason",
                        Message::new("error-required").with("field", "@held-reason"),
                    ),
                    ..open.clone()
                },
            ),
            (
                "decided",
                HeldFile {
                    row: decided(),
                    decides: false,
                    ..open
                },
            ),
        ]
    }
}
