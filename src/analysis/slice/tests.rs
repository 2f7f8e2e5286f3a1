//! Tests of the loss along a step.

use std::sync::Arc;

use super::*;
use crate::surface::SurfaceChoice;

/// ½ Σ kᵢ xᵢ² with curvatures k = 1, 2, 3, …, in any number of dimensions.
struct Bowl {
    offers_products: bool,
}

#[expect(clippy::cast_precision_loss, reason = "a few dimensions")]
fn curvature(index: usize) -> f64 {
    index as f64 + 1.0
}

impl Evaluator for Bowl {
    fn value(&mut self, at: &[f64], _rows: Rows<'_>) -> f64 {
        let parts = at.iter().enumerate();
        parts.map(|(i, x)| curvature(i) * x * x / 2.0).sum()
    }

    fn gradient(&mut self, at: &[f64], rows: Rows<'_>, gradient: &mut [f64]) -> f64 {
        self.hessian_vector(at, rows, at, gradient);
        self.value(at, rows)
    }

    fn hessian_vector(
        &mut self,
        _at: &[f64],
        _rows: Rows<'_>,
        vector: &[f64],
        product: &mut [f64],
    ) -> bool {
        for (i, out) in product.iter_mut().enumerate() {
            *out = curvature(i) * vector[i];
        }
        self.offers_products
    }

    fn fork(&self) -> Box<dyn Evaluator> {
        Box::new(Self { ..*self })
    }
}

fn bowl() -> Bowl {
    Bowl {
        offers_products: true,
    }
}

fn on(surface: &SurfaceChoice, at: [f64; 2], step: [f64; 2]) -> Slice {
    let surface = surface.open();
    Slice::along(&mut *Arc::clone(&surface).evaluator(), &at, &step)
}

/// A step on ½(x² + 50y²) from (0, 1), where the lowest point is 1 away.
fn down_the_wall(length: f64) -> Slice {
    on(&SurfaceChoice::LongValley, [0.0, 1.0], [0.0, -length])
}

#[test]
fn in_fifty_dimensions_a_quadratic_is_its_own_model() {
    let at: Vec<f64> = (0..50).map(|i| f64::from(i % 7) - 3.0).collect();
    let step: Vec<f64> = (0..50).map(|i| 0.1 * f64::from(i % 5) - 0.2).collect();
    let slice = Slice::along(&mut bowl(), &at, &step);
    let model = slice.model.unwrap();
    assert_eq!(slice.losses.len(), POINTS);
    assert_eq!((slice.losses[0][0], slice.losses[80][0]), (0.0, 2.0));
    for [s, loss] in slice.losses {
        assert!((model.at(s) - loss).abs() < 1e-11 * loss, "{s}");
    }
}

#[test]
fn the_lowest_point_of_a_quadratic_is_that_of_its_model() {
    for (at, step) in [([0.0, 1.0], [0.0, -0.7]), ([-4.0, 1.0], [0.3, -1.4])] {
        let slice = on(&SurfaceChoice::LongValley, at, step);
        let (best, model) = (slice.best.unwrap(), slice.model.unwrap());
        assert!((best - model.lowest().unwrap()).abs() < 1e-7, "{slice:?}");
    }
}

#[test]
fn without_products_with_the_hessian_there_is_no_model() {
    let mut bowl = Bowl {
        offers_products: false,
    };
    let slice = Slice::along(&mut bowl, &[3.0, 1.0], &[-2.0, -0.6]);
    assert_eq!(slice.model, None);
    assert!(matches!(slice.verdict, Verdict::TooShort(_)), "{slice:?}");
}

#[test]
fn every_length_of_a_step_has_its_sentence() {
    for (length, sentence) in [
        (
            2.4,
            "Too long: the step is 2.4 times as long as the way to the lowest point along it.",
        ),
        (
            250.0,
            "Too long: the step is 250 times as long as the way to the lowest point along it.",
        ),
        (
            1.0,
            "About right: the loss is lowest at 1 times the step’s length.",
        ),
        (
            0.625,
            "Too short: the loss is lowest at 1.6 times the step’s length.",
        ),
        (
            0.1,
            "Too short: at twice the step’s length, the loss is still falling.",
        ),
        (0.0, "The racer does not move in this step."),
        (
            -0.2,
            "The step goes uphill at first; the loss goes from 25 to 36.",
        ),
    ] {
        let slice = down_the_wall(length);
        assert_eq!(slice.verdict.to_string(), sentence, "{length}");
    }
}

#[test]
fn a_step_over_a_hump_goes_uphill_first() {
    // Across the ridge between two of Himmelblau's minima.
    let slice = on(&SurfaceChoice::Himmelblau, [3.4, 1.4], [0.3, -2.9]);
    assert!(
        slice.slope > 0.0 && slice.end() < slice.start(),
        "{slice:?}"
    );
    let sentence = slice.verdict.to_string();
    assert!(
        sentence.starts_with("The step goes uphill at first; then the loss falls from "),
        "{sentence}"
    );
}

#[test]
fn what_is_not_finite_is_said_and_not_drawn() {
    let far = |step| on(&SurfaceChoice::Beale, [1.0, 1.0], step);
    for step in [[f64::NAN, 0.0], [f64::INFINITY, 1.0], [1e200, 1e200]] {
        let slice = far(step);
        assert_eq!(slice.verdict, Verdict::NotFinite, "{step:?}");
        assert!(slice.start().is_finite(), "{step:?}");
        assert_eq!(slice.best, Some(0.0), "{step:?}");
    }
    let nowhere = on(&SurfaceChoice::Beale, [f64::NAN, 1.0], [1.0, 1.0]);
    assert_eq!((nowhere.best, nowhere.model), (None, None));
    assert_eq!(nowhere.verdict, Verdict::NotFinite);
}

#[test]
fn the_lowest_point_of_a_step_that_is_far_too_long_is_found() {
    let best = down_the_wall(1e4).best.unwrap();
    assert!((best * 1e4 - 1.0).abs() < 1e-3, "{best:e}");
}

#[test]
fn a_slice_costs_as_much_as_stated() {
    struct Counting(u64);
    impl Evaluator for Counting {
        fn value(&mut self, at: &[f64], rows: Rows<'_>) -> f64 {
            self.0 += 1;
            bowl().value(at, rows)
        }

        fn gradient(&mut self, at: &[f64], rows: Rows<'_>, gradient: &mut [f64]) -> f64 {
            self.0 += 1;
            bowl().gradient(at, rows, gradient)
        }

        fn fork(&self) -> Box<dyn Evaluator> {
            Box::new(Self(self.0))
        }
    }
    let mut counting = Counting(0);
    let _ = Slice::along(&mut counting, &[3.0, 1.0], &[-1.0, -0.5]);
    assert_eq!(counting.0 + 3, Slice::COST);
}
