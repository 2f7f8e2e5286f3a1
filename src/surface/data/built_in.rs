//! The data sets that come with the program; see `assets/data/LICENSES.md`.

use std::path::Path;

/// A data set that comes with the program.
#[derive(Clone, Copy, Debug)]
pub struct BuiltIn {
    /// Its name in preset files.
    pub name: &'static str,
    /// What it is, and where it comes from.
    pub about: &'static str,
    /// The CSV.
    pub text: &'static str,
}

/// Every built-in data set.
pub const BUILT_IN: &[BuiltIn] = &[
    BuiltIn {
        name: "penguins",
        about: "344 penguins of the Palmer Archipelago, Antarctica (Horst, Hill & Gorman 2020, CC0)",
        text: include_str!("../../../assets/data/penguins.csv"),
    },
    BuiltIn {
        name: "iris",
        about: "150 iris flowers (Fisher 1936)",
        text: include_str!("../../../assets/data/iris.csv"),
    },
    BuiltIn {
        name: "line",
        about: "100 made-up points about a straight line",
        text: include_str!("../../../assets/data/line.csv"),
    },
];

impl BuiltIn {
    /// The built-in data set of that name.
    #[must_use]
    pub fn named(name: &Path) -> Option<&'static Self> {
        BUILT_IN.iter().find(|set| name.as_os_str() == set.name)
    }
}
