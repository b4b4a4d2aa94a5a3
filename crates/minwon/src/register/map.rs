//! 대응표 — what the columns and words of an older register mean in this office, as one TOML file.

use anyhow::{Context, bail};
use domain::register::{Cells, Column, Known, word};
use domain::terms::{Kind, Outcome};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// How the letters of the file are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    /// UTF-8.
    #[serde(rename = "utf-8")]
    Utf8,
    /// CP949 (EUC-KR with the letters of Windows).
    Cp949,
}

/// The whole map.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// The register's name: a number is known again under it, whatever file it comes in.
    pub register: String,
    /// The sheet of an XLSX file; the first one where none is named.
    pub sheet: Option<String>,
    /// The letters of a CSV file; told by the file where nothing is said.
    pub encoding: Option<Encoding>,
    /// What a column is about → its header.
    columns: BTreeMap<Column, String>,
    /// What every row says that has no column for it.
    #[serde(default)]
    pub constants: Cells,
    /// The history.
    pub history: Option<History>,
    /// Words for kinds.
    #[serde(default)]
    kinds: BTreeMap<String, Kind>,
    /// Words for outcomes.
    #[serde(default)]
    outcomes: BTreeMap<String, Outcome>,
    /// Older names of departments → names or codes of today.
    #[serde(default)]
    departments: BTreeMap<String, String>,
    /// Kind → code of the service its rows lie under where they name none.
    #[serde(default)]
    services: BTreeMap<Kind, String>,
}

/// The history, in a file or sheet of its own: one line per step.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct History {
    /// A file beside the map; the register's own file where none is named.
    pub file: Option<String>,
    /// A sheet of it.
    pub sheet: Option<String>,
    /// Header of the number that ties a line to its row.
    number: String,
    /// Header of its day.
    step_at: String,
    /// Header of what happened.
    step_what: String,
}

/// Without these no row can come in.
const NEEDED: [Column; 4] = [Column::Number, Column::Filed, Column::Kind, Column::Title];

impl Map {
    /// Reads a map; what is wrong with it is told with its place.
    pub fn read(path: &Path) -> anyhow::Result<Map> {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let map: Map = toml::from_str(&text).with_context(|| format!("{}", path.display()))?;
        if map.register.trim().is_empty() {
            bail!("{}: `register` names no register", path.display());
        }
        for column in NEEDED {
            if !map.columns.contains_key(&column) && !map.constants.contains_key(&column) {
                bail!("{}: `columns.{column}` is missing", path.display());
            }
        }
        Ok(map)
    }

    /// Where each column stands. Errors: a header the file does not have, or has twice.
    pub fn places(&self, header: &[String]) -> anyhow::Result<Vec<(Column, usize)>> {
        (self.columns.iter())
            .map(|(column, name)| Ok((*column, place(header, name)?)))
            .collect()
    }

    /// Adds the map's words to those of the office. Errors: a department or service the office does not have.
    pub fn teach(&self, known: &mut Known) -> anyhow::Result<()> {
        known
            .kinds
            .extend(self.kinds.iter().map(|(text, kind)| (word(text), *kind)));
        (known.outcomes).extend(self.outcomes.iter().map(|(text, outcome)| (word(text), *outcome)));
        for (older, now) in &self.departments {
            let Some(unit) = known.units.get(&word(now)).copied() else {
                bail!("`departments`: the office has no `{now}`");
            };
            known.units.insert(word(older), unit);
        }
        for (kind, code) in &self.services {
            match known.services.get(&word(code)) {
                Some((service, of)) if of == kind => known.service_of.insert(*kind, *service),
                Some(_) => bail!("`services`: `{code}` is no service for {kind}"),
                None => bail!("`services`: the catalogue has no `{code}`"),
            };
        }
        Ok(())
    }
}

impl History {
    /// Where number, day and words stand.
    pub fn places(&self, header: &[String]) -> anyhow::Result<[usize; 3]> {
        Ok([
            place(header, &self.number)?,
            place(header, &self.step_at)?,
            place(header, &self.step_what)?,
        ])
    }
}

/// Where a header stands; spaces do not matter.
fn place(header: &[String], name: &str) -> anyhow::Result<usize> {
    let found: Vec<usize> = (header.iter().enumerate())
        .filter(|(_, known)| word(known) == word(name))
        .map(|(at, _)| at)
        .collect();
    match found.as_slice() {
        [at] => Ok(*at),
        [] => bail!("the file has no column `{name}`; it has: {}", header.join(", ")),
        _ => bail!("the file has the column `{name}` more than once"),
    }
}
