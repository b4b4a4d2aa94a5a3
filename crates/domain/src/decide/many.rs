//! 여럿의 민원 — mass petitions (법 제2조제6호·제24조, 영 제8조), petitions merged (영 제6조제7항) and parts split off, repeats
//! (법 제23조).

use super::Setting;
use crate::access::Who;
use crate::event::{Attached, Child, Event};
use crate::id::{PersonId, PetitionId};
use crate::petition::Petition;
use crate::refusal::Refusal;
use crate::terms::{ChosenBy, Kind, Repeat};
use crate::text::Text;
use jiff::civil::{Date, date};
use std::collections::BTreeSet;

/// 다수인관련민원 is of five households with a common interest, and signed by five people (법2 6호): both.
pub const MASS: u32 = 5;
/// Petitions of so many persons may be merged (영6⑦).
pub const MERGED: usize = 5;
/// Since when (대통령령 제32789호 부칙 제1조 단서).
pub const MERGING_SINCE: Date = date(2023, 1, 1);
/// At most so many representatives (영8①).
pub const REPRESENTATIVES: usize = 3;
/// After so many answers to the same content the next one may be closed (법23①).
pub const ANSWERED: usize = 2;

/// 다수인관련민원 지정.
pub(super) fn mark(
    p: &Petition,
    households: u32,
    signers: u32,
    list: Option<Attached>,
) -> Result<Event, Refusal> {
    if p.mass.is_some() {
        return Err(Refusal::MassAlready);
    }
    if households < MASS || signers < MASS {
        return Err(Refusal::MassTooFew);
    }
    Ok(Event::MassMarked {
        households,
        signers,
        list,
    })
}

/// 대표자 선정: by the petitioners, or by the office where they did not in the time set (영8①②).
pub(super) fn representatives(
    p: &Petition,
    names: &[Text],
    by: ChosenBy,
    s: &Setting,
) -> Result<Event, Refusal> {
    if p.mass.is_none() {
        return Err(Refusal::NotMass);
    }
    let of_citizen = matches!(s.who, Who::Citizen(_));
    if !(1..=REPRESENTATIVES).contains(&names.len()) || (of_citizen && by == ChosenBy::Office) {
        return Err(Refusal::RepresentativesUnfit);
    }
    Ok(Event::RepresentativesChosen {
        names: names.to_vec(),
        by,
    })
}

/// 병합: this petition takes in others of the same purpose, of five persons together.
pub(super) fn take_in(
    p: &Petition,
    children: &[PetitionId],
    today: Date,
    s: &Setting,
) -> Result<Event, Refusal> {
    if today < MERGING_SINCE {
        return Err(Refusal::MergeNotYet);
    }
    let mut taken = Vec::with_capacity(children.len());
    for id in children.iter().collect::<BTreeSet<_>>() {
        let child = s
            .beside
            .iter()
            .find(|other| other.id == *id)
            .ok_or(Refusal::MergeUnfit)?;
        if !fits_together(p, child) {
            return Err(Refusal::MergeUnfit);
        }
        taken.push(Child {
            petition: child.id,
            number: child.number,
            person: child.person,
        });
    }
    let persons: BTreeSet<PersonId> = (p.children.iter().chain(&taken))
        .map(|child| child.person)
        .chain([p.person])
        .collect();
    if taken.is_empty() || persons.len() < MERGED {
        return Err(Refusal::MergeTooFew);
    }
    Ok(Event::TookIn { children: taken })
}

/// 병합됨: the other side of the same act.
pub(super) fn merge(p: &Petition, into: PetitionId, s: &Setting) -> Result<Event, Refusal> {
    let lead = s
        .beside
        .iter()
        .find(|other| other.id == into)
        .ok_or(Refusal::MergeUnfit)?;
    if !fits_together(lead, p) {
        return Err(Refusal::MergeUnfit);
    }
    Ok(Event::Merged {
        into,
        number: lead.number,
    })
}

/// Whether the one may be answered with the other: both open, of one kind, nothing approved, no chains of mergers. A
/// statutory petition asks for a decision of its own.
fn fits_together(lead: &Petition, child: &Petition) -> bool {
    lead.id != child.id
        && lead.kind == child.kind
        && lead.kind != Kind::Statutory
        && lead.life.is_open()
        && child.life.is_open()
        && child.children.is_empty()
        && child.line.is_none()
        && lead.line.as_ref().is_none_or(|line| !line.is_approved())
}

/// 동일 민원 연결: earlier petitions of the same petitioner that were answered. Whether their content is the same is for a
/// person to say (법23③).
pub(super) fn link(
    p: &Petition,
    repeat: Repeat,
    earlier: &[PetitionId],
    s: &Setting,
) -> Result<Event, Refusal> {
    if p.kind == Kind::Statutory {
        return Err(Refusal::StatutoryExempt);
    }
    let distinct: BTreeSet<PetitionId> = earlier.iter().copied().collect();
    for id in &distinct {
        let other = s.beside.iter().find(|other| other.id == *id);
        let fits = other.is_some_and(|other| {
            other.id != p.id && other.person == p.person && other.answered() && other.filed_at < p.filed_at
        });
        if !fits {
            return Err(Refusal::EarlierUnfit);
        }
    }
    if distinct.is_empty() {
        return Err(Refusal::EarlierUnfit);
    }
    Ok(Event::EarlierLinked {
        repeat,
        earlier: distinct.into_iter().collect(),
    })
}
