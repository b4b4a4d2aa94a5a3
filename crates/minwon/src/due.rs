//! 처리기한 계산 — `minwon due`: the legal clock on the command line, without a database (법 제19조)

use clap::{ValueEnum, builder::PossibleValue};
use domain::calendar::{Calendar, WorkingHours};
use domain::due::{Due, Facts, Ground, Left, Period, Reading, Step, Stretch, Unfit, due};
use domain::time::At;
use jiff::civil::{Date, DateTime};
use serde_json::{Value, json};
use std::{fmt::Write, path::PathBuf, process::ExitCode};

/// The table of holidays that comes with the program.
const HOLIDAYS: &str = include_str!("../../../data/holidays.csv");

/// Arguments of `minwon due`.
#[derive(clap::Args)]
pub struct Args {
    /// When the petition was received, in Asia/Seoul: 2018-07-17T10:00
    #[arg(long, value_name = "DATE-TIME", value_parser = moment)]
    received: DateTime,
    /// The period: immediately, or N hours, days, weeks, months or years
    #[arg(long, value_name = "PERIOD")]
    period: Period,
    /// A supplement: the day it was asked for and the day it arrived, both uncounted; FROM/ for one still awaited
    #[arg(long, value_name = "FROM/TO", value_parser = supplement)]
    supplement: Vec<Stretch>,
    /// An extension in the unit of the period; given twice, the second one too
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    extend: Vec<u32>,
    /// Another table of holidays: a CSV file with the columns date,name,kind,decree
    #[arg(long, value_name = "FILE")]
    holidays: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Language of what is printed
    #[arg(long, value_name = "LANGUAGE", default_value = "ko")]
    lang: Lang,
}

/// The language of the output.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lang {
    Korean,
    English,
}

impl ValueEnum for Lang {
    fn value_variants<'a>() -> &'a [Self] {
        &[Lang::Korean, Lang::English]
    }
    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Lang::Korean => "ko",
            Lang::English => "en",
        }))
    }
}

/// Prints the due date and its trace; exit code 2 when it is refused.
pub fn run(args: &Args) -> ExitCode {
    let calendar = match calendar(args) {
        Ok(calendar) => calendar,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::from(2);
        }
    };
    let mut facts = Facts::new(At::seoul(args.received), args.period);
    facts.stretches.clone_from(&args.supplement);
    // `--extend 0` says that there is none.
    facts.extensions = args.extend.iter().copied().filter(|n| *n > 0).collect();
    match (
        due(&calendar, &WorkingHours::default(), &Reading::default(), &facts),
        args.json,
    ) {
        (Ok(due), true) => println!("{}", as_json(args, &facts, &due)),
        (Ok(due), false) => print!("{}", as_text(args, &facts, &due)),
        (Err(unfit), true) => {
            println!("{}", json!({ "refusal": refusal(unfit) }));
            return ExitCode::from(2);
        }
        (Err(unfit), false) => {
            let (word, text) = match args.lang {
                Lang::Korean => ("거부(refusal)", unfit.korean()),
                Lang::English => ("refusal", unfit.to_string()),
            };
            let clause = unfit.clause().map(|clause| match args.lang {
                Lang::Korean => clause.korean(),
                Lang::English => clause.english(),
            });
            eprintln!(
                "{word}: {text}{}",
                clause.map(|clause| format!(" [{clause}]")).unwrap_or_default()
            );
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

fn calendar(args: &Args) -> Result<Calendar, String> {
    let text = match &args.holidays {
        None => return Calendar::parse(HOLIDAYS, 1).map_err(|error| error.to_string()),
        Some(path) => std::fs::read_to_string(path).map_err(|error| match args.lang {
            Lang::Korean => format!("공휴일 표 {}을(를) 읽을 수 없습니다: {error}", path.display()),
            Lang::English => format!("the table of holidays {} cannot be read: {error}", path.display()),
        })?,
    };
    Calendar::parse(&text, 1).map_err(|error| match args.lang {
        Lang::Korean => error.korean(),
        Lang::English => error.to_string(),
    })
}

fn as_json(args: &Args, facts: &Facts, due: &Due) -> Value {
    let trace: Vec<Value> = due
        .trace
        .steps
        .iter()
        .map(|step| {
            json!({
                "from": minute(step.from),
                "to": minute(step.to),
                "counted": step.counted(),
                "step": step.key(),
                "clause": step.clause.code(),
                "law": step.clause.korean(),
                "ko": step.korean(),
                "en": step.english(),
            })
        })
        .collect();
    json!({
        "due": due.shown.map(minute),
        "held": due.held.map(|left| {
            let (n, unit) = amount(left);
            json!({ "left": n, "unit": unit })
        }),
        "time_zone": "Asia/Seoul",
        "received": minute(args.received),
        "period": facts.period.to_string(),
        "extensions": facts.extensions,
        "rules": { "effective_from": due.trace.rules.effective_from.to_string(), "text": due.trace.rules.text, "earlier_reception": due.trace.earlier },
        "trace": trace,
    })
}

fn refusal(unfit: Unfit) -> Value {
    json!({
        "key": unfit.key(),
        "clause": unfit.clause().map(|clause| clause.code()),
        "law": unfit.clause().map(|clause| clause.korean()),
        "ko": unfit.korean(),
        "en": unfit.to_string(),
    })
}

fn as_text(args: &Args, facts: &Facts, due: &Due) -> String {
    let mut out = String::new();
    let rules = due.trace.rules;
    let last = match (due.shown, args.lang) {
        (Some(shown), Lang::Korean) => format!(
            "{} ({})",
            minute(shown).replace('T', " "),
            weekday_ko(shown.date())
        ),
        (Some(shown), Lang::English) => format!(
            "{} ({})",
            minute(shown).replace('T', " "),
            weekday_en(shown.date())
        ),
        (None, lang) => {
            let (n, unit) = due.held.map_or((0, ""), amount);
            match lang {
                Lang::Korean => format!(
                    "정할 수 없음: 처리기간이 정지되어 있습니다 (남은 {}: {n})",
                    unit_ko(unit)
                ),
                Lang::English => format!("unknown: the clock is held ({n} {} left)", unit.replace('_', " ")),
            }
        }
    };
    // Writing to a String cannot fail.
    let _ = match args.lang {
        Lang::Korean => writeln!(
            out,
            "처리기한  {last}  Asia/Seoul\n접수      {}\n처리기간  {}\n적용 법령 {} ({} 시행){}\n\n계산 근거",
            minute(args.received).replace('T', " "),
            facts.period.korean(),
            rules.text,
            rules.effective_from,
            if due.trace.earlier {
                "\n          접수일이 이 법령보다 앞서지만 보유한 가장 오래된 법령을 적용했습니다."
            } else {
                ""
            },
        ),
        Lang::English => writeln!(
            out,
            "due       {last}  Asia/Seoul\nreceived  {}\nperiod    {}\nlaw       {} (in force from {}){}\n\nwhy this date",
            minute(args.received).replace('T', " "),
            facts.period,
            rules.text,
            rules.effective_from,
            if due.trace.earlier {
                "\n          received before this text; it is the oldest one held"
            } else {
                ""
            },
        ),
    };
    for step in &due.trace.steps {
        let (what, law) = match args.lang {
            Lang::Korean => (step.korean(), step.clause.korean()),
            Lang::English => (step.english(), step.clause.english()),
        };
        let _ = writeln!(out, "  {}  {what}  [{law}]", span(step));
    }
    out
}

/// A step's extent: whole days as dates with both ends included, everything else with times.
fn span(step: &Step) -> String {
    let midnight = jiff::civil::Time::midnight();
    let (from, to) = (step.from, step.to);
    if from.time() == midnight && to.time() == midnight {
        let last = to.date().yesterday().unwrap_or(to.date());
        return match last == from.date() {
            true => format!("{:<24}", from.date().to_string()),
            false => format!("{:<24}", format!("{} ~ {last}", from.date())),
        };
    }
    match from.date() == to.date() {
        true => format!(
            "{:<24}",
            format!(
                "{} {}~{}",
                from.date(),
                from.strftime("%H:%M"),
                to.strftime("%H:%M")
            )
        ),
        false => format!(
            "{} ~ {}",
            from.strftime("%Y-%m-%d %H:%M"),
            to.strftime("%m-%d %H:%M")
        ),
    }
}

fn minute(moment: DateTime) -> String {
    moment.strftime("%Y-%m-%dT%H:%M").to_string()
}

fn amount(left: Left) -> (i64, &'static str) {
    match left {
        Left::Minutes(n) => (n, "working_minutes"),
        Left::Days(n) => (n, "working_days"),
        Left::CalendarDays(n) => (n, "calendar_days"),
    }
}

fn unit_ko(unit: &str) -> &'static str {
    match unit {
        "working_minutes" => "근무시간(분)",
        "working_days" => "근무일",
        _ => "일수",
    }
}

fn weekday_ko(day: Date) -> &'static str {
    ["월", "화", "수", "목", "금", "토", "일"][weekday(day)]
}

fn weekday_en(day: Date) -> &'static str {
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][weekday(day)]
}

fn weekday(day: Date) -> usize {
    usize::from(day.weekday().to_monday_zero_offset().unsigned_abs()) % 7
}

fn moment(text: &str) -> Result<DateTime, String> {
    // With an offset the same moment is read on a Korean clock; a date alone has no time of reception.
    let wanted = "a date and time in Asia/Seoul like 2018-07-17T10:00 is expected";
    if let Ok(timestamp) = text.parse::<jiff::Timestamp>() {
        return Ok(domain::time::KST.to_datetime(timestamp));
    }
    let has_time = text.contains(['T', 't', ' ']);
    match text.parse::<DateTime>() {
        Ok(moment) if has_time => Ok(moment),
        Ok(_) | Err(_) => Err(wanted.into()),
    }
}

fn supplement(text: &str) -> Result<Stretch, String> {
    let wanted = "FROM/TO with dates like 2018-07-19/2018-07-23 is expected";
    let (from, to) = text.split_once('/').ok_or(wanted)?;
    let day = |text: &str| -> Result<Date, String> {
        match text.len() {
            10 => text.parse().map_err(|_| wanted.to_string()),
            _ => Err(wanted.into()),
        }
    };
    let from = day(from)?;
    match to {
        "" => Ok(Stretch::open(Ground::Supplement, from)),
        to => Ok(Stretch::new(Ground::Supplement, from, day(to)?)),
    }
}
