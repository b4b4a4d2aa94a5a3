//! 특별절차 읽기 — declared tracks, read with messages that name file, line and cure; and taken into use without a new program.

use crate::act::ActError;
use crate::{App, Trouble};
use domain::refusal::Refusal;
use domain::track::check::{Place, problems};
use domain::track::{Track, Tracks};
use store::batch::{Batch, CommitFault};
use store::engine::Urgency;

/// A file that cannot be used, with where and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", said.join("\n"))]
pub struct Unusable {
    /// One line each: file, line, what is wrong and how to cure it.
    pub said: Vec<String>,
}

/// Why a track was not taken into use.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file.
    #[error(transparent)]
    Unusable(#[from] Unusable),
    /// That version is in use, and says something else.
    #[error("track `{0}` version {1} is in use: count `version` up, what runs stays on its own")]
    VersionTaken(String, u32),
    /// The machine.
    #[error(transparent)]
    Trouble(#[from] Trouble),
}

/// Reads and checks one track.
pub fn read(file: &str, text: &str) -> Result<Track, Unusable> {
    let track: Track = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_at(text, span.start));
        Unusable {
            said: vec![format!(
                "{file}:{line}: {}: mend the line",
                error.message().replace('\n', " ")
            )],
        }
    })?;
    let said: Vec<String> = (problems(&track).into_iter())
        .map(|problem| format!("{file}:{}: {}", line_of(text, problem.at), problem.what))
        .collect();
    if said.is_empty() {
        Ok(track)
    } else {
        Err(Unusable { said })
    }
}

/// Reads and checks several. Errors name every file that cannot be used.
pub fn read_all<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Tracks, Unusable> {
    let (mut tracks, mut said): (Vec<Track>, Vec<String>) = (Vec::new(), Vec::new());
    for (file, text) in files {
        match read(file, text) {
            Ok(track) => {
                let known = |other: &&Track| (other.code, other.version) == (track.code, track.version);
                if let Some(other) = tracks.iter().find(known) {
                    said.push(format!(
                        "{file}:1: track `{}` version {} is there already: count `version` up",
                        other.code, other.version
                    ));
                }
                tracks.push(track);
            }
            Err(unusable) => said.extend(unusable.said),
        }
    }
    if said.is_empty() {
        Ok(Tracks::new(tracks))
    } else {
        Err(Unusable { said })
    }
}

fn line_at(text: &str, byte: usize) -> usize {
    text.get(..byte).unwrap_or_default().matches('\n').count() + 1
}

/// The line of the table that a problem is about; the first where it is written in another way.
fn line_of(text: &str, place: Place) -> usize {
    // `[[steps.moves]]` belong to the `[[steps]]` before them.
    let (mut roles, mut surveys, mut steps, mut moves, mut ends) = (0, 0, 0, 0, 0);
    for (n, line) in text.lines().enumerate() {
        let here = match line.split('#').next().unwrap_or_default().trim() {
            "[opens]" => Some(Place::Opens),
            "[[roles]]" => {
                roles += 1;
                Some(Place::Role(roles - 1))
            }
            "[[surveys]]" => {
                surveys += 1;
                Some(Place::Survey(surveys - 1))
            }
            "[[steps]]" => {
                (steps, moves) = (steps + 1, 0);
                Some(Place::Step(steps - 1))
            }
            "[[steps.moves]]" if steps > 0 => {
                moves += 1;
                Some(Place::Move(steps - 1, moves - 1))
            }
            "[[ends]]" => {
                ends += 1;
                Some(Place::End(ends - 1))
            }
            _ => None,
        };
        if here == Some(place) {
            return n + 1;
        }
    }
    1
}

impl App {
    /// The same application with these tracks built in; those an agency has loaded come on top.
    pub async fn with_tracks(mut self, tracks: Tracks) -> Result<App, Trouble> {
        self.tracks = std::sync::Arc::new(tracks);
        self.reload().await?;
        Ok(self)
    }

    /// Keeps the texts of built-in tracks as those that are loaded are kept: what runs on one then finds it when a later program brings
    /// another version in its place. Those kept already stay as they are.
    pub async fn keep_tracks(&self, files: &[(&str, &str)]) -> Result<(), Trouble> {
        let kept = self.kept_tracks().await?;
        let mut batch = Batch::new();
        for (file, text) in files {
            let track = read(file, text).map_err(|error| Trouble::Broken(error.to_string()))?;
            let known = |other: &Track| (other.code, other.version) == (track.code, track.version);
            if !kept.iter().any(known) {
                batch.track(track.code, track.version, text, self.now());
            }
        }
        if batch.is_empty() {
            return Ok(());
        }
        match self.places.live.commit(batch, Urgency::User).await {
            // Another server that starts beside this one was first.
            Ok(()) | Err(CommitFault::Conflict) => self.reload().await,
            Err(fault) => Err(fault.into()),
        }
    }

    async fn kept_tracks(&self) -> Result<Vec<Track>, Trouble> {
        let texts = self.places.live.loaded_tracks().await?;
        // It was checked when it was kept; a program that cannot read it any more says so and does not guess.
        (texts.iter())
            .map(|text| {
                toml::from_str(text).map_err(|error| Trouble::Broken(format!("a kept track: {error}")))
            })
            .collect()
    }

    /// Built-in and loaded tracks together. One that was loaded stands where a program brings the same version.
    pub(crate) async fn every_track(&self) -> Result<Tracks, Trouble> {
        let loaded = self.kept_tracks().await?;
        Ok(Tracks::new(self.tracks.iter().cloned().chain(loaded)))
    }

    /// 특별절차 불러오기 — takes a track into use. What runs stays on the version it began with. Loading the same text again changes nothing.
    pub async fn load_track(&self, file: &str, text: &str) -> Result<Track, LoadError> {
        let track = read(file, text)?;
        let office = self.office();
        if let Some(known) = office.tracks.version(track.code, track.version) {
            return if *known == track {
                Ok(track)
            } else {
                Err(LoadError::VersionTaken(track.code.to_string(), track.version))
            };
        }
        let mut batch = Batch::new();
        batch.track(track.code, track.version, text, self.now());
        match self.places.live.commit(batch, Urgency::User).await {
            Ok(()) => {}
            Err(CommitFault::Conflict) => {
                return Err(LoadError::VersionTaken(track.code.to_string(), track.version));
            }
            Err(fault) => return Err(Trouble::from(fault).into()),
        }
        self.reload().await?;
        Ok(track)
    }

    /// Whether the answers that an act hands in are ones its track asks for.
    pub(crate) fn asked_fits(
        &self,
        p: &domain::petition::Petition,
        act: &domain::act::Act<crate::words::Raw>,
    ) -> Result<(), ActError> {
        use domain::act::Act;
        let office = self.office();
        let unfit = || ActError::Refused(Refusal::FormUnfit);
        let (track, fields, asked) = match act {
            Act::OpenProceeding { track, asked } => {
                let Some(track) = office.tracks.newest(*track) else {
                    return Ok(());
                };
                (track, &track.opens.ask, asked)
            }
            Act::MoveProceeding(given) => {
                let Some(one) = p.open_proceeding(given.no) else {
                    return Ok(());
                };
                let Some(track) = office.tracks.version(one.track.0, one.track.1) else {
                    return Ok(());
                };
                let step = track.step(one.stands.step).and_then(|step| step.one(given.code));
                let Some(step) = step else { return Ok(()) };
                (track, &step.ask, &given.asked)
            }
            _ => return Ok(()),
        };
        let Some(asked) = asked else { return Ok(()) };
        if asked.0.len() > crate::forms::ANSWERS {
            return Err(Refusal::TooLong.into());
        }
        let form = domain::track::check::asked(track, fields);
        let record: domain::form::Record = serde_json::from_slice(&asked.0).map_err(|_| unfit())?;
        let today = self.now().date().ok_or(Refusal::OutsideCalendar)?;
        let sound = record == form.record(&record.answers)
            && domain::form::check::check(&form, &record.answers, today).is_empty();
        if sound { Ok(()) } else { Err(unfit()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"code = "small"
version = 1
name = { ko = "작은 절차", en = "Small" }
summary = { ko = "시험", en = "Test" }
basis = "시험"

[opens]
name = { ko = "시작", en = "Begin" }
who = ["handler"]

[[steps]]
code = "only"
name = { ko = "하나", en = "Only" }
who = ["handler"]
no_limit = { ko = "시험", en = "Test" }

[[steps.moves]]
code = "done"
name = { ko = "끝", en = "Done" }
who = ["handler"]
end = "done"

[[ends]]
code = "done"
name = { ko = "끝", en = "Done" }
"#;

    #[test]
    fn a_broken_track_is_named_with_file_line_and_cure() {
        assert_eq!(read("small.toml", SMALL).map(|track| track.steps.len()), Ok(1));
        for (from, to, wanted) in [
            (
                "end = \"done\"",
                "to = \"nowhere\"",
                "small.toml:17: move `done` leads to step `nowhere`",
            ),
            (
                "who = [\"handler\"]\nno_limit",
                "who = [\"mayor\"]\nno_limit",
                "small.toml:14: `mayor` is nobody",
            ),
            (
                "en = \"Begin\"",
                "en = \"\"",
                "small.toml:7: `name` is empty in `en`",
            ),
        ] {
            let told = read("small.toml", &SMALL.replacen(from, to, 1))
                .unwrap_err()
                .to_string();
            assert!(told.contains(wanted), "{told}");
        }
        let twice = read_all([("a.toml", SMALL), ("b.toml", SMALL)])
            .unwrap_err()
            .to_string();
        assert!(
            twice.contains("b.toml:1: track `small` version 1 is there already"),
            "{twice}"
        );
    }
}
