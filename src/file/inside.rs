//! Folders that files must not lie outside of.

use std::fs;
#[cfg(not(target_arch = "wasm32"))]
use std::fs::File;
use std::io;
use std::path::{Component, Path, PathBuf};

#[cfg(not(target_arch = "wasm32"))]
use super::ReadError;

/// Returns whether a path, taken relative to a folder, leads out of it by what is written in it: it is
/// absolute, begins with a drive or a server of Windows, or goes up too far with `..`.
///
/// It is the same on every system, and looks at no disk: even to ask for a file on another server
/// would tell that server who asks.
#[must_use]
pub fn leads_out(path: &Path) -> bool {
    let text = path.as_os_str().as_encoded_bytes();
    let has_drive = matches!(text, [letter, b':', ..] if letter.is_ascii_alphabetic());
    if path.has_root() || has_drive || text.starts_with(b"\\") {
        return true;
    }
    let mut depth = 0_usize;
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::Normal(_) => depth += 1,
            Component::ParentDir if depth > 0 => depth -= 1,
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return true,
        }
    }
    false
}

/// Returns whether an existing file lies in a folder once all symbolic links are followed.
#[must_use]
pub fn lies_in(path: &Path, folder: &Path) -> bool {
    real_path_in(path, folder).is_ok_and(|path| path.is_some())
}

/// Checks that an open file lies in a folder once all symbolic links are followed.
///
/// The path is followed again after the file was opened, and has to lead to the same file: a link
/// that is changed in between is of no use.
#[cfg(not(target_arch = "wasm32"))]
pub fn check(path: &Path, file: &File, folder: &Path) -> Result<(), ReadError> {
    let Some(real) = real_path_in(path, folder)? else {
        return Err(ReadError::Outside);
    };
    if is_same(file, &real)? {
        Ok(())
    } else {
        Err(ReadError::Outside)
    }
}

/// Returns the real path of a file if it is in the folder.
fn real_path_in(path: &Path, folder: &Path) -> io::Result<Option<PathBuf>> {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let real = fs::canonicalize(path)?;
    Ok(real.starts_with(fs::canonicalize(folder)?).then_some(real))
}

/// Returns whether an open file is the one at a path without links.
#[cfg(unix)]
fn is_same(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    let (open, there) = (file.metadata()?, fs::symlink_metadata(path)?);
    Ok((open.dev(), open.ino()) == (there.dev(), there.ino()))
}

/// On Windows, files have no number by which they can be compared.
#[cfg(windows)]
fn is_same(_file: &File, path: &Path) -> io::Result<bool> {
    Ok(!fs::symlink_metadata(path)?.is_symlink())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_in_a_path_tells_whether_it_leads_out() {
        for inside in [
            "points.csv",
            "./points.csv",
            "sub/points.csv",
            "sub/../points.csv",
            "a/b/../../points.csv",
            "..points.csv",
            "c.csv",
            "",
        ] {
            assert!(!leads_out(Path::new(inside)), "{inside}");
        }
        for outside in [
            "/etc/passwd",
            "../points.csv",
            "sub/../../sub/points.csv",
            "..",
            "C:\\points.csv",
            "c:points.csv",
            "\\\\server\\share\\points.csv",
            "\\points.csv",
            "//server/share/points.csv",
        ] {
            assert!(leads_out(Path::new(outside)), "{outside}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_link_counts_where_it_leads_and_a_swapped_file_does_not_count() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("home")).unwrap();
        fs::write(at("secret"), "1").unwrap();
        fs::write(at("home/inside"), "2").unwrap();
        symlink("../secret", at("home/out")).unwrap();
        symlink("inside", at("home/in")).unwrap();
        symlink(folder.path(), at("home/up")).unwrap();
        let home = at("home");
        for (name, is_inside) in [
            ("inside", true),
            ("in", true),
            ("up/home/inside", true),
            ("out", false),
            ("up/secret", false),
        ] {
            let path = home.join(name);
            assert_eq!(lies_in(&path, &home), is_inside, "{name}");
            let checked = check(&path, &File::open(&path).unwrap(), &home);
            let expected = if is_inside {
                Ok(())
            } else {
                Err(ReadError::Outside)
            };
            assert_eq!(checked, expected, "{name}");
        }
        let secret = File::open(at("secret")).unwrap();
        let swapped = check(&home.join("inside"), &secret, &home);
        assert_eq!(swapped, Err(ReadError::Outside));
    }
}
