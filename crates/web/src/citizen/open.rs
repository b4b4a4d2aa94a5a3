//! 누구나 보는 화면 — home, the search over services, one service, the statements, and what anyone may check.

use crate::{
    Web,
    form::{self, Field, Shape},
    render::Lang,
    route::To,
    security::Fault,
    session::{Asked, Visitor},
    show,
    view::{
        Message, Paging,
        citizen::board::{Board, Shown},
        citizen::{
            contact::{Accessibility, Letter, Mailbox, Privacy},
            proof::{Found, RootRow, Roots, Verify},
            service::{Document, Fact, Home, ServicePage, ServiceRow, Services},
        },
    },
};
use app::{face::Checked, office::Office, proofs::ROOTS_FILE, saved::KEPT};
use axum::{
    body::Bytes,
    extract::{Path, Query, State},
    response::{Redirect, Response},
};
use domain::{
    access::Who,
    assurance::Assurance,
    handbook::{self, Deemed, IdentityCheck, Online, Service, Supply, Surety},
    korean,
    text::hex,
    time::At,
};
use jiff::civil::datetime;
use serde::Deserialize;

/// Services on one page of the list.
const PAGE: usize = 30;
/// At most so many services found.
const FOUND: usize = 60;
/// When the two statements were written.
fn since() -> At {
    At::seoul(datetime(2026, 11, 1, 0, 0, 0, 0))
}

/// A fact of the handbook, as pages show it.
pub fn fact<T: Clone, U>(fact: &handbook::Fact<T>, turn: impl Fn(T) -> U) -> Fact<U> {
    Fact {
        value: turn(fact.value.clone()),
        sure: fact.surety == Surety::Sure,
    }
}

/// The name of a service in a language; Korean where it has no other.
pub fn name_of(service: &Service, lang: Lang) -> String {
    if lang == "en" && !service.name.en.is_empty() {
        service.name.en.clone()
    } else {
        service.name.ko.clone()
    }
}

fn row(web: &Web, service: &Service, lang: Lang) -> ServiceRow {
    ServiceRow {
        code: service.code.to_string(),
        name: name_of(service, lang),
        group: web.word(lang, &format!("group-{}", service.group), &service.group),
        period: service.period.as_ref().map(|p| fact(p, show::period)),
        because: None,
    }
}

/// `GET /`
pub async fn home(State(web): State<Web>, visitor: Visitor) -> Result<Response, Fault> {
    let lang = visitor.asked.visit.lang;
    let mine = match &visitor.person {
        None => None,
        Some(person) => {
            let who = Who::Citizen(person.id);
            let list = web.app.petitions_of(&who, None, 3).await?;
            Some(list.items.iter().map(super::petition::row).collect())
        }
    };
    let office = web.app.office();
    let often = office
        .services_today()
        .filter(|service| service.online == Online::Yes)
        .filter(|service| service.group == "field_report")
        .take(6)
        .map(|service| row(&web, service, lang))
        .collect();
    let view = Home {
        often,
        notices: Vec::new(),
        mine,
    };
    web.page(&visitor.asked, visitor.person.as_ref(), &view)
}

/// Where a list goes on.
#[derive(Debug, Default, Deserialize)]
pub struct Turn {
    /// Behind this one.
    #[serde(default)]
    pub older: Option<String>,
    /// From this one on.
    #[serde(default)]
    pub newer: Option<String>,
}

/// `GET /services`: all of them, by code.
pub async fn services(
    State(web): State<Web>,
    visitor: Visitor,
    Query(turn): Query<Turn>,
) -> Result<Response, Fault> {
    let lang = visitor.asked.visit.lang;
    let office = web.app.office();
    let all: Vec<&Service> = office.services_today().collect();
    let start = match (&turn.older, &turn.newer) {
        (Some(code), _) => all.partition_point(|s| s.code.as_str() <= code.as_str()),
        (None, Some(code)) => all.partition_point(|s| s.code.as_str() < code.as_str()),
        (None, None) => 0,
    };
    // A mark behind the last one is no mark of ours: from the beginning.
    let start = if start < all.len() { start } else { 0 };
    let end = all.len().min(start + PAGE);
    let rows = all.get(start..end).unwrap_or_default();
    let view = Services {
        query: String::new(),
        rows: rows.iter().map(|service| row(&web, service, lang)).collect(),
        paging: Paging {
            older: rows
                .last()
                .filter(|_| end < all.len())
                .map(|s| s.code.to_string()),
            newer: (start > 0).then(|| all[start.saturating_sub(PAGE)].code.to_string()),
        },
    };
    web.page(&visitor.asked, visitor.person.as_ref(), &view)
}

/// `POST /services`: by everyday words; no words in addresses.
pub async fn search(State(web): State<Web>, visitor: Visitor, body: Bytes) -> Result<Response, Fault> {
    const FIELDS: &[Field] = &[Field {
        name: "q",
        label: "search-label",
        max: 200,
        shape: Shape::Line,
    }];
    let read = form::urlencoded(&body, FIELDS)?;
    web.admit(&visitor.asked, &read)?;
    let lang = visitor.asked.visit.lang;
    let query: String = read.get("q").trim().chars().take(200).collect();
    let office = web.app.office();
    let found = office.finder.find(&query);
    let rows = (found.iter().take(FOUND)).filter_map(|found| {
        let service = office.service_on(found.code, office.day)?;
        let because = found.reasons.first().map(|reason| {
            let key = if reason.slip {
                "found-slip"
            } else {
                "found-because"
            };
            Message::new(key).with("word", reason.word.as_str())
        });
        Some(ServiceRow {
            because,
            ..row(&web, service, lang)
        })
    });
    let view = Services {
        query,
        rows: rows.collect(),
        paging: Paging::default(),
    };
    web.page(&visitor.asked, visitor.person.as_ref(), &view)
}

/// `GET /services/{code}`
pub async fn service(
    State(web): State<Web>,
    visitor: Visitor,
    Path(code): Path<String>,
) -> Result<Response, Fault> {
    let lang = visitor.asked.visit.lang;
    let office = web.app.office();
    let code = code.parse().map_err(|_| Fault::not_found())?;
    let service = office.service_on(code, office.day).ok_or_else(Fault::not_found)?;
    let view = told(&office, service, lang);
    web.page(&visitor.asked, visitor.person.as_ref(), &view)
}

/// All that the handbook tells citizens of a service (영10②).
fn told(office: &Office, service: &Service, lang: Lang) -> ServicePage {
    let documents = service.documents.as_ref();
    let unit = service.unit.and_then(|unit| office.units.get(&unit));
    let family = (office.services_today())
        .filter(|other| !service.family.is_empty() && other.family == service.family)
        .filter(|other| other.code != service.code)
        .map(|other| (other.code.to_string(), name_of(other, lang)));
    let lines = |of: &Option<handbook::Fact<Vec<String>>>| of.as_ref().map(|f| fact(f, |lines| lines));
    let deemed = service.deemed.as_ref().filter(|f| f.value != Deemed::None);
    let identity = service
        .identity_check
        .as_ref()
        .filter(|f| f.value != IdentityCheck::None);
    ServicePage {
        code: service.code.to_string(),
        name: name_of(service, lang),
        kind: service.kind.to_string(),
        family: family.collect(),
        legal_basis: service.basis.as_ref().map(|f| fact(f, |text| text)),
        period: service.period.as_ref().map(|f| fact(f, show::period)),
        documents: Fact {
            value: (documents.into_iter().flat_map(|f| &f.value))
                .map(|document| Document {
                    name: document.name.clone(),
                    basis: document.basis.clone(),
                    looked_up: document.supply.is_looked_up(),
                    shown: document.supply == Supply::Shown,
                })
                .collect(),
            sure: documents.is_none_or(|f| f.surety == Surety::Sure),
        },
        checks: lines(&service.checks),
        sheets: lines(&service.sheets),
        fee: service.fee.as_ref().map(|f| fact(f, |text| text)),
        waivers: lines(&service.waivers),
        licence_tax: service.licence_tax.as_ref().map(|f| fact(f, |text| text)),
        department: match unit {
            // A department the office itself is tied to is a fact of the office.
            Some(unit)
                if service
                    .department
                    .as_ref()
                    .is_none_or(|f| f.surety == Surety::Sure) =>
            {
                Some(Fact {
                    value: if lang == "en" && !unit.name_en.is_empty() {
                        &unit.name_en
                    } else {
                        &unit.name
                    }
                    .clone(),
                    sure: true,
                })
            }
            _ => service.department.as_ref().map(|f| fact(f, |text| text)),
        },
        phone: unit.map(|unit| unit.phone.clone()).unwrap_or_default(),
        via: lines(&service.via),
        steps: lines(&service.steps),
        criteria: lines(&service.criteria),
        approver: service
            .approver
            .as_ref()
            .map(|f| fact(f, |approver| Message::new(format!("book-approver-{approver}")))),
        deemed: deemed.map(|f| {
            fact(f, |deemed| {
                Message::new(format!("service-deemed-{deemed}")).with("basis", service.deemed_basis.as_str())
            })
        }),
        identity: identity.map(|f| fact(f, |check| Message::new(format!("service-identity-{check}")))),
        review: service.preliminary_review,
        one_stop: service.one_stop,
        visit_only: service.visit_only,
        example: service
            .example
            .as_ref()
            .map(|f| fact(f, |text| text.lines().map(str::to_owned).collect())),
        online: service.online == Online::Yes,
        verified: service.assurance == Assurance::Verified,
        oral: service.oral,
        note: service.note.clone().unwrap_or_default(),
    }
}

/// `GET /privacy`
pub async fn privacy(State(web): State<Web>, visitor: Visitor) -> Result<Response, Fault> {
    let agency = &web.app.office().settings.agency;
    let view = Privacy {
        officer: agency.phone.clone(),
        draft_days: (KEPT / 86_400_000) as u32,
        since: since(),
    };
    web.page(&visitor.asked, visitor.person.as_ref(), &view)
}

/// `GET /accessibility`
pub async fn accessibility(State(web): State<Web>, visitor: Visitor) -> Result<Response, Fault> {
    let view = Accessibility { checked: since() };
    web.page(&visitor.asked, visitor.person.as_ref(), &view)
}

const STATEMENT: &[Field] = &[Field {
    name: "statement",
    label: "statement",
    max: 2_000,
    shape: Shape::NeededText,
}];

/// `GET /verify`
pub async fn verify(State(web): State<Web>, visitor: Visitor) -> Result<Response, Fault> {
    web.page(&visitor.asked, visitor.person.as_ref(), &Verify::default())
}

/// `POST /verify`: is the statement on a paper genuine?
pub async fn check(State(web): State<Web>, visitor: Visitor, body: Bytes) -> Result<Response, Fault> {
    let read = form::urlencoded(&body, STATEMENT)?;
    web.admit(&visitor.asked, &read)?;
    let person = visitor.person.as_ref();
    if !read.sound() {
        let view = Verify {
            form: read.filled,
            found: None,
        };
        return web.page_again(
            &visitor.asked,
            person,
            &view,
            axum::http::StatusCode::UNPROCESSABLE_ENTITY,
        );
    }
    let found = match web.app.check_statement(read.get("statement")).await? {
        Checked::Unreadable => Found::Unreadable,
        Checked::NotOurs => Found::NotOurs,
        Checked::Genuine {
            recorded_at,
            held,
            root,
        } => Found::Genuine {
            recorded_at,
            held,
            root,
        },
    };
    let view = Verify {
        form: read.filled,
        found: Some(found),
    };
    web.page(&visitor.asked, person, &view)
}

/// `GET /roots`: the signed roots, so that anyone may keep a copy.
pub async fn roots(State(web): State<Web>, visitor: Visitor) -> Result<Response, Fault> {
    let roots = web.app.published_roots(100).await?;
    let view = Roots {
        rows: (roots.iter())
            .map(|root| RootRow {
                number: root.no,
                events: root.next - root.first,
                root: hex(&root.merkle),
                previous: hex(&root.previous),
                signed_at: root.signed_at,
                signature: hex(&root.signature),
                signer: hex(&root.signer),
            })
            .collect(),
    };
    web.page(&visitor.asked, visitor.person.as_ref(), &view)
}

/// `GET /roots/minwon-roots.txt`: keys and roots as a file that anyone can keep and check.
pub async fn roots_file(State(web): State<Web>) -> Result<Response, Fault> {
    let file = web.app.roots_file().await?.to_string();
    Ok(kept(ROOTS_FILE, file))
}

/// `POST /verify/proof`: the proof of a statement under a root, as a file; the page again where there is none yet.
pub async fn proof(State(web): State<Web>, visitor: Visitor, body: Bytes) -> Result<Response, Fault> {
    let read = form::urlencoded(&body, STATEMENT)?;
    web.admit(&visitor.asked, &read)?;
    match web.app.receipt_proof(read.get("statement")).await? {
        Some(proof) => Ok(kept("minwon-receipt.txt", proof.to_string())),
        None => {
            let view = Verify {
                form: read.filled.wrong("statement", Message::new("proof-none")),
                found: None,
            };
            let unsound = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
            web.page_again(&visitor.asked, visitor.person.as_ref(), &view, unsound)
        }
    }
}

/// `GET /verify/proof`: opened by hand, or after switching the language.
pub async fn to_verify() -> Redirect {
    Redirect::to(&To::Verify.to_string())
}

/// A file for anybody; it says nothing about anyone.
fn kept(name: &str, text: String) -> Response {
    crate::leave::download(
        crate::leave::Leave::impersonal(crate::leave::Impersonal::Roots),
        name,
        "text/plain; charset=utf-8",
        text.into_bytes(),
    )
}

/// `GET /demo/mail`: what would have gone to telephones and mailboxes.
pub async fn mailbox(State(web): State<Web>, asked: Asked) -> Result<Response, Fault> {
    let mut letters = Vec::new();
    if let Some(mailbox) = &web.options.mailbox {
        letters.extend(mailbox.letters().into_iter().map(|arrived| Letter {
            at: arrived.at,
            channel: "mail".into(),
            to: arrived.what.to,
            subject: arrived.what.subject,
            text: arrived.what.text,
        }));
    }
    if let Some(inbox) = &web.options.inbox {
        letters.extend(inbox.messages().into_iter().map(|arrived| Letter {
            at: arrived.at,
            channel: "phone".into(),
            to: korean::phone(&arrived.what.to),
            subject: String::new(),
            text: arrived.what.text,
        }));
    }
    letters.sort_by_key(|letter| std::cmp::Reverse(letter.at));
    letters.truncate(100);
    web.page(&asked, None, &Mailbox { letters })
}

/// `GET /board`
pub async fn board(
    State(web): State<Web>,
    visitor: Visitor,
    Query(turn): Query<Turn>,
) -> Result<Response, Fault> {
    let lang = visitor.asked.visit.lang;
    let behind = turn.older.as_deref().and_then(app::face::behind);
    let first = behind.is_none();
    let page = web.app.board(behind, BOARD).await?;
    let office = web.app.office();
    let view = Board {
        shown: (page.shown.into_iter())
            .map(|p| Shown {
                unit: (p.unit)
                    .map(|unit| super::petition::unit_name(&office, unit, lang))
                    .unwrap_or_default(),
                title: p.title,
                question: p.question,
                answer: p.answer,
                at: p.at,
            })
            .collect(),
        paging: Paging {
            older: page.next.map(app::face::mark),
            newer: (!first).then(|| "first".to_owned()),
        },
    };
    web.page(&visitor.asked, visitor.person.as_ref(), &view)
}

/// Published petitions on one page.
const BOARD: u32 = 20;
