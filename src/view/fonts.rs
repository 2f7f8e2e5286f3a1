//! The fonts: Inter for text, egui's own for numbers and rare signs, and what both lack.

use std::sync::Arc;

use egui::{Context, FontData, FontDefinitions, FontFamily};

const REGULAR: &[u8] = include_bytes!("../../assets/fonts/Inter-Regular.otf");
const SEMI_BOLD: &[u8] = include_bytes!("../../assets/fonts/Inter-SemiBold.otf");
const SIGNS: &[u8] = include_bytes!("../../assets/fonts/Signs.ttf");

/// The family of headings and of whatever is open.
#[must_use]
pub fn strong_family() -> FontFamily {
    FontFamily::Name("strong".into())
}

/// Gives the context its fonts.
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
    // Signs that Inter lacks, such as ∇.
    proportional.insert(1, "Hack".into());
    // The clipboard in egui's colour picker.
    proportional.push("Signs".into());
    let mut strong = proportional.clone();
    strong[0] = "Inter SemiBold".into();
    fonts.families.insert(strong_family(), strong);
    ctx.set_fonts(fonts);
}
