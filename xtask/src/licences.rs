//! 이용 허락 — licences and sources of all that we build on, held against the list in `deny.toml`.
//!
//! The list has the shape that `cargo deny` reads, so whoever has that program can run it on the same file; this check
//! needs neither the network nor another installation.

use crate::shell;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::{collections::BTreeSet, fs};

/// What may be used.
struct Rules {
    allowed: BTreeSet<String>,
    banned: BTreeSet<String>,
}

/// Fails with one line for each package that breaks a rule.
pub fn run() -> Result<()> {
    let rules = rules(&fs::read_to_string(shell::root().join("deny.toml")).context("deny.toml")?)?;
    let text = shell::output_of(shell::cargo().args(["metadata", "--format-version", "1"]))?;
    let findings = findings(&serde_json::from_str(&text)?, &rules);
    for finding in &findings {
        eprintln!("{finding}");
    }
    if !findings.is_empty() {
        bail!("{} packages break the rules of deny.toml", findings.len());
    }
    Ok(())
}

fn rules(text: &str) -> Result<Rules> {
    let file: toml::Value = toml::from_str(text).context("deny.toml")?;
    let list = |table: &str, key: &str| -> Result<Vec<toml::Value>> {
        let list = file
            .get(table)
            .and_then(|table| table.get(key))
            .and_then(|list| list.as_array());
        Ok(list
            .with_context(|| format!("deny.toml has no list {table}.{key}"))?
            .clone())
    };
    let allowed = list("licenses", "allow")?
        .iter()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect();
    let name = |entry: &toml::Value| Some(entry.get("crate")?.as_str()?.to_owned());
    let banned = list("bans", "deny")?.iter().filter_map(name).collect();
    Ok(Rules { allowed, banned })
}

fn findings(metadata: &Value, rules: &Rules) -> Vec<String> {
    let packages = metadata["packages"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let mut findings = Vec::new();
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        let version = package["version"].as_str().unwrap_or_default();
        if rules.banned.contains(name) {
            findings.push(format!("{name} {version}: banned by deny.toml, which says why"));
        }
        // Our own packages have no source; everything else comes from the one registry, never from a branch somewhere.
        match package["source"].as_str() {
            None => {}
            Some(source) if source.starts_with("registry+") => {}
            Some(source) => findings.push(format!(
                "{name} {version}: comes from {source}; use a published version"
            )),
        }
        match package["license"].as_str() {
            None if package["license_file"].is_string() => {
                findings.push(format!(
                    "{name} {version}: has a licence text of its own; read it first"
                ));
            }
            None => findings.push(format!("{name} {version}: names no licence")),
            Some(expression) if permitted(expression, &rules.allowed) => {}
            Some(expression) => findings.push(format!(
                "{name} {version}: {expression} is not among the licences of deny.toml"
            )),
        }
    }
    findings
}

/// Whether a licence expression (`MIT OR Apache-2.0`, `(A AND B) OR C WITH exception`) can be met with allowed licences.
fn permitted(expression: &str, allowed: &BTreeSet<String>) -> bool {
    // Old packages write `MIT/Apache-2.0`, which means OR.
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let result = either(&words, &mut at, allowed);
    result && at == words.len()
}

fn either(words: &[&str], at: &mut usize, allowed: &BTreeSet<String>) -> bool {
    let mut result = both(words, at, allowed);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        // Read the right side in any case: it has to be stepped over.
        result |= both(words, at, allowed);
    }
    result
}

fn both(words: &[&str], at: &mut usize, allowed: &BTreeSet<String>) -> bool {
    let mut result = one(words, at, allowed);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        result &= one(words, at, allowed);
    }
    result
}

fn one(words: &[&str], at: &mut usize, allowed: &BTreeSet<String>) -> bool {
    let Some(word) = words.get(*at) else { return false };
    *at += 1;
    if *word == "(" {
        let result = either(words, at, allowed);
        *at += 1;
        return result;
    }
    if words.get(*at) == Some(&"WITH") {
        // An exception only ever gives more freedom.
        *at += 2;
    }
    allowed.contains(*word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn sample() -> Rules {
        rules("[licenses]\nallow = ['MIT', 'Apache-2.0', 'ISC']\n[bans]\ndeny = [{ crate = 'openssl' }]")
            .unwrap()
    }

    #[test]
    fn expressions_are_read_as_their_authors_meant_them() {
        let table = [
            ("MIT", true),
            ("MIT OR GPL-3.0", true),
            ("GPL-3.0/MIT", true),
            ("MIT AND GPL-3.0", false),
            ("(MIT OR GPL-3.0) AND ISC", true),
            ("(MIT OR GPL-3.0) AND AGPL-3.0", false),
            ("Apache-2.0 WITH LLVM-exception OR GPL-3.0", true),
            ("GPL-3.0 OR AGPL-3.0", false),
            ("MIT GPL-3.0", false),
        ];
        for (expression, expected) in table {
            assert_eq!(permitted(expression, &sample().allowed), expected, "{expression}");
        }
    }

    #[test]
    fn what_breaks_a_rule_is_named() {
        let package = |name: &str, licence: Value, source: Value| json!({ "name": name, "version": "1.0.0", "license": licence, "license_file": null, "source": source });
        let registry = json!("registry+somewhere");
        let metadata = json!({ "packages": [
            package("fine", json!("MIT"), registry.clone()),
            package("own", json!("Apache-2.0"), Value::Null),
            package("viral", json!("AGPL-3.0"), registry.clone()),
            package("silent", Value::Null, registry.clone()),
            package("branch", json!("MIT"), json!("git+somewhere")),
            package("openssl", json!("Apache-2.0"), registry),
        ]});
        let findings = findings(&metadata, &sample());
        let names: Vec<&str> = findings
            .iter()
            .filter_map(|line| line.split(' ').next())
            .collect();
        assert_eq!(names, ["viral", "silent", "branch", "openssl"]);
    }
}
