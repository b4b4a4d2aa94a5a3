//! 글꼴 — the type cases: what can be printed, and what is missing.
//!
//! Names in Korea are written in Hangul and in any of some nine thousand hanja, rare ones among them. A font set that
//! lacks them would lose a citizen's name without a word, so it is refused at the start.

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// Why a set of fonts cannot be used. The message names the cure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FontsRefused {
    /// No file was handed in.
    #[error("no font was given. {CURE}")]
    None,
    /// The file at this place (from 0, in the order handed in) is no OpenType or TrueType font.
    #[error("font file number {0} (counted from 0) is not an OpenType or TrueType font. {CURE}")]
    Unreadable(usize),
    /// Characters every office needs are in none of the fonts.
    #[error(
        "the fonts lack {count} characters that names and official documents need, for example {examples}. {CURE}"
    )]
    Missing {
        /// How many.
        count: usize,
        /// The first of them, at most twenty.
        examples: String,
    },
}

const CURE: &str = "On Debian: apt-get install fonts-noto-cjk, then use NotoSansCJK-Regular.ttc and NotoSansCJK-Bold.ttc \
                    of /usr/share/fonts/opentype/noto (docs/decisions/0003-fonts.md)";

/// What must be printable: all Hangul syllables and letters, the hanja of Unicode's first block and of Extension A
/// (which hold nearly all hanja admitted for personal names), the marks of official documents.
const NEEDED: [(u32, u32); 9] = [
    (0x0020, 0x007E),
    (0x2460, 0x2473),
    (0x3131, 0x318E),
    (0x326E, 0x327B),
    (0x3400, 0x4DB5),
    (0x4E00, 0x9FA5),
    (0xAC00, 0xD7A3),
    (0x300C, 0x300F),
    (0x3013, 0x3013),
];

/// A set of fonts that covers what Korean offices print.
pub struct Fonts {
    pub(crate) fonts: Vec<Font>,
    pub(crate) book: LazyHash<FontBook>,
    /// Families in the order of preference: the order of the files.
    pub(crate) families: Vec<String>,
    covered: Covered,
}

impl Fonts {
    /// From the bytes of font files (.ttf, .otf, .ttc), in order of preference: the first family sets the text, the
    /// others fill what it lacks. Of a collection with Korean faces (families ending in “KR”) only those are kept.
    pub fn new(files: Vec<Vec<u8>>) -> Result<Fonts, FontsRefused> {
        let mut fonts: Vec<Font> = Vec::new();
        for (place, file) in files.into_iter().enumerate() {
            let faces: Vec<Font> = Font::iter(Bytes::new(file)).collect();
            if faces.is_empty() {
                return Err(FontsRefused::Unreadable(place));
            }
            let korean = |face: &Font| face.info().family.ends_with(" KR");
            let any_korean = faces.iter().any(korean);
            fonts.extend(faces.into_iter().filter(|face| !any_korean || korean(face)));
        }
        if fonts.is_empty() {
            return Err(FontsRefused::None);
        }
        let mut families: Vec<String> = Vec::new();
        for font in &fonts {
            if !families.contains(&font.info().family) {
                families.push(font.info().family.clone());
            }
        }
        let covered = Covered::of(&families, &fonts);
        if let Some(refused) = lacking(|c| covered.has(c)) {
            return Err(refused);
        }
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        Ok(Fonts {
            fonts,
            book,
            families,
            covered,
        })
    }

    /// Whether `c` can be printed, upright and bold.
    pub fn covers(&self, c: char) -> bool {
        self.covered.has(c)
    }

    /// The families in use, the first one sets the text.
    pub fn families(&self) -> &[String] {
        &self.families
    }
}

/// What is missing of what every office needs.
fn lacking(has: impl Fn(char) -> bool) -> Option<FontsRefused> {
    let missing: Vec<char> = NEEDED
        .iter()
        .flat_map(|(first, last)| *first..=*last)
        .filter_map(char::from_u32)
        .filter(|c| !has(*c))
        .collect();
    let examples = missing.iter().take(20).collect();
    (!missing.is_empty()).then_some(FontsRefused::Missing {
        count: missing.len(),
        examples,
    })
}

/// One bit for each code point.
struct Covered(Vec<u64>);

impl Covered {
    /// A character counts if one family has it in all its weights: a name must not vanish because it is set bold.
    fn of(families: &[String], fonts: &[Font]) -> Covered {
        let mut any = vec![0_u64; 0x11_0000 / 64];
        for family in families {
            let mut all = vec![u64::MAX; 0x11_0000 / 64];
            for font in fonts.iter().filter(|font| font.info().family == *family) {
                let mut face = vec![0_u64; 0x11_0000 / 64];
                for c in font.info().coverage.iter().filter(|c| *c < 0x11_0000) {
                    face[c as usize / 64] |= 1 << (c % 64);
                }
                all.iter_mut().zip(&face).for_each(|(a, f)| *a &= f);
            }
            any.iter_mut().zip(&all).for_each(|(a, f)| *a |= f);
        }
        Covered(any)
    }

    fn has(&self, c: char) -> bool {
        let c = u32::from(c);
        self.0[c as usize / 64] >> (c % 64) & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_without_hanja_are_refused_with_the_cure() {
        let everyday = |c: char| !('\u{3400}'..='\u{4DB5}').contains(&c);
        let refused = lacking(everyday).unwrap();
        assert!(
            matches!(&refused, FontsRefused::Missing { count: 6582, examples } if examples.starts_with("㐀㐁"))
        );
        assert!(refused.to_string().contains("apt-get install fonts-noto-cjk"));
        assert_eq!(lacking(|_| true), None);
        assert!(lacking(|c| c != '힣').is_some());
    }

    #[test]
    fn no_font_and_no_font_file_are_told_apart() {
        assert_eq!(Fonts::new(vec![]).err(), Some(FontsRefused::None));
        assert_eq!(
            Fonts::new(vec![b"%PDF".to_vec()]).err(),
            Some(FontsRefused::Unreadable(0))
        );
    }
}
