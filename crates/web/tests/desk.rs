//! 공무원 화면 시험 — what handlers and officials rely on: the fields each act posts, overdue told by word, sign and colour.

use serde_json::Value;
use web::{
    render::Pages,
    view::{Face, Frame, View, desk::act::ActPage, desk::case::Case, desk::list::WorkList, gallery},
};

/// The forms of a page that post to `address`, as text.
fn forms<'a>(html: &'a str, address: &str) -> Vec<&'a str> {
    html.split("<form")
        .skip(1)
        .filter_map(|rest| rest.split("</form>").next())
        .filter(|form| {
            form.split('>').next().is_some_and(|tag| {
                tag.replace("&#x2f;", "/")
                    .contains(&format!("action=\"{address}\""))
            })
        })
        .collect()
}

fn draw<V: View>(name: &str) -> String {
    let pages = Pages::new().expect("pages");
    let view = V::samples()
        .into_iter()
        .find(|(n, _)| *n == name)
        .expect("a sample")
        .1;
    pages
        .draw(&Frame::sample("ko", Face::Desk), &view)
        .expect("a page")
}

#[test]
fn each_act_posts_the_fields_its_handler_reads() {
    let table: &[(&str, &str, &[&str])] = &[
        ("receive", "receive", &["kind"]),
        (
            "receive, period unknown",
            "receive",
            &["kind", "period_n", "period_unit"],
        ),
        (
            "reclassify",
            "reclassify",
            &["service", "kind", "period_n", "period_unit", "reason"],
        ),
        ("distribute", "distribute", &["unit"]),
        ("send back", "send_back", &["reason"]),
        ("unit receives", "unit_receive", &[]),
        ("designate", "designate", &["handler"]),
        (
            "ask a supplement",
            "ask_supplement",
            &["document-1", "document-2", "what", "until"],
        ),
        ("prolong", "prolong_supplement", &["until"]),
        ("supplement", "supplement", &["note", "files"]),
        ("hold", "hold", &["ground", "note"]),
        ("resume", "resume", &[]),
        ("extend", "extend", &["n", "ground", "reason"]),
        (
            "draft",
            "draft",
            &[
                "outcome", "body", "reasons", "remedies", "openness", "do", "insert",
            ],
        ),
        (
            "answer at once",
            "answer_at_once",
            &["outcome", "body", "openness", "do", "insert"],
        ),
        (
            "send up",
            "send_up",
            &["mark-1", "signer-1", "mark-4", "signer-4", "do"],
        ),
        ("sign", "sign", &["comment"]),
        ("turn back", "turn_back", &["reason"]),
        ("recall", "recall", &[]),
        ("answer", "answer", &[]),
        ("transfer", "transfer", &["agency", "reason"]),
        ("withdraw", "withdraw", &["reason"]),
    ];
    for (sample, deed, fields) in table {
        let html = draw::<ActPage>(sample);
        let forms = forms(&html, &format!("/desk/cases/20260914-7K3F2-QD2XA/acts/{deed}"));
        assert_eq!(forms.len(), 1, "{sample}");
        for field in ["csrf", "key", "seq"].iter().chain(*fields) {
            assert!(
                forms[0].contains(&format!("name=\"{field}\"")),
                "{sample}: {field}"
            );
        }
    }
}

#[test]
fn what_is_overdue_is_told_by_word_sign_and_colour() {
    let html = draw::<WorkList>("ordinary");
    let row = html
        .split("<tr class=\"is-late\">")
        .nth(1)
        .expect("an overdue row");
    let cell = row.split("class=\"c-left\"").nth(1).expect("what is left");
    let cell = cell.split("</td>").next().expect("a cell");
    assert!(
        cell.contains("기한 경과 1근무시간 15분") && cell.contains("<svg") && cell.contains("left late"),
        "{cell}"
    );
}

#[test]
fn a_title_without_end_is_shortened_in_lists_and_whole_on_the_case() {
    let words = |html: &str| html.matches("가로수 뿌리가").count();
    assert!(words(&draw::<WorkList>("ordinary")) < 10);
    assert!(words(&draw::<Case>("distributed, endless title")) > 80);
}

#[test]
fn no_act_and_no_search_goes_by_get() {
    let pages = Pages::new().expect("pages");
    for sample in gallery().into_iter().filter(|s| s.template.starts_with("desk/")) {
        let html = pages
            .draw_value(&Frame::sample("ko", Face::Desk), sample.template, &sample.view)
            .expect("a page");
        for form in html.split("<form").skip(1) {
            let tag = form.split('>').next().unwrap_or_default().replace("&#x2f;", "/");
            // Filters of disposals are a step, a year, an opinion: codes, and nothing of anybody.
            let of_codes = ["action=\"/language\"", "action=\"/desk/disposals"];
            assert!(
                tag.contains("method=\"post\"") || of_codes.iter().any(|action| tag.contains(action)),
                "{}: {tag}",
                sample.name
            );
        }
    }
}

#[test]
fn every_reason_why_not_stands_with_its_clause() {
    let html = draw::<Case>("in handling");
    let list = html
        .split("지금 할 수 없는 까닭")
        .nth(1)
        .expect("the list")
        .split("</details>")
        .next()
        .expect("its end");
    let samples = Case::samples();
    let view = serde_json::to_value(&samples[0].1).expect("a view");
    for not_now in view["not_now"].as_array().expect("a list") {
        let Value::String(clause) = &not_now["clause"] else {
            panic!("a clause")
        };
        assert!(list.contains(clause.as_str()), "{clause}");
    }
}
