//! 체험의 부재와 인계·인수 — somebody on leave with a stand-in, a head away with a deputy, a gap, and a hand-over to confirm.

use crate::city::cast::{sorted, who};
use app::App;
use app::act::Call;
use app::duties;
use app::office::Office;
use app::people::absences::Away;
use app::people::handover::Order;
use domain::absence::AbsenceKind;
use domain::id::UnitId;
use domain::terms::Seat;
use domain::time::At;

const DAY: i64 = 86_400_000;

/// Enters what the screens of people show something with.
pub async fn tell(app: &App, now: At) -> anyhow::Result<()> {
    let office = app.office();
    let entries = [
        (
            "road.facilities.2",
            AbsenceKind::Leave,
            -DAY / 4,
            3 * DAY,
            "road.facilities.1",
            "",
        ),
        (
            "road.facilities.head",
            AbsenceKind::Trip,
            DAY,
            3 * DAY,
            "",
            "road.facilities.lead",
        ),
        (
            "road.facilities.1",
            AbsenceKind::Training,
            7 * DAY,
            9 * DAY,
            "",
            "",
        ),
    ];
    let named = |login: &str| office.official_by_login(login).map(|person| person.id);
    for (login, kind, from, to, stand_in, deputy) in entries {
        let Some(official) = named(login) else {
            continue;
        };
        let away = Away {
            official,
            kind,
            from: now.plus(from),
            to: now.plus(to),
            stand_in: named(stand_in),
            deputy: named(deputy),
        };
        app.enter_absence(&who(&office, official, now)?, away, &Call::default())
            .await?;
    }
    hand_over(app, &office, now).await
}

/// One handler of a department hands over to a colleague; the colleague has not confirmed yet.
async fn hand_over(app: &App, office: &Office, now: At) -> anyhow::Result<()> {
    let units: Vec<UnitId> = office.units.keys().copied().collect();
    let mut found = Vec::new();
    for unit in units {
        let handlers = sorted(office, office.holders(Seat::Handler, Some(unit)));
        let heads = office.holders(Seat::DepartmentHead, Some(unit));
        let leads = office.holders(Seat::TeamLead, Some(unit));
        let (Some(head), Some(lead), true) = (heads.first(), leads.first(), handlers.len() > 1) else {
            continue;
        };
        let road = office
            .officials
            .get(&handlers[0])
            .is_none_or(|p| p.login.starts_with("road.facilities"));
        let (cases, _) = app.weight(handlers[1]).await?;
        if cases > 0 && !road && handlers[1] != *lead && handlers[1] != *head {
            let login = office.officials.get(&handlers[1]).map(|p| p.login.clone());
            found.push((login, handlers[1], handlers[0], *head, *lead));
        }
    }
    found.sort();
    let Some((_, giver, receiver, head, lead)) = found.into_iter().next() else {
        return Ok(());
    };
    let (_, signatures) = app.weight(giver).await?;
    let order = Order {
        receivers: vec![receiver],
        signer: (signatures > 0).then_some(receiver),
        witness: Some(lead),
        note: None,
    };
    app.order_handover(&who(office, head, now)?, giver, &order, &Call::default())
        .await?;
    duties::hand_over::run(app).await?;
    Ok(())
}
