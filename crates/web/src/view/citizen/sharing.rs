//! 행정정보 공동이용 — what the petitioner consented to, who looked up what, and asking for the record.

use crate::view::{Filled, Message, View, shared::Shares};
use serde::Serialize;

/// The page of one petition.
#[derive(Debug, Clone, Serialize)]
pub struct SharingPage {
    /// 신청번호.
    pub number: String,
    /// Title of the petition.
    pub title: String,
    /// Everything there is.
    pub shares: Shares,
    /// Whether a record is asked for and not told yet.
    pub awaited: bool,
    /// What was ticked, by code.
    pub ticked: Vec<String>,
    /// What makes a form sent twice the same sending.
    pub once: String,
    /// Entered values and faults.
    pub form: Filled,
}

impl View for SharingPage {
    const TEMPLATE: &'static str = "citizen/sharing.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let full = SharingPage {
            number: "2026-000123".into(),
            title: "국제물류주선업 등록".into(),
            shares: Shares::sample(),
            awaited: true,
            ticked: vec![],
            once: "o1".into(),
            form: Filled::default(),
        };
        let fault = SharingPage {
            ticked: vec!["business".into()],
            awaited: false,
            form: Filled::of(&[("signature", "이다온")])
                .wrong("signature", Message::new("sharing-error-signature")),
            ..full.clone()
        };
        let none = SharingPage {
            shares: Shares::default(),
            awaited: false,
            ..full.clone()
        };
        vec![("whole", full), ("fault", fault), ("none", none)]
    }
}
