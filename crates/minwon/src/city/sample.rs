//! 예시 자료 — the invented petitions, names and remedies of `data/`, read from the program itself.

use anyhow::Context;
use app::remedies::Remedies;
use domain::terms::{Code, District, EntryPoint, Field, Kind, Outcome};
use serde::Deserialize;
use std::collections::HashMap;

const PETITIONS: &str = include_str!("../../../../data/sample_petitions.toml");
const NAMES: &str = include_str!("../../../../data/sample_names.csv");

/// One petition with what became of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// The kind the office decides on.
    pub kind: Kind,
    /// The service it was filed under.
    pub service: Code,
    /// The field, by its code.
    pub field: String,
    /// The district's number.
    pub district: String,
    /// By which door.
    pub entry: EntryPoint,
    /// The department that handles it.
    pub unit: String,
    /// How it was decided.
    pub outcome: Outcome,
    /// 제목.
    pub title: String,
    /// 내용.
    pub body: String,
    /// 답변.
    pub answer: String,
    /// 보완 요구.
    pub supplement: Option<String>,
    /// 거부 사유.
    pub reason: Option<String>,
}

#[derive(Deserialize)]
struct Samples {
    petition: Vec<Sample>,
}

#[derive(Deserialize)]
struct FieldRow {
    number: u32,
    code: String,
}

#[derive(Deserialize)]
struct NameRow {
    name: String,
}

/// All of it.
pub struct Material {
    /// Petitions.
    pub petitions: Vec<Sample>,
    /// Names of petitioners.
    pub names: Vec<String>,
    fields: HashMap<String, u32>,
    remedies: Remedies,
}

impl Material {
    /// Reads it.
    pub fn read() -> anyhow::Result<Material> {
        let petitions: Samples = toml::from_str(PETITIONS).context("sample_petitions.toml")?;
        let names: Vec<NameRow> = rows(NAMES).context("sample_names.csv")?;
        let fields: Vec<FieldRow> = rows(crate::data::DEMO.fields).context("fields.csv")?;
        Ok(Material {
            petitions: petitions.petition,
            names: names.into_iter().map(|row| row.name).collect(),
            fields: fields.into_iter().map(|row| (row.code, row.number)).collect(),
            remedies: crate::data::remedies()?,
        })
    }

    /// The number of a sample's field.
    pub fn field(&self, sample: &Sample) -> Option<Field> {
        self.fields.get(&sample.field).copied().map(Field)
    }

    /// The text that tells how to contest this outcome.
    pub fn remedy(&self, kind: Kind, outcome: Outcome) -> Option<&str> {
        self.remedies.of(kind, outcome).map(|remedy| remedy.ko.as_str())
    }
}

impl Sample {
    /// The district it is about.
    pub fn district(&self) -> Option<District> {
        self.district.parse().ok().map(District)
    }
}

fn rows<T: serde::de::DeserializeOwned>(text: &str) -> Result<Vec<T>, csv::Error> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_samples_fit_the_starting_data() {
        let material = Material::read().unwrap();
        assert!(material.petitions.len() >= 200 && material.names.len() >= 100);
        for sample in &material.petitions {
            assert!(material.field(sample).is_some(), "{}", sample.title);
            assert!(sample.district().is_some(), "{}", sample.title);
            assert!(
                Outcome::of_answer(sample.kind).contains(&sample.outcome),
                "{}: {}",
                sample.title,
                sample.outcome
            );
            assert!(
                !sample.outcome.owes_reasons() || sample.reason.is_some(),
                "{}",
                sample.title
            );
        }
        assert!(material.remedy(Kind::Statutory, Outcome::Refused).is_some());
    }
}
