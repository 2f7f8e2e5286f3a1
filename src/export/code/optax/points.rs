//! The point whose loss a step prints, and the point at which it takes the gradient.

use super::Manner;

/// The points of a step, and the code that computes them.
pub(super) struct Points {
    /// The code that creates the initial position and state.
    pub(super) begin: String,
    /// The code that computes the points in every step.
    pub(super) find: String,
    /// The printed point.
    pub(super) shown: &'static str,
    /// The point at which the gradient is taken.
    pub(super) asked: &'static str,
}

/// The points of an optimizer. With Lookahead, a position is a pair of fast and slow weights; with
/// a schedule-free optimizer, it is the point of the gradient, from which the printed average is
/// computed.
pub(super) fn points(start: &str, manner: Manner, is_alone: bool) -> Points {
    let mut points = Points {
        begin: format!("position = jnp.array([{start}])\n"),
        find: String::new(),
        shown: "position",
        asked: "position",
    };
    if manner.looks_ahead && is_alone {
        points.begin =
            format!("position = optax.LookaheadParams.init_synced(jnp.array([{start}]))\n");
        (points.shown, points.asked) = ("position.fast", "position.fast");
    } else if manner.looks_ahead {
        points.begin +=
            "if looks_ahead:\n    position = optax.LookaheadParams.init_synced(position)\n";
        points.find += "    asked = position.fast if looks_ahead else position\n";
        (points.shown, points.asked) = ("asked", "asked");
    }
    points.begin += "state = optimizer.init(position)\n";
    if manner.averages {
        let average = "optax.contrib.schedule_free_eval_params(state, position)";
        let shown = if is_alone {
            format!("    shown = {average}\n")
        } else {
            points.begin += "averages = isinstance(state, optax.contrib.ScheduleFreeState)\n";
            let asked = points.asked;
            format!("    shown = {average} if averages else {asked}\n")
        };
        points.find += &shown;
        points.shown = "shown";
    }
    points
}
