//! 열람 내역의 길 — which offices looked at one's petition.

use super::named;
use super::petition::unit_name;
use crate::{
    Web,
    security::Fault,
    session::Citizen,
    view::citizen::looks::{LookRow, Looks},
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use serde::Deserialize;

/// Lines of a page.
const LINES: usize = 20;

/// Which page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    page: u16,
}

/// `GET /my/{number}/looks`
pub async fn page(
    State(web): State<Web>,
    citizen: Citizen,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let id = named(&web, &citizen, &number).await?;
    let page = usize::from(asked.page).max(1);
    let (lines, more) = web
        .app
        .looked_at(&citizen.who(), id, (page - 1) * LINES, LINES)
        .await?;
    let (office, lang) = (web.app.office(), citizen.asked.visit.lang);
    let view = Looks {
        number,
        rows: (lines.into_iter())
            .map(|line| LookRow {
                first: line.first,
                last: line.last,
                unit: (line.unit.and_then(|unit| office.unit(unit)))
                    .map(|unit| unit_name(&office, unit.id, lang))
                    .unwrap_or_default(),
                name: line.name.unwrap_or_default(),
                doing: line.doing.code(),
                n: line.n,
            })
            .collect(),
        newer: (page > 1).then(|| page as u64 - 1),
        older: more.then(|| page as u64 + 1),
    };
    web.page(&citizen.asked, Some(&citizen.person), &view)
}
