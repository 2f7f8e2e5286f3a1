//! The random parts of a script: the rows and the noise exactly as Slalom drew them, since no
//! library would draw the same ones.

use super::dialect::{Dialect, Lack, Share};
use super::layout::filled;
use super::python::number;
use crate::experiment::{Batch, Experiment, Racer};
use crate::simulation::{Draws, Noise};

/// The largest number of random draws written into one list of a script.
const MOST: usize = 10_000;

const ROWS: Lack = "Slalom drew its rows, and more than 10,000 are too many to be written here";
const NOISE: Lack = "Slalom drew its noise, and more than 10,000 numbers are too many to be written \
                     here";

/// A list in the script that holds the rows of each step.
struct List {
    name: String,
    remark: String,
    steps: Vec<Vec<u32>>,
}

/// The lists that the racers of a script need.
pub(super) struct Chance<'a> {
    experiment: &'a Experiment,
    /// The number of rows in the data.
    rows: usize,
    lists: Vec<List>,
    has_noise: bool,
}

impl<'a> Chance<'a> {
    /// Starts with no lists; each racer adds what it needs.
    pub(super) fn of(experiment: &'a Experiment) -> Self {
        Self {
            experiment,
            rows: experiment.surface.open().rows(),
            lists: Vec::new(),
            has_noise: false,
        }
    }

    /// The random inputs of a racer; adds the lists they need to the script.
    pub(super) fn share(&mut self, racer: &Racer) -> Result<Share, Lack> {
        let drawn = racer
            .plan
            .batch
            .drawn()
            .map_or(0, |size| size.min(self.rows));
        if self.experiment.steps.saturating_mul(drawn) > MOST {
            return Err(ROWS);
        }
        if racer.plan.noise > 0.0 && self.experiment.steps > MOST / 2 {
            return Err(NOISE);
        }
        self.has_noise |= racer.plan.noise > 0.0;
        Ok(Share {
            batches: self.batches(racer),
            sigma: (racer.plan.noise > 0.0).then(|| number(racer.plan.noise)),
        })
    }

    /// Whether any racer uses mini-batches.
    pub(super) fn has_batches(&self) -> bool {
        !self.lists.is_empty()
    }

    /// Whether any racer has gradient noise.
    pub(super) fn has_noise(&self) -> bool {
        self.has_noise
    }

    /// The name of the list that holds a racer's rows; `None` if it always uses all of them.
    fn batches(&mut self, racer: &Racer) -> Option<String> {
        let Experiment { steps, seed, .. } = *self.experiment;
        let mut draws = Draws::of(&racer.plan, self.rows, seed);
        draws.rows(0)?;
        let (name, remark, count) = match &racer.plan.batch {
            Batch::Rows(lists) => {
                let remark = "The rows of every step; after the last, the first follow again.";
                ("given_batches".to_owned(), remark.to_owned(), lists.len())
            }
            batch => {
                let size = batch.drawn().unwrap_or(1);
                let again = if racer.plan.replacement {
                    "_with_replacement"
                } else {
                    ""
                };
                let remark = format!("The rows that Slalom drew for every step with seed {seed}.");
                (format!("batches_of_{size}{again}"), remark, steps)
            }
        };
        let rows = |step| draws.rows(step).unwrap_or_default().to_vec();
        let steps: Vec<_> = (0..steps.min(count)).map(rows).collect();
        Some(self.listed(&name, remark, steps))
    }

    /// The name of the list in the script, reusing an existing list if its contents are the same.
    fn listed(&mut self, name: &str, remark: String, steps: Vec<Vec<u32>>) -> String {
        let known = self.lists.iter().find(|list| list.steps == steps);
        if let Some(known) = known {
            return known.name.clone();
        }
        let mut free = name.to_owned();
        let mut number = 2;
        while self.lists.iter().any(|list| list.name == free) {
            free = format!("{name}_{number}");
            number += 1;
        }
        self.lists.push(List {
            name: free.clone(),
            remark,
            steps,
        });
        free
    }

    /// The definitions of the lists, if there are any; `with_all` adds one that holds all rows.
    pub(super) fn definitions(&self, dialect: &dyn Dialect, with_all: bool) -> Option<String> {
        let list = |List {
                        name,
                        remark,
                        steps,
                    }: &List| {
            let rows = filled(steps.iter().map(|rows| format!("{rows:?}")));
            format!("# {remark}\n{name} = {rows}\n")
        };
        let mut definitions: Vec<String> = self.lists.iter().map(list).collect();
        if self.has_batches() && with_all {
            definitions.push(format!("{ALL_ROWS} = [list(range({}))]\n", self.rows));
        }
        if self.has_noise {
            let Experiment { steps, seed, .. } = *self.experiment;
            let mut noise = Noise::new(1.0, seed);
            let pair = |_| {
                let mut draw = [0.0; 2];
                noise.draw(&mut draw);
                format!("({}, {})", number(draw[0]), number(draw[1]))
            };
            let draws = filled((0..steps).map(pair));
            definitions.push(format!(
                "# Numbers of the standard normal distribution that Slalom drew with seed {seed}.\n\
                 normals = {}({draws})\n",
                dialect.array()
            ));
        }
        (!definitions.is_empty()).then(|| definitions.join("\n"))
    }
}

/// The name of the list whose only batch is all rows.
pub(super) const ALL_ROWS: &str = "all_rows";
