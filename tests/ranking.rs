//! Non-finite values come last in every ranking, are never the best, and do not affect scales.

mod common;

use common::leaderboard::leaderboard;
use slalom::analysis::{Ranking, Standing, distance};
use slalom::experiment::{Condition, Experiment, Goal};
use slalom::number::{finite_range, lowest, lowest_first};
use slalom::objective::Scores;
use slalom::plane::Window;
use slalom::preset::from_text;
use slalom::sampling::Tone;
use slalom::simulation::{Status, Trajectory, simulate};
use slalom::surface::{Minimum, minima};
use slalom::view::chart::{Scale, Series};

const INF: f64 = f64::INFINITY;
/// Non-finite values, with NaN of either sign: `total_cmp` considers one of them the lowest number.
const ODD: [f64; 4] = [-f64::NAN, f64::NAN, INF, -INF];

/// Three finite numbers in every order, mixed with non-finite ones.
fn mixtures() -> Vec<Vec<f64>> {
    let mut all = Vec::new();
    for odd in ODD {
        for place in 0..4 {
            let mut values = vec![3.0, -1.0, 2.0];
            values.insert(place, odd);
            all.push(values.clone());
            values.extend(ODD);
            all.push(values);
        }
    }
    all
}

fn standing(racer: usize, value: f64, status: Status) -> Standing {
    Standing {
        racer,
        loss: value,
        best: value,
        distance: Some(value),
        scores: Some(Scores {
            accuracy: f64::NAN,
            test_loss: value,
            test_accuracy: -value,
        }),
        status,
    }
}

#[test]
fn numbers_sort_before_what_is_none() {
    for values in mixtures() {
        let mut sorted = values.clone();
        sorted.sort_by(|a, b| lowest_first(*a, *b));
        assert_eq!(sorted[..3], [-1.0, 2.0, 3.0], "{values:?}");
        assert_eq!(lowest(values.iter().copied()), Some(-1.0));
        assert_eq!(finite_range(values), Some([-1.0, 3.0]));
    }
    assert_eq!(lowest(ODD), None);
    assert_eq!(finite_range(ODD), None);
}

#[test]
fn every_ranking_puts_them_last() {
    for values in mixtures() {
        for ranking in [
            Ranking::Loss,
            Ranking::Best,
            Ranking::Distance,
            Ranking::TestLoss,
            Ranking::Accuracy,
        ] {
            let racers = values.iter().enumerate();
            let mut standings: Vec<Standing> = racers
                .map(|(racer, &value)| standing(racer, value, Status::Running))
                .collect();
            ranking.sort(&mut standings);
            let sorted: Vec<f64> = standings.iter().map(|it| it.loss).collect();
            assert_eq!(sorted[..3], [-1.0, 2.0, 3.0], "{ranking:?} of {values:?}");
            // Equal values keep their order.
            let rest: Vec<usize> = standings[3..].iter().map(|it| it.racer).collect();
            assert!(rest.is_sorted(), "{rest:?}");
        }
    }
}

/// The last loss may be low, since it belongs to the last finite position.
#[test]
fn a_racer_that_has_diverged_is_behind_all_others() {
    for ranking in [
        Ranking::Loss,
        Ranking::Distance,
        Ranking::Status,
        Ranking::TestLoss,
        Ranking::Accuracy,
    ] {
        let mut standings = [
            standing(0, 0.1, Status::Diverged(7)),
            standing(1, 5.0, Status::Running),
            standing(2, 9e9, Status::Far),
        ];
        ranking.sort(&mut standings);
        let order = standings.map(|it| it.racer);
        assert_eq!(order, [1, 2, 0], "{ranking:?}");
    }
    // Nor does its lowest loss count.
    let mut standings = [
        standing(0, 5.0, Status::Running),
        standing(1, 0.1, Status::Diverged(7)),
    ];
    Ranking::Best.sort(&mut standings);
    assert_eq!(standings.map(|it| it.racer), [1, 0]);
}

/// Two racers on the saddle: one falls to negative infinity, the other stays finite.
fn saddle() -> Experiment {
    let text = "(version: 1, surface: Saddle, start: (1.0, 1.0), steps: 500, racers: [\
                (name: \"fast\", optimizer: GradientDescent(learning_rate: 1.0)),\
                (name: \"slow\", optimizer: GradientDescent(learning_rate: 0.01))])";
    from_text("saddle.ron", text).unwrap().experiment
}

#[test]
fn an_infinite_loss_is_nobodys_best() {
    let paths = simulate(&saddle());
    assert_eq!(paths[0].loss_at(400), -INF);
    let (step, best) = paths[0].best_until(400).unwrap();
    assert!(
        best.is_finite() && best < -1e300 && step < 330,
        "{best} at {step}"
    );
    let beats = |racer: &str, other: &str| Goal {
        ask: String::new(),
        when: Condition::Beats {
            racer: racer.into(),
            other: other.into(),
        },
        allows: None,
        hint: None,
        praise: String::new(),
    };
    assert!(beats("slow", "fast").is_reached(&saddle(), &paths));
    assert!(!beats("fast", "slow").is_reached(&saddle(), &paths));
}

#[test]
fn no_scale_has_a_place_for_them() {
    let scales = [Scale::Log { floor: -2.0 }, Scale::SymLog, Scale::Linear];
    for scale in scales {
        for odd in ODD {
            assert_eq!(scale.height(odd), None, "{scale:?} of {odd}");
        }
        let far = [f64::MAX, f64::MIN].map(|loss| scale.height(loss).unwrap());
        assert!((far[0] - far[1]).is_finite(), "{scale:?}: {far:?}");
        let points = |values: &[f64]| -> Vec<[f64; 2]> {
            let values = values.iter().filter(|value| value.is_finite());
            values.map(|value| [0.0, *value]).collect()
        };
        for values in mixtures() {
            let finite = points(&values);
            let all = values.iter().map(|value| [0.0, *value]);
            let series = Series::of(all, scale);
            assert_eq!(series, Series::of(finite.into_iter(), scale), "{values:?}");
        }
    }
    let tone = Tone::of_spread(slalom::sampling::Spread {
        minimum: 0.0,
        median: 1.0,
        maximum: 9.0,
    });
    for odd in ODD {
        assert!(tone.at(odd).is_nan());
        assert!(tone.at_each(&[odd])[0].is_nan());
    }
}

#[test]
fn the_nearest_and_the_lowest_minimum_are_numbers() {
    let at = |x: f64| Minimum::global([x, 0.0], 0.0);
    assert_eq!(
        distance([0.0, 0.0], &[at(f64::NAN), at(2.0), at(INF)]),
        Some(2.0)
    );
    let beale = slalom::surface::SurfaceChoice::Beale.open();
    let far = minima::find(&*beale, &Window::square(1e200));
    assert!(
        far.iter().all(|minimum| minimum.value.is_finite()),
        "{far:?}"
    );
}

const HOURS: &str = include_str!("data/study-hours.csv");

fn diverging() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("study-hours.csv"), HOURS).unwrap();
    let file = folder.path().join("diverging.ron");
    let racer = |rate: &str| {
        format!("(name: \"rate {rate}\", optimizer: GradientDescent(learning_rate: {rate})),")
    };
    let racers: String = ["0.0005", "0.0006", "0.05", "0.0004"].map(racer).concat();
    let text = format!(
        "(version: 1, surface: LinearRegression(data: \"study-hours.csv\"), start: (0, 0), \
         steps: 1000, racers: [{racers}])"
    );
    std::fs::write(&file, text).unwrap();
    (folder, file)
}

/// One loss is moderate, one huge, one infinite, and one racer is gone: the leaderboard in a
/// picture lists them in this order.
#[test]
fn the_leaderboard_of_a_picture_ends_with_those_without_a_loss() {
    let (_folder, file) = diverging();
    let texts = leaderboard(&file);
    let diverged = texts.iter().filter(|(_, text)| text == "diverged");
    assert_eq!(diverged.count(), 1);
    let rows = texts.iter().filter(|(_, text)| text.starts_with("rate "));
    let mut rows: Vec<&(f64, String)> = rows.collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    let names: Vec<&str> = rows.into_iter().map(|(_, name)| &**name).collect();
    assert_eq!(
        names,
        ["rate 0.0004", "rate 0.0005", "rate 0.0006", "rate 0.05"]
    );
}

#[test]
fn the_window_ranks_as_the_picture_does() {
    let (_folder, file) = diverging();
    let experiment = slalom::preset::open(&file).unwrap().experiment;
    let paths: Vec<Trajectory> = simulate(&experiment);
    let standing = |(racer, path)| Standing::of(racer, path, 1000, &[]);
    let mut standings: Vec<Standing> = paths.iter().enumerate().map(standing).collect();
    Ranking::Loss.sort(&mut standings);
    let order: Vec<usize> = standings.iter().map(|it| it.racer).collect();
    assert_eq!(order, [3, 0, 1, 2]);
    assert!(standings[3].status.is_out() && !standings[2].status.is_out());
}
