//! The point whose loss a step prints, and the point at which it takes the gradient.

use super::super::counterpart::Manner;

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
    let (mut begin, mut find) = (format!("{name} = {start}\n"), Vec::new());
    let mut asked = name.to_owned();
    let mut lines = Vec::new();
    if manner.looks_ahead && is_alone {
        begin = format!("{name} = optax.LookaheadParams.init_synced({start})\n");
        asked = format!("{name}.fast");
    } else if manner.looks_ahead {
        lines.push(format!(
            "if looks_ahead:\n    {name} = optax.LookaheadParams.init_synced({name})\n"
        ));
        "asked".clone_into(&mut asked);
        find.push(format!(
            "    asked = {name}.fast if looks_ahead else {name}\n"
        ));
    }
    let mut shown = asked.clone();
    lines.push(format!("state = optimizer.init({name})\n"));
    if manner.averages {
        let average = format!("optax.contrib.schedule_free_eval_params(state, {name})");
        if is_alone {
            find.push(format!("    shown = {average}\n"));
        } else {
            let averages = "averages = isinstance(state, optax.contrib.ScheduleFreeState)\n";
            lines.push(averages.to_owned());
            find.push(format!("    shown = {average} if averages else {asked}\n"));
        }
        "shown".clone_into(&mut shown);
    }
    begin.extend(lines);
    Points {
        begin,
        find: find.concat(),
        shown,
        asked,
    }
}
