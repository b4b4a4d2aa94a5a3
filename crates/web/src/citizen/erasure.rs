//! 개인정보 삭제 요청의 길 — the citizen asks, and looks up the result with number and code, also when the contact is gone.

use super::{ONCE, again, mine::once, named};
use crate::leave::{Leave, download};
use crate::{
    Web,
    form::{self, Field, Shape},
    render::Lang,
    route::To,
    security::Fault,
    session::{Citizen, Visitor},
    view::{
        Filled, Message,
        citizen::erasure::{AskedRow, ErasureAsk, ErasureResult, Given, ResultRow, Shown},
    },
};
use app::erase::{MOST_WORDS, requests::Opened};
use app::identity::NotLetIn;
use axum::{
    body::Bytes,
    extract::State,
    http::StatusCode,
    response::{Redirect, Response},
};
use documents::{erasure_certificate::ErasureCertificate, press};
use domain::retention::request::{Number, Thing, Verdict, Wanted, Way};

/// Petitions to choose from.
const PETITIONS: u32 = 200;
/// 본인 확인 may lie so long back; then the contact is verified again.
const FRESH: i64 = 30 * 60_000;

const FIELDS: &[Field] = &[
    Field {
        name: "wanted",
        label: "erasure-wanted",
        max: 20,
        shape: Shape::NeededChoice(&["petition", "contact", "everything"]),
    },
    Field {
        name: "petition",
        label: "erasure-petition",
        max: 40,
        shape: Shape::Line,
    },
    Field {
        name: "text",
        label: "erasure-text",
        max: MOST_WORDS,
        shape: Shape::Text,
    },
    ONCE,
];

async fn view(web: &Web, citizen: &Citizen, form: Filled, given: Option<Given>) -> Result<ErasureAsk, Fault> {
    let list = web.app.petitions_of(&citizen.who(), None, PETITIONS).await?;
    let choose = web.word(citizen.asked.visit.lang, "erasure-choose", "–");
    let mut petitions = vec![(String::new(), choose)];
    for item in list.items {
        // Without a title it is destroyed, or kept apart, already.
        if let Some(title) = item.title {
            petitions.push((item.petition.number.to_string(), title));
        }
    }
    let asked = web.app.erasures_asked(citizen.person.id).await?;
    Ok(ErasureAsk {
        petitions,
        asked: (asked.into_iter())
            .map(|request| AskedRow {
                number: request.number.to_string(),
                wanted: request.wanted,
                at: request.at,
                due: request.due,
                state: request.state(),
            })
            .collect(),
        stale: given.is_none() && stale(web, citizen),
        given,
        once: once(web, &form),
        form,
    })
}

/// Whether the contact was verified too long ago.
fn stale(web: &Web, citizen: &Citizen) -> bool {
    web.app.now().0 - citizen.person.open.session.made_at.0 > FRESH
}

/// `GET /my/erasure`
pub async fn page(State(web): State<Web>, citizen: Citizen) -> Result<Response, Fault> {
    let view = view(&web, &citizen, Filled::default(), None).await?;
    web.page(&citizen.asked, Some(&citizen.person), &view)
}

/// `POST /my/erasure`
pub async fn send(State(web): State<Web>, citizen: Citizen, body: Bytes) -> Result<Response, Fault> {
    let mut read = form::urlencoded(&body, FIELDS)?;
    web.admit(&citizen.asked, &read)?;
    if stale(&web, &citizen) {
        let view = view(&web, &citizen, read.filled, None).await?;
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return web.page_again(&citizen.asked, Some(&citizen.person), &view, status);
    }
    let wanted: Option<Wanted> = read.get("wanted").parse().ok();
    let number = read.get("petition").trim().to_owned();
    let petition = match (wanted, number.as_str()) {
        (Some(Wanted::Petition), "") => {
            read.filled =
                std::mem::take(&mut read.filled).wrong("petition", Message::new("erasure-error-petition"));
            None
        }
        (Some(Wanted::Petition), number) => Some(named(&web, &citizen, number).await?),
        _ => None,
    };
    let (Some(wanted), true) = (wanted, read.sound()) else {
        let view = view(&web, &citizen, read.filled, None).await?;
        return web.page_again(
            &citizen.asked,
            Some(&citizen.person),
            &view,
            StatusCode::UNPROCESSABLE_ENTITY,
        );
    };
    let call = citizen.asked.call(read.get("once"));
    let asked = web
        .app
        .ask_erasure(
            &citizen.who(),
            citizen.person.id,
            wanted,
            petition,
            Way::Web,
            read.get("text"),
            &call,
        )
        .await;
    match asked {
        Ok(given) => {
            let given = Given {
                number: given.number.to_string(),
                code: given.code,
                due: given.due,
            };
            let view = view(&web, &citizen, Filled::default(), Some(given)).await?;
            web.page(&citizen.asked, Some(&citizen.person), &view)
        }
        Err(error) => {
            let mut blank = view(&web, &citizen, read.filled, None).await?;
            again(&web, &citizen.asked, Some(&citizen.person), error, |message| {
                blank.form = std::mem::take(&mut blank.form).wrong("", message);
                blank
            })
        }
    }
}

fn shown(opened: &Opened, entries: Vec<String>) -> Shown {
    let request = &opened.request;
    let number = |thing: Thing| {
        let judged = opened.things.iter().find(|judged| judged.thing == thing);
        let petition = judged.and_then(|judged| judged.petition.as_ref());
        petition.map_or_else(String::new, |p| {
            p.reception
                .map_or_else(|| p.number.to_string(), |r| r.number.to_string())
        })
    };
    let ruled = request
        .decision
        .as_ref()
        .map_or(&[][..], |decision| &decision.ruled);
    Shown {
        number: request.number.to_string(),
        at: request.at,
        due: request.due,
        state: request.state(),
        decided: request.decision.as_ref().map(|decision| decision.at),
        rows: (ruled.iter())
            .map(|one| ResultRow {
                petition: number(one.thing),
                verdict: one.verdict,
                basis: one.kept.map(|(basis, _)| basis),
                until: one.kept.and_then(|(_, until)| until),
                no: one.no,
            })
            .collect(),
        certificate: ruled.iter().any(|one| one.verdict == Verdict::Destroy),
        reasons: opened.reasons.clone(),
        entries,
    }
}

/// `GET /erasure`
pub async fn result(State(web): State<Web>, visitor: Visitor) -> Result<Response, Fault> {
    let view = ErasureResult {
        form: Filled::default(),
        found: None,
    };
    web.page(&visitor.asked, visitor.person.as_ref(), &view)
}

const LOOK_UP: &[Field] = &[
    Field {
        name: "number",
        label: "erasure-number",
        max: 20,
        shape: Shape::NeededLine,
    },
    Field {
        name: "code",
        label: "erasure-code",
        max: 20,
        shape: Shape::NeededLine,
    },
];

/// The request whose number and code were typed, or the page again with what is wrong.
async fn found(
    web: &Web,
    visitor: &Visitor,
    body: &Bytes,
) -> Result<Result<(Opened, String), Response>, Fault> {
    let mut read = form::urlencoded(body, LOOK_UP)?;
    web.admit(&visitor.asked, &read)?;
    let number: Option<Number> = read.get("number").trim().parse().ok();
    let found = match (number, read.sound()) {
        (Some(number), true) => {
            let origin = visitor.asked.call("").origin;
            match web.app.erasure_result(number, read.get("code"), &origin).await {
                Ok(found) => found,
                Err(NotLetIn::Trouble(trouble)) => return Err(trouble.into()),
                Err(NotLetIn::Wait(seconds)) => {
                    let message = Message::new("erasure-wait").with("n", seconds);
                    read.filled = std::mem::take(&mut read.filled).wrong("", message);
                    None
                }
                Err(_) => None,
            }
        }
        _ => None,
    };
    if let Some(opened) = found {
        return Ok(Ok((opened, read.get("code").trim().to_owned())));
    }
    if read.sound() {
        read.filled = std::mem::take(&mut read.filled).wrong("", Message::new("erasure-not-found"));
    }
    let view = ErasureResult {
        form: read.filled,
        found: None,
    };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(Err(web.page_again(
        &visitor.asked,
        visitor.person.as_ref(),
        &view,
        status,
    )?))
}

/// The numbers of a request's lines in the 파기대장.
async fn entries_of(web: &Web, opened: &Opened) -> Result<Vec<String>, Fault> {
    let mut entries = Vec::new();
    let decided = opened.request.decision.iter();
    for id in decided.flat_map(|decision| decision.entries.iter()) {
        if let Some(entry) = web.app.destruction_entry(*id).await? {
            entries.push(format!("{}-{}", entry.year, entry.n));
        }
    }
    Ok(entries)
}

/// The certificate of a request, in a language; `None` where nothing was destroyed.
pub(crate) async fn certificate_of(
    web: &Web,
    lang: Lang,
    opened: &Opened,
) -> Result<Option<ErasureCertificate>, Fault> {
    let entries = entries_of(web, opened).await?;
    let result = shown(opened, entries);
    let (Some(decided), true) = (result.decided, result.certificate) else {
        return Ok(None);
    };
    let say = |message: &Message| web.desk.pages.say(lang, message).unwrap_or_default();
    let word = |key: &str| say(&Message::new(key));
    let name = |row: &ResultRow| match row.petition.as_str() {
        "" => word("erasure-thing-person"),
        number => say(&Message::new("erasure-thing-petition").with("number", number.to_owned())),
    };
    let day = |day: jiff::civil::Date| match lang {
        "ko" => domain::korean::date(day),
        _ => day.strftime("%-d %B %Y").to_string(),
    };
    let kept = |row: &ResultRow| {
        let mut line = format!(
            "{}: {}",
            name(row),
            word(&format!("erasure-verdict-{}", row.verdict))
        );
        if let Some(basis) = row.basis {
            let until = match row.until {
                Some(until) => say(&Message::new("erasure-until").with("day", day(until))),
                None => word("erasure-no-end"),
            };
            line.push_str(&format!(
                " — {}, {until}",
                word(&format!("erasure-basis-{basis}"))
            ));
        }
        if let Some(no) = row.no {
            line.push_str(&format!(" — {}", word(&format!("erasure-no-{no}"))));
        }
        line
    };
    let (gone, left): (Vec<&ResultRow>, Vec<&ResultRow>) =
        (result.rows.iter()).partition(|row| row.verdict == Verdict::Destroy);
    let office = web.app.office();
    let agency = &office.settings.agency;
    let english = lang != "ko" && !agency.name_en.is_empty();
    Ok(Some(ErasureCertificate {
        agency: if english { &agency.name_en } else { &agency.name }.clone(),
        sender: if english { &agency.name_en } else { &agency.sender }.clone(),
        number: result.number.clone(),
        asked: result.at,
        decided,
        entries: result.entries.clone(),
        destroyed: gone.into_iter().map(name).collect(),
        kept: left.into_iter().map(kept).collect(),
        check_at: format!("{}{}", agency.address_of_pages, To::ErasureResult),
    }))
}

/// `GET /erasure/certificate`: opened by hand.
pub async fn to_result() -> Redirect {
    Redirect::to(&To::ErasureResult.to_string())
}

/// `POST /erasure/certificate`
pub async fn certificate(State(web): State<Web>, visitor: Visitor, body: Bytes) -> Result<Response, Fault> {
    let opened = match found(&web, &visitor, &body).await? {
        Ok((opened, _)) => opened,
        Err(page) => return Ok(page),
    };
    let lang = visitor.asked.visit.lang;
    let certificate = certificate_of(&web, lang, &opened).await?;
    let certificate = certificate.ok_or_else(Fault::not_found)?;
    let tongue = if lang == "en" {
        press::Lang::En
    } else {
        press::Lang::Ko
    };
    let pdf = web.app.print_erasure_certificate(&certificate, tongue)?;
    let name = format!("개인정보 파기 확인서 {}.pdf", certificate.number);
    Ok(download(Leave::coded(&opened), &name, "application/pdf", pdf))
}

/// `POST /erasure`
pub async fn look_up(State(web): State<Web>, visitor: Visitor, body: Bytes) -> Result<Response, Fault> {
    let (opened, code) = match found(&web, &visitor, &body).await? {
        Ok(found) => found,
        Err(page) => return Ok(page),
    };
    let entries = entries_of(&web, &opened).await?;
    let view = ErasureResult {
        form: Filled::of(&[("code", &code)]),
        found: Some(shown(&opened, entries)),
    };
    web.page(&visitor.asked, visitor.person.as_ref(), &view)
}
