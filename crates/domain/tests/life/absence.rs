//! 부재와 인계 — who acts while others are away: tables, stories, and the property that it is always exactly one.

use crate::office::{
    CLOSED, HANDLER, HEAD, LEAD, OFFICE, OTHER_HANDLER, Office, PARKS, PARKS_HANDLER, ROADS, ROADS_RECEIVER,
    STRANGER, Story, answer, line, moment,
};
use domain::absence::{Absence, AbsenceKind, Cover, Part, Unfit, acting, fits};
use domain::access::{Sight, Who, may};
use domain::act::Act;
use domain::event::{Event, Signer};
use domain::handover::share;
use domain::id::{AbsenceId, OfficialId};
use domain::life::{Deed, Life};
use domain::petition::Petition;
use domain::refusal::Refusal;
use domain::terms::{By, Mark, Outcome};
use domain::time::At;
use proptest::prelude::*;
use uuid::Uuid;

fn away(n: u128, official: OfficialId, from: &str, to: &str) -> Absence {
    Absence {
        id: AbsenceId(Uuid::from_u128(n)),
        official,
        kind: AbsenceKind::Leave,
        from: moment(from),
        to: moment(to),
        stand_in: None,
        deputy: None,
    }
}

fn with(absence: Absence, stand_in: Option<OfficialId>, deputy: Option<OfficialId>) -> Absence {
    Absence {
        stand_in,
        deputy,
        ..absence
    }
}

#[test]
fn 부재중에는_대행자가_한다() {
    let (from, to) = ("2026-06-15T09:00", "2026-06-16T14:00");
    let a = with(away(1, HANDLER, from, to), Some(OTHER_HANDLER), Some(LEAD));
    let table = [
        ("전날", "2026-06-14T23:59", Part::Handling, HANDLER),
        ("시작하는 때", from, Part::Handling, OTHER_HANDLER),
        ("결재는 대결자", from, Part::Signing, LEAD),
        ("끝나기 전", "2026-06-16T13:59", Part::Handling, OTHER_HANDLER),
        ("돌아온 때", to, Part::Handling, HANDLER),
    ];
    for (name, at, part, who) in table {
        assert_eq!(acting(&[a], HANDLER, part, moment(at)), who, "{name}");
    }
    let now = moment("2026-06-15T10:00");
    let others = with(away(2, OTHER_HANDLER, from, to), Some(PARKS_HANDLER), None);
    assert_eq!(
        acting(&[a, others], HANDLER, Part::Handling, now),
        PARKS_HANDLER,
        "대행자의 대행자"
    );
    let nobody = with(away(2, OTHER_HANDLER, from, to), None, None);
    assert_eq!(
        acting(&[a, nobody], HANDLER, Part::Handling, now),
        OTHER_HANDLER,
        "대행자가 없는 대행자"
    );
    let circle = with(away(2, OTHER_HANDLER, from, to), Some(HANDLER), None);
    assert_eq!(
        acting(&[a, circle], HANDLER, Part::Handling, now),
        HANDLER,
        "서로 대행하면 본인"
    );
    assert_eq!(
        acting(&[a, circle], OTHER_HANDLER, Part::Handling, now),
        OTHER_HANDLER,
        "서로 대행하면 본인"
    );
    let without = with(away(1, HANDLER, from, to), None, None);
    assert_eq!(
        acting(&[without], HANDLER, Part::Handling, now),
        HANDLER,
        "대행자가 없으면 본인"
    );
}

#[test]
fn 부재_등록의_조건() {
    let works = |id: OfficialId| id != STRANGER;
    let now = moment("2026-06-15T10:00");
    let known = away(7, HANDLER, "2026-06-20T09:00", "2026-06-21T18:00");
    let lead_away = away(8, LEAD, "2026-06-22T00:00", "2026-06-30T00:00");
    let new = |from: &str, to: &str| away(9, HANDLER, from, to);
    let (from, to) = ("2026-06-22T09:00", "2026-06-23T18:00");
    let table = [
        (
            "바른 등록",
            with(new(from, to), Some(OTHER_HANDLER), Some(HEAD)),
            Ok(()),
        ),
        ("거꾸로", new(to, from), Err(Unfit::Backwards)),
        (
            "지난 일",
            new("2026-06-14T09:00", "2026-06-15T10:00"),
            Err(Unfit::Past),
        ),
        (
            "한 해가 넘음",
            new("2026-06-22T09:00", "2027-07-01T09:00"),
            Err(Unfit::TooLong),
        ),
        (
            "겹침",
            new("2026-06-21T17:59", "2026-06-22T09:00"),
            Err(Unfit::Overlapping),
        ),
        ("맞닿음", new("2026-06-21T18:00", "2026-06-22T09:00"), Ok(())),
        (
            "제 대행",
            with(new(from, to), Some(HANDLER), None),
            Err(Unfit::OwnSubstitute),
        ),
        (
            "모르는 대행자",
            with(new(from, to), Some(STRANGER), None),
            Err(Unfit::SubstituteUnknown),
        ),
        (
            "내내 부재인 대결자",
            with(new(from, to), None, Some(LEAD)),
            Err(Unfit::SubstituteAway),
        ),
        (
            "제 등록을 고침",
            away(7, HANDLER, "2026-06-20T10:00", "2026-06-21T18:00"),
            Ok(()),
        ),
    ];
    for (name, absence, expected) in table {
        assert_eq!(
            fits(&absence, &[known, lead_away], now, works),
            expected,
            "{name}"
        );
    }
}

/// A permit on the line of 팀장 and 과장, in an office where these are away.
fn on_line(absences: Vec<Absence>) -> Story {
    let mut office: Office = OFFICE.clone();
    office.staff.absences = absences;
    let story = Story::handled("permit", "2026-06-15T09:30")
        .official(HANDLER, Act::Draft(answer(Outcome::Granted)))
        .official(HANDLER, Act::SendUp { line: line() });
    Story { office, ..story }
}

fn sign() -> Act<domain::text::Text> {
    Act::Sign { comment: None }
}

const FROM: &str = "2026-06-15T09:00";
const TO: &str = "2026-06-20T00:00";

#[test]
fn 대결은_누구를_대신했는지_남고_후결을_기다린다() {
    let head = with(away(1, HEAD, FROM, TO), None, Some(LEAD));
    let story = on_line(vec![head]).official(LEAD, sign());
    // 과장 차례: 과장은 부재이므로 팀장이 대결한다.
    assert_eq!(story.no(HEAD, sign()), Refusal::NotYours);
    let story = story.official(LEAD, sign());
    let p = story.petition();
    let last = story.case.journal.last().expect("an event");
    assert!(matches!(last.event, Event::Approved { step: 1, .. }));
    assert_eq!((last.by, last.instead_of), (By::Official(LEAD), Some(HEAD)));
    let first = story
        .case
        .journal
        .iter()
        .find(|r| matches!(r.event, Event::Signed { .. }));
    assert_eq!(
        first.expect("the review").instead_of,
        None,
        "제 차례의 검토는 대결이 아니다"
    );
    let stood = p.unconfirmed().next().expect("a signature in absence");
    assert_eq!((stood.step, stood.absent, stood.by), (1, HEAD, LEAD));
    // 후결은 대결된 사람만, 한 번만 한다.
    assert_eq!(story.no(LEAD, Act::ConfirmAfter), Refusal::NotYours);
    let story = story.official(HANDLER, Act::Answer).on("2026-06-22T09:00");
    let story = story.official(HEAD, Act::ConfirmAfter);
    assert_eq!(story.petition().unconfirmed().count(), 0);
    assert_eq!(story.no(HEAD, Act::ConfirmAfter), Refusal::NotYours);
}

#[test]
fn 제가_기안한_문서는_대결하지_못한다() {
    let lead = with(away(1, LEAD, FROM, TO), None, Some(HANDLER));
    let story = on_line(vec![lead]);
    assert_eq!(story.no(HANDLER, sign()), Refusal::NotYours);
    // 그러면 결재선이 막히므로 남은 결재선을 다시 정한다.
    let rest = |official| Act::Reroute {
        rest: vec![Signer {
            official,
            mark: Mark::Delegated,
        }],
    };
    assert_eq!(story.no(HANDLER, rest(HANDLER)), Refusal::LineUnfit);
    assert_eq!(story.no(HANDLER, rest(STRANGER)), Refusal::LineUnfit);
    let story = story.official(HANDLER, rest(HEAD)).official(HEAD, sign());
    assert!(story.petition().approved_at().is_some());
}

#[test]
fn 서명한_뒤에_떠난_사람이_있어도_막히지_않는다() {
    let mut story = on_line(vec![]);
    let rest = |official| Act::Reroute {
        rest: vec![Signer {
            official,
            mark: Mark::Decide,
        }],
    };
    assert_eq!(story.no(HANDLER, rest(PARKS_HANDLER)), Refusal::SignerCanSign);
    story = story.official(LEAD, sign());
    assert_eq!(story.no(HANDLER, Act::Recall), Refusal::SignedAlready);
    story.office.staff.posts.remove(&HEAD);
    story = story.official(HANDLER, rest(PARKS_HANDLER));
    let line = story.petition().line.clone().expect("a line");
    assert_eq!(
        line.signers.iter().map(|s| s.official).collect::<Vec<_>>(),
        [LEAD, PARKS_HANDLER]
    );
    assert_eq!(line.signed_at.len(), 1, "팀장의 서명은 남는다");
    let story = story.official(PARKS_HANDLER, sign());
    assert!(story.petition().approved_at().is_some());
}

#[test]
fn 부재이고_대결자가_없으면_결재선을_바꾼다() {
    let head = away(1, HEAD, FROM, TO);
    let story = on_line(vec![head]).official(LEAD, sign());
    let rest = Act::Reroute {
        rest: vec![Signer {
            official: PARKS_HANDLER,
            mark: Mark::Decide,
        }],
    };
    let story = story.official(HANDLER, rest);
    assert_eq!(story.petition().signer().map(|s| s.official), Some(PARKS_HANDLER));
}

#[test]
fn 공람은_결재_뒤에_하고_읽은_사람만_확인한다() {
    let circulate = |readers: &[OfficialId]| Act::Circulate {
        readers: readers.to_vec(),
    };
    let story = on_line(vec![]);
    assert_eq!(
        story.no(HANDLER, circulate(&[PARKS_HANDLER])),
        Refusal::NotApproved
    );
    let story = story.official(LEAD, sign()).official(HEAD, sign());
    for (name, readers) in [
        ("아무도 없음", vec![]),
        ("두 번", vec![PARKS_HANDLER, PARKS_HANDLER]),
        ("모르는 사람", vec![STRANGER]),
    ] {
        assert_eq!(
            story.no(HANDLER, circulate(&readers)),
            Refusal::ReadersUnfit,
            "{name}"
        );
    }
    let sight = Sight::of(&OFFICE.official(PARKS_HANDLER));
    assert!(!sight.admits(story.petition()));
    let story = story.official(HANDLER, circulate(&[PARKS_HANDLER]));
    assert!(sight.admits(story.petition()), "공람자는 그 민원을 본다");
    assert_eq!(
        story.no(HANDLER, circulate(&[PARKS_HANDLER])),
        Refusal::ReadersUnfit
    );
    assert_eq!(story.no(LEAD, Act::ReadCirculated), Refusal::NotYours);
    let story = story
        .official(HANDLER, Act::Answer)
        .official(PARKS_HANDLER, Act::ReadCirculated);
    assert_eq!(story.petition().readers[0].read_at, Some(story.now));
    assert_eq!(story.no(PARKS_HANDLER, Act::ReadCirculated), Refusal::NotYours);
}

#[test]
fn 업무대행자는_담당자의_일을_하고_돌려준다() {
    let mut story = Story::handled("permit", "2026-06-15T09:30");
    story.office.staff.absences = vec![with(
        away(1, HANDLER, FROM, "2026-06-15T14:00"),
        Some(OTHER_HANDLER),
        None,
    )];
    let other = |story: &Story| story.office.official_at(OTHER_HANDLER, story.now);
    assert!(Sight::of(&other(&story)).admits(story.petition()));
    assert_eq!(
        story.no(HANDLER, Act::Draft(answer(Outcome::Granted))),
        Refusal::NotYours
    );
    let story = story.official(OTHER_HANDLER, Act::Draft(answer(Outcome::Granted)));
    let last = story.case.journal.last().expect("an event");
    assert_eq!(
        (last.by, last.instead_of),
        (By::Official(OTHER_HANDLER), Some(HANDLER))
    );
    assert_eq!(story.petition().handler, Some(HANDLER), "담당자는 그대로이다");
    let story = story.on("2026-06-15T14:00");
    assert!(
        !Sight::of(&other(&story)).admits(story.petition()),
        "돌아오면 보이지 않는다"
    );
    assert_eq!(
        story.no(OTHER_HANDLER, Act::SendUp { line: line() }),
        Refusal::NotYours
    );
    story.official(HANDLER, Act::SendUp { line: line() });
}

#[test]
fn 인계하면_기안과_결재선이_함께_간다() {
    let story = on_line(vec![]).official(LEAD, sign());
    let over = |to| Act::HandOver { to };
    assert_eq!(story.no(OTHER_HANDLER, over(OTHER_HANDLER)), Refusal::NotYours);
    assert_eq!(story.no(ROADS_RECEIVER, over(HANDLER)), Refusal::SameHandler);
    assert_eq!(
        story.no(ROADS_RECEIVER, over(PARKS_HANDLER)),
        Refusal::HandlerNotOfUnit
    );
    assert_eq!(
        story.no(ROADS_RECEIVER, over(LEAD)),
        Refusal::LineUnfit,
        "제 결재선의 결재자에게는 넘기지 못한다"
    );
    let before = story.petition().clone();
    let story = story.official(ROADS_RECEIVER, over(OTHER_HANDLER));
    let p = story.petition();
    assert_eq!(p.handler, Some(OTHER_HANDLER));
    assert_eq!((p.draft, &p.line), (before.draft, &before.line));
    let to = |to| Act::ReplaceSigner { from: HEAD, to };
    assert_eq!(
        story.no(HEAD, to(OTHER_HANDLER)),
        Refusal::LineUnfit,
        "담당자는 제 결재선에 서지 못한다"
    );
    assert_eq!(story.no(HEAD, to(LEAD)), Refusal::LineUnfit);
    let already = Act::ReplaceSigner {
        from: LEAD,
        to: PARKS_HANDLER,
    };
    assert_eq!(
        story.no(HEAD, already),
        Refusal::NotOnTheLine,
        "서명한 자리는 넘기지 못한다"
    );
    let story = story
        .official(HEAD, to(PARKS_HANDLER))
        .official(PARKS_HANDLER, sign());
    assert!(story.petition().approved_at().is_some());
}

#[test]
fn 폐지된_부서의_민원은_승계하는_부서로_간다() {
    let mut story = Story::handled("permit", "2026-06-15T09:30");
    let to = |unit| Act::Succeed { unit };
    let refused = |story: &Story, unit| story.refusal(&Who::System, &to(unit));
    assert_eq!(refused(&story, PARKS), Refusal::NoSuccessor, "폐지되지 않은 부서");
    story.office.staff.units.remove(&ROADS);
    assert_eq!(
        refused(&story, PARKS),
        Refusal::NoSuccessor,
        "승계가 정해지지 않음"
    );
    story.office.staff.successors.insert(ROADS, vec![CLOSED]);
    story.office.staff.successors.insert(CLOSED, vec![PARKS, ROADS]);
    assert_eq!(
        refused(&story, CLOSED),
        Refusal::NoSuccessor,
        "승계 부서도 폐지됨"
    );
    let story = story.system(to(PARKS));
    let p = story.petition();
    assert_eq!(
        (p.unit, p.handler, p.life),
        (Some(PARKS), Some(HANDLER), Life::InHandling)
    );
    let last = story.case.journal.last().expect("an event");
    assert_eq!(
        last.event,
        Event::Succeeded {
            from: ROADS,
            unit: PARKS
        }
    );
}

fn officials() -> Vec<OfficialId> {
    vec![HANDLER, OTHER_HANDLER, LEAD, HEAD, PARKS_HANDLER, ROADS_RECEIVER]
}

fn any_absences() -> impl Strategy<Value = Vec<Absence>> {
    let one = (0..6_usize, 0..7_usize, 0..7_usize, 0..20_i64, 1..20_i64);
    prop::collection::vec(one, 0..12).prop_map(|all| {
        let people = officials();
        let start = moment(FROM);
        (all.into_iter().enumerate())
            .map(|(n, (who, stand_in, deputy, from, long))| Absence {
                id: AbsenceId(Uuid::from_u128(n as u128 + 1)),
                official: people[who],
                kind: AbsenceKind::Trip,
                from: start.plus(from * 3_600_000),
                to: start.plus((from + long) * 3_600_000),
                stand_in: people.get(stand_in).copied(),
                deputy: people.get(deputy).copied(),
            })
            .collect()
    })
}

proptest! {
    /// Whoever is away, and whoever stands in for whom: at every moment exactly one person may act as the handler, sees the
    /// petition, and, unless that one drafted it, exactly one may sign.
    #[test]
    fn exactly_one_may_act(absences in any_absences(), hour in 0..40_i64) {
        let now: At = moment(FROM).plus(hour * 3_600_000);
        let story = on_line(vec![]);
        let p: &Petition = story.petition();
        let who = |id: OfficialId| match OFFICE.official(id) {
            Who::Official(official) => Who::Official(domain::access::Official {
                cover: Cover::of(&absences, id, now),
                ..official
            }),
            other => other,
        };
        let everyone: Vec<(OfficialId, Who)> = officials().into_iter().map(|id| (id, who(id))).collect();
        let able = |deed: Deed| -> Vec<OfficialId> {
            (everyone.iter()).filter(|(_, who)| may(who, deed, Some(p)).is_ok()).map(|(id, _)| *id).collect()
        };
        let handling = able(Deed::Draft);
        prop_assert_eq!(&handling, &vec![acting(&absences, HANDLER, Part::Handling, now)]);
        let signing = acting(&absences, LEAD, Part::Signing, now);
        let drafter = signing == HANDLER;
        prop_assert_eq!(able(Deed::Sign), if drafter { vec![] } else { vec![signing] });
        for (id, who) in &everyone {
            if handling.contains(id) || *id == signing {
                prop_assert!(Sight::of(who).admits(p), "who acts sees it");
            }
        }
    }

    /// Shared out, each petition goes to exactly one, and nobody gets two more than another.
    #[test]
    fn shares_are_even(n in 0..60_usize, burdens in prop::collection::vec(0..9_u32, 1..7)) {
        let receivers: Vec<(OfficialId, u32)> = (burdens.iter().enumerate())
            .map(|(i, burden)| (OfficialId(Uuid::from_u128(i as u128 + 1)), *burden))
            .collect();
        let petitions: Vec<usize> = (0..n).collect();
        let shared = share(&petitions, &receivers);
        prop_assert_eq!(shared.iter().map(|(p, _)| *p).collect::<Vec<_>>(), petitions);
        let counts: Vec<usize> = (receivers.iter())
            .map(|(id, _)| shared.iter().filter(|(_, to)| to == id).count())
            .collect();
        let (least, most) = (counts.iter().min(), counts.iter().max());
        prop_assert!(most.zip(least).is_some_and(|(most, least)| most - least <= 1));
    }
}

#[test]
fn 대결자는_차례가_온_것만_본다() {
    let head = with(away(1, HEAD, FROM, TO), None, Some(PARKS_HANDLER));
    let story = on_line(vec![head]);
    // 과장의 차례가 아니면 대결자에게도 보이지 않는다.
    let deputy = story.office.official_at(PARKS_HANDLER, story.now);
    assert!(!Sight::of(&deputy).admits(story.petition()));
    let story = story.official(LEAD, sign());
    assert!(Sight::of(&deputy).admits(story.petition()));
}
