//! A surface of two parameters is an objective.

use std::sync::Arc;

use super::formula::TwoParameters;
use crate::objective::{Block, Evaluator, Objective, Queries, Rows};
use crate::real::DoubleDouble;

const PLANE: &[Block] = &[Block::Vector(2)];

impl<S: TwoParameters + 'static> Objective for S {
    fn blocks(&self) -> &[Block] {
        PLANE
    }

    fn offers(&self) -> Queries {
        Queries::ALL
    }

    fn evaluator(self: Arc<Self>) -> Box<dyn Evaluator> {
        Box::new(InThePlane(self))
    }

    fn precise_evaluator(self: Arc<Self>) -> Option<Box<dyn Evaluator<DoubleDouble>>> {
        self.precise()?;
        Some(Box::new(Precisely(self)))
    }

    fn rows(&self) -> usize {
        self.data().map_or(0, super::Dataset::len)
    }

    fn cost(&self) -> usize {
        self.rows_per_loss()
    }
}

/// Evaluates a surface, which needs no working memory.
#[derive(Debug)]
struct InThePlane<S>(Arc<S>);

impl<S: TwoParameters + 'static> Evaluator for InThePlane<S> {
    fn value(&mut self, at: &[f64], rows: Rows<'_>) -> f64 {
        match rows {
            Rows::All => self.0.value(point(at)),
            Rows::These(rows) => self.0.batch(rows, point(at)).0,
        }
    }

    fn gradient(&mut self, at: &[f64], rows: Rows<'_>, gradient: &mut [f64]) -> f64 {
        let (Some(at), Some(gradient)) = (at.first_chunk(), gradient.first_chunk_mut()) else {
            return f64::NAN;
        };
        match rows {
            Rows::All => self.0.gradient_into(at, gradient),
            Rows::These(rows) => {
                let loss;
                (loss, *gradient) = self.0.batch(rows, *at);
                loss
            }
        }
    }

    fn hessian(&mut self, at: &[f64], rows: Rows<'_>, hessian: &mut [f64]) -> bool {
        let [[xx, xy], [yx, yy]] = self.curvature(at, rows);
        write(hessian, [xx, xy, yx, yy])
    }

    fn hessian_diagonal(&mut self, at: &[f64], rows: Rows<'_>, diagonal: &mut [f64]) -> bool {
        let [[xx, _], [_, yy]] = self.curvature(at, rows);
        write(diagonal, [xx, yy])
    }

    fn hessian_vector(
        &mut self,
        at: &[f64],
        rows: Rows<'_>,
        vector: &[f64],
        product: &mut [f64],
    ) -> bool {
        let [x, y] = point(vector);
        let image = self.curvature(at, rows).map(|row| row[0] * x + row[1] * y);
        write(product, image)
    }

    fn fork(&self) -> Box<dyn Evaluator> {
        Box::new(Self(Arc::clone(&self.0)))
    }
}

impl<S: TwoParameters + 'static> InThePlane<S> {
    fn curvature(&self, at: &[f64], rows: Rows<'_>) -> [[f64; 2]; 2] {
        match rows {
            Rows::All => self.0.hessian(point(at)),
            Rows::These(rows) => self.0.batch_hessian(rows, point(at)),
        }
    }
}

/// Evaluates the same surface with twice as many digits.
#[derive(Debug)]
struct Precisely<S>(Arc<S>);

impl<S: TwoParameters + 'static> Evaluator<DoubleDouble> for Precisely<S> {
    fn value(&mut self, at: &[DoubleDouble], rows: Rows<'_>) -> DoubleDouble {
        self.gradient(at, rows, &mut [DoubleDouble::default(); 2])
    }

    fn gradient(
        &mut self,
        at: &[DoubleDouble],
        rows: Rows<'_>,
        gradient: &mut [DoubleDouble],
    ) -> DoubleDouble {
        let (Some(precise), Some(at)) = (self.0.precise(), at.first_chunk()) else {
            return f64::NAN.into();
        };
        let (loss, slope) = precise.precise_gradient(*at, rows);
        write(gradient, slope);
        loss
    }

    fn hessian(
        &mut self,
        at: &[DoubleDouble],
        rows: Rows<'_>,
        hessian: &mut [DoubleDouble],
    ) -> bool {
        let (Some(precise), Some(at)) = (self.0.precise(), at.first_chunk()) else {
            return false;
        };
        let [[xx, xy], [yx, yy]] = precise.precise_hessian(*at, rows);
        write(hessian, [xx, xy, yx, yy])
    }

    fn hessian_diagonal(
        &mut self,
        at: &[DoubleDouble],
        rows: Rows<'_>,
        diagonal: &mut [DoubleDouble],
    ) -> bool {
        let (Some(precise), Some(at)) = (self.0.precise(), at.first_chunk()) else {
            return false;
        };
        let [[xx, _], [_, yy]] = precise.precise_hessian(*at, rows);
        write(diagonal, [xx, yy])
    }

    fn fork(&self) -> Box<dyn Evaluator<DoubleDouble>> {
        Box::new(Self(Arc::clone(&self.0)))
    }
}

/// The position as a point of the plane; NaN if it does not have two coordinates.
fn point(at: &[f64]) -> [f64; 2] {
    at.try_into().unwrap_or([f64::NAN; 2])
}

fn write<T, const N: usize>(to: &mut [T], values: [T; N]) -> bool {
    to.first_chunk_mut().map(|to| *to = values).is_some()
}
