//! The names of hyper-parameters in PyTorch, Keras, Optax and others.

use super::{Entry, all, briefly, called, find};
use crate::optimizer::{OptimizerChoice, Parameter, ParameterKind};

/// Their names, and ours if the rule has the parameter. More specific entries come first: `alpha`
/// is ρ in a rule that has a ρ, and η in others.
pub(super) const RENAMED: &[Entry] = &[
    (
        &[
            "alpha",
            "decay",
            "decay_rate",
            "smoothing",
            "smoothing_constant",
            "gamma",
            "beta",
            "beta_2",
            "beta2",
            "b2",
        ],
        "rho",
    ),
    (
        &["alpha", "la_alpha", "slow_learning_rate", "slow_lr"],
        "slow_step_size",
    ),
    (&["k", "la_steps", "steps"], "sync_period"),
    (
        &["optimizer", "base_optimizer", "fast_optimizer", "base"],
        "inner",
    ),
    (
        &["lr", "learning_rate", "step_size", "eta", "alpha"],
        "scaling",
    ),
    (
        &[
            "lr",
            "alpha",
            "eta",
            "step_size",
            "stepsize",
            "learningrate",
            "learning_rate_init",
            "initial_learning_rate",
            "base_learning_rate",
            "init_lr",
            "base_lr",
            "eta0",
            "lr0",
            "rate",
        ],
        "learning_rate",
    ),
    (
        &["beta1", "b1", "beta_one", "momentum", "mu", "beta"],
        "beta_1",
    ),
    (&["beta2", "b2", "beta_two", "rho"], "beta_2"),
    (
        &["beta", "beta_1", "beta1", "b1", "mu", "gamma"],
        "momentum",
    ),
    (&["eps", "fuzz", "fudge_factor", "matrix_eps"], "epsilon"),
    (&["eps_root"], "epsilon_root"),
    (&["ns_steps"], "newton_schulz_steps"),
    (
        &["eps_in_sqrt", "eps_inside_sqrt", "epsilon_in_sqrt"],
        "epsilon_inside_sqrt",
    ),
    (
        &[
            "wd",
            "lambda",
            "l2",
            "weight_decay_rate",
            "decoupled_weight_decay_rate",
        ],
        "weight_decay",
    ),
    (&["lambda", "ridge", "regularization"], "damping"),
    (
        &["correct_bias", "use_bias_correction", "debias"],
        "bias_correction",
    ),
    (
        &["initial_accumulator_value", "init_accumulator"],
        "initial_accumulator",
    ),
    (&["lr_decay", "decay"], "learning_rate_decay"),
    (&["schedule_decay"], "momentum_decay"),
    (&["min_step_size", "delta_min"], "step_min"),
    (&["max_step_size", "delta_max"], "step_max"),
    (&["weight_lr_power"], "weight_power"),
];

/// The values of the `AMSGrad` parameter in libraries, which have one variant each.
pub(super) const AMSGRAD: &[Entry] = &[
    (
        &["true", "on", "yes"],
        "PyTorch and Keras mean MaxOfRaw by it, Optax means MaxOfCorrected",
    ),
    (&["false", "no", "none"], "plain Adam is Off"),
];

/// Explanations that apply only to the listed rules.
const OF_SOME: &[(&[&str], Entry)] = &[
    (
        &["Adam", "AdamW", "Nadam", "RAdam", "Yogi"],
        (
            &["betas"],
            "here they are two numbers, beta_1 (for gradients) and beta_2 (for their squares)",
        ),
    ),
    (
        &["Adamax"],
        (
            &["betas"],
            "here they are two numbers, beta_1 (for gradients) and beta_2 (for the largest of them)",
        ),
    ),
    (
        &["AdaBelief"],
        (
            &["betas"],
            "here they are two numbers, beta_1 (for gradients) and beta_2 (for their spread)",
        ),
    ),
    (
        &["Lion"],
        (
            &["betas"],
            "here they are two numbers, beta_1 (for the direction) and beta_2 (for the memory)",
        ),
    ),
    (
        &["Rprop"],
        (
            &["etas"],
            "here they are two numbers, eta_minus and eta_plus",
        ),
    ),
    (
        &["Rprop"],
        (
            &["step_sizes"],
            "here they are two numbers, step_min and step_max",
        ),
    ),
    (
        &["GradientDescent"],
        (
            &["momentum", "mu"],
            "with momentum it is another rule here, Momentum(momentum: 0.9)",
        ),
    ),
    (
        &["GradientDescent", "Momentum"],
        (
            &["nesterov"],
            "Nesterov is a rule of its own here, and Nesterov(form: Reformulated) is what PyTorch, \
             Keras and Optax make of nesterov: true",
        ),
    ),
    (
        &["Nesterov"],
        (&["nesterov"], "this rule is it already; leave it out"),
    ),
    (
        &["Adam", "AdamW"],
        (
            &["nesterov"],
            "Adam with Nesterov's momentum is Nadam here; Optax' is \
             Nadam(momentum_schedule: Constant)",
        ),
    ),
    (
        &["Nesterov"],
        (&["dampening"], "Nesterov's momentum has no dampening"),
    ),
    (
        &["Adam", "AdamW", "Nadam", "Lion", "ScheduleFreeSgd"],
        (
            &["decoupled_weight_decay", "decoupled"],
            "weight decay is always decoupled here; give weight_decay alone",
        ),
    ),
    (
        &["Muon"],
        (
            &["ns_coefficients", "ns_coeffs"],
            "they are called coefficients here (a, b and c of a Newton–Schulz step)",
        ),
    ),
    (
        &["Muon"],
        (
            &["adjust_lr_fn", "consistent_rms", "rms_rate"],
            "it is called scale here: Original, MatchRms (with rms), SpectralUnclamped or Unscaled",
        ),
    ),
    (
        &["Muon"],
        (
            &[
                "inner",
                "adam_beta_1",
                "adam_beta_2",
                "adam_b1",
                "adam_b2",
                "adam_learning_rate",
                "adam_weight_decay",
            ],
            "the rule for what is no matrix is called vectors here, as in Muon(vectors: \
             Adam(learning_rate: 0.01))",
        ),
    ),
    (
        &["NelderMead"],
        (
            &[
                "learning_rate",
                "lr",
                "alpha",
                "step_size",
                "eps",
                "epsilon",
            ],
            "without a learning rate, initial_size is how large its first triangle is",
        ),
    ),
    (
        &[
            "Lookahead",
            "Sam",
            "ClipByValue",
            "ClipByGlobalNorm",
            "CoupledDecay",
        ],
        (
            &[
                "learning_rate",
                "lr",
                "alpha",
                "step_size",
                "momentum",
                "betas",
                "beta_1",
                "beta_2",
                "epsilon",
                "eps",
            ],
            "it belongs to the rule inside, as in Lookahead(inner: Adam(learning_rate: 0.1))",
        ),
    ),
];

/// Explanations that apply to any rule without such a parameter.
const OF_ALL: &[Entry] = &[
    (
        &[
            "clipnorm",
            "clip_norm",
            "clipvalue",
            "clip_value",
            "global_clipnorm",
            "clip",
            "max_norm",
            "max_grad_norm",
            "grad_clip",
            "gradient_clip",
            "gradient_clip_norm",
            "gradient_clip_val",
        ],
        "clipping is a wrapper here, as in ClipByGlobalNorm(limit: 1, inner: Adam()) or ClipByValue",
    ),
    (
        &[
            "weight_decay",
            "wd",
            "l2",
            "decoupled_weight_decay",
            "decoupled",
        ],
        "Adam, AdamW, Nadam, Lion and ScheduleFreeSgd have weight decay; for any rule, there is the \
         wrapper CoupledDecay(weight_decay: 0.01, inner: Adam())",
    ),
    (
        &["amsgrad"],
        "AMSGrad is a form of Adam and AdamW here and not here yet for this rule",
    ),
    (&["nesterov"], "it is not here yet for this rule"),
    (
        &["centered"],
        "of the rules here, RMSProp alone can be centered",
    ),
    (
        &["use_ema", "ema_momentum", "ema_overwrite_frequency", "ema"],
        "averages of the positions are not here yet, other than those of Lookahead and \
         ScheduleFreeSgd",
    ),
    (
        &["loss_scale_factor", "gradient_accumulation_steps"],
        "loss scaling and accumulated gradients are not here yet",
    ),
    (
        &["maximize"],
        "maximizing is not here yet; every race goes downhill",
    ),
    (
        &["eps", "epsilon"],
        "this rule needs no guard against a division by 0; leave it out",
    ),
    (&["eps_root", "epsilon_root"], "it is not here yet"),
    (&["bias_correction"], "it is not here yet for this rule"),
    (
        &[
            "foreach",
            "fused",
            "capturable",
            "differentiable",
            "jit_compile",
            "accumulator_dtype",
            "mu_dtype",
            "dtype",
        ],
        "it says how a library computes, not what; leave it out",
    ),
    (&["params"], "a rule moves the position; leave it out"),
    (
        &["name"],
        "a racer's name stands beside its optimizer, as in (name: \"Slow\", optimizer: Adam())",
    ),
    (
        &[
            "schedule",
            "scheduler",
            "lr_scheduler",
            "lr_schedule",
            "learning_rate_schedule",
        ],
        "a schedule stands beside the optimizer, as in (optimizer: Adam(), schedule: \
         Cosine(steps: 200))",
    ),
    (
        &["decay", "lr_decay"],
        "a rate that falls is a schedule here, as in (optimizer: Adam(), schedule: \
         InverseTime(decay: 0.01))",
    ),
    (
        &["warmup", "warmup_steps", "num_warmup_steps"],
        "a rate that rises is a schedule here, as in (optimizer: Adam(), schedule: \
         LinearWarmUp(steps: 20, from: 0.1))",
    ),
    (
        &["batch", "batch_size"],
        "rows are drawn for a racer, as in (optimizer: Adam(), batch: MiniBatch(32))",
    ),
];

/// The explanation of a name in a rule that has no such parameter.
pub(super) fn meant(choice: &OptimizerChoice, name: &str) -> Option<String> {
    let rule = choice.rule();
    if rule.find(name).is_some() {
        return None;
    }
    if let (Some(inside), Some(inner)) = (name.strip_prefix("inner."), choice.inner()) {
        return meant(inner, inside);
    }
    if let (Some(inside), Some(vectors)) = (name.strip_prefix("vectors."), choice.vectors()) {
        return meant(vectors, inside);
    }
    let by_sign = rule.parameters().find(|it| it.symbol == name);
    if let Some(parameter) = by_sign {
        return Some(called(&parameter.name, Some(meaning(&parameter))));
    }
    let ours = all(RENAMED, name)
        .find(|ours| rule.find(ours).is_some() || (*ours == "inner" && choice.inner().is_some()));
    if let Some(ours) = ours {
        let parameter = rule.find(ours).and_then(|index| rule.parameter(index));
        return Some(called(ours, parameter.as_ref().map(meaning)));
    }
    let of_this = OF_SOME
        .iter()
        .filter(|(rules, _)| rules.contains(&rule.about().name));
    let mut of_this = of_this.filter_map(|(_, entry)| find(std::slice::from_ref(entry), name));
    of_this
        .next()
        .or_else(|| find(OF_ALL, name))
        .map(str::to_owned)
}

/// A description of a parameter, for use in parentheses.
fn meaning(parameter: &Parameter) -> String {
    match parameter.kind {
        ParameterKind::Number { .. } => {
            format!("{}, {}", parameter.symbol, briefly(parameter.help))
        }
        _ => parameter.help.trim_end_matches('.').to_owned(),
    }
}
