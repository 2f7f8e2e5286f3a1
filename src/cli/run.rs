//! `slalom run`: a race as numbers.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Failure;
use crate::export::trajectories;
use crate::preset::{load, write_beside};

#[derive(Debug, Args)]
pub(super) struct Run {
    /// The preset: a file, or the name of a built-in one
    preset: String,

    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// CSV has one row per racer and step; JSON has one object per racer, with its hyper-parameters
    /// and status
    ///
    /// In both, `decided_by_rounding` compares the race with one that has twice as many digits: in
    /// JSON it is the step from which the paths differ, or null, and in CSV it is true from that
    /// step on. This takes at most a million evaluations per racer, of a formula or of a row. In a
    /// longer race, the column is empty beyond, and `rounding_checked_to` is the last step compared.
    ///
    /// If the preset has several seeds, each racer has its rows or its object for every seed, with
    /// that `seed`.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    #[default]
    Csv,
    Json,
}

impl Run {
    pub(super) fn execute(&self) -> Result<(), Failure> {
        let experiment = load(&self.preset)?.experiment;
        if let Some(remark) = experiment.no_chance() {
            // Nothing depends on whether anyone reads it.
            let _ = writeln!(io::stderr(), "{remark}");
        }
        let write = |to: &mut dyn Write| match self.format {
            Format::Csv => trajectories::write_csv(to, &experiment),
            Format::Json => trajectories::write_json(to, &experiment),
        };
        match &self.output {
            Some(file) => write_beside(file, write).map_err(|cause| Failure::Unwritable {
                file: file.clone(),
                cause,
            }),
            None => {
                let mut out = io::BufWriter::new(io::stdout().lock());
                write(&mut out)
                    .and_then(|()| out.flush())
                    .map_err(Failure::Output)
            }
        }
    }
}
