//! 지난 한 해 — the year before the last weeks: when people file, what they file for, and how it came out.
//!
//! The shapes are guesses that look like a city, not figures of one: seasons by field, days and hours by door, services by a Zipf
//! law, districts by their size, a few people who file again and again, departments that are late more often than others.

use super::plot::{Door, Offer, Plot, Shelf};
use super::sample::Sample;
use super::step::Step;
use super::story::{Asker, Story};
use anyhow::Context;
use domain::calendar::Calendar;
use domain::due::Period;
use domain::id::PetitionId;
use domain::terms::{District, EntryPoint, Kind};
use domain::time::At;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use std::sync::{Arc, Mutex};

/// Weight of each month, January first, by field: frozen pipes and floods, roads after the frost, mosquitoes and smells in summer,
/// festivals in spring and autumn, the months in which taxes are due.
const SEASONS: &[(&str, [i64; 12])] = &[
    ("water", [16, 13, 7, 6, 7, 9, 14, 15, 9, 6, 7, 11]),
    ("traffic", [8, 11, 13, 11, 9, 8, 9, 8, 9, 9, 10, 8]),
    ("safety", [9, 8, 8, 8, 8, 10, 14, 14, 10, 8, 8, 9]),
    ("environment", [5, 5, 8, 9, 11, 13, 14, 14, 11, 10, 9, 5]),
    ("culture", [5, 5, 8, 13, 14, 9, 7, 7, 12, 14, 8, 6]),
    ("tax", [15, 6, 6, 6, 8, 15, 14, 8, 13, 6, 6, 14]),
    ("welfare", [13, 11, 11, 9, 8, 7, 7, 7, 8, 8, 11, 13]),
];
/// Of every other field: a little less about the new year's and the summer's holidays.
const EVEN: [i64; 12] = [8, 7, 9, 9, 9, 9, 8, 7, 8, 9, 9, 8];
/// Weight of each day from Monday: who goes to an office, and who writes at home.
const DAYS_AT_OFFICE: [i64; 7] = [13, 11, 10, 9, 9, 0, 0];
const DAYS_AT_HOME: [i64; 7] = [13, 12, 11, 10, 9, 6, 6];
/// Weight of each hour of the day at home.
const HOURS_AT_HOME: [i64; 24] = [
    2, 1, 1, 0, 0, 1, 2, 4, 7, 10, 11, 9, 6, 8, 9, 9, 8, 7, 6, 6, 7, 8, 7, 4,
];
/// About how many thousand people live in each district: how often one is named.
const DISTRICTS: &[(u32, i64)] = &[
    (11110, 14),
    (11140, 12),
    (11170, 21),
    (11200, 28),
    (11215, 34),
    (11230, 34),
    (11260, 38),
    (11290, 42),
    (11305, 29),
    (11320, 31),
    (11350, 49),
    (11380, 46),
    (11410, 31),
    (11440, 36),
    (11470, 43),
    (11500, 56),
    (11530, 40),
    (11545, 23),
    (11560, 38),
    (11590, 38),
    (11620, 48),
    (11650, 40),
    (11680, 55),
    (11710, 65),
    (11740, 46),
];
/// Neighbourhoods that exist nowhere, so that one petition is not the word for word twin of another.
const PLACES: &[&str] = &[
    "가온동",
    "누리동",
    "해솔동",
    "다솜동",
    "한별동",
    "미르동",
    "새암동",
    "온새미길",
    "늘봄길",
    "아라길",
    "두레로",
    "별빛로",
    "솔내동",
    "여울동",
    "빛가람길",
    "도담로",
    "마루동",
    "물빛동",
    "이든로",
    "푸른솔길",
];
const GREETINGS: &[&str] = &[
    "안녕하세요. {}에 사는 시민입니다.\n",
    "수고가 많으십니다. {}에서 알려 드립니다.\n",
    "{}에 사는 주민입니다. 처음 글을 남깁니다.\n",
    "{} 근처를 매일 지나다니는 사람입니다.\n",
    "",
];
const CLOSINGS: &[&str] = &[
    "\n바쁘시겠지만 확인 부탁드립니다.",
    "\n답변 기다리겠습니다. 고맙습니다.",
    "\n빠른 처리를 부탁드립니다.",
    "",
    "",
];

/// How a petition of the past came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// Answered, and not looked at.
    Plain,
    Read,
    Rated,
    SentBack,
    Supplemented,
    Returned,
    Extended,
    Examined,
    Consulted,
    Late,
    Refused,
    Objected,
    Further,
    Published,
    Withdrawn,
    Transferred,
    Instant,
    /// Withdrawn before anybody received it.
    TakenBack,
    /// Transferred after some days in a department.
    PassedOn,
    /// With a department, which has not begun.
    Waiting,
}

/// The courses, each with how often it comes.
pub const COURSES: &[(Course, i64)] = &[
    (Course::Plain, 150),
    (Course::Read, 170),
    (Course::Rated, 170),
    (Course::SentBack, 45),
    (Course::Supplemented, 60),
    (Course::Returned, 8),
    (Course::Extended, 60),
    (Course::Examined, 20),
    (Course::Consulted, 35),
    (Course::Late, 60),
    (Course::Refused, 60),
    (Course::Objected, 40),
    (Course::Further, 20),
    (Course::Published, 60),
    (Course::Withdrawn, 25),
    (Course::Transferred, 20),
    (Course::Instant, 32),
];

/// How many petitions come on this day, beside other days.
pub fn weight_of(day: Date, calendar: &Calendar) -> u64 {
    let weekday = usize::from(day.weekday().since(Weekday::Monday).unsigned_abs());
    let at_home = match calendar.works(day) {
        Some(false) => DAYS_AT_HOME[6],
        Some(true) | None => DAYS_AT_HOME[weekday],
    };
    let at_office = match calendar.works(day) {
        Some(false) => 0,
        Some(true) | None => DAYS_AT_OFFICE[weekday],
    };
    let month = usize::from(day.month().unsigned_abs()) - 1;
    // Two of three write.
    u64::try_from((2 * at_home + at_office) * EVEN[month]).unwrap_or(0)
}

/// Courses of few acts and few words, for a past that only lists, search and numbers are to be tried on.
pub const SLIM: &[(Course, i64)] = &[
    (Course::TakenBack, 70),
    (Course::PassedOn, 25),
    (Course::Instant, 5),
];

/// Nothing but open petitions with a department.
pub const OPEN: &[(Course, i64)] = &[(Course::Waiting, 1)];

/// After so many stories somebody files the same a second and a third time.
const AGAIN_EVERY: usize = 60;

/// 같은 사람의 같은 민원 — what somebody who files again filed before.
pub type Earlier = Arc<Mutex<Vec<PetitionId>>>;

impl Plot<'_> {
    /// The stories of the year: `count` of them from the `first`-th on. One in [`AGAIN_EVERY`] is filed three times by one person.
    pub fn year(&self, first: usize, count: usize) -> anyhow::Result<Vec<Story>> {
        let shelf = Shelf::new(self.office, self.material)?;
        let mut stories = Vec::with_capacity(count);
        let mut next_again = first + AGAIN_EVERY;
        while stories.len() < count {
            let n = first + stories.len();
            let (story, period) = self.past(n, &shelf, None)?;
            let may_close = matches!(story.asker, Asker::Known(_)) && story.sample.kind != Kind::Statutory;
            if n >= next_again && may_close && stories.len() + 3 <= count {
                next_again = n + AGAIN_EVERY;
                stories.extend(self.again(story, period, n)?);
            } else {
                stories.push(story);
            }
        }
        Ok(stories)
    }

    /// One story of the year, or of this day; with its period.
    pub fn past(&self, n: usize, shelf: &Shelf<'_>, day: Option<Date>) -> anyhow::Result<(Story, Period)> {
        let dice = self.dice;
        let (offer, flavour, course, door, entry, filed) = loop {
            let flavour = usize::try_from(dice.draw(0, 840))?;
            // Zipf: the k-th service is asked for 1/k times as often as the first.
            let ranks = i64::try_from(shelf.services.len())?;
            let of = &shelf.services[dice.weighed((1..=ranks).map(|rank| 100_000 / rank))];
            let offer = dice.pick(of).context("a service without a sample")?;
            let course = self.course(offer, flavour);
            let door = match course {
                Course::Instant => shelf.instant,
                _ => offer.door,
            };
            let entry = self.past_door(door);
            if self.by_web && entry != EntryPoint::Web {
                continue;
            }
            let day = match day {
                None => self.some_day(offer.sample, entry)?,
                // More in the season of its field, and no letter is carried to an office that is closed.
                Some(day) if !self.comes_on(day, offer.sample, entry) => continue,
                Some(day) => day,
            };
            break (offer, flavour, course, door, entry, self.hour_of(day, entry)?);
        };
        let district = DISTRICTS[dice.weighed(DISTRICTS.iter().map(|(_, people)| *people))].0;
        let mut sample = self.reworded(offer.sample, district);
        if course == Course::Instant {
            (sample.service, sample.kind) = (door.service, door.kind);
        }
        let asker = if entry == EntryPoint::Web {
            // Few people file much, most of them once.
            let others = self.citizens.get(1..).unwrap_or_default();
            Asker::Known(*others.get(self.often(others.len())?).context("no citizens")?)
        } else {
            let name = dice.pick(&self.material.names).context("no names")?;
            Asker::Written(name.clone(), format!("0100003{:04}", n % 10_000))
        };
        let pick = |teams: &[super::cast::Team]| teams.get(flavour % teams.len().max(1)).copied();
        let (period, entered) = offer.period;
        let story = Story {
            n,
            steps: self.road(course, period, &sample, filed)?.into(),
            sample: Arc::new(sample),
            district: Some(District(district)),
            entry,
            asker,
            clerk: shelf.clerk(entry, flavour)?,
            team: pick(&offer.teams).context("a department without a team")?,
            astray: pick(&offer.astray).context("no second department")?,
            entered,
            flavour,
            petition: None,
            earlier: None,
        };
        Ok((story, period))
    }

    /// One of so many people: the k-th files about 1/k times as often as the first.
    fn often(&self, people: usize) -> anyhow::Result<usize> {
        let many = i64::try_from(people)?;
        if many <= 1_000 {
            return Ok(self.dice.weighed((1..=many).map(|rank| 10_000 / (rank + 4))));
        }
        // Half of them all come from a tenth of the people.
        let among = if self.dice.draw(0, 2) == 0 {
            many / 10
        } else {
            many
        };
        Ok(usize::try_from(self.dice.draw(0, among))?)
    }

    /// The same petition filed three times by the same person: twice answered, then closed (법 제23조).
    fn again(&self, first: Story, period: Period, n: usize) -> anyhow::Result<Vec<Story>> {
        let known: Earlier = Arc::default();
        let filed = first.steps.front().map_or(self.now, |(at, _)| *at);
        let mut stories = Vec::new();
        for time in 0..3_usize {
            let at = filed.plus(i64::try_from(time)? * 40 * 24 * 3_600_000);
            if at >= self.now {
                break;
            }
            let mut steps = self.road(Course::Plain, period, &first.sample, at)?;
            if time == 2 {
                for (_, step) in &mut steps {
                    if *step == Step::Draft {
                        *step = Step::DraftRepeated;
                    }
                }
                // Linked a minute before the draft.
                if let Some(place) = steps.iter().position(|(_, step)| *step == Step::DraftRepeated) {
                    let at = steps[place].0.plus(-60_000);
                    steps.insert(place, (at, Step::LinkEarlier));
                }
            }
            stories.push(Story {
                n: n + time,
                steps: steps.into(),
                sample: first.sample.clone(),
                district: first.district,
                entry: first.entry,
                asker: first.asker.clone(),
                clerk: first.clerk,
                team: first.team,
                astray: first.astray,
                entered: first.entered,
                flavour: first.flavour,
                petition: None,
                earlier: Some(known.clone()),
            });
        }
        Ok(stories)
    }

    /// How it came out. Some departments are late more often than others.
    fn course(&self, offer: &Offer<'_>, flavour: usize) -> Course {
        let (sample, period) = (offer.sample, offer.period.0);
        let slow = sample.unit.bytes().map(i64::from).sum::<i64>() % 4;
        let drawn =
            self.courses[self
                .dice
                .weighed(self.courses.iter().map(|(course, often)| match course {
                    Course::Late => often * slow / 2,
                    _ => *often,
                }))]
            .0;
        let days = matches!(period, Period::Days(5..=30));
        let refusable = sample.kind == Kind::Statutory;
        match drawn {
            Course::Extended | Course::Examined | Course::Consulted if !days => Course::Rated,
            Course::Refused | Course::Objected if !refusable => Course::Read,
            Course::Instant if !matches!(sample.kind, Kind::Inquiry | Kind::Other) => self.usual,
            Course::Published if sample.kind == Kind::Grievance || !flavour.is_multiple_of(3) => {
                Course::Rated
            }
            course => course,
        }
    }

    /// The sample in other words, about a place of its own.
    fn reworded(&self, sample: &Sample, district: u32) -> Sample {
        let name = (self.office.districts.iter().find(|d| d.id == district)).map_or("", |d| d.name.as_str());
        let place = *self.dice.pick(PLACES).unwrap_or(&"가온동");
        let title = format!("{place} {}", sample.title);
        let greeting = (self.dice.pick(GREETINGS).unwrap_or(&"")).replace("{}", &format!("{name} {place}"));
        let closing = self.dice.pick(CLOSINGS).unwrap_or(&"");
        Sample {
            body: format!("{greeting}{}{closing}", sample.body.trim()),
            answer: sample.answer.replace(&sample.title, &title),
            title,
            ..sample.clone()
        }
    }

    fn past_door(&self, through: Door) -> EntryPoint {
        // Two of three write, the others come, call or send a letter.
        let door = match self.dice.draw(0, 12) {
            0..=6 => EntryPoint::Web,
            7 => EntryPoint::Post,
            8 => EntryPoint::Phone,
            9 => EntryPoint::Mail,
            _ => EntryPoint::Counter,
        };
        match door {
            EntryPoint::Web if !through.online => EntryPoint::Counter,
            EntryPoint::Phone if !through.spoken => EntryPoint::Counter,
            door => door,
        }
    }

    /// A day of the year: more in the season of its field, on Mondays, and never where nobody is there to take it.
    fn some_day(&self, sample: &Sample, entry: EntryPoint) -> anyhow::Result<Date> {
        let today = self.now.date().context("outside the calendar")?;
        loop {
            let day = today.checked_sub(self.dice.draw(5, 365).days())?;
            if self.comes_on(day, sample, entry) {
                return Ok(day);
            }
        }
    }

    /// Whether such a petition comes on this day, drawn by season, day and door.
    fn comes_on(&self, day: Date, sample: &Sample, entry: EntryPoint) -> bool {
        let months = (SEASONS.iter().find(|(field, _)| *field == sample.field)).map_or(&EVEN, |(_, m)| m);
        let days = if written_at_home(entry) {
            &DAYS_AT_HOME
        } else {
            &DAYS_AT_OFFICE
        };
        let weekday = usize::from(day.weekday().since(Weekday::Monday).unsigned_abs());
        let month = usize::from(day.month().unsigned_abs()) - 1;
        let rest = self.office.calendar.works(day) == Some(false);
        let weight = months[month] * if rest { days[6] } else { days[weekday] };
        self.dice.draw(0, 16 * 13) < weight
    }

    /// A moment of the day, in the hours in which people write or the office is open.
    fn hour_of(&self, day: Date, entry: EntryPoint) -> anyhow::Result<At> {
        let hour = if written_at_home(entry) {
            i64::try_from(self.dice.weighed(HOURS_AT_HOME))?
        } else {
            [9, 10, 10, 11, 13, 14, 14, 15, 16, 17][usize::try_from(self.dice.draw(0, 10))?]
        };
        let minutes = hour * 60 + self.dice.draw(0, 60);
        Ok(At::seoul(day.to_datetime(jiff::civil::Time::midnight())).plus(minutes * 60_000))
    }
}

fn written_at_home(entry: EntryPoint) -> bool {
    !entry.is_visit() && entry != EntryPoint::Phone
}
