//! 보안민원 — petitions that only the entitled see lie in a place of their own (계획 Ⅳ-2; 민원처리법 제7조).
//!
//! Which services are protected is a setting. Whoever files one (a citizen, or a clerk who is not entitled) puts it into that
//! place and, unless it is their own, never sees it again. The entitled hold seats *inside*, with an approval line, an examiner and
//! reminders of their own; they enter the 보안민원실 by confirming who they are, with a session that lies inside, too. To
//! everybody else nothing of it exists: no list is filtered, because the ordinary room never had the handle.

pub mod glass;
pub mod moving;

use crate::act::Call;
use crate::identity::door::TRIES;
use crate::identity::{NotLetIn, OpenSession};
use crate::{App, Trouble};
use domain::access::Who;
use domain::id::{OfficialId, PersonId, PetitionId, TextId, UnitId};
use domain::number::FilingNumber;
use domain::petition::Petition;
use domain::terms::{Code, Seat};
use domain::time::At;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::batch::Batch;
use store::engine::Urgency;
use store::office::Post;
use store::people::{Change, Term};
use store::session::{Coming, Subject};

/// Where the numbers of the place begin, so that none is ever given twice when a petition is moved. A city that receives more in a
/// year has outgrown six digits by far.
pub const FIRST_RECEPTION: u32 = 50_000_000;
/// The same for document numbers of a unit and for numbers of dunning letters.
pub const FIRST_DOCUMENT: u32 = 500_000;

/// What the starting catalogue protects: 인권침해 신고, 공익신고, 성희롱·성폭력 고충 신고.
const PROTECTED: [&str; 3] = ["P001", "P002", "P003"];

/// 보안민원의 범위 — what the agency protects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Protection {
    /// Services whose petitions are protected from filing on, by code.
    pub services: Vec<Code>,
    /// Whether the yearly total is published, rounded down to this many; 0 keeps it to those inside.
    pub total_in_steps_of: u32,
}

impl Default for Protection {
    fn default() -> Protection {
        Protection {
            services: PROTECTED.iter().filter_map(|code| code.parse().ok()).collect(),
            total_in_steps_of: 50,
        }
    }
}

impl App {
    /// Whether petitions of this service are protected from filing on.
    pub fn is_protected(&self, service: Code) -> bool {
        self.office().settings.protection.services.contains(&service)
    }

    /// The room where a petition of this service belongs, if that is not this one. Errors: this process has no keys to it; the
    /// petition is then not taken at all, rather than laid where others would read it.
    pub(crate) fn room_for(&self, service: Code) -> Result<Option<App>, Trouble> {
        if self.is_inside() || !self.is_protected(service) {
            return Ok(None);
        }
        match self.protected() {
            Some(room) => Ok(Some(room)),
            None => Err(Trouble::Unavailable(
                "protected petitions cannot be taken here: this process has no keys to their place".into(),
            )),
        }
    }

    /// The room where a citizen's own petition lies, if that is not this one: to its petitioner the house has no walls.
    pub(crate) async fn elsewhere(&self, who: &Who, id: PetitionId) -> Result<Option<App>, Trouble> {
        if !matches!(who, Who::Citizen(_)) || self.is_inside() {
            return Ok(None);
        }
        let Some(room) = self.protected() else {
            return Ok(None);
        };
        Ok(room.head(id).await?.map(|_| room))
    }

    /// The petition with this number, and the room it lies in; for those who prove that it is theirs.
    pub(crate) async fn anywhere(&self, number: FilingNumber) -> Result<Option<(App, Petition)>, Trouble> {
        for room in self.rooms() {
            if let Some(petition) = room.by_filing_number(number).await? {
                return Ok(Some((room, petition)));
            }
        }
        Ok(None)
    }

    /// Whether an official holds a seat inside today.
    pub fn is_entitled(&self, official: OfficialId) -> bool {
        let inside = self.closed.as_ref().filter(|_| self.places.protected.is_some());
        inside.is_some_and(|room| room.office().staff.posts.contains_key(&official))
    }

    /// 입실 — an entitled official confirms who they are and goes into the 보안민원실. The ordinary session ends; what is typed in one
    /// room can never be sent in the other. Who has a second factor must have shown it a moment ago ([`App::fresh`]). Errors: not
    /// entitled, or not recognised, both in the same words.
    pub async fn go_inside(
        &self,
        open: &OpenSession,
        password: &str,
        origin: &[u8],
    ) -> Result<OpenSession, NotLetIn> {
        let Subject::Official(id) = open.session.subject else {
            return Err(NotLetIn::Wrong);
        };
        let room = self.protected().ok_or(NotLetIn::Wrong)?;
        let secured = self.secured(id).await?;
        if secured.is_factored() && !self.fresh(open) {
            return Err(NotLetIn::Wrong);
        }
        let key = crypto::hash::sha256("minwon room", &[&open.session.key]);
        self.throttled(key, TRIES, 600_000).await?;
        if !self.is_password_of(id, password).await? {
            return Err(NotLetIn::Wrong);
        }
        self.places.live.throttle_clear(&key).await?;
        if !self.is_entitled(id) {
            return Err(NotLetIn::Wrong);
        }
        let coming = Coming {
            proven_at: Some(self.now()),
            origin: origin.to_vec(),
            ..open.session.coming.clone()
        };
        let inside = room.begin_session_as(Subject::Official(id), coming).await?;
        room.note(id, "enter_room", None, origin).await?;
        self.end_session(&open.session).await?;
        Ok(inside)
    }

    /// 퇴실 — back to the ordinary room, with a new session there.
    pub async fn go_outside(
        &self,
        open: &OpenSession,
        origin: &[u8],
    ) -> Result<Option<OpenSession>, Trouble> {
        let Subject::Official(id) = open.session.subject else {
            return Ok(None);
        };
        self.note(id, "leave_room", None, origin).await?;
        self.end_session(&open.session).await?;
        let outside = self.ordinary();
        if outside.office().who(id, self.now()).is_none() {
            return Ok(None);
        }
        let coming = open.session.coming.clone();
        Ok(Some(
            outside.begin_session_as(Subject::Official(id), coming).await?,
        ))
    }

    /// Writes down in the ledger of this room what an official did that is no act on a petition.
    pub(crate) async fn note(
        &self,
        official: OfficialId,
        deed: &str,
        petition: Option<PetitionId>,
        origin: &[u8],
    ) -> Result<(), Trouble> {
        let mut batch = Batch::new();
        let look = self.look_by(domain::terms::By::Official(official), deed, petition, 0, origin);
        batch.look(self.id(), &look);
        Ok(self.here.commit(batch, Urgency::User).await?)
    }

    /// Brings a petitioner into this room's vault: name and contact as the other room has them now.
    pub(crate) async fn bring_person(
        &self,
        from: &App,
        batch: &mut Batch,
        person: PersonId,
        now: At,
    ) -> Result<(), Trouble> {
        let Some(contact) = from.contact(person).await? else {
            return Ok(());
        };
        match self.here.contact_text(person).await? {
            None => {
                batch.person(
                    &self.here,
                    person,
                    TextId(self.id()),
                    &contact,
                    now,
                    &mut self.fill(),
                )?;
            }
            Some(old) if self.contact(person).await?.as_ref() != Some(&contact) => {
                let key = self.here.key_of(person.bytes()).await?;
                batch.contact_changed(&key, person, old, TextId(self.id()), &contact, &mut self.fill())?;
            }
            Some(_) => {}
        }
        Ok(())
    }

    /// 연간 총계 — how many protected petitions were filed in a year that is over, rounded down; the only number that leaves the
    /// room. `None` for a year that is not over, where the agency publishes none, and without the keys.
    pub async fn protected_total(&self, year: i16) -> Result<Option<u64>, Trouble> {
        let office = self.office();
        let step = u64::from(office.settings.protection.total_in_steps_of);
        let (Some(room), true) = (self.protected(), step > 0 && year < office.day.year()) else {
            return Ok(None);
        };
        let filed = room.here.filed_in(year).await?;
        Ok(Some(filed / step * step))
    }

    /// Who holds which seat inside, from when until when; for those who administer the room, and the operator.
    pub async fn seats_inside(&self, who: &Who) -> Result<Vec<Term<Post>>, Unseated> {
        self.administers_room(who)?;
        let room = self.protected().ok_or(Unseated::NotYours)?;
        Ok(room.here.post_terms().await?)
    }

    /// 인가 — gives an official a seat inside from today on, until a day or further notice. Written down inside, with who did it.
    pub async fn entitle(
        &self,
        who: &Who,
        official: OfficialId,
        seat: Seat,
        unit: UnitId,
        until: Option<Date>,
        call: &Call,
    ) -> Result<(), Unseated> {
        self.administers_room(who)?;
        let room = self.protected().ok_or(Unseated::NotYours)?;
        let office = self.ordinary().office();
        if !office.officials.contains_key(&official) || !office.units.contains_key(&unit) {
            return Err(Unseated::Unknown);
        }
        if until.is_some_and(|until| until < office.day) {
            return Err(Unseated::DayPast);
        }
        let post = Post { official, unit, seat };
        let mut batch = Batch::new();
        batch.post(post, office.day, until);
        room.seat_changed(&mut batch, who, "entitled", post, until, call)?;
        room.here.commit(batch, Urgency::User).await?;
        Ok(self.reload().await?)
    }

    /// 인가 해제 — from today on. The last one who administers the room stays, or nobody could let anybody in again.
    pub async fn end_entitlement(
        &self,
        who: &Who,
        official: OfficialId,
        seat: Seat,
        unit: UnitId,
        call: &Call,
    ) -> Result<(), Unseated> {
        let terms = self.seats_inside(who).await?;
        let room = self.protected().ok_or(Unseated::NotYours)?;
        let today = self.ordinary().office().day;
        let holds = |term: &&Term<Post>| term.from <= today && term.to.is_none_or(|to| to >= today);
        let same = |term: &&Term<Post>| {
            term.what.official == official && term.what.seat == seat && term.what.unit == unit
        };
        let term = (terms.iter().filter(holds)).find(same).ok_or(Unseated::Unknown)?;
        let others = (terms.iter().filter(holds))
            .filter(|other| other.what.seat == Seat::Administrator && other.what != term.what);
        if seat == Seat::Administrator && others.count() == 0 {
            return Err(Unseated::LastOne);
        }
        let yesterday = today.yesterday().map_err(|_| Unseated::DayPast)?;
        let mut batch = Batch::new();
        batch.post_ends(term.what, term.from, yesterday);
        room.seat_changed(
            &mut batch,
            who,
            "entitlement_ended",
            term.what,
            Some(yesterday),
            call,
        )?;
        room.here.commit(batch, Urgency::User).await?;
        Ok(self.reload().await?)
    }

    fn administers_room(&self, who: &Who) -> Result<(), Unseated> {
        let Some(room) = self.protected() else {
            return Err(Unseated::NotYours);
        };
        let office = room.office();
        let administers = |official: OfficialId| {
            let posts = office.staff.posts.get(&official);
            posts.is_some_and(|posts| posts.iter().any(|post| post.seat == Seat::Administrator))
        };
        match who {
            Who::System => Ok(()),
            Who::Official(official) if administers(official.id) => Ok(()),
            Who::Official(_) | Who::Citizen(_) => Err(Unseated::NotYours),
        }
    }

    fn seat_changed(
        &self,
        batch: &mut Batch,
        who: &Who,
        what: &str,
        post: Post,
        until: Option<Date>,
        call: &Call,
    ) -> Result<(), Trouble> {
        let body = serde_json::json!({ "seat": post.seat, "unit": post.unit, "until": until });
        let change = Change {
            at: self.now(),
            by: who.by(),
            origin: call.origin.clone(),
            what: what.to_owned(),
            subject: post.official.bytes(),
            body: body.to_string(),
        };
        let id = self.id();
        batch.change(id, &change);
        Ok(batch.seats_by(id, who.by(), &call.origin, self.now())?)
    }
}

/// Why a seat inside was not given or ended.
#[derive(Debug, thiserror::Error)]
pub enum Unseated {
    /// Whoever asks does not administer the room.
    #[error("not yours to give")]
    NotYours,
    /// No such official, unit or seat today.
    #[error("there is no such official, unit or seat")]
    Unknown,
    /// The last day lies in the past.
    #[error("the last day lies in the past")]
    DayPast,
    /// Nobody else administers the room.
    #[error("nobody else could let anybody in again")]
    LastOne,
    /// The machine.
    #[error(transparent)]
    Trouble(#[from] Trouble),
}

crate::from_trouble!(Unseated: store::engine::ReadError, store::batch::CommitFault);
