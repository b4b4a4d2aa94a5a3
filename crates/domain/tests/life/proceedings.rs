//! 특별절차 — one small court that uses every part: how it runs to each of its ends, what it does to the clock and the answer, and
//! each refusal it can meet.
//!
//! It is longer than 600 lines because every refusal of a special procedure has its row.

use crate::dice::Dice;
use crate::office::{
    EXAMINER, HANDLER, HEAD, KIM, NEIGHBOUR, OFFICE, PARKS, RECEIVER, ROADS, Story, answer, beside, code,
    line, moment, text,
};
use crate::refusals::Row;
use domain::access::{Sight, Who};
use domain::act::Act;
use domain::due::Ground;
use domain::id::OfficialId;
use domain::life::Life;
use domain::petition::Petition;
use domain::proceeding::{Answered, CaseStory, Fact, Finish, Given, Kept, Proceeding, Vote};
use domain::refusal::Refusal;
use domain::terms::{Outcome, Seat};
use domain::text::Text;
use domain::track::{AnswerWaits, Part, Track};
use jiff::civil::date;
use uuid::Uuid;

/// 배심원 넷.
pub const JURORS: [OfficialId; 4] = [
    OfficialId(Uuid::from_u128(0x70)),
    OfficialId(Uuid::from_u128(0x71)),
    OfficialId(Uuid::from_u128(0x72)),
    OfficialId(Uuid::from_u128(0x73)),
];
const BEGIN: &str = "2026-09-07T10:00";
const MET: &str = "2026-09-09T14:00";

/// The track of these stories.
pub fn court() -> Track {
    toml::from_str(include_str!("court.toml")).expect("a track")
}

fn open() -> Act<Text> {
    Act::OpenProceeding {
        track: code("court"),
        asked: Some(text(40)),
    }
}

fn given(step: &str, one: &str, facts: Vec<Fact>) -> Given<Text> {
    Given {
        no: 1,
        step: code(step),
        code: code(one),
        asked: None,
        facts,
        tie: None,
    }
}

fn go(step: &str, one: &str, facts: Vec<Fact>) -> Act<Text> {
    Act::MoveProceeding(given(step, one, facts))
}

fn refuse() -> Act<Text> {
    Act::MoveProceeding(Given {
        asked: Some(text(41)),
        ..given("asked", "refuse", Vec::new())
    })
}

fn tie(petition: u128) -> Act<Text> {
    Act::MoveProceeding(Given {
        tie: Some(beside(petition)),
        ..given("after", "tie", Vec::new())
    })
}

fn named(official: OfficialId) -> Fact {
    Fact::Appointed {
        role: code("juror"),
        official,
    }
}

fn announced(candidates: &[OfficialId], wanted: u32) -> Vec<Fact> {
    vec![Fact::LotCommitted {
        role: code("juror"),
        candidates: candidates.to_vec(),
        wanted,
        commitment: [7; 32],
    }]
}

fn drawn(officials: &[OfficialId]) -> Vec<Fact> {
    vec![Fact::LotDrawn {
        role: code("juror"),
        seed: [8; 32],
        word: text(42),
        officials: officials.to_vec(),
    }]
}

fn met(at: &str) -> Vec<Fact> {
    vec![Fact::MeetingSet {
        at: moment(at),
        place: text(43),
    }]
}

fn offered(starts: &[&str], minutes: u32) -> Vec<Fact> {
    vec![Fact::HoursOffered {
        starts: starts.iter().map(|start| moment(start)).collect(),
        minutes,
        place: text(53),
    }]
}

fn booked(at: &str) -> Vec<Fact> {
    vec![Fact::Booked { at: moment(at) }]
}

fn cancelled() -> Vec<Fact> {
    vec![Fact::Cancelled {}]
}

fn marked(marks: &[(&str, u32)]) -> Vec<Fact> {
    vec![Fact::Surveyed {
        survey: code("after_word"),
        marks: (marks.iter())
            .map(|(question, mark)| Answered {
                question: code(question),
                mark: *mark,
            })
            .collect(),
    }]
}

fn minutes() -> Vec<Fact> {
    vec![Fact::Minuted { text: text(44) }]
}

fn voted(yes: u32, no: u32) -> Vec<Fact> {
    vec![Fact::Voted {
        vote: Vote {
            yes,
            no,
            abstained: 0,
        },
    }]
}

fn inquired(day: i8) -> Vec<Fact> {
    vec![Fact::Inquired {
        to: text(45),
        what: text(46),
        reply_by: date(2026, 9, day),
    }]
}

fn replied(no: u32) -> Vec<Fact> {
    vec![Fact::Replied { no, text: text(47) }]
}

fn promised(unit: domain::id::UnitId, day: jiff::civil::Date) -> Vec<Fact> {
    vec![Fact::Promised {
        unit,
        what: text(48),
        by: day,
    }]
}

fn followed(no: u32, state: Kept) -> Vec<Fact> {
    vec![Fact::Followed {
        no,
        state,
        word: text(49),
    }]
}

fn applied() -> Story {
    Story::handled("wrong", BEGIN).kim(open())
}

fn panel() -> Story {
    applied().official(EXAMINER, go("asked", "accept", vec![]))
}

fn full() -> Story {
    panel().official(
        EXAMINER,
        go("panel", "name", vec![named(JURORS[0]), named(JURORS[1])]),
    )
}

fn hearing() -> Story {
    full().official(EXAMINER, go("panel", "go", vec![]))
}

fn heard() -> Story {
    hearing()
        .official(EXAMINER, go("hearing", "meet", met(MET)))
        .on("2026-09-10T09:00")
        .official(EXAMINER, go("hearing", "minutes", minutes()))
}

fn decided() -> Story {
    heard()
        .official(EXAMINER, go("hearing", "vote", voted(2, 0)))
        .official(EXAMINER, go("hearing", "decide", vec![]))
}

fn end(story: &Story) -> Option<Finish> {
    story.petition().proceedings[0].end.map(|(finish, _)| finish)
}

#[test]
fn the_track_of_these_stories_is_sound() {
    assert_eq!(domain::track::check::problems(&court()), Vec::new());
}

#[test]
fn a_court_runs_to_each_of_its_ends() {
    let refused = applied().official(EXAMINER, refuse());
    assert_eq!(end(&refused), Some(Finish::As(code("refused"))));

    let dismissed = heard()
        .official(EXAMINER, go("hearing", "vote", voted(1, 1)))
        .official(EXAMINER, go("hearing", "dismiss", vec![]));
    assert_eq!(end(&dismissed), Some(Finish::As(code("dismissed"))));

    let kept = decided()
        .official(HEAD, go("after", "promise", promised(ROADS, date(2026, 12, 1))))
        .official(EXAMINER, go("after", "check", followed(1, Kept::UnderWay)))
        .official(EXAMINER, go("after", "check", followed(1, Kept::Done)))
        .official(
            EXAMINER,
            go(
                "after",
                "publish",
                vec![Fact::Published {
                    story: CaseStory {
                        title: text(50),
                        question: text(51),
                        holding: text(52),
                    },
                }],
            ),
        )
        .official(EXAMINER, go("after", "done", vec![]));
    assert_eq!(end(&kept), Some(Finish::As(code("kept"))));
    assert!(kept.petition().proceedings[0].published.is_some());

    let dropped = decided().official(EXAMINER, go("after", "drop", vec![]));
    assert_eq!(end(&dropped), Some(Finish::As(code("dropped"))));
}

#[test]
fn a_step_that_holds_the_clock_gives_it_back() {
    let before = full();
    let due = before.due();
    let held = before.official(EXAMINER, go("panel", "go", vec![]));
    assert_eq!(held.petition().life, Life::Held);
    assert_eq!(
        held.petition().stretches.last().map(|s| s.ground),
        Some(Ground::Examination)
    );
    assert_eq!(held.no(HANDLER, Act::Resume), Refusal::ProceedingHolds);

    let back = held
        .official(EXAMINER, go("hearing", "meet", met(MET)))
        .on("2026-09-10T09:00")
        .official(EXAMINER, go("hearing", "minutes", minutes()))
        .official(EXAMINER, go("hearing", "vote", voted(2, 0)))
        .official(EXAMINER, go("hearing", "decide", vec![]));
    assert_eq!(back.petition().life, Life::InHandling);
    // Monday to Thursday, both included, are not counted: the date moves by as many working days.
    assert!(back.due() > due, "{:?} {due:?}", back.due());
    assert!(
        back.petition()
            .stretches
            .iter()
            .all(|stretch| stretch.to.is_some())
    );
}

#[test]
fn the_answer_waits_until_a_step_outlives_the_petition() {
    let waiting = panel().official(HANDLER, Act::Draft(answer(Outcome::Answered)));
    assert_eq!(
        waiting.no(HANDLER, Act::SendUp { line: line() }),
        Refusal::ProceedingWaits
    );
    let answered = decided()
        .official(HANDLER, Act::Draft(answer(Outcome::Answered)))
        .official(HANDLER, Act::SendUp { line: line() });
    assert!(answered.petition().proceedings[0].is_open());
}

#[test]
fn what_outlives_the_petition_goes_on_and_the_rest_ends_with_it() {
    let withdrawn = panel().kim(Act::Withdraw { reason: None });
    assert_eq!(end(&withdrawn), Some(Finish::WithPetition));
    assert!(!withdrawn.petition().wants_work());

    let after = decided().kim(Act::Withdraw { reason: None });
    assert_eq!(end(&after), None);
    assert!(after.petition().wants_work());
    assert_eq!(
        after.petition().act_by(),
        after.petition().proceedings[0].due().expect("six months")
    );
    let done = after.official(EXAMINER, go("after", "drop", vec![]));
    assert_eq!(end(&done), Some(Finish::As(code("dropped"))));
    assert!(!done.petition().wants_work());
}

#[test]
fn the_work_list_goes_by_what_comes_first() {
    let story = applied();
    let step = story.petition().proceedings[0].due().expect("three days");
    assert!(step < story.petition().due().expect("a period"));
    assert_eq!(story.petition().act_by(), step);
    let longer = story.official(EXAMINER, go("asked", "longer", vec![]));
    let prolonged = longer.petition().proceedings[0].due().expect("three more");
    assert!(prolonged > step);
    assert_eq!(
        longer.no(EXAMINER, go("asked", "longer", vec![])),
        Refusal::ProlongedAlready
    );
}

const HOURS: [&str; 2] = ["2026-09-09T10:00", "2026-09-09T10:30"];

fn offering() -> Story {
    hearing().official(EXAMINER, go("hearing", "offer", offered(&HOURS, 30)))
}

#[test]
fn a_moment_that_is_picked_becomes_the_meeting_and_the_others_are_free_again() {
    let story = offering();
    let host = EXAMINER;
    let hours = |story: &Story| story.petition().proceedings[0].hours();
    assert_eq!(hours(&story).len(), 2);
    let story = story.kim(go("hearing", "book", booked(HOURS[1])));
    let one = &story.petition().proceedings[0];
    assert_eq!(one.offer, None);
    let meeting = one.arranged().expect("a meeting");
    assert_eq!((meeting.at, meeting.booked), (moment(HOURS[1]), Some((host, 30))));
    assert_eq!(
        hours(&story),
        [(host, moment(HOURS[1]), moment("2026-09-09T11:00"))]
    );
    let gone = story.kim(go("hearing", "cancel", cancelled()));
    assert!(gone.petition().proceedings[0].meetings.is_empty() && hours(&gone).is_empty());
    assert_eq!(
        gone.petition().proceedings[0].stands.step,
        code("hearing"),
        "it stays where it was"
    );
    // What is offered again takes the place of what was offered; a meeting that is set otherwise ends the offer.
    let again = gone
        .official(EXAMINER, go("hearing", "offer", offered(&HOURS, 30)))
        .official(
            EXAMINER,
            go("hearing", "offer", offered(&["2026-09-10T10:00"], 60)),
        );
    assert_eq!(hours(&again).len(), 1);
    let set = again.official(EXAMINER, go("hearing", "meet", met(MET)));
    assert!(set.petition().proceedings[0].offer.is_none() && hours(&set).is_empty());
}

#[test]
fn a_survey_is_answered_once_by_each() {
    let marks = marked(&[("fair", 5), ("clear", 4)]);
    let story = decided().kim(go("after", "rate", marks.clone()));
    let story = story.official(JURORS[0], go("after", "rate", marked(&[("clear", 1)])));
    let one = &story.petition().proceedings[0];
    assert_eq!(one.surveyed.len(), 2);
    assert_eq!(one.surveyed[0].marks.len(), 2);
    assert_eq!(
        story.not_kim(go("after", "rate", marks)),
        Refusal::SurveyedAlready
    );
}

#[test]
fn whoever_takes_part_sees_it_while_they_do() {
    let sees = |story: &Story, id| Sight::of(&story.office.official(id)).admits(story.petition());
    let story = full();
    assert!(sees(&story, JURORS[0]) && sees(&story, JURORS[1]));
    assert!(!sees(&story, JURORS[2]), "a candidate is no member");
    let gone = story.official(
        EXAMINER,
        go(
            "panel",
            "release",
            vec![Fact::Released {
                role: code("juror"),
                official: JURORS[0],
            }],
        ),
    );
    assert!(!sees(&gone, JURORS[0]));
    let again = go("panel", "name", vec![named(JURORS[0])]);
    assert_eq!(
        gone.no(EXAMINER, again),
        Refusal::MemberPartial,
        "who was let go is not asked again"
    );
}

#[test]
fn a_page_of_an_earlier_step_moves_nothing_though_the_move_is_called_the_same() {
    let mut office = OFFICE.clone();
    let mut track = court();
    let accept = track.steps[0].moves[0].clone();
    track.steps[1].moves.push(accept);
    office.tracks = domain::track::Tracks::new([track]);
    let story = Story::handled("wrong", BEGIN);
    let story = Story { office, ..story }
        .kim(open())
        .official(EXAMINER, go("asked", "accept", vec![]));
    assert_eq!(
        story.no(EXAMINER, go("asked", "accept", vec![])),
        Refusal::MovedOn
    );
    story.official(EXAMINER, go("panel", "accept", vec![]));
}

#[test]
fn a_seat_that_takes_part_sees_it_while_the_track_runs() {
    let mut office = OFFICE.clone();
    let mut track = court();
    for step in &mut track.steps {
        step.who.push(domain::track::Hand::Seat(Seat::Ombudsman));
    }
    office.tracks = domain::track::Tracks::new([track]);
    let ombudsman = office.official(crate::office::OMBUDSMAN);
    let sees = |story: &Story| Sight::of(&ombudsman).admits(story.petition());
    let story = Story::handled("wrong", BEGIN);
    assert!(!sees(&story));
    let running = Story { office, ..story }.kim(open());
    assert!(sees(&running));
    assert!(!sees(&running.official(EXAMINER, refuse())));
}

#[test]
fn what_a_lot_draws_are_members() {
    let story = panel()
        .official(EXAMINER, go("panel", "announce", announced(&JURORS, 3)))
        .official(
            EXAMINER,
            go("panel", "draw", drawn(&[JURORS[3], JURORS[0], JURORS[1]])),
        );
    let one = &story.petition().proceedings[0];
    assert_eq!(
        one.members
            .iter()
            .map(|member| member.official)
            .collect::<Vec<_>>(),
        [JURORS[3], JURORS[0], JURORS[1]]
    );
    assert!(one.lots[0].drawn.is_some());
    assert!(
        story
            .official(EXAMINER, go("panel", "go", vec![]))
            .petition()
            .proceedings[0]
            .stands
            .holds
    );
}

#[test]
fn a_service_begins_its_track_at_reception() {
    let mut office = OFFICE.clone();
    let mut track = court();
    track.services = vec![code("wrong")];
    office.tracks = domain::track::Tracks::new([track]);
    let story = Story::web("wrong", BEGIN);
    let story = Story { office, ..story }.official(
        RECEIVER,
        Act::Receive {
            kind: domain::terms::Kind::Grievance,
            period: None,
        },
    );
    assert_eq!(story.petition().proceedings[0].stands.step, code("asked"));
}

#[test]
fn a_track_runs_on_in_the_version_it_began_with() {
    let story = applied();
    let mut office = story.office.clone();
    let mut newer = court();
    newer.version = 2;
    newer.answer = AnswerWaits::Free;
    newer.steps.retain(|step| step.code != code("panel"));
    office.tracks = domain::track::Tracks::new([court(), newer]);
    let story = Story { office, ..story }.official(EXAMINER, go("asked", "accept", vec![]));
    assert_eq!(story.petition().proceedings[0].stands.step, code("panel"));
}

#[test]
fn a_prolonged_or_repeated_meeting_takes_the_place_of_one_not_held() {
    let story = hearing()
        .official(EXAMINER, go("hearing", "meet", met(MET)))
        .official(EXAMINER, go("hearing", "meet", met("2026-09-11T14:00")));
    assert_eq!(story.petition().proceedings[0].meetings.len(), 1);
    assert_eq!(
        story.petition().proceedings[0].meetings[0].at,
        moment("2026-09-11T14:00")
    );
}

#[test]
fn what_was_voted_before_another_meeting_counts_no_more() {
    let story = heard()
        .official(EXAMINER, go("hearing", "vote", voted(2, 0)))
        .official(EXAMINER, go("hearing", "meet", met("2026-09-11T14:00")));
    assert_eq!(
        story.no(EXAMINER, go("hearing", "decide", vec![])),
        Refusal::NoMajority
    );
}

#[test]
fn the_head_of_another_department_is_not_the_lead_ones() {
    let parks_head = OfficialId(Uuid::from_u128(0x34));
    let story = decided().official(
        HANDLER,
        Act::AskConsult {
            unit: PARKS,
            what: text(60),
            reply_by: date(2026, 9, 10),
        },
    );
    assert!(
        Sight::of(&story.office.official(parks_head)).admits(story.petition()),
        "asked, they see it"
    );
    let promise = go("after", "promise", promised(PARKS, date(2026, 12, 1)));
    assert_eq!(story.no(parks_head, promise), Refusal::MoveNotYours);
}

/// What brings it on towards an end, by the examiner alone.
pub fn onward(one: &Proceeding, now: &mut domain::time::At) -> Act<Text> {
    let go = |step: &str, code_: &str, facts| {
        Act::MoveProceeding(Given {
            no: one.no,
            ..given(step, code_, facts)
        })
    };
    match one.stands.step.as_str() {
        "asked" => Act::MoveProceeding(Given {
            no: one.no,
            asked: Some(text(41)),
            ..given("asked", "refuse", Vec::new())
        }),
        "panel" if one.members.len() < 2 => {
            let free = JURORS
                .iter()
                .filter(|juror| !one.members_of(code("juror")).any(|member| member == **juror));
            let wanted = 2 - one.members.len();
            go(
                "panel",
                "name",
                free.take(wanted).map(|juror| named(*juror)).collect(),
            )
        }
        "panel" => go("panel", "go", vec![]),
        "hearing" if one.meetings.is_empty() => {
            let place = text(43);
            let at = now.plus(3_600_000);
            go("hearing", "meet", vec![Fact::MeetingSet { at, place }])
        }
        "hearing" if one.meetings.iter().any(|meeting| meeting.minutes.is_none()) => {
            *now = (*now).max(one.meetings.last().map_or(*now, |meeting| meeting.at));
            go("hearing", "minutes", minutes())
        }
        "hearing" if one.vote.is_none_or(Vote::is_for) => go("hearing", "vote", voted(0, 1)),
        "hearing" => go("hearing", "dismiss", vec![]),
        _ => go("after", "drop", vec![]),
    }
}

/// Some move in the step it stands in, mostly one that fits.
pub fn anything(dice: &mut Dice, p: &Petition, now: domain::time::At) -> Act<Text> {
    let track = court();
    let Some(one) = p.open_proceedings().next() else {
        return go("asked", "accept", vec![]);
    };
    let step = track.step(one.stands.step).expect("a step of the court");
    let wanted = dice.pick(&step.moves);
    let juror = dice.pick(&JURORS);
    let today = now.date().expect("a day");
    let role = code("juror");
    let facts = wanted.does.iter().filter_map(|part| {
        Some(match part {
            Part::Appoint(_) => named(juror),
            Part::Release(_) => Fact::Released {
                role,
                official: one.members.first().map_or(juror, |member| member.official),
            },
            Part::CommitLot(_) => {
                let free = JURORS
                    .iter()
                    .filter(|juror| !one.members_of(role).any(|member| member == **juror));
                let candidates: Vec<OfficialId> = free.copied().collect();
                return announced(&candidates, 1 + dice.below(3) as u32).pop();
            }
            Part::DrawLot(_) => {
                let lot = one.lot_of(role)?;
                let officials = lot.candidates.iter().rev().take(lot.wanted as usize).copied();
                return drawn(&officials.collect::<Vec<_>>()).pop();
            }
            Part::Meet => Fact::MeetingSet {
                at: now.plus(dice.below(40) as i64 * 3_600_000 - 3_600_000),
                place: dice.text(),
            },
            Part::Offer => {
                let start = now.plus(dice.below(40) as i64 * 3_600_000);
                Fact::HoursOffered {
                    starts: vec![start, start.plus(dice.below(2) as i64 * 3_600_000)],
                    minutes: 10 + dice.below(40) as u32,
                    place: dice.text(),
                }
            }
            Part::Book => Fact::Booked {
                at: one.offer.as_ref().map_or(now, |offer| dice.pick(&offer.starts)),
            },
            Part::Cancel => Fact::Cancelled {},
            Part::Survey(survey) => Fact::Surveyed {
                survey: *survey,
                marks: vec![Answered {
                    question: code("fair"),
                    mark: dice.below(7) as u32,
                }],
            },
            Part::Minutes => Fact::Minuted { text: dice.text() },
            Part::Vote => Fact::Voted {
                vote: Vote {
                    yes: dice.below(3) as u32,
                    no: dice.below(2) as u32,
                    abstained: 0,
                },
            },
            Part::Inquire => Fact::Inquired {
                to: dice.text(),
                what: dice.text(),
                reply_by: today,
            },
            Part::Reply => Fact::Replied {
                no: 1 + dice.below(2) as u32,
                text: dice.text(),
            },
            Part::Promise => Fact::Promised {
                unit: ROADS,
                what: dice.text(),
                by: today,
            },
            Part::FollowUp => Fact::Followed {
                no: 1 + dice.below(2) as u32,
                state: dice.pick(Kept::ALL),
                word: dice.text(),
            },
            Part::Publish => Fact::Published {
                story: CaseStory {
                    title: dice.text(),
                    question: dice.text(),
                    holding: dice.text(),
                },
            },
            Part::Tie | Part::Prolong => return None,
        })
    });
    let facts = facts.collect();
    let tie = wanted
        .does
        .contains(&Part::Tie)
        .then(|| beside(20 + u128::from(dice.below(3))));
    Act::MoveProceeding(Given {
        no: one.no,
        step: one.stands.step,
        code: wanted.code,
        asked: Some(dice.text()),
        facts,
        tie,
    })
}

/// The office, in which the court cannot run for a grievance.
fn unfit() -> Refusal {
    let mut office = OFFICE.clone();
    let mut track = court();
    track.kinds = vec![domain::terms::Kind::Statutory];
    office.tracks = domain::track::Tracks::new([track]);
    let story = Story::handled("wrong", BEGIN);
    Story { office, ..story }.not_kim(open())
}

/// Every refusal of a special procedure.
pub const ROWS: &[Row] = &[
    ("없는 절차", Refusal::ProceedingUnknown, || {
        Story::handled("wrong", BEGIN).not_kim(Act::OpenProceeding {
            track: code("nothing"),
            asked: None,
        })
    }),
    ("맞지 않는 민원", Refusal::ProceedingUnfit, unfit),
    ("이미 진행 중", Refusal::ProceedingRuns, || {
        applied().not_kim(open())
    }),
    ("진행 중인 절차 없음", Refusal::NoProceeding, || {
        Story::handled("wrong", BEGIN).no(EXAMINER, go("asked", "accept", vec![]))
    }),
    ("다른 단계", Refusal::MovedOn, || {
        panel().no(EXAMINER, go("asked", "accept", vec![]))
    }),
    ("내 일이 아님", Refusal::MoveNotYours, || {
        applied().no(HANDLER, go("asked", "accept", vec![]))
    }),
    ("묻는 것에 답하지 않음", Refusal::AnswersMissing, || {
        applied().no(EXAMINER, go("asked", "refuse", vec![]))
    }),
    ("맞지 않는 내용", Refusal::PartsUnfit, || {
        panel().no(EXAMINER, go("panel", "name", minutes()))
    }),
    ("자리가 없는 사람", Refusal::MemberUnfit, || {
        panel().no(EXAMINER, go("panel", "name", vec![named(HANDLER)]))
    }),
    ("이미 구성원", Refusal::MemberAlready, || {
        full().no(EXAMINER, go("panel", "name", vec![named(JURORS[0])]))
    }),
    ("이해관계", Refusal::MemberPartial, || {
        let mut story = panel();
        let posts = story.office.staff.posts.get_mut(&JURORS[2]).expect("a juror");
        posts.push(domain::access::Post {
            seat: Seat::Handler,
            unit: ROADS,
        });
        story.no(EXAMINER, go("panel", "name", vec![named(JURORS[2])]))
    }),
    ("구성원이 아님", Refusal::NotAMember, || {
        full().no(
            EXAMINER,
            go(
                "panel",
                "release",
                vec![Fact::Released {
                    role: code("juror"),
                    official: JURORS[3],
                }],
            ),
        )
    }),
    ("너무 많음", Refusal::MembersTooMany, || {
        full().no(
            EXAMINER,
            go("panel", "name", vec![named(JURORS[2]), named(JURORS[3])]),
        )
    }),
    ("너무 적음", Refusal::MembersTooFew, || {
        panel().no(EXAMINER, go("panel", "go", vec![]))
    }),
    ("후보가 다름", Refusal::LotUnfit, || {
        panel().no(EXAMINER, go("panel", "announce", announced(&JURORS[1..], 2)))
    }),
    ("공고한 추첨이 있음", Refusal::LotOpen, || {
        panel()
            .official(EXAMINER, go("panel", "announce", announced(&JURORS, 3)))
            .no(EXAMINER, go("panel", "announce", announced(&JURORS, 2)))
    }),
    ("공고한 추첨이 없음", Refusal::NoLot, || {
        panel().no(EXAMINER, go("panel", "draw", drawn(&JURORS[..2])))
    }),
    ("지난 일정", Refusal::MeetingPast, || {
        hearing().no(EXAMINER, go("hearing", "meet", met("2026-09-07T09:00")))
    }),
    ("일정 없음", Refusal::NoMeeting, || {
        hearing().no(EXAMINER, go("hearing", "minutes", minutes()))
    }),
    ("예약 시간 없음", Refusal::NoHours, || {
        hearing().not_kim(go("hearing", "book", booked(HOURS[0])))
    }),
    ("지나갔거나 없는 예약 시간", Refusal::HourGone, || {
        let late = offering().on("2026-09-09T10:00");
        assert_eq!(
            offering().not_kim(go("hearing", "book", booked(MET))),
            Refusal::HourGone
        );
        late.not_kim(go("hearing", "book", booked(HOURS[0])))
    }),
    ("겹치는 예약 시간", Refusal::HoursUnfit, || {
        for wrong in [
            offered(&HOURS, 9),
            offered(&HOURS, 481),
            offered(&[], 30),
            offered(&[HOURS[1], HOURS[0]], 30),
        ] {
            assert_eq!(
                hearing().no(EXAMINER, go("hearing", "offer", wrong)),
                Refusal::HoursUnfit
            );
        }
        hearing().no(EXAMINER, go("hearing", "offer", offered(&HOURS, 31)))
    }),
    ("이미 잡힌 시간", Refusal::HourTaken, || {
        let mut story = hearing();
        // From 10:30 on they are elsewhere; what ends then, or begins when they are back, is theirs to offer.
        story.office.busy = vec![(moment(HOURS[1]), moment("2026-09-09T11:00"))];
        let free = go("hearing", "offer", offered(&[HOURS[0], "2026-09-09T11:00"], 30));
        let story = story.official(EXAMINER, free);
        story.no(
            EXAMINER,
            go("hearing", "offer", offered(&["2026-09-09T10:45"], 30)),
        )
    }),
    ("취소할 것 없음", Refusal::NothingBooked, || {
        let held = offering()
            .kim(go("hearing", "book", booked(HOURS[0])))
            .on(HOURS[0]);
        assert_eq!(
            held.not_kim(go("hearing", "cancel", cancelled())),
            Refusal::NothingBooked,
            "it has begun"
        );
        offering().not_kim(go("hearing", "cancel", cancelled()))
    }),
    ("묻지 않은 문항", Refusal::SurveyUnfit, || {
        for wrong in [
            marked(&[]),
            marked(&[("fair", 0)]),
            marked(&[("fair", 6)]),
            marked(&[("fair", 1), ("fair", 1)]),
        ] {
            assert_eq!(
                decided().not_kim(go("after", "rate", wrong)),
                Refusal::SurveyUnfit
            );
        }
        decided().not_kim(go("after", "rate", marked(&[("kind", 3)])))
    }),
    ("이미 답한 설문", Refusal::SurveyedAlready, || {
        let marks = marked(&[("fair", 3)]);
        let story = decided().kim(go("after", "rate", marks.clone()));
        story.not_kim(go("after", "rate", marks))
    }),
    ("회의록 없음", Refusal::MinutesOwed, || {
        hearing()
            .official(EXAMINER, go("hearing", "meet", met(MET)))
            .no(EXAMINER, go("hearing", "vote", voted(2, 0)))
    }),
    ("회의 전", Refusal::MinutesTooEarly, || {
        hearing()
            .official(EXAMINER, go("hearing", "meet", met(MET)))
            .no(EXAMINER, go("hearing", "minutes", minutes()))
    }),
    ("표가 더 많음", Refusal::VotesUnfit, || {
        heard().no(EXAMINER, go("hearing", "vote", voted(2, 1)))
    }),
    ("과반 아님", Refusal::NoMajority, || {
        heard()
            .official(EXAMINER, go("hearing", "vote", voted(1, 1)))
            .no(EXAMINER, go("hearing", "decide", vec![]))
    }),
    ("과반임", Refusal::MajorityThere, || {
        // A vote there is, and it was for it: what dismisses waits for one that was not.
        let story = heard().official(EXAMINER, go("hearing", "vote", voted(2, 0)));
        story.no(EXAMINER, go("hearing", "dismiss", vec![]))
    }),
    ("지난 날", Refusal::DayPassed, || {
        hearing().no(EXAMINER, go("hearing", "ask", inquired(1)))
    }),
    ("조회 없음", Refusal::NoInquiry, || {
        hearing()
            .official(EXAMINER, go("hearing", "ask", inquired(20)))
            .no(EXAMINER, go("hearing", "reply", replied(2)))
    }),
    ("회보 대기", Refusal::RepliesOwed, || {
        heard()
            .official(JURORS[0], go("hearing", "ask", inquired(20)))
            .official(EXAMINER, go("hearing", "vote", voted(2, 0)))
            .no(EXAMINER, go("hearing", "decide", vec![]))
    }),
    ("약속 없음", Refusal::NoPromise, || {
        decided().no(EXAMINER, go("after", "check", followed(1, Kept::Done)))
    }),
    ("이행 중인 약속", Refusal::PromisesOpen, || {
        decided()
            .official(HEAD, go("after", "promise", promised(PARKS, date(2026, 12, 1))))
            .no(EXAMINER, go("after", "done", vec![]))
    }),
    ("연결할 수 없음", Refusal::TieUnfit, || {
        let story = decided();
        let office = story.office.clone().with_beside("wrong", story.now);
        let story = Story { office, ..story };
        let own = (story.office.beside.iter())
            .find(|other| other.person == KIM)
            .expect("one of Kim's own");
        assert_eq!(own.id, beside(20));
        let story = story.official(HANDLER, tie(20));
        assert_eq!(story.petition().proceedings[0].tied, [beside(20)]);
        story.no(HANDLER, tie(0))
    }),
    ("한 번만 연장", Refusal::ProlongedAlready, || {
        applied()
            .official(EXAMINER, go("asked", "longer", vec![]))
            .no(EXAMINER, go("asked", "longer", vec![]))
    }),
    ("답변이 기다림", Refusal::ProceedingWaits, || {
        panel()
            .official(HANDLER, Act::Draft(answer(Outcome::Answered)))
            .no(HANDLER, Act::SendUp { line: line() })
    }),
    ("절차가 정지함", Refusal::ProceedingHolds, || {
        hearing().no(HANDLER, Act::Resume)
    }),
];

#[test]
fn 특별절차의_거절() {
    for (name, refusal, story) in ROWS {
        assert_eq!(story(), *refusal, "{name}");
    }
}

#[test]
fn strangers_are_refused_before_anything_is_said() {
    let neighbour = Who::Citizen(NEIGHBOUR);
    assert_eq!(
        applied().refusal(&neighbour, &go("asked", "accept", vec![])),
        Refusal::NotYours
    );
    assert_eq!(
        Story::handled("wrong", BEGIN).refusal(&neighbour, &open()),
        Refusal::NotYours
    );
}
