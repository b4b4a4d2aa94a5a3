//! 권한 — who may do what (`may`), and who sees what inside a place (`Sight`).
//!
//! One table for deeds. The generated page `docs/generated/access-matrix.md` is this table in words. What one may not
//! see does not exist: the store turns the same `Sight` into SQL, and a property test holds the two equal.

pub mod disposal;
pub mod figures;
pub mod files;
pub mod hand;
pub mod handbook;

use crate::absence::Cover;
use crate::id::{OfficialId, PersonId, UnitId};
use crate::life::Deed;
use crate::petition::Petition;
use crate::refusal::Refusal;
use crate::terms::{By, Seat, coded};
use jiff::civil::Date;

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
    /// Who stands in for whom at this moment, as far as it concerns this official.
    pub cover: Cover,
}

impl Official {
    /// Whether this is an external user: whoever holds that seat holds no other one, or none of the others counts.
    pub fn is_external(&self) -> bool {
        self.posts.iter().any(|post| post.seat == Seat::ExternalUser)
    }
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
    /// The official who acts, if one does.
    pub fn official(&self) -> Option<OfficialId> {
        match self {
            Who::Official(official) => Some(official.id),
            Who::Citizen(_) | Who::System => None,
        }
    }

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
        /// Holds the seat in a department whose opinion is asked.
        Consulted = "consulted",
        /// Is the one a dunning letter that is not answered yet is addressed to.
        Addressee = "addressee",
        /// Is the designated handler; while that one is away, the 업무대행자 instead.
        Handler = "handler",
        /// Is the designated handler by name, here or away.
        NamedHandler = "named_handler",
        /// Is the one whose signature is awaited; while that one is away, the 대결자 instead, unless they drafted it.
        Signer = "signer",
        /// Stands on the approval line and has not signed yet.
        OnLine = "on_line",
        /// Is one in whose place somebody has signed, and who has not confirmed it yet.
        Absentee = "absentee",
        /// Is one to whom it was circulated, and who has not confirmed it yet.
        Reader = "reader",
        /// Is an external user who holds what was handed to them.
        Entrusted = "entrusted",
        /// Whom the special procedure names; asked where its step is known (`decide::proceeding`).
        Declared = "declared",
        /// The system itself.
        System = "system",
    }
}

/// The table: a deed, the seat it takes (`None`: no seat asked), and the relation to the petition.
pub const MATRIX: &[(Deed, Option<Seat>, Relation)] = {
    use Deed::*;
    use Relation::{
        Absentee, Addressee, Agency, Consulted, Declared, Entrusted, Handler as Own, LeadUnit, NamedHandler,
        OnLine, Petitioner, Reader, Signer, System as Self_,
    };
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
        (Issue, Some(CounterClerk), Agency),
        (Issue, Some(OneStopClerk), Agency),
        (HandOut, Some(CounterClerk), Agency),
        (HandOut, Some(OneStopClerk), Agency),
        (HandOut, Some(DepartmentReceiver), LeadUnit),
        (HandOut, None, Own),
        (RemindClaim, None, Self_),
        (DiscardUnclaimed, Some(CounterClerk), Agency),
        (DiscardUnclaimed, Some(OneStopClerk), Agency),
        (DiscardUnclaimed, Some(DepartmentHead), LeadUnit),
        (DiscardUnclaimed, None, Own),
        (ReadAnswer, None, Petitioner),
        (IssueAdvanceNotice, Some(Examiner), Agency),
        (IssueAdvanceNotice, Some(DeputyExaminer), LeadUnit),
        (IssueDunning, Some(Examiner), Agency),
        (IssueDunning, Some(DeputyExaminer), LeadUnit),
        (ConfirmDunning, None, Addressee),
        (ReplyDunning, None, Addressee),
        (Withdraw, None, Petitioner),
        (Withdraw, Some(CounterClerk), Agency),
        (Transfer, Some(IntegratedReceiver), Agency),
        (Transfer, Some(CounterClerk), Agency),
        (Transfer, None, Own),
        (Rate, None, Petitioner),
        (RuleJurisdiction, Some(Examiner), Agency),
        (Entrust, None, Own),
        (TakeBack, None, Own),
        (TakeBack, Some(TeamLead), LeadUnit),
        (TakeBack, Some(DepartmentHead), LeadUnit),
        (TakeBack, Some(PrivacyOfficer), Agency),
        (FieldNote, Some(ExternalUser), Entrusted),
        (AskConsult, None, Own),
        (ProlongConsult, Some(SupportingHandler), Consulted),
        (ProlongConsult, Some(DepartmentReceiver), Consulted),
        (ProlongConsult, Some(TeamLead), Consulted),
        (ProlongConsult, Some(DepartmentHead), Consulted),
        (ReplyConsult, Some(SupportingHandler), Consulted),
        (ReplyConsult, Some(DepartmentReceiver), Consulted),
        (ReplyConsult, Some(TeamLead), Consulted),
        (ReplyConsult, Some(DepartmentHead), Consulted),
        (CancelConsult, None, Own),
        (LinkEarlier, None, Own),
        (LinkEarlier, Some(IntegratedReceiver), Agency),
        (LinkEarlier, Some(CounterClerk), Agency),
        (RecordBoard, Some(Examiner), Agency),
        (Convert, Some(IntegratedReceiver), Agency),
        (Convert, Some(CounterClerk), Agency),
        (Convert, None, Own),
        (Refer, Some(IntegratedReceiver), Agency),
        (Refer, None, Own),
        (ReportBack, Some(IntegratedReceiver), Agency),
        (ReportBack, Some(CounterClerk), Agency),
        (ReportBack, None, Own),
        (MarkUndelivered, None, Own),
        (MarkUndelivered, Some(CounterClerk), Agency),
        (DeemWithdrawn, None, Own),
        (TellProgress, None, Own),
        (TellProgress, None, Self_),
        (MarkMass, Some(IntegratedReceiver), Agency),
        (MarkMass, Some(CounterClerk), Agency),
        (MarkMass, None, Own),
        (ChooseRepresentatives, None, Petitioner),
        (ChooseRepresentatives, Some(CounterClerk), Agency),
        (ChooseRepresentatives, None, Own),
        (TakeIn, Some(IntegratedReceiver), Agency),
        (TakeIn, Some(CounterClerk), Agency),
        (Merge, Some(IntegratedReceiver), Agency),
        (Merge, Some(CounterClerk), Agency),
        (SplitOff, Some(IntegratedReceiver), Agency),
        (SplitOff, Some(CounterClerk), Agency),
        (SplitOff, None, Own),
        (Amend, None, Petitioner),
        (Amend, Some(CounterClerk), Agency),
        (Rectify, Some(IntegratedReceiver), Agency),
        (Rectify, Some(CounterClerk), Agency),
        (Rectify, Some(OneStopClerk), Agency),
        (Object, None, Petitioner),
        (Object, Some(CounterClerk), Agency),
        (ExtendObjection, None, Own),
        (ExtendObjection, Some(DepartmentHead), LeadUnit),
        (DecideObjection, Some(DepartmentHead), LeadUnit),
        (DecideObjection, Some(Approver), LeadUnit),
        (AskFurther, None, Petitioner),
        (AnswerFurther, None, Own),
        (CorrectConclusion, Some(Examiner), Agency),
        (Narrow, Some(IntegratedReceiver), Agency),
        (Narrow, None, Own),
        (Publish, None, Own),
        (Publish, Some(IntegratedReceiver), Agency),
        (Unpublish, None, Own),
        (Unpublish, Some(IntegratedReceiver), Agency),
        (Unpublish, Some(PrivacyOfficer), Agency),
        (Protect, Some(IntegratedReceiver), Agency),
        (Protect, Some(CounterClerk), Agency),
        (Protect, Some(OneStopClerk), Agency),
        (Protect, Some(Coordinator), LeadUnit),
        (Protect, Some(DepartmentReceiver), LeadUnit),
        (Protect, Some(PrivacyOfficer), Agency),
        (Protect, None, Own),
        (Unprotect, Some(DepartmentHead), LeadUnit),
        (Unprotect, Some(Approver), LeadUnit),
        (Unprotect, Some(IntegratedReceiver), Agency),
        (MoveDue, None, Self_),
        (Reroute, None, Own),
        (ReplaceSigner, None, OnLine),
        (ReplaceSigner, Some(TeamLead), LeadUnit),
        (ReplaceSigner, Some(DepartmentHead), LeadUnit),
        (ConfirmAfter, None, Absentee),
        (Circulate, None, Own),
        (Circulate, Some(TeamLead), LeadUnit),
        (Circulate, Some(DepartmentHead), LeadUnit),
        (ReadCirculated, None, Reader),
        (HandOver, None, NamedHandler),
        (HandOver, Some(DepartmentReceiver), LeadUnit),
        (HandOver, Some(Coordinator), LeadUnit),
        (HandOver, Some(TeamLead), LeadUnit),
        (HandOver, Some(DepartmentHead), LeadUnit),
        (Succeed, None, Self_),
        (RegisterDocument, None, Self_),
        (RefuseRegistration, None, Self_),
        (TellThirdParty, None, Own),
        (HearThirdParty, None, Own),
        (RecordDeemed, None, Own),
        (RecordDeemed, Some(DepartmentHead), LeadUnit),
        (CorrectParty, Some(IntegratedReceiver), Agency),
        (CorrectParty, Some(CounterClerk), Agency),
        (CorrectParty, Some(OneStopClerk), Agency),
        (CorrectParty, None, Own),
        (QueueMail, Some(IntegratedReceiver), Agency),
        (QueueMail, Some(CounterClerk), Agency),
        (QueueMail, Some(DepartmentReceiver), LeadUnit),
        (QueueMail, None, Own),
        (SendMail, Some(IntegratedReceiver), Agency),
        (SendMail, Some(CounterClerk), Agency),
        (SendMail, Some(DepartmentReceiver), LeadUnit),
        (SendMail, None, Own),
        (EndMail, Some(IntegratedReceiver), Agency),
        (EndMail, Some(CounterClerk), Agency),
        (EndMail, Some(DepartmentReceiver), LeadUnit),
        (EndMail, None, Own),
        (OpenProceeding, None, Declared),
        (MoveProceeding, None, Declared),
    ]
};

/// How one stands to a petition by a row of the table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Right {
    /// In one's own right.
    Own,
    /// In the place of somebody who is away.
    InsteadOf(OfficialId),
}

/// The right that `who` has by a row of the table, if any.
fn right(who: &Who, seat: Option<Seat>, relation: Relation, petition: Option<&Petition>) -> Option<Right> {
    let own = |holds: bool| holds.then_some(Right::Own);
    let official = match (who, relation) {
        (Who::Citizen(person), Relation::Petitioner | Relation::Declared) => {
            return own(petition.is_none_or(|p| p.is_of(*person)));
        }
        (Who::System, Relation::System) => return Some(Right::Own),
        (Who::Citizen(_) | Who::System, _) => return None,
        (Who::Official(official), _) => official,
    };
    let (id, cover) = (official.id, &official.cover);
    // Who comes in from outside has what was handed to them and no relation besides, whatever else was ever written down.
    if official.is_external() && relation != Relation::Entrusted {
        return None;
    }
    let holds = |unit: Option<UnitId>| {
        (official.posts.iter()).any(|post| Some(post.seat) == seat && unit.is_none_or(|u| u == post.unit))
    };
    match relation {
        Relation::Petitioner | Relation::System => None,
        Relation::Declared => own(petition.is_none_or(|p| Sight::of(who).admits(p))),
        Relation::Agency => own(holds(None)),
        Relation::LeadUnit => own(petition
            .and_then(|p| p.unit)
            .is_some_and(|unit| holds(Some(unit)))),
        Relation::Consulted => own(petition?.open_consults().any(|consult| holds(Some(consult.unit)))),
        Relation::NamedHandler => own(petition?.handler == Some(id)),
        Relation::Handler => {
            let handler = petition?.handler?;
            if handler == id {
                own(cover.handled_by.is_none())
            } else {
                (cover.handles_for.contains(&handler)).then_some(Right::InsteadOf(handler))
            }
        }
        Relation::Signer => {
            let p = petition?;
            let signer = p.signer()?.official;
            let drafted = p.draft.is_some_and(|draft| draft.by == By::Official(id));
            if signer == id {
                own(cover.signed_by.is_none())
            } else {
                (!drafted && cover.signs_for.contains(&signer)).then_some(Right::InsteadOf(signer))
            }
        }
        Relation::OnLine => {
            let line = petition?.line.as_ref().filter(|line| !line.is_approved())?;
            own((line.signers.iter().skip(line.signed_at.len())).any(|signer| signer.official == id))
        }
        Relation::Entrusted => own(holds(None) && petition?.entrusted_to(id, cover.day?).next().is_some()),
        Relation::Addressee => own(petition?.is_dunned(id)),
        Relation::Absentee => own(petition?.unconfirmed().any(|step| step.absent == id)),
        Relation::Reader => {
            own((petition?.readers.iter()).any(|reader| reader.official == id && reader.read_at.is_none()))
        }
    }
}

/// Every right `who` has to do `deed`.
fn rights(who: &Who, deed: Deed, petition: Option<&Petition>) -> impl Iterator<Item = Right> {
    (MATRIX.iter())
        .filter(move |(of, _, _)| *of == deed)
        .filter_map(move |(_, seat, relation)| right(who, *seat, *relation, petition))
}

/// Whether `who` may do `deed`; `petition` is `None` for filing only. Errors: `NotYours`.
pub fn may(who: &Who, deed: Deed, petition: Option<&Petition>) -> Result<(), Refusal> {
    match rights(who, deed, petition).next() {
        Some(_) => Ok(()),
        None => Err(Refusal::NotYours),
    }
}

/// Whether `who` handles the petition now: the designated handler, or the 업무대행자 of one who is away.
pub fn handles(who: &Who, petition: &Petition) -> bool {
    right(who, None, Relation::Handler, Some(petition)).is_some()
}

/// In whose place `who` does `deed`: the official away for whom they stand in, where they have no right of their own to it.
pub fn instead_of(who: &Who, deed: Deed, petition: &Petition) -> Option<OfficialId> {
    let mut absent = None;
    for right in rights(who, deed, Some(petition)) {
        match right {
            Right::Own => return None,
            Right::InsteadOf(official) => absent = absent.or(Some(official)),
        }
    }
    absent
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
    /// Open petitions of these handlers, who are away.
    pub handles_for: Vec<OfficialId>,
    /// Petitions that wait for the signature of these officials, who are away.
    pub signs_for: Vec<OfficialId>,
    /// Petitions in which one of these departments supports the lead one.
    pub supports: Vec<UnitId>,
    /// Petitions in which a special procedure runs that one of these seats takes part in.
    pub seats: Vec<Seat>,
    /// Open petitions that this external user holds on that day.
    pub entrusted: Option<(OfficialId, Date)>,
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
            Who::Official(official) if official.is_external() => Sight {
                entrusted: official.cover.day.map(|day| (official.id, day)),
                ..Sight::default()
            },
            Who::Official(official) => {
                let mut sight = Sight {
                    involved: Some(official.id),
                    handles_for: official.cover.handles_for.clone(),
                    signs_for: official.cover.signs_for.clone(),
                    ..Sight::default()
                };
                for post in &official.posts {
                    if supports(post.seat) {
                        sight.supports.push(post.unit);
                    }
                    match breadth(post.seat) {
                        Breadth::Agency => sight.all = true,
                        Breadth::Unit => sight.units.push(post.unit),
                        Breadth::Own => {}
                    }
                }
                sight.seats = official.posts.iter().map(|post| post.seat).collect();
                sight.seats.sort_unstable();
                sight.seats.dedup();
                sight.units.sort_unstable();
                sight.units.dedup();
                sight.supports.sort_unstable();
                sight.supports.dedup();
                sight
            }
        }
    }

    /// Whether this petition is seen.
    pub fn admits(&self, petition: &Petition) -> bool {
        self.all
            || petition.unit.is_some_and(|unit| self.units.contains(&unit))
            || petition.supporting().any(|unit| self.supports.contains(&unit))
            || petition
                .taking_seats()
                .iter()
                .any(|seat| self.seats.contains(seat))
            || self
                .involved
                .is_some_and(|official| petition.involved().contains(&official))
            || (petition.life.is_open() && petition.handler.is_some_and(|h| self.handles_for.contains(&h)))
            || petition
                .signer()
                .is_some_and(|s| self.signs_for.contains(&s.official))
            || self
                .entrusted
                .is_some_and(|(official, day)| petition.entrusted_to(official, day).next().is_some())
            || self.person.is_some_and(|person| petition.is_of(person))
    }
}

/// Whether a seat takes part where its department supports another: those who may reply do (법20).
pub fn supports(seat: Seat) -> bool {
    MATRIX.contains(&(Deed::ReplyConsult, Some(seat), Relation::Consulted))
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
    handbook::page(&mut page);
    files::page(&mut page);
    disposal::page(&mut page);
    page.push_str("\n## 시야 — how far each seat sees inside a place\n\n| seat | sees |\n|---|---|\n");
    for seat in Seat::ALL {
        let sees = match breadth(*seat) {
            Breadth::Agency => "every petition of the place",
            Breadth::Unit => "those of its unit, and those it handles, signs or reads",
            Breadth::Own if *seat == Seat::ExternalUser => {
                "those handed to it, while they are, and nothing else"
            }
            Breadth::Own => "those it handles, signs or reads",
        };
        let supporting = if supports(*seat) {
            "; those whose lead department asks its unit"
        } else {
            ""
        };
        let _ = writeln!(page, "| `{seat}` | {sees}{supporting} |");
    }
    page.push_str(
        "\n## 대행 — who stands in\n\nWhile a handler is away, the 업무대행자 has the relation `handler` to their open petitions \
         and sees them; the handler does not have it until back.\nWhile a signer is away, the 대결자 has the relation \
         `signer` to what waits for that signature and sees it, unless they drafted it.\nEvery such act is recorded with \
         whom it was done for.\n",
    );
    page
}
