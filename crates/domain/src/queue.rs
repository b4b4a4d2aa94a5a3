//! 순번 — numbers in the hall: taken by kind of business, called, called again, passed over; and how long people waited.

use crate::terms::coded;
use crate::time::At;

coded! {
    /// 업무 — at which kind of window one waits.
    Business {
        /// 종합민원: 접수와 상담.
        General = "general",
        /// 증명서 발급.
        Certificate = "certificate",
        /// 원스톱 (등록·재발급).
        OneStop = "one_stop",
        /// 도움창구: 구술, 노인·장애인·임산부·외국인.
        Help = "help",
    }
}

impl Business {
    /// The letter the numbers begin with.
    pub const fn letter(self) -> char {
        match self {
            Business::General => 'A',
            Business::Certificate => 'B',
            Business::OneStop => 'C',
            Business::Help => 'H',
        }
    }
}

coded! {
    /// 순번표의 상태.
    TicketState {
        /// 대기.
        Waiting = "waiting",
        /// 호출됨.
        Called = "called",
        /// 부재: called and not there; can be called again.
        Skipped = "skipped",
        /// 끝남.
        Served = "served",
    }
}

/// 순번표. It names nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticket {
    /// For what.
    pub business: Business,
    /// 1, 2, … within the day and the business.
    pub n: u32,
    /// How it stands.
    pub state: TicketState,
    /// When it was taken.
    pub taken: At,
    /// When it was last called.
    pub called: Option<At>,
    /// When it was first called: until then one waited.
    pub first_called: Option<At>,
    /// 창구 번호, once called.
    pub window: u32,
}

impl Ticket {
    /// “A012”.
    pub fn shown(&self) -> String {
        format!("{}{:03}", self.business.letter(), self.n)
    }
}

/// What a clerk does to a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// 호출.
    Call,
    /// 재호출.
    Recall,
    /// 부재 처리.
    Skip,
    /// 응대 완료.
    Finish,
}

/// The state after `step`; `None` where it is not possible.
pub const fn after(state: TicketState, step: Move) -> Option<TicketState> {
    match (state, step) {
        (TicketState::Waiting | TicketState::Skipped, Move::Call) => Some(TicketState::Called),
        (TicketState::Called, Move::Recall) => Some(TicketState::Called),
        (TicketState::Called, Move::Skip) => Some(TicketState::Skipped),
        (TicketState::Called, Move::Finish) => Some(TicketState::Served),
        (TicketState::Waiting | TicketState::Skipped, Move::Recall | Move::Skip | Move::Finish)
        | (TicketState::Called, Move::Call)
        | (TicketState::Served, _) => None,
    }
}

/// Who is next: whoever waits longest among the kinds of business a window serves.
pub fn next<'a>(tickets: &'a [Ticket], serves: &[Business]) -> Option<&'a Ticket> {
    (tickets.iter())
        .filter(|ticket| ticket.state == TicketState::Waiting && serves.contains(&ticket.business))
        .min_by_key(|ticket| (ticket.taken, ticket.business, ticket.n))
}

/// How long people waited for one kind of business, in whole minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Waits {
    /// Called so far.
    pub called: u32,
    /// Waiting now.
    pub waiting: u32,
    /// Mean, rounded up.
    pub mean: u32,
    /// Half waited no longer.
    pub median: u32,
    /// The longest.
    pub longest: u32,
    /// Passed over, and not called since.
    pub skipped: u32,
}

/// The waits of one kind of business.
pub fn waits(tickets: &[Ticket], business: Business) -> Waits {
    let own = || tickets.iter().filter(|ticket| ticket.business == business);
    let mut minutes: Vec<u64> = own()
        .filter_map(|ticket| {
            let called = ticket.first_called?;
            u64::try_from((called.0 - ticket.taken.0).max(0) / 60_000).ok()
        })
        .collect();
    minutes.sort_unstable();
    let count = |state| own().filter(|ticket| ticket.state == state).count();
    let whole = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    let all = minutes.len() as u64;
    Waits {
        called: whole(all),
        waiting: whole(count(TicketState::Waiting) as u64),
        mean: if all == 0 {
            0
        } else {
            whole(minutes.iter().sum::<u64>().div_ceil(all))
        },
        median: minutes.get(minutes.len() / 2).copied().map_or(0, whole),
        longest: minutes.last().copied().map_or(0, whole),
        skipped: whole(count(TicketState::Skipped) as u64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticket(business: Business, n: u32, state: TicketState, taken: i64, called: Option<i64>) -> Ticket {
        Ticket {
            business,
            n,
            state,
            taken: At(taken * 60_000),
            called: called.map(|m| At(m * 60_000)),
            first_called: called.map(|m| At(m * 60_000)),
            window: 1,
        }
    }

    #[test]
    fn the_one_who_waits_longest_is_next() {
        use Business::*;
        use TicketState::*;
        let tickets = [
            ticket(General, 1, Called, 0, Some(3)),
            ticket(General, 2, Waiting, 2, None),
            ticket(Certificate, 1, Waiting, 1, None),
            ticket(Help, 1, Skipped, 0, Some(1)),
        ];
        let next = |serves: &[Business]| super::next(&tickets, serves).map(Ticket::shown);
        assert_eq!(next(&[General]).as_deref(), Some("A002"));
        assert_eq!(next(&[General, Certificate]).as_deref(), Some("B001"));
        assert_eq!(next(&[Help]), None);
    }

    #[test]
    fn a_ticket_is_called_before_anything_else() {
        use Move::*;
        use TicketState::*;
        for (state, step, then) in [
            (Waiting, Call, Some(Called)),
            (Waiting, Skip, None),
            (Called, Recall, Some(Called)),
            (Called, Skip, Some(Skipped)),
            (Called, Finish, Some(Served)),
            (Called, Call, None),
            (Skipped, Call, Some(Called)),
            (Skipped, Finish, None),
            (Served, Call, None),
            (Served, Recall, None),
        ] {
            assert_eq!(after(state, step), then, "{state} {step:?}");
        }
    }

    #[test]
    fn waits_are_counted_until_the_first_call() {
        use Business::*;
        use TicketState::*;
        let tickets = [
            ticket(General, 1, Served, 0, Some(4)),
            ticket(General, 2, Called, 0, Some(9)),
            ticket(General, 3, Skipped, 1, Some(21)),
            ticket(General, 4, Waiting, 5, None),
            ticket(Help, 1, Served, 0, Some(60)),
        ];
        let expected = Waits {
            called: 3,
            waiting: 1,
            mean: 11,
            median: 9,
            longest: 20,
            skipped: 1,
        };
        assert_eq!(waits(&tickets, General), expected);
        assert_eq!(waits(&tickets, Certificate), Waits::default());
    }
}
