//! 작은 관청 — an invented office with three units, one official for each seat that matters, and a service of every kind.
//!
//! It is longer than 600 lines because the whole office stands in it.

use domain::absence::Cover;
use domain::access::{Official, Post, Who};
use domain::act::{Act, Answer, Filing};
use domain::assurance::Assurance;
use domain::calendar::{Calendar, Holiday, HolidayKind, WorkingHours};
use domain::certificate::{ALONE_CERTIFICATE, ALONE_ONE_STOP};
use domain::clock::Law;
use domain::decide::{Completion, Numbering, Setting, Staff, decide, file};
use domain::due::{Period, Reading};
use domain::event::{Event, Recorded, Signer};
use domain::handbook::{Deemed, Fact, Online, Service, Surety};
use domain::id::{OfficialId, PersonId, PetitionId, TextId, UnitId};
use domain::number::{DocumentNumber, FilingNumber, LetterNumber, ReceptionNumber};
use domain::petition::Petition;
use domain::procedure::{Procedure, Words};
use domain::refusal::Refusal;
use domain::terms::{
    Code, District, EntryPoint, Exception, Field, HappenedGround, Kind, Mark, Openness, Outcome, Seat,
};
use domain::text::{Commitment, Text};
use domain::time::At;
use domain::track::Tracks;
use jiff::civil::date;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use uuid::Uuid;

/// 민원실, where everything is received.
pub const FRONT: UnitId = UnitId(Uuid::from_u128(1));
/// 도로과.
pub const ROADS: UnitId = UnitId(Uuid::from_u128(2));
/// 공원과.
pub const PARKS: UnitId = UnitId(Uuid::from_u128(3));
/// 시민감사옴부즈만위원회, with its jurors.
pub const JURY: UnitId = UnitId(Uuid::from_u128(4));
/// A unit that was closed.
pub const CLOSED: UnitId = UnitId(Uuid::from_u128(9));

/// 김민원, who asks.
pub const KIM: PersonId = PersonId(Uuid::from_u128(0x1001));
/// 이웃, who has nothing to do with it.
pub const NEIGHBOUR: PersonId = PersonId(Uuid::from_u128(0x1002));

/// Everyone who works here: name, number, seat, unit.
const PEOPLE: &[(u128, Seat, UnitId)] = &[
    (0x10, Seat::IntegratedReceiver, FRONT),
    (0x11, Seat::CounterClerk, FRONT),
    (0x12, Seat::OneStopClerk, FRONT),
    (0x20, Seat::DepartmentReceiver, ROADS),
    (0x21, Seat::Handler, ROADS),
    (0x22, Seat::Handler, ROADS),
    (0x23, Seat::TeamLead, ROADS),
    (0x24, Seat::DepartmentHead, ROADS),
    (0x25, Seat::Coordinator, ROADS),
    (0x30, Seat::DepartmentReceiver, PARKS),
    (0x31, Seat::Handler, PARKS),
    (0x34, Seat::DepartmentHead, PARKS),
    (0x40, Seat::Examiner, FRONT),
    (0x50, Seat::Administrator, FRONT),
    (0x60, Seat::ExternalUser, ROADS),
    (0x61, Seat::ExternalUser, ROADS),
    (0x70, Seat::CitizenJuror, JURY),
    (0x71, Seat::CitizenJuror, JURY),
    (0x72, Seat::CitizenJuror, JURY),
    (0x73, Seat::CitizenJuror, JURY),
    (0x78, Seat::Ombudsman, JURY),
];
/// 시민감사옴부즈만.
pub const OMBUDSMAN: OfficialId = OfficialId(Uuid::from_u128(0x78));
/// 통합접수자.
pub const RECEIVER: OfficialId = OfficialId(Uuid::from_u128(0x10));
/// 창구 접수자.
pub const COUNTER: OfficialId = OfficialId(Uuid::from_u128(0x11));
/// 민원 전담직원.
pub const ONE_STOP: OfficialId = OfficialId(Uuid::from_u128(0x12));
/// 도로과 접수자.
pub const ROADS_RECEIVER: OfficialId = OfficialId(Uuid::from_u128(0x20));
/// 도로과 처리담당자.
pub const HANDLER: OfficialId = OfficialId(Uuid::from_u128(0x21));
/// 도로과의 다른 처리담당자.
pub const OTHER_HANDLER: OfficialId = OfficialId(Uuid::from_u128(0x22));
/// 도로과 팀장.
pub const LEAD: OfficialId = OfficialId(Uuid::from_u128(0x23));
/// 도로과장.
pub const HEAD: OfficialId = OfficialId(Uuid::from_u128(0x24));
/// 도로과 민원 총괄자.
pub const COORDINATOR: OfficialId = OfficialId(Uuid::from_u128(0x25));
/// 공원과 접수자.
pub const PARKS_RECEIVER: OfficialId = OfficialId(Uuid::from_u128(0x30));
/// 공원과 처리담당자.
pub const PARKS_HANDLER: OfficialId = OfficialId(Uuid::from_u128(0x31));
/// 민원심사관.
pub const EXAMINER: OfficialId = OfficialId(Uuid::from_u128(0x40));
/// 시스템 관리자.
pub const ADMINISTRATOR: OfficialId = OfficialId(Uuid::from_u128(0x50));
/// 현장 점검자 of a partner body: an external user.
pub const INSPECTOR: OfficialId = OfficialId(Uuid::from_u128(0x60));
/// Another external user.
pub const OTHER_INSPECTOR: OfficialId = OfficialId(Uuid::from_u128(0x61));
/// Nobody of this office.
pub const STRANGER: OfficialId = OfficialId(Uuid::from_u128(0x99));

/// The office and its law; what a test changes it changes in a copy.
#[derive(Clone)]
pub struct Office {
    pub calendar: Calendar,
    pub hours: WorkingHours,
    pub reading: Reading,
    pub staff: Staff,
    pub services: Vec<Service>,
    pub procedures: Vec<Procedure>,
    pub tracks: Tracks,
    pub completion: Completion,
    pub numbering: Numbering,
    /// Other petitions that an act may name.
    pub beside: Vec<Petition>,
    /// When whoever acts is elsewhere.
    pub busy: Vec<(At, At)>,
}

/// The office as it stands on an ordinary day.
pub static OFFICE: LazyLock<Office> = LazyLock::new(|| {
    let procedure = |text: &str| -> Procedure { toml::from_str(text).expect("a built-in procedure") };
    Office {
        calendar: Calendar::parse(include_str!("../../../../data/holidays.csv"), 1)
            .expect("the shipped table"),
        hours: WorkingHours::default(),
        reading: Reading::default(),
        staff: Staff {
            units: [FRONT, ROADS, PARKS, JURY].into(),
            posts: (PEOPLE.iter())
                .map(|(n, seat, unit)| {
                    (
                        OfficialId(Uuid::from_u128(*n)),
                        vec![Post {
                            seat: *seat,
                            unit: *unit,
                        }],
                    )
                })
                .collect::<BTreeMap<_, _>>(),
            ..Staff::default()
        },
        services: vec![
            service("permit", Kind::Statutory, Some(Period::Days(7)), "ordinary"),
            service("inquiry", Kind::Inquiry, None, "ordinary"),
            service("idea", Kind::Suggestion, None, "ordinary"),
            service("other", Kind::Other, None, "ordinary"),
            service("wrong", Kind::Grievance, None, "ordinary"),
            service("quick", Kind::Inquiry, Some(Period::Hours(3)), "instant_answer"),
            service("open", Kind::Disclosure, Some(Period::Days(10)), "disclosure"),
            Service {
                alone: ALONE_ONE_STOP.to_vec(),
                ..service("badge", Kind::Statutory, Some(Period::Days(3)), "one_stop")
            },
            Service {
                alone: ALONE_CERTIFICATE.to_vec(),
                ..service("extract", Kind::Statutory, Some(Period::Immediately), "one_stop")
            },
            Service {
                deemed: Some(Fact {
                    value: Deemed::Accepted,
                    surety: Surety::Sure,
                }),
                ..service("notice", Kind::Statutory, Some(Period::Days(5)), "ordinary")
            },
            Service {
                online: Online::No,
                ..service("rare", Kind::Statutory, None, "ordinary")
            },
            Service {
                assurance: Assurance::Verified,
                ..service("sworn", Kind::Statutory, Some(Period::Days(3)), "ordinary")
            },
            Service {
                valid_to: Some(date(2017, 12, 31)),
                ..service("bygone", Kind::Other, None, "ordinary")
            },
        ],
        procedures: vec![
            procedure(include_str!("../../../procedures/procedures/ordinary.toml")),
            procedure(include_str!("../../../procedures/procedures/one_stop.toml")),
            procedure(include_str!("../../../procedures/procedures/instant_answer.toml")),
            procedure(include_str!("../../../procedures/procedures/disclosure.toml")),
        ],
        tracks: Tracks::new([crate::proceedings::court()]),
        completion: Completion::Approval,
        numbering: Numbering::Own,
        beside: Vec::new(),
        busy: Vec::new(),
    }
});

fn service(name: &str, kind: Kind, period: Option<Period>, procedure: &str) -> Service {
    let words = Words {
        ko: name.into(),
        en: name.into(),
    };
    Service {
        group: "시험".into(),
        period: period.map(|value| Fact {
            value,
            surety: Surety::Sure,
        }),
        online: Online::Yes,
        ..Service::new(code(name), words, kind, code(procedure), date(2004, 1, 1))
    }
}

impl Office {
    /// The law of this office.
    pub fn law(&self) -> Law<'_> {
        Law {
            calendar: &self.calendar,
            hours: &self.hours,
            reading: &self.reading,
        }
    }

    /// The service of that name.
    pub fn service(&self, code: Code) -> &Service {
        self.services
            .iter()
            .find(|s| s.code == code)
            .expect("a service of the office")
    }

    /// The procedure of that name.
    pub fn procedure(&self, code: Code) -> &Procedure {
        self.procedures
            .iter()
            .find(|p| p.code == code)
            .expect("a procedure of the office")
    }

    /// The same office after the government declared one more holiday.
    pub fn with_holiday(&self, day: jiff::civil::Date) -> Office {
        let declared = Holiday {
            date: day,
            name: "임시공휴일".into(),
            kind: HolidayKind::Temporary,
            decree: "제2조제11호".into(),
        };
        let calendar = self
            .calendar
            .with(declared, self.calendar.version() + 1)
            .expect("a day of the table");
        Office {
            calendar,
            ..self.clone()
        }
    }

    /// The seats an official holds.
    pub fn official(&self, id: OfficialId) -> Who {
        self.official_at(id, At(0))
    }

    /// The seats an official holds, and who stands in for whom at that moment.
    pub fn official_at(&self, id: OfficialId, now: At) -> Who {
        let posts = self.staff.posts.get(&id).cloned().unwrap_or_default();
        let cover = Cover::of(&self.staff.absences, id, now);
        Who::Official(Official { id, posts, cover })
    }

    /// Everyone who may come to the door: citizens, officials, the system.
    pub fn everyone(&self) -> Vec<Who> {
        let officials = self.staff.posts.keys().map(|id| self.official(*id));
        [Who::Citizen(KIM), Who::Citizen(NEIGHBOUR), Who::System]
            .into_iter()
            .chain(officials)
            .collect()
    }

    fn setting<'a>(
        &'a self,
        who: &'a Who,
        service: &'a Service,
        procedure: &'a Procedure,
        now: At,
    ) -> Setting<'a> {
        Setting {
            now,
            who,
            law: self.law(),
            service,
            procedure,
            staff: &self.staff,
            completion: self.completion,
            numbering: self.numbering,
            letter_number: LetterNumber { year: 2026, n: 1 },
            reception_number: ReceptionNumber {
                year: now.date().map_or(0, |d| d.year().unsigned_abs()),
                n: 1,
                register: Default::default(),
            },
            issue: (
                domain::certificate::IssueNumber { year: 2026, n: 1 },
                domain::certificate::CheckCode::new(7),
            ),
            document_number: DocumentNumber { unit: ROADS, n: 1 },
            beside: &self.beside,
            busy: &self.busy,
            tracks: &self.tracks,
        }
    }

    /// Files, or says why not.
    pub fn try_file(&self, who: &Who, filing: &Filing<Text>, now: At) -> Result<Case, Refusal> {
        let service = self.service(filing.service);
        let number = FilingNumber::new(now, 7).expect("a day of the calendar");
        let event = file(
            filing,
            number,
            &self.setting(who, service, self.procedure(service.procedure), now),
        )?;
        let recorded = Recorded {
            petition: PetitionId(Uuid::from_u128(0xABC)),
            seq: 1,
            by: who.by(),
            recorded_at: now,
            instead_of: None,
            happened: filing.happened,
            event,
        };
        let petition = Petition::begin(&recorded).expect("a filing begins a petition");
        Ok(Case {
            journal: vec![recorded],
            petition,
        })
    }

    /// What would happen, without it happening.
    pub fn ask(
        &self,
        petition: &Petition,
        who: &Who,
        act: &Act<Text>,
        now: At,
    ) -> Result<Vec<Event>, Refusal> {
        let (service, procedure) = match act {
            Act::Reclassify { service, .. } => {
                let service = self.service(*service);
                (service, self.procedure(service.procedure))
            }
            _ => (
                self.service(petition.service.0),
                self.procedure(petition.procedure.0),
            ),
        };
        decide(petition, act, &self.setting(who, service, procedure, now))
    }
}

/// The identity of a petition beside the one a story is about: up to 9 those of others, received; from 20 on Kim's own
/// earlier ones, answered.
pub fn beside(n: u128) -> PetitionId {
    PetitionId(Uuid::from_u128(0xB000 + n))
}

impl Office {
    /// The same office with petitions beside: seven of other people under the same service, received at `now`, and three of
    /// Kim's own that were answered before.
    pub fn with_beside(mut self, service: &str, now: At) -> Office {
        let mut beside_it = Vec::new();
        let receiver = self.official(RECEIVER);
        for n in (0..7).chain(20..23) {
            let (service, person, at) = if n < 20 {
                (service, PersonId(Uuid::from_u128(0x2000 + n)), now)
            } else {
                (
                    "quick",
                    KIM,
                    now.plus(-86_400_000 * (40 + i64::try_from(n).expect("small"))),
                )
            };
            let filing = Filing {
                person,
                ..filing(service, EntryPoint::Web)
            };
            let mut case =
                (self.try_file(&Who::Citizen(person), &filing, at)).expect("a filing that is taken");
            case.petition.id = beside(n);
            let mut acts = vec![Act::Receive {
                kind: case.petition.kind,
                period: Some(Period::Days(7)),
            }];
            if n >= 20 {
                acts.push(Act::AnswerAtOnce(answer(Outcome::Answered)));
            }
            for act in acts {
                case.act(&self, &receiver, &act, at).expect("what is possible");
            }
            beside_it.push(case.petition);
        }
        self.beside = beside_it;
        self
    }
}

/// A petition and its journal.
#[derive(Clone)]
pub struct Case {
    pub journal: Vec<Recorded>,
    pub petition: Petition,
}

impl Case {
    /// Takes what was decided into the journal.
    pub fn record(&mut self, (who, absent): (&Who, Option<OfficialId>), events: Vec<Event>, now: At) {
        for event in events {
            let recorded = Recorded {
                petition: self.petition.id,
                seq: self.petition.seq + 1,
                by: who.by(),
                recorded_at: now,
                instead_of: absent,
                happened: None,
                event,
            };
            self.petition.apply(&recorded).expect("what was decided fits");
            self.journal.push(recorded);
        }
    }

    /// Does an act, or says why not.
    pub fn act(&mut self, office: &Office, who: &Who, act: &Act<Text>, now: At) -> Result<usize, Refusal> {
        let events = office.ask(&self.petition, who, act, now)?;
        let n = events.len();
        let absent = domain::access::instead_of(who, act.deed(), &self.petition);
        self.record((who, absent), events, now);
        Ok(n)
    }
}

/// One petition told by its actors: each line is a moment, who, and what they do.
pub struct Story {
    pub office: Office,
    pub case: Case,
    pub now: At,
}

impl Story {
    /// Kim files on the web.
    pub fn web(service: &str, at: &str) -> Story {
        Story::filed(&OFFICE, filing(service, EntryPoint::Web), at)
    }

    /// Kim files as told.
    pub fn filed(office: &Office, filing: Filing<Text>, at: &str) -> Story {
        let now = moment(at);
        let case = office
            .try_file(&Who::Citizen(KIM), &filing, now)
            .expect("a filing that is taken");
        Story {
            office: office.clone(),
            case,
            now,
        }
    }

    /// Filed and received under its own kind.
    pub fn received(service: &str, at: &str) -> Story {
        let kind = OFFICE.service(code(service)).kind;
        Story::web(service, at).official(RECEIVER, Act::Receive { kind, period: None })
    }

    /// Lies with the handler of the roads department, all at the same hour.
    pub fn handled(service: &str, at: &str) -> Story {
        Story::received(service, at)
            .official(RECEIVER, Act::Distribute { unit: ROADS })
            .official(ROADS_RECEIVER, Act::UnitReceive)
            .official(ROADS_RECEIVER, Act::Designate { handler: HANDLER })
    }

    /// Time passes.
    pub fn on(mut self, at: &str) -> Story {
        let then = moment(at);
        assert!(then >= self.now, "a story does not go back in time: {at}");
        self.now = then;
        self
    }

    /// An official does what is possible.
    pub fn official(self, id: OfficialId, act: Act<Text>) -> Story {
        let who = self.office.official_at(id, self.now);
        self.does(who, act)
    }

    /// Kim does what is possible.
    pub fn kim(self, act: Act<Text>) -> Story {
        self.does(Who::Citizen(KIM), act)
    }

    /// The system does what is possible.
    pub fn system(self, act: Act<Text>) -> Story {
        self.does(Who::System, act)
    }

    fn does(mut self, who: Who, act: Act<Text>) -> Story {
        if let Err(refusal) = self.case.act(&self.office, &who, &act, self.now) {
            panic!("{who:?} cannot {}: {refusal}", act.deed());
        }
        self
    }

    /// An official tries in vain.
    pub fn no(&self, id: OfficialId, act: Act<Text>) -> Refusal {
        self.refusal(&self.office.official_at(id, self.now), &act)
    }

    /// Kim tries in vain.
    pub fn not_kim(&self, act: Act<Text>) -> Refusal {
        self.refusal(&Who::Citizen(KIM), &act)
    }

    /// Anyone tries in vain.
    pub fn refusal(&self, who: &Who, act: &Act<Text>) -> Refusal {
        (self.office.ask(&self.case.petition, who, act, self.now)).expect_err("this should be refused")
    }

    /// The petition as it stands.
    pub fn petition(&self) -> &Petition {
        &self.case.petition
    }

    /// The due date as shown, `None` while none runs.
    pub fn due(&self) -> Option<String> {
        let due = self.petition().due()?;
        domain::due::shown(due).map(|d| d.strftime("%Y-%m-%dT%H:%M").to_string())
    }
}

/// A short code.
pub fn code(text: &str) -> Code {
    text.parse().expect("a short code")
}

/// A moment on a Korean wall clock.
pub fn moment(at: &str) -> At {
    At::seoul(at.parse().expect("a date-time"))
}

/// Some text in the vault.
pub fn text(n: u8) -> Text {
    Text {
        id: TextId(Uuid::from_u128(u128::from(n))),
        commitment: Commitment([n; 32]),
    }
}

/// What Kim files.
pub fn filing(service: &str, entry: EntryPoint) -> Filing<Text> {
    Filing {
        service: code(service),
        entry,
        field: Some(Field(3)),
        district: Some(District(11)),
        person: KIM,
        title: text(1),
        body: Some(text(2)),
        place: None,
        files: Vec::new(),
        form: None,
        openness: Openness::Private,
        happened: None,
        split_from: None,
        intake: Default::default(),
    }
}

/// What Kim filed on a day long ago, brought in from an older register.
pub fn migrated(service: &str, at: &str) -> Filing<Text> {
    Filing {
        happened: Some((moment(at), HappenedGround::Migrated)),
        intake: Default::default(),
        ..filing(service, EntryPoint::Import)
    }
}

/// An answer with that outcome, reasons and remedies where they are owed.
pub fn answer(outcome: Outcome) -> Answer<Text> {
    let owed = outcome.owes_reasons();
    Answer {
        outcome,
        body: text(10),
        reasons: owed.then(|| text(11)),
        remedies: owed.then(|| text(12)),
        openness: Openness::Private,
        exception: (outcome == Outcome::Excepted).then_some(Exception::PrivateMatter),
    }
}

/// 결재선: 팀장 검토, 과장 결재.
pub fn line() -> Vec<Signer> {
    vec![
        Signer {
            official: LEAD,
            mark: Mark::Review,
        },
        Signer {
            official: HEAD,
            mark: Mark::Decide,
        },
    ]
}
