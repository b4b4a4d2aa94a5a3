//! 문서의 모양 — what an agency sets for its papers: templates, seal, disclosure and retention (행정업무의 운영 및 혁신에 관한 규정
//! 제14조, 공공기관의 정보공개에 관한 법률 제9조, 공공기록물법영 제26조).
//!
//! Only a system administrator changes it; every version of a template and of the seal stays, with who laid it down.

use crate::act::{ActError, Call};
use crate::{App, Trouble};
use documents::hwpx::{Template, Unfit, names::names, starter};
use documents::letter::{Disclosure, Letter};
use documents::parts::Seal;
use domain::access::Who;
use domain::papers::{Form, Sheet};
use domain::terms::Seat;
use serde::{Deserialize, Serialize};
use store::batch::Batch;
use store::engine::Urgency;
use store::template::Version;

/// Under which name the seal lies among the templates.
pub const SEAL: &str = "seal";
/// Largest picture of a seal, in bytes.
pub const LARGEST_SEAL: usize = 512 * 1024;
const SETTING: &str = "papers";

/// 관인의 표시.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SealUse {
    /// 관인생략
    #[default]
    Omitted,
    /// The place is left free.
    ByHand,
    /// The picture laid down here.
    Printed,
}

impl SealUse {
    /// Every choice.
    pub const ALL: &'static [SealUse] = &[SealUse::Omitted, SealUse::ByHand, SealUse::Printed];

    /// The name in forms and locale files.
    pub const fn code(self) -> &'static str {
        match self {
            SealUse::Omitted => "omitted",
            SealUse::ByHand => "by_hand",
            SealUse::Printed => "printed",
        }
    }
}

/// What an agency sets for its papers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperSettings {
    /// 관인
    pub seal: SealUse,
    /// 보존기간, in years.
    pub retention_years: u16,
    /// 비공개 근거: the item of 정보공개법 제9조제1항 that answers not public rest on, “6” for personal data.
    pub closed_ground: String,
}

impl Default for PaperSettings {
    fn default() -> PaperSettings {
        PaperSettings {
            seal: SealUse::Omitted,
            retention_years: 5,
            closed_ground: "6".into(),
        }
    }
}

/// What is laid on a letter beside its text.
#[derive(Debug, Clone)]
pub(crate) struct Dress {
    pub seal: Seal,
    settings: PaperSettings,
}

impl Dress {
    /// Lays it on.
    pub fn on(self, letter: &mut Letter) {
        letter.seal = self.seal;
        letter.retention_years = self.settings.retention_years;
        if let Disclosure::Closed(ground) = &mut letter.disclosure
            && ground.is_empty()
        {
            *ground = self.settings.closed_ground;
        }
    }
}

/// Why a template or a seal was not laid down.
#[derive(Debug, thiserror::Error)]
pub enum NotLaid {
    /// What is wrong with the template.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// The seal is no PNG, or larger than [`LARGEST_SEAL`].
    #[error("this is no picture of a seal")]
    NoSeal,
    /// There is no such paper, or none that has a template.
    #[error("there is no such template")]
    NotFound,
    /// The machine.
    #[error(transparent)]
    Trouble(#[from] Trouble),
}

impl App {
    /// Whether this official keeps the office's templates.
    pub fn keeps_papers(&self, who: &Who) -> bool {
        matches!(who, Who::Official(official) if official.posts.iter().any(|post| post.seat == Seat::Administrator))
    }

    /// The settings of papers.
    pub async fn paper_settings(&self) -> Result<PaperSettings, Trouble> {
        match self.places.live.setting(SETTING).await? {
            Some(text) => Ok(serde_json::from_str(&text)?),
            None => Ok(PaperSettings::default()),
        }
    }

    /// Sets what an agency sets; written into the ledger.
    pub async fn set_papers(&self, who: &Who, settings: &PaperSettings, call: &Call) -> Result<(), ActError> {
        if !self.keeps_papers(who) {
            return Err(ActError::NotFound);
        }
        let mut batch = Batch::new();
        batch.setting(SETTING, &serde_json::to_string(settings)?);
        self.places.live.commit(batch, Urgency::User).await?;
        Ok(self.looked(who, "set_papers", None, 1, call).await?)
    }

    pub(crate) async fn dress(&self) -> Result<Dress, Trouble> {
        let settings = self.paper_settings().await?;
        let seal = match settings.seal {
            SealUse::Omitted => Seal::Omitted,
            SealUse::ByHand => Seal::ByHand,
            // A seal taken away since leaves its place free.
            SealUse::Printed => {
                (self.places.live.template(SEAL, None).await?).map_or(Seal::ByHand, Seal::Printed)
            }
        };
        Ok(Dress { seal, settings })
    }

    /// Every version of every template and of the seal, newest first within each.
    pub async fn templates(&self) -> Result<Vec<Version>, Trouble> {
        Ok(self.places.live.templates().await?)
    }

    /// The template of a paper: this version or the newest of the office, else the one that comes with the program.
    pub(super) async fn template_of(&self, paper: &str, version: Option<u32>) -> Result<Template, ActError> {
        let bytes = self.template_file(paper, version).await?;
        Template::read(&bytes).map_err(|unfit| Trouble::Broken(unfit.to_string()).into())
    }

    /// The same as a file, to be looked at and changed. `NotFound` for a paper without a template.
    pub async fn template_file(&self, paper: &str, version: Option<u32>) -> Result<Vec<u8>, ActError> {
        let own = self.places.live.template(paper, version).await?;
        if let Some(content) = own {
            return Ok(content);
        }
        let form = Form::of(paper).ok_or(ActError::NotFound)?;
        let made = starter::template(form).ok_or(ActError::NotFound)?;
        made.map_err(|unfit| Trouble::Broken(unfit.to_string()).into())
    }

    /// Lays down a template (or the seal) as the newest version; an empty `content` goes back to the program's own.
    pub async fn lay_template(
        &self,
        who: &Who,
        paper: &str,
        content: &[u8],
        call: &Call,
    ) -> Result<(), NotLaid> {
        let Who::Official(official) = who else {
            return Err(NotLaid::NotFound);
        };
        if !self.keeps_papers(who) {
            return Err(NotLaid::NotFound);
        }
        if paper == SEAL {
            let png = content.starts_with(&[0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A]);
            // One that cannot be printed would stop every paper from then on.
            let prints = || Ok::<_, Trouble>(Seal::Printed(content.to_vec()).prints(self.press.press()?));
            if !content.is_empty() && (!png || content.len() > LARGEST_SEAL || !prints()?) {
                return Err(NotLaid::NoSeal);
            }
        } else {
            let form = Form::of(paper).filter(|form| form.sheet != Sheet::Register);
            let form = form.ok_or(NotLaid::NotFound)?;
            if !content.is_empty() {
                Template::read(content)?.check(&names(form))?;
            }
        }
        let versions = self.places.live.templates().await.map_err(Trouble::from)?;
        let newest = versions.iter().find(|version| version.paper == paper);
        let version = Version {
            paper: paper.to_owned(),
            version: newest.map_or(1, |newest| newest.version + 1),
            made_at: self.now(),
            made_by: official.id,
            digest: crypto::hash::sha256("minwon template", &[content]),
            size: content.len() as u64,
        };
        let mut batch = Batch::new();
        batch.template(&version, content);
        let done = self.places.live.commit(batch, Urgency::User).await;
        done.map_err(Trouble::from)?;
        Ok(self.looked(who, "lay_template", None, 1, call).await?)
    }
}
