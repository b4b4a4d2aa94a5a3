//! 창구 접수 — one form for what comes in by visit, telephone, post, fax or mail; and where one official decides alone, for the
//! whole sitting.

use super::Tabs;
use crate::view::{
    Filled, Message, View,
    citizen::sheet::Sheet,
    desk::{Bar, CaseHead, Here, Remaining, at},
};
use domain::{
    due::Left,
    life::Life,
    refusal::Refusal,
    terms::{Kind, Outcome},
};
use serde::Serialize;

/// A service to choose.
#[derive(Debug, Clone, Serialize)]
pub struct Found {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: Kind,
    /// 처리기간, if known.
    pub period: Option<Message>,
    /// Decided at this counter by this official alone.
    pub alone: bool,
}

/// The service chosen, with what it asks for.
#[derive(Debug, Clone, Serialize)]
pub struct Chosen {
    /// The service.
    pub service: Found,
    /// 구비서류 to be checked off.
    pub documents: Vec<String>,
    /// Whether the documents are confirmed.
    pub documents_sure: bool,
    /// 수수료 as the handbook says it.
    pub fee: String,
    /// No confirmed period: it must be entered.
    pub needs_period: bool,
    /// What can be decided in this sitting; empty where a department decides.
    pub outcomes: Vec<Outcome>,
    /// A certificate: copies and fee instead of an answer.
    pub certificate: bool,
}

/// 창구 접수. Fields: see `counter::entry`.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// The menu.
    pub bar: Bar,
    /// The tabs.
    pub tabs: Tabs,
    /// The form as it was left.
    pub form: Filled,
    /// Services found by the words typed; `None` before a search.
    pub found: Option<Vec<Found>>,
    /// The service chosen.
    pub chosen: Option<Chosen>,
    /// The fields of its typed form, where it has one.
    pub sheet: Option<Sheet>,
    /// A refusal on the last try, with its clause.
    pub refused: Option<(Refusal, String)>,
    /// A new idempotency key.
    pub key: String,
}

impl View for Entry {
    const TEMPLATE: &'static str = "counter/entry.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let found = |code: &str, name: &str, alone| Found {
            code: code.into(),
            name: name.into(),
            kind: Kind::Statutory,
            period: Some(Message::new("period-immediately")),
            alone,
        };
        let page = |chosen, found, form| Entry {
            bar: Bar {
                here: Here::Counter,
                approvals: 0,
            },
            tabs: Tabs::sample("entry"),
            form,
            found,
            chosen,
            sheet: None,
            refused: None,
            key: "0197c0de".into(),
        };
        let chosen = |certificate: bool, alone: bool| Chosen {
            service: found("S036", "국내거소신고 사실증명 발급", alone),
            documents: vec!["신청서".into(), "<b>신분증</b>".into()],
            documents_sure: !certificate,
            fee: "2,000원".into(),
            needs_period: !certificate,
            outcomes: match (certificate, alone) {
                (true, _) => vec![Outcome::Issued],
                (false, true) => vec![Outcome::Granted, Outcome::Refused],
                (false, false) => vec![],
            },
            certificate,
        };
        let wrong = Filled::of(&[("q", "자격증"), ("name", "김<솔>"), ("service", "S036")])
            .wrong("title", Message::new("error-required").with("field", "@title"));
        vec![
            ("empty", page(None, None, Filled::of(&[("entry", "counter")]))),
            (
                "found",
                page(
                    None,
                    Some(vec![found("S001", "장례지도사 자격증 재발급", true)]),
                    Filled::of(&[("q", "자격증 잃어버렸어요")]),
                ),
            ),
            (
                "found nothing",
                page(None, Some(vec![]), Filled::of(&[("q", "없는 말")])),
            ),
            (
                "certificate",
                page(
                    Some(chosen(true, true)),
                    None,
                    Filled::of(&[("service", "S036"), ("copies", "2")]),
                ),
            ),
            (
                "one stop",
                page(
                    Some(chosen(false, true)),
                    None,
                    Filled::of(&[("service", "S036")]),
                ),
            ),
            (
                "typed form",
                Entry {
                    sheet: Some(Sheet::sample()),
                    ..page(
                        Some(chosen(false, false)),
                        None,
                        Filled::of(&[("service", "S036")]),
                    )
                },
            ),
            ("department, wrong", page(Some(chosen(false, false)), None, wrong)),
            (
                "refused",
                Entry {
                    refused: Some((Refusal::PeriodMissing, Refusal::PeriodMissing.clause().into())),
                    ..page(Some(chosen(false, false)), None, Filled::default())
                },
            ),
        ]
    }
}

/// 접수하였습니다 — what the clerk tells and gives.
#[derive(Debug, Clone, Serialize)]
pub struct Done {
    /// The menu.
    pub bar: Bar,
    /// The tabs.
    pub tabs: Tabs,
    /// The petition.
    pub head: CaseHead,
    /// 접수증: `None` where one is owed, else the clause by which it may be left out.
    pub receipt_omitted: Option<String>,
    /// 구비서류 that are missing.
    pub missing: Vec<String>,
    /// 발급번호, copies and what was paid, where a certificate was issued.
    pub issued: Option<(String, u32, String)>,
    /// A paper waits to be handed out.
    pub to_hand_out: bool,
}

impl View for Done {
    const TEMPLATE: &'static str = "counter/done.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let head = |life| CaseHead {
            number: "20260914-7K3F2-QD2XA".into(),
            reception: Some("2026-004212".into()),
            title: "국내거소신고 사실증명".into(),
            service: "국내거소신고 사실증명 발급".into(),
            kind: Kind::Statutory,
            life,
            outcome: (life == Life::Concluded).then_some(Outcome::Issued),
            due_at: (life == Life::Received).then(|| at(2026, 9, 29, 0, 0)),
            remaining: Remaining::of(Some(Left::Days(6)), life),
        };
        let page = |life| Done {
            bar: Bar {
                here: Here::Counter,
                approvals: 0,
            },
            tabs: Tabs::sample("entry"),
            head: head(life),
            receipt_omitted: None,
            missing: vec![],
            issued: None,
            to_hand_out: false,
        };
        vec![
            (
                "received",
                Done {
                    missing: vec!["사진 <1매>".into()],
                    ..page(Life::Received)
                },
            ),
            (
                "issued",
                Done {
                    receipt_omitted: Some("민원 처리에 관한 법률 시행령 제6조제3항제3호".into()),
                    issued: Some(("2026-발급-000123".into(), 2, "1,200원".into())),
                    to_hand_out: true,
                    ..page(Life::Concluded)
                },
            ),
        ]
    }
}
