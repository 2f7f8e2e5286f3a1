//! The names of optimizers in PyTorch, Keras, Optax and others.

use super::Entry;

pub(super) const TABLE: &[Entry] = &[
    (
        &["sgd", "vanillasgd", "plainsgd", "stochasticgradientdescent"],
        "SGD is GradientDescent here, Momentum with momentum, and Nesterov with nesterov: true",
    ),
    (
        &["gd", "batchgradientdescent", "steepestdescent"],
        "it is called GradientDescent here",
    ),
    (
        &[
            "sgdm",
            "sgdmomentum",
            "sgd_momentum",
            "momentumsgd",
            "heavyball",
        ],
        "it is called Momentum here",
    ),
    (
        &["nag", "nesterovmomentum", "nesterovsgd"],
        "it is called Nesterov here",
    ),
    (
        &["sgdschedulefree", "schedulefree", "schedule_free_sgd"],
        "it is called ScheduleFreeSgd here",
    ),
    (
        &["sps", "polyak", "polyakstep"],
        "it is called PolyakSgd here",
    ),
    (
        &["newtonraphson", "newton_raphson"],
        "it is called Newton here",
    ),
    (&["limitedmemorybfgs", "l_bfgs"], "it is called LBfgs here"),
    (
        &[
            "clip_grad_norm_",
            "clip_grad_norm",
            "clip_by_global_norm",
            "global_clipnorm",
        ],
        "it is a wrapper here, ClipByGlobalNorm(limit: 1, inner: Adam())",
    ),
    (
        &["clip_grad_value_", "clip_grad_value", "clipvalue"],
        "it is a wrapper here, ClipByValue(limit: 1, inner: Adam())",
    ),
    (
        &["add_decayed_weights", "l2regularization"],
        "it is a wrapper here, CoupledDecay(weight_decay: 0.01, inner: Adam())",
    ),
    (
        &["amsgrad"],
        "it is a form of Adam here, Adam(amsgrad: MaxOfRaw) as in PyTorch and Keras, or \
         MaxOfCorrected as in Optax",
    ),
    (
        &["nadamw"],
        "it is Nadam with a weight_decay here, Nadam(weight_decay: 0.01)",
    ),
    (
        &["noisy_sgd", "noisysgd"],
        "it is GradientDescent with noise here, as in (optimizer: GradientDescent(), noise: 0.1)",
    ),
    (
        &["signum"],
        "it is SignSgd with a momentum here, SignSgd(momentum: 0.9)",
    ),
    (&["sign_sgd"], "it is called SignSgd here"),
    (&["qhm"], "it is called QhMomentum here"),
    (&["sophia"], "it is called SophiaH here"),
    (
        &["optimistic_gradient_descent"],
        "it is called OptimisticGradient here",
    ),
    (
        &["adamwschedulefree", "schedule_free_adamw"],
        "it is called ScheduleFreeAdamW here",
    ),
    (
        &["dadapt_adamw", "dadaptadamw"],
        "it is called DAdaptAdam here",
    ),
    (
        &[
            "adamaxw",
            "adafactor",
            "sparseadam",
            "lamb",
            "lars",
            "fromage",
            "sm3",
            "adabound",
        ],
        "this rule is not here yet",
    ),
];
