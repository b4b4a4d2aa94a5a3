//! 관여자 — the officials around a petition: who signed in whose place, who is to read it, who takes part by name.

use super::Petition;
use crate::event::{Recorded, Signer};
use crate::id::OfficialId;
use crate::terms::{By, coded};
use crate::time::At;
use serde::{Deserialize, Serialize};

/// 대결과 그 후결.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoodIn {
    /// Place on the line, from 0.
    pub step: u32,
    /// Whose place it is.
    pub absent: OfficialId,
    /// 대결자, who signed.
    pub by: OfficialId,
    /// When the absent one confirmed it afterwards (사후 보고).
    pub confirmed_at: Option<At>,
}

/// 공람자.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Who is to read it.
    pub official: OfficialId,
    /// When they confirmed that they have.
    pub read_at: Option<At>,
}

coded! {
    /// What is awaited of an official beside handling and signing.
    Awaited {
        /// 후결(사후 보고) 확인.
        Confirmation = "confirmation",
        /// 공람.
        Reading = "reading",
    }
}

impl Petition {
    /// Whose signature the draft waits for.
    pub fn signer(&self) -> Option<Signer> {
        let line = self.line.as_ref().filter(|line| !line.is_approved())?;
        line.signers.get(line.signed_at.len()).copied()
    }

    /// When the answer was approved.
    pub fn approved_at(&self) -> Option<At> {
        let line = self.line.as_ref().filter(|line| line.is_approved())?;
        line.signed_at.last().copied()
    }

    /// Keeps who signed in whose place.
    pub(super) fn note_stand_in(&mut self, step: u32, recorded: &Recorded) {
        if let (Some(absent), By::Official(by), Some(line)) =
            (recorded.instead_of, recorded.by, self.line.as_mut())
        {
            line.stood_in.push(StoodIn {
                step,
                absent,
                by,
                confirmed_at: None,
            });
        }
    }

    /// 후결을 기다리는 대결: what the absent ones have not confirmed yet, once the answer is approved.
    pub fn unconfirmed(&self) -> impl Iterator<Item = StoodIn> + '_ {
        (self.line.iter())
            .filter(|line| line.is_approved())
            .flat_map(|line| line.stood_in.iter().copied())
            .filter(|stood| stood.confirmed_at.is_none())
    }

    /// Who still has to confirm or to read something, and what.
    pub fn awaited(&self) -> Vec<(OfficialId, Awaited)> {
        let confirms = self
            .unconfirmed()
            .map(|stood| (stood.absent, Awaited::Confirmation));
        let reads = (self.readers.iter())
            .filter(|reader| reader.read_at.is_none())
            .map(|reader| (reader.official, Awaited::Reading));
        let mut all: Vec<(OfficialId, Awaited)> = confirms.chain(reads).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The officials who take part by name: the handler, everyone on the approval line, those who signed in their place, and
    /// those it was circulated to.
    ///
    /// Those who owe a reply to a dunning letter among them, wherever the petition went meanwhile.
    pub fn involved(&self) -> Vec<OfficialId> {
        let dunned = (self.dunning().filter(|letter| letter.reply.is_none()).into_iter())
            .flat_map(|letter| letter.to.iter().copied());
        let signers = self.line.iter().flat_map(|line| {
            let stood_in = line.stood_in.iter().map(|stood| stood.by);
            line.signers.iter().map(|s| s.official).chain(stood_in)
        });
        let readers = self.readers.iter().map(|reader| reader.official);
        let members = (self.proceedings.iter()).flat_map(|one| {
            one.members
                .iter()
                .map(|member| member.official)
                .chain(one.movers.iter().copied())
        });
        let mut all: Vec<OfficialId> = self
            .handler
            .into_iter()
            .chain(signers)
            .chain(readers)
            .chain(dunned)
            .chain(members)
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}
