//! 기계 하나 — a network namespace behind a cable to the bridge, and the programs that run in it as user `postgres`.

use super::files;
use crate::shell;
use anyhow::{Context, Result, bail, ensure};
use std::{
    fs,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

/// The bridge all cables lead to; the host has the first address on it.
const BRIDGE: &str = "minwon0";
const NETWORK: &str = "10.201.77";

/// One machine of the cluster.
pub struct Machine {
    /// n1, n2, n3.
    pub name: String,
    /// Its address.
    pub address: String,
    folder: PathBuf,
    namespace: String,
    /// Our end of the cable.
    cable: String,
}

/// Makes the bridge.
pub fn bridge() -> Result<()> {
    ip(&format!("link add {BRIDGE} type bridge"))?;
    ip(&format!("addr add {NETWORK}.1/24 dev {BRIDGE}"))?;
    ip(&format!("link set {BRIDGE} up"))
}

/// Removes the bridge, if it is there.
pub fn no_bridge() {
    shell::succeeds(Command::new("ip").args(["link", "del", BRIDGE]));
}

impl Machine {
    /// The machine of this number; nothing is made.
    pub fn new(folder: &Path, n: u8) -> Machine {
        let name = format!("n{n}");
        Machine {
            address: format!("{NETWORK}.{}", 10 + n),
            folder: folder.join(&name),
            namespace: format!("minwon-{name}"),
            cable: format!("minwon-{name}"),
            name,
        }
    }

    /// Lays its network and writes its files; `all` are the names and addresses of the whole cluster.
    pub fn build(&self, bin: &Path, patroni: &Path, all: &[(String, String)]) -> Result<()> {
        let (space, cable) = (&self.namespace, &self.cable);
        ip(&format!("netns add {space}"))?;
        ip(&format!(
            "link add {cable} type veth peer name eth0 netns {space}"
        ))?;
        ip(&format!("link set {cable} master {BRIDGE} up"))?;
        ip(&format!("-n {space} addr add {}/24 dev eth0", self.address))?;
        ip(&format!("-n {space} link set eth0 up"))?;
        ip(&format!("-n {space} link set lo up"))?;
        fs::create_dir_all(&self.folder)?;
        let settings = files::patroni(&self.name, &self.address, &self.folder, bin, all);
        files::write(&self.folder.join("patroni.yml"), &settings)?;
        files::write(&self.folder.join("patroni.path"), &patroni.to_string_lossy())?;
        files::write(&self.folder.join("members"), &files::members(all))?;
        shell::must(
            shell::program("chown")
                .args(["-R", "postgres:"])
                .arg(&self.folder),
        )
    }

    /// Pulls its cable.
    pub fn unplug(&self) -> Result<()> {
        ip(&format!("link set {} down", self.cable))
    }

    /// Plugs it in.
    pub fn plug_in(&self) -> Result<()> {
        ip(&format!("link set {} up", self.cable))
    }

    /// Starts its etcd, if it does not run.
    pub fn start_etcd(&self) -> Result<()> {
        let (data, url) = (self.folder.join("etcd"), |port: u16| {
            format!("http://{}:{port}", self.address)
        });
        let members = fs::read_to_string(self.folder.join("members"))?;
        let mut words: Vec<String> = [
            "etcd",
            "--name",
            &self.name,
            "--data-dir",
            &data.to_string_lossy(),
        ]
        .map(str::to_owned)
        .to_vec();
        for (flag, value) in [
            ("--listen-client-urls", url(2379)),
            ("--advertise-client-urls", url(2379)),
            ("--listen-peer-urls", url(2380)),
            ("--initial-advertise-peer-urls", url(2380)),
            ("--initial-cluster", members),
            ("--initial-cluster-state", "new".to_owned()),
            ("--initial-cluster-token", "minwon".to_owned()),
        ] {
            words.extend([flag.to_owned(), value]);
        }
        // A member that comes back asks whether it could win before it calls for a vote: it does not unseat a leader that is well.
        words.push("--pre-vote".to_owned());
        self.start("etcd", &words)
    }

    /// Starts its Patroni, if it does not run; Patroni starts the database.
    pub fn start_patroni(&self) -> Result<()> {
        let config = self.folder.join("patroni.yml").to_string_lossy().into_owned();
        let program = fs::read_to_string(self.folder.join("patroni.path"))?;
        self.start("patroni", &[program, config])
    }

    fn start(&self, name: &str, words: &[String]) -> Result<()> {
        if self.running(name) {
            return Ok(());
        }
        let log = self.folder.join(format!("{name}.log"));
        let log = fs::File::options().create(true).append(true).open(log)?;
        let child = Command::new("ip")
            .args(["netns", "exec", &self.namespace, "setpriv"])
            .args(["--reuid=postgres", "--regid=postgres", "--init-groups", "--"])
            .args(words)
            .current_dir("/")
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            // An interrupt at our terminal is not meant for it.
            .process_group(0)
            .spawn()
            .with_context(|| format!("{name} on {}", self.name))?;
        let pid = self.folder.join(format!("{name}.pid"));
        Ok(fs::write(pid, child.id().to_string())?)
    }

    /// Whether the process we started under this name still is one: neither gone, nor dead and unburied, nor another by now.
    fn running(&self, name: &str) -> bool {
        let Ok(pid) = fs::read_to_string(self.folder.join(format!("{name}.pid"))) else {
            return false;
        };
        let told = |what: &str| fs::read_to_string(format!("/proc/{pid}/{what}")).unwrap_or_default();
        let dead = told("stat")
            .rsplit(')')
            .next()
            .is_some_and(|rest| rest.trim_start().starts_with('Z'));
        told("cmdline").contains(name) && !dead
    }

    /// SIGKILL to the database server alone; its Patroni sees it fall.
    pub fn kill_database(&self) -> Result<()> {
        let file = self.folder.join("data/postmaster.pid");
        let told = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let pid = told.lines().next().unwrap_or_default().trim();
        shell::must(Command::new("kill").args(["-KILL", pid]))
    }

    /// SIGKILL to everything that runs on it at the same moment, as when its power goes.
    pub fn kill_all(&self) -> Result<()> {
        ensure!(!self.pids().is_empty(), "nothing runs on {}", self.name);
        self.power_off()
    }

    /// Kills what is there until nothing is: a process may end, or another begin, between the list and the kill.
    fn power_off(&self) -> Result<()> {
        for _ in 0..20 {
            let pids = self.pids();
            if pids.is_empty() {
                return Ok(());
            }
            shell::succeeds(Command::new("kill").arg("-KILL").args(pids));
            thread::sleep(Duration::from_millis(20));
        }
        bail!("{} is not to be killed", self.name)
    }

    /// SIGKILL to its Patroni and its database; its etcd goes on voting.
    pub fn stop_following(&self) -> Result<()> {
        let patroni = fs::read_to_string(self.folder.join("patroni.pid"))?;
        shell::must(Command::new("kill").args(["-KILL", patroni.trim()]))?;
        self.kill_database()
    }

    fn pids(&self) -> Vec<String> {
        let told = shell::output_of(Command::new("ip").args(["netns", "pids", &self.namespace]));
        told.unwrap_or_default()
            .split_whitespace()
            .map(str::to_owned)
            .collect()
    }

    /// Ends what runs on it, the database in an orderly way if it can, and takes its network away.
    pub fn remove(&self) {
        if let Ok(pid) = fs::read_to_string(self.folder.join("patroni.pid"))
            && self.running("patroni")
        {
            shell::succeeds(Command::new("kill").arg(pid));
            let mut left = 50;
            while self.running("patroni") && left > 0 {
                thread::sleep(Duration::from_millis(100));
                left -= 1;
            }
        }
        if let Err(error) = self.power_off() {
            eprintln!("{error}");
        }
        shell::succeeds(Command::new("ip").args(["link", "del", &self.cable]));
        shell::succeeds(Command::new("ip").args(["netns", "del", &self.namespace]));
    }
}

fn ip(words: &str) -> Result<()> {
    shell::must(Command::new("ip").args(words.split(' ')))
}
