//! The constructors of PyTorch 2, and that of the package `schedulefree`.

use super::super::pytorch::{BETAS, EPSILON, MOMENTUM, RATE, WEIGHT_DECAY};
use super::signature::{Meaning, Parameter, Signature, absent, ignored, number, same};

const PARAMS: Parameter = ("params", Meaning::Moved);
const BOTH_BETAS: Parameter = (BETAS.0, Meaning::Pair(BETAS.1));
/// PyTorch adds this weight decay to the gradient.
const COUPLED: Parameter = ("weight_decay", Meaning::Coupled);
const DECOUPLES: Parameter = ("decoupled_weight_decay", Meaning::Decouples);
const AMSGRAD: Parameter = ("amsgrad", Meaning::Variant("amsgrad", "MaxOfRaw"));

pub(super) const SIGNATURES: &[Signature] = &[
    Signature::new(
        "torch.optim.SGD",
        "GradientDescent",
        &[
            PARAMS,
            number(RATE),
            number(MOMENTUM),
            same("dampening"),
            absent("weight_decay"),
            ("nesterov", Meaning::Becomes("Nesterov")),
        ],
    ),
    Signature::new(
        "torch.optim.Adagrad",
        "Adagrad",
        &[
            PARAMS,
            number(RATE),
            number(("lr_decay", "learning_rate_decay")),
            absent("weight_decay"),
            number(("initial_accumulator_value", "initial_accumulator")),
            number(EPSILON),
        ],
    ),
    Signature::new(
        "torch.optim.Adadelta",
        "Adadelta",
        &[
            PARAMS,
            number(RATE),
            same("rho"),
            number(EPSILON),
            absent("weight_decay"),
        ],
    ),
    Signature::new(
        "torch.optim.RMSprop",
        "RMSProp",
        &[
            PARAMS,
            number(RATE),
            number(("alpha", "rho")),
            number(EPSILON),
            absent("weight_decay"),
            number(MOMENTUM),
            ("centered", Meaning::Switch("centered")),
        ],
    ),
    Signature::new(
        "torch.optim.Adam",
        "Adam",
        &[
            PARAMS,
            number(RATE),
            BOTH_BETAS,
            number(EPSILON),
            COUPLED,
            AMSGRAD,
            DECOUPLES,
        ],
    ),
    Signature::new(
        "torch.optim.AdamW",
        "AdamW",
        &[
            PARAMS,
            number(RATE),
            BOTH_BETAS,
            number(EPSILON),
            number(WEIGHT_DECAY),
            AMSGRAD,
        ],
    ),
    Signature::new(
        "torch.optim.NAdam",
        "Nadam",
        &[
            PARAMS,
            number(RATE),
            BOTH_BETAS,
            number(EPSILON),
            COUPLED,
            same("momentum_decay"),
            DECOUPLES,
        ],
    ),
    Signature::new(
        "torch.optim.Rprop",
        "Rprop",
        &[
            PARAMS,
            number(RATE),
            ("etas", Meaning::Pair(["eta_minus", "eta_plus"])),
            ("step_sizes", Meaning::Pair(["step_min", "step_max"])),
        ],
    ),
    Signature::new(
        "schedulefree.SGDScheduleFree",
        "ScheduleFreeSgd",
        &[
            PARAMS,
            number(RATE),
            number(MOMENTUM),
            number(WEIGHT_DECAY),
            same("warmup_steps"),
            same("r"),
            number(("weight_lr_power", "weight_power")),
        ],
    ),
];

/// The arguments that every constructor takes.
pub(super) const COMMON: &[Parameter] = &[
    absent("maximize"),
    ignored("foreach"),
    ignored("differentiable"),
    ignored("capturable"),
    ignored("fused"),
];
