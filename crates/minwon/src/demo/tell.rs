//! 이야기하기 — tells all stories of the demo in the order of their moments, many at a time, each act by its own clock.

use super::fate::{Anchor, FATES, Fate};
use crate::city::cast::{self, Team};
use crate::city::dice::Dice;
use crate::city::hours::{DAY, Hours};
use crate::city::moment;
use crate::city::plot::Plot;
use crate::city::queue::Waiting;
use crate::city::sample::{Material, Sample};
use crate::city::step::Step;
use crate::city::story::{Asker, Story};
use crate::city::year::{COURSES, Course};
use crate::house;
use adapters::sms::sandbox::SandboxMessenger;
use anyhow::Context;
use app::App;
use app::act::{ActError, Call};
use app::words::Raw;
use domain::due::Period;
use domain::handbook::Online;
use domain::id::PersonId;
use domain::inspection::{Act, Month};
use domain::terms::{District, EntryPoint, Kind, Seat};
use domain::time::At;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;
use tokio::task::JoinSet;

/// So many acts run at once, so that the store joins them in one commit.
const AT_ONCE: usize = 48;
/// Only acts within so many milliseconds of the earliest one run beside it: 접수번호 follow the days.
const BESIDE: i64 = 3_600_000;
/// The seed of everything drawn: two demos of the same day tell the same stories.
const SEED: u64 = 2004;
/// The stories of the citizen whose number is printed.
const OF_CITIZEN: &[Fate] = &[
    Fate::Filed,
    Fate::Handled,
    Fate::SupplementAsked,
    Fate::SupplementLapsed,
    Fate::ConsentAwaited,
    Fate::Extended,
    Fate::Answered,
    Fate::Read,
    Fate::Rated,
    Fate::WithdrawnEarly,
    Fate::DueIn(-1),
    Fate::InstantRated,
];

/// Tells `count` stories of the last weeks that end at `now`, and `year` of the year before.
pub async fn tell(
    app: Arc<App>,
    inbox: &SandboxMessenger,
    now: At,
    count: usize,
    year: usize,
) -> anyhow::Result<()> {
    let material = Arc::new(Material::read()?);
    let office = app.office();
    let dice = Dice::new(SEED)?;
    let before = now.plus(-400 * 24 * 3_600_000);
    let citizens = moment::at(before, citizens(&app, inbox, &material, count + year)).await?;
    let mut heap: BinaryHeap<Reverse<Waiting>> = BinaryHeap::new();
    let plot = Plot {
        office: &office,
        material: &material,
        hours: Hours {
            calendar: &office.calendar,
        },
        dice: &dice,
        citizens: &citizens,
        now,
        courses: COURSES,
        usual: Course::Rated,
        by_web: false,
    };
    for n in 0..count {
        heap.push(Reverse(Waiting(plot.story(n)?)));
    }
    for story in plot.year(count, year)? {
        heap.push(Reverse(Waiting(story)));
    }
    let steps: usize = heap.iter().map(|story| story.0.0.steps.len()).sum();
    let bar = ProgressBar::new(steps as u64);
    bar.set_style(ProgressStyle::with_template(
        "체험 도시를 준비하고 있습니다 · laying the demo city down  {bar:30} {pos}/{len}",
    )?);
    let mut sealed: Option<Date> = None;
    let mut owed = false;
    loop {
        let piece = next_piece(&mut heap);
        let Some(first) = piece.iter().filter_map(|(at, _, _)| at.date()).min() else {
            break;
        };
        // Each night the sealer draws the root of the day, as it would have.
        if sealed.is_some_and(|day| day < first) {
            let night = At::seoul(first.to_datetime(jiff::civil::Time::midnight()));
            moment::at(night, house::seal(&app)).await?;
            owed |= sealed.is_some_and(|day| day.month() != first.month());
            if owed && office.calendar.works(first) == Some(true) {
                owed = false;
                let morning = night.plus(9 * 3_600_000);
                moment::at(morning, month_ends(&app, first)).await?;
            }
        }
        sealed = Some(first);
        // Receptions one after the other, so that their numbers follow their moments; all else at once.
        let (receptions, others): (Vec<_>, Vec<_>) =
            piece.into_iter().partition(|(_, step, _)| *step == Step::Receive);
        let mut acts = JoinSet::new();
        acts.spawn(take_all(app.clone(), material.clone(), receptions));
        for one in others {
            acts.spawn(take_all(app.clone(), material.clone(), vec![one]));
        }
        while let Some(done) = acts.join_next().await {
            for story in done?? {
                bar.inc(1);
                if !story.steps.is_empty() {
                    heap.push(Reverse(Waiting(story)));
                }
            }
        }
    }
    moment::at(now, house::seal(&app)).await?;
    bar.finish_and_clear();
    Ok(())
}

/// What the examiner does with the month that is over (규칙 제7조): the list, the board, the text to all.
async fn month_ends(app: &App, today: Date) -> anyhow::Result<()> {
    let Some(month) = today.first_of_month().yesterday().ok().and_then(Month::of) else {
        return Ok(());
    };
    app.draw_up(month).await?;
    let office = app.office();
    let examiner = office.holders(Seat::Examiner, None).into_iter().min();
    let who = cast::who(&office, examiner.context("no examiner")?, app.now())?;
    let rows = app.board_rows(month).await?;
    let text = Raw::text(&app.staff_text(month).await?);
    let to = u32::try_from(office.officials.len())?;
    for act in [Act::PublishBoard { rows }, Act::SendStaffText { text, to }] {
        match app.inspect(&who, month, act, &Call::default()).await {
            Ok(_) | Err(ActError::Refused(_)) => {}
            Err(other) => return Err(other.into()),
        }
    }
    Ok(())
}

/// Takes steps in their order, each at its own moment.
async fn take_all(
    app: Arc<App>,
    material: Arc<Material>,
    piece: Vec<(At, Step, Story)>,
) -> anyhow::Result<Vec<Story>> {
    let mut taken = Vec::new();
    for (at, step, mut story) in piece {
        let done = moment::at(at, story.take(&app, &material, step)).await;
        done.with_context(|| format!("{step:?} of story {}", story.n))?;
        taken.push(story);
    }
    Ok(taken)
}

/// The earliest steps, one of each story. No reception stands beside a filing: what is filed in this piece may be received
/// before it.
fn next_piece(heap: &mut BinaryHeap<Reverse<Waiting>>) -> Vec<(At, Step, Story)> {
    let mut piece: Vec<(At, Step, Story)> = Vec::new();
    while piece.len() < AT_ONCE {
        let fits = heap.peek().is_some_and(|Reverse(next)| {
            let first = piece.first().map_or(next.at(), |(at, _, _)| *at);
            let beside = next.at() < first.plus(BESIDE) && next.at().date() == first.date();
            let files = piece.iter().any(|(_, step, _)| *step == Step::File);
            beside
                && !(files
                    && next
                        .0
                        .steps
                        .front()
                        .is_some_and(|(_, step)| *step == Step::Receive))
        });
        if !fits {
            break;
        }
        let Some(Reverse(Waiting(mut story))) = heap.pop() else {
            break;
        };
        if let Some((at, step)) = story.steps.pop_front() {
            piece.push((at, step, story));
        }
    }
    piece
}

/// The verified citizens, the printed one first.
async fn citizens(
    app: &App,
    inbox: &SandboxMessenger,
    material: &Material,
    count: usize,
) -> anyhow::Result<Vec<PersonId>> {
    let mut people = Vec::new();
    for n in 0..(count / 5).clamp(4, 180) {
        let nth = u32::try_from(n)?;
        let phone = match n {
            0 => cast::CITIZEN.to_owned(),
            n => format!("0100001{n:04}"),
        };
        let name = material.names.get(n).context("a name")?;
        people.push(cast::citizen(app, inbox, &phone, name, nth).await?);
    }
    Ok(people)
}

impl Plot<'_> {
    fn story(&self, n: usize) -> anyhow::Result<Story> {
        let fate = self.fate(n);
        let printed = n < OF_CITIZEN.len();
        let (sample, period, entered) = self.sample(n, fate, printed)?;
        let dice = self.dice;
        let flavour = usize::try_from(dice.draw(0, 840))?;
        let office = self.office;
        let team = Team::of(office, &sample.unit, flavour)
            .or_else(|| Team::of(office, "road_facilities", flavour))
            .context("no department with a whole team")?;
        let elsewhere = dice
            .pick(&self.material.petitions)
            .and_then(|other| Team::of(office, &other.unit, flavour))
            .filter(|other| other.unit != team.unit);
        let astray = elsewhere
            .or_else(|| {
                Team::of(
                    office,
                    if sample.unit == "parks" {
                        "traffic"
                    } else {
                        "parks"
                    },
                    flavour,
                )
            })
            .context("no second department")?;
        let entry = self.door(&sample, printed, fate);
        let asker = if entry == EntryPoint::Web {
            let person = if printed {
                self.citizens.first()
            } else {
                dice.pick(self.citizens.get(1..).unwrap_or_default())
            };
            Asker::Known(*person.context("no citizens")?)
        } else {
            let name = dice.pick(&self.material.names).context("no names")?;
            Asker::Written(name.clone(), format!("0100002{:04}", n % 10_000))
        };
        let clerk = self.clerk(entry, flavour)?;
        let district = if n < self.material.petitions.len() {
            sample.district()
        } else {
            dice.pick(&office.districts).map(|district| District(district.id))
        };
        let steps = self.moments(fate, period, sample.kind, entry)?;
        Ok(Story {
            n,
            steps: steps.into(),
            sample: Arc::new(sample),
            district,
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

    /// First what the printed citizen has, then one of each, then by their shares.
    fn fate(&self, n: usize) -> Fate {
        if let Some(fate) = OF_CITIZEN.get(n) {
            return *fate;
        }
        if let Some((fate, _)) = FATES.get(n - OF_CITIZEN.len()) {
            return *fate;
        }
        let all: i64 = FATES.iter().map(|(_, share)| i64::from(*share)).sum();
        let mut ticket = self.dice.draw(0, all);
        for (fate, share) in FATES {
            ticket -= i64::from(*share);
            if ticket < 0 {
                return *fate;
            }
        }
        Fate::Handled
    }

    /// A sample this fate can happen to: first those not told yet. With its period, and the one to enter at reception.
    fn sample(
        &self,
        n: usize,
        fate: Fate,
        printed: bool,
    ) -> anyhow::Result<(Sample, Period, Option<Period>)> {
        let all = &self.material.petitions;
        let start = if n < all.len() {
            n
        } else {
            usize::try_from(self.dice.draw(0, i64::try_from(all.len())?))?
        };
        for k in 0..all.len() {
            let mut sample = all[(start + k * 7) % all.len()].clone();
            if fate.is_instant() {
                // A simple question in whatever words: the procedure is that of the service.
                let Some(service) = (self.office.services_today())
                    .find(|service| service.procedure.as_str() == "instant_answer")
                else {
                    continue;
                };
                if !matches!(sample.kind, Kind::Inquiry | Kind::Other) {
                    continue;
                }
                (sample.service, sample.kind) = (service.code, service.kind);
            }
            let Some(service) = self.office.service_on(sample.service, self.office.day) else {
                continue;
            };
            if (service.procedure.as_str() == "instant_answer") != fate.is_instant() {
                continue;
            }
            if printed && service.online == Online::No {
                continue;
            }
            let (period, entered) = self.allowed(service, sample.kind);
            if fate.needs_days() && !matches!(period, Period::Days(5..=20)) {
                continue;
            }
            return Ok((sample, period, entered));
        }
        anyhow::bail!("no sample for {fate:?}")
    }

    /// The door of the sample, where the law opens it.
    fn door(&self, sample: &Sample, printed: bool, fate: Fate) -> EntryPoint {
        let service = self.office.service_on(sample.service, self.office.day);
        let online = service.is_some_and(|s| s.online == Online::Yes);
        let spoken = service.is_some_and(|s| s.kind == Kind::Other);
        // At the counter nobody waits for reception.
        let waits = matches!(fate, Fate::Filed | Fate::FiledLongAgo);
        match sample.entry {
            _ if printed || (waits && online) => EntryPoint::Web,
            _ if waits => EntryPoint::Mail,
            EntryPoint::Web if !online => EntryPoint::Counter,
            EntryPoint::Phone if !spoken => EntryPoint::Counter,
            door => door,
        }
    }

    /// The steps with their moments, none of them later than now.
    fn moments(
        &self,
        fate: Fate,
        period: Period,
        kind: Kind,
        entry: EntryPoint,
    ) -> anyhow::Result<Vec<(At, Step)>> {
        let (steps, anchor) = fate.plan(period, &mut |low, high| self.dice.draw(low, high));
        let outside = "the demo's weeks lie outside the table of holidays";
        // The last working minute that is over.
        let last = self.hours.mark(self.now).context(outside)? - 1;
        let received = match anchor {
            Anchor::Due(days) => self.received(days, period, kind),
            Anchor::Last(_) => None,
        };
        let all: i64 = steps.iter().map(|(_, gap)| gap).sum();
        let mut mark = match (received, anchor) {
            (Some(mark), _) => mark - steps.get(1).map_or(0, |(_, gap)| *gap),
            (None, Anchor::Last(age)) => last - age - all,
            (None, Anchor::Due(_)) => last - DAY - all,
        };
        let mut moments: Vec<(At, Step)> = Vec::new();
        let earlier = moments_before(steps.len());
        for (at, (step, gap)) in steps.into_iter().enumerate() {
            if at > 0 {
                mark += gap;
            }
            let limit = last - earlier(at);
            let moment = self.hours.moment(mark.min(limit)).context(outside)?;
            let seconds = self.dice.draw(0, 59_000);
            moments.push((moment.plus(seconds), step));
        }
        if let Some((filed, _)) = moments.first_mut()
            && !entry.is_visit()
            && entry != EntryPoint::Phone
        {
            *filed = self.at_home(*filed);
        }
        // Seconds within the same minute must not turn the order round.
        for at in 1..moments.len() {
            if moments[at].0 <= moments[at - 1].0 {
                moments[at].0 = moments[at - 1].0.plus(1000);
            }
        }
        Ok(moments)
    }

    /// People write in the evening and at the weekend: what arrives in the first working hour was often written before.
    fn at_home(&self, at: At) -> At {
        let Some(civil) = at.civil() else { return at };
        let first_hour = civil.time().hour() == 9;
        if first_hour && self.dice.draw(0, 3) > 0 {
            at.plus(-self.dice.draw(2, 14) * 3_600_000)
        } else {
            at
        }
    }

    /// A working minute of reception from which the petition is due `days` working days from today.
    fn received(&self, days: i64, period: Period, kind: Kind) -> Option<i64> {
        let today = self.hours.day(self.now.date()?, 0)?;
        let due = self.hours.day(today, days)?;
        let start = self
            .hours
            .mark(At::seoul(today.to_datetime(jiff::civil::Time::midnight())))?;
        let law = self.office.law();
        (1..40).find_map(|back| {
            let mark = start - back * DAY + self.dice.draw(60, 300);
            let at = self.hours.moment(mark)?;
            let found = law.due(at, period, kind, &[], &[]).ok()?;
            (found.plus(-1).date()? == due).then_some(mark)
        })
    }
}

/// How many minutes before the last one a step must lie, so that those after it have room.
fn moments_before(steps: usize) -> impl Fn(usize) -> i64 {
    move |at| i64::try_from(steps - 1 - at).unwrap_or(0)
}
