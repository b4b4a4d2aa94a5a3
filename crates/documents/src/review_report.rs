//! 접속기록 점검 결과 — a month's review of the access log as a paper (개인정보의 안전성 확보조치 기준 제8조제2항).

use crate::parts;
use crate::press::{Job, Lang, NotPrinted, Press, Printed};
use domain::time::At;
use serde::Serialize;

/// One remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// 이상 징후.
    pub kind: String,
    /// 대상자.
    pub person: String,
    /// What was counted.
    pub what: String,
    /// 소명.
    pub answer: String,
    /// 점검 결과, with the opinion.
    pub state: String,
}

/// The report.
#[derive(Debug, Clone)]
pub struct ReviewReport {
    /// 행정기관명
    pub agency: String,
    /// The month in words: “2026년 9월”.
    pub month: String,
    /// A sentence of figures.
    pub figures: String,
    /// How many remarks, in words.
    pub count: String,
    /// Who signed it, and when; or that nobody has.
    pub signed: String,
    /// The remarks.
    pub lines: Vec<Line>,
    /// When it was drawn up.
    pub drawn_up: At,
}

impl ReviewReport {
    /// Prints the report.
    pub fn print(&self, press: &Press, lang: Lang) -> Result<Printed, NotPrinted> {
        let columns = [
            (lang.pick("이상 징후", "Remark"), 18),
            (lang.pick("대상자", "On whom"), 18),
            (lang.pick("확인한 사실", "Counted"), 22),
            (lang.pick("소명", "Explanation"), 22),
            (lang.pick("점검 결과", "Result"), 20),
        ];
        let facts = Facts {
            lang,
            title: lang.pick("접속기록 점검 결과", "Review of the access log"),
            agency: &self.agency,
            note: &self.figures,
            span: &self.month,
            count: &self.count,
            columns: columns.map(|(label, width)| Column { label, width }).to_vec(),
            rows: (self.lines.iter())
                .map(|line| {
                    [&line.kind, &line.person, &line.what, &line.answer, &line.state].map(String::as_str)
                })
                .collect(),
            nothing: lang.pick("기준에 걸린 것이 없습니다.", "No figure was reached."),
            sender: &self.signed,
            attestation: None,
            missing_note: parts::missing_note(lang),
        };
        press.print(Job {
            paper: "review_report",
            ident: format!("review:{}:{}", self.month, self.drawn_up.0),
            drawn_up: self.drawn_up,
            facts: &facts,
            qr: None,
            seal: None,
        })
    }
}

#[derive(Debug, Clone, Serialize)]
struct Column {
    label: &'static str,
    width: u8,
}

#[derive(Serialize)]
struct Facts<'a> {
    lang: Lang,
    title: &'static str,
    agency: &'a str,
    note: &'a str,
    span: &'a str,
    count: &'a str,
    columns: Vec<Column>,
    rows: Vec<[&'a str; 5]>,
    nothing: &'static str,
    sender: &'a str,
    attestation: Option<()>,
    missing_note: &'static str,
}
