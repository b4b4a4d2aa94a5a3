//! 이전 대장 — one row of an office's older register: what it must say to be brought in, and why a bad one is not.
//!
//! A row is read as a whole and every fault of it is told at once. What cannot be known is asked for, not guessed: a row
//! with a fault stays out until somebody has corrected it.

mod moment;
mod why;

pub use moment::{Moment, read_moment};
pub use why::{Fault, Why};

use crate::id::UnitId;
use crate::terms::{Code, Kind, Outcome, coded};
use crate::time::At;
use jiff::civil::{Date, Time};
use std::collections::BTreeMap;

coded! {
    /// 열 — what a column of the register is about; the codes are the keys of the map file.
    Column {
        /// 이전 번호.
        Number = "number",
        /// 신청일.
        Filed = "filed",
        /// 접수일.
        Received = "received",
        /// 처리기한.
        Due = "due",
        /// 처리일.
        Concluded = "concluded",
        /// 처리부서.
        Department = "department",
        /// 처리담당자.
        Handler = "handler",
        /// 민원의 종류.
        Kind = "kind",
        /// 민원사무.
        Service = "service",
        /// 처리 결과.
        Outcome = "outcome",
        /// 제목.
        Title = "title",
        /// 내용.
        Body = "body",
        /// 답변.
        Answer = "answer",
        /// 민원인 성명.
        Name = "name",
        /// 전화번호.
        Phone = "phone",
        /// 전자우편.
        Mail = "mail",
        /// 주소.
        Address = "address",
        /// 이력: 일시.
        StepAt = "step_at",
        /// 이력: 내용.
        StepWhat = "step_what",
    }
}

/// The cells of a row under what they are about. A column that the register does not have is not in it; an empty cell is.
pub type Cells = BTreeMap<Column, String>;

/// Longest number, name and address, in characters.
pub const LINE: usize = 100;
/// Longest title, in characters.
pub const TITLE: usize = 5_000;
/// Longest content, answer or step, in characters.
pub const TEXT: usize = 50_000;

/// What the words of a register mean in this office.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Words for kinds, besides the law's own.
    pub kinds: BTreeMap<String, Kind>,
    /// Words for outcomes, besides the law's own.
    pub outcomes: BTreeMap<String, Outcome>,
    /// Names and codes of departments.
    pub units: BTreeMap<String, UnitId>,
    /// Names and codes of services, with the kind of each.
    pub services: BTreeMap<String, (Code, Kind)>,
    /// The service a petition of a kind lies under where the row names none.
    pub service_of: BTreeMap<Kind, Code>,
}

/// 이력의 한 줄.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldStep<T> {
    /// When.
    pub at: At,
    /// What, in the register's words.
    pub what: T,
}

/// A row that can be brought in; `T` is the type of its texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Old<T> {
    /// 이전 번호.
    pub number: T,
    /// The kind.
    pub kind: Kind,
    /// The service it lies under.
    pub service: Code,
    /// 신청.
    pub filed: At,
    /// 접수.
    pub received: Option<At>,
    /// 처리기한 as the register told it: the first moment that is late.
    pub due: Option<At>,
    /// How and when it ended; `None` while it is open.
    pub ended: Option<(Outcome, At)>,
    /// 처리부서.
    pub unit: Option<UnitId>,
    /// 처리담당자, as written.
    pub handler: Option<T>,
    /// 제목.
    pub title: T,
    /// 내용.
    pub body: Option<T>,
    /// 답변.
    pub answer: Option<T>,
    /// 이력, in the order of the register.
    pub steps: Vec<OldStep<T>>,
    /// Who asked; `None` where the register has no column for it.
    pub petitioner: Option<OldPetitioner>,
}

/// Who asked, as the register has it. It goes to the vault under the person's own key, apart from the petition's texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OldPetitioner {
    /// 성명.
    pub name: String,
    /// 전화번호, digits only.
    pub phone: Option<String>,
    /// 전자우편.
    pub mail: Option<String>,
    /// 주소.
    pub address: Option<String>,
}

/// The law's own words for a kind.
fn kind_of(word: &str) -> Option<Kind> {
    Some(match word.strip_suffix("민원").unwrap_or(word) {
        "법정" => Kind::Statutory,
        "질의" => Kind::Inquiry,
        "건의" => Kind::Suggestion,
        "기타" => Kind::Other,
        "고충" => Kind::Grievance,
        _ => return None,
    })
}

/// The usual words for an outcome of a kind.
fn outcome_of(word: &str, kind: Kind) -> Option<Outcome> {
    let statutory = kind == Kind::Statutory;
    Some(match word {
        "허가" | "승인" | "등록" | "인가" | "지정" => Outcome::Granted,
        "조건부허가" | "조건부승인" => Outcome::GrantedConditionally,
        "일부허가" | "일부승인" => Outcome::GrantedInPart,
        "불허가" | "불허" | "불승인" | "거부" | "거부처분" => Outcome::Refused,
        "수리" => Outcome::Accepted,
        "불수리" => Outcome::NotAccepted,
        "발급" | "교부" | "재발급" | "재교부" => Outcome::Issued,
        "답변" | "회신" | "답변완료" => Outcome::Answered,
        // Of a statutory petition “done” says nothing: granted or refused is what counts.
        "완료" | "처리완료" | "처리" if !statutory => Outcome::Answered,
        "반려" => Outcome::Returned,
        "취하" => Outcome::Withdrawn,
        "취하간주" => Outcome::DeemedWithdrawn,
        "이송" | "이첩" => Outcome::Transferred,
        "종결" | "반복종결" | "반복민원종결" => Outcome::ClosedRepeated,
        "병합" => Outcome::Merged,
        _ => return None,
    })
}

/// Whether a petition of a kind can have ended so.
fn fits(outcome: Outcome, kind: Kind) -> bool {
    let of_any = matches!(
        outcome,
        Outcome::Withdrawn
            | Outcome::DeemedWithdrawn
            | Outcome::Unclaimed
            | Outcome::Excepted
            | Outcome::Transferred
            | Outcome::Merged
            | Outcome::NotAPetition
    );
    let closed = outcome == Outcome::ClosedRepeated && kind != Kind::Statutory;
    of_any || closed || Outcome::of_answer(kind).contains(&outcome)
}

/// A word as it is looked up: without white space.
pub fn word(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The rows' reader: cells one by one, faults gathered.
struct Reader<'a> {
    cells: &'a Cells,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn wrong(&mut self, column: Column, why: Why) {
        self.faults.push(Fault { column, why });
    }

    /// The cell, trimmed; `None` when it is empty or not there.
    fn cell(&self, column: Column) -> Option<&str> {
        let text = self.cells.get(&column)?.trim();
        (!text.is_empty()).then_some(text)
    }

    /// A cell that must be there.
    fn needed(&mut self, column: Column) -> Option<String> {
        let cell = self.cell(column).map(str::to_owned);
        if cell.is_none() {
            self.wrong(column, Why::Missing);
        }
        cell
    }

    /// A text no longer than `most` characters.
    fn text(&mut self, column: Column, most: usize) -> Option<String> {
        let cell = self.cell(column)?.to_owned();
        if cell.chars().count() > most {
            self.wrong(column, Why::TooLong);
        }
        Some(cell)
    }

    fn moment(&mut self, column: Column, now: At) -> Option<Moment> {
        let cell = self.cell(column)?.to_owned();
        let Some(moment) = read_moment(&cell) else {
            self.wrong(column, Why::UnreadableDate);
            return None;
        };
        if moment.day < EARLIEST {
            self.wrong(column, Why::TooEarly);
            return None;
        }
        if moment.at() > now && column != Column::Due {
            self.wrong(column, Why::InFuture);
            return None;
        }
        Some(moment)
    }
}

/// Before the republic there was no register of ours.
const EARLIEST: Date = jiff::civil::date(1948, 8, 15);

/// Reads a row with the steps of its history. Errors: everything that is wrong with it, in the order of the columns.
pub fn read(cells: &Cells, steps: &[Cells], known: &Known, now: At) -> Result<Old<String>, Vec<Fault>> {
    let mut r = Reader {
        cells,
        faults: Vec::new(),
    };
    for (column, cell) in cells {
        if let Some(why) = why::unfit(cell, *column) {
            r.wrong(*column, why);
        }
    }
    let number = r.needed(Column::Number);
    if let Some(number) = &number {
        if number.chars().count() > LINE {
            r.wrong(Column::Number, Why::TooLong);
        } else if why::is_mangled(number) {
            r.wrong(Column::Number, Why::Mangled);
        }
    }
    let kind = r.needed(Column::Kind).and_then(|cell| {
        let kind = known
            .kinds
            .get(&word(&cell))
            .copied()
            .or_else(|| kind_of(&word(&cell)));
        if kind.is_none() {
            r.wrong(Column::Kind, Why::UnknownKind);
        }
        kind
    });
    let service = service(&mut r, known, kind);
    if r.cell(Column::Title).is_none() {
        r.wrong(Column::Title, Why::Missing);
    }
    let title = r.text(Column::Title, TITLE);
    let body = r.text(Column::Body, TEXT);
    let answer = r.text(Column::Answer, TEXT);
    let handler = r.text(Column::Handler, LINE);
    let times = times(&mut r, now);
    let ended = ended(&mut r, known, kind, times.concluded, answer.is_some());
    let unit = unit(&mut r, known, &times, ended);
    let petitioner = petitioner(&mut r);
    let steps = read_steps(&mut r, steps, now);
    let complete = (number, kind, service, title, times.filed);
    let (Some(number), Some(kind), Some(service), Some(title), Some(filed), true) = (
        complete.0,
        complete.1,
        complete.2,
        complete.3,
        complete.4,
        r.faults.is_empty(),
    ) else {
        let mut faults = r.faults;
        faults.sort();
        faults.dedup();
        return Err(faults);
    };
    // A day without its hour stands for the day: what came later on it comes later.
    let filed = filed.at();
    let received = times.received.map(|m| m.at().max(filed));
    let ended = ended.map(|(outcome, at)| (outcome, at.at().max(received.unwrap_or(filed))));
    Ok(Old {
        number,
        kind,
        service,
        filed,
        received,
        due: times.due.map(|due| match due.time {
            Some(_) => due.at().plus(60_000),
            None => Moment {
                day: due.day.tomorrow().unwrap_or(due.day),
                time: Some(Time::midnight()),
            }
            .at(),
        }),
        ended,
        unit,
        handler,
        title,
        body,
        answer,
        steps,
        petitioner,
    })
}

fn service(r: &mut Reader, known: &Known, kind: Option<Kind>) -> Option<Code> {
    let Some(cell) = r.cell(Column::Service).map(word) else {
        let service = kind.and_then(|kind| known.service_of.get(&kind).copied());
        if kind.is_some() && service.is_none() {
            r.wrong(Column::Service, Why::Missing);
        }
        return service;
    };
    match known.services.get(&cell) {
        None => r.wrong(Column::Service, Why::UnknownService),
        Some((_, of)) if kind.is_some_and(|kind| kind != *of) => r.wrong(Column::Service, Why::NotOfKind),
        Some((code, _)) => return Some(*code),
    }
    None
}

/// The four dates of a row.
struct Times {
    filed: Option<Moment>,
    received: Option<Moment>,
    due: Option<Moment>,
    concluded: Option<Moment>,
}

fn times(r: &mut Reader, now: At) -> Times {
    if r.cell(Column::Filed).is_none() {
        r.wrong(Column::Filed, Why::Missing);
    }
    let times = Times {
        filed: r.moment(Column::Filed, now),
        received: r.moment(Column::Received, now),
        due: r.moment(Column::Due, now),
        concluded: r.moment(Column::Concluded, now),
    };
    let mut after = |later: Option<Moment>, earlier: Option<Moment>, column: Column, why: Why| {
        if let (Some(later), Some(earlier)) = (later, earlier)
            && later.precedes(earlier)
        {
            r.wrong(column, why);
        }
    };
    after(times.received, times.filed, Column::Received, Why::BeforeFiled);
    after(
        times.due,
        times.received.or(times.filed),
        Column::Due,
        Why::BeforeReceived,
    );
    match times.received {
        Some(_) => after(
            times.concluded,
            times.received,
            Column::Concluded,
            Why::BeforeReceived,
        ),
        None => after(times.concluded, times.filed, Column::Concluded, Why::BeforeFiled),
    }
    times
}

fn ended(
    r: &mut Reader,
    known: &Known,
    kind: Option<Kind>,
    concluded: Option<Moment>,
    answered: bool,
) -> Option<(Outcome, Moment)> {
    let has_day = r.cell(Column::Concluded).is_some();
    let Some(cell) = r.cell(Column::Outcome).map(word) else {
        if has_day {
            r.wrong(Column::Outcome, Why::OutcomeMissing);
        } else if answered {
            r.wrong(Column::Concluded, Why::ConclusionMissing);
        }
        return None;
    };
    let kind = kind?;
    let outcome = known
        .outcomes
        .get(&cell)
        .copied()
        .or_else(|| outcome_of(&cell, kind));
    match outcome {
        None => r.wrong(Column::Outcome, Why::UnknownOutcome),
        Some(outcome) if !fits(outcome, kind) => r.wrong(Column::Outcome, Why::NotOfKind),
        Some(_) if !has_day => r.wrong(Column::Concluded, Why::ConclusionMissing),
        Some(outcome) => return concluded.map(|at| (outcome, at)),
    }
    None
}

fn unit(r: &mut Reader, known: &Known, times: &Times, ended: Option<(Outcome, Moment)>) -> Option<UnitId> {
    let Some(cell) = r.cell(Column::Department).map(word) else {
        let by_a_department = ended.is_some_and(|(outcome, _)| outcome != Outcome::Withdrawn);
        if by_a_department || r.cell(Column::Handler).is_some() {
            r.wrong(Column::Department, Why::Missing);
        }
        return None;
    };
    let unit = known.units.get(&cell).copied();
    if unit.is_none() {
        r.wrong(Column::Department, Why::UnknownDepartment);
    } else if times.received.is_none() && ended.is_none() && r.cell(Column::Received).is_none() {
        r.wrong(Column::Received, Why::ReceptionMissing);
    }
    unit
}

fn petitioner(r: &mut Reader) -> Option<OldPetitioner> {
    if !r.cells.contains_key(&Column::Name) {
        return None;
    }
    r.needed(Column::Name)?;
    let name = r.text(Column::Name, LINE)?;
    let phone = r.cell(Column::Phone).map(str::to_owned).and_then(|cell| {
        let phone = why::phone(&cell);
        if phone.is_none() {
            r.wrong(Column::Phone, Why::UnreadablePhone);
        }
        phone
    });
    let mail = r.cell(Column::Mail).map(str::to_owned).filter(|cell| {
        let good = why::is_mail(cell);
        if !good {
            r.wrong(Column::Mail, Why::UnreadableMail);
        }
        good
    });
    let address = r.text(Column::Address, LINE * 3);
    Some(OldPetitioner {
        name,
        phone,
        mail,
        address,
    })
}

fn read_steps(r: &mut Reader, steps: &[Cells], now: At) -> Vec<OldStep<String>> {
    let mut read = Vec::new();
    for cells in steps {
        let mut step = Reader {
            cells,
            faults: Vec::new(),
        };
        for (column, cell) in cells {
            if let Some(why) = why::unfit(cell, *column) {
                step.wrong(*column, why);
            }
        }
        step.needed(Column::StepAt);
        step.needed(Column::StepWhat);
        let at = step.moment(Column::StepAt, now);
        let what = step.text(Column::StepWhat, TEXT);
        r.faults.append(&mut step.faults);
        if let (Some(at), Some(what)) = (at, what) {
            read.push(OldStep { at: at.at(), what });
        }
    }
    read
}

impl<T> Old<T> {
    /// The same row with each text turned by `lay`; title and content are those that were laid down with the filing.
    pub fn lay<U, E>(
        self,
        title: U,
        body: Option<U>,
        lay: &mut impl FnMut(T) -> Result<U, E>,
    ) -> Result<Old<U>, E> {
        Ok(Old {
            number: lay(self.number)?,
            kind: self.kind,
            service: self.service,
            filed: self.filed,
            received: self.received,
            due: self.due,
            ended: self.ended,
            unit: self.unit,
            handler: self.handler.map(&mut *lay).transpose()?,
            title,
            body,
            answer: self.answer.map(&mut *lay).transpose()?,
            steps: (self.steps.into_iter())
                .map(|step| {
                    Ok(OldStep {
                        at: step.at,
                        what: lay(step.what)?,
                    })
                })
                .collect::<Result<_, E>>()?,
            petitioner: self.petitioner,
        })
    }
}

#[cfg(test)]
mod tests;
