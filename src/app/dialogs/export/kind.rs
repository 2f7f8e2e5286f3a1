//! What can be exported, and the file types for it.

use std::path::Path;

use crate::export::Format;

/// A file type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A picture or a clip.
    Picture(Format),
    /// Every step of every racer, as a table.
    Csv,
    /// Every step of every racer, with the racers' parameters.
    Json,
}

impl Kind {
    /// All types, in the order of the menu.
    pub const ALL: [Self; 9] = [
        Self::Picture(Format::Png),
        Self::Picture(Format::Svg),
        Self::Picture(Format::Pdf),
        Self::Picture(Format::Gif),
        Self::Picture(Format::Apng),
        Self::Picture(Format::Mp4),
        Self::Picture(Format::Webm),
        Self::Csv,
        Self::Json,
    ];

    /// Returns the types that can be made here, in the order of the menu. A page has neither `FFmpeg` for
    /// videos nor the fonts for PDF.
    pub fn offered(on_a_page: bool) -> impl Iterator<Item = Self> {
        let needs_desktop = |kind: &Self| {
            let format = kind.format();
            format.is_some_and(|it| matches!(it, Format::Mp4 | Format::Webm | Format::Pdf))
        };
        let kinds = Self::ALL.into_iter();
        kinds.filter(move |kind| !(on_a_page && needs_desktop(kind)))
    }

    /// Returns the type of a file, by its extension.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_ascii_lowercase();
        match ending.to_str()? {
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            _ => Format::of(path).ok().map(Self::Picture),
        }
    }

    /// Returns the extension.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Picture(format) => format.ending(),
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// Returns the name on screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Picture(format) => format.label(),
            Self::Csv => "numbers (CSV)",
            Self::Json => "numbers (JSON)",
        }
    }

    /// Returns the format of a picture or a clip; `None` for numbers.
    pub const fn format(self) -> Option<Format> {
        match self {
            Self::Picture(format) => Some(format),
            Self::Csv | Self::Json => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_is_known_by_its_extension() {
        for kind in Kind::ALL {
            for ending in [kind.ending().to_owned(), kind.ending().to_uppercase()] {
                let path = Path::new("race").with_extension(ending);
                assert_eq!(Kind::of(&path), Some(kind));
            }
        }
        assert_eq!(Kind::offered(false).count(), Kind::ALL.len());
        let on_a_page: Vec<&str> = Kind::offered(true).map(Kind::ending).collect();
        assert_eq!(on_a_page, ["png", "svg", "gif", "apng", "csv", "json"]);
        assert_eq!(Kind::of(Path::new("race")), None);
        assert_eq!(Kind::of(Path::new("race.doc")), None);
    }
}
