//! 접기 — from the journal to where the petition stands: each event takes its effect, in order, and nothing else does.
//!
//! It is longer than 600 lines because one match says what every event does to a petition.

use super::parts::{Consult, Entrusted, Further, Mass, Objection, Published, ThirdParty, Tracking};
use super::people::Reading;
use super::{BrokenJournal, Draft, End, Line, Petition, Proposal, Reception, Registered, Supplement};
use crate::certificate::Issue;
use crate::claim::ClaimState;
use crate::due::{Ground, Stretch};
use crate::event::{Event, Recorded};
use crate::id::PetitionId;
use crate::life::Life;
use crate::mailing::Mailing;
use crate::proceeding::{Finish, Proceeding};
use crate::terms::{By, Openness, Outcome};
use crate::time::At;
use jiff::civil::Date;

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
            intake,
            split_from,
            protected,
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
            protected,
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
            intake,
            issue: None,
            claim: None,
            hand_by: None,
            jurisdiction_ruled: false,
            consults: Vec::new(),
            entrusted: Vec::new(),
            mass: None,
            earlier: Vec::new(),
            boards: Vec::new(),
            undelivered: 0,
            children: Vec::new(),
            merged_into: None,
            split_from,
            progress_told: 0,
            tracking: None,
            objection: None,
            third_parties: Vec::new(),
            disclosed_from: None,
            further: None,
            published: None,
            old: None,
            readers: Vec::new(),
            letters: Vec::new(),
            mailings: Vec::new(),
            proceedings: Vec::new(),
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

    fn mailing(&mut self, no: u32) -> Option<&mut Mailing> {
        self.mailings.iter_mut().find(|mailing| mailing.no == no)
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
                hand_by,
            } => {
                self.life = Life::Received;
                self.hand_by = *hand_by;
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
                self.hand_by = None;
            }
            Event::SendBackAsked { unit, hand_by, .. } => {
                self.hand_by = *hand_by;
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
                exception,
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
                    exception: *exception,
                });
            }
            Event::SentUp { line } => {
                self.line = Some(Line {
                    signers: line.clone(),
                    signed_at: Vec::new(),
                    document: None,
                    approval: None,
                    registered: None,
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
                line.document = *document;
                line.approval = Some(recorded.seq);
                self.note_stand_in(*step, recorded);
            }
            Event::TurnedBack { .. } | Event::Recalled {} => self.line = None,
            Event::DocumentRegistered { document, on, .. } => {
                let line = self.line.as_mut()?;
                line.document = line.document.or(Some(*document));
                line.registered = Some(Registered {
                    document: *document,
                    on: *on,
                });
            }
            Event::RegistrationRefused { .. } => {
                // What has gone out already stays as it is: a person settles it with the document system.
                if self.lacks_number().is_some() {
                    self.line = None;
                }
            }
            Event::ThirdPartyTold { no, name, until, .. } => self.third_parties.push(ThirdParty {
                no: *no,
                name: *name,
                until: *until,
                heard: None,
            }),
            Event::ThirdPartyHeard { no, objects, text } => {
                let party = self.third_parties.iter_mut().find(|party| party.no == *no)?;
                party.heard = Some((*objects, *text));
            }
            Event::DisclosureSet { from } => self.disclosed_from = Some(*from),
            Event::DeemedDecided { outcome, since, .. } => {
                self.line = None;
                self.conclude(*outcome, *since, at);
            }
            Event::Answered {
                outcome, concluded, ..
            } => {
                self.conclude(*outcome, *concluded, at);
                self.claim = self.to_claim(*outcome, at);
            }
            Event::Issued {
                number,
                code,
                copies,
                charge,
                paid,
            } => {
                self.issue = Some(Issue {
                    number: *number,
                    code: *code,
                    copies: *copies,
                    charge: *charge,
                    paid: *paid,
                    at,
                });
            }
            Event::HandedOut { .. } => self.end_claim(ClaimState::HandedOut, at)?,
            Event::ClaimReminded { .. } => self.claim.as_mut()?.told = Some(at),
            Event::UnclaimedDiscarded { .. } => {
                self.end_claim(ClaimState::Discarded, at)?;
                self.end.as_mut()?.outcome = Outcome::Unclaimed;
            }
            Event::AnswerRead {} => {
                let end = self.end.as_mut()?;
                end.read_at = end.read_at.or(Some(at));
            }
            Event::AdvanceNoticeIssued { .. }
            | Event::DunningIssued { .. }
            | Event::DunningReceived { .. }
            | Event::DunningReplied { .. } => self.take_letter(&recorded.event, recorded.by, at)?,
            Event::MailingDue { no, mail } => self.mailings.push(Mailing {
                no: *no,
                mail: *mail,
                since: at,
                sent: None,
                fate: None,
            }),
            Event::MailingSent { no, sending } => self.mailing(*no)?.sent = Some(*sending),
            Event::MailingEnded { no, fate } => self.mailing(*no)?.fate = Some(*fate),
            Event::PartyCorrected { party, delivery, .. } => {
                self.intake.party = *party;
                self.intake.delivery = *delivery;
            }
            Event::Withdrawn { .. } => self.conclude(Outcome::Withdrawn, at, at),
            Event::Transferred { report_by, .. } => {
                self.conclude(Outcome::Transferred, at, at);
                self.tracking = report_by.map(Tracking::until);
            }
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
            Event::JurisdictionRuled { unit, .. } => {
                // Its new department begins anew; a department that must keep it goes on from its own reception.
                if self.unit != Some(*unit) {
                    self.unit_received_at = None;
                }
                self.unit = Some(*unit);
                self.send_back = None;
                self.hand_by = None;
                self.jurisdiction_ruled = true;
            }
            Event::Entrusted {
                no,
                to,
                permit,
                what,
                until,
            } => self
                .entrusted
                .push(Entrusted::given(*no, *to, *permit, *what, at, *until)),
            Event::TakenBack { no } => self.entrusted_mut(*no)?.taken_back = true,
            Event::FieldNoted { no, text } => self.entrusted_mut(*no)?.notes.push((*text, at)),
            Event::ConsultAsked {
                no,
                unit,
                what,
                reply_by,
            } => self
                .consults
                .push(Consult::asked(*no, *unit, *what, at.date()?, *reply_by)),
            Event::ConsultProlonged { no, reply_by } => {
                let consult = self.consult_mut(*no)?;
                consult.reply_by = *reply_by;
                consult.prolonged = true;
            }
            Event::ConsultReplied {
                no, opinion, text, ..
            } => self.consult_mut(*no)?.reply = Some((*opinion, *text, at)),
            Event::ConsultCancelled { no } => self.consults.retain(|consult| consult.no != *no),
            Event::ProceedingOpened {
                no,
                track,
                version,
                asked,
                waits,
                seats,
                stands,
            } => self.proceedings.push(Proceeding::begun(
                *no,
                (*track, *version),
                (recorded.by, at),
                *asked,
                *waits,
                seats,
                stands,
            )),
            Event::ProceedingMoved {
                no, facts, stands, ..
            } => self
                .proceeding_mut(*no)?
                .moved(facts, stands.as_ref(), (recorded.by, at))?,
            Event::ProceedingEnded { no, end } => self.proceeding_mut(*no)?.finish(Finish::As(*end), at),
            Event::EarlierLinked { earlier, .. } => self.earlier = earlier.clone(),
            Event::BoardHeld { board, held, .. } => self.boards.push((*board, *held)),
            Event::Converted { .. } => self.conclude(Outcome::NotAPetition, at, at),
            Event::Referred { report_by, .. } => {
                self.conclude(Outcome::Referred, at, at);
                self.tracking = Some(Tracking::until(*report_by));
            }
            Event::ReportedBack { result } => self.tracking.as_mut()?.reported = Some((at, *result)),
            Event::DemandReturned { times } => self.undelivered = *times,
            Event::DeemedWithdrawn {} => self.conclude(Outcome::DeemedWithdrawn, at, at),
            Event::ProgressTold { nth, .. } => self.progress_told = *nth,
            Event::MassMarked {
                households,
                signers,
                list,
            } => {
                self.mass = Some(Mass {
                    households: *households,
                    signers: *signers,
                    representatives: Vec::new(),
                });
                self.files.extend(list.iter().copied());
            }
            Event::RepresentativesChosen { names, .. } => {
                self.mass.as_mut()?.representatives = names.clone();
            }
            Event::TookIn { children } => self.children.extend(children.iter().copied()),
            Event::Merged { into, .. } => {
                self.conclude(Outcome::Merged, at, at);
                self.merged_into = Some(*into);
            }
            Event::PartSplitOff { .. } | Event::Rectified { .. } => {}
            Event::Amended { files, .. } => self.files.extend(files.iter().copied()),
            Event::Objected {
                reason, files, due, ..
            } => {
                self.objection = Some(Objection::made(*reason, at, *due));
                self.files.extend(files.iter().copied());
            }
            Event::ObjectionExtended { due, .. } => {
                let objection = self.objection.as_mut()?;
                objection.due = *due;
                objection.extended = true;
            }
            Event::ObjectionDecided { verdict, reason, .. } => {
                self.objection.as_mut()?.decision = Some((*verdict, *reason, at));
            }
            Event::FurtherAsked { what, target } => {
                self.further = Some(Further {
                    what: *what,
                    asked_at: at,
                    target: *target,
                    answer: None,
                });
            }
            Event::FurtherAnswered { body } => self.further.as_mut()?.answer = Some((*body, at)),
            Event::ConclusionCorrected { to, .. } => self.end.as_mut()?.concluded_at = *to,
            Event::Narrowed { .. } => {
                self.openness = Openness::Private;
                self.published = None;
            }
            Event::Published {
                title,
                question,
                answer,
            } => {
                self.published = Some(Published {
                    title: *title,
                    question: *question,
                    answer: *answer,
                    at,
                });
            }
            Event::Unpublished {} => self.published = None,
            Event::Protected { .. } => self.protected = true,
            Event::Unprotected { .. } => self.protected = false,
            Event::DueMoved { due, calendar, .. } => match &mut self.reception {
                Some(reception) => {
                    reception.calendar = *calendar;
                    self.move_due(*due)?;
                }
                None => self.receive_by = Some(*due),
            },
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

    fn entrusted_mut(&mut self, no: u32) -> Option<&mut Entrusted> {
        self.entrusted.iter_mut().find(|given| given.no == no)
    }

    fn consult_mut(&mut self, no: u32) -> Option<&mut Consult> {
        self.consults.iter_mut().find(|consult| consult.no == no)
    }

    fn proceeding_mut(&mut self, no: u32) -> Option<&mut Proceeding> {
        (self.proceedings.iter_mut()).find(|one| one.no == no && one.is_open())
    }

    pub(crate) fn end_stretch(&mut self, to: Date, due: At) -> Option<()> {
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
        self.hand_by = None;
        self.consults.retain(|consult| consult.reply.is_some());
        for one in self
            .proceedings
            .iter_mut()
            .filter(|one| one.is_open() && !one.stands.outlives)
        {
            one.finish(Finish::WithPetition, concluded_at);
        }
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
}
