//! 유사성 — how alike two petitions are, and what 법 제23조 asks before a repeated one may be ended; a person decides whether they
//! are the same (같은 조 제3항).

use crate::search::tokens;
use crate::terms::{Kind, coded};
use crate::time::At;
use std::collections::{BTreeMap, BTreeSet};

coded! {
    /// 닮은 정도.
    Degree {
        /// The words are nearly the same.
        Same = "same",
        /// Much of the words is the same.
        Alike = "alike",
        /// Little is.
        Different = "different",
    }
}

/// From so many thousandths on the words are nearly the same.
pub const SAME: u32 = 800;
/// From so many thousandths on much is the same.
pub const ALIKE: u32 = 350;

/// 유사도.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Likeness {
    /// What both say of what either says, in thousandths.
    pub share: u32,
    /// The same in a word.
    pub degree: Degree,
}

impl Likeness {
    fn of(both: u64, either: u64) -> Likeness {
        let share = (both * 1_000).checked_div(either).unwrap_or(0) as u32;
        let degree = match share {
            SAME.. => Degree::Same,
            ALIKE..SAME => Degree::Alike,
            0..ALIKE => Degree::Different,
        };
        Likeness { share, degree }
    }
}

/// The pairs of letters of a text; its single letters where it has no pair.
pub fn pairs(text: &str) -> BTreeSet<String> {
    let all = tokens(text);
    let pairs: BTreeSet<String> = (all.iter())
        .filter(|token| token.chars().count() > 1)
        .cloned()
        .collect();
    if pairs.is_empty() { all } else { pairs }
}

/// How alike two texts are: the share of common pairs of letters (Jaccard), each counting the same.
pub fn likeness(a: &str, b: &str) -> Likeness {
    compare(&pairs(a), &pairs(b), |_| 1)
}

/// The same over pairs in hand, where rare ones may count more: `weight` gives each its weight.
pub fn compare(a: &BTreeSet<String>, b: &BTreeSet<String>, weight: impl Fn(&str) -> u32) -> Likeness {
    let sum = |all: &mut dyn Iterator<Item = &String>| -> u64 { all.map(|t| u64::from(weight(t))).sum() };
    Likeness::of(sum(&mut a.intersection(b)), sum(&mut a.union(b)))
}

/// What a pair of letters counts among `texts`: the fewer of them hold it, the more (1 to 1,000).
pub fn rarity<'a>(texts: impl IntoIterator<Item = &'a BTreeSet<String>>) -> impl Fn(&str) -> u32 {
    let mut held: BTreeMap<&'a str, u32> = BTreeMap::new();
    let mut all = 0_u32;
    for text in texts {
        all += 1;
        for token in text {
            *held.entry(token).or_default() += 1;
        }
    }
    let most = f64::from(all + 1).ln() + 1.0;
    move |token| {
        let n = held.get(token).copied().unwrap_or(0);
        let weight = (f64::from(all + 1) / f64::from(n + 1)).ln() + 1.0;
        (weight / most * 1_000.0) as u32
    }
}

/// An earlier petition of the same petitioner with like content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Earlier {
    /// When it was filed.
    pub filed_at: At,
    /// When its result was notified; `None` while it was not, or where it ended without one.
    pub notified_at: Option<At>,
}

/// 반복 — what is known of a petition that may repeat earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repetition {
    /// The how-manieth it is, itself included.
    pub times: u32,
    /// How many results were notified before it was filed.
    pub notices: u32,
    /// Whether 법 제23조제1항 could apply if a person finds the content to be the same, without a just cause: no statutory
    /// petition, filed three times or more, two results notified before.
    pub may_end: bool,
}

/// 반복·중복 민원 — counts as 법 제23조제1항 counts: filings three or more, notices two or more, and only then.
pub fn repetition(kind: Kind, filed_at: At, earlier: &[Earlier]) -> Repetition {
    let before = earlier.iter().filter(|e| e.filed_at < filed_at);
    let times = before.clone().count() as u32 + 1;
    let notices = before
        .filter(|e| e.notified_at.is_some_and(|at| at < filed_at))
        .count() as u32;
    Repetition {
        times,
        notices,
        may_end: kind != Kind::Statutory && times >= 3 && notices >= 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_same_words_are_the_same_and_others_are_not() {
        for (a, b, degree) in [
            ("가로등이 꺼져 있습니다", "가로등이 꺼져 있습니다.", Degree::Same),
            (
                "가로등이 꺼져 있습니다",
                "가로등이 또 꺼져 있습니다!!",
                Degree::Same,
            ),
            (
                "3번 가로등이 꺼져 있습니다",
                "가로등이 며칠째 꺼져 있습니다",
                Degree::Alike,
            ),
            (
                "가로등이 꺼져 있습니다",
                "수돗물에서 냄새가 납니다",
                Degree::Different,
            ),
            ("가로등이 꺼져 있습니다", "", Degree::Different),
            ("", "", Degree::Different),
            ("등", "등", Degree::Same),
        ] {
            assert_eq!(likeness(a, b).degree, degree, "{a} / {b}: {:?}", likeness(a, b));
        }
    }

    #[test]
    fn rare_pairs_count_more() {
        let texts = [
            "가로등 고장 신고합니다",
            "보도블록 파손 신고합니다",
            "쓰레기 투기 신고합니다",
        ]
        .map(pairs);
        let weight = rarity(&texts);
        assert!(weight("로등") > weight("신고"));
        assert!(weight("신고") >= 1 && weight("없는") <= 1_000);
        let asked = pairs("가로등 신고합니다");
        let weighed = |n: usize| compare(&asked, &texts[n], &weight).share;
        let plain = |n: usize| compare(&asked, &texts[n], |_| 1).share;
        assert!(
            weighed(0) * plain(1) > weighed(1) * plain(0),
            "the common word pulls less"
        );
    }

    /// 법 제23조제1항, in a table: filings before, of these notified before, kind → whether it could be ended.
    #[test]
    fn what_the_article_asks_before_a_repeated_petition_may_be_ended() {
        for (earlier, notified, kind, times, may) in [
            (0, 0, Kind::Grievance, 1, false),
            (1, 1, Kind::Grievance, 2, false),
            (2, 1, Kind::Grievance, 3, false),
            (2, 2, Kind::Grievance, 3, true),
            (2, 2, Kind::Statutory, 3, false),
            (5, 2, Kind::Other, 6, true),
            (5, 0, Kind::Other, 6, false),
        ] {
            let all: Vec<Earlier> = (0..earlier)
                .map(|n| Earlier {
                    filed_at: At(n),
                    notified_at: (n < notified).then_some(At(n + 5)),
                })
                .collect();
            let found = repetition(kind, At(100), &all);
            assert_eq!(
                (found.times, i64::from(found.notices), found.may_end),
                (times, notified, may),
                "{earlier} {notified} {kind}"
            );
        }
        let late = [Earlier {
            filed_at: At(1),
            notified_at: Some(At(200)),
        }; 2];
        assert!(
            !repetition(Kind::Other, At(100), &late).may_end,
            "a notice that came later does not count"
        );
        let after = [Earlier {
            filed_at: At(101),
            notified_at: Some(At(102)),
        }; 4];
        assert_eq!(
            repetition(Kind::Other, At(100), &after).times,
            1,
            "what was filed later does not count"
        );
    }

    proptest! {
        #[test]
        fn likeness_is_even_handed(a in "[가-마 ]{0,30}", b in "[가-마 ]{0,30}") {
            prop_assert_eq!(likeness(&a, &b), likeness(&b, &a));
            let own = likeness(&a, &a);
            prop_assert_eq!(own.share, if pairs(&a).is_empty() { 0 } else { 1_000 });
            prop_assert!(likeness(&a, &b).share <= 1_000);
        }
    }
}
