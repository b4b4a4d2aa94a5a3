//! 인쇄기 — sets a sheet with its facts and gives the bytes of a tagged PDF (PDF/UA-1 and PDF/A-2a).
//!
//! The typesetter is given a world of its own: the sheets compiled into this crate, one file of facts, one QR code and
//! one seal. It can reach no disk, no network, no package and no clock. Facts arrive as JSON, so text stays text.

use crate::{clean, fonts::Fonts};
use domain::time::{At, KST};
use qrcode::QrCode;
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

/// The language a paper speaks. What people wrote stays in theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// 한국어
    #[default]
    Ko,
    /// English
    En,
}

impl Lang {
    /// The one of two texts this language reads.
    pub(crate) fn pick<'a>(self, ko: &'a str, en: &'a str) -> &'a str {
        match self {
            Lang::Ko => ko,
            Lang::En => en,
        }
    }
}

/// A printed paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The PDF.
    pub pdf: Vec<u8>,
    /// Characters no font has, printed as 〓; in code order, each once. The caller shows them to an official.
    pub missing: Vec<char>,
}

/// A paper that could not be printed: the machine's fault, never the citizen's.
#[derive(Debug, thiserror::Error)]
pub enum NotPrinted {
    /// The facts do not become JSON.
    #[error("the facts of {paper} could not be written down")]
    Facts {
        /// The sheet's name.
        paper: &'static str,
        /// What serde said.
        source: serde_json::Error,
    },
    /// The statement for the QR code is longer than a QR code holds (about 2,900 bytes).
    #[error("the statement of {paper} is too long for a QR code")]
    Statement {
        /// The sheet's name.
        paper: &'static str,
        /// What the encoder said.
        source: qrcode::types::QrError,
    },
    /// The typesetter refused, for example for a seal that is no picture.
    #[error("{paper} could not be set: {reasons}")]
    Setting {
        /// The sheet's name.
        paper: &'static str,
        /// The typesetter's words, one after the other.
        reasons: String,
    },
    /// The sheet's name is unknown to this press.
    #[error("there is no sheet {0}")]
    NoSheet(&'static str),
}

/// A sheet's job: what the press needs beside the facts.
pub(crate) struct Job<'a, F> {
    /// The sheet's file name without `.typ`.
    pub paper: &'static str,
    /// A text that names this paper and no other; it becomes the document's identifier.
    pub ident: String,
    /// When the paper was drawn up: the creation date of the PDF.
    pub drawn_up: At,
    /// What the sheet reads as `facts`.
    pub facts: &'a F,
    /// The content of the QR code, if the paper carries one.
    pub qr: Option<&'a str>,
    /// The picture of the seal (PNG, JPEG or SVG), if it is printed.
    pub seal: Option<&'a [u8]>,
}

/// The sheets, as they are compiled in. `common` is imported by the others.
const SHEETS: &[(&str, &str)] = &[
    ("common", include_str!("sheets/common.typ")),
    ("receipt", include_str!("sheets/receipt.typ")),
    (
        "filing_confirmation",
        include_str!("sheets/filing_confirmation.typ"),
    ),
    ("letter", include_str!("sheets/letter.typ")),
    ("handover", include_str!("sheets/handover.typ")),
    ("reminder", include_str!("sheets/reminder.typ")),
    ("inspection_report", include_str!("sheets/inspection_report.typ")),
    ("review_report", include_str!("sheets/review_report.typ")),
    ("advance_notice", include_str!("sheets/advance_notice.typ")),
    ("service_manual", include_str!("sheets/service_manual.typ")),
    ("standards_edition", include_str!("sheets/standards_edition.typ")),
    ("authorization", include_str!("sheets/authorization.typ")),
    (
        "preliminary_request",
        include_str!("sheets/preliminary_request.typ"),
    ),
    ("objection", include_str!("sheets/objection.typ")),
    ("register", include_str!("sheets/register.typ")),
    (
        "preliminary_register",
        include_str!("sheets/preliminary_register.typ"),
    ),
    (
        "objection_register",
        include_str!("sheets/objection_register.typ"),
    ),
    ("dispatch_register", include_str!("sheets/dispatch_register.typ")),
    ("certificate", include_str!("sheets/certificate.typ")),
    (
        "erasure_certificate",
        include_str!("sheets/erasure_certificate.typ"),
    ),
    (
        "destruction_register",
        include_str!("sheets/destruction_register.typ"),
    ),
    ("disposal_list", include_str!("sheets/disposal_list.typ")),
    ("proceeding", include_str!("sheets/proceeding.typ")),
];

/// Fonts, library and parsed sheets, made once at the start and shared by all threads. The first page warms it up.
#[derive(Clone)]
pub struct Press {
    library: Arc<LazyHash<Library>>,
    fonts: Arc<Fonts>,
    sheets: Arc<HashMap<FileId, Source>>,
    mark: Option<String>,
}

impl Press {
    /// A press with these fonts and the sheets of this crate.
    pub fn new(fonts: Fonts) -> Press {
        let sheets = SHEETS
            .iter()
            .map(|(name, text)| {
                file(&format!("{name}.typ")).map(|id| (id, Source::new(id, (*text).to_owned())))
            })
            .collect::<Option<_>>()
            .unwrap_or_default();
        // Row headers of a table are marked as such only with the extra features for assistive technology.
        let features = [Feature::A11yExtras].into_iter().collect();
        Press {
            library: Arc::new(LazyHash::new(Library::builder().with_features(features).build())),
            fonts: Arc::new(fonts),
            sheets: Arc::new(sheets),
            mark: None,
        }
    }

    /// The same press with an agency's own sheet in place of ours; `NoSheet` for a name that is none of ours
    /// (`common`, `letter`, and the code of each form that is no letter).
    pub fn with_sheet(mut self, name: &'static str, text: String) -> Result<Press, NotPrinted> {
        let id = file(&format!("{name}.typ")).ok_or(NotPrinted::NoSheet(name))?;
        let sheet = Arc::make_mut(&mut self.sheets)
            .get_mut(&id)
            .ok_or(NotPrinted::NoSheet(name))?;
        *sheet = Source::new(id, text);
        Ok(self)
    }

    /// 워터마크 — the same press for papers that stay inside the office: each page says faintly, behind the text and outside what is
    /// read aloud, who printed it, when, and under which number.
    pub fn marked(&self, mark: &str) -> Press {
        Press {
            mark: Some(mark.to_owned()),
            ..self.clone()
        }
    }

    /// The fonts in use.
    pub fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    /// Sets and writes one paper.
    pub(crate) fn print<F: Serialize>(&self, job: Job<'_, F>) -> Result<Printed, NotPrinted> {
        let paper = job.paper;
        let mut facts =
            serde_json::to_value(job.facts).map_err(|source| NotPrinted::Facts { paper, source })?;
        let mut missing = BTreeSet::new();
        clean::clean(&mut facts, &self.fonts, &mut missing);
        let mut mark = serde_json::json!(self.mark);
        clean::clean(&mut mark, &self.fonts, &mut BTreeSet::new());
        let facts = serde_json::json!({
            "mark": mark,
            "fonts": self.fonts.families,
            "missing": missing.iter().map(|c| format!("U+{:04X}", u32::from(*c))).collect::<Vec<_>>(),
            "qr": job.qr.is_some(),
            "seal": job.seal.is_some(),
            "facts": facts,
        });
        let qr = job
            .qr
            .map(qr_svg)
            .transpose()
            .map_err(|source| NotPrinted::Statement { paper, source })?;
        let bench = Bench {
            press: self,
            main: file(&format!("{paper}.typ")).ok_or(NotPrinted::NoSheet(paper))?,
            files: [
                (file("facts.json"), Some(Bytes::from_string(facts.to_string()))),
                (file("qr.svg"), qr.map(Bytes::from_string)),
                (file("seal"), job.seal.map(|seal| Bytes::new(seal.to_vec()))),
            ],
        };
        let set = typst::compile(&bench)
            .output
            .and_then(|document| typst_pdf::pdf(&document, &options(&job)))
            .map_err(|errors| NotPrinted::Setting {
                paper,
                reasons: reasons(&errors),
            });
        // The typesetter remembers what it has set; what ten papers did not need again is forgotten.
        typst::comemo::evict(10);
        Ok(Printed {
            pdf: set?,
            missing: missing.into_iter().collect(),
        })
    }
}

fn options<F>(job: &Job<'_, F>) -> PdfOptions {
    let timestamp = job.drawn_up.civil().and_then(|at| {
        // The parts of a civil date-time are never negative.
        let part = |n: i8| n.unsigned_abs();
        let datetime = Datetime::from_ymd_hms(
            i32::from(at.year()),
            part(at.month()),
            part(at.day()),
            part(at.hour()),
            part(at.minute()),
            part(at.second()),
        )?;
        Timestamp::new_local(datetime, KST.seconds() / 60)
    });
    PdfOptions {
        ident: Smart::Custom(format!("{}:{}", job.paper, job.ident)),
        creator: Smart::Custom(Some("Minwon".to_owned())),
        timestamp,
        // These two never exclude one another; a test reads both marks from the file.
        standards: PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).unwrap_or_default(),
        ..PdfOptions::default()
    }
}

fn reasons(errors: &[SourceDiagnostic]) -> String {
    errors
        .iter()
        .map(|error| error.message.as_str())
        .collect::<Vec<_>>()
        .join("; ")
}

/// The QR code as a drawing: one path of dark modules with the quiet border of four the standard asks for.
fn qr_svg(statement: &str) -> Result<String, qrcode::types::QrError> {
    use std::fmt::Write;
    let code = QrCode::new(statement)?;
    let width = code.width();
    let mut path = String::new();
    for (place, colour) in code.to_colors().into_iter().enumerate() {
        if colour == qrcode::Color::Dark {
            let _ = write!(path, "M{} {}h1v1h-1z", place % width + 4, place / width + 4);
        }
    }
    let side = width + 8;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

/// The name of a file in the press's own world.
fn file(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// One job on the press: all the typesetter can see.
struct Bench<'a> {
    press: &'a Press,
    main: FileId,
    files: [(Option<FileId>, Option<Bytes>); 3],
}

impl World for Bench<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.fonts.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.press.sheets.get(&id).cloned().ok_or_else(|| not_here(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files
            .iter()
            .find(|(name, _)| *name == Some(id))
            .and_then(|(_, bytes)| bytes.clone())
            .ok_or_else(|| not_here(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn not_here(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_without_slash().into())
}
