//! 창구의 목록 — papers to be handed out, the 발급대장, standard answers.

use super::{at_the_counter, field, tabs};
use crate::desk::gate::Wish;
use crate::leave::{Leave, csv, download};
use crate::{
    Web,
    form::{self, Field, Shape},
    security::Fault,
    session::{Clerk, Seated},
    view::{
        Filled, Message,
        counter::{
            Counter,
            answers::{AnswerPage, AnswerRow, Answers, Claims, Issued, IssuedRow, Waiting},
        },
        desk::Here,
    },
};
use app::{answers::NotKept, counter::Line};
use axum::{
    body::Bytes,
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use documents::press::Lang;
use domain::gate::{Export, Format};
use domain::{
    answers::{AnswerFault, StandardAnswer, may_keep},
    number::FilingNumber,
};
use jiff::civil::Date;
use serde::Deserialize;

/// `GET /desk/counter/claims`
pub async fn claims(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    at_the_counter(&clerk)?;
    let reader = web.reader(clerk.asked.visit.lang);
    let items = web.app.claims(&clerk.who, &clerk.asked.call("")).await?;
    let rows = items.iter().filter_map(|item| {
        let claim = item.petition.claim?;
        Some(Waiting {
            number: item.petition.number.to_string(),
            reception: item.petition.reception?.number.to_string(),
            title: item.title.clone().unwrap_or_default(),
            service: reader.service(&item.petition),
            since: claim.since,
            kept_until: claim.discard_from.yesterday().ok()?,
            told: claim.told,
            lapsed: claim.told.is_some() && claim.discard_from <= reader.office.day,
        })
    });
    let view = Claims {
        rows: rows.collect(),
        bar: web.bar(&clerk, Here::Counter).await?,
        tabs: tabs(&clerk, "claims"),
    };
    web.desk_page(&clerk, &view)
}

/// `?from=` and `?to=`
#[derive(Debug, Deserialize)]
pub struct Span {
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

impl Span {
    /// The days asked for; this month up to today where none were.
    fn days(&self, today: Date) -> (Date, Date) {
        let to = self.to.parse().unwrap_or(today);
        let from = self.from.parse().unwrap_or(to.first_of_month());
        (from.min(to), to)
    }
}

fn row(web: &Web, clerk: &Clerk, line: &Line) -> IssuedRow {
    let reader = web.reader(clerk.asked.visit.lang);
    IssuedRow {
        issue: line.issue.number.to_string(),
        at: line.issue.at,
        service: reader.service(&line.petition),
        name: line.name.clone(),
        copies: line.issue.copies,
        per_copy: line.issue.charge.per_copy.to_string(),
        waiver: line
            .issue
            .charge
            .waiver
            .map_or("", |(waiver, _)| waiver.code())
            .to_owned(),
        paid: line.issue.paid.to_string(),
        code: line.issue.code.to_string(),
        by: reader.person(line.by).name,
        number: line.petition.number.to_string(),
    }
}

/// `GET /desk/counter/issued`
pub async fn issued(Seated(web): Seated, clerk: Clerk, Query(span): Query<Span>) -> Result<Response, Fault> {
    let (from, to) = span.days(web.app.office().day);
    let lines = web
        .app
        .register(&clerk.who, from, to, &clerk.asked.call(""))
        .await?;
    let paid = domain::fee::Won(lines.iter().map(|line| line.issue.paid.0).sum());
    let view = Issued {
        bar: web.bar(&clerk, Here::Counter).await?,
        tabs: tabs(&clerk, "issued"),
        from,
        to,
        copies: lines.iter().map(|line| line.issue.copies).sum(),
        paid: paid.to_string(),
        rows: lines.iter().map(|line| row(&web, &clerk, line)).collect(),
    };
    web.desk_page(&clerk, &view)
}

/// `GET /desk/counter/issued.csv`
pub async fn issued_file(
    Seated(web): Seated,
    clerk: Clerk,
    Query(span): Query<Span>,
) -> Result<Response, Fault> {
    let (from, to) = span.days(web.app.office().day);
    let wish = Wish {
        what: Export::Issued,
        format: Format::Csv,
        petition: None,
        subjects: web.app.register_people(&clerk.who, from, to).await?,
        from: Counter::Issued.to_string(),
    };
    let pass = match web.pass(&clerk, &wish).await? {
        Ok(pass) => pass,
        Err(asks) => return Ok(asks),
    };
    let lines = web
        .app
        .register(&clerk.who, from, to, &clerk.asked.call(""))
        .await?;
    let head = [
        "발급번호",
        "발급일시",
        "증명서",
        "신청인",
        "통수",
        "1통 수수료(원)",
        "감면 사유",
        "받은 수수료(원)",
        "확인번호",
        "발급자",
        "신청번호",
    ];
    let mut rows = Vec::with_capacity(lines.len());
    for line in &lines {
        let row = row(&web, &clerk, line);
        let waiver = match row.waiver.as_str() {
            "" => String::new(),
            code => web.word("ko", &format!("waiver-{code}"), code),
        };
        let at = row
            .at
            .civil()
            .map(|at| at.strftime("%Y-%m-%d %H:%M").to_string())
            .unwrap_or_default();
        rows.push(vec![
            row.issue,
            at,
            row.service,
            row.name,
            row.copies.to_string(),
            line.issue.charge.per_copy.0.to_string(),
            waiver,
            line.issue.paid.0.to_string(),
            row.code,
            row.by,
            row.number,
        ]);
    }
    Ok(csv(
        Leave::passed(&pass),
        &format!("issued-{from}-{to}.csv"),
        &head.map(str::to_owned),
        &rows,
    ))
}

/// `GET /desk/counter/certificate/{number}`
pub async fn certificate(
    Seated(web): Seated,
    clerk: Clerk,
    Path(number): Path<String>,
) -> Result<Response, Fault> {
    let number: FilingNumber = number.parse().map_err(|_| Fault::not_found())?;
    let id = web.app.numbered(&clerk.who, number).await?;
    if web.app.standing(&clerk.who, id).await?.issue.is_none() {
        return Err(Fault::not_found());
    }
    let wish = Wish::of_case(Export::Certificate, Format::Pdf, id, &number.to_string());
    let pass = match web.pass(&clerk, &wish).await? {
        Ok(pass) => pass,
        Err(asks) => return Ok(asks),
    };
    let printed = pass
        .over(&web.app)?
        .certificate(&clerk.who, id, Lang::Ko, &clerk.asked.call(""))
        .await?;
    let name = format!("certificate-{number}.pdf");
    Ok(download(
        Leave::passed(&pass),
        &name,
        "application/pdf",
        printed.pdf,
    ))
}

/// `GET /desk/answers`
pub async fn answers(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    let reader = web.reader(clerk.asked.visit.lang);
    let today = reader.office.day;
    let mut all = web.app.standard_answers().await?;
    all.sort_by_key(|answer| {
        let own = may_keep(&clerk.who, answer.unit);
        (
            answer.retired,
            !(own && answer.is_stale(today)),
            !own,
            answer.code,
        )
    });
    let rows: Vec<AnswerRow> = (all.iter())
        .map(|answer| AnswerRow {
            code: answer.code.to_string(),
            title: answer.title.clone(),
            question: answer.question.clone(),
            unit: unit(&web, &clerk, answer),
            review_by: answer.review_by,
            stale: answer.is_stale(today),
            retired: answer.retired,
            own: may_keep(&clerk.who, answer.unit),
        })
        .collect();
    let stale = rows.iter().filter(|row| row.stale).count();
    let view = Answers {
        bar: web.bar(&clerk, Here::Counter).await?,
        tabs: tabs(&clerk, "answers"),
        stale: u32::try_from(stale).unwrap_or(u32::MAX),
        may_write: reader.office.units.keys().any(|unit| may_keep(&clerk.who, *unit)),
        rows,
    };
    web.desk_page(&clerk, &view)
}

fn unit(web: &Web, clerk: &Clerk, answer: &StandardAnswer) -> String {
    use crate::view::desk::timeline::Names;
    web.reader(clerk.asked.visit.lang).unit(answer.unit)
}

const KEPT: &[Field] = &[
    field("code", "counter-answer-code", 16, Shape::NeededLine),
    field("title", "title", 200, Shape::NeededLine),
    field("question", "counter-question", 1_000, Shape::NeededText),
    field("answer", "counter-answer", 10_000, Shape::NeededText),
    field("unit", "counter-answer-unit", 32, Shape::NeededLine),
    field("service", "desk-service", 16, Shape::Line),
    field("review_by", "counter-review-by", 10, Shape::NeededLine),
    field("version", "send", 6, Shape::Line),
    field("do", "send", 10, Shape::Line),
];

async fn draw(
    web: &Web,
    clerk: &Clerk,
    old: Option<&StandardAnswer>,
    form: Filled,
    overtaken: bool,
    status: StatusCode,
) -> Result<Response, Fault> {
    let reader = web.reader(clerk.asked.visit.lang);
    let office = &reader.office;
    let mut units: Vec<(String, String)> = (office.units.values())
        .filter(|unit| may_keep(&clerk.who, unit.id) || old.is_some_and(|old| old.unit == unit.id))
        .map(|unit| (unit.id.to_string(), reader.pick(&unit.name, &unit.name_en)))
        .collect();
    units.sort_by(|a, b| a.1.cmp(&b.1));
    let services = office.services_today().map(|service| {
        (
            service.code.to_string(),
            reader.pick(&service.name.ko, &service.name.en),
        )
    });
    let view = AnswerPage {
        bar: web.bar(clerk, Here::Counter).await?,
        tabs: tabs(clerk, "answers"),
        code: old.map(|old| old.code.to_string()),
        version: old.map_or(0, |old| old.version),
        own: old.map_or(!units.is_empty(), |old| may_keep(&clerk.who, old.unit)),
        services: services.collect(),
        units,
        form,
        stale: old.is_some_and(|old| old.is_stale(office.day)),
        reviewed_on: old.map(|old| old.reviewed_on),
        overtaken,
    };
    web.desk_page_as(clerk, &view, status)
}

async fn known(web: &Web, code: &str) -> Result<Option<StandardAnswer>, Fault> {
    if code == "new" {
        return Ok(None);
    }
    let all = web.app.standard_answers().await?;
    let found = all.into_iter().find(|answer| answer.code.as_str() == code);
    Ok(Some(found.ok_or_else(Fault::not_found)?))
}

/// `GET /desk/answers/{code}`
pub async fn answer(Seated(web): Seated, clerk: Clerk, Path(code): Path<String>) -> Result<Response, Fault> {
    let old = known(&web, &code).await?;
    let form = match &old {
        None => Filled::default(),
        Some(old) => Filled::of(&[
            ("code", old.code.as_str()),
            ("title", &old.title),
            ("question", &old.question),
            ("answer", &old.answer),
            ("unit", &old.unit.to_string()),
            ("service", old.service.as_ref().map_or("", |code| code.as_str())),
            ("review_by", &old.review_by.to_string()),
        ]),
    };
    draw(&web, &clerk, old.as_ref(), form, false, StatusCode::OK).await
}

/// `POST /desk/answers/{code}`: kept, reviewed, or retired.
pub async fn keep(
    Seated(web): Seated,
    clerk: Clerk,
    Path(code): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    let mut read = form::urlencoded(&body, KEPT)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let old = known(&web, &code).await?;
    let today = web.app.office().day;
    let wrong = |read: &mut form::Read, field: &str, message: Message| {
        read.filled = std::mem::take(&mut read.filled).wrong(field, message);
    };
    let answer_code = read.get("code").trim().parse().ok();
    let (unit, review_by) = (
        read.get("unit").parse().ok(),
        read.get("review_by").trim().parse::<Date>().ok(),
    );
    let service = match read.get("service").trim() {
        "" => Some(None),
        typed => typed.parse().ok().map(Some),
    };
    for (missing, field) in [
        (answer_code.is_none(), "code"),
        (unit.is_none(), "unit"),
        (service.is_none(), "service"),
    ] {
        if missing && read.sound() {
            wrong(&mut read, field, Message::new("counter-error-answer-field"));
        }
    }
    if review_by.is_none() && read.sound() {
        wrong(&mut read, "review_by", Message::new("error-date-form"));
    }
    let parsed = answer_code
        .zip(unit)
        .zip(review_by)
        .zip(service)
        .filter(|_| read.sound());
    let Some((((answer_code, unit), review_by), service)) = parsed else {
        let form = std::mem::take(&mut read.filled);
        return draw(
            &web,
            &clerk,
            old.as_ref(),
            form,
            false,
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    };
    let next = StandardAnswer {
        code: answer_code,
        version: 0,
        title: read.get("title").trim().to_owned(),
        question: read.get("question").trim().to_owned(),
        answer: read.get("answer").trim().to_owned(),
        unit,
        service,
        review_by,
        reviewed_on: today,
        retired: read.get("do") == "retire",
    };
    let version: u32 = read.get("version").parse().unwrap_or(0);
    let (field, message, overtaken) = match web.app.keep_answer(&clerk.who, next, version).await {
        Ok(()) => return Ok(Redirect::to(&Counter::Answers.to_string()).into_response()),
        Err(NotKept::Fault(AnswerFault::ReviewDay)) => ("review_by", "counter-error-review", false),
        Err(NotKept::Fault(AnswerFault::NotYours)) => ("unit", "counter-error-unit", false),
        Err(NotKept::Overtaken) => ("", "counter-answer-overtaken", true),
        Err(NotKept::Act(error)) => return Err(error.into()),
    };
    let form = std::mem::take(&mut read.filled).wrong(field, Message::new(message));
    let status = if overtaken {
        StatusCode::CONFLICT
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let now = known(&web, &code).await?;
    draw(&web, &clerk, now.as_ref(), form, overtaken, status).await
}
