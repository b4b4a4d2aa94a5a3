//! 외부 접속자 — under which conditions an external user is let in, asked anew with every request, and who sets them.

use super::Barred;
use crate::act::Call;
use crate::{App, Trouble};
use domain::access::Who;
use domain::external::{Entry, Outside};
use domain::id::OfficialId;
use domain::terms::Seat;
use store::batch::Batch;
use store::engine::Urgency;
use store::office::Person;
use store::session::Session;

/// An external user and the conditions set for them.
#[derive(Debug, Clone)]
pub struct External {
    /// The account.
    pub person: Person,
    /// The conditions; `None` lets nobody in.
    pub entry: Option<Entry>,
}

impl App {
    /// Whether an official may go on from this address now. Whoever is no external user always may; an external user from the
    /// networks, at the hours and until the day set for them, and with a second factor. A session that may not go on ends.
    pub async fn lets_in(
        &self,
        session: &Session,
        who: &Who,
        origin: &[u8],
    ) -> Result<Result<(), Outside>, Trouble> {
        let Who::Official(official) = who else {
            return Ok(Ok(()));
        };
        if !official.is_external() {
            return Ok(Ok(()));
        }
        let allowed = match self.places.live.external(official.id).await? {
            None => Err(Outside::Unset),
            Some(entry) => entry.lets_in(origin, self.now()),
        };
        let allowed = allowed.and_then(|()| self.second_factor(session));
        if allowed.is_err() {
            self.end_session(session).await?;
        }
        Ok(allowed)
    }

    /// Whether a session was begun with a second factor: whoever comes from outside needs one, unless the office has said that it does
    /// without (`outside_without_factor`, for trials).
    fn second_factor(&self, session: &Session) -> Result<(), Outside> {
        if session.coming.factored || self.ordinary().office().settings.outside_without_factor {
            Ok(())
        } else {
            Err(Outside::Factor)
        }
    }

    /// The external users of today, for who administers the office.
    pub async fn externals(&self, who: &Who) -> Result<Vec<External>, Barred> {
        self.administered(who)?;
        let office = self.ordinary().office();
        let mut all = Vec::new();
        for id in office.holders(Seat::ExternalUser, None) {
            if let Some(person) = office.officials.get(&id) {
                all.push(External {
                    person: person.clone(),
                    entry: self.places.live.external(id).await?,
                });
            }
        }
        Ok(all)
    }

    /// Sets the conditions of an external user. The account ends with them, and every session it has ends now: the next one
    /// begins under the new conditions.
    pub async fn keep_external(
        &self,
        who: &Who,
        official: OfficialId,
        entry: &Entry,
        call: &Call,
    ) -> Result<(), Barred> {
        self.administered(who)?;
        let office = self.ordinary().office();
        let posts = (office.staff.posts.get(&official)).ok_or(Barred::Unknown)?;
        // Who has a seat in the office besides would come in as an official, too.
        if posts.iter().any(|post| post.seat != Seat::ExternalUser) {
            return Err(Outside::NotExternal.into());
        }
        entry.fits(office.day)?;
        let mut batch = Batch::new();
        batch.external(official, entry, self.now())?;
        batch.official_ends(official, Some(entry.until));
        batch.sessions_of_end(official);
        self.changed(&mut batch, who, "external_kept", official.bytes(), entry, call)?;
        self.places.live.commit(batch, Urgency::User).await?;
        Ok(self.reload().await?)
    }
}
