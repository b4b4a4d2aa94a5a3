//! 기기 — what kind of browser a request came from: one code of some forty, so that its owner knows it again and nobody else does.

use axum::http::{HeaderMap, header};

/// Systems, by what a browser calls them; the first that fits.
const SYSTEMS: &[(&str, &str)] = &[
    ("iphone", "ios"),
    ("ipad", "ios"),
    ("android", "android"),
    ("windows", "windows"),
    ("mac os x", "macos"),
    ("cros", "chromeos"),
    ("linux", "linux"),
];
/// Browsers; most call themselves by the names of those before them.
const BROWSERS: &[(&str, &str)] = &[
    ("whale/", "whale"),
    ("edg", "edge"),
    ("samsungbrowser", "samsung"),
    ("firefox/", "firefox"),
    ("fxios", "firefox"),
    ("chrome/", "chrome"),
    ("crios", "chrome"),
    ("safari/", "safari"),
];

/// Every code of a system.
pub const SYSTEM_CODES: &[&str] = &["ios", "android", "windows", "macos", "chromeos", "linux", "other"];
/// Every code of a browser.
pub const BROWSER_CODES: &[&str] = &["whale", "edge", "samsung", "firefox", "chrome", "safari", "other"];

/// The code of a request's browser: `windows-edge`.
pub fn of(headers: &HeaderMap) -> String {
    let agent = headers
        .get(header::USER_AGENT)
        .and_then(|agent| agent.to_str().ok());
    let agent = agent.unwrap_or_default().to_ascii_lowercase();
    let first = |table: &[(&str, &'static str)]| {
        let found = table.iter().find(|(name, _)| agent.contains(name));
        found.map_or("other", |(_, code)| *code)
    };
    format!("{}-{}", first(SYSTEMS), first(BROWSERS))
}

/// A code in its two parts; whatever is no code is “other”.
pub fn parts(code: &str) -> [String; 2] {
    let (system, browser) = code.split_once('-').unwrap_or_default();
    let known = |codes: &[&'static str], code: &str| {
        (codes.iter().find(|known| **known == code))
            .map_or("other", |code| *code)
            .to_owned()
    };
    [known(SYSTEM_CODES, system), known(BROWSER_CODES, browser)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_browser_is_told_by_its_kind_only() {
        for (agent, code) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 Edg/120.0",
                "windows-edge",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Whale/3.24 Safari/537.36",
                "windows-whale",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0",
                "linux-firefox",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1 (KHTML, like Gecko) Version/17.0 Safari/605.1",
                "macos-safari",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) CriOS/120.0 Mobile Safari/604.1",
                "ios-chrome",
            ),
            (
                "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 SamsungBrowser/23.0 Chrome/115.0 Mobile Safari/537.36",
                "android-samsung",
            ),
            ("<script>", "other-other"),
            ("", "other-other"),
        ] {
            let headers = HeaderMap::from_iter([(header::USER_AGENT, HeaderValue::from_static(agent))]);
            assert_eq!(of(&headers), code, "{agent}");
            let [system, browser] = parts(code);
            assert_eq!(format!("{system}-{browser}"), code);
        }
        assert_eq!(parts("<b>"), ["other", "other"]);
    }
}
