//! 처리기한 측정 — how long the legal clock takes to tell a date, with and without saying why (법 제19조)

use super::{Args, Table, median, now};
use crate::data;
use domain::calendar::{Calendar, WorkingHours};
use domain::due::{Facts, Ground, Reading, Stretch, due, due_at};
use domain::time::At;
use jiff::civil::date;
use std::hint::black_box;

/// Times each kind of period.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let calendar = Calendar::parse(data::HOLIDAYS, 1)?;
    let (hours, reading) = (WorkingHours::default(), Reading::default());
    let mut table = Table::new(
        "One due date (ns)",
        &["period", "date alone", "with its trace", "steps of the trace"],
    );
    let received = At::seoul(date(2018, 7, 17).at(10, 0, 0, 0));
    let supplement = Stretch::new(Ground::Supplement, date(2018, 7, 19), date(2018, 7, 23));
    let cases: [(&str, &str, Option<Stretch>, Option<u32>); 4] = [
        ("immediately", "immediately", None, None),
        ("3 days", "3 days", None, None),
        (
            "7 days, one supplement, extended by 5",
            "7 days",
            Some(supplement),
            Some(5),
        ),
        ("1 month", "1 month", None, None),
    ];
    for (name, period, stretch, extension) in cases {
        let period = period
            .parse()
            .map_err(|_| anyhow::anyhow!("`{period}` is no period"))?;
        let mut facts = Facts::new(received, period);
        facts.stretches.extend(stretch);
        facts.extensions.extend(extension);
        let traced = due(&calendar, &hours, &reading, &facts)?;
        let alone = each(args.runs, || {
            black_box(due_at(&calendar, &hours, &reading, black_box(&facts)).is_ok());
        });
        let with = each(args.runs, || {
            black_box(due(&calendar, &hours, &reading, black_box(&facts)).is_ok());
        });
        table.row(&[
            name.to_owned(),
            format!("{alone:.0}"),
            format!("{with:.0}"),
            traced.trace.steps.len().to_string(),
        ]);
    }
    table.print();
    Ok(())
}

/// The median over `runs` of the mean time of one call, in ns.
fn each(runs: usize, work: impl Fn()) -> f64 {
    const TIMES: u32 = 200_000;
    (0..TIMES / 20).for_each(|_| work());
    let runs: Vec<f64> = (0..runs.max(1))
        .map(|_| {
            let begun = now();
            (0..TIMES).for_each(|_| work());
            begun.elapsed().as_secs_f64() * 1e9 / f64::from(TIMES)
        })
        .collect();
    median(&runs)
}
