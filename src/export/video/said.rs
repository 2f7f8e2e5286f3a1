//! What a running program says.

use std::io::Read;
use std::process::ChildStderr;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// How much of it is kept, in bytes: its end tells why it failed.
const KEPT: usize = 4096;
/// How long the rest of it is waited for when its program has ended: another program may hold the
/// other end of the pipe open.
const PATIENCE: Duration = Duration::from_secs(1);

/// The end of what a program printed to standard error. It is read all the time, since a program
/// whose pipe is full waits for ever.
pub struct Said {
    tail: Arc<Mutex<Vec<u8>>>,
    /// Disconnected when there is nothing more to read.
    end: Receiver<()>,
}

impl Said {
    /// Begins to listen, on a thread of its own.
    pub fn by(mut errors: ChildStderr) -> Self {
        let tail = Arc::new(Mutex::new(Vec::new()));
        let (open, end) = channel();
        let shared = Arc::clone(&tail);
        // Without a thread, a program that says much is heard no more, and fails.
        let _ = thread::Builder::new().spawn(move || {
            let _open = open;
            let mut piece = [0; KEPT];
            while let Ok(count @ 1..) = errors.read(&mut piece) {
                let mut tail = shared.lock().unwrap_or_else(PoisonError::into_inner);
                keep(&mut tail, piece.get(..count).unwrap_or_default());
            }
        });
        Self { tail, end }
    }

    /// Returns the last line that is not blank, if there is any. The program has to have ended.
    pub fn last_line(&self) -> Option<String> {
        let _ = self.end.recv_timeout(PATIENCE);
        let tail = self.tail.lock().unwrap_or_else(PoisonError::into_inner);
        let text = String::from_utf8_lossy(&tail);
        let mut lines = text.split(['\n', '\r']).map(str::trim);
        lines.rfind(|line| !line.is_empty()).map(end_of)
    }
}

/// Returns the end of a line that is too long to be repeated.
fn end_of(line: &str) -> String {
    const LAST: usize = 200;
    match line.char_indices().rev().nth(LAST) {
        Some((before, _)) => format!("…{}", line[before..].chars().skip(1).collect::<String>()),
        None => line.to_owned(),
    }
}

fn keep(tail: &mut Vec<u8>, piece: &[u8]) {
    tail.extend_from_slice(piece);
    let surplus = tail.len().saturating_sub(KEPT);
    tail.drain(..surplus);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_kept() {
        let mut tail = Vec::new();
        for number in 0..10_000 {
            keep(&mut tail, format!("line {number}\n").as_bytes());
        }
        assert_eq!(tail.len(), KEPT);
        assert!(tail.ends_with(b"line 9998\nline 9999\n"));
    }

    #[test]
    fn of_a_long_line_the_end_is_said() {
        assert_eq!(end_of(&"ä".repeat(200)), "ä".repeat(200));
        let said = end_of(&format!("{}b", "ä".repeat(200)));
        assert_eq!(said, format!("…{}b", "ä".repeat(199)));
    }
}
