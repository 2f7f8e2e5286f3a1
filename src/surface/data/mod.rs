//! Losses of small models over data: every row has a loss, and the surface is their mean.
//!
//! A [`Model`] is the value in a preset file: the data and columns to use. Loading it reads the
//! data once and creates the surface, so that opening the surface later can neither wait nor fail.

mod around;
mod built_in;
mod circles;
mod cross_entropy;
mod error;
mod generated;
mod least_squares;
mod linear_regression;
mod logistic_regression;
mod margins;
mod means;
mod moons;
mod network_error;
mod path;
mod precise;
mod read;
mod reader;
mod spiral;
mod xor;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

pub use built_in::{BUILT_IN, BuiltIn, LANDSCAPES, WEIGHTS};
pub use circles::Circles;
pub use cross_entropy::CrossEntropy;
pub use error::DataError;
pub use generated::Generated;
pub use least_squares::LeastSquares;
pub use linear_regression::LinearRegression;
pub use logistic_regression::LogisticRegression;
pub use moons::Moons;
pub use network_error::NetworkError;
pub use read::table;
pub use spiral::Spiral;
pub use xor::Xor;

pub(super) use read::{Choice, open as open_table};
pub(super) use reader::Reader;

pub use super::dataset::{Dataset, Labels, Line};
pub use super::source::{Chosen, LeftOut, Source, Used};
use super::{About, Surface};
use crate::file::DataFile;

/// A small model and the data to fit.
pub trait Model: Clone {
    /// The name, equation, source and lesson.
    const ABOUT: About;

    /// The loss over the data.
    type Loss: Surface + 'static;

    /// Returns the file, or the name of a built-in data set.
    fn data_mut(&mut self) -> Option<&mut DataFile>;

    /// Returns all other files, each with the field that names it.
    fn other_files_mut(&mut self) -> Vec<(&'static str, &mut DataFile)> {
        Vec::new()
    }

    /// Returns the loss, once the data are loaded.
    fn loaded_mut(&mut self) -> &mut Loaded<Self::Loss>;

    /// Returns the loss, if the data are loaded.
    fn loaded(&self) -> &Loaded<Self::Loss>;

    /// Returns the loss over no data.
    fn over_nothing(&self) -> Arc<dyn Surface>;

    /// Reads the data, whose path must be absolute, and creates the loss.
    ///
    /// # Errors
    /// Returns an error if the data are missing or invalid.
    fn read(&self) -> Result<Self::Loss, DataError>;
}

/// The loss, once the data are loaded. As it follows from the other fields of a model, it does not
/// affect equality. It must be loaded again whenever another field changes.
pub struct Loaded<L>(Option<Arc<L>>);

impl<L> Clone for Loaded<L> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<L> Default for Loaded<L> {
    fn default() -> Self {
        Self(None)
    }
}

impl<L> PartialEq for Loaded<L> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<L> fmt::Debug for Loaded<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = self.0.as_ref().map_or("not loaded", |_| "loaded");
        f.write_str(word)
    }
}

/// Checks the strength of a penalty.
pub(super) fn check_l2(l2: f64) -> Result<(), DataError> {
    if (0.0..=1e100).contains(&l2) {
        return Ok(());
    }
    Err(DataError::Setting {
        field: "l2",
        setting: "l2",
        value: l2.to_string(),
        valid: "a number from 0 to 1e100",
    })
}

/// Returns λ/2 ‖θ‖². Without a penalty, it is 0 even for infinite θ, where 0 · ∞ would be NaN.
fn penalty(l2: f64, [first, second]: [f64; 2]) -> f64 {
    let half = l2 / 2.0;
    half * first * first + half * second * second
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands in a reference"
)]
fn is_zero(number: &f64) -> bool {
    *number == 0.0
}

/// Returns the surface of a model.
pub(super) fn open<M: Model>(model: &M) -> Arc<dyn Surface> {
    match &model.loaded().0 {
        Some(loss) => Arc::clone(loss) as Arc<dyn Surface>,
        None => model.over_nothing(),
    }
}

/// Reads the data of a model.
pub(super) fn load<M: Model>(model: &mut M, folder: Option<&Path>) -> Result<(), DataError> {
    if let Some(data) = model.data_mut()
        && BuiltIn::named(data).is_none()
    {
        *data = path::whole(data, folder)?;
    }
    for (field, file) in model.other_files_mut() {
        // Reading the model reports an empty path.
        if !file.as_os_str().is_empty() && BuiltIn::weights(file).is_none() {
            *file = path::whole(file, folder).map_err(|fault| fault.at(field, None))?;
        }
    }
    let loss = model.read()?;
    *model.loaded_mut() = Loaded(Some(Arc::new(loss)));
    Ok(())
}

/// Returns the model with its files relative to `folder`.
pub(super) fn relative_to<M: Model>(model: &M, folder: &Path) -> M {
    let relative =
        |_, file: &DataFile| Ok::<_, std::convert::Infallible>(path::relative(file, folder));
    match with_files(model, relative) {
        Ok(model) => model,
    }
}

/// Returns the model with other files in place of its own, each of which is handed to `change` with
/// the field that names it. Built-in sets are no files.
pub(super) fn with_files<M: Model, E>(
    model: &M,
    mut change: impl FnMut(&'static str, &DataFile) -> Result<DataFile, E>,
) -> Result<M, E> {
    let mut model = model.clone();
    if let Some(data) = model.data_mut()
        && BuiltIn::named(data).is_none()
    {
        *data = change("data", data)?;
    }
    for (field, file) in model.other_files_mut() {
        if BuiltIn::weights(file).is_none() {
            *file = change(field, file)?;
        }
    }
    Ok(model)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A straight line with a second file.
    #[derive(Clone, Default)]
    struct WithWeights {
        line: LinearRegression,
        weights: DataFile,
    }

    impl Model for WithWeights {
        const ABOUT: About = LinearRegression::ABOUT;

        type Loss = LeastSquares;

        fn data_mut(&mut self) -> Option<&mut DataFile> {
            self.line.data_mut()
        }

        fn other_files_mut(&mut self) -> Vec<(&'static str, &mut DataFile)> {
            vec![("initial", &mut self.weights)]
        }

        fn loaded(&self) -> &Loaded<LeastSquares> {
            self.line.loaded()
        }

        fn loaded_mut(&mut self) -> &mut Loaded<LeastSquares> {
            self.line.loaded_mut()
        }

        fn over_nothing(&self) -> Arc<dyn Surface> {
            self.line.over_nothing()
        }

        fn read(&self) -> Result<LeastSquares, DataError> {
            self.line.read()
        }
    }

    #[test]
    fn all_files_are_named_in_full_once_loaded_and_relative_to_a_folder_when_saved() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("points.csv"), "1,2\n3,4\n").unwrap();
        // The name of a built-in set is a file like any other, where weights are meant.
        let mut model = WithWeights {
            weights: "line".into(),
            ..WithWeights::default()
        };
        model.line.data = "points.csv".into();
        load(&mut model, Some(folder.path())).unwrap();
        assert_eq!(*model.line.data, *folder.path().join("points.csv"));
        assert_eq!(*model.weights, *folder.path().join("line"));
        let saved = relative_to(&model, folder.path());
        assert_eq!(*saved.line.data, *Path::new("points.csv"));
        assert_eq!(
            folder.path().join(saved.weights),
            folder.path().join("./line")
        );

        let mut model = WithWeights {
            weights: "weights.csv".into(),
            ..WithWeights::default()
        };
        model.line.data = "line".into();
        let fault = load(&mut model, None).unwrap_err();
        assert_eq!(fault.field(), "initial");
        assert!(
            fault
                .to_string()
                .starts_with("the path weights.csv is relative")
        );
    }
}
