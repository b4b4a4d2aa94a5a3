//! 기록물 폐기 — proposed once a year to each department, judged in three steps by people, carried out as they decided
//! (공공기록물법 제27조·제27조의2, 영 제43조).
//!
//! A list is decided in one list of writes and carried out in another, with its line of the 파기대장. What stands in the way of a
//! petition by then (a hold, another law, a reopening) keeps it out; it is proposed again in a later year.

mod year;

use crate::act::{ActError, Call};
use crate::{App, TRIES, Trouble};
use domain::access::disposal::{DisposalDeed, Far, far, may_dispose};
use domain::access::{Sight, Who};
use domain::id::{OfficialId, PetitionId, TextId, UnitId};
use domain::petition::Petition;
use domain::refusal::Refusal;
use domain::retention::Term;
use domain::retention::disposal::{Disposal, Fate, Mark, Opinion, Step};
use domain::terms::Seat;
use domain::time::At;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::batch::{Batch, CommitFault};
use store::disposal::Wanted;
use store::engine::Urgency;
use store::outbox::To;

/// Petitions of one list at most; a department with more gets several.
pub const LIST: usize = 500;
/// Petitions on one page of a list.
pub const ROWS: usize = 20;
/// Letters of a reason.
pub const WHY: usize = 500;
/// Letters of the names of the board.
pub const NAMES: usize = 1_000;
/// Lists on a page.
const LISTS: u32 = 30;

/// What is said of one petition: `None` leaves it as the step before had it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Which.
    pub petition: PetitionId,
    /// What becomes of it.
    pub opinion: Option<Opinion>,
    /// Its new retention, with 재책정.
    pub term: Option<Term>,
    /// 사유.
    pub why: String,
}

/// The board as it met.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Members {
    /// 내부 위원.
    pub inside: Vec<String>,
    /// 외부 위원.
    pub outside: Vec<String>,
}

/// A petition in a list.
#[derive(Debug, Clone)]
pub struct Item {
    /// The petition.
    pub petition: Petition,
    /// Its title; `None` once it is destroyed.
    pub title: Option<String>,
    /// Its retention, and the last day of it.
    pub term: Term,
    /// The last day it is kept.
    pub until: Option<Date>,
    /// What each step said of it, with the reason: department, review, board, and the one that is awaited.
    pub said: [Option<(Mark, String)>; 4],
    /// Whether a hold stands on it now.
    pub held: bool,
    /// What became of it.
    pub fate: Option<Fate>,
}

/// A list as one who may see it sees it.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The list.
    pub disposal: Disposal,
    /// The petitions of this page.
    pub items: Vec<Item>,
    /// How many petitions fit the filter.
    pub fitting: usize,
    /// The board, once it has decided.
    pub members: Option<Members>,
    /// Whether the one who looks may take the step that is awaited; `Err` says why not.
    pub may: Result<(), Refusal>,
}

/// Which petitions of a list are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shown {
    /// Those of whom this is proposed or decided.
    pub opinion: Option<Opinion>,
    /// The page, from 1.
    pub page: usize,
}

impl App {
    /// Tells who takes the next step that a list waits.
    fn disposal_waits(&self, batch: &mut Batch, disposal: &Disposal) {
        let (seat, unit) = match disposal.step() {
            Step::Department => (Seat::DepartmentHead, Some(disposal.unit)),
            Step::Review | Step::Board => (Seat::RecordsOfficer, None),
            Step::Done => return,
        };
        let step = disposal.step();
        for official in self.office().holders(seat, unit) {
            let what: [&[u8]; 2] = [step.code().as_bytes(), disposal.id.as_bytes()];
            let to = To::Official(official);
            self.tell(batch, "disposal_waiting", &what, to, self.now());
        }
    }

    /// Lists behind `older`, newest first, and whether there are more. Errors: `NotYours`.
    pub async fn disposals(
        &self,
        who: &Who,
        step: Option<Step>,
        year: Option<i16>,
        older: Option<(At, uuid::Uuid)>,
    ) -> Result<(Vec<Disposal>, bool), ActError> {
        let units = match far(who, DisposalDeed::Look)? {
            Far::All => None,
            Far::Units(units) => Some(units),
        };
        let wanted = Wanted { step, year, units };
        let mut lists = self.here.disposals(&wanted, older, LISTS + 1).await?;
        let more = lists.len() > LISTS as usize;
        lists.truncate(LISTS as usize);
        Ok((lists, more))
    }

    /// How many lists wait for this official.
    pub async fn disposals_awaited(&self, who: &Who) -> Result<u32, Trouble> {
        let mut waiting = 0;
        for step in [Step::Department, Step::Review, Step::Board] {
            let Some(Ok(reach)) = DisposalDeed::of(step).map(|deed| far(who, deed)) else {
                continue;
            };
            let units = match reach {
                Far::All => None,
                Far::Units(units) => Some(units),
            };
            waiting += self.here.disposals_waiting(step, units).await?;
        }
        Ok(waiting)
    }

    /// The list, for one who may see it; for others there is none.
    async fn disposal_for(&self, who: &Who, id: uuid::Uuid) -> Result<Disposal, ActError> {
        let disposal = self.here.disposal(id).await?.ok_or(ActError::NotFound)?;
        may_dispose(who, DisposalDeed::Look, disposal.unit).map_err(|_| ActError::NotFound)?;
        Ok(disposal)
    }

    /// One list with a page of its petitions; the look is written down first.
    pub async fn disposal(
        &self,
        who: &Who,
        id: uuid::Uuid,
        shown: Shown,
        call: &Call,
    ) -> Result<Opened, ActError> {
        let disposal = self.disposal_for(who, id).await?;
        let fitting: Vec<PetitionId> = (disposal.petitions.iter().copied())
            .filter(|one| {
                shown
                    .opinion
                    .is_none_or(|opinion| disposal.proposed(*one) == opinion)
            })
            .collect();
        let page: Vec<PetitionId> = (fitting.iter().copied())
            .skip(shown.page.saturating_sub(1).saturating_mul(ROWS))
            .take(ROWS)
            .collect();
        let mut batch = Batch::new();
        let n = u32::try_from(page.len()).unwrap_or(u32::MAX);
        batch.look(
            self.id(),
            &self.look_of(who, DisposalDeed::Look.code(), None, n, call),
        );
        self.here.commit(batch, Urgency::User).await?;
        let items = self.disposal_items(&disposal, &page).await?;
        let members = match &disposal.board {
            Some(board) => Some(self.board_members(board.names).await?),
            None => None,
        };
        Ok(Opened {
            may: self.may_take_step(who, &disposal),
            fitting: fitting.len(),
            items,
            members,
            disposal,
        })
    }

    /// Year, department and number of a list, for lines of the 파기대장.
    pub async fn disposal_name(&self, id: uuid::Uuid) -> Result<Option<(i16, UnitId, u16)>, Trouble> {
        let disposal = self.here.disposal(id).await?;
        Ok(disposal.map(|disposal| (disposal.year, disposal.unit, disposal.part)))
    }

    async fn board_members(&self, names: domain::text::Text) -> Result<Members, Trouble> {
        let opened = self.here.open(&[names]).await?;
        Ok(opened
            .bytes(names)
            .and_then(|bytes| serde_json::from_slice(bytes).ok())
            .unwrap_or_default())
    }

    async fn disposal_items(&self, disposal: &Disposal, page: &[PetitionId]) -> Result<Vec<Item>, Trouble> {
        let today = self.office().day;
        let fates = self.here.disposal_fates(disposal.id).await?;
        let held = self.here.held_among(page, today).await?;
        let mut heads = self.here.petitions(page, &Sight::of(&Who::System)).await?;
        let place: HashMap<PetitionId, usize> = (page.iter().enumerate()).map(|(n, id)| (*id, n)).collect();
        heads.sort_by_key(|petition| place.get(&petition.id).copied());
        let marks = |id: PetitionId| {
            [
                disposal.said(Step::Department, id),
                disposal.said(Step::Review, id),
                disposal.said(Step::Board, id),
                disposal.marks.get(&id),
            ]
        };
        let mut texts = Vec::new();
        for petition in &heads {
            texts.push(petition.title);
            texts.extend(marks(petition.id).into_iter().flatten().map(|mark| mark.why));
        }
        let texts = self.here.open(&texts).await?;
        let mut items = Vec::new();
        for petition in heads {
            let facts = self.facts_of(&petition).await?;
            items.push(Item {
                title: texts.text(petition.title).map(str::to_owned),
                term: facts.term,
                until: facts.concluded.and_then(|day| facts.term.kept_until(day)),
                said: marks(petition.id).map(|mark| {
                    mark.map(|mark| {
                        let why = texts.text(mark.why).unwrap_or_default();
                        (mark.clone(), why.to_owned())
                    })
                }),
                held: held.contains(&petition.id),
                fate: fates.get(&petition.id).copied(),
                petition,
            });
        }
        Ok(items)
    }

    /// Whether `who` may take the step that is awaited.
    fn may_take_step(&self, who: &Who, disposal: &Disposal) -> Result<(), Refusal> {
        let deed = DisposalDeed::of(disposal.step()).ok_or(Refusal::NotNow)?;
        may_dispose(who, deed, disposal.unit)?;
        disposal.may_take(who.official().ok_or(Refusal::NotYours)?)
    }

    /// The list and the official, where that one may take the step that is awaited.
    async fn disposal_step(&self, who: &Who, id: uuid::Uuid) -> Result<(Disposal, OfficialId), ActError> {
        let disposal = self.disposal_for(who, id).await?;
        self.may_take_step(who, &disposal)?;
        let official = who.official().ok_or(Refusal::NotYours)?;
        Ok((disposal, official))
    }

    /// 예외 — says of these petitions what is to become of them, each with a reason; what is said can be said anew until the step is
    /// taken. Sent twice, it is said once. Errors: `NotYours`; `BasisMissing` without reason, or with a new term that ends nothing
    /// later; `NotNow` when the list has moved on.
    pub async fn mark_disposal(
        &self,
        who: &Who,
        id: uuid::Uuid,
        step: Step,
        said: &[Said],
        call: &Call,
    ) -> Result<(), ActError> {
        for lost in 0..TRIES {
            self.wait_for_turn(lost).await;
            let (mut disposal, official) = self.disposal_step(who, id).await?;
            if disposal.step() != step {
                return Err(Refusal::NotNow.into());
            }
            let named: Vec<PetitionId> = said.iter().map(|one| one.petition).collect();
            let items = self.disposal_items(&disposal, &named).await?;
            let mut batch = Batch::new();
            let mut marks = Vec::new();
            for one in said {
                let item = items.iter().find(|item| item.petition.id == one.petition);
                let item = item.ok_or(Refusal::NotNow)?;
                let now = item.said[3].as_ref();
                let Some(opinion) = one.opinion else {
                    if now.is_some() {
                        marks.push((one.petition, None));
                    }
                    continue;
                };
                let why = one.why.trim();
                if why.is_empty() {
                    return Err(Refusal::BasisMissing.into());
                }
                if why.chars().count() > WHY {
                    return Err(Refusal::TooLong.into());
                }
                let term = one.term.filter(|_| opinion == Opinion::Again);
                if let Some(term) = term {
                    let last = super::concluded(&item.petition).and_then(|day| term.kept_until(day));
                    if last.is_some_and(|last| last < self.office().day) {
                        return Err(Refusal::BasisMissing.into());
                    }
                }
                let same = now.is_some_and(|(mark, words)| {
                    (mark.opinion, mark.term, words.as_str()) == (opinion, term, why)
                });
                if same {
                    continue;
                }
                let key = self.here.key_of(one.petition.bytes()).await?;
                if let Some((before, _)) = now {
                    batch.drop_text(before.why.id);
                }
                let why = batch.text(&key, TextId(self.id()), why.as_bytes(), &mut self.fill());
                let by = official;
                marks.push((
                    one.petition,
                    Some(Mark {
                        by,
                        opinion,
                        term,
                        why,
                    }),
                ));
            }
            if marks.is_empty() {
                return Ok(());
            }
            for (petition, _) in &marks {
                batch.look(
                    self.id(),
                    &self.look_of(who, "mark_disposal", Some(*petition), 1, call),
                );
            }
            disposal.mark(official, marks)?;
            batch.disposal_next(&disposal)?;
            match self.here.commit(batch, Urgency::User).await {
                Ok(()) => return Ok(()),
                Err(CommitFault::Conflict) => {}
                Err(fault) => return Err(fault.into()),
            }
        }
        Err(Trouble::Contended.into())
    }

    /// 의견 제출 or 심사 완료: takes the step; all that was not excepted follows the step before, or is given up. Sent twice, it is
    /// taken once. Errors: `NotYours`, also for a review by who gave the opinion; `NotNow`.
    pub async fn submit_disposal(
        &self,
        who: &Who,
        id: uuid::Uuid,
        step: Step,
        call: &Call,
    ) -> Result<(), ActError> {
        for lost in 0..TRIES {
            self.wait_for_turn(lost).await;
            let disposal = self.disposal_for(who, id).await?;
            if taken_by(&disposal, step).is_some_and(|by| Some(by) == who.official()) {
                return Ok(());
            }
            let (mut disposal, official) = self.disposal_step(who, id).await?;
            disposal.submit(step, official, self.now())?;
            if self
                .disposal_taken(who, &disposal, step, Batch::new(), call)
                .await?
            {
                return Ok(());
            }
        }
        Err(Trouble::Contended.into())
    }

    /// Commits a step; `false` when somebody else was faster.
    async fn disposal_taken(
        &self,
        who: &Who,
        disposal: &Disposal,
        step: Step,
        mut batch: Batch,
        call: &Call,
    ) -> Result<bool, ActError> {
        batch.disposal_next(disposal)?;
        if let Some(deed) = DisposalDeed::of(step) {
            let n = u32::try_from(disposal.petitions.len()).unwrap_or(u32::MAX);
            batch.look(self.id(), &self.look_of(who, deed.code(), None, n, call));
        }
        self.disposal_waits(&mut batch, disposal);
        match self.here.commit(batch, Urgency::User).await {
            Ok(()) => Ok(true),
            Err(CommitFault::Conflict) => Ok(false),
            Err(fault) => Err(fault.into()),
        }
    }

    /// 심의회의 결정 as the records officer writes it down; it is carried out when this returns, or by the duty. Sent twice, it is
    /// decided once. Errors: `NotYours`; `BoardIncomplete`; `NotNow`.
    pub async fn decide_disposal(
        &self,
        who: &Who,
        id: uuid::Uuid,
        held_on: Date,
        members: &Members,
        call: &Call,
    ) -> Result<(), ActError> {
        let names = serde_json::to_vec(members)?;
        let spelt: usize = (members.inside.iter().chain(&members.outside))
            .map(|name| name.chars().count())
            .sum();
        if spelt > NAMES {
            return Err(Refusal::TooLong.into());
        }
        let count = |names: &[String]| u16::try_from(names.len()).unwrap_or(u16::MAX);
        let (inside, outside) = (count(&members.inside), count(&members.outside));
        for lost in 0..TRIES {
            self.wait_for_turn(lost).await;
            let disposal = self.disposal_for(who, id).await?;
            if taken_by(&disposal, Step::Board).is_some_and(|by| Some(by) == who.official()) {
                return Ok(());
            }
            let (mut disposal, official) = self.disposal_step(who, id).await?;
            let mut batch = Batch::new();
            let key = self.here.key_of(*id.as_bytes()).await?;
            let names = batch.text(&key, TextId(self.id()), &names, &mut self.fill());
            let (now, today) = (self.now(), self.office().day);
            let all = inside.saturating_add(outside);
            disposal.decide(official, now, held_on, all, outside, names, today)?;
            batch.disposal_decided(&disposal, now);
            if self
                .disposal_taken(who, &disposal, Step::Board, batch, call)
                .await?
            {
                self.carry_out(disposal).await?;
                return Ok(());
            }
        }
        Err(Trouble::Contended.into())
    }

    /// 폐기 목록, for the board: every petition of a list without a word of anybody. The look is written down first.
    pub async fn disposal_sheet(&self, who: &Who, id: uuid::Uuid, call: &Call) -> Result<Opened, ActError> {
        let disposal = self.disposal_for(who, id).await?;
        let n = u32::try_from(disposal.petitions.len()).unwrap_or(u32::MAX);
        let mut batch = Batch::new();
        batch.look(
            self.id(),
            &self.look_of(who, DisposalDeed::Look.code(), None, n, call),
        );
        self.here.commit(batch, Urgency::User).await?;
        let members = match &disposal.board {
            Some(board) => Some(self.board_members(board.names).await?),
            None => None,
        };
        Ok(Opened {
            items: self.disposal_items(&disposal, &disposal.petitions).await?,
            fitting: disposal.petitions.len(),
            may: Ok(()),
            members,
            disposal,
        })
    }
}

/// Who took a step.
fn taken_by(disposal: &Disposal, step: Step) -> Option<OfficialId> {
    match step {
        Step::Department => disposal.department.as_ref().map(|taken| taken.by),
        Step::Review => disposal.review.as_ref().map(|taken| taken.by),
        Step::Board => disposal.board.as_ref().map(|board| board.taken.by),
        Step::Done => None,
    }
}
