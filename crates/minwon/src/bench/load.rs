//! 죽임을 견디는 짐 — files until it is killed and says which keys were acknowledged; afterwards, whether that is so (`cargo xtask soak`).

use super::site::{self, Sealer};
use super::{Args, words::Writer};
use crate::house::{self, Data};
use anyhow::{Context, bail};
use app::act::ActError;
use app::{App, Trouble};
use domain::id::PersonId;
use std::collections::{BTreeMap, HashSet};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use store::engine::Ask;
use store::person::ContactKind;

/// Where the one who files is found again after a kill.
const WHO: &str = "soak@hanbit.example";

/// A patient client repeats its key after so long.
const AGAIN: Duration = Duration::from_millis(20);

/// So many acknowledged keys are sent once more at the end; where there are more, the others are looked up by their number.
const SENT_AGAIN: usize = 10_000;

/// Files until killed. Each acknowledged key goes to the file as `round client n number moment`, after the answer; what a patient client met
/// before it goes into another beside it as `moment kind`.
pub async fn run(data: &Data, args: &Args) -> anyhow::Result<()> {
    let app = Arc::new(house::open(data).await?);
    let person = petitioner(&app).await?;
    let troubles = acks(args)?.with_extension("troubles");
    let acks = Arc::new(appending(acks(args)?).context("the file of acknowledged keys")?);
    let troubles = args
        .patient
        .then(|| appending(&troubles))
        .transpose()?
        .map(Arc::new);
    let _sealer = Sealer::start(&app);
    println!("filing");
    let round = args.round;
    let tasks: Vec<_> = (0..clients(args))
        .map(|client| {
            let (app, acks, troubles) = (Arc::clone(&app), Arc::clone(&acks), troubles.clone());
            tokio::spawn(async move {
                let mut writer = Writer::new(u64::from(round) * 1_000 + client as u64);
                for n in 0.. {
                    let (said, key) = (writer.petition(), key(round, client, n));
                    let petition = loop {
                        match (
                            site::file(&app, person, said.clone(), key.clone()).await,
                            &troubles,
                        ) {
                            (Ok(petition), _) => break petition,
                            (Err(ActError::Trouble(trouble)), Some(troubles)) => {
                                let line = format!("{} {}\n", app.now().0, kind(&trouble)?);
                                (&**troubles).write_all(line.as_bytes())?;
                                tokio::time::sleep(AGAIN).await;
                            }
                            (Err(error), _) => return Err(error.into()),
                        }
                    };
                    let line = format!("{round} {client} {n} {} {}\n", petition.number, app.now().0);
                    (&*acks).write_all(line.as_bytes())?;
                }
                anyhow::Ok(())
            })
        })
        .collect();
    for task in tasks {
        task.await??;
    }
    Ok(())
}

/// What a client was told; a defect ends the load.
fn kind(trouble: &Trouble) -> anyhow::Result<&'static str> {
    match trouble {
        Trouble::Unavailable(_) => Ok("unavailable"),
        Trouble::Unknown(_) => Ok("unknown"),
        Trouble::Contended => Ok("contended"),
        Trouble::Broken(what) => bail!("a defect: {what}"),
    }
}

/// Looks at what is left after kills: 0 when every promise was kept.
pub async fn check(data: &Data, args: &Args) -> anyhow::Result<ExitCode> {
    let app = house::open(data).await?;
    let person = petitioner(&app).await?;
    let told = std::fs::read_to_string(acks(args)?).context("the file of acknowledged keys")?;
    // Clients file one after another: whatever came behind the last acknowledged key of a client is not acknowledged.
    let mut acknowledged: BTreeMap<(u32, usize), Vec<String>> = BTreeMap::new();
    let whole = told.rfind('\n').map_or("", |end| &told[..end]);
    for line in whole.lines() {
        let fields: Vec<&str> = line.split(' ').collect();
        let [round, client, n, number, _] = fields[..] else {
            bail!("`{line}` is no acknowledgement");
        };
        let numbers = acknowledged.entry((round.parse()?, client.parse()?)).or_default();
        if numbers.len() != n.parse::<usize>()? {
            bail!("`{line}` does not follow the one before");
        }
        numbers.push(number.to_owned());
    }
    house::seal(&app).await?;
    let before = app.stats().await?.total;
    let stored = stored(&app).await?;
    let all: usize = acknowledged.values().map(Vec::len).sum();
    let every = all.div_ceil(SENT_AGAIN).max(1);
    let (mut kept, mut lost, mut repeated, mut doubled) = (0_i64, 0_i64, 0_i64, 0_i64);
    let nothing = Vec::new();
    for (round, client) in
        (1..=args.round).flat_map(|round| (0..clients(args)).map(move |client| (round, client)))
    {
        let numbers = acknowledged.get(&(round, client)).unwrap_or(&nothing);
        for (n, number) in numbers.iter().enumerate() {
            // The same key again gives the first answer; were it lost, this would file anew under another number.
            let again = match n % every {
                0 => Some(again(&app, person, key(round, client, n)).await?),
                _ => stored.contains(number).then(|| number.clone()),
            };
            if again.as_ref() == Some(number) {
                kept += 1;
            } else {
                lost += 1;
                println!("lost: {round} {client} {n} {number} is now {again:?}");
            }
        }
        let open = || key(round, client, numbers.len());
        let (first, second) = (
            again(&app, person, open()).await?,
            again(&app, person, open()).await?,
        );
        repeated += 1;
        if first != second {
            doubled += 1;
            println!(
                "doubled: {round} {client} {} is {first} and {second}",
                numbers.len()
            );
        }
    }
    house::seal(&app).await?;
    let after = app.stats().await?.total;
    app.places.close().await;
    // Every key that was ever sent is one petition now, so that any other number of petitions is a broken promise.
    let unexplained = after - kept - lost - repeated;
    println!(
        "{}",
        serde_json::json!({
            "acknowledged": kept + lost, "kept": kept, "lost": lost, "repeated": repeated, "doubled": doubled,
            "stored_unacknowledged": before - kept, "petitions": after, "unexplained": unexplained,
        })
    );
    Ok(ExitCode::from(u8::from(
        lost > 0 || doubled > 0 || unexplained != 0,
    )))
}

/// The numbers of all petitions there are; each is there once.
async fn stored(app: &App) -> anyhow::Result<HashSet<String>> {
    let live = app.places.live.engine();
    let rows = live.query("SELECT number FROM head", Vec::new()).await?;
    let numbers: HashSet<String> = (rows.iter())
        .map(|row| row.text(0).map(str::to_owned))
        .collect::<Result<_, _>>()?;
    anyhow::ensure!(numbers.len() == rows.len(), "a number was given twice");
    Ok(numbers)
}

fn clients(args: &Args) -> usize {
    args.clients.last().copied().unwrap_or(16)
}

/// The file, without the half line that a kill may have left at its end.
fn appending(path: &Path) -> std::io::Result<File> {
    let file = OpenOptions::new().append(true).create(true).open(path)?;
    let whole = std::fs::read(path)?.iter().rposition(|byte| *byte == b'\n');
    file.set_len(whole.map_or(0, |at| at as u64 + 1))?;
    Ok(file)
}

fn acks(args: &Args) -> anyhow::Result<&Path> {
    args.acks.as_deref().context("--acks FILE is needed")
}

fn key(round: u32, client: usize, n: usize) -> Vec<u8> {
    format!("soak {round} {client} {n}").into_bytes()
}

async fn again(app: &App, person: PersonId, key: Vec<u8>) -> anyhow::Result<String> {
    Ok(site::file(app, person, Writer::new(0).petition(), key)
        .await?
        .number
        .to_string())
}

/// The one who files, made when there is none.
async fn petitioner(app: &App) -> anyhow::Result<PersonId> {
    let place = &app.places.live;
    if let Some(person) = place.person_by(ContactKind::Mail, WHO).await? {
        return Ok(person);
    }
    let person = site::people(app, 1).await?[0];
    let mut batch = store::batch::Batch::new();
    batch.identity(place, ContactKind::Mail, WHO, person, app.now());
    place.commit(batch, store::engine::Urgency::User).await?;
    Ok(person)
}
