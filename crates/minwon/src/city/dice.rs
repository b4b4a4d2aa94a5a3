//! 주사위 — what a told past leaves to chance, drawn by a seed: the same every time.

use adapters::mode::{Mode, RefusesProduction};
use adapters::sandbox::SeededChance;
use ports::Chance;

/// Draws by the seed.
pub struct Dice(SeededChance);

impl Dice {
    /// The dice of this seed.
    pub fn new(seed: u64) -> Result<Dice, RefusesProduction> {
        SeededChance::new(Mode::Demo, seed).map(Dice)
    }

    /// From `low` to below `high`.
    pub fn draw(&self, low: i64, high: i64) -> i64 {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        let span = u64::try_from(high - low).unwrap_or(0).max(1);
        low + i64::try_from(u64::from_le_bytes(bytes) % span).unwrap_or(0)
    }

    /// One of these; `None` of none.
    pub fn pick<'a, T>(&self, from: &'a [T]) -> Option<&'a T> {
        let n = i64::try_from(from.len()).ok().filter(|n| *n > 0)?;
        from.get(usize::try_from(self.draw(0, n)).ok()?)
    }

    /// One of so many weights: its place among them.
    pub fn weighed(&self, weights: impl IntoIterator<Item = i64, IntoIter: Clone>) -> usize {
        let weights = weights.into_iter();
        let mut ticket = self.draw(0, weights.clone().sum());
        for (n, weight) in weights.enumerate() {
            ticket -= weight;
            if ticket < 0 {
                return n;
            }
        }
        0
    }
}
