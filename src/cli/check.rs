//! `slalom check`: whether a preset makes sense.

use clap::Args;

use super::Failure;
use crate::preset::load;

#[derive(Debug, Args)]
pub(super) struct Check {
    /// The preset: a file, or the name of a built-in one
    preset: String,
}

impl Check {
    pub(super) fn execute(&self) -> Result<(), Failure> {
        load(&self.preset)?;
        Ok(())
    }
}
