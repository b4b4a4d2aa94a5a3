//! 왜 이 날짜인가? — the trace of a due date as a small calendar and as a list with clauses.

use crate::view::citizen::petition::{Counts, Day, Month, months};
use domain::{
    due::{DayMark, Trace},
    time::At,
};
use jiff::civil::DateTime;
use serde::Serialize;

/// One step of the trace; steps follow one another without holes.
#[derive(Debug, Clone, Serialize)]
pub struct Stretch {
    /// Its beginning.
    pub from: At,
    /// Its end, excluded.
    pub to: At,
    /// Whether the clock ran.
    pub counted: bool,
    /// What it is, in the reader's language.
    pub what: String,
    /// By which clause, in the reader's language.
    pub clause: String,
}

/// 왜 이 날짜인가?
#[derive(Debug, Clone, Serialize)]
pub struct Why {
    /// The calendar, month by month.
    pub months: Vec<Month>,
    /// The same in words.
    pub stretches: Vec<Stretch>,
    /// The text of the law applied.
    pub rules: String,
    /// The reception is older than that text.
    pub earlier: bool,
    /// The version of the calendar applied.
    pub calendar: u32,
}

impl Why {
    /// The trace in the language `lang`.
    pub fn of(trace: &Trace, lang: &str) -> Why {
        let korean = lang == "ko";
        let day = |day: domain::due::DayView| {
            let (counts, nth, note) = match day.mark {
                DayMark::Day { nth, .. } => (Counts::Counted, u32::try_from(nth).ok(), String::new()),
                DayMark::Minutes { minutes, .. } => (Counts::Counted, None, hours(minutes, korean)),
                DayMark::Weekend => (Counts::Rest, None, String::new()),
                DayMark::Holiday(name) => (Counts::Holiday, None, name),
                DayMark::Uncounted(ground) if korean => (Counts::Uncounted, None, ground.korean().into()),
                DayMark::Uncounted(ground) => (Counts::Uncounted, None, ground.english().into()),
                DayMark::Closed => (Counts::Outside, None, String::new()),
                DayMark::Shifted => (Counts::Rest, None, String::new()),
            };
            let counts = if day.is_due { Counts::Due } else { counts };
            Day {
                date: day.date,
                counts,
                nth,
                note,
            }
        };
        let days: Vec<Day> = trace.days().into_iter().map(day).collect();
        let stretches = trace.steps.iter().map(|step| Stretch {
            from: At::seoul(step.from),
            to: At::seoul(step.to),
            counted: step.counted(),
            what: if korean { step.korean() } else { step.english() },
            clause: if korean {
                step.clause.korean()
            } else {
                step.clause.english()
            },
        });
        Why {
            months: months(&days),
            stretches: stretches.collect(),
            rules: trace.rules.text.to_owned(),
            earlier: trace.earlier,
            calendar: trace.calendar_version,
        }
    }

    /// Six working days with a supplement and 추석 between, as a sample.
    pub(crate) fn sample() -> Why {
        let day = |month, d: i8, counts, nth, note: &str| Day {
            date: jiff::civil::date(2026, month, d),
            counts,
            nth,
            note: note.into(),
        };
        let days = [
            day(9, 14, Counts::Counted, Some(1), ""),
            day(9, 15, Counts::Uncounted, None, "보완"),
            day(9, 16, Counts::Uncounted, None, "보완"),
            day(9, 17, Counts::Counted, Some(2), ""),
            day(9, 18, Counts::Counted, Some(3), ""),
            day(9, 19, Counts::Rest, None, ""),
            day(9, 20, Counts::Rest, None, ""),
            day(9, 21, Counts::Counted, Some(4), ""),
            day(9, 22, Counts::Counted, Some(5), ""),
            day(9, 23, Counts::Counted, Some(6), ""),
            day(9, 24, Counts::Holiday, None, "추석 전날"),
            day(9, 25, Counts::Holiday, None, "추석"),
            day(9, 26, Counts::Holiday, None, "추석 다음 날"),
            day(9, 27, Counts::Rest, None, ""),
            day(9, 28, Counts::Due, Some(7), ""),
        ];
        let stretch = |from: i8, to: i8, counted, what: &str, clause: &str| {
            let midnight = |d| At::seoul(DateTime::constant(2026, 9, d, 0, 0, 0, 0));
            Stretch {
                from: midnight(from),
                to: midnight(to),
                counted,
                what: what.into(),
                clause: clause.into(),
            }
        };
        Why {
            months: months(&days),
            stretches: vec![
                stretch(14, 15, true, "산입 1일째", "민원 처리에 관한 법률 제19조제2항"),
                stretch(15, 17, false, "불산입 (보완)", "행정절차법 시행령 제11조제1호"),
                stretch(17, 19, true, "산입 2~3일째", "민원 처리에 관한 법률 제19조제2항"),
                stretch(
                    19,
                    21,
                    false,
                    "불산입 (토요일·일요일)",
                    "민원 처리에 관한 법률 제19조제2항",
                ),
                stretch(21, 24, true, "산입 4~6일째", "민원 처리에 관한 법률 제19조제2항"),
                stretch(
                    24,
                    27,
                    false,
                    "불산입 (공휴일: 추석)",
                    "관공서의 공휴일에 관한 규정 제2조",
                ),
                stretch(28, 29, true, "산입 7일째", "민원 처리에 관한 법률 제19조제2항"),
            ],
            rules: "법률 제20748호, 대통령령 제36296호".into(),
            earlier: false,
            calendar: 1,
        }
    }
}

/// Working minutes of one day, short enough for a cell.
fn hours(minutes: u64, korean: bool) -> String {
    match (minutes / 60, minutes % 60, korean) {
        (0, m, true) => format!("{m}분"),
        (h, 0, true) => format!("{h}시간"),
        (h, m, true) => format!("{h}시간 {m}분"),
        (0, m, false) => format!("{m} min"),
        (h, 0, false) => format!("{h} h"),
        (h, m, false) => format!("{h} h {m} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        calendar::{Calendar, WorkingHours},
        due::{Facts, Ground, Period, Reading, Stretch as Uncounted, due},
    };
    use jiff::civil::date;

    #[test]
    fn the_small_calendar_shows_what_the_trace_says() {
        let calendar =
            Calendar::parse(include_str!("../../../../../data/holidays.csv"), 1).expect("holidays");
        let mut facts = Facts::new(At::seoul(date(2026, 9, 14).at(10, 0, 0, 0)), Period::Days(7));
        facts.stretches = vec![Uncounted::new(
            Ground::Supplement,
            date(2026, 9, 15),
            date(2026, 9, 16),
        )];
        let due = due(&calendar, &WorkingHours::default(), &Reading::default(), &facts).expect("a date");
        let why = Why::of(&due.trace, "ko");
        let cells: Vec<_> = why
            .months
            .iter()
            .flat_map(|m| m.weeks.iter().flatten().flatten())
            .collect();
        let on = |d| {
            cells
                .iter()
                .find(|cell| cell.date == date(2026, 9, d))
                .expect("a day")
        };
        assert_eq!((on(14).counts, on(14).nth), (Counts::Counted, Some(1)));
        assert_eq!((on(15).counts, on(15).note.as_str()), (Counts::Uncounted, "보완"));
        assert_eq!(on(19).counts, Counts::Rest);
        assert_eq!((on(25).counts, on(25).note.as_str()), (Counts::Holiday, "추석"));
        assert_eq!((on(28).counts, on(28).nth), (Counts::Due, Some(7)));
        assert_eq!(on(30).counts, Counts::Outside);
        assert!(
            why.stretches.windows(2).all(|pair| pair[0].to == pair[1].from),
            "no holes"
        );
        assert_eq!(Why::of(&due.trace, "en").stretches[0].what, "counted, day 1");
    }

    #[test]
    fn hours_are_added_up_within_a_day() {
        let calendar =
            Calendar::parse(include_str!("../../../../../data/holidays.csv"), 1).expect("holidays");
        let facts = Facts::new(At::seoul(date(2026, 9, 14).at(16, 40, 0, 0)), Period::Immediately);
        let due = due(&calendar, &WorkingHours::default(), &Reading::default(), &facts).expect("a date");
        let why = Why::of(&due.trace, "ko");
        let cells: Vec<_> = why
            .months
            .iter()
            .flat_map(|m| m.weeks.iter().flatten().flatten())
            .collect();
        let on = |d| {
            cells
                .iter()
                .find(|cell| cell.date == date(2026, 9, d))
                .expect("a day")
        };
        assert_eq!(
            (on(14).counts, on(14).note.as_str()),
            (Counts::Counted, "1시간 20분")
        );
        assert_eq!((on(15).counts, on(15).note.as_str()), (Counts::Due, "1시간 40분"));
    }
}
