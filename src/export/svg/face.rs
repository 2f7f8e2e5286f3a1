//! The typefaces of the app as other programs know them: real families with generic fallbacks, and
//! weight and slant as properties of their own.

use egui::FontFamily;

use crate::view::fonts::{numbers_family, strong_family};

/// The families for the app's text: its own if it is installed, otherwise similar ones.
pub(super) const PROPORTIONAL: &str = "Inter, Helvetica Neue, Helvetica, Arial, sans-serif";

/// The families for monospaced text.
const MONOSPACE: &str = "Hack, DejaVu Sans Mono, Menlo, Consolas, monospace";

/// The families for mathematics if those of `KaTeX` are not installed.
const MATHEMATICS: &str = "Latin Modern Math, STIX Two Math, Cambria Math, serif";

/// The weight of emphasis.
const STRONG: f32 = 600.0;

/// A typeface of the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Face {
    /// That of the whole picture.
    Text,
    Strong,
    Numbers,
    Monospace,
    /// One of `KaTeX`'s, by its name there, for instance `Math-Italic`.
    Mathematics(String),
}

impl Face {
    /// The typeface of a family of egui.
    pub(super) fn of(family: &FontFamily) -> Self {
        match family {
            FontFamily::Monospace => Self::Monospace,
            family if *family == strong_family() => Self::Strong,
            family if *family == numbers_family() => Self::Numbers,
            FontFamily::Name(name) => match name.strip_prefix("KaTeX ") {
                Some(face) => Self::Mathematics(face.to_owned()),
                None => Self::Text,
            },
            FontFamily::Proportional => Self::Text,
        }
    }

    /// The families, unless they are those of the whole picture.
    pub(super) fn families(&self) -> Option<String> {
        match self {
            Self::Text | Self::Strong => None,
            Self::Numbers => Some(format!("Inter Tabular, {PROPORTIONAL}")),
            Self::Monospace => Some(MONOSPACE.to_owned()),
            Self::Mathematics(face) => {
                let family = face.split('-').next().unwrap_or_default();
                let is_letter = |sign: &char| sign.is_ascii_alphanumeric();
                let family: String = family.chars().filter(is_letter).collect();
                Some(format!("KaTeX_{family}, {MATHEMATICS}"))
            }
        }
    }

    /// The weight, if it is not the usual one.
    pub(super) fn weight(&self) -> Option<f32> {
        (*self == Self::Strong).then_some(STRONG)
    }

    /// Whether all digits have the same width.
    pub(super) fn is_tabular(&self) -> bool {
        *self == Self::Numbers
    }

    /// Whether the letters slant.
    pub(super) fn is_italic(&self) -> bool {
        matches!(self, Self::Mathematics(face) if face.ends_with("Italic"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::fonts::mathematics_family;

    #[test]
    fn every_face_has_real_families_and_ends_with_a_generic_one() {
        let told = |family: &FontFamily| {
            let face = Face::of(family);
            let families = face.families().unwrap_or_else(|| PROPORTIONAL.to_owned());
            (families, face.weight(), face.is_tabular(), face.is_italic())
        };
        let text = || PROPORTIONAL.to_owned();
        let plain = (text(), None, false, false);
        assert_eq!(told(&FontFamily::Proportional), plain);
        assert_eq!(told(&strong_family()), (text(), Some(600.0), false, false));
        let (families, _, is_tabular, _) = told(&numbers_family());
        assert!(families.ends_with(&text()) && is_tabular);
        assert_eq!(told(&FontFamily::Name("unknown".into())), plain);
        assert!(told(&FontFamily::Monospace).0.ends_with(", monospace"));
        let (families, _, _, is_italic) = told(&mathematics_family("Math-Italic"));
        assert!(families.starts_with("KaTeX_Math, ") && families.ends_with(", serif"));
        assert!(is_italic);
        let (families, _, _, is_italic) = told(&mathematics_family("Size1-Regular"));
        assert!(families.starts_with("KaTeX_Size1, ") && !is_italic);
    }
}
