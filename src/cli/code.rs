//! `slalom code`: a race as a script for an optimizer library.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Failure;
use super::output::print;
use crate::export::code::{self, Framework};
use crate::file::replace;
use crate::preset::Trust;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  slalom code beale --library pytorch | python
  slalom code my-race.ron --library keras -o my_race.py

A racer is left out, with a comment that says why, if the library does not have its optimizer or if
the script would have to list more than 10,000 random numbers for it.")]
pub(super) struct Code {
    /// The preset: a file, the name of a built-in one, a link, or - for standard input
    preset: String,

    /// The library that the script uses
    #[arg(long, value_enum)]
    library: FrameworkChoice,

    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FrameworkChoice {
    /// Keras 3, on JAX
    Keras,
    /// PyTorch 2
    #[value(name = "pytorch")]
    PyTorch,
    /// Optax, on JAX
    Optax,
}

impl Code {
    pub(super) fn execute(&self, trust: Trust) -> Result<(), Failure> {
        let experiment = trust.load(&self.preset)?.experiment;
        let library = match self.library {
            FrameworkChoice::Keras => Framework::Keras,
            FrameworkChoice::PyTorch => Framework::PyTorch,
            FrameworkChoice::Optax => Framework::Optax,
        };
        let script = code::script(&experiment, library);
        match &self.output {
            Some(file) => replace(file, script.as_bytes()).map_err(|cause| Failure::Unwritable {
                file: file.clone(),
                cause,
            }),
            None => print(&script),
        }
    }
}
