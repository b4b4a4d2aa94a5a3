//! 어간 — what is left of a Korean sentence when particles, endings and empty words are taken off it.

/// Particles and endings, the longest first within each length; taken off while at least two syllables remain.
const ENDINGS: &[&str] = &[
    "하고싶습니다",
    "하고싶은데요",
    "하고싶어요",
    "하고싶은데",
    "해주시기바랍니다",
    "해주세요",
    "하려는데요",
    "하려는데",
    "하려고요",
    "하려고",
    "하려면",
    "했는데요",
    "했는데",
    "했습니다",
    "했어요",
    "합니다",
    "하나요",
    "하는데",
    "할래요",
    "할까요",
    "하기",
    "하는",
    "한다고",
    "해야",
    "해요",
    "받으려면",
    "받으려고",
    "받고",
    "되었어요",
    "됐어요",
    "됩니다",
    "되나요",
    "돼요",
    "었습니다",
    "았습니다",
    "었어요",
    "았어요",
    "졌어요",
    "렸어요",
    "었는데",
    "았는데",
    "습니다",
    "입니다",
    "인가요",
    "인데요",
    "인데",
    "는데요",
    "는데",
    "려면",
    "려고",
    "네요",
    "나요",
    "까요",
    "세요",
    "어요",
    "아요",
    "이요",
    "에서는",
    "에서",
    "에게",
    "한테",
    "까지",
    "부터",
    "이나",
    "이랑",
    "으로",
    "하고",
    "로",
    "을",
    "를",
    "이",
    "가",
    "은",
    "는",
    "에",
    "의",
    "도",
    "만",
    "와",
    "과",
    "랑",
    "요",
];

/// Words that ask without saying what for.
const EMPTY: &[&str] = &[
    "어떻게",
    "어디",
    "어디서",
    "어디에",
    "언제",
    "무엇",
    "뭐",
    "뭘",
    "무슨",
    "어떤",
    "좀",
    "제",
    "제가",
    "내",
    "내가",
    "저",
    "저희",
    "우리",
    "그",
    "이",
    "것",
    "거",
    "수",
    "때",
    "싶어요",
    "싶습니다",
    "싶은데",
    "싶은데요",
    "있어요",
    "있나요",
    "없어요",
    "있습니다",
    "없습니다",
    "하고",
    "하려면",
    "하려고",
    "하나요",
    "해요",
    "합니다",
    "해주세요",
    "주세요",
    "돼요",
    "되나요",
    "됩니다",
    "문의",
    "방법",
    "민원",
    "관련",
    "관하여",
    "대한",
    "대해",
    "너무",
    "자꾸",
    "계속",
    "많이",
    "못",
    "안",
    "다",
    "또",
    "더",
    "잘",
    "빨리",
    "위해",
    "위한",
    "및",
    "또는",
    "the",
    "a",
    "an",
    "of",
    "to",
    "my",
    "i",
    "for",
    "in",
    "is",
    "how",
    "do",
    "on",
];

/// The words of a folded question that say what it is about; all of them where none is left.
pub fn words(folded: &str) -> Vec<String> {
    let all: Vec<&str> = (folded.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .collect();
    let mut told: Vec<String> = Vec::new();
    for word in all.iter().filter(|word| !EMPTY.contains(word)) {
        let stem = stem(word);
        if !EMPTY.contains(&stem) && !told.iter().any(|known| known == stem) {
            told.push(stem.to_owned());
        }
    }
    if told.is_empty() {
        all.into_iter().map(str::to_owned).collect()
    } else {
        told
    }
}

/// A word without its ending and its particle. What is taken off too much does no harm: the rest is looked for inside
/// words.
fn stem(word: &str) -> &str {
    let mut stem = word;
    for _ in 0..2 {
        let cut = (ENDINGS.iter())
            .filter_map(|ending| stem.strip_suffix(ending))
            .filter(|rest| rest.chars().count() >= 2)
            .min_by_key(|rest| rest.len());
        match cut {
            Some(rest) => stem = rest,
            None => break,
        }
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_what_it_is_about() {
        for (text, about) in [
            ("자격증을 잃어버렸어요", vec!["자격증", "잃어버"]),
            ("가로등이 고장났어요 어떻게 하나요?", vec!["가로등", "고장났"]),
            ("주차단속", vec!["주차단속"]),
            ("어떻게 하나요", vec!["어떻게", "하나요"]),
            ("허가", vec!["허가"]),
        ] {
            assert_eq!(words(text), about, "{text}");
        }
    }
}
