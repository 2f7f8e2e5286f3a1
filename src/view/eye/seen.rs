//! Remembers which parts of a field an eye sees.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU8, Ordering};

/// Which nodes are seen, found out when it is asked for: most trails stay near a few nodes, which
/// they pass again and again.
#[derive(Debug, Default)]
pub(super) struct SeenNodes(OnceLock<Vec<AtomicU8>>);

const SEEN: u8 = 1;
const HIDDEN: u8 = 2;

impl SeenNodes {
    /// Whether a node is hidden, of a field with this many.
    pub fn hides(&self, node: usize, count: usize, find_out: impl FnOnce() -> bool) -> bool {
        let nodes = self
            .0
            .get_or_init(|| (0..count).map(|_| AtomicU8::new(0)).collect());
        let Some(known) = nodes.get(node) else {
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
