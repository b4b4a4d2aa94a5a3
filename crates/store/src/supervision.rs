//! 감독 — figures by department and person, letters in the order of issue, and the journal of each month's inspection.
//!
//! It is longer than 600 lines because the figures of ended petitions and what they add up to are written and read in one place.
//!
//! `measured` is derived: one row for each ended petition, written with the act that ends it and rebuilt by `verify`. What these rows
//! add up to by month, department, person and time allowed stands in `measured_total` and is written beside them: a board that added a
//! year up by itself would read every petition of the city. (Triggers would keep it as well, but SQLite journals each statement that has
//! one, and a list of many such statements then takes time that grows with its square.) What is open is counted from an index of the open heads alone.

use crate::batch::Batch;
use crate::engine::{Ask, ReadError, Row, Urgency, Value};
use crate::head::NONE;
use crate::journal::{Hash, by_of, by_parts};
use crate::place::Place;
use domain::access::figures::Figures;
use domain::evaluation::{Lot, Part};
use domain::id::{OfficialId, PetitionId, UnitId};
use domain::inspection::{Event, Ground, Item, Month, Recorded};
use domain::terms::{Kind, Outcome};
use domain::time::At;

/// How one ended petition came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// Which.
    pub petition: PetitionId,
    /// The month it ended in.
    pub month: Month,
    /// When it ended.
    pub concluded_at: At,
    /// The due date it ended under.
    pub due: At,
    /// 처리주무부서.
    pub unit: Option<UnitId>,
    /// 처리담당자.
    pub handler: Option<OfficialId>,
    /// Kind.
    pub kind: Kind,
    /// How it ended.
    pub outcome: Outcome,
    /// P, in working minutes.
    pub allowed: u64,
    /// A, in working minutes.
    pub used: u64,
    /// Whether it ended late.
    pub late: bool,
}

/// Whose figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Whose {
    /// 처리주무부서; `None` before distribution.
    pub unit: Option<UnitId>,
    /// 처리담당자.
    pub handler: Option<OfficialId>,
}

/// What is open with somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenWork {
    /// Whose.
    pub whose: Whose,
    /// Open, received or not.
    pub open: u64,
    /// Past the due date.
    pub overdue: u64,
    /// Due until the end of today.
    pub today: u64,
    /// Due until the end of the next working day.
    pub tomorrow: u64,
    /// The oldest due date that has passed.
    pub oldest: Option<At>,
}

/// Moments that open work is sorted by.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Now.
    pub now: At,
    /// The midnight at which today ends.
    pub today: At,
    /// The midnight at which the next working day ends.
    pub tomorrow: At,
}

/// Where a list of letters goes on: behind this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BehindLetter {
    /// When it was issued.
    pub at: At,
    /// For which petition.
    pub petition: PetitionId,
    /// By which event.
    pub seq: u32,
}

/// The condition on `unit` and `handler` that `Figures::admits` is; parameters go behind those given.
pub fn figures_sql(seen: &Figures, params: &mut Vec<Value>) -> String {
    if seen.all {
        return "1 = 1".to_owned();
    }
    let mut parts = Vec::new();
    let mut next = |value: [u8; 16]| {
        params.push(value.into());
        format!("${}", params.len())
    };
    for unit in &seen.units {
        parts.push(format!("unit = {}", next(unit.bytes())));
    }
    if let Some(official) = seen.own {
        parts.push(format!("handler = {}", next(official.bytes())));
    }
    if parts.is_empty() {
        return "1 = 0".to_owned();
    }
    format!("({})", parts.join(" OR "))
}

/// A part among the rows of `measured`.
fn part_sql(part: Part) -> &'static str {
    match part {
        Part::Statutory => "kind = 'statutory'",
        Part::Everyday => "kind <> 'statutory' AND kind <> 'disclosure'",
        Part::All => "kind <> 'disclosure'",
    }
}

/// Under which part a kind is summed up.
fn part_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Statutory => "statutory",
        Kind::Inquiry | Kind::Suggestion | Kind::Other | Kind::Grievance | Kind::Disclosure => "everyday",
    }
}

/// The same among the sums, which have no 공개청구 in them.
fn part_of_totals(part: Part) -> &'static str {
    match part {
        Part::Statutory => "part = 'statutory'",
        Part::Everyday => "part = 'everyday'",
        Part::All => "cases > 0",
    }
}

/// Under which part a row of `measured` is summed up: [`part_of`] in SQL.
macro_rules! part {
    () => {
        "CASE kind WHEN 'statutory' THEN 'statutory' ELSE 'everyday' END"
    };
}
/// What `measured` adds up to, told from its rows.
macro_rules! totals {
    () => {
        concat!(
            "SELECT month, unit, handler, ",
            part!(),
            ", allowed, count(*), CAST(sum(late) AS BIGINT), CAST(sum(used) AS BIGINT) FROM measured \
         WHERE counts = 1 AND kind <> 'disclosure' GROUP BY 1, 2, 3, 4, 5"
        )
    };
}
/// What the sums add up to without departments and persons.
macro_rules! months {
    () => {
        "SELECT month, part, allowed, CAST(sum(cases) AS BIGINT), CAST(sum(late) AS BIGINT), CAST(sum(used) AS BIGINT) \
         FROM measured_total WHERE cases <> 0 GROUP BY month, part, allowed"
    };
}
/// The same as it stands.
macro_rules! kept_months {
    () => {
        "SELECT month, part, allowed, cases, late, used FROM measured_city WHERE cases <> 0"
    };
}
/// The sums as they stand.
macro_rules! kept {
    () => {
        "SELECT month, unit, handler, part, allowed, cases, late, used FROM measured_total WHERE cases <> 0"
    };
}

fn some(id: [u8; 16]) -> Option<uuid::Uuid> {
    (id != NONE).then(|| uuid::Uuid::from_bytes(id))
}

fn whose(row: &Row) -> Result<Whose, ReadError> {
    Ok(Whose {
        unit: some(row.id16(0)?).map(UnitId),
        handler: some(row.id16(1)?).map(OfficialId),
    })
}

fn int(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn columns(m: &Measured) -> Vec<Value> {
    crate::params![
        m.petition.bytes(),
        m.month.number(),
        m.concluded_at.0,
        m.due.0,
        m.unit.map_or(NONE, UnitId::bytes),
        m.handler.map_or(NONE, OfficialId::bytes),
        m.kind.code(),
        m.outcome.code(),
        domain::evaluation::measured(m.outcome),
        int(m.allowed),
        int(m.used),
        m.late
    ]
}

impl Batch {
    /// Writes down how an ended petition came out; an end that is corrected overwrites what was there.
    pub fn measured(&mut self, measured: &Measured) {
        self.untotalled(measured.petition);
        self.add(
            "INSERT INTO measured (petition, month, concluded_at, due, unit, handler, kind, outcome, counts, allowed, used, late) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
             ON CONFLICT (petition) DO UPDATE SET month = excluded.month, concluded_at = excluded.concluded_at, \
             due = excluded.due, unit = excluded.unit, handler = excluded.handler, kind = excluded.kind, \
             outcome = excluded.outcome, counts = excluded.counts, allowed = excluded.allowed, used = excluded.used, \
             late = excluded.late",
            columns(measured),
        );
        if !domain::evaluation::measured(measured.outcome) || !measured.kind.is_petition() {
            return;
        }
        self.add(
            "INSERT INTO measured_total AS t (month, unit, handler, part, allowed, cases, late, used) \
             VALUES ($1, $2, $3, $4, $5, 1, $6, $7) ON CONFLICT (month, unit, handler, part, allowed) \
             DO UPDATE SET cases = t.cases + 1, late = t.late + excluded.late, used = t.used + excluded.used",
            crate::params![
                measured.month.number(),
                measured.unit.map_or(NONE, UnitId::bytes),
                measured.handler.map_or(NONE, OfficialId::bytes),
                part_of(measured.kind),
                int(measured.allowed),
                i64::from(measured.late),
                int(measured.used)
            ],
        );
        self.add(
            "INSERT INTO measured_city AS t (month, part, allowed, cases, late, used) VALUES ($1, $2, $3, 1, $4, $5) \
             ON CONFLICT (month, part, allowed) \
             DO UPDATE SET cases = t.cases + 1, late = t.late + excluded.late, used = t.used + excluded.used",
            crate::params![
                measured.month.number(),
                part_of(measured.kind),
                int(measured.allowed),
                i64::from(measured.late),
                int(measured.used)
            ],
        );
    }

    /// Takes what is written of a petition, if anything is, out of the sums.
    fn untotalled(&mut self, petition: PetitionId) {
        self.add(
            concat!(
                "UPDATE measured_total SET cases = cases - 1, late = late - (SELECT late FROM measured WHERE petition = $1), \
             used = used - (SELECT used FROM measured WHERE petition = $1) \
             WHERE (month, unit, handler, part, allowed) = \
             (SELECT month, unit, handler, ", part!(), ", allowed \
             FROM measured WHERE petition = $1 AND counts = 1 AND kind <> 'disclosure')"
            ),
            crate::params![petition.bytes()],
        );
        self.add(
            concat!(
                "UPDATE measured_city SET cases = cases - 1, late = late - (SELECT late FROM measured WHERE petition = $1), \
             used = used - (SELECT used FROM measured WHERE petition = $1) \
             WHERE (month, part, allowed) = (SELECT month, ", part!(), ", allowed \
             FROM measured WHERE petition = $1 AND counts = 1 AND kind <> 'disclosure')"
            ),
            crate::params![petition.bytes()],
        );
    }

    /// Takes away a row that no ended petition gives.
    pub fn unmeasured(&mut self, petition: PetitionId) {
        self.untotalled(petition);
        self.add(
            "DELETE FROM measured WHERE petition = $1",
            crate::params![petition.bytes()],
        );
    }

    /// Begins the inspection of a month under an identity of its own: the owner of its words, the address of its notices.
    pub fn inspection(&mut self, month: Month, id: PetitionId) {
        self.add(
            "INSERT INTO inspection (month, id) VALUES ($1, $2)",
            crate::params![month.number(), id.bytes()],
        );
    }

    /// What the facts of a month say about a petition; once.
    pub fn inspection_item(&mut self, month: Month, item: &Item) {
        self.add(
            "INSERT INTO inspection_item (month, unit, petition, ground) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            crate::params![
                month.number(),
                item.unit.map_or(NONE, UnitId::bytes),
                item.petition.bytes(),
                item.ground.code()
            ],
        );
    }

    /// Appends to the journal of a month, behind the link `previous`; another entry in between is a race.
    pub fn inspection_event(
        &mut self,
        month: Month,
        recorded: &Recorded,
        previous: &Hash,
    ) -> Result<Hash, serde_json::Error> {
        let body = serde_json::to_string(&recorded.event)?;
        let hash = link(previous, month, recorded, &body);
        let (by_kind, by_id) = by_parts(recorded.by);
        self.add(
            "INSERT INTO inspection_event (month, seq, by_kind, by_id, at, body, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            crate::params![
                month.number(),
                recorded.seq,
                by_kind,
                by_id,
                recorded.at.0,
                body,
                hash
            ],
        );
        Ok(hash)
    }
}

/// The link of an entry after `previous`.
fn link(previous: &Hash, month: Month, recorded: &Recorded, body: &str) -> Hash {
    let (by_kind, by_id) = by_parts(recorded.by);
    crypto::hash::chain(
        previous,
        "minwon inspection",
        &[
            &month.number().to_be_bytes(),
            &recorded.seq.to_be_bytes(),
            by_kind.as_bytes(),
            &by_id,
            &recorded.at.0.to_be_bytes(),
            body.as_bytes(),
        ],
    )
}

/// The journal of a month's inspection.
#[derive(Debug, Clone, Default)]
pub struct InspectionJournal {
    /// Its identity; `None` where nothing was drawn up yet.
    pub id: Option<PetitionId>,
    /// Its entries, oldest first.
    pub entries: Vec<Recorded>,
    /// The link the next entry follows.
    pub last: Hash,
    /// Whether every link follows from the one before.
    pub holds: bool,
}

impl Place {
    /// Open work by department and person.
    pub async fn open_work(&self, seen: &Figures, at: Bounds) -> Result<Vec<OpenWork>, ReadError> {
        let mut params = crate::params![at.now.0, at.today.0, at.tomorrow.0];
        let seen = figures_sql(seen, &mut params);
        let runs = "life IN ('received', 'distributed', 'in_handling')";
        let sql = format!(
            "SELECT unit, handler, count(*), \
             sum(CASE WHEN {runs} AND act_by <= $1 THEN 1 ELSE 0 END), \
             sum(CASE WHEN {runs} AND act_by > $1 AND act_by <= $2 THEN 1 ELSE 0 END), \
             sum(CASE WHEN {runs} AND act_by > $1 AND act_by > $2 AND act_by <= $3 THEN 1 ELSE 0 END), \
             min(CASE WHEN {runs} AND act_by <= $1 THEN act_by ELSE 9223372036854775807 END) \
             FROM head WHERE is_open = 1 AND {seen} GROUP BY unit, handler ORDER BY unit, handler"
        );
        let rows = self.db.query_text(sql, params).await?;
        (rows.iter())
            .map(|row| {
                let oldest = At(row.int(6)?);
                Ok(OpenWork {
                    whose: whose(row)?,
                    open: row.int(2)?.unsigned_abs(),
                    overdue: row.int(3)?.unsigned_abs(),
                    today: row.int(4)?.unsigned_abs(),
                    tomorrow: row.int(5)?.unsigned_abs(),
                    oldest: Some(oldest).filter(|at| *at != At::NEVER),
                })
            })
            .collect()
    }

    /// How often open petitions were sent back for redistribution, by department and person.
    pub async fn sent_back(&self, seen: &Figures) -> Result<Vec<(Whose, u64)>, ReadError> {
        let mut params = Vec::new();
        let seen = figures_sql(seen, &mut params);
        let sql = format!(
            "SELECT head.unit, head.handler, count(*) FROM event e JOIN head ON head.id = e.petition \
             WHERE e.name = 'SendBackAsked' AND head.is_open = 1 AND {seen} GROUP BY head.unit, head.handler \
             ORDER BY head.unit, head.handler"
        );
        let rows = self.db.query_text(sql, params).await?;
        (rows.iter())
            .map(|row| Ok((whose(row)?, row.int(2)?.unsigned_abs())))
            .collect()
    }

    /// What ended in a month, by department, person and time allowed.
    pub async fn worked(
        &self,
        seen: &Figures,
        month: Month,
        part: Part,
    ) -> Result<Vec<(Whose, Lot)>, ReadError> {
        let mut params = crate::params![month.number()];
        let seen = figures_sql(seen, &mut params);
        let of = part_of_totals(part);
        let sql = format!(
            "SELECT unit, handler, allowed, CAST(sum(cases) AS BIGINT), CAST(sum(late) AS BIGINT), CAST(sum(used) AS BIGINT) \
             FROM measured_total WHERE month = $1 AND {of} AND {seen} GROUP BY unit, handler, allowed ORDER BY unit, handler, allowed"
        );
        let rows = self.db.query_text(sql, params).await?;
        (rows.iter()).map(|row| Ok((whose(row)?, lot(row, 2)?))).collect()
    }

    /// What ended in each month from `first` to `last`, by time allowed.
    pub async fn worked_by_month(
        &self,
        seen: &Figures,
        (first, last): (Month, Month),
        part: Part,
    ) -> Result<Vec<(Month, Lot)>, ReadError> {
        // Each month by itself: a department's rows of a month lie together, those of a year do not.
        let mut params: Vec<Value> = (first.number()..=last.number()).map(Value::from).collect();
        let months: Vec<String> = (1..=params.len()).map(|n| format!("${n}")).collect();
        let months = months.join(", ");
        let of = part_of_totals(part);
        let (from, seen) = if seen.all {
            ("measured_city", "1 = 1".to_owned())
        } else {
            ("measured_total", figures_sql(seen, &mut params))
        };
        let sql = format!(
            "SELECT month, allowed, CAST(sum(cases) AS BIGINT), CAST(sum(late) AS BIGINT), CAST(sum(used) AS BIGINT) \
             FROM {from} WHERE month IN ({months}) AND {of} AND {seen} GROUP BY month, allowed ORDER BY month, allowed"
        );
        let rows = self.db.query_text(sql, params).await?;
        (rows.iter())
            .map(|row| Ok((month_of(row.int(0)?)?, lot(row, 1)?)))
            .collect()
    }

    /// Petitions that had been due before `end` and ended only then or later, late: overdue and open at that moment.
    pub async fn ended_after(
        &self,
        seen: &Figures,
        end: At,
        part: Part,
        least: u64,
    ) -> Result<Vec<(Whose, u64)>, ReadError> {
        let mut params = crate::params![end.0, int(least)];
        let seen = figures_sql(seen, &mut params);
        let of = part_sql(part);
        let sql = format!(
            "SELECT unit, handler, count(*) FROM measured WHERE concluded_at >= $1 AND due < $1 AND late = 1 AND counts = 1 \
             AND allowed >= $2 AND {of} AND {seen} GROUP BY unit, handler ORDER BY unit, handler"
        );
        let rows = self.db.query_text(sql, params).await?;
        (rows.iter())
            .map(|row| Ok((whose(row)?, row.int(2)?.unsigned_abs())))
            .collect()
    }

    /// Petitions that ended at `from` or later, in that order, behind `behind`.
    pub async fn ended_since(
        &self,
        from: At,
        behind: Option<(At, PetitionId)>,
        limit: u32,
    ) -> Result<Vec<(At, PetitionId)>, ReadError> {
        const SQL: &str = "SELECT concluded_at, petition FROM measured \
                           WHERE concluded_at >= $1 AND (concluded_at, petition) > ($2, $3) \
                           ORDER BY concluded_at, petition LIMIT $4";
        let (at, id) = behind.map_or((At(i64::MIN), NONE), |(at, id)| (at, id.bytes()));
        let rows = self
            .db
            .query(SQL, crate::params![from.0, at.0, id, limit])
            .await?;
        (rows.iter())
            .map(|row| Ok((At(row.int(0)?), PetitionId(uuid::Uuid::from_bytes(row.id16(1)?)))))
            .collect()
    }

    /// The row of a petition as it is stored, where it is exactly this one.
    pub async fn measured_holds(&self, wanted: &Measured) -> Result<bool, ReadError> {
        const SQL: &str = "SELECT petition, month, concluded_at, due, unit, handler, kind, outcome, counts, allowed, used, late \
                           FROM measured WHERE petition = $1";
        let row = self
            .db
            .query_optional(SQL, crate::params![wanted.petition.bytes()])
            .await?;
        Ok(row.is_some_and(|row| row.0 == columns(wanted)))
    }

    /// Rows of petitions that have not ended.
    pub async fn measured_astray(&self) -> Result<Vec<PetitionId>, ReadError> {
        const SQL: &str = "SELECT petition FROM measured WHERE NOT EXISTS \
                           (SELECT 1 FROM head WHERE head.id = measured.petition AND head.life = 'concluded') ORDER BY petition";
        let rows = self.db.query(SQL, Vec::new()).await?;
        (rows.iter())
            .map(|row| Ok(PetitionId(uuid::Uuid::from_bytes(row.id16(0)?))))
            .collect()
    }

    /// Writes these rows, and takes those away; for `verify` and for the first start after an older program.
    pub async fn replace_measured(
        &self,
        rows: &[Measured],
        gone: &[PetitionId],
    ) -> Result<(), crate::batch::CommitFault> {
        let mut batch = Batch::new();
        for petition in gone {
            batch.unmeasured(*petition);
        }
        for row in rows {
            batch.measured(row);
        }
        self.commit(batch, Urgency::Bulk).await
    }

    /// Whether the sums are what the rows add up to.
    pub async fn totals_hold(&self) -> Result<bool, ReadError> {
        const SQL: &str = concat!(
            "SELECT 1 FROM (SELECT * FROM (",
            totals!(),
            ") a EXCEPT SELECT * FROM (",
            kept!(),
            ") b) missing UNION ALL SELECT 1 FROM (SELECT * FROM (",
            kept!(),
            ") c EXCEPT SELECT * FROM (",
            totals!(),
            ") d) surplus LIMIT 1"
        );
        const MONTHS: &str = concat!(
            "SELECT 1 FROM (SELECT * FROM (",
            months!(),
            ") a EXCEPT SELECT * FROM (",
            kept_months!(),
            ") b) missing UNION ALL SELECT 1 FROM (SELECT * FROM (",
            kept_months!(),
            ") c EXCEPT SELECT * FROM (",
            months!(),
            ") d) surplus LIMIT 1"
        );
        let holds = self.db.query(SQL, Vec::new()).await?.is_empty();
        Ok(holds && self.db.query(MONTHS, Vec::new()).await?.is_empty())
    }

    /// Adds the sums up anew.
    pub async fn replace_totals(&self) -> Result<(), crate::batch::CommitFault> {
        let mut batch = Batch::new();
        batch.add("DELETE FROM measured_total", Vec::new());
        batch.add(
            concat!(
                "INSERT INTO measured_total (month, unit, handler, part, allowed, cases, late, used) ",
                totals!()
            ),
            Vec::new(),
        );
        batch.add("DELETE FROM measured_city", Vec::new());
        batch.add(
            concat!(
                "INSERT INTO measured_city (month, part, allowed, cases, late, used) ",
                months!()
            ),
            Vec::new(),
        );
        self.commit(batch, Urgency::Bulk).await
    }

    /// Dunning letters in the order of issue, newest first, behind `behind`.
    pub async fn letters(
        &self,
        seen: &Figures,
        behind: Option<BehindLetter>,
        limit: u32,
    ) -> Result<Vec<BehindLetter>, ReadError> {
        let mut params = Vec::new();
        let seen = figures_sql(seen, &mut params);
        let mut sql = format!(
            "SELECT e.recorded_at, e.petition, e.seq FROM event e JOIN head ON head.id = e.petition \
             WHERE e.name = 'DunningIssued' AND {seen}"
        );
        if let Some(behind) = behind {
            params.extend(crate::params![behind.at.0, behind.petition.bytes(), behind.seq]);
            let n = params.len();
            sql.push_str(&format!(
                " AND (e.recorded_at, e.petition, e.seq) < (${}, ${}, ${n})",
                n - 2,
                n - 1
            ));
        }
        params.push(limit.into());
        sql.push_str(&format!(
            " ORDER BY e.recorded_at DESC, e.petition DESC, e.seq DESC LIMIT ${}",
            params.len()
        ));
        let rows = self.db.query_text(sql, params).await?;
        (rows.iter())
            .map(|row| {
                Ok(BehindLetter {
                    at: At(row.int(0)?),
                    petition: PetitionId(uuid::Uuid::from_bytes(row.id16(1)?)),
                    seq: u32::try_from(row.int(2)?).unwrap_or_default(),
                })
            })
            .collect()
    }

    /// The journal of a month's inspection.
    pub async fn inspection(&self, month: Month) -> Result<InspectionJournal, ReadError> {
        const ID: &str = "SELECT id FROM inspection WHERE month = $1";
        const EVENTS: &str =
            "SELECT seq, by_kind, by_id, at, body, hash FROM inspection_event WHERE month = $1 ORDER BY seq";
        let snapshot = self.db.snapshot().await?;
        let id = snapshot
            .query_optional(ID, crate::params![month.number()])
            .await?
            .map(|row| row.id16(0))
            .transpose()?;
        let mut journal = InspectionJournal {
            id: id.map(|id| PetitionId(uuid::Uuid::from_bytes(id))),
            holds: true,
            ..InspectionJournal::default()
        };
        for row in snapshot.query(EVENTS, crate::params![month.number()]).await? {
            let body = row.text(4)?;
            let event: Event = serde_json::from_str(body).map_err(|error| {
                ReadError::Broken(format!("an entry of an inspection cannot be read: {error}"))
            })?;
            let recorded = Recorded {
                seq: u32::try_from(row.int(0)?).unwrap_or_default(),
                by: by_of(row.text(1)?, row.id16(2)?)?,
                at: At(row.int(3)?),
                event,
            };
            let hash = row.hash32(5)?;
            journal.holds &= link(&journal.last, month, &recorded, body) == hash
                && recorded.seq as usize == journal.entries.len() + 1;
            journal.last = hash;
            journal.entries.push(recorded);
        }
        Ok(journal)
    }

    /// The months that were drawn up, newest first.
    pub async fn inspections(&self, limit: u32) -> Result<Vec<Month>, ReadError> {
        const SQL: &str = "SELECT month FROM inspection ORDER BY month DESC LIMIT $1";
        let rows = self.db.query(SQL, crate::params![limit]).await?;
        rows.iter().map(|row| month_of(row.int(0)?)).collect()
    }

    /// The month whose inspection has this identity.
    pub async fn inspection_of(&self, id: PetitionId) -> Result<Option<Month>, ReadError> {
        const SQL: &str = "SELECT month FROM inspection WHERE id = $1";
        let row = self.db.query_optional(SQL, crate::params![id.bytes()]).await?;
        row.map(|row| month_of(row.int(0)?)).transpose()
    }

    /// What the facts of a month say, by department; of all departments or of these.
    pub async fn inspection_items(
        &self,
        month: Month,
        units: Option<&[UnitId]>,
    ) -> Result<Vec<Item>, ReadError> {
        let mut params = crate::params![month.number()];
        let mut sql = "SELECT unit, petition, ground FROM inspection_item WHERE month = $1".to_owned();
        if let Some(units) = units {
            let places: Vec<String> = (units.iter())
                .map(|unit| {
                    params.push(unit.bytes().into());
                    format!("${}", params.len())
                })
                .collect();
            if places.is_empty() {
                return Ok(Vec::new());
            }
            sql.push_str(&format!(" AND unit IN ({})", places.join(", ")));
        }
        sql.push_str(" ORDER BY unit, petition, ground");
        let rows = self.db.query_text(sql, params).await?;
        (rows.iter())
            .map(|row| {
                let ground: Ground = (row.text(2)?.parse())
                    .map_err(|_| ReadError::Broken("a ground of an inspection is unknown".into()))?;
                Ok(Item {
                    unit: some(row.id16(0)?).map(UnitId),
                    petition: PetitionId(uuid::Uuid::from_bytes(row.id16(1)?)),
                    ground,
                })
            })
            .collect()
    }

    /// The journals of these petitions, each whole; unknown ones are left out.
    pub async fn journals_of(
        &self,
        ids: &[PetitionId],
    ) -> Result<Vec<Vec<domain::event::Recorded>>, ReadError> {
        let mut journals: Vec<Vec<domain::event::Recorded>> = Vec::new();
        for chunk in ids.chunks(64) {
            let mut params: Vec<Value> = chunk.iter().map(|id| id.bytes().into()).collect();
            let size = params.len().next_power_of_two();
            params.resize(size, chunk[0].bytes().into());
            let places: Vec<String> = (1..=size).map(|n| format!("${n}")).collect();
            let sql = format!(
                "SELECT {} FROM event WHERE petition IN ({}) ORDER BY petition, seq",
                crate::journal::COLUMNS,
                places.join(", ")
            );
            for row in self.db.query_text(sql, params).await? {
                let entry = crate::journal::entry(&row)?.recorded;
                match journals.last_mut() {
                    Some(journal) if journal[0].petition == entry.petition => journal.push(entry),
                    _ => journals.push(vec![entry]),
                }
            }
        }
        Ok(journals)
    }
}

fn lot(row: &Row, at: usize) -> Result<Lot, ReadError> {
    Ok(Lot {
        allowed: row.int(at)?.unsigned_abs(),
        cases: row.int(at + 1)?.unsigned_abs(),
        late: row.int(at + 2)?.unsigned_abs(),
        used: row.int(at + 3)?.unsigned_abs(),
    })
}

fn month_of(number: i64) -> Result<Month, ReadError> {
    (u32::try_from(number).ok())
        .and_then(Month::from_number)
        .ok_or_else(|| ReadError::Broken("a month is out of range".into()))
}
