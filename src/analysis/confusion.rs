//! Which classes a network takes for which.

use crate::simulation::Trajectory;
use crate::surface::Learner;

/// How many rows of each class a network takes for each class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confusion {
    /// The names of the classes.
    pub classes: Vec<String>,
    /// One list per true class, with one number of rows per predicted class.
    pub counts: Vec<Vec<usize>>,
    /// Whether the rows are those only used to test, rather than those it learns from.
    pub is_of_test: bool,
    /// The number of steps after which the network has these weights.
    pub step: usize,
}

impl Confusion {
    /// The confusion of a racer with the weights that it had when its network was last evaluated up
    /// to `step`, or with the last kept before: over the rows only used to test or, without such,
    /// over those it learns from. `None` for a regression, and if no weights are kept.
    #[must_use]
    pub fn of(learner: &Learner, path: &Trajectory, step: usize) -> Option<Self> {
        let (step, weights) = path.parameters_by(path.evaluated_by(step))?;
        let mut workspace = learner.perceptron.workspace();
        let is_of_test = !learner.perceptron.test().is_empty();
        let counts = if is_of_test {
            workspace.test_confusion(weights)?
        } else {
            workspace.confusion(weights)?
        };
        Some(Self {
            classes: learner.data.classes.clone(),
            counts,
            is_of_test,
            step,
        })
    }

    /// The number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.counts.iter().flatten().sum()
    }

    /// The number of rows whose class is found.
    #[must_use]
    pub fn right(&self) -> usize {
        let rows = self.counts.iter().enumerate();
        rows.filter_map(|(class, row)| row.get(class)).sum()
    }

    /// The name of a class.
    #[must_use]
    pub fn name(&self, class: usize) -> &str {
        self.classes.get(class).map_or("", String::as_str)
    }
}
