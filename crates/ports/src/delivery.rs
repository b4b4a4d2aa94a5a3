//! 전달 — how handing something to the outside world can fail, and what has arrived in a sandbox.

use domain::time::At;

/// Why something was not delivered. The text is for the person who looks after deliveries: reply codes and what was
/// being done, never an address, a number or a word of the letter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failed {
    /// 나중에 다시 — the other side is away, slow, full or refuses *us*: the same delivery may succeed later.
    #[error("{0}; will be tried again")]
    Later(String),
    /// 전달 불가 — this delivery is refused for what it is; only a person can help.
    #[error("{0}; cannot be delivered")]
    Never(String),
}

/// Something that arrived in a sandbox instead of the world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived<T> {
    /// When, by the sandbox's clock.
    pub at: At,
    /// What.
    pub what: T,
}
