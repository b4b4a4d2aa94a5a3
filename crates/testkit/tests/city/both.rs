//! 두 엔진 — the same random acts by the same people on SQLite and on PostgreSQL: every read says the same, to the byte.

use app::act::{ActError, Call};
use app::desk::View;
use app::words::Raw;
use domain::access::Who;
use domain::act::Act;
use domain::due::{Cause, Ground, Period};
use domain::event::Signer;
use domain::id::{PersonId, PetitionId};
use domain::life::Life;
use domain::terms::{Kind, Mark, Outcome};
use jiff::ToSpan;
use jiff::civil::{DateTime, datetime};
use std::fmt::Write;
use testkit::city::{City, On, answer};

/// Throws from one number (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % n
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize].clone()
    }
}

const OFFICIALS: &[&str] = &[
    "receiver1",
    "receiver1",
    "counter1",
    "road.facilities.receiver",
    "road.facilities.receiver",
    "road.facilities.1",
    "road.facilities.1",
    "road.facilities.1",
    "road.facilities.lead",
    "road.facilities.head",
    "road.facilities.head",
    "audit.receiver",
    "audit.1",
    "mayor",
];
const KINDS: &[Kind] = &[
    Kind::Inquiry,
    Kind::Inquiry,
    Kind::Other,
    Kind::Statutory,
    Kind::Grievance,
];

/// One random act, in the words of this city: the same number gives the same act in either.
fn act(dice: &mut Dice, city: &City, now: DateTime) -> Act<Raw> {
    let text = |dice: &mut Dice| {
        Raw::text(dice.pick(&["가로등", "신호등을 고쳐 주십시오", "ㅋㅋ 100%", "한 줄\n두 줄"]))
    };
    let day = |dice: &mut Dice| now.date().checked_add((dice.below(20) as i64).days()).unwrap();
    let period = |dice: &mut Dice| {
        dice.pick(&[
            None,
            Some(Period::Days(3)),
            Some(Period::Days(10)),
            Some(Period::Immediately),
        ])
    };
    let outcome = |dice: &mut Dice| {
        dice.pick(&[
            Outcome::Answered,
            Outcome::Answered,
            Outcome::Returned,
            Outcome::Refused,
            Outcome::NotAccepted,
        ])
    };
    match dice.below(32) {
        0..=2 => Act::Receive {
            kind: dice.pick(KINDS),
            period: period(dice),
        },
        3 => Act::Reclassify {
            service: dice.pick(&["S134", "G002", "S001"]).parse().unwrap(),
            kind: dice.pick(KINDS),
            period: period(dice),
            reason: text(dice),
        },
        4..=6 => Act::Distribute {
            unit: city.unit(dice.pick(&["road_facilities", "road_facilities", "audit"])),
        },
        7 => Act::SendBack { reason: text(dice) },
        8..=9 => Act::UnitReceive,
        10..=12 => Act::Designate {
            handler: city.official_id(dice.pick(&["road.facilities.1", "road.facilities.1", "audit.1"])),
        },
        13 => Act::AskSupplement {
            what: text(dice),
            until: day(dice),
        },
        14 => Act::Supplement {
            note: Some(text(dice)),
            files: vec![app::words::file("붙임.txt", "붙임".into()).unwrap()],
        },
        15 => Act::ProlongSupplement { until: day(dice) },
        16 => Act::Hold {
            ground: dice.pick(&[Ground::Examination, Ground::Hearing, Ground::Outage]),
            note: None,
        },
        17 => Act::Resume,
        18..=19 => Act::Extend {
            n: dice.below(5) as u32,
            ground: dice.pick(&[Cause::FactFinding, Cause::Workload]),
            reason: text(dice),
        },
        20 => Act::ConsentExtension,
        21 => Act::DeclineExtension,
        22..=23 => Act::Draft(answer(outcome(dice), "답변드립니다. 신호등을 고쳤습니다.")),
        24..=25 => Act::SendUp {
            line: vec![Signer {
                official: city.official_id("road.facilities.head"),
                mark: Mark::Delegated,
            }],
        },
        26..=27 => Act::Sign { comment: None },
        28 => dice.pick(&[
            Act::TurnBack {
                reason: Raw::text("다시"),
            },
            Act::Recall,
        ]),
        29 => Act::Answer,
        30 => dice.pick(&[
            Act::ReadAnswer,
            Act::Rate {
                score: 4,
                comment: Some(Raw::text("좋음")),
            },
            Act::AnswerAtOnce(answer(Outcome::Answered, "바로 답합니다.")),
        ]),
        _ => dice.pick(&[
            Act::Withdraw { reason: None },
            Act::MoveDue,
            Act::Transfer {
                agency: Raw::text("다른 기관"),
                reason: Raw::text("그쪽 일"),
                report_by: None,
            },
        ]),
    }
}

/// Everything that can be read, as text. Signatures are left out: ECDSA draws chance of its own.
async fn everything(city: &City, people: &[PersonId], ids: &[PetitionId]) -> String {
    let mut told = String::new();
    let call = Call::default();
    let mut readers: Vec<Who> = people.iter().map(|p| Who::Citizen(*p)).collect();
    readers.extend(
        [
            "receiver1",
            "road.facilities.receiver",
            "road.facilities.1",
            "road.facilities.head",
            "audit.1",
            "mayor",
        ]
        .map(|l| city.official(l)),
    );
    for who in &readers {
        for view in [
            View::Mine,
            View::Open,
            View::ToReceive,
            View::ToDistribute,
            View::SentBack,
            View::ToSign,
            View::Held,
            View::Overdue,
            View::Concluded,
            View::Unit(city.unit("road_facilities")),
        ] {
            let mut behind = None;
            loop {
                let page = city.app.list(who, view, behind, 2, &call).await.unwrap();
                let lines = page.items.iter().map(|i| (i.petition.id, &i.title, i.left));
                writeln!(told, "{view:?} {:?}", lines.collect::<Vec<_>>()).unwrap();
                let Some(next) = page.next else { break };
                behind = Some(next);
            }
            writeln!(told, "{:?}", city.app.count(who, view, 100).await.unwrap()).unwrap();
        }
        for words in ["가로등", "신호", "등", "고쳤", "100", "두", "없는말"] {
            let mut before = None;
            loop {
                let page = city.app.search(who, words, before, 2, &call).await.unwrap();
                writeln!(
                    told,
                    "{words} {:?} {:?}",
                    page.items.iter().map(|i| i.petition.id).collect::<Vec<_>>(),
                    page.next
                )
                .unwrap();
                let Some(next) = page.next else { break };
                before = Some(next);
            }
        }
        for id in ids {
            match city.app.case(who, *id, &call).await {
                Ok(case) => {
                    let texts: Vec<_> = case
                        .journal
                        .iter()
                        .flat_map(|e| e.recorded.event.texts())
                        .map(|t| case.texts.text(t))
                        .collect();
                    writeln!(
                        told,
                        "{:?}\n{:?}\n{texts:?}\n{:?}\n{:?} {:?}\n{:?}\n{:?}\n{:?}\n{} {:?}",
                        case.petition,
                        case.journal,
                        case.contact,
                        case.why,
                        case.left,
                        case.deeds,
                        case.effects,
                        case.looks,
                        case.chain_holds,
                        case.leaf
                    )
                    .unwrap();
                }
                Err(error) => writeln!(told, "{error}").unwrap(),
            }
        }
    }
    let live = &city.app.places.live;
    let root = live
        .last_root()
        .await
        .unwrap()
        .map(|r| (r.no, r.first, r.next, r.merkle, r.signed_at));
    writeln!(
        told,
        "{:?}\n{:?}\n{root:?}",
        city.app.stats().await.unwrap(),
        live.tallies("").await.unwrap()
    )
    .unwrap();
    writeln!(told, "{:?}", city.app.verify(live, &mut |_| {}).await.unwrap()).unwrap();
    told
}

/// What a walk led to: what each act answered, and everything that can be read in the end.
async fn walk(on: On, seed: u64, acts: u32) -> (Vec<String>, String, u32) {
    let mut now = datetime(2026, 6, 15, 9, 30, 0, 0);
    let city = City::new(on, now).await;
    let mut dice = Dice(seed);
    let people = [
        city.citizen("010-1111-2222").await,
        city.citizen("010-3333-4444").await,
    ];
    let (mut ids, mut answers, mut done) = (Vec::new(), Vec::new(), 0);
    for n in 0..4 {
        let service = if n == 3 { "G002" } else { "S134" };
        let title = dice.pick(&["가로등이 꺼졌습니다", "신호등 100초", "등"]);
        ids.push(city.files(people[n % 2], service, title, "내용").await.id);
    }
    for _ in 0..acts {
        if dice.below(4) == 0 {
            now = now.checked_add((dice.below(30) as i64).hours()).unwrap();
            city.it_is(now);
            if dice.below(2) == 0 {
                city.duties().await;
            }
        }
        let id = dice.pick(&ids);
        let wild = act(&mut dice, &city, now);
        let deed = if dice.below(2) == 0 {
            onward(&city, id).await.unwrap_or(wild)
        } else {
            wild
        };
        let who = match dice.below(8) {
            // Most acts are tried by somebody who may do them, or the walk would go nowhere.
            0 => Who::Citizen(dice.pick(&people)),
            1 => city.official(dice.pick(OFFICIALS)),
            _ => fitting(&city, &deed, id).await,
        };
        let call = Call {
            origin: vec![127, 0, 0, 1],
            key: (dice.below(3) == 0).then(|| vec![dice.below(4) as u8]),
        };
        let name = deed.deed();
        let result = city.app.act(&who, id, deed, &call).await;
        answers.push(match result {
            Ok(petition) => {
                done += 1;
                format!("{name} {petition:?}")
            }
            Err(ActError::Refused(refusal)) => format!("{name} {refusal:?}"),
            Err(ActError::NotFound) => format!("{name} not found"),
            Err(ActError::Trouble(trouble)) => panic!("{name}: {trouble}"),
        });
    }
    city.duties().await;
    (answers, everything(&city, &people, &ids).await, done)
}

/// The next act of the main road, if there is one.
async fn onward(city: &City, id: PetitionId) -> Option<Act<Raw>> {
    let p = city.app.places.live.head(id).await.unwrap().unwrap().petition;
    Some(match p.life {
        Life::Filed => Act::Receive {
            kind: p.kind,
            period: None,
        },
        Life::Received => Act::Distribute {
            unit: city.unit("road_facilities"),
        },
        Life::Distributed if p.send_back.is_some() => Act::Distribute {
            unit: city.unit("road_facilities"),
        },
        Life::Distributed if p.unit_received_at.is_none() => Act::UnitReceive,
        Life::Distributed if p.unit == Some(city.unit("audit")) => Act::Designate {
            handler: city.official_id("audit.1"),
        },
        Life::Distributed => Act::Designate {
            handler: city.official_id("road.facilities.1"),
        },
        Life::Held if p.supplement.is_some() => Act::Supplement {
            note: Some(Raw::text("신호등 옆입니다.")),
            files: Vec::new(),
        },
        Life::Held => Act::Resume,
        Life::InHandling => match (&p.draft, &p.line) {
            (None, _) => Act::Draft(answer(Outcome::Answered, "가로등을 고쳤습니다.")),
            (Some(_), None) => Act::SendUp {
                line: vec![Signer {
                    official: city.official_id("road.facilities.head"),
                    mark: Mark::Decide,
                }],
            },
            (Some(_), Some(line)) if line.document.is_none() => Act::Sign {
                comment: Some(Raw::text("결재")),
            },
            (Some(_), Some(_)) => Act::Answer,
        },
        Life::Concluded => return None,
    })
}

/// Somebody whose act this could be.
async fn fitting(city: &City, deed: &Act<Raw>, id: PetitionId) -> Who {
    let p = city.app.places.live.head(id).await.unwrap().unwrap().petition;
    match deed {
        Act::Receive { .. }
        | Act::Reclassify { .. }
        | Act::Distribute { .. }
        | Act::AnswerAtOnce(_)
        | Act::Transfer { .. } => city.official("receiver1"),
        Act::SendBack { .. } | Act::UnitReceive | Act::Designate { .. }
            if p.unit == Some(city.unit("audit")) =>
        {
            city.official("audit.receiver")
        }
        Act::SendBack { .. } | Act::UnitReceive | Act::Designate { .. } => {
            city.official("road.facilities.receiver")
        }
        Act::Sign { .. } | Act::TurnBack { .. } => city.official("road.facilities.head"),
        Act::Supplement { .. }
        | Act::ProlongSupplement { .. }
        | Act::ConsentExtension
        | Act::DeclineExtension
        | Act::ReadAnswer
        | Act::Rate { .. }
        | Act::Withdraw { .. } => Who::Citizen(p.person),
        Act::MoveDue => Who::System,
        _ => p
            .handler
            .and_then(|h| city.app.office().who(h, city.app.now()))
            .unwrap_or_else(|| city.official("road.facilities.1")),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_acts_read_the_same_on_both_engines() {
    let mut done = 0;
    for seed in 1..=12 {
        let one = walk(On::Sqlite, seed, 40).await;
        let two = walk(On::Postgres, seed, 40).await;
        for (n, (a, b)) in one.0.iter().zip(&two.0).enumerate() {
            assert_eq!(a, b, "seed {seed}, act {n}");
        }
        for (a, b) in one.1.lines().zip(two.1.lines()) {
            assert_eq!(a, b, "seed {seed}");
        }
        assert_eq!(one.1, two.1, "seed {seed}");
        done += one.2;
    }
    assert!(done > 100, "the walks must go somewhere: {done} acts were done");
}
