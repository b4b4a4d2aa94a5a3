//! 나의 민원 — the list, and what a citizen may do: supplement, ask for more time, consent, withdraw, rate.

use super::{
    ONCE, again, attached, files as files_of,
    identity::{doors, name_of},
    limits, named,
};
use crate::{
    Web,
    form::{self, Field, Read, Shape},
    route::To,
    security::Fault,
    session::{Asked, Citizen, Visitor, with_done},
    view::{
        Filled, Message, Paging, View,
        citizen::{
            identity::{Own, TiedRow},
            mine::{Consent, Mine, Rate, Supplement, SupplementTime, Withdraw},
        },
    },
};
use app::{
    act::ActError,
    desk::Case,
    face,
    words::{self, Raw},
};
use axum::{
    body::Bytes,
    extract::{Multipart, Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    act::Act, assurance::Assurance, decide::PROLONGATIONS, id::PetitionId, life::Deed, petition::Petition,
    refusal::Refusal, time::At,
};
use jiff::civil::Date;

/// Petitions on one page.
const PAGE: u32 = 20;

/// `GET /my`
pub async fn list(
    State(web): State<Web>,
    citizen: Citizen,
    Query(turn): Query<super::open::Turn>,
) -> Result<Response, Fault> {
    let view = mine(&web, &citizen, turn, Filled::default()).await?;
    web.page(&citizen.asked, Some(&citizen.person), &view)
}

/// The same page, with what a form of it was not taken for.
pub(super) async fn again_with(web: &Web, citizen: &Citizen, why: &str) -> Result<Response, Fault> {
    let form = Filled::default().wrong("", Message::new(why));
    let view = mine(web, citizen, super::open::Turn::default(), form).await?;
    let person = Some(&citizen.person);
    web.page_again(&citizen.asked, person, &view, StatusCode::UNPROCESSABLE_ENTITY)
}

async fn mine(web: &Web, citizen: &Citizen, turn: super::open::Turn, form: Filled) -> Result<Mine, Fault> {
    let behind = turn.older.as_deref().and_then(face::behind);
    let first = behind.is_none();
    let list = web.app.petitions_of(&citizen.who(), behind, PAGE).await?;
    let drafts = web.app.drafts(citizen.person.id.bytes()).await?;
    let view = Mine {
        rows: list.items.iter().map(super::petition::row).collect(),
        paging: Paging {
            older: list.next.map(face::mark),
            // Back to the first page; every page before the present one is one turn away from there.
            newer: (!first).then(|| "first".to_owned()),
        },
        drafts: drafts.len() as u32,
        own: own(web, citizen).await?,
        form,
    };
    Ok(view)
}

/// 로그인 연락처 and 내 본인확인.
async fn own(web: &Web, citizen: &Citizen) -> Result<Own, Fault> {
    let lang = citizen.asked.visit.lang;
    let doors = doors(web, Assurance::None, lang);
    let tied: Vec<TiedRow> = (web.app.ties(citizen.person.id).await?.into_iter())
        .map(|tied| TiedRow {
            handle: tied.handle,
            provider: match web.app.provider(&tied.provider) {
                Some(provider) => name_of(provider, lang),
                None => web.word(lang, &format!("means-{}", tied.means), &tied.provider),
            },
            means: tied.means,
            name: tied.name,
            since: tied.since,
            shown: tied.shown,
        })
        .collect();
    Ok(Own {
        reaches: super::reach::rows(web, citizen).await?,
        tied,
        doors,
    })
}

/// An act's page: the citizen, the case, and how the petition is called in addresses.
pub(super) struct Open {
    pub(super) citizen: Citizen,
    pub(super) id: PetitionId,
    pub(super) case: Case,
    pub(super) number: String,
    pub(super) title: String,
}

impl Open {
    pub(super) async fn new(web: &Web, citizen: Citizen, number: &str) -> Result<Open, Fault> {
        let id = named(web, &citizen, number).await?;
        let case = web.app.case(&citizen.who(), id, &citizen.asked.call("")).await?;
        Ok(Open {
            number: case.petition.number.to_string(),
            title: case
                .texts
                .text(case.petition.title)
                .unwrap_or_default()
                .to_owned(),
            citizen,
            id,
            case,
        })
    }

    fn p(&self) -> &Petition {
        &self.case.petition
    }

    fn asked(&self) -> &Asked {
        &self.citizen.asked
    }

    /// Why an act is not open to the citizen now.
    fn possible(&self, deed: Deed) -> Result<(), Refusal> {
        let known = self.case.deeds.iter().find(|(d, _)| *d == deed);
        known.map_or(Err(Refusal::NotInProcedure), |(_, why)| *why)
    }

    /// The form, or the petition's page where the act is not possible now.
    pub(super) fn page<V: View>(&self, web: &Web, deed: Deed, view: &V) -> Result<Response, Fault> {
        match self.possible(deed) {
            Ok(()) => web.page(self.asked(), Some(&self.citizen.person), view),
            Err(refusal) => Err(ActError::Refused(refusal).into()),
        }
    }

    /// The form again, for what is wrong with it.
    pub(super) fn wrong<V: View>(&self, web: &Web, view: &V) -> Result<Response, Fault> {
        let person = Some(&self.citizen.person);
        web.page_again(self.asked(), person, view, StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// Does the act and shows the petition, or the form again with the reason why not.
    pub(super) async fn act<V: View>(
        &self,
        web: &Web,
        act: Act<Raw>,
        read: Read,
        done: &str,
        page: impl FnOnce(Filled) -> V,
    ) -> Result<Response, Fault> {
        let call = self.asked().call(read.get("once"));
        match web.app.act(&self.citizen.who(), self.id, act, &call).await {
            Ok(_) => {
                let way = To::Petition(self.number.clone());
                Ok(Redirect::to(&with_done(&way, done)).into_response())
            }
            Err(error) => again(web, self.asked(), Some(&self.citizen.person), error, |told| {
                page(read.filled.wrong("", told))
            }),
        }
    }
}

/// Opens the petition for a form that holds much writing. Where the store is away, or the session has ended meanwhile, the
/// form comes back as it was sent: `blank` is the page without what only the store knows.
pub(super) async fn reopen<V: View>(
    web: &Web,
    asked: &Asked,
    number: &str,
    read: &Read,
    blank: impl FnOnce(Filled) -> V,
) -> Result<Open, Result<Response, Fault>> {
    let (status, why) = match web.visitor(asked.clone()).await {
        Err(trouble) => {
            let told = super::told(&trouble);
            (Fault::from(trouble).status, told)
        }
        Ok(Visitor { person: None, .. }) => (StatusCode::FORBIDDEN, Message::new("trouble-signed-out")),
        Ok(Visitor {
            asked,
            person: Some(person),
        }) => match Open::new(web, Citizen { asked, person }, number).await {
            Ok(open) => return Ok(open),
            Err(fault) if fault.status != StatusCode::SERVICE_UNAVAILABLE => return Err(Err(fault)),
            Err(fault) => (fault.status, Message::new("trouble-away")),
        },
    };
    let view = blank(read.filled.clone().wrong("", why));
    Err(web.page_again(asked, None, &view, status))
}

/// The `once` of a form drawn again is the one it came with.
pub(super) fn once(web: &Web, form: &Filled) -> String {
    let known = form.values.get("once").filter(|once| !once.is_empty());
    known.cloned().unwrap_or_else(|| web.once())
}

fn supplement_page(web: &Web, open: &Open, form: Filled) -> Supplement {
    let asked = open.p().supplement;
    Supplement {
        number: open.number.clone(),
        title: open.title.clone(),
        asked: asked
            .and_then(|s| open.case.texts.text(s.what))
            .unwrap_or_default()
            .to_owned(),
        due_at: Some(end_of_supplement(open.p())),
        prolong_left: asked.map_or(0, |s| PROLONGATIONS.saturating_sub(s.prolonged)),
        limits: limits(web),
        once: once(web, &form),
        form,
    }
}

/// The first moment after the last day for the supplement.
pub fn end_of_supplement(p: &Petition) -> At {
    let next = p.supplement.and_then(|s| s.until.tomorrow().ok());
    next.map_or(p.recorded_at, |day| {
        At::seoul(day.to_datetime(jiff::civil::Time::midnight()))
    })
}

/// `GET /my/{number}/supplement`
pub async fn supplement(
    State(web): State<Web>,
    citizen: Citizen,
    Path(number): Path<String>,
) -> Result<Response, Fault> {
    let open = Open::new(&web, citizen, &number).await?;
    let view = supplement_page(&web, &open, Filled::default());
    open.page(&web, Deed::Supplement, &view)
}

/// `POST /my/{number}/supplement`
pub async fn send_supplement(
    State(web): State<Web>,
    asked: Asked,
    Path(number): Path<String>,
    parts: Multipart,
) -> Result<Response, Fault> {
    const FIELDS: &[Field] = &[
        Field {
            name: "text",
            label: "supplement-text",
            max: words::BODY,
            shape: Shape::Text,
        },
        ONCE,
    ];
    let mut read = form::multipart(parts, FIELDS, files_of(&web)).await?;
    web.admit(&asked, &read)?;
    let files = attached(std::mem::take(&mut read.files), &mut read.filled);
    let blank = |form| Supplement {
        number: number.clone(),
        title: number.clone(),
        asked: String::new(),
        due_at: None,
        prolong_left: 0,
        limits: limits(&web),
        once: once(&web, &form),
        form,
    };
    let open = match reopen(&web, &asked, &number, &read, blank).await {
        Ok(open) => open,
        Err(answer) => return answer,
    };
    if read.sound() && files.is_empty() && read.get("text").trim().is_empty() {
        let message = Message::new("error-supplement-empty");
        read.filled = std::mem::take(&mut read.filled).wrong("text", message);
    }
    if !read.sound() {
        return open.wrong(&web, &supplement_page(&web, &open, read.filled));
    }
    let act = Act::Supplement {
        note: Raw::optional(read.get("text")),
        files,
    };
    open.act(&web, act, read, "supplement", |form| {
        supplement_page(&web, &open, form)
    })
    .await
}

fn time_page(web: &Web, open: &Open, form: Filled) -> SupplementTime {
    SupplementTime {
        number: open.number.clone(),
        due_at: end_of_supplement(open.p()),
        used: open.p().supplement.map_or(0, |s| s.prolonged),
        once: once(web, &form),
        form,
    }
}

/// `GET /my/{number}/supplement-time`
pub async fn supplement_time(
    State(web): State<Web>,
    citizen: Citizen,
    Path(number): Path<String>,
) -> Result<Response, Fault> {
    let open = Open::new(&web, citizen, &number).await?;
    let view = time_page(&web, &open, Filled::default());
    open.page(&web, Deed::ProlongSupplement, &view)
}

/// `POST /my/{number}/supplement-time`
pub async fn send_supplement_time(
    State(web): State<Web>,
    citizen: Citizen,
    Path(number): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    const FIELDS: &[Field] = &[
        Field {
            name: "until",
            label: "supplement-until",
            max: 20,
            shape: Shape::NeededLine,
        },
        ONCE,
    ];
    let mut read = form::urlencoded(&body, FIELDS)?;
    web.admit(&citizen.asked, &read)?;
    let open = Open::new(&web, citizen, &number).await?;
    let until: Option<Date> = read.get("until").trim().parse().ok();
    if until.is_none() && read.sound() {
        read.filled = std::mem::take(&mut read.filled).wrong("until", Message::new("error-date-form"));
    }
    let Some(until) = until.filter(|_| read.sound()) else {
        return open.wrong(&web, &time_page(&web, &open, read.filled));
    };
    let act = Act::ProlongSupplement { until };
    open.act(&web, act, read, "supplement-time", |form| {
        time_page(&web, &open, form)
    })
    .await
}

fn consent_page(web: &Web, open: &Open, form: Filled) -> Consent {
    let p = open.p();
    let due = p.reception.map_or(p.filed_at, |r| r.due);
    let proposal = p.proposal;
    Consent {
        number: open.number.clone(),
        title: open.title.clone(),
        ground: proposal.map_or(Message::new("ground"), |o| {
            Message::new(format!("cause-{}", o.ground))
        }),
        reason: proposal
            .and_then(|o| open.case.texts.text(o.reason))
            .unwrap_or_default()
            .to_owned(),
        from: due,
        to: web
            .app
            .due_if_consented(p)
            .filter(|to| *to != At::NEVER)
            .unwrap_or(due),
        once: once(web, &form),
        form,
    }
}

/// `GET /my/{number}/consent`
pub async fn consent(
    State(web): State<Web>,
    citizen: Citizen,
    Path(number): Path<String>,
) -> Result<Response, Fault> {
    let open = Open::new(&web, citizen, &number).await?;
    let view = consent_page(&web, &open, Filled::default());
    open.page(&web, Deed::ConsentExtension, &view)
}

/// `POST /my/{number}/consent`
pub async fn send_consent(
    State(web): State<Web>,
    citizen: Citizen,
    Path(number): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    const FIELDS: &[Field] = &[
        Field {
            name: "agree",
            label: "consent-question",
            max: 3,
            shape: Shape::NeededChoice(&["yes", "no"]),
        },
        ONCE,
    ];
    let read = form::urlencoded(&body, FIELDS)?;
    web.admit(&citizen.asked, &read)?;
    let open = Open::new(&web, citizen, &number).await?;
    if !read.sound() {
        return open.wrong(&web, &consent_page(&web, &open, read.filled));
    }
    let (act, done) = match read.get("agree") {
        "yes" => (Act::ConsentExtension, "consent"),
        _ => (Act::DeclineExtension, "decline"),
    };
    open.act(&web, act, read, done, |form| consent_page(&web, &open, form))
        .await
}

fn withdraw_page(web: &Web, open: &Open, form: Filled) -> Withdraw {
    Withdraw {
        number: open.number.clone(),
        title: open.title.clone(),
        once: once(web, &form),
        form,
    }
}

/// `GET /my/{number}/withdraw`
pub async fn withdraw(
    State(web): State<Web>,
    citizen: Citizen,
    Path(number): Path<String>,
) -> Result<Response, Fault> {
    let open = Open::new(&web, citizen, &number).await?;
    let view = withdraw_page(&web, &open, Filled::default());
    open.page(&web, Deed::Withdraw, &view)
}

/// `POST /my/{number}/withdraw`
pub async fn send_withdraw(
    State(web): State<Web>,
    citizen: Citizen,
    Path(number): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    const FIELDS: &[Field] = &[
        Field {
            name: "sure",
            label: "withdraw-sure",
            max: 3,
            shape: Shape::Choice(&["yes"]),
        },
        ONCE,
    ];
    let mut read = form::urlencoded(&body, FIELDS)?;
    web.admit(&citizen.asked, &read)?;
    let open = Open::new(&web, citizen, &number).await?;
    if read.sound() && read.get("sure") != "yes" {
        let message = Message::new("error-withdraw-sure");
        read.filled = std::mem::take(&mut read.filled).wrong("sure", message);
    }
    if !read.sound() {
        return open.wrong(&web, &withdraw_page(&web, &open, read.filled));
    }
    let act = Act::Withdraw { reason: None };
    open.act(&web, act, read, "withdraw", |form| {
        withdraw_page(&web, &open, form)
    })
    .await
}

fn rate_page(web: &Web, open: &Open, form: Filled) -> Rate {
    Rate {
        number: open.number.clone(),
        title: open.title.clone(),
        once: once(web, &form),
        form,
    }
}

/// `GET /my/{number}/rating`
pub async fn rate(
    State(web): State<Web>,
    citizen: Citizen,
    Path(number): Path<String>,
) -> Result<Response, Fault> {
    let open = Open::new(&web, citizen, &number).await?;
    let view = rate_page(&web, &open, Filled::default());
    open.page(&web, Deed::Rate, &view)
}

/// `POST /my/{number}/rating`
pub async fn send_rate(
    State(web): State<Web>,
    asked: Asked,
    Path(number): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    const FIELDS: &[Field] = &[
        Field {
            name: "score",
            label: "rate-score",
            max: 1,
            shape: Shape::NeededChoice(&["1", "2", "3", "4", "5"]),
        },
        Field {
            name: "comment",
            label: "rate-comment",
            max: 2_000,
            shape: Shape::Text,
        },
        ONCE,
    ];
    let read = form::urlencoded(&body, FIELDS)?;
    web.admit(&asked, &read)?;
    let blank = |form| Rate {
        number: number.clone(),
        title: number.clone(),
        once: once(&web, &form),
        form,
    };
    let open = match reopen(&web, &asked, &number, &read, blank).await {
        Ok(open) => open,
        Err(answer) => return answer,
    };
    if !read.sound() {
        return open.wrong(&web, &rate_page(&web, &open, read.filled));
    }
    let act = Act::Rate {
        score: read.get("score").parse().unwrap_or_default(),
        comment: Raw::optional(read.get("comment")),
    };
    open.act(&web, act, read, "rate", |form| rate_page(&web, &open, form))
        .await
}
