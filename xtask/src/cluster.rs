//! 복제 군집 — `cargo xtask cluster`: three machines on this one, each with its own network, as an agency would run them; and the ways they fall.
//!
//! A machine is a network namespace with an etcd member, Patroni and the PostgreSQL it looks after. haproxy stands before them and leads to the
//! primary. Everything lies in `target/cluster` and is gone after `down`.

mod files;
mod machine;
mod view;

use crate::{postgres, setup, shell};
use anyhow::{Context, Result, bail, ensure};
use clap::{Subcommand, ValueEnum};
use machine::Machine;
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::Duration,
};
pub use view::View;

/// What is done with the cluster.
#[derive(Subcommand)]
pub enum Deed {
    /// Start three machines with a replicated database, and say where it answers
    Up,
    /// Who leads, who follows, and whose answer a commit waits for
    Status,
    /// Kill the primary without warning
    KillPrimary {
        /// Only its database server, or the whole machine it runs on
        #[arg(long, value_enum, default_value = "database")]
        what: What,
    },
    /// Cut a machine off from all others: its cable is pulled
    Cut {
        /// Which, as `status` names them
        #[arg(default_value = "primary")]
        machine: String,
    },
    /// Plug every cable in again and start what is not running
    Heal,
    /// Let a replica take over in an orderly way
    Switch,
    /// Stop everything and remove it
    Down,
}

/// What is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// The database server
    Database,
    /// Everything on the machine at once
    Machine,
}

/// Where clients find the primary: haproxy on loopback.
const PORT: u16 = 5_432 + 1_000;
/// So many machines: a majority of two remains when one is gone.
const MACHINES: u8 = 3;

/// Does it.
pub fn run(deed: &Deed) -> Result<()> {
    ensure!(
        shell::is_root(),
        "machines with networks of their own can only be made by root: sudo cargo xtask cluster …"
    );
    if matches!(deed, Deed::Up) {
        let cluster = Cluster::up()?;
        print!("{}", cluster.view()?);
        println!("\nThe primary answers at {}", cluster.address());
        return Ok(());
    }
    let cluster = Cluster::there()?;
    match deed {
        Deed::Up => {}
        Deed::Status => print!("{}", cluster.view()?),
        Deed::KillPrimary { what } => println!("{} was killed", cluster.kill_primary(*what)?),
        Deed::Cut { machine } => {
            let name = match machine.as_str() {
                "primary" => cluster.view()?.leader()?.to_owned(),
                other => other.to_owned(),
            };
            cluster.machine(&name)?.unplug()?;
            println!("{name} is cut off");
        }
        Deed::Heal => {
            cluster.heal()?;
            print!("{}", cluster.whole()?);
        }
        Deed::Switch => {
            cluster.switch()?;
            print!("{}", cluster.whole()?);
        }
        Deed::Down => cluster.down()?,
    }
    Ok(())
}

/// A cluster on this machine.
pub struct Cluster {
    folder: PathBuf,
    machines: Vec<Machine>,
}

impl Cluster {
    fn at(folder: PathBuf) -> Cluster {
        let machines = (1..=MACHINES).map(|n| Machine::new(&folder, n)).collect();
        Cluster { folder, machines }
    }

    /// The one that is up.
    pub fn there() -> Result<Cluster> {
        let cluster = Cluster::at(folder()?);
        ensure!(
            cluster.folder.join("haproxy.pid").exists(),
            "no cluster is up: cargo xtask cluster up"
        );
        Ok(cluster)
    }

    /// Makes and starts a new one, and waits until a commit would be answered by two machines.
    pub fn up() -> Result<Cluster> {
        let patroni = setup::for_cluster()?;
        let cluster = Cluster::at(folder()?);
        ensure!(
            !cluster.folder.exists(),
            "a cluster is up already, or lies half made in {}: cargo xtask cluster down",
            cluster.folder.display()
        );
        let bin = postgres::programs().context("no PostgreSQL server found: cargo xtask setup --cluster")?;
        fs::create_dir_all(&cluster.folder)?;
        shell::say("three machines, each with a network of its own");
        machine::bridge()?;
        let all: Vec<_> = (cluster.machines.iter())
            .map(|machine| (machine.name.clone(), machine.address.clone()))
            .collect();
        for machine in &cluster.machines {
            machine.build(&bin, &patroni, &all)?;
        }
        shell::say("etcd, Patroni, PostgreSQL on each; haproxy before them");
        cluster.start()?;
        files::write(&cluster.folder.join("haproxy.cfg"), &files::haproxy(PORT, &all))?;
        cluster.haproxy()?;
        cluster.whole()?;
        cluster.make_database(&bin)?;
        Ok(cluster)
    }

    /// Where clients find the database.
    pub fn address(&self) -> String {
        format!("postgres://minwon@127.0.0.1:{PORT}/minwon")
    }

    /// Who leads and who follows, as the first machine that answers sees it.
    pub fn view(&self) -> Result<View> {
        (self.machines.iter())
            .find_map(|machine| View::of(&machine.address).ok())
            .context("no machine of the cluster answers")
    }

    /// Waits until one leads, two follow, and a commit waits for one of them. What is kept in etcd is not believed alone: every Patroni must
    /// answer, and the one that leads must say so itself.
    pub fn whole(&self) -> Result<View> {
        self.becomes("whole", Duration::from_secs(180), |view| {
            let leads = |name: &str| {
                let machine = self.machine(name);
                machine.is_ok_and(|machine| view::leads(&machine.address))
            };
            view.is_whole(usize::from(MACHINES))
                && view.leader().is_ok_and(leads)
                && self
                    .machines
                    .iter()
                    .all(|machine| View::of(&machine.address).is_ok())
        })
    }

    /// Waits until the cluster is like this.
    pub fn becomes(&self, what: &str, patience: Duration, like: impl Fn(&View) -> bool) -> Result<View> {
        let watch = shell::Stopwatch::start();
        let mut last = None;
        while watch.elapsed() < patience {
            if let Ok(view) = self.view() {
                if like(&view) {
                    return Ok(view);
                }
                last = Some(view);
            }
            thread::sleep(Duration::from_millis(200));
        }
        let seen = last.map_or("nobody answers".to_owned(), |view| view.to_string());
        bail!("the cluster did not become {what} within {patience:?}:\n{seen}")
    }

    /// A machine by its name.
    pub fn machine(&self, name: &str) -> Result<&Machine> {
        (self.machines.iter().find(|machine| machine.name == name))
            .with_context(|| format!("there is no machine `{name}`"))
    }

    /// Kills the primary; gives its name.
    pub fn kill_primary(&self, what: What) -> Result<String> {
        let leader = self.view()?.leader()?.to_owned();
        let machine = self.machine(&leader)?;
        match what {
            What::Database => machine.kill_database()?,
            What::Machine => machine.kill_all()?,
        }
        Ok(leader)
    }

    /// Lets a replica take over in an orderly way.
    pub fn switch(&self) -> Result<()> {
        let leader = self.view()?.leader()?.to_owned();
        let address = &self.machine(&leader)?.address;
        view::post(
            address,
            "/switchover",
            &serde_json::json!({ "leader": leader }).to_string(),
        )
    }

    /// Plugs in and starts whatever is not.
    pub fn heal(&self) -> Result<()> {
        for machine in &self.machines {
            machine.plug_in()?;
        }
        self.start()
    }

    fn start(&self) -> Result<()> {
        self.machines.iter().try_for_each(Machine::start_etcd)?;
        self.machines.iter().try_for_each(Machine::start_patroni)
    }

    fn haproxy(&self) -> Result<()> {
        let log = fs::File::create(self.folder.join("haproxy.log"))?;
        let child = Command::new("haproxy")
            .args(["-db", "-f"])
            .arg(self.folder.join("haproxy.cfg"))
            .stdin(std::process::Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("haproxy")?;
        Ok(fs::write(
            self.folder.join("haproxy.pid"),
            child.id().to_string(),
        )?)
    }

    fn make_database(&self, bin: &Path) -> Result<()> {
        let sql = |database: &str, sql: &str| {
            let mut psql = shell::program(&bin.join("psql").to_string_lossy());
            psql.args([
                "-q",
                "-v",
                "ON_ERROR_STOP=1",
                "-h",
                "127.0.0.1",
                "-p",
                &PORT.to_string(),
            ])
            .args(["-U", "postgres", "-d", database, "-c", sql]);
            psql
        };
        let mut tries = 0;
        // haproxy needs a moment to notice who leads.
        while !shell::succeeds(&mut sql("postgres", "SELECT 1")) {
            tries += 1;
            ensure!(tries < 50, "the primary does not answer behind haproxy");
            thread::sleep(Duration::from_millis(200));
        }
        shell::must(&mut sql("postgres", "CREATE ROLE minwon LOGIN"))?;
        shell::must(&mut sql(
            "postgres",
            "CREATE DATABASE minwon OWNER minwon ENCODING 'UTF8' TEMPLATE template0",
        ))
    }

    /// Stops everything and removes it.
    pub fn down(self) -> Result<()> {
        if let Ok(pid) = fs::read_to_string(self.folder.join("haproxy.pid")) {
            shell::succeeds(Command::new("kill").arg(pid.trim()));
        }
        for machine in &self.machines {
            machine.remove();
        }
        machine::no_bridge();
        fs::remove_dir_all(&self.folder).with_context(|| self.folder.display().to_string())
    }
}

/// Beside the built programs.
fn folder() -> Result<PathBuf> {
    let ours = env::current_exe()?;
    let target = ours.parent().and_then(Path::parent);
    Ok(target
        .context("the folder of the built programs")?
        .join("cluster"))
}
