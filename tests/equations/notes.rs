//! What the notes are that no line names: effective rates, and the parts of a step.

use slalom::optimizer::{OptimizerChoice, Rule, Value};

/// Statements before the lines of a form, where its states are still those of the step before, and
/// statements after them, each of which says what a note is, unless a line does.
pub fn around(form: &OptimizerChoice) -> [String; 2] {
    let rule = form.rule();
    let [before, after] = match rule.about().name {
        "GradientDescent" => ["", "from_gradient = -learning_rate*g"].map(str::to_owned),
        "Momentum" | "Nesterov" => of_momentum(rule),
        "Adagrad" => of_adagrad(rule),
        "Adadelta" => [
            "updates = D",
            "rate = learning_rate*sqrt(updates + epsilon)/sqrt(E + epsilon); \
             from_gradient = -learning_rate*u",
        ]
        .map(str::to_owned),
        "RMSProp" => of_rmsprop(rule),
        "Lion" => ["", "from_sign = -learning_rate*u"].map(str::to_owned),
        "Rprop" => ["", "from_gradient = -s*sign(h)"].map(str::to_owned),
        "PolyakSgd" => ["", "from_gradient = -a*g"].map(str::to_owned),
        "ScheduleFreeSgd" => [
            "stepped = z",
            "slope = gradient(y); eta_t = learning_rate; eta_max <- max(eta_max, eta_t); \
             from_memory = c*(stepped - start); from_gradient = -c*eta_t*slope; \
             from_decay = -c*eta_t*weight_decay*y",
        ]
        .map(str::to_owned),
        "ScheduleFreeAdamW" => [
            "stepped = z",
            "slope = u; eta_t = learning_rate; \
             eta_max <- max(eta_max, eta_t); from_memory = c*(stepped - start); \
             from_gradient = -c*eta_t*u/(sqrt(v_hat) + epsilon); from_decay = -c*eta_t*weight_decay*y",
        ]
        .map(str::to_owned),
        "SignSgd" => ["", "from_sign = -learning_rate*sign(m)"].map(str::to_owned),
        "QhMomentum" => [
            "kept = momentum*m",
            "from_memory = -learning_rate*nu*kept; \
             from_gradient = -learning_rate*((1 - nu)*g + nu*(1 - momentum)*g)",
        ]
        .map(str::to_owned),
        "QhAdam" => [
            "kept = beta_1*m",
            "rate = learning_rate/(sqrt(s) + epsilon); \
             from_memory = -rate*nu_1*kept/(1 - beta_1^t); \
             from_gradient = -rate*((1 - nu_1)*g + nu_1*(1 - beta_1)*g/(1 - beta_1^t))",
        ]
        .map(str::to_owned),
        "OptimisticGradient" => [
            "",
            "from_gradient = -learning_rate*alpha*g; from_change = -learning_rate*beta*d",
        ]
        .map(str::to_owned),
        "Adan" => of_adan(rule),
        "Prodigy" => [
            "kept = beta_1*m; was = d",
            "rate = q/(sqrt(v) + d*epsilon); from_memory = -rate*kept; \
             from_gradient = -rate*(1 - beta_1)*was*g; from_decay = -q*weight_decay*start",
        ]
        .map(str::to_owned),
        "DAdaptAdam" => [
            "kept = beta_1*m",
            "from_memory = -kept/(sqrt(v) + epsilon); \
             from_gradient = -(1 - beta_1)*q*g/(sqrt(v) + epsilon); \
             from_decay = -q*weight_decay*start",
        ]
        .map(str::to_owned),
        "NovoGrad" => [
            "kept = beta_1*m",
            "from_memory = -learning_rate*kept; \
             from_gradient = -learning_rate*g/(sqrt(v + epsilon_root) + epsilon)",
        ]
        .map(str::to_owned),
        "DoG" => ["", "from_gradient = -eta_t*g"].map(str::to_owned),
        "LDoG" => [
            "",
            "rate = learning_rate*r/sqrt(G); from_gradient = -rate*g",
        ]
        .map(str::to_owned),
        "Ftrl" => [
            "",
            "pull = (n^(-learning_rate_power) + beta)/learning_rate + 2*l2; \
             held = max(min(z, l1), -l1); from_gradient = if(held == z, 0*g, -g/pull); \
             from_memory = theta - start - from_gradient",
        ]
        .map(str::to_owned),
        "Asgd" => [
            "",
            "from_gradient = -eta_t*g; from_decay = -lambda*eta_t*start",
        ]
        .map(str::to_owned),
        "Lookahead" => ["", "from_slow = theta - arrived"].map(str::to_owned),
        "Nadam" => of_nadam(rule),
        name => of_adam(rule, name),
    };
    let decay = "from_decay = -learning_rate*weight_decay*start";
    let is_decoupled = rule.find("weight_decay").is_some() && !after.contains("from_decay");
    let decay = if is_decoupled { decay } else { "" };
    [
        format!("start = theta; asked = theta; {before}"),
        format!("{after}; {decay}"),
    ]
}

/// Whether a choice is the first, or a switch is off.
fn is_first(rule: &(dyn Rule + 'static), parameter: &str) -> bool {
    let value = rule.find(parameter).and_then(|index| rule.get(index));
    matches!(value, Some(Value::Choice(0) | Value::Switch(false)))
}

fn of_momentum(rule: &(dyn Rule + 'static)) -> [String; 2] {
    let looks_ahead = rule.about().name == "Nesterov" && is_first(rule, "form");
    let is_nesterov = rule.about().name == "Nesterov";
    let [gain, rate] = if is_first(rule, "velocity") {
        ["learning_rate", "1"]
    } else if is_nesterov {
        ["1", "learning_rate"]
    } else {
        ["if(t == 1, 1, 1 - dampening)", "learning_rate"]
    };
    let (before, memory, slope) = if looks_ahead {
        let before = "ahead = theta - momentum*v; slope = gradient(ahead); kept = momentum*v";
        (before, "kept", "slope")
    } else if is_nesterov {
        ("", "momentum*v", "g")
    } else {
        ("kept = momentum*v", "kept", "g")
    };
    let after = format!("from_memory = -{rate}*{memory}; from_gradient = -{rate}*{gain}*{slope}");
    [before.to_owned(), after]
}

fn of_adagrad(rule: &(dyn Rule + 'static)) -> [String; 2] {
    let root = if is_first(rule, "epsilon_inside_sqrt") {
        "(sqrt(G) + epsilon)"
    } else {
        "sqrt(G + epsilon)"
    };
    let after = format!("eta_t = learning_rate; rate = eta_t/{root}; from_gradient = -rate*g");
    [String::new(), after]
}

fn of_rmsprop(rule: &(dyn Rule + 'static)) -> [String; 2] {
    let [gain, rate] = if is_first(rule, "velocity") {
        ["learning_rate", "1"]
    } else {
        ["1", "learning_rate"]
    };
    // Without momentum, the velocity is what the step adds to it.
    let has_velocity = rule.equations().iter().any(|line| line.starts_with("b <-"));
    let [before, kept] = if has_velocity {
        ["kept = momentum*b", "kept"]
    } else {
        ["", "0*g"]
    };
    let after = format!(
        "rate = learning_rate/s; b = {gain}*g/s; from_memory = -{rate}*{kept}; \
         from_gradient = -{rate}*{gain}*g/s"
    );
    [before.to_owned(), after]
}

fn of_adan(rule: &(dyn Rule + 'static)) -> [String; 2] {
    let weight = if is_first(rule, "difference_weight") {
        "beta_2"
    } else {
        "(1 - beta_2)"
    };
    let rate = "learning_rate/(sqrt(n_hat + epsilon_root) + epsilon)";
    let rate = if is_first(rule, "first_step") {
        format!("if(t == 1, 0*g, {rate})")
    } else {
        rate.to_owned()
    };
    let share = "learning_rate*weight_decay";
    let (divisor, decay) = if is_first(rule, "decay") {
        (
            format!("(1 + {share})"),
            format!("{share}*start/(1 + {share})"),
        )
    } else {
        ("1".to_owned(), format!("{share}*start"))
    };
    let after = format!(
        "rate = {rate}; \
         from_memory = -rate*(kept/(1 - beta_1^t) + {weight}*kept_v/(1 - beta_2^t))/{divisor}; \
         from_gradient = -rate*((1 - beta_1)*g/(1 - beta_1^t) + \
         {weight}*(1 - beta_2)*d/(1 - beta_2^t))/{divisor}; \
         from_decay = -{decay}"
    );
    ["kept = beta_1*m; kept_v = beta_2*v".to_owned(), after]
}

fn of_nadam(rule: &(dyn Rule + 'static)) -> [String; 2] {
    let [now, next, biased] = match rule.find("momentum_schedule").and_then(|at| rule.get(at)) {
        Some(Value::Choice(0)) => ["mu_t", "mu_next", "Pi*mu_next"],
        Some(Value::Choice(1)) => ["beta_1", "beta_1", "beta_1^(t + 1)"],
        _ => ["beta_1", "beta_1", "beta_1^t"],
    };
    let after = format!(
        "rate = learning_rate/(sqrt(v_hat) + epsilon); \
         from_memory = -rate*{next}*kept/(1 - {biased}); \
         from_gradient = -rate*({next}*(1 - beta_1)*g/(1 - {biased}) + (1 - {now})*g_hat)"
    );
    ["kept = beta_1*m".to_owned(), after]
}

/// Those of Adam and of the rules that move along its first moment.
fn of_adam(rule: &(dyn Rule + 'static), name: &str) -> [String; 2] {
    let is_corrected = !is_first(rule, "bias_correction") || name != "Adam";
    let [c_1, c_2] = if is_corrected {
        ["(1 - beta_1^t)", "(1 - beta_2^t)"]
    } else {
        ["1", "1"]
    };
    let second = if rule
        .equations()
        .iter()
        .any(|line| line.starts_with("v_max"))
    {
        "v_max"
    } else {
        "v"
    };
    let has_hat = rule.find("epsilon_hat").is_some() && !is_first(rule, "epsilon_hat");
    let scale = match name {
        "Adamax" if is_first(rule, "epsilon_place") => "1/u".to_owned(),
        "Adamax" => "1/(u + epsilon)".to_owned(),
        "AdaBelief" => "1/(sqrt(s_hat) + epsilon)".to_owned(),
        _ if has_hat => format!("sqrt({c_2})/(sqrt({second}) + epsilon)"),
        _ if is_corrected => "1/(sqrt(v_hat) + epsilon)".to_owned(),
        _ => format!("1/(sqrt({second}) + epsilon)"),
    };
    let relation = if is_first(rule, "threshold_inclusive") {
        ">"
    } else {
        ">="
    };
    let scale = match name {
        "RAdam" => format!("if(rho_t {relation} threshold, r*{scale}, 1)"),
        _ => scale,
    };
    let corrected = match name {
        "Adamax" | "AdaBelief" => String::new(),
        _ => format!("v_hat = {second}/{c_2}"),
    };
    let after = format!(
        "{corrected}; rate = learning_rate*{scale}; from_memory = -rate*kept/{c_1}; \
         from_gradient = -rate*(1 - beta_1)*g/{c_1}"
    );
    ["kept = beta_1*m".to_owned(), after]
}
