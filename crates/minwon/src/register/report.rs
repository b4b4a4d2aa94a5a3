//! 오류 보고 — the rows that did not come in, with all their cells and what is wrong: to be corrected and given again.

use super::table::Table;
use anyhow::Context;
use domain::register::{Column, Why};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Where a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Where {
    /// In a row of the register.
    Row(u64),
    /// In a line of the history that has no row.
    History(u64),
}

/// What is wrong, by place.
#[derive(Debug, Default)]
pub struct Report(BTreeMap<Where, Vec<(Column, Why)>>);

/// The columns the report adds behind those of the register.
const ADDED: [&str; 3] = ["오류 행", "오류 열", "오류 사유"];

/// A column as its keeper calls it.
const fn korean(column: Column) -> &'static str {
    match column {
        Column::Number => "번호",
        Column::Filed => "신청일",
        Column::Received => "접수일",
        Column::Due => "처리기한",
        Column::Concluded => "처리일",
        Column::Department => "처리부서",
        Column::Handler => "처리담당자",
        Column::Kind => "민원의 종류",
        Column::Service => "민원사무",
        Column::Outcome => "처리 결과",
        Column::Title => "제목",
        Column::Body => "내용",
        Column::Answer => "답변",
        Column::Name => "민원인 성명",
        Column::Phone => "전화번호",
        Column::Mail => "전자우편",
        Column::Address => "주소",
        Column::StepAt => "이력 일시",
        Column::StepWhat => "이력 내용",
    }
}

impl Report {
    /// Notes a fault.
    pub fn fault(&mut self, at: Where, column: Column, why: Why) {
        self.0.entry(at).or_default().push((column, why));
    }

    /// Writes the report beside the file and gives its path; without a fault an older report is taken away and none is
    /// written. It begins with a byte order mark, so that a spreadsheet reads it as UTF-8, and only its owner can read it:
    /// the rows hold what citizens wrote.
    pub fn write(&self, file: &Path, table: &Table) -> anyhow::Result<Option<PathBuf>> {
        let path = beside(file);
        if self.0.is_empty() {
            // The file that was read may be the report itself, corrected: it stays.
            return Ok(None);
        }
        let of = |header: &str| ADDED.contains(&header.trim());
        let kept: Vec<usize> = (0..table.header.len())
            .filter(|at| !of(&table.header[*at]))
            .collect();
        let rows: BTreeMap<u64, &Vec<String>> =
            table.rows.iter().map(|(line, cells)| (*line, cells)).collect();
        let mut out = csv::Writer::from_writer("\u{FEFF}".as_bytes().to_vec());
        out.write_record(kept.iter().map(|at| table.header[*at].as_str()).chain(ADDED))?;
        for (at, faults) in &self.0 {
            let (line, cells) = match at {
                Where::Row(line) => (line.to_string(), rows.get(line)),
                Where::History(line) => (format!("이력 {line}"), None),
            };
            let mut record: Vec<String> = (kept.iter())
                .map(|at| {
                    cells
                        .and_then(|cells| cells.get(*at))
                        .map(|cell| tame(cell))
                        .unwrap_or_default()
                })
                .collect();
            let joined = |part: &dyn Fn(&(Column, Why)) -> &'static str| {
                faults.iter().map(part).collect::<Vec<_>>().join(" / ")
            };
            record.extend([
                line,
                joined(&|(column, _)| korean(*column)),
                joined(&|(_, why)| why.korean()),
            ]);
            out.write_record(&record)?;
        }
        let bytes = out.into_inner().context("the report cannot be put together")?;
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let told = || format!("cannot write {}", path.display());
        let mut open = options.open(&path).with_context(told)?;
        open.write_all(&bytes).with_context(told)?;
        Ok(Some(path))
    }
}

/// `대장.csv` → `대장.faults.csv`; a report corrected and given again is written over.
fn beside(file: &Path) -> PathBuf {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let stem = stem.strip_suffix(".faults").unwrap_or(&stem);
    file.with_file_name(format!("{stem}.faults.csv"))
}

/// A cell that a spreadsheet would take for a formula is kept from being one.
fn tame(cell: &str) -> String {
    if cell.starts_with(['=', '@']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}
