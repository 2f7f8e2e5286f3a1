//! The signals that end the program from outside: everything is kept before it obeys.

use super::keeper::Flush;

/// Writes what has not been written yet when the system, a terminal or a user ends the program,
/// which then ends as it would have without that.
#[cfg(unix)]
pub fn keep_on_signals(flush: Flush) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

    // Without them, at most two seconds are lost.
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM]) else {
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

/// Writes what has not been written yet when the console ends the program.
#[cfg(not(unix))]
pub fn keep_on_signals(flush: Flush) {
    /// What Windows reports of a program that was ended by Ctrl+C.
    const INTERRUPTED: i32 = 0xC000_013A_u32.cast_signed();

    let _ = ctrlc::set_handler(move || {
        flush.now();
        std::process::exit(INTERRUPTED);
    });
}
