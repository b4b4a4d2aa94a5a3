//! 처리기한 — tables counted by hand, and a second reckoner that walks minute by minute and day by day (법 제19조)

use domain::calendar::{Calendar, Holiday, HolidayKind, WorkingHours};
use domain::due::{
    Bearing, CalendarExtension, Cause, Clause, Clock, DayMark, Facts, Ground, LateReception, Left, OtherEnds,
    Part, Period, Reading, Reminders, Rules, Stretch, SupplementHours, Term, TransferTo, Unfit, Unit, What,
    civil_days, days_for_copies, due, due_at, left, moved, objection_decision, objection_until,
    period_of_kind, preliminary_period, progress_notice, reminders, shown, unclaimed_from, working_deadline,
};
use domain::time::At;
use jiff::civil::{Date, DateTime, Weekday, date, time};
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

#[test]
fn 처리기간은_영어로_쓴다() {
    let table = [
        ("immediately", Some(Period::Immediately)),
        ("1 hour", Some(Period::Hours(1))),
        ("8 hours", Some(Period::Hours(8))),
        ("1 day", Some(Period::Days(1))),
        (" 7  days ", Some(Period::Days(7))),
        ("2 weeks", Some(Period::Weeks(2))),
        ("1 month", Some(Period::Months(1))),
        ("3 years", Some(Period::Years(3))),
        ("0 days", None),
        ("-1 days", None),
        ("+1 days", None),
        ("7", None),
        ("days", None),
        ("7days", None),
        ("7 fortnights", None),
        ("7 days more", None),
        ("99999999999 days", None),
        ("", None),
    ];
    for (text, period) in table {
        assert_eq!(text.parse().ok(), period, "{text:?}");
    }
}

#[test]
fn 연장은_처리기간의_범위에서_두_번까지다() {
    let with = |period: &str, extensions: &[u32]| {
        let mut facts = facts("2018-07-17T10:00", period);
        facts.extensions = extensions.to_vec();
        told(&facts)
    };
    assert!(with("7 days", &[7, 7]).is_ok());
    let long = |n, period| Err(Unfit::ExtensionTooLong { extension: n, period });
    assert_eq!(with("7 days", &[8]), long(Period::Days(8), Period::Days(7)));
    assert_eq!(with("7 days", &[7, 8]), long(Period::Days(8), Period::Days(7)));
    assert_eq!(
        with("immediately", &[4]),
        long(Period::Hours(4), Period::Hours(3))
    );
    assert_eq!(with("7 days", &[1, 1, 1]), Err(Unfit::ExtensionSpent));
}

#[test]
fn 표_밖은_짐작하지_않고_거부한다() {
    let outside = Err(Unfit::OutsideTable {
        first: date(2004, 1, 1),
        last: date(2030, 12, 31),
    });
    for (received, period) in [
        ("2003-12-31T10:00", "1 hour"),
        ("2031-01-01T10:00", "1 hour"),
        ("2030-12-30T10:00", "7 days"),
        ("2030-12-31T17:00", "2 hours"),
        ("2030-12-10T10:00", "1 month"),
        ("2018-07-17T10:00", "4294967295 days"),
        ("2018-07-17T10:00", "4294967295 hours"),
        ("2018-07-17T10:00", "4294967295 weeks"),
        ("2018-07-17T10:00", "4294967295 months"),
        ("2018-07-17T10:00", "4294967295 years"),
    ] {
        assert_eq!(told(&facts(received, period)), outside, "{received} {period}");
    }
    assert_eq!(told(&facts("2030-12-31T17:00", "1 hour")), ok("2030-12-31T18:00"));
    assert_eq!(told(&facts("2030-12-23T10:00", "6 days")), ok("2030-12-31T23:59"));
    assert_eq!(
        told(&Facts::new(At(i64::MAX), Period::Days(7))),
        Err(Unfit::NoMoment)
    );
    assert_eq!(told(&facts("2018-07-17T10:00", "1 day")), ok("2018-07-18T10:00"));
    assert_eq!(
        told(&Facts::new(at("2018-07-17T10:00"), Period::Days(0))),
        Err(Unfit::PeriodZero)
    );
}

#[test]
fn 늦은_첫_순간은_마지막_적법한_분의_다음_분이다() {
    let of = |received, period| {
        due_at(
            &CALENDAR,
            &WorkingHours::default(),
            &Reading::default(),
            &facts(received, period),
        )
    };
    assert_eq!(of("2018-07-17T10:00", "7 days"), Ok(at("2018-07-26T00:00")));
    assert_eq!(of("2018-07-17T10:00", "8 hours"), Ok(at("2018-07-18T10:01")));
    assert_eq!(of("2018-07-17T10:00:59", "8 hours"), Ok(at("2018-07-18T10:01")));
}

#[test]
fn 끝나지_않은_보완은_기한을_정하지_못하고_남은_것을_말한다() {
    let hours = WorkingHours::default();
    let held = |period: &str, from: Date| {
        let mut facts = facts("2018-07-17T10:00", period);
        facts.stretches = vec![Stretch::open(Ground::Supplement, from)];
        let due = due(&CALENDAR, &hours, &Reading::default(), &facts).expect("lawful");
        assert_eq!(due.held.is_some(), due.at == At::NEVER && due.shown.is_none());
        due.held
    };
    assert_eq!(held("7 days", date(2018, 7, 19)), Some(Left::Days(5)));
    assert_eq!(held("3 days", date(2018, 7, 18)), Some(Left::Minutes(17 * 60)));
    assert_eq!(held("1 month", date(2018, 7, 19)), Some(Left::CalendarDays(29)));
    assert_eq!(
        held("7 days", date(2018, 7, 26)),
        None,
        "만료 뒤에 시작한 것은 붙잡지 못한다"
    );
    assert_eq!(
        held("7 days", date(2018, 7, 21)),
        Some(Left::Days(3)),
        "토요일에 시작해도 붙잡는다"
    );
}

#[test]
fn 불산입_사유는_저마다_근거와_시행일이_있다() {
    for ground in Ground::ALL {
        let grievance = matches!(
            ground,
            Ground::FieldInvestigation | Ground::FieldInvestigationMore
        );
        let clock = if grievance {
            Clock::Grievance
        } else {
            Clock::Petition
        };
        let mut facts = Facts {
            clock,
            ..facts("2026-06-08T10:00", "7 days")
        };
        facts.stretches = vec![Stretch::new(*ground, date(2026, 6, 10), date(2026, 6, 11))];
        if *ground == Ground::FieldInvestigationMore {
            facts.stretches.push(Stretch::new(
                Ground::FieldInvestigation,
                date(2026, 6, 9),
                date(2026, 6, 9),
            ));
            assert_eq!(told(&facts), ok("2026-06-19T23:59"));
        } else {
            assert_eq!(told(&facts), ok("2026-06-18T23:59"), "{ground}");
        }
        let due = due(&CALENDAR, &WorkingHours::default(), &Reading::default(), &facts).expect("lawful");
        let step = due
            .trace
            .steps
            .iter()
            .find(|step| step.what == What::Uncounted(*ground))
            .expect("a step");
        assert_eq!(step.clause, ground.clause());
        assert!(!step.counted());
    }
}

#[test]
fn 사유는_시행일_전에는_없다() {
    let with = |received: &str, ground, from, to| {
        let mut facts = facts(received, "7 days");
        facts.stretches = vec![Stretch::new(ground, from, to)];
        told(&facts)
    };
    // 장애는 접수일이 아니라 장애가 난 날로 정한다 (대통령령 제36296호 부칙 제3조).
    let (may5, may6) = (date(2026, 5, 5), date(2026, 5, 6));
    let outage = Err(Unfit::GroundNotYet {
        ground: Ground::Outage,
        since: may6,
    });
    assert_eq!(
        with("2026-05-04T10:00", Ground::Outage, may6, may6),
        ok("2026-05-14T23:59")
    );
    assert_eq!(with("2026-05-07T10:00", Ground::Outage, may5, may6), outage);
    // 전자적 확인은 접수일로 정한다.
    let (day, shared) = (date(2022, 7, 13), Ground::SharedInformation);
    assert_eq!(
        with("2022-07-11T10:00", shared, day, day),
        Err(Unfit::GroundNotYet {
            ground: shared,
            since: date(2022, 7, 12)
        })
    );
    assert_eq!(with("2022-07-12T10:00", shared, day, day), ok("2022-07-21T23:59"));
    assert_eq!(
        with(
            "2018-07-17T10:00",
            Ground::Supplement,
            date(2018, 7, 20),
            date(2018, 7, 19)
        ),
        Err(Unfit::StretchReversed {
            ground: Ground::Supplement
        })
    );
    assert_eq!(
        Ground::identity_check(Bearing::Reference),
        Err(Unfit::NotACondition)
    );
    assert_eq!(
        Ground::identity_check(Bearing::Condition),
        Ok(Ground::IdentityCheck)
    );
}

#[test]
fn 고충민원의_현장조사는_14일과_7일까지만_뺀다() {
    let with = |clock, stretches: Vec<Stretch>| {
        told(&Facts {
            clock,
            stretches,
            ..facts("2018-07-17T10:00", "7 days")
        })
    };
    let first = |from, to| Stretch::new(Ground::FieldInvestigation, from, to);
    let more = |from, to| Stretch::new(Ground::FieldInvestigationMore, from, to);
    let (d18, d1) = (date(2018, 7, 18), date(2018, 8, 1));
    // 7.18 시작, 초일 불산입 14일 = 8.1까지.  17, 8.2, 3, 6, 7, 8, 9.
    assert_eq!(
        with(Clock::Grievance, vec![first(d18, d1)]),
        ok("2018-08-09T23:59")
    );
    assert_eq!(
        with(Clock::Grievance, vec![first(d18, date(2018, 8, 20))]),
        ok("2018-08-09T23:59"),
        "넘는 날은 산입한다"
    );
    assert_eq!(
        with(
            Clock::Grievance,
            vec![Stretch::open(Ground::FieldInvestigation, d18)]
        ),
        ok("2018-08-09T23:59")
    );
    // 연장 8.2~8.8.  17, 9, 10, 13, 14, 16, 17.
    let longer = more(date(2018, 8, 2), date(2018, 8, 8));
    assert_eq!(
        with(Clock::Grievance, vec![first(d18, d1), longer]),
        ok("2018-08-17T23:59")
    );
    let longest = more(date(2018, 8, 2), date(2018, 8, 31));
    assert_eq!(
        with(Clock::Grievance, vec![first(d18, d1), longest]),
        ok("2018-08-17T23:59")
    );
    assert_eq!(
        with(Clock::Grievance, vec![longer]),
        Err(Unfit::InvestigationApart)
    );
    assert_eq!(
        with(Clock::Grievance, vec![first(d18, d18), first(d1, d1)]),
        Err(Unfit::InvestigationTwice)
    );
    let ground = Ground::FieldInvestigation;
    assert_eq!(
        with(Clock::Petition, vec![first(d18, d1)]),
        Err(Unfit::GroundNotHere { ground })
    );
}

#[test]
fn 정보공개는_닷새_이하도_일로_센다() {
    let of = |received: &str, period: &str, extensions: &[u32], stretches: Vec<Stretch>| {
        let extensions = extensions.to_vec();
        told(&Facts {
            clock: Clock::Disclosure,
            extensions,
            stretches,
            ..facts(received, period)
        })
    };
    assert_eq!(
        of("2018-07-17T10:00", "10 days", &[], vec![]),
        ok("2018-07-30T23:59")
    );
    assert_eq!(
        of("2018-07-17T10:00", "10 days", &[10], vec![]),
        ok("2018-08-13T23:59")
    );
    assert_eq!(
        of("2018-07-17T10:00", "3 days", &[], vec![]),
        ok("2018-07-19T23:59")
    );
    assert_eq!(
        of("2018-07-17T10:00", "10 days", &[10, 1], vec![]),
        Err(Unfit::ExtensionSpent)
    );
    assert_eq!(
        of("2018-07-17T10:00", "2 weeks", &[], vec![]),
        Err(Unfit::UnitNotHere)
    );
    let supplement = Stretch::new(Ground::Supplement, date(2018, 7, 18), date(2018, 7, 19));
    let refused = Err(Unfit::GroundNotHere {
        ground: Ground::Supplement,
    });
    assert_eq!(of("2018-07-17T10:00", "10 days", &[], vec![supplement]), refused);
}

#[test]
fn 사전심사는_30일을_넘지_않는다() {
    assert_eq!(preliminary_period(Period::Days(20), None), Ok(Period::Days(20)));
    assert_eq!(preliminary_period(Period::Days(60), None), Ok(Period::Days(30)));
    assert_eq!(preliminary_period(Period::Months(2), None), Ok(Period::Days(30)));
    assert_eq!(
        preliminary_period(Period::Weeks(2), Some(Period::Days(7))),
        Ok(Period::Days(7))
    );
    let refused = Err(Unfit::PreliminaryTooLong {
        most: Period::Days(20),
    });
    assert_eq!(
        preliminary_period(Period::Days(20), Some(Period::Days(21))),
        refused
    );
    let clock = Clock::Preliminary {
        service: Period::Days(60),
    };
    assert_eq!(
        told(&Facts {
            clock,
            ..facts("2018-07-17T10:00", "30 days")
        }),
        ok("2018-08-28T23:59")
    );
    assert!(
        told(&Facts {
            clock,
            ..facts("2018-07-17T10:00", "31 days")
        })
        .is_err()
    );
}

#[test]
fn 증명서는_스무_통마다_하루를_더한다() {
    for (copies, days) in [
        (0, 0),
        (1, 0),
        (20, 0),
        (21, 1),
        (40, 1),
        (41, 2),
        (u32::MAX, 214_748_364),
    ] {
        assert_eq!(days_for_copies(copies), days, "{copies}통");
    }
    let many = Facts {
        copies: 41,
        ..facts("2018-07-17T10:00", "immediately")
    };
    assert_eq!(told(&many), ok("2018-07-19T14:00"));
    let many = Facts {
        copies: 41,
        extensions: vec![1],
        ..facts("2018-07-17T10:00", "7 days")
    };
    assert_eq!(told(&many), ok("2018-07-30T23:59"));
}

#[test]
fn 종류별_처리기간() {
    let table = [
        (Term::InquiryOnLaw, "14 days", Clock::Petition, Clause::Decree14),
        (Term::Inquiry, "7 days", Clock::Petition, Clause::Decree14),
        (Term::Suggestion, "14 days", Clock::Petition, Clause::Decree15),
        (Term::Other, "immediately", Clock::Petition, Clause::Decree16P1),
        (Term::Grievance, "7 days", Clock::Grievance, Clause::Decree17P1),
        (
            Term::Disclosure,
            "10 days",
            Clock::Disclosure,
            Clause::Disclosure11,
        ),
        (
            Term::DisclosureObjection,
            "7 days",
            Clock::Disclosure,
            Clause::Disclosure18,
        ),
    ];
    assert_eq!(table.len(), Term::ALL.len());
    for (term, period, clock, clause) in table {
        assert_eq!(
            period_of_kind(term),
            (period.parse().expect("a period"), clock, clause),
            "{term}"
        );
    }
}

#[test]
fn 해석을_바꾸면_기한이_달라진다() {
    let whole = Reading::default();
    // 시간 단위의 보완을 시각으로: 7.18 14:00 ~ 7.19 11:00.  17일 7h, 18일 4h, 19일 6h(11–12, 13–18), 20일 7h.
    let mut three = facts("2018-07-17T10:00", "3 days");
    three.stretches = vec![Stretch {
        from_time: Some(time(14, 0, 0, 0)),
        to_time: Some(time(11, 0, 0, 0)),
        ..Stretch::new(Ground::Supplement, date(2018, 7, 18), date(2018, 7, 19))
    }];
    let exact = Reading {
        supplement_hours: SupplementHours::ExactInstants,
        ..whole
    };
    assert_eq!(told(&three), ok("2018-07-24T10:00"));
    assert_eq!(told_by(&exact, &three), ok("2018-07-20T17:00"));
    // 의견청취의 첫날을 산입하는 해석.
    let mut seven = facts("2018-07-17T10:00", "7 days");
    seven.stretches = vec![Stretch::new(
        Ground::Hearing,
        date(2018, 7, 19),
        date(2018, 7, 20),
    )];
    let first = Reading {
        other_ends: OtherEnds::FirstDayCounts,
        ..whole
    };
    assert_eq!(told(&seven), ok("2018-07-27T23:59"));
    assert_eq!(told_by(&first, &seven), ok("2018-07-26T23:59"));
    seven.stretches[0].ground = Ground::Supplement;
    assert_eq!(
        told_by(&first, &seven),
        ok("2018-07-27T23:59"),
        "보완은 법령이 첫날을 뺀다"
    );
    // 2020-01-31부터 한 달은 2.29(토), 제161조로 3.2. 한 달 연장은 3.1부터거나 3.3부터다.
    let month = Facts {
        extensions: vec![1],
        ..facts("2020-01-31T10:00", "1 month")
    };
    let expiry = Reading {
        calendar_extension: CalendarExtension::AfterExpiry,
        ..whole
    };
    assert_eq!(told(&month), ok("2020-03-31T23:59"));
    assert_eq!(told_by(&expiry, &month), ok("2020-04-02T23:59"));
    // 퇴근 뒤의 접수.
    let late = Reading {
        late_reception: LateReception::NextWorkingDay,
        ..whole
    };
    assert_eq!(
        told_by(&late, &facts("2018-07-17T18:00", "7 days")),
        ok("2018-07-26T23:59")
    );
    assert_eq!(
        told_by(&late, &facts("2018-07-17T17:59", "7 days")),
        ok("2018-07-25T23:59")
    );
}

#[test]
fn 근무시간은_기관이_정할_수_있다() {
    let at_time = |h, m| time(h, m, 0, 0);
    let early = WorkingHours::new(at_time(8, 30), at_time(11, 30), at_time(12, 30), at_time(17, 30))
        .expect("8 hours");
    let of = |hours, received, period| {
        let at = due_at(&CALENDAR, hours, &Reading::default(), &facts(received, period)).expect("lawful");
        shown(at).map(minute).expect("a moment")
    };
    assert_eq!(of(&early, "2018-07-17T10:00", "immediately"), "2018-07-17T14:00");
    assert_eq!(of(&early, "2018-07-17T17:30", "immediately"), "2018-07-18T11:30");
    assert_eq!(of(&early, "2018-07-17T10:00", "2 days"), "2018-07-19T10:00");
}

#[test]
fn 계산_근거는_날마다_까닭을_말한다() {
    let mut facts = facts("2018-05-03T10:00", "7 days");
    facts.stretches = vec![Stretch::new(
        Ground::Supplement,
        date(2018, 5, 8),
        date(2018, 5, 9),
    )];
    facts.extensions = vec![1];
    let due = due(&CALENDAR, &WorkingHours::default(), &Reading::default(), &facts).expect("lawful");
    let day = |n, nth, part| (date(2018, 5, n), DayMark::Day { part, nth });
    let counted = |n, nth| day(n, nth, Part::Period);
    let marks: Vec<(Date, DayMark)> = due
        .trace
        .days()
        .into_iter()
        .map(|day| (day.date, day.mark))
        .collect();
    let expected = vec![
        counted(3, 1),
        counted(4, 2),
        (date(2018, 5, 5), DayMark::Holiday("어린이날".into())),
        (date(2018, 5, 6), DayMark::Weekend),
        (date(2018, 5, 7), DayMark::Holiday("어린이날 대체공휴일".into())),
        (date(2018, 5, 8), DayMark::Uncounted(Ground::Supplement)),
        (date(2018, 5, 9), DayMark::Uncounted(Ground::Supplement)),
        counted(10, 3),
        counted(11, 4),
        (date(2018, 5, 12), DayMark::Weekend),
        (date(2018, 5, 13), DayMark::Weekend),
        counted(14, 5),
        counted(15, 6),
        counted(16, 7),
        day(17, 8, Part::First),
    ];
    assert_eq!(marks, expected);
    let clauses: Vec<Clause> = due.trace.steps.iter().map(|step| step.clause).collect();
    use Clause::{Act19P2, Decree21P1, Holidays, Procedure11I1};
    let counted = [
        Act19P2,
        Holidays,
        Act19P2,
        Holidays,
        Procedure11I1,
        Act19P2,
        Act19P2,
        Act19P2,
        Decree21P1,
    ];
    assert_eq!(clauses, counted);
    assert_eq!(due.trace.calendar_version, 1);
    assert!(!due.trace.earlier);
    for step in &due.trace.steps {
        assert!(!step.korean().is_empty() && !step.english().is_empty() && step.key().starts_with("trace_"));
    }
}

#[test]
fn 말일이_휴일이면_넘어간_까닭을_남긴다() {
    let due = due(
        &CALENDAR,
        &WorkingHours::default(),
        &Reading::default(),
        &facts("2020-01-31T10:00", "1 month"),
    )
    .expect("lawful");
    let last = due.trace.steps.last().expect("a step");
    assert_eq!((&last.what, last.clause), (&What::Shifted, Clause::Civil161));
    assert_eq!(
        due.trace
            .days()
            .iter()
            .filter(|day| day.mark == DayMark::Shifted)
            .count(),
        2
    );
}

#[test]
fn 접수일이_적용_법령을_정한다() {
    let table = [
        (date(2004, 3, 1), date(2017, 7, 26), true),
        (date(2018, 7, 17), date(2017, 7, 26), false),
        (date(2022, 7, 12), date(2022, 7, 12), false),
        (date(2023, 1, 1), date(2023, 1, 1), false),
        (date(2026, 5, 5), date(2023, 1, 1), false),
        (date(2026, 5, 6), date(2026, 5, 6), false),
    ];
    for (day, from, earlier) in table {
        let rules = Rules::for_reception(day);
        assert_eq!(
            (rules.effective_from, rules.earlier(day)),
            (from, earlier),
            "{day}"
        );
    }
    let due = due(
        &CALENDAR,
        &WorkingHours::default(),
        &Reading::default(),
        &facts("2004-04-02T10:00", "7 days"),
    );
    assert!(due.expect("lawful").trace.earlier);
    assert_eq!(Rules::for_reception(date(2022, 12, 31)).reception_hours, None);
    assert_eq!(Rules::for_reception(date(2023, 1, 1)).reception_hours, Some(8));
}

#[test]
fn 연장_사유는_2026년부터_넷뿐이다() {
    let (before, after) = (
        Rules::for_reception(date(2026, 5, 5)),
        Rules::for_reception(date(2026, 5, 6)),
    );
    for cause in Cause::ALL {
        let listed = matches!(
            cause,
            Cause::Cooperation | Cause::FactFinding | Cause::ForceMajeure | Cause::Comparable
        );
        assert_eq!(before.extension_cause(*cause), Ok(()), "{cause}");
        assert_eq!(after.extension_cause(*cause).is_ok(), listed, "{cause}");
    }
    let unfit = after.extension_cause(Cause::Workload).expect_err("forbidden");
    assert_eq!(unfit.clause(), Some(Clause::Decree21P2));
}

#[test]
fn 근무시간으로_재는_기한() {
    let hours = WorkingHours::default();
    let of = |from, n| {
        working_deadline(&CALENDAR, &hours, at(from), n).map(|at| shown(at).map(minute).expect("a moment"))
    };
    assert_eq!(
        of("2018-07-17T14:00", TransferTo::Department.hours()),
        Ok("2018-07-17T15:00".into())
    );
    assert_eq!(
        of("2018-07-17T17:00", TransferTo::DistantDepartment.hours()),
        Ok("2018-07-18T11:00".into())
    );
    assert_eq!(
        of("2018-07-17T11:00", TransferTo::WithinAgency.hours()),
        Ok("2018-07-17T15:00".into())
    );
    assert_eq!(
        of("2018-07-20T16:00", TransferTo::Agency.hours()),
        Ok("2018-07-23T16:00".into())
    );
    assert_eq!(of("2018-07-21T23:00", 8), Ok("2018-07-23T18:00".into()));
    assert_eq!(of("2018-07-21T23:00", 0), Err(Unfit::PeriodZero));
}

#[test]
fn 민법으로_세는_기한() {
    let of = |from, n| civil_days(&CALENDAR, from, n);
    assert_eq!(of(date(2018, 7, 17), 10), Ok(date(2018, 7, 27)));
    assert_eq!(
        of(date(2018, 7, 18), 10),
        Ok(date(2018, 7, 30)),
        "토요일에 끝나면 월요일"
    );
    assert_eq!(
        of(date(2018, 9, 14), 10),
        Ok(date(2018, 9, 27)),
        "추석에 끝나면 연휴 다음 날"
    );
    assert_eq!(
        objection_until(&CALENDAR, date(2018, 7, 17)),
        Ok(date(2018, 9, 17))
    );
    let civil = Reading::default();
    let working = Reading {
        objection: domain::due::ObjectionDays::Working,
        ..civil
    };
    let decide = |reading: &Reading, n| objection_decision(&CALENDAR, reading, date(2018, 7, 17), n);
    assert_eq!(decide(&civil, None), Ok(date(2018, 7, 27)));
    assert_eq!(decide(&civil, Some(10)), Ok(date(2018, 8, 6)));
    assert_eq!(decide(&working, None), Ok(date(2018, 7, 30)));
    assert_eq!(decide(&working, Some(10)), Ok(date(2018, 8, 13)));
    assert!(decide(&civil, Some(11)).is_err());
    assert!(of(date(2030, 12, 25), 10).is_err());
    assert_eq!(progress_notice(date(2018, 7, 17), 1), Some(date(2018, 8, 17)));
    assert_eq!(progress_notice(date(2018, 7, 17), 2), Some(date(2018, 9, 16)));
    assert_eq!(progress_notice(date(2018, 7, 17), 0), None);
    assert_eq!(unclaimed_from(date(2018, 7, 25)), Some(date(2018, 8, 10)));
}

#[test]
fn 알림은_하루_전_당일_하루_뒤_이틀_뒤에_나간다() {
    let hours = WorkingHours::default();
    let of = |received: &str, period: &str| {
        let facts = facts(received, period);
        let due = due_at(&CALENDAR, &hours, &Reading::default(), &facts).expect("lawful");
        reminders(&CALENDAR, &hours, &Reading::default(), &facts, due)
            .expect("inside the table")
            .expect("not held")
    };
    let four = |days: [&str; 4]| {
        let nine = |day: &str| at(&format!("{day}T09:00"));
        Reminders {
            before: Some(nine(days[0])),
            on: nine(days[1]),
            after_one: nine(days[2]),
            after_two: nine(days[3]),
        }
    };
    // 수요일 7.25, 금요일 7.27, 추석 다음 9.27.
    assert_eq!(
        of("2018-07-17T10:00", "7 days"),
        four(["2018-07-24", "2018-07-25", "2018-07-26", "2018-07-27"])
    );
    assert_eq!(
        of("2018-07-19T10:00", "7 days"),
        four(["2018-07-26", "2018-07-27", "2018-07-30", "2018-07-31"])
    );
    assert_eq!(
        of("2018-09-14T10:00", "7 days"),
        four(["2018-09-21", "2018-09-27", "2018-09-28", "2018-10-01"])
    );
    // 시간 단위: 3일은 8근무시간 전, 8시간 이하는 없음.
    let three = of("2018-07-20T15:00", "3 days");
    assert_eq!(three.before, Some(at("2018-07-24T15:00")));
    assert_eq!(
        (three.on, three.after_one, three.after_two),
        (
            at("2018-07-25T09:00"),
            at("2018-07-26T09:00"),
            at("2018-07-27T09:00")
        )
    );
    let day = of("2018-07-17T10:00", "1 day");
    assert_eq!(day.before, None);
    let now = of("2018-07-17T14:00", "1 hour");
    assert_eq!(
        (now.before, now.on),
        (None, at("2018-07-17T14:00")),
        "접수가 아홉 시보다 늦으면 접수 때"
    );
    let held = reminders(
        &CALENDAR,
        &hours,
        &Reading::default(),
        &facts("2018-07-17T10:00", "7 days"),
        At::NEVER,
    );
    assert_eq!(held, Ok(None));
}

#[test]
fn 업무_목록은_남은_시간을_안다() {
    let hours = WorkingHours::default();
    let days = |now| left(&CALENDAR, &hours, Unit::Days, at("2018-07-26T00:00"), at(now));
    assert_eq!(days("2018-07-17T10:00"), Ok(Some(Left::Days(6))));
    assert_eq!(days("2018-07-25T23:00"), Ok(Some(Left::Days(0))));
    assert_eq!(days("2018-07-21T10:00"), Ok(Some(Left::Days(3))));
    assert_eq!(days("2018-07-27T10:00"), Ok(Some(Left::Days(-2))));
    let minutes = |now| left(&CALENDAR, &hours, Unit::Minutes, at("2018-07-18T10:01"), at(now));
    assert_eq!(minutes("2018-07-17T10:00"), Ok(Some(Left::Minutes(480))));
    assert_eq!(minutes("2018-07-17T12:30"), Ok(Some(Left::Minutes(360))));
    assert_eq!(minutes("2018-07-18T11:00"), Ok(Some(Left::Minutes(-60))));
    assert_eq!(
        left(&CALENDAR, &hours, Unit::Days, At::NEVER, at("2018-07-17T10:00")),
        Ok(None)
    );
}

#[test]
fn 뒤에_정한_임시공휴일은_기한을_뒤로만_옮긴다() {
    let (hours, reading) = (WorkingHours::default(), Reading::default());
    let seven = facts("2018-07-17T10:00", "7 days");
    let in_force = due_at(&CALENDAR, &hours, &reading, &seven).expect("lawful");
    let declared = |day| {
        let holiday = Holiday {
            date: day,
            name: "임시공휴일".into(),
            kind: HolidayKind::Temporary,
            decree: "국무회의".into(),
        };
        CALENDAR.with(holiday, 2).expect("inside the table")
    };
    let of = |calendar: &Calendar, in_force| moved(calendar, &hours, &reading, &seven, in_force);
    assert_eq!(
        of(&declared(date(2018, 7, 20)), in_force),
        Ok(Some(at("2018-07-27T00:00")))
    );
    assert_eq!(
        of(&declared(date(2018, 7, 27)), in_force),
        Ok(None),
        "기한 뒤의 휴일은 상관없다"
    );
    assert_eq!(
        of(&CALENDAR, at("2018-07-27T00:00")),
        Ok(None),
        "앞당기지는 않는다"
    );
}

#[test]
fn 거부는_한국어와_영어로_까닭을_말한다() {
    let all = [
        Unfit::OutsideTable {
            first: date(2004, 1, 1),
            last: date(2030, 12, 31),
        },
        Unfit::NoMoment,
        Unfit::PeriodZero,
        Unfit::ExtensionTooLong {
            extension: Period::Days(8),
            period: Period::Days(7),
        },
        Unfit::ExtensionSpent,
        Unfit::CauseForbidden {
            cause: Cause::Workload,
        },
        Unfit::StretchReversed {
            ground: Ground::Supplement,
        },
        Unfit::GroundNotYet {
            ground: Ground::Outage,
            since: date(2026, 5, 6),
        },
        Unfit::GroundNotHere {
            ground: Ground::FieldInvestigation,
        },
        Unfit::NotACondition,
        Unfit::InvestigationTwice,
        Unfit::InvestigationApart,
        Unfit::UnitNotHere,
        Unfit::PreliminaryTooLong {
            most: Period::Days(30),
        },
    ];
    let keys: BTreeSet<&str> = all.iter().map(|unfit| unfit.key()).collect();
    assert_eq!(keys.len(), all.len());
    for unfit in all {
        assert!(unfit.korean().ends_with("니다."), "{unfit}");
        assert!(unfit.to_string().is_ascii(), "{unfit}");
    }
    for clause in Clause::ALL {
        assert!(clause.korean().contains('제'), "{clause}");
        assert!(
            clause.english().starts_with(|c: char| c.is_ascii_uppercase()),
            "{clause}"
        );
    }
}

#[test]
fn 사실은_그대로_쓰고_읽힌다() {
    let mut facts = facts("2018-07-17T10:00", "7 days");
    facts.stretches = vec![
        Stretch::new(Ground::Supplement, date(2018, 7, 19), date(2018, 7, 23)),
        Stretch::open(Ground::IdentityCheck, date(2018, 7, 24)),
    ];
    facts.extensions = vec![7];
    let text = serde_json::to_string(&facts).expect("plain");
    assert!(
        text.contains(r#""period":"7 days""#) && text.contains(r#""ground":"identity_check""#),
        "{text}"
    );
    assert_eq!(
        serde_json::from_str::<Facts>(&text).expect("what was written"),
        facts
    );
    let reading: Reading =
        serde_json::from_str(r#"{"supplement_hours":"exact_instants"}"#).expect("the rest by default");
    assert_eq!(reading.supplement_hours, SupplementHours::ExactInstants);
    assert!(serde_json::from_str::<Reading>(r#"{"suplement":"x"}"#).is_err());
}
