//! What stands in for `app::launch` in a build without the window.

use crate::preset::{self, PresetError};

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum LaunchError {
    /// The preset makes no sense.
    #[error(transparent)]
    Preset(#[from] PresetError),
    /// There is none in this build.
    #[error(
        "this build has no window, as it was made without the feature `window`; `slalom run` and \
         `slalom render` work all the same"
    )]
    NoWindow,
}

/// Says that there is no window, or what is wrong with the preset.
///
/// # Errors
/// Always.
pub fn launch(preset: Option<&str>) -> Result<(), LaunchError> {
    preset.map(preset::load).transpose()?;
    Err(LaunchError::NoWindow)
}
