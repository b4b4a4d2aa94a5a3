//! 함께 처리 — one act for each of many petitions: every one decided, refused and stored for itself, under one key of the whole.
//!
//! A list that was cut off, or sent twice, is simply sent again: what is done already gives its first answer, the rest is done now.

use super::{ActError, Call};
use crate::desk::Item;
use crate::words::Raw;
use crate::{App, Trouble};
use domain::access::Who;
use domain::act::Act;
use domain::id::PetitionId;
use domain::petition::Petition;
use domain::refusal::Refusal;
use domain::time::At;

/// At most so many petitions are chosen at once.
pub const AT_ONCE: usize = 200;

/// One petition of the many, with what is to be done to it.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Which.
    pub petition: PetitionId,
    /// The event it was looked at; where another came in between, nothing is done. `None` where that does not matter.
    pub seq: Option<u32>,
    /// The act.
    pub act: Act<Raw>,
}

/// What became of one of the many.
#[derive(Debug, Clone)]
pub enum Fate {
    /// Done, now or by an earlier sending of the same list.
    Done(Box<Petition>),
    /// Refused by the law or the office.
    Refused(Refusal),
    /// Others did something to it since it was looked at.
    Overtaken,
    /// Nothing that `who` may know of.
    Unknown,
    /// Not reached yet.
    Waiting,
}

/// What became of all of them, in their order.
#[derive(Debug, Default)]
pub struct Fates {
    /// One for each that was wanted.
    pub each: Vec<(PetitionId, Fate)>,
    /// What stopped the list before its end.
    pub trouble: Option<Trouble>,
}

impl App {
    /// Does each act for itself, in order, until `until` has passed; at least one that was not done before is tried.
    pub async fn each(&self, who: &Who, wanted: &[Wanted], until: At, call: &Call) -> Fates {
        let mut fates = Fates::default();
        let mut tried = false;
        for one in wanted.iter().take(AT_ONCE) {
            let over = fates.trouble.is_some() || (tried && self.now() >= until);
            let fate = match self.before(who, one, call).await {
                Ok(Some(petition)) => Fate::Done(Box::new(petition)),
                Ok(None) if over => Fate::Waiting,
                Ok(None) => {
                    tried = true;
                    self.one(who, one, call).await.unwrap_or_else(|trouble| {
                        fates.trouble = Some(trouble);
                        Fate::Waiting
                    })
                }
                Err(trouble) => {
                    fates.trouble.get_or_insert(trouble);
                    Fate::Waiting
                }
            };
            fates.each.push((one.petition, fate));
        }
        fates
    }

    /// What an earlier sending of the same list did.
    async fn before(&self, who: &Who, one: &Wanted, call: &Call) -> Result<Option<Petition>, Trouble> {
        let Some(key) = &call.key else {
            return Ok(None);
        };
        match self.done_before(who, one.petition, one.act.deed(), key).await {
            Ok(done) => Ok(done),
            Err(ActError::Trouble(trouble)) => Err(trouble),
            Err(ActError::Refused(_) | ActError::NotFound) => Ok(None),
        }
    }

    async fn one(&self, who: &Who, one: &Wanted, call: &Call) -> Result<Fate, Trouble> {
        let done = async {
            if let Some(seq) = one.seq
                && self.standing(who, one.petition).await?.seq != seq
            {
                return Ok(Fate::Overtaken);
            }
            let done = self.act(who, one.petition, one.act.clone(), call).await?;
            Ok(Fate::Done(Box::new(done)))
        };
        match done.await {
            Ok(fate) => Ok(fate),
            Err(ActError::Refused(refusal)) => Ok(Fate::Refused(refusal)),
            Err(ActError::NotFound) => Ok(Fate::Unknown),
            Err(ActError::Trouble(trouble)) => Err(trouble),
        }
    }

    /// The lines of the petitions that were chosen, as far as `who` may know of them, in the order they were chosen.
    pub async fn chosen(&self, who: &Who, ids: &[PetitionId], call: &Call) -> Result<Vec<Item>, ActError> {
        let ids = &ids[..ids.len().min(AT_ONCE)];
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut found = self.here.petitions(ids, &self.sight(who)).await?;
        found.sort_by_key(|p| ids.iter().position(|id| *id == p.id));
        let items = self.items(found).await?;
        self.looked(who, "list", None, items.len(), call).await?;
        Ok(items)
    }
}
