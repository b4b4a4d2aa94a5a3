//! 퍼징 — every parser that meets strangers, as a function of bytes that must never panic and whose promises must hold
//! (docs/security.md, “퍼징”).
//!
//! `cargo xtask fuzz NAME` lets libFuzzer look for bytes that break one. Each target also runs over its seeds and their
//! mutilations as an ordinary test.

#[cfg(feature = "rooms")]
mod forms;
#[cfg(feature = "rooms")]
mod papers;
mod plain;
#[cfg(feature = "rooms")]
mod room_seeds;
mod seeds;
mod uploads;

use std::path::Path;

/// A parser under attack.
pub struct Target {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it reads, for people.
    pub what: &'static str,
    /// Reads these bytes; panics where a promise is broken.
    pub run: fn(&[u8]),
    /// Bytes to begin with.
    pub seeds: fn() -> Vec<Vec<u8>>,
}

impl Target {
    /// The target of this name.
    pub fn named(name: &str) -> Option<&'static Target> {
        TARGETS.iter().find(|target| target.name == name)
    }
}

/// Lays the seeds of each target below this folder, and says the names of the targets, a line each.
pub fn lay(folder: &Path) -> std::io::Result<()> {
    for target in TARGETS {
        println!("{}", target.name);
        let folder = folder.join(target.name);
        std::fs::create_dir_all(&folder)?;
        for (n, seed) in (target.seeds)().into_iter().enumerate() {
            std::fs::write(folder.join(format!("seed-{n:03}")), seed)?;
        }
    }
    Ok(())
}

/// The list.
pub const TARGETS: &[Target] = &[
    Target {
        name: "files",
        what: "attachments: type, name, what is taken out",
        run: uploads::files,
        seeds: seeds::files,
    },
    Target {
        name: "pictures",
        what: "pictures and films: metadata",
        run: uploads::pictures,
        seeds: seeds::pictures,
    },
    Target {
        name: "archives",
        what: "zip and compound files",
        run: uploads::archives,
        seeds: seeds::archives,
    },
    #[cfg(feature = "rooms")]
    Target {
        name: "multipart",
        what: "forms with files",
        run: forms::multipart,
        seeds: room_seeds::multipart,
    },
    #[cfg(feature = "rooms")]
    Target {
        name: "urlencoded",
        what: "forms, filters, chosen petitions",
        run: forms::urlencoded,
        seeds: room_seeds::urlencoded,
    },
    #[cfg(feature = "rooms")]
    Target {
        name: "answers",
        what: "answers to typed forms",
        run: forms::answers,
        seeds: room_seeds::answers,
    },
    #[cfg(feature = "rooms")]
    Target {
        name: "addresses",
        what: "contact addresses, numbers of the gazette",
        run: forms::addresses,
        seeds: room_seeds::addresses,
    },
    #[cfg(feature = "rooms")]
    Target {
        name: "headers",
        what: "session cookie, language, look, X-Forwarded-For, way back",
        run: forms::headers,
        seeds: room_seeds::headers,
    },
    Target {
        name: "numbers",
        what: "filing, reception, check and mail numbers, identities, codes, months",
        run: plain::numbers,
        seeds: seeds::numbers,
    },
    Target {
        name: "words",
        what: "searches, masking, Korean dates, periods and cells",
        run: plain::words,
        seeds: seeds::words,
    },
    Target {
        name: "proofs",
        what: "statements on receipts, signatures, recovery shares",
        run: plain::proofs,
        seeds: seeds::proofs,
    },
    Target {
        name: "roots",
        what: "roots files and proofs of receipts that anyone brings to be checked",
        run: plain::roots,
        seeds: seeds::roots,
    },
    #[cfg(feature = "rooms")]
    Target {
        name: "tables",
        what: "tables of people and services: CSV, XLSX",
        run: papers::tables,
        seeds: room_seeds::tables,
    },
    Target {
        name: "register",
        what: "rows of older registers",
        run: plain::register,
        seeds: seeds::register,
    },
    #[cfg(feature = "rooms")]
    Target {
        name: "hwpx",
        what: "templates of the agency: read and filled",
        run: papers::hwpx,
        seeds: room_seeds::hwpx,
    },
    #[cfg(feature = "rooms")]
    Target {
        name: "exchange",
        what: "answers of an outside document system: XML",
        run: papers::exchange,
        seeds: room_seeds::exchange,
    },
    #[cfg(feature = "rooms")]
    Target {
        name: "catalogue",
        what: "forms as TOML",
        run: papers::catalogue,
        seeds: room_seeds::catalogue,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Every seed as it is, cut off at many places, and with single bytes changed: the same in every run.
    #[test]
    fn every_target_holds_over_its_seeds_and_their_mutilations() {
        for target in TARGETS {
            let seeds = (target.seeds)();
            assert!(!seeds.is_empty(), "{}", target.name);
            (target.run)(b"");
            for seed in seeds {
                (target.run)(&seed);
                let step = (seed.len() / 24).max(1);
                for at in (0..seed.len()).step_by(step) {
                    (target.run)(&seed[..at]);
                    for with in [0, 0x41, 0x80, 0xFF] {
                        let mut bent = seed.clone();
                        bent[at] = with;
                        (target.run)(&bent);
                    }
                }
            }
        }
    }
}
