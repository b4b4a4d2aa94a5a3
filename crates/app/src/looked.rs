//! 열람 내역 — which office looked at a petition and when, told to its petitioner (개인정보의 안전성 확보조치 기준 제8조, 개인정보 보호법 제35조).
//!
//! What is told is read from the ledger: the department at that time, the kind of act, when and how often; the person only where the
//! agency has set it so.

use crate::App;
use crate::act::ActError;
use crate::gate::Naming;
use domain::access::Who;
use domain::id::{OfficialId, PetitionId, UnitId};
use domain::life::Deed;
use domain::terms::By;
use domain::time::At;
use jiff::civil::Date;
use store::office::Post;
use store::people::Term;

/// What an office did, in the words of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// 민원 열람.
    Look,
    /// 첨부 열람.
    OpenFile,
    /// 연락처 열람.
    Contact,
    /// 출력·저장.
    Export,
    /// 민원 처리.
    Handle,
}

impl Doing {
    /// The code in locale files.
    pub const fn code(self) -> &'static str {
        match self {
            Doing::Look => "look",
            Doing::OpenFile => "open_file",
            Doing::Contact => "contact",
            Doing::Export => "export",
            Doing::Handle => "handle",
        }
    }

    /// What a deed of the ledger is.
    pub fn of(deed: &str) -> Doing {
        match deed {
            "open_file" => Doing::OpenFile,
            "reveal" => Doing::Contact,
            "export" | "print" => Doing::Export,
            deed if deed.parse::<Deed>().is_ok() => Doing::Handle,
            _ => Doing::Look,
        }
    }
}

/// What an office did to a petition on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeLook {
    /// The first time.
    pub first: At,
    /// The last time.
    pub last: At,
    /// The department at that time; `None` where it cannot be told any more.
    pub unit: Option<UnitId>,
    /// The person, where the agency tells it.
    pub name: Option<String>,
    /// What.
    pub doing: Doing,
    /// How often.
    pub n: u32,
}

impl App {
    /// Which offices did what to a citizen's own petition, the newest first: the page that begins behind `skip` lines, at most
    /// `limit`, and whether there is more.
    pub async fn looked_at(
        &self,
        who: &Who,
        id: PetitionId,
        skip: usize,
        limit: usize,
    ) -> Result<(Vec<OfficeLook>, bool), ActError> {
        if let Some(room) = self.elsewhere(who, id).await? {
            return Box::pin(room.looked_at(who, id, skip, limit)).await;
        }
        let Who::Citizen(_) = who else {
            return Err(ActError::NotFound);
        };
        let head = self.head(id).await?.ok_or(ActError::NotFound)?;
        if !self.sight(who).admits(&head.petition) {
            return Err(ActError::NotFound);
        }
        let naming = self.gate_settings().await?.names;
        let mut posts = self.places.live.post_terms().await?;
        if self.is_inside() {
            posts.extend(self.here.post_terms().await?);
        }
        let office = self.office();
        let mut all: Vec<(Date, OfficeLook)> = Vec::new();
        for look in self.here.looks(id).await? {
            let (By::Official(official), Some(day)) = (look.by, look.at.date()) else {
                continue;
            };
            let unit = unit_then(&posts, official, day, head.petition.unit);
            let name = match naming {
                Naming::Department => None,
                Naming::Name => office.person(official).map(|person| person.name.clone()),
            };
            let doing = Doing::of(&look.deed);
            let same = all
                .iter_mut()
                .rev()
                .take_while(|(on, _)| *on == day)
                .find(|(_, line)| line.unit == unit && line.doing == doing && line.name == name);
            match same {
                Some((_, line)) => {
                    line.last = look.at;
                    line.n += 1;
                }
                None => all.push((
                    day,
                    OfficeLook {
                        first: look.at,
                        last: look.at,
                        unit,
                        name,
                        doing,
                        n: 1,
                    },
                )),
            }
        }
        all.sort_by_key(|(_, line)| std::cmp::Reverse(line.last));
        let more = all.len() > skip + limit;
        let page = all.into_iter().skip(skip).take(limit).map(|(_, line)| line);
        Ok((page.collect(), more))
    }
}

/// The department somebody sat in on a day: the one that has the petition, where it was one of theirs.
fn unit_then(
    posts: &[Term<Post>],
    official: OfficialId,
    day: Date,
    preferred: Option<UnitId>,
) -> Option<UnitId> {
    let mut units = (posts.iter())
        .filter(|term| term.what.official == official)
        .filter(|term| term.from <= day && term.to.is_none_or(|to| day <= to))
        .map(|term| term.what.unit);
    let first = units.clone().next();
    preferred.filter(|unit| units.any(|held| held == *unit)).or(first)
}
