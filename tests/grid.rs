//! Landscapes that were measured elsewhere.

use std::fmt::Write as _;
use std::sync::Arc;

use proptest::prelude::*;
use slalom::plane::Window;
use slalom::preset;
use slalom::surface::grid::{GridLoss, Layout, Measured, Nodes};
use slalom::surface::{Surface, SurfaceChoice};
use slalom::table::Reading;

/// The surface through these nodes.
fn surface(nodes: Nodes) -> GridLoss {
    GridLoss::new(Measured {
        nodes,
        layout: Layout::Matrix,
        reading: Reading::default(),
    })
}

/// The surface through the values of a function at the nodes of a grid.
fn sampled(window: Window, [columns, rows]: [usize; 2], f: impl Fn(f64, f64) -> f64) -> GridLoss {
    let nodes = Nodes {
        window,
        columns,
        rows,
        losses: vec![0.0; columns * rows],
    };
    let losses = nodes.all().map(|([x, y], _)| f(x, y)).collect();
    let nodes = Nodes { losses, ..nodes };
    surface(nodes)
}

fn close(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance * (1.0 + b.abs())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_parabola_is_reproduced_with_its_derivatives_up_to_the_edge(
        [a, b, c, d, e] in prop::array::uniform5(-3.0..3.0),
        columns in 3_usize..20,
        rows in 3_usize..20,
        part in prop::array::uniform2(0.0..=1.0),
    ) {
        let window = Window::new([-1.5, 2.0], [0.5, 3.0]);
        let loss = sampled(window, [columns, rows], |x, y| {
            a * x * x + b * x * y + c * y * y + d * x + e
        });
        let x = window.x[0] + part[0] * window.width();
        let y = window.y[0] + part[1] * window.height();
        let (value, [gx, gy]) = loss.gradient([x, y]);
        prop_assert!(close(value, a * x * x + b * x * y + c * y * y + d * x + e, 1e-11));
        prop_assert!(close(gx, 2.0 * a * x + b * y + d, 1e-10));
        prop_assert!(close(gy, b * x + 2.0 * c * y, 1e-10));
        let hessian = loss.hessian([x, y]);
        prop_assert!(close(hessian[0][0], 2.0 * a, 1e-8));
        prop_assert!(close(hessian[0][1], b, 1e-8));
        prop_assert!(close(hessian[1][1], 2.0 * c, 1e-8));
    }

    #[test]
    fn value_and_gradient_are_continuous_from_cell_to_cell(
        losses in prop::collection::vec(-5.0..5.0_f64, 6 * 5),
        node in (1_usize..5, 1_usize..4),
        along in 0.0..1.0_f64,
    ) {
        let nodes = Nodes { window: Window::new([0.0, 5.0], [0.0, 4.0]), columns: 6, rows: 5, losses };
        let exact = nodes.losses[node.1 * 6 + node.0];
        let loss = surface(nodes);
        let [x, y] = [node.0, node.1].map(|it| f64::from(u32::try_from(it).unwrap()));
        prop_assert!(close(loss.value([x, y]), exact, 1e-14), "it passes through the nodes");
        let near = 1e-9;
        for [left, right] in [
            [[x - near, y + along], [x + near, y + along]],
            [[x + along, y - near], [x + along, y + near]],
        ] {
            let ((v1, g1), (v2, g2)) = (loss.gradient(left), loss.gradient(right));
            prop_assert!((v1 - v2).abs() < 1e-6);
            prop_assert!((g1[0] - g2[0]).abs() < 1e-5 && (g1[1] - g2[1]).abs() < 1e-5);
        }
    }
}

#[test]
fn between_the_nodes_of_a_smooth_surface_it_is_nearly_that_surface() {
    let beale = SurfaceChoice::Himmelblau.open();
    let window = beale.window();
    let worst = |count: usize| {
        let loss = sampled(window, [count, count], |x, y| beale.value([x, y]));
        let mut worst = 0.0_f64;
        for index in 0..400_u32 {
            let [x, y] = [f64::from(index % 20), f64::from(index / 20)].map(|it| -2.9 + 0.3 * it);
            let (value, slope) = beale.gradient([x, y]);
            let (mine, gradient) = loss.gradient([x, y]);
            worst = worst
                .max((value - mine).abs())
                .max(0.1 * (slope[0] - gradient[0]).abs())
                .max(0.1 * (slope[1] - gradient[1]).abs());
        }
        worst
    };
    let (coarse, fine) = (worst(41), worst(81));
    assert!(coarse < 0.3, "{coarse}");
    // The value is of third order, the gradient of second.
    assert!(fine < coarse / 3.0, "{fine} against {coarse}");
}

#[test]
fn outside_the_grid_and_beside_holes_nothing_is_known() {
    let loss = sampled(Window::square(1.0), [9, 9], |x, y| {
        if x == 0.0 && y == 0.0 {
            f64::INFINITY
        } else {
            x * x + y * y
        }
    });
    for at in [
        [1.01, 0.0],
        [0.0, -1.5],
        [1e300, 0.0],
        [0.1, 0.1],
        [f64::NAN, 0.0],
    ] {
        let (value, gradient) = loss.gradient(at);
        assert!(
            value.is_nan() && gradient.iter().all(|it| it.is_nan()),
            "{at:?}"
        );
        assert!(loss.value(at).is_nan());
    }
    for at in [[1.0, 1.0], [-1.0, 0.7], [0.9, -0.9]] {
        assert!(loss.value(at).is_finite(), "{at:?}");
    }
}

/// A preset over a file with this text.
fn over(file: &str, bytes: &[u8], more: &str) -> Result<(Arc<dyn Surface>, Nodes), String> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(file), bytes).unwrap();
    let text = format!(
        "(version: 1, surface: Grid(data: \"{file}\"{more}), start: (0.1, 0.1), steps: 3, \
         racers: [(optimizer: GradientDescent())])"
    );
    let path = folder.path().join("race.ron");
    std::fs::write(&path, text).unwrap();
    let preset = preset::load(&path.display().to_string()).map_err(|fault| fault.to_string())?;
    let surface = preset.experiment.surface.open();
    let nodes = surface.grid().expect("a landscape").nodes.clone();
    Ok((surface, nodes))
}

/// f at 4 x 3 nodes: x in 0, 1, 2, 3 and y in 10, 20, 30.
fn f(x: f64, y: f64) -> f64 {
    x * x + 0.5 * y
}

const XS: [f64; 4] = [0.0, 1.0, 2.0, 3.0];
const YS: [f64; 3] = [10.0, 20.0, 30.0];

fn matrix(xs: &[f64], ys: &[f64]) -> String {
    let row = |y: &f64| {
        let row = xs.iter().map(|x| f(*x, *y).to_string());
        row.collect::<Vec<_>>().join(",")
    };
    ys.iter().map(row).collect::<Vec<_>>().join("\n")
}

fn pivot(xs: &[f64], ys: &[f64]) -> String {
    let mut text = String::new();
    for x in xs {
        write!(text, ",{x:?}").unwrap();
    }
    for y in ys {
        write!(text, "\n{y:?},{}", matrix(xs, &[*y])).unwrap();
    }
    text
}

fn list(header: &str, xs: &[f64], ys: &[f64]) -> String {
    let mut text = header.to_owned();
    for x in xs {
        for y in ys {
            writeln!(text, "{x},{y},{}", f(*x, *y)).unwrap();
        }
    }
    text
}

#[test]
fn matrices_pivot_tables_and_lists_are_the_same_landscape() {
    let window = Window::new([0.0, 3.0], [10.0, 30.0]);
    let given = ", window: (x: (0.0, 3.0), y: (10.0, 30.0))";
    let back: Vec<f64> = YS.iter().rev().copied().collect();
    for (file, text, more) in [
        ("m.csv", matrix(&XS, &YS), given),
        ("m.txt", matrix(&XS, &YS).replace(',', " "), given),
        ("p.csv", pivot(&XS, &YS), ""),
        ("p.csv", pivot(&[3.0, 2.0, 1.0, 0.0], &back), ""),
        ("l.csv", list("x,y,loss\n", &XS, &YS), ""),
        ("l.csv", list("", &XS, &back), ""),
    ] {
        let (loss, nodes) = over(file, text.as_bytes(), more).unwrap();
        assert_eq!((nodes.columns, nodes.rows), (4, 3), "{text}");
        assert_eq!(loss.window(), window, "{text}");
        for ([x, y], value) in nodes.all() {
            assert!((value - f(x, y)).abs() < 1e-12, "{text}");
        }
    }
}

#[test]
fn an_array_of_numpy_is_read_and_lies_between_minus_one_and_one() {
    let body: Vec<u8> = (0..9_u8)
        .flat_map(|it| f64::from(it).to_le_bytes())
        .collect();
    let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 3), }";
    let length = u16::try_from(header.len()).unwrap().to_le_bytes();
    let bytes = [b"\x93NUMPY\x01\0", &length[..], header.as_bytes(), &body].concat();
    let (loss, _) = over("losses.npy", &bytes, "").unwrap();
    assert_eq!(loss.window(), Window::square(1.0));
    // The first row is the lowest y.
    assert_eq!(loss.value([-1.0, -1.0]), 0.0);
    assert_eq!(loss.value([1.0, -1.0]), 2.0);
    assert_eq!(loss.value([0.0, 1.0]), 7.0);
}

#[test]
fn what_is_no_landscape_is_a_sentence() {
    let fault = |text: &str, more: &str| over("it.csv", text.as_bytes(), more).unwrap_err();
    for (text, more, right) in [
        ("1,2,3\n", "", "needs at least two in each direction"),
        ("1,2\n3,four\n5,6\n", "", "landscape has numbers only"),
        ("x,y,loss\n0,0,1\n1,0,2\n0,1,3\n", "", "so 1 are missing"),
        (
            "x,y,loss\n0,0,1\n0,0,2\n0,1,3\n1,1,2\n1,0,2\n",
            "",
            "two losses at (0, 0)",
        ),
        (
            "x,y,loss\n0,0,1\n1,0,2\n5,0,2\n0,1,3\n1,1,2\n5,1,2\n",
            "",
            "not evenly spaced",
        ),
        ("inf,inf\ninf,-inf\n", "", "no loss in it.csv is finite"),
        (
            "1,2\n3,4\n",
            ", window: (x: (1.0, 1.0), y: (0.0, 1.0))",
            "x of the window",
        ),
        (
            "x,y,loss\n0,0,1\n1,0,2\n0,1,3\n1,1,2\n",
            ", window: (x: (0.0, 2.0), y: (0.0, 1.0))",
            "so leave out window",
        ),
    ] {
        let fault = fault(text, more);
        assert!(fault.contains(right), "{fault}");
        assert!(fault.contains("race.ron:1:"), "{fault}");
    }
}
