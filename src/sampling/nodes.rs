//! The resolution at which a surface is sampled.

use crate::surface::Surface;

/// The number of columns and rows of the grid for a picture of `size` points: one node every two
/// points, which is finer than the eye needs, but fewer if the grid would evaluate more than
/// `budget` rows of data. A loss over data is smooth, so lines between fewer nodes still look
/// right.
#[must_use]
pub fn nodes(surface: &dyn Surface, size: [f64; 2], budget: f64) -> [usize; 2] {
    /// The minimum number of nodes per side; with fewer, iso-lines have visible corners.
    const FEWEST: f64 = 48.0;
    at_least(FEWEST, surface, size, budget)
}

/// The same for a first sketch, which keeps to the budget longer.
#[must_use]
pub fn coarse_nodes(surface: &dyn Surface, size: [f64; 2], budget: f64) -> [usize; 2] {
    at_least(FEWEST_OF_ALL, surface, size, budget)
}

/// The minimum number of nodes per side that shows anything of a surface.
const FEWEST_OF_ALL: f64 = 16.0;

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "clamped before, and exact enough"
)]
fn at_least(fewest: f64, surface: &dyn Surface, size: [f64; 2], budget: f64) -> [usize; 2] {
    const MOST: f64 = 1200.0;
    let wanted = size.map(|points| (points / 2.0).clamp(FEWEST_OF_ALL, MOST));
    let cost = wanted[0] * wanted[1] * surface.rows_per_loss() as f64;
    let share = (budget / cost.max(1.0)).sqrt().min(1.0);
    wanted.map(|count| (count * share).max(fewest.min(count)) as usize)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::surface::data::Moons;
    use crate::surface::{LogisticRegression, SurfaceChoice};

    fn moons(rows: usize) -> Arc<dyn Surface> {
        let mut model = LogisticRegression::default();
        model.moons = Some(Moons {
            rows,
            ..Moons::default()
        });
        let mut moons = SurfaceChoice::LogisticRegression(model);
        moons.load(None).unwrap();
        moons.open()
    }

    #[test]
    fn formulas_are_sampled_finely_and_large_data_coarsely() {
        let beale = SurfaceChoice::Beale.open();
        assert_eq!(nodes(&*beale, [800.0, 600.0], 4e6), [400, 300]);
        assert_eq!(nodes(&*beale, [10.0, 9000.0], 1e12), [16, 1200]);
        let [columns, rows] = nodes(&*moons(1000), [800.0, 600.0], 4e6);
        assert!(columns * rows * 1000 <= 4_000_000, "{columns} x {rows}");
        assert!((columns as f64 / rows as f64 - 4.0 / 3.0).abs() < 0.1);
    }

    #[test]
    fn a_sketch_keeps_to_the_budget_where_a_map_would_have_corners() {
        let surface = moons(10_000);
        assert_eq!(nodes(&*surface, [800.0, 600.0], 4e6), [48, 48]);
        let [columns, rows] = coarse_nodes(&*surface, [800.0, 600.0], 4e6);
        assert!(columns * rows * 10_000 <= 4_000_000, "{columns} x {rows}");
        assert_eq!(coarse_nodes(&*surface, [800.0, 600.0], 1e3), [16, 16]);
    }
}
