//! The early end of a sub-command.

use std::io::{self, IsTerminal};
use std::process::exit;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::output::complain;
use crate::export::end_encoders;
use crate::file::abandon;
use crate::interruption::watch;

/// Whoever holds it says how the program ends, and ends it.
static LAST_WORD: Mutex<()> = Mutex::new(());

/// Lets Ctrl+C, a request to end, or a closed terminal end the program, whatever it is doing. Files
/// that it was writing are as they were before.
pub(super) fn end_when_interrupted() {
    watch(|what| {
        let _last = last_word();
        end_encoders();
        let was_writing = abandon();
        if io::stderr().is_terminal() {
            // A progress bar may stand on this line.
            let _ = io::Write::write_all(&mut io::stderr(), b"\r\x1b[K");
        }
        complain(if was_writing {
            "slalom: stopped; nothing was written"
        } else {
            "slalom: stopped"
        });
        exit(what.exit_code().into());
    });
}

/// Ends what other threads of the window may still be writing, as the program ends in the usual way.
pub(super) fn leave_nothing() {
    // Kept until the end, so that an interruption comes too late.
    std::mem::forget(last_word());
    end_encoders();
    let _ = abandon();
}

/// Claims the last word, or waits for the end if it is taken.
fn last_word() -> MutexGuard<'static, ()> {
    LAST_WORD.lock().unwrap_or_else(PoisonError::into_inner)
}
