//! Random view settings and lessons that fit a race.

use proptest::prelude::*;
use slalom::analysis::{Quantity, Ranking, TimeUnit};
use slalom::experiment::{Condition, Experiment, Goal, Lesson};
use slalom::plane::Window;
use slalom::preset::{Arrows, Card, Pictures, Preset, Projection, ViewSettings, Viewpoint};
use slalom::sampling::Heights;
use slalom::subspace::PlaneChoice;

use super::{any_number, any_text};
use slalom::optimizer::Valid;

/// The race with any view settings and any lesson that a file can contain; it has no data.
pub fn any_lesson_of(experiment: Experiment) -> impl Strategy<Value = Preset> {
    let (view, lesson) = (any_view(&experiment), any_lesson(&experiment));
    (view, lesson).prop_map(move |(view, lesson)| Preset {
        experiment: experiment.clone(),
        view,
        lesson,
    })
}

fn any_name(experiment: &Experiment) -> BoxedStrategy<String> {
    prop::sample::select(experiment.names()).boxed()
}

fn any_view(experiment: &Experiment) -> BoxedStrategy<ViewSettings> {
    let selected = if experiment.racers.is_empty() {
        Just(None).boxed()
    } else {
        prop::option::of(any_name(experiment)).boxed()
    };
    let side = || (-1e6..1e6_f64, 1e-3..1e6_f64).prop_map(|(from, size)| [from, from + size]);
    let window = (side(), side()).prop_map(|(x, y)| Window::new(x, y));
    let switches = prop::array::uniform5(any::<bool>());
    let steps = experiment.steps;
    let rankings = vec![Ranking::Loss, Ranking::Best, Ranking::Tuned];
    (
        (
            prop::option::of(window),
            selected,
            prop::option::of(0..=steps),
        ),
        (
            prop::sample::select(&Pictures::ALL[..]),
            any_eye(),
            prop::sample::select(&Heights::ALL[..]),
        ),
        (
            prop::sample::select(&Arrows::ALL[..]),
            prop::sample::select(&Card::ALL[..]),
        ),
        prop::sample::select(&Quantity::ALL[..]),
        (
            prop::option::of(prop::sample::select(vec![
                TimeUnit::Steps,
                TimeUnit::Gradients,
            ])),
            prop::option::of(Just("momentum".to_owned())),
            1e-9..1e3_f64,
        ),
        (
            prop::option::of(prop::sample::select(rankings)),
            prop::option::of(1.0..1e4_f64),
            prop::option::of(Just(false)),
        ),
        switches,
    )
        .prop_map(
            |(
                (window, selected, step),
                (pictures, eye, heights),
                (arrows, card),
                chart,
                (against, swept, target),
                (ranking, trail_length, data),
                [curvature, flow, linear, lens, stretch],
            )| ViewSettings {
                window,
                // Only a network is seen on another plane.
                plane: PlaneChoice::Fitted,
                pictures,
                eye,
                heights,
                selected,
                step,
                arrows,
                curvature,
                flow,
                card,
                chart,
                against,
                swept,
                target,
                linear,
                data,
                // Only a network predicts something over features.
                features: None,
                large_data: false,
                // Only a typed surface has a formula.
                formula: false,
                // Only a rule that is typed has lines to edit.
                rule: false,
                ranking,
                trail_length,
                lens,
                stretch,
            },
        )
        .boxed()
}

fn any_eye() -> impl Strategy<Value = Viewpoint> {
    let [zoom, shift] = [Viewpoint::ZOOMS, Viewpoint::SHIFTS].map(|[from, to]| from..=to);
    let projections = vec![Projection::Perspective, Projection::Parallel];
    (
        -1e3..1e3_f64,
        0.0..=90.0_f64,
        zoom,
        [shift.clone(), shift],
        prop::sample::select(projections),
    )
        .prop_map(|(azimuth, elevation, zoom, shift, projection)| Viewpoint {
            azimuth,
            elevation,
            zoom,
            shift,
            projection,
        })
}

fn any_lesson(experiment: &Experiment) -> BoxedStrategy<Option<Lesson>> {
    let goal = if experiment.racers.is_empty() {
        Just(None).boxed()
    } else {
        let hint = any_text().prop_filter("hints say something", |it| !it.trim().is_empty());
        let texts = (any_text(), prop::option::of(hint), any_text());
        let goal = (texts, any_condition(experiment));
        let goal = goal.prop_map(|((ask, hint, praise), when)| Goal {
            ask,
            when,
            allows: None,
            hint,
            praise,
        });
        prop::option::of(goal).boxed()
    };
    prop::option::of(goal.prop_map(|goal| Lesson { goal })).boxed()
}

fn any_condition(experiment: &Experiment) -> BoxedStrategy<Condition> {
    let has_minima = experiment
        .open_surface()
        .minima()
        .iter()
        .any(|it| it.global);
    let names = || (any_name(experiment), any_name(experiment));
    let numbers = (any_number(Valid::NonNegative), 0..2000_usize);
    let one = (0..9_usize, names(), numbers).prop_map(move |(which, names, numbers)| {
        let ((racer, other), (number, by_step)) = (names, numbers);
        match which {
            0 => Condition::Bounces { racer },
            1 => Condition::FliesOff { racer },
            2 if has_minima => Condition::Settles {
                racer,
                within: number + 1e-9,
                by_step,
            },
            2 | 3 => Condition::LossBelow {
                racer,
                loss: -number,
                by_step,
            },
            4 => Condition::Beats { racer, other },
            5 => Condition::Escapes { racer, by_step },
            6 => Condition::Seeds {
                at_least: 2 + by_step / 3,
            },
            7 => Condition::Invented { racer },
            _ => Condition::EscapesBefore { racer, other },
        }
    });
    one.prop_recursive(2, 6, 3, |inner| {
        prop::collection::vec(inner, 1..3).prop_map(Condition::All)
    })
    .boxed()
}
