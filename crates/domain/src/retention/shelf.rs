//! 서고 — which petitions of closed years need not be at hand any more: what waits for nobody, and is not to be destroyed yet.

use super::{Facts, May, may};
use crate::claim::ClaimState;
use crate::mailing::MailState;
use crate::petition::Petition;
use jiff::civil::Date;

/// Whether a petition may go to the archive today. `years` are those kept at hand behind the present one.
pub fn rests(p: &Petition, facts: &Facts, today: Date, years: u16) -> bool {
    let Some(concluded) = facts.concluded else {
        return false;
    };
    let closed = i32::from(concluded.year()) + i32::from(years) < i32::from(today.year());
    // What the public reads stays; so does what is held, and what this year's board will be asked about.
    let needed = p.protected || p.published.is_some() || facts.held || may(facts, today) == May::Destroy;
    closed && !needed && !waits(p, today)
}

/// Whether anybody is still to do something about a concluded petition, or may any day.
fn waits(p: &Petition, today: Date) -> bool {
    let on_its_way = |state| matches!(state, MailState::Waiting | MailState::Sent);
    p.objection.as_ref().is_some_and(|one| one.is_open())
        || p.further.as_ref().is_some_and(|one| one.is_open())
        || p.tracking.as_ref().is_some_and(|one| one.is_open())
        || p.claim.is_some_and(|claim| claim.state == ClaimState::Waiting)
        || p.disclosed_from.is_some_and(|day| day >= today)
        || p.mailings.iter().any(|mailing| on_its_way(mailing.state()))
        || (p.entrusted.iter()).any(|given| !given.taken_back && given.until >= today)
        || p.open_consults().next().is_some()
        || p.unconfirmed().next().is_some()
        || p.readers.iter().any(|reader| reader.read_at.is_none())
}
