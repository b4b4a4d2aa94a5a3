//! 직원 등록 — `minwon official add`: enters an official with a seat and a password (the first ones before anybody can log in).

use crate::house::{self, Data};
use anyhow::{Context, bail};
use domain::terms::Seat;
use std::io::{BufRead, IsTerminal};
use std::process::ExitCode;
use store::office::Person;

/// The shortest password taken, in characters.
const SHORTEST: usize = 10;

/// What to do with officials.
#[derive(clap::Subcommand)]
pub enum What {
    /// Enters one official.
    Add(Add),
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

/// Enters the official.
pub async fn run(data: &Data, what: What) -> anyhow::Result<ExitCode> {
    let What::Add(add) = what;
    let login = add.login.trim().to_lowercase();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_');
    if login.is_empty() || login.len() > 64 || !login.chars().all(plain) {
        bail!("`{login}` is no log-in name: small letters, digits, dot and hyphen, at most 64");
    }
    if add.name.trim().is_empty() {
        bail!("the name is empty");
    }
    let password = if add.password_stdin { line()? } else { ask_twice()? };
    if password.chars().count() < SHORTEST {
        bail!("the password is too short: at least {SHORTEST} characters");
    }
    if password.len() > crypto::password::LONGEST {
        bail!(
            "the password is too long: at most {} bytes",
            crypto::password::LONGEST
        );
    }
    let app = house::open(data).await?;
    let office = app.office();
    if office.unit_by_code(&add.unit).is_none() {
        app.places.close().await;
        bail!("there is no unit `{}`", add.unit);
    }
    if office.officials.values().any(|person| person.login == login) {
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
