//! 진위 확인 — is the signed statement on a paper genuine, and the published roots everyone may keep.

use super::at;
use crate::view::{Filled, Message, View};
use domain::time::At;
use serde::Serialize;

/// What a statement turned out to be.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Found {
    /// Not of this form.
    Unreadable,
    /// Not signed by this office.
    NotOurs,
    /// Signed by this office.
    Genuine {
        /// When the event was recorded.
        recorded_at: At,
        /// Whether the journal holds it now.
        held: bool,
        /// The published root it lies under.
        root: Option<u64>,
    },
}

/// 진위 확인 — `form` has `statement`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Verify {
    /// The form.
    pub form: Filled,
    /// What came of it.
    pub found: Option<Found>,
}

impl View for Verify {
    const TEMPLATE: &'static str = "citizen/verify.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |found| Verify {
            form: Filled::of(&[("statement", "MW1ABC")]),
            found: Some(found),
        };
        let genuine = |held, root| Found::Genuine {
            recorded_at: at(2026, 11, 23, 20, 8),
            held,
            root,
        };
        vec![
            ("empty", Verify::default()),
            ("unreadable", page(Found::Unreadable)),
            ("not ours", page(Found::NotOurs)),
            ("genuine", page(genuine(true, Some(12)))),
            ("genuine, no root yet", page(genuine(true, None))),
            ("genuine, destroyed since", page(genuine(false, None))),
            (
                "nothing entered",
                Verify {
                    form: Filled::default().wrong(
                        "statement",
                        Message::new("error-required").with("field", "@statement"),
                    ),
                    found: None,
                },
            ),
        ]
    }
}

/// One signed root; hashes and keys as hexadecimal digits.
#[derive(Debug, Clone, Serialize)]
pub struct RootRow {
    /// Its number.
    pub number: u64,
    /// How many events lie under it.
    pub events: u64,
    /// The Merkle root.
    pub root: String,
    /// The link of the root before.
    pub previous: String,
    /// When it was signed.
    pub signed_at: At,
    /// The signature.
    pub signature: String,
    /// The public key.
    pub signer: String,
}

/// 공개된 뿌리값.
#[derive(Debug, Clone, Serialize)]
pub struct Roots {
    /// Newest first.
    pub rows: Vec<RootRow>,
}

impl View for Roots {
    const TEMPLATE: &'static str = "citizen/roots.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let row = RootRow {
            number: 12,
            events: 345,
            root: "ab".repeat(32),
            previous: "00".repeat(32),
            signed_at: at(2026, 11, 23, 0, 0),
            signature: "cd".repeat(72),
            signer: "ef".repeat(65),
        };
        vec![
            ("one", Roots { rows: vec![row] }),
            ("none", Roots { rows: vec![] }),
        ]
    }
}
