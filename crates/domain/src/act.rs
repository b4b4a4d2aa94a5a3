//! 행위의 내용 — what a person hands in with each deed.
//!
//! `Act<String>` is what a page or a program sends; `Act<Text>` is the same after its texts were laid into the vault.
//! Rules see only the second, so no rule can look at, or leak, what a citizen wrote.

use crate::due::{Cause, Ground, Period};
use crate::event::{Attached, Signer};
use crate::form::Written;
use crate::id::{OfficialId, PersonId, UnitId};
use crate::life::Deed;
use crate::terms::{Code, District, EntryPoint, Field, HappenedGround, Kind, Openness, Outcome};
use crate::time::At;
use jiff::civil::Date;

/// What is asked for; `T` is the type of its texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act<T> {
    /// 접수, with the kind the office decides on. `period` is for a service whose period is not confirmed.
    Receive {
        /// The kind.
        kind: Kind,
        /// Entered at reception where the catalogue has no confirmed one.
        period: Option<Period>,
    },
    /// 분류 변경.
    Reclassify {
        /// The new row of the catalogue.
        service: Code,
        /// The new kind.
        kind: Kind,
        /// As in `Receive`.
        period: Option<Period>,
        /// Why.
        reason: T,
    },
    /// 배부·재배부.
    Distribute {
        /// 주관부서.
        unit: UnitId,
    },
    /// 재배부 요청.
    SendBack {
        /// 소관이 아닌 사유.
        reason: T,
    },
    /// 부서 접수.
    UnitReceive,
    /// 담당자 지정·재지정.
    Designate {
        /// 처리담당자.
        handler: OfficialId,
    },
    /// 보완 요구; the second one is a 재보완 요구.
    AskSupplement {
        /// What is missing.
        what: T,
        /// Last day for the citizen.
        until: Date,
    },
    /// 보완 기한 연장 요청.
    ProlongSupplement {
        /// New last day.
        until: Date,
    },
    /// 보완.
    Supplement {
        /// In words.
        note: Option<T>,
        /// Papers.
        files: Vec<Attached<T>>,
    },
    /// 불산입 시작.
    Hold {
        /// Ground.
        ground: Ground,
        /// What is awaited.
        note: Option<T>,
    },
    /// 불산입 종료.
    Resume,
    /// 처리기간 연장; the second one becomes a proposal to the citizen.
    Extend {
        /// How much, in the unit of the period.
        n: u32,
        /// Ground.
        ground: Cause,
        /// Reason in words.
        reason: T,
    },
    /// 연장 동의.
    ConsentExtension,
    /// 연장 동의하지 않음.
    DeclineExtension,
    /// 기안.
    Draft(Answer<T>),
    /// 상신.
    SendUp {
        /// 결재선.
        line: Vec<Signer>,
    },
    /// 검토·협조·결재.
    Sign {
        /// A remark.
        comment: Option<T>,
    },
    /// 반송.
    TurnBack {
        /// Why.
        reason: T,
    },
    /// 회수.
    Recall,
    /// 시행·통지.
    Answer,
    /// 즉시답변.
    AnswerAtOnce(Answer<T>),
    /// 답변 열람.
    ReadAnswer,
    /// 취하.
    Withdraw {
        /// Why, if said.
        reason: Option<T>,
    },
    /// 이송.
    Transfer {
        /// To whom.
        agency: T,
        /// Why it is theirs.
        reason: T,
    },
    /// 만족도 평가.
    Rate {
        /// 1 to 5.
        score: u32,
        /// In words.
        comment: Option<T>,
    },
    /// 기한 재계산 with the calendar of today; a duty's act.
    MoveDue,
    /// 결재선 변경.
    Reroute {
        /// Who signs from here on, in order; the last one decides.
        rest: Vec<Signer>,
    },
    /// 결재자 인계.
    ReplaceSigner {
        /// Who stands on the line.
        from: OfficialId,
        /// Who takes the place.
        to: OfficialId,
    },
    /// 후결(사후 보고) 확인.
    ConfirmAfter,
    /// 공람.
    Circulate {
        /// Who is to read it.
        readers: Vec<OfficialId>,
    },
    /// 공람 확인.
    ReadCirculated,
    /// 담당자 인계·인수.
    HandOver {
        /// 인수자.
        to: OfficialId,
    },
    /// 조직 개편에 따른 주관부서 승계; a duty's act.
    Succeed {
        /// The successor.
        unit: UnitId,
    },
}

/// 답변안.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer<T> {
    /// The outcome proposed.
    pub outcome: Outcome,
    /// 본문.
    pub body: T,
    /// 거부 사유.
    pub reasons: Option<T>,
    /// 구제절차.
    pub remedies: Option<T>,
    /// 공개 구분.
    pub openness: Openness,
}

/// 신청.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filing<T> {
    /// Row of the catalogue.
    pub service: Code,
    /// By which door.
    pub entry: EntryPoint,
    /// Field of city life.
    pub field: Option<Field>,
    /// Where it is about.
    pub district: Option<District>,
    /// Who asks.
    pub person: PersonId,
    /// 제목.
    pub title: T,
    /// 내용.
    pub body: Option<T>,
    /// 장소.
    pub place: Option<T>,
    /// 첨부 파일.
    pub files: Vec<Attached<T>>,
    /// 작성된 서식, where the service has one.
    pub form: Option<Written<T>>,
    /// 공개 구분.
    pub openness: Openness,
    /// When it happened, where it was not now.
    pub happened: Option<(At, HappenedGround)>,
}

impl<T> Act<T> {
    /// The deed.
    pub const fn deed(&self) -> Deed {
        match self {
            Act::Receive { .. } => Deed::Receive,
            Act::Reclassify { .. } => Deed::Reclassify,
            Act::Distribute { .. } => Deed::Distribute,
            Act::SendBack { .. } => Deed::SendBack,
            Act::UnitReceive => Deed::UnitReceive,
            Act::Designate { .. } => Deed::Designate,
            Act::AskSupplement { .. } => Deed::AskSupplement,
            Act::ProlongSupplement { .. } => Deed::ProlongSupplement,
            Act::Supplement { .. } => Deed::Supplement,
            Act::Hold { .. } => Deed::Hold,
            Act::Resume => Deed::Resume,
            Act::Extend { .. } => Deed::Extend,
            Act::ConsentExtension => Deed::ConsentExtension,
            Act::DeclineExtension => Deed::DeclineExtension,
            Act::Draft(_) => Deed::Draft,
            Act::SendUp { .. } => Deed::SendUp,
            Act::Sign { .. } => Deed::Sign,
            Act::TurnBack { .. } => Deed::TurnBack,
            Act::Recall => Deed::Recall,
            Act::Answer => Deed::Answer,
            Act::AnswerAtOnce(_) => Deed::AnswerAtOnce,
            Act::ReadAnswer => Deed::ReadAnswer,
            Act::Withdraw { .. } => Deed::Withdraw,
            Act::Transfer { .. } => Deed::Transfer,
            Act::Rate { .. } => Deed::Rate,
            Act::MoveDue => Deed::MoveDue,
            Act::Reroute { .. } => Deed::Reroute,
            Act::ReplaceSigner { .. } => Deed::ReplaceSigner,
            Act::ConfirmAfter => Deed::ConfirmAfter,
            Act::Circulate { .. } => Deed::Circulate,
            Act::ReadCirculated => Deed::ReadCirculated,
            Act::HandOver { .. } => Deed::HandOver,
            Act::Succeed { .. } => Deed::Succeed,
        }
    }

    /// The same act with each text turned by `lay`, in the order of its fields.
    pub fn lay<U, E>(self, lay: &mut impl FnMut(T) -> Result<U, E>) -> Result<Act<U>, E> {
        Ok(match self {
            Act::Receive { kind, period } => Act::Receive { kind, period },
            Act::Reclassify {
                service,
                kind,
                period,
                reason,
            } => Act::Reclassify {
                service,
                kind,
                period,
                reason: lay(reason)?,
            },
            Act::Distribute { unit } => Act::Distribute { unit },
            Act::SendBack { reason } => Act::SendBack { reason: lay(reason)? },
            Act::UnitReceive => Act::UnitReceive,
            Act::Designate { handler } => Act::Designate { handler },
            Act::AskSupplement { what, until } => Act::AskSupplement {
                what: lay(what)?,
                until,
            },
            Act::ProlongSupplement { until } => Act::ProlongSupplement { until },
            Act::Supplement { note, files } => Act::Supplement {
                note: note.map(&mut *lay).transpose()?,
                files: lay_files(files, lay)?,
            },
            Act::Hold { ground, note } => Act::Hold {
                ground,
                note: note.map(lay).transpose()?,
            },
            Act::Resume => Act::Resume,
            Act::Extend { n, ground, reason } => Act::Extend {
                n,
                ground,
                reason: lay(reason)?,
            },
            Act::ConsentExtension => Act::ConsentExtension,
            Act::DeclineExtension => Act::DeclineExtension,
            Act::Draft(answer) => Act::Draft(answer.lay(lay)?),
            Act::SendUp { line } => Act::SendUp { line },
            Act::Sign { comment } => Act::Sign {
                comment: comment.map(lay).transpose()?,
            },
            Act::TurnBack { reason } => Act::TurnBack { reason: lay(reason)? },
            Act::Recall => Act::Recall,
            Act::Answer => Act::Answer,
            Act::AnswerAtOnce(answer) => Act::AnswerAtOnce(answer.lay(lay)?),
            Act::ReadAnswer => Act::ReadAnswer,
            Act::Withdraw { reason } => Act::Withdraw {
                reason: reason.map(lay).transpose()?,
            },
            Act::Transfer { agency, reason } => Act::Transfer {
                agency: lay(agency)?,
                reason: lay(reason)?,
            },
            Act::Rate { score, comment } => Act::Rate {
                score,
                comment: comment.map(lay).transpose()?,
            },
            Act::MoveDue => Act::MoveDue,
            Act::Reroute { rest } => Act::Reroute { rest },
            Act::ReplaceSigner { from, to } => Act::ReplaceSigner { from, to },
            Act::ConfirmAfter => Act::ConfirmAfter,
            Act::Circulate { readers } => Act::Circulate { readers },
            Act::ReadCirculated => Act::ReadCirculated,
            Act::HandOver { to } => Act::HandOver { to },
            Act::Succeed { unit } => Act::Succeed { unit },
        })
    }
}

impl<T> Answer<T> {
    fn lay<U, E>(self, lay: &mut impl FnMut(T) -> Result<U, E>) -> Result<Answer<U>, E> {
        Ok(Answer {
            outcome: self.outcome,
            body: lay(self.body)?,
            reasons: self.reasons.map(&mut *lay).transpose()?,
            remedies: self.remedies.map(&mut *lay).transpose()?,
            openness: self.openness,
        })
    }
}

impl<T> Filing<T> {
    /// The same filing with each text turned by `lay`.
    pub fn lay<U, E>(self, lay: &mut impl FnMut(T) -> Result<U, E>) -> Result<Filing<U>, E> {
        Ok(Filing {
            service: self.service,
            entry: self.entry,
            field: self.field,
            district: self.district,
            person: self.person,
            title: lay(self.title)?,
            body: self.body.map(&mut *lay).transpose()?,
            place: self.place.map(&mut *lay).transpose()?,
            files: lay_files(self.files, lay)?,
            form: match self.form {
                Some(written) => Some(Written {
                    form: written.form,
                    version: written.version,
                    answers: lay(written.answers)?,
                }),
                None => None,
            },
            openness: self.openness,
            happened: self.happened,
        })
    }
}

fn lay_files<T, U, E>(
    files: Vec<Attached<T>>,
    lay: &mut impl FnMut(T) -> Result<U, E>,
) -> Result<Vec<Attached<U>>, E> {
    (files.into_iter())
        .map(|f| {
            Ok(Attached {
                content: lay(f.content)?,
                name: lay(f.name)?,
                size: f.size,
                kind: f.kind,
                slot: f.slot,
            })
        })
        .collect()
}
