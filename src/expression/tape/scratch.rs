//! Working memory on the stack, in a few sizes: little is cleared for a short formula.

/// Runs some work with at least this many numbers of memory.
pub fn with_scratch<T: Copy, R>(fill: T, length: usize, work: impl FnOnce(&mut [T]) -> R) -> R {
    match length {
        0..=4 => on_stack::<T, R, 4>(fill, work),
        5..=6 => on_stack::<T, R, 6>(fill, work),
        7..=8 => on_stack::<T, R, 8>(fill, work),
        9..=32 => on_stack::<T, R, 32>(fill, work),
        33..=128 => on_stack::<T, R, 128>(fill, work),
        // No formula that a person writes comes here.
        _ => work(&mut vec![fill; length]),
    }
}

/// A function of its own, so that small memory does not pay for the stack of a large one.
#[inline(never)]
fn on_stack<T: Copy, R, const N: usize>(fill: T, work: impl FnOnce(&mut [T]) -> R) -> R {
    work(&mut [fill; N])
}
