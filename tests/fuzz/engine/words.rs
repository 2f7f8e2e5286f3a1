//! The words of an input, and the fixed part of a sentence.

use std::ops::Range;

/// Returns the words and numbers of an input: names, numbers with their signs, and quoted texts.
pub fn words(input: &[u8]) -> Vec<Range<usize>> {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || b"_.+-".contains(&byte) || byte >= 128;
    let mut found = Vec::new();
    let mut from = None;
    for (at, byte) in input.iter().enumerate() {
        match (is_word(*byte), from) {
            (true, None) => from = Some(at),
            (false, Some(start)) => {
                found.push(start..at);
                from = None;
            }
            _ => {}
        }
    }
    found.extend(from.map(|start| start..input.len()));
    found
}

/// Returns those words that are numbers.
pub fn numbers(input: &[u8]) -> Vec<Range<usize>> {
    let is_number = |word: &Range<usize>| {
        let text = std::str::from_utf8(&input[word.clone()]);
        text.is_ok_and(|it| it.parse::<f64>().is_ok())
    };
    words(input).into_iter().filter(is_number).collect()
}

/// Returns a sentence without numbers and quoted texts, so that what is left says which sentence it
/// is.
pub fn skeleton(sentence: &str) -> String {
    const MOST: usize = 120;
    let mut left = String::new();
    let mut is_quoted = false;
    for letter in sentence.chars().take(600) {
        match letter {
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            letter if letter.is_ascii_digit() && left.ends_with('0') => {}
            letter if letter.is_ascii_digit() => left.push('0'),
            letter if letter.is_ascii() && !letter.is_control() => left.push(letter),
            _ => {}
        }
        if left.len() >= MOST {
            break;
        }
    }
    left
}

/// Returns a number that tells inputs apart.
pub fn checksum(input: &[u8]) -> u32 {
    let mut sum = flate2::Crc::new();
    sum.update(input);
    sum.sum()
}
