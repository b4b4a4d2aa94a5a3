//! 화면 시험 — every template with every sample in every language, strictly; some of them as text.

use web::{
    lang,
    render::{Pages, TEMPLATES},
    view::{Frame, Message, Notice, Tone, gallery},
};

#[test]
fn every_page_draws_with_every_sample_in_every_language() {
    let pages = Pages::new().expect("templates and translations are sound");
    let mut broken = Vec::new();
    for sample in gallery() {
        for lang in lang::all() {
            let mut frame = Frame::sample(lang, sample.face);
            for who in [None, Some("010-****-1234".to_owned())] {
                frame.notice = who.is_some().then(|| Notice {
                    tone: Tone::Success,
                    message: Message::new("error-encoding"),
                });
                frame.who = who;
                match pages.draw_value(&frame, sample.template, &sample.view) {
                    Ok(html) => check(&html, sample.template, &mut broken),
                    Err(error) => {
                        broken.push(format!("{} / {} / {lang}: {error}", sample.template, sample.name))
                    }
                }
            }
        }
    }
    broken.dedup();
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn every_page_template_has_a_sample() {
    let drawn: Vec<_> = gallery().into_iter().map(|s| s.template).collect();
    let pages = TEMPLATES
        .iter()
        .filter(|(_, text)| text.contains("{% extends") && !text.contains("{# not a page #}"));
    let missing: Vec<_> = pages
        .map(|(name, _)| *name)
        .filter(|name| !drawn.contains(name))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// What must hold on every page: no inline script or style (the content policy would drop it), a token in every form
/// that posts, no id twice.
fn check(html: &str, template: &str, broken: &mut Vec<String>) {
    for bad in [
        " style=",
        "<style",
        " onclick=",
        "javascript:",
        "<script>",
        "http://",
        "undefined",
    ] {
        if html.replace("http://www.w3.org", "").contains(bad) {
            broken.push(format!("{template}: {bad}"));
        }
    }
    for form in html.split("<form").skip(1) {
        let form = form.split("</form>").next().unwrap_or_default();
        if form.contains("method=\"post\"") && !form.contains("name=\"csrf\"") {
            broken.push(format!("{template}: a form posts without a token"));
        }
    }
    let mut ids: Vec<_> = html
        .split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    ids.sort_unstable();
    if let Some(pair) = ids.windows(2).find(|pair| pair[0] == pair[1]) {
        broken.push(format!("{template}: id {} stands twice", pair[0]));
    }
    // A line that a page asks for is no page.
    if html.contains("<html") && html.matches("<h1").count() != 1 {
        broken.push(format!("{template}: {} h1", html.matches("<h1").count()));
    }
}

/// The words of a page, one line per piece, as a reader meets them.
fn words(html: &str) -> String {
    let body = html.split_once("<main").map_or(html, |(_, rest)| rest);
    let body = body.split("</main>").next().unwrap_or_default();
    let mut out = String::new();
    for piece in body
        .split('<')
        .skip(1)
        .filter_map(|rest| rest.split_once('>').map(|(_, text)| text))
    {
        let text = piece.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            out.push_str(&text);
            out.push('\n');
        }
    }
    out
}

#[test]
fn what_citizens_read() {
    let pages = Pages::new().expect("pages");
    for (template, name) in [
        ("citizen/home.html", "a stranger"),
        ("citizen/content.html", "wrong"),
        ("citizen/filed.html", "full"),
        ("citizen/petition.html", "answered"),
        ("citizen/due_day.html", "six days"),
        ("error.html", "503"),
    ] {
        let sample = gallery()
            .into_iter()
            .find(|s| s.template == template && s.name == name)
            .expect("a sample");
        for lang in lang::all() {
            let html = pages
                .draw_value(&Frame::sample(lang, sample.face), template, &sample.view)
                .expect("draws");
            let snapshot = format!("{}-{lang}", template.trim_end_matches(".html").replace('/', "-"));
            insta::assert_snapshot!(snapshot, words(&html));
        }
    }
}

#[test]
fn what_people_wrote_is_never_markup() {
    let pages = Pages::new().expect("pages");
    let sample = gallery()
        .into_iter()
        .find(|s| s.template == "citizen/content.html" && s.name == "filled")
        .expect("a sample");
    let html = pages
        .draw_value(&Frame::sample("ko", sample.face), sample.template, &sample.view)
        .expect("draws");
    assert!(html.contains("&lt;빨리&gt;") && !html.contains("<빨리>"));
    assert!(html.contains("&lt;1&gt;.jpg") && !html.contains("<1>.jpg"));
}
