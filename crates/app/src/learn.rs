//! 배부 추천 — learns from the office's own past which department answers what, and says so where a petition is distributed.
//!
//! What is learnt holds no word of anybody: keyed marks and weights, sealed in the vault and signed. A suggestion is told
//! with the petition's own words that speak for it; what became of suggestions is counted, in numbers that are nobody's.

use crate::{App, Course, Trouble};
use crypto::token::IndexKey;
use domain::access::{Sight, Who};
use domain::act::Act;
use domain::id::{TextId, UnitId};
use domain::petition::Petition;
use domain::suggest::{Lessons, Mark, Method, Model, Split, said, train};
use domain::terms::Outcome;
use domain::text::Text;
use domain::time::At;
use std::sync::Arc;
use store::batch::Batch;
use store::engine::Urgency;
use store::head::{Behind, Scope};
use store::learning::Choice;
use store::place::Place;
use store::vault::VaultError;

/// At most so many petitions are learnt from: the newest.
pub const MOST: usize = 100_000;
/// Petitions opened in one step.
const PIECE: u32 = 200;
/// How the office's model is made; `docs/performance.md` says why so.
pub const METHOD: Method = Method::Complement;

/// The model in memory, under the identity it has in the store.
#[derive(Default)]
pub(crate) struct Learnt(tokio::sync::Mutex<Option<([u8; 16], Arc<Model>)>>);

/// What was learnt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// Of how many petitions.
    pub lessons: usize,
    /// How many departments answered them.
    pub units: usize,
    /// How many marks are known.
    pub marks: usize,
    /// How large the model is, in bytes.
    pub bytes: usize,
}

/// A department the past speaks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggested {
    /// The department.
    pub unit: UnitId,
    /// How much of its trust the model gives it, in thousandths.
    pub share: u32,
    /// The petition's own words that speak for it, the strongest first.
    pub words: Vec<String>,
}

/// The model and what became of its suggestions, in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Account {
    /// When the model was made, and of how many petitions; `None` where there is none.
    pub made: Option<(At, u32)>,
    /// How often the first department suggested was chosen.
    pub first: u64,
    /// How often another one of those suggested was.
    pub among: u64,
    /// How often none of them was.
    pub other: u64,
}

/// Makes the marks of a place.
fn key(place: &Place) -> impl Fn(&str) -> Mark + use<> {
    let key = IndexKey::of(&place.keys().derive("suggestions"));
    move |mark| key.token(mark)
}

/// The department whose answer this petition teaches; `None` where nobody answered it.
fn teaches(p: &Petition) -> Option<UnitId> {
    let end = p.end?;
    let answered = Outcome::of_answer(p.kind).contains(&end.outcome) && end.outcome != Outcome::Returned;
    p.unit.filter(|_| answered)
}

impl App {
    /// The answered petitions of the office as marks, oldest first, at most [`MOST`]. `progress` is told how many were
    /// looked at. Nothing of them is kept but the marks.
    pub async fn lessons(&self, progress: &mut (dyn FnMut(usize) + Send)) -> Result<Lessons, Trouble> {
        let key = key(&self.places.live);
        let mut read: Vec<(At, UnitId, [u8; 16], Vec<Mark>)> = Vec::new();
        let everything = Sight::of(&Who::System);
        for place in [&self.places.live, &self.places.archive] {
            let mut behind = None;
            while read.len() < MOST {
                let piece = place.list(Scope::Concluded, &everything, behind, PIECE).await?;
                let Some(last) = piece.last() else { break };
                behind = Some(Behind {
                    key: last.act_by(),
                    id: last.id,
                });
                let texts: Vec<Text> = piece
                    .iter()
                    .flat_map(|p| [Some(p.title), p.body])
                    .flatten()
                    .collect();
                let opened = place.open(&texts).await?;
                for p in &piece {
                    let (Some(unit), Some(title)) = (teaches(p), opened.text(p.title)) else {
                        continue;
                    };
                    let body = p.body.and_then(|body| opened.text(body));
                    let text = domain::suggest::read(title, body);
                    let marks = said(&text)
                        .into_iter()
                        .flat_map(|said| said.marks)
                        .map(|mark| key(&mark));
                    read.push((p.filed_at, unit, p.person.bytes(), marks.collect()));
                }
                progress(read.len());
            }
        }
        read.sort_by_key(|(at, unit, person, _)| (*at, *unit, *person));
        read.truncate(MOST);
        let mut lessons = Lessons::default();
        for (_, unit, person, marks) in read {
            lessons.add(marks.into_iter(), unit.bytes(), person);
        }
        Ok(lessons)
    }

    /// Makes a model of these lessons and lays it down in the place of the old one. `None` where they are too few for any.
    pub async fn learn(&self, lessons: &Lessons) -> Result<Option<Made>, Trouble> {
        let Some(model) = train(lessons, METHOD, Split::Whole).filter(|model| !model.is_empty()) else {
            return Ok(None);
        };
        let (place, now, bytes) = (&self.places.live, self.now(), model.to_bytes());
        let old = place.models().await?;
        let mut batch = Batch::new();
        {
            let fill = &mut self.fill();
            place
                .ready(now, fill)
                .map_err(|error| Trouble::Broken(error.to_string()))?;
            let (id, text) = (*self.id().as_bytes(), TextId(self.id()));
            let n = u32::try_from(lessons.len()).unwrap_or(u32::MAX);
            batch.model(place, id, text, &bytes, n, &old, now, fill)?;
        }
        place.commit(batch, Urgency::Bulk).await?;
        Ok(Some(Made {
            lessons: lessons.len(),
            units: model.labels.len(),
            marks: model.len(),
            bytes: bytes.len(),
        }))
    }

    /// The model as it stands in the store; read again only when the office has learnt anew.
    async fn model(&self) -> Result<Option<Arc<Model>>, Trouble> {
        let place = &self.places.live;
        let mut held = self.learnt.0.lock().await;
        let Some(newest) = place.models().await?.first().copied() else {
            *held = None;
            return Ok(None);
        };
        if let Some((id, model)) = &*held
            && *id == newest
        {
            return Ok(Some(model.clone()));
        }
        // A model that somebody changed says nothing more; distributing goes on without it.
        let stored = match place.model().await {
            Err(VaultError::Altered(text)) => {
                tracing::error!(%text, "the model of suggestions is not the one that was signed");
                None
            }
            stored => stored?,
        };
        let Some(stored) = stored else {
            *held = None;
            return Ok(None);
        };
        let Ok(model) = Model::from_bytes(&stored.bytes) else {
            tracing::error!("the model of suggestions was made by another version; learn anew");
            return Ok(None);
        };
        let model = Arc::new(model);
        *held = Some((stored.id, model.clone()));
        Ok(Some(model))
    }

    /// What the past says about where this petition belongs: at most three departments that exist, where somebody works, and
    /// that do not have it already. Nothing where too little is known. It only tells; a person distributes.
    pub async fn suggestions(
        &self,
        petition: &Petition,
        title: &str,
        body: Option<&str>,
    ) -> Result<Vec<Suggested>, Trouble> {
        let Some(model) = self.model().await? else {
            return Ok(Vec::new());
        };
        let office = self.office();
        let works = |unit: UnitId| (office.staff.posts.values().flatten()).any(|post| post.unit == unit);
        let may = |label: &[u8; 16]| {
            let unit = UnitId(uuid::Uuid::from_bytes(*label));
            office.staff.units.contains(&unit) && works(unit) && petition.unit != Some(unit)
        };
        let text = domain::suggest::read(title, body);
        let said = model.suggest(&text, key(&self.places.live), may);
        Ok((said.into_iter())
            .map(|suggestion| Suggested {
                unit: UnitId(uuid::Uuid::from_bytes(suggestion.label)),
                share: suggestion.share,
                words: suggestion.words,
            })
            .collect())
    }

    /// Counts, in the same commit as the distribution, whether the department chosen was one of those suggested. A count
    /// that cannot be made is none: it never stands in the way of the act.
    pub(crate) async fn count_choice(
        &self,
        batch: &mut Batch,
        who: &Who,
        before: &Petition,
        act: &Act<crate::words::Raw>,
    ) {
        let (Act::Distribute { unit }, Who::Official(_), Course::Lived) = (act, who, self.course) else {
            return;
        };
        match self.choice(before, *unit).await {
            Ok(choice) => choice.into_iter().for_each(|choice| batch.suggested(choice)),
            Err(error) => tracing::warn!(%error, "the choice of a department could not be counted"),
        }
    }

    async fn choice(&self, before: &Petition, chosen: UnitId) -> Result<Option<Choice>, Trouble> {
        if self.model().await?.is_none() {
            return Ok(None);
        }
        let texts: Vec<Text> = [Some(before.title), before.body].into_iter().flatten().collect();
        let opened = self.here.open(&texts).await?;
        let Some(title) = opened.text(before.title) else {
            return Ok(None);
        };
        let body = before.body.and_then(|body| opened.text(body));
        let said = self.suggestions(before, title, body).await?;
        let place = said.iter().position(|suggested| suggested.unit == chosen);
        Ok(match (said.is_empty(), place) {
            (true, _) => None,
            (false, Some(0)) => Some(Choice::First),
            (false, Some(_)) => Some(Choice::Among),
            (false, None) => Some(Choice::Other),
        })
    }

    /// When the model was made and what became of its suggestions.
    pub async fn account_of_suggestions(&self) -> Result<Account, Trouble> {
        let place = &self.places.live;
        let (counts, made) = (place.suggested().await?, place.model().await);
        let made = match made {
            Err(VaultError::Altered(_)) => None,
            made => made?,
        };
        let n = |choice| counts.get(&choice).copied().unwrap_or(0);
        Ok(Account {
            made: made.map(|stored| (stored.made_at, stored.lessons)),
            first: n(Choice::First),
            among: n(Choice::Among),
            other: n(Choice::Other),
        })
    }
}
