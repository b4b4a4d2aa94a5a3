//! 열쇠와 시계 — key files are missing at the start or vanish while the program runs; the clock goes back an hour.

use super::{On, Row, Trial, house::House, scene::Scene};
use anyhow::{Context, Result, ensure};
use std::{
    fs,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

const BOTH: [On; 2] = [On::Sqlite, On::Postgres];
/// Long enough for most duties to have come round.
const DUTY: Duration = Duration::from_secs(5);
/// And for the one that looks, each minute, for keys another server destroyed.
const KEYS_DUTY: Duration = Duration::from_secs(65);

/// Keys are missing.
pub fn missing(trial: &Trial) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for on in BOTH {
        let (house, server) = trial.house("keys", on)?;
        let serving = house.starts("serve", "both")?;
        let mut scene = Scene::new(&house, &serving)?;
        let aside = trial.folder.join(format!("aside-{}", on.name()));
        fs::create_dir_all(&aside)?;

        // While it runs: the month's key first, then the whole folder.
        let month = month_key(&house.keys.join("live"))?;
        let name = month.file_name().context("a name")?.to_owned();
        fs::rename(&month, aside.join(&name))?;
        thread::sleep(KEYS_DUTY);
        scene.goes_on().context("without the month's key")?;
        ensure!(!month.exists(), "a second key was made for the month");
        fs::rename(aside.join(&name), &month)?;
        let folder = aside.join("keys");
        fs::rename(&house.keys, &folder)?;
        thread::sleep(DUTY);
        scene.goes_on().context("without the key folder")?;
        serving.stop().context("without the key folder")?;

        // At the start.
        let no_folder = house.refuses_to_start()?;
        ensure!(
            !house.keys.exists(),
            "new keys were made beside old data: {no_folder}"
        );
        fs::rename(&folder, &house.keys)?;
        let no_root = without(&house, &house.keys.join("root.key"), &aside)?;
        let no_month = without(&house, &month, &aside)?;
        ensure!(
            !aside.join(&name).exists() && month.exists(),
            "the month's key is not back"
        );

        let serving = house.starts("serve", "both")?;
        scene.at(&serving.address);
        scene.goes_on()?;
        let verified = scene.all_kept(serving)?;
        drop(server);
        rows.push(Row {
            what: "keys are missing",
            on: on.name(),
            seen: format!(
                "Vanished while it runs (the month's key, then the whole folder): nothing, everything goes on from memory. At the start: “{no_folder}”; without `root.key`: “{no_root}”; without the month's key: “{no_month}”"
            ),
            kept: format!("{verified}. No new key was made in place of a missing one"),
        });
    }
    Ok(rows)
}

fn month_key(folder: &Path) -> Result<PathBuf> {
    let named = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str());
        name.is_some_and(|name| name.starts_with("epoch-"))
    };
    let mut files = fs::read_dir(folder)?.flatten().map(|entry| entry.path());
    files.find(named).context("no key of a month")
}

/// What a start says while this file is away.
fn without(house: &House, file: &Path, aside: &Path) -> Result<String> {
    let kept = aside.join(file.file_name().context("a name")?);
    fs::rename(file, &kept)?;
    let said = house.refuses_to_start();
    if !file.exists() {
        fs::rename(&kept, file)?;
    }
    said.with_context(|| format!("without {}", file.display()))
}

/// The clock goes back an hour while it runs, and before it starts.
pub fn clock(trial: &Trial) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for on in BOTH {
        let (house, server) = trial.house("clock", on)?;
        let serving = house.starts("serve", "both")?;
        let mut scene = Scene::new(&house, &serving)?;
        trial.shim.clock_behind(3_600)?;
        thread::sleep(DUTY);
        scene.goes_on().context("an hour back while it runs")?;
        house.citizen(&serving, "ko").context("a code, an hour back")?;
        serving.stop()?;
        let serving = house.starts("serve", "both")?;
        scene.at(&serving.address);
        scene.goes_on().context("an hour back before it starts")?;
        trial.shim.clock_behind(0)?;
        thread::sleep(DUTY);
        scene.goes_on().context("forward again")?;
        let verified = scene.all_kept(serving)?;
        drop(server);
        rows.push(Row {
            what: "the clock goes back an hour, while it runs and before it starts",
            on: on.name(),
            seen: "Nothing: filing, receiving and signing in go on. What is written on a petition is never dated before what was written on it last".to_owned(),
            kept: verified,
        });
    }
    Ok(rows)
}
