//! 처리절차 목록 — every way of handling this office knows: one TOML file each, one line here.
//!
//! What data cannot say would stand beside it as Rust rules; no procedure has needed that yet.

use domain::procedure::{Catalogue, Procedure};

/// The list. To add a procedure: its file, and its line.
const FILES: &[(&str, &str)] = &[
    ("ordinary.toml", include_str!("../procedures/ordinary.toml")),
    ("one_stop.toml", include_str!("../procedures/one_stop.toml")),
    (
        "instant_answer.toml",
        include_str!("../procedures/instant_answer.toml"),
    ),
    ("disclosure.toml", include_str!("../procedures/disclosure.toml")),
];

/// 특별절차 — declared tracks: file name and text. To add one: its file, and its line.
pub const TRACKS: &[(&str, &str)] = &[
    ("jury_court.toml", include_str!("../tracks/jury_court.toml")),
    ("grievance.toml", include_str!("../tracks/grievance.toml")),
    ("legal_counsel.toml", include_str!("../tracks/legal_counsel.toml")),
    (
        "identity_check.toml",
        include_str!("../tracks/identity_check.toml"),
    ),
    ("preliminary.toml", include_str!("../tracks/preliminary.toml")),
    ("human_rights.toml", include_str!("../tracks/human_rights.toml")),
];

/// A file that cannot be used, with where and why.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    /// Not the TOML of a procedure; the message points at line and column.
    #[error("{file}: {source}")]
    Unreadable {
        /// The file.
        file: String,
        /// What the reader said.
        source: Box<toml::de::Error>,
    },
    /// Readable, but not a procedure that can be walked.
    #[error("{file}: {}", problems.join("; "))]
    Unfit {
        /// The file.
        file: String,
        /// What is wrong, each with its cure.
        problems: Vec<String>,
    },
}

/// Reads and checks one procedure.
pub fn read(file: &str, text: &str) -> Result<Procedure, Unusable> {
    let procedure: Procedure = toml::from_str(text).map_err(|source| Unusable::Unreadable {
        file: file.to_owned(),
        source: Box::new(source),
    })?;
    let problems = procedure.check();
    if problems.is_empty() {
        Ok(procedure)
    } else {
        Err(Unusable::Unfit {
            file: file.to_owned(),
            problems,
        })
    }
}

/// The catalogue of all built-in procedures.
pub fn catalogue() -> Result<Catalogue, Unusable> {
    let all: Result<Vec<Procedure>, Unusable> = FILES.iter().map(|(file, text)| read(file, text)).collect();
    Ok(Catalogue::new(all?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_procedure_can_be_walked() {
        assert_eq!(catalogue().unwrap().iter().count(), FILES.len());
    }

    #[test]
    fn a_broken_procedure_is_named_with_its_cure() {
        let ordinary = FILES[0].1;
        let cases = [
            ("version = 1", "version = \"one\"", "invalid type"),
            (
                "limit = \"8 hours\"",
                "",
                "give either `limit` or the reason `no_limit`",
            ),
            (
                "seats = [\"department_receiver\", \"coordinator\", \"integrated_receiver\"]",
                "seats = []",
                "name at least one seat",
            ),
            (
                "\"hand_out\", \"remind_claim\", \"discard_unclaimed\", \"read_answer\", \"rate\"",
                "\"receive\"",
                "not possible in its lives",
            ),
            (
                "deeds = [\"receive\", \"reclassify\", \"withdraw\", \"convert\", \"mark_mass\", \
                 \"choose_representatives\", \"merge\", \"amend\", \"rectify\", \"narrow\"]",
                "deeds = [\"reclassify\"]",
                "no end can be reached",
            ),
            (
                "life = [\"held\"]",
                "life = [\"in_handling\"]",
                "stands in 2 steps",
            ),
        ];
        for (from, to, wanted) in cases {
            assert!(ordinary.contains(from), "{from}");
            let told = read("ordinary.toml", &ordinary.replacen(from, to, 1))
                .unwrap_err()
                .to_string();
            assert!(told.contains(wanted), "{told}");
        }
    }
}
