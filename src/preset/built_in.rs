//! The presets that come with the program, embedded from the folder `presets/`.

use super::{PresetError, from_text};
use crate::experiment::Experiment;

/// A preset that comes with the program.
#[derive(Clone, Copy, Debug)]
pub struct BuiltIn {
    /// Its name: the file's, without `.ron`.
    pub name: &'static str,
    /// The text of the file.
    pub text: &'static str,
}

macro_rules! embedded {
    ($($name:literal),+ $(,)?) => {
        &[$(BuiltIn {
            name: $name,
            text: include_str!(concat!("../../presets/", $name, ".ron")),
        }),+]
    };
}

/// Every built-in preset, in the order of the menu.
pub const BUILT_IN: &[BuiltIn] = embedded![
    "radford-beale",
    "long-valley",
    "saddle",
    "beale",
    "rosenbrock",
    "with-and-without-momentum",
    "momentum-against-nesterov",
    "adagrad-and-its-cures",
    "nadam-keras-against-pytorch",
    "turned-valley",
    "symmetry-lab",
    "batch-against-stochastic",
    "noisy-moons",
    "penguins",
];

impl BuiltIn {
    /// The built-in preset of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        BUILT_IN.iter().find(|built_in| built_in.name == name)
    }

    /// The experiment.
    ///
    /// # Errors
    /// If the embedded text is broken, which a test rules out.
    pub fn experiment(&self) -> Result<Experiment, PresetError> {
        from_text(self.name, self.text)
    }
}
