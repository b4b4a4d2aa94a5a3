//! 공휴일과 근무시간 — which days and minutes the city works (관공서의 공휴일에 관한 규정, 지방공무원 복무규정 제2조)
//!
//! Saturday is no public holiday, but 민원 처리에 관한 법률 제19조 does not count it either, so a working day is Monday to
//! Friday and not in the table. Outside the years of the table nothing is answered: a guess would be a wrong due date.

use jiff::civil::{Date, Time, Weekday, date};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// 공휴일의 종류 — why a day is a public holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HolidayKind {
    /// The same solar date every year.
    Fixed,
    /// By the lunar calendar: 설날, 부처님오신날, 추석.
    Lunar,
    /// 대체공휴일 (규정 제3조).
    Substitute,
    /// 임기만료에 의한 선거의 선거일 (규정 제2조제10호의2).
    Election,
    /// 정부에서 수시 지정하는 날 (규정 제2조제11호), by-elections of a president among them.
    Temporary,
}

impl HolidayKind {
    /// The word in the table's `kind` column.
    pub const fn code(self) -> &'static str {
        match self {
            HolidayKind::Fixed => "fixed",
            HolidayKind::Lunar => "lunar",
            HolidayKind::Substitute => "substitute",
            HolidayKind::Election => "election",
            HolidayKind::Temporary => "temporary",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [
            HolidayKind::Fixed,
            HolidayKind::Lunar,
            HolidayKind::Substitute,
            HolidayKind::Election,
            HolidayKind::Temporary,
        ]
        .into_iter()
        .find(|kind| kind.code() == code)
    }
}

/// 공휴일 하루 — one row of the table; two holidays may fall on one date.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Holiday {
    /// The day.
    pub date: Date,
    /// Its Korean name.
    pub name: String,
    /// Why it is one.
    pub kind: HolidayKind,
    /// The decree and article that make it one.
    pub decree: String,
}

/// A table of holidays that cannot be used. Lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The first line must be `date,name,kind,decree`.
    #[error("line 1: the header must be date,name,kind,decree")]
    Header,
    /// A line does not have four columns.
    #[error("line {0}: four columns are expected")]
    Columns(usize),
    /// The date is not like 2018-07-17.
    #[error("line {0}: the date must be like 2018-07-17")]
    Date(usize),
    /// The kind is none of fixed, lunar, substitute, election, temporary.
    #[error("line {0}: the kind must be fixed, lunar, substitute, election or temporary")]
    Kind(usize),
    /// The name is empty.
    #[error("line {0}: the name is missing")]
    Name(usize),
    /// The table has no rows.
    #[error("the table of holidays is empty")]
    Empty,
    /// A year between the first and the last has no holiday at all, so the table is not whole.
    #[error("the table of holidays has no row for {0}")]
    Gap(i16),
    /// A holiday outside the years the table knows cannot be added alone.
    #[error("{0} lies outside the years of the table")]
    Outside(Date),
    /// The same holiday is in the table already.
    #[error("{0} is in the table already")]
    Twice(Date),
}

impl CalendarError {
    /// The same in Korean.
    pub fn korean(&self) -> String {
        match self {
            CalendarError::Header => "1행: 머리글은 date,name,kind,decree 여야 합니다.".into(),
            CalendarError::Columns(line) => format!("{line}행: 열이 네 개여야 합니다."),
            CalendarError::Date(line) => format!("{line}행: 날짜는 2018-07-17 형식이어야 합니다."),
            CalendarError::Kind(line) => {
                format!("{line}행: 종류는 fixed, lunar, substitute, election, temporary 중 하나여야 합니다.")
            }
            CalendarError::Name(line) => format!("{line}행: 공휴일 이름이 없습니다."),
            CalendarError::Empty => "공휴일 표가 비어 있습니다.".into(),
            CalendarError::Gap(year) => format!("공휴일 표에 {year}년이 없습니다."),
            CalendarError::Outside(day) => format!("{day}은(는) 공휴일 표의 범위를 벗어난 날입니다."),
            CalendarError::Twice(day) => format!("{day}은(는) 이미 공휴일 표에 있습니다."),
        }
    }
}

/// What a day of the table is, in the order in which it is told: a holiday on a Saturday is told as the holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DayKind {
    Work,
    Weekend,
    Holiday,
}

/// 달력 — whole years of days, each a working day or not. Immutable; a change is a new value with a new version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    version: u32,
    holidays: Vec<Holiday>,
    first: Date,
    last: Date,
    /// Days from 1970-01-01 to `first`.
    epoch: i32,
    kinds: Vec<DayKind>,
    dates: Vec<Date>,
    /// `before[i]` working days lie before day `i`; one longer than `kinds`.
    before: Vec<u32>,
}

impl Calendar {
    /// Reads the table (`date,name,kind,decree`, UTF-8, a header line, no quoting). Every year from the first row's to the
    /// last row's is then known, as a whole.
    pub fn parse(csv: &str, version: u32) -> Result<Calendar, CalendarError> {
        let mut lines = csv
            .trim_start_matches('\u{feff}')
            .lines()
            .enumerate()
            .map(|(n, line)| (n + 1, line.trim()));
        if lines.next().map(|(_, line)| line) != Some("date,name,kind,decree") {
            return Err(CalendarError::Header);
        }
        let mut holidays = Vec::new();
        for (n, line) in lines.filter(|(_, line)| !line.is_empty()) {
            let columns: Vec<&str> = line.split(',').map(str::trim).collect();
            let &[day, name, kind, decree] = columns.as_slice() else {
                return Err(CalendarError::Columns(n));
            };
            let date: Date = day.parse().map_err(|_| CalendarError::Date(n))?;
            if day.len() != 10 || date.year() < 1900 {
                return Err(CalendarError::Date(n));
            }
            if name.is_empty() {
                return Err(CalendarError::Name(n));
            }
            let kind = HolidayKind::from_code(kind).ok_or(CalendarError::Kind(n))?;
            holidays.push(Holiday {
                date,
                name: name.into(),
                kind,
                decree: decree.into(),
            });
        }
        Calendar::of(holidays, version)
    }

    /// The same calendar with one holiday more, as when the Cabinet designates a temporary one; recalculate open due dates
    /// with it.
    pub fn with(&self, holiday: Holiday, version: u32) -> Result<Calendar, CalendarError> {
        if holiday.date < self.first || holiday.date > self.last {
            return Err(CalendarError::Outside(holiday.date));
        }
        if self.on(holiday.date).any(|known| known.name == holiday.name) {
            return Err(CalendarError::Twice(holiday.date));
        }
        let mut holidays = self.holidays.clone();
        holidays.push(holiday);
        Calendar::of(holidays, version)
    }

    fn of(mut holidays: Vec<Holiday>, version: u32) -> Result<Calendar, CalendarError> {
        holidays.sort();
        let (Some(first), Some(last)) = (holidays.first(), holidays.last()) else {
            return Err(CalendarError::Empty);
        };
        let (first, last) = (first.date.year(), last.date.year());
        let years: BTreeSet<i16> = holidays.iter().map(|holiday| holiday.date.year()).collect();
        if let Some(gap) = (first..=last).find(|year| !years.contains(year)) {
            return Err(CalendarError::Gap(gap));
        }
        let (first, last) = (date(first, 1, 1), date(last, 12, 31));
        let (mut kinds, mut dates, mut before) = (Vec::new(), Vec::new(), vec![0]);
        let (mut row, mut working) = (0, 0);
        for day in first
            .series(jiff::Span::new().days(1))
            .take_while(|day| *day <= last)
        {
            let holiday = holidays.get(row).is_some_and(|holiday| holiday.date == day);
            while holidays.get(row).is_some_and(|holiday| holiday.date == day) {
                row += 1;
            }
            let kind = match day.weekday() {
                _ if holiday => DayKind::Holiday,
                Weekday::Saturday | Weekday::Sunday => DayKind::Weekend,
                _ => DayKind::Work,
            };
            working += u32::from(kind == DayKind::Work);
            kinds.push(kind);
            dates.push(day);
            before.push(working);
        }
        let epoch = days_since_1970(first);
        Ok(Calendar {
            version,
            holidays,
            first,
            last,
            epoch,
            kinds,
            dates,
            before,
        })
    }

    /// The version given when it was built; goes into events so that a due date can be explained later.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// The first day it knows: a 1 January.
    pub fn first(&self) -> Date {
        self.first
    }

    /// The last day it knows: a 31 December.
    pub fn last(&self) -> Date {
        self.last
    }

    /// Every holiday, by date.
    pub fn holidays(&self) -> &[Holiday] {
        &self.holidays
    }

    /// The holidays on one date; none outside the table.
    pub fn on(&self, day: Date) -> impl Iterator<Item = &Holiday> {
        let from = self.holidays.partition_point(|holiday| holiday.date < day);
        self.holidays[from..]
            .iter()
            .take_while(move |holiday| holiday.date == day)
    }

    /// Whether the city works on that day; `None` outside the table.
    pub fn works(&self, day: Date) -> Option<bool> {
        Some(self.kind(self.index(day)?)? == DayKind::Work)
    }

    /// How many working days lie in `from..until`; negative when `until` is earlier; `None` outside the table.
    pub fn working_days(&self, from: Date, until: Date) -> Option<i64> {
        let count = |day| {
            self.index(day)
                .and_then(|i| self.before.get(i))
                .map(|n| i64::from(*n))
        };
        Some(count(until)? - count(from)?)
    }

    /// The `n`-th working day after `day` (before it when negative; `day` itself when 0 and it works, else the next one);
    /// `None` outside the table.
    pub fn working_day(&self, day: Date, n: i64) -> Option<Date> {
        let i = self.index(day)?;
        let works = self.kind(i)? == DayKind::Work;
        // Counted among all working days of the table, the wanted one has `wanted` working days before it.
        let here = i64::from(*self.before.get(i)?);
        let wanted = if n > 0 {
            here.saturating_add(n) - 1 + i64::from(works)
        } else {
            here.saturating_add(n)
        };
        let wanted = u32::try_from(wanted).ok()?;
        // `before` rises by one right after each working day, so the first place above `wanted` is one past it.
        let past = self.before.partition_point(|count| *count <= wanted);
        self.dates.get(past.checked_sub(1)?).copied()
    }

    /// The place of a day in the table.
    pub(crate) fn index(&self, day: Date) -> Option<usize> {
        self.index_of_days(i64::from(days_since_1970(day)))
    }

    /// Days from the table's first day, negative before it; also for days beyond the table.
    pub(crate) fn offset(&self, day: Date) -> i64 {
        i64::from(days_since_1970(day) - self.epoch)
    }

    /// The place of the day that lies so many days after 1970-01-01.
    pub(crate) fn index_of_days(&self, days: i64) -> Option<usize> {
        let i = usize::try_from(days - i64::from(self.epoch)).ok()?;
        (i < self.kinds.len()).then_some(i)
    }

    pub(crate) fn kind(&self, i: usize) -> Option<DayKind> {
        self.kinds.get(i).copied()
    }

    pub(crate) fn date(&self, i: usize) -> Option<Date> {
        self.dates.get(i).copied()
    }
}

/// Days from 1970-01-01 in the proleptic Gregorian calendar.
fn days_since_1970(day: Date) -> i32 {
    let (y, m, d) = (
        i32::from(day.year()),
        i32::from(day.month()),
        i32::from(day.day()),
    );
    // A year that begins in March has its leap day at the end, so month lengths follow one formula.
    let y = if m <= 2 { y - 1 } else { y };
    let era = y.div_euclid(400);
    let of_era = y.rem_euclid(400);
    let of_year = (153 * ((m + 9) % 12) + 2) / 5 + d - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Hours that are no working day of a city.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    /// Opening, lunch and closing must follow one another.
    #[error("opening, lunch and closing must follow one another")]
    Order,
    /// 법 제19조제1항 reckons a day as eight working hours.
    #[error("a day must have eight working hours, not {0} minutes")]
    NotEight(u16),
    /// Whole minutes only.
    #[error("working hours are whole minutes")]
    Seconds,
}

impl HoursError {
    /// The same in Korean.
    pub fn korean(&self) -> String {
        match self {
            HoursError::Order => "근무 시작, 점심, 근무 종료 시각이 순서대로여야 합니다.".into(),
            HoursError::NotEight(minutes) => {
                format!("하루 근무시간은 8시간이어야 하는데 {minutes}분입니다.")
            }
            HoursError::Seconds => "근무시간은 분 단위로 정해야 합니다.".into(),
        }
    }
}

/// 근무시간 — the working time of one day: opening to lunch, end of lunch to closing, eight hours in all.
///
/// The petition law says only "8시간의 근무시간"; the hours are those of 지방공무원 복무규정 제2조제2항 (9–18, lunch 12–13)
/// unless the agency sets others. Lunch of no length means no lunch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "HoursText", into = "HoursText")]
pub struct WorkingHours {
    opening: u16,
    lunch_from: u16,
    lunch_to: u16,
    closing: u16,
}

/// The written form, times like `09:00:00`.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct HoursText {
    opening: Time,
    lunch_from: Time,
    lunch_to: Time,
    closing: Time,
}

impl WorkingHours {
    /// Checks the order and that the day has eight hours.
    pub fn new(opening: Time, lunch_from: Time, lunch_to: Time, closing: Time) -> Result<Self, HoursError> {
        let times = [opening, lunch_from, lunch_to, closing];
        if times
            .iter()
            .any(|time| time.second() != 0 || time.subsec_nanosecond() != 0)
        {
            return Err(HoursError::Seconds);
        }
        let [opening, lunch_from, lunch_to, closing] = times
            .map(|time| u16::from(time.hour().unsigned_abs()) * 60 + u16::from(time.minute().unsigned_abs()));
        if !(opening <= lunch_from && lunch_from <= lunch_to && lunch_to <= closing) {
            return Err(HoursError::Order);
        }
        match (lunch_from - opening) + (closing - lunch_to) {
            480 => Ok(WorkingHours {
                opening,
                lunch_from,
                lunch_to,
                closing,
            }),
            minutes => Err(HoursError::NotEight(minutes)),
        }
    }

    /// The two working stretches of a day, in minutes since midnight, ends excluded.
    pub(crate) fn spans(&self) -> [(u16, u16); 2] {
        [(self.opening, self.lunch_from), (self.lunch_to, self.closing)]
    }

    /// Minutes since midnight at which work ends.
    pub(crate) fn closing(&self) -> u16 {
        self.closing
    }
}

impl Default for WorkingHours {
    fn default() -> Self {
        WorkingHours {
            opening: 9 * 60,
            lunch_from: 12 * 60,
            lunch_to: 13 * 60,
            closing: 18 * 60,
        }
    }
}

impl TryFrom<HoursText> for WorkingHours {
    type Error = HoursError;
    fn try_from(text: HoursText) -> Result<Self, HoursError> {
        WorkingHours::new(text.opening, text.lunch_from, text.lunch_to, text.closing)
    }
}

impl From<WorkingHours> for HoursText {
    fn from(hours: WorkingHours) -> Self {
        let time = |minutes: u16| {
            let hour = i8::try_from(minutes / 60).unwrap_or(0);
            let minute = i8::try_from(minutes % 60).unwrap_or(0);
            Time::new(hour, minute, 0, 0).unwrap_or(Time::midnight())
        };
        HoursText {
            opening: time(hours.opening),
            lunch_from: time(hours.lunch_from),
            lunch_to: time(hours.lunch_to),
            closing: time(hours.closing),
        }
    }
}
