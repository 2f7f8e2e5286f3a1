//! Whatever the program reads, mutated at random: it answers with a value or a sentence, never with a
//! panic, and what it has read can be written and read again.
//!
//! `SLALOM_FUZZ=1000000 cargo test --test fuzz` reads a million inputs instead of some thousands, and
//! `SLALOM_FUZZ_SEED=2` reads others. `CONTRIBUTING.md` says what to do with what is found.

mod engine;

mod answers;
mod data;
mod formulas;
mod links;
mod pasted;
mod pictures;
mod planted;
mod presets;
mod recordings;
mod round_trip;
mod sealed;
#[cfg(feature = "window")]
mod settings;
mod tables;
