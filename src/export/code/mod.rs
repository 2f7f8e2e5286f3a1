//! Writes a race as a script that runs it in Keras, PyTorch or Optax and prints the same numbers,
//! and [reads](paste) an optimizer from its constructor in one of them.

mod chance;
mod counterpart;
mod data;
mod definition;
mod dialect;
mod encoded;
mod entrant;
mod formula;
mod ground;
mod helpers;
mod keras;
mod layout;
mod network;
mod optax;
mod own;
pub mod paste;
mod python;
mod pytorch;
mod script;
mod surface;
mod table;
mod team;
mod values;
mod written;

use std::sync::Arc;

use crate::engine::{Signal, at_once, race_until};
use crate::experiment::{Experiment, Racer};
use crate::optimizer::{OptimizerChoice, Origin};
use crate::subspace::{PlaneChoice, Subspace};
use dialect::Dialect;
use script::assemble;
use values::Values;

/// A library for which scripts can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Framework {
    /// Keras 3, on JAX.
    Keras,
    /// PyTorch 2.
    PyTorch,
    /// Optax, on JAX.
    Optax,
}

impl Framework {
    /// All libraries, in menu order.
    pub const ALL: &[Self] = &[Self::Keras, Self::PyTorch, Self::Optax];

    /// The display name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Keras => "Keras",
            Self::PyTorch => "PyTorch",
            Self::Optax => "Optax",
        }
    }

    /// The packages that have to be installed.
    const fn packages(self) -> &'static str {
        match self {
            Self::Keras => "keras and jax",
            Self::PyTorch => "torch",
            Self::Optax => "optax",
        }
    }

    /// The package that provides an equivalent of a rule for any parameters, judged by the library's
    /// own default values where it has any; `None` if no package does.
    #[must_use]
    pub fn package(self, optimizer: &OptimizerChoice) -> Option<&'static str> {
        let package = match self {
            Self::Keras => "keras",
            Self::PyTorch => "torch",
            Self::Optax => "optax",
        };
        let theirs = optimizer.defaults(self.origin());
        let racer = Racer::new(theirs.unwrap_or_else(|| optimizer.clone()));
        let dialect = self.dialect();
        if optimizer.needs().matrices {
            return None;
        }
        let counterpart = dialect.counterpart(&Values::of(&racer, 1, 0)).ok()?;
        if counterpart.is_written_out() {
            return None;
        }
        Some(dialect.package(counterpart.manner).unwrap_or(package))
    }

    /// The origin of its defaults.
    const fn origin(self) -> Origin {
        match self {
            Self::Keras => Origin::Keras,
            Self::PyTorch => Origin::PyTorch,
            Self::Optax => Origin::Optax,
        }
    }

    const fn dialect(self) -> &'static dyn Dialect {
        match self {
            Self::Keras => &keras::Keras,
            Self::PyTorch => &pytorch::PyTorch,
            Self::Optax => &optax::Optax,
        }
    }
}

/// The whole race as a Python script that prints the first six columns of `slalom run`. A racer
/// without an equivalent in the library is left out, with a comment that says why.
///
/// The rows and the noise of a race are in the script exactly as Slalom drew them; racers that need
/// too many of them are left out as well. Small data sets are written out; large ones are read from
/// their files, and those that have no file are written in base64.
///
/// The script of a network trains it from the same weights. Its x and y are coordinates on the plane
/// that `slalom run` fits to the paths, for which the race is run here, too.
#[must_use]
pub fn script(experiment: &Experiment, library: Framework) -> String {
    let everyone: Vec<usize> = (0..experiment.racers.len()).collect();
    script_of(experiment, &everyone, library)
}

/// The same for some of the racers, given by their indices.
#[must_use]
pub fn script_of(experiment: &Experiment, racers: &[usize], library: Framework) -> String {
    let surface = experiment.surface.open();
    let fitted = surface.network().and_then(|_| {
        let raced = at_once(race_until(
            experiment,
            &PlaneChoice::Fitted,
            &Signal::default(),
        ))?;
        raced.surface.subspace().map(Arc::clone)
    });
    assemble(experiment, racers, library, fitted.as_deref())
}

/// The same with a network seen on this plane, for which nothing is run here. Without a plane that
/// fits, it is a random one.
#[must_use]
pub fn script_on(
    experiment: &Experiment,
    racers: &[usize],
    library: Framework,
    plane: Option<&Subspace>,
) -> String {
    assemble(experiment, racers, library, plane)
}
