//! 배부 추천 시험 — what it learns, what it says, and when it keeps silent.

use super::*;
use proptest::prelude::*;

/// A hash good enough for tests (FNV-1a).
fn key(mark: &str) -> Mark {
    let hash = mark.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash as i64
}

const ROADS: [u8; 16] = [1; 16];
const WASTE: [u8; 16] = [2; 16];
const WATER: [u8; 16] = [3; 16];

fn marks(text: &str) -> impl Iterator<Item = Mark> {
    said(text)
        .into_iter()
        .flat_map(|said| said.marks)
        .map(|mark| key(&mark))
}

/// Twelve petitions for each of three departments, each by somebody else.
fn past() -> Lessons {
    let mut lessons = Lessons::default();
    let words: [([u8; 16], [&str; 4]); 3] = [
        (
            ROADS,
            [
                "가로등이 꺼져 있습니다",
                "보도블록이 깨졌습니다",
                "도로가 파였습니다",
                "가로등 고장 신고",
            ],
        ),
        (
            WASTE,
            [
                "쓰레기를 치워 주십시오",
                "쓰레기 무단투기 신고",
                "음식물 쓰레기 수거가 안 됩니다",
                "무단투기 단속 요청",
            ],
        ),
        (
            WATER,
            [
                "수돗물에서 냄새가 납니다",
                "누수 신고합니다",
                "수도 요금이 이상합니다",
                "수돗물이 나오지 않습니다",
            ],
        ),
    ];
    for n in 0..12_u8 {
        for (label, titles) in &words {
            lessons.add(marks(titles[usize::from(n) % 4]), *label, [n + label[0] * 20; 16]);
        }
    }
    lessons
}

#[test]
fn the_department_that_answered_such_words_is_suggested_with_them() {
    for method in Method::ALL {
        let model = train(&past(), method, Split::Whole).unwrap();
        let said = model.suggest("골목 가로등이 며칠째 꺼져 있습니다", key, |_| true);
        assert_eq!(said[0].label, ROADS, "{method:?}");
        assert!(
            said[0].words.contains(&"가로등이".to_owned()),
            "{method:?}: {:?}",
            said[0].words
        );
        assert!(
            !said[0].words.contains(&"며칠째".to_owned()),
            "{method:?}: a word nobody had said"
        );
        let others = model.suggest("골목 가로등이 며칠째 꺼져 있습니다", key, |label| {
            *label != ROADS
        });
        assert!(
            others.iter().all(|s| s.label != ROADS),
            "who may not be suggested is not"
        );
    }
}

#[test]
fn where_little_is_known_nothing_is_said() {
    let model = train(&past(), Method::Complement, Split::Whole).unwrap();
    for text in ["", "12345", "안녕하십니까", "Hello there"] {
        assert_eq!(model.suggest(text, key, |_| true), [], "{text}");
    }
    let mut few = Lessons::default();
    for n in 0..4 {
        few.add(marks("가로등이 꺼져 있습니다"), ROADS, [n; 16]);
        few.add(marks("쓰레기를 치워 주십시오"), WASTE, [n + 9; 16]);
    }
    let model = train(&few, Method::Complement, Split::Whole).unwrap();
    assert_eq!(
        model.suggest("가로등이 꺼져 있습니다", key, |_| true),
        [],
        "four lessons are too few"
    );
    few.add(marks("가로등이 꺼져 있습니다"), ROADS, [4; 16]);
    let model = train(&few, Method::Complement, Split::Whole).unwrap();
    assert_eq!(
        model.suggest("가로등이 꺼져 있습니다", key, |_| true).len(),
        1,
        "five speak"
    );
    let mut one = Lessons::default();
    one.add(marks("가로등"), ROADS, [1; 16]);
    assert_eq!(
        train(&one, Method::Complement, Split::Whole),
        None,
        "one department is no choice"
    );
}

/// A name that one petitioner writes again and again stays out of the model.
#[test]
fn what_fewer_than_three_petitioners_said_is_not_learnt() {
    let mut lessons = past();
    for _ in 0..20 {
        lessons.add(marks("홍길동이 씁니다"), ROADS, [201; 16]);
        lessons.add(marks("홍길동이 씁니다"), ROADS, [202; 16]);
    }
    let model = train(&lessons, Method::Complement, Split::Whole).unwrap();
    assert!(model.weights(key("=홍길동이")).is_none());
    lessons.add(marks("홍길동이 씁니다"), ROADS, [203; 16]);
    let model = train(&lessons, Method::Complement, Split::Whole).unwrap();
    assert!(
        model.weights(key("=홍길동이")).is_some(),
        "a third petitioner makes it a word of the city"
    );
}

#[test]
fn numbers_are_no_marks() {
    let all: Vec<String> = said("가람로 12 1002동 010-1234-5678")
        .into_iter()
        .map(|said| said.word)
        .collect();
    assert_eq!(all, ["가람로", "1002동"]);
}

#[test]
fn each_word_and_each_mark_is_said_once() {
    let all = said("가로등 가로등이 가로등");
    assert_eq!(all.len(), 2);
    assert_eq!(all[0].marks, ["=가로등", "^가로", "가로", "로등"]);
    assert_eq!(all[1].marks, ["=가로등이", "등이"]);
}

#[test]
fn the_measure_knows_what_it_did_not_learn() {
    let mut lessons = Lessons::default();
    for n in 0..100_u8 {
        // The newest fifth says what nobody had said before.
        let title = if n < 80 {
            "가로등이 꺼져 있습니다"
        } else {
            "전혀 다른 새로운 이야기"
        };
        lessons.add(marks(title), if n % 2 == 0 { ROADS } else { WASTE }, [n; 16]);
    }
    let model = train(&lessons, Method::Bayes, Split::ByTime).unwrap();
    let score = measure(&lessons, &model, Split::ByTime);
    assert_eq!(
        (score.asked, score.first, score.among, score.spoken),
        (20, 10, 20, 0)
    );
    let score = majority(&lessons, Split::ByTime);
    assert_eq!((score.asked, score.first, score.among), (20, 10, 20));
    assert_eq!(
        measure(
            &past(),
            &train(&past(), Method::Complement, Split::ByChance).unwrap(),
            Split::ByChance
        )
        .first,
        7
    );
}

proptest! {
    /// The same lessons give the same model, and what is stored is what was learnt.
    #[test]
    fn a_model_survives_its_bytes(titles in proptest::collection::vec(("[가-나]{1,6} [가-나]{1,4}", 0_u8..4, 0_u8..20), 2..40)) {
        let mut lessons = Lessons::default();
        for (title, label, by) in &titles {
            lessons.add(marks(title), [*label; 16], [*by; 16]);
        }
        for method in Method::ALL {
            let model = train(&lessons, method, Split::Whole);
            prop_assert_eq!(&model, &train(&lessons, method, Split::Whole));
            let Some(model) = model else { continue };
            let bytes = model.to_bytes();
            prop_assert_eq!(Model::from_bytes(&bytes), Ok(model.clone()));
            for cut in [0, 7, 8, 9, 16, bytes.len() - 1] {
                prop_assert_eq!(Model::from_bytes(&bytes[..cut]), Err(Unreadable));
            }
            let ranked = model.ranked(marks(&titles[0].0)).0;
            let shares: u32 = ranked.iter().map(|(_, share)| share).sum();
            prop_assert!(shares <= 1_000 && ranked.windows(2).all(|w| w[0].1 >= w[1].1));
        }
    }
}
