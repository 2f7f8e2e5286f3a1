//! A race as a script that runs it in Keras, PyTorch or Optax and prints its numbers.

mod chance;
mod data;
mod dialect;
mod keras;
mod layout;
mod optax;
mod python;
mod pytorch;
mod script;
mod surface;
mod table;
mod values;

use crate::experiment::{Experiment, Racer};
use crate::optimizer::{self, OptimizerChoice};
use dialect::Dialect;
use script::assemble;
use values::Values;

/// The libraries for which scripts can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Library {
    /// Keras 3, on JAX.
    Keras,
    /// PyTorch 2.
    PyTorch,
    /// Optax, on JAX.
    Optax,
}

impl Library {
    /// All of them, in the order of the menus.
    pub const ALL: &[Self] = &[Self::Keras, Self::PyTorch, Self::Optax];

    /// The name on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Keras => "Keras",
            Self::PyTorch => "PyTorch",
            Self::Optax => "Optax",
        }
    }

    /// What has to be installed.
    const fn packages(self) -> &'static str {
        match self {
            Self::Keras => "keras and jax",
            Self::PyTorch => "torch",
            Self::Optax => "optax",
        }
    }

    /// The package that has a rule for this library, with the library's own defaults where it has
    /// any; `None` if there is none.
    #[must_use]
    pub fn package(self, optimizer: &OptimizerChoice) -> Option<&'static str> {
        let (package, defaults) = match self {
            Self::Keras => ("keras", optimizer::Library::Keras),
            Self::PyTorch => ("torch", optimizer::Library::PyTorch),
            Self::Optax => ("optax", optimizer::Library::Optax),
        };
        let theirs = optimizer.defaults(defaults);
        let racer = Racer::new(theirs.unwrap_or_else(|| optimizer.clone()));
        let dialect = self.dialect();
        let counterpart = dialect.counterpart(&Values::of(&racer, 1)).ok()?;
        Some(dialect.package(counterpart.manner).unwrap_or(package))
    }

    const fn dialect(self) -> &'static dyn Dialect {
        match self {
            Self::Keras => &keras::Keras,
            Self::PyTorch => &pytorch::PyTorch,
            Self::Optax => &optax::Optax,
        }
    }
}

/// The whole race as a Python script that prints the CSV of `slalom run`, but for the columns
/// `rows_seen` and `epoch`. A racer that the library has no optimizer for is left out, and a comment
/// says why.
///
/// The rows and the noise of a race are in the script as Slalom drew them; racers that need too many
/// of them are left out, too. Small data sets are written down, large ones read from their files.
#[must_use]
pub fn script(experiment: &Experiment, library: Library) -> String {
    let everyone: Vec<usize> = (0..experiment.racers.len()).collect();
    script_of(experiment, &everyone, library)
}

/// The same for some of the racers, by their places in the list.
#[must_use]
pub fn script_of(experiment: &Experiment, racers: &[usize], library: Library) -> String {
    assemble(experiment, racers, library)
}
