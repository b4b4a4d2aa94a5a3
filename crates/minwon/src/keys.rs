//! 열쇠 — `minwon keys recover` puts a lost root key back from its shares on paper; `keys status` shows the months; `keys shares`
//! prints the shares again.

use crate::house::{self, Data};
use adapters::system::SystemChance;
use anyhow::{Context, bail};
use crypto::keyring::Keyring;
use crypto::recovery::{SHARES, Share, THRESHOLD, recover, split};
use ports::Chance;
use std::io::BufRead;
use std::process::ExitCode;
use store::batch::Batch;
use store::engine::Urgency;
use store::ledger::Look;

/// What to do with keys.
#[derive(clap::Subcommand)]
pub enum What {
    /// Puts root.key back: reads shares from the standard input, one a line, until there are enough.
    Recover,
    /// Shows each month's epoch key: how many keys it wraps, and when it dies.
    Status,
    /// Prints recovery shares of the root key again. It must be there, and the access log says that it was done; shares printed
    /// before stay good.
    Shares,
}

/// Does it.
pub async fn run(data: &Data, what: &What) -> anyhow::Result<ExitCode> {
    match what {
        What::Recover => recover_root(data),
        What::Status => status(data).await,
        What::Shares => shares(data).await,
    }
}

fn recover_root(data: &Data) -> anyhow::Result<ExitCode> {
    let folder = data.keys();
    if !folder.is_dir() {
        bail!(
            "{} is not there: put the other key files back from their back-up first",
            folder.display()
        );
    }
    eprintln!("Type the shares, one a line:");
    let mut shares: Vec<Share> = Vec::new();
    for line in std::io::stdin().lock().lines() {
        let line = line.context("the shares cannot be read")?;
        if line.trim().is_empty() {
            continue;
        }
        let share: Share = line
            .trim()
            .parse()
            .with_context(|| format!("share {} of the input", shares.len() + 1))?;
        let enough = usize::from(share.threshold());
        shares.push(share);
        if shares.len() >= enough {
            break;
        }
    }
    let root = recover(&shares)?;
    let mut fill = |out: &mut [u8]| SystemChance.fill(out);
    Keyring::put_back_root(&folder, &root, &mut fill)?;
    println!("root.key is back in {}.", folder.display());
    Ok(ExitCode::SUCCESS)
}

async fn status(data: &Data) -> anyhow::Result<ExitCode> {
    let app = house::open(data).await?;
    let days = app.office().settings.keeping.backup_days;
    println!("an epoch key dies {days} days after nothing living is wrapped by it any more");
    for place in app.places.all() {
        for state in place.epochs().await? {
            let fate = match (state.retired, state.wraps, state.idle_since) {
                (true, 0, _) => "dead".to_owned(),
                (true, n, _) => format!("dead; {n} keys of this copy are shut for good"),
                (false, n, _) if n > 0 => format!("wraps {n} keys"),
                (false, _, Some(since)) => {
                    let dies = since.plus(app.office().settings.keeping.horizon());
                    let moment = domain::korean::moment(dies).unwrap_or_default();
                    format!("wraps nothing, dies {moment}")
                }
                (false, _, None) => "wraps nothing".to_owned(),
            };
            println!("{}: {} {fate}", place.name.name(), state.month);
        }
        println!(
            "{}: {} lines on the list of what was destroyed, {} of them applied",
            place.name.name(),
            place.keys().destroyed()?.len(),
            place.destroyed_applied().await?
        );
    }
    app.places.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn shares(data: &Data) -> anyhow::Result<ExitCode> {
    // Opening asks for root.key: who cannot read it prints nothing.
    let keyring = Keyring::open(&data.keys())?;
    let app = house::open(data).await?;
    let mut batch = Batch::new();
    let look = Look {
        at: app.now(),
        by: domain::terms::By::System,
        deed: "print_shares".to_owned(),
        petition: None,
        origin: Vec::new(),
        n: u32::from(SHARES),
    };
    batch.look(app.ports.ids.next(app.now()), &look);
    // Written down before anything is shown.
    app.places.live.commit(batch, Urgency::User).await?;
    app.places.close().await;
    let mut fill = |out: &mut [u8]| SystemChance.fill(out);
    let shares = split(keyring.root(), THRESHOLD, SHARES, &mut fill)?;
    eprintln!(
        "Any {THRESHOLD} of these {SHARES} bring the root key back. Shares of different prints do not go together:"
    );
    eprintln!("destroy the paper of older prints, whose shares stay good among themselves.\n");
    for share in shares {
        println!("{share}");
    }
    Ok(ExitCode::SUCCESS)
}
