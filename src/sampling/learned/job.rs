//! Computes what a network has learned.

use std::sync::Arc;

use super::{Field, Learned, Outlook, Prediction, Sight};
use crate::network::{Targets, Workspace};
use crate::simulation::{Job, Progress};

/// Predicts over the window of an outlook, and the classes of the rows that are shown, with the
/// weights of a moment.
pub struct LearnedJob {
    outlook: Arc<Outlook>,
    weights: Vec<f64>,
    nodes: [usize; 2],
    workspace: Workspace,
    /// The numbers of the nodes so far.
    values: Vec<f32>,
    /// The classes of the rows so far.
    classes: Vec<u32>,
    /// The memory for a batch of features and of outputs.
    batch: [Vec<f64>; 2],
}

impl LearnedJob {
    /// The number of rows that are predicted at a time.
    const BATCH: usize = 64;

    /// Prepares the predictions at about so many nodes across and up. A line has no nodes up, and
    /// pictures have none.
    #[must_use]
    pub fn new(outlook: Arc<Outlook>, weights: Vec<f64>, nodes: [usize; 2]) -> Self {
        let nodes = nodes.map(|count| count.max(2));
        let nodes = match outlook.sight() {
            Sight::Plane(_) => nodes,
            Sight::Line => [nodes[0], 1],
            Sight::Pictures(_) => [0, 0],
        };
        Self {
            workspace: outlook.perceptron().workspace(),
            weights,
            nodes,
            values: Vec::new(),
            classes: Vec::new(),
            batch: [Vec::new(), Vec::new()],
            outlook,
        }
    }

    /// The work of it, as jobs count it.
    #[must_use]
    pub fn work(&self) -> u64 {
        let count = (self.node_count() + self.row_count()) as u64;
        count.saturating_mul(self.price() as u64)
    }

    /// The cost of a prediction in evaluations of a row of a surface.
    fn price(&self) -> usize {
        1 + self.outlook.perceptron().architecture().parameters() / 8
    }

    fn node_count(&self) -> usize {
        self.nodes[0] * self.nodes[1]
    }

    /// The number of rows whose classes are predicted.
    fn row_count(&self) -> usize {
        match self.outlook.classes() {
            0 => 0,
            _ => self.outlook.shown().len(),
        }
    }

    /// The number of numbers at a node.
    fn depth(&self) -> usize {
        self.outlook.classes().max(1)
    }

    /// Predicts at the next nodes.
    fn predict_nodes(&mut self, count: usize) {
        let [columns, rows] = self.nodes;
        let window = self.outlook.window();
        let first = self.values.len() / self.depth();
        let [features, outputs] = &mut self.batch;
        features.clear();
        for node in first..first + count {
            let (column, row) = (node % columns, node / columns);
            let at = [on(window.x, column, columns), on(window.y, row, rows)];
            self.outlook.features(at, features);
        }
        outputs.clear();
        outputs.resize(
            count * self.outlook.perceptron().architecture().outputs,
            f64::NAN,
        );
        self.workspace
            .probabilities(&self.weights, features, outputs);
        let is_binary =
            self.outlook.classes() == 2 && self.outlook.perceptron().architecture().outputs == 1;
        if is_binary {
            let both = outputs.iter().flat_map(|&it| [1.0 - it, it]);
            self.values.extend(both.map(|it| it as f32));
        } else {
            self.values.extend(outputs.iter().map(|&it| it as f32));
        }
    }

    /// Predicts the classes of the next rows.
    fn predict_rows(&mut self, count: usize) {
        let shown = self.outlook.shown();
        let first = self.classes.len();
        let width = shown.width;
        self.classes.resize(first + count, u32::MAX);
        let features = shown.features.get(first * width..(first + count) * width);
        self.workspace.classes(
            &self.weights,
            features.unwrap_or(&[]),
            &mut self.classes[first..],
        );
    }

    fn learned(&mut self) -> Learned {
        let (values, depth) = (std::mem::take(&mut self.values), self.depth());
        let field = Field::new(self.nodes, depth, values);
        let prediction = match self.outlook.sight() {
            Sight::Plane(_) if self.outlook.classes() > 0 => Prediction::Regions(field),
            Sight::Plane(_) => Prediction::Heat(field),
            Sight::Line => Prediction::Curve(field),
            Sight::Pictures(_) => Prediction::Rows,
        };
        let classes = std::mem::take(&mut self.classes);
        let accuracy = match &self.outlook.shown().targets {
            Targets::Classes(wanted) if !wanted.is_empty() => {
                let pairs = wanted.iter().zip(&classes);
                let right = pairs.filter(|(wanted, found)| wanted == found).count();
                Some(right as f64 / wanted.len() as f64)
            }
            _ => None,
        };
        Learned {
            prediction,
            classes,
            accuracy,
        }
    }
}

impl Job for LearnedJob {
    type Out = Learned;

    fn advance(&mut self, work: u64) -> Progress<Learned> {
        let price = self.price();
        let (nodes, rows) = (self.node_count(), self.row_count());
        let most = usize::try_from(work).unwrap_or(usize::MAX);
        let mut left = (most / price).max(1);
        loop {
            let nodes_left = nodes - self.values.len() / self.depth();
            let rows_left = rows - self.classes.len();
            if nodes_left + rows_left == 0 {
                return Progress::Done(self.learned());
            }
            if left == 0 {
                let done = nodes + rows - nodes_left - rows_left;
                return Progress::Working {
                    done: (done * price) as u64,
                    of: self.work(),
                };
            }
            let count = left.min(Self::BATCH);
            if nodes_left > 0 {
                self.predict_nodes(count.min(nodes_left));
            } else {
                self.predict_rows(count.min(rows_left));
            }
            left -= count;
        }
    }
}

/// The position of a node of a range.
fn on([from, to]: [f64; 2], node: usize, count: usize) -> f64 {
    let share = match count {
        0 | 1 => 0.5,
        _ => node as f64 / (count - 1) as f64,
    };
    from * (1.0 - share) + to * share
}
