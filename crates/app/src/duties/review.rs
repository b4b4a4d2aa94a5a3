//! 접속기록 점검 — draws up last month's review, and reminds of one that is not signed by the tenth (안전성 확보조치 기준 제8조제2항).

use crate::{App, Trouble};

/// Does both.
pub async fn run(app: &App) -> Result<u64, Trouble> {
    let Ok(month) = app.this_month() else {
        return Ok(0);
    };
    let last = month.earlier(1);
    let drawn = app.draw_up_review(last).await?;
    Ok(drawn + app.remind_of_review(last).await?)
}
