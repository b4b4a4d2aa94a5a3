//! 특별절차표 — who may make which move in which step of every built-in track, and what it leads to.

use anyhow::{Context, Result};
use domain::track::{Hand, Move, Need, Part, Track};
use std::fmt::Write;
use std::{fs, path::Path};

/// The whole document.
pub fn text(root: &Path) -> Result<String> {
    let folder = root.join("crates/procedures/tracks");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .with_context(|| folder.display().to_string())?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    files.sort();
    let mut text = String::from(
        "# 특별절차표 — the moves of the special procedures\n\n\
         Written by `cargo xtask gen` from `crates/procedures/tracks`; do not edit. What the access matrix calls `declared` is this: a move is made by\n\
         whoever its track names, and by nobody else. docs/how-to-add-a-procedure.md says what each word means.\n",
    );
    for file in files {
        let source = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let track: Track = toml::from_str(&source).with_context(|| file.display().to_string())?;
        one(&mut text, &track)?;
    }
    Ok(text)
}

fn one(text: &mut String, track: &Track) -> Result<()> {
    let starts = match track.services.as_slice() {
        [] => String::new(),
        services => format!("; by itself with {}", list(services)),
    };
    writeln!(
        text,
        "\n## `{}` {} (version {})\n\nBegun by {}{starts}; {} petitions; the answer {}.\n\n\
         | step | waits for | time | move | who may | leads to | does | needs | tells |\n|---|---|---|---|---|---|---|---|---|",
        track.code,
        track.name.ko,
        track.version,
        hands(&track.opens.who),
        track.room,
        track.answer,
    )?;
    for step in &track.steps {
        for (n, made) in step.moves.iter().enumerate() {
            let (name, waits, time) = match n {
                0 => (
                    format!("`{}` {}", step.code, step.name.ko),
                    hands(&step.who),
                    step.limit
                        .map_or_else(|| "–".to_owned(), |limit| limit.to_string())
                        + &step
                            .hold
                            .map(|ground| format!("; holds the clock (`{ground}`)"))
                            .unwrap_or_default()
                        + if step.outlives {
                            "; outlives the petition"
                        } else {
                            ""
                        },
                ),
                _ => Default::default(),
            };
            writeln!(
                text,
                "| {name} | {waits} | {time} | `{}` {} | {} | {} | {} | {} | {} |",
                made.code,
                made.name.ko,
                hands(&made.who),
                leads(made),
                list(&made.does.iter().map(|part| part_of(*part)).collect::<Vec<_>>()),
                list(&made.needs.iter().map(|need| need_of(*need)).collect::<Vec<_>>()),
                hands(
                    &made
                        .tell
                        .iter()
                        .flat_map(|tell| tell.who.iter().copied())
                        .collect::<Vec<_>>()
                ),
            )?;
        }
    }
    Ok(())
}

fn leads(made: &Move) -> String {
    match (made.to, made.end) {
        (Some(to), _) => format!("`{to}`"),
        (None, Some(end)) => format!("end `{end}`"),
        (None, None) => "stays".to_owned(),
    }
}

fn list<T: ToString>(all: &[T]) -> String {
    all.iter().map(T::to_string).collect::<Vec<_>>().join(", ")
}

fn hands(all: &[Hand]) -> String {
    let mut each: Vec<Hand> = Vec::new();
    for hand in all {
        if !each.contains(hand) {
            each.push(*hand);
        }
    }
    list(&each)
}

fn part_of(part: Part) -> String {
    let name = match part {
        Part::Appoint(_) => "appoint",
        Part::Release(_) => "release",
        Part::CommitLot(_) => "announce a lot",
        Part::DrawLot(_) => "draw",
        Part::Meet => "meet",
        Part::Offer => "offer moments",
        Part::Book => "book",
        Part::Cancel => "cancel",
        Part::Survey(code) => return format!("survey `{code}`"),
        Part::Minutes => "minutes",
        Part::Vote => "vote",
        Part::Inquire => "inquire",
        Part::Reply => "reply",
        Part::Promise => "promise",
        Part::FollowUp => "follow up",
        Part::Publish => "publish",
        Part::Tie => "tie",
        Part::Prolong => "prolong",
    };
    part.role()
        .map_or_else(|| name.to_owned(), |role| format!("{name} `{role}`"))
}

fn need_of(need: Need) -> String {
    match need {
        Need::Members(role) => format!("members `{role}`"),
        Need::LotCommitted(role) => format!("a lot over `{role}`"),
        Need::Meeting => "a meeting".to_owned(),
        Need::Minutes => "minutes".to_owned(),
        Need::Majority => "a majority".to_owned(),
        Need::NoMajority => "no majority".to_owned(),
        Need::Inquiry => "a question".to_owned(),
        Need::Replies => "every reply".to_owned(),
        Need::Promise => "a promise".to_owned(),
        Need::PromisesSettled => "every promise settled".to_owned(),
    }
}
