//! 길 — what happens to a petition of a told year, step by step, and when.

use super::hours::DAY;
use super::plot::Plot;
use super::sample::Sample;
use super::step::Step;
use super::year::Course;
use anyhow::Context;
use domain::due::Period;
use domain::time::At;

impl Plot<'_> {
    /// The steps with their moments; what would lie later than now has not happened yet.
    pub fn road(
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
        if course == Course::TakenBack {
            return self.timed(filed, vec![(Step::Withdraw, self.dice.draw(5, 200))], outside);
        }
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
        match course {
            Course::Transferred => then(Step::Transfer, self.dice.draw(20, 200)),
            Course::PassedOn => then(Step::Transfer, self.dice.draw(DAY, 6 * DAY)),
            _ => {}
        }
        if matches!(course, Course::Transferred | Course::PassedOn | Course::Waiting) {
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
