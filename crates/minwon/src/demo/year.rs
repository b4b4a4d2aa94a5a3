//! 지난 한 해 — the year before the last weeks: when people file, what they file for, and how it came out.
//!
//! The shapes are guesses that look like a city, not figures of one: seasons by field, days and hours by door, services by a Zipf
//! law, districts by their size, a few people who file again and again, departments that are late more often than others.

use super::cast::Team;
use super::fate::Step;
use super::hours::DAY;
use super::sample::Sample;
use super::story::{Asker, Story};
use super::tell::Plot;
use anyhow::Context;
use domain::due::Period;
use domain::handbook::Online;
use domain::id::PetitionId;
use domain::terms::{Code, District, EntryPoint, Kind};
use domain::time::At;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use std::cmp::Reverse;
use std::collections::BTreeMap;
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
enum Course {
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
}

/// The courses, each with how often it comes.
const COURSES: &[(Course, i64)] = &[
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

/// After so many stories somebody files the same a second and a third time.
const AGAIN_EVERY: usize = 60;

/// 같은 사람의 같은 민원 — what somebody who files again filed before.
pub type Earlier = Arc<Mutex<Vec<PetitionId>>>;

impl Plot<'_> {
    /// The stories of the year: `count` of them from the `first`-th on. One in [`AGAIN_EVERY`] is filed three times by one person.
    pub(super) fn year(&self, first: usize, count: usize) -> anyhow::Result<Vec<Story>> {
        let services = self.by_service();
        let mut stories = Vec::with_capacity(count);
        let mut next_again = first + AGAIN_EVERY;
        while stories.len() < count {
            let n = first + stories.len();
            let story = self.past(n, &services)?;
            let may_close = matches!(story.asker, Asker::Known(_))
                && story.sample.kind != Kind::Statutory
                && self.period_of(&story.sample).is_some();
            if n >= next_again && may_close && stories.len() + 3 <= count {
                next_again = n + AGAIN_EVERY;
                stories.extend(self.again(story, n)?);
            } else {
                stories.push(story);
            }
        }
        Ok(stories)
    }

    /// The samples by service: small reports and questions first, as in every city. Only such as the demo can tell to their end.
    fn by_service(&self) -> Vec<Vec<&Sample>> {
        let mut services: BTreeMap<Code, Vec<&Sample>> = BTreeMap::new();
        for sample in self.tellable() {
            services.entry(sample.service).or_default().push(sample);
        }
        let mut services: Vec<Vec<&Sample>> = services.into_values().collect();
        services.sort_by_key(|samples| {
            let rank = match samples.first().map(|sample| sample.kind) {
                Some(Kind::Other) => 0,
                Some(Kind::Inquiry | Kind::Suggestion) => 1,
                _ => 2,
            };
            (rank, Reverse(samples.len()))
        });
        services
    }

    fn tellable(&self) -> impl Iterator<Item = &Sample> {
        (self.material.petitions.iter()).filter(|sample| {
            self.period_of(sample).is_some() && Team::of(self.office, &sample.unit, 0).is_some()
        })
    }

    /// One of so many weights.
    fn weighed(&self, weights: impl IntoIterator<Item = i64, IntoIter: Clone>) -> usize {
        let weights = weights.into_iter();
        let mut ticket = self.dice.draw(0, weights.clone().sum());
        for (n, weight) in weights.enumerate() {
            ticket -= weight;
            if ticket < 0 {
                return n;
            }
        }
        0
    }

    /// One story of the year.
    fn past(&self, n: usize, services: &[Vec<&Sample>]) -> anyhow::Result<Story> {
        let dice = self.dice;
        let flavour = usize::try_from(dice.draw(0, 840))?;
        // Zipf: the k-th service is asked for 1/k times as often as the first.
        let (sample, period, entered, team) = loop {
            let ranks = i64::try_from(services.len())?;
            let of = &services[self.weighed((1..=ranks).map(|rank| 100_000 / rank))];
            let sample = *dice.pick(of).context("a service without a sample")?;
            if let (Some((period, entered)), Some(team)) = (
                self.period_of(sample),
                Team::of(self.office, &sample.unit, flavour),
            ) {
                break (sample, period, entered, team);
            }
        };
        let beside = if sample.unit == "parks" {
            "traffic"
        } else {
            "parks"
        };
        let astray = Team::of(self.office, beside, flavour).context("no second department")?;
        let course = self.course(sample, period, flavour);
        let district = DISTRICTS[self.weighed(DISTRICTS.iter().map(|(_, people)| *people))].0;
        let mut sample = self.reworded(sample, district);
        if course == Course::Instant {
            let service = (self.office.services_today())
                .find(|service| service.procedure.as_str() == "instant_answer")
                .context("no service is answered at once")?;
            (sample.service, sample.kind) = (service.code, service.kind);
        }
        let entry = self.past_door(&sample);
        let asker = if entry == EntryPoint::Web {
            // Few people file much, most of them once.
            let others = self.citizens.get(1..).unwrap_or_default();
            let nth = self.weighed((1..=i64::try_from(others.len())?).map(|rank| 10_000 / (rank + 4)));
            Asker::Known(*others.get(nth).context("no citizens")?)
        } else {
            let name = dice.pick(&self.material.names).context("no names")?;
            Asker::Written(name.clone(), format!("0100003{:04}", n % 10_000))
        };
        let clerk = self.clerk(entry, flavour)?;
        let filed = self.filed_at(&sample, entry)?;
        let steps = self.road(course, period, &sample, filed)?;
        Ok(Story {
            n,
            steps: steps.into(),
            sample: Arc::new(sample),
            district: Some(District(district)),
            entry,
            asker,
            clerk,
            team,
            astray,
            entered,
            flavour,
            petition: None,
            earlier: None,
        })
    }

    /// The same petition filed three times by the same person: twice answered, then closed (법 제23조).
    fn again(&self, first: Story, n: usize) -> anyhow::Result<Vec<Story>> {
        let known: Earlier = Arc::default();
        let period = self
            .period_of(&first.sample)
            .map_or(Period::Days(7), |(period, _)| period);
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

    /// The period of a sample and the one to enter at reception; `None` for what the demo cannot file.
    fn period_of(&self, sample: &Sample) -> Option<(Period, Option<Period>)> {
        let service = self.office.service_on(sample.service, self.office.day)?;
        if service.procedure.as_str() == "instant_answer" {
            return None;
        }
        Some(self.allowed(service, sample.kind))
    }

    /// How it came out. Some departments are late more often than others.
    fn course(&self, sample: &Sample, period: Period, flavour: usize) -> Course {
        let slow = sample.unit.bytes().map(i64::from).sum::<i64>() % 4;
        let drawn = COURSES[self.weighed(COURSES.iter().map(|(course, often)| match course {
            Course::Late => often * slow / 2,
            _ => *often,
        }))]
        .0;
        let days = matches!(period, Period::Days(5..=30));
        let refusable = sample.kind == Kind::Statutory;
        match drawn {
            Course::Extended | Course::Examined | Course::Consulted if !days => Course::Rated,
            Course::Refused | Course::Objected if !refusable => Course::Read,
            Course::Instant if !matches!(sample.kind, Kind::Inquiry | Kind::Other) => Course::Rated,
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

    fn past_door(&self, sample: &Sample) -> EntryPoint {
        let service = self.office.service_on(sample.service, self.office.day);
        let online = service.is_some_and(|service| service.online == Online::Yes);
        let spoken = service.is_some_and(|service| service.kind == Kind::Other);
        // Two of three write, the others come, call or send a letter.
        let door = match self.dice.draw(0, 12) {
            0..=6 => EntryPoint::Web,
            7 => EntryPoint::Post,
            8 => EntryPoint::Phone,
            9 => EntryPoint::Mail,
            _ => EntryPoint::Counter,
        };
        match door {
            EntryPoint::Web if !online => EntryPoint::Counter,
            EntryPoint::Phone if !spoken => EntryPoint::Counter,
            door => door,
        }
    }

    /// A moment of the year: more in the season of its field, on Mondays, and in the hours in which people write.
    fn filed_at(&self, sample: &Sample, entry: EntryPoint) -> anyhow::Result<At> {
        let today = self.now.date().context("outside the calendar")?;
        let months = (SEASONS.iter().find(|(field, _)| *field == sample.field)).map_or(&EVEN, |(_, m)| m);
        let at_home = !entry.is_visit() && entry != EntryPoint::Phone;
        let days = if at_home { &DAYS_AT_HOME } else { &DAYS_AT_OFFICE };
        let day: Date = loop {
            let day = today.checked_sub(self.dice.draw(5, 365).days())?;
            let weekday = usize::from(day.weekday().since(Weekday::Monday).unsigned_abs());
            let month = usize::from(day.month().unsigned_abs()) - 1;
            let rest = self.office.calendar.works(day) == Some(false);
            let weight = months[month] * if rest { days[6] } else { days[weekday] };
            if self.dice.draw(0, 16 * 13) < weight {
                break day;
            }
        };
        let hour = if at_home {
            i64::try_from(self.weighed(HOURS_AT_HOME))?
        } else {
            [9, 10, 10, 11, 13, 14, 14, 15, 16, 17][usize::try_from(self.dice.draw(0, 10))?]
        };
        let minutes = hour * 60 + self.dice.draw(0, 60);
        Ok(At::seoul(day.to_datetime(jiff::civil::Time::midnight())).plus(minutes * 60_000))
    }

    /// The steps with their moments; what would lie later than now has not happened yet.
    fn road(
        &self,
        course: Course,
        period: Period,
        sample: &Sample,
        filed: At,
    ) -> anyhow::Result<Vec<(At, Step)>> {
        let outside = "the demo's year lies outside the table of holidays";
        let allowed = minutes(period);
        // Most are done in a third to nine tenths of the time.
        let pace = 30 + sample.unit.bytes().map(i64::from).sum::<i64>() % 30;
        let (reception, spread) = (self.dice.draw(5, 240), self.dice.draw(5, 60));
        let work = |share: i64| (allowed * share / 100).max(10);
        let mut steps: Vec<(Step, i64)> = vec![(Step::Receive, reception)];
        // What is due within hours is passed on within minutes.
        let quick = allowed < DAY && course != Course::Late;
        let mut then = |step: Step, gap: i64| {
            let waits = matches!(
                step,
                Step::Supplement | Step::DraftReturn | Step::Read | Step::Rate
            );
            let gap = if quick && !waits {
                self.dice.draw(1, 14)
            } else {
                gap.max(1)
            };
            steps.push((step, gap));
        };
        if course == Course::Instant {
            then(Step::AnswerAtOnce, self.dice.draw(5, 90));
            then(Step::Read, self.dice.draw(30, 2 * DAY));
            return self.timed(filed, steps, outside);
        }
        if course == Course::SentBack {
            then(Step::DistributeAstray, spread);
            then(Step::SendBack, self.dice.draw(20, 170));
        }
        then(Step::Distribute, spread);
        if course == Course::Transferred {
            then(Step::Transfer, self.dice.draw(20, 200));
            return self.timed(filed, steps, outside);
        }
        then(Step::UnitReceive, self.dice.draw(10, 120));
        then(Step::Designate, self.dice.draw(5, 60));
        match course {
            Course::Withdrawn => {
                then(Step::Withdraw, work(self.dice.draw(5, 60)));
                return self.timed(filed, steps, outside);
            }
            Course::Supplemented => {
                then(Step::Ask(10), self.dice.draw(30, 240));
                then(Step::Supplement, self.dice.draw(DAY, 5 * DAY));
            }
            Course::Returned => {
                then(Step::Ask(5), self.dice.draw(30, 240));
                then(Step::DraftReturn, 8 * DAY);
            }
            Course::Extended => then(Step::Extend, work(self.dice.draw(30, 60))),
            Course::Examined => {
                then(Step::Hold, self.dice.draw(60, 400));
                then(Step::Resume, self.dice.draw(2 * DAY, 6 * DAY));
            }
            Course::Consulted => {
                then(Step::AskConsult, self.dice.draw(30, 240));
                then(Step::ReplyConsult, self.dice.draw(200, 2 * DAY));
            }
            _ => {}
        }
        let draft = match course {
            Course::Refused | Course::Objected => Step::DraftRefused,
            _ => Step::Draft,
        };
        match course {
            Course::Returned => {}
            Course::Late => {
                then(Step::Dun, allowed + self.dice.draw(30, DAY));
                then(Step::ConfirmDun, self.dice.draw(20, 200));
                then(Step::ReplyDun, self.dice.draw(10, 200));
                then(draft, self.dice.draw(60, 3 * DAY));
            }
            Course::Extended => then(draft, work(70)),
            _ => then(draft, work(self.dice.draw(pace / 3, pace))),
        }
        then(Step::SendUp, self.dice.draw(5, 30));
        then(Step::Sign, self.dice.draw(10, 160));
        then(Step::Sign, self.dice.draw(10, 160));
        then(Step::Answer, self.dice.draw(1, 30));
        if !matches!(course, Course::Plain | Course::Late) {
            then(Step::Read, self.dice.draw(10, 3 * DAY));
        }
        match course {
            Course::Rated | Course::Supplemented | Course::SentBack | Course::Extended => {
                then(Step::Rate, self.dice.draw(1, 300));
            }
            Course::Objected => {
                then(Step::Object, self.dice.draw(DAY, 15 * DAY));
                then(Step::DecideObjection, self.dice.draw(2 * DAY, 5 * DAY));
            }
            Course::Further => {
                then(Step::AskFurther, self.dice.draw(30, 2 * DAY));
                then(Step::AnswerFurther, self.dice.draw(200, 3 * DAY));
            }
            Course::Published => then(Step::Publish, self.dice.draw(DAY, 4 * DAY)),
            _ => {}
        }
        self.timed(filed, steps, outside)
    }

    fn timed(
        &self,
        filed: At,
        steps: Vec<(Step, i64)>,
        outside: &'static str,
    ) -> anyhow::Result<Vec<(At, Step)>> {
        let mut mark = self.hours.mark(filed).context(outside)?;
        let mut moments = vec![(filed, Step::File)];
        for (step, gap) in steps {
            mark += gap;
            let at = self.hours.moment(mark).context(outside)?;
            let at = at.plus(self.dice.draw(0, 59_000));
            let before = moments.last().map_or(filed, |(before, _)| *before);
            let at = if at <= before { before.plus(1000) } else { at };
            if at >= self.now {
                break;
            }
            moments.push((at, step));
        }
        Ok(moments)
    }
}

/// The working minutes of a period.
fn minutes(period: Period) -> i64 {
    match period {
        Period::Immediately => 180,
        Period::Hours(n) => i64::from(n) * 60,
        Period::Days(n) => i64::from(n) * DAY,
        Period::Weeks(n) => i64::from(n) * 5 * DAY,
        Period::Months(n) => i64::from(n) * 21 * DAY,
        Period::Years(n) => i64::from(n) * 250 * DAY,
    }
}
