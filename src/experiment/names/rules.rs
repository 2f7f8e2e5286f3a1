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
        &[
            "adamaxw",
            "adafactor",
            "ftrl",
            "asgd",
            "sparseadam",
            "lamb",
            "lars",
            "adan",
            "sophia",
            "sophiah",
            "prodigy",
            "novograd",
            "fromage",
            "sm3",
            "signsgd",
            "sign_sgd",
            "signum",
            "adamwschedulefree",
            "schedulefreeadamw",
            "dadaptadam",
            "dog",
            "qhm",
            "qhadam",
            "adabound",
            "sam",
            "optimisticgradient",
            "optimistic_gradient_descent",
            "lbfgs",
            "bfgs",
            "conjugategradient",
            "neldermead",
            "clipbyglobalnorm",
            "clipbyvalue",
            "coupleddecay",
        ],
        "this rule is not here yet",
    ),
];
