//! The loss of a network, seen on a plane through all its weights.

use std::sync::Arc;

use crate::network::Perceptron;
use crate::objective::{Block, Evaluator, Objective, Queries, Rows};
use crate::plane::Window;
use crate::subspace::{Subspace, random};
use crate::surface::{About, Equation, Learner, Minimum, NetworkData, Surface};

/// The descriptive texts of the loss.
pub(super) const ABOUT: About = About {
    name: "Network",
    title: "Network",
    equation: Equation::Words(
        "mean of the loss of a row, over all weights of a multilayer perceptron",
    ),
    window: Window::square(1.0),
    minima: &[],
    source: "D. E. Rumelhart, G. E. Hinton & R. J. Williams, Nature 323, 1986",
    teaches: "What the optimizers were made for: many weights at once, of which a plane shows only \
              a part.",
};

/// The loss of a network. Rules race through all its weights; the points (x, y) of the picture lie
/// on a plane through them.
#[derive(Clone, Debug)]
pub struct NetworkLoss {
    learner: Learner,
    evaluate: Option<usize>,
    plane: Arc<Subspace>,
    window: Window,
}

impl NetworkLoss {
    /// The loss of a network, at first on a random plane through its initial weights.
    pub(super) fn new(perceptron: Perceptron, data: NetworkData, evaluate: Option<usize>) -> Self {
        let plane = first_plane(&perceptron);
        Self {
            learner: Learner {
                perceptron: Arc::new(perceptron),
                data,
            },
            evaluate,
            plane: Arc::new(plane),
            window: ABOUT.window,
        }
    }

    fn evaluator(&self) -> Box<dyn Evaluator> {
        Arc::clone(&self.learner.perceptron).evaluator()
    }

    fn seen(&self, rows: Rows<'_>, at: [f64; 2]) -> (f64, [f64; 2]) {
        let mut gradient = vec![0.0; self.plane.dimension()];
        let loss = self
            .evaluator()
            .gradient(&self.plane.lift(at), rows, &mut gradient);
        (loss, self.plane.slope(&gradient))
    }

    /// The curvature of the plane: dᵢᵀ ∇²f dⱼ.
    fn curvature(&self, rows: Rows<'_>, at: [f64; 2]) -> [[f64; 2]; 2] {
        let parameters = self.plane.lift(at);
        let mut evaluator = self.evaluator();
        let mut product = vec![0.0; parameters.len()];
        let mut image = |direction: &[f64]| {
            if evaluator.hessian_vector(&parameters, rows, direction, &mut product) {
                self.plane.slope(&product)
            } else {
                [f64::NAN; 2]
            }
        };
        let [first, second] = self.plane.directions();
        let ([xx, xy], [_, yy]) = (image(first), image(second));
        [[xx, xy], [xy, yy]]
    }
}

/// The plane before any path is known: a random one, or along the first two weights if all are 0.
fn first_plane(perceptron: &Perceptron) -> Subspace {
    let n = perceptron.dimension();
    let at = perceptron.initial(0).unwrap_or_else(|| vec![0.0; n]);
    random(&at, perceptron.blocks(), 0).unwrap_or_else(|| Subspace::of_first_axes(at))
}

impl Objective for NetworkLoss {
    fn blocks(&self) -> &[Block] {
        self.learner.perceptron.blocks()
    }

    fn offers(&self) -> Queries {
        self.learner.perceptron.offers()
    }

    fn evaluator(self: Arc<Self>) -> Box<dyn Evaluator> {
        Self::evaluator(&self)
    }

    fn rows(&self) -> usize {
        self.learner.perceptron.rows()
    }

    fn cost(&self) -> usize {
        self.learner.perceptron.cost()
    }

    fn initial(&self, seed: u64) -> Option<Vec<f64>> {
        self.learner.perceptron.initial(seed)
    }

    fn evaluation_interval(&self) -> Option<usize> {
        self.evaluate
    }
}

impl Surface for NetworkLoss {
    fn title(&self) -> &str {
        ABOUT.title
    }

    fn window(&self) -> Window {
        self.window
    }

    fn minima(&self) -> Vec<Minimum> {
        Vec::new()
    }

    fn rows_per_loss(&self) -> usize {
        self.learner.perceptron.cost()
    }

    fn value(&self, at: [f64; 2]) -> f64 {
        self.evaluator().value(&self.plane.lift(at), Rows::All)
    }

    fn gradient(&self, at: [f64; 2]) -> (f64, [f64; 2]) {
        self.seen(Rows::All, at)
    }

    fn hessian(&self, at: [f64; 2]) -> [[f64; 2]; 2] {
        self.curvature(Rows::All, at)
    }

    fn row(&self, xs: &[f64], y: f64, losses: &mut [f64]) {
        let mut evaluator = self.evaluator();
        let mut parameters = vec![0.0; self.plane.dimension()];
        for (&x, loss) in xs.iter().zip(losses) {
            self.plane.lift_into([x, y], &mut parameters);
            *loss = evaluator.value(&parameters, Rows::All);
        }
    }

    fn axes(&self) -> [&'static str; 2] {
        ["first direction", "second direction"]
    }

    fn batch(&self, rows: &[u32], at: [f64; 2]) -> (f64, [f64; 2]) {
        self.seen(Rows::These(rows), at)
    }

    fn batch_hessian(&self, rows: &[u32], at: [f64; 2]) -> [[f64; 2]; 2] {
        self.curvature(Rows::These(rows), at)
    }

    fn subspace(&self) -> Option<&Arc<Subspace>> {
        Some(&self.plane)
    }

    fn on_plane(&self, plane: Arc<Subspace>, window: Window) -> Option<Arc<dyn Surface>> {
        if plane.dimension() != self.plane.dimension() {
            return None;
        }
        Some(Arc::new(Self {
            plane,
            window,
            ..self.clone()
        }))
    }

    fn network(&self) -> Option<&Learner> {
        Some(&self.learner)
    }
}
