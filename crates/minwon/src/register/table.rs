//! 표 — the rows of a CSV or XLSX file as texts, numbered as a spreadsheet numbers them.

use super::{bytes_of, map::Encoding, text_of};
use anyhow::{Context, anyhow, bail};
use calamine::{Data, Range, Reader, Xlsx};
use std::io::Cursor;
use std::path::Path;

/// A header and the rows below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The header.
    pub header: Vec<String>,
    /// The rows with their numbers; the header is row 1.
    pub rows: Vec<(u64, Vec<String>)>,
}

/// Reads a file, or one sheet of it.
pub fn open(path: &Path, sheet: Option<&str>, encoding: Option<Encoding>) -> anyhow::Result<Table> {
    let bytes = bytes_of(path)?;
    let table = if bytes.starts_with(b"PK\x03\x04") {
        xlsx(bytes, sheet).with_context(|| format!("{} cannot be read", path.display()))?
    } else if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        bail!(
            "{} is an older Excel file (.xls): save it as .xlsx or .csv and try again",
            path.display()
        );
    } else {
        csv(&text_of(path, bytes, encoding)?).with_context(|| format!("{} cannot be read", path.display()))?
    };
    if table.header.iter().all(|name| name.trim().is_empty()) {
        bail!("{} has no header", path.display());
    }
    Ok(table)
}

fn csv(text: &str) -> anyhow::Result<Table> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for (n, record) in (1_u64..).zip(reader.records()) {
        rows.push((n, record?.iter().map(str::to_owned).collect::<Vec<String>>()));
    }
    headed(rows)
}

fn xlsx(bytes: Vec<u8>, sheet: Option<&str>) -> anyhow::Result<Table> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes))?;
    let names = book.sheet_names();
    let name = match sheet {
        Some(name) if names.iter().any(|known| known == name) => name.to_owned(),
        Some(name) => bail!("there is no sheet `{name}`; there are: {}", names.join(", ")),
        None => names
            .first()
            .cloned()
            .ok_or_else(|| anyhow!("there is no sheet"))?,
    };
    let range: Range<Data> = book.worksheet_range(&name)?;
    let first = range.start().map_or(0, |(row, _)| row);
    let rows = (u64::from(first) + 1..).zip(range.rows());
    headed(
        rows.map(|(n, cells)| (n, cells.iter().map(cell).collect()))
            .collect(),
    )
}

fn headed(rows: Vec<(u64, Vec<String>)>) -> anyhow::Result<Table> {
    let mut rows = rows.into_iter();
    let (_, header) = rows.next().ok_or_else(|| anyhow!("it is empty"))?;
    Ok(Table {
        header,
        rows: rows.collect(),
    })
}

/// A cell as people read it.
fn cell(data: &Data) -> String {
    match data {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        // A whole number is written without its fraction: 12345, not 12345.0.
        Data::Float(n) if n.fract() == 0.0 && n.abs() < 1e15 => format!("{n:.0}"),
        Data::Float(n) => n.to_string(),
        Data::Int(n) => n.to_string(),
        Data::Bool(yes) => yes.to_string(),
        Data::DateTime(at) if at.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
            if (hour, minute, second) == (0, 0, 0) {
                format!("{year:04}-{month:02}-{day:02}")
            } else {
                format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
            }
        }
        Data::DateTime(length) => length.as_f64().to_string(),
        Data::Error(error) => error.to_string(),
    }
}
