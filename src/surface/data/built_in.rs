//! The built-in data sets and initial weights; see `assets/data/LICENSES.md`.

use std::path::Path;

/// A built-in data set, or built-in initial weights.
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
    BuiltIn {
        name: "crescents",
        about: "120 made-up points on two crescents",
        text: include_str!("../../../assets/data/crescents.csv"),
    },
    BuiltIn {
        name: "keys",
        about: "16 keys, the first of them often and the last of them seldom, each with an input of its own",
        text: include_str!("../../../assets/data/keys.csv"),
    },
    BuiltIn {
        name: "keys-turned",
        about: "the same keys with their inputs rotated",
        text: include_str!("../../../assets/data/keys-turned.csv"),
    },
];

/// All built-in landscapes, which only a [`Grid`](crate::surface::Grid) is meant to be given.
pub const LANDSCAPES: &[BuiltIn] = &[BuiltIn {
    name: "moons-landscape",
    about: "the loss of a network of 2-16-2 on moons, on the plane of two runs in PyTorch",
    text: include_str!("../../../assets/data/moons-landscape.csv"),
}];

/// All built-in initial weights of a network.
pub const WEIGHTS: &[BuiltIn] = &[BuiltIn {
    name: "crescents-weights",
    about: "where runs of several libraries on the crescents started, a network of 2-8-8-1",
    text: include_str!("../../../assets/data/crescents-weights.csv"),
}];

impl BuiltIn {
    /// Returns the built-in data set or landscape with this name.
    #[must_use]
    pub fn named(name: &Path) -> Option<&'static Self> {
        let mut sets = BUILT_IN.iter().chain(LANDSCAPES);
        sets.find(|set| name.as_os_str() == set.name)
    }

    /// Returns the built-in initial weights with this name.
    #[must_use]
    pub fn weights(name: &Path) -> Option<&'static Self> {
        WEIGHTS.iter().find(|set| name.as_os_str() == set.name)
    }
}
