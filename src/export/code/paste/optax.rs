//! The constructors of Optax.

use super::super::optax::{
    BETAS, CLIP, CLIP_NORM, DECAY, EPSILON, EPSILON_ROOT, MIXING, MOMENTUM, RATE, START, VARIANTS,
    WEIGHT_DECAY, WEIGHT_POWER,
};
use super::signature::{Meaning, Parameter, Signature, absent, ignored, number, same};

const B1: Parameter = number(BETAS[0]);
const B2: Parameter = number(BETAS[1]);
const NADAM: Parameter = ("nesterov", Meaning::Becomes("Nadam"));
const WITH_DECAY: &[Parameter] = &[
    number(RATE),
    B1,
    B2,
    number(EPSILON),
    absent("eps_root"),
    ignored("mu_dtype"),
    number(WEIGHT_DECAY),
    absent("mask"),
    NADAM,
];
const WITHOUT_DECAY: &[Parameter] = &[
    number(RATE),
    B1,
    B2,
    number(EPSILON),
    absent("eps_root"),
    ignored("mu_dtype"),
    NADAM,
];
/// Optax' nadamw is its adamw with another switch, and so has its weight decay.
const DECAYS: &[(&str, f64)] = &[("weight_decay", 1e-4)];

/// What a chain may have before its optimizer: the name, our wrapper, its number, and the argument.
pub(super) const BEFORE: &[(&str, &str, (&str, &str))] = &[
    ("optax.clip", "ClipByValue", CLIP),
    ("optax.clip_by_global_norm", "ClipByGlobalNorm", CLIP_NORM),
    ("optax.add_decayed_weights", "CoupledDecay", WEIGHT_DECAY),
];

pub(super) const SIGNATURES: &[Signature] = &[
    Signature::new(
        "optax.sgd",
        "GradientDescent",
        &[
            number(RATE),
            number(MOMENTUM),
            ("nesterov", Meaning::Becomes("Nesterov")),
            ignored("accumulator_dtype"),
        ],
    )
    .needs(1),
    Signature::new(
        "optax.adagrad",
        "Adagrad",
        &[number(RATE), number(START), number(EPSILON)],
    )
    .needs(1),
    Signature::new(
        "optax.adadelta",
        "Adadelta",
        &[
            number(RATE),
            same("rho"),
            number(EPSILON),
            absent("weight_decay"),
            absent("weight_decay_mask"),
        ],
    ),
    Signature::new(
        "optax.rmsprop",
        "RMSProp",
        &[
            number(RATE),
            number(DECAY),
            number(EPSILON),
            absent("initial_scale"),
            ("eps_in_sqrt", Meaning::Switch("epsilon_inside_sqrt")),
            ("centered", Meaning::Switch("centered")),
            number(MOMENTUM),
            absent("nesterov"),
            absent("bias_correction"),
        ],
    )
    .needs(1),
    Signature::new("optax.adam", "Adam", WITHOUT_DECAY).needs(1),
    Signature::new("optax.amsgrad", "Adam", WITHOUT_DECAY.split_at(6).0)
        .needs(1)
        .always(&[("amsgrad", "MaxOfCorrected")]),
    Signature::new("optax.adamw", "AdamW", WITH_DECAY)
        .needs(1)
        .with_defaults(DECAYS),
    Signature::new("optax.nadam", "Nadam", WITHOUT_DECAY.split_at(6).0).needs(1),
    Signature::new("optax.nadamw", "Nadam", WITH_DECAY.split_at(8).0)
        .needs(1)
        .with_defaults(DECAYS),
    Signature::new(
        "optax.adamax",
        "Adamax",
        &[number(RATE), B1, B2, number(EPSILON)],
    )
    .needs(1),
    Signature::new(
        "optax.radam",
        "RAdam",
        &[
            number(RATE),
            B1,
            B2,
            number(EPSILON),
            absent("eps_root"),
            same("threshold"),
            absent("nesterov"),
        ],
    )
    .needs(1),
    Signature::new(
        "optax.adabelief",
        "AdaBelief",
        &[
            number(RATE),
            B1,
            B2,
            number(EPSILON),
            number(EPSILON_ROOT),
            absent("nesterov"),
        ],
    )
    .needs(1),
    Signature::new(
        "optax.yogi",
        "Yogi",
        &[number(RATE), B1, B2, number(EPSILON)],
    )
    .needs(1),
    Signature::new(
        "optax.lion",
        "Lion",
        &[
            number(RATE),
            B1,
            B2,
            ignored("mu_dtype"),
            number(WEIGHT_DECAY),
            absent("mask"),
        ],
    )
    .needs(1),
    Signature::new(
        "optax.polyak_sgd",
        "PolyakSgd",
        &[
            same("max_learning_rate"),
            same("scaling"),
            same("f_min"),
            number(EPSILON),
            ("variant", Meaning::Word("variant", &VARIANTS)),
        ],
    ),
    Signature::new(
        "optax.contrib.schedule_free_sgd",
        "ScheduleFreeSgd",
        &[
            number(RATE),
            // Optax weighs a step of the warm-up by the rate of the next.
            absent("warmup_steps"),
            number(MIXING),
            number(WEIGHT_DECAY),
            number(WEIGHT_POWER),
            ignored("state_dtype"),
        ],
    ),
    Signature::new(
        "optax.lookahead",
        "Lookahead",
        &[
            ("fast_optimizer", Meaning::Inner),
            same("sync_period"),
            same("slow_step_size"),
            absent("reset_state"),
        ],
    )
    .needs(3),
];
