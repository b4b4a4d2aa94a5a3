//! 꾸러미 — embeds templates, translations and assets (our own and the front-end packages) into the crate.
//!
//! Everything a page needs comes out of this one binary: no foreign host is ever asked. Each asset is also kept
//! gzip-compressed, and all of them stand under one content hash, so that they may be cached for ever.

use flate2::{Compression, write::GzEncoder};
use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

fn main() -> Result<(), Box<dyn Error>> {
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let modules = here.join("../../node_modules");
    let krds = modules.join("krds-uiux/resources");
    let htmx = modules.join("htmx.org/dist/htmx.min.js");
    for folder in ["templates", "locales", "assets"] {
        println!("cargo:rerun-if-changed={}", here.join(folder).display());
    }
    println!("cargo:rerun-if-changed={}", krds.display());
    println!("cargo:rerun-if-changed={}", htmx.display());
    if !krds.is_dir() || !htmx.is_file() {
        return Err(
            "front-end packages are missing: run `cargo xtask setup` (or `npm ci` in the root folder)".into(),
        );
    }

    let mut assets: Vec<(String, Vec<u8>)> = Vec::new();
    // The kit's sheet imports its tokens by a relative address; one file is one request less.
    let tokens = fs::read_to_string(krds.join("css/token/krds_tokens.css"))?;
    let sheet = fs::read_to_string(krds.join("css/component/output.css"))?;
    let sheet: String = sheet
        .lines()
        .filter(|line| {
            !line.starts_with("@import")
                && !line.starts_with("@charset")
                && !line.contains("sourceMappingURL")
        })
        .flat_map(|line| [line.trim_start(), "\n"])
        .collect();
    let joined = format!(
        "@charset \"UTF-8\";\n{}\n{sheet}",
        tokens.replace("@charset \"UTF-8\";", "")
    );
    if joined.contains("http://") || joined.contains("https://") || joined.contains("@import") {
        return Err("the KRDS sheet would load something from another host".into());
    }
    assets.push(("krds/css/component/krds.css".into(), joined.into_bytes()));
    for weight in ["Regular", "Medium", "Bold"] {
        let name = format!("PretendardGOV-{weight}.subset.woff2");
        assets.push((
            format!("krds/fonts/{name}"),
            fs::read(krds.join("fonts").join(&name))?,
        ));
    }
    for icon in files(&krds.join("img/component/icon"), "svg")? {
        let name = icon
            .file_name()
            .ok_or("a file without a name")?
            .to_string_lossy()
            .into_owned();
        assets.push((format!("krds/img/component/icon/{name}"), fs::read(&icon)?));
    }
    assets.push(("htmx.min.js".into(), fs::read(&htmx)?));
    for ext in ["css", "js", "svg", "png", "ico"] {
        for file in files(&here.join("assets"), ext)? {
            let name = file
                .strip_prefix(here.join("assets"))?
                .to_string_lossy()
                .replace('\\', "/");
            let bytes = fs::read(&file)?;
            if let Some(sheet) = name.strip_suffix(".css") {
                assets.push((
                    format!("{sheet}.large.css"),
                    large(&String::from_utf8(bytes.clone())?).into_bytes(),
                ));
            }
            assets.push((name, bytes));
        }
    }
    assets.sort();

    let hash = assets
        .iter()
        .fold(FNV, |hash, (name, bytes)| fnv(fnv(hash, name.as_bytes()), bytes));
    let mut code = String::new();
    writeln!(
        code,
        "/// The content hash all assets stand under.\npub const HASH: &str = \"{hash:016x}\";"
    )?;
    writeln!(
        code,
        "/// Every asset, sorted by path.\npub static ASSETS: &[Asset] = &["
    )?;
    for (i, (name, bytes)) in assets.iter().enumerate() {
        let plain = out.join(format!("asset{i}"));
        fs::write(&plain, bytes)?;
        let gzip = if name.ends_with(".woff2") || name.ends_with(".png") {
            "None".to_owned()
        } else {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(bytes)?;
            let packed = out.join(format!("asset{i}.gz"));
            fs::write(&packed, encoder.finish()?)?;
            format!("Some(include_bytes!({packed:?}))")
        };
        writeln!(
            code,
            "Asset {{ path: {name:?}, bytes: include_bytes!({plain:?}), gzip: {gzip} }},"
        )?;
    }
    writeln!(code, "];")?;
    fs::write(out.join("assets.rs"), code)?;

    let mut code = String::new();
    writeln!(
        code,
        "/// Every template: name, text.\npub static TEMPLATES: &[(&str, &str)] = &["
    )?;
    for file in files(&here.join("templates"), "html")? {
        let name = file
            .strip_prefix(here.join("templates"))?
            .to_string_lossy()
            .replace('\\', "/");
        writeln!(code, "({name:?}, include_str!({file:?})),")?;
    }
    writeln!(
        code,
        "];\n/// Every translation file: language, name, text.\npub static LOCALES: &[(&str, &str, &str)] = &["
    )?;
    for file in files(&here.join("locales"), "ftl")? {
        let name = file
            .strip_prefix(here.join("locales"))?
            .to_string_lossy()
            .replace('\\', "/");
        let (lang, name) = name
            .split_once('/')
            .ok_or("a translation file stands in the folder of its language")?;
        writeln!(code, "({lang:?}, {name:?}, include_str!({file:?})),")?;
    }
    writeln!(code, "];")?;
    fs::write(out.join("texts.rs"), code)?;
    Ok(())
}

/// A sheet for pages at twice the text size: a window of 1,440 px is then as wide as one of 720.
fn large(sheet: &str) -> String {
    sheet
        .split_inclusive('\n')
        .map(|line| {
            let width = line
                .strip_prefix("@media (max-width: ")
                .and_then(|rest| rest.split_once("px)"))
                .and_then(|(width, rest)| Some((width.parse::<u32>().ok()?, rest)));
            match width {
                Some((width, rest)) => format!("@media (max-width: {}px){rest}", width * 2),
                None => line.to_owned(),
            }
        })
        .collect()
}

/// All files below `folder` with the ending `ext`, sorted.
fn files(folder: &Path, ext: &str) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path, ext)?);
        } else if path.extension().is_some_and(|e| e == ext) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

const FNV: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a: the hash only has to change with the content.
fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
