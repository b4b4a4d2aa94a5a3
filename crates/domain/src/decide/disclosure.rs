//! 정보공개 청구 — third parties whom the information is about (공공기관의 정보공개에 관한 법률 제21조), and what an objection may be
//! made against (제18조).

use super::Setting;
use crate::event::Event;
use crate::petition::Petition;
use crate::refusal::Refusal;
use crate::terms::{Kind, Outcome};
use crate::text::Text;
use crate::time::At;
use jiff::ToSpan;
use jiff::civil::Date;

/// A third party may ask within so many days of being told (제21조제2항).
pub const ASK_DAYS: u32 = 3;
/// At least so many days lie between the decision and its carrying out (제21조제3항). That the days are counted whole, both
/// ends left out, is our reading.
pub const BETWEEN_DAYS: i32 = 30;

/// Whether an end can be objected to: of a statutory petition a refusal (법35①), of a request for disclosure what is not disclosed,
/// in whole or in part, or is said not to exist (정보공개법18①).
pub const fn can_be_objected_to(kind: Kind, outcome: Outcome) -> bool {
    match kind {
        Kind::Statutory => outcome.is_refusal(),
        Kind::Disclosure => matches!(
            outcome,
            Outcome::NotDisclosed | Outcome::PartlyDisclosed | Outcome::NoInformation
        ),
        Kind::Inquiry | Kind::Suggestion | Kind::Other | Kind::Grievance => false,
    }
}

/// 제3자 통지: the last day to ask is the third after its arrival; where that is no working day, the next one (민법 제161조).
pub(super) fn tell(
    p: &Petition,
    name: Text,
    what: Text,
    arrived: Date,
    today: Date,
    s: &Setting,
) -> Result<Event, Refusal> {
    let filed = p.filed_at.date().ok_or(Refusal::OutsideCalendar)?;
    if arrived > today || arrived < filed {
        return Err(Refusal::DayInFuture);
    }
    Ok(Event::ThirdPartyTold {
        no: u32::try_from(p.third_parties.len()).unwrap_or(u32::MAX) + 1,
        name,
        what,
        arrived,
        until: s.law.civil_days(arrived, ASK_DAYS)?,
    })
}

/// 제3자 의견: once each.
pub(super) fn hear(p: &Petition, no: u32, objects: bool, text: Text) -> Result<Event, Refusal> {
    let waits = (p.third_parties.iter()).any(|party| party.no == no && party.heard.is_none());
    if !waits {
        return Err(Refusal::NoThirdParty);
    }
    Ok(Event::ThirdPartyHeard { no, objects, text })
}

/// Whether a draft may go up: nothing is disclosed while a third party can still ask that it not be.
pub(super) fn waits_for_nobody(p: &Petition, today: Date) -> Result<(), Refusal> {
    let discloses = p.draft.is_some_and(|draft| discloses(draft.outcome));
    let awaited = (p.third_parties.iter()).any(|party| party.heard.is_none() && today <= party.until);
    if discloses && awaited {
        return Err(Refusal::ThirdPartyTime);
    }
    Ok(())
}

/// 공개 실시일, where something is disclosed that a third party asked not to be.
pub(super) fn carried_out(p: &Petition, decided: At, s: &Setting) -> Result<Option<Event>, Refusal> {
    let discloses = p.draft.is_some_and(|draft| discloses(draft.outcome));
    if !discloses || !p.third_parties.iter().any(|party| party.objects()) {
        return Ok(None);
    }
    let day = decided.date().ok_or(Refusal::OutsideCalendar)?;
    let first = day
        .checked_add((BETWEEN_DAYS + 1).days())
        .map_err(|_| Refusal::OutsideCalendar)?;
    Ok(Some(Event::DisclosureSet {
        from: s.law.last_day(first)?,
    }))
}

const fn discloses(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Disclosed | Outcome::PartlyDisclosed)
}
