//! 공휴일 — the table of holidays against the decrees' own rules, the moon and the election law

use domain::calendar::{Calendar, CalendarError, Holiday, HolidayKind, HoursError, WorkingHours};
use icu_calendar::{Date as Moon, cal::KoreanTraditional};
use jiff::civil::{Date, Weekday, date, time};
use std::collections::{BTreeMap, BTreeSet};

const TABLE: &str = include_str!("../../../data/holidays.csv");

fn calendar() -> Calendar {
    Calendar::parse(TABLE, 1).expect("the shipped table is sound")
}

fn days(from: Date, to: Date) -> impl Iterator<Item = Date> {
    from.series(jiff::Span::new().days(1))
        .take_while(move |day| *day <= to)
}

fn plus(day: Date, n: i32) -> Date {
    day.checked_add(jiff::Span::new().days(n)).expect("near our days")
}

/// The numbers (호) of 제2조 that matter to 제3조.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Item {
    National,
    NewYear,
    Seollal,
    Arbor,
    Buddha,
    Labour,
    Children,
    Memorial,
    Chuseok,
    Christmas,
}

/// 제2조제2호~제10호, each by the text in force on its own day.
fn listed() -> Vec<(Date, &'static str, Item, HolidayKind)> {
    let mut out = Vec::new();
    for year in 2004..=2030 {
        let on = |month, day| date(year, month, day);
        let mut fixed = |day: Date, name, item| out.push((day, name, item, HolidayKind::Fixed));
        fixed(on(1, 1), "1월 1일", Item::NewYear);
        fixed(on(3, 1), "3·1절", Item::National);
        // 대통령령 제18893호 (2005-06-30) deletes 식목일.
        if on(4, 5) < date(2005, 6, 30) {
            fixed(on(4, 5), "식목일", Item::Arbor);
        }
        // 대통령령 제36290호 adds 노동절 from 2026-05-01.
        if on(5, 1) >= date(2026, 5, 1) {
            fixed(on(5, 1), "노동절", Item::Labour);
        }
        fixed(on(5, 5), "어린이날", Item::Children);
        fixed(on(6, 6), "현충일", Item::Memorial);
        // 제헌절: until 2007-12-31 (제18893호 부칙②), again from 2026-05-11 (제36290호).
        if on(7, 17) <= date(2007, 12, 31) || on(7, 17) >= date(2026, 5, 11) {
            fixed(on(7, 17), "제헌절", Item::National);
        }
        fixed(on(8, 15), "광복절", Item::National);
        fixed(on(10, 3), "개천절", Item::National);
        // 대통령령 제24273호 (2012-12-28) brings 한글날 back.
        if on(10, 9) >= date(2012, 12, 28) {
            fixed(on(10, 9), "한글날", Item::National);
        }
        fixed(on(12, 25), "기독탄신일", Item::Christmas);
    }
    for day in days(date(2004, 1, 1), date(2030, 12, 31)) {
        let moon = Moon::try_new_gregorian(
            i32::from(day.year()),
            day.month().unsigned_abs(),
            day.day().unsigned_abs(),
        )
        .expect("a day")
        .to_calendar(KoreanTraditional::new());
        let month = moon.month();
        if month.to_input().is_leap() {
            continue;
        }
        let mut lunar = |day: Date, name, item| out.push((day, name, item, HolidayKind::Lunar));
        match (month.number(), moon.day_of_month().0) {
            (1, 1) => {
                lunar(plus(day, -1), "설날 전날", Item::Seollal);
                lunar(day, "설날", Item::Seollal);
                lunar(plus(day, 1), "설날 다음 날", Item::Seollal);
            }
            // 대통령령 제28394호 (2017-10-17) renames it.
            (4, 8) if day < date(2017, 10, 17) => lunar(day, "석가탄신일", Item::Buddha),
            (4, 8) => lunar(day, "부처님오신날", Item::Buddha),
            (8, 15) => {
                lunar(plus(day, -1), "추석 전날", Item::Chuseok);
                lunar(day, "추석", Item::Chuseok);
                lunar(plus(day, 1), "추석 다음 날", Item::Chuseok);
            }
            _ => {}
        }
    }
    out
}

/// 공직선거법 제34조: the first Wednesday on or after so many days before the term ends; a week later where that day, the day
/// before or the day after is a holiday. 제2조제10호의2 came with 대통령령 제19674호 (2006-09-06).
fn elections(listed: &BTreeSet<Date>) -> Vec<(Date, &'static str)> {
    let mut terms = vec![
        (date(2008, 2, 24), 70, "대통령선거일"),
        (date(2013, 2, 24), 70, "대통령선거일"),
        (date(2022, 5, 9), 70, "대통령선거일"),
        (date(2030, 6, 3), 70, "대통령선거일"),
    ];
    for year in (2004..=2028).step_by(4) {
        terms.push((date(year, 5, 29), 50, "국회의원선거일"));
    }
    for year in (2006..=2030).step_by(4) {
        terms.push((date(year, 6, 30), 30, "지방선거일"));
    }
    terms
        .into_iter()
        .map(|(end, before, name)| {
            let mut day = plus(end, -before);
            while day.weekday() != Weekday::Wednesday {
                day = plus(day, 1);
            }
            while (-1..=1).any(|near| listed.contains(&plus(day, near))) {
                day = plus(day, 7);
            }
            (day, name)
        })
        .collect()
}

/// What the Cabinet designated, and elections before their own number was in the decree or outside the ordinary terms.
const TEMPORARY: [(i16, i8, i8); 11] = [
    (2004, 4, 15),
    (2006, 5, 31),
    (2015, 8, 14),
    (2016, 5, 6),
    (2017, 5, 9),
    (2017, 10, 2),
    (2020, 8, 17),
    (2023, 10, 2),
    (2024, 10, 1),
    (2025, 1, 27),
    (2025, 6, 3),
];

/// 제3조 by the version in force on the day of the holiday: whether this holiday asks for a substitute.
fn asks(day: Date, item: Item, others: bool) -> bool {
    let (saturday, sunday) = (
        day.weekday() == Weekday::Saturday,
        day.weekday() == Weekday::Sunday,
    );
    let since = |y, m, d| day >= date(y, m, d);
    if !since(2013, 11, 5) {
        return false;
    }
    if !since(2021, 8, 4) {
        return match item {
            Item::Seollal | Item::Chuseok => sunday || others,
            Item::Children => saturday || sunday || others,
            _ => false,
        };
    }
    let weekday = !saturday && !sunday;
    match item {
        Item::National | Item::Children => saturday || sunday || others,
        Item::Seollal | Item::Chuseok => sunday || (weekday && others),
        Item::Buddha | Item::Christmas => since(2023, 5, 4) && (saturday || sunday || others),
        Item::Labour => saturday || sunday || others,
        Item::NewYear | Item::Memorial | Item::Arbor => false,
    }
}

#[test]
fn 고정_공휴일과_음력_공휴일은_규정에서_나온다() {
    let derived: BTreeSet<(Date, String, &str)> = listed()
        .into_iter()
        .map(|(day, name, _, kind)| (day, name.to_string(), kind.code()))
        .collect();
    let table: BTreeSet<(Date, String, &str)> = calendar()
        .holidays()
        .iter()
        .filter(|h| matches!(h.kind, HolidayKind::Fixed | HolidayKind::Lunar))
        .map(|h| (h.date, h.name.clone(), h.kind.code()))
        .collect();
    assert_eq!(derived, table);
}

#[test]
fn 선거일은_공직선거법에서_나오고_임시공휴일은_알려진_날이다() {
    let list: BTreeSet<Date> = listed().into_iter().map(|row| row.0).collect();
    let derived: BTreeSet<(Date, String)> = elections(&list)
        .into_iter()
        .filter(|(day, _)| *day >= date(2006, 9, 6))
        .map(|(day, name)| (day, name.to_string()))
        .collect();
    let of = |kind| {
        let rows = calendar().holidays().to_vec();
        rows.into_iter()
            .filter(move |h| h.kind == kind)
            .map(|h| (h.date, h.name))
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(derived, of(HolidayKind::Election));
    let temporary: BTreeSet<Date> = TEMPORARY.into_iter().map(|(y, m, d)| date(y, m, d)).collect();
    assert_eq!(
        temporary,
        of(HolidayKind::Temporary).into_iter().map(|row| row.0).collect()
    );
}

#[test]
fn 대체공휴일은_제3조에서_나온다() {
    let list = listed();
    let dates: BTreeSet<Date> = list.iter().map(|row| row.0).collect();
    // 비공휴일 is a day that is none of 제2조: no Sunday, nothing listed, no election, nothing temporary.
    let mut taken = dates.clone();
    taken.extend(elections(&dates).into_iter().map(|row| row.0));
    taken.extend(TEMPORARY.into_iter().map(|(y, m, d)| date(y, m, d)));
    let mut on: BTreeMap<Date, Vec<(&str, Item)>> = BTreeMap::new();
    for (day, name, item, _) in list {
        on.entry(day).or_default().push((name, item));
    }
    let mut derived = BTreeMap::new();
    for (day, items) in on {
        let asking: Vec<&str> = items
            .iter()
            .filter(|(_, item)| asks(day, *item, items.len() > 1))
            .map(|(name, _)| name.split(' ').next().expect("a word"))
            .collect();
        if asking.is_empty() {
            continue;
        }
        let mut substitute = plus(day, 1);
        while taken.contains(&substitute)
            || matches!(substitute.weekday(), Weekday::Saturday | Weekday::Sunday)
        {
            substitute = plus(substitute, 1);
        }
        taken.insert(substitute);
        derived.insert(substitute, asking);
    }
    let calendar = calendar();
    let table: BTreeMap<Date, &str> = calendar
        .holidays()
        .iter()
        .filter(|h| h.kind == HolidayKind::Substitute)
        .map(|h| (h.date, h.name.as_str()))
        .collect();
    assert_eq!(
        derived.keys().collect::<Vec<_>>(),
        table.keys().collect::<Vec<_>>()
    );
    for (day, asking) in derived {
        let name = table[&day].strip_suffix(" 대체공휴일").expect("the usual name");
        for base in &asking {
            assert!(name.contains(base), "{day}: {name} names {base}");
        }
        assert_eq!(
            name.len(),
            asking.iter().map(|base| base.len()).sum::<usize>() + (asking.len() - 1) * 2
        );
    }
}

#[test]
fn 줄마다_근거_법령이_있다() {
    for holiday in calendar().holidays() {
        assert!(holiday.decree.contains("대통령령 제"), "{holiday:?}");
        assert!(holiday.decree.contains('조'), "{holiday:?}");
    }
    let decree = |y, m, d| {
        calendar()
            .on(date(y, m, d))
            .next()
            .expect("a holiday")
            .decree
            .clone()
    };
    assert!(decree(2005, 4, 5).contains("15939"));
    assert!(decree(2018, 5, 7).contains("28394"));
    assert!(decree(2026, 7, 17).contains("36290"));
}

#[test]
fn 근무일을_안다() {
    let calendar = calendar();
    let table = [
        ("평일", date(2018, 7, 17), Some(true)),
        ("토요일", date(2018, 7, 21), Some(false)),
        ("일요일", date(2018, 7, 22), Some(false)),
        ("근로자의 날은 2026년 전에는 근무일", date(2018, 5, 1), Some(true)),
        ("노동절", date(2026, 5, 1), Some(false)),
        ("제헌절 2026", date(2026, 7, 17), Some(false)),
        ("제헌절 2007", date(2007, 7, 17), Some(false)),
        ("제헌절 2008", date(2008, 7, 17), Some(true)),
        ("식목일 2005", date(2005, 4, 5), Some(false)),
        ("식목일 2006", date(2006, 4, 5), Some(true)),
        ("표의 첫날", date(2004, 1, 1), Some(false)),
        ("표의 마지막 날", date(2030, 12, 31), Some(true)),
        ("표보다 이른 날", date(2003, 12, 31), None),
        ("표보다 늦은 날", date(2031, 1, 1), None),
        ("달력의 끝", Date::MAX, None),
        ("달력의 처음", Date::MIN, None),
    ];
    for (name, day, works) in table {
        assert_eq!(calendar.works(day), works, "{name}");
    }
}

#[test]
fn 근무일을_세는_두_길이_같다() {
    let calendar = calendar();
    let working: Vec<Date> = days(calendar.first(), calendar.last())
        .filter(|d| calendar.works(*d) == Some(true))
        .collect();
    for day in days(date(2018, 1, 1), date(2018, 12, 31)) {
        let after: Vec<Date> = working.iter().copied().filter(|d| *d > day).take(3).collect();
        let before = working.iter().copied().rfind(|d| *d < day);
        assert_eq!(calendar.working_day(day, 1), Some(after[0]), "{day}");
        assert_eq!(calendar.working_day(day, 3), Some(after[2]), "{day}");
        assert_eq!(calendar.working_day(day, -1), before, "{day}");
        let here = if calendar.works(day) == Some(true) {
            day
        } else {
            after[0]
        };
        assert_eq!(calendar.working_day(day, 0), Some(here), "{day}");
        let upto = working
            .iter()
            .filter(|d| **d >= date(2018, 1, 1) && **d < day)
            .count();
        assert_eq!(
            calendar.working_days(date(2018, 1, 1), day),
            i64::try_from(upto).ok(),
            "{day}"
        );
    }
    for n in [i64::MAX, i64::MIN, 100_000] {
        assert_eq!(calendar.working_day(date(2018, 1, 1), n), None);
    }
}

#[test]
fn 임시공휴일을_더하면_새_판이_된다() {
    let before = calendar();
    let day = date(2018, 7, 20);
    let holiday = Holiday {
        date: day,
        name: "임시공휴일".into(),
        kind: HolidayKind::Temporary,
        decree: "국무회의 의결".into(),
    };
    let after = before.with(holiday.clone(), 2).expect("inside the table");
    assert_eq!((before.version(), after.version()), (1, 2));
    assert_eq!((before.works(day), after.works(day)), (Some(true), Some(false)));
    assert_eq!(after.with(holiday.clone(), 3), Err(CalendarError::Twice(day)));
    let outside = Holiday {
        date: date(2031, 1, 1),
        ..holiday
    };
    assert_eq!(
        before.with(outside, 2),
        Err(CalendarError::Outside(date(2031, 1, 1)))
    );
}

#[test]
fn 잘못된_표는_줄을_짚어_거부한다() {
    let head = "date,name,kind,decree\n";
    let table = [
        (
            "머리글이 없음",
            "2018-01-01,1월 1일,fixed,규정".to_string(),
            CalendarError::Header,
        ),
        ("빈 글", String::new(), CalendarError::Header),
        ("줄이 없음", head.to_string(), CalendarError::Empty),
        (
            "열이 모자람",
            format!("{head}2018-01-01,1월 1일,fixed"),
            CalendarError::Columns(2),
        ),
        (
            "없는 날",
            format!("{head}2018-02-30,없는 날,fixed,규정"),
            CalendarError::Date(2),
        ),
        (
            "다른 날짜 꼴",
            format!("{head}20180101,1월 1일,fixed,규정"),
            CalendarError::Date(2),
        ),
        (
            "모르는 종류",
            format!("{head}2018-01-01,1월 1일,holiday,규정"),
            CalendarError::Kind(2),
        ),
        (
            "이름이 없음",
            format!("{head}2018-01-01,,fixed,규정"),
            CalendarError::Name(2),
        ),
        (
            "빠진 해",
            format!("{head}2018-01-01,1월 1일,fixed,규정\n\n2020-01-01,1월 1일,fixed,규정"),
            CalendarError::Gap(2019),
        ),
    ];
    for (name, text, error) in table {
        assert_eq!(Calendar::parse(&text, 1), Err(error.clone()), "{name}");
        assert!(error.korean().ends_with('.'), "{name}");
    }
    let windows = format!("\u{feff}{}", TABLE.replace('\n', "\r\n"));
    assert_eq!(Calendar::parse(&windows, 1), Calendar::parse(TABLE, 1));
}

#[test]
fn 하루_근무시간은_여덟_시간이어야_한다() {
    let at = |h, m| time(h, m, 0, 0);
    assert_eq!(
        WorkingHours::new(at(9, 0), at(12, 0), at(13, 0), at(18, 0)),
        Ok(WorkingHours::default())
    );
    assert!(WorkingHours::new(at(8, 30), at(11, 30), at(12, 30), at(17, 30)).is_ok());
    assert!(WorkingHours::new(at(9, 0), at(12, 0), at(12, 0), at(17, 0)).is_ok());
    let nine = WorkingHours::new(at(9, 0), at(12, 0), at(12, 0), at(18, 0));
    assert_eq!(nine, Err(HoursError::NotEight(540)));
    let turned = WorkingHours::new(at(9, 0), at(13, 0), at(12, 0), at(18, 0));
    assert_eq!(turned, Err(HoursError::Order));
    let seconds = WorkingHours::new(time(9, 0, 1, 0), at(12, 0), at(13, 0), at(18, 0));
    assert_eq!(seconds, Err(HoursError::Seconds));
    let text = serde_json::to_string(&WorkingHours::default()).expect("plain values");
    assert_eq!(
        serde_json::from_str::<WorkingHours>(&text).expect("what was written"),
        WorkingHours::default()
    );
    assert!(serde_json::from_str::<WorkingHours>(&text.replace("18:00", "19:00")).is_err());
}
