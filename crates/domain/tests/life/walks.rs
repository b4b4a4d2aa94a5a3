//! 아무 걸음이나 — random people do random things to one petition; whatever they do, these sentences stay true.
//!
//! It is longer than 600 lines because all that must stay true is said of one walk.

use crate::dice::Dice;
use crate::office::{
    ADMINISTRATOR, COUNTER, Case, EXAMINER, HANDLER, HEAD, KIM, NEIGHBOUR, OFFICE, Office, PARKS,
    PARKS_HANDLER, PARKS_RECEIVER, RECEIVER, ROADS, ROADS_RECEIVER, answer, code, filing, migrated, moment,
};
use crate::proceedings;
use domain::access::{Sight, Who, may};
use domain::act::Act;
use domain::decide::{PROLONGATIONS, offered};
use domain::due::{Ground, Period};
use domain::event::{Event, Recorded, Signer};
use domain::life::{Deed, Life};
use domain::petition::Petition;
use domain::proceeding::Proceeding;
use domain::refusal::Refusal;
use domain::tally::{Measure, Side, deltas};
use domain::terms::{By, EntryPoint, Mark, Openness, Outcome};
use domain::text::Text;
use domain::time::At;
use jiff::ToSpan;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Refusals where the house, not the law, draws the line; every other one names its clause.
pub const HOUSE: &[Refusal] = &[
    Refusal::DestroyedAlready,
    Refusal::NoSuccessor,
    Refusal::NotNow,
    Refusal::SameKind,
    Refusal::SameUnit,
    Refusal::SameHandler,
    Refusal::UnknownUnit,
    Refusal::TooLong,
    Refusal::ServiceNotValid,
    Refusal::TitleMissing,
    Refusal::DayInFuture,
    Refusal::FurtherAsked,
    Refusal::NoFurther,
    Refusal::CorrectionUnfit,
    Refusal::PrivateAlready,
    Refusal::PublishedAlready,
    Refusal::NotPublished,
    Refusal::CopiesUnfit,
    Refusal::MailWaiting,
    Refusal::NoSuchMail,
    Refusal::MailNumberUnfit,
    Refusal::ProceedingUnknown,
    Refusal::ProceedingUnfit,
    Refusal::ProceedingRuns,
    Refusal::NoProceeding,
    Refusal::MovedOn,
    Refusal::MoveNotYours,
    Refusal::AnswersMissing,
    Refusal::PartsUnfit,
    Refusal::MemberUnfit,
    Refusal::MemberAlready,
    Refusal::MemberPartial,
    Refusal::NotAMember,
    Refusal::MembersTooMany,
    Refusal::MembersTooFew,
    Refusal::LotUnfit,
    Refusal::LotOpen,
    Refusal::NoLot,
    Refusal::MeetingPast,
    Refusal::NoMeeting,
    Refusal::NoHours,
    Refusal::HourGone,
    Refusal::HoursUnfit,
    Refusal::HourTaken,
    Refusal::NothingBooked,
    Refusal::SurveyUnfit,
    Refusal::SurveyedAlready,
    Refusal::MinutesOwed,
    Refusal::MinutesTooEarly,
    Refusal::VotesUnfit,
    Refusal::NoMajority,
    Refusal::MajorityThere,
    Refusal::DayPassed,
    Refusal::NoInquiry,
    Refusal::RepliesOwed,
    Refusal::NoPromise,
    Refusal::PromisesOpen,
    Refusal::TieUnfit,
    Refusal::ProlongedAlready,
    Refusal::ProceedingWaits,
    Refusal::ProceedingHolds,
];

/// From any open state the office alone comes to an end in so many acts: receive, distribute, receive in the
/// department, designate, resume, cancel two requests to other departments, draft, send up, three signatures, answer; and a special
/// procedure in six: go on, arrange, minutes, vote, decide, and an open question answered.
const MOST: usize = 24;

/// A walk: the office it ends in (a holiday may have been declared on the way), the case and the time.
struct Walk {
    office: Office,
    case: Case,
    now: At,
}

fn start(dice: &mut Dice) -> Walk {
    let office = OFFICE.clone();
    let day = dice.pick(&[
        "2018-07-17",
        "2021-09-17",
        "2022-12-30",
        "2023-01-02",
        "2026-05-05",
        "2026-05-06",
        "2026-09-22",
    ]);
    let now = moment(&format!("{day}T00:00")).plus(dice.below(24 * 60) as i64 * 60_000);
    let service = dice.pick(&["permit", "permit", "inquiry", "idea", "other", "wrong", "quick"]);
    let entry = dice.pick(&[
        EntryPoint::Web,
        EntryPoint::Counter,
        EntryPoint::Mail,
        EntryPoint::Post,
    ]);
    let office = office.with_beside(service, now);
    let mut filing = if dice.below(10) == 0 {
        migrated(service, "2015-03-02T11:00")
    } else {
        filing(service, entry)
    };
    filing.openness = dice.pick(Openness::ALL);
    let case = office
        .try_file(&Who::Citizen(KIM), &filing, now)
        .expect("a filing that is taken");
    Walk { office, case, now }
}

/// Walks, and tells `look` of every step: the petition before, what was tried by whom, and what came of it.
fn walk(
    seed: u64,
    steps: &[u64],
    mut look: impl FnMut(&Petition, &Walk, &Who, &Act<Text>, &Result<usize, Refusal>),
) -> Walk {
    let mut walk = start(&mut Dice(seed));
    for step in steps {
        let dice = &mut Dice(*step);
        if dice.below(40) == 0 {
            let day = walk
                .now
                .date()
                .expect("a day")
                .checked_add(3.days())
                .expect("a near day");
            if walk.office.calendar.works(day) == Some(true) {
                walk.office = walk.office.with_holiday(day);
            }
        }
        walk.now = walk.now.plus(dice.pause());
        let (who, deed) = dice.next_deed(&walk.office, &walk.case.petition);
        let act = dice.act(deed, &walk.case.petition, walk.now);
        let before = walk.case.petition.clone();
        let result = walk.case.act(&walk.office, &who, &act, walk.now);
        look(&before, &walk, &who, &act, &result);
    }
    walk
}

/// What the office can do next to bring it to an end, without the citizen. Waits where the law makes it wait.
fn finish(office: &Office, p: &Petition, now: &mut At) -> (Who, Act<Text>) {
    let official = |id| office.official(id);
    let of_unit = |roads, parks| official(if p.unit == Some(ROADS) { roads } else { parks });
    let own = || official(p.handler.expect("a handler"));
    let good = *Outcome::of_answer(p.kind).first().expect("an outcome");
    // What the answer waits for, or what holds the clock, goes on first.
    let in_the_way = |one: &&Proceeding| one.keeps_answer() || one.stands.holds;
    if p.life != Life::Filed
        && let Some(one) = p.open_proceedings().find(in_the_way)
        && p.supplement.is_none()
        && p.signer().is_none()
        && p.approved_at().is_none()
    {
        return (official(EXAMINER), proceedings::onward(one, now));
    }
    match p.life {
        Life::Filed => (
            official(RECEIVER),
            Act::Receive {
                kind: p.kind,
                period: Some(Period::Days(7)),
            },
        ),
        Life::Received if p.procedure.0 == code("instant_answer") => {
            (official(COUNTER), Act::AnswerAtOnce(answer(good)))
        }
        Life::Received => (official(RECEIVER), Act::Distribute { unit: ROADS }),
        Life::Distributed if p.send_back.is_some() => (official(RECEIVER), Act::Distribute { unit: PARKS }),
        Life::Distributed if p.unit_received_at.is_none() => {
            (of_unit(ROADS_RECEIVER, PARKS_RECEIVER), Act::UnitReceive)
        }
        Life::Distributed => (
            of_unit(ROADS_RECEIVER, PARKS_RECEIVER),
            Act::Designate {
                handler: if p.unit == Some(ROADS) {
                    HANDLER
                } else {
                    PARKS_HANDLER
                },
            },
        ),
        Life::InHandling | Life::Held if p.approved_at().is_some() => (own(), Act::Answer),
        Life::InHandling | Life::Held if p.signer().is_some() => (
            official(p.signer().expect("a signer").official),
            Act::Sign { comment: None },
        ),
        Life::InHandling | Life::Held if p.open_consults().next().is_some() => {
            let no = p.open_consults().next().expect("a request").no;
            (own(), Act::CancelConsult { no })
        }
        Life::InHandling | Life::Held
            if p.draft
                .is_some_and(|d| p.life == Life::InHandling || d.outcome == Outcome::Returned) =>
        {
            (
                own(),
                Act::SendUp {
                    line: vec![Signer {
                        official: HEAD,
                        mark: Mark::Decide,
                    }],
                },
            )
        }
        Life::InHandling => (own(), Act::Draft(answer(good))),
        Life::Held => match p.supplement {
            None => (own(), Act::Resume),
            Some(open) => {
                let lapse = open.until.checked_add(10.days()).expect("a near day");
                *now = (*now).max(At::seoul(lapse.at(9, 0, 0, 0)));
                (own(), Act::Draft(answer(Outcome::Returned)))
            }
        },
        Life::Concluded => unreachable!("it has ended"),
    }
}

fn open_stretches(p: &Petition) -> usize {
    p.stretches.iter().filter(|s| s.to.is_none()).count()
}

/// From reception to conclusion the clock runs or stands still on a named ground; before, only the reception clock runs.
fn clock_holds(walk: &Walk) -> Result<(), TestCaseError> {
    let p = &walk.case.petition;
    let law = walk.office.law();
    match p.life {
        Life::Filed => {
            prop_assert!(p.reception.is_none() && p.due().is_none() && p.stretches.is_empty());
            prop_assert_eq!(law.left(p, walk.now).is_some(), p.receive_by.is_some());
            prop_assert_eq!(p.act_by(), p.receive_by.unwrap_or(At::NEVER));
        }
        Life::Received | Life::Distributed | Life::InHandling => {
            let due = p.due().expect("a due date runs");
            prop_assert_ne!(due, At::NEVER);
            let steps = p.open_proceedings().filter_map(Proceeding::due).min();
            prop_assert_eq!(p.act_by(), steps.map_or(due, |step| step.min(due)));
            prop_assert_eq!(open_stretches(p), 0);
            prop_assert!(!p.open_proceedings().any(|one| one.stands.holds));
            prop_assert!(p.supplement.is_none());
            prop_assert!(law.left(p, walk.now).is_some());
        }
        Life::Held => {
            prop_assert_eq!(open_stretches(p), 1);
            let last = p.stretches.last().expect("an open stretch");
            prop_assert!(last.to.is_none());
            prop_assert_eq!(last.ground == Ground::Supplement, p.supplement.is_some());
            prop_assert_eq!(p.due(), None);
            prop_assert!(law.left(p, walk.now).is_none());
        }
        Life::Concluded => {
            prop_assert!(p.end.is_some() && p.due().is_none() && p.signer().is_none());
            let runs = p.open_proceedings().next().is_some();
            prop_assert!(p.open_proceedings().all(|one| one.stands.outlives));
            prop_assert_eq!(p.act_by() != At::NEVER || runs, p.wants_work());
        }
    }
    // With the calendar it was computed by, the date is what the rules say; a later holiday moves it forward or not at all.
    if let Some(r) = p.reception.filter(|_| p.life.is_open()) {
        let anew = law.due_of(p).expect("a date the table knows");
        if walk.office.calendar.version() == 1 {
            prop_assert_eq!(anew, r.due);
        }
        prop_assert!(anew >= r.due && r.due >= r.at);
    }
    Ok(())
}

/// From 배부 on one lead department or an open request; from 담당자 지정 on one handler.
fn someone_answers_for_it(p: &Petition) -> Result<(), TestCaseError> {
    match p.life {
        Life::Filed | Life::Received => {
            prop_assert!(p.unit.is_none() && p.handler.is_none() && p.send_back.is_none())
        }
        Life::Distributed => {
            prop_assert!(p.unit.is_some() && p.handler.is_none());
            prop_assert!(p.send_back.is_none() || p.send_back == p.unit);
        }
        Life::InHandling | Life::Held => {
            prop_assert!(p.unit.is_some() && p.handler.is_some());
            prop_assert!(p.send_back.is_none() && p.unit_received_at.is_some());
        }
        Life::Concluded => prop_assert!(p.send_back.is_none()),
    }
    Ok(())
}

/// The heads of a journal, one after each event.
fn heads(journal: &[Recorded]) -> Vec<Petition> {
    let mut head = Petition::begin(&journal[0]).expect("a filing");
    let mut all = vec![head.clone()];
    for recorded in &journal[1..] {
        head.apply(recorded).expect("what was recorded fits");
        all.push(head.clone());
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_clock_and_the_hands_it_lies_in_are_never_in_doubt(seed: u64, steps in prop::collection::vec(any::<u64>(), 0..45)) {
        let mut verdict = Ok(());
        walk(seed, &steps, |_, walk, _, _, _| {
            if verdict.is_ok() {
                verdict = clock_holds(walk).and_then(|()| someone_answers_for_it(&walk.case.petition));
            }
        });
        verdict?;
    }

    #[test]
    fn every_open_petition_can_be_brought_to_an_end_by_the_office_alone(seed: u64, steps in prop::collection::vec(any::<u64>(), 0..45)) {
        let mut walk = walk(seed, &steps, |_, _, _, _, _| {});
        if walk.case.petition.life.is_open() {
            // The citizen's own way out stands open all the time (법22②), in one act; to an agent with consent only.
            let kim = Who::Citizen(KIM);
            let out = walk.office.ask(&walk.case.petition, &kim, &Act::Withdraw { reason: None }, walk.now);
            prop_assert_eq!(out.is_ok(), walk.case.petition.intake.party.ends());
        }
        let mut acts = 0;
        while walk.case.petition.life.is_open() {
            let (who, act) = finish(&walk.office, &walk.case.petition, &mut walk.now);
            let done = walk.case.act(&walk.office, &who, &act, walk.now);
            prop_assert!(done.is_ok(), "{} in {:?}: {done:?}", act.deed(), walk.case.petition);
            acts += 1;
            prop_assert!(acts <= MOST, "{acts} acts");
        }
    }

    #[test]
    fn folding_the_journal_gives_the_head_and_survives_storage(seed: u64, steps in prop::collection::vec(any::<u64>(), 0..45)) {
        let walk = walk(seed, &steps, |_, _, _, _, _| {});
        let (journal, head) = (&walk.case.journal, &walk.case.petition);
        prop_assert_eq!(&Petition::fold(journal).expect("a journal"), head);
        prop_assert_eq!(heads(journal).pop(), Some(head.clone()));
        let stored: Vec<String> = journal.iter().map(|e| serde_json::to_string(e).expect("json")).collect();
        let read: Vec<Recorded> = stored.iter().map(|e| serde_json::from_str(e).expect("an event")).collect();
        prop_assert_eq!(&read, journal);
        let kept: Petition = serde_json::from_str(&serde_json::to_string(head).expect("json")).expect("a head");
        prop_assert_eq!(&kept, head);
    }

    #[test]
    fn what_is_refused_names_its_clause_and_what_is_done_follows_the_table(seed: u64, steps in prop::collection::vec(any::<u64>(), 0..45)) {
        let mut verdict = Ok(());
        walk(seed, &steps, |before, walk, who, act, result| {
            if verdict.is_ok() {
                verdict = step_is_lawful(before, walk, who, act, result);
            }
        });
        verdict?;
    }

    #[test]
    fn the_list_of_possible_acts_tells_the_truth(seed: u64, steps in prop::collection::vec(any::<u64>(), 0..45), last: u64) {
        let walk = walk(seed, &steps, |_, _, _, _, _| {});
        let (office, p) = (&walk.office, &walk.case.petition);
        let mut dice = Dice(last);
        for who in office.everyone() {
            for deed in Deed::ALL.iter().filter(|d| **d != Deed::File) {
                let act = dice.act(*deed, p, walk.now);
                // Reclassifying is decided under the new procedure, so it is the new one that is asked.
                let procedure = match &act {
                    Act::Reclassify { service, .. } => office.procedure(office.service(*service).procedure),
                    _ => office.procedure(p.procedure.0),
                };
                if let Err(refusal) = offered(p, *deed, &who, procedure) {
                    prop_assert_eq!(office.ask(p, &who, &act, walk.now), Err(refusal), "{} {:?}", deed, who);
                }
            }
        }
    }

    #[test]
    fn the_tallies_count_each_petition_once(seed: u64, steps in prop::collection::vec(any::<u64>(), 0..45)) {
        let walk = walk(seed, &steps, |_, _, _, _, _| {});
        let heads = heads(&walk.case.journal);
        let mut sums: BTreeMap<Side, i64> = BTreeMap::new();
        for (i, after) in heads.iter().enumerate() {
            for delta in deltas(i.checked_sub(1).map(|n| &heads[n]), after) {
                *sums.entry(delta.side).or_default() += delta.by;
            }
        }
        let p = &walk.case.petition;
        let sum = |wanted: &dyn Fn(&Side) -> bool| -> i64 {
            sums.iter().filter(|(side, _)| wanted(side)).map(|(_, n)| n).sum()
        };
        for life in Life::ALL {
            prop_assert_eq!(sum(&|s| *s == Side::Life(*life)), i64::from(*life == p.life), "{}", life);
        }
        prop_assert_eq!(sum(&|s| matches!(s, Side::Field(_))), 1);
        let happened = [
            (Measure::Filed, true),
            (Measure::Received, p.reception.is_some()),
            (Measure::Concluded, p.end.is_some()),
            (Measure::Late, p.is_late()),
        ];
        for (measure, yes) in happened {
            prop_assert_eq!(sum(&|s| matches!(s, Side::Service(m, ..) if *m == measure)), i64::from(yes), "{}", measure);
            prop_assert_eq!(sum(&|s| matches!(s, Side::Place(m, ..) if *m == measure)), i64::from(yes), "{}", measure);
            prop_assert_eq!(sum(&|s| matches!(s, Side::Entry(m, ..) if *m == measure)), i64::from(yes), "{}", measure);
        }
        prop_assert!(sums.values().all(|n| *n == 0 || *n == 1));
    }

    #[test]
    fn whoever_may_act_on_it_sees_it_and_strangers_do_not(seed: u64, steps in prop::collection::vec(any::<u64>(), 0..45)) {
        let walk = walk(seed, &steps, |_, _, _, _, _| {});
        let (office, p) = (&walk.office, &walk.case.petition);
        let sees = |who: &Who| Sight::of(who).admits(p);
        prop_assert!(sees(&Who::Citizen(KIM)));
        prop_assert!(!sees(&Who::Citizen(NEIGHBOUR)));
        prop_assert!(!sees(&office.official(ADMINISTRATOR)));
        for id in p.handler.into_iter().chain(p.signer().map(|s| s.official)) {
            prop_assert!(sees(&office.official(id)));
        }
        for who in office.everyone() {
            for deed in Deed::ALL.iter().filter(|d| **d != Deed::File) {
                prop_assert!(may(&who, *deed, Some(p)).is_err() || sees(&who), "{:?} may {} unseen", who, deed);
            }
        }
    }
}

fn step_is_lawful(
    before: &Petition,
    walk: &Walk,
    who: &Who,
    act: &Act<Text>,
    result: &Result<usize, Refusal>,
) -> Result<(), TestCaseError> {
    let after = &walk.case.petition;
    let events = match result {
        Err(refusal) => {
            prop_assert_eq!(
                refusal.clause().is_empty(),
                HOUSE.contains(refusal),
                "{}",
                refusal
            );
            prop_assert_eq!(before, after);
            return Ok(());
        }
        Ok(n) => &walk.case.journal[walk.case.journal.len() - n..],
    };
    if events.is_empty() {
        return Ok(());
    }
    match act {
        // A step can hold the clock, and lets it run again.
        Act::OpenProceeding { .. } | Act::MoveProceeding(_) if after.life != before.life => {
            let lives = [before.life, after.life];
            prop_assert!(lives.contains(&Life::InHandling) && lives.contains(&Life::Held));
        }
        _ => prop_assert_eq!(before.life.after(act.deed()), Some(after.life), "{}", act.deed()),
    }
    let moved_back = match (before.reception, after.reception) {
        (Some(b), Some(a)) => a.due < b.due,
        _ => false,
    };
    prop_assert!(!moved_back || act.deed() == Deed::Reclassify, "{}", act.deed());
    prop_assert!(after.extensions.len() <= 2);
    prop_assert!(
        after
            .supplement
            .is_none_or(|s| s.prolonged <= PROLONGATIONS && s.round <= 2)
    );
    let today = walk.now.date().expect("a day");
    for recorded in events {
        prop_assert_eq!(recorded.by, who.by());
        match &recorded.event {
            Event::Extended { nth, .. } => {
                prop_assert_eq!(*nth as usize, before.extensions.len() + 1);
                let consented = recorded.by == By::Citizen(before.person) && before.proposal.is_some();
                prop_assert_eq!(*nth == 2, consented);
            }
            Event::Approved { .. } => {
                let draft = after.draft.expect("what was approved");
                prop_assert!(Outcome::of_answer(after.kind).contains(&draft.outcome));
                prop_assert!(
                    !draft.outcome.owes_reasons() || (draft.reasons.is_some() && draft.remedies.is_some())
                );
                // 반려 only when the time for the supplement has run out; while held nothing else is decided.
                let lapsed = after
                    .supplement
                    .or(before.supplement)
                    .is_some_and(|s| today > s.until);
                prop_assert_eq!(draft.outcome == Outcome::Returned, lapsed);
                prop_assert_eq!(draft.outcome == Outcome::Returned, before.life == Life::Held);
            }
            Event::Answered {
                outcome,
                document,
                concluded,
            } => {
                prop_assert_eq!(Some(*outcome), after.draft.map(|d| d.outcome));
                prop_assert_eq!(after.line.as_ref().and_then(|l| l.document), Some(*document));
                prop_assert_eq!(after.approved_at(), Some(*concluded));
            }
            Event::SupplementAsked { until, .. } | Event::SupplementProlonged { until, .. } => {
                prop_assert!(*until > today);
                prop_assert_eq!(walk.office.calendar.works(*until), Some(true), "{}", until);
            }
            _ => {}
        }
    }
    if before.life == Life::Concluded {
        prop_assert_eq!(after.life, Life::Concluded);
        let of_an_answer = matches!(
            act.deed(),
            Deed::ReadAnswer
                | Deed::Rate
                | Deed::AskFurther
                | Deed::AnswerFurther
                | Deed::Publish
                | Deed::Object
        );
        prop_assert!(before.answered() || !of_an_answer);
    }
    Ok(())
}

/// The walks above are worth nothing if they stop at the first steps: every event and every life is met.
#[test]
fn walks_go_everywhere() {
    let mut met: BTreeMap<&str, u32> = BTreeMap::new();
    let mut refused = std::collections::BTreeSet::new();
    let mut dice = Dice(20_180_717);
    for _ in 0..2_500 {
        let seed = dice.next();
        let steps: Vec<u64> = (0..60).map(|_| dice.next()).collect();
        let end = walk(seed, &steps, |_, _, _, _, result| {
            refused.extend(result.err());
        });
        for recorded in &end.case.journal {
            *met.entry(recorded.event.name()).or_default() += 1;
        }
    }
    const EVENTS: [&str; 76] = [
        "Filed",
        "Received",
        "Reclassified",
        "Distributed",
        "SendBackAsked",
        "UnitReceived",
        "Designated",
        "SupplementAsked",
        "SupplementProlonged",
        "SupplementGiven",
        "HoldBegan",
        "HoldEnded",
        "ExtensionProposed",
        "ExtensionDeclined",
        "Extended",
        "Drafted",
        "SentUp",
        "Signed",
        "Approved",
        "TurnedBack",
        "Recalled",
        "Answered",
        "AnswerRead",
        "AdvanceNoticeIssued",
        "DunningIssued",
        "DunningReceived",
        "DunningReplied",
        "Withdrawn",
        "Transferred",
        "Rated",
        "DueMoved",
        "SignerReplaced",
        "Circulated",
        "CirculationRead",
        "HandedOver",
        "JurisdictionRuled",
        "Entrusted",
        "TakenBack",
        "FieldNoted",
        "ConsultAsked",
        "ConsultProlonged",
        "ConsultReplied",
        "ConsultCancelled",
        "EarlierLinked",
        "BoardHeld",
        "Converted",
        "Referred",
        "ReportedBack",
        "DemandReturned",
        "DeemedWithdrawn",
        "ProgressTold",
        "MassMarked",
        "RepresentativesChosen",
        "TookIn",
        "Merged",
        "PartSplitOff",
        "Amended",
        "Rectified",
        "Objected",
        "ObjectionExtended",
        "ObjectionDecided",
        "FurtherAsked",
        "FurtherAnswered",
        "ConclusionCorrected",
        "Narrowed",
        "Protected",
        "Unprotected",
        "Published",
        "Unpublished",
        "PartyCorrected",
        "MailingDue",
        "MailingSent",
        "MailingEnded",
        "ProceedingOpened",
        "ProceedingMoved",
        "ProceedingEnded",
    ];
    let seldom: Vec<_> = (EVENTS.iter())
        .map(|event| (*event, met.get(event).copied().unwrap_or(0)))
        .filter(|(_, n)| *n < 3)
        .collect();
    assert_eq!(seldom, Vec::new());
    assert!(
        refused.len() >= 30,
        "only {} refusals: {refused:?}",
        refused.len()
    );
}
