//! 민원 처리 확인·점검 결과 — the examiner's month as a paper: its figures, what was found, and what became of it (영 제22조, 규칙
//! 제7조).

use crate::parts;
use crate::press::{Job, Lang, NotPrinted, Press, Printed};
use domain::korean;
use domain::time::At;
use serde::Serialize;

/// One line: a department, what was found, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// 부서
    pub unit: String,
    /// 구분: “점검 사유”, “지적”, “시정 요구”.
    pub kind: String,
    /// What it is about: the ground with its clause, or the words of a finding.
    pub what: String,
    /// 접수번호 or 신청번호; empty where it is about no petition.
    pub number: String,
    /// Where it stands; empty for what the facts say.
    pub state: String,
}

/// The report.
#[derive(Debug, Clone)]
pub struct InspectionReport {
    /// 행정기관명
    pub agency: String,
    /// The month in words: “2026년 6월”.
    pub month: String,
    /// A sentence of figures.
    pub figures: String,
    /// 민원심사관
    pub examiner: String,
    /// The lines, in the order they are printed.
    pub lines: Vec<Line>,
    /// When it was drawn up.
    pub drawn_up: At,
}

impl InspectionReport {
    /// Prints the report.
    pub fn print(&self, press: &Press, lang: Lang) -> Result<Printed, NotPrinted> {
        let columns = [
            (lang.pick("부서", "Department"), 16),
            (lang.pick("구분", "Kind"), 12),
            (lang.pick("내용", "What was found"), 40),
            (lang.pick("민원 번호", "Petition"), 20),
            (lang.pick("조치", "State"), 12),
        ];
        let rows: Vec<Vec<String>> = (self.lines.iter())
            .map(|line| {
                vec![
                    line.unit.clone(),
                    line.kind.clone(),
                    line.what.clone(),
                    line.number.clone(),
                    line.state.clone(),
                ]
            })
            .collect();
        let n = rows.len();
        let facts = Facts {
            lang,
            title: lang.pick(
                "민원 처리 확인·점검 결과",
                "Inspection of the handling of petitions",
            ),
            agency: &self.agency,
            note: self.figures.clone(),
            span: self.month.clone(),
            count: match lang {
                Lang::Ko => format!("모두 {}건", korean::number(i64::try_from(n).unwrap_or(i64::MAX))),
                Lang::En => format!("{n} entries"),
            },
            columns: columns.map(|(label, width)| Column { label, width }).to_vec(),
            rows,
            nothing: lang.pick("지적할 사항이 없습니다.", "Nothing was found."),
            sender: format!(
                "{} {} {}",
                lang.pick("민원심사관", "Examiner"),
                self.examiner,
                parts::moment(self.drawn_up, lang)
            ),
            attestation: None::<()>,
            missing_note: parts::missing_note(lang),
        };
        press.print(Job {
            paper: "inspection_report",
            ident: format!("inspection:{}:{}", self.month, self.drawn_up.0),
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
    note: String,
    span: String,
    count: String,
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
    nothing: &'static str,
    sender: String,
    attestation: Option<()>,
    missing_note: &'static str,
}
