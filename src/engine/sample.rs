//! Samples a surface on all cores.

use std::sync::Arc;

use super::{Signal, all_cores};
use crate::plane::Window;
use crate::sampling::{Grid, GridJob};
use crate::surface::Surface;

/// The number of bands into which a grid is divided, for the cores to share.
const BANDS: usize = 16;

/// Samples `surface` over `window` at `columns` × `rows` nodes: the same as [`Grid::sample`], but
/// on all cores if it takes long enough. `None` if `signal` stopped it.
pub async fn sample(
    surface: &Arc<dyn Surface>,
    window: Window,
    [columns, rows]: [usize; 2],
    signal: &Signal,
) -> Option<Grid> {
    let band = rows.div_ceil(BANDS).max(1);
    let jobs = (0..rows).step_by(band).map(|row| {
        let rows_of_band = row..(row + band).min(rows);
        Some(GridJob::new(surface, window, [columns, rows], rows_of_band))
    });
    let work = (columns * band).saturating_mul(surface.cost());
    let bands = all_cores(jobs.collect(), work, signal).await;
    let bands: Option<Vec<Vec<f64>>> = bands.into_iter().collect();
    Some(Grid::from_values(window, [columns, rows], bands?.concat()))
}

#[cfg(test)]
mod tests {
    use super::super::at_once;
    use super::*;
    use crate::surface::SurfaceChoice;
    use crate::surface::data::Moons;

    fn moons() -> SurfaceChoice {
        let mut model = crate::surface::LogisticRegression::default();
        model.moons = Some(Moons {
            rows: 5000,
            ..Moons::default()
        });
        let mut moons = SurfaceChoice::LogisticRegression(model);
        moons.load(None).unwrap();
        moons
    }

    #[test]
    fn what_all_cores_sample_is_what_one_samples() {
        let loss = [moons()];
        for choice in SurfaceChoice::BUILT_IN.iter().chain(&loss) {
            let surface = choice.open();
            let window = surface.window();
            for [columns, rows] in [[31, 37], [1, 40], [40, 1], [3, 0], [0, 3]] {
                let signal = Signal::default();
                let grid = at_once(sample(&surface, window, [columns, rows], &signal));
                let expected = Grid::sample(&*surface, window, columns, rows);
                assert_eq!(grid, Some(expected), "{}", surface.title());
                assert_eq!(signal.done(), signal.expected());
            }
        }
    }

    #[test]
    fn a_stopped_grid_is_no_grid() {
        let signal = Signal::default();
        signal.stop();
        let beale = SurfaceChoice::Beale.open();
        let grid = at_once(sample(&beale, beale.window(), [40, 30], &signal));
        assert_eq!(grid, None);
    }
}
