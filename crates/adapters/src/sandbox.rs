//! 시험용 시계·식별자·우연 — time that stands still, identities that count, chance that can be repeated.
//!
//! With these a story of the tests and a demo give the same bytes every time. In production they would be a disaster
//! (keys anyone can compute), so each refuses it.

use crate::{
    mode::{Mode, RefusesProduction},
    system::uuid_v7,
};
use domain::time::At;
use ports::{Chance, Clock, Ids};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::SeqCst};
use uuid::Uuid;

/// 멈춘 시계 — shows what it was set to until it is moved.
#[derive(Debug)]
pub struct FrozenClock(AtomicI64);

impl FrozenClock {
    /// A clock that shows `at`.
    pub fn new(mode: Mode, at: At) -> Result<FrozenClock, RefusesProduction> {
        mode.sandbox("the clock")
            .map(|()| FrozenClock(AtomicI64::new(at.0)))
    }

    /// Puts it to another moment, earlier ones too.
    pub fn set(&self, at: At) {
        self.0.store(at.0, SeqCst);
    }

    /// Moves it on by `ms` milliseconds.
    pub fn advance(&self, ms: i64) {
        self.0.fetch_add(ms, SeqCst);
    }
}

impl Clock for FrozenClock {
    fn now(&self) -> At {
        At(self.0.load(SeqCst))
    }
}

/// 세는 식별자 — UUIDv7 whose chance is a counter: the n-th identity of a story is always the same.
#[derive(Debug)]
pub struct CountingIds(AtomicU64);

impl CountingIds {
    /// Counts from 1.
    pub fn new(mode: Mode) -> Result<CountingIds, RefusesProduction> {
        mode.sandbox("identities")
            .map(|()| CountingIds(AtomicU64::new(1)))
    }

    /// Goes on counting from `to`, and gives where it stood: for what must leave no trace in what comes after it.
    pub fn jump(&self, to: u64) -> u64 {
        self.0.swap(to, SeqCst)
    }
}

impl Ids for CountingIds {
    fn next(&self, now: At) -> Uuid {
        uuid_v7(now, u128::from(self.0.fetch_add(1, SeqCst)))
    }
}

/// 되풀이되는 우연 — bytes computed from a seed: unpredictable to look at, the same every time.
#[derive(Debug)]
pub struct SeededChance {
    seed: u64,
    drawn: AtomicU64,
}

impl SeededChance {
    /// The chance of this seed, from its beginning.
    pub fn new(mode: Mode, seed: u64) -> Result<SeededChance, RefusesProduction> {
        mode.sandbox("chance").map(|()| SeededChance {
            seed,
            drawn: AtomicU64::new(0),
        })
    }

    /// Goes on drawing from `to`, and gives where it stood.
    pub fn jump(&self, to: u64) -> u64 {
        self.drawn.swap(to, SeqCst)
    }
}

impl Chance for SeededChance {
    fn fill(&self, out: &mut [u8]) {
        for piece in out.chunks_mut(32) {
            let count = self.drawn.fetch_add(1, SeqCst);
            let bytes =
                crypto::hash::sha256("seeded chance", &[&self.seed.to_be_bytes(), &count.to_be_bytes()]);
            piece.copy_from_slice(&bytes[..piece.len()]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_told_twice_is_the_same_and_two_stories_are_not() {
        let tell = |seed| {
            let clock = FrozenClock::new(Mode::Test, At(1000)).unwrap();
            let (ids, chance) = (
                CountingIds::new(Mode::Test).unwrap(),
                SeededChance::new(Mode::Test, seed).unwrap(),
            );
            let first = ids.next(clock.now());
            clock.advance(5);
            let second = ids.next(clock.now());
            assert!(first < second && second < ids.next(clock.now()));
            let mut bytes = [0; 70];
            chance.fill(&mut bytes[..1]);
            chance.fill(&mut bytes[1..]);
            assert_ne!(bytes[1..33], bytes[33..65]);
            (first, second, bytes)
        };
        assert_eq!(tell(1), tell(1));
        assert_ne!(tell(1).2, tell(2).2);
    }

    #[test]
    fn none_of_them_runs_in_production() {
        assert_eq!(
            FrozenClock::new(Mode::Production, At(0)).unwrap_err(),
            RefusesProduction("the clock")
        );
        assert!(CountingIds::new(Mode::Production).is_err());
        let refused = SeededChance::new(Mode::Production, 1).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "the sandbox for chance does not run in production: configure the real one"
        );
        let clock = FrozenClock::new(Mode::Demo, At(7)).unwrap();
        clock.set(At(3));
        assert_eq!(clock.now(), At(3));
    }
}
