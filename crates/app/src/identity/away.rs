//! 다른 곳에 물어보기 — a browser is sent to one who says who somebody is, and comes back with an answer to that question.
//!
//! Nothing is kept while the person is away: the state carries its time, its purpose and the way back, sealed, so that who is asked
//! learns none of it, and bound to the browser's session; nonce and verifier follow from it. Only an answer leaves a row, so that it
//! is taken once.

use super::MINUTE;
use super::factors::bytes;
use crate::App;
use crypto::seal::Suite;
use ports::identity::Question;
use store::batch::{Batch, CommitFault};
use store::engine::Urgency;

/// Who is sent away is back by then.
pub(super) const BACK_BY: i64 = 10 * MINUTE;

/// Who asks, and from which browser: `label` keeps the questions of one purpose apart from those of another.
#[derive(Clone, Copy)]
pub(super) struct Asker<'a> {
    /// What for.
    pub label: &'static str,
    /// What the browser holds.
    pub cookie: &'a str,
}

/// What came back to the browser that asked.
pub(super) struct Came {
    /// When it was asked.
    pub at: i64,
    /// The purpose.
    pub what: String,
    /// The way back.
    pub back: String,
}

/// Why nothing came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lost {
    /// Not our question, or not this browser's.
    Foreign,
    /// Too long ago.
    Late,
}

impl App {
    fn away_mac(&self, asker: Asker<'_>, part: &str, what: &[u8]) -> String {
        let key = self.places.live.keys().derive(asker.label);
        let session = App::session_key(asker.cookie);
        domain::text::hex(&crypto::hash::mac(&key, part, &[&session, what]))
    }

    fn away_key(&self, asker: Asker<'_>) -> crypto::seal::Key {
        self.places.live.keys().derive(&format!("{} state", asker.label))
    }

    /// The question of a state.
    pub(super) fn question(&self, asker: Asker<'_>, state: String, anew: bool) -> Question {
        Question {
            nonce: self.away_mac(asker, "nonce", state.as_bytes()),
            verifier: self.away_mac(asker, "verifier", state.as_bytes()),
            anew,
            state,
        }
    }

    /// The state of a new question.
    pub(super) fn state(&self, asker: Asker<'_>, what: &str, back: &str) -> String {
        let mut plain = self.now().0.to_be_bytes().to_vec();
        plain.push(u8::try_from(what.len()).unwrap_or(u8::MAX));
        plain.extend_from_slice(what.as_bytes());
        plain.extend_from_slice(back.as_bytes());
        let bound = App::session_key(asker.cookie);
        let (key, fill) = (self.away_key(asker), &mut self.fill());
        let sealed = crypto::seal::seal(Suite::Standard, &key, &bound, &plain, fill);
        domain::text::hex(&sealed)
    }

    /// What a state says that came back.
    pub(super) fn came_back(&self, asker: Asker<'_>, state: &str) -> Result<Came, Lost> {
        self.read_state(asker, state)
            .ok_or(Lost::Foreign)
            .and_then(|came| {
                let young = (0..=BACK_BY).contains(&(self.now().0 - came.at));
                young.then_some(came).ok_or(Lost::Late)
            })
    }

    fn read_state(&self, asker: Asker<'_>, state: &str) -> Option<Came> {
        let bound = App::session_key(asker.cookie);
        let plain = crypto::seal::open(&self.away_key(asker), &bound, &bytes(state)?).ok()?;
        let (at, rest) = plain.split_first_chunk::<8>()?;
        let (length, rest) = rest.split_first()?;
        let (what, back) = rest.split_at_checked(usize::from(*length))?;
        Some(Came {
            at: i64::from_be_bytes(*at),
            what: String::from_utf8(what.to_vec()).ok()?,
            back: String::from_utf8(back.to_vec()).ok()?,
        })
    }

    /// Notes that a state came back; a conflict where it did before.
    pub(super) async fn only_once(&self, state: &str) -> Result<(), CommitFault> {
        let mut batch = Batch::new();
        // Its bytes, however their digits are spelled.
        let once = crypto::hash::sha256("minwon sso state", &[&bytes(state).unwrap_or_default()]);
        batch.spent(&once, self.now().plus(BACK_BY));
        self.places.live.commit(batch, Urgency::User).await
    }
}
