//! The learning rate in each step: edits and schedules.

mod common;

use std::sync::Arc;

use common::bowl::Bowl;
use common::{edited, with};
use slalom::experiment::{Racer, Schedule};
use slalom::preset;
use slalom::simulation::{Trajectory, anatomy, simulate, simulate_racer};
use slalom::surface::{Surface, SurfaceChoice};

/// A bowl so wide that any learning rate is stable.
fn bowl() -> Arc<dyn Surface> {
    Arc::new(Bowl(1e-3, 1e-3))
}

fn on_valley(racer: &Racer, steps: usize) -> Trajectory {
    let valley = SurfaceChoice::LongValley.open();
    simulate_racer(&valley, &racer.plan, [4.0, 1.0], steps, 0)
}

/// Along the floor of the valley the gradient is x.
#[test]
fn the_update_from_the_step_of_an_edit_is_the_first_that_uses_it() {
    let racer = edited(
        with("GradientDescent(learning_rate: 0.01)"),
        &[(3, "learning_rate", 0.02)],
    );
    let path = on_valley(&racer, 6);
    assert_eq!(path.learning_rate, [0.01, 0.01, 0.01, 0.02, 0.02, 0.02]);
    for step in 0..6 {
        let rate = if step < 3 { 0.01 } else { 0.02 };
        assert_eq!(
            path.x[step + 1],
            path.x[step] - rate * path.x[step],
            "{step}"
        );
    }
    let unedited = on_valley(&with("GradientDescent(learning_rate: 0.01)"), 6);
    assert_eq!(path.x[..=3], unedited.x[..=3]);
    assert_ne!(path.x[4], unedited.x[4]);
}

#[test]
fn an_edit_at_step_0_holds_from_the_start_and_one_at_the_end_has_no_effect() {
    let racer = edited(
        with("GradientDescent(learning_rate: 0.01)"),
        &[(0, "learning_rate", 0.02)],
    );
    let other = with("GradientDescent(learning_rate: 0.02)");
    assert_eq!(on_valley(&racer, 5), on_valley(&other, 5));
    for step in [5, 99] {
        let late = edited(other.clone(), &[(step, "learning_rate", 7.0)]);
        assert_eq!(on_valley(&late, 5), on_valley(&other, 5));
    }
}

/// v ← μ v + η x; x ← x − v
#[test]
fn an_edited_momentum_keeps_the_velocity() {
    let racer = edited(
        with("Momentum(learning_rate: 0.01, momentum: 0.5)"),
        &[(4, "momentum", 0.9)],
    );
    let path = on_valley(&racer, 8);
    let (mut x, mut velocity) = (4.0, 0.0);
    for step in 0..8 {
        let momentum = if step < 4 { 0.5 } else { 0.9 };
        velocity = momentum * velocity + 0.01 * x;
        x -= velocity;
        assert!((path.x[step + 1] - x).abs() < 1e-14, "{step}");
    }
}

#[test]
fn several_edits_at_one_step_all_count_and_of_the_same_the_last() {
    let both = edited(
        with("Momentum(learning_rate: 0.01, momentum: 0.5)"),
        &[(2, "learning_rate", 0.005), (2, "momentum", 0.8)],
    );
    let path = on_valley(&both, 6);
    let (mut x, mut velocity) = (4.0, 0.0);
    for step in 0..6 {
        let (rate, momentum) = if step < 2 { (0.01, 0.5) } else { (0.005, 0.8) };
        velocity = momentum * velocity + rate * x;
        x -= velocity;
        assert!((path.x[step + 1] - x).abs() < 1e-14, "{step}");
    }

    let twice = edited(
        with("GradientDescent(learning_rate: 0.01)"),
        &[(2, "learning_rate", 0.5), (2, "learning_rate", 0.02)],
    );
    assert_eq!(on_valley(&twice, 4).learning_rate, [0.01, 0.01, 0.02, 0.02]);
    assert_eq!(twice.plan.number_at(0, 1), Some(0.01));
    assert_eq!(twice.plan.number_at(0, 2), Some(0.02));
}

#[test]
fn edits_need_no_order() {
    let racer = edited(
        with("GradientDescent(learning_rate: 0.01)"),
        &[(4, "learning_rate", 0.03), (2, "learning_rate", 0.02)],
    );
    let rates = [0.01, 0.01, 0.02, 0.02, 0.03, 0.03];
    assert_eq!(on_valley(&racer, 6).learning_rate, rates);
    for (step, rate) in rates.into_iter().enumerate() {
        assert_eq!(racer.plan.number_at(0, step), Some(rate));
    }
}

#[test]
fn changing_a_form_in_the_middle_is_no_edit() {
    let racer = edited(
        with("Adam()"),
        &[(1, "epsilon_hat", 1.0), (1, "nothing", 1.0)],
    );
    assert_eq!(on_valley(&racer, 5), on_valley(&with("Adam()"), 5));
}

fn one_cycle(total_steps: Option<u64>, steps: Option<u64>, max_learning_rate: f64) -> Schedule {
    Schedule::OneCycle {
        total_steps,
        steps,
        epochs: None,
        max_learning_rate,
    }
}

/// The schedule with this text in a file.
fn read(text: &str) -> Schedule {
    let racer = format!("(optimizer: Adam(), schedule: {text})");
    common::racer(&racer).plan.schedule
}

/// The learning rates that each schedule gives for η = 0.5, computed independently from its
/// formula; `OneCycle` as PyTorch's `OneCycleLR(max_lr=M, total_steps=steps+1,
/// cycle_momentum=False)`.
#[rustfmt::skip]
fn schedules() -> Vec<(Schedule, &'static [(u64, f64)])> {
    vec![
        (Schedule::Constant, &[(0, 0.5), (1, 0.5), (1_000_000, 0.5)]),
        (Schedule::steps_down(3, 0.5),
         &[(0, 0.5), (2, 0.5), (3, 0.25), (5, 0.25), (6, 0.125), (7, 0.125)]),
        (Schedule::Exponential { factor: 0.9 },
         &[(0, 0.5), (1, 0.45), (2, 0.405), (10, 0.174_339_220_05),
           (100, 1.328_069_944_379_377e-5)]),
        (Schedule::cosine(8, 0.1),
         &[(0, 0.5), (1, 0.484_775_906_502_257_3), (2, 0.441_421_356_237_309_5), (4, 0.3),
           (7, 0.115_224_093_497_742_65), (8, 0.1), (9, 0.1), (100, 0.1)]),
        (Schedule::warm_restarts(4, 1, 0.1),
         &[(0, 0.5), (1, 0.441_421_356_237_309_5), (2, 0.3), (3, 0.158_578_643_762_690_5),
           (4, 0.5), (5, 0.441_421_356_237_309_5), (7, 0.158_578_643_762_690_5), (8, 0.5),
           (402, 0.3)]),
        // Periods of 1, 2, 4 and 8 steps, as PyTorch's CosineAnnealingWarmRestarts(T_0=1, T_mult=2).
        (Schedule::warm_restarts(1, 2, 0.0),
         &[(0, 0.5), (1, 0.5), (2, 0.25), (3, 0.5), (4, 0.426_776_695_296_636_9), (5, 0.25),
           (6, 0.073_223_304_703_363_1), (7, 0.5), (8, 0.480_969_883_127_821_6), (11, 0.25),
           (15, 0.5), (23, 0.25), (31, 0.5)]),
        (Schedule::warm_up(4, 0.2),
         &[(0, 0.1), (1, 0.2), (2, 0.3), (3, 0.4), (4, 0.5), (5, 0.5), (100, 0.5)]),
        (Schedule::InverseTime { decay: 0.25 },
         &[(0, 0.5), (1, 0.4), (2, 1.0 / 3.0), (4, 0.25), (12, 0.125), (100, 0.5 / 26.0)]),
        (one_cycle(None, Some(9), 1.0),
         &[(0, 0.04), (1, 0.52), (2, 1.0), (3, 0.950_484_632_013_473_7),
           (5, 0.611_262_021_936_289_3), (8, 0.049_519_367_986_526_286), (9, 4e-6), (50, 4e-6)]),
        (one_cycle(Some(200), None, 0.5),
         &[(0, 0.02), (1, 0.020_340_153_037_577_19), (30, 0.266_388_925_145_065_96), (59, 0.5),
           (60, 0.499_937_058_987_391_7), (100, 0.401_447_905_170_161_16),
           (198, 6.494_101_260_830_984e-5), (199, 2e-6), (250, 2e-6)]),
        (read("Linear(steps: 4, final_learning_rate: 0.1)"),
         &[(0, 0.5), (1, 0.4), (2, 0.3), (4, 0.1), (5, 0.1), (100, 0.1)]),
        (read("Linear(steps: 4, from: 0.2, final_factor: 0.6)"),
         &[(0, 0.1), (1, 0.15), (2, 0.2), (4, 0.3), (5, 0.3), (100, 0.3)]),
        (read("Polynomial(steps: 4, power: 2.0, final_learning_rate: 0.1)"),
         &[(0, 0.5), (1, 0.325), (2, 0.2), (3, 0.125), (4, 0.1), (100, 0.1)]),
        (read("PiecewiseConstant(changes: [(step: 2, factor: 0.5), (step: 5, learning_rate: 0.04), \
               (step: 7, factor: 0.5)])"),
         &[(0, 0.5), (1, 0.5), (2, 0.25), (4, 0.25), (5, 0.04), (6, 0.04), (7, 0.02), (100, 0.02)]),
        // What it does with the losses of a race is compared with PyTorch's.
        (read("ReduceOnPlateau()"), &[(0, 0.5), (1, 0.5), (5, 0.5)]),
        (read("Sequence(parts: [(steps: 4, schedule: LinearWarmUp(steps: 4, from: 0.2)), \
               (steps: 2, schedule: Constant), (schedule: Cosine(steps: 8, final_learning_rate: \
               0.1))])"),
         &[(0, 0.1), (3, 0.4), (4, 0.5), (5, 0.5), (6, 0.5), (7, 0.484_775_906_502_257_3),
           (8, 0.441_421_356_237_309_5), (14, 0.1), (100, 0.1)]),
    ]
}

#[test]
fn schedules_give_the_rates_of_their_formulas() {
    for (schedule, expected) in schedules() {
        for &(k, rate) in expected {
            let ours = schedule.learning_rate(0.5, k);
            assert!(
                (ours - rate).abs() <= 1e-15,
                "{schedule:?} at {k}: {ours} {rate}"
            );
        }
    }
    let covered: Vec<&str> = schedules()
        .iter()
        .map(|(schedule, _)| schedule.name())
        .collect();
    for schedule in Schedule::all() {
        assert!(covered.contains(&schedule.name()), "{schedule:?}");
    }
}

#[test]
fn the_update_from_step_k_uses_the_rate_of_step_k() {
    for (schedule, expected) in schedules() {
        let mut racer = with("GradientDescent(learning_rate: 0.5)");
        racer.plan.schedule = schedule.clone();
        let path = simulate_racer(&bowl(), &racer.plan, [1.0, 1.0], 500, 0);
        for &(k, rate) in expected.iter().filter(|(k, _)| *k < 500) {
            let step = usize::try_from(k).unwrap();
            assert!(
                (path.learning_rate[step] - rate).abs() <= 1e-15,
                "{schedule:?} {k}"
            );
            let made = path.x[step] - rate * 2e-3 * path.x[step];
            assert!((path.x[step + 1] - made).abs() < 1e-15, "{schedule:?} {k}");
        }
    }
}

/// η changes from 0.5 to 0.2 at step 6; the rates at steps 5, 6 and 9.
#[test]
#[rustfmt::skip]
fn under_a_schedule_an_edited_rate_is_its_new_eta() {
    let expected = [
        (Schedule::Constant, [0.5, 0.2, 0.2]),
        // 0.5·½, 0.2·¼, 0.2·⅛
        (Schedule::steps_down(3, 0.5), [0.25, 0.05, 0.025]),
        // 0.5·0.9⁵, 0.2·0.9⁶, 0.2·0.9⁹
        (Schedule::Exponential { factor: 0.9 }, [0.295_245, 0.106_288_2, 0.077_484_097_8]),
        // 0.1 + 0.4(1 + cos ⅝π)/2, 0.1 + 0.1(1 + cos ¾π)/2, the end
        (Schedule::cosine(8, 0.1),
         [0.223_463_313_526_982_05, 0.114_644_660_940_672_63, 0.1]),
        // 0.1 + 0.4(1 + cos ¼π)/2, 0.1 + 0.1(1 + cos ½π)/2, 0.1 + 0.1(1 + cos ¼π)/2
        (Schedule::warm_restarts(4, 1, 0.1),
         [0.441_421_356_237_309_5, 0.15, 0.185_355_339_059_327_4]),
        // 0.5(0.2 + 0.8·½), 0.2(0.2 + 0.8·0.6), 0.2(0.2 + 0.8·0.9)
        (Schedule::warm_up(10, 0.2), [0.3, 0.136, 0.184]),
        // 0.5/2.25, 0.2/2.5, 0.2/3.25
        (Schedule::InverseTime { decay: 0.25 },
         [0.222_222_222_222_222_2, 0.08, 0.061_538_461_538_461_54]),
        // η itself is not used.
        (one_cycle(None, Some(9), 1.0),
         [0.611_262_021_936_289_3, 0.388_741_978_063_710_7, 4e-6]),
    ];
    for (schedule, rates) in expected {
        let mut racer = edited(
            with("GradientDescent(learning_rate: 0.5)"),
            &[(6, "learning_rate", 0.2)],
        );
        racer.plan.schedule = schedule.clone();
        let path = simulate_racer(&bowl(), &racer.plan, [1.0, 1.0], 12, 0);
        for (step, rate) in [5, 6, 9].into_iter().zip(rates) {
            let ours = path.learning_rate[step];
            assert!(
                (ours - rate).abs() < 1e-15,
                "{schedule:?} at {step}: {ours} {rate}"
            );
        }
    }
}

/// The last three rates of PyTorch's `OneCycleLR(total_steps=50)`, which is the same as 49 `steps`.
#[test]
fn total_steps_are_those_of_pytorch_and_one_more_than_steps() {
    let racer = |schedule: &str| {
        let text = format!(
            "(version: 1, surface: LongValley, start: (1.0, 0.0), steps: 50, racers: [(optimizer: \
             GradientDescent(), schedule: OneCycle({schedule}, max_learning_rate: 0.01))])"
        );
        preset::from_text("race.ron", &text).unwrap().experiment
    };
    let rates = |schedule: &str| simulate(&racer(schedule)).remove(0).learning_rate;
    let rates_of_50 = rates("total_steps: 50");
    let expected = [8.039_173_559_862_365e-5, 2.016_844_950_968_456_5e-5, 4e-8];
    for (ours, theirs) in rates_of_50[47..].iter().zip(expected) {
        assert!((ours - theirs).abs() < 1e-17, "{ours} {theirs}");
    }
    assert_eq!(rates_of_50, rates("steps: 49"));
    assert_ne!(rates_of_50, rates("steps: 50"));
}

/// Files that give `steps` keep `steps`, and files that give `total_steps` keep `total_steps`.
#[test]
fn schedules_are_written_as_they_were_given() {
    for schedule in [
        "OneCycle(total_steps:50,max_learning_rate:0.01)",
        "OneCycle(steps:50,max_learning_rate:0.01)",
        "CosineWarmRestarts(period:10,final_learning_rate:0.0)",
        "CosineWarmRestarts(period:10,factor:2,final_learning_rate:0.0)",
    ] {
        let text = format!(
            "(version: 1, surface: Beale, start: (1.0, 1.6), steps: 9, \
             racers: [(optimizer: Adam(), schedule: {schedule})])"
        );
        let preset = preset::from_text("race.ron", &text).unwrap();
        let written = preset::to_text(&preset).unwrap();
        let squeezed = written.replace(' ', "");
        assert!(
            squeezed.contains(&format!("schedule:{schedule}")),
            "{written}"
        );
        assert_eq!(preset::from_text("race.ron", &written), Ok(preset));
    }
}

/// A race over the 100 built-in points about a line.
fn on_data(schedule: &str, batch: &str, steps: usize) -> Trajectory {
    let racer = format!(
        "(optimizer: GradientDescent(learning_rate: 0.05), schedule: {schedule}, batch: {batch})"
    );
    let surface = "LinearRegression(data: \"line\")";
    let experiment = common::race(surface, [-1.0, -2.0], steps, &racer);
    simulate(&experiment).remove(0)
}

/// An epoch has 7 batches of 16 rows, the last of which is smaller.
#[test]
fn epochs_last_as_many_steps_as_the_racer_has_batches() {
    for (in_epochs, in_steps) in [
        ("Cosine(epochs: 2)", "Cosine(steps: 14)"),
        (
            "Linear(epochs: 3, final_factor: 0.1)",
            "Linear(steps: 21, final_factor: 0.1)",
        ),
        (
            "Step(every_epochs: 1, factor: 0.5)",
            "Step(every: 7, factor: 0.5)",
        ),
        (
            "CosineWarmRestarts(period_epochs: 1)",
            "CosineWarmRestarts(period: 7)",
        ),
        (
            "OneCycle(epochs: 3, max_learning_rate: 0.1)",
            "OneCycle(total_steps: 21, max_learning_rate: 0.1)",
        ),
        (
            "PiecewiseConstant(changes: [(step: 1, factor: 0.5), (epoch: 1, factor: 0.5)])",
            "PiecewiseConstant(changes: [(step: 1, factor: 0.5), (step: 7, factor: 0.5)])",
        ),
        (
            "Sequence(parts: [(epochs: 1, schedule: LinearWarmUp(epochs: 1, from: 0.1)), \
             (schedule: Polynomial(epochs: 2))])",
            "Sequence(parts: [(steps: 7, schedule: LinearWarmUp(steps: 7, from: 0.1)), (schedule: \
             Polynomial(steps: 14))])",
        ),
    ] {
        let ours = on_data(in_epochs, "MiniBatch(16)", 24);
        assert_eq!(ours, on_data(in_steps, "MiniBatch(16)", 24), "{in_epochs}");
        let mut pairs = ours.learning_rate.windows(2);
        assert!(pairs.any(|pair| pair[0].to_bits() != pair[1].to_bits()));
    }
}

/// An epoch over all rows is one step; one over single rows, and listed rows, are all rows once.
#[test]
fn every_kind_of_batch_has_its_epoch() {
    let halves = "Rows([[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [10, 11, 12, 13, 14, 15, 16, 17, 18, 19]])";
    for (batch, steps) in [
        ("Full", 1),
        ("Sample", 100),
        (halves, 10),
        ("MiniBatch(100)", 1),
    ] {
        let ours = on_data("Cosine(epochs: 2)", batch, 30);
        let theirs = on_data(&format!("Cosine(steps: {})", 2 * steps), batch, 30);
        assert_eq!(ours, theirs, "{batch}");
    }
}

/// After a rate that is far too high nothing improves, so every look at the loss reduces it.
#[test]
fn a_schedule_that_watches_the_loss_looks_once_an_epoch() {
    let schedule = "ReduceOnPlateau(factor: 0.5, patience: 0, threshold: 0.999)";
    let rates = |batch: &str, steps| on_data(schedule, batch, steps).learning_rate;
    // The first look finds a lower loss than none.
    assert_eq!(rates("Full", 4), [0.05, 0.05, 0.025, 0.0125]);
    let of_batches = rates("MiniBatch(16)", 22);
    assert!(of_batches[..14].iter().all(|rate| *rate == 0.05));
    assert!(of_batches[14..21].iter().all(|rate| *rate == 0.025));
    assert_eq!(of_batches[21], 0.0125);
}

#[test]
fn after_an_edit_the_reductions_so_far_hold_for_the_new_rate() {
    let schedule = read("ReduceOnPlateau(factor: 0.5, patience: 0, threshold: 0.999)");
    let mut racer = edited(
        with("GradientDescent(learning_rate: 0.5)"),
        &[(3, "learning_rate", 0.2)],
    );
    racer.plan.schedule = schedule;
    let path = simulate_racer(&bowl(), &racer.plan, [1.0, 1.0], 5, 0);
    let expected = [0.5, 0.5, 0.25, 0.05, 0.025];
    assert_eq!(path.learning_rate, expected);
}

#[test]
fn a_plateau_after_a_warm_up_begins_with_the_part() {
    let mut racer = with("GradientDescent(learning_rate: 0.5)");
    racer.plan.schedule = read(
        "Sequence(parts: [(steps: 3, schedule: Constant), (schedule: ReduceOnPlateau(factor: 0.5, \
         patience: 0, threshold: 0.999))])",
    );
    let path = simulate_racer(&bowl(), &racer.plan, [1.0, 1.0], 7, 0);
    assert_eq!(path.learning_rate, [0.5, 0.5, 0.5, 0.5, 0.5, 0.25, 0.125]);
}

/// Going through a race again without its losses must not miss those that the schedule watches.
#[test]
fn every_step_is_found_again_with_its_rate() {
    for schedule in [
        "ReduceOnPlateau(factor: 0.5, patience: 0, threshold: 0.999)",
        "Cosine(epochs: 2)",
    ] {
        let racer = format!(
            "(optimizer: GradientDescent(learning_rate: 0.05), schedule: {schedule}, batch: \
             MiniBatch(16))"
        );
        let surface = "LinearRegression(data: \"line\")";
        let experiment = common::race(surface, [-1.0, -2.0], 24, &racer);
        let path = simulate(&experiment).remove(0);
        let surface = experiment.open_surface();
        let plan = &experiment.racers[0].plan;
        for step in 0..24 {
            let found = anatomy(&surface, plan, &path, step, experiment.seed).unwrap();
            assert_eq!(found.learning_rate, Some(path.learning_rate[step]));
            let rule = plan.optimizer_in(step, found.learning_rate);
            assert_eq!(rule.rule().learning_rate(), found.learning_rate);
        }
    }
}
