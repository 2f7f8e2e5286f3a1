//! What the racers of a script minimize: a surface, or the loss of a network.

use super::chance::Chance;
use super::counterpart::Lack;
use super::dialect::Race;

/// What the racers of a script minimize.
pub(super) trait Ground {
    /// The reason why no script can include it, if there is one.
    fn lack(&self) -> Option<Lack>;

    /// The head of the script, which imports `package` in addition to the library.
    fn head(&self, package: Option<&str>, chance: &Chance) -> String;

    /// The definitions that come first.
    fn parts(&self, chance: &Chance) -> Vec<String>;

    /// What `PyTorch`'s optimizers are given.
    fn weights(&self) -> &'static str;

    /// The code that is needed once to differentiate the loss.
    fn derivative(&self) -> &'static str;

    /// The number of steps between evaluations of the loss, for a racer that makes so many steps in
    /// an epoch.
    fn interval(&self, per_epoch: u64) -> u64;

    /// The training loop of a racer.
    fn steps(&self, race: &Race) -> String;
}
