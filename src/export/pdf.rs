//! Writes a drawing as PDF: lines stay lines, and text stays text, in embedded fonts.

use std::sync::Arc;

use fontdb::Database;
use krilla::Document;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::Size;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt as _, SvgSettings};
use usvg::Tree;

use super::EncodeError;
use crate::system_fonts;
use crate::view::fonts;

/// A page to be written.
#[derive(Clone, Debug)]
pub struct Page<'a> {
    /// An SVG document of Slalom's own.
    pub drawing: &'a str,
    /// The width and height of the page in points, 72 of which are an inch.
    pub size: [f32; 2],
    /// The title, for readers and search engines.
    pub title: &'a str,
    /// A link that opens the race again.
    pub link: Option<&'a str>,
}

/// Writes a PDF document of one page. Equal pages give equal documents.
///
/// # Errors
/// Returns what is wrong with the size of the page, or with a font of this computer.
pub fn pdf(page: &Page<'_>) -> Result<Vec<u8>, EncodeError> {
    let mut fonts = Database::new();
    for font in fonts::built_in() {
        fonts.load_font_data(font);
    }
    // For letters that none of these have.
    for font in system_fonts::covering(&fonts::lacking(page.drawing)) {
        fonts.load_font_data(font.bytes.to_vec());
    }
    let options = usvg::Options {
        fontdb: Arc::new(fonts),
        ..usvg::Options::default()
    };
    let wrong = |what: &dyn std::fmt::Display| EncodeError::Page(what.to_string());
    let tree = Tree::from_str(page.drawing, &options).map_err(|cause| wrong(&cause))?;
    let [width, height] = page.size;
    let no_size = || wrong(&"a page needs a width and a height");
    let settings = PageSettings::from_wh(width, height).ok_or_else(no_size)?;
    let size = Size::from_wh(width, height).ok_or_else(no_size)?;

    let mut document = Document::new();
    let mut sheet = document.start_page_with(settings);
    let mut surface = sheet.surface();
    let drawn = surface.draw_svg(&tree, size, SvgSettings::default());
    surface.finish();
    sheet.finish();
    drawn.ok_or_else(no_size)?;
    let metadata = Metadata::new()
        .title(page.title.to_owned())
        .creator(concat!("Slalom ", env!("CARGO_PKG_VERSION")).to_owned());
    document.set_metadata(metadata);
    if let Some(link) = page.link {
        document.embed_file(EmbeddedFile {
            path: "slalom.txt".to_owned(),
            mime_type: MimeType::new("text/plain"),
            description: Some("A link that opens this race in Slalom".to_owned()),
            association_kind: AssociationKind::Source,
            data: link.as_bytes().to_vec().into(),
            modification_date: None,
            // It is found by its beginning.
            compress: Some(false),
            location: None,
        });
    }
    document
        .finish()
        .map_err(|cause| wrong(&format!("{cause:?}")))
}
