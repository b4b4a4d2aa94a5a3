//! 점검 사유 — what the journal of a petition says against the office in a month, ground by ground (영 제22조; 규칙 제7조, 제9조).
//!
//! Read from the events of the month and from where the petition stood when it ended: drawn up again, the list is the same.

use crate::event::{Event, Recorded};
use crate::id::{PetitionId, UnitId};
use crate::life::Life;
use crate::petition::Petition;
use crate::petition::letter::LetterKind;
use crate::terms::coded;
use crate::time::At;

coded! {
    /// 점검 사유.
    Ground {
        /// 처리기간 경과: handled late, or overdue when the month ended (법17, 법19).
        Late = "late",
        /// 두 차례 연장 (영21①).
        ExtendedTwice = "extended_twice",
        /// 보완 요구 지연: later than eight working hours after reception (규칙9①).
        SupplementLate = "supplement_late",
        /// 접수 지연: later than eight working hours after arrival (영6⑧).
        ReceptionLate = "reception_late",
        /// 재배부 3회 이상 (영13②).
        SentBackOften = "sent_back_often",
        /// 처리진행상황 통지 누락: thirty days passed without one (영23).
        NoProgressNotice = "no_progress_notice",
        /// 이유 없는 거부 (법27③).
        NoReasons = "no_reasons",
        /// 독촉장 회신 누락 (영28②).
        DunningUnanswered = "dunning_unanswered",
    }
}

impl Ground {
    /// The clause behind it.
    pub const fn clause(self) -> &'static str {
        match self {
            Ground::Late => "민원 처리에 관한 법률 제17조, 제19조",
            Ground::ExtendedTwice => "민원 처리에 관한 법률 시행령 제21조제1항",
            Ground::SupplementLate => "민원 처리에 관한 법률 시행규칙 제9조제1항",
            Ground::ReceptionLate => "민원 처리에 관한 법률 시행령 제6조제8항",
            Ground::SentBackOften => "민원 처리에 관한 법률 시행령 제13조제2항",
            Ground::NoProgressNotice => "민원 처리에 관한 법률 시행령 제23조",
            Ground::NoReasons => "민원 처리에 관한 법률 제27조제3항",
            Ground::DunningUnanswered => "민원 처리에 관한 법률 시행령 제28조제2항",
        }
    }
}

/// One line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Item {
    /// 처리주무부서 when the month ended; `None` before distribution.
    pub unit: Option<UnitId>,
    /// Which petition.
    pub petition: PetitionId,
    /// Why.
    pub ground: Ground,
}

/// Sent back so often, it is looked at.
pub const OFTEN: u32 = 3;
/// 영23: the notice is owed when thirty days have passed.
const THIRTY_DAYS: i64 = 31 * 86_400_000;

/// What is to be looked at of a petition in the month from `start` to `end`. `eight` gives the first late moment of eight working
/// hours after another. Nothing for a journal that cannot be folded: `verify` speaks of that.
pub fn lines(journal: &[Recorded], (start, end): (At, At), eight: impl Fn(At) -> Option<At>) -> Vec<Item> {
    let until: Vec<Recorded> = journal
        .iter()
        .take_while(|r| r.recorded_at < end)
        .cloned()
        .collect();
    let Ok(p) = Petition::fold(&until) else {
        return Vec::new();
    };
    let within = |at: At| at >= start && at < end;
    let here: Vec<&Recorded> = until.iter().filter(|r| within(r.recorded_at)).collect();
    let mut grounds = Vec::new();
    let ended = p.end.filter(|_| here.iter().any(|r| concludes(&r.event)));
    let running = matches!(p.life, Life::Received | Life::Distributed | Life::InHandling);
    let overdue = running && p.reception.is_some_and(|r| r.due < end);
    if (ended.is_some() && p.is_late()) || overdue {
        grounds.push(Ground::Late);
    }
    let twice = |r: &&Recorded| matches!(r.event, Event::Extended { nth, .. } if nth >= 2);
    if here.iter().any(twice) {
        grounds.push(Ground::ExtendedTwice);
    }
    let asked = here
        .iter()
        .find(|r| matches!(r.event, Event::SupplementAsked { round: 1, .. }));
    if let (Some(asked), Some(reception)) = (asked, p.reception)
        && eight(reception.at).is_some_and(|late| asked.at() >= late)
    {
        grounds.push(Ground::SupplementLate);
    }
    let received = here.iter().find(|r| matches!(r.event, Event::Received { .. }));
    let waited = match (received, p.receive_by) {
        (Some(received), Some(by)) => received.at() >= by,
        (None, Some(by)) => p.life == Life::Filed && within(by),
        (_, None) => false,
    };
    if waited {
        grounds.push(Ground::ReceptionLate);
    }
    let sent_back = here
        .iter()
        .any(|r| matches!(r.event, Event::SendBackAsked { .. }));
    if sent_back && p.sent_back >= OFTEN {
        grounds.push(Ground::SentBackOften);
    }
    if no_progress_notice(&p, &until, (start, end)) {
        grounds.push(Ground::NoProgressNotice);
    }
    if let (Some(end), Some(draft)) = (ended, p.draft)
        && p.answered()
        && end.outcome.owes_reasons()
        && (draft.reasons.is_none() || draft.remedies.is_none())
    {
        grounds.push(Ground::NoReasons);
    }
    let unanswered = (p.letters.iter()).any(|letter| {
        let passed = letter
            .reply_by
            .and_then(|day| day.tomorrow().ok())
            .is_some_and(|day| within(At::seoul(day.to_datetime(jiff::civil::Time::midnight()))));
        letter.kind == LetterKind::Dunning && letter.reply.is_none() && passed
    });
    if unanswered {
        grounds.push(Ground::DunningUnanswered);
    }
    (grounds.into_iter())
        .map(|ground| Item {
            unit: p.unit,
            petition: p.id,
            ground,
        })
        .collect()
}

fn concludes(event: &Event) -> bool {
    matches!(
        event.name(),
        "Answered" | "Withdrawn" | "Transferred" | "DeemedWithdrawn" | "Merged" | "Converted" | "Referred"
    )
}

/// Whether thirty days passed within the month, since reception or the last notice, without a notice of progress.
fn no_progress_notice(p: &Petition, journal: &[Recorded], (start, end): (At, At)) -> bool {
    let Some(reception) = p.reception else {
        return false;
    };
    let told = (journal.iter().rev()).find(|r| r.event.name() == "ProgressTold");
    let since = told.map_or(reception.at, Recorded::at);
    let owed = since.plus(THIRTY_DAYS);
    let ended = p.end.map_or(At::NEVER, |end| end.concluded_at);
    owed >= start && owed < end && owed <= ended
}
