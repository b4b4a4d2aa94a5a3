//! 일과 — what the system does by itself: each brings things to where they should be, can be run twice, and takes no input.
//!
//! To add one: its file, and its line in `ALL`. What is in `ALL` is done for the house by one process at a time; what keeps the memory of a
//! process true is in `OWN` and is done by each for itself.

pub mod answers;
pub mod calendar;
pub mod deliver;
pub mod erase;
pub mod hand_over;
pub mod ledger;
pub mod objects;
pub mod progress;
pub mod records;
pub mod refresh;
pub mod rekey;
pub mod remind;
pub mod reorganise;
pub mod review;
pub mod scan;
pub mod seal;
pub mod sharing;
pub mod steps;
pub mod supervise;
pub mod tidy;
pub mod unclaimed;

use crate::{App, Trouble};
use std::pin::Pin;
use std::time::Duration;

/// What running a duty once gives: how many things it did; 0 lets it rest.
pub type Done<'a> = Pin<Box<dyn Future<Output = Result<u64, Trouble>> + Send + 'a>>;

/// How far a duty reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The house as a whole, once.
    House,
    /// The petitions of every room, one room after the other.
    Rooms,
}

/// A duty.
pub struct Duty {
    /// Its name, in logs and on the page of duties.
    pub name: &'static str,
    /// How far it reaches.
    pub reach: Reach,
    /// How long it rests after a run that found nothing to do.
    pub rest: Duration,
    /// Does it once, in the room of the handle.
    pub run: for<'a> fn(&'a App) -> Done<'a>,
}

impl Duty {
    /// Does it once, as far as it reaches.
    pub async fn once(&self, app: &App) -> Result<u64, Trouble> {
        match self.reach {
            Reach::House => (self.run)(app).await,
            Reach::Rooms => {
                let mut done = 0;
                for room in app.rooms() {
                    done += (self.run)(&room).await?;
                }
                Ok(done)
            }
        }
    }
}

/// What each process does for itself, whatever pages it serves.
pub const OWN: &[Duty] = &[
    Duty {
        name: "refresh",
        reach: Reach::House,
        rest: Duration::from_secs(1),
        run: |app| Box::pin(refresh::run(app)),
    },
    Duty {
        name: "keys",
        reach: Reach::House,
        rest: Duration::from_secs(60),
        run: |app| Box::pin(refresh::keys(app)),
    },
];

/// What is done for the house, by one process at a time.
pub const ALL: &[Duty] = &[
    Duty {
        name: "seal",
        reach: Reach::House,
        rest: Duration::from_millis(300),
        run: |app| Box::pin(seal::now_and_then(app)),
    },
    Duty {
        name: "deliver",
        reach: Reach::Rooms,
        rest: Duration::from_secs(1),
        run: |app| Box::pin(deliver::run(app)),
    },
    Duty {
        name: "scan",
        reach: Reach::Rooms,
        rest: Duration::from_secs(1),
        run: |app| Box::pin(scan::run(app)),
    },
    Duty {
        name: "calendar",
        reach: Reach::Rooms,
        rest: Duration::from_secs(60),
        run: |app| Box::pin(calendar::run(app)),
    },
    Duty {
        name: "remind",
        reach: Reach::Rooms,
        rest: Duration::from_secs(60),
        run: |app| Box::pin(remind::run(app)),
    },
    Duty {
        name: "steps",
        reach: Reach::Rooms,
        rest: Duration::from_secs(60),
        run: |app| Box::pin(steps::run(app)),
    },
    Duty {
        name: "progress",
        reach: Reach::Rooms,
        rest: Duration::from_secs(300),
        run: |app| Box::pin(progress::run(app)),
    },
    Duty {
        name: "records",
        reach: Reach::House,
        rest: Duration::from_secs(10),
        run: |app| Box::pin(records::run(app)),
    },
    Duty {
        name: "hand_over",
        reach: Reach::House,
        rest: Duration::from_secs(1),
        run: |app| Box::pin(hand_over::run(app)),
    },
    Duty {
        name: "reorganise",
        reach: Reach::Rooms,
        rest: Duration::from_secs(30),
        run: |app| Box::pin(reorganise::run(app)),
    },
    Duty {
        name: "unclaimed",
        reach: Reach::Rooms,
        rest: Duration::from_secs(600),
        run: |app| Box::pin(unclaimed::run(app)),
    },
    Duty {
        name: "sharing",
        reach: Reach::Rooms,
        rest: Duration::from_secs(60),
        run: |app| Box::pin(sharing::run(app)),
    },
    Duty {
        name: "answers",
        reach: Reach::House,
        rest: Duration::from_secs(3_600),
        run: |app| Box::pin(answers::run(app)),
    },
    Duty {
        name: "supervise",
        reach: Reach::Rooms,
        rest: Duration::from_secs(60),
        run: |app| Box::pin(supervise::run(app)),
    },
    Duty {
        name: "moving",
        reach: Reach::House,
        rest: Duration::from_secs(30),
        run: |app| Box::pin(crate::protected::moving::run(app)),
    },
    Duty {
        name: "erase",
        reach: Reach::Rooms,
        rest: Duration::from_secs(60),
        run: |app| Box::pin(erase::run(app)),
    },
    Duty {
        name: "archive",
        reach: Reach::House,
        rest: Duration::from_secs(600),
        run: |app| Box::pin(crate::archive::run(app)),
    },
    Duty {
        name: "rekey",
        reach: Reach::House,
        rest: Duration::from_secs(600),
        run: |app| Box::pin(rekey::run(app)),
    },
    Duty {
        name: "ledger",
        reach: Reach::House,
        rest: Duration::from_secs(5),
        run: |app| Box::pin(ledger::run(app)),
    },
    Duty {
        name: "review",
        reach: Reach::Rooms,
        rest: Duration::from_secs(600),
        run: |app| Box::pin(review::run(app)),
    },
    Duty {
        name: "objects",
        reach: Reach::House,
        rest: Duration::from_secs(60),
        run: |app| Box::pin(objects::run(app)),
    },
    Duty {
        name: "tidy",
        reach: Reach::House,
        rest: Duration::from_secs(600),
        run: |app| Box::pin(tidy::run(app)),
    },
];
