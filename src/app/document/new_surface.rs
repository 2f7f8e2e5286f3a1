//! What follows a change of the surface: the start, batches, steps and learning rates.

use super::kept_rate::keep_rate_of;
use super::lineup::Lineup;
use crate::experiment::{Batch, Experiment, GroupFault, Racer};
use crate::optimizer::{OptimizerChoice, Value};
use crate::plane::Window;
use crate::surface::{Shape, Surface, SurfaceChoice};

/// The rows of a batch on a network that was not raced on before.
const BATCH: usize = 32;
/// The epochs of such a race, and the range of its number of steps.
const EPOCHS: usize = 60;
const STEPS: [usize; 2] = [100, 600];

/// Replaces the surface, and adapts what depends on it.
pub fn replace_surface(race: &mut Experiment, surface: SurfaceChoice) {
    let ground = surface.open();
    let rows = ground.rows();
    if rows == 0 {
        // Without data there are no rows to draw, and no epochs.
        let before = race.surface.open().rows();
        for racer in &mut race.racers {
            *racer = racer.in_steps(before);
            (racer.plan.batch, racer.plan.replacement) = (Batch::Full, false);
        }
    }
    let [was, is] = [&race.surface, &surface].map(SurfaceChoice::has_own_start);
    if !is {
        race.start = start_in(race.start, ground.window(), was);
    }
    if is && !was {
        suit_network(race, rows);
    }
    for racer in &mut race.racers {
        fit_batch(racer, rows);
        fit_groups(racer, &*ground);
    }
    if !Shape::has_condition(&surface) {
        race.shape.condition = None;
    }
    race.surface = surface;
}

/// Returns a start in the window: the present one, if that is possible.
fn start_in(start: [f64; 2], window: Window, was_network: bool) -> [f64; 2] {
    /// A network has no start of its own in the plane, and the origin is the minimum of several
    /// surfaces.
    const UNSET: [f64; 2] = [0.0; 2];
    if was_network && start == UNSET {
        let [x, y] = [window.x, window.y];
        return [x[0] + 0.2 * (x[1] - x[0]), y[0] + 0.8 * (y[1] - y[0])];
    }
    [
        start[0].clamp(window.x[0], window.x[1]),
        start[1].clamp(window.y[0], window.y[1]),
    ]
}

/// Makes batches no larger than the data. Listed rows that do not exist become all rows.
fn fit_batch(racer: &mut Racer, rows: usize) {
    let batch = &mut racer.plan.batch;
    match batch {
        Batch::MiniBatch(size) => *size = (*size).clamp(1, rows.max(1)),
        Batch::Rows(_) if batch.conflict(rows).is_some() => *batch = Batch::Full,
        _ => {}
    }
    if racer.plan.batch.drawn().is_none() {
        racer.plan.replacement = false;
    }
}

/// Removes the groups of blocks that there are not any more.
fn fit_groups(racer: &mut Racer, ground: &dyn Surface) {
    let (blocks, provides) = (ground.blocks(), ground.provides());
    while let Err((Some(index), fault)) = racer.plan.check_groups(blocks, provides) {
        if index >= racer.plan.groups.len() || matches!(fault, GroupFault::Refused { .. }) {
            return;
        }
        racer.plan.groups.remove(index);
    }
}

/// Gives the racers batches, steps and learning rates with which a small network trains.
fn suit_network(race: &mut Experiment, rows: usize) {
    race.shape = Shape::default();
    let [fewest, most] = STEPS;
    race.steps = (EPOCHS * rows.div_ceil(BATCH)).clamp(fewest, most);
    for racer in &mut race.racers {
        if !matches!(racer.plan.batch, Batch::MiniBatch(_)) {
            racer.plan.batch = Batch::MiniBatch(BATCH);
        }
        let rate = usual_rate(&racer.plan.optimizer);
        let rule = racer.plan.optimizer.rule_mut();
        if let (Some(index), Some(rate)) = (rule.rate(), rate) {
            rule.set(index, Value::Number(rate));
        }
    }
}

/// Returns a learning rate with which a rule trains small networks; `None` for a rule whose own
/// default is kept.
fn usual_rate(optimizer: &OptimizerChoice) -> Option<f64> {
    if let Some(inner) = optimizer.inner() {
        return usual_rate(inner);
    }
    Some(match optimizer.rule().about().name {
        "GradientDescent" | "ScheduleFreeSgd" => 0.2,
        "Momentum" | "Nesterov" => 0.03,
        "Adagrad" => 0.05,
        "Adadelta" => 1.0,
        "Adamax" => 0.02,
        "Lion" => 0.002,
        "RMSProp" | "Adam" | "AdamW" | "AMSGrad" | "Nadam" | "RAdam" | "AdaBelief" | "Yogi" => 0.01,
        _ => return None,
    })
}

/// Gives the race the number of steps that it had earlier, and the racers the learning rates.
pub fn restore(race: &mut Lineup, earlier: &Lineup) {
    race.experiment_mut().steps = earlier.experiment().steps;
    for id in race.ids().to_vec() {
        if let (Some(racer), Some(before)) = (race.racer_mut(id), earlier.racer(id)) {
            keep_rate_of(&before.plan.optimizer, &mut racer.plan.optimizer);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::data_models;
    use crate::preset;

    fn loaded(title: &str) -> SurfaceChoice {
        let models = data_models::built_in().into_iter();
        let mut surface = models.filter(|(it, _)| *it == title).map(|it| it.1).next();
        surface.as_mut().unwrap().load(None).unwrap();
        surface.unwrap()
    }

    #[test]
    fn a_network_gets_batches_steps_and_rates_that_train() {
        let mut race = preset::load_built_in("radford-beale").unwrap().experiment;
        race.shape.rotation = 30.0;
        replace_surface(&mut race, loaded("Network: moons 2–16–2"));
        assert_eq!(race.check(), Ok(()));
        assert_eq!(race.shape, Shape::default());
        assert_eq!(race.steps, 300, "140 rows in batches of 32, 60 times");
        let batches = race.racers.iter().map(|it| &it.plan.batch);
        assert!(batches.into_iter().all(|it| *it == Batch::MiniBatch(32)));
        let rate = race.racers[0].plan.optimizer.rule().learning_rate();
        assert_eq!(rate, Some(0.2));
    }

    #[test]
    fn a_batch_is_never_larger_than_the_data() {
        let mut race = preset::load_built_in("noisy-moons").unwrap().experiment;
        let mut small = crate::surface::Network::default();
        small.moons = Some(crate::surface::data::Moons {
            rows: 10,
            ..Default::default()
        });
        let mut small = SurfaceChoice::Network(small);
        small.load(None).unwrap();
        replace_surface(&mut race, small);
        assert_eq!(race.check(), Ok(()));
        assert_eq!(race.racers[0].plan.batch, Batch::MiniBatch(10));
    }

    #[test]
    fn groups_stay_as_long_as_their_blocks_are_there() {
        let text = "(version: 1, steps: 20, surface: Network(moons: (rows: 40), hidden: [6, 6]), \
                    racers: [(optimizer: Adam(), groups: [\
                    (block: \"layer 3\", optimizer: Lion()), \
                    (block: \"biases\", optimizer: Adam())])])";
        let mut race = preset::from_text("test", text).unwrap().experiment;
        let blocks = |race: &Experiment| -> Vec<String> {
            let groups = race.racers[0].plan.groups.iter();
            groups.map(|it| it.block.clone()).collect()
        };
        replace_surface(&mut race, loaded("Network: moons 2–16–2"));
        assert_eq!(
            (blocks(&race), race.check()),
            (vec!["biases".into()], Ok(()))
        );
        replace_surface(&mut race, SurfaceChoice::Beale);
        assert_eq!((blocks(&race), race.check()), (vec![], Ok(())));
    }

    #[test]
    fn every_surface_gets_a_start_after_a_network() {
        for surface in SurfaceChoice::BUILT_IN {
            let mut race = preset::load_built_in("radford-beale").unwrap().experiment;
            let before = race.start;
            replace_surface(&mut race, loaded("Network: moons 2–16–2"));
            let mut opened = race.clone();
            replace_surface(&mut race, surface.clone());
            let window = surface.open().window();
            assert!(!window.contains(before) || race.start == before);
            // A network that was opened from a file has never had a start.
            opened.start = [0.0; 2];
            replace_surface(&mut opened, surface.clone());
            let (value, slope) = surface.open().gradient(opened.start);
            let name = surface.about().name;
            assert!(value.is_finite() && slope != [0.0; 2], "{name}");
            assert_eq!(opened.check(), Ok(()));
        }
    }
}
