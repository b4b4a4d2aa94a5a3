//! 조직 개편 — open petitions of a closed unit go to its successors, each by an event of its own, never silently.
//!
//! Where a unit has several successors, a petition goes to the one its service is tied to, else to the first.

use crate::act::{ActError, Call};
use crate::{App, Trouble};
use domain::access::{Sight, Who};
use domain::act::Act;
use domain::petition::Petition;
use store::head::Scope;

/// Petitions moved in one step.
const PIECE: u32 = 200;

/// Moves what lies with closed units; gives how many petitions were moved.
pub async fn run(app: &App) -> Result<u64, Trouble> {
    let office = app.office();
    let everything = Sight::of(&Who::System);
    let mut moved = 0;
    let closed = office
        .staff
        .successors
        .keys()
        .filter(|unit| !office.staff.units.contains(unit));
    for unit in closed {
        // What was moved is no longer in the list: its beginning is always what is left.
        loop {
            let page = app
                .here
                .list(Scope::Unit(*unit), &everything, None, PIECE)
                .await?;
            let mut here = 0;
            for petition in &page {
                here += succeed(app, petition).await?;
            }
            moved += here;
            if here == 0 || page.len() < PIECE as usize {
                break;
            }
        }
    }
    Ok(moved)
}

async fn succeed(app: &App, p: &Petition) -> Result<u64, Trouble> {
    let office = app.office();
    let Some(unit) = p.unit else {
        return Ok(0);
    };
    let heirs = office.staff.heirs(unit);
    let tied = office.services.get(&p.service).and_then(|service| service.unit);
    let heir = tied
        .filter(|tied| heirs.contains(tied))
        .or(heirs.first().copied());
    let Some(unit) = heir else {
        tracing::warn!(petition = %p.id, "the closed department has no successor that exists");
        return Ok(0);
    };
    match app
        .act(&Who::System, p.id, Act::Succeed { unit }, &Call::default())
        .await
    {
        Ok(_) => Ok(1),
        // It ended or moved meanwhile: the next run looks again.
        Err(ActError::NotFound | ActError::Refused(_) | ActError::Trouble(Trouble::Contended)) => Ok(0),
        Err(ActError::Trouble(trouble)) => Err(trouble),
    }
}
