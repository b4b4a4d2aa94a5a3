//! 손님 — somebody at a browser without JavaScript, by `curl`: keeps cookies, fills in forms, reads what the page says.

use crate::shell;
use anyhow::{Context, Result, ensure};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// Nobody waits longer for a page.
pub const PATIENCE: &str = "60";

/// A person with cookies of their own.
pub struct Browser {
    address: String,
    jar: PathBuf,
    /// The language the browser asks for.
    pub lang: &'static str,
}

/// What came back.
pub struct Seen {
    /// The status of the last answer; 0 where there was none.
    pub status: u16,
    /// How long it took.
    pub seconds: f64,
    /// Path of the page the browser ended at.
    pub path: String,
    /// The page.
    pub text: String,
}

impl Browser {
    /// A browser of this language.
    pub fn new(folder: &Path, name: &str, address: &str, lang: &'static str) -> Browser {
        Browser {
            address: address.to_owned(),
            jar: folder.join(format!("{name}.cookies")),
            lang,
        }
    }

    /// The same person, at another server.
    pub fn at(&self, address: &str) -> Browser {
        Browser {
            address: address.to_owned(),
            jar: self.jar.clone(),
            lang: self.lang,
        }
    }

    fn curl(&self, path: &str, words: &[String]) -> Result<Seen> {
        let mut curl = Command::new("curl");
        curl.args(["--silent", "--show-error", "--location", "--max-time", PATIENCE])
            .arg("--cookie")
            .arg(&self.jar)
            .arg("--cookie-jar")
            .arg(&self.jar)
            .args(["--header", &format!("Accept-Language: {}", self.lang)])
            .args(["--write-out", "\n%{http_code} %{time_total} %{url_effective}"])
            .args(words)
            .arg(format!("{}{path}", self.address));
        let output = curl.output().context("curl is needed: apt-get install curl")?;
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        let (text, end) = told.rsplit_once('\n').context("curl says nothing")?;
        let mut end = end.split(' ');
        let status = end.next().and_then(|status| status.parse().ok());
        let seconds = end.next().and_then(|seconds| seconds.parse().ok());
        let url = end.next().unwrap_or_default();
        Ok(Seen {
            status: status.context("curl tells no status")?,
            seconds: seconds.context("curl tells no time")?,
            path: url.strip_prefix(&self.address).unwrap_or(url).to_owned(),
            text: text.to_owned(),
        })
    }

    /// Opens a page.
    pub fn go(&self, path: &str) -> Result<Seen> {
        self.curl(path, &[])
    }

    /// Fills in the form of `page` that goes to `action` and sends it, with these fields over the hidden ones.
    pub fn submit(&self, page: &Seen, action: &str, fields: &[(&str, &str)]) -> Result<Seen> {
        let form = page.form(action)?;
        let option = if form.contains("multipart/form-data") {
            "--form-string"
        } else {
            "--data-urlencode"
        };
        let mut all: Vec<(String, String)> = hidden(form)
            .into_iter()
            .filter(|(name, _)| fields.iter().all(|(given, _)| given != name))
            .collect();
        all.extend(
            fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        let mut words = Vec::new();
        for (name, value) in all {
            words.extend([option.to_owned(), format!("{name}={value}")]);
        }
        self.curl(action, &words)
    }
}

impl Seen {
    /// An error unless the page has this status and says all of this.
    pub fn says(&self, status: u16, sentences: &[&str]) -> Result<()> {
        let words = self.words();
        for sentence in sentences {
            ensure!(
                self.status == status && words.contains(sentence),
                "expected {status} and “{sentence}”, not {} after {:.1} s at {}: {words}",
                self.status,
                self.seconds,
                self.path
            );
        }
        Ok(())
    }

    /// What stands between the tags of the main part.
    pub fn words(&self) -> String {
        let main = (self.text.split_once("<main")).map_or(self.text.as_str(), |(_, rest)| rest);
        let mut out = String::new();
        let mut outside = !main.starts_with('<') && main.len() == self.text.len();
        for c in main.chars() {
            match c {
                '<' => outside = false,
                '>' => {
                    outside = true;
                    out.push(' ');
                }
                c if outside => out.push(c),
                _ => {}
            }
        }
        let out = unescape(&out);
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn form(&self, action: &str) -> Result<&str> {
        let start = format!("action=\"{action}\"");
        (self.text.split("<form").skip(1))
            .find(|form| (form.split('>').next()).is_some_and(|tag| unescape(tag).contains(&start)))
            .and_then(|form| form.split("</form>").next())
            .with_context(|| {
                format!(
                    "no form to {action} at {} ({}): {}",
                    self.path,
                    self.status,
                    self.words()
                )
            })
    }
}

fn hidden(form: &str) -> Vec<(String, String)> {
    (form.split("<input type=\"hidden\" ").skip(1))
        .filter_map(|input| {
            let part = |name: &str| {
                let rest = input.split_once(&format!("{name}=\""))?.1;
                Some(unescape(rest.split('"').next()?))
            };
            Some((part("name")?, part("value")?))
        })
        .collect()
}

fn unescape(text: &str) -> String {
    [
        ("&#x2f;", "/"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// What a program that is no browser is told: `/health`.
pub fn health(address: &str) -> String {
    let curl = [
        "--silent",
        "--max-time",
        "10",
        "--output",
        "/dev/null",
        "--write-out",
        "%{http_code}",
    ];
    let asked = Command::new("curl")
        .args(curl)
        .arg(format!("{address}/health"))
        .output();
    asked.map_or_else(
        |error| error.to_string(),
        |output| String::from_utf8_lossy(&output.stdout).into_owned(),
    )
}

/// Waits until `/health` says this; how long that took.
pub fn becomes(address: &str, status: &str, seconds: u64) -> Result<f64> {
    let watch = shell::Stopwatch::start();
    let mut last = String::new();
    while watch.elapsed().as_secs() < seconds {
        last = health(address);
        if last == status {
            return Ok(watch.elapsed().as_secs_f64());
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    anyhow::bail!("/health says {last}, not {status}, after {seconds} s")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_as_a_person_would() {
        let seen = Seen {
            status: 200,
            seconds: 0.1,
            path: "/file".into(),
            text: "<title>no</title><main id=\"m\"><h1>두 번</h1><p>a &lt;b&gt;\nc</p><form method=\"post\" \
                   action=\"&#x2f;look\"><input type=\"hidden\" name=\"csrf\" value=\"1&amp;2\"></form>"
                .into(),
        };
        assert_eq!(seen.words(), "두 번 a <b> c");
        assert!(seen.says(200, &["두 번", "a <b> c"]).is_ok());
        assert!(seen.says(200, &["세 번"]).is_err() && seen.says(503, &["두 번"]).is_err());
        assert_eq!(
            hidden(seen.form("/look").unwrap()),
            [("csrf".to_owned(), "1&2".to_owned())]
        );
        assert!(seen.form("/file").is_err());
    }
}
