//! 사람 — who petitions: one person for each verified contact, otherwise one for each petition (DESIGN §4).
//!
//! Name and contacts lie in the vault under the person's own key. A verified telephone number or mail address is found
//! again by one whole-value HMAC and by nothing else.

use crate::batch::{Batch, Purpose};
use crate::engine::{Ask, ReadError, Write};
use crate::place::Place;
use crate::vault::{OwnerKey, VaultError};
use crypto::Fill;
use domain::id::{PersonId, TextId};
use domain::time::At;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// 성명과 연락처.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Contact {
    /// 성명 or 명칭.
    pub name: String,
    /// 전화번호, digits only.
    pub phone: Option<String>,
    /// 전자우편.
    pub mail: Option<String>,
    /// 주소.
    pub address: Option<String>,
    /// Language of notices: `ko` or `en`.
    pub language: String,
}

/// The two kinds of contact that can be verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactKind {
    /// Telephone number.
    Phone,
    /// Mail address.
    Mail,
}

impl ContactKind {
    const fn label(self) -> &'static str {
        match self {
            ContactKind::Phone => "phone",
            ContactKind::Mail => "mail",
        }
    }
}

impl Batch {
    /// A new person with a key of its own, which is given back.
    pub fn person(
        &mut self,
        place: &Place,
        id: PersonId,
        text: TextId,
        contact: &Contact,
        now: At,
        fill: Fill<'_>,
    ) -> Result<OwnerKey, VaultError> {
        let key = self.owner_key(place, id.bytes(), now, fill)?;
        self.contact(&key, text, contact, fill)?;
        self.add(
            "INSERT INTO person (id, contact, made_at) VALUES ($1, $2, $3)",
            crate::params![id.bytes(), text.bytes(), now.0],
        );
        Ok(key)
    }

    /// Changes the contact of a known person: the new text takes the old one's place.
    pub fn contact_changed(
        &mut self,
        key: &OwnerKey,
        id: PersonId,
        old: TextId,
        new: TextId,
        contact: &Contact,
        fill: Fill<'_>,
    ) -> Result<(), VaultError> {
        self.contact(key, new, contact, fill)?;
        let write = Write::new(
            "UPDATE person SET contact = $1 WHERE id = $2 AND contact = $3",
            crate::params![new.bytes(), id.bytes(), old.bytes()],
        );
        self.push(Purpose::Race, write.rows(1));
        self.drop_text(old);
        Ok(())
    }

    fn contact(
        &mut self,
        key: &OwnerKey,
        text: TextId,
        contact: &Contact,
        fill: Fill<'_>,
    ) -> Result<(), VaultError> {
        let plain = serde_json::to_vec(contact).map_err(|e| ReadError::Broken(e.to_string()))?;
        self.text(key, text, &plain, fill);
        Ok(())
    }

    /// Ties a verified contact to a person.
    pub fn identity(&mut self, place: &Place, kind: ContactKind, value: &str, person: PersonId, now: At) {
        self.add(
            "INSERT INTO identity (lookup, person, made_at) VALUES ($1, $2, $3)",
            crate::params![place.lookup(kind, value), person.bytes(), now.0],
        );
    }

    /// A contact lets its person in no more. A race where it does not let them in now.
    pub fn identity_gone(&mut self, place: &Place, kind: ContactKind, value: &str, person: PersonId) {
        let write = Write::new(
            "DELETE FROM identity WHERE lookup = $1 AND person = $2",
            crate::params![place.lookup(kind, value), person.bytes()],
        );
        self.push(Purpose::Race, write.rows(1));
    }
}

impl Place {
    /// The whole-value HMAC a verified contact is found by.
    pub fn lookup(&self, kind: ContactKind, value: &str) -> [u8; 32] {
        self.keys.lookup.lookup(kind.label(), value)
    }

    /// The person of a verified contact.
    pub async fn person_by(&self, kind: ContactKind, value: &str) -> Result<Option<PersonId>, ReadError> {
        const SQL: &str = "SELECT person FROM identity WHERE lookup = $1";
        let row = self
            .db
            .query_optional(SQL, crate::params![self.lookup(kind, value)])
            .await?;
        row.map(|row| Ok(PersonId(uuid::Uuid::from_bytes(row.id16(0)?))))
            .transpose()
    }

    /// Where a person's contact lies.
    pub async fn contact_text(&self, id: PersonId) -> Result<Option<TextId>, ReadError> {
        const SQL: &str = "SELECT contact FROM person WHERE id = $1";
        let row = self.db.query_optional(SQL, crate::params![id.bytes()]).await?;
        row.map(|row| Ok(TextId(uuid::Uuid::from_bytes(row.id16(0)?))))
            .transpose()
    }

    /// Name and contact of a person that are kept apart, or are those of a petition that is.
    pub async fn contact_apart(&self, id: PersonId) -> Result<Option<Contact>, VaultError> {
        let Some(text) = self.contact_text(id).await? else {
            return Ok(None);
        };
        let opened = self.opened(vec![text], crate::vault::Reach::Apart).await?;
        let plain = opened.into_iter().find_map(|(_, plain)| plain);
        let contact = plain.map(|(_, content)| serde_json::from_slice(&content));
        contact.transpose().map_err(|_| VaultError::Altered(text))
    }

    /// Names and contacts of these persons; one whose key is gone is left out.
    pub async fn contacts(&self, ids: &[PersonId]) -> Result<HashMap<PersonId, Contact>, VaultError> {
        let mut texts = HashMap::new();
        for id in ids {
            if !texts.contains_key(id)
                && let Some(text) = self.contact_text(*id).await?
            {
                texts.insert(*id, text);
            }
        }
        let wanted: Vec<TextId> = texts.values().copied().collect();
        let opened = self.open_loose(&wanted).await?;
        let mut contacts = HashMap::new();
        for (id, text) in texts {
            if let Some(plain) = opened.get(&text) {
                let contact = serde_json::from_slice(plain).map_err(|_| VaultError::Altered(text))?;
                contacts.insert(id, contact);
            }
        }
        Ok(contacts)
    }
}
