//! 문서 이야기 — each paper is printed, read back and held against what it must say.

mod samples;

use documents::parts::Seal;
use documents::press::{Lang, NotPrinted, Press, Printed};
use documents::registers::Register;
use domain::papers::{Part, Sheet, table::FORMS};
use lopdf::{Document, Object};
use std::sync::LazyLock;

static PRESS: LazyLock<Press> = LazyLock::new(press);

fn press() -> Press {
    Press::new(samples::fonts())
}

/// The text of a PDF in reading order, white space evened out, lines kept.
fn words(printed: &Printed) -> String {
    let document = Document::load_mem(&printed.pdf).unwrap();
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    document.extract_text(&pages).unwrap()
}

/// The same without any white space: for finding phrases that may break over lines.
fn run(printed: &Printed) -> String {
    words(printed)
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{200b}')
        .collect()
}

fn pages(printed: &Printed) -> usize {
    Document::load_mem(&printed.pdf).unwrap().get_pages().len()
}

/// Each kind of structure element and how often it occurs: `H1 1, LI 9, …`.
fn structure(printed: &Printed) -> String {
    let document = Document::load_mem(&printed.pdf).unwrap();
    let mut kinds = std::collections::BTreeMap::<String, usize>::new();
    for object in document.objects.values() {
        let Ok(dict) = object.as_dict() else { continue };
        if dict.has(b"P")
            && let Ok(Object::Name(kind)) = dict.get(b"S")
        {
            *kinds
                .entry(String::from_utf8_lossy(kind).into_owned())
                .or_default() += 1;
        }
    }
    kinds
        .iter()
        .map(|(kind, n)| format!("{kind} {n}"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// How often a kind of structure element occurs.
fn tags(printed: &Printed, kind: &str) -> usize {
    let all = structure(printed);
    let found = all
        .split(", ")
        .find_map(|one| one.strip_prefix(&format!("{kind} ")));
    found.map_or(0, |n| n.parse().unwrap())
}

/// Every paper of the table by its code, and what else there is a sample of.
fn every_paper(lang: Lang) -> Vec<(&'static str, Result<Printed, NotPrinted>)> {
    let register = |register| samples::pages_of(register, 3).print(&PRESS, lang);
    vec![
        ("receipt", samples::receipt().print(&PRESS, lang)),
        (
            "filing_confirmation",
            samples::filing_confirmation().print(&PRESS, lang),
        ),
        ("answered", samples::answered().print(&PRESS, lang)),
        ("result_notice", samples::refused().print(&PRESS, lang)),
        ("extension_notice", samples::extension().print(&PRESS, lang)),
        (
            "objection_extension",
            samples::objection_extension().print(&PRESS, lang),
        ),
        ("supplement_request", samples::supplement().print(&PRESS, lang)),
        ("progress_notice", samples::progress().print(&PRESS, lang)),
        ("reminder", samples::reminder().print(&PRESS, lang)),
        ("advance_notice", samples::advance_notice().print(&PRESS, lang)),
        ("authorization", samples::authorization().print(&PRESS, lang)),
        (
            "authorization_blank",
            samples::authorization_blank().print(&PRESS, lang),
        ),
        (
            "preliminary_request",
            samples::preliminary_request().print(&PRESS, lang),
        ),
        (
            "preliminary_result",
            samples::preliminary_result().print(&PRESS, lang),
        ),
        ("objection", samples::objection().print(&PRESS, lang)),
        ("register", register(Register::Petitions)),
        ("preliminary_register", register(Register::PreliminaryReviews)),
        ("objection_register", register(Register::Objections)),
        ("dispatch_register", register(Register::Dispatch)),
        ("destruction_register", register(Register::Destruction)),
        ("disposal_list", register(Register::Disposal)),
        (
            "erasure_certificate",
            samples::erasure_certificate().print(&PRESS, lang),
        ),
        ("proceeding", samples::proceeding().print(&PRESS, lang)),
    ]
}

#[test]
fn every_paper_says_what_it_must() {
    for lang in [Lang::Ko, Lang::En] {
        for (name, printed) in every_paper(lang) {
            let printed = printed.unwrap();
            assert!(printed.missing.is_empty(), "{name}: {:?}", printed.missing);
            let shown = format!("{}\n---\n{}", words(&printed).trim(), structure(&printed));
            insta::assert_snapshot!(format!("{name}_{lang:?}").to_lowercase(), shown);
        }
    }
}

/// The table of forms and the papers say the same: every field of the table is printed, in its order, and no row, item or
/// column stands on a paper that the table does not know.
#[test]
fn every_paper_prints_the_fields_of_its_form_and_no_others() {
    for lang in [Lang::Ko, Lang::En] {
        let papers = every_paper(lang);
        for form in FORMS {
            let (_, printed) = papers
                .iter()
                .find(|(code, _)| *code == form.code)
                .unwrap_or_else(|| panic!("no sample of {}", form.code));
            let printed = printed.as_ref().unwrap();
            let seen = run(printed);
            let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let label = |n: usize| {
                bare(if lang == Lang::Ko {
                    form.fields[n].ko
                } else {
                    form.fields[n].en
                })
            };
            let title = bare(form.title[usize::from(lang == Lang::En)]);
            let spoken = ["extension_notice", "result_notice"].contains(&form.code);
            assert!(
                spoken || seen.contains(&title),
                "{}: no title in\n{seen}",
                form.code
            );
            let mut rest = seen.as_str();
            for (n, field) in form.fields.iter().enumerate() {
                let shown = match field.part {
                    Part::Item => format!("{}:", label(n)),
                    _ => label(n),
                };
                let at = rest.find(&shown);
                let at = at.unwrap_or_else(|| {
                    panic!("{} lacks {shown} after its fields before:\n{seen}", form.code)
                });
                rest = &rest[at + shown.len()..];
            }
            let count = |part: fn(Part) -> bool| form.fields.iter().filter(|f| part(f.part)).count();
            let heads = match form.sheet {
                Sheet::Page => count(|part| matches!(part, Part::Row | Part::Box(_))),
                Sheet::Register => count(|part| matches!(part, Part::Column(_))),
                Sheet::Letter => 0,
            };
            assert_eq!(tags(printed, "TH"), heads, "{}: header cells", form.code);
            if form.sheet == Sheet::Letter {
                // The items with a label are the first list of lettered items; the numbered ones stand around it.
                let lettered = count(|part| part == Part::Item);
                assert!(tags(printed, "LI") >= lettered, "{}: items", form.code);
            }
        }
    }
}

#[test]
fn a_register_runs_over_pages_with_its_head_on_each() {
    let printed = samples::pages_of(Register::Petitions, 120)
        .print(&PRESS, Lang::Ko)
        .unwrap();
    assert!(pages(&printed) > 3, "{}", pages(&printed));
    let seen = run(&printed);
    assert!(
        seen.contains("모두120건") && seen.contains("결과통지120"),
        "{seen}"
    );
    let empty = samples::pages_of(Register::Petitions, 0)
        .print(&PRESS, Lang::Ko)
        .unwrap();
    assert!(run(&empty).contains("이기간에는기록이없습니다."));
    let csv = String::from_utf8(samples::pages_of(Register::Petitions, 2).csv(Lang::Ko)).unwrap();
    assert!(csv.starts_with("\u{feff}접수번호,접수일시,민원명,"), "{csv}");
    assert_eq!(csv.matches("\r\n").count(), 3);
}

#[test]
fn every_paper_is_tagged_and_names_language_title_and_standards() {
    for (lang, code) in [(Lang::Ko, "ko-KR"), (Lang::En, "en-GB")] {
        for (name, printed) in every_paper(lang) {
            let printed = printed.unwrap();
            let document = Document::load_mem(&printed.pdf).unwrap();
            let catalog = document.catalog().unwrap();
            assert!(catalog.has(b"StructTreeRoot"), "{name}");
            let marked = document
                .dereference(catalog.get(b"MarkInfo").unwrap())
                .unwrap()
                .1
                .as_dict()
                .unwrap();
            assert!(marked.get(b"Marked").unwrap().as_bool().unwrap(), "{name}");
            assert_eq!(
                catalog.get(b"Lang").unwrap().as_str().unwrap(),
                code.as_bytes(),
                "{name}"
            );
            let metadata = catalog.get(b"Metadata").unwrap().as_reference().unwrap();
            let metadata = document
                .get_object(metadata)
                .unwrap()
                .as_stream()
                .unwrap()
                .content
                .clone();
            let metadata = String::from_utf8(metadata).unwrap();
            for part in [
                "<pdfuaid:part>1<",
                "<pdfaid:part>2<",
                "<pdfaid:conformance>A<",
                "<dc:title>",
                "2026-07-",
            ] {
                assert!(metadata.contains(part), "{name} lacks {part}");
            }
        }
    }
}

#[test]
fn the_same_facts_give_the_same_bytes_on_any_press() {
    let other = press();
    let one = samples::answered().print(&PRESS, Lang::Ko).unwrap();
    assert_eq!(one, samples::answered().print(&other, Lang::Ko).unwrap());
    assert_eq!(one, samples::answered().print(&PRESS, Lang::Ko).unwrap());
}

#[test]
fn a_receipt_for_several_goes_to_their_representative() {
    let alone = {
        let mut paper = samples::receipt();
        paper.others = 0;
        paper
    };
    assert!(run(&samples::receipt().print(&PRESS, Lang::Ko).unwrap()).contains("金䄷鎬외11명(대표자)"));
    assert!(!run(&alone.print(&PRESS, Lang::Ko).unwrap()).contains("대표자"));
}

#[test]
fn a_letter_ends_once() {
    for paper in [samples::answered(), samples::refused()] {
        assert_eq!(
            run(&paper.print(&PRESS, Lang::Ko).unwrap())
                .matches("끝.")
                .count(),
            1
        );
    }
    let mut empty = samples::refused();
    empty.text = String::new();
    empty.outcome = documents::result_notice::Outcome::Answered;
    assert_eq!(
        run(&empty.print(&PRESS, Lang::Ko).unwrap())
            .matches("끝.")
            .count(),
        1
    );
}

#[test]
fn a_refusal_names_reasons_and_redress_after_the_drafted_items() {
    let seen = run(&samples::refused().print(&PRESS, Lang::Ko).unwrap());
    for phrase in [
        "3.거부이유가.점용하려는",
        "4.구제절차가.이의신청:",
        "받은날부터60일이내에한빛특별시장에게",
        "나.행정심판:",
        "다.행정소송:",
    ] {
        assert!(seen.contains(phrase), "{phrase}\n{seen}");
    }
}

#[test]
fn hostile_text_is_printed_as_text() {
    for (name, text, seen) in [
        (
            "typst markup",
            "#let x = 1; #panic(\"no\") $ a^2 $ *굵게* _기울임_ `code` = 제목 <label> @ref // 주석",
            "#letx=1;#panic(\"no\")$a^2$*굵게*_기울임_`code`=제목<label>@ref//주석",
        ),
        (
            "import",
            "#import \"@preview/x:1.0.0\"; #read(\"/etc/passwd\")",
            "#import\"@preview/x:1.0.0\";#read(\"/etc/passwd\")",
        ),
        ("json", "\"}, {\"label\": \\u0000", "\"},{\"label\":\\u0000"),
        (
            "html",
            "<script>alert(1)</script>&amp;",
            "<script>alert(1)</script>&amp;",
        ),
        ("a very long word", &"x".repeat(500), &"x".repeat(500)),
        ("direction marks", "abc\u{202e}def\u{200f}", "abcdef"),
        ("controls", "가\u{0}나\u{7}다\u{feff}", "가나다"),
        ("separate jamo", "\u{1112}\u{1161}\u{11ab}글", "한글"),
        ("spaces only", "   ", ""),
        ("nothing", "", ""),
    ] {
        let mut notice = samples::answered();
        notice.subject = format!("제목 {text}");
        notice.text = format!("1. {text}\n{text}\n가. {text}");
        notice.letter.to = text.to_owned();
        notice.letter.attachments = vec![text.to_owned()];
        let printed = notice
            .print(&PRESS, Lang::Ko)
            .unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!(run(&printed).contains(seen), "{name}: {}", run(&printed));
        let mut receipt = samples::receipt();
        receipt.applicant = text.to_owned();
        receipt.service = text.to_owned();
        receipt
            .print(&PRESS, Lang::En)
            .unwrap_or_else(|e| panic!("{name}: {e}"));
    }
}

#[test]
fn what_no_font_has_is_marked_and_reported() {
    let mut receipt = samples::receipt();
    receipt.applicant = "홍길동 😀 سلام \u{e000} 䄷".into();
    let printed = receipt.print(&PRESS, Lang::Ko).unwrap();
    assert_eq!(
        printed.missing,
        ['س', 'ل', 'ا', 'م', '\u{e000}', '😀']
            .into_iter()
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect::<Vec<_>>()
    );
    let seen = run(&printed);
    assert!(seen.contains("홍길동〓〓〓〓〓〓䄷"), "{seen}");
    assert!(seen.contains("U+1F600"), "{seen}");
}

#[test]
fn long_texts_run_over_several_pages() {
    let mut notice = samples::answered();
    notice.subject = "아주 긴 제목입니다. ".repeat(500);
    notice.text = (1..=99)
        .map(|n| format!("{n}. {}\n가. 세부\n", "긴 답변입니다. ".repeat(20)))
        .collect();
    let printed = notice.print(&PRESS, Lang::Ko).unwrap();
    assert!((12..18).contains(&pages(&printed)), "{}", pages(&printed));
    let seen = run(&printed);
    assert!(
        seen.starts_with("한빛특별시수신김철수"),
        "the subject begins on the first page"
    );
    assert!(
        seen.split_once("-1-")
            .is_some_and(|(first, _)| first.contains("제목아주긴제목입니다."))
    );
    assert!(
        seen.contains("99.긴답변입니다.") && seen.contains("-2-") && seen.contains("시민봉사담당관-16175")
    );
}

#[test]
fn a_seal_that_is_no_picture_is_the_machines_fault() {
    let mut receipt = samples::receipt();
    receipt.seal = Seal::Printed(b"not a picture".to_vec());
    assert!(matches!(
        receipt.print(&PRESS, Lang::Ko),
        Err(NotPrinted::Setting { paper: "receipt", .. })
    ));
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="red"/></svg>"#;
    assert!(!receipt.seal.prints(&PRESS));
    receipt.seal = Seal::Printed(svg.to_vec());
    assert!(receipt.seal.prints(&PRESS) && Seal::Omitted.prints(&PRESS));
    receipt.print(&PRESS, Lang::Ko).unwrap();
}

#[test]
fn a_statement_beyond_a_qr_code_is_refused() {
    let mut receipt = samples::receipt();
    receipt.attestation.as_mut().unwrap().statement = "x".repeat(3_000);
    assert!(matches!(
        receipt.print(&PRESS, Lang::Ko),
        Err(NotPrinted::Statement { .. })
    ));
}

#[test]
fn an_agency_lays_its_own_sheet() {
    let own = "#set document(title: \"t\")\n#set text(font: json(\"/facts.json\").fonts, lang: \"ko\")\n= 우리 기관 서식";
    let own_press = press().with_sheet("receipt", own.to_owned()).unwrap();
    assert!(run(&samples::receipt().print(&own_press, Lang::Ko).unwrap()).contains("우리기관서식"));
    assert!(matches!(
        press().with_sheet("none", String::new()),
        Err(NotPrinted::NoSheet("none"))
    ));
    let spy = "#set document(title: \"t\")\n#read(\"/etc/passwd\")".to_owned();
    let own_press = press().with_sheet("receipt", spy).unwrap();
    assert!(samples::receipt().print(&own_press, Lang::Ko).is_err());
}

#[test]
fn every_value_of_a_paper_has_a_name_that_templates_may_use() {
    use documents::hwpx::names::names;
    for (code, values) in samples::every_value() {
        let form = domain::papers::Form::of(code).unwrap();
        assert!(
            values.names().is_subset(&names(form)),
            "{code}: {:?}",
            values.names()
        );
        // On the confirmation of filing empty rows are left out.
        if code != "filing_confirmation" {
            assert_eq!(values.names(), names(form), "{code}");
        }
    }
}
