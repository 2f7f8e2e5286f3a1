//! Notices that the program is to end: Ctrl+C, a request by the system, a closed terminal.

/// Why the program is to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interruption {
    /// Ctrl+C was pressed.
    CtrlC,
    /// The user or the system asked for the end.
    Termination,
    /// The terminal was closed.
    TerminalClosed,
}

impl Interruption {
    /// Returns the exit code by which a shell knows the reason.
    #[must_use]
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::TerminalClosed => 129,
            Self::CtrlC => 130,
            Self::Termination => 143,
        }
    }
}

/// Calls `act` for each interruption, on a thread of its own; none of them ends the program any more.
/// A closed terminal stays ignored if the program was started so, as by `nohup`.
///
/// It has to be called before other threads are started.
#[cfg(unix)]
pub fn watch(mut act: impl FnMut(Interruption) + Send + 'static) {
    use nix::sys::signal::{SigSet, Signal};

    let mut watched = SigSet::from_iter([Signal::SIGINT, Signal::SIGTERM]);
    if !ignores_closed_terminal() {
        watched.add(Signal::SIGHUP);
    }
    // A blocked signal waits for whoever asks for it. All threads that start from here block it, too.
    if watched.thread_block().is_err() {
        return;
    }
    let waiting = std::thread::Builder::new().name("interruption".into());
    let begun = waiting.spawn(move || {
        while let Ok(signal) = watched.wait() {
            act(match signal {
                Signal::SIGINT => Interruption::CtrlC,
                Signal::SIGHUP => Interruption::TerminalClosed,
                _ => Interruption::Termination,
            });
        }
    });
    if begun.is_err() {
        // Then they end the program as usual.
        let _ = watched.thread_unblock();
    }
}

/// Returns whether the program was started to ignore that its terminal is closed.
#[cfg(target_os = "linux")]
fn ignores_closed_terminal() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    let first = 1 << (nix::sys::signal::Signal::SIGHUP as u32 - 1);
    mask.is_some_and(|mask| mask & first != 0)
}

/// Elsewhere this is not known, and the signal is left as it is.
#[cfg(all(unix, not(target_os = "linux")))]
fn ignores_closed_terminal() -> bool {
    true
}

/// Calls `act` when Ctrl+C is pressed, on a thread of its own; it does not end the program any more.
#[cfg(not(unix))]
pub fn watch(mut act: impl FnMut(Interruption) + Send + 'static) {
    // Without a handler, Ctrl+C ends the program at once.
    let _ = ctrlc::set_handler(move || act(Interruption::CtrlC));
}
