//! The counterpart of `app::launch` in builds without the window.

use crate::preset::{PresetError, Trust};

/// The reason why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum LaunchError {
    /// The preset is invalid.
    #[error(transparent)]
    Preset(#[from] PresetError),
    /// This build has no window.
    #[error(
        "this build has no window because it was compiled without the feature `window`; `slalom run` \
         and `slalom render` still work"
    )]
    NoWindow,
}

/// Reports what is wrong with the preset or, if it is valid, that there is no window.
///
/// # Errors
/// Always returns an error.
pub fn launch(preset: Option<&str>, trust: Trust) -> Result<(), LaunchError> {
    preset.map(|preset| trust.load(preset)).transpose()?;
    Err(LaunchError::NoWindow)
}
