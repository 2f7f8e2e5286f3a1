//! Every finding of the diagnosis, on a race made for it and on races where it must not appear.

use slalom::analysis::Curvature;
use slalom::analysis::diagnosis::{FindingKind, Severity, diagnose};
use slalom::simulation::simulate_racer;
use slalom::surface::SurfaceChoice;

use super::case::{Case, diagnosed, on, valley, with_situation};
use super::common::racer;

#[test]
fn bouncing_across_the_valley() {
    let finding = valley("(optimizer: GradientDescent(learning_rate: 0.046))", 5).says(
        FindingKind::Bouncing,
        &[
            "Learning rate × largest curvature = 2.3,",
            "above the limit of 2 for Gradient descent (a learning rate of 0.04)",
            "bounces off the walls of the valley, further each time",
        ],
    );
    assert_eq!(finding.kind.severity(), Severity::Problem);
    valley(
        "(optimizer: Momentum(learning_rate: 0.08, momentum: 0.9))",
        9,
    )
    .says(
        FindingKind::Bouncing,
        &["= 4, above the limit of 3.8 for Momentum"],
    );
    on(
        "Rosenbrock",
        [-1.5, 2.0],
        "(optimizer: RMSProp(learning_rate: 0.02))",
        150,
    )
    .says(
        FindingKind::Bouncing,
        &["Effective rate × largest curvature = 2.03"],
    );

    valley("(optimizer: GradientDescent(learning_rate: 0.036))", 5)
        .is_silent_about(FindingKind::Bouncing);
    // The rate is too high, but the racer moves along the floor and never meets a wall.
    on(
        "LongValley",
        [-4.5, 0.0],
        "(optimizer: GradientDescent(learning_rate: 0.046))",
        5,
    )
    .is_silent_about(FindingKind::Bouncing);
}

#[test]
fn oscillating_near_the_limit() {
    valley("(optimizer: GradientDescent(learning_rate: 0.036))", 5).says(
        FindingKind::Oscillating,
        &[
            "= 1.8, close to the limit of 2",
            "swings back 0.8 times as far",
        ],
    );
    valley(
        "(optimizer: Momentum(learning_rate: 0.036, momentum: 0.5))",
        10,
    )
    .says(
        FindingKind::Oscillating,
        &["the limit of 3 for Momentum (a learning rate of 0.06)"],
    );
    valley("(optimizer: GradientDescent(learning_rate: 0.018))", 5)
        .is_silent_about(FindingKind::Oscillating);
    valley("(optimizer: GradientDescent(learning_rate: 0.046))", 5)
        .is_silent_about(FindingKind::Oscillating);
}

#[test]
fn diverged_and_why() {
    let too_fast = Case {
        steps: 200,
        ..valley("(optimizer: GradientDescent(learning_rate: 10.0))", 200)
    };
    too_fast.says(
        FindingKind::Diverged,
        &[
            "overflowed after step 114",
            "was 500,",
            "above the limit of 2",
        ],
    );
    assert_eq!(diagnosed(&too_fast)[0].kind, FindingKind::Diverged);
    Case {
        step: 100,
        ..too_fast
    }
    .is_silent_about(FindingKind::Diverged);

    // The start is flat; the walls on the way are not.
    let from_a_plain = on(
        "Rosenbrock",
        [0.0, 0.0],
        "(optimizer: Momentum(learning_rate: 0.012, momentum: 0.9))",
        400,
    );
    from_a_plain.says(FindingKind::Diverged, &["the loss had grown from 1 to"]);
    valley("(optimizer: GradientDescent(learning_rate: 0.036))", 400)
        .is_silent_about(FindingKind::Diverged);
}

#[test]
fn undefined_and_by_what_it_divides() {
    let on_axis = |racer| on("LongValley", [-4.0, 0.0], racer, 20);
    let adagrad = on_axis("(optimizer: Adagrad(epsilon: 0))");
    let finding = adagrad.says(
        FindingKind::Undefined,
        &["Step 1 is undefined: Adagrad divides by √(G + ε), and both are 0 in y."],
    );
    assert_eq!(finding.kind.severity(), Severity::Problem);
    adagrad.is_silent_about(FindingKind::Diverged);
    on_axis("(optimizer: Adagrad())").is_silent_about(FindingKind::Undefined);
    on("MonkeySaddle", [0.0, 0.0], "(optimizer: Newton())", 20).says(
        FindingKind::Undefined,
        &["Newton divides by H + λI, which has no inverse there."],
    );
    valley("(optimizer: GradientDescent(learning_rate: 10.0))", 200)
        .is_silent_about(FindingKind::Undefined);
}

#[test]
fn far_away() {
    let thrown = on(
        "LongValley",
        [0.0, 1.0],
        "(optimizer: GradientDescent(learning_rate: 0.05))",
        60,
    );
    thrown.says(FindingKind::Far, &["It has flown off", "from 25 to"]);
    Case { step: 18, ..thrown }.is_silent_about(FindingKind::Far);
    on(
        "Saddle",
        [-1.2, 0.1],
        "(optimizer: Momentum(learning_rate: 0.01, momentum: 0.9))",
        400,
    )
    .says(FindingKind::Far, &["falls forever"]);
}

#[test]
fn arrived_at_a_minimum() {
    let racer = "(optimizer: Momentum(learning_rate: 0.02, momentum: 0.8))";
    let finding = valley(racer, 400).says(FindingKind::AtMinimum, &["at rest since step"]);
    assert_eq!(finding.kind.severity(), Severity::Good);
    valley(racer, 100).is_silent_about(FindingKind::AtMinimum);
    valley(racer, 400).is_silent_about(FindingKind::AtOtherMinimum);
}

#[test]
fn arrived_at_a_minimum_that_is_not_the_lowest() {
    let racer = "(optimizer: GradientDescent(learning_rate: 0.05))";
    let local = on("ThreeHumpCamel", [1.5, -0.8], racer, 400);
    local.says(
        FindingKind::AtOtherMinimum,
        &[
            "a loss of 0.299",
            "there is a lower one: at (0, 0) the loss is 0.",
        ],
    );
    local.is_silent_about(FindingKind::AtMinimum);
    let global = on("ThreeHumpCamel", [0.3, -0.3], racer, 400);
    global.is_silent_about(FindingKind::AtOtherMinimum);
    global.says(FindingKind::AtMinimum, &[]);
}

#[test]
fn sitting_on_a_saddle() {
    let racer = "(optimizer: GradientDescent(learning_rate: 0.1))";
    let on_the_ridge = on("Saddle", [-1.2, 0.0], racer, 100);
    on_the_ridge.says(
        FindingKind::OnSaddle,
        &["along (0, 1)", "(curvature −2)", "sits on a saddle"],
    );
    Case {
        step: 20,
        ..on_the_ridge
    }
    .is_silent_about(FindingKind::OnSaddle);
    on("Saddle", [-1.2, 1e-4], racer, 100).is_silent_about(FindingKind::OnSaddle);
    valley("(optimizer: GradientDescent(learning_rate: 0.03))", 400)
        .is_silent_about(FindingKind::OnSaddle);
}

/// y grows 1.02 times a step from 1e-4 to about 2: ln 2e4/ln 1.02 = 501 steps.
#[test]
fn held_up_at_a_saddle() {
    let start = [-1.2, 1e-4];
    let slow = on(
        "Saddle",
        start,
        "(optimizer: GradientDescent(learning_rate: 0.01))",
        100,
    );
    let finding = slow.says(
        FindingKind::HeldUpAtSaddle,
        &[
            "(0, 1)",
            "grow by a factor of 1.02,",
            "about 403 more steps",
        ],
    );
    assert_eq!(finding.kind.severity(), Severity::Hint);
    on(
        "Saddle",
        start,
        "(optimizer: Momentum(learning_rate: 0.01, momentum: 0.9))",
        20,
    )
    .says(FindingKind::HeldUpAtSaddle, &[]);
    on(
        "Saddle",
        start,
        "(optimizer: Adam(learning_rate: 0.05))",
        10,
    )
    .is_silent_about(FindingKind::HeldUpAtSaddle);
    on(
        "Saddle",
        [-1.2, 0.0],
        "(optimizer: GradientDescent(learning_rate: 0.01))",
        100,
    )
    .is_silent_about(FindingKind::HeldUpAtSaddle);
    valley("(optimizer: GradientDescent(learning_rate: 0.001))", 10)
        .is_silent_about(FindingKind::HeldUpAtSaddle);
}

/// Himmelblau's function has a hilltop near (−0.27, −0.92).
#[test]
fn sitting_on_a_hilltop() {
    let surface = SurfaceChoice::Himmelblau.open();
    let mut top = [-0.27, -0.92];
    for _ in 0..8 {
        let curvature = Curvature::of(surface.hessian(top)).unwrap();
        let step = curvature.newton_step(surface.gradient(top).1);
        top = [top[0] + step[0], top[1] + step[1]];
    }
    let racer = racer("(optimizer: GradientDescent(learning_rate: 1e-3))");
    let path = simulate_racer(&surface, &racer.plan, top, 1, 0);
    let found = with_situation(&surface, &racer, &path, [0, 1], diagnose);
    assert_eq!(found[0].kind, FindingKind::OnSaddle);
    assert!(
        found[0]
            .what
            .ends_with("sits on a hilltop, where no rule finds the way down."),
        "{found:#?}"
    );
}

#[test]
fn lying_on_a_plateau() {
    let start = [0.3, 0.3];
    on(
        "Easom",
        start,
        "(optimizer: GradientDescent(learning_rate: 0.1))",
        50,
    )
    .says(FindingKind::OnPlateau, &["on a plateau", "is 1 deeper"]);
    on(
        "MonkeySaddle",
        [0.0, 0.0],
        "(optimizer: GradientDescent(learning_rate: 0.1))",
        5,
    )
    .says(FindingKind::OnPlateau, &["the gradient is only 0"]);
    // Divided by its own size, even a tiny gradient gives a full step.
    on("Easom", start, "(optimizer: Adam(learning_rate: 0.02))", 50)
        .is_silent_about(FindingKind::OnPlateau);
    valley("(optimizer: GradientDescent(learning_rate: 0.03))", 400)
        .is_silent_about(FindingKind::OnPlateau);
}

#[test]
fn the_learning_rate_has_run_down() {
    valley(
        "(optimizer: GradientDescent(learning_rate: 0.01), schedule: Cosine(steps: 50))",
        100,
    )
    .says(
        FindingKind::RunDown,
        &[
            "has fallen from 0.01 to 0: it comes to a stop 3.48 away",
            "from the nearest minimum",
        ],
    );
    valley("(optimizer: GradientDescent(learning_rate: 0.0))", 3)
        .says(FindingKind::RunDown, &["is 0, so nothing moves"]);
    valley(
        "(optimizer: GradientDescent(learning_rate: 0.01), schedule: Cosine(steps: 400))",
        100,
    )
    .is_silent_about(FindingKind::RunDown);
    // Rprop ignores a decaying rate, even inside another rule; other rules do not.
    let falls = "schedule: Exponential(factor: 0.1))";
    for (optimizer, heeds) in [
        ("GradientDescent()", true),
        ("Rprop()", false),
        ("Lookahead(inner: Rprop())", false),
    ] {
        let racer = format!("(optimizer: {optimizer}, {falls}").leak();
        let case = valley(racer, 4);
        if heeds {
            case.says(FindingKind::RunDown, &["has fallen from 0.01 to 1e-6"]);
        } else {
            case.is_silent_about(FindingKind::RunDown);
        }
    }
    // Nor does it appear for a rate that has grown to infinity.
    valley(
        "(optimizer: Rprop(), schedule: Exponential(factor: 1e300))",
        3,
    )
    .is_silent_about(FindingKind::RunDown);
    // The rate has decayed, but there was nothing left to do.
    valley(
        "(optimizer: Momentum(learning_rate: 0.02), schedule: Cosine(steps: 399))",
        400,
    )
    .is_silent_about(FindingKind::RunDown);
}

#[test]
fn jitter_around_the_minimum() {
    let jitters = valley("(optimizer: RMSProp(learning_rate: 0.05))", 250);
    jitters.says(
        FindingKind::Jitter,
        &["at a learning rate of 0.05", "RMSProp divides"],
    );
    jitters.is_silent_about(FindingKind::Bouncing);
    Case {
        step: 45,
        ..jitters
    }
    .is_silent_about(FindingKind::Jitter);
    valley("(optimizer: Adam(learning_rate: 0.1))", 250).is_silent_about(FindingKind::Jitter);
    valley("(optimizer: GradientDescent(learning_rate: 0.0399))", 250)
        .is_silent_about(FindingKind::Jitter);
}

#[test]
fn a_start_without_bias_correction() {
    // (1 − β₁)/√(1 − β₂) = 0.1/√0.001
    let uncorrected = valley(
        "(optimizer: Adam(learning_rate: 0.1, bias_correction: false))",
        0,
    );
    uncorrected.says(
        FindingKind::UncorrectedStart,
        &["3.16 times as long as the learning rate"],
    );
    Case {
        step: 100,
        ..uncorrected
    }
    .is_silent_about(FindingKind::UncorrectedStart);
    valley("(optimizer: Adam(learning_rate: 0.1))", 0)
        .is_silent_about(FindingKind::UncorrectedStart);
}

/// On a constant slope, Adagrad's rate decays with the square root of the number of steps.
#[test]
fn a_rate_that_has_shrunk() {
    let shrunken = valley("(optimizer: Adagrad(learning_rate: 0.1))", 300);
    shrunken.says(
        FindingKind::ShrunkenRate,
        &[
            "Adagrad's effective rate along x is down to",
            "never forgets any",
        ],
    );
    Case {
        step: 10,
        ..shrunken
    }
    .is_silent_about(FindingKind::ShrunkenRate);
    valley("(optimizer: Adagrad(learning_rate: 0.6))", 100)
        .is_silent_about(FindingKind::ShrunkenRate);
    // On an endless descent the gradients grow, and there is no minimum to miss.
    on(
        "Saddle",
        [-1.2, 1e-4],
        "(optimizer: Adagrad(learning_rate: 0.1))",
        100,
    )
    .is_silent_about(FindingKind::ShrunkenRate);
    valley("(optimizer: RMSProp(learning_rate: 0.001))", 300)
        .is_silent_about(FindingKind::ShrunkenRate);
}

#[test]
fn a_memory_of_large_gradients() {
    let adam = on(
        "Beale",
        [1.0, 1.6],
        "(optimizer: Adam(learning_rate: 0.15))",
        100,
    );
    adam.says(
        FindingKind::LongMemory,
        &[
            "around step 0 (127 then",
            "reaches back about 1,000 steps",
            "times as high",
        ],
    );
    Case { step: 10, ..adam }.is_silent_about(FindingKind::LongMemory);
    // An average that forgets within two steps.
    on(
        "Beale",
        [1.0, 1.6],
        "(optimizer: Adam(learning_rate: 0.01, beta_2: 0.5))",
        100,
    )
    .is_silent_about(FindingKind::LongMemory);
    valley("(optimizer: Momentum())", 100).is_silent_about(FindingKind::LongMemory);
}

#[test]
fn an_epsilon_that_outweighs_the_gradients() {
    valley("(optimizer: Adam(learning_rate: 1.0, epsilon: 1000.0))", 10)
        .says(FindingKind::EpsilonRules, &["ε = 1000 outweighs"]);
    valley("(optimizer: Adam(learning_rate: 0.1))", 10).is_silent_about(FindingKind::EpsilonRules);
    // Before and after its first scaled step, which is made with little trust.
    for step in [3, 20] {
        valley("(optimizer: RAdam(learning_rate: 0.001))", step)
            .is_silent_about(FindingKind::EpsilonRules);
    }
    valley(
        "(optimizer: RAdam(learning_rate: 0.01, epsilon: 1000.0))",
        20,
    )
    .says(FindingKind::EpsilonRules, &["ε = 1000 outweighs"]);
    valley("(optimizer: Adadelta(epsilon: 1000.0))", 10).is_silent_about(FindingKind::EpsilonRules);
    valley(
        "(optimizer: Adagrad(learning_rate: 0.1, learning_rate_decay: 1.0))",
        10,
    )
    .is_silent_about(FindingKind::EpsilonRules);
}

#[test]
fn carried_uphill() {
    let carried = valley(
        "(optimizer: Momentum(learning_rate: 0.02, momentum: 0.9))",
        10,
    );
    carried.says(
        FindingKind::Uphill,
        &["Momentum carries it uphill: 90 % of the last step is kept"],
    );
    Case { step: 1, ..carried }.is_silent_about(FindingKind::Uphill);
    valley("(optimizer: GradientDescent(learning_rate: 0.039))", 10)
        .is_silent_about(FindingKind::Uphill);
}

#[test]
fn crawling_along_a_valley() {
    valley("(optimizer: GradientDescent(learning_rate: 0.036))", 10).says(
        FindingKind::Crawling,
        &[
            "Above a learning rate of 0.04 it would bounce",
            "3.6 % of the way",
        ],
    );
    let aslant = on(
        "Rosenbrock",
        [-1.5, 2.0],
        "(optimizer: GradientDescent(learning_rate: 0.001))",
        100,
    )
    .says(FindingKind::Crawling, &["to the nearest minimum"]);
    assert!(aslant.what.contains("aslant"), "{aslant:#?}");
    // With momentum it makes progress.
    valley(
        "(optimizer: Momentum(learning_rate: 0.036, momentum: 0.9))",
        30,
    )
    .is_silent_about(FindingKind::Crawling);
    on(
        "Booth",
        [-5.0, 5.0],
        "(optimizer: GradientDescent(learning_rate: 0.05))",
        3,
    )
    .is_silent_about(FindingKind::Crawling);
}

#[test]
fn a_timid_rate() {
    valley("(optimizer: GradientDescent(learning_rate: 0.0001))", 10).says(
        FindingKind::Timid,
        &["% of the way", "up to 0.04 would still be stable"],
    );
    valley("(optimizer: GradientDescent(learning_rate: 0.02))", 10)
        .is_silent_about(FindingKind::Timid);
    // Momentum has not built up yet.
    valley("(optimizer: Momentum(learning_rate: 0.0005))", 2).is_silent_about(FindingKind::Timid);
}

/// The words are those of the surface and of the card, also for the rule inside a wrapper.
#[test]
fn axes_rules_and_parameters_have_their_names() {
    on(
        "LinearRegression(data: \"line\")",
        [-1.0, -2.0],
        "(optimizer: Adagrad(learning_rate: 0.01))",
        300,
    )
    .says(
        FindingKind::ShrunkenRate,
        &["Adagrad's effective rate along w is"],
    );
    valley("(optimizer: PolyakSgd(scaling: 0))", 3).says(
        FindingKind::RunDown,
        &["The scaling is 0, so nothing moves."],
    );
    valley(
        "(optimizer: Lookahead(inner: RMSProp(learning_rate: 0.05)))",
        250,
    )
    .says(FindingKind::Jitter, &["RMSProp divides"]);
    let newton = on("MonkeySaddle", [0.0, 0.0], "(optimizer: Newton())", 20);
    let advice = newton.says(FindingKind::Undefined, &[]).advice;
    assert!(advice.unwrap().starts_with("Raise the damping λ to 1e-8"));
}

/// Momentum keeps steps, Adam keeps an average of gradients.
#[test]
fn what_carries_uphill_is_what_the_rule_keeps() {
    let says = |racer, step, piece| {
        valley(racer, step).says(FindingKind::Uphill, &[piece]);
    };
    says(
        "(optimizer: Momentum(learning_rate: 0.02))",
        10,
        "90 % of the last step is kept, which makes",
    );
    says(
        "(optimizer: Adam(learning_rate: 2.0, beta_1: 0.95))",
        59,
        "95 % of the average of gradients is kept, which makes",
    );
}
