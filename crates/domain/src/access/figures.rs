//! 실적의 시야 — whose figures one sees: an official one's own, a head and a deputy examiner those of their department, the
//! examiner all (계획 Ⅳ-2; 영 제28조).
//!
//! Narrower than [`super::Sight`]: who may open every petition to receive it need not see how fast everyone works.

use super::{Breadth, Who};
use crate::id::{OfficialId, UnitId};
use crate::terms::Seat;

/// What one sees of the figures: the union of its parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// Those of the whole agency.
    pub all: bool,
    /// Those of these departments, person by person.
    pub units: Vec<UnitId>,
    /// One's own.
    pub own: Option<OfficialId>,
}

/// How far each seat sees figures.
pub const fn figures(seat: Seat) -> Breadth {
    match seat {
        Seat::Examiner | Seat::Evaluator => Breadth::Agency,
        Seat::DeputyExaminer | Seat::DepartmentHead => Breadth::Unit,
        Seat::IntegratedReceiver
        | Seat::CounterClerk
        | Seat::OneStopClerk
        | Seat::DepartmentReceiver
        | Seat::Handler
        | Seat::SupportingHandler
        | Seat::TeamLead
        | Seat::Reviewer
        | Seat::Approver
        | Seat::Coordinator
        | Seat::HumanRightsOfficer
        | Seat::Ombudsman
        | Seat::Investigator
        | Seat::CitizenJuror
        | Seat::ExpertJuror
        | Seat::Lawyer
        | Seat::Guardian
        | Seat::LifeHelper
        | Seat::FieldMonitor
        | Seat::FeeOfficer
        | Seat::MysteryShopper
        | Seat::TrainingOfficer
        | Seat::MayorsOffice
        | Seat::PrivacyOfficer
        | Seat::RecordsOfficer
        | Seat::ExternalUser
        | Seat::StandIn
        | Seat::ElectronicPetitionOfficer
        | Seat::Administrator => Breadth::Own,
    }
}

impl Figures {
    /// What `who` sees by their seats; a petitioner sees none.
    pub fn of(who: &Who) -> Figures {
        let mut seen = Figures::default();
        match who {
            Who::Citizen(_) => {}
            Who::System => seen.all = true,
            Who::Official(official) => {
                seen.own = Some(official.id);
                for post in &official.posts {
                    match figures(post.seat) {
                        Breadth::Agency => seen.all = true,
                        Breadth::Unit => seen.units.push(post.unit),
                        Breadth::Own => {}
                    }
                }
                seen.units.sort_unstable();
                seen.units.dedup();
            }
        }
        seen
    }

    /// Whether the figure of this handler in this department is seen.
    pub fn admits(&self, unit: Option<UnitId>, handler: Option<OfficialId>) -> bool {
        self.all
            || unit.is_some_and(|unit| self.units.contains(&unit))
            || (self.own.is_some() && self.own == handler)
    }
}
