//! 표기 — how dates, times, sizes and Korean particles are written on a page.

use crate::view::Message;
use domain::{
    due::Period,
    korean::{self, Josa},
    refusal::Refusal,
    terms::FileType,
    time::At,
};
use jiff::civil::{Date, DateTime, Weekday};

/// “2018. 7. 17.(화)” or “17 July 2018 (Tue)”.
pub fn date(lang: &str, day: Date) -> String {
    if lang == "ko" {
        return korean::date(day);
    }
    format!(
        "{} {} {} ({})",
        day.day(),
        month(day.month()),
        day.year(),
        weekday(lang, day.weekday())
    )
}

/// “2018. 7. 17.(화) 14:05” or “17 July 2018 (Tue), 14:05”.
pub fn datetime(lang: &str, moment: DateTime) -> String {
    if lang == "ko" {
        return korean::date_time(moment);
    }
    format!(
        "{}, {:02}:{:02}",
        date(lang, moment.date()),
        moment.hour(),
        moment.minute()
    )
}

/// A due moment (the first instant that is late) as people read it: the last lawful minute, “… 23:59”.
pub fn due(lang: &str, due_at: At) -> Option<String> {
    due_at.plus(-60_000).civil().map(|moment| datetime(lang, moment))
}

/// A short weekday: 화, Tue.
pub fn weekday(lang: &str, day: Weekday) -> &'static str {
    if lang == "ko" {
        return korean::weekday(day);
    }
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][usize::from(day.to_monday_zero_offset().unsigned_abs())]
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

/// Types as they stand on pages: their usual endings in capital letters.
pub fn kinds(kinds: &[FileType]) -> String {
    let words: Vec<String> = kinds
        .iter()
        .map(|kind| files::kind::endings(*kind)[0].to_ascii_uppercase())
        .collect();
    words.join(", ")
}

/// Why a file is not taken, in the reader's words.
pub fn unfit(name: &str, fault: files::Fault) -> Message {
    use files::{Fault, Harm};
    let ending = files::name::ending(name);
    let harm = |harm: Harm| match harm {
        Harm::Program => "program",
        Harm::Script => "script",
        Harm::Page => "page",
        Harm::Macro => "macro",
    };
    let told = match fault {
        Fault::Empty => Message::new("error-file-empty"),
        Fault::TooLarge => Message::new("error-file-large").with("max", size(app::words::FILE as u64)),
        Fault::NotTaken => Message::new("error-file-kind"),
        Fault::Broken => Message::new("error-file-broken"),
        Fault::Locked => Message::new("error-file-locked"),
        Fault::Bomb => Message::new("error-file-bomb"),
        Fault::Differs(kind) => Message::new("error-file-differs")
            .with("ending", format!(".{}", ending.unwrap_or_default()))
            .with("kind", kinds(&[kind])),
        Fault::Harmful(what) => {
            let word = format!("@file-harm-{}", harm(what));
            // Where the name says so itself there is nothing to contrast.
            match ending.filter(|ending| files::kind::harm_of(ending).is_none()) {
                Some(ending) if what != Harm::Macro => Message::new("error-file-disguised")
                    .with("ending", format!(".{ending}"))
                    .with("kind", word),
                _ => Message::new("error-file-harmful").with("kind", word),
            }
        }
    };
    told.with("name", name)
}

/// 조사 — `word` with the particle that fits its last sound; `pair` is “은/는”, “이/가”, “을/를”, “과/와” or “으로/로”.
/// `None` for any other pair.
pub fn josa(word: &str, pair: &str) -> Option<String> {
    let particle = match pair {
        "은/는" => Josa::Topic,
        "이/가" => Josa::Subject,
        "을/를" => Josa::Object,
        "과/와" => Josa::With,
        "으로/로" => Josa::Toward,
        _ => return None,
    };
    Some(korean::with_josa(word, particle))
}

/// 처리기간 — a period in words.
pub fn period(period: Period) -> Message {
    let key = match period {
        Period::Immediately => return Message::new("period-immediately"),
        Period::Hours(_) => "period-hours",
        Period::Days(_) => "period-days",
        Period::Weeks(_) => "period-weeks",
        Period::Months(_) => "period-months",
        Period::Years(_) => "period-years",
    };
    Message::new(key).with("n", period.number())
}

/// Why not, with the clause that says so where the law, not the house, draws the line.
pub fn refused(refusal: Refusal) -> Message {
    let words = format!("refusal-{refusal}");
    match refusal.clause() {
        "" => Message::new(words),
        clause => Message::new("refused-by")
            .with("field", format!("@{words}"))
            .with("clause", clause),
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
        assert_eq!(josa("보완 요구", "을/를").as_deref(), Some("보완 요구를"));
        assert_eq!(josa("서울", "으로/로").as_deref(), Some("서울로"));
        assert_eq!(josa("서울", "랑/이랑"), None);
    }

    #[test]
    fn every_refusal_says_why_in_every_language() {
        let pages = crate::render::Pages::new().expect("pages");
        for lang in crate::lang::all() {
            for refusal in Refusal::ALL {
                let said = pages.say(lang, &refused(*refusal)).expect("words");
                assert!(
                    !said.contains('@') && said.contains(refusal.clause()),
                    "{lang} {refusal}: {said}"
                );
            }
        }
    }

    #[test]
    fn sizes() {
        assert_eq!(size(1_500_000), "1.4 MB");
        assert_eq!(size(319_488), "312 KB");
    }
}
