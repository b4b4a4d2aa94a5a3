//! 운영 방식 — what the house is run for; sandboxes are handed it and refuse production.

/// What this process serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// 운영 — real petitions of real people.
    Production,
    /// 체험 — invented petitions, shown to whoever tries the software.
    Demo,
    /// 시험 — a story of the tests.
    Test,
}

/// A sandbox was asked to stand in for the world where people rely on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the sandbox for {0} does not run in production: configure the real one")]
pub struct RefusesProduction(pub &'static str);

impl Mode {
    /// Refuses production on behalf of a sandbox for `what`.
    pub fn sandbox(self, what: &'static str) -> Result<(), RefusesProduction> {
        match self {
            Mode::Production => Err(RefusesProduction(what)),
            Mode::Demo | Mode::Test => Ok(()),
        }
    }
}
