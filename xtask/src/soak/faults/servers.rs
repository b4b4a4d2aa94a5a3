//! 여러 서버 — two servers and one for the duties at one database: one stands still, is killed, is replaced by a newer program.

use super::{
    On, Row, Trial, browser,
    house::{House, Serving, receives, reception},
    scene::Scene,
};
use crate::shell;
use anyhow::{Context, Result, bail, ensure};
use std::{collections::BTreeSet, fs, thread, time::Duration};

const HOLDS: &str = "this process does the duties from now on";
const GIVES: &str = "this process does the duties no more";

/// Waits until the log of a server says this; gives the seconds.
fn says(serving: &Serving, sentence: &str, times: usize, patience: u64) -> Result<f64> {
    let watch = shell::Stopwatch::start();
    while watch.elapsed().as_secs() < patience {
        let log = fs::read_to_string(&serving.log).unwrap_or_default();
        if log.matches(sentence).count() >= times {
            return Ok(watch.elapsed().as_secs_f64());
        }
        thread::sleep(Duration::from_millis(50));
    }
    bail!(
        "“{sentence}” was not said within {patience} s:\n{}",
        serving.said()
    )
}

/// Every citizen has a letter, and none twice.
fn letters_once(house: &House, scene: &Scene) -> Result<usize> {
    let watch = shell::Stopwatch::start();
    let wanted = |n: usize| scene.citizens[n].numbers.len();
    loop {
        let mut all = 0;
        let mut enough = true;
        for (n, citizen) in scene.citizens.iter().enumerate() {
            let letters = house.relay.to(&citizen.mail);
            let told: BTreeSet<String> = letters.iter().filter_map(|letter| message_id(letter)).collect();
            ensure!(
                told.len() == letters.len(),
                "a letter to {} came twice",
                citizen.mail
            );
            // One is the code.
            enough &= letters.len() > wanted(n);
            all += letters.len();
        }
        if enough {
            return Ok(all);
        }
        ensure!(watch.elapsed().as_secs() < 120, "letters are missing: {all} came");
        thread::sleep(Duration::from_millis(200));
    }
}

fn message_id(letter: &str) -> Option<String> {
    let line = letter.lines().find(|line| line.starts_with("Message-ID:"))?;
    Some(line.to_owned())
}

/// The process that holds the duties stands still for half a minute.
pub fn frozen(trial: &Trial) -> Result<Vec<Row>> {
    let (house, server) = trial.house("frozen", On::Postgres)?;
    let holder = house.starts("holder", "both")?;
    says(&holder, HOLDS, 1, 30)?;
    let other = house.starts("other", "both")?;
    let mut scene = Scene::new(&house, &holder)?;
    holder.signal("STOP")?;
    let watch = shell::Stopwatch::start();
    let hung = scene.citizens[0].browser.at(&holder.address);
    let (taken, hung) = thread::scope(|scope| {
        let waiting = scope.spawn(|| hung.go("/my"));
        scene.at(&other.address);
        let went = scene.goes_on().context("at the other server");
        let taken = says(&other, HOLDS, 1, 40).map(|_| watch.elapsed().as_secs_f64());
        let sent = letters_once(&house, &scene).context("the other sends");
        thread::sleep(Duration::from_secs(30).saturating_sub(watch.elapsed()));
        let awake = holder.signal("CONT");
        let hung = waiting.join();
        went.and(sent)
            .and(awake.map(|()| 0))
            .and(taken.map(|taken| (taken, hung)))
    })?;
    let hung = hung.ok().context("the one who waited")??;
    ensure!(
        hung.status == 200,
        "who waited got {}: {}",
        hung.status,
        hung.words()
    );
    says(&holder, GIVES, 1, 20)?;
    scene.goes_on()?;
    let letters = letters_once(&house, &scene)?;
    scene.at(&holder.address);
    scene.goes_on()?;
    other.stop()?;
    let verified = scene.all_kept(holder)?;
    drop(server);
    Ok(vec![Row {
        what: "the process with the duties stands still for 30 s (`kill -STOP`)",
        on: On::Postgres.name(),
        seen: format!(
            "Who asked it waits and has the page when it goes on ({:.0} s; behind a proxy the other answers). The other does the duties after {taken:.1} s; the first, awake, says that it does them no more",
            hung.seconds
        ),
        kept: format!("{verified}. {letters} letters, none twice"),
    }])
}

/// A server for citizens, one for officials, two for the duties: filed at one and seen at the other, the holder killed, an upgrade.
pub fn come_and_go(trial: &Trial) -> Result<Vec<Row>> {
    let (house, server) = trial.house("servers", On::Postgres)?;
    let citizens = house.starts("citizens", "citizen")?;
    let spare = house.starts("citizens-2", "citizen")?;
    let officials = house.starts("officials", "official")?;
    let duties = house.starts("duties", "duties")?;
    says(&duties, HOLDS, 1, 30)?;
    let standby = house.starts("duties-2", "duties")?;

    // Filed at one, received at the other.
    let mut citizen = house.citizen(&citizens, "ko")?;
    let official = house.official(&officials, "ko")?;
    let mut seen: f64 = 0.0;
    for _ in 0..10 {
        citizen.files_anew("여러 서버")?;
        let number = citizen.numbers.last().context("a number")?.clone();
        let page = reception(&official, &number).context("filed at one, not seen at the other")?;
        seen = seen.max(page.seconds);
        let done = receives(&official, &page)?;
        ensure!(done.status == 200, "{}", done.words());
        let case = citizen.browser.at(&spare.address).go(&format!("/my/{number}"))?;
        case.says(200, &[&number])?;
    }

    // The holder is killed.
    let watch = shell::Stopwatch::start();
    duties.signal("KILL")?;
    says(&standby, HOLDS, 1, 40)?;
    let killed = watch.elapsed().as_secs_f64();
    drop(duties);
    let third = house.starts("duties-3", "duties")?;
    let ended = standby.stop()?;
    let stopped = ended + says(&third, HOLDS, 1, 40)?;

    // One after the other is stopped and started again, while somebody at the other's door never waits for it.
    let mut refused = 0;
    let mut answered = 0;
    let mut ending: f64 = 0.0;
    let (one, two) = (citizens.address.clone(), spare.address.clone());
    let port = |address: &str| address.rsplit(':').next().and_then(|port| port.parse().ok());
    let mut serving = vec![citizens, spare];
    for round in 0..4 {
        let leaves = serving.remove(0);
        let (away, here) = if leaves.address == one {
            (&one, &two)
        } else {
            (&two, &one)
        };
        let at = port(away).context("a port")?;
        citizen.browser = citizen.browser.at(here);
        let started = thread::scope(|scope| {
            let change = scope.spawn(|| -> Result<(f64, Serving)> {
                let ending = leaves.stop()?;
                let name = format!("citizens-new-{round}");
                Ok((ending, house.starts_at(&name, "citizen", at)?))
            });
            while !change.is_finished() {
                citizen.files_anew("올려 바꾸는 동안")?;
                answered += 1;
                let mine = citizen.browser.go("/my")?;
                refused += usize::from(mine.status != 200);
            }
            change.join().ok().context("the change")?
        });
        let (ended, new) = started?;
        ending = ending.max(ended);
        serving.push(new);
        ensure!(browser::health(away) == "200", "{away} is not well");
    }
    ensure!(refused == 0, "{refused} pages were refused");
    citizen.finds_everything()?;
    let number = citizen.numbers.len();
    for one in serving {
        one.stop()?;
    }
    officials.stop()?;
    third.stop()?;
    let verified = house.holds(number)?;
    drop(server);
    Ok(vec![Row {
        what: "servers come and go",
        on: On::Postgres.name(),
        seen: format!(
            "What was filed at one was received at the other at once (10 of 10, page within {seen:.2} s). The holder of the duties killed: the next after {killed:.1} s; stopped: after {stopped:.1} s, of which its own end took {ended:.1}. Each citizens' server stopped (within {ending:.1} s) and started anew twice, {answered} petitions filed at the other meanwhile, none refused"
        ),
        kept: verified,
    }])
}
