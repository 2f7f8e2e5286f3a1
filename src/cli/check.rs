//! `slalom check`: whether a preset is valid, how its data were read, and how much memory its race
//! needs.

use std::path::Path;

use clap::Args;
use serde::Serialize;

use super::Failure;
use super::hand_in::Verdict;
use super::output::{answer, answer_in_json};
use crate::experiment::Experiment;
use crate::preset::{PresetError, Recordings, Trust, is_recording, is_table, name_of, recordings};
use crate::simulation::Memory;
use crate::surface::data::Source;
use crate::surface::grid::{is_landscape, landscape};
use crate::surface::{NetworkData, Surface};
use crate::table::{Reading, Table, Wanted};
use crate::text::{bounded, counted, message};

#[derive(Debug, Args)]
#[command(
    after_help = "A fault is reported as one sentence on standard error, with file, line and \
column, and exit code 2. With --json, it is also printed to standard output as an object:
  {\"file\": …, \"ok\": false, \"line\": 9, \"column\": 30, \"path\": \"racers[0].optimizer.beta_1\",
   \"kind\": \"out-of-range\", \"message\": …}
The kind is one of: syntax, version, unknown-field, missing-field, duplicate-field, wrong-choice,
wrong-type, out-of-range, conflict, unknown-name, data, outside, link, unreadable, unknown-preset.

With --lesson, a sentence says whether the goal is reached with changes only where the lesson allows
them; the exit code is then 0 or 1. With --json:
  {\"file\": …, \"ok\": true, \"lesson\": \"04-nesterov\", \"passes\": false, \"reached\": true,
   \"forbidden\": [\"the start was changed from …\"], \"message\": …, \"hint\": null}"
)]
pub(super) struct Check {
    /// A preset (a file, the name of a built-in one, a link, or - for standard input), or a table of
    /// data or recorded paths
    preset: String,

    /// Check whether the preset reaches the goal of this lesson (a file, or a lesson of the tour,
    /// with or without its number), with changes only where the lesson allows them
    #[arg(long)]
    lesson: Option<String>,

    /// Print one JSON object to standard output, whether or not there is a fault
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(super) fn execute(&self, trust: Trust) -> Result<(), Failure> {
        if let Some(lesson) = &self.lesson {
            return self.judge(lesson, trust);
        }
        let path = Path::new(&self.preset);
        if is_table(path) && path.exists() {
            self.answer(TableSound::of(&self.preset, path))
        } else {
            let preset = trust.load(&self.preset);
            self.answer(preset.map(|preset| PresetSound::of(self.name(), &preset.experiment)))
        }
    }

    fn name(&self) -> &str {
        name_of(&self.preset)
    }

    /// Judges the preset as an answer to a lesson.
    fn judge(&self, lesson: &str, trust: Trust) -> Result<(), Failure> {
        match trust.load(&self.preset) {
            Ok(preset) => Verdict::of(self.name(), &preset, lesson, trust)?.tell(self.json),
            Err(fault) => self.answer(Err::<PresetSound<'_>, _>(fault)),
        }
    }

    fn answer(&self, found: Result<impl Sound, PresetError>) -> Result<(), Failure> {
        match found {
            Ok(sound) if self.json => answer_in_json(&sound),
            Ok(sound) => {
                let lines = sound.lines().into_iter();
                answer(&lines.map(|line| line + "\n").collect::<String>())
            }
            Err(fault) => {
                if self.json {
                    answer_in_json(&Faulty::of(self.name(), &fault))?;
                }
                Err(fault.into())
            }
        }
    }
}

/// The answer about valid input.
trait Sound: Serialize {
    fn lines(&self) -> Vec<String>;
}

/// How data were understood.
#[derive(Serialize)]
#[serde(untagged)]
enum Data {
    Table(Source),
    Network(Box<NetworkData>),
    Landscape { landscape: Vec<String> },
}

impl Data {
    fn of(surface: &dyn Surface) -> Option<Self> {
        if let Some(grid) = surface.grid() {
            let landscape = grid.lines();
            return Some(Self::Landscape { landscape });
        }
        match surface.network() {
            Some(learner) => Some(Self::Network(Box::new(learner.data.clone()))),
            None => surface.data()?.source.clone().map(Self::Table),
        }
    }

    fn lines(&self) -> Vec<String> {
        match self {
            Self::Table(source) => source.lines(),
            Self::Network(data) => data.lines(),
            Self::Landscape { landscape } => landscape.clone(),
        }
    }
}

/// The answer about a valid preset.
#[derive(Serialize)]
struct PresetSound<'a> {
    file: &'a str,
    ok: bool,
    /// How its data were understood, if they come from a table or belong to a network.
    data: Option<Data>,
    /// The network in a few words, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    network: Option<String>,
    /// The memory that its race needs, as a sentence.
    memory: String,
    /// Why its seeds are pointless, if they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    seeds: Option<&'static str>,
}

impl<'a> PresetSound<'a> {
    fn of(file: &'a str, experiment: &Experiment) -> Self {
        let surface = experiment.open_surface();
        Self {
            file,
            ok: true,
            data: Data::of(&*surface),
            network: surface.network().map(|it| it.perceptron.about()),
            memory: Memory::of(experiment, &*surface).to_string(),
            seeds: experiment.no_chance(),
        }
    }
}

impl Sound for PresetSound<'_> {
    fn lines(&self) -> Vec<String> {
        let data = self.data.as_ref().map(Data::lines).unwrap_or_default();
        let network = self.network.iter().map(|it| format!("network: {it}"));
        let seeds = self.seeds.map(str::to_owned).into_iter().collect();
        [data, network.collect(), vec![self.memory.clone()], seeds].concat()
    }
}

/// The answer about a valid table.
#[derive(Serialize)]
struct TableSound<'a> {
    file: &'a str,
    ok: bool,
    /// How it was read.
    table: Reading,
    /// The paths it contains, if it is a recording.
    paths: Option<Recordings>,
    /// How it was understood, if it is a landscape.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    landscape: Vec<String>,
}

impl<'a> TableSound<'a> {
    fn of(file: &'a str, path: &Path) -> Result<Self, PresetError> {
        let table = Table::open(path, &Wanted::default())?;
        let landscape = if is_landscape(&table) {
            landscape(&table, None)
                .map_err(|fault| PresetError::in_table(file, &fault))?
                .told()
        } else {
            Vec::new()
        };
        let paths = if is_recording(&table) {
            Some(recordings(path, &table)?)
        } else {
            if landscape.is_empty() {
                table.settled()?;
                let columns: Vec<usize> = (0..table.reading().columns.len()).collect();
                table.decimal_of(&columns)?;
            }
            None
        };
        Ok(Self {
            file,
            ok: true,
            table: table.reading().clone(),
            paths,
            landscape,
        })
    }
}

impl Sound for TableSound<'_> {
    fn lines(&self) -> Vec<String> {
        match &self.paths {
            Some(paths) => paths.lines(),
            None if !self.landscape.is_empty() => self.landscape.clone(),
            None => {
                let mut lines = self.table.lines();
                lines.push(format!(
                    "{}: {}",
                    self.table.file,
                    counted(self.table.rows, "row")
                ));
                lines
            }
        }
    }
}

/// The answer about an invalid preset.
#[derive(Serialize)]
struct Faulty<'a> {
    file: &'a str,
    ok: bool,
    line: Option<usize>,
    column: Option<usize>,
    /// The invalid value, as in `racers[0].optimizer.beta_1`.
    path: Option<String>,
    kind: &'static str,
    message: String,
    /// The line of mathematics that is wrong, with carets below.
    #[serde(skip_serializing_if = "Option::is_none")]
    excerpt: Option<&'a str>,
}

impl<'a> Faulty<'a> {
    fn of(file: &'a str, fault: &'a PresetError) -> Self {
        let at = fault.position();
        Self {
            file,
            ok: false,
            line: at.map(|at| at.line),
            column: at.map(|at| at.column),
            path: fault.location().map(|path| bounded(&path.to_string())),
            kind: fault.kind(),
            message: message(&fault.what()),
            excerpt: fault.excerpt(),
        }
    }
}
