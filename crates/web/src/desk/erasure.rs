//! 파기의 길 — the privacy officer reviews and decides, records officers hold, clerks take requests in on paper.

use super::disposal::{called, unfit};
use super::gate::Wish;
use super::named;
use super::papers::lang_of;
use crate::citizen::erasure::certificate_of;
use crate::leave::{Leave, csv_file, download};
use crate::{
    Web,
    form::{self, Field, Named, Read, Shape},
    security::Fault,
    session::{Clerk, Seated},
    show,
    view::{
        Filled, Message,
        desk::{
            Desk, Here,
            erasure::{EpochRow, ErasureCase, ErasureDesk, HoldRow, RegisterRow, RequestRow, ThingRow},
            timeline::Names,
        },
    },
};
use app::act::ActError;
use app::erase::{self, MOST_WORDS, requests::Opened};
use axum::{
    body::Bytes,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use documents::registers::{Pages, Register};
use domain::access::disposal::{DisposalDeed, far};
use domain::gate::{Export, Format};
use domain::retention::request::{Number, Request, Ruled, Verdict, Wanted, Way, proposed};
use domain::retention::{Basis, Destruction, HoldGround, May, NO_END, NotYet};
use domain::terms::Seat;
use domain::text::hex;
use jiff::civil::Date;

const FIELDS: &[Field] = &[
    Field {
        name: "do",
        label: "erasure-title",
        max: 10,
        shape: Shape::NeededChoice(&["hold", "lift", "ask"]),
    },
    Field {
        name: "hold_number",
        label: "erasure-petition-number",
        max: 40,
        shape: Shape::Line,
    },
    Field {
        name: "hold_ground",
        label: "erasure-hold-ground",
        max: 20,
        shape: Shape::Choice(&["lawsuit", "appeal", "audit", "investigation", "other"]),
    },
    Field {
        name: "hold_until",
        label: "erasure-hold-until",
        max: 10,
        shape: Shape::Line,
    },
    Field {
        name: "hold_text",
        label: "erasure-hold-text",
        max: MOST_WORDS,
        shape: Shape::Text,
    },
    Field {
        name: "hold",
        label: "erasure-holds",
        max: 32,
        shape: Shape::Line,
    },
    Field {
        name: "ask_number",
        label: "erasure-petition-number",
        max: 40,
        shape: Shape::Line,
    },
    Field {
        name: "ask_wanted",
        label: "erasure-wanted",
        max: 20,
        shape: Shape::Choice(&["petition", "contact", "everything"]),
    },
    Field {
        name: "ask_text",
        label: "erasure-text",
        max: MOST_WORDS,
        shape: Shape::Text,
    },
    Field {
        name: "key",
        label: "erasure-title",
        max: 64,
        shape: Shape::Line,
    },
];

fn request_row(request: &Request, today: Date) -> RequestRow {
    RequestRow {
        number: request.number.to_string(),
        wanted: request.wanted,
        way: request.way,
        at: request.at,
        due: request.due,
        late: request.told.is_none() && request.due < today,
        state: request.state(),
    }
}

async fn register_row(web: &Web, clerk: &Clerk, entry: &Destruction) -> Result<RegisterRow, Fault> {
    let reader = web.reader(clerk.asked.visit.lang);
    let list = match entry.disposal {
        Some(id) => web.app.disposal_name(id).await?,
        None => None,
    };
    let name = list.map(|(year, unit, part)| {
        let name = Message::new("disposal-name")
            .with("year", u64::try_from(year).unwrap_or_default())
            .with("unit", reader.unit(unit))
            .with("part", u64::from(part));
        reader.say(&name)
    });
    Ok(RegisterRow {
        number: format!("{}-{}", entry.year, entry.n),
        at: entry.at,
        kind: entry.kind,
        petitions: entry.petitions,
        persons: entry.persons,
        drafts: entry.drafts,
        basis: entry.basis,
        by: reader.by(entry.by),
        disposal: entry.disposal.filter(|_| name.is_some()).map(|id| id.to_string()),
        request: name
            .or_else(|| entry.request.map(|number| number.to_string()))
            .unwrap_or_default(),
    })
}

async fn register_rows(web: &Web, clerk: &Clerk, entries: &[Destruction]) -> Result<Vec<RegisterRow>, Fault> {
    let mut rows = Vec::new();
    for entry in entries {
        rows.push(register_row(web, clerk, entry).await?);
    }
    Ok(rows)
}

/// The 파기대장 of this year and the last; `None` for who may not read it.
async fn register(web: &Web, clerk: &Clerk) -> Result<Option<Vec<Destruction>>, Fault> {
    if !erase::reads_register(&clerk.who) {
        return Ok(None);
    }
    let today = web.app.office().day;
    let from = Date::new(today.year() - 1, 1, 1).unwrap_or(today);
    Ok(Some(web.app.destructions(&clerk.who, from, today).await?))
}

async fn holds(web: &Web, clerk: &Clerk) -> Result<Option<Vec<HoldRow>>, Fault> {
    if !erase::may_hold(&clerk.who) {
        return Ok(None);
    }
    let reader = web.reader(clerk.asked.visit.lang);
    let mut rows = Vec::new();
    for (hold, petition) in web.app.standing_holds(&clerk.who).await? {
        let Ok(ground) = hold.ground.parse() else { continue };
        rows.push(HoldRow {
            id: hex(&hold.id),
            number: called(&petition),
            ground,
            until: Some(hold.until).filter(|until| *until != NO_END),
            by: reader.official(domain::id::OfficialId(uuid::Uuid::from_bytes(hold.by))),
            at: hold.at,
        });
    }
    Ok(Some(rows))
}

async fn view(
    web: &Web,
    clerk: &Clerk,
    form: Filled,
    given: Option<(String, String, Date)>,
) -> Result<ErasureDesk, Fault> {
    let officer = erase::holds(&clerk.who, Seat::PrivacyOfficer);
    let today = web.app.office().day;
    let requests = match officer {
        true => Some(web.app.erasures(&clerk.who).await?),
        false => None,
    };
    let epochs = match officer {
        true => Some(web.app.epochs().await?),
        false => None,
    };
    let horizon = web.app.office().settings.keeping.horizon();
    let register = register(web, clerk).await?;
    let holds = holds(web, clerk).await?;
    let takes_in = app::counter::takes_in(&clerk.who);
    let key = Some(form.values.get("key").cloned().unwrap_or_default()).filter(|key| !key.is_empty());
    Ok(ErasureDesk {
        bar: web.bar(clerk, Here::Papers).await?,
        requests: requests.map(|all| all.iter().map(|one| request_row(one, today)).collect()),
        register: match register {
            Some(all) => Some(register_rows(web, clerk, &all).await?),
            None => None,
        },
        holds,
        epochs: epochs.map(|all| {
            (all.into_iter())
                .map(|state| EpochRow {
                    month: state.month.to_string(),
                    wraps: state.wraps,
                    dies: (state.idle_since)
                        .filter(|_| state.wraps == 0)
                        .map(|since| since.plus(horizon)),
                    retired: state.retired,
                })
                .collect()
        }),
        takes_in,
        given,
        disposals: match far(&clerk.who, DisposalDeed::Look) {
            Ok(_) => Some(web.app.disposals_awaited(&clerk.who).await?),
            Err(_) => None,
        },
        apart: far(&clerk.who, DisposalDeed::ListApart).is_ok(),
        key: key.unwrap_or_else(|| web.once()),
        form,
    })
}

/// `GET /desk/erasure`
pub async fn page(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    let view = view(&web, &clerk, Filled::default(), None).await?;
    web.desk_page(&clerk, &view)
}

/// `GET /desk/erasure/register.csv`
pub async fn file_csv(seated: Seated, clerk: Clerk) -> Result<Response, Fault> {
    file(seated, clerk, Format::Csv).await
}

/// `GET /desk/erasure/register.pdf`
pub async fn file_pdf(seated: Seated, clerk: Clerk) -> Result<Response, Fault> {
    file(seated, clerk, Format::Pdf).await
}

async fn file(Seated(web): Seated, clerk: Clerk, format: Format) -> Result<Response, Fault> {
    let Some(entries) = register(&web, &clerk).await? else {
        return Err(Fault::not_found());
    };
    let wish = Wish {
        what: Export::DestructionRegister,
        format,
        petition: None,
        subjects: 0,
        from: Desk::Erasure.to_string(),
    };
    let pass = match web.pass(&clerk, &wish).await? {
        Ok(pass) => pass,
        Err(asks) => return Ok(asks),
    };
    let (app, lang) = (pass.over(&web.app)?, lang_of(&clerk));
    let reader = web.reader(clerk.asked.visit.lang);
    let method = reader.word("erasure-method");
    let lines: Vec<Vec<String>> = (register_rows(&web, &clerk, &entries).await?.into_iter())
        .map(|row| {
            vec![
                row.number,
                domain::korean::moment(row.at).unwrap_or_default(),
                reader.word(&format!("erasure-kind-{}", row.kind)),
                row.petitions.to_string(),
                row.persons.to_string(),
                row.drafts.to_string(),
                row.basis.map_or_else(String::new, |basis| {
                    reader.word(&format!("erasure-basis-{basis}"))
                }),
                method.clone(),
                row.by,
                row.request,
            ]
        })
        .collect();
    let office = app.office();
    let agency = &office.settings.agency;
    let pages = Pages {
        register: Register::Destruction,
        agency: reader.pick(&agency.name, &agency.name_en),
        from: Date::new(office.day.year() - 1, 1, 1).unwrap_or(office.day),
        to: office.day,
        of: String::new(),
        lines,
        drawn_up: app.now(),
    };
    let (leave, name) = (
        Leave::passed(&pass),
        format!("파기대장 {}.{}", office.day, format.code()),
    );
    if format == Format::Csv {
        return Ok(csv_file(leave, &name, pages.csv(lang)));
    }
    let printed = app.print_register(&pages, lang).map_err(unfit)?;
    Ok(download(leave, &name, "application/pdf", printed.pdf))
}

/// `GET /desk/erasure/requests/{request}/certificate.pdf`
pub async fn certificate(
    Seated(web): Seated,
    clerk: Clerk,
    Path(number): Path<String>,
) -> Result<Response, Fault> {
    let number: Number = number.parse().map_err(|_| Fault::not_found())?;
    let opened = opened(&web, &clerk, number).await?;
    let lang = clerk.asked.visit.lang;
    let certificate = certificate_of(&web, lang, &opened).await?;
    let certificate = certificate.ok_or_else(Fault::not_found)?;
    let wish = Wish {
        what: Export::ErasureCertificate,
        format: Format::Pdf,
        petition: None,
        subjects: 1,
        from: Desk::ErasureCase(number.to_string()).to_string(),
    };
    let pass = match web.pass(&clerk, &wish).await? {
        Ok(pass) => pass,
        Err(asks) => return Ok(asks),
    };
    let app = pass.over(&web.app)?;
    let pdf = app.print_erasure_certificate(&certificate, lang_of(&clerk))?;
    let name = format!("개인정보 파기 확인서 {number}.pdf");
    Ok(download(Leave::passed(&pass), &name, "application/pdf", pdf))
}

/// What a form of the page asks for; faults are told beside the fields.
async fn act(web: &Web, clerk: &Clerk, read: &mut Read) -> Result<Option<(String, String, Date)>, ActError> {
    let call = clerk.asked.call(read.get("key"));
    let field = if read.get("do") == "ask" {
        "ask_number"
    } else {
        "hold_number"
    };
    if read.get("do") == "lift" {
        let id = read.get("hold").to_owned();
        let all = web.app.standing_holds(&clerk.who).await?;
        let (hold, petition) = (all.into_iter())
            .find(|(hold, _)| hex(&hold.id) == id)
            .ok_or(ActError::NotFound)?;
        web.app.lift_hold(&clerk.who, petition.id, hold.id, &call).await?;
        return Ok(None);
    }
    let number = read.get(field).trim().to_owned();
    let petition = match web.app.petition_called(&clerk.who, &number).await? {
        Some(petition) => petition,
        None => match named(web, &clerk.who, &number).await {
            Ok(id) => web.app.standing(&clerk.who, id).await?,
            Err(ActError::Trouble(trouble)) => return Err(trouble.into()),
            Err(_) => {
                let fault = Message::new("sv-error-no-petition");
                read.filled = std::mem::take(&mut read.filled).wrong(field, fault);
                return Ok(None);
            }
        },
    };
    if read.get("do") == "hold" {
        let until = read.get("hold_until").trim().to_owned();
        let day: Option<Date> = until.parse().ok();
        if !until.is_empty() && day.is_none() {
            read.filled =
                std::mem::take(&mut read.filled).wrong("hold_until", Message::new("error-date-form"));
            return Ok(None);
        }
        let ground: HoldGround = read.get("hold_ground").parse().unwrap_or(HoldGround::Other);
        let words = read.get("hold_text").to_owned();
        web.app
            .hold_petition(&clerk.who, petition.id, ground, day, &words, &call)
            .await?;
        return Ok(None);
    }
    let wanted: Wanted = read.get("ask_wanted").parse().unwrap_or(Wanted::Petition);
    let words = read.get("ask_text").to_owned();
    let given = web
        .app
        .ask_erasure(
            &clerk.who,
            petition.person,
            wanted,
            Some(petition.id),
            Way::Counter,
            &words,
            &call,
        )
        .await?;
    Ok(Some((given.number.to_string(), given.code, given.due)))
}

/// `POST /desk/erasure`
pub async fn send(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    let mut read = form::urlencoded(&body, FIELDS)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let done = match read.sound() {
        true => act(&web, &clerk, &mut read).await,
        false => Ok(None),
    };
    let given = match done {
        Ok(given) => given,
        Err(ActError::Refused(refusal)) => {
            read.filled = std::mem::take(&mut read.filled).wrong("", show::refused(refusal));
            None
        }
        Err(ActError::NotFound) => return Err(Fault::not_found()),
        Err(ActError::Trouble(trouble)) => return Err(trouble.into()),
    };
    if !read.sound() {
        let view = view(&web, &clerk, read.filled, None).await?;
        return web.desk_page_as(&clerk, &view, StatusCode::UNPROCESSABLE_ENTITY);
    }
    match given {
        Some(given) => {
            let view = view(&web, &clerk, Filled::default(), Some(given)).await?;
            web.desk_page(&clerk, &view)
        }
        None => Ok(Redirect::to(&Desk::Erasure.to_string()).into_response()),
    }
}

fn case_view(web: &Web, clerk: &Clerk, opened: &Opened, form: Filled) -> ErasureCase {
    let today = web.app.office().day;
    let reader = web.reader(clerk.asked.visit.lang);
    let decision = opened.request.decision.as_ref();
    ErasureCase {
        bar: crate::view::desk::Bar {
            here: Here::Papers,
            approvals: 0,
        },
        request: request_row(&opened.request, today),
        said: opened.said.clone(),
        things: (opened.things.iter().zip(1..))
            .map(|(judged, n)| ThingRow {
                n,
                number: judged.petition.as_ref().map_or_else(String::new, called),
                may: match judged.may {
                    May::Destroy => "destroy",
                    May::KeepApart(_) => "keep",
                    May::No(NotYet::Open) => "open",
                    May::No(NotYet::Held) => "held",
                },
                until: match judged.may {
                    May::KeepApart(until) => until,
                    May::Destroy | May::No(_) => None,
                },
                ruled: decision
                    .and_then(|decision| decision.ruled.iter().find(|one| one.thing == judged.thing))
                    .map(|one| {
                        let (basis, until) = one
                            .kept
                            .map_or((None, None), |(basis, until)| (Some(basis), until));
                        (one.verdict, basis, until, one.no)
                    }),
            })
            .collect(),
        decided: decision.map(|decision| (decision.at, reader.official(decision.by))),
        reasons: opened.reasons.clone(),
        told: opened.request.told,
        certificate: decision
            .is_some_and(|decision| decision.ruled.iter().any(|one| one.verdict == Verdict::Destroy)),
        form,
    }
}

/// What the page proposes before anything is chosen.
fn proposal(opened: &Opened) -> Filled {
    let mut form = Filled::default();
    for (judged, n) in opened.things.iter().zip(1..) {
        let (verdict, basis, no) = proposed(judged.may);
        let mut put = |name: &str, value: String| form.values.insert(format!("{name}-{n}"), value);
        put("verdict", verdict.code().to_owned());
        if let Some(basis) = basis {
            put("basis", basis.code().to_owned());
        }
        if let Some(no) = no {
            put("no", no.code().to_owned());
        }
        if let May::KeepApart(Some(until)) = judged.may {
            put("until", until.to_string());
        }
    }
    form
}

/// `GET /desk/erasure/requests/{request}`
pub async fn case(Seated(web): Seated, clerk: Clerk, Path(number): Path<String>) -> Result<Response, Fault> {
    let number: Number = number.parse().map_err(|_| Fault::not_found())?;
    let opened = opened(&web, &clerk, number).await?;
    let form = proposal(&opened);
    let mut view = case_view(&web, &clerk, &opened, form);
    view.bar = web.bar(&clerk, Here::Papers).await?;
    web.desk_page(&clerk, &view)
}

async fn opened(web: &Web, clerk: &Clerk, number: Number) -> Result<Opened, Fault> {
    match web.app.erasure(&clerk.who, number, &clerk.asked.call("")).await {
        Ok(opened) => Ok(opened),
        Err(ActError::Trouble(trouble)) => Err(trouble.into()),
        Err(ActError::NotFound | ActError::Refused(_)) => Err(Fault::not_found()),
    }
}

/// `POST /desk/erasure/requests/{request}`
pub async fn decide(
    Seated(web): Seated,
    clerk: Clerk,
    Path(number): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    let number: Number = number.parse().map_err(|_| Fault::not_found())?;
    let opened = opened(&web, &clerk, number).await?;
    let names: Vec<String> = (1..=opened.things.len())
        .flat_map(|n| ["verdict", "basis", "until", "no"].map(|name| format!("{name}-{n}")))
        .collect();
    let mut fields: Vec<Named<'_>> = (names.iter())
        .map(|name| Named {
            name,
            label: "erasure-verdict",
            max: 20,
            shape: Shape::Line,
        })
        .collect();
    fields.push(Named {
        name: "text",
        label: "erasure-reasons",
        max: MOST_WORDS,
        shape: Shape::Text,
    });
    fields.push(Named {
        name: "do",
        label: "erasure-title",
        max: 10,
        shape: Shape::NeededChoice(&["decide", "told"]),
    });
    let mut read = form::urlencoded(&body, &fields)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let mut ruled = Vec::new();
    for (judged, n) in opened.things.iter().zip(1..) {
        let get = |name: &str| read.get(&format!("{name}-{n}")).trim().to_owned();
        let Ok(verdict) = get("verdict").parse::<Verdict>() else {
            continue;
        };
        let (basis, no) = (get("basis").parse::<Basis>().ok(), get("no").parse().ok());
        ruled.push(Ruled {
            thing: judged.thing,
            verdict,
            kept: basis
                .filter(|_| verdict == Verdict::KeepApart)
                .map(|basis| (basis, get("until").parse().ok())),
            no: no.filter(|_| verdict == Verdict::Refuse),
        });
    }
    let call = clerk.asked.call("");
    let done = match (read.sound(), read.get("do")) {
        (false, _) => Ok(()),
        (true, "told") => web.app.told_by_hand(&clerk.who, number, &call).await,
        (true, _) => {
            let words = read.get("text").to_owned();
            web.app
                .decide_erasure(&clerk.who, number, ruled, &words, &call)
                .await
                .map(drop)
        }
    };
    match done {
        Ok(()) if read.sound() => {
            let way = Desk::ErasureCase(number.to_string()).to_string();
            return Ok(Redirect::to(&way).into_response());
        }
        Ok(()) => {}
        Err(ActError::Refused(refusal)) => {
            read.filled = std::mem::take(&mut read.filled).wrong("", show::refused(refusal));
        }
        Err(ActError::NotFound) => return Err(Fault::not_found()),
        Err(ActError::Trouble(trouble)) => return Err(trouble.into()),
    }
    let mut view = case_view(&web, &clerk, &opened, read.filled);
    view.bar = web.bar(&clerk, Here::Papers).await?;
    web.desk_page_as(&clerk, &view, StatusCode::UNPROCESSABLE_ENTITY)
}
