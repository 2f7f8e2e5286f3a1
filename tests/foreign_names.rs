//! Names from PyTorch, Keras and Optax that are different here: the message gives our name, or says
//! that the feature does not exist yet.

mod common;

use common::preset::{TEXT, assert_table, wrong};
use slalom::optimizer::{OptimizerChoice, ParameterKind};

/// In brackets stands what it is, in the words of the list of parameters.
#[test]
fn what_is_only_called_otherwise_is_answered_with_our_name_and_its_meaning() {
    let table = r#"
        beta_1: 0.5, | ¦beta1: 0.5, | Adam has no parameter "beta1"; it is called beta_1 here
        beta_1: 0.5, | ¦b2: 0.5, | Adam has no parameter "b2"; it is called beta_2 here
        beta_1: 0.5, | ¦eps: 0.5, | Adam has no parameter "eps"; it is called epsilon here
        Momentum() | Adadelta(¦lr: 1.0) | Adadelta has no parameter "lr"; it is called learning_rate here
        Momentum() | Momentum(¦mu: 0.9) | Momentum has no parameter "mu"; it is called momentum here
        Momentum() | RMSProp(¦alpha: 0.99) | RMSProp has no parameter "alpha"; it is called rho here
        Momentum() | GradientDescent(¦alpha: 0.1) | GradientDescent has no parameter "alpha"; it is called learning_rate here
        Momentum() | Adagrad(¦lr_decay: 0.1) | Adagrad has no parameter "lr_decay"; it is called learning_rate_decay here
        Momentum() | AdaBelief(¦eps_root: 0.1) | AdaBelief has no parameter "eps_root"; it is called epsilon_root here
        Momentum() | PolyakSgd(¦learning_rate: 1.0) | PolyakSgd has no parameter "learning_rate"; it is called scaling here
        Momentum() | Lookahead(¦k: 5) | Lookahead has no parameter "k"; it is called sync_period here
        Momentum() | Lookahead(¦base_optimizer: Adam()) | Lookahead has no parameter "base_optimizer"; it is called inner here
        Momentum() | Lookahead(inner: Adam(¦lr: 0.1)) | Adam has no parameter "lr"; it is called learning_rate here
        parameter: "beta_1" | parameter: ¦"lr" | Slow, edit at step 100: Adam has no parameter "lr"; it is called learning_rate here
        parameter: "beta_1" | parameter: ¦"β₂" | Slow, edit at step 100: Adam has no parameter "β₂"; it is called beta_2 here
        Cosine(steps | CosineWarmRestarts(period: 9, ¦T_mult | CosineWarmRestarts has no parameter "T_mult"; it is called factor here
        Cosine(steps | CosineWarmRestarts(¦T_0 | CosineWarmRestarts has no parameter "T_0"; it is called period here
        Cosine(steps | Cosine(¦T_max | Cosine has no parameter "T_max"; it is called steps here
        Cosine(steps | Cosine(¦total_steps | Cosine has no parameter "total_steps"; it is called steps here
        Cosine(steps | Cosine(steps: 9, ¦eta_min | Cosine has no parameter "eta_min"; it is called final_learning_rate here
        Cosine(steps | Exponential(¦gamma | Exponential has no parameter "gamma"; it is called factor here
        Cosine(steps | OneCycle(¦max_lr | OneCycle has no parameter "max_lr"; it is called max_learning_rate here
    "#;
    for line in table.lines().filter(|line| line.contains(" | ")) {
        let [from, to, expected] = line.trim().split(" | ").collect::<Vec<_>>()[..] else {
            panic!("not three columns: {line}")
        };
        assert_eq!(TEXT.matches(from).count(), 1, "{from}");
        let (_, what) = wrong(&TEXT.replacen(from, &to.replace('¦', ""), 1));
        // `inner` is a rule, of which there is nothing to say.
        let meaning = what.strip_prefix(expected).expect(&what);
        let has_meaning = meaning.starts_with(" (") && meaning.ends_with(')') && meaning.len() > 12;
        assert!(has_meaning || expected.contains("called inner"), "{what}");
    }
}

#[test]
fn hyper_parameters_of_libraries_are_answered_with_ours() {
    assert_table(
        r#"
        beta_1: 0.5, | ¦betas: (0.9, 0.99), | Adam has no parameter "betas"; here they are two numbers, beta_1 (for gradients) and beta_2 (for their squares)
        Momentum() | Lion(¦betas: (0.9, 0.99)) | Lion has no parameter "betas"; here they are two numbers, beta_1 (for the direction) and beta_2 (for the memory)
        beta_1: 0.5, | ¦clipnorm: 1.0, | Adam has no parameter "clipnorm"; clipping is a wrapper here, as in ClipByGlobalNorm(limit: 1, inner: Adam()) or ClipByValue
        beta_1: 0.5, | ¦use_ema: true, | Adam has no parameter "use_ema"; averages of the positions are not here yet, other than those of Lookahead and ScheduleFreeSgd
        beta_1: 0.5, | ¦nesterov: true, | Adam has no parameter "nesterov"; Adam with Nesterov's momentum is Nadam here; Optax' is Nadam(momentum_schedule: Constant)
        beta_1: 0.5, | ¦decoupled_weight_decay: true, | Adam has no parameter "decoupled_weight_decay"; weight decay is always decoupled here; give weight_decay alone
        beta_1: 0.5, | ¦fused: true, | Adam has no parameter "fused"; it says how a library computes, not what; leave it out
        Momentum() | Momentum(¦nesterov: true) | Momentum has no parameter "nesterov"; Nesterov is a rule of its own here, and Nesterov(form: Reformulated) is what PyTorch, Keras and Optax make of nesterov: true
        Momentum() | Momentum(¦weight_decay: 0.1) | Momentum has no parameter "weight_decay"; Adam, AdamW, Nadam, Lion and ScheduleFreeSgd have weight decay; for any rule, there is the wrapper CoupledDecay(weight_decay: 0.01, inner: Adam())
        Momentum() | Rprop(¦etas: (0.5, 1.2)) | Rprop has no parameter "etas"; here they are two numbers, eta_minus and eta_plus
        Momentum() | GradientDescent(¦decay: 0.1) | GradientDescent has no parameter "decay"; a rate that falls is a schedule here, as in (optimizer: Adam(), schedule: InverseTime(decay: 0.01))
    "#,
    );
}

#[test]
fn optimizers_and_schedules_of_libraries_are_answered_with_ours() {
    assert_table(
        r#"
        Momentum() | ¦SGD() | there is no optimizer "SGD"; SGD is GradientDescent here, Momentum with momentum, and Nesterov with nesterov: true
        Momentum() | ¦sgd() | there is no optimizer "sgd"; SGD is GradientDescent here, Momentum with momentum, and Nesterov with nesterov: true
        Momentum() | ¦NAG() | there is no optimizer "NAG"; it is called Nesterov here
        Momentum() | ¦Lars() | there is no optimizer "Lars"; this rule is not here yet
        Momentum() | ¦signum() | there is no optimizer "signum"; it is SignSgd with a momentum here, SignSgd(momentum: 0.9)
        Momentum() | Lookahead(inner: ¦Lamb()) | there is no optimizer "Lamb"; this rule is not here yet
        Momentum() | ¦Radam() | there is no optimizer "Radam"; did you mean RAdam?
        Momentum() | ¦NAdam() | there is no optimizer "NAdam"; did you mean Nadam?
        Momentum() | ¦adam() | there is no optimizer "adam"; did you mean Adam?
        Cosine(steps | ¦CosineAnnealingLR(T_max | there is no schedule "CosineAnnealingLR"; it is called Cosine here
        Cosine(steps | ¦StepLR(step_size | there is no schedule "StepLR"; it is called Step here
        Cosine(steps | ¦ExponentialDecay(decay | there is no schedule "ExponentialDecay"; it is called Exponential here, with a factor for every step
        Cosine(steps | ¦ReduceLROnPlateau(x | there is no schedule "ReduceLROnPlateau"; it is called ReduceOnPlateau here
        Cosine(steps | Step(¦milestones | Step has no parameter "milestones"; drops at chosen steps are PiecewiseConstant(changes: [(step: 100, factor: 0.1)]) here
        Cosine(steps | Sequence(¦milestones | Sequence has no parameter "milestones"; each part says how many steps it has, as in (steps: 50, schedule: LinearWarmUp(steps: 50, from: 0.1))
        Cosine(steps | ReduceOnPlateau(¦min_lr | ReduceOnPlateau has no parameter "min_lr"; it is called min_learning_rate here (the learning rate below which it never drops)
        Cosine(steps | OneCycle(¦pct_start | OneCycle has no parameter "pct_start"; it is not here yet; the rate always rises over 30 % of the steps
        Cosine(steps | ¦OneCycleLR(x | there is no schedule "OneCycleLR"; it is called OneCycle here
    "#,
    );
}

#[test]
fn fields_that_belong_elsewhere_are_shown_their_place() {
    assert_table(
        r#"
        seed: 7 | ¦learning_rate: 7 | a preset has no field "learning_rate"; hyper-parameters stand in the optimizer's brackets, as in optimizer: Adam(learning_rate: 0.01)
        seed: 7 | ¦random_state: 7 | a preset has no field "random_state"; it is called seed here (from which all chance is derived)
        optimizer: Momentum() | ¦lr: 0.1, optimizer: Momentum() | a racer has no field "lr"; hyper-parameters stand in the optimizer's brackets, as in optimizer: Adam(learning_rate: 0.01)
        optimizer: Momentum() | ¦batch_size: 32, optimizer: Momentum() | a racer has no field "batch_size"; it is called batch here, as in batch: MiniBatch(32)
        optimizer: Momentum() | optimizer: Momentum(), ¦lr_scheduler: Cosine(steps: 9) | a racer has no field "lr_scheduler"; it is called schedule here, as in schedule: Cosine(steps: 200)
        Momentum() | Momentum(¦schedule: Cosine(steps: 9)) | Momentum has no parameter "schedule"; a schedule stands beside the optimizer, as in (optimizer: Adam(), schedule: Cosine(steps: 200))
    "#,
    );
}

/// `On` is close to `Off`, but the message must not suggest only that.
#[test]
fn a_wrong_choice_is_answered_with_all_of_them() {
    assert_table(
        r#"
        beta_1: 0.5, | amsgrad: ¦On, | there is no amsgrad "On"; there are Off, MaxOfRaw, MaxOfCorrected; PyTorch and Keras mean MaxOfRaw by it, Optax means MaxOfCorrected
        beta_1: 0.5, | amsgrad: ¦false, | there is no amsgrad "false"; there are Off, MaxOfRaw, MaxOfCorrected; plain Adam is Off
        Momentum() | Nesterov(form: ¦PyTorch) | there is no form "PyTorch"; there are LookAhead, Reformulated
        Momentum() | Adagrad(matrix: ¦Diag) | there is no matrix "Diag"; there are Diagonal, Full
        optimizer: Momentum() | optimizer: Momentum(), batch: ¦Fulll | there is no batch "Fulll"; there are Full, Sample, MiniBatch, Rows
    "#,
    );
    for choice in OptimizerChoice::all() {
        let rule = choice.rule();
        for parameter in rule.parameters() {
            let ParameterKind::Choice(names) = parameter.kind else {
                continue;
            };
            let name = &*parameter.name;
            // A wrapped rule is tested on its own, and `wrong` rejects "variant" as jargon although
            // it is a parameter of PolyakSgd.
            if name.starts_with("inner.") || name == "variant" {
                continue;
            }
            let racer = format!("{}({name}: On)", rule.about().name);
            let (_, what) = wrong(&TEXT.replace("Momentum()", &racer));
            let all = format!("there are {}", names.join(", "));
            assert!(what.contains(&all), "{what}");
        }
    }
}

/// Familiar names from other libraries, in any rule: none is mistaken for a misspelling of one of
/// ours.
#[test]
fn what_libraries_know_is_never_called_misspelt() {
    const THEIRS: &[&str] = &[
        "lr",
        "alpha",
        "step_size",
        "eps",
        "clipnorm",
        "clipvalue",
        "global_clipnorm",
        "amsgrad",
        "nesterov",
        "weight_decay",
        "decoupled_weight_decay",
        "use_ema",
        "ema_momentum",
        "maximize",
        "foreach",
        "fused",
        "centered",
        "name",
    ];
    for choice in OptimizerChoice::all() {
        let rule = choice.rule();
        let owner = rule.about().name;
        for name in THEIRS.iter().filter(|name| rule.find(name).is_none()) {
            let racer = format!("{owner}({name}: 1)");
            let (_, what) = wrong(&TEXT.replace("Momentum()", &racer));
            assert!(!what.contains("did you mean"), "{what}");
            assert!(!what.contains("; it has "), "{what}");
        }
    }
}
