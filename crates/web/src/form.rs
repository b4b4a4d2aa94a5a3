//! 양식 읽기 — strict reading of what a browser sends: every field named beforehand, every fault told beside its field.
//!
//! Whatever comes in, the answer is a [`Read`] with the entered values and the faults, or a [`Unreadable`] page; never a
//! panic and never a server error. Values keep what was written, without characters that cannot be shown.

use crate::{
    show,
    view::{FieldError, Filled, Message},
};
use ::files::{self, Taken};
use axum::extract::Multipart;
use domain::terms::FileType;
use futures_util::StreamExt;
use std::collections::BTreeMap;

/// A field a form may have, known when the program was written.
pub type Field = Named<'static>;

/// A field a form may have.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    /// Its name, which is also its id on the page.
    pub name: &'a str,
    /// The key of its label, for error messages; a label that is no key is shown as it is.
    pub label: &'a str,
    /// At most so many characters.
    pub max: usize,
    /// How it must look.
    pub shape: Shape,
}

/// How a field must look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One line; may be empty.
    Line,
    /// One line; must not be empty.
    NeededLine,
    /// Several lines; may be empty.
    Text,
    /// Several lines; must not be empty.
    NeededText,
    /// One of these; may be absent.
    Choice(&'static [&'static str]),
    /// One of these; must be chosen.
    NeededChoice(&'static [&'static str]),
}

/// What files a form may carry.
#[derive(Debug, Clone, Copy)]
pub struct Files {
    /// The name of the field.
    pub name: &'static str,
    /// At most so many.
    pub count: usize,
    /// Bytes of one file.
    pub each: u64,
    /// Bytes of all files together.
    pub all: u64,
    /// Which types are taken; `None` where whoever asked looks at the file: sheets, templates.
    pub take: Option<Kinds>,
}

/// A set of types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kinds(u64);

impl Kinds {
    /// These.
    pub fn of(kinds: &[FileType]) -> Kinds {
        Kinds(kinds.iter().fold(0, |set, kind| set | 1 << (*kind as u64)))
    }
    fn holds(self, kind: FileType) -> bool {
        self.0 & 1 << (kind as u64) != 0
    }
}

/// A file that came with a form, within the limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilePart {
    /// The field it came in.
    pub field: String,
    /// Its name without any path, without characters that cannot be shown.
    pub name: String,
    /// Its content; empty where it was looked at.
    pub bytes: Vec<u8>,
    /// What came of looking at it, where the form takes attachments.
    pub taken: Option<Result<Taken, files::Fault>>,
}

impl FilePart {
    /// Looks at the file: what it is, whether that is taken, and what has to be taken out of it.
    pub fn look(&mut self, kinds: Kinds) {
        let taken = files::take(&self.name, std::mem::take(&mut self.bytes));
        self.taken = Some(match taken {
            Ok(taken) if !kinds.holds(taken.kind) => Err(files::Fault::NotTaken),
            other => other,
        });
    }
}

/// A form as read: entered values, faults, files.
#[derive(Debug, Clone, Default)]
pub struct Read {
    /// Values and faults, ready for the page.
    pub filled: Filled,
    /// Files within the limits.
    pub files: Vec<FilePart>,
    /// The CSRF token that came along; empty if none did.
    pub csrf: String,
}

impl Read {
    /// Whether nothing is wrong.
    pub fn sound(&self) -> bool {
        self.filled.errors.is_empty()
    }
    /// The value of a field; "" if it did not come.
    pub fn get(&self, name: &str) -> &str {
        self.filled.values.get(name).map_or("", String::as_str)
    }
}

/// A request without a readable form: a page of its own instead of errors beside fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Text that is not UTF-8 (400).
    #[error("the form is not UTF-8")]
    Encoding,
    /// A form cut off or not well-formed (400).
    #[error("the form is not well-formed")]
    Malformed,
    /// A body beyond the limit (413).
    #[error("the form is too large")]
    TooLarge,
}

/// Reads a form sent as `application/x-www-form-urlencoded`.
pub fn urlencoded(body: &[u8], fields: &[Named<'_>]) -> Result<Read, Unreadable> {
    let mut raw = Vec::new();
    for pair in body.split(|b| *b == b'&').filter(|pair| !pair.is_empty()) {
        let at = pair.iter().position(|b| *b == b'=').unwrap_or(pair.len());
        let value = pair.get(at + 1..).unwrap_or_default();
        raw.push((decode(&pair[..at])?, decode(value)?));
        if raw.len() > 200 {
            return Err(Unreadable::TooLarge);
        }
    }
    Ok(settle(raw, fields))
}

/// Takes what comes any number of times under these names, which no other field may, out of an urlencoded form: one list of
/// values for each name, and the form without them, to be read as every form is.
pub fn lists<const N: usize>(body: &[u8], names: [&str; N]) -> ([Vec<String>; N], Vec<u8>) {
    let (mut lists, mut rest) = ([const { Vec::new() }; N], Vec::new());
    for pair in body.split(|byte| *byte == b'&') {
        let at = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
        let name = decode(&pair[..at]).unwrap_or_default();
        match names.iter().position(|known| *known == name) {
            Some(of) => lists[of].extend(decode(pair.get(at + 1..).unwrap_or_default())),
            None => rest.push(pair),
        }
    }
    (lists, rest.join(&b'&'))
}

/// Reads a form sent as `multipart/form-data`; each part is read only as far as its limit.
pub async fn multipart(parts: Multipart, fields: &[Field], files: Files) -> Result<Read, Unreadable> {
    multipart_with(parts, fields, files, &[]).await
}

/// The same for a form that has file fields of its own besides `files.name`; the limits hold for all of them together.
pub async fn multipart_with(
    mut parts: Multipart,
    fields: &[Named<'_>],
    files: Files,
    slots: &[&str],
) -> Result<Read, Unreadable> {
    let broken = |e: axum::extract::multipart::MultipartError| {
        if e.status().as_u16() == 413 {
            Unreadable::TooLarge
        } else {
            Unreadable::Malformed
        }
    };
    let text_limit = fields.iter().map(|f| f.max * 4).max().unwrap_or(0) * 2 + 4_096;
    let (mut raw, mut kept, mut faults) = (
        Vec::new(),
        Vec::<FilePart>::new(),
        Vec::<(String, Message)>::new(),
    );
    let mut total: u64 = 0;
    while let Some(mut part) = parts.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        let known = name == files.name || slots.contains(&name.as_str());
        let is_file = part.file_name().is_some() || known;
        let file_name = shown(
            part.file_name()
                .unwrap_or_default()
                .rsplit(['/', '\\'])
                .next()
                .unwrap_or_default(),
        );
        let limit = if is_file { files.each } else { text_limit as u64 };
        let (mut bytes, mut size) = (Vec::new(), 0_u64);
        while let Some(chunk) = part.next().await {
            let chunk = chunk.map_err(broken)?;
            size += chunk.len() as u64;
            // What is beyond the limit is still read, so that the browser hears the answer, but not kept.
            if size <= limit {
                bytes.extend_from_slice(&chunk);
            }
        }
        if !is_file {
            if size > limit {
                return Err(Unreadable::TooLarge);
            }
            raw.push((name, String::from_utf8(bytes).map_err(|_| Unreadable::Encoding)?));
            if raw.len() > 200 {
                return Err(Unreadable::TooLarge);
            }
            continue;
        }
        // An empty file field is sent as a part without name and content.
        if file_name.is_empty() && size == 0 {
            continue;
        }
        total += size;
        let fault = if !known {
            Some(Message::new("error-unknown-field"))
        } else if size == 0 {
            Some(Message::new("error-file-empty").with("name", file_name.as_str()))
        } else if size > files.each {
            let max = show::size(files.each);
            Some(
                Message::new("error-file-large")
                    .with("name", file_name.as_str())
                    .with("max", max),
            )
        } else if total > files.all {
            Some(Message::new("error-files-large").with("max", show::size(files.all)))
        } else if kept.len() >= files.count {
            Some(Message::new("error-files-many").with("max", files.count as u64))
        } else {
            None
        };
        match fault {
            None => kept.push(FilePart {
                field: name,
                name: file_name,
                bytes,
                taken: None,
            }),
            Some(fault) if faults.len() < 20 => {
                let field = if known { name } else { files.name.to_owned() };
                let fault = (field, fault);
                if !faults.contains(&fault) {
                    faults.push(fault);
                }
            }
            Some(_) => {}
        }
    }
    if let Some(kinds) = files.take.filter(|_| !kept.is_empty()) {
        // Archives are unpacked to be looked into: other requests do not wait for it.
        let looked = tokio::task::spawn_blocking(move || {
            kept.iter_mut().for_each(|part| part.look(kinds));
            kept
        });
        kept = looked.await.map_err(|_| Unreadable::Malformed)?;
    }
    let mut read = settle(raw, fields);
    read.filled.errors.extend(
        faults
            .into_iter()
            .map(|(field, message)| FieldError { field, message }),
    );
    read.files = kept;
    Ok(read)
}

/// Sorts raw pairs into the fields they belong to and finds what is wrong.
fn settle(raw: Vec<(String, String)>, fields: &[Named<'_>]) -> Read {
    let mut read = Read::default();
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    let (mut stray, mut control) = (false, Vec::new());
    for (name, value) in raw {
        if name == "csrf" {
            read.csrf = value;
            continue;
        }
        let Some(field) = fields.iter().find(|f| f.name == name) else {
            stray = true;
            continue;
        };
        let count = seen.entry(field.name).or_default();
        *count += 1;
        if *count > 1 {
            continue;
        }
        let value = value.replace("\r\n", "\n").replace('\r', "\n");
        let clean = shown(&value);
        if clean != value {
            control.push(field.name);
        }
        read.filled.values.insert(field.name.to_owned(), clean);
    }
    for field in fields {
        let value = read.filled.values.get(field.name).map_or("", String::as_str);
        let fault = fault_of(
            field,
            value,
            seen.get(field.name).copied().unwrap_or(0),
            control.contains(&field.name),
        );
        if let Some(message) = fault {
            read.filled.errors.push(FieldError {
                field: field.name.to_owned(),
                message,
            });
        }
    }
    if stray {
        read.filled.errors.push(FieldError {
            field: String::new(),
            message: Message::new("error-unknown-field"),
        });
    }
    read
}

/// What is wrong with one field, the gravest first. `label-of` names the field in the reader's language.
fn fault_of(field: &Named<'_>, value: &str, times: u32, had_control: bool) -> Option<Message> {
    let message = |key: &str| Message::new(key).with("field", format!("@{}", field.label));
    let length = value.chars().count();
    if times > 1 {
        return Some(message("error-twice"));
    }
    if had_control {
        return Some(message("error-control"));
    }
    if length > field.max {
        return Some(
            message("error-too-long")
                .with("max", field.max as u64)
                .with("now", length as u64),
        );
    }
    let blank = value.trim().is_empty();
    match field.shape {
        Shape::NeededLine | Shape::NeededText if blank => Some(message("error-required")),
        Shape::Line | Shape::NeededLine if value.trim().contains('\n') => Some(message("error-line")),
        Shape::NeededChoice(_) if blank => Some(message("error-required-choice")),
        Shape::Choice(of) | Shape::NeededChoice(of) if !blank && !of.contains(&value) => {
            Some(message("error-choice"))
        }
        Shape::Line
        | Shape::NeededLine
        | Shape::Text
        | Shape::NeededText
        | Shape::Choice(_)
        | Shape::NeededChoice(_) => None,
    }
}

/// Text without characters that cannot be shown: controls but line ends and tabs, direction overrides, noncharacters.
fn shown(text: &str) -> String {
    text.chars()
        .filter(|c| {
            let hidden = c.is_control() && !matches!(c, '\n' | '\t');
            let direction = matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
            !hidden && !direction && !matches!(u32::from(*c) & 0xFFFF, 0xFFFE | 0xFFFF)
        })
        .collect()
}

/// Undoes percent-encoding and “+”; a broken “%” stays as it is, as browsers have it.
/// A name or a value of a sent form.
pub(crate) fn decode(raw: &[u8]) -> Result<String, Unreadable> {
    let mut out = Vec::with_capacity(raw.len());
    let mut i = 0;
    while i < raw.len() {
        let hex = |at: usize| raw.get(at).and_then(|b| char::from(*b).to_digit(16));
        match (raw[i], hex(i + 1), hex(i + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                i += 2;
            }
            (b'+', _, _) => out.push(b' '),
            (byte, _, _) => out.push(byte),
        }
        i += 1;
    }
    String::from_utf8(out).map_err(|_| Unreadable::Encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: &[Field] = &[
        Field {
            name: "title",
            label: "title",
            max: 5,
            shape: Shape::NeededLine,
        },
        Field {
            name: "body",
            label: "body",
            max: 20,
            shape: Shape::Text,
        },
        Field {
            name: "public",
            label: "public",
            max: 5,
            shape: Shape::NeededChoice(&["yes", "no"]),
        },
    ];

    fn faults(body: &str) -> Vec<(String, String)> {
        let read = urlencoded(body.as_bytes(), FIELDS).expect("readable");
        read.filled
            .errors
            .into_iter()
            .map(|e| (e.field, e.message.key))
            .collect()
    }

    #[test]
    fn every_fault_stands_beside_its_field() {
        let ok = "title=%EA%B0%80%EB%A1%9C+1&body=a%0D%0Ab&public=yes&csrf=abc";
        assert_eq!(faults(ok), []);
        for (body, field, key) in [
            ("title=&public=no", "title", "error-required"),
            ("title=+%20&public=no", "title", "error-required"),
            ("title=123456&public=no", "title", "error-too-long"),
            ("title=a%0Ab&public=no", "title", "error-line"),
            ("title=a%00b&public=no", "title", "error-control"),
            ("title=a%E2%80%AEb&public=no", "title", "error-control"),
            ("title=a&title=b&public=no", "title", "error-twice"),
            ("title=a", "public", "error-required-choice"),
            ("title=a&public=maybe", "public", "error-choice"),
            ("title=a&public=no&x=1", "", "error-unknown-field"),
        ] {
            assert_eq!(faults(body), [(field.to_owned(), key.to_owned())], "{body}");
        }
    }

    #[test]
    fn what_was_written_stays() {
        let read = urlencoded(b"title=a%00bcdefg&body=%3Cb%3E%26&csrf=t0ken", FIELDS).expect("readable");
        assert_eq!(read.get("title"), "abcdefg");
        assert_eq!(read.get("body"), "<b>&");
        assert_eq!(read.csrf, "t0ken");
        assert_eq!(
            urlencoded(b"title=a&title=b", FIELDS)
                .expect("readable")
                .get("title"),
            "a",
            "the first stays"
        );
        assert!(!read.sound());
    }

    #[test]
    fn another_encoding_is_told_apart() {
        // “가” in EUC-KR.
        assert_eq!(
            urlencoded(b"title=%B0%A1", FIELDS).err(),
            Some(Unreadable::Encoding)
        );
        assert_eq!(
            urlencoded(&[b't', 0xff], FIELDS).err(),
            Some(Unreadable::Encoding)
        );
        assert!(urlencoded(b"&&=&%zz=%", FIELDS).is_ok());
    }
}
