//! 임시공휴일 — `minwon holiday`: which days were declared after the program was made, and one more of them.

use crate::house::{self, Data};
use anyhow::bail;
use app::duties;
use domain::calendar::{Holiday, HolidayKind};
use jiff::civil::Date;
use std::process::ExitCode;

/// What to do with declared holidays.
#[derive(clap::Subcommand)]
pub enum What {
    /// Takes in a holiday declared by the Cabinet and moves the dates of open petitions that it touches.
    Declare {
        /// The day, like 2027-05-03; within the years of the table.
        date: Date,
        /// Its name in Korean.
        #[arg(long, default_value = "임시공휴일")]
        name: String,
        /// What declared it: decree, resolution, its date.
        #[arg(long, value_name = "TEXT")]
        decree: String,
    },
    /// Prints what was declared so far.
    List,
}

/// Declares or lists.
pub async fn run(data: &Data, what: What) -> anyhow::Result<ExitCode> {
    let app = house::open(data).await?;
    match what {
        What::Declare { date, name, decree } => {
            if name.trim().is_empty() || decree.trim().is_empty() {
                bail!("a holiday has a name, and a decree or resolution that declares it");
            }
            app.declare_holiday(Holiday {
                date,
                name,
                kind: HolidayKind::Temporary,
                decree,
            })
            .await?;
            let moved = duties::calendar::run(&app).await?;
            house::seal(&app).await?;
            println!("{date} is a holiday now; the dates of {moved} open petitions moved.");
        }
        What::List => {
            for holiday in app.declared_holidays().await? {
                println!("{}  {}  {}", holiday.date, holiday.name, holiday.decree);
            }
        }
    }
    app.places.close().await;
    Ok(ExitCode::SUCCESS)
}
