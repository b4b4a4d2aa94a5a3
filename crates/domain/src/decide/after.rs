//! 끝난 뒤 — objection to a refusal (법 제35조, 영 제40조), a further answer, the moment of conclusion put right, publishing.

use super::Setting;
use super::disclosure::can_be_objected_to;
use crate::event::{Attached, Event};
use crate::petition::Petition;
use crate::refusal::Refusal;
use crate::terms::{Kind, Openness};
use crate::text::Text;
use crate::time::At;
use jiff::civil::Date;

/// Working days the office gives itself for a further answer; no law sets them.
pub const FURTHER_DAYS: i64 = 7;

/// An objection's decision is put off by so many days at most (법35② 단서; 정보공개법18③ 단서).
pub const fn objection_more(kind: Kind) -> u32 {
    if kind.is_petition() { 10 } else { 7 }
}

/// 이의신청: against a refusal of a statutory petition within sixty days of receiving it, against a decision not to disclose within
/// thirty; once.
pub(super) fn object(
    p: &Petition,
    reason: Text,
    received: Date,
    files: &[Attached],
    today: Date,
    s: &Setting,
) -> Result<Event, Refusal> {
    let end = p.end.ok_or(Refusal::NothingToObject)?;
    if !can_be_objected_to(p.kind, end.outcome) {
        return Err(Refusal::NothingToObject);
    }
    let sent = end.sent_at.date().ok_or(Refusal::OutsideCalendar)?;
    if received < sent || received > today {
        return Err(Refusal::DayInFuture);
    }
    if today > s.law.objection_until(p.kind, received)? {
        return Err(if p.kind.is_petition() {
            Refusal::ObjectionLate
        } else {
            Refusal::DisclosureObjectionLate
        });
    }
    Ok(Event::Objected {
        reason,
        received,
        files: files.to_vec(),
        due: s.law.objection_due(p.kind, today, None)?,
    })
}

/// 결정기간 연장: once, ten days at most, counted from the day after the first ten are over.
pub(super) fn extend(p: &Petition, days: u32, reason: Text, s: &Setting) -> Result<Event, Refusal> {
    let objection = p.objection.ok_or(Refusal::NoObjection)?;
    let fits = (1..=objection_more(p.kind)).contains(&days) && !objection.extended && s.now < objection.due;
    if !fits {
        return Err(Refusal::ObjectionExtensionUnfit);
    }
    let made = objection.at.date().ok_or(Refusal::OutsideCalendar)?;
    Ok(Event::ObjectionExtended {
        days,
        reason,
        due: s.law.objection_due(p.kind, made, Some(days))?,
    })
}

/// 추가답변 요청, with the office's own target.
pub(super) fn ask_further(what: Text, today: Date, s: &Setting) -> Result<Event, Refusal> {
    let last = (s.law.calendar)
        .working_day(today, FURTHER_DAYS)
        .ok_or(Refusal::OutsideCalendar)?;
    Ok(Event::FurtherAsked {
        what,
        target: crate::petition::parts::late_after(last),
    })
}

/// 처리 완료 시각 정정: between reception and now, with evidence.
pub(super) fn correct(
    p: &Petition,
    to: At,
    reason: Text,
    evidence: &[Attached],
    s: &Setting,
) -> Result<Event, Refusal> {
    let end = p.end.ok_or(Refusal::NotNow)?;
    let from = end.concluded_at;
    let received = p.reception.map_or(p.filed_at, |reception| reception.at);
    if to == from || to < received || to > s.now || evidence.is_empty() {
        return Err(Refusal::CorrectionUnfit);
    }
    Ok(Event::ConclusionCorrected {
        from,
        to,
        reason,
        evidence: evidence.to_vec(),
    })
}

/// 공개 게시: what the petitioner left public and the office answered publicly.
pub(super) fn publish(p: &Petition, title: Text, question: Text, answer: Text) -> Result<Event, Refusal> {
    let answered = p.draft.is_some_and(|draft| draft.openness == Openness::Public);
    if p.openness != Openness::Public || !answered || p.kind == Kind::Statutory {
        return Err(Refusal::NotPublic);
    }
    Ok(Event::Published {
        title,
        question,
        answer,
    })
}
