//! Links: their letters, their compressed bytes, and their content.

use slalom::preset::{self, BuiltIn, LinkError, PresetError, is_link};

use crate::engine::{Answer, Kind, of_error};
use crate::{round_trip, sealed};

pub const LINKS: Kind = Kind {
    name: "links",
    share: 7,
    words: &[
        "slalom1:",
        "slalom2:",
        "#",
        "https://example.org/#slalom1:",
        "\r\n ",
        "=",
    ],
    more: || {
        let presets = BuiltIn::all().map(|it| it.preset().unwrap());
        let links = presets.map(|it| preset::link(&it).unwrap().into_bytes());
        links.step_by(3).collect()
    },
    read: |input| read(&String::from_utf8_lossy(input)),
};

/// Compressed bytes with the right length and checksum.
pub const DEFLATED: Kind = Kind {
    name: "deflated",
    share: 4,
    words: &[],
    more: || {
        let presets = BuiltIn::all().map(|it| it.preset().unwrap());
        let links = presets.map(|it| preset::link(&it).unwrap());
        let bytes = |link: String| {
            let digits = link.trim_start_matches("slalom1:");
            slalom::base64::decode_from_address(digits.as_bytes()).unwrap()
        };
        links.step_by(3).map(|it| bytes(it)[8..].to_vec()).collect()
    },
    read: |input| read(&sealed::whole(input)),
};

/// What is in a link: its bytes or, with lines between them that begin with [`FILE`], its text and its
/// files, each with the right length.
pub const CONTENTS: Kind = Kind {
    name: "contents",
    share: 7,
    words: &[
        "points.csv",
        "../points.csv",
        "/etc/passwd",
        "data: \"points.csv\"",
        FILE,
    ],
    more: || {
        let texts = [
            "LinearRegression(data: \"points.csv\")",
            "LogisticRegression(data: \"points.csv\")",
            "Network(data: \"points.csv\", hidden: [2])",
        ];
        let start = [", start: (0.0, 0.0)", ", start: (0.0, 0.0)", ""];
        let table = b"a,b,c\n1,2,0\n3,5,1\n4,4,0\n6,1,1\n7,2,0\n";
        let contents = texts.iter().zip(start).map(|(surface, start)| {
            let text = format!(
                "(version: 1, surface: {surface}{start}, steps: 9, \
                 racers: [(optimizer: Adam(learning_rate: 0.1))])"
            );
            [text.as_bytes(), FILE.as_bytes(), b"points.csv\n", table].concat()
        });
        contents.collect()
    },
    read: |input| read(&sealed::link(&content(input))),
};

/// What stands before the name of a file.
const FILE: &str = "\n=== ";

fn content(input: &[u8]) -> Vec<u8> {
    let whole = String::from_utf8_lossy(input);
    let Some((text, files)) = whole.split_once(FILE) else {
        return input.to_vec();
    };
    let files = files
        .split(FILE)
        .map(|file| file.split_once('\n').unwrap_or((file, "")));
    let files: Vec<(&str, &[u8])> = files.map(|(name, it)| (name, it.as_bytes())).collect();
    sealed::content(text, &files)
}

pub fn read(link: &str) -> Answer {
    match preset::read_link("the link", link) {
        Ok(_) if !is_link(link) => Err("opened, but no link".to_owned()),
        Ok(preset) => round_trip::preset(&preset),
        Err(PresetError::Link { why, .. }) => {
            if is_link(link) == (why == LinkError::NotALink) {
                return Err(format!("is it a link? {why}"));
            }
            Ok(of_error(&why))
        }
        Err(error) => Ok(of_error(&error)),
    }
}

#[test]
fn links_are_opened_or_refused() {
    LINKS.hunt();
}

#[test]
fn compressed_bytes_are_inflated_or_refused() {
    DEFLATED.hunt();
}

#[test]
fn contents_of_links_are_taken_or_refused() {
    CONTENTS.hunt();
}
