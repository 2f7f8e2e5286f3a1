//! Letters that the built-in fonts lack, from the fonts of the computer: names can be in any script.
//!
//! A web page cannot read them.

use std::collections::BTreeSet;
use std::sync::Arc;

/// A font of the computer.
#[derive(Clone)]
pub struct SystemFont {
    /// A name that no other font has.
    pub name: String,
    /// The content of its file.
    pub bytes: Arc<Vec<u8>>,
    /// Which of the fonts in the file it is.
    pub index: u32,
    /// The letters for which it was chosen.
    pub letters: BTreeSet<char>,
}

impl std::fmt::Debug for SystemFont {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SystemFont")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// Returns fonts that together have these letters, as far as the computer has them. Upright fonts of
/// regular weight come first; the first call reads the list of fonts.
#[must_use]
pub fn covering(letters: &BTreeSet<char>) -> Vec<SystemFont> {
    if letters.is_empty() {
        return Vec::new();
    }
    #[cfg(target_arch = "wasm32")]
    return Vec::new();
    #[cfg(not(target_arch = "wasm32"))]
    desktop::covering(letters)
}

/// Returns those of the letters that none of the fonts has.
#[must_use]
pub fn without(letters: &BTreeSet<char>, fonts: &[SystemFont]) -> BTreeSet<char> {
    let found: BTreeSet<char> = fonts
        .iter()
        .flat_map(|font| &font.letters)
        .copied()
        .collect();
    letters.difference(&found).copied().collect()
}

#[cfg(not(target_arch = "wasm32"))]
mod desktop {
    use std::collections::BTreeSet;
    use std::sync::{Arc, OnceLock};

    use fontdb::{Database, FaceInfo, Style, Weight};
    use ttf_parser::Face;

    use super::SystemFont;

    /// The largest file that is read: collections of all Chinese characters have 20 MB or more.
    const MOST_BYTES: usize = 100 << 20;

    /// The fonts of the computer, the plainest first.
    fn plainest_first() -> &'static (Database, Vec<FaceInfo>) {
        static FONTS: OnceLock<(Database, Vec<FaceInfo>)> = OnceLock::new();
        FONTS.get_or_init(|| {
            let mut fonts = Database::new();
            fonts.load_system_fonts();
            let mut faces: Vec<FaceInfo> = fonts.faces().cloned().collect();
            faces.sort_by_cached_key(|face| {
                let family = face.families.first().map(|(name, _)| name.clone());
                let family = family.unwrap_or_default();
                let is_slanted = face.style != Style::Normal;
                let heavier = face.weight.0.abs_diff(Weight::NORMAL.0);
                let is_plain = family.contains("Sans") && !face.monospaced;
                (
                    is_slanted,
                    heavier,
                    !is_plain,
                    family,
                    face.post_script_name.clone(),
                )
            });
            (fonts, faces)
        })
    }

    pub fn covering(letters: &BTreeSet<char>) -> Vec<SystemFont> {
        let (fonts, faces) = plainest_first();
        let mut missing = letters.clone();
        let mut found = Vec::new();
        for info in faces {
            if missing.is_empty() {
                break;
            }
            let font = fonts.with_face_data(info.id, |bytes, index| {
                let face = Face::parse(bytes, index).ok()?;
                let drawn = |letter: &&char| draws(&face, **letter);
                let letters: BTreeSet<char> = missing.iter().filter(drawn).copied().collect();
                (!letters.is_empty() && bytes.len() <= MOST_BYTES).then(|| SystemFont {
                    name: format!("{} {index}", info.post_script_name),
                    bytes: Arc::new(bytes.to_vec()),
                    index,
                    letters,
                })
            });
            if let Some(font) = font.flatten() {
                missing.retain(|letter| !font.letters.contains(letter));
                found.push(font);
            }
        }
        found
    }

    /// Whether a font has an outline for a letter.
    fn draws(face: &Face<'_>, letter: char) -> bool {
        face.glyph_index(letter)
            .is_some_and(|glyph| face.glyph_bounding_box(glyph).is_some())
    }
}
