//! 자라는 도시 — how pages, search, figures and bytes change as petitions become more: one size at a time, removed before the next.
//!
//! A past is simulated by the command of that name; another process then opens it, serves and reads, so that its memory is that
//! of serving alone.

use super::{Args, Table, bytes, count, ms, now, site::On};
use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// What the reading process found.
#[derive(Debug, Serialize, Deserialize)]
pub struct Seen {
    /// What was read, and within how many milliseconds 50 and 99 of a hundred were.
    pub reads: Vec<(String, f64, f64)>,
    /// The most memory the process had, in KB.
    pub memory: u64,
}

/// Measures each engine at each size.
pub async fn run(engines: &[On], within: Option<&Path>, args: &Args) -> anyhow::Result<()> {
    let mut told = Table::new(
        "Telling",
        &[
            "engine",
            "petitions",
            "seconds",
            "petitions/s",
            "bytes a petition",
            "memory of serving, MB",
        ],
    );
    let mut sizes = Table::new(
        "Bytes a petition, by part",
        &[
            "engine",
            "petitions",
            "journal",
            "heads",
            "vault",
            "access log",
            "index",
            "other",
        ],
    );
    let mut reads = Table::new("Reading (ms)", &["engine", "petitions", "what", "p50", "p99"]);
    for on in engines {
        for &size in &args.size {
            eprintln!("{} with {} petitions", on.name(), count(size as f64));
            let city = match &args.past {
                Some(past) => City::told(on, past),
                None => City::new(on, within, size).await?,
            };
            let begun = now();
            if args.past.is_none() {
                city.simulate(size, args)?;
            }
            let seconds = begun.elapsed().as_secs_f64();
            if let Some(own) = &city.database {
                // What the server does by itself within minutes, and a city of years has behind it.
                at_server(own, "VACUUM (ANALYZE)").await?;
            }
            let seen = city.seen(args)?;
            let parts = bytes::parts(&city.data(), city.database.as_deref()).await?;
            let each = |bytes: u64| count(bytes as f64 / size as f64);
            let whose = || [on.name().to_owned(), count(size as f64)];
            told.row(
                &[
                    &whose()[..],
                    &if args.past.is_some() {
                        ["–".to_owned(), "–".to_owned()]
                    } else {
                        [count(seconds), count(size as f64 / seconds)]
                    },
                    &[
                        each(parts.iter().map(|(_, bytes)| bytes).sum()),
                        count(seen.memory as f64 / 1024.0),
                    ],
                ]
                .concat(),
            );
            let columns: Vec<String> = parts.iter().map(|(_, bytes)| each(*bytes)).collect();
            sizes.row(&[&whose()[..], &columns].concat());
            for (what, p50, p99) in &seen.reads {
                reads.row(&[&whose()[..], &[what.clone(), ms(*p50), ms(*p99)]].concat());
            }
            city.remove().await?;
        }
    }
    told.print();
    sizes.print();
    reads.print();
    Ok(())
}

/// A folder, and on PostgreSQL a database of its own.
pub struct City {
    data: PathBuf,
    /// Goes with it, where it was made for it.
    _folder: Option<TempDir>,
    /// The address of its database, and of the server's own.
    pub database: Option<String>,
    server: Option<(String, String)>,
}

impl City {
    /// An empty one.
    pub async fn new(on: &On, within: Option<&Path>, size: usize) -> anyhow::Result<City> {
        let folder = match within {
            Some(folder) => tempfile::tempdir_in(folder)?,
            None => tempfile::tempdir()?,
        };
        let mut city = City {
            data: folder.path().join("data"),
            _folder: Some(folder),
            database: None,
            server: None,
        };
        if let On::Postgres(url) = on {
            let name = format!("bench_grow_{}_{size}", std::process::id());
            at_server(url, &format!("CREATE DATABASE {name}")).await?;
            let mut own = url::Url::parse(url)?;
            own.set_path(&name);
            city.database = Some(own.to_string());
            city.server = Some((url.clone(), name));
        }
        Ok(city)
    }

    /// One that was told before, and stays.
    fn told(on: &On, past: &Path) -> City {
        City {
            data: past.to_owned(),
            _folder: None,
            database: match on {
                On::Sqlite => None,
                On::Postgres(url) => Some(url.clone()),
            },
            server: None,
        }
    }

    /// Its folder.
    pub fn data(&self) -> PathBuf {
        self.data.clone()
    }

    /// This program at work on it.
    fn minwon(&self, args: &[&str]) -> anyhow::Result<Command> {
        let mut command = Command::new(std::env::current_exe().context("this program's own file")?);
        command.args(args).arg("--data").arg(self.data());
        if let Some(url) = &self.database {
            command.args(["--database", url]);
        }
        command.stdin(Stdio::null());
        Ok(command)
    }

    fn simulate(&self, size: usize, args: &Args) -> anyhow::Result<()> {
        let (petitions, years) = (size.to_string(), args.years.to_string());
        let profile = args.profile.name();
        let told = self
            .minwon(&[
                "simulate",
                "--petitions",
                &petitions,
                "--years",
                &years,
                "--profile",
                profile,
            ])?
            .stdout(Stdio::null())
            .status()?;
        if !told.success() {
            bail!("the past could not be told");
        }
        Ok(())
    }

    fn seen(&self, args: &Args) -> anyhow::Result<Seen> {
        let runs = args.runs.to_string();
        let output = self
            .minwon(&["bench", "seen", "--runs", &runs])?
            .stderr(Stdio::inherit())
            .output()?;
        if !output.status.success() {
            bail!("the past could not be read");
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    /// Removes everything.
    pub async fn remove(self) -> anyhow::Result<()> {
        if let Some((url, name)) = &self.server {
            at_server(url, &format!("DROP DATABASE {name} WITH (FORCE)")).await?;
        }
        Ok(())
    }
}

async fn at_server(url: &str, sql: &str) -> anyhow::Result<()> {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await?;
    let connection = tokio::spawn(connection);
    client.batch_execute(sql).await?;
    drop(client);
    connection.await??;
    Ok(())
}
