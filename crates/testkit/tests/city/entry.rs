//! 들어오기 — one-time codes, passwords, sessions: who is let in, who waits, and what nobody is told.

use app::identity::door::TRIES;
use app::identity::{Address, CODE_TRIES, NotLetIn};
use domain::number::FilingNumber;
use domain::time::At;
use jiff::civil::datetime;
use ports::message::Inbox;
use std::sync::Arc;
use testkit::city::{City, PASSWORD};
use tokio::task::JoinSet;

const HERE: &[u8] = &[127, 0, 0, 1];
const THERE: &[u8] = &[127, 0, 0, 2];

fn phone() -> Address {
    Address::parse("010-1234-5678").unwrap()
}

async fn asks(city: &City) -> String {
    city.app.ask_code(&phone(), "ko", HERE).await.unwrap();
    city.last_code()
}

fn other_than(code: &str, n: u32) -> String {
    format!("{:06}", (code.parse::<u32>().unwrap() + n + 1) % 1_000_000)
}

fn is_wrong<T: std::fmt::Debug>(result: Result<T, NotLetIn>) -> bool {
    matches!(result, Err(NotLetIn::Wrong))
}

testkit::on_both_engines! {
    async fn a_code_opens_once_within_five_minutes_and_five_tries(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let verify = async |code: &str| city.app.verify_contact(&phone(), code, "ko").await;
        let code = asks(&city).await;
        assert!(is_wrong(verify(&other_than(&code, 0)).await));
        let person = verify(&code).await.unwrap();
        assert!(is_wrong(verify(&code).await), "a code opens once");
        // Expired.
        let code = asks(&city).await;
        city.it_is(datetime(2026, 6, 15, 10, 5, 0, 0));
        assert!(is_wrong(verify(&code).await), "five minutes are over");
        // Dead after five wrong tries, even for the right one.
        let code = asks(&city).await;
        for n in 0..CODE_TRIES {
            assert!(is_wrong(verify(&other_than(&code, n)).await));
        }
        assert!(is_wrong(verify(&code).await), "dead");
        // A new one replaces the old one; the same contact is the same person.
        let old = asks(&city).await;
        let new = asks(&city).await;
        assert!(old == new || is_wrong(verify(&old).await));
        assert_eq!(verify(&new).await.unwrap(), person);
        // Five an hour, then one waits; after the hour it goes on.
        let sixth = city.app.ask_code(&phone(), "ko", HERE).await;
        assert!(matches!(sixth, Err(NotLetIn::Wait(1..=3600))), "{sixth:?}");
        city.it_is(datetime(2026, 6, 15, 11, 0, 1, 0));
        let code = asks(&city).await;
        assert_eq!(verify(&code).await.unwrap(), person);
    }

    async fn guesses_made_at_the_same_moment_are_all_counted(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let code = asks(&city).await;
        let city = Arc::new(city);
        let mut guesses = JoinSet::new();
        for n in 0..24 {
            let (city, guess) = (city.clone(), other_than(&code, n));
            guesses.spawn(async move { is_wrong(city.app.verify_contact(&phone(), &guess, "ko").await) });
        }
        assert!(guesses.join_all().await.into_iter().all(|wrong| wrong));
        let right = city.app.verify_contact(&phone(), &code, "ko").await;
        assert!(is_wrong(right), "twenty-four guesses at once must not cost less than five");

        let mut logins = JoinSet::new();
        for _ in 0..16 {
            let city = city.clone();
            logins.spawn(async move { is_wrong(city.app.log_in("receiver1", "틀림", &HERE.into()).await) });
        }
        let tried = logins.join_all().await.into_iter().filter(|wrong| *wrong).count();
        assert_eq!(tried, TRIES as usize, "the others were told to wait");
    }

    async fn an_official_is_let_in_and_nobody_locks_another_out(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let log_in = async |login: &str, password: &str, from: &[u8]| {
            city.app.log_in(login, password, &from.into()).await.map(|entered| entered.open)
        };
        let open = log_in(" Receiver1 ", PASSWORD, HERE).await.unwrap();
        assert!(city.app.official(&open.cookie).await.unwrap().is_some());
        assert!(city.app.citizen(&open.cookie).await.unwrap().is_none());
        for _ in 0..TRIES {
            assert!(is_wrong(log_in("receiver2", "아무거나", HERE).await));
        }
        let right = log_in("receiver2", PASSWORD, HERE).await;
        assert!(matches!(right, Err(NotLetIn::Wait(1..=600))), "{right:?}");
        log_in("receiver2", PASSWORD, THERE).await.expect("from elsewhere the owner still comes in");
        log_in("receiver1", PASSWORD, HERE).await.expect("and colleagues from here");
        // One who does not exist is answered like one who does.
        for _ in 0..TRIES {
            assert!(is_wrong(log_in("nobody", "아무거나", HERE).await));
        }
        assert!(matches!(log_in("nobody", "아무거나", HERE).await, Err(NotLetIn::Wait(_))));
        city.it_is(datetime(2026, 6, 15, 10, 10, 1, 0));
        log_in("receiver2", PASSWORD, HERE).await.expect("after ten minutes");
    }

    async fn a_whole_office_behind_one_address_comes_in(city, at datetime(2026, 6, 15, 9, 0, 0, 0)) {
        let logins: Vec<String> = city.app.office().officials.values().map(|p| p.login.clone()).take(45).collect();
        for login in &logins {
            city.app.log_in(login, PASSWORD, &HERE.into()).await.unwrap_or_else(|e| panic!("{login}: {e}"));
        }
    }

    async fn sessions_end(city, at datetime(2026, 6, 15, 9, 0, 0, 0)) {
        let open = city.app.log_in("receiver1", PASSWORD, &HERE.into()).await.unwrap().open;
        let lives = async |h, m| {
            city.it_is(datetime(2026, 6, 15, h, m, 0, 0));
            city.app.session(&open.cookie).await.unwrap().is_some()
        };
        assert!(lives(9, 50).await);
        assert!(lives(10, 49).await, "each use counts");
        assert!(!lives(11, 50).await, "an hour unused");
        assert!(!lives(11, 51).await);
        let open = city.app.log_in("receiver1", PASSWORD, &HERE.into()).await.unwrap().open;
        city.app.end_session(&open.session).await.unwrap();
        assert!(city.app.session(&open.cookie).await.unwrap().is_none(), "logged out");
        let open = city.app.log_in("receiver1", PASSWORD, &HERE.into()).await.unwrap().open;
        for hour in 12..=21 {
            city.it_is(datetime(2026, 6, 15, hour, 40, 0, 0));
            city.app.session(&open.cookie).await.unwrap().expect("in use");
        }
        city.it_is(datetime(2026, 6, 15, 22, 0, 0, 0));
        assert!(city.app.session(&open.cookie).await.unwrap().is_none(), "ten hours are a working day");
        for forged in ["", "0", &"0".repeat(64), &"가".repeat(64), &"0".repeat(10_000)] {
            assert!(city.app.session(forged).await.unwrap().is_none());
        }
    }

    async fn a_number_tells_nothing(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let p = city.files(kim, "S134", "번호로 찾기", "").await;
        let unknown = FilingNumber::new(At::seoul(datetime(2026, 6, 15, 0, 0, 0, 0)), 42).unwrap();
        let before = city.messages.messages().len();
        city.app.ask_code_for(unknown, "ko", HERE).await.expect("nothing is said about a number nobody has");
        assert_eq!(city.messages.messages().len(), before);
        assert!(is_wrong(city.app.verify_number(unknown, "123456").await));
        city.app.ask_code_for(p.number, "ko", HERE).await.unwrap();
        assert_eq!(city.messages.messages().len(), before + 1);
        let code = city.last_code();
        assert!(is_wrong(city.app.verify_number(unknown, &code).await), "a code opens its own number only");
        assert!(is_wrong(city.app.verify_number(p.number, &other_than(&code, 3)).await));
        assert_eq!(city.app.verify_number(p.number, &code).await.unwrap(), kim);
        // A gateway that is away looks the same as a number nobody has.
        city.messages.stumble(ports::delivery::Failed::Later("away".into()));
        city.app.ask_code_for(p.number, "ko", HERE).await.expect("nothing is told");
        // Known and unknown numbers run out of codes alike.
        for number in [p.number, unknown] {
            let mut waits = 0;
            for n in 0..6 {
                let asked = city.app.ask_code_for(number, "ko", &[10, 0, 0, n]).await;
                waits += u32::from(matches!(asked, Err(NotLetIn::Wait(_))));
            }
            assert!(waits > 0, "{number}");
        }
    }
}
