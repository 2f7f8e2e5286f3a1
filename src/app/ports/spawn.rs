//! Work beside the frames of the window.
//!
//! On the desktop, it has threads. A web page has none: its work is done in slices, some
//! milliseconds in every frame.

use egui::Context;

#[cfg(not(target_arch = "wasm32"))]
use crate::engine::at_once;

/// Runs `work` on a thread of its own or, on the web, in slices.
///
/// Returns whether there was a thread for it; if not, it is dropped.
pub fn spawn(work: impl AsyncFnOnce() + Send + 'static) -> bool {
    #[cfg(any(test, target_arch = "wasm32"))]
    if sliced::is_on() {
        sliced::add(work);
        return true;
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        let on_thread = move || at_once(work());
        std::thread::Builder::new().spawn(on_thread).is_ok()
    }
    #[cfg(target_arch = "wasm32")]
    false
}

/// Returns whether the work of a frame may wait for other work, which goes on meanwhile.
#[must_use]
pub fn can_wait() -> bool {
    #[cfg(any(test, target_arch = "wasm32"))]
    if sliced::is_on() {
        return false;
    }
    true
}

/// The highest cost of work that is done within a frame, where it is `cost` on the desktop: a page
/// runs at half of the speed, and has other things to do in a frame.
#[must_use]
pub const fn within_frame(cost: u64) -> u64 {
    if cfg!(target_arch = "wasm32") {
        cost / 4
    } else {
        cost
    }
}

/// Does some milliseconds of the work of a web page, and asks for another frame if that was not all
/// of it. Call this in every pass of a frame, after everything else. On the desktop there is nothing
/// to do.
pub fn run_slices(ctx: &Context) {
    #[cfg(target_arch = "wasm32")]
    sliced::run(ctx);
    #[cfg(not(target_arch = "wasm32"))]
    let _ = ctx;
}

/// Work in slices.
#[cfg(any(test, target_arch = "wasm32"))]
pub mod sliced {
    use crate::engine::Slices;

    thread_local! {
        static SLICES: Slices = Slices::default();
        /// Whether work is done in slices although there are threads.
        #[cfg(not(target_arch = "wasm32"))]
        static IS_ON: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
    }

    pub(super) fn add(work: impl AsyncFnOnce() + 'static) {
        SLICES.with(|slices| slices.add(async move { work().await }));
    }

    #[cfg(target_arch = "wasm32")]
    pub(super) const fn is_on() -> bool {
        true
    }

    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn is_on() -> bool {
        IS_ON.get()
    }

    /// Has all further work of this thread done in slices, as on the web.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn turn_on() {
        IS_ON.set(true);
    }

    /// Does so many slices of the work of this thread, and returns whether any is left.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn run(slices: usize) -> bool {
        let mut left = slices;
        let is_late = || {
            left -= 1;
            left == 0
        };
        SLICES.with(|all| all.run(is_late))
    }

    #[cfg(target_arch = "wasm32")]
    pub(super) fn run(ctx: &egui::Context) {
        use std::time::Duration;

        use web_time::Instant;

        /// The time for the work of a page in each frame.
        const BUDGET: Duration = Duration::from_millis(8);

        let is_any = |slices: &Slices| !slices.is_empty();
        if !SLICES.with(is_any) {
            return;
        }
        // A frame may have several passes, which share its time.
        if ctx.current_pass_index() == 0 {
            let begun = Instant::now();
            SLICES.with(|slices| slices.run(|| begun.elapsed() >= BUDGET));
        }
        // What has been done now is seen in the next frame.
        ctx.request_repaint();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;
    use crate::engine::pause;

    #[test]
    fn work_is_done_while_the_window_does_something_else() {
        let (ask, asked) = channel();
        let (answer, answered) = channel();
        let begun = spawn(async move || {
            let question: u8 = asked.recv().unwrap();
            answer.send(2 * question).unwrap();
        });
        assert!(begun);
        ask.send(4).unwrap();
        assert_eq!(answered.recv(), Ok(8));
    }

    #[test]
    fn work_of_a_page_is_done_between_its_frames() {
        sliced::turn_on();
        let (tell, told) = channel();
        let begun = spawn(async move || {
            for number in 0..3 {
                tell.send(number).unwrap();
                pause().await;
            }
        });
        assert!(begun && told.try_recv().is_err());
        assert!(sliced::run(2));
        assert_eq!(told.try_iter().collect::<Vec<_>>(), [0, 1]);
        assert!(!sliced::run(9));
        assert_eq!(told.try_iter().collect::<Vec<_>>(), [2]);
    }
}
