//! 예고와 독촉 — who is written to when a period is about to end or has ended, and what they owe (영 제28조제2항, 규칙 별지
//! 제7호서식; 계획 Ⅳ-2).

use super::{Setting, Staff};
use crate::access::Who;
use crate::event::Event;
use crate::id::{OfficialId, UnitId};
use crate::life::Deed;
use crate::petition::Petition;
use crate::petition::letter::{DelayCause, LetterKind};
use crate::refusal::Refusal;
use crate::terms::Seat;
use crate::text::Text;
use crate::time::At;
use jiff::civil::Date;

/// Whether now is the time for a letter of this deed; any other deed does not ask.
pub(super) fn timely(p: &Petition, deed: Deed, now: At) -> Result<(), Refusal> {
    let over = p.reception.is_some_and(|r| now >= r.due);
    match deed {
        Deed::IssueAdvanceNotice if over => Err(Refusal::AdvanceTooLate),
        Deed::IssueDunning if !over => Err(Refusal::NotOverdue),
        _ => Ok(()),
    }
}

/// 예고장: while the period runs and is not over, once for each due date.
pub(super) fn advance(p: &Petition, note: Option<Text>, s: &Setting) -> Result<Event, Refusal> {
    let r = p.reception.ok_or(Refusal::NotNow)?;
    timely(p, Deed::IssueAdvanceNotice, s.now)?;
    if p.letter(LetterKind::Advance).is_some() {
        return Err(Refusal::LetterIssued);
    }
    Ok(Event::AdvanceNoticeIssued {
        to: someone(at_work(p, s.staff))?,
        due: r.due,
        due_version: r.due_version,
        note,
    })
}

/// 독촉장: once the period is over, once for each due date, with a number of the year.
pub(super) fn dunning(
    p: &Petition,
    reply_by: Date,
    note: Option<Text>,
    today: Date,
    s: &Setting,
) -> Result<Event, Refusal> {
    let r = p.reception.ok_or(Refusal::NotNow)?;
    timely(p, Deed::IssueDunning, s.now)?;
    if p.letter(LetterKind::Dunning).is_some() {
        return Err(Refusal::LetterIssued);
    }
    if reply_by < today {
        return Err(Refusal::ReplyInPast);
    }
    let issuer = match s.who {
        Who::Official(official) => Some(official.id),
        Who::Citizen(_) | Who::System => None,
    };
    Ok(Event::DunningIssued {
        number: s.letter_number,
        to: someone(dunned(p, issuer, s.staff))?,
        due: r.due,
        due_version: r.due_version,
        reply_by,
        note,
    })
}

/// 수령 확인; a second one changes nothing.
pub(super) fn receipt(p: &Petition) -> Result<Vec<Event>, Refusal> {
    let letter = p.dunning().ok_or(Refusal::NoLetter)?;
    let number = letter.number.ok_or(Refusal::NoLetter)?;
    Ok(match letter.received_at {
        Some(_) => Vec::new(),
        None => vec![Event::DunningReceived { number }],
    })
}

/// 회신: whoever replies has received it. An open petition needs the day by which it will be handled.
pub(super) fn reply(
    p: &Petition,
    cause: DelayCause,
    planned: Option<Date>,
    text: Text,
    today: Date,
) -> Result<Vec<Event>, Refusal> {
    let letter = p.dunning().ok_or(Refusal::NoLetter)?;
    let number = letter.number.ok_or(Refusal::NoLetter)?;
    if letter.reply.is_some() {
        return Err(Refusal::RepliedAlready);
    }
    if p.life.is_open() && planned.is_none_or(|day| day < today) {
        return Err(Refusal::PlanMissing);
    }
    let mut events = receipt(p)?;
    events.push(Event::DunningReplied {
        number,
        cause,
        planned: planned.filter(|_| p.life.is_open()),
        text,
    });
    Ok(events)
}

/// Who works on it: the handler; without one, who receives for the department; before distribution, who receives for all.
fn at_work(p: &Petition, staff: &Staff) -> Vec<OfficialId> {
    match (p.handler, p.unit) {
        (Some(handler), _) => vec![handler],
        (None, Some(unit)) => first_of(
            &[
                Seat::DepartmentReceiver,
                Seat::Coordinator,
                Seat::TeamLead,
                Seat::DepartmentHead,
            ],
            Some(unit),
            staff,
        ),
        (None, None) => first_of(&[Seat::IntegratedReceiver, Seat::CounterClerk], None, staff),
    }
}

/// 처리주무부서의 장; where the examiner holds that seat, the staff concerned (영28②). A department without a head is written to
/// at its 총괄자 or receiver.
fn dunned(p: &Petition, issuer: Option<OfficialId>, staff: &Staff) -> Vec<OfficialId> {
    let Some(unit) = p.unit else {
        return at_work(p, staff);
    };
    let heads = holders(Seat::DepartmentHead, Some(unit), staff);
    if heads.is_empty() || heads.iter().any(|head| Some(*head) == issuer) {
        let mut staff_concerned = at_work(p, staff);
        staff_concerned.retain(|official| Some(*official) != issuer);
        return staff_concerned;
    }
    heads
}

fn first_of(seats: &[Seat], unit: Option<UnitId>, staff: &Staff) -> Vec<OfficialId> {
    let found = seats.iter().map(|seat| holders(*seat, unit, staff));
    found.into_iter().find(|all| !all.is_empty()).unwrap_or_default()
}

fn holders(seat: Seat, unit: Option<UnitId>, staff: &Staff) -> Vec<OfficialId> {
    let holds = |post: &crate::access::Post| post.seat == seat && unit.is_none_or(|unit| post.unit == unit);
    (staff.posts.iter())
        .filter(|(_, posts)| posts.iter().any(holds))
        .map(|(official, _)| *official)
        .collect()
}

fn someone(to: Vec<OfficialId>) -> Result<Vec<OfficialId>, Refusal> {
    if to.is_empty() {
        return Err(Refusal::NobodyToWriteTo);
    }
    Ok(to)
}
