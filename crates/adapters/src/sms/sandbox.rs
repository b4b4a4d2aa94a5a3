//! 시험용 문자함 — text messages stay in the house.

use crate::mode::{Mode, RefusesProduction};
use ports::{
    Clock,
    delivery::{Arrived, Failed},
    message::{Inbox, Messenger, TextMessage},
};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

/// A messenger without a world.
pub struct SandboxMessenger {
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    kept: VecDeque<Arrived<TextMessage>>,
    stumbles: VecDeque<Failed>,
}

/// How many messages it remembers.
pub const KEPT: usize = 200;

impl SandboxMessenger {
    /// Keeps the last [`KEPT`] messages.
    pub fn new(mode: Mode, clock: Arc<dyn Clock>) -> Result<SandboxMessenger, RefusesProduction> {
        mode.sandbox("text messages")?;
        Ok(SandboxMessenger {
            clock,
            state: Mutex::default(),
        })
    }

    /// The next message fails like this; called twice, the next two do.
    pub fn stumble(&self, failed: Failed) {
        self.state().stumbles.push_back(failed);
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait::async_trait]
impl Messenger for SandboxMessenger {
    async fn send(&self, message: &TextMessage) -> Result<(), Failed> {
        let at = self.clock.now();
        let mut state = self.state();
        if let Some(failed) = state.stumbles.pop_front() {
            return Err(failed);
        }
        state.kept.push_front(Arrived {
            at,
            what: message.clone(),
        });
        state.kept.truncate(KEPT);
        Ok(())
    }
}

impl Inbox for SandboxMessenger {
    fn messages(&self) -> Vec<Arrived<TextMessage>> {
        self.state().kept.iter().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{sandbox::FrozenClock, sms::http::tests::message};
    use domain::time::At;

    #[tokio::test]
    async fn messages_are_kept_newest_first_and_fail_as_told() {
        let clock = Arc::new(FrozenClock::new(Mode::Test, At(5)).unwrap());
        let refused = SandboxMessenger::new(Mode::Production, clock.clone());
        assert_eq!(refused.err(), Some(RefusesProduction("text messages")));
        let messenger = SandboxMessenger::new(Mode::Test, clock.clone()).unwrap();
        messenger.stumble(Failed::Never("no such number".to_owned()));
        assert!(messenger.send(&message()).await.is_err());
        for n in 0..=KEPT {
            clock.advance(1);
            messenger
                .send(&TextMessage {
                    text: format!("{n}번째 알림"),
                    ..message()
                })
                .await
                .unwrap();
        }
        let kept = messenger.messages();
        assert_eq!(kept.len(), KEPT);
        assert_eq!(
            (kept[0].at, kept[0].what.text.as_str()),
            (At(206), "200번째 알림")
        );
        assert_eq!(kept[KEPT - 1].what.text, "1번째 알림");
    }
}
