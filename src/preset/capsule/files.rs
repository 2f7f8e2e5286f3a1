//! The files that a preset names, taken along under plain names.

use std::convert::Infallible;
use std::path::Path;
use std::sync::Arc;

use super::{Carried, LinkError, MOST_UNPACKED};
use crate::file::{DataFile, ReadError};
use crate::surface::SurfaceChoice;

/// The most letters of a file's name.
const LONGEST: usize = 60;
/// The endings that carried files may have. Others become the first one.
const ENDINGS: [&str; 6] = ["csv", "tsv", "txt", "dat", "tab", "npy"];

/// Returns a surface that names its files as they are carried, and the files.
pub(super) fn gathered(surface: &SurfaceChoice) -> Result<(SurfaceChoice, Carried), LinkError> {
    let mut files = Carried::default();
    let surface = surface.with_files(|_, file| {
        let content = content(file)?;
        // Data and weights may be the same file.
        let same = files.0.iter().find(|(_, known)| *known == content);
        let name = match same {
            Some((name, _)) => name.clone(),
            None => {
                let is_taken = |name: &str| files.0.iter().any(|(known, _)| known == name);
                let name = free_name(file, is_taken);
                files.0.push((name.clone(), Arc::clone(&content)));
                name
            }
        };
        Ok::<_, LinkError>(DataFile::carried(name, content))
    })?;
    Ok((surface, files))
}

/// Returns the size of the data that a surface has brought with it, in bytes.
pub(super) fn bytes(surface: &SurfaceChoice) -> usize {
    let mut bytes = 0;
    let same = surface.with_files(|_, file| {
        bytes += file.content().map_or(0, |content| content.len());
        Ok::<_, Infallible>(file.clone())
    });
    same.map_or(0, |_| bytes)
}

fn content(file: &DataFile) -> Result<Arc<[u8]>, LinkError> {
    if let Some(content) = file.content() {
        return Ok(Arc::clone(content));
    }
    match file.read(MOST_UNPACKED as u64) {
        Ok(content) => Ok(content.into()),
        Err(ReadError::TooLarge { .. }) => Err(LinkError::TooMuchData),
        Err(why) => Err(LinkError::Unreadable {
            file: file.display().to_string(),
            why,
        }),
    }
}

/// Returns a plain name like that of a file which is not taken yet.
pub(in crate::preset) fn free_name(file: &Path, is_taken: impl Fn(&str) -> bool) -> String {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let plain = |letter: char| match letter {
        '-' | '_' => letter,
        letter if letter.is_alphanumeric() => letter,
        _ => '-',
    };
    let stem: String = stem.chars().map(plain).take(LONGEST).collect();
    let stem = match stem.trim_matches('-') {
        "" => "data",
        stem => stem,
    };
    let stem = if is_device(stem) {
        &format!("data-{stem}")
    } else {
        stem
    };
    let ending = file.extension().unwrap_or_default();
    let known = ENDINGS.iter().find(|it| ending.eq_ignore_ascii_case(it));
    let ending = known.unwrap_or(&ENDINGS[0]);
    let name = format!("{stem}.{ending}");
    if !is_taken(&name) {
        return name;
    }
    let numbered = (2..u32::MAX).map(|number| format!("{stem}-{number}.{ending}"));
    let mut free = numbered.filter(|name| !is_taken(name));
    free.next().unwrap_or(name)
}

/// Returns whether Windows takes a name for that of a device, whatever its ending.
fn is_device(stem: &str) -> bool {
    let stem = stem.to_ascii_lowercase();
    let numbered = ["com", "lpt"].iter().find_map(|it| stem.strip_prefix(it));
    let is_number = |rest: &str| rest.chars().count() == 1 && rest.chars().all(char::is_numeric);
    ["con", "prn", "aux", "nul"].contains(&&*stem) || numbered.is_some_and(is_number)
}

/// Returns whether a name is one that [`free_name`] makes: that of a table in no other folder.
pub(super) fn is_plain(name: &str) -> bool {
    // A number may have made it a little longer.
    let is_short = name.chars().count() <= LONGEST + 20;
    is_short && free_name(Path::new(name), |_| false) == name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain() {
        for (file, name) in [
            ("points.csv", "points.csv"),
            ("/home/me/Größe 2.TSV", "Größe-2.tsv"),
            ("../../.bashrc", "bashrc.csv"),
            ("con.csv.exe", "con-csv.csv"),
            ("..", "data.csv"),
            ("", "data.csv"),
            ("weights.npy", "weights.npy"),
            ("COM1.csv", "data-COM1.csv"),
            ("contour.csv", "contour.csv"),
        ] {
            assert_eq!(free_name(Path::new(file), |_| false), name);
            assert!(is_plain(name));
        }
        let taken = |name: &str| ["points.csv", "points-2.csv"].contains(&name);
        assert_eq!(free_name(Path::new("points.csv"), taken), "points-3.csv");
        let long = free_name(Path::new(&"a".repeat(999)), |_| false);
        assert!(is_plain(&long) && long.len() == LONGEST + 4);
    }
}
