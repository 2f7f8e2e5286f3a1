//! Every reference trajectory from PyTorch, Keras, Optax or a paper's equations is reproduced, and
//! rounding decides none of it.

use std::fs;
use std::path::Path;

use slalom::experiment::Experiment;
use slalom::selftest::{self, Record, TOLERANCE};
use slalom::simulation::{HorizonJob, Job};

/// The step from which rounding decides a run, if it does.
fn decided_by_rounding(record: &Record) -> Option<usize> {
    let experiment = record.experiment().unwrap();
    let Experiment {
        start, steps, seed, ..
    } = experiment;
    let (surface, plan) = (experiment.open_surface(), &experiment.racers[0].plan);
    let job = HorizonJob::new(&surface, plan, start, steps, seed).unwrap();
    let horizon = job.finish();
    assert_eq!(horizon.checked, steps, "record {}", record.id);
    horizon.decided_from
}

fn check(rule: &str, records: usize) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{rule}.jsonl"));
    let text = fs::read_to_string(path).unwrap();
    let golden: Vec<Record> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(golden.len(), records, "records of {rule}");
    for record in &golden {
        let decided = decided_by_rounding(record);
        assert_eq!(
            decided, None,
            "{} {} {}",
            record.id, record.library, record.parameters
        );
    }
    let wrong: Vec<String> = golden
        .iter()
        .map(|record| (record, record.error().unwrap()))
        .filter(|(_, error)| *error > TOLERANCE)
        .map(|(record, error)| {
            format!(
                "{} {} {:?} {}: {error:e}",
                record.id, record.library, record.surface, record.parameters
            )
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// What the page checks behind `?selftest` covers these files, and finds a number that differs.
#[test]
fn the_check_in_the_browser_reads_them_all_and_sees_a_difference() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut rules: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| Some(name.strip_suffix(".jsonl")?.to_owned()))
        .collect();
    rules.sort();
    let mut checked = selftest::RULES.to_vec();
    checked.sort_unstable();
    assert_eq!(rules, checked);

    let lines = fs::read_to_string(folder.join("Newton.jsonl")).unwrap();
    assert_eq!(selftest::check("Newton", &lines), Ok(9));
    let line = lines.lines().next().unwrap();
    let mut record: serde_json::Value = serde_json::from_str(line).unwrap();
    let last = record["x"].as_array_mut().unwrap().last_mut().unwrap();
    *last = (last.as_f64().unwrap() + 1e-6).into();
    let differs = selftest::check("Newton", &record.to_string()).unwrap_err();
    assert!(differs.starts_with("Newton: record "), "{differs}");
    assert!(differs.contains(" differs by "), "{differs}");
    assert!(selftest::check("Newton", "").is_err());
    assert!(selftest::check("Newton", "{}").is_err());
}

#[test]
fn gradient_descent() {
    check("GradientDescent", 63);
}

#[test]
fn momentum() {
    check("Momentum", 61);
}

#[test]
fn nesterov() {
    check("Nesterov", 58);
}

#[test]
fn adagrad() {
    check("Adagrad", 60);
}

#[test]
fn adadelta() {
    check("Adadelta", 49);
}

#[test]
fn rmsprop() {
    check("RMSProp", 67);
}

#[test]
fn adam() {
    check("Adam", 110);
}

#[test]
fn nadam() {
    check("Nadam", 72);
}

#[test]
fn adamax() {
    check("Adamax", 35);
}

#[test]
fn radam() {
    check("RAdam", 17);
}

#[test]
fn adabelief() {
    check("AdaBelief", 12);
}

#[test]
fn yogi() {
    check("Yogi", 11);
}

#[test]
fn lion() {
    check("Lion", 17);
}

#[test]
fn rprop() {
    check("Rprop", 13);
}

#[test]
fn polyak_sgd() {
    check("PolyakSgd", 9);
}

#[test]
fn newton() {
    check("Newton", 9);
}

#[test]
fn schedule_free_sgd() {
    check("ScheduleFreeSgd", 9);
}

#[test]
fn lookahead() {
    check("Lookahead", 9);
}

#[test]
fn sam() {
    check("Sam", 9);
}

#[test]
fn clip_by_value() {
    check("ClipByValue", 12);
}

#[test]
fn clip_by_global_norm() {
    check("ClipByGlobalNorm", 15);
}

#[test]
fn coupled_decay() {
    check("CoupledDecay", 9);
}

#[test]
fn gradient_descent_armijo() {
    check("GradientDescentArmijo", 10);
}

#[test]
fn bfgs() {
    check("Bfgs", 9);
}

#[test]
fn l_bfgs() {
    check("LBfgs", 10);
}

#[test]
fn conjugate_gradient() {
    check("ConjugateGradient", 9);
}

#[test]
fn nelder_mead() {
    check("NelderMead", 9);
}

#[test]
fn sign_sgd() {
    check("SignSgd", 9);
}

#[test]
fn qh_momentum() {
    check("QhMomentum", 10);
}

#[test]
fn qh_adam() {
    check("QhAdam", 10);
}

#[test]
fn optimistic_gradient() {
    check("OptimisticGradient", 10);
}

#[test]
fn adan() {
    check("Adan", 21);
}

#[test]
fn novo_grad() {
    check("NovoGrad", 10);
}

#[test]
fn ftrl() {
    check("Ftrl", 24);
}

#[test]
fn asgd() {
    check("Asgd", 9);
}

#[test]
fn schedule_free_adamw() {
    check("ScheduleFreeAdamW", 9);
}

#[test]
fn dog() {
    check("DoG", 12);
}

#[test]
fn ldog() {
    check("LDoG", 10);
}

#[test]
fn prodigy() {
    check("Prodigy", 18);
}

#[test]
fn d_adapt_adam() {
    check("DAdaptAdam", 17);
}

#[test]
fn sophia_h() {
    check("SophiaH", 12);
}
