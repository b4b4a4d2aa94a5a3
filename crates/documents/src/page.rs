//! 한 장 서식 — what the sheets of one page read: title, rows, guidance, closing words, date, and who signs.

use crate::fill::Fill;
use crate::hwpx::Values;
use crate::parts::{self, Row, Said};
use crate::press::Lang;
use domain::papers::Form;
use serde::Serialize;

/// A page as its sheet reads it. Begin with [`Page::of`] and set what this paper has besides.
#[derive(Serialize)]
pub(crate) struct Page<'a> {
    pub lang: Lang,
    pub title: &'a str,
    pub agency: &'a str,
    pub note: String,
    pub rows: Vec<Row>,
    pub guidance_title: &'static str,
    pub guidance: Vec<Row>,
    pub closing: &'a str,
    pub date: String,
    /// Who signs by hand, each with a place for it: label and name, which may be empty.
    pub signs: Vec<Row>,
    pub sign_here: &'static str,
    /// Whom the paper is for, at its foot: “한빛특별시장 귀하”; empty where the agency itself speaks.
    pub addressed: String,
    /// The agency that speaks; empty on papers of citizens.
    pub sender: &'a str,
    pub seal: Option<&'static str>,
    pub seal_alt: &'static str,
    pub attestation: Option<Said<'a>>,
    pub missing_note: &'static str,
}

impl<'a> Page<'a> {
    /// A page of this form with these rows and nothing else.
    pub fn of(form: &'static Form, lang: Lang, agency: &'a str, rows: Vec<Row>) -> Page<'a> {
        Page {
            lang,
            title: form.title_in(lang),
            agency,
            note: form.note(lang),
            rows,
            guidance_title: lang.pick("안내사항", "Please note"),
            guidance: Vec::new(),
            closing: "",
            date: String::new(),
            signs: Vec::new(),
            sign_here: lang.pick("(서명 또는 인)", "(signature or seal)"),
            addressed: String::new(),
            sender: "",
            seal: None,
            seal_alt: lang.pick("관인", "official seal"),
            attestation: None,
            missing_note: parts::missing_note(lang),
        }
    }
}

impl Page<'_> {
    /// What stands on the page, for a template of the office: each row under its label, the rest under names of its own.
    pub fn values(&self) -> Values {
        let mut values = Values::default();
        for row in self.rows.iter().chain(&self.guidance) {
            values.set(&row.label, row.value.as_str());
        }
        let signs = self
            .signs
            .iter()
            .map(|sign| format!("{} {}", sign.label, sign.value));
        for (name, value) in [
            ("기관명", self.agency),
            ("제목", self.title),
            ("서식", &self.note),
            ("맺음말", self.closing),
            ("날짜", &self.date),
            ("서명", &signs.collect::<Vec<_>>().join("\n")),
            ("받는 기관", &self.addressed),
            ("발신명의", self.sender),
            ("관인", self.seal.unwrap_or_default()),
            ("진위 확인", self.attestation.as_ref().map_or("", Said::statement)),
        ] {
            values.set(name, value);
        }
        values
    }
}

/// A day to be written in by hand, or the day itself.
pub(crate) fn day_or_blank(date: Option<jiff::civil::Date>, lang: Lang) -> String {
    let blank = lang.pick("년      월      일", "Date:                    ");
    date.map_or_else(|| blank.to_owned(), |date| parts::day(date, lang))
}

/// “한빛특별시장 귀하”.
pub(crate) fn addressed(to: &str, lang: Lang) -> String {
    match lang {
        Lang::Ko => format!("{to} 귀하"),
        Lang::En => format!("To: {to}"),
    }
}
