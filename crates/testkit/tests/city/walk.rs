//! 도시의 아무 걸음 — random people of a whole city do random things to many petitions, on both engines; whatever they do, chains,
//! heads, numbers, sight and the work of every official stay what the journal says.
//!
//! It is longer than 600 lines because one match makes something to hand in for every act.
//!
//! `MINWON_WALK=500x10000` walks further (`cargo xtask soak walk`).

use app::act::many::Part;
use app::act::{ActError, Call, Petitioner};
use app::desk::View;
use app::words::Raw;
use domain::access::{Sight, Who};
use domain::act::{Act, Answer};
use domain::certificate::Order;
use domain::claim::{Evidence, HandOut, Recipient};
use domain::due::{Cause, Ground, Period};
use domain::event::{Attached, Signer};
use domain::fee::{Charge, Won};
use domain::id::{OfficialId, PersonId, PetitionId, UnitId};
use domain::intake::Intake;
use domain::life::{Deed, Life};
use domain::petition::Petition;
use domain::petition::letter::DelayCause;
use domain::terms::{
    Board, ChosenBy, Conversion, EntryPoint, Kind, Mark, Openness, Opinion, Outcome, Repeat, Verdict,
};
use jiff::ToSpan;
use jiff::civil::datetime;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use store::head::Behind;
use testkit::city::{City, answer, filing};

/// How many petitions and acts: small enough for every test run, unless told otherwise.
static SIZE: LazyLock<(usize, usize)> = LazyLock::new(|| match std::env::var("MINWON_WALK") {
    Ok(told) => {
        let (petitions, acts) = told.split_once('x').expect("MINWON_WALK is PETITIONSxACTS");
        (
            petitions.parse().expect("a number of petitions"),
            acts.parse().expect("a number of acts"),
        )
    }
    Err(_) => (40, 700),
});

/// Departments that the petitions of the walk lie with.
const UNITS: &[&str] = &["road_facilities", "pavement", "parks", "audit"];
/// What is asked for: document petitions, counter matters, other small ones, information, legal ones.
const SERVICES: &[&str] = &["S134", "S134", "S135", "S136", "S137", "S001", "S009"];
const MORNING: jiff::civil::DateTime = datetime(2026, 6, 15, 9, 0, 0, 0);

/// Throws from one number (splitmix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize].clone()
    }
}

/// The city, who walks in it, and what they did.
struct Walk<'a> {
    city: &'a City,
    dice: Dice,
    citizens: Vec<PersonId>,
    officials: Vec<OfficialId>,
    units: Vec<UnitId>,
    petitions: Vec<PetitionId>,
    done: BTreeMap<Deed, u32>,
    refused: BTreeMap<&'static str, u32>,
    services: Vec<&'static str>,
}

fn text(what: &str) -> Raw {
    Raw::text(what)
}

fn paper() -> Attached<Raw> {
    app::words::file("증빙.txt", "현장을 확인한 기록".into()).expect("a small text file")
}

impl<'a> Walk<'a> {
    async fn begin(city: &'a City, seed: u64) -> Walk<'a> {
        let mut citizens = Vec::new();
        for n in 0..12 {
            citizens.push(city.citizen(&format!("010-2000-{:04}", 1_000 + n)).await);
        }
        let office = city.app.office();
        let units: Vec<UnitId> = UNITS.iter().map(|code| city.unit(code)).collect();
        let posts = |id: OfficialId| match office.who(id, city.app.now()) {
            Some(Who::Official(official)) => official.posts,
            _ => Vec::new(),
        };
        let here = |id: &OfficialId| {
            use domain::terms::Seat::{
                CounterClerk, DeputyExaminer, Examiner, IntegratedReceiver, OneStopClerk,
            };
            posts(*id).iter().any(|post| {
                units.contains(&post.unit)
                    || matches!(
                        post.seat,
                        IntegratedReceiver | CounterClerk | OneStopClerk | Examiner | DeputyExaminer
                    )
            })
        };
        let mut officials: Vec<OfficialId> = office.officials.keys().copied().filter(here).collect();
        officials.sort_unstable();
        assert!(officials.len() > 12, "{}", officials.len());
        let services = (SERVICES.iter().copied())
            .filter(|code| office.services_today().any(|s| s.code.as_str() == *code))
            .collect();
        drop(office);
        Walk {
            city,
            dice: Dice(seed),
            citizens,
            officials,
            units,
            petitions: Vec::new(),
            done: BTreeMap::new(),
            refused: BTreeMap::new(),
            services,
        }
    }

    fn pass_time(&mut self) {
        let minutes = match self.dice.below(40) {
            0 => self.dice.below(4 * 24 * 60),
            1..=4 => self.dice.below(5 * 60),
            _ => self.dice.below(20),
        };
        let now = self.city.app.now().plus(minutes as i64 * 60_000);
        self.city.clock.set(now);
    }

    async fn file(&mut self) {
        let person = self.dice.pick(&self.citizens);
        let n = self.petitions.len();
        let mut filing = filing(
            self.dice.pick(&self.services),
            &format!("보도블록이 내려앉았습니다 {}", n % 9),
            "비가 온 뒤로 더 심해졌습니다. 다치는 사람이 없도록 살펴 주십시오.",
        );
        filing.openness = self.dice.pick(Openness::ALL);
        let call = Call {
            key: Some(format!("file {n}").into_bytes()),
            ..Call::default()
        };
        let who = if self.dice.one_in(4) {
            filing.entry = EntryPoint::Counter;
            filing.intake = Intake {
                copies: 1,
                ..Intake::default()
            };
            filing.person = person;
            self.city.official("counter1")
        } else {
            Who::Citizen(person)
        };
        match (self.city.app)
            .file(&who, Petitioner::Known(person), filing, &call)
            .await
        {
            Ok(p) => self.petitions.push(p.id),
            Err(ActError::Refused(refusal)) => *self.refused.entry(refusal.code()).or_default() += 1,
            Err(other) => panic!("filing: {other}"),
        }
    }

    async fn petition(&self, id: PetitionId) -> Petition {
        let head = self.city.app.places.live.head(id).await.expect("it can be read");
        head.expect("it is there").petition
    }

    fn who(&self, id: OfficialId) -> Who {
        (self.city.app.office())
            .who(id, self.city.app.now())
            .expect("works here")
    }

    /// One act by somebody, mostly by one who may.
    async fn step(&mut self) {
        // The young ones are moved most: otherwise few would come far.
        let n = self.petitions.len() as u64;
        let id = self.petitions[(n - 1 - self.dice.below(n).min(self.dice.below(n))) as usize];
        let p = self.petition(id).await;
        let everyone: Vec<Who> = (self.officials.iter().map(|id| self.who(*id)))
            .chain([Who::Citizen(p.person)])
            .collect();
        let possible: Vec<(Who, Deed)> = everyone
            .iter()
            .filter(|who| Sight::of(who).admits(&p))
            .flat_map(|who| {
                let deeds = self.city.app.deeds(who, &p);
                let able = deeds.into_iter().filter(|(_, able)| able.is_ok());
                able.map(|(deed, _)| (who.clone(), deed)).collect::<Vec<_>>()
            })
            .collect();
        let ends = |deed: Deed| {
            matches!(
                deed,
                Deed::Withdraw
                    | Deed::Transfer
                    | Deed::Refer
                    | Deed::Convert
                    | Deed::SendBack
                    | Deed::SplitOff
                    | Deed::TakeIn
            )
        };
        let leave = self.dice.one_in(12);
        let mut deeds: Vec<Deed> = (possible.iter().map(|(_, deed)| *deed))
            .filter(|deed| leave || !ends(*deed))
            .filter(|deed| {
                !matches!(deed, Deed::Designate | Deed::RecordBoard) || p.handler.is_none() || leave
            })
            .collect();
        deeds.sort_unstable();
        deeds.dedup();
        if deeds.is_empty() || self.dice.one_in(15) {
            let (who, deed) = (self.dice.pick(&everyone), self.dice.pick(Deed::ALL));
            return self.try_it(&who, &p, deed).await;
        }
        let road = [
            Deed::Receive,
            Deed::Distribute,
            Deed::UnitReceive,
            Deed::Designate,
            Deed::Draft,
            Deed::SendUp,
            Deed::Sign,
            Deed::Answer,
        ];
        let again = p.life == Life::Distributed && p.send_back.is_none();
        let road: Vec<Deed> = (road.into_iter())
            .filter(|deed| deeds.contains(deed) && !(again && *deed == Deed::Distribute))
            .collect();
        let deed = if !road.is_empty() && self.dice.below(3) > 0 {
            self.dice.pick(&road)
        } else {
            self.dice.pick(&deeds)
        };
        let able: Vec<Who> = (possible.into_iter())
            .filter(|(_, of)| *of == deed)
            .map(|(who, _)| who)
            .collect();
        let who = self.dice.pick(&able);
        self.try_it(&who, &p, deed).await;
    }

    async fn try_it(&mut self, who: &Who, p: &Petition, deed: Deed) {
        let call = Call::default();
        let result = match deed {
            Deed::TakeIn => {
                let mut others = Vec::new();
                for id in self.petitions.iter().rev().filter(|id| **id != p.id) {
                    let other = self.petition(*id).await;
                    if other.service == p.service && other.life == Life::Received && others.len() < 6 {
                        others.push(*id);
                    }
                }
                self.city.app.merge(who, p.id, others, &call).await.map(drop)
            }
            Deed::SplitOff => {
                let part = Part {
                    service: p.service.0,
                    title: text("나뉜 민원"),
                    body: text("따로 답변드릴 부분입니다."),
                    reason: text("소관이 서로 다릅니다."),
                };
                let part = self.city.app.split(who, p.id, part, &call).await;
                if let Ok(part) = &part
                    && part.id != p.id
                {
                    self.petitions.push(part.id);
                }
                part.map(drop)
            }
            _ => {
                let Some(act) = self.act(deed, p) else { return };
                self.city.app.act(who, p.id, act, &call).await.map(drop)
            }
        };
        match result {
            Ok(()) => *self.done.entry(deed).or_default() += 1,
            Err(ActError::Refused(refusal)) => *self.refused.entry(refusal.code()).or_default() += 1,
            Err(ActError::NotFound) => {
                assert!(
                    !Sight::of(who).admits(p) || deed == Deed::TakeIn,
                    "{deed}: what may be seen is there"
                );
                *self.refused.entry("unseen").or_default() += 1;
            }
            Err(other) => panic!("{deed}: {other}"),
        }
    }

    /// What is handed in; `None` for what only the house itself does.
    fn act(&mut self, deed: Deed, p: &Petition) -> Option<Act<Raw>> {
        let today = self.city.app.now().date().expect("a day of the calendar");
        let dice = &mut self.dice;
        let mut day = |most: u64| today.checked_add((dice.below(most) as i64).days()).expect("near");
        let (soon, later) = (day(6), day(20));
        let dice = &mut self.dice;
        let answer = |dice: &mut Dice| -> Answer<Raw> {
            let outcome = dice.pick(Outcome::of_answer(p.kind));
            let mut answer = answer(outcome, "살펴보고 조치했습니다.");
            answer.openness = dice.pick(Openness::ALL);
            answer
        };
        // Mostly somebody of the department it lies with.
        let office = self.city.app.office();
        let near: Vec<OfficialId> = (self.officials.iter().copied())
            .filter(|id| p.unit.is_some() && office.unit_of(*id) == p.unit)
            .collect();
        let officials = |dice: &mut Dice, all: &[OfficialId]| {
            if near.is_empty() || dice.one_in(6) {
                dice.pick(all)
            } else {
                dice.pick(&near)
            }
        };
        Some(match deed {
            Deed::Receive => Act::Receive {
                kind: p.kind,
                period: dice.one_in(2).then_some(Period::Days(7)),
            },
            Deed::Reclassify => Act::Reclassify {
                service: self.services[dice.below(self.services.len() as u64) as usize]
                    .parse()
                    .expect("a code"),
                kind: dice.pick(&[Kind::Inquiry, Kind::Suggestion, Kind::Other, Kind::Statutory]),
                period: dice.one_in(2).then_some(Period::Days(7)),
                reason: text("내용을 다시 살펴보았습니다."),
            },
            Deed::Distribute => Act::Distribute {
                unit: dice.pick(&self.units),
            },
            Deed::SendBack => Act::SendBack {
                reason: text("소관이 아닙니다."),
            },
            Deed::UnitReceive => Act::UnitReceive,
            Deed::Designate => Act::Designate {
                handler: officials(dice, &self.officials),
            },
            Deed::AskSupplement => Act::AskSupplement {
                what: text("위치를 알 수 있는 사진"),
                until: later,
            },
            Deed::ProlongSupplement => Act::ProlongSupplement { until: later },
            Deed::Supplement => Act::Supplement {
                note: Some(text("사진을 붙입니다.")),
                files: vec![paper()],
            },
            Deed::Hold => Act::Hold {
                ground: dice.pick(Ground::ALL),
                note: Some(text("검사 결과를 기다립니다.")),
            },
            Deed::Resume => Act::Resume,
            Deed::Extend => Act::Extend {
                n: 1 + dice.below(7) as u32,
                ground: dice.pick(Cause::ALL),
                reason: text("현장을 더 확인해야 합니다."),
            },
            Deed::ConsentExtension => Act::ConsentExtension,
            Deed::DeclineExtension => Act::DeclineExtension,
            Deed::Draft => Act::Draft(answer(dice)),
            Deed::SendUp => {
                let head = |posts: &[domain::access::Post]| {
                    (posts.iter()).any(|post| post.seat == domain::terms::Seat::DepartmentHead)
                };
                let heads: Vec<OfficialId> = (self.officials.iter().copied())
                    .filter(|id| {
                        matches!(self.city.app.office().who(*id, self.city.app.now()),
                            Some(Who::Official(o)) if head(&o.posts))
                    })
                    .collect();
                Act::SendUp {
                    line: vec![
                        Signer {
                            official: officials(dice, &self.officials),
                            mark: Mark::Review,
                        },
                        Signer {
                            official: dice.pick(&heads),
                            mark: Mark::Decide,
                        },
                    ],
                }
            }
            Deed::Sign => Act::Sign {
                comment: dice.one_in(3).then(|| text("이견 없습니다.")),
            },
            Deed::TurnBack => Act::TurnBack {
                reason: text("근거를 더 적어 주십시오."),
            },
            Deed::Recall => Act::Recall,
            Deed::Answer => Act::Answer,
            Deed::AnswerAtOnce => Act::AnswerAtOnce(answer(dice)),
            Deed::Issue => Act::Issue(Order {
                copies: 1 + dice.below(3) as u32,
                charge: Charge {
                    per_copy: Won(300),
                    waiver: None,
                },
                facts: text("등록번호 12가3456"),
            }),
            Deed::HandOut => Act::HandOut(HandOut {
                recipient: Recipient::Petitioner,
                evidence: dice.pick(Evidence::ALL),
                name: None,
                power: None,
                signature: None,
            }),
            Deed::DiscardUnclaimed => Act::DiscardUnclaimed {
                reason: text("연락이 닿지 않습니다."),
            },
            Deed::ReadAnswer => Act::ReadAnswer,
            Deed::IssueAdvanceNotice => Act::IssueAdvanceNotice { note: None },
            Deed::IssueDunning => Act::IssueDunning {
                reply_by: soon,
                note: None,
            },
            Deed::ConfirmDunning => Act::ConfirmDunning,
            Deed::ReplyDunning => Act::ReplyDunning {
                cause: dice.pick(DelayCause::ALL),
                planned: Some(soon),
                text: text("이번 주 안에 마치겠습니다."),
            },
            Deed::Withdraw => Act::Withdraw { reason: None },
            Deed::Transfer => Act::Transfer {
                agency: text("한빛도로공사"),
                reason: text("고속국도입니다."),
                report_by: dice.one_in(2).then_some(later),
            },
            Deed::Rate => Act::Rate {
                score: 1 + dice.below(5) as u32,
                comment: dice.one_in(3).then(|| text("고맙습니다.")),
            },
            Deed::RuleJurisdiction => Act::RuleJurisdiction {
                unit: dice.pick(&self.units),
                reason: text("도로법에 따라 정합니다."),
            },
            // Nobody of the starting data comes in from outside: the story of external users is told in `outside`.
            Deed::Entrust => Act::Entrust {
                to: dice.pick(&self.officials),
                permit: dice.pick(domain::terms::Permit::ALL),
                what: text("현장을 보아 주십시오."),
                until: soon,
            },
            Deed::TakeBack => Act::TakeBack { no: 1 },
            Deed::FieldNote => Act::FieldNote {
                no: 1,
                text: text("현장을 보았습니다."),
            },
            Deed::AskConsult => Act::AskConsult {
                unit: dice.pick(&self.units),
                what: text("의견을 주십시오."),
                reply_by: soon,
            },
            Deed::ProlongConsult => Act::ProlongConsult {
                no: p.open_consults().next().map_or(1, |consult| consult.no),
                reply_by: later,
            },
            Deed::ReplyConsult => Act::ReplyConsult {
                no: p.open_consults().next().map_or(1, |consult| consult.no),
                opinion: dice.pick(Opinion::ALL),
                text: text("동의합니다."),
                files: Vec::new(),
            },
            Deed::CancelConsult => Act::CancelConsult {
                no: p.open_consults().next().map_or(1, |consult| consult.no),
            },
            Deed::LinkEarlier => Act::LinkEarlier {
                repeat: dice.pick(Repeat::ALL),
                earlier: (0..dice.below(3)).map(|_| dice.pick(&self.petitions)).collect(),
            },
            Deed::RecordBoard => Act::RecordBoard {
                board: dice.pick(Board::ALL),
                held: today,
                result: text("원안대로 의결하였습니다."),
            },
            Deed::Convert => Act::Convert {
                into: dice.pick(Conversion::ALL),
                reason: text("민원이 아닙니다."),
            },
            Deed::Refer => Act::Refer {
                agency: text("한빛시설공단"),
                reason: text("공단이 관리합니다."),
                report_by: later,
            },
            Deed::ReportBack => Act::ReportBack {
                result: text("처리했다고 알려 왔습니다."),
            },
            Deed::MarkUndelivered => Act::MarkUndelivered,
            Deed::DeemWithdrawn => Act::DeemWithdrawn,
            Deed::TellProgress => Act::TellProgress,
            Deed::MarkMass => Act::MarkMass {
                households: 5 + dice.below(4) as u32,
                signers: 50,
                list: Some(paper()),
            },
            Deed::ChooseRepresentatives => Act::ChooseRepresentatives {
                names: vec![text("김한빛")],
                by: dice.pick(ChosenBy::ALL),
            },
            Deed::Amend => Act::Amend {
                note: Some(text("시간을 덧붙입니다.")),
                files: Vec::new(),
            },
            Deed::Rectify => Act::Rectify {
                what: text("번지를 바로잡습니다."),
                consent: text("전화로 동의하셨습니다."),
            },
            Deed::Object => Act::Object {
                reason: text("기준에 맞습니다."),
                received: today,
                files: Vec::new(),
            },
            Deed::ExtendObjection => Act::ExtendObjection {
                days: 1 + dice.below(10) as u32,
                reason: text("심의가 필요합니다."),
            },
            Deed::DecideObjection => Act::DecideObjection {
                verdict: dice.pick(Verdict::ALL),
                reason: text("다시 살펴보았습니다."),
                remedies: text("행정심판을 청구하실 수 있습니다."),
            },
            Deed::AskFurther => Act::AskFurther {
                what: text("언제 끝납니까?"),
            },
            Deed::AnswerFurther => Act::AnswerFurther {
                body: text("다음 주에 끝납니다."),
            },
            Deed::CorrectConclusion => Act::CorrectConclusion {
                to: self.city.app.now().plus(-60_000),
                reason: text("먼저 알려 드렸습니다."),
                evidence: vec![paper()],
            },
            Deed::Narrow => Act::Narrow {
                reason: text("개인정보가 있습니다."),
            },
            // These take it out of the room the walk goes through; `protected.rs` tells of them.
            Deed::Protect | Deed::Unprotect => return None,
            Deed::Publish => Act::Publish {
                title: text("보도블록"),
                question: text("내려앉았습니다."),
                answer: text("고쳤습니다."),
            },
            Deed::Unpublish => Act::Unpublish,
            Deed::Reroute => Act::Reroute {
                rest: vec![Signer {
                    official: officials(dice, &self.officials),
                    mark: Mark::Decide,
                }],
            },
            Deed::ReplaceSigner => Act::ReplaceSigner {
                from: p.signer().map(|signer| signer.official)?,
                to: officials(dice, &self.officials),
            },
            Deed::ConfirmAfter => Act::ConfirmAfter,
            Deed::Circulate => Act::Circulate {
                readers: vec![officials(dice, &self.officials)],
            },
            Deed::ReadCirculated => Act::ReadCirculated,
            Deed::HandOver => Act::HandOver {
                to: officials(dice, &self.officials),
            },
            _ => return None,
        })
    }

    /// What must hold at every moment.
    async fn holds(&self) {
        let city = self.city;
        city.duties().await;
        let report = city.app.verify(&city.app.places.live, &mut |_| {}).await.unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
        assert_eq!(report.petitions as usize, self.petitions.len());
        let stats = city.app.stats().await.unwrap();
        assert_eq!(
            stats.total as usize,
            self.petitions.len(),
            "the numbers count everyone once"
        );

        let mut all = Vec::new();
        for id in &self.petitions {
            all.push(self.petition(*id).await);
        }
        let (mut filed, mut received) = (BTreeSet::new(), BTreeMap::<_, BTreeSet<u32>>::new());
        for p in &all {
            assert!(filed.insert(p.number), "{}: a number twice", p.number);
            if let Some(reception) = &p.reception {
                let number = reception.number;
                let series = received.entry((number.year, number.register)).or_default();
                assert!(series.insert(number.n), "{number}: a number twice");
            }
            match p.life {
                Life::InHandling | Life::Held => {
                    assert!(
                        p.handler.is_some() && p.unit.is_some(),
                        "{}: nobody handles it",
                        p.number
                    );
                }
                Life::Concluded => assert!(p.end.is_some(), "{}: ended without an end", p.number),
                Life::Filed | Life::Received | Life::Distributed => {}
            }
            if p.life.is_open() && p.life != Life::Held && p.reception.is_some() {
                assert!(p.due().is_some(), "{}: no due date runs", p.number);
            }
        }
        for ((year, _), series) in &received {
            let last = *series.last().expect("not empty");
            assert_eq!(series.len() as u32, last, "{year}: the register has a gap");
        }
        for official in &self.officials {
            let who = self.who(*official);
            let sight = Sight::of(&who);
            for (view, ended) in [(View::Open, false), (View::Concluded, true)] {
                let wanted: BTreeSet<PetitionId> = (all.iter())
                    .filter(|p| sight.admits(p) && p.wants_work() != ended)
                    .map(|p| p.id)
                    .collect();
                let listed = self.listed(&who, view).await;
                let differs = (all.iter()).find(|p| wanted.contains(&p.id) != listed.contains(&p.id));
                assert!(differs.is_none(), "{view:?} of {who:?}: {differs:#?}");
            }
        }
    }

    /// All lines of a list, page by page.
    async fn listed(&self, who: &Who, view: View) -> BTreeSet<PetitionId> {
        let (mut all, mut behind): (BTreeSet<PetitionId>, Option<Behind>) = (BTreeSet::new(), None);
        loop {
            let page = (self.city.app)
                .list(who, view, behind, 50, &Call::default())
                .await
                .unwrap();
            all.extend(page.items.iter().map(|item| item.petition.id));
            behind = page.next;
            if behind.is_none() {
                return all;
            }
        }
    }
}

async fn walks(city: City, seed: u64) {
    let (petitions, acts) = *SIZE;
    let mut walk = Walk::begin(&city, seed).await;
    // So many throws between two filings, that the last is filed when half of the walk is over.
    let every = (acts / 2 / petitions).max(1);
    let mut tried = 0;
    while tried < acts {
        walk.pass_time();
        if tried % every == 0 && tried / every < petitions {
            let wanted = tried / every + 1;
            while walk.petitions.len() < wanted {
                walk.file().await;
            }
        }
        if walk.petitions.is_empty() {
            continue;
        }
        walk.step().await;
        tried += 1;
        if tried % 40 == 0 {
            city.duties().await;
        }
        if tried % (acts / 4) == 0 {
            walk.holds().await;
        }
    }
    let done: u32 = walk.done.values().sum();
    let refused: u32 = walk.refused.values().sum();
    println!(
        "{} petitions, {tried} acts tried: {done} done ({} deeds), {refused} refused ({} reasons)\n{:?}\n{:?}",
        walk.petitions.len(),
        walk.done.len(),
        walk.refused.len(),
        walk.done,
        walk.refused
    );
    assert!(
        done as usize * 4 > acts,
        "a walk where hardly anything happens shows nothing"
    );
    assert!(walk.done.len() > 30, "{:?}", walk.done);
}

testkit::on_both_engines! {
    async fn whatever_a_city_does_the_books_agree(city, at MORNING) {
        walks(city, 20_260_615).await;
    }
}
