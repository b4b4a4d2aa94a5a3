//! 글의 한도 — what people write, before it is laid into the vault: cleaned line ends, checked lengths, known file types.

mod hangul;

use domain::act::{Act, Answer, Filing};
use domain::event::Attached;
use domain::refusal::Refusal;
use domain::terms::FileType;

/// Longest title, in characters.
pub const TITLE: usize = 5_000;
/// Longest text of any other kind, in characters.
pub const BODY: usize = 50_000;
/// Longest file name, in characters.
pub const FILE_NAME: usize = 255;
/// Largest file, in bytes.
pub const FILE: usize = 10 * 1024 * 1024;
/// Most files with one act.
pub const FILES: usize = 10;

/// A text or a file as it came, not yet in the vault.
#[derive(Clone, PartialEq, Eq)]
pub struct Raw(pub Vec<u8>);

impl Raw {
    /// A text: line ends become `\n`, outer white space goes, other control characters become spaces.
    pub fn text(text: &str) -> Raw {
        let clean: String = (text.replace("\r\n", "\n").replace('\r', "\n").chars())
            .map(|c| {
                if c.is_control() && c != '\n' && c != '\t' {
                    ' '
                } else {
                    c
                }
            })
            .collect();
        Raw(clean.trim().as_bytes().to_vec())
    }

    /// A text, or nothing when it is blank.
    pub fn optional(text: &str) -> Option<Raw> {
        let raw = Raw::text(text);
        (!raw.0.is_empty()).then_some(raw)
    }

    fn characters(&self) -> usize {
        self.0.iter().filter(|b| **b & 0xC0 != 0x80).count()
    }
}

impl std::fmt::Debug for Raw {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Raw({} bytes)", self.0.len())
    }
}

/// A file with its type told by content. Errors: empty, too large, or of a type that is not taken.
pub fn file(name: &str, content: Vec<u8>) -> Result<Attached<Raw>, FileFault> {
    if content.is_empty() {
        return Err(FileFault::Empty);
    }
    if content.len() > FILE {
        return Err(FileFault::TooLarge);
    }
    let kind = file_type(&content).ok_or(FileFault::NotTaken)?;
    let name: String = name
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or_default()
        .chars()
        .take(FILE_NAME)
        .collect();
    Ok(Attached {
        size: content.len() as u64,
        content: Raw(content),
        name: Raw::text(&name),
        kind,
        slot: None,
    })
}

/// What is wrong with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFault {
    /// Nothing in it.
    Empty,
    /// Larger than [`FILE`].
    TooLarge,
    /// Of a type that is not taken.
    NotTaken,
}

/// The type of a file, told by its content alone; `None` for what is not taken.
pub fn file_type(content: &[u8]) -> Option<FileType> {
    let holds = |name: &str| {
        content
            .windows(name.len())
            .take(1 << 20)
            .any(|w| w == name.as_bytes())
    };
    match content {
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(FileType::Pdf),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some(FileType::Png),
        [0xFF, 0xD8, 0xFF, ..] => Some(FileType::Jpeg),
        compound if hangul::is_hwp(compound) => Some(FileType::Hwp),
        zip if hangul::is_hwpx(zip) => Some(FileType::Hwpx),
        [b'P', b'K', 3, 4, ..] if holds("word/") => Some(FileType::Docx),
        [b'P', b'K', 3, 4, ..] if holds("xl/") => Some(FileType::Xlsx),
        text if std::str::from_utf8(text).is_ok_and(is_prose) => Some(FileType::Text),
        _ => None,
    }
}

/// Text without control characters, and no page that a browser would run.
fn is_prose(text: &str) -> bool {
    let plain = text
        .chars()
        .all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'));
    let start = text
        .trim_start_matches('\u{FEFF}')
        .trim_start()
        .to_ascii_lowercase();
    plain
        && !["<!doctype", "<html", "<svg", "<?xml", "<script", "#!"]
            .iter()
            .any(|page| start.starts_with(page))
}

fn within(text: &Raw, most: usize) -> Result<(), Refusal> {
    if text.characters() > most {
        Err(Refusal::TooLong)
    } else {
        Ok(())
    }
}

fn reason(text: &Raw) -> Result<(), Refusal> {
    if text.0.is_empty() {
        Err(Refusal::ReasonMissing)
    } else {
        within(text, BODY)
    }
}

/// What must be said in words, though it is no reason.
fn needed(text: &Raw) -> Result<(), Refusal> {
    if text.0.is_empty() {
        Err(Refusal::BodyMissing)
    } else {
        within(text, BODY)
    }
}

fn optional(text: Option<&Raw>) -> Result<(), Refusal> {
    text.map_or(Ok(()), |text| within(text, BODY))
}

fn files(files: &[Attached<Raw>]) -> Result<(), Refusal> {
    if files.len() > FILES || files.iter().any(|file| file.content.0.len() > FILE) {
        return Err(Refusal::TooLong);
    }
    files.iter().try_for_each(|file| within(&file.name, FILE_NAME))
}

/// Whether a filing's texts can be taken.
pub fn check_filing(filing: &Filing<Raw>) -> Result<(), Refusal> {
    if filing.title.0.is_empty() {
        return Err(Refusal::TitleMissing);
    }
    within(&filing.title, TITLE)?;
    optional(filing.body.as_ref())?;
    optional(filing.place.as_ref())?;
    crate::party::check(&filing.intake.party)?;
    let signed = filing
        .intake
        .oral
        .as_ref()
        .and_then(|oral| oral.signature.as_ref());
    files(
        &signed
            .map(|signature| signature.file.clone())
            .into_iter()
            .collect::<Vec<_>>(),
    )?;
    files(&filing.files)
}

/// Whether an act's texts can be taken.
pub fn check_act(act: &Act<Raw>) -> Result<(), Refusal> {
    match act {
        Act::Reclassify { reason: text, .. }
        | Act::SendBack { reason: text }
        | Act::Extend { reason: text, .. }
        | Act::TurnBack { reason: text }
        | Act::DiscardUnclaimed { reason: text }
        | Act::RefuseRegistration { reason: text, .. }
        | Act::RuleJurisdiction { reason: text, .. }
        | Act::RecordBoard { result: text, .. }
        | Act::Convert { reason: text, .. }
        | Act::ReportBack { result: text }
        | Act::SplitOff { reason: text, .. }
        | Act::ExtendObjection { reason: text, .. }
        | Act::Narrow { reason: text }
        | Act::Protect { reason: text }
        | Act::Unprotect { reason: text } => reason(text),
        Act::AskSupplement { what: text, .. }
        | Act::AskConsult { what: text, .. }
        | Act::AskFurther { what: text }
        | Act::ReplyDunning { text, .. }
        | Act::AnswerFurther { body: text } => needed(text),
        Act::CorrectParty {
            party, reason: text, ..
        } => {
            crate::party::check(party)?;
            reason(text)
        }
        Act::TellThirdParty { name, what, .. } => {
            if name.0.is_empty() {
                return Err(Refusal::PetitionerUnclear);
            }
            within(name, FILE_NAME)?;
            needed(what)
        }
        Act::HearThirdParty { text, .. } => needed(text),
        Act::Rectify { what, consent } => {
            needed(what)?;
            needed(consent)
        }
        Act::DecideObjection {
            reason: text,
            remedies,
            ..
        } => {
            reason(text)?;
            reason(remedies)
        }
        Act::Publish {
            title,
            question,
            answer,
        } => {
            if title.0.is_empty() {
                return Err(Refusal::TitleMissing);
            }
            within(title, TITLE)?;
            needed(question)?;
            needed(answer)
        }
        Act::ChooseRepresentatives { names, .. } => {
            if names.iter().any(|name| name.0.is_empty()) {
                return Err(Refusal::RepresentativesUnfit);
            }
            names.iter().try_for_each(|name| within(name, FILE_NAME))
        }
        Act::Object {
            reason: text,
            files: papers,
            ..
        }
        | Act::CorrectConclusion {
            reason: text,
            evidence: papers,
            ..
        } => {
            reason(text)?;
            files(papers)
        }
        Act::MarkMass { list, .. } => files(list.as_slice()),
        Act::ReplyConsult {
            text, files: papers, ..
        } => {
            needed(text)?;
            files(papers)
        }
        Act::Transfer {
            agency, reason: text, ..
        }
        | Act::Refer {
            agency, reason: text, ..
        } => {
            if agency.0.is_empty() {
                return Err(Refusal::AgencyMissing);
            }
            within(agency, FILE_NAME)?;
            reason(text)
        }
        Act::Draft(answer) | Act::AnswerAtOnce(answer) => check_answer(answer),
        Act::Issue(order) if order.facts.0.is_empty() => Err(Refusal::BodyMissing),
        Act::Issue(order) => within(&order.facts, BODY),
        Act::HandOut(given) => {
            optional(given.name.as_ref())?;
            let papers: Vec<_> = given.power.iter().chain(&given.signature).cloned().collect();
            files(&papers)
        }
        Act::Supplement { note, files: papers } | Act::Amend { note, files: papers } => {
            optional(note.as_ref())?;
            files(papers)
        }
        Act::IssueAdvanceNotice { note: text }
        | Act::IssueDunning { note: text, .. }
        | Act::Hold { note: text, .. }
        | Act::RecordDeemed { note: text }
        | Act::Sign { comment: text }
        | Act::Withdraw { reason: text }
        | Act::Rate { comment: text, .. } => optional(text.as_ref()),
        Act::Receive { .. }
        | Act::Distribute { .. }
        | Act::UnitReceive
        | Act::Designate { .. }
        | Act::ProlongSupplement { .. }
        | Act::Resume
        | Act::ConsentExtension
        | Act::DeclineExtension
        | Act::SendUp { .. }
        | Act::Recall
        | Act::Answer
        | Act::ReadAnswer
        | Act::ProlongConsult { .. }
        | Act::CancelConsult { .. }
        | Act::LinkEarlier { .. }
        | Act::MarkUndelivered
        | Act::DeemWithdrawn
        | Act::TellProgress
        | Act::TakeIn { .. }
        | Act::Merge { .. }
        | Act::Unpublish
        | Act::RemindClaim
        | Act::ConfirmDunning
        | Act::MoveDue
        | Act::Reroute { .. }
        | Act::ReplaceSigner { .. }
        | Act::ConfirmAfter
        | Act::Circulate { .. }
        | Act::ReadCirculated
        | Act::HandOver { .. }
        | Act::RegisterDocument { .. }
        | Act::Succeed { .. }
        | Act::QueueMail { .. }
        | Act::SendMail { .. }
        | Act::EndMail { .. } => Ok(()),
    }
}

fn check_answer(answer: &Answer<Raw>) -> Result<(), Refusal> {
    if answer.body.0.is_empty() {
        return Err(Refusal::BodyMissing);
    }
    within(&answer.body, BODY)?;
    optional(answer.reasons.as_ref())?;
    optional(answer.remedies.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_content_says() {
        let form = domain::papers::Form::of("receipt").unwrap();
        let hwpx = documents::hwpx::starter::template(form).unwrap().unwrap();
        let hwp = hangul::tests::compound("FileHeader", b"HWP Document File");
        let other = hangul::tests::compound("Workbook", b"HWP Document File");
        let cases: &[(&str, &[u8], Option<FileType>)] = &[
            ("문서.pdf", b"%PDF-1.7 ...", Some(FileType::Pdf)),
            ("거짓.pdf", b"MZ\x90\0 program", None),
            ("그림.jpg", b"\xFF\xD8\xFF\xE0", Some(FileType::Jpeg)),
            ("글.txt", "안녕하십니까".as_bytes(), Some(FileType::Text)),
            ("쪽.txt", b"<!DOCTYPE html><script>", None),
            ("한글.hwpx", &hwpx, Some(FileType::Hwpx)),
            ("이름만 한글.hwpx", b"PK\x03\x04 application/hwp+zip", None),
            ("한글.hwp", &hwp, Some(FileType::Hwp)),
            ("이름만 한글.hwp", &other, None),
            ("모음.zip", b"PK\x03\x04other", None),
            ("옛글.txt", b"\xB0\xA1\xB3\xAA", None),
        ];
        for (name, content, wanted) in cases {
            assert_eq!(file_type(content), *wanted, "{name}");
        }
    }

    #[test]
    fn a_name_is_only_its_last_part() {
        let file = file("../../etc/비밀번호.txt", b"x".to_vec()).unwrap();
        assert_eq!(file.name, Raw::text("비밀번호.txt"));
    }

    #[test]
    fn line_ends_and_control_characters_are_cleaned() {
        assert_eq!(
            Raw::text(" 한 줄\r\n두\u{0}줄\u{7} "),
            Raw("한 줄\n두 줄".as_bytes().to_vec())
        );
        assert_eq!(Raw::optional(" \n "), None);
    }
}
