//! 사전동의의 시험 — a look-up without its basis is refused, whatever else is true.

use super::*;
use proptest::prelude::*;
use uuid::Uuid;

const HERE: [u8; 32] = [7; 32];

fn code(text: &str) -> Code {
    text.parse().unwrap()
}

fn petition(n: u128) -> PetitionId {
    PetitionId(Uuid::from_u128(n))
}

fn signed() -> Consent {
    Consent {
        id: [1; 16],
        petition: petition(1),
        purpose: Purpose::Documents,
        items: vec![code("resident"), code("business")],
        agency: HERE,
        signed_at: At(1_000),
        valid_until: At(5_000),
        withdrawn_at: None,
    }
}

fn wanted() -> Wanted {
    Wanted {
        petition: petition(1),
        item: code("resident"),
        purpose: Purpose::Documents,
        agency: HERE,
        exception: None,
    }
}

#[test]
fn a_look_up_rests_on_a_consent_that_covers_it_or_on_a_coded_exception() {
    let consent = signed();
    let by_consent = Ok(Basis::Consent([1; 16]));
    let with = |change: fn(&mut Consent)| {
        let mut consent = signed();
        change(&mut consent);
        vec![consent]
    };
    let other = |change: fn(&mut Wanted)| {
        let mut wanted = wanted();
        change(&mut wanted);
        wanted
    };
    type Case = (&'static str, Wanted, Vec<Consent>, i64, Result<Basis, Refusal>);
    let cases: Vec<Case> = vec![
        (
            "signed and good",
            wanted(),
            vec![consent.clone()],
            2_000,
            by_consent,
        ),
        (
            "at the moment of signing",
            wanted(),
            vec![consent.clone()],
            1_000,
            by_consent,
        ),
        (
            "nobody signed",
            wanted(),
            vec![],
            2_000,
            Err(Refusal::ConsentMissing),
        ),
        (
            "signed later",
            wanted(),
            vec![consent.clone()],
            999,
            Err(Refusal::ConsentMissing),
        ),
        (
            "the last moment",
            wanted(),
            vec![consent.clone()],
            4_999,
            by_consent,
        ),
        (
            "one too late",
            wanted(),
            vec![consent.clone()],
            5_000,
            Err(Refusal::ConsentExpired),
        ),
        (
            "withdrawn",
            wanted(),
            with(|c| c.withdrawn_at = Some(At(1_500))),
            1_500,
            Err(Refusal::ConsentWithdrawn),
        ),
        (
            "not yet withdrawn",
            wanted(),
            with(|c| c.withdrawn_at = Some(At(1_500))),
            1_499,
            by_consent,
        ),
        (
            "of another petition",
            wanted(),
            with(|c| c.petition = petition(2)),
            2_000,
            Err(Refusal::ConsentMissing),
        ),
        (
            "another item",
            other(|w| w.item = code("land")),
            vec![consent.clone()],
            2_000,
            Err(Refusal::ConsentNarrower),
        ),
        (
            "another purpose",
            other(|w| w.purpose = Purpose::Waiver),
            vec![consent.clone()],
            2_000,
            Err(Refusal::ConsentNarrower),
        ),
        (
            "another agency",
            other(|w| w.agency = [8; 32]),
            vec![consent.clone()],
            2_000,
            Err(Refusal::ConsentNarrower),
        ),
        (
            "withdrawn, and a narrower one signed since",
            wanted(),
            [
                with(|c| c.withdrawn_at = Some(At(1_500))),
                with(|c| c.items = vec![code("land")]),
            ]
            .concat(),
            2_000,
            Err(Refusal::ConsentWithdrawn),
        ),
        (
            "withdrawn, and signed again",
            wanted(),
            [
                with(|c| c.withdrawn_at = Some(At(1_500))),
                with(|c| {
                    c.id = [2; 16];
                    c.signed_at = At(1_800)
                }),
            ]
            .concat(),
            2_000,
            Ok(Basis::Consent([2; 16])),
        ),
        (
            "an exception without a consent",
            other(|w| w.exception = Some(Exception::Emergency)),
            vec![],
            2_000,
            Ok(Basis::Exception(Exception::Emergency)),
        ),
        (
            "a consent comes before an exception",
            other(|w| w.exception = Some(Exception::Review)),
            vec![consent],
            2_000,
            by_consent,
        ),
    ];
    for (name, wanted, consents, now, expected) in cases {
        assert_eq!(basis(&wanted, &consents, At(now)), expected, "{name}");
        if let Err(refusal) = expected {
            assert!(refusal.clause().contains("전자정부법"), "{name}");
        }
    }
}

#[test]
fn every_basis_names_its_clause() {
    let mut seen = std::collections::BTreeSet::from([Basis::Consent([0; 16]).clause()]);
    for exception in Exception::ALL {
        assert!(seen.insert(Basis::Exception(*exception).clause()), "{exception}");
    }
    assert!(seen.iter().all(|clause| clause.starts_with("전자정부법 제42조")));
}

fn grant(official: u128, role: Role, item: Option<&str>) -> Grant {
    Grant {
        id: [0; 16],
        official: OfficialId(Uuid::from_u128(official)),
        role,
        item: item.map(code),
        given_by: OfficialId(Uuid::from_u128(99)),
        given_at: At(0),
        ended: None,
    }
}

#[test]
fn each_role_is_given_by_the_one_above_and_by_nobody_to_themselves() {
    let who = |n| OfficialId(Uuid::from_u128(n));
    let grants = [
        grant(1, Role::Manager, None),
        grant(2, Role::Grantor, None),
        grant(3, Role::Accessor, Some("resident")),
    ];
    // Whoever holds a seat or role, and the roles they may give to somebody else.
    let cases: [(u128, &[Seat], &[Role]); 5] = [
        (9, &[Seat::Administrator], &[Role::Manager]),
        (1, &[], &[Role::Grantor]),
        (2, &[], &[Role::Accessor]),
        (3, &[Seat::Handler], &[]),
        (4, &[Seat::PrivacyOfficer, Seat::DepartmentHead], &[]),
    ];
    for (by, seats, gives) in cases {
        for role in Role::ALL {
            let expected = gives.contains(role);
            assert_eq!(
                may_give((who(by), seats), &grants, *role, who(50)).is_ok(),
                expected,
                "{by} {role}"
            );
            assert!(
                may_give((who(by), seats), &grants, *role, who(by)).is_err(),
                "{by} {role}: to themselves"
            );
        }
    }
    let mut ended = grants;
    for grant in &mut ended {
        grant.ended = Some((At(1), who(9)));
    }
    assert!(may_give((who(1), &[]), &ended, Role::Grantor, who(50)).is_err());
    assert_eq!(may_access(who(3), code("resident"), &grants), Ok(()));
    assert_eq!(may_access(who(3), code("land"), &grants), Err(Refusal::NoAccess));
    assert_eq!(
        may_access(who(2), code("resident"), &grants),
        Err(Refusal::NoAccess)
    );
    assert_eq!(
        may_access(who(3), code("resident"), &ended),
        Err(Refusal::NoAccess)
    );
}

#[test]
fn what_a_record_is_found_by_has_its_form() {
    for (about, good, bad) in [
        (About::Person, "1990-01-31", "900131"),
        (About::Person, "19900131", "1990-01-31-1234567"),
        (About::Business, "123-45-67891", "123-45-6789"),
        (About::Corporation, "110111-1234567", "110111-123456"),
        (About::Place, "중구 가상동 1-2", "중"),
        (About::Vehicle, "12가3456", "12가3456\n"),
    ] {
        assert!(about.fits(good), "{about} {good}");
        assert!(!about.fits(bad), "{about} {bad}");
    }
}

const LIST: &str = "code,name,name_en,holder,holder_en,about,keep,called\n\
    resident,주민등록표 등·초본,Resident record,행정안전부,Ministry,person,no,주민등록표;주민등록초본\n\
    business,사업자등록증명,Business,국세청,NTS,business,yes,사업자등록증\n";

#[test]
fn documents_that_can_be_looked_up_are_found_among_those_a_service_asks_for() {
    let items = Items::parse(LIST).unwrap();
    let document = |name: &str, supply| Document {
        name: name.into(),
        basis: String::new(),
        supply,
    };
    let seen = ["법인 등기사항증명서 또는 사업자등록증명: 동의하시면 확인".to_owned()];
    assert_eq!(items.among(&[], &seen).len(), 1);
    let found = |documents: &[Document]| -> Vec<String> {
        items
            .among(documents, &[])
            .iter()
            .map(|item| item.code.to_string())
            .collect()
    };
    assert_eq!(
        found(&[document("주민등록표 초본", Supply::Petitioner)]),
        ["resident"]
    );
    assert_eq!(
        found(&[
            document("주민등록표 등·초본", Supply::Shared),
            document("사업자등록증 사본", Supply::Petitioner)
        ]),
        ["resident", "business"]
    );
    assert!(
        found(&[
            document("주민등록표 초본", Supply::Shown),
            document("사진", Supply::Petitioner)
        ])
        .is_empty()
    );
    for wrong in [
        "",
        "x,이름\n",
        "가,n,n,h,h,person,no,이름\n",
        "a,n,n,h,h,person,maybe,이름\n",
        "a,n,n,h,h,person,no,\n",
        "a,n,n,h,h,soul,no,x\n",
    ] {
        let list = format!("heading\n{wrong}");
        assert_eq!(Items::parse(&list).is_ok(), wrong.is_empty(), "{wrong}");
    }
    let twice = format!("{LIST}{}", "resident,n,n,h,h,person,no,x\n");
    assert_eq!(Items::parse(&twice), Err(BadItem(4)));
}

#[test]
fn a_record_is_told_within_ten_days_and_not_on_a_day_off() {
    let calendar = Calendar::parse(include_str!("../../../../data/holidays.csv"), 1).unwrap();
    let day = |y, m, d| jiff::civil::date(y, m, d);
    for (asked, due) in [
        (day(2026, 6, 15), day(2026, 6, 25)),
        // The tenth day is a Saturday.
        (day(2026, 6, 17), day(2026, 6, 29)),
        // The tenth day lies in 추석.
        (day(2026, 9, 15), day(2026, 9, 28)),
    ] {
        assert_eq!(record_due(asked, &calendar), Some(due), "{asked}");
    }
}

fn any_consent() -> impl Strategy<Value = Consent> {
    (
        (
            1_u128..3,
            0_usize..2,
            prop::collection::vec(0_usize..3, 0..3),
            6_u8..8,
        ),
        (0_i64..100, 0_i64..100, prop::option::of(0_i64..100)),
        any::<[u8; 16]>(),
    )
        .prop_map(
            |((of, purpose, items, agency), (signed, long, withdrawn), id)| Consent {
                id,
                petition: petition(of),
                purpose: Purpose::ALL[purpose],
                items: items
                    .into_iter()
                    .map(|n| code(["resident", "business", "land"][n]))
                    .collect(),
                agency: [agency; 32],
                signed_at: At(signed),
                valid_until: At(signed + long),
                withdrawn_at: withdrawn.map(At),
            },
        )
}

proptest! {
    /// Whatever lies there: without an exception a look-up rests on a consent of this petition, for this purpose, item and agency,
    /// signed before and neither over nor withdrawn; and where there is such a one, it is found.
    #[test]
    fn nothing_is_looked_up_that_nobody_consented_to(
        consents in prop::collection::vec(any_consent(), 0..6),
        item in 0_usize..3,
        purpose in 0_usize..2,
        now in 0_i64..150,
        exception in prop::option::of(0_usize..7),
    ) {
        let wanted = Wanted {
            petition: petition(1),
            item: code(["resident", "business", "land"][item]),
            purpose: Purpose::ALL[purpose],
            agency: HERE,
            exception: exception.map(|n| Exception::ALL[n]),
        };
        let good = |c: &Consent| {
            c.petition == wanted.petition && c.items.contains(&wanted.item) && c.purpose == wanted.purpose && c.agency == HERE
                && c.signed_at.0 <= now && now < c.valid_until.0 && c.withdrawn_at.is_none_or(|at| at.0 > now)
        };
        match basis(&wanted, &consents, At(now)) {
            Ok(Basis::Consent(id)) => prop_assert!(consents.iter().any(|c| c.id == id && good(c))),
            Ok(Basis::Exception(found)) => {
                prop_assert_eq!(Some(found), wanted.exception);
                prop_assert!(!consents.iter().any(good));
            }
            Err(refusal) => {
                prop_assert!(wanted.exception.is_none() && !consents.iter().any(good));
                prop_assert!(refusal.clause().contains("제42조"));
            }
        }
    }
}
