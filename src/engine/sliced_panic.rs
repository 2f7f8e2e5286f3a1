//! Catches the panics of work that pauses.

use std::future::{self, Future};
use std::pin::pin;
use std::task::Poll;

use super::{Panic, caught};

/// Does work, and prints nothing if it panics, as [`caught`] does.
///
/// # Errors
/// Returns the panic.
pub async fn caught_in_slices<T>(work: impl Future<Output = T>) -> Result<T, Panic> {
    let mut work = pin!(work);
    future::poll_fn(|context| match caught(|| work.as_mut().poll(context)) {
        Ok(slice) => slice.map(Ok),
        Err(panic) => Poll::Ready(Err(panic)),
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pause::{at_once, is_sliced, pause, slice};

    #[test]
    fn a_panic_after_a_pause_is_a_value() {
        let work = async {
            pause().await;
            panic!("too late");
        };
        let caught = slice(|| at_once(caught_in_slices::<()>(work)));
        let told = caught.unwrap_err().to_string();
        assert!(told.starts_with("too late (src"), "{told}");
        assert!(!is_sliced());
    }
}
