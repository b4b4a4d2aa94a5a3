//! 시험용 검사기 — knows the test pattern that all engines know (EICAR), and is slow, away or cleverer when a story wants it.

use crate::mode::{Mode, RefusesProduction};
use ports::delivery::Failed;
use ports::scan::{Scanner, Verdict};
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// The pattern, in two halves: whole, this very file would be taken for it.
const HALVES: [&[u8]; 2] = [
    b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTI",
    b"VIRUS-TEST-FILE!$H+H*",
];

/// The test pattern: harmless, and found by every engine.
pub fn eicar() -> Vec<u8> {
    HALVES.join(b"-".as_slice())
}

/// A scanner without a world.
pub struct SandboxScanner {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    there: bool,
    version: u32,
    learnt: Vec<(Vec<u8>, String)>,
    stumbles: VecDeque<Result<Verdict, Failed>>,
    scans: u32,
}

impl SandboxScanner {
    /// One that is there.
    pub fn new(mode: Mode) -> Result<SandboxScanner, RefusesProduction> {
        mode.sandbox("the scanner").map(|()| SandboxScanner {
            state: Mutex::new(State {
                there: true,
                version: 1,
                ..State::default()
            }),
        })
    }

    /// It is taken away, or put back.
    pub fn is_there(&self, there: bool) {
        self.state().there = there;
    }

    /// It learns a pattern: its signatures are new ones from now on.
    pub fn learns(&self, pattern: &[u8], name: &str) {
        let mut state = self.state();
        state.version += 1;
        state.learnt.push((pattern.to_vec(), name.to_owned()));
    }

    /// What it says next, whatever it is shown.
    pub fn says(&self, said: Result<Verdict, Failed>) {
        self.state().stumbles.push_back(said);
    }

    /// How often it was asked.
    pub fn scans(&self) -> u32 {
        self.state().scans
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait::async_trait]
impl Scanner for SandboxScanner {
    fn there(&self) -> bool {
        self.state().there
    }

    async fn signatures(&self) -> Result<String, Failed> {
        Ok(format!("sandbox {}", self.state().version))
    }

    async fn scan(&self, content: &[u8]) -> Result<Verdict, Failed> {
        let mut state = self.state();
        state.scans += 1;
        if let Some(said) = state.stumbles.pop_front() {
            return said;
        }
        let holds = |pattern: &[u8]| content.windows(pattern.len().max(1)).any(|part| part == pattern);
        if holds(&eicar()) {
            return Ok(Verdict::Infected("Eicar-Test-Signature".into()));
        }
        let known = state.learnt.iter().find(|(pattern, _)| holds(pattern));
        Ok(known.map_or(Verdict::Clean, |(_, name)| Verdict::Infected(name.clone())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn it_knows_one_pattern_and_never_runs_in_production() {
        assert!(SandboxScanner::new(Mode::Production).is_err());
        let scanner = SandboxScanner::new(Mode::Test).unwrap();
        assert_eq!(scanner.scan(b"hello").await.unwrap(), Verdict::Clean);
        let inside = [b"before ".as_slice(), &eicar(), b" after"].concat();
        assert!(matches!(scanner.scan(&inside).await, Ok(Verdict::Infected(_))));
    }
}
