//! 더 말씀하실 것 — a citizen's words to a petition beside the main road: changes before the end, an objection, a further question.

use super::{at, filing::Limits};
use crate::view::{Filled, Message, View};
use domain::{life::Deed, time::At};
use jiff::civil::Date;
use serde::Serialize;

/// What is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// 변경·추가 제출 (법22②).
    Amend,
    /// 이의신청 (법35①).
    Objection,
    /// 추가답변 요청.
    Further,
}

impl What {
    /// All of them.
    pub const ALL: [What; 3] = [What::Amend, What::Objection, What::Further];

    /// As it stands in addresses and word keys.
    pub const fn code(self) -> &'static str {
        match self {
            What::Amend => "amend",
            What::Objection => "objection",
            What::Further => "further",
        }
    }

    /// The one of that code.
    pub fn of(code: &str) -> Option<What> {
        What::ALL.into_iter().find(|what| what.code() == code)
    }

    /// The act.
    pub const fn deed(self) -> Deed {
        match self {
            What::Amend => Deed::Amend,
            What::Objection => Deed::Object,
            What::Further => Deed::AskFurther,
        }
    }

    /// Whether files may come with it.
    pub const fn takes_files(self) -> bool {
        matches!(self, What::Amend | What::Objection)
    }
}

/// The page; `form` has `text`, for an objection `received` (a date), and files.
#[derive(Debug, Clone, Serialize)]
pub struct Say {
    /// 신청번호.
    pub number: String,
    /// 제목.
    pub title: String,
    /// What is said.
    pub what: What,
    /// Whether it is about a request for disclosure, which is no petition.
    pub disclosure: bool,
    /// For an objection: the first day the refusal can have been received.
    pub earliest: Option<Date>,
    /// For an objection: the last day for it, if it was received on the day it was sent; the first moment that is late.
    pub until: Option<At>,
    /// Whether files may come with it.
    pub files: bool,
    /// What the agency takes.
    pub limits: Limits,
    /// The idempotency key.
    pub once: String,
    /// The form.
    pub form: Filled,
}

impl View for Say {
    const TEMPLATE: &'static str = "citizen/say.html";
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |what: What, form| Say {
            number: "2026-000123".into(),
            title: "도로 점용 허가 신청".into(),
            what,
            disclosure: false,
            earliest: (what == What::Objection).then(|| jiff::civil::date(2026, 11, 20)),
            until: (what == What::Objection).then(|| at(2027, 1, 20, 0, 0)),
            files: what.takes_files(),
            limits: Limits::sample(),
            once: "0f".repeat(16),
            form,
        };
        let wrong = Filled::of(&[("text", "<b>다시</b> 살펴 주시기 바랍니다.")])
            .wrong("received", Message::new("error-date-form"));
        vec![
            ("amend", page(What::Amend, Filled::default())),
            ("objection", page(What::Objection, Filled::default())),
            (
                "objection, disclosure",
                Say {
                    disclosure: true,
                    ..page(What::Objection, Filled::default())
                },
            ),
            ("objection, wrong", page(What::Objection, wrong)),
            ("further", page(What::Further, Filled::default())),
        ]
    }
}
