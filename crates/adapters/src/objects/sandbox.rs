//! 시험용 보관소 — objects in memory, at the time of the story; away, or losing one, when a story wants it.

use crate::mode::{Mode, RefusesProduction};
use domain::time::At;
use ports::Clock;
use ports::delivery::Failed;
use ports::objects::{Listed, Objects};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A store without a disk.
pub struct SandboxObjects {
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    away: bool,
    objects: BTreeMap<String, (At, Vec<u8>)>,
}

impl SandboxObjects {
    /// An empty one.
    pub fn new(mode: Mode, clock: Arc<dyn Clock>) -> Result<SandboxObjects, RefusesProduction> {
        mode.sandbox("the store of attachments").map(|()| SandboxObjects {
            clock,
            state: Mutex::default(),
        })
    }

    /// It goes away, or comes back.
    pub fn is_away(&self, away: bool) {
        self.state().away = away;
    }

    /// Everything in it, by name.
    pub fn held(&self) -> BTreeMap<String, Vec<u8>> {
        let state = self.state();
        (state.objects.iter())
            .map(|(name, (_, bytes))| (name.clone(), bytes.clone()))
            .collect()
    }

    /// Changes, behind everybody's back, what an object holds; `None` loses it.
    pub fn spoils(&self, name: &str, bytes: Option<Vec<u8>>) {
        let at = self.clock.now();
        match bytes {
            Some(bytes) => self.state().objects.insert(name.to_owned(), (at, bytes)),
            None => self.state().objects.remove(name),
        };
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn there(&self) -> Result<MutexGuard<'_, State>, Failed> {
        let state = self.state();
        match state.away {
            true => Err(Failed::Later("it is away".into())),
            false => Ok(state),
        }
    }
}

#[async_trait::async_trait]
impl Objects for SandboxObjects {
    async fn put(&self, name: &str, bytes: Vec<u8>) -> Result<(), Failed> {
        let at = self.clock.now();
        self.there()?.objects.insert(name.to_owned(), (at, bytes));
        Ok(())
    }

    async fn get(&self, name: &str) -> Result<Option<Vec<u8>>, Failed> {
        Ok(self.there()?.objects.get(name).map(|(_, bytes)| bytes.clone()))
    }

    async fn remove(&self, name: &str) -> Result<(), Failed> {
        self.there()?.objects.remove(name);
        Ok(())
    }

    async fn list(&self, beginning: &str) -> Result<Vec<Listed>, Failed> {
        let state = self.there()?;
        let named = state
            .objects
            .iter()
            .filter(|(name, _)| name.starts_with(beginning));
        Ok(named
            .map(|(name, (at, _))| Listed {
                name: name.clone(),
                at: *at,
            })
            .collect())
    }
}
