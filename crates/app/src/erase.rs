//! 파기 — what may be destroyed, who decides it, and how it is carried out and written down (개인정보 보호법 제21조, 공공기록물법 제27조).
//!
//! A decision is one list of writes: the 파기대장's line, what is doomed, what is kept apart, the ledger. It is carried out behind
//! it, in the order that `store::erase` keeps, and by the duty `erase` when the machine died in between.

pub mod apart;
pub mod disposal;
pub mod requests;

use crate::act::{ActError, Call};
use crate::archive::everything;
use crate::{App, Trouble};
use domain::access::{Sight, Who};
use domain::id::{OfficialId, PersonId, PetitionId, TextId};
use domain::petition::Petition;
use domain::refusal::Refusal;
use domain::retention::{
    Basis, Destruction, DestructionKind, Facts, HoldGround, May, NO_END, may, may_person,
};
use domain::terms::Seat;
use jiff::civil::Date;
use std::collections::{BTreeSet, HashMap};
use store::batch::{Batch, CommitFault};
use store::engine::Urgency;
use store::erase::Hold;
use store::place::Place;
use store::vault::Owner;

/// Letters of a reason.
pub const MOST_WORDS: usize = 4_000;
/// Petitions of one person that are looked at.
const OF_PERSON: u32 = 10_000;

/// What is to be destroyed together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Doomed {
    /// What was written in these petitions.
    pub petitions: Vec<PetitionId>,
    /// Names and contacts of these persons.
    pub persons: Vec<PersonId>,
    /// Saved drafts.
    pub drafts: Vec<Owner>,
}

impl Doomed {
    fn owners(&self) -> impl Iterator<Item = Owner> {
        let petitions = self.petitions.iter().map(|id| id.bytes());
        petitions
            .chain(self.persons.iter().map(|id| id.bytes()))
            .chain(self.drafts.iter().copied())
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.petitions.is_empty() && self.persons.is_empty() && self.drafts.is_empty()
    }
}

/// Who decides, on what.
#[derive(Debug, Clone, Default)]
pub struct Ground {
    /// 보존 근거.
    pub basis: Option<Basis>,
    /// 검토자.
    pub reviewer: Option<OfficialId>,
    /// The request.
    pub request: Option<domain::retention::request::Number>,
    /// The disposal.
    pub disposal: Option<uuid::Uuid>,
}

/// Whether somebody holds this seat.
pub fn holds(who: &Who, seat: Seat) -> bool {
    matches!(who, Who::Official(official) if official.posts.iter().any(|post| post.seat == seat))
}

/// Whether `who` may lay a hold on petitions and lift it.
pub fn may_hold(who: &Who) -> bool {
    [Seat::PrivacyOfficer, Seat::RecordsOfficer, Seat::Examiner]
        .into_iter()
        .any(|seat| holds(who, seat))
}

/// Whether `who` may read the 파기대장.
pub fn reads_register(who: &Who) -> bool {
    matches!(who, Who::System) || may_hold(who) || holds(who, Seat::DepartmentHead)
}

/// What the law counts as the end of a petition, by the calendar.
pub(crate) fn concluded(petition: &Petition) -> Option<Date> {
    petition
        .end
        .and_then(|end| end.concluded_at.date())
        .filter(|_| !petition.life.is_open())
}

impl App {
    /// What the rules ask about a petition today.
    pub async fn facts_of(&self, petition: &Petition) -> Result<Facts, Trouble> {
        let office = self.office();
        let holds = self.here.holds(petition.id).await?;
        let anew = self.here.term_anew(petition.id).await?;
        Ok(Facts {
            concluded: concluded(petition),
            term: anew.unwrap_or_else(|| office.settings.keeping.terms.of(&petition.service.0)),
            held: holds
                .iter()
                .any(|hold| hold.lifted.is_none() && hold.until >= office.day),
        })
    }

    /// What may become of a petition today.
    pub async fn may_petition(&self, petition: &Petition) -> Result<May, Trouble> {
        Ok(may(&self.facts_of(petition).await?, self.office().day))
    }

    /// What may become of a person's name and contact today, when what is in `besides` goes with them.
    pub async fn may_person(&self, person: PersonId, besides: &BTreeSet<PetitionId>) -> Result<May, Trouble> {
        let mut facts = Vec::new();
        for petition in self.petitions_with(person).await? {
            if !besides.contains(&petition.id) && !self.here.is_destroyed(petition.id.bytes()).await? {
                facts.push(self.facts_of(&petition).await?);
            }
        }
        Ok(may_person(&facts, self.office().day))
    }

    /// Every petition a person asks in, or somebody asks in for them.
    pub(crate) async fn petitions_with(&self, person: PersonId) -> Result<Vec<Petition>, Trouble> {
        self.petitions_from(person, &everything(), None, OF_PERSON).await
    }

    /// With these petitions go those persons who are named nowhere else: a contact only written down belongs to one petition.
    pub async fn with_persons(&self, petitions: Vec<PetitionId>) -> Result<Doomed, Trouble> {
        let all: BTreeSet<PetitionId> = petitions.iter().copied().collect();
        let mut persons = BTreeSet::new();
        for id in &petitions {
            let Some(head) = self.head(*id).await? else {
                continue;
            };
            let named = [Some(head.petition.person), head.petition.intake.party.principal];
            for person in named.into_iter().flatten() {
                let verified = self.here.is_verified(person).await?;
                if !verified && self.may_person(person, &all).await? == May::Destroy {
                    persons.insert(person);
                }
            }
        }
        Ok(Doomed {
            petitions,
            persons: persons.into_iter().collect(),
            drafts: Vec::new(),
        })
    }

    /// Adds a line of the 파기대장 and what is doomed by it.
    pub(crate) async fn doom(
        &self,
        batch: &mut Batch,
        who: &Who,
        kind: DestructionKind,
        doomed: &Doomed,
        ground: &Ground,
    ) -> Result<uuid::Uuid, Trouble> {
        let entry = self.entry(batch, who, kind, doomed, ground).await?;
        let (now, today) = (self.now(), self.office().day);
        for owner in doomed.owners() {
            if !self.here.is_destroyed(owner).await? {
                batch.doom(owner, *entry.as_bytes(), now, today);
            }
        }
        Ok(entry)
    }

    /// Adds a line of the 파기대장.
    pub(crate) async fn entry(
        &self,
        batch: &mut Batch,
        who: &Who,
        kind: DestructionKind,
        doomed: &Doomed,
        ground: &Ground,
    ) -> Result<uuid::Uuid, Trouble> {
        self.entry_after(batch, who, kind, doomed, ground, 0).await
    }

    /// The same behind so many lines of the same list of writes.
    pub(crate) async fn entry_after(
        &self,
        batch: &mut Batch,
        who: &Who,
        kind: DestructionKind,
        doomed: &Doomed,
        ground: &Ground,
        after: u32,
    ) -> Result<uuid::Uuid, Trouble> {
        let (now, id) = (self.now(), self.id());
        let year = self.office().day.year();
        let series = format!("destruction-{year}");
        let n = self.here.next_number(&series).await? + after;
        batch.take_number(&series, n);
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let entry = Destruction {
            id,
            year,
            n,
            at: now,
            kind,
            petitions: count(doomed.petitions.len()),
            persons: count(doomed.persons.len()),
            drafts: count(doomed.drafts.len()),
            basis: ground.basis,
            by: who.by(),
            reviewer: ground.reviewer,
            request: ground.request,
            disposal: ground.disposal,
        };
        batch.destruction(&entry)?;
        Ok(id)
    }

    /// Carries out what was decided. Gives how many keys are gone.
    pub async fn finish_destructions(&self) -> Result<u64, Trouble> {
        let now = self.now();
        // What once lay in another place lies in its back-ups, too: the list of that place must make them forget as well.
        let doomed = self.here.doomed().await?;
        for place in self.places.all().filter(|place| place.name != self.here.name) {
            let been = place.moved_away(&doomed).await?;
            if !been.is_empty() {
                place.keys().write_destroyed(&been, now.0)?;
            }
        }
        Ok(self.here.finish_destructions(now).await?)
    }

    /// Destroys this, whatever the retention says: for what the board gave up, and for requests that were decided by the rules. An
    /// open petition and a held one stop it.
    pub async fn destroy(
        &self,
        who: &Who,
        doomed: &Doomed,
        kind: DestructionKind,
        ground: &Ground,
    ) -> Result<uuid::Uuid, ActError> {
        for id in &doomed.petitions {
            let head = self.head(*id).await?.ok_or(ActError::NotFound)?;
            let facts = self.facts_of(&head.petition).await?;
            if facts.held || facts.concluded.is_none() {
                return Err(Refusal::StillNeeded.into());
            }
        }
        let mut batch = Batch::new();
        let entry = self.doom(&mut batch, who, kind, doomed, ground).await?;
        self.destruction_looks(&mut batch, who, doomed, &Call::default());
        self.here.commit(batch, Urgency::User).await.map_err(raced)?;
        self.finish_destructions().await?;
        Ok(entry)
    }

    pub(crate) fn destruction_looks(&self, batch: &mut Batch, who: &Who, doomed: &Doomed, call: &Call) {
        for petition in &doomed.petitions {
            batch.look(self.id(), &self.look_of(who, "destroy", Some(*petition), 1, call));
        }
        if doomed.petitions.is_empty() {
            batch.look(self.id(), &self.look_of(who, "destroy", None, 0, call));
        }
    }

    /// 파기대장. Errors: `NotYours`.
    pub async fn destructions(&self, who: &Who, from: Date, to: Date) -> Result<Vec<Destruction>, ActError> {
        if !reads_register(who) {
            return Err(Refusal::NotYours.into());
        }
        let midnight = |day: Date| domain::time::At::seoul(day.to_datetime(jiff::civil::Time::midnight()));
        let end = to.tomorrow().map_or(domain::time::At::NEVER, midnight);
        Ok(self.here.destructions(midnight(from), end, 5_000).await?)
    }

    /// One line of the 파기대장.
    pub async fn destruction_entry(&self, id: uuid::Uuid) -> Result<Option<Destruction>, Trouble> {
        Ok(self.here.destruction_entry(id).await?)
    }

    /// 파기 정지 — nothing destroys the petition until the last day, or until it is lifted. Errors: `NotYours`, `BasisMissing`
    /// without words, `DestroyedAlready`.
    pub async fn hold_petition(
        &self,
        who: &Who,
        petition: PetitionId,
        ground: HoldGround,
        until: Option<Date>,
        words: &str,
        call: &Call,
    ) -> Result<(), ActError> {
        let Who::Official(official) = who else {
            return Err(Refusal::NotYours.into());
        };
        if !may_hold(who) {
            return Err(Refusal::NotYours.into());
        }
        if words.trim().is_empty() {
            return Err(Refusal::BasisMissing.into());
        }
        let until = until.unwrap_or(NO_END);
        if until < self.office().day {
            return Err(Refusal::SupplementInPast.into());
        }
        self.head(petition).await?.ok_or(ActError::NotFound)?;
        let key = match self.here.key_of(petition.bytes()).await {
            Ok(key) => key,
            Err(store::vault::VaultError::NoKey) => return Err(Refusal::DestroyedAlready.into()),
            Err(other) => return Err(other.into()),
        };
        let mut batch = Batch::new();
        let text = batch.text(&key, TextId(self.id()), words.trim().as_bytes(), &mut self.fill());
        batch.hold(&Hold {
            id: *self.id().as_bytes(),
            petition,
            by: official.id.bytes(),
            at: self.now(),
            ground: ground.code().to_owned(),
            until,
            text: text.id,
            lifted: None,
        });
        batch.look(
            self.id(),
            &self.look_of(who, "hold_destruction", Some(petition), 1, call),
        );
        match self.here.commit(batch, Urgency::User).await {
            Ok(()) => Ok(()),
            Err(CommitFault::Conflict) => Err(Refusal::DestroyedAlready.into()),
            Err(fault) => Err(fault.into()),
        }
    }

    /// The holds that stand, with their petitions. Errors: `NotYours`.
    pub async fn standing_holds(&self, who: &Who) -> Result<Vec<(Hold, Petition)>, ActError> {
        if !may_hold(who) {
            return Err(Refusal::NotYours.into());
        }
        let holds = self.here.standing_holds(self.office().day, 200).await?;
        let ids: Vec<PetitionId> = holds.iter().map(|hold| hold.petition).collect();
        let petitions: HashMap<PetitionId, Petition> =
            (self.here.petitions(&ids, &everything()).await?.into_iter())
                .map(|petition| (petition.id, petition))
                .collect();
        Ok((holds.into_iter())
            .filter_map(|hold| Some((petitions.get(&hold.petition)?.clone(), hold)))
            .map(|(petition, hold)| (hold, petition))
            .collect())
    }

    /// The petition of this 접수번호 or 신청번호, for who lays holds or takes requests in; nothing of it is shown.
    pub async fn petition_called(&self, who: &Who, number: &str) -> Result<Option<Petition>, ActError> {
        if !may_hold(who) && !crate::counter::takes_in(who) {
            return Ok(None);
        }
        let sight = Sight {
            all: true,
            ..Sight::default()
        };
        self.by_number(number, &sight).await
    }

    /// Each month's epoch key in this room.
    pub async fn epochs(&self) -> Result<Vec<store::epoch::EpochState>, Trouble> {
        Ok(self.here.epochs().await?)
    }

    /// Lifts a hold.
    pub async fn lift_hold(
        &self,
        who: &Who,
        petition: PetitionId,
        hold: [u8; 16],
        call: &Call,
    ) -> Result<(), ActError> {
        let Who::Official(official) = who else {
            return Err(Refusal::NotYours.into());
        };
        if !may_hold(who) {
            return Err(Refusal::NotYours.into());
        }
        let holds = self.here.holds(petition).await?;
        if !holds.iter().any(|one| one.id == hold) {
            return Err(ActError::NotFound);
        }
        let mut batch = Batch::new();
        batch.lift(hold, official.id.bytes(), self.now());
        batch.look(
            self.id(),
            &self.look_of(who, "lift_hold", Some(petition), 1, call),
        );
        match self.here.commit(batch, Urgency::User).await {
            Ok(()) => Ok(()),
            Err(CommitFault::Conflict) => Err(Refusal::NotNow.into()),
            Err(fault) => Err(fault.into()),
        }
    }

    /// Ends what was kept apart until a day that is over. Held petitions wait. Gives how many are gone.
    pub async fn end_apart(&self) -> Result<u64, Trouble> {
        let today = self.office().day;
        let mut doomed = Doomed::default();
        for (owner, _) in self.here.apart_until(today, 200).await? {
            let petition = PetitionId(uuid::Uuid::from_bytes(owner));
            match self.head(petition).await? {
                Some(head) if self.facts_of(&head.petition).await?.held => {}
                Some(_) => doomed.petitions.push(petition),
                None => doomed.persons.push(PersonId(uuid::Uuid::from_bytes(owner))),
            }
        }
        if doomed.is_empty() {
            return Ok(0);
        }
        let mut batch = Batch::new();
        let ground = Ground::default();
        self.doom(
            &mut batch,
            &Who::System,
            DestructionKind::ApartEnded,
            &doomed,
            &ground,
        )
        .await?;
        self.destruction_looks(&mut batch, &Who::System, &doomed, &Call::default());
        match self.here.commit(batch, Urgency::Bulk).await {
            Ok(()) => self.finish_destructions().await,
            Err(CommitFault::Conflict) => Ok(0),
            Err(fault) => Err(fault.into()),
        }
    }

    /// After a copy was put back: forgets what the list outside says, builds the index anew, and writes a line of the 파기대장 about
    /// it. Gives how many keys were still there.
    pub async fn forget_again(&self, place: &Place, before: store::erase::Applied) -> Result<u64, Trouble> {
        place.forget_index().await?;
        place.index().await?;
        if before.dropped == 0 {
            return Ok(0);
        }
        let mut batch = Batch::new();
        let (now, id) = (self.now(), self.id());
        let year = self.office().day.year();
        let series = format!("destruction-{year}");
        let n = place.next_number(&series).await?;
        batch.take_number(&series, n);
        batch.destruction(&Destruction {
            id,
            year,
            n,
            at: now,
            kind: DestructionKind::Restored,
            petitions: u32::try_from(before.dropped).unwrap_or(u32::MAX),
            persons: 0,
            drafts: 0,
            basis: None,
            by: domain::terms::By::System,
            reviewer: None,
            request: None,
            disposal: None,
        })?;
        place.commit(batch, Urgency::User).await?;
        Ok(before.dropped)
    }
}

/// A hold laid down between the look and the decision.
pub(crate) fn raced(fault: CommitFault) -> ActError {
    match fault {
        CommitFault::Conflict => Refusal::StillNeeded.into(),
        other => other.into(),
    }
}
