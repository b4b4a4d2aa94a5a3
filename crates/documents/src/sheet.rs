//! 표 파일 — tables as CSV and XLSX files, written and read back; every cell is text.
//!
//! What comes in is told apart by its content. CSV may be UTF-8 or, as Korean Excel saves it, CP949. A workbook is read
//! cell by cell within bounds, so that a small file cannot unfold into all memory.

use calamine::{DataRef, Reader, Xlsx};
use encoding_rs::EUC_KR;
use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};
use std::io::{Cursor, Read, sink};

/// Rows of data a file may have.
pub const MOST_ROWS: usize = 10_000;
/// Columns a file may have.
pub const MOST_COLUMNS: usize = 200;
/// What a workbook may unfold into, in bytes.
const MOST_UNFOLDED: u64 = 64 << 20;
/// The letters a cell of a workbook holds.
const MOST_LETTERS: usize = 32_767;

/// A table to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name, on the tab of the sheet: at most 31 letters without `[ ] : * ? / \`.
    pub name: String,
    /// The heads of its columns.
    pub head: Vec<String>,
    /// Its rows, each as long as the head.
    pub rows: Vec<Vec<String>>,
}

/// A table as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// The heads of its columns.
    pub head: Vec<String>,
    /// Its rows, each with the number of its line in the file; empty ones are left out, none is cut.
    pub rows: Vec<(u32, Vec<String>)>,
}

/// Why a file is no table we can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoSheet {
    /// Neither UTF-8 nor CP949.
    #[error("the text is neither UTF-8 nor CP949")]
    Encoding,
    /// A quote is never closed, or the file is no table.
    #[error("the file is not a table")]
    Malformed,
    /// A workbook that cannot be opened: damaged, or under a password.
    #[error("the workbook cannot be opened")]
    Workbook,
    /// More rows, columns or bytes than are taken.
    #[error("the table is too large")]
    TooLarge,
    /// No line of heads.
    #[error("the table has no head")]
    NoHead,
}

/// A formula would run in the reader's spreadsheet; the mark keeps it a text, and `read` takes it off again.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\'']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

fn unmarked(cell: String) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\'']) => rest.to_owned(),
        _ => cell,
    }
}

/// The table as CSV: UTF-8 with the mark Excel knows it by, lines ended as RFC 4180 has them.
pub fn csv(table: &Table) -> Vec<u8> {
    let mut out = "\u{feff}".as_bytes().to_vec();
    for row in std::iter::once(&table.head).chain(&table.rows) {
        let cells: Vec<String> = row.iter().map(|cell| quoted(&harmless(cell))).collect();
        out.extend_from_slice(cells.join(",").as_bytes());
        out.extend_from_slice(b"\r\n");
    }
    out
}

fn quoted(cell: &str) -> String {
    let plain = !cell.contains([',', '"', '\n', '\r']) && cell.trim() == cell;
    if plain {
        cell.to_owned()
    } else {
        format!("\"{}\"", cell.replace('"', "\"\""))
    }
}

/// The table as a workbook: the head stays in sight and can be filtered by; every cell is text. `day` is the day it is
/// made. Errors: a name that fits no tab, or a cell beyond a workbook's bounds.
pub fn xlsx(table: &Table, day: Date) -> Result<Vec<u8>, XlsxError> {
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top);
    let body = Format::new()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_num_format("@");
    let mut book = Workbook::new();
    let year = u16::try_from(day.year()).unwrap_or(1900);
    let made = ExcelDateTime::from_ymd(year, day.month().unsigned_abs(), day.day().unsigned_abs())?;
    book.set_properties(
        &DocProperties::new()
            .set_title(&table.name)
            .set_creation_datetime(&made),
    );
    let sheet = book.add_worksheet();
    sheet.set_name(&table.name)?;
    sheet.set_freeze_panes(1, 0)?;
    for (column, title) in (0..).zip(&table.head) {
        sheet.write_string_with_format(0, column, title, &head)?;
        let widest = (table.rows.iter())
            .filter_map(|row| row.get(usize::from(column)))
            .flat_map(|cell| cell.lines())
            .chain([title.as_str()])
            .map(|line| {
                line.chars()
                    .map(|c| if c.is_ascii() { 1.0 } else { 1.8 })
                    .sum::<f64>()
            })
            .fold(6.0, f64::max);
        sheet.set_column_width(column, widest.min(48.0) + 2.0)?;
    }
    for (line, row) in (1..).zip(&table.rows) {
        for (column, cell) in (0..).zip(row) {
            sheet.write_string_with_format(line, column, cell, &body)?;
        }
    }
    if let (Ok(rows), Ok(columns)) = (u32::try_from(table.rows.len()), u16::try_from(table.head.len()))
        && columns > 0
    {
        sheet.autofilter(0, 0, rows, columns - 1)?;
    }
    book.save_to_buffer()
}

/// Whether a workbook can hold every cell of the table.
pub fn fits_workbook(table: &Table) -> bool {
    table
        .rows
        .iter()
        .flatten()
        .all(|cell| cell.chars().count() <= MOST_LETTERS)
}

/// Reads a table, CSV or XLSX, told apart by content. The first line that is not empty is the head.
pub fn read(bytes: &[u8]) -> Result<Sheet, NoSheet> {
    let lines = if bytes.starts_with(b"PK\x03\x04") {
        workbook(bytes)?
    } else {
        comma_separated(bytes)?
    };
    let mut lines = lines
        .into_iter()
        .filter(|(_, row)| row.iter().any(|cell| !cell.trim().is_empty()));
    let (_, head) = lines.next().ok_or(NoSheet::NoHead)?;
    let head: Vec<String> = head.iter().map(|cell| cell.trim().to_owned()).collect();
    let rows: Vec<_> = lines.collect();
    if rows.len() > MOST_ROWS || head.len() > MOST_COLUMNS {
        return Err(NoSheet::TooLarge);
    }
    Ok(Sheet { head, rows })
}

type Lines = Vec<(u32, Vec<String>)>;

fn comma_separated(bytes: &[u8]) -> Result<Lines, NoSheet> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => {
            let (text, _, broken) = EUC_KR.decode(bytes);
            if broken {
                return Err(NoSheet::Encoding);
            }
            text.into_owned()
        }
    };
    // The reader counts a line end of two letters as begun before its second: one letter keeps the numbers of lines right.
    let text = tidied(&text);
    if text.contains('\0') {
        return Err(NoSheet::Malformed);
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut lines = Lines::new();
    for record in reader.records() {
        let record = record.map_err(|_| NoSheet::Malformed)?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells = record.iter().map(|cell| unmarked(cell.to_owned())).collect();
        lines.push((u32::try_from(line).unwrap_or(u32::MAX), cells));
        if lines.len() > MOST_ROWS + 1 {
            return Err(NoSheet::TooLarge);
        }
    }
    Ok(lines)
}

/// One kind of line end within a cell.
fn tidied(cell: &str) -> String {
    cell.replace("\r\n", "\n").replace('\r', "\n")
}

fn workbook(bytes: &[u8]) -> Result<Lines, NoSheet> {
    unfolds_within_bounds(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| NoSheet::Workbook)?;
    let name = book.sheet_names().into_iter().next().ok_or(NoSheet::Workbook)?;
    let mut cells = book
        .worksheet_cells_reader(&name)
        .map_err(|_| NoSheet::Workbook)?;
    let mut lines = Lines::new();
    while let Some(cell) = cells.next_cell().map_err(|_| NoSheet::Workbook)? {
        let (row, column) = cell.get_position();
        let text = text_of(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= MOST_COLUMNS || lines.len() > MOST_ROWS + 1 {
            return Err(NoSheet::TooLarge);
        }
        // Cells come row by row; one that does not belongs to a file made by hand.
        match lines.last() {
            Some((last, _)) if *last > row + 1 => return Err(NoSheet::Workbook),
            Some((last, _)) if *last == row + 1 => {}
            _ => lines.push((row + 1, Vec::new())),
        }
        if let Some((_, line)) = lines.last_mut() {
            line.resize(line.len().max(column + 1), String::new());
            line[column] = text;
        }
    }
    Ok(lines)
}

/// Unfolds every part once, into nothing, and counts: what a file says of its own size need not be true.
fn unfolds_within_bounds(bytes: &[u8]) -> Result<(), NoSheet> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| NoSheet::Workbook)?;
    let mut left = MOST_UNFOLDED;
    for n in 0..archive.len() {
        let part = archive.by_index(n).map_err(|_| NoSheet::Workbook)?;
        let size = std::io::copy(&mut part.take(left + 1), &mut sink()).map_err(|_| NoSheet::Workbook)?;
        left = left.checked_sub(size).ok_or(NoSheet::TooLarge)?;
    }
    Ok(())
}

fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => tidied(text),
        DataRef::SharedString(text) => tidied(text),
        DataRef::Bool(holds) => if *holds { "yes" } else { "no" }.to_owned(),
        DataRef::Int(n) => n.to_string(),
        DataRef::Float(n) => n.to_string(),
        DataRef::DateTime(moment) => {
            let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
            match (hour, minute) {
                (0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                _ => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}"),
            }
        }
        DataRef::DateTimeIso(text) => text.split('T').next().unwrap_or_default().to_owned(),
        DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn table() -> Table {
        let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        Table {
            name: "민원편람".into(),
            head: row(&["민원코드", "민원명", "구비서류"]),
            rows: vec![
                row(&["S001", "가로등, \"고장\" 신고", "사진\n신청서"]),
                row(&["S002", "=1+1", "'-5"]),
                row(&["S003", "", " 앞뒤 "]),
            ],
        }
    }

    fn cells(sheet: Sheet) -> Vec<Vec<String>> {
        sheet.rows.into_iter().map(|(_, row)| row).collect()
    }

    #[test]
    fn what_goes_out_comes_back() {
        let table = table();
        let read_csv = read(&csv(&table)).unwrap();
        assert_eq!(read_csv.head, table.head);
        assert_eq!(
            read_csv.rows.iter().map(|(line, _)| *line).collect::<Vec<_>>(),
            [2, 4, 5]
        );
        assert_eq!(cells(read_csv), table.rows);
        let read_book = read(&xlsx(&table, date(2026, 11, 25)).unwrap()).unwrap();
        assert_eq!(read_book.head, table.head);
        assert_eq!(cells(read_book), table.rows);
    }

    #[test]
    fn a_formula_goes_out_as_a_text() {
        let text = String::from_utf8(csv(&table())).unwrap();
        assert!(text.contains(",'=1+1,") && !text.contains(",=1+1"), "{text}");
    }

    #[test]
    fn korean_excel_saves_in_its_own_letters() {
        let (bytes, ..) = EUC_KR.encode("민원코드,민원명\r\nS001,가로등\r\n\r\n,\r\n");
        let sheet = read(&bytes).unwrap();
        assert_eq!(sheet.head, ["민원코드", "민원명"]);
        assert_eq!(
            sheet.rows,
            [(2, vec!["S001".to_owned(), "가로등".to_owned()])],
            "empty rows are none"
        );
    }

    #[test]
    fn no_row_vanishes_for_its_length() {
        let sheet = read("a,b\n1\n1,2,3\n".as_bytes()).unwrap();
        assert_eq!(
            sheet.rows.iter().map(|(_, row)| row.len()).collect::<Vec<_>>(),
            [1, 3]
        );
    }

    #[test]
    fn what_is_no_table_is_told_apart() {
        let long = format!("a\n{}", "1\n".repeat(MOST_ROWS + 1));
        let wide = "a,".repeat(MOST_COLUMNS + 1);
        for (bytes, fault) in [
            (&b""[..], NoSheet::NoHead),
            (b"\n , \n", NoSheet::NoHead),
            (b"a\0b", NoSheet::Malformed),
            (b"\xff\xff\xff", NoSheet::Encoding),
            (b"PK\x03\x04rubbish", NoSheet::Workbook),
            (long.as_bytes(), NoSheet::TooLarge),
            (wide.as_bytes(), NoSheet::TooLarge),
        ] {
            assert_eq!(read(bytes), Err(fault), "{fault}");
        }
    }
}
