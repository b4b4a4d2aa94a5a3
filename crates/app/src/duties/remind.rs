//! 독촉 안내 — D−1, D, D+1 and D+2 of each due date, once each (계획 Ⅳ-1; LAW §G.4). Not the 독촉장 of 영28②.
//!
//! Due by the working calendar at nine o'clock; silent while the clock is held, after the end, and for imported rows. A due
//! date that moves arms them anew: the number of the due date is part of what makes a reminder the same reminder.

use crate::act::effect_key;
use crate::{App, Trouble};
use domain::absence::Part;
use domain::access::Sight;
use domain::id::OutboxId;
use domain::petition::Petition;
use domain::terms::Seat;
use domain::time::At;
use jiff::civil::Time;
use store::batch::{Batch, CommitFault};
use store::engine::Urgency;
use store::head::{Behind, Scope};
use store::outbox::To;

const PIECE: u32 = 200;
/// Reminders reach no further ahead than this: a day before the due date, over the longest run of holidays.
const AHEAD: i64 = 14 * 24 * 3_600_000;
/// A moment that passed longer ago than this is not made up for: the next one says the same.
const STALE: i64 = 20 * 3_600_000;

/// Queues every reminder whose moment has come.
pub async fn run(app: &App) -> Result<u64, Trouble> {
    let now = app.now();
    let sight = Sight {
        all: true,
        ..Sight::default()
    };
    let mut behind: Option<Behind> = None;
    let mut queued = 0;
    loop {
        let page = app.here.list(Scope::Open, &sight, behind, PIECE).await?;
        for petition in &page {
            queued += remind(app, petition, now).await?;
        }
        match page.last() {
            Some(last) if page.len() == PIECE as usize && last.act_by() < now.plus(AHEAD) => {
                behind = Some(Behind {
                    key: last.act_by(),
                    id: last.id,
                });
            }
            _ => return Ok(queued),
        }
    }
}

async fn remind(app: &App, p: &Petition, now: At) -> Result<u64, Trouble> {
    let office = app.office();
    let Ok(Some(moments)) = office.law().reminders(p) else {
        return Ok(0);
    };
    let Some(reception) = p.reception else {
        return Ok(0);
    };
    let moments = [
        ("remind_d_minus_1", moments.before),
        ("remind_d", Some(moments.on)),
        ("remind_d_plus_1", Some(moments.after_one)),
        ("remind_d_plus_2", Some(moments.after_two)),
    ];
    let mut queued = 0;
    for (template, moment) in &moments {
        let Some(moment) = moment.filter(|at| *at <= now && now.0 - at.0 < STALE) else {
            continue;
        };
        let acting = |handler| To::Official(office.acting(handler, Part::Handling, now));
        let mut whom: Vec<To> = p.handler.into_iter().map(acting).collect();
        if whom.is_empty() {
            let unit = p.unit.or(office.petition_office().map(|u| u.id));
            let seat = if p.unit.is_some() {
                Seat::DepartmentReceiver
            } else {
                Seat::IntegratedReceiver
            };
            whom = office
                .holders(seat, unit.filter(|_| p.unit.is_some()))
                .into_iter()
                .map(To::Official)
                .collect();
        }
        for to in whom {
            queued += queue(app, p, template, reception.due_version, to, moment).await?;
        }
    }
    if app.deemed(p).is_some() {
        queued += alarm(app, p, &moments).await?;
    }
    Ok(queued)
}

/// 간주 경보 — where the law deems a silent office to have decided, handler, head and examiners are alarmed on the day before, on
/// the day, and once it has passed.
async fn alarm(app: &App, p: &Petition, moments: &[(&str, Option<At>); 4]) -> Result<u64, Trouble> {
    let (office, now) = (app.office(), app.now());
    let version = p.reception.map_or(0, |reception| reception.due_version);
    let handler = p
        .handler
        .map(|handler| office.acting(handler, Part::Handling, now));
    let heads = p
        .unit
        .map(|unit| office.holders(Seat::DepartmentHead, Some(unit)));
    let mut whom: Vec<_> = (handler.into_iter())
        .chain(heads.unwrap_or_default())
        .chain(office.holders(Seat::Examiner, None))
        .collect();
    whom.sort_unstable();
    whom.dedup();
    // A period in hours ends within a working day: what it leads to is told then, not a day later.
    let ends = p
        .due()
        .filter(|due| due.civil().is_some_and(|at| at.time() != Time::midnight()));
    let passed = ends.or(moments[2].1);
    let mut queued = 0;
    for (template, moment) in [
        ("deemed_d_minus_1", moments[0].1),
        ("deemed_d", moments[1].1),
        ("deemed_passed", passed),
    ] {
        let Some(moment) = moment.filter(|at| *at <= now && now.0 - at.0 < STALE) else {
            continue;
        };
        for official in &whom {
            queued += queue(app, p, template, version, To::Official(*official), moment).await?;
        }
    }
    Ok(queued)
}

/// Queues one reminder, once.
async fn queue(
    app: &App,
    p: &Petition,
    template: &str,
    version: u32,
    to: To,
    moment: At,
) -> Result<u64, Trouble> {
    let mut batch = Batch::new();
    let once = effect_key(template, p.id, version, to);
    batch.effect(OutboxId(app.id()), once, p.id, 0, template, to, app.now(), moment);
    match app.here.commit(batch, Urgency::Bulk).await {
        Ok(()) => Ok(1),
        Err(CommitFault::Repeated) => Ok(0),
        Err(fault) => Err(fault.into()),
    }
}
