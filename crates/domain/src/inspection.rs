//! 확인·점검 — the examiner's month: what the facts say about the month before, findings and orders, the departments' replies, the
//! department board and the text to all staff (법 제25조, 영 제22조·제28조, 규칙 제7조; 계획 Ⅳ-2).
//!
//! A month has a journal of its own, apart from those of petitions: it speaks of many, and no petition's clock hangs on it. As
//! there, entries are `Plain` and folding them gives where the month stands.

mod ground;
mod month;

use crate::id::{PetitionId, UnitId};
use crate::refusal::Refusal;
use crate::terms::{By, coded};
use crate::text::{Plain, Text, plain};
use crate::time::At;
pub use ground::{Ground, Item, OFTEN, lines};
use jiff::civil::Date;
pub use month::Month;
use serde::{Deserialize, Serialize};

coded! {
    /// 지적의 종류 — what the examiner says.
    Weight {
        /// 지적: to be known.
        Remark = "remark",
        /// 시정 요구: to be set right and answered (영22②).
        Order = "order",
    }
}

/// 부서별 현황의 한 줄, as it stood when the board was published. Times in working minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardRow {
    /// 부서.
    pub unit: UnitId,
    /// Handled.
    pub cases: u64,
    /// Handled late.
    pub late: u64,
    /// Overdue and open at the end of the month.
    pub open_late: u64,
    /// ΣP.
    pub allowed: u64,
    /// ΣA.
    pub used: u64,
}
plain!(BoardRow);

/// What happened to a month. The serialised form is the storage format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Event {
    /// 점검 목록이 작성됨: so many lines, drawn up from the facts.
    Drawn {
        /// Lines of the list.
        items: u32,
    },
    /// 부서별 현황이 공개됨.
    BoardPublished {
        /// The figures as published.
        rows: Vec<BoardRow>,
    },
    /// 안내문자가 발송됨.
    StaffTextSent {
        /// The text.
        text: Text,
        /// To how many.
        to: u32,
    },
    /// 지적하거나 시정을 요구함.
    Found {
        /// 1, 2, … within the month.
        no: u32,
        /// Which of the two.
        weight: Weight,
        /// 부서.
        unit: UnitId,
        /// The petition it is about, if it is about one.
        petition: Option<PetitionId>,
        /// What was found.
        text: Text,
        /// 회신기한; orders have one.
        reply_by: Option<Date>,
    },
    /// 부서가 회신함.
    Replied {
        /// Which finding.
        no: u32,
        /// What was done.
        text: Text,
    },
    /// 회신이 확인됨: it is set right.
    Accepted {
        /// Which finding.
        no: u32,
    },
    /// 다시 시정을 요구함.
    AskedAgain {
        /// Which finding.
        no: u32,
        /// What is still missing.
        text: Text,
        /// 회신기한.
        reply_by: Date,
    },
    /// 점검이 종결됨.
    Closed {},
}

const _: () = {
    const fn is_plain<T: Plain>() {}
    is_plain::<u32>();
    is_plain::<Vec<BoardRow>>();
    is_plain::<Text>();
    is_plain::<Weight>();
    is_plain::<UnitId>();
    is_plain::<Option<PetitionId>>();
    is_plain::<Option<Date>>();
};

impl Event {
    /// The text it refers to.
    pub const fn text(&self) -> Option<Text> {
        match self {
            Event::StaffTextSent { text, .. }
            | Event::Found { text, .. }
            | Event::Replied { text, .. }
            | Event::AskedAgain { text, .. } => Some(*text),
            Event::Drawn { .. }
            | Event::BoardPublished { .. }
            | Event::Accepted { .. }
            | Event::Closed {} => None,
        }
    }
}

/// An entry of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// 1, 2, … without a gap.
    pub seq: u32,
    /// Who.
    pub by: By,
    /// When.
    pub at: At,
    /// What.
    pub event: Event,
}

/// 지적 또는 시정 요구 as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// 1, 2, ….
    pub no: u32,
    /// Which of the two.
    pub weight: Weight,
    /// 부서.
    pub unit: UnitId,
    /// The petition it is about.
    pub petition: Option<PetitionId>,
    /// When it was made.
    pub at: At,
    /// What was said, first and again.
    pub texts: Vec<Text>,
    /// 회신기한 now.
    pub reply_by: Option<Date>,
    /// The replies.
    pub replies: Vec<(At, By, Text)>,
    /// Where it stands.
    pub stand: Stand,
}

coded! {
    /// Where a finding stands.
    Stand {
        /// Nothing is owed.
        Noted = "noted",
        /// 회신 대기.
        Awaited = "awaited",
        /// 회신 확인 대기.
        Replied = "replied",
        /// 시정 완료.
        Settled = "settled",
    }
}

/// A month of inspection as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inspection {
    /// The number of its last entry.
    pub seq: u32,
    /// When its list was drawn up.
    pub drawn: Option<(At, u32)>,
    /// The board as published.
    pub board: Option<(At, Vec<BoardRow>)>,
    /// The text to all staff, and to how many it went.
    pub staff_text: Option<(At, Text, u32)>,
    /// Findings in order.
    pub findings: Vec<Finding>,
    /// When it was closed.
    pub closed: Option<At>,
}

/// 할 수 있는 일 — in what capacity one takes part in a month, by the seats of today.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// 민원심사관.
    pub examiner: bool,
    /// 분임 민원심사관 of these departments.
    pub deputy_of: Vec<UnitId>,
    /// Answers for these departments.
    pub answers_for: Vec<UnitId>,
}

/// What is asked for; `T` is the type of its texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act<T> {
    /// 목록 작성: the duty's.
    Draw {
        /// Lines of the list.
        items: u32,
    },
    /// 부서별 현황 공개.
    PublishBoard {
        /// The figures.
        rows: Vec<BoardRow>,
    },
    /// 안내문자 발송.
    SendStaffText {
        /// The text.
        text: T,
        /// To how many.
        to: u32,
    },
    /// 지적·시정 요구.
    Find {
        /// Which of the two.
        weight: Weight,
        /// 부서.
        unit: UnitId,
        /// The petition it is about.
        petition: Option<PetitionId>,
        /// What was found.
        text: T,
        /// 회신기한.
        reply_by: Option<Date>,
    },
    /// 회신.
    Reply {
        /// Which finding.
        no: u32,
        /// What was done.
        text: T,
    },
    /// 회신 확인.
    Accept {
        /// Which finding.
        no: u32,
    },
    /// 재시정 요구.
    AskAgain {
        /// Which finding.
        no: u32,
        /// What is still missing.
        text: T,
        /// 회신기한.
        reply_by: Date,
    },
    /// 종결.
    Close,
}

impl<T> Act<T> {
    /// The same act with its text turned by `lay`.
    pub fn lay<U>(self, lay: &mut impl FnMut(T) -> U) -> Act<U> {
        match self {
            Act::Draw { items } => Act::Draw { items },
            Act::PublishBoard { rows } => Act::PublishBoard { rows },
            Act::SendStaffText { text, to } => Act::SendStaffText { text: lay(text), to },
            Act::Find {
                weight,
                unit,
                petition,
                text,
                reply_by,
            } => Act::Find {
                weight,
                unit,
                petition,
                text: lay(text),
                reply_by,
            },
            Act::Reply { no, text } => Act::Reply { no, text: lay(text) },
            Act::Accept { no } => Act::Accept { no },
            Act::AskAgain { no, text, reply_by } => Act::AskAgain {
                no,
                text: lay(text),
                reply_by,
            },
            Act::Close => Act::Close,
        }
    }
}

impl Inspection {
    /// Folds a journal; entries that speak of an unknown finding are passed over.
    pub fn fold(journal: &[Recorded]) -> Inspection {
        let mut month = Inspection::default();
        for recorded in journal {
            month.take(recorded);
        }
        month
    }

    /// The finding of this number.
    pub fn finding(&self, no: u32) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.no == no)
    }

    /// Takes in the next entry.
    pub fn take(&mut self, recorded: &Recorded) {
        let at = recorded.at;
        self.seq = recorded.seq;
        match &recorded.event {
            Event::Drawn { items } => self.drawn = Some((at, *items)),
            Event::BoardPublished { rows } => self.board = Some((at, rows.clone())),
            Event::StaffTextSent { text, to } => self.staff_text = Some((at, *text, *to)),
            Event::Found {
                no,
                weight,
                unit,
                petition,
                text,
                reply_by,
            } => self.findings.push(Finding {
                no: *no,
                weight: *weight,
                unit: *unit,
                petition: *petition,
                at,
                texts: vec![*text],
                reply_by: *reply_by,
                replies: Vec::new(),
                stand: match weight {
                    Weight::Remark => Stand::Noted,
                    Weight::Order => Stand::Awaited,
                },
            }),
            Event::Replied { no, text } => {
                if let Some(finding) = self.numbered(*no) {
                    finding.replies.push((at, recorded.by, *text));
                    finding.stand = Stand::Replied;
                }
            }
            Event::Accepted { no } => {
                if let Some(finding) = self.numbered(*no) {
                    finding.stand = Stand::Settled;
                }
            }
            Event::AskedAgain { no, text, reply_by } => {
                if let Some(finding) = self.numbered(*no) {
                    finding.texts.push(*text);
                    finding.reply_by = Some(*reply_by);
                    finding.stand = Stand::Awaited;
                }
            }
            Event::Closed {} => self.closed = Some(at),
        }
    }

    fn numbered(&mut self, no: u32) -> Option<&mut Finding> {
        self.findings.iter_mut().find(|finding| finding.no == no)
    }

    /// What happens when `act` is done to the month, or why it cannot be. `over` is whether the month has ended.
    pub fn decide(
        &self,
        act: &Act<Text>,
        standing: &Standing,
        by: By,
        today: Date,
        over: bool,
    ) -> Result<Event, Refusal> {
        let examiner = |holds: bool| if holds { Ok(()) } else { Err(Refusal::NotYours) };
        let still_open = || self.closed.map_or(Ok(()), |_| Err(Refusal::InspectionClosed));
        let ahead = |day: Date| {
            if day < today {
                Err(Refusal::ReplyInPast)
            } else {
                Ok(())
            }
        };
        match act {
            Act::Draw { items } => {
                examiner(by == By::System)?;
                if !over {
                    return Err(Refusal::MonthNotOver);
                }
                if self.drawn.is_some() {
                    return Err(Refusal::DoneAlready);
                }
                Ok(Event::Drawn { items: *items })
            }
            Act::PublishBoard { rows } => {
                examiner(standing.examiner)?;
                if !over {
                    return Err(Refusal::MonthNotOver);
                }
                if self.board.is_some() {
                    return Err(Refusal::DoneAlready);
                }
                Ok(Event::BoardPublished { rows: rows.clone() })
            }
            Act::SendStaffText { text, to } => {
                examiner(standing.examiner)?;
                if !over {
                    return Err(Refusal::MonthNotOver);
                }
                if self.staff_text.is_some() {
                    return Err(Refusal::DoneAlready);
                }
                Ok(Event::StaffTextSent { text: *text, to: *to })
            }
            Act::Find {
                weight,
                unit,
                petition,
                text,
                reply_by,
            } => {
                examiner(standing.examiner || standing.deputy_of.contains(unit))?;
                still_open()?;
                let reply_by = match weight {
                    Weight::Remark => None,
                    Weight::Order => Some(reply_by.ok_or(Refusal::ReplyInPast)?),
                };
                if let Some(day) = reply_by {
                    ahead(day)?;
                }
                Ok(Event::Found {
                    no: self.findings.len() as u32 + 1,
                    weight: *weight,
                    unit: *unit,
                    petition: *petition,
                    text: *text,
                    reply_by,
                })
            }
            Act::Reply { no, text } => {
                let finding = self.finding(*no).ok_or(Refusal::NoFinding)?;
                examiner(standing.answers_for.contains(&finding.unit))?;
                still_open()?;
                if finding.stand != Stand::Awaited {
                    return Err(Refusal::RepliedAlready);
                }
                Ok(Event::Replied { no: *no, text: *text })
            }
            Act::Accept { no } => {
                let finding = self.finding(*no).ok_or(Refusal::NoFinding)?;
                examiner(standing.examiner)?;
                if finding.stand != Stand::Replied {
                    return Err(Refusal::NotReplied);
                }
                Ok(Event::Accepted { no: *no })
            }
            Act::AskAgain { no, text, reply_by } => {
                let finding = self.finding(*no).ok_or(Refusal::NoFinding)?;
                examiner(standing.examiner)?;
                if finding.stand != Stand::Replied {
                    return Err(Refusal::NotReplied);
                }
                ahead(*reply_by)?;
                Ok(Event::AskedAgain {
                    no: *no,
                    text: *text,
                    reply_by: *reply_by,
                })
            }
            Act::Close => {
                examiner(standing.examiner)?;
                still_open()?;
                if self.drawn.is_none() {
                    return Err(Refusal::MonthNotOver);
                }
                let owed = |finding: &Finding| matches!(finding.stand, Stand::Awaited | Stand::Replied);
                if self.findings.iter().any(owed) {
                    return Err(Refusal::OrdersOpen);
                }
                Ok(Event::Closed {})
            }
        }
    }
}

impl Standing {
    /// Whether one takes part in a month at all.
    pub fn takes_part(&self) -> bool {
        self.examiner || !self.deputy_of.is_empty() || !self.answers_for.is_empty()
    }

    /// The departments whose lines one sees; `None` for all of them.
    pub fn units(&self) -> Option<Vec<UnitId>> {
        if self.examiner {
            return None;
        }
        let mut units: Vec<UnitId> = self.deputy_of.iter().chain(&self.answers_for).copied().collect();
        units.sort_unstable();
        units.dedup();
        Some(units)
    }
}
