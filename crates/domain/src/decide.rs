//! 판단 — given a petition, a deed and the law: what happens, or why it cannot.
//!
//! It is longer than 600 lines because one match over all acts shows that none is forgotten; the rules stand in files by their matter.
//!
//! Pure and total: everything it needs is handed in, and for every input it gives events or a refusal with its clause.
//! Who may is asked first (`access::may`), then whether life allows it (`life::MOVES`), then what the procedure offers,
//! then the article itself.

use crate::absence::Absence;
use crate::access::{Post, Who, may};
use crate::act::{Act, Answer, Filing};
use crate::assurance::Assurance;
use crate::certificate::{CheckCode, IssueNumber};
use crate::clock::Law;
use crate::due::{Cause, Period, TransferTo};
use crate::event::{Event, Signer};
use crate::handbook::{Online, Service};
use crate::id::{OfficialId, UnitId};
use crate::life::{Deed, Life};
use crate::number::{DocumentNumber, FilingNumber, LetterNumber, ReceptionNumber};
use crate::petition::{Line, Petition};
use crate::procedure::Procedure;
use crate::refusal::Refusal;
use crate::terms::{EntryPoint, HappenedGround, Kind, Mark, Outcome, Seat, coded};
use crate::text::Text;
use crate::time::At;
use crate::track::Tracks;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

mod absence;
pub mod after;
mod consult;
pub mod counter;
pub mod disclosure;
pub mod ends;
pub mod entrust;
mod mail;
pub mod many;
pub mod proceeding;
mod records;
pub mod register;
mod state;
mod supervision;

/// A second demand for a supplement grants at most this many days (영24③).
pub const SECOND_SUPPLEMENT_DAYS: i64 = 10;
/// The citizen may ask for more time this often (영24②).
pub const PROLONGATIONS: u32 = 2;
/// Since when obvious slips may be corrected by the office (영6⑤, 대통령령 제36296호).
pub const RECTIFYING_SINCE: Date = jiff::civil::date(2026, 5, 6);

coded! {
    /// 처리 완료 시각의 기준 — which moment ends the period (FEATURES, day one, 5).
    Completion {
        /// 결재 완료.
        Approval = "approval",
        /// 시행·발송.
        Sending = "sending",
    }
}

coded! {
    /// 문서번호의 출처 — where the number of an approved answer comes from.
    #[derive(Default)]
    Numbering {
        /// 자체 번호: our own series, at the last signature.
        #[default]
        Own = "own",
        /// 외부 문서시스템, after the last signature. What is decided and sent in one go (즉시답변, 발급) keeps a number of our own and
        /// is registered afterwards.
        Outside = "outside",
    }
}

impl Numbering {
    /// This number of our own, if ours is the series.
    const fn own(self, number: DocumentNumber) -> Option<DocumentNumber> {
        match self {
            Numbering::Own => Some(number),
            Numbering::Outside => None,
        }
    }
}

/// 조직 — the units of the office and who holds which seat, as of today.
#[derive(Debug, Clone, Default)]
pub struct Staff {
    /// Units that exist today.
    pub units: BTreeSet<UnitId>,
    /// Seats held today.
    pub posts: BTreeMap<OfficialId, Vec<Post>>,
    /// Absences of today and later.
    pub absences: Vec<Absence>,
    /// Closed units and the units that succeed them, the one for the remainder first.
    pub successors: BTreeMap<UnitId, Vec<UnitId>>,
}

impl Staff {
    /// The units that exist today and succeed a closed one, through units closed in between, in their order.
    pub fn heirs(&self, unit: UnitId) -> Vec<UnitId> {
        let (mut heirs, mut met, mut open) = (Vec::new(), BTreeSet::from([unit]), vec![unit]);
        while let Some(closed) = open.pop() {
            for next in self.successors.get(&closed).into_iter().flatten() {
                if !met.insert(*next) {
                    continue;
                }
                if self.units.contains(next) {
                    heirs.push(*next);
                } else {
                    open.push(*next);
                }
            }
        }
        heirs
    }

    /// Whether the official may be given a case of `unit` to handle.
    pub fn handles_in(&self, official: OfficialId, unit: UnitId) -> bool {
        let handles = |seat: Seat| {
            matches!(
                seat,
                Seat::Handler | Seat::TeamLead | Seat::Coordinator | Seat::DepartmentReceiver
            )
        };
        self.posts
            .get(&official)
            .is_some_and(|posts| posts.iter().any(|p| p.unit == unit && handles(p.seat)))
    }
}

/// 상황 — all that a decision may look at besides the petition.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The present moment, or the past one that the act is recorded for.
    pub now: At,
    /// Who acts.
    pub who: &'a Who,
    /// Calendar, working hours, readings of the law.
    pub law: Law<'a>,
    /// The row of the catalogue the petition is (or will be) under, valid now.
    pub service: &'a Service,
    /// The procedure it runs by.
    pub procedure: &'a Procedure,
    /// Units and seats.
    pub staff: &'a Staff,
    /// Which moment ends the period.
    pub completion: Completion,
    /// Where document numbers come from.
    pub numbering: Numbering,
    /// The next line of the 처리부.
    pub reception_number: ReceptionNumber,
    /// The next document number of the unit that would issue it.
    pub document_number: DocumentNumber,
    /// The other petitions that the act names, as they stand.
    pub beside: &'a [Petition],
    /// 잡아 둔 시간: from when until when the one who acts has offered or booked their time elsewhere, as far as the act asks for it.
    pub busy: &'a [(At, At)],
    /// The next line of the 발급대장, and the code of the paper.
    pub issue: (IssueNumber, CheckCode),
    /// The next number of a 독촉장.
    pub letter_number: LetterNumber,
    /// 특별절차 목록.
    pub tracks: &'a Tracks,
}

/// 신청 — the first event of a petition. Errors: who may not; a service not valid or not online; word of mouth where
/// writing is needed. Never refused because a date cannot be computed: the citizen's filing is not the calendar's affair.
pub fn file(filing: &Filing<Text>, number: FilingNumber, s: &Setting) -> Result<Event, Refusal> {
    may(s.who, Deed::File, None)?;
    if let Who::Citizen(person) = s.who
        && *person != filing.person
    {
        return Err(Refusal::NotYours);
    }
    let at = filing.happened.map_or(s.now, |(at, _)| at);
    let migrated = matches!(filing.happened, Some((_, HappenedGround::Migrated)));
    let day = at.date().ok_or(Refusal::OutsideCalendar)?;
    if !migrated && !s.service.is_valid_on(day) {
        return Err(Refusal::ServiceNotValid);
    }
    if filing.entry == EntryPoint::Web && s.service.online == Online::No {
        return Err(Refusal::NotOnline);
    }
    // A part that is split off was let in with the whole; what is brought in from before was let in then.
    let asked = s.service.assurance.asked_at(filing.entry);
    if filing.split_from.is_none() && !migrated && !Assurance::of(filing.intake.proof).suffices(asked) {
        return Err(Refusal::NotVerified);
    }
    if filing.entry == EntryPoint::Phone && s.service.kind != Kind::Other {
        return Err(Refusal::MustBeWritten);
    }
    counter::fits_entry(filing, s)?;
    let clock_runs = filing.entry.is_electronic() && !migrated;
    let receive_by = if clock_runs {
        s.law.receive_by(at, day)
    } else {
        None
    };
    let expected = (s
        .service
        .sure_period()
        .or_else(|| s.law.period_of_kind(s.service.kind)))
    .filter(|_| !migrated)
    .and_then(|period| {
        let copies = filing.intake.copies;
        s.law.due_for(at, period, s.service.kind, &[], &[], copies).ok()
    });
    if !filing.intake.party.is_whole() {
        return Err(Refusal::PetitionerUnclear);
    }
    Ok(Event::Filed {
        number,
        service: s.service.code,
        service_version: s.service.version,
        procedure: s.procedure.code,
        procedure_version: s.procedure.version,
        kind: s.service.kind,
        entry: filing.entry,
        field: filing.field,
        district: filing.district,
        person: filing.person,
        title: filing.title,
        body: filing.body,
        place: filing.place,
        files: filing.files.clone(),
        form: filing.form,
        openness: filing.openness,
        receive_by,
        expected,
        split_from: filing.split_from,
        intake: filing.intake,
        protected: false,
    })
}

/// Whether `who` could do `deed` now, before looking at what is handed in: for the list of acts on a case.
pub fn offered(petition: &Petition, deed: Deed, who: &Who, procedure: &Procedure) -> Result<(), Refusal> {
    may(who, deed, Some(petition))?;
    if !petition.life.allows(deed) {
        return Err(if petition.life.is_open() {
            Refusal::NotNow
        } else {
            Refusal::Concluded
        });
    }
    if !procedure.offers(petition.life, deed) && !deed.is_of_the_office() {
        return Err(Refusal::NotInProcedure);
    }
    state::allows(petition, deed)
}

/// What the clock says to a letter of supervision: it is too late for one of the two, and too early for the other.
pub fn timely(petition: &Petition, deed: Deed, now: At) -> Result<(), Refusal> {
    supervision::timely(petition, deed, now)
}

/// What happens when `act` is done to `petition`: its events in order, none if it is done already, or a refusal. Whoever is
/// written to by post is owed a letter with each event that tells them something.
pub fn decide(petition: &Petition, act: &Act<Text>, s: &Setting) -> Result<Vec<Event>, Refusal> {
    let events = decided(petition, act, s)?;
    Ok(mail::with_letters(petition, events))
}

fn decided(petition: &Petition, act: &Act<Text>, s: &Setting) -> Result<Vec<Event>, Refusal> {
    if let Act::Reclassify { kind, .. } = act
        && kind.is_petition() != petition.kind.is_petition()
        && petition.life.allows(act.deed())
        && state::allows(petition, act.deed()).is_ok()
        && (s.procedure.kinds.contains(kind) || s.procedure.offers(petition.life, act.deed()))
    {
        // Asked before the procedure, which is already that of the new kind and would only say that it knows no such act.
        may(s.who, act.deed(), Some(petition))?;
        return Err(Refusal::OtherLaw);
    }
    offered(petition, act.deed(), s.who, s.procedure)?;
    let p = petition;
    let today = s.now.date().ok_or(Refusal::OutsideCalendar)?;
    let one = |event: Event| Ok(vec![event]);
    match act {
        Act::Receive { kind, period } => {
            fit_kind(*kind, s)?;
            counter::written(p, *kind)?;
            let period = period_for(*kind, *period, s)?;
            let due = s.law.due_for(
                kind.counts_from(p.filed_at, s.now),
                period,
                *kind,
                &[],
                &[],
                p.intake.copies,
            )?;
            let (rules, calendar) = (s.law.rules(s.now)?, s.law.calendar.version());
            let received = Event::Received {
                number: s.reception_number,
                kind: *kind,
                period,
                due,
                rules,
                calendar,
                hand_by: s.law.hand_by(s.now, TransferTo::Department),
            };
            let begun = proceeding::by_itself(p, *kind, today, s)?;
            Ok(std::iter::once(received).chain(begun).collect())
        }
        Act::Reclassify {
            service: _,
            kind,
            period,
            reason,
        } => {
            let changed = reclassify(p, *kind, *period, *reason, s)?;
            let begun = if p.reception.is_some() && s.service.code != p.service.0 {
                proceeding::by_itself(p, *kind, today, s)?
            } else {
                Vec::new()
            };
            Ok(std::iter::once(changed).chain(begun).collect())
        }
        Act::Distribute { unit } => {
            if !s.staff.units.contains(unit) {
                return Err(Refusal::UnknownUnit);
            }
            if p.unit == Some(*unit) && p.send_back.is_none() {
                return Err(Refusal::SameUnit);
            }
            one(Event::Distributed { unit: *unit })
        }
        Act::SendBack { reason } => one(Event::SendBackAsked {
            unit: p.unit.ok_or(Refusal::NotNow)?,
            reason: *reason,
            hand_by: s.law.hand_by(s.now, TransferTo::WithinAgency),
        }),
        Act::UnitReceive => one(Event::UnitReceived {
            unit: p.unit.ok_or(Refusal::NotNow)?,
        }),
        Act::Designate { handler } => {
            if p.handler == Some(*handler) {
                return Err(Refusal::SameHandler);
            }
            if !s.staff.handles_in(*handler, p.unit.ok_or(Refusal::NotNow)?) {
                return Err(Refusal::HandlerNotOfUnit);
            }
            one(Event::Designated { handler: *handler })
        }
        Act::AskSupplement { what, until } => ask_supplement(p, *what, *until, today, s).and_then(one),
        Act::ProlongSupplement { until } => {
            let open = p.supplement.as_ref().ok_or(Refusal::NoSupplementAsked)?;
            if *until <= open.until || *until <= today {
                return Err(Refusal::SupplementInPast);
            }
            one(Event::SupplementProlonged {
                until: s.law.last_day(*until)?,
                times: open.prolonged + 1,
            })
        }
        Act::Supplement { note, files } => {
            if note.is_none() && files.is_empty() {
                return Err(Refusal::BodyMissing);
            }
            let due = s.law.due_after(p, today)?;
            one(Event::SupplementGiven {
                note: *note,
                files: files.clone(),
                arrived: today,
                due,
            })
        }
        Act::Hold { ground, note } => {
            if !s.law.ground_applies(*ground, p, today) {
                return Err(Refusal::GroundUnknown);
            }
            one(Event::HoldBegan {
                ground: *ground,
                from: today,
                note: *note,
            })
        }
        Act::Resume => one(Event::HoldEnded {
            to: today,
            due: s.law.due_after(p, today)?,
        }),
        Act::Extend { n, ground, reason } => extend(p, *n, *ground, *reason, s).and_then(one),
        Act::ConsentExtension => {
            let offer = p.proposal.ok_or(Refusal::NoConsentAsked)?;
            if p.due().is_some_and(|due| s.now >= due) {
                return Err(Refusal::DueHasPassed);
            }
            extended(p, 2, offer.n, offer.ground, offer.reason, s).and_then(one)
        }
        Act::DeclineExtension => one(Event::ExtensionDeclined {}),
        Act::Draft(answer) => draft(p, answer, today, s).and_then(one),
        Act::SendUp { line } => {
            let works = |id: OfficialId| s.staff.posts.contains_key(&id);
            fit_line(line, works, s.who.official())?;
            disclosure::waits_for_nobody(p, today)?;
            one(Event::SentUp { line: line.clone() })
        }
        Act::Sign { comment } => {
            let line = p.line.as_ref().ok_or(Refusal::NotOnTheLine)?;
            let signer = p.signer().ok_or(Refusal::NotOnTheLine)?;
            let step = line.signed_at.len() as u32;
            one(if signer.mark.is_final() {
                Event::Approved {
                    step,
                    comment: *comment,
                    document: s.numbering.own(s.document_number),
                }
            } else {
                Event::Signed {
                    step,
                    comment: *comment,
                }
            })
        }
        Act::TurnBack { reason } => {
            let step = p.line.as_ref().ok_or(Refusal::NotOnTheLine)?.signed_at.len() as u32;
            one(Event::TurnedBack {
                step,
                reason: *reason,
            })
        }
        Act::Recall => one(Event::Recalled {}),
        Act::Answer => {
            let draft = p.draft.ok_or(Refusal::NoDraft)?;
            let document = p
                .line
                .as_ref()
                .and_then(|line: &Line| line.document)
                .ok_or(Refusal::NumberAwaited)?;
            let concluded = match s.completion {
                Completion::Approval => p.approved_at().unwrap_or(s.now),
                Completion::Sending => s.now,
            };
            let answered = Event::Answered {
                outcome: draft.outcome,
                document,
                concluded,
            };
            // While it is still open: what is disclosed against a third party's wish has its day.
            Ok((disclosure::carried_out(p, concluded, s)?.into_iter())
                .chain([answered])
                .collect())
        }
        Act::AnswerAtOnce(answer) => {
            let Who::Official(official) = s.who else {
                return Err(Refusal::NotYours);
            };
            if p.kind == Kind::Statutory {
                counter::decides_alone(s)?;
            }
            let drafted = draft(p, answer, today, s)?;
            let line = vec![Signer {
                official: official.id,
                mark: Mark::Delegated,
            }];
            Ok(vec![
                drafted,
                Event::SentUp { line },
                Event::Approved {
                    step: 0,
                    comment: None,
                    document: Some(s.document_number),
                },
                Event::Answered {
                    outcome: answer.outcome,
                    document: s.document_number,
                    concluded: s.now,
                },
            ])
        }
        Act::Issue(order) => counter::issue(p, order, s),
        Act::HandOut(given) => counter::hand_out(given).and_then(one),
        Act::RemindClaim => counter::remind(p, today),
        Act::DiscardUnclaimed { reason } => counter::discard(p, *reason, today).and_then(one),
        Act::ReadAnswer => match p.end.and_then(|end| end.read_at) {
            Some(_) => Ok(Vec::new()),
            None => one(Event::AnswerRead {}),
        },
        Act::IssueAdvanceNotice { note } => supervision::advance(p, *note, s).and_then(one),
        Act::IssueDunning { reply_by, note } => {
            supervision::dunning(p, *reply_by, *note, today, s).and_then(one)
        }
        Act::ConfirmDunning => supervision::receipt(p),
        Act::ReplyDunning { cause, planned, text } => supervision::reply(p, *cause, *planned, *text, today),
        Act::Withdraw { reason } => {
            // Whoever filed in another's name; the petitioner themselves always may (법22②).
            if *s.who == Who::Citizen(p.person) && !p.intake.party.ends() {
                return Err(Refusal::ConsentToEndMissing);
            }
            one(Event::Withdrawn { reason: *reason })
        }
        Act::Transfer {
            agency,
            reason,
            report_by,
        } => ends::transfer(*agency, *reason, *report_by, today).and_then(one),
        Act::Rate { score, comment } => {
            if !(1..=5).contains(score) {
                return Err(Refusal::ScoreUnfit);
            }
            one(Event::Rated {
                score: *score,
                comment: *comment,
            })
        }
        Act::RuleJurisdiction { unit, reason } => consult::rule(p, *unit, *reason, s).and_then(one),
        Act::Entrust {
            to,
            permit,
            what,
            until,
        } => entrust::entrust(p, *to, *permit, *what, *until, today, s).and_then(one),
        Act::TakeBack { no } => entrust::take_back(p, *no).and_then(one),
        Act::FieldNote { no, text } => entrust::note(p, *no, *text, today, s).and_then(one),
        Act::AskConsult { unit, what, reply_by } => {
            consult::ask(p, *unit, *what, *reply_by, today, s).and_then(one)
        }
        Act::ProlongConsult { no, reply_by } => consult::prolong(p, *no, *reply_by, today, s).and_then(one),
        Act::ReplyConsult {
            no,
            opinion,
            text,
            files,
        } => consult::reply(p, *no, *opinion, *text, files, s).and_then(one),
        Act::CancelConsult { no } => consult::cancel(p, *no).and_then(one),
        Act::LinkEarlier { repeat, earlier } => many::link(p, *repeat, earlier, s).and_then(one),
        Act::RecordBoard { board, held, result } => ends::board(*board, *held, *result, today).and_then(one),
        Act::Convert { into, reason } => one(Event::Converted {
            into: *into,
            reason: *reason,
        }),
        Act::Refer {
            agency,
            reason,
            report_by,
        } => ends::refer(*agency, *reason, *report_by, today).and_then(one),
        Act::ReportBack { result } => one(Event::ReportedBack { result: *result }),
        Act::MarkUndelivered => ends::undelivered(p).and_then(one),
        Act::DeemWithdrawn => ends::deem_withdrawn(p).and_then(one),
        Act::TellProgress => ends::progress(p, today, s).and_then(one),
        Act::MarkMass {
            households,
            signers,
            list,
        } => many::mark(p, *households, *signers, *list).and_then(one),
        Act::ChooseRepresentatives { names, by } => many::representatives(p, names, *by, s).and_then(one),
        Act::TakeIn { children } => many::take_in(p, children, today, s).and_then(one),
        Act::Merge { into } => many::merge(p, *into, s).and_then(one),
        Act::SplitOff { part, number, reason } => one(Event::PartSplitOff {
            part: *part,
            number: *number,
            reason: *reason,
        }),
        Act::Amend { note, files } => {
            if note.is_none() && files.is_empty() {
                return Err(Refusal::BodyMissing);
            }
            one(Event::Amended {
                note: *note,
                files: files.clone(),
            })
        }
        Act::Rectify { what, consent } => {
            if today < RECTIFYING_SINCE {
                return Err(Refusal::RectifyNotYet);
            }
            one(Event::Rectified {
                what: *what,
                consent: *consent,
            })
        }
        Act::Object {
            reason,
            received,
            files,
        } => after::object(p, *reason, *received, files, today, s).and_then(one),
        Act::ExtendObjection { days, reason } => after::extend(p, *days, *reason, s).and_then(one),
        Act::DecideObjection {
            verdict,
            reason,
            remedies,
        } => one(Event::ObjectionDecided {
            verdict: *verdict,
            reason: *reason,
            remedies: *remedies,
        }),
        Act::AskFurther { what } => after::ask_further(*what, today, s).and_then(one),
        Act::AnswerFurther { body } => one(Event::FurtherAnswered { body: *body }),
        Act::CorrectConclusion { to, reason, evidence } => {
            after::correct(p, *to, *reason, evidence, s).and_then(one)
        }
        Act::Narrow { reason } => one(Event::Narrowed { reason: *reason }),
        Act::Protect { reason } => one(Event::Protected { reason: *reason }),
        Act::Unprotect { reason } => one(Event::Unprotected { reason: *reason }),
        Act::Publish {
            title,
            question,
            answer,
        } => after::publish(p, *title, *question, *answer).and_then(one),
        Act::Unpublish => one(Event::Unpublished {}),
        Act::MoveDue => move_due(p, s).map(Vec::from_iter),
        Act::Reroute { rest } => absence::reroute(p, rest, s).and_then(one),
        Act::ReplaceSigner { from, to } => absence::replace_signer(p, *from, *to, s).and_then(one),
        Act::ConfirmAfter => absence::confirm_after(p, s),
        Act::Circulate { readers } => absence::circulate(p, readers, s).and_then(one),
        Act::ReadCirculated => one(Event::CirculationRead {}),
        Act::HandOver { to } => absence::hand_over(p, *to, s).and_then(one),
        Act::Succeed { unit } => absence::succeed(p, *unit, s).and_then(one),
        Act::RegisterDocument {
            approval,
            document,
            on,
        } => records::register(p, *approval, *document, *on, today),
        Act::RefuseRegistration { approval, reason } => records::refuse(p, *approval, *reason),
        Act::RecordDeemed { note } => ends::deemed(p, *note, s).and_then(one),
        Act::CorrectParty {
            party,
            delivery,
            reason,
        } => mail::party(p, *party, *delivery, *reason).and_then(one),
        Act::QueueMail { mail } => mail::queue(p, *mail).and_then(one),
        Act::SendMail { no, sending } => mail::send(p, *no, *sending, today).and_then(one),
        Act::EndMail { no, fate } => mail::fate(p, *no, *fate, today),
        Act::OpenProceeding { track, asked } => proceeding::open(p, *track, *asked, today, s),
        Act::MoveProceeding(given) => proceeding::make(p, given, today, s),
        Act::TellThirdParty { name, what, arrived } => {
            disclosure::tell(p, *name, *what, *arrived, today, s).and_then(one)
        }
        Act::HearThirdParty { no, objects, text } => disclosure::hear(p, *no, *objects, *text).and_then(one),
    }
}

/// The date that runs, computed anew: the due date, before reception the last moment for it. `None` where it stays.
fn move_due(p: &Petition, s: &Setting) -> Result<Option<Event>, Refusal> {
    let (from, due) = match (p.reception, p.receive_by) {
        (Some(reception), _) => (reception.due, s.law.due_of(p)?),
        (None, Some(from)) => (from, s.law.receive_by_of(p)?),
        (None, None) => return Ok(None),
    };
    Ok((due != from).then_some(Event::DueMoved {
        from,
        due,
        calendar: s.law.calendar.version(),
    }))
}

/// The period that binds: of a statutory petition the confirmed one of the service, which nobody at the counter changes
/// (법17); otherwise the one entered, else the service's, else the one the decree sets for the kind (영14–17). A statutory
/// petition without any cannot be received yet.
fn period_for(kind: Kind, entered: Option<Period>, s: &Setting) -> Result<Period, Refusal> {
    let of_service = if s.service.kind == kind {
        s.service.sure_period()
    } else {
        None
    };
    let (first, second) = match kind {
        Kind::Statutory | Kind::Disclosure => (of_service, entered),
        Kind::Inquiry | Kind::Suggestion | Kind::Other | Kind::Grievance => (entered, of_service),
    };
    first
        .or(second)
        .or_else(|| s.law.period_of_kind(kind))
        .ok_or(Refusal::PeriodMissing)
}

/// A procedure handles the kinds it was made for: an instant answer must not decide on a statutory petition.
fn fit_kind(kind: Kind, s: &Setting) -> Result<(), Refusal> {
    if s.procedure.kinds.contains(&kind) {
        Ok(())
    } else {
        Err(Refusal::NotInProcedure)
    }
}

fn reclassify(
    p: &Petition,
    kind: Kind,
    entered: Option<Period>,
    reason: Text,
    s: &Setting,
) -> Result<Event, Refusal> {
    if p.kind == kind && p.service == (s.service.code, s.service.version) {
        return Err(Refusal::SameKind);
    }
    fit_kind(kind, s)?;
    counter::written(p, kind)?;
    let (period, due) = match p.reception {
        None => (None, None),
        Some(reception) => {
            let period = period_for(kind, entered, s)?;
            (
                Some(period),
                Some(s.law.due_for(
                    kind.counts_from(p.filed_at, reception.at),
                    period,
                    kind,
                    &p.stretches,
                    &[],
                    p.intake.copies,
                )?),
            )
        }
    };
    Ok(Event::Reclassified {
        service: s.service.code,
        service_version: s.service.version,
        procedure: s.procedure.code,
        procedure_version: s.procedure.version,
        kind,
        period,
        due,
        reason,
    })
}

fn ask_supplement(p: &Petition, what: Text, until: Date, today: Date, s: &Setting) -> Result<Event, Refusal> {
    if until <= today {
        return Err(Refusal::SupplementInPast);
    }
    let Some(first) = &p.supplement else {
        return Ok(Event::SupplementAsked {
            what,
            round: 1,
            sent: today,
            until: s.law.last_day(until)?,
        });
    };
    if today <= s.law.last_day(first.until)? {
        return Err(Refusal::SupplementNotLapsed);
    }
    let days = i64::from(
        today
            .until(until)
            .map_err(|_| Refusal::SupplementTooLong)?
            .get_days(),
    );
    if days > SECOND_SUPPLEMENT_DAYS {
        return Err(Refusal::SupplementTooLong);
    }
    Ok(Event::SupplementAsked {
        what,
        round: first.round + 1,
        sent: today,
        until: s.law.last_day(until)?,
    })
}

fn extend(p: &Petition, n: u32, cause: Cause, reason: Text, s: &Setting) -> Result<Event, Refusal> {
    let reception = p.reception.ok_or(Refusal::NotNow)?;
    if s.now >= reception.due {
        return Err(Refusal::DueHasPassed);
    }
    let received = reception.at.date().ok_or(Refusal::OutsideCalendar)?;
    s.law.cause_applies(cause, p.kind, received)?;
    if n == 0 || n > reception.period.number() {
        return Err(Refusal::ExtensionTooLong);
    }
    if p.extensions.is_empty() {
        return extended(p, 1, n, cause, reason, s);
    }
    if !p.kind.is_petition() {
        // 정보공개법11②: once, consent or not.
        return Err(Refusal::ExtensionSpent);
    }
    Ok(Event::ExtensionProposed {
        n,
        ground: cause,
        reason,
    })
}

fn extended(
    p: &Petition,
    nth: u32,
    n: u32,
    cause: Cause,
    reason: Text,
    s: &Setting,
) -> Result<Event, Refusal> {
    let reception = p.reception.ok_or(Refusal::NotNow)?;
    let extensions: Vec<u32> = p.extensions.iter().copied().chain([n]).collect();
    let due = s.law.due_for(
        p.kind.counts_from(p.filed_at, reception.at),
        reception.period,
        p.kind,
        &p.stretches,
        &extensions,
        p.intake.copies,
    )?;
    Ok(Event::Extended {
        nth,
        n,
        ground: cause,
        reason,
        from: reception.due,
        due: due.max(reception.due),
    })
}

fn draft(p: &Petition, answer: &Answer<Text>, today: Date, s: &Setting) -> Result<Event, Refusal> {
    if !Outcome::of_answer(p.kind).contains(&answer.outcome) {
        return Err(Refusal::OutcomeNotOfKind);
    }
    if answer.outcome == Outcome::Returned {
        let until = p.supplement.map(|open| open.until);
        if today <= s.law.last_day(until.ok_or(Refusal::NothingLapsed)?)? {
            return Err(Refusal::NothingLapsed);
        }
    } else if p.life == Life::Held {
        return Err(Refusal::SupplementOpen);
    }
    ends::closing(p, answer)?;
    if answer.outcome.owes_reasons() && (answer.reasons.is_none() || answer.remedies.is_none()) {
        return Err(Refusal::ReasonsOwed);
    }
    Ok(Event::Drafted {
        version: p.draft.map_or(0, |d| d.version) + 1,
        outcome: answer.outcome,
        body: answer.body,
        reasons: answer.reasons,
        remedies: answer.remedies,
        openness: answer.openness,
        exception: answer.exception.filter(|_| answer.outcome == Outcome::Excepted),
    })
}

/// A line ends in exactly one decision, names each official once, and everyone on it works here; the drafter is not on it.
fn fit_line(
    line: &[Signer],
    works: impl Fn(OfficialId) -> bool,
    drafter: Option<OfficialId>,
) -> Result<(), Refusal> {
    let (last, before) = line.split_last().ok_or(Refusal::LineUnfit)?;
    let distinct: BTreeSet<OfficialId> = line.iter().map(|signer| signer.official).collect();
    let fits = last.mark.is_final()
        && before.iter().all(|signer| !signer.mark.is_final())
        && distinct.len() == line.len()
        && line.iter().all(|signer| works(signer.official))
        && !line.iter().any(|signer| Some(signer.official) == drafter);
    if fits { Ok(()) } else { Err(Refusal::LineUnfit) }
}
