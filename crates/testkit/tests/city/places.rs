//! 보관 장소 — live, archive and protected: each whole by itself, none in another's lists, searches, numbers or statistics.

use domain::access::{Sight, Who};
use domain::act::Filing;
use domain::decide::{Completion, Setting, file};
use domain::event::{Event, Recorded};
use domain::id::{PersonId, PetitionId, TextId};
use domain::number::{DocumentNumber, FilingNumber, ReceptionNumber};
use domain::petition::Petition;
use domain::search::Query;
use domain::tally::deltas;
use jiff::civil::datetime;
use store::batch::Batch;
use store::engine::{Ask, Urgency};
use store::head::Scope;
use store::journal::BEGINNING;
use store::place::Place;
use testkit::city::{City, filing};

/// Writes one petition straight into a place, as reclassification will.
async fn written(city: &City, place: &Place, n: u128, title: &str) -> Petition {
    let (now, office) = (city.app.now(), city.app.office());
    let mut fill = |out: &mut [u8]| city.app.ports.chance.fill(out);
    let mut batch = Batch::new();
    let (id, person) = (
        PetitionId(uuid::Uuid::from_u128(n)),
        PersonId(uuid::Uuid::from_u128(n + 1)),
    );
    let key = batch.owner_key(place, id.bytes(), now, &mut fill).unwrap();
    let raw = filing("S134", title, "");
    let raw = Filing { person, ..raw };
    let mut next = n + 10;
    let laid = raw.lay(&mut |raw: app::words::Raw| {
        next += 1;
        Ok::<_, ()>(batch.text(&key, TextId(uuid::Uuid::from_u128(next)), &raw.0, &mut fill))
    });
    let service = office.service_on("S134".parse().unwrap(), office.day).unwrap();
    let procedure = city.app.procedures.newest(service.procedure).unwrap();
    let setting = Setting {
        now,
        who: &Who::System,
        law: office.law(),
        service,
        procedure,
        staff: &office.staff,
        completion: Completion::Approval,
        numbering: Default::default(),
        letter_number: domain::number::LetterNumber { year: 2026, n: 1 },
        tracks: &office.tracks,
        reception_number: ReceptionNumber {
            year: 0,
            n: 0,
            register: Default::default(),
        },
        issue: (
            domain::certificate::IssueNumber { year: 2026, n: 1 },
            domain::certificate::CheckCode::new(7),
        ),
        document_number: DocumentNumber {
            unit: city.unit("audit"),
            n: 0,
        },
        beside: &[],
        busy: &[],
    };
    let number = FilingNumber::new(now, n as u64).unwrap();
    let event: Event = file(&laid.unwrap(), number, &setting).unwrap();
    let by = domain::terms::By::System;
    let recorded = Recorded {
        petition: id,
        seq: 1,
        by,
        recorded_at: now,
        instead_of: None,
        happened: None,
        event,
    };
    let petition = Petition::begin(&recorded).unwrap();
    let hash = batch
        .event(&recorded, &BEGINNING, &deltas(None, &petition))
        .unwrap();
    batch.head_first(&petition, &hash).unwrap();
    place.commit(batch, Urgency::User).await.unwrap();
    petition
}

testkit::on_both_engines! {
    async fn a_protected_petition_is_nowhere_else(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-1234-5678").await;
        let open = city.files(kim, "S134", "평범한 민원", "").await;
        city.duties().await;
        let place = city.app.places.protected.clone().expect("this process has its keys");
        let stats = city.app.stats().await.unwrap();
        let secret = written(&city, &place, 0x1000, "보호되는 제보").await;
        let closed = written(&city, &city.app.places.archive, 0x2000, "지난해의 민원").await;
        city.duties().await;

        // The place itself is whole: journal, vault, index, tallies, roots.
        for (place, petition, word) in [(&place, &secret, "제보"), (&city.app.places.archive, &closed, "지난해의")] {
            assert_eq!(place.head(petition.id).await.unwrap().unwrap().petition, *petition);
            let title = place.open(&[petition.title]).await.unwrap();
            assert!(title.text(petition.title).unwrap().contains(word));
            let hits = place.candidates(&Query::parse(word).unwrap(), None, 10).await.unwrap();
            assert_eq!(hits.iter().map(|c| c.petition).collect::<Vec<_>>(), vec![petition.id]);
            assert_eq!(place.tallies("life/").await.unwrap()["life/filed"], 1);
            let report = city.app.verify(place, &mut |_| {}).await.unwrap();
            assert_eq!((report.petitions, report.roots, report.faults), (1, 1, Vec::new()));
        }

        // And nowhere else: not for one who sees everything in the live place, not in its numbers.
        let all = Sight { all: true, ..Sight::default() };
        let live = &city.app.places.live;
        for hidden in [&secret, &closed] {
            assert_eq!(live.head(hidden.id).await.unwrap(), None);
            assert_eq!(live.by_filing_number(hidden.number).await.unwrap(), None);
            assert!(live.petitions(&[hidden.id], &all).await.unwrap().is_empty());
            assert!(live.journal(hidden.id).await.unwrap().is_empty());
            assert!(live.open(&[hidden.title]).await.unwrap().bytes(hidden.title).is_none());
        }
        let case = city.app.case(&Who::System, secret.id, &Default::default()).await;
        assert!(matches!(case, Err(app::act::ActError::NotFound)));
        let (number, receiver) = (secret.number.to_string(), city.official("receiver1"));
        for words in ["보호되는", "제보", number.as_str()] {
            let hits = city.app.search(&receiver, words, None, 10, &Default::default()).await.unwrap();
            assert!(hits.items.is_empty(), "{words}");
        }
        // The archive hides nothing from who looks for it; it only is no burden to who does not.
        let hits = city.app.search(&receiver, "지난해의", None, 10, &Default::default()).await.unwrap();
        assert_eq!(hits.items.iter().map(|item| item.petition.id).collect::<Vec<_>>(), [closed.id]);
        let listed = live.list(Scope::Open, &all, None, 10).await.unwrap();
        assert_eq!(listed.iter().map(|p| p.id).collect::<Vec<_>>(), vec![open.id]);
        assert_eq!(city.app.stats().await.unwrap().total, stats.total + 1, "the closed one counts");
        // A text of one place does not open in another, even with the row copied: its keys are its own.
        let id = secret.title.id.bytes();
        let row = place.engine().query_one("SELECT owner, sealed FROM vault WHERE id = $1", store::params![id]).await.unwrap();
        let key = place.engine().query_one("SELECT epoch, wrapped FROM vault_key WHERE owner = $1", store::params![row.id16(0).unwrap()]).await.unwrap();
        let copy = vec![
            store::engine::Write::new("INSERT INTO vault (id, owner, sealed) VALUES ($1, $2, $3)",
                store::params![id, row.id16(0).unwrap(), row.bytes(1).unwrap()]),
            store::engine::Write::new("INSERT INTO vault_key (owner, epoch, wrapped) VALUES ($1, $2, $3)",
                store::params![row.id16(0).unwrap(), key.int(0).unwrap(), key.bytes(1).unwrap()]),
        ];
        live.engine().commit(copy, Urgency::User).await.unwrap();
        assert!(live.open(&[secret.title]).await.is_err(), "the live place has no key for it");
    }
}
