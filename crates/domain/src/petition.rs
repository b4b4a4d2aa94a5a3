//! 민원 — where one petition stands: the fold of its journal, and nothing that the journal does not say.

pub mod letter;

use crate::certificate::Issue;
use crate::claim::Claim;
use crate::due::{Cause, Period, Stretch};
use crate::event::{Attached, Child, OldRow, Signer};
use crate::form::Written;
use crate::id::{OfficialId, PersonId, PetitionId, UnitId};
use crate::intake::Intake;
use crate::life::Life;
use crate::mailing::Mailing;
use crate::number::{DocumentNumber, FilingNumber, ReceptionNumber};
use crate::proceeding::Proceeding;
use crate::terms::{Board, By, Code, District, EntryPoint, Exception, Field, Kind, Openness, Outcome};
use crate::text::Text;
use crate::time::At;
use jiff::civil::Date;
use parts::{Consult, Entrusted, Further, Mass, Objection, Published, ThirdParty, Tracking};
use people::{Reading, StoodIn};
use serde::{Deserialize, Serialize};

mod claims;
mod fold;
pub mod parts;
pub mod people;

/// One petition as it stands after its last event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Petition {
    /// Its identity.
    pub id: PetitionId,
    /// The number of its last event.
    pub seq: u32,
    /// When its last event was recorded.
    pub recorded_at: At,
    /// Where it stands in life.
    pub life: Life,
    /// 신청번호.
    pub number: FilingNumber,
    /// Row of the catalogue, and its version.
    pub service: (Code, u32),
    /// Procedure, and its version.
    pub procedure: (Code, u32),
    /// Kind, as last decided.
    pub kind: Kind,
    /// By which door.
    pub entry: EntryPoint,
    /// Field of city life.
    pub field: Option<Field>,
    /// District.
    pub district: Option<District>,
    /// Who asks.
    pub person: PersonId,
    /// 제목.
    pub title: Text,
    /// 내용.
    pub body: Option<Text>,
    /// 장소.
    pub place: Option<Text>,
    /// 첨부 파일, of filing and of supplements.
    pub files: Vec<Attached>,
    /// 작성된 서식, where the service had one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Written>,
    /// 공개 구분.
    pub openness: Openness,
    /// When it was filed.
    pub filed_at: At,
    /// Last moment for 접수 (영6⑧), as last computed.
    pub receive_by: Option<At>,
    /// 접수, once it happened.
    pub reception: Option<Reception>,
    /// 주관부서, with whom it lies.
    pub unit: Option<UnitId>,
    /// When that unit received it.
    pub unit_received_at: Option<At>,
    /// The unit that asks for redistribution; the request is open.
    pub send_back: Option<UnitId>,
    /// How often it was sent back (핑퐁 횟수).
    pub sent_back: u32,
    /// 처리담당자.
    pub handler: Option<OfficialId>,
    /// Uncounted stretches; the last one is open while `life` is held, and stays so if the petition ends there.
    pub stretches: Vec<Stretch>,
    /// The demand for a supplement, while it is open.
    pub supplement: Option<Supplement>,
    /// How many demands there were.
    pub supplements: u32,
    /// Extensions granted, in the unit of the period.
    pub extensions: Vec<u32>,
    /// The second extension, waiting for the citizen.
    pub proposal: Option<Proposal>,
    /// The draft of the answer.
    pub draft: Option<Draft>,
    /// 결재선, while the draft is on it or approved.
    pub line: Option<Line>,
    /// How the petition ended.
    pub end: Option<End>,
    /// 만족도.
    pub score: Option<u32>,
    /// By when it goes on to a department, while it waits for that (영13).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hand_by: Option<At>,
    /// The board has ruled whose it is.
    #[serde(default, skip_serializing_if = "is_not")]
    pub jurisdiction_ruled: bool,
    /// 협조 요청, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consults: Vec<Consult>,
    /// 맡긴 것: what was handed to external users, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entrusted: Vec<Entrusted>,
    /// 다수인관련민원.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mass: Option<Mass>,
    /// Earlier petitions of the same content.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<PetitionId>,
    /// 민원조정위원회의 심의: on what, and when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub boards: Vec<(Board, Date)>,
    /// How often a demand for a supplement came back undelivered.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub undelivered: u32,
    /// Petitions that are answered with this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<Child>,
    /// The petition this one is answered with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<PetitionId>,
    /// The petition this one was a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split_from: Option<PetitionId>,
    /// 처리진행상황 통지 so far.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub progress_told: u32,
    /// 이송·이첩한 민원의 결과 회보.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tracking: Option<Tracking>,
    /// 이의신청.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objection: Option<Objection>,
    /// 제3자: whom the requested information is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub third_parties: Vec<ThirdParty>,
    /// 공개 실시일, where it was disclosed against the wish of a third party.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disclosed_from: Option<Date>,
    /// 추가답변.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub further: Option<Further>,
    /// 보안민원: seen by the entitled only.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub protected: bool,
    /// 공개 게시.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Published>,
    /// 이전 대장의 줄, where it was brought in from an older register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<OldRow>,
    /// 공람: who is to read it, and when they did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readers: Vec<Reading>,
    /// What a clerk noted down at filing.
    #[serde(default)]
    pub intake: Intake,
    /// 발급, once it happened.
    #[serde(default)]
    pub issue: Option<Issue>,
    /// The paper to be handed out at the counter, once there is one.
    #[serde(default)]
    pub claim: Option<Claim>,
    /// 예고장과 독촉장, in the order they were issued.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub letters: Vec<letter::Letter>,
    /// 우편물, in the order of the 발송대장.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mailings: Vec<Mailing>,
    /// 특별절차, in the order they began.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proceedings: Vec<Proceeding>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_not(value: &bool) -> bool {
    !*value
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_zero(value: &u32) -> bool {
    *value == 0
}

/// 접수.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reception {
    /// 접수번호.
    pub number: ReceptionNumber,
    /// 접수시각: the period counts from here.
    pub at: At,
    /// 처리기간.
    pub period: Period,
    /// The due date given at reception.
    pub original_due: At,
    /// The due date now: the first moment that is late. While held, the last one computed.
    pub due: At,
    /// How often the due date has moved; reminders are sent once for each.
    pub due_version: u32,
    /// Version of the calendar last used.
    pub calendar: u32,
}

/// 보완 요구.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplement {
    /// What is missing.
    pub what: Text,
    /// 1 or 2.
    pub round: u32,
    /// Last day for the citizen.
    pub until: Date,
    /// How often the citizen asked for more time, for this demand and the one it repeats.
    pub prolonged: u32,
}

/// 연장 제안.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// How much.
    pub n: u32,
    /// Ground.
    pub ground: Cause,
    /// Reason in words.
    pub reason: Text,
}

/// 기안.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// 1, 2, …
    pub version: u32,
    /// Who wrote it.
    pub by: By,
    /// When.
    pub at: At,
    /// Outcome proposed.
    pub outcome: Outcome,
    /// 본문.
    pub body: Text,
    /// 거부 사유.
    pub reasons: Option<Text>,
    /// 구제절차.
    pub remedies: Option<Text>,
    /// 공개 구분.
    pub openness: Openness,
    /// 처리 예외의 사유.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exception: Option<Exception>,
}

/// 결재선과 그 진행.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// In order; the last one decides.
    pub signers: Vec<Signer>,
    /// When each one signed so far.
    pub signed_at: Vec<At>,
    /// 문서번호, once approved and, where an outside document system gives it, registered there.
    pub document: Option<DocumentNumber>,
    /// The event that approved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<u32>,
    /// 문서시스템 등록, where there is an outside one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registered: Option<Registered>,
    /// 대결: who signed in whose place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stood_in: Vec<StoodIn>,
}

impl Line {
    /// Whether everybody on it has signed.
    pub fn is_approved(&self) -> bool {
        !self.signers.is_empty() && self.signed_at.len() >= self.signers.len()
    }
}

/// 문서시스템 등록.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    /// 문서번호 there.
    pub document: DocumentNumber,
    /// 등록일.
    pub on: Date,
}

/// 처리 완료.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// How.
    pub outcome: Outcome,
    /// 처리 완료 시각 (default: approval).
    pub concluded_at: At,
    /// When the answer or notice was sent out.
    pub sent_at: At,
    /// When the citizen first read it.
    pub read_at: Option<At>,
}

/// A journal that cannot be: an event where the life before does not know it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the journal of petition {petition} breaks at event {seq}")]
pub struct BrokenJournal {
    /// Whose.
    pub petition: PetitionId,
    /// Where.
    pub seq: u32,
}

impl Petition {
    /// Since when the approved answer waits for its number from an outside document system.
    pub fn lacks_number(&self) -> Option<At> {
        let line = self.line.as_ref()?;
        let waits = self.life.is_open() && line.is_approved() && line.document.is_none();
        line.signed_at.last().copied().filter(|_| waits)
    }

    /// The due date that runs now: none before reception, while held, and after the end.
    pub fn due(&self) -> Option<At> {
        match self.life {
            Life::Received | Life::Distributed | Life::InHandling => self.reception.map(|r| r.due),
            Life::Filed | Life::Held | Life::Concluded => None,
        }
    }

    /// By when somebody must do something next: the key the work list is ordered by. Before reception its own clock;
    /// while a supplement is awaited, the end of its last day; the day of a special procedure's step, where that comes first;
    /// `At::NEVER` when nothing runs.
    pub fn act_by(&self) -> At {
        let steps = self.open_proceedings().filter_map(Proceeding::due);
        steps.fold(self.own_act_by(), At::min)
    }

    /// The same of its own life alone.
    fn own_act_by(&self) -> At {
        match self.life {
            Life::Filed => self.receive_by.unwrap_or(At::NEVER),
            Life::Received | Life::Distributed | Life::InHandling => {
                self.reception.map_or(At::NEVER, |r| r.due)
            }
            Life::Held => self
                .supplement
                .and_then(|s| s.until.tomorrow().ok())
                .map_or(At::NEVER, |day| {
                    At::seoul(day.to_datetime(jiff::civil::Time::midnight()))
                }),
            Life::Concluded => self.after_by(),
        }
    }

    /// After the end: by when an objection is decided, a further answer given, a result reported back.
    fn after_by(&self) -> At {
        let objection = self.objection.filter(Objection::is_open).map(|o| o.due);
        let further = self.further.filter(Further::is_open).map(|f| f.target);
        let tracking = self.tracking.filter(Tracking::is_open).map(|t| t.late_from());
        [objection, further, tracking]
            .into_iter()
            .flatten()
            .min()
            .unwrap_or(At::NEVER)
    }

    /// Whether anybody still has something to do: until the end, and after it while an objection, a further answer or a
    /// report is open, or a special procedure runs.
    pub fn wants_work(&self) -> bool {
        self.life.is_open() || self.after_by() != At::NEVER || self.open_proceedings().next().is_some()
    }

    /// Whether this person is the petitioner: the one who filed, or the one they filed for and who is told, too.
    pub fn is_of(&self, person: PersonId) -> bool {
        self.person == person || self.intake.party.principal == Some(person)
    }

    /// Whether a letter stands so.
    pub fn mails(&self, state: crate::mailing::MailState) -> bool {
        self.mailings.iter().any(|mailing| mailing.state() == state)
    }

    /// Requests to other departments that wait for a reply.
    pub fn open_consults(&self) -> impl Iterator<Item = &Consult> {
        let open = self.life.is_open();
        self.consults
            .iter()
            .filter(move |consult| open && consult.reply.is_none())
    }

    /// What `official` was handed and still holds on `day`. It ends with its last day, when it is taken back, and with the
    /// petition.
    pub fn entrusted_to(&self, official: OfficialId, day: Date) -> impl Iterator<Item = &Entrusted> {
        let open = self.life.is_open();
        (self.entrusted.iter())
            .filter(move |given| open && given.to == official && !given.taken_back && day <= given.until)
    }

    /// 협조부서: the departments whose opinion was asked.
    pub fn supporting(&self) -> impl Iterator<Item = UnitId> + '_ {
        self.consults.iter().map(|consult| consult.unit)
    }

    /// Whether it ended with an answer that was sent, rather than by withdrawal or transfer.
    pub fn answered(&self) -> bool {
        self.line.is_some() && self.end.is_some_and(|end| end.outcome.is_answer())
    }

    /// Whether it ended after its due date. Where it ended while the clock was held, the day it was held from decides:
    /// from then on nothing of the period ran.
    pub fn is_late(&self) -> bool {
        let (Some(reception), Some(end)) = (self.reception, self.end) else {
            return false;
        };
        let held = self.stretches.last().filter(|s| s.to.is_none());
        let stopped = held.map(|s| At::seoul(s.from.to_datetime(jiff::civil::Time::midnight())));
        stopped.map_or(end.concluded_at, |at| at.min(end.concluded_at)) >= reception.due
    }
}
