//! What the page looks like: its pictures are compared with those in `pictures/`.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test --test web` makes the pictures again, and with them
//! `screenshots/web.png`. They are kept at a quarter of their size, in which the smoothing of letters
//! hardly shows, but a row that has moved does. Where a picture differs, the new one lies beside it.

use std::fs;
use std::path::{Path, PathBuf};

use image::RgbImage;
use serde_json::json;

use super::browser::Browser;
use super::page;

/// How much smaller the pictures are kept.
const SMALLER: u32 = 4;
/// From which difference in a colour on a place counts as another one.
const SEEN: u8 = 20;
/// The share of places that may be others.
const MOST: f64 = 0.002;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/web/pictures")
}

fn updates() -> bool {
    std::env::var_os("UPDATE_SNAPSHOTS").is_some_and(|it| !it.is_empty() && it != "0")
}

/// Returns a picture at a quarter of its size, in which a place is the mean of its pixels.
fn reduced(png: &[u8]) -> RgbImage {
    let whole = image::load_from_memory(png).unwrap().to_rgb8();
    let [width, height] = [whole.width(), whole.height()].map(|side| side / SMALLER);
    RgbImage::from_fn(width, height, |x, y| {
        let pixels = (0..SMALLER * SMALLER).map(|it| {
            let [right, down] = [it % SMALLER, it / SMALLER];
            whole.get_pixel(SMALLER * x + right, SMALLER * y + down).0
        });
        let sum = pixels.fold([0_u32; 3], |sum, pixel| {
            [0, 1, 2].map(|it| sum[it] + u32::from(pixel[it]))
        });
        image::Rgb(sum.map(|it| (it / (SMALLER * SMALLER)) as u8))
    })
}

/// Returns the share of places in which two pictures differ; all, if their sizes do.
fn difference(one: &RgbImage, other: &RgbImage) -> f64 {
    if one.dimensions() != other.dimensions() {
        return 1.0;
    }
    let pairs = one.pixels().zip(other.pixels());
    let differs = |(a, b): &(&image::Rgb<u8>, &image::Rgb<u8>)| {
        let channels = a.0.iter().zip(b.0);
        channels.map(|(a, b)| a.abs_diff(b)).max() > Some(SEEN)
    };
    pairs.filter(differs).count() as f64 / f64::from(one.width() * one.height())
}

/// Compares what the page shows with the picture of that name. Returns what is wrong, if anything is.
fn compare(browser: &mut Browser, name: &str) -> Option<String> {
    browser.wait_for_still();
    let shot = browser.screenshot();
    let now = reduced(&shot);
    let path = folder().join(format!("{name}.png"));
    let new = folder().join(format!("{name}.new.png"));
    if updates() {
        fs::create_dir_all(folder()).unwrap();
        now.save(&path).unwrap();
        let _ = fs::remove_file(new);
        return None;
    }
    let known = image::open(&path).map(|it| it.to_rgb8());
    let share = known.map_or(1.0, |known| difference(&known, &now));
    if share <= MOST {
        let _ = fs::remove_file(new);
        return None;
    }
    fs::write(&new, shot).unwrap();
    let percent = 100.0 * share;
    Some(format!(
        "{name} differs in {percent:.2} %; it is now as in {}",
        new.display()
    ))
}

/// Returns what stands in an address for a built-in race that is paused at a step.
fn paused(race: &str, step: usize) -> String {
    let mut preset = slalom::preset::load_built_in(race).unwrap();
    preset.view.step = Some(step);
    slalom::preset::link(&preset).unwrap()
}

#[test]
fn the_pictures_are_as_they_were() {
    let Some((_turn, mut browser, address)) = page() else {
        return;
    };
    let beale = paused("radford-beale", 60);
    let mut wrong = Vec::new();
    browser.open(&format!("{address}/#{beale}"));
    wrong.extend(compare(&mut browser, "window-dark"));
    browser.prefer("light");
    wrong.extend(compare(&mut browser, "window-light"));
    browser.resize([700, 450], false);
    browser.open(&format!("{address}/?embed#{beale}"));
    wrong.extend(compare(&mut browser, "figure-light"));
    browser.prefer("dark");
    browser.open(&format!("{address}/?embed&chart#{beale}"));
    wrong.extend(compare(&mut browser, "figure-with-chart"));
    browser.resize([390, 844], true);
    browser.open(&format!("{address}/#{beale}"));
    wrong.extend(compare(&mut browser, "phone"));
    browser.press("e", "KeyE", true);
    wrong.extend(compare(&mut browser, "phone-export"));
    assert_eq!(browser.complaints, [""; 0]);
    assert_eq!(wrong, [""; 0]);
}

/// What stands around the page in `screenshots/web.png`.
const FRAME: &str = r#"
    document.body.innerHTML = `<style>
        body { margin: 0; background: #e4e7ee; font: 14px system-ui, sans-serif }
        main { position: absolute; left: 20px; top: 20px; width: 1280px; overflow: hidden;
          border: 1px solid #9aa3b5; border-radius: 10px }
        header { height: 43px; background: #f6f7fa; border-bottom: 1px solid #c9cfdb; display: flex;
          align-items: center; justify-content: center }
        span { background: #e6e9f0; color: #3a4356; border-radius: 14px; padding: 5px 0; width: 560px;
          text-align: center }
        iframe { display: block; width: 1280px; height: 800px; border: 0 }
      </style><main><header><span>example.org/slalom/#radford-beale</span></header><iframe
        src="/#${RACE}"></iframe></main>`"#;

/// Makes the picture of the page for the README, when pictures are to be made.
#[test]
fn the_picture_in_the_readme_is_made_by_the_page() {
    if !updates() {
        let known = Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots/web.png");
        let size = image::image_dimensions(known).unwrap();
        assert_eq!(size, (1322, 886));
        return;
    }
    let Some((_turn, mut browser, address)) = page() else {
        return;
    };
    browser.resize([1322, 886], false);
    let blank = format!("{address}/examples/minimal.html");
    browser.call("Page.navigate", json!({"url": blank}));
    browser.wait_for("the frame", |page| {
        (page.evaluate("document.readyState") == "complete").then_some(())
    });
    let race = paused("radford-beale", 74);
    browser.evaluate(&FRAME.replace("${RACE}", &race));
    let state = "frames[0].document.documentElement?.dataset.state";
    browser.wait_for("the page", |page| {
        (page.evaluate(state) == "running").then_some(())
    });
    browser.wait_for_frames(30);
    browser.wait_for_still();
    let shot = image::load_from_memory(&browser.screenshot()).unwrap();
    shot.to_rgb8()
        .save(Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots/web.png"))
        .unwrap();
    assert_eq!(browser.complaints, [""; 0]);
}
