//! 설정 — what `minwon serve` is told: agency, mail and text messages, from a TOML file and the environment (docs/operation.md).

use adapters::identity::broker::BrokerSettings;
use adapters::identity::oidc::SsoSettings;
use adapters::mail::smtp::SmtpSettings;
use adapters::objects::ObjectSettings;
use adapters::scan::clamd::ClamdSettings;
use adapters::sharing::http::SharingSettings;
use adapters::sms::http::SmsSettings;
use anyhow::{Context, bail};
use app::office::Settings;
use domain::assurance::Assurance;
use domain::decide::{Completion, Numbering};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// Everything `serve` is told.
#[derive(Debug)]
pub struct Config {
    /// Agency, working hours, readings of the law.
    pub settings: Settings,
    /// The way to the mail server.
    pub mail: SmtpSettings,
    /// The way to the provider of text messages.
    pub sms: SmsSettings,
    /// The outside document system; without it our own series gives document numbers.
    pub records: Option<RecordsSettings>,
    /// The scanner of files; without it files are opened unscanned, and pages say so.
    pub scan: Option<ClamdSettings>,
    /// The agency's single sign-on, where there is one.
    pub sso: Option<SsoSettings>,
    /// Providers that say who a citizen is, in the order they are shown in.
    pub verification: Vec<BrokerSettings>,
    /// The centre for shared administrative information; without it nothing is looked up.
    pub sharing: Option<SharingSettings>,
    /// A store of its own for files; without it they lie in the database.
    pub attachments: Option<ObjectSettings>,
    /// Where figures for Prometheus are served; without it nowhere.
    pub metrics: Option<MetricsSettings>,
}

/// Figures for whoever watches over the machine.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetricsSettings {
    /// An address of its own, in the network of those who operate the machine.
    pub listen: SocketAddr,
}

/// The outside document system.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordsSettings {
    /// The folder of the exchange: `out` and `in` lie in it.
    pub folder: PathBuf,
}

/// Without these nothing is served.
const NEEDED: &[&str] = &[
    "agency.name",
    "agency.name_en",
    "agency.sender",
    "agency.office",
    "agency.postcode",
    "agency.address",
    "agency.homepage",
    "agency.phone",
    "agency.fax",
    "agency.mail",
    "agency.address_of_pages",
    "mail.host",
    "mail.port",
    "mail.protection",
    "mail.sender.name",
    "mail.sender.address",
    "sms.url",
    "sms.from",
];

/// What may stand in the environment instead: secrets, and what differs from machine to machine.
const ENVIRONMENT: &[(&str, &str, Form)] = &[
    ("MINWON_ADDRESS_OF_PAGES", "agency.address_of_pages", Form::Text),
    ("MINWON_ATTACHMENTS_FOLDER", "attachments.folder", Form::Text),
    ("MINWON_ATTACHMENTS_KEY", "attachments.access_key", Form::Text),
    ("MINWON_ATTACHMENTS_SECRET", "attachments.secret_key", Form::Text),
    ("MINWON_MAIL_HOST", "mail.host", Form::Text),
    ("MINWON_MAIL_PORT", "mail.port", Form::Number),
    ("MINWON_MAIL_PROTECTION", "mail.protection", Form::Text),
    ("MINWON_MAIL_LOGIN", "mail.login", Form::Text),
    ("MINWON_MAIL_PASSWORD", "mail.password", Form::Text),
    ("MINWON_RECORDS_FOLDER", "records.folder", Form::Text),
    ("MINWON_SCAN_ADDRESS", "scan.address", Form::Text),
    ("MINWON_SSO_SECRET", "sso.client_secret", Form::Text),
    ("MINWON_SHARING_TOKEN", "sharing.token", Form::Text),
    ("MINWON_SMS_URL", "sms.url", Form::Text),
    ("MINWON_SMS_TOKEN", "sms.token", Form::Text),
    ("MINWON_SMS_FROM", "sms.from", Form::Text),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Number,
}

/// The parts of the office that are optional in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Office {
    #[serde(default)]
    hours: domain::calendar::WorkingHours,
    #[serde(default)]
    reading: domain::due::Reading,
    #[serde(default = "approval")]
    completion: Completion,
    #[serde(default)]
    evaluation: domain::evaluation::Choices,
    #[serde(default)]
    protection: app::protected::Protection,
    #[serde(default)]
    outside_without_factor: bool,
    #[serde(default)]
    keeping: domain::retention::Keeping,
    #[serde(default)]
    files: app::words::FileRules,
    #[serde(default)]
    sign_in: domain::account::SignInRules,
}

fn approval() -> Completion {
    Completion::Approval
}

/// Reads the file, then the environment over it. Errors name the key and the variable.
pub fn read(file: Option<&Path>) -> anyhow::Result<Config> {
    let text = match file {
        Some(file) => {
            std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?
        }
        None => String::new(),
    };
    let named = file.map_or_else(|| "the environment".to_owned(), |file| file.display().to_string());
    understand(&text, |name| std::env::var(name).ok()).with_context(|| format!("configuration from {named}"))
}

fn understand(text: &str, variable: impl Fn(&str) -> Option<String>) -> anyhow::Result<Config> {
    let mut table: Table = text.parse()?;
    for (name, key, form) in ENVIRONMENT {
        let Some(value) = variable(name) else { continue };
        let value = match form {
            Form::Text => Value::String(value),
            Form::Number => Value::Integer(
                value
                    .trim()
                    .parse()
                    .with_context(|| format!("{name} is no number"))?,
            ),
        };
        put(&mut table, key, value).with_context(|| format!("{name}: `{key}` in the file is no table"))?;
    }
    for key in NEEDED {
        if get(&table, key).is_none() {
            let variable = ENVIRONMENT.iter().find(|(_, known, _)| known == key);
            match variable {
                Some((name, ..)) => bail!("`{key}` is missing; set it in the file or by {name}"),
                None => bail!("`{key}` is missing; set it in the file"),
            }
        }
    }
    let agency = part(&mut table, "agency")?;
    let mail = part(&mut table, "mail")?;
    let sms = part(&mut table, "sms")?;
    let records: Option<RecordsSettings> = match table.contains_key("records") {
        true => Some(part(&mut table, "records")?),
        false => None,
    };
    let scan = match table.contains_key("scan") {
        true => Some(part(&mut table, "scan")?),
        false => None,
    };
    let sso: Option<SsoSettings> = match table.contains_key("sso") {
        true => Some(part(&mut table, "sso")?),
        false => None,
    };
    let verification = verification(&mut table, &variable)?;
    let sharing: Option<SharingSettings> = match table.contains_key("sharing") {
        true => Some(part(&mut table, "sharing")?),
        false => None,
    };
    let attachments: Option<ObjectSettings> = match table.contains_key("attachments") {
        true => Some(part(&mut table, "attachments")?),
        false => None,
    };
    let metrics: Option<MetricsSettings> = match table.contains_key("metrics") {
        true => Some(part(&mut table, "metrics")?),
        false => None,
    };
    let Office {
        hours,
        reading,
        completion,
        evaluation,
        protection,
        outside_without_factor,
        keeping,
        files,
        sign_in,
    } = Value::Table(table).try_into()?;
    if let Some(problem) = files.problem() {
        bail!("in `files`: {problem}");
    }
    Ok(Config {
        settings: Settings {
            agency,
            hours,
            reading,
            completion,
            numbering: match records {
                Some(_) => Numbering::Outside,
                None => Numbering::Own,
            },
            evaluation,
            protection,
            keeping,
            files,
            sign_in,
            outside_without_factor,
        },
        mail,
        sms,
        records,
        scan,
        sso,
        verification,
        sharing,
        metrics,
        attachments,
    })
}

/// `[[verification]]`: one for each provider; the secret of each may stand in the environment instead.
fn verification(
    table: &mut Table,
    variable: &impl Fn(&str) -> Option<String>,
) -> anyhow::Result<Vec<BrokerSettings>> {
    let Some(all) = table.remove("verification") else {
        return Ok(Vec::new());
    };
    let Value::Array(all) = all else {
        bail!("`verification` is no list: begin each provider with [[verification]]");
    };
    let mut providers: Vec<BrokerSettings> = Vec::new();
    for mut one in all {
        let code = one.get("code").and_then(Value::as_str).unwrap_or_default();
        let name = format!(
            "MINWON_VERIFICATION_SECRET_{}",
            code.to_uppercase().replace('-', "_")
        );
        if let (Some(secret), Value::Table(one)) = (variable(&name), &mut one) {
            one.insert("client_secret".into(), Value::String(secret));
        }
        let provider: BrokerSettings = one.try_into().context("in `verification`")?;
        if providers.iter().any(|known| known.code == provider.code) {
            bail!(
                "in `verification`: two providers have the code `{}`",
                provider.code
            );
        }
        if provider.level == Assurance::None {
            bail!(
                "in `verification`, {}: a level is `contact` or `verified`",
                provider.code
            );
        }
        providers.push(provider);
    }
    Ok(providers)
}

/// Takes one table out and reads it.
fn part<T: DeserializeOwned>(table: &mut Table, name: &str) -> anyhow::Result<T> {
    let value = table
        .remove(name)
        .with_context(|| format!("`{name}` is missing"))?;
    value.try_into().with_context(|| format!("in `{name}`"))
}

fn get<'a>(table: &'a Table, key: &str) -> Option<&'a Value> {
    match key.split_once('.') {
        None => table.get(key),
        Some((first, rest)) => get(table.get(first)?.as_table()?, rest),
    }
}

fn put(table: &mut Table, key: &str, value: Value) -> Option<()> {
    match key.split_once('.') {
        None => {
            table.insert(key.to_owned(), value);
            Some(())
        }
        Some((first, rest)) => {
            let inner = table
                .entry(first)
                .or_insert_with(|| Value::Table(Table::new()))
                .as_table_mut()?;
            put(inner, rest, value)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = r#"
[agency]
name = "가온시"
name_en = "Gaon City"
sender = "가온시장"
office = "petition_office"
postcode = "00000"
address = "가온시 가상대로 1"
homepage = "www.gaon.example"
phone = "02-000-0000"
fax = "02-000-0001"
mail = "minwon@gaon.example"
address_of_pages = "https://minwon.gaon.example"
[mail]
host = "mail.gaon.example"
port = 465
protection = "tls"
sender = { name = "가온시 민원실", address = "minwon@gaon.example" }
[sms]
url = "https://sms.gaon.example/send"
from = "020000000"
"#;

    fn nothing(_: &str) -> Option<String> {
        None
    }

    #[test]
    fn the_whole_file_is_understood_and_the_environment_lies_over_it() {
        let config = understand(WHOLE, nothing).unwrap();
        assert_eq!(config.settings.agency.name, "가온시");
        assert_eq!(config.settings.completion, Completion::Approval);
        assert_eq!((config.mail.port, config.sms.timeout), (465, 10));
        let config = understand(WHOLE, |name| match name {
            "MINWON_MAIL_PORT" => Some("587".into()),
            "MINWON_SMS_FROM" => Some("0212345678".into()),
            _ => None,
        })
        .unwrap();
        assert_eq!(
            (config.mail.port, config.sms.from.as_str()),
            (587, "0212345678"),
            "a leading zero stays"
        );
    }

    #[test]
    fn numbers_come_from_outside_where_a_folder_is_named() {
        let own = understand(WHOLE, nothing).unwrap();
        assert!(own.records.is_none() && own.settings.numbering == Numbering::Own);
        let outside = format!("{WHOLE}\n[records]\nfolder = \"/srv/exchange\"\n");
        let outside = understand(&outside, nothing).unwrap();
        assert_eq!(outside.settings.numbering, Numbering::Outside);
        assert_eq!(outside.records.unwrap().folder, Path::new("/srv/exchange"));
        let wrong = format!("{WHOLE}\n[records]\nfoldre = \"/srv/exchange\"\n");
        assert!(understand(&wrong, nothing).is_err());
    }

    #[test]
    fn files_and_their_scanner_are_understood() {
        let none = understand(WHOLE, nothing).unwrap();
        assert!(none.scan.is_none() && none.settings.files == app::words::FileRules::default());
        let text = format!(
            "{WHOLE}\n[files]\nkinds = [\"pdf\", \"hwpx\"]\ncount = 3\n[scan]\naddress = \"127.0.0.1:3310\"\n"
        );
        let config = understand(&text, nothing).unwrap();
        let scan = config.scan.unwrap();
        assert_eq!(
            (scan.address.as_str(), scan.timeout, scan.largest),
            ("127.0.0.1:3310", 60, 25 << 20)
        );
        let rules = config.settings.files;
        assert_eq!((rules.kinds.len(), rules.count, rules.each), (2, 3, 10 << 20));
        for wrong in [
            "kinds = []",
            "kinds = [\"exe\"]",
            "count = 0",
            "each = 999999999",
            "colour = 1",
        ] {
            assert!(
                understand(&format!("{WHOLE}\n[files]\n{wrong}\n"), nothing).is_err(),
                "{wrong}"
            );
        }
    }

    #[test]
    fn single_sign_on_and_the_rules_of_the_log_in_are_settings() {
        let own = understand(WHOLE, nothing).unwrap();
        assert!(own.sso.is_none() && own.settings.sign_in == Default::default());
        let text = format!(
            "{WHOLE}\n[sso]\nissuer = \"https://sso.gaon.example\"\nclient_id = \"minwon\"\n\
             [sign_in]\nsecond_factor = [\"administrator\"]\npasswords = false\naddress = \"https://desk.gaon.example\"\n"
        );
        let set = understand(&text, |name| {
            (name == "MINWON_SSO_SECRET").then(|| "secret".into())
        })
        .unwrap();
        let sso = set.sso.unwrap();
        assert_eq!(
            (sso.claim.as_str(), sso.two_factors),
            ("preferred_username", false)
        );
        assert!(
            sso.client_secret.is_some(),
            "the secret stands in the environment"
        );
        let rules = set.settings.sign_in;
        assert_eq!(
            (rules.second_factor.len(), rules.passwords, rules.change_initial),
            (1, false, true)
        );
        for wrong in [
            "[sso]\nissuer = \"https://x\"\n",
            "[sign_in]\nsecond_factors = []\n",
            "[sign_in]\nsecond_factor = [\"king\"]\n",
        ] {
            assert!(
                understand(&format!("{WHOLE}\n{wrong}"), nothing).is_err(),
                "{wrong}"
            );
        }
    }

    #[test]
    fn the_centre_for_shared_information_is_optional_and_read_strictly() {
        assert!(understand(WHOLE, nothing).unwrap().sharing.is_none());
        let there = format!("{WHOLE}\n[sharing]\nurl = \"https://centre.example/lookups\"\n");
        let token = |name: &str| (name == "MINWON_SHARING_TOKEN").then(|| "secret".to_owned());
        let sharing = understand(&there, token).unwrap().sharing.unwrap();
        assert!(!sharing.private_network && sharing.token.is_some());
        let wrong = format!("{there}private = true\n");
        assert!(understand(&wrong, nothing).is_err());
    }

    #[test]
    fn every_missing_key_is_named_with_its_variable() {
        for key in NEEDED {
            let last = key.rsplit('.').next().unwrap();
            let mut table: Table = WHOLE.parse().unwrap();
            let (path, leaf) = key.rsplit_once('.').unwrap();
            let mut inner = &mut table;
            for step in path.split('.') {
                inner = inner.get_mut(step).unwrap().as_table_mut().unwrap();
            }
            assert!(inner.remove(leaf).is_some(), "{last}");
            let error = understand(&table.to_string(), nothing).unwrap_err().to_string();
            assert!(error.starts_with(&format!("`{key}` is missing")), "{error}");
            if let Some((name, ..)) = ENVIRONMENT.iter().find(|(_, known, _)| known == key) {
                assert!(error.contains(name), "{error}");
            }
        }
    }

    #[test]
    fn a_key_nobody_knows_is_refused() {
        for wrong in [
            format!("colour = \"blue\"\n{WHOLE}"),
            format!("{WHOLE}\ncolour = \"blue\""),
        ] {
            let error = format!("{:#}", understand(&wrong, nothing).unwrap_err());
            assert!(error.contains("colour"), "{error}");
        }
    }

    #[test]
    fn providers_are_read_in_their_order_each_with_its_own_secret() {
        let one = |code: &str, more: &str| {
            format!(
                "[[verification]]\ncode = \"{code}\"\nname = \"이름\"\nname_en = \"name\"\nkind = \"모바일 신분증\"\n\
                 issuer = \"https://{code}.example\"\nclient_id = \"minwon\"\n{more}\n"
            )
        };
        let read = |more: String| {
            understand(&format!("{WHOLE}\n{more}"), |name| {
                (name == "MINWON_VERIFICATION_SECRET_MOBILE_ID").then(|| "secret".into())
            })
        };
        assert!(read(String::new()).unwrap().verification.is_empty());
        let two = read(one("mobile-id", "") + &one("phone", "level = \"contact\"")).unwrap();
        let known: Vec<_> = (two.verification.iter())
            .map(|p| (p.code.to_string(), p.level, p.client_secret.is_some()))
            .collect();
        assert_eq!(
            known,
            [
                ("mobile-id".to_owned(), Assurance::Verified, true),
                ("phone".to_owned(), Assurance::Contact, false)
            ]
        );
        for wrong in [
            one("phone", "") + &one("phone", ""),
            one("phone", "level = \"none\""),
            one("phone", "colour = \"red\""),
            one("전화", ""),
            one("phone", "").replace("모바일 신분증", "인증번호"),
            one("phone", "").replace("[[verification]]", "[verification]"),
        ] {
            assert!(read(wrong.clone()).is_err(), "{wrong}");
        }
    }
}
