//! What the program prints. None of it panics where it cannot be printed.

use std::io::{self, Write};

use serde::Serialize;

use super::Failure;

/// Prints a text to standard output.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    stream(|to| to.write_all(text.as_bytes()))
}

/// Prints an answer that the exit code gives, too, so that it may be lost.
pub(super) fn answer(text: &str) -> Result<(), Failure> {
    let written = io::stdout().write_all(text.as_bytes());
    written.map_err(Failure::Output)
}

/// Prints an answer as a JSON object on one line.
pub(super) fn answer_in_json(object: &impl Serialize) -> Result<(), Failure> {
    let unwritten = |cause: serde_json::Error| Failure::Output(cause.into());
    let line = serde_json::to_string(object).map_err(unwritten)?;
    answer(&format!("{line}\n"))
}

/// Writes to standard output, with a buffer, since a lot may come.
pub(super) fn stream(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    if is_closed() {
        return Err(Failure::Closed);
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    write(&mut out)
        .and_then(|()| out.flush())
        .map_err(Failure::Output)
}

/// Prints a line to standard error. Where that is impossible, there is nobody to tell.
pub(super) fn complain(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Returns whether standard output was closed when the program began.
///
/// Rust then opens the null device in its place, for reading and writing, which no shell does that
/// discards an output. A program that starts others in the background may do so, but then for
/// standard error, too.
#[cfg(target_os = "linux")]
fn is_closed() -> bool {
    is_stand_in(1) && !is_stand_in(2)
}

#[cfg(target_os = "linux")]
fn is_stand_in(stream: u8) -> bool {
    use std::fs;

    /// Of the flags with which a file was opened: how it is accessed, and for both.
    const ACCESS: u32 = 0o3;
    const BOTH: u32 = 0o2;

    let file = fs::read_link(format!("/proc/self/fd/{stream}"));
    let about = fs::read_to_string(format!("/proc/self/fdinfo/{stream}")).unwrap_or_default();
    let flags = about.lines().find_map(|line| line.strip_prefix("flags:"));
    let flags = flags.and_then(|flags| u32::from_str_radix(flags.trim(), 8).ok());
    file.is_ok_and(|file| file.as_os_str() == "/dev/null")
        && flags.is_some_and(|flags| flags & ACCESS == BOTH)
}

#[cfg(not(target_os = "linux"))]
fn is_closed() -> bool {
    false
}
