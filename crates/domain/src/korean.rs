//! 우리말 표기 — how dates, money, telephone numbers, item marks and particles are written in Korean offices
//! (행정업무의 운영 및 혁신에 관한 규정 제7조; 같은 규정 시행규칙 제2조).

use crate::time::At;
use jiff::civil::{Date, DateTime, Weekday};

/// “2018. 7. 17.(화)”.
pub fn date(date: Date) -> String {
    format!("{}({})", plain_date(date), weekday(date.weekday()))
}

/// “2018. 7. 17.”: a date inside a document number or a table, without its weekday.
pub fn plain_date(date: Date) -> String {
    format!("{}. {}. {}.", date.year(), date.month(), date.day())
}

/// “14:05”, the 24-hour clock.
pub fn time(moment: DateTime) -> String {
    format!("{:02}:{:02}", moment.hour(), moment.minute())
}

/// “2018. 7. 17.(화) 14:05”.
pub fn date_time(moment: DateTime) -> String {
    format!("{} {}", date(moment.date()), time(moment))
}

/// A moment as a Korean wall shows it, “2018. 7. 17.(화) 14:05”; `None` outside the years ±9999, `At::NEVER` among them.
pub fn moment(at: At) -> Option<String> {
    at.civil().map(date_time)
}

/// A due date as people read it. `due` is the first instant that is late; what is shown is the last lawful minute, as
/// `domain::due::shown` tells it: “2018. 7. 25.(수) 23:59”, or an hour's end as it stands. `None` as for [`moment`].
pub fn due(due: At) -> Option<String> {
    moment(due.plus(-60_000))
}

/// “화”.
pub fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "월",
        Weekday::Tuesday => "화",
        Weekday::Wednesday => "수",
        Weekday::Thursday => "목",
        Weekday::Friday => "금",
        Weekday::Saturday => "토",
        Weekday::Sunday => "일",
    }
}

/// “1,234,567”, thousands set off by commas.
pub fn number(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() * 4 / 3 + 1);
    if n < 0 {
        out.push('-');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// “2,000원”, as on screens.
pub fn won(amount: i64) -> String {
    format!("{}원", number(amount))
}

/// “금 2,000원”, as in official documents.
pub fn official_won(amount: i64) -> String {
    format!("금 {}", won(amount))
}

/// A Korean telephone number with its hyphens: “02-120” stays, “0221330000” becomes “02-2133-0000”. What is no Korean
/// number is given back as it came.
pub fn phone(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if !text
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '-' | ' ' | '.' | '(' | ')'))
    {
        return text.to_owned();
    }
    let area = if digits.starts_with("02") {
        2
    } else if digits.starts_with("050") && digits.len() == 12 {
        4
    } else {
        3
    };
    match digits.len() {
        8 if matches!(&digits[..2], "15" | "16" | "18") => format!("{}-{}", &digits[..4], &digits[4..]),
        n if digits.starts_with('0') && (area + 7..=area + 8).contains(&n) => {
            format!(
                "{}-{}-{}",
                &digits[..area],
                &digits[area..n - 4],
                &digits[n - 4..]
            )
        }
        _ => text.to_owned(),
    }
}

/// The fourteen syllables that count items: 가 나 다 …, and after 하 the row 거 너 더 ….
const COUNTING: [char; 28] = [
    '가', '나', '다', '라', '마', '바', '사', '아', '자', '차', '카', '타', '파', '하', '거', '너', '더',
    '러', '머', '버', '서', '어', '저', '처', '커', '터', '퍼', '허',
];

/// 항목 기호 — the mark of item `n` (from 1) on `level` (from 0), in the order 1. 가. 1) 가) (1) (가) ① ㉮. `None` below
/// the eighth level, or where Unicode has no further mark (above 28 for syllables, 20 for ①, 14 for ㉮).
pub fn item_mark(level: usize, n: usize) -> Option<String> {
    let syllable = || n.checked_sub(1).and_then(|i| COUNTING.get(i).copied());
    let circled = |first: u32, last: usize| {
        (1..=last).contains(&n).then_some(())?;
        char::from_u32(first + u32::try_from(n - 1).ok()?)
    };
    if n == 0 {
        return None;
    }
    Some(match level {
        0 => format!("{n}."),
        1 => format!("{}.", syllable()?),
        2 => format!("{n})"),
        3 => format!("{})", syllable()?),
        4 => format!("({n})"),
        5 => format!("({})", syllable()?),
        6 => circled(0x2460, 20)?.to_string(),
        7 => circled(0x326E, 14)?.to_string(),
        _ => return None,
    })
}

/// Reads the item mark a line begins with: its level (from 0), its number (from 1), the mark and the text behind it.
/// `None` for a line without one. A year is none: at most two digits count.
pub fn read_item_mark(line: &str) -> Option<(usize, usize, &str, &str)> {
    let line = line.trim_start();
    let (mark, rest) = line.split_once([' ', '\u{a0}', '\t'])?;
    let (level, core) = if let Some(core) = mark.strip_prefix('(').and_then(|m| m.strip_suffix(')')) {
        (4, core)
    } else if let Some(core) = mark.strip_suffix('.') {
        (0, core)
    } else if let Some(core) = mark.strip_suffix(')') {
        (2, core)
    } else {
        let mut chars = mark.chars();
        let (only, None) = (chars.next()?, chars.next()) else {
            return None;
        };
        let n = match u32::from(only) {
            c @ 0x2460..=0x2473 => (6, c - 0x2460 + 1),
            c @ 0x326E..=0x327B => (7, c - 0x326E + 1),
            _ => return None,
        };
        return Some((n.0, usize::try_from(n.1).ok()?, mark, rest.trim()));
    };
    let mut chars = core.chars();
    let (level, n) = match (chars.next()?, chars.next()) {
        (only, None) if COUNTING.contains(&only) => {
            (level + 1, COUNTING.iter().position(|c| *c == only)? + 1)
        }
        _ if core.len() <= 2 && core.bytes().all(|b| b.is_ascii_digit()) => (level, core.parse().ok()?),
        _ => return None,
    };
    (n > 0).then_some((level, n, mark, rest.trim()))
}

/// 조사 — a particle whose form follows the sound before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Josa {
    /// 은/는
    Topic,
    /// 이/가
    Subject,
    /// 을/를
    Object,
    /// 과/와
    With,
    /// 으로/로, where ㄹ counts as a vowel
    Toward,
}

/// The form of `josa` after `word`: closing brackets and quotes are passed over, digits and Latin letters are read
/// aloud. After a sound we cannot know (hanja, other scripts) both forms, “은(는)”.
pub fn josa(word: &str, josa: Josa) -> &'static str {
    let (closed, open, both) = match josa {
        Josa::Topic => ("은", "는", "은(는)"),
        Josa::Subject => ("이", "가", "이(가)"),
        Josa::Object => ("을", "를", "을(를)"),
        Josa::With => ("과", "와", "과(와)"),
        Josa::Toward => ("으로", "로", "(으)로"),
    };
    match last_sound(word) {
        None => both,
        Some(Sound::Rieul) if josa == Josa::Toward => open,
        Some(Sound::Vowel) => open,
        Some(Sound::Rieul | Sound::Consonant) => closed,
    }
}

/// The word and its particle: “홍길동은”, “서울로”.
pub fn with_josa(word: &str, particle: Josa) -> String {
    format!("{word}{}", josa(word, particle))
}

enum Sound {
    Vowel,
    Rieul,
    Consonant,
}

fn last_sound(word: &str) -> Option<Sound> {
    let last = word.chars().rev().find(|c| c.is_alphanumeric())?;
    Some(match last {
        '가'..='힣' => match (u32::from(last) - 0xAC00) % 28 {
            0 => Sound::Vowel,
            8 => Sound::Rieul,
            _ => Sound::Consonant,
        },
        '1' | '7' | '8' | 'L' | 'l' | 'R' | 'r' => Sound::Rieul,
        '0' | '3' | '6' | 'M' | 'm' | 'N' | 'n' => Sound::Consonant,
        c if c.is_ascii_alphanumeric() => Sound::Vowel,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date as day, datetime};

    #[test]
    fn dates_and_times_are_written_as_offices_write_them() {
        assert_eq!(date(day(2018, 7, 17)), "2018. 7. 17.(화)");
        assert_eq!(date(day(2026, 11, 1)), "2026. 11. 1.(일)");
        assert_eq!(
            date_time(datetime(2018, 7, 17, 14, 5, 59, 0)),
            "2018. 7. 17.(화) 14:05"
        );
        assert_eq!(moment(At::NEVER), None);
    }

    #[test]
    fn a_due_date_at_midnight_is_read_as_the_last_minute_of_its_day() {
        let at = |h, m| At::seoul(datetime(2018, 7, 26, h, m, 0, 0));
        assert_eq!(due(at(0, 0)).as_deref(), Some("2018. 7. 25.(수) 23:59"));
        assert_eq!(due(at(15, 1)).as_deref(), Some("2018. 7. 26.(목) 15:00"));
        assert_eq!(due(At::NEVER), None);
    }

    #[test]
    fn money_is_grouped_by_thousands() {
        for (amount, screen) in [
            (0, "0원"),
            (999, "999원"),
            (2_000, "2,000원"),
            (-1_234_567, "-1,234,567원"),
            (i64::MIN, "-9,223,372,036,854,775,808원"),
        ] {
            assert_eq!(won(amount), screen);
        }
        assert_eq!(official_won(2_000), "금 2,000원");
    }

    #[test]
    fn telephone_numbers_take_their_hyphens() {
        for (typed, shown) in [
            ("0221330000", "02-2133-0000"),
            ("02 120", "02 120"),
            ("02-213-3000", "02-213-3000"),
            ("01012345678", "010-1234-5678"),
            ("0311234567", "031-123-4567"),
            ("15881234", "1588-1234"),
            ("050712345678", "0507-1234-5678"),
            ("+82 2 2133 0000", "+82 2 2133 0000"),
            ("서울", "서울"),
            ("", ""),
        ] {
            assert_eq!(phone(typed), shown, "{typed}");
        }
    }

    #[test]
    fn item_marks_follow_the_official_order_and_are_read_back() {
        let first: Vec<_> = (0..8).map(|level| item_mark(level, 1).unwrap()).collect();
        assert_eq!(first, ["1.", "가.", "1)", "가)", "(1)", "(가)", "①", "㉮"]);
        assert_eq!(item_mark(1, 15).as_deref(), Some("거."));
        assert_eq!(
            (
                item_mark(8, 1),
                item_mark(0, 0),
                item_mark(6, 21),
                item_mark(7, 15)
            ),
            (None, None, None, None)
        );
        for level in 0..8 {
            for n in 1..=14 {
                let line = format!("  {} 내용 둘", item_mark(level, n).unwrap());
                let (l, k, _, text) = read_item_mark(&line).unwrap();
                assert_eq!((l, k, text), (level, n, "내용 둘"), "{line}");
            }
        }
        for line in [
            "2018. 7. 17. 접수",
            "가까운 곳",
            "() 빈 괄호",
            "1.5배",
            "0. 영",
            "갸. 아님",
            "…",
            "",
        ] {
            assert_eq!(read_item_mark(line), None, "{line}");
        }
    }

    #[test]
    fn particles_follow_the_last_sound() {
        for (word, topic, toward) in [
            ("홍길동", "은", "으로"),
            ("김철수", "는", "로"),
            ("서울", "은", "로"),
            ("「도로법」", "은", "으로"),
            ("제3", "은", "으로"),
            ("10", "은", "으로"),
            ("ATM", "은", "으로"),
            ("2", "는", "로"),
            ("URL", "은", "로"),
            ("PDF", "는", "로"),
            ("金", "은(는)", "(으)로"),
            ("", "은(는)", "(으)로"),
        ] {
            assert_eq!(
                (josa(word, Josa::Topic), josa(word, Josa::Toward)),
                (topic, toward),
                "{word}"
            );
        }
        assert_eq!(with_josa("민원", Josa::Object), "민원을");
        assert_eq!(with_josa("시장", Josa::Subject), "시장이");
        assert_eq!(with_josa("민원과", Josa::With), "민원과와");
    }
}
