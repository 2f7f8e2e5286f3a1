//! `slalom check`: whether a preset makes sense, and what its race would keep.

use std::io::{self, Write};

use clap::Args;
use serde::Serialize;

use super::Failure;
use crate::experiment::Experiment;
use crate::preset::{PresetError, load};
use crate::simulation::Memory;

#[derive(Debug, Args)]
#[command(
    after_help = "A fault is one sentence on standard error, with file, line and column, and \
exit code 2. With --json, it is also an object on standard output:
  {\"file\": …, \"ok\": false, \"line\": 9, \"column\": 30, \"path\": \"racers[0].optimizer.beta_1\",
   \"kind\": \"out-of-range\", \"message\": …}
Kinds: syntax, version, unknown-field, missing-field, duplicate-field, wrong-choice, wrong-type,
out-of-range, conflict, unknown-name, data, unreadable, unknown-preset."
)]
pub(super) struct Check {
    /// The preset: a file, or the name of a built-in one
    preset: String,

    /// As JSON, for other programs: one object on standard output, whether all is well or not
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(super) fn execute(&self) -> Result<(), Failure> {
        match load(&self.preset) {
            Ok(preset) => {
                let sound = Sound::of(&self.preset, &preset.experiment);
                if self.json {
                    print(&sound)
                } else {
                    sound.tell()
                }
            }
            Err(fault) => {
                if self.json {
                    print(&Faulty::of(&self.preset, &fault))?;
                }
                Err(fault.into())
            }
        }
    }
}

/// What there is to say of a preset that makes sense.
#[derive(Serialize)]
struct Sound<'a> {
    file: &'a str,
    ok: bool,
    /// What its race would keep, in a sentence.
    memory: String,
}

impl<'a> Sound<'a> {
    fn of(file: &'a str, experiment: &Experiment) -> Self {
        let memory = Memory::of(experiment, &*experiment.open_surface());
        Self {
            file,
            ok: true,
            memory: memory.to_string(),
        }
    }

    /// Says it in lines of text.
    fn tell(&self) -> Result<(), Failure> {
        writeln!(io::stdout(), "{}", self.memory).map_err(Failure::Output)
    }
}

/// What there is to say of a preset that makes no sense.
#[derive(Serialize)]
struct Faulty<'a> {
    file: &'a str,
    ok: bool,
    line: Option<usize>,
    column: Option<usize>,
    /// The value that is wrong, as in `racers[0].optimizer.beta_1`.
    path: Option<String>,
    kind: &'static str,
    message: String,
}

impl<'a> Faulty<'a> {
    fn of(file: &'a str, fault: &PresetError) -> Self {
        let at = fault.position();
        Self {
            file,
            ok: false,
            line: at.map(|at| at.line),
            column: at.map(|at| at.column),
            path: fault.place().map(ToString::to_string),
            kind: fault.kind(),
            message: fault.what(),
        }
    }
}

/// One JSON object in a line.
fn print(answer: &impl Serialize) -> Result<(), Failure> {
    let unwritten = |cause: serde_json::Error| Failure::Output(cause.into());
    let line = serde_json::to_string(answer).map_err(unwritten)?;
    writeln!(io::stdout(), "{line}").map_err(Failure::Output)
}
