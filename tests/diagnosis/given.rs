//! For every finding, a race in which advice pays off.

use slalom::analysis::diagnosis::FindingKind;

use super::advised::{advised, of};
use super::case::{on, valley};

#[test]
fn advice_that_pays_is_given_with_what_comes_of_it() {
    for (order, advised) in [
        (
            "Lower the learning rate to 0.036",
            advised(
                FindingKind::Bouncing,
                valley("(optimizer: GradientDescent(learning_rate: 0.046))", 5),
                "(optimizer: GradientDescent(learning_rate: 0.036))",
            ),
        ),
        (
            "Lower the learning rate to 0.036",
            advised(
                FindingKind::Oscillating,
                valley("(optimizer: GradientDescent(learning_rate: 0.0399))", 5),
                "(optimizer: GradientDescent(learning_rate: 0.036))",
            ),
        ),
        (
            "Let the learning rate fall with the cosine schedule over 400 steps",
            advised(
                FindingKind::Jitter,
                valley("(optimizer: RMSProp(learning_rate: 0.05))", 250),
                "(optimizer: RMSProp(learning_rate: 0.05), schedule: Cosine(steps: 400))",
            ),
        ),
        (
            "Lower the learning rate to 0.036",
            advised(
                FindingKind::Diverged,
                of(
                    200,
                    valley("(optimizer: GradientDescent(learning_rate: 10.0))", 200),
                ),
                "(optimizer: GradientDescent(learning_rate: 0.036))",
            ),
        ),
        (
            "Raise the constant ε to 1e-8",
            advised(
                FindingKind::Undefined,
                of(
                    100,
                    on(
                        "LongValley",
                        [-4.0, 0.0],
                        "(optimizer: Adagrad(learning_rate: 1.0, epsilon: 0))",
                        100,
                    ),
                ),
                "(optimizer: Adagrad(learning_rate: 1.0, epsilon: 1e-8))",
            ),
        ),
        // The start is flat; the walls on the way are not.
        (
            "Lower the learning rate to 0.0012",
            advised(
                FindingKind::Diverged,
                on(
                    "Rosenbrock",
                    [0.0, 0.0],
                    "(optimizer: Momentum(learning_rate: 0.012, momentum: 0.9))",
                    400,
                ),
                "(optimizer: Momentum(learning_rate: 0.0012, momentum: 0.9))",
            ),
        ),
        (
            "Lower the learning rate to 0.036",
            advised(
                FindingKind::Far,
                of(
                    60,
                    on(
                        "LongValley",
                        [0.0, 1.0],
                        "(optimizer: GradientDescent(learning_rate: 0.05))",
                        60,
                    ),
                ),
                "(optimizer: GradientDescent(learning_rate: 0.036))",
            ),
        ),
        (
            "Raise the momentum μ to 0.95",
            advised(
                FindingKind::AtOtherMinimum,
                of(
                    300,
                    on(
                        "ThreeHumpCamel",
                        [2.2, -1.8],
                        "(optimizer: Momentum(learning_rate: 0.01, momentum: 0.9))",
                        300,
                    ),
                ),
                "(optimizer: Momentum(learning_rate: 0.01, momentum: 0.95))",
            ),
        ),
        (
            "Try Momentum at a learning rate of 0.01",
            advised(
                FindingKind::HeldUpAtSaddle,
                on(
                    "Saddle",
                    [-1.2, 1e-4],
                    "(optimizer: GradientDescent(learning_rate: 0.01))",
                    100,
                ),
                "(optimizer: Momentum(learning_rate: 0.01))",
            ),
        ),
        (
            "Raise the momentum μ to 0.95",
            advised(
                FindingKind::HeldUpAtSaddle,
                on(
                    "Saddle",
                    [-1.2, 1e-4],
                    "(optimizer: Momentum(learning_rate: 0.01, momentum: 0.9))",
                    20,
                ),
                "(optimizer: Momentum(learning_rate: 0.01, momentum: 0.95))",
            ),
        ),
        (
            "Raise the learning rate to 1",
            advised(
                FindingKind::OnPlateau,
                of(
                    300,
                    on(
                        "Easom",
                        [0.8, 0.9],
                        "(optimizer: Adam(learning_rate: 0.01))",
                        100,
                    ),
                ),
                "(optimizer: Adam(learning_rate: 1.0))",
            ),
        ),
        (
            "Try it without the schedule",
            advised(
                FindingKind::RunDown,
                valley(
                    "(optimizer: GradientDescent(learning_rate: 0.01), schedule: Cosine(steps: 50))",
                    100,
                ),
                "(optimizer: GradientDescent(learning_rate: 0.01))",
            ),
        ),
        (
            "Raise the learning rate to 0.01",
            advised(
                FindingKind::RunDown,
                valley("(optimizer: GradientDescent(learning_rate: 0.0))", 3),
                "(optimizer: GradientDescent(learning_rate: 0.01))",
            ),
        ),
        (
            "Switch the bias correction on",
            advised(
                FindingKind::UncorrectedStart,
                of(
                    300,
                    on(
                        "Beale",
                        [1.0, 1.6],
                        "(optimizer: Adam(learning_rate: 1.0, bias_correction: false))",
                        0,
                    ),
                ),
                "(optimizer: Adam(learning_rate: 1.0))",
            ),
        ),
        (
            "Raise the learning rate to 0.3",
            advised(
                FindingKind::ShrunkenRate,
                valley("(optimizer: Adagrad(learning_rate: 0.1))", 300),
                "(optimizer: Adagrad(learning_rate: 0.3))",
            ),
        ),
        (
            "Lower the decay rate β₂ to 0.99",
            advised(
                FindingKind::LongMemory,
                on(
                    "Beale",
                    [1.0, 1.6],
                    "(optimizer: Adam(learning_rate: 0.15))",
                    100,
                ),
                "(optimizer: Adam(learning_rate: 0.15, beta_2: 0.99))",
            ),
        ),
        (
            "Lower the constant ε to 1",
            advised(
                FindingKind::EpsilonRules,
                valley("(optimizer: Adam(learning_rate: 1.0, epsilon: 1000.0))", 10),
                "(optimizer: Adam(learning_rate: 1.0, epsilon: 1.0))",
            ),
        ),
        (
            "Lower the momentum μ to 0.8",
            advised(
                FindingKind::Uphill,
                valley(
                    "(optimizer: Momentum(learning_rate: 0.02, momentum: 0.9))",
                    10,
                ),
                "(optimizer: Momentum(learning_rate: 0.02, momentum: 0.8))",
            ),
        ),
        (
            "Try Momentum at a learning rate of 0.036",
            advised(
                FindingKind::Crawling,
                valley("(optimizer: GradientDescent(learning_rate: 0.036))", 10),
                "(optimizer: Momentum(learning_rate: 0.036))",
            ),
        ),
        (
            "Raise the learning rate to 0.02",
            advised(
                FindingKind::Timid,
                valley("(optimizer: GradientDescent(learning_rate: 0.0001))", 10),
                "(optimizer: GradientDescent(learning_rate: 0.02))",
            ),
        ),
        (
            "Raise the learning rate to 0.1",
            advised(
                FindingKind::Timid,
                valley("(optimizer: Adam(learning_rate: 0.01))", 20),
                "(optimizer: Adam(learning_rate: 0.1))",
            ),
        ),
    ] {
        advised.assert_given(order);
    }
}
