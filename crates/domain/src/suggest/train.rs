//! 학습 — how a model is made from answered petitions, and how well it does on those it has not seen.

use super::{Mark, Model, PEOPLE};
use std::collections::HashMap;

/// At most so many marks; beyond, those that most petitioners made.
const MARKS: usize = 60_000;
/// Passes over the lessons (logistic regression); more of them learn the past by heart.
const PASSES: usize = 3;
/// First step of each weight (logistic regression, AdaGrad).
const STEP: f32 = 0.1;
/// What is added to every count (naive Bayes).
const ADDED: f64 = 1.0;
/// By how much the complement's scores are stretched, so that its shares come near to how often it is right.
const STRETCH: f64 = 3.0;
/// A weight of one, as stored.
const ONE: f64 = 1_000.0;

/// How a model is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Plain naive Bayes.
    Bayes,
    /// Naive Bayes over what each department did not get (complement), weights made even.
    Complement,
    /// Multinomial logistic regression, few passes.
    Logistic,
}

impl Method {
    /// All of them, the plain one first.
    pub const ALL: [Method; 3] = [Method::Bayes, Method::Complement, Method::Logistic];

    /// The number in stored models.
    pub(super) const fn number(self) -> u8 {
        match self {
            Method::Bayes => 1,
            Method::Complement => 2,
            Method::Logistic => 3,
        }
    }

    /// By how much the weights of `known` marks are taken together. Pairs of letters overlap and say the same again and
    /// again; but for the plain method, a long text therefore counts as its root.
    pub(super) fn shrinks(self, known: usize) -> f64 {
        let root = (known.max(1) as f64).sqrt();
        match self {
            Method::Bayes => 1.0,
            Method::Complement => STRETCH / root,
            Method::Logistic => 1.0 / root,
        }
    }
}

/// A petition of the past as marks.
#[derive(Debug, Clone)]
struct Lesson {
    marks: Vec<u32>,
    class: usize,
    by: [u8; 16],
}

/// 학습 자료 — answered petitions, oldest first.
#[derive(Debug, Clone, Default)]
pub struct Lessons {
    /// The marks by their place.
    marks: Vec<Mark>,
    places: HashMap<Mark, u32>,
    labels: Vec<[u8; 16]>,
    lessons: Vec<Lesson>,
}

/// Which of the lessons are learnt from, and which are kept back to measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Split {
    /// All are learnt from.
    Whole,
    /// The newest fifth is kept back.
    ByTime,
    /// A fifth drawn by a fixed seed is kept back.
    ByChance,
}

/// How often a model was right about petitions it had not seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Score {
    /// Petitions asked about.
    pub asked: u32,
    /// The first suggestion was the department that answered.
    pub first: u32,
    /// One of the first three was.
    pub among: u32,
    /// Petitions of which a page would suggest something.
    pub spoken: u32,
    /// Of those: one of the suggestions shown was the department that answered.
    pub shown: u32,
    /// Of those: the first one shown was.
    pub shown_first: u32,
}

impl Lessons {
    /// Takes in one answered petition: its marks, who answered, and who had asked.
    pub fn add(&mut self, marks: impl Iterator<Item = Mark>, label: [u8; 16], by: [u8; 16]) {
        let class = match self.labels.iter().position(|known| *known == label) {
            Some(class) => class,
            None => {
                self.labels.push(label);
                self.labels.len() - 1
            }
        };
        let mut places: Vec<u32> = Vec::new();
        for mark in marks {
            let next = self.marks.len() as u32;
            let place = *self.places.entry(mark).or_insert(next);
            if place == next {
                self.marks.push(mark);
            }
            places.push(place);
        }
        places.sort_unstable();
        places.dedup();
        self.lessons.push(Lesson {
            marks: places,
            class,
            by,
        });
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.lessons.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.lessons.is_empty()
    }

    /// How many departments answered them.
    pub fn labels(&self) -> usize {
        self.labels.len()
    }

    /// The lessons to learn from and those kept back.
    fn split(&self, split: Split) -> (Vec<&Lesson>, Vec<&Lesson>) {
        let mut order: Vec<usize> = (0..self.lessons.len()).collect();
        let kept = match split {
            Split::Whole => 0,
            Split::ByTime => order.len() / 5,
            Split::ByChance => {
                shuffle(&mut order);
                order.len() / 5
            }
        };
        let (learnt, back) = order.split_at(order.len() - kept);
        let of = |part: &[usize]| part.iter().map(|at| &self.lessons[*at]).collect();
        (of(learnt), of(back))
    }
}

/// Draws an order by a fixed seed (xorshift).
fn shuffle(order: &mut [usize]) {
    let mut state: u64 = 0x9E37_79B9_7F4A_7C15;
    for i in (1..order.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        order.swap(i, (state % (i as u64 + 1)) as usize);
    }
}

/// The marks worth learning, by place: made by enough petitioners, and not more than [`MARKS`] of them.
fn worth(learnt: &[&Lesson], marks: usize) -> Vec<bool> {
    let mut order: Vec<&&Lesson> = learnt.iter().collect();
    order.sort_by_key(|lesson| lesson.by);
    let mut people = vec![0_u32; marks];
    let mut last: Vec<Option<[u8; 16]>> = vec![None; marks];
    for lesson in order {
        for mark in &lesson.marks {
            let at = *mark as usize;
            if last[at] != Some(lesson.by) {
                last[at] = Some(lesson.by);
                people[at] += 1;
            }
        }
    }
    let mut enough: Vec<u32> = people.iter().copied().filter(|n| *n >= PEOPLE).collect();
    enough.sort_unstable_by(|a, b| b.cmp(a));
    let least = enough.get(MARKS).map_or(PEOPLE, |n| n + 1);
    people.iter().map(|n| *n >= least).collect()
}

/// Makes a model from the part of the lessons that `split` learns from. `None` when there are fewer than two departments.
pub fn train(lessons: &Lessons, method: Method, split: Split) -> Option<Model> {
    let (learnt, _) = lessons.split(split);
    let classes = lessons.labels.len();
    if classes < 2 || learnt.is_empty() {
        return None;
    }
    let worth = worth(&learnt, lessons.marks.len());
    let mut chosen: Vec<u32> = (0..lessons.marks.len() as u32)
        .filter(|place| worth[*place as usize])
        .collect();
    chosen.sort_unstable_by_key(|place| lessons.marks[*place as usize]);
    let mut row: Vec<Option<u32>> = vec![None; lessons.marks.len()];
    for (at, place) in chosen.iter().enumerate() {
        row[*place as usize] = Some(at as u32);
    }
    // Departments stand in the order of their identity, so that the order of the lessons does not show.
    let mut order: Vec<usize> = (0..classes).collect();
    order.sort_unstable_by_key(|class| lessons.labels[*class]);
    let mut class_of = vec![0; classes];
    for (at, class) in order.iter().enumerate() {
        class_of[*class] = at;
    }
    let read: Vec<(Vec<u32>, usize)> = (learnt.iter())
        .map(|lesson| {
            let rows = lesson
                .marks
                .iter()
                .filter_map(|place| row[*place as usize])
                .collect();
            (rows, class_of[lesson.class])
        })
        .collect();
    let mut seen = vec![0_u32; classes];
    for (_, class) in &read {
        seen[*class] += 1;
    }
    let (bias, weights) = match method {
        Method::Bayes => bayes(&read, &seen, chosen.len()),
        Method::Complement => complement(&read, classes, chosen.len()),
        Method::Logistic => logistic(&read, classes, chosen.len()),
    };
    Some(Model {
        method,
        labels: order.iter().map(|class| lessons.labels[*class]).collect(),
        lessons: seen,
        bias: bias.into_iter().map(stored).collect(),
        marks: chosen
            .iter()
            .map(|place| lessons.marks[*place as usize])
            .collect(),
        weights: weights.into_iter().map(stored).collect(),
    })
}

/// A weight in thousandths, as far as it fits.
fn stored(weight: f64) -> i16 {
    (weight * ONE)
        .round()
        .clamp(f64::from(i16::MIN), f64::from(i16::MAX)) as i16
}

/// How often each mark went to each department, and how many marks each department got.
fn counts(read: &[(Vec<u32>, usize)], classes: usize, marks: usize) -> (Vec<f64>, Vec<f64>) {
    let mut counts = vec![0.0; marks * classes];
    let mut of_class = vec![0.0; classes];
    for (rows, class) in read {
        for row in rows {
            counts[*row as usize * classes + class] += 1.0;
            of_class[*class] += 1.0;
        }
    }
    (counts, of_class)
}

/// The same weights, moved so that those of one mark add up to nothing: the order of departments stays, and they fit.
fn centred(mut weights: Vec<f64>, classes: usize) -> Vec<f64> {
    for of_mark in weights.chunks_mut(classes) {
        let mean = of_mark.iter().sum::<f64>() / classes as f64;
        of_mark.iter_mut().for_each(|weight| *weight -= mean);
    }
    weights
}

fn bayes(read: &[(Vec<u32>, usize)], seen: &[u32], marks: usize) -> (Vec<f64>, Vec<f64>) {
    let classes = seen.len();
    let (counts, of_class) = counts(read, classes, marks);
    let all = marks as f64 * ADDED;
    let weights = (counts.iter().enumerate())
        .map(|(at, n)| ((n + ADDED) / (of_class[at % classes] + all)).ln())
        .collect();
    let total = read.len() as f64;
    let bias = seen
        .iter()
        .map(|n| (f64::from((*n).max(1)) / total).ln())
        .collect();
    (bias, centred(weights, classes))
}

fn complement(read: &[(Vec<u32>, usize)], classes: usize, marks: usize) -> (Vec<f64>, Vec<f64>) {
    let (counts, of_class) = counts(read, classes, marks);
    let total: f64 = of_class.iter().sum();
    let all = marks as f64 * ADDED;
    let mut weights = vec![0.0; marks * classes];
    for (mark, of_mark) in counts.chunks(classes).enumerate() {
        let everywhere: f64 = of_mark.iter().sum();
        for (class, n) in of_mark.iter().enumerate() {
            let elsewhere = (everywhere - n + ADDED) / (total - of_class[class] + all);
            weights[mark * classes + class] = -elsewhere.ln();
        }
    }
    (vec![0.0; classes], centred(weights, classes))
}

fn logistic(read: &[(Vec<u32>, usize)], classes: usize, marks: usize) -> (Vec<f64>, Vec<f64>) {
    let mut weights = vec![0.0_f32; marks * classes];
    let mut slopes = vec![1e-6_f32; marks * classes];
    let mut bias = vec![0.0_f32; classes];
    let mut bias_slopes = vec![1e-6_f32; classes];
    let mut order: Vec<usize> = (0..read.len()).collect();
    shuffle(&mut order);
    let mut odds = vec![0.0_f32; classes];
    for _ in 0..PASSES {
        for at in &order {
            let (rows, class) = &read[*at];
            let length = Method::Logistic.shrinks(rows.len()) as f32;
            odds.copy_from_slice(&bias);
            for row in rows {
                let of_mark = &weights[*row as usize * classes..][..classes];
                for (odd, weight) in odds.iter_mut().zip(of_mark) {
                    *odd += weight * length;
                }
            }
            let top = odds.iter().copied().fold(f32::MIN, f32::max);
            odds.iter_mut().for_each(|odd| *odd = (*odd - top).exp());
            let all: f32 = odds.iter().sum();
            odds.iter_mut().for_each(|odd| *odd /= all);
            odds[*class] -= 1.0;
            for (c, slope) in odds.iter().enumerate() {
                bias_slopes[c] += slope * slope;
                bias[c] -= STEP * slope / bias_slopes[c].sqrt();
            }
            for row in rows {
                let from = *row as usize * classes;
                for (c, slope) in odds.iter().enumerate() {
                    let slope = slope * length;
                    let steepness = &mut slopes[from + c];
                    *steepness += slope * slope;
                    weights[from + c] -= STEP * slope / steepness.sqrt();
                }
            }
        }
    }
    let wide = |values: Vec<f32>| values.into_iter().map(f64::from).collect();
    (wide(bias), wide(weights))
}

/// How often always naming the department that answered most is right: it and the two behind it for the first three.
pub fn majority(lessons: &Lessons, split: Split) -> Score {
    let (learnt, back) = lessons.split(split);
    let mut seen: Vec<(u32, usize)> = (0..lessons.labels.len()).map(|class| (0, class)).collect();
    learnt.iter().for_each(|lesson| seen[lesson.class].0 += 1);
    seen.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut score = Score::default();
    for lesson in back {
        let place = seen.iter().position(|(_, class)| *class == lesson.class);
        score.count(place, false, None);
    }
    score
}

/// Asks a model about the lessons that were kept back.
pub fn measure(lessons: &Lessons, model: &Model, split: Split) -> Score {
    let (_, back) = lessons.split(split);
    let mut score = Score::default();
    for lesson in back {
        let marks = lesson.marks.iter().map(|place| lessons.marks[*place as usize]);
        let (ranked, known) = model.ranked(marks);
        let right = |class: usize| model.labels[class] == lessons.labels[lesson.class];
        let place = ranked.iter().position(|(class, _)| right(*class));
        let told = model.told(&ranked, known, |_| true);
        score.count(
            place,
            !told.is_empty(),
            told.iter().position(|(class, _)| right(*class)),
        );
    }
    score
}

impl Score {
    fn count(&mut self, place: Option<usize>, speaks: bool, shown: Option<usize>) {
        self.asked += 1;
        self.first += u32::from(place == Some(0));
        self.among += u32::from(place.is_some_and(|place| place < 3));
        if speaks {
            self.spoken += 1;
            self.shown += u32::from(shown.is_some());
            self.shown_first += u32::from(shown == Some(0));
        }
    }
}
