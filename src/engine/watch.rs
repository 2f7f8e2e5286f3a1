//! Catches panics, with their locations, on every thread that works for whoever waits.

use std::any::Any;
use std::backtrace::Backtrace;
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::Once;
use std::thread::{Scope, ScopedJoinHandle};

use super::panic::Panic;

/// The message of a panic without one.
const UNKNOWN: &str = "an internal error";

thread_local! {
    /// Whether panics of this thread are caught.
    static IS_WATCHED: Cell<bool> = const { Cell::new(false) };
    /// Whether the calls that lead to a panic of this thread are of interest.
    static IS_TRACED: Cell<bool> = const { Cell::new(false) };
    /// The calls that led to the last panic of this thread.
    static TRACE: RefCell<Option<Backtrace>> = const { RefCell::new(None) };
    /// The last panic of this thread.
    static LAST: RefCell<Option<Panic>> = const { RefCell::new(None) };
}

impl Panic {
    fn of(panic: &PanicHookInfo<'_>) -> Self {
        let location = panic.location();
        let shown = |file, line| format!("{}:{line}", shortened(file));
        Self {
            what: panic.payload_as_str().unwrap_or(UNKNOWN).to_owned(),
            location: location.map(|location| shown(location.file(), location.line())),
        }
    }

    /// The panic with this payload, if nothing else is known of it.
    fn of_payload(payload: &(dyn Any + Send)) -> Self {
        let text = payload.downcast_ref::<&str>().copied();
        let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
        Self {
            what: text.unwrap_or(UNKNOWN).to_owned(),
            location: None,
        }
    }
}

/// Runs `work` and prints nothing if it panics.
///
/// # Errors
/// Returns the panic.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Panic> {
    install();
    LAST.set(None);
    let was_watched = IS_WATCHED.replace(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(work));
    IS_WATCHED.set(was_watched);
    outcome.map_err(|payload| match payload.downcast::<Panic>() {
        // It was passed on by another thread.
        Ok(panic) => *panic,
        Err(payload) => LAST.take().unwrap_or_else(|| Panic::of_payload(&*payload)),
    })
}

/// Runs `work` as [`caught`] does, and keeps the calls that lead to a panic.
///
/// # Errors
/// Returns the panic, and the calls as text, which is empty for a panic of another thread.
pub fn caught_with_trace<T>(work: impl FnOnce() -> T) -> Result<T, (Panic, String)> {
    let was_traced = IS_TRACED.replace(true);
    TRACE.set(None);
    let outcome = caught(work);
    IS_TRACED.set(was_traced);
    outcome.map_err(|panic| {
        let trace = TRACE.take();
        (panic, trace.map_or_else(String::new, |it| it.to_string()))
    })
}

/// Runs `work` on a scoped thread of its own. If panics of this thread are caught, so are those
/// of the new one, which [`joined`](Member::joined) passes on.
pub fn in_team<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    work: impl FnOnce() -> T + Send + 'scope,
) -> Member<'scope, T> {
    let is_watched = IS_WATCHED.get();
    Member(scope.spawn(move || if is_watched { caught(work) } else { Ok(work()) }))
}

/// A thread of a team.
pub struct Member<'scope, T>(ScopedJoinHandle<'scope, Result<T, Panic>>);

impl<T> Member<'_, T> {
    /// Waits for the result, and panics in the same way if the thread panicked.
    pub fn joined(self) -> T {
        match self.0.join() {
            Ok(Ok(done)) => done,
            Ok(Err(panic)) => panic::resume_unwind(Box::new(panic)),
            Err(payload) => panic::resume_unwind(payload),
        }
    }
}

/// Sets the hook that keeps the panics of watched threads and leaves all others to the hook
/// before it.
fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if IS_WATCHED.get() {
                LAST.set(Some(Panic::of(panic)));
                if IS_TRACED.get() {
                    TRACE.set(Some(Backtrace::force_capture()));
                }
            } else {
                others(panic);
            }
        }));
    });
}

/// The path of a source file without the folders of the machine where it was compiled.
fn shortened(file: &str) -> &str {
    let folders = ["/registry/src/", "\\registry\\src\\", "/rustc/"];
    let inside = folders.iter().find_map(|folder| file.split_once(folder));
    let of_package = inside.and_then(|(_, inside)| inside.split_once(['/', '\\']));
    of_package.map_or(file, |(_, file)| file)
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn a_panic_is_told_in_one_line_with_its_location() {
        let panic = caught(|| {
            let side = [3.0_f32, -5.0];
            panic!("min > max:\n {side:?}");
        });
        let told = panic.unwrap_err().to_string();
        assert!(told.starts_with("min > max: [3.0, -5.0] (src"), "{told}");
        assert!(told.contains("watch.rs:"), "{told}");
        let mute = caught(|| std::panic::panic_any(7)).unwrap_err().to_string();
        assert!(mute.starts_with("an internal error (src"), "{mute}");
    }

    #[test]
    fn work_that_goes_well_gives_its_result_after_a_panic() {
        assert!(caught(|| panic!("first")).is_err());
        assert_eq!(caught(|| 7), Ok(7));
        let nested = caught(|| caught(|| panic!("inner")).unwrap_err().to_string());
        assert!(nested.unwrap().starts_with("inner ("));
    }

    #[test]
    fn a_panic_of_a_team_is_told_with_its_own_location() {
        let panic = caught(|| {
            thread::scope(|scope| in_team(scope, || panic!("in a team")).joined());
        });
        let told = panic.unwrap_err().to_string();
        assert!(told.starts_with("in a team (src"), "{told}");
    }

    #[test]
    fn locations_have_no_folders_of_a_machine() {
        for (file, short) in [
            ("src/view/line.rs", "src/view/line.rs"),
            (
                "/home/me/.cargo/registry/src/index-1f/egui-0.37.0/src/ui.rs",
                "egui-0.37.0/src/ui.rs",
            ),
            (
                "/rustc/59807616e1/library/core/src/option.rs",
                "library/core/src/option.rs",
            ),
            (
                "C:\\me\\registry\\src\\index-1f\\egui\\src\\ui.rs",
                "egui\\src\\ui.rs",
            ),
        ] {
            assert_eq!(shortened(file), short);
        }
    }
}
