//! 일과의 임차 — of all processes of a house one does the duties: it holds the lease, renews it, stops when it has lost it, and gives it back.
//!
//! A process that cannot reach the database stops before its lease runs out there, by its own measure of time passed: two holders at once would
//! need a process that sleeps in the middle of a duty and wakes up later. What is then written twice is told apart by the rows themselves.

use crate::house;
use app::App;
use app::duties::{self, Duty};
use domain::time::At;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;
use store::engine::Dialect;
use store::lease::Owner;
use store::place::Place;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};

/// The name of the lease.
const DUTIES: &str = "duties";
/// So long it holds when it is not renewed.
const TERM: Duration = Duration::from_secs(20);
/// So long before its end a holder that could not renew it stops.
const MARGIN: Duration = Duration::from_secs(5);
/// It is renewed, or asked for, so often.
const EVERY: Duration = Duration::from_secs(4);
/// A duty that failed rests this long at most.
const BACKOFF: Duration = Duration::from_secs(60);

/// How a lease is kept; shorter in tests.
#[derive(Debug, Clone, Copy)]
struct Pace {
    term: Duration,
    margin: Duration,
    every: Duration,
}

/// The label of a duty: its name.
type OfDuty = [(&'static str, &'static str); 1];

/// What became of the duties of this process. A handle: clones count together.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    /// Runs that came to their end.
    pub runs: Family<OfDuty, Counter>,
    /// Runs that failed or broke down.
    pub failures: Family<OfDuty, Counter>,
    /// How long the last one took, in seconds.
    pub took: Family<OfDuty, Gauge<f64, AtomicU64>>,
    /// When the last one came to its end, in seconds since 1970.
    pub done_at: Family<OfDuty, Gauge<f64, AtomicU64>>,
    /// Whether it is this process that does the duties of the house: 1, or 0.
    pub lease: Gauge,
}

impl Figures {
    fn ended(&self, duty: &Duty, good: bool, took: Duration, now: At) {
        let of = [("duty", duty.name)];
        if !good {
            self.failures.get_or_create(&of).inc();
            return;
        }
        self.runs.get_or_create(&of).inc();
        self.took.get_or_create(&of).set(took.as_secs_f64());
        self.done_at.get_or_create(&of).set(now.0 as f64 / 1_000.0);
    }
}

/// The duties under way.
pub struct Running {
    leave: watch::Sender<()>,
    /// What is one's own is always one's turn.
    _always: watch::Sender<Option<u64>>,
    tasks: JoinSet<()>,
}

impl Running {
    /// Lets each duty finish the run it is in; none begins another, and the lease is given back.
    pub async fn end(mut self) {
        drop(self.leave);
        while self.tasks.join_next().await.is_some() {}
    }
}

/// Does what each process does for itself, and, where `shared`, the duties of the house while it is this process' turn.
pub fn start(app: &Arc<App>, shared: bool, figures: &Figures) -> Running {
    let (leave, left) = watch::channel(());
    let mut tasks = JoinSet::new();
    let (always, holds) = watch::channel(Some(0));
    for duty in duties::OWN {
        tasks.spawn(keep_doing(
            app.clone(),
            duty,
            figures.clone(),
            holds.clone(),
            left.clone(),
        ));
    }
    if shared {
        tasks.spawn(hold(app.clone(), figures.clone(), left));
    }
    Running {
        leave,
        _always: always,
        tasks,
    }
}

/// Holds the lease whenever it can be had, and has the duties done meanwhile, until the house closes.
async fn hold(app: Arc<App>, figures: Figures, left: watch::Receiver<()>) {
    let pace = Pace {
        term: TERM,
        margin: MARGIN,
        every: EVERY,
    };
    let mut owner: Owner = [0; 16];
    app.ports.chance.fill(&mut owner);
    if app.places.live.dialect() == Dialect::Sqlite
        && let Err(fault) = app.places.live.break_lease(DUTIES).await
    {
        tracing::warn!(%fault, "the lease of a process that was killed has to run out first");
    }
    let (turn, holds) = watch::channel(None);
    let mut doing = JoinSet::new();
    for duty in duties::ALL {
        doing.spawn(keep_doing(
            app.clone(),
            duty,
            figures.clone(),
            holds.clone(),
            left.clone(),
        ));
    }
    doing.spawn({
        let (mut holds, lease, mut left) = (holds.clone(), figures.lease.clone(), left.clone());
        async move {
            loop {
                lease.set(i64::from(holds.borrow_and_update().is_some()));
                tokio::select! {
                    _ = left.changed() => return,
                    changed = holds.changed() => if changed.is_err() { return },
                }
            }
        }
    });
    keep(&app.places.live, &owner, pace, &turn, left).await;
    // The lease is kept until the last duty has come to its end: it runs out by itself if that takes too long.
    while doing.join_next().await.is_some() {}
    figures.lease.set(0);
    if turn.borrow().is_none() {
        return;
    }
    // What was filed last, while it is still our turn.
    if let Err(error) = house::seal(&app).await {
        tracing::warn!(%error, "what was filed last is sealed by whoever does the duties next");
    }
    if let Err(fault) = app.places.live.give_back(DUTIES, &owner).await {
        tracing::warn!(%fault, "the duties could not be given back; another process takes them over when their lease has run out");
    }
}

/// Asks for the lease again and again and tells what came of it, until the house closes.
async fn keep(
    place: &Place,
    owner: &Owner,
    pace: Pace,
    turn: &watch::Sender<Option<u64>>,
    mut left: watch::Receiver<()>,
) {
    let mut good_until = Instant::now();
    loop {
        let asked = Instant::now();
        let term = i64::try_from(pace.term.as_millis()).unwrap_or(i64::MAX);
        let patience = if turn.borrow().is_some() {
            good_until.saturating_duration_since(asked)
        } else {
            pace.term
        };
        let fence = match timeout(patience, place.take_lease(DUTIES, owner, term)).await {
            Ok(Ok(fence)) => {
                // Reckoned from before the question: the database began to count later.
                good_until = asked + pace.term - pace.margin;
                fence
            }
            Ok(Err(fault)) => {
                tracing::warn!(%fault, "the lease of the duties could not be asked for");
                (*turn.borrow()).filter(|_| Instant::now() < good_until)
            }
            Err(_) => None,
        };
        tell(turn, fence);
        let rest = match fence {
            Some(_) => pace
                .every
                .min(good_until.saturating_duration_since(Instant::now())),
            None => pace.every,
        };
        tokio::select! {
            biased;
            // The other end is dropped when the house closes.
            _ = left.changed() => return,
            () = tokio::time::sleep(rest) => {}
        }
    }
}

fn tell(turn: &watch::Sender<Option<u64>>, fence: Option<u64>) {
    turn.send_if_modified(|held| {
        match (*held, fence) {
            (before, after) if before == after => return false,
            (_, Some(fence)) => tracing::info!(fence, "this process does the duties from now on"),
            (_, None) => tracing::warn!("this process does the duties no more"),
        }
        *held = fence;
        true
    });
}

/// Does a duty again and again while it is this process' turn: at once while there is work, after its rest when there is none, later and
/// later while it fails. A panic is a failure like any other. Where the turn is lost, the run under way is dropped: every duty may stop anywhere.
async fn keep_doing(
    app: Arc<App>,
    duty: &'static Duty,
    figures: Figures,
    mut holds: watch::Receiver<Option<u64>>,
    mut left: watch::Receiver<()>,
) {
    let mut failed = 0;
    loop {
        tokio::select! {
            biased;
            _ = left.changed() => return,
            () = held(&mut holds) => {}
        }
        let office = app.clone();
        let begun = Instant::now();
        let mut run = tokio::spawn(async move { duty.once(&office).await });
        let done = tokio::select! {
            done = &mut run => done,
            () = lost(&mut holds) => {
                run.abort();
                // Waits for the end of it: no second run begins beside one that is still being dropped.
                let _ = run.await;
                continue;
            }
        };
        figures.ended(duty, matches!(done, Ok(Ok(_))), begun.elapsed(), app.now());
        let rest = match done {
            Ok(Ok(0)) => {
                failed = 0;
                duty.rest
            }
            Ok(Ok(_)) => {
                failed = 0;
                Duration::ZERO
            }
            Ok(Err(error)) => {
                failed += 1;
                let rest = backoff(failed);
                tracing::error!(duty = duty.name, %error, ?rest, "a duty failed");
                rest
            }
            Err(error) => {
                failed += 1;
                let rest = backoff(failed);
                tracing::error!(duty = duty.name, %error, ?rest, "a duty broke down");
                rest
            }
        };
        tokio::select! {
            biased;
            _ = left.changed() => return,
            () = tokio::time::sleep(rest) => {}
        }
    }
}

/// Waits until it is this process' turn.
async fn held(holds: &mut watch::Receiver<Option<u64>>) {
    if holds.wait_for(Option::is_some).await.is_err() {
        // Nobody gives turns any more: the house closes, which whoever waits hears by another way.
        std::future::pending().await
    }
}

/// Waits until it is this process' turn no more.
async fn lost(holds: &mut watch::Receiver<Option<u64>>) {
    if holds.wait_for(Option::is_none).await.is_err() {
        std::future::pending().await
    }
}

/// One, two, four … seconds, at most [`BACKOFF`].
fn backoff(failed: u32) -> Duration {
    Duration::from_secs(1 << (failed - 1).min(6)).min(BACKOFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_duty_rests_longer_and_longer_and_never_above_a_minute() {
        let seconds: Vec<u64> = (1..=9).map(|failed| backoff(failed).as_secs()).collect();
        assert_eq!(seconds, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
    }

    #[test]
    fn a_holder_that_cannot_renew_stops_before_the_lease_runs_out() {
        assert!(
            MARGIN < TERM && EVERY * 2 < TERM - MARGIN,
            "two renewals may fail"
        );
    }

    /// Two processes at one database: one does the duties; when it is gone without a word, the other does, under the next number; what is given
    /// back is taken at once; and who cannot reach the database stops by itself.
    #[tokio::test(flavor = "multi_thread")]
    async fn at_most_one_holds_and_the_next_takes_over() {
        let folder = tempfile::tempdir().unwrap();
        let data = crate::house::Data {
            data: folder.path().to_owned(),
            key_folder: None,
            database: None,
        };
        let parameters = crate::house::Parameters::default();
        let places = crate::house::places(&data, &parameters, crate::house::Shares::Untold)
            .await
            .unwrap();
        let place = places.live.clone();
        let pace = Pace {
            term: Duration::from_millis(900),
            margin: Duration::from_millis(300),
            every: Duration::from_millis(150),
        };
        let process = |n: u8| {
            let (place, (turn, holds), (leave, left)) =
                (place.clone(), watch::channel(None), watch::channel(()));
            let task = tokio::spawn(async move {
                keep(&place, &[n; 16], pace, &turn, left).await;
                turn
            });
            (task, holds, leave)
        };
        let within = |mut holds: watch::Receiver<Option<u64>>, wanted: Option<u64>| async move {
            let seen = timeout(Duration::from_secs(5), holds.wait_for(|held| *held == wanted)).await;
            assert!(seen.is_ok_and(|seen| seen.is_ok()), "{wanted:?}");
        };
        let (first, first_holds, _leave) = process(1);
        within(first_holds.clone(), Some(1)).await;
        let (second, second_holds, leave) = process(2);
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        assert_eq!(
            (*first_holds.borrow(), *second_holds.borrow()),
            (Some(1), None),
            "it is renewed"
        );

        first.abort();
        within(second_holds.clone(), Some(2)).await;

        drop(leave);
        let turn = second.await.unwrap();
        assert_eq!(*turn.borrow(), Some(2));
        place.give_back(DUTIES, &[2; 16]).await.unwrap();
        let (_third, third_holds, _leave) = process(3);
        within(third_holds.clone(), Some(3)).await;

        places.close().await;
        within(third_holds, None).await;
    }
}
