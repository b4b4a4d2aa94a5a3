//! 로그인 이야기 — guessers who cannot lock anybody out, second factors taken once, sessions that end, passwords that are changed.

use app::act::Call;
use app::identity::door::{Arrival, Entered, Step, TRIES_OF_STRANGERS};
use app::identity::{NotLetIn, OpenSession};
use app::people::OfficeError;
use domain::account::SignInRules;
use domain::id::OfficialId;
use domain::organisation::Fault;
use domain::terms::Seat;
use jiff::civil::datetime;
use ports::mail::Mailbox;
use store::batch::Batch;
use store::engine::{Ask, Urgency};
use testkit::city::{City, PASSWORD};

const HERE: &[u8] = &[192, 0, 2, 1];

fn from(origin: &[u8], known: Option<&str>) -> Arrival {
    Arrival {
        origin: origin.to_vec(),
        device: "windows-edge".into(),
        known: known.map(str::to_owned),
    }
}

async fn in_by(city: &City, login: &str, password: &str, from: &Arrival) -> Result<Entered, NotLetIn> {
    city.app.log_in(login, password, from).await
}

async fn in_here(city: &City, login: &str) -> OpenSession {
    let entered = in_by(city, login, PASSWORD, &from(HERE, None))
        .await
        .expect("let in");
    assert_eq!(entered.step, None);
    entered.open
}

async fn is_in(city: &City, open: &OpenSession) -> bool {
    city.app.official(&open.cookie).await.expect("read").is_some()
}

pub(crate) async fn with_rules(city: &City, rules: SignInRules) {
    let mut settings = city.app.office().settings.clone();
    settings.sign_in = rules;
    let mut batch = Batch::new();
    batch.setting("office", &serde_json::to_string(&settings).expect("text"));
    city.app
        .places
        .live
        .commit(batch, Urgency::User)
        .await
        .expect("kept");
    city.app.reload().await.expect("read");
}

/// Enrols an authenticator in an open session, and gives its secret and the recovery codes.
async fn enrols(city: &City, open: &OpenSession, official: OfficialId) -> (Vec<u8>, Vec<String>) {
    let begun = city.app.begin_enrolment(open, official);
    let secret = unbase32(&begun.secret);
    let code = code_now(city, &secret);
    let codes = city
        .app
        .finish_enrolment(open, official, &begun.sealed, &code)
        .await
        .expect("enrolled");
    (secret, codes)
}

fn unbase32(text: &str) -> Vec<u8> {
    let mut bits: Vec<bool> = Vec::new();
    for letter in text.bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            _ => letter - b'2' + 26,
        };
        bits.extend((0..5).rev().map(|n| value >> n & 1 == 1));
    }
    bits.chunks_exact(8)
        .map(|eight| eight.iter().fold(0, |byte, bit| byte << 1 | u8::from(*bit)))
        .collect()
}

fn code_at(secret: &[u8], at: i64) -> String {
    crypto::totp::code(
        secret,
        u64::try_from(at / crypto::totp::STEP).expect("after 1970"),
    )
}

fn code_now(city: &City, secret: &[u8]) -> String {
    code_at(secret, city.app.now().0)
}

fn wrong<T: std::fmt::Debug>(answer: Result<T, NotLetIn>) {
    assert!(matches!(answer, Err(NotLetIn::Wrong)), "{answer:?}");
}

async fn rows(city: &City, sql: &'static str) -> i64 {
    let row = city
        .app
        .places
        .live
        .engine()
        .query_one(sql, Vec::new())
        .await
        .expect("read");
    row.int(0).expect("a number")
}

testkit::on_both_engines! {
    async fn a_guesser_with_a_thousand_addresses_is_slowed_and_the_owner_comes_in(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let known = in_by(&city, "receiver1", PASSWORD, &from(HERE, None)).await.expect("let in").known;
        let before = city.passwords.weighed();
        for n in 0..60_u8 {
            let guess = in_by(&city, "receiver1", &format!("짐작 {n}"), &from(&[198, 51, 100, n], None)).await;
            assert!(matches!(guess, Err(NotLetIn::Wrong | NotLetIn::Wait(_))), "{guess:?}");
        }
        let weighed = city.passwords.weighed() - before;
        assert_eq!(weighed, u64::from(TRIES_OF_STRANGERS), "so many guesses in an hour, from wherever");
        // The owner's own browser is not counted with the strangers.
        let known = known.expect("a good log-in leaves a mark");
        in_by(&city, "receiver1", PASSWORD, &from(&[203, 0, 113, 9], Some(&known))).await.expect("the owner comes in");
        // Others are not slowed, and in an hour everybody is a stranger anew.
        in_by(&city, "receiver2", PASSWORD, &from(&[198, 51, 100, 7], None)).await.expect("a colleague comes in");
        city.it_is(datetime(2026, 6, 15, 11, 0, 1, 0));
        in_by(&city, "receiver1", PASSWORD, &from(&[203, 0, 113, 9], None)).await.expect("from a new browser");
    }

    async fn a_mark_is_worth_nothing_for_another_account_or_made_up(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let known = in_by(&city, "receiver2", PASSWORD, &from(HERE, None)).await.expect("let in").known.expect("a mark");
        for n in 0..TRIES_OF_STRANGERS {
            let origin = [198, 51, 100, u8::try_from(n).expect("small")];
            wrong(in_by(&city, "receiver1", "짐작", &from(&origin, None)).await);
        }
        let made_up = "0".repeat(96);
        for mark in [known.as_str(), &made_up, "", "가나다"] {
            let guess = in_by(&city, "receiver1", "짐작", &from(&[198, 51, 100, 99], Some(mark))).await;
            assert!(matches!(guess, Err(NotLetIn::Wait(_))), "{mark}: {guess:?}");
        }
        // A stolen mark has a measure too.
        for _ in 0..app::identity::door::TRIES_OF_KNOWN {
            wrong(in_by(&city, "receiver2", "짐작", &from(HERE, Some(&known))).await);
        }
        let guess = in_by(&city, "receiver2", PASSWORD, &from(HERE, Some(&known))).await;
        assert!(matches!(guess, Err(NotLetIn::Wait(_))), "{guess:?}");
        in_by(&city, "receiver2", PASSWORD, &from(HERE, None)).await.expect("without the mark the owner is a stranger");
    }

    async fn a_network_of_ipv6_is_one_and_leaves_few_rows(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let mut origin = [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
        for n in 0..100_u8 {
            origin[15] = n;
            in_by(&city, &format!("nobody{n}"), "짐작", &from(&origin, None)).await.expect_err("nobody");
        }
        origin[15] = 200;
        let guess = in_by(&city, "receiver1", PASSWORD, &from(&origin, None)).await;
        assert!(matches!(guess, Err(NotLetIn::Wait(_))), "{guess:?}");
        let counted = rows(&city, "SELECT count(*) FROM throttle").await;
        assert!(counted <= 1 + 2 * 30, "{counted} rows for 100 names from one network");
        origin[7] = 2;
        in_by(&city, "receiver1", PASSWORD, &from(&origin, None)).await.expect("the next network is another");
        city.it_is(datetime(2026, 6, 15, 12, 30, 0, 0));
        city.app.forget_ended().await.expect("forgotten");
        assert_eq!(rows(&city, "SELECT count(*) FROM throttle").await, 0, "nothing is kept longer");
    }

    async fn nobody_and_a_wrong_password_take_the_same_work(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let admin = city.official("admin");
        let said = app::people::organisation::OfficialSaid { login: "no.password".into(), name: "무암호".into(), ..Default::default() };
        let posted = app::people::organisation::Posted {
            official: city.official_id("admin"),
            unit: city.unit("road_facilities"),
            seats: vec![Seat::Handler],
            from: city.app.office().day,
            others: app::people::organisation::Others::Stay,
        };
        city.app.add_official(&admin, &said, &posted, None, &Call::default()).await.expect("added");
        for login in ["receiver1", "nobody", "no.password", ""] {
            let before = city.passwords.weighed();
            wrong(in_by(&city, login, "틀린 비밀번호", &from(HERE, None)).await);
            assert_eq!(city.passwords.weighed() - before, 1, "{login}");
        }
    }

    async fn a_number_is_taken_once_and_a_code_too(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let open = in_here(&city, "receiver1").await;
        let me = city.official_id("receiver1");
        let (secret, codes) = enrols(&city, &open, me).await;
        assert_eq!(codes.len(), 10);
        let kept = rows(&city, "SELECT count(*) FROM recovery_code").await;
        assert_eq!(kept, 10);

        let half = async || {
            let entered = in_by(&city, "receiver1", PASSWORD, &from(HERE, None)).await.expect("half-way in");
            assert_eq!((entered.step, entered.known.clone()), (Some(Step::Factor), None));
            assert!(!is_in(&city, &entered.open).await, "half-way in is not in");
            entered.open
        };
        let give = async |open: &OpenSession, code: &str| {
            let (open, official, step) = city.app.entering(&open.cookie).await.expect("read").expect("half-way in");
            assert_eq!((official, step), (me, Step::Factor), "{}", open.session.seen_at.0);
            city.app.enter_code(&open, official, code, &from(HERE, None)).await
        };
        // The number that enrolled it is used.
        wrong(give(&half().await, &code_now(&city, &secret)).await);
        city.it_is(datetime(2026, 6, 15, 10, 1, 0, 0));
        let code = code_now(&city, &secret);
        let first = half().await;
        let entered = give(&first, &code).await.expect("in");
        assert_eq!(entered.step, None);
        assert!(is_in(&city, &entered.open).await);
        assert_ne!(entered.open.cookie, first.cookie, "another cookie");
        assert!(city.app.session(&first.cookie).await.expect("read").is_none(), "the half-way session is gone");
        wrong(give(&half().await, &code).await);
        // Also the number of the step before, now that a later one was taken.
        wrong(give(&half().await, &code_at(&secret, city.app.now().0 - 30_000)).await);
        // Far away clocks are not served.
        city.it_is(datetime(2026, 6, 15, 10, 12, 0, 0));
        wrong(give(&half().await, &code_at(&secret, city.app.now().0 - 60_000)).await);
        give(&half().await, &code_at(&secret, city.app.now().0 + 30_000)).await.expect("one step ahead");
        // A recovery code, written in small letters without hyphens.
        let code = codes[3].to_lowercase().replace('-', " ");
        give(&half().await, &code).await.expect("in by recovery code");
        wrong(give(&half().await, &code).await);
        assert_eq!(city.app.secured(me).await.expect("read").codes, 9);
        // Somebody else's code is none.
        let other = in_here(&city, "receiver2").await;
        let (_, theirs) = enrols(&city, &other, city.official_id("receiver2")).await;
        wrong(give(&half().await, &theirs[0]).await);
    }

    async fn a_secret_lies_sealed_and_an_enrolment_belongs_to_its_session(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let (one, two) = (in_here(&city, "receiver1").await, in_here(&city, "receiver2").await);
        let (me, other) = (city.official_id("receiver1"), city.official_id("receiver2"));
        let begun = city.app.begin_enrolment(&one, me);
        let secret = unbase32(&begun.secret);
        wrong(city.app.finish_enrolment(&two, other, &begun.sealed, &code_now(&city, &secret)).await);
        wrong(city.app.finish_enrolment(&one, me, &begun.sealed, "000000").await);
        wrong(city.app.finish_enrolment(&one, me, "00", &code_now(&city, &secret)).await);
        let late = code_at(&secret, city.app.now().0 + 31 * 60_000);
        city.it_is(datetime(2026, 6, 15, 10, 31, 0, 0));
        wrong(city.app.finish_enrolment(&one, me, &begun.sealed, &late).await);
        let (secret, codes) = enrols(&city, &one, me).await;
        let row = city.app.places.live.engine()
            .query_one("SELECT totp FROM account WHERE totp_at > 0", Vec::new()).await.expect("read");
        let kept = row.bytes(0).expect("bytes").to_vec();
        assert!(kept.windows(secret.len()).all(|window| window != secret), "the secret lies open");
        let row = city.app.places.live.engine()
            .query_one("SELECT code FROM recovery_code ORDER BY code LIMIT 1", Vec::new()).await.expect("read");
        assert_eq!(row.bytes(0).expect("bytes").len(), 32, "a MAC, of {} codes", codes.len());
    }

    async fn guesses_at_the_second_factor_are_counted(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let open = in_here(&city, "receiver1").await;
        let me = city.official_id("receiver1");
        let (secret, _) = enrols(&city, &open, me).await;
        city.it_is(datetime(2026, 6, 15, 10, 5, 0, 0));
        let mut tried = 0;
        for n in 0..60_u8 {
            // The thief knows the password, and comes from everywhere with a session of its own each time.
            let origin = from(&[198, 51, 100, n], None);
            let half = in_by(&city, "receiver1", PASSWORD, &origin).await.expect("half-way in").open;
            match city.app.enter_code(&half, me, "000000", &origin).await {
                Err(NotLetIn::Wrong) => tried += 1,
                Err(NotLetIn::Wait(_)) => {}
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(tried, TRIES_OF_STRANGERS);
        // The owner's own browser still comes in.
        let known = {
            city.it_is(datetime(2026, 6, 15, 11, 10, 0, 0));
            let half = in_by(&city, "receiver1", PASSWORD, &from(HERE, None)).await.expect("half-way in").open;
            city.app.enter_code(&half, me, &code_now(&city, &secret), &from(HERE, None)).await.expect("in").known
        };
        assert!(known.is_some());
    }

    async fn seats_that_need_a_second_factor_enrol_at_the_door(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        with_rules(&city, SignInRules::default()).await;
        let entered = in_by(&city, "admin", PASSWORD, &from(HERE, None)).await.expect("half-way in");
        assert_eq!(entered.step, Some(Step::Enrol));
        assert!(!is_in(&city, &entered.open).await);
        let me = city.official_id("admin");
        let (_, codes) = enrols(&city, &entered.open, me).await;
        let entered = city.app.enter_enrolled(&entered.open, me).await.expect("in");
        assert_eq!((entered.step, codes.len()), (None, 10));
        assert!(is_in(&city, &entered.open).await);
        wrong(city.app.drop_authenticator(&entered.open, me).await);
        let handler = in_by(&city, "road.facilities.1", PASSWORD, &from(HERE, None)).await.expect("in");
        assert_eq!(handler.step, None, "a handler needs none");
        city.app.drop_authenticator(&handler.open, city.official_id("road.facilities.1")).await.expect("has none to drop");
    }

    async fn a_reset_ends_sessions_tells_the_person_and_asks_to_enrol_anew(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let me = city.official_id("receiver1");
        let admin = city.official("admin");
        let open = in_here(&city, "receiver1").await;
        enrols(&city, &open, me).await;
        let mut said = app::people::organisation::OfficialSaid::default();
        {
            let office = city.app.office();
            let person = &office.officials[&me];
            (said.login, said.name, said.title) = (person.login.clone(), person.name.clone(), person.title.clone());
        }
        said.mail = "receiver1@hanbit.example".into();
        city.app.change_official(&admin, me, &said, &Call::default()).await.expect("changed");
        let stranger = city.official("road.facilities.1");
        let no = city.app.reset_factors(&stranger, me, &Call::default()).await;
        assert!(matches!(no, Err(OfficeError::Refused(Fault::NotYours))), "{no:?}");
        city.app.reset_factors(&admin, me, &Call::default()).await.expect("reset");
        assert!(!is_in(&city, &open).await, "every session ends");
        let letter = city.letters.letters().into_iter().next().expect("a letter");
        assert_eq!(letter.what.to, "receiver1@hanbit.example");
        assert!(letter.what.text.contains("2단계 인증"), "{}", letter.what.text);
        let entered = in_by(&city, "receiver1", PASSWORD, &from(HERE, None)).await.expect("half-way in");
        assert_eq!(entered.step, Some(Step::Enrol), "also where no seat needs it");
        let changes = city.app.office_changes(&admin).await.expect("read");
        assert_eq!(changes[0].what, "factors_reset");
        assert_eq!(rows(&city, "SELECT count(*) FROM ledger WHERE deed = 'factors_reset'").await, 1);
    }

    async fn sessions_are_seen_and_ended_and_confirmed(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let me = city.official_id("receiver1");
        let (one, two) = (in_here(&city, "receiver1").await, in_here(&city, "receiver1").await);
        let three = in_by(&city, "receiver1", PASSWORD, &from(&[203, 0, 113, 9], None)).await.expect("in").open;
        let other = in_here(&city, "receiver2").await;
        let seen = city.app.sessions(&one, me).await.expect("read");
        assert_eq!(seen.len(), 3);
        assert_eq!(seen.iter().filter(|s| s.own).count(), 1);
        let far = seen.iter().find(|s| s.origin == [203, 0, 113, 9]).expect("the far one");
        assert_eq!(far.device, "windows-edge");
        let theirs = city.app.sessions(&other, city.official_id("receiver2")).await.expect("read");
        assert!(!city.app.end_own(&one, me, &theirs[0].name).await.expect("done"), "somebody else's is none of mine");
        assert!(city.app.end_own(&one, me, &far.name).await.expect("done"));
        assert!(!is_in(&city, &three).await);
        city.app.end_others(&one, me).await.expect("done");
        assert!(is_in(&city, &one).await && !is_in(&city, &two).await && is_in(&city, &other).await);

        assert!(city.app.fresh(&one));
        city.it_is(datetime(2026, 6, 15, 10, 10, 1, 0));
        let (one, _) = city.app.official(&one.cookie).await.expect("read").expect("in");
        assert!(!city.app.fresh(&one), "ten minutes later");
        wrong(city.app.confirm(&one, me, "틀림", "", &from(HERE, None)).await);
        city.app.confirm(&one, me, PASSWORD, "", &from(HERE, None)).await.expect("confirmed");
        let (one, _) = city.app.official(&one.cookie).await.expect("read").expect("in");
        assert!(city.app.fresh(&one));
        // With an authenticator the password alone confirms nothing.
        let (secret, _) = enrols(&city, &one, me).await;
        wrong(city.app.confirm(&one, me, PASSWORD, "", &from(HERE, None)).await);
        city.it_is(datetime(2026, 6, 15, 10, 12, 0, 0));
        city.app.confirm(&one, me, PASSWORD, &code_now(&city, &secret), &from(HERE, None)).await.expect("confirmed");
    }

    async fn the_administrator_ends_sessions_and_so_do_changes_of_the_account(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        use app::people::organisation::{Others, Posted};
        let me = city.official_id("road.facilities.1");
        let admin = city.official("admin");
        let call = Call::default();
        let open = in_here(&city, "road.facilities.1").await;
        let no = city.app.end_sessions(&city.official("receiver1"), me, &call).await;
        assert!(matches!(no, Err(OfficeError::Refused(Fault::NotYours))), "{no:?}");
        assert!(is_in(&city, &open).await);
        city.app.end_sessions(&admin, me, &call).await.expect("ended");
        assert!(!is_in(&city, &open).await, "forced out");

        let open = in_here(&city, "road.facilities.1").await;
        let posted = |seats| Posted {
            official: me,
            unit: city.unit("road_facilities"),
            seats,
            from: city.app.office().day,
            others: Others::End,
        };
        city.app.post_official(&admin, &posted(vec![Seat::Handler, Seat::SupportingHandler, Seat::TeamLead]), &call).await.expect("posted");
        assert!(is_in(&city, &open).await, "a seat more ends nothing");
        city.app.post_official(&admin, &posted(vec![Seat::TeamLead]), &call).await.expect("posted");
        assert!(!is_in(&city, &open).await, "a seat was withdrawn");

        let (open, other) = (in_here(&city, "road.facilities.1").await, in_here(&city, "road.facilities.1").await);
        enrols(&city, &open, me).await;
        assert!(is_in(&city, &open).await && !is_in(&city, &other).await, "a factor was changed");
        city.app.reset_factors(&admin, me, &call).await.expect("reset");
        city.app.set_password(&admin, me, "맑은 하늘 아래 4", &call).await.expect("set");
        assert!(!is_in(&city, &open).await);
        city.app.end_official(&admin, me, city.app.office().day.yesterday().expect("a day"), &call).await.expect("ended");
        wrong(in_by(&city, "road.facilities.1", "맑은 하늘 아래 4", &from(HERE, None)).await);
    }

    async fn a_password_that_somebody_set_is_changed_at_the_door(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        with_rules(&city, SignInRules { second_factor: vec![], ..SignInRules::default() }).await;
        let me = city.official_id("receiver1");
        let admin = city.official("admin");
        for (bad, fault) in [
            ("짧다", Fault::PasswordUnfit),
            ("password1234", Fault::PasswordCommon),
            ("receiver1 님의 문", Fault::PasswordIsLogin),
        ] {
            let no = city.app.set_password(&admin, me, bad, &Call::default()).await;
            assert!(matches!(&no, Err(OfficeError::Refused(f)) if *f == fault), "{bad}: {no:?}");
        }
        let first = "맑은 하늘 아래 4";
        city.app.set_password(&admin, me, first, &Call::default()).await.expect("set");
        let entered = in_by(&city, "receiver1", first, &from(HERE, None)).await.expect("half-way in");
        assert_eq!(entered.step, Some(Step::Password));
        let half = entered.open;
        let same = city.app.enter_password(&half, me, first).await;
        assert!(matches!(same, Err(NotLetIn::Unfit(Fault::PasswordOld))), "{same:?}");
        assert!(!is_in(&city, &half).await);
        let own = "나만 아는 긴 문장";
        let entered = city.app.enter_password(&half, me, own).await.expect("in");
        assert!(entered.step.is_none() && is_in(&city, &entered.open).await);
        wrong(in_by(&city, "receiver1", first, &from(HERE, None)).await);
        let other = in_by(&city, "receiver1", own, &from(HERE, None)).await.expect("in");
        assert_eq!(other.step, None, "once is enough");
        // By oneself: the old one is asked for, and the other sessions end.
        wrong(city.app.change_password(&entered.open, me, "틀림", "또 다른 긴 문장 하나").await);
        city.app.change_password(&entered.open, me, own, "또 다른 긴 문장 하나").await.expect("changed");
        assert!(is_in(&city, &entered.open).await && !is_in(&city, &other.open).await);
    }
}
