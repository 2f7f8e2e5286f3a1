//! What can be typed in a rule.

use crate::app::panels::typing::Words;

/// What can be typed.
pub const WORDS: Words = Words {
    examples: &[
        (
            "Given",
            "theta, the position   g, its gradient   t = 1, 2, …",
        ),
        ("The step", "theta <- theta - 0.1*g"),
        ("Kept from step to step", "m <- 0.9*m + g"),
        ("In this step alone", "m_hat = m/(1 - 0.9^t)"),
        ("The first value, if not 0", "m_0 = theta"),
        ("Cases", "if(g > 0, 1, -1)"),
        ("Elsewhere", "gradient(theta - 0.1*m)   value(theta)"),
        ("Parameters", "any other name, such as a, k_1 or α"),
    ],
    in_rule: true,
    remark: "Each line holds for every coordinate; norm, dot, mean and max of one vector see all of \
             them.",
};
