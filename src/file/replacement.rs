//! Replaces files: the new content is there completely or not at all.

use std::env;
use std::fs::{self, File, Metadata};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::leftovers::{sweep, sweep_folders};
use super::overwrite::overwrite;
use super::unfinished::Unfinished;

/// The number of links that lead to a file before they are taken for a circle, as in Linux.
const MOST_LINKS: usize = 40;

/// New content on its way into a file, which stays as it is until [`commit`](Self::commit). Dropping
/// it leaves nothing behind.
///
/// The content waits in a hidden file in the same folder, is written to the disk, and takes the
/// file's place in one step. The file keeps its permissions and, where this is allowed, its owner. Of
/// a symbolic link, the file behind it is replaced. A file that can be written in a folder that
/// cannot is overwritten, after a copy was made. A device or a pipe is written directly. Where a file
/// has a second name (a hard link), the old content stays there.
///
/// If a program is killed, its hidden file stays; the next program that writes in the folder removes
/// it.
#[derive(Debug)]
pub struct Replacement {
    target: PathBuf,
    /// What is known of the file that is replaced.
    old: Option<Metadata>,
    way: Way,
}

#[derive(Debug)]
enum Way {
    /// Into the target itself, which is a device or a pipe.
    Straight(BufWriter<File>),
    /// First into a temporary file.
    Staged {
        out: BufWriter<File>,
        new: Unfinished,
        end: End,
    },
}

/// How the content of a temporary file reaches the target.
#[derive(Clone, Copy, Debug)]
enum End {
    /// It takes the target's place.
    Rename,
    /// It is written over the target.
    Overwrite,
    /// It is sent to a device or a pipe.
    Send,
}

impl Replacement {
    /// Prepares to replace or create a file.
    ///
    /// # Errors
    /// Returns an error if the file is a folder or cannot be written. After "… cannot be written: ",
    /// it completes a sentence.
    pub fn begin(path: &Path) -> io::Result<Self> {
        let (target, old) = find(path)?;
        let way = match &old {
            Some(old) if !old.is_file() => {
                Way::Straight(BufWriter::new(File::options().write(true).open(&target)?))
            }
            _ => Way::staged(&target, old.as_ref())?,
        };
        Ok(Self { target, old, way })
    }

    /// Prepares to replace or create a file with the help of another program, which writes to
    /// [`path`](Self::path) and may seek there.
    ///
    /// # Errors
    /// Returns the errors of [`begin`](Self::begin).
    pub fn begin_in_file(path: &Path) -> io::Result<Self> {
        let (target, old) = find(path)?;
        let way = match &old {
            Some(old) if !old.is_file() => Way::elsewhere(End::Send)?,
            _ => Way::staged(&target, old.as_ref())?,
        };
        if let Way::Staged { new, .. } = &way {
            sweep_folders(new.file());
        }
        Ok(Self { target, old, way })
    }

    /// Returns the path at which the new content waits.
    #[must_use]
    pub fn path(&self) -> &Path {
        match &self.way {
            Way::Straight(_) => &self.target,
            Way::Staged { new, .. } => new.path(),
        }
    }

    /// Puts the new content in the place of the old.
    ///
    /// # Errors
    /// Returns the error of the file system; the file is then as it was before.
    pub fn commit(self) -> io::Result<()> {
        let Self { target, old, way } = self;
        match way {
            Way::Straight(mut out) => out.flush(),
            Way::Staged { mut out, new, end } => {
                // A full disk fails here at the latest, while the old file still exists.
                out.flush()?;
                secure(new.path(), old.as_ref()).map_err(vanished)?;
                match end {
                    End::Rename => take_place(&new, &target, old.is_some()),
                    End::Overwrite => overwrite(&target, new.path()),
                    End::Send => send(new.path(), &target),
                }
            }
        }
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.way {
            Way::Straight(out) | Way::Staged { out, .. } => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.way {
            Way::Straight(out) | Way::Staged { out, .. } => out.flush(),
        }
    }
}

impl Way {
    /// Begins a temporary file beside the target, or elsewhere if its folder takes none.
    fn staged(target: &Path, old: Option<&Metadata>) -> io::Result<Self> {
        let folder = folder_of(target);
        match Unfinished::create(folder) {
            Ok(new) => {
                sweep(folder, new.file());
                if let Some(old) = old {
                    // A file that others may not read is at no time readable for them.
                    new.file().set_permissions(old.permissions())?;
                }
                Self::of(new, End::Rename)
            }
            Err(cause) if is_refusal(&cause) && old.is_some() => Self::elsewhere(End::Overwrite),
            Err(cause) => Err(of_folder(cause)),
        }
    }

    /// Begins a temporary file in the system's folder for such files.
    fn elsewhere(end: End) -> io::Result<Self> {
        let folder = env::temp_dir();
        let new = Unfinished::create(&folder).map_err(|cause| {
            let kind = cause.kind();
            let folder = folder.display();
            let what = format!("the folder for temporary files, {folder}, cannot be used: {cause}");
            io::Error::new(kind, what)
        })?;
        #[cfg(unix)]
        new.file()
            .set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
        sweep(&folder, new.file());
        Self::of(new, end)
    }

    fn of(new: Unfinished, end: End) -> io::Result<Self> {
        let out = BufWriter::new(new.file().try_clone()?);
        Ok(Self::Staged { out, new, end })
    }
}

/// Returns the file behind all links, and what is known of it if it exists.
///
/// Fails if it cannot be written, since a rename would replace it nevertheless.
fn find(path: &Path) -> io::Result<(PathBuf, Option<Metadata>)> {
    let Ok(old) = fs::metadata(path) else {
        let target = follow(path)?;
        if target.file_name().is_none() {
            let what = "it has no file name";
            return Err(io::Error::new(ErrorKind::InvalidInput, what));
        }
        return Ok((target, None));
    };
    if old.is_dir() {
        return Err(io::Error::new(ErrorKind::IsADirectory, "it is a folder"));
    }
    if old.permissions().readonly() {
        let what = "it is read-only";
        return Err(io::Error::new(ErrorKind::PermissionDenied, what));
    }
    if !old.is_file() {
        // Standard output can be a link to what has no path of its own.
        return Ok((path.to_owned(), Some(old)));
    }
    File::options().write(true).open(path)?;
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    Ok((target, Some(old)))
}

/// Follows symbolic links to a file that does not exist yet.
fn follow(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&target) {
            Ok(next) => target = folder_of(&target).join(next),
            Err(_) => return Ok(target),
        }
    }
    Err(io::Error::other("its links lead round in a circle"))
}

fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        Some(folder) => folder,
        None => file,
    }
}

/// Gives the temporary file the owner and the permissions of the old one, and has it written to the
/// disk.
fn secure(new: &Path, old: Option<&Metadata>) -> io::Result<()> {
    // Its owner may have less rights than others.
    let writable = File::options().write(true).open(new);
    let file = writable.or_else(|_| File::open(new))?;
    if let Some(old) = old.filter(|old| old.is_file()) {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            // Only few may give a file away.
            let _ = std::os::unix::fs::fchown(&file, Some(old.uid()), Some(old.gid()));
        }
        file.set_permissions(old.permissions())?;
    }
    file.sync_all()
}

/// Renames the temporary file. A target that cannot be replaced, such as a file that is mounted by
/// itself, is overwritten.
fn take_place(new: &Unfinished, target: &Path, exists: bool) -> io::Result<()> {
    match new.rename(target) {
        Ok(()) => {
            #[cfg(unix)]
            // The name is in the folder, which is written to the disk as well.
            let _ = File::open(folder_of(target)).and_then(|folder| folder.sync_all());
            Ok(())
        }
        Err(cause) if exists && (is_refusal(&cause) || cause.kind() == ErrorKind::ResourceBusy) => {
            overwrite(target, new.path())
        }
        Err(cause) => Err(vanished(cause)),
    }
}

fn send(new: &Path, target: &Path) -> io::Result<()> {
    let mut to = File::options().write(true).open(target)?;
    io::copy(&mut File::open(new)?, &mut to)?;
    Ok(())
}

/// Returns whether a folder takes no new file.
fn is_refusal(cause: &io::Error) -> bool {
    matches!(
        cause.kind(),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem
    )
}

/// Says of an error that it concerns the folder.
fn of_folder(cause: io::Error) -> io::Error {
    let kind = cause.kind();
    match kind {
        ErrorKind::NotFound => io::Error::new(kind, "there is no such folder"),
        _ if is_refusal(&cause) => io::Error::new(kind, "its folder is read-only"),
        _ => cause,
    }
}

/// Says of an error at the end that the temporary file is gone.
fn vanished(cause: io::Error) -> io::Error {
    match cause.kind() {
        kind @ ErrorKind::NotFound => io::Error::new(kind, "its folder was removed meanwhile"),
        _ => cause,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::{replace, replace_with};

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let name = |entry: io::Result<fs::DirEntry>| entry.unwrap().file_name();
        let mut names: Vec<String> = entries
            .map(|entry| name(entry).into_string().unwrap())
            .collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn a_failed_write_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("race.ron");
        fs::write(&path, "old").unwrap();
        let full = replace_with(&path, |file| {
            file.write_all(b"half")?;
            Err(io::Error::other("no space"))
        });
        assert!(full.is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(names(folder.path()), ["race.ron"]);

        replace(&path, b"new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(names(folder.path()), ["race.ron"]);
    }

    #[test]
    fn the_old_file_is_there_until_the_commit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("race.ron");
        fs::write(&path, "old").unwrap();
        for commits in [false, true] {
            let mut new = Replacement::begin(&path).unwrap();
            new.write_all(b"new").unwrap();
            new.flush().unwrap();
            assert_eq!(fs::read_to_string(new.path()).unwrap(), "new");
            assert_eq!(fs::read_to_string(&path).unwrap(), "old");
            if commits {
                new.commit().unwrap();
            }
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(names(folder.path()), ["race.ron"]);
    }

    #[test]
    fn another_program_may_write_a_file_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("clip.mp4");
        let new = Replacement::begin_in_file(&path).unwrap();
        fs::remove_file(new.path()).unwrap();
        fs::write(new.path(), "new").unwrap();
        new.commit().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(names(folder.path()), ["clip.mp4"]);
    }

    #[test]
    fn a_vanished_folder_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        let path = inner.join("race.ron");
        let said = replace(&path, b"new").unwrap_err().to_string();
        assert_eq!(said, "there is no such folder");
        fs::create_dir(&inner).unwrap();
        let new = Replacement::begin(&path).unwrap();
        fs::remove_dir_all(&inner).unwrap();
        let said = new.commit().unwrap_err().to_string();
        assert_eq!(said, "its folder was removed meanwhile");
    }

    #[test]
    #[cfg(unix)]
    fn links_stay_and_their_file_is_replaced() {
        use std::os::unix::fs::symlink;

        let folder = tempfile::tempdir().unwrap();
        let inside = |name: &str| folder.path().join(name);
        fs::create_dir(inside("inner")).unwrap();
        // Links are relative to the folder in which they lie.
        symlink("inner/second", inside("first")).unwrap();
        symlink("../race.ron", inside("inner/second")).unwrap();
        for text in ["created", "replaced"] {
            replace(&inside("first"), text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(inside("race.ron")).unwrap(), text);
        }
        for link in ["first", "inner/second"] {
            assert!(fs::symlink_metadata(inside(link)).unwrap().is_symlink());
        }
        assert_eq!(names(folder.path()), ["first", "inner", "race.ron"]);

        symlink("round", inside("round")).unwrap();
        let said = replace(&inside("round"), b"new").unwrap_err().to_string();
        assert_eq!(said, "its links lead round in a circle");
    }

    #[test]
    #[cfg(unix)]
    fn permissions_stay_and_are_those_of_the_temporary_file() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("race.ron");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
        for expected in [0o600, 0o640, 0o755, 0o666] {
            fs::write(&path, "old").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(expected)).unwrap();
            let new = Replacement::begin(&path).unwrap();
            assert_eq!(mode(new.path()), expected);
            new.commit().unwrap();
            assert_eq!(mode(&path), expected);
        }
    }
}
