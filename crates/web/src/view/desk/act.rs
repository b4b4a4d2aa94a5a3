//! 행위 양식 — one page per act: what it asks for, how it was left, what is wrong with it; and what comes after.
//!
//! Every form posts `csrf`, `key` (idempotency), `seq` (the event it was opened at) and the fields named at its variant
//! of [`Ask`]. Files (보완 접수) arrive as multipart.

mod samples;

use super::{
    Bar, CaseHead, Person,
    case::{Draft, SignerRow},
    handbook::Manual,
    timeline::Entry,
};
use crate::view::{Filled, Message};
use domain::{
    due::{Cause, Ground},
    life::Deed,
    petition::letter::DelayCause,
    refusal::Refusal,
    terms::{Exception, Kind, Mark, Openness, Outcome},
    time::At,
};
use jiff::civil::Date;
use serde::Serialize;

/// A value to choose and its words.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub text: String,
}

/// Choices under a heading.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// The heading.
    pub name: String,
    /// The choices.
    pub choices: Vec<Choice>,
}

/// 배부 추천 — a department the past speaks for, and the petition's words that do.
#[derive(Debug, Clone, Serialize)]
pub struct Suggested {
    /// What is sent.
    pub value: String,
    /// The department.
    pub text: String,
    /// The words, the strongest first.
    pub words: Vec<String>,
}

/// A kind of petition with the period it would run by.
#[derive(Debug, Clone, Serialize)]
pub struct KindChoice {
    /// The kind.
    pub kind: Kind,
    /// “7일”, and where the period comes from; `None` where it must be entered.
    pub period: Option<String>,
    /// When it would be due, if the calendar reaches so far.
    pub due_at: Option<At>,
}

/// An official who may be designated.
#[derive(Debug, Clone, Serialize)]
pub struct HandlerChoice {
    /// Who.
    pub person: Person,
    /// How many petitions are open with them.
    pub open: u64,
    /// How many of those are overdue.
    pub late: u64,
}

/// A ground on which the period does not run.
#[derive(Debug, Clone, Serialize)]
pub struct GroundChoice {
    /// The ground: words keyed `ground-<code>`.
    pub ground: Ground,
    /// Its clause, in the reader's language.
    pub clause: String,
}

/// An outcome a draft may propose.
#[derive(Debug, Clone, Serialize)]
pub struct OutcomeChoice {
    /// The outcome: words keyed `result-<code>`.
    pub outcome: Outcome,
    /// Whether it must carry reasons and remedies.
    pub owes_reasons: bool,
}

/// 표준문안.
#[derive(Debug, Clone, Serialize)]
pub struct Standard {
    /// Its code, sent as `insert`.
    pub code: String,
    /// Title.
    pub title: String,
    /// Text.
    pub text: String,
    /// To be reviewed by; texts of the service are kept with the service.
    pub review_by: Option<Date>,
    /// Whether that day has passed.
    pub stale: bool,
}

/// 처리결과 통지 in the official form, to look at before it goes out.
#[derive(Debug, Clone, Serialize)]
pub struct Letter {
    /// 행정기관명
    pub agency: String,
    /// 수신
    pub to: String,
    /// 제목
    pub title: String,
    /// 본문, with item marks, ending in “끝.”
    pub body: String,
    /// 사유; empty if none.
    pub reasons: String,
    /// 구제절차; empty if none.
    pub remedies: String,
    /// 발신명의
    pub sender: String,
    /// 기안자·검토자·협조자·결재권자: word, 직위, 성명.
    pub signers: Vec<[String; 3]>,
    /// 시행 문서번호(시행일); empty before approval.
    pub document: String,
    /// 우편번호·주소·누리집, 전화·전송·전자우편.
    pub contact: String,
    /// 공개구분
    pub openness: Openness,
}

/// 입력 칸 of a plain form.
#[derive(Debug, Clone, Serialize)]
pub struct Input {
    /// Its name, which is its id.
    pub name: String,
    /// Its label.
    pub label: Message,
    /// A hint under the label.
    pub hint: Option<Message>,
    /// Whether it must be filled in.
    pub required: bool,
    /// How it is entered.
    pub looks: Looks,
}

/// How a plain field is entered.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Looks {
    /// Several lines.
    Text {
        /// Height.
        rows: u32,
        /// Characters.
        max: u32,
    },
    /// One line, with words offered.
    Line {
        /// Characters.
        max: u32,
        /// Offered.
        list: Vec<String>,
    },
    /// A whole number from 1 on.
    Number {
        /// The most.
        max: u32,
    },
    /// A day.
    Day {
        /// The first that can be chosen.
        earliest: Option<Date>,
        /// The last that can be chosen.
        latest: Option<Date>,
    },
    /// A day and a time.
    Moment,
    /// One of a few.
    Choice {
        /// Which.
        choices: Vec<Choice>,
    },
    /// One of many, by group.
    Groups {
        /// Which.
        groups: Vec<Group>,
    },
    /// Any of these; each has a name of its own.
    Boxes {
        /// The names, in the order of the choices.
        names: Vec<String>,
        /// Which.
        choices: Vec<Choice>,
    },
    /// Files.
    Files,
}

impl Input {
    /// A field that must be filled in.
    pub fn new(name: &str, label: &str, looks: Looks) -> Input {
        Input {
            name: name.to_owned(),
            label: Message::new(label),
            hint: None,
            required: true,
            looks,
        }
    }

    /// Several lines that must be filled in.
    pub fn text(name: &str, label: &str, rows: u32, max: u32) -> Input {
        Input::new(name, label, Looks::Text { rows, max })
    }

    /// Files that may be left out.
    pub fn files(hint: &str) -> Input {
        Input::new("files", "files", Looks::Files).hinted(hint).optional()
    }

    /// The same with a hint.
    pub fn hinted(self, hint: &str) -> Input {
        Input {
            hint: Some(Message::new(hint)),
            ..self
        }
    }

    /// The same, but it may be left empty.
    pub fn optional(self) -> Input {
        Input {
            required: false,
            ..self
        }
    }
}

/// What an act asks for.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Ask {
    /// A few plain fields, as they are listed.
    Plain {
        /// What the other side wrote; empty if nothing.
        about: String,
        /// The fields in order.
        inputs: Vec<Input>,
    },
    /// 접수. Fields: `kind`, `period_n`, `period_unit`.
    Receive {
        /// Kinds with their periods.
        kinds: Vec<KindChoice>,
        /// The period must be entered (no confirmed one).
        needs_period: bool,
    },
    /// 분류 변경. Fields: `service`, `kind`, `period_n`, `period_unit`, `reason`.
    Reclassify {
        /// The catalogue, by group.
        services: Vec<Group>,
        /// Kinds.
        kinds: Vec<KindChoice>,
    },
    /// 배부·재배부. Field: `unit`.
    Distribute {
        /// Suggested ones first, then all by group.
        units: Vec<Group>,
        /// What the office's own past says; nothing where it says nothing.
        suggested: Vec<Suggested>,
        /// An open 재배부 요청: who asks, and why.
        send_back: Option<(String, String)>,
    },
    /// 재배부 요청. Field: `reason`.
    SendBack {
        /// How often it was sent back already.
        times: u32,
    },
    /// 담당자 지정·재지정. Field: `handler`.
    Designate {
        /// Whom.
        handlers: Vec<HandlerChoice>,
    },
    /// 보완 요구. Fields: `document-1` … (value: the document), `what`, `until`.
    AskSupplement {
        /// The documents the service names: no other may be asked for.
        documents: Vec<String>,
        /// 1, or 2 for 재보완.
        round: u32,
        /// The first day that can be chosen.
        earliest: Date,
        /// The last day that can be chosen, if there is one.
        latest: Option<Date>,
    },
    /// 보완 기한 연장 (at the counter). Field: `until`.
    ProlongSupplement {
        /// The day now.
        until: Date,
        /// How often it may still be prolonged, this time included.
        left: u32,
    },
    /// 보완 접수 (at the counter). Fields: `note`, `files`.
    Supplement {
        /// What was asked.
        what: String,
    },
    /// 불산입 시작. Fields: `ground`, `note`.
    Hold {
        /// The grounds of the law.
        grounds: Vec<GroundChoice>,
    },
    /// 처리기간 연장. Fields: `n`, `ground`, `reason`.
    Extend {
        /// The unit: `days`, `hours`, `weeks`, `months`, `years`; words keyed `desk-unit-<code>`.
        unit: String,
        /// The most that is possible.
        max: u32,
        /// 1 or 2; the second asks the petitioner.
        nth: u32,
        /// Grounds that may be used.
        grounds: Vec<Cause>,
        /// Grounds that may not be used any more.
        forbidden: Vec<Cause>,
    },
    /// 기안, 즉시답변. Fields: `outcome`, `body`, `reasons`, `remedies`, `openness`; buttons `do` = `save` or `preview`,
    /// `insert` = code of a standard answer.
    Draft {
        /// Outcomes of this kind of petition.
        outcomes: Vec<OutcomeChoice>,
        /// 처리 예외의 사유, where leaving it unhandled is among the outcomes: words keyed `exception-<code>`.
        exceptions: Vec<Exception>,
        /// 표준문안
        answers: Vec<Standard>,
        /// 미리보기, after `do=preview`.
        letter: Option<Letter>,
        /// The version last saved.
        version: Option<u32>,
    },
    /// 상신. Fields: `signer-1`, `mark-1`, … up to `slots`; button `do` = `send` or `more`.
    SendUp {
        /// How many lines to show.
        slots: u32,
        /// Whom to choose from, by unit.
        officials: Vec<Group>,
        /// What goes up.
        draft: Draft,
    },
    /// 검토·협조·전결·결재. Field: `comment`.
    Sign {
        /// The signature that is asked for.
        mark: Mark,
        /// What is signed.
        letter: Letter,
        /// 결재선
        line: Vec<SignerRow>,
        /// 대결: in whose place it is signed.
        instead_of: Option<String>,
    },
    /// 결재선 변경. Fields as in `SendUp`: who signs from here on.
    Reroute {
        /// How many lines to show.
        slots: u32,
        /// Whom to choose from, by unit.
        officials: Vec<Group>,
        /// What lies on the line.
        draft: Draft,
        /// The line as it stands.
        line: Vec<SignerRow>,
    },
    /// 결재자 인계. Fields: `from`, `to`.
    ReplaceSigner {
        /// Who has not signed yet.
        from: Vec<Choice>,
        /// Whom to choose from, by unit.
        officials: Vec<Group>,
    },
    /// 공람. Fields: `reader-1` … `reader-10`.
    Circulate {
        /// Whom to choose from, by unit.
        officials: Vec<Group>,
    },
    /// 담당자 인계. Field: `to`.
    HandOver {
        /// Whom.
        handlers: Vec<HandlerChoice>,
    },
    /// 반송. Field: `reason`.
    TurnBack {
        /// What is turned back.
        draft: Draft,
    },
    /// 시행·통지. No field.
    Answer {
        /// What goes out.
        letter: Letter,
        /// To where: masked contacts.
        to: Vec<String>,
    },
    /// 이송. Fields: `agency`, `reason`.
    Transfer {
        /// Agencies to suggest.
        agencies: Vec<String>,
    },
    /// 발급. Fields: `copies`, `per_copy`, `waiver`, `reduced`, `facts`.
    Issue,
    /// 교부. Fields: `recipient`, `evidence`, `name`, `files` (위임장, 서명).
    HandOut,
    /// 미수령 문서 폐기. Field: `reason`.
    Discard {
        /// The first day on which it may be destroyed.
        from: Date,
        /// When the petitioner was told.
        told: Option<At>,
    },
    /// 취하 (at the counter). Field: `reason`.
    Withdraw,
    /// 예고장 발급. Field: `note`.
    IssueAdvanceNotice,
    /// 독촉장 발급. Fields: `reply_by`, `note`.
    IssueDunning,
    /// 독촉장 회신. Fields: `cause`, `planned` while open, `text`.
    ReplyDunning {
        /// 지연 사유: words keyed `delay-<code>`.
        causes: Vec<DelayCause>,
        /// Whether the petition is still open, so that a day is owed.
        open: bool,
        /// What the letter added in words; empty if nothing.
        note: String,
    },
    /// 부서 접수, 불산입 종료, 회수, 독촉장 수령 확인: only the button.
    Confirm,
}

/// An act's form.
#[derive(Debug, Clone, Serialize)]
pub struct ActPage {
    /// The menu.
    pub bar: Bar,
    /// The petition.
    pub head: CaseHead,
    /// The act.
    pub deed: Deed,
    /// Its name here, as in `Offer`.
    pub label: Message,
    /// What it asks for.
    pub ask: Ask,
    /// Whether the form carries files.
    pub files: bool,
    /// As it was left, with errors.
    pub form: Filled,
    /// A refusal of the law on the last try; the words are keyed `refusal-<code>`, the clause stands beside it.
    pub refused: Option<(Refusal, String)>,
    /// What others did since this form was opened; empty unless there was a conflict.
    pub changed: Vec<Entry>,
    /// The event the page was read at.
    pub seq: u32,
    /// A new idempotency key.
    pub key: String,
    /// What the petitioner wrote, to read beside the form.
    pub body: String,
    /// 업무 매뉴얼 of the step, to read beside the form.
    pub manual: Option<Manual>,
}

/// 다른 분이 먼저 처리했습니다 — and the act is no longer possible. What was typed is shown to be taken along.
#[derive(Debug, Clone, Serialize)]
pub struct Conflict {
    /// The menu.
    pub bar: Bar,
    /// The petition as it is now.
    pub head: CaseHead,
    /// The act that was tried.
    pub label: Message,
    /// Why it is not possible any more, with its clause.
    pub refused: (Refusal, String),
    /// What others did in the meantime.
    pub changed: Vec<Entry>,
    /// What was typed: words for the field, text.
    pub typed: Vec<(Message, String)>,
}

/// 마쳤습니다 — what was done, how the petition stands, and what could be next.
#[derive(Debug, Clone, Serialize)]
pub struct Done {
    /// The menu.
    pub bar: Bar,
    /// The petition as it is now.
    pub head: CaseHead,
    /// The act.
    pub label: Message,
    /// What it led to: “event-…” with its arguments.
    pub what: Message,
    /// The next one of the work list: 신청번호 and title.
    pub next: Option<(String, String)>,
}

/// One field of a form that could not be taken.
#[derive(Debug, Clone, Serialize)]
pub struct KeptField {
    /// Its name.
    pub name: String,
    /// Its words.
    pub label: Message,
    /// As it was left.
    pub value: String,
    /// Whether somebody wrote it, rather than chose it.
    pub long: bool,
}

/// 쓰신 내용은 그대로 있습니다 — a form that could not be taken: the store is away, or the log-in has ended meanwhile.
#[derive(Debug, Clone, Serialize)]
pub struct Kept {
    /// The menu.
    pub bar: Bar,
    /// The act that was tried.
    pub label: Message,
    /// Why it could not be done.
    pub why: Message,
    /// Where to send it again.
    pub act: String,
    /// The way to log in, where the log-in has ended; the form cannot be sent again then, only copied.
    pub sign_in: Option<String>,
    /// Files may have come with it; they have to be chosen again.
    pub files: bool,
    /// What was entered.
    pub fields: Vec<KeptField>,
}
