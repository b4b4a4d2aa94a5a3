//! 배부 추천 — which department the office's own past speaks for, and by which words; it never decides (법 제16조, 영 제13조).
//!
//! A linear model over marks of a text: its words, how they begin, and their pairs of letters. The marks are keyed hashes,
//! so that the model holds no word; why it speaks for a department is told in the words of the petition at hand. A mark
//! that fewer than [`PEOPLE`] petitioners made never enters a model. The same lessons give the same model.

mod bytes;
mod train;

pub use bytes::Unreadable;
pub use train::{Lessons, Method, Score, Split, majority, measure, train};

use crate::search::fold;
use std::collections::BTreeSet;

/// What fewer petitioners have said is not learnt: it would tell of them, and it says little.
pub const PEOPLE: u32 = 3;
/// A department with fewer answered petitions in the lessons is not suggested.
pub const LESSONS: u32 = 5;
/// At most so many departments are suggested.
pub const SUGGESTED: usize = 3;
/// Where the model gives no department so many thousandths, nothing is said.
pub const SURE: u32 = 150;
/// A department the model gives less than so many thousandths is not suggested beside a surer one.
pub const LEAST: u32 = 50;
/// Of a petition that holds fewer marks the model knows, nothing is said.
pub const KNOWN: usize = 4;
/// At most so many words are told for a suggestion.
pub const WORDS: usize = 4;
/// So much of a content is read, in characters: how a petition begins tells whose it is.
pub const READ: usize = 1_000;

/// A keyed hash of a mark.
pub type Mark = i64;

/// A word of a text with its marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The word, folded.
    pub word: String,
    /// Its marks: `=` the whole word, `^` how it begins, and its pairs of letters.
    pub marks: Vec<String>,
}

/// The words of a text with their marks, in the order in which they are first said; each word and each mark once.
pub fn said(text: &str) -> Vec<Said> {
    let folded = fold(text);
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut all = Vec::new();
    for word in folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
    {
        // Numbers name houses, telephones and days: they point to persons, not to departments.
        if word.chars().all(char::is_numeric) {
            continue;
        }
        let letters: Vec<char> = word.chars().collect();
        let whole = format!("={word}");
        if seen.contains(&whole) {
            continue;
        }
        let mut marks = vec![whole];
        if letters.len() > 2 {
            marks.push(
                letters[..2]
                    .iter()
                    .fold(String::from("^"), |mark, c| mark + &c.to_string()),
            );
        }
        marks.extend(letters.windows(2).map(|pair| pair.iter().collect::<String>()));
        marks.retain(|mark| seen.insert(mark.clone()));
        all.push(Said {
            word: word.to_owned(),
            marks,
        });
    }
    all
}

/// Title and the beginning of the content, as one text to learn from and to judge.
pub fn read(title: &str, body: Option<&str>) -> String {
    let mut text: String = title.to_owned();
    if let Some(body) = body {
        text.push('\n');
        text.extend(body.chars().take(READ));
    }
    text
}

/// 배부 모델. Its weights are thousandths; a label is the identity of a department.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// How it was made.
    pub method: Method,
    /// The departments, ascending.
    pub labels: Vec<[u8; 16]>,
    /// How many petitions each department answered in the lessons.
    pub lessons: Vec<u32>,
    bias: Vec<i16>,
    /// Ascending.
    marks: Vec<Mark>,
    /// For each mark one weight per department.
    weights: Vec<i16>,
}

/// A department the past speaks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The department.
    pub label: [u8; 16],
    /// How much of its trust the model gives it, in thousandths of all departments.
    pub share: u32,
    /// The words of the petition that speak for it, the strongest first.
    pub words: Vec<String>,
}

impl Model {
    /// How many marks it knows.
    pub fn len(&self) -> usize {
        self.marks.len()
    }

    /// Whether it knows nothing.
    pub fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    /// The weights of a mark, one per department; `None` for one it does not know.
    fn weights(&self, mark: Mark) -> Option<&[i16]> {
        let n = self.labels.len();
        let at = self.marks.binary_search(&mark).ok()?;
        self.weights.get(at * n..(at + 1) * n)
    }

    /// The score of each department for these marks, in thousandths, and how many of them are known.
    fn scores(&self, marks: impl Iterator<Item = Mark>) -> (Vec<f64>, usize) {
        let mut sums = vec![0_i64; self.labels.len()];
        let mut known = 0;
        for mark in marks {
            if let Some(weights) = self.weights(mark) {
                known += 1;
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum += i64::from(*weight);
                }
            }
        }
        let by = self.method.shrinks(known);
        let scores = (sums.iter().zip(&self.bias))
            .map(|(sum, bias)| f64::from(*bias) + *sum as f64 * by)
            .collect();
        (scores, known)
    }

    /// The departments by score with their shares in thousandths, the strongest first, and how many marks were known.
    /// Between equals the smaller identity comes first.
    pub fn ranked(&self, marks: impl Iterator<Item = Mark>) -> (Vec<(usize, u32)>, usize) {
        let (scores, known) = self.scores(marks);
        let top = scores.iter().copied().fold(f64::MIN, f64::max);
        let odds: Vec<f64> = scores.iter().map(|s| ((s - top) / 1_000.0).exp()).collect();
        let all: f64 = odds.iter().sum();
        let mut ranked: Vec<usize> = (0..scores.len()).collect();
        ranked.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b)));
        let share = |class: usize| (odds[class] / all * 1_000.0) as u32;
        (
            ranked.into_iter().map(|class| (class, share(class))).collect(),
            known,
        )
    }

    /// What the past says about a text: up to [`SUGGESTED`] departments that `may` be suggested, each with the words that
    /// speak for it. Nothing where too little is known: few known marks, small trust, or no word that speaks.
    pub fn suggest(
        &self,
        text: &str,
        key: impl Fn(&str) -> Mark,
        may: impl Fn(&[u8; 16]) -> bool,
    ) -> Vec<Suggestion> {
        let words: Vec<(String, Vec<Mark>)> = (said(text).into_iter())
            .map(|said| (said.word, said.marks.iter().map(|mark| key(mark)).collect()))
            .collect();
        let (ranked, known) = self.ranked(words.iter().flat_map(|(_, marks)| marks.iter().copied()));
        (self.told(&ranked, known, may).into_iter())
            .map(|(class, share)| Suggestion {
                label: self.labels[class],
                share,
                words: self.speaking(&words, class),
            })
            .filter(|suggestion| !suggestion.words.is_empty())
            .collect()
    }

    /// Those of the ranked departments that are worth telling.
    fn told(
        &self,
        ranked: &[(usize, u32)],
        known: usize,
        may: impl Fn(&[u8; 16]) -> bool,
    ) -> Vec<(usize, u32)> {
        let mut told: Vec<(usize, u32)> = (ranked.iter().copied())
            .filter(|(class, share)| {
                *share >= LEAST && self.lessons[*class] >= LESSONS && may(&self.labels[*class])
            })
            .take(SUGGESTED)
            .collect();
        if known < KNOWN || told.first().is_none_or(|(_, share)| *share < SURE) {
            told.clear();
        }
        told
    }

    /// The words whose marks weigh more for a department than for the others on average, the strongest first.
    fn speaking(&self, words: &[(String, Vec<Mark>)], class: usize) -> Vec<String> {
        let n = self.labels.len() as i64;
        let mut spoken: Vec<(i64, usize)> = Vec::new();
        for (at, (_, marks)) in words.iter().enumerate() {
            let strength: i64 = (marks.iter())
                .filter_map(|mark| self.weights(*mark))
                .map(|weights| {
                    let all: i64 = weights.iter().map(|w| i64::from(*w)).sum();
                    i64::from(weights[class]) * n - all
                })
                .sum();
            if strength > 0 {
                spoken.push((strength, at));
            }
        }
        spoken.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        // A whisper beside a shout is no reason.
        let least = spoken.first().map_or(0, |(strongest, _)| strongest / 8);
        (spoken.iter())
            .filter(|(strength, _)| *strength >= least)
            .take(WORDS)
            .map(|(_, at)| words[*at].0.clone())
            .collect()
    }
}

#[cfg(test)]
mod tests;
