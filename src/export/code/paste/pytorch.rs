//! The constructors of PyTorch 2, and that of the package `schedulefree`.

use super::super::pytorch::{
    ALPHA, BETAS, EPSILON, ETAS, MOMENTUM, RATE, RATE_DECAY, START, STEP_SIZES, WEIGHT_DECAY,
    WEIGHT_POWER,
};
use super::signature::{Meaning, Parameter, Signature, absent, ignored, number, pair, same};

const PARAMS: Parameter = ("params", Meaning::Moved);
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
            COUPLED,
            ("nesterov", Meaning::Becomes("Nesterov")),
        ],
    ),
    Signature::new(
        "torch.optim.Adagrad",
        "Adagrad",
        &[
            PARAMS,
            number(RATE),
            number(RATE_DECAY),
            COUPLED,
            number(START),
            number(EPSILON),
        ],
    ),
    Signature::new(
        "torch.optim.Adadelta",
        "Adadelta",
        &[PARAMS, number(RATE), same("rho"), number(EPSILON), COUPLED],
    ),
    Signature::new(
        "torch.optim.RMSprop",
        "RMSProp",
        &[
            PARAMS,
            number(RATE),
            number(ALPHA),
            number(EPSILON),
            COUPLED,
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
            pair(BETAS),
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
            pair(BETAS),
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
            pair(BETAS),
            number(EPSILON),
            COUPLED,
            same("momentum_decay"),
            DECOUPLES,
        ],
    ),
    Signature::new(
        "torch.optim.Adamax",
        "Adamax",
        &[PARAMS, number(RATE), pair(BETAS), number(EPSILON), COUPLED],
    ),
    Signature::new(
        "torch.optim.RAdam",
        "RAdam",
        &[
            PARAMS,
            number(RATE),
            pair(BETAS),
            number(EPSILON),
            COUPLED,
            DECOUPLES,
        ],
    ),
    Signature::new(
        "torch.optim.Rprop",
        "Rprop",
        &[PARAMS, number(RATE), pair(ETAS), pair(STEP_SIZES)],
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
            number(WEIGHT_POWER),
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
