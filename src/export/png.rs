//! Encodes a picture as PNG.

use std::io::Write;

use egui::ColorImage;
use png::text_metadata::ITXtChunk;

use super::EncodeError;
use super::pixels::{all_opaque, rgb_bytes, rgba_bytes};
use crate::pause::{at_once, pause};

/// Writes a picture as PNG.
///
/// With `transparent`, transparency is kept (a fully opaque picture is still written without
/// alpha); otherwise everything is composited over black. Equal pictures give equal bytes.
///
/// # Errors
/// Returns an error if the picture is empty or cannot be written.
pub fn png(write: impl Write, image: &ColorImage, transparent: bool) -> Result<(), EncodeError> {
    png_with(write, image, transparent, None)
}

/// The same, with a link that opens the race again.
///
/// # Errors
/// As [`png()`].
pub fn png_with(
    write: impl Write,
    image: &ColorImage,
    transparent: bool,
    link: Option<&str>,
) -> Result<(), EncodeError> {
    at_once(png_in_slices(write, image, transparent, link))
}

/// The same in slices.
///
/// # Errors
/// As [`png()`].
pub async fn png_in_slices(
    write: impl Write,
    image: &ColorImage,
    transparent: bool,
    link: Option<&str>,
) -> Result<(), EncodeError> {
    let [width, height] = png_size(image.size)?;
    let mut encoder = png::Encoder::new(write, width, height);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    // Heat maps get slightly smaller than with a filter chosen per row.
    encoder.set_filter(png::Filter::Sub);
    let bytes = if transparent && !all_opaque(&image.pixels) {
        encoder.set_color(png::ColorType::Rgba);
        rgba_bytes(&image.pixels)
    } else {
        encoder.set_color(png::ColorType::Rgb);
        rgb_bytes(&image.pixels)
    };
    let mut writer = encoder.write_header()?;
    if let Some(link) = link {
        writer.write_text_chunk(&link_chunk(link))?;
    }
    pause().await;
    write_in_slices(&mut writer, &bytes).await?;
    Ok(writer.finish()?)
}

/// Writes the bytes of all pixels.
async fn write_in_slices<W: Write>(
    writer: &mut png::Writer<W>,
    bytes: &[u8],
) -> Result<(), EncodeError> {
    /// The number of bytes that are compressed between two pauses: a millisecond or two.
    const SLICE: usize = 1 << 17;
    /// The size of the parts of the file.
    const PART: usize = 1 << 20;
    let mut stream = writer.stream_writer_with_size(PART)?;
    for slice in bytes.chunks(SLICE) {
        stream.write_all(slice).map_err(png::EncodingError::from)?;
        pause().await;
    }
    Ok(stream.finish()?)
}

/// The part of a PNG that contains a link, uncompressed, as the link is.
pub(super) fn link_chunk(link: &str) -> ITXtChunk {
    ITXtChunk::new("Slalom", link)
}

/// The width and height as PNG stores them.
pub(super) fn png_size([width, height]: [usize; 2]) -> Result<[u32; 2], EncodeError> {
    match (side(width), side(height)) {
        (Some(png_width), Some(png_height)) => Ok([png_width, png_height]),
        _ => Err(EncodeError::Size {
            width,
            height,
            format: "PNG",
        }),
    }
}

/// A width or height, if PNG can represent it.
fn side(pixels: usize) -> Option<u32> {
    u32::try_from(pixels)
        .ok()
        .filter(|&pixels| pixels > 0 && i32::try_from(pixels).is_ok())
}

#[cfg(test)]
mod tests {
    use egui::Color32;

    use super::*;

    fn picture(colors: impl Fn(u8, u8) -> Color32) -> ColorImage {
        let pixels = (0..40).flat_map(|y| (0..60).map(move |x| (x, y)));
        ColorImage::new([60, 40], pixels.map(|(x, y)| colors(x, y)).collect())
    }

    fn written(image: &ColorImage, transparent: bool) -> Vec<u8> {
        let mut bytes = Vec::new();
        png(&mut bytes, image, transparent).unwrap();
        bytes
    }

    fn read(bytes: &[u8]) -> (png::ColorType, Vec<u8>) {
        let decoder = png::Decoder::new(std::io::Cursor::new(bytes));
        let mut reader = decoder.read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        pixels.truncate(info.buffer_size());
        (info.color_type, pixels)
    }

    #[test]
    fn an_opaque_picture_comes_back_as_it_was() {
        let image = picture(|x, y| Color32::from_rgb(x, y, x ^ y));
        for transparent in [false, true] {
            let (kind, pixels) = read(&written(&image, transparent));
            assert_eq!(kind, png::ColorType::Rgb);
            assert_eq!(ColorImage::from_rgb(image.size, &pixels), image);
        }
    }

    #[test]
    fn transparency_comes_back_as_it_was() {
        let image = picture(|x, y| Color32::from_rgba_unmultiplied(200, y, 9, x * 4));
        let (kind, pixels) = read(&written(&image, true));
        assert_eq!(kind, png::ColorType::Rgba);
        assert_eq!(
            ColorImage::from_rgba_unmultiplied(image.size, &pixels),
            image
        );
    }

    #[test]
    fn without_transparency_the_ground_is_black() {
        let image = picture(|_, _| Color32::from_rgba_unmultiplied(200, 100, 0, 128));
        let (kind, pixels) = read(&written(&image, false));
        assert_eq!(kind, png::ColorType::Rgb);
        assert_eq!(pixels[..3], [100, 50, 0]);
    }

    #[test]
    fn equal_pictures_give_equal_bytes_and_an_empty_one_an_error() {
        let image = picture(|x, y| Color32::from_rgb(y, x, 7));
        assert_eq!(written(&image, false), written(&image.clone(), false));
        assert!(png(Vec::new(), &ColorImage::filled([0, 3], Color32::RED), false).is_err());
    }
}
