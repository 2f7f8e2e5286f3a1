//! Whether vectors point in all directions.

use std::f64::consts::{PI, TAU};

/// The number of equal sectors into which directions are sorted.
const SECTORS: usize = 8;

/// Returns whether no half-plane contains all of these vectors, apart from zeros. Vectors on both
/// sides of a line, up to rounding, are contained in a half-plane.
///
/// This is the case if no gap between neighbouring directions is as wide as π. Such a gap is wider
/// than a sector, so only the outermost directions in each sector matter.
pub(super) fn point_all_around(vectors: impl Iterator<Item = [f64; 2]>) -> bool {
    let mut sectors: [Option<[f64; 2]>; SECTORS] = [None; SECTORS];
    for [x, y] in vectors.filter(|vector| *vector != [0.0; 2]) {
        let angle = libm::atan2(y, x);
        let sector = &mut sectors[sector_of(angle)];
        match sector {
            Some([low, high]) => (*low, *high) = (angle.min(*low), angle.max(*high)),
            None => {
                *sector = Some([angle; 2]);
                if sectors.iter().all(Option::is_some) {
                    // No gap is wider than two sectors.
                    return true;
                }
            }
        }
    }
    let ranges = || sectors.iter().copied().flatten();
    let around = ranges().next().map(|[first, _]| first + TAU);
    let next = ranges().skip(1).map(|[low, _]| low).chain(around);
    let gaps = ranges().zip(next).map(|([_, high], next)| next - high);
    around.is_some() && gaps.fold(0.0, f64::max) < PI - 1e-12
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a small number that is not negative"
)]
fn sector_of(angle: f64) -> usize {
    let turns = (angle + PI) / TAU;
    ((turns * SECTORS as f64) as usize).min(SECTORS - 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same by definition, from all angles in order.
    fn by_definition(vectors: &[[f64; 2]]) -> bool {
        let far = vectors.iter().filter(|vector| **vector != [0.0; 2]);
        let mut angles: Vec<f64> = far.map(|[x, y]| libm::atan2(*y, *x)).collect();
        angles.sort_unstable_by(f64::total_cmp);
        let around = angles.first().map(|first| first + TAU);
        let next = angles.iter().skip(1).copied().chain(around);
        let widest = angles.iter().zip(next).map(|(here, next)| next - here);
        angles.len() > 2 && widest.fold(0.0, f64::max) < PI - 1e-12
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_outermost_directions_of_each_sector_suffice(
            lattice in prop::collection::vec([-2..=2, -2..=2], 0..9),
            few in prop::collection::vec([-1.0..1.0, -1.0..1.0], 0..9),
        ) {
            let lattice: Vec<_> = lattice.iter().map(|vector| vector.map(f64::from)).collect();
            for vectors in [lattice, few] {
                let ours = point_all_around(vectors.iter().copied());
                prop_assert_eq!(ours, by_definition(&vectors), "{:?}", vectors);
            }
        }
    }

    #[test]
    fn three_directions_surround_but_opposite_ones_do_not() {
        let corners = [[1.0, 0.0], [-1.0, 1.0], [-1.0, -1.0]];
        assert!(point_all_around(corners.into_iter()));
        let line = [[1.0, 2.0], [-1.0, -2.0], [2.0, 4.0], [0.0, 0.0]];
        assert!(!point_all_around(line.into_iter()));
        assert!(!point_all_around([[0.0; 2]; 5].into_iter()));
    }
}
