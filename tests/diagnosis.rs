//! Every rule of the diagnosis on a race that was made for it, and on one where it must be silent.

mod common;

use std::sync::Arc;

use common::{any_racer, cases, race, racer};
use proptest::prelude::*;
use slalom::analysis::Curvature;
use slalom::analysis::diagnosis::{Finding, Kind, Severity, Situation, diagnose, findings};
use slalom::experiment::Racer;
use slalom::simulation::{Trajectory, anatomy, simulate, simulate_racer};
use slalom::surface::minima::worth_marking;
use slalom::surface::{Surface, SurfaceChoice};

/// What `look` makes of the situation of a racer at a step.
fn with_situation<T>(
    surface: &Arc<dyn Surface>,
    racer: &Racer,
    path: &Trajectory,
    step: usize,
    look: impl FnOnce(&Situation) -> T,
) -> T {
    let minima = worth_marking(&**surface);
    let step = step.min(path.last_step());
    let first = anatomy(surface, &racer.plan, path, 0, 0).unwrap();
    let now = anatomy(surface, &racer.plan, path, step, 0).unwrap();
    look(&Situation::new(
        &**surface,
        &racer.plan,
        path,
        &minima,
        &first,
        &now,
    ))
}

/// A race of one, looked at after `step` of its steps.
struct Case {
    surface: &'static str,
    start: [f64; 2],
    racer: &'static str,
    steps: usize,
    step: usize,
}

impl Case {
    fn findings(&self) -> Vec<Finding> {
        let experiment = race(self.surface, self.start, self.steps, self.racer);
        let path = simulate(&experiment).remove(0);
        let surface = experiment.surface.open();
        let racer = &experiment.racers[0];
        with_situation(&surface, racer, &path, self.step, |it| {
            findings(it).collect()
        })
    }

    fn find(&self, kind: Kind) -> Option<Finding> {
        let findings = self.findings();
        findings.into_iter().find(|finding| finding.kind == kind)
    }

    /// The finding of this kind, whose sentence must hold all these pieces.
    #[track_caller]
    fn says(&self, kind: Kind, pieces: &[&str]) -> Finding {
        let Some(finding) = self.find(kind) else {
            panic!("no {kind:?} among {:#?}", self.findings());
        };
        for piece in pieces {
            assert!(finding.what.contains(piece), "{piece:?} in {finding:#?}");
        }
        finding
    }

    #[track_caller]
    fn is_silent_about(&self, kind: Kind) {
        if let Some(finding) = self.find(kind) {
            panic!("{finding:#?}");
        }
    }
}

/// On the long valley, where the other races of this kind start.
fn valley(racer: &'static str, step: usize) -> Case {
    on("LongValley", [-4.5, 1.5], racer, step)
}

fn on(surface: &'static str, start: [f64; 2], racer: &'static str, step: usize) -> Case {
    Case {
        surface,
        start,
        racer,
        steps: 400,
        step,
    }
}

#[test]
fn bouncing_across_the_valley() {
    let finding = valley("(optimizer: GradientDescent(learning_rate: 0.046))", 5).says(
        Kind::Bouncing,
        &[
            "Learning rate × largest curvature = 2.3,",
            "more than the 2",
            "further",
        ],
    );
    assert!(finding.advice.contains("below 0.04;"), "{finding:#?}");
    assert_eq!(finding.kind.severity(), Severity::Problem);
    valley(
        "(optimizer: Momentum(learning_rate: 0.08, momentum: 0.9))",
        9,
    )
    .says(Kind::Bouncing, &["= 4, more than the 3.8 that Momentum"]);
    on(
        "Rosenbrock",
        [-1.5, 2.0],
        "(optimizer: RMSProp(learning_rate: 0.02))",
        150,
    )
    .says(
        Kind::Bouncing,
        &["Effective rate × largest curvature = 2.03"],
    );

    valley("(optimizer: GradientDescent(learning_rate: 0.036))", 5).is_silent_about(Kind::Bouncing);
    // The rate is too high, but the racer runs along the floor and never meets a wall.
    on(
        "LongValley",
        [-4.5, 0.0],
        "(optimizer: GradientDescent(learning_rate: 0.046))",
        5,
    )
    .is_silent_about(Kind::Bouncing);
}

#[test]
fn oscillating_near_the_limit() {
    let finding = valley("(optimizer: GradientDescent(learning_rate: 0.036))", 5).says(
        Kind::Oscillating,
        &["= 1.8, not far from the 2", "0.8 times as long"],
    );
    assert!(finding.advice.contains("0.02,"), "{finding:#?}");
    valley(
        "(optimizer: Momentum(learning_rate: 0.036, momentum: 0.5))",
        10,
    )
    .says(Kind::Oscillating, &["the 3 that Momentum bears"]);
    valley("(optimizer: GradientDescent(learning_rate: 0.018))", 5)
        .is_silent_about(Kind::Oscillating);
    valley("(optimizer: GradientDescent(learning_rate: 0.046))", 5)
        .is_silent_about(Kind::Oscillating);
}

#[test]
fn diverged_and_why() {
    let too_fast = Case {
        steps: 200,
        ..valley("(optimizer: GradientDescent(learning_rate: 10.0))", 200)
    };
    let finding = too_fast.says(Kind::Diverged, &["After step 114", "was 500,", "bears 2"]);
    assert!(finding.advice.contains("below 0.04,"), "{finding:#?}");
    assert_eq!(diagnosed(&too_fast)[0].kind, Kind::Diverged);
    Case {
        step: 100,
        ..too_fast
    }
    .is_silent_about(Kind::Diverged);

    // The start is flat; the walls on the way are not.
    let from_a_plain = on(
        "Rosenbrock",
        [0.0, 0.0],
        "(optimizer: Momentum(learning_rate: 0.012, momentum: 0.9))",
        400,
    );
    let finding = from_a_plain.says(Kind::Diverged, &["the loss had grown from 1 to"]);
    assert!(finding.advice.contains("steeper places"), "{finding:#?}");
    valley("(optimizer: GradientDescent(learning_rate: 0.036))", 400)
        .is_silent_about(Kind::Diverged);
}

/// What is shown of a case.
fn diagnosed(case: &Case) -> Vec<Finding> {
    let experiment = race(case.surface, case.start, case.steps, case.racer);
    let path = simulate(&experiment).remove(0);
    let surface = experiment.surface.open();
    with_situation(&surface, &experiment.racers[0], &path, case.step, diagnose)
}

#[test]
fn far_away() {
    let thrown = on(
        "LongValley",
        [0.0, 1.0],
        "(optimizer: GradientDescent(learning_rate: 0.05))",
        60,
    );
    thrown.says(Kind::Far, &["It has flown off", "from 25 to"]);
    Case { step: 18, ..thrown }.is_silent_about(Kind::Far);
    on(
        "Saddle",
        [-1.2, 0.1],
        "(optimizer: Momentum(learning_rate: 0.01, momentum: 0.9))",
        400,
    )
    .says(Kind::Far, &["falls without end"]);
}

#[test]
fn arrived_at_a_minimum() {
    let racer = "(optimizer: Momentum(learning_rate: 0.02, momentum: 0.8))";
    let finding = valley(racer, 400).says(Kind::AtMinimum, &["since step"]);
    assert_eq!(finding.kind.severity(), Severity::Good);
    valley(racer, 100).is_silent_about(Kind::AtMinimum);
    valley(racer, 400).is_silent_about(Kind::AtOtherMinimum);
}

#[test]
fn arrived_at_a_minimum_that_is_not_the_lowest() {
    let racer = "(optimizer: GradientDescent(learning_rate: 0.05))";
    let local = on("ThreeHumpCamel", [1.5, -0.8], racer, 400);
    local.says(
        Kind::AtOtherMinimum,
        &["loss 0.299", "not at the lowest: (0, 0) has 0."],
    );
    local.is_silent_about(Kind::AtMinimum);
    let global = on("ThreeHumpCamel", [0.3, -0.3], racer, 400);
    global.is_silent_about(Kind::AtOtherMinimum);
    global.says(Kind::AtMinimum, &[]);
}

#[test]
fn sitting_on_a_saddle() {
    let racer = "(optimizer: GradientDescent(learning_rate: 0.1))";
    let on_the_ridge = on("Saddle", [-1.2, 0.0], racer, 100);
    on_the_ridge.says(
        Kind::OnSaddle,
        &["along (0, 1)", "with −2:", "sits on a saddle"],
    );
    Case {
        step: 20,
        ..on_the_ridge
    }
    .is_silent_about(Kind::OnSaddle);
    on("Saddle", [-1.2, 1e-4], racer, 100).is_silent_about(Kind::OnSaddle);
    valley("(optimizer: GradientDescent(learning_rate: 0.03))", 400)
        .is_silent_about(Kind::OnSaddle);
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
        Kind::HeldUpAtSaddle,
        &["(0, 1)", "grow 1.02 times each", "about 403 more steps"],
    );
    assert_eq!(finding.kind.severity(), Severity::Hint);
    assert!(finding.advice.starts_with("Momentum"), "{finding:#?}");
    let finding = on(
        "Saddle",
        start,
        "(optimizer: Momentum(learning_rate: 0.01, momentum: 0.9))",
        20,
    )
    .says(Kind::HeldUpAtSaddle, &[]);
    assert!(finding.advice.starts_with("A higher μ"), "{finding:#?}");
    on(
        "Saddle",
        start,
        "(optimizer: Adam(learning_rate: 0.05))",
        10,
    )
    .is_silent_about(Kind::HeldUpAtSaddle);
    on(
        "Saddle",
        [-1.2, 0.0],
        "(optimizer: GradientDescent(learning_rate: 0.01))",
        100,
    )
    .is_silent_about(Kind::HeldUpAtSaddle);
    valley("(optimizer: GradientDescent(learning_rate: 0.001))", 10)
        .is_silent_about(Kind::HeldUpAtSaddle);
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
    let found = with_situation(&surface, &racer, &path, 0, diagnose);
    assert_eq!(found[0].kind, Kind::OnSaddle);
    assert!(found[0].what.ends_with("on a hilltop."), "{found:#?}");
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
    .says(Kind::OnPlateau, &["lies 1 deeper", "on a plateau"]);
    on(
        "MonkeySaddle",
        [0.0, 0.0],
        "(optimizer: GradientDescent(learning_rate: 0.1))",
        5,
    )
    .says(Kind::OnPlateau, &["The gradient is only 0"]);
    // Divided by its own size, a gradient leads on however small it is.
    on("Easom", start, "(optimizer: Adam(learning_rate: 0.02))", 50)
        .is_silent_about(Kind::OnPlateau);
    valley("(optimizer: GradientDescent(learning_rate: 0.03))", 400)
        .is_silent_about(Kind::OnPlateau);
}

#[test]
fn the_learning_rate_has_run_down() {
    valley(
        "(optimizer: GradientDescent(learning_rate: 0.01), schedule: Cosine(steps: 50))",
        100,
    )
    .says(
        Kind::RunDown,
        &[
            "has fallen to 0, 0 % of its highest",
            "from the nearest minimum",
        ],
    );
    valley("(optimizer: GradientDescent(learning_rate: 0.0))", 3)
        .says(Kind::RunDown, &["is 0, so it stands still"]);
    valley(
        "(optimizer: GradientDescent(learning_rate: 0.01), schedule: Cosine(steps: 400))",
        100,
    )
    .is_silent_about(Kind::RunDown);
    // It has risen to infinity, of which Rprop takes no notice.
    valley(
        "(optimizer: Rprop(), schedule: Exponential(factor: 1e300))",
        3,
    )
    .is_silent_about(Kind::RunDown);
    // It has fallen, but there was nothing left to do.
    valley(
        "(optimizer: Momentum(learning_rate: 0.02), schedule: Cosine(steps: 399))",
        400,
    )
    .is_silent_about(Kind::RunDown);
}

#[test]
fn jitter_around_the_minimum() {
    let jitters = valley("(optimizer: RMSProp(learning_rate: 0.05))", 250);
    jitters.says(Kind::Jitter, &["η = 0.05", "RMSProp divides"]);
    jitters.is_silent_about(Kind::Bouncing);
    Case {
        step: 45,
        ..jitters
    }
    .is_silent_about(Kind::Jitter);
    valley("(optimizer: Adam(learning_rate: 0.1))", 250).is_silent_about(Kind::Jitter);
    valley("(optimizer: GradientDescent(learning_rate: 0.0399))", 250)
        .is_silent_about(Kind::Jitter);
}

#[test]
fn a_start_without_bias_correction() {
    // (1 − β₁)/√(1 − β₂) = 0.1/√0.001
    let uncorrected = valley(
        "(optimizer: Adam(learning_rate: 0.1, bias_correction: false))",
        0,
    );
    uncorrected.says(Kind::UncorrectedStart, &["3.16 times η"]);
    Case {
        step: 100,
        ..uncorrected
    }
    .is_silent_about(Kind::UncorrectedStart);
    valley("(optimizer: Adam(learning_rate: 0.1))", 0).is_silent_about(Kind::UncorrectedStart);
}

/// On a slope that stays the same, Adagrad's rate falls with the root of the steps.
#[test]
fn a_rate_that_has_shrunk() {
    let shrunken = valley("(optimizer: Adagrad(learning_rate: 0.1))", 300);
    shrunken.says(
        Kind::ShrunkenRate,
        &["Adagrad's effective rate along x is down to", "%"],
    );
    Case {
        step: 10,
        ..shrunken
    }
    .is_silent_about(Kind::ShrunkenRate);
    valley("(optimizer: Adagrad(learning_rate: 0.6))", 100).is_silent_about(Kind::ShrunkenRate);
    // Downhill for ever, gradients grow, and nowhere is there anything to miss.
    on(
        "Saddle",
        [-1.2, 1e-4],
        "(optimizer: Adagrad(learning_rate: 0.1))",
        100,
    )
    .is_silent_about(Kind::ShrunkenRate);
    valley("(optimizer: RMSProp(learning_rate: 0.001))", 300).is_silent_about(Kind::ShrunkenRate);
}

#[test]
fn a_memory_of_large_gradients() {
    let adam = on(
        "Beale",
        [1.0, 1.6],
        "(optimizer: Adam(learning_rate: 0.15))",
        100,
    );
    let finding = adam.says(
        Kind::LongMemory,
        &["around step 0 (127 then", "times as high"],
    );
    assert!(finding.advice.contains("0.999 remembers about 1000 steps"));
    Case { step: 10, ..adam }.is_silent_about(Kind::LongMemory);
    // One that forgets within two steps.
    on(
        "Beale",
        [1.0, 1.6],
        "(optimizer: Adam(learning_rate: 0.01, beta_2: 0.5))",
        100,
    )
    .is_silent_about(Kind::LongMemory);
    valley("(optimizer: Momentum())", 100).is_silent_about(Kind::LongMemory);
}

#[test]
fn an_epsilon_that_outweighs_the_gradients() {
    valley("(optimizer: Adam(learning_rate: 1.0, epsilon: 1000.0))", 10)
        .says(Kind::EpsilonRules, &["ε = 1000 outweighs"]);
    valley("(optimizer: Adam(learning_rate: 0.1))", 10).is_silent_about(Kind::EpsilonRules);
    valley("(optimizer: Adadelta(epsilon: 1000.0))", 10).is_silent_about(Kind::EpsilonRules);
    valley(
        "(optimizer: Adagrad(learning_rate: 0.1, learning_rate_decay: 1.0))",
        10,
    )
    .is_silent_about(Kind::EpsilonRules);
}

#[test]
fn carried_uphill() {
    let carried = valley(
        "(optimizer: Momentum(learning_rate: 0.02, momentum: 0.9))",
        10,
    );
    let finding = carried.says(Kind::Uphill, &["Momentum carries it uphill"]);
    assert!(finding.advice.contains("0.9 keeps 90 %"), "{finding:#?}");
    Case { step: 1, ..carried }.is_silent_about(Kind::Uphill);
    valley("(optimizer: GradientDescent(learning_rate: 0.039))", 10).is_silent_about(Kind::Uphill);
}

#[test]
fn crawling_along_a_valley() {
    let finding = valley("(optimizer: GradientDescent(learning_rate: 0.036))", 10).says(
        Kind::Crawling,
        &["bear a learning rate of 0.04 at most", "3.6 % of the way"],
    );
    assert!(finding.advice.starts_with("Momentum"), "{finding:#?}");
    assert!(finding.advice.contains("a rate per axis, such"));
    let aslant = on(
        "Rosenbrock",
        [-1.5, 2.0],
        "(optimizer: GradientDescent(learning_rate: 0.001))",
        100,
    )
    .says(Kind::Crawling, &["to the nearest minimum"]);
    assert!(aslant.advice.contains("aslant"), "{aslant:#?}");
    // With momentum it gets on.
    valley(
        "(optimizer: Momentum(learning_rate: 0.036, momentum: 0.9))",
        30,
    )
    .is_silent_about(Kind::Crawling);
    on(
        "Booth",
        [-5.0, 5.0],
        "(optimizer: GradientDescent(learning_rate: 0.05))",
        3,
    )
    .is_silent_about(Kind::Crawling);
}

#[test]
fn a_timid_rate() {
    let finding = valley("(optimizer: GradientDescent(learning_rate: 0.0001))", 10)
        .says(Kind::Timid, &["% of the way", "400 times as high"]);
    assert!(finding.advice.contains("0.04."), "{finding:#?}");
    valley("(optimizer: GradientDescent(learning_rate: 0.02))", 10).is_silent_about(Kind::Timid);
    // Momentum has yet to gather.
    valley("(optimizer: Momentum(learning_rate: 0.0005))", 2).is_silent_about(Kind::Timid);
}

proptest! {
    #![proptest_config(cases(64))]

    /// Whatever the racer, what is said of it are sentences without missing numbers.
    #[test]
    fn findings_are_sentences(
        racer in any_racer(),
        surface in prop::sample::select(SurfaceChoice::BUILT_IN),
        start in [-2.0..2.0_f64, -2.0..2.0],
        step in 0..60_usize,
    ) {
        let surface = surface.open();
        let path = simulate_racer(&surface, &racer.plan, start, 60, 0);
        let found: Vec<Finding> = with_situation(&surface, &racer, &path, step, |it| {
            prop_assert!(diagnose(it).len() <= 3);
            Ok(findings(it).collect())
        })?;
        for finding in found {
            for sentence in [&finding.what, &finding.advice] {
                prop_assert!(sentence.ends_with('.'), "{sentence}");
                prop_assert!(!sentence.contains('–') && !sentence.contains("NaN"), "{sentence}");
            }
        }
    }
}
