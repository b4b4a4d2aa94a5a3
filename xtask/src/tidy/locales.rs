//! 번역 — every key of the locale files exists in every language, once, and says something.

use super::{File, Finding, Tree};
use std::collections::{BTreeMap, BTreeSet};

/// A key with its file and line.
type Keys<'a> = BTreeMap<String, (&'a File, usize)>;

/// Compares all languages of each `locales` folder; a language is the folder or the file below it.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut folders: BTreeMap<&str, BTreeMap<&str, Keys>> = BTreeMap::new();
    for file in tree
        .files
        .iter()
        .filter(|file| file.has_extension(&["ftl", "toml", "json"]))
    {
        let Some((folder, below)) = file.path.split_once("/locales/") else {
            continue;
        };
        let language = below.split(['/', '.']).next().unwrap_or_default();
        let keys = folders.entry(folder).or_default().entry(language).or_default();
        read(file, keys, &mut findings);
    }
    for languages in folders.values() {
        let all: BTreeSet<&String> = languages.values().flat_map(BTreeMap::keys).collect();
        for (language, keys) in languages {
            for key in all.iter().filter(|key| !keys.contains_key(**key)) {
                if let Some((file, line)) = languages.values().find_map(|other| other.get(*key)) {
                    let what = format!("`{key}` is missing in `{language}`");
                    findings.push(Finding::new(
                        file,
                        *line,
                        what,
                        "translate it, or take it out of every language",
                    ));
                }
            }
        }
        if languages.len() == 1 {
            let file = languages.values().flat_map(BTreeMap::values).next();
            if let Some((file, _)) = file {
                findings.push(Finding::new(
                    file,
                    1,
                    "only one language",
                    "Korean and English, both",
                ));
            }
        }
    }
    findings
}

fn read<'a>(file: &'a File, keys: &mut Keys<'a>, findings: &mut Vec<Finding>) {
    let mut add = |key: String, line: usize, findings: &mut Vec<Finding>| {
        if keys.insert(key.clone(), (file, line)).is_some() {
            findings.push(Finding::new(
                file,
                line,
                format!("`{key}` is there twice"),
                "the later hides the earlier: keep one",
            ));
        }
    };
    if file.has_extension(&["ftl"]) {
        for (line, key) in fluent(&file.text) {
            add(key, line, findings);
        }
        return;
    }
    // JSON is read as its own kind; both end as one nested table of texts.
    let parsed = if file.has_extension(&["json"]) {
        serde_json::from_str::<serde_json::Value>(&file.text).map_err(|error| error.to_string())
    } else {
        toml::from_str::<toml::Value>(&file.text)
            .map_err(|error| error.to_string())
            .and_then(|value| serde_json::to_value(value).map_err(|error| error.to_string()))
    };
    match parsed {
        Err(error) => findings.push(Finding::new(file, 1, error, "mend the file")),
        Ok(value) => {
            let mut found = Vec::new();
            flatten("", &value, &mut found);
            for key in found {
                let last = key.rsplit('.').next().unwrap_or_default();
                let line = file
                    .text
                    .lines()
                    .position(|line| line.contains(last))
                    .map_or(1, |index| index + 1);
                add(key, line, findings);
            }
        }
    }
}

/// Messages, terms and their attributes of a Fluent file, each with its line.
fn fluent(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut message = String::new();
    for (index, line) in text.lines().enumerate() {
        let Some((left, _)) = line.split_once('=') else {
            continue;
        };
        let name = left.trim();
        let is_name = |name: &str| {
            name.starts_with(|c: char| c.is_ascii_alphabetic())
                && name
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        };
        if !line.starts_with(char::is_whitespace) && is_name(name.trim_start_matches('-')) {
            name.clone_into(&mut message);
            found.push((index + 1, message.clone()));
        } else if let Some(attribute) = name.strip_prefix('.').filter(|name| is_name(name)) {
            found.push((index + 1, format!("{message}.{attribute}")));
        }
    }
    found
}

fn flatten(prefix: &str, value: &serde_json::Value, found: &mut Vec<String>) {
    match value.as_object() {
        None => found.push(prefix.to_owned()),
        Some(table) => {
            for (name, value) in table {
                let key = if prefix.is_empty() {
                    name.clone()
                } else {
                    format!("{prefix}.{name}")
                };
                flatten(&key, value, found);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{places, tree};
    use super::*;

    #[test]
    fn every_key_is_in_every_language() {
        let korean = "# 제목\ntitle = 민원\n    .hint = 도움말\n-city = 서울\ncount = { $n ->\n    [one] 한 건\n   *[other] { $n }건\n}\nonly-ko = 혼자\n";
        let english =
            "title = Petition\n    .hint = help\n-city = Seoul\ncount = { $n } petitions\nonly-en = alone\n";
        let findings = check(&tree(&[
            ("crates/web/locales/ko/a.ftl", korean),
            ("crates/web/locales/en/a.ftl", english),
        ]));
        assert_eq!(
            places(&findings),
            ["crates/web/locales/ko/a.ftl:9", "crates/web/locales/en/a.ftl:5"]
        );
    }

    #[test]
    fn a_missing_attribute_and_a_doubled_key_are_found() {
        let twice = "name = 이름\n    .hint = 도움말\ntitle = 민원\ntitle = 신청\n    .hint = 도움말\n";
        let findings = check(&tree(&[
            ("crates/web/locales/ko.ftl", twice),
            (
                "crates/web/locales/en.ftl",
                "name = N\n    .hint = H\ntitle = P\n",
            ),
        ]));
        assert_eq!(
            places(&findings),
            ["crates/web/locales/ko.ftl:4", "crates/web/locales/ko.ftl:5"]
        );
    }

    #[test]
    fn an_attribute_belongs_to_its_message() {
        let files = [
            (
                "crates/web/locales/ko.ftl",
                "name = 이름\n    .hint = 도움말\ntitle = 제목\n",
            ),
            (
                "crates/web/locales/en.ftl",
                "name = Name\ntitle = Title\n    .hint = help\n",
            ),
        ];
        assert_eq!(
            places(&check(&tree(&files))),
            ["crates/web/locales/ko.ftl:2", "crates/web/locales/en.ftl:3"]
        );
    }

    #[test]
    fn nested_files_are_compared_by_path() {
        let files = [
            (
                "crates/web/locales/ko.toml",
                "[home]\ntitle = '민원'\nlead = '안내'\n",
            ),
            (
                "crates/web/locales/en.json",
                "{ \"home\": { \"title\": \"Petition\" } }",
            ),
        ];
        assert_eq!(places(&check(&tree(&files))), ["crates/web/locales/ko.toml:3"]);
        assert_eq!(check(&tree(&files[..1])).len(), 1, "one language is not enough");
    }
}
