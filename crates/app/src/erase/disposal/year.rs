//! 폐기의 한 해 — what the system does by itself: it proposes what a year ends, and carries out what boards decided.

use super::LIST;
use crate::act::Call;
use crate::erase::{Doomed, Ground, concluded};
use crate::{App, TRIES, Trouble};
use domain::access::Who;
use domain::id::{PetitionId, UnitId};
use domain::petition::Petition;
use domain::retention::disposal::{Disposal, Fate};
use domain::retention::{DestructionKind, Facts, May, may};
use domain::time::At;
use jiff::civil::{Date, Time, date};
use std::collections::BTreeMap;
use store::batch::{Batch, CommitFault};
use store::engine::Urgency;

/// Petitions looked at in one read.
const PIECE: u32 = 500;
/// The last year whose proposals were made in this room.
const PROPOSED: &str = "disposal_proposed";

fn midnight(day: Date) -> At {
    At::seoul(day.to_datetime(Time::midnight()))
}

impl App {
    /// Proposes what the year ends, once: the day has come, and each department gets its lists. Gives how many lists there are now
    /// that were not there before. Interrupted, it goes on where it stopped.
    pub async fn propose_disposals(&self) -> Result<u64, Trouble> {
        let office = self.office();
        let (today, keeping) = (office.day, &office.settings.keeping);
        let year = today.year();
        if keeping.proposes_on(year).is_none_or(|day| today < day) {
            return Ok(0);
        }
        let last: Option<i16> = (self.here.setting(PROPOSED).await?).and_then(|year| year.parse().ok());
        if last.is_some_and(|last| last >= year) {
            return Ok(0);
        }
        self.take_out_ended(today).await?;
        // Nothing is kept for less than a year, counted from the January behind its end.
        let before = midnight(date(year - 1, 1, 1));
        let mut all: BTreeMap<UnitId, Vec<PetitionId>> = BTreeMap::new();
        let mut after = None;
        loop {
            let piece = (self.here)
                .disposable((before, year, today), after, PIECE)
                .await?;
            after = piece.last().map(|(petition, _)| petition.id);
            let full = piece.len() == PIECE as usize;
            for (petition, anew) in piece {
                let facts = Facts {
                    concluded: concluded(&petition),
                    term: anew.unwrap_or_else(|| keeping.terms.of(&petition.service.0)),
                    held: false,
                };
                let waits = petition.objection.as_ref().is_some_and(|one| one.is_open())
                    || petition.further.as_ref().is_some_and(|one| one.is_open());
                if may(&facts, today) == May::Destroy
                    && !waits
                    && let Some(unit) = self.keeps_records(&petition)
                {
                    all.entry(unit).or_default().push(petition.id);
                }
            }
            if !full {
                break;
            }
        }
        let mut made = 0;
        for (unit, petitions) in all {
            let mut part = self.here.disposal_parts(year, unit).await?;
            for chunk in petitions.chunks(LIST) {
                part += 1;
                self.propose(year, unit, part, chunk).await?;
                made += 1;
            }
        }
        let mut batch = Batch::new();
        batch.setting(PROPOSED, &year.to_string());
        self.here.commit(batch, Urgency::Bulk).await?;
        Ok(made)
    }

    /// Whose records a petition is among: its department's, that department's successor's, or the petition office's.
    fn keeps_records(&self, petition: &Petition) -> Option<UnitId> {
        let office = self.office();
        let mut unit = petition.unit;
        // A department follows another a few times at most.
        for _ in 0..8 {
            let Some(id) = unit else { break };
            if office.units.contains_key(&id) {
                return Some(id);
            }
            unit = (office.staff.successors.get(&id)).and_then(|next| next.first().copied());
        }
        let code = &office.settings.agency.office;
        office.unit_by_code(code).map(|unit| unit.id).or(petition.unit)
    }

    async fn propose(
        &self,
        year: i16,
        unit: UnitId,
        part: u16,
        petitions: &[PetitionId],
    ) -> Result<(), Trouble> {
        let (now, id) = (self.now(), self.id());
        let disposal = Disposal {
            id,
            seq: 1,
            year,
            unit,
            part,
            made_at: now,
            petitions: petitions.to_vec(),
            marks: BTreeMap::new(),
            department: None,
            review: None,
            board: None,
            carried: None,
        };
        let mut batch = Batch::new();
        {
            let fill = &mut self.fill();
            self.here.ready(now, fill)?;
            batch.owner_key(&self.here, *id.as_bytes(), now, fill)?;
        }
        batch.disposal_first(&disposal)?;
        let n = u32::try_from(petitions.len()).unwrap_or(u32::MAX);
        batch.look(
            self.id(),
            &self.look_of(&Who::System, "propose_disposal", None, n, &Call::default()),
        );
        self.disposal_waits(&mut batch, &disposal);
        match self.here.commit(batch, Urgency::Bulk).await {
            // Another process proposed the same.
            Ok(()) | Err(CommitFault::Conflict) => Ok(()),
            Err(fault) => Err(fault.into()),
        }
    }

    /// Carries out what boards decided, where the machine died in between. Gives how many petitions are gone.
    pub async fn carry_out_disposals(&self) -> Result<u64, Trouble> {
        let mut gone = 0;
        for disposal in self.here.disposals_decided(PIECE).await? {
            gone += self.carry_out(disposal).await?;
        }
        Ok(gone)
    }

    /// What stands in the way of a petition that the board gave up.
    async fn in_the_way(&self, petition: PetitionId) -> Result<Option<Fate>, Trouble> {
        let Some(head) = self.head(petition).await? else {
            return Ok(Some(Fate::Gone));
        };
        let facts = self.facts_of(&head.petition).await?;
        Ok(if self.here.is_destroyed(petition.bytes()).await? {
            Some(Fate::Gone)
        } else if facts.held {
            Some(Fate::Held)
        } else if facts.concluded.is_none() {
            Some(Fate::Open)
        } else if self.here.apart(petition.bytes()).await?.is_some() {
            Some(Fate::Apart)
        } else {
            None
        })
    }

    pub(super) async fn carry_out(&self, mut disposal: Disposal) -> Result<u64, Trouble> {
        for lost in 0..TRIES {
            self.wait_for_turn(lost).await;
            let (mut going, mut batch) = (Vec::new(), Batch::new());
            for petition in disposal.given_up() {
                let fate = self.in_the_way(petition).await?;
                if fate.is_none() {
                    going.push(petition);
                }
                batch.disposal_fate(disposal.id, petition, fate.unwrap_or(Fate::Destroyed));
            }
            let gone = going.len() as u64;
            let doomed: Doomed = self.with_persons(going).await?;
            if !doomed.is_empty() {
                let decided = disposal.board.as_ref().map(|board| board.taken.by);
                let who = decided.and_then(|official| self.office().who(official, self.now()));
                let who = who.unwrap_or(Who::System);
                let ground = Ground {
                    reviewer: disposal.review.as_ref().map(|taken| taken.by),
                    disposal: Some(disposal.id),
                    ..Ground::default()
                };
                self.doom(&mut batch, &who, DestructionKind::Disposal, &doomed, &ground)
                    .await?;
                self.destruction_looks(&mut batch, &who, &doomed, &Call::default());
            }
            disposal.carried = Some(self.now());
            disposal.seq += 1;
            batch.disposal_next(&disposal)?;
            match self.here.commit(batch, Urgency::Bulk).await {
                Ok(()) => {
                    self.finish_destructions().await?;
                    return Ok(gone);
                }
                // A hold was laid down, a number was taken, or another process was faster.
                Err(CommitFault::Conflict) => match self.here.disposal(disposal.id).await? {
                    Some(now) if now.carried.is_none() => disposal = now,
                    _ => return Ok(0),
                },
                Err(fault) => return Err(fault.into()),
            }
        }
        Err(Trouble::Contended)
    }
}
