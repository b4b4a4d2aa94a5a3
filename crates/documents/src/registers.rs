//! 대장 — 민원 처리부, 사전심사청구 접수 처리부, 이의신청처리대장, 발송대장, 파기대장, 폐기 목록 as pages and as CSV
//! (규칙 별지 제1·10·12호서식).
//!
//! 서식 확인 필요: the columns are those the articles name; the drawings of the forms were not at hand. A register holds
//! lines in the order of reception; which lines, and what each says, is the caller's.

use crate::fill::Fill;
use crate::parts;
use crate::press::{Job, Lang, NotPrinted, Press, Printed};
use domain::papers::Form;
use domain::papers::table::{
    DESTRUCTION_REGISTER, DISPATCH_REGISTER, DISPOSAL_LIST, OBJECTION_REGISTER, PRELIMINARY_REGISTER,
    REGISTER,
};
use domain::time::At;
use jiff::civil::Date;
use serde::Serialize;

/// As many lines are set on paper at most: some 400 pages. More are for CSV, or for several papers.
pub const MOST: usize = 10_000;

/// Which register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Register {
    /// 민원 처리부 (별지 제1호서식)
    Petitions,
    /// 사전심사청구 접수 처리부 (별지 제10호서식)
    PreliminaryReviews,
    /// 이의신청처리대장 (별지 제12호서식)
    Objections,
    /// 발송대장
    Dispatch,
    /// 파기대장
    Destruction,
    /// 기록물 폐기 목록
    Disposal,
}

impl Register {
    /// Its columns and their articles.
    pub const fn form(self) -> &'static Form {
        match self {
            Register::Petitions => &REGISTER,
            Register::PreliminaryReviews => &PRELIMINARY_REGISTER,
            Register::Objections => &OBJECTION_REGISTER,
            Register::Dispatch => &DISPATCH_REGISTER,
            Register::Destruction => &DESTRUCTION_REGISTER,
            Register::Disposal => &DISPOSAL_LIST,
        }
    }
}

/// A register from a day to a day.
#[derive(Debug, Clone)]
pub struct Pages {
    /// Which.
    pub register: Register,
    /// 행정기관명
    pub agency: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Whose lines are shown, where not everyone's: “도로시설과”; empty for the whole office.
    pub of: String,
    /// A value for each column.
    pub lines: Vec<Vec<String>>,
    /// When it was drawn up.
    pub drawn_up: At,
}

impl Pages {
    /// Prints the register; at most [`MOST`] lines are taken.
    pub fn print(&self, press: &Press, lang: Lang) -> Result<Printed, NotPrinted> {
        let form = self.register.form();
        let (from, to) = (parts::day(self.from, lang), parts::day(self.to, lang));
        let n = self.lines.len();
        let facts = Facts {
            lang,
            title: form.title_in(lang),
            agency: &self.agency,
            note: form.note(lang),
            span: [self.of.clone(), format!("{from} ~ {to}")]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" · "),
            count: match lang {
                Lang::Ko => format!("모두 {}건", domain::korean::number(n as i64)),
                Lang::En => format!("{n} entries"),
            },
            columns: form
                .columns(lang)
                .into_iter()
                .map(|(label, width)| Column { label, width })
                .collect(),
            rows: &self.lines[..n.min(MOST)],
            nothing: lang.pick(
                "이 기간에는 기록이 없습니다.",
                "Nothing was entered in this time.",
            ),
            sender: format!("{} {}", self.agency, parts::moment(self.drawn_up, lang)),
            attestation: None::<()>,
            missing_note: parts::missing_note(lang),
        };
        press.print(Job {
            paper: form.code,
            ident: format!("{}:{}:{}:{}", self.from, self.to, self.of, self.drawn_up.0),
            drawn_up: self.drawn_up,
            facts: &facts,
            qr: None,
            seal: None,
        })
    }

    /// The same as CSV (RFC 4180) with a byte order mark, so that spreadsheets read Hangul. A value that a spreadsheet
    /// would take for a formula is led by an apostrophe.
    pub fn csv(&self, lang: Lang) -> Vec<u8> {
        let head = self.register.form().columns(lang);
        let head: Vec<String> = head.into_iter().map(|(label, _)| label.to_owned()).collect();
        let mut out = String::from("\u{feff}");
        for line in std::iter::once(&head).chain(&self.lines) {
            let cells: Vec<String> = line.iter().map(|cell| quoted(cell)).collect();
            out.push_str(&cells.join(","));
            out.push_str("\r\n");
        }
        out.into_bytes()
    }
}

fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.len() > 1;
    let cell = if formula {
        format!("'{cell}")
    } else {
        cell.to_owned()
    };
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

#[derive(Serialize)]
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
    rows: &'a [Vec<String>],
    nothing: &'static str,
    sender: String,
    attestation: Option<()>,
    missing_note: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_and_never_a_formula() {
        for (cell, expected) in [
            ("도로", "도로"),
            ("가,나", "\"가,나\""),
            ("\"가\"", "\"\"\"가\"\"\""),
            ("가\n나", "\"가\n나\""),
            ("=1+1", "'=1+1"),
            ("@SUM(A1),2", "\"'@SUM(A1),2\""),
            ("-", "-"),
            ("", ""),
        ] {
            assert_eq!(quoted(cell), expected, "{cell}");
        }
    }
}
