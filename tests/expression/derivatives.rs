//! Derivatives, on every kind of number, and at kinks.

use nalgebra::U2;
use num_dual::{Derivative, Dual2SVec64, DualSVec, DualSVec64};
use slalom::expression::{Binary, Tape, Unary};
use slalom::real::{DoubleDouble, Real};

use super::{near, read};

/// Value and gradient by dual numbers.
fn dual(tape: &Tape, [x, y]: [f64; 2], parameters: &[f64]) -> (f64, [f64; 2]) {
    let loss = tape.eval(
        DualSVec64::<2>::from_re(x).derivative(0),
        DualSVec64::<2>::from_re(y).derivative(1),
        parameters,
    );
    let Derivative(slope) = loss.eps;
    (
        loss.re,
        slope.map_or([0.0; 2], |slope| [slope[0], slope[1]]),
    )
}

fn hessian(tape: &Tape, [x, y]: [f64; 2]) -> [f64; 3] {
    let loss = tape.eval(
        Dual2SVec64::<2>::from_re(x).derivative(0),
        Dual2SVec64::<2>::from_re(y).derivative(1),
        &[],
    );
    let second = loss.v2.unwrap_generic(U2, U2);
    [second[(0, 0)], second[(0, 1)], second[(1, 1)]]
}

/// A derivative by differences with twice as many digits.
fn differences(tape: &Tape, [x, y]: [f64; 2]) -> [f64; 2] {
    let step = 1e-12;
    let at = |dx: f64, dy: f64| {
        let [x, y] = [[x, dx], [y, dy]].map(|[at, by]| DoubleDouble::from(at) + by);
        tape.eval(x, y, &[])
    };
    let slope = |up: DoubleDouble, down: DoubleDouble| ((up - down) / (2.0 * step)).to_f64();
    [
        slope(at(step, 0.0), at(-step, 0.0)),
        slope(at(0.0, step), at(0.0, -step)),
    ]
}

/// Formulas in which every function occurs.
fn formulas() -> Vec<String> {
    let unary = Unary::ALL.iter().map(|function| {
        // Inside of what is defined, and off every kink.
        let inner = match function {
            Unary::Acosh => "1.3 + x^2 + y^2",
            Unary::Atanh | Unary::Asin | Unary::Acos => "0.3 x y",
            Unary::Log | Unary::Log2 | Unary::Log10 | Unary::Sqrt => "0.2 + x^2 y^2",
            _ => "x y + 0.05 x",
        };
        format!("{}({inner})", function.name())
    });
    let binary = Binary::ALL
        .iter()
        .map(|function| format!("{}(x + 0.1y, y x^2 - 0.3)", function.name()));
    let operators = [
        "x + y - 3x/y + 2/x - y/4",
        "(x^2)^y + x^3 + x^-2 + (y^2)^0.3 + 2^x",
        "if(x < y, x^2, y^3) + sum(i, 1, 4, x^i/i)",
        "x*if(x*y == 2, 1, y)",
        "(1.5 - x + x y)^2 + (2.25 - x + x y^2)^2",
        "(x y + y + 0.5)^2 + 3(y - x^2)^2 + x",
        "(2x - 3y)^2 (1 - 3x + 2x^2) + 5",
    ];
    unary
        .chain(binary)
        .chain(operators.map(str::to_owned))
        .collect()
}

const POINTS: [[f64; 2]; 5] = [
    [0.7, 1.1],
    [-0.7, 0.9],
    [1.3, -0.8],
    [-1.2, -0.4],
    [0.01, 2.0],
];

#[test]
fn gradients_agree_with_dual_numbers_and_with_differences() {
    for text in formulas() {
        let formula = read(&text);
        for at in POINTS {
            let (value, slope) = formula.tape().gradient(at, &[]);
            let (same, dual) = dual(formula.tape(), at, &[]);
            assert!(near(value, formula.tape().eval(at[0], at[1], &[]), 0.0));
            assert!(near(value, same, 1e-14), "{text} at {at:?}");
            let rough = differences(formula.tape(), at);
            for axis in 0..2 {
                let shown = format!("{text} at {at:?}: {slope:?} {dual:?} {rough:?}");
                assert!(near(slope[axis], dual[axis], 1e-12), "{shown}");
                assert!(near(slope[axis], rough[axis], 1e-9), "{shown}");
            }
        }
    }
}

#[test]
fn hessians_agree_with_differences_of_gradients() {
    for text in formulas() {
        let formula = read(&text);
        for at in POINTS {
            let second = hessian(formula.tape(), at);
            let step = 1e-5;
            let along = |axis: usize| {
                let moved = |by: f64| {
                    let mut at = at;
                    at[axis] += by;
                    formula.tape().gradient(at, &[]).1
                };
                let (up, down) = (moved(step), moved(-step));
                [0, 1].map(|part| (up[part] - down[part]) / (2.0 * step))
            };
            let [[xx, xy], [_, yy]] = [along(0), along(1)];
            for (exact, rough) in second.into_iter().zip([xx, xy, yy]) {
                assert!(
                    near(exact, rough, 1e-4),
                    "{text} at {at:?}: {second:?} {rough}"
                );
            }
        }
    }
}

#[test]
fn double_doubles_have_the_same_values_and_twice_the_digits() {
    for text in formulas() {
        let formula = read(&text);
        for [x, y] in POINTS {
            let precise = formula
                .tape()
                .eval(DoubleDouble::from(x), DoubleDouble::from(y), &[]);
            let value = formula.tape().eval(x, y, &[]);
            assert!(near(precise.to_f64(), value, 1e-14), "{text}");
        }
    }
    for identity in [
        "sin(x)^2 + cos(x)^2 - 1",
        "exp(log(x)) - x",
        "erf(-x) + erf(x)",
        "sigmoid(x) + sigmoid(-x) - 1",
        "tanh(x)*cosh(x) - sinh(x)",
        "hypot(3x, 4x) - 5x",
        "(x^y)^2 - x^(2y)",
        "mod(x, 0.01y) + 0.01y*floor(x/(0.01y)) - x",
    ] {
        let at = [0.37, 1.9].map(DoubleDouble::from);
        let rest = read(identity).tape().eval(at[0], at[1], &[]);
        assert!(rest.to_f64().abs() < 1e-29, "{identity}: {rest:?}");
    }
    // The error function of 1, to 31 digits.
    let erf = read("erf(x)")
        .tape()
        .eval(DoubleDouble::ONE, DoubleDouble::ONE, &[]);
    let rest = erf - 0.842_700_792_949_714_9 - (-3.4e-18);
    assert!(rest.to_f64().abs() < 1e-16, "{erf:?}");
}

#[test]
fn gradients_in_double_doubles_agree() {
    for text in formulas() {
        let formula = read(&text);
        let at = POINTS[0];
        let [x, y] = at.map(DoubleDouble::from);
        let loss = formula.tape().eval(
            DualSVec::<DoubleDouble, 2>::from_re(x).derivative(0),
            DualSVec::<DoubleDouble, 2>::from_re(y).derivative(1),
            &[],
        );
        let Derivative(precise) = loss.eps;
        let precise = precise.map_or([0.0; 2], |slope| [slope[0].to_f64(), slope[1].to_f64()]);
        let (_, slope) = formula.tape().gradient(at, &[]);
        for axis in 0..2 {
            assert!(
                near(slope[axis], precise[axis], 1e-12),
                "{text}: {slope:?} {precise:?}"
            );
        }
    }
}

#[test]
fn kinks_have_the_derivatives_of_the_documentation() {
    for (text, at, value, slope) in [
        ("|x|", [0.0, 0.0], 0.0, [0.0, 0.0]),
        ("sign(x)", [0.0, 0.0], 0.0, [0.0, 0.0]),
        ("relu(x)", [0.0, 0.0], 0.0, [0.0, 0.0]),
        ("floor(x)", [1.0, 0.0], 1.0, [0.0, 0.0]),
        ("max(x, y)", [1.0, 1.0], 1.0, [1.0, 0.0]),
        ("min(y, x)", [1.0, 1.0], 1.0, [0.0, 1.0]),
        ("√(x)", [0.0, 0.0], 0.0, [0.0, 0.0]),
        ("√(x² + y²)", [0.0, 0.0], 0.0, [0.0, 0.0]),
        ("cbrt(x)", [0.0, 0.0], 0.0, [0.0, 0.0]),
        ("hypot(x, y)", [0.0, 0.0], 0.0, [0.0, 0.0]),
        ("atan2(y, x)", [0.0, 0.0], 0.0, [0.0, 0.0]),
        ("asin(x)", [1.0, 0.0], 1.0_f64.asin(), [0.0, 0.0]),
        ("acosh(x)", [1.0, 0.0], 0.0, [0.0, 0.0]),
        ("x^y", [0.0, 0.0], 1.0, [0.0, 0.0]),
        ("x^y", [0.0, 1.0], 0.0, [1.0, 0.0]),
        ("x^y", [0.0, 2.5], 0.0, [0.0, 0.0]),
        ("x^1.5", [0.0, 0.0], 0.0, [0.0, 0.0]),
        ("x^0.3", [0.0, 0.0], 0.0, [0.0, 0.0]),
        ("x^0", [0.0, 0.0], 1.0, [0.0, 0.0]),
        ("(x + 1)^y", [-2.0, 2.0], 1.0, [-2.0, 0.0]),
        ("if(x < 0, √(x), x + y)", [0.0, 0.0], 0.0, [1.0, 1.0]),
        ("if(x > 0, log(x), y)", [-1.0, 2.0], 2.0, [0.0, 1.0]),
        ("mod(x, 2)", [2.0, 0.0], 0.0, [1.0, 0.0]),
        ("tanh(x)", [1000.0, 0.0], 1.0, [0.0, 0.0]),
        ("sigmoid(x)", [-1000.0, 0.0], 0.0, [0.0, 0.0]),
        ("softplus(x)", [1000.0, 0.0], 1000.0, [1.0, 0.0]),
        ("1/x", [0.0, 0.0], f64::INFINITY, [0.0, 0.0]),
        ("log(x)", [0.0, 0.0], f64::NEG_INFINITY, [0.0, 0.0]),
        ("x^-0.5", [0.0, 0.0], f64::INFINITY, [0.0, 0.0]),
    ] {
        let formula = read(text);
        assert_eq!(formula.tape().gradient(at, &[]), (value, slope), "{text}");
        assert_eq!(dual(formula.tape(), at, &[]), (value, slope), "{text}");
        let curvature = hessian(formula.tape(), at);
        assert!(
            curvature.iter().all(|part| !part.is_nan()),
            "{text}: {curvature:?}"
        );
    }
}

#[test]
fn nan_is_passed_on() {
    for text in [
        "max(x, y)",
        "max(y, x)",
        "min(x, y)",
        "min(y, x)",
        "|x|",
        "relu(x)",
        "sign(x)",
    ] {
        let formula = read(text);
        assert!(formula.tape().eval(f64::NAN, 1.0, &[]).is_nan(), "{text}");
        let mut row = [0.0];
        formula.tape().row(&[f64::NAN], 1.0, &[], &mut row);
        assert!(row[0].is_nan(), "{text}");
    }
}
