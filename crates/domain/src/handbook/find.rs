//! 민원 찾기 — which services a citizen's everyday words lead to, and why (법 제13조: 신청의 편의).
//!
//! People write sentences: particles and endings are taken off, spaces do not count, one slip of a finger is forgiven, and
//! initial consonants alone (“ㄱㄹㄷ”) are understood. A rare word says more than a common one. What spoke for a service is
//! told with it. No list of synonyms stands in the program: the handbook's own 찾는 말 are those, and officials edit them.

mod slip;
mod stem;

use super::Service;
use crate::search::fold;
use crate::terms::{Code, coded};
use std::collections::HashSet;

coded! {
    /// Where a word was found.
    Spot {
        /// 민원명, 종.
        Name = "name",
        /// 찾는 말.
        Everyday = "everyday",
        /// 분류, 구비서류, 근거법령.
        Around = "around",
    }
}

impl Spot {
    /// How much a word says there.
    const fn weight(self) -> f32 {
        match self {
            Spot::Name => 1.0,
            Spot::Everyday => 1.1,
            Spot::Around => 0.35,
        }
    }
}

/// One reason why a service was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The word as it was understood.
    pub word: String,
    /// Where it was found.
    pub spot: Spot,
    /// Whether a slip was forgiven.
    pub slip: bool,
}

/// A service that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Which.
    pub code: Code,
    /// How much speaks for it; comparable within one answer only.
    pub score: f32,
    /// What speaks for it, the strongest first.
    pub reasons: Vec<Reason>,
}

/// A text of a service, in the forms it is compared in.
struct Face {
    spot: Spot,
    /// Folded, without spaces and signs.
    tight: String,
    /// Initial consonants of `tight`.
    initials: String,
    pairs: HashSet<[char; 2]>,
    /// Its words, taken apart into letters, for slips.
    words: Vec<Vec<u32>>,
}

impl Face {
    fn new(spot: Spot, text: &str) -> Face {
        let folded = fold(text);
        let tight = tighten(&folded);
        Face {
            spot,
            initials: slip::initials(&tight),
            pairs: pairs(&tight),
            words: (folded.split(|c: char| !c.is_alphanumeric()))
                .filter(|word| word.chars().count() >= 2)
                .map(slip::letters)
                .collect(),
            tight,
        }
    }
}

struct Entry {
    code: Code,
    faces: Vec<Face>,
}

/// The services of a day, ready to be found.
pub struct Finder {
    entries: Vec<Entry>,
}

impl std::fmt::Debug for Finder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Finder({} services)", self.entries.len())
    }
}

fn tighten(folded: &str) -> String {
    folded.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn pairs(tight: &str) -> HashSet<[char; 2]> {
    let letters: Vec<char> = tight.chars().collect();
    letters.windows(2).map(|pair| [pair[0], pair[1]]).collect()
}

/// A word asked for, and how it was answered.
struct Asked {
    word: String,
    letters: Vec<u32>,
    pairs: HashSet<[char; 2]>,
}

/// How well one word fits one face: 1 where it is there, less where most of it is, or but for a slip.
fn fits(asked: &Asked, face: &Face) -> (f32, bool) {
    if asked.word.chars().all(slip::is_initial) {
        let fit = match face.initials.strip_prefix(asked.word.as_str()) {
            _ if asked.word.chars().count() < 2 => 0.0,
            Some("") => 1.2,
            Some(_) => 0.9,
            None if face.initials.contains(&asked.word) => 0.4,
            None => 0.0,
        };
        return (fit, false);
    }
    if face.tight.contains(&asked.word) {
        return (1.0, false);
    }
    let shared = asked.pairs.intersection(&face.pairs).count() as f32;
    let share = if asked.pairs.is_empty() {
        0.0
    } else {
        shared / asked.pairs.len() as f32
    };
    let near = asked.letters.len() >= 5
        && face
            .words
            .iter()
            .any(|word| slip::begins_but_one(&asked.letters, word));
    match (near, share) {
        (true, _) => (0.8, true),
        (false, 0.6..) => (share * share, false),
        (false, _) => (0.0, false),
    }
}

impl Finder {
    /// Takes in the services valid on a day; `group` gives the word of a group.
    pub fn new<'a>(services: impl Iterator<Item = &'a Service>, group: impl Fn(&str) -> String) -> Finder {
        let entry = |s: &Service| {
            let mut faces = vec![Face::new(Spot::Name, &format!("{} {}", s.name.ko, s.family))];
            if !s.name.en.is_empty() {
                faces.push(Face::new(Spot::Name, &s.name.en));
            }
            faces.extend(s.words.iter().map(|word| Face::new(Spot::Everyday, word)));
            let mut around = vec![group(&s.group)];
            around.extend(
                s.documents
                    .iter()
                    .flat_map(|fact| &fact.value)
                    .map(|d| d.name.clone()),
            );
            around.extend(s.basis.iter().map(|fact| fact.value.clone()));
            faces.push(Face::new(Spot::Around, &around.join("\n")));
            Entry { code: s.code, faces }
        };
        Finder {
            entries: services.map(entry).collect(),
        }
    }

    /// The services that answer these words, the best first; nothing for words without a letter.
    pub fn find(&self, query: &str) -> Vec<Found> {
        let folded = fold(query);
        let whole = tighten(&folded);
        let whole_pairs = pairs(&whole);
        let asked: Vec<Asked> = (stem::words(&folded).into_iter())
            .map(|word| Asked {
                letters: slip::letters(&word),
                pairs: pairs(&word),
                word,
            })
            .collect();
        // Each word's best fit in each service, and how rare the word is.
        let mut best: Vec<Vec<(f32, Spot, bool)>> = Vec::with_capacity(asked.len());
        for word in &asked {
            let of = |entry: &Entry| {
                (entry.faces.iter())
                    .map(|face| {
                        let (fit, slip) = fits(word, face);
                        (fit * face.spot.weight(), face.spot, slip)
                    })
                    .max_by(|a, b| a.0.total_cmp(&b.0))
                    .unwrap_or((0.0, Spot::Around, false))
            };
            best.push(self.entries.iter().map(of).collect());
        }
        let all = self.entries.len() as f32;
        let rarity: Vec<f32> = (best.iter())
            .map(|fits| {
                let many = fits.iter().filter(|(fit, ..)| *fit >= 0.3).count() as f32;
                (1.0 + all / (1.0 + many)).ln()
            })
            .collect();
        let mut found = Vec::new();
        for (n, entry) in self.entries.iter().enumerate() {
            let mut reasons: Vec<(f32, Reason)> = Vec::new();
            let mut score = 0.0;
            for ((word, rarity), best) in asked.iter().zip(&rarity).zip(&best) {
                let (fit, spot, slip) = best[n];
                if fit > 0.0 {
                    score += fit * rarity;
                    let word = word.word.clone();
                    reasons.push((fit * rarity, Reason { word, spot, slip }));
                }
            }
            score += self.whole(entry, &whole, &whole_pairs);
            if score >= 0.9 {
                reasons.sort_by(|a, b| b.0.total_cmp(&a.0));
                found.push(Found {
                    code: entry.code,
                    score,
                    reasons: reasons.into_iter().map(|(_, reason)| reason).collect(),
                });
            }
        }
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.code.cmp(&b.code)));
        // What is far behind the best only clutters the page.
        let least = found.first().map_or(0.0, |first| first.score * 0.3);
        found.retain(|one| one.score >= least);
        found
    }

    /// What a whole saying speaks for: an everyday word or name that the question holds, or is much alike.
    fn whole(&self, entry: &Entry, whole: &str, of: &HashSet<[char; 2]>) -> f32 {
        let alike = |face: &Face| {
            if face.spot == Spot::Around || face.pairs.is_empty() || of.is_empty() {
                return 0.0;
            }
            let shared = face.pairs.intersection(of).count() as f32;
            let dice = 2.0 * shared / (face.pairs.len() + of.len()) as f32;
            let held = if whole.contains(&face.tight) { 1.0 } else { 0.0 };
            dice * 2.0 + held
        };
        entry.faces.iter().map(alike).fold(0.0, f32::max)
    }
}
