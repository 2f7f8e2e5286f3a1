//! The page in a real browser: `web/build.sh --quick` builds it, and Chromium opens it here.
//!
//! Without the built page or without Chromium, nothing is tested, and this is said.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::needless_pass_by_value,
    reason = "lengths and counts are small, and json!() makes values"
)]

mod browser;
mod server;
mod socket;

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use browser::Browser;

fn dist() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/web/dist"))
}

/// One browser at a time: each of them draws without a graphics card.
static TURN: Mutex<()> = Mutex::new(());

/// Returns a browser and the address of the page, or `None` with a sentence if there is none of them.
fn page() -> Option<(MutexGuard<'static, ()>, Browser, String)> {
    let Some(name) = browser::found() else {
        println!("skipped: there is no chromium");
        return None;
    };
    if !browser::is_built(dist()) {
        println!("skipped: there is no page; build it with web/build.sh --quick");
        return None;
    }
    let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let address = server::serve(dist());
    Some((turn, Browser::start(name), address))
}

/// The slider of Adam's learning rate in the first race, which is at 0.15, and a place to its left.
const RATE: [[f64; 2]; 2] = [[190.0, 407.0], [120.0, 407.0]];

/// The button of the export dialog.
const EXPORT: [f64; 2] = [950.0, 637.0];

#[test]
fn the_race_plays_and_pauses() {
    let Some((_turn, mut browser, address)) = page() else {
        return;
    };
    browser.open(&format!("{address}/"));
    let first = browser.screenshot();
    browser.wait_for("the next step", |page| {
        (page.screenshot() != first).then_some(())
    });
    browser.press(" ", "Space", false);
    browser.wait_for_still();
    assert_eq!(browser.complaints, [""; 0]);
}

#[test]
fn a_slider_changes_the_race_and_the_change_outlives_the_page() {
    let Some((_turn, mut browser, address)) = page() else {
        return;
    };
    browser.open(&format!("{address}/"));
    let usual = "Adam(learning_rate: 0.15,";
    assert!(browser.kept().contains(usual));
    browser.drag(RATE[0], RATE[1]);
    // The page is left at once, long before it would keep its tabs by itself.
    browser.evaluate("document.documentElement.dataset.state = 'left'");
    browser.call("Page.reload", serde_json::json!({}));
    browser.wait_for_program();
    let kept = browser.kept();
    // The race as it was lies beside the changed one.
    let mut rates = kept.split("Adam(learning_rate: ").skip(1);
    assert!(rates.any(|rest| !rest.starts_with("0.15,")), "{kept}");
    assert_eq!(browser.complaints, [""; 0]);
}

#[test]
fn an_exported_picture_is_downloaded_and_opens_again() {
    let Some((_turn, mut browser, address)) = page() else {
        return;
    };
    browser.open(&format!("{address}/"));
    browser.press(" ", "Space", false);
    browser.wait_for_still();
    browser.press("e", "KeyE", true);
    browser.wait_for_frames(20);
    browser.wait_for_still();
    browser.click(EXPORT);
    let path = browser.downloaded("beale-as-radford-ran-it-with.png");
    let preset = slalom::preset::open(&path).unwrap();
    assert_eq!(preset.experiment.steps, 200);
    let picture = image::open(&path).unwrap();
    assert_eq!([picture.width(), picture.height()], [800, 600]);
    assert_eq!(browser.complaints, [""; 0]);
}

#[test]
fn a_link_in_the_address_opens_its_race() {
    let Some((_turn, mut browser, address)) = page() else {
        return;
    };
    let race = slalom::preset::load_built_in("rosenbrock").unwrap();
    let link = slalom::preset::link(&race).unwrap();
    browser.open(&format!("{address}/#{link}"));
    browser.wait_for("the race of the link", |page| {
        page.kept().contains("surface: Rosenbrock").then_some(())
    });
    assert_eq!(browser.complaints, [""; 0]);
}

/// The records of the libraries agree, and what has no transcendental functions to the last bit.
#[test]
fn the_numbers_are_those_of_the_desktop() {
    let Some((_turn, mut browser, address)) = page() else {
        return;
    };
    browser.open(&format!("{address}/?selftest"));
    let told = "document.getElementById('selftest')?.textContent.trimEnd().split('\\n').pop()";
    let last = browser.wait_for("the end of the check", |page| {
        let last = page.evaluate(told);
        let last = last.as_str().unwrap_or_default().to_owned();
        (last.contains("agree")).then_some(last)
    });
    assert!(
        last.starts_with("all ") && last.ends_with(" agree"),
        "{last}"
    );
    assert_eq!(browser.complaints, [""; 0]);
}

#[test]
fn dropped_presets_and_tables_open() {
    let Some((_turn, mut browser, address)) = page() else {
        return;
    };
    browser.open(&format!("{address}/"));
    let race = r#"(version: 1, title: "Dropped here", surface: Rosenbrock, start: (0.0, 0.0), steps: 9, racers: [])"#;
    browser.drop_file("race.ron", &slalom::base64::encode(race.as_bytes()));
    browser.wait_for("the dropped race", |page| {
        page.kept().contains("Dropped here").then_some(())
    });
    let before = browser.screenshot();
    browser.drop_file(
        "points.csv",
        &slalom::base64::encode(b"x,y\n1,2\n2,3\n3,5\n4,8\n"),
    );
    browser.wait_for("the dialog about the table", |page| {
        let after = page.screenshot();
        (differing(&before, &after) > 0.3).then_some(())
    });
    assert_eq!(browser.complaints, [""; 0]);
}

/// The share of the pixels in which two pictures differ.
fn differing(one: &[u8], other: &[u8]) -> f64 {
    let [one, other] = [one, other].map(|png| image::load_from_memory(png).unwrap().to_rgb8());
    let pairs = one.pixels().zip(other.pixels());
    let count = pairs.filter(|(a, b)| a != b).count();
    count as f64 / f64::from(one.width() * one.height())
}
