//! 소관과 협조 — whose petition it is when departments disagree (영 제13조, 제38조제1항제1호), and what other departments say
//! to it (법 제20조).

use super::Setting;
use crate::event::{Attached, Event};
use crate::id::UnitId;
use crate::petition::Petition;
use crate::petition::parts::Consult;
use crate::refusal::Refusal;
use crate::terms::Opinion;
use crate::text::Text;
use jiff::civil::Date;

/// 소관 결정: the board names the department, which may be the one that sent it back. From then on nobody sends it back.
pub(super) fn rule(p: &Petition, unit: UnitId, reason: Text, s: &Setting) -> Result<Event, Refusal> {
    if p.send_back.is_none() {
        return Err(Refusal::NoJurisdictionDispute);
    }
    if !s.staff.units.contains(&unit) {
        return Err(Refusal::UnknownUnit);
    }
    Ok(Event::JurisdictionRuled { unit, reason })
}

/// 협조 요청: the reply is due within the period of handling (법20①). While the clock is held no due date runs, so that
/// any day from today on will do.
pub(super) fn ask(
    p: &Petition,
    unit: UnitId,
    what: Text,
    reply_by: Date,
    today: Date,
    s: &Setting,
) -> Result<Event, Refusal> {
    if p.unit == Some(unit) {
        return Err(Refusal::ConsultOwnUnit);
    }
    if !s.staff.units.contains(&unit) {
        return Err(Refusal::UnknownUnit);
    }
    if p.open_consults().any(|consult| consult.unit == unit) {
        return Err(Refusal::ConsultOpen);
    }
    let last = p.due().and_then(|due| due.plus(-1).date());
    if reply_by < today || last.is_some_and(|last| reply_by > last) {
        return Err(Refusal::ConsultBeyondDue);
    }
    Ok(Event::ConsultAsked {
        no: p.consults.iter().map(|consult| consult.no).max().unwrap_or(0) + 1,
        unit,
        what,
        reply_by,
    })
}

/// 회신기한 연장: once, before it is over, by no more than it was (법20②).
pub(super) fn prolong(
    p: &Petition,
    no: u32,
    reply_by: Date,
    today: Date,
    s: &Setting,
) -> Result<Event, Refusal> {
    let consult = own(p, no, s)?;
    let granted = consult
        .asked
        .until(consult.reply_by)
        .map_err(|_| Refusal::ConsultProlonged)?;
    let more = consult
        .reply_by
        .until(reply_by)
        .map_err(|_| Refusal::ConsultProlonged)?;
    let fits = (1..=granted.get_days().max(1)).contains(&more.get_days());
    if consult.prolonged || today > consult.reply_by || !fits {
        return Err(Refusal::ConsultProlonged);
    }
    Ok(Event::ConsultProlonged { no, reply_by })
}

/// 회신.
pub(super) fn reply(
    p: &Petition,
    no: u32,
    opinion: Opinion,
    text: Text,
    files: &[Attached],
    s: &Setting,
) -> Result<Event, Refusal> {
    own(p, no, s)?;
    Ok(Event::ConsultReplied {
        no,
        opinion,
        text,
        files: files.to_vec(),
    })
}

/// 요청 취소.
pub(super) fn cancel(p: &Petition, no: u32) -> Result<Event, Refusal> {
    open(p, no)?;
    Ok(Event::ConsultCancelled { no })
}

fn open(p: &Petition, no: u32) -> Result<&Consult, Refusal> {
    p.open_consults()
        .find(|consult| consult.no == no)
        .ok_or(Refusal::NoConsult)
}

/// The open request, if the one who acts works in the department it was sent to.
fn own<'p>(p: &'p Petition, no: u32, s: &Setting) -> Result<&'p Consult, Refusal> {
    let consult = open(p, no)?;
    match s.who {
        crate::access::Who::Official(official)
            if official.posts.iter().any(|post| post.unit == consult.unit) =>
        {
            Ok(consult)
        }
        _ => Err(Refusal::NotYours),
    }
}
