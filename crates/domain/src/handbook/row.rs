//! 편람의 줄 — a service as a row of a sheet, and back (FEATURES A7, A9): one reader for pages, commands and the starting
//! catalogue.
//!
//! A sheet may have any of the columns: what it has no column for stays as it was. A cell that cannot be read is told with
//! its column; nothing of such a row is taken.

use super::choice::{self, SURETY};
use super::part::{Misfit, Part, Shape, Units};
use super::{Service, Surety, cell};
use crate::procedure::Words;
use crate::terms::{Code, Kind};
use jiff::civil::Date;

/// What a column tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Column {
    /// A part.
    Part(Part),
    /// How sure a part is.
    Surety(Part),
    /// Nothing we know: it is not read.
    Unknown(String),
}

/// What stands against a whole sheet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoColumns {
    /// There is no column of codes, so that no row can be told from another.
    #[error("the sheet has no column of codes (민원코드, code)")]
    NoCode,
    /// Two columns tell the same.
    #[error("two columns are called {0}")]
    Twice(String),
}

/// The columns of a sheet, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns(pub Vec<Column>);

/// What is wrong with one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellFault {
    /// The number of the column, from 0.
    pub column: usize,
    /// The part it tells.
    pub part: Part,
    /// Why it cannot be read.
    pub why: Misfit,
    /// What stood there.
    pub text: String,
}

/// What the columns of sureties end in, in Korean and as a code.
const SURETY_KO: &str = " 확인";
const SURETY_CODE: &str = "_status";

impl Columns {
    /// Every column a sheet goes out with, each part's surety beside it.
    pub fn all() -> Columns {
        let beside = |part: Part| part.has_surety().then_some(Column::Surety(part));
        Columns(
            (Part::ALL.iter())
                .flat_map(|part| [Some(Column::Part(*part)), beside(*part)])
                .flatten()
                .collect(),
        )
    }

    /// The columns that the heads of a sheet name, by their Korean words or their codes.
    pub fn read(heads: &[String]) -> Result<Columns, NoColumns> {
        let column = |head: &String| {
            let surety = head
                .strip_suffix(SURETY_KO)
                .or_else(|| head.strip_suffix(SURETY_CODE));
            if let Some(part) = Part::of_column(head) {
                Column::Part(part)
            } else if let Some(part) = surety.and_then(Part::of_column).filter(|part| part.has_surety()) {
                Column::Surety(part)
            } else {
                Column::Unknown(head.clone())
            }
        };
        let columns: Vec<Column> = heads.iter().map(column).collect();
        for (n, column) in columns.iter().enumerate() {
            if !matches!(column, Column::Unknown(_)) && columns[..n].contains(column) {
                return Err(NoColumns::Twice(heads[n].clone()));
            }
        }
        if !columns.contains(&Column::Part(Part::Code)) {
            return Err(NoColumns::NoCode);
        }
        Ok(Columns(columns))
    }

    /// The heads, in Korean.
    pub fn heads(&self) -> Vec<String> {
        let head = |column: &Column| match column {
            Column::Part(part) => part.korean().to_owned(),
            Column::Surety(part) => format!("{}{SURETY_KO}", part.korean()),
            Column::Unknown(head) => head.clone(),
        };
        self.0.iter().map(head).collect()
    }

    /// The columns that are not read.
    pub fn unknown(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|column| match column {
            Column::Unknown(head) if !head.is_empty() => Some(head.as_str()),
            Column::Unknown(_) | Column::Part(_) | Column::Surety(_) => None,
        })
    }

    /// What a row says of a part; "" without a column for it.
    pub fn text<'a>(&self, part: Part, cells: &'a [String]) -> &'a str {
        let at = self.0.iter().position(|column| *column == Column::Part(part));
        at.and_then(|n| cells.get(n)).map_or("", String::as_str)
    }

    /// The code a row names; `None` for none or no code.
    pub fn code_of(&self, cells: &[String]) -> Option<Code> {
        self.text(Part::Code, cells).trim().parse().ok()
    }

    /// A service as the cells of a row, in the words of Korean offices.
    pub fn cells(&self, service: &Service, units: &Units) -> Vec<String> {
        let cell = |column: &Column| match column {
            Column::Part(part) => shown(*part, service, units),
            Column::Surety(part) => (part.cell(service, units).surety)
                .map(|surety| choice::korean_of(SURETY, surety.code()).to_owned())
                .unwrap_or_default(),
            Column::Unknown(_) => String::new(),
        };
        self.0.iter().map(cell).collect()
    }

    /// What a row says, laid over `newest` or, for a code nobody knows yet, over nothing. `day` is the first day of a row
    /// that names none, or still the one it was exported with; no earlier than a version that is planned already. Errors: every cell that cannot be read, in the order of the columns.
    pub fn service(
        &self,
        cells: &[String],
        newest: Option<&Service>,
        day: Date,
        units: &Units,
    ) -> Result<Service, Vec<CellFault>> {
        let mut faults = Vec::new();
        let text = |n: usize| cells.get(n).map_or("", String::as_str);
        let at = |part: Part| self.0.iter().position(|column| *column == Column::Part(part));
        let mut missing = |part: Part| {
            faults.push(CellFault {
                column: at(part).unwrap_or_default(),
                part,
                why: Misfit::Missing,
                text: String::new(),
            });
        };
        let mut service = match newest {
            Some(newest) => Service {
                valid_from: day.max(newest.valid_from),
                valid_to: None,
                standing: super::Standing::Offered,
                ..newest.clone()
            },
            None => {
                for part in [Part::Name, Part::Kind, Part::Group, Part::Procedure] {
                    if at(part).is_none_or(|n| text(n).trim().is_empty()) {
                        missing(part);
                    }
                }
                let (ko, en) = (String::new(), String::new());
                let nobody = "new".parse::<Code>();
                let (Ok(code), Ok(procedure)) = (nobody, "ordinary".parse::<Code>()) else {
                    return Err(faults);
                };
                Service::new(code, Words { ko, en }, Kind::Statutory, procedure, day)
            }
        };
        for n in self.0.len()..cells.len() {
            if !text(n).trim().is_empty() {
                faults.push(CellFault {
                    column: n,
                    part: Part::Note,
                    why: Misfit::BeyondColumns,
                    text: text(n).to_owned(),
                });
            }
        }
        for (n, column) in self.0.iter().enumerate() {
            let Column::Part(part) = *column else { continue };
            let text = text(n);
            let as_it_was = |s: &Service| s.valid_from.to_string() == text.trim();
            if part == Part::ValidFrom && (text.trim().is_empty() || newest.is_some_and(as_it_was)) {
                continue;
            }
            if faults.iter().any(|fault| fault.part == part) {
                continue;
            }
            let (surety, unread) = self.surety_of(part, cells, &service, units);
            if let Some(column) = unread {
                let why = Misfit::NotAChoice;
                let text = cells.get(column).cloned().unwrap_or_default();
                faults.push(CellFault {
                    column,
                    part,
                    why,
                    text,
                });
            }
            if let Err(why) = part.set(&mut service, text, surety, units) {
                let text = text.to_owned();
                faults.push(CellFault {
                    column: n,
                    part,
                    why,
                    text,
                });
            }
        }
        if faults.is_empty() {
            Ok(service)
        } else {
            faults.sort_by_key(|fault| fault.column);
            Err(faults)
        }
    }

    /// How sure a row says a part is, and the column it could not be read in. Without a column for it, what stays the same
    /// stays as sure as it was; what is new is not sure.
    fn surety_of(
        &self,
        part: Part,
        cells: &[String],
        before: &Service,
        units: &Units,
    ) -> (Option<Surety>, Option<usize>) {
        if !part.has_surety() {
            return (None, None);
        }
        let at = self.0.iter().position(|column| *column == Column::Surety(part));
        let Some(at) = at else {
            let text = self.text(part, cells);
            let was = part.cell(before, units);
            let mut tried = before.clone();
            let same = part.set(&mut tried, text, was.surety, units).is_ok()
                && part.cell(&tried, units).text == was.text;
            return (was.surety.filter(|_| same), None);
        };
        match cells.get(at).map_or("", |text| text.trim()) {
            "" => (None, None),
            text => match choice::code_of(SURETY, text).and_then(|code| code.parse().ok()) {
                Some(surety) => (Some(surety), None),
                None => (None, Some(at)),
            },
        }
    }
}

/// A part in the words of Korean offices: “3일”, “법정민원”, a unit by its name.
fn shown(part: Part, service: &Service, units: &Units) -> String {
    match (part, part.shape()) {
        (Part::Period, _) => service
            .period
            .as_ref()
            .map(|fact| fact.value.korean())
            .unwrap_or_default(),
        (Part::Unit, _) => service.unit.map(|unit| units.name(unit)).unwrap_or_default(),
        (Part::Supporting, _) => {
            let names: Vec<String> = service.supporting.iter().map(|unit| units.name(*unit)).collect();
            cell::list(&names)
        }
        (_, Shape::Choice(choices)) => {
            let text = part.cell(service, units).text;
            let code = choices.iter().map(|(code, _)| *code).find(|code| *code == text);
            code.map_or(text, |code| choice::korean_of(choices, code).to_owned())
        }
        (_, Shape::Line(_) | Shape::Text(_) | Shape::Day) => part.cell(service, units).text,
    }
}
