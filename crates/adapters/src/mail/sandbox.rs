//! 시험용 우편함 — letters stay in the house: the last ones in memory, and as `.eml` files if a folder is given.

use super::{Sender, compose};
use crate::mode::{Mode, RefusesProduction};
use ports::{
    Clock,
    delivery::{Arrived, Failed},
    mail::{Letter, Mailbox, Mailer},
};
use std::{
    collections::VecDeque,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

/// A mailer without a world.
pub struct SandboxMailer {
    sender: Sender,
    clock: Arc<dyn Clock>,
    folder: Option<PathBuf>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    kept: VecDeque<Arrived<Letter>>,
    stumbles: VecDeque<Failed>,
}

/// How many letters it remembers.
pub const KEPT: usize = 200;

impl SandboxMailer {
    /// Keeps the last [`KEPT`] letters, and each as `<id>.eml` in `folder` if there is one.
    pub fn new(
        mode: Mode,
        sender: Sender,
        clock: Arc<dyn Clock>,
        folder: Option<PathBuf>,
    ) -> Result<SandboxMailer, RefusesProduction> {
        mode.sandbox("mail")?;
        Ok(SandboxMailer {
            sender,
            clock,
            folder,
            state: Mutex::default(),
        })
    }

    /// The next letter fails like this; called twice, the next two do. For stories of a mail server that is away.
    pub fn stumble(&self, failed: Failed) {
        self.state().stumbles.push_back(failed);
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait::async_trait]
impl Mailer for SandboxMailer {
    async fn send(&self, letter: &Letter) -> Result<(), Failed> {
        if let Some(failed) = self.state().stumbles.pop_front() {
            return Err(failed);
        }
        let at = self.clock.now();
        let message = compose(&self.sender, letter, at)?;
        if let Some(folder) = &self.folder {
            let file = folder.join(format!("{}.eml", letter.id));
            std::fs::create_dir_all(folder)
                .and_then(|()| std::fs::write(&file, message.formatted()))
                .map_err(|error| Failed::Later(format!("writing {}: {error}", file.display())))?;
        }
        let mut state = self.state();
        state.kept.push_front(Arrived {
            at,
            what: letter.clone(),
        });
        state.kept.truncate(KEPT);
        Ok(())
    }
}

impl Mailbox for SandboxMailer {
    fn letters(&self) -> Vec<Arrived<Letter>> {
        self.state().kept.iter().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::smtp::tests::{letter, sender};
    use crate::sandbox::FrozenClock;
    use domain::{id::OutboxId, time::At};
    use uuid::Uuid;

    fn clock() -> Arc<FrozenClock> {
        Arc::new(FrozenClock::new(Mode::Test, At(1_531_790_000_000)).unwrap())
    }

    #[test]
    fn it_refuses_production() {
        let refused = SandboxMailer::new(Mode::Production, sender(), clock(), None);
        assert_eq!(refused.err(), Some(RefusesProduction("mail")));
    }

    #[tokio::test]
    async fn letters_are_kept_newest_first_and_as_files() {
        let folder = tempfile::tempdir().unwrap();
        let clock = clock();
        let outbox = folder.path().join("mail");
        let mailer = SandboxMailer::new(Mode::Demo, sender(), clock.clone(), Some(outbox.clone())).unwrap();
        mailer.send(&letter()).await.unwrap();
        clock.advance(1000);
        let second = Letter {
            id: OutboxId(Uuid::from_u128(2)),
            ..letter()
        };
        mailer.send(&second).await.unwrap();

        let kept = mailer.letters();
        assert_eq!(kept.len(), 2);
        assert_eq!((kept[0].at, &kept[0].what), (At(1_531_790_001_000), &second));
        assert_eq!(kept[1].what, letter());
        let file = std::fs::read_to_string(outbox.join(format!("{}.eml", second.id))).unwrap();
        assert!(
            file.contains(&format!("Message-ID: <{}@minwon.example>", second.id)),
            "{file}"
        );

        for n in 3..KEPT as u128 + 10 {
            mailer
                .send(&Letter {
                    id: OutboxId(Uuid::from_u128(n)),
                    ..letter()
                })
                .await
                .unwrap();
        }
        assert_eq!(mailer.letters().len(), KEPT);
    }

    #[tokio::test]
    async fn it_fails_as_it_is_told_and_keeps_nothing_then() {
        let mailer = SandboxMailer::new(Mode::Test, sender(), clock(), None).unwrap();
        mailer.stumble(Failed::Later("the server is away".to_owned()));
        assert_eq!(
            mailer.send(&letter()).await,
            Err(Failed::Later("the server is away".to_owned()))
        );
        let nowhere = Letter {
            to: "nowhere".to_owned(),
            ..letter()
        };
        assert!(matches!(mailer.send(&nowhere).await, Err(Failed::Never(_))));
        assert_eq!(mailer.letters(), []);
        mailer.send(&letter()).await.unwrap();
        assert_eq!(mailer.letters().len(), 1);
    }
}
