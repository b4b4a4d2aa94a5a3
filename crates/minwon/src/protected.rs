//! 보안민원 인가 — `minwon protected`: who is let into the room where protected petitions lie (the first ones before anybody is).

use crate::house::{self, Data};
use anyhow::{Context, bail};
use app::App;
use app::act::Call;
use domain::access::Who;
use domain::id::{OfficialId, UnitId};
use domain::terms::Seat;
use jiff::civil::Date;
use std::process::ExitCode;

/// What to do with the room.
#[derive(clap::Subcommand)]
pub enum What {
    /// Gives an official a seat inside, from today on.
    Entitle(Entitle),
    /// Ends a seat inside, from today on.
    End(Held),
    /// Who holds which seat inside.
    List,
}

/// A seat inside.
#[derive(clap::Args)]
pub struct Held {
    /// The log-in name.
    login: String,
    /// The seat: handler, approver, examiner, administrator (who lets others in) …
    #[arg(long, value_parser = seat)]
    seat: Seat,
    /// The unit, by its code.
    #[arg(long, value_name = "CODE")]
    unit: String,
}

/// Arguments of `protected entitle`.
#[derive(clap::Args)]
pub struct Entitle {
    #[command(flatten)]
    held: Held,
    /// The last day, like 2026-12-31.
    #[arg(long, value_name = "DAY")]
    until: Option<Date>,
}

fn seat(code: &str) -> Result<Seat, String> {
    house::one_of(code, "seat", Seat::ALL, Seat::code)
}

/// Does it.
pub async fn run(data: &Data, what: What) -> anyhow::Result<ExitCode> {
    house::within(data, async |app| act(app, what).await).await
}

async fn act(app: &App, what: What) -> anyhow::Result<()> {
    if app.protected().is_none() {
        bail!("the keys of the protected place cannot be read by this user");
    }
    let call = Call::default();
    match what {
        What::Entitle(Entitle { held, until }) => {
            let (official, unit) = named(app, &held)?;
            app.entitle(&Who::System, official, held.seat, unit, until, &call)
                .await?;
            println!(
                "{} holds the seat {} of {} inside.",
                held.login, held.seat, held.unit
            );
        }
        What::End(held) => {
            let (official, unit) = named(app, &held)?;
            app.end_entitlement(&Who::System, official, held.seat, unit, &call)
                .await?;
            println!(
                "{} no longer holds the seat {} of {} inside.",
                held.login, held.seat, held.unit
            );
        }
        What::List => {
            let office = app.office();
            for term in app.seats_inside(&Who::System).await? {
                let login = office
                    .person(term.what.official)
                    .map_or("?", |person| person.login.as_str());
                let unit = office.unit(term.what.unit).map_or("?", |unit| unit.code.as_str());
                let until = term.to.map_or_else(String::new, |to| to.to_string());
                println!("{login}\t{}\t{unit}\t{}\t{until}", term.what.seat, term.from);
            }
        }
    }
    Ok(())
}

fn named(app: &App, held: &Held) -> anyhow::Result<(OfficialId, UnitId)> {
    let office = app.office();
    let official = house::official(app, &held.login)?;
    let unit = office
        .unit_by_code(&held.unit)
        .with_context(|| format!("there is no unit `{}`", held.unit))?;
    Ok((official, unit.id))
}
