//! 각본 — what a story is drawn from, and what the city offers to be told: samples with their teams, by service.

use super::cast::{self, Team};
use super::dice::Dice;
use super::hours::Hours;
use super::sample::{Material, Sample};
use super::year::Course;
use anyhow::Context;
use app::office::Office;
use domain::due::Period;
use domain::handbook::{Online, Service};
use domain::id::{OfficialId, PersonId};
use domain::terms::{Code, EntryPoint, Kind, Seat};
use domain::time::At;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// All a story is drawn from.
pub struct Plot<'a> {
    /// The office.
    pub office: &'a Office,
    /// Samples, names, remedies.
    pub material: &'a Material,
    /// Working time.
    pub hours: Hours<'a>,
    /// Chance.
    pub dice: &'a Dice,
    /// Citizens with a verified telephone number.
    pub citizens: &'a [PersonId],
    /// When the past ends.
    pub now: At,
    /// How petitions come out, each with how often.
    pub courses: &'a [(Course, i64)],
    /// What comes instead of a course that this petition cannot take.
    pub usual: Course,
    /// Whether all of it comes by web, from citizens the office knows.
    pub by_web: bool,
}

impl Plot<'_> {
    /// The period of a petition of this kind, and the one to enter at reception where the catalogue has none confirmed.
    pub fn allowed(&self, service: &Service, kind: Kind) -> (Period, Option<Period>) {
        allowed(self.office, service, kind)
    }

    /// Who receives for the city.
    pub fn clerk(&self, entry: EntryPoint, flavour: usize) -> anyhow::Result<OfficialId> {
        let held = clerks(self.office, entry);
        let one = held.get(flavour % held.len().max(1)).copied();
        one.context("nobody receives petitions")
    }
}

/// The receivers at this door, in their order.
fn clerks(office: &Office, entry: EntryPoint) -> Vec<OfficialId> {
    let seat = if entry.is_visit() {
        Seat::CounterClerk
    } else {
        Seat::IntegratedReceiver
    };
    cast::sorted(office, office.holders(seat, None))
}

fn allowed(office: &Office, service: &Service, kind: Kind) -> (Period, Option<Period>) {
    let known = (service.sure_period().filter(|_| service.kind == kind))
        .or_else(|| office.law().period_of_kind(kind));
    match (known, &service.period) {
        (Some(period), _) => (period, None),
        (None, Some(fact)) => (fact.value, Some(fact.value)),
        (None, None) => (Period::Days(7), Some(Period::Days(7))),
    }
}

/// A service as petitions come to it.
#[derive(Debug, Clone, Copy)]
pub struct Door {
    /// Its code.
    pub service: Code,
    /// Its kind.
    pub kind: Kind,
    /// Whether it is filed online.
    pub online: bool,
    /// Whether it is filed by telephone.
    pub spoken: bool,
}

impl Door {
    fn of(service: &Service) -> Door {
        Door {
            service: service.code,
            kind: service.kind,
            online: service.online == Online::Yes,
            spoken: service.kind == Kind::Other,
        }
    }
}

/// A sample that can be told to its end.
pub struct Offer<'a> {
    /// The sample.
    pub sample: &'a Sample,
    /// Its period, and the one to enter at reception.
    pub period: (Period, Option<Period>),
    /// How it comes in.
    pub door: Door,
    /// Who may handle it.
    pub teams: Vec<Team>,
    /// A department that is not in charge.
    pub astray: Vec<Team>,
}

/// 이야깃거리 — everything that can be told, looked up once: a year has many stories.
pub struct Shelf<'a> {
    /// By service: small reports and questions first, as in every city.
    pub services: Vec<Vec<Offer<'a>>>,
    /// The service that is answered at once.
    pub instant: Door,
    visit: Vec<OfficialId>,
    otherwise: Vec<OfficialId>,
}

impl<'a> Shelf<'a> {
    /// What the office of this day offers.
    pub fn new(office: &Office, material: &'a Material) -> anyhow::Result<Shelf<'a>> {
        let instant = (office.services_today())
            .find(|service| service.procedure.as_str() == "instant_answer")
            .context("no service is answered at once")?;
        let mut teams: HashMap<&str, Vec<Team>> = HashMap::new();
        for unit in material.petitions.iter().map(|sample| sample.unit.as_str()) {
            teams.entry(unit).or_insert_with(|| Team::all(office, unit));
        }
        let mut services: BTreeMap<Code, Vec<Offer<'a>>> = BTreeMap::new();
        for sample in &material.petitions {
            let Some(service) = office.service_on(sample.service, office.day) else {
                continue;
            };
            let team = teams.get(sample.unit.as_str()).cloned().unwrap_or_default();
            if service.procedure.as_str() == "instant_answer" || team.is_empty() {
                continue;
            }
            let beside = if sample.unit == "parks" {
                "traffic"
            } else {
                "parks"
            };
            services.entry(sample.service).or_default().push(Offer {
                sample,
                period: allowed(office, service, sample.kind),
                door: Door::of(service),
                teams: team,
                astray: Team::all(office, beside),
            });
        }
        let mut services: Vec<Vec<Offer<'a>>> = services.into_values().collect();
        services.sort_by_key(|offers| {
            let rank = match offers.first().map(|offer| offer.sample.kind) {
                Some(Kind::Other) => 0,
                Some(Kind::Inquiry | Kind::Suggestion) => 1,
                _ => 2,
            };
            (rank, Reverse(offers.len()))
        });
        Ok(Shelf {
            services,
            instant: Door::of(instant),
            visit: clerks(office, EntryPoint::Counter),
            otherwise: clerks(office, EntryPoint::Web),
        })
    }

    /// Keeps only what has so many working days or more.
    pub fn of_days(mut self, least: u32) -> Shelf<'a> {
        for offers in &mut self.services {
            offers.retain(|offer| matches!(offer.period.0, Period::Days(n) if n >= least));
        }
        self.services.retain(|offers| !offers.is_empty());
        self
    }

    /// Who receives for the city.
    pub fn clerk(&self, entry: EntryPoint, flavour: usize) -> anyhow::Result<OfficialId> {
        let held = if entry.is_visit() {
            &self.visit
        } else {
            &self.otherwise
        };
        let one = held.get(flavour % held.len().max(1)).copied();
        one.context("nobody receives petitions")
    }
}
