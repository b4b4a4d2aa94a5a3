//! 우편 송달의 규칙 — letters owed to one who is written to by post, their sending, their arrival and their return.

use crate::event::Event;
use crate::intake::Delivery;
use crate::mailing::{Fate, Mail, MailState, Mailing, Sending};
use crate::petition::Petition;
use crate::petitioner::Party;
use crate::refusal::Refusal;
use crate::text::Text;
use jiff::civil::Date;

/// The events with the letters they owe: each stands right behind its cause.
pub(super) fn with_letters(p: &Petition, events: Vec<Event>) -> Vec<Event> {
    if p.intake.delivery != Some(Delivery::Post) {
        return events;
    }
    let mut no = p.mailings.len() as u32;
    let mut all = Vec::with_capacity(events.len() + 1);
    for event in events {
        let owed = Mail::owed(&event);
        all.push(event);
        all.extend(owed.map(|mail| {
            no += 1;
            Event::MailingDue { no, mail }
        }));
    }
    all
}

/// 우편 발송 요청: one of each kind waits at a time.
pub(super) fn queue(p: &Petition, mail: Mail) -> Result<Event, Refusal> {
    let waits = (p.mailings.iter()).any(|m| m.mail == mail && m.state() == MailState::Waiting);
    if waits {
        return Err(Refusal::MailWaiting);
    }
    Ok(Event::MailingDue {
        no: p.mailings.len() as u32 + 1,
        mail,
    })
}

fn mailing(p: &Petition, no: u32, state: MailState) -> Result<&Mailing, Refusal> {
    (p.mailings.iter())
        .find(|m| m.no == no && m.state() == state)
        .ok_or(Refusal::NoSuchMail)
}

/// 발송.
pub(super) fn send(p: &Petition, no: u32, sending: Sending, today: Date) -> Result<Event, Refusal> {
    let waiting = mailing(p, no, MailState::Waiting)?;
    if !sending.is_whole() {
        return Err(Refusal::MailNumberUnfit);
    }
    if sending.on > today || waiting.since.date().is_some_and(|since| sending.on < since) {
        return Err(Refusal::MailDayUnfit);
    }
    Ok(Event::MailingSent { no, sending })
}

/// 도달·반송. A demand for a supplement that came back counts towards the two of 영25②.
pub(super) fn fate(p: &Petition, no: u32, fate: Fate, today: Date) -> Result<Vec<Event>, Refusal> {
    let sent = mailing(p, no, MailState::Sent)?;
    let since = sent.sent.map_or(today, |sending| sending.on);
    if fate.on() > today || fate.on() < since {
        return Err(Refusal::MailDayUnfit);
    }
    let mut events = vec![Event::MailingEnded { no, fate }];
    let demand = sent.mail == Mail::Supplement
        && matches!(fate, Fate::Returned(..))
        && p.life.allows(crate::life::Deed::MarkUndelivered)
        && super::state::allows(p, crate::life::Deed::MarkUndelivered).is_ok();
    if demand {
        events.push(super::ends::undelivered(p)?);
    }
    Ok(events)
}

/// 신청인 정보 정정.
pub(super) fn party(
    p: &Petition,
    party: Party,
    delivery: Option<Delivery>,
    reason: Text,
) -> Result<Event, Refusal> {
    if !party.is_whole() {
        return Err(Refusal::PetitionerUnclear);
    }
    Ok(Event::PartyCorrected {
        party,
        delivery: delivery.or(p.intake.delivery),
        reason,
    })
}
