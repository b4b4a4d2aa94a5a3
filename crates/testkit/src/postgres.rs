//! 시험용 PostgreSQL — a server of our own for the tests: made empty, used, thrown away.
//!
//! This file needs nothing but the standard library, so that tests below the test kit can include it as a module.

use std::{
    collections::hash_map::RandomState,
    ffi::OsStr,
    hash::{BuildHasher, Hasher},
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::OnceLock,
};

/// The variable that names a server for all test processes, as a `postgres://` address. Unset, each process starts its own.
pub const VARIABLE: &str = "MINWON_TEST_POSTGRES";

/// Whether the server syncs to disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sync {
    /// As in real use.
    On,
    /// Faster; what it holds does not survive a power cut.
    Off,
}

/// A PostgreSQL server on a unix socket in a temporary folder. It ends, and the folder goes, when this is dropped or
/// when the process ends in whatever way.
pub struct Server {
    programs: PathBuf,
    folder: PathBuf,
    flags: String,
    /// Waits for the end of its input, then stops the server and removes the folder: also after `kill -9` on us.
    warden: Child,
}

impl Server {
    /// The address of the server all tests share: the one named by [`VARIABLE`], or one started for this process.
    ///
    /// # Panics
    /// When PostgreSQL is not installed or does not start, saying what to do: tests are never skipped silently.
    pub fn shared() -> String {
        static OWN: OnceLock<Server> = OnceLock::new();
        match std::env::var(VARIABLE) {
            Ok(address) if !address.is_empty() => address,
            _ => OWN.get_or_init(|| Server::start(Sync::Off)).address(),
        }
    }

    /// A new, empty server.
    ///
    /// # Panics
    /// When PostgreSQL is not installed or does not start.
    pub fn start(sync: Sync) -> Server {
        Server::begin(sync, None)
    }

    fn begin(sync: Sync, copy: Option<Copy>) -> Server {
        let programs = programs().unwrap_or_else(|| {
            panic!(
                "PostgreSQL is not installed: `apt-get install postgresql`, or name a server by \
                 {VARIABLE}=postgres://user@host/database"
            )
        });
        // A unix socket's path may have 107 bytes; a long TMPDIR would not leave room.
        let within = Some(std::env::temp_dir()).filter(|folder| folder.as_os_str().len() < 60);
        let folder = within
            .unwrap_or_else(|| PathBuf::from("/tmp"))
            .join(format!("minwon-pg-{}", unique()));
        std::fs::create_dir(&folder)
            .unwrap_or_else(|error| panic!("cannot make {}: {error}", folder.display()));
        if root() {
            run(Command::new("chown").arg("postgres:").arg(&folder));
        }
        run(Command::new("chmod").arg("700").arg(&folder));
        let data = folder.join("data");
        run(as_owner(&programs.join("initdb"))
            .args([
                "--no-sync",
                "-A",
                "trust",
                "-U",
                "minwon",
                "-E",
                "UTF8",
                "--locale=C",
                "-D",
            ])
            .arg(&data));
        let safety = match sync {
            Sync::On => "",
            Sync::Off => " -c fsync=off -c full_page_writes=off -c synchronous_commit=off",
        };
        let flags = format!(
            "-c listen_addresses='' -c unix_socket_directories='{}' -c max_connections=300{safety}",
            folder.display()
        );
        let stop = as_owner(&programs.join("pg_ctl"));
        let warden = Command::new("sh")
            .args([
                "-c",
                r#"cat >/dev/null; folder=$1; shift; "$@" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1; rm -rf "$folder""#,
                "sh",
            ])
            .arg(&folder)
            .arg(stop.get_program())
            .args(stop.get_args())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("sh is there");
        let server = Server {
            programs,
            folder,
            flags,
            warden,
        };
        if let Some(copy) = copy {
            copy.lay_into(&server);
        }
        server.resume();
        server
    }

    /// From now on each full piece of the log is copied aside, as docs/operation.md has it; the server is started again for that.
    pub fn archives(&self) {
        let archive = self.folder.join("archive");
        run(as_owner(Path::new("mkdir")).arg(&archive));
        let copy = format!("test ! -f {0}/%f && cp %p {0}/%f", archive.display());
        run(&mut self.psql("ALTER SYSTEM SET archive_mode = on"));
        run(&mut self.psql(&format!("ALTER SYSTEM SET archive_command = '{copy}'")));
        self.restart();
    }

    /// A copy of the whole server beside its running, to be rolled forward by the log that is archived from now on.
    pub fn base_backup(&self) -> PathBuf {
        let base = self.folder.join("base");
        // A client: it lies beside the server or where clients lie.
        let beside = self.programs.join("pg_basebackup");
        let program = Some(beside).filter(|program| program.exists());
        let program = program.unwrap_or_else(|| PathBuf::from("pg_basebackup"));
        run(as_owner(&program)
            .args(["-h"])
            .arg(&self.folder)
            .args(["-U", "minwon", "--checkpoint=fast", "--wal-method=none", "-D"])
            .arg(&base));
        base
    }

    /// What the server answers to one question.
    pub fn asks(&self, sql: &str) -> String {
        let output = self.psql(sql).output().expect("psql is there");
        assert!(output.status.success(), "{sql}: {output:?}");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// Everything committed so far lies in the archive when this comes back.
    pub fn archived(&self) {
        let piece = self.asks("SELECT pg_walfile_name(pg_switch_wal())");
        let there = || self.folder.join("archive").join(&piece).exists();
        for _ in 0..600 {
            if there() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!(
            "{piece} was not archived: {}",
            self.asks("SELECT last_failed_wal FROM pg_stat_archiver")
        );
    }

    /// Another server, as this one was at `moment` (in its own words for it): from the copy and the archived log alone.
    pub fn at_moment(&self, base: &Path, moment: &str) -> Server {
        let copy = Copy {
            base: base.to_owned(),
            archive: self.folder.join("archive"),
            moment: moment.to_owned(),
        };
        let server = Server::begin(Sync::Off, Some(copy));
        for _ in 0..600 {
            if server.asks("SELECT pg_is_in_recovery()") == "f" {
                return server;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("the server does not end its recovery");
    }

    fn psql(&self, sql: &str) -> Command {
        let mut command = as_owner(Path::new("psql"));
        command
            .args(["-qAt", "-h"])
            .arg(&self.folder)
            .args(["-U", "minwon", "-d", "postgres", "-c", sql]);
        command
    }

    /// Where it listens, as `postgres://…`; any user name is trusted, `minwon` is the superuser.
    pub fn address(&self) -> String {
        format!("postgres://minwon@/postgres?host={}", self.folder.display())
    }

    /// Pulls the plug: open transactions are lost, what was committed is not.
    pub fn kill(&self) {
        run(self.control().args(["-m", "immediate", "-w", "stop"]));
    }

    /// Starts it again after [`Server::kill`].
    pub fn resume(&self) {
        let log = self.folder.join("log");
        run(self
            .control()
            .args(["-w", "-t", "60", "-o", &self.flags, "-l"])
            .arg(log)
            .arg("start"));
    }

    /// Stops it in an orderly way and starts it again.
    pub fn restart(&self) {
        run(self.control().args(["-m", "fast", "-w", "stop"]));
        self.resume();
    }

    /// From now on a commit waits for the standby of this name; for none with an empty one.
    pub fn waits_for(&self, standby: &str) {
        let psql = |sql: &str| self.psql(sql);
        run(&mut psql(&format!(
            "ALTER SYSTEM SET synchronous_standby_names = '{standby}'"
        )));
        run(&mut psql("SELECT pg_reload_conf()"));
        // Each backend reads it anew by itself, at its next command.
        let told = || {
            psql("SHOW synchronous_standby_names")
                .output()
                .map(|output| output.stdout)
        };
        while told().is_ok_and(|told| String::from_utf8_lossy(&told).trim() != standby) {
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }

    fn control(&self) -> Command {
        let mut control = as_owner(&self.programs.join("pg_ctl"));
        control.arg("-D").arg(self.folder.join("data"));
        control
    }
}

/// What another server is made of.
struct Copy {
    base: PathBuf,
    archive: PathBuf,
    moment: String,
}

impl Copy {
    /// In place of what `initdb` made: the copy, and how far the log is to be read.
    fn lay_into(&self, server: &Server) {
        let data = server.folder.join("data");
        run(as_owner(Path::new("rm")).arg("-rf").arg(&data));
        run(as_owner(Path::new("cp")).arg("-a").arg(&self.base).arg(&data));
        let settings = format!(
            "archive_mode = off\nrestore_command = 'cp {}/%f %p'\nrecovery_target_time = '{}'\nrecovery_target_action = promote\n",
            self.archive.display(),
            self.moment
        );
        let script = r#"printf '%s' "$2" >>"$1/postgresql.auto.conf"; touch "$1/recovery.signal""#;
        run(as_owner(Path::new("sh"))
            .args(["-c", script, "sh"])
            .arg(&data)
            .arg(settings));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.warden.stdin.take());
        // Nothing is left to do about a warden that could not finish.
        let _ = self.warden.wait();
    }
}

/// A name no other test uses, for a schema of its own.
pub fn fresh_schema() -> String {
    format!("t_{}", unique())
}

fn unique() -> String {
    // The seed of a hash map is the one randomness of the standard library.
    format!("{:016x}", RandomState::new().build_hasher().finish())
}

fn programs() -> Option<PathBuf> {
    let newest = || {
        let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
        versions
            .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
            .filter(|folder| folder.join("initdb").exists())
            .max_by_key(|folder| {
                let version = folder.parent().and_then(Path::file_name).and_then(OsStr::to_str);
                version.and_then(|version| version.parse::<u32>().ok())
            })
    };
    let paths = std::env::var_os("PATH")?;
    std::env::split_paths(&paths)
        .find(|folder| folder.join("initdb").exists() && folder.join("pg_ctl").exists())
        .or_else(newest)
}

/// The program, run by the user `postgres` when we are root: PostgreSQL refuses to run as root.
fn as_owner(program: &Path) -> Command {
    let mut command = if root() {
        let mut command = Command::new("setpriv");
        command
            .args(["--reuid=postgres", "--regid=postgres", "--init-groups", "--"])
            .arg(program);
        command
    } else {
        Command::new(program)
    };
    // The user postgres may not enter our working folder.
    command.current_dir("/");
    command
}

fn root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

fn run(command: &mut Command) {
    match command.stdin(Stdio::null()).output() {
        Ok(output) if output.status.success() => {}
        Ok(output) => panic!(
            "{command:?} failed, {}: {}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        ),
        Err(error) => panic!("{command:?} cannot run: {error}"),
    }
}
