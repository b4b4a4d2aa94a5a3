//! 순번 — numbers in the hall: taken at the kiosk, called at the windows, shown on the board.

use crate::act::ActError;
use crate::counter::takes_in;
use crate::identity::NotLetIn;
use crate::{App, TRIES, Trouble};
use domain::access::Who;
use domain::queue::{self, Business, Move, Ticket};
use domain::refusal::Refusal;
use store::batch::CommitFault;

/// Numbers one kiosk may give in an hour: a hand that leans on the button must not empty the roll.
const TAKEN: u32 = 240;
const HOUR: i64 = 3_600_000;

impl App {
    /// The tickets of today, in the order they were taken.
    pub async fn tickets(&self) -> Result<Vec<Ticket>, Trouble> {
        Ok(self.places.live.tickets(self.office().day).await?)
    }

    /// 번호표를 뽑음. Errors: too many from one address.
    pub async fn take_ticket(&self, business: Business, origin: &[u8]) -> Result<Ticket, NotLetIn> {
        let key = crypto::hash::sha256("minwon kiosk", &[origin]);
        self.throttled(key, TAKEN, HOUR).await?;
        let (place, day) = (&self.places.live, self.office().day);
        for lost in 0..TRIES {
            self.wait_for_turn(lost).await;
            let taken = self.tickets().await?;
            let last = taken.iter().filter(|t| t.business == business).map(|t| t.n).max();
            let (n, now) = (last.unwrap_or(0) + 1, self.now());
            match place.take_ticket(day, business, n, now).await {
                Ok(()) => {
                    return Ok(Ticket {
                        business,
                        n,
                        state: queue::TicketState::Waiting,
                        taken: now,
                        called: None,
                        first_called: None,
                        window: 0,
                    });
                }
                Err(CommitFault::Conflict) => {}
                Err(fault) => return Err(Trouble::from(fault).into()),
            }
        }
        Err(Trouble::Contended.into())
    }

    /// 다음 번호 호출: whoever waits longest for what this window serves; `None` when nobody does.
    pub async fn call_next(
        &self,
        who: &Who,
        window: u32,
        serves: &[Business],
    ) -> Result<Option<Ticket>, ActError> {
        for lost in 0..TRIES {
            self.wait_for_turn(lost).await;
            let tickets = self.tickets().await?;
            let Some(next) = queue::next(&tickets, serves).copied() else {
                return Ok(None);
            };
            match self.move_ticket(who, &next, Move::Call, window).await {
                Err(ActError::Trouble(Trouble::Contended)) => {}
                done => return done.map(Some),
            }
        }
        Err(Trouble::Contended.into())
    }

    /// Calls a ticket again, passes it over, or ends it. Errors: not at the counter; not possible in its state; somebody
    /// else was first.
    pub async fn move_ticket(
        &self,
        who: &Who,
        seen: &Ticket,
        step: Move,
        window: u32,
    ) -> Result<Ticket, ActError> {
        if !takes_in(who) {
            return Err(Refusal::NotYours.into());
        }
        let state = queue::after(seen.state, step).ok_or(Refusal::NotNow)?;
        let calls = matches!(step, Move::Call | Move::Recall);
        let now = self.now();
        let then = Ticket {
            state,
            called: if calls { Some(now) } else { seen.called },
            first_called: seen.first_called.or(calls.then_some(now)),
            window: if calls { window } else { seen.window },
            ..*seen
        };
        match self.places.live.move_ticket(self.office().day, seen, &then).await {
            Ok(()) => Ok(then),
            Err(CommitFault::Conflict) => Err(Trouble::Contended.into()),
            Err(fault) => Err(fault.into()),
        }
    }
}
