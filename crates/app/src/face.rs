//! 화면의 물음 — the small things pages ask for besides acts and cases: who is signed in, where a number leads, what a
//! receipt is worth, whether the store lives.

use crate::act::{ActError, once_key};
use crate::identity::OpenSession;
use crate::saved::guest;
use crate::{App, Trouble};
use crypto::attestation::Attestation;
use domain::access::{Sight, Who};
use domain::assurance::Proof;
use domain::id::{PersonId, PetitionId};
use domain::number::FilingNumber;
use domain::petition::Petition;
use domain::terms::Code;
use domain::time::At;
use std::sync::Arc;
use store::head::Behind;
use store::seal::Root;
use store::session::{Coming, Subject};

/// A keyed MAC for marks that go out and come back (HMAC-SHA-256).
pub type Mac = Arc<dyn Fn(&[u8]) -> [u8; 32] + Send + Sync>;

/// What a signed statement turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checked {
    /// No statement of this form at all.
    Unreadable,
    /// Of the right form, but not signed by this office: altered, or somebody else's.
    NotOurs,
    /// Signed by this office.
    Genuine {
        /// When the event was recorded.
        recorded_at: At,
        /// Whether the journal holds that very event now; it does not once the petition was destroyed after its time.
        held: bool,
        /// The number of the published root it lies under, once there is one.
        root: Option<u64>,
    },
}

impl App {
    /// The MAC that ties forms to sessions.
    pub fn form_mac(&self) -> Mac {
        let key = self.here.keys().derive("forms");
        Arc::new(move |bytes| crypto::hash::mac(&key, "form", &[bytes]))
    }

    /// Who is signed in with this cookie on the citizens' pages.
    pub async fn citizen(&self, cookie: &str) -> Result<Option<(OpenSession, PersonId)>, Trouble> {
        let open = self.session(cookie).await?;
        Ok(open.and_then(|open| match open.session.subject {
            Subject::Citizen(person) => Some((open, person)),
            Subject::Guest | Subject::Official(_) | Subject::Entering(_) => None,
        }))
    }

    /// Who is logged in with this cookie on the officials' pages; `None` also when the account is no longer valid.
    pub async fn official(&self, cookie: &str) -> Result<Option<(OpenSession, Who)>, Trouble> {
        let open = self.session(cookie).await?;
        Ok(open.and_then(|open| match open.session.subject {
            // Inside, one is somebody only by a seat held there today.
            Subject::Official(id) if self.is_inside() && !self.is_entitled(id) => None,
            Subject::Official(id) => self.office().who(id, self.now()).map(|who| (open, who)),
            Subject::Guest | Subject::Citizen(_) | Subject::Entering(_) => None,
        }))
    }

    /// Whose drafts a visitor's are who has not signed in.
    pub fn guest_owner(cookie: &str) -> [u8; 16] {
        guest(&Self::session_key(cookie))
    }

    /// Signs a person in: a new session with a new cookie; the drafts written before come along, the old session ends.
    pub async fn sign_in(
        &self,
        person: PersonId,
        old_cookie: &str,
        proof: Proof,
    ) -> Result<OpenSession, ActError> {
        if let Some(old) = self.session(old_cookie).await? {
            self.end_session(&old.session).await?;
        }
        self.adopt_drafts(Self::guest_owner(old_cookie), person.bytes())
            .await?;
        let coming = Coming {
            proof: Some(proof),
            ..Coming::default()
        };
        Ok(self.begin_session_as(Subject::Citizen(person), coming).await?)
    }

    /// The petition a 신청번호 names, for one who may know of it.
    pub async fn numbered(&self, who: &Who, number: FilingNumber) -> Result<PetitionId, ActError> {
        let found = match who {
            // To its petitioner the house has no walls.
            Who::Citizen(_) => self.anywhere(number).await?.map(|(_, petition)| petition),
            Who::Official(_) | Who::System => self.by_filing_number(number).await?,
        };
        found
            .filter(|petition| Sight::of(who).admits(petition))
            .map(|petition| petition.id)
            .ok_or(ActError::NotFound)
    }

    /// What was filed by this person with this key, if anything was.
    pub async fn filed_before(&self, who: &Who, key: &[u8]) -> Result<Option<Petition>, ActError> {
        let once = once_key("file", who, key);
        for room in self.rooms() {
            if let Some((id, _)) = room.here.done_before(&once).await? {
                let head = room.head(id).await?;
                return Ok(head
                    .map(|head| head.petition)
                    .filter(|petition| Sight::of(who).admits(petition)));
            }
        }
        Ok(None)
    }

    /// The due moment of a petition under this service if it were received now; `None` where it is not known beforehand.
    pub fn expected_now(&self, service: Code) -> Option<At> {
        let (now, office) = (self.now(), self.office());
        let service = office.service_on(service, now.date()?)?;
        let law = office.law();
        let period = service
            .sure_period()
            .or_else(|| law.period_of_kind(service.kind))?;
        law.due(now, period, service.kind, &[], &[]).ok()
    }

    /// The due moment if the citizen consents to the extension proposed.
    pub fn due_if_consented(&self, p: &Petition) -> Option<At> {
        let (proposal, reception, office) = (p.proposal?, p.reception?, self.office());
        let extensions: Vec<u32> = p.extensions.iter().copied().chain([proposal.n]).collect();
        let due = office
            .law()
            .due(reception.at, reception.period, p.kind, &p.stretches, &extensions);
        due.ok()
    }

    /// Checks the signed statement printed on a paper. Says nothing about the petition itself.
    pub async fn check_statement(&self, text: &str) -> Result<Checked, Trouble> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let Some((statement, signed)) = Attestation::from_text(&text) else {
            return Ok(Checked::Unreadable);
        };
        let signed_by =
            |place: &store::place::Place| statement.verify(&place.keys().signer.public(), &signed);
        let room = self.rooms().find(|room| signed_by(&room.here));
        let Some(room) = room else {
            return Ok(Checked::NotOurs);
        };
        let place = &room.here;
        room.head(statement.petition).await?;
        let journal = place.journal(statement.petition).await?;
        let held = journal
            .iter()
            .any(|entry| u64::from(entry.recorded.seq) == statement.seq && entry.hash == statement.event);
        let seq = u32::try_from(statement.seq).unwrap_or(u32::MAX);
        let root = match place.leaf_of(statement.petition, seq).await? {
            Some(leaf) if held => room.root_over(leaf).await?,
            _ => None,
        };
        Ok(Checked::Genuine {
            recorded_at: statement.recorded_at,
            held,
            root,
        })
    }

    async fn root_over(&self, leaf: u64) -> Result<Option<u64>, Trouble> {
        let roots = self.here.roots(u32::MAX).await?;
        let over = roots.iter().find(|root| (root.first..root.next).contains(&leaf));
        Ok(over.map(|root| root.no))
    }

    /// The newest signed roots, newest first: what anyone may keep to hold the office to.
    pub async fn published_roots(&self, most: u32) -> Result<Vec<Root>, Trouble> {
        Ok(self.here.roots(most).await?)
    }

    /// Whether the store can be read and written. Errors: what is wrong, for the log only.
    ///
    /// Where the last write failed another is tried: a server that its proxy has taken out for it has no other by which it could come back.
    /// One at a time, since each may wait long for a standby.
    pub async fn health(&self) -> Result<(), Trouble> {
        let health = self.here.engine().health().await;
        health.reads?;
        let Err(trouble) = health.writes else {
            return Ok(());
        };
        let Ok(_alone) = self.trying.try_lock() else {
            return Err(trouble.into());
        };
        Ok(self.here.try_writing().await?)
    }
}

/// 구비서류 of a service, by name.
pub fn expected_documents(service: &domain::handbook::Service) -> Vec<String> {
    service
        .documents
        .as_ref()
        .map(|fact| fact.value.iter().map(|document| document.name.clone()).collect())
        .unwrap_or_default()
}

/// Where a page of a list goes on, as it stands in an address.
pub fn mark(behind: Behind) -> String {
    format!("{}-{}", behind.key.0, behind.id)
}

/// The place a mark in an address means; `None` for what is no mark.
pub fn behind(mark: &str) -> Option<Behind> {
    let (key, id) = mark.rsplit_once('-')?;
    Some(Behind {
        key: At(key.parse().ok()?),
        id: id.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_leads_back_to_its_place() {
        let place = Behind {
            key: At(-5),
            id: PetitionId(uuid::Uuid::from_u128(7)),
        };
        assert_eq!(behind(&mark(place)), Some(place));
        for wrong in ["", "5", "x-00", "5-", "5-zz"] {
            assert_eq!(behind(wrong), None, "{wrong}");
        }
    }
}
