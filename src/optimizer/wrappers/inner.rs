//! What a wrapper holds: a rule of any kind.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Block, Queries, Rule, Run};

/// A rule of any kind, held by a wrapper. Wrappers are generic over it, so that they need not know
/// the registry in which they themselves stand.
pub trait Inner:
    Clone + PartialEq + Debug + Serialize + DeserializeOwned + Send + Sync + 'static
{
    /// The rule that a wrapper holds at first.
    fn standard() -> Self;

    /// The rule inside.
    fn rule(&self) -> &dyn Rule;

    /// The rule inside, to change its hyper-parameters.
    fn rule_mut(&mut self) -> &mut dyn Rule;

    /// The rule before its first step, for a race that starts at `at`.
    fn begin(&self, at: &[f64], blocks: &[Block]) -> Box<dyn Run>;

    /// What the rule asks for.
    fn needs(&self) -> Queries;
}
