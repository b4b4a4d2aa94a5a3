//! 서비스 계정 — `minwon service`: keys by which other systems read totals and where petitions stand.

use crate::house::{self, Data};
use anyhow::{Context, anyhow};
use app::App;
use app::act::Call;
use domain::access::Who;
use domain::external::Network;
use domain::machine::{Grant, Scope};
use jiff::civil::Date;
use std::process::ExitCode;

/// What to do with service accounts.
#[derive(clap::Subcommand)]
pub enum What {
    /// Makes one and prints its key, this once.
    Add(Add),
    /// Takes one back, by the beginning of its key.
    Revoke {
        /// The beginning, like mwk_0a1b2c3d.
        prefix: String,
    },
    /// Every service account.
    List,
}

/// Arguments of `service add`.
#[derive(clap::Args)]
pub struct Add {
    /// What it is called.
    name: String,
    /// What it opens: statistics.read, petitions.read.
    #[arg(long, required = true, num_args = 1.., value_parser = scope)]
    scope: Vec<Scope>,
    /// The last day, like 2026-12-31; at most a year away.
    #[arg(long, value_name = "DAY")]
    until: Date,
    /// From where, like 203.0.113.0/24; anywhere if none is given.
    #[arg(long, value_name = "CIDR")]
    network: Vec<Network>,
    /// Why it reads petitions in bulk: stands in the record of every page it is given. Needed with petitions.read.
    #[arg(long, default_value = "")]
    reason: String,
    /// The log-in of the official who answers for it. Needed with petitions.read.
    #[arg(long, value_name = "LOGIN")]
    answers: Option<String>,
}

fn scope(code: &str) -> Result<Scope, String> {
    house::one_of(code, "scope", Scope::ALL, Scope::code)
}

/// Does it.
pub async fn run(data: &Data, what: What) -> anyhow::Result<ExitCode> {
    house::within(data, async |app| act(app, what).await).await
}

async fn act(app: &App, what: What) -> anyhow::Result<()> {
    let (who, call) = (Who::System, Call::default());
    match what {
        What::Add(add) => {
            let answers = match &add.answers {
                None => None,
                Some(login) => Some(house::official(app, login)?),
            };
            let grant = Grant {
                scopes: add.scope,
                networks: add.network,
                until: add.until,
                reason: add.reason,
                answers,
            };
            let (account, key) = app.add_service_account(&who, &add.name, grant, &call).await?;
            println!("{key}");
            eprintln!(
                "{} is open until {}. Keep the key now: it is shown this once.",
                account.prefix, account.grant.until
            );
        }
        What::Revoke { prefix } => {
            let known = app.service_accounts(&who).await?;
            let account = (known.iter())
                .find(|account| account.prefix == prefix)
                .ok_or_else(|| anyhow!("no key begins with `{prefix}`"))?;
            app.revoke_service_account(&who, account.id, &call)
                .await
                .context("it is taken back already")?;
            println!("{prefix} opens nothing from now on.");
        }
        What::List => {
            for account in app.service_accounts(&who).await? {
                let scopes: Vec<&str> = account.grant.scopes.iter().map(|scope| scope.code()).collect();
                let standing = if account.revoked_at.is_some() {
                    "revoked"
                } else {
                    "made"
                };
                println!(
                    "{}\t{standing}\t{}\t{}\t{}",
                    account.prefix,
                    account.grant.until,
                    scopes.join(","),
                    account.name
                );
            }
        }
    }
    Ok(())
}
