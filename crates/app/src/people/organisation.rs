//! 조직 관리 — units and officials with the days they are valid from and to, successors of closed units, and their history.

use super::{OfficeError, official};
use crate::App;
use crate::act::Call;
use domain::access::Who;
use domain::id::{OfficialId, UnitId};
use domain::organisation::{Fault, administers, fits_as_code};
use domain::terms::Seat;
use jiff::civil::Date;
use serde::Serialize;
use store::batch::Batch;
use store::engine::Urgency;
use store::office::{Person, Post, Unit};
use store::people::{Change, Term};
use store::seats::SeatRecord;

/// The shortest password taken, in characters.
pub const SHORTEST: usize = 10;
/// Changes shown.
const CHANGES: u32 = 200;
/// So many seats given and ended are shown.
const SEATS: u32 = 1_000;

/// The whole organisation with its days.
#[derive(Debug, Clone, Default)]
pub struct Organisation {
    /// Every version of every unit, by code and day.
    pub units: Vec<Term<Unit>>,
    /// Every official, by log-in name.
    pub officials: Vec<Term<Person>>,
    /// Every seat.
    pub posts: Vec<Term<Post>>,
    /// Who succeeds which unit from which day.
    pub successions: Vec<(UnitId, UnitId, Date)>,
}

/// What is said of a unit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct UnitSaid {
    /// The office's own code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Name in English.
    pub name_en: String,
    /// The unit above, by code; empty for none.
    pub parent: String,
    /// Telephone.
    pub phone: String,
    /// Telefax.
    pub fax: String,
    /// Address.
    pub address: String,
    /// Mail address.
    pub mail: String,
}

/// What is said of an official.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct OfficialSaid {
    /// Log-in name; never changed later.
    pub login: String,
    /// 성명.
    pub name: String,
    /// 직위·직급.
    pub title: String,
    /// Telephone.
    pub phone: String,
    /// Mail address.
    pub mail: String,
}

/// The seats an official holds in a unit from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// Who.
    pub official: OfficialId,
    /// Where.
    pub unit: UnitId,
    /// As what.
    pub seats: Vec<Seat>,
    /// From which day.
    pub from: Date,
    /// What becomes of seats in other units.
    pub others: Others,
}

/// What becomes of an official's seats in other units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Others {
    /// They end: a transfer (전보).
    End,
    /// They stay: two posts at once (겸임).
    Stay,
}

#[derive(Serialize)]
struct Closed<'a> {
    name: &'a str,
    last_day: Date,
    successors: Vec<&'a str>,
}

#[derive(Serialize)]
struct Days<'a, T> {
    from: Date,
    #[serde(flatten)]
    what: &'a T,
}

impl Organisation {
    /// The version of a unit valid on `day`.
    pub fn unit_on(&self, id: UnitId, day: Date) -> Option<&Term<Unit>> {
        self.units
            .iter()
            .find(|term| term.what.id == id && term.holds(day))
    }

    /// The unit with this code on `day`.
    pub fn unit_by_code(&self, code: &str, day: Date) -> Option<&Term<Unit>> {
        (self.units.iter()).find(|term| term.what.code == code && term.holds(day))
    }

    /// An official by log-in name, also one who has left.
    pub fn by_login(&self, login: &str) -> Option<&Term<Person>> {
        self.officials.iter().find(|term| term.what.login == login)
    }

    /// The seats of an official that hold on `day` or begin later.
    pub fn posts_of(&self, id: OfficialId, day: Date) -> impl Iterator<Item = &Term<Post>> {
        (self.posts.iter()).filter(move |term| {
            term.what.official == id && term.to.is_none_or(|to| to >= day && to >= term.from)
        })
    }

    /// The writes that put a unit as said from a day on, and its identity.
    pub(crate) fn keep_unit(
        &self,
        batch: &mut Batch,
        id: Option<UnitId>,
        fresh: UnitId,
        said: &UnitSaid,
        from: Date,
    ) -> Result<UnitId, OfficeError> {
        if said.name.trim().is_empty() {
            return Err(Fault::NameMissing.into());
        }
        if !fits_as_code(&said.code) {
            return Err(Fault::CodeUnfit.into());
        }
        let taken = (self.units.iter()).any(|term| {
            term.what.code == said.code && Some(term.what.id) != id && term.to.is_none_or(|to| to >= from)
        });
        if taken {
            return Err(Fault::Taken.into());
        }
        let parent = said.parent.is_empty() || self.unit_by_code(&said.parent, from).is_some();
        if !parent || said.parent == said.code {
            return Err(Fault::UnitUnknown.into());
        }
        let unit = Unit {
            id: id.unwrap_or(fresh),
            code: said.code.clone(),
            name: said.name.trim().to_owned(),
            name_en: said.name_en.trim().to_owned(),
            parent: said.parent.clone(),
            phone: said.phone.trim().to_owned(),
            fax: said.fax.trim().to_owned(),
            address: said.address.trim().to_owned(),
            mail: said.mail.trim().to_owned(),
        };
        let mut to = None;
        if let Some(id) = id {
            let term = self.unit_on(id, from).ok_or(Fault::Unknown)?;
            to = term.to;
            if term.from < from {
                batch.unit_ends(id, term.from, from.yesterday().map_err(|_| Fault::DayUnfit)?);
            }
        }
        batch.unit(&unit, from, to)?;
        Ok(unit.id)
    }

    /// The writes that close a unit after `last_day`. Its seats go on in the first successor.
    pub(crate) fn close_unit(
        &self,
        batch: &mut Batch,
        id: UnitId,
        last_day: Date,
        successors: &[UnitId],
    ) -> Result<(), OfficeError> {
        let next = last_day.tomorrow().map_err(|_| Fault::DayUnfit)?;
        let term = self.unit_on(id, last_day).ok_or(Fault::Unknown)?;
        let heir = *successors.first().ok_or(Fault::SuccessorMissing)?;
        let fit = |unit: &UnitId| *unit != id && self.unit_on(*unit, next).is_some();
        if !successors.iter().all(fit) {
            return Err(Fault::SuccessorUnfit.into());
        }
        batch.unit_ends(id, term.from, last_day);
        batch.succession(id, successors, next);
        for post in &self.posts {
            let open = post.what.unit == id && post.to.is_none_or(|to| to > last_day);
            if !open {
                continue;
            }
            batch.post_ends(post.what, post.from, last_day);
            let moved = Post {
                unit: heir,
                ..post.what
            };
            batch.post(moved, next.max(post.from), post.to);
        }
        Ok(())
    }

    /// The writes that put the seats of an official as said from a day on.
    pub(crate) fn keep_posts(&self, batch: &mut Batch, posted: &Posted) -> Result<(), OfficeError> {
        if self.unit_on(posted.unit, posted.from).is_none() {
            return Err(Fault::UnitUnknown.into());
        }
        let day_before = posted.from.yesterday().map_err(|_| Fault::DayUnfit)?;
        let mut kept = Vec::new();
        for post in self.posts_of(posted.official, posted.from) {
            let here = post.what.unit == posted.unit;
            let stays = if here {
                posted.seats.contains(&post.what.seat) && post.from <= posted.from
            } else {
                posted.others == Others::Stay
            };
            if stays && here {
                kept.push(post.what.seat);
            } else if !stays {
                batch.post_ends(post.what, post.from, day_before);
            }
        }
        for seat in posted.seats.iter().filter(|seat| !kept.contains(seat)) {
            let post = Post {
                official: posted.official,
                unit: posted.unit,
                seat: *seat,
            };
            batch.post(post, posted.from, None);
        }
        Ok(())
    }

    /// What is wrong with what is said of a new official.
    pub(crate) fn fits_new(&self, said: &OfficialSaid) -> Result<(), Fault> {
        if said.name.trim().is_empty() {
            return Err(Fault::NameMissing);
        }
        if !fits_as_code(&said.login) {
            return Err(Fault::CodeUnfit);
        }
        if self.by_login(&said.login).is_some() {
            return Err(Fault::Taken);
        }
        Ok(())
    }
}

/// An official as said.
pub(crate) fn person(id: OfficialId, said: &OfficialSaid) -> Person {
    Person {
        id,
        login: said.login.clone(),
        name: said.name.trim().to_owned(),
        title: said.title.trim().to_owned(),
        phone: said.phone.trim().to_owned(),
        mail: said.mail.trim().to_owned(),
    }
}

impl App {
    /// Refuses whoever does not administer the office; the operator's commands may.
    pub(crate) fn administered(&self, who: &Who) -> Result<(), OfficeError> {
        match who {
            Who::System => Ok(()),
            Who::Official(_) | Who::Citizen(_) if official(who).is_ok_and(administers) => Ok(()),
            Who::Official(_) | Who::Citizen(_) => Err(Fault::NotYours.into()),
        }
    }

    fn not_past(&self, day: Date) -> Result<(), OfficeError> {
        if day < self.office().day {
            return Err(Fault::DayPast.into());
        }
        Ok(())
    }

    /// The organisation with its days, for who administers it.
    pub async fn organisation(&self, who: &Who) -> Result<Organisation, OfficeError> {
        self.administered(who)?;
        let place = &self.places.live;
        Ok(Organisation {
            units: place.unit_versions().await?,
            officials: place.official_terms().await?,
            posts: place.post_terms().await?,
            successions: place.successions().await?,
        })
    }

    /// The last changes of the office, newest first.
    pub async fn office_changes(&self, who: &Who) -> Result<Vec<Change>, OfficeError> {
        self.administered(who)?;
        Ok(self.places.live.changes(CHANGES).await?)
    }

    /// 권한 기록 — the last seats given and ended, with who did it (안전성 확보조치 기준 제5조제3항), newest first.
    pub async fn seat_records(&self, who: &Who) -> Result<Vec<SeatRecord>, OfficeError> {
        self.administered(who)?;
        Ok(self.places.live.seat_records(SEATS).await?)
    }

    /// Adds a unit (`id` is `None`) or changes one from a day on.
    pub async fn keep_unit(
        &self,
        who: &Who,
        id: Option<UnitId>,
        said: &UnitSaid,
        from: Date,
        call: &Call,
    ) -> Result<UnitId, OfficeError> {
        let organisation = self.organisation(who).await?;
        self.not_past(from)?;
        let mut batch = Batch::new();
        let kept = organisation.keep_unit(&mut batch, id, UnitId(self.id()), said, from)?;
        let what = if id.is_some() {
            "unit_changed"
        } else {
            "unit_added"
        };
        self.changed(
            &mut batch,
            who,
            what,
            kept.bytes(),
            &Days { from, what: said },
            call,
        )?;
        self.places.live.commit(batch, Urgency::User).await?;
        self.reload().await?;
        Ok(kept)
    }

    /// Closes a unit after `last_day`; its open petitions go to its successors by events of their own (duty `reorganise`).
    pub async fn close_unit(
        &self,
        who: &Who,
        id: UnitId,
        last_day: Date,
        successors: &[UnitId],
        call: &Call,
    ) -> Result<(), OfficeError> {
        let organisation = self.organisation(who).await?;
        self.not_past(last_day.tomorrow().map_err(|_| Fault::DayUnfit)?)?;
        let mut batch = Batch::new();
        organisation.close_unit(&mut batch, id, last_day, successors)?;
        let next = last_day.tomorrow().map_err(|_| Fault::DayUnfit)?;
        let name = |unit: &UnitId| {
            let term = organisation.unit_on(*unit, next);
            term.map_or("", |term| term.what.name.as_str())
        };
        let closed = Closed {
            name: (organisation.unit_on(id, last_day)).map_or("", |term| term.what.name.as_str()),
            last_day,
            successors: successors.iter().map(name).collect(),
        };
        self.changed(&mut batch, who, "unit_closed", id.bytes(), &closed, call)?;
        self.places.live.commit(batch, Urgency::User).await?;
        Ok(self.reload().await?)
    }

    /// Adds an official with seats from a day on. Without a password nobody can log in with the account yet.
    pub async fn add_official(
        &self,
        who: &Who,
        said: &OfficialSaid,
        posted: &Posted,
        password: Option<&str>,
        call: &Call,
    ) -> Result<OfficialId, OfficeError> {
        let organisation = self.organisation(who).await?;
        self.not_past(posted.from)?;
        organisation.fits_new(said)?;
        let phc = password.map(|password| self.phc(password)).transpose()?;
        let id = OfficialId(self.id());
        let mut batch = Batch::new();
        batch.official(&person(id, said), &phc.unwrap_or_default(), posted.from, None)?;
        let posted = Posted {
            official: id,
            ..posted.clone()
        };
        organisation.keep_posts(&mut batch, &posted)?;
        let days = Days {
            from: posted.from,
            what: said,
        };
        self.changed(&mut batch, who, "official_added", id.bytes(), &days, call)?;
        self.places.live.commit(batch, Urgency::User).await?;
        self.reload().await?;
        Ok(id)
    }

    /// Changes name, title and contact of an official at once.
    pub async fn change_official(
        &self,
        who: &Who,
        id: OfficialId,
        said: &OfficialSaid,
        call: &Call,
    ) -> Result<(), OfficeError> {
        let organisation = self.organisation(who).await?;
        let known = (organisation.officials.iter()).find(|term| term.what.id == id);
        let login = known.ok_or(Fault::Unknown)?.what.login.clone();
        if said.name.trim().is_empty() {
            return Err(Fault::NameMissing.into());
        }
        let said = OfficialSaid {
            login,
            ..said.clone()
        };
        let mut batch = Batch::new();
        batch.official_changed(&person(id, &said))?;
        self.changed(&mut batch, who, "official_changed", id.bytes(), &said, call)?;
        self.places.live.commit(batch, Urgency::User).await?;
        Ok(self.reload().await?)
    }

    /// 발령 — puts the seats of an official from a day on.
    pub async fn post_official(&self, who: &Who, posted: &Posted, call: &Call) -> Result<(), OfficeError> {
        #[derive(Serialize)]
        struct Said<'a> {
            name: &'a str,
            unit: &'a str,
            seats: Vec<&'a str>,
        }
        let organisation = self.organisation(who).await?;
        self.not_past(posted.from)?;
        let term = (organisation.officials.iter()).find(|term| term.what.id == posted.official);
        let name = &term.ok_or(Fault::Unknown)?.what.name;
        let mut batch = Batch::new();
        organisation.keep_posts(&mut batch, posted)?;
        let unit = organisation.unit_on(posted.unit, posted.from);
        let said = Said {
            name,
            unit: unit.map_or("", |term| term.what.name.as_str()),
            seats: posted.seats.iter().map(|seat| seat.code()).collect(),
        };
        let days = Days {
            from: posted.from,
            what: &said,
        };
        self.changed(
            &mut batch,
            who,
            "official_posted",
            posted.official.bytes(),
            &days,
            call,
        )?;
        self.places.live.commit(batch, Urgency::User).await?;
        Ok(self.reload().await?)
    }

    /// The last day of an official; the seats end with it. Nothing is deleted: what they did keeps their name.
    pub async fn end_official(
        &self,
        who: &Who,
        id: OfficialId,
        last_day: Date,
        call: &Call,
    ) -> Result<(), OfficeError> {
        #[derive(Serialize)]
        struct Said<'a> {
            name: &'a str,
            last_day: Date,
        }
        let organisation = self.organisation(who).await?;
        self.not_past(last_day.tomorrow().map_err(|_| Fault::DayUnfit)?)?;
        let term = (organisation.officials.iter()).find(|term| term.what.id == id);
        let name = &term.ok_or(Fault::Unknown)?.what.name;
        let mut batch = Batch::new();
        batch.official_ends(id, Some(last_day));
        for post in organisation.posts_of(id, last_day) {
            if post.to.is_none_or(|to| to > last_day) {
                batch.post_ends(post.what, post.from, last_day);
            }
        }
        self.changed(
            &mut batch,
            who,
            "official_ended",
            id.bytes(),
            &Said { name, last_day },
            call,
        )?;
        self.places.live.commit(batch, Urgency::User).await?;
        Ok(self.reload().await?)
    }

    /// Gives an official a new password; it stands in no history.
    pub async fn set_password(
        &self,
        who: &Who,
        id: OfficialId,
        password: &str,
        call: &Call,
    ) -> Result<(), OfficeError> {
        let organisation = self.organisation(who).await?;
        let term = (organisation.officials.iter()).find(|term| term.what.id == id);
        let term = term.ok_or(Fault::Unknown)?;
        let phc = self.phc(password)?;
        let mut batch = Batch::new();
        batch.official(&term.what, &phc, term.from, term.to)?;
        self.changed(&mut batch, who, "password_set", id.bytes(), &term.what.name, call)?;
        self.places.live.commit(batch, Urgency::User).await?;
        Ok(self.reload().await?)
    }

    fn phc(&self, password: &str) -> Result<String, OfficeError> {
        if password.chars().count() < SHORTEST || password.len() > crypto::password::LONGEST {
            return Err(Fault::PasswordUnfit.into());
        }
        Ok(crypto::password::hash(password, &mut self.fill()))
    }
}
