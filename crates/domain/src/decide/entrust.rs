//! 맡기기 — handing a petition to an external user for a time, taking it back, and what they write of the place (개인정보의 안전성
//! 확보조치 기준 제5조: no more than the work needs, no longer than it lasts).

use super::Setting;
use crate::event::Event;
use crate::id::OfficialId;
use crate::petition::Petition;
use crate::refusal::Refusal;
use crate::terms::{Permit, Seat};
use crate::text::Text;
use jiff::civil::Date;

/// A hand-out lasts so many days at most; after that it is handed out anew.
pub const LONGEST: i64 = 90;

/// 맡기기.
pub(super) fn entrust(
    p: &Petition,
    to: OfficialId,
    permit: Permit,
    what: Text,
    until: Date,
    today: Date,
    s: &Setting,
) -> Result<Event, Refusal> {
    let posts = s.staff.posts.get(&to).map(Vec::as_slice).unwrap_or_default();
    if !posts.iter().any(|post| post.seat == Seat::ExternalUser) {
        return Err(Refusal::NotExternal);
    }
    if p.entrusted_to(to, today).next().is_some() {
        return Err(Refusal::EntrustedAlready);
    }
    let last = today.checked_add(jiff::Span::new().days(LONGEST));
    if until < today || last.is_ok_and(|last| until > last) {
        return Err(Refusal::EntrustTimeUnfit);
    }
    Ok(Event::Entrusted {
        no: p.entrusted.iter().map(|given| given.no).max().unwrap_or(0) + 1,
        to,
        permit,
        what,
        until,
    })
}

/// 거두기.
pub(super) fn take_back(p: &Petition, no: u32) -> Result<Event, Refusal> {
    let held = p
        .entrusted
        .iter()
        .any(|given| given.no == no && !given.taken_back);
    if held {
        Ok(Event::TakenBack { no })
    } else {
        Err(Refusal::NotEntrusted)
    }
}

/// 현장 의견: on what one holds oneself, where more than looking was asked.
pub(super) fn note(p: &Petition, no: u32, text: Text, today: Date, s: &Setting) -> Result<Event, Refusal> {
    let me = s.who.official().ok_or(Refusal::NotYours)?;
    let held = (p.entrusted_to(me, today)).any(|given| given.no == no && given.permit == Permit::Note);
    if held {
        Ok(Event::FieldNoted { no, text })
    } else {
        Err(Refusal::NotEntrusted)
    }
}
