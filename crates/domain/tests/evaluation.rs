//! 평가 — the worked examples of the plan, the choices it leaves open, and what must hold for any work.

use domain::evaluation::ratio::Ratio;
use domain::evaluation::score::{Everyday, Statutory, composite, satisfaction, volume};
use domain::evaluation::{Choices, DAY, Lot, OpenLate, Part, Shortening, Shortest, Work, measured};
use domain::id::{OfficialId, TextId, UnitId};
use domain::inspection::{Act, BoardRow, Event, Inspection, Month, Recorded, Stand, Standing, Weight};
use domain::refusal::Refusal;
use domain::terms::{By, Kind, Outcome};
use domain::text::{Commitment, Text};
use domain::time::At;
use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

fn ratio(n: i128, d: i128) -> Ratio {
    Ratio::new(n, d).expect("a fraction")
}

fn work(lots: &[(u64, u64, u64, u64)], choices: &Choices) -> Work {
    let mut work = Work::default();
    for (allowed, cases, late, used) in lots {
        let lot = Lot {
            allowed: *allowed,
            cases: *cases,
            late: *late,
            used: *used,
        };
        work.add(lot, choices);
    }
    work
}

fn points(ratio: Option<Ratio>) -> String {
    ratio.expect("a figure").points()
}

#[test]
fn 법정민원_200건_중_6건_지연() {
    let choices = Choices::default();
    // ΣP = 2,000 days, ΣA = 760 days.
    let work = work(&[(10 * DAY, 200, 6, 760 * DAY)], &choices);
    assert_eq!(work.delayed(&choices), Some(ratio(3, 100)));
    let statutory = Statutory {
        kept: work.kept(&choices).expect("cases"),
        shortened: work.shortened(&choices).expect("cases"),
    };
    assert_eq!(statutory.kept.hundredths(), "97.0");
    assert_eq!(statutory.shortened.hundredths(), "62.0");
    assert_eq!(points(statutory.score()), "90.0");
    assert_eq!(
        statutory.old_score(Ratio::ONE).expect("points").rounded(100),
        9_822
    );
}

#[test]
fn 응답소와_종합() {
    let everyday = Everyday {
        speed: ratio(7, 10),
        delayed: ratio(5, 100),
        volume: Ratio::ONE,
        satisfaction: satisfaction(42, 10, 5).expect("ten answers"),
    };
    assert_eq!(everyday.satisfaction, ratio(4, 5));
    assert_eq!(points(everyday.score()), "82.0");
    let district = composite(
        &[(30, Some(Ratio::whole(90))), (70, everyday.score())],
        Ratio::ZERO,
    );
    assert_eq!(points(district), "84.4");
    let trained = composite(
        &[(30, Some(Ratio::whole(90))), (70, everyday.score())],
        Ratio::whole(3),
    );
    assert_eq!(points(trained), "87.4");
    // A part without data gives its weight to the rest; without any there is no score.
    assert_eq!(
        points(composite(
            &[(30, Some(Ratio::whole(90))), (70, None)],
            Ratio::ZERO
        )),
        "90.0"
    );
    assert_eq!(composite(&[(30, None)], Ratio::ZERO), None);
    assert_eq!(
        points(composite(&[(1, Some(Ratio::whole(99)))], Ratio::whole(9))),
        "104.0",
        "no cap, five at most"
    );
    assert_eq!(satisfaction(20, 4, 5), None, "too few answers");
    assert_eq!(volume(30, 60, 3), Some(Ratio::ONE), "more than the mean is one");
    assert_eq!(volume(10, 60, 3), Some(ratio(1, 2)));
    assert_eq!(volume(0, 0, 3), None);
}

#[test]
fn 스피드지수의_보기() {
    let choices = Choices::default();
    for (allowed, used, index) in [(10, 2, "80.0"), (15, 1, "93.3"), (7, 7, "0.0"), (7, 8, "-14.3")] {
        let one = work(
            &[(allowed * DAY, 1, u64::from(used > allowed), used * DAY)],
            &choices,
        );
        assert_eq!(one.shortened(&choices).expect("a case").hundredths(), index);
    }
    let late = Statutory {
        kept: Ratio::ZERO,
        shortened: ratio(-1, 7),
    };
    assert_eq!(
        points(late.score()),
        "0.0",
        "below nothing in the index, never in the score"
    );
}

#[test]
fn 셈하는_방법에_따라_다르다() {
    let lots = [(2 * DAY, 1, 0, DAY), (20 * DAY, 1, 0, 2 * DAY)];
    let sums = Choices::default();
    assert_eq!(work(&lots, &sums).shortened(&sums), Some(ratio(19, 22)));
    let cases = Choices {
        shortening: Shortening::Cases,
        ..sums
    };
    assert_eq!(
        work(&lots, &cases).shortened(&cases),
        Some(ratio(7, 10)),
        "(0.5 + 0.9) ÷ 2"
    );
    let six = Choices {
        shortest: Shortest::SixDays,
        ..sums
    };
    assert_eq!(work(&lots, &six).cases, 1);
    assert_eq!(
        work(&[(180, 5, 0, 100)], &sums).cases,
        0,
        "즉시민원은 평가하지 않는다"
    );
    let mut open = work(&lots, &sums);
    open.open_late = 2;
    assert_eq!(open.delayed(&sums), Some(ratio(1, 2)));
    let left = Choices {
        open_late: OpenLate::Left,
        ..sums
    };
    assert_eq!(open.delayed(&left), Some(Ratio::ZERO));
    assert_eq!(Work::default().delayed(&sums), None);
}

#[test]
fn 평가_대상() {
    for outcome in Outcome::ALL {
        let left_out = matches!(
            outcome,
            Outcome::Withdrawn
                | Outcome::DeemedWithdrawn
                | Outcome::Transferred
                | Outcome::Referred
                | Outcome::ClosedRepeated
                | Outcome::Merged
                | Outcome::NotAPetition
        );
        if matches!(
            outcome.code(),
            "granted" | "refused" | "answered" | "returned" | "unclaimed" | "excepted"
        ) {
            assert!(!left_out && measured(*outcome), "{outcome}");
        }
        assert!(!left_out || !measured(*outcome), "{outcome}");
    }
    assert!(Part::Statutory.takes(Kind::Statutory) && !Part::Statutory.takes(Kind::Other));
    assert!(
        Part::ALL.iter().all(|part| !part.takes(Kind::Disclosure)),
        "no petition"
    );
    assert!(Part::Everyday.takes(Kind::Grievance) && !Part::Everyday.takes(Kind::Statutory));
}

#[test]
fn 반올림은_반이면_영에서_멀어진다() {
    for (n, d, shown) in [
        (1, 3, "33.3"),
        (2, 3, "66.7"),
        (1, 2_000, "0.1"),
        (-1, 2_000, "-0.1"),
        (-1, 3, "-33.3"),
        (0, 5, "0.0"),
        (-1, 100_000, "0.0"),
    ] {
        assert_eq!(ratio(n, d).hundredths(), shown, "{n}/{d}");
    }
}

proptest! {
    #[test]
    fn 율은_0과_1_사이이고_늦을수록_나빠진다(
        lots in prop::collection::vec((1_u64..60, 1_u64..50, 0_u64..50, 0_u64..4_000), 1..12),
        open in 0_u64..100,
    ) {
        let choices = Choices::default();
        let lots: Vec<_> = lots.into_iter().map(|(p, n, late, used)| (p * DAY, n, late.min(n), used * 60)).collect();
        let mut done = work(&lots, &choices);
        done.open_late = open;
        let (late, kept) = (done.delayed(&choices).expect("cases"), done.kept(&choices).expect("cases"));
        prop_assert!(late >= Ratio::ZERO && late <= Ratio::ONE);
        prop_assert_eq!(late.plus(kept), Some(Ratio::ONE));
        prop_assert!(done.shortened(&choices).expect("cases") <= Ratio::ONE);
        let mean = Choices { shortening: Shortening::Cases, ..choices };
        prop_assert!(done.shortened(&mean).expect("cases") <= Ratio::ONE);
        // One minute more makes no figure better, one more late case none either.
        let (p, n, l, used) = lots[0];
        let mut slower = lots.clone();
        slower[0] = (p, n, l, used + 1);
        prop_assert!(work(&slower, &choices).shortened(&choices) < done.shortened(&choices));
        done.late += u64::from(done.late < done.cases);
        prop_assert!(done.delayed(&choices).expect("cases") >= late);
        // Groups joined are the same as all together.
        let (a, b) = lots.split_at(lots.len() / 2);
        let mut joined = work(a, &choices);
        joined.join(&work(b, &choices));
        prop_assert_eq!(joined, work(&lots, &choices));
    }

    #[test]
    fn 점수는_0과_100_사이다(k in 0_i128..=100, s in -300_i128..=100, d in 0_i128..=100, m in 0_i128..=100) {
        let statutory = Statutory { kept: ratio(k, 100), shortened: ratio(s, 100) };
        let everyday = Everyday { speed: ratio(s, 100), delayed: ratio(d, 100), volume: ratio(k, 100), satisfaction: ratio(m, 100) };
        for score in [statutory.score(), everyday.score()] {
            let score = score.expect("points");
            prop_assert!(score >= Ratio::ZERO && score <= Ratio::whole(100), "{}", score);
        }
    }
}

const ROADS: UnitId = UnitId(Uuid::from_u128(2));
const EXAMINER: By = By::Official(OfficialId(Uuid::from_u128(0x40)));
const HEAD: By = By::Official(OfficialId(Uuid::from_u128(0x24)));

fn text(n: u8) -> Text {
    Text {
        id: TextId(Uuid::from_u128(n.into())),
        commitment: Commitment([n; 32]),
    }
}

fn examiner() -> Standing {
    Standing {
        examiner: true,
        ..Standing::default()
    }
}

fn head() -> Standing {
    Standing {
        deputy_of: vec![ROADS],
        answers_for: vec![ROADS],
        ..Standing::default()
    }
}

struct Told {
    month: Inspection,
    journal: Vec<Recorded>,
}

impl Told {
    fn ask(&self, who: &Standing, by: By, act: &Act<Text>) -> Result<Event, Refusal> {
        self.month.decide(act, who, by, date(2026, 10, 5), true)
    }
    fn does(&mut self, who: &Standing, by: By, act: Act<Text>) {
        let event = self
            .ask(who, by, &act)
            .unwrap_or_else(|refusal| panic!("{act:?}: {refusal}"));
        let recorded = Recorded {
            seq: self.month.seq + 1,
            by,
            at: At(0),
            event,
        };
        self.month.take(&recorded);
        self.journal.push(recorded);
    }
}

fn order(until: jiff::civil::Date) -> Act<Text> {
    Act::Find {
        weight: Weight::Order,
        unit: ROADS,
        petition: None,
        text: text(1),
        reply_by: Some(until),
    }
}

#[test]
fn 한_달의_점검() {
    let mut told = Told {
        month: Inspection::default(),
        journal: Vec::new(),
    };
    let until = date(2026, 10, 15);
    let draw = Act::Draw { items: 3 };
    assert_eq!(
        told.month
            .decide(&draw, &Standing::default(), By::System, date(2026, 9, 30), false),
        Err(Refusal::MonthNotOver)
    );
    assert_eq!(
        told.ask(&examiner(), EXAMINER, &draw),
        Err(Refusal::NotYours),
        "the duty's own"
    );
    assert_eq!(
        told.ask(&examiner(), EXAMINER, &Act::Close),
        Err(Refusal::MonthNotOver)
    );
    told.does(&Standing::default(), By::System, draw.clone());
    assert_eq!(
        told.ask(&Standing::default(), By::System, &draw),
        Err(Refusal::DoneAlready)
    );

    let row = BoardRow {
        unit: ROADS,
        cases: 4,
        late: 1,
        open_late: 0,
        allowed: 10,
        used: 5,
    };
    assert_eq!(
        told.ask(&head(), HEAD, &Act::PublishBoard { rows: vec![row] }),
        Err(Refusal::NotYours)
    );
    told.does(&examiner(), EXAMINER, Act::PublishBoard { rows: vec![row] });
    assert_eq!(
        told.ask(&examiner(), EXAMINER, &Act::PublishBoard { rows: vec![] }),
        Err(Refusal::DoneAlready)
    );
    told.does(
        &examiner(),
        EXAMINER,
        Act::SendStaffText {
            text: text(9),
            to: 277,
        },
    );
    let again = Act::SendStaffText {
        text: text(9),
        to: 277,
    };
    assert_eq!(told.ask(&examiner(), EXAMINER, &again), Err(Refusal::DoneAlready));

    assert_eq!(
        told.ask(&examiner(), EXAMINER, &order(date(2026, 10, 4))),
        Err(Refusal::ReplyInPast)
    );
    let stranger = Standing {
        deputy_of: vec![UnitId(Uuid::from_u128(3))],
        ..Standing::default()
    };
    assert_eq!(told.ask(&stranger, HEAD, &order(until)), Err(Refusal::NotYours));
    told.does(&examiner(), EXAMINER, order(until));
    let remark = Act::Find {
        weight: Weight::Remark,
        unit: ROADS,
        petition: None,
        text: text(2),
        reply_by: None,
    };
    told.does(&head(), HEAD, remark);
    let stands = |told: &Told| told.month.findings.iter().map(|f| f.stand).collect::<Vec<_>>();
    assert_eq!(stands(&told), [Stand::Awaited, Stand::Noted]);

    let reply = |no| Act::Reply { no, text: text(3) };
    assert_eq!(told.ask(&examiner(), EXAMINER, &reply(1)), Err(Refusal::NotYours));
    assert_eq!(told.ask(&head(), HEAD, &reply(7)), Err(Refusal::NoFinding));
    assert_eq!(
        told.ask(&head(), HEAD, &reply(2)),
        Err(Refusal::RepliedAlready),
        "a remark asks for nothing"
    );
    assert_eq!(
        told.ask(&examiner(), EXAMINER, &Act::Accept { no: 1 }),
        Err(Refusal::NotReplied)
    );
    assert_eq!(
        told.ask(&examiner(), EXAMINER, &Act::Close),
        Err(Refusal::OrdersOpen)
    );
    told.does(&head(), HEAD, reply(1));
    assert_eq!(told.ask(&head(), HEAD, &reply(1)), Err(Refusal::RepliedAlready));
    assert_eq!(
        told.ask(&head(), HEAD, &Act::Accept { no: 1 }),
        Err(Refusal::NotYours),
        "not one's own judge"
    );
    told.does(
        &examiner(),
        EXAMINER,
        Act::AskAgain {
            no: 1,
            text: text(4),
            reply_by: until,
        },
    );
    assert_eq!(
        told.ask(&examiner(), EXAMINER, &Act::Close),
        Err(Refusal::OrdersOpen)
    );
    told.does(&head(), HEAD, reply(1));
    told.does(&examiner(), EXAMINER, Act::Accept { no: 1 });
    told.does(&examiner(), EXAMINER, Act::Close);
    assert_eq!(stands(&told), [Stand::Settled, Stand::Noted]);
    assert_eq!(
        told.ask(&examiner(), EXAMINER, &order(until)),
        Err(Refusal::InspectionClosed)
    );
    assert_eq!(
        Inspection::fold(&told.journal),
        told.month,
        "the journal gives the month"
    );
    let texts: Vec<Text> = told.journal.iter().filter_map(|r| r.event.text()).collect();
    assert_eq!(texts, [text(9), text(1), text(2), text(3), text(4), text(3)]);
}

#[test]
fn 달은_읽은_대로_쓰인다() {
    let month: Month = "2026-09".parse().expect("a month");
    assert_eq!(
        (month.to_string().as_str(), month.first()),
        ("2026-09", date(2026, 9, 1))
    );
    assert_eq!(month.later(4).to_string(), "2027-01");
    assert_eq!(month.earlier(9).to_string(), "2025-12");
    assert_eq!(Month::from_number(month.number()), Some(month));
    for wrong in ["2026-13", "2026-9", "26-09", "2026-00", "2026/09"] {
        assert!(wrong.parse::<Month>().is_err(), "{wrong}");
    }
}
