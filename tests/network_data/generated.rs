//! The geometry of generated sets.

use std::f64::consts::PI;

use slalom::surface::data::{Circles, Generated, Moons, Spiral, Xor};

use super::{built_in, classes};

/// The points of each class of a generated set without noise.
fn points(set: &impl Generated) -> [Vec<[f64; 2]>; 2] {
    let data = set.dataset().unwrap();
    let mut points = [Vec::new(), Vec::new()];
    let labels = data.labels.unwrap();
    for (is_second, at) in labels.of.iter().zip(data.x.iter().zip(&data.y)) {
        points[usize::from(*is_second)].push([*at.0, *at.1]);
    }
    points
}

#[test]
fn circles_lie_inside_each_other() {
    let [outer, inner] = points(&Circles {
        rows: 101,
        noise: 0.0,
        seed: 1,
    });
    assert_eq!((outer.len(), inner.len()), (51, 50));
    assert!(outer.iter().all(|[x, y]| (x.hypot(*y) - 1.0).abs() < 1e-15));
    assert!(inner.iter().all(|[x, y]| (x.hypot(*y) - 0.5).abs() < 1e-15));
    // They are evenly spaced, so that their centre is the origin.
    for circle in [&outer, &inner] {
        let sum = circle
            .iter()
            .fold([0.0; 2], |[a, b], [x, y]| [a + x, b + y]);
        assert!(sum[0].abs() < 1e-12 && sum[1].abs() < 1e-12);
    }
}

#[test]
fn the_arms_of_the_spiral_are_half_a_turn_apart_and_never_meet() {
    let [first, second] = points(&Spiral {
        rows: 200,
        noise: 0.0,
        seed: 1,
    });
    for ([x, y], [u, v]) in first.iter().zip(&second) {
        assert!((x + u).abs() < 1e-12 && (y + v).abs() < 1e-12);
    }
    let [x, y] = first[99];
    // One and three quarter turns from the y axis, clockwise.
    assert!((x + 5.0).abs() < 1e-12 && y.abs() < 1e-12);
    let winding: f64 = first
        .windows(2)
        .map(|pair| {
            let [[x, y], [u, v]] = [pair[0], pair[1]];
            (y * u - x * v).atan2(x * u + y * v)
        })
        .sum();
    assert!((winding - 1.75 * 2.0 * PI * 0.99).abs() < 1e-9);
    let nearest = first
        .iter()
        .flat_map(|[x, y]| second.iter().map(move |[u, v]| (x - u).hypot(y - v)));
    assert!(nearest.fold(f64::INFINITY, f64::min) > 0.05);
}

#[test]
fn exclusive_or_keeps_off_the_axes_and_fills_the_quadrants() {
    let [equal, opposite] = points(&Xor {
        rows: 4000,
        noise: 0.0,
        seed: 3,
    });
    assert!(equal.iter().all(|[x, y]| x * y > 0.0));
    assert!(opposite.iter().all(|[x, y]| x * y < 0.0));
    let all: Vec<f64> = equal.iter().chain(&opposite).flatten().copied().collect();
    assert!(all.iter().all(|part| (0.1..=1.0).contains(&part.abs())));
    for signs in [[1.0, 1.0], [-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0]] {
        let both = equal.iter().chain(&opposite);
        let here = both.filter(|[x, y]| x * signs[0] > 0.0 && y * signs[1] > 0.0);
        assert_eq!(here.count(), 1000);
    }
    // Uniform in [0.1, 1]: mean 0.55, with five standard errors of 8,000 numbers.
    let mean = all.iter().map(|part| part.abs()).sum::<f64>() / 8000.0;
    assert!((mean - 0.55).abs() < 5.0 * 0.9 / 12.0_f64.sqrt() / 8000.0_f64.sqrt());
}

#[test]
fn noise_is_added_to_generated_points_and_the_seed_draws_it() {
    fn noise<G: Generated>(clean: &G, noisy: &G) -> Vec<f64> {
        let [clean, noisy] = [clean.dataset().unwrap(), noisy.dataset().unwrap()];
        assert_eq!(clean.labels, noisy.labels);
        let pairs =
            |a: &[f64], b: &[f64]| -> Vec<f64> { a.iter().zip(b).map(|(a, b)| b - a).collect() };
        [pairs(&clean.x, &noisy.x), pairs(&clean.y, &noisy.y)].concat()
    }
    let added = [
        noise(
            &Circles {
                rows: 5000,
                noise: 0.0,
                seed: 1,
            },
            &Circles {
                rows: 5000,
                noise: 0.3,
                seed: 1,
            },
        ),
        noise(
            &Spiral {
                rows: 5000,
                noise: 0.0,
                seed: 1,
            },
            &Spiral {
                rows: 5000,
                noise: 0.3,
                seed: 1,
            },
        ),
        noise(
            &Xor {
                rows: 5000,
                noise: 0.0,
                seed: 1,
            },
            &Xor {
                rows: 5000,
                noise: 0.3,
                seed: 1,
            },
        ),
    ];
    for added in added {
        let mean = added.iter().sum::<f64>() / 1e4;
        let deviation = (added.iter().map(|it| it * it).sum::<f64>() / 1e4).sqrt();
        assert!(mean.abs() < 0.015 && (deviation - 0.3).abs() < 0.0107);
    }
    let of = |seed| {
        Xor {
            seed,
            ..Xor::default()
        }
        .dataset()
        .unwrap()
    };
    assert_eq!(of(1), of(1));
    assert_ne!(of(1).x, of(2).x);
}

#[test]
fn a_network_sees_the_same_moons_as_logistic_regression() {
    let moons = Moons {
        rows: 60,
        noise: 0.2,
        seed: 4,
    };
    let data = moons.generate().unwrap();
    let found = built_in("moons: (rows: 60, noise: 0.2, seed: 4), hidden: [16]");
    assert_eq!(found.architecture.shape(), "2–16–2");
    assert_eq!((&*found.data.name, &*found.data.target), ("moons", "moon"));
    assert_eq!(found.data.features, ["x1", "x2"]);
    assert_eq!(found.data.classes, ["lower", "upper"]);
    assert_eq!(found.train.len(), 60);
    for row in 0..60 {
        assert_eq!(found.train.row(row), [data.x[row], data.y[row]]);
        let is_lower = data.labels.as_ref().unwrap().of[row];
        assert_eq!(classes(&found.train)[row], u32::from(!is_lower));
    }
    let one = built_in("moons: (rows: 60, noise: 0.2, seed: 4), features: [\"x2\"]");
    assert_eq!(one.train.features, data.y);
    assert_eq!(
        one.data.lines(),
        [
            "moons: moon has 2 classes: lower (30 rows), upper (30 rows)",
            "moons: 60 rows to train on, none to test on"
        ]
    );
}
