//! The signals that end the program from outside: everything is kept before it obeys.

use std::process::exit;
use std::sync::{Mutex, PoisonError};

use super::keeper::Flush;
use crate::export::end_encoders;
use crate::file::abandon;
use crate::interruption::{Interruption, watch};

/// What has to be written before the end.
static KEPT: Mutex<Option<Flush>> = Mutex::new(None);

/// Lets the system, a terminal or a user end the program. What has not been written yet is written,
/// and what was being exported leaves nothing behind.
///
/// It has to be called before other threads are started, those of the window system included.
pub fn end_on_signals() {
    watch(|what: Interruption| {
        log::info!("ended from outside: {what:?}");
        let kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(flush) = &*kept {
            flush.now();
        }
        end_encoders();
        let _ = abandon();
        exit(what.exit_code().into());
    });
}

/// Has this written before such an end.
pub fn keep_on_signals(flush: Flush) {
    *KEPT.lock().unwrap_or_else(PoisonError::into_inner) = Some(flush);
}
