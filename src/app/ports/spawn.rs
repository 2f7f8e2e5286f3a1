//! Work beside the frames of the window.

/// Runs `work` on a thread of its own.
///
/// Returns whether there was a thread for it; if not, it is dropped.
#[cfg(not(target_arch = "wasm32"))]
pub fn spawn(work: impl FnOnce() + Send + 'static) -> bool {
    std::thread::Builder::new().spawn(work).is_ok()
}

/// Runs `work` at once: a web page has no threads, so it stands still until the work is done.
#[cfg(target_arch = "wasm32")]
pub fn spawn(work: impl FnOnce() + Send + 'static) -> bool {
    work();
    true
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn work_is_done_while_the_window_does_something_else() {
        let (ask, asked) = channel();
        let (answer, answered) = channel();
        let begun = spawn(move || {
            let question: u8 = asked.recv().unwrap();
            answer.send(2 * question).unwrap();
        });
        assert!(begun);
        ask.send(4).unwrap();
        assert_eq!(answered.recv(), Ok(8));
    }
}
