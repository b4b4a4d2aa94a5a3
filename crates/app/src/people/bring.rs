//! 조직 자료 가져오기 — units, officials and absences from a table (CSV or XLSX): what each row would change and what is wrong
//!
//! It is longer than 600 lines because one table of columns is read, compared and stored.
//! with it, then the same done.
//!
//! The header tells what the table holds. A row that is wrong changes nothing; the others are stored in one list.

use super::absences::Away;
use super::organisation::{OfficialSaid, Organisation, Others, Posted, UnitSaid, person};
use super::{OfficeError, official};
use crate::act::Call;
use crate::{App, Trouble};
use domain::absence::{Absence, AbsenceKind, Unfit, fits};
use domain::access::Who;
use domain::id::{AbsenceId, OfficialId, UnitId};
use domain::organisation::{Fault, may_enter_absence};
use domain::terms::Seat;
use domain::time::At;
use jiff::civil::{Date, DateTime, Time};
use std::collections::BTreeSet;
use store::batch::Batch;
use store::engine::Urgency;
use store::office::{Person, Unit};
use store::people::Term;

/// At most so many rows are taken at once.
pub const ROWS: usize = 5_000;

/// What a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// 부서.
    Units,
    /// 공무원과 자리.
    Officials,
    /// 부재.
    Absences,
}

impl Sheet {
    /// Its code.
    pub const fn code(self) -> &'static str {
        match self {
            Sheet::Units => "units",
            Sheet::Officials => "officials",
            Sheet::Absences => "absences",
        }
    }
}

/// A table as read: the names of its columns in our words, and its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it holds.
    pub sheet: Sheet,
    /// Columns, in our own names.
    pub columns: Vec<String>,
    /// Rows, each as long as the columns.
    pub rows: Vec<Vec<String>>,
}

/// Why a file is no table of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoTable {
    /// Neither CSV nor XLSX.
    #[error("the file is neither CSV nor XLSX")]
    Unreadable,
    /// No header that tells what it holds.
    #[error("no header: a table has a column `login` (officials, absences) or `code` (units)")]
    NoHeader,
    /// Too many rows.
    #[error("more than {ROWS} rows")]
    TooLong,
}

/// What comes of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// 추가.
    New,
    /// 변경: which columns.
    Changed(Vec<String>),
    /// 같음.
    Same,
    /// 오류, with the column.
    Wrong(Fault, String),
    /// An absence that cannot be.
    Unfit(Unfit),
}

/// One row of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file; the header is row 1.
    pub row: usize,
    /// Code or log-in name.
    pub key: String,
    /// Name.
    pub name: String,
    /// What comes of it.
    pub outcome: Outcome,
}

/// Whether a table is only looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// 미리보기.
    Preview,
    /// 반영.
    Apply,
}

/// Korean names of columns.
const KOREAN: &[(&str, &str)] = &[
    ("부서코드", "code"),
    ("부서명", "name"),
    ("영문명", "name_en"),
    ("상위부서", "parent"),
    ("전화", "phone"),
    ("전송", "fax"),
    ("주소", "address"),
    ("전자우편", "mail"),
    ("시작일", "from"),
    ("종료일", "to"),
    ("승계부서", "successors"),
    ("아이디", "login"),
    ("성명", "name"),
    ("직위", "title"),
    ("부서", "unit"),
    ("역할", "seats"),
    ("사유", "kind"),
    ("시작", "from"),
    ("끝", "to"),
    ("업무대행자", "stand_in"),
    ("대결자", "deputy"),
];

impl Table {
    /// Reads CSV (UTF-8, or EUC-KR as older spreadsheets write it) or XLSX.
    pub fn read(bytes: &[u8]) -> Result<Table, NoTable> {
        let raw = if bytes.starts_with(b"PK") {
            spreadsheet(bytes)?
        } else {
            separated(bytes)?
        };
        let mut rows = raw
            .into_iter()
            .filter(|row| row.iter().any(|cell| !cell.trim().is_empty()));
        let header = rows.next().ok_or(NoTable::NoHeader)?;
        let columns: Vec<String> = (header.iter())
            .map(|name| {
                let name = name.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
                let ours = KOREAN.iter().find(|(korean, _)| *korean == name);
                ours.map_or(name, |(_, ours)| ours).to_ascii_lowercase()
            })
            .collect();
        let has = |name: &str| columns.iter().any(|column| column == name);
        let sheet = match (has("login"), has("kind"), has("code")) {
            (true, true, _) => Sheet::Absences,
            (true, false, _) => Sheet::Officials,
            (false, _, true) => Sheet::Units,
            (false, _, false) => return Err(NoTable::NoHeader),
        };
        let width = columns.len();
        let rows: Vec<Vec<String>> = rows
            .map(|mut row| {
                row.resize(width, String::new());
                row.into_iter().map(|cell| cell.trim().to_owned()).collect()
            })
            // What stood right of the last head alone is no row.
            .filter(|row: &Vec<String>| row.iter().any(|cell| !cell.is_empty()))
            .collect();
        if rows.len() > ROWS {
            return Err(NoTable::TooLong);
        }
        Ok(Table { sheet, columns, rows })
    }

    /// The table as CSV, to be carried from the preview to what is done.
    pub fn csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        // Writing into memory cannot fail.
        let _ = writer.write_record(&self.columns);
        for row in &self.rows {
            let _ = writer.write_record(row);
        }
        String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
    }

    fn cell<'a>(&self, row: &'a [String], column: &str) -> &'a str {
        let at = self.columns.iter().position(|name| name == column);
        at.and_then(|at| row.get(at))
            .map(String::as_str)
            .unwrap_or_default()
    }
}

fn separated(bytes: &[u8]) -> Result<Vec<Vec<String>>, NoTable> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => {
            let (text, _, wrong) = encoding_rs::EUC_KR.decode(bytes);
            if wrong {
                return Err(NoTable::Unreadable);
            }
            text.into_owned()
        }
    };
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    (reader.records())
        .map(|record| {
            let record = record.map_err(|_| NoTable::Unreadable)?;
            Ok(record.iter().map(str::to_owned).collect())
        })
        .collect()
}

/// A workbook, read cell by cell within bounds: one lone cell in its last corner would otherwise unfold into all memory.
fn spreadsheet(bytes: &[u8]) -> Result<Vec<Vec<String>>, NoTable> {
    use documents::sheet::NoSheet;
    let sheet = documents::sheet::read(bytes).map_err(|no| match no {
        NoSheet::TooLarge => NoTable::TooLong,
        NoSheet::NoHead => NoTable::NoHeader,
        NoSheet::Encoding | NoSheet::Malformed | NoSheet::Workbook => NoTable::Unreadable,
    })?;
    Ok(std::iter::once(sheet.head)
        .chain(sheet.rows.into_iter().map(|(_, row)| row))
        .collect())
}

fn list(cell: &str) -> Vec<&str> {
    (cell.split([';', ',']).map(str::trim))
        .filter(|part| !part.is_empty())
        .collect()
}

type Wrong = (Fault, &'static str);

fn day(cell: &str, column: &'static str) -> Result<Option<Date>, Wrong> {
    if cell.is_empty() {
        return Ok(None);
    }
    let plain = cell.replace(['.', '/'], "-").replace(' ', "");
    let parsed = plain.trim_end_matches('-').parse().or_else(|_| loose(&plain));
    parsed.map(Some).map_err(|_| (Fault::DayUnfit, column))
}

/// “2026-6-5”, as people type it.
fn loose(text: &str) -> Result<Date, ()> {
    let parts: Vec<i16> = (text.trim_end_matches('-').split('-'))
        .map(|part| part.parse().map_err(|_| ()))
        .collect::<Result<_, _>>()?;
    let [year, month, day] = parts[..] else {
        return Err(());
    };
    let narrow = |n: i16| i8::try_from(n).map_err(|_| ());
    Date::new(year, narrow(month)?, narrow(day)?).map_err(|_| ())
}

/// A moment: a day with hours, or a day alone; `end` makes a day alone mean its end.
fn moment(cell: &str, column: &'static str, end: bool) -> Result<At, Wrong> {
    let timed = cell.replace(' ', "T").parse::<DateTime>();
    if let (Ok(at), true) = (timed, cell.contains(':')) {
        return Ok(At::seoul(at));
    }
    let date = day(cell, column)?.ok_or((Fault::DayUnfit, column))?;
    let date = if end {
        date.tomorrow().map_err(|_| (Fault::DayUnfit, column))?
    } else {
        date
    };
    Ok(At::seoul(date.to_datetime(Time::midnight())))
}

fn kind(cell: &str) -> Option<AbsenceKind> {
    let korean = [
        ("휴가", AbsenceKind::Leave),
        ("출장", AbsenceKind::Trip),
        ("교육", AbsenceKind::Training),
        ("병가", AbsenceKind::SickLeave),
    ];
    let named = korean
        .iter()
        .find(|(name, _)| *name == cell)
        .map(|(_, kind)| *kind);
    named.or_else(|| cell.parse().ok())
}

/// Which columns the file has say something else than what is.
fn differing(pairs: &[(&str, &str, &str)], columns: &[String]) -> Vec<String> {
    (pairs.iter())
        .filter(|(column, is, said)| is != said && columns.iter().any(|c| c == column))
        .map(|(column, _, _)| (*column).to_owned())
        .collect()
}

impl App {
    /// Looks at a table, or does what it says; the report is the same. Units and officials are for who administers the office;
    /// absences for whoever may enter them.
    pub async fn bring(
        &self,
        who: &Who,
        table: &Table,
        mode: Mode,
        call: &Call,
    ) -> Result<Vec<Line>, OfficeError> {
        let mut organisation = match table.sheet {
            Sheet::Units | Sheet::Officials => self.organisation(who).await?,
            Sheet::Absences => Organisation {
                officials: self.places.live.official_terms().await?,
                ..Organisation::default()
            },
        };
        let office = self.office();
        let mut absences = office.staff.absences.clone();
        let (mut batch, mut lines, mut met) = (Batch::new(), Vec::new(), BTreeSet::new());
        for (n, row) in table.rows.iter().enumerate() {
            let key = table
                .cell(
                    row,
                    if table.sheet == Sheet::Units {
                        "code"
                    } else {
                        "login"
                    },
                )
                .to_owned();
            let mut own = Batch::new();
            let twice = table.sheet != Sheet::Absences && !met.insert(key.clone());
            let outcome = if twice {
                Outcome::Wrong(Fault::RowTwice, "login".to_owned())
            } else {
                match table.sheet {
                    Sheet::Units => self.unit_row(&mut organisation, &mut own, table, row)?,
                    Sheet::Officials => self.official_row(&mut organisation, &mut own, table, row)?,
                    Sheet::Absences => {
                        self.absence_row(who, &organisation, &mut absences, &mut own, table, row)?
                    }
                }
            };
            let name = match table.sheet {
                Sheet::Absences => (organisation.by_login(&key)).map(|term| term.what.name.clone()),
                Sheet::Units | Sheet::Officials => Some(table.cell(row, "name").to_owned()),
            };
            if matches!(outcome, Outcome::New | Outcome::Changed(_)) {
                batch.append(own);
            }
            lines.push(Line {
                row: n + 2,
                key,
                name: name.unwrap_or_default(),
                outcome,
            });
        }
        if mode == Mode::Apply && !batch.is_empty() {
            let body = (table.sheet.code(), table.rows.len());
            self.changed(&mut batch, who, "brought_in", [0; 16], &body, call)?;
            self.places.live.commit(batch, Urgency::Bulk).await?;
            self.reload().await?;
        }
        Ok(lines)
    }

    fn unit_row(
        &self,
        organisation: &mut Organisation,
        batch: &mut Batch,
        table: &Table,
        row: &[String],
    ) -> Result<Outcome, Trouble> {
        let cell = |column: &str| table.cell(row, column).to_owned();
        let today = self.office().day;
        let days = day(&cell("from"), "from").and_then(|from| Ok((from, day(&cell("to"), "to")?)));
        let (from, to) = match days {
            Ok((from, to)) => (from.unwrap_or(today), to),
            Err((fault, column)) => return Ok(Outcome::Wrong(fault, column.to_owned())),
        };
        let said = UnitSaid {
            code: cell("code"),
            name: cell("name"),
            name_en: cell("name_en"),
            parent: cell("parent"),
            phone: cell("phone"),
            fax: cell("fax"),
            address: cell("address"),
            mail: cell("mail"),
        };
        let known = organisation.unit_by_code(&said.code, from.max(today)).cloned();
        let differs = known.as_ref().map_or_else(Vec::new, |term| {
            let u = &term.what;
            let pairs: [(&str, &str, &str); 7] = [
                ("name", &u.name, &said.name),
                ("name_en", &u.name_en, &said.name_en),
                ("parent", &u.parent, &said.parent),
                ("phone", &u.phone, &said.phone),
                ("fax", &u.fax, &said.fax),
                ("address", &u.address, &said.address),
                ("mail", &u.mail, &said.mail),
            ];
            differing(&pairs, &table.columns)
        });
        let closes = to.filter(|to| known.as_ref().is_none_or(|term| term.to != Some(*to)));
        if known.is_some() && differs.is_empty() && closes.is_none() {
            return Ok(Outcome::Same);
        }
        // Columns the file does not have stay as they are.
        let keep = |column: &str, is: &str, said: String| {
            if table.columns.iter().any(|c| c == column) {
                said
            } else {
                is.to_owned()
            }
        };
        let said = match &known {
            None => said,
            Some(term) => {
                let u = &term.what;
                UnitSaid {
                    code: said.code,
                    name: keep("name", &u.name, said.name),
                    name_en: keep("name_en", &u.name_en, said.name_en),
                    parent: keep("parent", &u.parent, said.parent),
                    phone: keep("phone", &u.phone, said.phone),
                    fax: keep("fax", &u.fax, said.fax),
                    address: keep("address", &u.address, said.address),
                    mail: keep("mail", &u.mail, said.mail),
                }
            }
        };
        if from < today && (known.is_none() || !differs.is_empty()) {
            return Ok(Outcome::Wrong(Fault::DayPast, "from".to_owned()));
        }
        let id = known.as_ref().map(|term| term.what.id);
        let mut kept = id;
        if known.is_none() || !differs.is_empty() {
            match organisation.keep_unit(batch, id, UnitId(self.id()), &said, from) {
                Ok(unit) => kept = Some(unit),
                Err(error) => return refused(error, "code"),
            }
        }
        let Some(unit) = kept else {
            return Ok(Outcome::Same);
        };
        if known.is_none() {
            organisation.units.push(Term {
                what: Unit {
                    id: unit,
                    code: said.code,
                    name: said.name,
                    name_en: said.name_en,
                    parent: said.parent,
                    phone: said.phone,
                    fax: said.fax,
                    address: said.address,
                    mail: said.mail,
                },
                from,
                to: None,
            });
        }
        if let Some(last_day) = closes {
            let names = cell("successors");
            let next = last_day.tomorrow().unwrap_or(last_day);
            let mut heirs = Vec::new();
            for code in list(&names) {
                match organisation.unit_by_code(code, next) {
                    Some(term) => heirs.push(term.what.id),
                    None => return Ok(Outcome::Wrong(Fault::SuccessorUnfit, "successors".to_owned())),
                }
            }
            if let Err(error) = organisation.close_unit(batch, unit, last_day, &heirs) {
                return refused(error, "successors");
            }
        }
        Ok(match known {
            None => Outcome::New,
            Some(_) => {
                let closing = closes.map(|_| "to".to_owned());
                Outcome::Changed(differs.into_iter().chain(closing).collect())
            }
        })
    }

    fn official_row(
        &self,
        organisation: &mut Organisation,
        batch: &mut Batch,
        table: &Table,
        row: &[String],
    ) -> Result<Outcome, Trouble> {
        let cell = |column: &str| table.cell(row, column).to_owned();
        let today = self.office().day;
        let wrong = |fault: Fault, column: &str| Ok(Outcome::Wrong(fault, column.to_owned()));
        let days = day(&cell("from"), "from").and_then(|from| Ok((from, day(&cell("to"), "to")?)));
        let (from, to) = match days {
            Ok((from, to)) => (from.unwrap_or(today), to),
            Err((fault, column)) => return wrong(fault, column),
        };
        let said = OfficialSaid {
            login: cell("login"),
            name: cell("name"),
            title: cell("title"),
            phone: cell("phone"),
            mail: cell("mail"),
        };
        let mut seats: Vec<Seat> = Vec::new();
        let written = cell("seats");
        for seat in list(&written) {
            match seat.parse() {
                Ok(seat) => seats.push(seat),
                Err(_) => return wrong(Fault::SeatUnknown, "seats"),
            }
        }
        let known = organisation.by_login(&said.login).cloned();
        let unit_code = cell("unit");
        let unit = organisation
            .unit_by_code(&unit_code, from)
            .map(|term| term.what.id);
        if unit.is_none() && (known.is_none() || !unit_code.is_empty()) {
            return wrong(Fault::UnitUnknown, "unit");
        }
        let fresh = OfficialId(self.id());
        let id = known.as_ref().map_or(fresh, |term| term.what.id);
        let mut differs = match &known {
            None => Vec::new(),
            Some(term) => {
                let p = &term.what;
                let pairs: [(&str, &str, &str); 4] = [
                    ("name", &p.name, &said.name),
                    ("title", &p.title, &said.title),
                    ("phone", &p.phone, &said.phone),
                    ("mail", &p.mail, &said.mail),
                ];
                differing(&pairs, &table.columns)
            }
        };
        let body_differs = !differs.is_empty();
        let held: BTreeSet<(UnitId, Seat)> = (organisation.posts_of(id, from))
            .filter(|post| post.holds(from))
            .map(|post| (post.what.unit, post.what.seat))
            .collect();
        let wanted: BTreeSet<(UnitId, Seat)> = (unit.into_iter())
            .flat_map(|unit| seats.iter().map(move |seat| (unit, *seat)))
            .collect();
        let posts_differ = unit.is_some() && !seats.is_empty() && held != wanted;
        if posts_differ {
            differs.push("seats".to_owned());
        }
        let ends = to.filter(|to| known.as_ref().is_none_or(|term| term.to != Some(*to)));
        if ends.is_some() {
            differs.push("to".to_owned());
        }
        if known.is_some() && differs.is_empty() {
            return Ok(Outcome::Same);
        }
        if from < today && (known.is_none() || posts_differ) {
            return wrong(Fault::DayPast, "from");
        }
        match &known {
            None => {
                if let Err(fault) = organisation.fits_new(&said) {
                    return wrong(
                        fault,
                        if fault == Fault::NameMissing {
                            "name"
                        } else {
                            "login"
                        },
                    );
                }
                batch.official(&person(id, &said), "", from, to)?;
            }
            Some(_) if body_differs => {
                if said.name.is_empty() {
                    return wrong(Fault::NameMissing, "name");
                }
                let merged = merge(known.as_ref(), &said, &table.columns);
                batch.official_changed(&merged)?;
            }
            Some(_) => {}
        }
        if let (Some(unit), true) = (unit, posts_differ || known.is_none()) {
            let posted = Posted {
                official: id,
                unit,
                seats: seats.clone(),
                from,
                others: Others::End,
            };
            if let Err(error) = organisation.keep_posts(batch, &posted) {
                return refused(error, "unit");
            }
        }
        if let (Some(last_day), true) = (ends, known.is_some()) {
            if last_day < today.yesterday().unwrap_or(today) {
                return wrong(Fault::DayPast, "to");
            }
            batch.official_ends(id, Some(last_day));
            for post in organisation.posts_of(id, last_day) {
                if post.to.is_none_or(|to| to > last_day) {
                    batch.post_ends(post.what, post.from, last_day);
                }
            }
        }
        if known.is_none() {
            organisation.officials.push(Term {
                what: person(id, &said),
                from,
                to,
            });
            return Ok(Outcome::New);
        }
        Ok(Outcome::Changed(differs))
    }

    fn absence_row(
        &self,
        who: &Who,
        organisation: &Organisation,
        absences: &mut Vec<Absence>,
        batch: &mut Batch,
        table: &Table,
        row: &[String],
    ) -> Result<Outcome, OfficeError> {
        let cell = |column: &str| table.cell(row, column).to_owned();
        let office = self.office();
        let read = || -> Result<Away, Wrong> {
            let named = |login: &str, column: &'static str| {
                let term = organisation.by_login(login);
                term.map(|term| term.what.id)
                    .ok_or((Fault::OfficialUnknown, column))
            };
            let some = |column: &'static str| {
                let login = cell(column);
                if login.is_empty() {
                    Ok(None)
                } else {
                    named(&login, column).map(Some)
                }
            };
            Ok(Away {
                official: named(&cell("login"), "login")?,
                kind: kind(&cell("kind")).ok_or((Fault::KindUnknown, "kind"))?,
                from: moment(&cell("from"), "from", false)?,
                to: moment(&cell("to"), "to", true)?,
                stand_in: some("stand_in")?,
                deputy: some("deputy")?,
            })
        };
        let away = match read() {
            Ok(away) => away,
            Err((fault, column)) => return Ok(Outcome::Wrong(fault, column.to_owned())),
        };
        let may = match who {
            Who::System => true,
            Who::Official(_) | Who::Citizen(_) => {
                may_enter_absence(official(who)?, away.official, &office.staff.posts)
            }
        };
        if !may {
            return Ok(Outcome::Wrong(Fault::NotYours, "login".to_owned()));
        }
        let absence = Absence {
            id: AbsenceId(self.id()),
            official: away.official,
            kind: away.kind,
            from: away.from,
            to: away.to,
            stand_in: away.stand_in,
            deputy: away.deputy,
        };
        let same = |other: &Absence| {
            Absence {
                id: absence.id,
                ..*other
            } == absence
        };
        if absences.iter().any(same) {
            return Ok(Outcome::Same);
        }
        let works = |id: OfficialId| office.staff.posts.contains_key(&id);
        if !works(away.official) {
            return Ok(Outcome::Wrong(Fault::OfficialUnknown, "login".to_owned()));
        }
        if let Err(unfit) = fits(&absence, absences, self.now(), works) {
            return Ok(Outcome::Unfit(unfit));
        }
        let by = who.official().unwrap_or(away.official);
        batch.absence(&absence, by, self.now());
        absences.push(absence);
        Ok(Outcome::New)
    }
}

/// What is said in the file over what is; columns the file does not have stay.
fn merge(known: Option<&Term<Person>>, said: &OfficialSaid, columns: &[String]) -> Person {
    let Some(term) = known else {
        return person(OfficialId(uuid::Uuid::nil()), said);
    };
    let has = |column: &str| columns.iter().any(|c| c == column);
    let mut merged = term.what.clone();
    for (column, is, said) in [
        ("name", &mut merged.name, &said.name),
        ("title", &mut merged.title, &said.title),
        ("phone", &mut merged.phone, &said.phone),
        ("mail", &mut merged.mail, &said.mail),
    ] {
        if has(column) {
            said.clone_into(is);
        }
    }
    merged
}

fn refused(error: OfficeError, column: &str) -> Result<Outcome, Trouble> {
    match error {
        OfficeError::Refused(fault) => Ok(Outcome::Wrong(fault, column.to_owned())),
        OfficeError::Unfit(unfit) => Ok(Outcome::Unfit(unfit)),
        OfficeError::Trouble(trouble) => Err(trouble),
    }
}
