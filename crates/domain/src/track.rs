//! 특별절차 — a special way of handling that runs inside a petition: its steps, who may do what in each, what is asked, by when, and what
//! is told to whom. A declared value, never code.
//!
//! The statutory life of the petition goes on beside it: a track can hold the clock on a ground the law names, and let the answer wait,
//! and nothing else. What running one means is [`crate::proceeding`]; what is wrong with a declared one, [`check`].

use crate::due::{Ground, Period};
use crate::form::Field;
use crate::procedure::Words;
use crate::terms::{Code, Kind, Seat, coded};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::{fmt, str::FromStr};

pub mod check;

/// 특별절차.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Track {
    /// Stable code.
    pub code: Code,
    /// Grows with every change; what runs stays on the version it began with.
    pub version: u32,
    /// Name.
    pub name: Words,
    /// What it is for, in a sentence or two for the handbook.
    pub summary: Words,
    /// Legal basis.
    pub basis: String,
    /// Whether that was read in the text of the law; if not, pages say 확인 필요.
    #[serde(default)]
    pub basis_sure: bool,
    /// In which petitions it may run.
    #[serde(default)]
    pub room: Room,
    /// Kinds of petition it may run in; empty for every kind.
    #[serde(default)]
    pub kinds: Vec<Kind>,
    /// Rows of the catalogue whose petitions begin it by themselves, at reception.
    #[serde(default)]
    pub services: Vec<Code>,
    /// Whether the answer to the petition waits for it.
    #[serde(default)]
    pub answer: AnswerWaits,
    /// How it begins.
    pub opens: Opening,
    /// 비밀: what is written in it is read by the petitioner and by whoever takes part; others who see the petition see steps and no words.
    #[serde(default)]
    pub privileged: bool,
    /// At most so many members in all, whatever their roles.
    #[serde(default)]
    pub panel: Option<u32>,
    /// Who is named to take part, and from whom they are chosen.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// What people are asked afterwards, in marks that are counted together.
    #[serde(default)]
    pub surveys: Vec<Survey>,
    /// Steps; it begins in the first.
    pub steps: Vec<Step>,
    /// How it can end.
    pub ends: Vec<Ending>,
    /// What the office holds its figures against.
    #[serde(default)]
    pub aims: Vec<Aim>,
}

coded! {
    /// 잣대 — what an aim is about.
    Measure {
        /// 소요 기간: from beginning to end.
        Elapsed = "elapsed",
        /// 부하: begun by one official on a working day.
        Load = "load",
    }
}

/// 목표 — a figure as it was, and as it is to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aim {
    /// Of what.
    pub of: Measure,
    /// As it was.
    pub before: Words,
    /// As it is to be.
    pub aim: Words,
}

coded! {
    /// 장소 — in which petitions a track may run.
    #[derive(Default)]
    Room {
        /// Those that are not protected.
        #[default]
        Ordinary = "ordinary",
        /// 보안민원 only.
        Protected = "protected",
        /// Both.
        Any = "any",
    }
}

coded! {
    /// 답변과의 관계 — whether the answer to the petition waits for the end of a track.
    #[derive(Default)]
    AnswerWaits {
        /// It may be given at any time.
        #[default]
        Free = "free",
        /// It is not sent up for approval before the track has ended or stands in a step that outlives the petition.
        Waits = "waits",
    }
}

/// 개시.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// As on the button.
    pub name: Words,
    /// Who may; empty where it begins by its services alone.
    pub who: Vec<Hand>,
    /// What is asked.
    #[serde(default)]
    pub ask: Vec<Field>,
    /// Whether several may run in one petition at the same time.
    #[serde(default)]
    pub many: bool,
    /// Who is told, and what.
    #[serde(default)]
    pub tell: Vec<Tell>,
}

/// 손 — who may make a move. Written `petitioner`, `handler`, `seat ombudsman`, `lead department_head`, `member lawyer`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Hand {
    /// 민원인.
    Petitioner,
    /// 처리담당자.
    Handler,
    /// Whoever holds the seat, anywhere in the agency.
    Seat(Seat),
    /// Whoever holds the seat in the lead department.
    Lead(Seat),
    /// Whoever was named here for that role.
    Member(Code),
}

/// 역할.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Stable code.
    pub code: Code,
    /// Name.
    pub name: Words,
    /// 후보: everybody who holds this seat.
    pub seat: Seat,
    /// At least so many are named before the track goes on.
    pub least: u32,
    /// At most so many.
    pub most: u32,
    /// 제척: whoever handles or signs the petition, or works in its lead department, is not named.
    #[serde(default)]
    pub neutral: bool,
}

/// 설문 — questions answered by marks from 1 to [`Survey::BEST`]. Each answerer answers once; what one of them marked is shown to nobody, what all
/// of them marked is counted together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Survey {
    /// Stable code.
    pub code: Code,
    /// Name.
    pub name: Words,
    /// What the mark 1 means.
    pub worst: Words,
    /// What the best mark means.
    pub best: Words,
    /// What is asked.
    pub questions: Vec<Question>,
}

impl Survey {
    /// The best mark.
    pub const BEST: u32 = 5;
    /// At most so many questions: nobody answers more.
    pub const QUESTIONS: usize = 10;
    /// A question that fewer have answered has no figures yet: one could guess whose mark it is.
    pub const LEAST: u64 = 5;
}

/// 문항.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Stable within the survey.
    pub code: Code,
    /// As it is asked.
    pub text: Words,
}

/// 단계.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Stable code.
    pub code: Code,
    /// Name.
    pub name: Words,
    /// Who is expected to move it on; each of them may make one of its moves.
    pub who: Vec<Hand>,
    /// Time for it, counted as a period of handling is.
    #[serde(default)]
    pub limit: Option<Period>,
    /// The article that sets it; empty for a promise of the office.
    #[serde(default)]
    pub limit_basis: Option<String>,
    /// Why there is none.
    #[serde(default)]
    pub no_limit: Option<Words>,
    /// 불산입: while it stands here the petition's period does not run, on this ground.
    #[serde(default)]
    pub hold: Option<Ground>,
    /// Whether it stands on after the petition has ended; otherwise it ends with the petition.
    #[serde(default)]
    pub outlives: bool,
    /// What to know before going on.
    #[serde(default)]
    pub hint: Option<Words>,
    /// What can be done.
    pub moves: Vec<Move>,
}

/// 행위.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// Stable within the step.
    pub code: Code,
    /// As on the button.
    pub name: Words,
    /// Who may.
    pub who: Vec<Hand>,
    /// The step it leads to; neither this nor `end`: it stays.
    #[serde(default)]
    pub to: Option<Code>,
    /// How it ends the track.
    #[serde(default)]
    pub end: Option<Code>,
    /// What is asked.
    #[serde(default)]
    pub ask: Vec<Field>,
    /// What is done with it besides.
    #[serde(default)]
    pub does: Vec<Part>,
    /// What must hold before.
    #[serde(default)]
    pub needs: Vec<Need>,
    /// The paper that is made of what was asked, where there is one: its title.
    #[serde(default)]
    pub paper: Option<Words>,
    /// Who is told, and what.
    #[serde(default)]
    pub tell: Vec<Tell>,
    /// What to know before doing it.
    #[serde(default)]
    pub hint: Option<Words>,
}

/// 통지.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tell {
    /// To whom.
    pub who: Vec<Hand>,
    /// The sentence, in Korean.
    pub ko: String,
    /// In English.
    pub en: String,
}

/// 끝.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ending {
    /// Stable code.
    pub code: Code,
    /// Name.
    pub name: Words,
    /// What the handler of the petition does next, where that is not plain.
    #[serde(default)]
    pub then: Option<Words>,
}

/// 부품 — what a move does besides being recorded. Each asks for what it needs by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// 위촉·배정: names members of that role.
    Appoint(Code),
    /// 해촉·회피: lets a member of that role go.
    Release(Code),
    /// 추첨 공고: fixes the candidates of that role and the commitment to a secret number, before anybody can know who is drawn.
    CommitLot(Code),
    /// 추첨: shows the number and names those it draws.
    DrawLot(Code),
    /// 회의 일정: moment and place.
    Meet,
    /// 예약 시간 제안: moments of the one who offers them, one of which is picked.
    Offer,
    /// 예약: picks one of the moments offered, which becomes the next meeting.
    Book,
    /// 예약 취소: a meeting that was not held is not held.
    Cancel,
    /// 회의록.
    Minutes,
    /// 표결: for, against, abstained.
    Vote,
    /// 조회: a question to a body, with a day to reply by.
    Inquire,
    /// 회보: the reply to a question.
    Reply,
    /// 이행 약속: what a department will do, by which day.
    Promise,
    /// 이행 점검: what became of a promise.
    FollowUp,
    /// 사례집: told without persons, for everybody to read.
    Publish,
    /// 설문: the answers to a survey.
    Survey(Code),
    /// 연결: the petition this one prepares, or follows.
    Tie,
    /// 단계 기한 연장, as much again as it had; once a step.
    Prolong,
}

/// 조건.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// As many members of that role as it asks for.
    Members(Code),
    /// A lot over that role is announced and not drawn.
    LotCommitted(Code),
    /// A meeting is arranged.
    Meeting,
    /// The last meeting has minutes.
    Minutes,
    /// The last vote was for it.
    Majority,
    /// The last vote was not for it.
    NoMajority,
    /// At least one question was asked.
    Inquiry,
    /// Every question is replied to.
    Replies,
    /// At least one promise was made.
    Promise,
    /// Every promise is kept or given up.
    PromisesSettled,
}

impl Part {
    /// The role it is about.
    pub const fn role(self) -> Option<Code> {
        match self {
            Part::Appoint(role) | Part::Release(role) | Part::CommitLot(role) | Part::DrawLot(role) => {
                Some(role)
            }
            _ => None,
        }
    }
}

impl FromStr for Hand {
    type Err = String;
    fn from_str(text: &str) -> Result<Hand, String> {
        let unknown =
            || format!("`{text}` is nobody: write petitioner, handler, seat SEAT, lead SEAT or member ROLE");
        match text.split_once(' ') {
            None if text == "petitioner" => Ok(Hand::Petitioner),
            None if text == "handler" => Ok(Hand::Handler),
            Some(("seat", seat)) => seat.parse().map(Hand::Seat).map_err(|_| unknown()),
            Some(("lead", seat)) => seat.parse().map(Hand::Lead).map_err(|_| unknown()),
            Some(("member", role)) => role.parse().map(Hand::Member).map_err(|_| unknown()),
            _ => Err(unknown()),
        }
    }
}

impl TryFrom<String> for Hand {
    type Error = String;
    fn try_from(text: String) -> Result<Hand, String> {
        text.parse()
    }
}

impl From<Hand> for String {
    fn from(hand: Hand) -> String {
        hand.to_string()
    }
}

impl fmt::Display for Hand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Hand::Petitioner => f.write_str("petitioner"),
            Hand::Handler => f.write_str("handler"),
            Hand::Seat(seat) => write!(f, "seat {seat}"),
            Hand::Lead(seat) => write!(f, "lead {seat}"),
            Hand::Member(role) => write!(f, "member {role}"),
        }
    }
}

impl Track {
    /// One step.
    pub fn step(&self, code: Code) -> Option<&Step> {
        self.steps.iter().find(|step| step.code == code)
    }

    /// One role.
    pub fn role(&self, code: Code) -> Option<&Role> {
        self.roles.iter().find(|role| role.code == code)
    }

    /// One survey.
    pub fn survey(&self, code: Code) -> Option<&Survey> {
        self.surveys.iter().find(|survey| survey.code == code)
    }

    /// One way to end.
    pub fn ending(&self, code: Code) -> Option<&Ending> {
        self.ends.iter().find(|end| end.code == code)
    }

    /// Every hand that takes part somewhere in it, in order, each once.
    pub fn hands(&self) -> Vec<Hand> {
        let of = |step: &Step| -> Vec<Hand> {
            step.who
                .iter()
                .chain(step.moves.iter().flat_map(|one| &one.who))
                .copied()
                .collect()
        };
        let mut all: Vec<Hand> = self.steps.iter().flat_map(of).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The seats among them, wherever in the agency they are held.
    pub fn seats(&self) -> Vec<Seat> {
        let seat = |hand: Hand| match hand {
            Hand::Seat(seat) => Some(seat),
            _ => None,
        };
        self.hands().into_iter().filter_map(seat).collect()
    }

    /// Whether it can run in a petition of this kind and protection.
    pub fn fits(&self, kind: Kind, protected: bool) -> bool {
        let room = match self.room {
            Room::Ordinary => !protected,
            Room::Protected => protected,
            Room::Any => true,
        };
        room && (self.kinds.is_empty() || self.kinds.contains(&kind))
    }
}

impl Step {
    /// One of its moves.
    pub fn one(&self, code: Code) -> Option<&Move> {
        self.moves.iter().find(|one| one.code == code)
    }
}

/// 특별절차 목록 — every track this office knows, in every version still in use.
#[derive(Debug, Clone, Default)]
pub struct Tracks {
    all: BTreeMap<(Code, u32), Track>,
}

impl Tracks {
    /// A list of these.
    pub fn new(tracks: impl IntoIterator<Item = Track>) -> Tracks {
        Tracks {
            all: tracks
                .into_iter()
                .map(|track| ((track.code, track.version), track))
                .collect(),
        }
    }

    /// One version.
    pub fn version(&self, code: Code, version: u32) -> Option<&Track> {
        self.all.get(&(code, version))
    }

    /// The newest version, for what begins now.
    pub fn newest(&self, code: Code) -> Option<&Track> {
        (self.all.range((code, 0)..=(code, u32::MAX)).next_back()).map(|(_, track)| track)
    }

    /// The newest version of each, by code.
    pub fn current(&self) -> impl Iterator<Item = &Track> {
        let newest = |track: &Track| {
            self.newest(track.code)
                .is_some_and(|newest| newest.version == track.version)
        };
        self.all.values().filter(move |track| newest(track))
    }

    /// Those that petitions of a service begin by themselves.
    pub fn of_service(&self, service: Code) -> impl Iterator<Item = &Track> {
        self.current()
            .filter(move |track| track.services.contains(&service))
    }

    /// Every track, every version.
    pub fn iter(&self) -> impl Iterator<Item = &Track> {
        self.all.values()
    }
}
