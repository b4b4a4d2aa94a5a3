//! 이야기의 줄거리 — how far a petition of the demo has come, as a list of steps with working minutes between them.

use crate::city::hours::DAY;
use crate::city::step::Step;
use domain::due::Period;

/// Where a story stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Filed,
    /// The eight hours until reception are nearly over.
    FiledLongAgo,
    Received,
    Distributed,
    SentBack,
    DistributedAgain,
    UnitReceived,
    Handled,
    /// Due so many working days from today; negative is overdue.
    DueIn(i64),
    SupplementAsked,
    SupplementProlonged,
    SupplementLapsed,
    SupplementAskedAgain,
    SupplementGiven,
    Held,
    Resumed,
    Extended,
    ConsentAwaited,
    Consented,
    Declined,
    Drafted,
    SentUp,
    HalfSigned,
    Concurring,
    TurnedBack,
    Recalled,
    Approved,
    Answered,
    Read,
    Rated,
    Returned,
    WithdrawnEarly,
    WithdrawnLate,
    Transferred,
    Instant,
    InstantRated,
}

/// Every fate with its share of the stories beyond the first of each.
pub const FATES: &[(Fate, u32)] = &[
    (Fate::Filed, 6),
    (Fate::FiledLongAgo, 2),
    (Fate::Received, 4),
    (Fate::Distributed, 4),
    (Fate::SentBack, 2),
    (Fate::DistributedAgain, 1),
    (Fate::UnitReceived, 4),
    (Fate::Handled, 16),
    (Fate::DueIn(0), 3),
    (Fate::DueIn(1), 4),
    (Fate::DueIn(-1), 1),
    (Fate::DueIn(-2), 1),
    (Fate::DueIn(-3), 1),
    (Fate::DueIn(-5), 1),
    (Fate::SupplementAsked, 4),
    (Fate::SupplementProlonged, 1),
    (Fate::SupplementLapsed, 2),
    (Fate::SupplementAskedAgain, 1),
    (Fate::SupplementGiven, 3),
    (Fate::Held, 3),
    (Fate::Resumed, 1),
    (Fate::Extended, 4),
    (Fate::ConsentAwaited, 2),
    (Fate::Consented, 1),
    (Fate::Declined, 1),
    (Fate::Drafted, 4),
    (Fate::SentUp, 4),
    (Fate::HalfSigned, 4),
    (Fate::Concurring, 2),
    (Fate::TurnedBack, 2),
    (Fate::Recalled, 1),
    (Fate::Approved, 3),
    (Fate::Answered, 22),
    (Fate::Read, 26),
    (Fate::Rated, 34),
    (Fate::Returned, 1),
    (Fate::WithdrawnEarly, 2),
    (Fate::WithdrawnLate, 2),
    (Fate::Transferred, 3),
    (Fate::Instant, 3),
    (Fate::InstantRated, 5),
];

/// Where on the line of time a story is fastened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its last step lies so many working minutes before now.
    Last(i64),
    /// It was received so that it is due so many working days from today.
    Due(i64),
}

/// Draws a number from `low` to below `high`.
pub type Draw<'a> = &'a mut dyn FnMut(i64, i64) -> i64;

impl Fate {
    /// Whether the story needs a period of some days to happen in.
    pub const fn needs_days(self) -> bool {
        matches!(
            self,
            Fate::DueIn(_)
                | Fate::Extended
                | Fate::ConsentAwaited
                | Fate::Consented
                | Fate::Declined
                | Fate::Drafted
                | Fate::SentUp
                | Fate::HalfSigned
                | Fate::Concurring
                | Fate::TurnedBack
                | Fate::Recalled
                | Fate::Approved
                | Fate::Held
                | Fate::Resumed
        )
    }

    /// Whether it is answered by whoever receives it.
    pub const fn is_instant(self) -> bool {
        matches!(self, Fate::Instant | Fate::InstantRated)
    }

    /// The steps with the working minutes before each, and where the story is fastened.
    pub fn plan(self, period: Period, draw: Draw<'_>) -> (Vec<(Step, i64)>, Anchor) {
        let budget = budget(period);
        let quick = budget < DAY;
        let mut steps: Vec<(Step, i64)> = vec![(Step::File, 0)];
        let mut then = |step, low: i64, high: i64, draw: Draw<'_>| {
            let gap = if quick {
                draw(1, 12)
            } else {
                draw(low, high.max(low + 1))
            };
            steps.push((step, gap));
        };
        let half = budget / 2;
        let road: &[(Step, i64, i64)] = match self {
            Fate::Filed | Fate::FiledLongAgo | Fate::WithdrawnEarly => &[],
            Fate::Received => &[(Step::Receive, 10, 200)],
            Fate::Instant | Fate::InstantRated => &[(Step::Receive, 5, 60), (Step::AnswerAtOnce, 5, 90)],
            Fate::Distributed | Fate::Transferred => &[(Step::Receive, 10, 200), (Step::Distribute, 5, 60)],
            Fate::SentBack | Fate::DistributedAgain => &[
                (Step::Receive, 10, 200),
                (Step::DistributeAstray, 5, 60),
                (Step::SendBack, 20, 170),
            ],
            Fate::UnitReceived => &[
                (Step::Receive, 10, 200),
                (Step::Distribute, 5, 60),
                (Step::UnitReceive, 10, 150),
            ],
            _ => &[
                (Step::Receive, 10, 200),
                (Step::Distribute, 5, 60),
                (Step::UnitReceive, 10, 150),
                (Step::Designate, 5, 100),
            ],
        };
        for (step, low, high) in road {
            then(*step, *low, *high, draw);
        }
        let sent_up = |then: &mut dyn FnMut(Step, i64, i64, Draw<'_>), wide: bool, draw: Draw<'_>| {
            then(Step::Draft, half / 4, half, draw);
            then(if wide { Step::SendUpWide } else { Step::SendUp }, 5, 30, draw);
        };
        let answered = |then: &mut dyn FnMut(Step, i64, i64, Draw<'_>), draw: Draw<'_>| {
            sent_up(then, false, draw);
            then(Step::Sign, 10, 200, draw);
            then(Step::Sign, 10, 200, draw);
            then(Step::Answer, 1, 30, draw);
        };
        let recent = Anchor::Last(draw(5, 170));
        let days = |from: i64, to: i64, draw: Draw<'_>| Anchor::Last(draw(from * DAY, to * DAY));
        let anchor = match self {
            Fate::Filed => Anchor::Last(draw(1, 300)),
            Fate::FiledLongAgo => Anchor::Last(draw(430, 476)),
            Fate::Received | Fate::Distributed | Fate::SentBack | Fate::UnitReceived => recent,
            Fate::DistributedAgain => {
                then(Step::Distribute, 5, 90, draw);
                recent
            }
            Fate::Handled => Anchor::Last(draw(20, half.max(40))),
            Fate::DueIn(n) => {
                if draw(0, 3) == 0 {
                    then(Step::Draft, 10, 60, draw);
                }
                Anchor::Due(n)
            }
            Fate::SupplementAsked => {
                then(Step::Ask(9), 60, 300, draw);
                days(0, 3, draw)
            }
            Fate::SupplementProlonged => {
                then(Step::Ask(8), 60, 300, draw);
                then(Step::Prolong, DAY, 3 * DAY, draw);
                days(0, 2, draw)
            }
            Fate::SupplementLapsed => {
                then(Step::Ask(5), 60, 300, draw);
                days(7, 10, draw)
            }
            Fate::SupplementAskedAgain => {
                then(Step::Ask(5), 60, 300, draw);
                then(Step::Ask(7), 7 * DAY, 8 * DAY, draw);
                days(0, 2, draw)
            }
            Fate::SupplementGiven => {
                then(Step::Ask(10), 60, 300, draw);
                then(Step::Supplement, DAY, 4 * DAY, draw);
                recent
            }
            Fate::Held => {
                then(Step::Hold, 60, 400, draw);
                days(0, 4, draw)
            }
            Fate::Resumed => {
                then(Step::Hold, 60, 400, draw);
                then(Step::Resume, 2 * DAY, 4 * DAY, draw);
                recent
            }
            Fate::Extended => {
                then(Step::Extend, half / 2, half, draw);
                Anchor::Last(draw(10, half.max(20)))
            }
            Fate::ConsentAwaited | Fate::Consented | Fate::Declined => {
                then(Step::Extend, half / 2, half, draw);
                then(Step::Extend, half / 2, half, draw);
                match self {
                    Fate::Consented => then(Step::Consent, 60, 200, draw),
                    Fate::Declined => then(Step::Decline, 60, 200, draw),
                    _ => {}
                }
                recent
            }
            Fate::Drafted => {
                then(Step::Draft, half / 4, half, draw);
                recent
            }
            Fate::SentUp => {
                sent_up(&mut then, false, draw);
                recent
            }
            Fate::HalfSigned => {
                sent_up(&mut then, false, draw);
                then(Step::Sign, 10, 200, draw);
                recent
            }
            Fate::Concurring => {
                sent_up(&mut then, true, draw);
                then(Step::Sign, 10, 200, draw);
                recent
            }
            Fate::TurnedBack => {
                sent_up(&mut then, false, draw);
                then(Step::TurnBack, 10, 200, draw);
                recent
            }
            Fate::Recalled => {
                sent_up(&mut then, false, draw);
                then(Step::Recall, 5, 30, draw);
                recent
            }
            Fate::Approved => {
                sent_up(&mut then, false, draw);
                then(Step::Sign, 10, 200, draw);
                then(Step::Sign, 10, 200, draw);
                Anchor::Last(draw(1, 60))
            }
            Fate::Answered => {
                answered(&mut then, draw);
                days(0, 12, draw)
            }
            Fate::Read => {
                answered(&mut then, draw);
                then(Step::Read, 5, 2 * DAY, draw);
                days(0, 13, draw)
            }
            Fate::Rated => {
                answered(&mut then, draw);
                then(Step::Read, 5, DAY, draw);
                then(Step::Rate, 1, 2 * DAY, draw);
                days(0, 13, draw)
            }
            Fate::Returned => {
                then(Step::Ask(5), 60, 200, draw);
                then(Step::DraftReturn, 7 * DAY, 8 * DAY, draw);
                then(Step::SendUp, 5, 30, draw);
                then(Step::Sign, 10, 200, draw);
                then(Step::Sign, 10, 200, draw);
                then(Step::Answer, 1, 30, draw);
                days(0, 4, draw)
            }
            Fate::WithdrawnEarly => {
                then(Step::Withdraw, 5, 200, draw);
                days(0, 15, draw)
            }
            Fate::WithdrawnLate => {
                then(Step::Withdraw, 60, half.max(70), draw);
                days(0, 12, draw)
            }
            Fate::Transferred => {
                then(Step::Transfer, 20, 200, draw);
                days(0, 15, draw)
            }
            Fate::Instant => days(0, 15, draw),
            Fate::InstantRated => {
                then(Step::Read, 5, 200, draw);
                then(Step::Rate, 1, 100, draw);
                days(0, 15, draw)
            }
        };
        // A supplement lapses by the calendar, whatever the period.
        if quick {
            for (step, gap) in &mut steps {
                match step {
                    Step::DraftReturn => *gap = 7 * DAY,
                    Step::Ask(7) => *gap = 7 * DAY,
                    Step::Resume => *gap = DAY,
                    _ => {}
                }
            }
        }
        (steps, anchor)
    }
}

/// The working minutes a diligent handler has.
fn budget(period: Period) -> i64 {
    match period {
        Period::Immediately => 60,
        Period::Hours(n) => i64::from(n) * 40,
        Period::Days(n) => (i64::from(n) * DAY * 7 / 10).min(6 * DAY),
        Period::Weeks(_) | Period::Months(_) | Period::Years(_) => 6 * DAY,
    }
}
