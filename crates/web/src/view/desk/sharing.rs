//! 행정정보 공동이용 — the page of one petition for its handler, and the office's page: roles, figures of the year, shredded forms.

use super::{Bar, Here};
use crate::view::{
    Filled, Message, View,
    shared::{LookRow, OfferRow, Shares},
};
use domain::{
    consent::{Exception, Role},
    time::At,
};
use serde::Serialize;

/// What a look-up said, opened by its handler.
#[derive(Debug, Clone, Serialize)]
pub struct Opened {
    /// Which.
    pub look: LookRow,
    /// By what the record was found.
    pub subject: String,
    /// What it says; `None` where only that it was seen is kept.
    pub content: Option<String>,
}

/// Of one petition.
#[derive(Debug, Clone, Serialize)]
pub struct SharingCase {
    /// The menu.
    pub bar: Bar,
    /// 신청번호.
    pub number: String,
    /// Title of the petition.
    pub title: String,
    /// Everything there is.
    pub shares: Shares,
    /// Items the one who looks may look up now, with what each is found by.
    pub mine: Vec<(OfferRow, &'static str)>,
    /// The exceptions there are, with their clauses.
    pub exceptions: Vec<(Exception, &'static str)>,
    /// Whether the one who looks tells the record.
    pub may_tell: bool,
    /// Whether the one who looks may open what was answered.
    pub may_open: bool,
    /// What was opened, if anything.
    pub opened: Option<Opened>,
    /// A new idempotency key.
    pub key: String,
    /// What was ticked, by code.
    pub ticked: Vec<String>,
    /// Entered values and faults.
    pub form: Filled,
}

fn bar(here: Here) -> Bar {
    Bar { here, approvals: 2 }
}

impl View for SharingCase {
    const TEMPLATE: &'static str = "desk/sharing/case.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let shares = Shares::sample();
        let mine = shares
            .offered
            .iter()
            .cloned()
            .zip(["business", "person"])
            .collect();
        let full = SharingCase {
            bar: bar(Here::Work),
            number: "2026-000123".into(),
            title: "국제물류주선업 등록".into(),
            mine,
            exceptions: Exception::ALL.iter().map(|e| (*e, e.clause())).collect(),
            may_tell: true,
            may_open: true,
            opened: None,
            key: "k1".into(),
            ticked: vec![],
            form: Filled::default(),
            shares,
        };
        let opened = SharingCase {
            opened: Some(Opened {
                look: full.shares.looks[0].clone(),
                subject: "123-45-67891".into(),
                content: Some("상호 한빛물류\n개업일 2020-03-02".into()),
            }),
            form: Filled::of(&[("subject", "12")]).wrong("subject", Message::new("sharing-error-signature")),
            ..full.clone()
        };
        let none = SharingCase {
            shares: Shares::default(),
            mine: vec![],
            may_tell: false,
            may_open: false,
            ..full.clone()
        };
        vec![("whole", full), ("opened", opened), ("none", none)]
    }
}

/// A role given.
#[derive(Debug, Clone, Serialize)]
pub struct RoleRow {
    /// Identity, in hexadecimal.
    pub id: String,
    /// Department and name.
    pub who: String,
    /// Which.
    pub role: Role,
    /// For which item; empty but for 접근권한자.
    pub item: String,
    /// Who gave it.
    pub by: String,
    /// When.
    pub at: At,
    /// When it was taken back.
    pub ended: Option<At>,
    /// Whether the one who looks may take it back.
    pub mine: bool,
}

/// One line of what is published (영 제51조).
#[derive(Debug, Clone, Serialize)]
pub struct FigureRow {
    /// 사무명.
    pub service: String,
    /// 정보명.
    pub item: String,
    /// 횟수.
    pub n: u32,
    /// 근거법령 of the service.
    pub basis: String,
    /// On what the look-ups rest.
    pub clause: &'static str,
}

/// The office's page.
#[derive(Debug, Clone, Serialize)]
pub struct SharingOffice {
    /// The menu.
    pub bar: Bar,
    /// Whether a centre is set up.
    pub there: bool,
    /// Newest first.
    pub roles: Vec<RoleRow>,
    /// Which roles the one who looks may give.
    pub gives: Vec<Role>,
    /// Every item.
    pub items: Vec<OfferRow>,
    /// The year of the figures.
    pub year: i16,
    /// What is published.
    pub figures: Vec<FigureRow>,
    /// 오작성 서식 파기, by department.
    pub shredded: Vec<(String, u32)>,
    /// Entered values and faults.
    pub form: Filled,
}

impl View for SharingOffice {
    const TEMPLATE: &'static str = "desk/sharing/office.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let role = |id: &str, role, item: &str, ended| RoleRow {
            id: id.into(),
            who: "도로시설과 이다온".into(),
            role,
            item: item.into(),
            by: "한혜담".into(),
            at: super::at(2026, 11, 2, 9, 0),
            ended,
            mine: role == Role::Accessor,
        };
        let full = SharingOffice {
            bar: bar(Here::People),
            there: true,
            roles: vec![
                role("g1", Role::Manager, "", None),
                role("g2", Role::Grantor, "", None),
                role("g3", Role::Accessor, "사업자등록증명", None),
                role(
                    "g4",
                    Role::Accessor,
                    "건축물대장",
                    Some(super::at(2026, 11, 20, 9, 0)),
                ),
            ],
            gives: vec![Role::Accessor],
            items: Shares::sample().offered,
            year: 2026,
            figures: vec![FigureRow {
                service: "국제물류주선업 등록".into(),
                item: "사업자등록증명".into(),
                n: 12,
                basis: "물류정책기본법 제43조".into(),
                clause: domain::consent::CONSENT_CLAUSE,
            }],
            shredded: vec![("시민봉사담당관".into(), 7)],
            form: Filled::default(),
        };
        let bare = SharingOffice {
            there: false,
            roles: vec![],
            gives: vec![],
            figures: vec![],
            shredded: vec![],
            ..full.clone()
        };
        vec![("whole", full), ("bare", bare)]
    }
}
