//! 공통 부분 — what several papers say: who handles a petition, who vouches for the paper, how it is sealed.

use crate::fill::Fill;
use crate::page::Page;
use crate::press::{Job, Lang, Press};
use domain::{korean, papers::table::RECEIPT, time::At};
use jiff::civil::Date;
use serde::Serialize;
use std::borrow::Cow;

/// 담당자 — the official who answers questions about this petition (영 제31조).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Officer {
    /// 소속
    pub unit: String,
    /// 성명
    pub name: String,
    /// 연락처; digits get their hyphens.
    pub phone: String,
}

impl Officer {
    /// “시민봉사담당관 홍길동 (02-2133-0000)”.
    pub(crate) fn line(&self) -> String {
        format!("{} {} ({})", self.unit, self.name, korean::phone(&self.phone))
    }
}

/// A signed statement on the paper, by which anyone can see that it is genuine and unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attestation {
    /// The statement itself: the content of the QR code, and printed below it. ASCII, at most some 1,500 bytes to stay
    /// readable by a telephone.
    pub statement: String,
    /// How to check it, in the reader's language: an address, a telephone number.
    pub how: String,
}

/// 관인 — what stands beside the sender's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seal {
    /// 관인생략
    Omitted,
    /// The place is left free for a seal pressed by hand.
    ByHand,
    /// The seal's picture (PNG, JPEG or SVG).
    Printed(Vec<u8>),
}

impl Seal {
    /// Whether a paper can be printed with it: a picture may be broken.
    pub fn prints(&self, press: &Press) -> bool {
        let rows = RECEIPT.rows(Lang::Ko, std::array::from_fn::<_, 9, _>(|_| String::new()));
        let page = Page::of(&RECEIPT, Lang::Ko, "관인", rows);
        let page = Page {
            sender: "관인",
            ..page
        };
        press
            .print(Job {
                paper: RECEIPT.code,
                ident: "seal".to_owned(),
                drawn_up: At(0),
                facts: &page,
                qr: None,
                seal: self.picture(),
            })
            .is_ok()
    }

    pub(crate) fn words(&self, lang: Lang) -> Option<&'static str> {
        match self {
            Seal::Omitted => Some(lang.pick("관인생략", "seal omitted")),
            Seal::ByHand | Seal::Printed(_) => None,
        }
    }

    pub(crate) fn picture(&self) -> Option<&[u8]> {
        match self {
            Seal::Printed(picture) => Some(picture),
            Seal::Omitted | Seal::ByHand => None,
        }
    }
}

/// One line of a form or a head: what it is, and what it says.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Row {
    pub label: Cow<'static, str>,
    pub value: String,
    /// Room to write in, in millimetres; 0 for as much as the value needs.
    pub height: u8,
}

impl Row {
    /// A line as high as its value.
    pub fn new(label: impl Into<Cow<'static, str>>, value: String) -> Row {
        Row {
            label: label.into(),
            value,
            height: 0,
        }
    }
}

/// The attestation as the sheets read it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Said<'a> {
    label: &'static str,
    alt: &'static str,
    how: &'a str,
    statement: &'a str,
}

impl Said<'_> {
    pub(crate) fn statement(&self) -> &str {
        self.statement
    }
}

impl Attestation {
    pub(crate) fn said(&self, lang: Lang) -> Said<'_> {
        Said {
            label: lang.pick("진위 확인", "Check that this paper is genuine"),
            alt: lang.pick(
                "진위 확인용 QR 코드. 옆의 확인문과 내용이 같습니다.",
                "QR code of the statement printed beside it",
            ),
            how: &self.how,
            statement: &self.statement,
        }
    }
}

/// What a sheet says of characters it could not print.
pub(crate) fn missing_note(lang: Lang) -> &'static str {
    lang.pick(
        "글꼴에 없어 인쇄하지 못한 글자입니다.",
        "characters that no font could print:",
    )
}

/// A day, in the reader's language.
pub(crate) fn day(date: Date, lang: Lang) -> String {
    match lang {
        Lang::Ko => korean::date(date),
        Lang::En => date.strftime("%-d %B %Y (%a)").to_string(),
    }
}

/// The day of a moment, in the reader's language; empty where none was given.
pub(crate) fn day_of(at: At, lang: Lang) -> String {
    at.date().map_or_else(String::new, |date| day(date, lang))
}

/// A moment, in the reader's language; “-” where none was given.
pub(crate) fn moment(at: At, lang: Lang) -> String {
    match (at.civil(), lang) {
        (None, _) => "-".to_owned(),
        (Some(civil), Lang::Ko) => korean::date_time(civil),
        (Some(civil), Lang::En) => civil.strftime("%-d %B %Y (%a) %H:%M").to_string(),
    }
}

/// The last moment that is in time, for a `due` that is the first one late; “-” where none was given.
pub(crate) fn due(due: At, lang: Lang) -> String {
    moment(due.plus(-60_000), lang)
}

/// 민원심사관 — who issues reminders and advance notices (영 제28조).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examiner {
    /// Whether a deputy issues it.
    pub seat: ExaminerSeat,
    /// 성명
    pub name: String,
}

/// In which seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExaminerSeat {
    /// 민원심사관 (법 제25조제1항)
    Examiner,
    /// 분임 민원심사관 (영 제28조제1항)
    Deputy,
}

impl Examiner {
    /// The line to sign on.
    pub(crate) fn row(&self, lang: Lang) -> Row {
        let seat = match self.seat {
            ExaminerSeat::Examiner => lang.pick("민원심사관", "Examiner"),
            ExaminerSeat::Deputy => lang.pick("분임 민원심사관", "Deputy examiner"),
        };
        Row::new(seat, self.name.clone())
    }
}

/// 성명·주소·연락처 of one who asks; empty parts are left to be written in by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Party {
    /// 성명; of a body its name and that of its representative.
    pub name: String,
    /// 주소(소재지)
    pub address: String,
    /// 연락처; digits get their hyphens.
    pub contact: String,
}

impl Party {
    pub(crate) fn contact(&self) -> String {
        korean::phone(&self.contact)
    }
}
