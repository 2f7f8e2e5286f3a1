//! The built-in data sets; see `assets/data/LICENSES.md`.

use std::path::Path;

/// A built-in data set.
#[derive(Clone, Copy, Debug)]
pub struct BuiltIn {
    /// The name in preset files.
    pub name: &'static str,
    /// A description and the source.
    pub about: &'static str,
    /// The content as CSV.
    pub text: &'static str,
}

/// All built-in data sets.
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
        name: "digits",
        about: "1,797 handwritten digits of 8x8 pixels (Alpaydin & Kaynak 1998, CC BY 4.0)",
        text: include_str!("../../../assets/data/digits.csv"),
    },
    BuiltIn {
        name: "line",
        about: "100 made-up points about a straight line",
        text: include_str!("../../../assets/data/line.csv"),
    },
];

impl BuiltIn {
    /// Returns the built-in data set with this name.
    #[must_use]
    pub fn named(name: &Path) -> Option<&'static Self> {
        BUILT_IN.iter().find(|set| name.as_os_str() == set.name)
    }
}
