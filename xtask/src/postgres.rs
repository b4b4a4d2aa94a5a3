//! 시험용 PostgreSQL — one temporary cluster for a test run, gone with us however we end.

use crate::shell;
use anyhow::{Context, Result, bail};
use std::{
    env, fs,
    net::TcpListener,
    os::unix::process::CommandExt,
    path::PathBuf,
    process::{Child, ChildStdin, Command, Stdio},
    thread,
    time::Duration,
};

/// The tests find the server's address under this name.
pub const VARIABLE: &str = "MINWON_TEST_POSTGRES";

/// A running cluster; dropping it stops the server and removes its files.
pub struct Cluster {
    /// `postgres://user@host:port/database`, a superuser without a password, on loopback only.
    pub address: String,
    guard: Child,
    lifeline: Option<ChildStdin>,
}

/// Where `initdb` and `postgres` are: the newest version that Debian's packages have put there.
pub fn programs() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .flatten()
        .filter_map(|entry| {
            Some((
                entry.file_name().to_str()?.parse().ok()?,
                entry.path().join("bin"),
            ))
        })
        .filter(|(_, bin)| bin.join("initdb").exists())
        .collect();
    versions.sort();
    versions.pop().map(|(_, bin)| bin)
}

/// Makes and starts a cluster, and waits until it answers.
pub fn start() -> Result<Cluster> {
    let bin = programs().context("no PostgreSQL server found: cargo xtask setup --tests")?;
    let folder = env::temp_dir().join(format!("minwon-test-postgres-{}", std::process::id()));
    fs::create_dir(&folder).with_context(|| folder.display().to_string())?;
    // The server refuses to run as root, so everything below runs as the user that its package made.
    let as_root = shell::is_root();
    if as_root {
        shell::must(shell::program("chown").arg("postgres:").arg(&folder))?;
    }
    let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();

    // A guard of its own process group holds the server. It waits for the end of its standard input, which comes when
    // we drop the cluster, and also when we are interrupted or killed: no trap of ours could promise the latter.
    let script = r#"
        "$1"/initdb --pgdata="$2/data" --username=minwon --auth=trust --encoding=UTF8 --locale=C \
            --no-sync >"$2/initdb.log" 2>&1 || { cat "$2/initdb.log" >&2; rm -rf "$2"; exit 1; }
        "$1"/postgres -D "$2/data" -p "$3" -k "$2" -h 127.0.0.1 -c fsync=off -c full_page_writes=off \
            -c max_connections=300 -c shared_buffers=256MB -c log_min_messages=fatal >"$2/server.log" 2>&1 </dev/null &
        server=$!
        cat >/dev/null
        kill -INT "$server" 2>/dev/null
        wait "$server"
        rm -rf "$2"
    "#;
    let mut command = if as_root {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--init-groups", "sh"]);
        command
    } else {
        Command::new("sh")
    };
    command
        .args(["-c", script, "guard"])
        .arg(&bin)
        .arg(&folder)
        .arg(port.to_string());
    command
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .process_group(0);
    let mut guard = command
        .spawn()
        .context("the guard of the test database could not be started")?;
    let lifeline = guard.stdin.take();
    let mut cluster = Cluster {
        address: format!("postgres://minwon@127.0.0.1:{port}/postgres"),
        guard,
        lifeline,
    };

    for _ in 0..300 {
        if let Some(status) = cluster.guard.try_wait()? {
            bail!("the test database could not be made ({status})");
        }
        let ready = ["-q", "-h", "127.0.0.1", "-U", "minwon", "-p"];
        if shell::succeeds(
            Command::new(bin.join("pg_isready"))
                .args(ready)
                .arg(port.to_string()),
        ) {
            return Ok(cluster);
        }
        thread::sleep(Duration::from_millis(100));
    }
    let log = fs::read_to_string(folder.join("server.log")).unwrap_or_default();
    bail!("the test database did not answer within 30 seconds:\n{log}");
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.lifeline.take());
        // The server has been told to stop; waiting only makes sure that nothing is left behind.
        if let Err(error) = self.guard.wait() {
            eprintln!("the test database may still be running: {error}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufRead, BufReader};

    const HOLD: &str = "MINWON_XTASK_TEST_HOLDS_A_CLUSTER";

    /// Plays both parts: the run that is killed (a process of its own), and the one who looks what is left.
    #[test]
    fn nothing_is_left_of_a_run_that_is_killed() {
        if env::var_os(HOLD).is_some() {
            let cluster = start().unwrap();
            println!("\nholds {}", cluster.address);
            thread::sleep(Duration::from_secs(60));
            return;
        }
        let mut run = Command::new(env::current_exe().unwrap())
            .args([
                "--exact",
                "--nocapture",
                "postgres::tests::nothing_is_left_of_a_run_that_is_killed",
            ])
            .env(HOLD, "1")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(run.stdout.take().unwrap())
            .lines()
            .map_while(Result::ok);
        let address = lines
            .filter_map(|line| line.strip_prefix("holds ").map(str::to_owned))
            .next();
        let port: u16 = address
            .as_deref()
            .and_then(|text| text.rsplit([':', '/']).nth(1))
            .unwrap()
            .parse()
            .unwrap();
        let answers = || std::net::TcpStream::connect(("127.0.0.1", port)).is_ok();
        assert!(answers(), "the server runs while its holder does");

        run.kill().unwrap();
        run.wait().unwrap();
        let folder = env::temp_dir().join(format!("minwon-test-postgres-{}", run.id()));
        let gone = (0..100).any(|_| {
            thread::sleep(Duration::from_millis(100));
            !folder.exists() && !answers()
        });
        assert!(gone, "server and files are gone: {}", folder.display());
    }
}
