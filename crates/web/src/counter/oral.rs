//! 구술민원 — what is spoken is written down as a draft, read back sentence by sentence, signed, and only then received (영10④).

use super::{at_the_counter, field, petitioner, refusal, tabs};
use crate::{
    Web,
    citizen::{attached, files as files_of, open::name_of},
    desk::given::DRAWN,
    form::{self, Field, Read, Shape},
    security::Fault,
    session::{Clerk, Seated, id16},
    view::{
        Filled, Message,
        counter::{
            Counter,
            oral::{Oral as Page, ReadBack},
        },
        desk::Here,
    },
};
use app::{
    act::{ActError, NOBODY},
    saved::Draft,
    words::Raw,
};
use axum::{
    body::Bytes,
    extract::{FromRequest, Multipart, Path, Query, Request},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    access::Who,
    act::{Act, Filing},
    intake::{Delivery, Intake, Interpreter, Oral, Signature, SignatureWay, Tongue},
    refusal::Refusal,
    terms::{EntryPoint, Kind, Openness},
    text::hex,
};
use serde::Deserialize;
use std::collections::BTreeMap;

const FIELDS: &[Field] = &[
    field("draft", "send", 64, Shape::Line),
    field(
        "tongue",
        "counter-tongue",
        20,
        Shape::NeededChoice(&[
            "korean",
            "korean_sign",
            "english",
            "chinese",
            "vietnamese",
            "japanese",
            "russian",
            "tagalog",
            "mongolian",
            "other",
        ]),
    ),
    field(
        "interpreter",
        "counter-interpreter",
        20,
        Shape::NeededChoice(&["nobody", "companion", "staff", "remote", "sign"]),
    ),
    field("service", "desk-service", 16, Shape::NeededLine),
    field("name", "name", 100, Shape::Line),
    field("phone", "phone", 40, Shape::Line),
    field("mail", "mail", 200, Shape::Line),
    field("address", "counter-address", 300, Shape::Line),
    field(
        "delivery",
        "counter-delivery",
        20,
        Shape::NeededChoice(&["electronic", "counter", "post"]),
    ),
    field("title", "title", 500, Shape::NeededLine),
    field("body", "counter-said", 20_000, Shape::NeededText),
];

const SIGNED: &[Field] = &[field("read", "send", 64, Shape::Line)];

/// Sentences as they are read out: a line each, so that nobody loses the place.
fn sentences(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for line in text.lines() {
        let mut rest = line.trim();
        while !rest.is_empty() {
            let end = rest
                .char_indices()
                .find(|(at, c)| {
                    let after = rest[at + c.len_utf8()..].chars().next();
                    matches!(c, '.' | '?' | '!' | '。' | '？' | '！') && after.is_none_or(char::is_whitespace)
                })
                .map_or(rest.len(), |(at, c)| at + c.len_utf8());
            all.push(rest[..end].trim().to_owned());
            rest = rest[end..].trim_start();
        }
    }
    all
}

fn owner(who: &Who) -> [u8; 16] {
    match who {
        Who::Official(official) => official.id.bytes(),
        Who::Citizen(_) | Who::System => [0; 16],
    }
}

/// What was written down, as a hash: what is signed is what was read back.
fn hash(written: &BTreeMap<String, String>) -> String {
    let all: String = written
        .iter()
        .filter(|(name, _)| name.as_str() != "draft")
        .map(|(name, value)| format!("{name}={}\n{value}\n", value.len()))
        .collect();
    hex(&app::saved::fingerprint(all.as_bytes()))
}

/// `?draft=`: a sheet to go on with.
#[derive(Debug, Deserialize)]
pub struct Which {
    #[serde(default)]
    draft: String,
}

async fn draw(
    web: &Web,
    clerk: &Clerk,
    form: Filled,
    draft: Option<String>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let office = web.app.office();
    let (mut posted, mut others) = (Vec::new(), Vec::new());
    for service in office.services_today() {
        let one = (service.code.to_string(), name_of(service, clerk.asked.visit.lang));
        if service.oral {
            posted.push(one)
        } else {
            others.push(one)
        }
    }
    let view = Page {
        bar: web.bar(clerk, Here::Counter).await?,
        tabs: tabs(clerk, "oral"),
        form,
        posted,
        others,
        draft,
    };
    web.desk_page_as(clerk, &view, status)
}

async fn saved(web: &Web, clerk: &Clerk, draft: &str) -> Result<([u8; 16], Draft), Fault> {
    let id = id16(draft).ok_or_else(Fault::not_found)?;
    Ok((id, web.app.draft(owner(&clerk.who), id).await?))
}

/// `GET /desk/counter/oral`
pub async fn page(Seated(web): Seated, clerk: Clerk, Query(which): Query<Which>) -> Result<Response, Fault> {
    at_the_counter(&clerk)?;
    if which.draft.is_empty() {
        let form = Filled::of(&[
            ("tongue", "korean"),
            ("interpreter", "nobody"),
            ("delivery", "counter"),
        ]);
        return draw(&web, &clerk, form, None, StatusCode::OK).await;
    }
    let (_, draft) = saved(&web, &clerk, &which.draft).await?;
    let form = Filled {
        values: draft.oral,
        errors: Vec::new(),
    };
    draw(&web, &clerk, form, Some(which.draft), StatusCode::OK).await
}

/// `POST /desk/counter/oral`: kept as a draft of this official, to be read back.
pub async fn write(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    at_the_counter(&clerk)?;
    let mut read = form::urlencoded(&body, FIELDS)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let lang = clerk.asked.visit.lang;
    let known = id16(read.get("draft"));
    let draft_id = known.map(|id| hex(&id));
    let _ = petitioner(&mut read.filled, lang);
    let office = web.app.office();
    let service = read.get("service").parse().ok();
    if service
        .and_then(|code| office.service_on(code, office.day))
        .is_none()
        && !read.get("service").is_empty()
    {
        read.filled =
            std::mem::take(&mut read.filled).wrong("service", Message::new("counter-error-service"));
    }
    if !read.sound() {
        return draw(
            &web,
            &clerk,
            read.filled,
            draft_id,
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    }
    let mut draft = Draft {
        service: read.get("service").to_owned(),
        title: read.get("title").to_owned(),
        oral: std::mem::take(&mut read.filled.values),
        key: web.once(),
        ..Draft::default()
    };
    let id = web
        .app
        .save_draft(owner(&clerk.who), known, &mut draft, Vec::new())
        .await?;
    Ok(Redirect::to(&Counter::ReadBack(hex(&id)).to_string()).into_response())
}

/// `GET /desk/counter/oral/{draft}`
pub async fn read_back(
    Seated(web): Seated,
    clerk: Clerk,
    Path(draft): Path<String>,
) -> Result<Response, Fault> {
    at_the_counter(&clerk)?;
    let (_, kept) = saved(&web, &clerk, &draft).await?;
    show(
        &web,
        &clerk,
        draft,
        &kept,
        Filled::default(),
        None,
        StatusCode::OK,
    )
    .await
}

async fn show(
    web: &Web,
    clerk: &Clerk,
    draft: String,
    kept: &Draft,
    form: Filled,
    refused: Option<Refusal>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let office = web.app.office();
    let value = |name: &str| kept.oral.get(name).cloned().unwrap_or_default();
    let service = kept
        .service
        .parse()
        .ok()
        .and_then(|code| office.service_on(code, office.day));
    let service = service.ok_or_else(Fault::not_found)?;
    let reach: Vec<String> = ["phone", "mail", "address"]
        .map(value)
        .into_iter()
        .filter(|v| !v.is_empty())
        .collect();
    let view = ReadBack {
        bar: web.bar(clerk, Here::Counter).await?,
        tabs: tabs(clerk, "oral"),
        draft,
        service: name_of(service, clerk.asked.visit.lang),
        kind: service.kind,
        name: value("name"),
        reach: reach.join(" / "),
        tongue: value("tongue").parse().unwrap_or(Tongue::Korean),
        interpreter: value("interpreter").parse().unwrap_or(Interpreter::Nobody),
        title: value("title"),
        sentences: sentences(&value("body")),
        form,
        refused: refused.map(|refusal| (refusal, refusal.clause().to_owned())),
        read: hash(&kept.oral),
        today: office.day,
    };
    web.desk_page_as(clerk, &view, status)
}

/// `POST /desk/counter/oral/{draft}`: signed, filed and received.
pub async fn sign(
    Seated(web): Seated,
    clerk: Clerk,
    Path(draft): Path<String>,
    request: Request,
) -> Result<Response, Fault> {
    at_the_counter(&clerk)?;
    let parts = Multipart::from_request(request, &web)
        .await
        .map_err(|_| Fault::of(StatusCode::UNSUPPORTED_MEDIA_TYPE))?;
    let mut read = form::multipart(parts, SIGNED, files_of(&web)).await?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let (id, kept) = saved(&web, &clerk, &draft).await?;
    if read.get("read") != hash(&kept.oral) {
        // Changed since it was read back: it is read back again.
        let form = Filled::default().wrong("", Message::new("counter-error-read-again"));
        return show(&web, &clerk, draft, &kept, form, None, StatusCode::CONFLICT).await;
    }
    let Some((who, filing, kind)) = spoken(&clerk, &kept, &web, &mut read) else {
        let form = std::mem::take(&mut read.filled);
        return show(
            &web,
            &clerk,
            draft,
            &kept,
            form,
            None,
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    };
    let acts = vec![Act::Receive { kind, period: None }];
    let call = clerk.asked.call(&kept.key);
    match web.app.enter(&clerk.who, who, filing, acts, &call).await {
        Ok(petition) => {
            web.app.forget_draft(owner(&clerk.who), id).await?;
            Ok(Redirect::to(&super::taken(&web, &petition)).into_response())
        }
        Err(ActError::Trouble(trouble)) => {
            let form = Filled::default().wrong("", crate::desk::told(&trouble));
            show(
                &web,
                &clerk,
                draft,
                &kept,
                form,
                None,
                StatusCode::SERVICE_UNAVAILABLE,
            )
            .await
        }
        Err(error) => {
            let refused = refusal(error)?;
            let form = Filled::default();
            show(
                &web,
                &clerk,
                draft,
                &kept,
                form,
                Some(refused),
                StatusCode::UNPROCESSABLE_ENTITY,
            )
            .await
        }
    }
}

type Spoken = (app::act::Petitioner, Filing<Raw>, Kind);

fn spoken(clerk: &Clerk, kept: &Draft, web: &Web, read: &mut Read) -> Option<Spoken> {
    let office = web.app.office();
    let value = |name: &str| kept.oral.get(name).map_or("", String::as_str);
    let service = kept
        .service
        .parse()
        .ok()
        .and_then(|code| office.service_on(code, office.day))?;
    let mut contact = Filled {
        values: kept.oral.clone(),
        errors: Vec::new(),
    };
    let who = petitioner(&mut contact, clerk.asked.visit.lang)?;
    let mut files = attached(std::mem::take(&mut read.files), &mut read.filled);
    if !read.sound() {
        return None;
    }
    // The signature drawn on the screen, or else the first scan: the sheet that was signed on paper.
    let drawn = files.iter().position(|file| file.name == Raw::text(DRAWN));
    let way = if drawn.is_some() {
        SignatureWay::Screen
    } else {
        SignatureWay::Scan
    };
    let signature = (!files.is_empty()).then(|| Signature {
        way,
        file: files.remove(drawn.unwrap_or(0)),
    });
    let delivery: Option<Delivery> = value("delivery").parse().ok();
    let filing = Filing {
        service: service.code,
        entry: EntryPoint::Oral,
        field: None,
        district: None,
        person: NOBODY,
        title: Raw::text(value("title")),
        body: Raw::optional(value("body")),
        place: None,
        files,
        form: None,
        openness: Openness::Private,
        happened: None,
        split_from: None,
        intake: Intake {
            delivery,
            oral: Some(Oral {
                tongue: value("tongue").parse().ok()?,
                interpreter: value("interpreter").parse().ok()?,
                signature,
            }),
            ..Intake::default()
        },
    };
    Some((who, filing, service.kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_is_read_back_sentence_by_sentence() {
        for (text, expected) in [
            (
                "은행에 낼 서류입니다. 두 통 주십시오.",
                vec!["은행에 낼 서류입니다.", "두 통 주십시오."],
            ),
            (
                "길이 3.5미터입니다.\n좁습니까? 예",
                vec!["길이 3.5미터입니다.", "좁습니까?", "예"],
            ),
            ("  \n", vec![]),
        ] {
            assert_eq!(sentences(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_changed_after_reading_is_another_text() {
        let one: BTreeMap<String, String> = [("body".to_owned(), "두 통".to_owned())].into();
        let other: BTreeMap<String, String> = [("body".to_owned(), "세 통".to_owned())].into();
        assert_ne!(hash(&one), hash(&other));
    }
}
