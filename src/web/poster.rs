//! The picture of a figure where a browser cannot draw it live.

use crate::base64;
use crate::export::{FigureOptions, Studio, Theme, png};
use crate::preset::Preset;

/// Returns the last step of a race as the address of a picture, which is drawn without the graphics
/// card. The size is in points, and `scale` in pixels per point.
///
/// # Errors
/// A sentence, if it is too large or too small a picture.
pub fn data_url(
    preset: &Preset,
    size: [usize; 2],
    scale: f32,
    is_dark: bool,
) -> Result<String, String> {
    let options = FigureOptions {
        size,
        scale,
        theme: if is_dark { Theme::Dark } else { Theme::Light },
        ..FigureOptions::default()
    };
    let mut studio = Studio::new(preset.clone(), options).map_err(|error| error.to_string())?;
    let step = preset.view.step.unwrap_or_else(|| studio.steps());
    #[expect(clippy::cast_precision_loss, reason = "steps are small numbers")]
    let picture = studio.picture(step as f64);
    let mut bytes = Vec::new();
    png::png(&mut bytes, &picture, false).map_err(|error| error.to_string())?;
    Ok(format!("data:image/png;base64,{}", base64::encode(&bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset;

    #[test]
    fn the_picture_is_a_png_of_that_size() {
        let race = preset::load_built_in("rosenbrock").unwrap();
        let url = data_url(&race, [120, 80], 2.0, true).unwrap();
        let digits = url.strip_prefix("data:image/png;base64,").unwrap();
        let bytes = digits
            .trim_end_matches('=')
            .replace('+', "-")
            .replace('/', "_");
        let bytes = base64::decode_from_address(bytes.as_bytes()).unwrap();
        let size = image::load_from_memory(&bytes).unwrap();
        assert_eq!([size.width(), size.height()], [240, 160]);
    }
}
