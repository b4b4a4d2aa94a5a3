//! 진행 — a track as it runs inside one petition: where it stands, who takes part, what was asked, promised and voted.
//!
//! It is part of the petition and folds from its journal. Events carry what the declared track said when they happened, so folding never
//! asks for it again. The rules are in [`crate::decide::proceeding`].

use crate::id::{OfficialId, PetitionId, UnitId};
use crate::petition::Petition;
use crate::terms::{By, Code, Seat, coded};
use crate::text::{Text, plain};
use crate::time::At;
use crate::track::{Hand, Need, Role};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

mod fact;
mod fold;

pub use fact::Fact;

/// 진행 중이거나 끝난 특별절차.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proceeding {
    /// 1, 2, … within the petition.
    pub no: u32,
    /// The track, and its version.
    pub track: (Code, u32),
    /// When it began.
    pub opened_at: At,
    /// Who began it.
    pub opened_by: By,
    /// What was asked at the beginning: sealed answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<Text>,
    /// Whether the answer to the petition waits for it.
    pub waits: bool,
    /// Every seat that takes part in it somewhere; whoever holds one sees the petition while it runs.
    pub seats: Vec<Seat>,
    /// Where it stands, or stood last.
    pub stands: Standing,
    /// Since when.
    pub since: At,
    /// Whether the time of this step was prolonged.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub prolonged: bool,
    /// How and when it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<(Finish, At)>,
    /// 구성원.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Member>,
    /// Officials who have made a move in it: they took part by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub movers: Vec<OfficialId>,
    /// Who was let go, and from what: a neutral role does not ask them again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub released: Vec<(Code, OfficialId)>,
    /// 추첨.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lots: Vec<Lot>,
    /// 예약 시간: what is offered and not picked yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<Offer>,
    /// 회의.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub meetings: Vec<Meeting>,
    /// The last vote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vote: Option<Vote>,
    /// 설문에 답한 것.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub surveyed: Vec<Surveyed>,
    /// 조회.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inquiries: Vec<Inquiry>,
    /// 이행 약속.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub promises: Vec<Promise>,
    /// 사례집: title, question, holding, and since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<(CaseStory, At)>,
    /// Petitions it is tied to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tied: Vec<PetitionId>,
}

/// 선 자리 — a step as it was declared when the track came to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The step.
    pub step: Code,
    /// The first moment that is late; `None` where the step has no limit, or the calendar does not reach that far.
    pub due: Option<At>,
    /// Who is expected to move it on.
    pub expects: Vec<Hand>,
    /// Whether it stands on when the petition ends.
    pub outlives: bool,
    /// Whether it holds the petition's clock.
    pub holds: bool,
}
plain!(Standing);

/// 끝난 방식.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finish {
    /// One of the endings the track declares.
    As(Code),
    /// Together with the petition.
    WithPetition,
}

/// 구성원.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// As what.
    pub role: Code,
    /// Who.
    pub official: OfficialId,
    /// Since when.
    pub since: At,
}

/// 추첨 — candidates and the commitment to a secret number first; later the number, a word called out by somebody else, and whom both draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lot<T = Text> {
    /// For which role.
    pub role: Code,
    /// Who can be drawn, in order.
    pub candidates: Vec<OfficialId>,
    /// How many.
    pub wanted: u32,
    /// SHA-256 of the secret number.
    pub commitment: [u8; 32],
    /// When that was fixed.
    pub committed_at: At,
    /// What was drawn.
    pub drawn: Option<Drawn<T>>,
}

/// 추첨 결과.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn<T = Text> {
    /// The secret number, now shown.
    pub seed: [u8; 32],
    /// The word called out.
    pub word: T,
    /// Who was drawn, in the order drawn.
    pub officials: Vec<OfficialId>,
    /// When.
    pub at: At,
}

/// 회의.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// When.
    pub at: At,
    /// Where.
    pub place: Text,
    /// 회의록.
    pub minutes: Option<Text>,
    /// Whose time it takes and for how many minutes, where it was booked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booked: Option<(OfficialId, u32)>,
}

/// 예약 시간 — moments of one official, of which one is picked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Whose.
    pub host: OfficialId,
    /// When each begins, in order.
    pub starts: Vec<At>,
    /// How long each is.
    pub minutes: u32,
    /// Where.
    pub place: Text,
}

/// The moment so many minutes after another.
pub fn ends(start: At, minutes: u32) -> At {
    start.plus(i64::from(minutes) * 60_000)
}

/// 설문에 답한 것 — one answerer's marks. Pages show nobody another's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Surveyed {
    /// Which survey.
    pub survey: Code,
    /// Who.
    pub by: By,
    /// When.
    pub at: At,
    /// What.
    pub marks: Vec<Answered>,
}

/// 문항의 답.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// Which question.
    pub question: Code,
    /// From 1 to the best mark.
    pub mark: u32,
}

/// 표결.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vote {
    /// For it.
    pub yes: u32,
    /// Against it.
    pub no: u32,
    /// Neither.
    pub abstained: u32,
}
plain!(Vote);

impl Vote {
    /// More for it than against it.
    pub const fn is_for(self) -> bool {
        self.yes > self.no
    }

    /// Everybody who voted.
    pub const fn cast(self) -> u32 {
        self.yes.saturating_add(self.no).saturating_add(self.abstained)
    }
}

/// 조회와 회보.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inquiry {
    /// 1, 2, … within the proceeding.
    pub no: u32,
    /// Of whom it is asked.
    pub to: Text,
    /// What is asked.
    pub what: Text,
    /// When.
    pub asked_at: At,
    /// 회신기한.
    pub reply_by: Date,
    /// The reply, and when.
    pub reply: Option<(Text, At)>,
}

/// 이행 약속.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// 1, 2, … within the proceeding.
    pub no: u32,
    /// Whose.
    pub unit: UnitId,
    /// What.
    pub what: Text,
    /// 이행기한.
    pub by: Date,
    /// What became of it so far.
    pub state: Kept,
    /// The last word on it, and when.
    pub word: Option<(Text, At)>,
}

coded! {
    /// 이행 상태.
    #[derive(Default)]
    Kept {
        /// 이행 중.
        #[default]
        UnderWay = "under_way",
        /// 이행 완료.
        Done = "done",
        /// 이행하지 않음.
        GivenUp = "given_up",
    }
}

/// 사례 — told without persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseStory<T = Text> {
    /// 제목.
    pub title: T,
    /// 쟁점.
    pub question: T,
    /// 결정 요지.
    pub holding: T,
}

impl Proceeding {
    /// Whether it has not ended.
    pub const fn is_open(&self) -> bool {
        self.end.is_none()
    }

    /// Whether the answer to the petition still waits for it.
    pub const fn keeps_answer(&self) -> bool {
        self.is_open() && self.waits && !self.stands.outlives
    }

    /// By when it is moved on: `None` when it has ended or nothing runs.
    pub fn due(&self) -> Option<At> {
        self.stands.due.filter(|_| self.is_open())
    }

    /// Members of a role.
    pub fn members_of(&self, role: Code) -> impl Iterator<Item = OfficialId> + '_ {
        (self.members.iter())
            .filter(move |member| member.role == role)
            .map(|member| member.official)
    }

    /// The lot over a role that is announced and not drawn.
    pub fn lot_of(&self, role: Code) -> Option<&Lot> {
        self.lots
            .iter()
            .find(|lot| lot.role == role && lot.drawn.is_none())
    }

    /// The meeting that is arranged and was not held, as far as minutes tell.
    pub fn arranged(&self) -> Option<&Meeting> {
        self.meetings.last().filter(|meeting| meeting.minutes.is_none())
    }

    /// Whether this answerer has answered the survey.
    pub fn has_answered(&self, survey: Code, by: By) -> bool {
        self.surveyed
            .iter()
            .any(|one| (one.survey, one.by) == (survey, by))
    }

    /// 잡아 둔 시간 — whose time it takes from when until when: what is offered, and what was booked and not held.
    pub fn hours(&self) -> Vec<(OfficialId, At, At)> {
        let offered = self.offer.iter().flat_map(|offer| {
            (offer.starts.iter()).map(|start| (offer.host, *start, ends(*start, offer.minutes)))
        });
        let booked = self.arranged().and_then(|meeting| {
            let (host, minutes) = meeting.booked?;
            Some((host, meeting.at, ends(meeting.at, minutes)))
        });
        if self.is_open() {
            offered.chain(booked).collect()
        } else {
            Vec::new()
        }
    }

    /// Whether a condition holds; `role` is as the track declares it.
    pub fn meets(&self, need: Need, role: Option<&Role>) -> bool {
        let is_open = |promise: &Promise| promise.state == Kept::UnderWay;
        match need {
            Need::Members(code) => role.is_some_and(|role| role.is_filled(self.members_of(code).count())),
            Need::LotCommitted(code) => self.lot_of(code).is_some(),
            Need::Meeting => !self.meetings.is_empty(),
            Need::Minutes => self
                .meetings
                .last()
                .is_some_and(|meeting| meeting.minutes.is_some()),
            Need::Majority => self.vote.is_some_and(Vote::is_for),
            Need::NoMajority => self.vote.is_some_and(|vote| !vote.is_for()),
            Need::Inquiry => !self.inquiries.is_empty(),
            Need::Replies => self.inquiries.iter().all(|inquiry| inquiry.reply.is_some()),
            Need::Promise => !self.promises.is_empty(),
            Need::PromisesSettled => !self.promises.iter().any(is_open),
        }
    }
}

/// What a move hands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given<T> {
    /// Which proceeding.
    pub no: u32,
    /// The step it is made in: who looked at an earlier one looks again first.
    pub step: Code,
    /// The move.
    pub code: Code,
    /// Sealed answers to what it asks.
    pub asked: Option<T>,
    /// What its parts take.
    pub facts: Vec<Fact<T>>,
    /// The other petition, where it ties.
    pub tie: Option<PetitionId>,
}

impl<T> Given<T> {
    /// The same with each text turned by `lay`.
    pub fn lay<U, E>(self, lay: &mut impl FnMut(T) -> Result<U, E>) -> Result<Given<U>, E> {
        Ok(Given {
            no: self.no,
            step: self.step,
            code: self.code,
            asked: self.asked.map(&mut *lay).transpose()?,
            facts: (self.facts.into_iter().map(|fact| fact.lay(lay))).collect::<Result<_, E>>()?,
            tie: self.tie,
        })
    }
}

impl Petition {
    /// One that runs.
    pub fn open_proceeding(&self, no: u32) -> Option<&Proceeding> {
        self.open_proceedings().find(|one| one.no == no)
    }

    /// Those that run.
    pub fn open_proceedings(&self) -> impl Iterator<Item = &Proceeding> {
        self.proceedings.iter().filter(|one| one.is_open())
    }

    /// The seats whose holders see it because a track runs in which they take part.
    pub fn taking_seats(&self) -> Vec<Seat> {
        let mut all: Vec<Seat> = self
            .open_proceedings()
            .flat_map(|one| one.seats.iter().copied())
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tie_is_no_majority() {
        let vote = |yes, no| Vote {
            yes,
            no,
            abstained: 3,
        };
        assert!(vote(4, 3).is_for());
        assert!(!vote(3, 3).is_for());
        assert!(!vote(0, 0).is_for());
        assert_eq!(vote(u32::MAX, 1).cast(), u32::MAX);
    }

    #[test]
    fn no_two_seats_have_the_same_bytes() {
        let mut all: Vec<[u8; 16]> = Seat::ALL.iter().map(|seat| seat.bytes()).collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), Seat::ALL.len());
        assert!(
            all.iter().all(|bytes| bytes.is_ascii()),
            "an identity of ours never is"
        );
    }
}
