//! Fades iso-lines where they would crowd together.

use super::super::Tones;
use crate::plane::smooth;

/// The distance in pixels above which two lines are both fully opaque.
const CLEAR: f64 = 5.0;
/// The distance in pixels below which two lines are too close; half of [`CLEAR`], so that the lines
/// left after removing every other one are far enough apart.
const CROWDED: f64 = CLEAR / 2.0;

/// Computes opacities from the distance to the next line, step / |∇t|, with the gradient per pixel.
pub struct Fade<'a> {
    tones: &'a Tones,
    step: f64,
    /// The reciprocals of a cell's width and height in pixels.
    per_pixel: [f64; 2],
}

/// The opacity of the iso-line of a level where lines are `apart` pixels from each other.
#[must_use]
pub fn crowding(apart: f64, level: u16) -> f32 {
    // Of the levels 1, 2, 3 … the odd ones fade first, then 2, 6, 10 …, then 4, 12, 20 …
    let distance = apart * f64::from(1_u32 << level.trailing_zeros());
    smooth((distance - CROWDED) / (CLEAR - CROWDED)) as f32
}

impl<'a> Fade<'a> {
    /// For lines at multiples of 1/steps in a window that is shown `pixels` wide and high.
    pub fn new(tones: &'a Tones, steps: u16, pixels: [f64; 2]) -> Self {
        let cells = [tones.columns(), tones.rows()].map(|nodes| nodes.max(2) - 1);
        Self {
            tones,
            step: 1.0 / f64::from(steps),
            per_pixel: [0, 1].map(|axis| cells[axis] as f64 / pixels[axis].max(1.0)),
        }
    }

    /// The slope of the tone along an edge, and across it at either end, per pixel.
    pub fn slopes(&self, at: [usize; 2], axis: usize, nodes: [usize; 2]) -> [f64; 3] {
        let [start, end] = nodes.map(|node| f64::from(self.tones.values()[node]));
        let mut next = at;
        next[axis] += 1;
        [
            (end - start) * self.per_pixel[axis],
            self.slope(at, 1 - axis, nodes[0]),
            self.slope(next, 1 - axis, nodes[1]),
        ]
    }

    /// The opacity of the point at the fraction `along` of an edge with these slopes.
    pub fn opacity(&self, level: u16, [ahead, start, end]: [f64; 3], along: f64) -> f32 {
        let across = start * (1.0 - along) + end * along;
        let steepness = ahead * ahead + across * across;
        if steepness * (CLEAR * CLEAR) <= self.step * self.step {
            return 1.0;
        }
        crowding(self.step / steepness.sqrt(), level)
    }

    /// The slope of the tone along `axis` at a node, from whichever neighbours exist.
    fn slope(&self, at: [usize; 2], axis: usize, node: usize) -> f64 {
        let tones = self.tones.values();
        let stride = [1, self.tones.columns()][axis];
        let count = [self.tones.columns(), self.tones.rows()][axis];
        let here = tones[node];
        let tone = |inside: bool, node: usize| {
            let tone = tones
                .get(node)
                .copied()
                .filter(|tone| inside && !tone.is_nan());
            tone.map_or((here, false), |tone| (tone, true))
        };
        let (before, one) = tone(at[axis] > 0, node.wrapping_sub(stride));
        let (after, two) = tone(at[axis] + 1 < count, node + stride);
        let share = if one && two { 0.5 } else { 1.0 };
        f64::from(after - before) * self.per_pixel[axis] * share
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opacity(distance: f64, level: u16) -> f32 {
        let tones = Tones::from_values(2, vec![0.0; 4]);
        let fade = Fade::new(&tones, 10, [1.0; 2]);
        fade.opacity(level, [0.1 / distance, 0.0, 0.0], 0.5)
    }

    #[test]
    fn odd_levels_fade_between_5_and_2_5_pixels() {
        assert_eq!(opacity(5.1, 3), 1.0);
        assert_eq!(opacity(2.4, 3), 0.0);
        assert!((opacity(3.75, 3) - 0.5).abs() < 1e-6);
        assert_eq!(opacity(f64::INFINITY, 3), 1.0);
    }

    #[test]
    fn the_lines_left_are_always_clear_of_each_other() {
        for distance in [0.3, 0.7, 1.2, 2.0, 2.6, 4.0, 5.0] {
            let shown: Vec<u16> = (1..64).filter(|&k| opacity(distance, k) > 0.5).collect();
            let clear = |pair: &[u16]| f64::from(pair[1] - pair[0]) * distance > 3.7;
            assert!(shown.windows(2).all(clear), "{distance}");
        }
    }

    #[test]
    fn the_slope_at_a_node_skips_borders_and_holes() {
        let tones = Tones::from_values(3, vec![0.0, 0.2, 0.6, f32::NAN, 0.5, f32::NAN]);
        let fade = Fade::new(&tones, 10, [2.0, 1.0]);
        let near = |value: f64, expected: f64| (value - expected).abs() < 1e-7;
        assert!(near(fade.slope([0, 0], 0, 0), 0.2));
        assert!(near(fade.slope([1, 0], 0, 1), 0.3));
        assert!(near(fade.slope([1, 0], 1, 1), 0.3));
        assert!(near(fade.slope([1, 1], 0, 4), 0.0));
    }
}
