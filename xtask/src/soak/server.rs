//! 서버 — a PostgreSQL server of the soak's own, on loopback and durable (`fsync` on), that is killed, slowed down and started again on its data.

use crate::{postgres, shell};
use anyhow::{Context, Result, bail};
use std::{
    fs,
    net::TcpListener,
    os::unix::process::CommandExt,
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

/// A server with data of its own; dropping it stops the server and removes them.
pub struct Server {
    bin: PathBuf,
    folder: PathBuf,
    port: u16,
    running: Option<Child>,
    kept: bool,
}

impl Server {
    /// Makes its data in this new folder. It does not run yet.
    pub fn new(folder: PathBuf) -> Result<Server> {
        let bin = postgres::programs().context("no PostgreSQL server found: cargo xtask setup --tests")?;
        fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        if shell::is_root() {
            shell::must(shell::program("chown").arg("postgres:").arg(&folder))?;
        }
        let server = Server {
            port: TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port(),
            bin,
            folder,
            running: None,
            kept: false,
        };
        let mut initdb = server.command("initdb");
        initdb
            .arg("--pgdata")
            .arg(server.folder.join("data"))
            .args([
                "--username=minwon",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--data-checksums",
            ])
            .stdout(Stdio::null());
        shell::must(&mut initdb)?;
        Ok(server)
    }

    /// A superuser without a password, on loopback only.
    pub fn address(&self) -> String {
        format!("postgres://minwon@127.0.0.1:{}/postgres", self.port)
    }

    /// One of its programs, as the user that its package made where we are root; it dies with us however we end.
    fn command(&self, name: &str) -> Command {
        let program = self.bin.join(name);
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL"]);
        if shell::is_root() {
            command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]);
        }
        command
            .arg("--")
            .arg(program)
            .current_dir("/")
            .stdin(Stdio::null());
        command
    }

    /// Starts it and waits until it answers, after mending whatever a kill left.
    pub fn start(&mut self) -> Result<()> {
        self.start_with(&[])
    }

    /// The same with these in its environment.
    pub fn start_with(&mut self, environment: &[(String, String)]) -> Result<()> {
        let log = self.folder.join("server.log");
        let log = fs::File::options().create(true).append(true).open(log)?;
        let mut postgres = self.command("postgres");
        postgres
            .arg("-D")
            .arg(self.folder.join("data"))
            .args(["-p", &self.port.to_string(), "-h", "127.0.0.1", "-k"])
            .arg(&self.folder)
            .args(["-c", "max_connections=100", "-c", "shared_buffers=256MB"])
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .stdout(log.try_clone()?)
            .stderr(log)
            .process_group(0);
        self.running = Some(postgres.spawn().context("postgres")?);
        for _ in 0..600 {
            if let Some(status) = self.running.as_mut().map(Child::try_wait).transpose()?.flatten() {
                bail!(
                    "the database server ended ({status}); it said so in {}",
                    self.folder.display()
                );
            }
            if self.answers() {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(50));
        }
        bail!("the database server does not answer")
    }

    fn answers(&self) -> bool {
        shell::succeeds(
            Command::new(self.bin.join("pg_isready"))
                .args(["-q", "-h", "127.0.0.1", "-U", "minwon", "-p"])
                .arg(self.port.to_string()),
        )
    }

    /// SIGKILL to the postmaster and all its children at the same moment.
    pub fn kill(&mut self) -> Result<()> {
        let mut postmaster = self.running.take().context("the database server does not run")?;
        let mut pids = children(postmaster.id());
        pids.push(postmaster.id().to_string());
        shell::succeeds(Command::new("kill").arg("-KILL").args(pids));
        postmaster.wait()?;
        // A child that began between the list and the kill ends when it misses its parent.
        Ok(())
    }

    /// Stops it in an orderly way; whoever is connected is cut off.
    pub fn stop(&mut self) -> Result<()> {
        if let Some(mut postmaster) = self.running.take() {
            shell::must(Command::new("kill").args(["-INT", &postmaster.id().to_string()]))?;
            postmaster.wait()?;
        }
        Ok(())
    }

    /// Leaves its data where they are when it is dropped, for somebody to look at.
    pub fn keep(&mut self) {
        self.kept = true;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Err(error) = self.stop() {
            eprintln!("the database server may still run: {error}");
        }
        if self.kept {
            eprintln!(
                "the data of the database server are kept in {}",
                self.folder.display()
            );
            return;
        }
        if let Err(error) = fs::remove_dir_all(&self.folder) {
            eprintln!("{}: {error}", self.folder.display());
        }
    }
}

/// The processes whose parent this is.
fn children(pid: u32) -> Vec<String> {
    let told = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap_or_default();
    told.split_whitespace().map(str::to_owned).collect()
}
