//! 사람과 조직의 변화 — versions of units and who succeeds them, terms of officials and seats, absences, hand-overs, and who
//! changed what.

use crate::batch::{Batch, Purpose};
use crate::engine::{Ask, ReadError, Row, Write};
use crate::head::NONE;
use crate::journal::{by_of, by_parts};
use crate::office::{FOREVER, Person, Post, Unit, last, read};
use crate::place::Place;
use crate::seats::SeatChange;
use domain::absence::Absence;
use domain::handover::{Handover, Item, Receipt, State};
use domain::id::{AbsenceId, HandoverId, OfficialId, PetitionId, UnitId};
use domain::terms::By;
use domain::time::At;
use jiff::civil::Date;
use std::str::FromStr;

/// Something valid from a day to a day; `to` is its last day, `None` for no end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term<T> {
    /// What.
    pub what: T,
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub to: Option<Date>,
}

impl<T> Term<T> {
    /// Whether it is valid on `day`.
    pub fn holds(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// A change of the office, as its history keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// When.
    pub at: At,
    /// By whom.
    pub by: By,
    /// From where: 4 or 16 bytes, empty for commands and duties.
    pub origin: Vec<u8>,
    /// What was done, as a code.
    pub what: String,
    /// To which unit, official, absence or hand-over.
    pub subject: [u8; 16],
    /// How it stands since, as JSON.
    pub body: String,
}

/// An absence with its history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// The absence.
    pub absence: Absence,
    /// When it was cancelled, if it was.
    pub cancelled_at: Option<At>,
}

fn official(row: &Row, at: usize) -> Result<OfficialId, ReadError> {
    Ok(OfficialId(uuid::Uuid::from_bytes(row.id16(at)?)))
}

fn nobody(official: Option<OfficialId>) -> [u8; 16] {
    official.map_or(NONE, OfficialId::bytes)
}

fn somebody(row: &Row, at: usize) -> Result<Option<OfficialId>, ReadError> {
    Ok(Some(official(row, at)?).filter(|id| id.bytes() != NONE))
}

fn code<T: FromStr>(text: &str) -> Result<T, ReadError> {
    (text.parse()).map_err(|_| ReadError::Broken(format!("`{text}` is no code of ours")))
}

fn day(text: &str) -> Result<Date, ReadError> {
    (text.parse()).map_err(|_| ReadError::Broken(format!("`{text}` is no day")))
}

fn term<T>(what: T, row: &Row, at: usize) -> Result<Term<T>, ReadError> {
    let (from, to) = (row.text(at)?, row.text(at + 1)?);
    Ok(Term {
        what,
        from: day(from)?,
        to: if to == FOREVER { None } else { Some(day(to)?) },
    })
}

/// Absences that end after `$1` and stand.
pub(crate) const ABSENCES: &str = "SELECT id, official, kind, from_at, to_at, stand_in, deputy, cancelled_at FROM absence \
     WHERE to_at > $1 AND cancelled_at = 9223372036854775807 ORDER BY from_at, id";

pub(crate) fn absence(row: &Row) -> Result<Absence, ReadError> {
    Ok(Absence {
        id: AbsenceId(uuid::Uuid::from_bytes(row.id16(0)?)),
        official: official(row, 1)?,
        kind: code(row.text(2)?)?,
        from: At(row.int(3)?),
        to: At(row.int(4)?),
        stand_in: somebody(row, 5)?,
        deputy: somebody(row, 6)?,
    })
}

fn handover(row: &Row) -> Result<Handover, ReadError> {
    Ok(Handover {
        id: HandoverId(uuid::Uuid::from_bytes(row.id16(0)?)),
        giver: official(row, 1)?,
        made_by: official(row, 2)?,
        made_at: At(row.int(3)?),
        state: code(row.text(4)?)?,
        done_at: At(row.int(5)?),
        witness: official(row, 6)?,
        note: match row.text(7)? {
            "" => None,
            note => Some(read(note)?),
        },
    })
}

fn item(row: &Row) -> Result<Item, ReadError> {
    let refusal = row.text(4)?;
    Ok(Item {
        petition: PetitionId(uuid::Uuid::from_bytes(row.id16(0)?)),
        part: code(row.text(1)?)?,
        receiver: official(row, 2)?,
        state: code(row.text(3)?)?,
        refusal: if refusal.is_empty() {
            None
        } else {
            Some(code(refusal)?)
        },
    })
}

impl Batch {
    /// The last day of a version of a unit.
    pub fn unit_ends(&mut self, unit: UnitId, from: Date, last_day: Date) {
        let write = Write::new(
            "UPDATE unit SET valid_to = $1 WHERE id = $2 AND valid_from = $3",
            crate::params![last_day.to_string(), unit.bytes(), from.to_string()],
        );
        self.push(Purpose::Race, write.rows(1));
    }

    /// Who succeeds a unit from `day` on, the one that takes what is assigned to none first; in the place of what was said
    /// before.
    pub fn succession(&mut self, unit: UnitId, successors: &[UnitId], day: Date) {
        self.add(
            "DELETE FROM succession WHERE unit = $1",
            crate::params![unit.bytes()],
        );
        for (nth, successor) in (0_u32..).zip(successors) {
            self.add(
                "INSERT INTO succession (unit, nth, successor, from_day) VALUES ($1, $2, $3, $4)",
                crate::params![unit.bytes(), nth, successor.bytes(), day.to_string()],
            );
        }
    }

    /// Name, title and contact of an official; the password stays.
    pub fn official_changed(&mut self, person: &Person) -> Result<(), serde_json::Error> {
        let write = Write::new(
            "UPDATE official SET body = $1 WHERE id = $2",
            crate::params![serde_json::to_string(person)?, person.id.bytes()],
        );
        self.push(Purpose::Race, write.rows(1));
        Ok(())
    }

    /// The last day of an official.
    pub fn official_ends(&mut self, official: OfficialId, last_day: Option<Date>) {
        let write = Write::new(
            "UPDATE official SET valid_to = $1 WHERE id = $2",
            crate::params![last(last_day), official.bytes()],
        );
        self.push(Purpose::Race, write.rows(1));
    }

    /// The last day of a seat.
    pub fn post_ends(&mut self, post: Post, from: Date, last_day: Date) {
        self.seat(SeatChange::of(false, post, from, Some(last_day)));
        let write = Write::new(
            "UPDATE post SET valid_to = $1 WHERE official = $2 AND unit = $3 AND seat = $4 AND valid_from = $5",
            crate::params![
                last_day.to_string(),
                post.official.bytes(),
                post.unit.bytes(),
                post.seat.code(),
                from.to_string()
            ],
        );
        self.push(Purpose::Race, write.rows(1));
    }

    /// An absence, new or changed.
    pub fn absence(&mut self, absence: &Absence, by: OfficialId, now: At) {
        self.add(
            "INSERT INTO absence (id, official, kind, from_at, to_at, stand_in, deputy, made_by, made_at, cancelled_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, \
             from_at = excluded.from_at, to_at = excluded.to_at, stand_in = excluded.stand_in, deputy = excluded.deputy",
            crate::params![
                absence.id.bytes(),
                absence.official.bytes(),
                absence.kind.code(),
                absence.from.0,
                absence.to.0,
                nobody(absence.stand_in),
                nobody(absence.deputy),
                by.bytes(),
                now.0,
                At::NEVER.0
            ],
        );
    }

    /// Cancels an absence that stands.
    pub fn absence_cancelled(&mut self, id: AbsenceId, now: At) {
        let write = Write::new(
            "UPDATE absence SET cancelled_at = $1 WHERE id = $2 AND cancelled_at = $3",
            crate::params![now.0, id.bytes(), At::NEVER.0],
        );
        self.push(Purpose::Race, write.rows(1));
    }

    /// Writes a change into the history; `id` is a fresh identity, ordered by time.
    pub fn change(&mut self, id: uuid::Uuid, change: &Change) {
        let (kind, who) = by_parts(change.by);
        self.add(
            "INSERT INTO office_change (id, at, by_kind, by_id, origin, what, subject, body) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            crate::params![
                *id.as_bytes(),
                change.at.0,
                kind,
                who,
                change.origin.clone(),
                &change.what,
                change.subject,
                &change.body
            ],
        );
    }

    /// A hand-over with its petitions, and one receipt awaited of each receiver.
    pub fn handover(&mut self, handover: &Handover, items: &[Item]) -> Result<(), serde_json::Error> {
        self.add(
            "INSERT INTO handover (id, giver, made_by, made_at, state, done_at, witness, note) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            crate::params![
                handover.id.bytes(),
                handover.giver.bytes(),
                handover.made_by.bytes(),
                handover.made_at.0,
                handover.state.code(),
                handover.done_at.0,
                handover.witness.bytes(),
                handover
                    .note
                    .as_ref()
                    .map(serde_json::to_string)
                    .transpose()?
                    .unwrap_or_default()
            ],
        );
        for item in items {
            self.add(
                "INSERT INTO handover_item (handover, petition, what, receiver, state, refusal, done_at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
                crate::params![
                    handover.id.bytes(),
                    item.petition.bytes(),
                    item.part.code(),
                    item.receiver.bytes(),
                    item.state.code(),
                    "",
                    At::NEVER.0
                ],
            );
        }
        let mut receivers: Vec<OfficialId> = items.iter().map(|item| item.receiver).collect();
        receivers.sort_unstable();
        receivers.dedup();
        for receiver in receivers {
            self.add(
                "INSERT INTO handover_receipt (handover, receiver, confirmed_at, manuals) VALUES ($1, $2, $3, $4)",
                crate::params![handover.id.bytes(), receiver.bytes(), At::NEVER.0, false],
            );
        }
        Ok(())
    }

    /// One petition of a hand-over has gone, or could not.
    pub fn handover_item(&mut self, handover: HandoverId, item: &Item, now: At) {
        self.add(
            "UPDATE handover_item SET state = $1, refusal = $2, done_at = $3 WHERE handover = $4 AND petition = $5 AND what = $6",
            crate::params![
                item.state.code(),
                item.refusal.map_or("", |refusal| refusal.code()),
                now.0,
                handover.bytes(),
                item.petition.bytes(),
                item.part.code()
            ],
        );
    }

    /// Moves a hand-over on from the state it is known to be in.
    pub fn handover_state(&mut self, id: HandoverId, from: State, to: State, done_at: At) {
        let write = Write::new(
            "UPDATE handover SET state = $1, done_at = $2 WHERE id = $3 AND state = $4",
            crate::params![to.code(), done_at.0, id.bytes(), from.code()],
        );
        self.push(Purpose::Race, write.rows(1));
    }

    /// 인수 확인; a second one of the same receiver is a race.
    pub fn handover_receipt(&mut self, id: HandoverId, receiver: OfficialId, now: At, manuals: bool) {
        let write = Write::new(
            "UPDATE handover_receipt SET confirmed_at = $1, manuals = $2 \
             WHERE handover = $3 AND receiver = $4 AND confirmed_at = $5",
            crate::params![now.0, manuals, id.bytes(), receiver.bytes(), At::NEVER.0],
        );
        self.push(Purpose::Race, write.rows(1));
    }
}

impl Place {
    /// Every version of every unit, by code and day.
    pub async fn unit_versions(&self) -> Result<Vec<Term<Unit>>, ReadError> {
        const SQL: &str = "SELECT body, valid_from, valid_to FROM unit ORDER BY code, valid_from";
        let rows = self.db.query(SQL, Vec::new()).await?;
        (rows.iter())
            .map(|row| term(read(row.text(0)?)?, row, 1))
            .collect()
    }

    /// Every official there ever was, by log-in name.
    pub async fn official_terms(&self) -> Result<Vec<Term<Person>>, ReadError> {
        const SQL: &str = "SELECT body, valid_from, valid_to FROM official ORDER BY login";
        let rows = self.db.query(SQL, Vec::new()).await?;
        (rows.iter())
            .map(|row| term(read(row.text(0)?)?, row, 1))
            .collect()
    }

    /// Every seat anybody ever held.
    pub async fn post_terms(&self) -> Result<Vec<Term<Post>>, ReadError> {
        const SQL: &str = "SELECT official, unit, seat, valid_from, valid_to FROM post \
                           ORDER BY official, valid_from, unit, seat";
        let rows = self.db.query(SQL, Vec::new()).await?;
        (rows.iter())
            .map(|row| {
                let post = Post {
                    official: official(row, 0)?,
                    unit: UnitId(uuid::Uuid::from_bytes(row.id16(1)?)),
                    seat: code(row.text(2)?)?,
                };
                term(post, row, 3)
            })
            .collect()
    }

    /// Who succeeds which unit from which day, also from days to come.
    pub async fn successions(&self) -> Result<Vec<(UnitId, UnitId, Date)>, ReadError> {
        const SQL: &str = "SELECT unit, successor, from_day FROM succession ORDER BY unit, nth";
        let rows = self.db.query(SQL, Vec::new()).await?;
        (rows.iter())
            .map(|row| {
                let unit = |at| Ok::<_, ReadError>(UnitId(uuid::Uuid::from_bytes(row.id16(at)?)));
                Ok((unit(0)?, unit(1)?, day(row.text(2)?)?))
            })
            .collect()
    }

    /// Absences that end after `after`, cancelled ones too, in the order they begin.
    pub async fn absences(&self, after: At) -> Result<Vec<Kept>, ReadError> {
        const SQL: &str = "SELECT id, official, kind, from_at, to_at, stand_in, deputy, cancelled_at FROM absence \
                           WHERE to_at > $1 ORDER BY from_at, id";
        let rows = self.db.query(SQL, crate::params![after.0]).await?;
        (rows.iter())
            .map(|row| {
                Ok(Kept {
                    absence: absence(row)?,
                    cancelled_at: Some(At(row.int(7)?)).filter(|at| *at != At::NEVER),
                })
            })
            .collect()
    }

    /// The last `limit` changes of the office but for seats, newest first.
    pub async fn changes(&self, limit: u32) -> Result<Vec<Change>, ReadError> {
        const SQL: &str = "SELECT at, by_kind, by_id, origin, what, subject, body FROM office_change \
                           WHERE what NOT IN ('seat_given', 'seat_ended') ORDER BY at DESC, id DESC LIMIT $1";
        let rows = self.db.query(SQL, crate::params![limit]).await?;
        (rows.iter())
            .map(|row| {
                Ok(Change {
                    at: At(row.int(0)?),
                    by: by_of(row.text(1)?, row.id16(2)?)?,
                    origin: row.bytes(3)?.to_vec(),
                    what: row.text(4)?.to_owned(),
                    subject: row.id16(5)?,
                    body: row.text(6)?.to_owned(),
                })
            })
            .collect()
    }

    /// A hand-over.
    pub async fn handover(&self, id: HandoverId) -> Result<Option<Handover>, ReadError> {
        const SQL: &str =
            "SELECT id, giver, made_by, made_at, state, done_at, witness, note FROM handover WHERE id = $1";
        let row = self.db.query_optional(SQL, crate::params![id.bytes()]).await?;
        row.map(|row| handover(&row)).transpose()
    }

    /// The last `limit` hand-overs, newest first.
    pub async fn handovers(&self, limit: u32) -> Result<Vec<Handover>, ReadError> {
        const SQL: &str = "SELECT id, giver, made_by, made_at, state, done_at, witness, note FROM handover \
                           ORDER BY made_at DESC, id DESC LIMIT $1";
        let rows = self.db.query(SQL, crate::params![limit]).await?;
        rows.iter().map(handover).collect()
    }

    /// Hand-overs whose acts are not all done, oldest first.
    pub async fn handovers_running(&self) -> Result<Vec<Handover>, ReadError> {
        const SQL: &str = "SELECT id, giver, made_by, made_at, state, done_at, witness, note FROM handover \
                           WHERE state = 'running' ORDER BY made_at, id";
        let rows = self.db.query(SQL, Vec::new()).await?;
        rows.iter().map(handover).collect()
    }

    /// The petitions of a hand-over.
    pub async fn handover_items(&self, id: HandoverId) -> Result<Vec<Item>, ReadError> {
        const SQL: &str = "SELECT petition, what, receiver, state, refusal FROM handover_item \
                           WHERE handover = $1 ORDER BY what, petition";
        let rows = self.db.query(SQL, crate::params![id.bytes()]).await?;
        rows.iter().map(item).collect()
    }

    /// Who has to confirm a hand-over, and who has.
    pub async fn handover_receipts(&self, id: HandoverId) -> Result<Vec<Receipt>, ReadError> {
        const SQL: &str = "SELECT receiver, confirmed_at, manuals FROM handover_receipt \
                           WHERE handover = $1 ORDER BY receiver";
        let rows = self.db.query(SQL, crate::params![id.bytes()]).await?;
        (rows.iter())
            .map(|row| {
                Ok(Receipt {
                    receiver: official(row, 0)?,
                    confirmed_at: Some(At(row.int(1)?)).filter(|at| *at != At::NEVER),
                    manuals: row.int(2)? != 0,
                })
            })
            .collect()
    }
}
