//! 열쇠고리 시험 — restarts, two nodes, lost and damaged files, keys that die.

use super::*;
use crate::hash::tests::counting;

const JULY: Month = Month::JULY_2018;
const AUGUST: Month = Month::AUGUST_2018;
const OWNER: [u8; 16] = [7; 16];

fn made(seed: u64) -> (tempfile::TempDir, PathBuf, Keyring) {
    let outer = tempfile::tempdir().unwrap();
    let dir = outer.path().join("keys");
    let keyring = Keyring::create(&dir, &mut counting(seed)).unwrap();
    (outer, dir, keyring)
}

fn live(keyring: &Keyring) -> &PlaceKeys {
    keyring.place(Place::Live).unwrap()
}

#[test]
fn what_was_wrapped_before_a_restart_opens_after_it() {
    let (_outer, dir, keyring) = made(1);
    let mut fill = counting(2);
    let key = Key::generate(&mut fill);
    for suite in Suite::ALL {
        let keys = live(&keyring);
        keys.ensure_epoch(JULY, &mut fill).unwrap();
        let wrapped = keys.wrap(suite, JULY, &OWNER, &key, &mut fill).unwrap();
        let again = Keyring::open(&dir).unwrap();
        assert_eq!(live(&again).unwrap(JULY, &OWNER, &wrapped).unwrap(), key);
        assert_eq!(live(&again).index.token("가로"), keys.index.token("가로"));
        assert_eq!(live(&again).signer.public(), keys.signer.public());
    }
}

#[test]
fn a_wrapped_key_opens_for_its_owner_month_and_place_only() {
    let (_outer, _dir, keyring) = made(3);
    let mut fill = counting(4);
    let key = Key::generate(&mut fill);
    for place in Place::ALL {
        for month in [JULY, AUGUST] {
            keyring
                .place(place)
                .unwrap()
                .ensure_epoch(month, &mut fill)
                .unwrap();
        }
    }
    let wrapped = live(&keyring)
        .wrap(Suite::Standard, JULY, &OWNER, &key, &mut fill)
        .unwrap();
    assert_eq!(live(&keyring).unwrap(JULY, &OWNER, &wrapped).unwrap(), key);
    assert!(live(&keyring).unwrap(JULY, &[8; 16], &wrapped).is_err());
    assert!(live(&keyring).unwrap(AUGUST, &OWNER, &wrapped).is_err());
    assert!(
        keyring
            .place(Place::Protected)
            .unwrap()
            .unwrap(JULY, &OWNER, &wrapped)
            .is_err()
    );
}

#[test]
fn with_the_epoch_key_dies_what_it_wrapped_and_it_never_comes_back() {
    let (_outer, dir, keyring) = made(5);
    let mut fill = counting(6);
    let (keys, other_node) = (live(&keyring), Keyring::open(&dir).unwrap());
    let key = Key::generate(&mut fill);
    keys.ensure_epoch(JULY, &mut fill).unwrap();
    keys.ensure_epoch(AUGUST, &mut fill).unwrap();
    assert_eq!(keys.months().unwrap(), [JULY, AUGUST]);
    let old = keys.wrap(Suite::Standard, JULY, &OWNER, &key, &mut fill).unwrap();
    let renewed = keys
        .wrap(Suite::Standard, AUGUST, &OWNER, &key, &mut fill)
        .unwrap();
    live(&other_node).unwrap(JULY, &OWNER, &old).unwrap();

    keys.retire(JULY, &mut fill).unwrap();
    keys.retire(JULY, &mut fill).unwrap();
    live(&other_node).refresh().unwrap();

    for node in [&keyring, &other_node, &Keyring::open(&dir).unwrap()] {
        assert!(matches!(
            live(node).unwrap(JULY, &OWNER, &old),
            Err(KeyError::Retired(JULY))
        ));
        assert_eq!(live(node).unwrap(AUGUST, &OWNER, &renewed).unwrap(), key);
        assert!(matches!(
            live(node).ensure_epoch(JULY, &mut fill),
            Err(KeyError::Retired(JULY))
        ));
        assert_eq!(live(node).months().unwrap(), [AUGUST]);
    }
    assert!(!dir.join("live/epoch-2018-07.key").exists());
}

#[test]
fn two_nodes_that_make_a_month_at_once_have_one_key() {
    let (_outer, dir, first) = made(7);
    let second = Keyring::open(&dir).unwrap();
    std::thread::scope(|scope| {
        for (node, seed) in [(&first, 8), (&second, 9)] {
            scope.spawn(move || live(node).ensure_epoch(JULY, &mut counting(seed)).unwrap());
        }
    });
    let mut fill = counting(10);
    let key = Key::generate(&mut fill);
    let wrapped = live(&first)
        .wrap(Suite::Standard, JULY, &OWNER, &key, &mut fill)
        .unwrap();
    assert_eq!(live(&second).unwrap(JULY, &OWNER, &wrapped).unwrap(), key);
    let left: Vec<_> = fs::read_dir(dir.join("live"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".new"))
        .collect();
    assert!(left.is_empty(), "drafts left behind: {left:?}");
}

#[test]
fn a_missing_or_damaged_file_is_named_with_its_cure() {
    let (_outer, dir, keyring) = made(11);
    let root = keyring.root().clone();
    live(&keyring).ensure_epoch(JULY, &mut counting(12)).unwrap();
    let error = live(&keyring)
        .wrap(Suite::Standard, AUGUST, &OWNER, &root, &mut counting(13))
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("live/epoch-2018-08.key is missing; put it back"),
        "{error}"
    );

    // The folder of one month given to another is not taken for it.
    fs::copy(
        dir.join("live/epoch-2018-07.key"),
        dir.join("live/epoch-2018-08.key"),
    )
    .unwrap();
    let error = live(&keyring)
        .wrap(Suite::Standard, AUGUST, &OWNER, &root, &mut counting(13))
        .unwrap_err();
    assert!(
        matches!(error, KeyError::DoesNotOpen { ref file } if file.ends_with("epoch-2018-08.key")),
        "{error}"
    );

    for damaged in ["", "zz", "00ff", "사슴\n"] {
        fs::write(dir.join("archive/place.key"), damaged).unwrap();
        assert!(
            matches!(Keyring::open(&dir), Err(KeyError::DoesNotOpen { .. })),
            "{damaged:?}"
        );
    }
    fs::remove_file(dir.join("archive/place.key")).unwrap();
    let error = Keyring::open(&dir).unwrap_err();
    assert!(
        error.to_string().contains("archive/place.key is missing"),
        "{error}"
    );
}

#[test]
fn a_lost_epoch_key_is_kept_in_memory_and_not_made_anew() {
    let (_outer, dir, keyring) = made(31);
    let (keys, mut fill) = (live(&keyring), counting(32));
    keys.ensure_epoch(JULY, &mut fill).unwrap();
    let wrapped = keys
        .wrap(
            Suite::Standard,
            JULY,
            &OWNER,
            &Key::generate(&mut fill),
            &mut fill,
        )
        .unwrap();
    let file = dir.join("live/epoch-2018-07.key");
    let kept = fs::read(&file).unwrap();
    fs::remove_file(&file).unwrap();
    keys.refresh().unwrap();
    keys.ensure_epoch(JULY, &mut fill).unwrap();
    assert!(
        !file.exists(),
        "another key of the month would lock out what the first one wrapped"
    );
    keys.unwrap(JULY, &OWNER, &wrapped).unwrap();
    // Whoever starts without it is told, and well when it is back.
    let again = Keyring::open(&dir).unwrap();
    let missing = live(&again).must_have(JULY).unwrap_err();
    assert!(matches!(missing, KeyError::Missing { .. }), "{missing}");
    fs::write(&file, kept).unwrap();
    live(&again).must_have(JULY).unwrap();
    // Retired is not lost.
    keys.retire(JULY, &mut fill).unwrap();
    live(&again).refresh().unwrap();
    live(&again).must_have(JULY).unwrap();
    assert!(matches!(
        live(&again).unwrap(JULY, &OWNER, &wrapped),
        Err(KeyError::Retired(_))
    ));
}

#[test]
fn a_lost_root_key_is_put_back_and_a_wrong_one_is_not() {
    let (_outer, dir, keyring) = made(14);
    let mut fill = counting(15);
    assert!(matches!(
        Keyring::put_back_root(&dir, keyring.root(), &mut fill),
        Err(KeyError::AlreadyThere(_))
    ));
    fs::remove_file(dir.join(ROOT)).unwrap();
    let error = Keyring::open(&dir).unwrap_err();
    assert!(error.to_string().contains("minwon keys recover"), "{error}");
    assert!(matches!(
        Keyring::put_back_root(&dir, &Key::from_bytes([1; 32]), &mut fill),
        Err(KeyError::DoesNotOpen { .. })
    ));
    assert!(!dir.join(ROOT).exists());
    Keyring::put_back_root(&dir, keyring.root(), &mut fill).unwrap();
    assert_eq!(Keyring::open(&dir).unwrap().root(), keyring.root());
}

#[test]
fn keys_are_not_made_twice_nor_left_open_to_everyone() {
    let (_outer, dir, _keyring) = made(16);
    assert!(matches!(
        Keyring::create(&dir, &mut counting(17)),
        Err(KeyError::AlreadyThere(_))
    ));
    assert_eq!(
        fs::metadata(dir.join(ROOT)).unwrap().permissions().mode() & 0o777,
        0o600
    );
    assert_eq!(
        fs::metadata(dir.join("protected")).unwrap().permissions().mode() & 0o777,
        0o700
    );
    fs::set_permissions(dir.join(ROOT), fs::Permissions::from_mode(0o644)).unwrap();
    let error = Keyring::open(&dir).unwrap_err();
    assert!(error.to_string().contains("chmod 600"), "{error}");
}

#[test]
fn a_database_of_other_keys_is_refused() {
    let (_outer, _dir, ours) = made(18);
    let (_outer2, _dir2, theirs) = made(19);
    let value = live(&ours).test_value(Suite::Standard, &mut counting(20));
    live(&ours).check(&value).unwrap();
    assert!(matches!(
        live(&theirs).check(&value),
        Err(KeyError::OtherKeys { place: "live" })
    ));
    assert!(ours.place(Place::Archive).unwrap().check(&value).is_err());
    assert!(live(&ours).check(&value[1..]).is_err());
}

#[test]
fn the_list_of_what_was_destroyed_survives_a_torn_line_and_no_tampering() {
    let (_outer, dir, keyring) = made(40);
    let keys = live(&keyring);
    assert_eq!(keys.destroyed().unwrap(), []);
    assert_eq!(keys.write_destroyed(&[[1; 16], [2; 16]], 5).unwrap(), 2);
    assert_eq!(keys.write_destroyed(&[[3; 16]], 6).unwrap(), 3);
    let again = Keyring::open(&dir).unwrap();
    let owners: Vec<u8> = live(&again)
        .destroyed()
        .unwrap()
        .iter()
        .map(|line| line.owner[0])
        .collect();
    assert_eq!(owners, [1, 2, 3]);
    let file = keys.destroyed_list();
    let whole = fs::read_to_string(&file).unwrap();
    // The machine died in the middle of a line: what was acknowledged stands, and the next line follows it.
    fs::write(&file, format!("{whole}4 0404")).unwrap();
    assert_eq!(keys.destroyed().unwrap().len(), 3);
    assert_eq!(keys.write_destroyed(&[[4; 16]], 7).unwrap(), 4);
    assert_eq!(keys.destroyed().unwrap().len(), 4);
    let whole = fs::read_to_string(&file).unwrap();
    let lines: Vec<&str> = whole.lines().collect();
    let changed = whole.replacen("02020202", "02020203", 1);
    let without = format!("{}\n{}\n{}\n", lines[0], lines[2], lines[3]);
    let swapped = format!("{}\n{}\n{}\n{}\n", lines[1], lines[0], lines[2], lines[3]);
    for bad in [changed, without, swapped, format!("{whole}5 x y z\n")] {
        fs::write(&file, bad).unwrap();
        assert!(matches!(keys.destroyed(), Err(KeyError::ListBroken { .. })));
    }
    // Another place's list is not taken for this one's.
    fs::write(&file, &whole).unwrap();
    let other = keyring.place(Place::Archive).unwrap();
    assert!(matches!(
        other.destroyed_in(&file),
        Err(KeyError::ListBroken { .. })
    ));
}

#[test]
fn retired_months_are_known_by_their_markers() {
    let (_outer, _dir, keyring) = made(41);
    let (keys, mut fill) = (live(&keyring), counting(42));
    keys.ensure_epoch(JULY, &mut fill).unwrap();
    keys.ensure_epoch(AUGUST, &mut fill).unwrap();
    keys.retire(JULY, &mut fill).unwrap();
    assert_eq!(keys.retired().unwrap(), [JULY]);
    assert_eq!(keys.months().unwrap(), [AUGUST]);
}
