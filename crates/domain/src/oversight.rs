//! 접속기록 점검 — what the privacy officer is shown of a month's access log, and how each remark is settled (개인정보의 안전성 확보조치
//! 기준 제8조제2항: 월 1회 이상 점검).
//!
//! A remark accuses nobody: it says what was counted, and what would have been usual. Which figures count as remarkable is set by the
//! agency.

use crate::id::{OfficialId, PersonId, PetitionId};
use crate::terms::coded;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

coded! {
    /// 이상 징후의 종류.
    Remarkable {
        /// 야간·휴일 접속.
        OffHours = "off_hours",
        /// 평소보다 많은 열람.
        Burst = "burst",
        /// 담당이 아닌 한 민원을 여러 번 열람.
        OnePetition = "one_petition",
        /// 담당이 아닌 한 사람의 민원을 여러 번 열람.
        OnePerson = "one_person",
        /// 본인 또는 동료의 민원 열람.
        Own = "own",
        /// 다량 출력·저장.
        Bulk = "bulk",
        /// 열람 없는 반복 검색.
        Searching = "searching",
    }
}

coded! {
    /// 점검 항목의 상태.
    Settled {
        /// 미확인.
        Open = "open",
        /// 소명 요청.
        Asked = "asked",
        /// 소명 제출.
        Answered = "answered",
        /// 정상.
        Normal = "normal",
        /// 조치.
        Measure = "measure",
    }
}

impl Settled {
    /// Whether the privacy officer has judged it.
    pub const fn judged(self) -> bool {
        matches!(self, Settled::Normal | Settled::Measure)
    }
}

/// From which figures on the review remarks on something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Figures {
    /// Work begins at this hour.
    pub from_hour: u8,
    /// And ends at this one.
    pub to_hour: u8,
    /// Looks outside working time in a day.
    pub off_hours: u32,
    /// Looks in a day that are never too many.
    pub burst_least: u32,
    /// So many times one's usual day.
    pub burst_times: u32,
    /// Looks at one petition, or at petitions of one person, one has nothing to do with.
    pub uninvolved: u32,
    /// People in one export.
    pub bulk: u32,
    /// Searches in a day of which nothing was opened.
    pub searches: u32,
}

impl Default for Figures {
    fn default() -> Figures {
        Figures {
            from_hour: 7,
            to_hour: 21,
            off_hours: 5,
            burst_least: 100,
            burst_times: 3,
            uninvolved: 3,
            bulk: 100,
            searches: 10,
        }
    }
}

impl Figures {
    /// Whether a moment is outside working time; `works` says whether its day is a working day.
    pub fn off(&self, at: DateTime, works: bool) -> bool {
        let hour = at.hour().unsigned_abs();
        !works || hour < self.from_hour || hour >= self.to_hour
    }
}

/// What an official did in a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Day {
    /// Petitions opened, files opened, contacts revealed.
    pub looks: u32,
    /// Lines written outside working time.
    pub off: u32,
    /// Searches.
    pub searches: u32,
}

/// Looks of an official at one petition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// Who.
    pub official: OfficialId,
    /// At what.
    pub petition: PetitionId,
    /// Whose it is.
    pub person: PersonId,
    /// How often.
    pub looks: u32,
    /// What the official has to do with it.
    pub tie: Tie,
}

/// What an official has to do with a petition one looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tie {
    /// Handles it, signs it, acted on it, or belongs to a department that does.
    Involved,
    /// Nothing that the system knows of.
    None,
    /// The petitioner is the official, or a colleague of the same department, by verified contact.
    Own,
}

/// What went out of the house at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Out {
    /// Who carried it out.
    pub official: OfficialId,
    /// When.
    pub day: Date,
    /// How many people it is about.
    pub subjects: u32,
}

/// A remark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remark {
    /// Whose acts.
    pub official: OfficialId,
    /// What is remarkable.
    pub kind: Remarkable,
    /// The day, where it is of one.
    pub day: Option<Date>,
    /// The petition, where it is of one.
    pub petition: Option<PetitionId>,
    /// What was counted.
    pub n: u32,
    /// What would have been usual, or the figure it reached.
    pub usual: u32,
}

/// The remarks on a month, by official, kind and day.
pub fn remarks(
    figures: &Figures,
    days: &BTreeMap<(OfficialId, Date), Day>,
    pairs: &[Pair],
    outs: &[Out],
) -> Vec<Remark> {
    let mut all = Vec::new();
    for ((official, date), day) in days {
        let mut remark = |kind, n, usual| {
            all.push(Remark {
                official: *official,
                kind,
                day: Some(*date),
                petition: None,
                n,
                usual,
            });
        };
        if reached(day.off, figures.off_hours) {
            remark(Remarkable::OffHours, day.off, figures.off_hours);
        }
        let usual = usual_of(days, *official, *date);
        if reached(day.looks, figures.burst_least)
            && day.looks > usual.saturating_mul(figures.burst_times.max(1))
        {
            remark(Remarkable::Burst, day.looks, usual);
        }
        if reached(day.searches, figures.searches) && day.looks == 0 {
            remark(Remarkable::Searching, day.searches, figures.searches);
        }
    }
    all.extend(of_pairs(figures, pairs));
    all.extend(
        outs.iter()
            .filter(|out| reached(out.subjects, figures.bulk))
            .map(|out| Remark {
                official: out.official,
                kind: Remarkable::Bulk,
                day: Some(out.day),
                petition: None,
                n: out.subjects,
                usual: figures.bulk,
            }),
    );
    all.sort_by_key(|remark| (remark.official, remark.kind, remark.day, remark.petition));
    all
}

/// A figure of 0 switches a remark off.
const fn reached(n: u32, figure: u32) -> bool {
    figure > 0 && n >= figure
}

/// The middle of the other days on which the official looked at anything; 0 where there is none.
fn usual_of(days: &BTreeMap<(OfficialId, Date), Day>, official: OfficialId, but: Date) -> u32 {
    let mut looks: Vec<u32> = days
        .range((official, Date::MIN)..=(official, Date::MAX))
        .filter(|((_, date), day)| *date != but && day.looks > 0)
        .map(|(_, day)| day.looks)
        .collect();
    looks.sort_unstable();
    looks.get(looks.len() / 2).copied().unwrap_or_default()
}

fn of_pairs(figures: &Figures, pairs: &[Pair]) -> Vec<Remark> {
    let mut all = Vec::new();
    let mut people: BTreeMap<(OfficialId, PersonId), (u32, u32, PetitionId)> = BTreeMap::new();
    for pair in pairs {
        let mut remark = |kind, usual| {
            all.push(Remark {
                official: pair.official,
                kind,
                day: None,
                petition: Some(pair.petition),
                n: pair.looks,
                usual,
            });
        };
        match pair.tie {
            Tie::Involved => continue,
            Tie::Own => remark(Remarkable::Own, 0),
            Tie::None if reached(pair.looks, figures.uninvolved) => {
                remark(Remarkable::OnePetition, figures.uninvolved);
            }
            Tie::None => {}
        }
        let person = people
            .entry((pair.official, pair.person))
            .or_insert((0, 0, pair.petition));
        person.0 += pair.looks;
        person.1 += 1;
    }
    // One petition of a person is told of above; here it is the person that somebody follows from one to the next.
    all.extend(
        (people.into_iter()).filter_map(|((official, _), (looks, petitions, petition))| {
            (petitions > 1 && reached(looks, figures.uninvolved)).then_some(Remark {
                official,
                kind: Remarkable::OnePerson,
                day: None,
                petition: Some(petition),
                n: looks,
                usual: figures.uninvolved,
            })
        }),
    );
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, datetime};
    use uuid::Uuid;

    fn official(n: u128) -> OfficialId {
        OfficialId(Uuid::from_u128(n))
    }

    fn kinds(remarks: &[Remark]) -> Vec<&'static str> {
        remarks.iter().map(|remark| remark.kind.code()).collect()
    }

    #[test]
    fn nights_and_holidays_are_outside_working_time() {
        let figures = Figures::default();
        for (at, works, expected) in [
            (datetime(2026, 9, 17, 6, 59, 59, 0), true, true),
            (datetime(2026, 9, 17, 7, 0, 0, 0), true, false),
            (datetime(2026, 9, 17, 20, 59, 0, 0), true, false),
            (datetime(2026, 9, 17, 21, 0, 0, 0), true, true),
            (datetime(2026, 9, 20, 12, 0, 0, 0), false, true),
        ] {
            assert_eq!(figures.off(at, works), expected, "{at}");
        }
    }

    #[test]
    fn a_day_is_measured_against_ones_own_other_days() {
        let figures = Figures::default();
        let day = |looks| Day {
            looks,
            ..Day::default()
        };
        let mut days: BTreeMap<(OfficialId, Date), Day> = (1..=9)
            .map(|d| ((official(1), date(2026, 9, d)), day(40)))
            .collect();
        days.insert((official(1), date(2026, 9, 10)), day(121));
        days.insert((official(2), date(2026, 9, 10)), day(99));
        let found = remarks(&figures, &days, &[], &[]);
        assert_eq!(kinds(&found), ["burst"]);
        assert_eq!((found[0].n, found[0].usual), (121, 40));
        days.insert((official(1), date(2026, 9, 10)), day(120));
        assert!(
            remarks(&figures, &days, &[], &[]).is_empty(),
            "three times is not more"
        );
        // One who is always busy is not remarkable.
        days.extend((11..=28).map(|d| ((official(1), date(2026, 9, d)), day(300))));
        assert!(remarks(&figures, &days, &[], &[]).is_empty());
    }

    #[test]
    fn searches_count_where_nothing_was_opened() {
        let figures = Figures::default();
        let day = |searches, looks| Day {
            looks,
            searches,
            off: 0,
        };
        for (searches, looks, expected) in [(10, 0, 1), (9, 0, 0), (50, 1, 0)] {
            let days = BTreeMap::from([((official(1), date(2026, 9, 1)), day(searches, looks))]);
            assert_eq!(
                remarks(&figures, &days, &[], &[]).len(),
                expected,
                "{searches} {looks}"
            );
        }
    }

    #[test]
    fn whoever_has_to_do_with_a_petition_may_look_as_often_as_needed() {
        let figures = Figures::default();
        let pair = |petition, person, looks, tie| Pair {
            official: official(1),
            petition: PetitionId(Uuid::from_u128(petition)),
            person: PersonId(Uuid::from_u128(person)),
            looks,
            tie,
        };
        let found = |pairs: &[Pair]| kinds(&remarks(&figures, &BTreeMap::new(), pairs, &[])).join(" ");
        assert_eq!(found(&[pair(1, 1, 100, Tie::Involved)]), "");
        assert_eq!(found(&[pair(1, 1, 2, Tie::None)]), "");
        assert_eq!(found(&[pair(1, 1, 3, Tie::None)]), "one_petition");
        assert_eq!(found(&[pair(1, 1, 1, Tie::Own)]), "own");
        assert_eq!(
            found(&[pair(1, 7, 1, Tie::None), pair(2, 7, 2, Tie::None)]),
            "one_person"
        );
        assert_eq!(
            found(&[pair(1, 7, 1, Tie::None), pair(2, 8, 2, Tie::None)]),
            "",
            "two people"
        );
    }

    #[test]
    fn much_at_once_is_remarked_and_a_figure_of_nought_is_off() {
        let out = |subjects| Out {
            official: official(1),
            day: date(2026, 9, 1),
            subjects,
        };
        let figures = Figures::default();
        assert!(remarks(&figures, &BTreeMap::new(), &[], &[out(99)]).is_empty());
        assert_eq!(
            kinds(&remarks(&figures, &BTreeMap::new(), &[], &[out(100)])),
            ["bulk"]
        );
        let off = Figures { bulk: 0, ..figures };
        assert!(remarks(&off, &BTreeMap::new(), &[], &[out(100)]).is_empty());
    }
}
