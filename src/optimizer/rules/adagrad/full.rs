//! Adagrad with the full matrix G, which mixes the coordinates.

use super::{Adagrad, ByHand, FROM_GRADIENT, PRODUCTS, RATE, RATE_ACROSS, SQUARES};
use crate::objective::Block;
use crate::optimizer::rule::{ASKED, Adjustable, GRADIENT, Optimizer, Oracle, Probe, Undefined};
use crate::real::Real;

/// [`Adagrad`] with `matrix: Full`.
#[derive(Clone, Copy, Debug)]
pub struct FullMatrix(pub Adagrad);

/// The matrix G = G₀ I + Σ g gᵀ, with space for one gradient.
#[derive(Clone, Debug)]
pub struct State<N> {
    /// Column by column.
    sum: Vec<N>,
    /// G₀, below which no eigenvalue of G can be.
    initial: N,
    /// det G, accumulated alongside G so that it stays accurate while G is nearly singular.
    determinant: N,
    gradient: Vec<N>,
}

/// The equations of step `t`.
pub(super) fn equations(rule: &Adagrad, t: u64) -> ByHand {
    let decays = rule.learning_rate_decay > 0.0;
    let mut latex = vec![if t == 1 && rule.initial_accumulator > 0.0 {
        r"<G> \leftarrow <G> + <g>\, <g>^\top \quad \text{from } <G> = <initial_accumulator> I"
    } else {
        r"<G> \leftarrow <G> + <g>\, <g>^\top"
    }];
    if decays {
        latex.push(r"\eta_t = \frac{<learning_rate>}{1 + (t - 1)\, <learning_rate_decay>}");
    }
    latex.push(match (rule.epsilon_inside_sqrt, decays) {
        (true, false) => {
            r"<theta> \leftarrow <theta> - <learning_rate> \left(<G> + <epsilon> I\right)^{-1/2} <g>"
        }
        (true, true) => {
            r"<theta> \leftarrow <theta> - \eta_t \left(<G> + <epsilon> I\right)^{-1/2} <g>"
        }
        (false, false) => {
            r"<theta> \leftarrow <theta> - <learning_rate> \left(<G>^{1/2} + <epsilon> I\right)^{-1} <g>"
        }
        (false, true) => {
            r"<theta> \leftarrow <theta> - \eta_t \left(<G>^{1/2} + <epsilon> I\right)^{-1} <g>"
        }
    });
    ByHand {
        latex,
        text: "G ← G + g gᵀ;  θ ← θ − η √(G + ε I)⁻¹ g",
    }
}

impl Adjustable for FullMatrix {
    fn own_parameters(&self) -> usize {
        self.0.own_parameters()
    }

    fn adjust(&mut self, parameter: usize, value: f64) {
        self.0.adjust(parameter, value);
    }
}

impl Optimizer for FullMatrix {
    type State<N: Real> = State<N>;

    fn side(&self, blocks: &[Block]) -> usize {
        blocks.iter().map(Block::len).sum()
    }

    fn begin<N: Real>(&self, at: &[N], _blocks: &[Block]) -> State<N> {
        let n = at.len();
        let initial = N::from(self.0.initial_accumulator);
        let mut sum = vec![N::ZERO; n * n];
        for diagonal in sum.iter_mut().step_by(n + 1) {
            *diagonal = initial;
        }
        State {
            sum,
            initial,
            determinant: initial * initial,
            gradient: vec![N::ZERO; n],
        }
    }

    fn step<N: Real, P: Probe>(
        &self,
        at: &mut [N],
        state: &mut State<N>,
        t: u64,
        oracle: &mut dyn Oracle<N>,
        probe: &mut P,
    ) {
        oracle.gradient(at, &mut state.gradient);
        for (axis, position) in at.iter().enumerate() {
            probe.coordinate(axis);
            probe.note(ASKED, *position);
        }
        self.make_step(at, state, t, probe);
    }

    fn undefined<N: Real>(&self, _at: &[N], state: &mut State<N>) -> Option<Undefined> {
        (self.0.epsilon == 0.0 && state.is_singular()).then_some(Undefined {
            divisor: Some(if self.0.epsilon_inside_sqrt {
                "√(G + ε I), and G is singular while ε is 0"
            } else {
                "√G + ε I, and G is singular while ε is 0"
            }),
            coordinate: None,
        })
    }
}

impl FullMatrix {
    /// Makes step `t` from `at` along the gradient in the state.
    pub fn make_step<N: Real, P: Probe>(
        &self,
        at: &mut [N],
        state: &mut State<N>,
        t: u64,
        probe: &mut P,
    ) {
        let rate: N = self.0.decayed_rate(t);
        match at {
            [x, y] => {
                let (direction, root) = self.plane_direction(state);
                *x -= rate * direction[0];
                *y -= rate * direction[1];
                tell(state, rate, &direction, probe);
                root.tell(state, rate, probe);
            }
            _ => {
                state.add();
                let direction = self.direction(state);
                for (position, &direction) in at.iter_mut().zip(&direction) {
                    *position -= rate * direction;
                }
                tell(state, rate, &direction, probe);
            }
        }
    }
}

impl<N: Real> State<N> {
    /// Sets the gradient of the next step.
    pub fn set_gradient(&mut self, gradient: &[N]) {
        self.gradient.copy_from_slice(gradient);
    }

    /// An entry of G.
    fn entry(&self, row: usize, column: usize) -> N {
        self.sum[column * self.gradient.len() + row]
    }

    /// Adds g gᵀ to G.
    fn add(&mut self) {
        let n = self.gradient.len();
        for (column, &right) in self.sum.chunks_exact_mut(n.max(1)).zip(&self.gradient) {
            for (entry, &left) in column.iter_mut().zip(&self.gradient) {
                *entry += left * right;
            }
        }
    }

    /// Whether G cannot be inverted, as after a single step.
    pub fn is_singular(&self) -> bool {
        let n = self.gradient.len();
        if n == 2 {
            return self.determinant == 0.0;
        }
        let is_finite = self.sum.iter().all(|entry| entry.is_finite());
        let values = || N::symmetric_eigen(self.sum.clone(), n).values;
        is_finite && values().iter().any(|&value| value <= 0.0)
    }
}

impl FullMatrix {
    /// Adds g gᵀ to G and returns (G + ε I)^(−½) g or (G^½ + ε I)^(−1) g, in closed form, together
    /// with the matrix itself.
    ///
    /// For a symmetric 2×2 matrix A, √A = (A + s I)/τ with s = √det A and τ = √(tr A + 2s)
    /// (Cayley–Hamilton). Both directions are therefore τ (adj(G) + β I) g / det(G + β I) for some
    /// β, and adj(G) g does not depend on the newest g gᵀ: no accuracy is lost while G is nearly
    /// singular, as it always is after the first step.
    fn plane_direction<N: Real>(&self, state: &mut State<N>) -> ([N; 2], InverseRoot<N>) {
        let [g, h] = [state.gradient[0], state.gradient[1]];
        let [a, b, d] = [state.entry(0, 0), state.entry(0, 1), state.entry(1, 1)];
        let adjugate = [d * g - b * h, a * h - b * g];
        state.determinant += (g * adjugate[0] + h * adjugate[1]).max(N::ZERO);
        state.add();

        let epsilon = N::from(self.0.epsilon);
        let trace = state.entry(0, 0) + state.entry(1, 1);
        let determinant = state.determinant;
        let (scale, shift) = if self.0.epsilon_inside_sqrt {
            let root = (determinant + epsilon * trace + epsilon * epsilon).sqrt();
            ((trace + (epsilon + root) * 2.0).sqrt(), epsilon + root)
        } else {
            let root = determinant.sqrt();
            let scale = (trace + root * 2.0).sqrt();
            (scale, root + epsilon * scale)
        };
        let divisor = determinant + shift * (trace + shift);
        let direction = if g == 0.0 && h == 0.0 {
            [N::ZERO; 2]
        } else {
            [
                scale * (adjugate[0] + shift * g) / divisor,
                scale * (adjugate[1] + shift * h) / divisor,
            ]
        };
        let root = InverseRoot {
            scale,
            shift,
            divisor,
        };
        (direction, root)
    }

    /// The same direction in any dimension, from an eigendecomposition.
    fn direction<N: Real>(&self, state: &State<N>) -> Vec<N> {
        let epsilon = self.0.epsilon;
        if state.sum.iter().any(|entry| !entry.is_finite()) {
            return vec![N::from(f64::NAN); state.gradient.len()];
        }
        let eigen = N::symmetric_eigen(state.sum.clone(), state.gradient.len());
        eigen.apply(&state.gradient, |along, eigenvalue| {
            let eigenvalue = eigenvalue.max(state.initial);
            along
                / if self.0.epsilon_inside_sqrt {
                    (eigenvalue + epsilon).sqrt()
                } else {
                    eigenvalue.sqrt() + epsilon
                }
        })
    }
}

/// The matrix (G + ε I)^(−½) or (G^½ + ε I)^(−1), as `scale` (adj(G) + `shift` I)/`divisor`.
struct InverseRoot<N> {
    scale: N,
    shift: N,
    divisor: N,
}

impl<N: Real> InverseRoot<N> {
    /// Notes the effective rates, which form a matrix here.
    fn tell<P: Probe>(&self, state: &State<N>, rate: N, probe: &mut P) {
        let factor = rate * self.scale / self.divisor;
        for axis in 0..2 {
            let other = 1 - axis;
            probe.coordinate(axis);
            let adjugate = state.entry(other, other);
            probe.note(RATE, factor * (adjugate + self.shift));
        }
        probe.note(RATE_ACROSS, -factor * state.entry(0, 1));
    }
}

fn tell<N: Real, P: Probe>(state: &State<N>, rate: N, direction: &[N], probe: &mut P) {
    for (axis, &direction) in direction.iter().enumerate() {
        probe.coordinate(axis);
        probe.note(GRADIENT, state.gradient[axis]);
        probe.note(SQUARES, state.entry(axis, axis));
        probe.note(FROM_GRADIENT, -rate * direction);
    }
    if state.gradient.len() == 2 {
        probe.note(PRODUCTS, state.entry(0, 1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizer::{Notebook, Silent};

    struct Gradients(Vec<[f64; 2]>);

    impl Oracle for Gradients {
        fn gradient(&mut self, _at: &[f64], gradient: &mut [f64]) {
            let next = self.0.remove(0);
            for (gradient, next) in gradient.iter_mut().zip(next) {
                *gradient = next;
            }
        }

        fn value(&mut self, _at: &[f64]) -> f64 {
            panic!("the rule needs gradients alone")
        }

        fn hessian(&mut self, _at: &[f64], _hessian: &mut [f64]) {
            panic!("the rule needs gradients alone")
        }

        fn hessian_diagonal(&mut self, _at: &[f64], _diagonal: &mut [f64]) {
            panic!("the rule needs gradients alone")
        }
    }

    #[test]
    fn closed_form_and_eigenvectors_agree() {
        let gradients = vec![[3.0, -1.0], [0.5, 2.0], [-1.5, 0.25], [1e-3, 1e-4]];
        for epsilon_inside_sqrt in [true, false] {
            let rule = FullMatrix(Adagrad {
                learning_rate: 0.5,
                epsilon: 1e-3,
                epsilon_inside_sqrt,
                ..Adagrad::default()
            });
            let mut state = rule.begin(&[0.0, 0.0], &[]);
            let mut at = [0.0, 0.0];
            let mut oracle = Gradients(gradients.clone());
            for t in 1..=4 {
                let before = at;
                rule.step(&mut at, &mut state, t, &mut oracle, &mut Silent);
                let expected = rule.direction(&state);
                let expected: Vec<f64> = expected.iter().map(|part| part * 0.5).collect();
                for axis in 0..2 {
                    let made = before[axis] - at[axis];
                    assert!((made - expected[axis]).abs() < 1e-12, "{made} {expected:?}");
                }
            }
        }
    }

    /// The rates that are noted form the matrix that the gradient was multiplied by.
    #[test]
    fn the_effective_rates_are_the_matrix_before_the_gradient() {
        for epsilon_inside_sqrt in [true, false] {
            let rule = FullMatrix(Adagrad {
                learning_rate: 0.5,
                epsilon: 1e-3,
                epsilon_inside_sqrt,
                ..Adagrad::default()
            });
            let mut state = rule.begin(&[0.0, 0.0], &[]);
            let mut at = [0.0, 0.0];
            let gradients = [[3.0, -1.0], [0.5, 2.0], [-1.5, 0.25]];
            let mut oracle = Gradients(gradients.to_vec());
            for (t, [g, h]) in (1..).zip(gradients) {
                let before = at;
                let mut notes = Notebook::default();
                rule.step(&mut at, &mut state, t, &mut oracle, &mut notes);
                let [xx, yy] = notes.vector(RATE).unwrap();
                let xy = notes.get(1, RATE_ACROSS).unwrap();
                let step = [xx * g + xy * h, xy * g + yy * h];
                for axis in 0..2 {
                    let made = before[axis] - at[axis];
                    assert!((made - step[axis]).abs() < 1e-12, "{made} {step:?}");
                }
            }
        }
    }

    /// After one step G = g gᵀ exactly, whose root is g gᵀ/|g|, so the step is η g/(|g| + ε).
    #[test]
    fn the_first_step_keeps_all_its_digits() {
        let rule = FullMatrix(Adagrad {
            learning_rate: 1.0,
            epsilon: 1e-10,
            epsilon_inside_sqrt: false,
            ..Adagrad::default()
        });
        let mut at = [0.0, 0.0];
        let mut state = rule.begin(&[0.0, 0.0], &[]);
        let mut oracle = Gradients(vec![[37.1, -12.3]]);
        rule.step(&mut at, &mut state, 1, &mut oracle, &mut Silent);
        let length = 37.1_f64.hypot(12.3) + 1e-10;
        assert!((at[0] + 37.1 / length).abs() < 1e-15);
        assert!((at[1] - 12.3 / length).abs() < 1e-15);
    }
}
