//! 복원 — `minwon restore --from DIR`: puts a copy back where nothing lies yet; what was destroyed since is forgotten before
//! anything answers.

use crate::house::{self, Data, Parameters, Senders, Shares};
use crate::verify;
use anyhow::{Context, bail};
use crypto::keyring::Keyring;
use crypto::keyring::destroyed::Destroyed;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use store::place::PlaceName;

/// Arguments.
#[derive(clap::Args)]
pub struct Args {
    /// The folder of the copy.
    #[arg(long, value_name = "DIR")]
    from: PathBuf,
    /// A newer list of what was destroyed, saved from the lost machine or kept by another one: PLACE=FILE, like
    /// live=/mnt/old/destroyed.list. The list in the key folder is read anyway.
    #[arg(long, value_name = "PLACE=FILE", value_parser = list)]
    destroyed: Vec<(PlaceName, PathBuf)>,
}

fn list(text: &str) -> Result<(PlaceName, PathBuf), String> {
    let (name, file) = text.split_once('=').ok_or("PLACE=FILE is expected")?;
    let place = PlaceName::ALL.into_iter().find(|place| place.name() == name);
    let place = place.ok_or_else(|| format!("no place is called {name}: live, archive or protected"))?;
    Ok((place, PathBuf::from(file)))
}

/// Puts a copy back, forgets, rebuilds the index, and verifies; 0 when everything holds.
pub async fn run(data: &Data, args: &Args) -> anyhow::Result<ExitCode> {
    if !data.keys().join("root.key").exists() && !data.keys().is_dir() {
        bail!(
            "{} is not there: keys are never in a copy; put them back first, or name their folder with --keys",
            data.keys().display()
        );
    }
    let keyring = Keyring::open(&data.keys())?;
    let manifest = store::copy::check(&args.from, &keyring)?;
    let mut more: BTreeMap<PlaceName, Vec<Destroyed>> = BTreeMap::new();
    for (name, file) in &args.destroyed {
        if !file.exists() {
            bail!("{} is not there", file.display());
        }
        let keys = keyring
            .place(*name)
            .with_context(|| format!("the keys of {} cannot be read", name.name()))?;
        let lines = keys.destroyed_in(file)?;
        more.entry(*name).or_default().extend(lines);
    }
    let length = |name| more.get(&name).map_or(0, |lines| lines.len() as u64);
    store::copy::check_lists(&manifest, &keyring, length)?;
    println!(
        "the copy is whole: {} places, made {}",
        manifest.places.len(),
        moment(manifest.made_at)
    );
    let at = data.place();
    let from = args.from.clone();
    let put = tokio::task::spawn_blocking({
        let manifest = manifest.clone();
        move || store::copy::put_back(&from, &manifest, &at)
    });
    put.await??;
    // Opening applies the list in the key folder; further lists are applied before anything else is done.
    let parameters = Parameters::default();
    let now = parameters.clock.now();
    let places = house::places(data, &parameters, Shares::Untold).await?;
    let mut applied = Vec::new();
    for place in places.all() {
        let further = more.get(&place.name).map_or(&[][..], Vec::as_slice);
        let dropped = place.apply_destroyed(further, now).await?;
        // Lines that only the further list knows belong on this one too, or the next restore would not know them.
        let known: std::collections::BTreeSet<[u8; 16]> =
            place.keys().destroyed()?.iter().map(|line| line.owner).collect();
        let fresh: Vec<[u8; 16]> = further
            .iter()
            .map(|line| line.owner)
            .filter(|owner| !known.contains(owner))
            .collect();
        if !fresh.is_empty() {
            place.keys().write_destroyed(&fresh, now.0)?;
        }
        applied.push((place.clone(), dropped));
    }
    let places = crate::attachments::known(places).await?;
    let app = house::over(places, parameters, Senders::silent()).await?;
    app.install(crate::data::CITY, &house::settings(), "").await?;
    let mut faults = 0;
    for (place, applied) in applied {
        app.forget_again(&place, applied).await?;
        println!(
            "{}: the list of what was destroyed has {} lines; all of them are forgotten here",
            place.name.name(),
            place.destroyed_applied().await?
        );
        let report = app.verify(&place, &mut |_| {}).await?;
        println!("{}", verify::counted(place.name, &report));
        faults += verify::tell(&report);
    }
    app.places.close().await;
    Ok(verify::verdict(faults))
}

fn moment(ms: i64) -> String {
    domain::korean::moment(domain::time::At(ms)).unwrap_or_else(|| ms.to_string())
}
