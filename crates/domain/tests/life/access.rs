//! 권한표 — the matrix as a page, and seats against deeds.

use crate::office::{
    ADMINISTRATOR, COORDINATOR, COUNTER, EXAMINER, HANDLER, HEAD, KIM, LEAD, NEIGHBOUR, OFFICE,
    OTHER_HANDLER, PARKS_HANDLER, PARKS_RECEIVER, RECEIVER, ROADS, ROADS_RECEIVER, Story, answer, line,
};
use domain::access::{MATRIX, Relation, Sight, Who, matrix_page, may};
use domain::act::Act;
use domain::life::Deed;
use domain::terms::{Outcome, Seat};
use std::collections::BTreeSet;

#[test]
fn 권한표_문서는_코드와_같다() {
    let page = include_str!("../../../../docs/generated/access-matrix.md");
    assert!(
        page == matrix_page(),
        "docs/generated/access-matrix.md is out of date: run `cargo xtask gen`"
    );
}

#[test]
fn 모든_행위에_할_사람이_있다() {
    for deed in Deed::ALL {
        assert!(MATRIX.iter().any(|(d, _, _)| d == deed), "{deed}");
    }
    let rows: BTreeSet<_> = MATRIX.iter().map(|(d, s, r)| (*d, *s, *r)).collect();
    assert_eq!(rows.len(), MATRIX.len(), "a row stands twice");
    for (deed, seat, relation) in MATRIX {
        // 자리로 하는 일은 자리를 적고, 이름으로 하는 일은 적지 않는다.
        let by_seat = matches!(
            relation,
            Relation::Agency | Relation::LeadUnit | Relation::Consulted | Relation::Entrusted
        );
        assert_eq!(seat.is_some(), by_seat, "{deed} {relation}");
    }
}

/// A permit that waits for its reviewer's signature in the roads department.
fn waiting() -> Story {
    Story::handled("permit", "2018-07-17T10:00")
        .official(HANDLER, Act::Draft(answer(Outcome::Granted)))
        .official(HANDLER, Act::SendUp { line: line() })
}

#[test]
fn 자리마다_할_수_있는_일() {
    let story = waiting();
    let p = story.petition();
    let official = |id| OFFICE.official(id);
    let table = [
        ("민원인의 취하", Who::Citizen(KIM), Deed::Withdraw, true),
        ("이웃의 취하", Who::Citizen(NEIGHBOUR), Deed::Withdraw, false),
        ("민원인의 기안", Who::Citizen(KIM), Deed::Draft, false),
        ("통합접수자의 접수", official(RECEIVER), Deed::Receive, true),
        ("통합접수자의 기안", official(RECEIVER), Deed::Draft, false),
        ("창구의 취하 입력", official(COUNTER), Deed::Withdraw, true),
        (
            "창구의 연장 동의",
            official(COUNTER),
            Deed::ConsentExtension,
            false,
        ),
        (
            "도로과 접수자의 담당자 지정",
            official(ROADS_RECEIVER),
            Deed::Designate,
            true,
        ),
        (
            "공원과 접수자의 담당자 지정",
            official(PARKS_RECEIVER),
            Deed::Designate,
            false,
        ),
        ("도로과장의 재배부 요청", official(HEAD), Deed::SendBack, true),
        ("팀장의 재배부 요청", official(LEAD), Deed::SendBack, false),
        (
            "총괄자의 분류 변경",
            official(COORDINATOR),
            Deed::Reclassify,
            true,
        ),
        ("담당자의 연장", official(HANDLER), Deed::Extend, true),
        ("다른 담당자의 연장", official(OTHER_HANDLER), Deed::Extend, false),
        ("담당자의 결재", official(HANDLER), Deed::Sign, false),
        ("차례인 팀장의 검토", official(LEAD), Deed::Sign, true),
        ("차례가 아닌 과장의 결재", official(HEAD), Deed::Sign, false),
        ("민원심사관의 배부", official(EXAMINER), Deed::Distribute, false),
        (
            "시스템 관리자의 취하",
            official(ADMINISTRATOR),
            Deed::Withdraw,
            false,
        ),
        ("시스템의 기한 재계산", Who::System, Deed::MoveDue, true),
        ("시스템의 접수", Who::System, Deed::Receive, false),
        ("담당자의 기한 재계산", official(HANDLER), Deed::MoveDue, false),
    ];
    for (name, who, deed, yes) in table {
        assert_eq!(may(&who, deed, Some(p)).is_ok(), yes, "{name}");
    }
}

#[test]
fn 자리마다_보이는_민원() {
    let story = waiting();
    let p = story.petition();
    let official = |id| OFFICE.official(id);
    let table = [
        ("민원인", Who::Citizen(KIM), true),
        ("이웃", Who::Citizen(NEIGHBOUR), false),
        ("시스템", Who::System, true),
        ("통합접수자", official(RECEIVER), true),
        ("민원심사관", official(EXAMINER), true),
        ("담당자", official(HANDLER), true),
        ("같은 부서의 다른 담당자", official(OTHER_HANDLER), false),
        ("결재선의 팀장", official(LEAD), true),
        ("결재선의 과장", official(HEAD), true),
        ("도로과 접수자", official(ROADS_RECEIVER), true),
        ("공원과 접수자", official(PARKS_RECEIVER), false),
        ("공원과 담당자", official(PARKS_HANDLER), false),
        ("시스템 관리자", official(ADMINISTRATOR), false),
    ];
    for (name, who, yes) in table {
        assert_eq!(Sight::of(&who).admits(p), yes, "{name}");
    }
}

/// A reviewer of another department sees the one petition that waits for them, and no other of that department.
#[test]
fn 다른_부서의_결재자는_제_차례의_민원만_본다() {
    use domain::event::Signer;
    use domain::terms::Mark;
    let concur = vec![
        Signer {
            official: PARKS_HANDLER,
            mark: Mark::Concur,
        },
        Signer {
            official: HEAD,
            mark: Mark::Decide,
        },
    ];
    let asked = Story::handled("permit", "2018-07-17T10:00")
        .official(HANDLER, Act::Draft(answer(Outcome::Granted)))
        .official(HANDLER, Act::SendUp { line: concur });
    let sight = Sight::of(&OFFICE.official(PARKS_HANDLER));
    assert!(sight.admits(asked.petition()));
    assert!(!sight.admits(waiting().petition()));
    assert_eq!(asked.petition().unit, Some(ROADS));
}

#[test]
fn 두_부서에_자리가_있으면_두_부서를_본다() {
    use crate::office::PARKS;
    use domain::access::{Official, Post};
    let both = Who::Official(Official {
        id: HEAD,
        posts: vec![
            Post {
                seat: Seat::DepartmentHead,
                unit: PARKS,
            },
            Post {
                seat: Seat::TeamLead,
                unit: ROADS,
            },
            Post {
                seat: Seat::Coordinator,
                unit: PARKS,
            },
        ],
        cover: domain::absence::Cover::default(),
    });
    let sight = Sight::of(&both);
    assert_eq!(sight.units, [ROADS, PARKS]);
    assert!(!sight.all);
    let p = waiting();
    // 자리는 그 부서에서만 힘이 있다: 공원과장은 도로과의 민원을 돌려보내지 못한다.
    assert!(may(&both, Deed::SendBack, Some(p.petition())).is_err());
    assert!(may(&both, Deed::Designate, Some(p.petition())).is_ok());
}
