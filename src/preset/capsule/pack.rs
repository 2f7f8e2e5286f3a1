//! A preset and its files as bytes, compressed.

use std::io::{Read, Write};
use std::sync::Arc;

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use super::files::is_plain;
use super::{Carried, LinkError, MOST_UNPACKED};

/// The most files in a link. A preset names two at most.
const MOST_FILES: u16 = 16;

/// What is in a link.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Pack {
    /// The text of a preset file.
    pub(super) text: String,
    /// The files that it names.
    pub(super) files: Carried,
}

/// Returns what a link contains, compressed.
pub(super) fn packed(Pack { text, files }: &Pack) -> Result<Vec<u8>, LinkError> {
    let mut all = Vec::new();
    put(&mut all, text.as_bytes(), 4)?;
    let count = u16::try_from(files.0.len()).map_err(|_| LinkError::TooMuchData)?;
    all.extend(count.to_le_bytes());
    for (name, content) in &files.0 {
        put(&mut all, name.as_bytes(), 2)?;
        put(&mut all, content, 4)?;
    }
    if all.len() > MOST_UNPACKED {
        return Err(LinkError::TooMuchData);
    }
    let unwritable = |cause: std::io::Error| LinkError::Unwritable(cause.to_string());
    let mut deflate = DeflateEncoder::new(Vec::new(), Compression::best());
    deflate.write_all(&all).map_err(unwritable)?;
    deflate.finish().map_err(unwritable)
}

/// Adds the length of some bytes, as a number of `width` bytes, and the bytes.
fn put(all: &mut Vec<u8>, bytes: &[u8], width: usize) -> Result<(), LinkError> {
    let length = u32::try_from(bytes.len()).map_err(|_| LinkError::TooMuchData)?;
    let length = length.to_le_bytes();
    let (kept, rest) = length.split_at(width);
    if rest.iter().any(|it| *it != 0) {
        return Err(LinkError::TooMuchData);
    }
    all.extend(kept);
    all.extend(bytes);
    Ok(())
}

/// Returns what a link contains. No more than the limit is ever inflated.
pub(super) fn unpacked(compressed: &[u8]) -> Result<Pack, LinkError> {
    let mut all = Vec::new();
    let limit = MOST_UNPACKED as u64 + 1;
    let mut inflate = DeflateDecoder::new(compressed).take(limit);
    inflate
        .read_to_end(&mut all)
        .map_err(|_| LinkError::Damaged)?;
    if all.len() > MOST_UNPACKED {
        return Err(LinkError::TooMuchInside);
    }
    parts(&all).ok_or(LinkError::Damaged)
}

fn parts(mut all: &[u8]) -> Option<Pack> {
    let text = String::from_utf8(take(&mut all, 4)?.to_vec()).ok()?;
    let (count, rest) = all.split_first_chunk::<2>()?;
    let count = u16::from_le_bytes(*count);
    all = rest;
    if count > MOST_FILES {
        return None;
    }
    let mut files: Vec<(String, Arc<[u8]>)> = Vec::new();
    for _ in 0..count {
        let name = std::str::from_utf8(take(&mut all, 2)?).ok()?;
        let content = take(&mut all, 4)?;
        if !is_plain(name) || files.iter().any(|(known, _)| known == name) {
            return None;
        }
        files.push((name.to_owned(), content.into()));
    }
    let files = Carried(files);
    all.is_empty().then_some(Pack { text, files })
}

/// Takes some bytes off the front, whose length stands before them as a number of `width` bytes.
fn take<'a>(all: &mut &'a [u8], width: usize) -> Option<&'a [u8]> {
    let (length, rest) = all.split_at_checked(width)?;
    let digits = length.iter().rev();
    let length = digits.fold(0_usize, |number, byte| number << 8 | usize::from(*byte));
    let (bytes, rest) = rest.split_at_checked(length)?;
    *all = rest;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn deflated(bytes: &[u8]) -> Vec<u8> {
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::fast());
        deflate.write_all(bytes).unwrap();
        deflate.finish().unwrap()
    }

    #[test]
    fn a_bomb_is_left_at_the_limit() {
        let bomb = deflated(&vec![0; MOST_UNPACKED + 1]);
        assert!(bomb.len() < 1 << 20, "{}", bomb.len());
        assert_eq!(unpacked(&bomb), Err(LinkError::TooMuchInside));
    }

    #[test]
    fn more_data_than_a_link_may_hold_are_refused() {
        let content = vec![0; MOST_UNPACKED].into();
        let files = Carried(vec![("zero.csv".to_owned(), content)]);
        let pack = Pack {
            text: String::new(),
            files,
        };
        assert_eq!(packed(&pack), Err(LinkError::TooMuchData));
    }

    #[test]
    fn files_with_names_that_lead_elsewhere_are_refused() {
        let named = |name: &str| {
            let content: Arc<[u8]> = Arc::from(*b"1,2");
            let files = Carried(vec![(name.to_owned(), content)]);
            let text = "()".to_owned();
            unpacked(&packed(&Pack { text, files }).unwrap()).map(|pack| pack.files)
        };
        assert!(named("points.csv").unwrap().file("points.csv").is_some());
        for name in [
            "",
            "../points.csv",
            "/etc/passwd",
            "a\\b.csv",
            ".bashrc",
            "C:x.csv",
        ] {
            assert_eq!(named(name), Err(LinkError::Damaged), "{name}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_survived(bytes: Vec<u8>) {
            let _ = unpacked(&bytes);
            let _ = unpacked(&deflated(&bytes));
        }

        #[test]
        fn what_is_packed_comes_back(text: String, contents in prop::collection::vec(any::<Vec<u8>>(), 0..4)) {
            let files = contents.into_iter().enumerate();
            let files = files.map(|(number, content)| (format!("{number}.csv"), content.into()));
            let pack = Pack { text, files: Carried(files.collect()) };
            prop_assert_eq!(unpacked(&packed(&pack).unwrap()), Ok(pack));
        }
    }
}
