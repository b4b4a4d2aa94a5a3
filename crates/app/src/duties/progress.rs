//! 처리진행상황 통지 — each time thirty days have passed since reception (영 제23조), the petitioner is told how far it has come.
//!
//! Walks the open petitions once a day, from nine o'clock on; that it has done so is a setting. A notice that was missed is
//! made up for once.

use crate::act::{ActError, Call};
use crate::{App, Trouble};
use domain::access::{Sight, Who};
use domain::act::Act;
use domain::decide::ends::periods_passed;
use domain::petition::Petition;
use domain::refusal::Refusal;
use domain::time::At;
use store::batch::Batch;
use store::engine::Urgency;
use store::head::{Behind, Scope};

/// Petitions looked at in one step.
const PIECE: u32 = 200;
/// Under which name the day of the last walk is kept.
const WALKED: &str = "progress_walked";

/// Tells everyone whose thirty days have passed.
pub async fn run(app: &App) -> Result<u64, Trouble> {
    let place = &app.here;
    let Some(today) = app.now().date() else {
        return Ok(0);
    };
    let at = app.office().settings.reading.reminder_time;
    if app.now() < At::seoul(today.to_datetime(at)) || place.setting(WALKED).await? == Some(today.to_string())
    {
        return Ok(0);
    }
    let sight = Sight {
        all: true,
        ..Sight::default()
    };
    let mut behind: Option<Behind> = None;
    let mut told = 0;
    loop {
        let page = place.list(Scope::Open, &sight, behind, PIECE).await?;
        for petition in page.iter().filter(|p| is_due(p, today)) {
            match app
                .act(&Who::System, petition.id, Act::TellProgress, &Call::default())
                .await
            {
                Ok(_) => told += 1,
                // It ended or was told meanwhile.
                Err(
                    ActError::NotFound
                    | ActError::Refused(
                        Refusal::ProgressNotDue
                        | Refusal::Concluded
                        | Refusal::NotNow
                        | Refusal::NotInProcedure,
                    ),
                ) => {}
                Err(ActError::Refused(refusal)) => {
                    tracing::warn!(petition = %petition.id, %refusal, "no word of progress can be sent");
                }
                Err(ActError::Trouble(trouble)) => return Err(trouble),
            }
        }
        match page.last() {
            Some(last) if page.len() == PIECE as usize => {
                behind = Some(Behind {
                    key: last.act_by(),
                    id: last.id,
                });
            }
            _ => break,
        }
    }
    let mut batch = Batch::new();
    batch.setting(WALKED, &today.to_string());
    place.commit(batch, Urgency::Bulk).await?;
    Ok(told)
}

fn is_due(p: &Petition, today: jiff::civil::Date) -> bool {
    let received = p.reception.and_then(|reception| reception.at.date());
    p.life.is_open() && received.is_some_and(|received| periods_passed(received, today) > p.progress_told)
}
