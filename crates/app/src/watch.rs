//! 감시 — what whoever watches over the machine is told: how far the duties are behind, and roughly how much lies with the office. Never who, what or which.
//!
//! What is told of work is the sum over all places, so that no number says of the 보안민원실 how much is done there; what lies with the office is told of
//! the ordinary room alone, and in tens.

use crate::archive::everything;
use crate::{App, Trouble};
use store::engine::Load;
use store::head::Scope;
use store::standing::Backlog;

/// Petitions are counted no further.
const MOST: u32 = 1_000_000;
/// And told in steps of so many.
const STEP: u32 = 10;

/// How the house stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// How far it is behind, all places together; the oldest is the oldest of any.
    pub backlog: Backlog,
    /// Open petitions of the ordinary room, in tens.
    pub open: u32,
    /// Those past their day, likewise.
    pub overdue: u32,
}

/// How one place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wellness {
    /// Its name.
    pub place: &'static str,
    /// Whether it is read.
    pub reads: bool,
    /// Whether it was written the last time anybody tried.
    pub writes: bool,
}

impl App {
    /// How the house stands now.
    pub async fn how_far(&self) -> Result<Standing, Trouble> {
        let now = self.now();
        let mut all = Backlog::default();
        for place in self.places.all() {
            let one = place.backlog(now).await?;
            all.waiting += one.waiting;
            all.failed += one.failed;
            all.unsealed += one.unsealed;
            all.unindexed += one.unindexed;
            all.oldest = [all.oldest, one.oldest].into_iter().flatten().min();
        }
        let (live, sight) = (&self.places.live, everything());
        let open = live.count(&[Scope::Open], &sight, MOST).await?;
        let overdue = live.count(&[Scope::Overdue(now)], &sight, MOST).await?;
        Ok(Standing {
            backlog: all,
            open: open - open % STEP,
            overdue: overdue - overdue % STEP,
        })
    }

    /// How each place is; cheap, and never an error: what is away is told as away.
    pub async fn wellness(&self) -> Vec<Wellness> {
        let mut all = Vec::new();
        for place in self.places.all() {
            let health = place.engine().health().await;
            all.push(Wellness {
                place: place.name.name(),
                reads: health.reads.is_ok(),
                writes: health.writes.is_ok(),
            });
        }
        all
    }

    /// How busy the engines of this process are, all places together.
    pub fn engines_load(&self) -> Load {
        self.places.all().fold(Load::default(), |all, place| {
            let one = place.engine().load();
            Load {
                waiting: all.waiting + one.waiting,
                in_use: all.in_use + one.in_use,
            }
        })
    }
}
