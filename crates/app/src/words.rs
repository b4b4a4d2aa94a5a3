//! 글의 한도 — what people write, before it is laid into the vault: cleaned line ends, checked lengths; and the files that come with it.

use domain::act::{Act, Answer, Filing};
use domain::event::Attached;
use domain::proceeding::Fact;
use domain::refusal::Refusal;
use domain::terms::FileType;
use serde::{Deserialize, Serialize};

/// Longest title, in characters.
pub const TITLE: usize = 5_000;
/// Longest text of any other kind, in characters.
pub const BODY: usize = 50_000;
/// Longest file name, and longest name of a person or an agency, in characters.
pub const FILE_NAME: usize = 255;
/// Largest file an office may choose to take, in bytes.
pub const FILE: usize = 50 * 1024 * 1024;
/// Most files with one act an office may choose to take.
pub const FILES: usize = 20;

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

/// 첨부 파일 — what an office takes: types, sizes, numbers; and how long files are looked at again for what was not known before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FileRules {
    /// Types that are taken.
    pub kinds: Vec<FileType>,
    /// Largest file, in bytes.
    pub each: u64,
    /// Most files with one act.
    pub count: usize,
    /// All files of one act together, in bytes.
    pub all: u64,
    /// So many days a file is scanned again when the scanner has learnt something new.
    pub again_days: u32,
}

impl Default for FileRules {
    fn default() -> FileRules {
        FileRules {
            kinds: FileType::ALL.to_vec(),
            each: 10 << 20,
            count: 10,
            all: 50 << 20,
            again_days: 30,
        }
    }
}

impl FileRules {
    /// Whether the house can keep to them; if not, why not.
    pub fn problem(&self) -> Option<String> {
        if self.kinds.is_empty() {
            return Some("`kinds` is empty: no file could be taken".into());
        }
        if self.each == 0 || self.each > FILE as u64 {
            return Some(format!("`each` must be between 1 and {FILE}"));
        }
        if self.count == 0 || self.count > FILES {
            return Some(format!("`count` must be between 1 and {FILES}"));
        }
        if self.all < self.each || self.all > MOST_BYTES {
            return Some(format!("`all` must be between `each` and {MOST_BYTES}"));
        }
        None
    }
}

/// Bytes of all files of one act, whatever an office chooses.
pub const MOST_BYTES: u64 = 100 << 20;

/// A file as it came in, ready to be laid down. Errors: too large, or whatever `files::take` finds.
pub fn file(name: &str, content: Vec<u8>) -> Result<Attached<Raw>, files::Fault> {
    if content.len() > FILE {
        return Err(files::Fault::TooLarge);
    }
    files::take(name, content).map(attached)
}

/// A file that was looked at already.
pub fn attached(taken: files::Taken) -> Attached<Raw> {
    Attached {
        size: taken.bytes.len() as u64,
        content: Raw(taken.bytes),
        name: Raw::text(&taken.name),
        kind: taken.kind,
        slot: None,
    }
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

fn files_fit(files: &[Attached<Raw>]) -> Result<(), Refusal> {
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
    files_fit(
        &signed
            .map(|signature| signature.file.clone())
            .into_iter()
            .collect::<Vec<_>>(),
    )?;
    files_fit(&filing.files)
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
        | Act::Entrust { what: text, .. }
        | Act::FieldNote { text, .. }
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
            files_fit(papers)
        }
        Act::MarkMass { list, .. } => files_fit(list.as_slice()),
        Act::ReplyConsult {
            text, files: papers, ..
        } => {
            needed(text)?;
            files_fit(papers)
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
            files_fit(&papers)
        }
        Act::Supplement { note, files: papers } | Act::Amend { note, files: papers } => {
            optional(note.as_ref())?;
            files_fit(papers)
        }
        Act::IssueAdvanceNotice { note: text }
        | Act::IssueDunning { note: text, .. }
        | Act::Hold { note: text, .. }
        | Act::RecordDeemed { note: text }
        | Act::Sign { comment: text }
        | Act::Withdraw { reason: text }
        | Act::Rate { comment: text, .. } => optional(text.as_ref()),
        Act::OpenProceeding { .. } => Ok(()),
        // What a track asks is held against its fields (`App::asked_fits`).
        Act::MoveProceeding(given) => given.facts.iter().flat_map(Fact::texts).try_for_each(needed),
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
        | Act::TakeBack { .. }
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
    fn our_own_templates_are_what_they_say() {
        let form = domain::papers::Form::of("receipt").unwrap();
        let hwpx = documents::hwpx::starter::template(form).unwrap().unwrap();
        assert_eq!(file("서식.hwpx", hwpx).unwrap().kind, FileType::Hwpx);
        let late = file("서식.pdf", vec![b'x'; FILE + 1]);
        assert_eq!(late.unwrap_err(), files::Fault::TooLarge);
    }

    #[test]
    fn rules_that_cannot_be_kept_are_told() {
        let good = FileRules::default();
        assert_eq!(good.problem(), None);
        for bad in [
            FileRules {
                kinds: Vec::new(),
                ..good.clone()
            },
            FileRules {
                each: FILE as u64 + 1,
                ..good.clone()
            },
            FileRules {
                count: 0,
                ..good.clone()
            },
            FileRules {
                all: 1,
                ..good.clone()
            },
        ] {
            assert!(bad.problem().is_some(), "{bad:?}");
        }
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
