//! No goal is reached by the unchanged lesson, and each is reached by a change that a learner can
//! make.

use slalom::experiment::{Experiment, Schedule};
use slalom::preset::TOUR;
use slalom::surface::SurfaceChoice;

use super::lessons::{changed, give, goal, is_reached, lesson, moved, schedule, set, tune, turn};

pub type Change = fn(&mut Experiment);

/// Changes that reach the goals.
pub const ANSWERS: &[(&str, Change)] = &[
    ("01-gradient-descent", |it| {
        set(it, "Bold", "learning_rate", 0.04);
    }),
    ("01-gradient-descent", |it| {
        set(it, "Bold", "learning_rate", 0.0395);
    }),
    ("02-batch-and-stochastic", |it| {
        schedule(it, "1 row", Schedule::InverseTime { decay: 0.02 });
    }),
    ("03-momentum", |it| set(it, "A little", "momentum", 0.7)),
    ("04-nesterov", |it| {
        set(it, "Momentum", "learning_rate", 0.028);
        set(it, "Nesterov", "learning_rate", 0.028);
    }),
    ("05-adagrad", |it| set(it, "Adagrad", "learning_rate", 4.0)),
    ("06-adagrad-full", |it| turn(it, 45.0)),
    ("06-adagrad-full", |it| turn(it, -45.0)),
    ("07-forgetting", |it| {
        let cosine = Schedule::cosine(300, 0.0);
        schedule(it, "RMSProp", cosine);
    }),
    ("08-adam", |it| {
        set(it, "Adam", "beta_1", 0.0);
        set(it, "Adam", "beta_2", 0.9);
    }),
    ("09-bias-correction", |it| {
        set(it, "Corrected", "learning_rate", 0.1);
    }),
    ("10-nadam", |it| {
        moved(it, SurfaceChoice::Rosenbrock, [-1.5, 2.0], 400);
    }),
    ("11-radfords-race", |it| {
        set(it, "Gradient descent", "learning_rate", 0.03);
    }),
    ("12-saddle", |it| turn(it, 45.0)),
    ("13-a-fair-race", |it| {
        tune(it);
        it.seeds = 20;
    }),
    ("14-from-the-plane-to-a-network", |it| {
        set(it, "Gradient descent", "learning_rate", 2.0);
    }),
    ("15-invent-an-optimizer", |it| give(it, "Yours", FORGETFUL)),
    ("15-invent-an-optimizer", |it| give(it, "Yours", SECANT)),
];

/// Adam in which a coordinate forgets where its slope turns.
pub const FORGETFUL: &str = "Rule(title: \"Forgetful\",
    parameters: {\"learning_rate\": 1.6, \"beta_1\": 0.9, \"beta_2\": 0.999, \"epsilon\": 1e-8},
    lines: \"m <- if(m*g < 0, 0, beta_1)*m + (1 - beta_1)*g; v <- beta_2*v + (1 - beta_2)*g^2
        m_hat = m/(1 - beta_1^t); v_hat = v/(1 - beta_2^t)
        theta <- theta - learning_rate*m_hat/(sqrt(v_hat) + epsilon)\")";

/// Steps measured by how much the slope has changed along each axis.
const SECANT: &str = "Rule(title: \"Secant\", parameters: {\"learning_rate\": 0.9},
    lines: \"h = if(t == 1, 50, abs(g - g_before)/abs(theta - theta_before)); g_before <- g
        theta_before <- theta; theta <- theta - learning_rate*g/h\")";

/// A rule that knows the way, and looks at no slope.
const KNOWING: &str = "Rule(parameters: {}, lines: \"theta <- 0.1*theta\")";

/// Adam as text, with the numbers that are the best for Adam.
const ADAM_AT_ITS_BEST: &str = "Rule(title: \"Adam\",
    parameters: {\"learning_rate\": 0.817, \"beta_1\": 0.335, \"beta_2\": 0.999, \"epsilon\": 1e-8},
    lines: \"m <- beta_1*m + (1 - beta_1)*g; v <- beta_2*v + (1 - beta_2)*g^2
        m_hat = m/(1 - beta_1^t); v_hat = v/(1 - beta_2^t)
        theta <- theta - learning_rate*m_hat/(sqrt(v_hat) + epsilon)\")";

/// Changes that only come close.
pub const MISSES: &[(&str, Change)] = &[
    ("01-gradient-descent", |it| {
        set(it, "Bold", "learning_rate", 0.038);
    }),
    ("01-gradient-descent", |it| {
        set(it, "Bold", "learning_rate", 0.042);
    }),
    ("01-gradient-descent", |it| {
        set(it, "Careful", "learning_rate", 0.04);
    }),
    ("03-momentum", |it| set(it, "A little", "momentum", 0.8)),
    ("04-nesterov", |it| {
        set(it, "Nesterov", "learning_rate", 0.027);
    }),
    ("04-nesterov", |it| {
        set(it, "Momentum", "learning_rate", 0.08);
        set(it, "Nesterov", "learning_rate", 0.08);
    }),
    ("06-adagrad-full", |it| turn(it, 30.0)),
    ("08-adam", |it| set(it, "Adam", "beta_1", 0.0)),
    ("11-radfords-race", |it| {
        set(it, "Gradient descent", "learning_rate", 0.02);
    }),
    ("12-saddle", |it| turn(it, 20.0)),
    ("13-a-fair-race", tune),
    ("13-a-fair-race", |it| it.seeds = 20),
    ("14-from-the-plane-to-a-network", |it| {
        set(it, "Gradient descent", "learning_rate", 1.0);
    }),
    ("15-invent-an-optimizer", |it| {
        give(it, "Yours", ADAM_AT_ITS_BEST);
    }),
    ("15-invent-an-optimizer", |it| give(it, "Yours", KNOWING)),
    ("15-invent-an-optimizer", |it| {
        // No rule of one's own.
        give(it, "Yours", "Newton(learning_rate: 0.9)");
    }),
];

#[test]
fn no_lesson_has_reached_its_goal_when_it_opens() {
    for built_in in TOUR {
        let name = built_in.name;
        assert!(!is_reached(&goal(name), &lesson(name)), "{name}");
    }
}

#[test]
fn every_goal_can_be_reached() {
    for built_in in TOUR {
        let mut answers = ANSWERS.iter().filter(|(name, _)| *name == built_in.name);
        assert!(answers.next().is_some(), "{}", built_in.name);
    }
    for (name, change) in ANSWERS {
        assert!(is_reached(&goal(name), &changed(name, change)), "{name}");
    }
}

#[test]
fn coming_near_a_goal_does_not_reach_it() {
    for (name, change) in MISSES {
        assert!(!is_reached(&goal(name), &changed(name, change)), "{name}");
    }
}

/// In a window, the paths passed to a goal are behind pointers.
#[test]
fn paths_may_be_shared() {
    let experiment = changed("03-momentum", |it| set(it, "A little", "momentum", 0.7));
    let paths = slalom::simulation::simulate(&experiment);
    let shared: Vec<_> = paths.into_iter().map(std::sync::Arc::new).collect();
    let goal = goal("03-momentum");
    assert!(goal.is_reached(&experiment, &shared));
}
