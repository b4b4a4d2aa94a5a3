//! 준비 — installs what is missing, and only that: quick and silent when all is there.

use crate::shell;
use anyhow::{Context, Result, bail};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// A Debian package, how to see that it is there without asking the package system, and what it is for.
struct Package {
    name: &'static str,
    /// It is there when one of these files is.
    signs: &'static [&'static str],
    why: &'static str,
}

/// What the program itself needs.
const FOR_RUNNING: &[Package] = &[Package {
    name: "fonts-noto-cjk",
    signs: &["/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"],
    why: "Hangul and rare hanja of names on receipts and notices (PDF), and in the browser of the tests",
}];

/// What the tests need besides.
const FOR_TESTING: &[Package] = &[
    Package {
        name: "postgresql",
        signs: &[],
        why: "the second database engine, in a cluster of the tests' own",
    },
    Package {
        name: "chromium",
        signs: &["/usr/bin/chromium"],
        why: "the stories in a real browser",
    },
    Package {
        name: "chromium-driver",
        signs: &["/usr/bin/chromedriver"],
        why: "drives that browser",
    },
    Package {
        name: "clamav-daemon",
        signs: &["/usr/sbin/clamd"],
        why: "scans attachments in the tests, with a signature of the tests' own",
    },
    Package {
        name: "prometheus",
        signs: &["/usr/bin/promtool"],
        why: "its promtool reads our figures and our alerts in the tests",
    },
    Package {
        name: "python3-venv",
        signs: &["/usr/share/doc/python3-venv"],
        why: "the S3-compatible server that holds attachments in the tests",
    },
    Package {
        name: "poppler-utils",
        signs: &["/usr/bin/pdftotext"],
        why: "reads back the papers we print",
    },
];

/// What a replicated cluster on this machine needs besides.
const FOR_CLUSTER: &[Package] = &[
    Package {
        name: "postgresql",
        signs: &[],
        why: "the database each machine of the cluster has",
    },
    Package {
        name: "python3-venv",
        signs: &[],
        why: "Patroni, which decides which of them leads: Debian's is too old (docs/operation.md)",
    },
    Package {
        name: "etcd-server",
        signs: &["/usr/bin/etcd"],
        why: "keeps what they have agreed on",
    },
    Package {
        name: "haproxy",
        signs: &["/usr/sbin/haproxy"],
        why: "leads clients to the one that leads",
    },
    Package {
        name: "iproute2",
        signs: &["/usr/sbin/ip", "/sbin/ip"],
        why: "gives each machine a network of its own",
    },
];

/// Everything `minwon demo` needs.
pub fn for_running() -> Result<()> {
    packages(FOR_RUNNING.iter())?;
    front_end()
}

/// Everything the tests need.
pub fn for_testing() -> Result<()> {
    packages(FOR_RUNNING.iter().chain(FOR_TESTING))?;
    front_end()?;
    if !shell::succeeds(shell::cargo().args(["nextest", "--version"])) {
        shell::say("installing cargo-nextest: it runs the tests side by side and counts them");
        shell::must(shell::cargo().args(["install", "cargo-nextest", "--locked"]))?;
    }
    s3_server()
}

/// The S3-compatible server the tests start.
const MOTO: &str = "5.2.5";

/// Moto, into `target/test-s3`.
fn s3_server() -> Result<()> {
    let home = shell::root().join("target").join("test-s3");
    let mark = home.join(format!("moto-{MOTO}"));
    if mark.exists() {
        return Ok(());
    }
    shell::say(&format!("moto {MOTO}, into {}", home.display()));
    environment("python3", &home, &[&format!("moto[server]=={MOTO}")])?;
    fs::write(&mark, "").with_context(|| mark.display().to_string())
}

/// The Patroni the fail-overs were tried with (docs/reliability.md).
const PATRONI: &str = "4.1.5";

/// Everything a replicated cluster on this machine needs; gives its Patroni.
pub fn for_cluster() -> Result<PathBuf> {
    packages(FOR_CLUSTER.iter())?;
    let home = shell::root().join("target").join("cluster-patroni");
    let patroni = home.join("bin").join("patroni");
    let told = |word: &str| shell::output_of(Command::new(&patroni).arg(word)).unwrap_or_default();
    if told("--version").trim() == format!("patroni {PATRONI}") {
        return Ok(patroni);
    }
    shell::say(&format!("Patroni {PATRONI}, into {}", home.display()));
    // Debian's own Python: Patroni runs as user postgres, who must be able to start it.
    let wanted = [&*format!("patroni[etcd3]=={PATRONI}"), "psycopg[binary]==3.3.9"];
    environment("/usr/bin/python3", &home, &wanted)?;
    Ok(patroni)
}

/// Python packages in a folder of their own, made anew.
fn environment(python: &str, home: &Path, wanted: &[&str]) -> Result<()> {
    shell::must(shell::program(python).args(["-m", "venv", "--clear"]).arg(home))?;
    shell::must(
        Command::new(home.join("bin").join("pip"))
            .args(["install", "--quiet", "--disable-pip-version-check"])
            .args(wanted),
    )
}

fn packages<'a>(wanted: impl Iterator<Item = &'a Package>) -> Result<()> {
    let missing: Vec<&Package> = wanted.filter(|package| !is_there(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    for package in &missing {
        shell::say(&format!("missing: {} — {}", package.name, package.why));
    }
    let names: Vec<&str> = missing.iter().map(|package| package.name).collect();
    let by_hand = format!("apt-get install --no-install-recommends {}", names.join(" "));
    if !Path::new("/usr/bin/apt-get").exists() {
        bail!(
            "this is not Debian or one of its kin: install the counterparts of `{}` yourself",
            names.join(" ")
        );
    }
    if !shell::is_root() {
        bail!("only root may install packages. Run this once, then try again:\n    sudo {by_hand}");
    }
    shell::say("apt-get update: the list of packages may be old");
    shell::must(shell::program("apt-get").args(["update", "-qq"]))?;
    shell::say(&by_hand);
    shell::must(
        shell::program("apt-get")
            .env("DEBIAN_FRONTEND", "noninteractive")
            .args(["install", "-y", "-qq", "--no-install-recommends"])
            .args(&names),
    )
}

fn is_there(package: &Package) -> bool {
    if package.name == "postgresql" {
        return crate::postgres::programs().is_some();
    }
    package.signs.iter().any(|sign| Path::new(sign).exists())
        || shell::output_of(shell::program("dpkg-query").args(["-W", "-f=${Status}", package.name]))
            .is_ok_and(|status| status.ends_with(" installed"))
}

/// The design system and the few scripts of the pages, exactly as `package-lock.json` says.
fn front_end() -> Result<()> {
    let root = shell::root();
    let lock = root.join("package-lock.json");
    if !lock.exists() {
        shell::say("no package-lock.json: no front-end packages to fetch");
        return Ok(());
    }
    // npm wipes and refetches everything on `npm ci`; a copy of the lock tells whether that is needed.
    let fetched = root.join("node_modules").join(".fetched-lock.json");
    let wanted = fs::read(&lock).context("package-lock.json")?;
    if fs::read(&fetched).is_ok_and(|have| have == wanted) {
        return Ok(());
    }
    if !shell::succeeds(shell::program("npm").arg("--version")) {
        bail!("npm is missing: install Node.js 20 or newer (on Debian: apt-get install npm)");
    }
    shell::say("npm ci: fetching the front-end packages of the pages");
    shell::must(shell::program("npm").args([
        "ci",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--loglevel=error",
    ]))?;
    fs::write(&fetched, wanted).with_context(|| fetched.display().to_string())
}
