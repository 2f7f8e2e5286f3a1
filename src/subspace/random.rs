//! Random planes whose directions are scaled like the weights that they move.

use super::Subspace;
use crate::chance::{Chance, Use};
use crate::objective::Block;

/// A plane through `at` along two random directions, filter by filter of the same length as the
/// parameters; `None` if all parameters are 0 or not finite.
///
/// A filter is a row of a matrix: the weights of one unit. Biases do not move. Without this scaling,
/// how sharp a minimum looks would only tell how large its weights are (Li, Xu, Taylor, Studer &
/// Goldstein, *Visualizing the Loss Landscape of Neural Nets*, 2018, section 4).
#[must_use]
pub fn random(at: &[f64], blocks: &[Block], seed: u64) -> Option<Subspace> {
    let direction = |number: u64| {
        let mut chance = Chance::new(seed, Use::Directions, number);
        let mut direction = vec![0.0; at.len()];
        let mut start = 0;
        for block in blocks {
            let end = start + block.len();
            if let (Block::Matrix { columns, .. }, Some(from), Some(to)) =
                (block, at.get(start..end), direction.get_mut(start..end))
            {
                let filters = from.chunks(*columns).zip(to.chunks_mut(*columns));
                filters.for_each(|(from, to)| draw_like(from, to, &mut chance));
            }
            start = end;
        }
        direction
    };
    Subspace::new(at.to_vec(), [direction(0), direction(1)])
}

/// Draws a direction of the same length as a filter.
fn draw_like(filter: &[f64], direction: &mut [f64], chance: &mut Chance) {
    for pair in direction.chunks_mut(2) {
        for (part, normal) in pair.iter_mut().zip(chance.normals()) {
            *part = normal;
        }
    }
    let length = |vector: &[f64]| vector.iter().map(|part| part * part).sum::<f64>().sqrt();
    let scale = length(filter) / length(direction);
    for part in direction {
        *part *= scale;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_filter_moves_as_far_as_it_is_long_and_biases_stay() {
        let blocks = [
            Block::Matrix {
                rows: 2,
                columns: 3,
            },
            Block::Vector(2),
        ];
        let at = [3.0, 0.0, 4.0, 0.1, 0.0, 0.0, 7.0, 7.0];
        let plane = random(&at, &blocks, 5).unwrap();
        for direction in plane.directions() {
            let length = |part: &[f64]| part.iter().map(|it| it * it).sum::<f64>().sqrt();
            assert!((length(&direction[..3]) - 5.0).abs() < 1e-14);
            assert!((length(&direction[3..6]) - 0.1).abs() < 1e-15);
            assert_eq!(direction[6..], [0.0, 0.0]);
        }
        assert_eq!(plane.project(at), [0.0, 0.0]);
        assert_ne!(Some(plane), random(&at, &blocks, 6));
        assert_eq!(random(&[0.0; 8], &blocks, 5), None);
    }
}
