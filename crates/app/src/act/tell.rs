//! 지난 일 적기 — tells acts of a past in their order, and hands over what thousands of them write as one list.
//!
//! Each act is decided by the same rules as one that is done now. But nobody else acts meanwhile: how petitions stand, their keys
//! and the next numbers are kept at hand, and a petition's head is written once for all that happened to it since the last list.

use super::numbers::{Numbers, takes};
use super::{ActError, Call, Matter, Petitioner};
use crate::office::Office;
use crate::words::{Raw, check_act, check_filing};
use crate::{App, Course, Trouble};
use domain::access::{Sight, Who};
use domain::act::{Act, Filing};
use domain::id::PetitionId;
use domain::life::Deed;
use domain::petition::Petition;
use domain::refusal::Refusal;
use domain::time::At;
use std::collections::HashMap;
use std::sync::Arc;
use store::batch::Batch;
use store::bulk::Bulk;
use store::head::Head;
use store::vault::OwnerKey;

/// Whether an act is written into the access log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Logged {
    /// From this moment on; what is older would have been removed by now.
    Since(At),
    /// Never: for a past that only lists, search and numbers are to be tried on.
    Never,
}

/// A teller of one past.
pub struct Teller<'a> {
    app: &'a App,
    office: Arc<Office>,
    logged: Logged,
    bulk: Bulk,
    /// Petitions to which something may yet happen.
    told: HashMap<PetitionId, Told>,
    /// Those whose head has to be written, in the order in which they were first touched.
    touched: Vec<PetitionId>,
    /// Those to which nothing more happens, once their head is written.
    over: Vec<PetitionId>,
}

/// A petition at hand.
struct Told {
    head: Head,
    key: OwnerKey,
    /// How its head is stored, where something has happened since; the inner `None` is no head at all.
    stored: Option<Option<Petition>>,
}

impl<'a> Teller<'a> {
    /// Begins, or goes on, where the place stands; these petitions are still being told. Only a simulated past is told so.
    pub async fn new(app: &'a App, logged: Logged, open: &[PetitionId]) -> Result<Teller<'a>, Trouble> {
        if app.course != Course::Simulated || app.is_inside() {
            return Err(Trouble::Broken("only a simulated past is told in bulk".into()));
        }
        let place = &app.here;
        let mut told = HashMap::new();
        for id in open {
            let head = place.head(*id).await?;
            let head = head.ok_or_else(|| Trouble::Broken(format!("petition {id} was never told")))?;
            let key = place.key_of(id.bytes()).await?;
            let stored = None;
            told.insert(*id, Told { head, key, stored });
        }
        Ok(Teller {
            app,
            office: app.office(),
            logged,
            bulk: Bulk::new(place.series().await?),
            told,
            touched: Vec::new(),
            over: Vec::new(),
        })
    }

    /// 신청, at the moment that the clock shows, under an identity that nothing else has.
    pub fn file(
        &mut self,
        id: PetitionId,
        who: &Who,
        petitioner: &Petitioner,
        filing: Filing<Raw>,
    ) -> Result<(), ActError> {
        check_filing(&filing)?;
        let now = self.app.now();
        let mut begun = self
            .app
            .begin(Batch::new(), &self.office, who, (id, petitioner), filing, now)?;
        self.write_down(&mut begun.batch, who, Deed::File, id, now);
        self.bulk.take(begun.batch);
        let told = Told {
            head: begun.head,
            key: begun.key,
            stored: Some(None),
        };
        self.told.insert(id, told);
        self.touched.push(id);
        Ok(())
    }

    /// An act on a petition that is being told, at the moment that the clock shows.
    pub fn act(&mut self, who: &Who, id: PetitionId, act: &Act<Raw>) -> Result<(), ActError> {
        check_act(act)?;
        let told = self.told.get(&id).ok_or(ActError::NotFound)?;
        let before = &told.head.petition;
        if !Sight::of(who).admits(before) {
            return Err(ActError::NotFound);
        }
        let now = self.app.now().max(before.recorded_at);
        let year = now.date().ok_or(Refusal::OutsideCalendar)?.year();
        let mut series = Numbers::none_yet(&self.app.here, &self.office);
        for (which, name) in takes(&self.office, who, before, act.deed(), year, self.app.chance())? {
            let n = self.bulk.next_number(&name);
            series.found(which, name, n, year);
        }
        let beside: Vec<Petition> = (act.names().iter())
            .filter_map(|id| self.told.get(id))
            .map(|told| told.head.petition.clone())
            .collect();
        let matter = Matter {
            office: &self.office,
            key: Some(&told.key),
            beside: &beside,
            busy: &[],
            series: &series,
        };
        let mut batch = Batch::new();
        let after = self.app.led_to(&mut batch, who, &told.head, act, &matter, now)?;
        let Some(after) = after else { return Ok(()) };
        self.write_down(&mut batch, who, act.deed(), id, now);
        self.bulk.take(batch);
        if let Some(told) = self.told.get_mut(&id) {
            let before = std::mem::replace(&mut told.head, after).petition;
            if told.stored.is_none() {
                told.stored = Some(Some(before));
                self.touched.push(id);
            }
        }
        Ok(())
    }

    /// How a petition stands.
    pub fn petition(&self, id: PetitionId) -> Option<&Petition> {
        self.told.get(&id).map(|told| &told.head.petition)
    }

    /// Nothing more happens to it.
    pub fn is_over(&mut self, id: PetitionId) {
        self.over.push(id);
    }

    /// How many writes wait, heads left out.
    pub fn waiting(&self) -> usize {
        self.bulk.len()
    }

    /// Everything told since the last time, as one list.
    pub fn drain(&mut self) -> Result<Batch, Trouble> {
        for id in std::mem::take(&mut self.touched) {
            let Some(told) = self.told.get_mut(&id) else {
                continue;
            };
            let Head { petition, hash } = &told.head;
            let mut batch = Batch::new();
            match told.stored.take() {
                Some(None) => batch.head_whole(petition, hash)?,
                Some(Some(before)) => batch.head_next(&before, petition, hash)?,
                None => continue,
            }
            self.bulk.take(batch);
        }
        for id in std::mem::take(&mut self.over) {
            self.told.remove(&id);
        }
        Ok(self.bulk.drain())
    }

    /// Writes the act into the access log, where it is kept so long.
    fn write_down(&self, batch: &mut Batch, who: &Who, deed: Deed, id: PetitionId, now: At) {
        let logged = match self.logged {
            Logged::Since(from) => now >= from,
            Logged::Never => false,
        };
        if logged {
            self.app.write_down(batch, who, deed, id, &Call::default(), now);
        }
    }
}
