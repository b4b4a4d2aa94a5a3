//! 사건 — what has happened to a petition, in the past tense: the journal's only content.
//!
//! It is longer than 600 lines because every event stands in one list, proven plain by one macro.
//!
//! Events carry their outcomes (due date, period, versions used), so that folding them never asks the calendar or the
//! catalogue again. Every field is `Plain`: a citizen's words appear as a reference and a commitment.

use crate::certificate::{CheckCode, IssueNumber};
use crate::claim::HandOut;
use crate::due::{Cause, Ground, Period};
use crate::fee::{Charge, Won};
use crate::form::Written;
use crate::id::{OfficialId, PersonId, PetitionId, UnitId};
use crate::intake::{Delivery, Intake};
use crate::life::Deed;
use crate::mailing::{Fate, Mail, Sending};
use crate::number::{DocumentNumber, FilingNumber, LetterNumber, ReceptionNumber};
use crate::petition::letter::DelayCause;
use crate::petitioner::Party;
use crate::proceeding::{Fact, Standing};
use crate::terms::{
    Board, By, ChosenBy, Code, Conversion, District, EntryPoint, Exception, Field, FileType, HappenedGround,
    Kind, Mark, Openness, Opinion, Outcome, Permit, Repeat, Seat, Verdict,
};
use crate::text::{Plain, Text, plain};
use crate::time::At;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Declares the events and proves at compile time that each field is `Plain`.
macro_rules! events {
    ($($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident : $ty:ty,)* })*) => {
        /// What has happened. The serialised tag and fields are the storage format of version [`VERSION`].
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "is", rename_all = "snake_case")]
        #[expect(clippy::large_enum_variant, reason = "an event is read, folded and let go; boxes would only cost")]
        pub enum Event { $($(#[$doc])* $name { $($(#[$fdoc])* $field: $ty,)* },)* }
        impl Event {
            /// The name of the event: its tag in the journal and its key in locale files.
            pub const fn name(&self) -> &'static str {
                match self { $(Event::$name { .. } => stringify!($name),)* }
            }
        }
        const _: () = {
            const fn is_plain<T: Plain>() {}
            $($(is_plain::<$ty>();)*)*
        };
    };
}

/// Version of the storage format written today; older ones are up-cast when read.
pub const VERSION: u32 = 1;

events! {
    /// 신청됨.
    Filed {
        /// 신청번호.
        number: FilingNumber,
        /// The row of the catalogue.
        service: Code,
        /// Its version at that time.
        service_version: u32,
        /// The procedure it runs by.
        procedure: Code,
        /// The procedure's version; open petitions stay on theirs.
        procedure_version: u32,
        /// As filed; the office decides the kind at reception.
        kind: Kind,
        /// By which door.
        entry: EntryPoint,
        /// Field of city life.
        field: Option<Field>,
        /// Where it is about.
        district: Option<District>,
        /// Who asks.
        person: PersonId,
        /// 제목.
        title: Text,
        /// 내용.
        body: Option<Text>,
        /// 장소.
        place: Option<Text>,
        /// 첨부 파일.
        files: Vec<Attached>,
        /// 작성된 서식, where the service has one.
        #[serde(default)]
        form: Option<Written>,
        /// 공개 구분.
        openness: Openness,
        /// The last moment for 접수 by 영6⑧, if the eight-hour clock applies.
        receive_by: Option<At>,
        /// The due date to expect if received at once.
        expected: Option<At>,
        /// The petition it was a part of, where it was split off (분리).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        split_from: Option<PetitionId>,
        /// What a clerk noted down.
        #[serde(default)]
        intake: Intake,
        /// 보안민원 from filing on.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        protected: bool,
    }
    /// 접수됨 — the period begins.
    Received {
        /// 접수번호.
        number: ReceptionNumber,
        /// The kind the office decided on.
        kind: Kind,
        /// 처리기간.
        period: Period,
        /// 법정처리기한: the first moment that is late.
        due: At,
        /// The version of the rules that was used: the date it is in force from.
        rules: Date,
        /// The version of the calendar that was used.
        calendar: u32,
        /// By when it goes on to a department (영13①).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hand_by: Option<At>,
    }
    /// 분류가 바뀜 — kind or service corrected, the period computed anew from the same reception.
    Reclassified {
        /// The row of the catalogue.
        service: Code,
        /// Its version.
        service_version: u32,
        /// The procedure.
        procedure: Code,
        /// Its version.
        procedure_version: u32,
        /// The kind.
        kind: Kind,
        /// The new period, once received.
        period: Option<Period>,
        /// The new due date; none before reception or while nothing runs.
        due: Option<At>,
        /// Why.
        reason: Text,
    }
    /// 배부됨 — handed to a department, for the first time or again.
    Distributed {
        /// 주관부서.
        unit: UnitId,
    }
    /// 재배부가 요청됨 — the department says it is not its own.
    SendBackAsked {
        /// The department that asks.
        unit: UnitId,
        /// 소관이 아닌 사유.
        reason: Text,
        /// By when it goes on to another department (영13②).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hand_by: Option<At>,
    }
    /// 부서에서 접수됨.
    UnitReceived {
        /// The department.
        unit: UnitId,
    }
    /// 담당자가 지정됨.
    Designated {
        /// 처리담당자.
        handler: OfficialId,
    }
    /// 보완이 요구됨 — from the day of sending the period does not count.
    SupplementAsked {
        /// What is missing.
        what: Text,
        /// 1 for the first demand, 2 for the second.
        round: u32,
        /// 발송한 날.
        sent: Date,
        /// 보완 기한.
        until: Date,
    }
    /// 보완 기한이 민원인의 요청으로 늘어남.
    SupplementProlonged {
        /// New last day.
        until: Date,
        /// How many times now; at most 2.
        times: u32,
    }
    /// 보완됨 — up to and including the day of arrival the period did not count.
    SupplementGiven {
        /// What the citizen wrote.
        note: Option<Text>,
        /// What the citizen attached.
        files: Vec<Attached>,
        /// 도달한 날.
        arrived: Date,
        /// The due date now.
        due: At,
    }
    /// 불산입이 시작됨 on a ground other than the supplement.
    HoldBegan {
        /// The ground.
        ground: Ground,
        /// First day that does not count.
        from: Date,
        /// What is awaited.
        note: Option<Text>,
    }
    /// 불산입이 끝남.
    HoldEnded {
        /// Last day that does not count.
        to: Date,
        /// The due date now.
        due: At,
    }
    /// 두 번째 연장의 동의를 요청함.
    ExtensionProposed {
        /// How much, in the unit of the period.
        n: u32,
        /// Ground.
        ground: Cause,
        /// Reason in words.
        reason: Text,
    }
    /// 연장에 동의하지 않음.
    ExtensionDeclined {
    }
    /// 처리기간이 연장됨.
    Extended {
        /// 1 or 2.
        nth: u32,
        /// How much, in the unit of the period.
        n: u32,
        /// Ground.
        ground: Cause,
        /// Reason in words.
        reason: Text,
        /// The due date before.
        from: At,
        /// The due date now.
        due: At,
    }
    /// 기안됨.
    Drafted {
        /// 1, 2, … as it is rewritten.
        version: u32,
        /// The outcome proposed.
        outcome: Outcome,
        /// 본문.
        body: Text,
        /// 거부 사유 (법27③).
        reasons: Option<Text>,
        /// 구제절차 (법27③).
        remedies: Option<Text>,
        /// 공개 구분 of the answer.
        openness: Openness,
        /// 처리 예외의 사유 (법21).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        exception: Option<Exception>,
    }
    /// 상신됨.
    SentUp {
        /// 결재선, in order; the last one decides.
        line: Vec<Signer>,
    }
    /// 검토·협조됨.
    Signed {
        /// Place on the line, from 0.
        step: u32,
        /// A remark.
        comment: Option<Text>,
    }
    /// 결재됨.
    Approved {
        /// Place on the line, from 0.
        step: u32,
        /// A remark.
        comment: Option<Text>,
        /// 문서번호; none while an outside document system has to give it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        document: Option<DocumentNumber>,
    }
    /// 반송됨 — turned back to the drafter.
    TurnedBack {
        /// Place on the line, from 0.
        step: u32,
        /// Why.
        reason: Text,
    }
    /// 회수됨 — taken back by the drafter.
    Recalled {
    }
    /// 시행·통지됨 — the answer went out; the petition is concluded.
    Answered {
        /// The outcome.
        outcome: Outcome,
        /// 문서번호.
        document: DocumentNumber,
        /// 처리 완료 시각: by default the moment of approval.
        concluded: At,
    }
    /// 발급됨 — a line of the 발급대장.
    Issued {
        /// 발급번호.
        number: IssueNumber,
        /// 확인번호.
        code: CheckCode,
        /// 통수.
        copies: u32,
        /// What one costs.
        charge: Charge,
        /// What was paid.
        paid: Won,
    }
    /// 교부됨.
    HandedOut {
        /// To whom, and on what evidence.
        given: HandOut,
    }
    /// 수령을 안내함 — the petitioner was told until when the paper is kept.
    ClaimReminded {
        /// The first day on which it may be destroyed.
        discard_from: Date,
    }
    /// 미수령 문서가 폐기됨 — and the petition closed (영25④).
    UnclaimedDiscarded {
        /// What was found out about why nobody came.
        reason: Text,
    }
    /// 답변을 열람함.
    AnswerRead {
    }
    /// 예고장이 발급됨.
    AdvanceNoticeIssued {
        /// To whom.
        to: Vec<OfficialId>,
        /// The due date it speaks of.
        due: At,
        /// Which due date of the petition that is.
        due_version: u32,
        /// What was added in words.
        note: Option<Text>,
    }
    /// 독촉장이 발급됨 (영28②).
    DunningIssued {
        /// 독촉장 번호.
        number: LetterNumber,
        /// To whom.
        to: Vec<OfficialId>,
        /// The due date it speaks of.
        due: At,
        /// Which due date of the petition that is.
        due_version: u32,
        /// 회신기한.
        reply_by: Date,
        /// What was added in words.
        note: Option<Text>,
    }
    /// 독촉장 수령이 확인됨.
    DunningReceived {
        /// 독촉장 번호.
        number: LetterNumber,
    }
    /// 독촉장에 회신함.
    DunningReplied {
        /// 독촉장 번호.
        number: LetterNumber,
        /// 지연 사유.
        cause: DelayCause,
        /// 처리 예정일, while it is open.
        planned: Option<Date>,
        /// In words.
        text: Text,
    }
    /// 취하됨.
    Withdrawn {
        /// Why, if said.
        reason: Option<Text>,
    }
    /// 다른 기관으로 이송됨.
    Transferred {
        /// To whom.
        agency: Text,
        /// Why it is theirs.
        reason: Text,
        /// By when its result is asked for (영13③), if it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        report_by: Option<Date>,
    }
    /// 만족도가 평가됨.
    Rated {
        /// 1 to 5.
        score: u32,
        /// In words.
        comment: Option<Text>,
    }
    /// 이전 대장에서 옮겨짐 — what an older register says of the petition, instead of 접수 here; if it ended there, it ends.
    Migrated {
        /// The kind, in the register's view.
        kind: Kind,
        /// 처리부서, if the register names one of ours.
        unit: Option<UnitId>,
        /// The register's row.
        old: OldRow,
        /// How it ended there; `None` while it is open.
        ended: Option<OldEnd>,
    }
    /// 민원조정위원회가 소관을 정함: the department keeps it.
    JurisdictionRuled {
        /// 처리주무부서.
        unit: UnitId,
        /// The ruling.
        reason: Text,
    }
    /// 외부 접속자에게 맡김.
    Entrusted {
        /// 1, 2, … within the petition.
        no: u32,
        /// 외부 접속자.
        to: OfficialId,
        /// What they may do.
        permit: Permit,
        /// What is asked of them.
        what: Text,
        /// The last day.
        until: Date,
    }
    /// 맡긴 것을 거둠.
    TakenBack {
        /// Which hand-out.
        no: u32,
    }
    /// 외부 접속자가 현장 의견을 적음.
    FieldNoted {
        /// Which hand-out.
        no: u32,
        /// In words.
        text: Text,
    }
    /// 협조가 요청됨.
    ConsultAsked {
        /// 1, 2, … within the petition.
        no: u32,
        /// 협조부서.
        unit: UnitId,
        /// What its opinion is asked on.
        what: Text,
        /// 회신기한: the last day.
        reply_by: Date,
    }
    /// 협조 회신기한이 연장됨.
    ConsultProlonged {
        /// Which request.
        no: u32,
        /// The new last day.
        reply_by: Date,
    }
    /// 협조부서가 회신함.
    ConsultReplied {
        /// Which request.
        no: u32,
        /// The opinion.
        opinion: Opinion,
        /// In words.
        text: Text,
        /// Papers.
        files: Vec<Attached>,
    }
    /// 협조 요청이 취소됨.
    ConsultCancelled {
        /// Which request.
        no: u32,
    }
    /// 동일 민원이 연결됨.
    EarlierLinked {
        /// 반복 or 중복.
        repeat: Repeat,
        /// Earlier petitions of the same content, answered.
        earlier: Vec<PetitionId>,
    }
    /// 민원조정위원회의 심의를 거침.
    BoardHeld {
        /// On what.
        board: Board,
        /// 심의한 날.
        held: Date,
        /// Its result in words.
        result: Text,
    }
    /// 민원이 아니어서 전환됨.
    Converted {
        /// Into what.
        into: Conversion,
        /// Why, and where it goes on.
        reason: Text,
    }
    /// 이첩됨.
    Referred {
        /// The body in charge.
        agency: Text,
        /// Why, and what is asked of it.
        reason: Text,
        /// 결과 회보기한.
        report_by: Date,
    }
    /// 처리결과가 회보됨.
    ReportedBack {
        /// What came of it.
        result: Text,
    }
    /// 보완 요구가 반송됨.
    DemandReturned {
        /// How often now.
        times: u32,
    }
    /// 취하한 것으로 보아 종결됨 (영25②).
    DeemedWithdrawn {
    }
    /// 처리진행상황이 통지됨.
    ProgressTold {
        /// 1, 2, ….
        nth: u32,
        /// 처리완료 예정일: the due date now, the first moment that is late; none while the clock is held.
        due: Option<At>,
    }
    /// 다수인관련민원으로 지정됨.
    MassMarked {
        /// 공동의 이해관계가 있는 세대.
        households: u32,
        /// 연명한 사람.
        signers: u32,
        /// 연명부 원본 (법24①).
        list: Option<Attached>,
    }
    /// 대표자가 정해짐.
    RepresentativesChosen {
        /// One to three names.
        names: Vec<Text>,
        /// By whom.
        by: ChosenBy,
    }
    /// 다른 민원을 병합함.
    TookIn {
        /// Petitions of the same purpose, answered with this one from now on.
        children: Vec<Child>,
    }
    /// 다른 민원에 병합됨.
    Merged {
        /// The petition it is answered with.
        into: PetitionId,
        /// Its 신청번호.
        number: FilingNumber,
    }
    /// 일부가 분리됨.
    PartSplitOff {
        /// The new petition.
        part: PetitionId,
        /// Its 신청번호.
        number: FilingNumber,
        /// Why.
        reason: Text,
    }
    /// 민원인이 내용을 변경하거나 자료를 더 냄 (법22②).
    Amended {
        /// In words.
        note: Option<Text>,
        /// Papers.
        files: Vec<Attached>,
    }
    /// 직권으로 보정됨 (영6⑤).
    Rectified {
        /// What was wrong and what it reads now.
        what: Text,
        /// How and when the petitioner consented.
        consent: Text,
    }
    /// 거부처분에 이의가 신청됨.
    Objected {
        /// 취지와 이유.
        reason: Text,
        /// 거부처분을 받은 날.
        received: Date,
        /// Papers.
        files: Vec<Attached>,
        /// 결정기한: the first moment that is late.
        due: At,
    }
    /// 이의신청 결정기간이 연장됨.
    ObjectionExtended {
        /// Days, ten at most.
        days: u32,
        /// Why.
        reason: Text,
        /// 결정기한 now.
        due: At,
    }
    /// 이의신청이 결정됨.
    ObjectionDecided {
        /// The verdict.
        verdict: Verdict,
        /// 결정 이유.
        reason: Text,
        /// 원래의 거부처분에 대한 불복방법 (영40②).
        remedies: Text,
    }
    /// 추가답변이 요청됨.
    FurtherAsked {
        /// What is still open.
        what: Text,
        /// The office's own target: the first moment that is late.
        target: At,
    }
    /// 추가답변함.
    FurtherAnswered {
        /// The answer.
        body: Text,
    }
    /// 처리 완료 시각이 정정됨.
    ConclusionCorrected {
        /// Before.
        from: At,
        /// Now.
        to: At,
        /// Why.
        reason: Text,
        /// 증빙.
        evidence: Vec<Attached>,
    }
    /// 비공개로 바뀜.
    Narrowed {
        /// Why.
        reason: Text,
    }
    /// 보안민원으로 지정됨.
    Protected {
        /// Why.
        reason: Text,
    }
    /// 보안민원에서 해제됨.
    Unprotected {
        /// Why.
        reason: Text,
    }
    /// 공개 게시판에 게시됨, names and numbers masked.
    Published {
        /// 제목.
        title: Text,
        /// 민원 내용.
        question: Text,
        /// 답변.
        answer: Text,
    }
    /// 공개 게시가 취소됨.
    Unpublished {
    }
    /// 기한이 옮겨짐 — a holiday was declared later.
    DueMoved {
        /// Before.
        from: At,
        /// Now.
        due: At,
        /// The version of the calendar.
        calendar: u32,
    }
    /// 결재선의 남은 자리가 바뀜 — those who could not sign are replaced; who has signed stays.
    Rerouted {
        /// Who is still to sign, in order; the last one decides.
        rest: Vec<Signer>,
    }
    /// 결재자가 인계됨 — a place on the line that was not signed yet went to a successor.
    SignerReplaced {
        /// Place on the line, from 0.
        step: u32,
        /// Who had it.
        from: OfficialId,
        /// Who has it now.
        to: OfficialId,
    }
    /// 후결(사후 보고)이 확인됨 — by the one in whose place it was signed.
    ConfirmedAfter {
        /// Place on the line, from 0.
        step: u32,
    }
    /// 공람에 부쳐짐.
    Circulated {
        /// Who is to read it.
        readers: Vec<OfficialId>,
    }
    /// 공람함.
    CirculationRead {
    }
    /// 담당자가 인계됨 — with its draft and its line.
    HandedOver {
        /// 인계자.
        from: OfficialId,
        /// 인수자.
        to: OfficialId,
    }
    /// 신청인 정보가 정정됨 — kind, names, agent, address, way of delivery.
    PartyCorrected {
        /// Who asks and files, as it is now.
        party: Party,
        /// How the result is to reach them.
        delivery: Option<Delivery>,
        /// Why, and how it was found.
        reason: Text,
    }
    /// 우편 발송 대기 — a letter is owed by post.
    MailingDue {
        /// Its line in the petition.
        no: u32,
        /// What it says.
        mail: Mail,
    }
    /// 우편이 발송됨.
    MailingSent {
        /// Which.
        no: u32,
        /// When and how.
        sending: Sending,
    }
    /// 우편이 도달하거나 반송됨.
    MailingEnded {
        /// Which.
        no: u32,
        /// What became of it.
        fate: Fate,
    }
    /// 조직 개편으로 주관부서가 바뀜.
    Succeeded {
        /// The unit that was closed.
        from: UnitId,
        /// Its successor.
        unit: UnitId,
    }
    /// 문서시스템에 등록됨 — what was approved has its number there.
    DocumentRegistered {
        /// Which event approved it.
        approval: u32,
        /// 문서번호.
        document: DocumentNumber,
        /// 등록일.
        on: Date,
    }
    /// 문서시스템이 등록을 거절함 — the draft goes back to its drafter.
    RegistrationRefused {
        /// Which event approved it.
        approval: u32,
        /// Why, in the words of the document system.
        reason: Text,
    }
    /// 제3자에게 통지됨 (정보공개법21①).
    ThirdPartyTold {
        /// 1, 2, … within the request.
        no: u32,
        /// Who.
        name: Text,
        /// What of the information is about them, and how they were told.
        what: Text,
        /// 도달한 날.
        arrived: Date,
        /// 비공개 요청 기한: the last day (같은 조②).
        until: Date,
    }
    /// 제3자의 의견을 들음.
    ThirdPartyHeard {
        /// Which of them.
        no: u32,
        /// Whether they ask that it not be disclosed.
        objects: bool,
        /// In words.
        text: Text,
    }
    /// 특별절차가 개시됨.
    ProceedingOpened {
        /// 1, 2, … within the petition.
        no: u32,
        /// The track.
        track: Code,
        /// Its version; it stays on this one.
        version: u32,
        /// Sealed answers to what it asks.
        asked: Option<Text>,
        /// Whether the answer to the petition waits for it.
        waits: bool,
        /// Every seat that takes part in it somewhere.
        seats: Vec<Seat>,
        /// Where it stands.
        stands: Standing,
    }
    /// 특별절차가 진행됨.
    ProceedingMoved {
        /// Which proceeding.
        no: u32,
        /// The step it was made in.
        step: Code,
        /// The move.
        code: Code,
        /// Sealed answers to what it asks.
        asked: Option<Text>,
        /// What its parts took.
        facts: Vec<Fact>,
        /// Where it stands now; nothing where it stays.
        stands: Option<Standing>,
    }
    /// 특별절차가 끝남.
    ProceedingEnded {
        /// Which proceeding.
        no: u32,
        /// As what.
        end: Code,
    }
    /// 공개 실시일이 정해짐 — disclosed against the wish of a third party, and so not before this day (정보공개법21③).
    DisclosureSet {
        /// 공개 실시일.
        from: Date,
    }
    /// 수리·허가한 것으로 봄 — the period passed without an answer, and a person has recorded it.
    DeemedDecided {
        /// 수리 간주 or 허가 간주.
        outcome: Outcome,
        /// Since when: the first moment after the period.
        since: At,
        /// How it came to that, if said.
        note: Option<Text>,
    }
}

/// 병합된 민원 하나.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Child {
    /// The petition.
    pub petition: PetitionId,
    /// Its 신청번호.
    pub number: FilingNumber,
    /// Who asks.
    pub person: PersonId,
}
plain!(Child);

/// 첨부 파일 — content and name lie in the vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached<T = Text> {
    /// The content.
    pub content: T,
    /// The name as the citizen gave it.
    pub name: T,
    /// Bytes.
    pub size: u64,
    /// Told by content.
    pub kind: FileType,
    /// Which 구비서류 of the form it is, by the name of the field.
    #[serde(default)]
    pub slot: Option<Code>,
}
plain!(Attached);

impl<T> Attached<T> {
    /// The same with content and name turned by `lay`.
    pub fn lay<U, E>(self, lay: &mut impl FnMut(T) -> Result<U, E>) -> Result<Attached<U>, E> {
        Ok(Attached {
            content: lay(self.content)?,
            name: lay(self.name)?,
            size: self.size,
            kind: self.kind,
            slot: self.slot,
        })
    }
}

/// 결재선의 한 자리.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// Who signs.
    pub official: OfficialId,
    /// What the signature means.
    pub mark: Mark,
}
plain!(Signer);

/// 이전 대장의 줄 — kept beside the petition as the register told it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldRow {
    /// 이전 번호.
    pub number: Text,
    /// A keyed hash of all the row said: a row given twice is told from one that was changed.
    pub row: [u8; 32],
    /// 접수.
    pub received: Option<At>,
    /// 처리기한: the first moment that is late.
    pub due: Option<At>,
    /// 처리담당자, as written.
    pub handler: Option<Text>,
    /// 답변.
    pub answer: Option<Text>,
    /// 이력, in the order of the register.
    pub steps: Vec<OldStep>,
}
plain!(OldRow);

/// 이전 대장의 이력 한 줄.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldStep {
    /// When.
    pub at: At,
    /// What, in the register's words.
    pub what: Text,
}
plain!(OldStep);

/// How a petition ended by an older register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldEnd {
    /// How.
    pub outcome: Outcome,
    /// When.
    pub at: At,
}
plain!(OldEnd);

/// 기록된 사건 — an event with its place in the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// Whose.
    pub petition: PetitionId,
    /// 1, 2, … without a gap.
    pub seq: u32,
    /// Who did it.
    pub by: By,
    /// When we wrote it down; never decreases within a petition.
    pub recorded_at: At,
    /// In whose place it was done: the official away for whom the one who acted stood in.
    #[serde(default)]
    pub instead_of: Option<OfficialId>,
    /// When it happened, where the law allows another time than that of recording.
    pub happened: Option<(At, HappenedGround)>,
    /// What happened.
    pub event: Event,
}

impl Recorded {
    /// The moment that counts: when it happened, otherwise when it was recorded.
    pub fn at(&self) -> At {
        self.happened.map_or(self.recorded_at, |(at, _)| at)
    }
}

impl Event {
    /// The deeds it comes of; the journal of a petition holds it only where its life allows one of them.
    pub const fn deeds(&self) -> &'static [Deed] {
        match self {
            Event::Filed { .. } => &[Deed::File],
            Event::Received { .. } => &[Deed::Receive],
            Event::Reclassified { .. } => &[Deed::Reclassify],
            Event::Distributed { .. } => &[Deed::Distribute],
            Event::SendBackAsked { .. } => &[Deed::SendBack],
            Event::UnitReceived { .. } => &[Deed::UnitReceive],
            Event::Designated { .. } => &[Deed::Designate],
            Event::SupplementAsked { .. } => &[Deed::AskSupplement],
            Event::SupplementProlonged { .. } => &[Deed::ProlongSupplement],
            Event::SupplementGiven { .. } => &[Deed::Supplement],
            Event::HoldBegan { .. } => &[Deed::Hold, Deed::OpenProceeding, Deed::MoveProceeding],
            Event::HoldEnded { .. } => &[Deed::Resume, Deed::MoveProceeding],
            Event::ExtensionProposed { .. } => &[Deed::Extend],
            Event::ExtensionDeclined {} => &[Deed::DeclineExtension],
            Event::Extended { .. } => &[Deed::Extend, Deed::ConsentExtension],
            Event::Drafted { .. } => &[Deed::Draft, Deed::AnswerAtOnce, Deed::Issue],
            Event::SentUp { .. } => &[Deed::SendUp, Deed::AnswerAtOnce, Deed::Issue],
            Event::Signed { .. } => &[Deed::Sign],
            Event::Approved { .. } => &[Deed::Sign, Deed::AnswerAtOnce, Deed::Issue],
            Event::TurnedBack { .. } => &[Deed::TurnBack],
            Event::Recalled {} => &[Deed::Recall],
            Event::Answered { .. } => &[Deed::Answer, Deed::AnswerAtOnce, Deed::Issue],
            Event::Issued { .. } => &[Deed::Issue],
            Event::HandedOut { .. } => &[Deed::HandOut],
            Event::ClaimReminded { .. } => &[Deed::RemindClaim],
            Event::UnclaimedDiscarded { .. } => &[Deed::DiscardUnclaimed],
            Event::AnswerRead {} => &[Deed::ReadAnswer],
            Event::AdvanceNoticeIssued { .. } => &[Deed::IssueAdvanceNotice],
            Event::DunningIssued { .. } => &[Deed::IssueDunning],
            Event::DunningReceived { .. } => &[Deed::ConfirmDunning, Deed::ReplyDunning],
            Event::DunningReplied { .. } => &[Deed::ReplyDunning],
            Event::Withdrawn { .. } => &[Deed::Withdraw],
            Event::Transferred { .. } => &[Deed::Transfer],
            Event::Rated { .. } => &[Deed::Rate],
            Event::DueMoved { .. } => &[Deed::MoveDue],
            // The older register's row stands where our own reception would.
            Event::Migrated { .. } => &[Deed::Receive],
            Event::Rerouted { .. } => &[Deed::Reroute],
            Event::SignerReplaced { .. } => &[Deed::ReplaceSigner],
            Event::ConfirmedAfter { .. } => &[Deed::ConfirmAfter],
            Event::Circulated { .. } => &[Deed::Circulate],
            Event::CirculationRead {} => &[Deed::ReadCirculated],
            Event::HandedOver { .. } => &[Deed::HandOver],
            Event::Succeeded { .. } => &[Deed::Succeed],
            Event::DocumentRegistered { .. } => &[Deed::RegisterDocument],
            Event::RegistrationRefused { .. } => &[Deed::RefuseRegistration],
            Event::DeemedDecided { .. } => &[Deed::RecordDeemed],
            Event::PartyCorrected { .. } => &[Deed::CorrectParty],
            Event::MailingDue { .. } => &[Deed::QueueMail],
            Event::MailingSent { .. } => &[Deed::SendMail],
            Event::MailingEnded { .. } => &[Deed::EndMail],
            Event::ThirdPartyTold { .. } => &[Deed::TellThirdParty],
            Event::ThirdPartyHeard { .. } => &[Deed::HearThirdParty],
            Event::DisclosureSet { .. } => &[Deed::Answer],
            Event::JurisdictionRuled { .. } => &[Deed::RuleJurisdiction],
            Event::Entrusted { .. } => &[Deed::Entrust],
            Event::TakenBack { .. } => &[Deed::TakeBack],
            Event::FieldNoted { .. } => &[Deed::FieldNote],
            Event::ConsultAsked { .. } => &[Deed::AskConsult],
            Event::ConsultProlonged { .. } => &[Deed::ProlongConsult],
            Event::ConsultReplied { .. } => &[Deed::ReplyConsult],
            Event::ConsultCancelled { .. } => &[Deed::CancelConsult],
            Event::EarlierLinked { .. } => &[Deed::LinkEarlier],
            Event::BoardHeld { .. } => &[Deed::RecordBoard],
            Event::Converted { .. } => &[Deed::Convert],
            Event::Referred { .. } => &[Deed::Refer],
            Event::ReportedBack { .. } => &[Deed::ReportBack],
            Event::DemandReturned { .. } => &[Deed::MarkUndelivered],
            Event::DeemedWithdrawn {} => &[Deed::DeemWithdrawn],
            Event::ProgressTold { .. } => &[Deed::TellProgress],
            Event::MassMarked { .. } => &[Deed::MarkMass],
            Event::RepresentativesChosen { .. } => &[Deed::ChooseRepresentatives],
            Event::TookIn { .. } => &[Deed::TakeIn],
            Event::Merged { .. } => &[Deed::Merge],
            Event::PartSplitOff { .. } => &[Deed::SplitOff],
            Event::Amended { .. } => &[Deed::Amend],
            Event::Rectified { .. } => &[Deed::Rectify],
            Event::Objected { .. } => &[Deed::Object],
            Event::ObjectionExtended { .. } => &[Deed::ExtendObjection],
            Event::ObjectionDecided { .. } => &[Deed::DecideObjection],
            Event::FurtherAsked { .. } => &[Deed::AskFurther],
            Event::FurtherAnswered { .. } => &[Deed::AnswerFurther],
            Event::ConclusionCorrected { .. } => &[Deed::CorrectConclusion],
            Event::Narrowed { .. } => &[Deed::Narrow],
            Event::Protected { .. } => &[Deed::Protect],
            Event::Unprotected { .. } => &[Deed::Unprotect],
            Event::Published { .. } => &[Deed::Publish],
            Event::Unpublished {} => &[Deed::Unpublish],
            // A service can begin its track when a petition is received, or comes under it.
            Event::ProceedingOpened { .. } => &[Deed::OpenProceeding, Deed::Receive, Deed::Reclassify],
            Event::ProceedingMoved { .. } | Event::ProceedingEnded { .. } => &[Deed::MoveProceeding],
        }
    }

    /// The special procedure it belongs to, by its number in the petition.
    pub const fn proceeding(&self) -> Option<u32> {
        match self {
            Event::ProceedingOpened { no, .. }
            | Event::ProceedingMoved { no, .. }
            | Event::ProceedingEnded { no, .. } => Some(*no),
            _ => None,
        }
    }

    /// Every file the event refers to.
    pub fn attached(&self) -> Vec<Attached> {
        match self {
            Event::Filed { files, intake, .. } => {
                let signed = intake.oral.and_then(|oral| oral.signature);
                (files.iter().copied())
                    .chain(signed.map(|signature| signature.file))
                    .collect()
            }
            Event::SupplementGiven { files, .. }
            | Event::Amended { files, .. }
            | Event::ConsultReplied { files, .. }
            | Event::Objected { files, .. }
            | Event::ConclusionCorrected { evidence: files, .. } => files.clone(),
            Event::MassMarked { list, .. } => list.iter().copied().collect(),
            Event::HandedOut { given } => given.power.into_iter().chain(given.signature).collect(),
            _ => Vec::new(),
        }
    }

    /// Every text the event refers to, in the order of its fields.
    pub fn texts(&self) -> Vec<Text> {
        fn of(files: &[Attached]) -> impl Iterator<Item = Text> {
            files.iter().flat_map(|file| [file.content, file.name])
        }
        match self {
            Event::Filed {
                title,
                body,
                place,
                files,
                form,
                intake,
                ..
            } => [Some(*title), *body, *place, form.map(|written| written.answers)]
                .into_iter()
                .flatten()
                .chain(of(files))
                .chain(intake.texts())
                .collect(),
            Event::HandedOut { given } => given.texts(),
            Event::PartyCorrected { party, reason, .. } => party.names.into_iter().chain([*reason]).collect(),
            Event::SupplementGiven { note, files, .. } | Event::Amended { note, files } => {
                note.iter().copied().chain(of(files)).collect()
            }
            Event::ConsultReplied { text, files, .. }
            | Event::Objected {
                reason: text, files, ..
            }
            | Event::ConclusionCorrected {
                reason: text,
                evidence: files,
                ..
            } => [*text].into_iter().chain(of(files)).collect(),
            Event::ThirdPartyTold { name, what, .. } => vec![*name, *what],
            Event::ProceedingMoved { asked, facts, .. } => {
                let parts = facts.iter().flat_map(Fact::texts).copied();
                asked.iter().copied().chain(parts).collect()
            }
            Event::ThirdPartyHeard { text, .. } => vec![*text],
            Event::MassMarked { list, .. } => of(list.as_slice()).collect(),
            Event::RepresentativesChosen { names, .. } => names.clone(),
            Event::Rectified { what, consent } => vec![*what, *consent],
            Event::ObjectionDecided { reason, remedies, .. } => vec![*reason, *remedies],
            Event::Published {
                title,
                question,
                answer,
            } => vec![*title, *question, *answer],
            Event::Drafted {
                body,
                reasons,
                remedies,
                ..
            } => [Some(*body), *reasons, *remedies].into_iter().flatten().collect(),
            Event::Migrated { old, .. } => (std::iter::once(old.number).chain(old.handler).chain(old.answer))
                .chain(old.steps.iter().map(|step| step.what))
                .collect(),
            Event::Transferred { agency, reason, .. } | Event::Referred { agency, reason, .. } => {
                vec![*agency, *reason]
            }
            Event::Reclassified { reason, .. }
            | Event::SendBackAsked { reason, .. }
            | Event::ExtensionProposed { reason, .. }
            | Event::Extended { reason, .. }
            | Event::UnclaimedDiscarded { reason }
            | Event::TurnedBack { reason, .. }
            | Event::RegistrationRefused { reason, .. }
            | Event::JurisdictionRuled { reason, .. }
            | Event::Converted { reason, .. }
            | Event::PartSplitOff { reason, .. }
            | Event::ObjectionExtended { reason, .. }
            | Event::Narrowed { reason }
            | Event::Protected { reason }
            | Event::Unprotected { reason } => vec![*reason],
            Event::SupplementAsked { what: text, .. }
            | Event::ConsultAsked { what: text, .. }
            | Event::Entrusted { what: text, .. }
            | Event::FieldNoted { text, .. }
            | Event::BoardHeld { result: text, .. }
            | Event::ReportedBack { result: text }
            | Event::FurtherAsked { what: text, .. }
            | Event::DunningReplied { text, .. }
            | Event::FurtherAnswered { body: text } => vec![*text],
            Event::AdvanceNoticeIssued { note: text, .. }
            | Event::DunningIssued { note: text, .. }
            | Event::HoldBegan { note: text, .. }
            | Event::DeemedDecided { note: text, .. }
            | Event::Signed { comment: text, .. }
            | Event::Approved { comment: text, .. }
            | Event::Withdrawn { reason: text }
            | Event::ProceedingOpened { asked: text, .. }
            | Event::Rated { comment: text, .. } => text.iter().copied().collect(),
            Event::ProceedingEnded { .. }
            | Event::Received { .. }
            | Event::Distributed { .. }
            | Event::UnitReceived { .. }
            | Event::Designated { .. }
            | Event::SupplementProlonged { .. }
            | Event::HoldEnded { .. }
            | Event::ExtensionDeclined {}
            | Event::SentUp { .. }
            | Event::Recalled {}
            | Event::Answered { .. }
            | Event::Issued { .. }
            | Event::ClaimReminded { .. }
            | Event::AnswerRead {}
            | Event::ConsultProlonged { .. }
            | Event::ConsultCancelled { .. }
            | Event::TakenBack { .. }
            | Event::EarlierLinked { .. }
            | Event::DemandReturned { .. }
            | Event::DeemedWithdrawn {}
            | Event::ProgressTold { .. }
            | Event::TookIn { .. }
            | Event::Merged { .. }
            | Event::Unpublished {}
            | Event::DunningReceived { .. }
            | Event::DueMoved { .. }
            | Event::Rerouted { .. }
            | Event::SignerReplaced { .. }
            | Event::ConfirmedAfter { .. }
            | Event::Circulated { .. }
            | Event::CirculationRead {}
            | Event::HandedOver { .. }
            | Event::DocumentRegistered { .. }
            | Event::Succeeded { .. }
            | Event::MailingDue { .. }
            | Event::MailingSent { .. }
            | Event::DisclosureSet { .. }
            | Event::MailingEnded { .. } => Vec::new(),
        }
    }
}
