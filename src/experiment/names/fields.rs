//! Other names for the fields of a preset and of a racer.

use super::Entry;

const IN_OPTIMIZER: &str = "hyper-parameters stand in the optimizer's brackets, as in optimizer: Adam(learning_rate: 0.01)";

pub(super) const PRESET: &[Entry] = &[
    (
        &[
            "iterations",
            "iters",
            "num_steps",
            "n_steps",
            "max_iter",
            "max_steps",
            "num_iterations",
        ],
        "it is called steps here (how many steps each racer makes)",
    ),
    (
        &["epochs", "num_epochs"],
        "a race is as long as its steps; an epoch is the number of rows divided by the batch size",
    ),
    (
        &["loss", "function", "objective", "f"],
        "it is called surface here (what is minimised)",
    ),
    (
        &["x0", "initial", "init", "initial_position", "initial_point"],
        "it is called start here (where every racer starts)",
    ),
    (
        &["optimizers", "optimizer"],
        "each optimizer is a racer's, as in racers: [(optimizer: Adam())]",
    ),
    (
        &["random_state", "random_seed"],
        "it is called seed here (from which all chance is derived)",
    ),
    (
        &[
            "num_seeds",
            "n_seeds",
            "repeats",
            "repetitions",
            "runs",
            "trials",
        ],
        "it is called seeds here (with how many seeds every racer runs)",
    ),
    (
        &[
            "learning_rate",
            "lr",
            "momentum",
            "betas",
            "beta_1",
            "beta_2",
        ],
        IN_OPTIMIZER,
    ),
    (
        &["batch_size", "batch"],
        "each racer has its own, as in (optimizer: Adam(), batch: MiniBatch(32))",
    ),
    (
        &["schedule", "scheduler", "lr_scheduler", "lr_schedule"],
        "each racer has its own, as in (optimizer: Adam(), schedule: Cosine(steps: 200))",
    ),
];

pub(super) const RACER: &[Entry] = &[
    (
        &["rule", "algorithm", "method", "opt"],
        "it is called optimizer here",
    ),
    (&["label"], "it is called name here"),
    (
        &[
            "scheduler",
            "lr_scheduler",
            "lr_schedule",
            "learning_rate_schedule",
        ],
        "it is called schedule here, as in schedule: Cosine(steps: 200)",
    ),
    (
        &["batch_size", "minibatch", "mini_batch"],
        "it is called batch here, as in batch: MiniBatch(32)",
    ),
    (
        &["noise_std", "noise_scale", "sigma", "gradient_noise"],
        "it is called noise here (the standard deviation of what is added to each gradient)",
    ),
    (
        &["seed", "seeds", "steps", "start"],
        "all racers share it, so it stands outside their list",
    ),
    (
        &[
            "learning_rate",
            "lr",
            "momentum",
            "beta_1",
            "beta_2",
            "betas",
            "epsilon",
            "eps",
            "weight_decay",
            "amsgrad",
            "nesterov",
            "rho",
        ],
        IN_OPTIMIZER,
    ),
    (
        &[
            "clipnorm",
            "clipvalue",
            "global_clipnorm",
            "max_norm",
            "max_grad_norm",
            "grad_clip",
        ],
        "clipping the gradient is not here yet",
    ),
];
