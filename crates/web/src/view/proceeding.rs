//! 특별절차 — a special procedure as both faces show it: the panel of a petition, one shown whole, and the form of a move.
//!
//! Every link is built where the page is made, so that one template serves officials and citizens alike.

mod samples;

pub use samples::{form_samples, panel_sample, whole_samples};

use crate::view::{
    Filled, Message,
    citizen::sheet::Sheet,
    desk::{Person, act::Group},
};
use domain::{proceeding::Kept, time::At};
use jiff::civil::Date;
use serde::Serialize;

/// 한 민원의 특별절차 — what runs and ran in a petition, and what could begin.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Panel {
    /// The newest first.
    pub running: Vec<Row>,
    /// Tracks this person could begin.
    pub openable: Vec<Openable>,
}

/// One that runs or ran, in short.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// The page where it is shown whole.
    pub href: String,
    /// The step it stands in, or stood in last.
    pub step: String,
    /// The first moment that is late; `None` while nothing runs.
    pub due: Option<At>,
    /// Whether that has passed.
    pub late: bool,
    /// How and when it ended.
    pub ended: Option<Ended>,
    /// What this person can do.
    pub moves: Vec<MoveLink>,
}

/// A track that could begin.
#[derive(Debug, Clone, Serialize)]
pub struct Openable {
    /// Its name.
    pub name: String,
    /// As on the button.
    pub button: String,
    /// What it is for.
    pub summary: String,
    /// The form.
    pub href: String,
}

/// A move that this person may make.
#[derive(Debug, Clone, Serialize)]
pub struct MoveLink {
    /// As on the button.
    pub name: String,
    /// Its form.
    pub href: String,
    /// Why it cannot be made yet.
    pub why: Option<Message>,
}

/// 끝.
#[derive(Debug, Clone, Serialize)]
pub struct Ended {
    /// As what.
    pub as_what: Message,
    /// When.
    pub at: At,
    /// What the handler does next; officials alone read it, empty where there is nothing to say.
    pub then: String,
}

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It was gone through.
    Done,
    /// It stands there.
    Now,
    /// It may still come.
    Next,
    /// It ended without it.
    Skipped,
}

/// 단계.
#[derive(Debug, Clone, Serialize)]
pub struct StepRow {
    /// Its name.
    pub name: String,
    /// How it stands.
    pub stage: Stage,
    /// Who is expected to move it on.
    pub who: Vec<Message>,
    /// Time for it.
    pub limit: Option<Message>,
    /// The article that sets it; empty for a promise of the office.
    pub basis: String,
    /// Why there is none; empty where there is one.
    pub no_limit: String,
}

/// 역할과 구성원.
#[derive(Debug, Clone, Serialize)]
pub struct RoleRow {
    /// Its name.
    pub name: String,
    /// At least so many.
    pub least: u32,
    /// At most so many.
    pub most: u32,
    /// Who.
    pub people: Vec<Person>,
}

/// 추첨.
#[derive(Debug, Clone, Serialize)]
pub struct LotRow {
    /// For which role.
    pub role: String,
    /// How many could be drawn.
    pub candidates: usize,
    /// How many are drawn.
    pub wanted: u32,
    /// SHA-256 of number, count and candidates.
    pub commitment: String,
    /// When that was fixed.
    pub committed_at: At,
    /// What was drawn.
    pub drawn: Option<DrawnRow>,
}

/// 추첨 결과.
#[derive(Debug, Clone, Serialize)]
pub struct DrawnRow {
    /// When.
    pub at: At,
    /// The word called out.
    pub word: String,
    /// The number, now shown.
    pub seed: String,
    /// Who, in the order drawn.
    pub people: Vec<String>,
    /// The record, by which anybody can check it.
    pub href: String,
}

/// 회의.
#[derive(Debug, Clone, Serialize)]
pub struct MeetingRow {
    /// When.
    pub at: At,
    /// Where.
    pub place: String,
    /// For how many minutes, where it was booked.
    pub lasts: Option<u32>,
    /// 회의록: for officials; empty where there is none.
    pub minutes: String,
}

/// 예약할 수 있는 시간.
#[derive(Debug, Clone, Serialize)]
pub struct OfferRow {
    /// When each begins.
    pub starts: Vec<At>,
    /// For how many minutes.
    pub minutes: u32,
    /// Where.
    pub place: String,
    /// With whom.
    pub host: Person,
}

/// 표결.
#[derive(Debug, Clone, Serialize)]
pub struct VoteRow {
    /// For it.
    pub yes: u32,
    /// Against it.
    pub no: u32,
    /// Neither.
    pub abstained: u32,
    /// Whether it was for it.
    pub carried: bool,
}

/// 조회와 회보.
#[derive(Debug, Clone, Serialize)]
pub struct InquiryRow {
    /// Its number.
    pub no: u32,
    /// Of whom.
    pub to: String,
    /// What.
    pub what: String,
    /// When.
    pub asked_at: At,
    /// 회신기한.
    pub reply_by: Date,
    /// The reply, and when.
    pub reply: Option<(String, At)>,
}

/// 이행 약속.
#[derive(Debug, Clone, Serialize)]
pub struct PromiseRow {
    /// Its number.
    pub no: u32,
    /// Whose.
    pub unit: String,
    /// What.
    pub what: String,
    /// 이행기한.
    pub by: Date,
    /// What became of it.
    pub state: Kept,
    /// In words, and when.
    pub word: Option<(String, At)>,
}

/// 문서 — the paper made of a move's answers.
#[derive(Debug, Clone, Serialize)]
pub struct PaperLink {
    /// Its title.
    pub title: String,
    /// Where it is had.
    pub href: String,
}

/// A move as it was made.
#[derive(Debug, Clone, Serialize)]
pub struct MovedRow {
    /// When.
    pub at: At,
    /// Who; empty where that is not told.
    pub who: String,
    /// What.
    pub name: String,
    /// Where it led; `None` where it stayed.
    pub led: Option<Message>,
    /// The paper made of the answers.
    pub paper: Option<PaperLink>,
    /// Label and answer.
    pub rows: Vec<[String; 2]>,
    /// What its parts did: what, and what was written.
    pub facts: Vec<(Message, String)>,
    /// The sentences that were told, to the one who is told.
    pub told: Vec<String>,
}

/// 진행 — one shown whole.
#[derive(Debug, Clone, Serialize)]
pub struct Whole {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub summary: String,
    /// Legal basis.
    pub basis: String,
    /// Whether that was read in the law.
    pub sure: bool,
    /// Whether an official looks.
    pub official: bool,
    /// Where it stands, or stood last.
    pub step: String,
    /// What to know there; empty if nothing.
    pub hint: String,
    /// Who is expected to move it on.
    pub who: Vec<Message>,
    /// When it began.
    pub opened_at: At,
    /// Since when it stands there.
    pub since: At,
    /// The first moment that is late.
    pub due: Option<At>,
    /// Whether that has passed.
    pub late: bool,
    /// Why there is no day; empty where there is one.
    pub no_limit: String,
    /// Whether the time of the step was prolonged.
    pub prolonged: bool,
    /// Whether it holds the petition's clock.
    pub holds: bool,
    /// Whether the answer to the petition waits for it.
    pub waits: bool,
    /// How it ended.
    pub ended: Option<Ended>,
    /// What this person can do.
    pub offers: Vec<MoveLink>,
    /// Its steps.
    pub steps: Vec<StepRow>,
    /// Its members.
    pub roles: Vec<RoleRow>,
    /// Its lots.
    pub lots: Vec<LotRow>,
    /// Moments of which one can be picked.
    pub offer: Option<OfferRow>,
    /// Its meetings.
    pub meetings: Vec<MeetingRow>,
    /// The last vote, for officials.
    pub vote: Option<VoteRow>,
    /// Its questions, for officials.
    pub inquiries: Vec<InquiryRow>,
    /// Its promises.
    pub promises: Vec<PromiseRow>,
    /// 사례: title, question, holding.
    pub story: Option<[String; 3]>,
    /// 신청번호 of the petitions it is tied to.
    pub tied: Vec<String>,
    /// Its history, oldest first.
    pub moves: Vec<MovedRow>,
}

/// A condition of a move.
#[derive(Debug, Clone, Serialize)]
pub struct NeedRow {
    /// Which.
    pub what: Message,
    /// Whether it holds.
    pub met: bool,
}

/// Somebody who could be named.
#[derive(Debug, Clone, Serialize)]
pub struct CandidateRow {
    /// What is sent.
    pub value: String,
    /// Who.
    pub person: Person,
    /// In how many they are members.
    pub load: u32,
    /// Why they cannot be named.
    pub why: Option<Message>,
    /// Whether they were ticked.
    pub chosen: bool,
}

/// What a part of a move asks for.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum PartForm {
    /// 위촉: `member`, any number of times.
    Appoint {
        /// The role.
        role: String,
        /// At least.
        least: u32,
        /// At most.
        most: u32,
        /// Named already.
        named: usize,
        /// At most in all; 0 where nothing is set.
        panel: u32,
        /// Who.
        candidates: Vec<CandidateRow>,
    },
    /// 해촉: `leaver`.
    Release {
        /// The role.
        role: String,
        /// Value, name, department.
        members: Vec<[String; 3]>,
    },
    /// 추첨 공고: `wanted`.
    CommitLot {
        /// The role.
        role: String,
        /// Who can be drawn.
        candidates: Vec<String>,
        /// At most.
        most: u32,
        /// Named already.
        named: usize,
    },
    /// 추첨: `word`.
    DrawLot {
        /// What was announced.
        lot: Option<LotRow>,
        /// Who can be drawn.
        candidates: Vec<String>,
    },
    /// 회의 일정: `meet_day`, `meet_time`, `place`.
    Meet,
    /// 예약 시간 제안: `hour_day_1`, `hour_times_1`, …, `hour_minutes`, `hour_place`.
    Offer {
        /// Names of the days and of their times.
        days: Vec<[&'static str; 2]>,
        /// When the one who offers is taken: from, until.
        busy: Vec<(At, At)>,
        /// At most so many moments.
        most: usize,
    },
    /// 예약: `hour`.
    Book {
        /// Value and moment of each.
        hours: Vec<(String, At)>,
        /// What all of them share.
        offer: Option<OfferRow>,
    },
    /// 예약 취소: nothing.
    Cancel {
        /// What is cancelled.
        meeting: Option<(At, String)>,
    },
    /// 설문: `mark_1`, `mark_2`, …
    Survey {
        /// Its name.
        name: String,
        /// Name of the field, and the question.
        questions: Vec<[String; 2]>,
        /// Value and words of each mark.
        marks: Vec<[String; 2]>,
    },
    /// 회의록: `minutes`.
    Minutes {
        /// Of which meeting.
        meeting: Option<(At, String)>,
    },
    /// 표결: `yes`, `no`, `abstained`.
    Vote {
        /// How many can vote.
        members: usize,
    },
    /// 조회: `to`, `what`, `reply_by`.
    Inquire,
    /// 회보: `inquiry`, `reply`.
    Reply {
        /// Value, to whom, what.
        inquiries: Vec<[String; 3]>,
    },
    /// 이행 약속: `unit`, `promise`, `by`.
    Promise {
        /// Departments.
        units: Vec<Group>,
    },
    /// 이행 점검: `promise_no`, `state`, `word_on`.
    FollowUp {
        /// Value, what, whose and by when.
        promises: Vec<[String; 3]>,
    },
    /// 사례집: `title`, `question`, `holding`.
    Publish,
    /// 연결: `number`.
    Tie,
    /// 단계 기한 연장: nothing.
    Prolong {
        /// The day that is moved.
        due: Option<At>,
    },
}

/// What people are told once the move is made.
#[derive(Debug, Clone, Serialize)]
pub struct Told {
    /// Whom.
    pub who: Vec<Message>,
    /// What.
    pub text: String,
}

/// 행위 양식 — the form that begins a track, or makes a move.
#[derive(Debug, Clone, Serialize)]
pub struct MoveForm {
    /// As on the button.
    pub name: String,
    /// The track.
    pub track: String,
    /// Its code and version, sent along, so that what was written can be read without the store.
    pub mark: String,
    /// The step it is made in; empty at the beginning.
    pub step: String,
    /// What to know in the step; empty if nothing.
    pub step_hint: String,
    /// What to know before doing it; empty if nothing.
    pub hint: String,
    /// What the track is for; at the beginning alone.
    pub summary: String,
    /// Legal basis; at the beginning alone.
    pub basis: String,
    /// Whether that was read in the law.
    pub sure: bool,
    /// Where it leads.
    pub leads: Message,
    /// The paper made of the answers; empty where there is none.
    pub paper: String,
    /// Its conditions.
    pub needs: Vec<NeedRow>,
    /// Why it cannot be made now, on opening the form: then nothing is asked.
    pub blocked: Option<Message>,
    /// Why it was not taken.
    pub refused: Option<Message>,
    /// The fields asked.
    pub sheet: Option<Sheet>,
    /// What its parts ask.
    pub parts: Vec<PartForm>,
    /// What people are told then; for officials.
    pub told: Vec<Told>,
    /// Where it is sent.
    pub action: String,
    /// The way back.
    pub back: String,
    /// The idempotency key.
    pub key: String,
    /// Most characters of a long text.
    pub max: usize,
    /// As it was left.
    pub form: Filled,
}
