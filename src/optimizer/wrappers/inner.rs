//! The rule that a wrapper holds.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Block, Queries, Real, Rule, Run};

/// A rule of any kind inside a wrapper. Wrappers are generic over it, so that they don't depend on
/// the registry that lists them.
pub trait Inner:
    Clone + PartialEq + Debug + Serialize + DeserializeOwned + Send + Sync + 'static
{
    /// The rule that a wrapper holds by default.
    fn standard() -> Self;

    /// Nadam with a constant momentum at this rate, by which Optax moves the biases beside Muon.
    fn with_constant_momentum(learning_rate: f64) -> Self;

    /// The rule.
    fn rule(&self) -> &dyn Rule;

    /// The rule, for changing its hyper-parameters.
    fn rule_mut(&mut self) -> &mut dyn Rule;

    /// Starts the rule for a race from `at`.
    fn begin<N: Real>(&self, at: &[N], blocks: &[Block]) -> Box<dyn Run<N>>;

    /// The quantities that the rule queries.
    fn needs(&self) -> Queries;
}
