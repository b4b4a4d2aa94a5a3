//! 서고 — petitions of closed years lie in the archive place, where they burden no list; whoever needs one gets it back at once.
//!
//! The archive only keeps. Lists, numbers, search and statistics look into both places; whatever is opened, decided or destroyed is
//! taken to the living place first, where everything that is done is done, and goes back when it has rested. Where both places hold
//! a petition, because a move was cut off, the living one counts.

use crate::{App, Trouble};
use domain::access::Sight;
use domain::id::{PersonId, PetitionId};
use domain::number::{FilingNumber, ReceptionNumber};
use domain::petition::Petition;
use domain::retention::shelf::rests;
use domain::retention::{Facts, May, may};
use domain::text::Text;
use domain::time::At;
use jiff::ToSpan;
use jiff::civil::{Date, Time, date};
use std::collections::{BTreeMap, BTreeSet};
use store::batch::{Batch, CommitFault};
use store::engine::Urgency;
use store::head::{Behind, Head, Scope};
use store::place::Place;
use store::seal::SealError;
use store::vault::Opened;

/// Petitions looked at in one step.
const PIECE: u32 = 100;
/// Petitions taken to the archive in one run, so that the duty ends now and then.
const RUN: u64 = 2_000;
/// The day on which everything that rests was last taken there.
const WALKED: &str = "archive_walked";

/// Sight of everything, for what the house does by itself.
pub(crate) fn everything() -> Sight {
    Sight {
        all: true,
        ..Sight::default()
    }
}

/// Takes to the archive what rests, once a day; gives how many petitions were taken.
pub async fn run(app: &App) -> Result<u64, Trouble> {
    let day = app.office().day;
    if app.here.setting(WALKED).await? == Some(day.to_string()) {
        return Ok(0);
    }
    let (mut after, mut taken) = (None, 0);
    while taken < RUN {
        let piece = (app.here).resting(app.closed_before(day), after, PIECE).await?;
        let Some(last) = piece.last() else {
            let mut batch = Batch::new();
            batch.setting(WALKED, &day.to_string());
            app.here.commit(batch, Urgency::Bulk).await?;
            return Ok(taken);
        };
        after = Some(last.id);
        for petition in &piece {
            if rests(petition, &app.at_rest(petition), day, app.years_at_hand()) {
                taken += u64::from(app.put_away(petition.id).await?);
            }
        }
    }
    Ok(taken)
}

impl App {
    /// Where petitions of this room lie: at hand, and in the archive.
    pub(crate) fn shelves(&self) -> impl Iterator<Item = &Place> + Clone {
        let archive = Some(&self.places.archive).filter(|_| !self.is_inside());
        [Some(&self.here), archive].into_iter().flatten()
    }

    fn years_at_hand(&self) -> u16 {
        self.office().settings.keeping.years_at_hand
    }

    /// What was concluded before belongs to a closed year.
    fn closed_before(&self, day: Date) -> At {
        let years = i64::from(self.years_at_hand());
        let first = date(day.year(), 1, 1).saturating_sub(years.years());
        At::seoul(first.to_datetime(Time::midnight()))
    }

    /// What the rules ask about a petition on which neither a hold stands nor a term of its own.
    fn at_rest(&self, petition: &Petition) -> Facts {
        Facts {
            concluded: crate::erase::concluded(petition),
            term: self.office().settings.keeping.terms.of(&petition.service.0),
            held: false,
        }
    }

    /// A petition as it stands, taken out of the archive where it lies there.
    pub(crate) async fn head(&self, id: PetitionId) -> Result<Option<Head>, Trouble> {
        match self.here.head(id).await? {
            None if self.take_out(id).await? => Ok(self.here.head(id).await?),
            known => Ok(known),
        }
    }

    /// Petitions by identity, from both places, in no order; unknown ones are left out.
    pub(crate) async fn petitions(
        &self,
        ids: &[PetitionId],
        sight: &Sight,
    ) -> Result<Vec<Petition>, Trouble> {
        let mut found = self.here.petitions(ids, sight).await?;
        if found.len() < ids.len() && !self.is_inside() {
            let known: BTreeSet<PetitionId> = found.iter().map(|petition| petition.id).collect();
            let rest: Vec<PetitionId> = ids.iter().copied().filter(|id| !known.contains(id)).collect();
            // What one may not see at hand is not asked for again: the archive holds none of it.
            found.extend(self.places.archive.petitions(&rest, sight).await?);
        }
        Ok(found)
    }

    /// A page of a person's petitions from both places, newest first.
    pub(crate) async fn petitions_from(
        &self,
        person: PersonId,
        sight: &Sight,
        behind: Option<Behind>,
        limit: u32,
    ) -> Result<Vec<Petition>, Trouble> {
        let mut all = Vec::new();
        for place in self.shelves() {
            all.extend(place.list(Scope::Person(person), sight, behind, limit).await?);
        }
        all.sort_by_key(|petition: &Petition| std::cmp::Reverse((petition.filed_at, petition.id)));
        all.dedup_by_key(|petition| petition.id);
        all.truncate(limit as usize);
        Ok(all)
    }

    /// The petition of a 신청번호, in whichever place.
    pub(crate) async fn by_filing_number(&self, number: FilingNumber) -> Result<Option<Petition>, Trouble> {
        for place in self.shelves() {
            if let Some(petition) = place.by_filing_number(number).await? {
                return Ok(Some(petition));
            }
        }
        Ok(None)
    }

    /// The petition of a 접수번호, in whichever place.
    pub(crate) async fn by_reception_number(
        &self,
        number: ReceptionNumber,
    ) -> Result<Option<Petition>, Trouble> {
        for place in self.shelves() {
            if let Some(petition) = place.by_reception_number(number).await? {
                return Ok(Some(petition));
            }
        }
        Ok(None)
    }

    /// Texts of petitions in whichever place they lie.
    pub(crate) async fn open_anywhere(&self, texts: &[Text]) -> Result<Opened, Trouble> {
        let mut opened = self.here.open(texts).await?;
        let rest: Vec<Text> = (texts.iter().copied())
            .filter(|text| opened.bytes(*text).is_none())
            .collect();
        if !rest.is_empty() && !self.is_inside() {
            opened.extend(self.places.archive.open(&rest).await?);
        }
        Ok(opened)
    }

    /// Numbers of both places together.
    pub(crate) async fn tallies(&self, prefix: &str) -> Result<BTreeMap<String, i64>, Trouble> {
        let mut sum: BTreeMap<String, i64> = BTreeMap::new();
        for place in self.shelves() {
            for (key, n) in place.tallies(prefix).await? {
                *sum.entry(key).or_default() += n;
            }
        }
        Ok(sum)
    }

    /// Takes a petition out of the archive; gives whether it lay there. Repeating it changes nothing.
    pub(crate) async fn take_out(&self, id: PetitionId) -> Result<bool, Trouble> {
        let archive = &self.places.archive;
        if self.is_inside() || archive.head(id).await?.is_none() {
            return Ok(false);
        }
        let (now, urgency) = (self.now(), Urgency::User);
        match archive
            .copy_to(&self.here, id, Batch::new(), now, urgency, self.filler())
            .await
        {
            // Somebody else takes it out at the same moment.
            Ok(_) | Err(SealError::Commit(CommitFault::Conflict | CommitFault::NumberTaken)) => {}
            Err(error) => return Err(error.into()),
        }
        self.clear_archive(id, urgency).await?;
        Ok(true)
    }

    /// Clears a petition away in the archive that lies at hand.
    async fn clear_archive(&self, id: PetitionId, urgency: Urgency) -> Result<(), Trouble> {
        let archive = &self.places.archive;
        let Some(head) = archive.head(id).await? else {
            return Ok(());
        };
        let cleared = archive
            .clear_away(id, head.petition.seq, Batch::new(), self.now(), urgency)
            .await;
        match cleared {
            Ok(()) | Err(SealError::Commit(CommitFault::Conflict)) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Puts a petition away; gives whether it lies in the archive now. Whoever acts on it in between keeps it at hand.
    async fn put_away(&self, id: PetitionId) -> Result<bool, Trouble> {
        let (archive, now, urgency) = (&self.places.archive, self.now(), Urgency::Bulk);
        // A copy of an earlier try may be older than what lies here.
        self.clear_archive(id, urgency).await?;
        let copied = self
            .here
            .copy_to(archive, id, Batch::new(), now, urgency, self.filler())
            .await?;
        let Some(seq) = copied else { return Ok(false) };
        match self.here.clear_away(id, seq, Batch::new(), now, urgency).await {
            Ok(()) => Ok(true),
            Err(SealError::Commit(CommitFault::Conflict)) => {
                self.clear_archive(id, urgency).await?;
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Takes out everything that a person asks in: whoever asks what becomes of it all must be told of all of it.
    pub(crate) async fn take_out_all_of(&self, person: PersonId) -> Result<(), Trouble> {
        if self.is_inside() {
            return Ok(());
        }
        let (sight, mut behind) = (everything(), None);
        loop {
            let scope = Scope::Person(person);
            let page = self.places.archive.list(scope, &sight, behind, PIECE).await?;
            for petition in &page {
                self.take_out(petition.id).await?;
            }
            match page.last() {
                Some(last) if page.len() == PIECE as usize => {
                    behind = Some(Behind {
                        key: last.filed_at,
                        id: last.id,
                    });
                }
                _ => return Ok(()),
            }
        }
    }

    /// Takes out what is to be destroyed as a record this year: boards decide on what is at hand.
    pub(crate) async fn take_out_ended(&self, today: Date) -> Result<u64, Trouble> {
        if self.is_inside() {
            return Ok(0);
        }
        let (mut after, mut out) = (None, 0);
        loop {
            let before = self.closed_before(today);
            let piece = self.places.archive.resting(before, after, PIECE).await?;
            let Some(last) = piece.last() else {
                return Ok(out);
            };
            after = Some(last.id);
            for petition in &piece {
                if may(&self.at_rest(petition), today) == May::Destroy {
                    out += u64::from(self.take_out(petition.id).await?);
                }
            }
        }
    }

    fn filler(&self) -> impl FnMut(&mut [u8]) + Send + 'static {
        let chance = self.ports.chance.clone();
        move |out: &mut [u8]| chance.fill(out)
    }
}
