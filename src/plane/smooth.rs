//! Smooth transitions.

/// Rises smoothly from 0 at 0 to 1 at 1: 3s² − 2s³, level at both ends; constant beyond them.
#[must_use]
pub fn smooth(share: f64) -> f64 {
    let share = share.clamp(0.0, 1.0);
    share * share * (3.0 - 2.0 * share)
}
