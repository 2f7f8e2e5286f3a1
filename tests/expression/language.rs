//! What a formula means.

use std::f64::consts::{E, PI};

use super::{near, read, value};

/// At x = 3, y = 2.
fn at_3_2(text: &str) -> f64 {
    value(text, 3.0, 2.0)
}

#[test]
fn numbers_and_constants() {
    for (text, expected) in [
        ("1e5", 1e5),
        ("1E-3", 1e-3),
        (".5", 0.5),
        ("5.", 5.0),
        ("2.5e+2", 250.0),
        ("pi", PI),
        ("π", PI),
        ("e", E),
        ("2e", 2.0 * E),
        ("2e-x", 2.0 * E - 3.0),
        ("½x", 1.5),
    ] {
        assert_eq!(at_3_2(text), expected, "{text}");
    }
}

#[test]
fn signs_bind_as_in_mathematics() {
    for (text, expected) in [
        ("-x^2", -9.0),
        ("(-x)^2", 9.0),
        ("2^3^2", 512.0),
        ("2^-3", 0.125),
        ("2^-3^2", 2.0_f64.powi(-9)),
        ("2^-x y", 0.25),
        ("2**3", 8.0),
        ("x - y - 1", 0.0),
        ("12/x/y", 2.0),
        ("12/x y", 8.0),
        ("-x*y", -6.0),
        ("x*-y", -6.0),
        ("--x", 3.0),
        ("+x", 3.0),
        ("1 - -x", 4.0),
        ("2x^2", 18.0),
        ("x^2y", 18.0),
        ("(1 + 2) * [x - 1]", 6.0),
    ] {
        assert_eq!(at_3_2(text), expected, "{text}");
    }
}

#[test]
fn products_may_be_implied() {
    for (text, expected) in [
        ("2x", 6.0),
        ("3sin(x)", 3.0 * 3.0_f64.sin()),
        ("(x+1)(y+2)", 16.0),
        ("x(y+1)", 9.0),
        ("x y", 6.0),
        ("2πx", 2.0 * PI * 3.0),
        ("2 pi x", 2.0 * PI * 3.0),
        ("x|y - 5|", 9.0),
        ("|x||y|", 6.0),
        ("x²y", 18.0),
        ("2√(x + 1)", 4.0),
    ] {
        assert!(near(at_3_2(text), expected, 1e-15), "{text}");
    }
}

#[test]
fn what_people_paste_is_read() {
    for (text, expected) in [
        ("x·y", 6.0),
        ("x × y", 6.0),
        ("x − y", 1.0),
        ("x ÷ y", 1.5),
        ("√4", 2.0),
        ("√(x + 1)²", 4.0),
        ("∛8", 2.0),
        ("x²", 9.0),
        ("x³ − 27", 0.0),
        ("x⁻¹", 1.0 / 3.0),
        ("y¹⁰", 1024.0),
        ("−x²", -9.0),
        ("2^x²", 512.0),
        ("|1 − x|", 2.0),
        ("x\u{a0}+\u{2009}y", 5.0),
        ("if(x ≥ 3, 1, 0)", 1.0),
        ("[1 + (x + y + 1)²]·[30 + y]", 37.0 * 32.0),
    ] {
        assert_eq!(at_3_2(text), expected, "{text}");
    }
}

#[test]
fn functions_have_their_values() {
    for (text, expected) in [
        ("atan2(y, x)", 2.0_f64.atan2(3.0)),
        ("hypot(x, y)", 13.0_f64.sqrt()),
        ("min(x, y)", 2.0),
        ("max(x, y, 7)", 7.0),
        ("sign(-x) + sign(0)", -1.0),
        ("floor(-0.5)", -1.0),
        ("ceil(0.5)", 1.0),
        ("mod(-1, x)", 2.0),
        ("mod(7, -x)", -2.0),
        ("log(e)", 1.0),
        ("ln(e^2)", 2.0),
        ("log10(1000)", 3.0),
        ("log2(8)", 3.0),
        ("cbrt(-27)", -3.0),
        ("sigmoid(0)", 0.5),
        ("sigmoid(-1000)", 0.0),
        ("softplus(1000)", 1000.0),
        ("relu(-x)", 0.0),
        ("erf(1)", 0.842_700_792_949_714_9),
        ("tanh(1000)", 1.0),
        ("asinh(sinh(x))", 3.0),
        ("sum(i, 1, 5, i^2)", 55.0),
        ("sum(i, 0, 3, x^i)", 40.0),
        ("sum(i, 1, 3, sum(j, 1, i, j))", 10.0),
        ("sum(i, 1, 0, x)", 0.0),
        ("if(x < y, 1, 2)", 2.0),
        ("if(x != y, x, y)", 3.0),
    ] {
        assert!(near(at_3_2(text), expected, 1e-15), "{text}");
    }
}

#[test]
fn definitions_come_first() {
    assert_eq!(at_3_2("u = x + y; u^2 + 1"), 26.0);
    assert_eq!(at_3_2("u = x + y\nv = u*u\n\nv + 1\n"), 26.0);
    assert_eq!(at_3_2("u = x +\n y; u"), 5.0);
    assert_eq!(at_3_2("(x\n+ y)"), 5.0);
}

#[test]
fn other_names_are_parameters_in_the_order_of_appearance() {
    let formula = read("b*x + a*y^2 + β₁ + beta_1 + sum(i, 1, 3, i)");
    assert_eq!(formula.parameters(), ["b", "a", "beta_1"]);
    let values = [2.0, 3.0, 0.5];
    assert_eq!(formula.tape().eval(1.0, 2.0, &values), 21.0);
    assert_eq!(formula.bind(&values).eval(1.0, 2.0, &[]), 21.0);
    assert!(formula.tape().eval(1.0_f64, 2.0, &[]).is_nan());
}

#[test]
fn equal_parts_are_computed_once() {
    let formula = read("sin(x*y)^2 + sin(y*x)*cos(x*y) + 2*3*4*x");
    // xy, sin, cos, sin·cos, sin² + …, 24x + …
    assert_eq!(formula.tape().len(), 6);
}

#[test]
fn rows_have_the_values_of_points() {
    let text = "u = x y; if(u < 1, sin(u), max(u, 2)) + a|x - y| + mod(x, 2) + √(x²) + y^a + x^a";
    let formula = read(text);
    for count in [0, 1, 7, 128, 129, 500] {
        let xs: Vec<f64> = (0..count)
            .map(|index| f64::from(index) * 0.13 - 2.0)
            .collect();
        let mut row = vec![0.0; xs.len()];
        formula.tape().row(&xs, 0.7, &[2.5], &mut row);
        for (x, found) in xs.iter().zip(row) {
            let expected = formula.tape().eval(*x, 0.7, &[2.5]);
            assert!(near(found, expected, 0.0), "{x}: {found} {expected}");
        }
    }
}
