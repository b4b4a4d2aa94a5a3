//! 계산 근거 — "why this date?": every stretch from reception to due date, counted or not, and by which clause

use super::walk::{Ink, Mark, Spot, outside, rules, unit};
use super::{Clause, Facts, Ground, Rules, Unfit, Unit};
use crate::calendar::{Calendar, DayKind};
use crate::terms::coded;
use jiff::civil::{Date, DateTime, Time};

coded! {
    /// To what counted time belongs.
    Part {
        /// The period itself.
        Period = "period",
        /// Days for many copies (영 제12조제5항).
        Copies = "copies",
        /// The first extension.
        First = "first_extension",
        /// The second extension, with consent.
        Second = "second_extension",
    }
}

impl Part {
    /// The clause under which it is counted.
    pub const fn clause(self, counting: Clause) -> Clause {
        match self {
            Part::Period => counting,
            Part::Copies => Clause::Decree12P5,
            Part::First => Clause::Decree21P1,
            Part::Second => Clause::Decree21P1Second,
        }
    }

    const fn korean(self) -> &'static str {
        match self {
            Part::Period => "",
            Part::Copies => " (대량 증명서)",
            Part::First => " (연장)",
            Part::Second => " (재연장)",
        }
    }

    const fn english(self) -> &'static str {
        match self {
            Part::Period => "",
            Part::Copies => " (many copies)",
            Part::First => " (extension)",
            Part::Second => " (second extension)",
        }
    }
}

/// What a step is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Working minutes counted; `total` includes them.
    Minutes {
        /// To what they belong.
        part: Part,
        /// Counted in this step.
        minutes: u64,
        /// Counted so far.
        total: u64,
    },
    /// Days counted, from the `first` to the `last` (1 is the first of all): working days in day units, calendar days in
    /// calendar units.
    Days {
        /// To what they belong.
        part: Part,
        /// Number of the step's first day.
        first: u64,
        /// Number of its last day.
        last: u64,
    },
    /// Saturdays and Sundays.
    Weekend,
    /// A public holiday, by its name; two on one day are joined by `·`.
    Holiday(String),
    /// Uncounted on a ground.
    Uncounted(Ground),
    /// Lunch.
    Lunch,
    /// Outside working hours.
    Closed,
    /// A day the end moves over or on to, because the last day was a Saturday or holiday (민법 제161조).
    Shifted,
}

/// One step. Steps follow one another without holes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its beginning on a Korean wall clock.
    pub from: DateTime,
    /// Its end, excluded.
    pub to: DateTime,
    /// What it is.
    pub what: What,
    /// By which clause.
    pub clause: Clause,
}

impl Step {
    /// The translation key of its text.
    pub const fn key(&self) -> &'static str {
        match self.what {
            What::Minutes { .. } => "trace_minutes",
            What::Days { .. } => "trace_days",
            What::Weekend => "trace_weekend",
            What::Holiday(_) => "trace_holiday",
            What::Uncounted(_) => "trace_uncounted",
            What::Lunch => "trace_lunch",
            What::Closed => "trace_closed",
            What::Shifted => "trace_shifted",
        }
    }

    /// Whether the clock ran.
    pub const fn counted(&self) -> bool {
        matches!(self.what, What::Minutes { .. } | What::Days { .. })
    }

    /// What it is, in Korean.
    pub fn korean(&self) -> String {
        match &self.what {
            What::Minutes { part, minutes, total } => {
                format!(
                    "산입 {}, 누계 {}{}",
                    hm_ko(*minutes),
                    hm_ko(*total),
                    part.korean()
                )
            }
            What::Days { part, first, last } if first == last => format!("산입 {first}일째{}", part.korean()),
            What::Days { part, first, last } => format!("산입 {first}~{last}일째{}", part.korean()),
            What::Weekend => "불산입 (토요일·일요일)".into(),
            What::Holiday(name) => format!("불산입 (공휴일: {name})"),
            What::Uncounted(ground) => format!("불산입 ({})", ground.korean()),
            What::Lunch => "불산입 (점심시간)".into(),
            What::Closed => "불산입 (근무시간 외)".into(),
            What::Shifted => "말일이 토요일·공휴일이므로 다음 날로 넘어감".into(),
        }
    }

    /// What it is, in English.
    pub fn english(&self) -> String {
        match &self.what {
            What::Minutes { part, minutes, total } => {
                format!(
                    "counted {}, {} in all{}",
                    hm_en(*minutes),
                    hm_en(*total),
                    part.english()
                )
            }
            What::Days { part, first, last } if first == last => {
                format!("counted, day {first}{}", part.english())
            }
            What::Days { part, first, last } => format!("counted, days {first} to {last}{}", part.english()),
            What::Weekend => "not counted (weekend)".into(),
            What::Holiday(name) => format!("not counted (public holiday: {name})"),
            What::Uncounted(ground) => format!("not counted ({})", ground.english()),
            What::Lunch => "not counted (lunch)".into(),
            What::Closed => "not counted (outside working hours)".into(),
            What::Shifted => "the last day is a Saturday or holiday: moved to the next day".into(),
        }
    }
}

fn hm_ko(minutes: u64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, m) => format!("{m}분"),
        (h, 0) => format!("{h}시간"),
        (h, m) => format!("{h}시간 {m}분"),
    }
}

fn hm_en(minutes: u64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, m) => format!("{m} min"),
        (h, 0) => format!("{h} h"),
        (h, m) => format!("{h} h {m} min"),
    }
}

/// 계산 근거 — the steps and the versions they rest on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// In order, without holes, from reception (day and calendar units: from the midnight before) to the due date.
    pub steps: Vec<Step>,
    /// The text of the law applied.
    pub rules: &'static Rules,
    /// The reception is older than that text, which serves because none older is held.
    pub earlier: bool,
    /// The calendar applied.
    pub calendar_version: u32,
    /// In what was counted.
    pub unit: Unit,
    /// The last lawful minute; `None` while held.
    pub shown: Option<DateTime>,
}

/// What a day is in the small calendar of a trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayMark {
    /// Counted as the `nth` day.
    Day {
        /// To what it belongs.
        part: Part,
        /// Its number.
        nth: u64,
    },
    /// So many working minutes of it counted.
    Minutes {
        /// To what the last of them belong.
        part: Part,
        /// How many.
        minutes: u64,
    },
    /// Not counted: Saturday or Sunday.
    Weekend,
    /// Not counted: a public holiday.
    Holiday(String),
    /// Not counted on a ground.
    Uncounted(Ground),
    /// No working time left of it, as after an evening's reception.
    Closed,
    /// Moved over or on to by 민법 제161조.
    Shifted,
}

/// One day of the small calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayView {
    /// The day.
    pub date: Date,
    /// What it is.
    pub mark: DayMark,
    /// Whether it is the day of the due date.
    pub is_due: bool,
}

impl Trace {
    /// Every day from reception to due date, once, in order.
    pub fn days(&self) -> Vec<DayView> {
        let mut days: Vec<DayView> = Vec::new();
        for step in &self.steps {
            let mut date = step.from.date();
            let mut nth = match step.what {
                What::Days { first, .. } => first,
                _ => 0,
            };
            while date.to_datetime(Time::midnight()) < step.to {
                let mark = match &step.what {
                    What::Minutes { part, minutes, .. } => DayMark::Minutes {
                        part: *part,
                        minutes: *minutes,
                    },
                    What::Days { part, .. } => DayMark::Day { part: *part, nth },
                    What::Weekend => DayMark::Weekend,
                    What::Holiday(name) => DayMark::Holiday(name.clone()),
                    What::Uncounted(ground) => DayMark::Uncounted(*ground),
                    What::Lunch | What::Closed => DayMark::Closed,
                    What::Shifted => DayMark::Shifted,
                };
                let is_due = self.shown.is_some_and(|shown| shown.date() == date);
                match days.last_mut().filter(|last| last.date == date) {
                    None => days.push(DayView { date, mark, is_due }),
                    Some(last) => last.mark = stronger(last.mark.clone(), mark),
                }
                nth += 1;
                match date.tomorrow() {
                    Ok(next) => date = next,
                    Err(_) => break,
                }
            }
        }
        days
    }
}

/// Of two marks on one day: counted minutes are added, what counts is told before what does not.
fn stronger(one: DayMark, other: DayMark) -> DayMark {
    match (one, other) {
        (DayMark::Minutes { minutes, .. }, DayMark::Minutes { part, minutes: more }) => DayMark::Minutes {
            part,
            minutes: minutes + more,
        },
        (counted @ DayMark::Minutes { .. }, _) | (_, counted @ DayMark::Minutes { .. }) => counted,
        (DayMark::Closed, other) => other,
        (one, _) => one,
    }
}

/// Writes steps down as the walk goes.
pub(super) struct Pen<'a> {
    calendar: &'a Calendar,
    trace: Trace,
    last: DateTime,
    total: u64,
}

impl<'a> Pen<'a> {
    pub fn new(calendar: &'a Calendar, facts: &Facts) -> Result<Pen<'a>, Unfit> {
        let (rules, earlier) = rules(facts)?;
        let unit = unit(facts);
        let received = facts.received.civil().ok_or(Unfit::NoMoment)?;
        calendar.index(received.date()).ok_or(outside(calendar))?;
        let last = match unit {
            Unit::Minutes => received.date().at(received.hour(), received.minute(), 0, 0),
            Unit::Days | Unit::Calendar => received.date().to_datetime(Time::midnight()),
        };
        let calendar_version = calendar.version();
        let trace = Trace {
            steps: Vec::new(),
            rules,
            earlier,
            calendar_version,
            unit,
            shown: None,
        };
        Ok(Pen {
            calendar,
            trace,
            last,
            total: 0,
        })
    }

    pub fn trace(mut self, shown: Option<DateTime>) -> Trace {
        self.trace.shown = shown;
        self.trace
    }

    fn moment(&self, spot: Spot) -> DateTime {
        let date = self.calendar.date(spot.day).unwrap_or(self.last.date());
        match (i8::try_from(spot.minute / 60), i8::try_from(spot.minute % 60)) {
            (Ok(hour), Ok(minute)) if hour < 24 => date.at(hour, minute, 0, 0),
            _ => date.tomorrow().unwrap_or(date).to_datetime(Time::midnight()),
        }
    }

    fn push(&mut self, to: DateTime, what: What, clause: Clause) {
        let from = self.last;
        self.last = to;
        if let Some(step) = self.trace.steps.last_mut().filter(|step| step.clause == clause) {
            match (&mut step.what, &what) {
                (
                    What::Days { part, last, .. },
                    What::Days {
                        part: same,
                        last: next,
                        ..
                    },
                ) if part == same => {
                    *last = *next;
                    step.to = to;
                    return;
                }
                (What::Minutes { .. } | What::Days { .. }, _) => {}
                (old, new) if old == new => {
                    step.to = to;
                    return;
                }
                _ => {}
            }
        }
        self.trace.steps.push(Step {
            from,
            to,
            what,
            clause,
        });
    }
}

impl Ink for Pen<'_> {
    fn write(&mut self, from: Spot, to: Spot, mark: Mark, clause: Clause) {
        let (from, to) = (self.moment(from), self.moment(to));
        if self.last < from {
            // The walk passes over the hours in which nobody works without a word.
            self.push(from, What::Closed, Clause::Service2P2);
        }
        let what = match mark {
            Mark::Minutes { part, minutes } => {
                self.total += u64::from(minutes);
                What::Minutes {
                    part,
                    minutes: u64::from(minutes),
                    total: self.total,
                }
            }
            Mark::Day { part, nth } => What::Days {
                part,
                first: nth,
                last: nth,
            },
            Mark::OffDay(DayKind::Holiday) => {
                let names: Vec<&str> = self
                    .calendar
                    .on(from.date())
                    .map(|holiday| holiday.name.as_str())
                    .collect();
                What::Holiday(names.join("·"))
            }
            Mark::OffDay(DayKind::Weekend | DayKind::Work) => What::Weekend,
            Mark::Ground(ground) => What::Uncounted(ground),
            Mark::Lunch => What::Lunch,
            Mark::Closed => What::Closed,
            Mark::Shifted => What::Shifted,
        };
        self.push(to, what, clause);
    }
}
