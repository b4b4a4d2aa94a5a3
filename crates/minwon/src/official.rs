//! 직원 등록 — `minwon official`: enters an official with a seat and a password (the first ones before anybody can log in), and helps
//! one out who lost the password or the second factor.

use crate::house::{self, Data};
use anyhow::{Context, bail};
use app::App;
use app::act::Call;
use app::people::OfficeError;
use domain::access::Who;
use domain::account::{LONGEST, SHORTEST, fits};
use domain::id::OfficialId;
use domain::organisation::Fault;
use domain::terms::Seat;
use std::io::{BufRead, IsTerminal};
use std::process::ExitCode;
use store::office::Person;

/// What to do with officials.
#[derive(clap::Subcommand)]
pub enum What {
    /// Enters one official.
    Add(Add),
    /// Gives an official a new password, which they change at the next log-in, and ends their sessions.
    Password(Named),
    /// Takes the second factors of an official away, who enrols anew at the next log-in, and ends their sessions.
    ResetFactors(Named),
}

/// Which official.
#[derive(clap::Args)]
pub struct Named {
    /// Log-in name.
    #[arg(long)]
    login: String,
    /// Read the password once from the standard input instead of asking for it twice.
    #[arg(long)]
    password_stdin: bool,
}

/// Arguments of `official add`.
#[derive(clap::Args)]
pub struct Add {
    /// Log-in name: small letters, digits, dot, hyphen.
    #[arg(long)]
    login: String,
    /// 성명.
    #[arg(long)]
    name: String,
    /// 직위·직급.
    #[arg(long)]
    title: String,
    /// The unit, by its code in the list of units.
    #[arg(long, value_name = "CODE")]
    unit: String,
    /// The seats held there: handler, integrated_receiver …
    #[arg(long, required = true, num_args = 1.., value_parser = seat)]
    seat: Vec<Seat>,
    /// Telephone, told to petitioners.
    #[arg(long, default_value = "")]
    phone: String,
    /// Mail address, for notices.
    #[arg(long, default_value = "")]
    mail: String,
    /// Read the password once from the standard input instead of asking for it twice.
    #[arg(long)]
    password_stdin: bool,
}

fn seat(code: &str) -> Result<Seat, String> {
    code.parse().map_err(|_| {
        let known: Vec<&str> = Seat::ALL.iter().map(|seat| seat.code()).collect();
        format!("there is no such seat; these are: {}", known.join(", "))
    })
}

/// Does it.
pub async fn run(data: &Data, what: What) -> anyhow::Result<ExitCode> {
    match what {
        What::Add(add) => enter(data, add).await,
        What::Password(named) => {
            let password = if named.password_stdin {
                line()?
            } else {
                ask_twice()?
            };
            change(data, &named.login, async |app, official| {
                app.set_password(&Who::System, official, &password, &Call::default())
                    .await
            })
            .await
        }
        What::ResetFactors(named) => {
            change(data, &named.login, async |app, official| {
                app.reset_factors(&Who::System, official, &Call::default()).await
            })
            .await
        }
    }
}

/// Changes the account of an official, as the operator.
async fn change(
    data: &Data,
    login: &str,
    how: impl AsyncFnOnce(&App, OfficialId) -> Result<(), OfficeError>,
) -> anyhow::Result<ExitCode> {
    let app = house::open(data).await?;
    let office = app.office();
    let found = office.official_by_login(login);
    let changed = match found {
        None => Err(anyhow::anyhow!("there is no official `{login}`")),
        Some(person) => match how(&app, person.id).await {
            Ok(()) => Ok(person.name.clone()),
            Err(OfficeError::Refused(fault)) => Err(anyhow::anyhow!(told(fault))),
            Err(error) => Err(error.into()),
        },
    };
    app.places.close().await;
    println!("{} ({login}): done.", changed?);
    Ok(ExitCode::SUCCESS)
}

/// What is wrong with a password.
fn told(fault: Fault) -> String {
    match fault {
        Fault::PasswordUnfit => format!(
            "the password is too short or too long: at least {SHORTEST} characters, at most {LONGEST} bytes"
        ),
        Fault::PasswordCommon => "the password is a common one".into(),
        Fault::PasswordIsLogin => "the log-in name stands in the password".into(),
        other => other.to_string(),
    }
}

/// Enters the official.
async fn enter(data: &Data, add: Add) -> anyhow::Result<ExitCode> {
    let login = add.login.trim().to_lowercase();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_');
    if login.is_empty() || login.len() > 64 || !login.chars().all(plain) {
        bail!("`{login}` is no log-in name: small letters, digits, dot and hyphen, at most 64");
    }
    if add.name.trim().is_empty() {
        bail!("the name is empty");
    }
    let password = if add.password_stdin { line()? } else { ask_twice()? };
    fits(&password, &login).map_err(|fault| anyhow::anyhow!(told(fault)))?;
    let app = house::open(data).await?;
    let office = app.office();
    if office.unit_by_code(&add.unit).is_none() {
        app.places.close().await;
        bail!("there is no unit `{}`", add.unit);
    }
    if office.official_by_login(&login).is_some() {
        app.places.close().await;
        bail!("`{login}` is taken");
    }
    let phc = crypto::password::hash(&password, &mut |out: &mut [u8]| app.ports.chance.fill(out));
    let person = Person {
        id: app.new_official(),
        login,
        name: add.name.trim().to_owned(),
        title: add.title.trim().to_owned(),
        phone: add.phone,
        mail: add.mail,
    };
    app.enter_official(&person, &phc, &add.unit, &add.seat).await?;
    house::seal(&app).await?;
    app.places.close().await;
    println!("{} ({}) can log in.", person.name, person.login);
    Ok(ExitCode::SUCCESS)
}

/// One line of the standard input.
fn line() -> anyhow::Result<String> {
    let mut line = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut line)
        .context("the password cannot be read")?;
    Ok(line.trim_end_matches(['\n', '\r']).to_owned())
}

/// Asks on the terminal, without showing what is typed.
fn ask_twice() -> anyhow::Result<String> {
    if !std::io::stdin().is_terminal() {
        bail!("no terminal to ask on; give the password with --password-stdin");
    }
    let first = rpassword::prompt_password("Password: ").context("the password cannot be read")?;
    let second = rpassword::prompt_password("The same again: ").context("the password cannot be read")?;
    if first != second {
        bail!("the two are not the same");
    }
    Ok(first)
}
