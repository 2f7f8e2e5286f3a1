//! Which hyper-parameters of a racer matter most.

use crate::optimizer::Rule;

/// The number of hyper-parameters that are always shown.
const FIRST: usize = 3;

/// Returns the indices of a rule's hyper-parameters, those that are always shown and the others:
/// the learning rate, then what is tuned, then details of its formulation.
pub fn by_weight(rule: &dyn Rule) -> [Vec<usize>; 2] {
    let mut first: Vec<usize> = (0..rule.parameter_count()).collect();
    let is_tuned = |index: usize| rule.parameter(index).is_some_and(|it| it.role.is_tuned());
    first.sort_by_key(|&index| (Some(index) != rule.rate(), !is_tuned(index)));
    let others = first.split_off(FIRST.min(first.len()));
    [first, others]
}
