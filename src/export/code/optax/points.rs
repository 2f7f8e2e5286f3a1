//! Which point of a step is printed, and which is asked about.

use super::Manner;

/// The points of a step, and the lines that find them.
pub(super) struct Points {
    /// What makes the first position and the state.
    pub(super) begin: String,
    /// What has to be done in every step before the points are known.
    pub(super) find: String,
    /// The point that is printed.
    pub(super) shown: &'static str,
    /// The point of the gradient.
    pub(super) asked: &'static str,
}

/// With Lookahead, a position is a pair of fast and slow weights; a schedule-free one is the point
/// of the gradient, from which the printed average is worked out.
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
