//! 시험용 문서시스템 — keeps what it is handed, and answers when it is told to, so that stories can let it be slow, wrong or away.

use crate::mode::{Mode, RefusesProduction};
use ports::delivery::Failed;
use ports::records::{Dossier, DossierId, Records, Reply, Said, Settled};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};

/// A document system without a world.
pub struct SandboxRecords {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    handed: BTreeMap<DossierId, Dossier>,
    times: u32,
    replies: BTreeMap<String, Reply>,
    aside: Vec<(Reply, String)>,
    said: u32,
    stumbles: VecDeque<Failed>,
}

impl SandboxRecords {
    /// An empty one.
    pub fn new(mode: Mode) -> Result<SandboxRecords, RefusesProduction> {
        mode.sandbox("records")?;
        Ok(SandboxRecords {
            state: Mutex::default(),
        })
    }

    /// What it was handed so far, each once.
    pub fn handed(&self) -> Vec<Dossier> {
        self.state().handed.values().cloned().collect()
    }

    /// How often it was handed anything.
    pub fn times(&self) -> u32 {
        self.state().times
    }

    /// It answers: the answer is there from now on.
    pub fn says(&self, id: DossierId, said: Said) {
        let mut state = self.state();
        state.said += 1;
        let mark = format!("{:06}", state.said);
        let reply = Reply {
            mark: mark.clone(),
            id,
            said,
        };
        state.replies.insert(mark, reply);
    }

    /// The next hand-over fails like this.
    pub fn stumble(&self, failed: Failed) {
        self.state().stumbles.push_back(failed);
    }

    /// Answers that nobody has settled.
    pub fn open(&self) -> usize {
        self.state().replies.len()
    }

    /// Answers that were put aside, and why.
    pub fn put_aside(&self) -> Vec<(Reply, String)> {
        self.state().aside.clone()
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait::async_trait]
impl Records for SandboxRecords {
    fn outside(&self) -> bool {
        true
    }

    async fn hand_over(&self, dossier: &Dossier) -> Result<(), Failed> {
        let mut state = self.state();
        if let Some(failed) = state.stumbles.pop_front() {
            return Err(failed);
        }
        state.times += 1;
        state.handed.entry(dossier.id).or_insert_with(|| dossier.clone());
        Ok(())
    }

    async fn replies(&self) -> Result<Vec<Reply>, Failed> {
        Ok(self.state().replies.values().cloned().collect())
    }

    async fn settle(&self, reply: &Reply, how: &Settled) -> Result<(), Failed> {
        let mut state = self.state();
        if let (Some(reply), Settled::Aside(why)) = (state.replies.remove(&reply.mark), how) {
            state.aside.push((reply, why.clone()));
        }
        Ok(())
    }

    async fn aside(&self) -> Result<u32, Failed> {
        Ok(u32::try_from(self.state().aside.len()).unwrap_or(u32::MAX))
    }
}
