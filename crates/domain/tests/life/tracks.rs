//! 여섯 특별절차 — ten thousand random acts over each of those the program brings: whatever people do, the petition stays sound, and every
//! step and every ending is reached.

use crate::dice::Dice;
use crate::office::{
    Case, FRONT, HANDLER, HEAD, KIM, LEAD, OFFICE, Office, RECEIVER, ROADS, ROADS_RECEIVER, answer, beside,
    code, filing, moment, text,
};
use crate::ways::{Turn, ways};
use domain::access::{Post, Who};
use domain::act::Act;
use domain::decide::proceeding::eligible;
use domain::due::{Ground, Period};
use domain::event::Signer;
use domain::id::OfficialId;
use domain::life::{Deed, Life};
use domain::petition::Petition;
use domain::proceeding::{Answered, CaseStory, Fact, Finish, Given, Kept, Proceeding, Vote};
use domain::refusal::Refusal;
use domain::terms::{Code, EntryPoint, Kind, Mark, Outcome, Seat};
use domain::text::Text;
use domain::time::At;
use domain::track::{Hand, Move, Need, Part, Room, Track, Tracks};
use std::collections::BTreeSet;
use uuid::Uuid;

const ACTS: usize = 10_000;

const FILES: [&str; 6] = [
    include_str!("../../../procedures/tracks/jury_court.toml"),
    include_str!("../../../procedures/tracks/grievance.toml"),
    include_str!("../../../procedures/tracks/legal_counsel.toml"),
    include_str!("../../../procedures/tracks/identity_check.toml"),
    include_str!("../../../procedures/tracks/preliminary.toml"),
    include_str!("../../../procedures/tracks/human_rights.toml"),
];

/// Enough people for every seat that a track names.
const PEOPLE: &[(Seat, u128)] = &[
    (Seat::Ombudsman, 2),
    (Seat::Investigator, 3),
    (Seat::CitizenJuror, 8),
    (Seat::ExpertJuror, 4),
    (Seat::Lawyer, 3),
    (Seat::HumanRightsOfficer, 3),
];

fn office(track: &Track) -> Office {
    let mut office = OFFICE.clone();
    for (n, (seat, many)) in PEOPLE.iter().enumerate() {
        for who in 0..*many {
            let id = OfficialId(Uuid::from_u128(0x9000 + n as u128 * 0x100 + who));
            office.staff.posts.insert(
                id,
                vec![Post {
                    seat: *seat,
                    unit: FRONT,
                }],
            );
        }
    }
    let mut track = track.clone();
    // The services of the shipped catalogue are not those of this little office.
    track.services = Vec::new();
    office.tracks = Tracks::new([track]);
    office
}

struct Walk {
    office: Office,
    track: Track,
    case: Case,
    now: At,
    /// A way to one of its endings, and how far it was gone.
    way: Vec<Turn>,
    gone: usize,
}

impl Walk {
    fn begin(track: &Track, dice: &mut Dice) -> Walk {
        let now = moment("2026-03-02T09:00").plus(dice.below(60 * 24) as i64 * 3_600_000);
        let kinds = if track.kinds.is_empty() {
            Kind::ALL.to_vec()
        } else {
            track.kinds.clone()
        };
        let kind = dice.pick(&kinds);
        let service = match kind {
            Kind::Statutory => "permit",
            Kind::Inquiry => "inquiry",
            Kind::Suggestion => "idea",
            Kind::Grievance => "wrong",
            Kind::Other | Kind::Disclosure => "other",
        };
        let office = office(track).with_beside(service, now);
        let case = office
            .try_file(&Who::Citizen(KIM), &filing(service, EntryPoint::Web), now)
            .expect("a filing");
        let mut walk = Walk {
            office,
            track: track.clone(),
            case,
            now,
            way: dice.pick(&ways(track).into_values().collect::<Vec<_>>()),
            gone: 0,
        };
        let kind = walk.case.petition.kind;
        walk.must(
            RECEIVER,
            Act::Receive {
                kind,
                period: Some(Period::Days(30)),
            },
        );
        walk.must(RECEIVER, Act::Distribute { unit: ROADS });
        walk.must(ROADS_RECEIVER, Act::UnitReceive);
        walk.must(ROADS_RECEIVER, Act::Designate { handler: HANDLER });
        if track.room == Room::Protected {
            walk.must(HANDLER, Act::Protect { reason: text(1) });
        }
        walk
    }

    fn must(&mut self, who: OfficialId, act: Act<Text>) {
        let who = self.office.official_at(who, self.now);
        self.case
            .act(&self.office, &who, &act, self.now)
            .expect("what is possible");
    }

    /// Somebody who is this hand.
    fn somebody(&self, hand: Hand, one: Option<&Proceeding>, dice: &mut Dice) -> Option<Who> {
        let p = &self.case.petition;
        let holders = |seat: Seat, unit: Option<domain::id::UnitId>| -> Vec<OfficialId> {
            (self.office.staff.posts.iter())
                .filter(|(_, posts)| {
                    posts
                        .iter()
                        .any(|post| post.seat == seat && (unit == Some(post.unit) || unit.is_none()))
                })
                .map(|(id, _)| *id)
                .collect()
        };
        let ids = match hand {
            Hand::Petitioner => return Some(Who::Citizen(KIM)),
            Hand::Handler => p.handler.into_iter().collect(),
            Hand::Seat(seat) => holders(seat, None),
            Hand::Lead(seat) => holders(seat, p.unit),
            Hand::Member(role) => one.into_iter().flat_map(|one| one.members_of(role)).collect(),
        };
        (!ids.is_empty()).then(|| self.office.official_at(dice.pick(&ids), self.now))
    }

    fn facts(&self, one: &Proceeding, wanted: &Move, dice: &mut Dice) -> Vec<Fact> {
        let today = self.now.date().expect("a day");
        let mut facts = Vec::new();
        for part in &wanted.does {
            match part {
                Part::Appoint(role) => {
                    let declared = self.track.role(*role).expect("a role");
                    let free = eligible(&self.case.petition, one, declared, &self.office.staff);
                    let many = 1 + dice.below(u64::from(declared.most)) as usize;
                    facts.extend(free.into_iter().take(many).map(|official| Fact::Appointed {
                        role: *role,
                        official,
                    }));
                }
                Part::Release(role) => {
                    let official = one.members_of(*role).next().unwrap_or(HEAD);
                    facts.push(Fact::Released {
                        role: *role,
                        official,
                    });
                }
                Part::CommitLot(role) => {
                    let declared = self.track.role(*role).expect("a role");
                    facts.push(Fact::LotCommitted {
                        role: *role,
                        candidates: eligible(&self.case.petition, one, declared, &self.office.staff),
                        wanted: 1 + dice.below(u64::from(declared.most)) as u32,
                        commitment: [1; 32],
                    });
                }
                Part::DrawLot(role) => {
                    if let Some(lot) = one.lot_of(*role) {
                        facts.push(Fact::LotDrawn {
                            role: *role,
                            seed: [2; 32],
                            word: dice.text(),
                            officials: lot.candidates.iter().copied().take(lot.wanted as usize).collect(),
                        });
                    }
                }
                Part::Meet => facts.push(Fact::MeetingSet {
                    at: self.now.plus(1 + dice.below(48) as i64 * 3_600_000),
                    place: dice.text(),
                }),
                Part::Offer => facts.push(Fact::HoursOffered {
                    starts: vec![self.now.plus((1 + dice.below(48) as i64) * 3_600_000)],
                    minutes: 30,
                    place: dice.text(),
                }),
                Part::Book => facts.push(Fact::Booked {
                    at: one
                        .offer
                        .as_ref()
                        .map_or(self.now, |offer| dice.pick(&offer.starts)),
                }),
                Part::Cancel => facts.push(Fact::Cancelled {}),
                Part::Survey(survey) => {
                    let declared = self.track.survey(*survey).expect("a survey");
                    let marks = declared.questions.iter().map(|question| Answered {
                        question: question.code,
                        mark: 1 + dice.below(5) as u32,
                    });
                    facts.push(Fact::Surveyed {
                        survey: *survey,
                        marks: marks.collect(),
                    });
                }
                Part::Minutes => facts.push(Fact::Minuted { text: dice.text() }),
                Part::Vote => {
                    let members = one.members.len() as u64;
                    let aye = self.way.get(self.gone).is_none_or(|turn| turn.aye);
                    let yes = if aye { members } else { dice.below(members / 2 + 1) };
                    facts.push(Fact::Voted {
                        vote: Vote {
                            yes: yes as u32,
                            no: (members - yes) as u32,
                            abstained: 0,
                        },
                    });
                }
                Part::Inquire => facts.push(Fact::Inquired {
                    to: dice.text(),
                    what: dice.text(),
                    reply_by: today,
                }),
                Part::Reply => {
                    let open = one.inquiries.iter().find(|inquiry| inquiry.reply.is_none());
                    facts.push(Fact::Replied {
                        no: open.map_or(9, |inquiry| inquiry.no),
                        text: dice.text(),
                    });
                }
                Part::Promise => facts.push(Fact::Promised {
                    unit: ROADS,
                    what: dice.text(),
                    by: today,
                }),
                Part::FollowUp => {
                    let open = one
                        .promises
                        .iter()
                        .find(|promise| promise.state == Kept::UnderWay);
                    facts.push(Fact::Followed {
                        no: open.map_or(9, |promise| promise.no),
                        state: dice.pick(&[Kept::Done, Kept::Done, Kept::GivenUp, Kept::UnderWay]),
                        word: dice.text(),
                    });
                }
                Part::Publish => facts.push(Fact::Published {
                    story: CaseStory {
                        title: dice.text(),
                        question: dice.text(),
                        holding: dice.text(),
                    },
                }),
                Part::Tie | Part::Prolong => {}
            }
        }
        facts
    }

    /// A move of the step it stands in, by somebody who may make it, mostly.
    fn next(&self, dice: &mut Dice) -> (Who, Act<Text>) {
        let kim = Who::Citizen(KIM);
        let Some(one) = self.case.petition.open_proceedings().next() else {
            let hand = dice.pick(&self.track.opens.who);
            let who = self.somebody(hand, None, dice).unwrap_or(kim);
            let asked = Some(dice.text());
            return (
                who,
                Act::OpenProceeding {
                    track: self.track.code,
                    asked,
                },
            );
        };
        let step = self.track.step(one.stands.step).expect("a step of the track");
        // Mostly along a way to some ending, or few walks would come far.
        let turn = self
            .way
            .get(self.gone)
            .filter(|turn| turn.step == step.code && dice.below(8) > 0);
        let wanted = turn
            .and_then(|turn| step.one(turn.made))
            .cloned()
            .unwrap_or_else(|| dice.pick(&step.moves));
        let hand = dice.pick(&wanted.who);
        let who = self.somebody(hand, Some(one), dice).unwrap_or(kim);
        let tie = wanted
            .does
            .contains(&Part::Tie)
            .then(|| beside(20 + u128::from(dice.below(4))));
        let given = Given {
            no: one.no,
            step: step.code,
            code: wanted.code,
            asked: Some(dice.text()),
            facts: self.facts(one, &wanted, dice),
            tie,
        };
        (who, Act::MoveProceeding(given))
    }

    /// What must hold after whatever was done.
    fn holds(&self, before: &Petition, act: &Act<Text>, result: &Result<usize, Refusal>) {
        let p = &self.case.petition;
        if result.is_err() {
            assert_eq!(before, p, "what is refused changes nothing");
            return;
        }
        let open = p.stretches.iter().filter(|stretch| stretch.to.is_none()).count();
        assert_eq!(open, usize::from(p.life == Life::Held), "{act:?}");
        let holding = p.open_proceedings().filter(|one| one.stands.holds).count();
        assert!(holding <= 1 && (holding == 0 || p.life == Life::Held), "{act:?}");
        for one in &p.proceedings {
            for role in &self.track.roles {
                assert!(one.members_of(role.code).count() <= role.most as usize);
            }
            assert!(
                self.track
                    .panel
                    .is_none_or(|most| one.members.len() <= most as usize)
            );
            if p.life == Life::Concluded && one.is_open() {
                assert!(one.stands.outlives);
            }
        }
        if let (Some(b), Some(a)) = (before.reception, p.reception) {
            assert!(a.due >= b.due, "the date never moves back");
        }
        if let Act::MoveProceeding(given) = act {
            let was = before.open_proceeding(given.no).expect("it ran");
            let is = p
                .proceedings
                .iter()
                .find(|one| one.no == given.no)
                .expect("it is there");
            let made = self
                .track
                .step(given.step)
                .and_then(|step| step.one(given.code))
                .expect("a move");
            match (made.to, made.end) {
                (Some(to), _) => assert_eq!(is.stands.step, to),
                (None, Some(end)) => assert_eq!(is.end.map(|(finish, _)| finish), Some(Finish::As(end))),
                (None, None) => assert_eq!(is.stands.step, was.stands.step),
            }
            let neutral = |role: Code| self.track.role(role).is_some_and(|role| role.neutral);
            for member in is.members.iter().filter(|member| neutral(member.role)) {
                assert_ne!(
                    Some(member.official),
                    p.handler.filter(|_| was.members == is.members)
                );
            }
            for need in &made.needs {
                let role = match need {
                    Need::Members(role) | Need::LotCommitted(role) => self.track.role(*role),
                    _ => None,
                };
                assert!(was.meets(*need, role), "{need:?} before {}", made.code);
            }
        }
    }
}

/// Petitions answered, supplements asked, drafts: what goes on beside the track.
fn beside_it(walk: &Walk, dice: &mut Dice) -> (Who, Act<Text>) {
    let deed = dice.pick(&[
        Deed::AskSupplement,
        Deed::Supplement,
        Deed::Hold,
        Deed::Resume,
        Deed::Draft,
        Deed::SendUp,
        Deed::Sign,
        Deed::Recall,
        Deed::TurnBack,
        Deed::Answer,
    ]);
    let p = &walk.case.petition;
    let act = match deed {
        Deed::Draft => Act::Draft(answer(*Outcome::of_answer(p.kind).first().expect("an outcome"))),
        Deed::SendUp => Act::SendUp {
            line: vec![Signer {
                official: LEAD,
                mark: Mark::Decide,
            }],
        },
        deed => dice.act(deed, p, walk.now),
    };
    let who = match deed {
        Deed::Supplement => Who::Citizen(KIM),
        Deed::Sign | Deed::TurnBack => walk.office.official_at(LEAD, walk.now),
        _ => walk.office.official_at(HANDLER, walk.now),
    };
    (who, act)
}

#[test]
fn ten_thousand_acts_over_each_track_reach_all_of_it_and_break_nothing() {
    for (n, file) in FILES.iter().enumerate() {
        let track: Track = toml::from_str(file).expect("a track");
        assert_eq!(
            domain::track::check::problems(&track),
            Vec::new(),
            "{}",
            track.code
        );
        let mut dice = Dice(20_180_717 + n as u64);
        let (mut steps, mut ends, mut lost) = (BTreeSet::new(), BTreeSet::new(), 0);
        let mut walk = Walk::begin(&track, &mut dice);
        for _ in 0..ACTS {
            walk.now = walk.now.plus(dice.below(6) as i64 * 3_600_000);
            // Late in a case nobody comes back to it: a new one begins.
            let over = walk.case.petition.life == Life::Concluded
                && walk.case.petition.open_proceedings().next().is_none();
            if over || walk.case.petition.proceedings.len() > 6 || walk.case.journal.len() > 90 {
                let fold = Petition::fold(&walk.case.journal).expect("a journal");
                assert_eq!(fold, walk.case.petition);
                walk = Walk::begin(&track, &mut dice);
            }
            let (who, act) = if dice.below(8) == 0 {
                beside_it(&walk, &mut dice)
            } else {
                walk.next(&mut dice)
            };
            if let Act::MoveProceeding(given) = &act
                && given
                    .facts
                    .iter()
                    .any(|fact| matches!(fact, Fact::Minuted { .. }))
                && let Some(meeting) = walk
                    .case
                    .petition
                    .open_proceeding(given.no)
                    .and_then(|one| one.meetings.last())
                && dice.below(4) > 0
            {
                // Mostly the meeting is waited for.
                walk.now = walk.now.max(meeting.at);
            }
            let before = walk.case.petition.clone();
            let result = walk.case.act(&walk.office, &who, &act, walk.now);
            walk.holds(&before, &act, &result);
            lost += usize::from(result.is_err());
            if let Act::MoveProceeding(given) = &act {
                let next = walk
                    .way
                    .get(walk.gone)
                    .is_some_and(|turn| turn.made == given.code);
                walk.gone += usize::from(next && result.is_ok());
            }
            for one in &walk.case.petition.proceedings {
                steps.insert(one.stands.step);
                match one.end {
                    Some((Finish::As(end), _)) => {
                        ends.insert(end);
                    }
                    Some((Finish::WithPetition, _)) | None => {}
                }
            }
        }
        let declared: BTreeSet<Code> = track.steps.iter().map(|step| step.code).collect();
        assert_eq!(
            declared.difference(&steps).collect::<Vec<_>>(),
            Vec::<&Code>::new(),
            "steps of {}",
            track.code
        );
        let endings: BTreeSet<Code> = track.ends.iter().map(|end| end.code).collect();
        assert_eq!(
            endings.difference(&ends).collect::<Vec<_>>(),
            Vec::<&Code>::new(),
            "endings of {}",
            track.code
        );
        assert!(lost < ACTS * 9 / 10, "{}: {lost} of {ACTS} refused", track.code);
    }
}

#[test]
fn field_time_of_a_grievance_is_fourteen_days_and_seven_more() {
    let track: Track = toml::from_str(FILES[1]).expect("a track");
    let hold = |step: &str| track.step(code(step)).expect("a step").hold;
    assert_eq!(hold("field"), Some(Ground::FieldInvestigation));
    assert_eq!(hold("field_more"), Some(Ground::FieldInvestigationMore));
    assert_eq!(
        track.step(code("field")).and_then(|step| step.limit),
        Some(Period::Weeks(2))
    );
    assert_eq!(
        track.step(code("field_more")).and_then(|step| step.limit),
        Some(Period::Weeks(1))
    );
}
