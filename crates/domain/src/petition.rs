//! 민원 — where one petition stands: the fold of its journal, and nothing that the journal does not say.

use crate::due::{Cause, Ground, Period, Stretch};
use crate::event::{Attached, Event, OldRow, Recorded, Signer};
use crate::form::Written;
use crate::id::{OfficialId, PersonId, PetitionId, UnitId};
use crate::life::Life;
use crate::number::{DocumentNumber, FilingNumber, ReceptionNumber};
use crate::terms::{By, Code, District, EntryPoint, Field, Kind, Openness, Outcome};
use crate::text::Text;
use crate::time::At;
use jiff::civil::Date;
use people::{Reading, StoodIn};
use serde::{Deserialize, Serialize};

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
    #[serde(default)]
    pub form: Option<Written>,
    /// 공개 구분.
    pub openness: Openness,
    /// When it was filed.
    pub filed_at: At,
    /// Last moment for 접수 (영6⑧).
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
    /// 이전 대장의 줄, where it was brought in from an older register.
    #[serde(default)]
    pub old: Option<OldRow>,
    /// 공람: who is to read it, and when they did.
    #[serde(default)]
    pub readers: Vec<Reading>,
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
}

/// 결재선과 그 진행.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// In order; the last one decides.
    pub signers: Vec<Signer>,
    /// When each one signed so far.
    pub signed_at: Vec<At>,
    /// 문서번호, once approved.
    pub document: Option<DocumentNumber>,
    /// 대결: who signed in whose place.
    #[serde(default)]
    pub stood_in: Vec<StoodIn>,
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
    /// Folds a whole journal. Errors: empty, not beginning with `Filed`, a gap, or an event out of place.
    pub fn fold(events: &[Recorded]) -> Result<Petition, BrokenJournal> {
        let (first, rest) = events.split_first().ok_or(BrokenJournal {
            petition: PetitionId(uuid::Uuid::nil()),
            seq: 1,
        })?;
        let mut petition = Petition::begin(first)?;
        for event in rest {
            petition.apply(event)?;
        }
        Ok(petition)
    }

    /// The petition that a `Filed` event begins.
    pub fn begin(filed: &Recorded) -> Result<Petition, BrokenJournal> {
        let Event::Filed {
            number,
            service,
            service_version,
            procedure,
            procedure_version,
            kind,
            entry,
            field,
            district,
            person,
            title,
            body,
            place,
            ref files,
            form,
            openness,
            receive_by,
            expected: _,
        } = filed.event
        else {
            return Err(BrokenJournal {
                petition: filed.petition,
                seq: filed.seq,
            });
        };
        if filed.seq != 1 {
            return Err(BrokenJournal {
                petition: filed.petition,
                seq: filed.seq,
            });
        }
        Ok(Petition {
            id: filed.petition,
            seq: 1,
            recorded_at: filed.recorded_at,
            life: Life::Filed,
            number,
            service: (service, service_version),
            procedure: (procedure, procedure_version),
            kind,
            entry,
            field,
            district,
            person,
            title,
            body,
            place,
            files: files.clone(),
            form,
            openness,
            filed_at: filed.at(),
            receive_by,
            reception: None,
            unit: None,
            unit_received_at: None,
            send_back: None,
            sent_back: 0,
            handler: None,
            stretches: Vec::new(),
            supplement: None,
            supplements: 0,
            extensions: Vec::new(),
            proposal: None,
            draft: None,
            line: None,
            end: None,
            score: None,
            old: None,
            readers: Vec::new(),
        })
    }

    /// Takes in the next event.
    pub fn apply(&mut self, recorded: &Recorded) -> Result<(), BrokenJournal> {
        let broken = BrokenJournal {
            petition: self.id,
            seq: recorded.seq,
        };
        let fits = recorded.petition == self.id
            && recorded.seq == self.seq + 1
            && recorded.recorded_at >= self.recorded_at
            && recorded.event.deeds().iter().any(|deed| self.life.allows(*deed));
        if !fits {
            return Err(broken);
        }
        let at = recorded.at();
        self.take(recorded, at).ok_or(broken)?;
        self.seq = recorded.seq;
        self.recorded_at = recorded.recorded_at;
        Ok(())
    }

    /// The body of `apply`; `None` when the event does not fit what came before.
    fn take(&mut self, recorded: &Recorded, at: At) -> Option<()> {
        match &recorded.event {
            Event::Filed { .. } => return None,
            Event::Received {
                number,
                kind,
                period,
                due,
                rules: _,
                calendar,
            } => {
                self.life = Life::Received;
                self.kind = *kind;
                self.reception = Some(Reception {
                    number: *number,
                    at,
                    period: *period,
                    original_due: *due,
                    due: *due,
                    due_version: 1,
                    calendar: *calendar,
                });
            }
            Event::Reclassified {
                service,
                service_version,
                procedure,
                procedure_version,
                kind,
                period,
                due,
                ..
            } => {
                self.service = (*service, *service_version);
                self.procedure = (*procedure, *procedure_version);
                self.kind = *kind;
                // Extensions were measured by the old period, and the consent awaited with them.
                self.extensions.clear();
                self.proposal = None;
                self.drop_draft(|outcome| !Outcome::of_answer(*kind).contains(&outcome));
                if let (Some(reception), Some(period)) = (&mut self.reception, period) {
                    reception.period = *period;
                }
                if let Some(due) = due {
                    self.move_due(*due)?;
                }
            }
            Event::Distributed { unit } => {
                self.life = Life::Distributed;
                self.unit = Some(*unit);
                self.unit_received_at = None;
                self.send_back = None;
                self.handler = None;
            }
            Event::SendBackAsked { unit, .. } => {
                self.life = Life::Distributed;
                self.send_back = Some(*unit);
                self.sent_back += 1;
                self.handler = None;
                self.unit_received_at = None;
                self.draft = None;
                self.line = None;
            }
            Event::UnitReceived { .. } => self.unit_received_at = Some(at),
            Event::Designated { handler } => {
                if self.life != Life::Held {
                    self.life = Life::InHandling;
                }
                self.handler = Some(*handler);
            }
            Event::SupplementAsked {
                what,
                round,
                sent,
                until,
            } => {
                if self.life != Life::Held {
                    self.stretches.push(Stretch::open(Ground::Supplement, *sent));
                    self.life = Life::Held;
                }
                // 영24②: twice in all, the second demand included.
                let prolonged = self.supplement.map_or(0, |open| open.prolonged);
                self.supplements += 1;
                self.supplement = Some(Supplement {
                    what: *what,
                    round: *round,
                    until: *until,
                    prolonged,
                });
                self.drop_draft(|outcome| outcome == Outcome::Returned);
            }
            Event::SupplementProlonged { until, times } => {
                let supplement = self.supplement.as_mut()?;
                supplement.until = *until;
                supplement.prolonged = *times;
                self.drop_draft(|outcome| outcome == Outcome::Returned);
            }
            Event::SupplementGiven {
                files, arrived, due, ..
            } => {
                self.supplement = None;
                self.files.extend(files.iter().copied());
                self.drop_draft(|outcome| outcome == Outcome::Returned);
                self.end_stretch(*arrived, *due)?;
            }
            Event::HoldBegan { ground, from, .. } => {
                self.stretches.push(Stretch::open(*ground, *from));
                self.life = Life::Held;
            }
            Event::HoldEnded { to, due } => self.end_stretch(*to, *due)?,
            Event::ExtensionProposed { n, ground, reason } => {
                self.proposal = Some(Proposal {
                    n: *n,
                    ground: *ground,
                    reason: *reason,
                });
            }
            Event::ExtensionDeclined {} => self.proposal = None,
            Event::Extended { n, due, .. } => {
                self.proposal = None;
                self.extensions.push(*n);
                self.move_due(*due)?;
            }
            Event::Drafted {
                version,
                outcome,
                body,
                reasons,
                remedies,
                openness,
            } => {
                self.line = None;
                self.draft = Some(Draft {
                    version: *version,
                    by: recorded.by,
                    at,
                    outcome: *outcome,
                    body: *body,
                    reasons: *reasons,
                    remedies: *remedies,
                    openness: *openness,
                });
            }
            Event::SentUp { line } => {
                self.line = Some(Line {
                    signers: line.clone(),
                    signed_at: Vec::new(),
                    document: None,
                    stood_in: Vec::new(),
                });
            }
            Event::Signed { step, .. } => {
                self.line.as_mut()?.signed_at.push(at);
                self.note_stand_in(*step, recorded);
            }
            Event::Approved { step, document, .. } => {
                let line = self.line.as_mut()?;
                line.signed_at.push(at);
                line.document = Some(*document);
                self.note_stand_in(*step, recorded);
            }
            Event::TurnedBack { .. } | Event::Recalled {} => self.line = None,
            Event::Answered {
                outcome, concluded, ..
            } => self.conclude(*outcome, *concluded, at),
            Event::AnswerRead {} => {
                let end = self.end.as_mut()?;
                end.read_at = end.read_at.or(Some(at));
            }
            Event::Withdrawn { .. } => self.conclude(Outcome::Withdrawn, at, at),
            Event::Transferred { .. } => self.conclude(Outcome::Transferred, at, at),
            Event::Rated { score, .. } => self.score = Some(*score),
            Event::Migrated {
                kind,
                unit,
                old,
                ended,
            } => {
                self.kind = *kind;
                self.unit = *unit;
                self.old = Some(old.clone());
                if let Some(ended) = ended {
                    self.conclude(ended.outcome, ended.at, ended.at);
                }
            }
            Event::DueMoved { due, calendar, .. } => {
                self.move_due(*due)?;
                self.reception.as_mut()?.calendar = *calendar;
            }
            Event::Rerouted { rest } => {
                let line = self.line.as_mut()?;
                line.signers.truncate(line.signed_at.len());
                line.signers.extend(rest.iter().copied());
            }
            Event::SignerReplaced { step, from, to } => {
                let place = self.line.as_mut()?.signers.get_mut(*step as usize)?;
                if place.official != *from {
                    return None;
                }
                place.official = *to;
            }
            Event::ConfirmedAfter { step } => {
                let steps = &mut self.line.as_mut()?.stood_in;
                steps.iter_mut().find(|stood| stood.step == *step)?.confirmed_at = Some(at);
            }
            Event::Circulated { readers } => self.readers.extend(readers.iter().map(|official| Reading {
                official: *official,
                read_at: None,
            })),
            Event::CirculationRead {} => {
                let By::Official(reader) = recorded.by else {
                    return None;
                };
                self.readers.iter_mut().find(|r| r.official == reader)?.read_at = Some(at);
            }
            Event::HandedOver { to, .. } => self.handler = Some(*to),
            Event::Succeeded { unit, .. } => {
                self.unit = Some(*unit);
                if self.life == Life::Distributed {
                    self.unit_received_at = None;
                }
            }
        }
        Some(())
    }

    /// Drops a draft that has lost its ground, with its line: a return (반려) once the citizen has time again or has
    /// given what was missing, an outcome that the new kind does not know.
    fn drop_draft(&mut self, groundless: impl Fn(Outcome) -> bool) {
        if self.draft.is_some_and(|draft| groundless(draft.outcome)) {
            self.draft = None;
            self.line = None;
        }
    }

    fn end_stretch(&mut self, to: Date, due: At) -> Option<()> {
        let stretch = self.stretches.last_mut().filter(|s| s.to.is_none())?;
        stretch.to = Some(to);
        self.life = Life::InHandling;
        self.move_due(due)
    }

    fn move_due(&mut self, due: At) -> Option<()> {
        let reception = self.reception.as_mut()?;
        if reception.due != due {
            reception.due = due;
            reception.due_version += 1;
        }
        Some(())
    }

    fn conclude(&mut self, outcome: Outcome, concluded_at: At, sent_at: At) {
        self.life = Life::Concluded;
        self.supplement = None;
        self.proposal = None;
        self.send_back = None;
        if self.signer().is_some() {
            self.line = None;
        }
        self.end = Some(End {
            outcome,
            concluded_at,
            sent_at,
            read_at: None,
        });
    }

    /// The due date that runs now: none before reception, while held, and after the end.
    pub fn due(&self) -> Option<At> {
        match self.life {
            Life::Received | Life::Distributed | Life::InHandling => self.reception.map(|r| r.due),
            Life::Filed | Life::Held | Life::Concluded => None,
        }
    }

    /// By when somebody must do something next: the key the work list is ordered by. Before reception its own clock;
    /// while a supplement is awaited, the end of its last day; `At::NEVER` when nothing runs.
    pub fn act_by(&self) -> At {
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
            Life::Concluded => At::NEVER,
        }
    }

    /// Whether it ended with an answer that was sent, rather than by withdrawal or transfer.
    pub fn answered(&self) -> bool {
        let sent = |end: End| !matches!(end.outcome, Outcome::Withdrawn | Outcome::Transferred);
        self.line.is_some() && self.end.is_some_and(sent)
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
