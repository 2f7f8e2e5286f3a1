//! Other names for the fields of a preset, of a racer and of a network.

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

pub(super) const GROUP: &[Entry] = &[
    (
        &["rule", "algorithm", "method", "opt"],
        "it is called optimizer here",
    ),
    (
        &["params", "name", "layer", "blocks", "parameters"],
        "it is called block here, as in block: \"last_layer\"",
    ),
    (
        &["learning_rate", "lr", "weight_decay", "momentum"],
        IN_OPTIMIZER,
    ),
    (
        &["schedule", "scheduler", "edits"],
        "it is the racer's; a schedule multiplies the rate of a group by the same factor",
    ),
];

pub(super) const RACER: &[Entry] = &[
    (
        &["rule", "algorithm", "method", "opt"],
        "it is called optimizer here",
    ),
    (
        &["param_groups", "parameter_groups", "group"],
        "it is called groups here, as in groups: [(block: \"biases\", optimizer: Adam())]",
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
        "clipping is a wrapper here, as in ClipByGlobalNorm(limit: 1, inner: Adam())",
    ),
];

pub(super) const NETWORK: &[Entry] = &[
    (&["loss_function", "criterion"], "it is called loss here"),
    (
        &[
            "layers",
            "units",
            "neurons",
            "hidden_layers",
            "hidden_sizes",
            "hidden_layer_sizes",
        ],
        "it is called hidden here, as in hidden: [8, 8]",
    ),
    (
        &[
            "initializer",
            "kernel_initializer",
            "init",
            "weights",
            "start",
        ],
        "it is called initial here, as in initial: GlorotUniform",
    ),
    (&["use_bias"], "it is called bias here"),
    (
        &["label", "labels", "y", "output", "outputs"],
        "it is called target here (the column to predict)",
    ),
    (
        &["x", "inputs", "input", "columns", "x1", "x2"],
        "it is called features here, as in features: [\"petal_length_cm\"]",
    ),
    (
        &["weight_decay", "alpha", "kernel_regularizer"],
        "it is called l2 here (a penalty in the loss); weight decay belongs to the optimizer",
    ),
    (
        &["test_size", "test_split", "validation_split", "validation"],
        "it is called test here, as in test: 0.3 or test: 60",
    ),
    (
        &["random_state", "seed", "test_seed"],
        "it is called split_seed here (from which the test rows are drawn); the weights follow from \
         the seed of the race",
    ),
    (
        &["scale", "standardise", "normalize", "standard_scaler"],
        "it is called standardize here",
    ),
    (&["centre"], "it is called center here"),
    (
        &["eval_every", "evaluate_every", "log_every"],
        "it is called evaluate here (the number of steps between two evaluations)",
    ),
    (
        &["batch", "batch_size"],
        "each racer has its own, as in (optimizer: Adam(), batch: MiniBatch(32))",
    ),
];
