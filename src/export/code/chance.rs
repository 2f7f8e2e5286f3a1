//! The random parts of a script: the rows and the noise exactly as Slalom drew them, since no
//! library would draw the same ones.

use super::counterpart::Lack;
use super::dialect::{Dialect, Share};
use super::encoded::{Width, encoded};
use super::layout::filled;
use super::python::number;
use crate::experiment::{Batch, Experiment, Racer};
use crate::simulation::{Draws, Noise};

/// The largest number of random draws written into one list of a script.
const MOST: usize = 10_000;

/// The largest number of rows that the script of a network holds in base64.
const MOST_ENCODED: usize = 1_000_000;

const ROWS: Lack = "Slalom drew its rows, and more than 10,000 are too many to be written here";
const ENCODED_ROWS: Lack =
    "Slalom drew its rows, and more than 1,000,000 are too many to be written here";
const NOISE_OF_WEIGHTS: Lack =
    "Slalom drew its noise, one number per weight and step, which are too many to be written here";
const NOISE: Lack = "Slalom drew its noise, and more than 10,000 numbers are too many to be written \
                     here";

/// A list in the script that holds the rows of each step.
struct List {
    name: String,
    remark: String,
    steps: Vec<Vec<u32>>,
    /// The number of rows of a batch, if they are drawn.
    size: Option<usize>,
}

impl List {
    /// Whether it is too long to be read. Only drawn rows are written in base64, which come epoch
    /// after epoch.
    fn is_encoded(&self) -> bool {
        self.size.is_some() && self.steps.iter().map(Vec::len).sum::<usize>() > MOST
    }

    fn definition(&self) -> String {
        let Self {
            name,
            remark,
            steps,
            size,
        } = self;
        if let (Some(size), true) = (size, self.is_encoded()) {
            let rows: Vec<u32> = steps.iter().flatten().copied().collect();
            let rows = encoded(Width::of(&rows), rows.into_iter().map(f64::from));
            return format!("# {remark}\n{name} = batches({rows}, {size})\n");
        }
        let rows = filled(steps.iter().map(|rows| format!("{rows:?}")));
        format!("# {remark}\n{name} = {rows}\n")
    }
}

/// The lists that the racers of a script need.
pub(super) struct Chance<'a> {
    experiment: &'a Experiment,
    /// The number of rows in the data.
    rows: usize,
    is_network: bool,
    lists: Vec<List>,
    has_noise: bool,
}

impl<'a> Chance<'a> {
    /// Starts with no lists; each racer adds what it needs.
    pub(super) fn of(experiment: &'a Experiment) -> Self {
        let surface = experiment.surface.open();
        Self {
            experiment,
            rows: surface.rows(),
            is_network: surface.network().is_some(),
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
        let (most, lack) = if self.is_network {
            (MOST_ENCODED, ENCODED_ROWS)
        } else {
            (MOST, ROWS)
        };
        if self.experiment.steps.saturating_mul(drawn) > most {
            return Err(lack);
        }
        if racer.plan.noise > 0.0 && self.is_network {
            return Err(NOISE_OF_WEIGHTS);
        }
        if racer.plan.noise > 0.0 && self.experiment.steps > MOST / 2 {
            return Err(NOISE);
        }
        self.has_noise |= racer.plan.noise > 0.0;
        Ok(Share {
            batches: self.batches(racer),
            sigma: (racer.plan.noise > 0.0).then(|| number(racer.plan.noise)),
            interval: None,
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
        Some(self.listed(List {
            name,
            remark,
            steps,
            size: racer.plan.batch.drawn(),
        }))
    }

    /// The name of the list in the script, reusing an existing list if its contents are the same.
    fn listed(&mut self, list: List) -> String {
        let known = self.lists.iter().find(|known| known.steps == list.steps);
        if let Some(known) = known {
            return known.name.clone();
        }
        let mut free = list.name.clone();
        let mut number = 2;
        while self.lists.iter().any(|list| list.name == free) {
            free = format!("{}_{number}", list.name);
            number += 1;
        }
        self.lists.push(List {
            name: free.clone(),
            ..list
        });
        free
    }

    /// Whether any list is written in base64.
    pub(super) fn is_encoded(&self) -> bool {
        self.lists.iter().any(List::is_encoded)
    }

    /// The definitions of the lists, if there are any; `with_all` adds one that holds all rows.
    pub(super) fn definitions(&self, dialect: &dyn Dialect, with_all: bool) -> Option<String> {
        let cut = self.lists.iter().any(List::is_encoded);
        let cut = cut.then(|| {
            format!(
                "def batches(rows, size):
    \"\"\"The rows of every step: all rows of an epoch, cut into batches.\"\"\"
    epochs = [rows[first : first + {0}] for first in range(0, len(rows), {0})]
    return [epoch[at : at + size] for epoch in epochs for at in range(0, len(epoch), size)]

",
                self.rows
            )
        });
        let lists = self.lists.iter().map(List::definition);
        let mut definitions: Vec<String> = cut.into_iter().chain(lists).collect();
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
