//! Gestures: changes that are undone together.

use super::ids::RacerId;

/// A continuous user action, such as one drag of a slider. Its changes are undone together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gesture {
    /// Dragging the start.
    Start,
    /// Rotating the surface.
    Rotation,
    /// Moving the start off the ridge.
    OffRidge,
    /// Dragging the valley's condition number.
    Condition,
    /// Dragging the number of steps.
    Steps,
    /// Dragging the seed.
    Seed,
    /// Dragging the number of seeds.
    Seeds,
    /// Typing the title.
    Title,
    /// Typing the notes.
    Notes,
    /// Typing a racer's name.
    Name(RacerId),
    /// Dragging a racer's parameter.
    Parameter(RacerId, usize),
    /// Dragging a parameter of one of a racer's groups.
    Group(RacerId, usize, usize),
    /// Dragging the value of an edit.
    Edit(RacerId, String),
    /// Dragging a number of a schedule.
    Schedule(RacerId),
    /// Dragging a batch size.
    Batch(RacerId),
    /// Dragging the noise.
    Noise(RacerId),
    /// Picking a colour.
    Color(RacerId),
    /// Dragging the multiplier of all learning rates.
    Rates,
    /// Typing the formula of the surface.
    Formula,
    /// Dragging a parameter of the formula.
    FormulaParameter(String),
    /// Dragging an end of the range of such a parameter.
    FormulaRange(String),
    /// Typing the title of a racer's rule.
    RuleTitle(RacerId),
    /// Typing the lines of a racer's rule.
    RuleLines(RacerId),
    /// Dragging a parameter of a rule that is typed.
    RuleParameter(RacerId, String),
    /// Dragging an end of the range of such a parameter.
    RuleRange(RacerId, String),
    /// Dragging a racer's card past others.
    Order(RacerId),
}
