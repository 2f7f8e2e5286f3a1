//! Working memory on the stack, in a few sizes: little is cleared for a short formula.

/// Runs some work with this many numbers of memory.
pub fn with_scratch<T: Copy, R>(fill: T, length: usize, work: impl FnOnce(&mut [T]) -> R) -> R {
    match length {
        0..=8 => work(&mut [fill; 8]),
        9..=32 => work(&mut [fill; 32]),
        33..=256 => work(&mut [fill; 256]),
        257..=1024 => work(&mut [fill; 1024]),
        // No formula needs more.
        _ => work(&mut vec![fill; length]),
    }
}
