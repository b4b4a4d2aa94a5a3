//! 격리된 파일 — the list of attachments that are kept apart, and the decision about one of them.

use super::told;
use crate::{
    Web,
    form::{self, Field, Shape},
    security::Fault,
    session::{Clerk, Seated},
    show,
    view::{
        Filled, Message,
        desk::{
            Desk, Here,
            files::{Engine, HeldFile, HeldFiles, HeldRow},
        },
    },
};
use app::{
    act::ActError,
    scan::{Decision, Held},
    words::Raw,
};
use axum::{
    body::Bytes,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{access::files::may_decide_files, id::TextId, refusal::Refusal, terms::By};

const FIELDS: &[Field] = &[
    Field {
        name: "reason",
        label: "held-reason",
        max: 2_000,
        shape: Shape::NeededText,
    },
    Field {
        name: "decision",
        label: "held-choose",
        max: 10,
        shape: Shape::NeededChoice(&["release", "destroy"]),
    },
];

fn row(web: &Web, clerk: &Clerk, held: Held) -> HeldRow {
    let reader = web.reader(clerk.asked.visit.lang);
    HeldRow {
        id: held.scan.content.to_string(),
        number: held.number,
        name: held.name,
        standing: held.scan.standing.code(),
        found: held.scan.found,
        signatures: held.scan.signatures,
        came_at: held.scan.came_at,
        scanned_at: held.scan.scanned_at,
        decided: (held.scan.decided).map(|(by, at, _)| (reader.by(By::Official(by)), at)),
        reason: held.reason,
    }
}

/// `GET /desk/held-files`
pub async fn list(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    let quarantine = web.app.quarantine(&clerk.who, &clerk.asked.call("")).await?;
    let rows = |held: Vec<Held>| held.into_iter().map(|held| row(&web, &clerk, held)).collect();
    let view = HeldFiles {
        bar: web.bar(&clerk, Here::Supervision).await?,
        engine: match quarantine.engine {
            None => Engine::None,
            Some(Err(_)) => Engine::Silent,
            Some(Ok(signatures)) => Engine::Knows { signatures },
        },
        waiting: quarantine.waiting,
        decides: may_decide_files(&clerk.who).is_ok(),
        held: rows(quarantine.held),
        decided: rows(quarantine.decided),
    };
    web.desk_page(&clerk, &view)
}

async fn draw(
    web: &Web,
    clerk: &Clerk,
    id: TextId,
    form: Filled,
    status: StatusCode,
) -> Result<Response, Fault> {
    let held = web.app.held_file(&clerk.who, id, &clerk.asked.call("")).await?;
    let view = HeldFile {
        bar: web.bar(clerk, Here::Supervision).await?,
        decides: held.scan.standing.is_held() && may_decide_files(&clerk.who).is_ok(),
        row: row(web, clerk, held),
        form,
    };
    web.desk_page_as(clerk, &view, status)
}

/// `GET /desk/held-files/{file}`
pub async fn page(Seated(web): Seated, clerk: Clerk, Path(file): Path<String>) -> Result<Response, Fault> {
    let id: TextId = file.parse().map_err(|_| Fault::not_found())?;
    draw(&web, &clerk, id, Filled::default(), StatusCode::OK).await
}

/// `POST /desk/held-files/{file}`: released or destroyed, with the reason.
pub async fn decide(
    Seated(web): Seated,
    clerk: Clerk,
    Path(file): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    let id: TextId = file.parse().map_err(|_| Fault::not_found())?;
    let mut read = form::urlencoded(&body, FIELDS)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let decision = match read.get("decision") {
        "release" => Decision::Release,
        _ => Decision::Destroy,
    };
    if !read.sound() {
        return draw(&web, &clerk, id, read.filled, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let (reason, call) = (Raw::text(read.get("reason")), clerk.asked.call(""));
    let (status, message): (StatusCode, Message) = match web
        .app
        .decide_file(&clerk.who, id, decision, &reason, &call)
        .await
    {
        Ok(()) => return Ok(Redirect::to(&Desk::HeldFile(file).to_string()).into_response()),
        Err(ActError::NotFound) => return Err(Fault::not_found()),
        // Another decided first: the page shows what.
        Err(ActError::Refused(refusal @ Refusal::FileNotHeld)) => {
            (StatusCode::CONFLICT, show::refused(refusal))
        }
        Err(ActError::Refused(refusal)) => (StatusCode::UNPROCESSABLE_ENTITY, show::refused(refusal)),
        Err(ActError::Trouble(trouble)) => {
            let told = told(&trouble);
            (Fault::from(trouble).status, told)
        }
    };
    let form = std::mem::take(&mut read.filled).wrong("", message);
    draw(&web, &clerk, id, form, status).await
}
