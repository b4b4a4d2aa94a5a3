//! 기록 — the append-only journal: numbered and hash-chained per petition.

use crate::batch::{Batch, Purpose};
use crate::engine::{Ask, ReadError, Row, Write};
use crate::place::Place;
use domain::event::{Event, Recorded, VERSION};
use domain::id::{MachineId, OfficialId, PersonId, PetitionId};
use domain::tally::Delta;
use domain::terms::By;
use domain::time::At;

/// A link of the chain: SHA-256 over the link before and everything the event says.
pub type Hash = [u8; 32];

/// What stands before the first event.
pub const BEGINNING: Hash = [0; 32];

/// An event as it lies in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The event.
    pub recorded: Recorded,
    /// The stored body, byte for byte: what the chain covers.
    pub body: String,
    /// Its link.
    pub hash: Hash,
}

pub(crate) fn by_parts(by: By) -> (&'static str, [u8; 16]) {
    match by {
        By::Citizen(person) => ("citizen", person.bytes()),
        By::Official(official) => ("official", official.bytes()),
        By::Machine(machine) => ("machine", machine.bytes()),
        By::System => ("system", [0; 16]),
    }
}

pub(crate) fn by_of(kind: &str, id: [u8; 16]) -> Result<By, ReadError> {
    let id = uuid::Uuid::from_bytes(id);
    match kind {
        "citizen" => Ok(By::Citizen(PersonId(id))),
        "official" => Ok(By::Official(OfficialId(id))),
        "machine" => Ok(By::Machine(MachineId(id))),
        "system" => Ok(By::System),
        other => Err(ReadError::Broken(format!("nobody acts as {other}"))),
    }
}

/// The link of an event with this stored body, after `previous`.
pub fn link(previous: &Hash, recorded: &Recorded, v: u32, body: &str) -> Hash {
    let (by_kind, by_id) = by_parts(recorded.by);
    let (happened_at, ground) = happened_parts(recorded);
    let (petition, absent) = (recorded.petition.bytes(), absent_part(recorded));
    let (seq, v) = (recorded.seq.to_be_bytes(), v.to_be_bytes());
    let (recorded_at, happened_at) = (recorded.recorded_at.0.to_be_bytes(), happened_at.to_be_bytes());
    let mut fields: Vec<&[u8]> = vec![
        &petition,
        &seq,
        &v,
        by_kind.as_bytes(),
        &by_id,
        &recorded_at,
        &happened_at,
        ground.as_bytes(),
        body.as_bytes(),
    ];
    // Only where somebody stood in: the links of events without are as they always were.
    if recorded.instead_of.is_some() {
        fields.push(&absent);
    }
    crypto::hash::chain(previous, "minwon event", &fields)
}

fn happened_parts(recorded: &Recorded) -> (i64, &'static str) {
    recorded
        .happened
        .map_or((recorded.recorded_at.0, ""), |(at, ground)| (at.0, ground.code()))
}

fn absent_part(recorded: &Recorded) -> [u8; 16] {
    recorded.instead_of.map_or([0; 16], OfficialId::bytes)
}

impl Batch {
    /// Appends an event after `previous`, queues it for the sealer with the numbers it changes, and gives its link.
    pub fn event(
        &mut self,
        recorded: &Recorded,
        previous: &Hash,
        deltas: &[Delta],
    ) -> Result<Hash, serde_json::Error> {
        let body = serde_json::to_string(&recorded.event)?;
        let hash = link(previous, recorded, VERSION, &body);
        let (by_kind, by_id) = by_parts(recorded.by);
        let (happened_at, ground) = happened_parts(recorded);
        let write = Write::new(
            "INSERT INTO event (petition, seq, v, name, by_kind, by_id, recorded_at, happened_at, happened_ground, body, hash, \
             instead_of) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            crate::params![
                recorded.petition.bytes(),
                recorded.seq,
                VERSION,
                recorded.event.name(),
                by_kind,
                by_id,
                recorded.recorded_at.0,
                happened_at,
                ground,
                body,
                hash,
                absent_part(recorded)
            ],
        );
        self.push(Purpose::Race, write);
        self.issued(recorded);
        for file in recorded.event.attached() {
            self.file_came(recorded.petition, &file, recorded.recorded_at);
            self.lies_apart(file.content.id);
        }
        self.add(
            "INSERT INTO unsealed (recorded_at, petition, seq, deltas) VALUES ($1, $2, $3, $4)",
            crate::params![
                recorded.recorded_at.0,
                recorded.petition.bytes(),
                recorded.seq,
                serde_json::to_string(deltas)?
            ],
        );
        Ok(hash)
    }
}

pub(crate) const COLUMNS: &str =
    "petition, seq, v, by_kind, by_id, recorded_at, happened_at, happened_ground, body, hash, instead_of";

pub(crate) fn entry(row: &Row) -> Result<Entry, ReadError> {
    let broken = |what: &str| ReadError::Broken(format!("an event cannot be read: {what}"));
    if row.int(2)? != i64::from(VERSION) {
        return Err(broken("written by a newer program"));
    }
    let body = row.text(8)?.to_owned();
    let event: Event = serde_json::from_str(&body).map_err(|error| broken(&error.to_string()))?;
    let ground = row.text(7)?;
    let happened = if ground.is_empty() {
        None
    } else {
        Some((
            At(row.int(6)?),
            ground.parse().map_err(|_| broken("ground unknown"))?,
        ))
    };
    Ok(Entry {
        recorded: Recorded {
            petition: PetitionId(uuid::Uuid::from_bytes(row.id16(0)?)),
            seq: u32::try_from(row.int(1)?).map_err(|_| broken("number"))?,
            by: by_of(row.text(3)?, row.id16(4)?)?,
            recorded_at: At(row.int(5)?),
            instead_of: Some(row.id16(10)?)
                .filter(|absent| *absent != [0; 16])
                .map(|absent| OfficialId(uuid::Uuid::from_bytes(absent))),
            happened,
            event,
        },
        body,
        hash: row.hash32(9)?,
    })
}

impl Place {
    /// The journal of one petition, oldest first; empty when there is none.
    pub async fn journal(&self, petition: PetitionId) -> Result<Vec<Entry>, ReadError> {
        const SQL: &str = "SELECT petition, seq, v, by_kind, by_id, recorded_at, happened_at, happened_ground, body, hash, \
                           instead_of FROM event WHERE petition = $1 ORDER BY seq";
        self.db
            .query(SQL, crate::params![petition.bytes()])
            .await?
            .iter()
            .map(entry)
            .collect()
    }

    /// The journals of at most `petitions` petitions after `after`, each whole, or why it cannot be read; for verification.
    /// It asks the journal itself and not the heads: those are derived, and may be what is missing.
    pub async fn journals_after(
        &self,
        after: Option<PetitionId>,
        petitions: u32,
    ) -> Result<Vec<(PetitionId, Result<Vec<Entry>, ReadError>)>, ReadError> {
        let after = after.map_or([0; 16], PetitionId::bytes);
        let sql = format!(
            "SELECT {COLUMNS} FROM event WHERE petition IN \
             (SELECT DISTINCT petition FROM event WHERE petition > $1 ORDER BY petition LIMIT $2) ORDER BY petition, seq"
        );
        let mut journals: Vec<(PetitionId, Result<Vec<Entry>, ReadError>)> = Vec::new();
        for row in self.db.query_text(sql, crate::params![after, petitions]).await? {
            let petition = PetitionId(uuid::Uuid::from_bytes(row.id16(0)?));
            if journals.last().is_none_or(|(last, _)| *last != petition) {
                journals.push((petition, Ok(Vec::new())));
            }
            let Some((_, journal)) = journals.last_mut() else {
                continue;
            };
            match (entry(&row), journal.as_mut()) {
                (Ok(entry), Ok(entries)) => entries.push(entry),
                (Err(error), Ok(_)) => *journal = Err(error),
                (_, Err(_)) => {}
            }
        }
        Ok(journals)
    }

    /// How many events say without a ground that they happened at another time than they were recorded: no act of ours
    /// writes that, and the chain does not cover the column then.
    pub async fn unfounded_times(&self) -> Result<u64, ReadError> {
        const SQL: &str =
            "SELECT count(*) FROM event WHERE happened_ground = '' AND happened_at <> recorded_at";
        Ok(self.db.query_one(SQL, Vec::new()).await?.int(0)?.unsigned_abs())
    }
}
