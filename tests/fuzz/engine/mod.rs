//! The search: inputs of one kind are mutated and read, and what fails is made small and kept.
//!
//! Everything that is drawn follows from the seed, so a run can be repeated. An input with an answer
//! that was not seen before joins those that are mutated, so that the search gets past the first
//! checks of a reader.

mod corpus;
mod fault;
mod mutate;
mod shrink;
mod watch;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use slalom::chance::{Chance, Use};

pub use corpus::corpus;
use fault::run;
pub use fault::{Answer, Fault, VALID, of_error};
use mutate::Mutator;
use watch::Watch;

/// The inputs of a usual run, of all kinds together.
const USUAL: u64 = 20_000;
/// The most inputs that are kept because their answers were new.
const MOST_KEPT: usize = 4_000;
/// The most of them that are refused for the same kind of reason.
const MOST_ALIKE: usize = 40;
/// The most faults after which a run gives up.
const MOST_FAULTS: usize = 12;
/// The most bytes of an input.
const MOST_BYTES: usize = 16 << 10;

/// A kind of input.
pub struct Kind {
    /// Its name, which is that of its folder in the corpus.
    pub name: &'static str,
    /// How many of a hundred inputs are of this kind.
    pub share: u64,
    /// Words that are worth inserting besides those of the corpus.
    pub words: &'static [&'static str],
    /// What is read besides the corpus.
    pub more: fn() -> Vec<Vec<u8>>,
    /// Reads an input, and checks what was read.
    pub read: fn(&[u8]) -> Answer,
}

/// What a run has found.
pub struct Found {
    /// The fault.
    pub fault: Fault,
    /// The input as it was found.
    pub input: Vec<u8>,
    /// A smaller input with the same fault.
    pub small: Vec<u8>,
    /// How many inputs had been read.
    pub after: u64,
}

impl Kind {
    /// Reads the corpus and this kind's share of the inputs, and fails if anything is wrong.
    pub fn hunt(&self) {
        let wished = std::env::var("SLALOM_FUZZ").ok();
        let total = wished.as_ref().map_or(USUAL, |it| it.parse().unwrap());
        let count = total * self.share / 100;
        let seed = std::env::var("SLALOM_FUZZ_SEED");
        let seed: u64 = seed.map_or(1, |it| it.parse().unwrap());
        let found = self.search(count, wished.is_some(), MOST_FAULTS, seed);
        let said: Vec<String> = found.iter().map(|it| self.kept(it)).collect();
        assert!(said.is_empty(), "{}", said.join("\n\n"));
    }

    /// Reads the corpus and `count` inputs made from it with a seed, up to the first `most` different
    /// faults.
    pub fn search(&self, count: u64, is_long: bool, most: usize, seed: u64) -> Vec<Found> {
        let began = Instant::now();
        let mut pool = corpus(self.name);
        pool.extend((self.more)());
        let seeds = pool.len() as u64;
        let mutator = Mutator::new(&pool, self.words);
        let mut watch = Watch::new(self.name, is_long);
        let mut answers: BTreeMap<String, u64> = BTreeMap::new();
        let mut alike: BTreeMap<String, usize> = BTreeMap::new();
        let mut known: BTreeSet<String> = BTreeSet::new();
        let mut found: Vec<Found> = Vec::new();
        let mut read = 0;
        for number in 0..seeds + count {
            let input = match usize::try_from(number).ok().filter(|_| number < seeds) {
                Some(index) => pool[index].clone(),
                None => {
                    let mut chance = Chance::new(seed, Use::Games, number);
                    let mut input = mutator.next(&mut chance, &pool);
                    input.truncate(MOST_BYTES);
                    input
                }
            };
            read = number + 1;
            let answer = watch.timed(self.read, &input);
            match answer {
                Ok(answer) => {
                    let head = fault::head(&answer).to_owned();
                    let times = answers.entry(answer).or_default();
                    *times += 1;
                    if *times == 1 && number >= seeds && pool.len() < MOST_KEPT {
                        let is_valid = head == VALID;
                        let alike = alike.entry(head).or_default();
                        if is_valid || *alike < MOST_ALIKE {
                            *alike += 1;
                            pool.push(input);
                        }
                    }
                }
                Err(fault) => {
                    if !known.insert(fault.place.clone()) {
                        continue;
                    }
                    let small = shrink::shrink(&input, &|it: &[u8]| {
                        watch::fails_likewise(self.read, it, &fault)
                    });
                    found.push(Found {
                        fault,
                        input,
                        small,
                        after: number + 1,
                    });
                    if found.len() >= most {
                        break;
                    }
                }
            }
        }
        self.report(read, began.elapsed(), &answers, watch.slowest(), is_long);
        found
    }

    fn report(
        &self,
        read: u64,
        took: Duration,
        answers: &BTreeMap<String, u64>,
        slowest: Duration,
        is_long: bool,
    ) {
        let of_kind = |wanted: &str| -> u64 {
            let those = answers
                .iter()
                .filter(|(answer, _)| fault::head(answer) == wanted);
            those.map(|(_, times)| times).sum()
        };
        println!(
            "{}: {read} inputs in {:.1} s, {} of them valid, {} different answers, the slowest in {} ms",
            self.name,
            took.as_secs_f64(),
            of_kind(fault::VALID),
            answers.len(),
            slowest.as_millis(),
        );
        if is_long {
            let heads: BTreeSet<&str> = answers.keys().map(|it| fault::head(it)).collect();
            for head in heads {
                println!("    {head}: {}", of_kind(head));
            }
        }
    }

    /// Keeps an input with a fault, and says what is wrong and where the input is.
    fn kept(&self, found: &Found) -> String {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("fuzz");
        fs::create_dir_all(&folder).unwrap();
        let mark = words::checksum(&found.small);
        let file = folder.join(format!("{}-{mark:08x}", self.name));
        fs::write(&file, &found.small).unwrap();
        fs::write(file.with_extension("found"), &found.input).unwrap();
        format!(
            "{}, input {}: {}\n{} ({} bytes, {} as found)",
            self.name,
            found.after,
            found.fault,
            file.display(),
            found.small.len(),
            found.input.len()
        )
    }
}

/// Reads an input, and says what is wrong with the answer.
fn answer(read: fn(&[u8]) -> Answer, input: &[u8]) -> Result<String, Fault> {
    run(read, input)
}
