//! 특별절차의 문서 — what a move of a special procedure was recorded with, as a paper: its title and its lines are the track's own words.

use crate::page::Page;
use crate::parts::{self, Row, Seal};
use crate::press::{Job, Lang, NotPrinted, Press, Printed};
use domain::time::At;

/// What the paper says.
#[derive(Debug, Clone)]
pub struct ProceedingPaper {
    /// 행정기관명.
    pub agency: String,
    /// 발신명의.
    pub sender: String,
    /// 문서 제목.
    pub title: String,
    /// 신청번호.
    pub number: String,
    /// Name of the special procedure.
    pub track: String,
    /// What was recorded: label and words.
    pub lines: Vec<(String, String)>,
    /// What it rests on.
    pub basis: String,
    /// When it was recorded.
    pub at: At,
}

impl ProceedingPaper {
    /// Prints it.
    pub fn print(&self, press: &Press, lang: Lang) -> Result<Printed, NotPrinted> {
        let first = [
            (lang.pick("신청번호", "Petition number"), &self.number),
            (lang.pick("절차", "Procedure"), &self.track),
        ];
        let rows = (first
            .into_iter()
            .map(|(label, value)| Row::new(label, value.clone())))
        .chain(
            self.lines
                .iter()
                .map(|(label, value)| Row::new(label.clone(), value.clone())),
        )
        .chain([Row::new(lang.pick("근거", "Basis"), self.basis.clone())]);
        let page = Page {
            lang,
            title: &self.title,
            agency: &self.agency,
            note: String::new(),
            rows: rows.collect(),
            guidance_title: "",
            guidance: Vec::new(),
            closing: "",
            date: parts::day_of(self.at, lang),
            signs: Vec::new(),
            sign_here: "",
            addressed: String::new(),
            sender: &self.sender,
            seal: Seal::Omitted.words(lang),
            seal_alt: lang.pick("관인", "official seal"),
            attestation: None,
            missing_note: parts::missing_note(lang),
        };
        press.print(Job {
            paper: "proceeding",
            ident: self.number.clone(),
            drawn_up: self.at,
            facts: &page,
            qr: None,
            seal: None,
        })
    }
}
