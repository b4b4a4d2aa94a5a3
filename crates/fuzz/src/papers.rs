//! 문서와 표 — files that an official brings in from outside, and what other systems answer.

use app::people::bring::Table;
use documents::hwpx::{Template, Values};
use domain::handbook::row::Columns;
use std::hint::black_box;

/// A table of people, units or services.
pub(crate) fn tables(data: &[u8]) {
    if let Ok(table) = Table::read(data) {
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
        let again = Table::read(table.csv().as_bytes());
        assert!(
            again.is_ok_and(|again| again.csv() == table.csv()),
            "a table is read as it was written"
        );
    }
    if let Ok(sheet) = documents::sheet::read(data) {
        assert!(sheet.rows.len() <= documents::sheet::MOST_ROWS);
        assert!(sheet.head.len() <= documents::sheet::MOST_COLUMNS);
    }
    let text = String::from_utf8_lossy(data);
    let mut lines = text.lines();
    let cells = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<String>>();
    if let Ok(columns) = Columns::read(&cells(lines.next().unwrap_or_default())) {
        let (units, day) = (Default::default(), jiff::civil::date(2026, 11, 23));
        for line in lines.take(20) {
            let _ = black_box(columns.service(&cells(line), None, day, &units));
            let _ = black_box(columns.code_of(&cells(line)));
        }
    }
}

/// A template: read, and filled with values that try to be markup.
pub(crate) fn hwpx(data: &[u8]) {
    let Ok(template) = Template::read(data) else {
        return;
    };
    let mut values = Values::default();
    for mark in template.marks() {
        values.set(mark, "<hp:t>&amp;</hp:t>\n]]>");
    }
    if let Ok(filled) = template.fill(&values) {
        Template::read(&filled).expect("what we fill can be read");
    }
}

/// An answer of an outside document system.
pub(crate) fn exchange(data: &[u8]) {
    let _ = black_box(adapters::records::xml::read(&String::from_utf8_lossy(data)));
}

/// A form as TOML.
pub(crate) fn catalogue(data: &[u8]) {
    let _ = black_box(app::forms::read([("form.toml", &*String::from_utf8_lossy(data))]));
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::people::bring::NoTable;

    /// A workbook of five kilobytes with a cell in its last corner spans seventeen thousand million cells.
    #[test]
    fn a_lone_cell_in_the_last_corner_does_not_unfold() {
        let book = crate::room_seeds::corner().expect("a workbook can be written");
        assert!(book.len() < 10_000);
        let said = Table::read(&book).map(|table| table.rows.len());
        assert!(matches!(said, Err(NoTable::TooLong)), "{said:?}");
    }
}
