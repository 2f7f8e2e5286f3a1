//! Removes the temporary files of programs that were killed.

use std::env;
use std::ffi::OsStr;
use std::fs::{self, File, Metadata};
use std::path::Path;
use std::time::Duration;

use super::unfinished::{own_id, process_in};

/// The age from which a file is left over even if its process seems to live: by then, the id most
/// likely belongs to another program.
const OLD: Duration = Duration::from_hours(7 * 24);

/// Removes the temporary files in a folder that belong to no living program. Only files that have
/// such a name and the same owner as `own`, a new file of this program, are touched.
pub fn sweep(folder: &Path, own: &File) {
    let Ok(own) = own.metadata() else { return };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries {
        let Some(process) = entry.file_name().to_str().and_then(process_in) else {
            continue;
        };
        let path = entry.path();
        // This does not follow links.
        let Ok(about) = entry.metadata() else {
            continue;
        };
        if about.is_file()
            && is_same_owner(&about, &own)
            && !is_in_use(&path)
            && is_left_over(process, &about)
        {
            let _ = fs::remove_file(path);
        }
    }
}

/// Removes the folders that earlier versions made for ffmpeg in the system's folder for temporary
/// files, if their program was killed.
pub fn sweep_folders(own: &File) {
    let Ok(own) = own.metadata() else { return };
    let entries = fs::read_dir(env::temp_dir())
        .into_iter()
        .flatten()
        .flatten();
    for entry in entries {
        let Some(process) = process_of_folder(&entry.file_name()) else {
            continue;
        };
        let Ok(about) = entry.metadata() else {
            continue;
        };
        if about.is_dir() && is_same_owner(&about, &own) && is_left_over(process, &about) {
            let _ = fs::remove_file(entry.path().join("clip"));
            // A folder with anything else in it is not ours, and stays.
            let _ = fs::remove_dir(entry.path());
        }
    }
}

/// Returns the id of the process in the name of such a folder.
fn process_of_folder(name: &OsStr) -> Option<u32> {
    let middle = name.to_str()?.strip_prefix("slalom-")?;
    let (process, thread) = middle.split_once("-ThreadId")?;
    thread.parse::<u64>().ok()?;
    process.parse().ok()
}

fn is_left_over(process: u32, about: &Metadata) -> bool {
    let age = about.modified().ok().and_then(|it| it.elapsed().ok());
    process != own_id() && (is_dead(process) || age.is_some_and(|age| age > OLD))
}

/// Returns whether no process has this id. Where that cannot be found out, all seem to live.
fn is_dead(process: u32) -> bool {
    let processes = Path::new("/proc");
    processes.join("self").exists() && !processes.join(process.to_string()).exists()
}

/// Returns whether a program holds the lock of a file. The program may run where its id is not seen
/// from here, such as in a container.
#[cfg(unix)]
fn is_in_use(path: &Path) -> bool {
    let Ok(file) = File::open(path) else {
        return false;
    };
    matches!(file.try_lock(), Err(fs::TryLockError::WouldBlock))
}

/// Elsewhere a lock would keep ffmpeg from writing.
#[cfg(not(unix))]
fn is_in_use(_path: &Path) -> bool {
    false
}

#[cfg(unix)]
fn is_same_owner(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    one.uid() == other.uid()
}

#[cfg(not(unix))]
fn is_same_owner(_one: &Metadata, _other: &Metadata) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    /// No system gives out this id.
    const DEAD: &str = ".slalom-4294967295-0.unfinished";

    #[test]
    #[cfg(target_os = "linux")]
    fn only_files_of_dead_programs_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        let inside = |name: &str| folder.path().join(name);
        let own = File::create(inside("own")).unwrap();
        let alive = format!(
            ".slalom-{}-0.unfinished",
            std::os::unix::process::parent_id()
        );
        let strangers = ["race.csv", ".slalom-4294967295-0.unfinished.bak", &alive];
        for name in strangers {
            fs::write(inside(name), "kept").unwrap();
        }
        fs::create_dir(inside(".slalom-4294967295-1.unfinished")).unwrap();
        std::os::unix::fs::symlink("own", inside(".slalom-4294967295-2.unfinished")).unwrap();
        let locked = File::create(inside(".slalom-4294967295-3.unfinished")).unwrap();
        locked.lock().unwrap();
        let count = || fs::read_dir(folder.path()).unwrap().count();
        fs::write(inside(DEAD), "left").unwrap();
        assert_eq!(count(), 8);
        sweep(folder.path(), &own);
        assert!(!inside(DEAD).exists());
        assert_eq!(count(), 7);
        drop(locked);
        sweep(folder.path(), &own);
        assert_eq!(count(), 6);
        assert!(strangers.iter().all(|name| inside(name).exists()));
    }

    #[test]
    fn a_file_is_left_over_when_it_is_old_even_if_its_id_is_in_use() {
        let folder = tempfile::tempdir().unwrap();
        let own = File::create(folder.path().join("own")).unwrap();
        // The first process always lives.
        let path = folder.path().join(".slalom-1-0.unfinished");
        let file = File::create(&path).unwrap();
        sweep(folder.path(), &own);
        assert!(path.exists());
        file.set_modified(SystemTime::now() - 2 * OLD).unwrap();
        sweep(folder.path(), &own);
        assert!(!path.exists());
    }

    #[test]
    fn folders_of_earlier_versions_are_known_by_their_names() {
        let process = |name: &str| process_of_folder(OsStr::new(name));
        assert_eq!(process("slalom-4711-ThreadId12"), Some(4711));
        for other in [
            "slalom-4711",
            "slalom-x-ThreadId1",
            "slalom-1-ThreadId",
            "slalom",
        ] {
            assert_eq!(process(other), None);
        }
    }
}
