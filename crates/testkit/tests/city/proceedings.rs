//! 특별절차 — counsel that opens by itself, a check that holds the clock, a court drawn by lot and checked by anybody, a report nobody else
//! sees, a procedure taken into use while cases are open: each on both engines.

use app::act::{ActError, Call};
use app::desk::View;
use app::lots;
use app::proceedings::Handed;
use app::tracks::LoadError;
use app::words::Raw;
use domain::access::Who;
use domain::act::Act;
use domain::due::{Ground, Period};
use domain::form::{Answers, Field, FieldType};
use domain::id::{OfficialId, PetitionId};
use domain::life::Life;
use domain::petition::Petition;
use domain::proceeding::{Answered, CaseStory, Fact, Finish, Kept, Vote};
use domain::refusal::Refusal;
use domain::terms::{Kind, Outcome, Seat};
use domain::time::At;
use domain::track::{Move, Part, Room, Track};
use jiff::civil::{date, datetime};
use testkit::city::{City, answer};
use testkit::hands::somebody;

pub fn answers(given: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    for (name, value) in given {
        answers.set(name.parse().unwrap(), value);
    }
    answers
}

pub fn words(text: &str) -> Raw {
    Raw::text(text)
}

pub async fn opens(
    city: &City,
    who: &Who,
    id: PetitionId,
    track: &str,
    given: &[(&str, &str)],
) -> Result<Petition, ActError> {
    Box::pin(
        city.app
            .open_proceeding(who, id, track.parse().unwrap(), &answers(given), &Call::default()),
    )
    .await
}

/// Makes a move in the step it stands in.
pub async fn moves(
    city: &City,
    who: &Who,
    id: PetitionId,
    code: &str,
    handed: Handed,
) -> Result<Petition, ActError> {
    let p = city.app.standing(&Who::System, id).await.unwrap();
    let one = p.open_proceedings().next().expect("something runs");
    let at = (one.no, one.stands.step, code.parse().unwrap());
    Box::pin(city.app.move_proceeding(who, id, at, handed, &Call::default())).await
}

pub async fn go(
    city: &City,
    who: &Who,
    id: PetitionId,
    code: &str,
    given: &[(&str, &str)],
    facts: Vec<Fact<Raw>>,
) -> Petition {
    let handed = Handed {
        answers: answers(given),
        facts,
        ..Handed::default()
    };
    moves(city, who, id, code, handed)
        .await
        .unwrap_or_else(|error| panic!("{code}: {error}"))
}

pub fn step(p: &Petition) -> String {
    p.proceedings.last().unwrap().stands.step.to_string()
}

fn ended(p: &Petition) -> Option<String> {
    p.proceedings.last().unwrap().end.map(|(finish, _)| match finish {
        Finish::As(code) => code.to_string(),
        Finish::WithPetition => "with the petition".to_owned(),
    })
}

async fn mine(city: &City, who: &Who) -> Vec<PetitionId> {
    let page = city
        .app
        .list(who, View::Mine, None, 50, &Call::default())
        .await
        .unwrap();
    page.items.into_iter().map(|item| item.petition.id).collect()
}

pub fn named(role: &str, official: OfficialId) -> Fact<Raw> {
    Fact::Appointed {
        role: role.parse().unwrap(),
        official,
    }
}

/// What was sent to telephones: the newest last.
fn told(city: &City) -> Vec<String> {
    use ports::message::Inbox;
    city.messages
        .messages()
        .into_iter()
        .map(|message| message.what.text)
        .collect()
}

testkit::on_both_engines! {
    async fn counsel_opens_by_itself_and_is_the_lawyers_until_it_is_closed(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let citizen = Who::Citizen(kim);
        let receiver = city.official("receiver1");
        let p = city.files(kim, "S144", "보증금을 돌려받지 못합니다", "계약이 끝났습니다.").await;
        let p = city.does(&receiver, p.id, Act::Receive { kind: p.kind, period: Some(Period::Days(7)) }).await.unwrap();
        assert_eq!(step(&p), "received");
        assert!(mine(&city, &receiver).await.contains(&p.id), "it waits for the receiver");

        let lawyer = city.official("lawyer1");
        assert!(matches!(city.app.standing(&lawyer, p.id).await, Err(ActError::NotFound)));
        go(&city, &receiver, p.id, "receive", &[], vec![]).await;
        let stranger = moves(&city, &citizen, p.id, "assign", Handed::default()).await;
        assert!(matches!(stranger, Err(ActError::Refused(Refusal::MoveNotYours))), "{stranger:?}");
        let p = go(&city, &receiver, p.id, "assign", &[], vec![named("lawyer", city.official_id("lawyer1"))]).await;
        assert_eq!(step(&p), "answer");
        assert_eq!(mine(&city, &lawyer).await, [p.id], "one list for petitions and procedures");
        assert!(city.app.standing(&city.official("lawyer2"), p.id).await.is_err(), "another lawyer sees nothing");

        // A lawyer who declines is not asked again.
        let release = vec![Fact::Released { role: "lawyer".parse().unwrap(), official: city.official_id("lawyer1") }];
        let p = go(&city, &lawyer, p.id, "decline", &[("why", "conflict")], release).await;
        assert_eq!(step(&p), "assign");
        assert!(mine(&city, &lawyer).await.is_empty());
        let again = Handed { facts: vec![named("lawyer", city.official_id("lawyer1"))], ..Handed::default() };
        let again = moves(&city, &receiver, p.id, "assign", again).await;
        assert!(matches!(again, Err(ActError::Refused(Refusal::MemberPartial))), "{again:?}");
        let second = city.official("lawyer2");
        go(&city, &receiver, p.id, "assign", &[], vec![named("lawyer", city.official_id("lawyer2"))]).await;
        let p = go(&city, &second, p.id, "answer", &[("opinion", "내용증명을 먼저 보내 주시기 바랍니다.")], vec![]).await;
        assert_eq!(step(&p), "reading");
        let case = city.app.case(&citizen, p.id, &Call::default()).await.unwrap();
        let said: Vec<&str> = case.journal.iter().flat_map(|e| e.recorded.event.texts()).filter_map(|t| case.texts.text(t)).collect();
        assert!(said.iter().any(|text| text.contains("내용증명을")), "{said:?}");
        // Whoever sees the petition and has no part in the counsel sees that there is one, and not a word of it.
        let examiner = city.official("examiner");
        let seen = city.app.case(&examiner, p.id, &Call::default()).await.unwrap();
        let read: Vec<&str> = seen.journal.iter().flat_map(|e| e.recorded.event.texts()).filter_map(|t| seen.texts.text(t)).collect();
        assert!(!read.iter().any(|text| text.contains("내용증명을")) && read.iter().any(|text| text.contains("보증금")), "{read:?}");
        let paper = seen.journal.iter().map(|entry| &entry.recorded).rfind(|recorded| recorded.event.proceeding().is_some()).unwrap().seq;
        let lang = documents::press::Lang::Ko;
        let refused = city.app.proceeding_paper(&examiner, p.id, paper, lang, &Call::default()).await;
        assert!(matches!(refused, Err(ActError::NotFound)));
        assert!(city.app.proceeding_paper(&citizen, p.id, paper, lang, &Call::default()).await.is_ok());
        let p = go(&city, &citizen, p.id, "confirm", &[], vec![]).await;
        assert_eq!(ended(&p).as_deref(), Some("confirmed"));
        city.duties().await;
        assert!(told(&city).iter().any(|text| text.contains("법률상담")), "{:?}", told(&city));
        let report = city.app.verify(&city.app.here, &mut |_| {}).await.unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
    }

    async fn a_check_that_is_a_condition_holds_the_clock_and_one_for_reference_does_not(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let handler = city.official("road.facilities.1");
        let inquiry = || vec![Fact::Inquired { to: words("가상경찰서"), what: words("결격사유 조회"), reply_by: date(2026, 6, 19) }];
        let law = [("law", "물류정책기본법 제44조")];
        let reply = |no| vec![Fact::Replied { no, text: words("회보 받음, 제1호") }];

        let p = city.in_handling(kim, "등록", Kind::Statutory, Some(Period::Days(10))).await;
        let due = p.due();
        opens(&city, &handler, p.id, "identity_check", &[]).await.unwrap();
        let held = go(&city, &handler, p.id, "as_condition", &law, inquiry()).await;
        assert_eq!((held.life, held.due()), (Life::Held, None));
        assert_eq!(held.stretches.last().map(|stretch| stretch.ground), Some(Ground::IdentityCheck));
        assert_eq!(city.is_refused(&handler, p.id, Act::Resume).await, Refusal::ProceedingHolds);
        city.it_is(datetime(2026, 6, 17, 10, 0, 0, 0));
        let back = go(&city, &handler, p.id, "last_reply", &[("result", "clear")], reply(1)).await;
        assert_eq!(back.life, Life::InHandling);
        assert!(back.due() > due, "three days were not counted");
        let clear = go(&city, &handler, p.id, "clear", &[], vec![]).await;
        assert_eq!(ended(&clear).as_deref(), Some("clear"));

        let p = city.in_handling(kim, "재발급", Kind::Statutory, Some(Period::Days(10))).await;
        opens(&city, &handler, p.id, "identity_check", &[]).await.unwrap();
        let runs = go(&city, &handler, p.id, "as_reference", &law, inquiry()).await;
        assert_eq!(runs.life, Life::InHandling);
        let draft = Act::Draft(answer(Outcome::Granted, "등록합니다."));
        city.does(&handler, p.id, draft).await.unwrap();
        let line = vec![domain::event::Signer { official: city.official_id("road.facilities.head"), mark: domain::terms::Mark::Delegated }];
        assert_eq!(city.is_refused(&handler, p.id, Act::SendUp { line }).await, Refusal::ProceedingWaits);
    }

    async fn a_court_is_drawn_by_lot_and_anybody_can_check_it(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let citizen = Who::Citizen(kim);
        let (ombudsman, handler) = (city.official("ombudsman1"), city.official("road.facilities.1"));
        let head = city.official("road.facilities.head");
        let p = city.in_handling(kim, "방음벽", Kind::Grievance, Some(Period::Days(30))).await;
        let id = p.id;
        assert!(city.app.standing(&ombudsman, id).await.is_err());
        opens(&city, &citizen, id, "jury_court", &[("issue", "방음벽 높이")]).await.unwrap();
        assert!(mine(&city, &ombudsman).await.contains(&id), "it waits for the seat");
        go(&city, &ombudsman, id, "accept", &[("question", "방음벽을 높여야 합니까")], vec![]).await;
        let experts = vec![named("expert", city.official_id("expert1")), named("expert", city.official_id("expert2"))];
        go(&city, &ombudsman, id, "name_expert", &[], experts).await;
        let many = moves(&city, &ombudsman, id, "announce_lot", Handed { wanted: Some(6), ..Handed::default() }).await;
        assert!(matches!(many, Err(ActError::Refused(Refusal::MembersTooMany))), "seven in all: {many:?}");
        moves(&city, &ombudsman, id, "announce_lot", Handed { wanted: Some(5), ..Handed::default() }).await.unwrap();
        let word = Handed { word: Some("봄바람 7".into()), ..Handed::default() };
        let p = moves(&city, &ombudsman, id, "draw", word).await.unwrap();
        let lot = &p.proceedings[0].lots[0];
        assert_eq!(lot.candidates.len(), 7);
        let record = lots::record(&p.number.to_string(), lot, "봄바람 7").unwrap();
        assert_eq!(lots::check(&record), Ok(()));
        assert_eq!(record.drawn.len(), 5);
        let juror = lot.drawn.as_ref().unwrap().officials[0];
        let juror = city.app.office().who(juror, city.app.now()).unwrap();
        assert!(city.app.standing(&juror, id).await.is_ok(), "who was drawn sees it");
        go(&city, &ombudsman, id, "ready", &[("seven", "yes")], vec![]).await;
        let meet = vec![Fact::MeetingSet { at: At::seoul(datetime(2026, 6, 22, 14, 0, 0, 0)), place: words("시청 3층") }];
        go(&city, &ombudsman, id, "arrange", &[("openness", "public"), ("both_agree", "yes")], meet).await;
        city.it_is(datetime(2026, 6, 23, 9, 0, 0, 0));
        go(&city, &ombudsman, id, "minutes", &[], vec![Fact::Minuted { text: words("양쪽의 말을 들었다.") }]).await;
        let vote = vec![Fact::Voted { vote: Vote { yes: 5, no: 2, abstained: 0 } }];
        go(&city, &ombudsman, id, "cast", &[], vote).await;
        let upheld = [("extent", "whole"), ("order", "방음벽을 2미터 높인다."), ("reason", "소음이 기준을 넘는다.")];
        let p = go(&city, &ombudsman, id, "uphold", &upheld, vec![]).await;
        assert_eq!(step(&p), "accept_p");
        go(&city, &citizen, id, "accept", &[], vec![]).await;
        go(&city, &head, id, "accept", &[], vec![]).await;
        let promise = vec![Fact::Promised { unit: city.unit("road_facilities"), what: words("2미터 증설"), by: date(2026, 11, 30) }];
        go(&city, &head, id, "promise", &[], promise).await;
        let p = go(&city, &handler, id, "ready", &[], vec![]).await;
        assert_eq!(step(&p), "comply");

        // The petition is answered; the court watches on.
        let p = city.answers(id, answer(Outcome::Answered, "결정에 따르겠습니다.")).await;
        assert_eq!((p.life, ended(&p)), (Life::Concluded, None));
        assert!(mine(&city, &ombudsman).await.contains(&id));
        let early = moves(&city, &ombudsman, id, "kept", Handed::default()).await;
        assert!(matches!(early, Err(ActError::Refused(Refusal::PromisesOpen))), "{early:?}");
        let done = vec![Fact::Followed { no: 1, state: Kept::Done, word: words("10월에 마쳤다.") }];
        go(&city, &ombudsman, id, "check", &[], done).await;
        go(&city, &ombudsman, id, "kept", &[], vec![]).await;
        let story = CaseStory { title: words("방음벽"), question: words("높여야 하는가"), holding: words("높인다") };
        let p = go(&city, &ombudsman, id, "publish", &[], vec![Fact::Published { story }]).await;
        assert_eq!(ended(&p).as_deref(), Some("complied"));
        assert!(!p.wants_work());
        let book = city.app.casebook(None, None, 10).await.unwrap();
        assert_eq!(book.iter().map(|case| case.title.as_str()).collect::<Vec<_>>(), ["방음벽"]);
        let report = city.app.verify(&city.app.here, &mut |_| {}).await.unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
        assert!(city.app.proceedings_list(&ombudsman, None, true, None, 10, &Call::default()).await.unwrap().0.is_empty());
    }

    async fn a_step_is_told_before_it_is_late_and_after(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let p = city.in_handling(kim, "등록", Kind::Grievance, Some(Period::Days(10))).await;
        opens(&city, &Who::Citizen(kim), p.id, "jury_court", &[("issue", "다툼")]).await.unwrap();
        assert_eq!(city.duty("steps").await, 0, "seven working days are left");
        city.it_is(datetime(2026, 6, 23, 9, 0, 0, 0));
        let holders = city.app.office().holders(Seat::Ombudsman, None).len() as u64;
        assert_eq!(city.duty("steps").await, holders, "to whoever holds the seat");
        assert_eq!(city.duty("steps").await, 0, "once");
        city.it_is(datetime(2026, 6, 24, 9, 0, 0, 0));
        assert_eq!(city.duty("steps").await, holders, "and once when it has passed");
    }

    async fn what_runs_ends_with_its_petition(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let citizen = Who::Citizen(kim);
        let p = city.in_handling(kim, "다툼", Kind::Grievance, Some(Period::Days(10))).await;
        opens(&city, &citizen, p.id, "jury_court", &[("issue", "다툼")]).await.unwrap();
        let p = city.does(&citizen, p.id, Act::Withdraw { reason: None }).await.unwrap();
        assert_eq!(ended(&p).as_deref(), Some("with the petition"));
        let ombudsman = city.official("ombudsman1");
        assert!(city.app.standing(&ombudsman, p.id).await.is_err(), "the seat sees it no more");
        assert!(mine(&city, &ombudsman).await.is_empty());
    }

    async fn a_procedure_is_taken_into_use_without_a_new_program(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let first = include_str!("../../../../docs/examples/street_hearing.toml");
        let kim = city.citizen("010-1234-5678").await;
        let handler = city.official("road.facilities.1");
        let p = city.in_handling(kim, "가로수", Kind::Grievance, Some(Period::Days(10))).await;
        let unknown = opens(&city, &handler, p.id, "street_hearing", &[]).await;
        assert!(matches!(unknown, Err(ActError::Refused(Refusal::ProceedingUnknown))), "{unknown:?}");
        let track = city.app.load_track("street_hearing.toml", first).await.unwrap();
        assert_eq!(track.version, 1);
        city.app.load_track("street_hearing.toml", first).await.expect("the same again changes nothing");
        opens(&city, &handler, p.id, "street_hearing", &[("why", "가로수를 베어 달라는 요구")]).await.unwrap();

        // It is edited while a case is open: the old one goes on as it began, the next begins by the new one.
        let changed = first.replace("code = \"announce\"", "code = \"call\"");
        let taken = city.app.load_track("street_hearing.toml", &changed).await;
        assert!(matches!(taken, Err(LoadError::VersionTaken(_, 1))), "{taken:?}");
        let second = changed.replace("version = 1", "version = 2");
        city.app.load_track("street_hearing.toml", &second).await.unwrap();
        let meet = || vec![Fact::MeetingSet { at: At::seoul(datetime(2026, 6, 18, 10, 0, 0, 0)), place: words("동주민센터") }];
        go(&city, &handler, p.id, "announce", &[], meet()).await;
        let other = city.in_handling(kim, "벤치", Kind::Grievance, Some(Period::Days(10))).await;
        opens(&city, &handler, other.id, "street_hearing", &[("why", "벤치를 놓아 달라는 요구")]).await.unwrap();
        go(&city, &handler, other.id, "call", &[], meet()).await;
        // Another server knows both, too.
        let server = city.another_server().await;
        assert!(server.office().tracks.version("street_hearing".parse().unwrap(), 1).is_some());
        assert!(server.office().tracks.version("street_hearing".parse().unwrap(), 2).is_some());
        let refused = city.app.load_track("x.toml", "code = 1").await.unwrap_err().to_string();
        assert!(refused.starts_with("x.toml:1: "), "{refused}");
    }
}

/// Answers to whatever is asked, as anybody could give them.
fn anything(fields: &[Field], today: jiff::civil::Date) -> Answers {
    let mut given = Answers::default();
    for field in fields {
        let value = match field.is {
            FieldType::Choice | FieldType::Choices => field.options[0].value.to_string(),
            FieldType::Agree => "yes".to_owned(),
            FieldType::Date => today.to_string(),
            FieldType::Number | FieldType::Money => field.min.unwrap_or(1).max(1).to_string(),
            FieldType::Phone => "010-1234-5678".to_owned(),
            FieldType::Mail => "kim@example.com".to_owned(),
            FieldType::Business => "123-45-67891".to_owned(),
            FieldType::Corporation => "110111-0000009".to_owned(),
            FieldType::Line | FieldType::Text | FieldType::Address => "시험 삼아 적은 말".to_owned(),
            FieldType::File => continue,
        };
        given.set(field.name, &value);
    }
    given
}

/// What the parts of a move take, made of what is there.
async fn parts(app: &app::App, p: &Petition, track: &Track, made: &Move, aye: bool) -> Handed {
    let office = app.office();
    let one = p.open_proceedings().next().expect("it runs");
    let today = app.now().date().unwrap();
    let mut handed = Handed {
        answers: anything(&made.ask, today),
        ..Handed::default()
    };
    for part in &made.does {
        match part {
            Part::Appoint(role) => {
                let role = track.role(*role).unwrap();
                let all = app.candidates(p, one, role).await.unwrap();
                let free = all
                    .into_iter()
                    .filter(|one| one.free)
                    .take(role.least.max(1) as usize);
                handed.facts.extend(free.map(|one| Fact::Appointed {
                    role: role.code,
                    official: one.official,
                }));
            }
            Part::Release(role) => {
                let official = one.members_of(*role).next().unwrap();
                handed.facts.push(Fact::Released {
                    role: *role,
                    official,
                });
            }
            Part::CommitLot(role) => handed.wanted = Some(track.role(*role).unwrap().least),
            Part::DrawLot(_) => handed.word = Some("하늘 3".into()),
            Part::Meet => handed.facts.push(Fact::MeetingSet {
                at: app.now().plus(3_600_000),
                place: words("회의실"),
            }),
            Part::Offer => handed.facts.push(Fact::HoursOffered {
                starts: vec![app.now().plus(86_400_000)],
                minutes: 30,
                place: words("상담실"),
            }),
            Part::Book => handed.facts.push(Fact::Booked {
                at: one.offer.as_ref().unwrap().starts[0],
            }),
            Part::Cancel => {}
            Part::Survey(code) => {
                let survey = track.survey(*code).unwrap();
                let marks = survey.questions.iter().map(|question| Answered {
                    question: question.code,
                    mark: 4,
                });
                handed.facts.push(Fact::Surveyed {
                    survey: *code,
                    marks: marks.collect(),
                });
            }
            Part::Minutes => handed.facts.push(Fact::Minuted {
                text: words("의견을 들었다."),
            }),
            Part::Vote => {
                let all = one.members.len() as u32;
                let (yes, no) = if aye { (all, 0) } else { (0, all) };
                handed.facts.push(Fact::Voted {
                    vote: Vote {
                        yes,
                        no,
                        abstained: 0,
                    },
                });
            }
            Part::Inquire => handed.facts.push(Fact::Inquired {
                to: words("기관"),
                what: words("질문"),
                reply_by: today,
            }),
            Part::Reply => {
                let no = one
                    .inquiries
                    .iter()
                    .find(|inquiry| inquiry.reply.is_none())
                    .unwrap()
                    .no;
                handed.facts.push(Fact::Replied {
                    no,
                    text: words("회보"),
                });
            }
            Part::Promise => {
                let unit = p.unit.or(office.units.keys().next().copied()).unwrap();
                handed.facts.push(Fact::Promised {
                    unit,
                    what: words("약속"),
                    by: today,
                });
            }
            Part::FollowUp => {
                let no = one
                    .promises
                    .iter()
                    .find(|promise| promise.state == Kept::UnderWay)
                    .unwrap()
                    .no;
                handed.facts.push(Fact::Followed {
                    no,
                    state: Kept::Done,
                    word: words("마쳤다."),
                });
            }
            Part::Publish => {
                let story = CaseStory {
                    title: words("사례"),
                    question: words("쟁점"),
                    holding: words("결정"),
                };
                handed.facts.push(Fact::Published { story });
            }
            Part::Tie => {
                let citizen = Who::Citizen(p.person);
                let others = app.petitions_of(&citizen, None, 50).await.unwrap().items;
                let other = others
                    .iter()
                    .map(|item| &item.petition)
                    .find(|other| other.id != p.id && other.person == p.person);
                handed.tie = Some(other.expect("another petition").id);
            }
            Part::Prolong => {}
        }
    }
    handed
}

/// Drives every ending of a track by its shortest way, through the application.
async fn every_end(city: &City, app: &app::App, track: &Track, begin: impl AsyncFn() -> Petition) {
    let ways = testkit::ways::ways(track);
    let endings: Vec<_> = track
        .ends
        .iter()
        .map(|end| end.code)
        .filter(|end| !ways.contains_key(end))
        .collect();
    assert!(endings.is_empty(), "{}: no way leads to {endings:?}", track.code);
    for (end, way) in ways {
        let mut p = begin().await;
        if p.open_proceedings().next().is_none() {
            let who = somebody(app, &p, track.opens.who[0]);
            let given = anything(&track.opens.ask, app.now().date().unwrap());
            p = Box::pin(app.open_proceeding(&who, p.id, track.code, &given, &Call::default()))
                .await
                .unwrap();
        }
        for turn in &way {
            let made = track
                .step(turn.step)
                .and_then(|step| step.one(turn.made))
                .unwrap();
            if made.does.contains(&Part::Minutes) {
                let held = p.open_proceedings().next().unwrap().meetings.last().unwrap().at;
                city.clock.set(held.plus(3_600_000));
            }
            let who = somebody(app, &p, made.who[0]);
            let handed = parts(app, &p, track, made, turn.aye).await;
            let one = p.open_proceedings().next().unwrap();
            let at = (one.no, turn.step, turn.made);
            p = Box::pin(app.move_proceeding(&who, p.id, at, handed, &Call::default()))
                .await
                .unwrap_or_else(|error| panic!("{} to {end}: {}: {error}", track.code, turn.made));
            if made.paper.is_some() {
                // The petitioner reads it; whoever made it may have no more to do with the petition.
                let who = Who::Citizen(p.person);
                let case = app.case(&who, p.id, &Call::default()).await.unwrap();
                let moved = |recorded: &domain::event::Recorded| {
                    matches!(recorded.event, domain::event::Event::ProceedingMoved { .. })
                };
                let seq = case
                    .journal
                    .iter()
                    .map(|entry| &entry.recorded)
                    .rfind(|one| moved(one))
                    .unwrap()
                    .seq;
                let lang = documents::press::Lang::Ko;
                let (_, pdf) = app
                    .proceeding_paper(&who, p.id, seq, lang, &Call::default())
                    .await
                    .unwrap();
                assert!(pdf.starts_with(b"%PDF"));
            }
        }
        assert_eq!(ended(&p), Some(end.to_string()), "{}", track.code);
    }
}

testkit::on_both_engines! {
    async fn every_track_is_driven_to_each_of_its_ends(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let tracks: Vec<Track> = city.app.office().tracks.current().cloned().collect();
        assert_eq!(tracks.len(), 6);
        for track in tracks.iter().filter(|track| track.room == Room::Ordinary) {
            let kind = track.kinds.first().copied().unwrap_or(Kind::Grievance);
            let begin = async || {
                // Another petition of the same person, to tie to.
                city.files(kim, "S134", "다른 민원", "").await;
                city.in_handling(kim, "특별절차가 있는 민원", kind, Some(Period::Days(30))).await
            };
            every_end(&city, &city.app, track, begin).await;
        }
        let report = city.app.verify(&city.app.here, &mut |_| {}).await.unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
    }

    async fn what_is_protected_runs_in_its_room_and_is_told_to_nobody_else(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        crate::protected::staffed(&city).await;
        city.entitles("humanrights3", "human_rights", &[Seat::HumanRightsOfficer]).await;
        for login in ["expert1", "expert2", "expert3"] {
            city.entitles(login, "human_rights", &[Seat::ExpertJuror]).await;
        }
        let kim = city.citizen("010-1234-5678").await;
        let inside = city.inside();
        let track = inside.office().tracks.newest("human_rights".parse().unwrap()).unwrap().clone();
        let begin = async || {
            let p = city.files(kim, "P001", "말하기 어려운 일", "").await;
            crate::protected::handled(&city, p.id).await
        };
        every_end(&city, &inside, &track, begin).await;
        let ombudsman = city.official("ombudsman1");
        let (lines, _) = city.app.proceedings_list(&ombudsman, None, false, None, 50, &Call::default()).await.unwrap();
        assert!(lines.is_empty(), "nothing of it is outside");
        assert!(city.app.here.proceedings_running().await.unwrap().is_empty());
        assert!(city.app.casebook(None, None, 10).await.unwrap().is_empty());
        city.duties().await;
        // The notices of the procedure; that of reception names the department in charge, as every one does.
        for text in told(&city).into_iter().filter(|text| text.contains("민원 안내(")) {
            assert!(!text.contains("인권") && !text.contains("침해"), "a telephone lies on the table: {text}");
        }
    }
}
