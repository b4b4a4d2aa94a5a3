//! 시야 — what one may not see does not exist: in a case, an act, a file, a list, a search or under a number, for every seat.

use app::act::{ActError, Call, Petitioner};
use app::desk::View;
use app::words::Raw;
use domain::access::{Sight, Who};
use domain::act::Act;
use domain::due::Period;
use domain::id::{OfficialId, PersonId, PetitionId, UnitId};
use domain::life::Life;
use domain::petition::Petition;
use domain::terms::{Kind, Outcome, Seat};
use jiff::civil::{date, datetime};
use std::collections::BTreeSet;
use store::head::{Behind, Scope};
use testkit::city::{City, answer, filing};

/// Petitions of many kinds: in every life, of two departments, with a file, signed, answered, sent back.
async fn many(city: &City) -> (Vec<PetitionId>, Vec<PersonId>) {
    let kim = city.citizen("010-1234-5678").await;
    let lee = city.citizen("010-8765-4321").await;
    let receiver = city.official("receiver1");
    let audit = city.official("audit.receiver");
    let mut ids = Vec::new();
    let mut with_file = filing("S134", "붙임이 있는 한낮의 민원", "");
    with_file.files = vec![app::words::file("사진.txt", "한낮".into()).unwrap()];
    let filed = city
        .app
        .file(
            &Who::Citizen(kim),
            Petitioner::Known(kim),
            with_file,
            &Call::default(),
        )
        .await
        .unwrap();
    ids.push(filed.id);
    let received = city.files(lee, "S134", "접수만 된 한낮의 민원", "").await;
    city.does(
        &receiver,
        received.id,
        Act::Receive {
            kind: Kind::Inquiry,
            period: None,
        },
    )
    .await
    .unwrap();
    ids.push(received.id);
    let sent_back = city.files(kim, "S134", "돌아온 한낮의 민원", "").await;
    city.does(
        &receiver,
        sent_back.id,
        Act::Receive {
            kind: Kind::Inquiry,
            period: None,
        },
    )
    .await
    .unwrap();
    city.does(
        &receiver,
        sent_back.id,
        Act::Distribute {
            unit: city.unit("audit"),
        },
    )
    .await
    .unwrap();
    city.does(
        &audit,
        sent_back.id,
        Act::SendBack {
            reason: Raw::text("아님"),
        },
    )
    .await
    .unwrap();
    ids.push(sent_back.id);
    ids.push(
        city.in_handling(kim, "처리 중인 한낮의 민원", Kind::Inquiry, None)
            .await
            .id,
    );
    let on_line = city
        .in_handling(lee, "결재 중인 한낮의 민원", Kind::Inquiry, None)
        .await;
    let handler = city.official("road.facilities.1");
    // Signed by somebody of another department: 협조.
    let line = ["audit.1", "road.facilities.head"].map(|login| city.official_id(login));
    let marks = [domain::terms::Mark::Concur, domain::terms::Mark::Decide];
    let line = line
        .into_iter()
        .zip(marks)
        .map(|(official, mark)| domain::event::Signer { official, mark })
        .collect();
    city.does(&handler, on_line.id, Act::Draft(answer(Outcome::Answered, "답")))
        .await
        .unwrap();
    city.does(&handler, on_line.id, Act::SendUp { line })
        .await
        .unwrap();
    ids.push(on_line.id);
    let answered = city
        .in_handling(lee, "답변된 한낮의 민원", Kind::Inquiry, None)
        .await;
    city.answers(answered.id, answer(Outcome::Answered, "답")).await;
    ids.push(answered.id);
    // Handled by one who also receives for the department: seen on two grounds, and one petition all the same.
    let own = city.files(kim, "S134", "접수자가 맡은 한낮의 민원", "").await;
    let both = city.official("petition.receiver");
    let way = [
        (
            &receiver,
            Act::Receive {
                kind: Kind::Inquiry,
                period: None,
            },
        ),
        (
            &receiver,
            Act::Distribute {
                unit: city.unit("petition_office"),
            },
        ),
        (&both, Act::UnitReceive),
        (
            &both,
            Act::Designate {
                handler: city.official_id("petition.receiver"),
            },
        ),
    ];
    for (who, act) in way {
        city.does(who, own.id, act).await.unwrap();
    }
    ids.push(own.id);
    // A jury court runs in it: seen by whoever holds a seat of it, and by the expert who was named.
    let disputed = city
        .in_handling(lee, "배심에 오른 한낮의 민원", Kind::Grievance, None)
        .await;
    let mut issue = domain::form::Answers::default();
    issue.set("issue".parse().unwrap(), "다투는 점");
    let court = "jury_court".parse().unwrap();
    let call = Call::default();
    let kind = city
        .app
        .open_proceeding(&handler, disputed.id, court, &issue, &call);
    Box::pin(kind).await.unwrap();
    let ombudsman = city.official("ombudsman1");
    let mut question = app::proceedings::Handed::default();
    question.answers.set("question".parse().unwrap(), "옳은가");
    let at = (1, "suit".parse().unwrap(), "accept".parse().unwrap());
    Box::pin(
        city.app
            .move_proceeding(&ombudsman, disputed.id, at, question, &call),
    )
    .await
    .unwrap();
    let named = app::proceedings::Handed {
        facts: vec![domain::proceeding::Fact::Appointed {
            role: "expert".parse().unwrap(),
            official: city.official_id("expert1"),
        }],
        ..Default::default()
    };
    let at = (1, "panel".parse().unwrap(), "name_expert".parse().unwrap());
    Box::pin(
        city.app
            .move_proceeding(&ombudsman, disputed.id, at, named, &call),
    )
    .await
    .unwrap();
    ids.push(disputed.id);
    (ids, vec![kim, lee])
}

/// Everybody of the starting data, and the two citizens, and one who filed nothing.
async fn everybody(city: &City, citizens: &[PersonId]) -> Vec<(String, Who)> {
    let stranger = city.citizen("010-9999-0000").await;
    let office = city.app.office();
    let officials = office
        .officials
        .values()
        .filter(|p| office.who(p.id, city.app.now()).is_some());
    let mut all: Vec<(String, Who)> = officials
        .map(|p| (p.login.clone(), office.who(p.id, city.app.now()).unwrap()))
        .collect();
    // One of each set of seats and unit is enough of the districts, which are all alike.
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all.retain(|(login, _)| !login.starts_with("district") || login.ends_with("receiver"));
    all.extend(
        citizens
            .iter()
            .chain([&stranger])
            .map(|p| (format!("citizen {p}"), Who::Citizen(*p))),
    );
    all
}

testkit::on_both_engines! {
    async fn what_one_may_not_see_does_not_exist(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let (ids, citizens) = many(&city).await;
        city.duties().await;
        let place = &city.app.places.live;
        let file = place.head(ids[0]).await.unwrap().unwrap().petition.files[0].content.id;
        let call = Call::default();
        let mut seen_by_somebody = 0;
        for (name, who) in everybody(&city, &citizens).await {
            let sight = Sight::of(&who);
            let searched = city.app.search(&who, "한낮", None, 50, &call).await.unwrap();
            let found: BTreeSet<PetitionId> = searched.items.iter().map(|i| i.petition.id).collect();
            let mut listed: BTreeSet<PetitionId> = BTreeSet::new();
            for view in [View::Mine, View::Open, View::ToReceive, View::ToDistribute, View::SentBack, View::ToSign, View::Held,
                View::Overdue, View::Concluded, View::Unit(city.unit("audit")), View::Unit(city.unit("road_facilities"))] {
                let page = city.app.list(&who, view, None, 50, &call).await.unwrap();
                let lines: BTreeSet<PetitionId> = page.items.iter().map(|i| i.petition.id).collect();
                assert_eq!(lines.len(), page.items.len(), "{name} {view:?}: one line twice");
                assert_eq!(city.app.count(&who, view, 50).await.unwrap() as usize, lines.len(), "{name} {view:?}");
                listed.extend(lines);
            }
            let mut wanted = BTreeSet::new();
            for id in &ids {
                let petition = place.head(*id).await.unwrap().unwrap().petition;
                let sees = sight.admits(&petition);
                seen_by_somebody += u32::from(sees);
                if sees {
                    wanted.insert(*id);
                }
                let not_there = |result: Result<(), ActError>| match result {
                    Ok(()) | Err(ActError::Refused(_)) => false,
                    Err(ActError::NotFound) => true,
                    Err(other) => panic!("{name}: {other}"),
                };
                assert_eq!(not_there(city.app.case(&who, *id, &call).await.map(drop)), !sees, "{name}: case");
                // An act nobody here could complete; before any reason is given, it must not be told that there is one.
                let unfit = Act::Extend { n: 0, ground: domain::due::Cause::Comparable, reason: Raw::text("x") };
                assert_eq!(not_there(city.does(&who, *id, unfit).await.map(drop)), !sees, "{name}: act");
                let numbers = [Some(petition.number.to_string()), petition.reception.map(|r| r.number.to_string())];
                for number in numbers.into_iter().flatten() {
                    let hits = city.app.search(&who, &number, None, 5, &call).await.unwrap();
                    assert_eq!(hits.items.len() == 1, sees, "{name}: {number}");
                }
            }
            let opened = city.app.attachment(&who, ids[0], file, &call).await.map(drop);
            assert_eq!(opened.is_ok(), wanted.contains(&ids[0]), "{name}: file");
            let title = place.head(ids[0]).await.unwrap().unwrap().petition.title.id;
            let no_file = city.app.attachment(&who, ids[0], title, &call).await;
            assert!(matches!(no_file, Err(ActError::NotFound)), "{name}: a text that is no file");
            let crossed = city.app.attachment(&who, ids[3], file, &call).await;
            assert!(matches!(crossed, Err(ActError::NotFound)), "{name}: a file of another petition");
            assert_eq!(found, wanted, "{name}: search");
            assert!(listed.is_subset(&wanted), "{name}: lists");
        }
        assert!(seen_by_somebody > 20, "{seen_by_somebody}");
        let nowhere = city.app.case(&Who::System, PetitionId(uuid::Uuid::from_u128(1)), &call).await;
        assert!(matches!(nowhere, Err(ActError::NotFound)));
    }

    async fn sight_in_rust_and_in_sql_are_one(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let (ids, citizens) = many(&city).await;
        let place = &city.app.places.live;
        // One of them lies with a handler who asks the audit department for its opinion.
        let mut asked = 0;
        for id in &ids {
            let p = place.head(*id).await.unwrap().unwrap().petition;
            if let (Life::InHandling, Some(handler)) = (p.life, p.handler) {
                let who = city.app.office().who(handler, city.app.now()).unwrap();
                let ask = Act::AskConsult { unit: city.unit("audit"), what: Raw::text("의견"), reply_by: date(2026, 6, 16) };
                asked += usize::from(asked == 0 && city.does(&who, *id, ask).await.is_ok());
            }
        }
        assert_eq!(asked, 1);
        let mut petitions: Vec<Petition> = Vec::new();
        for id in &ids {
            petitions.push(place.head(*id).await.unwrap().unwrap().petition);
        }
        let office = city.app.office();
        let units: Vec<UnitId> = ["audit", "road_facilities", "petition_office"].map(|u| city.unit(u)).to_vec();
        let people: Vec<OfficialId> = ["road.facilities.1", "road.facilities.head", "audit.1", "expert1"]
            .map(|l| city.official_id(l)).to_vec();
        drop(office);
        // Two of them are held from outside: one until today, one until tomorrow; one more was taken back.
        let (inspector, today) = (testkit::city::outsider(&city, "inspector.1").await, date(2026, 6, 15));
        let other = testkit::city::outsider(&city, "inspector.2").await;
        let mut held = 0;
        for id in &ids {
            let p = place.head(*id).await.unwrap().unwrap().petition;
            let Some(handler) = p.handler.filter(|_| p.life == Life::InHandling) else { continue };
            let who = city.app.office().who(handler, city.app.now()).unwrap();
            let give = |to, until| Act::Entrust { to, permit: domain::terms::Permit::See, what: Raw::text("현장"), until };
            let until = date(2026, 6, 15 + held);
            held += i8::from(city.does(&who, *id, give(inspector, until)).await.is_ok());
            city.does(&who, *id, give(other, until)).await.unwrap();
            city.does(&who, *id, Act::TakeBack { no: 2 }).await.unwrap();
        }
        assert!(held >= 2, "{held}");
        petitions.clear();
        for id in &ids {
            petitions.push(place.head(*id).await.unwrap().unwrap().petition);
        }
        // Every combination: all or not, any units, one of the officials or none, one of the citizens or none.
        let mut looked = 0;
        for all in [false, true] {
            for mask in 0..8_usize {
                let units: Vec<UnitId> = units.iter().enumerate().filter(|(i, _)| mask >> i & 1 == 1).map(|(_, u)| *u).collect();
                for involved in [None].into_iter().chain(people.iter().copied().map(Some)) {
                    for (person, supports) in [None].into_iter().chain(citizens.iter().copied().map(Some))
                        .flat_map(|person| [(person, Vec::new()), (person, vec![city.unit("audit"), city.unit("parks")])]) {
                        // 업무대행과 대결 take their turns with the rest: nobody, a handler, a signer, both.
                        let (handler, signer) = (people[0], people[2]);
                        let (handles_for, signs_for) = match looked % 8 / 2 {
                            0 => (vec![], vec![]),
                            1 => (vec![handler, people[1]], vec![]),
                            2 => (vec![], vec![signer]),
                            _ => (vec![handler], vec![signer, people[1]]),
                        };
                        let entrusted = [None, Some((inspector, today)), Some((inspector, date(2026, 6, 16))), Some((other, today)),
                            Some((inspector, date(2026, 6, 20)))][looked % 5];
                        let seats = match looked % 7 {
                            0 => vec![Seat::Ombudsman],
                            1 => vec![Seat::Lawyer],
                            2 => vec![Seat::Lawyer, Seat::Ombudsman],
                            _ => vec![],
                        };
                        let sight = Sight { all, units: units.clone(), involved, person, supports, seats, handles_for, signs_for, entrusted };
                        let wanted: BTreeSet<PetitionId> = petitions.iter().filter(|p| sight.admits(p)).map(|p| p.id).collect();
                        let sql = place.petitions(&ids, &sight).await.unwrap();
                        assert_eq!(sql.iter().map(|p| p.id).collect::<BTreeSet<_>>(), wanted, "{sight:?}");
                        let mut listed = BTreeSet::new();
                        for scope in [Scope::Open, Scope::Concluded] {
                            let mut behind = None;
                            loop {
                                let page = place.list(scope, &sight, behind, 2).await.unwrap();
                                listed.extend(page.iter().map(|p| p.id));
                                let Some(last) = page.last().filter(|_| page.len() == 2) else { break };
                                behind = Some(Behind { key: last.act_by(), id: last.id });
                            }
                        }
                        assert_eq!(listed, wanted, "{sight:?}");
                        let open = wanted.iter().filter(|id| petitions.iter().any(|p| p.id == **id && p.life != Life::Concluded)).count();
                        assert_eq!(place.count(&[Scope::Open], &sight, 100).await.unwrap() as usize, open);
                        looked += 1;
                    }
                }
            }
        }
        assert_eq!(looked, 2 * 8 * 5 * 3 * 2);
    }
}

testkit::on_both_engines! {
    async fn what_one_took_part_in_is_listed_page_by_page_the_newest_end_first(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let (place, all) = (&city.app.here, Sight { all: true, ..Sight::default() });
        let (mut ids, mut handlers) = (Vec::new(), BTreeSet::new());
        for n in 0..7 {
            let p = city.in_handling(kim, &format!("{n}번째"), Kind::Inquiry, Some(Period::Days(14))).await;
            handlers.extend(p.handler);
            ids.push(p.id);
        }
        let handler = handlers.pop_first().expect("a handler");
        assert!(handlers.is_empty(), "one of them for all");
        let pages = async |scope| {
            let (mut found, mut behind) = (Vec::new(), None);
            loop {
                let page = place.list(scope, &all, behind, 2).await.unwrap();
                found.extend(page.iter().map(|p| p.id));
                let Some(last) = page.last().filter(|_| page.len() == 2) else { return found };
                behind = Some(Behind { key: last.act_by(), id: last.id });
            }
        };
        // Due at the same moment, they stand in the order of their identities, and that is the order they came in.
        assert_eq!(pages(Scope::Involving(handler)).await, ids);
        assert_eq!(pages(Scope::ConcludedInvolving(handler)).await, []);
        for id in &ids {
            city.does(&Who::Citizen(kim), *id, Act::Withdraw { reason: None }).await.unwrap();
        }
        assert_eq!(pages(Scope::Involving(handler)).await, [], "what has ended is not open");
        ids.reverse();
        assert_eq!(pages(Scope::ConcludedInvolving(handler)).await, ids);
    }
}
