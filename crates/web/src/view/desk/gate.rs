//! 출력·저장 사유 — asked before something about people leaves as a file or on paper.

use super::{Bar, Here};
use crate::view::{Filled, Message, View};
use serde::Serialize;

/// 출력·저장 사유. Fields: `purpose`, `note`, `sure`, `back`.
#[derive(Debug, Clone, Serialize)]
pub struct GatePage {
    /// The menu.
    pub bar: Bar,
    /// What was entered and what is wrong.
    pub form: Filled,
    /// What goes out: a code of `domain::gate::Export`.
    pub what: &'static str,
    /// As what.
    pub format: &'static str,
    /// How many people it is about.
    pub subjects: u64,
    /// `code`, `words`, `confirmed`.
    pub demand: &'static str,
    /// The shortest reason, in characters.
    pub least: u64,
    /// Reasons that fit, and whether the paper bears a mark then.
    pub purposes: Vec<(&'static str, bool)>,
    /// For so many minutes a reason holds for other papers of the same petition.
    pub again: u64,
    /// The longest reason.
    pub max: usize,
    /// The export itself.
    pub back: String,
    /// Where one came from.
    pub from: String,
}

impl View for GatePage {
    const TEMPLATE: &'static str = "desk/gate.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let one = GatePage {
            bar: Bar {
                here: Here::Work,
                approvals: 0,
            },
            form: Filled::default(),
            what: "case_paper",
            format: "pdf",
            subjects: 1,
            demand: "code",
            least: 0,
            purposes: vec![
                ("hand_out", false),
                ("handling", true),
                ("approval", true),
                ("enquiry", true),
                ("audit", true),
            ],
            again: 30,
            max: 500,
            back: "/desk/cases/20260917-ABCD-EFGH/papers/receipt".into(),
            from: "/desk/cases/20260917-ABCD-EFGH".into(),
        };
        let many = GatePage {
            what: "register",
            format: "csv",
            subjects: 42,
            demand: "words",
            least: 5,
            purposes: vec![
                ("keeping", false),
                ("inspection", false),
                ("audit", false),
                ("enquiry", false),
            ],
            back: "/desk/post/csv?from=2026-09-01".into(),
            from: "/desk/post".into(),
            ..one.clone()
        };
        let confirmed = GatePage {
            subjects: 1_200,
            demand: "confirmed",
            least: 20,
            form: Filled::of(&[("purpose", "audit"), ("note", super::HOSTILE)])
                .wrong("note", Message::new("gate-lack-note").with("n", 20_u64))
                .wrong("sure", Message::new("gate-lack-sure")),
            ..many.clone()
        };
        vec![("one", one), ("many", many), ("confirmed", confirmed)]
    }
}
