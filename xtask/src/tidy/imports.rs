//! 들여오기 규칙 — which crate may name which: downwards only, never sideways.

use super::{File, Finding, Tree, lex};

/// The floors of the house from the ground up. A crate may name crates of lower floors only.
const FLOORS: &[&[&str]] = &[
    &["domain"],
    &["procedures", "documents", "files", "ports", "crypto"],
    &["store", "adapters"],
    &["app"],
    &["web", "api"],
    &["minwon", "testkit", "fuzz"],
];

/// What a crate may not name although it lies lower: crate, forbidden, why. Holds for its tests as well.
const NEVER: &[(&str, &str, &str)] = &[
    (
        "app",
        "adapters",
        "minwon and testkit hand it the ports as values",
    ),
    (
        "app",
        "procedures",
        "minwon and testkit hand it a catalogue as a value",
    ),
    (
        "store",
        "procedures",
        "a store keeps events; it does not know how they come about",
    ),
    ("web", "store", "pages ask the desk and act through the one door"),
    ("web", "adapters", "the outside world is reached through app"),
    (
        "web",
        "procedures",
        "a procedure's form and papers come with the catalogue",
    ),
    ("web", "api", "the faces do not know each other"),
    (
        "api",
        "store",
        "the interface asks the desk and acts through the one door",
    ),
    ("api", "adapters", "the outside world is reached through app"),
    ("api", "procedures", "a procedure's types come with the catalogue"),
    ("api", "web", "the faces do not know each other"),
];

/// Packages of others that a crate may not name: crates, package prefixes, why. Its tests may.
const FOREIGN: &[(&[&str], &[&str], &str)] = &[
    (
        &["domain", "procedures", "documents", "files"],
        &[
            "tokio",
            "async-",
            "futures",
            "reqwest",
            "axum",
            "hyper",
            "rusqlite",
            "getrandom",
            "rand",
        ],
        "pure: no input or output, nothing async, no chance",
    ),
    (
        &["app", "web", "api"],
        &[
            "rusqlite",
            "tokio-postgres",
            "postgres",
            "deadpool",
            "refinery",
            "sqlx",
            "diesel",
            "sea-orm",
        ],
        "only store speaks to a database",
    ),
    (
        &["domain", "store", "app", "web", "api", "documents"],
        &["aes", "aria", "sha2", "hmac", "p256", "argon2"],
        "ciphers, hashes and signatures live in crypto",
    ),
];

/// Words in code that break the purity of these crates.
const PURE: &[&str] = &["domain", "procedures", "documents"];
const IMPURE: &[&str] = &[
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::thread",
    "std::io::stdin",
    "async fn",
    ".await",
];

/// Beginnings of SQL sentences; none stands in a string of the faces.
const SQL: &[(&str, &str)] = &[
    ("SELECT ", " FROM "),
    ("INSERT INTO ", ""),
    ("UPDATE ", " SET "),
    ("DELETE FROM ", ""),
    ("CREATE TABLE", ""),
];

/// Compares every manifest and source file with the tables above.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.below("crates/", &["toml"]) {
        if let Some(name) = folder(file).filter(|_| file.path.ends_with("/Cargo.toml")) {
            manifest(file, name, &mut findings);
        }
    }
    for file in tree.below("crates/", &["rs"]) {
        let Some(name) = folder(file).filter(|name| file.path.starts_with(&format!("crates/{name}/src/")))
        else {
            continue;
        };
        if PURE.contains(&name) {
            purity(file, &mut findings);
        }
        if ["web", "api"].contains(&name) {
            no_sql(file, name, &mut findings);
        }
    }
    findings
}

fn folder(file: &File) -> Option<&str> {
    file.path
        .strip_prefix("crates/")?
        .split_once('/')
        .map(|(name, _)| name)
}

fn floor(name: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&name))
}

fn manifest(file: &File, name: &str, findings: &mut Vec<Finding>) {
    let table: toml::Table = match toml::from_str(&file.text) {
        Ok(table) => table,
        Err(error) => return findings.push(Finding::new(file, 1, error.to_string(), "mend the file")),
    };
    let Some(own) = floor(name) else {
        let cure = "give it a floor in xtask/src/tidy/imports.rs and a line in ARCHITECTURE.md";
        return findings.push(Finding::new(
            file,
            1,
            format!("`{name}` has no place in the house"),
            cure,
        ));
    };
    for dependency in dependencies(&table) {
        let Dependency { package, tests_only } = &dependency;
        let line = line_of(file, package);
        if let Some((_, _, why)) = NEVER.iter().find(|(from, to, _)| *from == name && to == package) {
            findings.push(Finding::new(
                file,
                line,
                format!("`{name}` names `{package}`"),
                format!("take it out: {why}"),
            ));
            continue;
        }
        if *tests_only {
            continue;
        }
        if floor(package).is_some_and(|other| other >= own) {
            let what = format!("`{name}` names `{package}`, which is not below it");
            findings.push(Finding::new(
                file,
                line,
                what,
                "hand the value in from above, or move the code down",
            ));
        }
        for (crates, prefixes, why) in FOREIGN {
            let same = |prefix: &&str| {
                package == *prefix
                    || (package.starts_with(*prefix)
                        && (prefix.ends_with('-') || package[prefix.len()..].starts_with('-')))
            };
            if crates.contains(&name) && prefixes.iter().any(same) {
                findings.push(Finding::new(
                    file,
                    line,
                    format!("`{name}` depends on `{package}`"),
                    *why,
                ));
            }
        }
    }
}

struct Dependency {
    package: String,
    tests_only: bool,
}

/// Everything the manifest names, those for one platform only as well.
fn dependencies(table: &toml::Table) -> Vec<Dependency> {
    let mut found = Vec::new();
    let platforms = table
        .get("target")
        .and_then(|target| target.as_table())
        .into_iter()
        .flat_map(|target| target.values());
    for part in std::iter::once(table).chain(platforms.filter_map(|platform| platform.as_table())) {
        for key in ["dependencies", "build-dependencies", "dev-dependencies"] {
            let Some(listed) = part.get(key).and_then(|list| list.as_table()) else {
                continue;
            };
            for (name, value) in listed {
                let renamed = value.get("package").and_then(|package| package.as_str());
                let package = renamed.unwrap_or(name).to_owned();
                found.push(Dependency {
                    package,
                    tests_only: key == "dev-dependencies",
                });
            }
        }
    }
    found
}

fn line_of(file: &File, package: &str) -> usize {
    let names = |line: &str| {
        let line = line.trim_start();
        line.strip_prefix(package)
            .is_some_and(|rest| rest.starts_with(['.', ' ', '=']))
            || line.contains(&format!("\"{package}\""))
    };
    file.text.lines().position(names).map_or(1, |index| index + 1)
}

fn purity(file: &File, findings: &mut Vec<Finding>) {
    let code = lex::code_only(&file.text);
    for (index, line) in lex::before_tests(&code).lines().enumerate() {
        for word in IMPURE.iter().filter(|word| line.contains(**word)) {
            let cure = "this crate is pure: take what it needs as a parameter and give back a value";
            findings.push(Finding::new(
                file,
                index + 1,
                format!("`{}` in a pure crate", word.trim()),
                cure,
            ));
        }
    }
}

fn no_sql(file: &File, name: &str, findings: &mut Vec<Finding>) {
    for (index, line) in lex::before_tests(&file.text).lines().enumerate() {
        if SQL.iter().any(|(begin, then)| {
            line.split_once(begin)
                .is_some_and(|(_, rest)| rest.contains(then))
        }) {
            let cure = "one function per question in store, asked through the desk";
            findings.push(Finding::new(file, index + 1, format!("SQL in `{name}`"), cure));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{places, tree};
    use super::*;

    fn manifest_of(dependencies: &str) -> String {
        format!("[package]\nname = \"x\"\n\n{dependencies}\n")
    }

    #[test]
    fn crates_name_lower_floors_only() {
        let table: &[(&str, &str, usize)] = &[
            ("crypto", "[dependencies]\ndomain.workspace = true", 0),
            (
                "web",
                "[dependencies]\napp.workspace = true\ndomain.workspace = true\nports.workspace = true",
                0,
            ),
            (
                "minwon",
                "[dependencies]\nstore.workspace = true\nadapters.workspace = true\nweb.workspace = true",
                0,
            ),
            // up
            ("domain", "[dependencies]\nports.workspace = true", 1),
            ("store", "[dependencies]\napp = { path = \"../app\" }", 1),
            // sideways
            ("documents", "[dependencies]\nports.workspace = true", 1),
            ("store", "[dependencies]\nadapters.workspace = true", 1),
            ("web", "[dependencies]\napi.workspace = true", 1),
            // by name
            ("app", "[dependencies]\nadapters.workspace = true", 1),
            ("app", "[dev-dependencies]\nprocedures.workspace = true", 1),
            ("api", "[dependencies]\nstore.workspace = true", 1),
            // renamed, and for one platform
            (
                "app",
                "[dependencies]\nworld = { path = \"../adapters\", package = \"adapters\" }",
                1,
            ),
            (
                "domain",
                "[target.'cfg(unix)'.dependencies]\nstore.workspace = true",
                1,
            ),
            // tests may look upwards
            (
                "domain",
                "[dev-dependencies]\ntestkit.workspace = true\ntokio.workspace = true",
                0,
            ),
            // packages of others
            ("domain", "[dependencies]\ntokio.workspace = true", 1),
            ("domain", "[dependencies]\nasync-trait.workspace = true", 1),
            ("web", "[dependencies]\ntokio-postgres.workspace = true", 1),
            ("app", "[dependencies]\ndeadpool-postgres = \"1\"", 1),
            ("store", "[dependencies]\naes-gcm = \"1\"", 1),
            ("attic", "[dependencies]\ndomain.workspace = true", 1),
        ];
        for (name, dependencies, expected) in table {
            let path = format!("crates/{name}/Cargo.toml");
            let findings = check(&tree(&[(&path, &manifest_of(dependencies))]));
            assert_eq!(findings.len(), *expected, "{name}: {dependencies}: {findings:?}");
        }
    }

    #[test]
    fn the_line_of_the_dependency_is_named() {
        let text = manifest_of("[dependencies]\nserde.workspace = true\nstore.workspace = true");
        assert_eq!(
            places(&check(&tree(&[("crates/api/Cargo.toml", &text)]))),
            ["crates/api/Cargo.toml:6"]
        );
    }

    #[test]
    fn pure_crates_do_not_touch_the_machine() {
        let pure = "//! x\n// std::fs is spoken of only\nconst A: &str = \"std::env\";\n#[cfg(test)]\nmod t { use std::fs; }";
        let impure = "//! x\nuse std::fs;\nasync fn f() {}\n";
        let findings = check(&tree(&[
            ("crates/domain/src/a.rs", pure),
            ("crates/domain/src/b.rs", impure),
        ]));
        assert_eq!(
            places(&findings),
            ["crates/domain/src/b.rs:2", "crates/domain/src/b.rs:3"]
        );
        assert_eq!(check(&tree(&[("crates/store/src/b.rs", impure)])), []);
    }

    #[test]
    fn faces_speak_no_sql() {
        let text = "//! x\nconst Q: &str = \"SELECT id FROM head\";\nlet label = \"SELECT one\";\n";
        assert_eq!(
            places(&check(&tree(&[("crates/web/src/q.rs", text)]))),
            ["crates/web/src/q.rs:2"]
        );
        assert_eq!(check(&tree(&[("crates/store/src/q.rs", text)])), []);
    }
}
