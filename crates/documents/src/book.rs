//! 편람과 고시본 — one service of the handbook as a working manual, and the standards of a day as they were gazetted (법 제36조).

use crate::parts;
use crate::press::{Job, Lang, NotPrinted, Press, Printed};
use domain::time::At;
use serde::Serialize;

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Volume {
    /// 업무 매뉴얼 of one service.
    Manual,
    /// 민원처리기준표의 고시본.
    Edition,
}

/// A table as a book.
#[derive(Debug, Clone)]
pub struct Book {
    /// Which.
    pub volume: Volume,
    /// 행정기관명
    pub agency: String,
    /// Its title.
    pub title: String,
    /// What stands below the title: version and days, number and day of the notice.
    pub span: String,
    /// What is to be known about it; may be empty.
    pub note: String,
    /// The heads of its columns and their widths.
    pub columns: Vec<(String, u8)>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
    /// When it was drawn up.
    pub drawn_up: At,
}

impl Book {
    /// Prints it, in Korean: the handbook is kept in Korean.
    pub fn print(&self, press: &Press) -> Result<Printed, NotPrinted> {
        let paper = match self.volume {
            Volume::Manual => "service_manual",
            Volume::Edition => "standards_edition",
        };
        let facts = Facts {
            lang: Lang::Ko,
            title: &self.title,
            agency: &self.agency,
            note: &self.note,
            span: &self.span,
            count: match self.volume {
                Volume::Manual => String::new(),
                Volume::Edition => {
                    let n = i64::try_from(self.rows.len()).unwrap_or(i64::MAX);
                    format!("모두 {}종", domain::korean::number(n))
                }
            },
            columns: (self.columns.iter())
                .map(|(label, width)| Column { label, width: *width })
                .collect(),
            rows: &self.rows,
            nothing: "해당하는 민원사무가 없습니다.",
            sender: format!("{} {}", self.agency, parts::moment(self.drawn_up, Lang::Ko)),
            attestation: None::<()>,
            missing_note: parts::missing_note(Lang::Ko),
        };
        press.print(Job {
            paper,
            ident: format!("{paper}:{}:{}", self.title, self.span),
            drawn_up: self.drawn_up,
            facts: &facts,
            qr: None,
            seal: None,
        })
    }
}

#[derive(Serialize)]
struct Column<'a> {
    label: &'a str,
    width: u8,
}

#[derive(Serialize)]
struct Facts<'a> {
    lang: Lang,
    title: &'a str,
    agency: &'a str,
    note: &'a str,
    span: &'a str,
    count: String,
    columns: Vec<Column<'a>>,
    rows: &'a [Vec<String>],
    nothing: &'static str,
    sender: String,
    attestation: Option<()>,
    missing_note: &'static str,
}
