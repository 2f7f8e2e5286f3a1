//! The fonts: Inter for text, egui's own for numbers and rare symbols, a font for the symbols that
//! both lack, and `KaTeX`'s fonts for equations.

use std::sync::Arc;

use egui::{Context, FontData, FontDefinitions, FontFamily};

const REGULAR: &[u8] = include_bytes!("../../assets/fonts/Inter-Regular.otf");
const SEMI_BOLD: &[u8] = include_bytes!("../../assets/fonts/Inter-SemiBold.otf");
const SIGNS: &[u8] = include_bytes!("../../assets/fonts/Signs.ttf");

/// `KaTeX`'s fonts that the rules' equations use, under the names that `ratex-layout` gives them.
const MATHEMATICS: &[(&str, &[u8])] = &[
    (
        "Main-Regular",
        include_bytes!("../../assets/fonts/KaTeX_Main-Regular.ttf"),
    ),
    (
        "Math-Italic",
        include_bytes!("../../assets/fonts/KaTeX_Math-Italic.ttf"),
    ),
    (
        "Size1-Regular",
        include_bytes!("../../assets/fonts/KaTeX_Size1-Regular.ttf"),
    ),
    (
        "Size2-Regular",
        include_bytes!("../../assets/fonts/KaTeX_Size2-Regular.ttf"),
    ),
    (
        "Size3-Regular",
        include_bytes!("../../assets/fonts/KaTeX_Size3-Regular.ttf"),
    ),
    (
        "Size4-Regular",
        include_bytes!("../../assets/fonts/KaTeX_Size4-Regular.ttf"),
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

/// Installs the fonts in the context.
pub fn apply(ctx: &Context) {
    let mut fonts = FontDefinitions::default();
    let mut add = |name: &str, bytes: &'static [u8]| {
        let data = Arc::new(FontData::from_static(bytes));
        fonts.font_data.insert(name.to_owned(), data);
    };
    add("Inter", REGULAR);
    add("Inter SemiBold", SEMI_BOLD);
    add("Signs", SIGNS);
    let proportional = fonts.families.entry(FontFamily::Proportional).or_default();
    proportional.insert(0, "Inter".into());
    // For symbols that Inter lacks, such as ∇.
    proportional.insert(1, "Hack".into());
    // For the clipboard in egui's colour picker.
    proportional.push("Signs".into());
    let mut strong = proportional.clone();
    strong[0] = "Inter SemiBold".into();
    fonts.families.insert(strong_family(), strong);
    for &(face, bytes) in MATHEMATICS {
        let data = Arc::new(FontData::from_static(bytes));
        let name = format!("KaTeX {face}");
        fonts.font_data.insert(name.clone(), data);
        fonts.families.insert(mathematics_family(face), vec![name]);
    }
    ctx.set_fonts(fonts);
}
