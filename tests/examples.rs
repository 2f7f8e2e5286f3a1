//! The races in the example pages and in `web/README.md` can be opened.

use std::fs;
use std::path::Path;

use slalom::preset::{self, BuiltIn};

fn web(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("web").join(file);
    fs::read_to_string(path).unwrap()
}

/// Every figure whose address names a race names a built-in one.
#[test]
fn addresses_name_races_that_there_are() {
    let mut named = 0;
    for file in [
        "README.md",
        "examples/minimal.html",
        "examples/article.html",
    ] {
        for address in web(file).split("?embed").skip(1) {
            let address = address.split(['"', '`', ' ', '\n']).next().unwrap();
            if let Some((_, name)) = address.split_once('#') {
                assert!(BuiltIn::named(name).is_some(), "{file}: {name}");
                named += 1;
            }
        }
    }
    assert!(named >= 2);
}

/// The article's races are texts with two places to fill in.
#[test]
fn the_races_of_the_article_can_be_read() {
    let page = web("examples/article.html");
    let (_, after) = page
        .split_once("const race = (title, optimizer) => `")
        .unwrap();
    let (race, after) = after.split_once('`').unwrap();
    let (list, _) = after.split_once("];").unwrap();
    let mut races = 0;
    for call in list.split("race(").skip(1) {
        let [title, optimizer] = [1, 3].map(|place| call.split('"').nth(place).unwrap());
        let text = race
            .replace("${title}", title)
            .replace("${optimizer}", optimizer);
        let preset = preset::from_text("the article", &text).unwrap();
        assert_eq!(preset.experiment.title, title);
        assert_eq!(preset.experiment.steps, 150, "as the slider of the article");
        races += 1;
    }
    assert_eq!(races, page.matches("<iframe").count());
}

/// What a page needs is there, under the names that the examples use.
#[test]
fn the_examples_import_what_there_is() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("web/examples");
    assert!(web("examples/article.html").contains("from \"../slalom.js\""));
    assert!(examples.join("../slalom.js").is_file());
    assert!(web("slalom.js").contains("export function slalom(iframe)"));
}
