//! 손에 든 민원 — what officials' pages ask for around an act: where a petition stands, what others did meanwhile, who has
//! how much to do, whose contact is shown.

use super::Item;
use crate::act::{ActError, Call, once_key};
use crate::{App, Trouble};
use domain::access::Who;
use domain::event::{Event, Recorded};
use domain::id::{OfficialId, PetitionId};
use domain::life::Deed;
use domain::petition::Petition;
use domain::text::Text;
use domain::time::At;
use store::head::Scope;
use store::person::Contact;
use store::seal::Root;
use store::vault::Opened;

/// At most so many open petitions of one official are counted.
const LOAD: u32 = 500;
/// At most so many earlier petitions of a petitioner are told.
const EARLIER: usize = 20;

/// The last events of a petition, opened.
#[derive(Debug, Clone)]
pub struct Since {
    /// The events, oldest first.
    pub events: Vec<Recorded>,
    /// The texts they speak of.
    pub texts: Opened,
}

impl App {
    /// A petition as it stands, for one who may know of it. Nothing anybody wrote is opened, so nothing is written down.
    pub async fn standing(&self, who: &Who, id: PetitionId) -> Result<Petition, ActError> {
        let head = self.head(id).await?.ok_or(ActError::NotFound)?;
        if self.sight(who).admits(&head.petition) {
            Ok(head.petition)
        } else {
            Err(ActError::NotFound)
        }
    }

    /// A petition as a line of a list.
    pub async fn line(&self, petition: Petition) -> Result<Item, ActError> {
        self.items(vec![petition]).await?.pop().ok_or(ActError::NotFound)
    }

    /// The petition a number stands for, 신청번호 or 접수번호, for one who may know of it.
    pub async fn found(&self, who: &Who, number: &str) -> Result<Petition, ActError> {
        let found = self.by_number(number, &self.sight(who)).await?;
        found.ok_or(ActError::NotFound)
    }

    /// Earlier petitions of the same petitioner that were answered, newest first, as far as `who` sees them.
    pub async fn answered_before(&self, who: &Who, p: &Petition) -> Result<Vec<Item>, ActError> {
        let sight = self.sight(who);
        let mut earlier = self.petitions_from(p.person, &sight, None, LOAD).await?;
        earlier.retain(|other| other.id != p.id && other.answered() && other.filed_at < p.filed_at);
        earlier.truncate(EARLIER);
        self.items(earlier).await
    }

    /// What happened to a petition after the event `seq`.
    pub async fn since(&self, who: &Who, id: PetitionId, seq: u32) -> Result<Since, ActError> {
        let unread = self.unread(who, &self.standing(who, id).await?);
        let place = &self.here;
        let journal = place.journal(id).await?;
        let events: Vec<Recorded> = (journal.into_iter())
            .map(|entry| entry.recorded)
            .filter(|recorded| recorded.seq > seq)
            .collect();
        let texts: Vec<Text> = (events.iter())
            .filter(|recorded| {
                !matches!(
                    recorded.event,
                    Event::Filed { .. } | Event::SupplementGiven { .. }
                )
            })
            .filter(|recorded| !recorded.event.proceeding().is_some_and(|no| unread.contains(&no)))
            .flat_map(|recorded| recorded.event.texts())
            .collect();
        let texts = place.open(&texts).await?;
        Ok(Since { events, texts })
    }

    /// The petition as it stands, if this very call was done before: a form sent twice.
    pub async fn done_before(
        &self,
        who: &Who,
        id: PetitionId,
        deed: Deed,
        key: &[u8],
    ) -> Result<Option<Petition>, ActError> {
        let once = once_key(deed.code(), who, &[&id.bytes(), key].concat());
        if self.here.done_before(&once).await?.is_none() {
            return Ok(None);
        }
        let head = self.head(id).await?;
        Ok(head.map(|head| head.petition))
    }

    /// 연락처 열람 — name and contact of the petitioner in full. The look is in the ledger before anything is shown.
    pub async fn reveal(&self, who: &Who, id: PetitionId, call: &Call) -> Result<Option<Contact>, ActError> {
        let petition = self.standing(who, id).await?;
        self.looked(who, "reveal", Some(id), 1, call).await?;
        Ok(self.contact(petition.person).await?)
    }

    /// How many open petitions lie with an official, and how many of them are past their time; counted to 500.
    pub async fn load(&self, official: OfficialId) -> Result<(u32, u32), Trouble> {
        let everything = self.sight(&Who::System);
        let scope = Scope::Handler(official);
        let open = self.here.list(scope, &everything, None, LOAD).await?;
        let now = self.now();
        let late = open.iter().filter(|p| p.due().is_some_and(|due| due <= now));
        let late = late.count();
        Ok((count(open.len()), count(late)))
    }

    /// 올린 것 — what an official sent up and still waits for signatures, nearest due first.
    pub async fn sent_up_by(&self, who: &Who, limit: u32) -> Result<Vec<Item>, ActError> {
        let Who::Official(official) = who else {
            return Ok(Vec::new());
        };
        let sight = self.sight(who);
        let scope = Scope::Handler(official.id);
        let mut petitions = self.here.list(scope, &sight, None, LOAD).await?;
        petitions.retain(|p| p.signer().is_some());
        petitions.truncate(limit as usize);
        self.items(petitions).await
    }

    /// When the draft of a petition was last sent up.
    pub async fn sent_up_at(&self, id: PetitionId) -> Result<Option<At>, Trouble> {
        let journal = self.here.journal(id).await?;
        let sent = (journal.iter()).rfind(|entry| matches!(entry.recorded.event, Event::SentUp { .. }));
        Ok(sent.map(|entry| entry.recorded.recorded_at))
    }

    /// The signed root over a leaf, once there is one.
    pub async fn root_of(&self, leaf: u64) -> Result<Option<Root>, Trouble> {
        let roots = self.here.roots(u32::MAX).await?;
        Ok(roots
            .into_iter()
            .find(|root| (root.first..root.next).contains(&leaf)))
    }

    /// What keeps the places: “SQLite” or “PostgreSQL”.
    pub fn engine_name(&self) -> &'static str {
        match self.here.dialect() {
            store::engine::Dialect::Sqlite => "SQLite",
            store::engine::Dialect::Postgres => "PostgreSQL",
        }
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A name as shown before anyone asked to see it: 홍*동, 김*, 남**숙, “K*** L**”.
pub fn masked_name(name: &str) -> String {
    let hidden = |word: &str| {
        let letters: Vec<char> = word.chars().collect();
        match letters.as_slice() {
            [] => String::new(),
            [_] => "*".to_owned(),
            [first, _] => format!("{first}*"),
            [first, middle @ .., last] if !word.is_ascii() => {
                format!("{first}{}{last}", "*".repeat(middle.len()))
            }
            [first, rest @ ..] => format!("{first}{}", "*".repeat(rest.len())),
        }
    };
    name.split_whitespace().map(hidden).collect::<Vec<_>>().join(" ")
}

/// An address as shown before anyone asked to see it: its first two words.
pub fn masked_address(address: &str) -> String {
    let mut words = address.split_whitespace();
    let shown: Vec<&str> = words.by_ref().take(2).collect();
    if words.next().is_some() {
        format!("{} ***", shown.join(" "))
    } else {
        "***".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_name_keeps_its_ends_and_no_more() {
        for (name, shown) in [
            ("홍길동", "홍*동"),
            ("김솔", "김*"),
            ("남궁정숙", "남**숙"),
            ("李", "*"),
            ("Kim Sol", "K** S**"),
            ("", ""),
        ] {
            assert_eq!(masked_name(name), shown, "{name}");
        }
        assert_eq!(
            masked_address("한빛특별시 중구 가상대로 1, 302호"),
            "한빛특별시 중구 ***"
        );
        assert_eq!(masked_address("가상대로 1"), "***");
    }
}
