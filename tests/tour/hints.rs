//! Every hint leads to its goal: a learner who follows it gets there within a few tries, and what it
//! says of the race is so.

use slalom::analysis::Curvature;
use slalom::experiment::{Experiment, Schedule};
use slalom::preset::TOUR;
use slalom::surface::SurfaceChoice;

use super::goals::FORGETFUL;
use super::lessons::*;

/// The number of tries within which a hint should lead to the goal.
const FEW: usize = 12;

/// Returns the number of tries until the goal is reached.
#[track_caller]
fn tries_until_reached(name: &str, tries: impl IntoIterator<Item = Experiment>) -> usize {
    let goal = goal(name);
    let mut tries = tries.into_iter().take(FEW);
    let reached = tries.position(|it| is_reached(&goal, &it));
    1 + reached.unwrap_or_else(|| panic!("{name}: {:?} leads nowhere", goal.hint))
}

/// Returns a lesson with each of these rates for all of these racers.
fn with_rates<'a>(
    name: &'a str,
    racers: &'a [&str],
    rates: impl IntoIterator<Item = f64> + 'a,
) -> impl Iterator<Item = Experiment> + 'a {
    rates.into_iter().map(move |rate| {
        changed(name, |it| {
            for racer in racers {
                set(it, racer, "learning_rate", rate);
            }
        })
    })
}

/// Returns a number, and then always `factor` times the one before.
fn growing(from: f64, factor: f64) -> impl Iterator<Item = f64> {
    std::iter::successors(Some(from), move |number| Some(number * factor))
}

fn turned(name: &str, degrees: f64) -> Experiment {
    changed(name, |it| turn(it, degrees))
}

#[test]
fn every_goal_has_a_short_hint() {
    for built_in in TOUR {
        let hint = goal(built_in.name).hint.expect(built_in.name);
        assert!(hint.ends_with('.'), "{hint}");
        assert!(hint.matches(['.', '?']).count() <= 3, "{hint}");
        let words = hint.split_whitespace().count();
        assert!(words <= 40, "{words} words are no short hint: {hint}");
    }
}

#[test]
fn bounces_shrink_below_the_rate_asked_for_and_grow_above_it() {
    let rates = (1..).map(|n| 0.036 + 0.001 * f64::from(n));
    let tries = with_rates(GRADIENT_DESCENT, &["Bold"], rates);
    assert_eq!(tries_until_reached(GRADIENT_DESCENT, tries), 4);
    let growth = |rate: f64| {
        let tried = with_rates(GRADIENT_DESCENT, &["Bold"], [rate]).next();
        let path = path_in(&tried.unwrap(), "Bold");
        (path.at(200)[1] / path.at(180)[1]).abs()
    };
    assert!(growth(0.039) < 0.9 && (growth(0.04) - 1.0).abs() < 1e-6 && growth(0.041) > 1.1);
}

/// The schedules that, after a warm-up, only lower the rate reach the goal, and no others.
#[test]
fn a_rate_that_only_falls_lets_the_noise_die_out() {
    let goal = goal(STOCHASTIC);
    for falling in Schedule::all() {
        let rates: Vec<f64> = (0..=400).map(|k| falling.learning_rate(0.05, k)).collect();
        let rest = &rates[20..];
        let only_falls = rest.is_sorted_by(|a, b| a >= b) && rest[380] < 0.2 * rest[0];
        let tried = changed(STOCHASTIC, |it| schedule(it, "1 row", falling.clone()));
        assert_eq!(is_reached(&goal, &tried), only_falls, "{falling:?}");
    }
}

#[test]
fn between_creeping_and_overshooting_lies_the_momentum_asked_for() {
    let with = |momentum| changed(MOMENTUM, |it| set(it, "A little", "momentum", momentum));
    let halfway = f64::midpoint(0.5, 0.9);
    assert_eq!(tries_until_reached(MOMENTUM, [with(halfway)]), 1);
    let past_the_end = |momentum| highest(&path_in(&with(momentum), "A little").x);
    let [little, halfway, lot] = [0.5, halfway, 0.9].map(past_the_end);
    assert!(little < 0.01 && little < halfway && halfway < lot && lot > 1.0);
}

#[test]
fn nesterov_is_the_first_to_fly_off() {
    let rates = || growing(0.015, 1.1).skip(1);
    let tries = with_rates(NESTEROV, &["Momentum", "Nesterov"], rates());
    let tries = tries_until_reached(NESTEROV, tries);
    assert!(tries < FEW);
    for (rate, tried) in rates().zip(with_rates(NESTEROV, &["Momentum", "Nesterov"], rates())) {
        let settles = settles_in(&tried, "Momentum").is_some();
        assert_eq!(settles, rate < 0.08, "Momentum at {rate}");
        if !settles {
            break;
        }
    }
}

#[test]
fn doubling_adagrads_rate_gets_it_there_in_time() {
    let tries = with_rates(ADAGRAD, &["Adagrad"], growing(1.0, 2.0).skip(1));
    assert_eq!(tries_until_reached(ADAGRAD, tries), 2);
}

/// The goal is reached where the direction of least curvature is an axis.
#[test]
fn a_valley_along_an_axis_suits_rates_per_axis() {
    let goal = goal(FULL);
    for degrees in [15.0, 30.0, 45.0, 60.0, 75.0, 90.0] {
        let tried = turned(FULL, degrees);
        let hessian = tried.open_surface().hessian([0.0, 0.0]);
        let [_, along] = Curvature::of(hessian).unwrap().directions;
        let is_along_an_axis = along.iter().any(|part| part.abs() < 1e-6);
        assert_eq!(is_reached(&goal, &tried), is_along_an_axis, "{degrees}");
    }
    let degrees = (1..).map(|n| turned(FULL, 15.0 * f64::from(n)));
    assert_eq!(tries_until_reached(FULL, degrees), 3);
}

#[test]
fn a_schedule_over_the_whole_race_brings_rmsprop_to_rest() {
    let cosine = |steps| {
        let cosine = Schedule::cosine(steps, 0.0);
        changed(FORGETTING, |it| schedule(it, "RMSProp", cosine))
    };
    let tries = [100, 200, 300].map(cosine);
    assert_eq!(tries_until_reached(FORGETTING, tries), 3);
    let short = path_in(&cosine(100), "RMSProp");
    assert!(short.at(300)[0] < -1.0, "it does not get there");
    let own = path(FORGETTING, "RMSProp");
    let ([x, y], [from_x, from_y]) = (own.at(300), own.at(299));
    for part in [x - from_x, y - from_y] {
        assert!((0.5..1.5).contains(&(part.abs() / 0.05)), "{part}");
    }
}

#[test]
fn adam_becomes_rmsprop_with_its_numbers() {
    let without_momentum = |it: &mut Experiment| set(it, "Adam", "beta_1", 0.0);
    let rho = || {
        let rule = lesson(ADAM).racers[0].plan.optimizer.clone();
        let rule = rule.rule();
        rule.number(rule.find("rho").unwrap()).unwrap()
    };
    let tries = [
        changed(ADAM, without_momentum),
        changed(ADAM, |it| {
            without_momentum(it);
            set(it, "Adam", "beta_2", rho());
        }),
    ];
    assert_eq!(tries_until_reached(ADAM, tries), 2);
}

#[test]
fn longer_steps_make_up_for_the_correction() {
    let first = |racer: &str| {
        let path = path(BIAS, racer);
        (path.at(1)[0] - path.at(0)[0]).abs()
    };
    assert!(first("Uncorrected") > 2.0 * first("Corrected"));
    let tries = with_rates(BIAS, &["Corrected"], growing(0.05, 1.2).skip(1));
    let tries = tries_until_reached(BIAS, tries);
    assert!(tries < FEW);
    let lower = with_rates(BIAS, &["Corrected"], growing(0.05, 0.8).take(FEW));
    let goal = goal(BIAS);
    for tried in lower {
        assert!(!is_reached(&goal, &tried), "shorter steps do not help");
    }
}

/// Choosing a surface in the window keeps the start if it is on the map.
#[test]
fn adam_wins_on_many_surfaces_and_where_the_valley_bends() {
    let on = |surface: &SurfaceChoice| {
        changed(NADAM, |it| {
            let window = surface.open().window();
            let [x, y] = it.start;
            let start = [
                x.clamp(window.x[0], window.x[1]),
                y.clamp(window.y[0], window.y[1]),
            ];
            let steps = it.steps;
            moved(it, surface.clone(), start, steps);
        })
    };
    let goal = goal(NADAM);
    assert!(is_reached(&goal, &on(&SurfaceChoice::Rosenbrock)));
    let all = SurfaceChoice::BUILT_IN;
    let won = all.iter().filter(|it| is_reached(&goal, &on(it))).count();
    assert!(3 * won > all.len(), "{won} of {}", all.len());
}

/// The loss falls as the rate rises, until the racer flies off.
#[test]
fn the_best_rate_is_just_below_the_one_that_flies_off() {
    let rates = || growing(0.01, 1.1);
    let tries = || with_rates(RADFORD, &["Gradient descent"], rates());
    assert!(tries_until_reached(RADFORD, tries()) <= FEW);
    let losses: Vec<f64> = tries()
        .map(|it| path_in(&it, "Gradient descent").loss_at(200))
        .take_while(|loss| *loss < 1.0)
        .collect();
    assert!(losses.len() > 8 && losses.is_sorted_by(|a, b| a > b));
    assert!(losses[losses.len() - 1] < loss(RADFORD, "Adam"));
}

/// The further ridge and exit are from the axes, the longer Adam takes.
#[test]
fn far_from_the_axes_adam_loses_its_advantage() {
    let degrees = || (0..=3).map(|n| turned(SADDLE, 15.0 * f64::from(n)));
    assert_eq!(tries_until_reached(SADDLE, degrees()), 4);
    let leaves: Vec<usize> = degrees().map(|it| escapes(&it, "Adam").unwrap()).collect();
    assert!(leaves.is_sorted_by(|a, b| a < b), "{leaves:?}");
}

#[test]
fn doubling_finds_the_rate_of_a_network() {
    let rates = growing(0.1, 2.0).skip(1);
    let tries = with_rates(NETWORK, &["Gradient descent"], rates);
    assert_eq!(tries_until_reached(NETWORK, tries), 4);
}

#[test]
fn a_memory_that_ends_where_the_slope_turns_allows_a_larger_rate() {
    let tries = growing(0.82, 1.25).map(|rate| {
        changed(INVENTED, |it| {
            give(it, "Yours", FORGETFUL);
            set(it, "Yours", "learning_rate", rate);
        })
    });
    assert!(tries_until_reached(INVENTED, tries) <= 6);
    // Adam as it is overshoots along both axes.
    let path = path(INVENTED, "Yours");
    assert!(highest(&path.x) > 1.0 && lowest(&path.y) < -0.5);
}
