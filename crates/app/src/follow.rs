//! 따라가기 — conditions an official keeps for the work list, and what others did since they last looked.

use crate::App;
use crate::act::ActError;
use crate::desk::Item;
use domain::access::Who;
use domain::event::Recorded;
use domain::filter::Filter;
use domain::id::{OfficialId, TextId, UnitId};
use domain::refusal::Refusal;
use domain::terms::{By, Seat};
use domain::time::At;
use serde::{Deserialize, Serialize};
use store::batch::Batch;
use store::engine::Urgency;
use store::follow::Followed;

/// One official keeps at most so many conditions.
pub const MOST_FILTERS: usize = 20;
/// The longest name of a condition, in characters.
pub const NAME: usize = 40;
/// Events shown of one petition.
const EVENTS: u32 = 20;
/// Acts that are being stored while a page is drawn are not passed over: what was seen is kept this much earlier.
const OVERLAP: i64 = 5_000;
/// Whoever looks for the first time is told of so much of the past.
const FIRST: i64 = 24 * 3_600_000;

/// A condition as it is kept: its name is the official's own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    name: String,
    queue: String,
    filter: Filter,
}

/// 보관한 조건.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFilter {
    /// Its identity.
    pub id: [u8; 16],
    /// As its owner calls it.
    pub name: String,
    /// Of which list, by the code of its tab.
    pub queue: String,
    /// The condition.
    pub filter: Filter,
    /// Whether the list begins with it.
    pub begins: bool,
}

/// A petition that others changed, and what they did, oldest first.
#[derive(Debug, Clone)]
pub struct Changed {
    /// The petition as it stands.
    pub item: Item,
    /// What happened since.
    pub events: Vec<Recorded>,
}

/// 지난번 이후 달라진 것.
#[derive(Debug, Clone)]
pub struct News {
    /// Since when.
    pub since: At,
    /// Up to when this was read; what is confirmed as seen.
    pub until: At,
    /// The newest change first.
    pub changed: Vec<Changed>,
    /// Whether there is more than is shown.
    pub more: bool,
}

fn official(who: &Who) -> Result<OfficialId, ActError> {
    who.official().ok_or(Refusal::NotYours.into())
}

impl App {
    /// The conditions an official keeps, oldest first.
    pub async fn kept_filters(&self, who: &Who) -> Result<Vec<KeptFilter>, ActError> {
        let kept = self.here.kept_filters(official(who)?).await?;
        let ids: Vec<TextId> = kept.iter().map(|one| one.text).collect();
        let opened = self.here.open_loose(&ids).await?;
        Ok((kept.into_iter())
            .filter_map(|one| {
                let words: Kept = serde_json::from_slice(opened.get(&one.text)?).ok()?;
                Some(KeptFilter {
                    id: one.id,
                    name: words.name,
                    queue: words.queue,
                    filter: words.filter,
                    begins: one.begins,
                })
            })
            .collect())
    }

    /// Keeps a condition under a name; `false` where the official keeps as many as one may already.
    pub async fn keep_filter(
        &self,
        who: &Who,
        name: &str,
        queue: &str,
        filter: Filter,
    ) -> Result<bool, ActError> {
        let (me, place, now) = (official(who)?, &self.here, self.now());
        if place.kept_filters(me).await?.len() >= MOST_FILTERS {
            return Ok(false);
        }
        let kept = Kept {
            name: name.chars().take(NAME).collect(),
            queue: queue.to_owned(),
            filter,
        };
        let fill = &mut self.fill();
        place.ready(now, fill)?;
        let mut batch = Batch::new();
        let key = batch.owner_key(place, *self.id().as_bytes(), now, fill)?;
        let text = TextId(self.id());
        batch.text(&key, text, &serde_json::to_vec(&kept)?, &mut self.fill());
        batch.kept_filter(key.owner, me, text, now);
        place.commit(batch, Urgency::User).await?;
        Ok(true)
    }

    /// Lets the list begin with one of one's conditions, or with none.
    pub async fn begin_with_filter(&self, who: &Who, id: Option<[u8; 16]>) -> Result<(), ActError> {
        let mut batch = Batch::new();
        batch.begins_with(official(who)?, id);
        Ok(self.here.commit(batch, Urgency::User).await?)
    }

    /// Forgets one of one's conditions.
    pub async fn forget_filter(&self, who: &Who, id: [u8; 16]) -> Result<(), ActError> {
        let kept = self.here.kept_filters(official(who)?).await?;
        if !kept.iter().any(|one| one.id == id) {
            return Err(ActError::NotFound);
        }
        let mut batch = Batch::new();
        batch.kept_filter_gone(id);
        Ok(self.here.commit(batch, Urgency::User).await?)
    }

    /// Whose changes concern an official: those of the departments they receive or answer for, of what waits for reception
    /// where they receive, of what their departments were asked, and of what they take part in by name.
    fn followed(&self, who: &Who) -> Option<Followed> {
        let Who::Official(me) = who else { return None };
        let leads = |seat: Seat| {
            matches!(
                seat,
                Seat::DepartmentReceiver | Seat::Coordinator | Seat::TeamLead | Seat::DepartmentHead
            )
        };
        let mut units: Vec<UnitId> = (me.posts.iter())
            .filter(|post| leads(post.seat))
            .map(|post| post.unit)
            .collect();
        if crate::counter::takes_in(who) {
            units.push(UnitId(uuid::Uuid::nil()));
        }
        units.sort_unstable();
        units.dedup();
        Some(Followed {
            official: me.id,
            units,
            supports: self.sight(who).supports,
        })
    }

    /// How far the official has seen; whoever never looked is told of the last day.
    async fn seen(&self, me: OfficialId) -> Result<At, ActError> {
        let seen = self.here.seen_until(me).await?;
        Ok(seen.unwrap_or_else(|| self.now().plus(-FIRST)))
    }

    /// How many petitions others changed since `since`, or since the official last confirmed, no further than `most`.
    pub async fn count_news(&self, who: &Who, since: Option<At>, most: u32) -> Result<u32, ActError> {
        let Some(followed) = self.followed(who) else {
            return Ok(0);
        };
        let since = match since {
            Some(since) => since,
            None => self.seen(followed.official).await?,
        };
        Ok((self.here).count_changed(&followed, since, most).await?)
    }

    /// What others did since the official last confirmed, at most `limit` petitions.
    pub async fn news(&self, who: &Who, limit: u32, call: &crate::act::Call) -> Result<News, ActError> {
        let until = self.now();
        let followed = self.followed(who).ok_or(Refusal::NotYours)?;
        let since = self.seen(followed.official).await?;
        let place = &self.here;
        let mut petitions = place.changed(&followed, since, limit + 1).await?;
        let more = petitions.len() > limit as usize;
        petitions.truncate(limit as usize);
        let sight = self.sight(who);
        petitions.retain(|p| sight.admits(p));
        let items = self.items(petitions).await?;
        let mut changed = Vec::with_capacity(items.len());
        for item in items {
            let mut events = place.events_since(item.petition.id, since, EVENTS).await?;
            events.retain(|event| event.by != By::Official(followed.official));
            changed.push(Changed { item, events });
        }
        self.looked(who, "news", None, changed.len(), call).await?;
        Ok(News {
            since,
            until,
            changed,
            more,
        })
    }

    /// The official has seen everything up to a moment.
    pub async fn confirm_news(&self, who: &Who, until: At) -> Result<(), ActError> {
        let until = At(until.0.min(self.now().0)).plus(-OVERLAP);
        let mut batch = Batch::new();
        batch.seen_until(official(who)?, until);
        Ok(self.here.commit(batch, Urgency::User).await?)
    }

    /// Whether anything happened to a petition after its `seq`-th event; `NotFound` for one whose petition it is not to see.
    pub async fn has_moved(&self, who: &Who, id: domain::id::PetitionId, seq: u32) -> Result<bool, ActError> {
        let p = self.standing(who, id).await?;
        Ok(p.seq > seq)
    }
}
