//! 찾기 — full-text search among what one may see. Tokens give candidates, newest first; each is opened and read before it is a hit.

use super::Item;
use crate::act::{ActError, Call};
use crate::{App, Trouble};
use domain::access::{Sight, Who};
use domain::form::Record;
use domain::id::PetitionId;
use domain::petition::Petition;
use domain::search::Query;
use domain::text::Text;
use std::collections::BTreeMap;
use store::place::Place;
use store::vault::Opened;

/// Candidates opened in one step of a search.
const CANDIDATES: u32 = 64;
/// The most that are looked at in one step, where few of those before could be seen.
const CANDIDATES_MOST: u32 = 4_096;
/// The most that are looked at for one page. A word that all of the city writes may stand in hardly any petition of the one department
/// that is seen; whoever asks for it gets an answer all the same, and may let it go on.
const CANDIDATES_A_PAGE: u32 = 16_384;

/// A page of hits.
#[derive(Debug, Clone)]
pub struct Hits {
    /// The hits, newest first.
    pub items: Vec<Item>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<Before>,
    /// Whether the search paused before it had a page full: older ones have not been looked at yet.
    pub paused: bool,
}

/// Where a page of hits goes on: behind this leaf of what is at hand, or of the archive (`None`: at its beginning). In an address a
/// leaf is its number, and the archive's have an `a` before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// Among what is at hand.
    AtHand(u64),
    /// In the archive.
    Archived(Option<u64>),
}

impl std::fmt::Display for Before {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Before::AtHand(leaf) => write!(f, "{leaf}"),
            Before::Archived(Some(leaf)) => write!(f, "a{leaf}"),
            Before::Archived(None) => f.write_str("a"),
        }
    }
}

impl std::str::FromStr for Before {
    type Err = std::num::ParseIntError;
    fn from_str(text: &str) -> Result<Before, Self::Err> {
        match text.strip_prefix('a') {
            Some("") => Ok(Before::Archived(None)),
            Some(leaf) => leaf.parse().map(|leaf| Before::Archived(Some(leaf))),
            None => text.parse().map(Before::AtHand),
        }
    }
}

impl App {
    /// Full-text search among what one may see: what is at hand first, then the archive, each newest first. `before` continues a page.
    pub async fn search(
        &self,
        who: &Who,
        words: &str,
        before: Option<Before>,
        limit: u32,
        call: &Call,
    ) -> Result<Hits, ActError> {
        let most = (limit, CANDIDATES_A_PAGE);
        self.search_within(who, words, before, most, call).await
    }

    /// The same, giving so many hits and looking at so many candidates at most.
    pub async fn search_within(
        &self,
        who: &Who,
        words: &str,
        before: Option<Before>,
        (limit, mut left): (u32, u32),
        call: &Call,
    ) -> Result<Hits, ActError> {
        let sight = self.sight(who);
        if let Some(found) = self.by_number(words, &sight).await? {
            let items = self.items(vec![found]).await?;
            self.looked(who, "search", None, items.len(), call).await?;
            return Ok(Hits {
                items,
                next: None,
                paused: false,
            });
        }
        let mut found: Vec<Petition> = Vec::new();
        if before.is_none() {
            // What an older register had under this number comes first.
            for place in self.shelves() {
                found.extend(place.by_old_number(words, &sight, limit).await?);
            }
        }
        let Some(query) = Query::parse(words) else {
            return Ok(Hits {
                items: Vec::new(),
                next: None,
                paused: false,
            });
        };
        let (first, mut leaf) = match before {
            None => (0, None),
            Some(Before::AtHand(leaf)) => (0, Some(leaf)),
            Some(Before::Archived(leaf)) => (1, leaf),
        };
        let mut next = None;
        for (shelf, place) in self.shelves().enumerate().skip(first) {
            let more = self
                .search_in(place, &query, &sight, leaf.take(), (limit, &mut left), &mut found)
                .await?;
            if let Some(more) = more {
                next = Some(match (shelf, more) {
                    (0, Some(leaf)) => Before::AtHand(leaf),
                    (0, None) => break,
                    (_, leaf) => Before::Archived(leaf),
                });
                break;
            }
        }
        let items = self.items(found).await?;
        self.looked(who, "search", None, items.len(), call).await?;
        let paused = next.is_some() && items.len() < limit as usize;
        Ok(Hits { items, next, paused })
    }

    /// Adds hits of one place until there are `limit`, or no more candidates may be looked at. Gives the leaf to go on behind where
    /// there are more; `None` at the end.
    async fn search_in(
        &self,
        place: &Place,
        query: &Query,
        sight: &Sight,
        before: Option<u64>,
        (limit, left): (u32, &mut u32),
        found: &mut Vec<Petition>,
    ) -> Result<Option<Option<u64>>, ActError> {
        let (mut from, mut step) = (before, CANDIDATES);
        loop {
            let at_once = step.min(*left);
            if at_once == 0 {
                return Ok(Some(from));
            }
            let candidates = place.candidates(query, from, at_once).await?;
            *left -= u32::try_from(candidates.len()).unwrap_or(at_once).min(at_once);
            let ids: Vec<PetitionId> = candidates.iter().map(|c| c.petition).collect();
            let seen = place.petitions(&ids, sight).await?;
            // One call for all of them: a call for each would cost more than the opening itself.
            let texts: Vec<Text> = (seen.iter())
                .flat_map(|p| filed_texts(p).chain(p.form.map(|written| written.answers)))
                .collect();
            let opened = place.open(&texts).await?;
            let seen: BTreeMap<PetitionId, Petition> = seen.into_iter().map(|p| (p.id, p)).collect();
            for candidate in &candidates {
                let Some(petition) = seen.get(&candidate.petition) else {
                    continue;
                };
                if found.iter().any(|p| p.id == petition.id)
                    || !holds(place, petition, &opened, query).await?
                {
                    continue;
                }
                if let Some(before) = before
                    && place.shown_before(query, *candidate, before).await?
                {
                    continue;
                }
                if found.len() >= limit as usize {
                    return Ok(Some(from));
                }
                found.push(petition.clone());
                from = Some(candidate.leaf);
            }
            match candidates.last() {
                // Whoever sees little goes on in longer steps.
                Some(last) if candidates.len() == at_once as usize => {
                    from = Some(last.leaf);
                    step = (step * 4).min(CANDIDATES_MOST);
                }
                _ => return Ok(None),
            }
        }
    }
}

/// Whether what a candidate says really holds the words. `opened` are its texts as it was filed; what came later is
/// read only where these are not enough.
async fn holds(place: &Place, petition: &Petition, opened: &Opened, query: &Query) -> Result<bool, Trouble> {
    let mut all: String = filed_texts(petition)
        .filter_map(|text| opened.text(text))
        .collect::<Vec<_>>()
        .join("\n");
    if let Some(answers) = petition.form.and_then(|written| opened.text(written.answers)) {
        all.push('\n');
        all.push_str(&Record::searched(answers));
    }
    if query.holds(&all) {
        return Ok(true);
    }
    let journal = place.journal(petition.id).await?;
    let more: Vec<Text> = (journal.iter())
        .flat_map(|entry| store::index::searched(&entry.recorded.event))
        .chain(
            petition
                .draft
                .iter()
                .filter(|_| petition.answered())
                .flat_map(|d| [Some(d.body), d.reasons])
                .flatten(),
        )
        .collect();
    let opened = place.open(&more).await?;
    for text in more.iter().filter_map(|t| opened.text(*t)) {
        all.push('\n');
        all.push_str(text);
    }
    Ok(query.holds(&all))
}

/// Title, content and place.
fn filed_texts(petition: &Petition) -> impl Iterator<Item = Text> + use<> {
    [Some(petition.title), petition.body, petition.place]
        .into_iter()
        .flatten()
}
