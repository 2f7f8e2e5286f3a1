//! Links around any content, made without the program's own code.

use std::io::Write;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use slalom::base64::encode_for_address;

/// Returns the content of a link: a text, and files with their names.
pub fn content(text: &str, files: &[(&str, &[u8])]) -> Vec<u8> {
    let length = |length: usize| u32::try_from(length).unwrap().to_le_bytes();
    let mut all = length(text.len()).to_vec();
    all.extend(text.as_bytes());
    all.extend(&length(files.len())[..2]);
    for (name, content) in files {
        all.extend(&length(name.len())[..2]);
        all.extend(name.as_bytes());
        all.extend(length(content.len()));
        all.extend(*content);
    }
    all
}

/// Returns a link with this content, whether it means anything or not.
pub fn link(content: &[u8]) -> String {
    let mut deflate = DeflateEncoder::new(Vec::new(), Compression::fast());
    deflate.write_all(content).unwrap();
    whole(&deflate.finish().unwrap())
}

/// Returns a link with these compressed bytes, whether they can be inflated or not.
pub fn whole(compressed: &[u8]) -> String {
    let mut crc = Crc::new();
    crc.update(compressed);
    let length = u32::try_from(compressed.len()).unwrap();
    let mut bytes = length.to_le_bytes().to_vec();
    bytes.extend(crc.sum().to_le_bytes());
    bytes.extend(compressed);
    format!("slalom1:{}", encode_for_address(&bytes))
}
