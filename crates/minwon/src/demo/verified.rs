//! 체험의 본인확인 — one service of the demonstration asks whoever files it online to verify who they are.

use crate::city::cast::who;
use anyhow::Context;
use app::App;
use app::act::Call;
use app::handbook::Motive;
use domain::assurance::Assurance;
use domain::handbook::Service;
use domain::handbook::edition::Ground;
use domain::time::At;

/// 수급자 증명서 발급: it is made out to nobody but the person it is about.
const SERVICE: &str = "S037";

/// Publishes the service anew, from today on.
pub async fn tell(app: &App, now: At) -> anyhow::Result<()> {
    let office = app.office();
    let newest = office.service_newest(SERVICE.parse().context("a service of the demo")?);
    let newest = newest.context("a service of the demo")?.clone();
    let examiner = office.official_by_login("examiner");
    let examiner = who(&office, examiner.context("an official of the demo")?.id, now)?;
    let next = Service {
        valid_from: office.day,
        assurance: Assurance::Verified,
        ..newest.clone()
    };
    let motive = Motive {
        ground: Ground::Review,
        remark: "온라인 신청 때 본인확인".into(),
    };
    app.publish(&examiner, Some(newest.version), next, &motive, &Call::default())
        .await?;
    Ok(())
}
