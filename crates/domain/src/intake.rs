//! 접수할 때 적는 것 — who asks, how the result is to reach them, and what a clerk notes down (영6④, 영10④, 영12⑤, 영25④).

use crate::assurance::Proof;
use crate::event::Attached;
use crate::petitioner::Party;
use crate::terms::coded;
use crate::text::{Text, plain};
use serde::{Deserialize, Serialize};

coded! {
    /// 받는 방법 — how the petitioner wants the result.
    Delivery {
        /// 온라인·문자·전자우편: an electronic document.
        Electronic = "electronic",
        /// 방문 수령: handed out at the counter (영25④).
        Counter = "counter",
        /// 우편.
        Post = "post",
    }
}

coded! {
    /// 구술한 언어.
    Tongue {
        /// 한국어.
        Korean = "korean",
        /// 한국수어.
        KoreanSign = "korean_sign",
        /// 영어.
        English = "english",
        /// 중국어.
        Chinese = "chinese",
        /// 베트남어.
        Vietnamese = "vietnamese",
        /// 일본어.
        Japanese = "japanese",
        /// 러시아어.
        Russian = "russian",
        /// 타갈로그어.
        Tagalog = "tagalog",
        /// 몽골어.
        Mongolian = "mongolian",
        /// 그 밖의 언어.
        Other = "other",
    }
}

coded! {
    /// 통역 — who put the citizen's words into Korean.
    Interpreter {
        /// 통역 없음.
        Nobody = "nobody",
        /// 함께 온 사람.
        Companion = "companion",
        /// 통역 직원·자원봉사자.
        Staff = "staff",
        /// 전화·영상 통역.
        Remote = "remote",
        /// 수어 통역사.
        Sign = "sign",
    }
}

coded! {
    /// 서명한 방법.
    SignatureWay {
        /// 화면에 직접.
        Screen = "screen",
        /// 종이에 서명한 것을 올림.
        Scan = "scan",
    }
}

/// 서명 — the picture of it, or the signed sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature<T = Text> {
    /// How it was given.
    pub way: SignatureWay,
    /// What was signed, or the signature.
    pub file: Attached<T>,
}
plain!(Signature);

/// 구술 — a petition spoken by the citizen and written down by the clerk (법8 단서, 영10④).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Oral<T = Text> {
    /// In which language it was spoken.
    pub tongue: Tongue,
    /// Who interpreted.
    pub interpreter: Interpreter,
    /// The citizen's signature under what was read back; only 기타민원 needs none.
    pub signature: Option<Signature<T>>,
}
plain!(Oral);

/// 접수할 때 적은 것. Of a person who files online in their own name there is nothing to note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intake<T = Text> {
    /// How the result is to reach the petitioner.
    pub delivery: Option<Delivery>,
    /// 신청 통수 of a certificate; 0 where copies make no sense.
    pub copies: u32,
    /// 받은 구비서류: bit *n* stands for the *n*th document that this version of the service names.
    pub handed: u32,
    /// 구술, if it was spoken.
    pub oral: Option<Oral<T>>,
    /// 민원인과 그를 위해 신청하는 사람.
    #[serde(default = "Party::default")]
    pub party: Party<T>,
    /// 본인 확인: what whoever filed online had shown of who they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
}
plain!(Intake);

impl<T> Default for Intake<T> {
    fn default() -> Intake<T> {
        Intake {
            delivery: None,
            copies: 0,
            handed: 0,
            oral: None,
            party: Party::default(),
            proof: None,
        }
    }
}

impl<T> Intake<T> {
    /// Whether the petitioner has signed what was written down.
    pub fn signed(&self) -> bool {
        self.oral.as_ref().is_some_and(|oral| oral.signature.is_some())
    }

    /// The same with each text turned by `lay`.
    pub fn lay<U, E>(self, lay: &mut impl FnMut(T) -> Result<U, E>) -> Result<Intake<U>, E> {
        let oral = match self.oral {
            None => None,
            Some(oral) => Some(Oral {
                tongue: oral.tongue,
                interpreter: oral.interpreter,
                signature: match oral.signature {
                    None => None,
                    Some(signature) => Some(Signature {
                        way: signature.way,
                        file: signature.file.lay(lay)?,
                    }),
                },
            }),
        };
        Ok(Intake {
            delivery: self.delivery,
            copies: self.copies,
            handed: self.handed,
            oral,
            party: self.party.lay(lay)?,
            proof: self.proof,
        })
    }

    /// Which of `documents` are missing, in their order. A petition is never refused for them (법9①): they are told
    /// (영6④) and may be asked for later (법22①).
    pub fn missing<'a>(&self, documents: &'a [String]) -> Vec<&'a str> {
        (documents.iter().enumerate())
            .filter(|(n, _)| *n >= 32 || self.handed & (1 << n) == 0)
            .map(|(_, document)| document.as_str())
            .collect()
    }
}

impl Intake {
    /// The texts it refers to.
    pub fn texts(&self) -> Vec<Text> {
        let signature = self.oral.and_then(|oral| oral.signature);
        signature
            .into_iter()
            .flat_map(|signature| [signature.file.content, signature.file.name])
            .chain(self.party.names)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_handed_in_is_missing_in_the_order_of_the_handbook() {
        let documents: Vec<String> = ["신청서", "사진", "자격증"].map(str::to_owned).to_vec();
        for (handed, missing) in [
            (0, vec!["신청서", "사진", "자격증"]),
            (0b001, vec!["사진", "자격증"]),
            (0b110, vec!["신청서"]),
            (0b111, vec![]),
        ] {
            let intake: Intake = Intake {
                handed,
                ..Intake::default()
            };
            assert_eq!(intake.missing(&documents), missing, "{handed:b}");
        }
        let many: Vec<String> = (0..40).map(|n| n.to_string()).collect();
        let all: Intake = Intake {
            handed: u32::MAX,
            ..Intake::default()
        };
        assert_eq!(
            all.missing(&many).len(),
            8,
            "what no bit stands for counts as missing"
        );
    }
}
