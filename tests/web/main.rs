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
mod pictures;
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

/// Returns the titles of the surfaces in the tabs that a page keeps.
fn surfaces(kept: &str) -> Vec<&str> {
    let named = kept.split("surface: ").skip(1);
    named
        .map(|rest| rest.split([',', '(']).next().unwrap_or_default())
        .collect()
}

#[test]
fn two_pages_keep_their_own_tabs_and_the_next_one_finds_those_of_a_closed_one() {
    let Some((_turn, mut first, address)) = page() else {
        return;
    };
    first.open(&format!("{address}/"));
    let mut second = first.another();
    second.open(&format!("{address}/#rosenbrock"));
    assert_eq!(surfaces(&second.kept()), ["Rosenbrock"]);
    assert_eq!(surfaces(&first.kept()), ["Beale"]);
    first.evaluate("document.documentElement.dataset.state = 'left'");
    first.call("Page.reload", serde_json::json!({}));
    first.wait_for_program();
    assert_eq!(surfaces(&first.kept()), ["Beale"]);
    assert_eq!(second.complaints, [""; 0]);
    second.close();
    let held = "navigator.locks.query().then(locks => locks.held.length)";
    first.wait_for("the end of the page", |page| {
        (page.evaluate(held) == 1).then_some(())
    });
    let mut third = first.another();
    third.open(&format!("{address}/"));
    assert_eq!(surfaces(&third.kept()), ["Rosenbrock"]);
    assert_eq!(surfaces(&first.kept()), ["Beale"]);
    for page in [first, third] {
        assert_eq!(page.complaints, [""; 0]);
    }
}

/// An article with a figure in the middle of much text, and `figure` for its JavaScript interface.
const ARTICLE: &str = "import('/slalom.js').then(({slalom}) => { \
    document.body.innerHTML = `<div style=\"height: 300px\"></div> \
    <iframe src=\"/?embed#rosenbrock\" style=\"width: 360px; height: 400px; border: 0\"></iframe> \
    <div style=\"height: 3000px\"></div>`; document.body.style.margin = '0'; \
    window.figure = slalom(document.querySelector('iframe')); \
    return figure.state().then(() => 1) })";

#[test]
fn a_finger_scrolls_the_article_over_a_figure_and_two_do_not() {
    let Some((_turn, mut browser, address)) = page() else {
        return;
    };
    browser.resize([390, 844], true);
    let blank = format!("{address}/examples/minimal.html");
    browser.call("Page.navigate", serde_json::json!({"url": blank}));
    browser.wait_for("the article", |page| {
        (page.evaluate("document.readyState") == "complete").then_some(())
    });
    browser.evaluate(ARTICLE);
    let scrolled = |page: &mut Browser| page.evaluate("scrollY").as_f64().unwrap();
    let state = |page: &mut Browser, what: &str| {
        page.evaluate(&format!("figure.state().then(state => state.{what})"))
    };
    browser.wait_for("the last step", |page| {
        let rests = state(
            page,
            "frames > 3 && !state.playing && state.step == state.steps",
        );
        (rests == true).then_some(())
    });

    // The figure's own way: its timeline is 48 points high.
    let timeline = 300.0 + 400.0 - 24.0;
    browser.swipe(&[[130.0, timeline]], &[[85.0, timeline + 3.0]]);
    assert_eq!(scrolled(&mut browser), 0.0);
    let moved = state(&mut browser, "playhead / state.steps")
        .as_f64()
        .unwrap();
    assert!((0.1..0.9).contains(&moved), "{moved}");
    browser.tap([26.0, timeline]);
    browser.wait_for("playing", |page| {
        (state(page, "playing") == true).then_some(())
    });
    browser.tap([26.0, timeline]);
    browser.wait_for("a pause", |page| {
        (state(page, "playing") == false).then_some(())
    });

    let spread = [
        [[100.0, 450.0], [200.0, 450.0]],
        [[60.0, 470.0], [240.0, 430.0]],
    ];
    browser.swipe(&spread[0], &spread[1]);
    assert_eq!(scrolled(&mut browser), 0.0, "two fingers move the picture");
    let start = state(&mut browser, "racers[0].position");
    browser.swipe(&[[90.0, 620.0]], &[[92.0, 400.0]]);
    assert!(scrolled(&mut browser) > 100.0, "one finger scrolls");
    assert_eq!(state(&mut browser, "racers[0].position"), start);
    assert_eq!(browser.complaints, [""; 0]);
}

/// The share of the pixels in which two pictures differ.
fn differing(one: &[u8], other: &[u8]) -> f64 {
    let [one, other] = [one, other].map(|png| image::load_from_memory(png).unwrap().to_rgb8());
    let pairs = one.pixels().zip(other.pixels());
    let count = pairs.filter(|(a, b)| a != b).count();
    count as f64 / f64::from(one.width() * one.height())
}
