//! The point whose loss a step prints, and the point at which it takes the gradient.

use super::Manner;

/// The points of a step, and the code that computes them.
pub(in super::super) struct Points {
    /// The code that creates the initial position and state.
    pub(in super::super) begin: String,
    /// The code that computes the points in every step.
    pub(in super::super) find: String,
    /// The printed point.
    pub(in super::super) shown: String,
    /// The point at which the gradient is taken.
    pub(in super::super) asked: String,
}

/// The points of an optimizer that moves the variable `name` from `start`. With Lookahead, a
/// position is a pair of fast and slow weights; with a schedule-free optimizer, it is the point of
/// the gradient, from which the printed average is computed.
pub(in super::super) fn points(name: &str, start: &str, manner: Manner, is_alone: bool) -> Points {
    let mut points = Points {
        begin: format!("{name} = {start}\n"),
        find: String::new(),
        shown: name.to_owned(),
        asked: name.to_owned(),
    };
    if manner.looks_ahead && is_alone {
        points.begin = format!("{name} = optax.LookaheadParams.init_synced({start})\n");
        points.asked = format!("{name}.fast");
    } else if manner.looks_ahead {
        points.begin +=
            &format!("if looks_ahead:\n    {name} = optax.LookaheadParams.init_synced({name})\n");
        points.find += &format!("    asked = {name}.fast if looks_ahead else {name}\n");
        points.asked = "asked".to_owned();
    }
    points.shown.clone_from(&points.asked);
    points.begin += &format!("state = optimizer.init({name})\n");
    if manner.averages {
        let average = format!("optax.contrib.schedule_free_eval_params(state, {name})");
        let shown = if is_alone {
            format!("    shown = {average}\n")
        } else {
            points.begin += "averages = isinstance(state, optax.contrib.ScheduleFreeState)\n";
            let asked = &points.asked;
            format!("    shown = {average} if averages else {asked}\n")
        };
        points.find += &shown;
        points.shown = "shown".to_owned();
    }
    points
}
