//! Pictures and clips with a race in them.

use std::fs;
use std::path::Path;

use slalom::preset::{self, BuiltIn, Form, PictureKind, Trust, link_in_picture};

use crate::engine::{Answer, Kind, of_error};
use crate::links;

pub const PICTURES: Kind = Kind {
    name: "pictures",
    share: 7,
    words: &[
        "slalom1:",
        "\u{89}PNG\r\n\u{1a}\n",
        "tEXt",
        "GIF89a",
        "!\u{fe}",
        "<svg",
        "<metadata>",
        "%PDF-1.7",
        "endstream",
        "ftyp",
    ],
    more: pictures,
    read,
};

/// The smallest pictures of each kind, with a link where an exported one has it.
fn pictures() -> Vec<Vec<u8>> {
    let preset = BuiltIn::named("saddle").unwrap().preset().unwrap();
    let link = preset::link(&preset).unwrap();
    vec![
        png(&link),
        gif(&link),
        format!("<?xml version=\"1.0\"?>\n<svg><metadata>{link}</metadata></svg>").into_bytes(),
        format!("%PDF-1.7\n1 0 obj\n<</Subject ({link})>>\nendobj\n").into_bytes(),
        [b"\0\0\0\x18ftypisom\0\0\0\x01", link.as_bytes(), b"\0"].concat(),
        b"%PDF-1.7 of others".to_vec(),
    ]
}

fn png(link: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 1, 1);
    encoder.set_color(png::ColorType::Grayscale);
    let text = encoder.add_text_chunk("slalom".to_owned(), link.to_owned());
    text.unwrap();
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&[0]).unwrap();
    writer.finish().unwrap();
    bytes
}

fn gif(link: &str) -> Vec<u8> {
    let mut bytes = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xfe".to_vec();
    for piece in link.as_bytes().chunks(255) {
        bytes.push(u8::try_from(piece.len()).unwrap());
        bytes.extend(piece);
    }
    bytes.extend(b"\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;");
    bytes
}

fn read(input: &[u8]) -> Answer {
    let Some(kind) = PictureKind::of(input) else {
        return Ok("no picture".to_owned());
    };
    let in_memory = link_in_picture(kind, input);
    let is_opened = opened_from_disk(input);
    if is_opened && in_memory.is_err() {
        return Err("opened, but there is no link".to_owned());
    }
    match in_memory {
        Ok(link) if !is_opened && preset::read_link("", &link).is_ok() => {
            Err("there is a link, but it is not opened".to_owned())
        }
        Ok(link) => links::read(&link).map(|answer| format!("{answer} {kind:?}")),
        Err(why) => Ok(format!("{} {kind:?}", of_error(&why))),
    }
}

/// Returns whether a file with this content is opened as a picture.
fn opened_from_disk(input: &[u8]) -> bool {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz-picture");
    fs::write(&file, input).unwrap();
    Trust::Folder
        .open(&file)
        .is_ok_and(|(_, form)| form == Form::Link)
}

#[test]
fn pictures_are_opened_or_refused() {
    for picture in pictures().iter().take(5) {
        assert!(read(picture).unwrap().starts_with("valid"));
    }
    PICTURES.hunt();
}
