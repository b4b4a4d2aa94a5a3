//! 표 파일 — a table for spreadsheets.

use axum::response::Response;

/// A table as CSV (RFC 4180) with a byte order mark, so that spreadsheets read Hangul; what one would take for a formula is led by
/// an apostrophe.
pub(crate) fn csv(name: &str, head: &[String], lines: &[Vec<String>]) -> Response {
    let cell = |text: &String| {
        let number = text.parse::<f64>().is_ok();
        let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && !number;
        let text = if formula { format!("'{text}") } else { text.clone() };
        if text.contains(['"', ',', '\n', '\r']) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text
        }
    };
    let mut out = String::from("\u{feff}");
    for line in std::iter::once(head).chain(lines.iter().map(Vec::as_slice)) {
        out.push_str(&line.iter().map(cell).collect::<Vec<_>>().join(","));
        out.push_str("\r\n");
    }
    crate::citizen::petition::download(name, "text/csv; charset=utf-8", out.into_bytes())
}
