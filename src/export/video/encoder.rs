//! The process of ffmpeg.

use std::io;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use super::said::Said;
use crate::engine::Signal;

type Shared = Arc<Mutex<Child>>;

/// The encoders that are running.
static RUNNING: Mutex<Vec<Shared>> = Mutex::new(Vec::new());

fn locked<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A running encoder, killed on drop.
pub struct Encoder {
    child: Shared,
    said: Option<Said>,
}

impl Encoder {
    /// Starts an encoder, which reads its standard input.
    pub fn start(mut command: Command) -> io::Result<Self> {
        // Ctrl+C in a terminal reaches the whole process group; only this program ends an encoder.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut running = locked(&RUNNING);
        let mut child = command.spawn()?;
        let said = child.stderr.take().map(Said::by);
        let child = Arc::new(Mutex::new(child));
        running.push(Arc::clone(&child));
        Ok(Self { child, said })
    }

    /// Returns its standard input, once.
    pub fn input(&mut self) -> Option<ChildStdin> {
        locked(&self.child).stdin.take()
    }

    /// Waits for its end, or ends it if `signal` says so.
    ///
    /// # Errors
    /// Returns the reason why it failed.
    pub fn finish(&mut self, signal: &Signal) -> Result<(), String> {
        let status = self.status(signal).map_err(|cause| cause.to_string())?;
        if status.success() {
            return Ok(());
        }
        let killed = killed_by(status).map(|number| format!("it was killed (signal {number})"));
        let line = self.said.as_ref().and_then(Said::last_line);
        let reason = killed.or(line);
        Err(reason.unwrap_or_else(|| "it gave no reason".to_owned()))
    }

    fn status(&self, signal: &Signal) -> io::Result<ExitStatus> {
        loop {
            // Others can kill it between two looks.
            let mut child = locked(&self.child);
            if signal.is_stopped() {
                child.kill()?;
            }
            if let Some(status) = child.try_wait()? {
                return Ok(status);
            }
            drop(child);
            thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Encoder {
    fn drop(&mut self) {
        let mut running = locked(&RUNNING);
        running.retain(|other| !Arc::ptr_eq(other, &self.child));
        end(&self.child);
    }
}

fn end(child: &Shared) {
    let mut child = locked(child);
    // One that has ended already is left alone.
    let _ = child.kill();
    let _ = child.wait();
}

/// Ends all encoders, since the program is about to end. From now on none can be started: whoever
/// tries waits for the end.
pub fn end_encoders() {
    let running = locked(&RUNNING);
    running.iter().for_each(end);
    std::mem::forget(running);
}

#[cfg(unix)]
fn killed_by(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn killed_by(_status: ExitStatus) -> Option<i32> {
    None
}
