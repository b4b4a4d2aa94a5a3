//! 처리기한의 규칙 — extensions, grounds, readings, traces and what is refused, one table or story each (법 제19조, 영 제20조·제21조)

use domain::calendar::{Calendar, WorkingHours};
use domain::due::{
    Bearing, CalendarExtension, Clause, Clock, DayMark, Facts, Ground, LateReception, Left, OtherEnds, Part,
    Period, Reading, Stretch, SupplementHours, Unfit, What, days_for_copies, due, due_at, preliminary_period,
    shown,
};
use domain::time::At;
use jiff::civil::{Date, DateTime, date, time};
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../../data/holidays.csv");
static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| Calendar::parse(TABLE, 1).expect("the shipped table"));

fn at(text: &str) -> At {
    At::seoul(text.parse().expect("a date-time"))
}

fn minute(moment: DateTime) -> String {
    moment.strftime("%Y-%m-%dT%H:%M").to_string()
}

fn facts(received: &str, period: &str) -> Facts {
    Facts::new(at(received), period.parse().expect("a period"))
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
