//! 서식 채우기 — the values of a paper set beside the labels of the table (`domain::papers`).

use crate::parts::Row;
use crate::press::Lang;
use domain::papers::{Field, Form, Part};

/// A form of the table, as papers fill it.
pub(crate) trait Fill {
    /// The title in a language.
    fn title_in(&self, lang: Lang) -> &'static str;
    /// “「민원 처리에 관한 법률 시행규칙」 [별지 제2호서식]”; empty where no form is prescribed.
    fn note(&self, lang: Lang) -> String;
    /// The rows of a page with their values, in the order of the table.
    fn rows<const N: usize>(&self, lang: Lang, values: [String; N]) -> Vec<Row>;
    /// The lines of guidance with their values; empty ones are left out.
    fn guidance<const N: usize>(&self, lang: Lang, values: [String; N]) -> Vec<Row>;
    /// The items of a letter's text: labels and values.
    fn items<const N: usize>(&self, lang: Lang, values: [String; N]) -> Vec<(&'static str, String)>;
    /// The heading of the `n`-th list in a letter's text.
    fn list(&self, lang: Lang, n: usize) -> &'static str;
    /// The columns of a register and their widths.
    fn columns(&self, lang: Lang) -> Vec<(&'static str, u8)>;
}

impl Fill for Form {
    fn title_in(&self, lang: Lang) -> &'static str {
        lang.pick(self.title[0], self.title[1])
    }

    fn note(&self, lang: Lang) -> String {
        self.annex.map_or_else(String::new, |n| match lang {
            Lang::Ko => format!("「민원 처리에 관한 법률 시행규칙」 [별지 제{n}호서식]"),
            Lang::En => format!("Enforcement Rule of the Civil Petitions Treatment Act, Form {n}"),
        })
    }

    fn rows<const N: usize>(&self, lang: Lang, values: [String; N]) -> Vec<Row> {
        filled(self, |part| matches!(part, Part::Row | Part::Box(_)), values)
            .map(|(field, value)| Row {
                label: label(field, lang).into(),
                value,
                height: match field.part {
                    Part::Box(height) => height,
                    _ => 0,
                },
            })
            .collect()
    }

    fn guidance<const N: usize>(&self, lang: Lang, values: [String; N]) -> Vec<Row> {
        filled(self, |part| part == Part::Guidance, values)
            .filter(|(_, value)| !value.trim().is_empty())
            .map(|(field, value)| Row::new(label(field, lang), value))
            .collect()
    }

    fn items<const N: usize>(&self, lang: Lang, values: [String; N]) -> Vec<(&'static str, String)> {
        filled(self, |part| part == Part::Item, values)
            .map(|(field, value)| (label(field, lang), value))
            .collect()
    }

    fn list(&self, lang: Lang, n: usize) -> &'static str {
        let mut lists = self.fields.iter().filter(|field| field.part == Part::List);
        lists.nth(n).map_or("", |field| label(field, lang))
    }

    fn columns(&self, lang: Lang) -> Vec<(&'static str, u8)> {
        let of = |field: &'static Field| match field.part {
            Part::Column(width) => Some((label(field, lang), width)),
            _ => None,
        };
        self.fields.iter().filter_map(of).collect()
    }
}

/// The label in a language.
pub(crate) fn label(field: &Field, lang: Lang) -> &'static str {
    lang.pick(field.ko, field.en)
}

fn filled<const N: usize>(
    form: &Form,
    part: fn(Part) -> bool,
    values: [String; N],
) -> impl Iterator<Item = (&'static Field, String)> {
    let fields = form.fields.iter().filter(move |field| part(field.part));
    debug_assert_eq!(
        fields.clone().count(),
        N,
        "a value for each field of {}",
        form.code
    );
    fields.zip(values)
}
