//! The resolution at which a surface is sampled.

use crate::surface::Surface;

/// The number of columns and rows of the grid for a picture of `size` points: one node every two
/// points, which is finer than the eye needs, but fewer if the grid would evaluate more than
/// `budget` rows of data. A loss over data is smooth, so lines between fewer nodes still look
/// right.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "clamped before, and exact enough"
)]
pub fn nodes(surface: &dyn Surface, size: [f64; 2], budget: f64) -> [usize; 2] {
    /// The minimum number of nodes per side; with fewer, iso-lines have visible corners.
    const FEWEST: f64 = 48.0;
    const MOST: f64 = 1200.0;
    let wanted = size.map(|points| (points / 2.0).clamp(16.0, MOST));
    let cost = wanted[0] * wanted[1] * surface.rows_per_loss() as f64;
    let share = (budget / cost.max(1.0)).sqrt().min(1.0);
    wanted.map(|count| (count * share).max(FEWEST.min(count)) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surface::data::Moons;
    use crate::surface::{LogisticRegression, SurfaceChoice};

    #[test]
    fn formulas_are_sampled_finely_and_large_data_coarsely() {
        let beale = SurfaceChoice::Beale.open();
        assert_eq!(nodes(&*beale, [800.0, 600.0], 4e6), [400, 300]);
        assert_eq!(nodes(&*beale, [10.0, 9000.0], 1e12), [16, 1200]);
        let mut model = LogisticRegression::default();
        model.moons = Some(Moons {
            rows: 1000,
            ..Moons::default()
        });
        let mut moons = SurfaceChoice::LogisticRegression(model);
        moons.load(None).unwrap();
        let [columns, rows] = nodes(&*moons.open(), [800.0, 600.0], 4e6);
        assert!(columns * rows * 1000 <= 4_000_000, "{columns} x {rows}");
        assert!((columns as f64 / rows as f64 - 4.0 / 3.0).abs() < 0.1);
    }
}
