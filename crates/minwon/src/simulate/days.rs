//! 나날 — which story is filed on which day: a past is a function of its seed, and of nothing else.

use super::Profile;
use crate::city::year;
use domain::calendar::Calendar;
use domain::id::PetitionId;
use domain::time::At;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A past that can be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    /// How many petitions.
    pub petitions: usize,
    /// Its first day.
    pub from: Date,
    /// The moment at which it ends.
    pub until: At,
    /// What everything is drawn from.
    pub seed: u64,
    /// How much is told of each petition.
    pub profile: Profile,
}

impl std::fmt::Display for Past {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} petitions since {}, {}, seed {}",
            crate::bench::count(self.petitions as f64),
            self.from,
            self.profile.name(),
            self.seed
        )
    }
}

impl Past {
    /// The seed of one thing in it.
    pub fn seed_of(&self, what: &str, n: usize) -> u64 {
        let parts: [&[u8]; 3] = [&self.seed.to_be_bytes(), what.as_bytes(), &n.to_be_bytes()];
        let hash = crypto::hash::sha256("minwon simulate", &parts);
        u64::from_be_bytes(std::array::from_fn(|at| hash[at]))
    }

    /// The identity of the petition of a story filed at this moment.
    pub fn petition(&self, n: usize, filed: At) -> PetitionId {
        let low = crypto::hash::sha256(
            "minwon simulated petition",
            &[&self.seed.to_be_bytes(), &n.to_be_bytes()],
        );
        let ms = u64::try_from(filed.0).unwrap_or(0);
        let low = std::array::from_fn(|at| low[at]);
        PetitionId(uuid::Builder::from_unix_timestamp_millis(ms, &low).into_uuid())
    }

    /// How many citizens have a verified telephone number: most file once or twice in a past, in a slim one some dozens of times.
    pub fn citizens(&self) -> usize {
        let each = match self.profile {
            Profile::Full => 5,
            Profile::Slim | Profile::Open => 50,
        };
        (self.petitions / each).clamp(20, 2_000_000)
    }

    /// The days with the stories filed on each, every story once, in order.
    pub fn days(&self, calendar: &Calendar) -> Vec<(Date, Range<usize>)> {
        let last = self.until.date().unwrap_or(self.from);
        let mut weighed = Vec::new();
        let mut all: u64 = 0;
        let mut day = self.from;
        // The last day is not over.
        while day < last {
            all += year::weight_of(day, calendar);
            weighed.push((day, all));
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        let mut first = 0;
        (weighed.into_iter())
            .map(|(day, so_far)| {
                let until = self.petitions as u128 * u128::from(so_far) / u128::from(all.max(1));
                let until = usize::try_from(until).unwrap_or(self.petitions);
                (day, std::mem::replace(&mut first, until)..until)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Time, date};

    #[test]
    fn every_story_has_one_day_and_sundays_are_quiet() {
        let calendar = Calendar::parse(crate::data::HOLIDAYS, 1).unwrap();
        let past = Past {
            petitions: 100_003,
            from: date(2024, 11, 26),
            until: At::seoul(date(2026, 11, 26).to_datetime(Time::midnight())),
            seed: 1,
            profile: Profile::Full,
        };
        let days = past.days(&calendar);
        assert_eq!(days.len(), 730);
        let mut next = 0;
        for (_, stories) in &days {
            assert_eq!(stories.start, next);
            next = stories.end;
        }
        assert_eq!(next, 100_003);
        let of = |day| days.iter().find(|(d, _)| *d == day).unwrap().1.len();
        assert!(
            of(date(2026, 11, 22)) * 2 < of(date(2026, 11, 23)),
            "Sunday and Monday"
        );
        assert!(of(date(2026, 9, 25)) * 2 < of(date(2026, 9, 22)), "추석");
        assert_ne!(past.seed_of("a", 1), past.seed_of("a", 2));
    }
}
