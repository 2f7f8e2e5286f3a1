//! The descriptions of schedules, written once: lists, tables, the window's controls and the checks
//! of preset files all follow from them.

use super::setting::field;
use super::{Schedule, Setting};
use crate::optimizer::Valid;

/// The description of a schedule: texts and settings.
#[derive(Debug)]
pub struct About {
    /// The name in preset files, for instance `CosineWarmRestarts`.
    pub name: &'static str,
    /// The display name, for instance `cosine, warm restarts`.
    pub title: &'static str,
    /// The learning rate after k completed steps.
    pub formula: &'static str,
    /// One sentence in plain words.
    pub idea: &'static str,
    /// The publication: author, venue and year.
    pub source: &'static str,
    /// Its names in other libraries.
    pub elsewhere: &'static str,
    /// Its settings, most important first.
    pub settings: &'static [Setting],
}

const STEPS: &str = "Steps until the end.";
const EPOCHS: &str = "The same in epochs, in place of steps.";
const FINAL: &str = "η_f, the learning rate at the end.";
const SGDR: &str = "I. Loshchilov, F. Hutter, SGDR, ICLR 2017, eq. 5";

const CONSTANT: About = About {
    name: "Constant",
    title: "constant",
    formula: "η",
    idea: "The learning rate stays as it is.",
    source: "every textbook",
    elsewhere: "every library, without a schedule",
    settings: &[],
};

const STEP: About = About {
    name: "Step",
    title: "steps down",
    formula: "η · factor^⌊k/every⌋",
    idea: "Stays level for a while and then drops, again and again.",
    source: "K. He et al., Deep residual learning, CVPR 2016, which drops it tenfold",
    elsewhere: "PyTorch StepLR; Keras ExponentialDecay and Optax exponential_decay with \
                staircase=True",
    settings: &[
        Setting::one_count(
            "every",
            "Steps from one drop to the next.",
            field!(Step.every),
        ),
        Setting::one_count(
            "every_epochs",
            "The same in epochs, in place of every.",
            field!(Step.every_epochs),
        ),
        Setting::number(
            "factor",
            "What the learning rate is multiplied by at each drop.",
            field!(Step.factor),
        ),
    ],
};

const EXPONENTIAL: About = About {
    name: "Exponential",
    title: "exponential",
    formula: "η · factor^k",
    idea: "Falls by the same share in every step.",
    source: "A. Senior et al., An empirical study of learning rates, ICASSP 2013",
    elsewhere: "PyTorch ExponentialLR; Keras ExponentialDecay and Optax exponential_decay, over one \
                step",
    settings: &[Setting::number(
        "factor",
        "What the learning rate is multiplied by after each step.",
        field!(Exponential.factor),
    )],
};

const COSINE: About = About {
    name: "Cosine",
    title: "cosine",
    formula: "η_f + (η − η_f)(1 + cos(πk/steps))/2",
    idea: "Falls slowly at first, then faster, and slowly again towards its end.",
    source: SGDR,
    elsewhere: "PyTorch CosineAnnealingLR (which climbs again after its end), Keras CosineDecay, \
                Optax cosine_decay_schedule",
    settings: &[
        Setting::one_count("steps", STEPS, field!(Cosine.steps)),
        Setting::one_count("epochs", EPOCHS, field!(Cosine.epochs)),
        Setting::number(
            "final_learning_rate",
            FINAL,
            field!(Cosine.final_learning_rate),
        )
        .or(0.0),
    ],
};

const COSINE_WARM_RESTARTS: About = About {
    name: "CosineWarmRestarts",
    title: "cosine, warm restarts",
    formula: "η_f + (η − η_f)(1 + cos(πj/p))/2, j steps after a restart of period p",
    idea: "Falls by a cosine and starts again, each time with the whole learning rate.",
    source: SGDR,
    elsewhere: "PyTorch CosineAnnealingWarmRestarts (T_0, T_mult), Keras CosineDecayRestarts, Optax \
                sgdr_schedule",
    settings: &[
        Setting::one_count(
            "period",
            "Steps until the first restart.",
            field!(CosineWarmRestarts.period),
        ),
        Setting::one_count(
            "period_epochs",
            "The same in epochs, in place of period.",
            field!(CosineWarmRestarts.period_epochs),
        ),
        Setting::count(
            "factor",
            "How many times as long as the period before each period is.",
            field!(CosineWarmRestarts.factor),
        )
        .or(1.0),
        Setting::number(
            "final_learning_rate",
            "η_f, the learning rate just before a restart.",
            field!(CosineWarmRestarts.final_learning_rate),
        )
        .or(0.0),
    ],
};

const LINEAR_WARM_UP: About = About {
    name: "LinearWarmUp",
    title: "linear warm-up",
    formula: "η · (from + (1 − from) · min(k/steps, 1))",
    idea: "Starts low and rises to the full learning rate in a straight line.",
    source: "P. Goyal et al., Accurate, large minibatch SGD, 2017, section 2.2",
    elsewhere: "PyTorch LinearLR, Optax linear_schedule",
    settings: &[
        Setting::one_count(
            "steps",
            "Steps until the full learning rate is reached.",
            field!(LinearWarmUp.steps),
        ),
        Setting::one_count("epochs", EPOCHS, field!(LinearWarmUp.epochs)),
        Setting::number(
            "from",
            "The share of the learning rate at the start.",
            field!(LinearWarmUp.from),
        ),
    ],
};

const INVERSE_TIME: About = About {
    name: "InverseTime",
    title: "inverse time",
    formula: "η/(1 + decay · k)",
    idea: "Falls fast at first and ever more slowly: the classic for gradients that are noisy.",
    source: "H. Robbins, S. Monro, Ann. Math. Statist. 22(3), 1951",
    elsewhere: "Keras InverseTimeDecay, over one step",
    settings: &[Setting::number(
        "decay",
        "How fast it falls: after 1/decay steps half of it is left.",
        field!(InverseTime.decay),
    )],
};

const ONE_CYCLE: About = About {
    name: "OneCycle",
    title: "one cycle",
    formula: "cosine from M/25 up to M after 30 % of the steps, then down to M/250,000",
    idea: "Rises to a high learning rate and falls to almost nothing; η itself is not used.",
    source: "L. N. Smith, N. Topin, Super-convergence, 2018, as PyTorch does it",
    elsewhere: "PyTorch OneCycleLR with cycle_momentum=False; Optax cosine_onecycle_schedule is \
                another one",
    settings: &[
        Setting::one_count(
            "total_steps",
            "How many steps it has, as PyTorch counts: the last is made with the lowest rate.",
            field!(OneCycle.total_steps),
        ),
        Setting::one_count(
            "steps",
            "In place of total_steps, and one less: the finished steps after which it ends.",
            field!(OneCycle.steps),
        ),
        Setting::one_count(
            "epochs",
            "In place of total_steps, and the same in epochs.",
            field!(OneCycle.epochs),
        ),
        Setting::number(
            "max_learning_rate",
            "M, the highest learning rate.",
            field!(OneCycle.max_learning_rate),
        ),
    ],
};

const LINEAR: About = About {
    name: "Linear",
    title: "linear",
    formula: "η · from + (η_f − η · from) · min(k/steps, 1)",
    idea: "Falls, or rises, to its last value in a straight line.",
    source: "J. Devlin et al., BERT, NAACL 2019, which falls to 0",
    elsewhere: "PyTorch LinearLR (start_factor, end_factor, total_iters), Optax linear_schedule, \
                Keras PolynomialDecay with power=1",
    settings: &[
        Setting::one_count("steps", STEPS, field!(Linear.steps)),
        Setting::one_count("epochs", EPOCHS, field!(Linear.epochs)),
        Setting::one_number(
            "final_learning_rate",
            FINAL,
            field!(Linear.final_learning_rate),
        ),
        Setting::one_number(
            "final_factor",
            "The share of the learning rate at the end, in place of the rate itself.",
            field!(Linear.final_factor),
        ),
        Setting::number(
            "from",
            "The share of the learning rate at the start.",
            field!(Linear.from),
        )
        .or(1.0),
    ],
};

const POLYNOMIAL: About = About {
    name: "Polynomial",
    title: "polynomial",
    formula: "η_f + (η − η_f)(1 − min(k/steps, 1))^power",
    idea: "Falls fast at first and gently towards its end; with power 1 in a straight line.",
    source: "W. Liu et al., ParseNet, 2015, with power 0.9",
    elsewhere: "PyTorch PolynomialLR, Keras PolynomialDecay, Optax polynomial_schedule",
    settings: &[
        Setting::one_count("steps", STEPS, field!(Polynomial.steps)),
        Setting::one_count("epochs", EPOCHS, field!(Polynomial.epochs)),
        Setting::number(
            "power",
            "How sharply it bends; 1 is a straight line.",
            field!(Polynomial.power),
        )
        .within(Valid::Positive)
        .or(1.0),
        Setting::number(
            "final_learning_rate",
            FINAL,
            field!(Polynomial.final_learning_rate),
        )
        .or(0.0),
    ],
};

const PIECEWISE_CONSTANT: About = About {
    name: "PiecewiseConstant",
    title: "piecewise constant",
    formula: "η, from each listed step on times a factor, or another rate",
    idea: "Stays level and changes at chosen steps.",
    source: "A. Krizhevsky et al., ImageNet classification, NIPS 2012",
    elsewhere: "PyTorch MultiStepLR, Optax piecewise_constant_schedule, Keras PiecewiseConstantDecay \
                (which changes one step later)",
    settings: &[Setting::list(
        "changes",
        "The changes in the order of their steps, each at a step or epoch, by a factor or to a \
         learning rate.",
        "[(step: 100, factor: 0.1)]",
    )],
};

const REDUCE_ON_PLATEAU: About = About {
    name: "ReduceOnPlateau",
    title: "reduce on plateau",
    formula: "times factor whenever the loss over all rows has not improved for more than patience \
              epochs",
    idea: "Waits until the loss no longer falls, and then drops.",
    source: "PyTorch's ReduceLROnPlateau",
    elsewhere: "PyTorch ReduceLROnPlateau; Keras ReduceLROnPlateau and Optax \
                contrib.reduce_on_plateau count differently",
    settings: &[
        Setting::number(
            "factor",
            "What the learning rate is multiplied by at each drop.",
            field!(ReduceOnPlateau.factor),
        )
        .within(Valid::Fraction)
        .or(0.1),
        Setting::count(
            "patience",
            "Epochs without progress that are tolerated; without batches, each step is an epoch.",
            field!(ReduceOnPlateau.patience),
        )
        .within(Valid::Whole)
        .or(10.0),
        Setting::number(
            "threshold",
            "How far the loss must fall below its lowest value to count as progress.",
            field!(ReduceOnPlateau.threshold),
        )
        .or(1e-4),
        Setting::mode(
            "threshold_mode",
            "Whether threshold is a share of the lowest loss or a difference from it.",
            field!(ReduceOnPlateau.threshold_mode),
        )
        .or(0.0),
        Setting::count(
            "cooldown",
            "Epochs after a drop during which nothing counts as waiting.",
            field!(ReduceOnPlateau.cooldown),
        )
        .within(Valid::Whole)
        .or(0.0),
        Setting::number(
            "min_learning_rate",
            "The learning rate below which it never drops.",
            field!(ReduceOnPlateau.min_learning_rate),
        )
        .or(0.0),
        Setting::number(
            "epsilon",
            "A drop that is not larger than this is left out.",
            field!(ReduceOnPlateau.epsilon),
        )
        .or(1e-8),
    ],
};

const SEQUENCE: About = About {
    name: "Sequence",
    title: "sequence",
    formula: "one part after another; each counts k from 0 when its turn comes, and the last goes on",
    idea: "Lets one schedule follow another, for instance a warm-up and then a cosine.",
    source: "A. Vaswani et al., Attention is all you need, NIPS 2017, section 5.3",
    elsewhere: "PyTorch SequentialLR, Optax join_schedules; Optax warmup_cosine_decay_schedule, Keras \
                CosineDecay with warmup_steps",
    settings: &[Setting::list(
        "parts",
        "The parts in order, each with its schedule and, except for the last, its steps or epochs.",
        "[(steps: 50, schedule: LinearWarmUp(steps: 50, from: 0.1)), (schedule: Cosine(steps: 450))]",
    )],
};

impl Schedule {
    /// The description of this kind of schedule.
    #[must_use]
    pub const fn about(&self) -> &'static About {
        match self {
            Self::Constant => &CONSTANT,
            Self::Step { .. } => &STEP,
            Self::Exponential { .. } => &EXPONENTIAL,
            Self::Cosine { .. } => &COSINE,
            Self::CosineWarmRestarts { .. } => &COSINE_WARM_RESTARTS,
            Self::LinearWarmUp { .. } => &LINEAR_WARM_UP,
            Self::InverseTime { .. } => &INVERSE_TIME,
            Self::OneCycle { .. } => &ONE_CYCLE,
            Self::Linear { .. } => &LINEAR,
            Self::Polynomial { .. } => &POLYNOMIAL,
            Self::PiecewiseConstant { .. } => &PIECEWISE_CONSTANT,
            Self::ReduceOnPlateau { .. } => &REDUCE_ON_PLATEAU,
            Self::Sequence { .. } => &SEQUENCE,
        }
    }
}

#[cfg(test)]
mod tests;
