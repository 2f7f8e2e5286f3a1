//! What a link from anyone cannot do, and how it is told.

use std::fs;

use proptest::prelude::*;
use slalom::preset::{self, LinkError, PresetError};

use crate::pictures::PICTURES;
use crate::support::{LINK, forged};

#[test]
fn a_link_reads_no_file_that_it_has_not_brought() {
    // A preset that could have come from anyone, made into a link as any other.
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret.csv");
    fs::write(&secret, "1,2\n3,4\n").unwrap();
    for named in [secret.to_str().unwrap(), "../secret.csv", "secret.csv"] {
        let line = forged(&format!(
            "(version: 1, surface: LinearRegression(data: {named:?}), start: (0.0, 0.0), steps: 1, \
             racers: [])"
        ));
        let said = preset::read_link("the link", &line).unwrap_err();
        assert_eq!(said.kind(), "data");
        let what = said.to_string();
        assert!(
            what.contains("is not among the files that came with this preset"),
            "{what}"
        );
    }
}

#[test]
fn what_is_wrong_in_a_links_preset_is_located() {
    let said = preset::read_link("the link", &forged("(version: 1,\n surface: Bale)"));
    let said = said.unwrap_err().to_string();
    assert!(said.starts_with("the link:2:11: "), "{said}");
    let newer = preset::read_link("the link", &forged("(version: 9)")).unwrap_err();
    assert!(
        newer.to_string().contains("reads only up to version 1"),
        "{newer}"
    );
}

fn fault(text: &str) -> LinkError {
    match preset::read_link("the link", text).unwrap_err() {
        PresetError::Link { why, .. } => why,
        other => panic!("{other}"),
    }
}

#[test]
fn a_link_that_is_cut_off_or_newer_or_none_is_told_from_a_damaged_one() {
    for length in (8..LINK.len()).step_by(7) {
        assert_eq!(fault(&LINK[..length]), LinkError::CutOff);
    }
    assert_eq!(
        fault(&LINK.replace("slalom1:", "slalom2:")),
        LinkError::Newer
    );
    for text in ["", "slalom", "race.ron", "https://example.org/#race"] {
        assert_eq!(fault(text), LinkError::NotALink);
    }
    let broken = LINK
        .as_bytes()
        .chunks(60)
        .map(|it| std::str::from_utf8(it).unwrap());
    let broken = broken.collect::<Vec<_>>().join("\r\n");
    assert!(preset::read_link("the link", &broken).is_ok());
    let address = format!("https://example.org/slalom/#{}", *LINK);
    assert!(preset::read_link("the link", &address).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_link_with_other_letters_is_refused_in_a_sentence(at in 8..LINK.len(), letter in "[A-Za-z0-9_ é-]") {
        let mut text = LINK.clone();
        text.replace_range(at..=at, &letter);
        match preset::read_link("the link", &text) {
            Ok(_) => prop_assert_eq!(&text, &*LINK),
            Err(fault) => prop_assert!(fault.to_string().starts_with("the link cannot be opened: ")),
        }
    }

    #[test]
    fn any_text_after_the_prefix_is_survived(text in "[A-Za-z0-9_-]{0,80}|\\PC{0,40}") {
        let _ = preset::read_link("the link", &format!("slalom1:{text}"));
    }

    #[test]
    fn a_picture_with_other_bytes_is_survived(format in 0..4_usize, at: prop::sample::Index, byte: u8, cut: prop::sample::Index) {
        let (path, bytes) = &PICTURES.1[format];
        let mut bytes = bytes.clone();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        bytes.truncate(at + cut.index(bytes.len() - at) + 1);
        let path = path.with_extension("damaged");
        fs::write(&path, &bytes).unwrap();
        if let Err(fault) = preset::open(&path) {
            prop_assert!(!fault.to_string().contains('\n'));
        }
    }
}
