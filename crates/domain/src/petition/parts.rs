//! 딸린 일 — what a petition may have beside its main road: consultation, many petitioners, what comes after the end.

use crate::id::{OfficialId, UnitId};
use crate::terms::{Opinion, Permit, Verdict};
use crate::text::Text;
use crate::time::At;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

/// 협조 요청 (법 제20조).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consult {
    /// 1, 2, … within the petition; a cancelled number is not given again.
    pub no: u32,
    /// 협조부서.
    pub unit: UnitId,
    /// What its opinion is asked on.
    pub what: Text,
    /// When it was asked.
    pub asked: Date,
    /// 회신기한: the last day.
    pub reply_by: Date,
    /// Whether that day was prolonged.
    pub prolonged: bool,
    /// 회신: the opinion, its words, and when.
    pub reply: Option<(Opinion, Text, At)>,
}

impl Consult {
    /// As it is asked.
    pub const fn asked(no: u32, unit: UnitId, what: Text, asked: Date, reply_by: Date) -> Consult {
        Consult {
            no,
            unit,
            what,
            asked,
            reply_by,
            prolonged: false,
            reply: None,
        }
    }
}

/// 맡김 — what was handed to an external user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entrusted {
    /// 1, 2, … within the petition.
    pub no: u32,
    /// 외부 접속자.
    pub to: OfficialId,
    /// What they may do.
    pub permit: Permit,
    /// What is asked of them.
    pub what: Text,
    /// When it was handed to them.
    pub given_at: At,
    /// The last day.
    pub until: Date,
    /// Whether it was taken back.
    pub taken_back: bool,
    /// 현장 의견, and when each was written.
    pub notes: Vec<(Text, At)>,
}

impl Entrusted {
    /// As it is handed out.
    pub const fn given(
        no: u32,
        to: OfficialId,
        permit: Permit,
        what: Text,
        given_at: At,
        until: Date,
    ) -> Entrusted {
        Entrusted {
            no,
            to,
            permit,
            what,
            given_at,
            until,
            taken_back: false,
            notes: Vec::new(),
        }
    }
}

/// 다수인관련민원 (법 제2조제6호).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mass {
    /// 공동의 이해관계가 있는 세대.
    pub households: u32,
    /// 연명한 사람.
    pub signers: u32,
    /// 대표자: three at most; none until they are chosen.
    pub representatives: Vec<Text>,
}

/// 결과 회보를 기다림 (영 제13조제3항).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tracking {
    /// The last day for it.
    pub report_by: Date,
    /// When it came, and what it said.
    pub reported: Option<(At, Text)>,
}

impl Tracking {
    /// Awaited until that day.
    pub const fn until(report_by: Date) -> Tracking {
        Tracking {
            report_by,
            reported: None,
        }
    }

    /// Whether it is still awaited.
    pub const fn is_open(&self) -> bool {
        self.reported.is_none()
    }

    /// The first moment that is late.
    pub fn late_from(&self) -> At {
        late_after(self.report_by)
    }
}

/// 거부처분 이의신청 (법 제35조).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    /// 취지와 이유.
    pub reason: Text,
    /// When it came.
    pub at: At,
    /// 결정기한: the first moment that is late.
    pub due: At,
    /// Whether that was extended.
    pub extended: bool,
    /// 결정: the verdict, its reason, and when.
    pub decision: Option<(Verdict, Text, At)>,
}

impl Objection {
    /// As it is made.
    pub const fn made(reason: Text, at: At, due: At) -> Objection {
        Objection {
            reason,
            at,
            due,
            extended: false,
            decision: None,
        }
    }

    /// Whether it is undecided.
    pub const fn is_open(&self) -> bool {
        self.decision.is_none()
    }
}

/// 제3자 (정보공개법 제21조).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThirdParty {
    /// 1, 2, ….
    pub no: u32,
    /// Who.
    pub name: Text,
    /// 비공개 요청 기한: the last day.
    pub until: Date,
    /// Once heard: whether they ask that it not be disclosed, and their words.
    pub heard: Option<(bool, Text)>,
}

impl ThirdParty {
    /// Whether they ask that it not be disclosed.
    pub fn objects(&self) -> bool {
        self.heard.is_some_and(|(objects, _)| objects)
    }
}

/// 추가답변 — asked after the answer; the legal clock is not opened again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Further {
    /// What is still open.
    pub what: Text,
    /// When it was asked.
    pub asked_at: At,
    /// The office's own target: the first moment that is late.
    pub target: At,
    /// The answer, and when.
    pub answer: Option<(Text, At)>,
}

impl Further {
    /// Whether it is unanswered.
    pub const fn is_open(&self) -> bool {
        self.answer.is_none()
    }
}

/// 공개 게시.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// 제목.
    pub title: Text,
    /// 민원 내용, masked.
    pub question: Text,
    /// 답변, masked.
    pub answer: Text,
    /// Since when.
    pub at: At,
}

/// The first moment after a last day.
pub fn late_after(last: Date) -> At {
    last.tomorrow()
        .map_or(At::NEVER, |day| At::seoul(day.to_datetime(Time::midnight())))
}
