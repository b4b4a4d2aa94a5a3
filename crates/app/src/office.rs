//! 관청의 모습 — units, people, services, calendar and settings as valid now: read whole, swapped whole when they change.

use domain::absence::{Absence, Cover, Part, acting};
use domain::access::{Official, Post, Who};
use domain::account::SignInRules;
use domain::calendar::{Calendar, WorkingHours};
use domain::clock::Law;
use domain::decide::{Completion, Numbering, Staff};
use domain::due::Reading;
use domain::evaluation::Choices;
use domain::handbook::{Service, edition, find::Finder, part::Units};
use domain::id::{OfficialId, UnitId};
use domain::terms::{Code, Seat};
use domain::time::At;
use domain::track::{Hand, Track, Tracks};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use store::office::{Named, Person, Picture, Unit};

/// 기관 — what stands on papers and pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agency {
    /// 기관명.
    pub name: String,
    /// Name in English.
    pub name_en: String,
    /// 발신명의.
    pub sender: String,
    /// The petition office, by unit code.
    pub office: String,
    /// 우편번호.
    pub postcode: String,
    /// 주소.
    pub address: String,
    /// 누리집.
    pub homepage: String,
    /// 대표 전화.
    pub phone: String,
    /// 전송.
    pub fax: String,
    /// 전자우편.
    pub mail: String,
    /// Where links in notices lead, without a slash at the end.
    pub address_of_pages: String,
}

/// What an agency may set; every [R] reading of the law is among it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The agency.
    pub agency: Agency,
    /// 근무시간.
    #[serde(default)]
    pub hours: WorkingHours,
    /// Readings of the law.
    #[serde(default)]
    pub reading: Reading,
    /// Which moment ends the period.
    pub completion: Completion,
    /// Where document numbers come from.
    #[serde(default)]
    pub numbering: Numbering,
    /// What the plan leaves open about figures.
    #[serde(default)]
    pub evaluation: Choices,
    /// 보안민원의 범위.
    #[serde(default)]
    pub protection: crate::protected::Protection,
    /// 보존과 파기.
    #[serde(default)]
    pub keeping: domain::retention::Keeping,
    /// Whether external users are let in without a second factor: for trials only.
    #[serde(default)]
    pub outside_without_factor: bool,
    /// What files are taken.
    #[serde(default)]
    pub files: crate::words::FileRules,
    /// What a log-in of an official asks for.
    #[serde(default)]
    pub sign_in: SignInRules,
}

impl Settings {
    /// The same settings in the 보안민원실: what is protected never goes to an outside document system.
    pub fn inside(&self) -> Settings {
        Settings {
            numbering: Numbering::Own,
            ..self.clone()
        }
    }
}

/// The office as valid on a day.
#[derive(Debug)]
pub struct Office {
    /// The day it is valid on.
    pub day: Date,
    /// Settings.
    pub settings: Settings,
    /// Public holidays.
    pub calendar: Calendar,
    /// Units and seats, as decisions see them.
    pub staff: Staff,
    /// Units by identity.
    pub units: HashMap<UnitId, Unit>,
    /// Officials by identity.
    pub officials: HashMap<OfficialId, Person>,
    /// Every unit there ever was: old petitions name them.
    pub every_unit: HashMap<UnitId, Unit>,
    /// Everybody who ever worked here.
    pub every_official: HashMap<OfficialId, Person>,
    /// Every version of every service, by code and version.
    pub services: BTreeMap<(Code, u32), Service>,
    /// Today's services, ready to be found by everyday words.
    pub finder: Finder,
    /// Fields of city life.
    pub fields: Vec<Named>,
    /// Districts.
    pub districts: Vec<Named>,
    /// Every special procedure in use, in every version that something runs on.
    pub tracks: Arc<Tracks>,
    /// Whom any of them names.
    pub track_hands: BTreeSet<Hand>,
}

impl Office {
    /// The same office with these special procedures.
    pub fn with_tracks(self, tracks: Arc<Tracks>) -> Office {
        Office {
            track_hands: tracks.iter().flat_map(Track::hands).collect(),
            tracks,
            ..self
        }
    }

    /// Put together from the store's tables.
    pub fn new(day: Date, settings: Settings, calendar: Calendar, picture: Picture) -> Office {
        // A substitute who has left is none.
        let works = |id: &OfficialId| picture.officials.iter().any(|person| person.id == *id);
        let absences = (picture.absences.iter())
            .map(|absence| Absence {
                stand_in: absence.stand_in.filter(works),
                deputy: absence.deputy.filter(works),
                ..*absence
            })
            .collect();
        let mut staff = Staff {
            units: picture.units.iter().map(|u| u.id).collect(),
            posts: BTreeMap::new(),
            absences,
            successors: picture.successors,
        };
        for post in &picture.posts {
            staff.posts.entry(post.official).or_default().push(Post {
                seat: post.seat,
                unit: post.unit,
            });
        }
        let services = settled(picture.services);
        let finder = Finder::new(valid_on(&services, day).into_iter(), str::to_owned);
        Office {
            day,
            settings,
            calendar,
            staff,
            units: picture.units.into_iter().map(|u| (u.id, u)).collect(),
            officials: picture.officials.into_iter().map(|p| (p.id, p)).collect(),
            every_unit: picture.every_unit.into_iter().map(|u| (u.id, u)).collect(),
            every_official: picture.every_official.into_iter().map(|p| (p.id, p)).collect(),
            services,
            finder,
            fields: picture.fields,
            districts: picture.districts,
            tracks: Arc::default(),
            track_hands: BTreeSet::new(),
        }
    }

    /// Calendar, hours and readings as one value.
    pub fn law(&self) -> Law<'_> {
        Law {
            calendar: &self.calendar,
            hours: &self.settings.hours,
            reading: &self.settings.reading,
        }
    }

    /// The version of a service valid on `day`.
    pub fn service_on(&self, code: Code, day: Date) -> Option<&Service> {
        self.services
            .range((code, 0)..=(code, u32::MAX))
            .map(|(_, s)| s)
            .rfind(|s| s.is_valid_on(day))
    }

    /// The newest version of a service, valid or not.
    pub fn service_newest(&self, code: Code) -> Option<&Service> {
        self.services
            .range((code, 0)..=(code, u32::MAX))
            .next_back()
            .map(|(_, s)| s)
    }

    /// The services valid today, by code.
    pub fn services_today(&self) -> impl Iterator<Item = &Service> {
        self.services_on(self.day).into_iter()
    }

    /// The services valid on `day`, by code.
    pub fn services_on(&self, day: Date) -> Vec<&Service> {
        valid_on(&self.services, day)
    }

    /// Every version of a service, by number; nothing for a code nobody knows.
    pub fn versions(&self, code: Code) -> Vec<Service> {
        let range = self.services.range((code, 0)..=(code, u32::MAX));
        range.map(|(_, service)| service.clone()).collect()
    }

    /// The units as sheets and forms name them.
    pub fn named_units(&self) -> Units {
        let all: Vec<&Unit> = self.units.values().collect();
        Units::new(
            all.iter()
                .map(|unit| (unit.id, unit.code.as_str(), unit.name.as_str())),
        )
    }

    /// The unit with this code.
    pub fn unit_by_code(&self, code: &str) -> Option<&Unit> {
        self.units.values().find(|unit| unit.code == code)
    }

    /// Who logs in by this name.
    pub fn official_by_login(&self, login: &str) -> Option<&Person> {
        self.officials.values().find(|person| person.login == login)
    }

    /// The petition office: where citizens turn when nobody handles their petition yet.
    pub fn petition_office(&self) -> Option<&Unit> {
        self.unit_by_code(&self.settings.agency.office)
    }

    /// The officials who hold `seat`, in `unit` or anywhere.
    pub fn holders(&self, seat: Seat, unit: Option<UnitId>) -> Vec<OfficialId> {
        (self.staff.posts.iter())
            .filter(|(_, posts)| {
                posts
                    .iter()
                    .any(|p| p.seat == seat && unit.is_none_or(|u| p.unit == u))
            })
            .map(|(official, _)| *official)
            .collect()
    }

    /// An official as one who acts at `now`; `None` when the account is not valid today.
    pub fn who(&self, id: OfficialId, now: At) -> Option<Who> {
        self.officials.get(&id)?;
        let posts = self.staff.posts.get(&id).cloned().unwrap_or_default();
        let cover = Cover::of(&self.staff.absences, id, now);
        Some(Who::Official(Official { id, posts, cover }))
    }

    /// Who does this part of an official's work at `now`.
    pub fn acting(&self, id: OfficialId, part: Part, now: At) -> OfficialId {
        acting(&self.staff.absences, id, part, now)
    }

    /// The absence an official is away on at `now`.
    pub fn away(&self, id: OfficialId, now: At) -> Option<&Absence> {
        (self.staff.absences.iter()).find(|absence| absence.official == id && absence.covers(now))
    }

    /// An official by identity, also one who has left.
    pub fn person(&self, id: OfficialId) -> Option<&Person> {
        self.officials.get(&id).or_else(|| self.every_official.get(&id))
    }

    /// A unit by identity, also one that was closed.
    pub fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.units.get(&id).or_else(|| self.every_unit.get(&id))
    }

    /// The first unit an official holds a seat in.
    pub fn unit_of(&self, id: OfficialId) -> Option<UnitId> {
        self.staff
            .posts
            .get(&id)
            .and_then(|posts| posts.first())
            .map(|post| post.unit)
    }

    /// A field by its name.
    pub fn field_named(&self, name: &str) -> Option<&Named> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// Every version by code and number, each with its true last day.
fn settled(services: Vec<Service>) -> BTreeMap<(Code, u32), Service> {
    let mut of_code: BTreeMap<Code, Vec<Service>> = BTreeMap::new();
    for service in services {
        of_code.entry(service.code).or_default().push(service);
    }
    let mut all = BTreeMap::new();
    for mut versions in of_code.into_values() {
        versions.sort_by_key(|service| service.version);
        edition::settle(&mut versions);
        all.extend(
            versions
                .into_iter()
                .map(|service| ((service.code, service.version), service)),
        );
    }
    all
}

/// One version of each service that is valid on `day`, the newest.
fn valid_on(services: &BTreeMap<(Code, u32), Service>, day: Date) -> Vec<&Service> {
    let mut newest: BTreeMap<Code, &Service> = BTreeMap::new();
    for ((code, _), service) in services {
        if service.is_valid_on(day) {
            newest.insert(*code, service);
        }
    }
    newest.into_values().collect()
}
