//! Pictures that carry a link.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use slalom::engine::Signal;
use slalom::export::film::{self, Timing};
use slalom::export::{FigureOptions, Format};
use slalom::preset::{self, Preset};
use tempfile::TempDir;

use crate::support::{LINK, Scattered, contents};

const FORMATS: [&str; 4] = ["png", "svg", "gif", "apng"];

/// A file and its content.
pub type Picture = (PathBuf, Vec<u8>);

/// A picture or a clip in each format.
pub static PICTURES: LazyLock<(TempDir, Vec<Picture>)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let preset = Scattered::new();
    let preset = preset.open();
    let link = preset::link(&preset).unwrap();
    let paths = FORMATS.map(|format| folder.path().join("race").with_extension(format));
    let pictures = paths.map(|path| {
        write(&path, &preset, Some(&link));
        let bytes = fs::read(&path).unwrap();
        (path, bytes)
    });
    (folder, pictures.into())
});

fn write(path: &Path, preset: &Preset, link: Option<&str>) {
    let options = FigureOptions {
        size: [120, 90],
        ..FigureOptions::default()
    };
    film::write_until(
        path,
        preset.clone(),
        options,
        Timing::default(),
        link,
        &Signal::default(),
        &mut |_, _| ControlFlow::Continue(()),
    )
    .unwrap();
}

#[test]
fn a_picture_of_each_format_opens_again_with_its_data() {
    let expected = preset::read_link("the link", &LINK).unwrap();
    for (path, _) in &PICTURES.1 {
        let (opened, form) = preset::Trust::Folder.open(path).unwrap();
        assert_eq!(opened, expected, "{}", path.display());
        assert_eq!(form, preset::Form::Link);
        assert_eq!(contents(&opened.experiment).len(), 2);
    }
}

#[test]
fn a_link_changes_no_pixel_and_equal_pictures_are_equal_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let preset = preset::read_link("the link", &LINK).unwrap();
    for (path, carrying) in &PICTURES.1 {
        let again = folder.path().join(path.file_name().unwrap());
        write(&again, &preset, Some(&LINK));
        assert_eq!(&fs::read(&again).unwrap(), carrying, "{}", path.display());
        write(&again, &preset, None);
        let bare = fs::read(&again).unwrap();
        assert!(bare.len() + LINK.len() <= carrying.len());
        let fault = preset::open(&again).unwrap_err();
        let said = fault.to_string();
        assert!(said.contains("has no experiment in it"), "{said}");
        let is_svg = path.extension().is_some_and(|it| it == "svg");
        if !is_svg {
            assert_eq!(pixels(&again), pixels(path), "{}", path.display());
        }
    }
}

/// The frames of a picture as its format's own decoder sees them.
fn pixels(path: &Path) -> Vec<Vec<u8>> {
    let bytes = fs::read(path).unwrap();
    if path.extension().is_some_and(|it| it == "gif") {
        let mut options = gif::DecodeOptions::new();
        options.set_color_output(gif::ColorOutput::RGBA);
        let mut decoder = options.read_info(&bytes[..]).unwrap();
        let mut frames = Vec::new();
        while let Some(frame) = decoder.read_next_frame().unwrap() {
            frames.push(frame.buffer.to_vec());
        }
        return frames;
    }
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes))
        .read_info()
        .unwrap();
    let frames = reader
        .info()
        .animation_control()
        .map_or(1, |it| it.num_frames);
    let decoded = (0..frames).map(|_| {
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let size = reader.next_frame(&mut pixels).unwrap().buffer_size();
        pixels.truncate(size);
        pixels
    });
    decoded.collect()
}

#[test]
fn an_svg_that_carries_a_link_is_a_sound_document_with_the_same_drawing() {
    let (_, bytes) = &PICTURES.1[1];
    let text = std::str::from_utf8(bytes).unwrap();
    let document = roxmltree::Document::parse(text).unwrap();
    let metadata = document
        .descendants()
        .filter(|it| it.has_tag_name("metadata"));
    let texts: Vec<_> = metadata.map(|it| it.text().unwrap()).collect();
    assert_eq!(texts, [&**LINK]);
    assert_eq!(Format::of(Path::new("race.svg")).unwrap(), Format::Svg);
}
