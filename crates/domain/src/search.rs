//! 색인 낱말 — what a text is found by: single letters, pairs of letters, as sets without order or count.
//!
//! Korean glues particles to its words, so whole words find little; pairs of syllables find all. The index holds keyed
//! hashes of these tokens; candidates are decrypted and checked with `holds`, so a hit is always a real one.

use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// Texts are indexed and compared in this form: compatibility-composed, lower case.
pub fn fold(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).nfc().collect()
}

/// The runs of letters and digits of a folded text.
fn runs(folded: &str) -> impl Iterator<Item = &str> {
    folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|run| !run.is_empty())
}

/// Whether a single letter of this script is a word worth finding inside other words.
fn is_syllabic(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3040}'..='\u{30FF}' | '\u{3130}'..='\u{318F}' | '\u{3400}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// The tokens a text is indexed under: every pair of neighbouring letters, every single syllable or ideograph, and runs
/// of one letter.
pub fn tokens(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for run in runs(&fold(text)) {
        let letters: Vec<char> = run.chars().collect();
        for pair in letters.windows(2) {
            found.insert(pair.iter().collect());
        }
        for letter in &letters {
            if letters.len() == 1 || is_syllabic(*letter) {
                found.insert(letter.to_string());
            }
        }
    }
    found
}

/// What a reader asked for, made comparable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    runs: Vec<String>,
}

impl Query {
    /// `None` when the text has no letter or digit to look for.
    pub fn parse(text: &str) -> Option<Query> {
        let runs: BTreeSet<String> = runs(&fold(text)).map(str::to_owned).collect();
        (!runs.is_empty()).then(|| Query {
            runs: runs.into_iter().collect(),
        })
    }

    /// The tokens that every hit is indexed under. A run of several letters is asked for by its pairs alone: they say
    /// more than its single letters do.
    pub fn tokens(&self) -> BTreeSet<String> {
        let mut asked = BTreeSet::new();
        for run in &self.runs {
            let letters: Vec<char> = run.chars().collect();
            match letters.as_slice() {
                [one] => {
                    asked.insert(one.to_string());
                }
                many => asked.extend(many.windows(2).map(|pair| pair.iter().collect::<String>())),
            }
        }
        asked
    }

    /// Whether the text really holds every run asked for.
    pub fn holds(&self, text: &str) -> bool {
        let folded = fold(text);
        self.runs.iter().all(|wanted| {
            let one = wanted.chars().count() == 1 && !wanted.chars().all(is_syllabic);
            runs(&folded).any(|run| {
                if one {
                    run == wanted
                } else {
                    run.contains(wanted.as_str())
                }
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_word_is_found_inside_the_forms_korean_gives_it() {
        let title = "가로등이 며칠째 꺼져 있습니다 (KPOP거리 3번)";
        for asked in [
            "가로등",
            "로등",
            "등",
            "꺼져",
            "kpop",
            "KPOP거리",
            "3번",
            "거리 가로등",
        ] {
            let query = Query::parse(asked).unwrap();
            assert!(query.holds(title), "{asked}");
            assert!(query.tokens().is_subset(&tokens(title)), "{asked}");
        }
        for asked in ["가등", "k", "신호등"] {
            assert!(!Query::parse(asked).unwrap().holds(title), "{asked}");
        }
        assert_eq!(Query::parse(" .,!? ^^"), None);
    }

    #[test]
    fn decomposed_and_full_width_letters_are_the_same_letters() {
        assert!(Query::parse("가로").unwrap().holds("가로등"));
        assert!(Query::parse("ＡＢＣ１").unwrap().holds("abc1"));
    }

    proptest! {
        /// The rarest word of any text finds the text: what is asked for is always indexed.
        #[test]
        fn every_word_finds_its_text(text in "\\PC{0,60}") {
            let all = tokens(&text);
            for word in fold(&text).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
                let query = Query::parse(word).unwrap();
                prop_assert!(query.tokens().is_subset(&all), "{word:?} in {text:?}");
                prop_assert!(query.holds(&text), "{word:?} in {text:?}");
            }
        }
    }
}
