//! 한꺼번에 — the same act of the system on many petitions, as one list behind every user.
//!
//! A duty that touches each open petition would otherwise pay a durable commit for each. A list of some dozens is short enough to
//! be let in between users; where somebody acts on one of them meanwhile, nothing of the list is stored.

use super::{ActError, Call, Matter, Numbers};
use crate::App;
use crate::words::Raw;
use domain::access::Who;
use domain::act::Act;
use domain::refusal::Refusal;
use store::batch::Batch;
use store::engine::Urgency;
use store::head::Head;

/// What became of an act on many petitions.
#[derive(Debug, Default)]
pub(crate) struct Together {
    /// Petitions it changed.
    pub changed: u64,
    /// Those it was refused on, with the reason.
    pub refused: Vec<(domain::id::PetitionId, Refusal)>,
}

impl App {
    /// Does an act without words or numbers to each of these petitions as they were read. A lost race is `Contended`.
    pub(crate) async fn act_together(&self, heads: &[Head], act: &Act<Raw>) -> Result<Together, ActError> {
        let (who, call) = (Who::System, Call::default());
        let office = self.office();
        let series = Numbers::none_yet(&self.here, &office);
        let matter = Matter {
            office: &office,
            key: None,
            beside: &[],
            busy: &[],
            series: &series,
        };
        let (mut list, mut done) = (Batch::new(), Together::default());
        for head in heads {
            let now = self.now().max(head.petition.recorded_at);
            match self.led_to(&mut list, &who, head, act, &matter, now) {
                Ok(Some(after)) => {
                    list.head_next(&head.petition, &after.petition, &after.hash)?;
                    self.write_down(&mut list, &who, act.deed(), after.petition.id, &call, now);
                    done.changed += 1;
                }
                Ok(None) => {}
                // Decided before anything was laid into the list.
                Err(ActError::Refused(refusal)) => done.refused.push((head.petition.id, refusal)),
                Err(other) => return Err(other),
            }
        }
        self.here.commit(list, Urgency::Bulk).await?;
        Ok(done)
    }
}
