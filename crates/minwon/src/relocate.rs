//! 이사 — `minwon move --to DIR | --to-database URL`: carries the data to another place, maybe of the other engine, and checks it there.

use crate::house::{self, Data, Parameters, Senders};
use crate::verify;
use anyhow::{Context, bail};
use app::Places;
use crypto::keyring::Keyring;
use std::path::PathBuf;
use std::process::ExitCode;
use store::carry::Carrier;
use store::place::{PlaceName, Where};

/// Arguments.
#[derive(clap::Args)]
#[group(required = true, multiple = false)]
pub struct Args {
    /// Into the SQLite files of this folder.
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
    /// Into this PostgreSQL database: postgres://…
    #[arg(long, value_name = "URL")]
    to_database: Option<String>,
}

/// Carries every place that the keys open, verifies the new side, and only then marks the old one as left.
pub async fn run(data: &Data, args: &Args) -> anyhow::Result<ExitCode> {
    let keyring = Keyring::open(&data.keys())
        .with_context(|| format!("the keys in {} cannot be read", data.keys().display()))?;
    let there = Data {
        data: args.to.clone().unwrap_or_else(|| data.data.clone()),
        key_folder: Some(data.keys()),
        database: args.to_database.clone(),
    };
    if same(&data.place(), &there.place()) {
        bail!("the data lies there already");
    }
    let mut carriers = Vec::new();
    for name in PlaceName::ALL {
        if keyring.place(name).is_none() {
            bail!(
                "the keys of the place `{}` are not here: move with all keys",
                name.name()
            );
        }
        let carrier = Carrier::open(&data.place(), &there.place(), name).await?;
        let mut told = (String::new(), 0);
        let carried = carrier
            .carry(|table, rows| {
                // A line now and then: an hour without a word looks like a standstill.
                if told.0 != table || rows >= told.1 + 100_000 {
                    told = (table.to_owned(), rows);
                    eprintln!("{}: {table}: {rows}", name.name());
                }
            })
            .await?;
        let rows: u64 = carried.iter().map(|one| one.rows).sum();
        println!("{}: {} tables, {rows} rows", name.name(), carried.len());
        carriers.push(carrier);
    }
    // The new side is let go, opened as any command opens it, and checked.
    for carrier in &carriers {
        carrier.hand_over().await;
    }
    let parameters = Parameters::default();
    let now = parameters.clock.now();
    let places = Places::open(&there.place(), &keyring, now, &*parameters.chance)
        .await
        .context("what was carried cannot be opened")?;
    let places = crate::attachments::known(places).await?;
    let app = house::over(places, parameters, Senders::silent()).await?;
    let mut faults = 0;
    for place in app.places.all() {
        let report = app.verify(place, &mut |_| {}).await?;
        println!("{}", verify::counted(place.name, &report));
        faults += verify::tell(&report);
    }
    if faults == 0 {
        for place in app.places.all() {
            store::carry::arrived(place).await?;
        }
    }
    app.places.close().await;
    if faults == 0 {
        let whither = match &there.database {
            Some(_) => "another database".to_owned(),
            None => there.data.display().to_string(),
        };
        for carrier in &carriers {
            carrier.leave(&whither).await?;
        }
        println!(
            "The old data is marked as left and is not served any more; remove it when the new one is backed up."
        );
    }
    for carrier in &carriers {
        carrier.close().await;
    }
    Ok(verify::verdict(faults))
}

fn same(one: &Where, other: &Where) -> bool {
    match (one, other) {
        (Where::Folder(one), Where::Folder(other)) => {
            crate::backup::inside(one, other) && crate::backup::inside(other, one)
        }
        (Where::Server { url: one, .. }, Where::Server { url: other, .. }) => one == other,
        _ => false,
    }
}
