//! 처리기한 계산 — `minwon due` as a person and a script meet it

use serde_json::Value;
use std::process::{Command, Output};

fn minwon(args: &[&str]) -> Output {
    let folder = std::env::temp_dir();
    Command::new(env!("CARGO_BIN_EXE_minwon"))
        .args(args)
        .current_dir(folder)
        .output()
        .expect("the program starts")
}

fn json(args: &[&str]) -> (Option<i32>, Value) {
    let output = minwon(&[args, &["--json"]].concat());
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    (
        output.status.code(),
        serde_json::from_str(&text).unwrap_or(Value::Null),
    )
}

const SEVEN: [&str; 5] = ["due", "--received", "2018-07-17T10:00", "--period", "7 days"];

#[test]
fn 기한과_근거를_한_객체로_준다() {
    let (code, answer) = json(&SEVEN);
    assert_eq!(
        (code, answer["due"].as_str()),
        (Some(0), Some("2018-07-25T23:59"))
    );
    let trace = answer["trace"].as_array().expect("a list");
    assert_eq!(trace.len(), 3);
    assert_eq!(trace[1]["counted"], false);
    assert_eq!(trace[1]["law"], "민원 처리에 관한 법률 제19조제2항");
    let more = [
        "--supplement",
        "2018-07-18/2018-07-18",
        "--supplement",
        "2018-07-19/2018-07-23",
        "--extend",
        "1",
        "--extend",
        "2",
    ];
    // 17, 24, 25, 26, 27, 30, 31, then 8.1 and 8.2, 8.3.
    assert_eq!(json(&[&SEVEN[..], &more].concat()).1["due"], "2018-08-03T23:59");
    assert_eq!(
        json(&[&SEVEN[..], &["--extend", "0"]].concat()).1["due"],
        "2018-07-25T23:59"
    );
}

#[test]
fn 사람에게는_한국어로_달라면_영어로_말한다() {
    let korean = String::from_utf8(minwon(&SEVEN).stdout).expect("UTF-8");
    assert!(
        korean.starts_with("처리기한  2018-07-25 23:59 (수)  Asia/Seoul"),
        "{korean}"
    );
    assert!(korean.contains("불산입 (토요일·일요일)"), "{korean}");
    let english = minwon(&[&SEVEN[..], &["--lang", "en"]].concat());
    let english = String::from_utf8(english.stdout).expect("UTF-8");
    assert!(
        english.starts_with("due       2018-07-25 23:59 (Wed)  Asia/Seoul"),
        "{english}"
    );
}

#[test]
fn 법이_허용하지_않으면_까닭을_말하고_2로_끝난다() {
    let table: [(&[&str], &str); 4] = [
        (
            &["due", "--received", "2031-07-17T10:00", "--period", "7 days"],
            "unfit_outside_table",
        ),
        (
            &["due", "--received", "2030-12-30T10:00", "--period", "2 weeks"],
            "unfit_outside_table",
        ),
        (
            &[
                "due",
                "--received",
                "2018-07-17T10:00",
                "--period",
                "7 days",
                "--extend",
                "8",
            ],
            "unfit_extension_too_long",
        ),
        (
            &[
                "due",
                "--received",
                "2018-07-17T10:00",
                "--period",
                "7 days",
                "--supplement",
                "2018-07-20/2018-07-19",
            ],
            "unfit_stretch_reversed",
        ),
    ];
    for (args, key) in table {
        let (code, answer) = json(args);
        assert_eq!(
            (code, answer["refusal"]["key"].as_str()),
            (Some(2), Some(key)),
            "{args:?}"
        );
        let plain = minwon(args);
        let told = String::from_utf8(plain.stderr).expect("UTF-8");
        assert_eq!(plain.status.code(), Some(2), "{args:?}");
        assert!(told.contains("refusal") && plain.stdout.is_empty(), "{told}");
    }
}

#[test]
fn 잘못_쓴_인자는_무엇이_잘못인지_말한다() {
    let table: [(&[&str], &str); 8] = [
        (
            &["due", "--received", "2018-07-17", "--period", "7 days"],
            "like 2018-07-17T10:00",
        ),
        (
            &["due", "--received", "yesterday", "--period", "7 days"],
            "like 2018-07-17T10:00",
        ),
        (
            &["due", "--received", "2018-02-30T10:00", "--period", "7 days"],
            "like 2018-07-17T10:00",
        ),
        (
            &["due", "--received", "2018-07-17T10:00", "--period", "soon"],
            "not a period",
        ),
        (
            &["due", "--received", "2018-07-17T10:00", "--period", "0 days"],
            "not a period",
        ),
        (
            &[
                "due",
                "--received",
                "2018-07-17T10:00",
                "--period",
                "7 days",
                "--supplement",
                "2018-07-19",
            ],
            "FROM/TO",
        ),
        (
            &[
                "due",
                "--received",
                "2018-07-17T10:00",
                "--period",
                "7 days",
                "--extend",
                "-1",
            ],
            "--extend",
        ),
        (&["due", "--period", "7 days"], "--received"),
    ];
    for (args, word) in table {
        let output = minwon(args);
        let told = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(told.contains(word), "{args:?}: {told}");
    }
}

#[test]
fn 자료_폴더는_앞뒤_어디에_써도_되고_만들지_않는다() {
    let folder = std::env::temp_dir().join(format!("minwon-due-{}", std::process::id()));
    let name = folder.to_str().expect("UTF-8");
    let place = ["--data", name, "--database", "postgres://nowhere"];
    for args in [[&place[..], &SEVEN].concat(), [&SEVEN[..], &place].concat()] {
        assert_eq!(json(&args).1["due"], "2018-07-25T23:59");
    }
    assert!(!folder.exists());
}

#[test]
fn 보완을_기다리는_동안은_남은_것을_말한다() {
    let (code, answer) = json(&[&SEVEN[..], &["--supplement", "2018-07-19/"]].concat());
    assert_eq!((code, &answer["due"]), (Some(0), &Value::Null));
    assert_eq!(
        (&answer["held"]["left"], &answer["held"]["unit"]),
        (&5.into(), &"working_days".into())
    );
}
