//! 설문 결과 — what was marked in the surveys of a track in a year: how many answered, the mean, and how often each mark. Never whose.

use super::list::any;
use crate::{
    desk::reader::Reader,
    proceeding::said,
    view::desk::proceeding::{SurveyRow, SurveyTable},
};
use app::proceedings::Marked;
use domain::{terms::Code, track::Survey};

/// A table for each survey that was answered.
pub(super) fn tables(reader: &Reader, track: Code, marked: &[Marked]) -> Vec<SurveyTable> {
    let mut surveys: Vec<Code> = marked.iter().map(|one| one.survey).collect();
    surveys.sort_unstable();
    surveys.dedup();
    (surveys.into_iter())
        .filter_map(|code| {
            // By the newest version that has it; a question asked no longer is called by its code.
            let survey = any(reader, track, |track| track.survey(code))?;
            let mut questions: Vec<Code> = survey.questions.iter().map(|question| question.code).collect();
            let of = |question: Code| {
                (marked.iter()).filter(move |one| (one.survey, one.question) == (code, question))
            };
            for one in marked.iter().filter(|one| one.survey == code) {
                if !questions.contains(&one.question) {
                    questions.push(one.question);
                }
            }
            let name = |question: Code| {
                let declared = survey.questions.iter().find(|one| one.code == question);
                declared.map_or_else(|| question.to_string(), |one| said(reader, &one.text))
            };
            Some(SurveyTable {
                name: said(reader, &survey.name),
                worst: said(reader, &survey.worst),
                best: said(reader, &survey.best),
                rows: (questions.into_iter())
                    .map(|question| row(name(question), of(question)))
                    .collect(),
            })
        })
        .collect()
}

fn row<'a>(question: String, marked: impl Iterator<Item = &'a Marked>) -> SurveyRow {
    let (mut counts, mut sum) = (vec![0; Survey::BEST as usize], 0);
    for one in marked {
        if let Some(count) = counts.get_mut((one.mark as usize).saturating_sub(1)) {
            *count += one.count;
            sum += u64::from(one.mark) * one.count;
        }
    }
    let answered: u64 = counts.iter().sum();
    // One could guess whose mark it is where few have answered.
    let shown = answered >= Survey::LEAST;
    let hundredths = sum * 100 / answered.max(1);
    SurveyRow {
        question,
        answered: shown.then_some(answered),
        mean: if shown {
            format!("{}.{:02}", hundredths / 100, hundredths % 100)
        } else {
            String::new()
        },
        counts: if shown { counts } else { Vec::new() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(mark: u32, count: u64) -> Marked {
        let code = |text: &str| text.parse().expect("a code");
        Marked {
            survey: code("after"),
            question: code("fair"),
            mark,
            count,
        }
    }

    #[test]
    fn figures_of_few_are_not_told() {
        let four = [marked(5, 3), marked(1, 1)];
        let told = row(String::new(), four.iter());
        assert_eq!(
            (told.answered, told.mean.as_str(), told.counts.len()),
            (None, "", 0)
        );
        let five = [marked(5, 3), marked(4, 1), marked(1, 1)];
        let told = row(String::new(), five.iter());
        assert_eq!((told.answered, told.mean.as_str()), (Some(5), "4.00"));
        assert_eq!(told.counts, [1, 0, 0, 1, 3]);
    }
}
