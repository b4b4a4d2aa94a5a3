//! 걸음 — the one walk from reception to due date, with or without a pen that writes down why

use super::{
    CalendarExtension, Clause, Clock, Facts, LateReception, Left, Part, Period, Reading, SupplementHours,
    Unfit, Unit, days_for_copies, preliminary_period, rules::Rules,
};
use crate::calendar::{Calendar, DayKind, WorkingHours};
use crate::due::Ground;
use crate::time::{At, KST};

const DAY: u16 = 24 * 60;

/// A minute of a day of the calendar; minute 1440 is the midnight that ends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    pub day: usize,
    pub minute: u16,
}

/// What is written down about a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Minutes { part: Part, minutes: u16 },
    Day { part: Part, nth: u64 },
    OffDay(DayKind),
    Ground(Ground),
    Lunch,
    Closed,
    Shifted,
}

/// Takes down the stretches of a walk, in order.
pub(super) trait Ink {
    fn write(&mut self, from: Spot, to: Spot, mark: Mark, clause: Clause);

    /// A whole day.
    fn day(&mut self, day: usize, mark: Mark, clause: Clause) {
        self.write(Spot { day, minute: 0 }, Spot { day, minute: DAY }, mark, clause);
    }
}

/// Writes nothing.
pub(super) struct Blank;

impl Ink for Blank {
    fn write(&mut self, _: Spot, _: Spot, _: Mark, _: Clause) {}
}

/// Where a walk ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The last lawful minute.
    Lawful(Spot),
    /// An open stretch was reached with so much left.
    Held(Left),
}

impl End {
    /// The first instant that is late: the minute after the last lawful one.
    pub fn at(self, calendar: &Calendar) -> At {
        match self {
            End::Held(_) => At::NEVER,
            End::Lawful(spot) => calendar.date(spot.day).map_or(At::NEVER, |date| {
                let midnight = At::seoul(date.to_datetime(jiff::civil::Time::midnight()));
                midnight.plus((i64::from(spot.minute) + 1) * 60_000)
            }),
        }
    }
}

/// The Korean day and minute of a moment, or the refusal that the table does not know it.
pub(super) fn spot(calendar: &Calendar, at: At) -> Result<Spot, Unfit> {
    let minutes =
        at.0.div_euclid(60_000)
            .saturating_add(i64::from(KST.seconds()) / 60);
    let day = calendar
        .index_of_days(minutes.div_euclid(i64::from(DAY)))
        .ok_or_else(|| at.civil().map_or(Unfit::NoMoment, |_| outside(calendar)))?;
    let minute = u16::try_from(minutes.rem_euclid(i64::from(DAY))).map_err(|_| outside(calendar))?;
    Ok(Spot { day, minute })
}

/// The refusal to leave the table.
pub(super) fn outside(calendar: &Calendar) -> Unfit {
    Unfit::OutsideTable {
        first: calendar.first(),
        last: calendar.last(),
    }
}

/// The unit in which these facts are counted.
pub(super) fn unit(facts: &Facts) -> Unit {
    match facts.clock {
        Clock::Disclosure => Unit::Days,
        Clock::Petition | Clock::Grievance | Clock::Preliminary { .. } => facts.period.unit(),
    }
}

/// An uncounted stretch in minutes since the calendar's first midnight, end excluded.
struct Gap {
    from: i64,
    to: i64,
    ground: Ground,
}

/// The end of an open stretch.
const OPEN: i64 = i64::MAX;

struct Walk<'a> {
    calendar: &'a Calendar,
    hours: &'a WorkingHours,
    reading: &'a Reading,
    gaps: Vec<Gap>,
    clause: Clause,
}

/// Walks from reception to the due date.
pub(super) fn walk(
    calendar: &Calendar,
    hours: &WorkingHours,
    reading: &Reading,
    facts: &Facts,
    ink: &mut impl Ink,
) -> Result<End, Unfit> {
    check(facts)?;
    let start = spot(calendar, facts.received)?;
    let unit = unit(facts);
    let clause = match (facts.clock, facts.period, unit) {
        (Clock::Disclosure, _, _) => Clause::Disclosure29,
        (_, Period::Immediately, _) => Clause::Decree19,
        (_, _, Unit::Minutes) => Clause::Act19P1,
        (_, _, Unit::Days) => Clause::Act19P2,
        (_, _, Unit::Calendar) => Clause::Act19P3,
    };
    let gaps = gaps(calendar, reading, facts, start, unit)?;
    let walk = Walk {
        calendar,
        hours,
        reading,
        gaps,
        clause,
    };
    let mut parts = [(Part::Period, None); 4];
    parts[0].1 = Some(facts.period);
    let copies = days_for_copies(facts.copies);
    parts[1] = (Part::Copies, (copies > 0).then_some(Period::Days(copies)));
    for (place, (part, n)) in parts[2..]
        .iter_mut()
        .zip([Part::First, Part::Second].into_iter().zip(&facts.extensions))
    {
        *place = (part, (*n > 0).then(|| facts.period.times(*n)));
    }
    match unit {
        Unit::Minutes => walk.minutes(
            start,
            parts.map(|(part, period)| (part, period.map_or(0, in_minutes))),
            ink,
        ),
        Unit::Days => walk.days(
            start,
            parts.map(|(part, period)| (part, period.map_or(0, |p| u64::from(p.number())))),
            ink,
        ),
        Unit::Calendar => walk.calendar(start, parts, ink),
    }
}

/// Working minutes of a period in hour units: a day is eight hours.
fn in_minutes(period: Period) -> u64 {
    let n = u64::from(period.number());
    match period {
        Period::Immediately | Period::Hours(_) => n * 60,
        Period::Days(_) => n * 480,
        // Calendar units are never walked in minutes.
        Period::Weeks(_) | Period::Months(_) | Period::Years(_) => 0,
    }
}

/// Refuses facts the law does not admit.
fn check(facts: &Facts) -> Result<(), Unfit> {
    if facts.period.number() == 0 {
        return Err(Unfit::PeriodZero);
    }
    let most = match facts.clock {
        Clock::Disclosure if !matches!(facts.period, Period::Days(_)) => return Err(Unfit::UnitNotHere),
        Clock::Disclosure => 1,
        Clock::Preliminary { service } => {
            preliminary_period(service, Some(facts.period))?;
            2
        }
        Clock::Petition | Clock::Grievance => 2,
    };
    if let Some(n) = facts.extensions.iter().find(|n| **n > facts.period.number()) {
        return Err(Unfit::ExtensionTooLong {
            extension: facts.period.times(*n),
            period: facts.period.times(facts.period.number()),
        });
    }
    if facts.extensions.len() > most {
        return Err(Unfit::ExtensionSpent);
    }
    if !facts.stretches.is_empty() {
        let received = facts.received.date().ok_or(Unfit::NoMoment)?;
        for stretch in &facts.stretches {
            stretch.check(facts.clock, received, &facts.stretches)?;
        }
    }
    Ok(())
}

/// What each stretch takes out, in minutes.
fn gaps(
    calendar: &Calendar,
    reading: &Reading,
    facts: &Facts,
    start: Spot,
    unit: Unit,
) -> Result<Vec<Gap>, Unfit> {
    let day = i64::from(DAY);
    let exact = unit == Unit::Minutes && reading.supplement_hours == SupplementHours::ExactInstants;
    let minute = |time: jiff::civil::Time| i64::from(time.hour()) * 60 + i64::from(time.minute());
    let mut gaps = Vec::with_capacity(facts.stretches.len());
    for stretch in &facts.stretches {
        let first = calendar.offset(stretch.from);
        let last = stretch.to.map(|to| calendar.offset(to));
        let mut from = match stretch.from_time {
            Some(time) if exact => first * day + minute(time),
            _ if stretch.ground.takes_first_day(reading) => first * day,
            _ => (first + 1) * day,
        };
        let mut to = match (last, stretch.to_time) {
            (None, _) => OPEN,
            (Some(last), Some(time)) if exact => last * day + minute(time),
            (Some(last), _) => (last + 1) * day,
        };
        if let Some(cap) = stretch.cap() {
            // A stretch still open is held only up to its cap; from then on the clock runs whether it ends or not.
            to = to.min((first + i64::from(cap) + 1) * day);
        }
        // What lies before the reception takes nothing out of the period.
        from = from.max(i64::try_from(start.day).map_err(|_| outside(calendar))? * day);
        if from < to {
            gaps.push(Gap {
                from,
                to,
                ground: stretch.ground,
            });
        }
    }
    Ok(gaps)
}

impl Walk<'_> {
    /// The stretch that covers the whole day, an open one first.
    fn whole(&self, day: usize) -> Option<&Gap> {
        if self.gaps.is_empty() {
            return None;
        }
        let from = i64::try_from(day).ok()? * i64::from(DAY);
        let to = from + i64::from(DAY);
        self.gaps
            .iter()
            .filter(|gap| gap.from <= from && to <= gap.to)
            .max_by_key(|gap| gap.to)
    }

    fn kind(&self, day: usize) -> Result<DayKind, Unfit> {
        self.calendar.kind(day).ok_or(outside(self.calendar))
    }

    /// Hour units: working minutes, reckoned from the minute of reception.
    fn minutes(&self, start: Spot, mut parts: [(Part, u64); 4], ink: &mut impl Ink) -> Result<End, Unfit> {
        let mut now = 0;
        let rest = |parts: &[(Part, u64)]| parts.iter().map(|(_, n)| n).sum::<u64>();
        for day in start.day.. {
            let kind = self.kind(day)?;
            let begin = if day == start.day { start.minute } else { 0 };
            let here = Spot { day, minute: begin };
            let midnight = Spot { day, minute: DAY };
            if let Some(gap) = self.whole(day) {
                ink.write(here, midnight, Mark::Ground(gap.ground), gap.ground.clause());
                if gap.to == OPEN {
                    return Ok(End::Held(Left::minutes(rest(&parts[now..]))));
                }
                continue;
            }
            if kind != DayKind::Work {
                ink.write(here, midnight, Mark::OffDay(kind), off_clause(kind, self.clause));
                continue;
            }
            let spans = self.hours.spans();
            for (span, (opens, closes)) in spans.into_iter().enumerate() {
                let mut minute = begin.max(opens);
                if minute >= closes {
                    continue;
                }
                let lunch_from = spans[0].1.max(begin);
                if span == 1 && lunch_from < opens {
                    ink.write(
                        Spot {
                            day,
                            minute: lunch_from,
                        },
                        Spot { day, minute: opens },
                        Mark::Lunch,
                        Clause::Service2P2,
                    );
                }
                while minute < closes {
                    let (until, gap) = self.next(day, minute, closes);
                    let here = Spot { day, minute };
                    if let Some(gap) = gap {
                        ink.write(
                            here,
                            Spot { day, minute: until },
                            Mark::Ground(gap.ground),
                            gap.ground.clause(),
                        );
                        if gap.to == OPEN {
                            return Ok(End::Held(Left::minutes(rest(&parts[now..]))));
                        }
                        minute = until;
                        continue;
                    }
                    let (part, left) = &mut parts[now];
                    let taken = u16::try_from(*left).unwrap_or(u16::MAX).min(until - minute);
                    *left -= u64::from(taken);
                    let spent = *left == 0;
                    if taken > 0 {
                        let to = Spot {
                            day,
                            minute: minute + taken,
                        };
                        ink.write(
                            here,
                            to,
                            Mark::Minutes {
                                part: *part,
                                minutes: taken,
                            },
                            part.clause(self.clause),
                        );
                    }
                    minute += taken;
                    if spent {
                        match parts[now..].iter().position(|(_, left)| *left > 0) {
                            Some(ahead) => now += ahead,
                            None => return Ok(End::Lawful(Spot { day, minute })),
                        }
                    }
                }
            }
            if begin >= self.hours.closing() {
                ink.write(here, midnight, Mark::Closed, Clause::Service2P2);
            }
        }
        Err(outside(self.calendar))
    }

    /// From a minute on: either the stretch it lies in and that stretch's end, or how far no stretch begins; within `closes`.
    fn next(&self, day: usize, minute: u16, closes: u16) -> (u16, Option<&Gap>) {
        if self.gaps.is_empty() {
            return (closes, None);
        }
        let midnight = i64::try_from(day).unwrap_or(OPEN / i64::from(DAY)) * i64::from(DAY);
        let here = midnight + i64::from(minute);
        let clip =
            |moment: i64| u16::try_from(moment.saturating_sub(midnight)).map_or(closes, |m| m.min(closes));
        let inside = self
            .gaps
            .iter()
            .filter(|gap| gap.from <= here && here < gap.to)
            .max_by_key(|gap| gap.to);
        match inside {
            Some(gap) => (clip(gap.to), Some(gap)),
            None => {
                let ahead = self
                    .gaps
                    .iter()
                    .map(|gap| gap.from)
                    .filter(|from| *from > here)
                    .min();
                (ahead.map_or(closes, clip), None)
            }
        }
    }

    /// Day units: working days, the day of reception the first.
    fn days(&self, start: Spot, mut parts: [(Part, u64); 4], ink: &mut impl Ink) -> Result<End, Unfit> {
        let (mut now, mut nth) = (0, 0);
        for day in start.day.. {
            let kind = self.kind(day)?;
            if let Some(gap) = self.whole(day) {
                ink.day(day, Mark::Ground(gap.ground), gap.ground.clause());
                if gap.to == OPEN {
                    return Ok(End::Held(Left::Days(
                        parts[now..].iter().fold(0, |sum, (_, n)| sum + signed(*n)),
                    )));
                }
                continue;
            }
            if kind != DayKind::Work {
                ink.day(day, Mark::OffDay(kind), off_clause(kind, self.clause));
                continue;
            }
            let late = day == start.day && start.minute >= self.hours.closing();
            if late && self.reading.late_reception == LateReception::NextWorkingDay {
                ink.day(day, Mark::Closed, Clause::Service2P2);
                continue;
            }
            nth += 1;
            let (part, left) = &mut parts[now];
            *left = left.saturating_sub(1);
            let spent = *left == 0;
            ink.day(day, Mark::Day { part: *part, nth }, part.clause(self.clause));
            if spent {
                match parts[now..].iter().position(|(_, left)| *left > 0) {
                    Some(ahead) => now += ahead,
                    None => return Ok(End::Lawful(Spot { day, minute: DAY - 1 })),
                }
            }
        }
        Err(outside(self.calendar))
    }

    /// Calendar units: 민법 제160조 from the day of reception, the uncounted days pushed in, and at the very end 제161조.
    fn calendar(
        &self,
        start: Spot,
        parts: [(Part, Option<Period>); 4],
        ink: &mut impl Ink,
    ) -> Result<End, Unfit> {
        let (mut day, mut nth, mut last) = (start.day, 0, start.day);
        let parts = parts
            .into_iter()
            .filter_map(|(part, period)| period.map(|period| (part, period)));
        for (place, (part, period)) in parts.clone().enumerate() {
            if part != Part::Period && self.reading.calendar_extension == CalendarExtension::AfterExpiry {
                match self.shift(last, ink)? {
                    End::Held(left) => return Ok(End::Held(left)),
                    End::Lawful(spot) => day = spot.day + 1,
                }
            }
            let mut left = self.length(day, period)?;
            while left > 0 {
                self.kind(day)?;
                if let Some(gap) = self.whole(day) {
                    ink.day(day, Mark::Ground(gap.ground), gap.ground.clause());
                    if gap.to == OPEN {
                        let mut rest = signed(left);
                        for (_, period) in parts.clone().skip(place + 1) {
                            rest += signed(self.length(day, period)?);
                        }
                        return Ok(End::Held(Left::CalendarDays(rest)));
                    }
                } else {
                    nth += 1;
                    left -= 1;
                    last = day;
                    ink.day(day, Mark::Day { part, nth }, part.clause(self.clause));
                }
                day += 1;
            }
        }
        self.shift(last, ink)
    }

    /// 민법 제161조, again and again: to the first day that is no Saturday, Sunday or holiday and not uncounted.
    fn shift(&self, last: usize, ink: &mut impl Ink) -> Result<End, Unfit> {
        for day in last.. {
            let works = self.kind(day)? == DayKind::Work;
            let gap = self.whole(day);
            if day > last {
                match gap {
                    Some(gap) => ink.day(day, Mark::Ground(gap.ground), gap.ground.clause()),
                    None => ink.day(day, Mark::Shifted, Clause::Civil161),
                }
            }
            match gap {
                Some(gap) if gap.to == OPEN => return Ok(End::Held(Left::CalendarDays(0))),
                Some(_) => {}
                None if works => return Ok(End::Lawful(Spot { day, minute: DAY - 1 })),
                None => {}
            }
        }
        Err(outside(self.calendar))
    }

    /// How many calendar days a period that begins on `day` has (민법 제160조).
    fn length(&self, day: usize, period: Period) -> Result<u64, Unfit> {
        let months = match period {
            Period::Weeks(n) => return Ok(u64::from(n) * 7),
            Period::Days(n) => return Ok(u64::from(n)),
            Period::Immediately | Period::Hours(_) => return Ok(0),
            Period::Months(n) => i64::from(n),
            Period::Years(n) => i64::from(n) * 12,
        };
        let refusal = || outside(self.calendar);
        let first = self.calendar.date(day).ok_or_else(refusal)?;
        let months = i64::from(first.year()) * 12 + i64::from(first.month()) - 1 + months;
        let year = i16::try_from(months / 12).map_err(|_| refusal())?;
        let month = i8::try_from(months % 12 + 1).map_err(|_| refusal())?;
        let corresponding = jiff::civil::Date::new(year, month, first.day());
        let past = match corresponding {
            // 제2항: it ends on the day before the corresponding day.
            Ok(day) => self.calendar.offset(day),
            // 제3항: without a corresponding day it ends on the last day of that month.
            Err(_) => {
                let month = jiff::civil::Date::new(year, month, 1).map_err(|_| refusal())?;
                self.calendar.offset(month.last_of_month()) + 1
            }
        };
        u64::try_from(past - self.calendar.offset(first)).map_err(|_| refusal())
    }
}

/// Days as a signed count; what does not fit is beyond every table anyway.
fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX / 8)
}

/// Why a day off does not count: a holiday by the decree that makes it one, a weekend by the law that counts.
fn off_clause(kind: DayKind, counting: Clause) -> Clause {
    match (kind, counting) {
        (DayKind::Holiday, _) => Clause::Holidays,
        // 영 제19조 only says how long "immediately" is; that weekends do not count is 법 제19조제1항.
        (_, Clause::Decree19) => Clause::Act19P1,
        (DayKind::Work | DayKind::Weekend, counting) => counting,
    }
}

/// Working minutes after a moment, nothing taken out: for the clocks of one, three and eight working hours.
pub(super) fn working_minutes(
    calendar: &Calendar,
    hours: &WorkingHours,
    from: At,
    minutes: u64,
) -> Result<At, Unfit> {
    let reading = Reading::default();
    let start = spot(calendar, from)?;
    let walk = Walk {
        calendar,
        hours,
        reading: &reading,
        gaps: Vec::new(),
        clause: Clause::Act19P1,
    };
    let mut parts = [(Part::Period, 0); 4];
    parts[0].1 = minutes;
    Ok(walk.minutes(start, parts, &mut Blank)?.at(calendar))
}

/// The version of the rules for these facts.
pub(super) fn rules(facts: &Facts) -> Result<(&'static Rules, bool), Unfit> {
    let day = facts.received.date().ok_or(Unfit::NoMoment)?;
    let rules = Rules::for_reception(day);
    Ok((rules, rules.earlier(day)))
}
