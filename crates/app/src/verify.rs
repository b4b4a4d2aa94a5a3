//! 검증 — checks everything that can be checked, and makes anew everything that is derived.
//!
//! Chains, commitments and signed roots are checked; heads and tallies are compared with what the journal gives; index and
//! tallies are built anew. A fault is reported and never ends the verification: whoever changed one row must not hide another.

use crate::desk::chain_holds;
use crate::supervision::measure;
use crate::{App, Trouble};
use domain::id::PetitionId;
use domain::petition::Petition;
use domain::tally::deltas;
use domain::terms::FileStanding;
use domain::text::Text;
use std::collections::BTreeMap;
use store::batch::CommitFault;
use store::engine::ReadError;
use store::journal::Hash;
use store::place::{Place, PlaceName};
use store::supervision::Measured;

/// Petitions looked at in one step.
const PIECE: u32 = 200;

/// What a verification found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Petitions looked at.
    pub petitions: u64,
    /// Events looked at.
    pub events: u64,
    /// Texts opened and found to be what the journal committed to.
    pub texts: u64,
    /// Texts whose key has been destroyed.
    pub forgotten: u64,
    /// Roots whose signature, chain and tree hold.
    pub roots: u64,
    /// Lines of the access log that are what was sealed.
    pub lines: u64,
    /// Roots over the access log whose signature, chain and tree hold.
    pub ledger_roots: u64,
    /// Lines of the access log that are not sealed yet.
    pub unsealed_lines: u64,
    /// Number and link of the last root over the access log, to be kept outside.
    pub ledger_root: Option<(u64, String)>,
    /// What is wrong, one sentence each.
    pub faults: Vec<String>,
}

impl App {
    /// Verifies one place. `progress` is told how many petitions were looked at.
    pub async fn verify(
        &self,
        place: &Place,
        progress: &mut (dyn FnMut(u64) + Send),
    ) -> Result<Report, Trouble> {
        place.seal(self.now()).await?;
        let sealed = place.sealed().await?;
        let mut report = Report::default();
        let mut numbers: BTreeMap<String, i64> = BTreeMap::new();
        let mut after: Option<PetitionId> = None;
        let mut broken: Vec<(Petition, Hash)> = Vec::new();
        let mut measured: Vec<Measured> = Vec::new();
        loop {
            let journals = place.journals_after(after, PIECE).await?;
            let Some((last, _)) = journals.last() else { break };
            after = Some(*last);
            for (id, journal) in &journals {
                report.petitions += 1;
                let journal = match journal {
                    Ok(journal) => journal,
                    Err(ReadError::Broken(_) | ReadError::Unstorable) => {
                        report
                            .faults
                            .push(format!("petition {id}: an event of its journal cannot be read"));
                        continue;
                    }
                    Err(error) => return Err(error.clone().into()),
                };
                report.events += journal.len() as u64;
                if !chain_holds(journal) {
                    report
                        .faults
                        .push(format!("petition {id}: the chain of its journal is broken"));
                }
                let head = self
                    .verify_head(place, journal, &mut numbers, &mut measured, &mut report)
                    .await?;
                broken.extend(head);
                self.verify_texts(place, *id, journal, &mut report).await?;
            }
            progress(report.petitions);
        }
        self.verify_measured(place, measured, &mut report).await?;
        for id in place.heads_without_journal().await? {
            report.faults.push(format!(
                "petition {id}: it has a head but no journal; the head is taken away"
            ));
            place.drop_head(id).await?;
        }
        // All of them go before the first is made anew: a wrong head may hold the number of a right one.
        for (petition, _) in &broken {
            place.drop_head(petition.id).await?;
        }
        for (petition, hash) in &broken {
            match place.replace_head(petition, hash).await {
                Ok(()) => {}
                Err(CommitFault::NumberTaken | CommitFault::Conflict) => report.faults.push(format!(
                    "petition {}: another petition has its number; its head cannot be made anew",
                    petition.id
                )),
                Err(fault) => return Err(fault.into()),
            }
        }
        self.verify_roots(place, &mut report).await?;
        self.verify_ledger(place, &mut report).await?;
        let stored = place.tallies("").await?;
        let counted: BTreeMap<String, i64> = numbers.into_iter().filter(|(_, n)| *n != 0).collect();
        let stored: BTreeMap<String, i64> = stored.into_iter().filter(|(_, n)| *n != 0).collect();
        if stored != counted {
            let differ = counted
                .keys()
                .chain(stored.keys())
                .filter(|k| counted.get(*k) != stored.get(*k))
                .count();
            report.faults.push(format!(
                "{differ} numbers of the statistics differ from the journal; they are made anew"
            ));
            place.replace_tallies(&counted, sealed).await?;
        }
        place.forget_index().await?;
        place.index().await?;
        Ok(report)
    }

    /// 표본 검증 — chains, heads, figures and texts of these petitions only, and whether as many petitions stand in each life as the
    /// statistics say. Nothing is mended.
    pub async fn verify_some(&self, place: &Place, ids: &[PetitionId]) -> Result<Report, Trouble> {
        let mut report = Report::default();
        for id in ids {
            let journal = place.journal(*id).await?;
            report.petitions += 1;
            report.events += journal.len() as u64;
            if journal.is_empty() || !chain_holds(&journal) {
                let fault = format!("petition {id}: the chain of its journal is broken");
                report.faults.push(fault);
                continue;
            }
            let mut measured = Vec::new();
            self.verify_head(place, &journal, &mut BTreeMap::new(), &mut measured, &mut report)
                .await?;
            if !measured.is_empty() {
                let fault = format!("petition {id}: its figures differ from its journal");
                report.faults.push(fault);
            }
            self.verify_texts(place, *id, &journal, &mut report).await?;
        }
        let told = place.tallies("life/").await?;
        let told: BTreeMap<&str, i64> = (told.iter())
            .filter(|(_, n)| **n != 0)
            .map(|(key, n)| (key.trim_start_matches("life/"), *n))
            .collect();
        let counted = place.counted_by_life().await?;
        let counted: BTreeMap<&str, i64> = counted.iter().map(|(life, n)| (life.as_str(), *n)).collect();
        if told != counted {
            let fault = format!("the statistics say {told:?}, the petitions {counted:?}");
            report.faults.push(fault);
        }
        Ok(report)
    }

    /// The head that the journal gives, where the stored one is another.
    async fn verify_head(
        &self,
        place: &Place,
        journal: &[store::journal::Entry],
        numbers: &mut BTreeMap<String, i64>,
        measured: &mut Vec<Measured>,
        report: &mut Report,
    ) -> Result<Option<(Petition, Hash)>, Trouble> {
        let id = journal[0].recorded.petition;
        let mut before: Option<Petition> = None;
        for entry in journal {
            let after = match before.clone() {
                None => Petition::begin(&entry.recorded),
                Some(mut petition) => petition.apply(&entry.recorded).map(|()| petition),
            };
            let Ok(after) = after else {
                report.faults.push(format!(
                    "petition {id}: event {} does not follow",
                    entry.recorded.seq
                ));
                return Ok(None);
            };
            for delta in deltas(before.as_ref(), &after) {
                *numbers.entry(delta.side.key()).or_default() += delta.by;
            }
            before = Some(after);
        }
        if let Some(wanted) = before.as_ref().and_then(|p| measure(&self.office(), p))
            && !self.measured_in(place).measured_holds(&wanted).await?
        {
            measured.push(wanted);
        }
        if let (Some(petition), Some(last)) = (before, journal.last())
            && !place.head_holds(&petition, &last.hash).await?
        {
            report.faults.push(format!(
                "petition {id}: its head is not what its journal gives; it is made anew"
            ));
            return Ok(Some((petition, last.hash)));
        }
        Ok(None)
    }

    /// Figures of ended petitions that differ from what the journal gives, and those nothing gives, are made anew. A place that
    /// an older program wrote has none until the duty `supervise` has measured it.
    async fn verify_measured(
        &self,
        place: &Place,
        wanted: Vec<Measured>,
        report: &mut Report,
    ) -> Result<(), Trouble> {
        let place = self.measured_in(place);
        let astray = self.measured_astray(place).await?;
        if wanted.is_empty() && astray.is_empty() {
            return self.verify_totals(place, report).await;
        }
        if place.setting(crate::duties::supervise::MEASURED).await?.is_some() {
            report.faults.push(format!(
                "{} figures of ended petitions differ from the journal; they are made anew",
                wanted.len() + astray.len()
            ));
        }
        for rows in wanted.chunks(PIECE as usize) {
            place.replace_measured(rows, &[]).await?;
        }
        place.replace_measured(&[], &astray).await?;
        self.verify_totals(place, report).await
    }

    /// Sums of figures that are not what the figures add up to are made anew.
    async fn verify_totals(&self, place: &Place, report: &mut Report) -> Result<(), Trouble> {
        if place.totals_hold().await? {
            return Ok(());
        }
        (report.faults)
            .push("the sums of figures differ from what they add up to; they are made anew".to_owned());
        Ok(place.replace_totals().await?)
    }

    /// Where figures of a place's petitions lie: those of the archive stay with the living ones, so that a year adds up.
    fn measured_in<'a>(&'a self, place: &'a Place) -> &'a Place {
        match place.name {
            PlaceName::Archive => &self.places.live,
            PlaceName::Live | PlaceName::Protected => place,
        }
    }

    /// Figures of petitions that have not ended, or are nowhere.
    async fn measured_astray(&self, place: &Place) -> Result<Vec<PetitionId>, Trouble> {
        let mut astray = place.measured_astray().await?;
        if place.name == PlaceName::Live && !astray.is_empty() {
            let archived = self.places.archive.here_of(&astray).await?;
            astray.retain(|id| !archived.contains(id));
        }
        Ok(astray)
    }

    async fn verify_texts(
        &self,
        place: &Place,
        id: PetitionId,
        journal: &[store::journal::Entry],
        report: &mut Report,
    ) -> Result<(), Trouble> {
        let texts: Vec<Text> = journal.iter().flat_map(|e| e.recorded.event.texts()).collect();
        let opened = place.open_within(store::vault::Reach::Apart, &texts).await?;
        for text in &opened.altered {
            report.faults.push(format!(
                "petition {id}: text {text} is not the one the journal committed to"
            ));
        }
        let open = texts.iter().filter(|t| opened.bytes(**t).is_some()).count() as u64;
        // The content of a file that an official has destroyed: its standing says so, and the ledger who and when.
        let destroyed: Vec<_> = (place.scans_of(id).await?.into_iter())
            .filter(|scan| scan.standing == FileStanding::Destroyed)
            .map(|scan| scan.content)
            .collect();
        let gone = texts.iter().filter(|t| {
            opened.bytes(**t).is_none() && !opened.altered.contains(&t.id) && !destroyed.contains(&t.id)
        });
        let gone = gone.count() as u64;
        report.texts += open;
        report.forgotten += destroyed.len() as u64;
        if gone == 0 {
            return Ok(());
        }
        if place.has_key(id.bytes()).await? {
            report.faults.push(format!(
                "petition {id}: {gone} texts are missing though its key has not been destroyed"
            ));
        } else if !place.is_destroyed(id.bytes()).await? {
            report
                .faults
                .push(format!("petition {id}: its key is gone, and nobody decided that"));
        } else {
            report.forgotten += gone;
        }
        Ok(())
    }

    /// The access log: a line that was changed, removed, put in or moved is found (안전성 확보조치 기준 제8조제3항).
    async fn verify_ledger(&self, place: &Place, report: &mut Report) -> Result<(), Trouble> {
        let removable = crate::duties::ledger::removable(self.now())
            .ok_or_else(|| Trouble::Broken("the clock is outside the calendar".into()))?;
        let ledger = place.check_ledger(removable).await?;
        report.lines = ledger.lines;
        report.unsealed_lines = ledger.unsealed;
        report.ledger_roots = ledger.roots;
        report.ledger_root = (ledger.last).map(|(no, link)| (no, domain::text::hex(&link)));
        report.faults.extend(ledger.faults);
        Ok(())
    }

    async fn verify_roots(&self, place: &Place, report: &mut Report) -> Result<(), Trouble> {
        let mut roots = place.roots(u32::MAX >> 1).await?;
        roots.reverse();
        let (mut next, mut previous) = (0, [0; 32]);
        for root in roots {
            let tree = crypto::merkle::root(&place.tree(root.first, root.next).await?);
            let holds = place.signed_here(&root)
                && root.first == next
                && root.previous == previous
                && tree == root.merkle;
            if holds {
                report.roots += 1;
            } else {
                report.faults.push(format!("root {} does not hold", root.no));
            }
            (next, previous) = (root.next, root.statement().link());
        }
        let strayed = place.strayed_leaves().await?;
        if strayed > 0 {
            report
                .faults
                .push(format!("{strayed} sealed leaves are not the events they were"));
        }
        let (events, leaves) = place.unaccounted().await?;
        if events > 0 {
            report
                .faults
                .push(format!("{events} events came in without the sealer"));
        }
        if leaves > 0 {
            report.faults.push(format!("{leaves} sealed leaves are missing"));
        }
        let unfounded = place.unfounded_times().await?;
        if unfounded > 0 {
            report.faults.push(format!(
                "{unfounded} events say without a ground that they happened at another time"
            ));
        }
        Ok(())
    }
}
