//! 기계의 시계·식별자·우연 — time, identities and chance of the machine: the only place that reads them.

use domain::time::At;
use ports::{Chance, Clock, Ids};
use std::{
    sync::{Mutex, PoisonError},
    time::{SystemTime, UNIX_EPOCH},
};
use uuid::Uuid;

/// 벽시계 — the machine's clock, set by NTP.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the machine's clock"
    )]
    fn now(&self) -> At {
        // Before 1970 only a machine without a battery is: its petitions are then dated to the epoch, and seen.
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        At(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// 기계의 우연 — the kernel's random numbers.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemChance;

impl Chance for SystemChance {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that draws the kernel's chance"
    )]
    fn fill(&self, out: &mut [u8]) {
        getrandom::fill(out).expect("without the kernel's random numbers no key and no session is safe");
    }
}

/// UUIDv7 (RFC 9562): 48 bits of milliseconds, 74 of chance. Within a millisecond each is greater than the one before.
#[derive(Debug, Default)]
pub struct SystemIds {
    last: Mutex<(i64, u128)>,
}

/// The bits of a UUIDv7 below its time that are not fixed.
const FREE: u128 = (1 << 74) - 1;

impl Ids for SystemIds {
    fn next(&self, now: At) -> Uuid {
        let mut random = [0; 16];
        SystemChance.fill(&mut random);
        let random = u128::from_be_bytes(random);
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        // In the same millisecond: a random step on, so that the next identity cannot be told from the last. A fresh
        // start leaves the highest bit free, room for more steps than a machine takes in a millisecond.
        let low = match *last {
            (at, low) if at == now.0 => low + 1 + (random & 0xffff_ffff),
            _ => random & (FREE >> 1),
        };
        *last = (now.0, low);
        uuid_v7(now, low & FREE)
    }
}

/// A UUIDv7 of a moment and 74 bits. Moments before 1970 count as 1970.
pub(crate) fn uuid_v7(at: At, low: u128) -> Uuid {
    let ms = u128::try_from(at.0).unwrap_or(0) & 0xffff_ffff_ffff;
    let (a, b) = (low >> 62, low & ((1 << 62) - 1));
    Uuid::from_u128(ms << 80 | 7 << 76 | a << 64 | 2 << 62 | b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn identities_grow_within_a_millisecond_and_over_time() {
        let ids = SystemIds::default();
        let mut made = Vec::new();
        for at in [1_531_753_200_000, 1_531_753_200_001, 1_531_753_300_000] {
            made.extend((0..2000).map(|_| ids.next(At(at))));
        }
        assert!(made.is_sorted_by(|a, b| a < b));
        let one = made[0];
        assert_eq!(
            (one.get_version_num(), one.get_variant()),
            (7, uuid::Variant::RFC4122)
        );
        assert_eq!(one.as_u128() >> 80, 1_531_753_200_000);
    }

    #[test]
    fn many_threads_and_a_clock_going_back_never_meet() {
        let ids = SystemIds::default();
        let made: Vec<Uuid> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4)
                .map(|_| scope.spawn(|| (0..2000).map(|i| ids.next(At(1000 - i % 7))).collect::<Vec<_>>()))
                .collect();
            threads
                .into_iter()
                .flat_map(|thread| thread.join().unwrap())
                .collect()
        });
        assert_eq!(made.iter().collect::<HashSet<_>>().len(), 8000);
    }

    #[test]
    fn the_machine_has_a_clock_and_chance() {
        assert!(SystemClock.now() > At(1_700_000_000_000));
        let (mut a, mut b) = ([0; 32], [0; 32]);
        SystemChance.fill(&mut a);
        SystemChance.fill(&mut b);
        assert_ne!(a, b);
    }
}
