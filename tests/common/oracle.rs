//! An oracle for running rules by hand.

use slalom::optimizer::Oracle;
use slalom::surface::Surface;

/// Evaluates a rule's queries on a surface.
pub struct On<'a>(pub &'a dyn Surface);

impl Oracle for On<'_> {
    fn gradient(&mut self, at: &[f64], gradient: &mut [f64]) {
        gradient.copy_from_slice(&self.0.gradient([at[0], at[1]]).1);
    }

    fn value(&mut self, at: &[f64]) -> f64 {
        self.0.value([at[0], at[1]])
    }

    fn hessian(&mut self, at: &[f64], hessian: &mut [f64]) {
        hessian.copy_from_slice(&self.0.hessian([at[0], at[1]]).concat());
    }

    fn hessian_diagonal(&mut self, at: &[f64], diagonal: &mut [f64]) {
        let [[xx, _], [_, yy]] = self.0.hessian([at[0], at[1]]);
        diagonal.copy_from_slice(&[xx, yy]);
    }
}
