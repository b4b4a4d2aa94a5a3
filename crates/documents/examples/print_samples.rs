//! 견본 인쇄 — prints every sample paper into a folder and says how long each took: `cargo run -p documents --example
//! print_samples -- FOLDER`.

#[path = "../tests/papers/samples.rs"]
mod samples;

use documents::press::{Lang, NotPrinted, Press, Printed};
use documents::registers::Register;
use std::path::PathBuf;
use std::time::Duration;

#[expect(clippy::disallowed_methods, reason = "this program measures")]
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = std::time::Instant::now();
    let done = work();
    (done, start.elapsed())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("a folder is expected")?);
    std::fs::create_dir_all(&folder)?;
    let (fonts, reading) = timed(samples::fonts);
    println!("fonts read and checked: {reading:?}");
    let (press, making) = timed(|| Press::new(fonts));
    println!("press made: {making:?}");
    type Print = fn(&Press, Lang, u32) -> Result<Printed, NotPrinted>;
    let papers: [(&str, Print); 19] = [
        ("receipt", |press, lang, n| {
            let mut paper = samples::receipt();
            paper.others += n;
            paper.print(press, lang)
        }),
        ("filing_confirmation", |press, lang, n| {
            let mut paper = samples::filing_confirmation();
            paper.filing_number = format!("S2026-{n}");
            paper.print(press, lang)
        }),
        ("answered", |press, lang, n| {
            let mut paper = samples::answered();
            paper.letter.number = format!("시민봉사담당관-{}", 16175 + n);
            paper.print(press, lang)
        }),
        ("refused", |press, lang, n| {
            let mut paper = samples::refused();
            paper.letter.number = format!("시민봉사담당관-{}", 16175 + n);
            paper.print(press, lang)
        }),
        ("extension", |press, lang, _| {
            samples::extension().print(press, lang)
        }),
        ("supplement", |press, lang, _| {
            samples::supplement().print(press, lang)
        }),
        ("objection_extension", |press, lang, _| {
            samples::objection_extension().print(press, lang)
        }),
        ("progress", |press, lang, _| {
            samples::progress().print(press, lang)
        }),
        ("reminder", |press, lang, _| {
            samples::reminder().print(press, lang)
        }),
        ("advance_notice", |press, lang, _| {
            samples::advance_notice().print(press, lang)
        }),
        ("authorization", |press, lang, _| {
            samples::authorization().print(press, lang)
        }),
        ("authorization_blank", |press, lang, _| {
            samples::authorization_blank().print(press, lang)
        }),
        ("preliminary_request", |press, lang, _| {
            samples::preliminary_request().print(press, lang)
        }),
        ("preliminary_result", |press, lang, _| {
            samples::preliminary_result().print(press, lang)
        }),
        ("objection", |press, lang, _| {
            samples::objection().print(press, lang)
        }),
        ("register", |press, lang, n| {
            samples::pages_of(Register::Petitions, 100 + n as usize).print(press, lang)
        }),
        ("proceeding", |press, lang, _| {
            samples::proceeding().print(press, lang)
        }),
        ("erasure_certificate", |press, lang, _| {
            samples::erasure_certificate().print(press, lang)
        }),
        ("dispatch_register", |press, lang, n| {
            samples::pages_of(Register::Dispatch, 20 + n as usize).print(press, lang)
        }),
    ];
    for lang in [Lang::Ko, Lang::En] {
        for (name, print) in papers {
            let (first, cold) = timed(|| print(&press, lang, 0));
            let (next, warm) = timed(|| print(&press, lang, 1));
            let printed = first?;
            next?;
            println!(
                "{name} {lang:?}: first {cold:?}, next {warm:?}, {} bytes, missing {:?}",
                printed.pdf.len(),
                printed.missing
            );
            std::fs::write(
                folder.join(format!("{name}_{lang:?}.pdf").to_lowercase()),
                printed.pdf,
            )?;
        }
    }
    for (code, values) in samples::every_value() {
        let form = domain::papers::Form::of(code).ok_or(code)?;
        let template = documents::hwpx::starter::template(form).ok_or(code)??;
        let filled = documents::hwpx::Template::read(&template)?.fill(&values)?;
        std::fs::write(folder.join(format!("{code}_template.hwpx")), template)?;
        std::fs::write(folder.join(format!("{code}.hwpx")), filled)?;
    }
    Ok(())
}
