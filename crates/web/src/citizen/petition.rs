//! 민원 한 건 — a petition as its citizen sees it: the time line in plain words, the answer, the papers, the files.
//!
//! What the office writes for itself (send-backs, drafts, remarks on the approval line) is not among it.
//!
//! It is longer than 600 lines because one match tells every event in the words of a citizen.

use super::{mine::end_of_supplement, named, open::name_of, sheet};
use crate::leave::{Leave, download};
use crate::{
    Web,
    render::Lang,
    security::Fault,
    session::Citizen,
    show,
    view::{
        Message,
        citizen::{
            filing::FileRow,
            mine::{PetitionRow, Status},
            petition::{
                Acts, Answer, Counts, Day, DueDay, Handler, PetitionPage, Rating, Stage, Step, Stretch,
                months,
            },
        },
    },
};
use app::{
    act::ActError,
    desk::{Case, Item, Together},
    office::Office,
    papers::Paper,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use documents::press;
use domain::{
    act::Act,
    decide::PROLONGATIONS,
    due::{DayMark, What},
    event::Event,
    id::{TextId, UnitId},
    life::{Deed, Life},
    petition::Petition,
    procedure::Words,
    terms::{By, FileType, Outcome},
    text::Text,
    time::At,
    track::{Hand, Track},
};

/// Where a petition stands, in the citizen's words.
fn status(p: &Petition) -> Status {
    match p.life {
        Life::Filed => Status::Filed,
        Life::Received => Status::Received,
        Life::Distributed => Status::Distributed,
        Life::InHandling | Life::Held if p.proposal.is_some() => Status::Consent,
        Life::InHandling => Status::Handling,
        Life::Held if p.supplement.is_some() => Status::Supplement,
        Life::Held => Status::Held,
        Life::Concluded => match p.end.map(|end| end.outcome) {
            Some(Outcome::Withdrawn | Outcome::DeemedWithdrawn) => Status::Withdrawn,
            Some(Outcome::Transferred | Outcome::Referred) => Status::Transferred,
            Some(Outcome::Returned) => Status::Returned,
            Some(
                Outcome::Unclaimed | Outcome::ClosedRepeated | Outcome::Excepted | Outcome::NotAPetition,
            )
            | None => Status::Closed,
            Some(Outcome::Merged) => Status::Merged,
            Some(Outcome::DeemedAccepted | Outcome::DeemedGranted) => Status::Deemed,
            Some(
                Outcome::Granted
                | Outcome::GrantedConditionally
                | Outcome::GrantedInPart
                | Outcome::Refused
                | Outcome::Accepted
                | Outcome::NotAccepted
                | Outcome::Issued
                | Outcome::Disclosed
                | Outcome::PartlyDisclosed
                | Outcome::NotDisclosed
                | Outcome::NoInformation
                | Outcome::Answered,
            ) => Status::Answered,
        },
    }
}

/// Whether a special procedure waits for the petitioner.
fn awaited(p: &Petition) -> bool {
    p.open_proceedings()
        .any(|one| one.stands.expects.contains(&Hand::Petitioner))
}

fn row_of(p: &Petition, title: Option<&str>) -> PetitionRow {
    let status = status(p);
    PetitionRow {
        number: p.number.to_string(),
        title: title.unwrap_or("-").to_owned(),
        status,
        tone: status.tone(),
        filed_at: p.filed_at,
        due_at: p.due().filter(|due| *due != At::NEVER),
        your_turn: matches!(status, Status::Supplement | Status::Consent) || awaited(p),
    }
}

/// A line of a list.
pub fn row(item: &Item) -> PetitionRow {
    row_of(&item.petition, item.title.as_deref())
}

/// A unit's name in the reader's language.
pub fn unit_name(office: &Office, id: UnitId, lang: Lang) -> String {
    let unit = office.units.get(&id);
    unit.map(|u| {
        if lang == "en" && !u.name_en.is_empty() {
            u.name_en.clone()
        } else {
            u.name.clone()
        }
    })
    .unwrap_or_default()
}

/// Words in the reader's language.
fn in_tongue(words: &Words, lang: Lang) -> String {
    if lang == "en" { &words.en } else { &words.ko }.clone()
}

/// The track of a special procedure, in the version it runs on.
fn track_of<'o>(p: &Petition, office: &'o Office, no: u32) -> Option<&'o Track> {
    let one = p.proceedings.iter().find(|one| one.no == no)?;
    office.tracks.version(one.track.0, one.track.1)
}

/// The time line: what has happened, and what will.
fn steps(case: &Case, office: &Office, lang: Lang) -> Vec<Step> {
    let text = |text: Option<Text>| {
        text.and_then(|t| case.texts.text(t))
            .unwrap_or_default()
            .to_owned()
    };
    let mut steps: Vec<Step> = Vec::new();
    for entry in &case.journal {
        let recorded = &entry.recorded;
        let told = match &recorded.event {
            Event::Filed { .. } => Some((Message::new("step-filed"), String::new())),
            Event::Received { number, .. } => Some((
                Message::new("step-received-as").with("number", number.to_string()),
                String::new(),
            )),
            Event::Reclassified { .. } => Some((Message::new("step-reclassified"), String::new())),
            Event::Distributed { unit } => Some((
                Message::new("step-distributed").with("unit", unit_name(office, *unit, lang)),
                String::new(),
            )),
            Event::Designated { handler } => {
                let unit = office.unit_of(*handler);
                let unit = unit.map(|unit| unit_name(office, unit, lang)).unwrap_or_default();
                Some((Message::new("step-designated").with("unit", unit), String::new()))
            }
            Event::SupplementAsked { what, .. } => {
                Some((Message::new("step-supplement-asked"), text(Some(*what))))
            }
            Event::SupplementProlonged { until, .. } => Some((
                Message::new("step-supplement-prolonged").with("when", show::date(lang, *until)),
                String::new(),
            )),
            Event::SupplementGiven { note, .. } => Some((Message::new("step-supplemented"), text(*note))),
            Event::HoldBegan { ground, .. } => {
                let ground = if lang == "ko" {
                    ground.korean()
                } else {
                    ground.english()
                };
                Some((Message::new("step-hold").with("ground", ground), String::new()))
            }
            Event::HoldEnded { .. } => Some((Message::new("step-hold-ended"), String::new())),
            Event::ExtensionProposed { reason, .. } => {
                Some((Message::new("step-extension-proposed"), text(Some(*reason))))
            }
            Event::ExtensionDeclined {} => Some((Message::new("step-extension-declined"), String::new())),
            Event::Extended { reason, due, .. } => {
                let message = match show::due(lang, *due) {
                    Some(when) => Message::new("step-extended-to").with("when", when),
                    None => Message::new("step-extended"),
                };
                Some((message, text(Some(*reason))))
            }
            Event::Answered { .. } => Some((Message::new("step-answered"), String::new())),
            Event::Issued { copies, .. } => {
                Some((Message::new("step-issued").with("copies", *copies), String::new()))
            }
            Event::HandedOut { .. } => Some((Message::new("step-handed-out"), String::new())),
            Event::ClaimReminded { discard_from } => {
                let when = show::date(lang, *discard_from);
                Some((
                    Message::new("step-claim-reminded").with("when", when),
                    String::new(),
                ))
            }
            Event::UnclaimedDiscarded { .. } => Some((Message::new("step-discarded"), String::new())),
            Event::Withdrawn { reason } => Some((Message::new("step-withdrawn"), text(*reason))),
            Event::Transferred { agency, .. } => {
                Some((Message::new("step-transferred"), text(Some(*agency))))
            }
            Event::Referred { agency, .. } => Some((Message::new("step-referred"), text(Some(*agency)))),
            Event::ReportedBack { result } => Some((Message::new("step-reported-back"), text(Some(*result)))),
            Event::Converted { into, reason } => Some((
                Message::new("step-converted").with("into", format!("@into-{into}")),
                text(Some(*reason)),
            )),
            Event::DeemedWithdrawn {} => Some((Message::new("step-deemed-withdrawn"), String::new())),
            Event::DisclosureSet { from } => Some((
                Message::new("step-disclosure-set").with("when", show::date(lang, *from)),
                String::new(),
            )),
            Event::DeemedDecided { outcome, note, .. } => {
                Some((Message::new(format!("step-{outcome}")), text(*note)))
            }
            Event::ProgressTold { due, .. } => {
                let message = match due.and_then(|due| show::due(lang, due)) {
                    Some(when) => Message::new("step-progress").with("when", when),
                    None => Message::new("step-progress-held"),
                };
                Some((message, String::new()))
            }
            Event::MassMarked { .. } => Some((Message::new("step-mass"), String::new())),
            Event::RepresentativesChosen { names, .. } => {
                let names: Vec<String> = names.iter().map(|name| text(Some(*name))).collect();
                Some((Message::new("step-representatives"), names.join(", ")))
            }
            Event::Merged { number, .. } => Some((
                Message::new("step-merged").with("number", number.to_string()),
                String::new(),
            )),
            Event::PartSplitOff { number, reason, .. } => Some((
                Message::new("step-split-off").with("number", number.to_string()),
                text(Some(*reason)),
            )),
            Event::Amended { note, .. } => Some((Message::new("step-amended"), text(*note))),
            Event::Rectified { what, .. } => Some((Message::new("step-rectified"), text(Some(*what)))),
            Event::Objected { due, reason, .. } => Some((
                match show::due(lang, *due) {
                    Some(when) => Message::new("step-objected").with("when", when),
                    None => Message::new("step-objected-undated"),
                },
                text(Some(*reason)),
            )),
            Event::ObjectionExtended { due, reason, .. } => Some((
                match show::due(lang, *due) {
                    Some(when) => Message::new("step-objection-extended").with("when", when),
                    None => Message::new("step-objection-extended-undated"),
                },
                text(Some(*reason)),
            )),
            Event::ObjectionDecided {
                verdict,
                reason,
                remedies,
            } => Some((
                Message::new("step-objection-decided").with("verdict", format!("@verdict-{verdict}")),
                [text(Some(*reason)), text(Some(*remedies))].join("\n\n"),
            )),
            Event::FurtherAsked { what, .. } => Some((Message::new("step-further-asked"), text(Some(*what)))),
            Event::FurtherAnswered { body } => {
                Some((Message::new("step-further-answered"), text(Some(*body))))
            }
            Event::Narrowed { reason } => Some((Message::new("step-narrowed"), text(Some(*reason)))),
            Event::Protected { .. } => Some((Message::new("step-protected"), String::new())),
            Event::Unprotected { .. } => Some((Message::new("step-unprotected"), String::new())),
            Event::Published { .. } => Some((Message::new("step-published"), String::new())),
            Event::Unpublished {} => Some((Message::new("step-unpublished"), String::new())),
            Event::BoardHeld { board, .. } => Some((
                Message::new("step-board").with("board", format!("@board-{board}")),
                String::new(),
            )),
            Event::Rated { .. } => Some((Message::new("step-rated"), String::new())),
            Event::DueMoved { .. } => Some((Message::new("step-due-moved"), String::new())),
            Event::Migrated { .. } => Some((Message::new("step-migrated"), String::new())),
            Event::SendBackAsked { .. }
            | Event::UnitReceived { .. }
            | Event::Drafted { .. }
            | Event::SentUp { .. }
            | Event::Signed { .. }
            | Event::Approved { .. }
            | Event::TurnedBack { .. }
            | Event::Recalled {}
            | Event::Rerouted { .. }
            | Event::SignerReplaced { .. }
            | Event::ConfirmedAfter { .. }
            | Event::DocumentRegistered { .. }
            | Event::ThirdPartyTold { .. }
            | Event::ThirdPartyHeard { .. }
            | Event::RegistrationRefused { .. }
            | Event::Circulated { .. }
            | Event::CirculationRead {}
            | Event::JurisdictionRuled { .. }
            | Event::ConsultAsked { .. }
            | Event::Entrusted { .. }
            | Event::TakenBack { .. }
            | Event::FieldNoted { .. }
            | Event::ConsultProlonged { .. }
            | Event::ConsultReplied { .. }
            | Event::ConsultCancelled { .. }
            | Event::EarlierLinked { .. }
            | Event::DemandReturned { .. }
            | Event::TookIn { .. }
            | Event::ConclusionCorrected { .. }
            | Event::AdvanceNoticeIssued { .. }
            | Event::DunningIssued { .. }
            | Event::DunningReceived { .. }
            | Event::DunningReplied { .. }
            | Event::AnswerRead {} => None,
            Event::HandedOver { .. } => Some((Message::new("step-handed-over"), String::new())),
            Event::PartyCorrected { reason, .. } => {
                Some((Message::new("step-party-corrected"), text(Some(*reason))))
            }
            Event::MailingSent { sending, .. } => {
                let on = show::date(lang, sending.on);
                Some((
                    match sending.number {
                        Some(number) => Message::new("step-mail-registered")
                            .with("when", on)
                            .with("number", number.to_string()),
                        None => Message::new("step-mail-sent").with("when", on),
                    },
                    String::new(),
                ))
            }
            Event::MailingEnded {
                fate: domain::mailing::Fate::Returned(on, _),
                ..
            } => Some((
                Message::new("step-mail-returned").with("when", show::date(lang, *on)),
                String::new(),
            )),
            Event::MailingDue { .. } | Event::MailingEnded { .. } => None,
            Event::ProceedingOpened { track, version, .. } => {
                let track = office.tracks.version(*track, *version);
                track.map(|track| {
                    (
                        Message::new("step-proceeding_opened").with("track", in_tongue(&track.name, lang)),
                        String::new(),
                    )
                })
            }
            Event::ProceedingMoved { no, step, code, .. } => {
                let own = matches!(recorded.by, By::Citizen(_));
                let made = track_of(&case.petition, office, *no)
                    .and_then(|track| Some((track, track.step(*step)?.one(*code)?)))
                    .filter(|(_, made)| {
                        own || made.tell.iter().any(|tell| tell.who.contains(&Hand::Petitioner))
                    });
                made.map(|(track, made)| {
                    let said = Message::new("step-proceeding_moved")
                        .with("track", in_tongue(&track.name, lang))
                        .with("move", in_tongue(&made.name, lang));
                    (said, String::new())
                })
            }
            Event::ProceedingEnded { no, end } => {
                let ended = track_of(&case.petition, office, *no)
                    .and_then(|track| Some((track, track.ending(*end)?)));
                ended.map(|(track, ending)| {
                    let said = Message::new("step-proceeding_ended")
                        .with("track", in_tongue(&track.name, lang))
                        .with("end", in_tongue(&ending.name, lang));
                    (said, String::new())
                })
            }
            Event::Succeeded { .. } => Some((Message::new("step-succeeded"), String::new())),
        };
        if let Some((what, note)) = told {
            steps.push(Step {
                stage: Stage::Done,
                at: Some(recorded.at()),
                what,
                note,
            });
        }
    }
    if case.petition.life.is_open() {
        if let Some(last) = steps.last_mut() {
            last.stage = Stage::Now;
        }
        let coming = |key: &str| Step {
            stage: Stage::ToCome,
            at: None,
            what: Message::new(key),
            note: String::new(),
        };
        if case.petition.life == Life::Filed {
            steps.push(coming("step-received"));
        }
        steps.push(coming("step-answered"));
    }
    steps
}

/// The answer, once it was sent; before that there is none, whatever has been drafted.
fn answer(case: &Case, office: &Office, lang: Lang) -> Option<Answer> {
    let p = &case.petition;
    let (end, draft, line) = (p.end?, p.draft?, p.line.as_ref()?);
    let text = |text: Option<Text>| {
        text.and_then(|t| case.texts.text(t))
            .unwrap_or_default()
            .to_owned()
    };
    let said = Together {
        end,
        service: p.service,
        document: line.document,
        body: text(Some(draft.body)),
        reasons: text(draft.reasons),
        remedies: text(draft.remedies),
    };
    answered(said, office, lang)
}

/// An answer that was sent, as the citizen reads it.
fn answered(said: Together, office: &Office, lang: Lang) -> Option<Answer> {
    let document = said.document?;
    let group = office
        .services
        .get(&said.service)
        .map_or("", |service| &service.group);
    let [ko, en] = said.end.outcome.word(group);
    let word = if lang == "en" { en } else { ko };
    let unit = office.units.get(&document.unit);
    Some(Answer {
        at: said.end.sent_at,
        outcome: Message::new("outcome-said").with("word", word),
        document: format!(
            "{}-{}",
            unit.map(|u| u.name.as_str()).unwrap_or_default(),
            document.n
        ),
        text: said.body,
        remedies: [said.reasons, said.remedies]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("\n\n"),
    })
}

fn acts(web: &Web, case: &Case) -> Acts {
    let p = &case.petition;
    let can = |deed: Deed| case.deeds.iter().any(|(d, why)| *d == deed && why.is_ok());
    let prolonged = p.supplement.map_or(PROLONGATIONS, |s| s.prolonged);
    Acts {
        supplement: can(Deed::Supplement).then(|| end_of_supplement(p)),
        supplement_time: if can(Deed::ProlongSupplement) {
            PROLONGATIONS.saturating_sub(prolonged)
        } else {
            0
        },
        consent: (can(Deed::ConsentExtension))
            .then(|| web.app.due_if_consented(p))
            .flatten(),
        withdraw: can(Deed::Withdraw),
        rate: can(Deed::Rate),
        amend: can(Deed::Amend),
        objection: (p.end.filter(|_| can(Deed::Object)))
            .and_then(|end| web.app.objection_until(p.kind, end.sent_at.date()?)),
        further: can(Deed::AskFurther),
    }
}

fn comment_of(case: &Case) -> Option<Text> {
    case.journal
        .iter()
        .rev()
        .find_map(|entry| match entry.recorded.event {
            Event::Rated { comment, .. } => comment,
            _ => None,
        })
}

fn view_of(web: &Web, case: &Case, lang: Lang) -> PetitionPage {
    let (p, office) = (&case.petition, web.app.office());
    let text = |text: Option<Text>| {
        text.and_then(|t| case.texts.text(t))
            .unwrap_or_default()
            .to_owned()
    };
    let answer = answer(case, &office, lang);
    let mut papers = vec!["filing".to_owned()];
    if p.reception.is_some() {
        papers.push("receipt".into());
    }
    if answer.is_some() {
        papers.push("result".into());
    }
    papers.extend(
        (MORE.iter())
            .filter(|(_, paper)| paper.fits(p))
            .map(|(name, _)| (*name).to_owned()),
    );
    let handler = p.handler.and_then(|id| office.officials.get(&id));
    let score = p.score.and_then(|score| u8::try_from(score).ok());
    PetitionPage {
        row: row_of(p, case.texts.text(p.title)),
        reception: p.reception.map(|r| r.number.to_string()),
        service: office.services.get(&p.service).map(|s| name_of(s, lang)),
        kind: p.kind.to_string(),
        body: text(p.body),
        place: text(p.place),
        parts: (web.app.filled_in(p.form, &case.texts))
            .map(|(form, answers)| sheet::parts(form, &answers, lang))
            .unwrap_or_default(),
        public: p.openness == domain::terms::Openness::Public,
        files: (p.files.iter())
            .map(|file| FileRow {
                id: file.content.id.to_string(),
                name: case.texts.text(file.name).unwrap_or("-").to_owned(),
                size: file.size,
                cleaned: false,
                standing: Some(case.standings.of(file.content.id)),
            })
            .collect(),
        original_due: p.reception.map(|r| r.original_due),
        handler: handler.map(|h| Handler {
            unit: (office.unit_of(h.id))
                .map(|unit| unit_name(&office, unit, lang))
                .unwrap_or_default(),
            name: h.name.clone(),
            phone: h.phone.clone(),
        }),
        steps: steps(case, &office, lang),
        papers,
        acts: acts(web, case),
        answer,
        together: false,
        rating: score.map(|score| Rating {
            score,
            comment: text(comment_of(case)),
        }),
        shares: Default::default(),
        proceedings: Default::default(),
    }
}

/// `GET /my/{number}`. Opening an answer is reading it: that is written down once.
pub async fn page(
    State(web): State<Web>,
    citizen: Citizen,
    Path(number): Path<String>,
) -> Result<Response, Fault> {
    let who = citizen.who();
    let id = named(&web, &citizen, &number).await?;
    let case = web.app.case(&who, id, &citizen.asked.call("")).await?;
    let mut view = view_of(&web, &case, citizen.asked.visit.lang);
    let shared = web.app.shared(&who, id).await?;
    view.proceedings = crate::proceeding::Lens {
        web: &web,
        who: &who,
        case: &case,
        reader: &web.reader(citizen.asked.visit.lang),
    }
    .panel();
    view.shares = crate::desk::sharing::shares(&web, &shared, citizen.asked.visit.lang);
    if let Some(lead) = web.app.answered_with(&case.petition).await? {
        view.answer = answered(lead, &web.app.office(), citizen.asked.visit.lang);
        view.together = true;
    }
    let unread = case.petition.end.is_some_and(|end| end.read_at.is_none());
    if view.answer.is_some() && unread && !citizen.asked.head {
        let read = web
            .app
            .act(&who, id, Act::ReadAnswer, &citizen.asked.call(""))
            .await;
        if let Err(error) = read {
            // The answer is shown all the same; the next look is written down.
            tracing::warn!(%error, "that an answer was read could not be written down");
        }
    }
    web.page(&citizen.asked, Some(&citizen.person), &view)
}

/// `GET /my/{number}/due`: why this date?
pub async fn due_day(
    State(web): State<Web>,
    citizen: Citizen,
    Path(number): Path<String>,
) -> Result<Response, Fault> {
    let lang = citizen.asked.visit.lang;
    let id = named(&web, &citizen, &number).await?;
    let case = web.app.case(&citizen.who(), id, &citizen.asked.call("")).await?;
    let (Some(reception), Some(why)) = (case.petition.reception, &case.why) else {
        return Err(Fault::not_found());
    };
    let days: Vec<Day> = (why.trace.days().into_iter())
        .map(|day| {
            let (counts, nth, note) = match day.mark {
                DayMark::Day { nth, .. } => (Counts::Counted, u32::try_from(nth).ok(), String::new()),
                DayMark::Minutes { minutes, .. } => (Counts::Counted, None, hours(lang, minutes)),
                DayMark::Weekend => (Counts::Rest, None, String::new()),
                DayMark::Holiday(name) => (Counts::Holiday, None, name),
                DayMark::Uncounted(ground) => {
                    let note = if lang == "ko" {
                        ground.korean()
                    } else {
                        ground.english()
                    };
                    (Counts::Uncounted, None, note.to_owned())
                }
                DayMark::Closed | DayMark::Shifted => (Counts::Rest, None, String::new()),
            };
            Day {
                date: day.date,
                counts: if day.is_due { Counts::Due } else { counts },
                nth,
                note,
            }
        })
        .collect();
    let stretches = (why.trace.steps.iter())
        .filter(|step| !matches!(step.what, What::Lunch | What::Closed))
        .map(|step| {
            let (words, clause) = if lang == "ko" {
                (step.korean(), step.clause.korean())
            } else {
                (step.english(), step.clause.english())
            };
            let end = step.to.checked_sub(jiff::Span::new().minutes(1));
            Stretch {
                from: step.from.date(),
                to: end.unwrap_or(step.to).date().max(step.from.date()),
                why: Message::new("why-words").with("words", words),
                clause,
            }
        })
        .collect();
    let view = DueDay {
        number: case.petition.number.to_string(),
        title: case
            .texts
            .text(case.petition.title)
            .unwrap_or_default()
            .to_owned(),
        received_at: reception.at,
        period: show::period(reception.period),
        due_at: if why.at == At::NEVER {
            reception.due
        } else {
            why.at
        },
        months: months(&days),
        stretches,
    };
    web.page(&citizen.asked, Some(&citizen.person), &view)
}

fn hours(lang: Lang, minutes: u64) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    match (lang, hours, rest) {
        ("ko", h, 0) => format!("{h}시간"),
        ("ko", 0, m) => format!("{m}분"),
        ("ko", h, m) => format!("{h}시간 {m}분"),
        (_, h, 0) => format!("{h} h"),
        (_, h, m) => format!("{h} h {m} min"),
    }
}

/// Letters that were sent, and forms to be filled in, beside the three papers every petition has: the name in addresses.
const MORE: &[(&str, Paper)] = &[
    ("supplement", Paper::Supplement),
    ("extension", Paper::Extension),
    ("objection", Paper::Objection),
    ("authorization", Paper::Authorization),
];

/// `GET /my/{number}/papers/{paper}`
pub async fn paper(
    State(web): State<Web>,
    citizen: Citizen,
    Path((number, paper)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let paper = match paper.as_str() {
        "filing" => Paper::Filing,
        "receipt" => Paper::Receipt,
        "result" => Paper::Result,
        name => {
            let more = MORE.iter().find(|(known, _)| *known == name);
            more.ok_or_else(Fault::not_found)?.1
        }
    };
    let lang = match citizen.asked.visit.lang {
        "en" => press::Lang::En,
        _ => press::Lang::Ko,
    };
    let id = named(&web, &citizen, &number).await?;
    let call = citizen.asked.call("");
    let printed = web.app.paper(&citizen.who(), id, paper, lang, &call).await?;
    Ok(download(
        Leave::own(&citizen),
        &format!("{}.pdf", paper.code()),
        "application/pdf",
        printed.pdf,
    ))
}

/// `GET /my/{number}/files/{file}`
pub async fn file(
    State(web): State<Web>,
    citizen: Citizen,
    Path((number, file)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let id = named(&web, &citizen, &number).await?;
    let text: TextId = file.parse().map_err(|_| Fault::not_found())?;
    let call = citizen.asked.call("");
    let (file, name, content) = web
        .app
        .attachment(&citizen.who(), id, text, &call)
        .await
        .map_err(|error: ActError| Fault::from(error))?;
    Ok(download(
        Leave::own(&citizen),
        &name,
        media_type(file.kind),
        content,
    ))
}

/// The media type of an attachment, told by its content when it came in.
pub fn media_type(kind: FileType) -> &'static str {
    match kind {
        FileType::Pdf => "application/pdf",
        FileType::Png => "image/png",
        FileType::Jpeg => "image/jpeg",
        FileType::Hwp => "application/x-hwp",
        FileType::Hwpx => "application/hwp+zip",
        FileType::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        FileType::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        // Its encoding is the writer's: whoever opens it finds out.
        FileType::Text => "text/plain",
        FileType::Csv => "text/csv",
        FileType::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        FileType::Doc => "application/msword",
        FileType::Xls => "application/vnd.ms-excel",
        FileType::Ppt => "application/vnd.ms-powerpoint",
        FileType::Odt => "application/vnd.oasis.opendocument.text",
        FileType::Ods => "application/vnd.oasis.opendocument.spreadsheet",
        FileType::Gif => "image/gif",
        FileType::Webp => "image/webp",
        FileType::Heic => "image/heic",
        FileType::Tiff => "image/tiff",
        FileType::Zip => "application/zip",
        FileType::Mp4 => "video/mp4",
        FileType::Mp3 => "audio/mpeg",
        FileType::M4a => "audio/mp4",
    }
}
