//! Remembers which parts of a field an eye sees.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "numbers of cells"
)]

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU8, Ordering};

use super::Orbit;

/// The side of a patch in cells. All of a patch is taken for hidden if its corners are, and for seen
/// if none is.
const PATCH: usize = 2;

/// Which corners of patches are seen, found out when it is asked for: most trails stay in a few
/// patches, which they cross again and again.
#[derive(Debug, Default)]
pub(super) struct SeenCorners(OnceLock<Vec<AtomicU8>>);

const SEEN: u8 = 1;
const HIDDEN: u8 = 2;

impl SeenCorners {
    /// Whether a corner is hidden, of a field with this many.
    fn hides(&self, corner: usize, count: usize, find_out: impl FnOnce() -> bool) -> bool {
        let corners = self
            .0
            .get_or_init(|| (0..count).map(|_| AtomicU8::new(0)).collect());
        let Some(known) = corners.get(corner) else {
            return find_out();
        };
        match known.load(Ordering::Relaxed) {
            SEEN => false,
            HIDDEN => true,
            _ => {
                let hidden = find_out();
                known.store(if hidden { HIDDEN } else { SEEN }, Ordering::Relaxed);
                hidden
            }
        }
    }
}

impl Orbit {
    /// The patch of cells around a place.
    pub(super) fn patch(&self, place: [f64; 2]) -> [usize; 2] {
        let cells = self.relief().cells();
        [0, 1].map(|axis| {
            let cell = (place[axis] * cells[axis] as f64) as usize;
            cell.min(cells[axis] - 1) / PATCH
        })
    }

    /// Whether all corners of a patch are hidden, or none is; `None` if they differ.
    pub(super) fn hides_patch(&self, [column, row]: [usize; 2]) -> Option<bool> {
        let cells = self.relief().cells();
        let [columns, rows] = cells.map(|count| count.div_ceil(PATCH) + 1);
        let hides = |corner: [usize; 2]| {
            let at = corner[1] * columns + corner[0];
            self.seen.hides(at, columns * rows, || {
                let node = [0, 1].map(|axis| (corner[axis] * PATCH).min(cells[axis]) as f64);
                self.hides_place([0, 1].map(|axis| node[axis] / cells[axis] as f64))
            })
        };
        let first = hides([column, row]);
        let others = [[column + 1, row], [column, row + 1], [column + 1, row + 1]];
        let same = others.into_iter().all(|corner| hides(corner) == first);
        same.then_some(first)
    }
}
