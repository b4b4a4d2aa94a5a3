//! 예고장·독촉장 — the letters of supervision a petition received: to whom, about which due date, received and answered or not
//! (영 제28조제2항, 규칙 별지 제7호서식; 계획 Ⅳ-2).

use crate::event::Event;
use crate::id::OfficialId;
use crate::number::LetterNumber;
use crate::petition::Petition;
use crate::terms::{By, coded};
use crate::text::Text;
use crate::time::At;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

coded! {
    /// 감독 문서의 종류.
    LetterKind {
        /// 예고장: before the due date, to the handler.
        Advance = "advance",
        /// 독촉장: after it, to the head of the department.
        Dunning = "dunning",
    }
}

coded! {
    /// 지연 사유 — why it is late, as the department says in its reply.
    DelayCause {
        /// 관계 기관·부서의 협조 지연.
        Cooperation = "cooperation",
        /// 사실·현장 확인.
        FactFinding = "fact_finding",
        /// 법령 해석·검토.
        Interpretation = "interpretation",
        /// 결재 지연.
        Approval = "approval",
        /// 업무 과중.
        Workload = "workload",
        /// 담당자 지정 지연·부재.
        Absence = "absence",
        /// 그 밖의 사유.
        Other = "other",
    }
}

/// 예고장 또는 독촉장.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Which of the two.
    pub kind: LetterKind,
    /// 독촉장 번호; advance notices have none.
    pub number: Option<LetterNumber>,
    /// Who issued it.
    pub by: By,
    /// When.
    pub at: At,
    /// To whom.
    pub to: Vec<OfficialId>,
    /// The due date it speaks of: the first late moment.
    pub due: At,
    /// Which due date of the petition that was; there is one letter of a kind for each.
    pub due_version: u32,
    /// 회신기한.
    pub reply_by: Option<Date>,
    /// What was added in words.
    pub note: Option<Text>,
    /// When receipt was confirmed.
    pub received_at: Option<At>,
    /// The reply.
    pub reply: Option<Reply>,
}

/// 회신.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// When.
    pub at: At,
    /// 지연 사유.
    pub cause: DelayCause,
    /// 처리 예정일; `None` where it was handled meanwhile.
    pub planned: Option<Date>,
    /// In words.
    pub text: Text,
}

impl Petition {
    /// The letter of a kind about the due date in force.
    pub fn letter(&self, kind: LetterKind) -> Option<&Letter> {
        let version = self.reception?.due_version;
        (self.letters.iter()).find(|letter| letter.kind == kind && letter.due_version == version)
    }

    /// The newest dunning letter; receipt and reply speak of it.
    pub fn dunning(&self) -> Option<&Letter> {
        (self.letters.iter()).rfind(|letter| letter.kind == LetterKind::Dunning)
    }

    /// Whether a dunning letter is addressed to this official and not answered yet.
    pub fn is_dunned(&self, official: OfficialId) -> bool {
        self.dunning()
            .is_some_and(|letter| letter.to.contains(&official) && letter.reply.is_none())
    }

    /// Takes in an event about a letter; `None` where it does not fit.
    pub(super) fn take_letter(&mut self, event: &Event, by: By, at: At) -> Option<()> {
        match event {
            Event::AdvanceNoticeIssued {
                to,
                due,
                due_version,
                note,
            } => self.letters.push(Letter {
                kind: LetterKind::Advance,
                number: None,
                by,
                at,
                to: to.clone(),
                due: *due,
                due_version: *due_version,
                reply_by: None,
                note: *note,
                received_at: None,
                reply: None,
            }),
            Event::DunningIssued {
                number,
                to,
                due,
                due_version,
                reply_by,
                note,
            } => self.letters.push(Letter {
                kind: LetterKind::Dunning,
                number: Some(*number),
                by,
                at,
                to: to.clone(),
                due: *due,
                due_version: *due_version,
                reply_by: Some(*reply_by),
                note: *note,
                received_at: None,
                reply: None,
            }),
            Event::DunningReceived { number } => self.numbered(*number)?.received_at = Some(at),
            Event::DunningReplied {
                number,
                cause,
                planned,
                text,
            } => {
                self.numbered(*number)?.reply = Some(Reply {
                    at,
                    cause: *cause,
                    planned: *planned,
                    text: *text,
                });
            }
            _ => return None,
        }
        Some(())
    }

    fn numbered(&mut self, number: LetterNumber) -> Option<&mut Letter> {
        self.letters
            .iter_mut()
            .find(|letter| letter.number == Some(number))
    }
}
