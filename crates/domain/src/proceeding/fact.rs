//! 부품의 내용 — what is handed in for each part of a move, and what the journal keeps of it.

use super::{Answered, CaseStory, Kept, Vote};
use crate::id::{OfficialId, PetitionId, UnitId};
use crate::terms::Code;
use crate::text::{Text, plain};
use crate::time::At;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// 부품의 내용 — what is handed in for a part of a move, and what the journal keeps of it. `T` is the type of its texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "part", rename_all = "snake_case")]
pub enum Fact<T = Text> {
    /// 위촉·배정.
    Appointed {
        /// As what.
        role: Code,
        /// Who.
        official: OfficialId,
    },
    /// 해촉·회피.
    Released {
        /// As what.
        role: Code,
        /// Who.
        official: OfficialId,
    },
    /// 추첨 공고.
    LotCommitted {
        /// For which role.
        role: Code,
        /// Who can be drawn, in order.
        candidates: Vec<OfficialId>,
        /// How many are drawn.
        wanted: u32,
        /// SHA-256 of the secret number.
        commitment: [u8; 32],
    },
    /// 추첨.
    LotDrawn {
        /// For which role.
        role: Code,
        /// The secret number.
        seed: [u8; 32],
        /// The word called out.
        word: T,
        /// Who is drawn by both.
        officials: Vec<OfficialId>,
    },
    /// 회의 일정.
    MeetingSet {
        /// When.
        at: At,
        /// Where.
        place: T,
    },
    /// 예약 시간 제안.
    HoursOffered {
        /// When each begins, in order.
        starts: Vec<At>,
        /// How long each is.
        minutes: u32,
        /// Where.
        place: T,
    },
    /// 예약.
    Booked {
        /// Which of those offered.
        at: At,
    },
    /// 예약 취소.
    Cancelled {},
    /// 설문.
    Surveyed {
        /// Which.
        survey: Code,
        /// Marks; a question that is not answered has none.
        marks: Vec<Answered>,
    },
    /// 회의록.
    Minuted {
        /// What was said and decided.
        text: T,
    },
    /// 표결.
    Voted {
        /// How.
        vote: Vote,
    },
    /// 조회.
    Inquired {
        /// Of whom.
        to: T,
        /// What.
        what: T,
        /// 회신기한.
        reply_by: Date,
    },
    /// 회보.
    Replied {
        /// To which question.
        no: u32,
        /// What.
        text: T,
    },
    /// 이행 약속.
    Promised {
        /// Whose.
        unit: UnitId,
        /// What.
        what: T,
        /// 이행기한.
        by: Date,
    },
    /// 이행 점검.
    Followed {
        /// Which promise.
        no: u32,
        /// What became of it.
        state: Kept,
        /// In words.
        word: T,
    },
    /// 사례집.
    Published {
        /// The case, told without persons.
        story: CaseStory<T>,
    },
    /// 연결.
    Tied {
        /// The other petition.
        petition: PetitionId,
    },
    /// 단계 기한 연장.
    Prolonged {},
}
plain!(Fact);

impl<T> Fact<T> {
    /// The same with each text turned by `lay`.
    pub fn lay<U, E>(self, lay: &mut impl FnMut(T) -> Result<U, E>) -> Result<Fact<U>, E> {
        Ok(match self {
            Fact::Appointed { role, official } => Fact::Appointed { role, official },
            Fact::Released { role, official } => Fact::Released { role, official },
            Fact::LotCommitted {
                role,
                candidates,
                wanted,
                commitment,
            } => Fact::LotCommitted {
                role,
                candidates,
                wanted,
                commitment,
            },
            Fact::LotDrawn {
                role,
                seed,
                word,
                officials,
            } => Fact::LotDrawn {
                role,
                seed,
                word: lay(word)?,
                officials,
            },
            Fact::MeetingSet { at, place } => Fact::MeetingSet {
                at,
                place: lay(place)?,
            },
            Fact::HoursOffered {
                starts,
                minutes,
                place,
            } => Fact::HoursOffered {
                starts,
                minutes,
                place: lay(place)?,
            },
            Fact::Booked { at } => Fact::Booked { at },
            Fact::Cancelled {} => Fact::Cancelled {},
            Fact::Surveyed { survey, marks } => Fact::Surveyed { survey, marks },
            Fact::Minuted { text } => Fact::Minuted { text: lay(text)? },
            Fact::Voted { vote } => Fact::Voted { vote },
            Fact::Inquired { to, what, reply_by } => Fact::Inquired {
                to: lay(to)?,
                what: lay(what)?,
                reply_by,
            },
            Fact::Replied { no, text } => Fact::Replied { no, text: lay(text)? },
            Fact::Promised { unit, what, by } => Fact::Promised {
                unit,
                what: lay(what)?,
                by,
            },
            Fact::Followed { no, state, word } => Fact::Followed {
                no,
                state,
                word: lay(word)?,
            },
            Fact::Published { story } => Fact::Published {
                story: CaseStory {
                    title: lay(story.title)?,
                    question: lay(story.question)?,
                    holding: lay(story.holding)?,
                },
            },
            Fact::Tied { petition } => Fact::Tied { petition },
            Fact::Prolonged {} => Fact::Prolonged {},
        })
    }

    /// Its texts, in the order of its fields.
    pub fn texts(&self) -> Vec<&T> {
        match self {
            Fact::LotDrawn { word: text, .. }
            | Fact::MeetingSet { place: text, .. }
            | Fact::HoursOffered { place: text, .. }
            | Fact::Minuted { text }
            | Fact::Replied { text, .. }
            | Fact::Promised { what: text, .. }
            | Fact::Followed { word: text, .. } => vec![text],
            Fact::Inquired { to, what, .. } => vec![to, what],
            Fact::Published { story } => vec![&story.title, &story.question, &story.holding],
            Fact::Appointed { .. }
            | Fact::Released { .. }
            | Fact::LotCommitted { .. }
            | Fact::Booked { .. }
            | Fact::Cancelled {}
            | Fact::Surveyed { .. }
            | Fact::Voted { .. }
            | Fact::Tied { .. }
            | Fact::Prolonged {} => Vec::new(),
        }
    }
}
