//! 모델의 보관 형태 — a model as bytes, in one version, read back with every length checked.

use super::{Method, Model};

/// What every stored model begins with; the last byte is the version of the form.
const BEGINNING: &[u8; 8] = b"minwonS\x01";

/// Bytes that are no model this program can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a model of suggestions that this program can read")]
pub struct Unreadable;

impl Model {
    /// The model as bytes: beginning, method, how many departments and marks (4 bytes each, big-endian like all numbers),
    /// then departments with their lessons and biases, marks, weights.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out =
            Vec::with_capacity(32 + self.labels.len() * 22 + self.marks.len() * 8 + self.weights.len() * 2);
        out.extend_from_slice(BEGINNING);
        out.push(self.method.number());
        out.extend_from_slice(&(self.labels.len() as u32).to_be_bytes());
        out.extend_from_slice(&(self.marks.len() as u32).to_be_bytes());
        for ((label, lessons), bias) in self.labels.iter().zip(&self.lessons).zip(&self.bias) {
            out.extend_from_slice(label);
            out.extend_from_slice(&lessons.to_be_bytes());
            out.extend_from_slice(&bias.to_be_bytes());
        }
        self.marks
            .iter()
            .for_each(|mark| out.extend_from_slice(&mark.to_be_bytes()));
        self.weights
            .iter()
            .for_each(|weight| out.extend_from_slice(&weight.to_be_bytes()));
        out
    }

    /// Reads what [`Model::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Model, Unreadable> {
        let mut rest = bytes.strip_prefix(BEGINNING).ok_or(Unreadable)?;
        let number = take::<1>(&mut rest)?[0];
        let method = Method::ALL.into_iter().find(|method| method.number() == number);
        let labels = u32::from_be_bytes(take(&mut rest)?) as usize;
        let marks = u32::from_be_bytes(take(&mut rest)?) as usize;
        // All lengths follow from these two: a wrong one is seen before anything is set aside for it.
        let wanted = (labels as u64) * 22
            + (marks as u64) * 8
            + (labels as u64).saturating_mul(marks as u64).saturating_mul(2);
        if wanted != rest.len() as u64 {
            return Err(Unreadable);
        }
        let mut model = Model {
            method: method.ok_or(Unreadable)?,
            labels: Vec::with_capacity(labels),
            lessons: Vec::with_capacity(labels),
            bias: Vec::with_capacity(labels),
            marks: Vec::with_capacity(marks),
            weights: Vec::with_capacity(labels * marks),
        };
        for _ in 0..labels {
            model.labels.push(take(&mut rest)?);
            model.lessons.push(u32::from_be_bytes(take(&mut rest)?));
            model.bias.push(i16::from_be_bytes(take(&mut rest)?));
        }
        for _ in 0..marks {
            model.marks.push(i64::from_be_bytes(take(&mut rest)?));
        }
        for _ in 0..labels * marks {
            model.weights.push(i16::from_be_bytes(take(&mut rest)?));
        }
        if model.marks.is_sorted() && model.labels.is_sorted() {
            Ok(model)
        } else {
            Err(Unreadable)
        }
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], Unreadable> {
    let (taken, behind) = rest.split_first_chunk::<N>().ok_or(Unreadable)?;
    *rest = behind;
    Ok(*taken)
}
