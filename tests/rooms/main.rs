//! The order of the rooms listed in CONTRIBUTING.md: nothing imports what is above or beside it,
//! nothing imports in circles, and only the rooms that may draw use the crates that draw.

mod circles;
mod house;
mod imports;
mod order;
mod tokens;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use house::House;
use order::Order;

const GUIDE: &str = include_str!("../../CONTRIBUTING.md");

/// Returns all violations in a program, whose files are given by their paths below `src/`.
fn faults(list: &str, files: &BTreeMap<String, String>) -> Vec<String> {
    let order = match Order::read(list) {
        Ok(order) => order,
        Err(fault) => return vec![fault],
    };
    let house = House::new("slalom", files);
    [
        order.strangers(&house),
        order.wrong_imports(&house),
        order.wrong_crates(&house),
        circles::circles(&house, &order),
    ]
    .concat()
}

/// Returns the list in CONTRIBUTING.md, the block that starts with ```` ```rooms ````.
fn list() -> &'static str {
    let begin = "```rooms\n";
    let (_, after) = GUIDE
        .split_once(begin)
        .expect("CONTRIBUTING.md lists the rooms");
    after.split_once("```").expect("the list has an end").0
}

/// Adds all Rust files in a folder, recursively.
fn read_files(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_files(root, &path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let names: Vec<_> = path.strip_prefix(root).unwrap().iter().collect();
            let names: Vec<_> = names.iter().map(|name| name.to_str().unwrap()).collect();
            files.insert(names.join("/"), fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn no_room_imports_one_above_or_beside_it_and_none_imports_in_circles() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = BTreeMap::new();
    read_files(&root, &root, &mut files);
    let faults = faults(list(), &files);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A small program that conforms to its list.
const LIST: &str = "
main.rs
app        only here: eframe; its files know each other
view       from here up: egui
optimizer, surface
    optimizer/rules
    optimizer/rule
number
";

const TREE: [(&str, &str); 12] = [
    (
        "lib.rs",
        "pub mod app; pub mod number; pub mod optimizer; pub mod surface; pub mod view;",
    ),
    ("main.rs", "fn main() { slalom::app::run() }"),
    ("app/mod.rs", "mod state; mod window; pub use window::run;"),
    ("app/state.rs", "use super::window::Size;"),
    (
        "app/window.rs",
        "use super::state::State; pub fn run() { eframe::run(); egui::run(); }",
    ),
    (
        "view.rs",
        "use crate::{optimizer::{Adam, Rule}, surface}; fn f() -> egui::Shape {}",
    ),
    (
        "surface.rs",
        "use crate::number::round; #[cfg(test)] mod tests;",
    ),
    ("surface/tests.rs", "use crate::view;"),
    (
        "optimizer/mod.rs",
        "mod rule; mod rules; pub use {rule::Rule, rules::*};",
    ),
    (
        "optimizer/rule.rs",
        "// crate::view\nuse crate::number; const A: &str = \"crate::view::B\";",
    ),
    ("optimizer/rules.rs", "use super::Rule; pub struct Adam;"),
    (
        "number.rs",
        "#[cfg(test)] mod tests { use crate::app::run; }",
    ),
];

/// Returns the violations in the small program after changing the content of a file.
fn faults_with(path: &str, text: &str) -> Vec<String> {
    let mut files: BTreeMap<_, _> = TREE
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .into();
    files.insert(path.to_owned(), text.to_owned());
    faults(LIST, &files)
}

#[test]
fn a_program_that_keeps_to_its_list_has_no_faults() {
    assert_eq!(faults_with("lib.rs", ""), [""; 0]);
}

#[test]
fn imports_from_above_are_found_however_they_are_written() {
    for text in [
        "\nuse crate::view;",
        "\npub(crate) use crate::{surface, view::{self, icon}};",
        "\nuse crate::{self as root, view as drawing};",
        "\nfn f() { crate::view::draw(); }",
        "\nuse super::super::view::Scene;",
        "\nmod raw { use super::super::super::view::Scene; }",
        "\nmacro_rules! draw { () => { $crate::view::draw() } }",
    ] {
        let faults = faults_with("optimizer/rules.rs", text);
        let above = |fault: &String| {
            fault.starts_with("src/optimizer/rules.rs:2: imports ")
                && fault.ends_with("from view, which lies above optimizer")
        };
        assert!(faults.iter().any(above), "{text}: {faults:?}");
    }
}

#[test]
fn rooms_side_by_side_know_nothing_of_each_other() {
    let beside = "src/surface.rs:1: imports crate::optimizer::Rule from optimizer, which lies \
                  beside surface";
    assert_eq!(
        faults_with(
            "surface.rs",
            "use crate::optimizer::Rule; #[cfg(test)] mod tests;"
        ),
        [beside]
    );
}

/// The parent re-exports `Adam` from `rules`.
#[test]
fn the_order_inside_a_room_is_that_of_the_files_which_define_things() {
    let above = "src/optimizer/rule.rs:1: imports super::Adam from optimizer/rules, which lies \
                 above optimizer/rule";
    let faults = faults_with("optimizer/rule.rs", "use super::Adam; pub struct Rule;");
    assert_eq!(faults[0], above);
    assert!(faults[1].starts_with("a circle of imports:"), "{faults:?}");
}

#[test]
fn circles_are_found_link_by_link() {
    let circle = "a circle of imports:
    src/view/a.rs:1: imports super::b::B (view/b)
    src/view/b.rs:1: imports crate::view::c::C (view/c/d)
    src/view/c/d.rs:1: imports crate::view::A (view/a)";
    let mut files: BTreeMap<_, _> = TREE
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .into();
    for (path, text) in [
        ("view.rs", "mod a; mod b; mod c; pub use a::A;"),
        ("view/a.rs", "use super::b::B; pub struct A;"),
        ("view/b.rs", "use crate::view::c::C; pub struct B;"),
        ("view/c/mod.rs", "mod d; pub use d::C;"),
        ("view/c/d.rs", "use crate::view::A; pub struct C;"),
    ] {
        files.insert(path.to_owned(), text.to_owned());
    }
    assert_eq!(faults(LIST, &files), [circle]);
    assert_eq!(
        faults(
            &LIST.replace("egui", "egui; its files know each other"),
            &files
        ),
        [""; 0]
    );
}

#[test]
fn crates_that_draw_stay_where_they_belong() {
    let below = "src/number.rs:1: imports egui, which nothing below view may";
    assert_eq!(faults_with("number.rs", "use egui::{Pos2, pos2};"), [below]);
    assert_eq!(
        faults_with("number.rs", "fn f() { ::egui::pos2(1.0, 2.0) }"),
        [below]
    );
    let only = "src/view.rs:1: imports eframe, which only app may";
    assert_eq!(faults_with("view.rs", "use eframe as frame;"), [only]);
}

#[test]
fn the_list_and_the_program_have_the_same_rooms() {
    let unlisted = "src/attic is missing in the list";
    assert_eq!(faults_with("attic/mod.rs", ""), [unlisted]);
    let list = format!("{LIST}cellar\n");
    let files = TREE
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .into();
    assert_eq!(
        faults(&list, &files),
        ["cellar is in the list, but not in src"]
    );
    let twice = faults(&format!("{LIST}view\n"), &files);
    assert_eq!(twice, ["view stands in the list twice"]);
    let nonsense = faults(&format!("{LIST}cellar  is damp\n"), &files);
    assert_eq!(nonsense, ["the list says `is damp`, which means nothing"]);
}
