//! 공동이용 현황 — what is published of a year (영 제51조), and shredded forms counted (계획 Ⅲ-1). No line is about a person.

use super::day_number;
use crate::act::{ActError, Call};
use crate::{App, Trouble};
use domain::access::Who;
use domain::id::UnitId;
use domain::refusal::Refusal;
use domain::time::At;
use jiff::civil::date;
use store::batch::Batch;
use store::engine::Urgency;
use store::sharing::Counted;

impl App {
    /// How often each service looked up each item on each basis in a year. Look-ups for protected petitions are not among them:
    /// nothing of that room is told outside.
    pub async fn shared_figures(&self, year: i16) -> Result<Vec<Counted>, Trouble> {
        let begin = |year: i16| At::seoul(date(year, 1, 1).at(0, 0, 0, 0));
        let live = self.ordinary();
        Ok(live.here.shared_counts(begin(year), begin(year + 1)).await?)
    }

    /// 오작성 서식 파기 — one tap counts a form shredded on the spot: its day and the clerk's department, nothing else.
    pub async fn shred(&self, who: &Who, undo: bool, call: &Call) -> Result<(), ActError> {
        let official = who.official().filter(|_| crate::counter::takes_in(who));
        let official = official.ok_or(Refusal::NotYours)?;
        let live = self.ordinary();
        let office = live.office();
        // Whoever sits at the counter inside counts with the petition office.
        let unit = office
            .unit_of(official)
            .or_else(|| office.petition_office().map(|unit| unit.id));
        let unit = unit.ok_or(Refusal::UnknownUnit)?;
        let day = day_number(office.day);
        let mut batch = Batch::new();
        if undo {
            batch.not_shredded(day, unit);
        } else {
            batch.shredded(day, unit);
        }
        let look = self.look_of(who, if undo { "shred_undone" } else { "shred" }, None, 0, call);
        batch.look(self.id(), &look);
        Ok(live.here.commit(batch, Urgency::User).await?)
    }

    /// Forms shredded today in the department of the one who asks.
    pub async fn shredded_today(&self, who: &Who) -> Result<u32, Trouble> {
        let office = self.ordinary().office();
        let unit = who.official().and_then(|official| office.unit_of(official));
        let day = day_number(office.day);
        let all = self.places.live.shredded(day, day + 1).await?;
        Ok((all.into_iter())
            .filter(|(of, _)| Some(*of) == unit)
            .map(|(_, n)| n)
            .sum())
    }

    /// Forms shredded in a year, by department.
    pub async fn shredded_in(&self, year: i16) -> Result<Vec<(UnitId, u32)>, Trouble> {
        let (from, until) = (day_number(date(year, 1, 1)), day_number(date(year + 1, 1, 1)));
        Ok(self.places.live.shredded(from, until).await?)
    }
}
