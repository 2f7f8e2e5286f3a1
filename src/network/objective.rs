//! A network as an objective.

use std::sync::Arc;

use super::{Perceptron, Workspace};
use crate::objective::{Block, Evaluator, Objective, Queries};

impl Objective for Perceptron {
    fn blocks(&self) -> &[Block] {
        self.blocks()
    }

    fn offers(&self) -> Queries {
        Queries {
            value: true,
            gradient: true,
            hessian_vector: true,
            ..Queries::default()
        }
    }

    fn evaluator(self: Arc<Self>) -> Box<dyn Evaluator> {
        Box::new(Workspace::new(self))
    }

    fn rows(&self) -> usize {
        self.training().len()
    }

    /// A row costs as much as one of a surface for every eight parameters.
    fn cost(&self) -> usize {
        let of_row = 1 + self.architecture().parameters() / 8;
        self.training().len().saturating_mul(of_row)
    }

    fn initial(&self, seed: u64) -> Option<Vec<f64>> {
        self.start().parameters(self.architecture(), seed)
    }
}

impl Perceptron {
    /// Creates the memory for evaluations and predictions.
    #[must_use]
    pub fn workspace(self: &Arc<Self>) -> Workspace {
        Workspace::new(Arc::clone(self))
    }
}
