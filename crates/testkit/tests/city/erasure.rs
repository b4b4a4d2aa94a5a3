//! 파기 — what was destroyed stays destroyed: in the database, in its files, in the index, and when an older copy is put back
//! (개인정보 보호법 제21조, 영 제16조). It is longer than 600 lines because every story begins with the same canaries.

use crate::privacy::{CANARY, NEEDLES, everything_written, holds};
use crate::visitor::Browser;
use app::act::{ActError, Call};
use app::erase::{Doomed, Ground};
use domain::access::Who;
use domain::id::{PersonId, PetitionId};
use domain::petition::Petition;
use domain::refusal::Refusal;
use domain::retention::request::{No, Ruled, Thing, Verdict, Wanted, Way};
use domain::retention::{Basis, DestructionKind, HoldGround, May, NotYet};
use jiff::civil::{date, datetime};
use ports::message::Inbox;
use std::collections::BTreeSet;
use store::engine::Ask;
use testkit::city::{City, On};

/// Everything of these petitions, the persons in them, and the drafts of those.
async fn all_of(city: &City, ids: &[PetitionId]) -> Doomed {
    let mut persons = BTreeSet::new();
    for id in ids {
        persons.insert(head(city, *id).await.person);
    }
    let mut drafts = Vec::new();
    for person in &persons {
        drafts.extend(city.app.here.drafts_of(*person).await.unwrap());
    }
    Doomed {
        petitions: ids.to_vec(),
        persons: persons.into_iter().collect(),
        drafts,
    }
}

async fn head(city: &City, id: PetitionId) -> Petition {
    city.app
        .here
        .head(id)
        .await
        .unwrap()
        .expect("the petition is there")
        .petition
}

async fn destroyed(city: &City, doomed: &Doomed) {
    let done = (city.app)
        .destroy(
            &Who::System,
            doomed,
            DestructionKind::Disposal,
            &Ground::default(),
        )
        .await;
    done.unwrap();
}

/// A petition of somebody else, which stays.
async fn survivor(city: &City) -> (PersonId, Petition) {
    let lee = city.citizen("010-9999-1111").await;
    let petition = city
        .files(lee, "S134", "남는 민원의 제목", "남는 민원의 내용")
        .await;
    Box::pin(city.duties()).await;
    (lee, petition)
}

fn owners(doomed: &Doomed) -> Vec<[u8; 16]> {
    let petitions = doomed.petitions.iter().map(|id| id.bytes());
    let persons = doomed.persons.iter().map(|id| id.bytes());
    petitions
        .chain(persons)
        .chain(doomed.drafts.iter().copied())
        .collect()
}

/// Nothing of what was destroyed can be opened, found or tested against a guess; the numbers stay, and all is as it should be.
async fn is_forgotten(city: &City, doomed: &Doomed) {
    let place = &city.app.here;
    for owner in owners(doomed) {
        assert!(!place.has_key(owner).await.unwrap(), "a key lives");
        for sql in [
            "SELECT 1 FROM vault WHERE owner = $1",
            "SELECT 1 FROM identity WHERE person = $1",
            "SELECT 1 FROM claim WHERE person = $1",
            "SELECT 1 FROM saved WHERE id = $1",
            "SELECT 1 FROM session WHERE subject = $1",
        ] {
            let rows = place.engine().query(sql, store::params![owner]).await.unwrap();
            assert!(rows.is_empty(), "{sql}");
        }
    }
    for id in &doomed.petitions {
        let case = city.app.case(&Who::System, *id, &Call::default()).await.unwrap();
        let texts = case.journal.iter().flat_map(|entry| entry.recorded.event.texts());
        let open: Vec<_> = texts.filter(|text| case.texts.bytes(*text).is_some()).collect();
        assert!(
            open.is_empty() && case.contact.is_none(),
            "{} texts open",
            open.len()
        );
        assert!(case.chain_holds, "the chain holds by the commitments");
    }
    let receiver = city.official("receiver1");
    for word in [CANARY, "zqcanary", "재배부", "보완답"] {
        let hits = city
            .app
            .search(&receiver, word, None, 10, &Call::default())
            .await
            .unwrap();
        assert!(hits.items.is_empty(), "{word} is found");
        for token in domain::search::tokens(word) {
            assert_eq!(place.held(&token, 10).await.unwrap(), 0, "the index holds {word}");
        }
    }
    assert!(
        place
            .person_by(store::person::ContactKind::Phone, "01055556666")
            .await
            .unwrap()
            .is_none()
    );
    let report = city.app.verify(place, &mut |_| {}).await.unwrap();
    assert_eq!(report.faults, Vec::<String>::new());
    assert!(report.forgotten > 25, "{} texts forgotten", report.forgotten);
}

async fn survives(city: &City, petition: &Petition) {
    let case = city
        .app
        .case(&Who::System, petition.id, &Call::default())
        .await
        .unwrap();
    assert_eq!(case.texts.text(petition.title), Some("남는 민원의 제목"));
    assert_eq!(
        case.contact.and_then(|contact| contact.phone).as_deref(),
        Some("01099991111")
    );
    let receiver = city.official("receiver1");
    let hits = city
        .app
        .search(&receiver, "남는", None, 10, &Call::default())
        .await
        .unwrap();
    assert_eq!(hits.items.len(), 1);
}

testkit::on_both_engines! {
    async fn an_older_copy_forgets_what_was_destroyed_since(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let ids = Box::pin(everything_written(&city)).await;
        let (_, other) = survivor(&city).await;
        let doomed = all_of(&city, &ids).await;
        assert!(doomed.persons.len() == 2 && doomed.drafts.len() == 1, "{doomed:?}");
        let copy = city.backed_up("before");
        destroyed(&city, &doomed).await;
        Box::pin(is_forgotten(&city, &doomed)).await;
        Box::pin(survives(&city, &other)).await;
        // Every key of the place is alive, the copy is from before: only the list knows.
        let city = Box::pin(city.restored(&copy)).await;
        Box::pin(city.duties()).await;
        Box::pin(is_forgotten(&city, &doomed)).await;
        Box::pin(survives(&city, &other)).await;
        assert_eq!(city.app.here.destroyed_applied().await.unwrap(), owners(&doomed).len() as u64);
        // And once more, from a copy of the restored one.
        let again = city.backed_up("after");
        let city = Box::pin(city.restored(&again)).await;
        Box::pin(is_forgotten(&city, &doomed)).await;
    }

    async fn a_copy_from_beyond_the_horizon_opens_nothing_at_all(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let ids = Box::pin(everything_written(&city)).await;
        let (_, other) = survivor(&city).await;
        let copy = city.backed_up("june");
        city.it_is(datetime(2026, 7, 1, 0, 10, 0, 0));
        assert!(city.duty("rekey").await > 5, "living keys move under July's");
        let months = |city: &City| city.app.here.keys().months().unwrap().iter().map(|m| m.number()).collect::<Vec<_>>();
        assert_eq!(months(&city), [202_606, 202_607]);
        city.duty("rekey").await;
        city.it_is(datetime(2026, 8, 4, 23, 0, 0, 0));
        city.duty("rekey").await;
        assert_eq!(months(&city), [202_606, 202_607, 202_608], "the horizon is not over");
        // June wraps nothing since 1 July 00:10; 35 days later it dies.
        city.it_is(datetime(2026, 8, 5, 0, 11, 0, 0));
        city.duty("rekey").await;
        assert_eq!(months(&city), [202_607, 202_608]);
        Box::pin(survives(&city, &other)).await;
        let case = city.app.case(&Who::System, ids[1], &Call::default()).await.unwrap();
        assert!(case.texts.text(case.petition.title).is_some(), "what lives moved on in time");
        let city = Box::pin(city.restored(&copy)).await;
        for place in city.app.places.all() {
            let rows = place.engine().query("SELECT id FROM vault", Vec::new()).await.unwrap();
            let texts: Vec<_> = rows.iter().map(|row| domain::id::TextId(uuid::Uuid::from_bytes(row.id16(0).unwrap()))).collect();
            assert!(place.name != store::place::PlaceName::Live || texts.len() > 30, "{}", texts.len());
            assert!(place.open_loose(&texts).await.unwrap().is_empty(), "{} opens", place.name.name());
        }
        let report = city.app.verify(&city.app.places.live, &mut |_| {}).await.unwrap();
        assert!(report.texts == 0 && !report.faults.is_empty(), "and says so: {report:?}");
    }

    async fn nothing_is_dropped_before_the_list_outside_knows(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let ids = Box::pin(everything_written(&city)).await;
        let doomed = all_of(&city, &ids).await;
        // The list cannot be written: a folder stands in its place.
        let list = city.app.here.keys().destroyed_list();
        std::fs::create_dir(&list).unwrap();
        let failed = city.app.destroy(&Who::System, &doomed, DestructionKind::Disposal, &Ground::default()).await;
        assert!(matches!(failed, Err(ActError::Trouble(_))), "{failed:?}");
        for owner in owners(&doomed) {
            assert!(city.app.here.has_key(owner).await.unwrap(), "dropped, and nothing outside knows it");
        }
        // Decided it is, and when the machine can, it is done: by the duty, also after a restart.
        std::fs::remove_dir(&list).unwrap();
        let city = Box::pin(city.reopened()).await;
        assert_eq!(city.duty("erase").await, owners(&doomed).len() as u64);
        Box::pin(is_forgotten(&city, &doomed)).await;
        let entries = city.app.here.destructions(domain::time::At(0), domain::time::At::NEVER, 10).await.unwrap();
        assert_eq!((entries.len(), entries[0].petitions, entries[0].persons, entries[0].drafts), (1, 3, 2, 1));
    }

    async fn a_crash_behind_the_list_is_made_good_at_the_next_start(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let ids = Box::pin(everything_written(&city)).await;
        let doomed = all_of(&city, &ids).await;
        // The lines are on disk, and the machine dies before the database drops anything.
        city.app.here.keys().write_destroyed(&owners(&doomed), city.app.now().0).unwrap();
        let city = Box::pin(city.reopened()).await;
        Box::pin(is_forgotten(&city, &doomed)).await;
    }

    async fn a_hold_stops_every_destruction(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let ids = Box::pin(everything_written(&city)).await;
        let officer = city.official("privacy");
        let one = Doomed { petitions: vec![ids[1]], ..Doomed::default() };
        let lay = async |who: &Who, until| {
            city.app.hold_petition(who, ids[1], HoldGround::Lawsuit, until, "2026구합1 사건", &Call::default()).await
        };
        assert!(matches!(lay(&city.official("receiver1"), None).await, Err(ActError::Refused(Refusal::NotYours))));
        lay(&officer, Some(date(2026, 6, 30))).await.unwrap();
        let tried = async || city.app.destroy(&Who::System, &one, DestructionKind::Disposal, &Ground::default()).await;
        assert!(matches!(tried().await, Err(ActError::Refused(Refusal::StillNeeded))));
        // Past the look at the rules, the list of writes itself is refused.
        let mut batch = store::batch::Batch::new();
        batch.doom(ids[1].bytes(), [1; 16], city.app.now(), date(2026, 6, 15));
        let forced = city.app.here.commit(batch, store::engine::Urgency::User).await;
        assert_eq!(forced, Err(store::batch::CommitFault::Conflict));
        let holds = city.app.here.holds(ids[1]).await.unwrap();
        city.app.lift_hold(&officer, ids[1], holds[0].id, &Call::default()).await.unwrap();
        tried().await.unwrap();
        assert!(!city.app.here.has_key(ids[1].bytes()).await.unwrap());
        assert!(matches!(lay(&officer, None).await, Err(ActError::Refused(Refusal::DestroyedAlready))));
    }

    async fn a_list_older_than_the_copy_is_refused(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let ids = Box::pin(everything_written(&city)).await;
        let doomed = all_of(&city, &ids).await;
        destroyed(&city, &doomed).await;
        let copy = city.backed_up("copy");
        let list = city.app.here.keys().destroyed_list();
        let whole = std::fs::read_to_string(&list).unwrap();
        let first = whole.lines().next().unwrap();
        std::fs::write(&list, format!("{first}\n")).unwrap();
        let manifest = store::copy::check(&copy, &city.keyring()).unwrap();
        let refused = store::copy::check_lists(&manifest, &city.keyring(), |_| 0);
        assert!(matches!(refused, Err(store::copy::CopyError::ShortList { .. })), "{refused:?}");
        std::fs::write(&list, whole).unwrap();
        store::copy::check_lists(&manifest, &city.keyring(), |_| 0).unwrap();
        // One changed byte in the copy, or in its manifest, is found.
        for file in ["manifest.json", manifest.places[0].file.as_str()] {
            let path = copy.join(file);
            let good = std::fs::read(&path).unwrap();
            let mut bad = good.clone();
            let at = bad.len() / 2;
            bad[at] ^= 1;
            std::fs::write(&path, bad).unwrap();
            assert!(store::copy::check(&copy, &city.keyring()).is_err(), "{file}");
            std::fs::write(&path, good).unwrap();
        }
        store::copy::check(&copy, &city.keyring()).unwrap();
    }
}

/// The same bytes as they could stand in a file: as they are, in UTF-16, as hexadecimal, as base64 at each of its three places.
fn spellings(bytes: &[u8]) -> Vec<Vec<u8>> {
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut all = vec![bytes.to_vec(), hex.to_uppercase().into_bytes(), hex.into_bytes()];
    if let Ok(text) = std::str::from_utf8(bytes) {
        all.push(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
        all.push(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
    }
    for skip in 0..3 {
        let whole = &bytes[skip.min(bytes.len())..];
        let whole = &whole[..whole.len() / 3 * 3];
        if whole.len() >= 9 {
            all.push(base64(whole));
        }
    }
    all
}

fn base64(bytes: &[u8]) -> Vec<u8> {
    const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = Vec::new();
    for three in bytes.chunks_exact(3) {
        let all = u32::from(three[0]) << 16 | u32::from(three[1]) << 8 | u32::from(three[2]);
        out.extend((0..4).map(|nth| SIGNS[(all >> (18 - 6 * nth)) as usize & 63]));
    }
    out
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    !needle.is_empty() && haystack.windows(needle.len()).any(|window| window == needle)
}

/// What lies sealed of these owners, and their wrapped keys: a piece out of the middle of each.
pub async fn sealed_pieces(city: &City, owners: &[[u8; 16]]) -> Vec<Vec<u8>> {
    let mut sealed: Vec<Vec<u8>> = Vec::new();
    for owner in owners {
        for sql in [
            "SELECT sealed FROM vault WHERE owner = $1 AND object = ''",
            "SELECT wrapped FROM vault_key WHERE owner = $1",
        ] {
            let engine = city.app.here.engine();
            let rows = engine.query(sql, store::params![*owner]).await.unwrap();
            sealed.extend(rows.iter().map(|row| {
                let bytes = row.bytes(0).unwrap();
                bytes[bytes.len() / 2 - 16..bytes.len() / 2 + 16].to_vec()
            }));
        }
    }
    sealed
}

fn files_of(folder: &std::path::Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).unwrap();
    (entries.map(|entry| entry.unwrap().path()))
        .map(|path| (path.display().to_string(), std::fs::read(&path).unwrap()))
        .collect()
}

/// How many of these pieces lie in the files of the data.
pub fn pieces_held(city: &City, sealed: &[Vec<u8>]) -> usize {
    let files = files_of(&city.folder().join("data"));
    let held = |piece: &&Vec<u8>| files.iter().any(|(_, bytes)| contains(bytes, piece));
    sealed.iter().filter(held).count()
}

/// Not one of these pieces is left: not in the data, not in exports and papers drawn up afterwards, not in a copy made afterwards,
/// not beside the data; and no word of the canary in any spelling.
pub async fn leaves_nothing(city: &City, sealed: &[Vec<u8>], exports: Vec<Vec<u8>>) {
    assert_eq!(
        pieces_held(city, sealed),
        0,
        "sealed texts or wrapped keys are left"
    );
    let after = city.backed_up("after");
    let receiver = city.official("receiver1");
    let list = city
        .app
        .list(&receiver, app::desk::View::Concluded, None, 50, &Call::default())
        .await
        .unwrap();
    let mut all = files_of(&city.folder().join("data"));
    all.push(("export".into(), format!("{list:?}").into_bytes()));
    all.extend(exports.into_iter().map(|bytes| ("export".to_owned(), bytes)));
    for folder in [after, city.folder().join("keys/live")] {
        all.extend(files_of(&folder));
    }
    for (name, bytes) in &all {
        for needle in NEEDLES {
            assert!(!holds(bytes, needle), "{name} holds {needle}");
            for spelling in spellings(needle.as_bytes()) {
                assert!(
                    !contains(bytes, &spelling),
                    "{name} holds {needle} in another spelling"
                );
            }
        }
        assert_eq!(
            sealed.iter().filter(|piece| contains(bytes, piece)).count(),
            0,
            "{name}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_file_keeps_what_was_destroyed() {
    let city = City::new(On::Sqlite, datetime(2026, 6, 15, 10, 0, 0, 0)).await;
    let ids = Box::pin(everything_written(&city)).await;
    let (_, other) = survivor(&city).await;
    let doomed = all_of(&city, &ids).await;
    // What lies sealed, and the wrapped keys themselves: not even those are left in a free page or in the log.
    let sealed = sealed_pieces(&city, &owners(&doomed)).await;
    assert!(sealed.len() > 30, "{}", sealed.len());
    assert!(pieces_held(&city, &sealed) > 30, "the search finds what is there");
    destroyed(&city, &doomed).await;
    Box::pin(leaves_nothing(&city, &sealed, Vec::new())).await;
    Box::pin(survives(&city, &other)).await;
}

/// A petition of this person, answered today.
pub async fn answered(city: &City, person: PersonId, title: &str) -> Petition {
    let p = city
        .in_handling(person, title, domain::terms::Kind::Inquiry, None)
        .await;
    let answer = testkit::city::answer(domain::terms::Outcome::Answered, "답변 zqcanary");
    Box::pin(city.answers(p.id, answer)).await
}

fn ruled(thing: Thing, verdict: Verdict) -> Ruled {
    Ruled {
        thing,
        verdict,
        kept: (verdict == Verdict::KeepApart).then_some((Basis::PublicRecords, None)),
        no: (verdict == Verdict::Refuse).then_some(No::Open),
    }
}

async fn asks(
    city: &City,
    person: PersonId,
    wanted: Wanted,
) -> Result<app::erase::requests::Given, ActError> {
    let who = Who::Citizen(person);
    Box::pin(city.app.ask_erasure(
        &who,
        person,
        wanted,
        None,
        Way::Web,
        "이사하였습니다 zqcanary",
        &Call::default(),
    ))
    .await
}

/// The office keeps petitions for a year.
pub async fn keeps_a_year(city: &City) {
    let mut settings = city.app.office().settings.clone();
    settings.keeping.terms.default = domain::retention::Term::One;
    let mut batch = store::batch::Batch::new();
    batch.setting("office", &serde_json::to_string(&settings).unwrap());
    let live = &city.app.places.live;
    live.commit(batch, store::engine::Urgency::User).await.unwrap();
    city.app.reload().await.unwrap();
}

testkit::on_both_engines! {
    async fn what_must_be_kept_is_kept_apart_until_its_last_day(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-5555-6666").await;
        let p = answered(&city, kim, "카나리아 zqcanary 제목").await;
        Box::pin(city.duties()).await;
        let officer = city.official("privacy");
        let given = asks(&city, kim, Wanted::Everything).await.unwrap();
        assert_eq!((given.due, given.code.len()), (date(2026, 6, 25), 8));
        let twice = asks(&city, kim, Wanted::Everything).await;
        assert!(matches!(twice, Err(ActError::Refused(Refusal::NothingToErase))), "{twice:?}");
        let other = city.official("receiver1");
        let call = Call::default();
        assert!(matches!(city.app.erasure(&other, given.number, &call).await, Err(ActError::Refused(Refusal::NotYours))));
        let opened = city.app.erasure(&officer, given.number, &call).await.unwrap();
        let last = date(2031, 12, 31);
        assert_eq!(opened.things.iter().map(|one| one.may).collect::<Vec<_>>(), [May::KeepApart(Some(last)); 2]);
        assert!(opened.said.contains("이사"));
        let things: Vec<Thing> = opened.things.iter().map(|one| one.thing).collect();
        let decide = async |verdict: Verdict, words: &str| {
            let ruled = things.iter().map(|thing| ruled(*thing, verdict)).collect();
            Box::pin(city.app.decide_erasure(&officer, given.number, ruled, words, &call)).await
        };
        let refused = decide(Verdict::Destroy, "").await;
        assert!(matches!(refused, Err(ActError::Refused(Refusal::MustBeKept))), "{refused:?}");
        assert!(matches!(decide(Verdict::KeepApart, " ").await, Err(ActError::Refused(Refusal::BasisMissing))));
        decide(Verdict::KeepApart, "보존기간이 남았습니다").await.unwrap();
        // No page opens it, nothing leads to it, and it is not destroyed.
        let case = city.app.case(&Who::System, p.id, &call).await.unwrap();
        assert!(case.texts.text(p.title).is_none() && case.contact.is_none());
        let hits = city.app.search(&other, "zqcanary", None, 10, &call).await.unwrap();
        assert!(hits.items.is_empty());
        assert!(city.app.here.person_by(store::person::ContactKind::Phone, "01055556666").await.unwrap().is_none());
        assert!(city.app.here.has_key(p.id.bytes()).await.unwrap());
        let report = city.app.verify(&city.app.here, &mut |_| {}).await.unwrap();
        assert_eq!((report.faults, report.forgotten), (Vec::<String>::new(), 0), "checks still reach it");
        // Told by the contact sealed with the request, and found with number and code.
        assert_eq!(city.duty("erase").await, 1);
        let told = city.messages.messages().into_iter().next().unwrap().what;
        assert!(told.to == "01055556666" && told.text.contains(&given.number.to_string()), "{told:?}");
        let origin = [127, 0, 0, 1];
        let found = city.app.erasure_result(given.number, &given.code.to_lowercase(), &origin).await.unwrap().unwrap();
        assert_eq!((found.reasons.as_str(), found.said.as_str()), ("보존기간이 남았습니다", ""));
        assert!(city.app.erasure_result(given.number, "AAAAAAAA", &origin).await.unwrap().is_none());
        // Its months pass under new keys; on its last day it is still there, and the day after it is not.
        city.it_is(datetime(2031, 12, 31, 23, 0, 0, 0));
        city.app.reload().await.unwrap();
        Box::pin(city.duties()).await;
        assert!(city.app.here.has_key(p.id.bytes()).await.unwrap());
        city.it_is(datetime(2032, 1, 1, 1, 0, 0, 0));
        city.app.reload().await.unwrap();
        Box::pin(city.duties()).await;
        assert!(!city.app.here.has_key(p.id.bytes()).await.unwrap());
        assert!(!city.app.here.has_key(kim.bytes()).await.unwrap());
        let kinds: Vec<DestructionKind> = (city.app.destructions(&officer, date(2026, 1, 1), date(2032, 12, 31)).await.unwrap())
            .iter().map(|entry| entry.kind).collect();
        assert_eq!(kinds, [DestructionKind::ApartEnded, DestructionKind::KeptApart]);
        let report = city.app.verify(&city.app.here, &mut |_| {}).await.unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
    }

    async fn what_need_not_be_kept_is_destroyed_at_once_and_told_all_the_same(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-5555-6666").await;
        keeps_a_year(&city).await;
        let old = answered(&city, kim, "카나리아 zqcanary 옛 민원").await;
        city.it_is(datetime(2028, 1, 3, 10, 0, 0, 0));
        city.app.reload().await.unwrap();
        let open = city.files(kim, "S134", "새 민원", "").await;
        let officer = city.official("privacy");
        let call = Call::default();
        let given = asks(&city, kim, Wanted::Everything).await.unwrap();
        let things = city.app.erasure(&officer, given.number, &call).await.unwrap().things;
        let of = |id| things.iter().find(|one| one.thing == Thing::Petition(id)).unwrap().may;
        assert_eq!((of(old.id), of(open.id)), (May::Destroy, May::No(NotYet::Open)));
        let verdicts = |person: Verdict| -> Vec<Ruled> {
            (things.iter()).map(|one| ruled(one.thing, match one.thing {
                Thing::Petition(id) if id == old.id => Verdict::Destroy,
                Thing::Petition(_) => Verdict::Refuse,
                Thing::Person(_) => person,
            })).collect()
        };
        // Name and contact are needed for the open one.
        let refused = Box::pin(city.app.decide_erasure(&officer, given.number, verdicts(Verdict::Destroy), "처리 중", &call)).await;
        assert!(matches!(refused, Err(ActError::Refused(Refusal::MustBeKept))), "{refused:?}");
        Box::pin(city.app.decide_erasure(&officer, given.number, verdicts(Verdict::Refuse), "처리 중", &call)).await.unwrap();
        assert!(!city.app.here.has_key(old.id.bytes()).await.unwrap());
        assert!(city.app.here.has_key(open.id.bytes()).await.unwrap() && city.app.here.has_key(kim.bytes()).await.unwrap());
        // Withdrawn, and its retention over: now everything goes, and the result is told by the sealed contact.
        city.does(&Who::Citizen(kim), open.id, domain::act::Act::Withdraw { reason: None }).await.unwrap();
        city.it_is(datetime(2030, 1, 3, 10, 0, 0, 0));
        city.app.reload().await.unwrap();
        Box::pin(city.duties()).await;
        let given = asks(&city, kim, Wanted::Everything).await.unwrap();
        assert_eq!(given.due, date(2030, 1, 14), "the thirteenth is a Sunday");
        let things = city.app.erasure(&officer, given.number, &call).await.unwrap().things;
        let all = things.iter().map(|one| ruled(one.thing, Verdict::Destroy)).collect();
        Box::pin(city.app.decide_erasure(&officer, given.number, all, "", &call)).await.unwrap();
        for owner in [open.id.bytes(), kim.bytes()] {
            assert!(!city.app.here.has_key(owner).await.unwrap());
        }
        assert!(city.app.here.person_by(store::person::ContactKind::Phone, "01055556666").await.unwrap().is_none());
        assert_eq!(city.duty("erase").await, 1);
        let told = city.messages.messages().into_iter().next().unwrap().what;
        assert!(told.to == "01055556666" && told.text.contains(&given.number.to_string()), "{told:?}");
        let found = city.app.erasure_result(given.number, &given.code, &[127, 0, 0, 1]).await.unwrap().unwrap();
        assert!(found.request.told.is_some());
        // What was sealed only to tell it is gone, too.
        assert!(city.app.here.open(&[found.request.reach]).await.unwrap().bytes(found.request.reach).is_none());
        let report = city.app.verify(&city.app.here, &mut |_| {}).await.unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
    }

    async fn the_officer_is_reminded_and_the_clerk_takes_in_paper(city, at datetime(2026, 6, 15, 10, 0, 0, 0)) {
        let kim = city.citizen("010-5555-6666").await;
        let p = answered(&city, kim, "종이로 낸 요구").await;
        let (clerk, call) = (city.official("counter1"), Call::default());
        let ask = async |who: &Who| {
            Box::pin(city.app.ask_erasure(who, kim, Wanted::Petition, Some(p.id), Way::Counter, "", &call)).await
        };
        assert!(matches!(ask(&city.official("road.facilities.1")).await, Err(ActError::Refused(Refusal::NotYours))));
        let given = ask(&clerk).await.unwrap();
        let queued = async |template: &str| {
            let rows = city.app.here.engine().query("SELECT template FROM outbox", Vec::new()).await.unwrap();
            rows.iter().filter(|row| row.text(0).unwrap() == template).count()
        };
        assert_eq!(queued("erasure_asked").await, 1);
        city.it_is(datetime(2026, 6, 21, 10, 0, 0, 0));
        city.duty("erase").await;
        assert_eq!(queued("erasure_due").await, 0);
        city.it_is(datetime(2026, 6, 22, 10, 0, 0, 0));
        city.duty("erase").await;
        city.duty("erase").await;
        assert_eq!(queued("erasure_due").await, 1, "once");
        let request = city.app.here.erasure(given.number).await.unwrap().unwrap();
        assert_eq!((request.way, request.things), (Way::Counter, vec![Thing::Petition(p.id)]));
    }
}

pub async fn seated(city: &City, login: &str) -> Browser {
    let mut browser = Browser::new(city);
    let page = browser.go("/desk/sign-in").await;
    let fields = [("login", login), ("password", testkit::city::PASSWORD)];
    browser.submits(&page, "/desk/sign-in", &fields).await;
    browser
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_citizen_asks_and_the_officer_decides_without_javascript() {
    let city = City::new(On::Sqlite, datetime(2026, 6, 15, 10, 0, 0, 0)).await;
    let kim = city.citizen("010-5555-6666").await;
    let p = answered(&city, kim, "지울 민원").await;
    let mut browser = Browser::new(&city);
    Box::pin(browser.signs_in(&city, "010-5555-6666")).await;
    let page = browser.go("/my/erasure").await;
    page.says("개인정보 삭제 요청").says("지울 민원");
    let fields = [("wanted", "petition"), ("petition", ""), ("text", "<b>이사</b>")];
    let wrong = browser.sends(&page, "/my/erasure", &fields).await;
    wrong
        .says("삭제를 요구하실 민원을 선택해 주십시오.")
        .says("<b>이사</b>");
    let number = p.number.to_string();
    let fields = [
        ("wanted", "petition"),
        ("petition", number.as_str()),
        ("text", "이사"),
    ];
    let given = browser.sends(&page, "/my/erasure", &fields).await;
    given.says("삭제 요구를 접수하였습니다").says("2026-1");
    let code = given.text.split("<dd><strong>").nth(2).unwrap()[..8].to_owned();
    // Verified long ago: once more before the page opens.
    city.it_is(datetime(2026, 6, 15, 11, 0, 0, 0));
    browser.go("/my/erasure").await.says("30분이 지났습니다");
    let mut other = seated(&city, "road.facilities.1").await;
    other.go("/desk/erasure").await.says("이 화면은");
    assert_eq!(
        other.go("/desk/erasure/requests/2026-1").await.status,
        axum::http::StatusCode::NOT_FOUND
    );
    let mut officer = seated(&city, "privacy").await;
    officer.go("/desk/erasure").await.says("2026-1").says("검토 중");
    let way = "/desk/erasure/requests/2026-1";
    let page = officer.go(way).await;
    page.says("분리 보관할 수 있습니다").says("이사");
    let decide = |verdict: &'static str, words: &'static str| {
        [
            ("verdict-1", verdict),
            ("basis-1", "public_records"),
            ("until-1", "2031-12-31"),
            ("no-1", ""),
            ("text", words),
            ("do", "decide"),
        ]
    };
    let refused = officer.sends(&page, way, &decide("destroy", "보존")).await;
    refused.says("법령에 따라 보존하여야 하므로").says("보존");
    officer
        .submits(&page, way, &decide("keep_apart", "보존기간이 남음"))
        .await
        .says("결정, 통지 전");
    officer
        .go("/desk/erasure")
        .await
        .says("삭제 요구에 따른 분리 보관");
    for (file, begins) in [("csv", "\u{feff}대장 번호"), ("pdf", "%PDF")] {
        let way = format!("/desk/erasure/register.{file}");
        officer.go(&way).await.says("출력·저장 사유");
        let note = "정기 점검 자료로 씁니다";
        let file = officer.takes(&way, "inspection", note).await;
        assert!(file.bytes.starts_with(begins.as_bytes()), "{way}");
        assert!(file.headers.contains_key("x-minwon-serial"));
        assert_eq!(other.go(&way).await.status, axum::http::StatusCode::NOT_FOUND);
    }
    let none = officer.go("/desk/erasure/requests/2026-1/certificate.pdf").await;
    assert_eq!(
        none.status,
        axum::http::StatusCode::NOT_FOUND,
        "nothing was destroyed"
    );
    let page = browser.go("/erasure").await;
    let wrong = browser
        .sends(&page, "/erasure", &[("number", "2026-1"), ("code", "AAAAAAAA")])
        .await;
    wrong.says("맞지 않습니다");
    let found = browser
        .sends(&page, "/erasure", &[("number", "2026-1"), ("code", &code)])
        .await;
    found.says("분리 보관").says("보존기간이 남음");
    // A hold by its number, and its lifting.
    let page = officer.go("/desk/erasure").await;
    let reception = p.reception.unwrap().number.to_string();
    let hold = [
        ("hold_number", reception.as_str()),
        ("hold_ground", "audit"),
        ("hold_until", ""),
        ("hold_text", "2026년 감사"),
        ("do", "hold"),
    ];
    // Kept apart, it takes no new words: the office says so and keeps what was typed.
    officer
        .sends(&page, "/desk/erasure", &hold)
        .await
        .says("2026년 감사");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_is_given_to_who_holds_number_and_code_and_to_the_officer() {
    let city = City::new(On::Sqlite, datetime(2026, 6, 15, 10, 0, 0, 0)).await;
    let kim = city.citizen("010-5555-6666").await;
    keeps_a_year(&city).await;
    answered(&city, kim, "지울 민원").await;
    city.it_is(datetime(2028, 1, 3, 10, 0, 0, 0));
    city.app.reload().await.unwrap();
    let given = asks(&city, kim, Wanted::Everything).await.unwrap();
    let (officer, call) = (city.official("privacy"), Call::default());
    let things = city
        .app
        .erasure(&officer, given.number, &call)
        .await
        .unwrap()
        .things;
    let all = things
        .iter()
        .map(|one| ruled(one.thing, Verdict::Destroy))
        .collect();
    Box::pin(city.app.decide_erasure(&officer, given.number, all, "", &call))
        .await
        .unwrap();
    let number = given.number.to_string();
    let mut browser = Browser::new(&city);
    let page = browser.go("/erasure").await;
    let fields = [("number", number.as_str()), ("code", given.code.as_str())];
    let found = browser.sends(&page, "/erasure", &fields).await;
    found.says("개인정보 파기 확인서").says("PDF로 내려받기");
    let hidden: Vec<(String, String)> = found.hidden("/erasure/certificate");
    assert!(
        hidden
            .iter()
            .any(|(name, value)| name == "code" && *value == given.code),
        "{hidden:?}"
    );
    let paper = browser.sends(&found, "/erasure/certificate", &fields).await;
    assert!(paper.bytes.starts_with(b"%PDF"), "{}", paper.status);
    let wrong = [("number", number.as_str()), ("code", "AAAAAAAA")];
    browser
        .sends(&found, "/erasure/certificate", &wrong)
        .await
        .says("맞지 않습니다");
    browser.go("/language?to=en&back=/erasure").await;
    let english = browser.sends(&found, "/erasure/certificate", &fields).await;
    assert!(english.bytes.starts_with(b"%PDF") && english.bytes != paper.bytes);
    let mut desk = seated(&city, "privacy").await;
    let way = format!("/desk/erasure/requests/{number}/certificate.pdf");
    let paper = desk.takes(&way, "hand_out", "").await;
    assert!(paper.bytes.starts_with(b"%PDF"), "{}", paper.status);
    desk.go(&format!("/desk/erasure/requests/{number}"))
        .await
        .says("파기 확인서 PDF");
}
