//! Remembers which parts of a field an eye sees.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU8, Ordering};

/// Which corners of patches are seen, found out when it is asked for: most trails stay in a few
/// patches, which they cross again and again.
#[derive(Debug, Default)]
pub(super) struct SeenCorners(OnceLock<Vec<AtomicU8>>);

const SEEN: u8 = 1;
const HIDDEN: u8 = 2;

impl SeenCorners {
    /// Whether a corner is hidden, of a field with this many.
    pub fn hides(&self, corner: usize, count: usize, find_out: impl FnOnce() -> bool) -> bool {
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
