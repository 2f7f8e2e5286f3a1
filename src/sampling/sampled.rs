//! Everything that is needed to draw a surface.

use super::{ColourMap, Grid, ISO_STEPS, IsoLines, Tone, Tones, paint};
use crate::plane::Window;
use crate::surface::Surface;

/// A surface seen through a window: its values, tones and iso-lines.
#[derive(Clone, Debug)]
pub struct Sampled {
    grid: Grid,
    tone: Tone,
    tones: Tones,
    iso_lines: IsoLines,
    pixels: [f64; 2],
}

impl Sampled {
    /// Samples `surface` over `window` at `columns` × `rows` nodes, to be shown `pixels` wide and
    /// high.
    #[must_use]
    pub fn new(
        surface: &dyn Surface,
        window: Window,
        [columns, rows]: [usize; 2],
        pixels: [f64; 2],
    ) -> Self {
        let grid = Grid::sample(surface, window, columns, rows);
        let tone = Tone::of(&grid);
        Self::with_tone(grid, tone, pixels)
    }

    /// Uses existing values, seen through `tone`.
    #[must_use]
    pub fn with_tone(grid: Grid, tone: Tone, pixels: [f64; 2]) -> Self {
        let tones = Tones::of(&grid, &tone);
        Self {
            iso_lines: IsoLines::of(&tones, ISO_STEPS, pixels),
            grid,
            tone,
            tones,
            pixels,
        }
    }

    /// Shows the same values through another tone, for instance during an animated zoom.
    pub fn set_tone(&mut self, tone: Tone) {
        if tone != self.tone {
            self.tone = tone;
            self.tones = Tones::of(&self.grid, &tone);
            self.iso_lines = IsoLines::of(&self.tones, ISO_STEPS, self.pixels);
        }
    }

    /// The values.
    #[must_use]
    pub fn grid(&self) -> &Grid {
        &self.grid
    }

    /// The tone through which the values are seen.
    #[must_use]
    pub fn tone(&self) -> &Tone {
        &self.tone
    }

    /// The tones of the values.
    #[must_use]
    pub fn tones(&self) -> &Tones {
        &self.tones
    }

    /// The lines of equal loss.
    #[must_use]
    pub fn iso_lines(&self) -> &IsoLines {
        &self.iso_lines
    }

    /// The picture, one pixel per node, with the largest y at the top.
    #[must_use]
    pub fn paint(&self, map: &ColourMap) -> Vec<[u8; 4]> {
        paint(&self.tones, map)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surface::{Beale, Rosenbrock};

    #[test]
    fn another_tone_changes_all_that_depends_on_it() {
        let size = [300.0, 200.0];
        let mut sampled = Sampled::new(&Beale, Beale.window(), [30, 20], size);
        let other = *Sampled::new(&Rosenbrock, Rosenbrock.window(), [30, 20], size).tone();
        let halfway = Tone::eased(sampled.tone(), &other, 0.5);
        let expected = Sampled::with_tone(sampled.grid().clone(), halfway, size);
        assert_ne!(sampled.tones(), expected.tones());
        sampled.set_tone(halfway);
        assert_eq!(sampled.tones(), expected.tones());
        assert_eq!(sampled.iso_lines(), expected.iso_lines());
        assert_eq!(sampled.paint(&ColourMap::dark()).len(), 600);
    }
}
