//! The formulas of built-in surfaces, typed, compared with the same formulas in Rust.

use slalom::surface::SurfaceChoice;

use super::{near, read};

const SURFACES: &[(&str, &str)] = &[
    (
        "Beale",
        "(1.5 − x + x y)² + (2.25 − x + x y²)² + (2.625 − x + x y³)²",
    ),
    ("Rosenbrock", "(1 − x)² + 100(y − x²)²"),
    ("Himmelblau", "(x² + y − 11)² + (x + y² − 7)²"),
    ("Rastrigin", "20 + x² − 10cos(2πx) + y² − 10cos(2πy)"),
    (
        "Ackley",
        "−20 e^(−0.2 √(½(x² + y²))) − e^(½(cos(2πx) + cos(2πy))) + e + 20",
    ),
    (
        "GoldsteinPrice",
        "s = x + y; d = 2x − 3y; \
         [1 + (s + 1)² (19 − 14s + 3s²)]·[30 + d² (18 − 16d + 3d²)]",
    ),
];

#[test]
fn a_typed_surface_is_the_built_in_one() {
    for (name, text) in SURFACES {
        let mut choices = SurfaceChoice::BUILT_IN.iter();
        let choice = choices.find(|choice| choice.about().name == *name);
        let surface = choice.unwrap().open();
        let formula = read(text);
        assert!(formula.parameters().is_empty(), "{name}");
        for index in 0..200 {
            let angle = f64::from(index);
            let at = [3.1 * (angle * 0.7).sin(), 2.9 * (angle * 1.3).cos()];
            let (value, slope) = formula.tape().gradient(at, &[]);
            let (expected, exact) = surface.gradient(at);
            assert!(near(value, expected, 1e-12), "{name} at {at:?}");
            for axis in 0..2 {
                assert!(near(slope[axis], exact[axis], 1e-11), "{name} at {at:?}");
            }
        }
    }
}
