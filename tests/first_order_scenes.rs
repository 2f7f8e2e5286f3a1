//! What the presets on first-order rules say is so.

use slalom::preset;
use slalom::simulation::simulate;

/// Returns the names of a preset's racers, each with its last loss.
fn ends(name: &str) -> Vec<(String, f64)> {
    let race = preset::load_built_in(name).unwrap().experiment;
    let names = race.names();
    let paths = simulate(&race);
    let last = paths.iter().map(|path| path.loss_at(race.steps));
    names.into_iter().zip(last).collect()
}

#[track_caller]
fn check(name: &str, expected: &[(&str, f64)]) {
    let found = ends(name);
    for (racer, loss) in expected {
        let (_, last) = found.iter().find(|(it, _)| it == racer).unwrap();
        let error = (last - loss).abs() / loss;
        assert!(error < 0.06, "{racer}: {last:e} rather than {loss:e}");
    }
}

#[test]
fn bias_correction_decides_how_far_a_rate_that_finds_itself_comes() {
    check(
        "rates-that-find-themselves",
        &[
            ("Prodigy", 1.28),
            ("Prodigy, corrected", 1.5e-5),
            ("D-Adapt Adam", 1.04e-8),
            ("D-Adapt Adam, corrected", 5.7e-4),
        ],
    );
}

#[test]
fn the_look_ahead_of_adan_hardly_counts_in_optax() {
    check(
        "adan-paper-against-optax",
        &[
            ("Adan, as published", 0.109),
            ("Adan, as in Optax", 0.921),
            ("Adam", 1.218),
        ],
    );
}
