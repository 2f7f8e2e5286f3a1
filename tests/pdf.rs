//! Pages for papers: their size, and their text as text.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::ops::ControlFlow;

use flate2::read::ZlibDecoder;
use slalom::export::film::{self, Timing};
use slalom::export::{FigureOptions, Paper, Studio, Theme};
use slalom::preset::{self, Preset};
use slalom::system_fonts;
use slalom::view::figure::Parts;

const PAPER: Paper = Paper {
    inches: [3.5, 2.25],
    font_size: 8.0,
};

fn options() -> FigureOptions {
    let parts = Parts {
        title: true,
        legend: true,
        ..Parts::default()
    };
    let options = FigureOptions {
        theme: Theme::Light,
        parts,
        ..FigureOptions::default()
    };
    options.on(PAPER).unwrap()
}

/// A page with a race of this title.
fn page(title: &str) -> Vec<u8> {
    let mut preset = preset::load_built_in("saddle").unwrap();
    title.clone_into(&mut preset.experiment.title);
    written(preset)
}

fn written(preset: Preset) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.pdf");
    let mut progress = |_, _| ControlFlow::Continue(());
    film::write(&file, preset, options(), Timing::default(), &mut progress).unwrap();
    std::fs::read(file).unwrap()
}

/// The content of all streams, inflated where they are deflated.
fn streams(pdf: &[u8]) -> Vec<Vec<u8>> {
    let find = |what: &[u8], from: usize| {
        let rest = pdf.get(from..).unwrap_or_default();
        let at = rest.windows(what.len()).position(|part| part == what);
        at.map(|at| from + at)
    };
    let mut streams = Vec::new();
    let mut from = 0;
    while let Some(start) = find(b"stream\n", from) {
        let start = start + b"stream\n".len();
        let end = find(b"endstream", start).unwrap();
        let mut content = Vec::new();
        if ZlibDecoder::new(&pdf[start..end])
            .read_to_end(&mut content)
            .is_err()
        {
            content = pdf[start..end].to_vec();
        }
        streams.push(content);
        from = end + b"endstream".len();
    }
    streams
}

/// The letters that a reader can select and search.
fn letters(pdf: &[u8]) -> BTreeSet<char> {
    let mut letters = BTreeSet::new();
    for stream in streams(pdf) {
        let text = String::from_utf8_lossy(&stream);
        for block in text.split("beginbfchar").skip(1) {
            let block = block.split("endbfchar").next().unwrap_or_default();
            for line in block.lines() {
                let code = line.split_whitespace().nth(1).unwrap_or_default();
                let code = code.trim_matches(['<', '>']);
                let units: Vec<u16> = (0..code.len() / 4)
                    .filter_map(|at| u16::from_str_radix(&code[4 * at..4 * at + 4], 16).ok())
                    .collect();
                letters.extend(String::from_utf16_lossy(&units).chars());
            }
        }
    }
    letters
}

#[test]
fn a_page_has_its_size_in_inches() {
    let pdf = page("A saddle");
    assert!(pdf.starts_with(b"%PDF-"));
    // 72 points an inch.
    let size = b"/MediaBox[0 0 252 162]";
    let has_size = |part: &[u8]| part.windows(size.len()).any(|window| window == size);
    let parts = streams(&pdf).into_iter().chain([pdf]);
    assert!(parts.into_iter().any(|part| has_size(&part)));
}

#[test]
fn text_stays_text() {
    let pdf = page("Quick zebras jump over my box");
    let letters = letters(&pdf);
    for letter in "Quickzebrasjumpovermybox".chars() {
        assert!(letters.contains(&letter), "{letter} in {letters:?}");
    }
    let drawn = streams(&pdf).iter().any(|stream| {
        let text = String::from_utf8_lossy(stream);
        text.contains("BT") && text.contains("Tj")
    });
    assert!(drawn);
}

#[test]
fn equal_pages_are_equal_to_the_byte() {
    assert!(page("A saddle") == page("A saddle"));
}

#[test]
fn names_in_other_scripts_are_drawn_with_the_fonts_of_the_computer() {
    let name = "学習率";
    let wanted: BTreeSet<char> = name.chars().collect();
    let fonts = system_fonts::covering(&wanted);
    let found: BTreeSet<char> = fonts.iter().flat_map(|font| font.letters.clone()).collect();
    if found != wanted {
        println!("skipped: no font here has {name}");
        return;
    }
    let mut preset = preset::load_built_in("saddle").unwrap();
    preset.experiment.racers[0].appearance.name = Some(name.to_owned());
    let mut studio = Studio::new(preset.clone(), options()).unwrap();
    let with = studio.picture(20.0);
    assert_eq!(studio.missing_letters(), "");
    assert!(letters(&written(preset.clone())).is_superset(&wanted));
    // Not three times the same box.
    preset.experiment.racers[0].appearance.name = Some("学学学".to_owned());
    let mut studio = Studio::new(preset, options()).unwrap();
    assert!(studio.picture(20.0) != with);
}

#[test]
fn letters_that_no_font_has_are_named() {
    let mut preset = preset::load_built_in("saddle").unwrap();
    preset.experiment.racers[0].appearance.name = Some("Adam \u{10fffd}".to_owned());
    let mut studio = Studio::new(preset, options()).unwrap();
    studio.picture(20.0);
    assert_eq!(studio.missing_letters(), "\u{10fffd}");
}
