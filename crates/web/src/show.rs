//! 표기 — how dates, times, sizes and Korean particles are written on a page.

use domain::time::At;
use jiff::civil::{Date, DateTime, Weekday};

/// “2018. 7. 17.(화)” or “17 July 2018 (Tue)”.
pub fn date(lang: &str, day: Date) -> String {
    if lang == "ko" {
        format!(
            "{}. {}. {}.({})",
            day.year(),
            day.month(),
            day.day(),
            weekday(lang, day.weekday())
        )
    } else {
        format!(
            "{} {} {} ({})",
            day.day(),
            month(day.month()),
            day.year(),
            weekday(lang, day.weekday())
        )
    }
}

/// “2018. 7. 17.(화) 14:05” or “17 July 2018 (Tue), 14:05”.
pub fn datetime(lang: &str, moment: DateTime) -> String {
    let comma = if lang == "ko" { "" } else { "," };
    format!(
        "{}{comma} {:02}:{:02}",
        date(lang, moment.date()),
        moment.hour(),
        moment.minute()
    )
}

/// A due moment (the first instant that is late) as people read it: the minute before, “… 23:59”.
pub fn due(lang: &str, due_at: At) -> Option<String> {
    due_at.plus(-60_000).civil().map(|moment| datetime(lang, moment))
}

/// A short weekday: 화, Tue.
pub fn weekday(lang: &str, day: Weekday) -> &'static str {
    let i = usize::from(day.to_monday_zero_offset().unsigned_abs());
    if lang == "ko" {
        ["월", "화", "수", "목", "금", "토", "일"][i]
    } else {
        ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][i]
    }
}

fn month(n: i8) -> &'static str {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    MONTHS[usize::from((n - 1).unsigned_abs()) % 12]
}

/// Bytes as people read them: “312 KB”, “1.4 MB” (powers of 1,024, as file managers show them).
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_024 => format!("{bytes} B"),
        1_024..1_048_576 => format!("{} KB", bytes.div_ceil(1_024)),
        _ => match bytes % 1_048_576 * 10 / 1_048_576 {
            0 => format!("{} MB", bytes / 1_048_576),
            tenth => format!("{}.{tenth} MB", bytes / 1_048_576),
        },
    }
}

/// 1,234,567.
pub fn number(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(c);
    }
    if n < 0 { format!("-{out}") } else { out }
}

/// 조사 — `word` with the particle that fits its last sound; `pair` is “은/는”, “이/가”, “을/를”, “과/와” or “(으)로”.
///
/// A word that ends neither in Hangul nor in a digit keeps both forms: “PDF은(는)”.
pub fn josa(word: &str, pair: &str) -> String {
    let (with, without) = if pair == "(으)로" {
        ("으로", "로")
    } else {
        pair.split_once('/').unwrap_or((pair, pair))
    };
    let tail = match word
        .trim_end_matches(['”', '’', '"', '\'', ')', '」', '』'])
        .chars()
        .last()
    {
        Some(c @ '가'..='힣') => Some((u32::from(c) - 0xAC00) % 28),
        // 영 일 이 삼 사 오 육 칠 팔 구
        Some(c @ '0'..='9') => Some([21, 8, 0, 16, 0, 0, 1, 8, 8, 0][usize::from(c as u8 - b'0')]),
        _ => None,
    };
    match tail {
        Some(0) => format!("{word}{without}"),
        Some(8) if pair == "(으)로" => format!("{word}로"),
        Some(_) => format!("{word}{with}"),
        None if pair == "(으)로" => format!("{word}(으)로"),
        None => format!("{word}{with}({without})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::datetime as dt;

    #[test]
    fn dates_read_as_officials_write_them() {
        let moment = dt(2018, 7, 17, 14, 5, 0, 0);
        assert_eq!(datetime("ko", moment), "2018. 7. 17.(화) 14:05");
        assert_eq!(datetime("en", moment), "17 July 2018 (Tue), 14:05");
        assert_eq!(
            due("ko", At::seoul(dt(2018, 7, 26, 0, 0, 0, 0))).as_deref(),
            Some("2018. 7. 25.(수) 23:59")
        );
        assert_eq!(due("ko", At::NEVER), None);
    }

    #[test]
    fn particles_follow_the_last_sound() {
        for (word, pair, expected) in [
            ("민원", "은/는", "민원은"),
            ("보완 요구", "을/를", "보완 요구를"),
            ("시청", "(으)로", "시청으로"),
            ("서울", "(으)로", "서울로"),
            ("3", "이/가", "3이"),
            ("2", "은/는", "2는"),
            ("‘도로’", "과/와", "‘도로’와"),
            ("PDF", "은/는", "PDF은(는)"),
        ] {
            assert_eq!(josa(word, pair), expected);
        }
    }

    #[test]
    fn sizes_and_numbers() {
        assert_eq!(size(1_500_000), "1.4 MB");
        assert_eq!(size(319_488), "312 KB");
        assert_eq!(number(1_234_567), "1,234,567");
        assert_eq!(number(-12), "-12");
    }
}
