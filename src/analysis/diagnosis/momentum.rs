//! The effects of momentum on a racer.

use super::{Finding, FindingKind, Situation};
use crate::number::short;
use crate::optimizer::{Family, NoteRole, Role};
use crate::plane::{dot, length};

/// Momentum carries it uphill, past the floor of a valley or past the minimum.
pub fn uphill(it: &Situation) -> Option<Finding> {
    let (_, kept) = it.inertia()?;
    let memory = length(it.now.notes.first(NoteRole::Part(Family::Memory))?);
    let slope = length(it.now.notes.first(NoteRole::Part(Family::Gradient))?);
    let climb = dot(it.way(), it.gradient);
    let climbs = climb > 0.2 * it.stride() * it.slope();
    let is_visible = it.stride() > 1e-3 * it.diagonal;
    if !(it.is_under_way() && climbs && is_visible && memory > slope) {
        return None;
    }
    let notes = &it.now.notes;
    let share = short(100.0 * kept);
    let why = if notes.has(NoteRole::Velocity) {
        format!("Momentum carries it uphill: {share} % of the last step is kept")
    } else if notes.has(NoteRole::Moment) {
        format!("Momentum carries it uphill: {share} % of the average of gradients is kept")
    } else {
        "What it keeps of earlier steps carries it uphill".to_owned()
    };
    Some(Finding::new(
        FindingKind::Uphill,
        format!(
            "{why}, which makes a step of {}, while the slope here asks for one of only {}.",
            short(memory),
            short(slope),
        ),
        it.advice(
            [1.0 - 2.0 * (1.0 - kept), kept / 2.0]
                .into_iter()
                .filter(|less| *less > 0.0)
                .filter_map(|less| it.with(Role::Momentum, less)),
        ),
    ))
}
