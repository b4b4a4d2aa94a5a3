//! 정적 파일 — style sheets, fonts, icons and scripts, embedded at build time, served under their content hash.

use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// One embedded file.
pub struct Asset {
    /// Path below `/assets/<hash>/`, with forward slashes.
    pub path: &'static str,
    /// Content.
    pub bytes: &'static [u8],
    /// The same content, gzip-compressed, where that makes it smaller.
    pub gzip: Option<&'static [u8]>,
}

/// The embedded file at `path`.
pub fn find(path: &str) -> Option<&'static Asset> {
    ASSETS
        .binary_search_by(|asset| asset.path.cmp(path))
        .ok()
        .map(|i| &ASSETS[i])
}

/// The address of an asset, hash included; `None` if there is no such file.
pub fn address(path: &str) -> Option<String> {
    find(path).map(|asset| format!("/assets/{HASH}/{}", asset.path))
}

/// `GET /assets/{hash}/{*path}`: another hash than ours is an old page asking: it gets the file too, but no promise
/// that it stays as it is.
pub async fn serve(Path((hash, path)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let Some(asset) = find(&path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let cache = if hash == HASH {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let kind = match asset.path.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("ico") => "image/x-icon",
        _ => "application/octet-stream",
    };
    let common = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, cache),
        (header::VARY, "Accept-Encoding"),
    ];
    match asset.gzip {
        Some(gzip) if takes_gzip(&headers) => {
            (common, [(header::CONTENT_ENCODING, "gzip")], gzip).into_response()
        }
        _ => (common, asset.bytes).into_response(),
    }
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| {
            value.split(',').any(|one| {
                let mut parts = one.split(';').map(str::trim);
                parts.next() == Some("gzip")
                    && !parts.any(|p| matches!(p, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_our_pages_name_is_there() {
        for path in [
            "krds/css/component/krds.css",
            "krds/fonts/PretendardGOV-Regular.subset.woff2",
            "app.css",
            "app.js",
            "htmx.min.js",
        ] {
            assert!(find(path).is_some(), "{path}");
        }
    }

    #[test]
    fn no_sheet_or_script_of_ours_names_another_host() {
        for asset in ASSETS
            .iter()
            .filter(|a| a.path.ends_with(".css") || a.path == "app.js")
        {
            let text = std::str::from_utf8(asset.bytes).expect("UTF-8");
            assert!(
                !text.contains("http://") && !text.contains("https://") && !text.contains("@import"),
                "{}",
                asset.path
            );
        }
    }

    #[test]
    fn gzip_is_sent_to_those_who_take_it_only() {
        let with = |v: &str| HeaderMap::from_iter([(header::ACCEPT_ENCODING, v.parse().expect("header"))]);
        assert!(takes_gzip(&with("br, gzip")));
        assert!(takes_gzip(&with("gzip;q=0.5")));
        assert!(!takes_gzip(&with("gzip;q=0")));
        assert!(!takes_gzip(&with("br")));
        assert!(!takes_gzip(&HeaderMap::new()));
    }
}
