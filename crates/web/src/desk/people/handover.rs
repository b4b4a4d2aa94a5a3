//! 인계·인수 — whose work may be handed over, ordering it, its progress, the confirmation and the sheet.

use super::super::{Here, case::press_lang};
use super::{by_unit, done, line, refused};
use crate::desk::gate::Wish;
use crate::leave::{Leave, download};
use crate::{
    Web,
    form::{self, Named, Shape},
    security::Fault,
    session::{Clerk, Seated},
    show,
    view::{
        Filled,
        desk::{
            people::{
                People,
                handover::{Giver, HandoverPage, HandoverRow, Handovers, ItemRow, NewHandover, ReceiptRow},
            },
            timeline::Names,
        },
    },
};
use app::{
    people::{OfficeError, handover::Order},
    words::Raw,
};
use axum::{
    body::Bytes,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::gate::{Export, Format};
use domain::{
    handover::{State as Stage, progress},
    id::{HandoverId, OfficialId},
    organisation,
    terms::By,
};

const RECEIVERS: [&str; 5] = [
    "receiver-1",
    "receiver-2",
    "receiver-3",
    "receiver-4",
    "receiver-5",
];

/// `GET /desk/handovers`
pub async fn page(Seated(web): Seated, clerk: Clerk) -> Result<Response, Fault> {
    let reader = web.reader(clerk.asked.visit.lang);
    let me = clerk.who.official();
    let mut rows = Vec::new();
    for (handover, (waiting, gone, failed), receipts) in web.app.handovers(&clerk.who).await? {
        let names: Vec<String> = receipts.iter().map(|r| reader.official(r.receiver)).collect();
        let awaited = |r: &domain::handover::Receipt| Some(r.receiver) == me && r.confirmed_at.is_none();
        rows.push(HandoverRow {
            id: handover.id.to_string(),
            giver: reader.official(handover.giver),
            receivers: names.join(", "),
            made_at: handover.made_at,
            state: handover.state,
            done: gone as u64,
            all: (waiting + gone + failed) as u64,
            mine: handover.state == Stage::HandedOver && receipts.iter().any(awaited),
        });
    }
    let mut givers = Vec::new();
    for id in web.app.givers(&clerk.who) {
        let (cases, signatures) = web.app.weight(id).await?;
        if cases + signatures > 0 {
            givers.push(Giver {
                person: reader.person(id),
                cases: cases.into(),
                signatures: signatures.into(),
            });
        }
    }
    givers.sort_by(|a, b| (&a.person.unit, &a.person.name).cmp(&(&b.person.unit, &b.person.name)));
    let view = Handovers {
        bar: web.bar(&clerk, Here::People).await?,
        rows,
        givers,
    };
    web.desk_page(&clerk, &view)
}

fn id_of<T: std::str::FromStr>(text: &str) -> Result<T, Fault> {
    text.parse().map_err(|_| Fault::not_found())
}

/// `GET /desk/handovers/from/{official}`
pub async fn form(Seated(web): Seated, clerk: Clerk, Path(giver): Path<String>) -> Result<Response, Fault> {
    draw(&web, &clerk, id_of(&giver)?, Filled::default(), StatusCode::OK).await
}

async fn draw(
    web: &Web,
    clerk: &Clerk,
    giver: OfficialId,
    form: Filled,
    status: StatusCode,
) -> Result<Response, Fault> {
    let reader = web.reader(clerk.asked.visit.lang);
    let burden = web.app.burden(&clerk.who, giver, &clerk.asked.call("")).await?;
    let office = &reader.office;
    let of_all = |id: &OfficialId| {
        (burden.cases.iter())
            .all(|item| (item.petition.unit).is_some_and(|unit| office.staff.handles_in(*id, unit)))
    };
    let receivers = reader.handlers_where(|id| id != giver && of_all(&id)).await?;
    let others = office.staff.posts.keys().copied().filter(|id| *id != giver);
    let view = NewHandover {
        bar: web.bar(clerk, Here::People).await?,
        giver: reader.person(giver),
        cases: burden.cases.iter().map(|item| reader.row(item)).collect(),
        signatures: burden.signatures.iter().map(|item| reader.row(item)).collect(),
        receivers,
        officials: by_unit(&reader, others),
        form,
    };
    web.desk_page_as(clerk, &view, status)
}

/// `POST /desk/handovers/from/{official}`
pub async fn order(
    Seated(web): Seated,
    clerk: Clerk,
    Path(giver): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    let giver = id_of(&giver)?;
    let fields: Vec<Named<'_>> = (RECEIVERS.iter().map(|name| line(name, "desk-hand-over-to", 32)))
        .chain([
            line("signer", "handover-signer", 32),
            line("witness", "handover-witness", 32),
            Named {
                name: "note",
                label: "handover-note",
                max: 4_000,
                shape: Shape::Text,
            },
        ])
        .collect();
    let read = form::urlencoded(&body, &fields)?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let mut receivers: Vec<OfficialId> = Vec::new();
    for receiver in RECEIVERS.iter().filter_map(|name| read.get(name).parse().ok()) {
        if !receivers.contains(&receiver) {
            receivers.push(receiver);
        }
    }
    let order = Order {
        receivers,
        signer: read.get("signer").parse().ok(),
        witness: read.get("witness").parse().ok(),
        note: Raw::optional(read.get("note")),
    };
    if !read.sound() {
        return draw(&web, &clerk, giver, read.filled, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let call = clerk.asked.call("");
    match web.app.order_handover(&clerk.who, giver, &order, &call).await {
        Ok(id) => Ok(done(People::Handover(id.to_string()), "handover")),
        Err(error) => {
            let field = match &error {
                OfficeError::Refused(organisation::Fault::OfficialUnknown) => "witness",
                OfficeError::Refused(organisation::Fault::ReceiverUnfit) if order.receivers.is_empty() => {
                    if order.signer.is_some() {
                        RECEIVERS[0]
                    } else {
                        "signer"
                    }
                }
                _ => RECEIVERS[0],
            };
            let form = read.filled.wrong(field, refused(error)?);
            draw(&web, &clerk, giver, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// `GET /desk/handovers/{id}`
pub async fn one(Seated(web): Seated, clerk: Clerk, Path(id): Path<String>) -> Result<Response, Fault> {
    shown(&web, &clerk, id_of(&id)?, Filled::default(), StatusCode::OK).await
}

async fn shown(
    web: &Web,
    clerk: &Clerk,
    id: HandoverId,
    form: Filled,
    status: StatusCode,
) -> Result<Response, Fault> {
    let reader = web.reader(clerk.asked.visit.lang);
    let whole = web.app.handover(&clerk.who, id, &clerk.asked.call("")).await?;
    let h = &whole.handover;
    let items: Vec<domain::handover::Item> = whole.items.iter().map(|(item, _)| *item).collect();
    let (waiting, gone, failed) = progress(&items);
    let me = clerk.who.official();
    let awaited = |r: &domain::handover::Receipt| Some(r.receiver) == me && r.confirmed_at.is_none();
    let view = HandoverPage {
        bar: web.bar(clerk, Here::People).await?,
        id: id.to_string(),
        giver: reader.by(By::Official(h.giver)),
        witness: reader.by(By::Official(h.witness)),
        made_by: reader.by(By::Official(h.made_by)),
        made_at: h.made_at,
        state: h.state,
        progress: [waiting as u64, gone as u64, failed as u64],
        items: (whole.items.iter())
            .map(|(item, line)| ItemRow {
                part: item.part,
                row: line.as_ref().map(|line| reader.row(line)),
                receiver: reader.official(item.receiver),
                state: item.state,
                refused: item.refusal.map(show::refused),
            })
            .collect(),
        receipts: (whole.receipts.iter())
            .map(|receipt| ReceiptRow {
                who: reader.official(receipt.receiver),
                at: receipt.confirmed_at,
            })
            .collect(),
        note: whole.note.clone(),
        mine: h.state == Stage::HandedOver && whole.receipts.iter().any(awaited),
        form,
    };
    web.desk_page_as(clerk, &view, status)
}

/// `POST /desk/handovers/{id}/confirm`
pub async fn confirm(
    Seated(web): Seated,
    clerk: Clerk,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, Fault> {
    let id: HandoverId = id_of(&id)?;
    let read = form::urlencoded(&body, &[line("manuals", "handover-manuals", 3)])?;
    web.desk.admit(&clerk.asked.visit.session, &read.csrf)?;
    let manuals = read.get("manuals") == "yes";
    match web
        .app
        .confirm_handover(&clerk.who, id, manuals, &clerk.asked.call(""))
        .await
    {
        Ok(()) => Ok(done(People::Handover(id.to_string()), "confirm")),
        Err(OfficeError::Refused(organisation::Fault::NotAwaited)) => {
            Ok(Redirect::to(&People::Handover(id.to_string()).to_string()).into_response())
        }
        Err(error) => {
            let form = read.filled.wrong("manuals", refused(error)?);
            shown(&web, &clerk, id, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// `GET /desk/handovers/{id}/sheet`
pub async fn sheet(Seated(web): Seated, clerk: Clerk, Path(id): Path<String>) -> Result<Response, Fault> {
    let lang = press_lang(clerk.asked.visit.lang);
    let call = clerk.asked.call("");
    let wish = Wish {
        what: Export::Handover,
        format: Format::Pdf,
        petition: None,
        subjects: (web.app.handover_petitions(&clerk.who, id_of(&id)?, &call)).await?,
        from: People::Handover(id.clone()).to_string(),
    };
    let pass = match web.pass(&clerk, &wish).await? {
        Ok(pass) => pass,
        Err(asks) => return Ok(asks),
    };
    let printed = pass
        .over(&web.app)?
        .handover_sheet(&clerk.who, id_of(&id)?, lang, &call)
        .await?;
    Ok(download(
        Leave::passed(&pass),
        "handover.pdf",
        "application/pdf",
        printed.pdf,
    ))
}
