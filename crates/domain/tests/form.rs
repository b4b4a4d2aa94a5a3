//! 서식 — what is asked, what is wrong with an answer, and what is said of it again.

use domain::form::check::{Why, check};
use domain::form::show::{Tongue, parts, summary};
use domain::form::{Answers, Form, Record};
use jiff::civil::{Date, date};
use proptest::prelude::*;

const TODAY: Date = date(2026, 6, 15);

const FORM: &str = r#"
code = "all"
version = 3
name = { ko = "모든 칸", en = "All fields" }
services = ["G001"]
basis = "법"
basis_sure = true
summary = { title = "신고: {kind} ({where})", body = "{text}", place = "{where} {pole}" }

[[sections]]
name = { ko = "첫째", en = "First" }
fields = [
  { name = "kind", type = "choice", label = { ko = "종류", en = "Kind" }, required = true, options = [{ value = "off", ko = "꺼짐", en = "Off" }, { value = "other", ko = "기타", en = "Other" }] },
  { name = "line", type = "line", label = { ko = "한 줄", en = "Line" }, required = true, max = 5, when = { field = "kind", is = ["other"] } },
  { name = "deep", type = "choices", label = { ko = "여럿", en = "Several" }, options = [{ value = "a", ko = "가", en = "A" }, { value = "b", ko = "나", en = "B" }], when = { field = "kind", is = ["other"] } },
  { name = "deeper", type = "line", label = { ko = "더", en = "More" }, required = true, when = { field = "deep", is = ["b"] } },
  { name = "text", type = "text", label = { ko = "글", en = "Text" }, max = 10 },
  { name = "where", type = "line", label = { ko = "곳", en = "Where" } },
  { name = "pole", type = "line", label = { ko = "번호", en = "Pole" } },
]

[[sections]]
name = { ko = "둘째", en = "Second" }
fields = [
  { name = "n", type = "number", label = { ko = "수", en = "N" }, unit = { ko = "m", en = "m" }, min = 0, max = 100, decimals = 1 },
  { name = "won", type = "money", label = { ko = "돈", en = "Money" } },
  { name = "past", type = "date", label = { ko = "지난 날", en = "Past" }, side = "past" },
  { name = "future", type = "date", label = { ko = "올 날", en = "Future" }, side = "future" },
  { name = "phone", type = "phone", label = { ko = "전화", en = "Phone" }, basis = "영" },
  { name = "mail", type = "mail", label = { ko = "전자우편", en = "Mail" }, basis = "영" },
  { name = "biz", type = "business", label = { ko = "사업자", en = "Business" } },
  { name = "corp", type = "corporation", label = { ko = "법인", en = "Corporation" } },
  { name = "yes", type = "agree", label = { ko = "동의", en = "Agree" } },
  { name = "who", type = "line", label = { ko = "이름", en = "Name" }, personal = true, basis = "영" },
  { name = "home", type = "address", label = { ko = "주소", en = "Address" } },
  { name = "paper", type = "file", label = { ko = "서류", en = "Paper" }, required = true, document = "서류", when = { field = "kind", is = ["off"] } },
]
"#;

fn form() -> Form {
    let form: Form = toml::from_str(FORM).expect("a form");
    assert_eq!(form.problems(), []);
    form
}

fn answers(pairs: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    for (field, value) in pairs {
        answers
            .0
            .entry(field.parse().unwrap())
            .or_default()
            .push((*value).to_owned());
    }
    answers
}

fn faults(pairs: &[(&str, &str)]) -> Vec<(String, Why, i64)> {
    (check(&form(), &answers(pairs), TODAY).into_iter())
        .map(|fault| (fault.field.to_string(), fault.why, fault.limit))
        .collect()
}

#[test]
fn every_type_of_field_says_what_is_wrong() {
    assert_eq!(faults(&[]), [("kind".to_owned(), Why::NotChosen, 0)]);
    assert_eq!(
        faults(&[("kind", "other")]),
        [("line".to_owned(), Why::Required, 0)]
    );
    for (field, value, why, limit) in [
        ("kind", "on", Why::NotAChoice, 0),
        ("text", "가나다라마바사아자차카", Why::TooLong, 10),
        ("where", "두\n줄", Why::NotALine, 0),
        ("n", "열", Why::NotANumber, 0),
        ("n", "1.", Why::NotANumber, 0),
        ("n", "1.25", Why::TooFine, 1),
        ("n", "-0.1", Why::TooSmall, 0),
        ("n", "100.1", Why::TooGreat, 100),
        ("won", "1.5", Why::TooFine, 0),
        ("won", "-1", Why::TooSmall, 0),
        ("past", "2026-02-30", Why::NotADate, 0),
        ("past", "2026-06-16", Why::InFuture, 0),
        ("future", "2026-06-14", Why::InPast, 0),
        ("phone", "123", Why::NotAPhone, 0),
        ("phone", "010-12a4-5678", Why::NotAPhone, 0),
        ("mail", "a@b", Why::NotAMail, 0),
        ("mail", "a b@c.kr", Why::NotAMail, 0),
        ("biz", "123-45-67890", Why::NotABusiness, 0),
        ("corp", "110111-123456", Why::NotACorporation, 0),
        ("yes", "no", Why::NotAChoice, 0),
        ("other", "x", Why::Unknown, 0),
    ] {
        let mut pairs = vec![(field, value)];
        if field != "kind" {
            pairs.push(("kind", "off"));
        }
        assert_eq!(
            faults(&pairs),
            [(field.to_owned(), why, limit)],
            "{field} = {value}"
        );
    }
}

#[test]
fn what_is_right_is_taken_as_people_write_it() {
    let sound = [
        ("kind", "other"),
        ("line", "다섯글자요"),
        ("deep", "a"),
        ("deep", "b"),
        ("deeper", "x"),
        ("text", " 글\n글 "),
        ("n", "99.9"),
        ("won", "1,234,000"),
        ("past", "2026-06-15"),
        ("future", "2026-06-15"),
        ("phone", "02-000-1010"),
        ("mail", "a@b.kr"),
        ("biz", "1234567891"),
        ("corp", "1101111234567"),
        ("yes", "yes"),
    ];
    assert_eq!(faults(&sound), []);
    for phone in ["01012345678", "+82-10-1234-5678", "1588-1234", "(031) 123-4567"] {
        assert_eq!(faults(&[("kind", "off"), ("phone", phone)]), [], "{phone}");
    }
    assert_eq!(
        faults(&[("kind", "off"), ("where", "가"), ("where", "나")]).len(),
        1,
        "one line has one answer"
    );
}

#[test]
fn a_question_whose_condition_does_not_hold_is_not_asked() {
    let hidden = answers(&[
        ("kind", "off"),
        ("line", "너무너무 긴 답"),
        ("deep", "b"),
        ("deeper", ""),
    ]);
    assert_eq!(check(&form(), &hidden, TODAY), []);
    let kept: Vec<String> = form()
        .record(&hidden)
        .answers
        .0
        .keys()
        .map(ToString::to_string)
        .collect();
    assert_eq!(kept, ["kind"]);
    let shown = parts(&form(), &hidden, Tongue::Ko);
    assert_eq!(shown.len(), 1);
    assert_eq!(shown[0].rows, [("종류".to_owned(), "꺼짐".to_owned())]);
}

#[test]
fn documents_that_are_missing_are_named_and_never_in_the_way() {
    let (form, off) = (form(), answers(&[("kind", "off")]));
    assert_eq!(check(&form, &off, TODAY), []);
    let missing = |answers: &Answers, slots: &[&str]| {
        let slots: Vec<_> = slots.iter().map(|slot| slot.parse().unwrap()).collect();
        form.missing_documents(answers, &slots).len()
    };
    assert_eq!(missing(&off, &[]), 1);
    assert_eq!(missing(&off, &["paper"]), 0);
    assert_eq!(missing(&answers(&[("kind", "other")]), &[]), 0, "not asked for");
}

#[test]
fn answers_are_said_again_in_words() {
    let all = answers(&[
        ("kind", "other"),
        ("deep", "a"),
        ("deep", "b"),
        ("n", "1234.5"),
        ("won", "1234000"),
        ("past", "2026-06-01"),
        ("phone", "01012345678"),
        ("biz", "1234567891"),
        ("corp", "1101111234567"),
        ("yes", "yes"),
    ]);
    let rows = |tongue| {
        let parts = parts(&form(), &all, tongue);
        parts
            .into_iter()
            .flat_map(|part| part.rows)
            .map(|(_, answer)| answer)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        rows(Tongue::Ko),
        [
            "기타",
            "가, 나",
            "1,234.5 m",
            "1,234,000원",
            "2026. 6. 1.",
            "010-1234-5678",
            "123-45-67891",
            "110111-1234567",
            "동의합니다"
        ]
    );
    assert_eq!(rows(Tongue::En)[3..5], ["1,234,000 won", "1 June 2026"]);
    let (title, body, place) = summary(
        &form(),
        &answers(&[("kind", "off"), ("where", "가상대로 1"), ("text", " 두\n  줄")]),
    );
    assert_eq!(
        (title.as_str(), place.as_str()),
        ("신고: 꺼짐 (가상대로 1)", "가상대로 1")
    );
    assert_eq!(body, "두\n  줄", "what a citizen wrote stays as it is");
    assert_eq!(summary(&form(), &answers(&[("kind", "off")])).0, "신고: 꺼짐");
    assert_eq!(summary(&form(), &answers(&[])).0, "신고");
}

fn any_answers() -> impl Strategy<Value = Answers> {
    let names = prop::sample::select(vec![
        "kind", "line", "deep", "deeper", "text", "where", "pole", "n", "won", "past", "phone", "biz", "who",
        "home", "yes",
    ]);
    let values = prop_oneof![
        prop::sample::select(vec![
            "off",
            "other",
            "a",
            "b",
            "yes",
            "2026-06-01",
            "-1,000.50",
            "{where}",
            ""
        ])
        .prop_map(str::to_owned),
        "\\PC{0,12}",
    ];
    prop::collection::btree_map(
        names.prop_map(|name| name.parse().unwrap()),
        prop::collection::vec(values, 1..3),
        0..12,
    )
    .prop_map(Answers)
}

proptest! {
    /// Whatever comes in is judged, said again and sealed without a stumble, and sealing twice changes nothing.
    #[test]
    fn sealed_answers_are_a_fixed_point(answers in any_answers()) {
        let form = form();
        let _ = (check(&form, &answers, TODAY), summary(&form, &answers), parts(&form, &answers, Tongue::En));
        let record = form.record(&answers);
        let json = serde_json::to_string(&record).unwrap();
        let back: Record = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&back, &record);
        prop_assert_eq!(form.record(&record.answers), record);
    }

    /// Sound answers stay sound when only what is asked is kept.
    #[test]
    fn what_is_not_asked_is_nothing_lost(answers in any_answers()) {
        let form = form();
        if check(&form, &answers, TODAY).is_empty() {
            prop_assert_eq!(check(&form, &form.record(&answers).answers, TODAY), []);
        }
    }

    /// No name, contact, number or address is ever among what is searched.
    #[test]
    fn only_free_text_about_the_matter_is_searched(secret in "[가-힣]{9}") {
        let form = form();
        let mut answers = answers(&[("kind", "off"), ("text", "찾을 말")]);
        for field in ["who", "home", "phone", "mail", "biz", "corp"] {
            answers.set(field.parse().unwrap(), &secret);
        }
        let searched = Record::searched(&serde_json::to_string(&form.record(&answers)).unwrap());
        prop_assert!(!searched.contains(&secret));
        prop_assert_eq!(searched, "찾을 말");
    }

    #[test]
    fn a_sealed_text_that_is_no_record_is_not_searched(text in "\\PC{0,40}") {
        let _ = Record::searched(&text);
    }
}
