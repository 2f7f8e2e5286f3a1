//! `slalom run`: a race as numbers.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Failure;
use super::output::{complain, stream};
use crate::experiment::{Experiment, nearest};
use crate::export::{WeightsFormat, trajectories};
use crate::file::{Replacement, replace_with};
use crate::preset::Trust;
use crate::simulation::{Job, WeightsJob};
use crate::text::{brief, briefly};

#[derive(Debug, Args)]
pub(super) struct Run {
    /// The preset: a file, the name of a built-in one, a link, or - for standard input
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

    /// Write the weights of a network to this file instead of the race: CSV with one number a line,
    /// or NPY if the name ends so
    ///
    /// They are in the order of `PyTorch`'s parameters: layer by layer the matrix row by row, then the
    /// biases. A preset reads them with `initial: File("weights.csv")`.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["output", "format"])]
    weights: Option<PathBuf>,

    /// The racer whose weights are written; not needed if there is only one
    #[arg(long, value_name = "NAME", requires = "weights")]
    racer: Option<String>,

    /// The number of steps after which its weights are written, instead of at the end
    #[arg(long, value_name = "N", requires = "weights")]
    step: Option<usize>,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    #[default]
    Csv,
    Json,
}

impl Run {
    pub(super) fn execute(&self, trust: Trust) -> Result<(), Failure> {
        let experiment = trust.load(&self.preset)?.experiment;
        if let Some(remark) = experiment.no_chance() {
            complain(remark);
        }
        if let Some(file) = &self.weights {
            return self.save_weights(file, &experiment);
        }
        let write = |to: &mut dyn Write| match self.format {
            Format::Csv => trajectories::write_csv(to, &experiment),
            Format::Json => trajectories::write_json(to, &experiment),
        };
        match &self.output {
            Some(file) => replace_with(file, write).map_err(unwritable(file)),
            None => stream(write),
        }
    }

    fn save_weights(&self, file: &Path, experiment: &Experiment) -> Result<(), Failure> {
        // A file that cannot be written is said before the work.
        let mut new = Replacement::begin(file).map_err(unwritable(file))?;
        let weights = self.weights_of(experiment)?;
        let form = WeightsFormat::of(file);
        let written = form.write(&mut new, &weights);
        written
            .and_then(|()| new.commit())
            .map_err(unwritable(file))
    }

    /// The weights of the racer after the wanted number of steps.
    fn weights_of(&self, experiment: &Experiment) -> Result<Vec<f64>, Failure> {
        let surface = experiment.open_surface();
        if surface.network().is_none() {
            let what = "only a network has weights to write, and this race is on a surface";
            return Err(Failure::Weights(what.to_owned()));
        }
        let names = experiment.names();
        let index = self.racer_among(&names).map_err(Failure::Weights)?;
        let (Some(name), Some(racer)) = (names.get(index), experiment.racers.get(index)) else {
            return Err(Failure::Weights("there is no racer".to_owned()));
        };
        let step = self.step.unwrap_or(experiment.steps);
        if step > experiment.steps {
            let what = format!("the race has only {} steps, not {step}", experiment.steps);
            return Err(Failure::Weights(what));
        }
        let Experiment { start, seed, .. } = *experiment;
        let job = WeightsJob::new(&surface, &racer.plan, start, None, step, seed);
        let job = job.map_err(|fault| Failure::Weights(fault.to_string()))?;
        let diverged = || Failure::Weights(format!("{} diverges before step {step}", brief(name)));
        job.finish().ok_or_else(diverged)
    }

    /// The index of the racer that is meant.
    fn racer_among(&self, names: &[String]) -> Result<usize, String> {
        let known: Vec<&str> = names.iter().map(String::as_str).collect();
        let Some(name) = &self.racer else {
            return match known.len() {
                1 => Ok(0),
                0 => Err("there is no racer".to_owned()),
                _ => Err(format!(
                    "--racer has to say whose weights are written: {}",
                    briefly(&known)
                )),
            };
        };
        let found = known.iter().position(|known| known == name);
        found.ok_or_else(|| match nearest(name, &known) {
            Some(near) => format!(
                "there is no racer \"{}\"; did you mean \"{}\"?",
                brief(name),
                brief(near)
            ),
            None => format!(
                "there is no racer \"{}\"; there are {}",
                brief(name),
                briefly(&known)
            ),
        })
    }
}

fn unwritable(file: &Path) -> impl FnOnce(io::Error) -> Failure {
    |cause| Failure::Unwritable {
        file: file.to_owned(),
        cause,
    }
}
