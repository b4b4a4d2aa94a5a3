//! 옮기기 — a petition that was made a protected one, or no longer is, goes to the place where it belongs.
//!
//! The act stands in the journal first, with its reason; then the petition is copied, and cleared away where it was. Whatever was
//! interrupted is finished by the duty, and repeating any of it changes nothing.

use crate::{App, Trouble};
use domain::access::{Sight, Who};
use domain::id::{PersonId, PetitionId};
use domain::petition::Petition;
use store::batch::Batch;
use store::engine::Urgency;

/// Petitions moved, or looked at, in one step.
const PIECE: u32 = 100;

/// Moves what waits; gives how many petitions were moved.
pub async fn run(app: &App) -> Result<u64, Trouble> {
    let mut moved = 0;
    for room in app.rooms() {
        for id in room.here.to_be_moved(PIECE).await? {
            moved += u64::from(room.settle(id).await?);
        }
    }
    Ok(moved + clear_twice(app).await?)
}

/// A database of the ordinary place that was put back from a copy may hold petitions that became protected ones since: what lies
/// inside is cleared away outside.
async fn clear_twice(app: &App) -> Result<u64, Trouble> {
    let Some(inside) = app.protected() else {
        return Ok(0);
    };
    let (outside, mut after, mut cleared) = (app.ordinary(), None, 0);
    loop {
        let ids = inside.here.at_rest_after(after, PIECE).await?;
        for twin in outside.here.petitions(&ids, &Sight::of(&Who::System)).await? {
            tracing::warn!(petition = %twin.id, "a protected petition lay in the ordinary place; it is cleared away");
            outside.leaves(twin.id, twin.seq).await?;
            cleared += 1;
        }
        match ids.last() {
            Some(last) if ids.len() == PIECE as usize => after = Some(*last),
            _ => return Ok(cleared),
        }
    }
}

impl App {
    /// Moves a petition to the room where it belongs, if that is not this one. Gives whether it was moved.
    pub(crate) async fn settle(&self, id: PetitionId) -> Result<bool, Trouble> {
        let Some(head) = self.here.head(id).await? else {
            return Ok(false);
        };
        let petition = head.petition;
        if petition.protected == self.is_inside() {
            // Protected, and unprotected again before it was moved: nothing waits any more.
            if self.here.is_to_be_moved(id).await? {
                let mut batch = Batch::new();
                batch.at_rest(id);
                self.here.commit(batch, Urgency::Bulk).await?;
            }
            return Ok(false);
        }
        let other = if petition.protected {
            self.protected().ok_or_else(|| {
                Trouble::Unavailable("this process has no keys to the place of protected petitions".into())
            })?
        } else {
            self.ordinary()
        };
        let now = self.now();
        let more = self.petitioners_for(&other, &petition).await?;
        let chance = self.ports.chance.clone();
        let fill = move |out: &mut [u8]| chance.fill(out);
        let copied = (self.here)
            .copy_to(&other.here, id, more, now, Urgency::User, fill)
            .await?;
        if let Some(seq) = copied {
            self.leaves(id, seq).await?;
        }
        Ok(true)
    }

    /// Clears a petition away here that lies in another room, with what was measured of it.
    async fn leaves(&self, id: PetitionId, copied: u32) -> Result<(), Trouble> {
        let mut more = Batch::new();
        more.unmeasured(id);
        let (now, urgency) = (self.now(), Urgency::User);
        Ok(self.here.clear_away(id, copied, more, now, urgency).await?)
    }

    /// The petitioner, and whoever is told besides, as the room they go to has to know them.
    async fn petitioners_for(&self, other: &App, petition: &Petition) -> Result<Batch, Trouble> {
        let mut persons: Vec<PersonId> = [Some(petition.person), petition.intake.party.principal]
            .into_iter()
            .flatten()
            .collect();
        persons.dedup();
        let mut batch = Batch::new();
        for person in persons {
            other.bring_person(self, &mut batch, person, self.now()).await?;
        }
        Ok(batch)
    }
}
