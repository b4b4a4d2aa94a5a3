//! 예고장과 독촉장 — what is proposed, issued one by one or many at once, received and answered (영 제28조제2항, 규칙 별지 제7호서식).
//!
//! What is proposed is not stored: it is every open petition whose due date is near or past and that has no letter about it yet.

pub use crate::act::each::AT_ONCE;
use crate::act::each::{Fate, Wanted};
use crate::act::{ActError, Call};
use crate::desk::Item;
use crate::words::Raw;
use crate::{App, Trouble};
use domain::access::figures::Figures;
use domain::access::{MATRIX, Relation, Sight, Who};
use domain::act::Act;
use domain::id::PetitionId;
use domain::life::Deed;
use domain::petition::Petition;
use domain::petition::letter::{Letter, LetterKind};
use domain::refusal::Refusal;
use domain::time::At;
use jiff::civil::Date;
use store::head::{Behind, Scope};
use store::supervision::BehindLetter;

/// Petitions read in one step.
const PIECE: u32 = 200;

/// A place in the list of letters as it stands in an address: “time-petition-seq”.
pub fn mark(behind: BehindLetter) -> String {
    format!("{}-{}-{}", behind.at.0, behind.petition, behind.seq)
}

/// The place an address names; nothing for anything else.
pub fn behind(text: &str) -> Option<BehindLetter> {
    let mut parts = text.split('-');
    let (at, petition, seq) = (parts.next()?, parts.next()?, parts.next()?);
    Some(BehindLetter {
        at: At(at.parse().ok()?),
        petition: petition.parse().ok()?,
        seq: seq.parse().ok()?,
    })
}

/// What came of issuing many letters.
#[derive(Debug, Clone, Default)]
pub struct Issued {
    /// Issued, now or by an earlier sending of the same form.
    pub done: Vec<Petition>,
    /// Not issued, and why; a petition that is not there for the one who asks is passed over.
    pub refused: Vec<(Petition, Refusal)>,
}

/// A dunning letter with its petition.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The petition.
    pub item: Item,
    /// The letter.
    pub letter: Letter,
}

impl App {
    /// What `who` may issue letters about: all for the examiner, their departments for deputies, nothing for others.
    pub fn supervises(&self, who: &Who) -> Option<Sight> {
        let Who::Official(official) = who else {
            return None;
        };
        let holds = |relation| {
            let seats = MATRIX
                .iter()
                .filter(move |(deed, _, of)| *deed == Deed::IssueDunning && *of == relation);
            let seats: Vec<_> = seats.filter_map(|(_, seat, _)| *seat).collect();
            (official.posts.iter()).filter(move |post| seats.contains(&post.seat))
        };
        let sight = Sight {
            all: holds(Relation::Agency).next().is_some(),
            units: holds(Relation::LeadUnit).map(|post| post.unit).collect(),
            ..Sight::default()
        };
        (sight.all || !sight.units.is_empty()).then_some(sight)
    }

    /// Petitions a letter of this kind is proposed for, the most urgent first; at most `limit`, and whether there are more.
    pub async fn proposed(
        &self,
        who: &Who,
        kind: LetterKind,
        limit: usize,
        call: &Call,
    ) -> Result<(Vec<Item>, bool), ActError> {
        let sight = self.supervises(who).ok_or(ActError::NotFound)?;
        let bounds = self.bounds();
        let (until, mut behind) = match kind {
            LetterKind::Dunning => (bounds.now, None),
            LetterKind::Advance => {
                let start = Behind {
                    key: bounds.now,
                    id: PetitionId(uuid::Uuid::max()),
                };
                (bounds.tomorrow, Some(start))
            }
        };
        let mut found: Vec<Petition> = Vec::new();
        loop {
            let page = (self.here)
                .list(Scope::Overdue(until), &sight, behind, PIECE)
                .await?;
            let fits = |p: &&Petition| {
                p.letter(kind).is_none()
                    && p.due().is_some_and(|due| match kind {
                        LetterKind::Dunning => due <= bounds.now,
                        LetterKind::Advance => due > bounds.now,
                    })
            };
            found.extend(page.iter().filter(fits).cloned());
            match page.last() {
                Some(last) if page.len() == PIECE as usize && found.len() <= limit => {
                    behind = Some(Behind {
                        key: last.act_by(),
                        id: last.id,
                    });
                }
                _ => break,
            }
        }
        let more = found.len() > limit;
        found.truncate(limit);
        let items = self.items(found).await?;
        self.looked(who, "list", None, items.len(), call).await?;
        Ok((items, more))
    }

    /// Issues a letter about each of these petitions. Each is an act of its own under the key of the call, so that a form sent
    /// twice, or cut off half-way and sent again, issues each letter once.
    pub async fn issue(
        &self,
        who: &Who,
        kind: LetterKind,
        ids: &[PetitionId],
        reply_by: Date,
        note: Option<Raw>,
        call: &Call,
    ) -> Result<Issued, ActError> {
        let sight = self.supervises(who).ok_or(ActError::NotFound)?;
        let wanted: Vec<Wanted> = (ids.iter().take(AT_ONCE))
            .map(|id| {
                let note = note.clone();
                let act = match kind {
                    LetterKind::Dunning => Act::IssueDunning { reply_by, note },
                    LetterKind::Advance => Act::IssueAdvanceNotice { note },
                };
                Wanted {
                    petition: *id,
                    seq: None,
                    act,
                }
            })
            .collect();
        let fates = self.each(who, &wanted, At::NEVER, call).await;
        if let Some(trouble) = fates.trouble {
            return Err(trouble.into());
        }
        let mut issued = Issued::default();
        for (id, fate) in fates.each {
            match fate {
                Fate::Done(petition) => issued.done.push(*petition),
                Fate::Refused(refusal) => {
                    let known = self.petitions(&[id], &sight).await?;
                    issued.refused.extend(known.into_iter().map(|p| (p, refusal)));
                }
                Fate::Overtaken | Fate::Unknown | Fate::Waiting => {}
            }
        }
        Ok(issued)
    }

    /// Dunning letters that `who` may know of, newest first.
    pub async fn dunned(
        &self,
        who: &Who,
        behind: Option<BehindLetter>,
        limit: u32,
        call: &Call,
    ) -> Result<(Vec<Sent>, Option<BehindLetter>), ActError> {
        let mut marks = Vec::new();
        for place in self.shelves() {
            marks.extend(place.letters(&Figures::of(who), behind, limit + 1).await?);
        }
        marks.sort_by_key(|mark: &BehindLetter| std::cmp::Reverse((mark.at, mark.petition, mark.seq)));
        let more = marks.len() > limit as usize;
        marks.truncate(limit as usize);
        let ids: Vec<PetitionId> = marks.iter().map(|mark| mark.petition).collect();
        let known = self.petitions(&ids, &self.sight(who)).await?;
        let mut letters: Vec<(Petition, Letter)> = Vec::new();
        for mark in &marks {
            let Some(p) = known.iter().find(|p| p.id == mark.petition) else {
                continue;
            };
            let of = |letter: &&Letter| letter.kind == LetterKind::Dunning && letter.at == mark.at;
            letters.extend(
                p.letters
                    .iter()
                    .find(of)
                    .map(|letter| (p.clone(), letter.clone())),
            );
        }
        let items = self
            .items(letters.iter().map(|(p, _)| p.clone()).collect())
            .await?;
        self.looked(who, "list", None, items.len(), call).await?;
        let sent = (items.into_iter().zip(letters))
            .map(|(item, (_, letter))| Sent { item, letter })
            .collect();
        Ok((sent, marks.last().copied().filter(|_| more)))
    }

    /// How many letters are proposed, counted no further than `most`: for the menu.
    pub async fn waiting_letters(&self, who: &Who, most: u32) -> Result<u32, Trouble> {
        let Some(sight) = self.supervises(who) else {
            return Ok(0);
        };
        let now = self.now();
        let page = (self.here).list(Scope::Overdue(now), &sight, None, most).await?;
        let waits =
            |p: &&Petition| p.due().is_some_and(|due| due <= now) && p.letter(LetterKind::Dunning).is_none();
        Ok(u32::try_from(page.iter().filter(waits).count()).unwrap_or(most))
    }
}
