//! 민원편람의 관리 — reading the handbook of any day, making its next versions one by one or by sheet, and who made them
//! (법 제13조, 제17조제3항, 영 제10조; FEATURES A7–A9).

use crate::act::{ActError, Call, once_key};
use crate::office::Office;
use crate::saved::{Draft, NewFile};
use crate::{App, TRIES, Trouble};
use documents::sheet::{self, NoSheet, Table};
use domain::access::Who;
use domain::access::handbook::{HandbookDeed, may_handbook};
use domain::handbook::edition::{Ground, Next, closing, succeed};
use domain::handbook::fit::{Known, Unfit, Why};
use domain::handbook::part::{Difference, differences};
use domain::handbook::row::{CellFault, Columns, NoColumns};
use domain::handbook::{Service, Standing};
use domain::id::PetitionId;
use domain::refusal::Refusal;
use domain::terms::Code;
use jiff::civil::Date;
use std::collections::BTreeMap;
use store::batch::{Batch, CommitFault};
use store::engine::Urgency;
use store::handbook::Change;

/// The letters a remark may have.
pub const MOST_REMARK: usize = 500;

/// Why the handbook was not changed.
#[derive(Debug, thiserror::Error)]
pub enum Unchanged {
    /// Somebody else's to do.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// What stands against the version, part by part.
    #[error("{} things stand against it", .0.len())]
    Unfit(Vec<Unfit>),
    /// There is no such service.
    #[error("there is no such service")]
    NotFound,
    /// The machine.
    #[error(transparent)]
    Trouble(#[from] Trouble),
}

/// Why a version is made.
#[derive(Debug, Clone)]
pub struct Motive {
    /// On what ground.
    pub ground: Ground,
    /// A remark for the history; may be empty.
    pub remark: String,
}

/// A version in the history of a service.
#[derive(Debug, Clone)]
pub struct Edition {
    /// The version, with its true last day.
    pub service: Service,
    /// Who made it; `None` for what a city began with.
    pub change: Option<Change>,
    /// What it tells differently from the one before.
    pub differences: Vec<Difference>,
}

/// What becomes of one row of a sheet.
#[derive(Debug, Clone)]
pub enum Row {
    /// A service nobody had before.
    New(Box<Next>),
    /// A new version.
    Changed(Box<Next>),
    /// As it is already.
    Same,
    /// Cells that cannot be read.
    Cells(Vec<CellFault>),
    /// What stands against it.
    Unfit(Vec<Unfit>),
    /// Somebody else's to do.
    Refused(Refusal),
    /// The code stands in an earlier line already.
    Twice(u32),
}

impl Row {
    /// Whether it is taken in.
    pub fn is_good(&self) -> bool {
        matches!(self, Row::New(_) | Row::Changed(_))
    }
}

/// A row of a sheet, and what becomes of it.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its line in the file.
    pub line: u32,
    /// The code as it was written.
    pub code: String,
    /// The name, as the row or else the handbook has it.
    pub name: String,
    /// What becomes of it.
    pub row: Row,
}

/// A sheet as it was understood.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Every row, in the order of the file; none is left out.
    pub lines: Vec<Line>,
    /// The heads of its columns.
    pub heads: Vec<String>,
    /// Columns that are not read.
    pub unknown: Vec<String>,
}

/// Why a file cannot be read as a sheet of services at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoReading {
    /// The file.
    #[error(transparent)]
    Sheet(#[from] NoSheet),
    /// Its columns.
    #[error(transparent)]
    Columns(#[from] NoColumns),
}

/// Which services a standards table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// 자치민원: those under the city's own rules.
    Own,
    /// All.
    All,
}

/// The group of 자치민원 in the catalogue.
const OWN: &str = "own";

impl Office {
    /// What the checks of the handbook need to know. A group is known once a service belongs to it.
    fn known(&self, app: &App) -> Known {
        Known {
            procedures: app.procedures.iter().map(|procedure| procedure.code).collect(),
            groups: self
                .services
                .values()
                .map(|service| service.group.clone())
                .collect(),
        }
    }

    /// 처리기준표 — the services of a day, by group, 종 and code (FEATURES A9).
    pub fn standards(&self, day: Date, scope: Scope) -> Vec<&Service> {
        let mut all = self.services_on(day);
        all.retain(|service| scope == Scope::All || service.group == OWN);
        all.sort_by(|a, b| (&a.group, a.family_name(), a.code).cmp(&(&b.group, b.family_name(), b.code)));
        all
    }
}

impl App {
    /// What a version would change, and what stands against it; nothing is stored. `base` is the version the writer had
    /// before them, `None` for a new service.
    pub fn foresee_edition(&self, who: &Who, base: Option<u32>, service: Service) -> Result<Next, Unchanged> {
        self.next(&self.office(), who, base, service)
    }

    fn next(
        &self,
        office: &Office,
        who: &Who,
        base: Option<u32>,
        service: Service,
    ) -> Result<Next, Unchanged> {
        let versions = office.versions(service.code);
        let deed = match (versions.last(), service.standing) {
            (_, Standing::Closed) => HandbookDeed::Close,
            (None, Standing::Offered) => HandbookDeed::Open,
            (Some(_), Standing::Offered) => HandbookDeed::Change,
        };
        // Who hands a service to another unit answers for it until then.
        let unit = versions.last().map_or(service.unit, |newest| newest.unit);
        may_handbook(who, deed, unit).map_err(Unchanged::Refused)?;
        let (known, units) = (office.known(self), office.named_units());
        succeed(&versions, base, service, office.day, &known, &units).map_err(Unchanged::Unfit)
    }

    /// 게재 — stores the next version of a service. A repeated key gets the first answer.
    pub async fn publish(
        &self,
        who: &Who,
        base: Option<u32>,
        service: Service,
        motive: &Motive,
        call: &Call,
    ) -> Result<Service, Unchanged> {
        let place = &self.places.live;
        let code = service.code;
        let once = call.key.as_ref().map(|key| once_key("handbook", who, key));
        if let Some(key) = &once
            && let Some((_, version)) = place.done_before(key).await.map_err(Trouble::from)?
            && let Some(done) = self.office().services.get(&(code, version))
        {
            return Ok(done.clone());
        }
        let next = self.foresee_edition(who, base, service)?;
        let mut batch = Batch::new();
        if let Some(key) = once {
            batch.once(
                key,
                PetitionId(uuid::Uuid::nil()),
                next.service.version,
                self.now(),
            );
        }
        self.lay_down(&mut batch, who, &next, base.is_none(), motive, call)?;
        match place.commit(batch, Urgency::User).await {
            Ok(()) => {}
            Err(CommitFault::Conflict | CommitFault::Repeated) => {
                self.reload().await?;
                let overtaken = Unfit::of(domain::handbook::part::Part::Code, Why::Overtaken);
                return Err(Unchanged::Unfit(vec![overtaken]));
            }
            Err(fault) => return Err(Trouble::from(fault).into()),
        }
        self.reload().await?;
        Ok(next.service)
    }

    /// 폐지 — the service is offered no longer behind its last day.
    pub async fn close_service(
        &self,
        who: &Who,
        code: Code,
        base: u32,
        last_day: Date,
        motive: &Motive,
        call: &Call,
    ) -> Result<Service, Unchanged> {
        let newest = self
            .office()
            .service_newest(code)
            .cloned()
            .ok_or(Unchanged::NotFound)?;
        let closed =
            closing(&newest, last_day).ok_or_else(|| Trouble::Broken("a day outside the calendar".into()))?;
        self.publish(who, Some(base), closed, motive, call).await
    }

    fn lay_down(
        &self,
        batch: &mut Batch,
        who: &Who,
        next: &Next,
        opens: bool,
        motive: &Motive,
        call: &Call,
    ) -> Result<(), Trouble> {
        let now = self.now();
        let service = &next.service;
        let change = Change {
            code: service.code,
            version: service.version,
            at: now,
            by: who.by(),
            ground: motive.ground,
            remark: motive.remark.trim().chars().take(MOST_REMARK).collect(),
        };
        batch.edition(service, &change)?;
        let deed = match (service.standing, opens) {
            (Standing::Closed, _) => HandbookDeed::Close,
            (Standing::Offered, true) => HandbookDeed::Open,
            (Standing::Offered, false) => HandbookDeed::Change,
        };
        let look = self.look_of(who, deed.code(), None, 1, call);
        batch.look(self.id(), &look);
        Ok(())
    }

    /// Every version of a service, newest first, with who made it and what it changed.
    pub async fn history(&self, code: Code) -> Result<Vec<Edition>, Trouble> {
        let office = self.office();
        let units = office.named_units();
        let mut changes: BTreeMap<u32, Change> = (self.places.live.changes_of(code).await?.into_iter())
            .map(|change| (change.version, change))
            .collect();
        let versions = office.versions(code);
        let before = std::iter::once(None).chain(versions.iter().map(Some));
        let mut all: Vec<Edition> = (versions.iter().zip(before))
            .map(|(service, before)| Edition {
                change: changes.remove(&service.version),
                differences: before.map_or_else(Vec::new, |before| differences(before, service, &units)),
                service: service.clone(),
            })
            .collect();
        all.reverse();
        Ok(all)
    }

    /// The handbook of a day as a table, every part a column. Written into the ledger.
    pub async fn handbook_table(&self, who: &Who, day: Date, call: &Call) -> Result<Table, Trouble> {
        let office = self.office();
        let (columns, units) = (Columns::all(), office.named_units());
        let rows: Vec<_> = (office.services_on(day).into_iter())
            .map(|service| columns.cells(service, &units))
            .collect();
        let mut batch = Batch::new();
        let look = self.look_of(
            who,
            "handbook_export",
            None,
            u32::try_from(rows.len()).unwrap_or(u32::MAX),
            call,
        );
        batch.look(self.id(), &look);
        self.places.live.commit(batch, Urgency::User).await?;
        Ok(Table {
            name: format!("민원편람 {day}"),
            head: columns.heads(),
            rows,
        })
    }

    /// What a sheet of services would change, row by row; nothing is stored. `day` is the first day of rows without one.
    pub fn read_handbook(&self, who: &Who, file: &[u8], day: Date) -> Result<Reading, NoReading> {
        let office = self.office();
        let sheet = sheet::read(file)?;
        let columns = Columns::read(&sheet.head)?;
        let units = office.named_units();
        let mut seen: BTreeMap<Code, u32> = BTreeMap::new();
        let mut lines = Vec::with_capacity(sheet.rows.len());
        for (line, cells) in &sheet.rows {
            let code = columns.code_of(cells);
            let newest = code.and_then(|code| office.service_newest(code));
            let read = columns.service(cells, newest, day, &units);
            let written = |part| columns.text(part, cells).trim().to_owned();
            let name = match written(domain::handbook::part::Part::Name) {
                name if name.is_empty() => newest.map(|s| s.name.ko.clone()).unwrap_or_default(),
                name => name,
            };
            let row = match (code.and_then(|code| seen.get(&code)), read) {
                (Some(first), _) => Row::Twice(*first),
                (None, Err(faults)) => Row::Cells(faults),
                (None, Ok(service)) => self.row(&office, who, newest, service),
            };
            if let Some(code) = code {
                seen.entry(code).or_insert(*line);
            }
            lines.push(Line {
                line: *line,
                code: written(domain::handbook::part::Part::Code),
                name,
                row,
            });
        }
        Ok(Reading {
            lines,
            heads: sheet.head.clone(),
            unknown: columns.unknown().map(str::to_owned).collect(),
        })
    }

    fn row(&self, office: &Office, who: &Who, newest: Option<&Service>, service: Service) -> Row {
        match self.next(office, who, newest.map(|newest| newest.version), service) {
            Ok(next) if newest.is_none() => Row::New(Box::new(next)),
            Ok(next) => Row::Changed(Box::new(next)),
            Err(Unchanged::Unfit(all)) if all.iter().any(|unfit| unfit.why == Why::Unchanged) => Row::Same,
            Err(Unchanged::Unfit(all)) => Row::Unfit(all),
            Err(Unchanged::Refused(refusal)) => Row::Refused(refusal),
            // A row has a code, and looking ahead stores nothing.
            Err(Unchanged::NotFound | Unchanged::Trouble(_)) => Row::Refused(Refusal::ServiceNotValid),
        }
    }

    /// 일괄 게재 — takes in the good rows of a sheet, all at once; the others are told with why. Repeating it changes nothing
    /// more: what was taken in is as it is already.
    pub async fn take_in_handbook(
        &self,
        who: &Who,
        file: &[u8],
        day: Date,
        motive: &Motive,
        call: &Call,
    ) -> Result<Result<Reading, NoReading>, Trouble> {
        for lost in 0..TRIES {
            self.wait_for_turn(lost).await;
            let reading = match self.read_handbook(who, file, day) {
                Ok(reading) => reading,
                Err(error) => return Ok(Err(error)),
            };
            let mut batch = Batch::new();
            for line in &reading.lines {
                match &line.row {
                    Row::New(next) => self.lay_down(&mut batch, who, next, true, motive, call)?,
                    Row::Changed(next) => self.lay_down(&mut batch, who, next, false, motive, call)?,
                    Row::Same | Row::Cells(_) | Row::Unfit(_) | Row::Refused(_) | Row::Twice(_) => {}
                }
            }
            if batch.is_empty() {
                return Ok(Ok(reading));
            }
            let stored = self.places.live.commit(batch, Urgency::User).await;
            self.reload().await?;
            match stored {
                Ok(()) => return Ok(Ok(reading)),
                Err(CommitFault::Conflict) => {}
                Err(fault) => return Err(fault.into()),
            }
        }
        Err(Trouble::Contended)
    }

    /// Keeps an uploaded sheet, sealed, until its owner has looked at what it would change; gives its name in addresses.
    pub async fn keep_sheet(&self, who: &Who, name: String, bytes: Vec<u8>) -> Result<uuid::Uuid, ActError> {
        let mut draft = Draft::default();
        let file = NewFile {
            name,
            content: bytes,
            kind: None,
            cleaned: false,
            slot: None,
        };
        let id = self.save_draft(owner(who), None, &mut draft, vec![file]).await?;
        Ok(uuid::Uuid::from_bytes(id))
    }

    /// A sheet kept before: its name and content. Errors: none of this owner's.
    pub async fn kept_sheet(&self, who: &Who, id: uuid::Uuid) -> Result<(String, Vec<u8>), ActError> {
        let draft = self.draft(owner(who), *id.as_bytes()).await?;
        let file = draft.files.first().ok_or(ActError::NotFound)?;
        Ok((file.name.clone(), self.draft_content(file).await?))
    }

    /// Forgets a sheet kept before.
    pub async fn drop_sheet(&self, who: &Who, id: uuid::Uuid) -> Result<(), ActError> {
        self.forget_draft(owner(who), *id.as_bytes()).await
    }
}

/// Whose sheets: drafts of officials lie under their own identity.
fn owner(who: &Who) -> [u8; 16] {
    match who {
        Who::Official(official) => official.id.bytes(),
        Who::Citizen(person) => person.bytes(),
        Who::System => [0; 16],
    }
}
