//! `slalom check`: whether a preset makes sense, and what its race would keep.

use std::io::{self, Write};

use clap::Args;

use super::Failure;
use crate::preset::load;
use crate::simulation::Memory;

#[derive(Debug, Args)]
pub(super) struct Check {
    /// The preset: a file, or the name of a built-in one
    preset: String,
}

impl Check {
    pub(super) fn execute(&self) -> Result<(), Failure> {
        let experiment = load(&self.preset)?.experiment;
        let memory = Memory::of(&experiment, &*experiment.open_surface());
        writeln!(io::stdout(), "{memory}").map_err(Failure::Output)
    }
}
