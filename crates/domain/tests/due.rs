//! 처리기한 — tables counted by hand, and a second reckoner that walks minute by minute and day by day (법 제19조)

use domain::calendar::{Calendar, WorkingHours};
use domain::due::{
    CalendarExtension, DayMark, Facts, Ground, LateReception, OtherEnds, Period, Reading, Stretch,
    SupplementHours, Unfit, Unit, What, civil_days, due, due_at, left, progress_notice, reminders, shown,
    unclaimed_from, working_deadline,
};
use domain::time::At;
use jiff::civil::{Date, DateTime, Weekday, date};
use proptest::prelude::*;
use std::{collections::BTreeSet, sync::LazyLock};

const TABLE: &str = include_str!("../../../data/holidays.csv");
static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| Calendar::parse(TABLE, 1).expect("the shipped table"));

fn at(text: &str) -> At {
    At::seoul(text.parse().expect("a date-time"))
}

fn facts(received: &str, period: &str) -> Facts {
    Facts::new(at(received), period.parse().expect("a period"))
}

fn minute(moment: DateTime) -> String {
    moment.strftime("%Y-%m-%dT%H:%M").to_string()
}

/// The due date as it is shown; both doors must agree.
fn told(facts: &Facts) -> Result<Option<String>, Unfit> {
    told_by(&Reading::default(), facts)
}

fn told_by(reading: &Reading, facts: &Facts) -> Result<Option<String>, Unfit> {
    let full = due(&CALENDAR, &WorkingHours::default(), reading, facts);
    let bare = due_at(&CALENDAR, &WorkingHours::default(), reading, facts);
    assert_eq!(full.as_ref().map(|due| due.at).map_err(|unfit| *unfit), bare);
    full.map(|due| {
        assert_eq!(due.shown, shown(due.at));
        due.shown.map(minute)
    })
}

fn ok(text: &str) -> Result<Option<String>, Unfit> {
    Ok(Some(text.into()))
}

/// The rows of `data/deadline_cases.csv`.
fn cases() -> Vec<(String, Facts, String)> {
    let rows: Vec<_> = include_str!("data/deadline_cases.csv")
        .lines()
        .skip(1)
        .map(|line| {
            let columns: Vec<&str> = line.split(',').collect();
            let &[id, name, received, period, supplements, extensions, due] = columns.as_slice() else {
                panic!("seven columns: {line}");
            };
            let mut facts = facts(received, period);
            for supplement in supplements.split_whitespace() {
                let (from, to) = supplement.split_once('/').expect("FROM/TO");
                let day = |text: &str| text.parse().expect("a date");
                facts
                    .stretches
                    .push(Stretch::new(Ground::Supplement, day(from), day(to)));
            }
            facts.extensions = extensions
                .split_whitespace()
                .map(|n| n.parse().expect("a number"))
                .collect();
            (format!("{id} {name}"), facts, due.to_string())
        })
        .collect();
    assert!(rows.len() > 70);
    rows
}

#[test]
fn 표의_처리기한이_모두_맞는다() {
    for (name, facts, due) in cases() {
        assert_eq!(told(&facts), ok(&due), "{name}");
    }
}

#[test]
fn 표의_처리기한은_따로_센_것과도_같다() {
    for (name, facts, due) in cases() {
        assert_eq!(naive::due(&facts).map(minute), Some(due), "{name}");
    }
}

/// A second reckoner that shares nothing with the first but the table's text: it tries every minute and every day.
mod naive {
    use super::*;

    struct Days {
        holidays: BTreeSet<Date>,
    }

    impl Days {
        fn known(&self, day: Date) -> Option<()> {
            (2004..=2030).contains(&day.year()).then_some(())
        }
        fn off(&self, day: Date) -> bool {
            matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) || self.holidays.contains(&day)
        }
    }

    static DAYS: LazyLock<Days> = LazyLock::new(|| Days {
        holidays: TABLE
            .lines()
            .skip(1)
            .map(|line| line[..10].parse().expect("a date"))
            .collect(),
    });

    fn next(day: Date) -> Option<Date> {
        day.tomorrow().ok()
    }

    /// The last lawful minute; `None` outside the table.
    pub fn due(facts: &Facts) -> Option<DateTime> {
        let received = facts.received.civil().expect("near our days");
        let stretches: Vec<(Date, Date)> = facts
            .stretches
            .iter()
            .map(|s| (s.from, s.to.expect("closed")))
            .collect();
        let out = |day: Date| stretches.iter().any(|(from, to)| *from <= day && day <= *to);
        let more: u32 = facts.extensions.iter().sum();
        DAYS.known(received.date())?;
        match facts.period {
            Period::Immediately => hours(received, (3 + more) * 60, out),
            Period::Hours(n) => hours(received, (n + more) * 60, out),
            Period::Days(n) if n <= 5 => hours(received, (n + more) * 480, out),
            Period::Days(n) => {
                let (mut day, mut left) = (received.date(), n + more);
                loop {
                    DAYS.known(day)?;
                    if !DAYS.off(day) && !out(day) {
                        left -= 1;
                        if left == 0 {
                            return Some(day.at(23, 59, 0, 0));
                        }
                    }
                    day = next(day)?;
                }
            }
            Period::Weeks(_) | Period::Months(_) | Period::Years(_) => {
                let mut begin = received.date();
                let mut last = begin;
                let mut spans = vec![facts.period.number()];
                spans.extend(&facts.extensions);
                for n in spans {
                    let mut left = 0;
                    let end = nominal(begin, facts.period.times(n))?;
                    let mut day = begin;
                    while day <= end {
                        left += 1;
                        day = next(day)?;
                    }
                    day = begin;
                    while left > 0 {
                        DAYS.known(day)?;
                        if !out(day) {
                            left -= 1;
                            last = day;
                        }
                        day = next(day)?;
                    }
                    begin = day;
                }
                while DAYS.off(last) || out(last) {
                    last = next(last)?;
                    DAYS.known(last)?;
                }
                Some(last.at(23, 59, 0, 0))
            }
        }
    }

    /// 민법 제160조 by looking at every day: the eve of the corresponding day, or the last day of the month that lacks it.
    fn nominal(begin: Date, period: Period) -> Option<Date> {
        let months = match period {
            Period::Weeks(n) => {
                let mut end = begin.yesterday().ok()?;
                for _ in 0..n * 7 {
                    end = next(end)?;
                }
                return Some(end);
            }
            Period::Months(n) => n,
            Period::Years(n) => n * 12,
            Period::Immediately | Period::Hours(_) | Period::Days(_) => unreachable!("calendar units only"),
        };
        let (mut day, mut seen) = (begin, 0);
        loop {
            let tomorrow = next(day)?;
            if tomorrow.month() != day.month() {
                if seen == months {
                    // The month is over and its corresponding day never came.
                    return Some(day);
                }
                seen += 1;
            }
            if seen == months && tomorrow.day() == begin.day() {
                return Some(day);
            }
            day = tomorrow;
        }
    }

    fn hours(received: DateTime, mut left: u32, out: impl Fn(Date) -> bool) -> Option<DateTime> {
        let mut day = received.date();
        let mut minute = i32::from(received.hour()) * 60 + i32::from(received.minute());
        loop {
            DAYS.known(day)?;
            let works = !DAYS.off(day) && !out(day);
            while minute < 24 * 60 {
                let hour = minute / 60;
                if works && ((9..12).contains(&hour) || (13..18).contains(&hour)) {
                    left -= 1;
                    if left == 0 {
                        let end = minute + 1;
                        let (hour, minute) = (i8::try_from(end / 60), i8::try_from(end % 60));
                        return Some(day.at(hour.expect("small"), minute.expect("small"), 0, 0));
                    }
                }
                minute += 1;
            }
            minute = 0;
            day = next(day)?;
        }
    }
}

fn some_date() -> impl Strategy<Value = Date> {
    (2004i16..=2030, 1i8..=12, 1i8..=31).prop_filter_map("a day", |(y, m, d)| Date::new(y, m, d).ok())
}

fn some_period() -> impl Strategy<Value = Period> {
    prop_oneof![
        Just(Period::Immediately),
        (1u32..60).prop_map(Period::Hours),
        (1u32..40).prop_map(Period::Days),
        (1u32..6).prop_map(Period::Weeks),
        (1u32..30).prop_map(Period::Months),
        (1u32..3).prop_map(Period::Years),
    ]
}

fn some_facts() -> impl Strategy<Value = Facts> {
    let gaps = proptest::collection::vec((-5i32..60, 0i32..12), 0..4);
    let more = proptest::collection::vec(0.1f64..=1.0, 0..=2);
    (some_date(), 0i8..24, 0i8..60, some_period(), gaps, more).prop_map(
        |(day, hour, minute, period, gaps, more)| {
            let mut facts = Facts::new(At::seoul(day.at(hour, minute, 0, 0)), period);
            let plus = |day: Date, n: i32| day.saturating_add(jiff::Span::new().days(n));
            for (from, length) in gaps {
                let from = plus(day, from);
                facts
                    .stretches
                    .push(Stretch::new(Ground::Supplement, from, plus(from, length)));
            }
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a share of a small number"
            )]
            let share = |part: f64| (f64::from(period.number()) * part).ceil() as u32;
            facts.extensions = more.into_iter().map(share).collect();
            facts
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn 어떤_접수도_따로_센_것과_같다(facts in some_facts()) {
        let told = told(&facts);
        match naive::due(&facts) {
            Some(moment) => prop_assert_eq!(told, Ok(Some(minute(moment)))),
            None => prop_assert!(matches!(told, Err(Unfit::OutsideTable { .. })), "{:?}", told),
        }
    }

    #[test]
    fn 계산_근거는_빈틈이_없고_합이_맞는다(facts in some_facts()) {
        let Ok(due) = due(&CALENDAR, &WorkingHours::default(), &Reading::default(), &facts) else { return Ok(()) };
        let steps = &due.trace.steps;
        let shown = due.shown.expect("nothing is open");
        for pair in steps.windows(2) {
            prop_assert_eq!(pair[0].to, pair[1].from);
        }
        let whole = u64::from(facts.period.number()) + facts.extensions.iter().map(|n| u64::from(*n)).sum::<u64>();
        let begin = facts.received.civil().expect("near our days");
        let end = steps.last().expect("at least one").to;
        match due.trace.unit {
            Unit::Minutes => {
                prop_assert_eq!(steps[0].from, begin);
                prop_assert_eq!(end, shown);
                let each = if matches!(facts.period, Period::Days(_)) { 480 } else { 60 };
                let counted: u64 = steps.iter().map(|s| match s.what { What::Minutes { minutes, .. } => minutes, _ => 0 }).sum();
                prop_assert_eq!(counted, whole * each);
                // A counted step is as long as what it counts: lunch and night are steps of their own.
                let of_day = |moment: DateTime| u64::from(moment.hour().unsigned_abs()) * 60 + u64::from(moment.minute().unsigned_abs());
                for step in steps {
                    if let What::Minutes { minutes, .. } = step.what {
                        prop_assert_eq!(step.from.date(), step.to.date());
                        prop_assert_eq!(of_day(step.to) - of_day(step.from), minutes);
                    }
                }
            }
            Unit::Days => {
                prop_assert_eq!(steps[0].from.date(), begin.date());
                prop_assert_eq!(end.date().yesterday().expect("near our days"), shown.date());
                let days = due.trace.days();
                let counted = days.iter().filter(|day| matches!(day.mark, DayMark::Day { .. })).count();
                prop_assert_eq!(u64::try_from(counted).expect("small"), whole);
            }
            Unit::Calendar => prop_assert_eq!(end.date().yesterday().expect("near our days"), shown.date()),
        }
        let days = due.trace.days();
        prop_assert!(days.windows(2).all(|pair| pair[0].date.tomorrow().ok() == Some(pair[1].date)));
        prop_assert_eq!(days.iter().filter(|day| day.is_due).count(), 1);
        prop_assert_eq!(days.last().map(|day| day.date), Some(shown.date()));
    }

    #[test]
    fn 어떤_입력에도_멈추지_않는다(
        received in any::<i64>(), near in 0i64..900_000_000_000, n in any::<u32>(), m in any::<u32>(), unit in 0usize..6,
        from in -9999i16..=9999, to in -9999i16..=9999, open in any::<bool>(), copies in any::<u32>(),
    ) {
        let period = [Period::Immediately, Period::Hours(n), Period::Days(n), Period::Weeks(n), Period::Months(n), Period::Years(n)][unit];
        for received in [received, 1_072_882_800_000 + near] {
            let mut facts = Facts::new(At(received), period);
            facts.copies = copies;
            facts.extensions = vec![m];
            let to = if open { None } else { Some(date(to, 1, 1)) };
            facts.stretches = vec![Stretch { ground: Ground::Supplement, from: date(from, 12, 31), to, from_time: None, to_time: None }];
            for reading in [Reading::default(), odd()] {
                let _ = due(&CALENDAR, &WorkingHours::default(), &reading, &facts);
                let _ = reminders(&CALENDAR, &WorkingHours::default(), &reading, &facts, At(received));
            }
            let _ = left(&CALENDAR, &WorkingHours::default(), Unit::Minutes, At(received), At(near));
            let _ = working_deadline(&CALENDAR, &WorkingHours::default(), At(received), n);
        }
        let _ = civil_days(&CALENDAR, date(from, 12, 31), n);
        let _ = progress_notice(date(from, 12, 31), n);
        let _ = unclaimed_from(Date::MAX);
    }

    #[test]
    fn 처리기간은_쓰고_읽어도_같다(period in some_period()) {
        prop_assert_eq!(period.to_string().parse(), Ok(period));
        let text = serde_json::to_string(&period).expect("plain");
        prop_assert_eq!(serde_json::from_str::<Period>(&text).expect("what was written"), period);
    }
}

/// Every reading turned the other way.
fn odd() -> Reading {
    Reading {
        supplement_hours: SupplementHours::ExactInstants,
        other_ends: OtherEnds::FirstDayCounts,
        calendar_extension: CalendarExtension::AfterExpiry,
        late_reception: LateReception::NextWorkingDay,
        ..Reading::default()
    }
}
