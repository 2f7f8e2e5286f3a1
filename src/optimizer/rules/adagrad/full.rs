//! Adagrad with the full matrix G, which mixes the coordinates.

use nalgebra::{DMatrix, DVector, SymmetricEigen};

use super::{Adagrad, FROM_GRADIENT, PRODUCTS, RATE, RATE_ACROSS, SQUARES};
use crate::objective::Block;
use crate::optimizer::rule::{ASKED, Adjustable, GRADIENT, Optimizer, Oracle, Probe, Undefined};

/// [`Adagrad`] with `matrix: Full`.
#[derive(Clone, Copy, Debug)]
pub struct FullMatrix(pub Adagrad);

/// The matrix G = G₀ I + Σ g gᵀ, with space for one gradient.
#[derive(Clone, Debug)]
pub struct State {
    sum: DMatrix<f64>,
    /// det G, accumulated alongside G so that it stays accurate while G is nearly singular.
    determinant: f64,
    gradient: DVector<f64>,
}

impl Adjustable for FullMatrix {
    fn parameter_count() -> usize {
        Adagrad::parameter_count()
    }

    fn adjust(&mut self, parameter: usize, value: f64) {
        self.0.adjust(parameter, value);
    }
}

impl Optimizer for FullMatrix {
    type State = State;

    fn begin(&self, at: &[f64], _blocks: &[Block]) -> State {
        let dimension = at.len();
        let initial = self.0.initial_accumulator;
        State {
            sum: DMatrix::from_diagonal_element(dimension, dimension, initial),
            determinant: initial * initial,
            gradient: DVector::zeros(dimension),
        }
    }

    fn step<P: Probe + ?Sized>(
        &self,
        at: &mut [f64],
        state: &mut State,
        t: u64,
        oracle: &mut dyn Oracle,
        probe: &mut P,
    ) {
        oracle.gradient(at, state.gradient.as_mut_slice());
        for (axis, position) in at.iter().enumerate() {
            probe.coordinate(axis);
            probe.note(ASKED, *position);
        }
        let rate = self.0.decayed_rate(t);
        match at {
            [x, y] => {
                let (direction, root) = self.plane_direction(state);
                *x -= rate * direction[0];
                *y -= rate * direction[1];
                tell(state, rate, &direction, probe);
                root.tell(state, rate, probe);
            }
            _ => {
                state.sum += &state.gradient * state.gradient.transpose();
                let direction = self.direction(&state.sum, &state.gradient);
                for (position, direction) in at.iter_mut().zip(&direction) {
                    *position -= rate * direction;
                }
                tell(state, rate, direction.as_slice(), probe);
            }
        }
    }

    fn undefined(&self, _at: &[f64], state: &mut State) -> Option<Undefined> {
        (self.0.epsilon == 0.0 && state.is_singular()).then_some(Undefined {
            divisor: if self.0.epsilon_inside_sqrt {
                "√(G + ε I), and G is singular while ε is 0"
            } else {
                "√G + ε I, and G is singular while ε is 0"
            },
            coordinate: None,
        })
    }
}

impl State {
    /// Whether G cannot be inverted, as after a single step.
    fn is_singular(&self) -> bool {
        if self.sum.ncols() == 2 {
            return self.determinant == 0.0;
        }
        let is_finite = self.sum.iter().all(|entry| entry.is_finite());
        is_finite && self.sum.symmetric_eigenvalues().min() <= 0.0
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
    fn plane_direction(&self, state: &mut State) -> ([f64; 2], InverseRoot) {
        let [g, h] = [state.gradient[0], state.gradient[1]];
        let [a, b, d] = [state.sum[(0, 0)], state.sum[(0, 1)], state.sum[(1, 1)]];
        let adjugate = [d * g - b * h, a * h - b * g];
        state.determinant += (g * adjugate[0] + h * adjugate[1]).max(0.0);
        state.sum[(0, 0)] += g * g;
        state.sum[(0, 1)] += g * h;
        state.sum[(1, 0)] += g * h;
        state.sum[(1, 1)] += h * h;

        let epsilon = self.0.epsilon;
        let trace = state.sum.trace();
        let determinant = state.determinant;
        let (scale, shift) = if self.0.epsilon_inside_sqrt {
            let root = (determinant + epsilon * trace + epsilon * epsilon).sqrt();
            ((trace + 2.0 * (epsilon + root)).sqrt(), epsilon + root)
        } else {
            let root = determinant.sqrt();
            let scale = (trace + 2.0 * root).sqrt();
            (scale, root + epsilon * scale)
        };
        let divisor = determinant + shift * (trace + shift);
        let direction = if g == 0.0 && h == 0.0 {
            [0.0, 0.0]
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
    fn direction(&self, sum: &DMatrix<f64>, gradient: &DVector<f64>) -> DVector<f64> {
        let epsilon = self.0.epsilon;
        let SymmetricEigen {
            eigenvectors,
            eigenvalues,
        } = SymmetricEigen::new(sum.clone());
        let mut along = eigenvectors.tr_mul(gradient);
        for (component, eigenvalue) in along.iter_mut().zip(&eigenvalues) {
            let eigenvalue = eigenvalue.max(0.0);
            *component /= if self.0.epsilon_inside_sqrt {
                (eigenvalue + epsilon).sqrt()
            } else {
                eigenvalue.sqrt() + epsilon
            };
        }
        eigenvectors * along
    }
}

/// The matrix (G + ε I)^(−½) or (G^½ + ε I)^(−1), as `scale` (adj(G) + `shift` I)/`divisor`.
struct InverseRoot {
    scale: f64,
    shift: f64,
    divisor: f64,
}

impl InverseRoot {
    /// Notes the effective rates, which form a matrix here.
    fn tell<P: Probe + ?Sized>(&self, state: &State, rate: f64, probe: &mut P) {
        let factor = rate * self.scale / self.divisor;
        for axis in 0..2 {
            let other = 1 - axis;
            probe.coordinate(axis);
            let adjugate = state.sum[(other, other)];
            probe.note(RATE, factor * (adjugate + self.shift));
        }
        probe.note(RATE_ACROSS, -factor * state.sum[(0, 1)]);
    }
}

fn tell<P: Probe + ?Sized>(state: &State, rate: f64, direction: &[f64], probe: &mut P) {
    for (axis, direction) in direction.iter().enumerate() {
        probe.coordinate(axis);
        probe.note(GRADIENT, state.gradient[axis]);
        probe.note(SQUARES, state.sum[(axis, axis)]);
        probe.note(FROM_GRADIENT, -rate * direction);
    }
    if state.sum.ncols() == 2 {
        probe.note(PRODUCTS, state.sum[(0, 1)]);
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
                let expected = rule.direction(&state.sum, &state.gradient) * 0.5;
                for axis in 0..2 {
                    let made = before[axis] - at[axis];
                    assert!((made - expected[axis]).abs() < 1e-12, "{made} {expected}");
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
