//! 내보내기 — the only place that answers with a file to keep. It asks by whose leave: a pass of the gate, the petitioner's own, or that
//! nobody is in it (개인정보의 안전성 확보조치 기준 제8조제2항, 제12조). `cargo xtask tidy` finds a file answered elsewhere.

use crate::session::Citizen;
use app::erase::requests::Opened;
use app::gate::Pass;
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

/// Files in which nobody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Impersonal {
    /// Templates and seal.
    Template,
    /// 민원편람.
    Handbook,
    /// 민원처리기준표.
    Standards,
    /// 공개된 뿌리값, and the proof that an event lies under one.
    Roots,
    /// Figures by department.
    Figures,
    /// 추첨 기록: identities of the office, and no names.
    Lot,
}

/// By whose leave a file goes out.
#[derive(Debug, Clone, Copy)]
pub struct Leave<'a>(By<'a>);

#[derive(Debug, Clone, Copy)]
enum By<'a> {
    Pass(&'a Pass),
    Own,
    Code,
    Nobody,
}

impl<'a> Leave<'a> {
    /// An official's, whose reason is stored.
    pub fn passed(pass: &'a Pass) -> Leave<'a> {
        Leave(By::Pass(pass))
    }

    /// A petitioner's, of their own petition.
    pub fn own(_: &'a Citizen) -> Leave<'a> {
        Leave(By::Own)
    }

    /// Of one who holds number and 확인번호 of a request: its result, which names nobody.
    pub fn coded(_: &Opened) -> Leave<'a> {
        Leave(By::Code)
    }

    /// Nobody is in it.
    pub fn impersonal(_: Impersonal) -> Leave<'a> {
        Leave(By::Nobody)
    }
}

/// A file to keep, never to be shown by the browser on our pages (RFC 6266, RFC 8187).
pub fn download(leave: Leave<'_>, name: &str, kind: &'static str, content: Vec<u8>) -> Response {
    let encoded: String = (name.bytes())
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect();
    let ending: String = (name.rsplit_once('.').map(|(_, ending)| ending))
        .filter(|ending| ending.len() <= 5 && ending.bytes().all(|b| b.is_ascii_alphanumeric()))
        .map(|ending| format!(".{ending}"))
        .unwrap_or_default();
    let disposition = format!("attachment; filename=\"file{ending}\"; filename*=UTF-8''{encoded}");
    let disposition = HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment"));
    let mut response = (
        [
            (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
            (header::CONTENT_DISPOSITION, disposition),
            (
                header::X_CONTENT_TYPE_OPTIONS,
                HeaderValue::from_static("nosniff"),
            ),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
            // Should a browser show it all the same: in a box of its own, without scripts, forms and our cookies.
            (
                header::CONTENT_SECURITY_POLICY,
                HeaderValue::from_static("default-src 'none'; sandbox"),
            ),
        ],
        content,
    )
        .into_response();
    if let Leave(By::Pass(pass)) = leave {
        let (year, no) = pass.serial();
        if let Ok(serial) = HeaderValue::from_str(&format!("{year}-{no}")) {
            response.headers_mut().insert("x-minwon-serial", serial);
        }
    }
    response
}

/// A table as CSV (RFC 4180) with a byte order mark, so that spreadsheets read Hangul; what one would take for a formula is led by
/// an apostrophe. What passed the gate ends with a line that tells who saved it.
pub fn csv(leave: Leave<'_>, name: &str, head: &[String], lines: &[Vec<String>]) -> Response {
    let mut out = String::from("\u{feff}");
    for line in std::iter::once(head).chain(lines.iter().map(Vec::as_slice)) {
        out.push_str(&line.iter().map(cell).collect::<Vec<_>>().join(","));
        out.push_str("\r\n");
    }
    csv_file(leave, name, out.into_bytes())
}

/// The same for a table that is written already.
pub fn csv_file(leave: Leave<'_>, name: &str, mut content: Vec<u8>) -> Response {
    if let Leave(By::Pass(pass)) = leave {
        content.extend_from_slice(cell(&pass.foot().to_owned()).as_bytes());
        content.extend_from_slice(b"\r\n");
    }
    download(leave, name, "text/csv; charset=utf-8", content)
}

fn cell(text: &String) -> String {
    let number = text.parse::<f64>().is_ok();
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && !number;
    let text = if formula { format!("'{text}") } else { text.clone() };
    if text.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_download_keeps_its_korean_name_and_is_never_shown() {
        for (name, expected) in [
            (
                "가.pdf",
                "attachment; filename=\"file.pdf\"; filename*=UTF-8''%EA%B0%80.pdf",
            ),
            (
                "a\"; x=\r\n.html",
                "attachment; filename=\"file.html\"; filename*=UTF-8''a%22%3B%20x%3D%0D%0A.html",
            ),
            ("..", "attachment; filename=\"file.\"; filename*=UTF-8''.."),
            (
                "\u{202E}fdp.exe",
                "attachment; filename=\"file.exe\"; filename*=UTF-8''%E2%80%AEfdp.exe",
            ),
            (
                "줄\0바꿈'*.txt",
                "attachment; filename=\"file.txt\"; filename*=UTF-8''%EC%A4%84%00%EB%B0%94%EA%BF%88%27%2A.txt",
            ),
        ] {
            let response = download(
                Leave::impersonal(Impersonal::Figures),
                name,
                "application/pdf",
                Vec::new(),
            );
            assert_eq!(
                response.headers()[header::CONTENT_DISPOSITION],
                expected,
                "{name}"
            );
            assert_eq!(response.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
            assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
            assert_eq!(
                response.headers()[header::CONTENT_SECURITY_POLICY],
                "default-src 'none'; sandbox"
            );
        }
    }
}
