//! What can be typed in a formula.

use crate::app::panels::typing::Words;

/// What can be typed.
pub const WORDS: Words = Words {
    examples: &[
        ("Numbers", "2   .5   1e-3   pi   e"),
        ("Signs", "+  -  *  /  ^   ( )   |x|   2x   x²   √x"),
        (
            "Definitions",
            "u = y - x^2 in a line of its own, before the formula",
        ),
        ("Cases", "if(x < 1, x^2, 2x - 1)"),
        ("Sums", "sum(i, 1, 5, cos(i*x))"),
        ("Parameters", "any other name, such as a, k_1 or α"),
    ],
    in_rule: false,
    remark: "Over x and y; the last line is the loss.",
};
