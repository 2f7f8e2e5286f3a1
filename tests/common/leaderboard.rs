//! The texts of a leaderboard, as `slalom render` writes them into a picture.

use std::path::Path;
use std::process::Command;

use tempfile::tempdir;

/// Renders the leaderboard of a preset and returns its texts, each with its height in the picture.
pub fn leaderboard(preset: &Path) -> Vec<(f64, String)> {
    let folder = tempdir().unwrap();
    let picture = folder.path().join("race.svg");
    let done = Command::new(env!("CARGO_BIN_EXE_slalom"))
        .arg("render")
        .arg(preset)
        .args(["--show", "leaderboard", "--size", "1000x600", "-o"])
        .arg(&picture)
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
    let text = std::fs::read_to_string(picture).unwrap();
    let document = roxmltree::Document::parse(&text).unwrap();
    let texts = document
        .descendants()
        .filter(|node| node.has_tag_name("text"));
    let texts = texts.filter_map(|node| {
        let height = node.attribute("y")?.parse().ok()?;
        Some((height, node.text()?.to_owned()))
    });
    texts.collect()
}
