//! 권한 — who may do what (`may`), and who sees what inside a place (`Sight`).
//!
//! One table for deeds. The generated page `docs/generated/access-matrix.md` is this table in words. What one may not
//! see does not exist: the store turns the same `Sight` into SQL, and a property test holds the two equal.

use crate::id::{OfficialId, PersonId, UnitId};
use crate::life::Deed;
use crate::petition::Petition;
use crate::refusal::Refusal;
use crate::terms::{By, Seat, coded};

/// 누구 — one who acts or looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// A petitioner, by verified contact.
    Citizen(PersonId),
    /// An official with the seats held today.
    Official(Official),
    /// A duty or a command of the operator.
    System,
}

/// 공무원과 그 자리.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Official {
    /// The account.
    pub id: OfficialId,
    /// Seats held today.
    pub posts: Vec<Post>,
}

/// 자리 — a seat in a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Post {
    /// The seat.
    pub seat: Seat,
    /// Where.
    pub unit: UnitId,
}

impl Who {
    /// As the journal keeps it.
    pub fn by(&self) -> By {
        match self {
            Who::Citizen(person) => By::Citizen(*person),
            Who::Official(official) => By::Official(official.id),
            Who::System => By::System,
        }
    }
}

coded! {
    /// 관계 — how the one who acts stands to the petition.
    Relation {
        /// The petitioner.
        Petitioner = "petitioner",
        /// Holds the seat; the petition may lie anywhere in the agency.
        Agency = "agency",
        /// Holds the seat in the lead department.
        LeadUnit = "lead_unit",
        /// Is the designated handler.
        Handler = "handler",
        /// Is the one whose signature is awaited.
        Signer = "signer",
        /// The system itself.
        System = "system",
    }
}

/// The table: a deed, the seat it takes (`None`: no seat asked), and the relation to the petition.
pub const MATRIX: &[(Deed, Option<Seat>, Relation)] = {
    use Deed::*;
    use Relation::{Agency, Handler as Own, LeadUnit, Petitioner, Signer, System as Self_};
    use Seat::*;
    &[
        (File, None, Petitioner),
        (File, Some(CounterClerk), Agency),
        (File, Some(OneStopClerk), Agency),
        (File, Some(IntegratedReceiver), Agency),
        (File, None, Self_),
        (Receive, Some(IntegratedReceiver), Agency),
        (Receive, Some(CounterClerk), Agency),
        (Receive, Some(OneStopClerk), Agency),
        (Reclassify, Some(IntegratedReceiver), Agency),
        (Reclassify, Some(CounterClerk), Agency),
        (Reclassify, Some(OneStopClerk), Agency),
        (Reclassify, Some(Coordinator), LeadUnit),
        (Reclassify, Some(DepartmentReceiver), LeadUnit),
        (Reclassify, None, Own),
        (Distribute, Some(IntegratedReceiver), Agency),
        (Distribute, Some(CounterClerk), Agency),
        (Distribute, Some(OneStopClerk), Agency),
        (SendBack, Some(DepartmentReceiver), LeadUnit),
        (SendBack, Some(Coordinator), LeadUnit),
        (SendBack, Some(DepartmentHead), LeadUnit),
        (UnitReceive, Some(DepartmentReceiver), LeadUnit),
        (UnitReceive, Some(Coordinator), LeadUnit),
        (Designate, Some(DepartmentReceiver), LeadUnit),
        (Designate, Some(Coordinator), LeadUnit),
        (Designate, Some(TeamLead), LeadUnit),
        (Designate, Some(DepartmentHead), LeadUnit),
        (AskSupplement, None, Own),
        (ProlongSupplement, None, Petitioner),
        (ProlongSupplement, Some(CounterClerk), Agency),
        (Supplement, None, Petitioner),
        (Supplement, Some(CounterClerk), Agency),
        (Hold, None, Own),
        (Resume, None, Own),
        (Extend, None, Own),
        (ConsentExtension, None, Petitioner),
        (DeclineExtension, None, Petitioner),
        (Draft, None, Own),
        (SendUp, None, Own),
        (Sign, None, Signer),
        (TurnBack, None, Signer),
        (Recall, None, Own),
        (Answer, None, Own),
        (AnswerAtOnce, Some(IntegratedReceiver), Agency),
        (AnswerAtOnce, Some(CounterClerk), Agency),
        (AnswerAtOnce, Some(OneStopClerk), Agency),
        (AnswerAtOnce, None, Own),
        (ReadAnswer, None, Petitioner),
        (Withdraw, None, Petitioner),
        (Withdraw, Some(CounterClerk), Agency),
        (Transfer, Some(IntegratedReceiver), Agency),
        (Transfer, Some(CounterClerk), Agency),
        (Transfer, None, Own),
        (Rate, None, Petitioner),
        (MoveDue, None, Self_),
    ]
};

/// Whether `who` may do `deed`; `petition` is `None` for filing only. Errors: `NotYours`.
pub fn may(who: &Who, deed: Deed, petition: Option<&Petition>) -> Result<(), Refusal> {
    let fits = |seat: Option<Seat>, relation: Relation| match (who, relation) {
        (Who::Citizen(person), Relation::Petitioner) => petition.is_none_or(|p| p.person == *person),
        (Who::System, Relation::System) => true,
        (Who::Official(official), Relation::Agency) => {
            official.posts.iter().any(|post| Some(post.seat) == seat)
        }
        (Who::Official(official), Relation::LeadUnit) => petition.is_some_and(|p| {
            official
                .posts
                .iter()
                .any(|post| Some(post.seat) == seat && Some(post.unit) == p.unit)
        }),
        (Who::Official(official), Relation::Handler) => {
            petition.is_some_and(|p| p.handler == Some(official.id))
        }
        (Who::Official(official), Relation::Signer) => petition
            .and_then(Petition::signer)
            .is_some_and(|signer| signer.official == official.id),
        (Who::Citizen(_) | Who::Official(_) | Who::System, _) => false,
    };
    if MATRIX
        .iter()
        .any(|(d, seat, relation)| *d == deed && fits(*seat, *relation))
    {
        Ok(())
    } else {
        Err(Refusal::NotYours)
    }
}

/// 시야 — what one sees inside a place: the union of its parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sight {
    /// Everything in the place.
    pub all: bool,
    /// Petitions whose lead department is one of these.
    pub units: Vec<UnitId>,
    /// Petitions this official handles or signs.
    pub involved: Option<OfficialId>,
    /// Petitions of this petitioner.
    pub person: Option<PersonId>,
}

impl Sight {
    /// What `who` sees by their seats.
    pub fn of(who: &Who) -> Sight {
        match who {
            Who::Citizen(person) => Sight {
                person: Some(*person),
                ..Sight::default()
            },
            Who::System => Sight {
                all: true,
                ..Sight::default()
            },
            Who::Official(official) => {
                let mut sight = Sight {
                    involved: Some(official.id),
                    ..Sight::default()
                };
                for post in &official.posts {
                    match breadth(post.seat) {
                        Breadth::Agency => sight.all = true,
                        Breadth::Unit => sight.units.push(post.unit),
                        Breadth::Own => {}
                    }
                }
                sight.units.sort_unstable();
                sight.units.dedup();
                sight
            }
        }
    }

    /// Whether this petition is seen.
    pub fn admits(&self, petition: &Petition) -> bool {
        self.all
            || petition.unit.is_some_and(|unit| self.units.contains(&unit))
            || self
                .involved
                .is_some_and(|official| petition.involved().contains(&official))
            || self.person == Some(petition.person)
    }
}

/// How far a seat looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breadth {
    /// Every petition of the place.
    Agency,
    /// Those of its unit.
    Unit,
    /// Those it takes part in by name.
    Own,
}

/// How far each seat looks (법7: no further than its work needs).
pub const fn breadth(seat: Seat) -> Breadth {
    match seat {
        Seat::IntegratedReceiver
        | Seat::CounterClerk
        | Seat::OneStopClerk
        | Seat::Examiner
        | Seat::ElectronicPetitionOfficer => Breadth::Agency,
        Seat::DepartmentReceiver
        | Seat::TeamLead
        | Seat::DepartmentHead
        | Seat::Coordinator
        | Seat::DeputyExaminer => Breadth::Unit,
        Seat::Handler
        | Seat::SupportingHandler
        | Seat::Reviewer
        | Seat::Approver
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
        | Seat::Evaluator
        | Seat::MysteryShopper
        | Seat::TrainingOfficer
        | Seat::MayorsOffice
        | Seat::PrivacyOfficer
        | Seat::RecordsOfficer
        | Seat::ExternalUser
        | Seat::StandIn
        | Seat::Administrator => Breadth::Own,
    }
}

/// The table as a page: `docs/generated/access-matrix.md`.
pub fn matrix_page() -> String {
    use std::fmt::Write;
    let mut page = String::from(
        "# 권한표 — access matrix\n\nGenerated from `domain::access` by `cargo xtask gen`; do not edit.\n\n\
         ## 행위 — who may do what\n\n| deed | seat | relation to the petition |\n|---|---|---|\n",
    );
    for (deed, seat, relation) in MATRIX {
        let _ = writeln!(
            page,
            "| `{deed}` | {} | {relation} |",
            seat.map_or("–", Seat::code)
        );
    }
    page.push_str("\n## 시야 — how far each seat sees inside a place\n\n| seat | sees |\n|---|---|\n");
    for seat in Seat::ALL {
        let sees = match breadth(*seat) {
            Breadth::Agency => "every petition of the place",
            Breadth::Unit => "those of its unit, and those it handles or signs",
            Breadth::Own => "those it handles or signs",
        };
        let _ = writeln!(page, "| `{seat}` | {sees} |");
    }
    page
}
