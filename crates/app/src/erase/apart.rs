//! 분리 보관 열람 — the only door to what is kept apart because a law orders it (개인정보 보호법 제21조③): a reason is asked, written
//! down and told to the privacy officers before anything opens.

use crate::act::{ActError, Call};
use crate::{App, Trouble};
use domain::access::Who;
use domain::access::disposal::{DisposalDeed, far};
use domain::id::{OfficialId, PersonId, PetitionId, TextId};
use domain::petition::Petition;
use domain::refusal::Refusal;
use domain::terms::Seat;
use domain::text::Text;
use domain::time::At;
use store::batch::Batch;
use store::disposal::{Apart, ApartLook};
use store::engine::Urgency;
use store::outbox::To;
use store::person::Contact;
use store::vault::{Owner, Reach};

/// Letters of a reason, at least and at most.
pub const WHY: (usize, usize) = (10, 500);
/// Things on a page.
const PAGE: u32 = 50;
/// Looks shown.
const LOOKS: u32 = 50;

/// A thing that is kept apart.
#[derive(Debug, Clone)]
pub struct Kept {
    /// What, why and until when.
    pub apart: Apart,
    /// The petition, where it is one; name and contact of a person otherwise.
    pub petition: Option<Petition>,
    /// The number of its line in the 파기대장.
    pub entry: Option<(i16, u32)>,
}

/// A look somebody took.
#[derive(Debug, Clone)]
pub struct Looked {
    /// Who, when, at what.
    pub look: ApartLook,
    /// Why.
    pub why: String,
    /// The petition, where it was one.
    pub petition: Option<Petition>,
}

/// What was opened.
#[derive(Debug, Clone)]
pub struct Open {
    /// What, why and until when.
    pub kept: Kept,
    /// Its words: when each was said, by which event, and what.
    pub words: Vec<(At, &'static str, String)>,
    /// Name and contact.
    pub contact: Option<Contact>,
}

impl App {
    /// What is kept apart in this room, the newest first, and whether there is more. Errors: `NotFound` for whose it is not.
    pub async fn kept_apart(
        &self,
        who: &Who,
        after: Option<(At, Owner)>,
        call: &Call,
    ) -> Result<(Vec<Kept>, bool), ActError> {
        far(who, DisposalDeed::ListApart).map_err(|_| ActError::NotFound)?;
        let mut all = self.here.all_apart(after, PAGE + 1).await?;
        let more = all.len() > PAGE as usize;
        all.truncate(PAGE as usize);
        let mut batch = Batch::new();
        let n = u32::try_from(all.len()).unwrap_or(u32::MAX);
        batch.look(
            self.id(),
            &self.look_of(who, DisposalDeed::ListApart.code(), None, n, call),
        );
        self.here.commit(batch, Urgency::User).await?;
        let mut kept = Vec::new();
        for apart in all {
            kept.push(self.kept(apart).await?);
        }
        Ok((kept, more))
    }

    async fn kept(&self, apart: Apart) -> Result<Kept, Trouble> {
        let petition = PetitionId(uuid::Uuid::from_bytes(apart.owner));
        let petition = self.head(petition).await?.map(|head| head.petition);
        let entry = self.here.destruction_entry(apart.entry).await?;
        Ok(Kept {
            entry: entry.map(|entry| (entry.year, entry.n)),
            petition,
            apart,
        })
    }

    /// Who looked at what is kept apart, the newest first, with the reasons. Errors: `NotFound`.
    pub async fn looks_apart(&self, who: &Who) -> Result<Vec<Looked>, ActError> {
        far(who, DisposalDeed::ListApart).map_err(|_| ActError::NotFound)?;
        let looks = self.here.apart_looks(LOOKS).await?;
        let texts: Vec<TextId> = looks.iter().map(|look| look.text).collect();
        let texts = self.here.open_loose(&texts).await?;
        let mut looked = Vec::new();
        for look in looks {
            let petition = PetitionId(uuid::Uuid::from_bytes(look.owner));
            let why = texts.get(&look.text).cloned().unwrap_or_default();
            looked.push(Looked {
                why: String::from_utf8(why).unwrap_or_default(),
                petition: self.head(petition).await?.map(|head| head.petition),
                look,
            });
        }
        Ok(looked)
    }

    /// Opens one thing that is kept apart. Who, what and why are stored, and the privacy officers told, before anything opens.
    /// Errors: `NotFound`; `BasisMissing` without a reason that says something.
    pub async fn open_apart(
        &self,
        who: &Who,
        owner: Owner,
        why: &str,
        call: &Call,
    ) -> Result<Open, ActError> {
        far(who, DisposalDeed::OpenApart).map_err(|_| ActError::NotFound)?;
        let official = who.official().ok_or(ActError::NotFound)?;
        let apart = self.here.one_apart(owner).await?.ok_or(ActError::NotFound)?;
        let why = why.trim();
        let letters = why.chars().count();
        if letters < WHY.0 {
            return Err(Refusal::BasisMissing.into());
        }
        if letters > WHY.1 {
            return Err(Refusal::TooLong.into());
        }
        let kept = self.kept(apart).await?;
        self.write_down_apart(who, official, &kept, why, call).await?;
        let Some(petition) = &kept.petition else {
            let person = PersonId(uuid::Uuid::from_bytes(owner));
            let contact = self.here.contact_apart(person).await?;
            return Ok(Open {
                kept,
                words: Vec::new(),
                contact,
            });
        };
        let journal = self.here.journal(petition.id).await?;
        let contents: Vec<TextId> = (journal.iter())
            .flat_map(|entry| entry.recorded.event.attached())
            .map(|file| file.content.id)
            .collect();
        let mut said: Vec<(At, &'static str, Text)> = Vec::new();
        for entry in &journal {
            let event = &entry.recorded.event;
            let deed = event.deeds().first().map_or("file", |deed| deed.code());
            for text in event.texts() {
                if !contents.contains(&text.id) {
                    said.push((entry.recorded.at(), deed, text));
                }
            }
        }
        let wanted: Vec<Text> = said.iter().map(|(_, _, text)| *text).collect();
        let opened = self.here.open_within(Reach::Apart, &wanted).await?;
        let words = (said.into_iter())
            .filter_map(|(at, deed, text)| Some((at, deed, opened.text(text)?.to_owned())))
            .collect();
        let contact = self.here.contact_apart(petition.person).await?;
        Ok(Open { kept, words, contact })
    }

    async fn write_down_apart(
        &self,
        who: &Who,
        official: OfficialId,
        kept: &Kept,
        why: &str,
        call: &Call,
    ) -> Result<(), ActError> {
        let (now, id) = (self.now(), self.id());
        let mut batch = Batch::new();
        let text = {
            let fill = &mut self.fill();
            self.here.ready(now, fill)?;
            let key = batch.owner_key(&self.here, *id.as_bytes(), now, fill)?;
            batch.text(&key, TextId(self.id()), why.as_bytes(), fill)
        };
        batch.apart_look(&ApartLook {
            id: *id.as_bytes(),
            owner: kept.apart.owner,
            official,
            at: now,
            text: text.id,
        });
        let petition = kept.petition.as_ref().map(|petition| petition.id);
        batch.look(
            self.id(),
            &self.look_of(who, DisposalDeed::OpenApart.code(), petition, 1, call),
        );
        for officer in self.ordinary().office().holders(Seat::PrivacyOfficer, None) {
            self.tell(
                &mut batch,
                "erasure_apart",
                &[id.as_bytes()],
                To::Official(officer),
                now,
            );
        }
        Ok(self.here.commit(batch, Urgency::User).await?)
    }
}
