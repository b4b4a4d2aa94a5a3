//! 첨부 파일 — what a file is, told by its content alone, and what is taken out of it before it is kept (개인정보 보호법 제3조, 제29조).
//!
//! Nothing is believed that a name, a header or a directory says of itself: sizes are counted while unpacking, a name must
//! agree with the content, and what cannot be looked into is not taken. No input or output, no clock: bytes in, bytes out.

pub mod archive;
pub mod compound;
pub mod kind;
pub mod name;
pub mod picture;
mod video;

use domain::terms::FileType;

/// A file as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Taken {
    /// Safe for every file system and every header; otherwise as it was typed.
    pub name: String,
    /// What it is.
    pub kind: FileType,
    /// The content, without what pictures say of place, time and device.
    pub bytes: Vec<u8>,
    /// Whether something was taken out of it.
    pub cleaned: bool,
}

/// Shows sizes only: names and contents are a citizen's.
impl std::fmt::Debug for Taken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Taken({}, {} bytes)", self.kind, self.bytes.len())
    }
}

/// What harms whoever opens it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Harm {
    /// 실행 파일.
    Program,
    /// 스크립트.
    Script,
    /// 웹 문서: HTML, SVG.
    Page,
    /// 매크로가 든 문서.
    Macro,
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Nothing in it.
    #[error("empty")]
    Empty,
    /// Larger than is taken.
    #[error("too large")]
    TooLarge,
    /// Of a type that is not taken, or not known.
    #[error("not taken")]
    NotTaken,
    /// The content is of another type than the name says.
    #[error("the content is {0}")]
    Differs(FileType),
    /// It harms whoever opens it.
    #[error("harmful: {0:?}")]
    Harmful(Harm),
    /// Unpacked it is too large, too many or too deep.
    #[error("an archive bomb")]
    Bomb,
    /// A password stands before it: nobody here could look into it.
    #[error("locked")]
    Locked,
    /// Damaged.
    #[error("damaged")]
    Broken,
}

/// Looks at a file that came in under this name. Errors say why it is not taken; which of the known types an office takes
/// is for the office to say.
pub fn take(name: &str, bytes: Vec<u8>) -> Result<Taken, Fault> {
    if bytes.is_empty() {
        return Err(Fault::Empty);
    }
    let ending = name::ending(name);
    let found = kind::tell(&bytes)?;
    let kind = kind::agrees(ending.as_deref(), found)?;
    let cleaned = picture::clean(kind, &bytes)?;
    Ok(Taken {
        name: name::safe(name, kind),
        kind,
        cleaned: cleaned.is_some(),
        bytes: cleaned.unwrap_or(bytes),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_and_content_must_agree() {
        let pdf = b"%PDF-1.7 ...".to_vec();
        for (name, bytes, wanted) in [
            ("문서.pdf", pdf.clone(), Ok(FileType::Pdf)),
            ("문서.PDF", pdf.clone(), Ok(FileType::Pdf)),
            ("문서", pdf.clone(), Ok(FileType::Pdf)),
            ("사진.jpg", pdf.clone(), Err(Fault::Differs(FileType::Pdf))),
            ("문서.pdf.exe", pdf, Err(Fault::Harmful(Harm::Program))),
            (
                "거짓.pdf",
                b"MZ\x90\0 program".to_vec(),
                Err(Fault::Harmful(Harm::Program)),
            ),
            ("표.csv", "가,나\n1,2".into(), Ok(FileType::Csv)),
            ("글.txt", "가,나\n1,2".into(), Ok(FileType::Text)),
            ("글", "안녕하십니까".into(), Ok(FileType::Text)),
            (
                "단추.bat",
                "@echo off\ndel *".into(),
                Err(Fault::Harmful(Harm::Script)),
            ),
            (
                "그림.svg",
                "<svg xmlns='http://www.w3.org/2000/svg'/>".into(),
                Err(Fault::Harmful(Harm::Page)),
            ),
            ("표.xls", "<html><table>".into(), Err(Fault::Harmful(Harm::Page))),
            ("모름.bin", vec![1, 2, 3, 0, 255], Err(Fault::NotTaken)),
            ("빈.txt", Vec::new(), Err(Fault::Empty)),
        ] {
            assert_eq!(take(name, bytes).map(|taken| taken.kind), wanted, "{name}");
        }
    }

    #[test]
    fn a_name_without_an_ending_gets_the_one_of_its_content() {
        assert_eq!(take("위치도", b"%PDF-1.7".to_vec()).unwrap().name, "위치도.pdf");
        assert_eq!(
            take("../../etc/비밀번호.txt", b"x".to_vec()).unwrap().name,
            "비밀번호.txt"
        );
    }
}
