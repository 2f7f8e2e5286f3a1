//! Numbers in prose.

/// Returns the numbers in a text, in order: `0.02`, `1,800`, `1e-6`. Signs and superscripts are
/// ignored.
pub fn numbers(text: &str) -> Vec<f64> {
    let letters: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let end = end_of_number(&letters, at);
        if end > at {
            let digits: String = letters[at..end].iter().filter(|&&it| it != ',').collect();
            found.push(digits.parse().expect(&digits));
        }
        at = end.max(at + 1);
    }
    found
}

fn end_of_number(letters: &[char], start: usize) -> usize {
    let is_digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    let mut end = start;
    loop {
        let next = letters.get(end).copied().unwrap_or(' ');
        let is_inside = end > start && is_digit(end + 1);
        let is_power = next == 'e' && end > start && letters.get(end + 1) == Some(&'-');
        match next {
            _ if is_digit(end) => end += 1,
            '.' | ',' if is_inside => end += 1,
            'e' if is_power && is_digit(end + 2) => end += 2,
            _ => return end,
        }
    }
}

#[test]
fn numbers_are_found_in_prose() {
    let text = "From (−8, −6.5), 1,800 rows; 9.7 % with 1e-6. 1.7·10¹⁰, β₁, 1/(1 − μ), x2.";
    let expected = [8.0, 6.5, 1800.0, 9.7, 1e-6, 1.7, 10.0, 1.0, 1.0, 2.0];
    assert_eq!(numbers(text), expected);
}
