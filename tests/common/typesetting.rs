//! What the program reads in LaTeX is drawn like what `KaTeX`'s parser reads.

use ratex_layout::{LayoutOptions, layout, to_display_list};
use slalom::view::equation::Equation;

/// Checks that a formula is drawn sign by sign where it is when that parser has read it.
pub fn assert_drawn_like_katex(latex: &str) {
    let nodes = ratex_parser::parse(latex).unwrap_or_else(|fault| panic!("{latex}: {fault:?}"));
    let expected = to_display_list(&layout(&nodes, &LayoutOptions::default()));
    let equation = Equation::of_formula(latex, 0, "");
    let equation = equation.unwrap_or_else(|| panic!("{latex} is not known"));
    let drawing = equation.drawing();
    assert_eq!(drawing.items, expected.items, "{latex}");
    let size = [drawing.width, drawing.height, drawing.depth];
    assert_eq!(
        size,
        [expected.width, expected.height, expected.depth],
        "{latex}"
    );
}
