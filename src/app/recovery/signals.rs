//! The signals that end the program from outside: everything is kept before it obeys.

use super::keeper::Flush;

/// Writes what has not been written yet when the system, a terminal or a user ends the program,
/// which then ends as it would have without that.
#[cfg(unix)]
pub fn keep_on_signals(flush: Flush) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

    // What the program was started to ignore, as by `nohup`, does not end it.
    let ending = [SIGHUP, SIGINT, SIGTERM]
        .into_iter()
        .filter(|it| !is_ignored(*it));
    // Without them, at most two seconds are lost.
    let Ok(mut signals) = signal_hook::iterator::Signals::new(ending) else {
        return;
    };
    crate::app::ports::spawn(move || {
        for signal in signals.forever() {
            log::info!("ended by signal {signal}");
            flush.now();
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    });
}

/// Returns whether this program ignores a signal, where the system says so.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mut lines = status.lines();
    let ignored = lines.find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = ignored.and_then(|digits| u64::from_str_radix(digits.trim(), 16).ok());
    mask.is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
}

/// Other systems have no such signals: what is written anyway, at most two seconds late, must do.
#[cfg(not(unix))]
pub fn keep_on_signals(_flush: Flush) {}
