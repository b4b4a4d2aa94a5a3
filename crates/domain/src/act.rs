//! 행위의 내용 — what a person hands in with each deed.
//!
//! It is longer than 600 lines because every act stands in one list, and one match lays its texts.
//!
//! `Act<String>` is what a page or a program sends; `Act<Text>` is the same after its texts were laid into the vault.
//! Rules see only the second, so no rule can look at, or leak, what a citizen wrote.

use crate::certificate::Order;
use crate::claim::HandOut;
use crate::due::{Cause, Ground, Period};
use crate::event::{Attached, Signer};
use crate::form::Written;
use crate::id::{OfficialId, PersonId, PetitionId, UnitId};
use crate::intake::{Delivery, Intake};
use crate::life::Deed;
use crate::mailing::{Fate, Mail, Sending};
use crate::number::{DocumentNumber, FilingNumber};
use crate::petition::letter::DelayCause;
use crate::petitioner::Party;
use crate::proceeding::Given;
use crate::terms::{
    Board, ChosenBy, Code, Conversion, District, EntryPoint, Exception, Field, HappenedGround, Kind,
    Openness, Opinion, Outcome, Permit, Repeat, Verdict,
};
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
    /// 발급.
    Issue(Order<T>),
    /// 교부.
    HandOut(HandOut<T>),
    /// 수령 안내; a duty's act.
    RemindClaim,
    /// 미수령 문서 폐기.
    DiscardUnclaimed {
        /// What was found out about why nobody came (정당한 사유의 유무).
        reason: T,
    },
    /// 답변 열람.
    ReadAnswer,
    /// 예고장 발급.
    IssueAdvanceNotice {
        /// What is added in words.
        note: Option<T>,
    },
    /// 독촉장 발급.
    IssueDunning {
        /// 회신기한.
        reply_by: Date,
        /// What is added in words.
        note: Option<T>,
    },
    /// 독촉장 수령 확인.
    ConfirmDunning,
    /// 독촉장 회신.
    ReplyDunning {
        /// 지연 사유.
        cause: DelayCause,
        /// 처리 예정일, while it is open.
        planned: Option<Date>,
        /// In words.
        text: T,
    },
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
        /// By when its result is asked for, if it is.
        report_by: Option<Date>,
    },
    /// 만족도 평가.
    Rate {
        /// 1 to 5.
        score: u32,
        /// In words.
        comment: Option<T>,
    },
    /// 소관 결정.
    RuleJurisdiction {
        /// 처리주무부서.
        unit: UnitId,
        /// The ruling.
        reason: T,
    },
    /// 맡기기: to an external user.
    Entrust {
        /// 외부 접속자.
        to: OfficialId,
        /// What they may do.
        permit: Permit,
        /// What is asked of them.
        what: T,
        /// The last day.
        until: Date,
    },
    /// 맡김 거두기.
    TakeBack {
        /// Which hand-out.
        no: u32,
    },
    /// 현장 의견.
    FieldNote {
        /// Which hand-out.
        no: u32,
        /// In words.
        text: T,
    },
    /// 협조 요청.
    AskConsult {
        /// 협조부서.
        unit: UnitId,
        /// What its opinion is asked on.
        what: T,
        /// 회신기한.
        reply_by: Date,
    },
    /// 협조 회신기한 연장.
    ProlongConsult {
        /// Which request.
        no: u32,
        /// The new last day.
        reply_by: Date,
    },
    /// 협조 회신.
    ReplyConsult {
        /// Which request.
        no: u32,
        /// The opinion.
        opinion: Opinion,
        /// In words.
        text: T,
        /// Papers.
        files: Vec<Attached<T>>,
    },
    /// 협조 요청 취소.
    CancelConsult {
        /// Which request.
        no: u32,
    },
    /// 동일 민원 연결.
    LinkEarlier {
        /// 반복 or 중복.
        repeat: Repeat,
        /// Earlier petitions of the same content.
        earlier: Vec<PetitionId>,
    },
    /// 민원조정위원회 심의 결과 기록.
    RecordBoard {
        /// On what.
        board: Board,
        /// 심의한 날.
        held: Date,
        /// Its result in words.
        result: T,
    },
    /// 민원 아님·전환.
    Convert {
        /// Into what.
        into: Conversion,
        /// Why, and where it goes on.
        reason: T,
    },
    /// 이첩.
    Refer {
        /// The body in charge.
        agency: T,
        /// Why, and what is asked of it.
        reason: T,
        /// 결과 회보기한.
        report_by: Date,
    },
    /// 처리결과 회보.
    ReportBack {
        /// What came of it.
        result: T,
    },
    /// 보완 요구 반송 기록.
    MarkUndelivered,
    /// 취하 간주 종결.
    DeemWithdrawn,
    /// 처리진행상황 통지.
    TellProgress,
    /// 다수인관련민원 지정.
    MarkMass {
        /// 세대.
        households: u32,
        /// 연명한 사람.
        signers: u32,
        /// 연명부 원본.
        list: Option<Attached<T>>,
    },
    /// 대표자 선정.
    ChooseRepresentatives {
        /// One to three names.
        names: Vec<T>,
        /// By whom.
        by: ChosenBy,
    },
    /// 병합: these are answered with this one.
    TakeIn {
        /// Petitions of the same purpose.
        children: Vec<PetitionId>,
    },
    /// 병합됨: this one is answered with that one.
    Merge {
        /// The one that takes it in.
        into: PetitionId,
    },
    /// 분리. The new petition is filed beside it by `App::split`.
    SplitOff {
        /// The new petition.
        part: PetitionId,
        /// Its 신청번호.
        number: FilingNumber,
        /// Why.
        reason: T,
    },
    /// 변경·추가 제출.
    Amend {
        /// In words.
        note: Option<T>,
        /// Papers.
        files: Vec<Attached<T>>,
    },
    /// 직권 보정.
    Rectify {
        /// What was wrong and what it reads now.
        what: T,
        /// How and when the petitioner consented.
        consent: T,
    },
    /// 이의신청.
    Object {
        /// 취지와 이유.
        reason: T,
        /// 거부처분을 받은 날.
        received: Date,
        /// Papers.
        files: Vec<Attached<T>>,
    },
    /// 이의신청 결정기간 연장.
    ExtendObjection {
        /// Days, ten at most.
        days: u32,
        /// Why.
        reason: T,
    },
    /// 이의신청 결정.
    DecideObjection {
        /// The verdict.
        verdict: Verdict,
        /// 결정 이유.
        reason: T,
        /// 불복방법.
        remedies: T,
    },
    /// 추가답변 요청.
    AskFurther {
        /// What is still open.
        what: T,
    },
    /// 추가답변.
    AnswerFurther {
        /// The answer.
        body: T,
    },
    /// 처리 완료 시각 정정.
    CorrectConclusion {
        /// The right moment.
        to: At,
        /// Why.
        reason: T,
        /// 증빙.
        evidence: Vec<Attached<T>>,
    },
    /// 비공개 전환.
    Narrow {
        /// Why.
        reason: T,
    },
    /// 보안민원 지정.
    Protect {
        /// Why.
        reason: T,
    },
    /// 보안민원 해제.
    Unprotect {
        /// Why.
        reason: T,
    },
    /// 공개 게시, names and numbers masked.
    Publish {
        /// 제목.
        title: T,
        /// 민원 내용.
        question: T,
        /// 답변.
        answer: T,
    },
    /// 공개 게시 취소.
    Unpublish,
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
    /// 문서시스템 등록; a duty's act.
    RegisterDocument {
        /// Which event approved what was registered.
        approval: u32,
        /// 문서번호.
        document: DocumentNumber,
        /// 등록일.
        on: Date,
    },
    /// 문서시스템 등록 거절; a duty's act.
    RefuseRegistration {
        /// Which event approved what was given back.
        approval: u32,
        /// Why, in the words of the document system.
        reason: T,
    },
    /// 제3자 통지.
    TellThirdParty {
        /// Who.
        name: T,
        /// What of the information is about them, and how they were told.
        what: T,
        /// 통지가 도달한 날.
        arrived: Date,
    },
    /// 제3자 의견 기록.
    HearThirdParty {
        /// Which of them.
        no: u32,
        /// Whether they ask that it not be disclosed (비공개 요청).
        objects: bool,
        /// In words.
        text: T,
    },
    /// 수리·허가 간주 기록.
    RecordDeemed {
        /// How it came to that, if said.
        note: Option<T>,
    },
    /// 신청인 정보 정정.
    CorrectParty {
        /// Who asks and files.
        party: Party<T>,
        /// How the result is to reach them; as before where nothing is said.
        delivery: Option<Delivery>,
        /// Why, and how it was found.
        reason: T,
    },
    /// 우편 발송 요청.
    QueueMail {
        /// What the letter says.
        mail: Mail,
    },
    /// 우편 발송.
    SendMail {
        /// Which letter.
        no: u32,
        /// When and how.
        sending: Sending,
    },
    /// 우편 도달·반송.
    EndMail {
        /// Which letter.
        no: u32,
        /// What became of it.
        fate: Fate,
    },
    /// 특별절차 개시.
    OpenProceeding {
        /// Which track.
        track: Code,
        /// Sealed answers to what it asks.
        asked: Option<T>,
    },
    /// 특별절차 진행.
    MoveProceeding(Given<T>),
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
    /// 처리 예외의 사유, where it is left unhandled (법21).
    pub exception: Option<Exception>,
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
    /// The petition it is a part of, where it is split off.
    pub split_from: Option<PetitionId>,
    /// What a clerk noted down; nothing where the petitioner filed online.
    pub intake: Intake<T>,
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
            Act::Issue(_) => Deed::Issue,
            Act::HandOut(_) => Deed::HandOut,
            Act::RemindClaim => Deed::RemindClaim,
            Act::DiscardUnclaimed { .. } => Deed::DiscardUnclaimed,
            Act::ReadAnswer => Deed::ReadAnswer,
            Act::IssueAdvanceNotice { .. } => Deed::IssueAdvanceNotice,
            Act::IssueDunning { .. } => Deed::IssueDunning,
            Act::ConfirmDunning => Deed::ConfirmDunning,
            Act::ReplyDunning { .. } => Deed::ReplyDunning,
            Act::Withdraw { .. } => Deed::Withdraw,
            Act::Transfer { .. } => Deed::Transfer,
            Act::Rate { .. } => Deed::Rate,
            Act::RuleJurisdiction { .. } => Deed::RuleJurisdiction,
            Act::Entrust { .. } => Deed::Entrust,
            Act::TakeBack { .. } => Deed::TakeBack,
            Act::FieldNote { .. } => Deed::FieldNote,
            Act::AskConsult { .. } => Deed::AskConsult,
            Act::ProlongConsult { .. } => Deed::ProlongConsult,
            Act::ReplyConsult { .. } => Deed::ReplyConsult,
            Act::CancelConsult { .. } => Deed::CancelConsult,
            Act::LinkEarlier { .. } => Deed::LinkEarlier,
            Act::RecordBoard { .. } => Deed::RecordBoard,
            Act::Convert { .. } => Deed::Convert,
            Act::Refer { .. } => Deed::Refer,
            Act::ReportBack { .. } => Deed::ReportBack,
            Act::MarkUndelivered => Deed::MarkUndelivered,
            Act::DeemWithdrawn => Deed::DeemWithdrawn,
            Act::TellProgress => Deed::TellProgress,
            Act::MarkMass { .. } => Deed::MarkMass,
            Act::ChooseRepresentatives { .. } => Deed::ChooseRepresentatives,
            Act::TakeIn { .. } => Deed::TakeIn,
            Act::Merge { .. } => Deed::Merge,
            Act::SplitOff { .. } => Deed::SplitOff,
            Act::Amend { .. } => Deed::Amend,
            Act::Rectify { .. } => Deed::Rectify,
            Act::Object { .. } => Deed::Object,
            Act::ExtendObjection { .. } => Deed::ExtendObjection,
            Act::DecideObjection { .. } => Deed::DecideObjection,
            Act::AskFurther { .. } => Deed::AskFurther,
            Act::AnswerFurther { .. } => Deed::AnswerFurther,
            Act::CorrectConclusion { .. } => Deed::CorrectConclusion,
            Act::Narrow { .. } => Deed::Narrow,
            Act::Protect { .. } => Deed::Protect,
            Act::Unprotect { .. } => Deed::Unprotect,
            Act::Publish { .. } => Deed::Publish,
            Act::Unpublish => Deed::Unpublish,
            Act::MoveDue => Deed::MoveDue,
            Act::Reroute { .. } => Deed::Reroute,
            Act::ReplaceSigner { .. } => Deed::ReplaceSigner,
            Act::ConfirmAfter => Deed::ConfirmAfter,
            Act::Circulate { .. } => Deed::Circulate,
            Act::ReadCirculated => Deed::ReadCirculated,
            Act::HandOver { .. } => Deed::HandOver,
            Act::Succeed { .. } => Deed::Succeed,
            Act::RegisterDocument { .. } => Deed::RegisterDocument,
            Act::RefuseRegistration { .. } => Deed::RefuseRegistration,
            Act::TellThirdParty { .. } => Deed::TellThirdParty,
            Act::HearThirdParty { .. } => Deed::HearThirdParty,
            Act::RecordDeemed { .. } => Deed::RecordDeemed,
            Act::CorrectParty { .. } => Deed::CorrectParty,
            Act::QueueMail { .. } => Deed::QueueMail,
            Act::SendMail { .. } => Deed::SendMail,
            Act::EndMail { .. } => Deed::EndMail,
            Act::OpenProceeding { .. } => Deed::OpenProceeding,
            Act::MoveProceeding(_) => Deed::MoveProceeding,
        }
    }

    /// The other petitions it names: what they are is for a decision to look at.
    pub fn names(&self) -> &[PetitionId] {
        match self {
            Act::LinkEarlier { earlier: others, .. } | Act::TakeIn { children: others } => others,
            Act::Merge { into } => std::slice::from_ref(into),
            Act::MoveProceeding(given) => given.tie.as_slice(),
            _ => &[],
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
            Act::Issue(order) => Act::Issue(Order {
                copies: order.copies,
                charge: order.charge,
                facts: lay(order.facts)?,
            }),
            Act::HandOut(given) => Act::HandOut(given.lay(lay)?),
            Act::RemindClaim => Act::RemindClaim,
            Act::DiscardUnclaimed { reason } => Act::DiscardUnclaimed { reason: lay(reason)? },
            Act::ReadAnswer => Act::ReadAnswer,
            Act::IssueAdvanceNotice { note } => Act::IssueAdvanceNotice {
                note: note.map(lay).transpose()?,
            },
            Act::IssueDunning { reply_by, note } => Act::IssueDunning {
                reply_by,
                note: note.map(lay).transpose()?,
            },
            Act::ConfirmDunning => Act::ConfirmDunning,
            Act::ReplyDunning { cause, planned, text } => Act::ReplyDunning {
                cause,
                planned,
                text: lay(text)?,
            },
            Act::Withdraw { reason } => Act::Withdraw {
                reason: reason.map(lay).transpose()?,
            },
            Act::Transfer {
                agency,
                reason,
                report_by,
            } => Act::Transfer {
                agency: lay(agency)?,
                reason: lay(reason)?,
                report_by,
            },
            Act::RuleJurisdiction { unit, reason } => Act::RuleJurisdiction {
                unit,
                reason: lay(reason)?,
            },
            Act::Entrust {
                to,
                permit,
                what,
                until,
            } => Act::Entrust {
                to,
                permit,
                what: lay(what)?,
                until,
            },
            Act::TakeBack { no } => Act::TakeBack { no },
            Act::FieldNote { no, text } => Act::FieldNote { no, text: lay(text)? },
            Act::AskConsult { unit, what, reply_by } => Act::AskConsult {
                unit,
                what: lay(what)?,
                reply_by,
            },
            Act::ProlongConsult { no, reply_by } => Act::ProlongConsult { no, reply_by },
            Act::ReplyConsult {
                no,
                opinion,
                text,
                files,
            } => Act::ReplyConsult {
                no,
                opinion,
                text: lay(text)?,
                files: lay_files(files, lay)?,
            },
            Act::CancelConsult { no } => Act::CancelConsult { no },
            Act::LinkEarlier { repeat, earlier } => Act::LinkEarlier { repeat, earlier },
            Act::RecordBoard { board, held, result } => Act::RecordBoard {
                board,
                held,
                result: lay(result)?,
            },
            Act::Convert { into, reason } => Act::Convert {
                into,
                reason: lay(reason)?,
            },
            Act::Refer {
                agency,
                reason,
                report_by,
            } => Act::Refer {
                agency: lay(agency)?,
                reason: lay(reason)?,
                report_by,
            },
            Act::ReportBack { result } => Act::ReportBack { result: lay(result)? },
            Act::MarkUndelivered => Act::MarkUndelivered,
            Act::DeemWithdrawn => Act::DeemWithdrawn,
            Act::TellProgress => Act::TellProgress,
            Act::MarkMass {
                households,
                signers,
                list,
            } => Act::MarkMass {
                households,
                signers,
                list: list.map(|list| list.lay(lay)).transpose()?,
            },
            Act::ChooseRepresentatives { names, by } => Act::ChooseRepresentatives {
                names: names.into_iter().map(lay).collect::<Result<_, E>>()?,
                by,
            },
            Act::TakeIn { children } => Act::TakeIn { children },
            Act::Merge { into } => Act::Merge { into },
            Act::SplitOff { part, number, reason } => Act::SplitOff {
                part,
                number,
                reason: lay(reason)?,
            },
            Act::Amend { note, files } => Act::Amend {
                note: note.map(&mut *lay).transpose()?,
                files: lay_files(files, lay)?,
            },
            Act::Rectify { what, consent } => Act::Rectify {
                what: lay(what)?,
                consent: lay(consent)?,
            },
            Act::Object {
                reason,
                received,
                files,
            } => Act::Object {
                reason: lay(reason)?,
                received,
                files: lay_files(files, lay)?,
            },
            Act::ExtendObjection { days, reason } => Act::ExtendObjection {
                days,
                reason: lay(reason)?,
            },
            Act::DecideObjection {
                verdict,
                reason,
                remedies,
            } => Act::DecideObjection {
                verdict,
                reason: lay(reason)?,
                remedies: lay(remedies)?,
            },
            Act::AskFurther { what } => Act::AskFurther { what: lay(what)? },
            Act::AnswerFurther { body } => Act::AnswerFurther { body: lay(body)? },
            Act::CorrectConclusion { to, reason, evidence } => Act::CorrectConclusion {
                to,
                reason: lay(reason)?,
                evidence: lay_files(evidence, lay)?,
            },
            Act::Narrow { reason } => Act::Narrow { reason: lay(reason)? },
            Act::Protect { reason } => Act::Protect { reason: lay(reason)? },
            Act::Unprotect { reason } => Act::Unprotect { reason: lay(reason)? },
            Act::Publish {
                title,
                question,
                answer,
            } => Act::Publish {
                title: lay(title)?,
                question: lay(question)?,
                answer: lay(answer)?,
            },
            Act::Unpublish => Act::Unpublish,
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
            Act::RegisterDocument {
                approval,
                document,
                on,
            } => Act::RegisterDocument {
                approval,
                document,
                on,
            },
            Act::RefuseRegistration { approval, reason } => Act::RefuseRegistration {
                approval,
                reason: lay(reason)?,
            },
            Act::TellThirdParty { name, what, arrived } => Act::TellThirdParty {
                name: lay(name)?,
                what: lay(what)?,
                arrived,
            },
            Act::HearThirdParty { no, objects, text } => Act::HearThirdParty {
                no,
                objects,
                text: lay(text)?,
            },
            Act::RecordDeemed { note } => Act::RecordDeemed {
                note: note.map(lay).transpose()?,
            },
            Act::CorrectParty {
                party,
                delivery,
                reason,
            } => Act::CorrectParty {
                party: party.lay(lay)?,
                delivery,
                reason: lay(reason)?,
            },
            Act::QueueMail { mail } => Act::QueueMail { mail },
            Act::SendMail { no, sending } => Act::SendMail { no, sending },
            Act::EndMail { no, fate } => Act::EndMail { no, fate },
            Act::OpenProceeding { track, asked } => Act::OpenProceeding {
                track,
                asked: asked.map(lay).transpose()?,
            },
            Act::MoveProceeding(given) => Act::MoveProceeding(given.lay(lay)?),
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
            exception: self.exception,
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
            split_from: self.split_from,
            intake: self.intake.lay(lay)?,
        })
    }
}

fn lay_files<T, U, E>(
    files: Vec<Attached<T>>,
    lay: &mut impl FnMut(T) -> Result<U, E>,
) -> Result<Vec<Attached<U>>, E> {
    files.into_iter().map(|file| file.lay(lay)).collect()
}
