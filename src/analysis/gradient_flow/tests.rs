//! Tests of the gradient flow.

use super::*;
use crate::experiment::Plan;
use crate::objective::Rows;
use crate::optimizer::{GradientDescent, OptimizerChoice};
use crate::simulation::simulate_racer;
use crate::surface::SurfaceChoice;

fn flow(surface: &SurfaceChoice, start: [f64; 2]) -> GradientFlow {
    FlowJob::on(&surface.open(), start).finish()
}

fn end(flow: &GradientFlow) -> [f64; 2] {
    flow.in_plane().last().unwrap()
}

#[test]
fn on_a_quadratic_it_is_the_exact_solution() {
    let flow = flow(&SurfaceChoice::LongValley, [-4.5, 1.5]);
    assert_eq!(flow.end, FlowEnd::Rest);
    assert!(flow.times.len() > 300, "{}", flow.times.len());
    for ([x, y], t) in flow.in_plane().zip(&flow.times) {
        let [exact_x, exact_y] = [-4.5 * (-t).exp(), 1.5 * (-50.0 * t).exp()];
        let off = (x - exact_x).hypot(y - exact_y);
        // The points between two steps are interpolated.
        assert!(off < 1e-6, "({x}, {y}) at {t} is off by {off:e}");
    }
    let [x, y] = end(&flow);
    assert!(x.hypot(y) < 1e-5, "({x}, {y})");
}

#[test]
fn the_tolerance_bounds_the_error_of_a_whole_flow() {
    let surface = SurfaceChoice::LongValley.open();
    for tolerance in [1e-6, 1e-8, 1e-10] {
        let evaluator = Arc::clone(&surface).evaluator();
        let mut flow = DormandPrince::new(evaluator, &[-4.5, 1.5], tolerance);
        let mut before = [vec![0.0; 2], vec![0.0; 2]];
        let mut steps = 0.0;
        while flow.time < 1.0 {
            if let Attempt::Accepted { .. } = flow.attempt(&mut before) {
                steps += 1.0;
            }
            let t = flow.time;
            let exact = [-4.5 * (-t).exp(), 1.5 * (-50.0 * t).exp()];
            let off = distance(&flow.at, &exact);
            assert!(
                off <= steps * tolerance,
                "{off:e} after {steps} at {tolerance:e}"
            );
        }
        assert!((10.0..500.0).contains(&steps), "{steps} at {tolerance:e}");
    }
}

#[test]
fn on_rosenbrocks_function_it_ends_at_the_minimum() {
    let flow = flow(&SurfaceChoice::Rosenbrock, [-1.2, 1.0]);
    assert_eq!(flow.end, FlowEnd::Rest);
    let [x, y] = end(&flow);
    assert!((x - 1.0).hypot(y - 1.0) < 1e-4, "({x}, {y})");
}

#[test]
fn it_is_tangent_to_the_negative_gradient() {
    let surface = SurfaceChoice::Beale.open();
    let flow = flow(&SurfaceChoice::Beale, [1.0, 1.6]);
    let points: Vec<[f64; 2]> = flow.in_plane().collect();
    for around in points.windows(3) {
        let [from, at, to] = [around[0], around[1], around[2]];
        let way = [to[0] - from[0], to[1] - from[1]];
        let (_, [x, y]) = surface.gradient(at);
        let cosine = -(way[0] * x + way[1] * y) / (way[0].hypot(way[1]) * x.hypot(y));
        assert!(cosine > 0.999, "{cosine} at {at:?}");
    }
}

#[test]
fn gradient_descent_with_a_tiny_rate_follows_it() {
    let rate = 1e-5;
    let plan = Plan::new(OptimizerChoice::GradientDescent(GradientDescent {
        learning_rate: rate,
    }));
    let path = simulate_racer(&SurfaceChoice::Beale.open(), &plan, [1.0, 1.6], 100_000, 0);
    let flow = flow(&SurfaceChoice::Beale, [1.0, 1.6]);
    let mut compared = 0;
    for ([x, y], t) in flow.in_plane().zip(&flow.times) {
        let step = t / rate;
        if step < 100_000.0 {
            let [at_x, at_y] = path.between(step);
            let off = (x - at_x).hypot(y - at_y);
            assert!(off < 1e-3, "off by {off:e} at {t}");
            compared += 1;
        }
    }
    assert!(compared > 100);
}

#[test]
fn every_surface_has_a_flow_of_bounded_length() {
    for choice in SurfaceChoice::BUILT_IN {
        let surface = choice.open();
        let window = surface.window();
        for share in [0.17, 0.83] {
            let start = [
                window.x[0] + share * window.width(),
                window.y[0] + (1.0 - 0.7 * share) * window.height(),
            ];
            let flow = FlowJob::on(&surface, start).finish();
            let name = choice.about().name;
            assert!(flow.times.len() < 20_000, "{name}: {}", flow.times.len());
            assert!(flow.points.iter().all(|part| part.is_finite()), "{name}");
            let losses = flow.in_plane().map(|at| surface.value(at));
            let size = surface.value(start).abs() + 1.0;
            let falls = losses.is_sorted_by(|a, b| *b <= *a + 1e-9 * size);
            assert!(
                falls || flow.end == FlowEnd::Stalled,
                "{name}: {:?}",
                flow.end
            );
        }
    }
}

#[test]
fn it_can_be_followed_in_slices() {
    let surface = SurfaceChoice::Beale.open();
    let mut job = FlowJob::on(&surface, [1.0, 1.6]);
    let mut slices = 0;
    let sliced = loop {
        match job.advance(600) {
            Progress::Done(flow) => break flow,
            Progress::Working { done, of } => {
                slices += 1;
                assert_eq!((done, of), (600 * slices, job.most_work()));
            }
        }
    };
    assert!(slices > 1);
    assert_eq!(sliced, flow(&SurfaceChoice::Beale, [1.0, 1.6]));
}

#[test]
fn in_thirty_dimensions_every_coordinate_decays_at_its_own_rate() {
    #[derive(Clone)]
    struct Bowl;
    impl Evaluator for Bowl {
        fn value(&mut self, at: &[f64], _rows: Rows<'_>) -> f64 {
            (1_u8..)
                .zip(at)
                .map(|(k, x)| f64::from(k) * x * x / 2.0)
                .sum()
        }

        fn gradient(&mut self, at: &[f64], rows: Rows<'_>, gradient: &mut [f64]) -> f64 {
            for (k, (slope, x)) in (1_u8..).zip(gradient.iter_mut().zip(at)) {
                *slope = f64::from(k) * x;
            }
            self.value(at, rows)
        }

        fn fork(&self) -> Box<dyn Evaluator> {
            Box::new(Self)
        }
    }
    let flow = FlowJob::new(Box::new(Bowl), &[1.0; 30], 5.0, 1).finish();
    assert_eq!((flow.end, flow.dimension), (FlowEnd::Rest, 30));
    for (point, t) in flow.points.chunks_exact(30).zip(&flow.times) {
        for (k, x) in (1_u8..).zip(point) {
            assert!((x - (-f64::from(k) * t).exp()).abs() < 1e-6, "{k} at {t}");
        }
    }
}

#[test]
fn a_start_that_is_stationary_or_undefined_has_no_flow() {
    let at_rest = flow(&SurfaceChoice::LongValley, [0.0, 0.0]);
    assert_eq!((at_rest.end, at_rest.times.len()), (FlowEnd::Rest, 1));
    let nowhere = flow(&SurfaceChoice::LongValley, [f64::NAN, 0.0]);
    assert_eq!((nowhere.end, nowhere.times.len()), (FlowEnd::Stalled, 1));
}
