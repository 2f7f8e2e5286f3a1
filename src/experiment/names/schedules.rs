//! The names of schedules and their parameters in PyTorch, Keras, Optax and others.

use super::{Entry, all, briefly, called, find};
use crate::experiment::Schedule;

pub(super) const NAMES: &[Entry] = &[
    (
        &["constantlr", "constant_schedule"],
        "it is called Constant here",
    ),
    (
        &["steplr", "stepdecay", "step_decay"],
        "it is called Step here",
    ),
    (
        &["exponentiallr", "exponentialdecay", "exponential_decay"],
        "it is called Exponential here, with a factor for every step",
    ),
    (
        &[
            "cosineannealinglr",
            "cosineannealing",
            "cosinedecay",
            "cosine_decay",
            "cosine_decay_schedule",
            "cosinelr",
        ],
        "it is called Cosine here",
    ),
    (
        &[
            "cosineannealingwarmrestarts",
            "cosinedecayrestarts",
            "sgdr",
            "sgdr_schedule",
        ],
        "it is called CosineWarmRestarts here",
    ),
    (
        &[
            "linearlr",
            "linear_schedule",
            "linearschedule",
            "lineardecay",
        ],
        "it is called Linear here",
    ),
    (
        &["warmup", "constantwithwarmup"],
        "it is called LinearWarmUp here, and it always ends at η itself",
    ),
    (
        &["polynomiallr", "polynomialdecay", "polynomial_schedule"],
        "it is called Polynomial here",
    ),
    (
        &["multisteplr"],
        "it is called PiecewiseConstant here, with a factor for every milestone",
    ),
    (
        &["piecewiseconstantdecay", "piecewise_constant_schedule"],
        "it is called PiecewiseConstant here",
    ),
    (
        &["reducelronplateau", "reduce_on_plateau"],
        "it is called ReduceOnPlateau here",
    ),
    (
        &["sequentiallr", "join_schedules"],
        "it is called Sequence here",
    ),
    (
        &["warmup_cosine_decay_schedule"],
        "it is a Sequence here, of LinearWarmUp and Cosine",
    ),
    (
        &["warmup_constant_schedule"],
        "it is called LinearWarmUp here",
    ),
    (
        &["warmup_exponential_decay_schedule"],
        "it is a Sequence here, of LinearWarmUp and Exponential",
    ),
    (
        &["inversetimedecay", "inverse_time_decay"],
        "it is called InverseTime here",
    ),
    (
        &[
            "onecyclelr",
            "cosine_onecycle_schedule",
            "linear_onecycle_schedule",
        ],
        "it is called OneCycle here",
    ),
    (
        &[
            "cycliclr",
            "lambdalr",
            "multiplicativelr",
            "chainedscheduler",
            "swalr",
            "noamlr",
        ],
        "this schedule is not here yet",
    ),
];

/// Their names, and ours if the schedule has the parameter.
pub(super) const RENAMED: &[Entry] = &[
    (
        &["step_size", "decay_steps", "transition_steps", "step"],
        "every",
    ),
    (&["t_0", "t0", "first_decay_steps", "steps"], "period"),
    (
        &["t_max", "num_steps", "num_training_steps", "length"],
        "total_steps",
    ),
    (
        &[
            "t_max",
            "decay_steps",
            "transition_steps",
            "total_iters",
            "warmup_steps",
            "num_warmup_steps",
            "num_steps",
            "num_training_steps",
            "total_steps",
        ],
        "steps",
    ),
    (
        &["t_mult", "t_mul", "gamma", "decay_rate", "drop"],
        "factor",
    ),
    (
        &[
            "eta_min",
            "min_lr",
            "lr_min",
            "final_lr",
            "end_value",
            "end_learning_rate",
            "eta_f",
        ],
        "final_learning_rate",
    ),
    (&["start_factor", "warmup_factor", "init_factor"], "from"),
    (&["end_factor"], "final_factor"),
    (&["min_lr", "lr_min"], "min_learning_rate"),
    (&["eps"], "epsilon"),
    (&["min_delta"], "threshold"),
    (&["exponent"], "power"),
    (
        &[
            "milestones",
            "boundaries",
            "boundaries_and_scales",
            "values",
        ],
        "changes",
    ),
    (&["schedulers", "schedules"], "parts"),
    (&["gamma", "decay_rate"], "decay"),
    (&["max_lr", "lr_max", "peak_value"], "max_learning_rate"),
];

/// Explanations that apply to the schedule of this name.
const OF_ONE: &[(&str, Entry)] = &[
    (
        "Step",
        (
            &["milestones", "boundaries"],
            "drops at chosen steps are PiecewiseConstant(changes: [(step: 100, factor: 0.1)]) here",
        ),
    ),
    (
        "Exponential",
        (
            &["decay_steps", "transition_steps", "transition_begin"],
            "factor is that of one step here, decay_rate to the power of 1/decay_steps",
        ),
    ),
    (
        "Exponential",
        (
            &["staircase"],
            "a rate that falls in stairs is Step(every: 50, factor: 0.5) here",
        ),
    ),
    (
        "InverseTime",
        (
            &["decay_steps", "transition_steps"],
            "decay is that of one step here, decay_rate divided by decay_steps",
        ),
    ),
    (
        "InverseTime",
        (
            &["staircase"],
            "a rate that falls in stairs is Step(every: 50, factor: 0.5) here",
        ),
    ),
    (
        "Cosine",
        (
            &["alpha"],
            "final_learning_rate is a rate here, alpha times the learning rate",
        ),
    ),
    (
        "Cosine",
        (
            &["warmup_steps", "warmup_target"],
            "a warm-up before the fall is a Sequence here, of LinearWarmUp and Cosine",
        ),
    ),
    (
        "Cosine",
        (&["exponent"], "it is not here yet, but always 1"),
    ),
    (
        "CosineWarmRestarts",
        (
            &["alpha"],
            "final_learning_rate is a rate here, alpha times the learning rate",
        ),
    ),
    (
        "CosineWarmRestarts",
        (
            &["m_mul"],
            "it is not here yet; every restart begins with the whole learning rate",
        ),
    ),
    (
        "LinearWarmUp",
        (
            &["end_factor"],
            "it is always 1 here; the warm-up ends at the learning rate itself",
        ),
    ),
    (
        "LinearWarmUp",
        (
            &["init_value", "init_lr"],
            "from is a share of the learning rate here, init_value divided by it",
        ),
    ),
    (
        "OneCycle",
        (
            &["pct_start"],
            "it is not here yet; the rate always rises over 30 % of the steps",
        ),
    ),
    (
        "OneCycle",
        (
            &["div_factor"],
            "it is not here yet; the rate always starts at a 25th of its maximum",
        ),
    ),
    (
        "OneCycle",
        (
            &["final_div_factor"],
            "it is not here yet; the rate always ends at a 10,000th of its first value",
        ),
    ),
    (
        "OneCycle",
        (
            &["anneal_strategy", "three_phase"],
            "it is not here yet; the rate rises and falls once, by a cosine",
        ),
    ),
    (
        "OneCycle",
        (
            &["cycle_momentum", "base_momentum", "max_momentum"],
            "a momentum that cycles is not here yet",
        ),
    ),
    (
        "OneCycle",
        (
            &["steps_per_epoch"],
            "it follows from data and batch here, so that epochs is enough",
        ),
    ),
    (
        "Polynomial",
        (
            &["cycle"],
            "it is not here yet; the rate falls once and stays",
        ),
    ),
    (
        "PiecewiseConstant",
        (
            &["gamma", "factor", "step"],
            "it stands in each change, as in changes: [(step: 100, factor: 0.1)]",
        ),
    ),
    (
        "ReduceOnPlateau",
        (&["mode"], "the loss is to fall here, which is mode min"),
    ),
    (
        "ReduceOnPlateau",
        (&["monitor"], "it always watches the loss over all rows"),
    ),
    (
        "Sequence",
        (
            &["milestones", "boundaries"],
            "each part says how many steps it has, as in (steps: 50, schedule: LinearWarmUp(steps: \
             50, from: 0.1))",
        ),
    ),
];

/// Explanations that apply to any schedule.
const OF_ALL: &[Entry] = &[
    (
        &["last_epoch", "verbose", "optimizer", "name"],
        "a schedule begins with the race and needs no more; leave it out",
    ),
    (
        &[
            "lr",
            "learning_rate",
            "initial_learning_rate",
            "init_value",
            "base_lr",
        ],
        "the learning rate stands in the optimizer, as in Adam(learning_rate: 0.01)",
    ),
];

/// The explanation of a name in a schedule that has no such parameter.
pub(super) fn meant(schedule: &Schedule, name: &str) -> Option<String> {
    let owner = schedule.name();
    let ours = |name: &str| {
        let mut settings = schedule.about().settings.iter();
        settings.find(|setting| setting.name == name)
    };
    if ours(name).is_some() {
        return None;
    }
    let of_this = OF_ONE.iter().filter(|(schedule, _)| *schedule == owner);
    let mut of_this = of_this.filter_map(|(_, entry)| find(std::slice::from_ref(entry), name));
    if let Some(says) = of_this.next() {
        return Some(says.to_owned());
    }
    match all(RENAMED, name).find_map(ours) {
        Some(setting) => Some(called(setting.name, Some(briefly(setting.help)))),
        None => find(OF_ALL, name).map(str::to_owned),
    }
}
