//! 특별절차의 진행 — how a declared track begins in a petition, and what each of its moves does.
//!
//! Life allows the deed, the track says who may and what it leads to; the parts bring rules of their own: who can be named, what a lot must
//! hold, that minutes follow a meeting and a promise has a day. The clock of the petition is held and released here, by the events that
//! hold and release it everywhere else.

use super::{Setting, Staff};
use crate::access::Who;
use crate::access::hand::is_hand;
use crate::due::{Ground, Stretch};
use crate::event::Event;
use crate::id::OfficialId;
use crate::life::Life;
use crate::petition::Petition;
use crate::proceeding::{Answered, Fact, Given, Kept, Proceeding, Standing, ends};
use crate::refusal::Refusal;
use crate::terms::{Code, Kind};
use crate::text::Text;
use crate::time::At;
use crate::track::{AnswerWaits, Move, Need, Part, Role, Step, Survey, Track, Tracks};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// At most so many moments are offered at once.
pub const HOURS: usize = 12;
/// How long each may be, in minutes.
pub const MINUTES: std::ops::RangeInclusive<u32> = 10..=480;

/// 개시. Errors: no such track here; not for this kind or room; one runs already; not for this hand.
pub(super) fn open(
    p: &Petition,
    code: Code,
    asked: Option<Text>,
    today: Date,
    s: &Setting,
) -> Result<Vec<Event>, Refusal> {
    let track = s.tracks.newest(code).ok_or(Refusal::ProceedingUnknown)?;
    startable(p, track)?;
    if !track.opens.who.iter().any(|hand| is_hand(*hand, p, None, s.who)) {
        return Err(Refusal::MoveNotYours);
    }
    if asked.is_none() && track.opens.ask.iter().any(|field| field.required) {
        return Err(Refusal::AnswersMissing);
    }
    begin(p, track, next(p), asked, today, s)
}

/// Whether a track can begin now, whoever asks.
pub fn startable(p: &Petition, track: &Track) -> Result<(), Refusal> {
    if !track.fits(p.kind, p.protected) {
        return Err(Refusal::ProceedingUnfit);
    }
    let runs = p.open_proceedings().any(|one| one.track.0 == track.code);
    if runs && !track.opens.many {
        return Err(Refusal::ProceedingRuns);
    }
    Ok(())
}

/// The tracks that a petition of this service begins by itself: when it is received, or comes under the service later.
pub(super) fn by_itself(p: &Petition, kind: Kind, today: Date, s: &Setting) -> Result<Vec<Event>, Refusal> {
    let mut events = Vec::new();
    let runs = |track: &Track| p.open_proceedings().any(|one| one.track.0 == track.code);
    let wanted = s
        .tracks
        .of_service(s.service.code)
        .filter(|track| track.fits(kind, p.protected) && !runs(track));
    for (behind, track) in wanted.enumerate() {
        let no = next(p).saturating_add(u32::try_from(behind).unwrap_or(u32::MAX));
        events.extend(begin(p, track, no, None, today, s)?);
    }
    Ok(events)
}

fn next(p: &Petition) -> u32 {
    p.proceedings.iter().map(|one| one.no).max().unwrap_or(0) + 1
}

fn begin(
    p: &Petition,
    track: &Track,
    no: u32,
    asked: Option<Text>,
    today: Date,
    s: &Setting,
) -> Result<Vec<Event>, Refusal> {
    let first = track.steps.first().ok_or(Refusal::ProceedingUnknown)?;
    let (stands, held) = stand(p, first, None, today, s);
    let opened = Event::ProceedingOpened {
        no,
        track: track.code,
        version: track.version,
        asked,
        waits: track.answer == AnswerWaits::Waits,
        seats: track.seats(),
        stands,
    };
    Ok(std::iter::once(opened).chain(held).collect())
}

/// The step of a running proceeding with its declaration, if `who` may make the move there.
pub fn movable<'t>(
    p: &Petition,
    proceeding: &Proceeding,
    code: Code,
    tracks: &'t Tracks,
    who: &Who,
) -> Result<(&'t Track, &'t Step, &'t Move), Refusal> {
    let (track, version) = proceeding.track;
    let track = tracks.version(track, version).ok_or(Refusal::ProceedingUnknown)?;
    let step = track
        .step(proceeding.stands.step)
        .ok_or(Refusal::ProceedingUnknown)?;
    let one = step.one(code).ok_or(Refusal::MovedOn)?;
    if !one
        .who
        .iter()
        .any(|hand| is_hand(*hand, p, Some(proceeding), who))
    {
        return Err(Refusal::MoveNotYours);
    }
    for need in &one.needs {
        let role = match need {
            Need::Members(role) | Need::LotCommitted(role) => track.role(*role),
            _ => None,
        };
        if !proceeding.meets(*need, role) {
            return Err(owed(*need));
        }
    }
    for part in &one.does {
        ready(proceeding, *part, who)?;
    }
    Ok((track, step, one))
}

/// What a part wants before it can be done, whatever is handed in.
fn ready(proceeding: &Proceeding, part: Part, who: &Who) -> Result<(), Refusal> {
    match part {
        Part::Prolong if proceeding.prolonged => Err(Refusal::ProlongedAlready),
        Part::Book if proceeding.offer.is_none() => Err(Refusal::NoHours),
        Part::Cancel if proceeding.arranged().is_none() => Err(Refusal::NothingBooked),
        Part::Survey(survey) if proceeding.has_answered(survey, who.by()) => Err(Refusal::SurveyedAlready),
        _ => Ok(()),
    }
}

/// What is said where a condition does not hold.
const fn owed(need: Need) -> Refusal {
    match need {
        Need::Members(_) => Refusal::MembersTooFew,
        Need::LotCommitted(_) => Refusal::NoLot,
        Need::Meeting => Refusal::NoMeeting,
        Need::Minutes => Refusal::MinutesOwed,
        Need::Majority => Refusal::NoMajority,
        Need::NoMajority => Refusal::MajorityThere,
        Need::Inquiry => Refusal::NoInquiry,
        Need::Replies => Refusal::RepliesOwed,
        Need::Promise => Refusal::NoPromise,
        Need::PromisesSettled => Refusal::PromisesOpen,
    }
}

/// A move. Errors: no such proceeding; it has moved on; not for this hand; a condition that does not hold; a part that does not fit.
pub(super) fn make(
    p: &Petition,
    given: &Given<Text>,
    today: Date,
    s: &Setting,
) -> Result<Vec<Event>, Refusal> {
    let proceeding = p.open_proceeding(given.no).ok_or(Refusal::NoProceeding)?;
    if proceeding.stands.step != given.step {
        return Err(Refusal::MovedOn);
    }
    let (track, step, one) = movable(p, proceeding, given.code, s.tracks, s.who)?;
    if given.asked.is_none() && one.ask.iter().any(|field| field.required) {
        return Err(Refusal::AnswersMissing);
    }
    let mut facts = given.facts.clone();
    facts.extend(given.tie.map(|petition| Fact::Tied { petition }));
    if one.does.contains(&Part::Prolong) {
        facts.push(Fact::Prolonged {});
    }
    let fits = one
        .does
        .iter()
        .all(|part| facts.iter().any(|fact| is_of(fact, *part)))
        && facts
            .iter()
            .all(|fact| one.does.iter().any(|part| is_of(fact, *part)));
    if !fits {
        return Err(Refusal::PartsUnfit);
    }
    let parts = Parts {
        p,
        proceeding,
        track,
        today,
        s,
    };
    parts.check(&facts)?;

    let mut events = Vec::new();
    let leaves = (one.to.is_some() || one.end.is_some()) && proceeding.stands.holds;
    let released = if leaves { release(p, today, s)? } else { None };
    // Two stretches do not share a day: the next one begins on the day after the one before has ended.
    let from = match &released {
        Some(Event::HoldEnded { to, .. }) => to.tomorrow().map_err(|_| Refusal::OutsideCalendar)?,
        _ => today,
    };
    // What the clock does on the way into the next step is decided on the petition as it leaves this one.
    let mut after = p.clone();
    if let Some(Event::HoldEnded { to, due }) = &released {
        after.end_stretch(*to, *due).ok_or(Refusal::NothingHeld)?;
    }
    let (stands, held) = match one.to {
        Some(to) => {
            let next = track.step(to).ok_or(Refusal::ProceedingUnknown)?;
            let (stands, held) = stand(&after, next, None, from, s);
            (Some(stands), held)
        }
        None if one.does.contains(&Part::Prolong) => {
            let (mut stands, _) = stand(&after, step, Some(proceeding), from, s);
            stands.holds = proceeding.stands.holds;
            (Some(stands), None)
        }
        None => (None, None),
    };
    events.push(Event::ProceedingMoved {
        no: given.no,
        step: step.code,
        code: one.code,
        asked: given.asked,
        facts,
        stands,
    });
    events.extend(released);
    events.extend(held);
    if let Some(end) = one.end {
        events.push(Event::ProceedingEnded { no: given.no, end });
    }
    Ok(events)
}

/// The end of the stretch that a step holds.
fn release(p: &Petition, today: Date, s: &Setting) -> Result<Option<Event>, Refusal> {
    let open = p
        .stretches
        .last()
        .filter(|stretch| stretch.to.is_none() && p.life == Life::Held);
    let Some(open) = open else { return Ok(None) };
    // One that begins tomorrow ends then at the earliest.
    let to = today.max(open.from);
    Ok(Some(Event::HoldEnded {
        to,
        due: s.law.due_after(p, to)?,
    }))
}

/// How a petition stands that comes to `step`, and the stretch that begins with it on the day `from`. `prolonged`: it stays there, for as long
/// again.
fn stand(
    p: &Petition,
    step: &Step,
    prolonged: Option<&Proceeding>,
    from: Date,
    s: &Setting,
) -> (Standing, Option<Event>) {
    let begins = prolonged.and_then(Proceeding::due).unwrap_or(s.now);
    // Beyond the calendar nothing is guessed: the step then has no day, which the page says.
    let due = (step.limit).and_then(|limit| s.law.due(begins, limit, Kind::Statutory, &[], &[]).ok());
    let held = step.hold.filter(|ground| holds(p, *ground, from, s));
    let stands = Standing {
        step: step.code,
        due,
        expects: step.who.clone(),
        outlives: step.outlives,
        holds: held.is_some() && prolonged.is_none(),
    };
    let began = held
        .filter(|_| prolonged.is_none())
        .map(|ground| Event::HoldBegan {
            ground,
            from,
            note: None,
        });
    (stands, began)
}

/// Whether the clock can be held now: it runs with a handler, and the law knows the ground for this petition.
fn holds(p: &Petition, ground: Ground, from: Date, s: &Setting) -> bool {
    let open = p
        .stretches
        .last()
        .is_some_and(|stretch: &Stretch| stretch.to.is_none());
    p.life == Life::InHandling && !open && s.law.ground_applies(ground, p, from)
}

/// Whether a fact is what a part takes.
fn is_of(fact: &Fact, part: Part) -> bool {
    match (fact, part) {
        (Fact::Appointed { role, .. }, Part::Appoint(of))
        | (Fact::Released { role, .. }, Part::Release(of))
        | (Fact::LotCommitted { role, .. }, Part::CommitLot(of))
        | (Fact::LotDrawn { role, .. }, Part::DrawLot(of)) => *role == of,
        (Fact::Surveyed { survey, .. }, Part::Survey(of)) => *survey == of,
        (Fact::MeetingSet { .. }, Part::Meet)
        | (Fact::HoursOffered { .. }, Part::Offer)
        | (Fact::Booked { .. }, Part::Book)
        | (Fact::Cancelled {}, Part::Cancel)
        | (Fact::Minuted { .. }, Part::Minutes)
        | (Fact::Voted { .. }, Part::Vote)
        | (Fact::Inquired { .. }, Part::Inquire)
        | (Fact::Replied { .. }, Part::Reply)
        | (Fact::Promised { .. }, Part::Promise)
        | (Fact::Followed { .. }, Part::FollowUp)
        | (Fact::Published { .. }, Part::Publish)
        | (Fact::Tied { .. }, Part::Tie)
        | (Fact::Prolonged {}, Part::Prolong) => true,
        _ => false,
    }
}

/// Who could be named for a role now: they hold its seat, are no member yet and, where it is to be neutral, have nothing to do with the
/// petition and were not let go before. In the order of their identities.
pub fn eligible(p: &Petition, proceeding: &Proceeding, role: &Role, staff: &Staff) -> Vec<OfficialId> {
    let holders = (staff.posts.iter())
        .filter(|(_, posts)| posts.iter().any(|post| post.seat == role.seat))
        .map(|(official, _)| *official);
    holders
        .filter(|official| {
            !proceeding
                .members
                .iter()
                .any(|member| member.official == *official)
        })
        .filter(|official| !role.neutral || is_neutral(p, *official, staff))
        .filter(|official| !role.neutral || !proceeding.released.contains(&(role.code, *official)))
        .collect()
}

/// 제척: neither handles nor signs the petition, nor works in the department it lies with.
fn is_neutral(p: &Petition, official: OfficialId, staff: &Staff) -> bool {
    let signs = |line: &crate::petition::Line| line.signers.iter().any(|signer| signer.official == official);
    let works = |unit| {
        staff
            .posts
            .get(&official)
            .is_some_and(|posts| posts.iter().any(|post| post.unit == unit))
    };
    p.handler != Some(official) && !p.line.as_ref().is_some_and(signs) && !p.unit.is_some_and(works)
}

/// The parts of one move, checked together.
struct Parts<'a, 's> {
    p: &'a Petition,
    proceeding: &'a Proceeding,
    track: &'a Track,
    today: Date,
    s: &'a Setting<'s>,
}

impl Parts<'_, '_> {
    fn check(&self, facts: &[Fact]) -> Result<(), Refusal> {
        for (n, fact) in facts.iter().enumerate() {
            self.one(fact)?;
            if facts[..n].contains(fact) {
                return Err(Refusal::PartsUnfit);
            }
        }
        let all = facts
            .iter()
            .filter(|fact| matches!(fact, Fact::Appointed { .. }))
            .count();
        let most = self.track.panel.map_or(usize::MAX, |most| most as usize);
        if all > 0 && self.proceeding.members.len() + all > most {
            return Err(Refusal::MembersTooMany);
        }
        for role in &self.track.roles {
            let named = facts
                .iter()
                .filter(|fact| matches!(fact, Fact::Appointed { role: of, .. } if *of == role.code));
            self.room_for(role, named.count())?;
        }
        Ok(())
    }

    fn one(&self, fact: &Fact) -> Result<(), Refusal> {
        let lay = |fault: bool, refusal: Refusal| if fault { Err(refusal) } else { Ok(()) };
        let one = self.proceeding;
        match fact {
            Fact::Appointed { role, official } => {
                let role = self.role(*role)?;
                lay(
                    one.members_of(role.code).any(|member| member == *official),
                    Refusal::MemberAlready,
                )?;
                let holds = (self.s.staff.posts.get(official))
                    .is_some_and(|posts| posts.iter().any(|post| post.seat == role.seat));
                lay(!holds, Refusal::MemberUnfit)?;
                lay(
                    !eligible(self.p, one, role, self.s.staff).contains(official),
                    Refusal::MemberPartial,
                )
            }
            Fact::Released { role, official } => lay(
                !one.members_of(*role).any(|member| member == *official),
                Refusal::NotAMember,
            ),
            Fact::LotCommitted {
                role,
                candidates,
                wanted,
                ..
            } => {
                let role = self.role(*role)?;
                lay(one.lot_of(role.code).is_some(), Refusal::LotOpen)?;
                lay(
                    *candidates != eligible(self.p, one, role, self.s.staff),
                    Refusal::LotUnfit,
                )?;
                let wanted = *wanted as usize;
                lay(wanted == 0 || wanted > candidates.len(), Refusal::LotUnfit)?;
                self.room_for(role, wanted)
            }
            Fact::LotDrawn { role, officials, .. } => {
                let lot = one.lot_of(*role).ok_or(Refusal::NoLot)?;
                let distinct: BTreeSet<OfficialId> = officials.iter().copied().collect();
                let fits = distinct.len() == officials.len()
                    && officials.len() == lot.wanted as usize
                    && officials.iter().all(|official| lot.candidates.contains(official));
                lay(!fits, Refusal::LotUnfit)
            }
            Fact::MeetingSet { at, .. } => lay(*at <= self.s.now, Refusal::MeetingPast),
            Fact::HoursOffered { starts, minutes, .. } => self.offered(starts, *minutes),
            Fact::Booked { at } => {
                let offered = one.offer.as_ref().is_some_and(|offer| offer.starts.contains(at));
                lay(!offered || *at <= self.s.now, Refusal::HourGone)
            }
            Fact::Cancelled {} => {
                let ahead = one.arranged().is_some_and(|meeting| meeting.at > self.s.now);
                lay(!ahead, Refusal::NothingBooked)
            }
            Fact::Surveyed { survey, marks } => {
                let survey = self.track.survey(*survey).ok_or(Refusal::PartsUnfit)?;
                let asked = |mark: &Answered| {
                    survey
                        .questions
                        .iter()
                        .any(|question| question.code == mark.question)
                        && (1..=Survey::BEST).contains(&mark.mark)
                };
                let distinct: BTreeSet<Code> = marks.iter().map(|mark| mark.question).collect();
                let fits = !marks.is_empty() && distinct.len() == marks.len() && marks.iter().all(asked);
                lay(!fits, Refusal::SurveyUnfit)
            }
            Fact::Minuted { .. } => {
                let meeting = one.meetings.last().ok_or(Refusal::NoMeeting)?;
                lay(meeting.at > self.s.now, Refusal::MinutesTooEarly)
            }
            Fact::Voted { vote } => {
                let members = u32::try_from(one.members.len()).unwrap_or(u32::MAX);
                lay(vote.cast() == 0 || vote.cast() > members, Refusal::VotesUnfit)
            }
            Fact::Inquired { reply_by, .. } => lay(*reply_by < self.today, Refusal::DayPassed),
            Fact::Replied { no, .. } => {
                let open = one
                    .inquiries
                    .iter()
                    .any(|inquiry| inquiry.no == *no && inquiry.reply.is_none());
                lay(!open, Refusal::NoInquiry)
            }
            Fact::Promised { unit, by, .. } => {
                lay(!self.s.staff.units.contains(unit), Refusal::UnknownUnit)?;
                lay(*by < self.today, Refusal::DayPassed)
            }
            Fact::Followed { no, .. } => {
                let open = one
                    .promises
                    .iter()
                    .any(|promise| promise.no == *no && promise.state == Kept::UnderWay);
                lay(!open, Refusal::NoPromise)
            }
            Fact::Tied { petition } => {
                let other = self.s.beside.iter().find(|other| other.id == *petition);
                let fits = other.is_some_and(|other| other.id != self.p.id && other.person == self.p.person);
                lay(!fits || one.tied.contains(petition), Refusal::TieUnfit)
            }
            Fact::Published { .. } | Fact::Prolonged {} => Ok(()),
        }
    }

    /// Moments an official offers: ahead, apart from one another, and taken by nothing else of theirs.
    fn offered(&self, starts: &[At], minutes: u32) -> Result<(), Refusal> {
        if !matches!(self.s.who, Who::Official(_)) {
            return Err(Refusal::PartsUnfit);
        }
        if starts.is_empty() || starts.len() > HOURS || !MINUTES.contains(&minutes) {
            return Err(Refusal::HoursUnfit);
        }
        if starts.iter().any(|start| *start <= self.s.now) {
            return Err(Refusal::MeetingPast);
        }
        if starts.windows(2).any(|pair| pair[1] < ends(pair[0], minutes)) {
            return Err(Refusal::HoursUnfit);
        }
        let taken = |start: &At| {
            let end = ends(*start, minutes);
            self.s
                .busy
                .iter()
                .any(|(from, until)| *start < *until && *from < end)
        };
        if starts.iter().any(taken) {
            return Err(Refusal::HourTaken);
        }
        Ok(())
    }

    fn role(&self, role: Code) -> Result<&Role, Refusal> {
        self.track.role(role).ok_or(Refusal::PartsUnfit)
    }

    /// Whether so many more fit into a role.
    fn room_for(&self, role: &Role, more: usize) -> Result<(), Refusal> {
        let members = self.proceeding.members_of(role.code).count();
        let together = self.proceeding.members.len() + more;
        let crowded = self.track.panel.is_some_and(|most| together > most as usize);
        if more > 0 && (crowded || members + more > role.most as usize) {
            return Err(Refusal::MembersTooMany);
        }
        Ok(())
    }
}
