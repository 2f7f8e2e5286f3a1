//! For every finding, a race in which the usual advice would not pay off and is withheld.

use slalom::analysis::diagnosis::FindingKind;

use super::advised::{advised, of};
use super::case::{on, valley};

#[test]
fn advice_that_would_not_pay_is_withheld() {
    for advised in [
        // It is still far from the minimum, and would not get there with a decaying rate.
        advised(
            FindingKind::Bouncing,
            on(
                "Rosenbrock",
                [-1.5, 2.0],
                "(optimizer: RMSProp(learning_rate: 0.02))",
                150,
            ),
            "(optimizer: RMSProp(learning_rate: 0.02), schedule: Cosine(steps: 400))",
        ),
        // Half the limit reaches the floor without detours, but is slower along it.
        advised(
            FindingKind::Oscillating,
            of(
                60,
                valley("(optimizer: GradientDescent(learning_rate: 0.036))", 5),
            ),
            "(optimizer: GradientDescent(learning_rate: 0.02))",
        ),
        // It has only just arrived, which it would not have with a decaying rate.
        advised(
            FindingKind::Jitter,
            of(
                300,
                valley("(optimizer: RMSProp(learning_rate: 0.03))", 300),
            ),
            "(optimizer: RMSProp(learning_rate: 0.03), schedule: Cosine(steps: 300))",
        ),
        advised(
            FindingKind::Undefined,
            // With ε, the first step leaves the window.
            on(
                "LongValley",
                [-4.0, 0.0],
                "(optimizer: Adagrad(learning_rate: 1e308, epsilon: 0))",
                20,
            ),
            "(optimizer: Adagrad(learning_rate: 1e308, epsilon: 1e-8))",
        ),
        // Just below the limit at the start it still diverges, on the walls further along.
        advised(
            FindingKind::Diverged,
            of(
                60,
                on(
                    "Beale",
                    [1.0, 1.6],
                    "(optimizer: Momentum(learning_rate: 1.0, momentum: 0.9))",
                    5,
                ),
            ),
            "(optimizer: Momentum(learning_rate: 0.0096, momentum: 0.9))",
        ),
        // The rate at the start has nothing to do with it.
        advised(
            FindingKind::Far,
            of(
                60,
                on(
                    "LongValley",
                    [0.0, 1.0],
                    "(optimizer: GradientDescent(learning_rate: 0.001), edits: [(step: 2, parameter: \"learning_rate\", value: 0.05)])",
                    60,
                ),
            ),
            "(optimizer: GradientDescent(learning_rate: 0.0001), edits: [(step: 2, parameter: \"learning_rate\", value: 0.05)])",
        ),
        advised(
            FindingKind::AtMinimum,
            of(
                300,
                valley(
                    "(optimizer: Momentum(learning_rate: 0.046, momentum: 0.5))",
                    300,
                ),
            ),
            "(optimizer: Momentum(learning_rate: 0.092, momentum: 0.5))",
        ),
        advised(
            FindingKind::AtOtherMinimum,
            on(
                "ThreeHumpCamel",
                [1.5, -0.8],
                "(optimizer: GradientDescent(learning_rate: 0.05))",
                400,
            ),
            "(optimizer: Momentum(learning_rate: 0.05))",
        ),
        advised(
            FindingKind::HeldUpAtSaddle,
            of(
                60,
                on(
                    "Easom",
                    [1.6, 1.4],
                    "(optimizer: GradientDescent(learning_rate: 0.001))",
                    5,
                ),
            ),
            "(optimizer: Momentum(learning_rate: 0.001))",
        ),
        advised(
            FindingKind::OnPlateau,
            on(
                "Easom",
                [0.3, 0.3],
                "(optimizer: GradientDescent(learning_rate: 0.1))",
                50,
            ),
            "(optimizer: Adam(learning_rate: 0.09))",
        ),
        // Without its schedule it would diverge even further.
        advised(
            FindingKind::RunDown,
            of(
                300,
                on(
                    "Booth",
                    [-8.0, -6.0],
                    "(optimizer: GradientDescent(learning_rate: 0.3), schedule: Cosine(steps: 60))",
                    100,
                ),
            ),
            "(optimizer: GradientDescent(learning_rate: 0.3))",
        ),
        // Here the long first steps are a head start.
        advised(
            FindingKind::UncorrectedStart,
            valley(
                "(optimizer: Adam(learning_rate: 0.1, bias_correction: false))",
                0,
            ),
            "(optimizer: Adam(learning_rate: 0.1))",
        ),
        advised(
            FindingKind::ShrunkenRate,
            of(60, valley("(optimizer: Adagrad(learning_rate: 0.001))", 50)),
            "(optimizer: Adagrad(learning_rate: 0.003))",
        ),
        advised(
            FindingKind::LongMemory,
            of(60, valley("(optimizer: Adam(learning_rate: 0.1))", 20)),
            "(optimizer: Adam(learning_rate: 0.1, beta_2: 0.99))",
        ),
        advised(
            FindingKind::EpsilonRules,
            of(
                60,
                valley("(optimizer: Adam(learning_rate: 0.001, epsilon: 100.0))", 5),
            ),
            "(optimizer: Adam(learning_rate: 0.001, epsilon: 0.1))",
        ),
        advised(
            FindingKind::Uphill,
            of(
                60,
                valley(
                    "(optimizer: Momentum(learning_rate: 0.001), schedule: Exponential(factor: 0.9))",
                    20,
                ),
            ),
            "(optimizer: Momentum(learning_rate: 0.001, momentum: 0.8), schedule: Exponential(factor: 0.9))",
        ),
        advised(
            FindingKind::Crawling,
            of(
                60,
                valley("(optimizer: GradientDescent(learning_rate: 0.036))", 5),
            ),
            "(optimizer: Momentum(learning_rate: 0.036))",
        ),
        // In this few steps, even ten times the rate would be slow.
        advised(
            FindingKind::Timid,
            of(
                60,
                on(
                    "Booth",
                    [-8.0, -6.0],
                    "(optimizer: Adam(learning_rate: 0.001))",
                    20,
                ),
            ),
            "(optimizer: Adam(learning_rate: 0.01))",
        ),
    ] {
        advised.assert_withheld();
    }
}
