//! 비밀번호 변경 — by oneself, at the door or inside; every other session ends with the old one.

use super::{MINUTE, NotLetIn, OpenSession};
use crate::{App, Trouble};
use domain::account::fits;
use domain::id::OfficialId;
use domain::organisation::Fault;
use store::batch::Batch;
use store::engine::Urgency;
use store::session::Subject;

impl App {
    /// Whether an official has a password of ours.
    pub(crate) async fn has_password(&self, official: OfficialId) -> Result<bool, Trouble> {
        let (Some(login), Some(day)) = (self.login_of(official), self.now().date()) else {
            return Ok(false);
        };
        let found = self.places.live.login(&login, day).await?;
        Ok(found.is_some_and(|(_, phc)| !phc.is_empty()))
    }

    /// Whether `password` is this official's.
    pub(crate) async fn is_password_of(
        &self,
        official: OfficialId,
        password: &str,
    ) -> Result<bool, NotLetIn> {
        let login = self.login_of(official).ok_or(NotLetIn::Wrong)?;
        let known = self.ports.identity.authenticate(&login, password).await;
        let known = known.map_err(|e| Trouble::Unavailable(e.to_string()))?;
        Ok(known == Some(official))
    }

    /// Changes one's own password. Inside, the old one is asked for; at the door it was typed a moment ago.
    pub async fn change_password(
        &self,
        open: &OpenSession,
        official: OfficialId,
        old: &str,
        new: &str,
    ) -> Result<(), NotLetIn> {
        let inside = match open.session.subject {
            Subject::Official(id) if id == official => true,
            Subject::Entering(id) if id == official => false,
            _ => return Err(NotLetIn::Wrong),
        };
        if inside {
            let key = crypto::hash::sha256("minwon password change", &[&open.session.key]);
            self.throttled(key, super::door::TRIES, 10 * MINUTE).await?;
            if !self.is_password_of(official, old).await? {
                return Err(NotLetIn::Wrong);
            }
            self.places.live.throttle_clear(&key).await?;
        }
        let login = self.login_of(official).ok_or(NotLetIn::Wrong)?;
        fits(new, &login).map_err(NotLetIn::Unfit)?;
        if self.is_password_of(official, new).await? {
            return Err(NotLetIn::Unfit(Fault::PasswordOld));
        }
        let phc = crypto::password::hash(new, &mut self.fill());
        let mut batch = Batch::new();
        batch.password(official, &phc);
        batch.password_noted(official, false, self.now());
        batch.sessions_end(official, Some(&open.session.key));
        self.note_deed(
            &mut batch,
            official,
            "password_changed",
            &open.session.coming.origin,
        );
        self.places.live.commit(batch, Urgency::User).await?;
        Ok(self.end_inside(official).await?)
    }

    /// The password step of the door is done.
    pub async fn enter_password(
        &self,
        open: &OpenSession,
        official: OfficialId,
        new: &str,
    ) -> Result<super::door::Entered, NotLetIn> {
        self.change_password(open, official, "", new).await?;
        self.stepped(open, official, false).await
    }
}
