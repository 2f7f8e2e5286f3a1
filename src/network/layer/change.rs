//! A layer as the change of another while the parameters move: its parameters are the direction, its
//! values and deltas are the changes of the other's.

use super::LayerMemory;
use crate::network::arithmetic::curves::{activate_with_curvatures, scale};
use crate::network::arithmetic::product::{Base, Matrix, multiply};

impl LayerMemory {
    /// Computes z = W h + b, φ(z) and φ′(z) of a layer, and here the changes ż = V h + v + W ḣ,
    /// φ′(z) ż of its values and φ″(z) ż of its slopes. Below the first layer, nothing changes.
    pub(in crate::network) fn forward_as_change(
        &mut self,
        of: &mut Self,
        inputs: Matrix<'_>,
        input_changes: Option<Matrix<'_>>,
        curvatures: &mut [f64],
        rows: usize,
    ) {
        let numbers = ..rows * self.width();
        of.add_up(inputs, rows);
        self.add_up(inputs, rows);
        let changes = &mut self.values[numbers];
        if let Some(below) = input_changes {
            multiply(
                below,
                of.layer.inputs,
                of.transposed(),
                Base::Result,
                changes,
            );
        }
        let curvatures = &mut curvatures[numbers];
        let (values, slopes) = (&mut of.values[numbers], &mut of.slopes[numbers]);
        activate_with_curvatures(of.activation, values, slopes, curvatures);
        scale(curvatures, changes);
        self.slopes[numbers].copy_from_slice(curvatures);
        scale(changes, slopes);
    }

    /// Adds the changes of the derivatives of these rows to the sums.
    pub(in crate::network) fn sum_as_change(
        &mut self,
        of: &mut Self,
        inputs: Matrix<'_>,
        input_changes: Option<Matrix<'_>>,
        rows: usize,
    ) {
        self.sum(inputs, rows);
        if let Some(below) = input_changes {
            of.turn(rows);
            multiply(
                of.by_unit(),
                rows,
                below,
                Base::Result,
                &mut self.weight_sums,
            );
        }
    }

    /// Hands the derivatives of these rows and their changes on to the layer below.
    pub(in crate::network) fn hand_back_as_change(
        &self,
        of: &Self,
        below: &mut Self,
        of_below: &mut Self,
        rows: usize,
    ) {
        let numbers = ..rows * below.width();
        let units = self.units();
        let changes = &mut below.deltas[numbers];
        multiply(self.deltas(), units, of.weights(), Base::Zero, changes);
        multiply(of.deltas(), units, self.weights(), Base::Result, changes);
        let deltas = &mut of_below.deltas[numbers];
        multiply(of.deltas(), units, of.weights(), Base::Zero, deltas);
        let slopes = &of_below.slopes[numbers];
        scale(changes, slopes);
        for ((change, delta), bend) in changes.iter_mut().zip(&*deltas).zip(&below.slopes) {
            *change += delta * bend;
        }
        scale(deltas, slopes);
    }
}
