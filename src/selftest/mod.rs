//! A check that the numbers on this platform are those of the libraries and of every other platform.
//!
//! The `tests/golden/` records are runs of PyTorch, Keras and Optax, or of the papers' equations; they
//! hold within 1e-9 ([`Record`]). Races that only add, subtract, multiply, divide and take square roots
//! are the same to the last bit on every platform, since IEEE 754 says what these return (`bits`). In
//! others, `exp` and `sin` of two platforms may differ in the last digit.

mod bits;
mod record;

pub use bits::{Fingerprint, fingerprints};
pub use record::Record;

/// The largest difference that counts as none, in units of 1 + |recorded value|.
pub const TOLERANCE: f64 = 1e-9;

/// The names of the rules whose records are in `tests/golden/`, one file each.
pub const RULES: [&str; 41] = [
    "GradientDescent",
    "Momentum",
    "Nesterov",
    "Adagrad",
    "Adadelta",
    "RMSProp",
    "Adam",
    "Nadam",
    "Adamax",
    "RAdam",
    "AdaBelief",
    "Yogi",
    "Lion",
    "Rprop",
    "PolyakSgd",
    "Newton",
    "ScheduleFreeSgd",
    "Lookahead",
    "Sam",
    "ClipByValue",
    "ClipByGlobalNorm",
    "CoupledDecay",
    "GradientDescentArmijo",
    "Bfgs",
    "LBfgs",
    "ConjugateGradient",
    "NelderMead",
    "SignSgd",
    "QhMomentum",
    "QhAdam",
    "OptimisticGradient",
    "Adan",
    "NovoGrad",
    "Ftrl",
    "Asgd",
    "ScheduleFreeAdamW",
    "DoG",
    "LDoG",
    "Prodigy",
    "DAdaptAdam",
    "SophiaH",
];

/// Checks all records of a rule, one a line, and returns their number.
///
/// # Errors
/// A sentence about the first record that cannot be read or differs by more than [`TOLERANCE`].
pub fn check(rule: &str, lines: &str) -> Result<usize, String> {
    let mut count = 0;
    for line in lines.lines() {
        let record: Record =
            serde_json::from_str(line).map_err(|why| format!("a record of {rule}: {why}"))?;
        let error = record.error()?;
        if error > TOLERANCE {
            let Record { id, library, .. } = record;
            return Err(format!(
                "{rule}: record {id} of {library} differs by {error:e}"
            ));
        }
        count += 1;
    }
    if count == 0 {
        return Err(format!("{rule}: there are no records"));
    }
    Ok(count)
}
