//! 순번 — tickets of the day. A ticket is changed only in the state it was seen in, so that two clerks never call the same.

use crate::batch::{Batch, CommitFault, Purpose};
use crate::engine::{Ask, ReadError, Urgency, Write};
use crate::place::Place;
use domain::queue::{Business, Ticket};
use domain::time::At;
use jiff::civil::Date;

fn or_none(at: i64) -> Option<At> {
    (at != 0).then_some(At(at))
}

impl Place {
    /// Every ticket of a day, in the order they were taken.
    pub async fn tickets(&self, day: Date) -> Result<Vec<Ticket>, ReadError> {
        const SQL: &str = "SELECT business, n, state, taken, called, first_called, desk FROM ticket WHERE day = $1 \
                           ORDER BY taken, business, n";
        let rows = self.db.query(SQL, crate::params![day.to_string()]).await?;
        let broken = |_| ReadError::Broken("a ticket is of no kind we know".into());
        rows.iter()
            .map(|row| {
                Ok(Ticket {
                    business: row.text(0)?.parse().map_err(broken)?,
                    n: u32::try_from(row.int(1)?).unwrap_or(u32::MAX),
                    state: row.text(2)?.parse().map_err(broken)?,
                    taken: At(row.int(3)?),
                    called: or_none(row.int(4)?),
                    first_called: or_none(row.int(5)?),
                    window: u32::try_from(row.int(6)?).unwrap_or_default(),
                })
            })
            .collect()
    }

    /// Takes the next number; a conflict when somebody took the same one at the same moment.
    pub async fn take_ticket(
        &self,
        day: Date,
        business: Business,
        n: u32,
        now: At,
    ) -> Result<(), CommitFault> {
        let mut batch = Batch::new();
        batch.push(
            Purpose::Race,
            Write::new(
                "INSERT INTO ticket (day, business, n, state, taken, called, first_called, desk) \
                 VALUES ($1, $2, $3, 'waiting', $4, 0, 0, 0)",
                crate::params![day.to_string(), business.code(), n, now.0],
            ),
        );
        self.commit(batch, Urgency::User).await
    }

    /// Changes a ticket that still stands as it was seen.
    pub async fn move_ticket(&self, day: Date, seen: &Ticket, then: &Ticket) -> Result<(), CommitFault> {
        let ms = |at: Option<At>| at.map_or(0, |at| at.0);
        let mut batch = Batch::new();
        let write = Write::new(
            "UPDATE ticket SET state = $1, called = $2, first_called = $3, desk = $4 \
             WHERE day = $5 AND business = $6 AND n = $7 AND state = $8 AND called = $9",
            crate::params![
                then.state.code(),
                ms(then.called),
                ms(then.first_called),
                then.window,
                day.to_string(),
                seen.business.code(),
                seen.n,
                seen.state.code(),
                ms(seen.called)
            ],
        );
        batch.push(Purpose::Race, write.rows(1));
        self.commit(batch, Urgency::User).await
    }
}
