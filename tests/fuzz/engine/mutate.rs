//! Makes new inputs from known ones.

use std::collections::BTreeSet;

use slalom::chance::Chance;

use super::words::{numbers, words};

/// Numbers at the ends of what can be written.
const NUMBERS: [&str; 30] = [
    "0",
    "-0",
    "-0.0",
    "1",
    "-1",
    "2",
    "3",
    "7",
    "10",
    "17",
    "100",
    "255",
    "256",
    "65535",
    "65536",
    "1000000",
    "1000001",
    "4294967296",
    "18446744073709551615",
    "18446744073709551616",
    "1e400",
    "-1e400",
    "5e-324",
    "1.7976931348623157e308",
    "NaN",
    "inf",
    "-inf",
    "0.1",
    "1e-9",
    "99999999999999999999999999999999999999999",
];

/// Letters that are treated unlike others somewhere.
const LETTERS: [&str; 22] = [
    "\0",
    "\u{feff}",
    "\u{200b}",
    "\u{202e}",
    "é",
    "ß",
    "İ",
    "θ",
    "日本",
    "𝛽",
    "\u{1f600}",
    "\u{301}",
    "\r\n",
    "\n",
    "\t",
    "\"",
    "'",
    "\\",
    "\u{2028}",
    "\u{fffd}",
    "\u{10ffff}",
    "²",
];

/// Pairs that can be nested.
const BRACKETS: [[&str; 2]; 8] = [
    ["(", ")"],
    ["[", "]"],
    ["{", "}"],
    ["Some(", ")"],
    ["All([", "])"],
    ["-(", ")"],
    ["/*", "*/"],
    ["\"", "\""],
];

/// Bytes that mean something in binary formats.
const BYTES: [&[u8]; 7] = [
    &[0xff, 0xff, 0xff, 0xff],
    &[0, 0, 0, 0],
    &[0xff, 0xfe],
    &[0xef, 0xbb, 0xbf],
    &[0x80],
    &[0, 0, 0, 0x80],
    &[1, 0, 0, 0],
];

/// Makes new inputs.
pub struct Mutator {
    words: Vec<Vec<u8>>,
    /// Those that do not come from inputs.
    chosen: Vec<Vec<u8>>,
    /// How many inputs there are at the beginning.
    seeds: usize,
}

impl Mutator {
    /// Creates a mutator that knows the words of these inputs, and some chosen ones.
    pub fn new(inputs: &[Vec<u8>], chosen: &[&str]) -> Self {
        let mut known = BTreeSet::new();
        for input in inputs {
            let all = words(input).into_iter().map(|word| input[word].to_vec());
            known.extend(all.filter(|word| word.len() <= 40));
        }
        let chosen: Vec<Vec<u8>> = chosen.iter().map(|it| it.as_bytes().to_vec()).collect();
        known.extend(chosen.iter().cloned());
        Self {
            words: known.into_iter().collect(),
            chosen,
            seeds: inputs.len(),
        }
    }

    /// Returns a mutated input.
    pub fn next(&self, chance: &mut Chance, pool: &[Vec<u8>]) -> Vec<u8> {
        if pool.is_empty() {
            return Vec::new();
        }
        // Most of what was kept is refused, so that valid inputs would become rare.
        let first = pool.get(..self.seeds).filter(|_| chance.below(2) == 0);
        let mut input = pick(chance, first.unwrap_or(pool)).clone();
        loop {
            self.mutate(chance, &mut input, pool);
            if chance.below(5) > 1 {
                return input;
            }
        }
    }

    fn mutate(&self, chance: &mut Chance, input: &mut Vec<u8>, pool: &[Vec<u8>]) {
        match chance.below(20) {
            0 => {
                if let Some(byte) = some_byte(chance, input) {
                    *byte ^= 1 << chance.below(8);
                }
            }
            1 => {
                let drawn = u8::try_from(chance.below(256)).unwrap_or_default();
                if let Some(byte) = some_byte(chance, input) {
                    *byte = drawn;
                }
            }
            2 => {
                let (from, to) = stretch(chance, input.len());
                input.drain(from..to);
            }
            3 => input.truncate(place(chance, input.len())),
            4 => {
                let (from, to) = stretch(chance, input.len());
                let twice = input[from..to].to_vec();
                insert(input, to, &twice);
            }
            5 => {
                let other = pick(chance, pool);
                let (mine, theirs) = (place(chance, input.len()), place(chance, other.len()));
                input.truncate(mine);
                input.extend(&other[theirs..]);
            }
            6 => {
                let other = pick(chance, pool);
                let (from, to) = stretch(chance, other.len());
                let at = place(chance, input.len());
                let piece = other[from..to].to_vec();
                insert(input, at, &piece);
            }
            7 | 8 => self.insert_word(chance, input),
            9 | 10 => self.replace_word(chance, input),
            11..=14 => replace_number(chance, input),
            15 => nest(chance, input),
            16 => lengthen(chance, input),
            17 => {
                let letter = *pick(chance, &LETTERS);
                let at = place(chance, input.len());
                insert(input, at, letter.as_bytes());
            }
            18 => {
                let bytes = *pick(chance, &BYTES);
                let at = place(chance, input.len());
                let end = (at + bytes.len()).min(input.len());
                input.splice(at..end, bytes.iter().copied());
            }
            _ => swap_lines(chance, input),
        }
    }

    fn insert_word(&self, chance: &mut Chance, input: &mut Vec<u8>) {
        if self.words.is_empty() {
            return;
        }
        let word = self.word(chance);
        // Between words more often than inside them.
        let ends = words(input);
        let at = match chance.below(4) {
            0 => place(chance, input.len()),
            1 => 0,
            _ if ends.is_empty() => 0,
            _ => pick(chance, &ends).end,
        };
        insert(input, at, word);
    }

    fn replace_word(&self, chance: &mut Chance, input: &mut Vec<u8>) {
        let places = words(input);
        if places.is_empty() || self.words.is_empty() {
            return;
        }
        let at = pick(chance, &places).clone();
        let word = self.word(chance);
        input.splice(at, word.iter().copied());
    }

    /// Returns a word, one of the chosen ones as often as all others together.
    fn word(&self, chance: &mut Chance) -> &Vec<u8> {
        let takes_chosen = chance.below(2) == 0 && !self.chosen.is_empty();
        let words = if takes_chosen {
            &self.chosen
        } else {
            &self.words
        };
        pick(chance, words)
    }
}

fn replace_number(chance: &mut Chance, input: &mut Vec<u8>) {
    let places = numbers(input);
    if places.is_empty() {
        return;
    }
    let at = pick(chance, &places).clone();
    let text = String::from_utf8_lossy(&input[at.clone()]).into_owned();
    let new = match chance.below(5) {
        0 | 1 => (*pick(chance, &NUMBERS)).to_owned(),
        2 => chance.below(1000).to_string(),
        3 => format!("{text}{}", chance.below(100)),
        _ => text
            .parse::<f64>()
            .map_or(text, |number| match chance.below(3) {
                0 => format!("{}", number + 1.0),
                1 => format!("{}", -number),
                _ => format!("{:e}", number * 1e3),
            }),
    };
    input.splice(at, new.bytes());
}

/// Wraps a part of the input in brackets, once or many times.
fn nest(chance: &mut Chance, input: &mut Vec<u8>) {
    let [open, close] = *pick(chance, &BRACKETS);
    let times = *pick(chance, &[1, 2, 20, 70, 500]);
    let (from, to) = stretch(chance, input.len());
    let mut wrapped = open.repeat(times).into_bytes();
    wrapped.extend(&input[from..to]);
    if chance.below(4) > 0 {
        wrapped.extend(close.repeat(times).bytes());
    }
    input.splice(from..to, wrapped);
}

/// Repeats a word until it is long.
fn lengthen(chance: &mut Chance, input: &mut Vec<u8>) {
    let places = words(input);
    if places.is_empty() {
        return;
    }
    let word = pick(chance, &places).clone();
    let times = *pick(chance, &[2, 10, 100, 2_000]);
    let many = input[word.clone()].repeat(times);
    let many = many.get(..6_000).map_or(many.clone(), <[u8]>::to_vec);
    input.splice(word, many);
}

fn swap_lines(chance: &mut Chance, input: &mut Vec<u8>) {
    let mut lines: Vec<Vec<u8>> = input.split(|it| *it == b'\n').map(<[u8]>::to_vec).collect();
    let [one, other] = [(); 2].map(|()| place(chance, lines.len() - 1));
    lines.swap(one, other);
    *input = lines.join(&b'\n');
}

/// Returns a place from 0 to `length`.
fn place(chance: &mut Chance, length: usize) -> usize {
    let places = u32::try_from(length + 1).unwrap_or(u32::MAX);
    chance.below(places) as usize
}

/// Returns where a stretch begins and ends, which is more often short than long.
fn stretch(chance: &mut Chance, length: usize) -> (usize, usize) {
    let from = place(chance, length);
    let most = *pick(chance, &[1, 4, 16, 64, length]);
    let to = from + place(chance, most.min(length - from));
    (from, to)
}

fn pick<'a, T>(chance: &mut Chance, list: &'a [T]) -> &'a T {
    let length = u32::try_from(list.len()).unwrap_or(u32::MAX);
    &list[chance.below(length) as usize]
}

fn some_byte<'a>(chance: &mut Chance, input: &'a mut [u8]) -> Option<&'a mut u8> {
    let length = u32::try_from(input.len()).unwrap_or(u32::MAX);
    let at = chance.below(length) as usize;
    input.get_mut(at)
}

fn insert(input: &mut Vec<u8>, at: usize, piece: &[u8]) {
    input.splice(at..at, piece.iter().copied());
}
