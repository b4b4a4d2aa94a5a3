//! 10초 입력 — one line, one code, Enter: filed, received and answered in one sending (영16).

use super::{at_the_counter, field, refusal, tabs};
use crate::{
    Web,
    form::{self, Field, Shape},
    security::Fault,
    session::{Clerk, Seated},
    show,
    view::{
        Filled, Message,
        counter::small::{Last, Offered, Small},
        desk::Here,
    },
};
use app::{
    act::{ActError, NOBODY, Petitioner},
    identity::Address,
    words::Raw,
};
use axum::{body::Bytes, http::StatusCode, response::Response};
use domain::{
    act::{Act, Answer, Filing},
    answers::StandardAnswer,
    intake::Intake,
    terms::{EntryPoint, Kind, Openness, Outcome},
};

const FIELDS: &[Field] = &[
    field("key", "send", 64, Shape::Line),
    field("line", "counter-line", 500, Shape::NeededLine),
    field("answer", "counter-answer-code", 16, Shape::NeededLine),
    field("name", "name", 100, Shape::Line),
    field("phone", "phone", 40, Shape::Line),
    field(
        "entry",
        "counter-door",
        20,
        Shape::NeededChoice(&["phone", "counter"]),
    ),
    field("skip", "counter-skip", 5, Shape::Line),
];

async fn draw(
    web: &Web,
    clerk: &Clerk,
    form: Filled,
    last: Option<Last>,
    status: StatusCode,
    key: String,
) -> Result<Response, Fault> {
    let office = web.app.office();
    let answers = web.app.standard_answers().await?;
    let offered = answers
        .iter()
        .filter(|answer| !answer.retired)
        .map(|answer| Offered {
            code: answer.code.to_string(),
            title: answer.title.clone(),
            answer: answer.answer.clone(),
            stale: answer.is_stale(office.day),
        });
    let without: u32 = web
        .app
        .small_matters(office.day)
        .await?
        .iter()
        .map(|(_, n)| n)
        .sum();
    let view = Small {
        bar: web.bar(clerk, Here::Counter).await?,
        tabs: tabs(clerk, "small"),
        form,
        key,
        answers: offered.collect(),
        last,
        today: (web.app.small_with_number(office.day).await?, without),
    };
    web.desk_page_as(clerk, &view, status)
}

/// `GET /desk/counter/small`
pub async fn page(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    at_the_counter(&clerk)?;
    draw(
        &web,
        &clerk,
        Filled::of(&[("entry", "phone")]),
        None,
        StatusCode::OK,
        web.once(),
    )
    .await
}

/// `POST /desk/counter/small`
pub async fn send(Seated(web): Seated, clerk: Clerk, body: Bytes) -> Result<Response, Fault> {
    at_the_counter(&clerk)?;
    let mut read = form::urlencoded(&body, FIELDS)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let key = read.get("key").to_owned();
    let answer = web.app.standard_answer(read.get("answer").trim()).await?;
    if answer.is_none() && !read.get("answer").trim().is_empty() {
        let told = Message::new("error-choice").with("field", "@counter-answer-code");
        read.filled = std::mem::take(&mut read.filled).wrong("answer", told);
    }
    let phone = match read.get("phone").trim() {
        "" => None,
        typed => {
            let known = Address::parse(typed).filter(|address| !address.value.contains('@'));
            if known.is_none() {
                read.filled =
                    std::mem::take(&mut read.filled).wrong("phone", Message::new("error-phone-form"));
            }
            known.map(|address| address.value)
        }
    };
    let (Some(answer), true) = (answer, read.sound()) else {
        return draw(
            &web,
            &clerk,
            read.filled,
            None,
            StatusCode::UNPROCESSABLE_ENTITY,
            key,
        )
        .await;
    };
    let entry: EntryPoint = read.get("entry").parse().map_err(|_| Fault::not_found())?;
    let name = read.get("name").trim().to_owned();
    let lang = clerk.asked.visit.lang;
    // 영16②: without a name nobody could be told of a line of the 처리부, and none is written.
    let done = if name.is_empty() || !read.get("skip").is_empty() {
        without_number(&web, &clerk, &answer, entry, read.get("line"), &key).await
    } else {
        let who = Petitioner::written_down(name, phone, None, None, lang);
        with_number(&web, &clerk, &answer, entry, who, read.get("line"), &key).await
    };
    match done {
        Ok(last) => {
            let form = Filled::of(&[("entry", entry.code())]);
            draw(&web, &clerk, form, Some(last), StatusCode::OK, web.once()).await
        }
        Err(error) => {
            let refused = refusal(error)?;
            let form = std::mem::take(&mut read.filled).wrong("", show::refused(refused));
            draw(&web, &clerk, form, None, StatusCode::UNPROCESSABLE_ENTITY, key).await
        }
    }
}

async fn without_number(
    web: &Web,
    clerk: &Clerk,
    answer: &StandardAnswer,
    entry: EntryPoint,
    line: &str,
    key: &str,
) -> Result<Last, ActError> {
    let service = web.app.small_service(answer.service).ok_or(ActError::NotFound)?;
    let call = clerk.asked.call(key);
    web.app
        .note_small(&clerk.who, entry, service, answer.code, line, &call)
        .await?;
    Ok(Last {
        reception: None,
        number: None,
        title: answer.title.clone(),
        answer: answer.answer.clone(),
    })
}

async fn with_number(
    web: &Web,
    clerk: &Clerk,
    answer: &StandardAnswer,
    entry: EntryPoint,
    who: Petitioner,
    line: &str,
    key: &str,
) -> Result<Last, ActError> {
    let filing = Filing {
        service: web.app.small_service(answer.service).ok_or(ActError::NotFound)?,
        entry,
        field: None,
        district: None,
        person: NOBODY,
        title: Raw::text(line),
        body: None,
        place: None,
        files: Vec::new(),
        form: None,
        openness: Openness::Private,
        happened: None,
        split_from: None,
        intake: Intake::default(),
    };
    let acts = vec![
        Act::Receive {
            kind: Kind::Other,
            period: None,
        },
        Act::AnswerAtOnce(Answer {
            outcome: Outcome::Answered,
            body: Raw::text(&answer.answer),
            reasons: None,
            remedies: None,
            openness: Openness::Private,
            exception: None,
        }),
    ];
    let petition = web
        .app
        .enter(&clerk.who, who, filing, acts, &clerk.asked.call(key))
        .await?;
    Ok(Last {
        reception: petition.reception.map(|r| r.number.to_string()),
        number: Some(petition.number.to_string()),
        title: answer.title.clone(),
        answer: answer.answer.clone(),
    })
}
