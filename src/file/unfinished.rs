//! The temporary files in which new content waits until it is complete.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The temporary files that this program is writing. Whoever holds the lock keeps all others from
/// creating, removing or renaming one.
static LIST: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn list() -> MutexGuard<'static, Vec<PathBuf>> {
    LIST.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A temporary file, removed on drop unless it was renamed.
#[derive(Debug)]
pub struct Unfinished {
    path: PathBuf,
    /// The open file holds a lock, by which others see that its program lives.
    file: File,
}

impl Unfinished {
    /// Creates an empty file with a name of its own.
    pub fn create(folder: &Path) -> io::Result<Self> {
        let mut list = list();
        let mut number = 0;
        loop {
            let path = folder.join(name(own_id(), number));
            match File::create_new(&path) {
                Ok(file) => {
                    #[cfg(unix)]
                    // A file system without locks has the process id in the name.
                    let _ = file.try_lock();
                    list.push(path.clone());
                    return Ok(Self { path, file });
                }
                // Another thread is writing, or an earlier process with the same id was killed.
                Err(cause) if cause.kind() == ErrorKind::AlreadyExists && number < 999 => {
                    number += 1;
                }
                Err(cause) => return Err(cause),
            }
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn file(&self) -> &File {
        &self.file
    }

    /// Takes the place of `target`, in the same folder.
    pub fn rename(&self, target: &Path) -> io::Result<()> {
        undisturbed(|| fs::rename(&self.path, target))
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        let mut list = list();
        // After a rename there is nothing left to remove, so an error is expected.
        let _ = fs::remove_file(&self.path);
        list.retain(|path| *path != self.path);
    }
}

/// Does something that [`abandon`] waits for.
pub fn undisturbed<T>(act: impl FnOnce() -> T) -> T {
    let _list = list();
    act()
}

/// Removes all temporary files of this program, which is about to end. From now on no file is
/// replaced: whoever tries waits for the end. Returns whether any file was being written.
///
/// It is for a thread that ends the program while others are still writing.
#[must_use]
pub fn abandon() -> bool {
    let list = list();
    for path in list.iter() {
        let _ = fs::remove_file(path);
    }
    let was_writing = !list.is_empty();
    std::mem::forget(list);
    was_writing
}

fn name(process: u32, number: u32) -> String {
    format!(".slalom-{process}-{number}.unfinished")
}

/// Returns the id of the process in the name of a temporary file.
pub fn process_in(name: &str) -> Option<u32> {
    let middle = name.strip_prefix(".slalom-")?;
    let (process, number) = middle.strip_suffix(".unfinished")?.split_once('-')?;
    let process = process.parse().ok()?;
    // Nothing but such a name.
    (name == self::name(process, number.parse().ok()?)).then_some(process)
}

#[cfg(not(target_arch = "wasm32"))]
pub fn own_id() -> u32 {
    std::process::id()
}

#[cfg(target_arch = "wasm32")]
pub fn own_id() -> u32 {
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_of_ours_tells_a_process() {
        assert_eq!(process_in(&name(4711, 3)), Some(4711));
        for other in [
            "race.csv",
            ".slalom-4711.unfinished",
            ".slalom-4711-3.unfinished~",
            ".slalom-04711-3.unfinished",
            ".slalom-+4711-3.unfinished",
            ".slalom-my-race.unfinished",
            "slalom-4711-3.unfinished",
        ] {
            assert_eq!(process_in(other), None, "{other}");
        }
    }
}
