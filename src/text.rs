//! Formatting of foreign text in messages.

/// Escapes line breaks and other control characters, so that a message stays on one line.
#[must_use]
pub fn one_line(text: &str) -> String {
    let breaks = |letter: char| letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}');
    let mut line = String::with_capacity(text.len());
    for letter in text.chars() {
        if breaks(letter) {
            line.extend(letter.escape_default());
        } else {
            line.push(letter);
        }
    }
    line
}

/// Truncates a text that is too long to quote in a message.
#[must_use]
pub fn brief(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Returns names as a list, each truncated.
#[must_use]
pub fn briefly(names: &[&str]) -> String {
    let names = names.iter().map(|name| brief(name));
    names.collect::<Vec<_>>().join(", ")
}

/// Makes one line of a message that may repeat foreign text of any length.
#[must_use]
pub fn message(text: &str) -> String {
    one_line(&bounded(text))
}

/// Returns only the beginning and the end of a text that is longer than anyone reads.
#[must_use]
pub fn bounded(text: &str) -> String {
    const FIRST: usize = 800;
    const LAST: usize = 350;
    if text.chars().nth(FIRST + LAST + 1).is_none() {
        return text.to_owned();
    }
    let first = text.char_indices().nth(FIRST);
    let last = text.char_indices().rev().nth(LAST - 1);
    let [first, last] = [first, last].map(|it| it.map_or(0, |(index, _)| index));
    format!("{}…{}", &text[..first], &text[last..])
}

/// Returns a count and its noun, in the plural if necessary: "1 row", "2 rows".
#[must_use]
pub fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// The known name nearest to a misspelt one, if any is close enough.
#[must_use]
pub fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    /// No longer name is a misspelt one, and comparing it would take very long.
    const LONGEST: usize = 200;
    if name.chars().nth(LONGEST).is_some() {
        return None;
    }
    let known = known.iter().filter(|known| known.len() <= 2 * LONGEST);
    let distance = |candidate: &str| {
        strsim::damerau_levenshtein(&name.to_lowercase(), &candidate.to_lowercase())
    };
    let best = known.min_by_key(|candidate| distance(candidate))?;
    (distance(best) <= name.chars().count().max(3).div_ceil(2)).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_keeps_its_beginning_and_its_end() {
        let usual = format!("{} cannot be read", "ä".repeat(1000));
        assert_eq!(message(&usual), usual);
        let long = format!("the racer {} is\ngiven twice", "ä".repeat(5_000_000));
        let short = message(&long);
        assert_eq!(short.chars().count(), 800 + 1 + 350 + 1);
        assert!(short.starts_with("the racer ää"));
        assert!(short.contains("ä…ä") && short.ends_with("ää is\\ngiven twice"));
        for length in 1140..1160 {
            let text = "x".repeat(length);
            let short = message(&text);
            assert!(short == text || short.chars().count() == 1151 && length > 1151);
        }
    }

    #[test]
    fn a_name_that_is_far_too_long_is_like_no_other() {
        assert_eq!(nearest("Adaam", &["Adam", "Nadam"]), Some("Adam"));
        assert_eq!(nearest(&"Adam".repeat(2_000_000), &["Adam"]), None);
        let long = "x".repeat(5_000_000);
        assert_eq!(nearest("Adaam", &[&long, "Adam"]), Some("Adam"));
    }
}
