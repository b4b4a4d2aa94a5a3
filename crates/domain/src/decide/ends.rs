//! 여러 가지 끝 — closing as repeated or as an exception (법 제21조·제23조), what is no petition, what goes to others (법
//! 제16조, 영 제13조), demands that come back (영 제25조제2항), and word of progress on the way (영 제23조).

use super::Setting;
use super::many::ANSWERED;
use crate::access::Who;
use crate::act::Answer;
use crate::due::progress_notice;
use crate::event::Event;
use crate::petition::Petition;
use crate::refusal::Refusal;
use crate::terms::{Board, Outcome};
use crate::text::Text;
use jiff::civil::Date;

/// What closing without an answer to the content takes, beyond reasons and remedies.
pub(super) fn closing(p: &Petition, answer: &Answer<Text>) -> Result<(), Refusal> {
    match answer.outcome {
        Outcome::Excepted if answer.exception.is_none() => Err(Refusal::ExceptionMissing),
        Outcome::ClosedRepeated => {
            if p.earlier.len() < ANSWERED {
                return Err(Refusal::RepeatUnproven);
            }
            let deliberated = p.boards.iter().any(|(board, _)| *board == Board::RepeatClosing);
            if p.mass.is_some() && !deliberated {
                return Err(Refusal::BoardOwed);
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// 민원조정위원회 심의 결과 기록.
pub(super) fn board(board: Board, held: Date, result: Text, today: Date) -> Result<Event, Refusal> {
    if held > today {
        return Err(Refusal::DayInFuture);
    }
    Ok(Event::BoardHeld { board, held, result })
}

/// 이송, with the result asked for or not.
pub(super) fn transfer(
    agency: Text,
    reason: Text,
    report_by: Option<Date>,
    today: Date,
) -> Result<Event, Refusal> {
    if report_by.is_some_and(|day| day <= today) {
        return Err(Refusal::SupplementInPast);
    }
    Ok(Event::Transferred {
        agency,
        reason,
        report_by,
    })
}

/// 이첩: the body in charge handles it and reports back.
pub(super) fn refer(agency: Text, reason: Text, report_by: Date, today: Date) -> Result<Event, Refusal> {
    if report_by <= today {
        return Err(Refusal::SupplementInPast);
    }
    Ok(Event::Referred {
        agency,
        reason,
        report_by,
    })
}

/// 보완 요구 반송 기록: the demand that is open came back.
pub(super) fn undelivered(p: &Petition) -> Result<Event, Refusal> {
    let asked = p.supplement.as_ref().ok_or(Refusal::NoSupplementAsked)?;
    // One return for each demand: the first and the second.
    if p.undelivered >= asked.round {
        return Err(Refusal::NotReturnedTwice);
    }
    Ok(Event::DemandReturned {
        times: p.undelivered + 1,
    })
}

/// 취하 간주 (영25②).
pub(super) fn deem_withdrawn(p: &Petition) -> Result<Event, Refusal> {
    if p.undelivered < 2 {
        return Err(Refusal::NotReturnedTwice);
    }
    Ok(Event::DeemedWithdrawn {})
}

/// 처리진행상황 통지: by itself each time thirty days have passed (영23②); by the handler whenever it is asked for (①).
pub(super) fn progress(p: &Petition, today: Date, s: &Setting) -> Result<Event, Refusal> {
    let reception = p.reception.ok_or(Refusal::NotNow)?;
    let nth = p.progress_told + 1;
    if matches!(s.who, Who::System) {
        let received = reception.at.date().ok_or(Refusal::OutsideCalendar)?;
        let passed = periods_passed(received, today);
        if passed < nth {
            return Err(Refusal::ProgressNotDue);
        }
        // What was missed is told once, not as often as it was missed.
        return Ok(Event::ProgressTold {
            nth: passed,
            due: p.due(),
        });
    }
    Ok(Event::ProgressTold {
        nth: p.progress_told,
        due: p.due(),
    })
}

/// How many times thirty days have passed since reception.
pub fn periods_passed(received: Date, today: Date) -> u32 {
    (1..)
        .take_while(|nth| progress_notice(received, *nth).is_some_and(|day| day <= today))
        .last()
        .unwrap_or(0)
}

/// 수리·허가 간주 기록: once the period of a service that the law deems decided by silence has passed. A person records it; the
/// system only alarms.
pub(super) fn deemed(p: &Petition, note: Option<Text>, s: &Setting) -> Result<Event, Refusal> {
    let outcome = s.service.deemed_outcome().ok_or(Refusal::NotDeemed)?;
    let due = p.due().ok_or(Refusal::NotNow)?;
    if s.now < due {
        return Err(Refusal::DeemedNotYet);
    }
    Ok(Event::DeemedDecided {
        outcome,
        since: due,
        note,
    })
}
