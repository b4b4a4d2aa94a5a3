//! 그때 — the clock, the identities and the chance that an act of a told past sees: those of its own moment.

use adapters::mode::{Mode, RefusesProduction};
use adapters::sandbox::SeededChance;
use adapters::system::{SystemChance, SystemIds};
use domain::time::At;
use ports::{Chance, Clock, Ids};
use std::sync::Arc;
use uuid::{Builder, Uuid};

tokio::task_local! {
    /// The moment of the act that this task carries out, and its chance where a seed decides that too.
    static MOMENT: (At, Option<Arc<SeededChance>>);
}

/// Does something at a moment.
pub async fn at<T>(moment: At, what: impl Future<Output = T>) -> T {
    MOMENT.scope((moment, None), what).await
}

/// Does something at a moment; every identity and every key it draws follows from the seed.
pub fn seeded<T>(moment: At, seed: u64, what: impl FnOnce() -> T) -> Result<T, RefusesProduction> {
    let chance = Arc::new(SeededChance::new(Mode::Demo, seed)?);
    Ok(MOMENT.sync_scope((moment, Some(chance)), what))
}

/// The same for what waits on the way.
pub async fn seeded_wait<T>(
    moment: At,
    seed: u64,
    what: impl Future<Output = T>,
) -> Result<T, RefusesProduction> {
    let chance = Arc::new(SeededChance::new(Mode::Demo, seed)?);
    Ok(MOMENT.scope((moment, Some(chance)), what).await)
}

fn chance() -> Option<Arc<SeededChance>> {
    MOMENT.try_with(|(_, chance)| chance.clone()).ok().flatten()
}

/// 이야기의 시계 — shows each act its own moment, so that many acts of different days can run at once.
pub struct StoryClock {
    /// What it shows outside of every act.
    pub outside: At,
}

impl Clock for StoryClock {
    fn now(&self) -> At {
        MOMENT.try_with(|(at, _)| *at).unwrap_or(self.outside)
    }
}

/// Chance by the seed within a seeded act, of the machine outside: the keys of months are nobody's to compute.
pub struct StoryChance;

impl Chance for StoryChance {
    fn fill(&self, out: &mut [u8]) {
        match chance() {
            Some(seeded) => seeded.fill(out),
            None => SystemChance.fill(out),
        }
    }
}

/// Identities by the seed within a seeded act, of the machine outside.
#[derive(Default)]
pub struct StoryIds(SystemIds);

impl Ids for StoryIds {
    fn next(&self, now: At) -> Uuid {
        match chance() {
            Some(seeded) => seeded_id(now, &seeded),
            None => self.0.next(now),
        }
    }
}

/// UUIDv7 whose 74 bits come from the seed.
fn seeded_id(now: At, chance: &SeededChance) -> Uuid {
    let mut low = [0; 10];
    chance.fill(&mut low);
    let ms = u64::try_from(now.0).unwrap_or(0);
    Builder::from_unix_timestamp_millis(ms, &low).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seeded_act_draws_the_same_twice_and_nothing_outside_of_it() {
        let ids = StoryIds::default();
        let clock = StoryClock { outside: At(9) };
        let act = || {
            let mut key = [0; 32];
            StoryChance.fill(&mut key);
            (clock.now(), ids.next(clock.now()), key)
        };
        let (first, again) = (seeded(At(5), 1, act).unwrap(), seeded(At(5), 1, act).unwrap());
        assert_eq!(first, again);
        assert_ne!(first, seeded(At(5), 2, act).unwrap());
        assert_eq!(first.0, At(5));
        assert_ne!(act().2, act().2);
        assert_eq!(clock.now(), At(9));
    }
}
