//! The command line: one file per sub-command.

mod check;
mod code;
mod ending;
mod hand_in;
mod link;
mod list;
mod manual;
#[cfg(not(feature = "window"))]
mod no_window;
mod output;
mod render;
mod run;
mod usage;

use std::ffi::OsString;
use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, io};

use clap::{Parser, Subcommand};

#[cfg(feature = "window")]
use crate::app::{LaunchError, launch};
use crate::export::ExportError;
use crate::preset::{LinkError, PresetError, Trust};
use crate::text::message;
#[cfg(not(feature = "window"))]
use no_window::{LaunchError, launch};
use output::complain;

/// See how neural-network optimizers move: they race on loss surfaces, live, with numbers you can
/// trust.
#[derive(Debug, Parser)]
#[command(
    version,
    args_conflicts_with_subcommands = true,
    after_help = "Examples:
  slalom                                  open the window with a race running
  slalom rosenbrock                       open the window with a built-in preset
  slalom run radford-beale -o race.csv    write every step of a race as CSV
  slalom code beale --library pytorch     write a race as a Python script
  slalom list optimizers                  all optimizers with their hyper-parameters
  slalom list schedules                   all learning-rate schedules
  slalom check my-race.ron                check a preset file
  slalom check answer.ron --lesson nesterov
                                          see whether it reaches the goal of a lesson
  slalom link my-race.ron                 print a race with its data as one line

A PRESET is a preset file (RON), a picture exported by Slalom, the name of a built-in preset (`slalom
list presets`), a link (`slalom link`), or - for a preset or a link on standard input.

The window keeps its settings, its open tabs and a log in a folder of the system, such as
~/.local/share/slalom. The variable SLALOM_LOG sets what is logged (off, error, warn, info, debug or
trace) or names another file for the log."
)]
struct Arguments {
    /// The preset to open in the window: a file, the name of a built-in one, or a link
    preset: Option<String>,

    /// Let the preset read data outside of its folder, wherever it says; on standard input, relative to
    /// the current folder
    #[arg(long, global = true)]
    allow_outside: bool,

    #[command(subcommand)]
    command: Option<Command>,
}

impl Arguments {
    const fn trust(&self) -> Trust {
        if self.allow_outside {
            Trust::Anywhere
        } else {
            Trust::Folder
        }
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Simulate a preset without a window and print every step of every racer
    Run(run::Run),
    /// Render a preset as a picture or a clip: PNG, SVG, GIF, APNG, MP4 or WEBM
    Render(render::Render),
    /// Write a preset as a Python script for Keras, PyTorch or Optax
    Code(code::Code),
    /// List surfaces, optimizers, schedules or built-in presets
    List(list::List),
    /// Print a preset with its data as one line that opens anywhere
    Link(link::Link),
    /// Print the manual page
    Man(manual::Manual),
    /// Print what lets a shell complete commands and options
    Completions(manual::Completions),
    /// Check a preset and report what is wrong with it, and where
    Check(check::Check),
}

/// The reason why a sub-command failed, as one sentence.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The preset is invalid.
    #[error(transparent)]
    Preset(#[from] PresetError),
    /// There can be no link.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// The picture or clip could not be made.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// The window could not be opened.
    #[error(transparent)]
    Launch(#[from] LaunchError),
    /// A file could not be written.
    #[error("{} cannot be written: {cause}", file.display())]
    Unwritable {
        /// The file.
        file: PathBuf,
        /// The reason.
        cause: io::Error,
    },
    /// There is no such lesson, or it has no goal.
    #[error("{0}")]
    Lesson(String),
    /// There are no such weights.
    #[error("{0}")]
    Weights(String),
    /// The answer to a question is no, and has been printed.
    #[error("no")]
    No,
    /// Standard output was closed from the beginning.
    #[error(
        "standard output cannot be written: it is closed; > /dev/null discards what is printed"
    )]
    Closed,
    /// Standard output could not be written.
    #[error("standard output cannot be written: {0}")]
    Output(io::Error),
}

impl Failure {
    /// The line of mathematics that is wrong, with a mark below it, if that is what is wrong.
    fn excerpt(&self) -> Option<&str> {
        match self {
            Self::Preset(preset) | Self::Launch(LaunchError::Preset(preset)) => preset.excerpt(),
            _ => None,
        }
    }

    /// Whether the message starts with file, line and column, which editors recognize.
    fn has_location(&self) -> bool {
        match self {
            Self::Preset(preset) | Self::Launch(LaunchError::Preset(preset)) => {
                preset.position().is_some()
            }
            _ => false,
        }
    }
}

/// Returns the arguments, in the order that the parser expects: options of the program after the command.
fn command_line() -> Vec<OsString> {
    let mut arguments: Vec<OsString> = env::args_os().collect();
    if let [_, first, second, ..] = &mut arguments[..]
        && first == "--allow-outside"
        && !second.as_encoded_bytes().starts_with(b"-")
    {
        std::mem::swap(first, second);
    }
    arguments
}

/// Runs the command line. Bad input results in exit code 2 and one sentence on stderr.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse_from(command_line()) {
        Ok(arguments) => arguments,
        Err(error) => return usage::answer(&error),
    };
    if arguments.command.is_some() {
        ending::end_when_interrupted();
    }
    let trust = arguments.trust();
    let done = match arguments.command {
        Some(Command::Run(run)) => run.execute(trust),
        Some(Command::Render(render)) => render.execute(trust),
        Some(Command::Code(code)) => code.execute(trust),
        Some(Command::List(list)) => list.execute(),
        Some(Command::Link(link)) => link.execute(trust),
        Some(Command::Check(check)) => check.execute(trust),
        Some(Command::Man(manual::Manual)) => manual::Manual::execute(),
        Some(Command::Completions(completions)) => completions.execute(),
        None => launch(arguments.preset.as_deref(), trust).map_err(Failure::from),
    };
    ending::leave_nothing();
    match done {
        Ok(()) => ExitCode::SUCCESS,
        // `slalom run … | head` is not an error.
        Err(Failure::Output(cause)) if cause.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(Failure::No) => ExitCode::from(1),
        Err(failure) => {
            let who = if failure.has_location() {
                ""
            } else {
                "slalom: "
            };
            complain(&format!("{who}{}", message(&failure.to_string())));
            // Programs that read the messages expect one line of each.
            if let Some(excerpt) = failure.excerpt().filter(|_| io::stderr().is_terminal()) {
                complain(excerpt);
            }
            ExitCode::from(2)
        }
    }
}
