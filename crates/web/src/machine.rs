//! 기계의 길 — what programs with a key of their own may ask: `Authorization: Bearer …`, JSON back, faults by RFC 9457.
//!
//! No cookie, no page, no word of a citizen. Every look is written down under the key's account before it is answered.

use crate::{Origin, Web, session::origin_of};
use app::{
    Trouble,
    visitors::{
        Barred,
        machines::{Machine, PAGE},
    },
};
use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{
    id::PetitionId,
    machine::{Scope, Shut},
    number::FilingNumber,
    petition::Petition,
    proceeding::{Finish, Proceeding},
    time::At,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

crate::routes! {
    /// The addresses of programs.
    Api {
        /// 통계
        Statistics = "api_statistics" "/api/v1/statistics";
        /// 민원 한 건, without words
        Petition(number) = "api_petition" "/api/v1/petitions/{number}";
        /// 민원 목록, page by page: `?after=`
        Petitions = "api_petitions" "/api/v1/petitions";
    }
}

/// The addresses of programs; behind no gate, for they have no session.
pub fn router() -> Router<Web> {
    Router::new()
        .route(at::Statistics, get(statistics))
        .route(at::Petition, get(petition))
        .route(at::Petitions, get(petitions))
}

/// A fault as RFC 9457 has it.
struct Problem {
    status: StatusCode,
    title: &'static str,
    retry: Option<i64>,
}

impl Problem {
    const fn of(status: StatusCode, title: &'static str) -> Problem {
        Problem {
            status,
            title,
            retry: None,
        }
    }
}

/// Nothing of an answer is kept on the way, and none is taken for anything but what it is.
fn plain(mut response: Response, kind: &'static str) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    response
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = json!({ "type": "about:blank", "title": self.title, "status": self.status.as_u16() });
        let mut response = plain(
            (self.status, Json(body)).into_response(),
            "application/problem+json",
        );
        if self.status == StatusCode::UNAUTHORIZED {
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

impl From<Barred> for Problem {
    fn from(error: Barred) -> Problem {
        match error {
            // Whether a key is unknown, taken back or over is not told apart.
            Barred::Shut(Shut::Unknown | Shut::Revoked | Shut::Over) | Barred::Unknown => {
                Problem::of(StatusCode::UNAUTHORIZED, "The key is not valid")
            }
            Barred::Shut(_) | Barred::NotYours | Barred::Outside(_) => {
                Problem::of(StatusCode::FORBIDDEN, "The key does not open this from here")
            }
            Barred::Wait(seconds) => Problem {
                retry: Some(seconds),
                ..Problem::of(StatusCode::TOO_MANY_REQUESTS, "Too many requests")
            },
            Barred::Trouble(Trouble::Broken(what)) => {
                tracing::error!(what, "a defect");
                Problem::of(StatusCode::INTERNAL_SERVER_ERROR, "A defect of the server")
            }
            Barred::Trouble(trouble) => {
                tracing::warn!(%trouble, "the store is away");
                Problem {
                    retry: Some(30),
                    ..Problem::of(StatusCode::SERVICE_UNAVAILABLE, "Not available now")
                }
            }
        }
    }
}

/// The program behind a request, if its key opens `scope`.
async fn shown(web: &Web, parts: &Parts, scope: Scope) -> Result<Machine, Problem> {
    let origin = origin_of(parts, matches!(web.options.origin, Origin::Proxy));
    let bearer = parts
        .headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let key = bearer
        .and_then(|value| value.strip_prefix("Bearer "))
        .ok_or(Problem::of(StatusCode::UNAUTHORIZED, "A key is needed"))?;
    Ok(web.app.ordinary().machine(key, scope, &origin).await?)
}

fn answer(body: impl Serialize) -> Response {
    plain(Json(body).into_response(), "application/json")
}

/// `GET /api/v1/statistics`
async fn statistics(State(web): State<Web>, parts: Parts) -> Result<Response, Problem> {
    let machine = shown(&web, &parts, Scope::StatisticsRead).await?;
    let standing = web.app.machine_statistics(&machine).await?;
    let by_life: serde_json::Map<String, serde_json::Value> = (standing.iter())
        .map(|one| (one.life.code().to_owned(), one.n.into()))
        .collect();
    let now = web.app.now();
    let (running, _) = (web.app.ordinary().proceedings_counted((now, now)).await).map_err(Barred::Trouble)?;
    let mut proceedings = serde_json::Map::new();
    for (track, step, n) in running {
        let steps = proceedings.entry(track.as_str()).or_insert_with(|| json!({}));
        steps[step.as_str()] = n.into();
    }
    Ok(answer(
        json!({ "at": iso(now), "petitions": by_life, "proceedings": proceedings }),
    ))
}

/// A petition without words.
fn told(p: &Petition) -> serde_json::Value {
    json!({
        "id": p.id.to_string(),
        "number": p.number.to_string(),
        "reception_number": p.reception.map(|reception| reception.number.to_string()),
        "kind": p.kind.code(),
        "service": p.service.0.as_str(),
        "life": p.life.code(),
        "outcome": p.end.map(|end| end.outcome.code()),
        "filed_at": iso(p.filed_at),
        "received_at": p.reception.map(|reception| iso(reception.at)),
        "due_before": p.due().map(iso),
        "concluded_at": p.end.map(|end| iso(end.concluded_at)),
        "proceedings": p.proceedings.iter().map(proceeding).collect::<Vec<_>>(),
    })
}

/// A special procedure without words and without who takes part.
fn proceeding(one: &Proceeding) -> serde_json::Value {
    let (ending, ended_at) = match one.end {
        Some((Finish::As(code), at)) => (Some(code.to_string()), iso(at)),
        Some((Finish::WithPetition, at)) => (None, iso(at)),
        None => (None, None),
    };
    json!({
        "no": one.no,
        "procedure": one.track.0.as_str(),
        "version": one.track.1,
        "step": one.stands.step.as_str(),
        "opened_at": iso(one.opened_at),
        "since": iso(one.since),
        "due_before": one.due().map(iso),
        "ended_at": ended_at,
        "ending": ending,
    })
}

/// A moment as RFC 3339, in Seoul.
fn iso(at: At) -> Option<String> {
    at.civil()
        .map(|civil| format!("{}+09:00", civil.strftime("%Y-%m-%dT%H:%M:%S")))
}

/// `GET /api/v1/petitions/{number}`
async fn petition(
    State(web): State<Web>,
    Path(number): Path<String>,
    parts: Parts,
) -> Result<Response, Problem> {
    let machine = shown(&web, &parts, Scope::PetitionsRead).await?;
    let nothing = Problem::of(StatusCode::NOT_FOUND, "There is no such petition");
    let Ok(number) = number.parse::<FilingNumber>() else {
        return Err(nothing);
    };
    match web.app.ordinary().machine_petition(&machine, number).await? {
        Some(petition) => Ok(answer(told(&petition))),
        None => Err(nothing),
    }
}

/// Behind which petition a page begins.
#[derive(Deserialize)]
struct After {
    after: Option<String>,
}

/// `GET /api/v1/petitions?after=`
async fn petitions(
    State(web): State<Web>,
    Query(query): Query<After>,
    parts: Parts,
) -> Result<Response, Problem> {
    let machine = shown(&web, &parts, Scope::PetitionsRead).await?;
    let after: Option<PetitionId> = match query.after.as_deref() {
        None | Some("") => None,
        Some(id) => Some(
            id.parse()
                .map_err(|_| Problem::of(StatusCode::BAD_REQUEST, "`after` is the `id` of a petition"))?,
        ),
    };
    let page = web.app.ordinary().machine_petitions(&machine, after).await?;
    let full = page.len() == usize::try_from(PAGE).unwrap_or(usize::MAX);
    let next = page.last().filter(|_| full).map(|last| last.id.to_string());
    let items: Vec<_> = page.iter().map(told).collect();
    Ok(answer(json!({ "petitions": items, "next": next })))
}
