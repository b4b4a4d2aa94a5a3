//! 민원의 현재 — one row per petition: the fold of its journal, and the columns that lists are ordered by.
//!
//! It is longer than 600 lines because the columns of a head, the lists over them and the sight in SQL are held together.

use crate::batch::{Batch, Purpose};
use crate::engine::{Ask, ReadError, Row, Value, Write};
use crate::journal::Hash;
use crate::place::Place;
use domain::access::Sight;
use domain::filter::Condition;
use domain::id::{OfficialId, PersonId, PetitionId, UnitId};
use domain::life::Life;
use domain::number::{FilingNumber, ReceptionNumber};
use domain::petition::Petition;
use domain::petition::parts::Entrusted;
use domain::petition::people::Awaited;
use domain::terms::{Register, Seat};
use domain::time::At;

/// What stands for "none" in an id column.
pub const NONE: [u8; 16] = [0; 16];

/// Rows that follow a head, beside those named below.
const DERIVED: [&str; 5] = [
    "DELETE FROM involved_open WHERE petition = $1",
    "DELETE FROM proceeding WHERE petition = $1",
    "DELETE FROM proceeding_member WHERE petition = $1",
    "DELETE FROM hour WHERE petition = $1",
    "DELETE FROM survey_mark WHERE petition = $1",
];

/// A petition as it stands, with the last link of its chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The petition.
    pub petition: Petition,
    /// The link of its last event.
    pub hash: Hash,
}

/// The columns of a head besides `id`, in the order of the statements below.
fn columns(p: &Petition, hash: &Hash) -> Result<Vec<Value>, serde_json::Error> {
    // The columns hold the line of the 민원 처리부; other registers have numbers of their own.
    let number = (p.reception.map(|r| r.number)).filter(|n| n.register == Register::Petitions);
    Ok(crate::params![
        p.seq,
        hash,
        p.life.code(),
        p.wants_work(),
        p.kind.code(),
        p.service.0.as_str(),
        p.field.map_or(-1, |f| i64::from(f.0)),
        p.district.map_or(-1, |d| i64::from(d.0)),
        p.entry.code(),
        p.unit.map_or(NONE, UnitId::bytes),
        p.send_back.is_some(),
        p.handler.map_or(NONE, OfficialId::bytes),
        p.signer().map_or(NONE, |s| s.official.bytes()),
        p.person.bytes(),
        p.number.to_string(),
        number.map_or(0, |n| n.year),
        number.map_or(0, |n| n.n),
        p.filed_at.0,
        p.act_by().0,
        p.end.map_or(At::NEVER.0, |e| e.concluded_at.0),
        p.reception.map_or(At::NEVER.0, |r| r.at.0),
        p.recorded_at.0,
        serde_json::to_string(p)?,
    ])
}

impl Batch {
    /// A petition's first head.
    pub fn head_first(&mut self, p: &Petition, hash: &Hash) -> Result<(), serde_json::Error> {
        let mut params = columns(p, hash)?;
        params.push(p.id.bytes().into());
        self.push(
            Purpose::FirstHead,
            Write::new(
                "INSERT INTO head (seq, hash, life, is_open, kind, service, field, district, entry, unit, sent_back, \
                 handler, signer, person, number, reception_year, reception_n, filed_at, act_by, concluded_at, \
                 received_at, changed_at, state, id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, \
                 $16, $17, $18, $19, $20, $21, $22, $23, $24)",
                params,
            ),
        );
        self.claim_row(None, p);
        self.mailing_rows(&[], p);
        self.proceeding_rows(&[], p);
        for who in taking_part(p) {
            self.involved(who, p);
        }
        for who in taking_part_open(p) {
            self.involved_open(who, p);
        }
        self.entrusted(&[], p);
        Ok(())
    }

    /// The head of a petition that lies whole somewhere, with every row that follows from it.
    pub fn head_whole(&mut self, p: &Petition, hash: &Hash) -> Result<(), serde_json::Error> {
        self.head_first(p, hash)?;
        for (who, what) in awaited(p) {
            self.awaited(who, what, p.id);
        }
        self.published(p);
        Ok(())
    }

    /// The head after further events; `before` is what the decision was made on. Another act in between is a race.
    pub fn head_next(
        &mut self,
        before: &Petition,
        p: &Petition,
        hash: &Hash,
    ) -> Result<(), serde_json::Error> {
        let mut params = columns(p, hash)?;
        params.extend([p.id.bytes().into(), before.seq.into()]);
        self.push(
            Purpose::Race,
            Write::new(
                "UPDATE head SET seq = $1, hash = $2, life = $3, is_open = $4, kind = $5, service = $6, field = $7, \
                 district = $8, entry = $9, unit = $10, sent_back = $11, handler = $12, signer = $13, person = $14, \
                 number = $15, reception_year = $16, reception_n = $17, filed_at = $18, act_by = $19, concluded_at = $20, \
                 received_at = $21, changed_at = $22, state = $23 WHERE id = $24 AND seq = $25",
                params,
            )
            .rows(1),
        );
        self.claim_row(before.claim, p);
        self.mailing_rows(&before.mailings, p);
        self.proceeding_rows(&before.proceedings, p);
        let (was, is) = (taking_part(before), taking_part(p));
        for who in was.iter().filter(|who| !is.contains(who)) {
            self.add(
                "DELETE FROM involved WHERE who = $1 AND petition = $2",
                crate::params![*who, p.id.bytes()],
            );
        }
        for who in is.iter().filter(|who| !was.contains(who)) {
            self.involved(*who, p);
        }
        let (was, is) = (taking_part_open(before), taking_part_open(p));
        if is.is_empty() && !was.is_empty() {
            self.add(
                "DELETE FROM involved_open WHERE petition = $1",
                crate::params![p.id.bytes()],
            );
        } else {
            for who in was.iter().filter(|who| !is.contains(who)) {
                self.add(
                    "DELETE FROM involved_open WHERE who = $1 AND petition = $2",
                    crate::params![*who, p.id.bytes()],
                );
            }
            for who in is.iter().filter(|who| !was.contains(who)) {
                self.involved_open(*who, p);
            }
        }
        self.entrusted(&before.entrusted, p);
        let (was, is) = (awaited(before), awaited(p));
        for (who, what) in was.iter().filter(|awaited| !is.contains(awaited)) {
            self.add(
                "DELETE FROM awaited WHERE official = $1 AND what = $2 AND petition = $3",
                crate::params![*who, *what, p.id.bytes()],
            );
        }
        for (who, what) in is.iter().filter(|awaited| !was.contains(awaited)) {
            self.awaited(*who, what, p.id);
        }
        if before.published != p.published {
            self.published(p);
        }
        Ok(())
    }

    /// 맡긴 것: who holds the petition until when, as far as it was not taken back.
    fn entrusted(&mut self, before: &[Entrusted], p: &Petition) {
        if before == p.entrusted {
            return;
        }
        self.add(
            "DELETE FROM entrusted WHERE petition = $1",
            crate::params![p.id.bytes()],
        );
        for given in p.entrusted.iter().filter(|given| !given.taken_back) {
            self.add(
                "INSERT INTO entrusted (official, petition, no, until_day) VALUES ($1, $2, $3, $4)",
                crate::params![given.to.bytes(), p.id.bytes(), given.no, given.until.to_string()],
            );
        }
    }

    fn involved(&mut self, who: [u8; 16], p: &Petition) {
        self.add(
            "INSERT INTO involved (who, petition) VALUES ($1, $2)",
            crate::params![who, p.id.bytes()],
        );
    }

    fn involved_open(&mut self, who: [u8; 16], p: &Petition) {
        self.add(
            "INSERT INTO involved_open (who, petition) VALUES ($1, $2)",
            crate::params![who, p.id.bytes()],
        );
    }

    fn awaited(&mut self, who: [u8; 16], what: &'static str, petition: PetitionId) {
        self.add(
            "INSERT INTO awaited (official, what, petition) VALUES ($1, $2, $3)",
            crate::params![who, what, petition.bytes()],
        );
    }

    /// 공개 게시판: whether the petition stands on it.
    fn published(&mut self, p: &Petition) {
        self.add(
            "DELETE FROM published WHERE petition = $1",
            crate::params![p.id.bytes()],
        );
        if let Some(published) = &p.published {
            self.add(
                "INSERT INTO published (petition, at) VALUES ($1, $2)",
                crate::params![p.id.bytes(), published.at.0],
            );
        }
    }
}

/// An opinion is awaited of a department: stands beside what is awaited of officials, under the department's identity.
const OPINION: &str = "opinion";
/// A step of a special procedure is awaited: of an official, or of whoever holds a seat, under the seat's bytes.
const STEP: &str = "step";

/// Of whom what is awaited, in order: confirmations and readings of officials, opinions of departments, steps of whoever is to take them.
fn awaited(p: &Petition) -> Vec<([u8; 16], &'static str)> {
    let officials = p
        .awaited()
        .into_iter()
        .map(|(official, what)| (official.bytes(), what.code()));
    let opinions = p.open_consults().map(|consult| (consult.unit.bytes(), OPINION));
    let steps = crate::proceeding::expected(p).into_iter().map(|who| (who, STEP));
    let mut all: Vec<_> = officials.chain(opinions).chain(steps).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Who takes part by name: officials, departments that support the lead one, the one an agent filed for, and the seats of special
/// procedures that run. In order, each once.
fn taking_part(p: &Petition) -> Vec<[u8; 16]> {
    let officials = p.involved().into_iter().map(OfficialId::bytes);
    let principal = p.intake.party.principal.map(PersonId::bytes);
    let seats = p.taking_seats().into_iter().map(Seat::bytes);
    let mut all: Vec<[u8; 16]> = (officials.chain(p.supporting().map(UnitId::bytes)))
        .chain(principal)
        .chain(seats)
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The same while there is work to do: whoever took part in a hundred thousand takes part in some dozens of these.
fn taking_part_open(p: &Petition) -> Vec<[u8; 16]> {
    if p.wants_work() {
        taking_part(p)
    } else {
        Vec::new()
    }
}

/// Which petitions a list is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// All that have not ended.
    Open,
    /// All that stand in a life.
    Life(Life),
    /// Open ones whose time is over.
    Overdue(At),
    /// Open ones of a department.
    Unit(UnitId),
    /// Those of a department that wait for a handler.
    Undesignated(UnitId),
    /// Open ones of a handler.
    Handler(OfficialId),
    /// Those waiting for a signature.
    Signer(OfficialId),
    /// Those waiting for an official's confirmation or reading.
    Awaited(OfficialId, Awaited),
    /// Open ones in which a step of a special procedure waits for an official, or for whoever holds a seat: `Seat::bytes`.
    Step([u8; 16]),
    /// Open ones that wait for a department's opinion.
    Supported(UnitId),
    /// Open ones that an official takes part in by name.
    Involving(OfficialId),
    /// Open ones in which a special procedure runs that a seat takes part in.
    Seated(Seat),
    /// Open ones that a department was asked its opinion on.
    Consulting(UnitId),
    /// Those whose department asks for redistribution.
    SentBack,
    /// Ended ones, newest first.
    Concluded,
    /// Ended ones of a department, newest first.
    ConcludedOf(UnitId),
    /// Ended ones that an official took part in by name, newest first.
    ConcludedInvolving(OfficialId),
    /// Ended ones that a department was asked its opinion on, newest first.
    ConcludedConsulting(UnitId),
    /// All of a petitioner, newest first.
    Person(PersonId),
}

/// Where a page of a list begins: behind this row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Behind {
    /// The sort key of the row: `act_by`, or `filed_at` for a petitioner's list.
    pub key: At,
    /// The row.
    pub id: PetitionId,
}

/// The same `Sight` as `Sight::admits`, as a condition on `head`; parameters go behind those given.
pub fn sight_sql(sight: &Sight, params: &mut Vec<Value>) -> String {
    if sight.all {
        return "1 = 1".to_owned();
    }
    let mut parts = Vec::new();
    let next = |params: &mut Vec<Value>, value: [u8; 16]| {
        params.push(value.into());
        format!("${}", params.len())
    };
    for unit in &sight.units {
        parts.push(format!("unit = {}", next(params, unit.bytes())));
    }
    if let Some(official) = sight.involved {
        parts.push(takes_part(&next(params, official.bytes())));
    }
    for official in &sight.handles_for {
        parts.push(format!(
            "(is_open = 1 AND handler = {})",
            next(params, official.bytes())
        ));
    }
    for official in &sight.signs_for {
        parts.push(format!("signer = {}", next(params, official.bytes())));
    }
    for unit in &sight.supports {
        parts.push(takes_part(&next(params, unit.bytes())));
    }
    for seat in &sight.seats {
        parts.push(takes_part(&next(params, seat.bytes())));
    }
    if let Some((official, day)) = sight.entrusted {
        let official = next(params, official.bytes());
        params.push(day.to_string().into());
        parts.push(format!(
            "(life <> '{}' AND id IN (SELECT petition FROM entrusted WHERE official = {official} AND until_day >= ${}))",
            Life::Concluded.code(),
            params.len()
        ));
    }
    if let Some(person) = sight.person {
        parts.push(person_sql(&next(params, person.bytes())));
    }
    if parts.is_empty() {
        "1 = 0".to_owned()
    } else {
        format!("({})", parts.join(" OR "))
    }
}

/// Filed by this person, or for them.
fn person_sql(person: &str) -> String {
    format!("(person = {person} OR {})", takes_part(person))
}

/// The same as the few it names, for a list: an OR of two tables has no index, and reads every head.
fn persons(person: &str) -> String {
    format!(
        "id IN (SELECT id FROM head WHERE person = {person} UNION SELECT petition FROM involved WHERE who = {person})"
    )
}

/// The same `Condition` as `Condition::admits`, as further conditions on `head`.
fn condition_sql(condition: &Condition, params: &mut Vec<Value>) -> String {
    let f = &condition.filter;
    let equal: [(&str, Option<Value>); 6] = [
        ("unit", f.unit.map(|unit| unit.bytes().into())),
        ("handler", f.handler.map(|handler| handler.bytes().into())),
        ("kind", f.kind.map(|kind| kind.code().into())),
        ("service", f.service.map(|service| service.as_str().into())),
        ("life", f.life.map(|life| life.code().into())),
        ("entry", f.entry.map(|entry| entry.code().into())),
    ];
    let mut sql = String::new();
    for (column, value) in equal {
        if let Some(value) = value {
            params.push(value);
            sql.push_str(&format!(" AND {column} = ${}", params.len()));
        }
    }
    if let Some((after, until)) = condition.act_by {
        params.extend([after.0.into(), until.0.into()]);
        let n = params.len();
        sql.push_str(&format!(" AND act_by > ${} AND act_by <= ${n}", n - 1));
    }
    sql
}

/// The condition of a scope, and the order its list runs in.
fn scope_sql(scope: Scope, params: &mut Vec<Value>) -> (String, Order) {
    let mut next = |value: Value| {
        params.push(value);
        format!("${}", params.len())
    };
    match scope {
        Scope::Open => ("is_open = 1".into(), Order::ByDue),
        Scope::Life(life) => (format!("life = {}", next(life.code().into())), Order::ByDue),
        Scope::Overdue(now) => (
            format!("is_open = 1 AND act_by <= {}", next(now.0.into())),
            Order::ByDue,
        ),
        Scope::Unit(unit) => (
            format!("unit = {} AND is_open = 1", next(unit.bytes().into())),
            Order::ByDue,
        ),
        Scope::Undesignated(unit) => {
            let one = next(unit.bytes().into());
            (
                format!("unit = {one} AND is_open = 1 AND life = 'distributed' AND sent_back = 0"),
                Order::ByDue,
            )
        }
        Scope::Handler(official) => {
            let one = next(official.bytes().into());
            (
                format!("handler = {one} AND handler <> {NOBODY} AND is_open = 1"),
                Order::ByDue,
            )
        }
        Scope::Signer(official) => (
            format!(
                "signer = {} AND signer <> {NOBODY}",
                next(official.bytes().into())
            ),
            Order::ByDue,
        ),
        Scope::Awaited(official, what) => (
            format!(
                "id IN (SELECT petition FROM awaited WHERE official = {} AND what = {})",
                next(official.bytes().into()),
                next(what.code().into())
            ),
            Order::ByDue,
        ),
        Scope::Step(who) => {
            let one = next(who.into());
            (
                format!(
                    "is_open = 1 AND id IN (SELECT petition FROM awaited WHERE official = {one} AND what = {})",
                    next(STEP.into())
                ),
                Order::ByDue,
            )
        }
        Scope::Seated(seat) => (open_of(next(seat.bytes().into())), Order::ByDue),
        Scope::Supported(unit) => {
            let one = next(unit.bytes().into());
            (
                format!(
                    "is_open = 1 AND id IN (SELECT petition FROM awaited WHERE official = {one} AND what = {})",
                    next(OPINION.into())
                ),
                Order::ByDue,
            )
        }
        Scope::Involving(official) => (open_of(next(official.bytes().into())), Order::ByDue),
        Scope::Consulting(unit) => (open_of(next(unit.bytes().into())), Order::ByDue),
        Scope::ConcludedInvolving(official) => (ended_of(next(official.bytes().into())), Order::NewestIn),
        Scope::ConcludedConsulting(unit) => (ended_of(next(unit.bytes().into())), Order::NewestIn),
        Scope::SentBack => ("life = 'distributed' AND sent_back = 1".into(), Order::ByDue),
        Scope::Concluded => ("is_open = 0".into(), Order::Newest),
        Scope::ConcludedOf(unit) => (
            format!("unit = {} AND is_open = 0", next(unit.bytes().into())),
            Order::Newest,
        ),
        Scope::Person(person) => (persons(&next(person.bytes().into())), Order::NewestFiled),
    }
}

/// Whoever the parameter names takes part by name: asked of one head after the other, so that a page costs what its rows cost. `IN` would
/// gather everything they ever took part in first.
fn takes_part(who: &str) -> String {
    format!("(SELECT petition FROM involved WHERE who = {who} AND petition = id) IS NOT NULL")
}

fn open_of(who: String) -> String {
    format!("is_open = 1 AND id IN (SELECT petition FROM involved_open WHERE who = {who})")
}

/// For [`Order::NewestIn`]: joined to the table of who takes part.
fn ended_of(who: String) -> String {
    format!("who = {who} AND is_open = 0")
}

/// 16 zero bytes: the partial indexes leave nobody's rows out, and the planner must see the same words. It is replaced by
/// the engine's own literal.
pub(crate) const NOBODY: &str = "{nobody}";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    ByDue,
    Newest,
    /// The same of those that somebody takes part in: what has ended is due never, so identities order it, as they do there.
    NewestIn,
    NewestFiled,
}

impl Order {
    /// Where the rows come from.
    fn tables(self) -> &'static str {
        match self {
            Order::ByDue | Order::Newest | Order::NewestFiled => "head",
            Order::NewestIn => "involved JOIN head ON id = involved.petition",
        }
    }
}

impl Place {
    /// Puts the head that the journal gives in the place of the stored one; for `verify`.
    pub async fn replace_head(&self, p: &Petition, hash: &Hash) -> Result<(), crate::batch::CommitFault> {
        let broken = |e: serde_json::Error| {
            crate::batch::CommitFault::Store(crate::engine::CommitError::Broken(e.to_string()))
        };
        let mut batch = Batch::new();
        batch.add("DELETE FROM head WHERE id = $1", crate::params![p.id.bytes()]);
        batch.add(
            "DELETE FROM involved WHERE petition = $1",
            crate::params![p.id.bytes()],
        );
        batch.add(
            "DELETE FROM awaited WHERE petition = $1",
            crate::params![p.id.bytes()],
        );
        batch.add(
            "DELETE FROM mailing WHERE petition = $1",
            crate::params![p.id.bytes()],
        );
        for sql in DERIVED {
            batch.add(sql, crate::params![p.id.bytes()]);
        }
        batch.head_whole(p, hash).map_err(broken)?;
        self.commit(batch, crate::engine::Urgency::Bulk).await
    }

    /// Whether the stored head, with every column that lists and sight go by, is what the journal gives.
    pub async fn head_holds(&self, p: &Petition, hash: &Hash) -> Result<bool, ReadError> {
        const ROW: &str = "SELECT seq, hash, life, is_open, kind, service, field, district, entry, unit, sent_back, \
            handler, signer, person, number, reception_year, reception_n, filed_at, act_by, concluded_at, received_at, \
            changed_at, state FROM head WHERE id = $1";
        const INVOLVED: &str = "SELECT who FROM involved WHERE petition = $1 ORDER BY who";
        const INVOLVED_OPEN: &str = "SELECT who FROM involved_open WHERE petition = $1 ORDER BY who";
        const AWAITED: &str =
            "SELECT official, what FROM awaited WHERE petition = $1 ORDER BY official, what";
        let id = crate::params![p.id.bytes()];
        let Some(row) = self.db.query_optional(ROW, id.clone()).await? else {
            return Ok(false);
        };
        const PUBLISHED: &str = "SELECT at FROM published WHERE petition = $1";
        let published = self
            .db
            .query_optional(PUBLISHED, crate::params![p.id.bytes()])
            .await?;
        let published = published.map(|row| row.int(0)).transpose()?;
        if published != p.published.map(|published| published.at.0) {
            return Ok(false);
        }
        let wanted = columns(p, hash).map_err(|error| ReadError::Broken(error.to_string()))?;
        let involved = self.db.query(INVOLVED, id.clone()).await?;
        let open = self.db.query(INVOLVED_OPEN, id.clone()).await?;
        let named: Vec<Value> = taking_part(p).into_iter().map(Value::from).collect();
        let named_open: Vec<Value> = taking_part_open(p).into_iter().map(Value::from).collect();
        let kept = self.db.query(AWAITED, id).await?;
        let due: Vec<Value> = (awaited(p).into_iter())
            .flat_map(|(who, what)| [who.into(), what.into()])
            .collect();
        Ok(row.0 == wanted
            && involved.into_iter().flat_map(|row| row.0).eq(named)
            && open.into_iter().flat_map(|row| row.0).eq(named_open)
            && kept.into_iter().flat_map(|row| row.0).eq(due))
    }

    /// Heads of petitions that have no journal: nobody ever filed them.
    pub async fn heads_without_journal(&self) -> Result<Vec<PetitionId>, ReadError> {
        const SQL: &str = "SELECT id FROM head WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.petition = head.id) ORDER BY id";
        let rows = self.db.query(SQL, Vec::new()).await?;
        rows.iter()
            .map(|row| Ok(PetitionId(uuid::Uuid::from_bytes(row.id16(0)?))))
            .collect()
    }

    /// Takes away a head that no journal gives.
    pub async fn drop_head(&self, id: PetitionId) -> Result<(), crate::batch::CommitFault> {
        let mut batch = Batch::new();
        batch.add("DELETE FROM head WHERE id = $1", crate::params![id.bytes()]);
        batch.add(
            "DELETE FROM involved WHERE petition = $1",
            crate::params![id.bytes()],
        );
        batch.add(
            "DELETE FROM awaited WHERE petition = $1",
            crate::params![id.bytes()],
        );
        batch.add(
            "DELETE FROM published WHERE petition = $1",
            crate::params![id.bytes()],
        );
        for sql in DERIVED {
            batch.add(sql, crate::params![id.bytes()]);
        }
        self.commit(batch, crate::engine::Urgency::Bulk).await
    }

    /// A petition as it stands, with the link its next event must follow.
    pub async fn head(&self, id: PetitionId) -> Result<Option<Head>, ReadError> {
        let row = self
            .db
            .query_optional(
                "SELECT state, hash FROM head WHERE id = $1",
                crate::params![id.bytes()],
            )
            .await?;
        row.map(|row| {
            Ok(Head {
                petition: petition(&row, 0)?,
                hash: row.hash32(1)?,
            })
        })
        .transpose()
    }

    /// Petitions by identity, in no order; unknown ones are left out.
    pub async fn petitions(&self, ids: &[PetitionId], sight: &Sight) -> Result<Vec<Petition>, ReadError> {
        let mut found = Vec::with_capacity(ids.len());
        for chunk in ids.chunks(256) {
            let mut params: Vec<Value> = chunk.iter().map(|id| id.bytes().into()).collect();
            let size = params.len().next_power_of_two();
            params.resize(size, chunk[0].bytes().into());
            let places: Vec<String> = (1..=size).map(|n| format!("${n}")).collect();
            let seen = sight_sql(sight, &mut params);
            let sql = format!(
                "SELECT state FROM head WHERE id IN ({}) AND {seen}",
                places.join(", ")
            );
            for row in self.db.query_text(sql, params).await? {
                found.push(petition(&row, 0)?);
            }
        }
        Ok(found)
    }

    /// The petition with this 신청번호.
    pub async fn by_filing_number(&self, number: FilingNumber) -> Result<Option<Petition>, ReadError> {
        const SQL: &str = "SELECT state FROM head WHERE number = $1";
        let row = self
            .db
            .query_optional(SQL, crate::params![number.to_string()])
            .await?;
        row.map(|row| petition(&row, 0)).transpose()
    }

    /// How many petitions were filed in a year, by the Korean calendar.
    pub async fn filed_in(&self, year: i16) -> Result<u64, ReadError> {
        const SQL: &str = "SELECT count(*) FROM head WHERE filed_at >= $1 AND filed_at < $2";
        let begin =
            |year| At::seoul(jiff::civil::date(year, 1, 1).to_datetime(jiff::civil::Time::midnight())).0;
        let row = self
            .db
            .query_one(SQL, crate::params![begin(year), begin(year + 1)])
            .await?;
        Ok(row.int(0)?.unsigned_abs())
    }

    /// The petition with this 접수번호.
    pub async fn by_reception_number(&self, number: ReceptionNumber) -> Result<Option<Petition>, ReadError> {
        if number.register != Register::Petitions {
            return Ok(None);
        }
        const SQL: &str =
            "SELECT state FROM head WHERE reception_year = $1 AND reception_n = $2 AND reception_n > 0";
        let row = self
            .db
            .query_optional(SQL, crate::params![number.year, number.n])
            .await?;
        row.map(|row| petition(&row, 0)).transpose()
    }

    /// One page of a list: what `scope` names and `sight` admits, behind `behind`, at most `limit`.
    pub async fn list(
        &self,
        scope: Scope,
        sight: &Sight,
        behind: Option<Behind>,
        limit: u32,
    ) -> Result<Vec<Petition>, ReadError> {
        self.list_where(scope, sight, &Condition::default(), behind, limit)
            .await
    }

    /// The same, of those only that the condition admits.
    pub async fn list_where(
        &self,
        scope: Scope,
        sight: &Sight,
        condition: &Condition,
        behind: Option<Behind>,
        limit: u32,
    ) -> Result<Vec<Petition>, ReadError> {
        let mut params = Vec::new();
        let (wanted, order) = scope_sql(scope, &mut params);
        let seen = sight_sql(sight, &mut params);
        let narrowed = condition_sql(condition, &mut params);
        let tables = order.tables();
        let mut sql = format!("SELECT state FROM {tables} WHERE {wanted} AND {seen}{narrowed}");
        let (key, sign, way) = match order {
            Order::ByDue => (Some("act_by"), ">", "ASC"),
            Order::Newest => (Some("act_by"), "<", "DESC"),
            Order::NewestIn => (None, "<", "DESC"),
            Order::NewestFiled => (Some("filed_at"), "<", "DESC"),
        };
        if let Some(Behind { key: at, id }) = behind {
            params.push(id.bytes().into());
            let n = params.len();
            match key {
                Some(key) => {
                    params.push(at.0.into());
                    sql.push_str(&format!(" AND ({key}, id) {sign} (${}, ${n})", n + 1));
                }
                None => sql.push_str(&format!(" AND involved.petition {sign} ${n}")),
            }
        }
        params.push(limit.into());
        let by = match key {
            Some(key) => format!("{key} {way}, id {way}"),
            None => format!("involved.petition {way}"),
        };
        sql.push_str(&format!(" ORDER BY {by} LIMIT ${}", params.len()));
        let rows = self.db.query_text(self.literal(sql), params).await?;
        rows.iter().map(|row| petition(row, 0)).collect()
    }

    /// Open petitions in the order of their due dates, each with the link its next event must follow; for duties that act on all.
    pub async fn open_heads(&self, behind: Option<Behind>, limit: u32) -> Result<Vec<Head>, ReadError> {
        const SQL: &str = "SELECT state, hash FROM head WHERE is_open = 1 AND (act_by, id) > ($1, $2) \
                           ORDER BY act_by, id LIMIT $3";
        let (at, id) = behind.map_or((i64::MIN, NONE), |b| (b.key.0, b.id.bytes()));
        let rows = self.db.query(SQL, crate::params![at, id, limit]).await?;
        rows.iter()
            .map(|row| {
                Ok(Head {
                    petition: petition(row, 0)?,
                    hash: row.hash32(1)?,
                })
            })
            .collect()
    }

    /// 공개 게시판: petitions that were published, newest first, behind `behind`, at most `limit`.
    pub async fn published(&self, behind: Option<Behind>, limit: u32) -> Result<Vec<Petition>, ReadError> {
        const SQL: &str = "SELECT state FROM published JOIN head ON id = petition \
                           WHERE (at, petition) < ($1, $2) ORDER BY at DESC, petition DESC LIMIT $3";
        let (at, id) = behind.map_or((At::NEVER, [0xFF; 16]), |b| (b.key, b.id.bytes()));
        let rows = self.db.query(SQL, crate::params![at.0, id, limit]).await?;
        rows.iter().map(|row| petition(row, 0)).collect()
    }

    /// How many petitions the lists hold together, each counted once, no further than `most`.
    pub async fn count(&self, scopes: &[Scope], sight: &Sight, most: u32) -> Result<u32, ReadError> {
        self.count_where(scopes, sight, &Condition::default(), most).await
    }

    /// The same, of those only that the condition admits.
    pub async fn count_where(
        &self,
        scopes: &[Scope],
        sight: &Sight,
        condition: &Condition,
        most: u32,
    ) -> Result<u32, ReadError> {
        if scopes.is_empty() {
            return Ok(0);
        }
        let mut params = Vec::new();
        let seen = sight_sql(sight, &mut params) + &condition_sql(condition, &mut params);
        params.push(most.into());
        let n = params.len();
        let parts: Vec<String> = (scopes.iter())
            .map(|scope| {
                let (wanted, order) = scope_sql(*scope, &mut params);
                let tables = order.tables();
                format!(
                    "SELECT id FROM (SELECT id FROM {tables} WHERE {wanted} AND {seen} LIMIT ${n}) AS part"
                )
            })
            .collect();
        let sql = format!("SELECT count(*) FROM ({}) AS together", parts.join(" UNION "));
        let rows = self.db.query_text(self.literal(sql), params).await?;
        let counted = rows.first().map_or(Ok(0), |row| row.int(0))?;
        Ok(u32::try_from(counted).unwrap_or(most).min(most))
    }

    /// The engine's own way to write 16 zero bytes.
    pub(crate) fn literal(&self, sql: String) -> String {
        // SQLite and PostgreSQL write bytes differently, and a parameter would hide the partial index from the planner.
        sql.replace(
            NOBODY,
            match self.db.dialect() {
                crate::engine::Dialect::Sqlite => "x'00000000000000000000000000000000'",
                crate::engine::Dialect::Postgres => "'\\x00000000000000000000000000000000'::bytea",
            },
        )
    }
}

pub(crate) fn petition(row: &Row, at: usize) -> Result<Petition, ReadError> {
    serde_json::from_str(row.text(at)?)
        .map_err(|error| ReadError::Broken(format!("a head cannot be read: {error}")))
}
