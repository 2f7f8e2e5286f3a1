//! The fonts: Inter for text and numbers, egui's own for code and rare symbols, a font for the
//! symbols that both lack, and `KaTeX`'s fonts for equations.

mod scripts;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, OnceLock};

use egui::epaint::text::{FontInsert, FontPriority, Fonts, InsertFontFamily, TextOptions};
use egui::{Context, FontData, FontDefinitions, FontFamily, FontId};

use crate::system_fonts::SystemFont;
use scripts::Scripts;

pub use scripts::missing;

const REGULAR: &[u8] = include_bytes!("../../../assets/fonts/Inter-Regular.otf");
#[cfg(not(target_arch = "wasm32"))]
const SEMI_BOLD: &[u8] = include_bytes!("../../../assets/fonts/Inter-SemiBold.otf");
/// Without letters that a heading of the page seldom has: they are drawn in the regular weight.
#[cfg(target_arch = "wasm32")]
const SEMI_BOLD: &[u8] = include_bytes!("../../../assets/fonts/Inter-SemiBold-Subset.otf");
/// The digits of Inter that are all of the same width, with their dots, commas and colons.
const TABULAR: &[u8] = include_bytes!("../../../assets/fonts/Inter-Tabular.otf");
const SIGNS: &[u8] = include_bytes!("../../../assets/fonts/Signs.ttf");

/// `KaTeX`'s fonts that the rules' equations use, under the names that `ratex-layout` gives them.
const MATHEMATICS: &[(&str, &[u8])] = &[
    (
        "Main-Regular",
        include_bytes!("../../../assets/fonts/KaTeX_Main-Regular.ttf"),
    ),
    (
        "Math-Italic",
        include_bytes!("../../../assets/fonts/KaTeX_Math-Italic.ttf"),
    ),
    (
        "Size1-Regular",
        include_bytes!("../../../assets/fonts/KaTeX_Size1-Regular.ttf"),
    ),
    (
        "Size2-Regular",
        include_bytes!("../../../assets/fonts/KaTeX_Size2-Regular.ttf"),
    ),
    (
        "Size3-Regular",
        include_bytes!("../../../assets/fonts/KaTeX_Size3-Regular.ttf"),
    ),
    (
        "Size4-Regular",
        include_bytes!("../../../assets/fonts/KaTeX_Size4-Regular.ttf"),
    ),
];

/// The family of one of `KaTeX`'s fonts, by its name there, for instance `Math-Italic`.
#[must_use]
pub fn mathematics_family(face: &str) -> FontFamily {
    let known = MATHEMATICS.iter().any(|(name, _)| *name == face);
    // egui panics if a family is not registered.
    let face = if known { face } else { "Main-Regular" };
    FontFamily::Name(format!("KaTeX {face}").into())
}

/// The heavier family, for headings and emphasis.
#[must_use]
pub fn strong_family() -> FontFamily {
    FontFamily::Name("strong".into())
}

/// The family whose digits are all of the same width, for numbers that change or stand in columns.
#[must_use]
pub fn numbers_family() -> FontFamily {
    FontFamily::Name("numbers".into())
}

/// The font of [`numbers_family`] in this size.
#[must_use]
pub fn numbers(size: f32) -> FontId {
    FontId::new(size, numbers_family())
}

/// Installs the fonts in the context.
pub fn apply(ctx: &Context) {
    ctx.set_fonts(definitions());
    ctx.add_plugin(Scripts::default());
}

/// The content of all built-in fonts.
pub fn built_in() -> impl Iterator<Item = Vec<u8>> {
    let fonts = definitions().font_data.into_values();
    fonts.map(|font| (*font.font).as_ref().to_vec())
}

/// The letters of a text for which no built-in font has a glyph.
#[must_use]
pub fn lacking(text: &str) -> BTreeSet<char> {
    static KNOWN: OnceLock<Mutex<Fonts>> = OnceLock::new();
    let unusual =
        |letter: &char| !letter.is_ascii() && !letter.is_whitespace() && !letter.is_control();
    let mut letters: BTreeSet<char> = text.chars().filter(unusual).collect();
    if letters.is_empty() {
        return letters;
    }
    let fonts = KNOWN.get_or_init(|| Mutex::new(Fonts::new(TextOptions::default(), definitions())));
    if let Ok(mut fonts) = fonts.lock() {
        let mut fonts = fonts.with_pixels_per_point(1.0);
        letters.retain(|letter| !fonts.has_glyph(&FontId::proportional(12.0), *letter));
    }
    letters
}

/// Adds a font for letters that the others lack.
pub fn add(ctx: &Context, font: &SystemFont) {
    let families = [
        FontFamily::Proportional,
        FontFamily::Monospace,
        strong_family(),
        numbers_family(),
    ];
    let families = families.map(|family| InsertFontFamily {
        family,
        priority: FontPriority::Lowest,
    });
    let mut data = FontData::from_owned(font.bytes.to_vec());
    data.index = font.index;
    ctx.add_font(FontInsert::new(&font.name, data, families.to_vec()));
}

/// The fonts that egui brings.
#[cfg(not(target_arch = "wasm32"))]
fn of_egui() -> FontDefinitions {
    FontDefinitions::default()
}

/// Of the fonts that egui brings, a part of the one for code and rare symbols: a browser has fonts of its own,
/// and what it need not load is there sooner.
#[cfg(target_arch = "wasm32")]
fn of_egui() -> FontDefinitions {
    const HACK: &[u8] = include_bytes!("../../../assets/fonts/Hack-Subset.ttf");
    let mut fonts = FontDefinitions::empty();
    let hack = Arc::new(FontData::from_static(HACK));
    fonts.font_data.insert("Hack".to_owned(), hack);
    let code = vec!["Hack".to_owned()];
    fonts.families.insert(FontFamily::Monospace, code);
    fonts
}

fn definitions() -> FontDefinitions {
    let mut fonts = of_egui();
    let mut add = |name: &str, bytes: &'static [u8]| {
        let data = Arc::new(FontData::from_static(bytes));
        fonts.font_data.insert(name.to_owned(), data);
    };
    add("Inter", REGULAR);
    add("Inter SemiBold", SEMI_BOLD);
    add("Inter Tabular", TABULAR);
    add("Signs", SIGNS);
    let proportional = fonts.families.entry(FontFamily::Proportional).or_default();
    proportional.insert(0, "Inter".into());
    // For symbols that Inter lacks, such as ∇.
    proportional.insert(1, "Hack".into());
    // For the clipboard in egui's colour picker.
    proportional.push("Signs".into());
    let mut numbers = proportional.clone();
    numbers.insert(0, "Inter Tabular".into());
    let mut strong = proportional.clone();
    strong.insert(0, "Inter SemiBold".into());
    fonts.families.insert(strong_family(), strong);
    fonts.families.insert(numbers_family(), numbers);
    for &(face, bytes) in MATHEMATICS {
        let data = Arc::new(FontData::from_static(bytes));
        let name = format!("KaTeX {face}");
        fonts.font_data.insert(name.clone(), data);
        fonts.families.insert(mathematics_family(face), vec![name]);
    }
    fonts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_numbers_are_all_of_the_same_width() {
        let ctx = Context::default();
        apply(&ctx);
        let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
            let width = |letter: char| {
                ui.ctx()
                    .fonts_mut(|it| it.glyph_width(&numbers(12.0), letter))
            };
            for digit in '1'..='9' {
                assert_eq!(width(digit), width('0'), "{digit}");
            }
            assert!(width('.') < width('0'));
            for sign in "−+e×%∞()–…".chars() {
                assert!(width(sign) > 0.0, "{sign}");
            }
        });
        output.textures_delta.clear();
    }
}
