//! 비슷한 지난 민원 — what was asked before in like words, and whether the same petitioner asked it (법 제23조).
//!
//! Candidates come out of the blind index, within the looker's sight; they are opened and compared in memory, and nothing
//! of the comparison is kept. Whatever is shown of another petition is in the ledger before it is shown.

use crate::App;
use crate::act::{ActError, Call};
use crate::desk::Item;
use crate::identity::Address;
use domain::access::Who;
use domain::id::{PersonId, PetitionId};
use domain::likeness::{Degree, Earlier, Likeness, Repetition, compare, likeness, pairs, rarity, repetition};
use domain::petition::Petition;
use domain::text::Text;
use store::head::Scope;
use store::person::Contact;
use store::vault::Opened;

/// So many tokens of the title are asked for: its rarest.
const RAREST: usize = 6;
/// A token held by more texts than this is not rare.
const COMMON: u32 = 2_000;
/// At most so many petitions are compared: the newest.
const COMPARED: usize = 200;
/// At most so many candidates are looked at to find them, so that a narrow sight does not search the whole city.
const LOOKED_AT: u32 = 1_000;
/// At most so many are shown.
const SHOWN: usize = 5;
/// What is less alike than so many thousandths is not shown.
const LEAST: u32 = 120;
/// At most so many persons with the same contact, and petitions of one of them.
const PERSONS: u32 = 20;
const OF_ONE: u32 = 50;

/// A petition in like words.
#[derive(Debug, Clone)]
pub struct Similar {
    /// It, as a line of a list.
    pub item: Item,
    /// How alike.
    pub likeness: Likeness,
    /// Its answer, where one was notified; to be read and copied by hand.
    pub answer: Option<String>,
}

/// An earlier petition of the same petitioner in like words.
#[derive(Debug, Clone)]
pub struct Before {
    /// It, as a line of a list.
    pub item: Item,
    /// How alike.
    pub likeness: Likeness,
    /// When its result was notified.
    pub notified_at: Option<domain::time::At>,
}

/// 반복 가능성.
#[derive(Debug, Clone)]
pub struct Repeated {
    /// What 법 제23조 counts.
    pub repetition: Repetition,
    /// The earlier petitions, newest first.
    pub before: Vec<Before>,
}

/// Title and content of a petition as one text; `None` when its key is gone.
fn content(petition: &Petition, opened: &Opened) -> Option<String> {
    let title = opened.text(petition.title)?;
    let body = petition
        .body
        .and_then(|body| opened.text(body))
        .unwrap_or_default();
    Some(format!("{title}\n{body}"))
}

/// Where the answer that was notified lies.
fn answer_of(petition: &Petition) -> Option<Text> {
    let own = petition
        .draft
        .filter(|_| petition.answered())
        .map(|draft| draft.body);
    own.or_else(|| petition.old.as_ref().and_then(|old| old.answer))
}

fn texts_of(petition: &Petition) -> impl Iterator<Item = Text> + use<> {
    [Some(petition.title), petition.body, answer_of(petition)]
        .into_iter()
        .flatten()
}

impl App {
    /// Petitions in like words that `who` may see, the most alike first. Each one shown is in the ledger before.
    pub async fn similar(&self, who: &Who, id: PetitionId, call: &Call) -> Result<Vec<Similar>, ActError> {
        let place = &self.here;
        let sight = self.sight(who);
        let head = place.head(id).await?.ok_or(ActError::NotFound)?;
        if !sight.admits(&head.petition) {
            return Err(ActError::NotFound);
        }
        let own = place.open(&texts_of(&head.petition).collect::<Vec<_>>()).await?;
        let Some(text) = content(&head.petition, &own) else {
            return Ok(Vec::new());
        };
        let rare = self
            .rarest(own.text(head.petition.title).unwrap_or_default())
            .await?;
        let (mut petitions, mut from, mut looked_at) = (Vec::<Petition>::new(), None, 0);
        while petitions.len() < COMPARED && looked_at < LOOKED_AT {
            let piece = place.candidates_of_any(&rare, from, COMPARED as u32).await?;
            let Some(last) = piece.last() else { break };
            (from, looked_at) = (Some(last.leaf), looked_at + piece.len() as u32);
            let mut ids: Vec<PetitionId> = piece
                .iter()
                .map(|c| c.petition)
                .filter(|other| *other != id)
                .collect();
            ids.retain(|other| petitions.iter().all(|p| p.id != *other));
            ids.sort_unstable();
            ids.dedup();
            if !ids.is_empty() {
                petitions.extend(place.petitions(&ids, &sight).await?);
            }
        }
        petitions.truncate(COMPARED);
        petitions.sort_by_key(|p| p.id);
        let texts: Vec<Text> = petitions.iter().flat_map(texts_of).collect();
        let opened = place.open(&texts).await?;
        let asked = pairs(&text);
        let said: Vec<_> = (petitions.iter())
            .map(|p| content(p, &opened).map(|text| pairs(&text)).unwrap_or_default())
            .collect();
        let weight = rarity(said.iter().chain([&asked]));
        let mut alike: Vec<(Likeness, usize)> = (said.iter().enumerate())
            .map(|(at, words)| (compare(&asked, words, &weight), at))
            .filter(|(likeness, _)| likeness.share >= LEAST)
            .collect();
        // The newer of two that are equally alike comes first.
        alike.sort_by_key(|(likeness, at)| std::cmp::Reverse((likeness.share, *at)));
        alike.truncate(SHOWN);
        let mut found = Vec::new();
        for (likeness, at) in alike {
            let petition = petitions[at].clone();
            self.looked(who, "similar", Some(petition.id), 1, call).await?;
            let answer = answer_of(&petition)
                .and_then(|text| opened.text(text))
                .map(str::to_owned);
            found.push(Similar {
                likeness,
                answer,
                item: self.line(petition).await?,
            });
        }
        Ok(found)
    }

    /// The rarest pairs of letters of a title: held by another text at least, and by few.
    async fn rarest(&self, title: &str) -> Result<Vec<String>, ActError> {
        let mut counted = Vec::new();
        for token in pairs(title) {
            let n = self.here.held(&token, COMMON + 1).await?;
            if (2..=COMMON).contains(&n) {
                counted.push((n, token));
            }
        }
        counted.sort();
        counted.truncate(RAREST);
        Ok(counted.into_iter().map(|(_, token)| token).collect())
    }

    /// Earlier petitions of the same petitioner in like words, within the sight of `who`: the same verified person, or one
    /// who gave the same telephone number or mail address. `None` where there is none. Whether the content is the same, and
    /// without a just cause, is for a person to find.
    pub async fn repeated(
        &self,
        who: &Who,
        petition: &Petition,
        contact: Option<&Contact>,
        call: &Call,
    ) -> Result<Option<Repeated>, ActError> {
        let place = &self.here;
        let sight = self.sight(who);
        let mut petitions: Vec<Petition> = Vec::new();
        for person in self.same_petitioner(petition.person, contact).await? {
            petitions.extend(place.list(Scope::Person(person), &sight, None, OF_ONE).await?);
        }
        petitions.retain(|p| p.id != petition.id && p.filed_at < petition.filed_at);
        petitions.sort_by_key(|p| (std::cmp::Reverse(p.filed_at), p.id));
        if petitions.is_empty() {
            return Ok(None);
        }
        let texts: Vec<Text> = petitions.iter().chain([petition]).flat_map(texts_of).collect();
        let opened = place.open(&texts).await?;
        let Some(text) = content(petition, &opened) else {
            return Ok(None);
        };
        let mut before = Vec::new();
        for earlier in petitions {
            let alike = content(&earlier, &opened).map(|other| likeness(&text, &other));
            let Some(likeness) = alike.filter(|likeness| likeness.degree != Degree::Different) else {
                continue;
            };
            self.looked(who, "repeated", Some(earlier.id), 1, call).await?;
            let notified = answer_of(&earlier).and(earlier.end).map(|end| end.sent_at);
            before.push(Before {
                likeness,
                notified_at: notified,
                item: self.line(earlier).await?,
            });
        }
        let earlier: Vec<Earlier> = (before.iter())
            .map(|b| Earlier {
                filed_at: b.item.petition.filed_at,
                notified_at: b.notified_at,
            })
            .collect();
        Ok((!before.is_empty()).then(|| Repeated {
            repetition: repetition(petition.kind, petition.filed_at, &earlier),
            before,
        }))
    }

    /// The person, and whoever gave the same telephone number or mail address.
    async fn same_petitioner(
        &self,
        person: PersonId,
        contact: Option<&Contact>,
    ) -> Result<Vec<PersonId>, ActError> {
        let place = &self.here;
        let mut persons = vec![person];
        for address in contact.into_iter().flat_map(addresses) {
            persons.extend(place.person_by(address.kind, &address.value).await?);
            persons.extend(place.claimants(address.kind, &address.value, PERSONS).await?);
        }
        persons.sort_unstable();
        persons.dedup();
        Ok(persons)
    }

    /// Remembers the contacts a petitioner wrote down, so that the same petitioner can be seen again.
    pub(crate) fn remember_claims(
        &self,
        batch: &mut store::batch::Batch,
        person: PersonId,
        contact: &Contact,
    ) {
        for address in addresses(contact) {
            batch.claim(&self.here, address.kind, &address.value, person);
        }
    }
}

/// Telephone number and mail address in their one spelling.
fn addresses(contact: &Contact) -> impl Iterator<Item = Address> {
    [contact.phone.as_deref(), contact.mail.as_deref()]
        .into_iter()
        .flatten()
        .filter_map(Address::parse)
}
