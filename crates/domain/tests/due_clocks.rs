//! 그 밖의 기한 — versions of the law, transfers, objections, reminders, what is left, and moved due dates (영 제13조~제25조)

use domain::calendar::{Calendar, Holiday, HolidayKind, WorkingHours};
use domain::due::{
    Cause, Clause, Clock, Facts, Ground, Left, Period, Reading, Reminders, Rules, Stretch, SupplementHours,
    Term, TransferTo, Unfit, Unit, civil_days, due, due_at, left, moved, objection_decision, objection_until,
    period_of_kind, progress_notice, reminders, shown, unclaimed_from, working_deadline,
};
use domain::time::At;
use jiff::civil::{DateTime, date};
use std::{collections::BTreeSet, sync::LazyLock};

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
