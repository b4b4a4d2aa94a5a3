//! 길 — for each ending of a track the shortest way to it that keeps to its conditions: what stories and browsers then walk.

use domain::terms::Code;
use domain::track::{Move, Need, Part, Track};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// One move on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// The step it is made in.
    pub step: Code,
    /// The move.
    pub made: Code,
    /// How a vote is cast, where it casts one.
    pub aye: bool,
}

/// What is there on the way, as far as conditions ask for it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Seen {
    step: Code,
    filled: BTreeSet<Code>,
    announced: BTreeSet<Code>,
    offered: bool,
    meeting: bool,
    minutes: bool,
    vote: Option<bool>,
    asked: bool,
    unanswered: bool,
    promised: bool,
    unsettled: bool,
}

impl Seen {
    fn meets(&self, need: Need) -> bool {
        match need {
            Need::Members(role) => self.filled.contains(&role),
            Need::LotCommitted(role) => self.announced.contains(&role),
            Need::Meeting => self.meeting,
            Need::Minutes => self.minutes,
            Need::Majority => self.vote == Some(true),
            Need::NoMajority => self.vote == Some(false),
            Need::Inquiry => self.asked,
            Need::Replies => !self.unanswered,
            Need::Promise => self.promised,
            Need::PromisesSettled => !self.unsettled,
        }
    }

    /// Whether its parts can be done: there is something to reply to, to follow up, to let go.
    fn can(&self, made: &Move) -> bool {
        let parts = made.does.iter().all(|part| match part {
            Part::Appoint(role) => !self.filled.contains(role),
            Part::Release(role) => self.filled.contains(role),
            Part::CommitLot(role) => !self.announced.contains(role) && !self.filled.contains(role),
            Part::DrawLot(role) => self.announced.contains(role),
            Part::Book => self.offered,
            Part::Cancel | Part::Minutes => self.meeting && !self.minutes,
            Part::Reply => self.unanswered,
            Part::FollowUp => self.unsettled,
            // Nothing hangs on them.
            Part::Tie
            | Part::Meet
            | Part::Offer
            | Part::Survey(_)
            | Part::Vote
            | Part::Inquire
            | Part::Promise
            | Part::Publish
            | Part::Prolong => true,
        });
        parts && made.needs.iter().all(|need| self.meets(*need))
    }

    fn after(&self, made: &Move, aye: bool) -> Seen {
        let mut next = self.clone();
        for part in &made.does {
            match part {
                Part::Appoint(role) => {
                    next.filled.insert(*role);
                }
                Part::Release(role) => {
                    next.filled.remove(role);
                }
                Part::CommitLot(role) => {
                    next.announced.insert(*role);
                }
                Part::DrawLot(role) => {
                    next.announced.remove(role);
                    next.filled.insert(*role);
                }
                Part::Offer => next.offered = true,
                Part::Meet | Part::Book => {
                    (next.offered, next.meeting, next.minutes, next.vote) = (false, true, false, None);
                }
                // An earlier meeting may be left; ways that need one arrange it anew.
                Part::Cancel => next.meeting = false,
                Part::Minutes => next.minutes = true,
                Part::Vote => next.vote = Some(aye),
                Part::Inquire => (next.asked, next.unanswered) = (true, true),
                Part::Reply => next.unanswered = false,
                Part::Promise => (next.promised, next.unsettled) = (true, true),
                Part::FollowUp => next.unsettled = false,
                Part::Survey(_) | Part::Publish | Part::Tie | Part::Prolong => {}
            }
        }
        if let Some(to) = made.to {
            next.step = to;
        }
        next
    }
}

/// For each ending the shortest way to it. An ending that no way reaches is left out.
pub fn ways(track: &Track) -> BTreeMap<Code, Vec<Turn>> {
    let mut found = BTreeMap::new();
    let Some(first) = track.steps.first() else {
        return found;
    };
    let begin = Seen {
        step: first.code,
        // A role that nobody need fill is filled.
        filled: track
            .roles
            .iter()
            .filter(|role| role.least == 0)
            .map(|role| role.code)
            .collect(),
        announced: BTreeSet::new(),
        offered: false,
        meeting: false,
        minutes: false,
        vote: None,
        asked: false,
        unanswered: false,
        promised: false,
        unsettled: false,
    };
    let mut met = BTreeSet::from([begin.clone()]);
    let mut queue = VecDeque::from([(begin, Vec::new())]);
    while let Some((seen, way)) = queue.pop_front() {
        let Some(step) = track.step(seen.step) else {
            continue;
        };
        for made in step.moves.iter().filter(|made| seen.can(made)) {
            let votes = made.does.contains(&Part::Vote);
            for aye in if votes { vec![true, false] } else { vec![true] } {
                let mut on = way.clone();
                on.push(Turn {
                    step: step.code,
                    made: made.code,
                    aye,
                });
                if let Some(end) = made.end {
                    found.entry(end).or_insert(on);
                    continue;
                }
                let next = seen.after(made, aye);
                if met.insert(next.clone()) {
                    queue.push_back((next, on));
                }
            }
        }
    }
    found
}
