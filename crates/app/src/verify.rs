//! 검증 — checks everything that can be checked, and makes anew everything that is derived.
//!
//! Chains, commitments and signed roots are checked; heads and tallies are compared with what the journal gives; index and
//! tallies are built anew.

use crate::desk::chain_holds;
use crate::{App, Trouble};
use domain::id::PetitionId;
use domain::petition::Petition;
use domain::tally::deltas;
use domain::text::Text;
use std::collections::BTreeMap;
use store::place::Place;
use store::vault::VaultError;

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
        loop {
            let journals = place.journals_after(after, PIECE).await?;
            let Some(last) = journals.last() else { break };
            after = Some(last[0].recorded.petition);
            for journal in &journals {
                let id = journal[0].recorded.petition;
                report.petitions += 1;
                report.events += journal.len() as u64;
                if !chain_holds(journal) {
                    report
                        .faults
                        .push(format!("petition {id}: the chain of its journal is broken"));
                }
                self.verify_head(place, journal, &mut numbers, &mut report)
                    .await?;
            }
            self.verify_texts(place, &journals, &mut report).await?;
            progress(report.petitions);
        }
        self.verify_roots(place, &mut report).await?;
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

    async fn verify_head(
        &self,
        place: &Place,
        journal: &[store::journal::Entry],
        numbers: &mut BTreeMap<String, i64>,
        report: &mut Report,
    ) -> Result<(), Trouble> {
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
                return Ok(());
            };
            for delta in deltas(before.as_ref(), &after) {
                *numbers.entry(delta.side.key()).or_default() += delta.by;
            }
            before = Some(after);
        }
        let head = place.head(id).await?;
        let fits = head.is_some_and(|head| {
            Some(&head.petition) == before.as_ref()
                && journal.last().is_some_and(|last| last.hash == head.hash)
        });
        if !fits {
            report
                .faults
                .push(format!("petition {id}: its head is not what its journal gives"));
            if let (Some(petition), Some(last)) = (before, journal.last()) {
                place.replace_head(&petition, &last.hash).await?;
            }
        }
        Ok(())
    }

    async fn verify_texts(
        &self,
        place: &Place,
        journals: &[Vec<store::journal::Entry>],
        report: &mut Report,
    ) -> Result<(), Trouble> {
        for journal in journals {
            let texts: Vec<Text> = journal.iter().flat_map(|e| e.recorded.event.texts()).collect();
            match place.open(&texts).await {
                Ok(opened) => {
                    let open = texts.iter().filter(|t| opened.bytes(**t).is_some()).count() as u64;
                    report.texts += open;
                    report.forgotten += texts.len() as u64 - open;
                }
                Err(VaultError::Altered(text)) => {
                    let id = journal[0].recorded.petition;
                    report.faults.push(format!(
                        "petition {id}: text {text} is not the one the journal committed to"
                    ));
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    async fn verify_roots(&self, place: &Place, report: &mut Report) -> Result<(), Trouble> {
        let mut roots = place.roots(u32::MAX >> 1).await?;
        roots.reverse();
        let (mut next, mut previous) = (0, [0; 32]);
        for root in roots {
            let tree = crypto::merkle::root(&place.tree(root.first, root.next).await?);
            let holds =
                root.is_signed() && root.first == next && root.previous == previous && tree == root.merkle;
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
        Ok(())
    }
}
