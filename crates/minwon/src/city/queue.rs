//! 차례 — stories wait for their next step in the order of their moments.

use super::story::Story;
use domain::time::At;

/// A story in the queue, by the moment of its next step.
pub struct Waiting(pub Story);

impl Waiting {
    /// The moment of its next step.
    pub fn at(&self) -> At {
        self.0.steps.front().map_or(At::NEVER, |(at, _)| *at)
    }

    /// What the queue is ordered by: of two at one moment the earlier story comes first.
    pub fn key(&self) -> (At, usize) {
        (self.at(), self.0.n)
    }
}
impl PartialEq for Waiting {
    fn eq(&self, other: &Waiting) -> bool {
        self.key() == other.key()
    }
}
impl Eq for Waiting {}
impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Waiting) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Waiting {
    fn cmp(&self, other: &Waiting) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}
