//! 옮김 — what happens to a petition that an older register tells of: it is taken over as it stood, with its own dates.

use super::{Setting, fit_kind, period_for};
use crate::event::{Event, OldEnd, OldRow, OldStep};
use crate::refusal::Refusal;
use crate::register::Old;
use crate::text::Text;
use crate::time::At;

/// The events that take a row over, each with the moment it happened. One that had ended is concluded as the register
/// says. An open one is received as of its old reception, so that its period runs on from there under the law, and lies with
/// its department. Errors: an open one whose period is not known or whose due date lies outside the calendar, and a kind
/// that the service's procedure does not handle.
pub fn take_over(old: &Old<Text>, row: [u8; 32], s: &Setting) -> Result<Vec<(At, Event)>, Refusal> {
    if !old.kind.is_petition() {
        return Err(Refusal::OtherLaw);
    }
    let last = old.ended.map(|(_, at)| at).or(old.received).unwrap_or(old.filed);
    let migrated = Event::Migrated {
        kind: old.kind,
        unit: old.unit.filter(|_| old.ended.is_some()),
        old: OldRow {
            number: old.number,
            row,
            received: old.received,
            due: old.due,
            handler: old.handler,
            answer: old.answer,
            steps: (old.steps.iter())
                .map(|step| OldStep {
                    at: step.at,
                    what: step.what,
                })
                .collect(),
        },
        ended: old.ended.map(|(outcome, at)| OldEnd { outcome, at }),
    };
    let mut events = vec![(last, migrated)];
    if let (Some(received), None) = (old.received, old.ended) {
        fit_kind(old.kind, s)?;
        let period = period_for(old.kind, None, s)?;
        let received_event = Event::Received {
            number: s.reception_number,
            kind: old.kind,
            period,
            due: s.law.due(received, period, old.kind, &[], &[])?,
            rules: s.law.rules(received)?,
            calendar: s.law.calendar.version(),
            hand_by: None,
        };
        events.push((received, received_event));
        events.extend(old.unit.map(|unit| (received, Event::Distributed { unit })));
    }
    Ok(events)
}
