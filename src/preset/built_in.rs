//! The presets included in the program, embedded from the folder `presets/`: races, and the lessons
//! of the tour.

use super::{Preset, PresetError, from_text};

/// A preset included in the program.
#[derive(Clone, Copy, Debug)]
pub struct BuiltIn {
    /// The name: the file name without `.ron`.
    pub name: &'static str,
    /// The text of the file.
    pub text: &'static str,
}

/// The number of a lesson in the tour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LessonNumber {
    /// The number, from 1.
    pub number: usize,
    /// The number of lessons in the tour.
    pub of: usize,
}

impl LessonNumber {
    /// Whether the tour starts with this lesson.
    #[must_use]
    pub const fn is_first(self) -> bool {
        self.number == 1
    }

    /// Whether the tour ends with this lesson.
    #[must_use]
    pub const fn is_last(self) -> bool {
        self.number == self.of
    }
}

macro_rules! embedded {
    ($folder:literal: $($name:literal),+ $(,)?) => {
        &[$(BuiltIn {
            name: $name,
            text: include_str!(concat!("../../presets/", $folder, $name, ".ron")),
        }),+]
    };
}

/// All built-in races, in the order of the menu.
pub const BUILT_IN: &[BuiltIn] = embedded![
    "":
    "radford-beale",
    "long-valley",
    "radford-long-valley",
    "saddle",
    "beale",
    "rosenbrock",
    "with-and-without-momentum",
    "momentum-against-nesterov",
    "adagrad-and-its-cures",
    "nadam-keras-against-pytorch",
    "turned-valley",
    "symmetry-lab",
    "condition-of-a-valley",
    "second-minimum",
    "turned-rosenbrock",
    "batch-against-stochastic",
    "noisy-moons",
    "penguins",
    "one-rate-or-many",
    "one-rate-is-enough",
    "batch-noise",
    "edge-of-stability",
    "keys",
    "keys-turned",
    "muon-on-digits",
    "recorded-landscape",
    "adan-paper-against-optax",
    "rates-that-find-themselves",
    "radford-moons-with-bias",
    "keras-lines",
    "same-name-other-defaults",
    "heavy-ball-by-hand",
    "sign-descent-with-momentum",
    "adam-with-a-power",
    "coupled-or-decoupled-decay",
    "clipping-with-epsilon",
    "sharp-and-flat",
    "rosenbrock-at-equal-cost",
];

/// The lessons of the tour, in order.
pub const TOUR: &[BuiltIn] = embedded![
    "tour/":
    "01-gradient-descent",
    "02-batch-and-stochastic",
    "03-momentum",
    "04-nesterov",
    "05-adagrad",
    "06-adagrad-full",
    "07-forgetting",
    "08-adam",
    "09-bias-correction",
    "10-nadam",
    "11-radfords-race",
    "12-saddle",
    "13-a-fair-race",
    "14-from-the-plane-to-a-network",
    "15-invent-an-optimizer",
];

impl BuiltIn {
    /// Returns all built-in races, followed by the lessons of the tour.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        BUILT_IN.iter().chain(TOUR)
    }

    /// Returns the built-in preset with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::all().find(|built_in| built_in.name == name)
    }

    /// Returns the number of this lesson in the tour; `None` for a race that is not part of it.
    #[must_use]
    pub fn number(&self) -> Option<LessonNumber> {
        let index = TOUR.iter().position(|lesson| lesson.name == self.name)?;
        Some(LessonNumber {
            number: index + 1,
            of: TOUR.len(),
        })
    }

    /// Returns the lessons of the tour before and after the one with this name.
    #[must_use]
    pub fn neighbours(name: &str) -> [Option<&'static Self>; 2] {
        let Some(location) = TOUR.iter().position(|lesson| lesson.name == name) else {
            return [None, None];
        };
        let before = location
            .checked_sub(1)
            .and_then(|location| TOUR.get(location));
        [before, TOUR.get(location + 1)]
    }

    /// Returns the title, which is read from the beginning of the text: cheap enough for a menu that
    /// is drawn in every frame.
    #[must_use]
    pub fn title(&self) -> Option<&'static str> {
        let (_, rest) = self.text.split_once("title: \"")?;
        rest.split_once('"').map(|(title, _)| title)
    }

    /// Parses the preset.
    ///
    /// # Errors
    /// Returns an error if the embedded text is invalid, which a test rules out.
    pub fn preset(&self) -> Result<Preset, PresetError> {
        from_text(self.name, self.text)
    }
}
