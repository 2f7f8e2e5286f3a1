//! The constructors of Keras 3, and the names that older versions used.

use super::super::keras::START;
use super::signature::{Meaning, Parameter, Signature, absent, ignored, number, same};

const RATE: Parameter = same("learning_rate");
const MOMENTUM: Parameter = same("momentum");
const BETA_1: Parameter = same("beta_1");
const BETA_2: Parameter = same("beta_2");
const EPSILON: Parameter = same("epsilon");
/// Keras decouples the weight decay of every optimizer.
const DECAY: Parameter = same("weight_decay");
const AMSGRAD: Parameter = ("amsgrad", Meaning::Variant("amsgrad", "MaxOfRaw"));

pub(super) const SIGNATURES: &[Signature] = &[
    Signature::new(
        "keras.optimizers.SGD",
        "GradientDescent",
        &[
            RATE,
            MOMENTUM,
            ("nesterov", Meaning::Becomes("Nesterov")),
            absent("weight_decay"),
        ],
    ),
    Signature::new(
        "keras.optimizers.Adagrad",
        "Adagrad",
        &[RATE, number(START), EPSILON, absent("weight_decay")],
    ),
    Signature::new(
        "keras.optimizers.Adadelta",
        "Adadelta",
        &[RATE, same("rho"), EPSILON, absent("weight_decay")],
    ),
    Signature::new(
        "keras.optimizers.RMSprop",
        "RMSProp",
        &[
            RATE,
            same("rho"),
            MOMENTUM,
            EPSILON,
            ("centered", Meaning::Switch("centered")),
            absent("weight_decay"),
        ],
    ),
    Signature::new(
        "keras.optimizers.Adam",
        "Adam",
        &[RATE, BETA_1, BETA_2, EPSILON, AMSGRAD, DECAY],
    ),
    Signature::new(
        "keras.optimizers.AdamW",
        "AdamW",
        &[RATE, DECAY, BETA_1, BETA_2, EPSILON, AMSGRAD],
    ),
    Signature::new(
        "keras.optimizers.Nadam",
        "Nadam",
        &[RATE, BETA_1, BETA_2, EPSILON, DECAY],
    ),
    Signature::new(
        "keras.optimizers.Adamax",
        "Adamax",
        &[RATE, BETA_1, BETA_2, EPSILON, absent("weight_decay")],
    ),
    Signature::new(
        "keras.optimizers.Lion",
        "Lion",
        &[RATE, BETA_1, BETA_2, DECAY],
    ),
];

/// The arguments that every constructor takes.
pub(super) const COMMON: &[Parameter] = &[
    absent("clipnorm"),
    ("clipvalue", Meaning::ClipValue),
    ("global_clipnorm", Meaning::ClipNorm),
    absent("use_ema"),
    ignored("ema_momentum"),
    ignored("ema_overwrite_frequency"),
    absent("loss_scale_factor"),
    absent("gradient_accumulation_steps"),
    ignored("name"),
];

/// Arguments of older versions.
pub(super) const OLD: &[Parameter] = &[
    ("lr", Meaning::Number("learning_rate")),
    ("decay", Meaning::InverseTime),
    ignored("jit_compile"),
];
