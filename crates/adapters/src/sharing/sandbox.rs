//! 시험용 공동이용센터 — answers out of its own head, remembers what it was asked, and does not run in production.

use crate::mode::{Mode, RefusesProduction};
use ports::sharing::{Answer, Question, Sharing};
use std::sync::Mutex;

/// A centre that knows nobody: whoever asks finds an invented record, unless told otherwise.
pub struct SandboxSharing {
    asked: Mutex<Vec<Question>>,
    next: Mutex<Vec<Answer>>,
}

impl SandboxSharing {
    /// Errors: in production.
    pub fn new(mode: Mode) -> Result<SandboxSharing, RefusesProduction> {
        mode.sandbox("shared information")?;
        Ok(SandboxSharing {
            asked: Mutex::default(),
            next: Mutex::default(),
        })
    }

    /// What is answered next, before the invented record is found again.
    pub fn answers(&self, answer: Answer) {
        lock(&self.next).push(answer);
    }

    /// Everything it was asked, oldest first.
    pub fn asked(&self) -> Vec<Question> {
        lock(&self.asked).clone()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

#[async_trait::async_trait]
impl Sharing for SandboxSharing {
    fn is_there(&self) -> bool {
        true
    }

    async fn look_up(&self, question: &Question) -> Answer {
        lock(&self.asked).push(question.clone());
        let mut next = lock(&self.next);
        if next.is_empty() {
            return Answer::Found(format!("[시험] {} 기록이 있습니다.", question.holder));
        }
        next.remove(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_refuses_production() {
        assert!(SandboxSharing::new(Mode::Production).is_err());
        assert!(SandboxSharing::new(Mode::Demo).is_ok() && SandboxSharing::new(Mode::Test).is_ok());
    }
}
