//! The command line: one file per sub-command.

mod check;
mod code;
mod list;
#[cfg(not(feature = "window"))]
mod no_window;
mod render;
mod run;
mod usage;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[cfg(feature = "window")]
use crate::app::{LaunchError, launch};
use crate::export::ExportError;
use crate::preset::PresetError;
use crate::text::one_line;
#[cfg(not(feature = "window"))]
use no_window::{LaunchError, launch};

/// See how the optimizers of neural networks move: they race on loss surfaces, live, with numbers
/// one can trust.
#[derive(Debug, Parser)]
#[command(
    version,
    args_conflicts_with_subcommands = true,
    after_help = "Examples:
  slalom                                  open the window; a race is already running
  slalom rosenbrock                       open the window with a built-in preset
  slalom run radford-beale -o race.csv    the same race as numbers
  slalom code beale --library pytorch     a race as a Python script for the library itself
  slalom list optimizers                  all optimizers with their hyper-parameters
  slalom list schedules                   how a learning rate can change over the steps
  slalom check my-race.ron                what is wrong with a preset file, and where

A PRESET is a preset file (RON) or the name of a built-in one (`slalom list presets`)."
)]
struct Arguments {
    /// The preset to open in the window: a file, or the name of a built-in one
    preset: Option<String>,

    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Simulate a preset without a window and print every step of every racer
    Run(run::Run),
    /// Paint a preset as a picture or a clip: PNG, SVG, GIF, APNG, MP4, WEBM
    Render(render::Render),
    /// Write a preset as a Python script that races in Keras, PyTorch or Optax
    Code(code::Code),
    /// List the surfaces, the optimizers, the schedules or the built-in presets
    List(list::List),
    /// Say whether a preset makes sense, or what is wrong with it, and where
    Check(check::Check),
}

/// What stops a sub-command, as one sentence.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The preset makes no sense.
    #[error(transparent)]
    Preset(#[from] PresetError),
    /// There is no picture or clip.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// There is no window.
    #[error(transparent)]
    Launch(#[from] LaunchError),
    /// A file cannot be written.
    #[error("{} cannot be written: {cause}", file.display())]
    Unwritable {
        /// The file.
        file: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// Whoever read our output has gone.
    #[error("standard output cannot be written: {0}")]
    Output(io::Error),
}

impl Failure {
    /// Whether its text begins with file, line and column, as editors look for them.
    fn has_location(&self) -> bool {
        match self {
            Self::Preset(preset) | Self::Launch(LaunchError::Preset(preset)) => {
                preset.position().is_some()
            }
            _ => false,
        }
    }
}

/// Runs what the arguments ask for. Bad input ends with exit code 2 and one sentence on stderr.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage::answer(&error),
    };
    let done = match arguments.command {
        Some(Command::Run(run)) => run.execute(),
        Some(Command::Render(render)) => render.execute(),
        Some(Command::Code(code)) => code.execute(),
        Some(Command::List(list)) => list.execute(),
        Some(Command::Check(check)) => check.execute(),
        None => launch(arguments.preset.as_deref()).map_err(Failure::from),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        // `slalom run … | head` is no mistake.
        Err(Failure::Output(cause)) if cause.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(failure) => {
            let who = if failure.has_location() {
                ""
            } else {
                "slalom: "
            };
            eprintln!("{who}{}", one_line(&failure.to_string()));
            ExitCode::from(2)
        }
    }
}
