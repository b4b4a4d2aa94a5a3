//! 접속 — one's own open sessions, ending them, forced log-out, and showing anew who one is before something dangerous.

use super::{HOUR, MINUTE, NotLetIn, OFFICIAL_IDLE, OpenSession};
use crate::act::Call;
use crate::identity::door::Arrival;
use crate::people::OfficeError;
use crate::{App, Trouble};
use domain::access::Who;
use domain::account::Road;
use domain::id::OfficialId;
use domain::organisation::Fault;
use domain::time::At;
use store::batch::{Batch, CommitFault};
use store::engine::Urgency;
use store::session::Subject;

/// Who showed who they are so long ago need not show it again.
pub const FRESH: i64 = 10 * MINUTE;

/// One open session, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// What it is called in a form: a hash of what it is found by.
    pub name: String,
    /// Since when.
    pub since: At,
    /// When it was last used.
    pub used: At,
    /// From which address.
    pub origin: Vec<u8>,
    /// On what kind of browser.
    pub device: String,
    /// By which road.
    pub road: Option<Road>,
    /// Whether it is the one that asks.
    pub own: bool,
}

fn name_of(key: &[u8; 32]) -> String {
    let mut name = domain::text::hex(&crypto::hash::sha256("minwon session name", &[key]));
    name.truncate(32);
    name
}

impl App {
    /// Whether who uses this session showed within ten minutes who they are, by all the factors they have. Ask it before an act
    /// whose harm a stolen session must not do.
    pub fn fresh(&self, open: &OpenSession) -> bool {
        let age = open.session.coming.proven_at.map(|at| self.now().0 - at.0);
        matches!(open.session.subject, Subject::Official(_))
            && age.is_some_and(|age| (0..=FRESH).contains(&age))
    }

    /// 내 접속 — every open session of the official who asks, the last used first.
    pub async fn sessions(&self, open: &OpenSession, official: OfficialId) -> Result<Vec<Seen>, Trouble> {
        let now = self.now();
        let sessions = self
            .places
            .live
            .sessions_of(official, now, now.plus(-OFFICIAL_IDLE))
            .await?;
        Ok(sessions
            .into_iter()
            .map(|session| Seen {
                name: name_of(&session.key),
                since: session.made_at,
                used: session.seen_at,
                own: session.key == open.session.key,
                origin: session.coming.origin,
                device: session.coming.device,
                road: session.coming.road,
            })
            .collect())
    }

    /// Ends one of one's own sessions; `false` when there is none of that name.
    pub async fn end_own(
        &self,
        open: &OpenSession,
        official: OfficialId,
        name: &str,
    ) -> Result<bool, Trouble> {
        let now = self.now();
        let sessions = self.places.live.sessions_of(official, now, At(0)).await?;
        let Some(found) = sessions.iter().find(|session| name_of(&session.key) == name) else {
            return Ok(false);
        };
        let mut batch = Batch::new();
        batch.session_ends(&found.key);
        self.note_deed(&mut batch, official, "session_ended", &open.session.coming.origin);
        self.places.live.commit(batch, Urgency::User).await?;
        Ok(true)
    }

    /// Ends all of one's own sessions but the one that asks.
    pub async fn end_others(&self, open: &OpenSession, official: OfficialId) -> Result<(), Trouble> {
        let mut batch = Batch::new();
        batch.sessions_end(official, Some(&open.session.key));
        self.note_deed(&mut batch, official, "session_ended", &open.session.coming.origin);
        self.places.live.commit(batch, Urgency::User).await?;
        Ok(self.end_inside(official).await?)
    }

    /// Ends the sessions of an official in the 보안민원실 too: whatever ends them outside ends them there. Nothing tells whether
    /// there were any.
    pub(crate) async fn end_inside(&self, official: OfficialId) -> Result<(), CommitFault> {
        let Some(room) = self.protected() else {
            return Ok(());
        };
        let mut batch = Batch::new();
        batch.sessions_end(official, None);
        room.here.commit(batch, Urgency::User).await
    }

    /// 로그아웃.
    pub async fn log_out(&self, open: &OpenSession, official: OfficialId) -> Result<(), Trouble> {
        let mut batch = Batch::new();
        batch.session_ends(&open.session.key);
        self.note_deed(&mut batch, official, "sign_out", &open.session.coming.origin);
        Ok(self.here.commit(batch, Urgency::User).await?)
    }

    /// 강제 로그아웃 — the administrator ends every session of somebody.
    pub async fn end_sessions(
        &self,
        who: &Who,
        official: OfficialId,
        call: &Call,
    ) -> Result<(), OfficeError> {
        self.administered(who)?;
        let office = self.ordinary().office();
        let person = office.person(official).ok_or(Fault::Unknown)?;
        let mut batch = Batch::new();
        self.administer(&mut batch, who, "sessions_ended", official, &person.name, call)?;
        Ok(self.shut_out(batch, official).await?)
    }

    /// Ends every session of somebody, in both rooms, together with `batch`.
    pub(crate) async fn shut_out(&self, mut batch: Batch, official: OfficialId) -> Result<(), CommitFault> {
        batch.sessions_end(official, None);
        self.places.live.commit(batch, Urgency::User).await?;
        self.end_inside(official).await
    }

    /// What the administrator sees of an account: how many sessions are open, and what it is secured with.
    pub async fn account_of(
        &self,
        who: &Who,
        official: OfficialId,
    ) -> Result<(usize, super::factors::Secured), OfficeError> {
        self.administered(who)?;
        let now = self.now();
        let sessions = self
            .places
            .live
            .sessions_of(official, now, now.plus(-OFFICIAL_IDLE))
            .await?;
        Ok((sessions.len(), self.secured(official).await?))
    }

    /// 다시 확인 — shows anew who uses this session: by password, where there is one, and by the second factor, where there is one.
    pub async fn confirm(
        &self,
        open: &OpenSession,
        official: OfficialId,
        password: &str,
        said: &str,
        from: &Arrival,
    ) -> Result<(), NotLetIn> {
        let secured = self.secured(official).await?;
        if !secured.password {
            return Err(NotLetIn::Wrong);
        }
        let key = crypto::hash::sha256("minwon confirm", &[&open.session.key]);
        self.throttled(key, super::door::TRIES_OF_KNOWN, HOUR).await?;
        if !self.is_password_of(official, password).await? {
            return Err(NotLetIn::Wrong);
        }
        if secured.is_factored() {
            self.check_factor(official, said, from).await?;
        }
        self.places.live.throttle_clear(&key).await?;
        self.proven(open, official).await
    }

    /// Notes that who uses this session was shown anew.
    pub(crate) async fn proven(&self, open: &OpenSession, official: OfficialId) -> Result<(), NotLetIn> {
        let mut batch = Batch::new();
        batch.session_proven(&open.session.key, open.session.coming.factored, self.now());
        self.note_deed(&mut batch, official, "confirmed", &open.session.coming.origin);
        Ok(self.here.commit(batch, Urgency::User).await?)
    }
}
