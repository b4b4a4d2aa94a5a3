//! 로그인 연락처 — the telephone and the mailbox by which a citizen comes in: at most one of each.
//!
//! A contact is somebody's way in once a code sent there was given back. It is one person's or nobody's; a new one takes the place
//! of the old, so that a number given up opens nothing to whoever has it next.

use super::{Address, NotLetIn};
use crate::act::ActError;
use crate::{App, Trouble};
use domain::id::{PersonId, TextId};
use store::batch::Batch;
use store::engine::Urgency;
use store::person::{Contact, ContactKind};

/// A contact of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// Telephone or mail.
    pub address: Address,
    /// Whether a code sent there lets them in.
    pub lets_in: bool,
}

/// What became of a contact whose code was given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It lets this person in.
    LetsIn,
    /// It lets in somebody else, and goes on doing so; this person is reached by it.
    Reached,
    /// It lets in somebody else, and this person comes in by another of its kind: nothing changed.
    Refused,
}

fn told_to(contact: &Contact, kind: ContactKind) -> Option<&String> {
    match kind {
        ContactKind::Phone => contact.phone.as_ref(),
        ContactKind::Mail => contact.mail.as_ref(),
    }
}

fn from_act(error: ActError) -> NotLetIn {
    match error {
        ActError::Trouble(trouble) => trouble.into(),
        other => Trouble::Broken(other.to_string()).into(),
    }
}

impl App {
    /// A person's contacts: telephone first.
    pub async fn reaches(&self, person: PersonId) -> Result<Vec<Reach>, Trouble> {
        let Some(contact) = self.contact(person).await? else {
            return Ok(Vec::new());
        };
        let mut reaches = Vec::new();
        for kind in [ContactKind::Phone, ContactKind::Mail] {
            let Some(value) = told_to(&contact, kind).cloned() else {
                continue;
            };
            let lets_in = self.places.live.person_by(kind, &value).await? == Some(person);
            reaches.push(Reach {
                address: Address { kind, value },
                lets_in,
            });
        }
        Ok(reaches)
    }

    /// Checks the code sent to a contact by one who is signed in. It becomes theirs, and their way in instead of the old one of its
    /// kind, which is told of it.
    pub async fn add_contact(
        &self,
        person: PersonId,
        address: &Address,
        code: &str,
    ) -> Result<Added, NotLetIn> {
        self.check_code(Self::code_key("contact", &address.value), code)
            .await?;
        let place = &self.places.live;
        let mut contact = self.contact(person).await?.ok_or(NotLetIn::Wrong)?;
        let old = told_to(&contact, address.kind).cloned();
        let came_by = match &old {
            Some(old) => place.person_by(address.kind, old).await? == Some(person),
            None => false,
        };
        let holder = place.person_by(address.kind, &address.value).await?;
        let others = holder.is_some_and(|holder| holder != person);
        if others && came_by {
            return Ok(Added::Refused);
        }
        match address.kind {
            ContactKind::Phone => contact.phone = Some(address.value.clone()),
            ContactKind::Mail => contact.mail = Some(address.value.clone()),
        }
        if others {
            self.change_contact(person, &contact).await.map_err(from_act)?;
            return Ok(Added::Reached);
        }
        let replaced = old.filter(|old| came_by && *old != address.value);
        let text = place.contact_text(person).await?.ok_or(NotLetIn::Wrong)?;
        let key = place.key_of(person.bytes()).await?;
        let mut batch = Batch::new();
        batch.contact_changed(&key, person, text, TextId(self.id()), &contact, &mut self.fill())?;
        if let Some(old) = &replaced {
            batch.identity_gone(place, address.kind, old, person);
        }
        if holder.is_none() {
            batch.identity(place, address.kind, &address.value, person, self.now());
        }
        place.commit(batch, Urgency::User).await?;
        if let Some(value) = replaced {
            let kind = address.kind;
            self.tell_old_contact(&Address { kind, value }, &contact.language)
                .await;
        }
        Ok(Added::LetsIn)
    }

    /// Nothing hangs on it: what cannot be sent is noted.
    async fn tell_old_contact(&self, old: &Address, language: &str) {
        let office = self.office();
        let agency = match language {
            "en" => office.settings.agency.name_en.as_str(),
            _ => office.settings.agency.name.as_str(),
        };
        let words = [("agency", agency)];
        if let Err(error) = self.say_at_once(old, "contact_replaced", language, &words).await {
            tracing::warn!(%error, "a contact that was replaced could not be told");
        }
    }
}
